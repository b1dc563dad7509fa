package prices

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/organization"
	"foyer/ent/productvariant"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// AskQuote is what staff ask about a customer: what it would pay for some things.
type AskQuote struct {
	OrganizationID gid.ID // empty: nobody, who has the lists for everybody
	Country        string // empty: where the customer has things delivered
	Region         string
	ShippingMethod string // key of an offer; empty: the cheapest
	Lines          []QuoteItem
}

// QuoteItem is so many of what has a sku.
type QuoteItem struct {
	Sku      string
	Quantity int
}

// Quote is what a basket would cost, and why. Nothing of it is kept.
type Quote struct {
	Calculation *Calculation
	Lines       []*QuoteLine // in the order of the items
	Offers      []ShippingOffer
	Method      string // key of the way of shipping
	Country     string // where it goes
	Region      string
	ShippingTax string // key of the rule by which shipping is taxed
	Segments    []gid.ID
	Tables      schema.OrderCalculation // the numbers of the tables of rules
}

// QuoteLine is one item of a quote.
type QuoteLine struct {
	Sku         string
	Quantity    int
	VariantID   gid.ID       // empty: there is no such sku
	Explanation *Explanation // nil: it is not sold in the customer's currency
	Line        Line
}

// mostQuoted is how many items a quote has.
const mostQuoted = 50

var errQuoted = problem.New(problem.LimitExceeded, "At most 50 items are looked at at once.", "Es werden höchstens 50 Positionen auf einmal betrachtet.")

// Quote says what a customer would pay for some things now, by the lists and the
// rules that hold, with the reasons. The number of statements is fixed.
func (s *Service) Quote(ctx context.Context, ask AskQuote) (*Quote, error) {
	if len(ask.Lines) > mostQuoted {
		return nil, errQuoted
	}
	b, err := s.quoted(ctx, ask)
	if err != nil {
		return nil, err
	}
	q := &Quote{Country: country(b.ShipTo), Region: ask.Region}
	ids, err := s.skus(ctx, ask.Lines)
	if err != nil {
		return nil, err
	}
	for _, l := range ask.Lines {
		q.Lines = append(q.Lines, &QuoteLine{Sku: l.Sku, Quantity: l.Quantity, VariantID: ids[strings.TrimSpace(l.Sku)]})
		b.Items = append(b.Items, Item{VariantID: ids[strings.TrimSpace(l.Sku)], Quantity: l.Quantity})
	}
	c, err := s.calculate(ctx, b)
	if err != nil {
		return nil, err
	}
	if q.Offers, err = c.offers(); err != nil {
		return nil, err
	}
	if c.ShippingMethod == "" && len(q.Offers) > 0 {
		c.ShippingMethod = slices.MinFunc(q.Offers, func(x, y ShippingOffer) int { return cmp.Compare(x.Price.Minor, y.Price.Minor) }).Key
	}
	if err := c.finish(); err != nil {
		return nil, err
	}
	q.Calculation, q.Method, q.Tables = &c.out, c.ShippingMethod, c.out.Details
	if q.Country == "" && c.rules.tax.doc.Tax != nil {
		q.Country = c.rules.tax.doc.Tax.Origin
	}
	if r := taxRule(c.rules.tax.doc.Tax, c.destination(), shippingCategory); r != nil {
		q.ShippingTax = r.Key
	}
	return q, s.reasons(ctx, c, q)
}

// quoted is the basket of a quote, without its items.
func (s *Service) quoted(ctx context.Context, ask AskQuote) (Basket, error) {
	b := Basket{ShippingMethod: ask.ShippingMethod}
	if ask.OrganizationID != "" {
		o, err := s.store.Reader(ctx).Organization.Query().Where(organization.ID(ask.OrganizationID)).Only(ctx)
		if ent.IsNotFound(err) {
			return b, problem.ErrNotFound
		}
		if err != nil {
			return b, err
		}
		b.Buyer = Buyer{OrganizationID: o.ID, Currency: o.Currency, VatID: o.VatID}
		if b.ShipTo = o.Address; len(o.Addresses) > 0 {
			b.ShipTo = &o.Addresses[0]
		}
	}
	if ask.Country != "" {
		b.ShipTo = &schema.Address{Country: ask.Country, Region: ask.Region}
	}
	return b, nil
}

// skus are the ids of variants by their skus.
func (s *Service) skus(ctx context.Context, items []QuoteItem) (map[string]gid.ID, error) {
	all := map[string]gid.ID{}
	wanted := make([]string, len(items))
	for i, x := range items {
		wanted[i] = strings.TrimSpace(x.Sku)
	}
	if len(wanted) == 0 {
		return all, nil
	}
	found, err := s.store.Reader(ctx).ProductVariant.Query().Where(productvariant.SkuIn(wanted...)).
		Select(productvariant.FieldID, productvariant.FieldSku).All(ctx)
	for _, v := range found {
		all[v.Sku] = v.ID
	}
	return all, err
}

// reasons explains the prices of a quote, and finds the customer's segments.
func (s *Service) reasons(ctx context.Context, c *calculation, q *Quote) error {
	b := c.Buyer
	b.Currency = c.out.Currency
	standard := map[gid.ID]money.Money{}
	for id, v := range c.variants {
		if v != nil {
			standard[id] = money.Money{Minor: v.PriceMinor, Currency: v.Currency}
		}
	}
	all, err := s.offers(ctx, b, c.At, standard)
	if err != nil {
		return err
	}
	for i, l := range q.Lines {
		l.Line = c.out.Lines[i]
		if l.Explanation = all[l.VariantID].explain(l.Quantity); l.Explanation != nil {
			l.Explanation.Cause = l.Line.Price.Cause
		}
	}
	if b.OrganizationID == "" {
		return nil
	}
	member, err := s.segmentsOf(auth.WithSystem(ctx, "the segments of a customer, which decide about its prices"), b.OrganizationID)
	for id := range member {
		q.Segments = append(q.Segments, gid.ID(id))
	}
	slices.Sort(q.Segments)
	return err
}
