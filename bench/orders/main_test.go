package main

import (
	"net"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/testkit/dbtest"
)

// TestKilled is the command with fewer placements, on both databases.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program and kills it; run without -short")
	}
	binary := filepath.Join(t.TempDir(), "foyer")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "foyer/cmd/foyer").CombinedOutput() //nolint:gosec // ours
	require.NoError(t, err, string(out))
	for kind, url := range dbtest.URLs {
		t.Run(kind, func(t *testing.T) {
			l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
			require.NoError(t, err)
			address := l.Addr().String()
			require.NoError(t, l.Close())
			r, err := run(t.Context(), options{foyer: binary, database: url(t), address: address, n: 80, kills: 3, clients: 4, units: 70})
			require.NoError(t, err)
			require.Equal(t, 70, r.placed)
			require.Equal(t, 10, r.refused)
			require.Equal(t, 3, r.kills)
			t.Log(r)
		})
	}
}
