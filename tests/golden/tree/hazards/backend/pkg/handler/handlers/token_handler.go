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
	// tokenNoun is what messages call a token.
	tokenNoun = "token"

	// tokenPrefix starts the key of every token.
	tokenPrefix = "#token#"
)

// tokenList is what callers may ask of a list of tokens.
var tokenList = handler.List{
	Prefix:  tokenPrefix,
	Size:    50,
	Maximum: 200,
}

// TokenStore keeps tokens, those of each tenant apart.
type TokenStore interface {
	// Create adds a token, or returns an error that matches store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.Token) (store.Version, error)

	// Get returns the token with a key and its version, or an error that
	// matches store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.Token, store.Version, error)

	// Update replaces the token that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.Token, v store.Version) (store.Version, error)

	// Delete removes the token that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of tokens, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.Token], error)
}

// TokenRequest holds what a caller may say of a token.
type TokenRequest struct {
}

// TokenPage is one page of a list of tokens.
type TokenPage struct {
	// Items holds the tokens in the order that was asked for; it is never null.
	Items []*model.Token `json:"tokens"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// TokenHandler serves tokens over HTTP.
type TokenHandler struct {
	tools handler.Tools
	store TokenStore
}

// NewTokenHandler returns a handler that keeps tokens in store.
func NewTokenHandler(tools handler.Tools, store TokenStore) *TokenHandler {
	return &TokenHandler{tools: tools, store: store}
}

// Register adds the routes of tokens by handle.
func (h *TokenHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/token", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/token/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/token", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/token/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("DELETE /api/token/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
}

func (h *TokenHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	if _, err := respond.Decode[TokenRequest](w, r); err != nil {
		return err
	}
	token := new(model.Token)
	token.Defaulted()
	if err := handler.Prepare(token); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, token)
	if err != nil {
		return handler.StoreError(r, err, tokenNoun)
	}
	w.Header().Set("Location", "/api/token/"+url.PathEscape(token.Key))
	return handler.Respond(w, r, http.StatusCreated, token, version)
}

func (h *TokenHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, tokenPrefix, tokenNoun)
	if err != nil {
		return err
	}
	token, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, token, version)
}

func (h *TokenHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, tokenList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, tokenNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, TokenPage{Items: page.Items, Next: next})
}

func (h *TokenHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, tokenPrefix, tokenNoun)
	if err != nil {
		return err
	}
	if _, err := respond.Decode[TokenRequest](w, r); err != nil {
		return err
	}
	token, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return h.save(w, r, tenant, key, token, version)
}

func (h *TokenHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, tokenPrefix, tokenNoun)
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
		return handler.StoreError(r, err, tokenNoun)
	}
	return respond.NoContent(w)
}

// load returns the token with a key, if the request is for its version.
func (h *TokenHandler) load(r *http.Request, tenant, key string) (*model.Token, store.Version, error) {
	token, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, tokenNoun)
	}
	return token, version, handler.CheckVersion(r, version)
}

// save writes back a token that was changed as the caller says, and responds
// with it.
func (h *TokenHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, token *model.Token, version store.Version,
) error {
	if err := handler.Prepare(token); err != nil {
		return err
	}
	if err := handler.KeepKey(key, token.Key, "key"); err != nil {
		return err
	}
	return h.write(w, r, tenant, token, version)
}

// write replaces the version that was read of a token, and responds with it.
func (h *TokenHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, token *model.Token, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, token, version)
	if err != nil {
		return handler.StoreError(r, err, tokenNoun)
	}
	return handler.Respond(w, r, http.StatusOK, token, version)
}
