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
	// httpServerNoun is what messages call an HTTP server.
	httpServerNoun = "HTTP server"

	// httpServerPrefix starts the key of every HTTP server.
	httpServerPrefix = "#httpserver#"
)

// httpServerList is what callers may ask of a list of HTTP servers.
var httpServerList = handler.List{
	Prefix:  httpServerPrefix,
	Size:    50,
	Maximum: 200,
}

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
	// Items holds the HTTP servers in the order that was asked for; it is never
	// null.
	Items []*model.HTTPServer `json:"httpservers"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// HTTPServerHandler serves HTTP servers over HTTP.
type HTTPServerHandler struct {
	tools handler.Tools
	store HTTPServerStore
}

// NewHTTPServerHandler returns a handler that keeps HTTP servers in store.
func NewHTTPServerHandler(tools handler.Tools, store HTTPServerStore) *HTTPServerHandler {
	return &HTTPServerHandler{tools: tools, store: store}
}

// Register adds the routes of HTTP servers by handle.
func (h *HTTPServerHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/httpserver", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/httpserver/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/httpserver", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/httpserver/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("PATCH /api/httpserver/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.patch)))
	handle("DELETE /api/httpserver/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
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
	if err := handler.Prepare(httpServer); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, httpServer)
	if err != nil {
		return handler.StoreError(r, err, httpServerNoun)
	}
	w.Header().Set("Location", "/api/httpserver/"+url.PathEscape(httpServer.Key))
	return handler.Respond(w, r, http.StatusCreated, httpServer, version)
}

func (h *HTTPServerHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, httpServerPrefix, httpServerNoun)
	if err != nil {
		return err
	}
	httpServer, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, httpServer, version)
}

func (h *HTTPServerHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, httpServerList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, httpServerNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, HTTPServerPage{Items: page.Items, Next: next})
}

func (h *HTTPServerHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, httpServerPrefix, httpServerNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[HTTPServerRequest](w, r)
	if err != nil {
		return err
	}
	httpServer, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(httpServer)
	return h.save(w, r, tenant, key, httpServer, version)
}

func (h *HTTPServerHandler) patch(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, httpServerPrefix, httpServerNoun)
	if err != nil {
		return err
	}
	patch, err := respond.DecodePatch[HTTPServerRequest](w, r)
	if err != nil {
		return err
	}
	httpServer, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request, err := handler.Patched(patch, httpServer, newHTTPServerRequest)
	if err != nil {
		return err
	}
	request.apply(httpServer)
	return h.save(w, r, tenant, key, httpServer, version)
}

func (h *HTTPServerHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, httpServerPrefix, httpServerNoun)
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
		return handler.StoreError(r, err, httpServerNoun)
	}
	return respond.NoContent(w)
}

// load returns the HTTP server with a key, if the request is for its version.
func (h *HTTPServerHandler) load(r *http.Request, tenant, key string) (*model.HTTPServer, store.Version, error) {
	httpServer, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, httpServerNoun)
	}
	return httpServer, version, handler.CheckVersion(r, version)
}

// save writes back an HTTP server that was changed as the caller says, and
// responds with it.
func (h *HTTPServerHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, httpServer *model.HTTPServer, version store.Version,
) error {
	if err := handler.Prepare(httpServer); err != nil {
		return err
	}
	if err := handler.KeepKey(key, httpServer.Key, "url"); err != nil {
		return err
	}
	return h.write(w, r, tenant, httpServer, version)
}

// write replaces the version that was read of an HTTP server, and responds with
// it.
func (h *HTTPServerHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, httpServer *model.HTTPServer, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, httpServer, version)
	if err != nil {
		return handler.StoreError(r, err, httpServerNoun)
	}
	return handler.Respond(w, r, http.StatusOK, httpServer, version)
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

// newHTTPServerRequest returns the request that would leave an HTTP server as
// it is.
func newHTTPServerRequest(httpServer *model.HTTPServer) HTTPServerRequest {
	return HTTPServerRequest{
		URL:           httpServer.URL,
		DNSName:       httpServer.DNSName,
		IP:            httpServer.IP,
		ASNID:         httpServer.ASNID,
		TLSCertSHA256: httpServer.TLSCertSHA256,
		HTTPStatus:    httpServer.HTTPStatus,
		IPv4:          httpServer.IPv4,
	}
}
