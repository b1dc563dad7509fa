package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/approval"
	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
)

const currency = "EUR"

// actor is who did something, as an event records it.
type actor struct {
	kind     event.ActorKind
	id, name string
}

var (
	erp     = actor{kind: event.ActorKindINTEGRATION, name: "ERP"}
	gateway = actor{kind: event.ActorKindINTEGRATION, name: "Carrier gateway"}
)

// deal is one order in the making, with all that belongs to it.
type deal struct {
	rng      *rand.Rand
	now      time.Time
	plan     plan
	house    *house
	customer *firm
	buyer    *individual

	order   *ent.Order
	lines   []*ent.OrderLine
	stock   []*stocked // what each line sold
	parcels []*parcel
	events  []*ent.Event

	question *ent.Approval // whether it may be placed, if that was asked
}

// big says whether a machine is among the lines.
func (d *deal) big() bool {
	return slices.ContainsFunc(d.stock, func(s *stocked) bool { return s.class == machine })
}

// text is a sentence in the customer's language.
func (d *deal) text(w words) string { return w.in(d.customer.language) }

// happened records an event, if it has happened by now.
func (d *deal) happened(at time.Time, kind events.Kind, who actor, data schema.EventData) *ent.Event {
	e := &ent.Event{
		Kind: string(kind), Audience: event.AudienceCUSTOMER, ActorKind: who.kind, ActorID: who.id, ActorName: who.name,
		Data: data, At: at,
	}
	if !at.After(d.now) {
		d.events = append(d.events, e)
	}
	return e
}

// moved records a change of state. A state that lies in the future is none.
func (d *deal) moved(at time.Time, to order.Status, who actor, reason string) {
	if at.After(d.now) {
		return
	}
	d.happened(at, events.OrderStatus, who, schema.EventData{From: string(d.order.Status), To: string(to), Text: reason})
	d.order.Status = to
	d.order.Version++
}

// deal builds the order of a plan.
func (h *house) deal(n int, p plan) *deal {
	// A source of chance of its own for each order: a change to one leaves the
	// others as they are.
	d := &deal{rng: rand.New(rand.NewPCG(seed, uint64(n))), now: h.now, plan: p, house: h} //nolint:gosec // repeatable, not secret
	d.choose()
	d.order = &ent.Order{
		Status: order.StatusDRAFT, FulfillmentStatus: order.FulfillmentStatusUNFULFILLED, ReturnStatus: order.ReturnStatusNONE,
		PaymentStatus: order.PaymentStatusUNPAID, Currency: currency, Version: 1,
	}
	d.fill()
	switch p.fate {
	case drafted:
		d.draft()
	case awaiting, rejectedBy:
		d.approval()
	case today, fresh, confirming:
		d.recent()
	case withdrawnBy, declinedBy:
		d.cancelled()
	case building, overdue, partSent, underway, pickedUp, lateUnderway, onTheVan, stuck, sentBack, partArrived,
		done, returnAsked, partReturned, allReturned:
		d.delivery()
	}
	d.settle()
	d.talk()
	d.own()
	d.foresee()
	return d
}

// choose picks the customer and the person.
func (d *deal) choose() {
	r := d.rng
	if d.plan.customer != "" {
		d.customer, d.buyer = d.house.firms[d.plan.customer], d.house.people[d.plan.person]
		return
	}
	d.customer = weighted(r, d.house.list, func(f *firm) int {
		switch moving := d.plan.fate >= partSent && d.plan.fate <= partArrived; {
		case f.suspended && d.plan.fate != done, len(f.buyers(d.plan.fate)) == 0,
			moving && f.lane.days < 2: // arrives before anybody looks
			return 0
		}
		return f.weight
	})
	d.buyer = weighted(r, d.customer.buyers(d.plan.fate), func(i *individual) int { return i.active })
}

// placedAs sets the moment of the order and says who placed it. Members need a
// colleague's approval for more than a certain sum, which they get.
func (d *deal) placedAs(at time.Time) {
	d.order.PlacedAt = at
	d.order.CreatedAt = at
	if d.plan.contact == "" && d.buyer.roleAt(d.customer.key) == member && d.order.TotalMinor > 1_000_00 {
		if boss := d.customer.boss(); boss != nil && d.plan.fate != today {
			asked := office(d.rng, workdays(at, -1))
			d.order.CreatedAt = asked
			d.moved(asked, order.StatusAWAITING_APPROVAL, d.buyer.actor(event.ActorKindCUSTOMER), "")
			d.ask(asked)
			boss = d.answer(at, approval.StatusAPPROVED, boss, "")
			d.moved(at, order.StatusPLACED, boss.actor(event.ActorKindCUSTOMER), "")
		}
	}
	who := d.buyer.actor(event.ActorKindCUSTOMER)
	if d.plan.contact != "" {
		who = erp
	}
	d.happened(at, events.OrderPlaced, who, schema.EventData{})
	d.order.Status = order.StatusPLACED
	if d.order.PurchaseOrderNumber == "" && d.customer.order != "" && chance(d.rng, 92) {
		d.order.PurchaseOrderNumber = d.customer.order // numbered in order of time, see house.number
	}
}

func (d *deal) draft() {
	at := office(d.rng, workdays(d.now, -between(d.rng, 1, 6)))
	d.order.PlacedAt, d.order.CreatedAt = at, at
}

