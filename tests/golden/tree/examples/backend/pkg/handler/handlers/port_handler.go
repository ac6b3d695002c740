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
	// portNoun is what messages call a port.
	portNoun = "port"

	// portPrefix starts the key of every port.
	portPrefix = "#port#"
)

// PortStore keeps ports, those of each tenant apart.
type PortStore interface {
	// Create adds a port, or returns an error that matches store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.Port) (store.Version, error)

	// Get returns the port with a key and its version, or an error that matches
	// store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.Port, store.Version, error)

	// Update replaces the port that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.Port, v store.Version) (store.Version, error)

	// Delete removes the port that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of ports, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.Port], error)
}

// PortRequest holds what a caller may say of a port.
type PortRequest struct {
	// Key of the asset that the port is open on. Required.
	Source string `json:"source"`

	// Transport protocol. Required.
	Protocol string `json:"protocol"`

	// Port number. Required.
	Port int `json:"port"`

	// Service that answers on the port.
	Service string `json:"service"`

	// Lifecycle status. If absent, its default or the stored value stays.
	Status string `json:"status"`

	// Capability that found the port.
	Capability string `json:"capability"`
}

// PortPage is one page of a list of ports.
type PortPage struct {
	// Items holds the ports in the order of their keys; it is never null.
	Items []*model.Port `json:"ports"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// PortHandler serves ports over HTTP.
type PortHandler struct {
	store PortStore
}

// NewPortHandler returns a handler that keeps ports in store.
func NewPortHandler(store PortStore) *PortHandler {
	return &PortHandler{store: store}
}

// Register adds the routes of ports to mux.
func (h *PortHandler) Register(mux *http.ServeMux) {
	mux.Handle("POST /api/port", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.create)))
	mux.Handle("GET /api/port/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	mux.Handle("GET /api/port", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	mux.Handle("PUT /api/port/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	mux.Handle("DELETE /api/port/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
}

func (h *PortHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[PortRequest](w, r)
	if err != nil {
		return err
	}
	port := new(model.Port)
	port.Defaulted()
	request.apply(port)
	port.Username = tenant
	if err := prepare(port); err != nil {
		return err
	}
	if _, err := h.store.Create(r.Context(), tenant, port); err != nil {
		return storeError(err, portNoun)
	}
	w.Header().Set("Location", "/api/port/"+url.PathEscape(port.Key))
	return respond.JSON(w, http.StatusCreated, port)
}

func (h *PortHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, portPrefix, portNoun)
	if err != nil {
		return err
	}
	port, _, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, portNoun)
	}
	return respond.JSON(w, http.StatusOK, port)
}

func (h *PortHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := pageQuery(r, portPrefix, 50, 200)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return storeError(err, portNoun)
	}
	answer := PortPage{Items: make([]*model.Port, 0, len(page.Items)), Next: page.Next}
	answer.Items = append(answer.Items, page.Items...)
	return respond.JSON(w, http.StatusOK, answer)
}

func (h *PortHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, portPrefix, portNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[PortRequest](w, r)
	if err != nil {
		return err
	}
	port, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, portNoun)
	}
	request.apply(port)
	if err := prepare(port); err != nil {
		return err
	}
	if err := keepKey(key, port.Key, "source", "protocol", "port"); err != nil {
		return err
	}
	if _, err := h.store.Update(r.Context(), tenant, port, version); err != nil {
		return storeError(err, portNoun)
	}
	return respond.JSON(w, http.StatusOK, port)
}

func (h *PortHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, portPrefix, portNoun)
	if err != nil {
		return err
	}
	if err := h.store.Delete(r.Context(), tenant, key, store.AnyVersion); err != nil {
		return storeError(err, portNoun)
	}
	return respond.NoContent(w)
}

// apply copies the request to a port.
func (r *PortRequest) apply(port *model.Port) {
	port.Source = r.Source
	port.Protocol = r.Protocol
	port.Port = r.Port
	port.Service = r.Service
	if r.Status != "" {
		port.Status = r.Status
	}
	port.Capability = r.Capability
}
