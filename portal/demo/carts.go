package demo

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"foyer/ent"
	"foyer/ent/cart"
	"foyer/ent/membership"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/ent/user"
	"foyer/schema/gid"
)

// basket is an open cart of one of the people who can be signed in as.
type basket struct {
	email, name, remark, number string
	quantities                  []int // of some of the things that are sold
	skip                        int   // how many of them are left out at the start
}

var baskets = []basket{
	{email: "tor.eriksen@halden.example", quantities: []int{1, 4}, remark: "Please deliver in the morning; the yard closes at two."},
	{email: "tor.eriksen@halden.example", name: "Workshop in May", quantities: []int{2, 2, 10}, skip: 3, number: "HAL-2051"},
	{email: "amina.yusuf@halden.example", quantities: []int{1}, skip: 7},
}

// carts gives some people something that they have not ordered yet.
func (w *writer) carts(ctx context.Context, tx *ent.Client, now time.Time) {
	var made []*ent.Cart
	var lines []*ent.CartLine
	for _, b := range baskets {
		if w.err != nil {
			return
		}
		m, err := tx.Membership.Query().Where(membership.HasUserWith(user.Email(b.email)), membership.OrganizationIDNotNil()).
			WithOrganization().First(ctx)
		if err != nil {
			w.err = fmt.Errorf("the cart of %s: %w", b.email, err)
			return
		}
		sold, err := tx.ProductVariant.Query().
			Where(productvariant.StatusEQ(productvariant.StatusACTIVE), productvariant.MinimumQuantity(1), productvariant.QuantityStep(1),
				productvariant.HasProductWith(product.StatusEQ(product.StatusACTIVE), product.Restricted(false))).
			Order(productvariant.BySku()).Offset(b.skip).Limit(len(b.quantities)).All(ctx)
		if err != nil || len(sold) == 0 {
			w.err = err
			return
		}
		c := &ent.Cart{
			ID: gid.New(gid.Cart), OrganizationID: m.OrganizationID, UserID: m.UserID, Name: b.name, Remark: b.remark, PurchaseOrderNumber: b.number,
			Currency: cmp.Or(m.Edges.Organization.Currency, sold[0].Currency),
		}
		made = append(made, c)
		for i, v := range sold {
			lines = append(lines, &ent.CartLine{
				ID: gid.New(gid.CartLine), OrganizationID: c.OrganizationID, UserID: c.UserID, CartID: c.ID, VariantID: v.ID, Position: i + 1, Quantity: b.quantities[i],
			})
		}
	}
	rows(ctx, w, ent.TypeCart, "id created_at updated_at organization_id user_id name open_name status currency purchase_order_number remark discount_basis_points version",
		made, func(c *ent.Cart) []any {
			return []any{c.ID, now.Add(-3 * time.Hour), now.Add(-time.Hour), c.OrganizationID, c.UserID, c.Name, c.Name, string(cart.StatusOPEN), c.Currency,
				c.PurchaseOrderNumber, c.Remark, 0, 1}
		})
	rows(ctx, w, ent.TypeCartLine, "id organization_id user_id cart_id variant_id position quantity discount_basis_points added_at",
		lines, func(l *ent.CartLine) []any {
			return []any{l.ID, l.OrganizationID, l.UserID, l.CartID, l.VariantID, l.Position, l.Quantity, 0, now.Add(-2 * time.Hour)}
		})
}
