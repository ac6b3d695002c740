package model

import (
	"cmp"
	"maps"
	"strings"

	"example.com/backend/pkg/model/optional"
	"example.com/backend/pkg/registry"
	"example.com/backend/pkg/validation"
)

// personKey is the form of the key of a person.
var personKey = validation.NewPattern(`^#person#[^#]+#[^#]*$`)

// Person is a person, enriched from a directory of people.
type Person struct {
	registry.BaseModel
	History

	// Given name.
	FirstName *string `neo4j:"first_name,omitempty" json:"first_name,omitempty" desc:"Given name." example:"Ada" capmodel:"Person"`

	// Family name.
	LastName *string `neo4j:"last_name,omitempty" json:"last_name,omitempty" desc:"Family name." example:"Lovelace" capmodel:"Person"`

	// Full name.
	Name *string `neo4j:"name,omitempty" json:"name,omitempty" desc:"Full name." example:"Ada Lovelace" capmodel:"Person"`

	// Address for mail.
	Email *string `neo4j:"email,omitempty" json:"email,omitempty" desc:"Address for mail." example:"ada@example.com" capmodel:"Person"`

	// Telephone number.
	Phone *string `neo4j:"phone,omitempty" json:"phone,omitempty" desc:"Telephone number." example:"+15550100" capmodel:"Person"`

	// Present title.
	Title *string `neo4j:"title,omitempty" json:"title,omitempty" desc:"Present title." example:"Engineer" capmodel:"Person"`

	// City of residence.
	City *string `neo4j:"city,omitempty" json:"city,omitempty" desc:"City of residence." example:"London" capmodel:"Person"`

	// Profile on LinkedIn.
	LinkedinURL *string `neo4j:"linkedin_url,omitempty" json:"linkedin_url,omitempty" desc:"Profile on LinkedIn." example:"https://example.com/in/ada" capmodel:"Person"`

	// Account that owns the person.
	Username string `neo4j:"username" json:"username" desc:"Account that owns the person." example:"user@example.com"`

	// Departments within the organization.
	Departments *[]string `neo4j:"departments,omitempty" json:"departments,omitempty" desc:"Departments within the organization."`

	// Trust in the record from 0 to 1.
	DataQualityScore *float64 `neo4j:"data_quality_score,omitempty" json:"data_quality_score,omitempty" desc:"Trust in the record from 0 to 1." example:"0.9"`

	// Further facts by name.
	Attributes map[string]string `neo4j:"attributes,omitempty" json:"attributes,omitempty" desc:"Further facts by name."`

	// Positions held.
	EmploymentHistory []EmploymentRecord `neo4j:"-" json:"employment_history,omitempty" desc:"Positions held."`

	// Lifecycle status.
	Status string `neo4j:"status" json:"status" desc:"Lifecycle status." example:"A"`

	// Time of the first sighting (RFC 3339).
	Created string `neo4j:"created" json:"created" desc:"Time of the first sighting (RFC 3339)." example:"2026-01-02T15:04:05Z"`

	// Time of the latest sighting (RFC 3339).
	Visited string `neo4j:"visited" json:"visited" desc:"Time of the latest sighting (RFC 3339)." example:"2026-01-02T15:04:05Z"`

	// Time of expiry (Unix seconds).
	TTL int64 `neo4j:"ttl" json:"ttl" desc:"Time of expiry (Unix seconds)." example:"4102444800"`

	// Unique key of the person.
	Key string `neo4j:"key" json:"key" desc:"Unique key of the person."`
}

var _ registry.Model = (*Person)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Person{})
}

// NewPerson returns a person with its defaults set and its key built. Its error
// matches validation.Errors where a part of the key is missing.
func NewPerson(email, name, username string) (*Person, error) {
	var p Person
	p.Defaulted()
	if email != "" {
		p.Email = &email
	}
	if name != "" {
		p.Name = &name
	}
	p.Username = username
	if err := registry.CallHooks(&p); err != nil {
		return nil, err
	}
	return &p, nil
}

// NewPersonFromName returns a person with its defaults set and its key built.
// Its error matches validation.Errors where a part of the key is missing.
func NewPersonFromName(name, username string) (*Person, error) {
	var p Person
	p.Defaulted()
	if name != "" {
		p.Name = &name
	}
	p.Username = username
	if err := registry.CallHooks(&p); err != nil {
		return nil, err
	}
	return &p, nil
}

// GetDescription says what a person is.
func (p *Person) GetDescription() string {
	return "A person, enriched from a directory of people."
}

