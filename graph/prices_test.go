package graph_test

import (
	"context"
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

func init() {
	moreGuesses = append(moreGuesses, func(f *testkit.Foyer) map[string][]guess {
		return map[string][]guess{
			"PriceListFilter.search":         {{world.ListOfSouth, "zz-nowhere"}, {"ZZ-S", "ZZ-X"}, {"%south", "%nowhere"}},
			"PriceListFilter.status":         {{[]string{"ACTIVE"}, []string{"RETIRED"}}},
			"PriceListFilter.currency":       {{"EUR", "USD"}},
			"PriceListFilter.organizationId": {{f.World.South.ID, gid.New(gid.Organization)}},
			"PriceListFilter.segmentId":      {{gid.New(gid.Segment), gid.New(gid.Segment)}},
		}
	})
	maps.Copy(attempts, map[string]attempt{
		"savePriceList": {"priceList.save", "PriceList", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "key": world.ListOfSouth, "name": "Renamed", "currency": "EUR"}
		}},
		"assignPriceList": {"priceList.assign", "PriceList", func(f *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"priceListId": id, "version": v, "assignments": []any{map[string]any{"organizationId": f.World.South.ID, "priority": 10}}}
		}},
		"setPrices": {"priceList.prices", "PriceList", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"priceListId": id, "prices": []any{map[string]any{"sku": "SP-1", "unitPrice": "9.00"}}}
		}},
		"saveRuleTable": {"ruleTable.save", "", func(_ *testkit.Foyer, _ gid.ID, _ int) map[string]any {
			return map[string]any{"kind": "TAX", "basedOn": 0, "originCountry": "DE", "taxRules": []any{}}
		}},
	})
}

const (
	saveList   = `mutation($input: SavePriceListInput!) { savePriceList(input: $input) { priceList { id version isCurrent } userErrors { field code message } } }`
	assignList = `mutation($input: AssignPriceListInput!) { assignPriceList(input: $input) { priceList { version assignments { priority isEverybody organization { name } segment { name } } } userErrors { field code } } }`
	setPrices  = `mutation($input: SetPricesInput!) { setPrices(input: $input) { priceList { version variantCount } userErrors { field code message } } }`
	saveRules  = `mutation($input: SaveRuleTableInput!) { saveRuleTable(input: $input) { ruleTable { number isInForce originCountry taxRules { key percent isBusiness }
		shippingRules { key price { amount } freeFrom { amount } } discountRules { key percent amount { amount } minimumValue { amount currency } } } userErrors { field code message } } }`
)

// priceListFor makes a list with prices through the API, as sales do.
func priceListFor(f *testkit.Foyer, key string, assignment map[string]any, prices ...map[string]any) string {
	sales := f.As("STAFF_SALES")
	a := sales.Must(saveList, map[string]any{"input": map[string]any{"key": key, "name": "List " + key, "currency": "EUR"}})
	id, _ := testkit.At(a, "savePriceList", "priceList", "id").(string)
	sales.Must(assignList, map[string]any{"input": map[string]any{"priceListId": id, "version": 1, "assignments": []any{assignment}}})
	sales.Must(setPrices, map[string]any{"input": map[string]any{"priceListId": id, "prices": prices}})
	return id
}

func priceRow(sku string, from int, unit string) map[string]any {
	return map[string]any{"sku": sku, "minimumQuantity": from, "unitPrice": unit}
}

const pricedProducts = `{ products { edges { node { variants { sku price { amount currency } ten: price(quantity: 10) { amount }
	priceTiers { minimumQuantity unitPrice { amount } }
	priceExplanation(quantity: 10) { listName minimumQuantity unitPrice { amount } text isReverseCharge taxName
		nextTier { minimumQuantity unitPrice { amount } } alternatives { listName reason text unitPrice { amount } minimumQuantity } } } } } } }`

