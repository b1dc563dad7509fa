package stock

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
)

// atOnce runs something many times at the same time and returns the errors.
func atOnce(n int, run func(i int) error) []error {
	var wg sync.WaitGroup
	errs, start := make([]error, n), make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			errs[i] = run(i)
		})
	}
	close(start)
	wg.Wait()
	return errs
}

// TestLastOne has 64 buyers ask for one unit at the same time: exactly one gets
// it, and each of the others is told that there is none.
func TestLastOne(t *testing.T) {
	rounds := 50
	if testing.Short() {
		rounds = 5
	}
	worlds(t, func(t *testing.T, w *world) {
		for round := range rounds {
			id, _ := w.variant(t)
			w.adjust(t, moveReceive, id, w.main, 1)
			var got atomic.Int64
			var until *time.Time
			if round%2 == 1 {
				until = new(w.clock.Add(time.Hour))
			}
			errs := atOnce(64, func(int) error {
				return w.store.Tx(w.ctx, func(ctx context.Context, _ *ent.Client) error {
					_, err := w.Reserve(ctx, gid.New(gid.Order), []Want{{LineID: gid.New(gid.OrderLine), VariantID: id, Quantity: 1}}, until)
					return err
				})
			})
			for _, err := range errs {
				var short *ShortageError
				switch {
				case err == nil:
					got.Add(1)
				case !errors.As(err, &short):
					require.NoError(t, err)
				default:
					require.Equal(t, []Shortage{{VariantID: id, Wanted: 1, Available: 0}}, short.Shortages)
				}
			}
			require.EqualValues(t, 1, got.Load(), "round %d", round)
		}
		require.Empty(t, w.broken(t))
		w.noDeadlock(t)
	})
}

// TestCrowd has everything happen at once to a few variants, in every order of
// lines: nobody waits for somebody who waits for them, and the equations hold.
func TestCrowd(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		var ids []gid.ID
		var skus []string
		for i := range 5 {
			var change []func(*ent.ProductVariantCreate)
			if i%2 == 1 {
				change = append(change, backorder(3))
			}
			id, sku := w.variant(t, change...)
			ids, skus = append(ids, id), append(skus, sku)
		}
		w.adjust(t, moveReceive, ids[0], w.main, 40) // the others are held for the first time by those who come
		errs := atOnce(64, func(i int) error {
			order := gid.New(gid.Order)
			var wants []Want
			for _, j := range rand.Perm(len(ids)) {
				wants = append(wants, Want{LineID: gid.New(gid.OrderLine), VariantID: ids[j], Quantity: 1 + i%2})
			}
			switch i % 4 {
			case 0:
				f := Feed{Location: []string{"main", "second"}[i/4%2], ObservedAt: w.clock.Add(time.Duration(i-100) * time.Second)}
				for _, j := range rand.Perm(len(ids)) {
					f.Items = append(f.Items, FeedItem{Sku: skus[j], OnHand: 10 + i})
				}
				_, err := w.Take(w.ctx, f)
				return err
			case 1:
				return w.Expire(w.ctx)
			}
			until := new(w.clock.Add(time.Duration(i%3-1) * time.Minute))
			_, err := w.Reserve(w.ctx, order, wants, until)
			if short := (*ShortageError)(nil); errors.As(err, &short) {
				return nil
			}
			if err == nil && i%4 == 2 {
				err = w.Release(w.ctx, order, map[gid.ID]int{wants[0].LineID: 1})
			}
			if err == nil {
				err = w.Ship(w.ctx, order, map[gid.ID]int{wants[1].LineID: 1})
			}
			return err
		})
		for _, err := range errs {
			require.NoError(t, err)
		}
		require.Empty(t, w.broken(t))
		w.noDeadlock(t)
	})
}

// noDeadlock asks PostgreSQL whether it has ended a transaction because of
// another; the store would have tried it again, and nobody would know.
func (w *world) noDeadlock(t testing.TB) {
	t.Helper()
	if !w.store.Postgres() {
		return
	}
	var n int
	_, err := w.store.Raw(w.ctx).ExecContext(w.ctx, `SELECT pg_stat_force_next_flush()`)
	require.NoError(t, err)
	require.NoError(t, w.store.Raw(w.ctx).QueryRowContext(w.ctx,
		`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`).Scan(&n))
	require.Zero(t, n, "deadlocks")
}

// BenchmarkReserve holds 20 lines of an order at a time, and gives them back.
func BenchmarkReserve(b *testing.B) {
	for kind, url := range dbtest.URLs {
		b.Run(kind, func(b *testing.B) {
			w := newWorld(b, dbtest.Open(b, url(b)))
			var ids []gid.ID
			for range 200 {
				id, _ := w.variant(b)
				w.adjust(b, moveReceive, id, w.main, 1_000_000)
				ids = append(ids, id)
			}
			before := w.store.Statements()
			for b.Loop() {
				var wants []Want
				for _, j := range rand.Perm(len(ids))[:20] {
					wants = append(wants, Want{LineID: gid.New(gid.OrderLine), VariantID: ids[j], Quantity: 2})
				}
				_, err := w.Reserve(w.ctx, gid.New(gid.Order), wants, nil)
				require.NoError(b, err)
			}
			b.ReportMetric(float64(w.store.Statements()-before)/float64(b.N), "statements/op")
		})
	}
}

// BenchmarkAvailable asks for 100 of 100,000 variants.
func BenchmarkAvailable(b *testing.B) {
	for kind, url := range dbtest.URLs {
		b.Run(kind, func(b *testing.B) {
			st := dbtest.Open(b, url(b))
			w := newWorld(b, st)
			ids := make([]gid.ID, 100_000)
			w.do(b, func(ctx context.Context, _ *ent.Client) error {
				bulk, err := st.Bulk(ctx, "test")
				require.NoError(b, err)
				rows, levels := make([][]any, len(ids)), make([][]any, len(ids))
				for i := range ids {
					ids[i] = gid.New(gid.Variant)
					rows[i] = []any{string(ids[i]), w.clock, w.clock, string(w.product), string(ids[i]), "x", 100, "EUR", "ACTIVE"}
					levels[i] = []any{string(ids[i]), string(w.main), i % 50, 0, 0, w.clock, 1}
				}
				require.NoError(b, bulk.Insert(ctx, ent.TypeProductVariant,
					[]string{"id", "created_at", "updated_at", "product_id", "sku", "name", "price_minor", "currency", "status"}, rows))
				_, err = insert(ctx, st.Raw(ctx), `INSERT INTO stock_levels (variant_id, location_id, on_hand, allocated, reserved, fed_at, version)`, levels, "")
				return err
			})
			for b.Loop() {
				some := make([]gid.ID, 100)
				for i := range some {
					some[i] = ids[rand.IntN(len(ids))]
				}
				all, err := w.Available(w.ctx, some)
				require.NoError(b, err)
				require.NotEmpty(b, all)
			}
		})
	}
}
