package orders

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
	"foyer/schema"
	"foyer/schema/gid"
)

func TestTrackingMovesShipmentAndOrder(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, nil, 5, 3)
		lines := w.lines(t, o)
		a := w.send(t, o, Quantity{lines[0], 5})
		b := w.send(t, o, Quantity{lines[1], 3})
		is := func(status order.Status, axis order.FulfillmentStatus, version int, at *time.Time) {
			t.Helper()
			now := w.again(t, o.ID)
			require.Equal(t, []any{status, axis, version}, []any{now.Status, now.FulfillmentStatus, now.Version})
			require.True(t, same(at, now.DeliveredAt), "%v", now.DeliveredAt)
		}
		is("CONFIRMED", "SHIPPED", 3, nil)
		w.scan(t, a, pickedUp, 1)
		w.scan(t, a, inTransit, 2)
		p := w.shipment(t, a)
		require.Equal(t, shipment.StatusIN_TRANSIT, p.Status)
		require.True(t, p.ShippedAt.Equal(hour(1)))
		require.Equal(t, 3, p.Version)
		is("CONFIRMED", "SHIPPED", 3, nil) // scans on the road do not turn a clerk away
		w.scan(t, a, delivered, 5)
		is("CONFIRMED", "PARTIALLY_DELIVERED", 4, nil)
		w.scan(t, b, delivered, 4)
		is("COMPLETED", "DELIVERED", 5, new(hour(5)))
		w.scan(t, b, inTransit, 6) // a stray scan
		is("COMPLETED", "DELIVERED", 5, new(hour(5)))
		w.scan(t, b, exception, 7) // the wrong door
		is("CONFIRMED", "PARTIALLY_DELIVERED", 6, nil)
		w.scan(t, b, delivered, 8)
		is("COMPLETED", "DELIVERED", 7, new(hour(8)))
		w.scan(t, b, returned, 9)
		is("CONFIRMED", "PARTIALLY_DELIVERED", 8, nil)
		w.scan(t, b, delivered, 10) // to the sender
		is("CONFIRMED", "PARTIALLY_DELIVERED", 8, nil)
		require.Equal(t, shipment.StatusRETURNED_TO_SENDER, w.shipment(t, b).Status)
		require.Nil(t, w.shipment(t, b).DeliveredAt)

		var moves []string
		all, err := w.Timeline(w.member(), o.ID)
		require.NoError(t, err)
		for _, e := range all {
			if e.Kind == "ORDER_STATUS" {
				require.Equal(t, "INTEGRATION", string(e.ActorKind))
				moves = append([]string{e.Data.From + ">" + e.Data.To}, moves...)
			}
		}
		require.Len(t, moves, 4)
		require.Equal(t, "CONFIRMED>COMPLETED", moves[0])
	})
}

// Other states than these two do not follow from the parcels: an order that
// was cancelled by another system stays so, whatever arrives.
func TestTrackingLeavesOtherStates(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, nil, 1)
		p := w.send(t, o)
		w.do(t, func(ctx context.Context, tx *ent.Client) error {
			return tx.Order.UpdateOneID(o.ID).SetStatus(order.StatusCANCELLED).Exec(ctx)
		})
		w.scan(t, p, delivered, 1)
		now := w.again(t, o.ID)
		require.Equal(t, order.StatusCANCELLED, now.Status)
		require.Equal(t, order.FulfillmentStatusDELIVERED, now.FulfillmentStatus)
	})
}

// The same reports in any order, and each of them again and again: the same
// shipment, the same order, each report once in the timeline.
func TestShuffledAndDoubledReports(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		r := rand.New(rand.NewPCG(3, 4))
		var reports []Tracking
		for i, s := range []trackingevent.Status{pending, pickedUp, inTransit, inTransit, out, exception, out, delivered, inTransit} {
			x := Tracking{Status: s, At: hour(i), Location: new("Bonn")}
			if i%2 == 0 {
				x.ExternalID = new(strings.Repeat("9", 1+i*12)) // short ones and long ones
			}
			reports = append(reports, x)
		}
		reports = append(reports, Tracking{Status: inTransit, At: hour(3), Location: new("Köln")}) // another place at the same time is another report
		for range 12 {
			o := w.order(t, nil, 2)
			p := w.send(t, o)
			list := append(append([]Tracking{}, reports...), reports...)
			r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			for _, x := range list {
				x.ShipmentID = p
				_, err := w.AddTrackingEvent(w.carrier(), x)
				require.NoError(t, err)
			}
			now := w.shipment(t, p)
			require.Equal(t, shipment.StatusDELIVERED, now.Status)
			require.True(t, now.ShippedAt.Equal(hour(1)))
			require.True(t, now.DeliveredAt.Equal(hour(7)))
			require.Equal(t, 1+len(reports), now.Version, "a repeated report is not a change")
			was := w.again(t, o.ID)
			require.Equal(t, order.StatusCOMPLETED, was.Status)
			require.True(t, was.DeliveredAt.Equal(hour(7)))
			all, err := w.Timeline(w.member(), o.ID)
			require.NoError(t, err)
			var told []string
			for _, e := range all {
				if e.Kind == "TRACKING_REPORTED" {
					require.Equal(t, string(p), e.Data.ShipmentID)
					told = append(told, e.At.Format("15 ")+e.Data.To+" "+e.Data.Location)
				}
			}
			require.Len(t, told, len(reports))
			require.Equal(t, "20 IN_TRANSIT Bonn", told[0], "in the order of time, the latest first")
			require.Equal(t, "12 PENDING Bonn", told[len(told)-1])
		}
	})
}

