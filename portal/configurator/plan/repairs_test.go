package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/plan"
	"foyer/schema"
)

func (m made) repairs(wanted []schema.ConfigurationChoice, keep []string, list ...schema.ConfigurationChoice) []plan.Repair {
	m.t.Helper()
	out, err := m.plan.Repairs(m.t.Context(), m.ask(list...), wanted, keep, 3)
	require.NoError(m.t, err)
	return out
}

func TestRepairsSayWhatToGiveUpAndWhatStandsInItsPlace(t *testing.T) {
	doc := cabinet()
	doc.Rules[2].Text = "width > 2 m -> feet.steel"
	m := ready(t, doc, winter)
	before := choices(pick("wood", "oak"), pick("finish", "lacquer"), pick("extras", "light"))
	found := m.repairs(choices(pick("finish", "oil")), nil, before...)
	require.Len(t, found, 1)
	require.Equal(t, choices(pick("wood", "oak")), found[0].Drop, "lacquer is replaced, not given up")
	require.Equal(t, choices(pick("extras", "light"), pick("finish", "oil")), found[0].Choices)
	require.Equal(t, choices(pick("wood", "pine")), found[0].Taken)
	require.True(t, found[0].State.Complete)
	require.Empty(t, m.repairs(choices(pick("finish", "oil")), []string{"wood"}, before...), "wood is to be kept")

	found = m.repairs(choices(number("width", "3")), nil, pick("finish", "lacquer"), pick("feet", "wheels"))
	require.Len(t, found, 1)
	require.Equal(t, choices(pick("finish", "lacquer"), pick("feet", "wheels")), found[0].Drop)
	require.Equal(t, choices(pick("finish", "oil"), pick("feet", "steel")), found[0].Taken)

	found = m.repairs(choices(pick("feet", "wheels")), nil, number("width", "1"))
	require.Len(t, found, 1, "nothing is in the way")
	require.Empty(t, found[0].Drop)
	require.Empty(t, m.repairs(choices(pick("wood", "teak")), nil), "before its time")
}

func TestChoicesThatContradictEachOtherCanBeRepaired(t *testing.T) {
	m := ready(t, cabinet(), winter)
	list := choices(pick("wood", "oak"), pick("finish", "oil"), pick("extras", "lock"))
	found := m.repairs(nil, nil, list...)
	require.Len(t, found, 2)
	require.Equal(t, choices(pick("finish", "oil"), pick("extras", "lock")), found[0].Drop, "later choices first")
	require.Equal(t, choices(pick("wood", "oak"), pick("extras", "lock")), found[1].Drop)
	found = m.repairs(nil, []string{"finish"}, list...)
	require.Len(t, found, 1)
	require.Equal(t, choices(pick("finish", "oil")), found[0].Choices)
	require.Empty(t, m.repairs(nil, []string{"extras"}, list...))
}
