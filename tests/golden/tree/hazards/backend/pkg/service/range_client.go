package service

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/example/hazards/pkg/httpclient"
)

const (
	// rangeTimeout bounds one attempt of a call.
	rangeTimeout = 1500 * time.Millisecond

	// rangeAttempts counts the tries of a call that may be repeated.
	rangeAttempts = 3

	// rangeBackoff bounds the wait before the second attempt.
	rangeBackoff = 200 * time.Millisecond

	// rangeMaxBackoff bounds the wait before any further attempt.
	rangeMaxBackoff = 5 * time.Second
)

// RangeConfig says where the service is and how to reach it.
type RangeConfig struct {
	// BaseURL is the address to which the paths of the calls are appended.
	BaseURL string

	// Secret yields the credentials as "user:password"; it is asked before
	// every attempt.
	Secret httpclient.SecretFunc

	// Transport carries the requests; nil stands for http.DefaultTransport.
	Transport http.RoundTripper
}

// RangeClient calls a service named like a Go word.
//
// It is safe for concurrent use.
type RangeClient struct {
	http *httpclient.Client
}

// NewRangeClient returns a client. It fails if the base URL is not an absolute
// one or there is no secret.
func NewRangeClient(cfg RangeConfig) (*RangeClient, error) {
	if cfg.Secret == nil {
		return nil, errors.New("range: no secret is configured")
	}
	client, err := httpclient.New(httpclient.Config{
		BaseURL: cfg.BaseURL,
		Timeout: rangeTimeout,
		Retry: httpclient.RetryPolicy{
			Attempts: rangeAttempts,
			Base:     rangeBackoff,
			Max:      rangeMaxBackoff,
		},
		Auth:      httpclient.BasicAuth(cfg.Secret),
		Transport: cfg.Transport,
	})
	if err != nil {
		return nil, fmt.Errorf("range: %w", err)
	}
	return &RangeClient{http: client}, nil
}

// RangeTypeParams holds what Type sends.
type RangeTypeParams struct {
	// A path parameter.
	Func string

	// Another path parameter.
	Select int

	// A header. Not sent if nil.
	XTrace *string

	// A repeated query parameter. Not sent if nil.
	Filter []string
}

// RangeTypeItem is one item of what Type returns.
type RangeTypeItem struct {
	// Name of the package.
	Package string `json:"package"`

	// Size of it.
	Size *int64 `json:"size"`
}

// Type lists the types. If the service answers 404, the error matches
// ErrNotFound.
func (c *RangeClient) Type(ctx context.Context, params RangeTypeParams) ([]RangeTypeItem, error) {
	path, err := expand("/types/{func}/{select}", "func", params.Func, "select", strconv.Itoa(params.Select))
	if err != nil {
		return nil, fmt.Errorf("type: %w", err)
	}
	query := url.Values{}
	for _, value := range params.Filter {
		query.Add("filter", value)
	}
	header := http.Header{}
	if params.XTrace != nil {
		header.Set("X-Trace", *params.XTrace)
	}
	request := httpclient.Request{
		Method: http.MethodGet,
		Path:   path,
		Query:  query,
		Header: header,
	}
	var response []RangeTypeItem
	if err := c.http.Do(ctx, request, &response); err != nil {
		return nil, fmt.Errorf("type: %w", translate(err))
	}
	return response, nil
}

// RangePingResponse is what Ping returns.
type RangePingResponse struct {
	// Whether it lives.
	Ok bool `json:"ok"`
}

// Ping asks whether it lives. If the service answers 404, the error matches
// ErrNotFound.
func (c *RangeClient) Ping(ctx context.Context) (*RangePingResponse, error) {
	request := httpclient.Request{
		Method: http.MethodGet,
		Path:   "/ping",
	}
	var response RangePingResponse
	if err := c.http.Do(ctx, request, &response); err != nil {
		return nil, fmt.Errorf("ping: %w", translate(err))
	}
	return &response, nil
}
