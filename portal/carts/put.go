package carts

import (
	"context"
	"slices"

	"foyer/ent"
	"foyer/ent/cart"
	"foyer/ent/productvariant"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// mostLines is how many lines a cart has at most.
const mostLines = 1000

// want is something to put into a cart.
type want struct {
	variant  *ent.ProductVariant // nil when it is not offered
	quantity int
	note     string
	// configuration is how it is configured; empty for what is not. withdrawn says that
	// what was configured once is not configured any more.
	configuration gid.ID
	withdrawn     bool
}

// plan is what is to be written to put things into a cart.
type plan struct {
	refused []*problem.Refusal // by want; nil when it is put in
	create  []*planned
	update  []*planned
}

// planned is a line as it will be.
type planned struct {
	line     *ent.CartLine // nil for a new one
	variant  *ent.ProductVariant
	quantity int
	note     string
	price    int64
	wants    []int

	configuration gid.ID
}

// kind is what adds up in a cart: a variant, as it is configured.
type kind struct{ variant, configuration gid.ID }

// prepare says what becomes of each of some wants in a cart with some lines:
// what is in it already adds up, and so do several wants of one variant.
func (s *Service) prepare(ctx context.Context, b Buyer, lines []*ent.CartLine, wants []want) (*plan, error) {
	p := &plan{refused: make([]*problem.Refusal, len(wants))}
	there := map[kind]*ent.CartLine{}
	for _, l := range lines {
		there[kind{l.VariantID, gid.ID(l.ConfigurationID)}] = l
	}
	byVariant, order := map[kind]*planned{}, []*planned{}
	for i, w := range wants {
		switch {
		case w.variant == nil:
			p.refused[i] = notOffered
			continue
		case w.quantity < 1 || w.quantity > mostQuantity:
			p.refused[i] = problem.Refuse(Quantity, allowed(w.variant))
			continue
		}
		k := kind{w.variant.ID, w.configuration}
		x := byVariant[k]
		if x == nil {
			x = &planned{variant: w.variant, configuration: w.configuration, line: there[k]}
			if x.line != nil {
				x.quantity, x.note = x.line.Quantity, x.line.Note
			}
			byVariant[k] = x
			order = append(order, x)
		}
		x.quantity = min(x.quantity+w.quantity, 2*mostQuantity)
		x.wants = append(x.wants, i)
		if w.note != "" {
			x.note = w.note
		}
	}
	refuse := func(x *planned, why *problem.Refusal) {
		for _, i := range x.wants {
			p.refused[i] = why
		}
	}
	n := len(lines)
	order = slices.DeleteFunc(order, func(x *planned) bool {
		why := fits(x.variant, x.quantity)
		if why == nil && x.line == nil {
			if n++; n > mostLines {
				why = cartFull
			}
		}
		if why != nil {
			refuse(x, why)
		}
		return why != nil
	})
	items, order, err := s.items(ctx, b, order, refuse)
	if err != nil {
		return nil, err
	}
	if len(items) == 0 {
		return p, nil
	}
	prices, err := s.prices.Prices(ctx, b, s.now(), items)
	if err != nil {
		return nil, err
	}
	for i, x := range order {
		switch {
		case !prices[i].Found:
			refuse(x, noPrice)
		case x.line != nil:
			x.price = prices[i].Unit.Minor
			p.update = append(p.update, x)
		default:
			x.price = prices[i].Unit.Minor
			p.create = append(p.create, x)
		}
	}
	return p, nil
}

// created is how many lines are made by one statement.
const created = 500

// apply writes a plan; the cart is held, and the context carries out an action
// on it.
func (s *Service) apply(ctx context.Context, tx *ent.Client, c *ent.Cart, lines []*ent.CartLine, p *plan) error {
	if len(p.create)+len(p.update) == 0 {
		return nil
	}
	last := 0
	for _, l := range lines {
		last = max(last, l.Position)
	}
	ids := make([]gid.ID, len(p.create))
	for i, x := range p.create {
		ids[i] = x.variant.ID
	}
	if err := access.Foresee(ctx, tx, ent.TypeProductVariant, ids); err != nil {
		return err
	}
	creates := make([]*ent.CartLineCreate, len(p.create))
	for i, x := range p.create {
		last++
		creates[i] = tx.CartLine.Create().SetOrganizationID(c.OrganizationID).SetUserID(c.UserID).SetCartID(c.ID).SetVariantID(x.variant.ID).
			SetConfigurationID(string(x.configuration)).SetPosition(last).SetQuantity(x.quantity).SetNote(x.note).SetSeenUnitMinor(x.price).SetAddedAt(s.now())
	}
	for part := range slices.Chunk(creates, created) {
		if _, err := tx.CartLine.CreateBulk(part...).Save(ctx); err != nil {
			return err
		}
	}
	for _, x := range p.update {
		if err := tx.CartLine.UpdateOneID(x.line.ID).SetQuantity(x.quantity).SetNote(x.note).SetSeenUnitMinor(x.price).Exec(ctx); err != nil {
			return err
		}
	}
	return tx.Cart.UpdateOneID(c.ID).Where(cart.Version(c.Version)).AddVersion(1).Exec(ctx)
}

// buyer is for whom a cart's prices are, in the currency that the cart has.
func (s *Service) buyer(ctx context.Context, c *ent.Cart) (Buyer, error) {
	b, err := s.prices.BuyerFor(ctx, c.OrganizationID)
	b.Currency = c.Currency
	return b, err
}

// put puts things into a held cart.
func (s *Service) put(ctx context.Context, tx *ent.Client, c *ent.Cart, wants []want) (*plan, error) {
	b, err := s.buyer(ctx, c)
	if err != nil {
		return nil, err
	}
	lines, err := linesOf(ctx, tx, c.ID)
	if err != nil {
		return nil, err
	}
	p, err := s.prepare(ctx, b, lines, wants)
	if err != nil {
		return nil, err
	}
	return p, s.apply(ctx, tx, c, lines, p)
}

// Addition is the input of Add.
type Addition struct {
	CartID *gid.ID
	Name   *string
	Lines  []AddLine
}

// AddLine is one thing to put into a cart.
type AddLine struct {
	VariantID       *gid.ID
	Sku             *string
	ConfigurationID *gid.ID // has the variant
	Quantity        int
	Note            *string
}

// mostAdded is how many lines are put into a cart by one Add.
const mostAdded = 100

// Add puts things into a cart and returns its id. Either all of it, or nothing.
func (s *Service) Add(ctx context.Context, in Addition) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		if len(in.Lines) == 0 || len(in.Lines) > mostAdded {
			return "", invalid("Give 1 to 100 lines.", "Bitte geben Sie 1 bis 100 Positionen an.", "lines")
		}
		o, _, err := s.filled(ctx, tx, in.CartID)
		if err != nil {
			return "", err
		}
		wants, err := wanted(ctx, tx, o, in.Lines)
		if err != nil {
			return "", err
		}
		ctx, c, err := s.target(ctx, tx, in.CartID, in.Name, o, currencyOf(wants))
		if err != nil {
			return "", err
		}
		b, err := s.buyer(ctx, c)
		if err != nil {
			return "", err
		}
		lines, err := linesOf(ctx, tx, c.ID)
		if err != nil {
			return "", err
		}
		p, err := s.prepare(ctx, b, lines, wants)
		if err != nil {
			return "", err
		}
		for i, r := range p.refused {
			if r != nil {
				return "", at(r, where(i, r)...)
			}
		}
		return c.ID, s.apply(ctx, tx, c, lines, p)
	})
}

