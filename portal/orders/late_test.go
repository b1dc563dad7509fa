package orders

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
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
		require.Equal(t, c.want, late(&ent.Order{PromisedDate: c.promised, Status: order.StatusCONFIRMED, FulfillmentStatus: order.FulfillmentStatusSHIPPED}, &facts{}, now))
	}
}

// The rule for an order at hand and the rule for the database are one.
func TestLateRowsAgree(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		want := map[string]bool{}
		for _, s := range every {
			for _, axis := range []order.FulfillmentStatus{"UNFULFILLED", "PARTIALLY_SHIPPED", "SHIPPED", "PARTIALLY_DELIVERED", "DELIVERED"} {
				for _, promised := range []*time.Time{nil, new(dayOf(noon).AddDate(0, 0, -1)), new(dayOf(noon)), new(dayOf(noon).AddDate(0, 0, 1))} {
					o := w.order(t, func(c *ent.OrderCreate) { c.SetStatus(s).SetFulfillmentStatus(axis).SetNillablePromisedDate(promised) })
					is, err := w.IsLate(w.agent(), o)
					require.NoError(t, err)
					want[o.Number] = is
				}
			}
		}
		ofOrders := 0
		for _, is := range want {
			if is {
				ofOrders++
			}
		}
		require.Equal(t, 4*4, ofOrders) // four open states, four axes that are not delivered
		linesOwnDays(t, w, want)
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
		late := 0
		for _, is := range want {
			if is {
				late++
			}
		}
		n, err := w.store.Client().Order.Query().Where(w.Late(w.agent())).Count(w.agent())
		require.NoError(t, err)
		require.Equal(t, late, n)
		require.Greater(t, n, 4*4)

		// To who does not see the lines, their own days do not exist.
		blind := w.as("X", w.staff, "", func(v *auth.Viewer) { v.Kind = auth.KindStaff })
		blind = auth.WithViewer(blind, auth.From(blind).WithGrants(auth.NewGrants("X", map[string]auth.Scope{"Order": auth.ScopeAll}, nil, nil)))
		rows, err := w.store.Client().Order.Query().All(blind)
		require.NoError(t, err)
		late = 0
		for _, o := range rows {
			is, err := w.IsLate(blind, o)
			require.NoError(t, err)
			require.Equal(t, o.PromisedDate != nil && o.PromisedDate.Before(dayOf(noon)) && open(o), is)
			if is {
				late++
			}
		}
		n, err = w.store.Client().Order.Query().Where(w.Late(blind)).Count(blind)
		require.NoError(t, err)
		require.Equal(t, late, n)
	})
}

// linesOwnDays makes orders of two lines in which the lines have days of their
// own or not, and the second has been delivered or not.
func linesOwnDays(t *testing.T, w *world, want map[string]bool) {
	t.Helper()
	yesterday, tomorrow := new(dayOf(noon).AddDate(0, 0, -1)), new(dayOf(noon).AddDate(0, 0, 1))
	passed := func(d *time.Time) bool { return d != nil && d.Before(dayOf(noon)) }
	for _, ofOrder := range []*time.Time{nil, yesterday, tomorrow} {
		for _, first := range []*time.Time{nil, yesterday, tomorrow} {
			for _, second := range []*time.Time{nil, yesterday, tomorrow} {
				for _, arrived := range []bool{false, true} {
					o := w.order(t, func(c *ent.OrderCreate) { c.SetNillablePromisedDate(ofOrder) }, 2, 3)
					lines := w.lines(t, o)
					if arrived {
						w.scan(t, w.send(t, o, Quantity{lines[1], 3}), delivered, 1)
					} else {
						w.scan(t, w.send(t, o, Quantity{lines[1], 2}), delivered, 1)
					}
					w.do(t, func(ctx context.Context, tx *ent.Client) error {
						for i, d := range []*time.Time{first, second} {
							tx.OrderLine.UpdateOneID(lines[i]).SetNillablePromisedDate(d).ExecX(ctx)
						}
						return nil
					})
					o = w.again(t, o.ID)
					a, b := ofOrder, ofOrder
					if first != nil {
						a = first
					}
					if second != nil {
						b = second
					}
					is, err := w.IsLate(w.agent(), o)
					require.NoError(t, err)
					require.Equal(t, passed(a) || passed(b) && !arrived, is, "%v %v %v %v", ofOrder, first, second, arrived)
					want[o.Number] = is
				}
			}
		}
	}
}
