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
