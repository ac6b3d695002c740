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

// sampleHasToken returns a has token with every field set, as the hooks leave it.
func sampleHasToken(t *testing.T) *model.HasToken {
	t.Helper()
	m := new(model.HasToken)
	m.Defaulted()
	m.Username = "username"
	m.Weight = 0.5
	m.Seen = true
	m.Source = "source"
	m.Target = "target"
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestHasTokenRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"hastoken"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.HasToken); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestHasTokenMethods(t *testing.T) {
	t.Parallel()
	m := sampleHasToken(t)
	if got, want := m.GetDescription(), "The edge from a server to a token."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "source#HAS_TOKENtarget"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
	if got, want := m.Label(), "HAS_TOKEN"; got != want {
		t.Errorf("Label() = %q, want %q", got, want)
	}
	if source, target := m.Nodes(); source != m.Source || target != m.Target {
		t.Errorf("Nodes() = %q, %q, want %q, %q", source, target, m.Source, m.Target)
	}
}

func TestHasTokenDefaulted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m model.HasToken
		m.Defaulted()
		if m.Visited != model.Now() {
			t.Errorf("Visited = %v, want the present time", m.Visited)
		}
	})
}

func TestHasTokenWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.HasToken)
		field  string
	}{
		{
			name:   "no source",
			change: func(m *model.HasToken) { m.Source = "" },
			field:  "source",
		},
		{
			name:   "no target",
			change: func(m *model.HasToken) { m.Target = "" },
			field:  "target",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleHasToken(t)
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

func TestHasTokenValid(t *testing.T) {
	t.Parallel()
	m := sampleHasToken(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestHasTokenInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.HasToken)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.HasToken) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "visited holds a control character",
			change: func(m *model.HasToken) { m.Visited = "a\u0007b" },
			field:  "visited",
		},
		{
			name:   "source is missing",
			change: func(m *model.HasToken) { m.Source = "" },
			field:  "source",
		},
		{
			name:   "source holds a control character",
			change: func(m *model.HasToken) { m.Source = "a\u0007b" },
			field:  "source",
		},
		{
			name:   "target is missing",
			change: func(m *model.HasToken) { m.Target = "" },
			field:  "target",
		},
		{
			name:   "target holds a control character",
			change: func(m *model.HasToken) { m.Target = "a\u0007b" },
			field:  "target",
		},
		{
			name:   "key is missing",
			change: func(m *model.HasToken) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.HasToken) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleHasToken(t)
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

func TestNewHasToken(t *testing.T) {
	t.Parallel()
	m, err := model.NewHasToken("source", "target")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.Source, "source"; got != want {
		t.Errorf("Source = %v, want %v", got, want)
	}
	if got, want := m.Target, "target"; got != want {
		t.Errorf("Target = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "source#HAS_TOKENtarget"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewHasTokenWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewHasToken("", "")
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestHasTokenVisit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		own, other, want model.HasToken
	}{
		{
			name:  "visited: takes the other's",
			own:   model.HasToken{Visited: "visited"},
			other: model.HasToken{Visited: "visited-2"},
			want:  model.HasToken{Visited: "visited-2"},
		},
		{
			name:  "seen: stays true",
			own:   model.HasToken{Seen: true},
			other: model.HasToken{},
			want:  model.HasToken{Seen: true},
		},
		{
			name:  "seen: becomes true",
			own:   model.HasToken{},
			other: model.HasToken{Seen: true},
			want:  model.HasToken{Seen: true},
		},
		{
			name:  "weight: takes the other's",
			own:   model.HasToken{Weight: 0.5},
			other: model.HasToken{Weight: 1.5},
			want:  model.HasToken{Weight: 1.5},
		},
		{
			name:  "weight: keeps its own where the other has none",
			own:   model.HasToken{Weight: 0.5},
			other: model.HasToken{},
			want:  model.HasToken{Weight: 0.5},
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

func TestHasTokenJSON(t *testing.T) {
	t.Parallel()
	want := sampleHasToken(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.HasToken)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
