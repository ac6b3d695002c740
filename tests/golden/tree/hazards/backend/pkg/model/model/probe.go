package model

import (
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// Probe is a probe that asks two services.
type Probe struct {
	registry.BaseModel

	// Account that owns the probe.
	Username string `dynamodbav:"username" json:"username" desc:"Account that owns the probe."`

	// Name of the probe.
	Name string `dynamodbav:"name" json:"name" desc:"Name of the probe." example:"p"`

	// How many answers there were.
	Count *int `dynamodbav:"count" json:"count" desc:"How many answers there were."`

	// What the second service thinks.
	Score float64 `dynamodbav:"score" json:"score" desc:"What the second service thinks."`

	// Unique key of the probe.
	Key string `dynamodbav:"key" json:"key" desc:"Unique key of the probe."`
}

var _ registry.Model = (*Probe)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Probe{})
}

// NewProbe returns a probe with its defaults set and its key built. Its error
// matches validation.Errors where a part of the key is missing.
func NewProbe(name string) (*Probe, error) {
	var p Probe
	p.Defaulted()
	p.Name = name
	if err := registry.CallHooks(&p); err != nil {
		return nil, err
	}
	return &p, nil
}

// GetDescription says what a probe is.
func (p *Probe) GetDescription() string {
	return "A probe that asks two services."
}

// GetKey returns the key, which is empty before the hooks have run.
func (p *Probe) GetKey() string {
	return p.Key
}

// TableModel marks the type as an item of the table.
func (p *Probe) TableModel() {}

// GetHooks returns the steps that complete a probe, in order.
func (p *Probe) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("name", p.Name)
				if err := checker.Err(); err != nil {
					return err
				}
				p.Key = "#probe#" + p.Name
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (p *Probe) Validate() error {
	var checker validation.Checker
	checker.Text("username", p.Username, 1024)
	checker.NotEmpty("name", p.Name)
	checker.Text("name", p.Name, 1017)
	checker.Storable("score", p.Score)
	checker.NotEmpty("key", p.Key)
	checker.Text("key", p.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (p *Probe) Valid() bool {
	return p.Validate() == nil
}
