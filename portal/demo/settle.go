package demo

import (
	"slices"
	"time"

	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/ent/shipment"
	"foyer/portal/events"
	"foyer/schema"
)

// settle says what follows from the shipments for the order, and sets the axes
// that other systems own.
func (d *deal) settle() {
	d.fulfilled()
	d.returned()
	d.paid()
}

// fulfilled counts what was sent and what has arrived. It is written without
// orders.Fulfillment, with which a test compares it.
func (d *deal) fulfilled() {
	o := d.order
	ordered, sent, arrived := 0, 0, 0
	var last time.Time
	for _, l := range d.lines {
		ordered += l.Quantity
		sent += l.QuantityShipped
	}
	for _, p := range d.parcels {
		if p.row.Status != shipment.StatusDELIVERED {
			continue
		}
		for _, l := range p.lines {
			arrived += l.Quantity
		}
		if p.row.DeliveredAt.After(last) {
			last = *p.row.DeliveredAt
		}
	}
	switch {
	case arrived == ordered:
		o.FulfillmentStatus, o.DeliveredAt = order.FulfillmentStatusDELIVERED, &last
		d.moved(last, order.StatusCOMPLETED, gateway, "")
	case arrived > 0:
		o.FulfillmentStatus = order.FulfillmentStatusPARTIALLY_DELIVERED
	case sent == ordered:
		o.FulfillmentStatus = order.FulfillmentStatusSHIPPED
	case sent > 0:
		o.FulfillmentStatus = order.FulfillmentStatusPARTIALLY_SHIPPED
	default:
		return
	}
	o.Version++
}

func (d *deal) returned() {
	switch o := d.order; d.plan.fate {
	case returnAsked:
		o.ReturnStatus = order.ReturnStatusREQUESTED
	case partReturned:
		o.ReturnStatus = order.ReturnStatusPARTIALLY_RETURNED
	case allReturned:
		o.ReturnStatus = order.ReturnStatusRETURNED
	default:
		return
	}
	d.order.Version++
}

// paid is what bookkeeping would know: persons pay in advance, machines are
// paid in two parts, companies have thirty days and some take longer.
func (d *deal) paid() {
	o, r := d.order, d.rng
	prepaid := d.customer.person && o.Status != order.StatusDRAFT
	switch {
	case o.Status == order.StatusCANCELLED && (prepaid || d.big() && o.ConfirmedAt != nil), d.plan.fate == allReturned:
		o.PaymentStatus = order.PaymentStatusREFUNDED
	case o.Status == order.StatusCANCELLED:
	case prepaid:
		o.PaymentStatus = order.PaymentStatusPAID
	case o.DeliveredAt != nil && d.now.Sub(*o.DeliveredAt) > time.Duration(between(r, 8, 48))*24*time.Hour:
		o.PaymentStatus = order.PaymentStatusPAID
	case d.big() && o.ConfirmedAt != nil && d.now.Sub(*o.ConfirmedAt) > time.Duration(between(r, 5, 15))*24*time.Hour:
		o.PaymentStatus = order.PaymentStatusPARTIALLY_PAID
	}
}

// talk adds notes: what the customer asks and Aurelia answers, and what staff
// tell each other.
func (d *deal) talk() {
	o, r := d.order, d.rng
	if o.Status == order.StatusDRAFT || o.Status == order.StatusAWAITING_APPROVAL || d.plan.fate == rejectedBy {
		return
	}
	until := d.now
	if o.CancelledAt != nil {
		until = *o.CancelledAt
	}
	for _, p := range d.parcels {
		if p.row.CreatedAt.Before(until) {
			until = p.row.CreatedAt
		}
	}
	often := 30
	if len(d.plan.crate) > 0 { // the order that is looked at first
		often = 100
	}
	if chance(r, often) {
		topics := beforeShipping
		if d.big() {
			topics = slices.Concat(aboutMachines, beforeShipping)
		}
		d.discuss(d.dialogue(topics), later(r, o.PlacedAt, 0.5, 9), until)
	}
	switch {
	case d.plan.fate == returnAsked, d.plan.fate == partReturned, d.plan.fate == allReturned:
		d.discuss(d.dialogue(wishes), later(r, *o.DeliveredAt, 5, 40), d.now)
	case o.DeliveredAt != nil && chance(r, 14):
		d.discuss(d.dialogue(afterDelivery), later(r, *o.DeliveredAt, 2, 30), d.now)
	}
	if chance(r, max(often-8, 0)) {
		at := later(r, o.PlacedAt, 0.3, 12)
		if at.Before(until) {
			who := d.keeper()
			e := d.happened(at, events.OrderNote, who.actor(event.ActorKindSTAFF), schema.EventData{Text: d.remark(internal).in(who.language)})
			e.Audience = event.AudienceSTAFF
		}
	}
}

// discuss is a note of the customer and the answer. A question that would come
// too late is not asked; an answer that lies in the future is still owed.
func (d *deal) discuss(topic dialogue, at, until time.Time) {
	if !at.Before(until) || d.plan.contact != "" { // without an account nobody writes
		return
	}
	d.happened(at, events.OrderNote, d.buyer.actor(event.ActorKindCUSTOMER), schema.EventData{Text: d.text(topic.ask)})
	who := d.house.agent(d.rng)
	if chance(d.rng, 40) {
		who = d.keeper().actor(event.ActorKindSTAFF)
	}
	d.happened(later(d.rng, at, 0.2, 4), events.OrderNote, who, schema.EventData{Text: d.text(topic.answer)})
}

// keeper is the member of staff who looks after the customer.
func (d *deal) keeper() *individual {
	for _, i := range d.house.staff["STAFF_SALES"] {
		if slices.Contains(i.assigned, d.customer.key) {
			return i
		}
	}
	return d.house.staff["STAFF_AGENT"][0]
}
