package handlers_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"github.com/example/hazards/pkg/apierror"
	"github.com/example/hazards/pkg/auth"
	"github.com/example/hazards/pkg/handler/chariot"
	"github.com/example/hazards/pkg/handler/handlers"
	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/store"
)

// sightingBody asks for a sighting that is valid.
const sightingBody = `{
	"place": "harbour",
	"kind": "gull",
	"status": "A",
	"count": 3
}`

// sightingChariotCalls returns one good call of every route that serves
// sightings.
func sightingChariotCalls(key string) []call {
	return []call{
		{name: "patch", method: http.MethodPut, path: "/sighting", body: `{"key":` + strconv.Quote(key) + `}`, refused: auth.RoleReadOnly},
		{name: "create", method: http.MethodPost, path: "/sighting", body: sightingBody, refused: auth.RoleAnalyst},
		{name: "delete", method: http.MethodDelete, path: "/sighting", body: `{"key":` + strconv.Quote(key) + `}`, refused: auth.RoleAnalyst},
		{name: "list", method: http.MethodGet, path: "/my?key=%23sighting%23"},
		{name: "search", method: http.MethodPost, path: "/my", body: `{"node":{"labels":["Sighting"]}}`},
	}
}

// sightingAPI returns an API of the sightings in items.
func sightingAPI(items chariot.Store[model.Sighting]) routes {
	return chariot.New(newTools(), handlers.NewSightingCollection(items))
}

// answeredSighting returns the sighting in an answer of the wanted status.
func answeredSighting(t *testing.T, w *httptest.ResponseRecorder, status int) model.Sighting {
	t.Helper()
	items := decoded[map[string][]model.Sighting](t, w, status)["sightings"]
	if len(items) != 1 {
		t.Fatalf("got %s, want one item", w.Body)
	}
	return items[0]
}

// storedSighting returns a store in which the tenant has sightings with these
// keys.
func storedSighting(t *testing.T, keys ...string) *store.Memory[model.Sighting, *model.Sighting] {
	t.Helper()
	items := store.NewMemory[model.Sighting](store.WithIndexes("created"))
	for _, key := range keys {
		item := sample[model.Sighting](t, sightingBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestSightingCollectionRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return sightingAPI(brokenStore[model.Sighting]{err: err}) }
	checkRefusals(t, failing, sightingChariotCalls("#sighting#1"))
}

func TestSightingCollectionPut(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Sighting](store.WithIndexes("created"))
	put := call{method: http.MethodPut, path: "/sighting", body: sightingBody}
	created := answeredSighting(t, serve(t, sightingAPI(items), caller(tenant), put), http.StatusCreated)
	if _, _, err := items.Get(t.Context(), tenant, created.Key); err != nil {
		t.Errorf("get what was created: %v", err)
	}
	if created.Username != tenant {
		t.Errorf("got owner %q, want %q", created.Username, tenant)
	}
	again := answeredSighting(t, serve(t, sightingAPI(items), caller(tenant), put), http.StatusOK)
	if again.Key != created.Key {
		t.Errorf("got key %q, want that of what is there: %q", again.Key, created.Key)
	}
}

func TestSightingCollectionPutKey(t *testing.T) {
	t.Parallel()
	item := sample[model.Sighting](t, sightingBody)
	items := store.NewMemory[model.Sighting](store.WithIndexes("created"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	put := call{method: http.MethodPut, path: "/sighting", body: changed(t, `{"status":"F"}`, "key", strconv.Quote(item.Key))}
	answeredSighting(t, serve(t, sightingAPI(items), caller(tenant), put), http.StatusOK)
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "status"); got != `"F"` {
		t.Errorf("stored %s, want %s", got, `"F"`)
	}
}

func TestSightingCollectionPost(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Sighting](store.WithIndexes("created"))
	post := call{method: http.MethodPost, path: "/sighting", body: sightingBody}
	created := answeredSighting(t, serve(t, sightingAPI(items), caller(tenant), post), http.StatusCreated)
	if _, _, err := items.Get(t.Context(), tenant, created.Key); err != nil {
		t.Errorf("get what was created: %v", err)
	}
	wantFailure(t, serve(t, sightingAPI(items), caller(tenant), post), apierror.CodeConflict)
}

func TestSightingCollectionDelete(t *testing.T) {
	t.Parallel()
	items := storedSighting(t, "#sighting#1")
	remove := call{method: http.MethodDelete, path: "/sighting", body: `{"key": "#sighting#1"}`}
	answeredSighting(t, serve(t, sightingAPI(items), caller(tenant), remove), http.StatusOK)
	stored, _, err := items.Get(t.Context(), tenant, "#sighting#1")
	if err != nil {
		t.Fatalf("get what is only marked: %v", err)
	}
	if got := member(t, stored, "status"); got != `"D"` {
		t.Errorf("stored %s, want %s", got, `"D"`)
	}
}

func TestSightingCollectionList(t *testing.T) {
	t.Parallel()
	items := storedSighting(t, "#sighting#1", "#other#example")
	list := call{method: http.MethodGet, path: "/my?key=%23sighting%23"}
	answer := decoded[map[string]json.RawMessage](t, serve(t, sightingAPI(items), caller(tenant), list), http.StatusOK)
	var found []*model.Sighting
	if err := json.Unmarshal(answer["sightings"], &found); err != nil {
		t.Fatalf("decode %s: %v", answer, err)
	}
	if len(found) != 1 || found[0].Key != "#sighting#1" {
		t.Errorf("got %s, want the one of its type", answer)
	}
}

func TestSightingCollectionConcealsSecrets(t *testing.T) {
	t.Parallel()
	item := sample[model.Sighting](t, sightingBody)
	h := sightingAPI(brokenStore[model.Sighting]{item: item})
	for _, name := range []string{"token"} {
		checkConcealed(t, h, sightingChariotCalls(item.Key), name, member(t, item, name))
	}
}
