package graph_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/schema"
	"foyer/testkit"
	"foyer/testkit/world"
)

const reorder = `mutation($i: ReorderInput!) { reorder(input: $i) { cart { id lines { quantity unitPrice { amount } configuration { id name status change { outcome } } problems { code } } }
	skipped { position sku code message configuration { id name status } }
	changed { position outcome message configuration { id } } userErrors { code } } }`

// ordered lets somebody order what they configure, and returns the order.
func (b *bench) ordered(role, name string, choices ...any) any {
	b.t.Helper()
	c := b.kept(role, name, choices...)
	d := b.As(role).Must(addToCart, map[string]any{"i": map[string]any{"lines": []any{map[string]any{"configurationId": c["id"], "quantity": 1}}}})
	cart, _ := testkit.At(d, "addToCart", "cart").(map[string]any)
	require.NotNil(b.t, cart, "%v", d)
	d = b.As(role).Must(placeOrder, map[string]any{"i": with(cart, nil)})
	order := testkit.At(d, "placeOrder", "order", "id")
	require.NotNil(b.t, order, "%v", d)
	return order
}

func (b *bench) again(role string, order any) map[string]any {
	b.t.Helper()
	d, _ := testkit.At(b.As(role).Must(reorder, map[string]any{"i": map[string]any{"orderId": order}}), "reorder").(map[string]any)
	require.Empty(b.t, d["userErrors"], "%v", d)
	return d
}

// emptied throws the person's cart away.
func (b *bench) emptied(role string) {
	b.t.Helper()
	c := testkit.At(b.As(role).Must(`{ viewer { cart { id version } } }`, nil), "viewer", "cart")
	if c == nil {
		return
	}
	b.As(role).Must(`mutation($i: DiscardCartInput!) { discardCart(input: $i) { userErrors { code } } }`, map[string]any{"i": map[string]any{
		"cartId": testkit.At(c, "id"), "version": testkit.At(c, "version"),
	}})
}

func (b *bench) configurations() int { return b.number(`SELECT count(*) FROM configurations`) }

