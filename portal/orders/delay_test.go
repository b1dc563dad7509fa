package orders

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
	"foyer/portal/jobs"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

const (
	passed    = order.DelayCausePROMISE_PASSED
	estimated = order.DelayCauseCARRIER_ESTIMATE
	trouble   = order.DelayCauseDELIVERY_PROBLEM
)

// on is a day after noon's, at an hour.
func on(days, hours int) time.Time {
	return dayOf(noon).AddDate(0, 0, days).Add(time.Duration(hours) * time.Hour)
}

func promisedOn(days int) func(*ent.OrderCreate) {
	return func(c *ent.OrderCreate) { c.SetPromisedDate(on(days, 0)) }
}

// estimate is a carrier's new word about a shipment.
func (w *world) estimate(t *testing.T, p gid.ID, at *time.Time) {
	t.Helper()
	w.do(t, func(ctx context.Context, tx *ent.Client) error {
		x := tx.Shipment.GetX(ctx, p)
		u := tx.Shipment.UpdateOneID(p).SetNillableEstimatedDelivery(at)
		if at == nil {
			u.ClearEstimatedDelivery()
		}
		u.ExecX(ctx)
		return w.review(ctx, tx, x.OrderID, nil)
	})
}

// delayed is the cause that is noted of an order, and how often its customer
// was told.
func (w *world) delayed(t *testing.T, id gid.ID) (order.DelayCause, int) {
	t.Helper()
	o := w.again(t, id)
	require.Equal(t, o.DelayCause == nil, o.DelayedAt == nil)
	rows, err := w.store.Client().Event.Query().Where(event.SubjectID(id), event.Kind("ORDER_DELAYED")).All(w.ctx)
	require.NoError(t, err)
	if o.DelayCause == nil {
		return "", len(rows)
	}
	return *o.DelayCause, len(rows)
}

func (w *world) is(t *testing.T, id gid.ID, cause order.DelayCause, told int) {
	t.Helper()
	c, n := w.delayed(t, id)
	require.Equal(t, []any{cause, told}, []any{c, n})
}

func TestEstimateOfAnOrder(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, nil, 1, 1)
		lines := w.lines(t, o)
		ship := func(line gid.ID, at *time.Time) gid.ID {
			id, err := w.CreateShipment(w.warehouse(), NewShipment{
				OrderID: o.ID, Version: w.again(t, o.ID).Version, Carrier: "DHL", EstimatedDelivery: at, Lines: []Quantity{{line, 1}},
			})
			require.NoError(t, err)
			return id
		}
		a := ship(lines[0], new(on(4, 15)))
		require.True(t, w.again(t, o.ID).EstimatedDelivery.Equal(on(4, 15)))
		b := ship(lines[1], nil)
		require.True(t, w.again(t, o.ID).EstimatedDelivery.Equal(on(4, 15)))
		version := w.again(t, o.ID).Version
		w.estimate(t, b, new(on(2, 9)))
		require.True(t, w.again(t, o.ID).EstimatedDelivery.Equal(on(4, 15)), "the last of them")
		w.estimate(t, a, new(on(1, 9)))
		require.True(t, w.again(t, o.ID).EstimatedDelivery.Equal(on(2, 9)))
		require.Equal(t, version, w.again(t, o.ID).Version, "nobody is turned away by an estimate")
		w.scan(t, b, returned, 1)
		require.True(t, w.again(t, o.ID).EstimatedDelivery.Equal(on(1, 9)), "what comes back is expected by nobody")
		w.scan(t, a, delivered, 2)
		require.Nil(t, w.again(t, o.ID).EstimatedDelivery)
		w.is(t, o.ID, "", 0) // nothing was promised
	})
}

