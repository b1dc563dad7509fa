package stock

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/ent/stocklocation"
	"foyer/schema/gid"
)

// want is one line of an order.
func want(line, variant gid.ID, n int) Want {
	return Want{LineID: line, VariantID: variant, Quantity: n}
}

// reserve holds what must be there.
func (w *world) reserve(t testing.TB, order gid.ID, until *time.Time, wants ...Want) Reserved {
	t.Helper()
	out, err := w.Reserve(w.ctx, order, wants, until)
	require.NoError(t, err)
	return out
}

// refused is what a reservation that writes nothing is short of.
func (w *world) refused(t testing.TB, run func() error) []Shortage {
	t.Helper()
	before := w.dump(t)
	var short *ShortageError
	require.ErrorAs(t, run(), &short)
	require.NotEmpty(t, short.Error())
	require.Equal(t, before, w.dump(t))
	return short.Shortages
}

func (w *world) available(t testing.TB, id gid.ID) Availability {
	t.Helper()
	all, err := w.Available(w.ctx, []gid.ID{id})
	require.NoError(t, err)
	return all[id]
}

func (w *world) minutes(n int) *time.Time { return new(w.clock.Add(time.Duration(n) * time.Minute)) }

func TestPolicies(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		today := dayOf(noon)
		hard, _ := w.variant(t)
		soft, _ := w.variant(t, backorder(9))
		early, _ := w.variant(t, preorder(noon.AddDate(0, 1, 0)))
		service, _ := w.variant(t, policy(productvariant.StockPolicyUNTRACKED))
		// By accident none of these is sold like what it says it is.
		noDays, _ := w.variant(t, policy(productvariant.StockPolicyBACKORDER))
		noDay, _ := w.variant(t, policy(productvariant.StockPolicyPREORDER))
		passed, _ := w.variant(t, preorder(noon))
		for _, id := range []gid.ID{hard, soft, early} {
			w.adjust(t, moveReceive, id, w.main, 6)
		}
		for id, want := range map[gid.ID]Status{
			hard: InStock, soft: InStock, early: Preorder, service: Untracked, noDays: OutOfStock, noDay: OutOfStock, passed: OutOfStock,
		} {
			require.Equal(t, want, w.available(t, id).Status)
		}
		short := w.refused(t, func() error {
			_, err := w.Reserve(w.ctx, "o", []Want{
				want("1", hard, 4), want("2", noDays, 1), want("3", soft, 1), want("4", hard, 3), want("5", noDay, 2), want("6", passed, 3), want("7", "var_none", 1),
			}, nil)
			return err
		})
		require.Equal(t, []Shortage{{hard, 7, 6}, {noDays, 1, 0}, {noDay, 2, 0}, {passed, 3, 0}, {"var_none", 1, 0}}, short, "all at once, in the order of the lines")

		out := w.reserve(t, "o", nil, want("1", hard, 6), want("2", soft, 8), want("3", early, 2), want("4", service, 1000))
		require.False(t, out.Unsure)
		require.Equal(t, map[gid.ID]time.Time{"2": today.AddDate(0, 0, 9), "3": dayOf(noon.AddDate(0, 1, 0))}, out.Promises)
		require.Equal(t, "1 ALLOCATED 6, 2 ALLOCATED 6, 2 BACKORDER 2, 3 ALLOCATED 2", w.held(t, "o"))
		require.Equal(t, OutOfStock, w.available(t, hard).Status)
		a := w.available(t, soft)
		require.Equal(t, Backorder, a.Status)
		require.Equal(t, today.AddDate(0, 0, 9), *a.SendOn)
		require.Nil(t, w.available(t, hard).SendOn)
		for _, bad := range []Want{want("1", hard, 0), want("1", hard, -1), want("", hard, 1), want("1", "", 1)} {
			_, err := w.Reserve(w.ctx, "p", []Want{bad}, nil)
			require.Error(t, err)
		}
		require.Empty(t, w.broken(t))
	})
}

