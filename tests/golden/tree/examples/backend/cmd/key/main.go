// Command key serves keys as an AWS Lambda function.
package main

import (
	"context"
	"io"
	"log"
	"net/http"
	"os"
	"time"

	"example.com/backend/pkg/auth"
	"example.com/backend/pkg/awsclient"
	"example.com/backend/pkg/config"
	"example.com/backend/pkg/handler/handlers"
	"example.com/backend/pkg/lambdahttp"
	"example.com/backend/pkg/model/model"
	"example.com/backend/pkg/observability"
	"example.com/backend/pkg/server"
	"example.com/backend/pkg/store"
)

func main() {
	if err := run(context.Background(), os.Getenv, os.Stdout, lambdahttp.Start); err != nil {
		log.Fatalf("key: %v", err)
	}
}

// run makes the API that the environment describes and hands it to start, which
// serves it. Log lines and metrics go to stdout.
func run(ctx context.Context, getenv func(string) string, stdout io.Writer, start func(http.Handler)) error {
	cfg, err := config.Load(getenv)
	if err != nil {
		return err
	}
	clients, err := awsclient.New(ctx)
	if err != nil {
		return err
	}
	items := store.NewDynamoDB[model.Key](clients.DynamoDB, cfg.TableName)
	keys := auth.NewKeySet(cfg.JWKSURL, nil, nil)
	options := server.Options{
		Config:   cfg,
		Logger:   observability.NewLogger(stdout, cfg.LogLevel),
		Metrics:  observability.NewMetrics(stdout, cfg.MetricsNamespace, cfg.Service, time.Now),
		Verifier: auth.NewVerifier(auth.VerifierConfig{Issuer: cfg.Issuer, ClientID: cfg.ClientID}, keys),
	}
	start(server.New(options, handlers.NewKeyHandler(items)))
	return nil
}
