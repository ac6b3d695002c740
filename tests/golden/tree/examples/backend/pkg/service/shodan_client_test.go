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

const shodanSecret = "open:sesame"

func connectShodan(t *testing.T, transport http.RoundTripper) *service.ShodanClient {
	t.Helper()
	client, err := service.NewShodanClient(service.ShodanConfig{
		BaseURL: "http://api.example.com",
		Secret: func(context.Context) (string, error) {
			return shodanSecret, nil
		},
		Transport: transport,
	})
	if err != nil {
		t.Fatalf("NewShodanClient: %v", err)
	}
	return client
}

func shodanCalls() []call[*service.ShodanClient] {
	return []call[*service.ShodanClient]{
		{
			name:     "get host",
			attempts: 3,
			reply:    `{"ip_str":"some IP str","ports":[16],"hostnames":["some hostnames"]}`,
			do: func(ctx context.Context, client *service.ShodanClient) error {
				_, err := client.GetHost(ctx, service.ShodanGetHostParams{IP: "some/IP"})
				return err
			},
		},
	}
}

func TestNewShodanClient(t *testing.T) {
	t.Parallel()
	secret := func(context.Context) (string, error) { return shodanSecret, nil }
	tests := []struct {
		name string
		cfg  service.ShodanConfig
	}{
		{name: "no base URL", cfg: service.ShodanConfig{Secret: secret}},
		{name: "relative base URL", cfg: service.ShodanConfig{BaseURL: "/v1", Secret: secret}},
		{name: "no secret", cfg: service.ShodanConfig{BaseURL: "http://api.example.com"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := service.NewShodanClient(tt.cfg); err == nil {
				t.Error("NewShodanClient succeeded, want an error")
			}
		})
	}
}

func TestShodanClientGetHost(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		params  service.ShodanGetHostParams
		request request
		reply   reply
		want    *service.ShodanGetHostResponse
	}{
		{
			name: "everything",
			params: service.ShodanGetHostParams{
				IP:     "some/IP",
				Minify: new(true),
			},
			request: request{
				method: http.MethodGet,
				path:   "/shodan/host/some%2FIP",
				query:  url.Values{"minify": {"true"}, "key": {shodanSecret}},
			},
			reply: reply{status: http.StatusOK, body: `{
				"ip_str": "some IP str",
				"org": "some org",
				"isp": "some ISP",
				"os": "some OS",
				"country_code": "some country code",
				"ports": [16],
				"hostnames": ["some hostnames"],
				"vulns": ["some vulns"],
				"last_update": "some last update",
				"unknown_to_the_client": true
			}`},
			want: &service.ShodanGetHostResponse{
				IPStr:       "some IP str",
				Org:         new("some org"),
				ISP:         new("some ISP"),
				OS:          new("some OS"),
				CountryCode: new("some country code"),
				Ports:       []int{16},
				Hostnames:   []string{"some hostnames"},
				Vulns:       []string{"some vulns"},
				LastUpdate:  new("some last update"),
			},
		},
		{
			name: "only what is required",
			params: service.ShodanGetHostParams{
				IP: "some/IP",
			},
			request: request{
				method: http.MethodGet,
				path:   "/shodan/host/some%2FIP",
				query:  url.Values{"key": {shodanSecret}},
			},
			reply: reply{status: http.StatusOK, body: `{
				"ip_str": "some IP str",
				"ports": [16],
				"hostnames": ["some hostnames"],
				"unknown_to_the_client": true
			}`},
			want: &service.ShodanGetHostResponse{
				IPStr:     "some IP str",
				Ports:     []int{16},
				Hostnames: []string{"some hostnames"},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			upstream := &upstream{replies: []reply{tt.reply}}
			client := connectShodan(t, upstream.serve(t))
			got, err := client.GetHost(t.Context(), tt.params)
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

func TestShodanClientGetHostRefusesEmptyPaths(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		do   func(ctx context.Context, client *service.ShodanClient) error
	}{
		{
			name: "get host without ip",
			do: func(ctx context.Context, client *service.ShodanClient) error {
				_, err := client.GetHost(ctx, service.ShodanGetHostParams{})
				return err
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			upstream := &upstream{}
			if err := tt.do(t.Context(), connectShodan(t, upstream)); err == nil {
				t.Error("call succeeded, want an error")
			}
			checkRequests(t, upstream.requests, nil)
		})
	}
}

func TestShodanClientFailures(t *testing.T) {
	t.Parallel()
	testFailures(t, shodanCalls(), shodanSecret, connectShodan)
}

func TestShodanClientRecovery(t *testing.T) {
	t.Parallel()
	testRecovery(t, shodanCalls(), connectShodan)
}

func TestShodanClientCancellation(t *testing.T) {
	t.Parallel()
	testCancellation(t, shodanCalls(), connectShodan)
}

func TestShodanClientTimeout(t *testing.T) {
	t.Parallel()
	limit := 10 * time.Second
	testTimeout(t, shodanCalls(), limit, connectShodan)
}

func TestShodanClientRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		call := shodanCalls()[0]
		client := connectShodan(t, &upstream{replies: []reply{{status: http.StatusOK, body: `{"ip_str":"some IP str","ports":[16],"hostnames":["some hostnames"]}`}}})
		start := time.Now()
		for range 2 {
			if err := call.do(t.Context(), client); err != nil {
				t.Fatalf("error is %v, want none", err)
			}
		}
		want := time.Second
		if got := time.Since(start); (got - want).Abs() > time.Millisecond {
			t.Errorf("took %v, want %v", got, want)
		}
	})
}