func TestPricesFollowFromTheViewer(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		plain := f.As("ANONYMOUS").Do(pricedProducts, nil)
		require.Equal(t, "10.00", plain.At("products", "edges", 0, "node", "variants", 0, "price", "amount"), plain.Body)
		require.Contains(t, plain.Body, "10.00 EUR is the standard price.")
		others := map[string]string{}
		for _, role := range []string{"ANONYMOUS", "STAFF_AGENT", "STAFF_ADMIN", "INTEGRATION"} {
			others[role] = f.As(role).Do(pricedProducts, nil).Body
		}
		south, beforeSouth := f.World.South.ID, f.As("ORG_MEMBER").Do(pricedProducts, nil).Body
		hidden := priceListFor(f, "secret", map[string]any{"organizationId": south, "priority": 900}, priceRow("SP-1", 1, "1.00"), priceRow("SP-1", 7, "0.50"))
		require.Equal(t, beforeSouth, f.As("ORG_MEMBER").Do(pricedProducts, nil).Body, "the list of another organization shows in nothing")
		priceListFor(f, "north", map[string]any{"organizationId": f.World.North.ID, "priority": 5},
			priceRow("SP-1", 1, "9.00"), priceRow("SP-1", 10, "8.00"), priceRow("SP-1", 50, "7.00"))
		for role, body := range others {
			require.Equal(t, body, f.As(role).Do(pricedProducts, nil).Body, "%s buys as nobody", role)
		}
		for _, role := range []string{"ORG_MEMBER", "ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN"} {
			a := f.As(role).Do(pricedProducts, nil)
			v := func(path ...any) any {
				return a.At(append([]any{"products", "edges", 0, "node", "variants", 0}, path...)...)
			}
			require.Equal(t, "9.00", v("price", "amount"), a.Body)
			require.Equal(t, "8.00", v("ten", "amount"))
			require.Equal(t, "List north", v("priceExplanation", "listName"))
			require.EqualValues(t, 10, v("priceExplanation", "minimumQuantity"))
			require.EqualValues(t, 50, v("priceExplanation", "nextTier", "minimumQuantity"))
			require.Equal(t, "STANDARD_PRICE", v("priceExplanation", "alternatives", 0, "reason"))
			require.Nil(t, v("priceExplanation", "alternatives", 1))
			require.Contains(t, v("priceExplanation", "text"), "8.00 EUR is from the price list “List north” for quantities from 10 on.")
			require.Len(t, v("priceTiers"), 3)
			for _, secret := range []string{"secret", "1.00", "0.50", hidden} {
				require.NotContains(t, a.Body, secret)
			}
			// Nothing that a customer can ask for leads to lists or rules.
			for _, query := range []string{
				`{ priceLists { edges { node { id } } } }`, `{ priceList(id: "` + hidden + `") { id } }`, `{ ruleTable(kind: TAX) { id } }`,
				`{ products { edges { node { variants { listPrices { sku } } } } } }`,
			} {
				require.Contains(t, f.As(role).Do(query, nil).Body, "Cannot query field")
			}
			known, none := f.As(role).Do(`{ node(id: "`+hidden+`") { id } }`, nil), f.As(role).Do(`{ node(id: "`+string(gid.New(gid.PriceList))+`") { id } }`, nil)
			require.Equal(t, none.Code(), known.Code())
			require.NotEmpty(t, known.Code())
		}
		// A list in a currency that is not the buyer's is no list of theirs.
		system := auth.WithSystem(t.Context(), "test")
		require.NoError(t, f.Store.Tx(system, func(ctx context.Context, tx *ent.Client) error {
			return tx.Organization.UpdateOneID(f.World.North.ID).SetCurrency("CHF").Exec(ctx)
		}))
		a := f.As("ORG_MEMBER").Do(pricedProducts, nil)
		require.Empty(t, a.Errors, a.Body)
		require.Nil(t, a.At("products", "edges", 0, "node", "variants", 0, "price"), "never converted")
		require.Nil(t, a.At("products", "edges", 0, "node", "variants", 0, "priceExplanation"))
		require.Empty(t, a.At("products", "edges", 0, "node", "variants", 0, "priceTiers"))
	})
}

func TestBadQuantities(t *testing.T) {
	f := testkit.SQLite(t)
	for _, n := range []string{"0", "-1", "2147483648", "1.5", `"1"`} {
		for _, field := range []string{"price(quantity: %s) { amount }", "priceExplanation(quantity: %s) { text }"} {
			a := f.As("ORG_MEMBER").Do(fmt.Sprintf(`{ products { edges { node { variants { sku `+field+` } } } } }`, n), nil)
			require.NotEmpty(t, a.Code(), "%s: %s", n, a.Body)
			require.NotEqual(t, "INTERNAL", a.Code(), a.Body)
		}
	}
	a := f.As("ORG_MEMBER").Do(`{ products { edges { node { variants { price(quantity: null) { amount } } } } } }`, nil)
	require.Empty(t, a.Errors, a.Body)
}

