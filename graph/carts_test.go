package graph_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/organization"
	"foyer/ent/productvariant"
	"foyer/portal/stock"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

func init() {
	maps.Copy(edges, map[string][2]string{
		"Cart.organization": {"fk", "organization_id"}, "Cart.user": {"fk", "user_id"}, "Cart.order": {"fk", "order_id"},
		"Cart.lines": {"cart_id", ""}, "CartLine.cart": {"fk", "cart_id"}, "CartLine.variant": {"fk", "variant_id"},
	})
	maps.Copy(attempts, map[string]attempt{
		"createCart": {"cart.create", "", func(_ *testkit.Foyer, _ gid.ID, _ int) map[string]any {
			return map[string]any{"name": string(gid.New("x"))}
		}},
		"addToCart": {"cart.change", "Cart", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"cartId": id, "lines": []any{map[string]any{"sku": "SP-1", "quantity": 1}}}
		}},
		"changeCart": {"cart.change", "Cart", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"cartId": id, "version": v, "remark": "please ring"}
		}},
		"discountCart": {"cart.discount", "Cart", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"cartId": id, "version": v, "basisPoints": 500, "reason": "a good customer"}
		}},
		"discardCart": {"cart.change", "Cart", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"cartId": id, "version": v}
		}},
		"reorder": {"cart.change", "Cart", func(f *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"orderId": f.World.Orders[world.OrderOfMember].ID, "cartId": id}
		}},
		"quickOrder": {"cart.change", "Cart", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"cartId": id, "text": "SP-1 2"}
		}},
		"placeOrder": {"order.place", "Cart", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"cartId": id, "version": v}
		}},
	})
}

// shop is a world where something is sold: A-1 in packs of five, and B-1 and B-2
// of one product.
type shop struct {
	*testkit.Foyer
	t     *testing.T
	ctx   context.Context // of the system
	place gid.ID
	ids   map[string]gid.ID // variants by sku
}

func shops(t *testing.T, run func(s *shop)) {
	t.Helper()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		s := &shop{Foyer: f, t: t, ctx: auth.WithSystem(t.Context(), "test"), ids: map[string]gid.ID{}}
		s.do(func(ctx context.Context, tx *ent.Client) error {
			tx.Organization.UpdateOneID(f.World.North.ID).SetCurrency("EUR").
				SetAddress(&schema.Address{Name: "North", Line1: "Kai 1", City: "Kiel", Country: "DE"}).ExecX(ctx)
			s.place = tx.StockLocation.Create().SetKey("shop").SetName("Shop").SaveX(ctx).ID
			a := tx.Product.Create().SetName("Anchor").SaveX(ctx)
			b := tx.Product.Create().SetName("Buoy").SaveX(ctx)
			for sku, p := range map[string]*ent.Product{"A-1": a, "B-1": b, "B-2": b} {
				c := tx.ProductVariant.Create().SetProductID(p.ID).SetSku(sku).SetName(sku).SetPriceMinor(1050).SetCurrency("EUR")
				if sku == "A-1" {
					c.SetMinimumQuantity(5).SetQuantityStep(5).SetMaximumQuantity(50)
				}
				s.ids[sku] = c.SaveX(ctx).ID
			}
			s.ids["XX-1"] = tx.ProductVariant.Query().Where(productvariant.Sku("XX-1")).OnlyIDX(ctx) // a draft
			return nil
		})
		for _, sku := range []string{"A-1", "B-1", "B-2"} {
			s.count(sku, 100)
		}
		run(s)
	})
}

func (s *shop) do(fn func(ctx context.Context, tx *ent.Client) error) {
	s.t.Helper()
	require.NoError(s.t, s.Store.Tx(s.ctx, fn))
}

// count says how many there are.
func (s *shop) count(sku string, n int) {
	s.t.Helper()
	ctx := auth.WithViewer(s.t.Context(), s.Viewer("STAFF_FULFILLMENT"))
	_, err := s.Stock.Adjust(ctx, stock.Adjustment{VariantID: s.ids[sku], LocationID: s.place, Kind: "COUNT", Quantity: n, Reason: "test"})
	require.NoError(s.t, err)
}