func TestDelayByEstimate(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, promisedOn(2), 1)
		p := w.send(t, o)
		version := w.again(t, o.ID).Version
		w.estimate(t, p, new(on(2, 23).Add(59*time.Minute))) // the day belongs to the promise, to its end
		w.is(t, o.ID, "", 0)
		w.estimate(t, p, new(on(3, 0)))
		w.is(t, o.ID, estimated, 1)
		since := *w.again(t, o.ID).DelayedAt
		require.True(t, since.Equal(noon))
		for i := range 10 { // estimates and scans, and the customer is told once
			w.now = func() time.Time { return noon.Add(time.Duration(i) * time.Minute) }
			w.estimate(t, p, new(on(3+i%3, i)))
			w.scan(t, p, inTransit, i)
			w.is(t, o.ID, estimated, 1)
		}
		require.True(t, w.again(t, o.ID).DelayedAt.Equal(since), "found once")
		w.estimate(t, p, new(on(1, 12)))
		w.is(t, o.ID, "", 1)
		w.estimate(t, p, new(on(5, 12)))
		w.is(t, o.ID, estimated, 1)
		require.Equal(t, version, w.again(t, o.ID).Version)
		all, err := w.Timeline(w.member(), o.ID)
		require.NoError(t, err)
		for _, e := range all {
			if e.Kind == "ORDER_DELAYED" {
				require.Equal(t, "CARRIER_ESTIMATE", e.Data.Cause)
				require.True(t, e.Data.OldDate.Equal(on(2, 0)))
				require.True(t, e.Data.Date.Equal(on(3, 0)))
			}
		}
		w.now = func() time.Time { return on(3, 0) } // worse, and silently so
		require.NoError(t, w.FindDelays(t.Context()))
		w.is(t, o.ID, passed, 1)
		w.scan(t, p, delivered, 12)
		w.is(t, o.ID, "", 1)
	})
}

func TestDelayByProblem(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, promisedOn(1), 1)
		p := w.send(t, o)
		w.scan(t, p, exception, 1)
		w.is(t, o.ID, "", 0) // there is a day left to put it right
		w.now = func() time.Time { return on(1, 0) }
		require.NoError(t, w.FindDelays(t.Context()))
		w.is(t, o.ID, trouble, 1)
		w.scan(t, p, out, 2)
		w.is(t, o.ID, "", 1)
		_, err := w.AddTrackingEvent(w.carrier(), Tracking{ShipmentID: p, Status: exception, At: hour(3), Message: new("nobody there")})
		require.NoError(t, err)
		w.is(t, o.ID, trouble, 1)

		o = w.order(t, promisedOn(9), 1)
		p = w.send(t, o)
		_, err = w.AddTrackingEvent(w.carrier(), Tracking{ShipmentID: p, Status: returned, At: hour(3), Message: new("address unknown")})
		require.NoError(t, err)
		w.is(t, o.ID, trouble, 1) // it will not come, however much time there is
		all, err := w.Timeline(w.member(), o.ID)
		require.NoError(t, err)
		told := 0
		for _, e := range all {
			if e.Kind == "ORDER_DELAYED" {
				told++
				require.Equal(t, "address unknown", e.Data.Text)
				require.Nil(t, e.Data.Date)
			}
		}
		require.Equal(t, 1, told)

		o = w.order(t, nil, 1)
		w.scan(t, w.send(t, o), returned, 1)
		w.is(t, o.ID, "", 0) // nothing was promised
	})
}

func TestDelayByTime(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, promisedOn(0), 1)
		cancelled := w.order(t, promisedOn(0), 1)
		draft := w.order(t, func(c *ent.OrderCreate) { c.SetPromisedDate(on(0, 0)).SetStatus(order.StatusDRAFT) }, 1)
		find := func(at time.Time) {
			t.Helper()
			w.now = func() time.Time { return at }
			require.NoError(t, w.FindDelays(t.Context()))
		}
		find(on(1, 0).Add(-time.Microsecond))
		w.is(t, o.ID, "", 0)
		find(on(1, 0).In(time.FixedZone("west", -5*3600))) // the evening before, there
		w.is(t, o.ID, passed, 1)
		w.is(t, draft.ID, "", 0)
		before := w.dump(t)
		find(on(1, 6))
		require.Equal(t, before, w.dump(t), "a second run finds nothing to do")

		_, err := w.Cancel(w.agent(), Cancellation{OrderID: cancelled.ID, Version: 1})
		require.NoError(t, err)
		w.is(t, cancelled.ID, "", 1)

		// A new promise says so itself, and is told of anew only if it fails, too.
		version := w.again(t, o.ID).Version
		_, err = w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: version, Date: on(4, 0), Reason: "The press is broken."})
		require.NoError(t, err)
		w.is(t, o.ID, "", 1)
		find(on(4, 23))
		w.is(t, o.ID, "", 1)
		find(on(5, 0))
		w.is(t, o.ID, passed, 2)
		find(on(6, 0))
		w.is(t, o.ID, passed, 2)
	})
}