// TestStatementsOfPrices counts the SQL of a page of a hundred products.
func TestStatementsOfPrices(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		priceListFor(f, "north", map[string]any{"organizationId": f.World.North.ID}, priceRow("SP-1", 1, "9.00"))
		count := func(role, query string) int64 {
			return f.As(role).Statements(query, nil)
		}
		const staff = `{ products(first: 100) { edges { node { variants { sku listPrices { priceList { key } } } } } } }`
		const page = `{ products(first: 100) { edges { node { variants { sku price { amount } priceTiers { minimumQuantity } priceExplanation(quantity: 10) { listName text } } } } } }`
		few, fewOfStaff := count("ORG_MEMBER", page), count("STAFF_SALES", staff)
		system := auth.WithSystem(t.Context(), "test")
		require.NoError(t, f.Store.Tx(system, func(ctx context.Context, tx *ent.Client) error {
			for i := range 120 {
				p := tx.Product.Create().SetName(fmt.Sprintf("P %03d", i)).SaveX(ctx)
				for n := range 3 {
					tx.ProductVariant.Create().SetProductID(p.ID).SetSku(fmt.Sprintf("P-%d-%d", i, n)).SetName("v").SetPriceMinor(100).SetCurrency("EUR").SaveX(ctx)
				}
			}
			return nil
		}))
		require.Equal(t, few, count("ORG_MEMBER", page), "the number of statements depends on the query, not on the rows")
		require.LessOrEqual(t, few, int64(5), "products, variants, buyer, lists, prices")
		require.Equal(t, fewOfStaff, count("STAFF_SALES", staff))
		for i := range 20 {
			priceListFor(f, fmt.Sprintf("l%d", i), map[string]any{"organizationId": f.World.South.ID}, priceRow("SP-1", 1, "9.00"))
		}
		const lists = `{ priceLists(first: 100) { edges { node { key isCurrent variantCount assignments { priority organization { name } } } } } }`
		require.LessOrEqual(t, count("STAFF_SALES", lists), int64(4), "lists, assignments, counts, organizations")
		t.Logf("%d statements for prices, %d for those of all lists", few, fewOfStaff)
	})
}

