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
	// probeNoun is what messages call a probe.
	probeNoun = "probe"

	// probePrefix starts the key of every probe.
	probePrefix = "#probe#"
)

// probeList is what callers may ask of a list of probes.
var probeList = handler.List{
	Prefix:  probePrefix,
	Size:    50,
	Maximum: 200,
}

// ProbeStore keeps probes, those of each tenant apart.
type ProbeStore interface {
	// Create adds a probe, or returns an error that matches store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.Probe) (store.Version, error)

	// Get returns the probe with a key and its version, or an error that
	// matches store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.Probe, store.Version, error)

	// Update replaces the probe that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.Probe, v store.Version) (store.Version, error)

	// Delete removes the probe that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of probes, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.Probe], error)
}

// ProbeFiller completes probes with what an outside service knows.
type ProbeFiller interface {
	// FillProbe sets the fields that the service answers for.
	FillProbe(ctx context.Context, probe *model.Probe) error
}

// ProbeRequest holds what a caller may say of a probe.
type ProbeRequest struct {
	// Name of the probe. Required.
	Name string `json:"name"`
}

// ProbePage is one page of a list of probes.
type ProbePage struct {
	// Items holds the probes in the order that was asked for; it is never null.
	Items []*model.Probe `json:"probes"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// ProbeHandler serves probes over HTTP.
type ProbeHandler struct {
	tools  handler.Tools
	store  ProbeStore
	filler ProbeFiller
}

// NewProbeHandler returns a handler that keeps probes in store and completes
// them with filler.
func NewProbeHandler(tools handler.Tools, store ProbeStore, filler ProbeFiller) *ProbeHandler {
	return &ProbeHandler{tools: tools, store: store, filler: filler}
}

// Register adds the routes of probes by handle.
func (h *ProbeHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/probe", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/probe/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/probe", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/probe/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("PATCH /api/probe/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.patch)))
	handle("DELETE /api/probe/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
	handle("POST /api/probe/{key}/refresh", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.refresh)))
}

func (h *ProbeHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[ProbeRequest](w, r)
	if err != nil {
		return err
	}
	probe := new(model.Probe)
	probe.Defaulted()
	request.apply(probe)
	probe.Username = tenant
	if err := handler.Prepare(probe); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, probe)
	if err != nil {
		return handler.StoreError(r, err, probeNoun)
	}
	w.Header().Set("Location", "/api/probe/"+url.PathEscape(probe.Key))
	return handler.Respond(w, r, http.StatusCreated, probe, version)
}

func (h *ProbeHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, probePrefix, probeNoun)
	if err != nil {
		return err
	}
	probe, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, probe, version)
}

func (h *ProbeHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, probeList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, probeNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, ProbePage{Items: page.Items, Next: next})
}

func (h *ProbeHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, probePrefix, probeNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[ProbeRequest](w, r)
	if err != nil {
		return err
	}
	probe, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(probe)
	return h.save(w, r, tenant, key, probe, version)
}

func (h *ProbeHandler) patch(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, probePrefix, probeNoun)
	if err != nil {
		return err
	}
	patch, err := respond.DecodePatch[ProbeRequest](w, r)
	if err != nil {
		return err
	}
	probe, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request, err := handler.Patched(patch, probe, newProbeRequest)
	if err != nil {
		return err
	}
	request.apply(probe)
	return h.save(w, r, tenant, key, probe, version)
}

func (h *ProbeHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, probePrefix, probeNoun)
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
		return handler.StoreError(r, err, probeNoun)
	}
	return respond.NoContent(w)
}

func (h *ProbeHandler) refresh(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, probePrefix, probeNoun)
	if err != nil {
		return err
	}
	probe, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	if err := h.filler.FillProbe(r.Context(), probe); err != nil {
		return upstreamError(err, probeNoun)
	}
	if err := handler.Prepare(probe); err != nil {
		return upstreamError(err, probeNoun)
	}
	return h.write(w, r, tenant, probe, version)
}

// load returns the probe with a key, if the request is for its version.
func (h *ProbeHandler) load(r *http.Request, tenant, key string) (*model.Probe, store.Version, error) {
	probe, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, probeNoun)
	}
	return probe, version, handler.CheckVersion(r, version)
}

// save writes back a probe that was changed as the caller says, and responds
// with it.
func (h *ProbeHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, probe *model.Probe, version store.Version,
) error {
	if err := handler.Prepare(probe); err != nil {
		return err
	}
	if err := handler.KeepKey(key, probe.Key, "name"); err != nil {
		return err
	}
	return h.write(w, r, tenant, probe, version)
}

// write replaces the version that was read of a probe, and responds with it.
func (h *ProbeHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, probe *model.Probe, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, probe, version)
	if err != nil {
		return handler.StoreError(r, err, probeNoun)
	}
	return handler.Respond(w, r, http.StatusOK, probe, version)
}

// apply copies the request to a probe.
func (r *ProbeRequest) apply(probe *model.Probe) {
	probe.Name = r.Name
}

// newProbeRequest returns the request that would leave a probe as it is.
func newProbeRequest(probe *model.Probe) ProbeRequest {
	return ProbeRequest{
		Name: probe.Name,
	}
}
