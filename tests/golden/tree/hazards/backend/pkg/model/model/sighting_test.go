package model_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

var _ interface{ TableModel() } = (*model.Sighting)(nil)

// sampleSighting returns a sighting with every field set, as the hooks leave it.
func sampleSighting(t *testing.T) *model.Sighting {
	t.Helper()
	m := new(model.Sighting)
	m.Defaulted()
	m.Username = "user@example.com"
	m.Place = "harbour"
	m.Kind = "gull"
	m.Status = "A"
	m.Count = 3
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestSightingRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"sighting"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Sighting); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestSightingMethods(t *testing.T) {
	t.Parallel()
	m := sampleSighting(t)
	if got, want := m.GetDescription(), "A sighting, served the way Chariot's clients ask for it and never really deleted."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#sighting#harbour#gull"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
	if got, want := m.LogValue().String(), m.Key; got != want {
		t.Errorf("LogValue().String() = %q, want %q", got, want)
	}
}

func TestSightingDefaulted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m model.Sighting
		m.Defaulted()
		var other model.Sighting
		other.Defaulted()
		if m.Status != "A" {
			t.Errorf("Status = %v, want A", m.Status)
		}
		if m.Token == "" || m.Token == other.Token {
			t.Errorf("Token = %v, want a new one every time", m.Token)
		}
		if m.Created != model.Now() {
			t.Errorf("Created = %v, want the present time", m.Created)
		}
	})
}

func TestSightingHooks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Sighting)
		got    func(m *model.Sighting) any
		want   any
	}{
		{
			name:   "normalises place",
			change: func(m *model.Sighting) { m.Place = " HARBOUR " },
			got:    func(m *model.Sighting) any { return m.Place },
			want:   "harbour",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleSighting(t)
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

func TestSightingWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Sighting)
		field  string
	}{
		{
			name:   "no place",
			change: func(m *model.Sighting) { m.Place = "" },
			field:  "place",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleSighting(t)
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

func TestSightingValid(t *testing.T) {
	t.Parallel()
	m := sampleSighting(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestSightingInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Sighting)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.Sighting) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "place is missing",
			change: func(m *model.Sighting) { m.Place = "" },
			field:  "place",
		},
		{
			name:   "place holds a control character",
			change: func(m *model.Sighting) { m.Place = "a\u0007b" },
			field:  "place",
		},
		{
			name:   "place holds the separator of keys",
			change: func(m *model.Sighting) { m.Place = "harbour#" },
			field:  "place",
		},
		{
			name:   "kind holds a control character",
			change: func(m *model.Sighting) { m.Kind = "a\u0007b" },
			field:  "kind",
		},
		{
			name:   "status is not one of the known values",
			change: func(m *model.Sighting) { m.Status = "no-such-value" },
			field:  "status",
		},
		{
			name:   "count is too small",
			change: func(m *model.Sighting) { m.Count = -1 },
			field:  "count",
		},
		{
			name:   "count is too large",
			change: func(m *model.Sighting) { m.Count = 100 },
			field:  "count",
		},
		{
			name:   "token holds a control character",
			change: func(m *model.Sighting) { m.Token = "a\u0007b" },
			field:  "token",
		},
		{
			name:   "created holds a control character",
			change: func(m *model.Sighting) { m.Created = "a\u0007b" },
			field:  "created",
		},
		{
			name:   "key is missing",
			change: func(m *model.Sighting) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Sighting) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleSighting(t)
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

func TestSightingJSON(t *testing.T) {
	t.Parallel()
	want := sampleSighting(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Sighting)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
