package model_test

import (
	"testing"

	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/registry"
)

// sampleVoid returns a void with every field set, as the hooks leave it.
func sampleVoid(t *testing.T) *model.Void {
	t.Helper()
	m := new(model.Void)
	m.Defaulted()
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestVoidRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"void"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Void); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestVoidMethods(t *testing.T) {
	t.Parallel()
	m := sampleVoid(t)
	if got, want := m.GetDescription(), "Nothing, typed."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
}