func TestStaffSetPrices(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		id := priceListFor(f, "a", map[string]any{"priority": 3}, priceRow("SP-1", 1, "9.00"))
		sales := f.As("STAFF_SALES")
		// The key is taken; a version is stale; what is wrong has changed nothing.
		before := f.Fingerprint()
		for _, c := range []struct {
			query, field, code string
			input              map[string]any
		}{
			{saveList, "savePriceList", "TAKEN", map[string]any{"key": "a", "name": "A", "currency": "EUR"}},
			{saveList, "savePriceList", "INVALID", map[string]any{"key": "a b", "name": "A", "currency": "EUR"}},
			{saveList, "savePriceList", "INVALID", map[string]any{"key": "b", "name": " ", "currency": "EUR"}},
			{saveList, "savePriceList", "INVALID", map[string]any{"key": "b", "name": "B", "currency": "eur"}},
			{saveList, "savePriceList", "INVALID", map[string]any{"id": id, "version": 3, "key": "a", "name": "B", "currency": "USD"}},
			{saveList, "savePriceList", "INVALID", map[string]any{"id": id, "version": 3, "key": "b", "name": "B", "currency": "EUR"}},
			{saveList, "savePriceList", "INVALID", map[string]any{"key": "b", "name": "B", "currency": "EUR", "validFrom": "2026-02-01T00:00:00Z", "validTo": "2026-01-01T00:00:00Z"}},
			{assignList, "assignPriceList", "UNKNOWN", map[string]any{"priceListId": id, "version": 3, "assignments": []any{map[string]any{"organizationId": gid.New(gid.Organization)}}}},
			{assignList, "assignPriceList", "DUPLICATE", map[string]any{"priceListId": id, "version": 3, "assignments": []any{map[string]any{}, map[string]any{"priority": 2}}}},
			{assignList, "assignPriceList", "INVALID", map[string]any{"priceListId": id, "version": 3, "assignments": []any{map[string]any{"priority": -1}}}},
			{setPrices, "setPrices", "UNKNOWN", map[string]any{"priceListId": id, "prices": []any{priceRow("NONE", 1, "1")}}},
			{setPrices, "setPrices", "INVALID", map[string]any{"priceListId": id, "prices": []any{priceRow("SP-1", 1, "-1")}}},
		} {
			a := sales.Do(c.query, map[string]any{"input": c.input})
			require.Empty(t, a.Errors, a.Body)
			require.Equal(t, c.code, a.At(c.field, "userErrors", 0, "code"), a.Body)
			require.Equal(t, before, f.Fingerprint())
		}
		stale := sales.Do(saveList, map[string]any{"input": map[string]any{"id": id, "version": 1, "key": "a", "name": "B", "currency": "EUR"}})
		require.Equal(t, "CONFLICT", stale.Code())
		// An integration sets prices, also 10,000 of them at once; but makes no lists.
		rows := make([]any, 0, 10_000)
		for i := range 10_000 {
			rows = append(rows, map[string]any{"sku": "SP-1", "minimumQuantity": i + 1, "unitPrice": fmt.Sprintf("%d.%02d", 100+i%7, i%100)})
		}
		erp := f.As("INTEGRATION")
		a := erp.Do(setPrices, map[string]any{"input": map[string]any{"priceListId": id, "prices": rows}})
		require.Empty(t, a.Errors, a.Body)
		require.Empty(t, a.At("setPrices", "userErrors"), a.Body)
		a = erp.Do(setPrices, map[string]any{"input": map[string]any{"priceListId": id, "prices": append(rows, rows[0])}})
		require.Equal(t, "LIMIT_EXCEEDED", a.Code())
		require.Contains(t, erp.Do(saveList, map[string]any{"input": map[string]any{"key": "x", "name": "X", "currency": "EUR"}}).Body, "Cannot query field")
		// The lists as staff read them.
		a = sales.Do(`query($id: ID!) { priceList(id: $id) { key assignments { isEverybody priority } prices(first: 1) { edges { node { sku variant { name product { name } } tiers { minimumQuantity unitPrice { amount } } } } pageInfo { hasNextPage endCursor } } }
			priceLists(filter: {search: "A"}) { edges { node { key } } } }`, map[string]any{"id": id})
		require.Empty(t, a.Errors, a.Body)
		require.Equal(t, true, a.At("priceList", "assignments", 0, "isEverybody"))
		require.Equal(t, "Spectra", a.At("priceList", "prices", "edges", 0, "node", "variant", "product", "name"))
		require.Equal(t, "a", a.At("priceLists", "edges", 0, "node", "key"))
	})
}

func TestRuleTables(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		admin := f.As("STAFF_ADMIN")
		save := func(input map[string]any) *testkit.Answer { return admin.Do(saveRules, map[string]any{"input": input}) }
		a := save(map[string]any{"kind": "TAX", "basedOn": 0, "note": "the first", "originCountry": "DE", "taxRules": []any{
			map[string]any{"key": "de", "name": "VAT 19 %", "countries": []any{"DE"}, "percent": "19"},
			map[string]any{"key": "eu", "name": "Reverse charge", "percent": "0", "isBusiness": true, "isReverseCharge": true},
		}})
		require.Empty(t, a.Errors, a.Body)
		require.EqualValues(t, 1, a.At("saveRuleTable", "ruleTable", "number"), a.Body)
		require.Equal(t, true, a.At("saveRuleTable", "ruleTable", "isInForce"))
		require.Equal(t, "19.00", a.At("saveRuleTable", "ruleTable", "taxRules", 0, "percent"))
		require.Equal(t, "CONFLICT", save(map[string]any{"kind": "TAX", "basedOn": 0, "originCountry": "DE", "taxRules": []any{}}).Code())
		before := f.Fingerprint()
		for _, percent := range []string{"-1", "100.01", "1.005"} {
			a = save(map[string]any{"kind": "TAX", "basedOn": 1, "originCountry": "DE", "taxRules": []any{map[string]any{"key": "x", "name": "X", "percent": percent}}})
			require.Equal(t, "INVALID", a.At("saveRuleTable", "userErrors", 0, "code"), a.Body)
			require.Equal(t, []any{"input", "taxRules", "0", "percent"}, a.At("saveRuleTable", "userErrors", 0, "field"))
		}
		require.Equal(t, before, f.Fingerprint())
		a = save(map[string]any{"kind": "SHIPPING", "basedOn": 0, "shippingRules": []any{
			map[string]any{"key": "parcel", "name": "Parcel", "currency": "EUR", "price": "6.90", "freeFrom": "500", "days": 2, "maximumGrams": 31500},
		}})
		require.Equal(t, "500.00", a.At("saveRuleTable", "ruleTable", "shippingRules", 0, "freeFrom", "amount"), a.Body)
		a = save(map[string]any{"kind": "DISCOUNT", "basedOn": 0, "discountRules": []any{
			map[string]any{"key": "large", "name": "Large order", "on": "ORDER", "percent": "2.5", "minimumValue": "1000", "currency": "EUR"},
			map[string]any{"key": "ten", "name": "Ten off", "on": "ORDER", "amount": "10", "currency": "EUR", "organizationIds": []any{f.World.North.ID}},
		}})
		require.Equal(t, "2.50", a.At("saveRuleTable", "ruleTable", "discountRules", 0, "percent"), a.Body)
		a = f.As("STAFF_SALES").Do(`{ ruleTable(kind: TAX) { number note user { name } isInForce } none: ruleTable(kind: TAX, number: 7) { id } ruleTables(kind: TAX) { number isInForce } }`, nil)
		require.Empty(t, a.Errors, a.Body)
		require.Equal(t, "the first", a.At("ruleTable", "note"))
		require.Nil(t, a.At("none"))
	})
}