// everything digests the model and the stock, so that nothing can change unseen.
func (s *shop) everything() string {
	s.t.Helper()
	sum := sha256.New()
	fmt.Fprint(sum, s.Fingerprint())
	for _, q := range []string{
		"SELECT variant_id || location_id || on_hand || '/' || allocated || '/' || reserved FROM stock_levels ORDER BY 1",
		"SELECT order_id || line_id || quantity || kind FROM stock_reservations ORDER BY 1", "SELECT CAST(count(*) AS text) FROM stock_movements",
		"SELECT name || result FROM idempotency_keys ORDER BY 1",
	} {
		rows, err := s.Store.Raw(s.ctx).QueryContext(s.ctx, q)
		require.NoError(s.t, err)
		for rows.Next() {
			var line string
			require.NoError(s.t, rows.Scan(&line))
			fmt.Fprintln(sum, line)
		}
		require.NoError(s.t, rows.Err())
		require.NoError(s.t, rows.Close())
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// number is the one number that a query answers with.
func (s *shop) number(query string, args ...any) (n int) {
	s.t.Helper()
	require.NoError(s.t, s.Store.Raw(s.ctx).QueryRowContext(s.ctx, query, args...).Scan(&n))
	return n
}

// sound checks that what is held is what the orders hold, and nothing is negative.
func (s *shop) sound() {
	s.t.Helper()
	require.Zero(s.t, s.number("SELECT count(*) FROM stock_levels WHERE on_hand < allocated + reserved OR allocated < 0 OR reserved < 0 OR on_hand < 0"))
	require.Zero(s.t, s.number(`SELECT count(*) FROM stock_levels l WHERE l.allocated + l.reserved <>
		(SELECT coalesce(sum(r.quantity), 0) FROM stock_reservations r WHERE r.variant_id = l.variant_id AND r.location_id = l.location_id)`))
}

const (
	cartFields = `id version status currency isPlaceable problems { code lineId isBlocking } availableActions shippingMethod
		amounts { lines { amount } tax { amount } total { amount currency } } approval { reason }
		lines { id position quantity note unitPrice { amount } previousUnitPrice { amount } total { amount } variant { sku }
			supply { isInStock available promisedFor isCertain } problems { code } }`
	addToCart  = `mutation($i: AddToCartInput!) { addToCart(input: $i) { cart { ` + cartFields + ` } userErrors { field code message } } }`
	changeCart = `mutation($i: ChangeCartInput!) { changeCart(input: $i) { cart { ` + cartFields + ` } userErrors { field code message } } }`
	placeOrder = `mutation($i: PlaceOrderInput!) { placeOrder(input: $i) { order { id number status total { amount } promisedDate
			lines { sku name quantity note unitPrice { amount } total { amount } } } existingOrder { id } cart { status order { id } }
		shortages { sku wanted available alternatives { reason available variant { sku } } }
		priceChanges { sku oldUnitPrice { amount } newUnitPrice { amount } } newTotal { amount } problems { code }
		userErrors { field code message } } }`
)

// add puts something into the usual cart, or one of a name.
func (s *shop) add(role, sku string, n int, name ...string) map[string]any {
	s.t.Helper()
	in := map[string]any{"lines": []any{map[string]any{"sku": sku, "quantity": n}}}
	if len(name) > 0 {
		in["name"] = name[0]
	}
	d := s.As(role).Must(addToCart, map[string]any{"i": in})
	c, _ := testkit.At(d, "addToCart", "cart").(map[string]any)
	require.NotNil(s.t, c, "%v", d)
	return c
}

// refused sends a mutation that must be refused with a code, and change nothing.
func (s *shop) refused(role, query, name, code string, input map[string]any) *testkit.Answer {
	s.t.Helper()
	before := s.everything()
	a := s.As(role).Do(query, map[string]any{"i": input})
	got := a.Code()
	if e, ok := a.At(name, "userErrors", 0, "code").(string); ok {
		got = e
	}
	require.Equal(s.t, code, got, a.Body)
	require.Equal(s.t, before, s.everything(), "a refusal has changed something: %s", a.Body)
	return a
}

func with(c map[string]any, more map[string]any) map[string]any {
	in := map[string]any{"cartId": c["id"], "version": c["version"]}
	maps.Copy(in, more)
	return in
}

func TestFromCartToOrder(t *testing.T) {
	shops(t, func(s *shop) {
		t, c := s.t, s.As("ORG_MANAGER")
		require.Nil(t, testkit.At(c.Must(`{ viewer { cart { id } } }`, nil), "viewer", "cart"))
		s.add("ORG_MANAGER", "B-1", 3)
		cart := s.add("ORG_MANAGER", "B-1", 1)
		require.Len(t, cart["lines"], 1, "what is in it adds up")
		cart = s.add("ORG_MANAGER", "A-1", 10)
		require.Equal(t, "147.00", testkit.At(cart, "amounts", "total", "amount"), "4 + 10, of 10.50 each")
		require.Equal(t, true, cart["isPlaceable"])
		require.Equal(t, []any{"CHANGE", "PLACE"}, cart["availableActions"])
		line := testkit.At(cart, "lines", 0, "id")
		d := c.Must(changeCart, map[string]any{"i": with(cart, map[string]any{
			"lines":               []any{map[string]any{"lineId": line, "quantity": 2, "note": "blue"}},
			"purchaseOrderNumber": "PO 7", "remark": "Ring twice.", "requestedDate": s.World.Now.AddDate(0, 0, 9).Format("2006-01-02"),
			"shipTo": map[string]any{"name": "Yard", "line1": "Werft 2", "city": "Kiel", "country": "DE"},
		})})
		cart, _ = testkit.At(d, "changeCart", "cart").(map[string]any)
		require.Equal(t, "126.00", testkit.At(cart, "amounts", "total", "amount"), "%v", d)
		query := strings.Replace(placeOrder, "(input: $i)", `(input: $i) @idempotent(key: "k1")`, 1)
		in := map[string]any{"i": with(cart, map[string]any{"expectedTotal": "126.00", "expectedCurrency": "EUR"})}
		first := c.Do(query, in)
		require.Empty(t, first.Errors, first.Body)
		require.Equal(t, "PLACED", first.At("placeOrder", "order", "status"), first.Body)
		require.Equal(t, "126.00", first.At("placeOrder", "order", "total", "amount"))
		require.Equal(t, s.World.Now.Format("2006-01-02"), first.At("placeOrder", "order", "promisedDate"))
		require.Equal(t, "blue", first.At("placeOrder", "order", "lines", 0, "note"))
		require.Equal(t, "Buoy", first.At("placeOrder", "order", "lines", 0, "name"))
		require.Equal(t, "ORDERED", first.At("placeOrder", "cart", "status"))
		after := s.everything()
		require.Equal(t, first.Body, c.Do(query, in).Body, "a repeat has the same answer")
		require.Equal(t, after, s.everything(), "and no effect")
		other := s.refused("ORG_MANAGER", placeOrder, "placeOrder", "ALREADY_ORDERED", with(cart, nil))
		require.Equal(t, first.At("placeOrder", "order", "id"), other.At("placeOrder", "existingOrder", "id"))
		require.Nil(t, testkit.At(c.Must(`{ viewer { cart { id } } }`, nil), "viewer", "cart"), "the next one is a new one")
		require.Equal(t, 12, s.number("SELECT sum(allocated) FROM stock_levels"))
		s.sound()

		// The order once more.
		d = c.Must(`mutation($i: ReorderInput!) { reorder(input: $i) { cart { lines { quantity variant { sku } } } skipped { sku } userErrors { code } } }`,
			map[string]any{"i": map[string]any{"orderId": first.At("placeOrder", "order", "id")}})
		require.Len(t, testkit.At(d, "reorder", "cart", "lines"), 2, "%v", d)
		require.Empty(t, testkit.At(d, "reorder", "skipped"))
	})
}

func TestWhatIsNotOrdered(t *testing.T) {
	shops(t, func(s *shop) {
		t, role := s.t, "ORG_MANAGER"
		lines := func(sku string, n any) map[string]any {
			return map[string]any{"lines": []any{map[string]any{"sku": sku, "quantity": n}}}
		}
		cart := s.add(role, "B-1", 3)
		add := func(code string, in map[string]any) *testkit.Answer {
			return s.refused(role, addToCart, "addToCart", code, in)
		}
		place := func(code string, in map[string]any) *testkit.Answer {
			return s.refused(role, placeOrder, "placeOrder", code, in)
		}
		change := func(code string, in map[string]any) *testkit.Answer {
			return s.refused(role, changeCart, "changeCart", code, in)
		}

		// Quantities.
		for n, code := range map[int]string{0: "QUANTITY", -1: "QUANTITY", 3: "QUANTITY", 7: "QUANTITY", 55: "QUANTITY", 2147483647: "QUANTITY"} {
			a := add(code, lines("A-1", n))
			require.Contains(t, a.Body, "from 5, in steps of 5, up to 50", "it says what is allowed")
		}
		add("BAD_USER_INPUT", lines("A-1", 2147483648))
		add("BAD_USER_INPUT", lines("A-1", 1.5))
		// What cannot be seen is what does not exist.
		hidden, nothing := add("NOT_OFFERED", lines("XX-1", 1)), add("NOT_OFFERED", lines("no such", 1))
		require.Equal(t, hidden.Body, nothing.Body)
		byID := func(id gid.ID) map[string]any {
			return map[string]any{"lines": []any{map[string]any{"variantId": id, "quantity": 1}}}
		}
		require.Equal(t, add("NOT_OFFERED", byID(s.ids["XX-1"])).Body, add("NOT_OFFERED", byID(gid.New(gid.Variant))).Body)
		add("INVALID", map[string]any{"lines": []any{map[string]any{"quantity": 1}}})
		add("INVALID", map[string]any{"lines": []any{}})

		// Carts of others.
		for _, x := range rowsOf(t, s.Foyer, "Cart") {
			if x.id == cart["id"] {
				continue
			}
			add("NOT_FOUND", map[string]any{"cartId": x.id, "lines": []any{map[string]any{"sku": "B-1", "quantity": 1}}})
			change("NOT_FOUND", map[string]any{"cartId": x.id, "version": 1, "remark": "x"})
			place("NOT_FOUND", map[string]any{"cartId": x.id, "version": 1})
		}
		foreign := rowsOf(t, s.Foyer, "CartLine")[0].id
		change("NOT_FOUND", with(cart, map[string]any{"lines": []any{map[string]any{"lineId": foreign, "quantity": 1}}}))

		// Addresses, texts, days.
		long := strings.Repeat("ä", 201)
		change("INVALID", with(cart, map[string]any{"shipTo": map[string]any{"line1": long, "city": "Kiel"}}))
		change("INVALID", with(cart, map[string]any{"shipTo": map[string]any{"name": "Nobody"}}))
		change("INVALID", with(cart, map[string]any{"purchaseOrderNumber": strings.Repeat("x", 121)}))
		change("INVALID", with(cart, map[string]any{"requestedDate": "2020-01-01"}))
		change("INVALID", with(cart, map[string]any{"remark": "ding\a"}))
		change("SHIPPING_METHOD", with(cart, map[string]any{"shippingMethod": "pigeon"}))

		// Two tabs.
		change("CONFLICT", map[string]any{"cartId": cart["id"], "version": 99, "remark": "x"})
		old := with(cart, nil)
		cart = s.add(role, "B-1", 1)
		place("CONFLICT", old)

		// Prices.
		place("INVALID", with(cart, map[string]any{"expectedCurrency": "USD"}))
		a := place("PRICE_CHANGED", with(cart, map[string]any{"expectedTotal": "41.99"}))
		require.Equal(t, "42.00", a.At("placeOrder", "newTotal", "amount"))
		s.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.ProductVariant.UpdateOneID(s.ids["B-1"]).SetPriceMinor(1100).Exec(ctx)
		})
		a = place("PRICE_CHANGED", with(cart, nil))
		require.Equal(t, "10.50", a.At("placeOrder", "priceChanges", 0, "oldUnitPrice", "amount"))
		require.Equal(t, "11.00", a.At("placeOrder", "priceChanges", 0, "newUnitPrice", "amount"))
		looked := s.As(role).Must(`{ viewer { cart { `+cartFields+` } } }`, nil)
		require.Equal(t, "10.50", testkit.At(looked, "viewer", "cart", "lines", 0, "previousUnitPrice", "amount"))
		require.Equal(t, "PRICE_CHANGED", testkit.At(looked, "viewer", "cart", "problems", 0, "code"))
		s.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.ProductVariant.UpdateOneID(s.ids["B-1"]).SetCurrency("USD").Exec(ctx)
		})
		a = place("NOT_PLACEABLE", with(cart, nil))
		require.Equal(t, "CURRENCY_NOT_SOLD", a.At("placeOrder", "problems", 0, "code"))
		s.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.ProductVariant.UpdateOneID(s.ids["B-1"]).SetCurrency("EUR").SetPriceMinor(1050).Exec(ctx)
		})

		// What is hidden meanwhile, and rules that have become others.
		s.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.ProductVariant.UpdateOneID(s.ids["B-1"]).SetStatus(productvariant.StatusRETIRED).Exec(ctx)
		})
		a = place("NOT_PLACEABLE", with(cart, nil))
		require.Equal(t, "NOT_OFFERED", a.At("placeOrder", "problems", 0, "code"))
		looked = s.As(role).Must(`{ viewer { cart { `+cartFields+` } } }`, nil)
		require.Nil(t, testkit.At(looked, "viewer", "cart", "lines", 0, "variant"))
		s.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.ProductVariant.UpdateOneID(s.ids["B-1"]).SetStatus(productvariant.StatusACTIVE).SetMinimumQuantity(5).Exec(ctx)
		})
		a = place("NOT_PLACEABLE", with(cart, nil))
		require.Equal(t, "BELOW_MINIMUM", a.At("placeOrder", "problems", 0, "code"))
		s.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.ProductVariant.UpdateOneID(s.ids["B-1"]).SetMinimumQuantity(1).Exec(ctx)
		})

		// Stock.
		s.count("B-1", 3)
		a = place("INSUFFICIENT_STOCK", with(cart, nil))
		require.InDelta(t, 4, a.At("placeOrder", "shortages", 0, "wanted"), 0)
		require.InDelta(t, 3, a.At("placeOrder", "shortages", 0, "available"), 0)
		require.Equal(t, "VARIANT", a.At("placeOrder", "shortages", 0, "alternatives", 0, "reason"))
		require.Equal(t, "B-2", a.At("placeOrder", "shortages", 0, "alternatives", 0, "variant", "sku"))
		s.count("B-1", 4)

		// The customer.
		s.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.Organization.UpdateOneID(s.World.North.ID).ClearAddress().Exec(ctx)
		})
		a = place("NOT_PLACEABLE", with(cart, nil))
		require.Equal(t, "NO_ADDRESS", a.At("placeOrder", "problems", 0, "code"))
		s.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.Organization.UpdateOneID(s.World.North.ID).SetStatus(organization.StatusSUSPENDED).
				SetAddress(&schema.Address{Line1: "Kai 1", City: "Kiel"}).Exec(ctx)
		})
		place("NOT_SERVED", with(cart, nil))
		s.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.Organization.UpdateOneID(s.World.North.ID).SetStatus(organization.StatusACTIVE).Exec(ctx)
		})
		ok := s.As(role).Must(placeOrder, map[string]any{"i": with(cart, map[string]any{"expectedTotal": "42"})})
		require.Equal(t, "PLACED", testkit.At(ok, "placeOrder", "order", "status"), "and in the end it is ordered: %v", ok)
		s.sound()
	})
}

