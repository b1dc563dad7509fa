package demo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"foyer/ent"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
	"foyer/portal/orders"
)

// forwarders carry machines. They are no carriers that every installation
// knows; see Carriers.
var forwarders = []string{"DSV", "DACHSER"}

// Carriers are the forwarders of the demo company, for the configuration of
// orders.NewCarriers. They have no public page that takes a number.
func Carriers() []orders.Carrier {
	return []orders.Carrier{{Code: "DSV", Name: "DSV Road"}, {Code: "DACHSER", Name: "Dachser"}}
}

// hubs is where a carrier first sorts what it has collected in Jena.
var hubs = map[string]string{
	"DHL": "Nohra, DE", "UPS": "Erfurt, DE", "DPD": "Erfurt, DE", "GLS": "Neuenstein, DE", "FEDEX": "Leipzig, DE",
	"DSV": "Hermsdorf, DE", "DACHSER": "Erfurt, DE",
}

const home = "Jena, DE"

// tracking makes a number in the carrier's form.
func tracking(r *rand.Rand, carrier string) string {
	n := func(digits int) string { return fmt.Sprintf("%0*d", digits, r.Int64N(int64(math.Pow10(digits)))) }
	switch carrier {
	case "DHL":
		return "00340434" + n(12)
	case "UPS":
		return "1Z8A4F60" + n(10)
	case "DPD":
		return "0153" + n(10)
	case "GLS":
		return "ZW" + n(9)
	case "FEDEX":
		return "77" + n(10)
	case "DSV":
		return "7300" + n(8)
	default:
		return "DA" + n(9)
	}
}

// scan is a point of a journey, before it is known whether it has happened.
type scan struct {
	status trackingevent.Status
	at     time.Time
	place  string
	text   string
}

// journey is a shipment on its way.
type journey struct {
	d     *deal
	list  []scan
	start time.Time // day on which it leaves
	delay int       // working days lost so far
}

func (j *journey) add(status trackingevent.Status, at time.Time, place string, w words) {
	j.list = append(j.list, scan{status, at, place, j.d.text(w)})
}

// moment is a point of the journey in working days from its start.
func (j *journey) moment(position float64) time.Time {
	position += float64(j.delay)
	whole := math.Floor(position)
	return workdays(j.start, int(whole)).Add(time.Duration((position - whole) * 24 * float64(time.Hour))).Truncate(time.Second)
}

// on is a moment of the working day of the journey between two hours.
func (j *journey) on(days int, from, to float64) time.Time {
	return clock(j.d.rng, workdays(j.start, days+j.delay), from, to)
}

// trouble is what goes wrong on a journey.
type trouble struct {
	mishap bool // something on the way, which costs days
	costs  int
	held   bool // by customs, for a day
	missed int  // attempts of delivery with nobody there
	back   bool // after these, returned
}

// travel writes the shipment's journey as far as it has come by now.
func (d *deal) travel(p *parcel, l load, n int, leaves time.Time) {
	t := d.trouble()
	j := &journey{d: d, start: leaves}
	stops := d.customer.lane.parcel
	if l.freight {
		stops = d.customer.lane.freight
	}
	j.begin(p.row, l.freight)
	j.road(stops[:len(stops)-1], d.customer.days(l.freight), l.freight, t)
	j.arrive(p.row.Carrier, stops[len(stops)-1], d.customer.days(l.freight), l.freight, t)
	switch d.plan.fate {
	case partSent, underway, lateUnderway:
		j.stopAt(trackingevent.StatusOUT_FOR_DELIVERY)
	case partArrived:
		if n > 0 {
			j.stopAt(trackingevent.StatusOUT_FOR_DELIVERY)
		}
	case pickedUp:
		j.endAt(trackingevent.StatusPICKED_UP, d.now.Add(-time.Duration(between(d.rng, 15, 90))*time.Minute))
	case onTheVan:
		j.endAt(trackingevent.StatusOUT_FOR_DELIVERY, d.now.Add(-time.Duration(between(d.rng, 40, 150))*time.Minute))
	case stuck:
		j.endAt(trackingevent.StatusEXCEPTION, d.now.Add(-time.Duration(between(d.rng, 50, 400))*time.Minute))
	default:
	}
	eta := workdays(leaves, d.customer.days(l.freight)+j.delay).Add(15 * time.Hour)
	p.row.EstimatedDelivery = &eta
	d.scanned(p, j.list)
}

func (d *deal) trouble() trouble {
	r := d.rng
	switch d.plan.fate {
	case lateUnderway:
		return trouble{mishap: true, costs: 3}
	case stuck:
		if d.customer.tax == export {
			return trouble{held: true}
		}
		return trouble{missed: 1}
	case sentBack:
		return trouble{missed: 2, back: true}
	case done:
		switch n := r.IntN(100); {
		case n < 4:
			return trouble{mishap: true, costs: 1}
		case n < 7:
			return trouble{missed: 1}
		case n < 12 && d.customer.tax == export:
			return trouble{held: true}
		}
	default:
	}
	return trouble{}
}

// begin is the shipment's first day: announced, collected, sorted.
func (j *journey) begin(s *ent.Shipment, freight bool) {
	r := j.d.rng
	first := hubs[s.Carrier]
	j.add(trackingevent.StatusPENDING, s.CreatedAt.Add(time.Duration(between(r, 60, 500))*time.Second), "", announced)
	if freight {
		j.add(trackingevent.StatusPICKED_UP, clock(r, j.start, 10.2, 12.6), home, loaded)
		j.add(trackingevent.StatusIN_TRANSIT, clock(r, j.start, 14.0, 15.8), first, docked)
		j.add(trackingevent.StatusIN_TRANSIT, clock(r, j.start, 16.8, 18.4), first, driving)
		return
	}
	j.add(trackingevent.StatusPICKED_UP, clock(r, j.start, 14.4, 16.2), home, collected)
	j.add(trackingevent.StatusIN_TRANSIT, clock(r, j.start, 18.0, 19.8), first, arrived)
	j.add(trackingevent.StatusIN_TRANSIT, clock(r, j.start, 21.4, 23.6), first, left)
}

