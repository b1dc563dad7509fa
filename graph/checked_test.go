package graph_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

const checkModel = `query($d: ConfigurationDocumentInput!) { checkConfigurationModel(document: $d) { path line column message } }`

// TestCheckConfigurationModel: all that is wrong with a draft is told with its place,
// and nothing is kept.
func TestCheckConfigurationModel(t *testing.T) {
	benches(t, func(b *bench) {
		t, before := b.t, b.everything()
		staff := b.As("STAFF_ADMIN")
		require.Empty(t, staff.Must(checkModel, map[string]any{"d": documentInput(world.Press())})["checkConfigurationModel"])
		for name, x := range map[string]struct {
			change     func(d *schema.ConfigurationDocument)
			path, says string
		}{
			"no title":       {func(d *schema.ConfigurationDocument) { d.Title = map[string]string{"en": "", "de": ""} }, "title", "Please write something here."},
			"key":            {func(d *schema.ConfigurationDocument) { d.Groups[0].Options[0].Key = "Not a key" }, "groups/0/options/0/key", "lowercase letters"},
			"twice":          {func(d *schema.ConfigurationDocument) { d.Groups[0].Options[1].Key = "small" }, "groups/0/options/1/key", "there twice"},
			"base":           {func(d *schema.ConfigurationDocument) { d.Groups[0].Key = "base" }, "groups/0/key", "base price"},
			"step":           {func(d *schema.ConfigurationDocument) { d.Steps[0].Groups = []string{} }, "steps/0/groups", "needs a group"},
			"unknown group":  {func(d *schema.ConfigurationDocument) { d.Steps[0].Groups[0] = "nothing" }, "steps/0/groups/0", "There is no group"},
			"in no step":     {func(d *schema.ConfigurationDocument) { d.Steps[0].Groups = d.Steps[0].Groups[:1] }, "groups/1/key", "in no step"},
			"in two steps":   {func(d *schema.ConfigurationDocument) { d.Steps[1].Groups = append(d.Steps[1].Groups, "size") }, "steps/1/groups/3", "in a step already"},
			"min and max":    {func(d *schema.ConfigurationDocument) { d.Groups[4].Min = 3 }, "groups/4", "leave nothing"},
			"default":        {func(d *schema.ConfigurationDocument) { d.Groups[0].Default = "huge" }, "groups/0/default", "There is no option"},
			"no options":     {func(d *schema.ConfigurationDocument) { d.Groups[4].Options = nil }, "groups/4/options", "A group needs options"},
			"swatch":         {func(d *schema.ConfigurationDocument) { d.Groups[0].Options[0].Replaces = []string{"x"} }, "groups/0/options/0/replaces/0", "Write group.option"},
			"bounds":         {func(d *schema.ConfigurationDocument) { d.Groups[1].Number.Min = 400 }, "groups/1/number", "below the least"},
			"number default": {func(d *schema.ConfigurationDocument) { d.Groups[1].Number.Default = new(int64(60)) }, "groups/1/number/default", "no value of the number"},
			"of":             {func(d *schema.ConfigurationDocument) { d.Groups[3].Number.Of = "cooling.fire" }, "groups/3/number/of", "There is no option"},
			"rule":           {func(d *schema.ConfigurationDocument) { d.Rules[1].Text = "length >" }, "rules/1/text", ""},
			"rule of none":   {func(d *schema.ConfigurationDocument) { d.Rules[0].Text = "size.huge -> cooling.water" }, "rules/0/text", "huge"},
			"price":          {func(d *schema.ConfigurationDocument) { d.Prices[0].BasisPoints = 100 }, "prices/0", "either amounts or a percentage"},
			"condition":      {func(d *schema.ConfigurationDocument) { d.Prices[0].When = "size.huge" }, "prices/0/when", "huge"},
			"lead time":      {func(d *schema.ConfigurationDocument) { d.LeadTimes[0].Days = -1 }, "leadTimes/0/days", "is not from"},
			"part":           {func(d *schema.ConfigurationDocument) { d.Parts[0].Quantity = 0 }, "parts/0/quantity", "is not from"},
			"golden":         {func(d *schema.ConfigurationDocument) { d.Golden[0].Choices[0].Option = "huge" }, "golden/0/choices/0", "has no option"},
		} {
			doc := world.Press()
			x.change(&doc)
			d := staff.Do(checkModel, map[string]any{"d": documentInput(doc)})
			require.Empty(t, d.Errors, "%s: %s", name, d.Body)
			list, _ := d.At("checkConfigurationModel").([]any)
			found := false
			for _, p := range list {
				parts, _ := testkit.At(p, "path").([]any)
				var path []string
				for _, q := range parts {
					path = append(path, q.(string))
				}
				message, _ := testkit.At(p, "message").(string)
				require.NotEmpty(t, message)
				if strings.HasPrefix(strings.Join(path, "/"), x.path) && strings.Contains(message, x.says) {
					found = true
					if strings.HasSuffix(x.path, "text") {
						require.NotNil(t, testkit.At(p, "line"), "%s: %s", name, d.Body)
						require.NotNil(t, testkit.At(p, "column"), name)
					}
				}
			}
			require.True(t, found, "%s: %s", name, d.Body)
		}
		unreadable := documentInput(world.Press())
		unreadable["parts"].([]any)[0].(map[string]any)["costs"] = []any{map[string]any{"amount": "1.00", "currency": "EUR"}, map[string]any{"amount": "2.00", "currency": "EUR"}}
		d := staff.Do(checkModel, map[string]any{"d": unreadable})
		require.Equal(t, "parts", d.At("checkConfigurationModel", 0, "path", 0), d.Body)

		// Whoever may not write models does not learn that there is such a thing.
		for _, role := range []string{"ORG_MEMBER", "ORG_ADMIN", "STAFF_SALES", "ANONYMOUS", "GUEST"} {
			a := b.As(role).Do(checkModel, map[string]any{"d": documentInput(world.Press())})
			require.Contains(t, a.Body, "Cannot query field", role)
			require.Nil(t, a.Data, a.Body)
		}
		for _, role := range []string{"ORG_MEMBER", "ANONYMOUS"} { // when a draft was worked on
			a := b.As(role).Do(`query($id: ID!) { configurationModel(productId: $id) { updatedAt } }`, map[string]any{"id": b.product})
			require.Contains(t, a.Body, "Cannot query field", role)
		}
		require.Equal(t, before, b.everything())
	})
}

