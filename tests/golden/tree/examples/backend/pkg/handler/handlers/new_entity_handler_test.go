package handlers_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"example.com/backend/pkg/apierror"
	"example.com/backend/pkg/auth"
	"example.com/backend/pkg/handler"
	"example.com/backend/pkg/handler/handlers"
	"example.com/backend/pkg/model/model"
	"example.com/backend/pkg/service"
	"example.com/backend/pkg/store"
)

// newEntityBody asks for a new entity that is valid.
const newEntityBody = `{
	"field1": "example_value",
	"field2": 123,
	"status": "A"
}`

// newEntityCalls returns one good call of every operation on new entities; key
// is the item that they name.
func newEntityCalls(key string) []call {
	item := "/api/newentity/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/newentity", body: newEntityBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/newentity"},
		{name: "update", method: http.MethodPut, path: item, body: newEntityBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "patch", method: http.MethodPatch, path: item, body: newEntityBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
		{name: "refresh", method: http.MethodPost, path: item + "/refresh", refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "batch", method: http.MethodPost, path: "/api/newentity/batch", body: `{"items":[` + newEntityBody + `]}`, refused: auth.RoleReadOnly},
	}
}

// fillNewEntity is a function that fills new entities.
type fillNewEntity func(ctx context.Context, newEntity *model.NewEntity) error

func (f fillNewEntity) FillNewEntity(ctx context.Context, newEntity *model.NewEntity) error {
	return f(ctx, newEntity)
}

// newEntityHandler returns a handler of items whose filler changes nothing.
func newEntityHandler(items handlers.NewEntityStore) *handlers.NewEntityHandler {
	leave := func(context.Context, *model.NewEntity) error { return nil }
	return handlers.NewNewEntityHandler(newTools(), items, fillNewEntity(leave))
}

// storedNewEntity returns a store in which the tenant has new entities with
// these keys.
func storedNewEntity(t *testing.T, keys ...string) *store.Memory[model.NewEntity, *model.NewEntity] {
	t.Helper()
	items := store.NewMemory[model.NewEntity](store.WithIndexes("status", "created"))
	for _, key := range keys {
		item := sample[model.NewEntity](t, newEntityBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestNewEntityHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return newEntityHandler(brokenStore[model.NewEntity]{err: err}) }
	checkRefusals(t, failing, newEntityCalls("#newentity#1"))
}

func TestNewEntityHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := newEntityHandler(storedNewEntity(t, "#newentity#1", "#other#example"))
	checkUnknown(t, h, tenant, newEntityCalls("#newentity#2"))
	checkUnknown(t, h, stranger, newEntityCalls("#newentity#1"))
	checkUnknown(t, h, tenant, newEntityCalls("#other#example"))
}

func TestNewEntityHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, newEntityHandler(storedNewEntity(t, "#newentity#1")), newEntityCalls("#newentity#1"))
}

func TestNewEntityHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.NewEntity](t, newEntityBody)
	broken := brokenStore[model.NewEntity]{err: errBroken, item: item}
	checkRewrites(t, newEntityHandler(broken), newEntityCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.NewEntity]{err: store.ErrNotFound, item: item}
	checkRewrites(t, newEntityHandler(deleted), newEntityCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.NewEntity](store.WithIndexes("status", "created"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, newEntityHandler(contestedStore[model.NewEntity, *model.NewEntity]{items}), newEntityCalls(item.Key), apierror.CodeConflict)
}

func TestNewEntityHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.NewEntity](t, newEntityBody)
	h := newEntityHandler(brokenStore[model.NewEntity]{err: errBroken, item: item})
	checkMalformed(t, h, newEntityCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "field1 empty", field: "field1", value: `""`},
		{name: "field1 too long", field: "field1", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "field1 not allowed", field: "field1", value: `"a\u0007b"`},
		{name: "field2 not allowed", field: "field2", value: `1001`},
		{name: "status too long", field: "status", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "status not allowed", field: "status", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, newEntityCalls(item.Key), test.field, test.value)
		})
	}
}

func TestNewEntityHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.NewEntity](store.WithIndexes("status", "created"))
	create := call{method: http.MethodPost, path: "/api/newentity", body: newEntityBody}
	w := serve(t, newEntityHandler(items), caller(tenant), create)
	got := decoded[model.NewEntity](t, w, http.StatusCreated)
	if want := "/api/newentity/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
		t.Errorf("got location %q, want %q", w.Header().Get("Location"), want)
	}
	if got.Username != tenant {
		t.Errorf("got owner %q, want %q", got.Username, tenant)
	}
	if got.Created == "" {
		t.Error("got no created, want one to be made")
	}
	if got.TTL == 0 {
		t.Error("got no ttl, want one to be made")
	}
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, newEntityBody, sample[model.NewEntity](t, newEntityBody), got, stored)
	checkRepeated(t, newEntityHandler(store.NewMemory[model.NewEntity](store.WithIndexes("status", "created"))), create)
	unfit := brokenStore[model.NewEntity]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, newEntityHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestNewEntityHandlerGet(t *testing.T) {
	t.Parallel()
	h := newEntityHandler(storedNewEntity(t, "#newentity#1"))
	get := call{method: http.MethodGet, path: "/api/newentity/" + url.PathEscape("#newentity#1")}
	got := decoded[model.NewEntity](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#newentity#1" {
		t.Errorf("got key %q, want %q", got.Key, "#newentity#1")
	}
}

