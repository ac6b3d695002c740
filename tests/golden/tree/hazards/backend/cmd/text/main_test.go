package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/example/hazards/pkg/commandtest"
)

// environment returns a getenv of the least that the command needs, changed by
// pairs of a name and a value.
func environment(pairs ...string) func(string) string {
	values := map[string]string{
		"TABLE_NAME":             "items",
		"PAGE_TOKEN_SECRET_NAME": "page-tokens",
		"JWT_ISSUER":             "https://issuer.example.com",
		"JWT_CLIENT_ID":          "client",
	}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return values[name] }
}

func TestRun(t *testing.T) {
	t.Parallel()
	var served http.Handler
	start := func(h http.Handler) { served = h }
	if err := run(t.Context(), environment(), io.Discard, start); err != nil {
		t.Fatalf("run: %v", err)
	}
	tests := []struct {
		path string
		want int
	}{
		{path: "/healthz", want: http.StatusOK},
		{path: "/api/text", want: http.StatusUnauthorized},
	}
	for _, test := range tests {
		w := httptest.NewRecorder()
		served.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, test.path, http.NoBody))
		if w.Code != test.want {
			t.Errorf("GET %s: got status %d, want %d", test.path, w.Code, test.want)
		}
	}
}

func TestRunRefusesEnvironment(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"JWT_ISSUER"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := func(http.Handler) { t.Error("the command was started") }
			err := run(t.Context(), environment(name, "-"), io.Discard, start)
			if err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("got error %v, want one about %s", err, name)
			}
		})
	}
}

func TestRunWithoutAWSProfile(t *testing.T) {
	t.Setenv("AWS_PROFILE", "no-such-profile")
	start := func(http.Handler) { t.Error("the command was started") }
	if err := run(t.Context(), environment(), io.Discard, start); err == nil {
		t.Error("got no error, want one about the profile")
	}
}

func TestMainSaysWhatIsWrong(t *testing.T) {
	t.Setenv("JWT_ISSUER", "-")
	if said := commandtest.Fatal(main); !strings.Contains(said, "JWT_ISSUER is not") {
		t.Errorf("got %q, want what is wrong with JWT_ISSUER", said)
	}
}
