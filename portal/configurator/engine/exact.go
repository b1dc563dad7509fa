package engine

import "slices"

// exact encodes rules by equivalences: every literal that it makes up has exactly one
// value for each configuration.
type exact struct {
	*encoder
	nodes, most int
	err         error
}

// tooMany counts what is made up; beyond the budget everything ends.
func (x *exact) tooMany() bool {
	if x.nodes++; x.nodes > x.most && x.err == nil {
		x.err = &BudgetError{What: "nodes of a count", Limit: int64(x.most)}
	}
	return x.err != nil
}

func (x *exact) rule(i int) error {
	r := &x.c.m.Rules[i]
	if r.Table != nil {
		err := x.exactTable(r.Table)
		if err != nil {
			return err
		}
		return x.err
	}
	if err := x.assert(r.Expr, false); err != nil {
		return err
	}
	return x.err
}

// assert adds that the condition holds, or does not.
func (x *exact) assert(e Expr, neg bool) error {
	switch y := e.(type) {
	case Not:
		return x.assert(y.X, !neg)
	case And:
		if !neg {
			return x.each(y, false)
		}
	case Or:
		if neg {
			return x.each(y, true)
		}
	case Implies:
		if neg {
			return x.each([]Expr{y.A, Not{y.B}}, false)
		}
	}
	lits, err := x.disjunction(nil, e, neg)
	if err != nil {
		return err
	}
	x.p.clause(structural, lits...)
	return nil
}

func (x *exact) each(es []Expr, neg bool) error {
	for _, e := range es {
		if err := x.assert(e, neg); err != nil {
			return err
		}
	}
	return nil
}

