package orders

import (
	"cmp"
	"slices"
	"time"

	"foyer/ent/order"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
	"foyer/schema/gid"
)

// Report is what a shipment's state depends on in one tracking event.
type Report struct {
	Status trackingevent.Status
	At     time.Time // when it happened, by the carrier's word
}

// rank orders reports of the same moment: the one that says more comes last.
var rank = map[trackingevent.Status]int{
	trackingevent.StatusPENDING: 0, trackingevent.StatusPICKED_UP: 1, trackingevent.StatusIN_TRANSIT: 2,
	trackingevent.StatusOUT_FOR_DELIVERY: 3, trackingevent.StatusEXCEPTION: 4, trackingevent.StatusDELIVERED: 5,
	trackingevent.StatusRETURNED_TO_SENDER: 6,
}

// Derived is what follows from a shipment's reports.
type Derived struct {
	Status      shipment.Status
	ShippedAt   *time.Time // when the carrier took it over
	DeliveredAt *time.Time // when it was delivered; nil unless it still counts as delivered
}

// Derive says where a shipment is. It depends on the set of the reports alone:
// not on the order in which they arrived, nor on how often one did. They are
// put in the order of time, and then each moves the state, unless a rule says
// that it cannot:
//
//   - RETURNED_TO_SENDER is final. What comes later is the way back, at the end
//     of which many carriers report DELIVERED again, to the sender; a customer
//     who has nothing must not read that.
//   - DELIVERED stays through later scans (PENDING to OUT_FOR_DELIVERY): vans
//     and depots send in late what they scanned early, with the time of sending.
//     Only a report that somebody makes on purpose takes it back: an EXCEPTION
//     (delivered to the wrong door, scanned by mistake) or the return. After
//     that the reports count as before.
//   - PENDING is only ever the beginning, and PICKED_UP follows only PENDING or
//     an EXCEPTION: announcements are sent in late, and nothing is picked up in
//     transit. Everything else may repeat and go back and forth, as parcels do:
//     out for delivery, back in the depot, out again.
//
// At one moment the report that says more wins; see rank.
func Derive(reports []Report) Derived {
	sorted := slices.Clone(reports)
	slices.SortFunc(sorted, func(a, b Report) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(rank[a.Status], rank[b.Status]))
	})
	d := Derived{Status: shipment.StatusPENDING}
	for _, r := range sorted {
		if d.ShippedAt == nil && r.Status != trackingevent.StatusPENDING && r.Status != trackingevent.StatusEXCEPTION {
			d.ShippedAt = &r.At
		}
		if !moves(d.Status, r.Status) {
			continue
		}
		switch {
		case r.Status != trackingevent.StatusDELIVERED:
			d.DeliveredAt = nil
		case d.Status != shipment.StatusDELIVERED:
			d.DeliveredAt = &r.At
		}
		d.Status = shipment.Status(r.Status)
	}
	return d
}

// moves says whether a report changes a state that earlier ones have reached.
func moves(is shipment.Status, report trackingevent.Status) bool {
	switch {
	case is == shipment.StatusRETURNED_TO_SENDER:
		return false
	case is == shipment.StatusDELIVERED:
		return report == trackingevent.StatusEXCEPTION || report == trackingevent.StatusRETURNED_TO_SENDER
	case report == trackingevent.StatusPENDING:
		return false
	case report == trackingevent.StatusPICKED_UP:
		return is == shipment.StatusPENDING || is == shipment.StatusEXCEPTION
	}
	return true
}

// Ordered is an order line as far as fulfillment goes.
type Ordered struct {
	Quantity int // without what was cancelled
	Shipped  int // in shipments, by the line's own count
}

// Parcel is a shipment as far as fulfillment goes.
type Parcel struct {
	Status      shipment.Status
	DeliveredAt *time.Time
	Units       map[gid.ID]int // order line -> how many of it are inside; empty when unknown
}

// Fulfillment says how much of an order has been shipped and delivered, and
// when the last of it was delivered, once all of it is. A shipment counts as
// shipped from its creation, and as delivered while its state says so: one that
// was returned to the sender does not.
func Fulfillment(lines map[gid.ID]Ordered, parcels []Parcel) (order.FulfillmentStatus, *time.Time) {
	inside, delivered := map[gid.ID]int{}, map[gid.ID]int{}
	some, last := false, (*time.Time)(nil)
	all := len(parcels) > 0
	for _, p := range parcels {
		is := p.Status == shipment.StatusDELIVERED
		if is {
			some = true
			if p.DeliveredAt != nil && (last == nil || p.DeliveredAt.After(*last)) {
				last = p.DeliveredAt
			}
		}
		all = all && is
		for line, n := range p.Units {
			inside[line] += n
			if is {
				delivered[line] += n
			}
		}
	}
	began, sent, arrived := len(parcels) > 0, len(lines) > 0, len(lines) > 0
	for id, l := range lines {
		n := max(l.Shipped, inside[id])
		began = began || n > 0
		sent = sent && n >= l.Quantity
		arrived = arrived && delivered[id] >= l.Quantity
	}
	switch {
	// The second half is for shipments of another system that does not say what
	// is inside: when all has been sent and every parcel has arrived, so has all.
	case some && (arrived || all && sent):
		return order.FulfillmentStatusDELIVERED, last
	case some:
		return order.FulfillmentStatusPARTIALLY_DELIVERED, nil
	case sent && began: // an order of which all was cancelled has sent nothing
		return order.FulfillmentStatusSHIPPED, nil
	case began:
		return order.FulfillmentStatusPARTIALLY_SHIPPED, nil
	}
	return order.FulfillmentStatusUNFULFILLED, nil
}
