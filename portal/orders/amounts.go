package orders

import (
	"math/bits"
	"slices"

	"foyer/ent"
	"foyer/schema"
)

// The amounts of an order of which units were cancelled follow from what it was
// when it was placed, and from how many units are left: from the snapshots of its
// lines, which never change, and from schema.PlacedAmounts. So it does not matter
// in how many steps units were cancelled, and no rounding adds up. All of it is
// arithmetic of whole numbers; nothing in it is negative.

// Amounts are what an order comes to, in minor units.
type Amounts struct{ Lines, Discount, Shipping, Tax, Total int64 }

func amountsOf(o *ent.Order) Amounts {
	return Amounts{Lines: o.LinesMinor, Discount: o.DiscountMinor, Shipping: o.ShippingMinor, Tax: o.TaxMinor, Total: o.TotalMinor}
}

// share is amount * part / whole, rounded half up.
func share(amount, part, whole int64) int64 {
	if amount <= 0 || part <= 0 || whole <= 0 {
		return 0
	}
	if part >= whole {
		return amount
	}
	hi, lo := bits.Mul64(uint64(amount), uint64(part)) //nolint:gosec // above zero
	lo, carry := bits.Add64(lo, uint64(whole)/2, 0)    //nolint:gosec // above zero
	quotient, _ := bits.Div64(hi+carry, lo, uint64(whole))
	return int64(quotient) //nolint:gosec // at most amount
}

// LineTotal is what a line comes to after its discount, without tax and without
// the units that were cancelled.
func LineTotal(l *ent.OrderLine) int64 { return lineTotal(l, wanted(l)) }

func lineTotal(l *ent.OrderLine, units int) int64 {
	if l.DiscountBasisPoints == 0 && l.TotalMinor == l.UnitPriceMinor*int64(l.Quantity) {
		return l.UnitPriceMinor * int64(units)
	}
	return share(l.TotalMinor, int64(units), int64(l.Quantity))
}

// LineTax is the tax on a line without the units that were cancelled: its part of
// what was charged when it was placed.
func LineTax(l *ent.OrderLine) int64 { return lineTax(l, wanted(l)) }

func lineTax(l *ent.OrderLine, units int) int64 {
	return share(l.TaxMinor, lineTotal(l, units), l.TotalMinor)
}

// recalculate says what an order comes to with so many units of each line, and
// what its calculation is then.
func recalculate(o *ent.Order, lines []*ent.OrderLine, units []int) (Amounts, schema.OrderCalculation) {
	c := o.Calculation
	if c.Placed == nil {
		c.Placed = &schema.PlacedAmounts{DiscountMinor: o.DiscountMinor, TaxMinor: o.TaxMinor, Taxes: slices.Clone(c.Taxes)}
	}
	then, now := make([]int64, len(lines)), make([]int64, len(lines))
	var was, is int64
	for i, l := range lines {
		then[i], now[i] = l.TotalMinor, lineTotal(l, units[i])
		was += then[i]
		is += now[i]
	}
	a := Amounts{Lines: is, Discount: share(c.Placed.DiscountMinor, is, was), Shipping: o.ShippingMinor}
	if len(c.Placed.Taxes) > 0 {
		a.Tax, c.Taxes = retax(c.Placed.Taxes, lines, nets(c.Placed.DiscountMinor, then), nets(a.Discount, now))
	} else {
		a.Tax = rescale(c.Placed.TaxMinor, lines, units, was-c.Placed.DiscountMinor+a.Shipping, is-a.Discount+a.Shipping)
	}
	a.Total = a.Lines - a.Discount + a.Shipping + a.Tax
	return a, c
}

// nets are what is left of lines after their parts of a discount on the order.
// The parts add up to it: each is rounded down, and what remains goes to those
// that lost most by that, the first ones first.
func nets(discount int64, totals []int64) []int64 {
	var sum int64
	for _, t := range totals {
		sum += t
	}
	left := slices.Clone(totals)
	if discount <= 0 || sum <= 0 {
		return left
	}
	order, losses, rest := make([]int, len(totals)), make([]uint64, len(totals)), min(discount, sum)
	for i, t := range totals {
		order[i] = i
		hi, lo := bits.Mul64(uint64(min(discount, sum)), uint64(t)) //nolint:gosec // not negative
		quotient, loss := bits.Div64(hi, lo, uint64(sum))           //nolint:gosec // above zero
		left[i] -= int64(quotient)                                  //nolint:gosec // at most t
		losses[i] = loss
		rest -= int64(quotient) //nolint:gosec // at most t
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case losses[a] > losses[b]:
			return -1
		case losses[a] < losses[b]:
			return 1
		}
		return 0
	})
	for _, i := range order[:rest] {
		left[i]--
	}
	return left
}

// retax works the tax out anew for each rule by which lines are taxed: on what is
// left of them, and on what else was taxed by it, which is shipping. It is rounded
// once for each rule, as when the order was placed (EN 16931, BR-CO-17).
func retax(placed []schema.TaxAmount, lines []*ent.OrderLine, then, now []int64) (tax int64, taxes []schema.TaxAmount) {
	for _, t := range placed {
		for i, l := range lines {
			if l.PriceExplanation.TaxKey == t.Key {
				t.NetMinor += now[i] - then[i]
			}
		}
		t.TaxMinor = share(max(t.NetMinor, 0), int64(t.BasisPoints), 10_000)
		tax += t.TaxMinor
		taxes = append(taxes, t)
	}
	return tax, taxes
}

// rescale is the tax of an order of which nobody wrote down by which rules it is
// taxed: that of its lines goes with what is left of them, the rest, which is that
// of shipping, stays. Without a tax on any line it goes with the whole order.
func rescale(tax int64, lines []*ent.OrderLine, units []int, was, is int64) int64 {
	var then, now int64
	for i, l := range lines {
		then += l.TaxMinor
		now += lineTax(l, units[i])
	}
	if then == 0 || then > tax {
		return share(tax, is, was)
	}
	return tax - then + now
}
