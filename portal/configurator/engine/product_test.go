package engine_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
)

// product makes a model as a manufacturer has it: mostly groups of one option, some
// of several, conditions between them, measures, quantities, sums and tables. The
// models of the literature have only some of this each.
func product(r *rand.Rand, groups, rules int) *engine.Model {
	m := &engine.Model{}
	for g := range groups {
		grp := engine.Group{Key: fmt.Sprint("g", g), Min: 1, Max: 1}
		for o := range 4 + r.IntN(9) {
			grp.Options = append(grp.Options, fmt.Sprint("o", o))
		}
		switch r.IntN(6) {
		case 0:
			grp.Min = 0
		case 1:
			grp.Min, grp.Max = 0, len(grp.Options)
		case 2:
			grp.Min, grp.Max = 1, 3
		}
		m.Groups = append(m.Groups, grp)
	}
	for k := range 4 {
		of := m.Groups[r.IntN(groups)]
		m.Groups = append(m.Groups,
			engine.Group{Key: fmt.Sprint("measure", k), Number: &engine.Number{Min: 100, Max: 2000, Step: 10}},
			engine.Group{Key: fmt.Sprint("quantity", k), Number: &engine.Number{Min: 1, Max: 20, Step: 1, Of: &engine.Ref{Group: of.Key, Option: of.Options[0]}}})
	}
	some := func() engine.Ref {
		g := m.Groups[r.IntN(groups)]
		return engine.Ref{Group: g.Key, Option: g.Options[r.IntN(len(g.Options))]}
	}
	for i := range rules {
		m.Rules = append(m.Rules, engine.Rule{Key: fmt.Sprint("r", i), Expr: productRule(r, some)})
	}
	for i := range 6 {
		sum := engine.Linear{Op: engine.AtMost, Bound: 4000, Terms: []engine.Term{{Factor: 100, Of: engine.Ref{Group: fmt.Sprint("quantity", r.IntN(4))}}}}
		for k := range 3 {
			sum.Terms = append(sum.Terms, engine.Term{Factor: 1, Of: engine.Ref{Group: fmt.Sprint("measure", (i+k)%4)}}, engine.Term{Factor: 50 + r.Int64N(300), Of: some()})
		}
		m.Rules = append(m.Rules, engine.Rule{Key: fmt.Sprint("sum", i), Expr: sum}, engine.Rule{Key: fmt.Sprint("table", i), Table: productTable(r, m, groups)})
	}
	return m
}

func productRule(r *rand.Rand, some func() engine.Ref) engine.Expr {
	x := func() engine.Expr { return engine.Chosen(some()) }
	switch r.IntN(5) {
	case 0:
		return engine.Not{X: engine.And{x(), x()}}
	case 1:
		return engine.Implies{A: x(), B: engine.Or{x(), x(), x()}}
	case 2:
		return engine.Implies{A: engine.And{x(), x()}, B: engine.Not{X: x()}}
	case 3:
		return engine.Implies{A: x(), B: engine.Not{X: engine.Or{x(), x(), x()}}}
	}
	return engine.Implies{A: engine.And{x(), engine.Not{X: x()}}, B: engine.Or{x(), x(), x(), x()}}
}

// productTable has 60 rows over four of the groups.
func productTable(r *rand.Rand, m *engine.Model, groups int) *engine.Table {
	t := &engine.Table{}
	var columns []engine.Group
	for _, g := range r.Perm(groups) {
		if m.Groups[g].Max == 1 && len(columns) < 4 {
			columns = append(columns, m.Groups[g])
			t.Columns = append(t.Columns, m.Groups[g].Key)
		}
	}
	for range 60 {
		row := make([]engine.Cell, len(columns))
		for i, g := range columns {
			if r.IntN(3) == 0 {
				row[i].Any = true
			} else {
				row[i].Options = []string{g.Options[r.IntN(len(g.Options))]}
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// TestDomainsOfProducts holds every value of large models of all kinds of rules, and
// the ends of numbers, against a plain search for it: Explain uses no examples.
func TestDomainsOfProducts(t *testing.T) {
	values := 0
	for seed := range uint64(runs(6)) {
		r := rand.New(rand.NewPCG(seed, 59))
		groups := 20 + r.IntN(40)
		m := product(r, groups, 3*groups)
		c, err := engine.Compile(t.Context(), m, engine.Options{Witnesses: 64 * r.IntN(5), Once: r.IntN(3) == 0})
		require.NoError(t, err)
		if c.Facts().Void {
			continue
		}
		first, err := c.Domains(t.Context(), engine.Request{})
		require.NoError(t, err)
		walk(t, c, m, first, r, func(choices []engine.Choice) *engine.Domains {
			d, err := c.Domains(t.Context(), engine.Request{Choices: choices})
			require.NoError(t, err)
			if len(choices)%6 == r.IntN(6) {
				values += checkBySearch(t, c, m, choices, d)
			}
			return d
		})
	}
	t.Logf("%d values", values)
	require.Greater(t, values, 1000)
}

func checkBySearch(t *testing.T, c *engine.Compiled, m *engine.Model, choices []engine.Choice, d *engine.Domains) int {
	t.Helper()
	n := 0
	can := func(target engine.Choice) bool {
		n++
		_, err := c.Explain(t.Context(), engine.Request{Choices: choices}, &target)
		if !errors.Is(err, engine.ErrPossible) {
			require.NoError(t, err)
			return false
		}
		return true
	}
	for g := range m.Groups {
		key := m.Groups[g].Key
		for o, option := range m.Groups[g].Options {
			s := d.Groups[g].Options[o]
			require.Equal(t, s != engine.StatusExcluded, can(engine.Choice{Group: key, Option: option}), "%s.%s, choices %+v", key, option, choices)
			require.Equal(t, s == engine.StatusExcluded || s == engine.StatusPossible, can(engine.Choice{Group: key, Option: option, Negate: true}), "%s.%s, choices %+v", key, option, choices)
		}
		number, left := m.Groups[g].Number, d.Groups[g].Number
		if number == nil {
			continue
		}
		require.Equal(t, left.Presence != engine.StatusExcluded, can(engine.Choice{Group: key, Absent: true, Negate: true}), "%s, choices %+v", key, choices)
		if left.Presence == engine.StatusExcluded {
			continue
		}
		for _, v := range []int64{left.Min - number.Step, left.Min, left.Max, left.Max + number.Step} {
			if v >= number.Min && v <= number.Max {
				require.Equal(t, left.Min <= v && v <= left.Max, can(engine.Choice{Group: key, Number: v}), "%s = %d, choices %+v", key, v, choices)
			}
		}
	}
	return n
}
