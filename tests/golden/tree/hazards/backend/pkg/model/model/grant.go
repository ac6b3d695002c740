package model

import (
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// Grant says what one thing may do to another.
type Grant struct {
	registry.BaseModel

	// Account that owns the grant.
	Username string `neo4j:"username" json:"username" desc:"Account that owns the grant."`

	// What it may do.
	Access string `neo4j:"access" json:"access" desc:"What it may do."`

	// Why it may.
	Reason string `neo4j:"reason" json:"reason" desc:"Why it may."`

	// Key of the node that the grant starts at.
	Source string `neo4j:"source" json:"source" desc:"Key of the node that the grant starts at."`

	// Key of the node that the grant ends at.
	Target string `neo4j:"target" json:"target" desc:"Key of the node that the grant ends at."`

	// Unique key of the grant.
	Key string `neo4j:"key" json:"key" desc:"Unique key of the grant."`
}

var _ registry.Model = (*Grant)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Grant{})
}

// GetDescription says what a grant is.
func (g *Grant) GetDescription() string {
	return "What one thing may do to another."
}

// GetKey returns the key, which is empty before the hooks have run.
func (g *Grant) GetKey() string {
	return g.Key
}

// Label returns the label of the edge in the graph.
func (g *Grant) Label() string {
	return g.Access
}

// Nodes returns the keys of the nodes that the edge connects.
func (g *Grant) Nodes() (source, target string) {
	return g.Source, g.Target
}

// GetHooks returns the steps that complete a grant, in order.
func (g *Grant) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("access", g.Access)
				checker.NotEmpty("source", g.Source)
				checker.NotEmpty("target", g.Target)
				if err := checker.Err(); err != nil {
					return err
				}
				g.Key = "#grant#" + g.Access + "#" + g.Source + "#" + g.Target
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (g *Grant) Validate() error {
	var checker validation.Checker
	checker.Text("username", g.Username, 1024)
	checker.OneOf("access", g.Access, "READ", "WRITE")
	checker.Text("reason", g.Reason, 1024)
	checker.NotEmpty("source", g.Source)
	checker.Text("source", g.Source, 1024)
	checker.NotEmpty("target", g.Target)
	checker.Text("target", g.Target, 1024)
	checker.NotEmpty("key", g.Key)
	checker.Text("key", g.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (g *Grant) Valid() bool {
	return g.Validate() == nil
}
