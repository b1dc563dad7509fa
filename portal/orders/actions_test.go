package orders

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

var day = time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)

func TestConfirm(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, status(order.StatusPLACED), 3)
		id, err := w.Confirm(w.agent(), Confirmation{OrderID: o.ID, Version: o.Version, PromisedDate: new(day.Add(5 * time.Hour))})
		require.NoError(t, err)
		require.Equal(t, o.ID, id)
		now := w.again(t, o.ID)
		require.Equal(t, order.StatusCONFIRMED, now.Status)
		require.Equal(t, o.Version+1, now.Version)
		require.True(t, now.ConfirmedAt.Equal(noon))
		require.True(t, now.PromisedDate.Equal(day), "a promise is a day, not a time")
		require.ElementsMatch(t, []string{"ORDER_PLACED", "ORDER_STATUS", "ORDER_PROMISE"}, w.kinds(t, o.ID))

		err = w.unchanged(t, func() error {
			_, err := w.Confirm(w.agent(), Confirmation{OrderID: o.ID, Version: now.Version})
			return err
		})
		require.Contains(t, refusal(t, err, WrongState, "input", "orderId").Text.DE, "bestätigt")

		for _, s := range []order.Status{order.StatusDRAFT, order.StatusAWAITING_APPROVAL, order.StatusCANCELLED, order.StatusCOMPLETED} {
			o := w.order(t, status(s), 1)
			refusal(t, w.unchanged(t, func() error {
				_, err := w.Confirm(w.agent(), Confirmation{OrderID: o.ID, Version: o.Version})
				return err
			}), WrongState, "input", "orderId")
		}
	})
}

func TestConfirmDropsTheReasonOfAnOldPromise(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, func(c *ent.OrderCreate) {
			c.SetStatus(order.StatusCONFIRMING).SetPromisedDate(day).SetPromiseReason("The press is broken.")
		}, 1)
		_, err := w.Confirm(w.agent(), Confirmation{OrderID: o.ID, Version: 1, PromisedDate: &day})
		require.NoError(t, err)
		require.Equal(t, "The press is broken.", w.again(t, o.ID).PromiseReason, "the day is the same, and so is its reason")
		require.Equal(t, []string{"ORDER_PLACED", "ORDER_STATUS"}, w.kinds(t, o.ID))

		o = w.order(t, func(c *ent.OrderCreate) {
			c.SetStatus(order.StatusCONFIRMING).SetPromisedDate(day).SetPromiseReason("The press is broken.")
		}, 1)
		_, err = w.Confirm(w.agent(), Confirmation{OrderID: o.ID, Version: 1, PromisedDate: new(day.AddDate(0, 0, 1))})
		require.NoError(t, err)
		require.Empty(t, w.again(t, o.ID).PromiseReason)
	})
}

func TestCancel(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for _, who := range []context.Context{w.agent(), w.buyer()} {
			o := w.order(t, nil, 3)
			_, err := w.Cancel(who, Cancellation{OrderID: o.ID, Version: o.Version, Reason: new("  Ordered twice.\r\nSorry. ")})
			require.NoError(t, err)
			now := w.again(t, o.ID)
			require.Equal(t, order.StatusCANCELLED, now.Status)
			require.Equal(t, "Ordered twice.\nSorry.", now.CancelReason)
			require.True(t, now.CancelledAt.Equal(noon))
			all, err := w.Timeline(w.member(), o.ID)
			require.NoError(t, err)
			require.Equal(t, schema.EventData{From: "CONFIRMED", To: "CANCELLED", Text: "Ordered twice.\nSorry."}, all[0].Data)
		}
		o := w.order(t, nil, 3)
		w.send(t, o, Quantity{w.lines(t, o)[0], 1})
		refusal(t, w.unchanged(t, func() error {
			_, err := w.Cancel(w.agent(), Cancellation{OrderID: o.ID, Version: 2})
			return err
		}), WrongState, "input", "orderId")

		// Another system says that nothing was sent, and yet there is a shipment.
		w.do(t, func(ctx context.Context, tx *ent.Client) error {
			return tx.Order.UpdateOneID(o.ID).SetFulfillmentStatus(order.FulfillmentStatusUNFULFILLED).Exec(ctx)
		})
		refusal(t, w.unchanged(t, func() error {
			_, err := w.Cancel(w.agent(), Cancellation{OrderID: o.ID, Version: 2})
			return err
		}), WrongState, "input", "orderId")
	})
}