// TestExpiryAtOnce: what was held for too long is free before anybody has swept.
func TestExpiryAtOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id, _ := w.variant(t)
		w.adjust(t, moveReceive, id, w.main, 2)
		w.reserve(t, "a", w.minutes(10), want("a1", id, 2))
		require.Equal(t, "2/0/2", w.level(t, id, w.main))
		require.Zero(t, w.available(t, id).Available)
		w.clock = w.clock.Add(10 * time.Minute)
		require.Equal(t, 2, w.available(t, id).Available)
		require.Equal(t, "2/0/2", w.level(t, id, w.main), "nobody has swept")
		w.reserve(t, "b", w.minutes(10), want("b1", id, 1))
		require.Equal(t, "a1 EXPIRED 2", w.held(t, "a"))

		short := w.refused(t, func() error { return w.Allocate(w.ctx, "a") })
		require.Equal(t, []Shortage{{id, 2, 1}}, short, "it has expired, and one is gone")
		require.NoError(t, w.Release(w.ctx, "b", nil))
		require.NoError(t, w.Allocate(w.ctx, "a"), "it has expired, and yet there is enough")
		require.Equal(t, "a1 ALLOCATED 2", w.held(t, "a"))
		require.NoError(t, w.Allocate(w.ctx, "a"), "once more changes nothing")
		require.NoError(t, w.Allocate(w.ctx, "nothing is held for it"))
		require.Equal(t, "2/2/0", w.level(t, id, w.main))

		w.adjust(t, moveReceive, id, w.main, 1)
		w.reserve(t, "c", w.minutes(1), want("c1", id, 1))
		w.clock = w.clock.Add(time.Hour)
		require.NoError(t, w.Allocate(w.ctx, "c"), "its time is over, and nobody came meanwhile")
		w.reserve(t, "d", w.minutes(-1)) // nothing at all
		require.NoError(t, w.Release(w.ctx, "c", nil))
		w.reserve(t, "e", w.minutes(1), want("e1", id, 1))
		w.clock = w.clock.Add(time.Hour)
		require.NoError(t, w.Expire(w.ctx))
		require.Equal(t, "3/2/0", w.level(t, id, w.main))
		require.Equal(t, "e1 EXPIRED 1", w.held(t, "e"))
		require.Empty(t, w.broken(t))
	})
}

// TestWhoWaitsComesFirst: what comes goes to those who wait, in their order.
func TestWhoWaitsComesFirst(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id, sku := w.variant(t, backorder(5))
		w.reserve(t, "a", nil, want("a1", id, 3))
		w.reserve(t, "b", nil, want("b1", id, 2))
		w.reserve(t, "c", w.minutes(5), want("c1", id, 2))
		w.adjust(t, moveReceive, id, w.second, 4)
		require.Equal(t, "a1 ALLOCATED 3", w.held(t, "a"))
		require.Equal(t, "b1 ALLOCATED 1, b1 BACKORDER 1", w.held(t, "b"))
		require.Equal(t, "c1 BACKORDER 2", w.held(t, "c"))
		require.NoError(t, w.Release(w.ctx, "a", map[gid.ID]int{"a1": 2}))
		require.Equal(t, "b1 ALLOCATED 2", w.held(t, "b"), "what is given back goes on")
		require.Equal(t, "c1 BACKORDER 1, c1 RESERVED 1", w.held(t, "c"))
		require.NoError(t, w.Allocate(w.ctx, "c"))
		require.Equal(t, "c1 ALLOCATED 1, c1 BACKORDER 1", w.held(t, "c"))
		_, err := w.Take(w.ctx, Feed{Location: "second", ObservedAt: w.clock, Items: []FeedItem{{Sku: sku, OnHand: 9}}})
		require.NoError(t, err)
		require.Equal(t, "c1 ALLOCATED 2", w.held(t, "c"))
		require.Equal(t, 4, w.available(t, id).Available)
		require.NoError(t, w.Ship(w.ctx, "b", map[gid.ID]int{"b1": 2}))
		require.Equal(t, "7/3/0", w.level(t, id, w.second))
		require.Empty(t, w.held(t, "b"))
		// What waits and is sent all the same was there.
		w.reserve(t, "d", nil, want("d1", id, 6))
		require.Equal(t, "d1 ALLOCATED 4, d1 BACKORDER 2", w.held(t, "d"))
		require.NoError(t, w.Ship(w.ctx, "d", nil))
		require.Equal(t, "1/3/0", w.level(t, id, w.second), "more was sent than there was by the books, and it shows")
		require.Empty(t, w.broken(t))
	})
}

