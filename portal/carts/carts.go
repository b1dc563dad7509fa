// Package carts is how customers order: what they put into a cart, what of it
// can be ordered at what price, and how it becomes an order.
//
// Owns: carts and their lines, quantity rules, lists of skus, placing an order
// with everything that is looked at once more. Does not own: prices, taxes and
// shipping (portal/prices), how many there are (portal/stock), who has to approve
// (portal/approvals), what happens to an order afterwards (portal/orders).
package carts

import (
	"cmp"
	"context"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/cart"
	"foyer/ent/cartline"
	"foyer/ent/predicate"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/orders"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// The actions of the access matrix that this package carries out.
const (
	doCreate   = "cart.create"
	doChange   = "cart.change"
	doDiscount = "cart.discount"
	doPlace    = "order.place"
)

// Options are what the service needs beside the store.
type Options struct {
	Orders    *orders.Service
	Prices    Prices
	Stock     Stock
	Approvals Approvals
	// Configurations are those of what is made to order.
	Configurations Configurations
	// Qualifications say who may order what; everybody everything when nil.
	Qualifications Qualifications
}

// Service does what the portal does with carts.
type Service struct {
	store          *store.Store
	orders         *orders.Service
	prices         Prices
	stock          Stock
	approvals      Approvals
	made           Configurations
	qualifications Qualifications
	now            func() time.Time // UTC, to the microsecond that both databases keep
}

// New makes the service.
func New(st *store.Store, o Options) *Service {
	return &Service{
		store: st, orders: o.Orders, prices: o.Prices, stock: o.Stock, approvals: o.Approvals, made: o.Configurations, qualifications: o.Qualifications,
		now: func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) },
	}
}

// find loads a cart as the viewer sees it; what they do not see is not found.
func find(ctx context.Context, c *ent.Client, id gid.ID, how ...func(*sql.Selector)) (*ent.Cart, error) {
	q := c.Cart.Query().Where(cart.ID(id))
	for _, h := range how {
		q.Where(h)
	}
	found, err := q.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return found, err
}

// owner is what decides about a cart.
func owner(c *ent.Cart) access.Owner {
	return access.Owner{Organization: c.OrganizationID, User: c.UserID, Subject: c.ID}
}

// hold begins an action on an open cart: nobody else changes it until the
// transaction ends.
func hold(ctx context.Context, tx *ent.Client, action string, id gid.ID) (context.Context, *ent.Cart, error) {
	c, err := find(ctx, tx, id, store.Held)
	if err != nil {
		return nil, nil, err
	}
	ctx, err = access.Act(ctx, action, owner(c))
	if err == nil {
		err = isOpen(c)
	}
	return ctx, c, err
}

// isOpen refuses a cart that is no longer open.
func isOpen(c *ent.Cart) error {
	switch c.Status {
	case cart.StatusORDERED:
		return &Refused{Refusal: problem.Refuse(AlreadyOrdered, problem.Text{
			EN: "The cart has become an order already.", DE: "Der Warenkorb ist bereits bestellt.",
		}, "input", "cartId"), ExistingOrder: c.OrderID}
	case cart.StatusDISCARDED:
		return problem.Refuse(WrongState, problem.Text{
			EN: "The cart was thrown away.", DE: "Der Warenkorb wurde verworfen.",
		}, "input", "cartId")
	case cart.StatusOPEN:
	}
	return nil
}

// linesOf are the lines of some carts, in their order.
func linesOf(ctx context.Context, c *ent.Client, ids ...gid.ID) ([]*ent.CartLine, error) {
	return c.CartLine.Query().Where(cartline.CartIDIn(ids...)).Order(cartline.ByPosition(), cartline.ByID()).All(ctx)
}

// as lets something be read as a customer sees it, whoever is asking: staff, who
// see drafts and what is for others, order for a customer only what that customer
// could.
func as(ctx context.Context, organization gid.ID) context.Context {
	v := auth.Viewer{Kind: auth.KindMember, OrganizationID: string(organization), Language: "en"}
	return auth.WithViewer(ctx, v.WithGrants(schema.Grants["ORG_MEMBER"]))
}

