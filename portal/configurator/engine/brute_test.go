package engine_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"

	"foyer/portal/configurator/engine"
)

// The oracle of small models: every configuration, tried against what the rules say
// literally. It shares nothing with the engine but the model's types.

type config = engine.Configuration

// all is every complete configuration of a model.
func all(m *engine.Model) []config {
	var out []config
	cur := make(config, len(m.Groups))
	var walk func(g int)
	walk = func(g int) {
		if g == len(m.Groups) {
			c := make(config, len(cur))
			for i, d := range cur {
				c[i] = engine.Decided{Options: slices.Clone(d.Options), Number: d.Number, Absent: d.Absent}
			}
			if numbersFit(m, c) && rulesHold(m, c) {
				out = append(out, c)
			}
			return
		}
		grp := &m.Groups[g]
		if n := grp.Number; n != nil {
			for v := n.Min; v <= n.Max; v += n.Step {
				cur[g] = engine.Decided{Number: v}
				walk(g + 1)
			}
			if n.Of != nil || n.Optional {
				cur[g] = engine.Decided{Absent: true}
				walk(g + 1)
			}
			return
		}
		for bits := range 1 << len(grp.Options) {
			var opts []int
			for o := range grp.Options {
				if bits>>o&1 != 0 {
					opts = append(opts, o)
				}
			}
			if len(opts) < grp.Min || (grp.Max >= 0 && len(opts) > grp.Max) {
				continue
			}
			cur[g] = engine.Decided{Options: opts}
			walk(g + 1)
		}
	}
	walk(0)
	return out
}

func numbersFit(m *engine.Model, c config) bool {
	for g := range m.Groups {
		if n := m.Groups[g].Number; n != nil && n.Of != nil && has(m, c, *n.Of) == c[g].Absent {
			return false
		}
	}
	return true
}

func has(m *engine.Model, c config, r engine.Ref) bool {
	for g := range m.Groups {
		if m.Groups[g].Key != r.Group {
			continue
		}
		if m.Groups[g].Number != nil {
			return !c[g].Absent
		}
		return slices.Contains(c[g].Options, slices.Index(m.Groups[g].Options, r.Option))
	}
	panic("no group " + r.Group)
}

func rulesHold(m *engine.Model, c config) bool {
	for i := range m.Rules {
		if !ruleHolds(m, c, i) {
			return false
		}
	}
	return true
}

func ruleHolds(m *engine.Model, c config, i int) bool {
	if t := m.Rules[i].Table; t != nil {
		return tableHolds(m, c, t)
	}
	return holds(m, c, m.Rules[i].Expr)
}

func holds(m *engine.Model, c config, x engine.Expr) bool {
	switch x := x.(type) {
	case engine.Chosen:
		return has(m, c, engine.Ref(x))
	case engine.Not:
		return !holds(m, c, x.X)
	case engine.And:
		return count(m, c, x) == len(x)
	case engine.Or:
		return count(m, c, x) > 0
	case engine.Xor:
		return holds(m, c, x.A) != holds(m, c, x.B)
	case engine.Iff:
		return holds(m, c, x.A) == holds(m, c, x.B)
	case engine.Implies:
		return !holds(m, c, x.A) || holds(m, c, x.B)
	case engine.Count:
		n := count(m, c, x.Of)
		return n >= x.Min && (x.Max < 0 || n <= x.Max)
	case engine.Linear:
		return linearHolds(m, c, x)
	}
	panic(fmt.Sprintf("%T", x))
}

func count(m *engine.Model, c config, xs []engine.Expr) int {
	n := 0
	for _, x := range xs {
		if holds(m, c, x) {
			n++
		}
	}
	return n
}

func decimal(v int64, scale uint8) *big.Rat {
	return new(big.Rat).SetFrac(big.NewInt(v), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil))
}

