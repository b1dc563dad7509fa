package prices

import (
	"context"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// SheetQuestion asks what a buyer pays for something that is configured.
type SheetQuestion struct {
	VariantID gid.ID   // the thing itself
	Skus      []string // what it may be made of
	At        time.Time
}

// Sheet is what a buyer pays, in any quantity, and for whom the lists are. What it is
// made of counts though the buyer may not see it by itself: that it can be had this way
// is what the model of the product says.
type Sheet struct {
	Currency string
	// Variants are what it may be made of, by sku, with what the stock promises of them.
	Variants map[string]*ent.ProductVariant
	// Lists are the keys of the price lists by which the buyer buys.
	Lists []string

	of  gid.ID
	all map[gid.ID]offers
}

// Sheet says what a buyer pays. Three statements, however much it is made of. Nothing
// of it is kept: a price that has changed counts at once.
func (s *Service) Sheet(ctx context.Context, b Buyer, q SheetQuestion) (*Sheet, error) {
	found, err := s.store.Reader(ctx).ProductVariant.Query().
		Where(productvariant.Or(productvariant.ID(q.VariantID), productvariant.SkuIn(q.Skus...))).
		Select(productvariant.FieldID, productvariant.FieldSku, productvariant.FieldPriceMinor, productvariant.FieldCurrency,
			productvariant.FieldStockPolicy, productvariant.FieldLeadDays, productvariant.FieldAvailableFrom).
		All(auth.WithSystem(ctx, "what something is made of, for its price"))
	if err != nil {
		return nil, err
	}
	out := &Sheet{Currency: b.Currency, Variants: map[string]*ent.ProductVariant{}, of: q.VariantID}
	list := make(map[gid.ID]money.Money, len(found))
	for _, v := range found {
		list[v.ID] = standard(v)
		if v.ID == q.VariantID && out.Currency == "" {
			out.Currency = v.Currency
		}
		if slices.Contains(q.Skus, v.Sku) {
			out.Variants[v.Sku] = v
		}
	}
	b.Currency = out.Currency
	lists, err := s.listsOf(ctx, b, s.moment(q.At))
	if err != nil {
		return nil, err
	}
	for _, l := range lists {
		out.Lists = append(out.Lists, l.key)
	}
	slices.Sort(out.Lists)
	out.all, err = s.offersIn(ctx, b, lists, list)
	return out, err
}

// Base is the price of one of the thing itself, in some quantity.
func (s *Sheet) Base(quantity int) Price { return s.all[s.of].price(quantity) }

// Skus are the prices of one of what it may be made of, by sku, in some quantity, and
// the variants without a price for the buyer.
func (s *Sheet) Skus(quantity int) (prices map[string]int64, unpriced map[string]bool) {
	prices, unpriced = make(map[string]int64, len(s.Variants)), map[string]bool{}
	for sku, v := range s.Variants {
		if p := s.all[v.ID].price(quantity); p.Found {
			prices[sku] = p.Unit.Minor
		} else {
			unpriced[sku] = true
		}
	}
	return prices, unpriced
}
