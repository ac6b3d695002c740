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

// sampleIAMRelationship returns an IAM relationship with every field set, as the hooks leave it.
func sampleIAMRelationship(t *testing.T) *model.IAMRelationship {
	t.Helper()
	m := new(model.IAMRelationship)
	m.Defaulted()
	m.Permission = "READ"
	m.Actions = []string{"example"}
	m.Source = "source"
	m.Target = "target"
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestIAMRelationshipRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"iamrelationship", "iam-permission"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.IAMRelationship); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestIAMRelationshipMethods(t *testing.T) {
	t.Parallel()
	m := sampleIAMRelationship(t)
	if got, want := m.GetDescription(), "A permission from one principal over another."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "source#READtarget"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
	if got, want := m.Label(), m.Permission; got != want {
		t.Errorf("Label() = %q, want %q", got, want)
	}
	if source, target := m.Nodes(); source != m.Source || target != m.Target {
		t.Errorf("Nodes() = %q, %q, want %q, %q", source, target, m.Source, m.Target)
	}
}

func TestIAMRelationshipHooks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.IAMRelationship)
		got    func(m *model.IAMRelationship) any
		want   any
	}{
		{
			name:   "normalises permission",
			change: func(m *model.IAMRelationship) { m.Permission = " READ " },
			got:    func(m *model.IAMRelationship) any { return m.Permission },
			want:   "READ",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleIAMRelationship(t)
			test.change(m)
			if err := registry.CallHooks(m); err != nil {
				t.Fatalf("CallHooks() = %v", err)
			}
			if got := test.got(m); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestIAMRelationshipWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.IAMRelationship)
		field  string
	}{
		{
			name:   "no source",
			change: func(m *model.IAMRelationship) { m.Source = "" },
			field:  "source",
		},
		{
			name:   "no permission",
			change: func(m *model.IAMRelationship) { m.Permission = "" },
			field:  "permission",
		},
		{
			name:   "no target",
			change: func(m *model.IAMRelationship) { m.Target = "" },
			field:  "target",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleIAMRelationship(t)
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

func TestIAMRelationshipValid(t *testing.T) {
	t.Parallel()
	m := sampleIAMRelationship(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestIAMRelationshipInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.IAMRelationship)
		field  string
	}{
		{
			name:   "permission is missing",
			change: func(m *model.IAMRelationship) { m.Permission = "" },
			field:  "permission",
		},
		{
			name:   "permission holds a control character",
			change: func(m *model.IAMRelationship) { m.Permission = "a\u0007b" },
			field:  "permission",
		},
		{
			name:   "permission holds the separator of keys",
			change: func(m *model.IAMRelationship) { m.Permission = "READ#" },
			field:  "permission",
		},
		{
			name:   "actions holds a control character",
			change: func(m *model.IAMRelationship) { m.Actions = []string{"a\u0007b"} },
			field:  "actions",
		},
		{
			name:   "source is missing",
			change: func(m *model.IAMRelationship) { m.Source = "" },
			field:  "source",
		},
		{
			name:   "source holds a control character",
			change: func(m *model.IAMRelationship) { m.Source = "a\u0007b" },
			field:  "source",
		},
		{
			name:   "target is missing",
			change: func(m *model.IAMRelationship) { m.Target = "" },
			field:  "target",
		},
		{
			name:   "target holds a control character",
			change: func(m *model.IAMRelationship) { m.Target = "a\u0007b" },
			field:  "target",
		},
		{
			name:   "key is missing",
			change: func(m *model.IAMRelationship) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.IAMRelationship) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleIAMRelationship(t)
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

func TestNewIAMRelationship(t *testing.T) {
	t.Parallel()
	m, err := model.NewIAMRelationship("source", "target", "READ")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.Source, "source"; got != want {
		t.Errorf("Source = %v, want %v", got, want)
	}
	if got, want := m.Target, "target"; got != want {
		t.Errorf("Target = %v, want %v", got, want)
	}
	if got, want := m.Permission, "READ"; got != want {
		t.Errorf("Permission = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "source#READtarget"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewIAMRelationshipWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewIAMRelationship("", "", "")
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestIAMRelationshipVisit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		own, other, want model.IAMRelationship
	}{
		{
			name:  "actions: adds what is new",
			own:   model.IAMRelationship{Actions: []string{"example"}},
			other: model.IAMRelationship{Actions: []string{"example", "example-2"}},
			want:  model.IAMRelationship{Actions: []string{"example", "example-2"}},
		},
		{
			name:  "actions: takes all where it has none",
			own:   model.IAMRelationship{},
			other: model.IAMRelationship{Actions: []string{"example-2"}},
			want:  model.IAMRelationship{Actions: []string{"example-2"}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.own.Visit(&test.other)
			if !reflect.DeepEqual(test.own, test.want) {
				t.Errorf("got %+v, want %+v", test.own, test.want)
			}
		})
	}
}

func TestIAMRelationshipJSON(t *testing.T) {
	t.Parallel()
	want := sampleIAMRelationship(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.IAMRelationship)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
