package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/lint"
	"foyer/portal/configurator/plan"
	"foyer/schema"
)

func TestLintKnowsGoldenConfigurationsAndNotWhatIsOutOfItsTime(t *testing.T) {
	doc := cabinet()
	doc.Rules[3].ValidTo = nil // no locks at all
	doc.Golden = append(doc.Golden,
		schema.GoldenConfiguration{Key: "oiled", Choices: choices(pick("wood", "oak"), pick("finish", "oil"))},
		schema.GoldenConfiguration{Key: "not-oiled", Choices: choices(pick("wood", "oak"), pick("finish", "oil")), Impossible: true},
		schema.GoldenConfiguration{Key: "raw", Choices: choices(pick("finish", "raw"), number("width", "1.25")), Impossible: true})
	m := ready(t, doc, winter)
	found, err := m.plan.Lint(t.Context(), engine.Budget{})
	require.NoError(t, err)
	said := map[string]lint.Kind{}
	for _, f := range found {
		said[f.Group+f.Option+f.Rule+f.Golden] = f.Kind
	}
	require.Equal(t, map[string]lint.Kind{"extraslock": lint.Dead, "oiled": lint.Golden, "raw": lint.Golden}, said)
	for _, f := range found {
		for _, c := range f.Because {
			require.Contains(t, doc.Golden[1].Choices, m.plan.Choice(c))
		}
	}
	require.Equal(t, number("width", "1.25"), m.plan.Choice(engine.Choice{Group: "width", Number: 125}))
}

func TestADocumentOfWhichNothingIsPossibleAnswersSo(t *testing.T) {
	doc := cabinet()
	doc.Rules = append(doc.Rules,
		schema.ConfigurationRule{Key: "a", Text: "feet.steel", Internal: true},
		schema.ConfigurationRule{Key: "b", Text: "!feet.steel", Message: say("No steel.", "Kein Stahl.")})
	m := ready(t, doc, winter)
	s := m.state(pick("wood", "oak"))
	require.False(t, s.Consistent)
	require.Equal(t, []int{4, 5}, s.Conflict.Rules)
	require.Equal(t, []string{"No steel."}, m.plan.Sentences(s.Conflict, false, schema.English))
	require.Equal(t, choices(pick("wood", "oak")), m.selected(s))
	require.Empty(t, m.repairs(nil, nil, pick("wood", "oak")))
	_, err := m.plan.Complete(t.Context(), m.ask(), plan.Cheapest, euros(), nil)
	require.ErrorIs(t, err, engine.ErrContradiction)
	found, err := m.plan.Lint(t.Context(), engine.Budget{})
	require.NoError(t, err)
	require.Equal(t, lint.Void, found[0].Kind)
}
