package model_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// sampleWide returns a wide with every field set, as the hooks leave it.
func sampleWide(t *testing.T) *model.Wide {
	t.Helper()
	m := new(model.Wide)
	m.Defaulted()
	m.Field00 = "first"
	m.Field01 = 1
	m.Field02 = true
	m.Field03 = new(1.0)
	m.Field04 = []string{"example"}
	m.Field05 = map[string]string{"name": "example"}
	m.Field06 = new(int64(1))
	m.Field07 = time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC)
	m.Field08 = "field_08"
	m.Field09 = new(1)
	m.Field10 = true
	m.Field11 = 1.0
	m.Field12 = []string{"example"}
	m.Field13 = map[string]string{"name": "example"}
	m.Field14 = 1
	m.Field15 = new(time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC))
	m.Field16 = "field_16"
	m.Field17 = 1
	m.Field18 = new(true)
	m.Field19 = 1.0
	m.Field20 = []string{"example"}
	m.Field21 = map[string]string{"name": "example"}
	m.Field22 = 1
	m.Field23 = time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC)
	m.Field24 = new("field_24")
	m.Field25 = 1
	m.Field26 = true
	m.Field27 = new(1.0)
	m.Field28 = []string{"example"}
	m.Field29 = map[string]string{"name": "example"}
	m.Field30 = new(int64(1))
	m.Field31 = time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC)
	m.Field32 = "field_32"
	m.Field33 = new(1)
	m.Field34 = true
	m.Field35 = 1.0
	m.Field36 = []string{"example"}
	m.Field37 = map[string]string{"name": "example"}
	m.Field38 = 1
	m.Field39 = new(time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC))
	m.Field40 = "field_40"
	m.Field41 = 1
	m.Field42 = new(true)
	m.Field43 = 1.0
	m.Field44 = []string{"example"}
	m.Field45 = map[string]string{"name": "example"}
	m.Field46 = 1
	m.Field47 = time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC)
	m.Field48 = new("field_48")
	m.Field49 = 1
	m.Field50 = true
	m.Field51 = new(1.0)
	m.Field52 = []string{"example"}
	m.Field53 = map[string]string{"name": "example"}
	m.Field54 = new(int64(1))
	m.Field55 = time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC)
	m.Field56 = "field_56"
	m.Field57 = new(1)
	m.Field58 = true
	m.Field59 = 1.0
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestWideRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"wide"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Wide); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestWideMethods(t *testing.T) {
	t.Parallel()
	m := sampleWide(t)
	if got, want := m.GetDescription(), "A node with sixty fields."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#wide#first"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
	if got, want := m.GetLabels(), []string{"Wide"}; !slices.Equal(got, want) {
		t.Errorf("GetLabels() = %q, want %q", got, want)
	}
}

func TestWideWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Wide)
		field  string
	}{
		{
			name:   "no field_00",
			change: func(m *model.Wide) { m.Field00 = "" },
			field:  "field_00",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleWide(t)
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

func TestWideValid(t *testing.T) {
	t.Parallel()
	m := sampleWide(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestWideInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Wide)
		field  string
	}{
		{
			name:   "field_00 is missing",
			change: func(m *model.Wide) { m.Field00 = "" },
			field:  "field_00",
		},
		{
			name:   "field_00 holds a control character",
			change: func(m *model.Wide) { m.Field00 = "a\u0007b" },
			field:  "field_00",
		},
		{
			name:   "field_04 holds a control character",
			change: func(m *model.Wide) { m.Field04 = []string{"a\u0007b"} },
			field:  "field_04",
		},
		{
			name:   "field_05 holds a control character",
			change: func(m *model.Wide) { m.Field05 = map[string]string{"name": "a\u0007b"} },
			field:  "field_05",
		},
		{
			name:   "field_05 holds an empty name",
			change: func(m *model.Wide) { m.Field05 = map[string]string{"": "a"} },
			field:  "field_05",
		},
		{
			name:   "field_08 holds a control character",
			change: func(m *model.Wide) { m.Field08 = "a\u0007b" },
			field:  "field_08",
		},
		{
			name:   "field_12 holds a control character",
			change: func(m *model.Wide) { m.Field12 = []string{"a\u0007b"} },
			field:  "field_12",
		},
		{
			name:   "field_13 holds a control character",
			change: func(m *model.Wide) { m.Field13 = map[string]string{"name": "a\u0007b"} },
			field:  "field_13",
		},
		{
			name:   "field_13 holds an empty name",
			change: func(m *model.Wide) { m.Field13 = map[string]string{"": "a"} },
			field:  "field_13",
		},
		{
			name:   "field_16 holds a control character",
			change: func(m *model.Wide) { m.Field16 = "a\u0007b" },
			field:  "field_16",
		},
		{
			name:   "field_20 holds a control character",
			change: func(m *model.Wide) { m.Field20 = []string{"a\u0007b"} },
			field:  "field_20",
		},
		{
			name:   "field_21 holds a control character",
			change: func(m *model.Wide) { m.Field21 = map[string]string{"name": "a\u0007b"} },
			field:  "field_21",
		},
		{
			name:   "field_21 holds an empty name",
			change: func(m *model.Wide) { m.Field21 = map[string]string{"": "a"} },
			field:  "field_21",
		},
		{
			name:   "field_24 holds a control character",
			change: func(m *model.Wide) { m.Field24 = new("a\u0007b") },
			field:  "field_24",
		},
		{
			name:   "field_28 holds a control character",
			change: func(m *model.Wide) { m.Field28 = []string{"a\u0007b"} },
			field:  "field_28",
		},
		{
			name:   "field_29 holds a control character",
			change: func(m *model.Wide) { m.Field29 = map[string]string{"name": "a\u0007b"} },
			field:  "field_29",
		},
		{
			name:   "field_29 holds an empty name",
			change: func(m *model.Wide) { m.Field29 = map[string]string{"": "a"} },
			field:  "field_29",
		},
		{
			name:   "field_32 holds a control character",
			change: func(m *model.Wide) { m.Field32 = "a\u0007b" },
			field:  "field_32",
		},
		{
			name:   "field_36 holds a control character",
			change: func(m *model.Wide) { m.Field36 = []string{"a\u0007b"} },
			field:  "field_36",
		},
		{
			name:   "field_37 holds a control character",
			change: func(m *model.Wide) { m.Field37 = map[string]string{"name": "a\u0007b"} },
			field:  "field_37",
		},
		{
			name:   "field_37 holds an empty name",
			change: func(m *model.Wide) { m.Field37 = map[string]string{"": "a"} },
			field:  "field_37",
		},
		{
			name:   "field_40 holds a control character",
			change: func(m *model.Wide) { m.Field40 = "a\u0007b" },
			field:  "field_40",
		},
		{
			name:   "field_44 holds a control character",
			change: func(m *model.Wide) { m.Field44 = []string{"a\u0007b"} },
			field:  "field_44",
		},
		{
			name:   "field_45 holds a control character",
			change: func(m *model.Wide) { m.Field45 = map[string]string{"name": "a\u0007b"} },
			field:  "field_45",
		},
		{
			name:   "field_45 holds an empty name",
			change: func(m *model.Wide) { m.Field45 = map[string]string{"": "a"} },
			field:  "field_45",
		},
		{
			name:   "field_48 holds a control character",
			change: func(m *model.Wide) { m.Field48 = new("a\u0007b") },
			field:  "field_48",
		},
		{
			name:   "field_52 holds a control character",
			change: func(m *model.Wide) { m.Field52 = []string{"a\u0007b"} },
			field:  "field_52",
		},
		{
			name:   "field_53 holds a control character",
			change: func(m *model.Wide) { m.Field53 = map[string]string{"name": "a\u0007b"} },
			field:  "field_53",
		},
		{
			name:   "field_53 holds an empty name",
			change: func(m *model.Wide) { m.Field53 = map[string]string{"": "a"} },
			field:  "field_53",
		},
		{
			name:   "field_56 holds a control character",
			change: func(m *model.Wide) { m.Field56 = "a\u0007b" },
			field:  "field_56",
		},
		{
			name:   "key is missing",
			change: func(m *model.Wide) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Wide) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleWide(t)
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

func TestWideJSON(t *testing.T) {
	t.Parallel()
	want := sampleWide(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Wide)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