// A promise against the carrier's word is the clerk's; what is said after it
// takes news.
func TestPromiseAgainstAnEstimate(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, promisedOn(2), 1)
		p := w.send(t, o)
		w.estimate(t, p, new(on(6, 12)))
		w.is(t, o.ID, estimated, 1)
		w.now = func() time.Time { return noon.Add(time.Hour) }
		_, err := w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: w.again(t, o.ID).Version, Date: on(4, 0), Reason: "x"})
		require.NoError(t, err)
		w.is(t, o.ID, estimated, 1)
		require.True(t, w.again(t, o.ID).DelayedAt.Equal(noon.Add(time.Hour)), "of the new promise this is known since now")
		w.scan(t, p, inTransit, 1)
		require.NoError(t, w.FindDelays(t.Context()))
		w.is(t, o.ID, estimated, 1)
		w.estimate(t, p, new(on(7, 12)))
		w.is(t, o.ID, estimated, 2)
		_, err = w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: w.again(t, o.ID).Version, Date: on(8, 0), Reason: "x"})
		require.NoError(t, err)
		w.is(t, o.ID, "", 2)
		_, err = w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: w.again(t, o.ID).Version, Date: on(5, 0), Reason: "x"})
		require.NoError(t, err)
		w.is(t, o.ID, estimated, 2) // shown, and not told by the promise itself
	})
}

func TestPromiseOfLines(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, promisedOn(1), 2, 3, 4)
		lines := w.lines(t, o)
		line := func(i int) *ent.OrderLine {
			l, err := w.store.Client().OrderLine.Get(w.ctx, lines[i])
			require.NoError(t, err)
			return l
		}
		_, err := w.SetPromisedDate(w.agent(), Promise{
			OrderID: o.ID, Version: 1, Date: on(5, 9), Reason: "One part is late.", OrderLineIDs: []gid.ID{lines[1], lines[2], lines[1]},
		})
		require.NoError(t, err)
		now := w.again(t, o.ID)
		require.True(t, now.PromisedDate.Equal(on(1, 0)), "the order's day stays")
		require.Empty(t, now.PromiseReason)
		require.Equal(t, 2, now.Version)
		require.Nil(t, line(0).PromisedDate)
		for i := 1; i < 3; i++ {
			require.True(t, line(i).PromisedDate.Equal(on(5, 0)))
			require.Equal(t, "One part is late.", line(i).PromiseReason)
		}
		all, err := w.Timeline(w.member(), o.ID)
		require.NoError(t, err)
		about := map[string]bool{}
		for _, e := range all {
			if e.Kind == "ORDER_PROMISE" {
				about[e.Data.Subject] = true
				require.True(t, e.Data.OldDate.Equal(on(1, 0)))
				require.True(t, e.Data.Date.Equal(on(5, 0)))
				require.True(t, e.At.Equal(noon), "one promise, at one time")
			}
		}
		require.Equal(t, map[string]bool{string(lines[1]): true, string(lines[2]): true}, about)

		// The line that has the order's day arrives in time, and another in part.
		w.scan(t, w.send(t, o, Quantity{lines[0], 2}), delivered, 1)
		part := w.send(t, o, Quantity{lines[1], 1})
		w.scan(t, part, delivered, 1)
		w.now = func() time.Time { return on(3, 12) }
		require.NoError(t, w.FindDelays(t.Context()))
		w.is(t, o.ID, "", 0)
		other := w.order(t, nil, 1)
		promise := func(ids ...gid.ID) error {
			_, err := w.SetPromisedDate(w.agent(), Promise{
				OrderID: o.ID, Version: w.again(t, o.ID).Version, Date: on(9, 0), Reason: "x", OrderLineIDs: append([]gid.ID{}, ids...),
			})
			return err
		}
		for _, c := range []struct {
			ids   []gid.ID
			field []string
		}{
			{nil, []string{"input", "orderLineIds"}},
			{[]gid.ID{lines[1], w.lines(t, other)[0]}, []string{"input", "orderLineIds", "1"}},
			{[]gid.ID{lines[1], gid.New(gid.OrderLine)}, []string{"input", "orderLineIds", "1"}},
			{[]gid.ID{lines[1], lines[0]}, []string{"input", "orderLineIds", "1"}}, // delivered
		} {
			refusal(t, w.unchanged(t, func() error { return promise(c.ids...) }), Invalid, c.field...)
		}
		refusal(t, w.unchanged(t, func() error {
			_, err := w.SetPromisedDate(w.agent(), Promise{
				OrderID: o.ID, Version: w.again(t, o.ID).Version, Date: on(5, 0), Reason: "x", OrderLineIDs: lines[1:],
			})
			return err
		}), Invalid, "input", "date")
		require.ErrorIs(t, w.unchanged(t, func() error {
			_, err := w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: 2, Date: on(9, 0), Reason: "x", OrderLineIDs: lines[1:]})
			return err
		}), problem.ErrStale)

		// The lines' own day passes; then a new day for all of the order.
		w.now = func() time.Time { return on(6, 0) }
		require.NoError(t, w.FindDelays(t.Context()))
		w.is(t, o.ID, passed, 1)
		require.NoError(t, promise(lines[1]))
		w.is(t, o.ID, passed, 1) // of the other line
		_, err = w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: w.again(t, o.ID).Version, Date: on(9, 0), Reason: "All of it."})
		require.NoError(t, err)
		w.is(t, o.ID, "", 1)
		for i := range lines {
			require.Nil(t, line(i).PromisedDate)
			require.Empty(t, line(i).PromiseReason)
		}
	})
}

