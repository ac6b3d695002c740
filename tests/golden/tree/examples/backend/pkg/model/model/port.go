package model

import (
	"fmt"
	"strings"

	"example.com/backend/pkg/registry"
	"example.com/backend/pkg/validation"
)

// Port is an open port on an asset.
type Port struct {
	registry.BaseModel
	Tags

	// Account that owns the port.
	Username string `neo4j:"username" json:"username" desc:"Account that owns the port." example:"user@example.com"`

	// Key of the asset that the port is open on.
	Source string `neo4j:"source" json:"source" desc:"Key of the asset that the port is open on." example:"#asset#example.com#198.51.100.7" capmodel:"Port"`

	// Transport protocol.
	Protocol string `neo4j:"protocol" json:"protocol" desc:"Transport protocol." example:"tcp" capmodel:"Port"`

	// Port number.
	Port int `neo4j:"port" json:"port" desc:"Port number." example:"443" capmodel:"Port"`

	// Service that answers on the port.
	Service string `neo4j:"service" json:"service,omitempty" desc:"Service that answers on the port." example:"https" capmodel:"Port"`

	// Lifecycle status.
	Status string `neo4j:"status" json:"status" desc:"Lifecycle status." example:"A"`

	// Capability that found the port.
	Capability string `neo4j:"capability" json:"capability,omitempty" desc:"Capability that found the port." example:"portscan"`

	// Time of the first sighting (RFC 3339).
	Created string `neo4j:"created" json:"created" desc:"Time of the first sighting (RFC 3339)." example:"2026-01-02T15:04:05Z"`

	// Time of the latest sighting (RFC 3339).
	Visited string `neo4j:"visited" json:"visited" desc:"Time of the latest sighting (RFC 3339)." example:"2026-01-02T15:04:05Z"`

	// Time of expiry (Unix seconds).
	TTL int64 `neo4j:"ttl" json:"ttl" desc:"Time of expiry (Unix seconds)." example:"4102444800"`

	// Unique key of the port.
	Key string `neo4j:"key" json:"key" desc:"Unique key of the port."`
}

var _ registry.Model = (*Port)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Port{})
}

// NewPort returns a port with its defaults set and its key built. Its error
// matches validation.Errors where a part of the key is missing.
func NewPort(protocol string, port int, source string) (*Port, error) {
	var p Port
	p.Defaulted()
	p.Protocol = protocol
	p.Port = port
	p.Source = source
	if err := registry.CallHooks(&p); err != nil {
		return nil, err
	}
	return &p, nil
}

// GetDescription says what a port is.
func (p *Port) GetDescription() string {
	return "An open port on an asset."
}

// GetKey returns the key, which is empty before the hooks have run.
func (p *Port) GetKey() string {
	return p.Key
}

// GetLabels returns the labels of the node in the graph.
func (p *Port) GetLabels() []string {
	return []string{"Port", "TTL"}
}

// GetPartitionKey returns the key that groups the item with others.
func (p *Port) GetPartitionKey() string {
	return p.Key
}

// Defaulted sets the defaults.
func (p *Port) Defaulted() {
	now := Now()
	p.Status = "A"
	p.Created = now
	p.Visited = now
	p.TTL = Future(720)
}

// GetHooks returns the steps that complete a port, in order.
func (p *Port) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				p.Protocol = strings.ToLower(strings.TrimSpace(p.Protocol))
				return nil
			},
			Description: "normalise protocol",
		},
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("protocol", p.Protocol)
				checker.NotEmpty("source", p.Source)
				if err := checker.Err(); err != nil {
					return err
				}
				p.Key = fmt.Sprintf("#port#%s#%d%s", p.Protocol, p.Port, p.Source)
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (p *Port) Validate() error {
	var checker validation.Checker
	checker.Text("username", p.Username, 1024)
	checker.Text("source", p.Source, 994)
	checker.HasPrefix("source", p.Source, "#")
	checker.OneOf("protocol", p.Protocol, "tcp", "udp")
	validation.Range(&checker, "port", p.Port, 1, 65535)
	checker.Text("service", p.Service, 1024)
	checker.Text("status", p.Status, 1024)
	checker.Text("capability", p.Capability, 1024)
	checker.Text("created", p.Created, 1024)
	checker.Text("visited", p.Visited, 1024)
	checker.NotEmpty("key", p.Key)
	checker.Text("key", p.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (p *Port) Valid() bool {
	return p.Validate() == nil
}

// Visit takes what a further sighting of the port tells.
func (p *Port) Visit(other *Port) {
	p.Visited = other.Visited
	if p.Status != "P" {
		p.Status = other.Status
	}
	if other.TTL != 0 {
		p.TTL = other.TTL
	}
	if other.Service != "" {
		p.Service = other.Service
	}
	p.Tags.Visit(other.Tags)
}
