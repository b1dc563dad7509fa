package engine_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/booleworks/logicng-go/formula"
	"github.com/booleworks/logicng-go/maxsat"
	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/internal/models"
)

// TestThePriceOfAComputer holds the cheapest computers, in cents, against another
// solver's optimum.
func TestThePriceOfAComputer(t *testing.T) {
	ctx := t.Context()
	m := models.Load(t, "pc-richmond")
	c := compile(t, &m)
	goal := engine.Goal{Costs: prices(t, &m, "pc-richmond")}
	clauses, at := clausesOf(t, &m)
	r := rand.New(rand.NewPCG(8, 8))
	for range runs(8) {
		d, err := c.Domains(ctx, engine.Request{})
		require.NoError(t, err)
		var choices []engine.Choice
		for range r.IntN(8) {
			ch, ok := randomPossible(&m, d, r)
			if !ok {
				break
			}
			choices = append(choices, ch)
			d, err = c.Domains(ctx, engine.Request{Choices: choices})
			require.NoError(t, err)
		}
		got, err := c.Complete(ctx, engine.Request{Choices: choices}, goal)
		require.NoError(t, err)
		fac := formula.NewFactory()
		lit := func(v int) formula.Formula { return fac.Literal(fmt.Sprint("v", max(v, -v)), v > 0) }
		s := maxsat.OLL(fac)
		for _, clause := range clauses {
			or := make([]formula.Formula, len(clause))
			for i, l := range clause {
				or[i] = lit(l)
			}
			require.NoError(t, s.AddHardFormula(fac.Or(or...)))
		}
		for _, ch := range choices {
			v := at[engine.Ref{Group: ch.Group, Option: ch.Option}]
			if ch.Negate {
				v = -v
			}
			require.NoError(t, s.AddHardFormula(lit(v)))
		}
		for _, o := range m.Groups[0].Options {
			ref := engine.Ref{Group: m.Groups[0].Key, Option: o}
			if cents := goal.Costs[ref]; cents > 0 {
				require.NoError(t, s.AddSoftFormula(lit(-at[ref]), int(cents)))
			}
		}
		result := s.Solve()
		require.True(t, result.Satisfiable)
		require.Equal(t, int64(result.Optimum), got.Cost, "%+v", choices)
		t.Logf("%d choices: %d cents", len(choices), got.Cost)
	}
}
