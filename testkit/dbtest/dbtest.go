// Package dbtest runs a test on both databases.
package dbtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
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

// Migrated names a database of each kind that has all tables and no rows.
var Migrated = map[string]func(t testing.TB) string{
	"sqlite": func(t testing.TB) string {
		t.Helper()
		tables, err := file()
		require.NoError(t, err)
		path := filepath.Join(t.TempDir(), "foyer.db")
		require.NoError(t, os.WriteFile(path, tables, 0o600))
		return "sqlite://" + path
	},
	"postgres": template.URL,
}

var template = pgtest.Template{Make: migrate}

// file is a migrated database of SQLite, made once.
var file = sync.OnceValues(func() (b []byte, err error) {
	dir, err := os.MkdirTemp("", "foyer-dbtest-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "foyer.db")
	if err := migrate(context.Background(), "sqlite://"+path); err != nil {
		return nil, err
	}
	return os.ReadFile(path) //nolint:gosec // a path of ours
})

func migrate(ctx context.Context, url string) error {
	st, err := store.Open(ctx, url)
	if err != nil {
		return err
	}
	_, err = st.Migrate(ctx)
	return errors.Join(err, st.Close()) // SQLite writes its log into the file
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
			test(t, Open(t, Migrated[kind](t)))
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
