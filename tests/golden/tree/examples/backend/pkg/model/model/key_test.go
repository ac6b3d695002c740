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

var _ interface{ TableModel() } = (*model.Key)(nil)

// sampleKey returns a key with every field set, as the hooks leave it.
func sampleKey(t *testing.T) *model.Key {
	t.Helper()
	m := new(model.Key)
	m.Defaulted()
	m.Username = "user@example.com"
	m.Name = "ci"
	m.Role = model.KeyRoleReadonly
	m.Creator = "user@example.com"
	m.Visited = "2026-01-02T15:04:05Z"
	m.Deleted = "2026-01-02T15:04:05Z"
	m.Deleter = "user@example.com"
	m.Status = "A"
	m.Expires = "2027-01-02T15:04:05Z"
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestKeyRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"key"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Key); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestKeyMethods(t *testing.T) {
	t.Parallel()
	m := sampleKey(t)
	if got, want := m.GetDescription(), "An API key that a person or a program signs in with."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), m.Key; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
	if got, want := m.LogValue().String(), m.Key; got != want {
		t.Errorf("LogValue().String() = %q, want %q", got, want)
	}
}

func TestKeyDefaulted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m model.Key
		m.Defaulted()
		var other model.Key
		other.Defaulted()
		if m.Created != model.Now() {
			t.Errorf("Created = %v, want the present time", m.Created)
		}
		if m.Status != "A" {
			t.Errorf("Status = %v, want A", m.Status)
		}
		if m.ID == "" || m.ID == other.ID {
			t.Errorf("ID = %v, want a new one every time", m.ID)
		}
		if m.Secret == "" || m.Secret == other.Secret {
			t.Errorf("Secret = %v, want a new one every time", m.Secret)
		}
	})
}

func TestKeyWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Key)
		field  string
	}{
		{
			name:   "no id",
			change: func(m *model.Key) { m.ID = "" },
			field:  "id",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleKey(t)
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

func TestKeyValid(t *testing.T) {
	t.Parallel()
	m := sampleKey(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestKeyInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Key)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.Key) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "id holds a control character",
			change: func(m *model.Key) { m.ID = "a\u0007b" },
			field:  "id",
		},
		{
			name:   "name is missing",
			change: func(m *model.Key) { m.Name = "" },
			field:  "name",
		},
		{
			name:   "name holds a control character",
			change: func(m *model.Key) { m.Name = "a\u0007b" },
			field:  "name",
		},
		{
			name:   "role is not one of the known values",
			change: func(m *model.Key) { m.Role = model.KeyRole("no-such-value") },
			field:  "role",
		},
		{
			name:   "created holds a control character",
			change: func(m *model.Key) { m.Created = "a\u0007b" },
			field:  "created",
		},
		{
			name:   "creator holds a control character",
			change: func(m *model.Key) { m.Creator = "a\u0007b" },
			field:  "creator",
		},
		{
			name:   "visited holds a control character",
			change: func(m *model.Key) { m.Visited = "a\u0007b" },
			field:  "visited",
		},
		{
			name:   "deleted holds a control character",
			change: func(m *model.Key) { m.Deleted = "a\u0007b" },
			field:  "deleted",
		},
		{
			name:   "deleter holds a control character",
			change: func(m *model.Key) { m.Deleter = "a\u0007b" },
			field:  "deleter",
		},
		{
			name:   "status holds a control character",
			change: func(m *model.Key) { m.Status = "a\u0007b" },
			field:  "status",
		},
		{
			name:   "expires holds a control character",
			change: func(m *model.Key) { m.Expires = "a\u0007b" },
			field:  "expires",
		},
		{
			name:   "secret holds a control character",
			change: func(m *model.Key) { m.Secret = "a\u0007b" },
			field:  "secret",
		},
		{
			name:   "key is missing",
			change: func(m *model.Key) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Key) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleKey(t)
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

func TestNewKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewKey("ci")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.Name, "ci"; got != want {
		t.Errorf("Name = %v, want %v", got, want)
	}
}

func TestKeyJSON(t *testing.T) {
	t.Parallel()
	want := sampleKey(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Key)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}

func TestKeyIsStoredWithout(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Secret"} {
		field, ok := reflect.TypeFor[model.Key]().FieldByName(name)
		if !ok {
			t.Errorf("there is no field %s", name)
		}
		if got := field.Tag.Get("dynamodbav"); got != "-" {
			t.Errorf("%s is stored as %q, want it left out", name, got)
		}
	}
}

func TestKeyRole(t *testing.T) {
	t.Parallel()
	values := model.KeyRoleValues()
	if want := []model.KeyRole{"admin", "analyst", "readonly"}; !slices.Equal(values, want) {
		t.Errorf("got %q, want %q", values, want)
	}
	for _, value := range values {
		if !value.Valid() {
			t.Errorf("%q is not valid", value)
		}
	}
	if unknown := model.KeyRole("no-such-value"); unknown.Valid() {
		t.Errorf("%q is valid", unknown)
	}
}
