package engine_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/booleworks/logicng-go/formula"
	"github.com/booleworks/logicng-go/sat"
	"github.com/go-air/gini"
	"github.com/go-air/gini/z"
	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/internal/models"
)

// clausesOf writes a model of clauses, groups and tables as plain clauses, for
// solvers that are not ours: pairs for groups, a variable for each row of a table.
// The options are variables 1, 2, ... in the model's order.
func clausesOf(t testing.TB, m *engine.Model) (clauses [][]int, at map[engine.Ref]int) {
	t.Helper()
	at = map[engine.Ref]int{}
	for _, g := range m.Groups {
		for _, o := range g.Options {
			at[engine.Ref{Group: g.Key, Option: o}] = len(at) + 1
		}
	}
	next := len(at)
	for _, g := range m.Groups {
		if g.Min == 1 && g.Max == 1 {
			var any []int
			for i, o := range g.Options {
				v := at[engine.Ref{Group: g.Key, Option: o}]
				any = append(any, v)
				for _, p := range any[:i] {
					clauses = append(clauses, []int{-v, -p})
				}
			}
			clauses = append(clauses, any)
		}
	}
	for _, r := range m.Rules {
		if r.Table == nil {
			clauses = append(clauses, clauseOf(t, r.Expr, at))
			continue
		}
		var rows []int
		for _, row := range r.Table.Rows {
			next++
			rows = append(rows, next)
			for k, cell := range row {
				if cell.Any {
					continue
				}
				one := []int{-next}
				for _, o := range cell.Options {
					one = append(one, at[engine.Ref{Group: r.Table.Columns[k], Option: o}])
				}
				clauses = append(clauses, one)
			}
		}
		require.False(t, r.Table.Forbids)
		clauses = append(clauses, rows)
	}
	return clauses, at
}

func clauseOf(t testing.TB, x engine.Expr, at map[engine.Ref]int) []int {
	switch x := x.(type) {
	case engine.Chosen:
		return []int{at[engine.Ref(x)]}
	case engine.Not:
		return []int{-at[engine.Ref(x.X.(engine.Chosen))]}
	case engine.Or:
		var out []int
		for _, k := range x {
			out = append(out, clauseOf(t, k, at)...)
		}
		return out
	}
	t.Fatalf("no clause: %T", x)
	return nil
}

// oracle answers whether literals can be completed.
type oracle func(lits []int) bool

func giniOracle(clauses [][]int) oracle {
	g := gini.New()
	for _, c := range clauses {
		for _, l := range c {
			g.Add(z.Dimacs2Lit(l))
		}
		g.Add(z.LitNull)
	}
	return func(lits []int) bool {
		for _, l := range lits {
			g.Assume(z.Dimacs2Lit(l))
		}
		return g.Solve() == 1
	}
}

func logicngOracle(clauses [][]int) oracle {
	fac := formula.NewFactory()
	lit := func(l int) formula.Literal { return fac.Lit(fmt.Sprint("v", max(l, -l)), l > 0) }
	s := sat.NewSolver(fac)
	for _, c := range clauses {
		lits := make([]formula.Literal, len(c))
		for i, l := range c {
			lits[i] = lit(l)
		}
		s.Add(fac.Clause(lits...))
	}
	return func(lits []int) bool {
		out := make([]formula.Literal, len(lits))
		for i, l := range lits {
			out[i] = lit(l)
		}
		return s.Call(sat.WithAssumptions(out)).Sat()
	}
}

// TestValuesAgainstOtherSolvers asks two independent solvers about every value, that
// it can be and that it can be not. FOYER_SOAK=50 makes it more than a million.
func TestValuesAgainstOtherSolvers(t *testing.T) {
	checks := 0
	for k, f := range models.Facts {
		t.Run(f.Name, func(t *testing.T) {
			m := models.Load(t, f.Name)
			c := compile(t, &m)
			clauses, at := clausesOf(t, &m)
			solve := giniOracle(clauses)
			if k%2 == 1 && f.Name != "automotive01" {
				solve = logicngOracle(clauses)
			}
			r := rand.New(rand.NewPCG(5, uint64(k)))
			for range runs(max(1, 1000/f.Options)) {
				d, err := c.Domains(t.Context(), engine.Request{})
				require.NoError(t, err)
				var choices []engine.Choice
				for range r.IntN(20) {
					ch, ok := randomPossible(&m, d, r)
					if !ok {
						break
					}
					choices = append(choices, ch)
					d, err = c.Domains(t.Context(), engine.Request{Choices: choices})
					require.NoError(t, err)
					require.True(t, d.Consistent)
				}
				checks += checkValues(t, &m, d, choices, at, solve)
			}
		})
	}
	t.Logf("%d values, each both ways: %d checks, no mismatch", checks, 2*checks)
}