func TestWhoAsksFirst(t *testing.T) {
	shops(t, func(s *shop) {
		t := s.t
		// The member's cart of the world has two of SP-1, which nobody has counted.
		s.ids["SP-1"] = gid.ID(rowsOf(t, s.Foyer, "ProductVariant")[0].id)
		s.do(func(ctx context.Context, tx *ent.Client) error {
			s.ids["SP-1"] = tx.ProductVariant.Query().Where(productvariant.Sku("SP-1")).OnlyIDX(ctx)
			return nil
		})
		s.count("SP-1", 10)
		read := `{ viewer { cart { ` + cartFields + ` } } }`
		d := s.As("ORG_MEMBER").Must(read, nil)
		require.Nil(t, testkit.At(d, "viewer", "cart", "approval"), "the limit of the world lets members order up to it: %v", d)
		s.do(func(ctx context.Context, _ *ent.Client) error {
			_, err := s.Store.Raw(ctx).ExecContext(ctx, `DELETE FROM spending_limits WHERE organization_id = $1`, string(s.World.North.ID))
			return err
		})
		d = s.As("ORG_MEMBER").Must(read, nil)
		cart, _ := testkit.At(d, "viewer", "cart").(map[string]any)
		require.Equal(t, "ROLE", testkit.At(cart, "approval", "reason"), "%v", d)
		d = s.As("ORG_MEMBER").Must(placeOrder, map[string]any{"i": with(cart, nil)})
		require.Equal(t, "AWAITING_APPROVAL", testkit.At(d, "placeOrder", "order", "status"), "%v", d)
		require.Equal(t, 2, s.number("SELECT sum(reserved) FROM stock_levels"))
		require.Equal(t, 1, s.number("SELECT count(*) FROM approvals WHERE status = 'PENDING' AND pending_order_id = $1",
			testkit.At(d, "placeOrder", "order", "id")))
		s.sound()

		// Staff order for a customer's person, whose order it is.
		d = s.As("STAFF_SALES").Must(`mutation($i: CreateCartInput!) { createCart(input: $i) { cart { id version } userErrors { code } } }`,
			map[string]any{"i": map[string]any{"organizationId": s.World.North.ID, "userId": s.World.Users["ORG_ADMIN"].ID}})
		id := testkit.At(d, "createCart", "cart", "id")
		d = s.As("STAFF_SALES").Must(addToCart, map[string]any{"i": map[string]any{"cartId": id, "lines": []any{map[string]any{"sku": "B-1", "quantity": 2}}}})
		cart, _ = testkit.At(d, "addToCart", "cart").(map[string]any)
		require.Equal(t, []any{"CHANGE", "DISCOUNT", "PLACE"}, cart["availableActions"])
		d = s.As("STAFF_SALES").Must(`mutation($i: DiscountCartInput!) { discountCart(input: $i) { cart { `+cartFields+` } userErrors { code } } }`,
			map[string]any{"i": with(cart, map[string]any{"basisPoints": 1000, "reason": "the fair"})})
		cart, _ = testkit.At(d, "discountCart", "cart").(map[string]any)
		require.Equal(t, "18.90", testkit.At(cart, "amounts", "total", "amount"), "%v", d)
		d = s.As("STAFF_SALES").Must(placeOrder, map[string]any{"i": with(cart, nil)})
		require.Equal(t, "PLACED", testkit.At(d, "placeOrder", "order", "status"), "%v", d)
		mine := s.As("ORG_ADMIN").Must(`query($id: ID!) { order(id: $id) { user { id } total { amount } } }`,
			map[string]any{"id": testkit.At(d, "placeOrder", "order", "id")})
		require.Equal(t, string(s.World.Users["ORG_ADMIN"].ID), testkit.At(mine, "order", "user", "id"))
	})
}

