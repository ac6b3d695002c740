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

// typeBody asks for a type that is valid.
const typeBody = `{
	"type": "a",
	"range": "b",
	"len": 1,
	"func": "nothing",
	"string": "text",
	"error": "everything",
	"time": "2026-01-02T15:04:05Z",
	"fmt": "plain",
	"model": "m",
	"registry": "r",
	"t": "x",
	"err": "x",
	"ctx": "x",
	"nil": "x"
}`

// typeCalls returns one good call of every operation on types; key is the item
// that they name.
func typeCalls(key string) []call {
	item := "/api/type/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/type", body: typeBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/type"},
		{name: "update", method: http.MethodPut, path: item, body: typeBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "patch", method: http.MethodPatch, path: item, body: typeBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
	}
}

// typeHandler returns a handler of items.
func typeHandler(items handlers.TypeStore) *handlers.TypeHandler {
	return handlers.NewTypeHandler(newTools(), items)
}

// storedType returns a store in which the tenant has types with these keys.
func storedType(t *testing.T, keys ...string) *store.Memory[model.Type, *model.Type] {
	t.Helper()
	items := store.NewMemory[model.Type]()
	for _, key := range keys {
		item := sample[model.Type](t, typeBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestTypeHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return typeHandler(brokenStore[model.Type]{err: err}) }
	checkRefusals(t, failing, typeCalls("#type#1"))
}

func TestTypeHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := typeHandler(storedType(t, "#type#1", "#other#example"))
	checkUnknown(t, h, tenant, typeCalls("#type#2"))
	checkUnknown(t, h, stranger, typeCalls("#type#1"))
	checkUnknown(t, h, tenant, typeCalls("#other#example"))
}

func TestTypeHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, typeHandler(storedType(t, "#type#1")), typeCalls("#type#1"))
}

func TestTypeHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.Type](t, typeBody)
	broken := brokenStore[model.Type]{err: errBroken, item: item}
	checkRewrites(t, typeHandler(broken), typeCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.Type]{err: store.ErrNotFound, item: item}
	checkRewrites(t, typeHandler(deleted), typeCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.Type]()
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, typeHandler(contestedStore[model.Type, *model.Type]{items}), typeCalls(item.Key), apierror.CodeConflict)
}

func TestTypeHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.Type](t, typeBody)
	h := typeHandler(brokenStore[model.Type]{err: errBroken, item: item})
	checkMalformed(t, h, typeCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "type empty", field: "type", value: `""`},
		{name: "type too long", field: "type", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "type not allowed", field: "type", value: `"a\u0007b"`},
		{name: "range empty", field: "range", value: `""`},
		{name: "range too long", field: "range", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "range not allowed", field: "range", value: `"a\u0007b"`},
		{name: "func too long", field: "func", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "func not allowed", field: "func", value: `"a\u0007b"`},
		{name: "string too long", field: "string", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "string not allowed", field: "string", value: `"a\u0007b"`},
		{name: "error too long", field: "error", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "error not allowed", field: "error", value: `"a\u0007b"`},
		{name: "fmt too long", field: "fmt", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "fmt not allowed", field: "fmt", value: `"a\u0007b"`},
		{name: "model too long", field: "model", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "model not allowed", field: "model", value: `"a\u0007b"`},
		{name: "registry too long", field: "registry", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "registry not allowed", field: "registry", value: `"a\u0007b"`},
		{name: "t too long", field: "t", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "t not allowed", field: "t", value: `"a\u0007b"`},
		{name: "err too long", field: "err", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "err not allowed", field: "err", value: `"a\u0007b"`},
		{name: "ctx too long", field: "ctx", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "ctx not allowed", field: "ctx", value: `"a\u0007b"`},
		{name: "nil too long", field: "nil", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "nil not allowed", field: "nil", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, typeCalls(item.Key), test.field, test.value)
		})
	}
}

func TestTypeHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Type]()
	create := call{method: http.MethodPost, path: "/api/type", body: typeBody}
	w := serve(t, typeHandler(items), caller(tenant), create)
	got := decoded[model.Type](t, w, http.StatusCreated)
	if want := "/api/type/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
		t.Errorf("got location %q, want %q", w.Header().Get("Location"), want)
	}
	if got.Username != tenant {
		t.Errorf("got owner %q, want %q", got.Username, tenant)
	}
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, typeBody, sample[model.Type](t, typeBody), got, stored)
	checkRepeated(t, typeHandler(store.NewMemory[model.Type]()), create)
	unfit := brokenStore[model.Type]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, typeHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestTypeHandlerGet(t *testing.T) {
	t.Parallel()
	h := typeHandler(storedType(t, "#type#1"))
	get := call{method: http.MethodGet, path: "/api/type/" + url.PathEscape("#type#1")}
	got := decoded[model.Type](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#type#1" {
		t.Errorf("got key %q, want %q", got.Key, "#type#1")
	}
}

func TestTypeHandlerList(t *testing.T) {
	t.Parallel()
	items := storedType(t, "#type#1", "#type#2", "#type#3", "#other#example")
	checkPages(t, typeHandler(items), "/api/type", "types", 50, 200)
}

func TestTypeHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.Type](t, typeBody)
	items := store.NewMemory[model.Type]()
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/type/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: changed(t, typeBody, "len", `2`)}
	got := decoded[model.Type](t, serve(t, typeHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "len"); got != `2` {
		t.Errorf("stored %s, want %s", got, `2`)
	}
}

func TestTypeHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := typeHandler(storedType(t, "#type#1"))
	update := call{method: http.MethodPut, path: "/api/type/" + url.PathEscape("#type#1"), body: typeBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "type", "range")
}

func TestTypeHandlerPatch(t *testing.T) {
	t.Parallel()
	item := sample[model.Type](t, typeBody)
	items := store.NewMemory[model.Type]()
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	before, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	patch := call{method: http.MethodPatch, path: "/api/type/" + url.PathEscape(item.Key), body: `{"len":2}`}
	decoded[model.Type](t, serve(t, typeHandler(items), caller(tenant), patch), http.StatusOK)
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "len"); got != `2` {
		t.Errorf("stored %s, want %s", got, `2`)
	}
	checkRest(t, stored, before, "len")
}

func TestTypeHandlerDelete(t *testing.T) {
	t.Parallel()
	h := typeHandler(storedType(t, "#type#1"))
	remove := call{method: http.MethodDelete, path: "/api/type/" + url.PathEscape("#type#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}