func TestPlaces(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id, _ := w.variant(t)
		w.adjust(t, moveReceive, id, w.main, 3)
		w.adjust(t, moveReceive, id, w.second, 5)
		w.reserve(t, "a", nil, want("a1", id, 2))
		require.Equal(t, "3/2/0 5/0/0", w.level(t, id, w.main)+" "+w.level(t, id, w.second), "the first place by priority")
		w.reserve(t, "b", nil, want("b1", id, 4))
		require.Equal(t, "3/2/0 5/4/0", w.level(t, id, w.main)+" "+w.level(t, id, w.second), "one that has all of it")
		w.reserve(t, "c", nil, want("c1", id, 2))
		require.Equal(t, "3/3/0 5/5/0", w.level(t, id, w.main)+" "+w.level(t, id, w.second), "otherwise several")
		require.NoError(t, w.Release(w.ctx, "c", nil))
		w.do(t, func(ctx context.Context, tx *ent.Client) error {
			return tx.StockLocation.UpdateOneID(w.main).SetStatus(stocklocation.StatusCLOSED).Exec(ctx)
		})
		require.Equal(t, 1, w.available(t, id).Available, "what lies in a closed place is not promised")
		require.Len(t, w.refused(t, func() error { _, err := w.Reserve(w.ctx, "d", []Want{want("d1", id, 2)}, nil); return err }), 1)
		require.NoError(t, w.Ship(w.ctx, "a", nil), "what was allocated there can be sent")
		require.Equal(t, "1/0/0", w.level(t, id, w.main))

		// Oversold in one place: what is free in the other is owed.
		w.adjust(t, moveCount, id, w.second, 2)
		w.do(t, func(ctx context.Context, tx *ent.Client) error {
			return tx.StockLocation.UpdateOneID(w.main).SetStatus(stocklocation.StatusACTIVE).Exec(ctx)
		})
		require.Equal(t, "1/0/0 2/4/0", w.level(t, id, w.main)+" "+w.level(t, id, w.second))
		require.Zero(t, w.available(t, id).Available)
		require.Len(t, w.refused(t, func() error { _, err := w.Reserve(w.ctx, "d", []Want{want("d1", id, 1)}, nil); return err }), 1)
		require.Empty(t, w.broken(t))
	})
}

// TestOldNews: of what nobody has looked at for long, nothing is promised.
func TestOldNews(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id, sku := w.variant(t)
		never, _ := w.variant(t)
		soft, _ := w.variant(t, backorder(3))
		feed := func(n int) {
			_, err := w.Take(w.ctx, Feed{Location: "main", ObservedAt: w.clock, Items: []FeedItem{{Sku: sku, OnHand: n}}})
			require.NoError(t, err)
		}
		feed(2)
		require.Equal(t, OutOfStock, w.available(t, never).Status, "without an age nothing is too old")
		w.o.MaxAge = time.Hour
		require.Equal(t, Unknown, w.available(t, never).Status)
		require.True(t, w.available(t, id).Known)
		w.clock = w.clock.Add(time.Hour + time.Second)
		a := w.available(t, id)
		require.False(t, a.Known)
		require.Equal(t, Unknown, a.Status)
		require.Nil(t, a.SendOn)
		out := w.reserve(t, "a", nil, want("a1", id, 3), want("a2", soft, 1))
		require.True(t, out.Unsure)
		require.Empty(t, out.Promises)
		require.Equal(t, "a1 ALLOCATED 2, a1 BACKORDER 1, a2 BACKORDER 1", w.held(t, "a"))
		feed(5)
		require.Equal(t, "a1 ALLOCATED 3, a2 BACKORDER 1", w.held(t, "a"), "what comes is for who waits, sure or not")
		require.Equal(t, 2, w.available(t, id).Available)
		w.adjust(t, moveCount, soft, w.main, 1)
		require.False(t, w.reserve(t, "b", nil, want("b1", soft, 1)).Unsure, "a count is as good as a feed")
	})
}

// TestFeedKnowsWhatWentOn: what was sent after a feed was observed is not there,
// whatever the feed says.
func TestFeedKnowsWhatWentOn(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id, sku := w.variant(t)
		feed := func(at time.Time, n int) {
			_, err := w.Take(w.ctx, Feed{Location: "main", ObservedAt: at, Items: []FeedItem{{Sku: sku, OnHand: n}}})
			require.NoError(t, err)
		}
		feed(w.clock, 10)
		observed := w.clock.Add(time.Minute)
		w.clock = w.clock.Add(2 * time.Minute)
		w.reserve(t, "a", nil, want("a1", id, 4))
		require.NoError(t, w.Ship(w.ctx, "a", map[gid.ID]int{"a1": 3}))
		feed(observed, 10)
		require.Equal(t, "7/1/0", w.level(t, id, w.main))
		w.clock = w.clock.Add(time.Minute)
		feed(w.clock, 7)
		require.Equal(t, "7/1/0", w.level(t, id, w.main))
		require.Empty(t, w.broken(t))
	})
}
