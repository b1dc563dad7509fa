package engine_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/internal/models"
)

// benchmark runs an operation over the states of customers on some models.
func benchmark(b *testing.B, op func(b *testing.B, c *engine.Compiled, m *engine.Model, choices []engine.Choice, out engine.Choice)) {
	for _, name := range []string{"pc-richmond", models.Renault, "financial-2018-05-09", "automotive01"} {
		b.Run(name, func(b *testing.B) {
			m := models.Load(b, name)
			c := compile(b, &m)
			first, err := c.Domains(b.Context(), engine.Request{})
			require.NoError(b, err)
			type state struct {
				choices []engine.Choice
				out     engine.Choice
			}
			var states []state
			r := rand.New(rand.NewPCG(4, 4))
			for len(states) < 200 {
				walk(b, c, &m, first, r, func(choices []engine.Choice) *engine.Domains {
					d, err := c.Domains(b.Context(), engine.Request{Choices: choices})
					require.NoError(b, err)
					for g := range d.Groups {
						for o, s := range d.Groups[g].Options {
							if s == engine.StatusExcluded && r.IntN(20) == 0 {
								out := engine.Choice{Group: m.Groups[g].Key, Option: m.Groups[g].Options[o]}
								states = append(states, state{append([]engine.Choice{}, choices...), out})
								return d
							}
						}
					}
					return d
				})
			}
			b.ResetTimer()
			for i := 0; b.Loop(); i++ {
				s := states[i%len(states)]
				op(b, c, &m, s.choices, s.out)
			}
		})
	}
}

func BenchmarkDomains(b *testing.B) {
	benchmark(b, func(b *testing.B, c *engine.Compiled, _ *engine.Model, choices []engine.Choice, _ engine.Choice) {
		_, err := c.Domains(b.Context(), engine.Request{Choices: choices})
		require.NoError(b, err)
	})
}

func BenchmarkExplain(b *testing.B) {
	benchmark(b, func(b *testing.B, c *engine.Compiled, _ *engine.Model, choices []engine.Choice, out engine.Choice) {
		_, err := c.Explain(b.Context(), engine.Request{Choices: choices}, &out)
		require.NoError(b, err)
	})
}

func BenchmarkRepairs(b *testing.B) {
	benchmark(b, func(_ *testing.B, c *engine.Compiled, _ *engine.Model, choices []engine.Choice, out engine.Choice) {
		_, _ = c.Repairs(b.Context(), engine.Request{Choices: choices}, []engine.Choice{out}, nil, 3)
	})
}

func BenchmarkComplete(b *testing.B) {
	var goal engine.Goal
	benchmark(b, func(b *testing.B, c *engine.Compiled, m *engine.Model, choices []engine.Choice, _ engine.Choice) {
		goal.Costs = prices(b, m, "")
		_, err := c.Complete(b.Context(), engine.Request{Choices: choices}, goal)
		require.NoError(b, err)
	})
}

func BenchmarkCount(b *testing.B) {
	benchmark(b, func(b *testing.B, c *engine.Compiled, _ *engine.Model, choices []engine.Choice, _ engine.Choice) {
		_, err := c.Count(b.Context(), engine.Request{Choices: choices})
		if errors.Is(err, engine.ErrBudget) {
			b.Skip("what is left is too much to count")
		}
		require.NoError(b, err)
	})
}

func BenchmarkValidate(b *testing.B) {
	var of *engine.Compiled
	var best *engine.Completion
	benchmark(b, func(b *testing.B, c *engine.Compiled, _ *engine.Model, choices []engine.Choice, _ engine.Choice) {
		if of != c {
			var err error
			best, err = c.Complete(b.Context(), engine.Request{Choices: choices}, engine.Goal{})
			require.NoError(b, err)
			of = c
		}
		wrong, err := c.Validate(best.Configuration)
		require.NoError(b, err)
		require.Empty(b, wrong)
	})
}

func BenchmarkRedundant(b *testing.B) {
	rule := 0
	benchmark(b, func(b *testing.B, c *engine.Compiled, m *engine.Model, _ []engine.Choice, _ engine.Choice) {
		rule++
		_, err := c.Redundant(b.Context(), rule%len(m.Rules))
		require.NoError(b, err)
	})
}

// BenchmarkValues asks for the steps of a width under a sum of four measures.
func BenchmarkValues(b *testing.B) {
	m := &engine.Model{}
	sum := engine.Linear{Op: engine.AtMost, Bound: 2_000}
	for i := range 4 {
		key := fmt.Sprint("n", i)
		m.Groups = append(m.Groups, engine.Group{Key: key, Number: &engine.Number{Min: 100, Max: 1_000, Step: 5}})
		sum.Terms = append(sum.Terms, engine.Term{Factor: 1, Of: engine.Ref{Group: key}})
	}
	m.Rules = []engine.Rule{{Key: "sum", Expr: sum}}
	c := compile(b, m)
	for i := 0; b.Loop(); i++ {
		_, err := c.Values(b.Context(), engine.Request{Choices: []engine.Choice{{Group: "n1", Number: 100 + 5*int64(i%180)}}}, "n0")
		require.NoError(b, err)
	}
}

func BenchmarkCompile(b *testing.B) {
	for _, f := range models.Facts {
		b.Run(f.Name, func(b *testing.B) {
			m := models.Load(b, f.Name)
			for b.Loop() {
				compile(b, &m)
			}
		})
	}
}
