package handlers

import (
	"context"
	"net/http"
	"net/url"

	"example.com/backend/pkg/auth"
	"example.com/backend/pkg/handler"
	"example.com/backend/pkg/handler/respond"
	"example.com/backend/pkg/middleware"
	"example.com/backend/pkg/model/model"
	"example.com/backend/pkg/store"
)

const (
	// hostNoun is what messages call a host.
	hostNoun = "host"

	// hostPrefix starts the key of every host.
	hostPrefix = "#host#"
)

// hostList is what callers may ask of a list of hosts.
var hostList = handler.List{
	Prefix:  hostPrefix,
	Size:    50,
	Maximum: 200,
}

// HostStore keeps hosts, those of each tenant apart.
type HostStore interface {
	// Create adds a host, or returns an error that matches store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.Host) (store.Version, error)

	// Get returns the host with a key and its version, or an error that matches
	// store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.Host, store.Version, error)

	// Update replaces the host that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.Host, v store.Version) (store.Version, error)

	// Delete removes the host that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of hosts, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.Host], error)
}

// HostFiller completes hosts with what an outside service knows.
type HostFiller interface {
	// FillHost sets the fields that the service answers for.
	FillHost(ctx context.Context, host *model.Host) error
}

// HostRequest holds what a caller may say of a host.
type HostRequest struct {
	// Address of the host. Required.
	IP string `json:"ip"`
}

// HostPage is one page of a list of hosts.
type HostPage struct {
	// Items holds the hosts in the order that was asked for; it is never null.
	Items []*model.Host `json:"hosts"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// HostHandler serves hosts over HTTP.
type HostHandler struct {
	tools  handler.Tools
	store  HostStore
	filler HostFiller
}

// NewHostHandler returns a handler that keeps hosts in store and completes them
// with filler.
func NewHostHandler(tools handler.Tools, store HostStore, filler HostFiller) *HostHandler {
	return &HostHandler{tools: tools, store: store, filler: filler}
}

// Register adds the routes of hosts by handle.
func (h *HostHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/host", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/host/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/host", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/host/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("PATCH /api/host/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.patch)))
	handle("DELETE /api/host/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
	handle("POST /api/host/{key}/refresh", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.refresh)))
}

func (h *HostHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[HostRequest](w, r)
	if err != nil {
		return err
	}
	host := new(model.Host)
	host.Defaulted()
	request.apply(host)
	host.Username = tenant
	if err := handler.Prepare(host); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, host)
	if err != nil {
		return handler.StoreError(r, err, hostNoun)
	}
	w.Header().Set("Location", "/api/host/"+url.PathEscape(host.Key))
	return handler.Respond(w, r, http.StatusCreated, host, version)
}

func (h *HostHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, hostPrefix, hostNoun)
	if err != nil {
		return err
	}
	host, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, host, version)
}

func (h *HostHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, hostList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, hostNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, HostPage{Items: page.Items, Next: next})
}

func (h *HostHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, hostPrefix, hostNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[HostRequest](w, r)
	if err != nil {
		return err
	}
	host, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(host)
	return h.save(w, r, tenant, key, host, version)
}

func (h *HostHandler) patch(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, hostPrefix, hostNoun)
	if err != nil {
		return err
	}
	patch, err := respond.DecodePatch[HostRequest](w, r)
	if err != nil {
		return err
	}
	host, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request, err := handler.Patched(patch, host, newHostRequest)
	if err != nil {
		return err
	}
	request.apply(host)
	return h.save(w, r, tenant, key, host, version)
}

func (h *HostHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, hostPrefix, hostNoun)
	if err != nil {
		return err
	}
	version := store.AnyVersion
	if handler.IsConditional(r) {
		if _, version, err = h.load(r, tenant, key); err != nil {
			return err
		}
	}
	if err := h.store.Delete(r.Context(), tenant, key, version); err != nil {
		return handler.StoreError(r, err, hostNoun)
	}
	return respond.NoContent(w)
}

func (h *HostHandler) refresh(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, hostPrefix, hostNoun)
	if err != nil {
		return err
	}
	host, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	if err := h.filler.FillHost(r.Context(), host); err != nil {
		return upstreamError(err, hostNoun)
	}
	if err := handler.Prepare(host); err != nil {
		return upstreamError(err, hostNoun)
	}
	return h.write(w, r, tenant, host, version)
}

// load returns the host with a key, if the request is for its version.
func (h *HostHandler) load(r *http.Request, tenant, key string) (*model.Host, store.Version, error) {
	host, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, hostNoun)
	}
	return host, version, handler.CheckVersion(r, version)
}

// save writes back a host that was changed as the caller says, and responds
// with it.
func (h *HostHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, host *model.Host, version store.Version,
) error {
	if err := handler.Prepare(host); err != nil {
		return err
	}
	if err := handler.KeepKey(key, host.Key, "ip"); err != nil {
		return err
	}
	return h.write(w, r, tenant, host, version)
}

// write replaces the version that was read of a host, and responds with it.
func (h *HostHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, host *model.Host, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, host, version)
	if err != nil {
		return handler.StoreError(r, err, hostNoun)
	}
	return handler.Respond(w, r, http.StatusOK, host, version)
}

// apply copies the request to a host.
func (r *HostRequest) apply(host *model.Host) {
	host.IP = r.IP
}

// newHostRequest returns the request that would leave a host as it is.
func newHostRequest(host *model.Host) HostRequest {
	return HostRequest{
		IP: host.IP,
	}
}
