package orders

import (
	"context"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/shipment"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// Cancellation is the input of Cancel.
type Cancellation struct {
	OrderID gid.ID
	Version int
	Reason  *string // the other side reads it
}

// Cancel cancels an order of which nothing has been sent.
func (s *Service) Cancel(ctx context.Context, in Cancellation) (gid.ID, error) {
	return s.change(ctx, doCancel, in.OrderID, in.Version, func(ctx context.Context, tx *ent.Client, o *ent.Order) (gid.ID, error) {
		reason, err := prose(in.Reason, longestReason, "reason")
		if err != nil {
			return "", err
		}
		// The shipments themselves are asked as well: the axis of an imported
		// order is what another system says of it.
		sent, err := tx.Shipment.Query().Where(shipment.OrderID(o.ID)).Exist(ctx)
		if err != nil {
			return "", err
		}
		if sent || o.FulfillmentStatus != order.FulfillmentStatusUNFULFILLED {
			return "", problem.Refuse(WrongState, problem.Text{
				EN: "Some of the order has been sent already, so it cannot be cancelled.",
				DE: "Ein Teil der Bestellung ist schon versandt; sie kann nicht mehr storniert werden.",
			}, "input", "orderId")
		}
		to, _ := target(doCancel, o.Status)
		u := update(tx, o).SetStatus(to).SetCancelledAt(s.now()).ClearDelayCause().ClearDelayedAt()
		if reason != "" {
			u.SetCancelReason(reason)
		}
		if err := fresh(u.Exec(ctx)); err != nil {
			return "", err
		}
		for _, f := range s.ended {
			if err := f(ctx, tx, o, reason); err != nil {
				return "", err
			}
		}
		return o.ID, events.Append(ctx, tx, moved(o, to, reason))
	})
}
