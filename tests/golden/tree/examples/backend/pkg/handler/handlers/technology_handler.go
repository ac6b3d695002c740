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
	// technologyNoun is what messages call a technology.
	technologyNoun = "technology"

	// technologyPrefix starts the key of every technology.
	technologyPrefix = "#technology#"
)

// technologyList is what callers may ask of a list of technologies.
var technologyList = handler.List{
	Prefix:  technologyPrefix,
	Size:    50,
	Maximum: 200,
	Filters: []handler.Filter{
		{Name: "name", Attribute: "name", Parse: handler.Text},
	},
}

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
	// Items holds the technologies in the order that was asked for; it is never
	// null.
	Items []*model.Technology `json:"technologies"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// TechnologyHandler serves technologies over HTTP.
type TechnologyHandler struct {
	tools handler.Tools
	store TechnologyStore
}

// NewTechnologyHandler returns a handler that keeps technologies in store.
func NewTechnologyHandler(tools handler.Tools, store TechnologyStore) *TechnologyHandler {
	return &TechnologyHandler{tools: tools, store: store}
}

// Register adds the routes of technologies by handle.
func (h *TechnologyHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/technology", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/technology/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/technology", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/technology/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("PATCH /api/technology/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.patch)))
	handle("DELETE /api/technology/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
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
	if err := handler.Prepare(technology); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, technology)
	if err != nil {
		return handler.StoreError(r, err, technologyNoun)
	}
	w.Header().Set("Location", "/api/technology/"+url.PathEscape(technology.Key))
	return handler.Respond(w, r, http.StatusCreated, technology, version)
}

func (h *TechnologyHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, technologyPrefix, technologyNoun)
	if err != nil {
		return err
	}
	technology, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, technology, version)
}

func (h *TechnologyHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, technologyList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, technologyNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, TechnologyPage{Items: page.Items, Next: next})
}

func (h *TechnologyHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, technologyPrefix, technologyNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[TechnologyRequest](w, r)
	if err != nil {
		return err
	}
	technology, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(technology)
	return h.save(w, r, tenant, key, technology, version)
}

func (h *TechnologyHandler) patch(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, technologyPrefix, technologyNoun)
	if err != nil {
		return err
	}
	patch, err := respond.DecodePatch[TechnologyRequest](w, r)
	if err != nil {
		return err
	}
	technology, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request, err := handler.Patched(patch, technology, newTechnologyRequest)
	if err != nil {
		return err
	}
	request.apply(technology)
	return h.save(w, r, tenant, key, technology, version)
}

func (h *TechnologyHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, technologyPrefix, technologyNoun)
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
		return handler.StoreError(r, err, technologyNoun)
	}
	return respond.NoContent(w)
}

// load returns the technology with a key, if the request is for its version.
func (h *TechnologyHandler) load(r *http.Request, tenant, key string) (*model.Technology, store.Version, error) {
	technology, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, technologyNoun)
	}
	return technology, version, handler.CheckVersion(r, version)
}

// save writes back a technology that was changed as the caller says, and
// responds with it.
func (h *TechnologyHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, technology *model.Technology, version store.Version,
) error {
	if err := handler.Prepare(technology); err != nil {
		return err
	}
	if err := handler.KeepKey(key, technology.Key, "cpe"); err != nil {
		return err
	}
	return h.write(w, r, tenant, technology, version)
}

// write replaces the version that was read of a technology, and responds with
// it.
func (h *TechnologyHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, technology *model.Technology, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, technology, version)
	if err != nil {
		return handler.StoreError(r, err, technologyNoun)
	}
	return handler.Respond(w, r, http.StatusOK, technology, version)
}

// apply copies the request to a technology.
func (r *TechnologyRequest) apply(technology *model.Technology) {
	technology.CPE = r.CPE
	technology.Name = r.Name
	technology.Source = r.Source
	technology.Comment = r.Comment
}

// newTechnologyRequest returns the request that would leave a technology as it
// is.
func newTechnologyRequest(technology *model.Technology) TechnologyRequest {
	return TechnologyRequest{
		CPE:     technology.CPE,
		Name:    technology.Name,
		Source:  technology.Source,
		Comment: technology.Comment,
	}
}
