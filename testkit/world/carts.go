package world

import (
	"github.com/stretchr/testify/require"

	"foyer/ent/productvariant"
)

// CartsOf are the people of the world with a cart that has something in it.
var CartsOf = []string{OrderOfMember, OrderOfBuyer, OrderOfColleague, OrderOfSub, OrderOfSouth}

func init() { seeds = append(seeds, seeder.carts) }

// carts gives some people a cart with two of the one thing that is offered.
func (s seeder) carts() {
	variant, err := s.tx.ProductVariant.Query().Where(productvariant.Sku("SP-1")).Only(s.ctx)
	require.NoError(s.t, err)
	for _, name := range CartsOf {
		o := s.w.Orders[name]
		c, err := s.tx.Cart.Create().SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetOpenName("").SetCurrency("EUR").
			SetRemark("remark of " + name).Save(s.ctx)
		require.NoError(s.t, err)
		require.NoError(s.t, s.tx.CartLine.Create().SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetCartID(c.ID).
			SetVariantID(variant.ID).SetPosition(1).SetQuantity(2).SetSeenUnitMinor(1000).Exec(s.ctx))
	}
}
