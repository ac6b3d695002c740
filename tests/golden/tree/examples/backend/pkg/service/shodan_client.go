package service

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"golang.org/x/time/rate"

	"example.com/backend/pkg/httpclient"
	"example.com/backend/pkg/model/model"
)

const (
	// shodanTimeout bounds one attempt of a call.
	shodanTimeout = 10 * time.Second

	// shodanAttempts counts the tries of a call that may be repeated.
	shodanAttempts = 3

	// shodanBackoff bounds the wait before the second attempt.
	shodanBackoff = 500 * time.Millisecond

	// shodanMaxBackoff bounds the wait before any further attempt.
	shodanMaxBackoff = 5 * time.Second

	// shodanRequests is how many requests the service takes per shodanPeriod.
	shodanRequests = 1

	// shodanPeriod is the time that shodanRequests counts in.
	shodanPeriod = time.Second

	// shodanBurst is how many requests may leave at once.
	shodanBurst = 1
)

// ShodanConfig says where the service is and how to reach it.
type ShodanConfig struct {
	// BaseURL is the address to which the paths of the calls are appended.
	BaseURL string

	// Secret yields the API key; it is asked before every attempt.
	Secret httpclient.SecretFunc

	// Transport carries the requests; nil stands for http.DefaultTransport.
	Transport http.RoundTripper
}

// ShodanClient calls the Shodan search engine's REST API.
//
// It is safe for concurrent use.
type ShodanClient struct {
	http *httpclient.Client
}

// NewShodanClient returns a client. It fails if the base URL is not an absolute
// one or there is no secret.
func NewShodanClient(cfg ShodanConfig) (*ShodanClient, error) {
	if cfg.Secret == nil {
		return nil, errors.New("shodan: no secret is configured")
	}
	client, err := httpclient.New(httpclient.Config{
		BaseURL: cfg.BaseURL,
		Timeout: shodanTimeout,
		Retry: httpclient.RetryPolicy{
			Attempts: shodanAttempts,
			Base:     shodanBackoff,
			Max:      shodanMaxBackoff,
		},
		Limiter:   rate.NewLimiter(rate.Every(shodanPeriod/shodanRequests), shodanBurst),
		Auth:      httpclient.QueryKey("key", cfg.Secret),
		Transport: cfg.Transport,
	})
	if err != nil {
		return nil, fmt.Errorf("shodan: %w", err)
	}
	return &ShodanClient{http: client}, nil
}

// ShodanGetHostParams holds what GetHost sends.
type ShodanGetHostParams struct {
	// Address of the host.
	IP string

	// Whether to leave the banners out. Not sent if nil.
	Minify *bool
}

// ShodanGetHostResponse is what GetHost returns.
type ShodanGetHostResponse struct {
	// Address of the host.
	IPStr string `json:"ip_str"`

	// Organization that the address is assigned to.
	Org *string `json:"org"`

	// Internet service provider.
	ISP *string `json:"isp"`

	// Operating system.
	OS *string `json:"os"`

	// ISO 3166 code of the country.
	CountryCode *string `json:"country_code"`

	// Open ports.
	Ports []int `json:"ports"`

	// Names that resolve to the address.
	Hostnames []string `json:"hostnames"`

	// CVE identifiers.
	Vulns []string `json:"vulns"`

	// Time of the last scan.
	LastUpdate *string `json:"last_update"`
}

// GetHost looks a host up by its address. If the service answers 404, the error
// matches ErrNotFound.
func (c *ShodanClient) GetHost(ctx context.Context, params ShodanGetHostParams) (*ShodanGetHostResponse, error) {
	path, err := expand("/shodan/host/{ip}", "ip", params.IP)
	if err != nil {
		return nil, fmt.Errorf("get host: %w", err)
	}
	query := url.Values{}
	if params.Minify != nil {
		query.Set("minify", strconv.FormatBool(*params.Minify))
	}
	request := httpclient.Request{
		Method: http.MethodGet,
		Path:   path,
		Query:  query,
	}
	var response ShodanGetHostResponse
	if err := c.http.Do(ctx, request, &response); err != nil {
		return nil, fmt.Errorf("get host: %w", translate(err))
	}
	return &response, nil
}

// FillHost sets Organization, ISP, OS, CountryCode, Ports, Hostnames, Vulns and
// LastUpdate of h to what the shodan service knows. What a response leaves out
// keeps its value. If it fails, h is as it was.
func (c *ShodanClient) FillHost(ctx context.Context, h *model.Host) error {
	params := ShodanGetHostParams{
		IP: h.IP,
	}
	response, err := c.GetHost(ctx, params)
	if err != nil {
		return fmt.Errorf("fill host: %w", err)
	}
	if response.Org != nil {
		h.Organization = *response.Org
	}
	if response.ISP != nil {
		h.ISP = *response.ISP
	}
	if response.OS != nil {
		h.OS = *response.OS
	}
	if response.CountryCode != nil {
		h.CountryCode = *response.CountryCode
	}
	h.Ports = response.Ports
	h.Hostnames = response.Hostnames
	if response.Vulns != nil {
		h.Vulns = response.Vulns
	}
	if response.LastUpdate != nil {
		h.LastUpdate = *response.LastUpdate
	}
	return nil
}
