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

var _ interface{ TableModel() } = (*model.Probe)(nil)

// sampleProbe returns a probe with every field set, as the hooks leave it.
func sampleProbe(t *testing.T) *model.Probe {
	t.Helper()
	m := new(model.Probe)
	m.Defaulted()
	m.Username = "username"
	m.Name = "p"
	m.Count = new(1)
	m.Score = 1.0
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestProbeRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"probe"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Probe); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestProbeMethods(t *testing.T) {
	t.Parallel()
	m := sampleProbe(t)
	if got, want := m.GetDescription(), "A probe that asks two services."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#probe#p"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
}

func TestProbeWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Probe)
		field  string
	}{
		{
			name:   "no name",
			change: func(m *model.Probe) { m.Name = "" },
			field:  "name",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleProbe(t)
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

func TestProbeValid(t *testing.T) {
	t.Parallel()
	m := sampleProbe(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestProbeInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Probe)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.Probe) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "name is missing",
			change: func(m *model.Probe) { m.Name = "" },
			field:  "name",
		},
		{
			name:   "name holds a control character",
			change: func(m *model.Probe) { m.Name = "a\u0007b" },
			field:  "name",
		},
		{
			name:   "key is missing",
			change: func(m *model.Probe) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Probe) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleProbe(t)
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

func TestNewProbe(t *testing.T) {
	t.Parallel()
	m, err := model.NewProbe("p")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.Name, "p"; got != want {
		t.Errorf("Name = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "#probe#p"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewProbeWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewProbe("")
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestProbeJSON(t *testing.T) {
	t.Parallel()
	want := sampleProbe(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Probe)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