// A day for all of the order may be the one that it has, if lines have others.
func TestPromiseOfOrderEndsThoseOfLines(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, promisedOn(1), 1, 1)
		_, err := w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: 1, Date: on(5, 0), Reason: "x", OrderLineIDs: w.lines(t, o)[:1]})
		require.NoError(t, err)
		_, err = w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: 2, Date: on(1, 0), Reason: "It came sooner."})
		require.NoError(t, err)
		refusal(t, w.unchanged(t, func() error {
			_, err := w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: 3, Date: on(1, 0), Reason: "x"})
			return err
		}), Invalid, "input", "date")

		o = w.order(t, func(c *ent.OrderCreate) { c.SetStatus(order.StatusPLACED).SetPromisedDate(on(1, 0)) }, 1, 1)
		_, err = w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: 1, Date: on(5, 0), Reason: "x", OrderLineIDs: w.lines(t, o)[:1]})
		require.NoError(t, err)
		_, err = w.Confirm(w.agent(), Confirmation{OrderID: o.ID, Version: 2, PromisedDate: new(on(3, 0))})
		require.NoError(t, err)
		l, err := w.store.Client().OrderLine.Get(w.ctx, w.lines(t, o)[0])
		require.NoError(t, err)
		require.Nil(t, l.PromisedDate)
	})
}

// Only the shipments with something of a line bear on the line's promise.
func TestLinesAreDelayedByTheirOwnShipments(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, promisedOn(2), 1, 1)
		lines := w.lines(t, o)
		_, err := w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: 1, Date: on(6, 0), Reason: "x", OrderLineIDs: lines[1:]})
		require.NoError(t, err)
		a, b := w.send(t, o, Quantity{lines[0], 1}), w.send(t, o, Quantity{lines[1], 1})
		w.estimate(t, b, new(on(5, 12)))
		w.is(t, o.ID, "", 0)
		w.estimate(t, a, new(on(3, 12)))
		w.is(t, o.ID, estimated, 1)
		w.scan(t, a, delivered, 1)
		w.is(t, o.ID, "", 1)
		w.estimate(t, b, new(on(7, 12)))
		w.is(t, o.ID, estimated, 2) // another promised day
	})
}

