// Command technology serves technologies as an AWS Lambda function.
package main

import (
	"context"
	"io"
	"log"
	"net/http"
	"os"

	"example.com/backend/pkg/app"
	"example.com/backend/pkg/app/graph"
	"example.com/backend/pkg/config"
	"example.com/backend/pkg/handler/handlers"
	"example.com/backend/pkg/lambdahttp"
	"example.com/backend/pkg/model/model"
)

func main() {
	if err := run(context.Background(), os.Getenv, os.Stdout, lambdahttp.Start); err != nil {
		log.Fatalf("technology: %v", err)
	}
}

// run makes the API that the environment describes and hands it to start, which
// serves it. Log lines and metrics go to stdout.
func run(ctx context.Context, getenv func(string) string, stdout io.Writer, start func(http.Handler)) error {
	env := config.NewEnv(getenv)
	graphAddress := config.ReadGraph(env)
	process, err := app.New(ctx, env, app.Options{Logs: stdout, Metrics: stdout})
	if err != nil {
		return err
	}
	database, err := graph.Open(process, graphAddress)
	if err != nil {
		return err
	}
	items := graph.NewNodes[model.Technology](database)
	start(process.Handler(handlers.NewTechnologyHandler(process.Tools(), items)))
	return nil
}