func TestShodanClientWithoutSecret(t *testing.T) {
	t.Parallel()
	errLocked := errors.New("secret store is locked")
	upstream := &upstream{}
	client, err := service.NewShodanClient(service.ShodanConfig{
		BaseURL:   "http://api.example.com",
		Secret:    func(context.Context) (string, error) { return shodanSecret, errLocked },
		Transport: upstream,
	})
	if err != nil {
		t.Fatalf("NewShodanClient: %v", err)
	}
	for _, call := range shodanCalls() {
		err := call.do(t.Context(), client)
		if !errors.Is(err, errLocked) || strings.Contains(err.Error(), shodanSecret) {
			t.Errorf("%s: error is %v, want one that matches %v", call.name, err, errLocked)
		}
	}
	checkRequests(t, upstream.requests, nil)
}

func TestShodanClientFillHost(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		before   model.Host
		replies  []reply
		requests []request
		after    model.Host
		fails    bool
	}{
		{
			name: "everything",
			before: model.Host{
				IP:           "some own IP",
				Organization: "some prior organization",
				ISP:          "some prior ISP",
				OS:           "some prior OS",
				CountryCode:  "some prior country code",
				Ports:        []int{36},
				Hostnames:    []string{"some prior hostnames"},
				Vulns:        []string{"some prior vulns"},
				LastUpdate:   "some prior last update",
			},
			replies: []reply{
				{status: http.StatusOK, body: `{
					"ip_str": "some IP str",
					"org": "some org",
					"isp": "some ISP",
					"os": "some OS",
					"country_code": "some country code",
					"ports": [16],
					"hostnames": ["some hostnames"],
					"vulns": ["some vulns"],
					"last_update": "some last update"
				}`},
			},
			requests: []request{
				{
					method: http.MethodGet,
					path:   "/shodan/host/some%20own%20IP",
					query:  url.Values{"key": {shodanSecret}},
				},
			},
			after: model.Host{
				IP:           "some own IP",
				Organization: "some org",
				ISP:          "some ISP",
				OS:           "some OS",
				CountryCode:  "some country code",
				Ports:        []int{16},
				Hostnames:    []string{"some hostnames"},
				Vulns:        []string{"some vulns"},
				LastUpdate:   "some last update",
			},
		},
		{
			name: "only what is required",
			before: model.Host{
				IP:           "some own IP",
				Organization: "some prior organization",
				ISP:          "some prior ISP",
				OS:           "some prior OS",
				CountryCode:  "some prior country code",
				Ports:        []int{36},
				Hostnames:    []string{"some prior hostnames"},
				Vulns:        []string{"some prior vulns"},
				LastUpdate:   "some prior last update",
			},
			replies: []reply{
				{status: http.StatusOK, body: `{"ip_str":"some IP str","ports":[16],"hostnames":["some hostnames"]}`},
			},
			requests: []request{
				{
					method: http.MethodGet,
					path:   "/shodan/host/some%20own%20IP",
					query:  url.Values{"key": {shodanSecret}},
				},
			},
			after: model.Host{
				IP:           "some own IP",
				Organization: "some prior organization",
				ISP:          "some prior ISP",
				OS:           "some prior OS",
				CountryCode:  "some prior country code",
				Ports:        []int{16},
				Hostnames:    []string{"some hostnames"},
				Vulns:        []string{"some prior vulns"},
				LastUpdate:   "some prior last update",
			},
		},
		{
			name: "get host fails",
			before: model.Host{
				IP:           "some own IP",
				Organization: "some prior organization",
				ISP:          "some prior ISP",
				OS:           "some prior OS",
				CountryCode:  "some prior country code",
				Ports:        []int{36},
				Hostnames:    []string{"some prior hostnames"},
				Vulns:        []string{"some prior vulns"},
				LastUpdate:   "some prior last update",
			},
			replies: []reply{
				{status: http.StatusNotFound},
			},
			requests: []request{
				{
					method: http.MethodGet,
					path:   "/shodan/host/some%20own%20IP",
					query:  url.Values{"key": {shodanSecret}},
				},
			},
			after: model.Host{
				IP:           "some own IP",
				Organization: "some prior organization",
				ISP:          "some prior ISP",
				OS:           "some prior OS",
				CountryCode:  "some prior country code",
				Ports:        []int{36},
				Hostnames:    []string{"some prior hostnames"},
				Vulns:        []string{"some prior vulns"},
				LastUpdate:   "some prior last update",
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
				err := connectShodan(t, upstream).FillHost(t.Context(), &got)
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
