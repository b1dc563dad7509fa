package engine

import (
	"fmt"
	"slices"
)

// encoder turns groups and rules into constraints. Groups are declared when they are
// first spoken of, so that a few rules make a small program.
//
// Conditions are in negation normal form as they are met, so that every condition
// inside another needs but one half of its definition (Plaisted and Greenbaum 1986).
type encoder struct {
	c    *schema
	p    *program
	opts [][]lit // by group and option; noLit when not declared
	open []bool  // by group: constraints declared
	nums []int32 // by group: number in the program, or -1
	none []lit   // by group: "nothing is chosen", noLit when not declared

	intervals map[interval]lit
	drawn     map[int32]*table // the diagrams of table rules, when draw is set
	draw      bool
	depth     int
}

type interval struct{ num, from, to int32 }

// schema is a model whose keys have been looked up.
type schema struct {
	m     *Model
	index map[string]int
	opts  []map[string]int
	rules map[string]int
}

// literal is an expression that is a literal already.
type literal lit

func (literal) expr() {}

func newSchema(m *Model) (*schema, error) {
	c := &schema{m: m, index: make(map[string]int, len(m.Groups)), opts: make([]map[string]int, len(m.Groups)), rules: make(map[string]int, len(m.Rules))}
	for i := range m.Groups {
		g := &m.Groups[i]
		if g.Key == "" {
			return nil, &ModelError{Reason: fmt.Sprintf("group %d has no key", i+1)}
		}
		if _, twice := c.index[g.Key]; twice {
			return nil, &ModelError{Group: g.Key, Reason: "there are two groups of this key"}
		}
		c.index[g.Key] = i
		c.opts[i] = make(map[string]int, len(g.Options))
		for j, o := range g.Options {
			if _, twice := c.opts[i][o]; twice || o == "" {
				return nil, &ModelError{Group: g.Key, Reason: fmt.Sprintf("option %d has no key, or the key %q twice", j+1, o)}
			}
			c.opts[i][o] = j
		}
	}
	for i := range m.Rules {
		k := m.Rules[i].Key
		if _, twice := c.rules[k]; twice || k == "" {
			return nil, &ModelError{Rule: k, Reason: fmt.Sprintf("rule %d has no key, or one that another rule has", i+1)}
		}
		c.rules[k] = i
	}
	return c, c.checkGroups()
}

func (c *schema) checkGroups() error {
	thresholds := int64(0)
	for i := range c.m.Groups {
		g := &c.m.Groups[i]
		fail := func(format string, args ...any) error {
			return &ModelError{Group: g.Key, Reason: fmt.Sprintf(format, args...)}
		}
		n := g.Number
		if n == nil {
			if g.Max >= 0 && g.Min > g.Max {
				return fail("at least %d and at most %d options leave none", g.Min, g.Max)
			}
			if g.Min > len(g.Options) {
				return fail("at least %d options are asked for, and there are %d", g.Min, len(g.Options))
			}
			continue
		}
		if len(g.Options) > 0 {
			return fail("a number has no options")
		}
		if n.Step <= 0 || n.Min > n.Max {
			return fail("a number needs a step above 0 and a greatest value not below the least")
		}
		if n.Min < -1<<53 || n.Max > 1<<53 || n.Scale > 18 {
			return fail("the bounds of a number must lie within 2^53, and its scale within 18")
		}
		steps := (n.Max-n.Min)/n.Step + 1
		if steps > MaxSteps {
			return fail("the number has %d steps, and at most %d are possible; choose a larger step", steps, MaxSteps)
		}
		thresholds += steps
		if n.Of != nil && n.Optional {
			return fail("a number that is the quantity of an option cannot be optional as well")
		}
		if n.Of != nil {
			if err := c.checkOf(*n.Of); err != nil {
				return fail("its option: %v", err)
			}
		}
	}
	if thresholds > MaxThresholds {
		return &ModelError{Reason: fmt.Sprintf("all numbers together have %d steps, and at most %d are possible", thresholds, MaxThresholds)}
	}
	return nil
}

func (c *schema) checkOf(r Ref) error {
	i, ok := c.index[r.Group]
	if !ok {
		return fmt.Errorf("there is no group %q", r.Group)
	}
	if _, ok := c.opts[i][r.Option]; !ok {
		return fmt.Errorf("group %q has no option %q", r.Group, r.Option)
	}
	return nil
}

func newEncoder(c *schema) *encoder {
	n := len(c.m.Groups)
	e := &encoder{c: c, p: newProgram(), opts: make([][]lit, n), open: make([]bool, n), nums: make([]int32, n), none: make([]lit, n), intervals: map[interval]lit{}, drawn: map[int32]*table{}}
	for i := range n {
		e.nums[i], e.none[i] = -1, noLit
	}
	return e
}

// unlimited groups have no constraint of their own.
func unlimited(g *Group) bool {
	return g.Number == nil && g.Min <= 0 && (g.Max < 0 || g.Max >= len(g.Options))
}

