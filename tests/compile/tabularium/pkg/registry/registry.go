// Package registry stands in for Tabularium's package of the same path, which
// not every module proxy serves. It has the part of its API that emitted code
// uses, and differs from the emitted registry where Tabularium does:
//
//   - the error of a hook is returned as it is, without the model's name;
//   - hooks of a model run before those of the models in its fields, and reach
//     no models in slices;
//   - a hook without a step panics;
//   - types are known to gob, and told the alias that they are made under.
package registry

import (
	"encoding/gob"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Registry holds the types of the process.
var Registry = NewTypeRegistry()

// Model is a registered type.
type Model interface {
	GetDescription() string
	GetHooks() []Hook
	Defaulted()
	GetKey() string
}

// Alias is a model that wants to know the name that it was made under.
type Alias interface{ SetAlias(name string) }

// BaseModel supplies what a model need not say.
type BaseModel struct{}

// GetHooks returns none.
func (BaseModel) GetHooks() []Hook { return []Hook{} }

// Defaulted does nothing.
func (BaseModel) Defaulted() {}

// GetKey returns the empty key.
func (BaseModel) GetKey() string { return "" }

// Hook is a step in the life of a model.
type Hook struct {
	Call        func() error
	Description string
}

// CallHooks runs the hooks of a model alone.
func CallHooks(model Model) error {
	for _, hook := range model.GetHooks() {
		if err := hook.Call(); err != nil {
			return err
		}
	}
	return nil
}

// UnmarshalModel sets defaults, reads the model, and runs its hooks.
func UnmarshalModel(data []byte, model Model) error {
	if err := each(model, func(m Model) error { m.Defaulted(); return nil }); err != nil {
		return err
	}
	if err := json.Unmarshal(data, model); err != nil {
		return err
	}
	return each(model, CallHooks)
}

// each visits a model, then those in its fields, embedded ones and what they
// embed among them.
func each(model Model, visit func(Model) error) error {
	if err := visit(model); err != nil {
		return err
	}
	value := reflect.Indirect(reflect.ValueOf(model))
	if value.Kind() != reflect.Struct {
		return nil
	}
	for _, field := range reflect.VisibleFields(value.Type()) {
		if !field.IsExported() {
			continue
		}
		held := value.FieldByIndex(field.Index)
		if held.Kind() != reflect.Pointer && held.Kind() != reflect.Interface {
			held = held.Addr()
		}
		if inner, ok := held.Interface().(Model); ok && !held.IsNil() {
			if err := each(inner, visit); err != nil {
				return err
			}
		}
	}
	return nil
}

// Name returns the name of a model's type, in lower case.
func Name(model Model) string {
	typ := reflect.TypeOf(model)
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	return strings.ToLower(typ.Name())
}

// TypeRegistry knows types by name and by alias.
type TypeRegistry struct {
	types   map[string]reflect.Type
	aliases map[string]string
}

// NewTypeRegistry returns an empty registry.
func NewTypeRegistry() *TypeRegistry {
	return &TypeRegistry{types: map[string]reflect.Type{}, aliases: map[string]string{}}
}

// MustRegisterModel is [TypeRegistry.RegisterModel] for the start of a process.
func (r *TypeRegistry) MustRegisterModel(model Model, aliases ...string) {
	if err := r.RegisterModel(model, aliases...); err != nil {
		panic(err)
	}
}

// RegisterModel adds the type of a model.
func (r *TypeRegistry) RegisterModel(model Model, aliases ...string) error {
	gob.Register(model)
	name := Name(model)
	if _, taken := r.types[name]; taken {
		return fmt.Errorf("type %s is registered", name)
	}
	r.types[name] = reflect.TypeOf(model)
	for _, alias := range aliases {
		alias = strings.ToLower(alias)
		r.types[alias], r.aliases[alias] = r.types[name], name
	}
	return nil
}

// GetType returns the type of a name, which is in lower case.
func (r *TypeRegistry) GetType(name string) (reflect.Type, bool) {
	typ, ok := r.types[name]
	return typ, ok
}

// GetAllTypes returns the types by their names and aliases.
func (r *TypeRegistry) GetAllTypes() map[string]reflect.Type { return r.types }

// GetAliases returns a name and its aliases.
func (r *TypeRegistry) GetAliases(name string) []string {
	names := []string{name}
	for _, alias := range slices.Sorted(maps.Keys(r.aliases)) {
		if r.aliases[alias] == name {
			names = append(names, alias)
		}
	}
	return names
}

// MakeType returns a new value of the type of a name, in any case.
func (r *TypeRegistry) MakeType(name string) (Model, bool) {
	name = strings.ToLower(name)
	typ, ok := r.types[name]
	if !ok {
		return nil, false
	}
	model := reflect.New(typ.Elem()).Interface().(Model)
	if aliased, ok := model.(Alias); ok {
		aliased.SetAlias(name)
	}
	return model, true
}
