package lint

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
)

// TestAgainstTryingEverything holds the findings about random small models against
// trying all configurations: nothing is missed and nothing is made up.
func TestAgainstTryingEverything(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	kinds := map[Kind]int{}
	for range 300 {
		m := randomModel(random)
		found, err := Check(t.Context(), m, Options{})
		require.NoError(t, err)
		inParts, err := examine(t.Context(), m, Options{}, 3)
		require.NoError(t, err)
		require.Equal(t, found, inParts)
		got := map[string]bool{}
		for _, f := range found {
			kinds[f.Kind]++
			switch f.Kind {
			case Void:
				got["VOID"] = true
				require.True(t, contradict(m, f.Rules))
				for _, key := range f.Rules {
					require.False(t, contradict(m, slices.DeleteFunc(slices.Clone(f.Rules), func(k string) bool { return k == key })))
				}
			case Dead, Forced:
				got[string(f.Kind)+f.Group+f.Option] = true
			case Redundant, NeverApplies:
				got[string(f.Kind)+f.Rule] = true
				require.NotContains(t, f.Rules, f.Rule)
			default:
			}
		}
		require.Equal(t, expected(m), got, "%v", m.Rules)
	}
	for _, k := range []Kind{Void, Dead, Forced, Redundant, NeverApplies} {
		require.NotZero(t, kinds[k], k)
	}
	t.Log(kinds)
}

func randomModel(random *rand.Rand) *engine.Model {
	m := &engine.Model{Groups: []engine.Group{
		{Key: "a", Min: 1, Max: 1, Options: []string{"1", "2", "3"}},
		{Key: "b", Max: 1, Options: []string{"1", "2"}},
		{Key: "c", Max: 3, Options: []string{"1", "2", "3"}},
	}}
	for i := range 2 + random.IntN(8) {
		r := engine.Rule{Key: "r" + strconv.Itoa(i)}
		switch random.IntN(5) {
		case 0:
			r.Table = randomTable(random)
		case 1:
			r.Expr = randomExpr(random, 2)
		default:
			r.Expr = engine.Implies{A: randomExpr(random, 1), B: randomExpr(random, 1)}
		}
		m.Rules = append(m.Rules, r)
	}
	return m
}

func randomTable(random *rand.Rand) *engine.Table {
	t := &engine.Table{Columns: []string{"a", "b"}, Forbids: random.IntN(2) == 0}
	for range 1 + random.IntN(4) {
		t.Rows = append(t.Rows, []engine.Cell{
			{Options: []string{strconv.Itoa(1 + random.IntN(3))}, Any: random.IntN(4) == 0},
			{Options: []string{strconv.Itoa(1 + random.IntN(2))}, Absent: random.IntN(2) == 0},
		})
		for c := range t.Rows[len(t.Rows)-1] {
			if cell := &t.Rows[len(t.Rows)-1][c]; cell.Any {
				cell.Options = nil
			}
		}
	}
	return t
}

func randomExpr(random *rand.Rand, depth int) engine.Expr {
	if depth == 0 || random.IntN(3) == 0 {
		g := random.IntN(3)
		return engine.Chosen{Group: string(rune('a' + g)), Option: strconv.Itoa(1 + random.IntN([]int{3, 2, 3}[g]))}
	}
	x, y := randomExpr(random, depth-1), randomExpr(random, depth-1)
	switch random.IntN(4) {
	case 0:
		return engine.Not{X: x}
	case 1:
		return engine.And{x, y}
	case 2:
		return engine.Or{x, y}
	default:
		return engine.Xor{A: x, B: y}
	}
}

type chosen map[engine.Ref]bool

// everything is all choices that the groups' bounds allow.
func everything(m *engine.Model) []chosen {
	all := []chosen{{}}
	for _, g := range m.Groups {
		var next []chosen
		for _, before := range all {
			for set := range 1 << len(g.Options) {
				c, n := chosen{}, 0
				for ref := range before {
					c[ref] = true
				}
				for o, key := range g.Options {
					if set>>o&1 != 0 {
						c[engine.Ref{Group: g.Key, Option: key}] = true
						n++
					}
				}
				if g.Min <= n && n <= g.Max {
					next = append(next, c)
				}
			}
		}
		all = next
	}
	return all
}

func (c chosen) holds(e engine.Expr) bool {
	switch e := e.(type) {
	case engine.Chosen:
		return c[engine.Ref(e)]
	case engine.Not:
		return !c.holds(e.X)
	case engine.And:
		return !slices.ContainsFunc(e, func(x engine.Expr) bool { return !c.holds(x) })
	case engine.Or:
		return slices.ContainsFunc(e, c.holds)
	case engine.Xor:
		return c.holds(e.A) != c.holds(e.B)
	case engine.Implies:
		return !c.holds(e.A) || c.holds(e.B)
	default:
		panic("not of these models")
	}
}

func (c chosen) obeys(r engine.Rule) bool {
	if r.Table == nil {
		return c.holds(r.Expr)
	}
	fits := slices.ContainsFunc(r.Table.Rows, func(row []engine.Cell) bool {
		for i, cell := range row {
			if !cell.Any && !c.fits(r.Table.Columns[i], cell) {
				return false
			}
		}
		return true
	})
	return fits != r.Table.Forbids
}

func (c chosen) fits(group string, cell engine.Cell) bool {
	for ref := range c {
		if ref.Group == group {
			return slices.Contains(cell.Options, ref.Option)
		}
	}
	return cell.Absent
}

// contradict tells whether nothing obeys these rules.
func contradict(m *engine.Model, keys []string) bool {
	return !slices.ContainsFunc(everything(m), func(c chosen) bool {
		return !slices.ContainsFunc(m.Rules, func(r engine.Rule) bool { return slices.Contains(keys, r.Key) && !c.obeys(r) })
	})
}

// expected are the findings by their definitions.
func expected(m *engine.Model) map[string]bool {
	all := everything(m)
	want := map[string]bool{}
	broken := make([]int, len(all)) // how many rules
	valid := 0
	for i, c := range all {
		for _, r := range m.Rules {
			if !c.obeys(r) {
				broken[i]++
			}
		}
		if broken[i] == 0 {
			valid++
		}
	}
	if valid == 0 {
		return map[string]bool{"VOID": true}
	}
	for _, g := range m.Groups {
		for _, o := range g.Options {
			with := 0
			for i, c := range all {
				if broken[i] == 0 && c[engine.Ref{Group: g.Key, Option: o}] {
					with++
				}
			}
			if with == 0 {
				want["DEAD"+g.Key+o] = true
			}
			if with == valid {
				want["FORCED"+g.Key+o] = true
			}
		}
	}
	for _, r := range m.Rules {
		needed, applies := false, false
		implies, isImplies := r.Expr.(engine.Implies)
		for i, c := range all {
			ok := c.obeys(r)
			needed = needed || !ok && broken[i] == 1
			if othersHold := broken[i] == 0 || broken[i] == 1 && !ok; othersHold && isImplies && c.holds(implies.A) {
				applies = true
			}
		}
		switch {
		case isImplies && !applies:
			want["NEVER_APPLIES"+r.Key] = true
		case !needed:
			want["REDUNDANT"+r.Key] = true
		}
	}
	return want
}
