package model_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"

	"example.com/backend/pkg/model/model"
	"example.com/backend/pkg/model/optional"
	"example.com/backend/pkg/registry"
	"example.com/backend/pkg/validation"
)

// samplePerson returns a person with every field set, as the hooks leave it.
func samplePerson(t *testing.T) *model.Person {
	t.Helper()
	m := new(model.Person)
	m.Defaulted()
	m.FirstName = new("Ada")
	m.LastName = new("Lovelace")
	m.Name = new("Ada Lovelace")
	m.Email = new("ada@example.com")
	m.Phone = new("+15550100")
	m.Title = new("Engineer")
	m.City = new("London")
	m.LinkedinURL = new("https://example.com/in/ada")
	m.Username = "user@example.com"
	m.Departments = &[]string{"example"}
	m.DataQualityScore = new(0.9)
	m.Attributes = map[string]string{"name": "example"}
	m.EmploymentHistory = []model.EmploymentRecord{{Title: new("Engineer"), Organization: new("Example Ltd."), Started: new("2020-01-01"), Current: new(true)}}
	m.Status = "A"
	m.TTL = 4102444800
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestPersonRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"person"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Person); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestPersonMethods(t *testing.T) {
	t.Parallel()
	m := samplePerson(t)
	if got, want := m.GetDescription(), "A person, enriched from a directory of people."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#person#ada@example.com#Ada Lovelace"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
	if got, want := m.GetLabels(), []string{"Person", "TTL"}; !slices.Equal(got, want) {
		t.Errorf("GetLabels() = %q, want %q", got, want)
	}
}

func TestPersonDefaulted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m model.Person
		m.Defaulted()
		if m.Status != "A" {
			t.Errorf("Status = %v, want A", m.Status)
		}
		if m.Created != model.Now() {
			t.Errorf("Created = %v, want the present time", m.Created)
		}
		if m.Visited != model.Now() {
			t.Errorf("Visited = %v, want the present time", m.Visited)
		}
		if m.Attributes == nil {
			t.Errorf("Attributes = %v, want empty and not nil", m.Attributes)
		}
	})
}

