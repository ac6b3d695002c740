package handlers

import (
	"context"
	"encoding/json"
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
	// everythingNoun is what messages call an everything.
	everythingNoun = "everything"

	// everythingPrefix starts the key of every everything.
	everythingPrefix = "#everything#"
)

// everythingList is what callers may ask of a list of everythings.
var everythingList = handler.List{
	Prefix:  everythingPrefix,
	Size:    10,
	Maximum: 20,
}

// EverythingStore keeps everythings, those of each tenant apart.
type EverythingStore interface {
	// Create adds an everything, or returns an error that matches
	// store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.Everything) (store.Version, error)

	// Get returns the everything with a key and its version, or an error that
	// matches store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.Everything, store.Version, error)

	// Update replaces the everything that has the key and the version; the
	// error may match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.Everything, v store.Version) (store.Version, error)

	// Delete removes the everything that has the key and the version; the error
	// may match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of everythings, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.Everything], error)
}

// EverythingRequest holds what a caller may say of an everything.
type EverythingRequest struct {
	// Title. Required.
	Title string `json:"title"`

	// Nickname.
	Nickname *string `json:"nickname"`

	// Suffix.
	Suffix string `json:"suffix"`

	// Names of the parts.
	Parts []string `json:"parts"`

	// Agent that reported it.
	AgentName string `json:"agent_name"`

	// Whether it is flagged. If absent, its default or the stored value stays.
	Flag *bool `json:"flag"`

	// How many. If absent, its default or the stored value stays.
	Count *int `json:"count"`

	// A small number.
	Small int32 `json:"small"`

	// A big number.
	Big int64 `json:"big"`

	// A ratio. If absent, its default or the stored value stays.
	Ratio *float32 `json:"ratio"`

	// A score.
	Score *float64 `json:"score"`

	// Raw bytes.
	Blob []byte `json:"blob"`

	// A point in time.
	When time.Time `json:"when"`

	// Raw JSON.
	Raw json.RawMessage `json:"raw"`

	// Anything.
	Anything any `json:"anything"`

	// Labels. If absent, its default or the stored value stays.
	LabelsByName map[string]string `json:"labels_by_name"`

	// Counts.
	CountsByName map[string]int `json:"counts_by_name"`

	// One piece.
	Piece *model.Piece `json:"piece"`

	// Pieces.
	Pieces []model.Piece `json:"pieces"`

	// Pieces by name.
	PieceByName map[string]model.Piece `json:"piece_by_name"`

	// A matrix.
	Matrix [][]int `json:"matrix"`

	// Colour. If absent, its default or the stored value stays.
	Colour model.Colour `json:"colour"`

	// Status. If absent, its default or the stored value stays.
	Status string `json:"status"`

	// Severity.
	Severity string `json:"severity"`

	// Group.
	GroupName string `json:"groupName"`

	// A duration.
	Duration time.Duration `json:"duration"`

	// A secret. If absent, the stored value stays.
	Password string `json:"password"`

	// A note that is not stored.
	Note string `json:"note"`

	// Texts that are not empty. If absent, its default or the stored value
	// stays.
	ListOfText []string `json:"list_of_text"`
}

