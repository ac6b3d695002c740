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
	// photoNoun is what messages call a photo.
	photoNoun = "photo"

	// photoPrefix starts the key of every photo.
	photoPrefix = "#photo#"
)

// PhotoStore keeps photos, those of each tenant apart.
type PhotoStore interface {
	// Create adds a photo, or returns an error that matches store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.Photo) (store.Version, error)

	// Get returns the photo with a key and its version, or an error that
	// matches store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.Photo, store.Version, error)

	// Update replaces the photo that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.Photo, v store.Version) (store.Version, error)

	// Delete removes the photo that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error
}

// PhotoRequest holds what a caller may say of a photo.
type PhotoRequest struct {
	// Name of the photo. Required.
	Name string `json:"name"`

	// Time when it was taken (RFC 3339).
	Taken string `json:"taken"`
}

// PhotoHandler serves photos over HTTP.
type PhotoHandler struct {
	tools handler.Tools
	store PhotoStore
}

// NewPhotoHandler returns a handler that keeps photos in store.
func NewPhotoHandler(tools handler.Tools, store PhotoStore) *PhotoHandler {
	return &PhotoHandler{tools: tools, store: store}
}

// Register adds the routes of photos by handle.
func (h *PhotoHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/photo", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/photo/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("PUT /api/photo/{key}", middleware.Require(auth.EntitlementWriteFiles, respond.HandlerFunc(h.update)))
	handle("DELETE /api/photo/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
}

func (h *PhotoHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[PhotoRequest](w, r)
	if err != nil {
		return err
	}
	photo := new(model.Photo)
	photo.Defaulted()
	request.apply(photo)
	photo.Username = tenant
	if err := handler.Prepare(photo); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, photo)
	if err != nil {
		return handler.StoreError(r, err, photoNoun)
	}
	w.Header().Set("Location", "/api/photo/"+url.PathEscape(photo.Key))
	return handler.Respond(w, r, http.StatusCreated, photo, version)
}

func (h *PhotoHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, photoPrefix, photoNoun)
	if err != nil {
		return err
	}
	photo, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, photo, version)
}

func (h *PhotoHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, photoPrefix, photoNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[PhotoRequest](w, r)
	if err != nil {
		return err
	}
	photo, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(photo)
	return h.save(w, r, tenant, key, photo, version)
}

func (h *PhotoHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, photoPrefix, photoNoun)
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
		return handler.StoreError(r, err, photoNoun)
	}
	return respond.NoContent(w)
}

// load returns the photo with a key, if the request is for its version.
func (h *PhotoHandler) load(r *http.Request, tenant, key string) (*model.Photo, store.Version, error) {
	photo, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, photoNoun)
	}
	return photo, version, handler.CheckVersion(r, version)
}

// save writes back a photo that was changed as the caller says, and responds
// with it.
func (h *PhotoHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, photo *model.Photo, version store.Version,
) error {
	if err := handler.Prepare(photo); err != nil {
		return err
	}
	if err := handler.KeepKey(key, photo.Key, "name"); err != nil {
		return err
	}
	return h.write(w, r, tenant, photo, version)
}

// write replaces the version that was read of a photo, and responds with it.
func (h *PhotoHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, photo *model.Photo, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, photo, version)
	if err != nil {
		return handler.StoreError(r, err, photoNoun)
	}
	return handler.Respond(w, r, http.StatusOK, photo, version)
}

// apply copies the request to a photo.
func (r *PhotoRequest) apply(photo *model.Photo) {
	photo.Name = r.Name
	photo.Taken = r.Taken
}
