// Command text serves texts as an AWS Lambda function.
package main

import (
	"context"
	"io"
	"log"
	"net/http"
	"os"

	"github.com/example/hazards/pkg/app"
	"github.com/example/hazards/pkg/config"
	"github.com/example/hazards/pkg/handler/handlers"
	"github.com/example/hazards/pkg/lambdahttp"
	"github.com/example/hazards/pkg/model/model"
)

func main() {
	if err := run(context.Background(), os.Getenv, os.Stdout, lambdahttp.Start); err != nil {
		log.Fatalf("text: %v", err)
	}
}

// run makes the API that the environment describes and hands it to start, which
// serves it. Log lines and metrics go to stdout.
func run(ctx context.Context, getenv func(string) string, stdout io.Writer, start func(http.Handler)) error {
	env := config.NewEnv(getenv)
	process, err := app.New(ctx, env, app.Options{Logs: stdout, Metrics: stdout})
	if err != nil {
		return err
	}
	items := app.NewItems[model.Text](process)
	start(process.Handler(handlers.NewTextHandler(process.Tools(), items)))
	return nil
}
