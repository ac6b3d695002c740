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

// sampleTechnology returns a technology with every field set, as the hooks leave it.
func sampleTechnology(t *testing.T) *model.Technology {
	t.Helper()
	m := new(model.Technology)
	m.Defaulted()
	m.Username = "user@example.com"
	m.CPE = "cpe:2.3:a:apache:http_server:2.4.50:*:*:*:*:*:*:*"
	m.Name = "Apache httpd"
	m.Source = "fingerprint"
	m.Comment = "Seen in the Server header."
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestTechnologyRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"technology"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Technology); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestTechnologyMethods(t *testing.T) {
	t.Parallel()
	m := sampleTechnology(t)
	if got, want := m.GetDescription(), "A piece of software seen on an asset, named by its CPE."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#technology#cpe:2.3:a:apache:http_server:2.4.50:*:*:*:*:*:*:*"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
	if got, want := m.GetLabels(), []string{"Technology", "TTL"}; !slices.Equal(got, want) {
		t.Errorf("GetLabels() = %q, want %q", got, want)
	}
}

func TestTechnologyDefaulted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m model.Technology
		m.Defaulted()
		if m.Created != model.Now() {
			t.Errorf("Created = %v, want the present time", m.Created)
		}
		if m.Visited != model.Now() {
			t.Errorf("Visited = %v, want the present time", m.Visited)
		}
		if m.TTL != model.Future(720) {
			t.Errorf("TTL = %v, want the time 720 hours from now", m.TTL)
		}
	})
}

func TestTechnologyHooks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Technology)
		got    func(m *model.Technology) any
		want   any
	}{
		{
			name:   "normalises cpe",
			change: func(m *model.Technology) { m.CPE = " CPE:2.3:A:APACHE:HTTP_SERVER:2.4.50:*:*:*:*:*:*:* " },
			got:    func(m *model.Technology) any { return m.CPE },
			want:   "cpe:2.3:a:apache:http_server:2.4.50:*:*:*:*:*:*:*",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleTechnology(t)
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

func TestTechnologyWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Technology)
		field  string
	}{
		{
			name:   "no cpe",
			change: func(m *model.Technology) { m.CPE = "" },
			field:  "cpe",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleTechnology(t)
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

func TestTechnologyValid(t *testing.T) {
	t.Parallel()
	m := sampleTechnology(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestTechnologyInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Technology)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.Technology) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "cpe is missing",
			change: func(m *model.Technology) { m.CPE = "" },
			field:  "cpe",
		},
		{
			name:   "cpe holds a control character",
			change: func(m *model.Technology) { m.CPE = "a\u0007b" },
			field:  "cpe",
		},
		{
			name:   "name holds a control character",
			change: func(m *model.Technology) { m.Name = "a\u0007b" },
			field:  "name",
		},
		{
			name:   "source holds a control character",
			change: func(m *model.Technology) { m.Source = "a\u0007b" },
			field:  "source",
		},
		{
			name:   "comment holds a control character",
			change: func(m *model.Technology) { m.Comment = "a\u0007b" },
			field:  "comment",
		},
		{
			name:   "created holds a control character",
			change: func(m *model.Technology) { m.Created = "a\u0007b" },
			field:  "created",
		},
		{
			name:   "visited holds a control character",
			change: func(m *model.Technology) { m.Visited = "a\u0007b" },
			field:  "visited",
		},
		{
			name:   "key is missing",
			change: func(m *model.Technology) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Technology) { m.Key = "a\u0007b" },
			field:  "key",
		},
		{
			name:   "key has the wrong form",
			change: func(m *model.Technology) { m.Key = "no such value" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleTechnology(t)
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

func TestNewTechnology(t *testing.T) {
	t.Parallel()
	m, err := model.NewTechnology("cpe:2.3:a:apache:http_server:2.4.50:*:*:*:*:*:*:*")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.CPE, "cpe:2.3:a:apache:http_server:2.4.50:*:*:*:*:*:*:*"; got != want {
		t.Errorf("CPE = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "#technology#cpe:2.3:a:apache:http_server:2.4.50:*:*:*:*:*:*:*"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewTechnologyWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewTechnology("")
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestTechnologyVisit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		own, other, want model.Technology
	}{
		{
			name:  "tags",
			own:   model.Technology{Tags: model.Tags{Tags: []string{"a"}}},
			other: model.Technology{Tags: model.Tags{Tags: []string{"b"}}},
			want:  model.Technology{Tags: model.Tags{Tags: []string{"a", "b"}}},
		},
		{
			name:  "visited: takes the other's",
			own:   model.Technology{Visited: "2026-01-02T15:04:05Z"},
			other: model.Technology{Visited: "2026-02-03T16:05:06Z"},
			want:  model.Technology{Visited: "2026-02-03T16:05:06Z"},
		},
		{
			name:  "ttl: takes the other's",
			own:   model.Technology{TTL: 4102444800},
			other: model.Technology{TTL: 4417977600},
			want:  model.Technology{TTL: 4417977600},
		},
		{
			name:  "ttl: stays empty",
			own:   model.Technology{},
			other: model.Technology{TTL: 4417977600},
			want:  model.Technology{},
		},
		{
			name:  "name: takes the other's where it has none",
			own:   model.Technology{},
			other: model.Technology{Name: "Apache httpd-2"},
			want:  model.Technology{Name: "Apache httpd-2"},
		},
		{
			name:  "name: keeps its own",
			own:   model.Technology{Name: "Apache httpd"},
			other: model.Technology{Name: "Apache httpd-2"},
			want:  model.Technology{Name: "Apache httpd"},
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

func TestTechnologyMerge(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		own, other, want model.Technology
	}{
		{
			name:  "tags",
			own:   model.Technology{Tags: model.Tags{Tags: []string{"a"}}},
			other: model.Technology{Tags: model.Tags{Tags: []string{"b"}}},
			want:  model.Technology{Tags: model.Tags{Tags: []string{"b"}}},
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

func TestTechnologyMergeHistory(t *testing.T) {
	t.Parallel()
	m := model.Technology{}
	other := model.Technology{Comment: "Seen again."}
	m.Merge(&other)
	if len(m.History.History) != 1 {
		t.Fatalf("%d records, want 1", len(m.History.History))
	}
	if got, want := m.History.History[0].Comment, "Seen again."; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTechnologyJSON(t *testing.T) {
	t.Parallel()
	want := sampleTechnology(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Technology)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}

func TestTechnologyIsStoredWithout(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Source", "Comment"} {
		field, ok := reflect.TypeFor[model.Technology]().FieldByName(name)
		if !ok {
			t.Errorf("there is no field %s", name)
		}
		if got := field.Tag.Get("neo4j"); got != "-" {
			t.Errorf("%s is stored as %q, want it left out", name, got)
		}
	}
}
