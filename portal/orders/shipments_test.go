package orders

import (
	"context"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/shipment"
	"foyer/ent/shipmentline"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

func TestCreateShipment(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, nil, 5, 3)
		lines := w.lines(t, o)
		id, err := w.CreateShipment(w.warehouse(), NewShipment{
			OrderID: o.ID, Version: 1, Carrier: "dhl", TrackingNumber: new(" 0034 0434 "), EstimatedDelivery: new(hour(48)),
			// The same line twice is one quantity.
			Lines: []Quantity{{lines[0], 1}, {lines[1], 3}, {lines[0], 1}},
		})
		require.NoError(t, err)
		p := w.shipment(t, id)
		require.Equal(t, "DHL", p.Carrier, "the code as it is written, however it was typed")
		require.Equal(t, "0034 0434", p.TrackingNumber)
		require.Equal(t, shipment.StatusPENDING, p.Status)
		require.True(t, p.EstimatedDelivery.Equal(hour(48)))
		require.Equal(t, []any{o.ID, o.OrganizationID, o.UserID}, []any{p.OrderID, p.OrganizationID, p.UserID})
		require.Equal(t, []int{2, 3}, w.shipped(t, o))
		var inside []int
		require.NoError(t, w.store.Client().ShipmentLine.Query().Where(shipmentline.ShipmentID(id)).
			Order(shipmentline.ByOrderLineID()).Select(shipmentline.FieldQuantity).Scan(w.ctx, &inside))
		require.Equal(t, []int{2, 3}, inside)
		now := w.again(t, o.ID)
		require.Equal(t, order.FulfillmentStatusPARTIALLY_SHIPPED, now.FulfillmentStatus)
		require.Equal(t, order.StatusCONFIRMED, now.Status)
		require.Equal(t, 2, now.Version)
		all, err := w.Timeline(w.member(), o.ID)
		require.NoError(t, err)
		require.Equal(t, schema.EventData{ShipmentID: string(id), Carrier: "DHL", Tracking: "0034 0434"}, all[0].Data)

		// The rest, by leaving the lines out; then there is nothing left.
		rest := w.send(t, o)
		require.Equal(t, []int{5, 3}, w.shipped(t, o))
		require.Equal(t, order.FulfillmentStatusSHIPPED, w.again(t, o.ID).FulfillmentStatus)
		require.NotEqual(t, id, rest)
		refusal(t, w.unchanged(t, func() error {
			_, err := w.CreateShipment(w.warehouse(), NewShipment{OrderID: o.ID, Version: 3, Carrier: "DHL"})
			return err
		}), QuantityExceeded, "input", "lines")
	})
}

