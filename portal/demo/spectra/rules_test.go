package spectra_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/demo/spectra"
)

// beyondPairs are what it takes for the rules that no two choices and an option run
// into: each list goes with all other rules, and not with this one.
var beyondPairs = map[string][]engine.Choice{
	"licences": {
		{Group: "software", Option: "cam"}, {Group: "software", Option: "vision"}, {Group: "software", Option: "monitor"},
		{Group: "software", Option: "mes"}, {Group: "software", Option: "gateway"}, {Group: "software", Option: "fieldbus"},
	},
}

// values are all options, and of numbers the ends.
func values(m *engine.Model) (all []engine.Choice) {
	for _, g := range m.Groups {
		for _, o := range g.Options {
			all = append(all, engine.Choice{Group: g.Key, Option: o})
		}
		if g.Number != nil {
			all = append(all, engine.Choice{Group: g.Key, Number: g.Number.Min}, engine.Choice{Group: g.Key, Number: g.Number.Max})
		}
	}
	return all
}

// TestEveryRuleStandsInTheWayOfSomething: without a rule, one or two choices leave
// more open than with it.
func TestEveryRuleStandsInTheWayOfSomething(t *testing.T) {
	at := time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC) // all rules hold
	doc := spectra.Next()
	m := planned(t, doc, at).Model()
	require.Len(t, m.Rules, len(doc.Rules)+1, "and that there is no forest green yet")
	with := compiled(t, m)
	all := values(m)
	for i, r := range doc.Rules {
		fewer := doc
		fewer.Rules = slices.Delete(slices.Clone(doc.Rules), i, i+1)
		less := compiled(t, planned(t, fewer, at).Model())
		if choices, known := beyondPairs[r.Key]; known {
			require.True(t, domains(t, less, choices).Consistent, r.Key)
			require.False(t, domains(t, with, choices).Consistent, r.Key)
			for i := range choices {
				others := slices.Delete(slices.Clone(choices), i, i+1)
				require.True(t, domains(t, with, others).Consistent, "%s: without choice %d", r.Key, i)
			}
			continue
		}
		require.True(t, differ(t, with, less, all), "%s: nothing changes without it", r.Key)
	}
}

// differ looks at what remains after one choice, then after two.
func differ(t *testing.T, a, b *engine.Compiled, all []engine.Choice) bool {
	t.Helper()
	for i := range all {
		if changed(t, a, b, all[i:i+1]) {
			return true
		}
	}
	for i := range all {
		for j := range i {
			if all[i].Group == all[j].Group {
				continue // most have one answer
			}
			if changed(t, a, b, []engine.Choice{all[j], all[i]}) {
				return true
			}
		}
	}
	return false
}

func changed(t *testing.T, a, b *engine.Compiled, choices []engine.Choice) bool {
	t.Helper()
	x, y := domains(t, a, choices), domains(t, b, choices)
	if !y.Consistent {
		return false // fewer rules leave more
	}
	if !x.Consistent {
		return true
	}
	for g := range x.Groups {
		for o, status := range x.Groups[g].Options {
			if status != y.Groups[g].Options[o] {
				return true
			}
		}
	}
	return false
}

func domains(t *testing.T, c *engine.Compiled, choices []engine.Choice) *engine.Domains {
	t.Helper()
	d, err := c.Domains(t.Context(), engine.Request{Choices: choices})
	require.NoError(t, err)
	return d
}

// TestWhyAnOptionIsOut: the sentence of the picture is the one that is read.
func TestWhyAnOptionIsOut(t *testing.T) {
	doc := spectra.Document()
	m := planned(t, doc, times[0]).Model()
	c := compiled(t, m)
	for _, want := range []struct {
		choices []engine.Choice
		target  engine.Choice
		rules   []string
	}{
		{[]engine.Choice{{Group: "cooling", Option: "air"}}, engine.Choice{Group: "source", Option: "fibre500"}, []string{"cooling-500"}},
		{[]engine.Choice{{Group: "source", Option: "fibre350"}}, engine.Choice{Group: "optics", Option: "znse51"}, []string{"optics-fibre"}},
		{[]engine.Choice{{Group: "supply", Option: "uk230"}, {Group: "extraction", Option: "ex400"}}, engine.Choice{Group: "source", Option: "fibre350"}, []string{"power-sum"}},
		{[]engine.Choice{{Group: "width", Number: 600}, {Group: "equipment", Option: "rotary"}}, engine.Choice{Group: "rotaries", Number: 2}, []string{"rotary-width"}},
		{[]engine.Choice{{Group: "source", Option: "fibre350"}}, engine.Choice{Group: "cooling", Option: "chiller9"}, []string{"quota-chiller"}},
		{[]engine.Choice{{Group: "source", Option: "co2_150"}}, engine.Choice{Group: "enclosure", Option: "integration"}, []string{"fire-closed", "fire-co2"}},
	} {
		e, err := c.Explain(t.Context(), engine.Request{Choices: want.choices}, &want.target)
		require.NoError(t, err)
		var keys []string
		for _, i := range e.Rules {
			keys = append(keys, m.Rules[i].Key)
		}
		require.Equal(t, want.rules, keys, want.target)
	}
}

// TestHowManyThereAre says it, where the engine can count them.
func TestHowManyThereAre(t *testing.T) {
	for name, doc := range documents() {
		c := compiled(t, planned(t, doc, times[0]).Model())
		start := time.Now()
		n, err := c.Count(t.Context(), engine.Request{})
		if err != nil {
			require.ErrorIs(t, err, engine.ErrBudget)
			t.Log(name, err)
			continue
		}
		require.Greater(t, len(n.String()), 9, "a model for a demonstration has more than somebody could list")
		t.Log(name, n, "in", time.Since(start).Round(time.Millisecond))
	}
}
