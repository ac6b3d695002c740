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
	// textNoun is what messages call a text.
	textNoun = "text"

	// textPrefix starts the key of every text.
	textPrefix = "#text#"
)

// TextStore keeps texts, those of each tenant apart.
type TextStore interface {
	// Create adds a text, or returns an error that matches store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.Text) (store.Version, error)

	// Get returns the text with a key and its version, or an error that matches
	// store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.Text, store.Version, error)

	// Update replaces the text that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.Text, v store.Version) (store.Version, error)

	// Delete removes the text that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of texts, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.Text], error)
}

// TextRequest holds what a caller may say of a text.
type TextRequest struct {
	// Naïve name, 漢字, Ελληνικά and 🚀. Required.
	Name string `json:"name"`

	// It's "quoted".
	Quotes string `json:"quotes"`

	// A `code` word.
	Backtick string `json:"backtick"`

	// Braces {{ here }} and [[ there ]] and [% if %].
	Braces string `json:"braces"`

	// $(rm -rf /) and `id`; && || > < |
	Shell string `json:"shell"`

	// MATCH (n) DETACH DELETE n //
	Cypher string `json:"cypher"`

	// key: value # not a comment
	Yaml string `json:"yaml"`

	// <script>alert(1)</script> & more
	Markup string `json:"markup"`

	// 100%d of %s and %!v(MISSING)
	Percent string `json:"percent"`

	// a:b
	Colon string `json:"colon"`
}

// TextPage is one page of a list of texts.
type TextPage struct {
	// Items holds the texts in the order of their keys; it is never null.
	Items []*model.Text `json:"texts"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// TextHandler serves texts over HTTP.
type TextHandler struct {
	store TextStore
}

// NewTextHandler returns a handler that keeps texts in store.
func NewTextHandler(store TextStore) *TextHandler {
	return &TextHandler{store: store}
}

// Register adds the routes of texts to mux.
func (h *TextHandler) Register(mux *http.ServeMux) {
	mux.Handle("POST /api/text", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.create)))
	mux.Handle("GET /api/text/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	mux.Handle("GET /api/text", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	mux.Handle("PUT /api/text/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	mux.Handle("DELETE /api/text/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
}

func (h *TextHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[TextRequest](w, r)
	if err != nil {
		return err
	}
	text := new(model.Text)
	text.Defaulted()
	request.apply(text)
	text.Username = tenant
	if err := prepare(text); err != nil {
		return err
	}
	if _, err := h.store.Create(r.Context(), tenant, text); err != nil {
		return storeError(err, textNoun)
	}
	w.Header().Set("Location", "/api/text/"+url.PathEscape(text.Key))
	return respond.JSON(w, http.StatusCreated, text)
}

func (h *TextHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, textPrefix, textNoun)
	if err != nil {
		return err
	}
	text, _, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, textNoun)
	}
	return respond.JSON(w, http.StatusOK, text)
}

func (h *TextHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := pageQuery(r, textPrefix, 50, 200)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return storeError(err, textNoun)
	}
	answer := TextPage{Items: make([]*model.Text, 0, len(page.Items)), Next: page.Next}
	answer.Items = append(answer.Items, page.Items...)
	return respond.JSON(w, http.StatusOK, answer)
}

func (h *TextHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, textPrefix, textNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[TextRequest](w, r)
	if err != nil {
		return err
	}
	text, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, textNoun)
	}
	request.apply(text)
	if err := prepare(text); err != nil {
		return err
	}
	if err := keepKey(key, text.Key, "name"); err != nil {
		return err
	}
	if _, err := h.store.Update(r.Context(), tenant, text, version); err != nil {
		return storeError(err, textNoun)
	}
	return respond.JSON(w, http.StatusOK, text)
}

func (h *TextHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, textPrefix, textNoun)
	if err != nil {
		return err
	}
	if err := h.store.Delete(r.Context(), tenant, key, store.AnyVersion); err != nil {
		return storeError(err, textNoun)
	}
	return respond.NoContent(w)
}

// apply copies the request to a text.
func (r *TextRequest) apply(text *model.Text) {
	text.Name = r.Name
	text.Quotes = r.Quotes
	text.Backtick = r.Backtick
	text.Braces = r.Braces
	text.Shell = r.Shell
	text.Cypher = r.Cypher
	text.Yaml = r.Yaml
	text.Markup = r.Markup
	text.Percent = r.Percent
	text.Colon = r.Colon
}
