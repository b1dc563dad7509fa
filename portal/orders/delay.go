package orders

import (
	"context"
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/ent/shipment"
	"foyer/ent/shipmentline"
	"foyer/ent/trackingevent"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
)

// facts are what the estimate and the delay of an order follow from, beside the
// order itself. None of it depends on the order in which it became known.
type facts struct {
	lines   []*ent.OrderLine
	parcels []*ent.Shipment
	units   map[gid.ID]map[gid.ID]int // shipment -> order line -> how many of it are inside
}

// readFacts reads the facts of several orders, as far as the viewer or the
// action may read them. An order without any is in the result, too.
func readFacts(ctx context.Context, c *ent.Client, ids ...gid.ID) (map[gid.ID]*facts, error) {
	all := make(map[gid.ID]*facts, len(ids))
	for _, id := range ids {
		all[id] = &facts{units: map[gid.ID]map[gid.ID]int{}}
	}
	lines, err := c.OrderLine.Query().Where(orderline.OrderIDIn(ids...)).Order(orderline.ByPosition()).All(ctx)
	if err != nil {
		return nil, err
	}
	shipments, err := c.Shipment.Query().Where(shipment.OrderIDIn(ids...)).Order(shipment.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	contents, err := c.ShipmentLine.Query().Where(shipmentline.OrderIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		all[l.OrderID].lines = append(all[l.OrderID].lines, l)
	}
	for _, p := range shipments {
		all[p.OrderID].parcels = append(all[p.OrderID].parcels, p)
	}
	for _, x := range contents {
		all[x.OrderID].inside(x)
	}
	return all, nil
}

// inside counts what is in a shipment.
func (f *facts) inside(x *ent.ShipmentLine) {
	if f.units[x.ShipmentID] == nil {
		f.units[x.ShipmentID] = map[gid.ID]int{}
	}
	f.units[x.ShipmentID][x.OrderLineID] += x.Quantity
}

// Outlook is what is to be noted of an order with lines and shipments that are
// all at hand: when it is expected, and of a promise that is not kept the cause
// and the day. The demo company is made with it.
func Outlook(
	o *ent.Order, lines []*ent.OrderLine, shipments []*ent.Shipment, contents []*ent.ShipmentLine, now time.Time,
) (estimate *time.Time, cause order.DelayCause, promised time.Time) {
	f := &facts{lines: lines, parcels: shipments, units: map[gid.ID]map[gid.ID]int{}}
	for _, x := range contents {
		f.inside(x)
	}
	is := f.delay(o, now)
	return Estimate(shipments), is.cause, is.day
}

// fulfillment derives the order's axis, see Fulfillment.
func (f *facts) fulfillment() (order.FulfillmentStatus, *time.Time) {
	ordered := make(map[gid.ID]Ordered, len(f.lines))
	for _, l := range f.lines {
		ordered[l.ID] = Ordered{Quantity: wanted(l), Shipped: l.QuantityShipped}
	}
	parcels := make([]Parcel, len(f.parcels))
	for i, p := range f.parcels {
		parcels[i] = Parcel{Status: p.Status, DeliveredAt: p.DeliveredAt, Units: f.units[p.ID]}
	}
	return Fulfillment(ordered, parcels)
}

// wanted is how many units of a line are to be sent or have been: those that
// were not cancelled.
func wanted(l *ent.OrderLine) int { return l.Quantity - l.QuantityCancelled }

// unsent is how many units of a line are left to send.
func unsent(l *ent.OrderLine) int { return max(wanted(l)-l.QuantityShipped, 0) }

// arrived says whether all units of a line have been delivered.
func (f *facts) arrived(l *ent.OrderLine) bool {
	n := 0
	for _, p := range f.parcels {
		if p.Status == shipment.StatusDELIVERED {
			n += f.units[p.ID][l.ID]
		}
	}
	return n >= wanted(l)
}

// onTheWay says whether a shipment is still to arrive at the customer.
func onTheWay(p *ent.Shipment) bool {
	return p.Status != shipment.StatusDELIVERED && p.Status != shipment.StatusRETURNED_TO_SENDER
}

// Estimate is when the last of what is on its way is expected: the latest
// estimate of the shipments that are neither delivered nor sent back; nil when
// none of them has one.
func Estimate(parcels []*ent.Shipment) *time.Time {
	var latest *time.Time
	for _, p := range parcels {
		if e := p.EstimatedDelivery; e != nil && onTheWay(p) && (latest == nil || e.After(*latest)) {
			latest = e
		}
	}
	return latest
}

// due is a promise that is still to be kept.
type due struct {
	line gid.ID // empty when it is for all of the order
	day  time.Time
}

// dues are the promises that an order has still to keep. A line with a day of
// its own counts by that one; the others by the order's.
func (f *facts) dues(o *ent.Order) []due {
	if !open(o) {
		return nil
	}
	if !slices.ContainsFunc(f.lines, func(l *ent.OrderLine) bool { return l.PromisedDate != nil }) {
		if o.PromisedDate == nil {
			return nil
		}
		return []due{{day: dayOf(*o.PromisedDate)}}
	}
	var list []due
	for _, l := range f.lines {
		promised := l.PromisedDate
		if promised == nil {
			promised = o.PromisedDate
		}
		if promised != nil && !f.arrived(l) {
			list = append(list, due{line: l.ID, day: dayOf(*promised)})
		}
	}
	return list
}

// carries says whether a promise is about something in a shipment. What is
// inside is not always known; then it may be anything of the order.
func (f *facts) carries(p *ent.Shipment, d due) bool {
	return d.line == "" || len(f.units[p.ID]) == 0 || f.units[p.ID][d.line] > 0
}

// broken is a promise that is not or will not be kept, and how that is known.
type broken struct {
	cause order.DelayCause // empty when there is none
	day   time.Time        // the promised one
}

// weight orders the causes, the worst last.
var weight = map[order.DelayCause]int{
	order.DelayCauseCARRIER_ESTIMATE: 1, order.DelayCauseDELIVERY_PROBLEM: 2, order.DelayCausePROMISE_PASSED: 3,
}

// delay says which promise of an order is not kept, for the worst cause, and of
// these the earliest. A day ends with the day, in UTC:
//
//   - PROMISE_PASSED: the day is over and not all has been delivered.
//   - CARRIER_ESTIMATE: the carrier expects to deliver on a later day.
//   - DELIVERY_PROBLEM: a parcel is on its way back, or the carrier reports a
//     problem on the promised day. A problem before that day is shown with the
//     shipment and no more: most of them are over within a day, and who is told
//     of a delay that does not come about no longer believes the next one.
//
// An order without a promise is never delayed; there is nothing to be later than.
func (f *facts) delay(o *ent.Order, now time.Time) (worst broken) {
	today := dayOf(now)
	consider := func(cause order.DelayCause, day time.Time) {
		if weight[cause] > weight[worst.cause] || cause == worst.cause && day.Before(worst.day) {
			worst = broken{cause, day}
		}
	}
	for _, d := range f.dues(o) {
		if d.day.Before(today) {
			consider(order.DelayCausePROMISE_PASSED, d.day)
		}
		for _, p := range f.parcels {
			if p.Status == shipment.StatusDELIVERED || !f.carries(p, d) {
				continue
			}
			if p.Status == shipment.StatusRETURNED_TO_SENDER || p.Status == shipment.StatusEXCEPTION && !d.day.After(today) {
				consider(order.DelayCauseDELIVERY_PROBLEM, d.day)
			}
			if onTheWay(p) && p.EstimatedDelivery != nil && dayOf(*p.EstimatedDelivery).After(d.day) {
				consider(order.DelayCauseCARRIER_ESTIMATE, d.day)
			}
		}
	}
	return worst
}

// troubled are the shipments that a carrier has a problem with.
func (f *facts) troubled() []gid.ID {
	var ids []gid.ID
	for _, p := range f.parcels {
		if p.Status == shipment.StatusEXCEPTION || p.Status == shipment.StatusRETURNED_TO_SENDER {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// carriersWords are what carriers said last about shipments with a problem, by
// order.
func carriersWords(ctx context.Context, c *ent.Client, shipments []gid.ID) (map[gid.ID]string, error) {
	said := map[gid.ID]string{}
	if len(shipments) == 0 {
		return said, nil
	}
	rows, err := c.TrackingEvent.Query().Where(
		trackingevent.ShipmentIDIn(shipments...),
		trackingevent.StatusIn(trackingevent.StatusEXCEPTION, trackingevent.StatusRETURNED_TO_SENDER),
	).Order(trackingevent.ByAt(), trackingevent.ByID()).All(ctx)
	for _, r := range rows {
		if r.Message != "" {
			said[r.OrderID] = r.Message
		}
	}
	return said, err
}

// expected is when an order that is delayed is expected now: a day that has
// passed is no news of one to come.
func expected(o *ent.Order, now time.Time) *time.Time {
	if e := o.EstimatedDelivery; e != nil && !dayOf(*e).Before(dayOf(now)) {
		return e
	}
	return nil
}

// note writes down what the facts say of an order's estimate and delay, and
// returns what the customer is to be told. The order's version stays: nobody
// who is about to change the order has to know.
//
// For each promised day that is not kept, the customer is told once, whatever
// comes of it later. It takes news: something that was not known when the delay
// was noted. A promise that does not agree with what the carrier says is the
// word of somebody who knows both, and nothing is sent after it until the
// carrier changes its mind or the day passes; such a call says what was broken
// before it.
func (s *Service) note(ctx context.Context, tx *ent.Client, o *ent.Order, f *facts, before *broken) ([]events.Event, error) {
	now, estimate := s.now(), Estimate(f.parcels)
	is, was := f.delay(o, now), order.DelayCause("")
	if o.DelayCause != nil {
		was = *o.DelayCause
	}
	moved := !same(estimate, o.EstimatedDelivery)
	news := is.cause != "" && before == nil && (moved || is.cause != was)
	renewed := is.cause != "" && (was == "" || before != nil && !is.day.Equal(before.day))
	if !moved && is.cause == was && !renewed {
		return nil, nil
	}
	u := tx.Order.UpdateOneID(o.ID).Where(order.Version(o.Version), order.StatusEQ(o.Status)).SetNillableEstimatedDelivery(estimate)
	if estimate == nil {
		u.ClearEstimatedDelivery()
	}
	if is.cause == "" {
		u.ClearDelayCause().ClearDelayedAt()
	} else {
		u.SetDelayCause(is.cause)
	}
	if renewed {
		u.SetDelayedAt(now)
	}
	if err := fresh(u.Exec(ctx)); err != nil || !news {
		return nil, err
	}
	if known, err := toldOf(ctx, tx, o.ID, is.day); err != nil || known {
		return nil, err
	}
	data := schema.EventData{Cause: string(is.cause), OldDate: &is.day}
	noted := *o
	noted.EstimatedDelivery = estimate
	data.Date = expected(&noted, now)
	if is.cause == order.DelayCauseDELIVERY_PROBLEM {
		said, err := carriersWords(ctx, tx, f.troubled())
		if err != nil {
			return nil, err
		}
		data.Text = said[o.ID]
	}
	return []events.Event{{Kind: events.OrderDelayed, Subject: o.ID, Owner: owner(o), Data: data}}, nil
}

// toldOf says whether the customer has been told that a promised day is not
// kept. The log itself remembers that: a delay comes and goes, it does not.
func toldOf(ctx context.Context, tx *ent.Client, id gid.ID, day time.Time) (bool, error) {
	rows, err := tx.Event.Query().Where(event.SubjectID(id), event.Kind(string(events.OrderDelayed))).All(ctx)
	return slices.ContainsFunc(rows, func(e *ent.Event) bool {
		return e.Data.OldDate != nil && dayOf(*e.Data.OldDate).Equal(day)
	}), err
}

// review reads an order anew, as an action has left it, and notes its estimate
// and delay; before is what was broken before a new promise, nil when there is
// none. The caller holds the order.
func (s *Service) review(ctx context.Context, tx *ent.Client, id gid.ID, before *broken) error {
	o, err := find(ctx, tx, id)
	if err != nil {
		return err
	}
	all, err := readFacts(ctx, tx, id)
	if err != nil {
		return err
	}
	happened, err := s.note(ctx, tx, o, all[id], before)
	if err != nil || len(happened) == 0 {
		return err
	}
	return events.Append(ctx, tx, happened...)
}
