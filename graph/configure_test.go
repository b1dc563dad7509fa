package graph_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/schema"
	"foyer/testkit"
	"foyer/testkit/world"
)

// TestConfigure asks what follows from choices: statuses, defaults, numbers, prices
// that add up, days.
func TestConfigure(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		s := b.configure("ORG_MEMBER", b.input(nil))
		require.Equal(t, true, s["isConsistent"])
		require.Equal(t, false, s["isComplete"], "cooling has no default")
		require.Equal(t, "POSSIBLE", option(s, "size", "small")["status"])
		require.Equal(t, true, option(s, "size", "small")["isSelected"], "by default")
		require.Equal(t, true, inGroup(s, "cooling")["isMissing"])
		require.Equal(t, "1", testkit.At(inGroup(s, "length"), "number", "value"))
		require.Equal(t, true, testkit.At(inGroup(s, "length"), "number", "isDefault"))
		require.Equal(t, int64(100_000+999), sums(t, s), "the machine, and a metre")

		s = b.configure("ORG_MEMBER", b.input(map[string]any{"change": chosen("size", "large")}))
		require.Equal(t, "CHOSEN", option(s, "size", "large")["status"])
		require.Equal(t, "FORCED", option(s, "cooling", "water")["status"])
		require.Equal(t, "EXCLUDED", option(s, "cooling", "air")["status"])
		require.Equal(t, "EXCLUDED", option(s, "extras", "case")["status"], "by a rule that nobody is told of")
		require.Equal(t, false, s["isComplete"], "the hoses are to be counted")
		require.InDelta(t, 5+10+2, testkit.At(s, "leadTime", "days"), 0)

		large := []any{chosen("size", "large"), numbered("hoses", "3"), numbered("length", "2.5"), chosen("extras", "light")}
		s = b.configure("ORG_MEMBER", b.input(map[string]any{"quantity": 4}, large...))
		require.Equal(t, true, s["isComplete"], "%v", s)
		// 2.5 m are two and a half times 9.99, half up; a bundle is cheaper.
		require.Equal(t, int64(100_000+50_000+8000+3*1500+2498+1000-700), sums(t, s), "%v", s["price"])
		require.Equal(t, 4*sums(t, s), minor(t, testkit.At(s, "price", "total", "amount")))
		require.Equal(t, "0.00", testkit.At(option(s, "extras", "light"), "priceDelta", "amount"), "it is taken already")

		ten := b.configure("ORG_MEMBER", b.input(map[string]any{"quantity": 10}, large...))
		require.Equal(t, sums(t, s)-(sums(t, s)*25+500)/1000, sums(t, ten), "from ten on a fortieth less")

		// What an option would cost is what it does cost.
		base := b.input(nil, chosen("cooling", "air"))
		before := b.configure("ORG_MEMBER", base)
		after := b.configure("ORG_MEMBER", b.input(nil, chosen("cooling", "air"), chosen("extras", "case")))
		require.Equal(t, sums(t, after)-sums(t, before), minor(t, testkit.At(option(before, "extras", "case"), "priceDelta", "amount")))

		valid := b.As("ORG_MEMBER").Must(`query($i: ConfigureInput!) { validate(input: $i) { isValid missing conflict { reasons } } }`,
			map[string]any{"i": b.input(nil, large...)})
		require.Equal(t, true, testkit.At(valid, "validate", "isValid"), "%v", valid)
		valid = b.As("ORG_MEMBER").Must(`query($i: ConfigureInput!) { validate(input: $i) { isValid missing conflict { reasons } } }`,
			map[string]any{"i": b.input(nil, chosen("size", "large"))})
		require.Equal(t, false, testkit.At(valid, "validate", "isValid"))
		require.Equal(t, []any{"length", "hoses"}, testkit.At(valid, "validate", "missing"), "defaults do not count")

		for _, goal := range []string{"CHEAPEST", "FASTEST"} {
			d := b.As("ORG_MEMBER").Must(`query($i: ConfigureInput!, $g: CompletionGoal!) { complete(input: $i, goal: $g) { `+stateFields+` } }`,
				map[string]any{"i": b.input(nil, numbered("length", "3")), "g": goal})
			done, _ := testkit.At(d, "complete").(map[string]any)
			require.Equal(t, true, done["isComplete"], "%v", d)
			require.Equal(t, true, option(done, "extras", "light")["isSelected"])
			require.Equal(t, true, option(done, "cooling", "air")["isSelected"], "that costs least, and is there first")
			sums(t, done)
		}
	})
}

