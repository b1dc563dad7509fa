package graph_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/ent/productvariant"
	"foyer/ent/stocklocation"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/stock"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

func init() {
	maps.Copy(attempts, map[string]attempt{
		"feedStock": {"stock.feed", "", func(f *testkit.Foyer, _ gid.ID, _ int) map[string]any {
			return map[string]any{"location": world.StockPlace, "observedAt": f.World.Now.Format(time.RFC3339), "items": []any{
				map[string]any{"sku": "SP-1", "onHand": 7},
			}}
		}},
		"adjustStock": {"stock.adjust", "", func(f *testkit.Foyer, _ gid.ID, _ int) map[string]any {
			return map[string]any{"variantId": variantOf(f, "SP-1"), "locationId": placeOf(f), "kind": "RECEIVE", "quantity": 3, "reason": "a delivery"}
		}},
		"saveStockLocation": {"stockLocation.save", "StockLocation", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "name": "Main hall"}
		}},
		"changeOrder": {"order.change", "Order", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"orderId": id, "version": v, "remark": "ring twice"}
		}},
	})
}

func system() context.Context { return auth.WithSystem(context.Background(), "test") }

func variantOf(f *testkit.Foyer, sku string) gid.ID {
	return f.Store.Client().ProductVariant.Query().Where(productvariant.Sku(sku)).OnlyIDX(system())
}

func placeOf(f *testkit.Foyer) gid.ID {
	return f.Store.Client().StockLocation.Query().Where(stocklocation.Key(world.StockPlace)).OnlyIDX(system())
}

// caller is a client whose answers must have no errors.
type caller struct {
	t *testing.T
	*testkit.Client
}

func as(t *testing.T, f *testkit.Foyer, role string) caller {
	t.Helper()
	return caller{t, f.As(role)}
}

// Must is Do for what must have no errors.
func (c caller) Must(query string, variables map[string]any) *testkit.Answer {
	c.t.Helper()
	a := c.Do(query, variables)
	require.Empty(c.t, a.Errors, a.Body)
	return a
}

const feedStock = `mutation($input: FeedStockInput!) { feedStock(input: $input) { taken outdated errors { index sku code message } userErrors { field code } } }`

// fed is a feed of the world's place, made some minutes before now.
func fed(f *testkit.Foyer, ago int, items ...map[string]any) map[string]any {
	return map[string]any{"input": map[string]any{
		"location": world.StockPlace, "items": items, "observedAt": f.World.Now.Add(-time.Duration(ago) * time.Minute).Format(time.RFC3339),
	}}
}

func TestFeedStock(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		erp := as(t, f, "INTEGRATION")
		once := strings.Replace(feedStock, "(input: $input)", `(input: $input) @idempotent(key: "feed-1")`, 1)
		in := fed(f, 10, map[string]any{"sku": "SP-1", "onHand": 9, "version": 4}, map[string]any{"sku": "NONE", "onHand": 1},
			map[string]any{"sku": "SP-1", "onHand": 8}, map[string]any{"sku": "SP-0", "onHand": -1}, map[string]any{"sku": "XX-1", "onHand": 2})
		first := erp.Must(once, in)
		require.Empty(t, first.At("feedStock", "userErrors"))
		require.EqualValues(t, 2, first.At("feedStock", "taken"))
		list, _ := first.At("feedStock", "errors").([]any)
		require.Len(t, list, 3)
		for i, want := range []string{"1 NONE UNKNOWN_SKU", "2 SP-1 DUPLICATE", "3 SP-0 INVALID"} {
			require.Equal(t, want+"\n", fmt.Sprintln(testkit.At(list[i], "index"), testkit.At(list[i], "sku"), testkit.At(list[i], "code")), "%s", first.Body)
		}
		require.Equal(t, first.Body, erp.Must(once, in).Body, "the same answer under the same key")
		level := func() string {
			a := as(t, f, "STAFF_ADMIN").Must(`{ stockLevels(filter: {sku: "sp-"}) { edges { node { onHand allocated reserved available variant { sku } location { key }
				movements { kind onHand actor { kind } } } } pageInfo { hasNextPage } } }`, nil)
			require.Equal(t, "SP-1", a.At("stockLevels", "edges", 0, "node", "variant", "sku"), a.Body)
			require.Equal(t, "main", a.At("stockLevels", "edges", 0, "node", "location", "key"), a.Body)
			moves, _ := a.At("stockLevels", "edges", 0, "node", "movements").([]any)
			return fmt.Sprint(a.At("stockLevels", "edges", 0, "node", "onHand"), " after ", len(moves))
		}
		require.Equal(t, "9 after 1", level())
		for _, x := range []struct {
			ago, version, onHand int
			taken                bool
			want                 string
		}{
			{10, 4, 5, false, "9 after 1"}, // the same once more
			{5, 3, 5, false, "9 after 1"},  // later, of an earlier version
			{20, 5, 6, true, "6 after 2"},  // earlier, of a later version
			{1, 6, 6, true, "6 after 2"},   // as it was
		} {
			a := erp.Must(feedStock, fed(f, x.ago, map[string]any{"sku": "SP-1", "onHand": x.onHand, "version": x.version}))
			require.Equal(t, x.taken, fmt.Sprint(a.At("feedStock", "taken")) == "1", "%+v: %s", x, a.Body)
			require.Equal(t, x.want, level(), "%+v", x)
		}
		for code, in := range map[string]map[string]any{
			"UNKNOWN_LOCATION": {"location": "moon", "observedAt": "2026-01-01T00:00:00Z", "items": []any{}},
			"INVALID":          {"location": world.StockPlace, "observedAt": "2100-01-01T00:00:00Z", "items": []any{}},
		} {
			a := erp.Must(feedStock, map[string]any{"input": in})
			require.Equal(t, code, a.At("feedStock", "userErrors", 0, "code"))
		}
		many := make([]map[string]any, 10_000)
		for i := range many {
			many[i] = map[string]any{"sku": fmt.Sprintf("N-%d", i), "onHand": 1}
		}
		a := erp.Must(feedStock, fed(f, 0, many...))
		list, _ = a.At("feedStock", "errors").([]any)
		require.Len(t, list, 10_000)
		require.Equal(t, "LIMIT_EXCEEDED", erp.Do(feedStock, fed(f, 0, slices.Concat(many, many[:1])...)).Code())
	})
}