// TestReorderOfWhatIsConfigured: a copy by the model of today goes into the cart, what
// is different is said, and asking twice makes no second copy.
func TestReorderOfWhatIsConfigured(t *testing.T) {
	benches(t, func(b *bench) {
		t, role := b.t, "ORG_MANAGER"
		order := b.ordered(role, "Hall 2", chosen("cooling", "air"))
		lit := b.ordered(role, "Hall 3", chosen("cooling", "air"), chosen("extras", "case"))
		before := b.configurations()

		d := b.again(role, order)
		require.Empty(t, d["skipped"], "%v", d)
		require.Empty(t, d["changed"], "it is as it was")
		line := testkit.At(d, "cart", "lines", 0)
		require.Equal(t, "1009.99", testkit.At(line, "unitPrice", "amount"), "%v", d)
		require.Equal(t, "Hall 2", testkit.At(line, "configuration", "name"))
		require.Equal(t, "COMPLETE", testkit.At(line, "configuration", "status"), "it is a copy that can be ordered")
		require.Empty(t, testkit.At(line, "problems"))
		twice := b.again(role, order)
		require.Len(t, testkit.At(twice, "cart", "lines"), 1)
		require.InDelta(t, 2, testkit.At(twice, "cart", "lines", 0, "quantity"), 0, "what is in it adds up")
		require.Equal(t, before+1, b.configurations(), "there is one copy")

		client := b.As(role)
		got := atOnce(4, func(int) string {
			a := client.Do(reorder, map[string]any{"i": map[string]any{"orderId": order}})
			if a.Code() == "" && a.At("reorder", "cart", "lines", 0, "configuration", "id") == testkit.At(line, "configuration", "id") {
				return "AGAIN"
			}
			return a.Body
		})
		require.Equal(t, map[string]int{"AGAIN": 4}, got)
		require.Equal(t, before+1, b.configurations(), "also of several at once")
		require.InDelta(t, 7, testkit.At(b.again(role, order), "cart", "lines", 0, "quantity"), 0)

		// Sent twice under one key it is done once, and answered as it was.
		b.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.ProductVariant.UpdateOneID(b.ids["PRESS"]).SetPriceMinor(110_000).Exec(ctx)
		})
		keyed := `mutation($i: ReorderInput!) { reorder(input: $i) @idempotent(key: "again-1") {` + reorder[len(`mutation($i: ReorderInput!) { reorder(input: $i) {`):]
		in := map[string]any{"i": map[string]any{"orderId": order}}
		first := b.As(role).Do(keyed, in)
		require.Empty(t, first.Errors, first.Body)
		require.Equal(t, "REPRICED", first.At("reorder", "changed", 0, "outcome"), first.Body)
		require.Equal(t, "The price of one was 1009.99 EUR and is 1109.99 EUR now.", first.At("reorder", "changed", 0, "message"))
		require.Equal(t, testkit.At(line, "configuration", "id"), first.At("reorder", "changed", 0, "configuration", "id"), "the copy of before does")
		after := b.everything()
		require.Equal(t, first.Body, b.As(role).Do(keyed, in).Body)
		require.Equal(t, after, b.everything())
		b.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.ProductVariant.UpdateOneID(b.ids["PRESS"]).SetPriceMinor(100_000).Exec(ctx)
		})

		// What was ordered by default stays what it was; what the model may repair is told.
		b.emptied(role)
		b.revise(func(d *schema.ConfigurationDocument) {
			longer := int64(200)
			d.Groups[1].Number.Default = &longer
			d.Groups[4].Options = d.Groups[4].Options[:1]
			d.Rules = d.Rules[:2]
		})
		d = b.again(role, lit)
		require.Empty(t, d["skipped"], "%v", d)
		require.Equal(t, "REPAIRED", testkit.At(d, "changed", 0, "outcome"), "%v", d)
		require.Equal(t, "Now without: Case. The price of one was 1034.99 EUR and is 1009.99 EUR now.", testkit.At(d, "changed", 0, "message"))
		require.Equal(t, "1009.99", testkit.At(d, "cart", "lines", 0, "unitPrice", "amount"), "one metre, as it was, though two are the default now")
		require.Equal(t, "REPAIRED", testkit.At(d, "cart", "lines", 0, "configuration", "change", "outcome"))
		cart, _ := testkit.At(b.As(role).Must(`{ viewer { cart { id version } } }`, nil), "viewer", "cart").(map[string]any)
		placed := b.As(role).Must(placeOrder, map[string]any{"i": with(cart, nil)})
		require.NotNil(t, testkit.At(placed, "placeOrder", "order", "id"), "%v", placed)
		b.sound()
	})
}

// TestReorderThatNeedsTheCustomer: what is to be decided anew is kept, and not in the
// cart; what is not to be had is neither.
func TestReorderThatNeedsTheCustomer(t *testing.T) {
	benches(t, func(b *bench) {
		t, role := b.t, "ORG_MANAGER"
		order := b.ordered(role, "Hall 2", chosen("cooling", "air"))
		b.revise(func(d *schema.ConfigurationDocument) { d.Groups[2].Options[0].Key = "breeze" })
		before := b.configurations()
		d := b.again(role, order)
		require.Nil(t, d["cart"], "%v", d)
		require.Equal(t, "NOT_CONFIGURED", testkit.At(d, "skipped", 0, "code"), "%v", d)
		require.Equal(t, "The product has changed, and something is to be decided anew. It is kept under configurations as “Hall 2”.", testkit.At(d, "skipped", 0, "message"))
		require.Equal(t, "NEEDS_CUSTOMER", testkit.At(d, "skipped", 0, "configuration", "status"))
		kept := testkit.At(d, "skipped", 0, "configuration", "id")
		require.Equal(t, kept, testkit.At(b.again(role, order), "skipped", 0, "configuration", "id"))
		require.Equal(t, before+1, b.configurations())
		now := b.configuration(role, kept)
		require.Equal(t, "NEEDS_CUSTOMER", testkit.At(now, "change", "outcome"))
		done := b.As(role).Must(saveConfiguration, map[string]any{"i": map[string]any{"id": kept, "version": now["version"], "choices": []any{chosen("cooling", "breeze")}}})
		require.Equal(t, "COMPLETE", testkit.At(done, "saveConfiguration", "configuration", "status"), "%v", done)

		// Who does not see the order does not learn of it.
		b.Acting("south", b.of("SOUTH"))
		b.refused("south", reorder, "reorder", "NOT_FOUND", map[string]any{"orderId": order})
		b.refused("ORG_MEMBER", reorder, "reorder", "NOT_FOUND", map[string]any{"orderId": order})

		none := func(code, message, why string) {
			t.Helper()
			n := b.configurations()
			d := b.again(role, order)
			require.Nil(t, d["cart"], why)
			require.Equal(t, code, testkit.At(d, "skipped", 0, "code"), "%s: %v", why, d)
			require.Equal(t, message, testkit.At(d, "skipped", 0, "message"), why)
			require.Nil(t, testkit.At(d, "skipped", 0, "configuration"), why)
			require.Equal(t, n, b.configurations(), why)
		}
		_, err := b.Store.Raw(b.ctx).ExecContext(b.ctx, `UPDATE model_versions SET status = 'RETIRED' WHERE model_id = $1`, b.model)
		require.NoError(t, err)
		none("NOT_CONFIGURED", "It is not configured in this way any more; ask us for it.", "the model was withdrawn")
		b.restrict()
		none("NOT_OFFERED", "There is no such article, or it is not offered to you.", "the product is not offered any more")
	})
}

