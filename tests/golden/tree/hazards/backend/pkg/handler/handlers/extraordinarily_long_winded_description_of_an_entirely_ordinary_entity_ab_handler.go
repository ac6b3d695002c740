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
	// extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun is
	// what messages call an extraordinarily long winded description of an
	// entirely ordinary entity ab.
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun = "extraordinarily long winded description of an entirely ordinary entity ab"

	// extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPrefix starts
	// the key of every extraordinarily long winded description of an entirely
	// ordinary entity ab.
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPrefix = "#extraordinary#"
)

// extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbList is what
// callers may ask of a list of extraordinarily long winded description of an
// entirely ordinary entity abs.
var extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbList = handler.List{
	Prefix:  extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPrefix,
	Size:    50,
	Maximum: 200,
}

// ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbStore keeps
// extraordinarily long winded description of an entirely ordinary entity abs,
// those of each tenant apart.
type ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbStore interface {
	// Create adds an extraordinarily long winded description of an entirely
	// ordinary entity ab, or returns an error that matches store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) (store.Version, error)

	// Get returns the extraordinarily long winded description of an entirely
	// ordinary entity ab with a key and its version, or an error that matches
	// store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, store.Version, error)

	// Update replaces the extraordinarily long winded description of an
	// entirely ordinary entity ab that has the key and the version; the error
	// may match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, v store.Version) (store.Version, error)

	// Delete removes the extraordinarily long winded description of an entirely
	// ordinary entity ab that has the key and the version; the error may match
	// store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of extraordinarily long winded description of an
	// entirely ordinary entity abs, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb], error)
}

// ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRequest holds
// what a caller may say of an extraordinarily long winded description of an
// entirely ordinary entity ab.
type ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRequest struct {
	// The long one. Required.
	AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA string `json:"an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a"`
}

// ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPage is one
// page of a list of extraordinarily long winded description of an entirely
// ordinary entity abs.
type ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPage struct {
	// Items holds the extraordinarily long winded description of an entirely
	// ordinary entity abs in the order that was asked for; it is never null.
	Items []*model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb `json:"extraordinarilylongwindeddescriptionofanentirelyordinaryentityabs"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler serves
// extraordinarily long winded description of an entirely ordinary entity abs
// over HTTP.
type ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler struct {
	tools handler.Tools
	store ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbStore
}

// NewExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler returns
// a handler that keeps extraordinarily long winded description of an entirely
// ordinary entity abs in store.
func NewExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(tools handler.Tools, store ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbStore) *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler {
	return &ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler{tools: tools, store: store}
}

// Register adds the routes of extraordinarily long winded description of an
// entirely ordinary entity abs by handle.
func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("PATCH /api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.patch)))
	handle("DELETE /api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
}

func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRequest](w, r)
	if err != nil {
		return err
	}
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb := new(model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb.Defaulted()
	request.apply(extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)
	if err := handler.Prepare(extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)
	if err != nil {
		return handler.StoreError(r, err, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	}
	w.Header().Set("Location", "/api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/"+url.PathEscape(extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb.Key))
	return handler.Respond(w, r, http.StatusCreated, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version)
}

func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPrefix, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	if err != nil {
		return err
	}
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version)
}

func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPage{Items: page.Items, Next: next})
}

func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPrefix, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRequest](w, r)
	if err != nil {
		return err
	}
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)
	return h.save(w, r, tenant, key, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version)
}

func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) patch(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPrefix, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	if err != nil {
		return err
	}
	patch, err := respond.DecodePatch[ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRequest](w, r)
	if err != nil {
		return err
	}
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request, err := handler.Patched(patch, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, newExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRequest)
	if err != nil {
		return err
	}
	request.apply(extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)
	return h.save(w, r, tenant, key, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version)
}

func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPrefix, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
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
		return handler.StoreError(r, err, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	}
	return respond.NoContent(w)
}

// load returns the extraordinarily long winded description of an entirely
// ordinary entity ab with a key, if the request is for its version.
func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) load(r *http.Request, tenant, key string) (*model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, store.Version, error) {
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	}
	return extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version, handler.CheckVersion(r, version)
}

// save writes back an extraordinarily long winded description of an entirely
// ordinary entity ab that was changed as the caller says, and responds with it.
func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version store.Version,
) error {
	if err := handler.Prepare(extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb); err != nil {
		return err
	}
	if err := handler.KeepKey(key, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb.Key, "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a"); err != nil {
		return err
	}
	return h.write(w, r, tenant, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version)
}

// write replaces the version that was read of an extraordinarily long winded
// description of an entirely ordinary entity ab, and responds with it.
func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version)
	if err != nil {
		return handler.StoreError(r, err, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	}
	return handler.Respond(w, r, http.StatusOK, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version)
}

// apply copies the request to an extraordinarily long winded description of an
// entirely ordinary entity ab.
func (r *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRequest) apply(extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) {
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA = r.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA
}

// newExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRequest returns
// the request that would leave an extraordinarily long winded description of an
// entirely ordinary entity ab as it is.
func newExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRequest(extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRequest {
	return ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRequest{
		AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA: extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA,
	}
}