// TestHowAnOrderWasPriced reads what was kept with an order: of one that another
// system has priced, nothing.
func TestHowAnOrderWasPriced(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		const query = `query($id: ID!) { order(id: $id) { shippingMethod discountReason taxes { name percent net { amount } tax { amount } }
			lines { priceExplanation { unitPrice { amount } listName discountPercent discountReason taxName isReverseCharge text alternatives { text } } } } }`
		imported := f.As("ORG_MEMBER").Do(query, map[string]any{"id": f.World.Orders[world.OrderOfMember].ID})
		require.Empty(t, imported.Errors, imported.Body)
		for _, path := range [][]any{{"order", "shippingMethod"}, {"order", "discountReason"}, {"order", "taxes"}, {"order", "lines", 0, "priceExplanation"}} {
			require.Nil(t, imported.At(path...), imported.Body)
		}
		var id gid.ID
		require.NoError(t, f.Store.Tx(auth.WithSystem(t.Context(), "test"), func(ctx context.Context, tx *ent.Client) error {
			o := tx.Order.Create().SetOrganizationID(f.World.North.ID).SetUserID(f.World.Users["ORG_MEMBER"].ID).SetNumber("FO-priced").SetCurrency("EUR").SetPlacedAt(time.Now()).
				SetCalculation(schema.OrderCalculation{TaxTable: 1, ShippingName: "Parcel", DiscountName: "Loyalty",
					Taxes: []schema.TaxAmount{{Key: "de", Name: "VAT 19 %", BasisPoints: 1900, NetMinor: 1000, TaxMinor: 190}}}).SaveX(ctx)
			id = o.ID
			tx.OrderLine.Create().SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetOrderID(o.ID).SetPosition(1).SetSku("SP-1").SetName("Spectra").
				SetQuantity(1).SetCurrency("EUR").SetUnitPriceMinor(1250).SetTotalMinor(1000).SetPriceExplanation(schema.PriceCause{
				ListName: "Key accounts", TierFrom: 10, UnitMinor: 1250, Discount: 2000, DiscountName: "Damaged box", TaxKey: "de", TaxName: "VAT 19 %",
			}).SaveX(ctx)
			return nil
		}))
		a := f.As("ORG_MEMBER").Do(query, map[string]any{"id": id})
		require.Empty(t, a.Errors, a.Body)
		require.Equal(t, "Parcel", a.At("order", "shippingMethod"))
		require.Equal(t, "Loyalty", a.At("order", "discountReason"))
		require.Equal(t, "1.90", a.At("order", "taxes", 0, "tax", "amount"))
		e, _ := a.At("order", "lines", 0, "priceExplanation").(map[string]any)
		require.Equal(t, "12.50 EUR is from the price list “Key accounts” for quantities from 10 on. There is a discount of 20 percent on it: Damaged box. It is taxed with VAT 19 %.", e["text"])
		require.Equal(t, "20.00", e["discountPercent"])
		require.Equal(t, "NOT_FOUND", f.As("GUEST").Do(`query($id: ID!) { order(id: $id) { shippingMethod } }`, map[string]any{"id": id}).Code())
		require.Contains(t, f.As("STAFF_FULFILLMENT").Do(query, map[string]any{"id": id}).Body, "Cannot query field", "who sees no prices sees no taxes")
	})
}