// option is the literal of an option.
func (e *encoder) option(g, o int) lit {
	grp := &e.c.m.Groups[g]
	if e.opts[g] == nil {
		e.opts[g] = make([]lit, len(grp.Options))
		for i := range e.opts[g] {
			e.opts[g][i] = noLit
		}
	}
	if e.opts[g][o] == noLit {
		if unlimited(grp) {
			e.opts[g][o] = pos(e.p.newVar())
		} else {
			e.group(g)
		}
	}
	return e.opts[g][o]
}

// group declares all of a group, with its constraint.
func (e *encoder) group(g int) {
	grp := &e.c.m.Groups[g]
	if grp.Number != nil {
		e.number(g)
		return
	}
	if e.open[g] {
		return
	}
	e.open[g] = true
	if e.opts[g] == nil {
		e.opts[g] = make([]lit, len(grp.Options))
		for i := range e.opts[g] {
			e.opts[g][i] = noLit
		}
	}
	for i := range e.opts[g] {
		if e.opts[g][i] == noLit {
			e.opts[g][i] = pos(e.p.newVar())
		}
	}
	n := len(grp.Options)
	e.p.atLeast(structural, litTrue, grp.Min, e.opts[g])
	if grp.Max >= 0 && grp.Max < n {
		if grp.Max == 1 {
			e.p.atMostOne(structural, e.opts[g])
		} else {
			e.p.atLeast(structural, litTrue, n-grp.Max, negate(e.opts[g]))
		}
	}
}

// number declares a number, and the option of which it is the quantity.
func (e *encoder) number(g int) int32 {
	if e.nums[g] >= 0 {
		return e.nums[g]
	}
	n := e.c.m.Groups[g].Number
	present := litTrue
	switch {
	case n.Of != nil:
		og := e.c.index[n.Of.Group]
		present = e.option(og, e.c.opts[og][n.Of.Option])
	case n.Optional:
		present = pos(e.p.newVar())
	}
	e.nums[g] = e.p.addNumber(present, int32((n.Max-n.Min)/n.Step)+1, n.Min, n.Step) //nolint:gosec // at most MaxSteps
	return e.nums[g]
}

// nothing is the literal that no option of a group with at most one is chosen.
func (e *encoder) nothing(g int) lit {
	if e.none[g] == noLit {
		e.group(g)
		x := pos(e.p.newVar())
		e.none[g] = x
		e.p.clause(structural, append([]lit{x}, e.opts[g]...)...)
		for _, o := range e.opts[g] {
			e.p.clause(structural, x.not(), o.not())
		}
	}
	return e.none[g]
}

// rule adds a rule.
func (e *encoder) rule(i int) error { return e.guarded(i, litTrue) }

// guarded adds a rule that need hold only if guard does; wide tables cannot be
// guarded.
func (e *encoder) guarded(i int, guard lit) error {
	r := &e.c.m.Rules[i]
	var err error
	switch {
	case (r.Expr == nil) == (r.Table == nil):
		err = fmt.Errorf("a rule has either a condition or a table")
	case r.Table != nil:
		err = e.table(int32(i), guard, r.Table) //nolint:gosec // an index
	default:
		err = e.implyExpr(int32(i), guard, r.Expr, false) //nolint:gosec // an index
	}
	if err != nil {
		return &ModelError{Rule: r.Key, Reason: err.Error()}
	}
	return nil
}

// maxDepth bounds how deep conditions nest.
const maxDepth = 500

// implyExpr adds that cond implies the expression, or its negation.
func (e *encoder) implyExpr(rule int32, cond lit, x Expr, neg bool) error {
	if e.depth++; e.depth > maxDepth {
		return fmt.Errorf("the condition nests more than %d deep", maxDepth)
	}
	defer func() { e.depth-- }()
	switch x := x.(type) {
	case Not:
		return e.implyExpr(rule, cond, x.X, !neg)
	case And:
		if !neg {
			return e.implyAll(rule, cond, x, false)
		}
	case Or:
		if neg {
			return e.implyAll(rule, cond, x, true)
		}
	case Implies:
		if neg {
			if err := e.implyExpr(rule, cond, x.A, false); err != nil {
				return err
			}
			return e.implyExpr(rule, cond, x.B, true)
		}
	case Xor:
		return e.differ(rule, cond, x.A, x.B, !neg)
	case Iff:
		return e.differ(rule, cond, x.A, x.B, neg)
	case Count:
		if !neg {
			return e.count(rule, cond, x)
		}
		return e.implyExpr(rule, cond, outside(x), false)
	case Linear:
		return e.linear(rule, cond, x, neg)
	}
	lits, err := e.disjuncts(rule, []lit{cond.not()}, x, neg)
	if err != nil {
		return err
	}
	e.p.clause(rule, lits...)
	return nil
}

// outside is the negation of a count: fewer or more.
func outside(x Count) Expr {
	or := Or{}
	if x.Min > 0 {
		or = append(or, Count{Min: 0, Max: x.Min - 1, Of: x.Of})
	}
	if x.Max >= 0 {
		or = append(or, Count{Min: x.Max + 1, Max: -1, Of: x.Of})
	}
	return or
}

func (e *encoder) implyAll(rule int32, cond lit, xs []Expr, neg bool) error {
	for _, x := range xs {
		if err := e.implyExpr(rule, cond, x, neg); err != nil {
			return err
		}
	}
	return nil
}

