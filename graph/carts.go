package graph

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"foyer/ent"
	"foyer/ent/cart"
	"foyer/ent/predicate"
	"foyer/ent/productvariant"
	"foyer/graph/model"
	"foyer/portal/approvals"
	"foyer/portal/carts"
	"foyer/portal/prices"
	"foyer/schema/gid"
	"foyer/schema/money"
)

func cartErrors(ctx context.Context, err error) ([]*model.CartUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.CartUserError {
		return &model.CartUserError{Field: field, Code: model.CartErrorCode(code), Message: message}
	})
}

// cartPayload tells of a change to a cart; its resolver loads the cart again.
func cartPayload(ctx context.Context, id gid.ID, err error) (*model.CartPayload, error) {
	refused, err := cartErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.CartPayload{CartID: id, UserErrors: refused}, nil
}

// rereadCart loads a cart with what the selection asks of it; nothing when there
// is none.
func (r *Resolver) rereadCart(ctx context.Context, id gid.ID, where ...predicate.Cart) (*ent.Cart, error) {
	if id != "" {
		where = append(where, cart.ID(id))
	}
	if len(where) == 0 {
		return nil, nil //nolint:nilnil // a refused mutation has no cart
	}
	q, err := r.Store.Client().Cart.Query().Where(where...).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	return shown(q.Only(ctx))
}

// cartFilter reads which carts are asked for; the open ones when nobody says.
func cartFilter(f *model.CartFilter) (where []predicate.Cart) {
	if f == nil || f.Status == nil {
		where = append(where, cart.StatusEQ(cart.StatusOPEN))
	}
	if f == nil {
		return where
	}
	if f.Status != nil {
		where = append(where, cart.StatusIn(f.Status...))
	}
	if f.OrganizationID != nil {
		where = append(where, cart.OrganizationID(*f.OrganizationID))
	}
	if f.UserID != nil {
		where = append(where, cart.UserID(*f.UserID))
	}
	return where
}

// addition reads the input of addToCart.
func addition(in model.AddToCartInput) carts.Addition {
	out := carts.Addition{CartID: in.CartID, Name: in.Name}
	for _, l := range in.Lines {
		out.Lines = append(out.Lines, carts.AddLine(*l))
	}
	return out
}

// cartChange reads the input of changeCart.
func cartChange(in model.ChangeCartInput) carts.Change {
	out := carts.Change{
		CartID: in.CartID, Version: in.Version, ShipTo: in.ShipTo, BillTo: in.BillTo, PurchaseOrderNumber: in.PurchaseOrderNumber,
		RequestedDate: in.RequestedDate, ClearRequestedDate: yes(in.ClearRequestedDate), Remark: in.Remark,
		ShippingMethod: in.ShippingMethod, Name: in.Name, AcceptPrices: yes(in.AcceptPrices),
	}
	for _, l := range in.Lines {
		out.Lines = append(out.Lines, carts.ChangeLine(*l))
	}
	return out
}

// quickList reads the input of quickOrder.
func quickList(in model.QuickOrderInput) carts.List {
	out := carts.List{Text: in.Text, CartID: in.CartID, DryRun: yes(in.DryRun)}
	if in.File != nil {
		out.File = in.File.File
	}
	return out
}

func yes(b *bool) bool { return b != nil && *b }

// quickOrderPayload tells of a list.
func quickOrderPayload(ctx context.Context, id gid.ID, lines []carts.Outcome, err error) (*model.QuickOrderPayload, error) {
	refused, err := cartErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	p := &model.QuickOrderPayload{CartID: id, UserErrors: refused}
	for _, l := range lines {
		outcome := model.QuickOrderOutcome(l.Code)
		if outcome == model.QuickOrderOutcomeAdded || outcome == model.QuickOrderOutcomeMerged {
			p.Added++
		} else {
			p.Refused++
		}
		p.All = append(p.All, &model.QuickOrderLine{
			Line: l.Line, Sku: l.Sku, Quantity: filled(l.Quantity), Outcome: outcome, Message: l.Text.In(language(ctx)),
		})
	}
	return p, nil
}

// only are the lines of a list with some outcomes; all when none are named.
func only(lines []*model.QuickOrderLine, outcomes []model.QuickOrderOutcome) []*model.QuickOrderLine {
	out := []*model.QuickOrderLine{}
	for _, l := range lines {
		if outcomes == nil || slices.Contains(outcomes, l.Outcome) {
			out = append(out, l)
		}
	}
	return out
}

// reorderPayload tells of lines that were put into a cart once more.
func reorderPayload(ctx context.Context, done *carts.Reordered, err error) (*model.ReorderPayload, error) {
	refused, err := cartErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	p := &model.ReorderPayload{UserErrors: refused, Skipped: []*model.ReorderSkipped{}, Changed: []*model.ReorderChanged{}}
	if done == nil {
		return p, nil
	}
	p.CartID = done.CartID
	for _, x := range done.Skipped {
		p.Skipped = append(p.Skipped, &model.ReorderSkipped{
			Position: x.Line.Position, Sku: x.Line.Sku, Name: x.Line.Name, Quantity: x.Line.Quantity, ConfigurationID: x.Kept,
			Code: model.CartErrorCode(x.Why.Code), Message: x.Why.Text.In(language(ctx)),
		})
	}
	for _, x := range done.Changed {
		p.Changed = append(p.Changed, &model.ReorderChanged{
			Position: x.Line.Position, Sku: x.Line.Sku, Name: x.Line.Name, Quantity: x.Line.Quantity, ConfigurationID: x.Kept,
			Outcome: model.RevalidationOutcome(x.Outcome), Message: x.Text.In(language(ctx)),
		})
	}
	return p, nil
}

