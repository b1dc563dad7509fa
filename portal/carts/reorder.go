package carts

import (
	"context"
	"slices"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/ent/productvariant"
	"foyer/portal/access"
	"foyer/portal/configurations"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// Skipped is a line of an order that was not put into a cart.
type Skipped struct {
	Line *ent.OrderLine
	Why  *problem.Refusal
	Kept gid.ID // the copy of what is configured, where there is one
}

// Changed is a line of an order that was put into a cart otherwise than it was ordered.
type Changed struct {
	Line    *ent.OrderLine
	Outcome string // of portal/configurations
	Text    problem.Text
	Kept    gid.ID
}

// Reordered is what became of an order that was put into a cart once more.
type Reordered struct {
	CartID  gid.ID // empty when nothing was put in
	Skipped []Skipped
	Changed []Changed
}

// Reorder puts the lines of an order into a cart, as far as they are still sold. Of
// what is configured a copy by the model of now is kept and put in; where something
// is to be decided in it, it is kept alone. Staff fill the cart of the order's person.
func (s *Service) Reorder(ctx context.Context, orderID gid.ID, cartID *gid.ID) (*Reordered, error) {
	var out *Reordered
	id, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		a, err := s.again(ctx, tx, orderID, cartID)
		if err != nil {
			return "", err
		}
		out, err = s.reorder(ctx, tx, a, cartID)
		if err != nil {
			return "", err
		}
		return out.CartID, nil
	})
	if err == nil && out == nil { // a repeated request, which has put it in before
		out, err = s.reordered(ctx, orderID, cartID)
	}
	if err != nil {
		return nil, err
	}
	out.CartID = id
	return out, nil
}

// again is an order that is put into a cart once more.
type again struct {
	order *ent.Order
	owner access.Owner
	lines []*ent.OrderLine
	wants []want
	heirs map[gid.ID]configurations.Edition // by former version
}

