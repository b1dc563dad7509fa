package carts

import (
	"context"
	"time"

	"foyer/ent"
	"foyer/portal/access"
	"foyer/portal/approvals"
	"foyer/portal/configurations"
	"foyer/portal/prices"
	"foyer/portal/stock"
	"foyer/portal/training"
	"foyer/schema/gid"
)

//nolint:revive // names of prices, stock and approvals, which say there what they mean
type (
	Buyer          = prices.Buyer
	Item           = prices.Item
	Price          = prices.Price
	Basket         = prices.Basket
	CalculatedLine = prices.Line
	Calculation    = prices.Calculation
	ShippingOffer  = prices.ShippingOffer

	Want          = stock.Want
	Availability  = stock.Availability
	Shortage      = stock.Shortage
	ShortageError = stock.ShortageError
	Reserved      = stock.Reserved

	Question = approvals.Question
	Need     = approvals.Need
)

// Prices is what carts ask of prices.
type Prices interface {
	BuyerFor(ctx context.Context, organizationID gid.ID) (Buyer, error)
	Prices(ctx context.Context, b Buyer, at time.Time, items []Item) ([]Price, error)
	Calculate(ctx context.Context, b Basket) (*Calculation, error)
	ShippingOffers(ctx context.Context, b Basket) ([]ShippingOffer, error)
}

// Stock is what carts ask of the stock.
type Stock interface {
	Available(ctx context.Context, variantIDs []gid.ID) (map[gid.ID]Availability, error)
	Reserve(ctx context.Context, order gid.ID, wants []Want, until *time.Time) (Reserved, error)
}

// Configurations is what carts ask of configurations.
type Configurations interface {
	Configurable(ctx context.Context, variants []gid.ID) (map[gid.ID]bool, error)
	Orderables(ctx context.Context, b Buyer, pieces map[gid.ID]int) (map[gid.ID]*configurations.Orderable, error)
	Ordered(ctx context.Context, tx *ent.Client, ids []gid.ID, order gid.ID) error
	Heirs(ctx context.Context, versions []gid.ID) (map[gid.ID]configurations.Edition, error)
	Again(ctx context.Context, tx *ent.Client, o access.Owner, list []configurations.Former, heirs map[gid.ID]configurations.Edition, keep bool) ([]configurations.Again, error)
}

// Approvals is what carts ask of approvals.
type Approvals interface {
	Needed(ctx context.Context, tx *ent.Client, q Question) (*Need, error)
	Ask(ctx context.Context, tx *ent.Client, o *ent.Order, need *Need) error
}

// Qualifications is what carts ask of training: which products a customer may not order
// since nobody of theirs holds what they ask for, and why, in words.
type Qualifications interface {
	Lacking(ctx context.Context, tx *ent.Client, organization gid.ID, products []gid.ID) (map[gid.ID]training.Lack, error)
}