func TestQuickOrder(t *testing.T) {
	shops(t, func(s *shop) {
		t, c := s.t, s.As("ORG_MANAGER")
		const quick = `mutation($i: QuickOrderInput!) { quickOrder(input: $i) { cart { lines { quantity variant { sku } } } added refused
			lines { line sku quantity outcome message } userErrors { code } } }`
		text := "sku;quantity\nB-1;2\nb-2;1\nXX-1;1\nnone;1\nA-1;3\nB-1;3\nB-2;1.5\n;9\n"
		before := s.everything()
		d := c.Must(quick, map[string]any{"i": map[string]any{"text": text, "dryRun": true}})
		require.Equal(t, before, s.everything(), "a dry run changes nothing")
		want := []string{"ADDED", "ADDED", "UNKNOWN_SKU", "UNKNOWN_SKU", "QUANTITY", "MERGED", "QUANTITY", "UNREADABLE"}
		outcomes := func(d map[string]any) (out []string) {
			list, _ := testkit.At(d, "quickOrder", "lines").([]any)
			for _, l := range list {
				o, _ := testkit.At(l, "outcome").(string)
				out = append(out, o)
			}
			return out
		}
		require.Equal(t, want, outcomes(d), "%v", d)
		require.Nil(t, testkit.At(d, "quickOrder", "cart"))
		d = c.Must(quick, map[string]any{"i": map[string]any{"text": text}})
		require.Equal(t, want, outcomes(d), "%v", d)
		require.Len(t, testkit.At(d, "quickOrder", "cart", "lines"), 2)
		require.InDelta(t, 5, testkit.At(d, "quickOrder", "cart", "lines", 0, "quantity"), 0, "2 and 3")

		// 10,000 lines: every one has its outcome, with few statements.
		all := strings.Builder{}
		for i := range 10_000 {
			fmt.Fprintf(&all, "NONE-%d 1\n", i)
		}
		statements := s.Store.Statements()
		d = c.Must(`mutation($i: QuickOrderInput!) { quickOrder(input: $i) { added refused lines(outcome: [ADDED]) { line } userErrors { code } } }`,
			map[string]any{"i": map[string]any{"text": all.String()}})
		require.InDelta(t, 10_000, testkit.At(d, "quickOrder", "refused"), 0)
		require.LessOrEqual(t, s.Store.Statements()-statements, int64(40))
		s.refused("ORG_MANAGER", quick, "quickOrder", "TOO_MANY", map[string]any{"text": all.String() + "one more"})
		s.refused("ORG_MANAGER", quick, "quickOrder", "INVALID", map[string]any{})
	})
}

