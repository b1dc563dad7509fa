package demo

import (
	"slices"
	"time"

	"foyer/ent"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
)

// timetable is when an order was placed and confirmed and each parcel leaves,
// as days.
type timetable struct {
	placed, confirmed time.Time
	leaves            []time.Time // may lie in the future
	lead              int         // working days from confirmation to the first parcel
}

// days is how many working days the way to the customer takes.
func (f *firm) days(freight bool) int {
	if freight {
		return f.lane.road
	}
	return f.lane.days
}

// delivery builds an order that is confirmed and sent, as far as its fate says.
func (d *deal) delivery() {
	loads := d.pack()
	t := d.plan.timetable(d, len(loads))
	// Both in the morning or at noon, so that the confirmation is never later
	// than the first parcel.
	placed := clock(d.rng, t.placed, 6.2, 10.8)
	confirmed := clock(d.rng, t.confirmed, 11.2, 15.5)
	d.placedAs(placed)
	d.request(placed)
	first, final := d.promises(t)
	d.confirm(confirmed, first)
	d.slip(t, confirmed, final)
	for i, load := range loads {
		d.send(load, i, t.leaves[i])
	}
}

// load is what goes into one parcel: how many of each line, by its index.
type load struct {
	freight bool
	units   map[int]int
}

// pack divides the lines into parcels.
func (d *deal) pack() []load {
	r := d.rng
	loads := []load{{freight: d.big(), units: map[int]int{}}}
	pieces := 0
	for _, l := range d.lines {
		pieces += l.Quantity
	}
	whole := slices.Contains([]fate{underway, pickedUp, lateUnderway, onTheVan, stuck, sentBack}, d.plan.fate)
	n := 1
	switch {
	case len(d.plan.crate) > 0, d.apart():
		n = 2
	case whole || pieces < 3:
	case chance(r, 24):
		n = 2
	case pieces > 5 && chance(r, 9):
		n = 3
	}
	for len(loads) < n {
		loads = append(loads, load{units: map[int]int{}})
	}
	for i, l := range d.lines {
		switch small := d.stock[i].class == part; {
		case len(d.plan.crate) > 0 && !slices.Contains(d.plan.crate, l.Sku):
			if l.Quantity > 2 && small { // some in the crate, for the first shift
				loads[0].units[i] = l.Quantity / 2
			}
			loads[1].units[i] = l.Quantity - loads[0].units[i]
		case n == 1 || len(d.plan.crate) > 0 || d.big() && !small:
			loads[0].units[i] = l.Quantity
		case l.Quantity >= 4 && chance(r, 40):
			loads[i%n].units[i] = l.Quantity / 2
			loads[(i+1)%n].units[i] = l.Quantity - l.Quantity/2
		default:
			loads[i%n].units[i] = l.Quantity
		}
	}
	return d.balanced(loads)
}

// balanced removes parcels without contents; where there must be two, the
// fullest gives something away.
func (d *deal) balanced(loads []load) []load {
	loads = slices.DeleteFunc(loads, func(l load) bool { return len(l.units) == 0 })
	if !d.apart() || len(loads) > 1 {
		return loads
	}
	rest := load{units: map[int]int{}}
	for i := len(d.lines) - 1; i >= 0 && len(rest.units) == 0; i-- {
		switch {
		case len(d.lines) > 1 && d.stock[i].class != machine:
			rest.units[i] = loads[0].units[i]
			delete(loads[0].units, i)
		case d.lines[i].Quantity > 1:
			rest.units[i] = 1
			loads[0].units[i]--
		}
	}
	if len(rest.units) == 0 {
		return loads
	}
	return append(loads, rest)
}

// timetable chooses the days. An order that is over lies somewhere in the past;
// of one that is not, the day on which its first parcel leaves is fixed by how
// far it is to be by now, and everything else is counted from there.
func (p plan) timetable(d *deal, parcels int) timetable {
	r := d.rng
	wait, lead := between(r, 0, 1), between(r, 1, 3)
	if d.big() {
		wait, lead = between(r, 1, 3), between(r, 18, 30)
	}
	gaps := make([]int, parcels) // from the first parcel to each
	for i := 1; i < parcels; i++ {
		gaps[i] = gaps[i-1] + between(r, 2, 5)
	}
	way := d.customer.days(d.big())
	t := timetable{lead: lead}
	if p.fate >= done {
		// Everything has arrived, with room for what goes wrong on the way.
		least := 12 + (wait+lead+gaps[parcels-1]+max(way, d.customer.lane.days)+4)*7/5
		span := history.Hours()/24 - float64(least)
		switch x := r.Float64(); p.fate {
		case returnAsked:
			span *= x * 0.03
		default:
			span *= x * (0.6 + 0.4*x) // more of them lately: the company grows
		}
		t.placed = workdays(d.now, -(least+int(span))*5/7)
		t.confirmed = workdays(t.placed, wait)
	} else {
		first := d.leaves(way) // in working days from today
		t.lead = max(lead, first+1)
		anchor := workdays(d.now, first)
		t.confirmed = workdays(anchor, -t.lead)
		t.placed = workdays(t.confirmed, -wait)
	}
	for i := range parcels {
		t.leaves = append(t.leaves, workdays(t.confirmed, t.lead+gaps[i]))
	}
	if p.fate == partArrived {
		t.leaves[1] = workdays(d.now, pick(r, []int{-1, -1, 2})) // on its way, or still to come
	}
	return t
}