// placeOrderPayload tells of an order that was placed, or why it was not.
func placeOrderPayload(ctx context.Context, cartID, id gid.ID, err error) (*model.PlaceOrderPayload, error) {
	refused, rest := cartErrors(ctx, err)
	if rest != nil {
		return nil, rest
	}
	p := &model.PlaceOrderPayload{
		OrderID: id, CartID: cartID, UserErrors: refused,
		Shortages: []*model.StockShortage{}, PriceChanges: []*model.PriceChange{}, Problems: []*model.CartProblem{},
	}
	var why *carts.Refused
	if !errors.As(err, &why) {
		return p, nil
	}
	p.ExistingOrderID, p.NewTotal, p.Problems = why.ExistingOrder, why.NewTotal, cartProblems(ctx, why.Problems)
	for _, x := range why.Shortages {
		short := &model.StockShortage{
			LineID: x.LineID, VariantID: x.VariantID, Sku: x.Sku, Wanted: x.Wanted, Available: x.Available, Alternatives: []*model.StockAlternative{},
		}
		for _, a := range x.Alternatives {
			short.Alternatives = append(short.Alternatives, &model.StockAlternative{
				VariantID: a.VariantID, Reason: model.StockAlternativeReason(a.Reason), Available: a.Available,
			})
		}
		p.Shortages = append(p.Shortages, short)
	}
	for _, x := range why.PriceChanges {
		p.PriceChanges = append(p.PriceChanges, &model.PriceChange{LineID: x.LineID, Sku: x.Sku, OldUnitPrice: x.Old, NewUnitPrice: &x.New})
	}
	return p, nil
}

// cartProblems are problems in the viewer's language.
func cartProblems(ctx context.Context, list []carts.Problem) []*model.CartProblem {
	out := make([]*model.CartProblem, len(list))
	for i, p := range list {
		out[i] = &model.CartProblem{CourseID: p.CourseID, Code: model.CartProblemCode(p.Code), Message: p.Text.In(language(ctx)), IsBlocking: p.Blocking}
		if p.LineID != "" {
			out[i].LineID = &p.LineID
		}
	}
	return out
}

// cartAmounts is what a cart comes to; nothing when something in it has no price.
func cartAmounts(c *carts.Calculation) *model.CartAmounts {
	if c == nil {
		return nil
	}
	amount := func(minor int64) *money.Money { return &money.Money{Minor: minor, Currency: c.Currency} }
	return &model.CartAmounts{
		Lines: amount(c.LinesMinor), Discount: amount(c.DiscountMinor), Shipping: amount(c.ShippingMinor), Tax: amount(c.TaxMinor),
		Total: amount(c.TotalMinor), Taxes: taxAmounts(c.Details.Taxes, c.Currency), ReverseCharge: c.Details.ReverseCharge,
	}
}

// shippingOffers are ways of shipping.
func shippingOffers(list []carts.ShippingOffer) []*prices.ShippingOffer {
	out := make([]*prices.ShippingOffer, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}

// cartApproval says why an order would have to be approved.
func cartApproval(n *carts.Need) *model.CartApproval {
	if n == nil {
		return nil
	}
	out := &model.CartApproval{Reason: model.CartApprovalReason(n.Cause.Kind), ApproverID: n.ApproverID}
	if l, ok := approvals.LimitIn(n.Cause); ok {
		out.Limit, out.Spent = &l.Amount, l.Spent
	}
	return out
}

// supply says whether what is in a line is there to be sent.
func supply(s *carts.Supply) *model.CartLineSupply {
	if s == nil {
		return nil
	}
	return &model.CartLineSupply{IsInStock: s.InStock, Available: s.Available, PromisedFor: s.Promise, IsCertain: s.Certain}
}

// cartLine is what a line of a cart is now; nil when it has just gone.
func (r *Resolver) cartLine(ctx context.Context, l *ent.CartLine) (*carts.LineView, error) {
	row := any(l) // a line that was read by itself
	if l.Edges.Cart != nil {
		row = l.Edges.Cart
	}
	v, err := r.Carts.Look(ctx, row, l.CartID)
	if err != nil {
		return nil, err
	}
	if x := v.Lines[l.ID]; x != nil {
		return x, nil
	}
	return &carts.LineView{}, nil
}

// linePart is an amount of a calculated line; nothing when there is no calculation.
func (r *Resolver) linePart(ctx context.Context, l *ent.CartLine, part func(*carts.CalculatedLine) int64) (*money.Money, error) {
	x, err := r.cartLine(ctx, l)
	if err != nil || x.Line == nil {
		return nil, err
	}
	return &money.Money{Minor: part(x.Line), Currency: x.Price.Unit.Currency}, nil
}

// variant loads a variant with what is selected of it, if the viewer sees it.
func (r *Resolver) variant(ctx context.Context, id gid.ID) (*ent.ProductVariant, error) {
	q, err := r.Store.Client().ProductVariant.Query().Where(productvariant.ID(id)).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	return shown(q.Only(ctx))
}

// linesInOrder are the lines of a cart by their places in it. Each is told its
// cart, so that they are all looked at together.
func linesInOrder(c *ent.Cart, lines []*ent.CartLine) []*ent.CartLine {
	for _, l := range lines {
		if l.Edges.Cart == nil {
			l.Edges.Cart = c
		}
	}
	slices.SortFunc(lines, func(a, b *ent.CartLine) int { return cmp.Or(a.Position-b.Position, cmp.Compare(a.ID, b.ID)) })
	return lines
}