func (s *Service) again(ctx context.Context, tx *ent.Client, orderID gid.ID, cartID *gid.ID) (*again, error) {
	o, err := tx.Order.Query().Where(order.ID(orderID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	a := &again{order: o, owner: whose(ctx)}
	if a.lines, err = tx.OrderLine.Query().Where(orderline.OrderID(o.ID)).Order(orderline.ByPosition()).All(ctx); err != nil {
		return nil, err
	}
	if a.owner.Organization == "" {
		a.owner = access.Owner{Organization: o.OrganizationID, User: o.UserID}
	}
	if cartID != nil {
		c, err := find(ctx, tx, *cartID)
		if err != nil {
			return nil, err
		}
		a.owner = owner(c)
	}
	var former []gid.ID
	for _, l := range a.lines {
		if l.Configuration != nil {
			former = append(former, gid.ID(l.Configuration.VersionID))
		}
	}
	if a.heirs, err = s.made.Heirs(ctx, former); err != nil {
		return nil, err
	}
	a.wants, err = a.offered(ctx, tx)
	return a, err
}

// reorder puts it in.
func (s *Service) reorder(ctx context.Context, tx *ent.Client, a *again, cartID *gid.ID) (*Reordered, error) {
	if !slices.ContainsFunc(a.wants, func(w want) bool { return w.variant != nil }) {
		return a.outcome(make([]*problem.Refusal, len(a.wants)), nil), nil
	}
	act, c, err := s.target(ctx, tx, cartID, nil, a.owner, a.order.Currency)
	if err != nil {
		return nil, err
	}
	// The cart is held: of two who do this at once the second finds the first one's copies.
	copies, err := s.copies(ctx, tx, a, true)
	if err != nil {
		return nil, err
	}
	p, err := s.put(act, tx, c, a.wants)
	if err != nil {
		return nil, err
	}
	out := a.outcome(p.refused, copies)
	if len(p.create)+len(p.update) > 0 {
		out.CartID = c.ID
	}
	return out, nil
}

// reordered says once more what became of the lines of an order: of a request that
// comes again only the cart is known.
func (s *Service) reordered(ctx context.Context, orderID gid.ID, cartID *gid.ID) (*Reordered, error) {
	tx := s.store.Client()
	a, err := s.again(ctx, tx, orderID, cartID)
	if err != nil {
		return nil, err
	}
	copies, err := s.copies(ctx, tx, a, false)
	if err != nil {
		return nil, err
	}
	plain := make([]want, len(a.wants)) // what is configured is in the cart, or ordered, by now
	for i, w := range a.wants {
		if a.lines[i].Configuration == nil {
			plain[i] = w
		}
	}
	p, err := s.foresee(ctx, tx, a.owner, nil, plain)
	if err != nil {
		return nil, err
	}
	for i, w := range a.wants {
		if plain[i].variant == nil && w.variant != nil {
			p.refused[i] = nil
		}
	}
	return a.outcome(p.refused, copies), nil
}

// copies are what becomes of what is configured, by line; the wants get their copies,
// and what is not to be put in has no variant any more.
func (s *Service) copies(ctx context.Context, tx *ent.Client, a *again, keep bool) (map[int]configurations.Again, error) {
	var list []configurations.Former
	var at []int
	for i, l := range a.lines {
		if l.Configuration != nil && a.wants[i].variant != nil {
			list, at = append(list, configurations.Former{Snapshot: l.Configuration, Quantity: l.Quantity, Currency: l.Currency}), append(at, i)
		}
	}
	done, err := s.made.Again(ctx, tx, a.owner, list, a.heirs, keep)
	if err != nil {
		return nil, err
	}
	out := make(map[int]configurations.Again, len(done))
	for n, x := range done {
		i := at[n]
		out[i] = x
		a.wants[i].configuration = x.ID
		if x.Full || x.Outcome == configurations.OutcomeNeedsCustomer {
			a.wants[i].variant = nil
		}
	}
	return out, nil
}

// The words for what is configured and not put in.
var (
	textWithdrawn = problem.Text{
		EN: "It is not configured in this way any more; ask us for it.", DE: "So wird es nicht mehr konfiguriert; bitte fragen Sie uns danach.",
	}
	textKept = problem.Text{EN: " It is kept under configurations as “%s”.", DE: " Es liegt unter Konfigurationen als „%s“."}
	textFull = problem.Text{
		EN: "There are 1,000 configurations already, so that no copy could be kept. Delete some first.",
		DE: "Es gibt schon 1.000 Konfigurationen; eine Kopie konnte nicht gespeichert werden. Bitte löschen Sie zuerst einige.",
	}
)

// outcome says what became of each line.
func (a *again) outcome(refused []*problem.Refusal, copies map[int]configurations.Again) *Reordered {
	out := &Reordered{}
	for i, l := range a.lines {
		x, made := copies[i]
		r := refused[i]
		switch {
		case made && x.Full:
			r = problem.Refuse(TooMany, textFull)
		case made && x.Outcome == configurations.OutcomeNeedsCustomer:
			r = problem.Refuse(NotConfigured, x.Text)
		case a.wants[i].withdrawn:
			r = problem.Refuse(NotConfigured, textWithdrawn)
		case r == nil && a.wants[i].variant == nil:
			r = notOffered
		}
		if r != nil && x.ID != "" {
			t := textKept.Format(x.Name)
			r = problem.Refuse(r.Code, problem.Text{EN: r.Text.EN + t.EN, DE: r.Text.DE + t.DE}, r.Field...)
		}
		switch {
		case r != nil:
			out.Skipped = append(out.Skipped, Skipped{Line: l, Why: r, Kept: x.ID})
		case made && x.Text.EN != "":
			out.Changed = append(out.Changed, Changed{Line: l, Outcome: x.Outcome, Text: x.Text, Kept: x.ID})
		}
	}
	return out
}

// offered is what the lines of an order want, as it is offered today.
func (a *again) offered(ctx context.Context, tx *ent.Client) ([]want, error) {
	var ids []gid.ID
	var skus []string
	for _, l := range a.lines {
		switch {
		case l.VariantID == "":
			skus = append(skus, l.Sku) // imported, from before the catalog was
		default:
			ids = append(ids, l.VariantID)
		}
		if l.Configuration != nil {
			ids = append(ids, a.heirs[gid.ID(l.Configuration.VersionID)].VariantID)
		}
	}
	byID, bySku := map[gid.ID]*ent.ProductVariant{}, map[string]*ent.ProductVariant{}
	keep := func(found []*ent.ProductVariant, err error) error {
		for _, v := range found {
			byID[v.ID], bySku[v.Sku] = v, v
		}
		return err
	}
	for part := range slices.Chunk(ids, lookedUp) {
		if err := keep(offered(ctx, tx, a.owner.Organization, productvariant.IDIn(part...))); err != nil {
			return nil, err
		}
	}
	for part := range slices.Chunk(skus, lookedUp) {
		if err := keep(offered(ctx, tx, a.owner.Organization, productvariant.SkuIn(part...))); err != nil {
			return nil, err
		}
	}
	wants := make([]want, len(a.lines))
	for i, l := range a.lines {
		wants[i] = want{variant: byID[l.VariantID], quantity: l.Quantity, note: l.Note}
		if l.VariantID == "" {
			wants[i].variant = bySku[l.Sku]
		}
		if l.Configuration == nil {
			continue
		}
		heir, there := a.heirs[gid.ID(l.Configuration.VersionID)]
		wants[i].withdrawn = !there && wants[i].variant != nil
		wants[i].variant = byID[heir.VariantID] // the model may be ordered by another one today
	}
	return wants, nil
}