// TestReorderIsBatched: several configurations cost as many statements as one.
func TestReorderIsBatched(t *testing.T) {
	benches(t, func(b *bench) {
		t, role := b.t, "ORG_MANAGER"
		add := func(n int) int64 {
			lines := []any{}
			for i := range n {
				c := b.kept(role, fmt.Sprintf("No. %d of %d", i, n), chosen("cooling", "air"))
				lines = append(lines, map[string]any{"configurationId": c["id"], "quantity": i + 1})
			}
			return b.As(role).Statements(`mutation($i: AddToCartInput!) { addToCart(input: $i) { cart { lines { quantity configuration { name } } } } }`, map[string]any{"i": map[string]any{"lines": lines}})
		}
		place := func() any {
			cart, _ := testkit.At(b.As(role).Must(`{ viewer { cart { id version } } }`, nil), "viewer", "cart").(map[string]any)
			d := b.As(role).Must(placeOrder, map[string]any{"i": with(cart, nil)})
			order := testkit.At(d, "placeOrder", "order", "id")
			require.NotNil(t, order, "%v", d)
			return order
		}
		few := add(1)
		one := place()
		many := add(6)
		six := place()
		require.Equal(t, few, many, "into a new cart each")
		again := func(order any) int64 {
			n := b.As(role).Statements(reorder, map[string]any{"i": map[string]any{"orderId": order}})
			b.emptied(role)
			return n
		}
		first, second := again(one), again(six)
		t.Logf("into a cart: %d statements, once more: %d", few, first)
		require.Equal(t, first, second)

		// A quantity that is changed is seen at the price of what is configured.
		d := b.again(role, one)
		require.Len(t, testkit.At(d, "cart", "lines"), 1)
		c, _ := testkit.At(b.As(role).Must(`{ viewer { cart { id version lines { id } } } }`, nil), "viewer", "cart").(map[string]any)
		changed := b.As(role).Must(changeCart, map[string]any{"i": with(c, map[string]any{"lines": []any{map[string]any{"lineId": testkit.At(c, "lines", 0, "id"), "quantity": 3}}})})
		require.Empty(t, testkit.At(changed, "changeCart", "cart", "problems"), "%v", changed)
		require.Equal(t, "1009.99", testkit.At(changed, "changeCart", "cart", "lines", 0, "unitPrice", "amount"))
	})
}

// atOnce does something many times at the same time, and counts what came of it.
func atOnce(n int, do func(i int) string) map[string]int {
	var mu sync.Mutex
	var all sync.WaitGroup
	got, begin := map[string]int{}, make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-begin
			r := do(i)
			mu.Lock()
			defer mu.Unlock()
			got[r]++
		})
	}
	close(begin)
	all.Wait()
	return got
}

