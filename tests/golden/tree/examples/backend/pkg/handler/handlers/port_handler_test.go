package handlers_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"example.com/backend/pkg/apierror"
	"example.com/backend/pkg/auth"
	"example.com/backend/pkg/handler/handlers"
	"example.com/backend/pkg/model/model"
	"example.com/backend/pkg/store"
)

// portBody asks for a port that is valid.
const portBody = `{
	"source": "#asset#example.com#198.51.100.7",
	"protocol": "tcp",
	"port": 443,
	"service": "https",
	"status": "A",
	"capability": "portscan"
}`

// portCalls returns one good call of every operation on ports; key is the item
// that they name.
func portCalls(key string) []call {
	item := "/api/port/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/port", body: portBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/port"},
		{name: "update", method: http.MethodPut, path: item, body: portBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "patch", method: http.MethodPatch, path: item, body: portBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
	}
}

// portHandler returns a handler of items.
func portHandler(items handlers.PortStore) *handlers.PortHandler {
	return handlers.NewPortHandler(newTools(), items)
}

// storedPort returns a store in which the tenant has ports with these keys.
func storedPort(t *testing.T, keys ...string) *store.Memory[model.Port, *model.Port] {
	t.Helper()
	items := store.NewMemory[model.Port](store.WithTagKey("neo4j"))
	for _, key := range keys {
		item := sample[model.Port](t, portBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestPortHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return portHandler(brokenStore[model.Port]{err: err}) }
	checkRefusals(t, failing, portCalls("#port#1"))
}

func TestPortHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := portHandler(storedPort(t, "#port#1", "#other#example"))
	checkUnknown(t, h, tenant, portCalls("#port#2"))
	checkUnknown(t, h, stranger, portCalls("#port#1"))
	checkUnknown(t, h, tenant, portCalls("#other#example"))
}

func TestPortHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, portHandler(storedPort(t, "#port#1")), portCalls("#port#1"))
}

func TestPortHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.Port](t, portBody)
	broken := brokenStore[model.Port]{err: errBroken, item: item}
	checkRewrites(t, portHandler(broken), portCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.Port]{err: store.ErrNotFound, item: item}
	checkRewrites(t, portHandler(deleted), portCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.Port](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, portHandler(contestedStore[model.Port, *model.Port]{items}), portCalls(item.Key), apierror.CodeConflict)
}

func TestPortHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.Port](t, portBody)
	h := portHandler(brokenStore[model.Port]{err: errBroken, item: item})
	checkMalformed(t, h, portCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "source empty", field: "source", value: `""`},
		{name: "source too long", field: "source", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "source not allowed", field: "source", value: `"no such value"`},
		{name: "protocol empty", field: "protocol", value: `""`},
		{name: "protocol too long", field: "protocol", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "protocol not allowed", field: "protocol", value: `"no such value"`},
		{name: "port not allowed", field: "port", value: `65536`},
		{name: "service too long", field: "service", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "service not allowed", field: "service", value: `"a\u0007b"`},
		{name: "status too long", field: "status", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "status not allowed", field: "status", value: `"a\u0007b"`},
		{name: "capability too long", field: "capability", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "capability not allowed", field: "capability", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, portCalls(item.Key), test.field, test.value)
		})
	}
}

func TestPortHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Port](store.WithTagKey("neo4j"))
	create := call{method: http.MethodPost, path: "/api/port", body: portBody}
	w := serve(t, portHandler(items), caller(tenant), create)
	got := decoded[model.Port](t, w, http.StatusCreated)
	if want := "/api/port/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
		t.Errorf("got location %q, want %q", w.Header().Get("Location"), want)
	}
	if got.Username != tenant {
		t.Errorf("got owner %q, want %q", got.Username, tenant)
	}
	if got.Created == "" {
		t.Error("got no created, want one to be made")
	}
	if got.Visited == "" {
		t.Error("got no visited, want one to be made")
	}
	if got.TTL == 0 {
		t.Error("got no ttl, want one to be made")
	}
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, portBody, sample[model.Port](t, portBody), got, stored)
	checkRepeated(t, portHandler(store.NewMemory[model.Port](store.WithTagKey("neo4j"))), create)
	unfit := brokenStore[model.Port]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, portHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestPortHandlerGet(t *testing.T) {
	t.Parallel()
	h := portHandler(storedPort(t, "#port#1"))
	get := call{method: http.MethodGet, path: "/api/port/" + url.PathEscape("#port#1")}
	got := decoded[model.Port](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#port#1" {
		t.Errorf("got key %q, want %q", got.Key, "#port#1")
	}
}

func TestPortHandlerList(t *testing.T) {
	t.Parallel()
	items := storedPort(t, "#port#1", "#port#2", "#port#3", "#other#example")
	checkPages(t, portHandler(items), "/api/port", "ports", 50, 200)
}

func TestPortHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.Port](t, portBody)
	items := store.NewMemory[model.Port](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/port/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: changed(t, portBody, "service", `"https-2"`)}
	got := decoded[model.Port](t, serve(t, portHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "service"); got != `"https-2"` {
		t.Errorf("stored %s, want %s", got, `"https-2"`)
	}
}

func TestPortHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := portHandler(storedPort(t, "#port#1"))
	update := call{method: http.MethodPut, path: "/api/port/" + url.PathEscape("#port#1"), body: portBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "source", "protocol", "port")
}

func TestPortHandlerPatch(t *testing.T) {
	t.Parallel()
	item := sample[model.Port](t, portBody)
	items := store.NewMemory[model.Port](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	before, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	patch := call{method: http.MethodPatch, path: "/api/port/" + url.PathEscape(item.Key), body: `{"service":"https-2"}`}
	decoded[model.Port](t, serve(t, portHandler(items), caller(tenant), patch), http.StatusOK)
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "service"); got != `"https-2"` {
		t.Errorf("stored %s, want %s", got, `"https-2"`)
	}
	checkRest(t, stored, before, "service")
}

func TestPortHandlerDelete(t *testing.T) {
	t.Parallel()
	h := portHandler(storedPort(t, "#port#1"))
	remove := call{method: http.MethodDelete, path: "/api/port/" + url.PathEscape("#port#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}
