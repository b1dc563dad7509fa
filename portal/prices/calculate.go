package prices

import (
	"context"
	"time"

	"foyer/ent"
	"foyer/schema"
	"foyer/schema/gid"
)

// Basket is what is calculated.
type Basket struct {
	Buyer               Buyer
	Items               []Item
	ShipTo              *schema.Address
	ShippingMethod      string // key of an offer; empty: none has been chosen
	DiscountBasisPoints int    // by staff, on the order
	DiscountReason      string
	At                  time.Time // now when zero
}

// Line is one item of a calculation. One whose price was not found costs nothing
// and is nothing that could be ordered; see Price.Found.
type Line struct {
	Price               Price
	DiscountBasisPoints int
	TotalMinor          int64 // after the discount on the line, without tax
	TaxMinor            int64
	TaxBasisPoints      int
}

// Calculation is what a basket costs. LinesMinor - DiscountMinor + ShippingMinor +
// TaxMinor is TotalMinor; the lines' totals add up to LinesMinor, and their taxes
// with that of shipping to TaxMinor. Nothing in it is negative.
type Calculation struct {
	Currency      string // empty when nothing in the basket has a price
	Lines         []Line // in the order of the items
	LinesMinor    int64
	DiscountMinor int64 // on the whole order
	ShippingMinor int64
	TaxMinor      int64
	TotalMinor    int64
	Shipping      *ShippingOffer // nil: none was chosen, or what was chosen is not offered
	Details       schema.OrderCalculation
}

// Calculate says what a basket costs, by the lists and the rules that hold at its
// time. The number of statements is fixed.
func (s *Service) Calculate(ctx context.Context, b Basket) (*Calculation, error) {
	c, err := s.calculate(ctx, b)
	if err != nil {
		return nil, err
	}
	if err := c.finish(); err != nil {
		return nil, err
	}
	return &c.out, nil
}

// finish adds shipping and tax to what the goods cost.
func (c *calculation) finish() error {
	if err := c.ship(); err != nil {
		return err
	}
	c.tax()
	c.out.Details.TaxTable = c.rules.tax.number
	c.out.Details.ShippingTable = c.rules.shipping.number
	c.out.Details.DiscountTable = c.rules.discount.number
	c.out.TotalMinor = c.out.LinesMinor - c.out.DiscountMinor + c.out.ShippingMinor + c.out.TaxMinor
	if c.out.TotalMinor > most {
		return ErrTooLarge
	}
	return nil
}

// calculation is one that is being made.
type calculation struct {
	Basket
	rules    rules
	variants map[gid.ID]*ent.ProductVariant
	grams    int64
	out      Calculation
}

// calculate prices a basket up to the discounts; shipping and tax follow from it.
func (s *Service) calculate(ctx context.Context, b Basket) (*calculation, error) {
	if err := checkItems(b.Items); err != nil {
		return nil, err
	}
	if b.DiscountBasisPoints < 0 || b.DiscountBasisPoints > whole {
		return nil, errDiscount
	}
	b.At = s.moment(b.At)
	c := &calculation{Basket: b}
	var err error
	if c.rules, err = s.rules(ctx); err != nil {
		return nil, err
	}
	if c.variants, err = s.variants(ctx, b.Items); err != nil {
		return nil, err
	}
	if b.Buyer.Currency == "" { // one order has one currency: that of the first item
		for _, x := range b.Items {
			if v := c.variants[x.VariantID]; v != nil {
				b.Buyer.Currency = v.Currency
				break
			}
		}
	}
	c.out.Currency = b.Buyer.Currency
	all, err := s.offers(ctx, b.Buyer, b.At, standards(c.variants))
	if err != nil {
		return nil, err
	}
	given := c.rules.discount.doc.Discounts
	around, err := s.circumstances(ctx, given, b.Buyer, c.out.Currency, b.At)
	if err != nil {
		return nil, err
	}
	return c, c.goods(all, around, given)
}

