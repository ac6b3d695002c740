package handlers

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/example/hazards/pkg/auth"
	"github.com/example/hazards/pkg/handler/respond"
	"github.com/example/hazards/pkg/middleware"
	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/store"
)

const (
	// typeNoun is what messages call a type.
	typeNoun = "type"

	// typePrefix starts the key of every type.
	typePrefix = "#type#"
)

// TypeStore keeps types, those of each tenant apart.
type TypeStore interface {
	// Create adds a type, or returns an error that matches store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.Type) (store.Version, error)

	// Get returns the type with a key and its version, or an error that matches
	// store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.Type, store.Version, error)

	// Update replaces the type that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.Type, v store.Version) (store.Version, error)

	// Delete removes the type that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of types, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.Type], error)
}

// TypeRequest holds what a caller may say of a type.
type TypeRequest struct {
	// What it is. Required.
	Type string `json:"type"`

	// How far it goes. Required.
	Range string `json:"range"`

	// How long it is.
	Len int `json:"len"`

	// What it does.
	Func *string `json:"func"`

	// How it reads.
	String string `json:"string"`

	// What went wrong.
	Error string `json:"error"`

	// When it was.
	Time time.Time `json:"time"`

	// How it is formatted.
	Fmt string `json:"fmt"`

	// What it stands for.
	Model string `json:"model"`

	// Where it is listed.
	Registry string `json:"registry"`

	// The shortest name there is.
	T string `json:"t"`

	// Another short name.
	Err string `json:"err"`

	// Yet another.
	Ctx string `json:"ctx"`

	// Nothing at all.
	Nil string `json:"nil"`
}

// TypePage is one page of a list of types.
type TypePage struct {
	// Items holds the types in the order of their keys; it is never null.
	Items []*model.Type `json:"types"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// TypeHandler serves types over HTTP.
type TypeHandler struct {
	store TypeStore
}

// NewTypeHandler returns a handler that keeps types in store.
func NewTypeHandler(store TypeStore) *TypeHandler {
	return &TypeHandler{store: store}
}

// Register adds the routes of types to mux.
func (h *TypeHandler) Register(mux *http.ServeMux) {
	mux.Handle("POST /api/type", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.create)))
	mux.Handle("GET /api/type/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	mux.Handle("GET /api/type", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	mux.Handle("PUT /api/type/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	mux.Handle("DELETE /api/type/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
}

func (h *TypeHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[TypeRequest](w, r)
	if err != nil {
		return err
	}
	item := new(model.Type)
	item.Defaulted()
	request.apply(item)
	item.Username = tenant
	if err := prepare(item); err != nil {
		return err
	}
	if _, err := h.store.Create(r.Context(), tenant, item); err != nil {
		return storeError(err, typeNoun)
	}
	w.Header().Set("Location", "/api/type/"+url.PathEscape(item.Key))
	return respond.JSON(w, http.StatusCreated, item)
}

func (h *TypeHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, typePrefix, typeNoun)
	if err != nil {
		return err
	}
	item, _, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, typeNoun)
	}
	return respond.JSON(w, http.StatusOK, item)
}

func (h *TypeHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := pageQuery(r, typePrefix, 50, 200)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return storeError(err, typeNoun)
	}
	answer := TypePage{Items: make([]*model.Type, 0, len(page.Items)), Next: page.Next}
	answer.Items = append(answer.Items, page.Items...)
	return respond.JSON(w, http.StatusOK, answer)
}

func (h *TypeHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, typePrefix, typeNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[TypeRequest](w, r)
	if err != nil {
		return err
	}
	item, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, typeNoun)
	}
	request.apply(item)
	if err := prepare(item); err != nil {
		return err
	}
	if err := keepKey(key, item.Key, "type", "range"); err != nil {
		return err
	}
	if _, err := h.store.Update(r.Context(), tenant, item, version); err != nil {
		return storeError(err, typeNoun)
	}
	return respond.JSON(w, http.StatusOK, item)
}

func (h *TypeHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, typePrefix, typeNoun)
	if err != nil {
		return err
	}
	if err := h.store.Delete(r.Context(), tenant, key, store.AnyVersion); err != nil {
		return storeError(err, typeNoun)
	}
	return respond.NoContent(w)
}

// apply copies the request to a type.
func (r *TypeRequest) apply(item *model.Type) {
	item.Type = r.Type
	item.Range = r.Range
	item.Len = r.Len
	item.Func = r.Func
	item.String = r.String
	item.Error = r.Error
	item.Time = r.Time
	item.Fmt = r.Fmt
	item.Model = r.Model
	item.Registry = r.Registry
	item.T = r.T
	item.Err = r.Err
	item.Ctx = r.Ctx
	item.Nil = r.Nil
}
