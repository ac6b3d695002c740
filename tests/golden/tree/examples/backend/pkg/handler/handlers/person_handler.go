package handlers

import (
	"context"
	"net/http"
	"net/url"

	"example.com/backend/pkg/auth"
	"example.com/backend/pkg/handler/respond"
	"example.com/backend/pkg/middleware"
	"example.com/backend/pkg/model/model"
	"example.com/backend/pkg/store"
)

const (
	// personNoun is what messages call a person.
	personNoun = "person"

	// personPrefix starts the key of every person.
	personPrefix = "#person#"
)

// PersonStore keeps people, those of each tenant apart.
type PersonStore interface {
	// Create adds a person, or returns an error that matches store.ErrConflict.
	Create(ctx context.Context, tenant string, item *model.Person) (store.Version, error)

	// Get returns the person with a key and its version, or an error that
	// matches store.ErrNotFound.
	Get(ctx context.Context, tenant, key string) (*model.Person, store.Version, error)

	// Update replaces the person that has the key and the version; the error
	// may match store.ErrNotFound or store.ErrStale.
	Update(ctx context.Context, tenant string, item *model.Person, v store.Version) (store.Version, error)

	// Delete removes the person that has the key and the version; the error may
	// match store.ErrNotFound or store.ErrStale.
	Delete(ctx context.Context, tenant, key string, v store.Version) error

	// List returns one page of people, or an error that matches
	// store.ErrInvalidCursor.
	List(ctx context.Context, tenant string, query store.Query) (*store.Page[model.Person], error)
}

// PersonRequest holds what a caller may say of a person.
type PersonRequest struct {
	// Given name.
	FirstName *string `json:"first_name"`

	// Family name.
	LastName *string `json:"last_name"`

	// Full name.
	Name *string `json:"name"`

	// Address for mail.
	Email *string `json:"email"`

	// Telephone number.
	Phone *string `json:"phone"`

	// Present title.
	Title *string `json:"title"`

	// City of residence.
	City *string `json:"city"`

	// Profile on LinkedIn.
	LinkedinURL *string `json:"linkedin_url"`

	// Departments within the organization.
	Departments *[]string `json:"departments"`

	// Trust in the record from 0 to 1.
	DataQualityScore *float64 `json:"data_quality_score"`

	// Further facts by name. If absent, its default or the stored value stays.
	Attributes map[string]string `json:"attributes"`

	// Positions held.
	EmploymentHistory []model.EmploymentRecord `json:"employment_history"`

	// Lifecycle status. If absent, its default or the stored value stays.
	Status string `json:"status"`

	// Time of expiry (Unix seconds).
	TTL int64 `json:"ttl"`
}

// PersonPage is one page of a list of people.
type PersonPage struct {
	// Items holds the people in the order of their keys; it is never null.
	Items []*model.Person `json:"people"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// PersonHandler serves people over HTTP.
type PersonHandler struct {
	store PersonStore
}

// NewPersonHandler returns a handler that keeps people in store.
func NewPersonHandler(store PersonStore) *PersonHandler {
	return &PersonHandler{store: store}
}

// Register adds the routes of people to mux.
func (h *PersonHandler) Register(mux *http.ServeMux) {
	mux.Handle("POST /api/person", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.create)))
	mux.Handle("GET /api/person/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	mux.Handle("GET /api/person", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	mux.Handle("PUT /api/person/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	mux.Handle("DELETE /api/person/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
}

func (h *PersonHandler) create(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	request, err := respond.Decode[PersonRequest](w, r)
	if err != nil {
		return err
	}
	person := new(model.Person)
	person.Defaulted()
	request.apply(person)
	person.Username = tenant
	if err := prepare(person); err != nil {
		return err
	}
	if _, err := h.store.Create(r.Context(), tenant, person); err != nil {
		return storeError(err, personNoun)
	}
	w.Header().Set("Location", "/api/person/"+url.PathEscape(person.Key))
	return respond.JSON(w, http.StatusCreated, person)
}

func (h *PersonHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, personPrefix, personNoun)
	if err != nil {
		return err
	}
	person, _, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, personNoun)
	}
	return respond.JSON(w, http.StatusOK, person)
}

func (h *PersonHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := pageQuery(r, personPrefix, 50, 200)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return storeError(err, personNoun)
	}
	answer := PersonPage{Items: make([]*model.Person, 0, len(page.Items)), Next: page.Next}
	answer.Items = append(answer.Items, page.Items...)
	return respond.JSON(w, http.StatusOK, answer)
}

func (h *PersonHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, personPrefix, personNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[PersonRequest](w, r)
	if err != nil {
		return err
	}
	person, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return storeError(err, personNoun)
	}
	request.apply(person)
	if err := prepare(person); err != nil {
		return err
	}
	if err := keepKey(key, person.Key, "name", "email"); err != nil {
		return err
	}
	if _, err := h.store.Update(r.Context(), tenant, person, version); err != nil {
		return storeError(err, personNoun)
	}
	return respond.JSON(w, http.StatusOK, person)
}

func (h *PersonHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := target(r, personPrefix, personNoun)
	if err != nil {
		return err
	}
	if err := h.store.Delete(r.Context(), tenant, key, store.AnyVersion); err != nil {
		return storeError(err, personNoun)
	}
	return respond.NoContent(w)
}

// apply copies the request to a person.
func (r *PersonRequest) apply(person *model.Person) {
	person.FirstName = r.FirstName
	person.LastName = r.LastName
	person.Name = r.Name
	person.Email = r.Email
	person.Phone = r.Phone
	person.Title = r.Title
	person.City = r.City
	person.LinkedinURL = r.LinkedinURL
	person.Departments = r.Departments
	person.DataQualityScore = r.DataQualityScore
	if r.Attributes != nil {
		person.Attributes = r.Attributes
	}
	person.EmploymentHistory = r.EmploymentHistory
	if r.Status != "" {
		person.Status = r.Status
	}
	person.TTL = r.TTL
}
