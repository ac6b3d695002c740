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

	"example.com/backend/pkg/model/model"
	"example.com/backend/pkg/service"
)

const externalServiceSecret = "open:sesame"

func connectExternalService(t *testing.T, transport http.RoundTripper) *service.ExternalServiceClient {
	t.Helper()
	client, err := service.NewExternalServiceClient(service.ExternalServiceConfig{
		BaseURL: "http://api.example.com",
		Secret: func(context.Context) (string, error) {
			return externalServiceSecret, nil
		},
		Transport: transport,
	})
	if err != nil {
		t.Fatalf("NewExternalServiceClient: %v", err)
	}
	return client
}

func externalServiceCalls() []call[*service.ExternalServiceClient] {
	return []call[*service.ExternalServiceClient]{
		{
			name:     "fetch data",
			attempts: 3,
			reply:    `{"name":"some name","summary":"some summary"}`,
			do: func(ctx context.Context, client *service.ExternalServiceClient) error {
				_, err := client.FetchData(ctx, service.ExternalServiceFetchDataParams{Name: "some/name"})
				return err
			},
		},
		{
			name:     "submit data",
			attempts: 1,
			reply:    `{"id":"some ID","accepted":true}`,
			do: func(ctx context.Context, client *service.ExternalServiceClient) error {
				_, err := client.SubmitData(ctx, service.ExternalServiceSubmitDataParams{Name: "some name"})
				return err
			},
		},
	}
}

func TestNewExternalServiceClient(t *testing.T) {
	t.Parallel()
	secret := func(context.Context) (string, error) { return externalServiceSecret, nil }
	tests := []struct {
		name string
		cfg  service.ExternalServiceConfig
	}{
		{name: "no base URL", cfg: service.ExternalServiceConfig{Secret: secret}},
		{name: "relative base URL", cfg: service.ExternalServiceConfig{BaseURL: "/v1", Secret: secret}},
		{name: "no secret", cfg: service.ExternalServiceConfig{BaseURL: "http://api.example.com"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := service.NewExternalServiceClient(tt.cfg); err == nil {
				t.Error("NewExternalServiceClient succeeded, want an error")
			}
		})
	}
}

