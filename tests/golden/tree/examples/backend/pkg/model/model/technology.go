package model

import (
	"strings"

	"example.com/backend/pkg/registry"
	"example.com/backend/pkg/validation"
)

// technologyKey is the form of the key of a technology.
var technologyKey = validation.NewPattern(`^#technology#cpe:2\.3(:[^:]+){11}$`)

// Technology is a piece of software seen on an asset, named by its CPE.
type Technology struct {
	registry.BaseModel
	History
	Tags

	// Account that owns the technology.
	Username string `neo4j:"username" json:"username" desc:"Account that owns the technology." example:"user@example.com"`

	// CPE 2.3 name in canonical form.
	CPE string `neo4j:"cpe" json:"cpe" desc:"CPE 2.3 name in canonical form." example:"cpe:2.3:a:apache:http_server:2.4.50:*:*:*:*:*:*:*" capmodel:"Technology"`

	// Name for people.
	Name string `neo4j:"name" json:"name,omitempty" desc:"Name for people." example:"Apache httpd"`

	// What reported the technology.
	Source string `neo4j:"-" json:"source,omitempty" desc:"What reported the technology." example:"fingerprint"`

	// Remark on this report.
	Comment string `neo4j:"-" json:"comment,omitempty" desc:"Remark on this report." example:"Seen in the Server header."`

	// Time of the first sighting (RFC 3339).
	Created string `neo4j:"created" json:"created" desc:"Time of the first sighting (RFC 3339)." example:"2026-01-02T15:04:05Z"`

	// Time of the latest sighting (RFC 3339).
	Visited string `neo4j:"visited" json:"visited" desc:"Time of the latest sighting (RFC 3339)." example:"2026-01-02T15:04:05Z"`

	// Time of expiry (Unix seconds).
	TTL int64 `neo4j:"ttl" json:"ttl" desc:"Time of expiry (Unix seconds)." example:"4102444800"`

	// Unique key of the technology.
	Key string `neo4j:"key" json:"key" desc:"Unique key of the technology."`
}

var _ registry.Model = (*Technology)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Technology{})
}

// NewTechnology returns a technology with its defaults set and its key built.
// Its error matches validation.Errors where a part of the key is missing.
func NewTechnology(cpe string) (*Technology, error) {
	var t Technology
	t.Defaulted()
	t.CPE = cpe
	if err := registry.CallHooks(&t); err != nil {
		return nil, err
	}
	return &t, nil
}

// GetDescription says what a technology is.
func (t *Technology) GetDescription() string {
	return "A piece of software seen on an asset, named by its CPE."
}

// GetKey returns the key, which is empty before the hooks have run.
func (t *Technology) GetKey() string {
	return t.Key
}

// GetLabels returns the labels of the node in the graph.
func (t *Technology) GetLabels() []string {
	return []string{"Technology", "TTL"}
}

// Defaulted sets the defaults.
func (t *Technology) Defaulted() {
	now := Now()
	t.Created = now
	t.Visited = now
	t.TTL = Future(720)
}

// GetHooks returns the steps that complete a technology, in order.
func (t *Technology) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				t.CPE = strings.ToLower(strings.TrimSpace(t.CPE))
				return nil
			},
			Description: "normalise cpe",
		},
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("cpe", t.CPE)
				if err := checker.Err(); err != nil {
					return err
				}
				t.Key = "#technology#" + t.CPE
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (t *Technology) Validate() error {
	var checker validation.Checker
	checker.Text("username", t.Username, 1024)
	checker.NotEmpty("cpe", t.CPE)
	checker.Text("cpe", t.CPE, 1012)
	checker.Text("name", t.Name, 1024)
	checker.Text("source", t.Source, 1024)
	checker.Text("comment", t.Comment, 1024)
	checker.Text("created", t.Created, 1024)
	checker.Text("visited", t.Visited, 1024)
	checker.Text("key", t.Key, 1024)
	checker.Matches("key", t.Key, technologyKey)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (t *Technology) Valid() bool {
	return t.Validate() == nil
}

// Visit takes what a further sighting of the technology tells.
func (t *Technology) Visit(other *Technology) {
	t.Tags.Visit(other.Tags)
	t.Visited = other.Visited
	if t.TTL != 0 {
		t.TTL = other.TTL
	}
	if t.Name == "" {
		t.Name = other.Name
	}
}

// Merge takes what an edit of the technology changes.
func (t *Technology) Merge(other *Technology) {
	t.History.Update("", "", other.Username, other.Comment, other.History)
	t.Tags.Merge(other.Tags)
}
