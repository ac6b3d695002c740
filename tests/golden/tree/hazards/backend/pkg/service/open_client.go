package service

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/example/hazards/pkg/httpclient"
)

const (
	// openTimeout bounds one attempt of a call.
	openTimeout = 10 * time.Second

	// openAttempts counts the tries of a call that may be repeated.
	openAttempts = 3

	// openBackoff bounds the wait before the second attempt.
	openBackoff = 200 * time.Millisecond

	// openMaxBackoff bounds the wait before any further attempt.
	openMaxBackoff = 5 * time.Second
)

// OpenConfig says where the service is and how to reach it.
type OpenConfig struct {
	// BaseURL is the address to which the paths of the calls are appended.
	BaseURL string

	// Transport carries the requests; nil stands for http.DefaultTransport.
	Transport http.RoundTripper
}

// OpenClient calls a service without auth.
//
// It is safe for concurrent use.
type OpenClient struct {
	http *httpclient.Client
}

// NewOpenClient returns a client. It fails if the base URL is not an absolute
// one.
func NewOpenClient(cfg OpenConfig) (*OpenClient, error) {
	client, err := httpclient.New(httpclient.Config{
		BaseURL: cfg.BaseURL,
		Timeout: openTimeout,
		Retry: httpclient.RetryPolicy{
			Attempts: openAttempts,
			Base:     openBackoff,
			Max:      openMaxBackoff,
		},
		Transport: cfg.Transport,
	})
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	return &OpenClient{http: client}, nil
}

// OpenStatusResponse is what Status returns.
type OpenStatusResponse struct {
	// The status.
	Status string `json:"status"`
}

// Status reads the status. If the service answers 404, the error matches
// ErrNotFound.
func (c *OpenClient) Status(ctx context.Context) (*OpenStatusResponse, error) {
	request := httpclient.Request{
		Method: http.MethodGet,
		Path:   "/status",
	}
	var response OpenStatusResponse
	if err := c.http.Do(ctx, request, &response); err != nil {
		return nil, fmt.Errorf("status: %w", translate(err))
	}
	return &response, nil
}
