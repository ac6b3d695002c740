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

var _ interface{ TableModel() } = (*model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)(nil)

// sampleExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb returns an extraordinarily long winded description of an entirely ordinary entity ab with every field set, as the hooks leave it.
func sampleExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t *testing.T) *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb {
	t.Helper()
	m := new(model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)
	m.Defaulted()
	m.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA = "x"
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"extraordinarilylongwindeddescriptionofanentirelyordinaryentityab"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbMethods(t *testing.T) {
	t.Parallel()
	m := sampleExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t)
	if got, want := m.GetDescription(), "An entity whose name is as long as a name may be, and whose description goes on for so long that it has to be wrapped over several lines of comment to stay within the width that a reader of Go code expects to see on a screen."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#extraordinary#x"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)
		field  string
	}{
		{
			name: "no an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a",
			change: func(m *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) {
				m.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA = ""
			},
			field: "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t)
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

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbValid(t *testing.T) {
	t.Parallel()
	m := sampleExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)
		field  string
	}{
		{
			name: "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a is missing",
			change: func(m *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) {
				m.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA = ""
			},
			field: "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a",
		},
		{
			name: "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a holds a control character",
			change: func(m *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) {
				m.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA = "a\u0007b"
			},
			field: "an_identifier_that_goes_on_and_on_until_it_reaches_the_limit_a",
		},
		{
			name:   "key is missing",
			change: func(m *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb) { m.Key = "a\u0007b" },
			field:  "key",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t)
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

func TestNewExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t *testing.T) {
	t.Parallel()
	m, err := model.NewExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb("x")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA, "x"; got != want {
		t.Errorf("AnIdentifierThatGoesOnAndOnUntilItReachesTheLimitA = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "#extraordinary#x"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb("")
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAbJSON(t *testing.T) {
	t.Parallel()
	want := sampleExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.ExtraordinarilyLongWindedDescriptionOfAnEntirelyOrdinaryEntityAb)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}
