package carts

import (
	"context"
	"io"

	"foyer/ent"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
	"time"
)

var errNotYet = problem.Refuse("INVALID", problem.Text{EN: "Not yet.", DE: "Noch nicht."})

// NewCart is the input of Create.
type NewCart struct {
	Name           *string
	OrganizationID *gid.ID // the viewer's own when nil
	UserID         *gid.ID // the viewer when nil
}

// Create makes a cart and returns its id.
func (s *Service) Create(ctx context.Context, in NewCart) (gid.ID, error) { return "", errNotYet }

// Addition is the input of Add.
type Addition struct {
	CartID *gid.ID
	Name   *string
	Lines  []AddLine
}

// AddLine is one thing to put into a cart.
type AddLine struct {
	VariantID *gid.ID
	Sku       *string
	Quantity  int
	Note      *string
}

// Add puts things into a cart and returns its id.
func (s *Service) Add(ctx context.Context, in Addition) (gid.ID, error) { return "", errNotYet }

// Change is the input of Change; what is nil stays as it is.
type Change struct {
	CartID              gid.ID
	Version             int
	Lines               []ChangeLine
	ShipTo, BillTo      *schema.Address
	PurchaseOrderNumber *string
	RequestedDate       *time.Time
	ClearRequestedDate  bool
	Remark              *string
	ShippingMethod      *string
	Name                *string
	AcceptPrices        bool
}

// ChangeLine is a line to change.
type ChangeLine struct {
	LineID   gid.ID
	Quantity *int
	Note     *string
}

// Change changes a cart and returns its id.
func (s *Service) Change(ctx context.Context, in Change) (gid.ID, error) { return "", errNotYet }

// Discard throws a cart away.
func (s *Service) Discard(ctx context.Context, id gid.ID, version int) (gid.ID, error) {
	return "", errNotYet
}

// Discount is the input of Discount.
type Discount struct {
	CartID      gid.ID
	Version     int
	BasisPoints int
	Reason      *string
	LineIDs     []gid.ID // nil for the whole
}

// Discount gives a discount on a cart or on some of its lines.
func (s *Service) Discount(ctx context.Context, in Discount) (gid.ID, error) { return "", errNotYet }

// Skipped is a line of an order that was not put into a cart.
type Skipped struct {
	Line *ent.OrderLine
	Why  *problem.Refusal
}

// Reorder puts the lines of an order into a cart.
func (s *Service) Reorder(ctx context.Context, order gid.ID, cart *gid.ID) (gid.ID, []Skipped, error) {
	return "", nil, errNotYet
}

// List is the input of Quick.
type List struct {
	Text   *string
	File   io.Reader
	CartID *gid.ID
	DryRun bool
}

// Outcome is what became of one line of a list.
type Outcome struct {
	Line     int
	Sku      string
	Quantity string
	Code     string
	Text     problem.Text
}

// Quick puts a list of skus into a cart.
func (s *Service) Quick(ctx context.Context, in List) (gid.ID, []Outcome, error) {
	return "", nil, errNotYet
}

// Placement is the input of Place.
type Placement struct {
	CartID             gid.ID
	Version            int
	ExpectedTotal      *money.Decimal
	ExpectedCurrency   *string
	AcceptPriceChanges bool
}

// Place orders what is in a cart and returns the order's id.
func (s *Service) Place(ctx context.Context, in Placement) (gid.ID, error) { return "", errNotYet }

// Refused is a refusal of Place with what a client needs to go on.
type Refused struct {
	*problem.Refusal

	Shortages     []Short
	PriceChanges  []PriceChange
	Problems      []Problem
	NewTotal      *money.Money
	ExistingOrder gid.ID
}

// Unwrap implements the interface of errors.As.
func (r *Refused) Unwrap() error { return r.Refusal }

// Short is a line of which there is too little.
type Short struct {
	LineID, VariantID gid.ID
	Sku               string
	Wanted, Available int
	Alternatives      []Alternative
}

// Alternative is what could be taken in the place of something else.
type Alternative struct {
	VariantID gid.ID
	Reason    string
	Available *int // nil when it is not counted
}

// PriceChange is a line whose price has changed.
type PriceChange struct {
	LineID gid.ID
	Sku    string
	Old    *money.Money
	New    money.Money
}

// Problem is something that stands in the way of an order, or has changed.
type Problem struct {
	Code     string
	LineID   gid.ID // empty for the cart as a whole
	Text     problem.Text
	Blocking bool
}

// View is a cart as it would be ordered now.
type View struct {
	Cart        *ent.Cart
	Lines       map[gid.ID]*LineView
	Calculation *Calculation // nil when something has no price
	Offers      []ShippingOffer
	Method      string
	Problems    []Problem
	Need        *Need
}

// Placeable says whether the cart can be ordered as it is.
func (v *View) Placeable() bool { return false }

// LineView is a line as it would be ordered now.
type LineView struct {
	Price    Price
	Was      *money.Money
	Line     *CalculatedLine // nil when the cart has no calculation
	Supply   *Supply         // nil when it is not offered
	Problems []Problem
}

// Supply says whether what is in a line is there to be sent.
type Supply struct {
	InStock   bool
	Available *int // nil when it is not counted
	Promise   *time.Time
	Certain   bool
}

// Look computes what a cart is now.
func (s *Service) Look(ctx context.Context, id gid.ID) (*View, error) { return nil, errNotYet }

// Action is something that one can do with a cart.
type Action string

// Available are the actions that the viewer has on a cart now.
func (s *Service) Available(ctx context.Context, c *ent.Cart) []Action { return nil }