func TestAvailabilityByRole(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		query := `query($id: ID!) { node(id: $id) { ... on ProductVariant { availability { status promise %s } } } }`
		id := map[string]any{"id": variantOf(f, "SP-1")}
		ask := func(role, more string) *testkit.Answer { return as(t, f, role).Do(fmt.Sprintf(query, more), id) }
		is := func(role string) any { return ask(role, "").At("node", "availability", "status") }
		for _, role := range []string{"ANONYMOUS", "ORG_MEMBER", "STAFF_ADMIN"} {
			require.Equal(t, "OUT_OF_STOCK", is(role), role)
		}
		as(t, f, "INTEGRATION").Must(feedStock, fed(f, 0, map[string]any{"sku": "SP-1", "onHand": 3}))
		require.Equal(t, "LOW", is("ANONYMOUS"))
		require.Contains(t, ask("ANONYMOUS", "quantity").Body, "Cannot query field")
		require.EqualValues(t, 3, ask("ORG_MEMBER", "quantity").At("node", "availability", "quantity"))
		require.Contains(t, ask("ORG_ADMIN", "levels { onHand }").Body, "Cannot query field")
		require.EqualValues(t, 3, ask("STAFF_AGENT", "levels { onHand }").At("node", "availability", "levels", 0, "onHand"))
		require.Equal(t, time.Now().UTC().Format(time.DateOnly), ask("ORG_MEMBER", "").At("node", "availability", "promise"))
		_, err := f.Stock.Reserve(system(), "ord_x", []stock.Want{{LineID: "oln_x", VariantID: variantOf(f, "SP-1"), Quantity: 3}}, nil)
		require.NoError(t, err)
		require.Equal(t, "OUT_OF_STOCK", is("ORG_MEMBER"))
		require.EqualValues(t, 0, ask("ORG_MEMBER", "quantity").At("node", "availability", "quantity"))
		// Whoever may not read levels may not by the service either.
		_, err = f.Stock.LevelsOf(auth.WithViewer(t.Context(), f.World.Viewer("ORG_ADMIN")), []gid.ID{variantOf(f, "SP-1")})
		require.Error(t, err)
	})
}

