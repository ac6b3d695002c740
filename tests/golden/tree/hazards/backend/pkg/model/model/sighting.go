package model

import (
	"log/slog"
	"strings"

	"github.com/example/hazards/pkg/model/identifier"
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// Sighting is a sighting, served the way Chariot's clients ask for it and never
// really deleted.
type Sighting struct {
	registry.BaseModel

	// Account that owns the sighting.
	Username string `dynamodbav:"username" json:"username" desc:"Account that owns the sighting." example:"user@example.com"`

	// Where it was seen.
	Place string `dynamodbav:"place" json:"place" desc:"Where it was seen." example:"harbour"`

	// What was seen.
	Kind string `dynamodbav:"kind" json:"kind" desc:"What was seen." example:"gull"`

	// State.
	Status string `dynamodbav:"status" json:"status" desc:"State." example:"A"`

	// How many there were.
	Count int `dynamodbav:"count" json:"count" desc:"How many there were." example:"3"`

	// Proves who saw it.
	Token string `dynamodbav:"token" json:"token" desc:"Proves who saw it." example:"s3cret"`

	// Time of the sighting (RFC 3339).
	Created string `dynamodbav:"created" json:"created" desc:"Time of the sighting (RFC 3339)."`

	// Unique key of the sighting.
	Key string `dynamodbav:"key" json:"key" desc:"Unique key of the sighting."`
}

var _ registry.Model = (*Sighting)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Sighting{})
}

// GetDescription says what a sighting is.
func (s *Sighting) GetDescription() string {
	return "A sighting, served the way Chariot's clients ask for it and never really deleted."
}

// GetKey returns the key, which is empty before the hooks have run.
func (s *Sighting) GetKey() string {
	return s.Key
}

// LogValue returns what may be logged, which leaves out every secret.
func (s *Sighting) LogValue() slog.Value {
	return slog.StringValue(s.Key)
}

// TableModel marks the type as an item of the table.
func (s *Sighting) TableModel() {}

// Defaulted sets the defaults.
func (s *Sighting) Defaulted() {
	s.Status = "A"
	s.Token = identifier.Base32(16)
	s.Created = Now()
}

// GetHooks returns the steps that complete a sighting, in order.
func (s *Sighting) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				s.Place = strings.ToLower(strings.TrimSpace(s.Place))
				return nil
			},
			Description: "normalise place",
		},
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("place", s.Place)
				if err := checker.Err(); err != nil {
					return err
				}
				s.Key = "#sighting#" + s.Place
				if s.Kind != "" {
					s.Key += "#" + s.Kind
				}
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (s *Sighting) Validate() error {
	var checker validation.Checker
	checker.Text("username", s.Username, 1024)
	checker.NotEmpty("place", s.Place)
	checker.Text("place", s.Place, 506)
	checker.Excludes("place", s.Place, "#")
	checker.Text("kind", s.Kind, 506)
	if s.Status != "" {
		checker.OneOf("status", s.Status, "A", "F", "D")
	}
	validation.Range(&checker, "count", s.Count, 0, 99)
	checker.Text("token", s.Token, 1024)
	checker.Text("created", s.Created, 1024)
	checker.NotEmpty("key", s.Key)
	checker.Text("key", s.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (s *Sighting) Valid() bool {
	return s.Validate() == nil
}
