package model_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// sampleGrant returns a grant with every field set, as the hooks leave it.
func sampleGrant(t *testing.T) *model.Grant {
	t.Helper()
	m := new(model.Grant)
	m.Defaulted()
	m.Username = "username"
	m.Access = "READ"
	m.Reason = "reason"
	m.Source = "source"
	m.Target = "target"
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestGrantRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"grant"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Grant); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestGrantMethods(t *testing.T) {
	t.Parallel()
	m := sampleGrant(t)
	if got, want := m.GetDescription(), "What one thing may do to another."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#grant#READ#source#target"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
	if got, want := m.Label(), m.Access; got != want {
		t.Errorf("Label() = %q, want %q", got, want)
	}
	if source, target := m.Nodes(); source != m.Source || target != m.Target {
		t.Errorf("Nodes() = %q, %q, want %q, %q", source, target, m.Source, m.Target)
	}
}

func TestGrantWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Grant)
		field  string
	}{
		{
			name:   "no access",
			change: func(m *model.Grant) { m.Access = "" },
			field:  "access",
		},
		{
			name:   "no source",
			change: func(m *model.Grant) { m.Source = "" },
			field:  "source",
		},
		{
			name:   "no target",
			change: func(m *model.Grant) { m.Target = "" },
			field:  "target",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleGrant(t)
			test.change(m)
			err := registry.CallHooks(m)
			problems, ok := errors.AsType[validation.Errors](err)
			if !ok {
				t.Fatalf("CallHooks() = %v, want validation.Errors", err)
			}
			if !slices.ContainsFunc(problems, func(p validation.FieldError) bool { return p.Field == test.field }) {
				t.Errorf("CallHooks() = %v, want an error about %s", err, test.field)
			}
		})
	}
}

func TestGrantValid(t *testing.T) {
	t.Parallel()
	m := sampleGrant(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestGrantInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Grant)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.Grant) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "access is missing",
			change: func(m *model.Grant) { m.Access = "" },
			field:  "access",
		},
		{
			name:   "access is not one of the known values",
			change: func(m *model.Grant) { m.Access = "no-such-value" },
			field:  "access",
		},
		{
			name:   "reason holds a control character",
			change: func(m *model.Grant) { m.Reason = "a\u0007b" },
			field:  "reason",
		},
		{
			name:   "source is missing",
			change: func(m *model.Grant) { m.Source = "" },
			field:  "source",
		},
		{
			name:   "source holds a control character",
			change: func(m *model.Grant) { m.Source = "a\u0007b" },
			field:  "source",
		},
		{
			name:   "target is missing",
			change: func(m *model.Grant) { m.Target = "" },
			field:  "target",
		},
		{
			name:   "target holds a control character",
			change: func(m *model.Grant) { m.Target = "a\u0007b" },
			field:  "target",
		},
		{
			name:   "key is missing",
			change: func(m *model.Grant) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Grant) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleGrant(t)
			test.change(m)
			err := m.Validate()
			problems, ok := errors.AsType[validation.Errors](err)
			if !ok {
				t.Fatalf("Validate() = %v, want validation.Errors", err)
			}
			if !slices.ContainsFunc(problems, func(p validation.FieldError) bool { return p.Field == test.field }) {
				t.Errorf("Validate() = %v, want an error about %s", problems, test.field)
			}
			if m.Valid() {
				t.Error("Valid() = true, want false")
			}
		})
	}
}

func TestGrantJSON(t *testing.T) {
	t.Parallel()
	want := sampleGrant(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Grant)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
