package carts

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/cart"
	"foyer/ent/membership"
	"foyer/ent/organization"
	"foyer/ent/productvariant"
	"foyer/portal/access"
	"foyer/portal/configurations"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// View is a cart as it would be ordered now.
type View struct {
	Cart        *ent.Cart
	Lines       map[gid.ID]*LineView
	Calculation *Calculation // nil when something has no price
	Offers      []ShippingOffer
	Method      string // key of the way of shipping
	Problems    []Problem
	Need        *Need

	lines          []*ent.CartLine // in their order
	variants       map[gid.ID]*ent.ProductVariant
	made           map[gid.ID]*configurations.Orderable // by configuration
	shipTo, billTo *schema.Address
}

// Placeable says whether the cart can be ordered as it is.
func (v *View) Placeable() bool {
	return v.Cart.Status == cart.StatusOPEN && !slices.ContainsFunc(v.Problems, func(p Problem) bool { return p.Blocking })
}

// LineView is a line as it would be ordered now.
type LineView struct {
	Price    Price
	Was      *money.Money    // the price that was seen, if it has changed
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

// Action is something that one can do with a cart.
type Action string

// The actions that a cart can have.
const (
	ActChange   Action = "CHANGE"
	ActDiscount Action = "DISCOUNT"
	ActPlace    Action = "PLACE"
)

// Available are the actions that the viewer has on a cart now.
func (s *Service) Available(ctx context.Context, c *ent.Cart) []Action {
	list := []Action{}
	if c.Status != cart.StatusOPEN {
		return list
	}
	for _, x := range []struct {
		action string
		name   Action
	}{{doChange, ActChange}, {doDiscount, ActDiscount}, {doPlace, ActPlace}} {
		if access.May(ctx, x.action, owner(c)) {
			list = append(list, x.name)
		}
	}
	return list
}

// looks remembers, for one request, what carts are: many fields ask for it. A
// cart is known by the row that was read, not by its id: after a change it is
// read again, and looked at again.
type looks struct {
	mu   sync.Mutex
	seen map[any]func(context.Context) (*View, error)
}

type looksKey struct{}

// WithLooks lets the fields of one request share what they ask of a cart.
func WithLooks(ctx context.Context) context.Context {
	return context.WithValue(ctx, looksKey{}, &looks{seen: map[any]func(context.Context) (*View, error){}})
}

// Look computes what a cart is now, once for each row that was read.
func (s *Service) Look(ctx context.Context, row any, id gid.ID) (*View, error) {
	l, ok := ctx.Value(looksKey{}).(*looks)
	if !ok {
		return s.look(ctx, id)
	}
	l.mu.Lock()
	get := l.seen[row]
	if get == nil {
		var once sync.Once
		var v *View
		var err error
		get = func(ctx context.Context) (*View, error) {
			once.Do(func() { v, err = s.look(ctx, id) })
			return v, err
		}
		l.seen[row] = get
	}
	l.mu.Unlock()
	return get(ctx)
}

func (s *Service) look(ctx context.Context, id gid.ID) (*View, error) {
	c, err := find(ctx, s.store.Client(), id)
	if err != nil {
		return nil, err
	}
	return s.lookAt(ctx, s.store.Client(), c)
}

// lookAt computes what a cart is now, with a number of statements that does not
// depend on its lines.
func (s *Service) lookAt(ctx context.Context, tx *ent.Client, c *ent.Cart) (*View, error) {
	v := &View{Cart: c, Lines: map[gid.ID]*LineView{}, Method: c.ShippingMethod, variants: map[gid.ID]*ent.ProductVariant{}}
	var err error
	if v.lines, err = linesOf(ctx, tx, c.ID); err != nil {
		return nil, err
	}
	for _, l := range v.lines {
		v.Lines[l.ID] = &LineView{}
	}
	if c.Status != cart.StatusOPEN {
		return v, nil // what it was then, the order says
	}
	if len(v.lines) == 0 {
		v.problem(Empty, "", "There is nothing in the cart.", "Der Warenkorb ist leer.")
	}
	if err := s.addresses(ctx, tx, v); err != nil {
		return nil, err
	}
	if err := s.supplies(ctx, tx, v); err != nil {
		return nil, err
	}
	if err := s.configured(ctx, v); err != nil {
		return nil, err
	}
	if err := s.qualified(ctx, tx, v); err != nil {
		return nil, err
	}
	if err := s.amounts(ctx, v); err != nil {
		return nil, err
	}
	return v, s.needs(ctx, tx, v)
}

// qualified notes the lines for which the customer lacks a certificate.
func (s *Service) qualified(ctx context.Context, tx *ent.Client, v *View) error {
	if s.qualifications == nil {
		return nil
	}
	var products []gid.ID
	for _, x := range v.variants {
		products = append(products, x.ProductID)
	}
	lacking, err := s.qualifications.Lacking(ctx, tx, v.Cart.OrganizationID, products)
	if err != nil {
		return err
	}
	for _, l := range v.lines {
		x := v.variants[l.VariantID]
		if x == nil {
			continue
		}
		if lack, there := lacking[x.ProductID]; there {
			v.note(Problem{Code: NoCertificate, LineID: l.ID, Text: lack.Text, CourseID: lack.CourseID, Blocking: true})
		}
	}
	return nil
}

// problem notes what stands in the way of ordering.
func (v *View) problem(code string, line gid.ID, en, de string) {
	v.note(Problem{Code: code, LineID: line, Text: problem.Text{EN: en, DE: de}, Blocking: true})
}

func (v *View) note(p Problem) {
	v.Problems = append(v.Problems, p)
	if p.LineID != "" {
		l := v.Lines[p.LineID]
		l.Problems = append(l.Problems, p)
	}
}

// addresses are those of the cart, or else the customer's.
func (s *Service) addresses(ctx context.Context, tx *ent.Client, v *View) error {
	o, err := tx.Organization.Query().Where(organization.ID(v.Cart.OrganizationID)).Only(ctx)
	if ent.IsNotFound(err) {
		return problem.ErrNotFound
	}
	if err != nil {
		return err
	}
	if o.Status != organization.StatusACTIVE {
		v.problem(NotServed, "", "The customer cannot order at present.", "Der Kunde kann zurzeit nicht bestellen.")
	}
	v.shipTo, v.billTo = v.Cart.ShipTo, v.Cart.BillTo
	if v.shipTo == nil && len(o.Addresses) > 0 {
		v.shipTo = &o.Addresses[0]
	}
	v.shipTo = cmp.Or(v.shipTo, o.Address)
	v.billTo = cmp.Or(v.billTo, o.Address, v.shipTo)
	if v.shipTo == nil || *v.shipTo == (schema.Address{}) {
		v.problem(NoAddress, "", "Say where it is to be delivered.", "Bitte geben Sie an, wohin geliefert werden soll.")
	}
	return nil
}

// supplies looks for each line whether it is offered, in that quantity, and there.
func (s *Service) supplies(ctx context.Context, tx *ent.Client, v *View) error {
	var ids []gid.ID
	for _, l := range v.lines {
		ids = append(ids, l.VariantID)
	}
	for part := range slices.Chunk(ids, lookedUp) {
		found, err := offered(ctx, tx, v.Cart.OrganizationID, productvariant.IDIn(part...))
		if err != nil {
			return err
		}
		for _, x := range found {
			v.variants[x.ID] = x
		}
	}
	there := map[gid.ID]Availability{}
	if len(ids) > 0 {
		var err error
		if there, err = s.stock.Available(ctx, ids); err != nil {
			return err
		}
	}
	for _, l := range v.lines {
		x := v.variants[l.VariantID]
		if x == nil {
			v.problem(NotOffered, l.ID, "This is no longer offered. Take it out of the cart.",
				"Dieser Artikel wird nicht mehr angeboten. Bitte nehmen Sie ihn aus dem Warenkorb.")
			continue
		}
		if code := misfit(x, l.Quantity); code != "" {
			t := allowed(x)
			v.problem(code, l.ID, t.EN, t.DE)
		}
		a := there[l.VariantID]
		sup := &Supply{Certain: a.Known || a.Untracked, InStock: a.Untracked || a.Available >= l.Quantity}
		if a.Promise != nil && a.Policy == string(productvariant.StockPolicyPREORDER) {
			sup.InStock = false // it is sent on that day, whatever there is
		}
		if !a.Untracked {
			sup.Available = &a.Available
		}
		if !sup.InStock {
			sup.Promise = a.Promise
		}
		v.Lines[l.ID].Supply = sup
		if !sup.InStock && sup.Promise == nil && sup.Certain {
			t := problem.Text{EN: "There are only %d of %d.", DE: "Es sind nur %d von %d verfügbar."}.Format(a.Available, l.Quantity)
			v.problem(ShortStock, l.ID, t.EN, t.DE)
		}
	}
	return nil
}

// basket is what is calculated.
func (v *View) basket(b Buyer, at time.Time) Basket {
	out := Basket{
		Buyer: b, ShipTo: v.shipTo, ShippingMethod: v.Method, At: at,
		DiscountBasisPoints: v.Cart.DiscountBasisPoints, DiscountReason: v.Cart.DiscountReason,
	}
	for _, l := range v.lines {
		if v.variants[l.VariantID] == nil {
			continue // not offered, so without a price
		}
		i := Item{VariantID: l.VariantID, Quantity: l.Quantity, DiscountBasisPoints: l.DiscountBasisPoints}
		if o := v.made[gid.ID(l.ConfigurationID)]; o != nil {
			i.AddedMinor, i.Unpriced = o.AddedMinor, o.Unpriced
		}
		if i.DiscountBasisPoints > 0 {
			i.DiscountReason = v.Cart.DiscountReason
		}
		out.Items = append(out.Items, i)
	}
	return out
}

// amounts prices the lines, finds the ways of shipping and calculates the cart.
func (s *Service) amounts(ctx context.Context, v *View) error {
	b, err := s.buyer(ctx, v.Cart)
	if err != nil {
		return err
	}
	basket := v.basket(b, s.now())
	if len(basket.Items) == 0 {
		return nil
	}
	prices, err := s.prices.Prices(ctx, b, basket.At, basket.Items)
	if err != nil {
		return err
	}
	all, i := true, 0
	for _, l := range v.lines {
		x := v.variants[l.VariantID]
		if x == nil {
			all = false
			continue
		}
		all = v.price(l, x, prices[i]) && all
		i++
	}
	if !all {
		return nil
	}
	if v.Offers, err = s.prices.ShippingOffers(ctx, basket); err != nil {
		return err
	}
	there := slices.ContainsFunc(v.Offers, func(o ShippingOffer) bool { return o.Key == v.Method })
	switch {
	case v.Method != "" && !there:
		v.problem(NoShipping, "", "The chosen way of shipping is not offered any longer.", "Die gewählte Versandart wird nicht mehr angeboten.")
		v.Method = ""
	case v.Method == "" && len(v.Offers) > 0:
		v.Method = slices.MinFunc(v.Offers, func(a, b ShippingOffer) int { return cmp.Compare(a.Price.Minor, b.Price.Minor) }).Key
	}
	basket.ShippingMethod = v.Method
	if v.Calculation, err = s.prices.Calculate(ctx, basket); err != nil {
		return err
	}
	for i, l := range v.lines {
		v.Lines[l.ID].Line, v.Lines[l.ID].Price = &v.Calculation.Lines[i], v.Calculation.Lines[i].Price
	}
	if len(v.Offers) == 0 && v.Calculation.Details.ShippingTable > 0 && v.Cart.ShippingMethod == "" {
		v.problem(NoShipping, "", "Nothing is shipped there, or not as much.", "Dorthin wird nicht versandt, oder nicht in dieser Menge.")
	}
	return nil
}

// price notes the price of a line, and whether it is another than the one seen.
func (v *View) price(l *ent.CartLine, x *ent.ProductVariant, p Price) bool {
	out := v.Lines[l.ID]
	out.Price = p
	switch {
	case !p.Found && x.Currency != v.Cart.Currency:
		v.problem(CurrencyNotSold, l.ID, "It is not sold in "+v.Cart.Currency+".", "Der Artikel wird nicht in "+v.Cart.Currency+" verkauft.")
	case !p.Found:
		v.problem(NoPrice, l.ID, "It has no price; ask us for an offer.", "Der Artikel hat keinen Preis; bitte fragen Sie uns nach einem Angebot.")
	case l.SeenUnitMinor != nil && *l.SeenUnitMinor != p.Unit.Minor:
		was := money.Money{Minor: *l.SeenUnitMinor, Currency: v.Cart.Currency}
		out.Was = &was
		v.note(Problem{Code: PricesChanged, LineID: l.ID, Text: problem.Text{
			EN: "The price was " + was.String() + " and is " + p.Unit.String() + " now.",
			DE: "Der Preis war " + was.String() + " und ist jetzt " + p.Unit.String() + ".",
		}})
	}
	return p.Found
}

// needs asks whether the order would have to be approved.
func (s *Service) needs(ctx context.Context, tx *ent.Client, v *View) error {
	if v.Calculation == nil {
		return nil
	}
	m, err := memberOf(ctx, tx, v.Cart)
	if err != nil || m == "" {
		return err
	}
	v.Need, err = s.approvals.Needed(ctx, tx, Question{
		OrganizationID: v.Cart.OrganizationID, UserID: v.Cart.UserID, MembershipID: m,
		TotalMinor: v.Calculation.TotalMinor, Currency: v.Calculation.Currency,
	})
	return err
}

// memberOf is the membership by which the cart's person acts for the customer.
func memberOf(ctx context.Context, tx *ent.Client, c *ent.Cart) (gid.ID, error) {
	if v := auth.From(ctx); v != nil && v.UserID == string(c.UserID) && v.OrganizationID == string(c.OrganizationID) {
		return gid.ID(v.MembershipID), nil
	}
	id, err := tx.Membership.Query().Where(membership.OrganizationID(c.OrganizationID), membership.UserID(c.UserID),
		membership.StatusEQ(membership.StatusACTIVE)).OnlyID(ctx)
	return id, ent.MaskNotFound(err)
}
