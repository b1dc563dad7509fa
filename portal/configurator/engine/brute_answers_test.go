package engine_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
)

// eachSmall calls back with random models that have a configuration.
func eachSmall(t *testing.T, n int, stream uint64, each func(r *rand.Rand, m *engine.Model, configs []config, c *engine.Compiled, at string)) {
	t.Helper()
	for seed := range uint64(runs(n)) {
		r := rand.New(rand.NewPCG(seed, stream))
		m := small(r)
		if configs := all(m); len(configs) > 0 {
			each(r, m, configs, compile(t, m), fmt.Sprintf("seed %d", seed))
		}
	}
}

// without is the model with some of its rules.
func without(m *engine.Model, keep []int) *engine.Model {
	out := &engine.Model{Groups: m.Groups}
	for _, i := range keep {
		out.Rules = append(out.Rules, m.Rules[i])
	}
	return out
}

func some[T any](list []T, indexes []int) []T {
	var out []T
	for _, i := range indexes {
		out = append(out, list[i])
	}
	return out
}

func TestExplanationsAreMinimal(t *testing.T) {
	ctx, explained := t.Context(), 0
	eachSmall(t, 500, 11, func(r *rand.Rand, m *engine.Model, configs []config, c *engine.Compiled, at string) {
		choices := randomChoices(r, m, 6)
		targets := randomChoices(r, m, 1)
		target := &targets[0]
		if r.IntN(3) == 0 {
			target = nil
		}
		with := func(because []int) []engine.Choice {
			out := some(choices, because)
			if target != nil {
				out = append(out, *target)
			}
			return out
		}
		every := make([]int, len(choices))
		for i := range every {
			every[i] = i
		}
		e, err := c.Explain(ctx, engine.Request{Choices: choices}, target)
		if len(agreeing(m, configs, with(every)...)) > 0 {
			require.ErrorIs(t, err, engine.ErrPossible, at)
			return
		}
		require.NoError(t, err, at)
		explained++
		// These choices leave nothing; without any one of them something is left; no
		// choice is blamed that an explanation of later ones does without.
		require.Empty(t, agreeing(m, configs, with(e.Because)...), at)
		for k := range e.Because {
			less := slices.Delete(slices.Clone(e.Because), k, k+1)
			require.NotEmpty(t, agreeing(m, configs, with(less)...), at)
		}
		require.Equal(t, latest(m, configs, len(choices), with), e.Because, at)
		// The rules leave nothing with these choices, and each is needed.
		require.Empty(t, agreeing(m, all(without(m, e.Rules)), with(e.Because)...), at)
		for k := range e.Rules {
			less := slices.Delete(slices.Clone(e.Rules), k, k+1)
			require.NotEmpty(t, agreeing(m, all(without(m, less)), with(e.Because)...), at)
		}
	})
	require.Greater(t, explained, 100)
}

// latest drops choices from the first on, as long as nothing is left.
func latest(m *engine.Model, configs []config, n int, with func([]int) []engine.Choice) []int {
	kept := []int{}
	for i := range n {
		kept = append(kept, i)
	}
	for i := range n {
		at := slices.Index(kept, i)
		less := slices.Delete(slices.Clone(kept), at, at+1)
		if len(agreeing(m, configs, with(less)...)) == 0 {
			kept = less
		}
	}
	return kept
}

func TestVoidModelsNameTheirRules(t *testing.T) {
	void := 0
	for seed := range uint64(runs(700)) {
		m := small(rand.New(rand.NewPCG(seed, 13)))
		if len(all(m)) > 0 {
			continue
		}
		void++
		c := compile(t, m)
		require.True(t, c.Facts().Void)
		rules := c.Facts().Conflict
		require.Empty(t, all(without(m, rules)), "seed %d", seed)
		for k := range rules {
			less := slices.Delete(slices.Clone(rules), k, k+1)
			require.NotEmpty(t, all(without(m, less)), "seed %d", seed)
		}
		d, err := c.Domains(t.Context(), engine.Request{})
		require.NoError(t, err)
		require.False(t, d.Consistent)
		require.Equal(t, rules, d.Conflict.Rules)
	}
	require.Greater(t, void, 30)
}

func TestRedundantRules(t *testing.T) {
	eachSmall(t, 200, 17, func(_ *rand.Rand, m *engine.Model, configs []config, c *engine.Compiled, at string) {
		for i := range m.Rules {
			others := []int{}
			for k := range m.Rules {
				if k != i {
					others = append(others, k)
				}
			}
			got, err := c.Redundant(t.Context(), i)
			require.NoError(t, err)
			require.Equal(t, len(all(without(m, others))) == len(configs), got, "%s rule %d", at, i)
		}
	})
}

