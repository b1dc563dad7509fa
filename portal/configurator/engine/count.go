package engine

import (
	"context"
	"encoding/binary"
	"math/big"
	"slices"
)

// Count is the number of complete configurations that have the choices: of options
// and numbers, nothing else is counted. It may need far more work than all other
// questions; when the budget of nodes does not suffice the error is an ErrBudget, and
// the number cannot be had for this model and these choices.
//
// By search with unit propagation, independent components, and a cache of them
// (Sang et al. 2004; Thurley, "sharpSAT", 2006), over clauses in which everything
// beyond options and numbers is defined by equivalences, so that it has one value in
// each configuration and no projection is needed.
func (c *Compiled) Count(ctx context.Context, r Request) (*big.Int, error) {
	if c.facts.Void {
		return new(big.Int), nil
	}
	if _, err := c.wishes(r.Choices); err != nil {
		return nil, err
	}
	x := &exact{encoder: newEncoder(c.s), nodes: 0, most: int(r.Budget.orDefault().Nodes)}
	for g := range c.s.m.Groups {
		x.group(g)
		x.allOptions(g)
	}
	for i := range c.s.m.Rules {
		if err := x.rule(i); err != nil {
			return nil, err
		}
	}
	n := names{s: c.s, prog: x.p, opts: x.opts, nums: x.nums, none: x.none}
	for i := range r.Choices {
		w, _, err := n.wish(&r.Choices[i], nil)
		if err != nil {
			return nil, err
		}
		if w.clause {
			x.p.clause(structural, w.lits...)
			continue
		}
		for _, l := range w.lits {
			x.p.units = append(x.p.units, unit{l, structural})
		}
	}
	x.structure()
	if x.err != nil {
		return nil, x.err
	}
	// What holds in every configuration is known and saves the search finding it.
	for _, v := range c.values {
		if s := c.image.val[v.l]; s != 0 {
			l := x.opts[v.group][v.option]
			if s < 0 {
				l = l.not()
			}
			x.p.units = append(x.p.units, unit{l, structural})
		}
	}
	m := newModelCounter(x.p, r.Budget.orDefault().Nodes, ctx)
	return m.run()
}

// modelCounter counts the models of clauses.
type modelCounter struct {
	clauses [][]lit
	occ     [][]int32 // by literal
	val     []int8
	trail   []lit
	vars    int32
	void    bool

	cache  map[string]*big.Int
	bytes  int
	left   int64
	polls  uint32
	limit  int64
	ctx    context.Context //nolint:containedctx // of one count
	seenV  []int32
	seenC  []int32
	stamp  int32
	scores []int32
	err    error
}

func newModelCounter(p *program, nodes int64, ctx context.Context) *modelCounter { //nolint:revive // the context is kept, not passed
	m := &modelCounter{vars: p.vars, void: p.hasVoid, val: make([]int8, 2*p.vars), occ: make([][]int32, 2*p.vars), cache: map[string]*big.Int{}, left: nodes, limit: nodes, ctx: ctx, seenV: make([]int32, p.vars), scores: make([]int32, p.vars)}
	for _, cref := range p.crefs {
		m.clauses = append(m.clauses, p.lits(cref))
	}
	for i, c := range m.clauses {
		for _, l := range c {
			m.occ[l] = append(m.occ[l], int32(i)) //nolint:gosec // an index
		}
	}
	m.seenC = make([]int32, len(m.clauses))
	for _, u := range p.units {
		if m.val[u.l] < 0 {
			m.void = true
		} else if m.val[u.l] == 0 {
			m.assign(u.l)
		}
	}
	return m
}

func (m *modelCounter) assign(l lit) {
	m.val[l], m.val[l^1] = 1, -1
	m.trail = append(m.trail, l)
}

func (m *modelCounter) run() (*big.Int, error) {
	if m.void || !m.propagate(0) {
		return new(big.Int), nil
	}
	vars := make([]int32, 0, m.vars)
	for v := range m.vars {
		if m.val[pos(v)] == 0 {
			vars = append(vars, v)
		}
	}
	n := m.product(vars)
	if m.err != nil {
		return nil, m.err
	}
	return n, nil
}

func (m *modelCounter) propagate(from int) bool {
	for ; from < len(m.trail); from++ {
		for _, ci := range m.occ[m.trail[from].not()] {
			open, holds := noLit, false
			several := false
			for _, l := range m.clauses[ci] {
				if m.val[l] > 0 {
					holds = true
					break
				}
				if m.val[l] == 0 {
					several = open != noLit
					open = l
					if several {
						break
					}
				}
			}
			switch {
			case holds || several:
			case open == noLit:
				return false
			default:
				m.assign(open)
			}
		}
	}
	return true
}

