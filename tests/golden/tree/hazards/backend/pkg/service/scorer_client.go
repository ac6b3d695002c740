package service

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"golang.org/x/time/rate"

	"github.com/example/hazards/pkg/httpclient"
	"github.com/example/hazards/pkg/model/model"
)

const (
	// scorerTimeout bounds one attempt of a call.
	scorerTimeout = 10 * time.Second

	// scorerAttempts counts the tries of a call that may be repeated.
	scorerAttempts = 1

	// scorerBackoff bounds the wait before the second attempt.
	scorerBackoff = 200 * time.Millisecond

	// scorerMaxBackoff bounds the wait before any further attempt.
	scorerMaxBackoff = 5 * time.Second

	// scorerRequests is how many requests the service takes per scorerPeriod.
	scorerRequests = 5

	// scorerPeriod is the time that scorerRequests counts in.
	scorerPeriod = time.Second

	// scorerBurst is how many requests may leave at once.
	scorerBurst = 2
)

// ScorerConfig says where the service is and how to reach it.
type ScorerConfig struct {
	// BaseURL is the address to which the paths of the calls are appended.
	BaseURL string

	// Secret yields the API key; it is asked before every attempt.
	Secret httpclient.SecretFunc

	// Transport carries the requests; nil stands for http.DefaultTransport.
	Transport http.RoundTripper
}

// ScorerClient calls a service that scores.
//
// It is safe for concurrent use.
type ScorerClient struct {
	http *httpclient.Client
}

// NewScorerClient returns a client. It fails if the base URL is not an absolute
// one or there is no secret.
func NewScorerClient(cfg ScorerConfig) (*ScorerClient, error) {
	if cfg.Secret == nil {
		return nil, errors.New("scorer: no secret is configured")
	}
	client, err := httpclient.New(httpclient.Config{
		BaseURL: cfg.BaseURL,
		Timeout: scorerTimeout,
		Retry: httpclient.RetryPolicy{
			Attempts: scorerAttempts,
			Base:     scorerBackoff,
			Max:      scorerMaxBackoff,
		},
		Limiter:   rate.NewLimiter(rate.Every(scorerPeriod/scorerRequests), scorerBurst),
		Auth:      httpclient.HeaderKey("X-Api-Key", cfg.Secret),
		Transport: cfg.Transport,
	})
	if err != nil {
		return nil, fmt.Errorf("scorer: %w", err)
	}
	return &ScorerClient{http: client}, nil
}

// ScorerScoreParams holds what Score sends.
type ScorerScoreParams struct {
	// Name to score.
	Name string `json:"name"`

	// Weights by name. Not sent if nil.
	Weights map[string]float64 `json:"weights,omitempty"`

	// Whether to only try. Not sent if nil.
	DryRun *bool `json:"-"`
}

// ScorerScoreResponse is what Score returns.
type ScorerScoreResponse struct {
	// The score.
	Score float64 `json:"score"`

	// How many answers there were.
	Count *int `json:"count"`
}

// Score scores a name. If the service answers 404, the error matches
// ErrNotFound.
func (c *ScorerClient) Score(ctx context.Context, params ScorerScoreParams) (*ScorerScoreResponse, error) {
	query := url.Values{}
	if params.DryRun != nil {
		query.Set("dry_run", strconv.FormatBool(*params.DryRun))
	}
	request := httpclient.Request{
		Method: http.MethodPost,
		Path:   "/score",
		Query:  query,
		Body:   params,
	}
	var response ScorerScoreResponse
	if err := c.http.Do(ctx, request, &response); err != nil {
		return nil, fmt.Errorf("score: %w", translate(err))
	}
	return &response, nil
}

// FillProbe sets Score and Count of p to what the scorer service knows. What a
// response leaves out keeps its value. If it fails, p is as it was.
func (c *ScorerClient) FillProbe(ctx context.Context, p *model.Probe) error {
	params := ScorerScoreParams{
		Name: p.Name,
	}
	response, err := c.Score(ctx, params)
	if err != nil {
		return fmt.Errorf("fill probe: %w", err)
	}
	p.Score = response.Score
	if response.Count != nil {
		p.Count = response.Count
	}
	return nil
}