func (x *exact) disjunction(out []lit, e Expr, neg bool) ([]lit, error) {
	var kids []Expr
	switch y := e.(type) {
	case Not:
		return x.disjunction(out, y.X, !neg)
	case Or:
		if !neg {
			kids = y
		}
	case And:
		if neg {
			kids = y
		}
	case Implies:
		if !neg {
			kids = []Expr{Not{y.A}, y.B}
			neg = false
		}
	}
	if kids == nil {
		l, err := x.value(e)
		if neg {
			l = l.not()
		}
		return append(out, l), err
	}
	var err error
	for _, k := range kids {
		if out, err = x.disjunction(out, k, neg); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// value is a literal that has the value of the condition.
func (x *exact) value(e Expr) (lit, error) {
	if x.tooMany() {
		return litTrue, x.err
	}
	var kids []Expr
	switch y := e.(type) {
	case Chosen:
		return x.chosen(Ref(y))
	case literal:
		return lit(y), nil
	case Not:
		l, err := x.value(y.X)
		return l.not(), err
	case And:
		l, err := x.value(Or(negated(y)))
		return l.not(), err
	case Implies:
		return x.value(Or{Not{y.A}, y.B})
	case Xor:
		l, err := x.value(Iff(y))
		return l.not(), err
	case Iff:
		a, err := x.value(y.A)
		if err != nil {
			return noLit, err
		}
		b, err := x.value(y.B)
		return x.choose(a, b, b.not()), err
	case Linear:
		return x.linearValue(y)
	case Count:
		kids = y.Of
	case Or:
		kids = y
	}
	lits := make([]lit, len(kids))
	for i, k := range kids {
		var err error
		if lits[i], err = x.value(k); err != nil {
			return noLit, err
		}
	}
	if y, ok := e.(Count); ok {
		return x.between(lits, y.Min, y.Max), nil
	}
	return x.anyOf(lits), nil
}

func negated(es []Expr) []Expr {
	out := make([]Expr, len(es))
	for i, e := range es {
		out[i] = Not{e}
	}
	return out
}

func (x *exact) anyOf(lits []lit) lit {
	lits = slices.Clone(lits)
	slices.Sort(lits)
	lits = slices.Compact(lits)
	switch len(lits) {
	case 0:
		return litNot
	case 1:
		return lits[0]
	}
	t := pos(x.p.newVar())
	for _, l := range lits {
		x.p.clause(structural, t, l.not())
	}
	x.p.clause(structural, append([]lit{t.not()}, lits...)...)
	return t
}

// choose is "a if c, else b".
func (x *exact) choose(c, a, b lit) lit {
	switch {
	case a == b:
		return a
	case c == litTrue:
		return a
	case c == litNot:
		return b
	case a == litTrue && b == litNot:
		return c
	case a == litNot && b == litTrue:
		return c.not()
	}
	t := pos(x.p.newVar())
	x.p.clause(structural, c.not(), a.not(), t)
	x.p.clause(structural, c.not(), a, t.not())
	x.p.clause(structural, c, b.not(), t)
	x.p.clause(structural, c, b, t.not())
	x.p.clause(structural, a.not(), b.not(), t)
	x.p.clause(structural, a, b, t.not())
	return t
}

// between is "at least min and at most max of the literals".
func (x *exact) between(lits []lit, least, most int) lit {
	memo := map[[2]int]lit{}
	low := x.atLeastOf(lits, 0, least, memo)
	if most < 0 || most >= len(lits) {
		return low
	}
	high := x.atLeastOf(lits, 0, most+1, memo)
	return x.choose(low, high.not(), litNot)
}

func (x *exact) atLeastOf(lits []lit, at, k int, memo map[[2]int]lit) lit {
	if k <= 0 {
		return litTrue
	}
	if len(lits)-at < k || x.tooMany() {
		return litNot
	}
	key := [2]int{at, k}
	if l, ok := memo[key]; ok {
		return l
	}
	t := x.choose(lits[at], x.atLeastOf(lits, at+1, k-1, memo), x.atLeastOf(lits, at+1, k, memo))
	memo[key] = t
	return t
}

func (x *exact) linearValue(y Linear) (lit, error) {
	terms, bound, err := x.scaled(y)
	if err != nil {
		return noLit, err
	}
	atMost := func(b int64) lit {
		return x.atMostSum(terms, 0, b, map[sumKey]lit{})
	}
	switch y.Op {
	case AtMost:
		return atMost(bound), nil
	case Less:
		return atMost(bound - 1), nil
	case AtLeast:
		return atMost(bound - 1).not(), nil
	case Greater:
		return atMost(bound).not(), nil
	default:
	}
	equal := x.choose(atMost(bound), atMost(bound-1).not(), litNot)
	if y.Op == NotEqual {
		equal = equal.not()
	}
	return equal, nil
}

type sumKey struct {
	at   int
	left int64
}

// atMostSum is "the terms from at on add up to at most left", as a decision diagram.
func (x *exact) atMostSum(terms []sumTerm, at int, left int64, memo map[sumKey]lit) lit {
	lo, hi := int64(0), int64(0)
	for i := range terms[at:] {
		a, b := x.extremes(&terms[at+i])
		lo, hi = lo+a, hi+b
	}
	switch {
	case hi <= left:
		return litTrue
	case lo > left || x.tooMany():
		return litNot
	}
	key := sumKey{at, left}
	if l, ok := memo[key]; ok {
		return l
	}
	t := &terms[at]
	var out lit
	if t.num < 0 {
		out = x.choose(t.l, x.atMostSum(terms, at+1, left-t.factor, memo), x.atMostSum(terms, at+1, left, memo))
	} else {
		n := x.p.nums[t.num]
		out = x.atMostSum(terms, at+1, left-t.factor*n.value(0), memo)
		for i := int32(1); i < n.n; i++ {
			out = x.choose(n.atLeast(i), x.atMostSum(terms, at+1, left-t.factor*n.value(i), memo), out)
		}
		if n.present != litTrue {
			out = x.choose(n.present, out, x.atMostSum(terms, at+1, left, memo))
		}
	}
	memo[key] = out
	return out
}

func (x *exact) extremes(t *sumTerm) (lo, hi int64) {
	if t.num < 0 {
		return min(0, t.factor), max(0, t.factor)
	}
	n := &x.p.nums[t.num]
	a, b := t.factor*n.value(0), t.factor*n.value(n.n-1)
	lo, hi = min(a, b), max(a, b)
	if n.present != litTrue {
		lo, hi = min(lo, 0), max(hi, 0)
	}
	return lo, hi
}

// exactTable adds a table: each node of its diagram is a literal that says whether
// the rest of the columns fits.
func (x *exact) exactTable(t *Table) error {
	cols := make([]column, len(t.Columns))
	for i := range cols {
		c, err := x.column(t, i)
		if err != nil {
			return err
		}
		cols[i] = c
	}
	b := &tableBuilder{t: t, cols: cols, forbids: t.Forbids}
	if err := b.readRows(x.encoder); err != nil {
		return err
	}
	if len(cols) <= 2 {
		x.pairs(structural, litTrue, b)
		return nil
	}
	d, err := b.build(structural)
	if err != nil {
		return err
	}
	if d == nil {
		x.p.clause(structural)
		return nil
	}
	holds := make([]lit, d.nodes)
	holds[d.nodes-1] = litTrue
	for at := d.nodes - 2; at >= 0; at-- {
		if x.tooMany() {
			return nil
		}
		holds[at] = x.fork(d, at, holds)
	}
	x.p.units = append(x.p.units, unit{holds[0], structural})
	return nil
}

// fork is the literal of a node: that of the child along the column's value.
func (x *exact) fork(d *table, at int32, holds []lit) lit {
	edges := d.edges[d.out[at]:d.out[at+1]]
	layer := d.layerOf(at)
	t := pos(x.p.newVar())
	for _, l := range d.cols[layer] {
		i := slices.IndexFunc(edges, func(e edge) bool { return e.l == l })
		if i < 0 {
			x.p.clause(structural, l.not(), t.not())
			continue
		}
		h := holds[edges[i].to]
		x.p.clause(structural, l.not(), t.not(), h)
		x.p.clause(structural, l.not(), t, h.not())
	}
	return t
}

// structure turns groups and numbers into clauses.
func (x *exact) structure() {
	for _, a := range x.p.amos {
		if len(a.lits) > 24 {
			x.p.units = append(x.p.units, unit{x.atLeastOf(a.lits, 0, 2, map[[2]int]lit{}).not(), structural})
			continue
		}
		for i, l := range a.lits {
			for _, k := range a.lits[:i] {
				x.p.clause(structural, l.not(), k.not())
			}
		}
	}
	for _, k := range x.p.cards {
		x.p.units = append(x.p.units, unit{x.atLeastOf(k.lits, 0, int(k.k), map[[2]int]lit{}), structural})
	}
	for i := range x.p.nums {
		n := x.p.nums[i]
		for k := int32(1); k < n.n; k++ {
			x.p.clause(structural, n.atLeast(k).not(), n.atLeast(k-1))
		}
	}
}