// customsMark stands before a town where goods are cleared and not sorted.
const customsMark = "!"

// road are the stops between the first day and the last, spread evenly.
// Parcels are sorted and go on after hours; lorries stand for the night.
func (j *journey) road(stops []string, days int, freight bool, t trouble) {
	r := j.d.rng
	come, go_, from, rest, most := arrived, left, 1.05, 0.10, 0.16
	until := float64(days) - 0.10
	if freight {
		come, go_, from, rest, most = docked, driving, 0.90, 0.24, 0.32
		until = float64(days) - 0.25
	}
	step := (until - from) / float64(max(len(stops), 1))
	for i, stop := range stops {
		at := from + step*float64(i) + 0.05*r.Float64()
		place, customs := strings.CutPrefix(stop, customsMark)
		if customs {
			if t.held {
				j.add(trackingevent.StatusEXCEPTION, j.moment(at), place, held)
				j.delay++
			}
			j.add(trackingevent.StatusIN_TRANSIT, j.moment(at+0.06), place, cleared)
			continue
		}
		j.add(trackingevent.StatusIN_TRANSIT, j.moment(at), place, come)
		stuckHere := t.mishap && i >= len(stops)/2
		if stuckHere {
			t.mishap = false // once is enough
			j.add(trackingevent.StatusEXCEPTION, j.moment(at+0.06), place, pick(r, mishaps))
			j.delay += t.costs
		}
		if freight || stuckHere || chance(r, 45) { // carriers do not scan everything twice
			j.add(trackingevent.StatusIN_TRANSIT, j.moment(at+0.08+rest+(most-rest)*r.Float64()), place, go_)
		}
	}
}

// arrive is the last day, with as many attempts as it takes.
func (j *journey) arrive(carrier, place string, days int, freight bool, t trouble) {
	r := j.d.rng
	van, latest := onVan, 13.8
	if freight {
		van, latest = onLorry, 11.4
	}
	j.add(trackingevent.StatusIN_TRANSIT, j.on(days, 3.2, 4.6), place, depot)
	for range t.missed {
		j.add(trackingevent.StatusOUT_FOR_DELIVERY, j.on(days, 5.8, 7.2), place, van)
		j.add(trackingevent.StatusEXCEPTION, j.on(days, 8.5, latest), place, nobody)
		j.delay++
	}
	if t.back {
		j.add(trackingevent.StatusRETURNED_TO_SENDER, j.on(days, 7.0, 9.0), place, back)
		j.add(trackingevent.StatusRETURNED_TO_SENDER, j.on(days+1, 18.0, 20.0), hubs[carrier], returning)
		return
	}
	j.add(trackingevent.StatusOUT_FOR_DELIVERY, j.on(days, 5.8, 7.2), place, van)
	family := strings.Fields(pick(r, j.d.customer.people).name)
	signed := words{fmt.Sprintf(handed.en, family[len(family)-1]), fmt.Sprintf(handed.de, family[len(family)-1])}
	j.add(trackingevent.StatusDELIVERED, j.on(days, 7.5, latest), place, signed)
}

// stopAt forgets the journey from the first scan of a status on: it has not
// come that far.
func (j *journey) stopAt(status trackingevent.Status) {
	if i := j.first(status); i >= 0 {
		j.list = j.list[:i]
	}
}

// endAt makes a scan the last one and sets its time, whatever the hour of the
// day is at which the demo begins. What came before makes room.
func (j *journey) endAt(status trackingevent.Status, at time.Time) {
	i := j.first(status)
	if i < 0 {
		return
	}
	j.list = j.list[:i+1]
	j.list[i].at = at.Truncate(time.Second)
	for i--; i >= 0; i-- {
		gap := time.Duration(between(j.d.rng, 42, 75)) * time.Minute
		if latest := j.list[i+1].at.Add(-gap); j.list[i].at.After(latest) {
			j.list[i].at = latest
		}
	}
}

func (j *journey) first(status trackingevent.Status) int {
	return slices.IndexFunc(j.list, func(s scan) bool { return s.status == status })
}

// scanned records what has happened of a journey by now, and where the shipment
// is after that. The state is that of the last scan, since the scans are in
// order and nothing comes after a delivery or a return; a test compares that
// with what orders.Derive says.
func (d *deal) scanned(p *parcel, list []scan) {
	s := p.row
	s.Status = shipment.StatusPENDING
	for _, x := range list {
		if x.at.After(d.now) {
			break
		}
		received := x.at.Add(time.Duration(between(d.rng, 40, 1500)) * time.Second)
		if received.After(d.now) {
			received = d.now
		}
		d.report(p, &ent.TrackingEvent{
			DedupKey: orders.ReportKey("", orders.Report{Status: x.status, At: x.at}, x.place, x.text),
			Status:   x.status, At: x.at, ReceivedAt: received, Location: x.place, Message: x.text,
		})
		s.Status, s.UpdatedAt = shipment.Status(x.status), received
		s.Version++
		at := x.at
		switch x.status {
		case trackingevent.StatusPICKED_UP:
			s.ShippedAt = &at
		case trackingevent.StatusDELIVERED:
			s.DeliveredAt = &at
		default:
		}
	}
}
