package carts

import (
	"context"
	"time"

	"foyer/ent"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// Buyer is for whom prices are asked.
type Buyer struct {
	OrganizationID gid.ID
	Currency       string
	VatID          string
}

// Item is what a price is asked of.
type Item struct {
	VariantID           gid.ID
	Quantity            int
	DiscountBasisPoints int
	DiscountReason      string
}

// Price is the price of an item.
type Price struct {
	Unit  money.Money
	Cause schema.PriceCause
	Found bool
}

// Basket is what a calculation is made of.
type Basket struct {
	Buyer               Buyer
	Items               []Item
	ShipTo              *schema.Address
	ShippingMethod      string
	DiscountBasisPoints int
	DiscountReason      string
	At                  time.Time
}

// CalculatedLine is a line of a calculation.
type CalculatedLine struct {
	Price                Price
	DiscountBasisPoints  int
	TotalMinor, TaxMinor int64
	TaxBasisPoints       int
}

// Calculation is what a basket comes to.
type Calculation struct {
	Currency                                                       string
	Lines                                                          []CalculatedLine
	LinesMinor, DiscountMinor, ShippingMinor, TaxMinor, TotalMinor int64
	Shipping                                                       *ShippingOffer
	Details                                                        schema.OrderCalculation
}

// ShippingOffer is one way of shipping.
type ShippingOffer struct {
	Key, Name, Description string
	Price                  money.Money
	Days                   int
	Carrier                string
}

// Prices is what carts ask of prices.
type Prices interface {
	BuyerFor(ctx context.Context, organizationID gid.ID) (Buyer, error)
	Prices(ctx context.Context, b Buyer, at time.Time, items []Item) ([]Price, error)
	Calculate(ctx context.Context, b Basket) (*Calculation, error)
	ShippingOffers(ctx context.Context, b Basket) ([]ShippingOffer, error)
}

// Want is what a line of an order wants of the stock.
type Want struct {
	LineID, VariantID gid.ID
	Quantity          int
}

// Availability is how many of a variant there are.
type Availability struct {
	VariantID gid.ID
	Policy    string
	Available int
	Known     bool
	Promise   *time.Time
	Untracked bool
}

// Shortage is a variant of which there is too little.
type Shortage struct {
	VariantID         gid.ID
	Wanted, Available int
}

// ShortageError is the error of a reservation that cannot be made.
type ShortageError struct{ Shortages []Shortage }

// Error implements error.
func (e *ShortageError) Error() string { return "too little in stock" }

// Reserved is what a reservation has come to.
type Reserved struct {
	Unsure   bool
	Promises map[gid.ID]time.Time
}

// Stock is what carts ask of the stock.
type Stock interface {
	Available(ctx context.Context, variantIDs []gid.ID) (map[gid.ID]Availability, error)
	Reserve(ctx context.Context, order gid.ID, wants []Want, until *time.Time) (Reserved, error)
}

// Question is what is asked of approvals.
type Question struct {
	OrganizationID, UserID, MembershipID gid.ID
	TotalMinor                           int64
	Currency                             string
}

// Need says that, why and by whom an order has to be approved.
type Need struct {
	Cause      schema.ApprovalCause
	ApproverID gid.ID
	ExpiresAt  time.Time
}

// Approvals is what carts ask of approvals.
type Approvals interface {
	Needed(ctx context.Context, tx *ent.Client, q Question) (*Need, error)
	Ask(ctx context.Context, tx *ent.Client, o *ent.Order, need *Need) error
}