// lookedUp is how many variants are looked up by one statement.
const lookedUp = 1000

// offered are those variants that are offered to an organization.
func offered(ctx context.Context, c *ent.Client, organization gid.ID, where ...predicate.ProductVariant) ([]*ent.ProductVariant, error) {
	return c.ProductVariant.Query().Where(where...).
		Where(productvariant.StatusEQ(productvariant.StatusACTIVE), productvariant.HasProductWith(product.StatusEQ(product.StatusACTIVE))).
		All(as(ctx, organization))
}

// whose is for whom a viewer orders by themselves: their organization and they.
func whose(ctx context.Context) access.Owner {
	v := auth.From(ctx)
	if v == nil {
		return access.Owner{}
	}
	return access.Owner{Organization: gid.ID(v.OrganizationID), User: gid.ID(v.UserID)}
}

// open finds the open cart of a name, or makes it, in a currency where none is
// agreed. One at a time for each person, so that no two make the same.
func (s *Service) open(ctx context.Context, tx *ent.Client, o access.Owner, name, currency string) (*ent.Cart, error) {
	if o.Organization == "" || o.User == "" {
		return nil, invalid("Say whose cart it is.", "Bitte geben Sie an, wessen Warenkorb es ist.", "cartId")
	}
	named := func() (*ent.Cart, error) {
		return tx.Cart.Query().Where(cart.OrganizationID(o.Organization), cart.UserID(o.User), cart.OpenName(name)).Where(store.Held).Only(ctx)
	}
	if c, err := named(); !ent.IsNotFound(err) {
		return c, err
	}
	if _, err := tx.User.Query().Where(user.ID(o.User)).Where(store.Held).OnlyID(ctx); err != nil {
		return nil, err
	}
	if c, err := named(); !ent.IsNotFound(err) {
		return c, err
	}
	return s.make(ctx, tx, o, name, currency)
}

// mostCarts is how many open carts a person has for an organization at most.
const mostCarts = 20

// make makes a cart; the person's row is held.
func (s *Service) make(ctx context.Context, tx *ent.Client, o access.Owner, name, currency string) (*ent.Cart, error) {
	ctx, err := access.Act(ctx, doCreate, o)
	if err != nil {
		return nil, err
	}
	n, err := tx.Cart.Query().Where(cart.OrganizationID(o.Organization), cart.UserID(o.User), cart.StatusEQ(cart.StatusOPEN)).Count(ctx)
	if err != nil {
		return nil, err
	}
	if n >= mostCarts {
		return nil, problem.Refuse(TooMany, problem.Text{
			EN: "There are %d open carts already; order or throw away one first.",
			DE: "Es gibt bereits %d offene Warenkörbe; bitte bestellen oder verwerfen Sie zuerst einen.",
		}.Format(mostCarts), "input")
	}
	buyer, err := s.prices.BuyerFor(ctx, o.Organization)
	if err != nil {
		return nil, err
	}
	if buyer.Currency != "" {
		currency = buyer.Currency
	}
	if currency == "" {
		if currency, err = usual(ctx, tx, o.Organization); err != nil {
			return nil, err
		}
	}
	return tx.Cart.Create().SetOrganizationID(o.Organization).SetUserID(o.User).SetName(name).SetOpenName(name).
		SetCurrency(currency).Save(ctx)
}

// usual is the currency in which most is sold to a customer with whom none is
// agreed.
func usual(ctx context.Context, tx *ent.Client, organization gid.ID) (string, error) {
	type sold struct {
		Currency string `json:"currency"`
		Count    int    `json:"count"`
	}
	var rows []sold
	err := tx.ProductVariant.Query().Where(productvariant.StatusEQ(productvariant.StatusACTIVE)).
		GroupBy(productvariant.FieldCurrency).Aggregate(ent.Count()).Scan(as(ctx, organization), &rows)
	if err != nil || len(rows) == 0 {
		return "EUR", err // there is nothing to buy
	}
	return slices.MaxFunc(rows, func(a, b sold) int {
		return cmp.Or(a.Count-b.Count, cmp.Compare(b.Currency, a.Currency))
	}).Currency, nil
}
