package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
)

// TestDomainsWithFewExamples holds models that are larger than what a few examples
// show against trying everything: with what is learnt in advance and without.
func TestDomainsWithFewExamples(t *testing.T) {
	for seed := range uint64(runs(36)) {
		r := rand.New(rand.NewPCG(seed, 43))
		m := wide(r)
		if seed%3 == 0 {
			m = mixed(r)
		}
		configs := all(m)
		c, err := engine.Compile(t.Context(), m, engine.Options{Witnesses: 1, Once: r.IntN(2) == 0})
		require.NoError(t, err)
		require.Equal(t, len(configs) == 0, c.Facts().Void, "seed %d: %+v", seed, m)
		if len(configs) == 0 {
			continue
		}
		for k := range 12 {
			choices := randomChoices(r, m, 1+k/2)
			if r.IntN(3) == 0 && !slices.ContainsFunc(choices, func(ch engine.Choice) bool { return ch.Group == "g0" }) {
				choices = append(choices, engine.Choice{Group: "g0", Absent: true, Negate: true})
			}
			d, err := c.Domains(t.Context(), engine.Request{Choices: choices})
			require.NoError(t, err, "seed %d", seed)
			checkDomains(t, m, agreeing(m, configs, choices...), choices, d, fmt.Sprintf("seed %d, choices %+v", seed, choices))
		}
	}
}

// wide makes a model of clauses over some groups.
func wide(r *rand.Rand) *engine.Model {
	m := &engine.Model{}
	for g := range 7 {
		grp := engine.Group{Key: fmt.Sprint("g", g), Min: r.IntN(2), Max: 1}
		for o := range 3 + r.IntN(2) {
			grp.Options = append(grp.Options, fmt.Sprint("o", o))
		}
		if g == 0 {
			grp.Min, grp.Max = 0, len(grp.Options)
		}
		m.Groups = append(m.Groups, grp)
	}
	for i := range 25 + r.IntN(35) {
		var clause engine.Or
		for _, g := range r.Perm(len(m.Groups))[:2+r.IntN(3)] {
			var x engine.Expr = engine.Chosen{Group: m.Groups[g].Key, Option: m.Groups[g].Options[r.IntN(3)]}
			if r.IntN(3) > 0 {
				x = engine.Not{X: x}
			}
			clause = append(clause, x)
		}
		m.Rules = append(m.Rules, engine.Rule{Key: fmt.Sprint("r", i), Expr: slices.Clone(clause)})
	}
	return m
}

// mixed makes a model of all kinds of rules over fewer groups, and numbers.
func mixed(r *rand.Rand) *engine.Model {
	m := wide(r)
	m.Groups, m.Rules = m.Groups[:5], nil
	m.Groups = append(m.Groups,
		engine.Group{Key: "n0", Number: &engine.Number{Min: -2, Max: 3, Step: 1}},
		engine.Group{Key: "n1", Number: &engine.Number{Min: 1, Max: 6, Step: 2, Of: &engine.Ref{Group: "g1", Option: "o0"}}})
	for i := range 4 + r.IntN(5) {
		m.Rules = append(m.Rules, engine.Rule{Key: fmt.Sprint("r", i), Expr: randomExpr(r, m, 2)})
	}
	for i := range 1 + r.IntN(2) {
		m.Rules = append(m.Rules, engine.Rule{Key: fmt.Sprint("t", i), Table: randomTable(r, m)})
		sum := engine.Linear{Op: engine.AtMost, Bound: 2 + r.Int64N(6), Terms: []engine.Term{
			{Factor: 1, Of: engine.Ref{Group: "n0"}}, {Factor: 1 + r.Int64N(2), Of: engine.Ref{Group: "n1"}},
			{Factor: 3, Of: engine.Ref{Group: "g2", Option: "o1"}}, {Factor: -2, Of: engine.Ref{Group: "g3", Option: "o2"}},
		}}
		m.Rules = append(m.Rules, engine.Rule{Key: fmt.Sprint("s", i), Expr: sum})
	}
	m.Rules = slices.DeleteFunc(m.Rules, func(r engine.Rule) bool { return r.Expr == nil && r.Table == nil })
	return m
}
