package demo

import (
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
	"foyer/portal/events"
	"foyer/portal/orders"
	"foyer/schema"
)

// portal is the actor of what nobody did: the promised day was over.
var portal = actor{kind: event.ActorKindSYSTEM}

// foundAfter is how long after midnight the portal has looked.
const foundAfter = 4 * time.Minute

// foresee promises days for single lines, and says when the order is expected
// and whether that is too late, as portal/orders would. The rows have their ids.
func (d *deal) foresee() {
	n := len(d.events)
	d.apartFrom()
	var contents []*ent.ShipmentLine
	parcels := make([]*ent.Shipment, len(d.parcels))
	for i, p := range d.parcels {
		parcels[i] = p.row
		contents = append(contents, p.lines...)
	}
	o := d.order
	estimate, cause, promised := orders.Outlook(o, d.lines, parcels, contents, d.now)
	o.EstimatedDelivery = estimate
	if cause != "" {
		at, found, who := d.found(promised)
		data := schema.EventData{Cause: string(found), OldDate: &promised}
		if estimate != nil && !day(*estimate).Before(day(at)) {
			data.Date = estimate
		}
		d.happened(at, events.OrderDelayed, who, data)
		o.DelayCause, o.DelayedAt = &cause, &at
	}
	for _, e := range d.events[n:] {
		e.SubjectID, e.OrganizationID, e.UserID = o.ID, o.OrganizationID, o.UserID
		if e.At.After(o.UpdatedAt) {
			o.UpdatedAt = e.At
		}
	}
}

// apartFrom promises a later day for what does not travel in the first parcel
// of an order that goes out in several.
func (d *deal) apartFrom() {
	o := d.order
	if d.plan.fate != partSent && d.plan.fate != partArrived || len(d.parcels) == 0 {
		return
	}
	first := d.parcels[0]
	at := first.row.CreatedAt.Add(25 * time.Minute)
	own := workdays(*o.PromisedDate, 2)
	if len(d.parcels) > 1 {
		own = workdays(*d.parcels[1].row.EstimatedDelivery, 0)
	}
	if !own.After(*o.PromisedDate) || own.Before(day(d.now)) || at.After(d.now) {
		return
	}
	who := d.house.dispatcher(d.rng)
	reason := d.text(d.remark(separately))
	for _, l := range d.lines {
		if slices.Contains(first.of, l) {
			continue
		}
		old := *o.PromisedDate
		d.happened(at, events.OrderPromise, who, schema.EventData{OldDate: &old, Date: &own, Text: reason, Subject: string(l.ID)})
		l.PromisedDate, l.PromiseReason = &own, reason
	}
	o.Version++
}

// found says when it was found, and how, that a promised day will not be kept.
func (d *deal) found(promised time.Time) (at time.Time, cause order.DelayCause, who actor) {
	at, cause, who = promised.AddDate(0, 0, 1).Add(foundAfter), order.DelayCausePROMISE_PASSED, portal
	sooner := func(t time.Time, c order.DelayCause, a actor) {
		if t.Before(at) {
			at, cause, who = t, c, a
		}
	}
	for _, p := range d.parcels {
		if p.row.Status == shipment.StatusDELIVERED {
			continue
		}
		said := p.row.CreatedAt // of the estimate: with the last trouble, or from the beginning
		for _, s := range p.scans {
			if s.Status == trackingevent.StatusEXCEPTION || s.Status == trackingevent.StatusRETURNED_TO_SENDER {
				said = s.ReceivedAt
			}
		}
		switch {
		case p.row.Status == shipment.StatusRETURNED_TO_SENDER:
			sooner(said, order.DelayCauseDELIVERY_PROBLEM, gateway)
		case day(*p.row.EstimatedDelivery).After(promised):
			sooner(said, order.DelayCauseCARRIER_ESTIMATE, gateway)
		case p.row.Status == shipment.StatusEXCEPTION && said.Before(promised):
			sooner(promised.Add(foundAfter), order.DelayCauseDELIVERY_PROBLEM, portal)
		case p.row.Status == shipment.StatusEXCEPTION:
			sooner(said, order.DelayCauseDELIVERY_PROBLEM, gateway)
		}
	}
	for _, e := range d.events { // what was promised later could not fail before
		if e.Kind == string(events.OrderPromise) && e.At.After(at) {
			at = e.At
		}
	}
	if at.After(d.now) { // in the first minutes of a day
		at = d.now
	}
	return at.Truncate(time.Microsecond), cause, who
}