// TestAConflictIsNoError: the choices stay, and the answer says why and what could be
// given up.
func TestAConflictIsNoError(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		air := []any{chosen("cooling", "air"), chosen("extras", "case")}
		s := b.configure("ORG_MEMBER", b.input(map[string]any{"change": chosen("size", "large")}, air...))
		require.Equal(t, false, s["isConsistent"])
		require.Len(t, s["choices"], 2, "the choices stay as they were")
		require.Equal(t, "large", testkit.At(s, "conflict", "target", "option"))
		require.Equal(t, []any{"The large one is cooled with water."}, testkit.At(s, "conflict", "reasons"))
		repairs, _ := s["repairs"].([]any)
		require.NotEmpty(t, repairs)
		for _, r := range repairs {
			var kept []any
			list, _ := testkit.At(r, "choices").([]any)
			for _, c := range list {
				if n := testkit.At(c, "number"); n != nil {
					kept = append(kept, map[string]any{"group": testkit.At(c, "group"), "number": n})
				} else {
					kept = append(kept, map[string]any{"group": testkit.At(c, "group"), "option": testkit.At(c, "option")})
				}
			}
			after := b.configure("ORG_MEMBER", b.input(nil, kept...))
			require.Equal(t, true, after["isConsistent"], "%v", r)
			require.Equal(t, true, option(after, "size", "large")["isSelected"])
			require.Equal(t, sums(t, after)-sums(t, s), minor(t, testkit.At(r, "priceDelta", "amount")), "%v", r)
			require.NotEmpty(t, testkit.At(r, "text"))
		}
		german := b.As("ORG_MEMBER").Must(`query($i: ConfigureInput!) { configure(input: $i) { conflict { reasons } } }`,
			map[string]any{"i": b.input(map[string]any{"change": chosen("extras", "case")}, chosen("cooling", "water"))})
		require.Equal(t, []any{"Case does not go with Water."}, testkit.At(german, "configure", "conflict", "reasons"),
			"of a rule that is not for customers they read a general sentence")

		explain := `query($i: ConfigureInput!, $t: ChoiceInput!) { explain(input: $i, target: $t) { because { option } reasons %s } }`
		q := map[string]any{"i": b.input(nil, air...), "t": chosen("cooling", "water")}
		d := b.As("STAFF_SALES").Must(strings.Replace(explain, "%s", "rules { key isInternal note }", 1), q)
		require.Equal(t, "case-air", testkit.At(d, "explain", "rules", 0, "key"), "%v", d)
		d = b.As("ORG_MEMBER").Must(strings.Replace(explain, "%s", "", 1), q)
		require.NotContains(t, testkit.At(d, "explain", "reasons", 0), "case-air")
		d = b.As("ORG_MEMBER").Must(strings.Replace(explain, "%s", "", 1), map[string]any{"i": b.input(nil), "t": chosen("cooling", "water")})
		require.Nil(t, d["explain"], "nothing is in the way")

		repair := `query($i: ConfigureInput!, $w: [ChoiceInput!]!, $k: [String!]) { repairs(input: $i, want: $w, keep: $k, first: 5) { drop { group } } }`
		d = b.As("ORG_MEMBER").Must(repair, map[string]any{"i": b.input(nil, air...), "w": []any{chosen("size", "large")}, "k": []any{"extras"}})
		require.Empty(t, d["repairs"], "the case is to stay, so nothing can be done")
		d = b.As("ORG_MEMBER").Must(repair, map[string]any{"i": b.input(nil, chosen("cooling", "air"), chosen("extras", "light")), "w": []any{chosen("size", "large")}, "k": []any{"extras"}})
		require.Equal(t, "cooling", testkit.At(d, "repairs", 0, "drop", 0, "group"), "%v", d)

		// What was asked for, and what stood in the way, is counted.
		require.NoError(t, b.Configurations.Flush(t.Context()))
		d = b.As("STAFF_ADMIN").Must(`query($id: ID!) { configurationModel(productId: $id) { figures { requests conflicts wanted { option count refused } blocking { rule count } } } }`,
			map[string]any{"id": b.product})
		require.InDelta(t, 2, testkit.At(d, "configurationModel", "figures", "requests"), 0, "%v", d)
		require.InDelta(t, 2, testkit.At(d, "configurationModel", "figures", "conflicts"), 0)
	})
}

