package orders

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
)

func TestTrackingKey(t *testing.T) {
	for in, want := range map[string]string{
		"1Z 999 AA1": "1Z999AA1", " 1z-999.aa/1\t": "1Z999AA1", "": "", " - ": "", "äß1ı": "1", "00340434": "00340434",
	} {
		require.Equal(t, want, TrackingKey(in), in)
	}
}

// However a number is spaced, it is the same one: in the filter, in the search,
// and in rows that were there before there were keys.
func TestNumbersAreFoundHoweverTheyAreSpaced(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		a, b := w.order(t, named("A"), 1), w.order(t, named("B"), 1)
		for o, number := range map[*ent.Order]string{a: "1Z999AA1", b: " 1z-888 bb.2 "} {
			_, err := w.CreateShipment(w.agent(), NewShipment{OrderID: o.ID, Version: 1, Carrier: "UPS", TrackingNumber: &number})
			require.NoError(t, err)
		}
		for text, want := range map[string]string{"1Z 999 AA1": "A", "1z999aa1": "A", "1Z888BB2": "B", "1z-888 bb.2": "B", "1Z 88": "", " - ": ""} {
			require.Equal(t, want, strings.Join(w.numbers(t, w.agent(), Filter{TrackingNumber: &text}), " "), text)
		}
		for text, want := range map[string]string{"1Z 9": "A", "1z8": "B", "1z-888 b": "B", "1Z": "A B", "Z999": "", "-": ""} {
			require.Equal(t, want, strings.Join(w.numbers(t, w.agent(), Filter{Search: &text}), " "), text)
		}
	})
}

// The migration gives the rows that are there the same keys.
func TestMigrationOfKeys(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		numbers := []string{"1Z 999 AA1", " 1z-999.aa/1\t", " - ", "äß1ı", "x" + strings.Repeat("9 ", 59), "00340434", "a_b*c[d]e%f", "日本 1"}
		o := w.order(t, nil, 1)
		w.do(t, func(ctx context.Context, tx *ent.Client) error {
			for _, n := range append(numbers, "") {
				c := tx.Shipment.Create().SetOrderID(o.ID).SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetCarrier("UPS")
				if n != "" {
					c.SetTrackingNumber(n)
				}
				c.ExecX(ctx)
			}
			return nil
		})
		dir := "sqlite"
		if w.store.Postgres() {
			dir = "postgres"
		}
		text, err := os.ReadFile(filepath.Join("..", "store", "migrations", dir, "20261122160100_carrier_hooks.sql"))
		require.NoError(t, err)
		_, update, ok := strings.Cut(string(text), "UPDATE shipments")
		require.True(t, ok)
		update, _, _ = strings.Cut(update, "-- +goose")
		_, err = w.store.Raw(t.Context()).ExecContext(t.Context(), "UPDATE shipments "+strings.TrimSuffix(strings.TrimSpace(update), ";"))
		require.NoError(t, err)
		rows, err := w.store.Client().Shipment.Query().Where(shipment.OrderID(o.ID)).All(w.ctx)
		require.NoError(t, err)
		require.Len(t, rows, len(numbers)+1)
		for _, r := range rows {
			require.Equal(t, TrackingKey(r.TrackingNumber), r.TrackingKey, "%q", r.TrackingNumber)
		}
		none, err := w.store.Client().Shipment.Query().Where(shipment.OrderID(o.ID), shipment.TrackingKeyIsNil()).Count(w.ctx)
		require.NoError(t, err)
		require.Equal(t, 2, none, "no key is no key, not an empty one")
	})
}

// The estimate of a shipment is that of the latest report by the carrier's
// clock, in whatever order they arrive.
func TestEstimates(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		p := w.send(t, w.order(t, nil, 1))
		say := func(at int, estimate *time.Time) {
			_, err := w.AddTrackingEvent(w.carrier(), Tracking{ShipmentID: p, Status: inTransit, At: hour(at), EstimatedDelivery: estimate})
			require.NoError(t, err)
		}
		is := func(want *time.Time) {
			t.Helper()
			require.True(t, same(want, w.shipment(t, p).EstimatedDelivery), "%v", w.shipment(t, p).EstimatedDelivery)
		}
		say(1, nil)
		is(nil)
		say(5, new(hour(72)))
		is(new(hour(72)))
		say(3, new(hour(48))) // late, and of an earlier hour
		is(new(hour(72)))
		say(7, nil)
		is(new(hour(72)))
		say(8, new(hour(-24*400))) // long before the order: a slip
		is(new(hour(72)))
		say(9, new(noon.AddDate(6, 0, 0)))
		is(new(hour(72)))
		say(10, new(hour(60)))
		is(new(hour(60)))
		all, err := w.store.Client().TrackingEvent.Query().Where(trackingevent.ShipmentID(p)).Count(w.ctx)
		require.NoError(t, err)
		require.Equal(t, 7, all, "the reports count all the same")
	})
}

// A carrier that says something else under a key that it has used corrects
// itself. Each is there once, in whatever order and however often they come.
func TestCorrections(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		key := new("scan-7")
		first := Tracking{Status: delivered, At: hour(1), ExternalID: key}
		second := Tracking{Status: exception, At: hour(2), ExternalID: key}
		third := Tracking{Status: out, At: hour(3), ExternalID: key}
		for _, list := range [][]Tracking{{first, second, third}, {third, second, first}, {second, first, second, third, first, third}} {
			p := w.send(t, w.order(t, nil, 1))
			for _, x := range list {
				x.ShipmentID = p
				_, err := w.AddTrackingEvent(w.carrier(), x)
				require.NoError(t, err)
			}
			before := w.dump(t)
			for _, x := range list {
				x.ShipmentID = p
				x.At = x.At.Add(time.Minute) // by its key it is the same report
				tracked, err := w.Track(w.carrier(), x)
				require.NoError(t, err)
				require.Equal(t, Tracked{ShipmentID: p, Repeated: true}, tracked)
			}
			require.Equal(t, before, w.dump(t))
			n, err := w.store.Client().TrackingEvent.Query().Where(trackingevent.ShipmentID(p)).Count(w.ctx)
			require.NoError(t, err)
			require.Equal(t, 3, n)
			require.Equal(t, shipment.StatusOUT_FOR_DELIVERY, w.shipment(t, p).Status)
		}
	})
}

func TestWhenShipped(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		var told []string
		var fail error
		w.WhenShipped(func(_ context.Context, p *ent.Shipment) error {
			told = append(told, p.TrackingKey)
			return fail
		})
		o := w.order(t, nil, 2)
		_, err := w.CreateShipment(w.agent(), NewShipment{
			OrderID: o.ID, Version: 1, Carrier: "UPS", TrackingNumber: new("1 z"), Lines: []Quantity{{w.lines(t, o)[0], 1}},
		})
		require.NoError(t, err)
		require.Equal(t, []string{"1Z"}, told)
		fail = context.Canceled
		require.ErrorIs(t, w.unchanged(t, func() error {
			_, err := w.CreateShipment(w.agent(), NewShipment{OrderID: o.ID, Version: 2, Carrier: "UPS"})
			return err
		}), fail)
	})
}
