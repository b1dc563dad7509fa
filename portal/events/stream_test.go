package events_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/event"
	"foyer/portal/events"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
)

// watched is a stream that runs until the test ends.
func watched(t *testing.T, st *store.Store) *events.Stream {
	t.Helper()
	s := events.NewStream(st, slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	started, ended := make(chan struct{}), make(chan error, 1)
	go func() { ended <- s.Run(ctx, started) }()
	<-started
	t.Cleanup(func() { cancel(); require.NoError(t, <-ended) })
	return s
}

// reader follows a log and remembers the texts of what it is told.
type reader struct {
	mu    sync.Mutex
	heard []string
	at    int64
	done  chan error
	stop  context.CancelFunc
}

func follow(t *testing.T, st *store.Store, s *events.Stream, since *int64, stay bool) *reader {
	t.Helper()
	r := &reader{done: make(chan error, 1)}
	ctx, cancel := context.WithCancel(auth.WithSystem(context.WithoutCancel(t.Context()), "test"))
	r.stop = cancel
	began := make(chan struct{})
	go func() {
		r.done <- s.Follow(ctx, events.Follower{
			Wants: func(*events.News) bool { return true },
			Read: func(ctx context.Context, after, upTo int64, limit int) ([]*ent.Event, error) {
				return st.Client().Event.Query().Where(event.IDGT(after), event.IDLTE(upTo)).Order(event.ByID()).Limit(limit).All(ctx)
			},
			Start: func(_ context.Context, at int64) error { r.at = at; close(began); return nil },
			Tell: func(_ context.Context, e *ent.Event, at int64) error {
				r.mu.Lock()
				defer r.mu.Unlock()
				r.heard, r.at = append(r.heard, e.Data.Text), at
				return nil
			},
		}, since, stay)
	}()
	<-began
	t.Cleanup(cancel)
	return r
}

func (r *reader) all() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.heard)
}

func (r *reader) waits(t *testing.T, want ...string) {
	t.Helper()
	require.Eventually(t, func() bool { return slices.Equal(want, r.all()) }, 20*time.Second, 2*time.Millisecond, "heard %v", r.all())
}

func say(ctx context.Context, tx *ent.Client, text string) error {
	return events.Append(ctx, tx, events.Event{Kind: events.OrderNote, Subject: gid.New(gid.Order), Data: schema.EventData{Text: text}})
}

// naive reads a log on from the last id that it has seen, which is how events
// get lost.
func naive(t *testing.T, st *store.Store, last *int64, into *[]string) {
	t.Helper()
	rows, err := st.Client().Event.Query().Where(event.IDGT(*last)).Order(event.ByID()).All(auth.WithSystem(t.Context(), "test"))
	require.NoError(t, err)
	for _, e := range rows {
		*last, *into = e.ID, append(*into, e.Data.Text)
	}
}

func TestNothingIsLostBetweenTwoCommits(t *testing.T) {
	st := dbtest.Open(t, dbtest.URLs["postgres"](t))
	s := watched(t, st)
	r := follow(t, st, s, nil, true)
	ctx := auth.WithSystem(t.Context(), "test")
	var last int64
	var heard []string

	written, commit, ended := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		ended <- st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			err := say(ctx, tx, "first")
			close(written)
			<-commit
			return err
		})
	}()
	<-written
	require.NoError(t, st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error { return say(ctx, tx, "second") }))
	naive(t, st, &last, &heard)
	require.Equal(t, []string{"second"}, heard)
	horizon, drawn, err := st.EventHorizon(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 0, horizon, "nothing is complete while the first may still come")
	require.EqualValues(t, 2, drawn)
	require.Empty(t, r.all())
	close(commit)
	require.NoError(t, <-ended)
	naive(t, st, &last, &heard)
	require.Equal(t, []string{"second"}, heard, "the naive reader has lost the first")
	r.waits(t, "first", "second")
}

func TestWhoIsRolledBackHoldsNobodyUp(t *testing.T) {
	st := dbtest.Open(t, dbtest.URLs["postgres"](t))
	s := watched(t, st)
	r := follow(t, st, s, nil, true)
	ctx := auth.WithSystem(t.Context(), "test")
	written, end, ended := make(chan struct{}), make(chan struct{}), make(chan error)
	no := errors.New("no")
	go func() {
		ended <- st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			if err := say(ctx, tx, "never"); err != nil {
				return err
			}
			close(written)
			<-end
			return no
		})
	}()
	<-written
	require.NoError(t, st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error { return say(ctx, tx, "kept") }))
	require.Empty(t, r.all())
	close(end)
	require.ErrorIs(t, <-ended, no)
	r.waits(t, "kept")
}

