package orders

import (
	"context"
	"time"

	"foyer/ent"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
)

// Promise is the input of SetPromisedDate.
type Promise struct {
	OrderID      gid.ID
	Version      int
	Date         time.Time
	Reason       string   // the customer reads it
	OrderLineIDs []gid.ID // the whole order when nil
}

// SetPromisedDate promises another day. The reason is not optional: a day that
// moves without a word is what customers ring up about.
func (s *Service) SetPromisedDate(ctx context.Context, in Promise) (gid.ID, error) {
	return s.change(ctx, doPromise, in.OrderID, in.Version, func(ctx context.Context, tx *ent.Client, o *ent.Order) (gid.ID, error) {
		reason, err := prose(&in.Reason, longestReason, "reason")
		if err != nil {
			return "", err
		}
		if err := required(reason, "reason"); err != nil {
			return "", err
		}
		day, err := promised(in.Date, o.PlacedAt, s.now(), "date")
		if err != nil {
			return "", err
		}
		switch {
		case day.Before(dayOf(s.now())):
			return "", invalid("The day has passed.", "Der Tag ist schon vergangen.", "date")
		case o.PromisedDate != nil && day.Equal(dayOf(*o.PromisedDate)): // the customer would read of a change that is none
			return "", invalid("This day is promised already.", "Dieser Tag ist bereits zugesagt.", "date")
		}
		if err := fresh(update(tx, o).SetPromisedDate(day).SetPromiseReason(reason).Exec(ctx)); err != nil {
			return "", err
		}
		return o.ID, events.Append(ctx, tx, repromised(o, day, reason))
	})
}

// repromised is the event of another promised day.
func repromised(o *ent.Order, day time.Time, reason string) events.Event {
	return events.Event{
		Kind: events.OrderPromise, Subject: o.ID, Owner: owner(o),
		Data: schema.EventData{OldDate: o.PromisedDate, Date: &day, Text: reason},
	}
}
