package graph_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/testkit"
)

// TestRefusalsSpeakTheCallersLanguage: who has not signed in is spoken to in
// the language of their browser; the code is the same in all.
func TestRefusalsSpeakTheCallersLanguage(t *testing.T) {
	f := testkit.SQLite(t)
	for accept, want := range map[string]string{
		"": "do not belong together", "de-AT,de;q=0.9,en;q=0.8": "passen nicht", "fr": "do not belong together",
		";;;": "do not belong together", strings.Repeat("de,", 5000): "do not belong together",
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.URL,
			strings.NewReader(`{"query": "mutation { signIn(input: {email: \"x@example.com\", password: \"y\"}) { userErrors { code message } } }"}`))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Accept-Language", accept)
		res, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		body, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Contains(t, string(body), "INVALID_CREDENTIALS")
		t.Log(string(body))
		require.Contains(t, string(body), want, accept)
	}
}
