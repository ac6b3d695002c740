// Command token serves tokens as an AWS Lambda function.
package main

import (
	"context"
	"io"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/example/hazards/pkg/auth"
	"github.com/example/hazards/pkg/awsclient"
	"github.com/example/hazards/pkg/config"
	"github.com/example/hazards/pkg/handler/handlers"
	"github.com/example/hazards/pkg/lambdahttp"
	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/observability"
	"github.com/example/hazards/pkg/server"
	"github.com/example/hazards/pkg/store"
)

func main() {
	if err := run(context.Background(), os.Getenv, os.Stdout, lambdahttp.Start); err != nil {
		log.Fatalf("token: %v", err)
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
	items := store.NewDynamoDB[model.Token](clients.DynamoDB, cfg.TableName)
	keys := auth.NewKeySet(cfg.JWKSURL, nil, nil)
	options := server.Options{
		Config:   cfg,
		Logger:   observability.NewLogger(stdout, cfg.LogLevel),
		Metrics:  observability.NewMetrics(stdout, cfg.MetricsNamespace, cfg.Service, time.Now),
		Verifier: auth.NewVerifier(auth.VerifierConfig{Issuer: cfg.Issuer, ClientID: cfg.ClientID}, keys),
	}
	start(server.New(options, handlers.NewTokenHandler(items)))
	return nil
}