// TestRepairsOfAContradiction: with nothing wanted they make choices consistent that
// contradict each other, and are none where none do.
func TestRepairsOfAContradiction(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		const repairs = `query($i: ConfigureInput!, $f: Int) { repairs(input: $i, want: [], first: $f) { drop { group option } text priceDelta { amount } choices { group option number } } }`
		ask := func(first any, choices ...any) []any {
			list, _ := b.As("ORG_MEMBER").Must(repairs, map[string]any{"i": b.input(nil, choices...), "f": first})["repairs"].([]any)
			return list
		}
		require.Empty(t, ask(nil, chosen("cooling", "air")), "nothing is wrong")
		require.Empty(t, ask(nil))
		d := b.As("ORG_MEMBER").Must(`query($i: ConfigureInput!) { repairs(input: $i, want: [{group: "extras", option: "light"}]) { drop { group } text } }`,
			map[string]any{"i": b.input(nil, chosen("cooling", "air"))})
		require.Equal(t, []any{map[string]any{"drop": []any{}, "text": "Nothing has to be given up"}}, d["repairs"], "what is wanted is possible")
		list := ask(nil, chosen("size", "large"), chosen("cooling", "air"))
		require.NotEmpty(t, list)
		dropped := map[any]bool{}
		for _, r := range list {
			var kept []any
			all, _ := testkit.At(r, "choices").([]any)
			for _, c := range all {
				if o := testkit.At(c, "option"); o != nil {
					kept = append(kept, map[string]any{"group": testkit.At(c, "group"), "option": o})
				} else {
					kept = append(kept, map[string]any{"group": testkit.At(c, "group"), "number": testkit.At(c, "number")})
				}
			}
			require.Equal(t, true, b.configure("ORG_MEMBER", b.input(nil, kept...))["isConsistent"], "%v", r)
			dropped[testkit.At(r, "drop", 0, "group")] = true
			require.NotEmpty(t, testkit.At(r, "text"))
		}
		require.Equal(t, map[any]bool{"size": true, "cooling": true}, dropped, "either of the two can go")
		require.Len(t, ask(1, chosen("size", "large"), chosen("cooling", "air")), 1)
		as := b.As("ORG_MEMBER").Do(repairs, map[string]any{"i": b.input(nil), "f": 0})
		require.Equal(t, "BAD_USER_INPUT", as.Code(), as.Body)
	})
}

