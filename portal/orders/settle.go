package orders

import (
	"context"

	"foyer/ent"
	"foyer/portal/events"
)

// settle derives an order's fulfillment and state from all its shipments. The
// order's version grows only if that changes something: a clerk who is about to
// promise another day must not be turned away by every scan on the road.
func settle(ctx context.Context, tx *ent.Client, o *ent.Order) ([]events.Event, error) {
	axis, last, err := fulfillment(ctx, tx, o.ID)
	if err != nil {
		return nil, err
	}
	to := settled(o.Status, axis)
	if axis == o.FulfillmentStatus && same(last, o.DeliveredAt) && to == o.Status {
		return nil, nil
	}
	u := update(tx, o).SetFulfillmentStatus(axis).SetStatus(to).SetNillableDeliveredAt(last)
	if last == nil {
		u.ClearDeliveredAt()
	}
	if err := fresh(u.Exec(ctx)); err != nil {
		return nil, err
	}
	if to == o.Status {
		return nil, nil
	}
	return []events.Event{moved(o, to, "")}, nil
}