// differ adds that cond implies that a and b differ, or are the same.
func (e *encoder) differ(rule int32, cond lit, a, b Expr, differ bool) error {
	for _, neg := range []bool{false, true} {
		lits, err := e.disjuncts(rule, []lit{cond.not()}, a, neg)
		if err != nil {
			return err
		}
		if lits, err = e.disjuncts(rule, lits, b, neg == differ); err != nil {
			return err
		}
		e.p.clause(rule, lits...)
	}
	return nil
}

// disjuncts appends literals of which one must hold for the expression to hold.
func (e *encoder) disjuncts(rule int32, out []lit, x Expr, neg bool) ([]lit, error) {
	if e.depth++; e.depth > maxDepth {
		return nil, fmt.Errorf("the condition nests more than %d deep", maxDepth)
	}
	defer func() { e.depth-- }()
	var kids []Expr
	switch x := x.(type) {
	case Not:
		return e.disjuncts(rule, out, x.X, !neg)
	case Or:
		if !neg {
			kids = x
			break
		}
		l, err := e.lit(rule, x, neg)
		return append(out, l), err
	case And:
		if neg {
			kids = x
			break
		}
		l, err := e.lit(rule, x, neg)
		return append(out, l), err
	case Implies:
		if neg {
			l, err := e.lit(rule, x, neg)
			return append(out, l), err
		}
		out, err := e.disjuncts(rule, out, x.A, true)
		if err != nil {
			return nil, err
		}
		return e.disjuncts(rule, out, x.B, false)
	default:
		l, err := e.lit(rule, x, neg)
		return append(out, l), err
	}
	var err error
	for _, k := range kids {
		if out, err = e.disjuncts(rule, out, k, neg); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// lit is a literal that implies the expression, or its negation.
func (e *encoder) lit(rule int32, x Expr, neg bool) (lit, error) {
	l := noLit
	switch x := x.(type) {
	case Chosen:
		var err error
		if l, err = e.chosen(Ref(x)); err != nil {
			return noLit, err
		}
	case literal:
		l = lit(x)
	case Not:
		return e.lit(rule, x.X, !neg)
	case And:
		if len(x) == 0 {
			l = litTrue
		} else if len(x) == 1 {
			return e.lit(rule, x[0], neg)
		}
	case Or:
		if len(x) == 0 {
			l = litNot
		} else if len(x) == 1 {
			return e.lit(rule, x[0], neg)
		}
	case Linear:
		if y, err := e.threshold(x, neg); err != nil {
			return noLit, err
		} else if y != nil {
			return e.lit(rule, y, false)
		}
	case nil:
		return noLit, fmt.Errorf("a part of the condition is missing")
	}
	if l != noLit {
		if neg {
			l = l.not()
		}
		return l, nil
	}
	aux := pos(e.p.newVar())
	return aux, e.implyExpr(rule, aux, x, neg)
}

// chosen is the literal of an option, or of the presence of a number.
func (e *encoder) chosen(r Ref) (lit, error) {
	g, ok := e.c.index[r.Group]
	if !ok {
		return noLit, fmt.Errorf("there is no group %q", r.Group)
	}
	if e.c.m.Groups[g].Number != nil {
		if r.Option != "" {
			return noLit, fmt.Errorf("group %q is a number and has no option %q", r.Group, r.Option)
		}
		return e.p.nums[e.number(g)].present, nil
	}
	o, ok := e.c.opts[g][r.Option]
	if !ok {
		return noLit, fmt.Errorf("group %q has no option %q", r.Group, r.Option)
	}
	return e.option(g, o), nil
}

func (e *encoder) count(rule int32, cond lit, x Count) error {
	for _, most := range []bool{false, true} {
		k := x.Min
		if most {
			k = len(x.Of) - x.Max
		}
		if k <= 0 || (most && x.Max < 0) {
			continue
		}
		lits := make([]lit, len(x.Of))
		for i, y := range x.Of {
			l, err := e.lit(rule, y, most)
			if err != nil {
				return err
			}
			lits[i] = l
		}
		e.countLits(rule, cond, k, lits)
	}
	// What is not looked at above must be right all the same.
	if x.Min <= 0 && (x.Max < 0 || x.Max >= len(x.Of)) {
		for _, y := range x.Of {
			if _, err := e.lit(rule, y, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// countLits adds that cond implies at least k of the literals, each as often as it
// is there.
func (e *encoder) countLits(rule int32, cond lit, k int, lits []lit) {
	sorted := slices.Clone(lits)
	slices.Sort(sorted)
	plain := true
	for i, l := range sorted {
		if l <= litNot || (i > 0 && sorted[i-1].vr() == l.vr()) {
			plain = false
		}
	}
	if plain {
		e.p.atLeast(rule, cond, k, lits)
		return
	}
	s := sum{bound: -int64(k), cond: cond, rule: rule}
	for _, l := range lits {
		s.terms = append(s.terms, sumTerm{factor: -1, num: -1, l: l})
	}
	e.p.sums = append(e.p.sums, s)
}