func TestPersonHooks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Person)
		got    func(m *model.Person) any
		want   any
	}{
		{
			name:   "normalises email",
			change: func(m *model.Person) { m.Email = new(" ADA@EXAMPLE.COM ") },
			got:    func(m *model.Person) any { return optional.Value(m.Email) },
			want:   "ada@example.com",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := samplePerson(t)
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

func TestPersonWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Person)
		field  string
	}{
		{
			name:   "no email and name",
			change: func(m *model.Person) { m.Email = nil; m.Name = nil },
			field:  "email",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := samplePerson(t)
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

func TestPersonValid(t *testing.T) {
	t.Parallel()
	m := samplePerson(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestPersonValidWithOne(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Person)
	}{
		{
			name:   "email alone",
			change: func(m *model.Person) { m.Name = nil },
		},
		{
			name:   "name alone",
			change: func(m *model.Person) { m.Email = nil },
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := samplePerson(t)
			test.change(m)
			if err := m.Validate(); err != nil {
				t.Errorf("Validate() = %v, want nil", err)
			}
		})
	}
}

func TestPersonInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Person)
		field  string
	}{
		{
			name:   "first_name holds a control character",
			change: func(m *model.Person) { m.FirstName = new("a\u0007b") },
			field:  "first_name",
		},
		{
			name:   "last_name holds a control character",
			change: func(m *model.Person) { m.LastName = new("a\u0007b") },
			field:  "last_name",
		},
		{
			name:   "name holds a control character",
			change: func(m *model.Person) { m.Name = new("a\u0007b") },
			field:  "name",
		},
		{
			name:   "name holds the separator of keys",
			change: func(m *model.Person) { m.Name = new("Ada Lovelace#") },
			field:  "name",
		},
		{
			name:   "email holds a control character",
			change: func(m *model.Person) { m.Email = new("a\u0007b") },
			field:  "email",
		},
		{
			name:   "email holds the separator of keys",
			change: func(m *model.Person) { m.Email = new("ada@example.com#") },
			field:  "email",
		},
		{
			name:   "phone holds a control character",
			change: func(m *model.Person) { m.Phone = new("a\u0007b") },
			field:  "phone",
		},
		{
			name:   "title holds a control character",
			change: func(m *model.Person) { m.Title = new("a\u0007b") },
			field:  "title",
		},
		{
			name:   "city holds a control character",
			change: func(m *model.Person) { m.City = new("a\u0007b") },
			field:  "city",
		},
		{
			name:   "linkedin_url holds a control character",
			change: func(m *model.Person) { m.LinkedinURL = new("a\u0007b") },
			field:  "linkedin_url",
		},
		{
			name:   "username holds a control character",
			change: func(m *model.Person) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "departments holds a control character",
			change: func(m *model.Person) { m.Departments = &[]string{"a\u0007b"} },
			field:  "departments",
		},
		{
			name:   "attributes holds a control character",
			change: func(m *model.Person) { m.Attributes = map[string]string{"name": "a\u0007b"} },
			field:  "attributes",
		},
		{
			name:   "attributes holds an empty name",
			change: func(m *model.Person) { m.Attributes = map[string]string{"": "a"} },
			field:  "attributes",
		},
		{
			name:   "employment_history.title is refused",
			change: func(m *model.Person) { m.EmploymentHistory = []model.EmploymentRecord{{Title: new("a\u0007b")}} },
			field:  "employment_history.title",
		},
		{
			name:   "employment_history.organization is refused",
			change: func(m *model.Person) { m.EmploymentHistory = []model.EmploymentRecord{{Organization: new("a\u0007b")}} },
			field:  "employment_history.organization",
		},
		{
			name:   "employment_history.started is refused",
			change: func(m *model.Person) { m.EmploymentHistory = []model.EmploymentRecord{{Started: new("a\u0007b")}} },
			field:  "employment_history.started",
		},
		{
			name:   "status holds a control character",
			change: func(m *model.Person) { m.Status = "a\u0007b" },
			field:  "status",
		},
		{
			name:   "created holds a control character",
			change: func(m *model.Person) { m.Created = "a\u0007b" },
			field:  "created",
		},
		{
			name:   "visited holds a control character",
			change: func(m *model.Person) { m.Visited = "a\u0007b" },
			field:  "visited",
		},
		{
			name:   "key is missing",
			change: func(m *model.Person) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Person) { m.Key = "a\u0007b" },
			field:  "key",
		},
		{
			name:   "key has the wrong form",
			change: func(m *model.Person) { m.Key = "no such value" },
			field:  "key",
		},
		{
			name:   "none of email, name",
			change: func(m *model.Person) { m.Email = nil; m.Name = nil },
			field:  "email",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := samplePerson(t)
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

func TestNewPerson(t *testing.T) {
	t.Parallel()
	m, err := model.NewPerson("ada@example.com", "Ada Lovelace", "user@example.com")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := optional.Value(m.Email), "ada@example.com"; got != want {
		t.Errorf("Email = %v, want %v", got, want)
	}
	if got, want := optional.Value(m.Name), "Ada Lovelace"; got != want {
		t.Errorf("Name = %v, want %v", got, want)
	}
	if got, want := m.Username, "user@example.com"; got != want {
		t.Errorf("Username = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "#person#ada@example.com#Ada Lovelace"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewPersonWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewPerson("", "", "")
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestNewPersonFromName(t *testing.T) {
	t.Parallel()
	m, err := model.NewPersonFromName("Ada Lovelace", "user@example.com")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := optional.Value(m.Name), "Ada Lovelace"; got != want {
		t.Errorf("Name = %v, want %v", got, want)
	}
	if got, want := m.Username, "user@example.com"; got != want {
		t.Errorf("Username = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "#person#Ada Lovelace#Ada Lovelace"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewPersonFromNameWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewPersonFromName("", "")
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestPersonVisit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		own, other, want model.Person
	}{
		{
			name:  "visited: takes the other's",
			own:   model.Person{Visited: "2026-01-02T15:04:05Z"},
			other: model.Person{Visited: "2026-02-03T16:05:06Z"},
			want:  model.Person{Visited: "2026-02-03T16:05:06Z"},
		},
		{
			name:  "phone: takes the other's",
			own:   model.Person{Phone: new("+15550100")},
			other: model.Person{Phone: new("+15550100-2")},
			want:  model.Person{Phone: new("+15550100-2")},
		},
		{
			name:  "phone: keeps its own where the other has none",
			own:   model.Person{Phone: new("+15550100")},
			other: model.Person{},
			want:  model.Person{Phone: new("+15550100")},
		},
		{
			name:  "title: takes the other's",
			own:   model.Person{Title: new("Engineer")},
			other: model.Person{Title: new("Engineer-2")},
			want:  model.Person{Title: new("Engineer-2")},
		},
		{
			name:  "title: keeps its own where the other has none",
			own:   model.Person{Title: new("Engineer")},
			other: model.Person{},
			want:  model.Person{Title: new("Engineer")},
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

func TestPersonMerge(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		own, other, want model.Person
	}{
		{
			name:  "attributes: puts the other's entries over its own",
			own:   model.Person{Attributes: map[string]string{"name": "example", "own": "example"}},
			other: model.Person{Attributes: map[string]string{"name": "example-2"}},
			want:  model.Person{Attributes: map[string]string{"name": "example-2", "own": "example"}},
		},
		{
			name:  "attributes: takes all where it has none",
			own:   model.Person{},
			other: model.Person{Attributes: map[string]string{"name": "example-2"}},
			want:  model.Person{Attributes: map[string]string{"name": "example-2"}},
		},
		{
			name:  "attributes: stays without any",
			own:   model.Person{},
			other: model.Person{},
			want:  model.Person{},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.own.Merge(&test.other)
			if !reflect.DeepEqual(test.own, test.want) {
				t.Errorf("got %+v, want %+v", test.own, test.want)
			}
		})
	}
}

func TestPersonMergeHistory(t *testing.T) {
	t.Parallel()
	m := model.Person{Status: "A"}
	other := model.Person{Status: "A-2"}
	m.Merge(&other)
	if len(m.History.History) != 1 {
		t.Fatalf("%d records, want 1", len(m.History.History))
	}
	if got, want := m.Status, "A-2"; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPersonJSON(t *testing.T) {
	t.Parallel()
	want := samplePerson(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Person)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}

func TestPersonIsStoredWithout(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"EmploymentHistory"} {
		field, ok := reflect.TypeFor[model.Person]().FieldByName(name)
		if !ok {
			t.Errorf("there is no field %s", name)
		}
		if got := field.Tag.Get("neo4j"); got != "-" {
			t.Errorf("%s is stored as %q, want it left out", name, got)
		}
	}
}
