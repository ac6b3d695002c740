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

// wideBody asks for a wide that is valid.
const wideBody = `{
	"field_00": "first",
	"field_01": 1,
	"field_02": true,
	"field_03": 1.0,
	"field_04": ["example"],
	"field_05": {"name":"example"},
	"field_06": 1,
	"field_07": "2026-01-02T15:04:05Z",
	"field_08": "field_08",
	"field_09": 1,
	"field_10": true,
	"field_11": 1.0,
	"field_12": ["example"],
	"field_13": {"name":"example"},
	"field_14": 1,
	"field_15": "2026-01-02T15:04:05Z",
	"field_16": "field_16",
	"field_17": 1,
	"field_18": true,
	"field_19": 1.0,
	"field_20": ["example"],
	"field_21": {"name":"example"},
	"field_22": 1,
	"field_23": "2026-01-02T15:04:05Z",
	"field_24": "field_24",
	"field_25": 1,
	"field_26": true,
	"field_27": 1.0,
	"field_28": ["example"],
	"field_29": {"name":"example"},
	"field_30": 1,
	"field_31": "2026-01-02T15:04:05Z",
	"field_32": "field_32",
	"field_33": 1,
	"field_34": true,
	"field_35": 1.0,
	"field_36": ["example"],
	"field_37": {"name":"example"},
	"field_38": 1,
	"field_39": "2026-01-02T15:04:05Z",
	"field_40": "field_40",
	"field_41": 1,
	"field_42": true,
	"field_43": 1.0,
	"field_44": ["example"],
	"field_45": {"name":"example"},
	"field_46": 1,
	"field_47": "2026-01-02T15:04:05Z",
	"field_48": "field_48",
	"field_49": 1,
	"field_50": true,
	"field_51": 1.0,
	"field_52": ["example"],
	"field_53": {"name":"example"},
	"field_54": 1,
	"field_55": "2026-01-02T15:04:05Z",
	"field_56": "field_56",
	"field_57": 1,
	"field_58": true,
	"field_59": 1.0
}`

// wideCalls returns one good call of every operation on wides; key is the item
// that they name.
func wideCalls(key string) []call {
	item := "/api/wide/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/wide", body: wideBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/wide"},
		{name: "update", method: http.MethodPut, path: item, body: wideBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "patch", method: http.MethodPatch, path: item, body: wideBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
	}
}

// wideHandler returns a handler of items.
func wideHandler(items handlers.WideStore) *handlers.WideHandler {
	return handlers.NewWideHandler(newTools(), items)
}

// storedWide returns a store in which the tenant has wides with these keys.
func storedWide(t *testing.T, keys ...string) *store.Memory[model.Wide, *model.Wide] {
	t.Helper()
	items := store.NewMemory[model.Wide](store.WithTagKey("neo4j"))
	for _, key := range keys {
		item := sample[model.Wide](t, wideBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestWideHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return wideHandler(brokenStore[model.Wide]{err: err}) }
	checkRefusals(t, failing, wideCalls("#wide#1"))
}

func TestWideHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := wideHandler(storedWide(t, "#wide#1", "#other#example"))
	checkUnknown(t, h, tenant, wideCalls("#wide#2"))
	checkUnknown(t, h, stranger, wideCalls("#wide#1"))
	checkUnknown(t, h, tenant, wideCalls("#other#example"))
}

func TestWideHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, wideHandler(storedWide(t, "#wide#1")), wideCalls("#wide#1"))
}

func TestWideHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.Wide](t, wideBody)
	broken := brokenStore[model.Wide]{err: errBroken, item: item}
	checkRewrites(t, wideHandler(broken), wideCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.Wide]{err: store.ErrNotFound, item: item}
	checkRewrites(t, wideHandler(deleted), wideCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.Wide](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, wideHandler(contestedStore[model.Wide, *model.Wide]{items}), wideCalls(item.Key), apierror.CodeConflict)
}

func TestWideHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.Wide](t, wideBody)
	h := wideHandler(brokenStore[model.Wide]{err: errBroken, item: item})
	checkMalformed(t, h, wideCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "field_00 empty", field: "field_00", value: `""`},
		{name: "field_00 too long", field: "field_00", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "field_00 not allowed", field: "field_00", value: `"a\u0007b"`},
		{name: "field_08 too long", field: "field_08", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "field_08 not allowed", field: "field_08", value: `"a\u0007b"`},
		{name: "field_16 too long", field: "field_16", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "field_16 not allowed", field: "field_16", value: `"a\u0007b"`},
		{name: "field_24 too long", field: "field_24", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "field_24 not allowed", field: "field_24", value: `"a\u0007b"`},
		{name: "field_32 too long", field: "field_32", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "field_32 not allowed", field: "field_32", value: `"a\u0007b"`},
		{name: "field_40 too long", field: "field_40", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "field_40 not allowed", field: "field_40", value: `"a\u0007b"`},
		{name: "field_48 too long", field: "field_48", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "field_48 not allowed", field: "field_48", value: `"a\u0007b"`},
		{name: "field_56 too long", field: "field_56", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "field_56 not allowed", field: "field_56", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, wideCalls(item.Key), test.field, test.value)
		})
	}
}

func TestWideHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Wide](store.WithTagKey("neo4j"))
	create := call{method: http.MethodPost, path: "/api/wide", body: wideBody}
	w := serve(t, wideHandler(items), caller(tenant), create)
	got := decoded[model.Wide](t, w, http.StatusCreated)
	if want := "/api/wide/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
		t.Errorf("got location %q, want %q", w.Header().Get("Location"), want)
	}
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, wideBody, sample[model.Wide](t, wideBody), got, stored)
	checkRepeated(t, wideHandler(store.NewMemory[model.Wide](store.WithTagKey("neo4j"))), create)
	unfit := brokenStore[model.Wide]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, wideHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestWideHandlerGet(t *testing.T) {
	t.Parallel()
	h := wideHandler(storedWide(t, "#wide#1"))
	get := call{method: http.MethodGet, path: "/api/wide/" + url.PathEscape("#wide#1")}
	got := decoded[model.Wide](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#wide#1" {
		t.Errorf("got key %q, want %q", got.Key, "#wide#1")
	}
}

func TestWideHandlerList(t *testing.T) {
	t.Parallel()
	items := storedWide(t, "#wide#1", "#wide#2", "#wide#3", "#other#example")
	checkPages(t, wideHandler(items), "/api/wide", "wides", 50, 200)
}

func TestWideHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.Wide](t, wideBody)
	items := store.NewMemory[model.Wide](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/wide/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: changed(t, wideBody, "field_01", `2`)}
	got := decoded[model.Wide](t, serve(t, wideHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "field_01"); got != `2` {
		t.Errorf("stored %s, want %s", got, `2`)
	}
}

func TestWideHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := wideHandler(storedWide(t, "#wide#1"))
	update := call{method: http.MethodPut, path: "/api/wide/" + url.PathEscape("#wide#1"), body: wideBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "field_00")
}

func TestWideHandlerPatch(t *testing.T) {
	t.Parallel()
	item := sample[model.Wide](t, wideBody)
	items := store.NewMemory[model.Wide](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	before, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	patch := call{method: http.MethodPatch, path: "/api/wide/" + url.PathEscape(item.Key), body: `{"field_01":2}`}
	decoded[model.Wide](t, serve(t, wideHandler(items), caller(tenant), patch), http.StatusOK)
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "field_01"); got != `2` {
		t.Errorf("stored %s, want %s", got, `2`)
	}
	checkRest(t, stored, before, "field_01")
}

func TestWideHandlerDelete(t *testing.T) {
	t.Parallel()
	h := wideHandler(storedWide(t, "#wide#1"))
	remove := call{method: http.MethodDelete, path: "/api/wide/" + url.PathEscape("#wide#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}
