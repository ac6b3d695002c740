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
	// extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun is
	// what messages call an extraordinarily long winded description of an
	// entirely ordinary entity ab.
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun = "extraordinarily long winded description of an entirely ordinary entity ab"

	// extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPrefix starts
	// the key of every extraordinarily long winded description of an entirely
	// ordinary entity ab.
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPrefix = "#extraordinary#"
)

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
	// ordinary entity abs in the order of their keys; it is never null.
	Items []*model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb `json:"extraordinarilylongwindeddescriptionofanentirelyordinaryentityabs"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler serves
// extraordinarily long winded description of an entirely ordinary entity abs
// over HTTP.
type ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler struct {
	store ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbStore
}

// NewExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler returns
// a handler that keeps extraordinarily long winded description of an entirely
// ordinary entity abs in store.
func NewExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler(store ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbStore) *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler {
	return &ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler{store: store}
}

// Register adds the routes of extraordinarily long winded description of an
// entirely ordinary entity abs to mux.
func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) Register(mux *http.ServeMux) {
	mux.Handle("POST /api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.create)))
	mux.Handle("GET /api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	mux.Handle("GET /api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	mux.Handle("PUT /api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	mux.Handle("DELETE /api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
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
	if err := prepare(extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb); err != nil {
		return err
	}
	if _, err := h.store.Create(r.Context(), tenant, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb); err != nil {
		return storeError(err, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	}
	w.Header().Set("Location", "/api/extraordinarilylongwindeddescriptionofanentirelyordinaryentityab/"+url.PathEscape(extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb.Key))
	return respond.JSON(w, http.StatusCreated, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)
}

func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPrefix, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	if err != nil {
		return err
	}
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, _, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	}
	return respond.JSON(w, http.StatusOK, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)
}

func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := pageQuery(r, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPrefix, 50, 200)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return storeError(err, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	}
	answer := ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPage{Items: make([]*model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, 0, len(page.Items)), Next: page.Next}
	answer.Items = append(answer.Items, page.Items...)
	return respond.JSON(w, http.StatusOK, answer)
}

func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPrefix, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRequest](w, r)
	if err != nil {
		return err
	}
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	}
	request.apply(extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)
	if err := prepare(extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb); err != nil {
		return err
	}
	if err := keepKey(key, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb.Key, "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a"); err != nil {
		return err
	}
	if _, err := h.store.Update(r.Context(), tenant, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, version); err != nil {
		return storeError(err, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	}
	return respond.JSON(w, http.StatusOK, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)
}

func (h *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbPrefix, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	if err != nil {
		return err
	}
	if err := h.store.Delete(r.Context(), tenant, key, store.AnyVersion); err != nil {
		return storeError(err, extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbNoun)
	}
	return respond.NoContent(w)
}

// apply copies the request to an extraordinarily long winded description of an
// entirely ordinary entity ab.
func (r *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRequest) apply(extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) {
	extraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA = r.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA
}
