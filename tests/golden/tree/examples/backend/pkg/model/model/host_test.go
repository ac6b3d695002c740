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

// sampleHost returns a host with every field set, as the hooks leave it.
func sampleHost(t *testing.T) *model.Host {
	t.Helper()
	m := new(model.Host)
	m.Defaulted()
	m.Username = "user@example.com"
	m.IP = "198.51.100.7"
	m.Organization = "Example Ltd."
	m.ISP = "Example Net"
	m.OS = "Linux"
	m.CountryCode = "GB"
	m.Ports = []int{1}
	m.Hostnames = []string{"example"}
	m.Vulns = []string{"example"}
	m.LastUpdate = "2026-01-02T15:04:05.000000"
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestHostRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"host"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Host); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestHostMethods(t *testing.T) {
	t.Parallel()
	m := sampleHost(t)
	if got, want := m.GetDescription(), "An internet host, with what Shodan knows of it."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#host#198.51.100.7"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
	if got, want := m.GetLabels(), []string{"Host", "TTL"}; !slices.Equal(got, want) {
		t.Errorf("GetLabels() = %q, want %q", got, want)
	}
}

func TestHostDefaulted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m model.Host
		m.Defaulted()
		if m.Created != model.Now() {
			t.Errorf("Created = %v, want the present time", m.Created)
		}
		if m.Visited != model.Now() {
			t.Errorf("Visited = %v, want the present time", m.Visited)
		}
		if m.TTL != model.Future(168) {
			t.Errorf("TTL = %v, want the time 168 hours from now", m.TTL)
		}
	})
}

func TestHostHooks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Host)
		got    func(m *model.Host) any
		want   any
	}{
		{
			name:   "normalises ip",
			change: func(m *model.Host) { m.IP = " 198.51.100.7 " },
			got:    func(m *model.Host) any { return m.IP },
			want:   "198.51.100.7",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleHost(t)
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

func TestHostWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Host)
		field  string
	}{
		{
			name:   "no ip",
			change: func(m *model.Host) { m.IP = "" },
			field:  "ip",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleHost(t)
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

func TestHostValid(t *testing.T) {
	t.Parallel()
	m := sampleHost(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestHostInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Host)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.Host) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "ip is missing",
			change: func(m *model.Host) { m.IP = "" },
			field:  "ip",
		},
		{
			name:   "ip holds a control character",
			change: func(m *model.Host) { m.IP = "a\u0007b" },
			field:  "ip",
		},
		{
			name:   "ip has the wrong form",
			change: func(m *model.Host) { m.IP = "no such value" },
			field:  "ip",
		},
		{
			name:   "organization holds a control character",
			change: func(m *model.Host) { m.Organization = "a\u0007b" },
			field:  "organization",
		},
		{
			name:   "isp holds a control character",
			change: func(m *model.Host) { m.ISP = "a\u0007b" },
			field:  "isp",
		},
		{
			name:   "os holds a control character",
			change: func(m *model.Host) { m.OS = "a\u0007b" },
			field:  "os",
		},
		{
			name:   "country_code holds a control character",
			change: func(m *model.Host) { m.CountryCode = "a\u0007b" },
			field:  "country_code",
		},
		{
			name:   "hostnames holds a control character",
			change: func(m *model.Host) { m.Hostnames = []string{"a\u0007b"} },
			field:  "hostnames",
		},
		{
			name:   "vulns holds a control character",
			change: func(m *model.Host) { m.Vulns = []string{"a\u0007b"} },
			field:  "vulns",
		},
		{
			name:   "last_update holds a control character",
			change: func(m *model.Host) { m.LastUpdate = "a\u0007b" },
			field:  "last_update",
		},
		{
			name:   "created holds a control character",
			change: func(m *model.Host) { m.Created = "a\u0007b" },
			field:  "created",
		},
		{
			name:   "visited holds a control character",
			change: func(m *model.Host) { m.Visited = "a\u0007b" },
			field:  "visited",
		},
		{
			name:   "key is missing",
			change: func(m *model.Host) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Host) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleHost(t)
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

func TestNewHost(t *testing.T) {
	t.Parallel()
	m, err := model.NewHost("198.51.100.7")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.IP, "198.51.100.7"; got != want {
		t.Errorf("IP = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "#host#198.51.100.7"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewHostWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewHost("")
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestHostVisit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		own, other, want model.Host
	}{
		{
			name:  "tags",
			own:   model.Host{Tags: model.Tags{Tags: []string{"a"}}},
			other: model.Host{Tags: model.Tags{Tags: []string{"b"}}},
			want:  model.Host{Tags: model.Tags{Tags: []string{"a", "b"}}},
		},
		{
			name:  "visited: takes the other's",
			own:   model.Host{Visited: "2026-01-02T15:04:05Z"},
			other: model.Host{Visited: "2026-02-03T16:05:06Z"},
			want:  model.Host{Visited: "2026-02-03T16:05:06Z"},
		},
		{
			name:  "ports: adds what is new",
			own:   model.Host{Ports: []int{1}},
			other: model.Host{Ports: []int{1, 2}},
			want:  model.Host{Ports: []int{1, 2}},
		},
		{
			name:  "ports: takes all where it has none",
			own:   model.Host{},
			other: model.Host{Ports: []int{2}},
			want:  model.Host{Ports: []int{2}},
		},
		{
			name:  "hostnames: adds what is new",
			own:   model.Host{Hostnames: []string{"example"}},
			other: model.Host{Hostnames: []string{"example", "example-2"}},
			want:  model.Host{Hostnames: []string{"example", "example-2"}},
		},
		{
			name:  "hostnames: takes all where it has none",
			own:   model.Host{},
			other: model.Host{Hostnames: []string{"example-2"}},
			want:  model.Host{Hostnames: []string{"example-2"}},
		},
		{
			name:  "organization: takes the other's",
			own:   model.Host{Organization: "Example Ltd."},
			other: model.Host{Organization: "Example Ltd.-2"},
			want:  model.Host{Organization: "Example Ltd.-2"},
		},
		{
			name:  "organization: keeps its own where the other has none",
			own:   model.Host{Organization: "Example Ltd."},
			other: model.Host{},
			want:  model.Host{Organization: "Example Ltd."},
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

func TestHostJSON(t *testing.T) {
	t.Parallel()
	want := sampleHost(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Host)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
