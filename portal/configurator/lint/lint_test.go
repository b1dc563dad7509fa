package lint

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/rules"
)

func groups() []engine.Group {
	return []engine.Group{
		{Key: "engine", Min: 1, Max: 1, Options: []string{"diesel", "petrol", "electric"}},
		{Key: "gearbox", Min: 1, Max: 1, Options: []string{"manual", "auto"}},
		{Key: "roof", Max: 2, Options: []string{"rack", "box"}},
		{Key: "seat", Max: 1, Options: []string{"bench"}},
		{Key: "width", Number: &engine.Number{Min: 500, Max: 1020, Step: 100, Unit: "mm"}},
	}
}

// model has rules with the keys a, b, c and so on.
func model(t *testing.T, written ...string) *engine.Model {
	t.Helper()
	m := &engine.Model{Groups: groups()}
	v := rules.NewVocabulary(m.Groups)
	for i, text := range written {
		r, err := v.Parse(text)
		require.NoError(t, err)
		r.Key = string(rune('a' + i))
		m.Rules = append(m.Rules, r)
	}
	return m
}

func sentences(t *testing.T, m *engine.Model, golden ...Configuration) []string {
	t.Helper()
	found, err := Check(t.Context(), m, Options{Golden: golden})
	require.NoError(t, err)
	again, err := Check(t.Context(), m, Options{Golden: golden})
	require.NoError(t, err)
	require.Equal(t, found, again)
	all := []string{}
	for _, f := range found {
		require.NotEmpty(t, f.Text.DE)
		all = append(all, string(f.Severity)+" "+string(f.Kind)+": "+f.Text.EN)
	}
	return all
}

func TestWhatIsFound(t *testing.T) {
	for _, c := range []struct {
		rules []string
		want  []string
	}{
		{[]string{"diesel -> manual"}, []string{}},
		{nil, []string{}},
		{[]string{"diesel -> manual", "diesel -> auto", "petrol -> rack", "petrol -> !rack", "!electric"}, []string{
			"ERROR VOID: Nothing can be configured: these rules contradict each other: a, b, c, d, e. Change one of them.",
		}},
		// The smallest set is found though another comes first.
		{[]string{"diesel -> manual", "diesel -> auto", "petrol -> rack", "petrol -> !rack", "!electric", "box & width > 900", "!box"}, []string{
			"ERROR VOID: Nothing can be configured: these rules contradict each other: f, g. Change one of them.",
		}},
		{[]string{"diesel -> manual", "diesel -> auto", "rack | box", "!box"}, []string{
			"WARNING DEAD: engine.diesel can never be chosen, because of: a, b.",
			"WARNING DEAD: roof.box can never be chosen, because of: d.",
			"HINT FORCED: roof.rack is in every configuration, because of: c, d.",
			"HINT ONE_VALUE: There is nothing to decide in roof: it is the same in every configuration.",
		}},
		{[]string{"!bench", "bench -> rack"}, []string{
			"WARNING DEAD: seat.bench can never be chosen, because of: a.",
			"WARNING NOTHING_TO_PICK: Nothing of seat can ever be chosen.",
			"WARNING NEVER_APPLIES: The rule b never applies: its condition cannot hold, because of: a.",
		}},
		{[]string{"diesel -> rack", "rack -> box", "diesel -> box", "diesel | !diesel", "table(engine, gearbox) { diesel, *; *, manual | auto }"}, []string{
			"HINT REDUNDANT: The rule c says nothing new: it follows from a, b.",
			"HINT REDUNDANT: The rule d says nothing: it holds whatever is chosen.",
			"HINT REDUNDANT: The rule e says nothing: it holds whatever is chosen.",
		}},
		// Bounds of the groups count.
		{[]string{"atmost(1, engine.*)", "diesel & petrol -> rack"}, []string{
			"WARNING NEVER_APPLIES: The rule b never applies: its condition cannot hold.",
			"HINT REDUNDANT: The rule a says nothing: it holds whatever is chosen.",
		}},
		{[]string{"forbid table(engine, gearbox) { diesel, manual }", "table(engine, gearbox) { petrol | electric, *; diesel, auto }"}, []string{
			"HINT REDUNDANT: The rule a says nothing new: it follows from b.",
			"HINT REDUNDANT: The rule b says nothing new: it follows from a.",
		}},
		{[]string{"width >= 0.75 m", "rack | width != 1 m", "!rack"}, []string{
			"WARNING DEAD: roof.rack can never be chosen, because of: c.",
			"WARNING UNREACHABLE: width can never be 500 mm, only 800 mm, because of: a.",
			"WARNING UNREACHABLE: width can never be 1000 mm, only 900 mm, because of: b, c.",
		}},
		{[]string{"width * 2 = 1.4 m", "width < 80 cm"}, []string{
			"HINT ONE_VALUE: width is always 700 mm.",
			"WARNING UNREACHABLE: width can never be 500 mm, only 700 mm, because of: a.",
			"WARNING UNREACHABLE: width can never be 1000 mm, only 700 mm, because of: a.",
			"HINT REDUNDANT: The rule b says nothing new: it follows from a.",
		}},
	} {
		require.Equal(t, c.want, sentences(t, model(t, c.rules...)), c.rules)
	}
}

