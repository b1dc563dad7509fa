// Package prices says what things cost: which price list decides for whom, which
// discounts, taxes and ways of shipping follow from the rules, and how it all
// adds up, to the last cent.
//
// Owns: the prices in lists and whom the lists are for, the order in which lists
// decide, tables of rules and what they mean, the calculation of an order and its
// explanation. Does not own: what is sold and who sees it (portal/catalog), what
// becomes of a calculation (portal/carts), who may change prices (schema/access.go).
package prices

import (
	"context"
	"time"

	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// Service says what things cost.
type Service struct {
	store *store.Store
	now   func() time.Time // UTC, to the microsecond that both databases keep
}

// New makes the service.
func New(st *store.Store) *Service {
	return &Service{store: st, now: func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }}
}

// Buyer is who prices are for: an organization, or with the zero value nobody.
type Buyer struct {
	OrganizationID gid.ID
	Currency       string // in which it buys; empty: that of each variant
	VatID          string
}

// Item is so many of a variant, with the discount that staff give on them.
type Item struct {
	VariantID           gid.ID
	Quantity            int
	DiscountBasisPoints int
	DiscountReason      string
}

// Price is what one of a variant costs, before discounts and without tax.
type Price struct {
	Unit  money.Money
	Cause schema.PriceCause
	Found bool // false: it is not sold in the buyer's currency, or cannot be seen
}

// Basket is what is calculated.
type Basket struct {
	Buyer               Buyer
	Items               []Item
	ShipTo              *schema.Address
	ShippingMethod      string // key of an offer; empty: nothing is sent
	DiscountBasisPoints int    // by staff, on the order
	DiscountReason      string
	At                  time.Time // now when zero
}

// Line is one item of a calculation.
type Line struct {
	Price               Price
	DiscountBasisPoints int
	TotalMinor          int64 // after the discount on the line, without tax
	TaxMinor            int64
	TaxBasisPoints      int
}

// Calculation is what a basket costs: LinesMinor - DiscountMinor + ShippingMinor
// + TaxMinor is TotalMinor, and the lines add up to LinesMinor.
type Calculation struct {
	Currency                                                       string
	Lines                                                          []Line // in the order of the items
	LinesMinor, DiscountMinor, ShippingMinor, TaxMinor, TotalMinor int64
	Shipping                                                       *ShippingOffer // nil: none was chosen, or what was chosen is not offered
	Details                                                        schema.OrderCalculation
}

// ShippingOffer is a way of sending a basket.
type ShippingOffer struct {
	Key, Name, Description string
	Price                  money.Money
	Days                   int
	Carrier                string
}

// WithLoaders lets the questions of one answer share their statements.
func WithLoaders(ctx context.Context, _ *Service) context.Context { return ctx }
