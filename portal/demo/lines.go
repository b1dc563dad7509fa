package demo

import (
	"slices"

	"foyer/ent"
)

// machinery is how likely an order of a fate is one of a machine, in percent.
var machinery = map[fate]int{
	drafted: 30, awaiting: 20, today: 20, fresh: 30, confirming: 40, building: 75, overdue: 50, partSent: 40, underway: 30,
	lateUnderway: 30, partArrived: 30, withdrawnBy: 20, declinedBy: 20, rejectedBy: 30, done: 15,
}

// fill writes the lines of the order and adds them up.
func (d *deal) fill() {
	wish := d.plan.items
	switch {
	case len(wish) > 0:
	case chance(d.rng, machinery[d.plan.fate]) && !(d.customer.person && d.plan.fate != done):
		wish = d.machine()
	default:
		wish = d.supplies()
	}
	for n, w := range wish {
		s := d.house.skus[w.sku]
		d.stock = append(d.stock, s)
		d.lines = append(d.lines, d.line(n+1, s, w.quantity))
	}
	d.sum()
}

// fits says whether the customer has machines that the product is for.
func (d *deal) fits(s *stocked) bool {
	return s.article.family == every || slices.Contains(d.customer.families, s.article.family)
}

// apart says whether the order must come in several parcels.
func (d *deal) apart() bool { return d.plan.fate == partSent || d.plan.fate == partArrived }

// machine is an order of a machine with what one orders along.
func (d *deal) machine() []wanted {
	r := d.rng
	var some []*stocked
	for _, s := range d.house.shelf {
		if s.class == machine && d.fits(s) && (!d.customer.person || s.cents < 10_000_00) {
			some = append(some, s)
		}
	}
	if len(some) == 0 {
		return d.supplies()
	}
	// Cheaper machines sell better.
	m := weighted(r, some, func(s *stocked) int { return int(1_000_000_00 / s.cents) })
	list := []wanted{{m.sku, 1}}
	add := func(percent, quantity int, skus ...string) {
		if chance(r, percent) {
			list = append(list, wanted{pick(r, skus), quantity})
		}
	}
	if !d.customer.person {
		if m.article.family == spectra || m.article.family == halo { // the others are cooled by air
			add(45, 1, "CH-40-EU")
		}
		add(35, 1, "EX-400")
		add(55, 1, "SV-COM-1", "SV-COM-3")
		add(35, between(r, 1, 3), "TR-COMM-1")
		add(15, 1, "TR-LSO-2")
	}
	if chance(r, 45) || d.apart() {
		list = append(list, d.parts(between(r, 1, 2))...)
	}
	return list
}

// supplies is an order of parts and consumables.
func (d *deal) supplies() []wanted {
	n := 1 + weighted(d.rng, []int{0, 1, 2, 3, 4}, func(i int) int { return []int{28, 30, 22, 13, 7}[i] })
	if d.apart() {
		n = max(n, 2)
	}
	if d.plan.fate == awaiting || d.plan.fate == rejectedBy { // nobody asks about a nozzle
		dear := map[family]wanted{spectra: {"SM-SP-750", 2}, corona: {"TU-CO-90", 1}, aura: {"TU-AU-20", 1}, halo: {"LS-CU-2", 3}}
		return append([]wanted{dear[pick(d.rng, d.customer.families)]}, d.parts(1)...)
	}
	return d.parts(n)
}

// parts are n different parts that fit the customer's machines.
func (d *deal) parts(n int) []wanted {
	r := d.rng
	var some []*stocked
	for _, s := range d.house.shelf {
		if s.class == part && d.fits(s) {
			some = append(some, s)
		}
	}
	var list []wanted
	for len(list) < n {
		// What is cheap wears out, and what fits one family is what this customer needs.
		s := weighted(r, some, func(s *stocked) int {
			w := 10
			if s.cents < 250_00 {
				w = 30
			}
			if s.article.family != every {
				w *= 2
			}
			return w
		})
		if slices.ContainsFunc(list, func(w wanted) bool { return w.sku == s.sku }) {
			continue
		}
		most := 1
		switch {
		case s.cents < 50_00:
			most = 12
		case s.cents < 200_00:
			most = 6
		case s.cents < 800_00:
			most = 2
		}
		list = append(list, wanted{s.sku, between(r, 1, most)})
	}
	return list
}

// share is a part of an amount in hundredths of a percent, rounded half up.
func share(minor, basisPoints int64) int64 { return (minor*basisPoints + 50_00) / 100_00 }

// line snapshots what is sold, and for how much.
func (d *deal) line(position int, s *stocked, quantity int) *ent.OrderLine {
	off := 0
	if d.customer.discount > 0 && s.class != service && chance(d.rng, 70) {
		off = d.customer.discount
	}
	sum := share(s.cents*int64(quantity), int64(100_00-off))
	return &ent.OrderLine{
		VariantID: s.row.ID, Position: position, Sku: s.sku, Name: s.label(), Quantity: quantity, Currency: currency,
		UnitPriceMinor: s.cents, DiscountBasisPoints: off,
		TaxMinor: share(sum, d.customer.tax.basisPoints()), TotalMinor: sum,
	}
}

// sum adds up the order: the lines, each after its discount, less a discount on
// the whole, plus shipping, plus tax. The tax is that of the lines and of what
// the discount and the shipping add to it.
func (d *deal) sum() {
	o, lane, rate := d.order, d.customer.lane, d.customer.tax.basisPoints()
	var tax int64
	for _, l := range d.lines {
		o.LinesMinor += l.TotalMinor
		tax += l.TaxMinor
	}
	switch {
	case d.big() && o.LinesMinor > 25_000_00 && chance(d.rng, 35):
		o.DiscountMinor = share(o.LinesMinor, 2_00) / 100 * 100 // 2 %, whole euros
	case o.LinesMinor > 150_00 && chance(d.rng, 6):
		o.DiscountMinor = 10_00 // a voucher
	}
	switch {
	case d.big():
		o.ShippingMinor = lane.haulage
	case o.LinesMinor-o.DiscountMinor < 1_000_00: // free above
		o.ShippingMinor = lane.postage
	}
	o.TaxMinor = tax - share(o.DiscountMinor, rate) + share(o.ShippingMinor, rate)
	o.TotalMinor = o.LinesMinor - o.DiscountMinor + o.ShippingMinor + o.TaxMinor
}