func TestCreateShipmentRefuses(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o, other := w.order(t, nil, 5, 3), w.order(t, nil, 5)
		lines, foreign := w.lines(t, o), w.lines(t, other)[0]
		w.send(t, o, Quantity{lines[0], 4})
		for name, c := range map[string]struct {
			change func(*NewShipment)
			code   string
			field  []string
		}{
			"an unknown carrier":        {func(n *NewShipment) { n.Carrier = "STORK" }, UnknownCarrier, []string{"carrier"}},
			"no carrier":                {func(n *NewShipment) { n.Carrier = "" }, UnknownCarrier, []string{"carrier"}},
			"one too many":              {func(n *NewShipment) { n.Lines = []Quantity{{lines[1], 1}, {lines[0], 2}} }, QuantityExceeded, []string{"lines", "1", "quantity"}},
			"one too many, in parts":    {func(n *NewShipment) { n.Lines = []Quantity{{lines[1], 2}, {lines[1], 2}} }, QuantityExceeded, []string{"lines", "0", "quantity"}},
			"far too many":              {func(n *NewShipment) { n.Lines = []Quantity{{lines[0], math.MaxInt32}} }, QuantityExceeded, []string{"lines", "0", "quantity"}},
			"so many that it overflows": {func(n *NewShipment) { n.Lines = []Quantity{{lines[0], math.MaxInt}} }, QuantityExceeded, []string{"lines", "0", "quantity"}},
			"a sum that overflows": {func(n *NewShipment) {
				n.Lines = []Quantity{{lines[0], math.MaxInt}, {lines[0], math.MaxInt}, {lines[0], 3}}
			}, QuantityExceeded, []string{"lines", "0", "quantity"}},
			"none":                      {func(n *NewShipment) { n.Lines = []Quantity{{lines[0], 0}} }, Invalid, []string{"lines", "0", "quantity"}},
			"fewer than none":           {func(n *NewShipment) { n.Lines = []Quantity{{lines[0], 2}, {lines[0], -1}} }, Invalid, []string{"lines", "1", "quantity"}},
			"an empty list":             {func(n *NewShipment) { n.Lines = []Quantity{} }, Invalid, []string{"lines"}},
			"a line of another order":   {func(n *NewShipment) { n.Lines = []Quantity{{foreign, 1}} }, Invalid, []string{"lines", "0", "orderLineId"}},
			"a line of nothing":         {func(n *NewShipment) { n.Lines = []Quantity{{gid.New(gid.OrderLine), 1}} }, Invalid, []string{"lines", "0", "orderLineId"}},
			"a control character":       {func(n *NewShipment) { n.TrackingNumber = new("12\n34") }, Invalid, []string{"trackingNumber"}},
			"an endless number":         {func(n *NewShipment) { n.TrackingNumber = new(strings.Repeat("1", 121)) }, Invalid, []string{"trackingNumber"}},
			"delivery before the order": {func(n *NewShipment) { n.EstimatedDelivery = new(o.PlacedAt.AddDate(0, 0, -2)) }, Invalid, []string{"estimatedDelivery"}},
			"delivery in ten years":     {func(n *NewShipment) { n.EstimatedDelivery = new(noon.AddDate(10, 0, 0)) }, Invalid, []string{"estimatedDelivery"}},
		} {
			t.Run(name, func(t *testing.T) {
				in := NewShipment{OrderID: o.ID, Version: 2, Carrier: "DHL"}
				c.change(&in)
				r := refusal(t, w.unchanged(t, func() error {
					_, err := w.CreateShipment(w.warehouse(), in)
					return err
				}), c.code, append([]string{"input"}, c.field...)...)
				if name == "one too many" {
					require.Contains(t, r.Text.EN, "SKU-1")
					require.Contains(t, r.Text.DE, "ist nur noch 1 ")
				}
			})
		}
		for _, s := range every {
			if s == order.StatusCONFIRMED {
				continue
			}
			o := w.order(t, status(s), 1)
			refusal(t, w.unchanged(t, func() error {
				_, err := w.CreateShipment(w.warehouse(), NewShipment{OrderID: o.ID, Version: 1, Carrier: "DHL"})
				return err
			}), WrongState, "input", "orderId")
		}
	})
}

// Several want to send the same units at once: exactly one does, and no unit
// is sent twice.
func TestUnitsAreSentOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, nil, 4, 2)
		lines := w.lines(t, o)
		errs := make([]error, 6)
		var wait sync.WaitGroup
		for i := range errs {
			wait.Go(func() {
				list := []Quantity{{lines[0], 3}, {lines[1], 2}}
				if i%2 == 0 { // in the other order, for a deadlock if there is one
					list[0], list[1] = list[1], list[0]
				}
				_, errs[i] = w.CreateShipment(w.warehouse(), NewShipment{OrderID: o.ID, Version: 1, Carrier: "UPS", Lines: list})
			})
		}
		wait.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else {
				require.ErrorIs(t, err, problem.ErrStale)
			}
		}
		require.Equal(t, 1, won)
		require.Equal(t, []int{3, 2}, w.shipped(t, o))
		n, err := w.store.Client().Shipment.Query().Where(shipment.OrderID(o.ID)).Count(w.ctx)
		require.NoError(t, err)
		require.Equal(t, 1, n)
	})
}

// The comparison with what is left is the database's own, not only that of the
// version: a writer who knows nothing of versions cannot send a unit twice.
func TestUnitsAreComparedByTheDatabase(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		o := w.order(t, nil, 4)
		line, err := w.store.Client().OrderLine.Get(w.ctx, w.lines(t, o)[0])
		require.NoError(t, err)
		errs := make([]error, 6)
		var wait sync.WaitGroup
		for i := range errs {
			wait.Go(func() {
				errs[i] = w.store.Tx(w.ctx, func(ctx context.Context, tx *ent.Client) error {
					return ship(ctx, tx, []content{{line: line, n: 3, at: 0}})
				})
			})
		}
		wait.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else {
				refusal(t, err, QuantityExceeded, "input", "lines", "0", "quantity")
			}
		}
		require.Equal(t, 1, won)
		require.Equal(t, []int{3}, w.shipped(t, o))
	})
}

func TestTextLeft(t *testing.T) {
	for n, want := range map[int][2]string{
		0: {"Of X nothing is left to send.", "Von X ist nichts mehr zu versenden."},
		1: {"Of X only 1 is left to send.", "Von X ist nur noch 1 zu versenden."},
		2: {"Of X only 2 are left to send.", "Von X sind nur noch 2 zu versenden."},
	} {
		text := textLeft("X", n)
		require.Equal(t, want, [2]string{text.EN, text.DE})
	}
}