// Two replicas, eight writers that commit and roll back as they like: each
// reader hears all that was committed, once, and in the same order.
func TestEveryReaderHearsEverythingOnce(t *testing.T) {
	for kind, url := range dbtest.URLs {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			u := url(t)
			one := dbtest.Open(t, u)
			two := dbtest.Open(t, u)
			readers := []*reader{follow(t, one, watched(t, one), nil, true), follow(t, two, watched(t, two), nil, true)}
			var want sync.Map
			var wg sync.WaitGroup
			no := errors.New("no")
			for w := range 8 {
				wg.Go(func() {
					st := []*store.Store{one, two}[w%2]
					for i := range 15 {
						text := fmt.Sprintf("%d/%d", w, i)
						keep := rand.IntN(4) > 0
						err := st.Tx(auth.WithSystem(t.Context(), "test"), func(ctx context.Context, tx *ent.Client) error {
							if err := say(ctx, tx, text); err != nil {
								return err
							}
							time.Sleep(time.Duration(rand.IntN(3)) * time.Millisecond)
							if !keep {
								return no
							}
							return nil
						})
						if keep && err == nil {
							want.Store(text, true)
						}
					}
				})
			}
			wg.Wait()
			var all []string
			want.Range(func(k, _ any) bool { all = append(all, k.(string)); return true })
			slices.Sort(all)
			for _, r := range readers {
				require.Eventually(t, func() bool { return len(r.all()) >= len(all) }, 20*time.Second, 5*time.Millisecond)
				heard := r.all()
				require.Equal(t, readers[0].all(), heard)
				slices.Sort(heard)
				require.Equal(t, all, heard)
			}
		})
	}
}

func TestFollowingGoesOnAfterARestart(t *testing.T) {
	for kind, url := range dbtest.URLs {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			u := url(t)
			ctx := auth.WithSystem(t.Context(), "test")
			st := dbtest.Open(t, u)
			s := watched(t, st)
			write := func(texts ...string) {
				for _, text := range texts {
					require.NoError(t, st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error { return say(ctx, tx, text) }))
				}
			}
			write("before")
			require.Eventually(t, func() bool { return s.Horizon() == 1 }, 20*time.Second, time.Millisecond)
			r := follow(t, st, s, nil, true)
			write("a", "b")
			r.waits(t, "a", "b")
			r.stop()
			require.ErrorIs(t, <-r.done, context.Canceled)
			token, err := s.Token(ctx, r.at)
			require.NoError(t, err)
			write("c", "d")

			other := dbtest.Open(t, u) // another process
			s2 := watched(t, other)
			at, err := s2.Position(ctx, &token)
			require.NoError(t, err)
			caught := follow(t, other, s2, at, false)
			require.NoError(t, <-caught.done, "it does not stay")
			require.Equal(t, []string{"c", "d"}, caught.all())
			again := follow(t, other, s2, at, true)
			write("e")
			again.waits(t, "c", "d", "e")
		})
	}
}

func TestATokenOfAnybodyElseIsNone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		s := events.NewStream(st, nil)
		ctx := t.Context()
		token, err := s.Token(ctx, 7)
		require.NoError(t, err)
		at, err := s.Position(ctx, &token)
		require.NoError(t, err)
		require.EqualValues(t, 7, *at)
		at, err = s.Position(ctx, nil)
		require.NoError(t, err)
		require.Nil(t, at)
		for _, bad := range []string{"", "7", token[1:], token + "a", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "ü"} {
			_, err = s.Position(ctx, &bad)
			require.ErrorIs(t, err, events.ErrToken, "%q", bad)
		}
	})
}

func TestKeysOfEvents(t *testing.T) {
	secret := make([]byte, 32)
	seen := map[string]bool{}
	for id := range int64(5000) {
		k, err := events.Encipher(secret, id)
		require.NoError(t, err)
		require.Len(t, k, 26)
		require.False(t, seen[k])
		seen[k] = true
		back, err := events.Decipher(secret, k)
		require.NoError(t, err)
		require.Equal(t, id, back)
	}
	key, err := events.Encipher(secret, 1)
	require.NoError(t, err)
	secret[0]++
	other, err := events.Encipher(secret, 1)
	require.NoError(t, err)
	require.NotEqual(t, key, other)
	_, err = events.Decipher(secret, key)
	require.Error(t, err)
}

func TestABellRingsForItsNewsAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		s := watched(t, st)
		id := gid.New(gid.Order)
		mine := s.Bell(func(n *events.News) bool { return n.Subject == id })
		all := s.Bell(func(*events.News) bool { return true })
		require.Equal(t, 2, s.Watched())
		ctx := auth.WithSystem(t.Context(), "test")
		require.NoError(t, st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error { return say(ctx, tx, "x") }))
		<-all.C
		require.Empty(t, mine.C)
		require.NoError(t, st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			return events.Append(ctx, tx, events.Event{Kind: events.OrderPlaced, Subject: id})
		}))
		<-mine.C
		mine.Close()
		all.Close()
		require.Zero(t, s.Watched())
	})
}
