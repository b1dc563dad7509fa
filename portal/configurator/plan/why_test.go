package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/plan"
	"foyer/schema"
)

func (m made) why(target schema.ConfigurationChoice, list ...schema.ConfigurationChoice) *plan.Why {
	m.t.Helper()
	w, err := m.plan.Why(m.t.Context(), m.ask(list...), &target)
	require.NoError(m.t, err)
	return w
}

func TestAReasonNamesChoicesAndRules(t *testing.T) {
	m := ready(t, cabinet(), winter)
	w := m.why(pick("finish", "oil"), number("width", "1"), pick("finish", "raw"), pick("wood", "oak"))
	require.Equal(t, []int{2}, w.Because, "what it replaces is not in the way")
	require.Equal(t, choices(pick("wood", "oak")), w.Choices)
	require.Equal(t, []int{0}, w.Rules)
	require.Equal(t, []string{"Oak is not oiled."}, m.plan.Sentences(w, false, schema.English))
	require.Equal(t, []string{"Eiche wird nicht geölt."}, m.plan.Sentences(w, false, schema.German))
	require.Equal(t, []string{"oak-finish: Oak is not oiled."}, m.plan.Sentences(w, true, schema.English))

	target := pick("wood", "pine")
	_, err := m.plan.Why(t.Context(), m.ask(pick("wood", "oak")), &target)
	require.ErrorIs(t, err, engine.ErrPossible)
	_, err = m.plan.Why(t.Context(), m.ask(pick("wood", "oak")), nil)
	require.ErrorIs(t, err, engine.ErrPossible)
	_, err = m.plan.Why(t.Context(), m.ask(), ref(pick("wood", "fir")))
	var refused *plan.ChoiceError
	require.ErrorAs(t, err, &refused)
}

func TestOfInternalRulesCustomersReadAGeneralSentence(t *testing.T) {
	m := ready(t, cabinet(), winter)
	w := m.why(pick("feet", "steel"), pick("finish", "lacquer"))
	require.Equal(t, []int{1}, w.Rules)
	require.Equal(t, []string{"The steel does not go with The lacquer."}, m.plan.Sentences(w, false, schema.English))
	require.Equal(t, []string{"Das steel passt nicht zu Das lacquer."}, m.plan.Sentences(w, false, schema.German))
	require.Equal(t, []string{"secret-steel (internal): feet.steel -> !finish.lacquer"}, m.plan.Sentences(w, true, schema.English))

	doc := cabinet()
	doc.Rules[1].Text = "!feet.steel"
	doc.Rules[1].Message = say("The insolvency of the supplier.", "Die Insolvenz des Lieferanten.")
	m = ready(t, doc, winter)
	w = m.why(pick("feet", "steel"))
	require.Equal(t, []string{"The steel is not available."}, m.plan.Sentences(w, false, schema.English), "not even its message")
	require.Contains(t, m.plan.Sentences(w, true, schema.English)[0], "The insolvency")
	w = m.why(number("width", "2.5"), pick("finish", "lacquer"), schema.ConfigurationChoice{Group: "feet", Option: "wheels", Negate: true})
	require.Equal(t, []int{1, 2}, w.Rules)
	require.Equal(t, []string{"Wide ones need feet."}, m.plan.Sentences(w, false, schema.English), "of several only those for customers")
}

func TestBoundsAndTimesHaveSentencesOfTheirOwn(t *testing.T) {
	doc := cabinet()
	doc.Groups[2].Max = 2
	m := ready(t, doc, spring)
	w := m.why(pick("extras", "shelf"), pick("extras", "light"), pick("extras", "lock"))
	require.Empty(t, w.Rules)
	require.Equal(t, []string{"The shelf does not go with The light and The lock."}, m.plan.Sentences(w, false, schema.English))
	require.Equal(t, []string{"Das shelf passt nicht zu Das light und Das lock."}, m.plan.Sentences(w, true, schema.German))

	m = ready(t, cabinet(), winter)
	w = m.why(pick("wood", "teak"))
	require.Equal(t, []engine.Ref{{Group: "wood", Option: "teak"}}, w.Untimely)
	require.Empty(t, w.Rules)
	require.Equal(t, []string{"The teak is not available at present."}, m.plan.Sentences(w, false, schema.English))
	require.Equal(t, []string{"Das teak ist zurzeit nicht erhältlich."}, m.plan.Sentences(w, true, schema.German))
	w = m.why(schema.ConfigurationChoice{Group: "wood", Absent: true})
	require.Equal(t, []string{"Group wood: none is not available."}, m.plan.Sentences(w, false, schema.English))
	w = m.why(number("shelves", "2"), schema.ConfigurationChoice{Group: "extras", Absent: true})
	require.Equal(t, []string{"Böden 2 passt nicht zu Gruppe extras: nichts."}, m.plan.Sentences(w, false, schema.German))
}