// TestOneUnit lets 64 people order one unit at once, again and again: one order
// comes to be each time, and the others are told that there is nothing left.
func TestOneUnit(t *testing.T) {
	shops(t, func(s *shop) {
		t, rounds, buyers := s.t, 50, 64
		if testing.Short() {
			rounds = 3
		}
		clients, carts := make([]*testkit.Client, buyers), make([]gid.ID, buyers)
		viewers := make([]*ent.Membership, buyers)
		s.do(func(ctx context.Context, tx *ent.Client) error {
			for i := range buyers {
				u := tx.User.Create().SetName("Buyer").SetEmail(fmt.Sprintf("buyer-%d@example.com", i)).SaveX(ctx)
				viewers[i] = tx.Membership.Create().SetUserID(u.ID).SetOrganizationID(s.World.North.ID).SetRoleID(s.World.Roles["ORG_BUYER"].ID).SaveX(ctx)
			}
			return nil
		})
		for i, m := range viewers {
			v, err := s.Accounts.ViewerOf(t.Context(), m.UserID, m.ID)
			require.NoError(t, err)
			clients[i] = s.Acting(fmt.Sprintf("buyer-%d", i), v)
		}
		for round := range rounds {
			sku := fmt.Sprintf("UNIT-%d", round)
			s.do(func(ctx context.Context, tx *ent.Client) error {
				p := tx.ProductVariant.Query().Where(productvariant.Sku("B-1")).OnlyX(ctx).ProductID
				s.ids[sku] = tx.ProductVariant.Create().SetProductID(p).SetSku(sku).SetName(sku).SetPriceMinor(100).SetCurrency("EUR").SaveX(ctx).ID
				for i, m := range viewers {
					c := tx.Cart.Create().SetOrganizationID(m.OrganizationID).SetUserID(m.UserID).SetName(sku).SetOpenName(sku).SetCurrency("EUR").SaveX(ctx)
					tx.CartLine.Create().SetOrganizationID(m.OrganizationID).SetUserID(m.UserID).SetCartID(c.ID).SetVariantID(s.ids[sku]).
						SetPosition(1).SetQuantity(1).SetSeenUnitMinor(100).SaveX(ctx)
					carts[i] = c.ID
				}
				return nil
			})
			s.count(sku, 1)
			answers := make([]*testkit.Answer, buyers)
			var wait sync.WaitGroup
			for i := range buyers {
				wait.Go(func() {
					answers[i] = clients[i].Do(`mutation($i: PlaceOrderInput!) { placeOrder(input: $i) { order { id } shortages { available } userErrors { code } } }`,
						map[string]any{"i": map[string]any{"cartId": carts[i], "version": 1}})
				})
			}
			wait.Wait()
			won := 0
			for _, a := range answers {
				require.Empty(t, a.Errors, a.Body)
				if a.At("placeOrder", "order") != nil {
					won++
					continue
				}
				require.Equal(t, "INSUFFICIENT_STOCK", a.At("placeOrder", "userErrors", 0, "code"), a.Body)
			}
			require.Equal(t, 1, won, "round %d", round)
			require.Equal(t, 1, s.number("SELECT count(*) FROM order_lines WHERE variant_id = $1", string(s.ids[sku])))
			require.Equal(t, 1, s.number("SELECT allocated FROM stock_levels WHERE variant_id = $1", string(s.ids[sku])))
		}
		s.sound()
	})
}

