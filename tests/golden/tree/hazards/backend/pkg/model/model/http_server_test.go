package model_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// sampleHTTPServer returns an HTTP server with every field set, as the hooks leave it.
func sampleHTTPServer(t *testing.T) *model.HTTPServer {
	t.Helper()
	m := new(model.HTTPServer)
	m.Defaulted()
	m.Username = "user@example.com"
	m.URL = "https://example.com/"
	m.DNSName = new("example.com")
	m.IP = new("198.51.100.7")
	m.ASNID = new(64500)
	m.TLSCertSHA256 = new("9f86d081884c7d65")
	m.HTTPStatus = 200
	m.IPv4 = new("198.51.100.7")
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestHTTPServerRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"httpserver"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.HTTPServer); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestHTTPServerMethods(t *testing.T) {
	t.Parallel()
	m := sampleHTTPServer(t)
	if got, want := m.GetDescription(), "An HTTP server, by its URL."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#httpserver#https://example.com/"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
	if got, want := m.GetLabels(), []string{"HTTPServer"}; !slices.Equal(got, want) {
		t.Errorf("GetLabels() = %q, want %q", got, want)
	}
}

func TestHTTPServerWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.HTTPServer)
		field  string
	}{
		{
			name:   "no url",
			change: func(m *model.HTTPServer) { m.URL = "" },
			field:  "url",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleHTTPServer(t)
			test.change(m)
			err := registry.CallHooks(m)
			problems, ok := errors.AsType[validation.Errors](err)
			if !ok {
				t.Fatalf("CallHooks() = %v, want validation.Errors", err)
			}
			if !slices.ContainsFunc(problems, func(p validation.FieldError) bool { return p.Field == test.field }) {
				t.Errorf("CallHooks() = %v, want an error about %s", err, test.field)
			}
		})
	}
}

func TestHTTPServerValid(t *testing.T) {
	t.Parallel()
	m := sampleHTTPServer(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestHTTPServerInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.HTTPServer)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.HTTPServer) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "url is missing",
			change: func(m *model.HTTPServer) { m.URL = "" },
			field:  "url",
		},
		{
			name:   "url holds a control character",
			change: func(m *model.HTTPServer) { m.URL = "a\u0007b" },
			field:  "url",
		},
		{
			name:   "dns_name holds a control character",
			change: func(m *model.HTTPServer) { m.DNSName = new("a\u0007b") },
			field:  "dns_name",
		},
		{
			name:   "ip holds a control character",
			change: func(m *model.HTTPServer) { m.IP = new("a\u0007b") },
			field:  "ip",
		},
		{
			name:   "tls_cert_sha256 holds a control character",
			change: func(m *model.HTTPServer) { m.TLSCertSHA256 = new("a\u0007b") },
			field:  "tls_cert_sha256",
		},
		{
			name:   "ip-v4 holds a control character",
			change: func(m *model.HTTPServer) { m.IPv4 = new("a\u0007b") },
			field:  "ip-v4",
		},
		{
			name:   "key is missing",
			change: func(m *model.HTTPServer) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.HTTPServer) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleHTTPServer(t)
			test.change(m)
			err := m.Validate()
			problems, ok := errors.AsType[validation.Errors](err)
			if !ok {
				t.Fatalf("Validate() = %v, want validation.Errors", err)
			}
			if !slices.ContainsFunc(problems, func(p validation.FieldError) bool { return p.Field == test.field }) {
				t.Errorf("Validate() = %v, want an error about %s", problems, test.field)
			}
			if m.Valid() {
				t.Error("Valid() = true, want false")
			}
		})
	}
}

func TestNewHTTPServer(t *testing.T) {
	t.Parallel()
	m, err := model.NewHTTPServer("https://example.com/")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.URL, "https://example.com/"; got != want {
		t.Errorf("URL = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "#httpserver#https://example.com/"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewHTTPServerWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewHTTPServer("")
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestHTTPServerJSON(t *testing.T) {
	t.Parallel()
	want := sampleHTTPServer(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.HTTPServer)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
