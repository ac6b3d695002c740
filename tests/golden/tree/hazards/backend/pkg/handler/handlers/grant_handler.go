package handlers

import (
	"context"
	"net/http"
	"net/url"

	"github.com/example/hazards/pkg/auth"
	"github.com/example/hazards/pkg/handler"
	"github.com/example/hazards/pkg/handler/respond"
	"github.com/example/hazards/pkg/middleware"
	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/store"
)

const (
	// grantNoun is what messages call a grant.
	grantNoun = "grant"

	// grantPrefix starts the key of every grant.
	grantPrefix = "#grant#"
)

// grantList is what callers may ask of a list of grants.
var grantList = handler.List{
	Prefix:  grantPrefix,
	Size:    50,
	Maximum: 200,
}

// GrantStore keeps grants, those of each tenant apart.
type GrantStore interface {
	// Create adds a grant, or returns an error that matches store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.Grant) (store.Version, error)

	// Get returns the grant with a key and its version, or an error that
	// matches store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.Grant, store.Version, error)

	// Update replaces the grant that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.Grant, v store.Version) (store.Version, error)

	// Delete removes the grant that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of grants, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.Grant], error)
}

// GrantRequest holds what a caller may say of a grant.
type GrantRequest struct {
	// What it may do. Required.
	Access string `json:"access"`

	// Why it may.
	Reason string `json:"reason"`

	// Key of the node that the grant starts at. Required.
	Source string `json:"source"`

	// Key of the node that the grant ends at. Required.
	Target string `json:"target"`
}

// GrantPage is one page of a list of grants.
type GrantPage struct {
	// Items holds the grants in the order that was asked for; it is never null.
	Items []*model.Grant `json:"grants"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// GrantHandler serves grants over HTTP.
type GrantHandler struct {
	tools handler.Tools
	store GrantStore
}

// NewGrantHandler returns a handler that keeps grants in store.
func NewGrantHandler(tools handler.Tools, store GrantStore) *GrantHandler {
	return &GrantHandler{tools: tools, store: store}
}

// Register adds the routes of grants by handle.
func (h *GrantHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/grant", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/grant/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/grant", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/grant/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("PATCH /api/grant/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.patch)))
	handle("DELETE /api/grant/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
}

func (h *GrantHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[GrantRequest](w, r)
	if err != nil {
		return err
	}
	grant := new(model.Grant)
	grant.Defaulted()
	request.apply(grant)
	grant.Username = tenant
	if err := handler.Prepare(grant); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, grant)
	if err != nil {
		return handler.StoreError(r, err, grantNoun)
	}
	w.Header().Set("Location", "/api/grant/"+url.PathEscape(grant.Key))
	return handler.Respond(w, r, http.StatusCreated, grant, version)
}

func (h *GrantHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, grantPrefix, grantNoun)
	if err != nil {
		return err
	}
	grant, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, grant, version)
}

func (h *GrantHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, grantList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, grantNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, GrantPage{Items: page.Items, Next: next})
}

func (h *GrantHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, grantPrefix, grantNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[GrantRequest](w, r)
	if err != nil {
		return err
	}
	grant, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(grant)
	return h.save(w, r, tenant, key, grant, version)
}

func (h *GrantHandler) patch(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, grantPrefix, grantNoun)
	if err != nil {
		return err
	}
	patch, err := respond.DecodePatch[GrantRequest](w, r)
	if err != nil {
		return err
	}
	grant, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request, err := handler.Patched(patch, grant, newGrantRequest)
	if err != nil {
		return err
	}
	request.apply(grant)
	return h.save(w, r, tenant, key, grant, version)
}

func (h *GrantHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, grantPrefix, grantNoun)
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
		return handler.StoreError(r, err, grantNoun)
	}
	return respond.NoContent(w)
}

// load returns the grant with a key, if the request is for its version.
func (h *GrantHandler) load(r *http.Request, tenant, key string) (*model.Grant, store.Version, error) {
	grant, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, grantNoun)
	}
	return grant, version, handler.CheckVersion(r, version)
}

// save writes back a grant that was changed as the caller says, and responds
// with it.
func (h *GrantHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, grant *model.Grant, version store.Version,
) error {
	if err := handler.Prepare(grant); err != nil {
		return err
	}
	if err := handler.KeepKey(key, grant.Key, "access", "source", "target"); err != nil {
		return err
	}
	return h.write(w, r, tenant, grant, version)
}

// write replaces the version that was read of a grant, and responds with it.
func (h *GrantHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, grant *model.Grant, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, grant, version)
	if err != nil {
		return handler.StoreError(r, err, grantNoun)
	}
	return handler.Respond(w, r, http.StatusOK, grant, version)
}

// apply copies the request to a grant.
func (r *GrantRequest) apply(grant *model.Grant) {
	grant.Access = r.Access
	grant.Reason = r.Reason
	grant.Source = r.Source
	grant.Target = r.Target
}

// newGrantRequest returns the request that would leave a grant as it is.
func newGrantRequest(grant *model.Grant) GrantRequest {
	return GrantRequest{
		Access: grant.Access,
		Reason: grant.Reason,
		Source: grant.Source,
		Target: grant.Target,
	}
}
