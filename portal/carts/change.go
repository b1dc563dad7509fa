package carts

import (
	"context"
	"slices"
	"strconv"
	"time"

	"foyer/ent"
	"foyer/ent/cart"
	"foyer/ent/membership"
	"foyer/ent/productvariant"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// NewCart is the input of Create.
type NewCart struct {
	Name           *string
	OrganizationID *gid.ID // the viewer's own when nil
	UserID         *gid.ID // the viewer when nil
}

// Create makes a cart and returns its id. Staff make one for a person of a
// customer.
func (s *Service) Create(ctx context.Context, in NewCart) (gid.ID, error) {
	id, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		o := whose(ctx)
		if in.OrganizationID != nil {
			o.Organization = *in.OrganizationID
		}
		if in.UserID != nil {
			o.User = *in.UserID
		}
		if err := belongs(ctx, tx, o, in); err != nil {
			return "", err
		}
		if _, err := access.Act(ctx, doCreate, o); err != nil {
			return "", err
		}
		name := ""
		if in.Name != nil {
			var err error
			if name, err = clean(*in.Name, longestName, "name"); err != nil {
				return "", err
			}
		}
		if _, err := tx.User.Query().Where(user.ID(o.User)).Where(store.Held).OnlyID(ctx); err != nil {
			return "", err
		}
		if err := free(ctx, tx, o, name); err != nil {
			return "", err
		}
		c, err := s.make(ctx, tx, o, name, "")
		if err != nil {
			return "", err
		}
		return c.ID, nil
	})
	return id, taken(err)
}

// belongs checks that a person acts for an organization, as far as the viewer
// sees it; otherwise there is no such person there.
func belongs(ctx context.Context, tx *ent.Client, o access.Owner, in NewCart) error {
	if o.Organization == "" {
		return invalid("Say for which customer the cart is.", "Bitte geben Sie an, für welchen Kunden der Warenkorb ist.", "organizationId")
	}
	there, err := tx.Membership.Query().
		Where(membership.OrganizationID(o.Organization), membership.UserID(o.User), membership.StatusEQ(membership.StatusACTIVE)).Exist(ctx)
	if err == nil && !there {
		if in.UserID == nil && in.OrganizationID != nil {
			return invalid("Say for whom of the customer the cart is.", "Bitte geben Sie an, für wen beim Kunden der Warenkorb ist.", "userId")
		}
		err = problem.ErrNotFound
	}
	return err
}

// free refuses a name that another open cart has.
func free(ctx context.Context, tx *ent.Client, o access.Owner, name string) error {
	there, err := tx.Cart.Query().Where(cart.OrganizationID(o.Organization), cart.UserID(o.User), cart.OpenName(name)).Exist(ctx)
	if err == nil && there {
		return refuseTaken()
	}
	return err
}

func refuseTaken() error {
	return problem.Refuse(NameTaken, problem.Text{
		EN: "There is an open cart of that name.", DE: "Einen offenen Warenkorb mit diesem Namen gibt es schon.",
	}, "input", "name")
}

// taken says what it means that there is such a cart, should somebody have been
// faster.
func taken(err error) error {
	if store.Duplicate(err) {
		return refuseTaken()
	}
	return err
}

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

// ChangeLine is a line to change; 0 takes it out.
type ChangeLine struct {
	LineID   gid.ID
	Quantity *int
	Note     *string
}

// farthest is how many years ahead something can be wished for.
const farthest = 5

// Change changes a cart and returns its id.
func (s *Service) Change(ctx context.Context, in Change) (gid.ID, error) {
	id, err := s.change(ctx, doChange, in.CartID, in.Version, func(ctx context.Context, tx *ent.Client, c *ent.Cart) error {
		if err := s.changeLines(ctx, tx, c, in); err != nil {
			return err
		}
		u := tx.Cart.UpdateOneID(c.ID).Where(cart.Version(c.Version)).AddVersion(1)
		if err := s.describe(ctx, tx, c, in, u); err != nil {
			return err
		}
		if err := u.Exec(ctx); err != nil {
			return err
		}
		if in.ShippingMethod != nil && *in.ShippingMethod != "" || in.AcceptPrices {
			return s.settle(ctx, tx, c.ID, in)
		}
		return nil
	})
	return id, taken(err)
}

// change carries out an action on an open cart in the version that was seen.
func (s *Service) change(
	ctx context.Context, action string, id gid.ID, version int, fn func(ctx context.Context, tx *ent.Client, c *ent.Cart) error,
) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		ctx, c, err := hold(ctx, tx, action, id)
		if err != nil {
			return "", err
		}
		if c.Version != version {
			return "", problem.ErrStale
		}
		return c.ID, fn(ctx, tx, c)
	})
}

