package handlers_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"example.com/backend/pkg/apierror"
	"example.com/backend/pkg/auth"
	"example.com/backend/pkg/handler/handlers"
	"example.com/backend/pkg/model/model"
	"example.com/backend/pkg/service"
	"example.com/backend/pkg/store"
)

// hostBody asks for a host that is valid.
const hostBody = `{
	"ip": "198.51.100.7"
}`

// hostCalls returns one good call of every operation on hosts; key is the item
// that they name.
func hostCalls(key string) []call {
	item := "/api/host/" + url.PathEscape(key)
	return []call{
		{name: "create", method: http.MethodPost, path: "/api/host", body: hostBody, refused: auth.RoleReadOnly},
		{name: "get", method: http.MethodGet, path: item, item: true},
		{name: "list", method: http.MethodGet, path: "/api/host"},
		{name: "update", method: http.MethodPut, path: item, body: hostBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "patch", method: http.MethodPatch, path: item, body: hostBody, refused: auth.RoleReadOnly, item: true, rewrites: true},
		{name: "delete", method: http.MethodDelete, path: item, refused: auth.RoleReadOnly, item: true},
		{name: "refresh", method: http.MethodPost, path: item + "/refresh", refused: auth.RoleReadOnly, item: true, rewrites: true},
	}
}

// fillHost is a function that fills hosts.
type fillHost func(ctx context.Context, host *model.Host) error

func (f fillHost) FillHost(ctx context.Context, host *model.Host) error {
	return f(ctx, host)
}

// hostHandler returns a handler of items whose filler changes nothing.
func hostHandler(items handlers.HostStore) *handlers.HostHandler {
	leave := func(context.Context, *model.Host) error { return nil }
	return handlers.NewHostHandler(newTools(), items, fillHost(leave))
}

// storedHost returns a store in which the tenant has hosts with these keys.
func storedHost(t *testing.T, keys ...string) *store.Memory[model.Host, *model.Host] {
	t.Helper()
	items := store.NewMemory[model.Host](store.WithTagKey("neo4j"))
	for _, key := range keys {
		item := sample[model.Host](t, hostBody)
		item.Key = key
		if _, err := items.Create(t.Context(), tenant, item); err != nil {
			t.Fatalf("create %s: %v", key, err)
		}
	}
	return items
}

func TestHostHandlerRefusals(t *testing.T) {
	t.Parallel()
	failing := func(err error) routes { return hostHandler(brokenStore[model.Host]{err: err}) }
	checkRefusals(t, failing, hostCalls("#host#1"))
}

func TestHostHandlerUnknownItem(t *testing.T) {
	t.Parallel()
	h := hostHandler(storedHost(t, "#host#1", "#other#example"))
	checkUnknown(t, h, tenant, hostCalls("#host#2"))
	checkUnknown(t, h, stranger, hostCalls("#host#1"))
	checkUnknown(t, h, tenant, hostCalls("#other#example"))
}

func TestHostHandlerVersions(t *testing.T) {
	t.Parallel()
	checkVersions(t, hostHandler(storedHost(t, "#host#1")), hostCalls("#host#1"))
}