func TestRepairsAreSmallest(t *testing.T) {
	ctx, repaired := t.Context(), 0
	eachSmall(t, 600, 19, func(r *rand.Rand, m *engine.Model, configs []config, c *engine.Compiled, at string) {
		choices := randomChoices(r, m, 9)
		wanted := randomChoices(r, m, 1+r.IntN(2))
		var keep []int
		for i := range choices {
			if r.IntN(5) == 0 {
				keep = append(keep, i)
			}
		}
		want := smallestDrops(m, configs, choices, wanted, keep)
		got, err := c.Repairs(ctx, engine.Request{Choices: choices}, wanted, keep, 1000)
		if len(want) == 0 {
			require.ErrorIs(t, err, engine.ErrContradiction, at)
			return
		}
		require.NoError(t, err, at)
		drops := [][]int{}
		for _, g := range got {
			drops = append(drops, g.Drop)
		}
		require.Equal(t, want, drops, at)
		repaired++
		one, err := c.Repairs(ctx, engine.Request{Choices: choices}, wanted, keep, 1)
		require.NoError(t, err)
		require.Equal(t, got[:1], one)
	})
	require.Greater(t, repaired, 100)
}

// TestRepairsOfTwelveChoices does the same where a customer has answered twelve
// groups and wants one thing more.
func TestRepairsOfTwelveChoices(t *testing.T) {
	repaired, sizes := 0, map[int]int{}
	for seed := range uint64(runs(30)) {
		r := rand.New(rand.NewPCG(seed, 47))
		m := answered(r)
		configs := all(m)
		if len(configs) == 0 {
			continue
		}
		c := compile(t, m)
		for range 6 {
			var choices []engine.Choice
			for _, g := range r.Perm(12) {
				choices = append(choices, engine.Choice{Group: m.Groups[g].Key, Option: m.Groups[g].Options[r.IntN(2)], Negate: r.IntN(5) == 0})
			}
			wanted := []engine.Choice{{Group: "last", Option: m.Groups[12].Options[r.IntN(2)]}}
			keep := r.Perm(12)[:r.IntN(3)]
			want := smallestDrops(m, configs, choices, wanted, keep)
			got, err := c.Repairs(t.Context(), engine.Request{Choices: choices}, wanted, keep, 1000)
			if len(want) == 0 {
				require.ErrorIs(t, err, engine.ErrContradiction, "seed %d", seed)
				continue
			}
			require.NoError(t, err, "seed %d", seed)
			drops := [][]int{}
			for _, g := range got {
				drops = append(drops, g.Drop)
			}
			require.Equal(t, want, drops, "seed %d", seed)
			repaired++
			sizes[len(drops[0])]++
		}
	}
	t.Logf("%d times, of so many choices: %v", repaired, sizes)
	require.Greater(t, repaired, 100)
}

// answered makes a model of thirteen small groups.
func answered(r *rand.Rand) *engine.Model {
	m := &engine.Model{}
	for g := range 13 {
		m.Groups = append(m.Groups, engine.Group{Key: fmt.Sprint("g", g), Min: 1, Max: 1, Options: []string{"a", "b"}})
	}
	m.Groups[12].Key = "last"
	for g := range r.IntN(4) {
		m.Groups[g].Min = 0
	}
	for i := range 10 + r.IntN(12) {
		var clause engine.Or
		for _, g := range r.Perm(13)[:2+r.IntN(2)] {
			clause = append(clause, engine.Chosen{Group: m.Groups[g].Key, Option: m.Groups[g].Options[r.IntN(2)]})
		}
		m.Rules = append(m.Rules, engine.Rule{Key: fmt.Sprint("r", i), Expr: clause})
	}
	return m
}

// smallestDrops are all irredundant sets of choices to drop, in the order promised:
// of all sets those that take with them what keeps some configuration out.
func smallestDrops(m *engine.Model, configs []config, choices, wanted []engine.Choice, keep []int) [][]int {
	against := map[int]bool{} // the choices that a configuration is against, as bits
	for _, c := range agreeing(m, configs, wanted...) {
		bits := 0
		for i, ch := range choices {
			if !chooses(m, c, ch) {
				bits |= 1 << i
			}
		}
		against[bits] = true
	}
	var works [][]int
	for bits := range 1 << len(choices) {
		drop := []int{}
		fine := false
		for b := range against {
			fine = fine || b&^bits == 0
		}
		for i := range choices {
			if bits>>i&1 != 0 {
				drop = append(drop, i)
				fine = fine && !slices.Contains(keep, i)
			}
		}
		if fine {
			works = append(works, drop)
		}
	}
	return irredundant(works)
}

// irredundant are the sets that contain no other, in the order promised.
func irredundant(works [][]int) [][]int {
	slices.SortFunc(works, func(a, b []int) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		for k := len(a) - 1; k >= 0; k-- {
			if a[k] != b[k] {
				return b[k] - a[k]
			}
		}
		return 0
	})
	var out [][]int
	for _, w := range works {
		if !slices.ContainsFunc(out, func(o []int) bool {
			return !slices.ContainsFunc(o, func(x int) bool { return !slices.Contains(w, x) })
		}) {
			out = append(out, w)
		}
	}
	return out
}

