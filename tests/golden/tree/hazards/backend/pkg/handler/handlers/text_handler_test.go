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

// textBody asks for a text that is valid.
const textBody = "{\n\t\"name\": \"naïve 漢字 🚀\",\n\t\"quotes\": \"it's \\\"quoted\\\"\",\n\t\"backtick\": \"a `code` word\",\n\t\"braces\": \"{{ 7 * 7 }} [[ 7 ]] [% x %]\",\n\t\"shell\": \"$(id)\",\n\t\"cypher\": \"'}) DETACH DELETE (n\",\n\t\"yaml\": \"- a: b # c\",\n\t\"markup\": \"<b>&amp;</b>\",\n\t\"percent\": \"%s%d\",\n\t\"colon\": \"::\"\n}"

// textCalls returns one good call of every operation on texts; key is the item
// that they name.
func textCalls(key string) []call {
	item := "/api/text/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/text", body: textBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/text"},
		{name: "update", method: http.MethodPut, path: item, body: textBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "patch", method: http.MethodPatch, path: item, body: textBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
	}
}

// textHandler returns a handler of items.
func textHandler(items handlers.TextStore) *handlers.TextHandler {
	return handlers.NewTextHandler(newTools(), items)
}

// storedText returns a store in which the tenant has texts with these keys.
func storedText(t *testing.T, keys ...string) *store.Memory[model.Text, *model.Text] {
	t.Helper()
	items := store.NewMemory[model.Text]()
	for _, key := range keys {
		item := sample[model.Text](t, textBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestTextHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return textHandler(brokenStore[model.Text]{err: err}) }
	checkRefusals(t, failing, textCalls("#text#1"))
}

func TestTextHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := textHandler(storedText(t, "#text#1", "#other#example"))
	checkUnknown(t, h, tenant, textCalls("#text#2"))
	checkUnknown(t, h, stranger, textCalls("#text#1"))
	checkUnknown(t, h, tenant, textCalls("#other#example"))
}

func TestTextHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, textHandler(storedText(t, "#text#1")), textCalls("#text#1"))
}

func TestTextHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.Text](t, textBody)
	broken := brokenStore[model.Text]{err: errBroken, item: item}
	checkRewrites(t, textHandler(broken), textCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.Text]{err: store.ErrNotFound, item: item}
	checkRewrites(t, textHandler(deleted), textCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.Text]()
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, textHandler(contestedStore[model.Text, *model.Text]{items}), textCalls(item.Key), apierror.CodeConflict)
}

func TestTextHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.Text](t, textBody)
	h := textHandler(brokenStore[model.Text]{err: errBroken, item: item})
	checkMalformed(t, h, textCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "name empty", field: "name", value: `""`},
		{name: "name too long", field: "name", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "name not allowed", field: "name", value: `"a\u0007b"`},
		{name: "quotes too long", field: "quotes", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "quotes not allowed", field: "quotes", value: `"a\u0007b"`},
		{name: "backtick too long", field: "backtick", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "backtick not allowed", field: "backtick", value: `"a\u0007b"`},
		{name: "braces too long", field: "braces", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "braces not allowed", field: "braces", value: `"a\u0007b"`},
		{name: "shell too long", field: "shell", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "shell not allowed", field: "shell", value: `"a\u0007b"`},
		{name: "cypher too long", field: "cypher", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "cypher not allowed", field: "cypher", value: `"a\u0007b"`},
		{name: "yaml too long", field: "yaml", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "yaml not allowed", field: "yaml", value: `"a\u0007b"`},
		{name: "markup too long", field: "markup", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "markup not allowed", field: "markup", value: `"a\u0007b"`},
		{name: "percent too long", field: "percent", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "percent not allowed", field: "percent", value: `"a\u0007b"`},
		{name: "colon too long", field: "colon", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "colon not allowed", field: "colon", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, textCalls(item.Key), test.field, test.value)
		})
	}
}

func TestTextHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Text]()
	create := call{method: http.MethodPost, path: "/api/text", body: textBody}
	w := serve(t, textHandler(items), caller(tenant), create)
	got := decoded[model.Text](t, w, http.StatusCreated)
	if want := "/api/text/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
		t.Errorf("got location %q, want %q", w.Header().Get("Location"), want)
	}
	if got.Username != tenant {
		t.Errorf("got owner %q, want %q", got.Username, tenant)
	}
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, textBody, sample[model.Text](t, textBody), got, stored)
	checkRepeated(t, textHandler(store.NewMemory[model.Text]()), create)
	unfit := brokenStore[model.Text]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, textHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestTextHandlerGet(t *testing.T) {
	t.Parallel()
	h := textHandler(storedText(t, "#text#1"))
	get := call{method: http.MethodGet, path: "/api/text/" + url.PathEscape("#text#1")}
	got := decoded[model.Text](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#text#1" {
		t.Errorf("got key %q, want %q", got.Key, "#text#1")
	}
}

func TestTextHandlerList(t *testing.T) {
	t.Parallel()
	items := storedText(t, "#text#1", "#text#2", "#text#3", "#other#example")
	checkPages(t, textHandler(items), "/api/text", "texts", 50, 200)
}

func TestTextHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.Text](t, textBody)
	items := store.NewMemory[model.Text]()
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/text/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: changed(t, textBody, "quotes", `"it's \"quoted\"-2"`)}
	got := decoded[model.Text](t, serve(t, textHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "quotes"); got != `"it's \"quoted\"-2"` {
		t.Errorf("stored %s, want %s", got, `"it's \"quoted\"-2"`)
	}
}

func TestTextHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := textHandler(storedText(t, "#text#1"))
	update := call{method: http.MethodPut, path: "/api/text/" + url.PathEscape("#text#1"), body: textBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "name")
}

func TestTextHandlerPatch(t *testing.T) {
	t.Parallel()
	item := sample[model.Text](t, textBody)
	items := store.NewMemory[model.Text]()
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	before, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	patch := call{method: http.MethodPatch, path: "/api/text/" + url.PathEscape(item.Key), body: `{"quotes":"it's \"quoted\"-2"}`}
	decoded[model.Text](t, serve(t, textHandler(items), caller(tenant), patch), http.StatusOK)
	stored, _, err := items.Get(t.Context(), tenant, item.Key)
	if err != nil {
		t.Fatalf("get %s: %v", item.Key, err)
	}
	if got := member(t, stored, "quotes"); got != `"it's \"quoted\"-2"` {
		t.Errorf("stored %s, want %s", got, `"it's \"quoted\"-2"`)
	}
	checkRest(t, stored, before, "quotes")
}

func TestTextHandlerDelete(t *testing.T) {
	t.Parallel()
	h := textHandler(storedText(t, "#text#1"))
	remove := call{method: http.MethodDelete, path: "/api/text/" + url.PathEscape("#text#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}
