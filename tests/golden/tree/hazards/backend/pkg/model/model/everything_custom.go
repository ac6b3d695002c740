package model

import "github.com/example/hazards/pkg/validation"

// classify runs after the fields are normalised and derived, and before the key
// is built. It is called for every everything; write its body here. An error
// refuses the value.
func (e *Everything) classify() error {
	return nil
}

// checkConsistency records on the checker what else is wrong. It is called for
// every everything; write its body here.
func (e *Everything) checkConsistency(_ *validation.Checker) {}

// fillDefaults sets further defaults, after those of the spec. It is called for
// every everything; write its body here.
func (e *Everything) fillDefaults() {}

// visitExtra takes what a further sighting adds, after the policies of the
// spec. It is called for every everything; write its body here.
func (e *Everything) visitExtra(_ *Everything) {}

// mergeExtra takes what an edit changes, after the policies of the spec. It is
// called for every everything; write its body here.
func (e *Everything) mergeExtra(_ *Everything) {}