func TestExternalServiceClientFetchData(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		params  service.ExternalServiceFetchDataParams
		request request
		reply   reply
		want    *service.ExternalServiceFetchDataResponse
	}{
		{
			name: "everything",
			params: service.ExternalServiceFetchDataParams{
				Name:  "some/name",
				Limit: new(12),
			},
			request: request{
				method: http.MethodGet,
				path:   "/v1/data/some%2Fname",
				query:  url.Values{"limit": {"12"}},
				header: http.Header{"Authorization": {"Bearer " + externalServiceSecret}},
			},
			reply: reply{status: http.StatusOK, body: `{"name":"some name","summary":"some summary","unknown_to_the_client":true}`},
			want: &service.ExternalServiceFetchDataResponse{
				Name:    "some name",
				Summary: "some summary",
			},
		},
		{
			name: "only what is required",
			params: service.ExternalServiceFetchDataParams{
				Name: "some/name",
			},
			request: request{
				method: http.MethodGet,
				path:   "/v1/data/some%2Fname",
				header: http.Header{"Authorization": {"Bearer " + externalServiceSecret}},
			},
			reply: reply{status: http.StatusOK, body: `{"name":"some name","summary":"some summary","unknown_to_the_client":true}`},
			want: &service.ExternalServiceFetchDataResponse{
				Name:    "some name",
				Summary: "some summary",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			upstream := &upstream{replies: []reply{tt.reply}}
			client := connectExternalService(t, upstream.serve(t))
			got, err := client.FetchData(t.Context(), tt.params)
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

func TestExternalServiceClientFetchDataRefusesEmptyPaths(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		do   func(ctx context.Context, client *service.ExternalServiceClient) error
	}{
		{
			name: "fetch data without name",
			do: func(ctx context.Context, client *service.ExternalServiceClient) error {
				_, err := client.FetchData(ctx, service.ExternalServiceFetchDataParams{})
				return err
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			upstream := &upstream{}
			if err := tt.do(t.Context(), connectExternalService(t, upstream)); err == nil {
				t.Error("call succeeded, want an error")
			}
			checkRequests(t, upstream.requests, nil)
		})
	}
}

func TestExternalServiceClientSubmitData(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		params  service.ExternalServiceSubmitDataParams
		request request
		reply   reply
		want    *service.ExternalServiceSubmitDataResponse
	}{
		{
			name: "everything",
			params: service.ExternalServiceSubmitDataParams{
				Name:   "some name",
				Weight: new(12),
			},
			request: request{
				method: http.MethodPost,
				path:   "/v1/data",
				header: http.Header{"Authorization": {"Bearer " + externalServiceSecret}},
				body:   `{"name":"some name","weight":12}`,
			},
			reply: reply{status: http.StatusOK, body: `{"id":"some ID","accepted":true,"unknown_to_the_client":true}`},
			want: &service.ExternalServiceSubmitDataResponse{
				ID:       "some ID",
				Accepted: true,
			},
		},
		{
			name: "only what is required",
			params: service.ExternalServiceSubmitDataParams{
				Name: "some name",
			},
			request: request{
				method: http.MethodPost,
				path:   "/v1/data",
				header: http.Header{"Authorization": {"Bearer " + externalServiceSecret}},
				body:   `{"name":"some name"}`,
			},
			reply: reply{status: http.StatusOK, body: `{"id":"some ID","accepted":true,"unknown_to_the_client":true}`},
			want: &service.ExternalServiceSubmitDataResponse{
				ID:       "some ID",
				Accepted: true,
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			upstream := &upstream{replies: []reply{tt.reply}}
			client := connectExternalService(t, upstream.serve(t))
			got, err := client.SubmitData(t.Context(), tt.params)
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

func TestExternalServiceClientFailures(t *testing.T) {
	t.Parallel()
	testFailures(t, externalServiceCalls(), externalServiceSecret, connectExternalService)
}

func TestExternalServiceClientRecovery(t *testing.T) {
	t.Parallel()
	testRecovery(t, externalServiceCalls(), connectExternalService)
}

func TestExternalServiceClientCancellation(t *testing.T) {
	t.Parallel()
	testCancellation(t, externalServiceCalls(), connectExternalService)
}

func TestExternalServiceClientTimeout(t *testing.T) {
	t.Parallel()
	limit := 5 * time.Second
	testTimeout(t, externalServiceCalls(), limit, connectExternalService)
}

func TestExternalServiceClientWithoutSecret(t *testing.T) {
	t.Parallel()
	errLocked := errors.New("secret store is locked")
	upstream := &upstream{}
	client, err := service.NewExternalServiceClient(service.ExternalServiceConfig{
		BaseURL:   "http://api.example.com",
		Secret:    func(context.Context) (string, error) { return externalServiceSecret, errLocked },
		Transport: upstream,
	})
	if err != nil {
		t.Fatalf("NewExternalServiceClient: %v", err)
	}
	for _, call := range externalServiceCalls() {
		err := call.do(t.Context(), client)
		if !errors.Is(err, errLocked) || strings.Contains(err.Error(), externalServiceSecret) {
			t.Errorf("%s: error is %v, want one that matches %v", call.name, err, errLocked)
		}
	}
	checkRequests(t, upstream.requests, nil)
}

func TestExternalServiceClientFillNewEntity(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		before   model.NewEntity
		replies  []reply
		requests []request
		after    model.NewEntity
		fails    bool
	}{
		{
			name: "everything",
			before: model.NewEntity{
				Field1:  "some own field1",
				Summary: new("some prior summary"),
			},
			replies: []reply{
				{status: http.StatusOK, body: `{"name":"some name","summary":"some summary"}`},
			},
			requests: []request{
				{
					method: http.MethodGet,
					path:   "/v1/data/some%20own%20field1",
					header: http.Header{"Authorization": {"Bearer " + externalServiceSecret}},
				},
			},
			after: model.NewEntity{
				Field1:  "some own field1",
				Summary: new("some summary"),
			},
		},
		{
			name: "fetch data fails",
			before: model.NewEntity{
				Field1:  "some own field1",
				Summary: new("some prior summary"),
			},
			replies: []reply{
				{status: http.StatusNotFound},
			},
			requests: []request{
				{
					method: http.MethodGet,
					path:   "/v1/data/some%20own%20field1",
					header: http.Header{"Authorization": {"Bearer " + externalServiceSecret}},
				},
			},
			after: model.NewEntity{
				Field1:  "some own field1",
				Summary: new("some prior summary"),
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
				err := connectExternalService(t, upstream).FillNewEntity(t.Context(), &got)
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
