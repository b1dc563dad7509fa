package carts

import (
	"strconv"

	"foyer/ent"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// The codes of refusals, values of the API's CartErrorCode.
const (
	Invalid           = "INVALID"
	WrongState        = "WRONG_STATE"
	NotOffered        = "NOT_OFFERED"
	Quantity          = "QUANTITY"
	NoPrice           = "NO_PRICE"
	TooMany           = "TOO_MANY"
	NameTaken         = "NAME_TAKEN"
	ShippingMethod    = "SHIPPING_METHOD"
	PricesChanged     = "PRICE_CHANGED"
	InsufficientStock = "INSUFFICIENT_STOCK"
	AlreadyOrdered    = "ALREADY_ORDERED"
	NotPlaceable      = "NOT_PLACEABLE"
	NotServed         = "NOT_SERVED"
	NotConfigured     = "NOT_CONFIGURED"
)

// The codes of problems, values of the API's CartProblemCode, as far as they are
// not codes of refusals, too.
const (
	Empty           = "EMPTY"
	BelowMinimum    = "BELOW_MINIMUM"
	WrongStep       = "WRONG_STEP"
	AboveMaximum    = "ABOVE_MAXIMUM"
	ShortStock      = "SHORT_STOCK"
	CurrencyNotSold = "CURRENCY_NOT_SOLD"
	NoAddress       = "NO_ADDRESS"
	NoCertificate   = "NO_CERTIFICATE"
	NoShipping      = "NO_SHIPPING"
	Configuration   = "CONFIGURATION"
)

// The longest texts, in characters; the columns hold as many.
const (
	longestName   = 60
	longestNote   = 300
	longestReason = 300
	longestRemark = 4000
	longestNumber = 120
	longestSku    = 120
)

// Refused is a refusal of Place with what a client needs to go on.
type Refused struct {
	*problem.Refusal

	Shortages     []Short
	PriceChanges  []PriceChange
	Problems      []Problem
	NewTotal      *money.Money
	ExistingOrder gid.ID
}

// Unwrap lets the refusal be found in the error.
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

// PriceChange is a line whose price has changed since it was seen.
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
	CourseID gid.ID // whose certificate is missing; empty for other problems
	Blocking bool
}

func invalid(en, de string, field ...string) *problem.Refusal {
	return problem.Refuse(Invalid, problem.Text{EN: en, DE: de}, append([]string{"input"}, field...)...)
}

// line is the path of a member of one line of the input.
func line(i int, member ...string) []string {
	return append([]string{"input", "lines", strconv.Itoa(i)}, member...)
}

// at says where in the input a refusal belongs.
func at(r *problem.Refusal, field ...string) *problem.Refusal {
	return problem.Refuse(r.Code, r.Text, field...)
}

// A variant that is not for the viewer, and one that does not exist, are the
// same: nobody learns what is offered to others.
var notOffered = problem.Refuse(NotOffered, problem.Text{
	EN: "There is no such article, or it is not offered to you.",
	DE: "Diesen Artikel gibt es nicht, oder er wird Ihnen nicht angeboten.",
})

var noPrice = problem.Refuse(NoPrice, problem.Text{
	EN: "The article has no price in the currency of the cart.",
	DE: "Der Artikel hat keinen Preis in der Währung des Warenkorbs.",
})

var cartFull = problem.Refuse(TooMany, problem.Text{
	EN: "A cart has at most %d lines.", DE: "Ein Warenkorb hat höchstens %d Positionen.",
}.Format(mostLines))

// mostQuantity is how many of anything can be ordered at once, so that no amount
// of money overflows.
const mostQuantity = 1_000_000

// misfit is the code of the problem with a quantity of a variant; empty when
// there is none.
func misfit(v *ent.ProductVariant, n int) string {
	most := mostQuantity
	if v.MaximumQuantity != nil {
		most = min(most, *v.MaximumQuantity)
	}
	switch {
	case n < v.MinimumQuantity, n < 1:
		return BelowMinimum
	case n > most:
		return AboveMaximum
	case (n-v.MinimumQuantity)%v.QuantityStep != 0:
		return WrongStep
	}
	return ""
}

// allowed says in words in which quantities a variant is sold.
func allowed(v *ent.ProductVariant) problem.Text {
	t := problem.Text{EN: "It is sold from %d", DE: "Verkauft wird ab %d"}.Format(v.MinimumQuantity)
	if v.QuantityStep > 1 {
		t.EN += ", in steps of " + strconv.Itoa(v.QuantityStep)
		t.DE += ", in Schritten von " + strconv.Itoa(v.QuantityStep)
	}
	most := mostQuantity
	if v.MaximumQuantity != nil {
		most = *v.MaximumQuantity
	}
	t.EN += ", up to " + strconv.Itoa(most) + "."
	t.DE += ", bis " + strconv.Itoa(most) + "."
	return t
}

// fits refuses a quantity in which a variant is not sold.
func fits(v *ent.ProductVariant, n int) *problem.Refusal {
	if misfit(v, n) == "" {
		return nil
	}
	return problem.Refuse(Quantity, allowed(v))
}

// clean reads a text of one line of the input.
func clean(value string, longest int, field ...string) (string, error) {
	return problem.Line(value, longest, append([]string{"input"}, field...)...)
}

// address reads an address; nil for one without anything in it.
func address(a schema.Address, field string) (*schema.Address, error) {
	for _, part := range []struct {
		value   *string
		longest int
		name    string
	}{
		{&a.Name, 200, "name"}, {&a.Line1, 200, "line1"}, {&a.Line2, 200, "line2"}, {&a.PostalCode, 20, "postalCode"},
		{&a.City, 100, "city"}, {&a.Region, 100, "region"}, {&a.Country, 100, "country"},
	} {
		var err error
		if *part.value, err = clean(*part.value, part.longest, field, part.name); err != nil {
			return nil, err
		}
	}
	switch {
	case a == schema.Address{}:
		return nil, nil //nolint:nilnil // there is none
	case a.Line1 == "":
		return nil, invalid("Give the street and number.", "Bitte geben Sie Straße und Hausnummer an.", field, "line1")
	case a.City == "":
		return nil, invalid("Give the town.", "Bitte geben Sie den Ort an.", field, "city")
	}
	return &a, nil
}
