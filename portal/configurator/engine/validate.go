package engine

import (
	"fmt"
	"slices"
	"sync"
)

// checker evaluates rules on complete configurations, without any search: what each
// rule says, with its keys looked up.
type checker struct {
	rules []check
	// marks are for the literals that are not options: "nothing", and intervals.
	intervals []intervalLit
	pool      sync.Pool
	lits      int
}

type intervalLit struct {
	interval
	l lit
}

// check is one rule: a clause, a table, or any condition.
type check struct {
	clause []lit
	table  *table
	cond   *node
}

// node is a condition with its keys looked up.
type node struct {
	x     Expr // the kind, and the bounds of a count
	l     lit
	kids  []*node
	terms []sumTerm
	bound int64
}

// state is a configuration as literals.
type state struct {
	on   []bool
	nums []int64
}

// Validate says what a complete configuration violates: groups first, then rules, in
// the model's order; nothing when it is valid.
func (c *Compiled) Validate(conf Configuration) ([]Violation, error) {
	if len(conf) != len(c.s.m.Groups) {
		return nil, &RequestError{-1, fmt.Sprintf("the configuration has %d groups, the model has %d", len(conf), len(c.s.m.Groups))}
	}
	st, _ := c.check.pool.Get().(*state)
	if st == nil {
		st = &state{on: make([]bool, c.check.lits), nums: make([]int64, len(c.numbers))}
	}
	defer c.check.pool.Put(st)
	clear(st.on)
	st.on[litTrue] = true
	var out []Violation
	for g := range conf {
		if err := c.fill(st, g, &conf[g]); err != nil {
			return nil, err
		}
	}
	for g := range conf {
		if !c.groupHolds(st, g, &conf[g]) {
			out = append(out, Violation{Rule: -1, Group: g})
		}
	}
	for _, x := range c.check.intervals {
		n := &c.numbers[x.num]
		st.on[x.l] = st.on[n.present] && st.on[n.atLeast(x.from)] && !st.on[n.atLeast(x.to+1)]
	}
	for l := 0; l < len(st.on); l += 2 {
		st.on[l+1] = !st.on[l]
	}
	for i := range c.check.rules {
		if !c.check.rules[i].holds(c, st) {
			out = append(out, Violation{Rule: i, Group: -1})
		}
	}
	return out, nil
}

// fill writes one group of a configuration into the state.
func (c *Compiled) fill(st *state, g int, d *Decided) error {
	grp := &c.s.m.Groups[g]
	if grp.Number == nil {
		for i, o := range d.Options {
			if o < 0 || o >= len(grp.Options) || slices.Contains(d.Options[:i], o) {
				return &RequestError{-1, fmt.Sprintf("group %q has no option %d, or has it twice", grp.Key, o+1)}
			}
			st.on[c.opts[g][o]] = true
		}
		if c.none[g] != noLit && len(d.Options) == 0 {
			st.on[c.none[g]] = true
		}
		return nil
	}
	n := &c.numbers[c.nums[g]]
	st.nums[c.nums[g]] = 0
	if d.Absent {
		return nil
	}
	at, err := n.index(grp.Key, grp.Number, d.Number)
	if err != nil {
		return &RequestError{-1, err.Error()}
	}
	st.nums[c.nums[g]] = d.Number
	if grp.Number.Of == nil {
		st.on[n.present] = true
	}
	for i := int32(1); i <= at; i++ {
		st.on[n.atLeast(i)] = true
	}
	return nil
}

func (c *Compiled) groupHolds(st *state, g int, d *Decided) bool {
	grp := &c.s.m.Groups[g]
	if grp.Number == nil {
		return len(d.Options) >= grp.Min && (grp.Max < 0 || len(d.Options) <= grp.Max)
	}
	return st.on[c.numbers[c.nums[g]].present] != d.Absent
}

func (k *check) holds(c *Compiled, st *state) bool {
	switch {
	case k.table != nil:
		return k.table.fits(st.on)
	case k.cond != nil:
		return k.cond.holds(c, st)
	}
	for _, l := range k.clause {
		if st.on[l] {
			return true
		}
	}
	return false
}

