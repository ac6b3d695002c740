package model

import (
	"slices"
	"strings"

	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// IAMRelationship is a permission from one principal over another.
type IAMRelationship struct {
	registry.BaseModel

	// Name of the permission.
	Permission string `neo4j:"permission" json:"permission" desc:"Name of the permission." example:"READ"`

	// Actions that it allows.
	Actions []string `neo4j:"actions" json:"actions" desc:"Actions that it allows."`

	// Key of the node that the IAM relationship starts at.
	Source string `neo4j:"source" json:"source" desc:"Key of the node that the IAM relationship starts at."`

	// Key of the node that the IAM relationship ends at.
	Target string `neo4j:"target" json:"target" desc:"Key of the node that the IAM relationship ends at."`

	// Unique key of the IAM relationship.
	Key string `neo4j:"key" json:"key" desc:"Unique key of the IAM relationship."`
}

var _ registry.Model = (*IAMRelationship)(nil)

func init() {
	registry.Registry.MustRegisterModel(&IAMRelationship{}, "iam-permission")
}

// NewIAMRelationship returns an IAM relationship with its defaults set and its
// key built. Its error matches validation.Errors where a part of the key is
// missing.
func NewIAMRelationship(source, target, permission string) (*IAMRelationship, error) {
	var i IAMRelationship
	i.Defaulted()
	i.Source = source
	i.Target = target
	i.Permission = permission
	if err := registry.CallHooks(&i); err != nil {
		return nil, err
	}
	return &i, nil
}

// GetDescription says what an IAM relationship is.
func (i *IAMRelationship) GetDescription() string {
	return "A permission from one principal over another."
}

// GetKey returns the key, which is empty before the hooks have run.
func (i *IAMRelationship) GetKey() string {
	return i.Key
}

// Label returns the label of the edge in the graph.
func (i *IAMRelationship) Label() string {
	return i.Permission
}

// Nodes returns the keys of the nodes that the edge connects.
func (i *IAMRelationship) Nodes() (source, target string) {
	return i.Source, i.Target
}

// GetHooks returns the steps that complete an IAM relationship, in order.
func (i *IAMRelationship) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				i.Permission = strings.ToUpper(strings.TrimSpace(i.Permission))
				return nil
			},
			Description: "normalise permission",
		},
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("source", i.Source)
				checker.NotEmpty("permission", i.Permission)
				checker.NotEmpty("target", i.Target)
				if err := checker.Err(); err != nil {
					return err
				}
				i.Key = i.Source + "#" + i.Permission + i.Target
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (i *IAMRelationship) Validate() error {
	var checker validation.Checker
	checker.NotEmpty("permission", i.Permission)
	checker.Text("permission", i.Permission, 1024)
	checker.Excludes("permission", i.Permission, "#")
	for _, item := range i.Actions {
		checker.Text("actions", item, 1024)
	}
	checker.NotEmpty("source", i.Source)
	checker.Text("source", i.Source, 1024)
	checker.NotEmpty("target", i.Target)
	checker.Text("target", i.Target, 1024)
	checker.NotEmpty("key", i.Key)
	checker.Text("key", i.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (i *IAMRelationship) Valid() bool {
	return i.Validate() == nil
}

// Visit takes what a further sighting of the IAM relationship tells.
func (i *IAMRelationship) Visit(other *IAMRelationship) {
	for _, item := range other.Actions {
		if !slices.Contains(i.Actions, item) {
			i.Actions = append(i.Actions, item)
		}
	}
}
