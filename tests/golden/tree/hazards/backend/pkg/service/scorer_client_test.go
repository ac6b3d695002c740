package service_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/service"
)

const scorerSecret = "open:sesame"

func connectScorer(t *testing.T, transport http.RoundTripper) *service.ScorerClient {
	t.Helper()
	client, err := service.NewScorerClient(service.ScorerConfig{
		BaseURL: "http://api.example.com",
		Secret: func(context.Context) (string, error) {
			return scorerSecret, nil
		},
		Transport: transport,
	})
	if err != nil {
		t.Fatalf("NewScorerClient: %v", err)
	}
	return client
}

func scorerCalls() []call[*service.ScorerClient] {
	return []call[*service.ScorerClient]{
		{
			name:     "score",
			attempts: 1,
			reply:    `{"score":11.5}`,
			do: func(ctx context.Context, client *service.ScorerClient) error {
				_, err := client.Score(ctx, service.ScorerScoreParams{Name: "some name"})
				return err
			},
		},
	}
}

func TestNewScorerClient(t *testing.T) {
	t.Parallel()
	secret := func(context.Context) (string, error) { return scorerSecret, nil }
	tests := []struct {
		name string
		cfg  service.ScorerConfig
	}{
		{name: "no base URL", cfg: service.ScorerConfig{Secret: secret}},
		{name: "relative base URL", cfg: service.ScorerConfig{BaseURL: "/v1", Secret: secret}},
		{name: "no secret", cfg: service.ScorerConfig{BaseURL: "http://api.example.com"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := service.NewScorerClient(tt.cfg); err == nil {
				t.Error("NewScorerClient succeeded, want an error")
			}
		})
	}
}

func TestScorerClientScore(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		params  service.ScorerScoreParams
		request request
		reply   reply
		want    *service.ScorerScoreResponse
	}{
		{
			name: "everything",
			params: service.ScorerScoreParams{
				Name:    "some name",
				Weights: map[string]float64{"some key": 12.5},
				DryRun:  new(true),
			},
			request: request{
				method: http.MethodPost,
				path:   "/score",
				query:  url.Values{"dry_run": {"true"}},
				header: http.Header{"X-Api-Key": {scorerSecret}},
				body:   `{"name":"some name","weights":{"some key":12.5}}`,
			},
			reply: reply{status: http.StatusOK, body: `{"score":11.5,"count":12,"unknown_to_the_client":true}`},
			want: &service.ScorerScoreResponse{
				Score: 11.5,
				Count: new(12),
			},
		},
		{
			name: "only what is required",
			params: service.ScorerScoreParams{
				Name: "some name",
			},
			request: request{
				method: http.MethodPost,
				path:   "/score",
				header: http.Header{"X-Api-Key": {scorerSecret}},
				body:   `{"name":"some name"}`,
			},
			reply: reply{status: http.StatusOK, body: `{"score":11.5,"unknown_to_the_client":true}`},
			want: &service.ScorerScoreResponse{
				Score: 11.5,
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			upstream := &upstream{replies: []reply{tt.reply}}
			client := connectScorer(t, upstream.serve(t))
			got, err := client.Score(t.Context(), tt.params)
			if err != nil {
				t.Fatalf("error is %v, want none", err)
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
			checkRequests(t, upstream.requests, []request{tt.request})
		})
	}
}

func TestScorerClientFailures(t *testing.T) {
	t.Parallel()
	testFailures(t, scorerCalls(), scorerSecret, connectScorer)
}

func TestScorerClientRecovery(t *testing.T) {
	t.Parallel()
	testRecovery(t, scorerCalls(), connectScorer)
}

func TestScorerClientCancellation(t *testing.T) {
	t.Parallel()
	testCancellation(t, scorerCalls(), connectScorer)
}

func TestScorerClientTimeout(t *testing.T) {
	t.Parallel()
	limit := 10 * time.Second
	testTimeout(t, scorerCalls(), limit, connectScorer)
}

func TestScorerClientRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		call := scorerCalls()[0]
		client := connectScorer(t, &upstream{replies: []reply{{status: http.StatusOK, body: `{"score":11.5}`}}})
		start := time.Now()
		for range 3 {
			if err := call.do(t.Context(), client); err != nil {
				t.Fatalf("error is %v, want none", err)
			}
		}
		want := time.Second / 5
		if got := time.Since(start); (got - want).Abs() > time.Millisecond {
			t.Errorf("took %v, want %v", got, want)
		}
	})
}

func TestScorerClientWithoutSecret(t *testing.T) {
	t.Parallel()
	errLocked := errors.New("secret store is locked")
	upstream := &upstream{}
	client, err := service.NewScorerClient(service.ScorerConfig{
		BaseURL:   "http://api.example.com",
		Secret:    func(context.Context) (string, error) { return scorerSecret, errLocked },
		Transport: upstream,
	})
	if err != nil {
		t.Fatalf("NewScorerClient: %v", err)
	}
	for _, call := range scorerCalls() {
		err := call.do(t.Context(), client)
		if !errors.Is(err, errLocked) || strings.Contains(err.Error(), scorerSecret) {
			t.Errorf("%s: error is %v, want one that matches %v", call.name, err, errLocked)
		}
	}
	checkRequests(t, upstream.requests, nil)
}

func TestScorerClientFillProbe(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		before   model.Probe
		replies  []reply
		requests []request
		after    model.Probe
		fails    bool
	}{
		{
			name: "everything",
			before: model.Probe{
				Name:  "some own name",
				Count: new(32),
				Score: 33.5,
			},
			replies: []reply{
				{status: http.StatusOK, body: `{"score":11.5,"count":12}`},
			},
			requests: []request{
				{
					method: http.MethodPost,
					path:   "/score",
					header: http.Header{"X-Api-Key": {scorerSecret}},
					body:   `{"name":"some own name"}`,
				},
			},
			after: model.Probe{
				Name:  "some own name",
				Count: new(12),
				Score: 11.5,
			},
		},
		{
			name: "only what is required",
			before: model.Probe{
				Name:  "some own name",
				Count: new(32),
				Score: 33.5,
			},
			replies: []reply{
				{status: http.StatusOK, body: `{"score":11.5}`},
			},
			requests: []request{
				{
					method: http.MethodPost,
					path:   "/score",
					header: http.Header{"X-Api-Key": {scorerSecret}},
					body:   `{"name":"some own name"}`,
				},
			},
			after: model.Probe{
				Name:  "some own name",
				Count: new(32),
				Score: 11.5,
			},
		},
		{
			name: "score fails",
			before: model.Probe{
				Name:  "some own name",
				Count: new(32),
				Score: 33.5,
			},
			replies: []reply{
				{status: http.StatusNotFound},
			},
			requests: []request{
				{
					method: http.MethodPost,
					path:   "/score",
					header: http.Header{"X-Api-Key": {scorerSecret}},
					body:   `{"name":"some own name"}`,
				},
			},
			after: model.Probe{
				Name:  "some own name",
				Count: new(32),
				Score: 33.5,
			},
			fails: true,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				upstream := &upstream{replies: tt.replies}
				got := tt.before
				err := connectScorer(t, upstream).FillProbe(t.Context(), &got)
				if (err != nil) != tt.fails {
					t.Fatalf("error is %v, want one: %t", err, tt.fails)
				}
				if !reflect.DeepEqual(got, tt.after) {
					t.Errorf("got %+v, want %+v", got, tt.after)
				}
				checkRequests(t, upstream.requests, tt.requests)
			})
		})
	}
}
