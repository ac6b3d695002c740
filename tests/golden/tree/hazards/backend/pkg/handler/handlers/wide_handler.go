package handlers

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/example/hazards/pkg/auth"
	"github.com/example/hazards/pkg/handler"
	"github.com/example/hazards/pkg/handler/respond"
	"github.com/example/hazards/pkg/middleware"
	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/store"
)

const (
	// wideNoun is what messages call a wide.
	wideNoun = "wide"

	// widePrefix starts the key of every wide.
	widePrefix = "#wide#"
)

// wideList is what callers may ask of a list of wides.
var wideList = handler.List{
	Prefix:  widePrefix,
	Size:    50,
	Maximum: 200,
}

// WideStore keeps wides, those of each tenant apart.
type WideStore interface {
	// Create adds a wide, or returns an error that matches store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.Wide) (store.Version, error)

	// Get returns the wide with a key and its version, or an error that matches
	// store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.Wide, store.Version, error)

	// Update replaces the wide that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.Wide, v store.Version) (store.Version, error)

	// Delete removes the wide that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of wides, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.Wide], error)
}

// WideRequest holds what a caller may say of a wide.
type WideRequest struct {
	// Field number 0. Required.
	Field00 string `json:"field_00"`

	// Field number 1.
	Field01 int `json:"field_01"`

	// Field number 2.
	Field02 bool `json:"field_02"`

	// Field number 3.
	Field03 *float64 `json:"field_03"`

	// Field number 4.
	Field04 []string `json:"field_04"`

	// Field number 5.
	Field05 map[string]string `json:"field_05"`

	// Field number 6.
	Field06 *int64 `json:"field_06"`

	// Field number 7.
	Field07 time.Time `json:"field_07"`

	// Field number 8.
	Field08 string `json:"field_08"`

	// Field number 9.
	Field09 *int `json:"field_09"`

	// Field number 10.
	Field10 bool `json:"field_10"`

	// Field number 11.
	Field11 float64 `json:"field_11"`

	// Field number 12.
	Field12 []string `json:"field_12"`

	// Field number 13.
	Field13 map[string]string `json:"field_13"`

	// Field number 14.
	Field14 int64 `json:"field_14"`

	// Field number 15.
	Field15 *time.Time `json:"field_15"`

	// Field number 16.
	Field16 string `json:"field_16"`

	// Field number 17.
	Field17 int `json:"field_17"`

	// Field number 18.
	Field18 *bool `json:"field_18"`

	// Field number 19.
	Field19 float64 `json:"field_19"`

	// Field number 20.
	Field20 []string `json:"field_20"`

	// Field number 21.
	Field21 map[string]string `json:"field_21"`

	// Field number 22.
	Field22 int64 `json:"field_22"`

	// Field number 23.
	Field23 time.Time `json:"field_23"`

	// Field number 24.
	Field24 *string `json:"field_24"`

	// Field number 25.
	Field25 int `json:"field_25"`

	// Field number 26.
	Field26 bool `json:"field_26"`

	// Field number 27.
	Field27 *float64 `json:"field_27"`

	// Field number 28.
	Field28 []string `json:"field_28"`

	// Field number 29.
	Field29 map[string]string `json:"field_29"`

	// Field number 30.
	Field30 *int64 `json:"field_30"`

	// Field number 31.
	Field31 time.Time `json:"field_31"`

	// Field number 32.
	Field32 string `json:"field_32"`

	// Field number 33.
	Field33 *int `json:"field_33"`

	// Field number 34.
	Field34 bool `json:"field_34"`

	// Field number 35.
	Field35 float64 `json:"field_35"`

	// Field number 36.
	Field36 []string `json:"field_36"`

	// Field number 37.
	Field37 map[string]string `json:"field_37"`

	// Field number 38.
	Field38 int64 `json:"field_38"`

	// Field number 39.
	Field39 *time.Time `json:"field_39"`

	// Field number 40.
	Field40 string `json:"field_40"`

	// Field number 41.
	Field41 int `json:"field_41"`

	// Field number 42.
	Field42 *bool `json:"field_42"`

	// Field number 43.
	Field43 float64 `json:"field_43"`

	// Field number 44.
	Field44 []string `json:"field_44"`

	// Field number 45.
	Field45 map[string]string `json:"field_45"`

	// Field number 46.
	Field46 int64 `json:"field_46"`

	// Field number 47.
	Field47 time.Time `json:"field_47"`

	// Field number 48.
	Field48 *string `json:"field_48"`

	// Field number 49.
	Field49 int `json:"field_49"`

	// Field number 50.
	Field50 bool `json:"field_50"`

	// Field number 51.
	Field51 *float64 `json:"field_51"`

	// Field number 52.
	Field52 []string `json:"field_52"`

	// Field number 53.
	Field53 map[string]string `json:"field_53"`

	// Field number 54.
	Field54 *int64 `json:"field_54"`

	// Field number 55.
	Field55 time.Time `json:"field_55"`

	// Field number 56.
	Field56 string `json:"field_56"`

	// Field number 57.
	Field57 *int `json:"field_57"`

	// Field number 58.
	Field58 bool `json:"field_58"`

	// Field number 59.
	Field59 float64 `json:"field_59"`
}

