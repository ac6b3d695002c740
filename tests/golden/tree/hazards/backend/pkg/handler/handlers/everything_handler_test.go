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

// everythingBody asks for an everything that is valid.
const everythingBody = `{
	"title": "Some Title",
	"nickname": "nick",
	"suffix": "X",
	"parts": ["example"],
	"agent_name": "agent",
	"flag": true,
	"count": 3,
	"small": 3,
	"big": 3,
	"ratio": 0.5,
	"score": 0.5,
	"blob": "ZXhhbXBsZQ==",
	"when": "2026-01-02T15:04:05Z",
	"raw": {"name":"example"},
	"anything": "example",
	"labels_by_name": {"name":"example"},
	"counts_by_name": {"name":1},
	"piece": {"parts":[{"name":"example","size":1}],"colour":"red"},
	"pieces": [{"parts":[{"name":"example","size":1}],"colour":"red"}],
	"piece_by_name": {"name":{"parts":[{"name":"example","size":1}],"colour":"red"}},
	"matrix": [[1]],
	"colour": "red",
	"status": "A",
	"severity": "high",
	"groupName": "g",
	"password": "password",
	"note": "note",
	"list_of_text": ["example"]
}`

// everythingCalls returns one good call of every operation on everythings; key
// is the item that they name.
func everythingCalls(key string) []call {
	item := "/api/every/thing/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/every/thing", body: everythingBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, refused: auth.RoleReadOnly, item: true},
		{name: "list", method: http.MethodGet, path: "/api/every/thing"},
		{name: "update", method: http.MethodPut, path: item, body: everythingBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleAnalyst, item: true},
	}
}

// everythingHandler returns a handler of items.
func everythingHandler(items handlers.EverythingStore) *handlers.EverythingHandler {
	return handlers.NewEverythingHandler(newTools(), items)
}

// storedEverything returns a store in which the tenant has everythings with
// these keys.
func storedEverything(t *testing.T, keys ...string) *store.Memory[model.Everything, *model.Everything] {
	t.Helper()
	items := store.NewMemory[model.Everything](store.WithTagKey("neo4j"))
	for _, key := range keys {
		item := sample[model.Everything](t, everythingBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestEverythingHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return everythingHandler(brokenStore[model.Everything]{err: err}) }
	checkRefusals(t, failing, everythingCalls("#everything#1"))
}

func TestEverythingHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := everythingHandler(storedEverything(t, "#everything#1", "#other#example"))
	checkUnknown(t, h, tenant, everythingCalls("#everything#2"))
	checkUnknown(t, h, stranger, everythingCalls("#everything#1"))
	checkUnknown(t, h, tenant, everythingCalls("#other#example"))
}

func TestEverythingHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, everythingHandler(storedEverything(t, "#everything#1")), everythingCalls("#everything#1"))
}

func TestEverythingHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.Everything](t, everythingBody)
	broken := brokenStore[model.Everything]{err: errBroken, item: item}
	checkRewrites(t, everythingHandler(broken), everythingCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.Everything]{err: store.ErrNotFound, item: item}
	checkRewrites(t, everythingHandler(deleted), everythingCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.Everything](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, everythingHandler(contestedStore[model.Everything, *model.Everything]{items}), everythingCalls(item.Key), apierror.CodeConflict)
}

func TestEverythingHandlerConcealsSecrets(t *testing.T) {
	t.Parallel()
	item := sample[model.Everything](t, everythingBody)
	h := everythingHandler(brokenStore[model.Everything]{item: item})
	for _, name := range []string{"password"} {
		checkConcealed(t, h, everythingCalls(item.Key), name, member(t, item, name))
	}
}

func TestEverythingHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.Everything](t, everythingBody)
	h := everythingHandler(brokenStore[model.Everything]{err: errBroken, item: item})
	checkMalformed(t, h, everythingCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "title empty", field: "title", value: `""`},
		{name: "title too long", field: "title", value: strconv.Quote(strings.Repeat("x", 101))},
		{name: "title not allowed", field: "title", value: `"a\u0007b"`},
		{name: "nickname too long", field: "nickname", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "suffix too long", field: "suffix", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "suffix not allowed", field: "suffix", value: `"a\u0007b"`},
		{name: "agent_name too long", field: "agent_name", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "count not allowed", field: "count", value: `101`},
		{name: "score not allowed", field: "score", value: `-1`},
		{name: "colour not allowed", field: "colour", value: `"no-such-value"`},
		{name: "status too long", field: "status", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "status not allowed", field: "status", value: `"a\u0007b"`},
		{name: "severity too long", field: "severity", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "severity not allowed", field: "severity", value: `"no such value"`},
		{name: "groupName too long", field: "groupName", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "groupName not allowed", field: "groupName", value: `"a\u0007b"`},
		{name: "password too long", field: "password", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "password not allowed", field: "password", value: `"a\u0007b"`},
		{name: "note too long", field: "note", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "note not allowed", field: "note", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, everythingCalls(item.Key), test.field, test.value)
		})
	}
}

func TestEverythingHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Everything](store.WithTagKey("neo4j"))
	create := call{method: http.MethodPost, path: "/api/every/thing", body: everythingBody}
	w := serve(t, everythingHandler(items), caller(tenant), create)
	got := decoded[model.Everything](t, w, http.StatusCreated)
	if want := "/api/every/thing/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
		t.Errorf("got location %q, want %q", w.Header().Get("Location"), want)
	}
	if got.Username != tenant {
		t.Errorf("got owner %q, want %q", got.Username, tenant)
	}
	if got.UUID == "" {
		t.Error("got no uuid, want one to be made")
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
	checkAsked(t, everythingBody, sample[model.Everything](t, everythingBody), got, stored)
	unfit := brokenStore[model.Everything]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, everythingHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestEverythingHandlerGet(t *testing.T) {
	t.Parallel()
	h := everythingHandler(storedEverything(t, "#everything#1"))
	get := call{method: http.MethodGet, path: "/api/every/thing/" + url.PathEscape("#everything#1")}
	got := decoded[model.Everything](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#everything#1" {
		t.Errorf("got key %q, want %q", got.Key, "#everything#1")
	}
}

func TestEverythingHandlerList(t *testing.T) {
	t.Parallel()
	items := storedEverything(t, "#everything#1", "#everything#2", "#everything#3", "#other#example")
	checkPages(t, everythingHandler(items), "/api/every/thing", "everythings", 10, 20)
}

func TestEverythingHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.Everything](t, everythingBody)
	items := store.NewMemory[model.Everything](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/every/thing/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: changed(t, everythingBody, "agent_name", `"agent-2"`)}
	got := decoded[model.Everything](t, serve(t, everythingHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "agent_name"); got != `"agent-2"` {
		t.Errorf("stored %s, want %s", got, `"agent-2"`)
	}
}

func TestEverythingHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := everythingHandler(storedEverything(t, "#everything#1"))
	update := call{method: http.MethodPut, path: "/api/every/thing/" + url.PathEscape("#everything#1"), body: everythingBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "title", "nickname", "suffix", "parts")
}

func TestEverythingHandlerDelete(t *testing.T) {
	t.Parallel()
	h := everythingHandler(storedEverything(t, "#everything#1"))
	remove := call{method: http.MethodDelete, path: "/api/every/thing/" + url.PathEscape("#everything#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}