// describe changes what is said of a cart.
func (s *Service) describe(ctx context.Context, tx *ent.Client, c *ent.Cart, in Change, u *ent.CartUpdateOne) error {
	for _, x := range []struct {
		value   *string
		longest int
		read    func(value string, longest int, field ...string) (string, error)
		field   string
		set     func(string) *ent.CartUpdateOne
	}{
		{in.PurchaseOrderNumber, longestNumber, problem.Line, "purchaseOrderNumber", u.SetPurchaseOrderNumber},
		{in.Remark, longestRemark, problem.Prose, "remark", u.SetRemark},
		{in.ShippingMethod, longestName, problem.Line, "shippingMethod", u.SetShippingMethod},
	} {
		if x.value == nil {
			continue
		}
		text, err := x.read(*x.value, x.longest, "input", x.field)
		if err != nil {
			return err
		}
		x.set(text)
	}
	for _, x := range []struct {
		value *schema.Address
		field string
		set   func(*schema.Address) *ent.CartUpdateOne
		clear func() *ent.CartUpdateOne
	}{{in.ShipTo, "shipTo", u.SetShipTo, u.ClearShipTo}, {in.BillTo, "billTo", u.SetBillTo, u.ClearBillTo}} {
		if x.value == nil {
			continue
		}
		a, err := address(*x.value, x.field)
		if err != nil {
			return err
		}
		if a == nil {
			x.clear()
		} else {
			x.set(a)
		}
	}
	switch {
	case in.ClearRequestedDate:
		u.ClearRequestedDate()
	case in.RequestedDate != nil:
		day := dayOf(*in.RequestedDate)
		if day.Before(dayOf(s.now())) || day.After(s.now().AddDate(farthest, 0, 0)) {
			return invalid("The day has passed, or lies more than five years ahead.",
				"Der Tag ist vorbei oder liegt mehr als fünf Jahre in der Zukunft.", "requestedDate")
		}
		u.SetRequestedDate(day)
	}
	if in.Name == nil {
		return nil
	}
	name, err := clean(*in.Name, longestName, "name")
	if err != nil || name == c.Name {
		return err
	}
	u.SetName(name).SetOpenName(name)
	return free(ctx, tx, owner(c), name)
}