func TestHostHandlerFailedRewrite(t *testing.T) {
	t.Parallel()
	item := sample[model.Host](t, hostBody)
	broken := brokenStore[model.Host]{err: errBroken, item: item}
	checkRewrites(t, hostHandler(broken), hostCalls(item.Key), apierror.CodeInternal)
	deleted := brokenStore[model.Host]{err: store.ErrNotFound, item: item}
	checkRewrites(t, hostHandler(deleted), hostCalls(item.Key), apierror.CodeNotFound)
	items := store.NewMemory[model.Host](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	checkRewrites(t, hostHandler(contestedStore[model.Host, *model.Host]{items}), hostCalls(item.Key), apierror.CodeConflict)
}

func TestHostHandlerInvalidBody(t *testing.T) {
	t.Parallel()
	item := sample[model.Host](t, hostBody)
	h := hostHandler(brokenStore[model.Host]{err: errBroken, item: item})
	checkMalformed(t, h, hostCalls(item.Key))
	tests := []struct {
		name  string
		field string
		value string
	}{
		{name: "ip empty", field: "ip", value: `""`},
		{name: "ip too long", field: "ip", value: strconv.Quote(strings.Repeat("x", 46))},
		{name: "ip not allowed", field: "ip", value: `"no such value"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			checkInvalid(t, h, hostCalls(item.Key), test.field, test.value)
		})
	}
}

func TestHostHandlerCreate(t *testing.T) {
	t.Parallel()
	items := store.NewMemory[model.Host](store.WithTagKey("neo4j"))
	create := call{method: http.MethodPost, path: "/api/host", body: hostBody}
	w := serve(t, hostHandler(items), caller(tenant), create)
	got := decoded[model.Host](t, w, http.StatusCreated)
	if want := "/api/host/" + url.PathEscape(got.Key); w.Header().Get("Location") != want {
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
	if got.TTL == 0 {
		t.Error("got no ttl, want one to be made")
	}
	stored, _, err := items.Get(t.Context(), tenant, got.Key)
	if err != nil {
		t.Fatalf("get what was created: %v", err)
	}
	checkAsked(t, hostBody, sample[model.Host](t, hostBody), got, stored)
	checkRepeated(t, hostHandler(store.NewMemory[model.Host](store.WithTagKey("neo4j"))), create)
	unfit := brokenStore[model.Host]{err: store.ErrInvalidKey}
	wantFailure(t, serve(t, hostHandler(unfit), caller(tenant), create), apierror.CodeInvalidRequest)
}

func TestHostHandlerGet(t *testing.T) {
	t.Parallel()
	h := hostHandler(storedHost(t, "#host#1"))
	get := call{method: http.MethodGet, path: "/api/host/" + url.PathEscape("#host#1")}
	got := decoded[model.Host](t, serve(t, h, caller(tenant), get), http.StatusOK)
	if got.Key != "#host#1" {
		t.Errorf("got key %q, want %q", got.Key, "#host#1")
	}
}

func TestHostHandlerList(t *testing.T) {
	t.Parallel()
	items := storedHost(t, "#host#1", "#host#2", "#host#3", "#other#example")
	checkPages(t, hostHandler(items), "/api/host", "hosts", 50, 200)
}

func TestHostHandlerUpdate(t *testing.T) {
	t.Parallel()
	item := sample[model.Host](t, hostBody)
	items := store.NewMemory[model.Host](store.WithTagKey("neo4j"))
	if _, err := items.Create(t.Context(), tenant, item); err != nil {
		t.Fatalf("create %s: %v", item.Key, err)
	}
	path := "/api/host/" + url.PathEscape(item.Key)
	update := call{method: http.MethodPut, path: path, body: hostBody}
	got := decoded[model.Host](t, serve(t, hostHandler(items), caller(tenant), update), http.StatusOK)
	if got.Key != item.Key {
		t.Errorf("got key %q, want %q", got.Key, item.Key)
	}
}

func TestHostHandlerUpdateKey(t *testing.T) {
	t.Parallel()
	h := hostHandler(storedHost(t, "#host#1"))
	update := call{method: http.MethodPut, path: "/api/host/" + url.PathEscape("#host#1"), body: hostBody}
	wantFailure(t, serve(t, h, caller(tenant), update), apierror.CodeConflict, "ip")
}

func TestHostHandlerDelete(t *testing.T) {
	t.Parallel()
	h := hostHandler(storedHost(t, "#host#1"))
	remove := call{method: http.MethodDelete, path: "/api/host/" + url.PathEscape("#host#1")}
	if w := serve(t, h, caller(tenant), remove); w.Code != http.StatusNoContent {
		t.Fatalf("got status %d, want %d: %s", w.Code, http.StatusNoContent, w.Body)
	}
	wantFailure(t, serve(t, h, caller(tenant), remove), apierror.CodeNotFound)
}

func TestHostHandlerRefresh(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		fill fillHost
		code apierror.Code
	}{
		{
			name: "the service fails",
			fill: func(context.Context, *model.Host) error { return errBroken },
			code: apierror.CodeBadGateway,
		},
		{
			name: "the service does not know it",
			fill: func(context.Context, *model.Host) error { return service.ErrNotFound },
			code: apierror.CodeUnprocessable,
		},
		{
			name: "the service is late",
			fill: func(context.Context, *model.Host) error { return context.DeadlineExceeded },
			code: apierror.CodeTimeout,
		},
		{
			name: "the service spoils it",
			fill: func(_ context.Context, host *model.Host) error {
				return json.Unmarshal([]byte(`{"ip":"no such value"}`), host)
			},
			code: apierror.CodeBadGateway,
		},
		{
			name: "the service answers",
			fill: func(_ context.Context, host *model.Host) error {
				return json.Unmarshal([]byte(`{"organization":"Example Ltd.-2"}`), host)
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			item := sample[model.Host](t, hostBody)
			items := store.NewMemory[model.Host](store.WithTagKey("neo4j"))
			if _, err := items.Create(t.Context(), tenant, item); err != nil {
				t.Fatalf("create %s: %v", item.Key, err)
			}
			refresh := call{method: http.MethodPost, path: "/api/host/" + url.PathEscape(item.Key) + "/refresh"}
			w := serve(t, handlers.NewHostHandler(newTools(), items, test.fill), caller(tenant), refresh)
			if test.code != "" {
				wantFailure(t, w, test.code)
				return
			}
			decoded[model.Host](t, w, http.StatusOK)
			stored, _, err := items.Get(t.Context(), tenant, item.Key)
			if err != nil {
				t.Fatalf("get %s: %v", item.Key, err)
			}
			if got := member(t, stored, "organization"); got != `"Example Ltd.-2"` {
				t.Errorf("stored %s, want %s", got, `"Example Ltd.-2"`)
			}
		})
	}
}
