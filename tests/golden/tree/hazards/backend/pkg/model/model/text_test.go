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

var _ interface{ TableModel() } = (*model.Text)(nil)

// sampleText returns a text with every field set, as the hooks leave it.
func sampleText(t *testing.T) *model.Text {
	t.Helper()
	m := new(model.Text)
	m.Defaulted()
	m.Username = "username"
	m.Name = "naïve 漢字 🚀"
	m.Quotes = "it's \"quoted\""
	m.Backtick = "a `code` word"
	m.Braces = "{{ 7 * 7 }} [[ 7 ]] [% x %]"
	m.Shell = "$(id)"
	m.Cypher = "'}) DETACH DELETE (n"
	m.Yaml = "- a: b # c"
	m.Markup = "<b>&amp;</b>"
	m.Percent = "%s%d"
	m.Colon = "::"
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestTextRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"text"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Text); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestTextMethods(t *testing.T) {
	t.Parallel()
	m := sampleText(t)
	if got, want := m.GetDescription(), "A \"text\" with `backticks`, a \\ backslash, 100 %, */ and // and ${Stage} and {{ x }} and [[ y ]] and // % z."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#text#naïve 漢字 🚀"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
}

func TestTextWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Text)
		field  string
	}{
		{
			name:   "no name",
			change: func(m *model.Text) { m.Name = "" },
			field:  "name",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleText(t)
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

func TestTextValid(t *testing.T) {
	t.Parallel()
	m := sampleText(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestTextInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Text)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.Text) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "name is missing",
			change: func(m *model.Text) { m.Name = "" },
			field:  "name",
		},
		{
			name:   "name holds a control character",
			change: func(m *model.Text) { m.Name = "a\u0007b" },
			field:  "name",
		},
		{
			name:   "quotes holds a control character",
			change: func(m *model.Text) { m.Quotes = "a\u0007b" },
			field:  "quotes",
		},
		{
			name:   "backtick holds a control character",
			change: func(m *model.Text) { m.Backtick = "a\u0007b" },
			field:  "backtick",
		},
		{
			name:   "braces holds a control character",
			change: func(m *model.Text) { m.Braces = "a\u0007b" },
			field:  "braces",
		},
		{
			name:   "shell holds a control character",
			change: func(m *model.Text) { m.Shell = "a\u0007b" },
			field:  "shell",
		},
		{
			name:   "cypher holds a control character",
			change: func(m *model.Text) { m.Cypher = "a\u0007b" },
			field:  "cypher",
		},
		{
			name:   "yaml holds a control character",
			change: func(m *model.Text) { m.Yaml = "a\u0007b" },
			field:  "yaml",
		},
		{
			name:   "markup holds a control character",
			change: func(m *model.Text) { m.Markup = "a\u0007b" },
			field:  "markup",
		},
		{
			name:   "percent holds a control character",
			change: func(m *model.Text) { m.Percent = "a\u0007b" },
			field:  "percent",
		},
		{
			name:   "colon holds a control character",
			change: func(m *model.Text) { m.Colon = "a\u0007b" },
			field:  "colon",
		},
		{
			name:   "key is missing",
			change: func(m *model.Text) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Text) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleText(t)
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

func TestNewText(t *testing.T) {
	t.Parallel()
	m, err := model.NewText("naïve 漢字 🚀")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.Name, "naïve 漢字 🚀"; got != want {
		t.Errorf("Name = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "#text#naïve 漢字 🚀"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewTextWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewText("")
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestTextJSON(t *testing.T) {
	t.Parallel()
	want := sampleText(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Text)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
