// Command newentity serves new entities as an AWS Lambda function.
package main

import (
	"context"
	"io"
	"log"
	"net/http"
	"os"

	"example.com/backend/pkg/app"
	"example.com/backend/pkg/config"
	"example.com/backend/pkg/handler/handlers"
	"example.com/backend/pkg/lambdahttp"
	"example.com/backend/pkg/model/model"
	"example.com/backend/pkg/service"
	"example.com/backend/pkg/store"
)

func main() {
	if err := run(context.Background(), os.Getenv, os.Stdout, lambdahttp.Start); err != nil {
		log.Fatalf("newentity: %v", err)
	}
}

// run makes the API that the environment describes and hands it to start, which
// serves it. Log lines and metrics go to stdout.
func run(ctx context.Context, getenv func(string) string, stdout io.Writer, start func(http.Handler)) error {
	env := config.NewEnv(getenv)
	externalServiceConfig := config.ReadService(env, "EXTERNAL_SERVICE", "https://api.example.com", "external-service-token")
	process, err := app.New(ctx, env, app.Options{Logs: stdout, Metrics: stdout})
	if err != nil {
		return err
	}
	externalServiceClient, err := service.NewExternalServiceClient(service.ExternalServiceConfig{
		BaseURL: externalServiceConfig.BaseURL,
		Secret:  process.Secret(externalServiceConfig),
	})
	if err != nil {
		return err
	}
	items := app.NewItems[model.NewEntity](process, store.WithIndexes("status", "created"))
	start(process.Handler(handlers.NewNewEntityHandler(process.Tools(), items, externalServiceClient)))
	return nil
}