// listed gives a customer a price of their own for the press.
func (b *bench) listed(key string, organization gid.ID, minor int64) {
	b.t.Helper()
	b.do(func(ctx context.Context, tx *ent.Client) error {
		l := tx.PriceList.Create().SetKey(key).SetName("Of the " + key).SetCurrency("EUR").SaveX(ctx)
		for _, q := range []struct {
			text string
			args []any
		}{
			{`INSERT INTO price_list_assignments (audience_id, price_list_id, priority) VALUES ($1, $2, 0)`, []any{organization, l.ID}},
			{`INSERT INTO list_prices (price_list_id, variant_id, minimum_quantity, unit_minor) VALUES ($1, $2, 1, $3)`, []any{l.ID, b.ids["PRESS"], minor}},
		} {
			if _, err := b.Store.Raw(ctx).ExecContext(ctx, q.text, q.args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestPricesOfWhatIsShared: those who act for the customer whose it is read the
// customer's prices, and everybody else list prices: neither the customer's nor such as
// would tell what they pay themselves.
func TestPricesOfWhatIsShared(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		b.listed("north", b.World.North.ID, 90_000)
		b.listed("south", b.World.South.ID, 70_000)
		c := b.kept("ORG_MEMBER", "Hall 2", chosen("cooling", "air"))
		require.Equal(t, "909.99", testkit.At(c, "lastPrice", "amount"))
		d := b.As("ORG_MEMBER").Must(share, map[string]any{"i": map[string]any{"id": c["id"]}})
		code := testkit.At(d, "shareConfiguration", "code")
		b.Acting("south", b.of("SOUTH"))
		const read = `query($c: String!) { sharedConfiguration(code: $c) { name quantity version { id title model { id } steps { key } groups { key options { key title } } }
			state { isComplete groups { key options { option status priceDelta { amount } } } price { unit { amount currency } lines { title detail amount { amount } } } leadTime { days } } } }`
		ask := func(role string) *testkit.Answer {
			query := read
			if role == "GUEST" { // of whom models are no business at all
				query = strings.Replace(query, "model { id }", "", 1)
			}
			return b.As(role).Do(query, map[string]any{"c": code})
		}
		for role, price := range map[string]string{
			"ORG_MEMBER": "909.99", "ORG_MANAGER": "909.99", "south": "1009.99", "ANONYMOUS": "1009.99", "GUEST": "1009.99", "STAFF_SALES": "1009.99",
		} {
			a := ask(role)
			require.Empty(t, a.Errors, "%s: %s", role, a.Body)
			require.Equal(t, price, a.At("sharedConfiguration", "state", "price", "unit", "amount"), "%s: %s", role, a.Body)
			if price == "1009.99" {
				require.NotContains(t, a.Body, "Of the", "%s: whose list it is", role)
			}
			require.Len(t, a.At("sharedConfiguration", "version", "groups"), 5, role)
		}

		// What is not offered any more is shown to guests with the link, all of it, and not
		// one question beyond.
		b.restrict()
		for _, role := range []string{"ANONYMOUS", "GUEST", "south"} {
			a := ask(role)
			require.Empty(t, a.Errors, "%s: %s", role, a.Body)
			require.Equal(t, true, a.At("sharedConfiguration", "state", "isComplete"), a.Body)
			require.Equal(t, "Small", a.At("sharedConfiguration", "version", "groups", 0, "options", 0, "title"))
			require.Nil(t, a.At("sharedConfiguration", "version", "model"), "the model leads to the product: %s", a.Body)
			require.Equal(t, "NOT_FOUND", b.As(role).Do(configure, map[string]any{"i": b.input(nil)}).Code(), role)
			require.NotContains(t, a.Body, "case-air")
		}
	})
}

// TestACodeIsNotRepeated: the code of a link is a secret that is not kept, so that no
// answer with it can be given again.
func TestACodeIsNotRepeated(t *testing.T) {
	benches(t, func(b *bench) {
		c := b.kept("ORG_MEMBER", "Hall 2", chosen("cooling", "air"))
		keyed := strings.Replace(share, "shareConfiguration(input: $i)", `shareConfiguration(input: $i) @idempotent(key: "share-1")`, 1)
		a := b.refused("ORG_MEMBER", keyed, "shareConfiguration", "BAD_USER_INPUT", map[string]any{"id": c["id"]})
		require.Contains(b.t, a.Body, "Leave @idempotent out")
		one := b.As("ORG_MEMBER").Must(share, map[string]any{"i": map[string]any{"id": c["id"]}})
		two := b.As("ORG_MEMBER").Must(share, map[string]any{"i": map[string]any{"id": c["id"]}})
		require.NotEqual(b.t, testkit.At(one, "shareConfiguration", "code"), testkit.At(two, "shareConfiguration", "code"))
		require.Len(b.t, testkit.At(two, "shareConfiguration", "configuration", "shares"), 2)
	})
}

// TestStatementsOfConfigure counts the SQL of a click.
func TestStatementsOfConfigure(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		const click = `query($i: ConfigureInput!) { configure(input: $i) { token changed { option } price { unit { amount } } leadTime { days } } }`
		ask := func(role string, in map[string]any) int64 {
			b.As(role).Must(click, map[string]any{"i": in}) // which makes the model ready
			return b.As(role).Statements(click, map[string]any{"i": in})
		}
		for role, most := range map[string]int64{"ANONYMOUS": 3, "ORG_MEMBER": 4} {
			require.LessOrEqual(t, ask(role, b.input(nil)), most, role)
			require.LessOrEqual(t, ask(role, b.input(map[string]any{"change": chosen("size", "large")})), most, role)
			first := b.configure(role, b.input(nil))
			since := b.input(map[string]any{"since": first["token"], "quantity": 5, "change": chosen("size", "large")})
			require.LessOrEqual(t, ask(role, since), most, "%s: also since another quantity", role)
		}
		b.revise(func(d *schema.ConfigurationDocument) { // parts that are counted
			d.Groups[4].Options[0].Sku, d.Groups[4].Options[0].Amounts = "B-1", nil
			d.Groups[4].Options[1].Sku, d.Groups[4].Options[1].Amounts = "B-2", nil
		})
		n := ask("ORG_MEMBER", b.input(nil))
		t.Logf("with parts that are counted: %d", n)
		require.LessOrEqual(t, n, int64(6))
		b.count("B-1", 0)
		s := b.configure("ORG_MEMBER", b.input(nil, chosen("cooling", "air"), chosen("extras", "light")))
		require.Equal(t, int64(100_999+1050), sums(t, s), "what the buyer pays for the part")
		b.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.ProductVariant.UpdateOneID(b.ids["B-1"]).SetPriceMinor(2000).Exec(ctx)
		})
		s = b.configure("ORG_MEMBER", b.input(nil, chosen("cooling", "air"), chosen("extras", "light")))
		require.Equal(t, int64(100_999+2000), sums(t, s), "a price that has changed counts at once")
	})
}