// GetKey returns the key, which is empty before the hooks have run.
func (p *Person) GetKey() string {
	return p.Key
}

// GetLabels returns the labels of the node in the graph.
func (p *Person) GetLabels() []string {
	return []string{"Person", "TTL"}
}

// Defaulted sets the defaults.
func (p *Person) Defaulted() {
	now := Now()
	p.Status = "A"
	p.Created = now
	p.Visited = now
	p.Attributes = map[string]string{}
}

// GetHooks returns the steps that complete a person, in order.
func (p *Person) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				if p.Email != nil {
					p.Email = new(strings.ToLower(strings.TrimSpace(*p.Email)))
				}
				return nil
			},
			Description: "normalise email",
		},
		{
			Call: func() error {
				emailOrName := cmp.Or(optional.Value(p.Email), optional.Value(p.Name))
				var checker validation.Checker
				checker.Check(emailOrName != "", "email", "must not be empty unless name is set")
				if err := checker.Err(); err != nil {
					return err
				}
				p.Key = "#person#" + emailOrName + "#" + optional.Value(p.Name)
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (p *Person) Validate() error {
	var checker validation.Checker
	if p.FirstName != nil {
		checker.Text("first_name", *p.FirstName, 1024)
	}
	if p.LastName != nil {
		checker.Text("last_name", *p.LastName, 1024)
	}
	if p.Name != nil {
		checker.Text("name", *p.Name, 507)
		checker.Excludes("name", *p.Name, "#")
	}
	if p.Email != nil {
		checker.Text("email", *p.Email, 507)
		checker.Excludes("email", *p.Email, "#")
	}
	if p.Phone != nil {
		checker.Text("phone", *p.Phone, 1024)
	}
	if p.Title != nil {
		checker.Text("title", *p.Title, 1024)
	}
	if p.City != nil {
		checker.Text("city", *p.City, 1024)
	}
	if p.LinkedinURL != nil {
		checker.Text("linkedin_url", *p.LinkedinURL, 1024)
	}
	checker.Text("username", p.Username, 1024)
	for _, item := range optional.Value(p.Departments) {
		checker.Text("departments", item, 1024)
	}
	checker.Storable("data_quality_score", p.DataQualityScore)
	for name, item := range p.Attributes {
		checker.Check(name != "", "attributes", "must not hold an empty name")
		checker.Text("attributes", name, 1024)
		checker.Text("attributes", item, 1024)
	}
	for _, item := range p.EmploymentHistory {
		item.check(&checker, "employment_history")
	}
	checker.Text("status", p.Status, 1024)
	checker.Text("created", p.Created, 1024)
	checker.Text("visited", p.Visited, 1024)
	checker.Text("key", p.Key, 1024)
	checker.Matches("key", p.Key, personKey)
	checker.Check(p.Email != nil || p.Name != nil, "email", "must not be empty unless name is set")
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (p *Person) Valid() bool {
	return p.Validate() == nil
}

// Visit takes what a further sighting of the person tells.
func (p *Person) Visit(other *Person) {
	p.Visited = other.Visited
	if other.Phone != nil {
		p.Phone = other.Phone
	}
	if other.Title != nil {
		p.Title = other.Title
	}
}

// Merge takes what an edit of the person changes.
func (p *Person) Merge(other *Person) {
	if p.History.Update(p.Status, other.Status, other.Username, "", other.History) {
		p.Status = other.Status
	}
	if p.Attributes == nil && len(other.Attributes) > 0 {
		p.Attributes = map[string]string{}
	}
	maps.Copy(p.Attributes, other.Attributes)
}

// EmploymentRecord is one position that a person holds or held.
type EmploymentRecord struct {
	// Title of the position.
	Title *string `neo4j:"title" json:"title" desc:"Title of the position." example:"Engineer"`

	// Employer.
	Organization *string `neo4j:"organization" json:"organization" desc:"Employer." example:"Example Ltd."`

	// First day (RFC 3339 date).
	Started *string `neo4j:"started" json:"started" desc:"First day (RFC 3339 date)." example:"2020-01-01"`

	// Whether the position is held today.
	Current *bool `neo4j:"current" json:"current" desc:"Whether the position is held today."`
}

// check records what is wrong with the value of a field.
func (e *EmploymentRecord) check(checker *validation.Checker, field string) {
	if e.Title != nil {
		checker.Text(field+".title", *e.Title, 1024)
	}
	if e.Organization != nil {
		checker.Text(field+".organization", *e.Organization, 1024)
	}
	if e.Started != nil {
		checker.Text(field+".started", *e.Started, 1024)
	}
}
