package model_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/model/optional"
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

var _ interface{ TableModel() } = (*model.Type)(nil)

// sampleType returns a type with every field set, as the hooks leave it.
func sampleType(t *testing.T) *model.Type {
	t.Helper()
	m := new(model.Type)
	m.Defaulted()
	m.Username = "username"
	m.Type = "a"
	m.Range = "b"
	m.Len = 1
	m.Func = new("nothing")
	m.String = "text"
	m.Error = "everything"
	m.Time = time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC)
	m.Fmt = "plain"
	m.Model = "m"
	m.Registry = "r"
	m.T = "x"
	m.Err = "x"
	m.Ctx = "x"
	m.Nil = "x"
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestTypeRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"type"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Type); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestTypeMethods(t *testing.T) {
	t.Parallel()
	m := sampleType(t)
	if got, want := m.GetDescription(), "A type, whatever that is."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#type#a#b"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
}

func TestTypeWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Type)
		field  string
	}{
		{
			name:   "no type",
			change: func(m *model.Type) { m.Type = "" },
			field:  "type",
		},
		{
			name:   "no range",
			change: func(m *model.Type) { m.Range = "" },
			field:  "range",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleType(t)
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

func TestTypeValid(t *testing.T) {
	t.Parallel()
	m := sampleType(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestTypeInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Type)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.Type) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "type is missing",
			change: func(m *model.Type) { m.Type = "" },
			field:  "type",
		},
		{
			name:   "type holds a control character",
			change: func(m *model.Type) { m.Type = "a\u0007b" },
			field:  "type",
		},
		{
			name:   "type holds the separator of keys",
			change: func(m *model.Type) { m.Type = "a#" },
			field:  "type",
		},
		{
			name:   "range is missing",
			change: func(m *model.Type) { m.Range = "" },
			field:  "range",
		},
		{
			name:   "range holds a control character",
			change: func(m *model.Type) { m.Range = "a\u0007b" },
			field:  "range",
		},
		{
			name:   "func holds a control character",
			change: func(m *model.Type) { m.Func = new("a\u0007b") },
			field:  "func",
		},
		{
			name:   "string holds a control character",
			change: func(m *model.Type) { m.String = "a\u0007b" },
			field:  "string",
		},
		{
			name:   "error holds a control character",
			change: func(m *model.Type) { m.Error = "a\u0007b" },
			field:  "error",
		},
		{
			name:   "fmt holds a control character",
			change: func(m *model.Type) { m.Fmt = "a\u0007b" },
			field:  "fmt",
		},
		{
			name:   "model holds a control character",
			change: func(m *model.Type) { m.Model = "a\u0007b" },
			field:  "model",
		},
		{
			name:   "registry holds a control character",
			change: func(m *model.Type) { m.Registry = "a\u0007b" },
			field:  "registry",
		},
		{
			name:   "t holds a control character",
			change: func(m *model.Type) { m.T = "a\u0007b" },
			field:  "t",
		},
		{
			name:   "err holds a control character",
			change: func(m *model.Type) { m.Err = "a\u0007b" },
			field:  "err",
		},
		{
			name:   "ctx holds a control character",
			change: func(m *model.Type) { m.Ctx = "a\u0007b" },
			field:  "ctx",
		},
		{
			name:   "nil holds a control character",
			change: func(m *model.Type) { m.Nil = "a\u0007b" },
			field:  "nil",
		},
		{
			name:   "key is missing",
			change: func(m *model.Type) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Type) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleType(t)
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

func TestNewType(t *testing.T) {
	t.Parallel()
	m, err := model.NewType("a", "b", 1, "nothing", "text", "everything", "x", "x", "x")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.Type, "a"; got != want {
		t.Errorf("Type = %v, want %v", got, want)
	}
	if got, want := m.Range, "b"; got != want {
		t.Errorf("Range = %v, want %v", got, want)
	}
	if got, want := m.Len, 1; got != want {
		t.Errorf("Len = %v, want %v", got, want)
	}
	if got, want := optional.Value(m.Func), "nothing"; got != want {
		t.Errorf("Func = %v, want %v", got, want)
	}
	if got, want := m.String, "text"; got != want {
		t.Errorf("String = %v, want %v", got, want)
	}
	if got, want := m.Error, "everything"; got != want {
		t.Errorf("Error = %v, want %v", got, want)
	}
	if got, want := m.T, "x"; got != want {
		t.Errorf("T = %v, want %v", got, want)
	}
	if got, want := m.Err, "x"; got != want {
		t.Errorf("Err = %v, want %v", got, want)
	}
	if got, want := m.Nil, "x"; got != want {
		t.Errorf("Nil = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "#type#a#b"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewTypeWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewType("", "", 0, "", "", "", "", "", "")
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestTypeJSON(t *testing.T) {
	t.Parallel()
	want := sampleType(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Type)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
