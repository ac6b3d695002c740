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

// extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody asks for
// an extraordinarily long winded description of an entirely ordinary entity ab
// that is valid.
const extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody = `{
	"an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a": "x"
}`

// extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbCalls returns
// one good call of every operation on extraordinarily long winded description
// of an entirely ordinary entity abs; key is the item that they name.
func extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbCalls(key string) []call {
	item := "/api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab", body: extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab"},
		{name: "update", method: http.MethodPut, path: item, body: extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "patch", method: http.MethodPatch, path: item, body: extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
	}
}

// extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler returns
// a handler of items.
func extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(items handlers.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbStore) *handlers.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler {
	return handlers.NewExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(newTools(), items)
}

// storedExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb returns
// a store in which the tenant has extraordinarily long winded description of an
// entirely ordinary entity abs with these keys.
func storedExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t *testing.T, keys ...string) *store.Memory[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb] {
	t.Helper()
	items := store.NewMemory[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb]()
	for _, key := range keys {
		item := sample[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb](t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes {
		return extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(brokenStore[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb]{err: err})
	}
	checkRefusals(t, failing, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbCalls("#extraordinary#1"))
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(storedExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t, "#extraordinary#1", "#other#example"))
	checkUnknown(t, h, tenant, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbCalls("#extraordinary#2"))
	checkUnknown(t, h, stranger, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbCalls("#extraordinary#1"))
	checkUnknown(t, h, tenant, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbCalls("#other#example"))
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(storedExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t, "#extraordinary#1")), extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbCalls("#extraordinary#1"))
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb](t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody)
	broken := brokenStore[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb]{err: errBroken, item: item}
	checkRewrites(t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(broken), extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb]{err: store.ErrNotFound, item: item}
	checkRewrites(t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(deleted), extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb]()
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(contestedStore[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb]{items}), extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbCalls(item.Key), apierror.CodeConflict)
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb](t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody)
	h := extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(brokenStore[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb]{err: errBroken, item: item})
	checkMalformed(t, h, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a empty", field: "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a", value: `""`},
		{name: "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a too long", field: "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a not allowed", field: "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbCalls(item.Key), test.field, test.value)
		})
	}
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb]()
	create := call{method: http.MethodPost, path: "/api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab", body: extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody}
	w := serve(t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(items), caller(tenant), create)
	got := decoded[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb](t, w, http.StatusCreated)
	if want := "/api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
		t.Errorf("got location %q, want %q", w.Header().Get("Location"), want)
	}
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody, sample[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb](t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody), got, stored)
	checkRepeated(t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(store.NewMemory[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb]()), create)
	unfit := brokenStore[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandlerGet(t *testing.T) {
	t.Parallel()
	h := extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(storedExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t, "#extraordinary#1"))
	get := call{method: http.MethodGet, path: "/api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/" + url.PathEscape("#extraordinary#1")}
	got := decoded[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#extraordinary#1" {
		t.Errorf("got key %q, want %q", got.Key, "#extraordinary#1")
	}
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandlerList(t *testing.T) {
	t.Parallel()
	items := storedExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t, "#extraordinary#1", "#extraordinary#2", "#extraordinary#3", "#other#example")
	checkPages(t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(items), "/api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab", "extraordinarilylongwindeddescriptionofanentirelyordinaryentityabs", 50, 200)
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb](t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody)
	items := store.NewMemory[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb]()
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody}
	got := decoded[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb](t, serve(t, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(storedExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t, "#extraordinary#1"))
	update := call{method: http.MethodPut, path: "/api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/" + url.PathEscape("#extraordinary#1"), body: extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a")
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandlerDelete(t *testing.T) {
	t.Parallel()
	h := extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(storedExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t, "#extraordinary#1"))
	remove := call{method: http.MethodDelete, path: "/api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/" + url.PathEscape("#extraordinary#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}
