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

// technologyBody asks for a technology that is valid.
const technologyBody = `{
	"cpe": "cpe:2.3:a:apache:http_server:2.4.50:*:*:*:*:*:*:*",
	"name": "Apache httpd",
	"source": "fingerprint",
	"comment": "Seen in the Server header."
}`

// technologyCalls returns one good call of every operation on technologies; key
// is the item that they name.
func technologyCalls(key string) []call {
	item := "/api/technology/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/technology", body: technologyBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/technology"},
		{name: "update", method: http.MethodPut, path: item, body: technologyBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "patch", method: http.MethodPatch, path: item, body: technologyBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
	}
}

// technologyHandler returns a handler of items.
func technologyHandler(items handlers.TechnologyStore) *handlers.TechnologyHandler {
	return handlers.NewTechnologyHandler(newTools(), items)
}

// storedTechnology returns a store in which the tenant has technologies with
// these keys.
func storedTechnology(t *testing.T, keys ...string) *store.Memory[model.Technology, *model.Technology] {
	t.Helper()
	items := store.NewMemory[model.Technology](store.WithTagKey("neo4j"))
	for _, key := range keys {
		item := sample[model.Technology](t, technologyBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestTechnologyHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return technologyHandler(brokenStore[model.Technology]{err: err}) }
	checkRefusals(t, failing, technologyCalls("#technology#1"))
}

func TestTechnologyHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := technologyHandler(storedTechnology(t, "#technology#1", "#other#example"))
	checkUnknown(t, h, tenant, technologyCalls("#technology#2"))
	checkUnknown(t, h, stranger, technologyCalls("#technology#1"))
	checkUnknown(t, h, tenant, technologyCalls("#other#example"))
}

func TestTechnologyHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, technologyHandler(storedTechnology(t, "#technology#1")), technologyCalls("#technology#1"))
}

func TestTechnologyHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.Technology](t, technologyBody)
	broken := brokenStore[model.Technology]{err: errBroken, item: item}
	checkRewrites(t, technologyHandler(broken), technologyCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.Technology]{err: store.ErrNotFound, item: item}
	checkRewrites(t, technologyHandler(deleted), technologyCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.Technology](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, technologyHandler(contestedStore[model.Technology, *model.Technology]{items}), technologyCalls(item.Key), apierror.CodeConflict)
}

func TestTechnologyHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.Technology](t, technologyBody)
	h := technologyHandler(brokenStore[model.Technology]{err: errBroken, item: item})
	checkMalformed(t, h, technologyCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "cpe empty", field: "cpe", value: `""`},
		{name: "cpe too long", field: "cpe", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "cpe not allowed", field: "cpe", value: `"a\u0007b"`},
		{name: "name too long", field: "name", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "name not allowed", field: "name", value: `"a\u0007b"`},
		{name: "source too long", field: "source", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "source not allowed", field: "source", value: `"a\u0007b"`},
		{name: "comment too long", field: "comment", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "comment not allowed", field: "comment", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, technologyCalls(item.Key), test.field, test.value)
		})
	}
}

func TestTechnologyHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Technology](store.WithTagKey("neo4j"))
	create := call{method: http.MethodPost, path: "/api/technology", body: technologyBody}
	w := serve(t, technologyHandler(items), caller(tenant), create)
	got := decoded[model.Technology](t, w, http.StatusCreated)
	if want := "/api/technology/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
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
	checkAsked(t, technologyBody, sample[model.Technology](t, technologyBody), got, stored)
	checkRepeated(t, technologyHandler(store.NewMemory[model.Technology](store.WithTagKey("neo4j"))), create)
	unfit := brokenStore[model.Technology]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, technologyHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestTechnologyHandlerGet(t *testing.T) {
	t.Parallel()
	h := technologyHandler(storedTechnology(t, "#technology#1"))
	get := call{method: http.MethodGet, path: "/api/technology/" + url.PathEscape("#technology#1")}
	got := decoded[model.Technology](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#technology#1" {
		t.Errorf("got key %q, want %q", got.Key, "#technology#1")
	}
}

func TestTechnologyHandlerList(t *testing.T) {
	t.Parallel()
	items := storedTechnology(t, "#technology#1", "#technology#2", "#technology#3", "#other#example")
	checkPages(t, technologyHandler(items), "/api/technology", "technologies", 50, 200)
}

func TestTechnologyHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.Technology](t, technologyBody)
	items := store.NewMemory[model.Technology](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/technology/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: changed(t, technologyBody, "name", `"Apache httpd-2"`)}
	got := decoded[model.Technology](t, serve(t, technologyHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "name"); got != `"Apache httpd-2"` {
		t.Errorf("stored %s, want %s", got, `"Apache httpd-2"`)
	}
}

func TestTechnologyHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := technologyHandler(storedTechnology(t, "#technology#1"))
	update := call{method: http.MethodPut, path: "/api/technology/" + url.PathEscape("#technology#1"), body: technologyBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "cpe")
}

func TestTechnologyHandlerPatch(t *testing.T) {
	t.Parallel()
	item := sample[model.Technology](t, technologyBody)
	items := store.NewMemory[model.Technology](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	before, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	patch := call{method: http.MethodPatch, path: "/api/technology/" + url.PathEscape(item.Key), body: `{"name":"Apache httpd-2"}`}
	decoded[model.Technology](t, serve(t, technologyHandler(items), caller(tenant), patch), http.StatusOK)
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "name"); got != `"Apache httpd-2"` {
		t.Errorf("stored %s, want %s", got, `"Apache httpd-2"`)
	}
	checkRest(t, stored, before, "name")
}

func TestTechnologyHandlerDelete(t *testing.T) {
	t.Parallel()
	h := technologyHandler(storedTechnology(t, "#technology#1"))
	remove := call{method: http.MethodDelete, path: "/api/technology/" + url.PathEscape("#technology#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}
