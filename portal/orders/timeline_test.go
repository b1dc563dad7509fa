package orders

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/order"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
)

func TestTimelineIsTheViewers(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o, other := w.order(t, nil, 1), w.order(t, nil, 1)
		w.do(t, func(ctx context.Context, tx *ent.Client) error {
			e := func(k events.Kind, staff bool, at time.Time) events.Event {
				return events.Event{Kind: k, Subject: o.ID, Owner: owner(o), Staff: staff, At: at}
			}
			return events.Append(ctx, tx,
				e(events.OrderNote, true, hour(1)), e(events.OrderNote, false, hour(1)), e(events.OrderStatus, false, hour(-400)),
				e(events.OrderImported, true, hour(2)), e("SOMETHING_NEW", false, hour(3)))
		})
		told := func(ctx context.Context) (kinds []string) {
			all, err := w.Timeline(ctx, o.ID)
			require.NoError(t, err)
			for _, e := range all {
				kinds = append(kinds, e.Kind+" "+string(e.Audience))
			}
			return kinds
		}
		customers := []string{"ORDER_NOTE CUSTOMER", "ORDER_PLACED CUSTOMER", "ORDER_STATUS CUSTOMER"}
		require.Equal(t, customers, told(w.member()))
		require.Equal(t, customers, told(w.as("GUEST", "", "", func(v *auth.Viewer) { v.Subject = string(o.ID) })))
		require.Equal(t, []string{"ORDER_NOTE CUSTOMER", "ORDER_NOTE STAFF", "ORDER_PLACED CUSTOMER", "ORDER_STATUS CUSTOMER"}, told(w.agent()),
			"the latest first, those of one moment by the order in which they were written")
		require.Equal(t, customers, told(w.as("STAFF_ANALYST", w.staff, "")))
		require.Empty(t, told(w.stranger()))
		require.Empty(t, told(w.as("GUEST", "", "", func(v *auth.Viewer) { v.Subject = string(other.ID) })))
		require.Empty(t, told(t.Context()), "no viewer reads nothing")
	})
}

func TestTimelineIsBounded(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		noisy, quiet := w.order(t, nil, 1), w.order(t, nil, 1)
		w.do(t, func(ctx context.Context, tx *ent.Client) error {
			for i := range MaxTimeline + 30 { // 230 internal notes after 230 for the customer
				err := events.Append(ctx, tx,
					events.Event{Kind: events.OrderNote, Subject: noisy.ID, Owner: owner(noisy), At: hour(i), Data: schema.EventData{Text: fmt.Sprint(i)}},
					events.Event{Kind: events.OrderNote, Subject: noisy.ID, Owner: owner(noisy), At: hour(1000 + i), Staff: true, Data: schema.EventData{Text: fmt.Sprint("internal ", i)}})
				if err != nil {
					return err
				}
			}
			return nil
		})
		for who, want := range map[string]string{"customer": "229", "staff": "internal 229"} {
			ctx := map[string]context.Context{"customer": w.member(), "staff": w.agent()}[who]
			all, err := w.timelines(ctx, []gid.ID{noisy.ID, quiet.ID})
			require.NoError(t, err)
			require.Len(t, all[noisy.ID], MaxTimeline, who)
			require.Equal(t, want, all[noisy.ID][0].Data.Text, who)
			require.Len(t, all[quiet.ID], 1, "one order's noise does not silence another: %s", who)
		}
	})
}

func TestTimelinesAskedForAtOnceAreGathered(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		var list []*ent.Order
		for range 12 {
			list = append(list, w.order(t, nil, 1))
		}
		_, err := w.Timeline(w.member(), list[0].ID) // reads the secret
		require.NoError(t, err)
		ctx := WithLoaders(w.member(), w.Service)
		load := func() {
			var wait sync.WaitGroup
			for _, o := range append(list, list[0]) {
				wait.Go(func() {
					all, err := w.Timeline(ctx, o.ID)
					if err != nil || len(all) != 1 || all[0].SubjectID != o.ID {
						t.Errorf("%v, %v", all, err)
					}
				})
			}
			wait.Wait()
		}
		before := w.store.Statements()
		load()
		require.Less(t, w.store.Statements()-before, int64(5), "gathered, as far as a busy machine lets them be")

		// It remembers nothing: what has happened since shows.
		_, err = w.AddNote(w.member(), Note{OrderID: list[3].ID, Text: "x"})
		require.NoError(t, err)
		all, err := w.Timeline(ctx, list[3].ID)
		require.NoError(t, err)
		require.Len(t, all, 2)
	})
}

// The orders of a page are one statement whatever the processor does in
// between; there is no wait that could be too short.
func TestOrdersOfAPageAreResolvedTogether(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		var ids []gid.ID
		for range 5 {
			o := w.order(t, func(c *ent.OrderCreate) { c.SetFulfillmentStatus(order.FulfillmentStatusPARTIALLY_DELIVERED) }, 1)
			ids = append(ids, o.ID)
		}
		foreign := w.order(t, func(c *ent.OrderCreate) { c.SetOrganizationID(w.globex).SetUserID(w.carl) }, 1).ID
		_, err := w.Timeline(w.agent(), ids[0]) // reads the secret
		require.NoError(t, err)
		ctx := WithLoaders(w.agent(), w.Service)
		w.Together(ctx, ids)
		before := w.store.Statements()
		for _, id := range ids { // one after the other
			all, err := w.Timeline(ctx, id)
			require.NoError(t, err)
			require.Len(t, all, 1)
			open, err := w.left(ctx, id)
			require.NoError(t, err)
			require.True(t, open)
		}
		require.Equal(t, before+2, w.store.Statements())

		ctx = WithLoaders(w.member(), w.Service) // whoever is told of an order does not see it by that
		w.Together(ctx, append(ids, foreign))
		all, err := w.Timeline(ctx, foreign)
		require.NoError(t, err)
		require.Empty(t, all)
	})
}
