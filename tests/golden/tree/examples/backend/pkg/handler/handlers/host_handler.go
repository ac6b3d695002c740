package handlers

import (
	"context"
	"net/http"
	"net/url"

	"example.com/backend/pkg/auth"
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
	// Items holds the hosts in the order of their keys; it is never null.
	Items []*model.Host `json:"hosts"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// HostHandler serves hosts over HTTP.
type HostHandler struct {
	store  HostStore
	filler HostFiller
}

// NewHostHandler returns a handler that keeps hosts in store and completes them
// with filler.
func NewHostHandler(store HostStore, filler HostFiller) *HostHandler {
	return &HostHandler{store: store, filler: filler}
}

// Register adds the routes of hosts to mux.
func (h *HostHandler) Register(mux *http.ServeMux) {
	mux.Handle("POST /api/host", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.create)))
	mux.Handle("GET /api/host/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	mux.Handle("GET /api/host", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	mux.Handle("PUT /api/host/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	mux.Handle("DELETE /api/host/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
	mux.Handle("POST /api/host/{key}/refresh", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.refresh)))
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
	if err := prepare(host); err != nil {
		return err
	}
	if _, err := h.store.Create(r.Context(), tenant, host); err != nil {
		return storeError(err, hostNoun)
	}
	w.Header().Set("Location", "/api/host/"+url.PathEscape(host.Key))
	return respond.JSON(w, http.StatusCreated, host)
}

func (h *HostHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, hostPrefix, hostNoun)
	if err != nil {
		return err
	}
	host, _, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, hostNoun)
	}
	return respond.JSON(w, http.StatusOK, host)
}

func (h *HostHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := pageQuery(r, hostPrefix, 50, 200)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return storeError(err, hostNoun)
	}
	answer := HostPage{Items: make([]*model.Host, 0, len(page.Items)), Next: page.Next}
	answer.Items = append(answer.Items, page.Items...)
	return respond.JSON(w, http.StatusOK, answer)
}

func (h *HostHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, hostPrefix, hostNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[HostRequest](w, r)
	if err != nil {
		return err
	}
	host, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, hostNoun)
	}
	request.apply(host)
	if err := prepare(host); err != nil {
		return err
	}
	if err := keepKey(key, host.Key, "ip"); err != nil {
		return err
	}
	if _, err := h.store.Update(r.Context(), tenant, host, version); err != nil {
		return storeError(err, hostNoun)
	}
	return respond.JSON(w, http.StatusOK, host)
}

func (h *HostHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, hostPrefix, hostNoun)
	if err != nil {
		return err
	}
	if err := h.store.Delete(r.Context(), tenant, key, store.AnyVersion); err != nil {
		return storeError(err, hostNoun)
	}
	return respond.NoContent(w)
}

func (h *HostHandler) refresh(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, hostPrefix, hostNoun)
	if err != nil {
		return err
	}
	host, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, hostNoun)
	}
	if err := h.filler.FillHost(r.Context(), host); err != nil {
		return upstreamError(err, hostNoun)
	}
	if err := prepare(host); err != nil {
		return upstreamError(err, hostNoun)
	}
	if _, err := h.store.Update(r.Context(), tenant, host, version); err != nil {
		return storeError(err, hostNoun)
	}
	return respond.JSON(w, http.StatusOK, host)
}

// apply copies the request to a host.
func (r *HostRequest) apply(host *model.Host) {
	host.IP = r.IP
}
