// Package dbtest runs a test on both databases.
package dbtest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/store"
	"foyer/testkit/pgtest"
)

// URLs names an empty database of each kind.
var URLs = map[string]func(t testing.TB) string{
	"sqlite":   func(t testing.TB) string { return "sqlite://" + filepath.Join(t.TempDir(), "foyer.db") },
	"postgres": func(t testing.TB) string { return pgtest.URL(t) },
}

// Each runs a test on an empty, migrated database of each kind, in parallel; with
// FOYER_TEST_DATABASE=sqlite or =postgres on that one only. The race detector is the
// reason: SQLite is Go code here, which it slows twentyfold to find nothing of ours.
func Each(t *testing.T, test func(t *testing.T, st *store.Store)) {
	t.Helper()
	kinds := []string{"sqlite", "postgres"}
	if one := os.Getenv("FOYER_TEST_DATABASE"); one != "" {
		kinds = []string{one}
	}
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			test(t, Open(t, URLs[kind](t)))
		})
	}
}

// Open opens and migrates a database, and closes it with the test.
func Open(t testing.TB, url string) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { _ = st.Close() })
	_, err = st.Migrate(t.Context())
	require.NoError(t, err)
	return st
}
