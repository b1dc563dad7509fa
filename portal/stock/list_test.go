package stock

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent/productvariant"
	"foyer/schema/gid"
)

// A list has what its filter says, and its count is the length of it.
func TestLevelsAreFiltered(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		plain, sku := w.variant(t)
		later, _ := w.variant(t, backorder(7))
		ahead, _ := w.variant(t, policy(productvariant.StockPolicyUNTRACKED))
		w.adjust(t, moveCount, plain, w.main, 4)
		w.clock = w.clock.Add(2 * time.Hour)
		w.adjust(t, moveCount, later, w.second, 9)
		w.adjust(t, moveReceive, ahead, w.main, 1) // nobody has counted it
		old, yes, no := w.clock.Add(-time.Hour), true, false
		check := func(f Filter, want ...gid.ID) {
			t.Helper()
			list, err := w.Levels(w.ctx, f, nil, 10)
			require.NoError(t, err)
			got := []gid.ID{}
			for _, l := range list {
				got = append(got, l.VariantID)
			}
			require.ElementsMatch(t, want, got)
			n, err := w.Count(w.ctx, f)
			require.NoError(t, err)
			require.Equal(t, len(want), n)
		}
		check(Filter{}, plain, later, ahead)
		check(Filter{Search: "thi"}, plain, later, ahead)
		check(Filter{Search: sku}, plain)
		check(Filter{Search: "hing"})
		check(Filter{Search: "%"})
		check(Filter{Before: &old}, plain, ahead)
		check(Filter{Policies: []string{"BACKORDER", "UNTRACKED"}, LocationID: w.main}, ahead)
		check(Filter{Policies: []string{}})
		check(Filter{Stale: &yes})
		check(Filter{Stale: &no}, plain, later, ahead)
		w.o.MaxAge = time.Hour
		check(Filter{Stale: &yes}, plain, ahead)
		check(Filter{Stale: &no, Search: "SKU"}, later)
	})
}

// What is brought elsewhere is as much as before, and may not be more than lies there.
func TestMove(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id, _ := w.variant(t)
		w.adjust(t, moveReceive, id, w.main, 5)
		move := func(from, to gid.ID, n int) error {
			_, err := w.Adjust(w.ctx, Adjustment{VariantID: id, LocationID: from, ToLocationID: &to, Kind: moveMove, Quantity: n, Reason: "a fair"})
			return err
		}
		require.NoError(t, move(w.main, w.second, 3))
		require.Equal(t, "2/0/0 3/0/0", w.level(t, id, w.main)+" "+w.level(t, id, w.second))
		require.ErrorContains(t, move(w.main, w.second, 3), "2")
		require.Error(t, move(w.main, w.main, 1))
		require.Error(t, move(w.main, gid.New(gid.StockLocation), 1))
		_, err := w.Adjust(w.ctx, Adjustment{VariantID: id, LocationID: w.main, ToLocationID: &w.second, Kind: moveReceive, Quantity: 1, Reason: "x"})
		require.Error(t, err)
		require.Equal(t, "2/0/0 3/0/0", w.level(t, id, w.main)+" "+w.level(t, id, w.second))
		list, err := w.Movements(w.ctx, id, nil, 10)
		require.NoError(t, err)
		require.Equal(t, []string{"MOVE", "MOVE", "RECEIVE"}, []string{list[0].Kind, list[1].Kind, list[2].Kind})
		require.Equal(t, "a fair", list[0].Reason)
	})
}
