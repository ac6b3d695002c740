package handlers

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/example/hazards/pkg/auth"
	"github.com/example/hazards/pkg/handler"
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

// typeList is what callers may ask of a list of types.
var typeList = handler.List{
	Prefix:  typePrefix,
	Size:    50,
	Maximum: 200,
}

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
	// Items holds the types in the order that was asked for; it is never null.
	Items []*model.Type `json:"types"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// TypeHandler serves types over HTTP.
type TypeHandler struct {
	tools handler.Tools
	store TypeStore
}

// NewTypeHandler returns a handler that keeps types in store.
func NewTypeHandler(tools handler.Tools, store TypeStore) *TypeHandler {
	return &TypeHandler{tools: tools, store: store}
}

// Register adds the routes of types by handle.
func (h *TypeHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/type", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/type/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/type", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/type/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("PATCH /api/type/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.patch)))
	handle("DELETE /api/type/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
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
	if err := handler.Prepare(item); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, item)
	if err != nil {
		return handler.StoreError(r, err, typeNoun)
	}
	w.Header().Set("Location", "/api/type/"+url.PathEscape(item.Key))
	return handler.Respond(w, r, http.StatusCreated, item, version)
}

func (h *TypeHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, typePrefix, typeNoun)
	if err != nil {
		return err
	}
	item, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, item, version)
}

func (h *TypeHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, typeList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, typeNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, TypePage{Items: page.Items, Next: next})
}

func (h *TypeHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, typePrefix, typeNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[TypeRequest](w, r)
	if err != nil {
		return err
	}
	item, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(item)
	return h.save(w, r, tenant, key, item, version)
}

func (h *TypeHandler) patch(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, typePrefix, typeNoun)
	if err != nil {
		return err
	}
	patch, err := respond.DecodePatch[TypeRequest](w, r)
	if err != nil {
		return err
	}
	item, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request, err := handler.Patched(patch, item, newTypeRequest)
	if err != nil {
		return err
	}
	request.apply(item)
	return h.save(w, r, tenant, key, item, version)
}

func (h *TypeHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, typePrefix, typeNoun)
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
		return handler.StoreError(r, err, typeNoun)
	}
	return respond.NoContent(w)
}

// load returns the type with a key, if the request is for its version.
func (h *TypeHandler) load(r *http.Request, tenant, key string) (*model.Type, store.Version, error) {
	item, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, typeNoun)
	}
	return item, version, handler.CheckVersion(r, version)
}

// save writes back a type that was changed as the caller says, and responds
// with it.
func (h *TypeHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, item *model.Type, version store.Version,
) error {
	if err := handler.Prepare(item); err != nil {
		return err
	}
	if err := handler.KeepKey(key, item.Key, "type", "range"); err != nil {
		return err
	}
	return h.write(w, r, tenant, item, version)
}

// write replaces the version that was read of a type, and responds with it.
func (h *TypeHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, item *model.Type, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, item, version)
	if err != nil {
		return handler.StoreError(r, err, typeNoun)
	}
	return handler.Respond(w, r, http.StatusOK, item, version)
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

// newTypeRequest returns the request that would leave a type as it is.
func newTypeRequest(item *model.Type) TypeRequest {
	return TypeRequest{
		Type:     item.Type,
		Range:    item.Range,
		Len:      item.Len,
		Func:     item.Func,
		String:   item.String,
		Error:    item.Error,
		Time:     item.Time,
		Fmt:      item.Fmt,
		Model:    item.Model,
		Registry: item.Registry,
		T:        item.T,
		Err:      item.Err,
		Ctx:      item.Ctx,
		Nil:      item.Nil,
	}
}
