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
	// tokenNoun is what messages call a token.
	tokenNoun = "token"

	// tokenPrefix starts the key of every token.
	tokenPrefix = "#token#"
)

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
	// Items holds the tokens in the order of their keys; it is never null.
	Items []*model.Token `json:"tokens"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// TokenHandler serves tokens over HTTP.
type TokenHandler struct {
	store TokenStore
}

// NewTokenHandler returns a handler that keeps tokens in store.
func NewTokenHandler(store TokenStore) *TokenHandler {
	return &TokenHandler{store: store}
}

// Register adds the routes of tokens to mux.
func (h *TokenHandler) Register(mux *http.ServeMux) {
	mux.Handle("POST /api/token", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.create)))
	mux.Handle("GET /api/token/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	mux.Handle("GET /api/token", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	mux.Handle("PUT /api/token/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	mux.Handle("DELETE /api/token/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
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
	if err := prepare(token); err != nil {
		return err
	}
	if _, err := h.store.Create(r.Context(), tenant, token); err != nil {
		return storeError(err, tokenNoun)
	}
	w.Header().Set("Location", "/api/token/"+url.PathEscape(token.Key))
	return respond.JSON(w, http.StatusCreated, token)
}

func (h *TokenHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, tokenPrefix, tokenNoun)
	if err != nil {
		return err
	}
	token, _, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, tokenNoun)
	}
	return respond.JSON(w, http.StatusOK, token)
}

func (h *TokenHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := pageQuery(r, tokenPrefix, 50, 200)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return storeError(err, tokenNoun)
	}
	answer := TokenPage{Items: make([]*model.Token, 0, len(page.Items)), Next: page.Next}
	answer.Items = append(answer.Items, page.Items...)
	return respond.JSON(w, http.StatusOK, answer)
}

func (h *TokenHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, tokenPrefix, tokenNoun)
	if err != nil {
		return err
	}
	if _, err := respond.Decode[TokenRequest](w, r); err != nil {
		return err
	}
	token, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, tokenNoun)
	}
	if err := prepare(token); err != nil {
		return err
	}
	if err := keepKey(key, token.Key, "key"); err != nil {
		return err
	}
	if _, err := h.store.Update(r.Context(), tenant, token, version); err != nil {
		return storeError(err, tokenNoun)
	}
	return respond.JSON(w, http.StatusOK, token)
}

func (h *TokenHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, tokenPrefix, tokenNoun)
	if err != nil {
		return err
	}
	if err := h.store.Delete(r.Context(), tenant, key, store.AnyVersion); err != nil {
		return storeError(err, tokenNoun)
	}
	return respond.NoContent(w)
}
