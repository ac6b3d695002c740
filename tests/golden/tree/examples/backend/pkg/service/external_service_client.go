package service

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"example.com/backend/pkg/httpclient"
	"example.com/backend/pkg/model/model"
)

const (
	// externalServiceTimeout bounds one attempt of a call.
	externalServiceTimeout = 5 * time.Second

	// externalServiceAttempts counts the tries of a call that may be repeated.
	externalServiceAttempts = 3

	// externalServiceBackoff bounds the wait before the second attempt.
	externalServiceBackoff = 200 * time.Millisecond

	// externalServiceMaxBackoff bounds the wait before any further attempt.
	externalServiceMaxBackoff = 2 * time.Second
)

// ExternalServiceConfig says where the service is and how to reach it.
type ExternalServiceConfig struct {
	// BaseURL is the address to which the paths of the calls are appended.
	BaseURL string

	// Secret yields the bearer token; it is asked before every attempt.
	Secret httpclient.SecretFunc

	// Transport carries the requests; nil stands for http.DefaultTransport.
	Transport http.RoundTripper
}

// ExternalServiceClient calls the outside source of summaries.
//
// It is safe for concurrent use.
type ExternalServiceClient struct {
	http *httpclient.Client
}

// NewExternalServiceClient returns a client. It fails if the base URL is not an
// absolute one or there is no secret.
func NewExternalServiceClient(cfg ExternalServiceConfig) (*ExternalServiceClient, error) {
	if cfg.Secret == nil {
		return nil, errors.New("external service: no secret is configured")
	}
	client, err := httpclient.New(httpclient.Config{
		BaseURL: cfg.BaseURL,
		Timeout: externalServiceTimeout,
		Retry: httpclient.RetryPolicy{
			Attempts: externalServiceAttempts,
			Base:     externalServiceBackoff,
			Max:      externalServiceMaxBackoff,
		},
		Auth:      httpclient.BearerAuth(cfg.Secret),
		Transport: cfg.Transport,
	})
	if err != nil {
		return nil, fmt.Errorf("external service: %w", err)
	}
	return &ExternalServiceClient{http: client}, nil
}

// ExternalServiceFetchDataParams holds what FetchData sends.
type ExternalServiceFetchDataParams struct {
	// Name to look up.
	Name string

	// Largest number of items. Not sent if nil.
	Limit *int
}

// ExternalServiceFetchDataResponse is what FetchData returns.
type ExternalServiceFetchDataResponse struct {
	// Name of the item.
	Name string `json:"name"`

	// One sentence on the item.
	Summary string `json:"summary"`
}

// FetchData fetches what is known under a name. If the service answers 404, the
// error matches ErrNotFound.
func (c *ExternalServiceClient) FetchData(
	ctx context.Context, params ExternalServiceFetchDataParams,
) (*ExternalServiceFetchDataResponse, error) {
	path, err := expand("/v1/data/{name}", "name", params.Name)
	if err != nil {
		return nil, fmt.Errorf("fetch data: %w", err)
	}
	query := url.Values{}
	if params.Limit != nil {
		query.Set("limit", strconv.Itoa(*params.Limit))
	}
	request := httpclient.Request{
		Method: http.MethodGet,
		Path:   path,
		Query:  query,
	}
	var response ExternalServiceFetchDataResponse
	if err := c.http.Do(ctx, request, &response); err != nil {
		return nil, fmt.Errorf("fetch data: %w", translate(err))
	}
	return &response, nil
}

// ExternalServiceSubmitDataParams holds what SubmitData sends.
type ExternalServiceSubmitDataParams struct {
	// Name to submit.
	Name string `json:"name"`

	// Weight of the name. Not sent if nil.
	Weight *int `json:"weight,omitempty"`
}

// ExternalServiceSubmitDataResponse is what SubmitData returns.
type ExternalServiceSubmitDataResponse struct {
	// Identifier of the submission.
	ID string `json:"id"`

	// Whether it was accepted.
	Accepted bool `json:"accepted"`
}

// SubmitData submits a name for review. If the service answers 404, the error
// matches ErrNotFound.
func (c *ExternalServiceClient) SubmitData(
	ctx context.Context, params ExternalServiceSubmitDataParams,
) (*ExternalServiceSubmitDataResponse, error) {
	request := httpclient.Request{
		Method: http.MethodPost,
		Path:   "/v1/data",
		Body:   params,
	}
	var response ExternalServiceSubmitDataResponse
	if err := c.http.Do(ctx, request, &response); err != nil {
		return nil, fmt.Errorf("submit data: %w", translate(err))
	}
	return &response, nil
}

// FillNewEntity sets Summary of n to what the external service knows. If it
// fails, n is as it was.
func (c *ExternalServiceClient) FillNewEntity(ctx context.Context, n *model.NewEntity) error {
	params := ExternalServiceFetchDataParams{
		Name: n.Field1,
	}
	response, err := c.FetchData(ctx, params)
	if err != nil {
		return fmt.Errorf("fill new entity: %w", err)
	}
	n.Summary = &response.Summary
	return nil
}