// WidePage is one page of a list of wides.
type WidePage struct {
	// Items holds the wides in the order that was asked for; it is never null.
	Items []*model.Wide `json:"wides"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// WideHandler serves wides over HTTP.
type WideHandler struct {
	tools handler.Tools
	store WideStore
}

// NewWideHandler returns a handler that keeps wides in store.
func NewWideHandler(tools handler.Tools, store WideStore) *WideHandler {
	return &WideHandler{tools: tools, store: store}
}

// Register adds the routes of wides by handle.
func (h *WideHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/wide", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/wide/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/wide", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/wide/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("PATCH /api/wide/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.patch)))
	handle("DELETE /api/wide/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
}

func (h *WideHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[WideRequest](w, r)
	if err != nil {
		return err
	}
	wide := new(model.Wide)
	wide.Defaulted()
	request.apply(wide)
	if err := handler.Prepare(wide); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, wide)
	if err != nil {
		return handler.StoreError(r, err, wideNoun)
	}
	w.Header().Set("Location", "/api/wide/"+url.PathEscape(wide.Key))
	return handler.Respond(w, r, http.StatusCreated, wide, version)
}

func (h *WideHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, widePrefix, wideNoun)
	if err != nil {
		return err
	}
	wide, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, wide, version)
}

func (h *WideHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, wideList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, wideNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, WidePage{Items: page.Items, Next: next})
}

func (h *WideHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, widePrefix, wideNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[WideRequest](w, r)
	if err != nil {
		return err
	}
	wide, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(wide)
	return h.save(w, r, tenant, key, wide, version)
}

func (h *WideHandler) patch(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, widePrefix, wideNoun)
	if err != nil {
		return err
	}
	patch, err := respond.DecodePatch[WideRequest](w, r)
	if err != nil {
		return err
	}
	wide, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request, err := handler.Patched(patch, wide, newWideRequest)
	if err != nil {
		return err
	}
	request.apply(wide)
	return h.save(w, r, tenant, key, wide, version)
}

func (h *WideHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, widePrefix, wideNoun)
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
		return handler.StoreError(r, err, wideNoun)
	}
	return respond.NoContent(w)
}

// load returns the wide with a key, if the request is for its version.
func (h *WideHandler) load(r *http.Request, tenant, key string) (*model.Wide, store.Version, error) {
	wide, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, wideNoun)
	}
	return wide, version, handler.CheckVersion(r, version)
}

// save writes back a wide that was changed as the caller says, and responds
// with it.
func (h *WideHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, wide *model.Wide, version store.Version,
) error {
	if err := handler.Prepare(wide); err != nil {
		return err
	}
	if err := handler.KeepKey(key, wide.Key, "field_00"); err != nil {
		return err
	}
	return h.write(w, r, tenant, wide, version)
}

// write replaces the version that was read of a wide, and responds with it.
func (h *WideHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, wide *model.Wide, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, wide, version)
	if err != nil {
		return handler.StoreError(r, err, wideNoun)
	}
	return handler.Respond(w, r, http.StatusOK, wide, version)
}

// apply copies the request to a wide.
func (r *WideRequest) apply(wide *model.Wide) {
	wide.Field00 = r.Field00
	wide.Field01 = r.Field01
	wide.Field02 = r.Field02
	wide.Field03 = r.Field03
	wide.Field04 = r.Field04
	wide.Field05 = r.Field05
	wide.Field06 = r.Field06
	wide.Field07 = r.Field07
	wide.Field08 = r.Field08
	wide.Field09 = r.Field09
	wide.Field10 = r.Field10
	wide.Field11 = r.Field11
	wide.Field12 = r.Field12
	wide.Field13 = r.Field13
	wide.Field14 = r.Field14
	wide.Field15 = r.Field15
	wide.Field16 = r.Field16
	wide.Field17 = r.Field17
	wide.Field18 = r.Field18
	wide.Field19 = r.Field19
	wide.Field20 = r.Field20
	wide.Field21 = r.Field21
	wide.Field22 = r.Field22
	wide.Field23 = r.Field23
	wide.Field24 = r.Field24
	wide.Field25 = r.Field25
	wide.Field26 = r.Field26
	wide.Field27 = r.Field27
	wide.Field28 = r.Field28
	wide.Field29 = r.Field29
	wide.Field30 = r.Field30
	wide.Field31 = r.Field31
	wide.Field32 = r.Field32
	wide.Field33 = r.Field33
	wide.Field34 = r.Field34
	wide.Field35 = r.Field35
	wide.Field36 = r.Field36
	wide.Field37 = r.Field37
	wide.Field38 = r.Field38
	wide.Field39 = r.Field39
	wide.Field40 = r.Field40
	wide.Field41 = r.Field41
	wide.Field42 = r.Field42
	wide.Field43 = r.Field43
	wide.Field44 = r.Field44
	wide.Field45 = r.Field45
	wide.Field46 = r.Field46
	wide.Field47 = r.Field47
	wide.Field48 = r.Field48
	wide.Field49 = r.Field49
	wide.Field50 = r.Field50
	wide.Field51 = r.Field51
	wide.Field52 = r.Field52
	wide.Field53 = r.Field53
	wide.Field54 = r.Field54
	wide.Field55 = r.Field55
	wide.Field56 = r.Field56
	wide.Field57 = r.Field57
	wide.Field58 = r.Field58
	wide.Field59 = r.Field59
}

// newWideRequest returns the request that would leave a wide as it is.
func newWideRequest(wide *model.Wide) WideRequest {
	return WideRequest{
		Field00: wide.Field00,
		Field01: wide.Field01,
		Field02: wide.Field02,
		Field03: wide.Field03,
		Field04: wide.Field04,
		Field05: wide.Field05,
		Field06: wide.Field06,
		Field07: wide.Field07,
		Field08: wide.Field08,
		Field09: wide.Field09,
		Field10: wide.Field10,
		Field11: wide.Field11,
		Field12: wide.Field12,
		Field13: wide.Field13,
		Field14: wide.Field14,
		Field15: wide.Field15,
		Field16: wide.Field16,
		Field17: wide.Field17,
		Field18: wide.Field18,
		Field19: wide.Field19,
		Field20: wide.Field20,
		Field21: wide.Field21,
		Field22: wide.Field22,
		Field23: wide.Field23,
		Field24: wide.Field24,
		Field25: wide.Field25,
		Field26: wide.Field26,
		Field27: wide.Field27,
		Field28: wide.Field28,
		Field29: wide.Field29,
		Field30: wide.Field30,
		Field31: wide.Field31,
		Field32: wide.Field32,
		Field33: wide.Field33,
		Field34: wide.Field34,
		Field35: wide.Field35,
		Field36: wide.Field36,
		Field37: wide.Field37,
		Field38: wide.Field38,
		Field39: wide.Field39,
		Field40: wide.Field40,
		Field41: wide.Field41,
		Field42: wide.Field42,
		Field43: wide.Field43,
		Field44: wide.Field44,
		Field45: wide.Field45,
		Field46: wide.Field46,
		Field47: wide.Field47,
		Field48: wide.Field48,
		Field49: wide.Field49,
		Field50: wide.Field50,
		Field51: wide.Field51,
		Field52: wide.Field52,
		Field53: wide.Field53,
		Field54: wide.Field54,
		Field55: wide.Field55,
		Field56: wide.Field56,
		Field57: wide.Field57,
		Field58: wide.Field58,
		Field59: wide.Field59,
	}
}
