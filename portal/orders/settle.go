package orders

import (
	"context"

	"foyer/ent"
	"foyer/portal/events"
)

// settle derives an order's fulfillment and state from all its shipments, and
// when it is expected and whether that is too late. The order's version grows
// only if fulfillment or state change: a clerk who is about to promise another
// day must not be turned away by every scan on the road, nor by an estimate.
func (s *Service) settle(ctx context.Context, tx *ent.Client, o *ent.Order) ([]events.Event, error) {
	all, err := readFacts(ctx, tx, o.ID)
	if err != nil {
		return nil, err
	}
	axis, last := all[o.ID].fulfillment()
	to := settled(o.Status, axis)
	now := *o
	if axis != o.FulfillmentStatus || !same(last, o.DeliveredAt) || to != o.Status {
		u := update(tx, o).SetFulfillmentStatus(axis).SetStatus(to).SetNillableDeliveredAt(last)
		if last == nil {
			u.ClearDeliveredAt()
		}
		if err := fresh(u.Exec(ctx)); err != nil {
			return nil, err
		}
		now.Status, now.FulfillmentStatus, now.DeliveredAt, now.Version = to, axis, last, o.Version+1
	}
	happened, err := s.note(ctx, tx, &now, all[o.ID], nil)
	if err == nil && to != o.Status {
		happened = append(happened, moved(o, to, ""))
	}
	return happened, err
}
