package service_test

import (
	"context"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/example/hazards/pkg/service"
)

func connectOpen(t *testing.T, transport http.RoundTripper) *service.OpenClient {
	t.Helper()
	client, err := service.NewOpenClient(service.OpenConfig{
		BaseURL:   "http://api.example.com",
		Transport: transport,
	})
	if err != nil {
		t.Fatalf("NewOpenClient: %v", err)
	}
	return client
}

func openCalls() []call[*service.OpenClient] {
	return []call[*service.OpenClient]{
		{
			name:     "status",
			attempts: 3,
			reply:    `{"status":"some status"}`,
			do: func(ctx context.Context, client *service.OpenClient) error {
				_, err := client.Status(ctx)
				return err
			},
		},
	}
}

func TestNewOpenClient(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		cfg  service.OpenConfig
	}{
		{name: "no base URL", cfg: service.OpenConfig{}},
		{name: "relative base URL", cfg: service.OpenConfig{BaseURL: "/v1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := service.NewOpenClient(tt.cfg); err == nil {
				t.Error("NewOpenClient succeeded, want an error")
			}
		})
	}
}

func TestOpenClientStatus(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		request request
		reply   reply
		want    *service.OpenStatusResponse
	}{
		{
			name: "everything",
			request: request{
				method: http.MethodGet,
				path:   "/status",
			},
			reply: reply{status: http.StatusOK, body: `{"status":"some status","unknown_to_the_client":true}`},
			want: &service.OpenStatusResponse{
				Status: "some status",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			upstream := &upstream{replies: []reply{tt.reply}}
			client := connectOpen(t, upstream.serve(t))
			got, err := client.Status(t.Context())
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

func TestOpenClientFailures(t *testing.T) {
	t.Parallel()
	testFailures(t, openCalls(), "open:sesame", connectOpen)
}

func TestOpenClientRecovery(t *testing.T) {
	t.Parallel()
	testRecovery(t, openCalls(), connectOpen)
}

func TestOpenClientCancellation(t *testing.T) {
	t.Parallel()
	testCancellation(t, openCalls(), connectOpen)
}

func TestOpenClientTimeout(t *testing.T) {
	t.Parallel()
	limit := 10 * time.Second
	testTimeout(t, openCalls(), limit, connectOpen)
}