func TestSince(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		first := b.configure("ORG_MEMBER", b.input(nil))
		all, _ := first["changed"].([]any)
		require.Len(t, all, 6, "without a token it is all of them")
		second := b.configure("ORG_MEMBER", b.input(map[string]any{"since": first["token"], "change": chosen("size", "large")}))
		changed := map[any]bool{}
		list, _ := second["changed"].([]any)
		for _, o := range list {
			changed[testkit.At(o, "option")] = true
		}
		require.True(t, changed["large"] && changed["small"] && changed["water"] && changed["air"] && changed["case"], "%v", changed)
		same := b.configure("ORG_MEMBER", b.input(map[string]any{"since": second["token"]}, chosen("size", "large")))
		require.Empty(t, same["changed"])
		for _, broken := range []string{"x", first["token"].(string) + "A", strings.Repeat("A", 9000)} {
			a := b.As("ORG_MEMBER").Do(configure, map[string]any{"i": b.input(map[string]any{"since": broken})})
			require.Equal(t, "BAD_USER_INPUT", a.Code(), a.Body)
		}
	})
}

// TestWhoMayConfigure: whoever sees the product; nobody else learns that there is a
// model.
func TestWhoMayConfigure(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		s := b.configure("ANONYMOUS", b.input(nil, chosen("cooling", "air")))
		require.Equal(t, true, s["isComplete"])
		require.Equal(t, int64(100_999), sums(t, s))
		b.restrict()
		nothing := b.As("ANONYMOUS").Do(configure, map[string]any{"i": map[string]any{"versionId": b.model, "choices": []any{}}})
		for _, role := range []string{"ANONYMOUS", "ORG_MEMBER", "ORG_ADMIN"} {
			hidden := b.As(role).Do(configure, map[string]any{"i": b.input(nil)})
			require.Equal(t, "NOT_FOUND", hidden.Code(), hidden.Body)
			require.Equal(t, nothing.Body, hidden.Body)
			d := b.As(role).Must(`query($id: ID!) { configurationModel(productId: $id) { id } }`, map[string]any{"id": b.product})
			require.Nil(t, d["configurationModel"])
		}
		b.configure("STAFF_ADMIN", b.input(nil))
	})
}

