package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/plan"
	"foyer/schema"
)

func TestTheCheapestAndTheFastest(t *testing.T) {
	doc := cabinet()
	doc.Prices = doc.Prices[1:] // without that which depends on two options
	doc.Prices[0].When = ""
	m := ready(t, doc, winter)
	c, err := m.plan.Complete(t.Context(), m.ask(pick("extras", "light")), plan.Cheapest, euros(), nil)
	require.NoError(t, err)
	require.True(t, c.State.Complete)
	require.Equal(t, choices(pick("wood", "pine"), pick("finish", "raw"), pick("extras", "light"), number("width", "0.5")), c.Choices)
	require.False(t, c.Exact, "0.5 m of 99.99 is rounded")

	doc.Groups[5].Number.Amounts = eur(10_000)
	doc.Prices[0].Amounts = eur(400)
	m = ready(t, doc, winter)
	c, err = m.plan.Complete(t.Context(), m.ask(pick("extras", "light")), plan.Cheapest, euros(), nil)
	require.NoError(t, err)
	require.True(t, c.Exact)

	c, err = m.plan.Complete(t.Context(), m.ask(pick("wood", "oak"), pick("extras", "light")), plan.Fastest, euros(), map[string]int{"LAMP": 30})
	require.NoError(t, err)
	require.Equal(t, choices(pick("wood", "oak"), pick("finish", "raw"), pick("extras", "light"), number("width", "0.5")), c.Choices)
	require.False(t, c.Exact, "drying depends on the finish and comes on top")

	_, err = m.plan.Complete(t.Context(), m.ask(pick("wood", "teak")), plan.Cheapest, euros(), nil)
	require.ErrorIs(t, err, engine.ErrContradiction)
}

func TestACompletionLeavesNothingToDefaults(t *testing.T) {
	doc := cabinet()
	doc.Groups[4].Default = "wheels"
	m := ready(t, doc, winter)
	require.True(t, m.group(m.state(), "feet").Options[1].Selected)
	c, err := m.plan.Complete(t.Context(), m.ask(), plan.Cheapest, euros(), nil)
	require.NoError(t, err)
	require.Contains(t, c.Choices, schema.ConfigurationChoice{Group: "feet", Absent: true})
	require.False(t, m.group(c.State, "feet").Options[1].Selected)
}

func TestAnOptionWithoutAPriceIsAvoided(t *testing.T) {
	doc := cabinet()
	doc.Prices = nil
	doc.Groups[1].Options[2].Amounts = map[string]int64{"USD": 1}
	m := ready(t, doc, winter)
	c, err := m.plan.Complete(t.Context(), m.ask(), plan.Cheapest, euros(), nil)
	require.NoError(t, err)
	require.Contains(t, c.Choices, pick("finish", "oil"))
}

func TestPriceRulesAndPercentagesTakePartInTheSearch(t *testing.T) {
	for name, c := range map[string]struct {
		rule  schema.PriceRule
		want  schema.ConfigurationChoice
		exact bool
	}{
		"with an option":    {schema.PriceRule{When: "finish.raw", Amounts: eur(9000)}, pick("finish", "oil"), true},
		"without an option": {schema.PriceRule{When: "!finish.lacquer", Amounts: eur(9000)}, pick("finish", "lacquer"), true},
		"of a group":        {schema.PriceRule{BasisPoints: -20_000, Of: []string{"finish"}}, pick("finish", "lacquer"), false},
		"of the base":       {schema.PriceRule{When: "finish.lacquer", BasisPoints: -5000, Of: []string{"base"}}, pick("finish", "lacquer"), true},
		"of everything":     {schema.PriceRule{BasisPoints: 333}, pick("finish", "raw"), true},
		"of two options":    {schema.PriceRule{When: "finish.raw & wood.pine", Amounts: eur(9000)}, pick("finish", "raw"), false},
		"for others":        {schema.PriceRule{When: "finish.raw", Amounts: eur(9000), FromQuantity: 2}, pick("finish", "raw"), true},
		"in dollars":        {schema.PriceRule{When: "finish.raw", Amounts: map[string]int64{"USD": -1}}, pick("finish", "oil"), true},
	} {
		t.Run(name, func(t *testing.T) {
			doc := cabinet()
			c.rule.Key, c.rule.Title = "rule", say("x", "x")
			doc.Prices, doc.Groups[5].Number.Amounts = []schema.PriceRule{c.rule}, nil
			m := ready(t, doc, winter)
			got, err := m.plan.Complete(t.Context(), m.ask(), plan.Cheapest, euros(), nil)
			require.NoError(t, err)
			require.Contains(t, got.Choices, c.want)
			require.Equal(t, c.exact, got.Exact)
		})
	}
}
