// Package bench measures what a request to an emitted backend costs against
// the same request to a handler that only decodes, stores and encodes.
package bench

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"example.com/backend/pkg/app"
	"example.com/backend/pkg/config"
	"example.com/backend/pkg/handler/handlers"
	"example.com/backend/pkg/model/model"
	"example.com/backend/pkg/store"
)

const (
	rounds   = 9
	requests = 1000
	warmUp   = 200
	body     = `{"name":"benchmark","expires":"2027-01-02T15:04:05Z"}`
	issuer   = "https://issuer.example.com"
)

// A Cost is what one kind of request took in one round.
type Cost struct {
	P50    float64 `json:"p50_us"`
	P95    float64 `json:"p95_us"`
	Allocs float64 `json:"allocs"`
	Bytes  float64 `json:"bytes"`
}

// TestCosts writes the costs of both backends to the file that COSTS names, by
// the backend and the operation: the median of rounds in which they take turns,
// so that what else the machine does falls on both.
func TestCosts(t *testing.T) {
	token, keys := identity(t)
	backends := map[string]map[string]sender{"emitted": senders(t, emitted(t, keys)), "bare": senders(t, bare())}
	costs := map[string][]Cost{}
	for range rounds {
		for name, ways := range backends {
			for way, send := range ways {
				create, get := measure(t, send, token)
				costs[name+" create "+way] = append(costs[name+" create "+way], create)
				costs[name+" get "+way] = append(costs[name+" get "+way], get)
			}
		}
	}
	medians := map[string]Cost{}
	for name, all := range costs {
		medians[name] = median(all)
	}
	text, err := json.Marshal(medians)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(os.Getenv("COSTS"), text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A sender sends a request to a backend and returns its answer.
type sender func(method, path, token, body string) (int, []byte)

// senders returns the ways to a handler: over the loopback address, and over no
// connection at all.
func senders(t *testing.T, handler http.Handler) map[string]sender {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	client := server.Client()
	overNetwork := func(method, path, token, body string) (int, []byte) {
		response, err := client.Do(request(t, method, server.URL+path, token, body))
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, text
	}
	inProcess := func(method, path, token, body string) (int, []byte) {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, request(t, method, server.URL+path, token, body))
		return w.Code, w.Body.Bytes()
	}
	return map[string]sender{"http": overNetwork, "process": inProcess}
}

// measure creates keys, and gets the last of them.
func measure(t *testing.T, send sender, token string) (create, get Cost) {
	t.Helper()
	var key string
	create = cost(t, func() {
		status, text := send(http.MethodPost, "/api/key", token, body)
		var made struct{ Key string }
		if err := json.Unmarshal(text, &made); status != http.StatusCreated || err != nil {
			t.Fatalf("create: %d %s", status, text)
		}
		key = made.Key
	})
	path := "/api/key/" + url.PathEscape(key)
	get = cost(t, func() {
		if status, text := send(http.MethodGet, path, token, ""); status != http.StatusOK {
			t.Fatalf("get: %d %s", status, text)
		}
	})
	return create, get
}

func median(costs []Cost) Cost {
	middle := func(of func(Cost) float64) float64 {
		values := make([]float64, len(costs))
		for i, cost := range costs {
			values[i] = of(cost)
		}
		slices.Sort(values)
		return values[len(values)/2]
	}
	return Cost{
		P50:    middle(func(c Cost) float64 { return c.P50 }),
		P95:    middle(func(c Cost) float64 { return c.P95 }),
		Allocs: middle(func(c Cost) float64 { return c.Allocs }),
		Bytes:  middle(func(c Cost) float64 { return c.Bytes }),
	}
}

func request(t *testing.T, method, target, token, text string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, target, bytes.NewReader([]byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	if text != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

func cost(t *testing.T, once func()) Cost {
	t.Helper()
	for range warmUp {
		once()
	}
	took := make([]time.Duration, requests)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range took {
		start := time.Now()
		once()
		took[i] = time.Since(start)
	}
	runtime.ReadMemStats(&after)
	slices.SortFunc(took, cmp.Compare)
	return Cost{
		P50:    took[requests/2].Seconds() * 1e6,
		P95:    took[requests*95/100].Seconds() * 1e6,
		Allocs: float64(after.Mallocs-before.Mallocs) / requests,
		Bytes:  float64(after.TotalAlloc-before.TotalAlloc) / requests,
	}
}

// emitted returns the backend with authentication, logs and metrics on, and its
// items in memory.
func emitted(t *testing.T, keys string) http.Handler {
	t.Helper()
	values := map[string]string{
		"JWT_ISSUER": issuer, "JWT_CLIENT_ID": "client", "JWKS_URL": keys, "RATE_LIMIT": "0",
	}
	env := config.NewEnv(func(name string) string { return values[name] }).Optional("TABLE_NAME", "PAGE_TOKEN_SECRET_NAME")
	process, err := app.New(t.Context(), env, app.Options{Logs: io.Discard, Metrics: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	return process.Handler(handlers.NewKeyHandler(process.Tools(), app.NewItems[model.Key](process)))
}

// bare returns what net/http and encoding/json make of the same operations on
// the same store, with nothing around them.
func bare() http.Handler {
	const tenant = "ann@example.com"
	items := store.NewMemory[model.Key]()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/key", func(w http.ResponseWriter, r *http.Request) {
		var item model.Key
		if err := json.NewDecoder(r.Body).Decode(&item); err != nil {
			http.Error(w, "bad request", http.StatusBadRequest)
			return
		}
		item.Key = fmt.Sprintf("#key#%s", rand.Text())
		if _, err := items.Create(r.Context(), tenant, &item); err != nil {
			http.Error(w, "internal error", http.StatusInternalServerError)
			return
		}
		answer(w, http.StatusCreated, item)
	})
	mux.HandleFunc("GET /api/key/{key}", func(w http.ResponseWriter, r *http.Request) {
		item, _, err := items.Get(r.Context(), tenant, r.PathValue("key"))
		if err != nil {
			http.Error(w, "not found", http.StatusNotFound)
			return
		}
		answer(w, http.StatusOK, item)
	})
	return mux
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// identity returns an administrator's token and the URL of the key that it is
// signed with.
func identity(t *testing.T) (token, keys string) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	jwks := fmt.Sprintf(`{"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"1","n":%q,"e":%q}]}`,
		base64.RawURLEncoding.EncodeToString(key.N.Bytes()),
		base64.RawURLEncoding.EncodeToString(big.NewInt(int64(key.E)).Bytes()))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, jwks)
	}))
	t.Cleanup(server.Close)
	made := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{
		"iss": issuer, "sub": "1", "token_use": "access", "client_id": "client", "username": "ann",
		"cognito:groups": []string{"admin"}, "exp": time.Now().Add(time.Hour).Unix(),
	})
	made.Header["kid"] = "1"
	token, err = made.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return token, server.URL
}
