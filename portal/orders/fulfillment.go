package orders

import (
	"context"
	"time"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/ent/shipment"
	"foyer/ent/shipmentline"
	"foyer/schema/gid"
)

// fulfillment reads an order's lines and shipments and derives its axis from
// them. The caller holds the order.
func fulfillment(ctx context.Context, tx *ent.Client, id gid.ID) (order.FulfillmentStatus, *time.Time, error) {
	lines, err := tx.OrderLine.Query().Where(orderline.OrderID(id)).All(ctx)
	if err != nil {
		return "", nil, err
	}
	shipments, err := tx.Shipment.Query().Where(shipment.OrderID(id)).All(ctx)
	if err != nil {
		return "", nil, err
	}
	contents, err := tx.ShipmentLine.Query().Where(shipmentline.OrderID(id)).All(ctx)
	if err != nil {
		return "", nil, err
	}
	ordered := make(map[gid.ID]Ordered, len(lines))
	for _, l := range lines {
		ordered[l.ID] = Ordered{Quantity: l.Quantity, Shipped: l.QuantityShipped}
	}
	units := map[gid.ID]map[gid.ID]int{}
	for _, c := range contents {
		if units[c.ShipmentID] == nil {
			units[c.ShipmentID] = map[gid.ID]int{}
		}
		units[c.ShipmentID][c.OrderLineID] += c.Quantity
	}
	parcels := make([]Parcel, len(shipments))
	for i, p := range shipments {
		parcels[i] = Parcel{Status: p.Status, DeliveredAt: p.DeliveredAt, Units: units[p.ID]}
	}
	status, last := Fulfillment(ordered, parcels)
	return status, last, nil
}

// settled is the state of an order whose fulfillment is known: COMPLETED
// exactly while all is delivered, as far as the transition table lets it.
func settled(is order.Status, f order.FulfillmentStatus) order.Status {
	want := order.StatusCONFIRMED
	if f == order.FulfillmentStatusDELIVERED {
		want = order.StatusCOMPLETED
	}
	if to, ok := target(doTrack, is); ok && to == want {
		return to
	}
	return is
}

// same says whether two moments, either of which may be missing, are one.
func same(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}
