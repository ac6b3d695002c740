package model

import (
	"slices"
	"strings"

	"example.com/backend/pkg/registry"
	"example.com/backend/pkg/validation"
)

// hostIPPattern is the form of the IP of a host.
var hostIPPattern = validation.NewPattern(`^[0-9a-f.:]+$`)

// Host is an internet host, with what Shodan knows of it.
type Host struct {
	registry.BaseModel
	Tags

	// Account that owns the host.
	Username string `neo4j:"username" json:"username" desc:"Account that owns the host." example:"user@example.com"`

	// Address of the host.
	IP string `neo4j:"ip" json:"ip" desc:"Address of the host." example:"198.51.100.7"`

	// Organization that the address is assigned to.
	Organization string `neo4j:"organization,omitempty" json:"organization,omitempty" desc:"Organization that the address is assigned to." example:"Example Ltd."`

	// Internet service provider.
	ISP string `neo4j:"isp,omitempty" json:"isp,omitempty" desc:"Internet service provider." example:"Example Net"`

	// Operating system.
	OS string `neo4j:"os,omitempty" json:"os,omitempty" desc:"Operating system." example:"Linux"`

	// ISO 3166 code of the country.
	CountryCode string `neo4j:"country_code,omitempty" json:"country_code,omitempty" desc:"ISO 3166 code of the country." example:"GB"`

	// Open ports.
	Ports []int `neo4j:"ports,omitempty" json:"ports,omitempty" desc:"Open ports."`

	// Names that resolve to the address.
	Hostnames []string `neo4j:"hostnames,omitempty" json:"hostnames,omitempty" desc:"Names that resolve to the address."`

	// CVE identifiers reported for the host.
	Vulns []string `neo4j:"vulns,omitempty" json:"vulns,omitempty" desc:"CVE identifiers reported for the host."`

	// When Shodan last saw the host.
	LastUpdate string `neo4j:"last_update,omitempty" json:"last_update,omitempty" desc:"When Shodan last saw the host." example:"2026-01-02T15:04:05.000000"`

	// Time of the first sighting (RFC 3339).
	Created string `neo4j:"created" json:"created" desc:"Time of the first sighting (RFC 3339)." example:"2026-01-02T15:04:05Z"`

	// Time of the latest sighting (RFC 3339).
	Visited string `neo4j:"visited" json:"visited" desc:"Time of the latest sighting (RFC 3339)." example:"2026-01-02T15:04:05Z"`

	// Time of expiry (Unix seconds).
	TTL int64 `neo4j:"ttl" json:"ttl" desc:"Time of expiry (Unix seconds)." example:"4102444800"`

	// Unique key of the host.
	Key string `neo4j:"key" json:"key" desc:"Unique key of the host."`
}

var _ registry.Model = (*Host)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Host{})
}

// NewHost returns a host with its defaults set and its key built. Its error
// matches validation.Errors where a part of the key is missing.
func NewHost(ip string) (*Host, error) {
	var h Host
	h.Defaulted()
	h.IP = ip
	if err := registry.CallHooks(&h); err != nil {
		return nil, err
	}
	return &h, nil
}

// GetDescription says what a host is.
func (h *Host) GetDescription() string {
	return "An internet host, with what Shodan knows of it."
}

// GetKey returns the key, which is empty before the hooks have run.
func (h *Host) GetKey() string {
	return h.Key
}

// GetLabels returns the labels of the node in the graph.
func (h *Host) GetLabels() []string {
	return []string{"Host", "TTL"}
}

// Defaulted sets the defaults.
func (h *Host) Defaulted() {
	now := Now()
	h.Created = now
	h.Visited = now
	h.TTL = Future(168)
}

// GetHooks returns the steps that complete a host, in order.
func (h *Host) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				h.IP = strings.ToLower(strings.TrimSpace(h.IP))
				return nil
			},
			Description: "normalise ip",
		},
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("ip", h.IP)
				if err := checker.Err(); err != nil {
					return err
				}
				h.Key = "#host#" + h.IP
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (h *Host) Validate() error {
	var checker validation.Checker
	checker.Text("username", h.Username, 1024)
	checker.Text("ip", h.IP, 45)
	checker.Matches("ip", h.IP, hostIPPattern)
	checker.Text("organization", h.Organization, 1024)
	checker.Text("isp", h.ISP, 1024)
	checker.Text("os", h.OS, 1024)
	checker.Text("country_code", h.CountryCode, 1024)
	for _, item := range h.Hostnames {
		checker.Text("hostnames", item, 1024)
	}
	for _, item := range h.Vulns {
		checker.Text("vulns", item, 1024)
	}
	checker.Text("last_update", h.LastUpdate, 1024)
	checker.Text("created", h.Created, 1024)
	checker.Text("visited", h.Visited, 1024)
	checker.NotEmpty("key", h.Key)
	checker.Text("key", h.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (h *Host) Valid() bool {
	return h.Validate() == nil
}

// Visit takes what a further sighting of the host tells.
func (h *Host) Visit(other *Host) {
	h.Tags.Visit(other.Tags)
	h.Visited = other.Visited
	for _, item := range other.Ports {
		if !slices.Contains(h.Ports, item) {
			h.Ports = append(h.Ports, item)
		}
	}
	for _, item := range other.Hostnames {
		if !slices.Contains(h.Hostnames, item) {
			h.Hostnames = append(h.Hostnames, item)
		}
	}
	if other.Organization != "" {
		h.Organization = other.Organization
	}
}
