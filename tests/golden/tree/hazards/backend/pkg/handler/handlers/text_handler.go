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
	// textNoun is what messages call a text.
	textNoun = "text"

	// textPrefix starts the key of every text.
	textPrefix = "#text#"
)

// textList is what callers may ask of a list of texts.
var textList = handler.List{
	Prefix:  textPrefix,
	Size:    50,
	Maximum: 200,
}

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
	// Items holds the texts in the order that was asked for; it is never null.
	Items []*model.Text `json:"texts"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// TextHandler serves texts over HTTP.
type TextHandler struct {
	tools handler.Tools
	store TextStore
}

// NewTextHandler returns a handler that keeps texts in store.
func NewTextHandler(tools handler.Tools, store TextStore) *TextHandler {
	return &TextHandler{tools: tools, store: store}
}

// Register adds the routes of texts by handle.
func (h *TextHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/text", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/text/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/text", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/text/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("PATCH /api/text/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.patch)))
	handle("DELETE /api/text/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
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
	if err := handler.Prepare(text); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, text)
	if err != nil {
		return handler.StoreError(r, err, textNoun)
	}
	w.Header().Set("Location", "/api/text/"+url.PathEscape(text.Key))
	return handler.Respond(w, r, http.StatusCreated, text, version)
}

func (h *TextHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, textPrefix, textNoun)
	if err != nil {
		return err
	}
	text, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, text, version)
}

func (h *TextHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, textList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, textNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, TextPage{Items: page.Items, Next: next})
}

func (h *TextHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, textPrefix, textNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[TextRequest](w, r)
	if err != nil {
		return err
	}
	text, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(text)
	return h.save(w, r, tenant, key, text, version)
}

func (h *TextHandler) patch(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, textPrefix, textNoun)
	if err != nil {
		return err
	}
	patch, err := respond.DecodePatch[TextRequest](w, r)
	if err != nil {
		return err
	}
	text, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request, err := handler.Patched(patch, text, newTextRequest)
	if err != nil {
		return err
	}
	request.apply(text)
	return h.save(w, r, tenant, key, text, version)
}

func (h *TextHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, textPrefix, textNoun)
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
		return handler.StoreError(r, err, textNoun)
	}
	return respond.NoContent(w)
}

// load returns the text with a key, if the request is for its version.
func (h *TextHandler) load(r *http.Request, tenant, key string) (*model.Text, store.Version, error) {
	text, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, textNoun)
	}
	return text, version, handler.CheckVersion(r, version)
}

// save writes back a text that was changed as the caller says, and responds
// with it.
func (h *TextHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, text *model.Text, version store.Version,
) error {
	if err := handler.Prepare(text); err != nil {
		return err
	}
	if err := handler.KeepKey(key, text.Key, "name"); err != nil {
		return err
	}
	return h.write(w, r, tenant, text, version)
}

// write replaces the version that was read of a text, and responds with it.
func (h *TextHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, text *model.Text, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, text, version)
	if err != nil {
		return handler.StoreError(r, err, textNoun)
	}
	return handler.Respond(w, r, http.StatusOK, text, version)
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

// newTextRequest returns the request that would leave a text as it is.
func newTextRequest(text *model.Text) TextRequest {
	return TextRequest{
		Name:     text.Name,
		Quotes:   text.Quotes,
		Backtick: text.Backtick,
		Braces:   text.Braces,
		Shell:    text.Shell,
		Cypher:   text.Cypher,
		Yaml:     text.Yaml,
		Markup:   text.Markup,
		Percent:  text.Percent,
		Colon:    text.Colon,
	}
}