// TestStockStatements counts the SQL of availabilities and levels: it does not
// grow with the rows.
func TestStockStatements(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		var items []map[string]any
		require.NoError(t, f.Store.Tx(system(), func(ctx context.Context, tx *ent.Client) error {
			for i := range 40 {
				sku := fmt.Sprintf("SP-M%02d", i)
				tx.ProductVariant.Create().SetProductID(f.World.Product.ID).SetSku(sku).SetName(sku).SetCurrency("EUR").ExecX(ctx)
				items = append(items, map[string]any{"sku": sku, "onHand": i})
			}
			return nil
		}))
		as(t, f, "INTEGRATION").Must(feedStock, fed(f, 0, items...))
		staff := as(t, f, "STAFF_ADMIN")
		count := func(query string) int64 {
			return staff.Statements(query, nil)
		}
		for _, query := range []string{
			`{ stockLevels(first: %d) { edges { cursor node { onHand variant { sku availability { status quantity } } location { name } } } pageInfo { endCursor } } }`,
			`{ stockLevels(first: %d) { edges { node { movements { kind actor { name } } } } } }`,
		} {
			few, many := count(fmt.Sprintf(query, 2)), count(fmt.Sprintf(query, 40))
			require.LessOrEqual(t, many, few+3, query) // a loader may be called once more on a busy machine
			require.Less(t, many, int64(14), query)
		}
		// From page to page, each level once.
		seen, after := map[string]bool{}, any(nil)
		for {
			a := staff.Must(`query($after: Cursor) { stockLevels(first: 7, after: $after, filter: {below: 30}) {
				edges { node { variant { sku } } } pageInfo { hasNextPage endCursor } } }`, map[string]any{"after": after})
			list, _ := a.At("stockLevels", "edges").([]any)
			for i := range list {
				sku, _ := testkit.At(list[i], "node", "variant", "sku").(string)
				require.False(t, seen[sku], sku)
				seen[sku] = true
			}
			if a.At("stockLevels", "pageInfo", "hasNextPage") != true {
				break
			}
			after = a.At("stockLevels", "pageInfo", "endCursor")
		}
		require.Len(t, seen, 30)
	})
}

// placed makes an order of the buyer's that no other system keeps, with goods
// held for it.
func placed(t *testing.T, f *testkit.Foyer, quantity int) *ent.Order {
	t.Helper()
	as(t, f, "INTEGRATION").Must(feedStock, fed(f, 0, map[string]any{"sku": "SP-1", "onHand": 10}))
	var o *ent.Order
	require.NoError(t, f.Store.Tx(system(), func(ctx context.Context, tx *ent.Client) error {
		w := f.World
		o = tx.Order.Create().SetOrganizationID(w.North.ID).SetUserID(w.Users["ORG_BUYER"].ID).SetNumber("P-1").SetCurrency("EUR").
			SetLinesMinor(int64(1000 * quantity)).SetShippingMinor(500).SetTotalMinor(int64(1000*quantity + 500)).SaveX(ctx)
		l := tx.OrderLine.Create().SetOrganizationID(w.North.ID).SetUserID(o.UserID).SetOrderID(o.ID).SetPosition(1).SetSku("SP-1").SetName("Spectra").
			SetVariantID(variantOf(f, "SP-1")).SetQuantity(quantity).SetCurrency("EUR").SetUnitPriceMinor(1000).SetTotalMinor(int64(1000 * quantity)).SaveX(ctx)
		if _, err := f.Stock.Reserve(ctx, o.ID, []stock.Want{{LineID: l.ID, VariantID: l.VariantID, Quantity: quantity}}, nil); err != nil {
			return err
		}
		return events.Append(ctx, tx, events.Event{Kind: events.OrderPlaced, Subject: o.ID, Data: schema.EventData{},
			Owner: access.Owner{Organization: o.OrganizationID, User: o.UserID, Subject: o.ID}})
	}))
	return o
}

const changeOrder = `mutation($input: ChangeOrderInput!) { changeOrder(input: $input) {
	order { status total { amount } lines { id quantity quantityCancelled total { amount } } availableActions
		timeline { __typename ... on OrderChanged { cancelled { sku quantity } changed totalBefore { amount } totalAfter { amount } } } }
	preview { status before { total { amount } } after { total { amount } } reduction { amount } lines { quantityAfter totalAfter { amount } } }
	userErrors { field code message } } }`