func TestGoldenConfigurations(t *testing.T) {
	m := model(t, "diesel -> manual", "rack -> !box", "box -> width > 600 mm")
	choose := func(group, option string) engine.Choice { return engine.Choice{Group: group, Option: option} }
	require.Equal(t, []string{
		"ERROR GOLDEN: The configuration old is not possible any more: engine.diesel, gearbox.auto cannot be together, because of: a.",
		"ERROR GOLDEN: The configuration narrow is not possible any more: roof.box, width = 600 mm cannot be together, because of: c.",
		"ERROR GOLDEN: The configuration gone names what the model does not have: choice 1: group \"engine\" has no option \"steam\"",
		"ERROR GOLDEN: The configuration forbidden should be impossible, but no rule is against it.",
	}, sentences(t, m,
		Configuration{Key: "good", Valid: true, Choices: []engine.Choice{choose("engine", "diesel"), choose("gearbox", "manual")}},
		Configuration{Key: "old", Valid: true, Choices: []engine.Choice{choose("roof", "rack"), choose("engine", "diesel"), choose("gearbox", "auto")}},
		Configuration{Key: "narrow", Valid: true, Choices: []engine.Choice{choose("roof", "box"), {Group: "width", Number: 600}}},
		Configuration{Key: "gone", Valid: true, Choices: []engine.Choice{choose("engine", "steam")}},
		Configuration{Key: "bad", Choices: []engine.Choice{choose("roof", "rack"), choose("roof", "box")}},
		Configuration{Key: "forbidden", Choices: []engine.Choice{choose("roof", "rack")}},
	))
}

func TestABudgetAndItsEnd(t *testing.T) {
	// Nine pigeons in eight holes are many dead ends.
	m := &engine.Model{}
	for p := range 9 {
		m.Groups = append(m.Groups, engine.Group{Key: "p" + string(rune('0'+p)), Min: 1, Max: 1, Options: []string{"a", "b", "c", "d", "e", "f", "g", "h"}})
	}
	for h := range 8 {
		var of []engine.Expr
		for _, g := range m.Groups {
			of = append(of, engine.Or{engine.Chosen{Group: g.Key, Option: g.Options[h]}})
		}
		for i := range of {
			for j := range i {
				m.Rules = append(m.Rules, engine.Rule{Key: m.Groups[0].Options[h] + string(rune('0'+i)) + string(rune('0'+j)), Expr: engine.Not{X: engine.And{of[i], of[j]}}})
			}
		}
	}
	found, err := Check(t.Context(), m, Options{Budget: engine.Budget{Conflicts: 100}})
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, Unexamined, found[0].Kind)

	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = Check(ended, m, Options{})
	require.ErrorIs(t, err, context.Canceled)
}