// TestOneConfigurationIsOrderedOnce: from two carts and 64 tabs at once.
func TestOneConfigurationIsOrderedOnce(t *testing.T) {
	benches(t, func(b *bench) {
		t, role := b.t, "ORG_MANAGER"
		c := b.kept(role, "One", chosen("cooling", "air"))
		var carts []map[string]any
		for _, name := range []string{"left", "right"} {
			d := b.As(role).Must(addToCart, map[string]any{"i": map[string]any{"name": name, "lines": []any{map[string]any{"configurationId": c["id"], "quantity": 1}}}})
			cart, _ := testkit.At(d, "addToCart", "cart").(map[string]any)
			require.NotNil(t, cart, "%v", d)
			carts = append(carts, cart)
		}
		orders := b.number(`SELECT count(*) FROM orders`)
		client := b.As(role)
		got := atOnce(64, func(i int) string {
			a := client.Do(placeOrder, map[string]any{"i": with(carts[i%2], nil)})
			if id, ok := a.At("placeOrder", "order", "id").(string); ok && id != "" {
				return "ORDERED"
			}
			if code, ok := a.At("placeOrder", "userErrors", 0, "code").(string); ok {
				return code
			}
			return a.Code()
		})
		t.Log(got)
		require.Equal(t, 1, got["ORDERED"], "%v", got)
		require.Equal(t, 31, got["ALREADY_ORDERED"], "of the cart that was ordered: %v", got)
		require.Equal(t, 32, got["NOT_PLACEABLE"]+got["CONFLICT"], "of the other: %v", got)
		require.Equal(t, orders+1, b.number(`SELECT count(*) FROM orders`))
		require.Equal(t, 1, b.number(`SELECT count(*) FROM order_lines WHERE CAST(configuration AS text) LIKE $1`, fmt.Sprintf("%%%s%%", c["id"])))
		require.Equal(t, "ORDERED", b.configuration(role, c["id"])["status"])
		b.sound()
	})
}

// TestOneOfTwoSavesWins: whoever is second is told.
func TestOneOfTwoSavesWins(t *testing.T) {
	benches(t, func(b *bench) {
		t, role := b.t, "ORG_MANAGER"
		c := b.kept(role, "One", chosen("cooling", "air"))
		client := b.As(role)
		got := atOnce(16, func(i int) string {
			a := client.Do(saveConfiguration, map[string]any{"i": map[string]any{"id": c["id"], "version": c["version"], "name": fmt.Sprintf("Name %d", i)}})
			if name, ok := a.At("saveConfiguration", "configuration", "name").(string); ok {
				require.Contains(t, name, "Name ")
				return "SAVED"
			}
			return a.Code()
		})
		require.Equal(t, map[string]int{"SAVED": 1, "CONFLICT": 15}, got)
		require.InDelta(t, 2, b.configuration(role, c["id"])["version"], 0)
	})
}

// TestWhatIsSomebodyElsesIsCopiedFirst: it can be seen, and put into no cart but its
// owner's, where it could never be ordered.
func TestWhatIsSomebodyElsesIsCopiedFirst(t *testing.T) {
	benches(t, func(b *bench) {
		c := b.kept("ORG_MEMBER", "Of the member", chosen("cooling", "air"))
		a := b.refused("ORG_MANAGER", addToCart, "addToCart", "NOT_CONFIGURED", map[string]any{"lines": []any{map[string]any{"configurationId": c["id"], "quantity": 1}}})
		require.Contains(b.t, a.Body, "Copy it")
		require.NotContains(b.t, b.configuration("ORG_MANAGER", c["id"])["availableActions"], "ORDER")
	})
}

// TestWhoseMembershipEndsHearsNothingMore: the socket is closed, as that of everybody
// who is somebody else by now.
func TestWhoseMembershipEndsHearsNothingMore(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		c := b.kept("ORG_MEMBER", "One", chosen("cooling", "air"))
		token, _ := testkit.At(b.With("").Must(signIn, map[string]any{"email": world.Email("ORG_MEMBER"), "password": world.Password}), "signIn", "accessToken").(string)
		sub := b.With(token).Subscribe(`subscription($id: ID!) { configurationUpdated(id: $id) { configuration { name } } }`, map[string]any{"id": c["id"]})
		require.Equal(t, "One", sub.Next().At("configurationUpdated", "configuration", "name"))
		m := b.World.Memberships["ORG_MEMBER"]
		b.As("ORG_ADMIN").Must(`mutation($i: SetMembershipStatusInput!) { setMembershipStatus(input: $i) { userErrors { code } } }`,
			map[string]any{"i": map[string]any{"membershipId": m.ID, "version": m.Version, "status": "DISABLED"}})
		require.Equal(t, 4403, sub.Closed())
	})
}
