package orders

import (
	"context"
	"slices"
	"strconv"
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

// SetPromisedDate promises another day, for the whole order or for some lines
// of it. A day for the whole order takes the place of the lines' own ones: the
// customer reads one day, and it is the one that counts. The reason is not
// optional: a day that moves without a word is what customers ring up about.
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
		if day.Before(dayOf(s.now())) {
			return "", invalid("The day has passed.", "Der Tag ist schon vergangen.", "date")
		}
		all, err := readFacts(ctx, tx, o.ID)
		if err != nil {
			return "", err
		}
		before := all[o.ID].delay(o, s.now())
		promise := s.promiseOrder
		if in.OrderLineIDs != nil {
			promise = s.promiseLines
		}
		happened, err := promise(ctx, tx, o, all[o.ID], in.OrderLineIDs, day, reason)
		if err != nil {
			return "", err
		}
		if err := s.review(ctx, tx, o.ID, &before); err != nil {
			return "", err
		}
		return o.ID, events.Append(ctx, tx, together(s.now(), happened)...)
	})
}

// together gives events one moment, by which it shows that they are of one act:
// whoever tells people of them tells of it once.
func together(at time.Time, list []events.Event) []events.Event {
	for i := range list {
		list[i].At = at
	}
	return list
}

// alreadyPromised refuses a change that is none: the customer would read of it.
func alreadyPromised() error {
	return invalid("This day is promised already.", "Dieser Tag ist bereits zugesagt.", "date")
}

func (s *Service) promiseOrder(
	ctx context.Context, tx *ent.Client, o *ent.Order, f *facts, _ []gid.ID, day time.Time, reason string,
) ([]events.Event, error) {
	differs := func(l *ent.OrderLine) bool { return l.PromisedDate != nil && !dayOf(*l.PromisedDate).Equal(day) }
	if o.PromisedDate != nil && day.Equal(dayOf(*o.PromisedDate)) && !slices.ContainsFunc(f.lines, differs) {
		return nil, alreadyPromised()
	}
	if err := fresh(update(tx, o).SetPromisedDate(day).SetPromiseReason(reason).Exec(ctx)); err != nil {
		return nil, err
	}
	return []events.Event{repromised(o, day, reason)}, f.forgetOwn(ctx, tx)
}

func (s *Service) promiseLines(
	ctx context.Context, tx *ent.Client, o *ent.Order, f *facts, wanted []gid.ID, day time.Time, reason string,
) ([]events.Event, error) {
	if len(wanted) == 0 {
		return nil, invalid("Name the lines, or leave them out to promise the day for the whole order.",
			"Nennen Sie die Positionen, oder lassen Sie sie weg, um den Tag für die ganze Bestellung zuzusagen.", "orderLineIds")
	}
	var happened []events.Event
	at := s.now() // of all of them: one promise, however many lines it is for
	for i, id := range wanted {
		n := slices.IndexFunc(f.lines, func(l *ent.OrderLine) bool { return l.ID == id })
		switch {
		case n < 0: // the same answer for a line of somebody else's order as for none at all
			return nil, invalid("The order has no such line.", "Die Bestellung hat keine solche Position.", "orderLineIds", strconv.Itoa(i))
		case f.arrived(f.lines[n]):
			return nil, invalid("This line has been delivered already.", "Diese Position ist schon geliefert.", "orderLineIds", strconv.Itoa(i))
		}
		l, old := f.lines[n], o.PromisedDate
		if l.PromisedDate != nil {
			old = l.PromisedDate
		}
		if slices.Contains(wanted[:i], id) || old != nil && dayOf(*old).Equal(day) {
			continue
		}
		if err := tx.OrderLine.UpdateOneID(l.ID).SetPromisedDate(day).SetPromiseReason(reason).Exec(ctx); err != nil {
			return nil, err
		}
		happened = append(happened, events.Event{
			Kind: events.OrderPromise, Subject: o.ID, Owner: owner(o), At: at,
			Data: schema.EventData{OldDate: old, Date: &day, Text: reason, Subject: string(l.ID)},
		})
	}
	if len(happened) == 0 {
		return nil, alreadyPromised()
	}
	return happened, fresh(update(tx, o).Exec(ctx))
}

// forgetOwn ends the days that lines have of their own.
func (f *facts) forgetOwn(ctx context.Context, tx *ent.Client) error {
	for _, l := range f.lines {
		if l.PromisedDate == nil && l.PromiseReason == "" {
			continue
		}
		if err := tx.OrderLine.UpdateOneID(l.ID).ClearPromisedDate().ClearPromiseReason().Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// repromised is the event of another promised day.
func repromised(o *ent.Order, day time.Time, reason string) events.Event {
	return events.Event{
		Kind: events.OrderPromise, Subject: o.ID, Owner: owner(o),
		Data: schema.EventData{OldDate: o.PromisedDate, Date: &day, Text: reason},
	}
}
