package handlers

import (
	"context"
	"net/http"
	"net/url"

	"github.com/example/hazards/pkg/auth"
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
	// Items holds the grants in the order of their keys; it is never null.
	Items []*model.Grant `json:"grants"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// GrantHandler serves grants over HTTP.
type GrantHandler struct {
	store GrantStore
}

// NewGrantHandler returns a handler that keeps grants in store.
func NewGrantHandler(store GrantStore) *GrantHandler {
	return &GrantHandler{store: store}
}

// Register adds the routes of grants to mux.
func (h *GrantHandler) Register(mux *http.ServeMux) {
	mux.Handle("POST /api/grant", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.create)))
	mux.Handle("GET /api/grant/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	mux.Handle("GET /api/grant", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	mux.Handle("PUT /api/grant/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	mux.Handle("DELETE /api/grant/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
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
	if err := prepare(grant); err != nil {
		return err
	}
	if _, err := h.store.Create(r.Context(), tenant, grant); err != nil {
		return storeError(err, grantNoun)
	}
	w.Header().Set("Location", "/api/grant/"+url.PathEscape(grant.Key))
	return respond.JSON(w, http.StatusCreated, grant)
}

func (h *GrantHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, grantPrefix, grantNoun)
	if err != nil {
		return err
	}
	grant, _, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, grantNoun)
	}
	return respond.JSON(w, http.StatusOK, grant)
}

func (h *GrantHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := pageQuery(r, grantPrefix, 50, 200)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return storeError(err, grantNoun)
	}
	answer := GrantPage{Items: make([]*model.Grant, 0, len(page.Items)), Next: page.Next}
	answer.Items = append(answer.Items, page.Items...)
	return respond.JSON(w, http.StatusOK, answer)
}

func (h *GrantHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, grantPrefix, grantNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[GrantRequest](w, r)
	if err != nil {
		return err
	}
	grant, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, grantNoun)
	}
	request.apply(grant)
	if err := prepare(grant); err != nil {
		return err
	}
	if err := keepKey(key, grant.Key, "access", "source", "target"); err != nil {
		return err
	}
	if _, err := h.store.Update(r.Context(), tenant, grant, version); err != nil {
		return storeError(err, grantNoun)
	}
	return respond.JSON(w, http.StatusOK, grant)
}

func (h *GrantHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, grantPrefix, grantNoun)
	if err != nil {
		return err
	}
	if err := h.store.Delete(r.Context(), tenant, key, store.AnyVersion); err != nil {
		return storeError(err, grantNoun)
	}
	return respond.NoContent(w)
}

// apply copies the request to a grant.
func (r *GrantRequest) apply(grant *model.Grant) {
	grant.Access = r.Access
	grant.Reason = r.Reason
	grant.Source = r.Source
	grant.Target = r.Target
}
