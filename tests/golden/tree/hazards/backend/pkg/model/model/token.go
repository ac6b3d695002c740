package model

import (
	"github.com/example/hazards/pkg/model/identifier"
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// Token is a token that is all generated.
type Token struct {
	registry.BaseModel

	// Identifier of the token.
	ID string `dynamodbav:"id" json:"id" desc:"Identifier of the token."`

	// Unique key of the token.
	Key string `dynamodbav:"key" json:"key" desc:"Unique key of the token."`
}

var _ registry.Model = (*Token)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Token{})
}

// GetDescription says what a token is.
func (t *Token) GetDescription() string {
	return "A token that is all generated."
}

// GetKey returns the key, which is empty before the hooks have run.
func (t *Token) GetKey() string {
	return t.Key
}

// TableModel marks the type as an item of the table.
func (t *Token) TableModel() {}

// Defaulted sets the defaults.
func (t *Token) Defaulted() {
	t.ID = identifier.UUID7()
}

// GetHooks returns the steps that complete a token, in order.
func (t *Token) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("id", t.ID)
				if err := checker.Err(); err != nil {
					return err
				}
				t.Key = "#token#" + t.ID
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (t *Token) Validate() error {
	var checker validation.Checker
	checker.Text("id", t.ID, 1017)
	checker.NotEmpty("key", t.Key)
	checker.Text("key", t.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (t *Token) Valid() bool {
	return t.Validate() == nil
}
