package testkit_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/portal/store"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/dbtest"
	"foyer/testkit/world"
)

func rename(t *testing.T, ctx context.Context, st *store.Store, id gid.ID, to string) {
	t.Helper()
	_, err := st.Raw(ctx).ExecContext(ctx, "UPDATE organizations SET name = $1 WHERE id = $2", to, string(id))
	require.NoError(t, err)
}

// TestFingerprint changes a database in each way in which it can be changed, between
// two looks: the second would take the digest of the first if it missed the change.
func TestFingerprint(t *testing.T) {
	for kind, url := range dbtest.URLs {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			at := url(t)
			st := dbtest.Open(t, at)
			north := world.Seed(t, st, "").North.ID

			before, without := testkit.Fingerprint(t, st), testkit.Fingerprint(t, st, "Organization")
			require.NotEqual(t, before, without)
			rename(t, t.Context(), st, north, "One")
			one := testkit.Fingerprint(t, st)
			require.NotEqual(t, before, one)
			require.Equal(t, without, testkit.Fingerprint(t, st, "Organization"))

			rename(t, t.Context(), dbtest.Open(t, at), north, "Two")
			two := testkit.Fingerprint(t, st)
			require.NotEqual(t, one, two, "another process")

			gone := errors.New("gone")
			require.ErrorIs(t, st.Tx(t.Context(), func(ctx context.Context, _ *ent.Client) error {
				rename(t, ctx, st, north, "Three")
				return gone
			}), gone)
			require.Equal(t, two, testkit.Fingerprint(t, st), "taken back")
			require.NoError(t, st.Tx(t.Context(), func(ctx context.Context, _ *ent.Client) error {
				rename(t, ctx, st, north, "Four")
				return nil
			}))
			require.NotEqual(t, two, testkit.Fingerprint(t, st), "in a transaction")
		})
	}
}

// TestFingerprintOfTransactions ends the older of two transactions last: no new number is
// drawn in between.
func TestFingerprintOfTransactions(t *testing.T) {
	st := dbtest.Open(t, dbtest.URLs["postgres"](t))
	w := world.Seed(t, st, "")
	started, end, ended := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		ended <- st.Tx(t.Context(), func(ctx context.Context, _ *ent.Client) error {
			rename(t, ctx, st, w.North.ID, "Older")
			close(started)
			<-end
			return nil
		})
	}()
	<-started
	rename(t, t.Context(), st, w.South.ID, "Younger")
	before := testkit.Fingerprint(t, st)
	close(end)
	require.NoError(t, <-ended)
	require.NotEqual(t, before, testkit.Fingerprint(t, st))
}