func TestNewEntityHandlerList(t *testing.T) {
	t.Parallel()
	items := storedNewEntity(t, "#newentity#1", "#newentity#2", "#newentity#3", "#other#example")
	checkPages(t, newEntityHandler(items), "/api/newentity", "newentities", 50, 200)
}

func TestNewEntityHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.NewEntity](t, newEntityBody)
	items := store.NewMemory[model.NewEntity](store.WithIndexes("status", "created"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/newentity/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: changed(t, newEntityBody, "field2", `124`)}
	got := decoded[model.NewEntity](t, serve(t, newEntityHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "field2"); got != `124` {
		t.Errorf("stored %s, want %s", got, `124`)
	}
}

func TestNewEntityHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := newEntityHandler(storedNewEntity(t, "#newentity#1"))
	update := call{method: http.MethodPut, path: "/api/newentity/" + url.PathEscape("#newentity#1"), body: newEntityBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "field1")
}

func TestNewEntityHandlerPatch(t *testing.T) {
	t.Parallel()
	item := sample[model.NewEntity](t, newEntityBody)
	items := store.NewMemory[model.NewEntity](store.WithIndexes("status", "created"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	before, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	patch := call{method: http.MethodPatch, path: "/api/newentity/" + url.PathEscape(item.Key), body: `{"field2":124}`}
	decoded[model.NewEntity](t, serve(t, newEntityHandler(items), caller(tenant), patch), http.StatusOK)
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "field2"); got != `124` {
		t.Errorf("stored %s, want %s", got, `124`)
	}
	checkRest(t, stored, before, "field2")
}

func TestNewEntityHandlerBatch(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.NewEntity](store.WithIndexes("status", "created"))
	h := newEntityHandler(items)
	batch := call{method: http.MethodPost, path: "/api/newentity/batch", body: `{"items":[` + newEntityBody + `,{}]}`}
	for _, want := range []int{http.StatusCreated, http.StatusOK} {
		got := decoded[handler.Results](t, serve(t, h, caller(tenant), batch), http.StatusOK).Results
		if len(got) != 2 || got[0].Status != want || got[1].Key != "" && got[1].Error != nil {
			t.Fatalf("got %+v, want status %d for the first of two", got, want)
		}
		if _, _, err := items.Get(t.Context(), tenant, got[0].Key); err != nil {
			t.Errorf("get what the batch has written: %v", err)
		}
	}
	batch.body = `{"items":[]}`
	wantFailure(t, serve(t, h, caller(tenant), batch), apierror.CodeInvalidRequest, "items")
}

func TestNewEntityHandlerDelete(t *testing.T) {
	t.Parallel()
	h := newEntityHandler(storedNewEntity(t, "#newentity#1"))
	remove := call{method: http.MethodDelete, path: "/api/newentity/" + url.PathEscape("#newentity#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}

func TestNewEntityHandlerRefresh(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		fill fillNewEntity
		code apierror.Code
	}{
		{
			name: "the service fails",
			fill: func(context.Context, *model.NewEntity) error { return errBroken },
			code: apierror.CodeBadGateway,
		},
		{
			name: "the service does not know it",
			fill: func(context.Context, *model.NewEntity) error { return service.ErrNotFound },
			code: apierror.CodeUnprocessable,
		},
		{
			name: "the service is late",
			fill: func(context.Context, *model.NewEntity) error { return context.DeadlineExceeded },
			code: apierror.CodeTimeout,
		},
		{
			name: "the service spoils it",
			fill: func(_ context.Context, newEntity *model.NewEntity) error {
				return json.Unmarshal([]byte(`{"field1":"a\u0007b"}`), newEntity)
			},
			code: apierror.CodeBadGateway,
		},
		{
			name: "the service answers",
			fill: func(_ context.Context, newEntity *model.NewEntity) error {
				return json.Unmarshal([]byte(`{"summary":"An example.-2"}`), newEntity)
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			item := sample[model.NewEntity](t, newEntityBody)
			items := store.NewMemory[model.NewEntity](store.WithIndexes("status", "created"))
			if _, err := items.Create(t.Context(), tenant, item); err != nil {
				t.Fatalf("create %s: %v", item.Key, err)
			}
			refresh := call{method: http.MethodPost, path: "/api/newentity/" + url.PathEscape(item.Key) + "/refresh"}
			w := serve(t, handlers.NewNewEntityHandler(newTools(), items, test.fill), caller(tenant), refresh)
			if test.code != "" {
				wantFailure(t, w, test.code)
				return
			}
			decoded[model.NewEntity](t, w, http.StatusOK)
			stored, _, err := items.Get(t.Context(), tenant, item.Key)
			if err != nil {
				t.Fatalf("get %s: %v", item.Key, err)
			}
			if got := member(t, stored, "summary"); got != `"An example.-2"` {
				t.Errorf("stored %s, want %s", got, `"An example.-2"`)
			}
		})
	}
}
