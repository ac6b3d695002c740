package model

import (
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// Text is a "text" with `backticks`, a \ backslash, 100 %, */ and // and
// ${Stage} and {{ x }} and [[ y ]] and // % z.
type Text struct {
	registry.BaseModel

	// Owner: 'quoted' and "doubly".
	Username string `dynamodbav:"username" json:"username" desc:"Owner: 'quoted' and \"doubly\"."`

	// Naïve name, 漢字, Ελληνικά and 🚀.
	Name string `dynamodbav:"name" json:"name" desc:"Naïve name, 漢字, Ελληνικά and 🚀." example:"naïve 漢字 🚀"`

	// It's "quoted".
	Quotes string `dynamodbav:"quotes" json:"quotes" desc:"It's \"quoted\"." example:"it's \"quoted\""`

	// A `code` word.
	Backtick string "dynamodbav:\"backtick\" json:\"backtick\" desc:\"A `code` word.\" example:\"a `code` word\""

	// Braces {{ here }} and [[ there ]] and [% if %].
	Braces string `dynamodbav:"braces" json:"braces" desc:"Braces {{ here }} and [[ there ]] and [% if %]." example:"{{ 7 * 7 }} [[ 7 ]] [% x %]"`

	// $(rm -rf /) and `id`; && || > < |.
	Shell string "dynamodbav:\"shell\" json:\"shell\" desc:\"$(rm -rf /) and `id`; && || > < |\" example:\"$(id)\""

	// MATCH (n) DETACH DELETE n //.
	Cypher string `dynamodbav:"cypher" json:"cypher" desc:"MATCH (n) DETACH DELETE n //" example:"'}) DETACH DELETE (n"`

	// key: value # not a comment.
	Yaml string `dynamodbav:"yaml" json:"yaml" desc:"key: value # not a comment" example:"- a: b # c"`

	// <script>alert(1)</script> & more.
	Markup string `dynamodbav:"markup" json:"markup" desc:"<script>alert(1)</script> & more" example:"<b>&amp;</b>"`

	// 100%d of %s and %!v(MISSING).
	Percent string `dynamodbav:"percent" json:"percent" desc:"100%d of %s and %!v(MISSING)" example:"%s%d"`

	// a:b.
	Colon string `dynamodbav:"colon" json:"colon" desc:"a:b" example:"::"`

	// Unique key of the text.
	Key string `dynamodbav:"key" json:"key" desc:"Unique key of the text."`
}

var _ registry.Model = (*Text)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Text{})
}

// NewText returns a text with its defaults set and its key built. Its error
// matches validation.Errors where a part of the key is missing.
func NewText(name string) (*Text, error) {
	var t Text
	t.Defaulted()
	t.Name = name
	if err := registry.CallHooks(&t); err != nil {
		return nil, err
	}
	return &t, nil
}

// GetDescription says what a text is.
func (t *Text) GetDescription() string {
	return "A \"text\" with `backticks`, a \\ backslash, 100 %, */ and // and ${Stage} and {{ x }} and [[ y ]] and // % z."
}

// GetKey returns the key, which is empty before the hooks have run.
func (t *Text) GetKey() string {
	return t.Key
}

// TableModel marks the type as an item of the table.
func (t *Text) TableModel() {}

// GetHooks returns the steps that complete a text, in order.
func (t *Text) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("name", t.Name)
				if err := checker.Err(); err != nil {
					return err
				}
				t.Key = "#text#" + t.Name
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (t *Text) Validate() error {
	var checker validation.Checker
	checker.Text("username", t.Username, 1024)
	checker.NotEmpty("name", t.Name)
	checker.Text("name", t.Name, 1018)
	checker.Text("quotes", t.Quotes, 1024)
	checker.Text("backtick", t.Backtick, 1024)
	checker.Text("braces", t.Braces, 1024)
	checker.Text("shell", t.Shell, 1024)
	checker.Text("cypher", t.Cypher, 1024)
	checker.Text("yaml", t.Yaml, 1024)
	checker.Text("markup", t.Markup, 1024)
	checker.Text("percent", t.Percent, 1024)
	checker.Text("colon", t.Colon, 1024)
	checker.NotEmpty("key", t.Key)
	checker.Text("key", t.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (t *Text) Valid() bool {
	return t.Validate() == nil
}