func linearHolds(m *engine.Model, c config, x engine.Linear) bool {
	total := new(big.Rat)
	for _, t := range x.Terms {
		v := new(big.Rat)
		for g := range m.Groups {
			if m.Groups[g].Key != t.Of.Group {
				continue
			}
			if n := m.Groups[g].Number; n != nil {
				if !c[g].Absent {
					v = decimal(c[g].Number, n.Scale)
				}
			} else if has(m, c, t.Of) {
				v.SetInt64(1)
			}
		}
		total.Add(total, v.Mul(v, decimal(t.Factor, t.Scale)))
	}
	cmp := total.Cmp(decimal(x.Bound, x.Scale))
	return [...]bool{
		engine.AtMost: cmp <= 0, engine.AtLeast: cmp >= 0, engine.Equal: cmp == 0,
		engine.NotEqual: cmp != 0, engine.Less: cmp < 0, engine.Greater: cmp > 0,
	}[x.Op]
}

func tableHolds(m *engine.Model, c config, t *engine.Table) bool {
	for _, row := range t.Rows {
		fits := true
		for k, cell := range row {
			fits = fits && cellFits(m, c, t.Columns[k], cell)
		}
		if fits {
			return !t.Forbids
		}
	}
	return t.Forbids
}

func cellFits(m *engine.Model, c config, key string, cell engine.Cell) bool {
	if cell.Any {
		return true
	}
	g := slices.IndexFunc(m.Groups, func(g engine.Group) bool { return g.Key == key })
	if m.Groups[g].Number != nil {
		if c[g].Absent {
			return cell.Absent
		}
		return slices.ContainsFunc(cell.Ranges, func(r [2]int64) bool { return r[0] <= c[g].Number && c[g].Number <= r[1] })
	}
	if len(c[g].Options) == 0 {
		return cell.Absent
	}
	return slices.Contains(cell.Options, m.Groups[g].Options[c[g].Options[0]])
}

// chooses reports whether a configuration agrees with a choice.
func chooses(m *engine.Model, c config, ch engine.Choice) bool {
	g := slices.IndexFunc(m.Groups, func(g engine.Group) bool { return g.Key == ch.Group })
	var yes bool
	switch {
	case ch.Absent && m.Groups[g].Number != nil:
		yes = c[g].Absent
	case ch.Absent:
		yes = len(c[g].Options) == 0
	case m.Groups[g].Number != nil:
		yes = !c[g].Absent && c[g].Number == ch.Number
	default:
		yes = has(m, c, engine.Ref{Group: ch.Group, Option: ch.Option})
	}
	return yes != ch.Negate
}

func agreeing(m *engine.Model, configs []config, choices ...engine.Choice) []config {
	var out []config
	for _, c := range configs {
		if !slices.ContainsFunc(choices, func(ch engine.Choice) bool { return !chooses(m, c, ch) }) {
			out = append(out, c)
		}
	}
	return out
}

// small makes a random model that has some thousand configurations at most.
func small(r *rand.Rand) *engine.Model {
	m := &engine.Model{}
	for g := range 2 + r.IntN(3) {
		n := 1 + r.IntN(4)
		grp := engine.Group{Key: fmt.Sprintf("g%d", g)}
		for o := range n {
			grp.Options = append(grp.Options, fmt.Sprintf("o%d", o))
		}
		switch r.IntN(4) {
		case 0:
			grp.Min, grp.Max = 1, 1
		case 1:
			grp.Min, grp.Max = 0, 1
		case 2:
			grp.Min, grp.Max = 0, n
		case 3:
			grp.Min = r.IntN(n + 1)
			grp.Max = grp.Min + r.IntN(n-grp.Min+1)
		}
		m.Groups = append(m.Groups, grp)
	}
	options := len(m.Groups)
	for k := range r.IntN(3) {
		lo := int64(r.IntN(9) - 4)
		step := int64(1 + r.IntN(3))
		num := &engine.Number{Min: lo, Max: lo + step*int64(r.IntN(5)) + int64(r.IntN(2)), Step: step, Scale: uint8(r.IntN(2))}
		switch r.IntN(3) {
		case 0:
			num.Optional = true
		case 1:
			of := m.Groups[r.IntN(options)]
			num.Of = &engine.Ref{Group: of.Key, Option: of.Options[r.IntN(len(of.Options))]}
		}
		m.Groups = append(m.Groups, engine.Group{Key: fmt.Sprintf("n%d", k), Number: num})
	}
	r.Shuffle(len(m.Groups), func(i, j int) { m.Groups[i], m.Groups[j] = m.Groups[j], m.Groups[i] })
	for i := range 1 + r.IntN(5) {
		rule := engine.Rule{Key: fmt.Sprintf("r%d", i)}
		if r.IntN(4) == 0 {
			rule.Table = randomTable(r, m)
		}
		if rule.Table == nil {
			rule.Expr = randomExpr(r, m, 1+r.IntN(3))
		}
		m.Rules = append(m.Rules, rule)
	}
	return m
}