// target finds the cart that something is to be put into, by its id, by its name,
// or the usual one of somebody, and begins to change it.
func (s *Service) target(ctx context.Context, tx *ent.Client, id *gid.ID, name *string, o access.Owner, currency string) (context.Context, *ent.Cart, error) {
	if id != nil && name != nil {
		return nil, nil, invalid("Give the cart's id or its name, and not both.", "Bitte geben Sie die Kennung oder den Namen an, nicht beides.", "name")
	}
	if id != nil {
		return hold(ctx, tx, doChange, *id)
	}
	called := ""
	if name != nil {
		var err error
		if called, err = clean(*name, longestName, "name"); err != nil {
			return nil, nil, err
		}
	}
	c, err := s.open(ctx, tx, o, called, currency)
	if err != nil {
		return nil, nil, err
	}
	ctx, err = access.Act(ctx, doChange, owner(c))
	return ctx, c, err
}

// wanted finds what is to be put into a cart.
func wanted(ctx context.Context, tx *ent.Client, o access.Owner, lines []AddLine) ([]want, error) {
	var made []gid.ID
	for _, l := range lines {
		if l.ConfigurationID != nil {
			made = append(made, *l.ConfigurationID)
		}
	}
	variants, err := variantsOf(ctx, tx, o, made)
	if err != nil {
		return nil, err
	}
	var ids []gid.ID
	var skus []string
	wants, lines := make([]want, len(lines)), slices.Clone(lines)
	for i, l := range lines {
		switch {
		case l.ConfigurationID != nil && (l.VariantID != nil || l.Sku != nil):
			return nil, at(invalid("A configuration has its variant. Give it alone.", "Eine Konfiguration hat ihre Variante. Bitte geben Sie nur sie an."), line(i)...)
		case l.ConfigurationID != nil:
			wants[i].configuration = *l.ConfigurationID
			id, there := variants[*l.ConfigurationID]
			if !there {
				return nil, notOffered
			}
			ids = append(ids, id)
			lines[i].VariantID = &id
		case (l.VariantID == nil) == (l.Sku == nil):
			return nil, at(invalid("Give the variant or its sku.", "Bitte geben Sie die Variante oder ihre Artikelnummer an."), line(i)...)
		case l.VariantID != nil:
			ids = append(ids, *l.VariantID)
		default:
			skus = append(skus, *l.Sku)
		}
		wants[i].quantity = l.Quantity
		if l.Note != nil {
			var err error
			if wants[i].note, err = clean(*l.Note, longestNote, line(i, "note")[1:]...); err != nil {
				return nil, err
			}
		}
	}
	found, err := offered(ctx, tx, o.Organization, productvariant.Or(productvariant.IDIn(ids...), productvariant.SkuIn(skus...)))
	if err != nil {
		return nil, err
	}
	for i, l := range lines {
		for _, v := range found {
			if l.VariantID != nil && v.ID == *l.VariantID || l.Sku != nil && v.Sku == *l.Sku {
				wants[i].variant = v
			}
		}
	}
	return wants, nil
}

// where is the path of what is wrong with a line of the input.
func where(i int, r *problem.Refusal) []string {
	if r.Code == Quantity {
		return line(i, "quantity")
	}
	return line(i)
}

// currencyOf is the currency of the first of some wants: that of a new cart for
// them, where none is agreed.
func currencyOf(wants []want) string {
	for _, w := range wants {
		if w.variant != nil {
			return w.variant.Currency
		}
	}
	return ""
}
