package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
)

// TestDomainsWithFewExamples holds models of clauses and groups, which are larger
// than what a few examples show, against trying everything: with what is learnt in
// advance and without.
func TestDomainsWithFewExamples(t *testing.T) {
	for seed := range uint64(runs(40)) {
		r := rand.New(rand.NewPCG(seed, 43))
		m := wide(r)
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
