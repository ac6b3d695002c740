package model

import "github.com/example/hazards/pkg/registry"

// Void is a void: nothing, typed.
type Void struct {
	registry.BaseModel
}

var _ registry.Model = (*Void)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Void{})
}

// GetDescription says what a void is.
func (v *Void) GetDescription() string {
	return "Nothing, typed."
}
