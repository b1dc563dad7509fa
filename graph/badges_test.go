package graph_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBadgesAreCheckedByPages: a page of anybody's can read all that it needs to check a
// badge, the list of what was revoked too.
func TestBadgesAreCheckedByPages(t *testing.T) {
	classes(t, func(c *class) {
		for _, path := range []string{"/badges/issuer", "/badges/keys", "/badges/achievements/" + string(c.version), "/badges/status/0"} {
			res, body := fetch(c.t, c.Foyer, http.MethodGet, path, nil)
			require.Equal(c.t, http.StatusOK, res.StatusCode, body)
			require.Equal(c.t, "*", res.Header.Get("Access-Control-Allow-Origin"), path)
		}
	})
}
