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

// photoBody asks for a photo that is valid.
const photoBody = `{
	"name": "portrait",
	"taken": "taken"
}`

// photoCalls returns one good call of every operation on photos; key is the
// item that they name.
func photoCalls(key string) []call {
	item := "/api/photo/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/photo", body: photoBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "update", method: http.MethodPut, path: item, body: photoBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
	}
}

// photoHandler returns a handler of items.
func photoHandler(items handlers.PhotoStore) *handlers.PhotoHandler {
	return handlers.NewPhotoHandler(newTools(), items)
}

// storedPhoto returns a store in which the tenant has photos with these keys.
func storedPhoto(t *testing.T, keys ...string) *store.Memory[model.Photo, *model.Photo] {
	t.Helper()
	items := store.NewMemory[model.Photo](store.WithTagKey("neo4j"), store.WithIndexes("taken"))
	for _, key := range keys {
		item := sample[model.Photo](t, photoBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestPhotoHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return photoHandler(brokenStore[model.Photo]{err: err}) }
	checkRefusals(t, failing, photoCalls("#photo#1"))
}

func TestPhotoHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := photoHandler(storedPhoto(t, "#photo#1", "#other#example"))
	checkUnknown(t, h, tenant, photoCalls("#photo#2"))
	checkUnknown(t, h, stranger, photoCalls("#photo#1"))
	checkUnknown(t, h, tenant, photoCalls("#other#example"))
}

func TestPhotoHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, photoHandler(storedPhoto(t, "#photo#1")), photoCalls("#photo#1"))
}

func TestPhotoHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.Photo](t, photoBody)
	broken := brokenStore[model.Photo]{err: errBroken, item: item}
	checkRewrites(t, photoHandler(broken), photoCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.Photo]{err: store.ErrNotFound, item: item}
	checkRewrites(t, photoHandler(deleted), photoCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.Photo](store.WithTagKey("neo4j"), store.WithIndexes("taken"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, photoHandler(contestedStore[model.Photo, *model.Photo]{items}), photoCalls(item.Key), apierror.CodeConflict)
}

func TestPhotoHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.Photo](t, photoBody)
	h := photoHandler(brokenStore[model.Photo]{err: errBroken, item: item})
	checkMalformed(t, h, photoCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "name empty", field: "name", value: `""`},
		{name: "name too long", field: "name", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "name not allowed", field: "name", value: `"a\u0007b"`},
		{name: "taken too long", field: "taken", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "taken not allowed", field: "taken", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, photoCalls(item.Key), test.field, test.value)
		})
	}
}

func TestPhotoHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Photo](store.WithTagKey("neo4j"), store.WithIndexes("taken"))
	create := call{method: http.MethodPost, path: "/api/photo", body: photoBody}
	w := serve(t, photoHandler(items), caller(tenant), create)
	got := decoded[model.Photo](t, w, http.StatusCreated)
	if want := "/api/photo/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
		t.Errorf("got location %q, want %q", w.Header().Get("Location"), want)
	}
	if got.Username != tenant {
		t.Errorf("got owner %q, want %q", got.Username, tenant)
	}
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, photoBody, sample[model.Photo](t, photoBody), got, stored)
	checkRepeated(t, photoHandler(store.NewMemory[model.Photo](store.WithTagKey("neo4j"), store.WithIndexes("taken"))), create)
	unfit := brokenStore[model.Photo]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, photoHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestPhotoHandlerGet(t *testing.T) {
	t.Parallel()
	h := photoHandler(storedPhoto(t, "#photo#1"))
	get := call{method: http.MethodGet, path: "/api/photo/" + url.PathEscape("#photo#1")}
	got := decoded[model.Photo](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#photo#1" {
		t.Errorf("got key %q, want %q", got.Key, "#photo#1")
	}
}

func TestPhotoHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.Photo](t, photoBody)
	items := store.NewMemory[model.Photo](store.WithTagKey("neo4j"), store.WithIndexes("taken"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/photo/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: changed(t, photoBody, "taken", `"taken-2"`)}
	got := decoded[model.Photo](t, serve(t, photoHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "taken"); got != `"taken-2"` {
		t.Errorf("stored %s, want %s", got, `"taken-2"`)
	}
}

func TestPhotoHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := photoHandler(storedPhoto(t, "#photo#1"))
	update := call{method: http.MethodPut, path: "/api/photo/" + url.PathEscape("#photo#1"), body: photoBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "name")
}

func TestPhotoHandlerDelete(t *testing.T) {
	t.Parallel()
	h := photoHandler(storedPhoto(t, "#photo#1"))
	remove := call{method: http.MethodDelete, path: "/api/photo/" + url.PathEscape("#photo#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}