// dayOf is the first moment of a time's day, in UTC.
func dayOf(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// changeLines changes quantities and notes.
func (s *Service) changeLines(ctx context.Context, tx *ent.Client, c *ent.Cart, in Change) error {
	if len(in.Lines) == 0 {
		return nil
	}
	lines, err := linesOf(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	known := map[gid.ID]*ent.CartLine{}
	for _, l := range lines {
		known[l.ID] = l
	}
	var ids []gid.ID
	for i, x := range in.Lines {
		l := known[x.LineID]
		if l == nil {
			return problem.ErrNotFound
		}
		if slices.ContainsFunc(in.Lines[:i], func(y ChangeLine) bool { return y.LineID == x.LineID }) {
			return at(invalid("The line is named twice.", "Die Position ist doppelt genannt."), line(i, "lineId")...)
		}
		ids = append(ids, l.VariantID)
	}
	found, err := offered(ctx, tx, c.OrganizationID, productvariant.IDIn(ids...))
	if err != nil {
		return err
	}
	variants := map[gid.ID]*ent.ProductVariant{}
	for _, v := range found {
		variants[v.ID] = v
	}
	prices, err := s.seen(ctx, c, in.Lines, known, variants)
	if err != nil {
		return err
	}
	for i, x := range in.Lines {
		l := known[x.LineID]
		if x.Quantity != nil && *x.Quantity == 0 {
			if err := tx.CartLine.DeleteOneID(l.ID).Exec(ctx); err != nil {
				return err
			}
			continue
		}
		u := tx.CartLine.UpdateOneID(l.ID)
		if x.Quantity != nil {
			v := variants[l.VariantID]
			if v == nil {
				return at(notOffered, line(i)...)
			}
			if r := fits(v, *x.Quantity); r != nil {
				return at(r, line(i, "quantity")...)
			}
			u.SetQuantity(*x.Quantity)
			if p, ok := prices[l.ID]; ok {
				u.SetSeenUnitMinor(p)
			}
		}
		if x.Note != nil {
			note, err := clean(*x.Note, longestNote, "lines", strconv.Itoa(i), "note")
			if err != nil {
				return err
			}
			u.SetNote(note)
		}
		if x.Quantity != nil || x.Note != nil {
			if err := u.Exec(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// seen are the prices of lines in their new quantities, which the person sees
// next.
func (s *Service) seen(
	ctx context.Context, c *ent.Cart, lines []ChangeLine, known map[gid.ID]*ent.CartLine, variants map[gid.ID]*ent.ProductVariant,
) (map[gid.ID]int64, error) {
	b, err := s.buyer(ctx, c)
	if err != nil {
		return nil, err
	}
	pieces := map[gid.ID]int{}
	for _, x := range lines {
		if l := known[x.LineID]; l.ConfigurationID != "" && x.Quantity != nil && *x.Quantity > 0 {
			pieces[gid.ID(l.ConfigurationID)] = *x.Quantity
		}
	}
	made, err := s.made.Orderables(ctx, b, pieces)
	if err != nil {
		return nil, err
	}
	var items []Item
	var ids []gid.ID
	for _, x := range lines {
		if l := known[x.LineID]; x.Quantity != nil && *x.Quantity > 0 && variants[l.VariantID] != nil {
			i := Item{VariantID: l.VariantID, Quantity: *x.Quantity}
			if o := made[gid.ID(l.ConfigurationID)]; o != nil {
				i.AddedMinor, i.Unpriced = o.AddedMinor, o.Unpriced
			}
			items, ids = append(items, i), append(ids, l.ID)
		}
	}
	if len(items) == 0 {
		return nil, nil
	}
	prices, err := s.prices.Prices(ctx, b, s.now(), items)
	if err != nil {
		return nil, err
	}
	out := map[gid.ID]int64{}
	for i, p := range prices {
		if p.Found {
			out[ids[i]] = p.Unit.Minor
		}
	}
	return out, nil
}

// settle looks at the cart as it has become: whether the way of shipping is
// offered, and which prices are accepted.
func (s *Service) settle(ctx context.Context, tx *ent.Client, id gid.ID, in Change) error {
	c, err := find(ctx, tx, id)
	if err != nil {
		return err
	}
	v, err := s.lookAt(ctx, tx, c)
	if err != nil {
		return err
	}
	if in.ShippingMethod != nil && *in.ShippingMethod != "" &&
		!slices.ContainsFunc(v.Offers, func(o ShippingOffer) bool { return o.Key == c.ShippingMethod }) {
		return problem.Refuse(ShippingMethod, problem.Text{
			EN: "That way of shipping is not offered for this cart.", DE: "Diese Versandart wird für diesen Warenkorb nicht angeboten.",
		}, "input", "shippingMethod")
	}
	if !in.AcceptPrices {
		return nil
	}
	for _, l := range v.lines {
		x := v.Lines[l.ID]
		if x.Price.Found && (l.SeenUnitMinor == nil || *l.SeenUnitMinor != x.Price.Unit.Minor) {
			if err := tx.CartLine.UpdateOneID(l.ID).SetSeenUnitMinor(x.Price.Unit.Minor).Exec(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// Discard throws a cart away.
func (s *Service) Discard(ctx context.Context, id gid.ID, version int) (gid.ID, error) {
	return s.change(ctx, doChange, id, version, func(ctx context.Context, tx *ent.Client, c *ent.Cart) error {
		return tx.Cart.UpdateOneID(c.ID).Where(cart.Version(c.Version)).AddVersion(1).SetStatus(cart.StatusDISCARDED).ClearOpenName().Exec(ctx)
	})
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
func (s *Service) Discount(ctx context.Context, in Discount) (gid.ID, error) {
	return s.change(ctx, doDiscount, in.CartID, in.Version, func(ctx context.Context, tx *ent.Client, c *ent.Cart) error {
		if in.BasisPoints < 0 || in.BasisPoints > 10_000 {
			return invalid("A discount is between 0 and 10000 hundredths of a percent.",
				"Ein Rabatt liegt zwischen 0 und 10000 Hundertstel Prozent.", "basisPoints")
		}
		u := tx.Cart.UpdateOneID(c.ID).Where(cart.Version(c.Version)).AddVersion(1)
		reason := ""
		if in.Reason != nil {
			var err error
			if reason, err = clean(*in.Reason, longestReason, "reason"); err != nil {
				return err
			}
		}
		if reason == "" && in.BasisPoints > 0 {
			return invalid("Say why; the customer reads it.", "Bitte nennen Sie den Grund; der Kunde liest ihn.", "reason")
		}
		if reason != "" {
			u.SetDiscountReason(reason)
		}
		if in.LineIDs == nil {
			return u.SetDiscountBasisPoints(in.BasisPoints).Exec(ctx)
		}
		lines, err := linesOf(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		for _, id := range in.LineIDs {
			if !slices.ContainsFunc(lines, func(l *ent.CartLine) bool { return l.ID == id }) {
				return problem.ErrNotFound
			}
			if err := tx.CartLine.UpdateOneID(id).SetDiscountBasisPoints(in.BasisPoints).Exec(ctx); err != nil {
				return err
			}
		}
		return u.Exec(ctx)
	})
}