// TestADraftIsTried: colleagues ask a draft as customers ask what is published; nobody
// else learns that it is there, nothing is counted, and nothing is kept by it.
func TestADraftIsTried(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		b.draft(func(d *schema.ConfigurationDocument) { d.Groups[0].Options[0].Amounts = world.Priced(12_300, 12_300) })
		besides := func(in, more map[string]any) map[string]any {
			out := maps.Clone(in)
			maps.Copy(out, more)
			return out
		}
		draft := map[string]any{"draftOf": b.model, "choices": []any{chosen("cooling", "air")}}
		s := b.configure("STAFF_AGENT", draft)
		now := b.configure("STAFF_AGENT", b.input(nil, chosen("cooling", "air")))
		require.Equal(t, true, s["isComplete"], "%v", s)
		require.Equal(t, sums(t, now)+12_300, sums(t, s), "it is asked by what the draft says")
		again := b.configure("STAFF_AGENT", besides(draft, map[string]any{"since": s["token"], "change": chosen("extras", "case")}))
		require.NotEmpty(t, again["changed"])
		require.Less(t, len(again["changed"].([]any)), len(s["changed"].([]any)), "only what has changed")
		clash := b.configure("STAFF_AGENT", besides(draft, map[string]any{"change": chosen("size", "large")}))
		require.NotEmpty(t, testkit.At(clash, "conflict", "reasons"))
		require.NotEmpty(t, clash["repairs"])
		b.draft(func(d *schema.ConfigurationDocument) { d.Groups[0].Options[0].Amounts = world.Priced(45_600, 45_600) })
		other := b.configure("STAFF_AGENT", besides(draft, map[string]any{"since": s["token"]}))
		require.Equal(t, sums(t, now)+45_600, sums(t, other))
		require.Len(t, other["changed"], len(s["changed"].([]any)), "of another draft nothing is known")

		for _, role := range []string{"ANONYMOUS", "ORG_MEMBER", "ORG_ADMIN", "STAFF_TRAINER"} {
			a := b.As(role).Do(configure, map[string]any{"i": draft})
			require.Equal(t, "BAD_USER_INPUT", a.Code(), a.Body)
			require.Contains(t, a.Body, "unknown field", role)
			a = b.As(role).Do(configure, map[string]any{"i": map[string]any{"versionId": b.model, "choices": []any{}}})
			require.Equal(t, "NOT_FOUND", a.Code(), a.Body)
		}
		for name, in := range map[string]map[string]any{
			"both": b.input(map[string]any{"draftOf": b.model}), "neither": {"choices": []any{}},
		} {
			require.Equal(t, "BAD_USER_INPUT", b.As("STAFF_ADMIN").Do(configure, map[string]any{"i": in}).Code(), name)
		}
		require.Equal(t, "NOT_FOUND", b.As("STAFF_ADMIN").Do(configure, map[string]any{"i": map[string]any{"draftOf": b.version, "choices": []any{}}}).Code())
		d := b.As("STAFF_ADMIN").Must(`mutation($i: SaveConfigurationInput!) { saveConfiguration(input: $i) { configuration { id } userErrors { code field } } }`,
			map[string]any{"i": map[string]any{"versionId": b.model, "organizationId": b.World.North.ID, "name": "Of a draft", "choices": []any{}}})
		require.Equal(t, "UNKNOWN_RECORD", testkit.At(d, "saveConfiguration", "userErrors", 0, "code"), "%v", d)
	})
}

func TestBadConfigureInput(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		many := make([]any, 501)
		for i := range many {
			many[i] = map[string]any{"group": "extras", "option": "case", "negate": true}
		}
		for name, in := range map[string]map[string]any{
			"group":   b.input(nil, chosen("nothing", "x")),
			"option":  b.input(nil, chosen("size", "huge")),
			"step":    b.input(nil, numbered("length", "1.1")),
			"range":   b.input(nil, numbered("length", "99")),
			"words":   b.input(nil, map[string]any{"group": "length", "option": "long"}),
			"twice":   b.input(nil, chosen("size", "small"), chosen("size", "large")),
			"many":    b.input(nil, many...),
			"none":    b.input(map[string]any{"quantity": 0}),
			"less":    b.input(map[string]any{"quantity": -1}),
			"lots":    b.input(map[string]any{"quantity": 100_001}),
			"change":  b.input(map[string]any{"change": chosen("nothing", "x")}),
			"change2": b.input(map[string]any{"change": numbered("size", "1")}),
		} {
			before := b.everything()
			a := b.As("ANONYMOUS").Do(configure, map[string]any{"i": in})
			require.Equal(t, "BAD_USER_INPUT", a.Code(), "%s: %s", name, a.Body)
			require.Equal(t, before, b.everything())
		}
		for _, q := range []string{
			`query($i: ConfigureInput!) { repairs(input: $i, want: [{group: "size", option: "large"}], first: 11) { text } }`,
			`query($i: ConfigureInput!) { repairs(input: $i, want: [{group: "nothing", option: "large"}]) { text } }`,
			`query($i: ConfigureInput!) { explain(input: $i, target: {group: "size", option: "none"}) { reasons } }`,
		} {
			require.Equal(t, "BAD_USER_INPUT", b.As("ANONYMOUS").Do(q, map[string]any{"i": b.input(nil)}).Code(), q)
		}
	})
}
