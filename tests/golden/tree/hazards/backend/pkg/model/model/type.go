package model

import (
	"time"

	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// Type is a type, whatever that is.
type Type struct {
	registry.BaseModel

	// Account that owns the type.
	Username string `dynamodbav:"username" json:"username" desc:"Account that owns the type."`

	// What it is.
	Type string `dynamodbav:"type" json:"type" desc:"What it is." example:"a"`

	// How far it goes.
	Range string `dynamodbav:"range" json:"range" desc:"How far it goes." example:"b"`

	// How long it is.
	Len int `dynamodbav:"len" json:"len" desc:"How long it is." example:"1"`

	// What it does.
	Func *string `dynamodbav:"func" json:"func" desc:"What it does." example:"nothing"`

	// How it reads.
	String string `dynamodbav:"string" json:"string" desc:"How it reads." example:"text"`

	// What went wrong.
	Error string `dynamodbav:"error" json:"error" desc:"What went wrong." example:"everything"`

	// When it was.
	Time time.Time `dynamodbav:"time" json:"time" desc:"When it was."`

	// How it is formatted.
	Fmt string `dynamodbav:"fmt" json:"fmt" desc:"How it is formatted." example:"plain"`

	// What it stands for.
	Model string `dynamodbav:"model" json:"model" desc:"What it stands for." example:"m"`

	// Where it is listed.
	Registry string `dynamodbav:"registry" json:"registry" desc:"Where it is listed." example:"r"`

	// The shortest name there is.
	T string `dynamodbav:"t" json:"t" desc:"The shortest name there is." example:"x"`

	// Another short name.
	Err string `dynamodbav:"err" json:"err" desc:"Another short name." example:"x"`

	// Yet another.
	Ctx string `dynamodbav:"ctx" json:"ctx" desc:"Yet another." example:"x"`

	// Nothing at all.
	Nil string `dynamodbav:"nil" json:"nil" desc:"Nothing at all." example:"x"`

	// Unique key of the type.
	Key string `dynamodbav:"key" json:"key" desc:"Unique key of the type."`
}

var _ registry.Model = (*Type)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Type{})
}

// NewType returns a type with its defaults set and its key built. Its error
// matches validation.Errors where a part of the key is missing.
func NewType(
	typeValue, rangeValue string,
	lenValue int,
	funcValue, stringValue, errorValue, tValue, errValue, nilValue string,
) (*Type, error) {
	var t Type
	t.Defaulted()
	t.Type = typeValue
	t.Range = rangeValue
	t.Len = lenValue
	if funcValue != "" {
		t.Func = &funcValue
	}
	t.String = stringValue
	t.Error = errorValue
	t.T = tValue
	t.Err = errValue
	t.Nil = nilValue
	if err := registry.CallHooks(&t); err != nil {
		return nil, err
	}
	return &t, nil
}

// GetDescription says what a type is.
func (t *Type) GetDescription() string {
	return "A type, whatever that is."
}

// GetKey returns the key, which is empty before the hooks have run.
func (t *Type) GetKey() string {
	return t.Key
}

// TableModel marks the type as an item of the table.
func (t *Type) TableModel() {}

// GetHooks returns the steps that complete a type, in order.
func (t *Type) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("type", t.Type)
				checker.NotEmpty("range", t.Range)
				if err := checker.Err(); err != nil {
					return err
				}
				t.Key = "#type#" + t.Type + "#" + t.Range
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (t *Type) Validate() error {
	var checker validation.Checker
	checker.Text("username", t.Username, 1024)
	checker.NotEmpty("type", t.Type)
	checker.Text("type", t.Type, 508)
	checker.Excludes("type", t.Type, "#")
	checker.NotEmpty("range", t.Range)
	checker.Text("range", t.Range, 508)
	if t.Func != nil {
		checker.Text("func", *t.Func, 1024)
	}
	checker.Text("string", t.String, 1024)
	checker.Text("error", t.Error, 1024)
	checker.Text("fmt", t.Fmt, 1024)
	checker.Text("model", t.Model, 1024)
	checker.Text("registry", t.Registry, 1024)
	checker.Text("t", t.T, 1024)
	checker.Text("err", t.Err, 1024)
	checker.Text("ctx", t.Ctx, 1024)
	checker.Text("nil", t.Nil, 1024)
	checker.NotEmpty("key", t.Key)
	checker.Text("key", t.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (t *Type) Valid() bool {
	return t.Validate() == nil
}
