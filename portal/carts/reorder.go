package carts

import (
	"context"
	"slices"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/ent/productvariant"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// Skipped is a line of an order that was not put into a cart.
type Skipped struct {
	Line *ent.OrderLine
	Why  *problem.Refusal
}

// Reorder puts the lines of an order into a cart, as far as they are still sold,
// and returns the cart's id, none when nothing was put in. Staff fill the cart of
// the order's person.
func (s *Service) Reorder(ctx context.Context, orderID gid.ID, cartID *gid.ID) (id gid.ID, skipped []Skipped, err error) {
	id, err = s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		skipped = nil
		o, err := tx.Order.Query().Where(order.ID(orderID)).Only(ctx)
		if ent.IsNotFound(err) {
			return "", problem.ErrNotFound
		}
		if err != nil {
			return "", err
		}
		lines, err := tx.OrderLine.Query().Where(orderline.OrderID(o.ID)).Order(orderline.ByPosition()).All(ctx)
		if err != nil {
			return "", err
		}
		me := whose(ctx)
		if me.Organization == "" {
			me = access.Owner{Organization: o.OrganizationID, User: o.UserID}
		}
		if cartID != nil {
			c, err := find(ctx, tx, *cartID)
			if err != nil {
				return "", err
			}
			me = owner(c)
		}
		wants, err := again(ctx, tx, me.Organization, lines)
		if err != nil {
			return "", err
		}
		ctx, c, err := s.target(ctx, tx, cartID, nil, me, o.Currency)
		if err != nil {
			return "", err
		}
		p, err := s.put(ctx, tx, c, wants)
		if err != nil {
			return "", err
		}
		for i, r := range p.refused {
			if r != nil {
				skipped = append(skipped, Skipped{Line: lines[i], Why: r})
			}
		}
		return c.ID, nil
	})
	return id, skipped, err
}

// again is what the lines of an order want, as it is offered today.
func again(ctx context.Context, tx *ent.Client, organization gid.ID, lines []*ent.OrderLine) ([]want, error) {
	var ids []gid.ID
	var skus []string
	for _, l := range lines {
		if l.VariantID != "" {
			ids = append(ids, l.VariantID)
		} else {
			skus = append(skus, l.Sku) // imported, from before the catalog was
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
		if err := keep(offered(ctx, tx, organization, productvariant.IDIn(part...))); err != nil {
			return nil, err
		}
	}
	for part := range slices.Chunk(skus, lookedUp) {
		if err := keep(offered(ctx, tx, organization, productvariant.SkuIn(part...))); err != nil {
			return nil, err
		}
	}
	wants := make([]want, len(lines))
	for i, l := range lines {
		wants[i] = want{variant: byID[l.VariantID], quantity: l.Quantity, note: l.Note}
		if l.VariantID == "" {
			wants[i].variant = bySku[l.Sku]
		}
	}
	return wants, nil
}
