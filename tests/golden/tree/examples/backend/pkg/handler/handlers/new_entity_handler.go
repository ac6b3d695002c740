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
	// newEntityNoun is what messages call a new entity.
	newEntityNoun = "new entity"

	// newEntityPrefix starts the key of every new entity.
	newEntityPrefix = "#newentity#"
)

// newEntityList is what callers may ask of a list of new entities.
var newEntityList = handler.List{
	Prefix:  newEntityPrefix,
	Size:    50,
	Maximum: 200,
	Filters: []handler.Filter{
		{Name: "status", Attribute: "status", Parse: handler.Text},
	},
	Sorts: []handler.Sort{
		{Name: "created", Attribute: "created"},
	},
}

// NewEntityStore keeps new entities, those of each tenant apart.
type NewEntityStore interface {
	// Create adds a new entity, or returns an error that matches
	// store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.NewEntity) (store.Version, error)

	// Get returns the new entity with a key and its version, or an error that
	// matches store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.NewEntity, store.Version, error)

	// Update replaces the new entity that has the key and the version; the
	// error may match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.NewEntity, v store.Version) (store.Version, error)

	// Delete removes the new entity that has the key and the version; the error
	// may match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of new entities, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.NewEntity], error)

	// GetAll returns the new entities with these keys that there are.
	GetAll(ctx context.Context, tenant string, keys []string) ([]*model.NewEntity, error)

	// PutAll creates or replaces new entities, whatever their versions.
	PutAll(ctx context.Context, tenant string, items []*model.NewEntity) error
}

// NewEntityFiller completes new entities with what an outside service knows.
type NewEntityFiller interface {
	// FillNewEntity sets the fields that the service answers for.
	FillNewEntity(ctx context.Context, newEntity *model.NewEntity) error
}

// NewEntityRequest holds what a caller may say of a new entity.
type NewEntityRequest struct {
	// Name of the entity within its account. Required.
	Field1 string `json:"field1"`

	// Weight of the entity.
	Field2 int `json:"field2"`

	// Lifecycle status. If absent, its default or the stored value stays.
	Status string `json:"status"`
}

// NewEntityPage is one page of a list of new entities.
type NewEntityPage struct {
	// Items holds the new entities in the order that was asked for; it is never
	// null.
	Items []*model.NewEntity `json:"newentities"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// NewEntityHandler serves new entities over HTTP.
type NewEntityHandler struct {
	tools  handler.Tools
	store  NewEntityStore
	filler NewEntityFiller
}

// NewNewEntityHandler returns a handler that keeps new entities in store and
// completes them with filler.
func NewNewEntityHandler(tools handler.Tools, store NewEntityStore, filler NewEntityFiller) *NewEntityHandler {
	return &NewEntityHandler{tools: tools, store: store, filler: filler}
}

// Register adds the routes of new entities by handle.
func (h *NewEntityHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/newentity", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/newentity/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/newentity", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/newentity/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("PATCH /api/newentity/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.patch)))
	handle("DELETE /api/newentity/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
	handle("POST /api/newentity/{key}/refresh", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.refresh)))
	handle("POST /api/newentity/batch", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.batch)))
}

func (h *NewEntityHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[NewEntityRequest](w, r)
	if err != nil {
		return err
	}
	newEntity := new(model.NewEntity)
	newEntity.Defaulted()
	request.apply(newEntity)
	newEntity.Username = tenant
	if err := handler.Prepare(newEntity); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, newEntity)
	if err != nil {
		return handler.StoreError(r, err, newEntityNoun)
	}
	w.Header().Set("Location", "/api/newentity/"+url.PathEscape(newEntity.Key))
	return handler.Respond(w, r, http.StatusCreated, newEntity, version)
}

func (h *NewEntityHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, newEntityPrefix, newEntityNoun)
	if err != nil {
		return err
	}
	newEntity, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, newEntity, version)
}

func (h *NewEntityHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, newEntityList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, newEntityNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, NewEntityPage{Items: page.Items, Next: next})
}

func (h *NewEntityHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, newEntityPrefix, newEntityNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[NewEntityRequest](w, r)
	if err != nil {
		return err
	}
	newEntity, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(newEntity)
	return h.save(w, r, tenant, key, newEntity, version)
}

func (h *NewEntityHandler) patch(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, newEntityPrefix, newEntityNoun)
	if err != nil {
		return err
	}
	patch, err := respond.DecodePatch[NewEntityRequest](w, r)
	if err != nil {
		return err
	}
	newEntity, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request, err := handler.Patched(patch, newEntity, newNewEntityRequest)
	if err != nil {
		return err
	}
	request.apply(newEntity)
	return h.save(w, r, tenant, key, newEntity, version)
}

func (h *NewEntityHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, newEntityPrefix, newEntityNoun)
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
		return handler.StoreError(r, err, newEntityNoun)
	}
	return respond.NoContent(w)
}

func (h *NewEntityHandler) refresh(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, newEntityPrefix, newEntityNoun)
	if err != nil {
		return err
	}
	newEntity, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	if err := h.filler.FillNewEntity(r.Context(), newEntity); err != nil {
		return upstreamError(err, newEntityNoun)
	}
	if err := handler.Prepare(newEntity); err != nil {
		return upstreamError(err, newEntityNoun)
	}
	return h.write(w, r, tenant, newEntity, version)
}

func (h *NewEntityHandler) batch(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[handler.Batch[NewEntityRequest]](w, r)
	if err != nil {
		return err
	}
	if err := request.Check(); err != nil {
		return err
	}
	results, err := handler.PutBatch(r, h.store, tenant, newEntityNoun, len(request.Items), func(at int, newEntity *model.NewEntity) {
		request.Items[at].apply(newEntity)
		newEntity.Username = tenant
	})
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, results)
}

// load returns the new entity with a key, if the request is for its version.
func (h *NewEntityHandler) load(r *http.Request, tenant, key string) (*model.NewEntity, store.Version, error) {
	newEntity, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, newEntityNoun)
	}
	return newEntity, version, handler.CheckVersion(r, version)
}

// save writes back a new entity that was changed as the caller says, and
// responds with it.
func (h *NewEntityHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, newEntity *model.NewEntity, version store.Version,
) error {
	if err := handler.Prepare(newEntity); err != nil {
		return err
	}
	if err := handler.KeepKey(key, newEntity.Key, "field1"); err != nil {
		return err
	}
	return h.write(w, r, tenant, newEntity, version)
}

// write replaces the version that was read of a new entity, and responds with
// it.
func (h *NewEntityHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, newEntity *model.NewEntity, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, newEntity, version)
	if err != nil {
		return handler.StoreError(r, err, newEntityNoun)
	}
	return handler.Respond(w, r, http.StatusOK, newEntity, version)
}

// apply copies the request to a new entity.
func (r *NewEntityRequest) apply(newEntity *model.NewEntity) {
	newEntity.Field1 = r.Field1
	newEntity.Field2 = r.Field2
	if r.Status != "" {
		newEntity.Status = r.Status
	}
}

// newNewEntityRequest returns the request that would leave a new entity as it
// is.
func newNewEntityRequest(newEntity *model.NewEntity) NewEntityRequest {
	return NewEntityRequest{
		Field1: newEntity.Field1,
		Field2: newEntity.Field2,
		Status: newEntity.Status,
	}
}