// Whatever happens in whatever order and however often: what is noted follows
// from the facts alone, and of no promised day the customer is told twice.
func TestDelayFollowsFromTheFacts(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		r := rand.New(rand.NewPCG(5, 6))
		for round := range 6 {
			type step func(p []gid.ID)
			var steps []step
			// Each shipment ends in one state and with one estimate, whatever comes first.
			for i, s := range []trackingevent.Status{
				[]trackingevent.Status{inTransit, exception, delivered}[round%3], []trackingevent.Status{out, returned}[round%2],
			} {
				steps = append(steps,
					func(p []gid.ID) { w.scan(t, p[i], pickedUp, 1) },
					func(p []gid.ID) { w.scan(t, p[i], inTransit, 2) },
					func(p []gid.ID) { w.scan(t, p[i], s, 5) })
			}
			final := [2]time.Time{on(1+round, 12), on(r.IntN(6), 12)}
			want := ""
			for range 3 {
				w.now = func() time.Time { return noon }
				o := w.order(t, promisedOn(2), 1, 2)
				lines := w.lines(t, o)
				if round > 2 {
					_, err := w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: 1, Date: on(4, 0), Reason: "x", OrderLineIDs: lines[1:]})
					require.NoError(t, err)
				}
				p := []gid.ID{w.send(t, o, Quantity{lines[0], 1}), w.send(t, o, Quantity{lines[1], 2})}
				list := append(append([]step{}, steps...), steps...)
				for range 6 {
					list = append(list,
						func(p []gid.ID) { w.estimate(t, p[r.IntN(2)], new(on(r.IntN(7), r.IntN(24)))) },
						func([]gid.ID) { require.NoError(t, w.FindDelays(t.Context())) })
				}
				r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
				for i, do := range list {
					if i == len(list)/2 {
						w.now = func() time.Time { return on(2, 1) }
					}
					do(p)
				}
				for i := range p {
					w.estimate(t, p[i], &final[i])
				}
				require.NoError(t, w.FindDelays(t.Context()))
				now := w.again(t, o.ID)
				got := fmt.Sprint(now.Status, now.FulfillmentStatus, now.EstimatedDelivery)
				if now.DelayCause != nil {
					got += string(*now.DelayCause)
				}
				if want == "" {
					want = got
				}
				require.Equal(t, want, got, "round %d", round)
				rows, err := w.store.Client().Event.Query().Where(event.SubjectID(o.ID), event.Kind("ORDER_DELAYED")).All(w.ctx)
				require.NoError(t, err)
				days := map[string]bool{}
				for _, e := range rows {
					days[e.Data.OldDate.Format(time.DateOnly)] = true
				}
				require.Len(t, rows, len(days), "once a day")
				require.LessOrEqual(t, len(rows), 2)
			}
		}
	})
}

// Two replicas look at the same orders at the same time, and a carrier reports.
func TestDelaysAtOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.batch = 5 // so that there are several
		var all []*ent.Order
		var parcels []gid.ID
		for range 12 {
			o := w.order(t, promisedOn(1), 1)
			all, parcels = append(all, o), append(parcels, w.send(t, o))
		}
		w.now = func() time.Time { return on(2, 0) }
		var wait sync.WaitGroup
		errs := make([]error, 16)
		for i := range 4 {
			wait.Go(func() { errs[i] = w.FindDelays(t.Context()) })
		}
		for i := range parcels {
			wait.Go(func() {
				_, errs[4+i] = w.AddTrackingEvent(w.carrier(), Tracking{ShipmentID: parcels[i], Status: exception, At: hour(1)})
			})
		}
		wait.Wait()
		require.NoError(t, errors.Join(errs...))
		for _, o := range all {
			w.is(t, o.ID, passed, 1)
		}
	})
}

