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

// grantBody asks for a grant that is valid.
const grantBody = `{
	"access": "READ",
	"reason": "reason",
	"source": "source",
	"target": "target"
}`

// grantCalls returns one good call of every operation on grants; key is the
// item that they name.
func grantCalls(key string) []call {
	item := "/api/grant/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/grant", body: grantBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/grant"},
		{name: "update", method: http.MethodPut, path: item, body: grantBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "patch", method: http.MethodPatch, path: item, body: grantBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
	}
}

// grantHandler returns a handler of items.
func grantHandler(items handlers.GrantStore) *handlers.GrantHandler {
	return handlers.NewGrantHandler(newTools(), items)
}

// storedGrant returns a store in which the tenant has grants with these keys.
func storedGrant(t *testing.T, keys ...string) *store.Memory[model.Grant, *model.Grant] {
	t.Helper()
	items := store.NewMemory[model.Grant](store.WithTagKey("neo4j"))
	for _, key := range keys {
		item := sample[model.Grant](t, grantBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestGrantHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return grantHandler(brokenStore[model.Grant]{err: err}) }
	checkRefusals(t, failing, grantCalls("#grant#1"))
}

func TestGrantHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := grantHandler(storedGrant(t, "#grant#1", "#other#example"))
	checkUnknown(t, h, tenant, grantCalls("#grant#2"))
	checkUnknown(t, h, stranger, grantCalls("#grant#1"))
	checkUnknown(t, h, tenant, grantCalls("#other#example"))
}

func TestGrantHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, grantHandler(storedGrant(t, "#grant#1")), grantCalls("#grant#1"))
}

func TestGrantHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.Grant](t, grantBody)
	broken := brokenStore[model.Grant]{err: errBroken, item: item}
	checkRewrites(t, grantHandler(broken), grantCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.Grant]{err: store.ErrNotFound, item: item}
	checkRewrites(t, grantHandler(deleted), grantCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.Grant](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, grantHandler(contestedStore[model.Grant, *model.Grant]{items}), grantCalls(item.Key), apierror.CodeConflict)
}

func TestGrantHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.Grant](t, grantBody)
	h := grantHandler(brokenStore[model.Grant]{err: errBroken, item: item})
	checkMalformed(t, h, grantCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "access empty", field: "access", value: `""`},
		{name: "access too long", field: "access", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "access not allowed", field: "access", value: `"no such value"`},
		{name: "reason too long", field: "reason", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "reason not allowed", field: "reason", value: `"a\u0007b"`},
		{name: "source empty", field: "source", value: `""`},
		{name: "source too long", field: "source", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "source not allowed", field: "source", value: `"a\u0007b"`},
		{name: "target empty", field: "target", value: `""`},
		{name: "target too long", field: "target", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "target not allowed", field: "target", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, grantCalls(item.Key), test.field, test.value)
		})
	}
}

func TestGrantHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Grant](store.WithTagKey("neo4j"))
	create := call{method: http.MethodPost, path: "/api/grant", body: grantBody}
	w := serve(t, grantHandler(items), caller(tenant), create)
	got := decoded[model.Grant](t, w, http.StatusCreated)
	if want := "/api/grant/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
		t.Errorf("got location %q, want %q", w.Header().Get("Location"), want)
	}
	if got.Username != tenant {
		t.Errorf("got owner %q, want %q", got.Username, tenant)
	}
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, grantBody, sample[model.Grant](t, grantBody), got, stored)
	checkRepeated(t, grantHandler(store.NewMemory[model.Grant](store.WithTagKey("neo4j"))), create)
	unfit := brokenStore[model.Grant]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, grantHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestGrantHandlerGet(t *testing.T) {
	t.Parallel()
	h := grantHandler(storedGrant(t, "#grant#1"))
	get := call{method: http.MethodGet, path: "/api/grant/" + url.PathEscape("#grant#1")}
	got := decoded[model.Grant](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#grant#1" {
		t.Errorf("got key %q, want %q", got.Key, "#grant#1")
	}
}

func TestGrantHandlerList(t *testing.T) {
	t.Parallel()
	items := storedGrant(t, "#grant#1", "#grant#2", "#grant#3", "#other#example")
	checkPages(t, grantHandler(items), "/api/grant", "grants", 50, 200)
}

func TestGrantHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.Grant](t, grantBody)
	items := store.NewMemory[model.Grant](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/grant/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: changed(t, grantBody, "reason", `"reason-2"`)}
	got := decoded[model.Grant](t, serve(t, grantHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "reason"); got != `"reason-2"` {
		t.Errorf("stored %s, want %s", got, `"reason-2"`)
	}
}

func TestGrantHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := grantHandler(storedGrant(t, "#grant#1"))
	update := call{method: http.MethodPut, path: "/api/grant/" + url.PathEscape("#grant#1"), body: grantBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "access", "source", "target")
}

func TestGrantHandlerPatch(t *testing.T) {
	t.Parallel()
	item := sample[model.Grant](t, grantBody)
	items := store.NewMemory[model.Grant](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	before, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	patch := call{method: http.MethodPatch, path: "/api/grant/" + url.PathEscape(item.Key), body: `{"reason":"reason-2"}`}
	decoded[model.Grant](t, serve(t, grantHandler(items), caller(tenant), patch), http.StatusOK)
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "reason"); got != `"reason-2"` {
		t.Errorf("stored %s, want %s", got, `"reason-2"`)
	}
	checkRest(t, stored, before, "reason")
}

func TestGrantHandlerDelete(t *testing.T) {
	t.Parallel()
	h := grantHandler(storedGrant(t, "#grant#1"))
	remove := call{method: http.MethodDelete, path: "/api/grant/" + url.PathEscape("#grant#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}