// TestTwoTabs places one cart from many tabs at once: one order comes to be, and
// the other tabs are told which.
func TestTwoTabs(t *testing.T) {
	shops(t, func(s *shop) {
		t, cart := s.t, s.add("ORG_MANAGER", "B-1", 1)
		answers := make([]*testkit.Answer, 8)
		var wait sync.WaitGroup
		for i := range answers {
			wait.Go(func() { answers[i] = s.As("ORG_MANAGER").Do(placeOrder, map[string]any{"i": with(cart, nil)}) })
		}
		wait.Wait()
		orders := map[any]int{}
		won := 0
		for _, a := range answers {
			if id := a.At("placeOrder", "order", "id"); id != nil {
				won++
				orders[id]++
				continue
			}
			require.Equal(t, "ALREADY_ORDERED", a.At("placeOrder", "userErrors", 0, "code"), a.Body)
			orders[a.At("placeOrder", "existingOrder", "id")]++
		}
		require.Equal(t, 1, won)
		require.Len(t, orders, 1, "all of them name the one order")
		s.sound()
	})
}

func init() {
	moreGuesses = append(moreGuesses, func(f *testkit.Foyer) map[string][]guess {
		return map[string][]guess{
			"CartFilter.status":         {{[]string{"ORDERED"}, []string{"DISCARDED"}}},
			"CartFilter.organizationId": {{f.World.South.ID, gid.New(gid.Organization)}},
			"CartFilter.userId":         {{f.World.Users["SOUTH"].ID, gid.New(gid.User)}},
		}
	})
}
