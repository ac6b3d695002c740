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

// samplePort returns a port with every field set, as the hooks leave it.
func samplePort(t *testing.T) *model.Port {
	t.Helper()
	m := new(model.Port)
	m.Defaulted()
	m.Username = "user@example.com"
	m.Source = "#asset#example.com#198.51.100.7"
	m.Protocol = "tcp"
	m.Port = 443
	m.Service = "https"
	m.Status = "A"
	m.Capability = "portscan"
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestPortRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"port"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Port); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestPortMethods(t *testing.T) {
	t.Parallel()
	m := samplePort(t)
	if got, want := m.GetDescription(), "An open port on an asset."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#port#tcp#443#asset#example.com#198.51.100.7"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
	if got, want := m.GetPartitionKey(), m.Key; got != want {
		t.Errorf("GetPartitionKey() = %q, want %q", got, want)
	}
	if got, want := m.GetLabels(), []string{"Port", "TTL"}; !slices.Equal(got, want) {
		t.Errorf("GetLabels() = %q, want %q", got, want)
	}
}

func TestPortDefaulted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m model.Port
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
		if m.TTL != model.Future(720) {
			t.Errorf("TTL = %v, want the time 720 hours from now", m.TTL)
		}
	})
}

func TestPortHooks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Port)
		got    func(m *model.Port) any
		want   any
	}{
		{
			name:   "normalises protocol",
			change: func(m *model.Port) { m.Protocol = " TCP " },
			got:    func(m *model.Port) any { return m.Protocol },
			want:   "tcp",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := samplePort(t)
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

func TestPortWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Port)
		field  string
	}{
		{
			name:   "no protocol",
			change: func(m *model.Port) { m.Protocol = "" },
			field:  "protocol",
		},
		{
			name:   "no source",
			change: func(m *model.Port) { m.Source = "" },
			field:  "source",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := samplePort(t)
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

func TestPortValid(t *testing.T) {
	t.Parallel()
	m := samplePort(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestPortInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Port)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.Port) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "source is missing",
			change: func(m *model.Port) { m.Source = "" },
			field:  "source",
		},
		{
			name:   "source holds a control character",
			change: func(m *model.Port) { m.Source = "a\u0007b" },
			field:  "source",
		},
		{
			name:   "source lacks the prefix #",
			change: func(m *model.Port) { m.Source = "x" },
			field:  "source",
		},
		{
			name:   "protocol is missing",
			change: func(m *model.Port) { m.Protocol = "" },
			field:  "protocol",
		},
		{
			name:   "protocol is not one of the known values",
			change: func(m *model.Port) { m.Protocol = "no-such-value" },
			field:  "protocol",
		},
		{
			name:   "port is missing",
			change: func(m *model.Port) { m.Port = 0 },
			field:  "port",
		},
		{
			name:   "port is too small",
			change: func(m *model.Port) { m.Port = 0 },
			field:  "port",
		},
		{
			name:   "port is too large",
			change: func(m *model.Port) { m.Port = 65536 },
			field:  "port",
		},
		{
			name:   "service holds a control character",
			change: func(m *model.Port) { m.Service = "a\u0007b" },
			field:  "service",
		},
		{
			name:   "status holds a control character",
			change: func(m *model.Port) { m.Status = "a\u0007b" },
			field:  "status",
		},
		{
			name:   "capability holds a control character",
			change: func(m *model.Port) { m.Capability = "a\u0007b" },
			field:  "capability",
		},
		{
			name:   "created holds a control character",
			change: func(m *model.Port) { m.Created = "a\u0007b" },
			field:  "created",
		},
		{
			name:   "visited holds a control character",
			change: func(m *model.Port) { m.Visited = "a\u0007b" },
			field:  "visited",
		},
		{
			name:   "key is missing",
			change: func(m *model.Port) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Port) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := samplePort(t)
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

func TestNewPort(t *testing.T) {
	t.Parallel()
	m, err := model.NewPort("tcp", 443, "#asset#example.com#198.51.100.7")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.Protocol, "tcp"; got != want {
		t.Errorf("Protocol = %v, want %v", got, want)
	}
	if got, want := m.Port, 443; got != want {
		t.Errorf("Port = %v, want %v", got, want)
	}
	if got, want := m.Source, "#asset#example.com#198.51.100.7"; got != want {
		t.Errorf("Source = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "#port#tcp#443#asset#example.com#198.51.100.7"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewPortWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewPort("", 0, "")
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestPortVisit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		own, other, want model.Port
	}{
		{
			name:  "visited: takes the other's",
			own:   model.Port{Visited: "2026-01-02T15:04:05Z"},
			other: model.Port{Visited: "2026-02-03T16:05:06Z"},
			want:  model.Port{Visited: "2026-02-03T16:05:06Z"},
		},
		{
			name:  "status: keeps the exception",
			own:   model.Port{Status: "P"},
			other: model.Port{Status: "A-2"},
			want:  model.Port{Status: "P"},
		},
		{
			name:  "status: takes the other's",
			own:   model.Port{Status: "A"},
			other: model.Port{Status: "A-2"},
			want:  model.Port{Status: "A-2"},
		},
		{
			name:  "ttl: takes the other's",
			own:   model.Port{TTL: 4102444800},
			other: model.Port{TTL: 4417977600},
			want:  model.Port{TTL: 4417977600},
		},
		{
			name:  "ttl: keeps its own where the other has none",
			own:   model.Port{TTL: 4102444800},
			other: model.Port{},
			want:  model.Port{TTL: 4102444800},
		},
		{
			name:  "service: takes the other's",
			own:   model.Port{Service: "https"},
			other: model.Port{Service: "https-2"},
			want:  model.Port{Service: "https-2"},
		},
		{
			name:  "service: keeps its own where the other has none",
			own:   model.Port{Service: "https"},
			other: model.Port{},
			want:  model.Port{Service: "https"},
		},
		{
			name:  "tags",
			own:   model.Port{Tags: model.Tags{Tags: []string{"a"}}},
			other: model.Port{Tags: model.Tags{Tags: []string{"b"}}},
			want:  model.Port{Tags: model.Tags{Tags: []string{"a", "b"}}},
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

func TestPortJSON(t *testing.T) {
	t.Parallel()
	want := samplePort(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Port)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
