package handlers_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"example.com/backend/pkg/apierror"
	"example.com/backend/pkg/auth"
	"example.com/backend/pkg/handler/chariot"
	"example.com/backend/pkg/handler/handlers"
	"example.com/backend/pkg/model/model"
	"example.com/backend/pkg/store"
)

// technologyChariotCalls returns one good call of every route that serves
// technologies.
func technologyChariotCalls(key string) []call {
	return []call{
		{name: "patch", method: http.MethodPut, path: "/technology", body: `{"key":` + strconv.Quote(key) + `}`, refused: auth.RoleReadOnly},
		{name: "create", method: http.MethodPost, path: "/technology", body: technologyBody, refused: auth.RoleReadOnly},
		{name: "delete", method: http.MethodDelete, path: "/technology", body: `{"key":` + strconv.Quote(key) + `}`, refused: auth.RoleReadOnly},
		{name: "list", method: http.MethodGet, path: "/my?key=%23technology%23"},
		{name: "search", method: http.MethodPost, path: "/my", body: `{"node":{"labels":["Technology"]}}`},
	}
}

// technologyAPI returns an API of the technologies in items.
func technologyAPI(items chariot.Store[model.Technology]) routes {
	return chariot.New(newTools(), handlers.NewTechnologyCollection(items))
}

// answeredTechnology returns the technology in an answer of the wanted status.
func answeredTechnology(t *testing.T, w *httptest.ResponseRecorder, status int) model.Technology {
	t.Helper()
	return decoded[model.Technology](t, w, status)
}

func TestTechnologyCollectionRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return technologyAPI(brokenStore[model.Technology]{err: err}) }
	checkRefusals(t, failing, technologyChariotCalls("#technology#1"))
}

func TestTechnologyCollectionPut(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Technology](store.WithTagKey("neo4j"))
	put := call{method: http.MethodPut, path: "/technology", body: technologyBody}
	created := answeredTechnology(t, serve(t, technologyAPI(items), caller(tenant), put), http.StatusCreated)
	if _, _, err := items.Get(t.Context(), tenant, created.Key); err != nil {
		t.Errorf("get what was created: %v", err)
	}
	if created.Username != tenant {
		t.Errorf("got owner %q, want %q", created.Username, tenant)
	}
	again := answeredTechnology(t, serve(t, technologyAPI(items), caller(tenant), put), http.StatusOK)
	if again.Key != created.Key {
		t.Errorf("got key %q, want that of what is there: %q", again.Key, created.Key)
	}
}

func TestTechnologyCollectionPutKey(t *testing.T) {
	t.Parallel()
	item := sample[model.Technology](t, technologyBody)
	items := store.NewMemory[model.Technology](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	put := call{method: http.MethodPut, path: "/technology", body: changed(t, `{"name":"Apache httpd-2"}`, "key", strconv.Quote(item.Key))}
	answeredTechnology(t, serve(t, technologyAPI(items), caller(tenant), put), http.StatusOK)
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "name"); got != `"Apache httpd-2"` {
		t.Errorf("stored %s, want %s", got, `"Apache httpd-2"`)
	}
}

func TestTechnologyCollectionPost(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Technology](store.WithTagKey("neo4j"))
	post := call{method: http.MethodPost, path: "/technology", body: technologyBody}
	created := answeredTechnology(t, serve(t, technologyAPI(items), caller(tenant), post), http.StatusCreated)
	if _, _, err := items.Get(t.Context(), tenant, created.Key); err != nil {
		t.Errorf("get what was created: %v", err)
	}
	wantFailure(t, serve(t, technologyAPI(items), caller(tenant), post), apierror.CodeConflict)
}

func TestTechnologyCollectionDelete(t *testing.T) {
	t.Parallel()
	items := storedTechnology(t, "#technology#1")
	remove := call{method: http.MethodDelete, path: "/technology", body: `{"key": "#technology#1"}`}
	answeredTechnology(t, serve(t, technologyAPI(items), caller(tenant), remove), http.StatusOK)
	stored, _, err := items.Get(t.Context(), tenant, "#technology#1")
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v, %v, want it to be gone", stored, err)
	}
}

func TestTechnologyCollectionList(t *testing.T) {
	t.Parallel()
	items := storedTechnology(t, "#technology#1", "#other#example")
	list := call{method: http.MethodGet, path: "/my?key=%23technology%23"}
	answer := decoded[map[string]json.RawMessage](t, serve(t, technologyAPI(items), caller(tenant), list), http.StatusOK)
	var found []*model.Technology
	if err := json.Unmarshal(answer["technologies"], &found); err != nil {
		t.Fatalf("decode %s: %v", answer, err)
	}
	if len(found) != 1 || found[0].Key != "#technology#1" {
		t.Errorf("got %s, want the one of its type", answer)
	}
}