// What an import has brought is found by the job: it writes past the service.
func TestDelaysOfImports(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		late := w.order(t, promisedOn(-3), 1)
		estimate := w.order(t, promisedOn(3), 1)
		problem := w.order(t, promisedOn(0), 1)
		back := w.order(t, promisedOn(3), 1)
		fine := w.order(t, promisedOn(3), 1)
		gone := w.order(t, func(c *ent.OrderCreate) { c.SetPromisedDate(on(3, 0)).SetDelayCause(estimated).SetDelayedAt(noon) }, 1)
		for o, change := range map[*ent.Order]func(*ent.ShipmentCreate){
			estimate: func(c *ent.ShipmentCreate) { c.SetEstimatedDelivery(on(4, 0)) },
			problem:  func(c *ent.ShipmentCreate) { c.SetStatus(shipment.StatusEXCEPTION) },
			back:     func(c *ent.ShipmentCreate) { c.SetStatus(shipment.StatusRETURNED_TO_SENDER) },
			fine:     func(c *ent.ShipmentCreate) { c.SetStatus(shipment.StatusEXCEPTION).SetEstimatedDelivery(on(3, 23)) },
			gone:     func(c *ent.ShipmentCreate) { c.SetEstimatedDelivery(on(2, 0)) },
		} {
			w.do(t, func(ctx context.Context, tx *ent.Client) error {
				c := tx.Shipment.Create().SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetOrderID(o.ID).SetCarrier("DHL")
				change(c)
				return c.Exec(ctx)
			})
		}
		doubtful, err := w.store.Client().Order.Query().Where(doubtful(noon)).IDs(w.ctx)
		require.NoError(t, err)
		require.ElementsMatch(t, []gid.ID{late.ID, estimate.ID, problem.ID, back.ID, gone.ID}, doubtful, "and no other is held up")
		r, err := jobs.New(w.store, jobs.Options{Logger: slog.New(slog.DiscardHandler)})
		require.NoError(t, err)
		w.Work(r)
		require.NoError(t, r.Insert(w.ctx, delays{}))
		require.NoError(t, r.Drain(w.ctx))
		w.is(t, late.ID, passed, 1)
		w.is(t, estimate.ID, estimated, 1)
		w.is(t, problem.ID, trouble, 1)
		w.is(t, back.ID, trouble, 1)
		w.is(t, fine.ID, "", 0)
		w.is(t, gone.ID, "", 0)
	})
}

func TestWordsAboutADelay(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, func(c *ent.OrderCreate) { c.SetPromisedDate(on(2, 0)) }, 1)
		p := w.send(t, o)
		says := func(en, de string) {
			t.Helper()
			d, err := w.Delay(w.member(), w.again(t, o.ID))
			require.NoError(t, err)
			require.NotNil(t, d)
			require.Equal(t, []string{en, de}, []string{d.Reason.EN, d.Reason.DE})
			require.NotContains(t, d.Reason.EN+d.Reason.DE, "%!")
		}
		none, err := w.Delay(w.member(), w.again(t, o.ID))
		require.NoError(t, err)
		require.Nil(t, none)
		day := func(n int) (string, string) { d := dated("%s", "%s", on(n, 0), noon); return d.EN, d.DE }
		d2, t2 := day(2)
		d4, t4 := day(4)
		w.estimate(t, p, new(on(4, 12)))
		says("The carrier now expects to deliver on "+d4+" instead of "+d2+".",
			"Der Versanddienstleister rechnet jetzt mit der Zustellung am "+t4+" statt am "+t2+".")
		w.now = func() time.Time { return on(3, 12) }
		require.NoError(t, w.FindDelays(t.Context()))
		says("It was promised for "+d2+", and that day has passed. The carrier now expects to deliver on "+d4+".",
			"Zugesagt war der "+t2+"; dieser Tag ist vorbei. Der Versanddienstleister rechnet jetzt mit der Zustellung am "+t4+".")
		w.estimate(t, p, nil)
		says("It was promised for "+d2+", and that day has passed. There is no new day yet.",
			"Zugesagt war der "+t2+"; dieser Tag ist vorbei. Ein neuer Tag steht noch nicht fest.")
		_, err = w.SetPromisedDate(w.agent(), Promise{OrderID: o.ID, Version: 2, Date: on(4, 0), Reason: "Snow: 100% of it."})
		require.NoError(t, err)
		_, err = w.AddTrackingEvent(w.carrier(), Tracking{ShipmentID: p, Status: returned, At: hour(3), Message: new("no %s here")})
		require.NoError(t, err)
		says("It was promised for "+d4+", and there is a problem with the delivery. A parcel is on its way back to us. The carrier reports: “no %s here” "+
			"There is no new day yet. What we wrote about this day: “Snow: 100% of it.”",
			"Zugesagt war der "+t4+"; bei der Zustellung gibt es ein Problem. Ein Paket ist auf dem Rückweg zu uns. Der Versanddienstleister meldet: „no %s here“ "+
				"Ein neuer Tag steht noch nicht fest. Was wir zu diesem Tag geschrieben haben: „Snow: 100% of it.“")
	})
	year := dated("on %s", "am %s", time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), noon)
	require.True(t, strings.HasPrefix(year.EN, "on 1 March 2027"), year.EN)
	require.Equal(t, "am 1. März 2027", year.DE)
}
