// Command everything serves everythings as an AWS Lambda function.
package main

import (
	"context"
	"io"
	"log"
	"net/http"
	"os"

	"github.com/example/hazards/pkg/app"
	"github.com/example/hazards/pkg/app/graph"
	"github.com/example/hazards/pkg/config"
	"github.com/example/hazards/pkg/handler/handlers"
	"github.com/example/hazards/pkg/lambdahttp"
	"github.com/example/hazards/pkg/model/model"
)

func main() {
	if err := run(context.Background(), os.Getenv, os.Stdout, lambdahttp.Start); err != nil {
		log.Fatalf("everything: %v", err)
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
	items := graph.NewNodes[model.Everything](database)
	start(process.Handler(handlers.NewEverythingHandler(process.Tools(), items)))
	return nil
}
