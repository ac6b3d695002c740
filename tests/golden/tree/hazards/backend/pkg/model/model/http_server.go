package model

import (
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// HTTPServer is an HTTP server, by its URL.
type HTTPServer struct {
	registry.BaseModel

	// Account that owns the server.
	Username string `neo4j:"username" json:"username" desc:"Account that owns the server." example:"user@example.com"`

	// URL of the server.
	URL string `neo4j:"url" json:"url" desc:"URL of the server." example:"https://example.com/"`

	// DNS name in the URL.
	DNSName *string `neo4j:"dns_name" json:"dns_name" desc:"DNS name in the URL." example:"example.com"`

	// IP address of the server.
	IP *string `neo4j:"ip" json:"ip" desc:"IP address of the server." example:"198.51.100.7"`

	// ID of the AS.
	ASNID *int `neo4j:"asn_id" json:"asn_id" desc:"ID of the AS." example:"64500"`

	// SHA-256 of the TLS certificate.
	TLSCertSHA256 *string `neo4j:"tls_cert_sha256" json:"tls_cert_sha256" desc:"SHA-256 of the TLS certificate." example:"9f86d081884c7d65"`

	// HTTP status of the root.
	HTTPStatus int `neo4j:"httpStatus" json:"httpStatus" desc:"HTTP status of the root." example:"200"`

	// IPv4 address.
	IPv4 *string `neo4j:"ip-v4" json:"ip-v4" desc:"IPv4 address." example:"198.51.100.7"`

	// Unique key of the HTTP server.
	Key string `neo4j:"key" json:"key" desc:"Unique key of the HTTP server."`
}

var _ registry.Model = (*HTTPServer)(nil)

func init() {
	registry.Registry.MustRegisterModel(&HTTPServer{})
}

// NewHTTPServer returns an HTTP server with its defaults set and its key built.
// Its error matches validation.Errors where a part of the key is missing.
func NewHTTPServer(url string) (*HTTPServer, error) {
	var h HTTPServer
	h.Defaulted()
	h.URL = url
	if err := registry.CallHooks(&h); err != nil {
		return nil, err
	}
	return &h, nil
}

// GetDescription says what an HTTP server is.
func (h *HTTPServer) GetDescription() string {
	return "An HTTP server, by its URL."
}

// GetKey returns the key, which is empty before the hooks have run.
func (h *HTTPServer) GetKey() string {
	return h.Key
}

// GetLabels returns the labels of the node in the graph.
func (h *HTTPServer) GetLabels() []string {
	return []string{"HTTPServer"}
}

// GetHooks returns the steps that complete an HTTP server, in order.
func (h *HTTPServer) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("url", h.URL)
				if err := checker.Err(); err != nil {
					return err
				}
				h.Key = "#httpserver#" + h.URL
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (h *HTTPServer) Validate() error {
	var checker validation.Checker
	checker.Text("username", h.Username, 1024)
	checker.NotEmpty("url", h.URL)
	checker.Text("url", h.URL, 1012)
	if h.DNSName != nil {
		checker.Text("dns_name", *h.DNSName, 1024)
	}
	if h.IP != nil {
		checker.Text("ip", *h.IP, 1024)
	}
	if h.TLSCertSHA256 != nil {
		checker.Text("tls_cert_sha256", *h.TLSCertSHA256, 1024)
	}
	if h.IPv4 != nil {
		checker.Text("ip-v4", *h.IPv4, 1024)
	}
	checker.NotEmpty("key", h.Key)
	checker.Text("key", h.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (h *HTTPServer) Valid() bool {
	return h.Validate() == nil
}
