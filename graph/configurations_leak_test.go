package graph_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/ent"
	"foyer/graph"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// planted is in everything that customers never see, and secretAmounts are what it
// costs and what others pay.
const planted = "zqsecret"

var secretAmounts = []string{"77312", "66217", "55419"}

var fraction = regexp.MustCompile(`:\d\d\.\d+z`)

// timeless is an answer in small letters without the fractions of its seconds, which now
// and then have the digits of an amount.
func timeless(body string) string { return fraction.ReplaceAllString(strings.ToLower(body), "z") }

// plantSecrets publishes a model with secrets, and goes on with a draft that has more.
func (b *bench) plantSecrets() {
	b.t.Helper()
	b.draft(func(d *schema.ConfigurationDocument) {
		d.Rules[2].Key, d.Rules[2].Note, d.Rules[2].Message = planted+"-rule", planted+" note", said(planted+" message")
		d.Rules = append(d.Rules, schema.ConfigurationRule{Key: planted + "-light", Text: "extras.light -> !size.large", Internal: true, Note: planted})
		for g := range d.Groups {
			for o := range d.Groups[g].Options {
				d.Groups[g].Options[o].Costs = world.Priced(7_731_200, 7_731_200)
			}
		}
		d.Parts = append(d.Parts, schema.BillItem{Sku: strings.ToUpper(planted) + "-1", Name: planted + " part", Quantity: 3, Costs: world.Priced(6_621_700, 6_621_700)})
		d.Golden = append(d.Golden, schema.GoldenConfiguration{Key: planted + "-golden", Choices: []schema.ConfigurationChoice{{Group: "size", Option: "small"}}})
		d.Prices = append(d.Prices, schema.PriceRule{Key: planted + "-price", Title: said(planted + " for others"), Amounts: world.Priced(5_541_900, 5_541_900)})
		d.Prices[len(d.Prices)-1].PriceLists = []string{world.ListOfSouth}
	})
	b.publishSecretly()
	b.draft(func(d *schema.ConfigurationDocument) {
		d.Title, d.Groups[0].Options[0].Title = said(planted+" draft"), said(planted+" option")
		d.Rules[2].Note = planted
	})
	b.do(func(ctx context.Context, tx *ent.Client) error {
		for _, q := range []string{
			`UPDATE configurations SET name = '` + planted + ` of the south', unit_minor = 5541900 WHERE organization_id = $1`,
			`UPDATE price_lists SET name = '` + planted + ` list' WHERE $1 <> ''`,
		} {
			if _, err := b.Store.Raw(ctx).ExecContext(ctx, q, b.World.South.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *bench) publishSecretly() {
	b.t.Helper()
	d := b.As("STAFF_ADMIN").Must(publishModel, map[string]any{"i": map[string]any{"id": b.model, "version": b.at, "note": planted}})
	require.Empty(b.t, testkit.At(d, "publishConfigurationModel", "userErrors"), "%v", d)
	id, _ := testkit.At(d, "publishConfigurationModel", "model", "current", "id").(string)
	v, _ := testkit.At(d, "publishConfigurationModel", "model", "version").(float64)
	b.version, b.at = gid.ID(id), int(v)
	b.Work()
}

// everyField selects all that a type has, some levels deep, without what needs an
// argument.
func everyField(s *ast.Schema, typ string, deep int) string {
	d := s.Types[typ]
	var out []string
	if d.Kind == ast.Interface || d.Kind == ast.Union {
		for _, p := range s.GetPossibleTypes(d) {
			if inner := everyField(s, p.Name, deep); inner != "" {
				out = append(out, "... on "+p.Name+" { a"+p.Name+": __typename "+inner+" }")
			}
		}
		return "__typename " + strings.Join(out, " ")
	}
	for _, f := range d.Fields {
		if strings.HasPrefix(f.Name, "__") || slices.ContainsFunc(f.Arguments, func(a *ast.ArgumentDefinition) bool { return a.Type.NonNull && a.DefaultValue == nil }) {
			continue
		}
		switch s.Types[f.Type.Name()].Kind {
		case ast.Scalar, ast.Enum:
			out = append(out, f.Name)
		default:
			if inner := ""; deep > 0 {
				if inner = everyField(s, f.Type.Name(), deep-1); inner != "" {
					out = append(out, f.Name+" { __typename "+inner+" }")
				}
			}
		}
	}
	return strings.Join(out, " ")
}

// TestNothingInternalIsReachable walks every query, every record, every mutation and
// every error that customers, guests, those with a link and nobody in particular can
// reach, and finds nothing of what is internal or somebody else's.
func TestNothingInternalIsReachable(t *testing.T) {
	slow(t)
	benches(t, func(b *bench) {
		t, full := b.t, graph.FullSchema()
		b.plantSecrets()
		mine := b.kept("ORG_MEMBER", "Mine", chosen("size", "large"), chosen("cooling", "water"), numbered("hoses", "1"))
		order := b.kept("ORG_MANAGER", "To order", chosen("cooling", "water"), numbered("hoses", "1"))
		d := b.As("ORG_MANAGER").Must(addToCart, map[string]any{"i": map[string]any{"lines": []any{map[string]any{"configurationId": order["id"], "quantity": 1}}}})
		cart, _ := testkit.At(d, "addToCart", "cart").(map[string]any)
		d = b.As("ORG_MANAGER").Must(placeOrder, map[string]any{"i": with(cart, nil)})
		require.NotNil(t, testkit.At(d, "placeOrder", "order", "id"), "%v", d)
		d = b.As("ORG_MEMBER").Must(share, map[string]any{"i": map[string]any{"id": mine["id"]}})
		code, _ := testkit.At(d, "shareConfiguration", "code").(string)
		require.NotEmpty(t, code)

		// The secrets are there, for those who may read them.
		d = b.As("STAFF_ADMIN").Must(`query($id: ID!) { configurationModel(productId: $id) { draft { title { en } } current { note document { rules { key note } parts { sku } } } } }`,
			map[string]any{"id": b.product})
		require.Equal(t, planted+"-rule", testkit.At(d, "configurationModel", "current", "document", "rules", 2, "key"), "%v", d)

		asked, answered := 0, map[string]int{}
		for _, role := range []string{"ORG_MEMBER", "ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN", "GUEST", "ANONYMOUS"} {
			s, err := graph.Project(full, schema.Grants[role].Has)
			require.NoError(t, err)
			ask := func(query string, variables map[string]any) {
				asked++
				a := b.As(role).Do(query, variables)
				if len(a.Errors) == 0 {
					answered[role]++
				}
				said := timeless(a.Body)
				require.NotContains(t, said, planted, "%s: %s", role, query)
				for _, n := range secretAmounts {
					require.NotContains(t, said, n, "%s: %s", role, query)
				}
			}
			b.askEverything(s, ask, code)
			b.askEveryRecord(s, ask)
			b.followEverything(s, role, func(said string) {
				asked++
				said = timeless(said)
				require.NotContains(t, said, planted, "a subscription of %s", role)
				for _, n := range secretAmounts {
					require.NotContains(t, said, n, "a subscription of %s", role)
				}
			}, mine["id"])
			b.changeEverything(s, ask)
			require.Greater(t, answered[role], 3, role)
		}
		log := strings.ToLower(b.Log.String())
		require.NotContains(t, log, planted)
		require.NotContains(t, log, strings.ToLower(code))
		t.Logf("asked %d times, answered: %v", asked, answered)
	})
}

// askEverything sends every query with what its arguments may be.
func (b *bench) askEverything(s *ast.Schema, ask func(string, map[string]any), code string) {
	var inputs []any
	large, water := []any{chosen("size", "large")}, []any{chosen("cooling", "water"), numbered("hoses", "1")}
	for _, more := range []map[string]any{nil, {"change": chosen("extras", "case")}, {"change": chosen("extras", "light")}, {"quantity": 20}, {"change": chosen("size", "none")}} {
		inputs = append(inputs, b.input(more), b.input(more, large...), b.input(more, water...))
	}
	inputs = append(inputs, b.input(nil, chosen("extras", "case"), chosen("cooling", "water")), b.input(map[string]any{"since": "x"}))
	values := map[string][]any{
		"input": inputs, "target": {chosen("extras", "case"), chosen("extras", "light")}, "want": {[]any{chosen("extras", "case"), chosen("cooling", "water")}},
		"code": {code, planted[:3]}, "productId": {b.product, b.World.Product.ID, b.World.Draft.ID},
		"id": {b.World.Configurations[world.OrderOfSouth].ID, b.product}, "query": {"press"}, "ids": {[]any{b.model, b.version}},
	}
	for _, f := range s.Query.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		var declared, used []string
		sets := []map[string]any{{}}
		for _, a := range f.Arguments {
			if !a.Type.NonNull || a.DefaultValue != nil {
				continue
			}
			declared, used = append(declared, "$"+a.Name+": "+a.Type.String()), append(used, a.Name+": $"+a.Name)
			var next []map[string]any
			list := values[a.Name]
			if list == nil {
				list = []any{"x"}
			}
			for _, set := range sets {
				for _, v := range list {
					with := map[string]any{a.Name: v}
					for k, x := range set {
						with[k] = x
					}
					next = append(next, with)
				}
			}
			sets = next
		}
		head, arguments := "query", ""
		if len(declared) > 0 {
			head, arguments = "query("+strings.Join(declared, ", ")+")", "("+strings.Join(used, ", ")+")"
		}
		for _, deep := range []int{1, 2, 3} {
			selection := everyField(s, f.Type.Name(), deep)
			if s.Types[f.Type.Name()].Kind == ast.Scalar || s.Types[f.Type.Name()].Kind == ast.Enum {
				selection = ""
			} else {
				selection = " { __typename " + selection + " }"
			}
			for _, set := range sets {
				ask(head+" { "+f.Name+arguments+selection+" }", set)
			}
		}
	}
}

// askEveryRecord reads all of every record by its id.
func (b *bench) askEveryRecord(s *ast.Schema, ask func(string, map[string]any)) {
	for _, typ := range entityTypes() {
		if s.Types[typ] == nil || s.Query.Fields.ForName("node") == nil {
			continue
		}
		deep := 1
		if strings.Contains(typ, "Config") || typ == "ModelVersion" || strings.HasPrefix(typ, "Cart") || strings.HasPrefix(typ, "Order") || strings.HasPrefix(typ, "Product") {
			deep = 2
		}
		for _, x := range rowsOf(b.t, b.Foyer, typ) {
			ask(fmt.Sprintf("query($id: ID!) { node(id: $id) { ... on %s { %s } } }", typ, everyField(s, typ, deep)), map[string]any{"id": x.id})
		}
	}
}

// changeEverything aims every mutation at some records, seen and hidden.
func (b *bench) changeEverything(s *ast.Schema, ask func(string, map[string]any)) {
	if s.Mutation == nil {
		return
	}
	for _, f := range s.Mutation.Fields {
		a, known := attempts[f.Name]
		if !known || f.Name == "endSession" {
			continue
		}
		targets := []row{{}}
		if a.on != "" {
			targets = rowsOf(b.t, b.Foyer, a.on)
			if len(targets) > 8 {
				targets = append(targets[:4:4], targets[len(targets)-4:]...)
			}
		}
		query := fmt.Sprintf("mutation($input: %s!) { %s(input: $input) { %s } }", f.Arguments[0].Type.Name(), f.Name, everyField(s, f.Type.Name(), 2))
		for _, x := range targets {
			if a.on != "" && gone(b.t, b.Foyer, a.on, x.id) {
				continue
			}
			ask(query, map[string]any{"input": a.input(b.Foyer, gid.ID(x.id), versionOf(b.t, b.Foyer, a.on, x.id))})
		}
	}
	for _, in := range []map[string]any{
		b.input(map[string]any{"name": "New"}, chosen("extras", "case"), chosen("cooling", "water")), b.input(map[string]any{"name": "New"}, chosen("size", "none")),
		b.input(map[string]any{"name": ""}), {"name": "New", "versionId": b.model, "choices": []any{}},
	} {
		if f := s.Mutation.Fields.ForName("saveConfiguration"); f != nil {
			ask("mutation($i: SaveConfigurationInput!) { saveConfiguration(input: $i) { "+everyField(s, f.Type.Name(), 4)+" } }", map[string]any{"i": in})
		}
	}
}

// followEverything subscribes to every configuration, and hears of one as staff work
// on it against a rule that customers do not learn of.
func (b *bench) followEverything(s *ast.Schema, role string, hear func(said string), mine any) {
	b.t.Helper()
	if s.Subscription == nil || s.Subscription.Fields.ForName("configurationUpdated") == nil {
		return
	}
	query := "subscription($id: ID!) { configurationUpdated(id: $id) { " + everyField(s, "ConfigurationUpdated", 3) + " } }"
	seen := 0
	for _, x := range rowsOf(b.t, b.Foyer, "Configuration") {
		sub := b.As(role).Subscribe(query, map[string]any{"id": x.id})
		first := sub.Next()
		hear(first.Body)
		if first.Code() == "" && x.id == fmt.Sprint(mine) {
			seen++
			for _, choices := range [][]any{
				{chosen("extras", "case"), chosen("cooling", "water"), numbered("hoses", "1")}, {chosen("size", "large"), chosen("extras", "light")},
				{chosen("size", "large"), chosen("cooling", "water"), numbered("hoses", "1")},
			} {
				now := b.configuration("STAFF_ADMIN", mine)
				d := b.As("STAFF_ADMIN").Must(saveConfiguration, map[string]any{"i": map[string]any{"id": mine, "version": now["version"], "choices": choices}})
				require.Empty(b.t, testkit.At(d, "saveConfiguration", "userErrors"), "%v", d)
				news := sub.Next()
				require.Empty(b.t, news.Errors, news.Body)
				hear(news.Body)
			}
		}
		sub.Close()
	}
	if role == "ORG_MEMBER" {
		require.Equal(b.t, 1, seen, "they hear of what is theirs")
	}
}
