package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/store"
	"foyer/testkit/dbtest"
)

// TestLookingMakesNoDatabase: a command that only looks leaves nothing behind,
// not even in a database that is there and empty.
func TestLookingMakesNoDatabase(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "none.db")
	mapping := filepath.Join(dir, "mapping.yaml")
	require.NoError(t, os.WriteFile(mapping, []byte("source: x\ncurrency: EUR\nfiles: []\n"), 0o600))
	looks := [][]string{{"doctor"}, {"migrate", "--check"}, {"import", "--mapping", mapping, "--dry-run", dir}}
	for _, args := range looks {
		code, out, stderr := command(t, "sqlite://"+path, args...)
		require.Equal(t, 1, code, args)
		require.Contains(t, out+stderr, "there is no database at "+path, args)
		left, err := os.ReadDir(dir)
		require.NoError(t, err)
		require.Len(t, left, 1, "%s has made a file", args)
	}
	for kind, url := range dbtest.URLs {
		t.Run(kind, func(t *testing.T) {
			url := url(t)
			if p, ok := strings.CutPrefix(url, "sqlite://"); ok {
				require.NoError(t, os.WriteFile(p, nil, 0o600))
			}
			for _, args := range looks {
				code, out, stderr := command(t, url, args...)
				require.Equal(t, 1, code, args)
				require.Contains(t, out+stderr, "at version 0", args)
				require.LessOrEqual(t, strings.Count(out, "FAIL"), 1, "one cause, one finding: %s", out)
			}
			st, err := store.Open(t.Context(), url)
			require.NoError(t, err)
			defer func() { _ = st.Close() }()
			tables := `SELECT count(*) FROM sqlite_master`
			if st.Postgres() {
				tables = `SELECT count(*) FROM pg_tables WHERE schemaname = 'public'`
			}
			var n int
			require.NoError(t, st.Raw(t.Context()).QueryRowContext(t.Context(), tables).Scan(&n))
			require.Zero(t, n)
		})
	}
}

func TestDoctorKnowsBackgroundWork(t *testing.T) {
	for kind, url := range dbtest.URLs {
		t.Run(kind, func(t *testing.T) {
			url := url(t)
			code, _, stderr := command(t, url, "migrate")
			require.Zero(t, code, stderr)
			code, out, _ := command(t, url, "doctor")
			require.Zero(t, code, out)
			st, err := store.Open(t.Context(), url)
			require.NoError(t, err)
			defer func() { _ = st.Close() }()
			set := func(state string, finished any, age time.Duration) {
				_, err := st.Raw(t.Context()).ExecContext(t.Context(), `INSERT INTO river_job (kind, max_attempts, state, finalized_at, scheduled_at, args) VALUES ('x', 1, $1, $2, $3, '{}')`,
					state, finished, time.Now().UTC().Add(-age))
				require.NoError(t, err)
			}
			set("available", nil, time.Minute)
			code, out, _ = command(t, url, "doctor")
			require.Zero(t, code, out)
			set("available", nil, 6*time.Minute)
			set("discarded", time.Now().UTC(), time.Hour)
			code, out, _ = command(t, url, "doctor")
			require.Equal(t, 1, code)
			require.Contains(t, out, "1 jobs have been due for more than 5 minutes")
			require.Contains(t, out, "1 jobs were given up")
			require.Contains(t, out, "retryJob")
		})
	}
}

func TestWordsOfTheShell(t *testing.T) {
	db := database(t)
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.yaml")
	require.NoError(t, os.WriteFile(bad, []byte("databas-url: x\n"), 0o600))
	code, _, stderr := command(t, db, "--config", bad, "migrate")
	require.Equal(t, 2, code)
	require.Contains(t, stderr, "foyer: --config "+bad+": there is no setting \"databas-url\"\n")
	require.NoError(t, os.WriteFile(bad, []byte("a: [\n"), 0o600))
	_, _, stderr = command(t, db, "--config", bad, "migrate")
	require.Contains(t, stderr, "foyer: --config "+bad+": ")

	code, _, stderr = command(t, db, "migrate")
	require.Zero(t, code, stderr)
	for _, args := range [][]string{{"user", "password", "nope@x"}, {"user", "disable", "nope@x"}, {"access", "explain", "--user", "nope@x", "--node", "ord_01j00000000000000000000000"}} {
		code, _, stderr = command(t, db, args...)
		require.Equal(t, 1, code)
		require.Equal(t, "foyer: there is no person \"nope@x\"\n", stderr)
	}

	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = taken.Close() }()
	code, _, stderr = command(t, db, "serve", "--listen", taken.Addr().String())
	require.Equal(t, 1, code)
	require.Contains(t, stderr, "--listen")
}

func TestBannerAndEndOfTheServer(t *testing.T) {
	for at, want := range map[string]string{"0.0.0.0:8080": "localhost:8080", "[::]:8080": "localhost:8080", "127.0.0.1:1": "127.0.0.1:1", "[::1]:1": "[::1]:1"} {
		tcp, err := net.ResolveTCPAddr("tcp", at)
		require.NoError(t, err)
		require.Equal(t, want, reachable(tcp))
	}
	_, out, stop := serve(t, database(t), "--no-demo")
	require.Zero(t, stop())
	require.Contains(t, out.String(), "msg=stopped")
}

// What is about a portal that there is makes no other one when its address is
// mistyped: its secrets and links would be nobody's.
func TestCommandsOfAPortalMakeNone(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "none.db")
	for _, args := range [][]string{
		{"carrier", "hook", "DHL", "--format", "foyer"}, {"carrier", "list"}, {"token", "create", "ERP", "--source", "erp"},
		{"user", "password", "a@b.example"}, {"keys", "rotate"},
	} {
		code, out, stderr := command(t, "sqlite://"+path, args...)
		require.Equal(t, 1, code, args)
		require.Empty(t, out, args)
		require.Contains(t, stderr, "there is no database at "+path, args)
		left, err := os.ReadDir(dir)
		require.NoError(t, err)
		require.Empty(t, left, args)
	}
}