func TestSetPromisedDate(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, func(c *ent.OrderCreate) { c.SetPromisedDate(day) }, 1)
		later := day.AddDate(0, 0, 7)
		_, err := w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: 1, Date: later, Reason: " Der Lieferant ist im Verzug. "})
		require.NoError(t, err)
		now := w.again(t, o.ID)
		require.True(t, now.PromisedDate.Equal(later))
		require.Equal(t, "Der Lieferant ist im Verzug.", now.PromiseReason)
		require.Equal(t, 2, now.Version)
		all, err := w.Timeline(w.member(), o.ID)
		require.NoError(t, err)
		require.Equal(t, "ORDER_PROMISE", all[0].Kind)
		require.True(t, all[0].Data.OldDate.Equal(day))
		require.True(t, all[0].Data.Date.Equal(later))
		require.Equal(t, "Der Lieferant ist im Verzug.", all[0].Data.Text)

		for name, c := range map[string]struct {
			date   time.Time
			reason string
			field  string
		}{
			"the day promised already":    {later, "x", "date"},
			"a day that has passed":       {noon.AddDate(0, 0, -1), "x", "date"},
			"before the order was placed": {o.PlacedAt.AddDate(0, 0, -1), "x", "date"},
			"in six years":                {noon.AddDate(6, 0, 0), "x", "date"},
			"no reason":                   {later, " \n ", "reason"},
			"an endless reason":           {later, strings.Repeat("ä", 1001), "reason"},
			"a bell in the reason":        {later, "ding\a", "reason"},
		} {
			refusal(t, w.unchanged(t, func() error {
				_, err := w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: 2, Date: c.date, Reason: c.reason})
				return err
			}), Invalid, "input", c.field)
			_ = name
		}
		// A thousand characters are a thousand, however many bytes they have.
		_, err = w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: 2, Date: noon, Reason: strings.Repeat("ä", 1000)})
		require.NoError(t, err, "today is the first day that can be promised")
	})
}

func TestNotes(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for _, s := range every {
			o := w.order(t, status(s), 1)
			for _, n := range []struct {
				who      context.Context
				text     string
				internal bool
			}{{w.member(), "Please ring twice.", false}, {w.agent(), "We will.", false}, {w.agent(), "They always say so.", true}} {
				_, err := w.AddNote(n.who, Note{OrderID: o.ID, Text: n.text, Internal: n.internal})
				require.NoError(t, err)
			}
			require.Equal(t, o.Version, w.again(t, o.ID).Version, "a note does not change the order")
			read := func(ctx context.Context) (texts []string) {
				all, err := w.Timeline(ctx, o.ID)
				require.NoError(t, err)
				for _, e := range all {
					if e.Kind == "ORDER_NOTE" {
						texts = append(texts, string(e.ActorKind)+": "+e.Data.Text)
					}
				}
				return texts
			}
			require.Equal(t, []string{"STAFF: They always say so.", "STAFF: We will.", "CUSTOMER: Please ring twice."}, read(w.warehouse()))
			require.Equal(t, []string{"STAFF: We will.", "CUSTOMER: Please ring twice."}, read(w.member()))
			require.Empty(t, read(w.stranger()))
		}
		o := w.order(t, nil, 1)
		require.ErrorIs(t, w.unchanged(t, func() error {
			_, err := w.AddNote(w.member(), Note{OrderID: o.ID, Text: "Let me in.", Internal: true})
			return err
		}), problem.ErrForbidden)
		for _, text := range []string{"", " \t\n", strings.Repeat("x", 4001), "a\x1b[31mb", "a\x00b"} {
			refusal(t, w.unchanged(t, func() error {
				_, err := w.AddNote(w.member(), Note{OrderID: o.ID, Text: text})
				return err
			}), Invalid, "input", "text")
		}
		_, err := w.AddNote(w.member(), Note{OrderID: o.ID, Text: strings.Repeat("€", 4000) + " "})
		require.NoError(t, err)
	})
}

