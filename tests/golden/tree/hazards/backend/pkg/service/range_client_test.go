package service_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/example/hazards/pkg/service"
)

const rangeSecret = "open:sesame"

func connectRange(t *testing.T, transport http.RoundTripper) *service.RangeClient {
	t.Helper()
	client, err := service.NewRangeClient(service.RangeConfig{
		BaseURL: "http://api.example.com",
		Secret: func(context.Context) (string, error) {
			return rangeSecret, nil
		},
		Transport: transport,
	})
	if err != nil {
		t.Fatalf("NewRangeClient: %v", err)
	}
	return client
}

func rangeCalls() []call[*service.RangeClient] {
	return []call[*service.RangeClient]{
		{
			name:     "type",
			attempts: 3,
			reply:    `[{"package":"some package"}]`,
			do: func(ctx context.Context, client *service.RangeClient) error {
				_, err := client.Type(ctx, service.RangeTypeParams{Func: "some/func", Select: 12})
				return err
			},
		},
		{
			name:     "ping",
			attempts: 3,
			reply:    `{"ok":true}`,
			do: func(ctx context.Context, client *service.RangeClient) error {
				_, err := client.Ping(ctx)
				return err
			},
		},
	}
}

func TestNewRangeClient(t *testing.T) {
	t.Parallel()
	secret := func(context.Context) (string, error) { return rangeSecret, nil }
	tests := []struct {
		name string
		cfg  service.RangeConfig
	}{
		{name: "no base URL", cfg: service.RangeConfig{Secret: secret}},
		{name: "relative base URL", cfg: service.RangeConfig{BaseURL: "/v1", Secret: secret}},
		{name: "no secret", cfg: service.RangeConfig{BaseURL: "http://api.example.com"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := service.NewRangeClient(tt.cfg); err == nil {
				t.Error("NewRangeClient succeeded, want an error")
			}
		})
	}
}

func TestRangeClientType(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		params  service.RangeTypeParams
		request request
		reply   reply
		want    []service.RangeTypeItem
	}{
		{
			name: "everything",
			params: service.RangeTypeParams{
				Func:   "some/func",
				Select: 12,
				XTrace: new("some x trace"),
				Filter: []string{"some filter"},
			},
			request: request{
				method: http.MethodGet,
				path:   "/types/some%2Ffunc/12",
				query:  url.Values{"filter": {"some filter"}},
				header: http.Header{"X-Trace": {"some x trace"}, "Authorization": {"Basic b3BlbjpzZXNhbWU="}},
			},
			reply: reply{status: http.StatusOK, body: `[{"package":"some package","size":12,"unknown_to_the_client":true}]`},
			want: []service.RangeTypeItem{
				{
					Package: "some package",
					Size:    new(int64(12)),
				},
			},
		},
		{
			name: "only what is required",
			params: service.RangeTypeParams{
				Func:   "some/func",
				Select: 12,
			},
			request: request{
				method: http.MethodGet,
				path:   "/types/some%2Ffunc/12",
				header: http.Header{"Authorization": {"Basic b3BlbjpzZXNhbWU="}},
			},
			reply: reply{status: http.StatusOK, body: `[{"package":"some package","unknown_to_the_client":true}]`},
			want: []service.RangeTypeItem{
				{
					Package: "some package",
				},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			upstream := &upstream{replies: []reply{tt.reply}}
			client := connectRange(t, upstream.serve(t))
			got, err := client.Type(t.Context(), tt.params)
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

func TestRangeClientTypeRefusesEmptyPaths(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		do   func(ctx context.Context, client *service.RangeClient) error
	}{
		{
			name: "type without func",
			do: func(ctx context.Context, client *service.RangeClient) error {
				_, err := client.Type(ctx, service.RangeTypeParams{Select: 12})
				return err
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			upstream := &upstream{}
			if err := tt.do(t.Context(), connectRange(t, upstream)); err == nil {
				t.Error("call succeeded, want an error")
			}
			checkRequests(t, upstream.requests, nil)
		})
	}
}

func TestRangeClientPing(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		request request
		reply   reply
		want    *service.RangePingResponse
	}{
		{
			name: "everything",
			request: request{
				method: http.MethodGet,
				path:   "/ping",
				header: http.Header{"Authorization": {"Basic b3BlbjpzZXNhbWU="}},
			},
			reply: reply{status: http.StatusOK, body: `{"ok":true,"unknown_to_the_client":true}`},
			want: &service.RangePingResponse{
				Ok: true,
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			upstream := &upstream{replies: []reply{tt.reply}}
			client := connectRange(t, upstream.serve(t))
			got, err := client.Ping(t.Context())
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

func TestRangeClientFailures(t *testing.T) {
	t.Parallel()
	testFailures(t, rangeCalls(), rangeSecret, connectRange)
}

func TestRangeClientRecovery(t *testing.T) {
	t.Parallel()
	testRecovery(t, rangeCalls(), connectRange)
}

func TestRangeClientCancellation(t *testing.T) {
	t.Parallel()
	testCancellation(t, rangeCalls(), connectRange)
}

func TestRangeClientTimeout(t *testing.T) {
	t.Parallel()
	limit := 1500 * time.Millisecond
	testTimeout(t, rangeCalls(), limit, connectRange)
}

func TestRangeClientWithoutSecret(t *testing.T) {
	t.Parallel()
	errLocked := errors.New("secret store is locked")
	upstream := &upstream{}
	client, err := service.NewRangeClient(service.RangeConfig{
		BaseURL:   "http://api.example.com",
		Secret:    func(context.Context) (string, error) { return rangeSecret, errLocked },
		Transport: upstream,
	})
	if err != nil {
		t.Fatalf("NewRangeClient: %v", err)
	}
	for _, call := range rangeCalls() {
		err := call.do(t.Context(), client)
		if !errors.Is(err, errLocked) || strings.Contains(err.Error(), rangeSecret) {
			t.Errorf("%s: error is %v, want one that matches %v", call.name, err, errLocked)
		}
	}
	checkRequests(t, upstream.requests, nil)
}