// leaves is on which working day, counted from today, the first parcel leaves.
func (d *deal) leaves(way int) int {
	r := d.rng
	switch d.plan.fate {
	case building:
		if d.big() {
			return between(r, 3, 16)
		}
		return between(r, 1, 2)
	case overdue:
		return between(r, 1, 3) // and it should have left long ago, see promises
	case partSent, underway, pickedUp:
		return -1
	case lateUnderway:
		return -way - 1
	case onTheVan:
		return -way
	case stuck:
		return -max(way, 2)
	case sentBack:
		return -way - between(r, 9, 20)
	default: // partArrived
		return -way - between(r, 3, 5)
	}
}

// promises are the day that was promised first and the one that counts in the
// end.
func (d *deal) promises(t timetable) (first, final time.Time) {
	r := d.rng
	last := len(t.leaves) - 1
	way := d.customer.days(d.big() && last == 0)
	arrives := workdays(t.leaves[last], way+between(r, 0, 1))
	switch d.plan.fate {
	case overdue:
		// A day that has passed; every other time it had been moved once already.
		late := workdays(d.now, -between(r, 1, 5))
		if !late.After(day(t.confirmed)) {
			late = workdays(d.now, -1)
		}
		if d.big() {
			return workdays(late, -between(r, 3, 6)), late
		}
		return late, late
	case lateUnderway:
		arrives = workdays(d.now, -1)
		return arrives, arrives
	case onTheVan, stuck, underway, pickedUp, partSent, building:
		if !arrives.After(day(d.now)) {
			arrives = workdays(d.now, 1) // not late by a day for having counted a weekend
		}
	default:
	}
	moves, by := 7, between(r, 1, 3)
	if d.big() {
		moves, by = 30, between(r, 3, 8)
	}
	if !chance(r, moves) {
		return arrives, arrives
	}
	if d.big() && chance(r, 18) {
		return workdays(arrives, by), arrives // better than promised
	}
	if first = workdays(arrives, -by); !first.After(workdays(t.confirmed, 1)) {
		return arrives, arrives
	}
	return first, arrives
}

// slip tells the customer that the day moves, before it would have left.
func (d *deal) slip(t timetable, confirmed, final time.Time) {
	first := *d.order.PromisedDate
	if first.Equal(final) {
		return
	}
	reason := slips
	if d.big() {
		reason = delays
	}
	text := d.remark(reason)
	if final.Before(first) {
		text = earlier
	}
	at := office(d.rng, workdays(confirmed, max(1, t.lead*2/3)))
	if limit := d.now.Add(-3 * time.Hour); at.After(limit) { // it has been said by now
		at = later(d.rng, confirmed, 2, 5)
	}
	d.promise(at, final, d.text(text))
}

// parcel is a shipment in the making.
type parcel struct {
	row     *ent.Shipment
	lines   []*ent.ShipmentLine
	of      []*ent.OrderLine // the order line of each
	scans   []*ent.TrackingEvent
	created *ent.Event
	reports []*ent.Event
}

// send makes the n-th shipment of the order, unless it leaves only tomorrow.
func (d *deal) send(l load, n int, leaves time.Time) {
	r := d.rng
	if d.plan.fate == overdue || d.plan.fate == building || n > 0 && d.plan.fate == partSent && len(d.plan.crate) == 0 {
		return
	}
	made := clock(r, leaves, 9.6, 12.6)
	if l.freight {
		made = clock(r, leaves, 7.4, 9.0)
	}
	if len(d.plan.crate) > 0 && n > 0 { // being packed at this moment
		made = d.now.Add(-time.Duration(between(r, 25, 80)) * time.Minute).Truncate(time.Second)
	}
	if made.After(d.now) {
		return
	}
	carrier := pick(r, d.customer.carriers)
	if l.freight {
		carrier = pick(r, forwarders)
	}
	p := &parcel{row: &ent.Shipment{CreatedAt: made, UpdatedAt: made, Carrier: carrier, TrackingNumber: tracking(r, carrier), Version: 1}}
	for i, line := range d.lines {
		if units := l.units[i]; units > 0 {
			line.QuantityShipped += units
			p.of = append(p.of, line)
			p.lines = append(p.lines, &ent.ShipmentLine{Quantity: units})
		}
	}
	p.created = d.happened(made, events.ShipmentCreated, d.house.dispatcher(r), schema.EventData{Carrier: carrier, Tracking: p.row.TrackingNumber})
	d.order.Version++
	d.travel(p, l, n, leaves)
	d.parcels = append(d.parcels, p)
}

// own copies the owner to the rows of the shipment and gives them their ids.
func (p *parcel) own(d *deal) {
	o, s := d.order, p.row
	s.ID, s.OrderID, s.OrganizationID, s.UserID = gid.At(gid.Shipment, s.CreatedAt), o.ID, o.OrganizationID, o.UserID
	for i, l := range p.lines {
		l.ID, l.ShipmentID, l.OrderID, l.OrderLineID = gid.At(gid.ShipmentLine, s.CreatedAt), s.ID, o.ID, p.of[i].ID
		l.OrganizationID, l.UserID = o.OrganizationID, o.UserID
	}
	for _, t := range p.scans {
		t.ID, t.ShipmentID, t.OrderID = gid.At(gid.Tracking, t.ReceivedAt), s.ID, o.ID
		t.OrganizationID, t.UserID = o.OrganizationID, o.UserID
	}
	p.created.Data.ShipmentID = string(s.ID)
	for _, e := range p.reports {
		e.Data.ShipmentID = string(s.ID)
	}
}

// report records what the carrier says, in the history of the shipment and in
// that of the order.
func (d *deal) report(p *parcel, s *ent.TrackingEvent) {
	p.scans = append(p.scans, s)
	p.reports = append(p.reports, d.happened(s.At, events.TrackingReported, gateway,
		schema.EventData{To: string(s.Status), Location: s.Location, Text: s.Message}))
}
