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
	// httpServerNoun is what messages call an HTTP server.
	httpServerNoun = "HTTP server"

	// httpServerPrefix starts the key of every HTTP server.
	httpServerPrefix = "#httpserver#"
)

// HTTPServerStore keeps HTTP servers, those of each tenant apart.
type HTTPServerStore interface {
	// Create adds an HTTP server, or returns an error that matches
	// store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.HTTPServer) (store.Version, error)

	// Get returns the HTTP server with a key and its version, or an error that
	// matches store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.HTTPServer, store.Version, error)

	// Update replaces the HTTP server that has the key and the version; the
	// error may match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.HTTPServer, v store.Version) (store.Version, error)

	// Delete removes the HTTP server that has the key and the version; the
	// error may match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of HTTP servers, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.HTTPServer], error)
}

// HTTPServerRequest holds what a caller may say of an HTTP server.
type HTTPServerRequest struct {
	// URL of the server. Required.
	URL string `json:"url"`

	// DNS name in the URL.
	DNSName *string `json:"dns_name"`

	// IP address of the server.
	IP *string `json:"ip"`

	// ID of the AS.
	ASNID *int `json:"asn_id"`

	// SHA-256 of the TLS certificate.
	TLSCertSHA256 *string `json:"tls_cert_sha256"`

	// HTTP status of the root.
	HTTPStatus int `json:"httpStatus"`

	// IPv4 address.
	IPv4 *string `json:"ip-v4"`
}

// HTTPServerPage is one page of a list of HTTP servers.
type HTTPServerPage struct {
	// Items holds the HTTP servers in the order of their keys; it is never
	// null.
	Items []*model.HTTPServer `json:"httpservers"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// HTTPServerHandler serves HTTP servers over HTTP.
type HTTPServerHandler struct {
	store HTTPServerStore
}

// NewHTTPServerHandler returns a handler that keeps HTTP servers in store.
func NewHTTPServerHandler(store HTTPServerStore) *HTTPServerHandler {
	return &HTTPServerHandler{store: store}
}

// Register adds the routes of HTTP servers to mux.
func (h *HTTPServerHandler) Register(mux *http.ServeMux) {
	mux.Handle("POST /api/httpserver", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.create)))
	mux.Handle("GET /api/httpserver/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	mux.Handle("GET /api/httpserver", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	mux.Handle("PUT /api/httpserver/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	mux.Handle("DELETE /api/httpserver/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
}

func (h *HTTPServerHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[HTTPServerRequest](w, r)
	if err != nil {
		return err
	}
	httpServer := new(model.HTTPServer)
	httpServer.Defaulted()
	request.apply(httpServer)
	httpServer.Username = tenant
	if err := prepare(httpServer); err != nil {
		return err
	}
	if _, err := h.store.Create(r.Context(), tenant, httpServer); err != nil {
		return storeError(err, httpServerNoun)
	}
	w.Header().Set("Location", "/api/httpserver/"+url.PathEscape(httpServer.Key))
	return respond.JSON(w, http.StatusCreated, httpServer)
}

func (h *HTTPServerHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, httpServerPrefix, httpServerNoun)
	if err != nil {
		return err
	}
	httpServer, _, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, httpServerNoun)
	}
	return respond.JSON(w, http.StatusOK, httpServer)
}

func (h *HTTPServerHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := pageQuery(r, httpServerPrefix, 50, 200)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return storeError(err, httpServerNoun)
	}
	answer := HTTPServerPage{Items: make([]*model.HTTPServer, 0, len(page.Items)), Next: page.Next}
	answer.Items = append(answer.Items, page.Items...)
	return respond.JSON(w, http.StatusOK, answer)
}

func (h *HTTPServerHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, httpServerPrefix, httpServerNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[HTTPServerRequest](w, r)
	if err != nil {
		return err
	}
	httpServer, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, httpServerNoun)
	}
	request.apply(httpServer)
	if err := prepare(httpServer); err != nil {
		return err
	}
	if err := keepKey(key, httpServer.Key, "url"); err != nil {
		return err
	}
	if _, err := h.store.Update(r.Context(), tenant, httpServer, version); err != nil {
		return storeError(err, httpServerNoun)
	}
	return respond.JSON(w, http.StatusOK, httpServer)
}

func (h *HTTPServerHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, httpServerPrefix, httpServerNoun)
	if err != nil {
		return err
	}
	if err := h.store.Delete(r.Context(), tenant, key, store.AnyVersion); err != nil {
		return storeError(err, httpServerNoun)
	}
	return respond.NoContent(w)
}

// apply copies the request to an HTTP server.
func (r *HTTPServerRequest) apply(httpServer *model.HTTPServer) {
	httpServer.URL = r.URL
	httpServer.DNSName = r.DNSName
	httpServer.IP = r.IP
	httpServer.ASNID = r.ASNID
	httpServer.TLSCertSHA256 = r.TLSCertSHA256
	httpServer.HTTPStatus = r.HTTPStatus
	httpServer.IPv4 = r.IPv4
}
