package demo_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent/productvariant"
	"foyer/portal/stock"
	"foyer/portal/store"
	"foyer/testkit/dbtest"
)

// TestStock looks at the warehouses: there is something of each sort to see, and
// nothing is given away that is not there.
func TestStock(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		now := time.Now().UTC()
		seededByOneOfTwo(t, st, now)
		ctx := system(t)
		goods := stock.New(st, stock.Options{MaxAge: time.Hour})
		levels, err := goods.Levels(ctx, stock.Filter{}, nil, 1000)
		require.NoError(t, err)
		places := map[string]int{}
		for _, l := range levels {
			require.False(t, l.Stale, l.Sku)
			places[string(l.LocationID)]++
		}
		require.Len(t, places, 2)
		oversold, err := goods.Levels(ctx, stock.Filter{Oversold: new(true)}, nil, 10)
		require.NoError(t, err)
		require.Len(t, oversold, 1)
		ids, err := st.Client().ProductVariant.Query().Where(productvariant.StatusEQ(productvariant.StatusACTIVE)).IDs(ctx)
		require.NoError(t, err)
		all, err := goods.Available(ctx, ids)
		require.NoError(t, err)
		sorts := map[stock.Status]int{}
		for _, a := range all {
			sorts[a.Status]++
		}
		for _, s := range []stock.Status{stock.InStock, stock.Low, stock.OutOfStock} {
			require.Positive(t, sorts[s], "%s: %v", s, sorts)
		}
		var held int
		require.NoError(t, st.RawRead(ctx).QueryRowContext(ctx, `SELECT count(*) FROM stock_reservations WHERE kind = 'ALLOCATED'`).Scan(&held))
		require.Greater(t, held, 20)
		t.Log(len(levels), "levels,", held, "held,", sorts)
	})
}
