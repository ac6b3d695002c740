package model

import (
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb is an entity
// whose name is as long as a name may be, and whose description goes on for so
// long that it has to be wrapped over several lines of comment to stay within
// the width that a reader of Go code expects to see on a screen.
type ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb struct {
	registry.BaseModel

	// The long one.
	AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA string `dynamodbav:"an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a" json:"an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a" desc:"The long one." example:"x"`

	// Unique key of the extraordinarily long winded description of an entirely
	// ordinary entity ab.
	Key string `dynamodbav:"key" json:"key" desc:"Unique key of the extraordinarily long winded description of an entirely ordinary entity ab."`
}

var _ registry.Model = (*ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)(nil)

func init() {
	registry.Registry.MustRegisterModel(&ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb{})
}

// NewExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb returns
// an extraordinarily long winded description of an entirely ordinary entity ab
// with its defaults set and its key built. Its error matches validation.Errors
// where a part of the key is missing.
func NewExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(
	anIdentifierThatGoesOnAndOnUntilItReachesTheLimitA string,
) (*ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb, error) {
	var e ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb
	e.Defaulted()
	e.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA = anIdentifierThatGoesOnAndOnUntilItReachesTheLimitA
	if err := registry.CallHooks(&e); err != nil {
		return nil, err
	}
	return &e, nil
}

// GetDescription says what an extraordinarily long winded description of an entirely ordinary entity ab is.
func (e *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) GetDescription() string {
	return "An entity whose name is as long as a name may be, and whose description goes on for so long that it has to be wrapped over several lines of comment to stay within the width that a reader of Go code expects to see on a screen."
}

// GetKey returns the key, which is empty before the hooks have run.
func (e *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) GetKey() string {
	return e.Key
}

// TableModel marks the type as an item of the table.
func (e *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) TableModel() {}

// GetHooks returns the steps that complete an extraordinarily long winded description of an entirely ordinary entity ab, in order.
func (e *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a", e.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA)
				if err := checker.Err(); err != nil {
					return err
				}
				e.Key = "#extraordinary#" + e.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (e *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) Validate() error {
	var checker validation.Checker
	checker.NotEmpty("an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a", e.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA)
	checker.Text("an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a", e.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA, 1009)
	checker.NotEmpty("key", e.Key)
	checker.Text("key", e.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (e *ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) Valid() bool {
	return e.Validate() == nil
}
