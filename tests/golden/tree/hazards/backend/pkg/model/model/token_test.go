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

var _ interface{ TableModel() } = (*model.Token)(nil)

// sampleToken returns a token with every field set, as the hooks leave it.
func sampleToken(t *testing.T) *model.Token {
	t.Helper()
	m := new(model.Token)
	m.Defaulted()
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestTokenRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"token"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Token); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestTokenMethods(t *testing.T) {
	t.Parallel()
	m := sampleToken(t)
	if got, want := m.GetDescription(), "A token that is all generated."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), m.Key; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
}

func TestTokenDefaulted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m model.Token
		m.Defaulted()
		var other model.Token
		other.Defaulted()
		if m.ID == "" || m.ID == other.ID {
			t.Errorf("ID = %v, want a new one every time", m.ID)
		}
	})
}

func TestTokenWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Token)
		field  string
	}{
		{
			name:   "no id",
			change: func(m *model.Token) { m.ID = "" },
			field:  "id",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleToken(t)
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

func TestTokenValid(t *testing.T) {
	t.Parallel()
	m := sampleToken(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestTokenInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Token)
		field  string
	}{
		{
			name:   "id holds a control character",
			change: func(m *model.Token) { m.ID = "a\u0007b" },
			field:  "id",
		},
		{
			name:   "key is missing",
			change: func(m *model.Token) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Token) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleToken(t)
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

func TestTokenJSON(t *testing.T) {
	t.Parallel()
	want := sampleToken(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Token)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