// TestWhoMayNot tries every operation as everybody who must not get through.
func TestWhoMayNot(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		type subject struct {
			order, shipment gid.ID
			version         int
		}
		sent := func(change func(*ent.OrderCreate)) subject {
			o := w.order(t, change, 5)
			return subject{o.ID, w.send(t, o, Quantity{w.lines(t, o)[0], 1}), 2}
		}
		anns, bens := sent(nil), sent(func(c *ent.OrderCreate) { c.SetUserID(w.ben) })
		nothing := subject{gid.New(gid.Order), gid.New(gid.Shipment), 1}
		operations := map[string]func(ctx context.Context, x subject) error{
			doConfirm: func(ctx context.Context, x subject) error {
				_, err := w.Confirm(ctx, Confirmation{OrderID: x.order, Version: x.version})
				return err
			},
			doCancel: func(ctx context.Context, x subject) error {
				_, err := w.Cancel(ctx, Cancellation{OrderID: x.order, Version: x.version})
				return err
			},
			doPromise: func(ctx context.Context, x subject) error {
				_, err := w.SetPromisedDate(ctx, Promise{OrderID: x.order, Version: x.version, Date: day, Reason: "x"})
				return err
			},
			doNote: func(ctx context.Context, x subject) error {
				_, err := w.AddNote(ctx, Note{OrderID: x.order, Text: "x"})
				return err
			},
			doInternal: func(ctx context.Context, x subject) error {
				_, err := w.AddNote(ctx, Note{OrderID: x.order, Text: "x", Internal: true})
				return err
			},
			doShip: func(ctx context.Context, x subject) error {
				_, err := w.CreateShipment(ctx, NewShipment{OrderID: x.order, Version: x.version, Carrier: "DHL"})
				return err
			},
			doChange: func(ctx context.Context, x subject) error {
				_, _, err := w.Change(ctx, Change{OrderID: x.order, Version: x.version, Remark: new("x")})
				return err
			},
			doTrack: func(ctx context.Context, x subject) error {
				_, err := w.AddTrackingEvent(ctx, Tracking{ShipmentID: x.shipment, Status: delivered, At: noon})
				return err
			},
		}
		require.Len(t, operations, len(documented)-2) // approvals are those of portal/approvals
		guest := func(order gid.ID) context.Context {
			return w.as("GUEST", "", "", func(v *auth.Viewer) { v.Subject = string(order) })
		}
		for name, run := range operations {
			fails := func(ctx context.Context, x subject, want error, who string) {
				t.Helper()
				require.ErrorIs(t, w.unchanged(t, func() error { return run(ctx, x) }), want, "%s: %s", name, who)
			}
			for who, ctx := range map[string]context.Context{
				"an administrator of another customer": w.stranger(),
				"the same user, acting for another":    w.as("ORG_ADMIN", w.ann, w.globex),
				"nobody":                               w.as("ANONYMOUS", "", ""),
				"marketing":                            w.as("STAFF_MARKETING", w.staff, ""),
				"sales without assignments":            w.as("STAFF_SALES", w.staff, ""),
				"a guest of another order":             guest(bens.order),
			} {
				fails(ctx, anns, problem.ErrNotFound, who)
				fails(ctx, nothing, problem.ErrNotFound, who)
			}
			fails(w.member(), bens, problem.ErrNotFound, "a colleague's order")
			fails(w.as("STAFF_ADMIN", w.staff, ""), nothing, problem.ErrNotFound, "an id of nothing")
			require.Error(t, w.unchanged(t, func() error { return run(t.Context(), anns) }), "%s: no viewer", name)

			// Who sees the order and lacks the action is told so, before anything
			// else about it is looked at: the version is wrong here.
			stale := subject{anns.order, anns.shipment, 99}
			fails(guest(anns.order), stale, problem.ErrForbidden, "a guest of the order")
			fails(w.as("STAFF_ANALYST", w.staff, ""), stale, problem.ErrForbidden, "an analyst")
			if name != doNote {
				fails(w.member(), stale, problem.ErrForbidden, "the member who placed it")
				fails(w.as("INTEGRATION", "", ""), subject{anns.order, nothing.shipment, 99},
					map[bool]error{true: problem.ErrNotFound, false: problem.ErrForbidden}[name == doTrack], "a key")
			}
			if name != doNote && name != doInternal && name != doTrack { // these have no version
				for _, version := range []int{-1, 0, 1, 3} {
					fails(w.as("STAFF_ADMIN", w.staff, ""), subject{anns.order, anns.shipment, version}, problem.ErrStale, "a stale version")
				}
			}
		}
	})
}