func (d *deal) approval() {
	r := d.rng
	back := between(r, 1, 3)
	if d.plan.fate == rejectedBy {
		back = between(r, 15, 200)
	}
	at := office(r, workdays(d.now, -back))
	d.order.PlacedAt, d.order.CreatedAt = at, at
	d.happened(at, events.OrderPlaced, d.buyer.actor(event.ActorKindCUSTOMER), schema.EventData{})
	d.moved(at, order.StatusAWAITING_APPROVAL, d.buyer.actor(event.ActorKindCUSTOMER), "")
	d.ask(at)
	if d.plan.fate == rejectedBy {
		end, why := later(r, at, 3, 22), d.text(rejected)
		boss := d.answer(end, approval.StatusDECLINED, d.customer.boss(), why)
		d.cancel(end, boss.actor(event.ActorKindCUSTOMER), why)
	}
}

// recent orders have been placed, and that is nearly all.
func (d *deal) recent() {
	r := d.rng
	var at time.Time
	switch d.plan.fate {
	case today:
		// Somewhere between midnight and now, whatever the time of day is.
		passed := d.now.Sub(day(d.now))
		at = day(d.now).Add(time.Duration((0.45 + 0.5*r.Float64()) * float64(passed))).Truncate(time.Second)
	case fresh:
		at = office(r, workdays(d.now, -1))
	default:
		at = office(r, workdays(d.now, -between(r, 2, 4)))
	}
	d.placedAs(at)
	d.request(at)
	if d.plan.fate == confirming {
		d.moved(at.Add(time.Duration(between(r, 20, 90))*time.Minute), order.StatusCONFIRMING, erp, "")
	}
}

// cancelled orders were placed some time ago and confirmed or not.
func (d *deal) cancelled() {
	r := d.rng
	at := office(r, workdays(d.now, -between(r, 8, 280)))
	d.placedAs(at)
	d.request(at)
	end := later(r, at, 2, 30)
	if chance(r, 45) {
		d.confirm(end, workdays(end, between(r, 4, 9)))
		end = later(r, end, 20, 60)
	}
	if d.plan.fate == withdrawnBy {
		d.cancel(end, d.buyer.actor(event.ActorKindCUSTOMER), d.text(pick(r, withdrawn)))
	} else {
		d.cancel(end, d.house.agent(r), d.text(pick(r, declined)))
	}
}

func (d *deal) cancel(at time.Time, who actor, reason string) {
	d.moved(at, order.StatusCANCELLED, who, reason)
	d.order.CancelledAt, d.order.CancelReason = &at, reason
}

// request sets the day that the customer would like, which not all say.
func (d *deal) request(placed time.Time) {
	if !chance(d.rng, 45) {
		return
	}
	n := between(d.rng, 3, 10)
	if d.big() {
		n = between(d.rng, 25, 45)
	}
	wish := workdays(placed, n)
	d.order.RequestedDate = &wish
}

// confirm accepts the order and promises a day.
func (d *deal) confirm(at, promised time.Time) {
	who := d.house.agent(d.rng)
	d.moved(at, order.StatusCONFIRMED, who, "")
	d.happened(at, events.OrderPromise, who, schema.EventData{Date: &promised})
	d.order.ConfirmedAt, d.order.PromisedDate = &at, &promised
}

// promise moves the promised day.
func (d *deal) promise(at, to time.Time, reason string) {
	old := *d.order.PromisedDate
	if at.After(d.now) || old.Equal(to) {
		return
	}
	d.happened(at, events.OrderPromise, d.house.dispatcher(d.rng), schema.EventData{OldDate: &old, Date: &to, Text: reason})
	d.order.PromisedDate, d.order.PromiseReason = &to, reason
	d.order.Version++
}

// own copies the owner to every row of the order, gives the rows their ids, and
// sets when the order last changed.
func (d *deal) own() {
	o := d.order
	o.ID, o.OrganizationID, o.UserID = gid.At(gid.Order, o.CreatedAt), d.customer.row.ID, d.buyer.row.ID
	if d.plan.contact != "" {
		o.UserID, o.ContactEmail = "", d.plan.contact
	}
	d.explain()
	o.UpdatedAt = o.CreatedAt
	ship := d.customer.shipTo()
	o.ShipTo, o.BillTo = &ship, &d.customer.address
	for _, l := range d.lines {
		l.ID, l.OrderID, l.OrganizationID, l.UserID = gid.At(gid.OrderLine, o.CreatedAt), o.ID, o.OrganizationID, o.UserID
	}
	for _, p := range d.parcels {
		p.own(d)
	}
	for _, e := range d.events {
		e.SubjectID, e.OrganizationID, e.UserID = o.ID, o.OrganizationID, o.UserID
		if e.Kind != string(events.OrderNote) && e.At.After(o.UpdatedAt) {
			o.UpdatedAt = e.At
		}
	}
}

// number gives the order its numbers: ours, and the customer's own, which rise
// with time.
func (d *deal) number(ours string) {
	d.order.Number = ours
	if form := d.order.PurchaseOrderNumber; form != "" {
		d.customer.purchases += between(d.rng, 1, 9)
		d.order.PurchaseOrderNumber = fmt.Sprintf(form, d.customer.purchases)
	}
}
