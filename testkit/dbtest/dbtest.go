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
		tables, err := file(t.Context())
		require.NoError(t, err)
		path := filepath.Join(t.TempDir(), "foyer.db")
		require.NoError(t, os.WriteFile(path, tables, 0o600))
		return "sqlite://" + path
	},
	"postgres": template.URL,
}

var template = pgtest.Template{Make: migrate}

// file is a migrated database of SQLite, made by the first test that asks.
func file(ctx context.Context) ([]byte, error) {
	made.Do(func() {
		var dir string
		if dir, made.err = os.MkdirTemp("", "foyer-dbtest-"); made.err != nil {
			return
		}
		defer func() { made.err = errors.Join(made.err, os.RemoveAll(dir)) }()
		path := filepath.Join(dir, "foyer.db")
		if made.err = migrate(ctx, "sqlite://"+path); made.err == nil {
			made.file, made.err = os.ReadFile(path) //nolint:gosec // a path of ours
		}
	})
	return made.file, made.err
}

var made struct {
	sync.Once
	file []byte
	err  error
}

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