func TestChangeOrder(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		o := placed(t, f, 4)
		level := func() string {
			a := as(t, f, "STAFF_ADMIN").Must(`{ stockLevels { edges { node { onHand allocated available } } } }`, nil)
			return fmt.Sprint(a.At("stockLevels", "edges", 0, "node", "onHand"), "/", a.At("stockLevels", "edges", 0, "node", "allocated"))
		}
		require.Equal(t, "10/4", level())
		id := f.Store.Client().OrderLine.Query().Where(orderline.OrderID(o.ID)).OnlyIDX(system())
		in := map[string]any{"orderId": o.ID, "version": 1, "dryRun": true, "lines": []any{map[string]any{"orderLineId": id, "cancelQuantity": 1}}}
		before := f.Fingerprint()
		keyed := strings.Replace(changeOrder, "(input: $input)", `(input: $input) @idempotent(key: "c")`, 1)
		a := as(t, f, "ORG_BUYER").Must(keyed, map[string]any{"input": in})
		require.Equal(t, before, f.Fingerprint(), "it was only tried")
		require.Equal(t, "10/4", level())
		require.Equal(t, "35.00", a.At("changeOrder", "preview", "after", "total", "amount"), a.Body)
		require.Equal(t, "10.00", a.At("changeOrder", "preview", "reduction", "amount"))
		require.Equal(t, "45.00", a.At("changeOrder", "order", "total", "amount"))

		in["dryRun"] = false
		keyed = strings.Replace(keyed, `"c"`, `"d"`, 1)
		a = as(t, f, "ORG_BUYER").Must(keyed, map[string]any{"input": in})
		require.Nil(t, a.At("changeOrder", "preview"))
		require.Equal(t, "35.00", a.At("changeOrder", "order", "total", "amount"), a.Body)
		require.EqualValues(t, 1, a.At("changeOrder", "order", "lines", 0, "quantityCancelled"))
		require.Equal(t, "30.00", a.At("changeOrder", "order", "lines", 0, "total", "amount"))
		require.Contains(t, a.At("changeOrder", "order", "availableActions"), "CHANGE")
		require.Equal(t, "OrderChanged", a.At("changeOrder", "order", "timeline", 0, "__typename"))
		require.Equal(t, "SP-1", a.At("changeOrder", "order", "timeline", 0, "cancelled", 0, "sku"))
		require.Equal(t, "45.00", a.At("changeOrder", "order", "timeline", 0, "totalBefore", "amount"))
		require.Equal(t, "10/3", level())
		require.Equal(t, a.Body, as(t, f, "ORG_BUYER").Must(keyed, map[string]any{"input": in}).Body, "a repeat changes nothing")

		// What is sent leaves the stock, what is cancelled after all is free.
		as(t, f, "STAFF_ADMIN").Must(`mutation($input: ConfirmOrderInput!) { confirmOrder(input: $input) { userErrors { code } } }`,
			map[string]any{"input": map[string]any{"orderId": o.ID, "version": 2}})
		b := as(t, f, "STAFF_FULFILLMENT").Must(`mutation($input: CreateShipmentInput!) { createShipment(input: $input) { userErrors { code } } }`,
			map[string]any{"input": map[string]any{"orderId": o.ID, "version": 3, "carrier": "DHL", "lines": []any{map[string]any{"orderLineId": id, "quantity": 2}}}})
		require.Empty(t, b.At("createShipment", "userErrors"), b.Body)
		require.Equal(t, "8/1", level())
		in["version"] = 4
		a = as(t, f, "ORG_BUYER").Must(changeOrder, map[string]any{"input": in})
		require.Empty(t, a.At("changeOrder", "userErrors"), a.Body)
		require.Equal(t, "8/0", level())
		require.Equal(t, order.FulfillmentStatusSHIPPED, f.Store.Client().Order.GetX(system(), o.ID).FulfillmentStatus)
	})
}

func TestCancelOrderFreesTheStock(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		o := placed(t, f, 4)
		query := `mutation($input: CancelOrderInput!) { cancelOrder(input: $input) { order { status } preview { status after { total { amount } } } userErrors { code } } }`
		in := map[string]any{"orderId": o.ID, "version": 1, "dryRun": true}
		before := f.Fingerprint()
		a := as(t, f, "ORG_BUYER").Must(query, map[string]any{"input": in})
		require.Equal(t, before, f.Fingerprint())
		require.Equal(t, "CANCELLED", a.At("cancelOrder", "preview", "status"), a.Body)
		require.Equal(t, "PLACED", a.At("cancelOrder", "order", "status"), a.Body)
		free := func() int {
			all, err := f.Stock.Available(system(), []gid.ID{variantOf(f, "SP-1")})
			require.NoError(t, err)
			return all[variantOf(f, "SP-1")].Available
		}
		require.Equal(t, 6, free())
		in["dryRun"] = false
		a = as(t, f, "ORG_BUYER").Must(query, map[string]any{"input": in})
		require.Equal(t, "CANCELLED", a.At("cancelOrder", "order", "status"), a.Body)
		require.Equal(t, 10, free())
	})
}

