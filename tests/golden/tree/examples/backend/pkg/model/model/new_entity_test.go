package model_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"

	"example.com/backend/pkg/model/model"
	"example.com/backend/pkg/registry"
	"example.com/backend/pkg/validation"
)

var _ interface{ TableModel() } = (*model.NewEntity)(nil)

// sampleNewEntity returns a new entity with every field set, as the hooks leave it.
func sampleNewEntity(t *testing.T) *model.NewEntity {
	t.Helper()
	m := new(model.NewEntity)
	m.Defaulted()
	m.Username = "user@example.com"
	m.Field1 = "example_value"
	m.Field2 = 123
	m.Summary = new("An example.")
	m.Status = "A"
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestNewEntityRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"newentity"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.NewEntity); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestNewEntityMethods(t *testing.T) {
	t.Parallel()
	m := sampleNewEntity(t)
	if got, want := m.GetDescription(), "A new entity, enriched from an external service."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#newentity#example_value"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
}

func TestNewEntityDefaulted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m model.NewEntity
		m.Defaulted()
		if m.Status != "A" {
			t.Errorf("Status = %v, want A", m.Status)
		}
		if m.Created != model.Now() {
			t.Errorf("Created = %v, want the present time", m.Created)
		}
		if m.TTL != model.Future(720) {
			t.Errorf("TTL = %v, want the time 720 hours from now", m.TTL)
		}
	})
}

func TestNewEntityHooks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.NewEntity)
		got    func(m *model.NewEntity) any
		want   any
	}{
		{
			name:   "normalises field1",
			change: func(m *model.NewEntity) { m.Field1 = " example_value " },
			got:    func(m *model.NewEntity) any { return m.Field1 },
			want:   "example_value",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleNewEntity(t)
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

func TestNewEntityWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.NewEntity)
		field  string
	}{
		{
			name:   "no field1",
			change: func(m *model.NewEntity) { m.Field1 = "" },
			field:  "field1",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleNewEntity(t)
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

func TestNewEntityValid(t *testing.T) {
	t.Parallel()
	m := sampleNewEntity(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestNewEntityInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.NewEntity)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.NewEntity) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "field1 is missing",
			change: func(m *model.NewEntity) { m.Field1 = "" },
			field:  "field1",
		},
		{
			name:   "field1 holds a control character",
			change: func(m *model.NewEntity) { m.Field1 = "a\u0007b" },
			field:  "field1",
		},
		{
			name:   "field2 is too small",
			change: func(m *model.NewEntity) { m.Field2 = -1 },
			field:  "field2",
		},
		{
			name:   "field2 is too large",
			change: func(m *model.NewEntity) { m.Field2 = 1001 },
			field:  "field2",
		},
		{
			name:   "summary holds a control character",
			change: func(m *model.NewEntity) { m.Summary = new("a\u0007b") },
			field:  "summary",
		},
		{
			name:   "status holds a control character",
			change: func(m *model.NewEntity) { m.Status = "a\u0007b" },
			field:  "status",
		},
		{
			name:   "created holds a control character",
			change: func(m *model.NewEntity) { m.Created = "a\u0007b" },
			field:  "created",
		},
		{
			name:   "key is missing",
			change: func(m *model.NewEntity) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.NewEntity) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleNewEntity(t)
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

func TestNewNewEntity(t *testing.T) {
	t.Parallel()
	m, err := model.NewNewEntity("example_value", 123)
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.Field1, "example_value"; got != want {
		t.Errorf("Field1 = %v, want %v", got, want)
	}
	if got, want := m.Field2, 123; got != want {
		t.Errorf("Field2 = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "#newentity#example_value"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewNewEntityWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewNewEntity("", 0)
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestNewEntityJSON(t *testing.T) {
	t.Parallel()
	want := sampleNewEntity(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.NewEntity)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
