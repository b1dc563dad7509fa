package plan_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/internal/models"
	"foyer/portal/configurator/plan"
	"foyer/portal/configurator/rules"
	"foyer/schema"
)

// ported is a model of the literature as a document.
func ported(t *testing.T, name string, repairable bool) (*plan.Plan, *engine.Compiled) {
	t.Helper()
	m := models.Load(t, name)
	words := rules.NewVocabulary(m.Groups)
	said := func(s string) map[string]string { return map[string]string{"en": s, "de": s} }
	doc := schema.ConfigurationDocument{Title: said(name)}
	for _, g := range m.Groups {
		out := schema.OptionGroup{Key: g.Key, Title: said(g.Key), Min: g.Min, Max: g.Max, Repairable: repairable}
		for _, o := range g.Options {
			out.Options = append(out.Options, schema.Option{Key: o, Title: said(o)})
		}
		doc.Groups = append(doc.Groups, out)
		doc.Steps = append(doc.Steps, schema.ConfigurationStep{Key: g.Key, Title: said(g.Key), Groups: []string{g.Key}})
	}
	for _, r := range m.Rules {
		doc.Rules = append(doc.Rules, schema.ConfigurationRule{Key: r.Key, Text: words.Print(r)})
	}
	p, err := plan.New(doc, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	compiled, err := engine.Compile(t.Context(), p.Model(), engine.Options{})
	require.NoError(t, err)
	return p, compiled
}

// wishes are choices that go together: possible values, taken at random.
func wishes(t *testing.T, p *plan.Plan, compiled *engine.Compiled, rng *rand.Rand, n int) []schema.ConfigurationChoice {
	t.Helper()
	var choices []schema.ConfigurationChoice
	for range n {
		asked, err := p.Choices(choices)
		require.NoError(t, err)
		d, err := compiled.Domains(t.Context(), engine.Request{Choices: asked})
		require.NoError(t, err)
		var open []schema.ConfigurationChoice
		for i, g := range d.Groups {
			for j, s := range g.Options {
				if s == engine.StatusPossible {
					open = append(open, schema.ConfigurationChoice{Group: g.Key, Option: p.Document().Groups[i].Options[j].Key})
				}
			}
		}
		if len(open) == 0 {
			break
		}
		choices = append(choices, open[rng.IntN(len(open))])
	}
	return choices
}

func consistent(t *testing.T, p *plan.Plan, compiled *engine.Compiled, choices []schema.ConfigurationChoice) bool {
	t.Helper()
	asked, err := p.Choices(choices)
	require.NoError(t, err)
	d, err := compiled.Domains(t.Context(), engine.Request{Choices: asked})
	require.NoError(t, err)
	return d.Consistent
}

// TestFinancialVersions moves configurations of a model from one published version to
// the next, as its makers did: what came of them is right, and repairs give up as
// little as can be.
func TestFinancialVersions(t *testing.T) {
	names := []string{"financial-2017-05-22", "financial-2017-09-28", "financial-2018-05-09"}
	many := 500
	for _, repairable := range []bool{false, true} {
		plans, compiled := make([]*plan.Plan, len(names)), make([]*engine.Compiled, len(names))
		for i, n := range names {
			plans[i], compiled[i] = ported(t, n, repairable)
		}
		for i := range names[1:] {
			rng, counts, lost := rand.New(rand.NewPCG(7, uint64(i))), map[plan.Outcome]int{}, 0
			began := time.Now()
			var spent time.Duration
			for range many {
				choices := wishes(t, plans[i], compiled[i], rng, 1+rng.IntN(25))
				start := time.Now()
				r, err := plans[i+1].Revalidate(t.Context(), plan.Question{Compiled: compiled[i+1], Choices: choices}, plans[i], false)
				spent += time.Since(start)
				require.NoError(t, err)
				counts[r.Outcome]++
				lost += len(r.Dropped)
				examine(t, plans[i+1], compiled[i+1], plans[i], choices, r, repairable)
			}
			t.Logf("%s to %s, repairable %v: %d configurations, %v, %d choices given up; %v for all, %v with what the test asks",
				names[i], names[i+1], repairable, many, counts, lost, spent.Round(time.Microsecond), time.Since(began).Round(time.Millisecond))
		}
	}
}

// examine holds an outcome against what the engine says of the choices.
func examine(t *testing.T, p *plan.Plan, compiled *engine.Compiled, from *plan.Plan, choices []schema.ConfigurationChoice, r *plan.Revalidated, repairable bool) {
	t.Helper()
	m := p.Migrate(choices, from)
	goes := consistent(t, p, compiled, m.Kept)
	switch r.Outcome {
	case plan.Valid:
		require.True(t, goes)
		require.Empty(t, r.Dropped)
		require.Equal(t, m.Kept, r.Choices)
	case plan.Repaired:
		require.True(t, repairable)
		require.True(t, consistent(t, p, compiled, r.Choices))
		require.Len(t, r.Choices, len(choices)-len(r.Dropped))
	case plan.NeedsCustomer:
		require.False(t, repairable, "everything may be changed")
		require.True(t, !goes || len(m.Dropped) > 0)
	}
	// As few as possible: with one given up less, in whatever way, they do not go together.
	if given := len(m.Kept) - len(r.Choices); r.Outcome == plan.Repaired && given > 0 {
		require.False(t, goes)
		if given == 2 {
			for i := range m.Kept {
				rest := append(append([]schema.ConfigurationChoice{}, m.Kept[:i]...), m.Kept[i+1:]...)
				require.False(t, consistent(t, p, compiled, rest), "one would have been enough: %v", m.Kept[i])
			}
		}
	}
}
