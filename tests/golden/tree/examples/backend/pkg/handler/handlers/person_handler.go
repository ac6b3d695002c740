package handlers

import (
	"context"
	"net/http"
	"net/url"

	"example.com/backend/pkg/auth"
	"example.com/backend/pkg/handler"
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

// personList is what callers may ask of a list of people.
var personList = handler.List{
	Prefix:  personPrefix,
	Size:    50,
	Maximum: 200,
}

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
	// Items holds the people in the order that was asked for; it is never null.
	Items []*model.Person `json:"people"`

	// Next is the token that asks for the page after this one; the last page
	// has none.
	Next string `json:"next,omitempty"`
}

// PersonHandler serves people over HTTP.
type PersonHandler struct {
	tools handler.Tools
	store PersonStore
}

// NewPersonHandler returns a handler that keeps people in store.
func NewPersonHandler(tools handler.Tools, store PersonStore) *PersonHandler {
	return &PersonHandler{tools: tools, store: store}
}

// Register adds the routes of people by handle.
func (h *PersonHandler) Register(handle func(pattern string, handler http.Handler)) {
	handle("POST /api/person", middleware.Require(auth.EntitlementWriteAssets, h.tools.Once(respond.HandlerFunc(h.create))))
	handle("GET /api/person/{key}", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.get)))
	handle("GET /api/person", middleware.Require(auth.EntitlementRead, respond.HandlerFunc(h.list)))
	handle("PUT /api/person/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.update)))
	handle("PATCH /api/person/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.patch)))
	handle("DELETE /api/person/{key}", middleware.Require(auth.EntitlementWriteAssets, respond.HandlerFunc(h.delete)))
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
	if err := handler.Prepare(person); err != nil {
		return err
	}
	version, err := h.store.Create(r.Context(), tenant, person)
	if err != nil {
		return handler.StoreError(r, err, personNoun)
	}
	w.Header().Set("Location", "/api/person/"+url.PathEscape(person.Key))
	return handler.Respond(w, r, http.StatusCreated, person, version)
}

func (h *PersonHandler) get(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, personPrefix, personNoun)
	if err != nil {
		return err
	}
	person, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	return handler.Respond(w, r, http.StatusOK, person, version)
}

func (h *PersonHandler) list(w http.ResponseWriter, r *http.Request) error {
	tenant, err := auth.Tenant(r.Context())
	if err != nil {
		return err
	}
	query, err := h.tools.Query(r, tenant, personList)
	if err != nil {
		return err
	}
	page, err := h.store.List(r.Context(), tenant, query)
	if err != nil {
		return handler.StoreError(r, err, personNoun)
	}
	next, err := h.tools.Next(r, tenant, page.Next)
	if err != nil {
		return err
	}
	return respond.JSON(w, http.StatusOK, PersonPage{Items: page.Items, Next: next})
}

func (h *PersonHandler) update(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, personPrefix, personNoun)
	if err != nil {
		return err
	}
	request, err := respond.Decode[PersonRequest](w, r)
	if err != nil {
		return err
	}
	person, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request.apply(person)
	return h.save(w, r, tenant, key, person, version)
}

func (h *PersonHandler) patch(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, personPrefix, personNoun)
	if err != nil {
		return err
	}
	patch, err := respond.DecodePatch[PersonRequest](w, r)
	if err != nil {
		return err
	}
	person, version, err := h.load(r, tenant, key)
	if err != nil {
		return err
	}
	request, err := handler.Patched(patch, person, newPersonRequest)
	if err != nil {
		return err
	}
	request.apply(person)
	return h.save(w, r, tenant, key, person, version)
}

func (h *PersonHandler) delete(w http.ResponseWriter, r *http.Request) error {
	tenant, key, err := handler.Target(r, personPrefix, personNoun)
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
		return handler.StoreError(r, err, personNoun)
	}
	return respond.NoContent(w)
}

// load returns the person with a key, if the request is for its version.
func (h *PersonHandler) load(r *http.Request, tenant, key string) (*model.Person, store.Version, error) {
	person, version, err := h.store.Get(r.Context(), tenant, key)
	if err != nil {
		return nil, "", handler.StoreError(r, err, personNoun)
	}
	return person, version, handler.CheckVersion(r, version)
}

// save writes back a person that was changed as the caller says, and responds
// with it.
func (h *PersonHandler) save(
	w http.ResponseWriter, r *http.Request, tenant, key string, person *model.Person, version store.Version,
) error {
	if err := handler.Prepare(person); err != nil {
		return err
	}
	if err := handler.KeepKey(key, person.Key, "name", "email"); err != nil {
		return err
	}
	return h.write(w, r, tenant, person, version)
}

// write replaces the version that was read of a person, and responds with it.
func (h *PersonHandler) write(
	w http.ResponseWriter, r *http.Request, tenant string, person *model.Person, version store.Version,
) error {
	version, err := h.store.Update(r.Context(), tenant, person, version)
	if err != nil {
		return handler.StoreError(r, err, personNoun)
	}
	return handler.Respond(w, r, http.StatusOK, person, version)
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

// newPersonRequest returns the request that would leave a person as it is.
func newPersonRequest(person *model.Person) PersonRequest {
	return PersonRequest{
		FirstName:         person.FirstName,
		LastName:          person.LastName,
		Name:              person.Name,
		Email:             person.Email,
		Phone:             person.Phone,
		Title:             person.Title,
		City:              person.City,
		LinkedinURL:       person.LinkedinURL,
		Departments:       person.Departments,
		DataQualityScore:  person.DataQualityScore,
		Attributes:        person.Attributes,
		EmploymentHistory: person.EmploymentHistory,
		Status:            person.Status,
		TTL:               person.TTL,
	}
}
