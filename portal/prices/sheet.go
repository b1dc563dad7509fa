package prices

import (
	"context"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent/productvariant"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// SheetQuestion asks what a buyer pays for something that is configured.
type SheetQuestion struct {
	VariantID gid.ID // the thing itself
	Quantity  int
	Skus      []string // what it may be made of
	At        time.Time
}

// Sheet is what a buyer pays, and for whom the lists are. What it is made of counts
// though the buyer may not see it by itself: that it can be had this way is what the
// model of the product says.
type Sheet struct {
	Currency string
	Base     Price
	// Skus are the prices of one; Unpriced are variants without a price for the buyer.
	Skus     map[string]int64
	Unpriced map[string]bool
	Variants map[string]gid.ID
	// Lists are the keys of the price lists by which the buyer buys.
	Lists []string
}

// Sheet says what a buyer pays. Three statements.
func (s *Service) Sheet(ctx context.Context, b Buyer, q SheetQuestion) (*Sheet, error) {
	if err := CheckQuantity(q.Quantity); err != nil {
		return nil, err
	}
	found, err := s.store.Reader(ctx).ProductVariant.Query().
		Where(productvariant.Or(productvariant.ID(q.VariantID), productvariant.SkuIn(q.Skus...))).
		Select(productvariant.FieldID, productvariant.FieldSku, productvariant.FieldPriceMinor, productvariant.FieldCurrency).
		All(auth.WithSystem(ctx, "what something is made of, for its price"))
	if err != nil {
		return nil, err
	}
	out := &Sheet{Currency: b.Currency, Skus: map[string]int64{}, Unpriced: map[string]bool{}, Variants: map[string]gid.ID{}}
	list := make(map[gid.ID]money.Money, len(found))
	for _, v := range found {
		list[v.ID] = standard(v)
		if v.ID == q.VariantID && out.Currency == "" {
			out.Currency = v.Currency
		}
	}
	b.Currency = out.Currency
	at := s.moment(q.At)
	lists, err := s.listsOf(ctx, b, at)
	if err != nil {
		return nil, err
	}
	for _, l := range lists {
		out.Lists = append(out.Lists, l.key)
	}
	slices.Sort(out.Lists)
	all, err := s.offersIn(ctx, b, lists, list)
	if err != nil {
		return nil, err
	}
	out.Base = all[q.VariantID].price(q.Quantity)
	for _, v := range found {
		if !slices.Contains(q.Skus, v.Sku) {
			continue
		}
		out.Variants[v.Sku] = v.ID
		if p := all[v.ID].price(q.Quantity); p.Found {
			out.Skus[v.Sku] = p.Unit.Minor
		} else {
			out.Unpriced[v.Sku] = true
		}
	}
	return out, nil
}
