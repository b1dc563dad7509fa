package engine_test

import (
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