func randomRef(r *rand.Rand, m *engine.Model) engine.Ref {
	g := m.Groups[r.IntN(len(m.Groups))]
	if g.Number != nil {
		return engine.Ref{Group: g.Key}
	}
	return engine.Ref{Group: g.Key, Option: g.Options[r.IntN(len(g.Options))]}
}

func randomExpr(r *rand.Rand, m *engine.Model, depth int) engine.Expr {
	if depth == 0 {
		return engine.Chosen(randomRef(r, m))
	}
	kids := func() []engine.Expr {
		var out []engine.Expr
		for range r.IntN(4) {
			out = append(out, randomExpr(r, m, r.IntN(depth)))
		}
		return out
	}
	kid := func() engine.Expr { return randomExpr(r, m, depth-1) }
	switch r.IntN(10) {
	case 0:
		return engine.Not{X: kid()}
	case 1:
		return engine.And(kids())
	case 2, 3:
		return engine.Or(append(kids(), kid()))
	case 4:
		return engine.Xor{A: kid(), B: kid()}
	case 5:
		return engine.Implies{A: kid(), B: kid()}
	case 6:
		return engine.Iff{A: kid(), B: kid()}
	case 7:
		of := append(kids(), kids()...)
		lo := r.IntN(len(of) + 1)
		hi := lo + r.IntN(len(of)-lo+1)
		if r.IntN(3) == 0 {
			hi = -1
		}
		return engine.Count{Min: lo, Max: hi, Of: of}
	}
	l := engine.Linear{Op: engine.Op(r.IntN(6)), Bound: int64(r.IntN(21) - 8), Scale: uint8(r.IntN(2))}
	for range 1 + r.IntN(4) {
		l.Terms = append(l.Terms, engine.Term{Factor: int64(r.IntN(9) - 4), Scale: uint8(r.IntN(2)), Of: randomRef(r, m)})
	}
	return l
}

func randomTable(r *rand.Rand, m *engine.Model) *engine.Table {
	t := &engine.Table{Forbids: r.IntN(3) == 0}
	var cols []engine.Group
	for _, g := range m.Groups {
		if (g.Number != nil || g.Max == 1 || len(g.Options) == 1) && r.IntN(4) > 0 {
			cols = append(cols, g)
			t.Columns = append(t.Columns, g.Key)
		}
	}
	if len(cols) == 0 {
		return nil
	}
	for range 1 + r.IntN(6) {
		var row []engine.Cell
		for _, g := range cols {
			cell := engine.Cell{Any: r.IntN(3) == 0, Absent: r.IntN(3) == 0}
			if g.Number != nil {
				lo := g.Number.Min + int64(r.IntN(6)-1)
				cell.Ranges = append(cell.Ranges, [2]int64{lo, lo + int64(r.IntN(5))})
			}
			for _, o := range g.Options {
				if r.IntN(2) == 0 {
					cell.Options = append(cell.Options, o)
				}
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// randomChoices are up to n choices that a request may have.
func randomChoices(r *rand.Rand, m *engine.Model, n int) []engine.Choice {
	var out []engine.Choice
	used := map[string]bool{}
	for range n {
		g := m.Groups[r.IntN(len(m.Groups))]
		ch := engine.Choice{Group: g.Key, Negate: r.IntN(3) == 0, Absent: r.IntN(6) == 0}
		if !ch.Absent && g.Number != nil {
			ch.Number = g.Number.Min + g.Number.Step*r.Int64N((g.Number.Max-g.Number.Min)/g.Number.Step+1)
		} else if !ch.Absent {
			ch.Option = g.Options[r.IntN(len(g.Options))]
		}
		if used[ch.Group] && !ch.Negate {
			continue
		}
		used[ch.Group] = used[ch.Group] || !ch.Negate
		out = append(out, ch)
	}
	return out
}
