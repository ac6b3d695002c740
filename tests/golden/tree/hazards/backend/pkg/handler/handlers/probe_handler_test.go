package handlers_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/example/hazards/pkg/apierror"
	"github.com/example/hazards/pkg/auth"
	"github.com/example/hazards/pkg/handler/handlers"
	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/service"
	"github.com/example/hazards/pkg/store"
)

// probeBody asks for a probe that is valid.
const probeBody = `{
	"name": "p"
}`

// probeCalls returns one good call of every operation on probes; key is the
// item that they name.
func probeCalls(key string) []call {
	item := "/api/probe/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/probe", body: probeBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/probe"},
		{name: "update", method: http.MethodPut, path: item, body: probeBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "patch", method: http.MethodPatch, path: item, body: probeBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
		{name: "refresh", method: http.MethodPost, path: item + "/refresh", refused: auth.RoleReadOnly, item: true, rewrites: true},
	}
}

// fillProbe is a function that fills probes.
type fillProbe func(ctx context.Context, probe *model.Probe) error

func (f fillProbe) FillProbe(ctx context.Context, probe *model.Probe) error {
	return f(ctx, probe)
}

// probeHandler returns a handler of items whose filler changes nothing.
func probeHandler(items handlers.ProbeStore) *handlers.ProbeHandler {
	leave := func(context.Context, *model.Probe) error { return nil }
	return handlers.NewProbeHandler(newTools(), items, fillProbe(leave))
}

// storedProbe returns a store in which the tenant has probes with these keys.
func storedProbe(t *testing.T, keys ...string) *store.Memory[model.Probe, *model.Probe] {
	t.Helper()
	items := store.NewMemory[model.Probe]()
	for _, key := range keys {
		item := sample[model.Probe](t, probeBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestProbeHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return probeHandler(brokenStore[model.Probe]{err: err}) }
	checkRefusals(t, failing, probeCalls("#probe#1"))
}

func TestProbeHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := probeHandler(storedProbe(t, "#probe#1", "#other#example"))
	checkUnknown(t, h, tenant, probeCalls("#probe#2"))
	checkUnknown(t, h, stranger, probeCalls("#probe#1"))
	checkUnknown(t, h, tenant, probeCalls("#other#example"))
}

func TestProbeHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, probeHandler(storedProbe(t, "#probe#1")), probeCalls("#probe#1"))
}

func TestProbeHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.Probe](t, probeBody)
	broken := brokenStore[model.Probe]{err: errBroken, item: item}
	checkRewrites(t, probeHandler(broken), probeCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.Probe]{err: store.ErrNotFound, item: item}
	checkRewrites(t, probeHandler(deleted), probeCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.Probe]()
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, probeHandler(contestedStore[model.Probe, *model.Probe]{items}), probeCalls(item.Key), apierror.CodeConflict)
}

func TestProbeHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.Probe](t, probeBody)
	h := probeHandler(brokenStore[model.Probe]{err: errBroken, item: item})
	checkMalformed(t, h, probeCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "name empty", field: "name", value: `""`},
		{name: "name too long", field: "name", value: strconv.Quote(strings.Repeat("x", 1025))},
		{name: "name not allowed", field: "name", value: `"a\u0007b"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, probeCalls(item.Key), test.field, test.value)
		})
	}
}

func TestProbeHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Probe]()
	create := call{method: http.MethodPost, path: "/api/probe", body: probeBody}
	w := serve(t, probeHandler(items), caller(tenant), create)
	got := decoded[model.Probe](t, w, http.StatusCreated)
	if want := "/api/probe/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
		t.Errorf("got location %q, want %q", w.Header().Get("Location"), want)
	}
	if got.Username != tenant {
		t.Errorf("got owner %q, want %q", got.Username, tenant)
	}
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, probeBody, sample[model.Probe](t, probeBody), got, stored)
	checkRepeated(t, probeHandler(store.NewMemory[model.Probe]()), create)
	unfit := brokenStore[model.Probe]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, probeHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestProbeHandlerGet(t *testing.T) {
	t.Parallel()
	h := probeHandler(storedProbe(t, "#probe#1"))
	get := call{method: http.MethodGet, path: "/api/probe/" + url.PathEscape("#probe#1")}
	got := decoded[model.Probe](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#probe#1" {
		t.Errorf("got key %q, want %q", got.Key, "#probe#1")
	}
}

func TestProbeHandlerList(t *testing.T) {
	t.Parallel()
	items := storedProbe(t, "#probe#1", "#probe#2", "#probe#3", "#other#example")
	checkPages(t, probeHandler(items), "/api/probe", "probes", 50, 200)
}

func TestProbeHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.Probe](t, probeBody)
	items := store.NewMemory[model.Probe]()
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/probe/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: probeBody}
	got := decoded[model.Probe](t, serve(t, probeHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
}

func TestProbeHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := probeHandler(storedProbe(t, "#probe#1"))
	update := call{method: http.MethodPut, path: "/api/probe/" + url.PathEscape("#probe#1"), body: probeBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "name")
}

func TestProbeHandlerDelete(t *testing.T) {
	t.Parallel()
	h := probeHandler(storedProbe(t, "#probe#1"))
	remove := call{method: http.MethodDelete, path: "/api/probe/" + url.PathEscape("#probe#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}

func TestProbeHandlerRefresh(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		fill fillProbe
		code apierror.Code
	}{
		{
			name: "the service fails",
			fill: func(context.Context, *model.Probe) error { return errBroken },
			code: apierror.CodeBadGateway,
		},
		{
			name: "the service does not know it",
			fill: func(context.Context, *model.Probe) error { return service.ErrNotFound },
			code: apierror.CodeUnprocessable,
		},
		{
			name: "the service is late",
			fill: func(context.Context, *model.Probe) error { return context.DeadlineExceeded },
			code: apierror.CodeTimeout,
		},
		{
			name: "the service spoils it",
			fill: func(_ context.Context, probe *model.Probe) error {
				return json.Unmarshal([]byte(`{"name":"a\u0007b"}`), probe)
			},
			code: apierror.CodeBadGateway,
		},
		{
			name: "the service answers",
			fill: func(_ context.Context, probe *model.Probe) error {
				return json.Unmarshal([]byte(`{"count":2}`), probe)
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			item := sample[model.Probe](t, probeBody)
			items := store.NewMemory[model.Probe]()
			if _, err := items.Create(t.Context(), tenant, item); err != nil {
				t.Fatalf("create %s: %v", item.Key, err)
			}
			refresh := call{method: http.MethodPost, path: "/api/probe/" + url.PathEscape(item.Key) + "/refresh"}
			w := serve(t, handlers.NewProbeHandler(newTools(), items, test.fill), caller(tenant), refresh)
			if test.code != "" {
				wantFailure(t, w, test.code)
				return
			}
			decoded[model.Probe](t, w, http.StatusOK)
			stored, _, err := items.Get(t.Context(), tenant, item.Key)
			if err != nil {
				t.Fatalf("get %s: %v", item.Key, err)
			}
			if got := member(t, stored, "count"); got != `2` {
				t.Errorf("stored %s, want %s", got, `2`)
			}
		})
	}
}
