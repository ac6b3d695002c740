package handlers_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/example/hazards/pkg/apierror"
	"github.com/example/hazards/pkg/auth"
	"github.com/example/hazards/pkg/handler/handlers"
	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/store"
)

// httpServerBody asks for an HTTP server that is valid.
const httpServerBody = `{
	"url": "https://example.com/",
	"dns_name": "example.com",
	"ip": "198.51.100.7",
	"asn_id": 64500,
	"tls_cert_sha256": "9f86d081884c7d65",
	"httpStatus": 200,
	"ip-v4": "198.51.100.7"
}`

// httpServerCalls returns one good call of every operation on HTTP servers; key
// is the item that they name.
func httpServerCalls(key string) []call {
	item := "/api/httpserver/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/httpserver", body: httpServerBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/httpserver"},
		{name: "update", method: http.MethodPut, path: item, body: httpServerBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "patch", method: http.MethodPatch, path: item, body: httpServerBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
	}
}

// httpServerHandler returns a handler of items.
func httpServerHandler(items handlers.HTTPServerStore) *handlers.HTTPServerHandler {
	return handlers.NewHTTPServerHandler(newTools(), items)
}

// storedHTTPServer returns a store in which the tenant has HTTP servers with
// these keys.
func storedHTTPServer(t *testing.T, keys ...string) *store.Memory[model.HTTPServer, *model.HTTPServer] {
	t.Helper()
	items := store.NewMemory[model.HTTPServer](store.WithTagKey("neo4j"))
	for _, key := range keys {
		item := sample[model.HTTPServer](t, httpServerBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestHTTPServerHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return httpServerHandler(brokenStore[model.HTTPServer]{err: err}) }
	checkRefusals(t, failing, httpServerCalls("#httpserver#1"))
}

func TestHTTPServerHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := httpServerHandler(storedHTTPServer(t, "#httpserver#1", "#other#example"))
	checkUnknown(t, h, tenant, httpServerCalls("#httpserver#2"))
	checkUnknown(t, h, stranger, httpServerCalls("#httpserver#1"))
	checkUnknown(t, h, tenant, httpServerCalls("#other#example"))
}

func TestHTTPServerHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, httpServerHandler(storedHTTPServer(t, "#httpserver#1")), httpServerCalls("#httpserver#1"))
}

func TestHTTPServerHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.HTTPServer](t, httpServerBody)
	broken := brokenStore[model.HTTPServer]{err: errBroken, item: item}
	checkRewrites(t, httpServerHandler(broken), httpServerCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.HTTPServer]{err: store.ErrNotFound, item: item}
	checkRewrites(t, httpServerHandler(deleted), httpServerCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.HTTPServer](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, httpServerHandler(contestedStore[model.HTTPServer, *model.HTTPServer]{items}), httpServerCalls(item.Key), apierror.CodeConflict)
}

func TestHTTPServerHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.HTTPServer](t, httpServerBody)
	h := httpServerHandler(brokenStore[model.HTTPServer]{err: errBroken, item: item})
	checkMalformed(t, h, httpServerCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "url empty", field: "url", value: `""`},
		{name: "url too long", field: "url", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "url not allowed", field: "url", value: `"a\u0007b"`},
		{name: "dns_name too long", field: "dns_name", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "dns_name not allowed", field: "dns_name", value: `"a\u0007b"`},
		{name: "ip too long", field: "ip", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "ip not allowed", field: "ip", value: `"a\u0007b"`},
		{name: "tls_cert_sha256 too long", field: "tls_cert_sha256", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "tls_cert_sha256 not allowed", field: "tls_cert_sha256", value: `"a\u0007b"`},
		{name: "ip-v4 too long", field: "ip-v4", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "ip-v4 not allowed", field: "ip-v4", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, httpServerCalls(item.Key), test.field, test.value)
		})
	}
}

func TestHTTPServerHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.HTTPServer](store.WithTagKey("neo4j"))
	create := call{method: http.MethodPost, path: "/api/httpserver", body: httpServerBody}
	w := serve(t, httpServerHandler(items), caller(tenant), create)
	got := decoded[model.HTTPServer](t, w, http.StatusCreated)
	if want := "/api/httpserver/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
		t.Errorf("got location %q, want %q", w.Header().Get("Location"), want)
	}
	if got.Username != tenant {
		t.Errorf("got owner %q, want %q", got.Username, tenant)
	}
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, httpServerBody, sample[model.HTTPServer](t, httpServerBody), got, stored)
	checkRepeated(t, httpServerHandler(store.NewMemory[model.HTTPServer](store.WithTagKey("neo4j"))), create)
	unfit := brokenStore[model.HTTPServer]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, httpServerHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestHTTPServerHandlerGet(t *testing.T) {
	t.Parallel()
	h := httpServerHandler(storedHTTPServer(t, "#httpserver#1"))
	get := call{method: http.MethodGet, path: "/api/httpserver/" + url.PathEscape("#httpserver#1")}
	got := decoded[model.HTTPServer](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#httpserver#1" {
		t.Errorf("got key %q, want %q", got.Key, "#httpserver#1")
	}
}

func TestHTTPServerHandlerList(t *testing.T) {
	t.Parallel()
	items := storedHTTPServer(t, "#httpserver#1", "#httpserver#2", "#httpserver#3", "#other#example")
	checkPages(t, httpServerHandler(items), "/api/httpserver", "httpservers", 50, 200)
}

func TestHTTPServerHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.HTTPServer](t, httpServerBody)
	items := store.NewMemory[model.HTTPServer](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/httpserver/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: changed(t, httpServerBody, "dns_name", `"example.com-2"`)}
	got := decoded[model.HTTPServer](t, serve(t, httpServerHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "dns_name"); got != `"example.com-2"` {
		t.Errorf("stored %s, want %s", got, `"example.com-2"`)
	}
}

func TestHTTPServerHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := httpServerHandler(storedHTTPServer(t, "#httpserver#1"))
	update := call{method: http.MethodPut, path: "/api/httpserver/" + url.PathEscape("#httpserver#1"), body: httpServerBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "url")
}

func TestHTTPServerHandlerPatch(t *testing.T) {
	t.Parallel()
	item := sample[model.HTTPServer](t, httpServerBody)
	items := store.NewMemory[model.HTTPServer](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	before, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	patch := call{method: http.MethodPatch, path: "/api/httpserver/" + url.PathEscape(item.Key), body: `{"dns_name":"example.com-2"}`}
	decoded[model.HTTPServer](t, serve(t, httpServerHandler(items), caller(tenant), patch), http.StatusOK)
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "dns_name"); got != `"example.com-2"` {
		t.Errorf("stored %s, want %s", got, `"example.com-2"`)
	}
	checkRest(t, stored, before, "dns_name")
}

func TestHTTPServerHandlerDelete(t *testing.T) {
	t.Parallel()
	h := httpServerHandler(storedHTTPServer(t, "#httpserver#1"))
	remove := call{method: http.MethodDelete, path: "/api/httpserver/" + url.PathEscape("#httpserver#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}
