package orders

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/order"
)

func TestLate(t *testing.T) {
	now := time.Date(2026, 3, 20, 0, 30, 0, 0, time.FixedZone("CET", 3600)) // the 19th still, in UTC
	for _, c := range []struct {
		promised *time.Time
		want     bool
	}{
		{nil, false},
		{new(time.Date(2026, 3, 18, 0, 0, 0, 0, time.UTC)), true},
		{new(time.Date(2026, 3, 18, 23, 59, 0, 0, time.UTC)), true},
		{new(time.Date(2026, 3, 19, 0, 0, 0, 0, time.UTC)), false}, // the whole day belongs to the promise
		{new(time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)), false},
	} {
		require.Equal(t, c.want, late(&ent.Order{PromisedDate: c.promised, Status: order.StatusCONFIRMED, FulfillmentStatus: order.FulfillmentStatusSHIPPED}, now))
	}
}

// The rule for an order at hand and the rule for the database are one.
func TestLateRowsAgree(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		want := map[string]bool{}
		for _, s := range every {
			for _, f := range []order.FulfillmentStatus{"UNFULFILLED", "PARTIALLY_SHIPPED", "SHIPPED", "PARTIALLY_DELIVERED", "DELIVERED"} {
				for _, promised := range []*time.Time{nil, new(dayOf(noon).AddDate(0, 0, -1)), new(dayOf(noon)), new(dayOf(noon).AddDate(0, 0, 1))} {
					o := w.order(t, func(c *ent.OrderCreate) { c.SetStatus(s).SetFulfillmentStatus(f).SetNillablePromisedDate(promised) })
					want[o.Number] = w.IsLate(o)
				}
			}
		}
		sum := 0
		for _, is := range []bool{true, false} {
			where, err := w.Where(w.agent(), Filter{IsLate: &is})
			require.NoError(t, err)
			rows, err := w.store.Client().Order.Query().Where(where...).All(w.agent())
			require.NoError(t, err)
			for _, o := range rows {
				require.Equal(t, is, want[o.Number], "%s %s %v", o.Status, o.FulfillmentStatus, o.PromisedDate)
			}
			sum += len(rows)
		}
		require.Equal(t, len(want), sum, "every order is late or is not")
		n, err := w.store.Client().Order.Query().Where(w.Late()).Count(w.agent())
		require.NoError(t, err)
		require.Equal(t, 4*4, n) // four open states, four axes that are not delivered
	})
}
