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
	DryRun  bool    // only say what would become of it
}

// Cancel cancels an order of which nothing has been sent. What was held for it
// is free again. Its lines and amounts stay, as a record of what was agreed.
func (s *Service) Cancel(ctx context.Context, in Cancellation) (gid.ID, error) {
	id, _, err := s.TryCancel(ctx, in)
	return id, err
}

// TryCancel is Cancel, with what would become of the order when that is only
// tried.
func (s *Service) TryCancel(ctx context.Context, in Cancellation) (gid.ID, *Preview, error) {
	return previewed(in.OrderID)(s.change(ctx, doCancel, in.OrderID, in.Version, func(ctx context.Context, tx *ent.Client, o *ent.Order) (gid.ID, error) {
		reason, err := prose(in.Reason, longestReason, "reason")
		if err != nil {
			return "", err
		}
		p, err := s.cancel(ctx, tx, o, reason)
		if err == nil && in.DryRun {
			err = &dry{p}
		}
		return o.ID, err
	}))
}

// cancel cancels an order, and says what that makes of it.
func (s *Service) cancel(ctx context.Context, tx *ent.Client, o *ent.Order, reason string) (*Preview, error) {
	sent, err := begun(ctx, tx, o)
	if err != nil {
		return nil, err
	}
	if sent {
		return nil, problem.Refuse(WrongState, problem.Text{
			EN: "Some of the order has been sent already, so it cannot be cancelled.",
			DE: "Ein Teil der Bestellung ist schon versandt; sie kann nicht mehr storniert werden.",
		}, "input", "orderId")
	}
	lines, err := linesOf(ctx, tx, o.ID)
	if err != nil {
		return nil, err
	}
	to, _ := target(doCancel, o.Status)
	u := update(tx, o).SetStatus(to).SetCancelledAt(s.now()).ClearDelayCause().ClearDelayedAt()
	if reason != "" {
		u.SetCancelReason(reason)
	}
	if err := fresh(u.Exec(ctx)); err != nil {
		return nil, err
	}
	if err := s.release(ctx, o.ID, nil); err != nil {
		return nil, err
	}
	for _, f := range s.ended {
		if err := f(ctx, tx, o, reason); err != nil {
			return nil, err
		}
	}
	return cancelled(o, lines, to), events.Append(ctx, tx, moved(o, to, reason))
}

// begun says whether anything of an order has been sent. The shipments themselves
// are asked as well: the axis of an imported order is what another system says of
// it.
func begun(ctx context.Context, tx *ent.Client, o *ent.Order) (bool, error) {
	sent, err := tx.Shipment.Query().Where(shipment.OrderID(o.ID)).Exist(ctx)
	return sent || o.FulfillmentStatus != order.FulfillmentStatusUNFULFILLED, err
}
