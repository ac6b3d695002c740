package model

import (
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// HasToken is the edge from a server to a token.
type HasToken struct {
	registry.BaseModel

	// Account that owns the edge.
	Username string `neo4j:"username" json:"username" desc:"Account that owns the edge."`

	// Weight of the edge.
	Weight float64 `neo4j:"weight" json:"weight" desc:"Weight of the edge." example:"0.5"`

	// Whether it was ever seen.
	Seen bool `neo4j:"seen" json:"seen" desc:"Whether it was ever seen."`

	// Time of the latest sighting (RFC 3339).
	Visited string `neo4j:"visited" json:"visited" desc:"Time of the latest sighting (RFC 3339)."`

	// Key of the node that the has token starts at.
	Source string `neo4j:"source" json:"source" desc:"Key of the node that the has token starts at."`

	// Key of the node that the has token ends at.
	Target string `neo4j:"target" json:"target" desc:"Key of the node that the has token ends at."`

	// Unique key of the has token.
	Key string `neo4j:"key" json:"key" desc:"Unique key of the has token."`
}

var _ registry.Model = (*HasToken)(nil)

func init() {
	registry.Registry.MustRegisterModel(&HasToken{})
}

// NewHasToken returns a has token with its defaults set and its key built. Its
// error matches validation.Errors where a part of the key is missing.
func NewHasToken(source, target string) (*HasToken, error) {
	var h HasToken
	h.Defaulted()
	h.Source = source
	h.Target = target
	if err := registry.CallHooks(&h); err != nil {
		return nil, err
	}
	return &h, nil
}

// GetDescription says what a has token is.
func (h *HasToken) GetDescription() string {
	return "The edge from a server to a token."
}

// GetKey returns the key, which is empty before the hooks have run.
func (h *HasToken) GetKey() string {
	return h.Key
}

// Label returns the label of the edge in the graph.
func (h *HasToken) Label() string {
	return "HAS_TOKEN"
}

// Nodes returns the keys of the nodes that the edge connects.
func (h *HasToken) Nodes() (source, target string) {
	return h.Source, h.Target
}

// Defaulted sets the defaults.
func (h *HasToken) Defaulted() {
	h.Visited = Now()
}

// GetHooks returns the steps that complete a has token, in order.
func (h *HasToken) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("source", h.Source)
				checker.NotEmpty("target", h.Target)
				if err := checker.Err(); err != nil {
					return err
				}
				h.Key = h.Source + "#HAS_TOKEN" + h.Target
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (h *HasToken) Validate() error {
	var checker validation.Checker
	checker.Text("username", h.Username, 1024)
	checker.Storable("weight", h.Weight)
	checker.Text("visited", h.Visited, 1024)
	checker.NotEmpty("source", h.Source)
	checker.Text("source", h.Source, 1024)
	checker.NotEmpty("target", h.Target)
	checker.Text("target", h.Target, 1024)
	checker.NotEmpty("key", h.Key)
	checker.Text("key", h.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (h *HasToken) Valid() bool {
	return h.Validate() == nil
}

// Visit takes what a further sighting of the has token tells.
func (h *HasToken) Visit(other *HasToken) {
	h.Visited = other.Visited
	h.Seen = h.Seen || other.Seen
	if other.Weight != 0 {
		h.Weight = other.Weight
	}
}
