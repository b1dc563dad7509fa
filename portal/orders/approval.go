package orders

import (
	"context"

	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/portal/events"
)

// Approved places an order that has waited for approval, in the context of the
// action that approves it. The order must be held. What was asked for stands:
// its prices are not looked at again. One of which nobody could say whether it is
// in stock has to be confirmed first.
func (s *Service) Approved(ctx context.Context, tx *ent.Client, o *ent.Order) error {
	to, ok := target(doApprove, o.Status)
	if !ok {
		return wrongState(o.Status)
	}
	if o.Calculation.Unsure {
		to = order.StatusCONFIRMING
	}
	if err := fresh(update(tx, o).SetStatus(to).Exec(ctx)); err != nil {
		return err
	}
	happened := []events.Event{moved(o, to, "")}
	told, err := tx.Event.Query().Where(event.SubjectID(o.ID), event.Kind(string(events.OrderPlaced))).Exist(ctx)
	if err != nil {
		return err
	}
	if !told {
		happened = append(happened, events.Event{Kind: events.OrderPlaced, Subject: o.ID, Owner: owner(o)})
	}
	return events.Append(ctx, tx, together(s.now(), happened)...)
}

// Dropped cancels an order that has waited for approval in vain, in the context
// of the action that ends the waiting. The order must be held.
func (s *Service) Dropped(ctx context.Context, tx *ent.Client, o *ent.Order, reason string) error {
	to, ok := target(doDrop, o.Status)
	if !ok {
		return wrongState(o.Status)
	}
	u := update(tx, o).SetStatus(to).SetCancelledAt(s.now())
	if reason != "" {
		u.SetCancelReason(reason)
	}
	if err := fresh(u.Exec(ctx)); err != nil {
		return err
	}
	return events.Append(ctx, tx, moved(o, to, reason))
}

// WhenCancelled has f called for each order that Cancel cancels, as it was
// before, in the transaction and with the action of that: an error of f is the
// cancellation's. It must be called before the service is used.
func (s *Service) WhenCancelled(f func(ctx context.Context, tx *ent.Client, o *ent.Order, reason string) error) {
	s.ended = append(s.ended, f)
}

// Reason reads why somebody does something to an order, in words for those whom
// it concerns: plain, and up to 1,000 characters long.
func Reason(value *string, field string) (string, error) { return prose(value, longestReason, field) }
