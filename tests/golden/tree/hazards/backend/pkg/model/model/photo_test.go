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

// samplePhoto returns a photo with every field set, as the hooks leave it.
func samplePhoto(t *testing.T) *model.Photo {
	t.Helper()
	m := new(model.Photo)
	m.Defaulted()
	m.Username = "username"
	m.Name = "portrait"
	m.Taken = "taken"
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestPhotoRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"photo"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Photo); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestPhotoMethods(t *testing.T) {
	t.Parallel()
	m := samplePhoto(t)
	if got, want := m.GetDescription(), "A picture of something."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#photo#portrait"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
	if got, want := m.GetLabels(), []string{"Photo"}; !slices.Equal(got, want) {
		t.Errorf("GetLabels() = %q, want %q", got, want)
	}
}

func TestPhotoWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Photo)
		field  string
	}{
		{
			name:   "no name",
			change: func(m *model.Photo) { m.Name = "" },
			field:  "name",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := samplePhoto(t)
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

func TestPhotoValid(t *testing.T) {
	t.Parallel()
	m := samplePhoto(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestPhotoInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Photo)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.Photo) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "name is missing",
			change: func(m *model.Photo) { m.Name = "" },
			field:  "name",
		},
		{
			name:   "name holds a control character",
			change: func(m *model.Photo) { m.Name = "a\u0007b" },
			field:  "name",
		},
		{
			name:   "taken holds a control character",
			change: func(m *model.Photo) { m.Taken = "a\u0007b" },
			field:  "taken",
		},
		{
			name:   "key is missing",
			change: func(m *model.Photo) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Photo) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := samplePhoto(t)
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

func TestPhotoJSON(t *testing.T) {
	t.Parallel()
	want := samplePhoto(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Photo)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
