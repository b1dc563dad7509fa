package prices

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/schema/gid"
	"foyer/testkit/dbtest"
)

// BenchmarkCalculate is an order of 50 lines for a customer who has 20 lists.
func BenchmarkCalculate(b *testing.B) {
	for _, db := range []string{"sqlite", "postgres"} {
		b.Run(db, func(b *testing.B) {
			w := newShop(b, dbtest.Open(b, dbtest.URLs[db](b)))
			w.stock()
			ids := w.fill(50)
			for n := range 20 {
				var prices []any
				for i := range ids {
					prices = append(prices, fmt.Sprintf("V-%06d", i), 1, "9.00", fmt.Sprintf("V-%06d", i), 10, "8.00")
				}
				w.list(fmt.Sprintf("l%d", n), "EUR", Assignment{OrganizationID: w.orgs["North"].OrganizationID, Priority: n}, nil, nil, prices...)
			}
			basket := Basket{Buyer: w.orgs["North"], ShipTo: to("DE", ""), ShippingMethod: "parcel"}
			for i, id := range ids {
				basket.Items = append(basket.Items, Item{VariantID: id, Quantity: i + 1})
			}
			for b.Loop() {
				c, err := w.s.Calculate(w.ctx, basket)
				if err != nil || c.TotalMinor == 0 {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPrices prices 100 variants of 100,000, which stand in five lists each.
func BenchmarkPrices(b *testing.B) {
	const variants, lists = 100_000, 5
	for _, db := range []string{"sqlite", "postgres"} {
		b.Run(db, func(b *testing.B) {
			w := newShop(b, dbtest.Open(b, dbtest.URLs[db](b)))
			ids := w.fillFast(variants)
			for n := range lists {
				id := w.list(fmt.Sprintf("l%d", n), "EUR", Assignment{OrganizationID: w.orgs["North"].OrganizationID, Priority: n}, nil, nil)
				require.NoError(b, w.st.Tx(w.ctx, w.many(id, ids)))
			}
			if w.st.Postgres() {
				_, err := w.st.Raw(w.ctx).ExecContext(w.ctx, `ANALYZE`)
				require.NoError(b, err)
			}
			var items []Item
			for i := range 100 {
				items = append(items, Item{VariantID: ids[i*997], Quantity: 5})
			}
			for b.Loop() {
				list, err := w.s.Prices(w.ctx, w.orgs["North"], w.now, items)
				if err != nil || !list[99].Found || !strings.HasPrefix(list[99].Cause.ListName, "List l") {
					b.Fatal(err)
				}
			}
		})
	}
}

// many gives each variant a price in a list.
func (w *shop) many(id gid.ID, variants []gid.ID) func(context.Context, *ent.Client) error {
	return func(ctx context.Context, _ *ent.Client) error {
		wanted := make(map[gid.ID][]Tier, len(variants))
		for _, v := range variants {
			wanted[v] = []Tier{{1, 900}}
		}
		_, err := w.s.replace(ctx, id, wanted)
		return err
	}
}

// fillFast is fill for very many, past the rules.
func (w *shop) fillFast(n int) []gid.ID {
	ids := make([]gid.ID, n)
	for i := range ids {
		ids[i] = gid.New(gid.Variant)
	}
	require.NoError(w.t, w.st.Tx(w.ctx, func(ctx context.Context, _ *ent.Client) error {
		for from := 0; from < n; from += pack {
			var args []any
			for i := from; i < min(from+pack, n); i++ {
				args = append(args, string(ids[i]), w.now, w.now, string(w.products["PUMP"]), fmt.Sprintf("V-%06d", i), "V", 1000, "EUR", "piece", 1, 1, "STOCK", "ACTIVE")
			}
			if _, err := w.st.Raw(ctx).ExecContext(ctx, `INSERT INTO product_variants (id, created_at, updated_at, product_id, sku, name, price_minor, currency,
				unit, minimum_quantity, quantity_step, stock_policy, status) VALUES `+places(len(args)/13, 13), args...); err != nil {
				return err
			}
		}
		return nil
	}))
	return ids
}
