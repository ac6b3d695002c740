package handlers_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/example/hazards/pkg/apierror"
	"github.com/example/hazards/pkg/auth"
	"github.com/example/hazards/pkg/handler/handlers"
	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/store"
)

// tokenBody asks for a token that is valid.
const tokenBody = `{}`

// tokenCalls returns one good call of every operation on tokens; key is the
// item that they name.
func tokenCalls(key string) []call {
	item := "/api/token/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/token", body: tokenBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/token"},
		{name: "update", method: http.MethodPut, path: item, body: tokenBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
	}
}

// tokenHandler returns a handler of items.
func tokenHandler(items handlers.TokenStore) *handlers.TokenHandler {
	return handlers.NewTokenHandler(newTools(), items)
}

// storedToken returns a store in which the tenant has tokens with these keys.
func storedToken(t *testing.T, keys ...string) *store.Memory[model.Token, *model.Token] {
	t.Helper()
	items := store.NewMemory[model.Token]()
	for _, key := range keys {
		item := sample[model.Token](t, tokenBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestTokenHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return tokenHandler(brokenStore[model.Token]{err: err}) }
	checkRefusals(t, failing, tokenCalls("#token#1"))
}

func TestTokenHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := tokenHandler(storedToken(t, "#token#1", "#other#example"))
	checkUnknown(t, h, tenant, tokenCalls("#token#2"))
	checkUnknown(t, h, stranger, tokenCalls("#token#1"))
	checkUnknown(t, h, tenant, tokenCalls("#other#example"))
}

func TestTokenHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, tokenHandler(storedToken(t, "#token#1")), tokenCalls("#token#1"))
}

func TestTokenHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.Token](t, tokenBody)
	broken := brokenStore[model.Token]{err: errBroken, item: item}
	checkRewrites(t, tokenHandler(broken), tokenCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.Token]{err: store.ErrNotFound, item: item}
	checkRewrites(t, tokenHandler(deleted), tokenCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.Token]()
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, tokenHandler(contestedStore[model.Token, *model.Token]{items}), tokenCalls(item.Key), apierror.CodeConflict)
}

func TestTokenHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.Token](t, tokenBody)
	h := tokenHandler(brokenStore[model.Token]{err: errBroken, item: item})
	checkMalformed(t, h, tokenCalls(item.Key))
}

func TestTokenHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Token]()
	create := call{method: http.MethodPost, path: "/api/token", body: tokenBody}
	w := serve(t, tokenHandler(items), caller(tenant), create)
	got := decoded[model.Token](t, w, http.StatusCreated)
	if want := "/api/token/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
		t.Errorf("got location %q, want %q", w.Header().Get("Location"), want)
	}
	if got.ID == "" {
		t.Error("got no id, want one to be made")
	}
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, tokenBody, sample[model.Token](t, tokenBody), got, stored)
	checkRepeated(t, tokenHandler(store.NewMemory[model.Token]()), create)
	unfit := brokenStore[model.Token]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, tokenHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestTokenHandlerGet(t *testing.T) {
	t.Parallel()
	h := tokenHandler(storedToken(t, "#token#1"))
	get := call{method: http.MethodGet, path: "/api/token/" + url.PathEscape("#token#1")}
	got := decoded[model.Token](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#token#1" {
		t.Errorf("got key %q, want %q", got.Key, "#token#1")
	}
}

func TestTokenHandlerList(t *testing.T) {
	t.Parallel()
	items := storedToken(t, "#token#1", "#token#2", "#token#3", "#other#example")
	checkPages(t, tokenHandler(items), "/api/token", "tokens", 50, 200)
}

func TestTokenHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.Token](t, tokenBody)
	items := store.NewMemory[model.Token]()
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/token/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: tokenBody}
	got := decoded[model.Token](t, serve(t, tokenHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
}

func TestTokenHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := tokenHandler(storedToken(t, "#token#1"))
	update := call{method: http.MethodPut, path: "/api/token/" + url.PathEscape("#token#1"), body: tokenBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "key")
}

func TestTokenHandlerDelete(t *testing.T) {
	t.Parallel()
	h := tokenHandler(storedToken(t, "#token#1"))
	remove := call{method: http.MethodDelete, path: "/api/token/" + url.PathEscape("#token#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}