const quoted = `query($input: QuoteInput!) { quote(input: $input) { country discountRule shippingMethod shippingTaxRule
	amounts { lines { amount } tax { amount } total { amount currency } } shippingOffers { key price { amount } } segments { key }
	lines { sku quantity variant { name } taxRule taxPercent discountRule total { amount } priceList { key }
		priceExplanation { unitPrice { amount } listName taxName alternatives { listName reason } } } } }`

func TestAQuote(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		priceListFor(f, "south", map[string]any{"organizationId": f.World.South.ID, "priority": 5}, priceRow("SP-1", 1, "9.00"), priceRow("SP-1", 10, "8.00"))
		f.As("STAFF_ADMIN").Must(saveRules, map[string]any{"input": map[string]any{"kind": "TAX", "basedOn": 0, "originCountry": "DE", "taxRules": []any{
			map[string]any{"key": "at", "name": "USt 20 %", "countries": []any{"AT"}, "percent": "20"},
			map[string]any{"key": "de", "name": "VAT 19 %", "percent": "19"},
		}}})
		f.As("STAFF_ADMIN").Must(saveRules, map[string]any{"input": map[string]any{"kind": "SHIPPING", "basedOn": 0, "shippingRules": []any{
			map[string]any{"key": "fast", "name": "Express", "currency": "EUR", "price": "20.00", "days": 1},
			map[string]any{"key": "slow", "name": "Parcel", "currency": "EUR", "price": "5.00", "days": 3},
		}}})
		input := func(org any, country any, sku string, quantity int) map[string]any {
			return map[string]any{"input": map[string]any{"organizationId": org, "country": country, "lines": []any{map[string]any{"sku": sku, "quantity": quantity}}}}
		}
		sales := f.As("STAFF_SALES")
		a := sales.Do(quoted, input(f.World.South.ID, "AT", "SP-1", 10))
		require.Equal(t, "8.00", a.At("quote", "lines", 0, "priceExplanation", "unitPrice", "amount"), a.Body)
		require.Equal(t, "south", a.At("quote", "lines", 0, "priceList", "key"))
		require.Equal(t, "STANDARD_PRICE", a.At("quote", "lines", 0, "priceExplanation", "alternatives", 0, "reason"))
		require.Equal(t, "at", a.At("quote", "lines", 0, "taxRule"))
		require.Equal(t, "slow", a.At("quote", "shippingMethod"), "the cheapest")
		require.Equal(t, "102.00", a.At("quote", "amounts", "total", "amount"), "80 and 5, and 20 percent")
		a = sales.Do(quoted, input(f.World.North.ID, "DE", "SP-1", 10))
		require.Equal(t, "10.00", a.At("quote", "lines", 0, "priceExplanation", "unitPrice", "amount"), "the list of another customer shows in nothing")
		require.Equal(t, "de", a.At("quote", "lines", 0, "taxRule"))
		a = sales.Do(quoted, input(nil, nil, "no-such", 1))
		require.Nil(t, a.At("quote", "lines", 0, "variant"), a.Body)
		require.Nil(t, a.At("quote", "lines", 0, "priceExplanation"))
		require.Contains(t, sales.Do(quoted, input(gid.New(gid.Organization), nil, "SP-1", 1)).Body, "NOT_FOUND")
		require.Contains(t, sales.Do(quoted, input(nil, nil, "SP-1", 0)).Body, "BAD_USER_INPUT")
		for _, role := range []string{"ORG_ADMIN", "STAFF_MARKETING", "INTEGRATION", "ANONYMOUS"} {
			require.Contains(t, f.As(role).Do(quoted, input(f.World.South.ID, "DE", "SP-1", 1)).Body, "errors", role)
		}
	})
}