func TestStockLocations(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		save := `mutation($input: SaveStockLocationInput!) { saveStockLocation(input: $input) { stockLocation { id key name priority status version address { city } } userErrors { field code } } }`
		who := as(t, f, "STAFF_FULFILLMENT")
		for _, x := range []struct {
			code string
			in   map[string]any
		}{
			{"INVALID", map[string]any{"name": "x"}}, {"INVALID", map[string]any{"name": "x", "key": "No Key"}}, {"INVALID", map[string]any{"name": " ", "key": "a"}},
			{"KEY_TAKEN", map[string]any{"name": "x", "key": world.StockPlace}}, {"INVALID", map[string]any{"name": "x", "key": "a", "priority": -1}},
			{"INVALID", map[string]any{"name": "x", "id": placeOf(f), "version": 1, "key": "new"}},
		} {
			before := f.Fingerprint()
			a := who.Must(save, map[string]any{"input": x.in})
			require.Equal(t, x.code, a.At("saveStockLocation", "userErrors", 0, "code"), "%v: %s", x.in, a.Body)
			require.Equal(t, before, f.Fingerprint())
		}
		a := who.Must(save, map[string]any{"input": map[string]any{"name": "Lyon", "key": "lyon", "priority": 5, "address": map[string]any{"city": "Lyon"}}})
		require.Equal(t, "Lyon", a.At("saveStockLocation", "stockLocation", "address", "city"), a.Body)
		a = who.Must(`{ stockLocations { key } }`, nil)
		require.Equal(t, "lyon", a.At("stockLocations", 0, "key"), "taken from first")
		require.Equal(t, "CONFLICT", who.Do(save, map[string]any{"input": map[string]any{"name": "x", "id": placeOf(f), "version": 9}}).Code())
		a = who.Must(save, map[string]any{"input": map[string]any{"name": "Closed", "id": placeOf(f), "version": 1, "status": "CLOSED"}})
		require.EqualValues(t, 2, a.At("saveStockLocation", "stockLocation", "version"), a.Body)
	})
}

func TestAdjustStock(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		adjust := `mutation($input: AdjustStockInput!) { adjustStock(input: $input) { stockLevel { onHand available countedAt movements { kind onHand reason actor { kind } } } userErrors { field code } } }`
		do := func(kind string, n int, reason string) *testkit.Answer {
			return as(t, f, "STAFF_FULFILLMENT").Must(adjust, map[string]any{"input": map[string]any{
				"variantId": variantOf(f, "SP-1"), "locationId": placeOf(f), "kind": kind, "quantity": n, "reason": reason,
			}})
		}
		a := do("RECEIVE", 5, "a delivery")
		require.EqualValues(t, 5, a.At("adjustStock", "stockLevel", "onHand"), a.Body)
		require.Equal(t, "a delivery", a.At("adjustStock", "stockLevel", "movements", 0, "reason"))
		require.Equal(t, "STAFF", a.At("adjustStock", "stockLevel", "movements", 0, "actor", "kind"))
		for code, x := range map[string]*testkit.Answer{
			"NOT_ENOUGH": do("WRITE_OFF", 6, "broken"), "INVALID": do("RECEIVE", 0, "x"), "INVALID ": do("COUNT", -1, "x"), "INVALID  ": do("COUNT", 1, " "),
		} {
			require.Equal(t, strings.TrimSpace(code), x.At("adjustStock", "userErrors", 0, "code"), x.Body)
			require.Nil(t, x.At("adjustStock", "stockLevel"))
		}
		require.EqualValues(t, 2, do("WRITE_OFF", 3, "broken").At("adjustStock", "stockLevel", "onHand"))
		require.EqualValues(t, 4, do("COUNT", 4, "counted").At("adjustStock", "stockLevel", "onHand"))
		// A feed that was observed before the count says nothing new.
		b := as(t, f, "INTEGRATION").Must(feedStock, fed(f, 30, map[string]any{"sku": "SP-1", "onHand": 99}))
		require.EqualValues(t, 1, b.At("feedStock", "outdated"), b.Body)
		// Sold more than there is by the word of who has counted: staff see it.
		_, err := f.Stock.Reserve(system(), "ord_x", []stock.Want{{LineID: "oln_x", VariantID: variantOf(f, "SP-1"), Quantity: 4}}, nil)
		require.NoError(t, err)
		do("COUNT", 1, "counted again")
		c := as(t, f, "STAFF_AGENT").Must(`{ stockLevels(filter: {oversold: true}) { edges { node { onHand available } } } }`, nil)
		require.EqualValues(t, -3, c.At("stockLevels", "edges", 0, "node", "available"), c.Body)
		d := as(t, f, "STAFF_AGENT").Must(`query($v: ID!, $l: ID!) { stockMovements(variantId: $v, locationId: $l, first: 2) { kind allocated orderId } }`,
			map[string]any{"v": variantOf(f, "SP-1"), "l": placeOf(f)})
		require.Equal(t, "ALLOCATE", d.At("stockMovements", 1, "kind"), d.Body)
		require.Equal(t, "ord_x", d.At("stockMovements", 1, "orderId"))
	})
}
