package orders

import (
	"context"
	"time"

	"foyer/ent"
	"foyer/portal/events"
	"foyer/schema/gid"
)

// Confirmation is the input of Confirm.
type Confirmation struct {
	OrderID      gid.ID
	Version      int
	PromisedDate *time.Time // the day on which it will arrive, if it is known
}

// Confirm tells the customer that the order is accepted, and with a day also
// when it will arrive.
func (s *Service) Confirm(ctx context.Context, in Confirmation) (gid.ID, error) {
	return s.change(ctx, doConfirm, in.OrderID, in.Version, func(ctx context.Context, tx *ent.Client, o *ent.Order) (gid.ID, error) {
		to, _ := target(doConfirm, o.Status)
		happened, before := []events.Event{moved(o, to, "")}, (*broken)(nil)
		u := update(tx, o).SetStatus(to).SetConfirmedAt(s.now())
		if in.PromisedDate != nil {
			day, err := promised(*in.PromisedDate, o.PlacedAt, s.now(), "promisedDate")
			if err != nil {
				return "", err
			}
			if o.PromisedDate == nil || !dayOf(*o.PromisedDate).Equal(day) {
				// The reason that stands there was one for the day before.
				u.SetPromisedDate(day).ClearPromiseReason()
				happened = append(happened, repromised(o, day, ""))
				all, err := readFacts(ctx, tx, o.ID)
				if err != nil {
					return "", err
				}
				before = new(all[o.ID].delay(o, s.now()))
				if err := all[o.ID].forgetOwn(ctx, tx); err != nil {
					return "", err
				}
			}
		}
		if err := fresh(u.Exec(ctx)); err != nil {
			return "", err
		}
		if before != nil {
			if err := s.review(ctx, tx, o.ID, before); err != nil {
				return "", err
			}
		}
		return o.ID, events.Append(ctx, tx, together(s.now(), happened)...)
	})
}