// goods prices the lines, gives discounts on them and on the order, and weighs them.
func (c *calculation) goods(all map[gid.ID]offers, around *circumstances, given []schema.DiscountRule) error {
	c.out.Lines = make([]Line, len(c.Items))
	for i, x := range c.Items {
		l := &c.out.Lines[i]
		if l.Price = all[x.VariantID].price(x.Quantity).configured(x); !l.Price.Found {
			continue
		}
		v := c.variants[x.VariantID]
		full, err := times(l.Price.Unit.Minor, x.Quantity)
		if err != nil {
			return err
		}
		d := around.onLine(given, article{
			product: string(v.ProductID), category: categoryOf(v), quantity: x.Quantity, minor: full,
		}, x.DiscountBasisPoints, x.DiscountReason)
		l.DiscountBasisPoints = d.basisPoints
		l.TotalMinor = percentOf(full, whole-d.basisPoints)
		l.Price.Cause.Discount, l.Price.Cause.DiscountKey, l.Price.Cause.DiscountName = d.basisPoints, d.key, d.name
		if c.out.LinesMinor, err = add(c.out.LinesMinor, l.TotalMinor); err != nil {
			return err
		}
		if err := c.weigh(v, x.Quantity); err != nil {
			return err
		}
	}
	d := around.onOrder(given, c.out.LinesMinor, c.DiscountBasisPoints, c.DiscountReason)
	c.out.DiscountMinor = d.minor
	c.out.Details.DiscountKey, c.out.Details.DiscountName = d.key, d.name
	return nil
}

// weigh adds a line's weight; what is not known to weigh anything does not.
func (c *calculation) weigh(v *ent.ProductVariant, quantity int) error {
	if v.WeightGrams == nil {
		return nil
	}
	grams, err := times(*v.WeightGrams, quantity)
	if err == nil {
		c.grams, err = add(c.grams, grams)
	}
	return err
}

func categoryOf(v *ent.ProductVariant) string {
	if v.Edges.Product == nil {
		return ""
	}
	return string(v.Edges.Product.CategoryID)
}

// taxCategory is by which rates a variant is taxed.
func taxCategory(v *ent.ProductVariant) string {
	if v == nil || v.Edges.Product == nil {
		return ""
	}
	return v.Edges.Product.TaxCategory
}

// offers are the ways in which the basket can be sent.
func (c *calculation) offers() ([]ShippingOffer, error) {
	return shippingOffers(c.rules.shipping.doc.Shipping, parcel{
		country: country(c.ShipTo), currency: c.out.Currency, grams: c.grams, goods: c.out.LinesMinor - c.out.DiscountMinor,
	})
}

// ship adds what was chosen of the ways of shipping.
func (c *calculation) ship() error {
	if c.ShippingMethod == "" {
		return nil
	}
	offered, err := c.offers()
	if err != nil {
		return err
	}
	for _, o := range offered {
		if o.Key == c.ShippingMethod {
			c.out.Shipping, c.out.ShippingMinor, c.out.Details.ShippingName = &o, o.Price.Minor, o.Name
			break
		}
	}
	return nil
}

// destination is where the basket goes.
func (c *calculation) destination() destination {
	return destination{country: country(c.ShipTo), region: region(c.ShipTo), vatID: c.Buyer.VatID, at: c.At}
}

// tax works the tax out, of what remains of each line after its part of the
// discount on the order, and of shipping.
func (c *calculation) tax() {
	n := len(c.out.Lines)
	totals := make([]int64, n)
	for i, l := range c.out.Lines {
		totals[i] = l.TotalMinor
	}
	to := c.destination()
	parts := make([]taxable, n+1) // shipping is the last
	for i, off := range split(c.out.DiscountMinor, totals) {
		if l := &c.out.Lines[i]; l.Price.Found {
			r := taxRule(c.rules.tax.doc.Tax, to, taxCategory(c.variants[c.Items[i].VariantID]))
			parts[i] = taxable{there: true, rule: r, net: totals[i] - off}
			l.label(r)
		}
	}
	if c.out.ShippingMinor > 0 {
		parts[n] = taxable{there: true, rule: taxRule(c.rules.tax.doc.Tax, to, shippingCategory), net: c.out.ShippingMinor}
	}
	for _, g := range taxes(parts) {
		c.out.TaxMinor += g.tax
		for i, t := range split(g.tax, g.nets)[:n] {
			c.out.Lines[i].TaxMinor += t
		}
		c.out.Details.Taxes = append(c.out.Details.Taxes, g.amount())
		c.out.Details.ReverseCharge = c.out.Details.ReverseCharge || g.rule != nil && g.rule.ReverseCharge
	}
}

// label writes down by which rule a line is taxed.
func (l *Line) label(r *schema.TaxRule) {
	if r != nil {
		l.TaxBasisPoints = r.BasisPoints
		l.Price.Cause.TaxKey, l.Price.Cause.TaxName, l.Price.Cause.TaxReverse = r.Key, r.Name, r.ReverseCharge
	}
}
