package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/jobs"
	"foyer/portal/store"
	"foyer/testkit/dbtest"
)

type greet struct {
	Name string `json:"name"`
}

func (greet) Kind() string { return "greet" }

func runner(t *testing.T, st *store.Store) *jobs.Runner {
	t.Helper()
	r, err := jobs.New(st, jobs.Options{Logger: slog.New(slog.DiscardHandler), Poll: 20 * time.Millisecond,
		Retry: func(int) time.Duration { return 30 * time.Millisecond }})
	require.NoError(t, err)
	return r
}

func TestWorkIsDoneIfAndOnlyIfTheChangeIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		var done atomic.Int64
		r := runner(t, st)
		jobs.Handle(r, jobs.Kind{}, func(_ context.Context, a greet) error {
			if a.Name == "kept" {
				done.Add(1)
			} else {
				done.Add(1000)
			}
			return nil
		})
		ctx := auth.WithSystem(t.Context(), "test")
		rolledBack := errors.New("no")
		require.ErrorIs(t, st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
			require.NoError(t, r.Insert(ctx, greet{"lost"}))
			return rolledBack
		}), rolledBack)
		require.NoError(t, st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error { return r.Insert(ctx, greet{"kept"}) }))
		require.NoError(t, r.Drain(ctx))
		require.EqualValues(t, 1, done.Load())
	})
}
