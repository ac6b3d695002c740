package model

import (
	"strings"

	"example.com/backend/pkg/registry"
	"example.com/backend/pkg/validation"
)

// NewEntity is a new entity, enriched from an external service.
type NewEntity struct {
	registry.BaseModel

	// Account that owns the entity.
	Username string `dynamodbav:"username" json:"username" desc:"Account that owns the entity." example:"user@example.com"`

	// Name of the entity within its account.
	Field1 string `dynamodbav:"field1" json:"field1" desc:"Name of the entity within its account." example:"example_value"`

	// Weight of the entity.
	Field2 int `dynamodbav:"field2" json:"field2" desc:"Weight of the entity." example:"123"`

	// What the external service says of the entity.
	Summary *string `dynamodbav:"summary" json:"summary" desc:"What the external service says of the entity." example:"An example."`

	// Lifecycle status.
	Status string `dynamodbav:"status" json:"status" desc:"Lifecycle status." example:"A"`

	// Time of creation (RFC 3339).
	Created string `dynamodbav:"created" json:"created" desc:"Time of creation (RFC 3339)." example:"2026-01-02T15:04:05Z"`

	// Time of expiry (Unix seconds).
	TTL int64 `dynamodbav:"ttl" json:"ttl" desc:"Time of expiry (Unix seconds)." example:"4102444800"`

	// Unique key of the new entity.
	Key string `dynamodbav:"key" json:"key" desc:"Unique key of the new entity."`
}

var _ registry.Model = (*NewEntity)(nil)

func init() {
	registry.Registry.MustRegisterModel(&NewEntity{})
}

// NewNewEntity returns a new entity with its defaults set and its key built.
// Its error matches validation.Errors where a part of the key is missing.
func NewNewEntity(field1 string, field2 int) (*NewEntity, error) {
	var n NewEntity
	n.Defaulted()
	n.Field1 = field1
	n.Field2 = field2
	if err := registry.CallHooks(&n); err != nil {
		return nil, err
	}
	return &n, nil
}

// GetDescription says what a new entity is.
func (n *NewEntity) GetDescription() string {
	return "A new entity, enriched from an external service."
}

// GetKey returns the key, which is empty before the hooks have run.
func (n *NewEntity) GetKey() string {
	return n.Key
}

// TableModel marks the type as an item of the table.
func (n *NewEntity) TableModel() {}

// Defaulted sets the defaults.
func (n *NewEntity) Defaulted() {
	n.Status = "A"
	n.Created = Now()
	n.TTL = Future(720)
}

// GetHooks returns the steps that complete a new entity, in order.
func (n *NewEntity) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				n.Field1 = strings.TrimSpace(n.Field1)
				return nil
			},
			Description: "normalise field1",
		},
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("field1", n.Field1)
				if err := checker.Err(); err != nil {
					return err
				}
				n.Key = "#newentity#" + n.Field1
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (n *NewEntity) Validate() error {
	var checker validation.Checker
	checker.Text("username", n.Username, 1024)
	checker.NotEmpty("field1", n.Field1)
	checker.Text("field1", n.Field1, 1013)
	validation.Range(&checker, "field2", n.Field2, 0, 1000)
	if n.Summary != nil {
		checker.Text("summary", *n.Summary, 1024)
	}
	checker.Text("status", n.Status, 1024)
	checker.Text("created", n.Created, 1024)
	checker.NotEmpty("key", n.Key)
	checker.Text("key", n.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (n *NewEntity) Valid() bool {
	return n.Validate() == nil
}