func TestTheCheapestIsFound(t *testing.T) {
	ctx := t.Context()
	eachSmall(t, 500, 23, func(r *rand.Rand, m *engine.Model, configs []config, c *engine.Compiled, at string) {
		goal := engine.Goal{Costs: map[engine.Ref]int64{}, Times: map[engine.Ref]int64{}, Time: engine.TimeGoal(r.IntN(3))}
		for _, g := range m.Groups {
			if g.Number != nil {
				goal.Costs[engine.Ref{Group: g.Key}] = r.Int64N(7) - 3
			}
			for _, o := range g.Options {
				goal.Costs[engine.Ref{Group: g.Key, Option: o}] = r.Int64N(9) - 3
				goal.Times[engine.Ref{Group: g.Key, Option: o}] = r.Int64N(5)
			}
		}
		choices := randomChoices(r, m, r.IntN(4))
		left := agreeing(m, configs, choices...)
		got, err := c.Complete(ctx, engine.Request{Choices: choices}, goal)
		if len(left) == 0 {
			require.ErrorIs(t, err, engine.ErrContradiction, at)
			return
		}
		require.NoError(t, err, at)
		best := slices.MinFunc(left, func(a, b config) int { return compareCompletions(m, &goal, a, b) })
		require.Equal(t, fmt.Sprintf("%+v", best), fmt.Sprintf("%+v", got.Configuration), at)
		cost, time := worth(m, &goal, best)
		require.Equal(t, cost, got.Cost, at)
		require.Equal(t, time, got.LeadTime, at)
	})
}

func worth(m *engine.Model, goal *engine.Goal, c config) (cost, time int64) {
	for g, d := range c {
		if m.Groups[g].Number != nil && !d.Absent {
			cost += goal.Costs[engine.Ref{Group: m.Groups[g].Key}] * d.Number
		}
		for _, o := range d.Options {
			ref := engine.Ref{Group: m.Groups[g].Key, Option: m.Groups[g].Options[o]}
			cost += goal.Costs[ref]
			switch goal.Time {
			case engine.NoTime:
			case engine.MaxTime:
				time = max(time, goal.Times[ref])
			case engine.SumTime:
				time += goal.Times[ref]
			}
		}
	}
	return cost, time
}

func compareCompletions(m *engine.Model, goal *engine.Goal, a, b config) int {
	costA, timeA := worth(m, goal, a)
	costB, timeB := worth(m, goal, b)
	if timeA != timeB {
		return int(timeA - timeB)
	}
	if costA != costB {
		return int(costA - costB)
	}
	for g := range a {
		if c := slices.Compare(rank(m, g, a[g]), rank(m, g, b[g])); c != 0 {
			return c
		}
	}
	return 0
}

// rank is how far down the order of a group a decision is.
func rank(m *engine.Model, g int, d engine.Decided) []int64 {
	grp := &m.Groups[g]
	switch {
	case grp.Number != nil && d.Absent:
		return []int64{-1 << 60}
	case grp.Number != nil:
		return []int64{d.Number}
	case grp.Max == 1 && len(d.Options) == 0:
		return []int64{-1}
	case grp.Max == 1:
		return []int64{int64(d.Options[0])}
	}
	out := make([]int64, len(grp.Options))
	for _, o := range d.Options {
		out[o] = 1
	}
	return out
}

func TestValidate(t *testing.T) {
	eachSmall(t, 300, 29, func(_ *rand.Rand, m *engine.Model, _ []config, c *engine.Compiled, at string) {
		for _, conf := range all(without(m, nil)) {
			var want []engine.Violation
			for i := range m.Rules {
				if !ruleHolds(m, conf, i) {
					want = append(want, engine.Violation{Rule: i, Group: -1})
				}
			}
			got, err := c.Validate(conf)
			require.NoError(t, err)
			require.Equal(t, want, got, "%s %+v", at, conf)
		}
	})
}

func TestBudgetsEndInAnError(t *testing.T) {
	_, err := engine.Compile(t.Context(), pigeons(12, 11), engine.Options{Budget: engine.Budget{Conflicts: 2000}})
	require.ErrorIs(t, err, engine.ErrBudget)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = engine.Compile(ctx, pigeons(12, 11), engine.Options{})
	require.True(t, errors.Is(err, context.Canceled), err)
}

// pigeons in holes: each in one of them, none with another.
func pigeons(birds, holes int) *engine.Model {
	m := &engine.Model{}
	for b := range birds {
		g := engine.Group{Key: fmt.Sprint("p", b), Min: 1, Max: 1}
		for h := range holes {
			g.Options = append(g.Options, fmt.Sprint("h", h))
		}
		m.Groups = append(m.Groups, g)
	}
	for h := range holes {
		for a := range birds {
			for b := range a {
				m.Rules = append(m.Rules, engine.Rule{Key: fmt.Sprint("r", h, "-", a, "-", b), Expr: engine.Not{X: engine.And{
					engine.Chosen{Group: m.Groups[a].Key, Option: fmt.Sprint("h", h)},
					engine.Chosen{Group: m.Groups[b].Key, Option: fmt.Sprint("h", h)},
				}}})
			}
		}
	}
	return m
}
