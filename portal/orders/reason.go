package orders

import (
	"context"
	"fmt"
	"strings"
	"time"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/shipment"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// Delay is what a customer is told of an order that will be later than promised.
type Delay struct {
	Cause    order.DelayCause
	Since    time.Time
	Expected *time.Time // nil while nobody knows
	Reason   problem.Text
}

// circumstances are what the words about a delay are made from.
type circumstances struct {
	facts *facts
	said  string // the carrier's words about a problem
}

func (s *Service) circumstances(ctx context.Context, ids []gid.ID) (map[gid.ID]circumstances, error) {
	all, err := readFacts(ctx, s.store.Client(), ids...)
	if err != nil {
		return nil, err
	}
	var troubled []gid.ID
	for _, f := range all {
		troubled = append(troubled, f.troubled()...)
	}
	said, err := carriersWords(ctx, s.store.Client(), troubled)
	if err != nil {
		return nil, err
	}
	out := make(map[gid.ID]circumstances, len(all))
	for id, f := range all {
		out[id] = circumstances{f, said[id]}
	}
	return out, nil
}

// Delay says why an order will be later than promised; nil unless it will.
func (s *Service) Delay(ctx context.Context, o *ent.Order) (*Delay, error) {
	if o.DelayCause == nil || o.DelayedAt == nil || !open(o) {
		return nil, nil //nolint:nilnil // punctual as far as anybody knows
	}
	c, err := s.why(ctx, o.ID)
	if err != nil {
		return nil, err
	}
	now := s.now()
	d := &Delay{Cause: *o.DelayCause, Since: *o.DelayedAt, Expected: expected(o, now)}
	d.Reason = c.words(o, d, now)
	return d, nil
}

// words tell why an order is late: what is known of the promise, of the parcels,
// and of the reason that was given with the promised day.
func (c circumstances) words(o *ent.Order, d *Delay, now time.Time) problem.Text {
	day, written := o.PromisedDate, o.PromiseReason
	// Which promise it is may have changed a moment ago, at midnight.
	if is := c.facts.delay(o, now); is.cause != "" {
		day = &is.day
	}
	for _, l := range c.facts.lines {
		if day != nil && l.PromisedDate != nil && dayOf(*l.PromisedDate).Equal(dayOf(*day)) {
			written = l.PromiseReason
		}
	}
	var said []problem.Text
	add := func(en, de string, args ...any) { said = append(said, problem.Text{EN: en, DE: de}.Format(args...)) }
	switch {
	case day == nil: // the promise is for lines that this reader does not see
	case d.Cause == order.DelayCausePROMISE_PASSED:
		said = append(said, dated("It was promised for %s, and that day has passed.", "Zugesagt war der %s; dieser Tag ist vorbei.", *day, now))
	case d.Cause == order.DelayCauseDELIVERY_PROBLEM:
		said = append(said, dated("It was promised for %s, and there is a problem with the delivery.", "Zugesagt war der %s; bei der Zustellung gibt es ein Problem.", *day, now))
	}
	back := false
	for _, p := range c.facts.parcels {
		back = back || p.Status == shipment.StatusRETURNED_TO_SENDER
	}
	if back {
		add("A parcel is on its way back to us.", "Ein Paket ist auf dem Rückweg zu uns.")
	}
	if c.said != "" {
		add("The carrier reports: “%s”", "Der Versanddienstleister meldet: „%s“", c.said)
	}
	switch {
	case d.Expected == nil:
		add("There is no new day yet.", "Ein neuer Tag steht noch nicht fest.")
	case d.Cause == order.DelayCauseCARRIER_ESTIMATE && day != nil:
		a, b := dated("%s", "%s", *d.Expected, now), dated("%s", "%s", *day, now)
		said = append(said, problem.Text{
			EN: "The carrier now expects to deliver on " + a.EN + " instead of " + b.EN + ".",
			DE: "Der Versanddienstleister rechnet jetzt mit der Zustellung am " + a.DE + " statt am " + b.DE + ".",
		})
	default:
		said = append(said, dated("The carrier now expects to deliver on %s.", "Der Versanddienstleister rechnet jetzt mit der Zustellung am %s.", *d.Expected, now))
	}
	if written != "" {
		add("What we wrote about this day: “%s”", "Was wir zu diesem Tag geschrieben haben: „%s“", written)
	}
	en, de := make([]string, len(said)), make([]string, len(said))
	for i, t := range said {
		en[i], de[i] = t.EN, t.DE
	}
	return problem.Text{EN: strings.Join(en, " "), DE: strings.Join(de, " ")}
}

var monate = [...]string{
	"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
}

// dated puts a day into a sentence, with the year where it is not this one.
func dated(en, de string, day, now time.Time) problem.Text {
	day = day.UTC()
	inEnglish, inGerman := day.Format("2 January"), fmt.Sprintf("%d. %s", day.Day(), monate[day.Month()-1])
	if day.Year() != now.UTC().Year() {
		inEnglish, inGerman = inEnglish+day.Format(" 2006"), inGerman+day.Format(" 2006")
	}
	return problem.Text{EN: fmt.Sprintf(en, inEnglish), DE: fmt.Sprintf(de, inGerman)}
}
