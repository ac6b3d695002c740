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
	// technologyNoun is what messages call a technology.
	technologyNoun = "technology"

	// technologyPrefix starts the key of every technology.
	technologyPrefix = "#technology#"
)

// TechnologyStore keeps technologies, those of each tenant apart.
type TechnologyStore interface {
	// Create adds a technology, or returns an error that matches
	// store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.Technology) (store.Version, error)

	// Get returns the technology with a key and its version, or an error that
	// matches store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.Technology, store.Version, error)

	// Update replaces the technology that has the key and the version; the
	// error may match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.Technology, v store.Version) (store.Version, error)

	// Delete removes the technology that has the key and the version; the error
	// may match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of technologies, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.Technology], error)
}

// TechnologyRequest holds what a caller may say of a technology.
type TechnologyRequest struct {
	// CPE 2.3 name in canonical form. Required.
	CPE string `json:"cpe"`

	// Name for people.
	Name string `json:"name"`

	// What reported the technology.
	Source string `json:"source"`

	// Remark on this report.
	Comment string `json:"comment"`
}

// TechnologyPage is one page of a list of technologies.
type TechnologyPage struct {
	// Items holds the technologies in the order of their keys; it is never
	// null.
	Items []*model.Technology `json:"technologies"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// TechnologyHandler serves technologies over HTTP.
type TechnologyHandler struct {
	store TechnologyStore
}

// NewTechnologyHandler returns a handler that keeps technologies in store.
func NewTechnologyHandler(store TechnologyStore) *TechnologyHandler {
	return &TechnologyHandler{store: store}
}

// Register adds the routes of technologies to mux.
func (h *TechnologyHandler) Register(mux *http.ServeMux) {
	mux.Handle("POST /api/technology", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.create)))
	mux.Handle("GET /api/technology/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	mux.Handle("GET /api/technology", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	mux.Handle("PUT /api/technology/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	mux.Handle("DELETE /api/technology/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
}

func (h *TechnologyHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[TechnologyRequest](w, r)
	if err != nil {
		return err
	}
	technology := new(model.Technology)
	technology.Defaulted()
	request.apply(technology)
	technology.Username = tenant
	if err := prepare(technology); err != nil {
		return err
	}
	if _, err := h.store.Create(r.Context(), tenant, technology); err != nil {
		return storeError(err, technologyNoun)
	}
	w.Header().Set("Location", "/api/technology/"+url.PathEscape(technology.Key))
	return respond.JSON(w, http.StatusCreated, technology)
}

func (h *TechnologyHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, technologyPrefix, technologyNoun)
	if err != nil {
		return err
	}
	technology, _, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, technologyNoun)
	}
	return respond.JSON(w, http.StatusOK, technology)
}

func (h *TechnologyHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := pageQuery(r, technologyPrefix, 50, 200)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return storeError(err, technologyNoun)
	}
	answer := TechnologyPage{Items: make([]*model.Technology, 0, len(page.Items)), Next: page.Next}
	answer.Items = append(answer.Items, page.Items...)
	return respond.JSON(w, http.StatusOK, answer)
}

func (h *TechnologyHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, technologyPrefix, technologyNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[TechnologyRequest](w, r)
	if err != nil {
		return err
	}
	technology, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, technologyNoun)
	}
	request.apply(technology)
	if err := prepare(technology); err != nil {
		return err
	}
	if err := keepKey(key, technology.Key, "cpe"); err != nil {
		return err
	}
	if _, err := h.store.Update(r.Context(), tenant, technology, version); err != nil {
		return storeError(err, technologyNoun)
	}
	return respond.JSON(w, http.StatusOK, technology)
}

func (h *TechnologyHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, technologyPrefix, technologyNoun)
	if err != nil {
		return err
	}
	if err := h.store.Delete(r.Context(), tenant, key, store.AnyVersion); err != nil {
		return storeError(err, technologyNoun)
	}
	return respond.NoContent(w)
}

// apply copies the request to a technology.
func (r *TechnologyRequest) apply(technology *model.Technology) {
	technology.CPE = r.CPE
	technology.Name = r.Name
	technology.Source = r.Source
	technology.Comment = r.Comment
}
