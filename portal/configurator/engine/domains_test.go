package engine_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
)

func compile(t testing.TB, m *engine.Model) *engine.Compiled {
	t.Helper()
	c, err := engine.Compile(t.Context(), m, engine.Options{})
	require.NoError(t, err)
	return c
}

// TestDomainsOfSmallModels holds every value of random models of all kinds of rules
// against trying everything.
func TestDomainsOfSmallModels(t *testing.T) {
	for seed := range uint64(runs(1500)) {
		r := rand.New(rand.NewPCG(seed, 7))
		m := small(r)
		configs := all(m)
		c := compile(t, m)
		require.Equal(t, len(configs) == 0, c.Facts().Void, "seed %d: %+v", seed, m)
		if len(configs) == 0 {
			continue
		}
		for k := range 6 {
			choices := randomChoices(r, m, k)
			d, err := c.Domains(t.Context(), engine.Request{Choices: choices})
			require.NoError(t, err, "seed %d", seed)
			checkDomains(t, m, agreeing(m, configs, choices...), choices, d, fmt.Sprintf("seed %d, choices %+v", seed, choices))
		}
	}
}

func checkDomains(t *testing.T, m *engine.Model, left []config, choices []engine.Choice, d *engine.Domains, at string) {
	t.Helper()
	require.Equal(t, len(left) > 0, d.Consistent, at)
	if !d.Consistent {
		return
	}
	for g := range m.Groups {
		grp := &m.Groups[g]
		for o := range grp.Options {
			with := len(agreeing(m, left, engine.Choice{Group: grp.Key, Option: grp.Options[o]}))
			want := engine.StatusPossible
			switch {
			case contains(choices, grp.Key, grp.Options[o]):
				want = engine.StatusChosen
			case with == len(left):
				want = engine.StatusForced
			case with == 0:
				want = engine.StatusExcluded
			}
			require.Equal(t, want, d.Groups[g].Options[o], "%s: %s.%s", at, grp.Key, grp.Options[o])
		}
		if grp.Number == nil {
			continue
		}
		present := agreeing(m, left, engine.Choice{Group: grp.Key, Absent: true, Negate: true})
		got := d.Groups[g].Number
		if len(present) == 0 {
			require.Equal(t, engine.StatusExcluded, got.Presence, "%s: %s", at, grp.Key)
			continue
		}
		if got.Presence != engine.StatusChosen {
			require.Equal(t, len(present) == len(left), got.Presence == engine.StatusForced, "%s: %s", at, grp.Key)
		}
		lo, hi := present[0][g].Number, present[0][g].Number
		for _, c := range present {
			lo, hi = min(lo, c[g].Number), max(hi, c[g].Number)
		}
		require.Equal(t, [2]int64{lo, hi}, [2]int64{got.Min, got.Max}, "%s: %s", at, grp.Key)
	}
}

// TestValuesOfNumbers holds the steps of numbers, with their holes, against trying
// everything.
func TestValuesOfNumbers(t *testing.T) {
	eachSmall(t, 300, 41, func(r *rand.Rand, m *engine.Model, configs []config, c *engine.Compiled, at string) {
		choices := randomChoices(r, m, r.IntN(3))
		left := agreeing(m, configs, choices...)
		for g := range m.Groups {
			n := m.Groups[g].Number
			if n == nil {
				continue
			}
			want := []int64{}
			for v := n.Min; v <= n.Max; v += n.Step {
				if len(agreeing(m, left, engine.Choice{Group: m.Groups[g].Key, Number: v})) > 0 {
					want = append(want, v)
				}
			}
			got, err := c.Values(t.Context(), engine.Request{Choices: choices}, m.Groups[g].Key)
			if len(left) == 0 {
				require.ErrorIs(t, err, engine.ErrContradiction, at)
				continue
			}
			require.NoError(t, err, at)
			require.Equal(t, want, got, at)
		}
	})
}

func contains(choices []engine.Choice, group, option string) bool {
	for _, c := range choices {
		if c.Group == group && c.Option == option && !c.Negate && !c.Absent {
			return true
		}
	}
	return false
}