func TestRepeatedReportWritesNothing(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, nil, 1)
		x := Tracking{ShipmentID: w.send(t, o), Status: delivered, At: hour(1).Add(1234567 * time.Nanosecond), Message: new("left with the neighbour")}
		_, err := w.AddTrackingEvent(w.carrier(), x)
		require.NoError(t, err)
		before := w.dump(t)
		x.At, x.Message = x.At.In(time.FixedZone("CET", 3600)), new(" left with the neighbour ")
		id, err := w.AddTrackingEvent(w.warehouse(), x)
		require.NoError(t, err)
		require.Equal(t, x.ShipmentID, id, "the answer is the same")
		require.Equal(t, before, w.dump(t))
	})
}

func TestReportsAreChecked(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		p := w.send(t, w.order(t, nil, 1))
		for name, c := range map[string]struct {
			change func(*Tracking)
			field  string
		}{
			"the day after tomorrow": {func(x *Tracking) { x.At = noon.Add(24*time.Hour + time.Microsecond) }, "at"},
			"a state of nothing":     {func(x *Tracking) { x.Status = "LOST" }, "status"},
			"two lines":              {func(x *Tracking) { x.Location = new("a\nb") }, "location"},
			"an endless place":       {func(x *Tracking) { x.Location = new(strings.Repeat("ß", 201)) }, "location"},
			"an endless message":     {func(x *Tracking) { x.Message = new(strings.Repeat("ß", 501)) }, "message"},
			"an endless key":         {func(x *Tracking) { x.ExternalID = new(strings.Repeat("k", 201)) }, "externalId"},
		} {
			x := Tracking{ShipmentID: p, Status: delivered, At: noon}
			c.change(&x)
			refusal(t, w.unchanged(t, func() error {
				_, err := w.AddTrackingEvent(w.carrier(), x)
				return err
			}), Invalid, "input", c.field)
			_ = name
		}
		_, err := w.AddTrackingEvent(w.carrier(), Tracking{
			ShipmentID: p, Status: delivered, At: noon.Add(24 * time.Hour),
			Location: new(strings.Repeat("ß", 200)), Message: new(strings.Repeat("ß", 500)), ExternalID: new(strings.Repeat("ß", 200)),
		})
		require.NoError(t, err)
	})
}

// Reports about the parcels of one order that arrive at the same moment: each
// sees the others, so that the order ends as if they had come one by one.
func TestReportsAtOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for range 4 {
			o := w.order(t, nil, 2, 2, 2)
			var parcels []gid.ID
			for _, l := range w.lines(t, o) {
				parcels = append(parcels, w.send(t, o, Quantity{l, 2}))
			}
			var wait sync.WaitGroup
			errs := make([]error, 18)
			for i := range errs {
				wait.Go(func() { // two states for each parcel, each reported three times
					_, errs[i] = w.AddTrackingEvent(w.carrier(), Tracking{
						ShipmentID: parcels[i%3], Status: []trackingevent.Status{out, delivered}[i/3%2], At: hour(i / 3 % 2),
					})
				})
			}
			wait.Wait()
			for _, err := range errs {
				require.NoError(t, err)
			}
			for _, p := range parcels {
				now := w.shipment(t, p)
				require.Equal(t, shipment.StatusDELIVERED, now.Status)
				require.True(t, now.DeliveredAt.Equal(hour(1)))
				require.Equal(t, 3, now.Version)
				n, err := w.store.Client().TrackingEvent.Query().Where(trackingevent.ShipmentID(p)).Count(w.ctx)
				require.NoError(t, err)
				require.Equal(t, 2, n)
			}
			now := w.again(t, o.ID)
			require.Equal(t, order.StatusCOMPLETED, now.Status)
			require.Equal(t, order.FulfillmentStatusDELIVERED, now.FulfillmentStatus)
			told := 0
			for _, k := range w.kinds(t, o.ID) {
				if k == "TRACKING_REPORTED" {
					told++
				}
			}
			require.Equal(t, 6, told)
		}
	})
}

// A role that an administrator makes may report and yet see little; what it
// does not see is part of the truth all the same.
func TestReportsOfANarrowRole(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, nil, 2, 2)
		lines := w.lines(t, o)
		a, _ := w.send(t, o, Quantity{lines[0], 2}), w.send(t, o, Quantity{lines[1], 2})
		v := auth.Viewer{Kind: auth.KindStaff, UserID: string(w.staff)}
		scanner := auth.WithViewer(t.Context(), v.WithGrants(auth.NewGrants("SCANNER",
			map[string]auth.Scope{"Shipment": auth.ScopeAll}, map[string]auth.Scope{doTrack: auth.ScopeAll}, nil)))
		_, err := w.AddTrackingEvent(scanner, Tracking{ShipmentID: a, Status: delivered, At: noon})
		require.NoError(t, err)
		now := w.again(t, o.ID)
		require.Equal(t, order.FulfillmentStatusPARTIALLY_DELIVERED, now.FulfillmentStatus)
		require.Equal(t, order.StatusCONFIRMED, now.Status)
		require.NotEmpty(t, schema.Actions[doTrack].Reads)
	})
}
