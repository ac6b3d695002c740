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
	// portNoun is what messages call a port.
	portNoun = "port"

	// portPrefix starts the key of every port.
	portPrefix = "#port#"
)

// portList is what callers may ask of a list of ports.
var portList = handler.List{
	Prefix:  portPrefix,
	Size:    50,
	Maximum: 200,
}

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
	// Items holds the ports in the order that was asked for; it is never null.
	Items []*model.Port `json:"ports"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// PortHandler serves ports over HTTP.
type PortHandler struct {
	tools handler.Tools
	store PortStore
}

// NewPortHandler returns a handler that keeps ports in store.
func NewPortHandler(tools handler.Tools, store PortStore) *PortHandler {
	return &PortHandler{tools: tools, store: store}
}

// Register adds the routes of ports by handle.
func (h *PortHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/port", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/port/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/port", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/port/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("PATCH /api/port/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.patch)))
	handle("DELETE /api/port/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
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
	if err := handler.Prepare(port); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, port)
	if err != nil {
		return handler.StoreError(r, err, portNoun)
	}
	w.Header().Set("Location", "/api/port/"+url.PathEscape(port.Key))
	return handler.Respond(w, r, http.StatusCreated, port, version)
}

func (h *PortHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, portPrefix, portNoun)
	if err != nil {
		return err
	}
	port, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, port, version)
}

func (h *PortHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, portList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, portNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, PortPage{Items: page.Items, Next: next})
}

func (h *PortHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, portPrefix, portNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[PortRequest](w, r)
	if err != nil {
		return err
	}
	port, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(port)
	return h.save(w, r, tenant, key, port, version)
}

func (h *PortHandler) patch(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, portPrefix, portNoun)
	if err != nil {
		return err
	}
	patch, err := respond.DecodePatch[PortRequest](w, r)
	if err != nil {
		return err
	}
	port, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request, err := handler.Patched(patch, port, newPortRequest)
	if err != nil {
		return err
	}
	request.apply(port)
	return h.save(w, r, tenant, key, port, version)
}

func (h *PortHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, portPrefix, portNoun)
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
		return handler.StoreError(r, err, portNoun)
	}
	return respond.NoContent(w)
}

// load returns the port with a key, if the request is for its version.
func (h *PortHandler) load(r *http.Request, tenant, key string) (*model.Port, store.Version, error) {
	port, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, portNoun)
	}
	return port, version, handler.CheckVersion(r, version)
}

// save writes back a port that was changed as the caller says, and responds
// with it.
func (h *PortHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, port *model.Port, version store.Version,
) error {
	if err := handler.Prepare(port); err != nil {
		return err
	}
	if err := handler.KeepKey(key, port.Key, "source", "protocol", "port"); err != nil {
		return err
	}
	return h.write(w, r, tenant, port, version)
}

// write replaces the version that was read of a port, and responds with it.
func (h *PortHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, port *model.Port, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, port, version)
	if err != nil {
		return handler.StoreError(r, err, portNoun)
	}
	return handler.Respond(w, r, http.StatusOK, port, version)
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

// newPortRequest returns the request that would leave a port as it is.
func newPortRequest(port *model.Port) PortRequest {
	return PortRequest{
		Source:     port.Source,
		Protocol:   port.Protocol,
		Port:       port.Port,
		Service:    port.Service,
		Status:     port.Status,
		Capability: port.Capability,
	}
}