func checkValues(t *testing.T, m *engine.Model, d *engine.Domains, choices []engine.Choice, at map[engine.Ref]int, solve oracle) int {
	t.Helper()
	lits := make([]int, len(choices), len(choices)+1)
	for i, ch := range choices {
		lits[i] = at[engine.Ref{Group: ch.Group, Option: ch.Option}]
		if ch.Negate {
			lits[i] = -lits[i]
		}
	}
	n := 0
	for g := range m.Groups {
		for o, key := range m.Groups[g].Options {
			v := at[engine.Ref{Group: m.Groups[g].Key, Option: key}]
			s := d.Groups[g].Options[o]
			can, cannot := s != engine.StatusExcluded, s == engine.StatusExcluded || s == engine.StatusPossible
			if solve(append(lits, v)) != can || solve(append(lits, -v)) != cannot {
				t.Fatalf("%s.%s is %v, another solver disagrees; choices %+v", m.Groups[g].Key, key, s, choices)
			}
			n++
		}
	}
	return n
}

// TestAnswersDependOnNothingElse: the same bytes from another compilation, in another
// order, after other requests, and in parallel.
func TestAnswersDependOnNothingElse(t *testing.T) {
	for _, name := range []string{"pc-richmond", "financial-2017-09-28", models.Renault} {
		t.Run(name, func(t *testing.T) {
			m := models.Load(t, name)
			a, b := compile(t, &m), compile(t, &m)
			r := rand.New(rand.NewPCG(3, 3))
			first, err := a.Domains(t.Context(), engine.Request{})
			require.NoError(t, err)
			var asked [][]engine.Choice
			var answers [][]byte
			for range runs(4) {
				walk(t, a, &m, first, r, func(choices []engine.Choice) *engine.Domains {
					asked = append(asked, slices.Clone(choices))
					answers = append(answers, everything(t, a, &m, choices))
					d, err := a.Domains(t.Context(), engine.Request{Choices: choices})
					require.NoError(t, err)
					return d
				})
			}
			var wg sync.WaitGroup
			for k := range 4 {
				wg.Go(func() {
					for i := range asked {
						at := (i*7 + k*13) % len(asked)
						if got := everything(t, b, &m, asked[at]); !bytes.Equal(got, answers[at]) {
							t.Errorf("%+v: %s, not %s", asked[at], got, answers[at])
						}
					}
				})
			}
			wg.Wait()
		})
	}
}

// everything that can be asked about choices, as bytes.
func everything(t testing.TB, c *engine.Compiled, m *engine.Model, choices []engine.Choice) []byte {
	ctx, r := t.Context(), engine.Request{Choices: choices}
	d, err := c.Domains(ctx, r)
	require.NoError(t, err)
	out := []any{d}
	for g := range d.Groups {
		o := slices.Index(d.Groups[g].Options, engine.StatusExcluded)
		if o < 0 || len(out) > 6 {
			continue
		}
		target := engine.Choice{Group: m.Groups[g].Key, Option: m.Groups[g].Options[o]}
		e, err := c.Explain(ctx, r, &target)
		require.NoError(t, err)
		repairs, err := c.Repairs(ctx, r, []engine.Choice{target}, nil, 3)
		out = append(out, e, repairs, fmt.Sprint(err))
	}
	if len(choices)%10 == 5 {
		best, err := c.Complete(ctx, r, engine.Goal{Costs: prices(t, m, "")})
		require.NoError(t, err)
		out = append(out, best)
	}
	text, err := json.Marshal(out)
	require.NoError(t, err)
	return text
}
