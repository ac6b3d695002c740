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

// keyBody asks for a key that is valid.
const keyBody = `{
	"name": "ci",
	"role": "readonly",
	"expires": "2027-01-02T15:04:05Z"
}`

// keyCalls returns one good call of every operation on keys; key is the item
// that they name.
func keyCalls(key string) []call {
	item := "/api/key/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/key", body: keyBody, refused: auth.RoleAnalyst},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/key"},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleAnalyst, item: true},
	}
}

// keyHandler returns a handler of items.
func keyHandler(items handlers.KeyStore) *handlers.KeyHandler {
	return handlers.NewKeyHandler(newTools(), items)
}

// storedKey returns a store in which the tenant has keys with these keys.
func storedKey(t *testing.T, keys ...string) *store.Memory[model.Key, *model.Key] {
	t.Helper()
	items := store.NewMemory[model.Key]()
	for _, key := range keys {
		item := sample[model.Key](t, keyBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestKeyHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return keyHandler(brokenStore[model.Key]{err: err}) }
	checkRefusals(t, failing, keyCalls("#key#1"))
}

func TestKeyHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := keyHandler(storedKey(t, "#key#1", "#other#example"))
	checkUnknown(t, h, tenant, keyCalls("#key#2"))
	checkUnknown(t, h, stranger, keyCalls("#key#1"))
	checkUnknown(t, h, tenant, keyCalls("#other#example"))
}

func TestKeyHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, keyHandler(storedKey(t, "#key#1")), keyCalls("#key#1"))
}

func TestKeyHandlerConcealsSecrets(t *testing.T) {
	t.Parallel()
	item := sample[model.Key](t, keyBody)
	h := keyHandler(brokenStore[model.Key]{item: item})
	for _, name := range []string{"secret"} {
		checkConcealed(t, h, keyCalls(item.Key), name, member(t, item, name))
	}
}

func TestKeyHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.Key](t, keyBody)
	h := keyHandler(brokenStore[model.Key]{err: errBroken, item: item})
	checkMalformed(t, h, keyCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "name empty", field: "name", value: `""`},
		{name: "name too long", field: "name", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "name not allowed", field: "name", value: `"a\u0007b"`},
		{name: "role not allowed", field: "role", value: `"no-such-value"`},
		{name: "expires too long", field: "expires", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "expires not allowed", field: "expires", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, keyCalls(item.Key), test.field, test.value)
		})
	}
}

func TestKeyHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Key]()
	create := call{method: http.MethodPost, path: "/api/key", body: keyBody}
	w := serve(t, keyHandler(items), caller(tenant), create)
	got := decoded[model.Key](t, w, http.StatusCreated)
	if want := "/api/key/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
		t.Errorf("got location %q, want %q", w.Header().Get("Location"), want)
	}
	if got.Username != tenant {
		t.Errorf("got owner %q, want %q", got.Username, tenant)
	}
	if got.ID == "" {
		t.Error("got no id, want one to be made")
	}
	if got.Created == "" {
		t.Error("got no created, want one to be made")
	}
	if got.Secret == "" {
		t.Error("got no secret, want one to be made")
	}
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, keyBody, sample[model.Key](t, keyBody), got, stored)
	unfit := brokenStore[model.Key]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, keyHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestKeyHandlerGet(t *testing.T) {
	t.Parallel()
	h := keyHandler(storedKey(t, "#key#1"))
	get := call{method: http.MethodGet, path: "/api/key/" + url.PathEscape("#key#1")}
	got := decoded[model.Key](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#key#1" {
		t.Errorf("got key %q, want %q", got.Key, "#key#1")
	}
}

func TestKeyHandlerList(t *testing.T) {
	t.Parallel()
	items := storedKey(t, "#key#1", "#key#2", "#key#3", "#other#example")
	checkPages(t, keyHandler(items), "/api/key", "keys", 50, 200)
}

func TestKeyHandlerDelete(t *testing.T) {
	t.Parallel()
	h := keyHandler(storedKey(t, "#key#1"))
	remove := call{method: http.MethodDelete, path: "/api/key/" + url.PathEscape("#key#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}
