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
	// keyNoun is what messages call a key.
	keyNoun = "key"

	// keyPrefix starts the key of every key.
	keyPrefix = "#key#"
)

// keyList is what callers may ask of a list of keys.
var keyList = handler.List{
	Prefix:  keyPrefix,
	Size:    50,
	Maximum: 200,
}

// KeyStore keeps keys, those of each tenant apart.
type KeyStore interface {
	// Create adds a key, or returns an error that matches store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.Key) (store.Version, error)

	// Get returns the key with a key and its version, or an error that matches
	// store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.Key, store.Version, error)

	// Delete removes the key that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of keys, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.Key], error)
}

// KeyRequest holds what a caller may say of a key.
type KeyRequest struct {
	// Name for people. Required.
	Name string `json:"name"`

	// What the holder may do.
	Role model.KeyRole `json:"role"`

	// Time after which the key is refused (RFC 3339).
	Expires string `json:"expires"`
}

// KeyPage is one page of a list of keys.
type KeyPage struct {
	// Items holds the keys in the order that was asked for; it is never null.
	Items []*model.Key `json:"keys"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// KeyHandler serves keys over HTTP.
type KeyHandler struct {
	tools handler.Tools
	store KeyStore
}

// NewKeyHandler returns a handler that keeps keys in store.
func NewKeyHandler(tools handler.Tools, store KeyStore) *KeyHandler {
	return &KeyHandler{tools: tools, store: store}
}

// Register adds the routes of keys by handle.
func (h *KeyHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/key", middleware.Require(auth.EntitlementManageSettings, respond.HandlerFunc(h.create)))
	handle("GET /api/key/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/key", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("DELETE /api/key/{key}", middleware.Require(auth.EntitlementManageSettings, respond.HandlerFunc(h.delete)))
}

func (h *KeyHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[KeyRequest](w, r)
	if err != nil {
		return err
	}
	item := new(model.Key)
	item.Defaulted()
	request.apply(item)
	item.Username = tenant
	if err := handler.Prepare(item); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, item)
	if err != nil {
		return handler.StoreError(r, err, keyNoun)
	}
	w.Header().Set("Location", "/api/key/"+url.PathEscape(item.Key))
	return handler.Respond(w, r, http.StatusCreated, item, version)
}

func (h *KeyHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, keyPrefix, keyNoun)
	if err != nil {
		return err
	}
	item, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	concealKey(item)
	return handler.Respond(w, r, http.StatusOK, item, version)
}

func (h *KeyHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, keyList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, keyNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	for _, item := range page.Items {
		concealKey(item)
	}
	return respond.JSON(w, http.StatusOK, KeyPage{Items: page.Items, Next: next})
}

func (h *KeyHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, keyPrefix, keyNoun)
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
		return handler.StoreError(r, err, keyNoun)
	}
	return respond.NoContent(w)
}

// load returns the key with a key, if the request is for its version.
func (h *KeyHandler) load(r *http.Request, tenant, key string) (*model.Key, store.Version, error) {
	item, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, keyNoun)
	}
	return item, version, handler.CheckVersion(r, version)
}

// apply copies the request to a key.
func (r *KeyRequest) apply(item *model.Key) {
	item.Name = r.Name
	item.Role = r.Role
	item.Expires = r.Expires
}

// concealKey blanks what only the answer to a creation may show.
func concealKey(item *model.Key) {
	item.Secret = ""
}
