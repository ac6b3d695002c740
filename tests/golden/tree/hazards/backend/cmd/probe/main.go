// Command probe serves probes as an AWS Lambda function.
package main

import (
	"context"
	"errors"
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
	"github.com/example/hazards/pkg/secrets"
	"github.com/example/hazards/pkg/server"
	"github.com/example/hazards/pkg/service"
	"github.com/example/hazards/pkg/store"
)

// secretTTL is how long a secret is used before it is read again.
const secretTTL = 5 * time.Minute

func main() {
	if err := run(context.Background(), os.Getenv, os.Stdout, lambdahttp.Start); err != nil {
		log.Fatalf("probe: %v", err)
	}
}

// run makes the API that the environment describes and hands it to start, which
// serves it. Log lines and metrics go to stdout.
func run(ctx context.Context, getenv func(string) string, stdout io.Writer, start func(http.Handler)) error {
	cfg, err := config.Load(getenv)
	scorerConfig, scorerErr := config.Service(getenv, "SCORER", "https://scorer.example.com", "scorer-key")
	if err := errors.Join(err, scorerErr); err != nil {
		return err
	}
	clients, err := awsclient.New(ctx)
	if err != nil {
		return err
	}
	source := secrets.NewManager(clients.SecretsManager, secretTTL, time.Now)
	scorerClient, err := service.NewScorerClient(service.ScorerConfig{
		BaseURL: scorerConfig.BaseURL,
		Secret:  secrets.Func(source, scorerConfig.SecretName),
	})
	if err != nil {
		return err
	}
	items := store.NewDynamoDB[model.Probe](clients.DynamoDB, cfg.TableName)
	keys := auth.NewKeySet(cfg.JWKSURL, nil, nil)
	options := server.Options{
		Config:   cfg,
		Logger:   observability.NewLogger(stdout, cfg.LogLevel),
		Metrics:  observability.NewMetrics(stdout, cfg.MetricsNamespace, cfg.Service, time.Now),
		Verifier: auth.NewVerifier(auth.VerifierConfig{Issuer: cfg.Issuer, ClientID: cfg.ClientID}, keys),
	}
	start(server.New(options, handlers.NewProbeHandler(items, scorerClient)))
	return nil
}
