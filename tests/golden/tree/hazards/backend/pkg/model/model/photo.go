package model

import (
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// Photo is a picture of something.
type Photo struct {
	registry.BaseModel

	// Account that owns the photo.
	Username string `neo4j:"username" json:"username" desc:"Account that owns the photo."`

	// Name of the photo.
	Name string `neo4j:"name" json:"name" desc:"Name of the photo." example:"portrait"`

	// Time when it was taken (RFC 3339).
	Taken string `neo4j:"taken" json:"taken" desc:"Time when it was taken (RFC 3339)."`

	// Unique key of the photo.
	Key string `neo4j:"key" json:"key" desc:"Unique key of the photo."`
}

var _ registry.Model = (*Photo)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Photo{})
}

// GetDescription says what a photo is.
func (p *Photo) GetDescription() string {
	return "A picture of something."
}

// GetKey returns the key, which is empty before the hooks have run.
func (p *Photo) GetKey() string {
	return p.Key
}

// GetLabels returns the labels of the node in the graph.
func (p *Photo) GetLabels() []string {
	return []string{"Photo"}
}

// GetHooks returns the steps that complete a photo, in order.
func (p *Photo) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("name", p.Name)
				if err := checker.Err(); err != nil {
					return err
				}
				p.Key = "#photo#" + p.Name
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (p *Photo) Validate() error {
	var checker validation.Checker
	checker.Text("username", p.Username, 1024)
	checker.NotEmpty("name", p.Name)
	checker.Text("name", p.Name, 1017)
	checker.Text("taken", p.Taken, 1024)
	checker.NotEmpty("key", p.Key)
	checker.Text("key", p.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (p *Photo) Valid() bool {
	return p.Validate() == nil
}
