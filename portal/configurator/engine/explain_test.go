package engine_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/internal/models"
)

// TestExplanationsAgainstAnotherSolver asks another solver about explanations: the
// rules with these choices leave nothing for the target, and something as soon as any
// one of the rules or of the choices is left out.
func TestExplanationsAgainstAnotherSolver(t *testing.T) {
	for k, name := range []string{"uclibc", models.Renault, "pc-richmond", "financial-2017-05-22", "financial-2018-05-09", "automotive01"} {
		t.Run(name, func(t *testing.T) {
			m := models.Load(t, name)
			c := compile(t, &m)
			first, err := c.Domains(t.Context(), engine.Request{})
			require.NoError(t, err)
			r := rand.New(rand.NewPCG(15, uint64(k)))
			explained, rules := 0, 0
			for explained < runs(15) {
				walk(t, c, &m, first, r, func(choices []engine.Choice) *engine.Domains {
					d, err := c.Domains(t.Context(), engine.Request{Choices: choices})
					require.NoError(t, err)
					if target, ok := randomExcluded(&m, d, r); ok && r.IntN(8) == 0 {
						e, err := c.Explain(t.Context(), engine.Request{Choices: choices}, &target)
						require.NoError(t, err)
						checkExplanation(t, &m, append(some(choices, e.Because), target), e.Rules)
						explained++
						rules += len(e.Rules)
					}
					return d
				})
			}
			t.Logf("%d explanations, %d rules in them", explained, rules)
		})
	}
}

func randomExcluded(m *engine.Model, d *engine.Domains, r *rand.Rand) (engine.Choice, bool) {
	var out []engine.Choice
	for g := range d.Groups {
		for o, s := range d.Groups[g].Options {
			if s == engine.StatusExcluded {
				out = append(out, engine.Choice{Group: m.Groups[g].Key, Option: m.Groups[g].Options[o]})
			}
		}
	}
	if len(out) == 0 {
		return engine.Choice{}, false
	}
	return out[r.IntN(len(out))], true
}

// checkExplanation looks at choices, of which the last is the target, and rules.
func checkExplanation(t *testing.T, m *engine.Model, choices []engine.Choice, rules []int) {
	t.Helper()
	leaves := func(choices []engine.Choice, rules []int) bool {
		clauses, at := clausesOf(t, without(m, rules))
		for _, ch := range choices {
			l := at[engine.Ref{Group: ch.Group, Option: ch.Option}]
			if ch.Negate {
				l = -l
			}
			clauses = append(clauses, []int{l})
		}
		return giniOracle(clauses)(nil)
	}
	require.False(t, leaves(choices, rules), "%+v and %v leave something", choices, rules)
	for i := range rules {
		require.True(t, leaves(choices, slices.Delete(slices.Clone(rules), i, i+1)), "%+v: rule %d of %v is not needed", choices, i, rules)
	}
	for i := range choices[:len(choices)-1] {
		all := make([]int, len(m.Rules))
		for k := range all {
			all[k] = k
		}
		require.True(t, leaves(slices.Delete(slices.Clone(choices), i, i+1), all), "%+v: choice %d is not needed", choices, i)
	}
}

// TestExplanationsOfManyRules has models in which much contradicts, so that there are
// many sets of rules to choose from, and tries everything.
func TestExplanationsOfManyRules(t *testing.T) {
	explained, rules := 0, 0
	for seed := range uint64(runs(30)) {
		r := rand.New(rand.NewPCG(seed, 53))
		m := contradictory(r)
		c := compile(t, m)
		e := &engine.Explanation{Rules: c.Facts().Conflict}
		var kept []engine.Choice
		if !c.Facts().Void {
			choices := randomChoices(r, m, 5)
			var err error
			e, err = c.Explain(t.Context(), engine.Request{Choices: choices}, nil)
			if errors.Is(err, engine.ErrPossible) {
				continue
			}
			require.NoError(t, err)
			kept = some(choices, e.Because)
		}
		explained++
		rules += len(e.Rules)
		require.Empty(t, agreeing(m, all(without(m, e.Rules)), kept...), "seed %d", seed)
		for i := range e.Rules {
			less := slices.Delete(slices.Clone(e.Rules), i, i+1)
			require.NotEmpty(t, agreeing(m, all(without(m, less)), kept...), "seed %d: rule %d of %v is not needed", seed, i, e.Rules)
		}
	}
	t.Logf("%d explanations, %d rules in them", explained, rules)
}

func contradictory(r *rand.Rand) *engine.Model {
	m := &engine.Model{}
	for g := range 6 {
		grp := engine.Group{Key: fmt.Sprint("g", g), Min: r.IntN(2), Max: 1 + r.IntN(2)*2, Options: []string{"a", "b", "c"}}
		if grp.Max == 3 {
			grp.Min = 0
		}
		m.Groups = append(m.Groups, grp)
	}
	literal := func() engine.Expr {
		g := m.Groups[r.IntN(len(m.Groups))]
		var x engine.Expr = engine.Chosen{Group: g.Key, Option: g.Options[r.IntN(3)]}
		if r.IntN(2) == 0 {
			x = engine.Not{X: x}
		}
		return x
	}
	for i := range 15 + r.IntN(15) {
		var x engine.Expr
		switch r.IntN(4) {
		case 0:
			x = engine.Iff{A: literal(), B: engine.Or{literal(), literal()}}
		case 1:
			x = engine.Implies{A: literal(), B: engine.And{literal(), literal()}}
		default:
			x = engine.Or{literal(), literal(), literal()}
		}
		m.Rules = append(m.Rules, engine.Rule{Key: fmt.Sprint("r", i), Expr: x})
	}
	return m
}