// EverythingPage is one page of a list of everythings.
type EverythingPage struct {
	// Items holds the everythings in the order that was asked for; it is never
	// null.
	Items []*model.Everything `json:"everythings"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// EverythingHandler serves everythings over HTTP.
type EverythingHandler struct {
	tools handler.Tools
	store EverythingStore
}

// NewEverythingHandler returns a handler that keeps everythings in store.
func NewEverythingHandler(tools handler.Tools, store EverythingStore) *EverythingHandler {
	return &EverythingHandler{tools: tools, store: store}
}

// Register adds the routes of everythings by handle.
func (h *EverythingHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/every/thing", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.create)))
	handle("GET /api/every/thing/{key}", middleware.Require(auth.EntitlementWriteFiles, respond.HandlerFunc(h.get)))
	handle("GET /api/every/thing", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/every/thing/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("DELETE /api/every/thing/{key}", middleware.Require(auth.EntitlementManageSettings, respond.HandlerFunc(h.delete)))
}

func (h *EverythingHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[EverythingRequest](w, r)
	if err != nil {
		return err
	}
	everything := new(model.Everything)
	everything.Defaulted()
	request.apply(everything)
	everything.Username = tenant
	if err := handler.Prepare(everything); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, everything)
	if err != nil {
		return handler.StoreError(r, err, everythingNoun)
	}
	w.Header().Set("Location", "/api/every/thing/"+url.PathEscape(everything.Key))
	return handler.Respond(w, r, http.StatusCreated, everything, version)
}

func (h *EverythingHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, everythingPrefix, everythingNoun)
	if err != nil {
		return err
	}
	everything, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	concealEverything(everything)
	return handler.Respond(w, r, http.StatusOK, everything, version)
}

func (h *EverythingHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, everythingList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, everythingNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	for _, everything := range page.Items {
		concealEverything(everything)
	}
	return respond.JSON(w, http.StatusOK, EverythingPage{Items: page.Items, Next: next})
}

func (h *EverythingHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, everythingPrefix, everythingNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[EverythingRequest](w, r)
	if err != nil {
		return err
	}
	everything, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(everything)
	return h.save(w, r, tenant, key, everything, version)
}

func (h *EverythingHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, everythingPrefix, everythingNoun)
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
		return handler.StoreError(r, err, everythingNoun)
	}
	return respond.NoContent(w)
}

// load returns the everything with a key, if the request is for its version.
func (h *EverythingHandler) load(r *http.Request, tenant, key string) (*model.Everything, store.Version, error) {
	everything, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, everythingNoun)
	}
	return everything, version, handler.CheckVersion(r, version)
}

// save writes back an everything that was changed as the caller says, and
// responds with it.
func (h *EverythingHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, everything *model.Everything, version store.Version,
) error {
	if err := handler.Prepare(everything); err != nil {
		return err
	}
	if err := handler.KeepKey(key, everything.Key, "title", "nickname", "suffix", "parts"); err != nil {
		return err
	}
	return h.write(w, r, tenant, everything, version)
}

// write replaces the version that was read of an everything, and responds with
// it.
func (h *EverythingHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, everything *model.Everything, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, everything, version)
	if err != nil {
		return handler.StoreError(r, err, everythingNoun)
	}
	concealEverything(everything)
	return handler.Respond(w, r, http.StatusOK, everything, version)
}

// apply copies the request to an everything.
func (r *EverythingRequest) apply(everything *model.Everything) {
	everything.Title = r.Title
	everything.Nickname = r.Nickname
	everything.Suffix = r.Suffix
	everything.Parts = r.Parts
	everything.AgentName = r.AgentName
	if r.Flag != nil {
		everything.Flag = *r.Flag
	}
	if r.Count != nil {
		everything.Count = *r.Count
	}
	everything.Small = r.Small
	everything.Big = r.Big
	if r.Ratio != nil {
		everything.Ratio = *r.Ratio
	}
	everything.Score = r.Score
	everything.Blob = r.Blob
	everything.When = r.When
	everything.Raw = r.Raw
	everything.Anything = r.Anything
	if r.LabelsByName != nil {
		everything.LabelsByName = r.LabelsByName
	}
	everything.CountsByName = r.CountsByName
	everything.Piece = r.Piece
	everything.Pieces = r.Pieces
	everything.PieceByName = r.PieceByName
	everything.Matrix = r.Matrix
	if r.Colour != "" {
		everything.Colour = r.Colour
	}
	if r.Status != "" {
		everything.Status = r.Status
	}
	everything.Severity = r.Severity
	everything.GroupName = r.GroupName
	everything.Duration = r.Duration
	if r.Password != "" {
		everything.Password = r.Password
	}
	everything.Note = r.Note
	if r.ListOfText != nil {
		everything.ListOfText = r.ListOfText
	}
}

// concealEverything blanks what only the answer to a creation may show.
func concealEverything(everything *model.Everything) {
	everything.Password = ""
}