// Two who cancel at once: one does, the other is told that it has changed.
func TestTwoAtOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, nil, 1)
		errs := make([]error, 6)
		var wait sync.WaitGroup
		for i := range errs {
			wait.Go(func() { _, errs[i] = w.Cancel(w.agent(), Cancellation{OrderID: o.ID, Version: 1}) })
		}
		wait.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			require.ErrorIs(t, err, problem.ErrStale)
		}
		require.Equal(t, 1, won)
		require.Equal(t, 2, w.again(t, o.ID).Version)
		n, err := w.store.Client().Event.Query().Where(event.SubjectID(o.ID), event.Kind("ORDER_STATUS")).Count(w.ctx)
		require.NoError(t, err)
		require.Equal(t, 1, n)
	})
}

func TestAvailableActions(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		all := func(who context.Context, o *ent.Order) []Action {
			list, err := w.Available(who, w.again(t, o.ID))
			require.NoError(t, err)
			// What the schema of the viewer does not have must not be named to them.
			for _, x := range offers {
				if !auth.From(who).Grants().Has(x.action) {
					require.NotContains(t, list, x.name)
				}
			}
			return list
		}
		o := w.order(t, status(order.StatusPLACED), 5)
		require.Equal(t, []Action{Confirm, SetPromisedDate, AddNote, ChangeOrder, Cancel}, all(w.agent(), o))
		require.Equal(t, []Action{Confirm, SetPromisedDate, AddNote}, all(w.warehouse(), o))
		require.Equal(t, []Action{AddNote, ChangeOrder, Cancel}, all(w.buyer(), o))
		require.Equal(t, []Action{AddNote}, all(w.member(), o))
		require.Empty(t, all(w.stranger(), o))
		require.Empty(t, all(w.as("STAFF_ANALYST", w.staff, ""), o))
		require.Empty(t, all(w.as("GUEST", "", "", func(v *auth.Viewer) { v.Subject = string(o.ID) }), o))
		require.NotNil(t, all(w.stranger(), o), "a list, though an empty one")

		o = w.order(t, nil, 5)
		line := w.lines(t, o)[0]
		require.Equal(t, []Action{CreateShipment, SetPromisedDate, AddNote, ChangeOrder, Cancel}, all(w.agent(), o))
		p := w.send(t, o, Quantity{line, 2})
		require.Equal(t, []Action{CreateShipment, SetPromisedDate, AddNote, ChangeOrder}, all(w.agent(), o), "some has been sent")
		require.Equal(t, []Action{AddNote, ChangeOrder}, all(w.buyer(), o))
		w.scan(t, p, delivered, 1)
		require.Equal(t, []Action{CreateShipment, SetPromisedDate, AddNote, ChangeOrder}, all(w.agent(), o), "some is delivered, some is left")
		w.send(t, o)
		require.Equal(t, []Action{SetPromisedDate, AddNote}, all(w.agent(), o), "some is delivered, nothing is left")
		for _, s := range []order.Status{order.StatusCANCELLED, order.StatusCOMPLETED} {
			require.Equal(t, []Action{AddNote}, all(w.agent(), w.order(t, status(s), 1)))
		}
		require.Equal(t, []Action{AddNote, Cancel}, all(w.agent(), w.order(t, status(order.StatusDRAFT), 1)))
	})
}