func (m *modelCounter) cancel(to int) {
	for _, l := range m.trail[to:] {
		m.val[l], m.val[l^1] = 0, 0
	}
	m.trail = m.trail[:to]
}

// product counts over open variables: the product of their components.
func (m *modelCounter) product(vars []int32) *big.Int {
	m.stamp++
	st := m.stamp
	total, free := big.NewInt(1), uint(0)
	var parts [][2][]int32
	for _, v := range vars {
		if m.val[pos(v)] != 0 || m.seenV[v] == st {
			continue
		}
		vs, cs := m.component(v, st)
		if len(cs) == 0 {
			free++
			continue
		}
		parts = append(parts, [2][]int32{vs, cs})
	}
	slices.SortFunc(parts, func(a, b [2][]int32) int { return len(a[0]) - len(b[0]) })
	for _, p := range parts {
		n := m.count(p[0], p[1])
		if m.err != nil {
			return total
		}
		if n.Sign() == 0 {
			return n
		}
		total = new(big.Int).Mul(total, n)
	}
	return total.Lsh(total, free)
}

// component is what hangs together with v through clauses that do not hold yet.
func (m *modelCounter) component(v, st int32) (vars, clauses []int32) {
	m.seenV[v] = st
	vars = append(vars, v)
	for i := 0; i < len(vars); i++ {
		for _, l := range [2]lit{pos(vars[i]), pos(vars[i]).not()} {
			for _, ci := range m.occ[l] {
				if m.seenC[ci] == st {
					continue
				}
				m.seenC[ci] = st
				if m.holds(ci) {
					continue
				}
				clauses = append(clauses, ci)
				for _, x := range m.clauses[ci] {
					if w := x.vr(); m.val[x] == 0 && m.seenV[w] != st {
						m.seenV[w] = st
						vars = append(vars, w)
					}
				}
			}
		}
	}
	return vars, clauses
}

func (m *modelCounter) holds(ci int32) bool {
	for _, l := range m.clauses[ci] {
		if m.val[l] > 0 {
			return true
		}
	}
	return false
}

const countBytes = 256 << 20

// count counts one component, by the variable that most of its clauses have.
func (m *modelCounter) count(vars, clauses []int32) *big.Int {
	// A node costs as much as it has clauses to look at.
	if m.left -= 1 + int64(len(clauses)/32); m.left < 0 || m.bytes > countBytes {
		m.err = &BudgetError{What: "nodes of a count", Limit: m.limit}
		return new(big.Int)
	}
	if m.polls++; m.polls&255 == 0 && m.ctx.Err() != nil {
		m.err = m.ctx.Err()
		return new(big.Int)
	}
	slices.Sort(vars)
	slices.Sort(clauses)
	key := componentKey(vars, clauses)
	if n, ok := m.cache[key]; ok {
		return n
	}
	v := m.branch(vars, clauses)
	total := new(big.Int)
	for _, l := range [2]lit{pos(v), pos(v).not()} {
		from := len(m.trail)
		m.assign(l)
		if m.propagate(from) {
			total = new(big.Int).Add(total, m.product(vars))
		}
		m.cancel(from)
		if m.err != nil {
			return total
		}
	}
	m.cache[key] = total
	m.bytes += len(key) + 64 + len(total.Bits())*8
	return total
}

func componentKey(vars, clauses []int32) string {
	key := make([]byte, 0, 2*(len(vars)+len(clauses))+8)
	last := int32(0)
	for _, v := range vars {
		key = binary.AppendUvarint(key, uint64(v-last)) //nolint:gosec // ascending
		last = v
	}
	key = append(key, 0xff, 0xff)
	last = -1
	for _, c := range clauses {
		key = binary.AppendUvarint(key, uint64(c-last)) //nolint:gosec // ascending
		last = c
	}
	return string(key)
}

func (m *modelCounter) branch(vars, clauses []int32) int32 {
	for _, v := range vars {
		m.scores[v] = 0
	}
	for _, ci := range clauses {
		open := int32(0)
		for _, l := range m.clauses[ci] {
			if m.val[l] == 0 {
				open++
			}
		}
		weight := int32(1)
		if open == 2 {
			weight = 2
		}
		for _, l := range m.clauses[ci] {
			if m.val[l] == 0 {
				m.scores[l.vr()] += weight
			}
		}
	}
	best := vars[0]
	for _, v := range vars {
		if m.scores[v] > m.scores[best] {
			best = v
		}
	}
	return best
}
