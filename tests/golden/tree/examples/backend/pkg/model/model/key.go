package model

import (
	"log/slog"
	"slices"

	"example.com/backend/pkg/model/identifier"
	"example.com/backend/pkg/registry"
	"example.com/backend/pkg/validation"
)

// Key is an API key that a person or a program signs in with.
type Key struct {
	registry.BaseModel

	// Account that owns the key.
	Username string `dynamodbav:"username" json:"username" desc:"Account that owns the key." example:"user@example.com"`

	// Public identifier of the key.
	ID string `dynamodbav:"id" json:"id" desc:"Public identifier of the key." example:"MFRGGZDFMZTWQ2LK"`

	// Name for people.
	Name string `dynamodbav:"name" json:"name" desc:"Name for people." example:"ci"`

	// What the holder may do.
	Role KeyRole `dynamodbav:"role,omitempty" json:"role,omitempty" desc:"What the holder may do." example:"readonly"`

	// Time of creation (RFC 3339).
	Created string `dynamodbav:"created" json:"created" desc:"Time of creation (RFC 3339)." example:"2026-01-02T15:04:05Z"`

	// Who created the key.
	Creator string `dynamodbav:"creator" json:"creator" desc:"Who created the key." example:"user@example.com"`

	// Time of the last use (RFC 3339).
	Visited string `dynamodbav:"visited" json:"visited" desc:"Time of the last use (RFC 3339)." example:"2026-01-02T15:04:05Z"`

	// Time of deletion (RFC 3339).
	Deleted string `dynamodbav:"deleted" json:"deleted" desc:"Time of deletion (RFC 3339)." example:"2026-01-02T15:04:05Z"`

	// Who deleted the key.
	Deleter string `dynamodbav:"deleter" json:"deleter" desc:"Who deleted the key." example:"user@example.com"`

	// Lifecycle status.
	Status string `dynamodbav:"status" json:"status" desc:"Lifecycle status." example:"A"`

	// Time after which the key is refused (RFC 3339).
	Expires string `dynamodbav:"expires" json:"expires" desc:"Time after which the key is refused (RFC 3339)." example:"2027-01-02T15:04:05Z"`

	// Secret half of the key.
	Secret string `dynamodbav:"-" json:"secret" desc:"Secret half of the key." example:"s3cr3t"`

	// Unique key of the key.
	Key string `dynamodbav:"key" json:"key" desc:"Unique key of the key."`
}

var _ registry.Model = (*Key)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Key{})
}

// NewKey returns a key with its defaults set and its key built. Its error
// matches validation.Errors where a part of the key is missing.
func NewKey(name string) (*Key, error) {
	var k Key
	k.Defaulted()
	k.Name = name
	if err := registry.CallHooks(&k); err != nil {
		return nil, err
	}
	return &k, nil
}

// GetDescription says what a key is.
func (k *Key) GetDescription() string {
	return "An API key that a person or a program signs in with."
}

// GetKey returns the key, which is empty before the hooks have run.
func (k *Key) GetKey() string {
	return k.Key
}

// LogValue returns what may be logged, which leaves out every secret.
func (k *Key) LogValue() slog.Value {
	return slog.StringValue(k.Key)
}

// TableModel marks the type as an item of the table.
func (k *Key) TableModel() {}

// Defaulted sets the defaults.
func (k *Key) Defaulted() {
	k.Created = Now()
	k.Status = "A"
	k.ID = identifier.Base32(16)
	k.Secret = identifier.Base32(32)
}

// GetHooks returns the steps that complete a key, in order.
func (k *Key) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("id", k.ID)
				if err := checker.Err(); err != nil {
					return err
				}
				k.Key = "#key#" + k.ID
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (k *Key) Validate() error {
	var checker validation.Checker
	checker.Text("username", k.Username, 1024)
	checker.Text("id", k.ID, 1019)
	checker.NotEmpty("name", k.Name)
	checker.Text("name", k.Name, 1024)
	if k.Role != "" {
		checker.Check(k.Role.Valid(), "role", "must be one of admin, analyst, readonly")
	}
	checker.Text("created", k.Created, 1024)
	checker.Text("creator", k.Creator, 1024)
	checker.Text("visited", k.Visited, 1024)
	checker.Text("deleted", k.Deleted, 1024)
	checker.Text("deleter", k.Deleter, 1024)
	checker.Text("status", k.Status, 1024)
	checker.Text("expires", k.Expires, 1024)
	checker.Text("secret", k.Secret, 1024)
	checker.NotEmpty("key", k.Key)
	checker.Text("key", k.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (k *Key) Valid() bool {
	return k.Validate() == nil
}

// KeyRole says what the holder of a key may do.
type KeyRole string

// The values of KeyRole.
const (
	// KeyRoleAdmin is "admin".
	KeyRoleAdmin KeyRole = "admin"

	// KeyRoleAnalyst is "analyst".
	KeyRoleAnalyst KeyRole = "analyst"

	// KeyRoleReadonly is "readonly".
	KeyRoleReadonly KeyRole = "readonly"
)

// KeyRoleValues returns every KeyRole.
func KeyRoleValues() []KeyRole {
	return []KeyRole{
		KeyRoleAdmin,
		KeyRoleAnalyst,
		KeyRoleReadonly,
	}
}

// Valid reports whether the value is one of the constants.
func (k KeyRole) Valid() bool {
	return slices.Contains(KeyRoleValues(), k)
}