func (n *node) holds(c *Compiled, st *state) bool {
	switch x := n.x.(type) {
	case Chosen:
		return st.on[n.l]
	case Not:
		return !n.kids[0].holds(c, st)
	case And:
		return n.count(c, st) == len(n.kids)
	case Or:
		return n.count(c, st) > 0
	case Xor:
		return n.kids[0].holds(c, st) != n.kids[1].holds(c, st)
	case Iff:
		return n.kids[0].holds(c, st) == n.kids[1].holds(c, st)
	case Implies:
		return !n.kids[0].holds(c, st) || n.kids[1].holds(c, st)
	case Count:
		k := n.count(c, st)
		return k >= x.Min && (x.Max < 0 || k <= x.Max)
	case Linear:
		return n.linear(x.Op, st)
	}
	return false
}

func (n *node) count(c *Compiled, st *state) int {
	k := 0
	for _, kid := range n.kids {
		if kid.holds(c, st) {
			k++
		}
	}
	return k
}

func (n *node) linear(op Op, st *state) bool {
	total := int64(0)
	for i := range n.terms {
		t := &n.terms[i]
		switch {
		case t.num >= 0:
			total += t.factor * st.nums[t.num]
		case st.on[t.l]:
			total += t.factor
		}
	}
	switch op {
	case AtMost:
		return total <= n.bound
	case AtLeast:
		return total >= n.bound
	case Equal:
		return total == n.bound
	case NotEqual:
		return total != n.bound
	case Less:
		return total < n.bound
	default:
		return total > n.bound
	}
}

// fits reports whether an assignment is a row of the table.
func (t *table) fits(on []bool) bool {
	at := int32(0)
	for at != t.nodes-1 {
		next := int32(-1)
		for i := t.out[at]; i < t.out[at+1]; i++ {
			if on[t.edges[i].l] {
				next = t.edges[i].to
				break
			}
		}
		if next < 0 {
			return false
		}
		at = next
	}
	return true
}

// checks makes the checker of all rules, which have been encoded.
func (e *encoder) checks(k *checker) error {
	k.rules = make([]check, len(e.c.m.Rules))
	for i := range e.c.m.Rules {
		r := &e.c.m.Rules[i]
		if r.Table != nil {
			k.rules[i].table = e.drawn[int32(i)] //nolint:gosec // an index
			continue
		}
		n, err := e.node(r.Expr)
		if err != nil {
			return err
		}
		if lits, ok := n.clause(nil); ok {
			k.rules[i].clause = lits
		} else {
			k.rules[i].cond = n
		}
	}
	for key, l := range e.intervals {
		if n := e.p.nums[key.num]; l.vr() < n.first || l.vr() >= n.first+n.n-1 {
			k.intervals = append(k.intervals, intervalLit{key, l})
		}
	}
	return nil
}

// clause is the node as a plain disjunction of options, if it is one.
func (n *node) clause(out []lit) ([]lit, bool) {
	switch n.x.(type) {
	case Chosen:
		return append(out, n.l), true
	case Not:
		if _, ok := n.kids[0].x.(Chosen); ok {
			return append(out, n.kids[0].l.not()), true
		}
	case Or:
		for _, k := range n.kids {
			var ok bool
			if out, ok = k.clause(out); !ok {
				return nil, false
			}
		}
		return out, true
	}
	return nil, false
}

func (e *encoder) node(x Expr) (*node, error) {
	n := &node{x: x, l: noLit}
	var kids []Expr
	switch x := x.(type) {
	case Chosen:
		var err error
		n.l, err = e.chosen(Ref(x))
		return n, err
	case Not:
		kids = []Expr{x.X}
	case And:
		kids = x
	case Or:
		kids = x
	case Xor:
		kids = []Expr{x.A, x.B}
	case Iff:
		kids = []Expr{x.A, x.B}
	case Implies:
		kids = []Expr{x.A, x.B}
	case Count:
		kids = x.Of
	case Linear:
		var err error
		n.terms, n.bound, err = e.scaled(x)
		return n, err
	}
	for _, kid := range kids {
		k, err := e.node(kid)
		if err != nil {
			return nil, err
		}
		n.kids = append(n.kids, k)
	}
	return n, nil
}
