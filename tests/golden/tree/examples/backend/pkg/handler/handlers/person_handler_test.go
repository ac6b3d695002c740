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

// personBody asks for a person that is valid.
const personBody = `{
	"first_name": "Ada",
	"last_name": "Lovelace",
	"name": "Ada Lovelace",
	"email": "ada@example.com",
	"phone": "+15550100",
	"title": "Engineer",
	"city": "London",
	"linkedin_url": "https://example.com/in/ada",
	"departments": ["example"],
	"data_quality_score": 0.9,
	"attributes": {"name":"example"},
	"employment_history": [{"title":"Engineer","organization":"Example Ltd.","started":"2020-01-01","current":true}],
	"status": "A",
	"ttl": 4102444800
}`

// personCalls returns one good call of every operation on people; key is the
// item that they name.
func personCalls(key string) []call {
	item := "/api/person/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/person", body: personBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/person"},
		{name: "update", method: http.MethodPut, path: item, body: personBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "patch", method: http.MethodPatch, path: item, body: personBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
	}
}

// personHandler returns a handler of items.
func personHandler(items handlers.PersonStore) *handlers.PersonHandler {
	return handlers.NewPersonHandler(newTools(), items)
}

// storedPerson returns a store in which the tenant has people with these keys.
func storedPerson(t *testing.T, keys ...string) *store.Memory[model.Person, *model.Person] {
	t.Helper()
	items := store.NewMemory[model.Person](store.WithTagKey("neo4j"))
	for _, key := range keys {
		item := sample[model.Person](t, personBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestPersonHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return personHandler(brokenStore[model.Person]{err: err}) }
	checkRefusals(t, failing, personCalls("#person#1"))
}

func TestPersonHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := personHandler(storedPerson(t, "#person#1", "#other#example"))
	checkUnknown(t, h, tenant, personCalls("#person#2"))
	checkUnknown(t, h, stranger, personCalls("#person#1"))
	checkUnknown(t, h, tenant, personCalls("#other#example"))
}

func TestPersonHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, personHandler(storedPerson(t, "#person#1")), personCalls("#person#1"))
}

func TestPersonHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.Person](t, personBody)
	broken := brokenStore[model.Person]{err: errBroken, item: item}
	checkRewrites(t, personHandler(broken), personCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.Person]{err: store.ErrNotFound, item: item}
	checkRewrites(t, personHandler(deleted), personCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.Person](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, personHandler(contestedStore[model.Person, *model.Person]{items}), personCalls(item.Key), apierror.CodeConflict)
}

func TestPersonHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.Person](t, personBody)
	h := personHandler(brokenStore[model.Person]{err: errBroken, item: item})
	checkMalformed(t, h, personCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "first_name too long", field: "first_name", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "first_name not allowed", field: "first_name", value: `"a\u0007b"`},
		{name: "last_name too long", field: "last_name", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "last_name not allowed", field: "last_name", value: `"a\u0007b"`},
		{name: "name too long", field: "name", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "name not allowed", field: "name", value: `"a\u0007b"`},
		{name: "email too long", field: "email", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "email not allowed", field: "email", value: `"a\u0007b"`},
		{name: "phone too long", field: "phone", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "phone not allowed", field: "phone", value: `"a\u0007b"`},
		{name: "title too long", field: "title", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "title not allowed", field: "title", value: `"a\u0007b"`},
		{name: "city too long", field: "city", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "city not allowed", field: "city", value: `"a\u0007b"`},
		{name: "linkedin_url too long", field: "linkedin_url", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "linkedin_url not allowed", field: "linkedin_url", value: `"a\u0007b"`},
		{name: "status too long", field: "status", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "status not allowed", field: "status", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, personCalls(item.Key), test.field, test.value)
		})
	}
}

func TestPersonHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Person](store.WithTagKey("neo4j"))
	create := call{method: http.MethodPost, path: "/api/person", body: personBody}
	w := serve(t, personHandler(items), caller(tenant), create)
	got := decoded[model.Person](t, w, http.StatusCreated)
	if want := "/api/person/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
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
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, personBody, sample[model.Person](t, personBody), got, stored)
	checkRepeated(t, personHandler(store.NewMemory[model.Person](store.WithTagKey("neo4j"))), create)
	unfit := brokenStore[model.Person]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, personHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestPersonHandlerGet(t *testing.T) {
	t.Parallel()
	h := personHandler(storedPerson(t, "#person#1"))
	get := call{method: http.MethodGet, path: "/api/person/" + url.PathEscape("#person#1")}
	got := decoded[model.Person](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#person#1" {
		t.Errorf("got key %q, want %q", got.Key, "#person#1")
	}
}

func TestPersonHandlerList(t *testing.T) {
	t.Parallel()
	items := storedPerson(t, "#person#1", "#person#2", "#person#3", "#other#example")
	checkPages(t, personHandler(items), "/api/person", "people", 50, 200)
}

func TestPersonHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.Person](t, personBody)
	items := store.NewMemory[model.Person](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/person/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: changed(t, personBody, "first_name", `"Ada-2"`)}
	got := decoded[model.Person](t, serve(t, personHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "first_name"); got != `"Ada-2"` {
		t.Errorf("stored %s, want %s", got, `"Ada-2"`)
	}
}

func TestPersonHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := personHandler(storedPerson(t, "#person#1"))
	update := call{method: http.MethodPut, path: "/api/person/" + url.PathEscape("#person#1"), body: personBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "name", "email")
}

func TestPersonHandlerPatch(t *testing.T) {
	t.Parallel()
	item := sample[model.Person](t, personBody)
	items := store.NewMemory[model.Person](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	before, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	patch := call{method: http.MethodPatch, path: "/api/person/" + url.PathEscape(item.Key), body: `{"first_name":"Ada-2"}`}
	decoded[model.Person](t, serve(t, personHandler(items), caller(tenant), patch), http.StatusOK)
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "first_name"); got != `"Ada-2"` {
		t.Errorf("stored %s, want %s", got, `"Ada-2"`)
	}
	checkRest(t, stored, before, "first_name")
}

func TestPersonHandlerDelete(t *testing.T) {
	t.Parallel()
	h := personHandler(storedPerson(t, "#person#1"))
	remove := call{method: http.MethodDelete, path: "/api/person/" + url.PathEscape("#person#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}
