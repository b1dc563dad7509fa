package engine

import (
	"math/bits"
	"slices"
)

// explain appends the literals of the constraint behind r, but for p, which it
// implied; all of them do not hold. Without p, the constraint is violated.
func (s *solver) explain(r reason, p lit, out []lit) []lit {
	i := r.index()
	switch r.kind() {
	default: // a decision has none
	case byClause:
		for _, l := range s.arena[i+2 : i+2+int32(s.arena[i])] {
			if l != p {
				out = append(out, l)
			}
		}
	case byStored:
		for _, l := range s.stored[i+2 : i+2+int32(s.stored[i])] {
			if l != p {
				out = append(out, l)
			}
		}
	case byAMO:
		return s.explainAMO(i, p, out)
	case byNumber:
		return s.explainNumber(i, p, out)
	case byCard:
		return s.explainCard(s.card(i), p, out)
	case byTable:
		place := int32(len(s.trail)) //nolint:gosec // at most the variables
		if p != noLit && s.val[p] > 0 {
			place = s.place[p.vr()]
			return s.explainTable(s.p.tables[i], p, place, out)
		}
		return s.explainTableConflict(i, place, out)
	}
	return out
}

// explainTableConflict explains a table without a row, or one in which a value that
// holds has lost its support.
func (s *solver) explainTableConflict(i, place int32, out []lit) []lit {
	return s.explainTable(s.p.tables[i], noLit, place, out)
}

func (s *solver) explainAMO(i int32, p lit, out []lit) []lit {
	place := int32(len(s.trail)) //nolint:gosec // at most the variables
	need := 2
	if p != noLit {
		place, need = s.place[p.vr()], 1
	}
	for _, l := range s.p.amos[i].lits {
		if s.val[l] > 0 && s.place[l.vr()] < place {
			out = append(out, l.not())
			if need--; need == 0 {
				break
			}
		}
	}
	return out
}

// explainNumber: thresholds imply the one below and deny the one above.
func (s *solver) explainNumber(id int32, p lit, out []lit) []lit {
	n := &s.p.nums[id]
	if p != noLit {
		switch {
		case p == n.present:
			return append(out, n.atLeast(1).not())
		case !p.negated():
			return append(out, n.atLeast(p.vr()-n.first+2).not())
		}
		return append(out, n.atLeast(p.vr()-n.first))
	}
	for i := range n.n - 1 {
		if s.val[n.atLeast(i)] < 0 && s.val[n.atLeast(i+1)] > 0 {
			return append(out, n.atLeast(i), n.atLeast(i+1).not())
		}
	}
	return out
}

func (s *solver) explainCard(c *card, p lit, out []lit) []lit {
	place := int32(len(s.trail))     //nolint:gosec // at most the variables
	need := int32(len(c.lits)) - c.k //nolint:gosec // at most the literals
	if p == noLit || p == c.cond.not() {
		need++
	}
	if p != noLit {
		place = s.place[p.vr()]
	}
	if p != c.cond.not() && c.cond != litTrue {
		out = append(out, c.cond.not())
	}
	for _, l := range c.lits {
		if need == 0 {
			break
		}
		if s.val[l] < 0 && s.place[l.vr()] < place {
			out = append(out, l)
			need--
		}
	}
	return out
}

// ruleOf is the provenance of the constraint behind r.
func (s *solver) ruleOf(r reason) int32 {
	i := r.index()
	switch r.kind() {
	case byClause:
		return int32(s.arena[i+1])
	case byStored:
		return int32(s.stored[i+1])
	case byAMO:
		return s.p.amos[i].rule
	case byCard:
		return s.card(i).rule
	case byTable:
		return s.p.tables[i].rule
	default:
		return structural
	}
}

// ruleBag is a set of rules and of what has been looked at to find them.
type ruleBag struct {
	bits  []uint64
	roots map[int32]bool
	void  bool // the program leaves nothing from the beginning
}

func (b *ruleBag) clear() {
	clear(b.bits)
	clear(b.roots)
}

func (b *ruleBag) add(s *solver, code int32) {
	switch {
	case code == structural:
	case isSetCode(code):
		i := setIndex(code)
		set := []int32(nil)
		if i < len(s.p.sets) {
			set = s.p.sets[i]
		} else {
			set = s.sets[i-len(s.p.sets)]
		}
		for _, r := range set {
			b.put(r)
		}
	default:
		b.put(code)
	}
}

func (b *ruleBag) put(r int32) {
	for int(r>>6) >= len(b.bits) {
		b.bits = append(b.bits, 0)
	}
	b.bits[r>>6] |= 1 << (r & 63)
}

func (b *ruleBag) list() []int32 {
	var out []int32
	for i, w := range b.bits {
		for ; w != 0; w &= w - 1 {
			out = append(out, int32(i*64+bits.TrailingZeros64(w))) //nolint:gosec // an index
		}
	}
	return out
}

// blameRoot adds the rules that make a variable of level 0 what it is.
func (s *solver) blameRoot(v int32) {
	if s.blamed.roots == nil {
		s.blamed.roots = map[int32]bool{}
	}
	if s.blamed.roots[v] {
		return
	}
	s.blamed.roots[v] = true
	if s.place[v] < s.settled || s.why[v] == noReason {
		s.blamed.add(s, s.p.roots[v])
		return
	}
	l := pos(v)
	if s.val[l] < 0 {
		l = l.not()
	}
	s.blamed.add(s, s.ruleOf(s.why[v]))
	for _, q := range s.explain(s.why[v], l, nil) {
		s.blameRoot(q.vr())
	}
}

// code is the provenance of all that was blamed. New sets belong to the solver.
func (s *solver) code() int32 {
	list := s.blamed.list()
	switch len(list) {
	case 0:
		return structural
	case 1:
		return list[0]
	}
	s.sets = append(s.sets, list)
	return setCode(len(s.p.sets) + len(s.sets) - 1)
}

// analyze learns from a violated constraint the clause of the first unique
// implication point, into s.learning, its own literal first. It returns the level on
// which the clause becomes unit.
func (s *solver) analyze(r reason) int32 {
	if s.trace {
		s.blamed.clear()
	}
	s.learning = append(s.learning[:0], noLit)
	s.toClear = s.toClear[:0]
	open, p, at := 0, noLit, len(s.trail)-1
	for {
		s.note(r)
		s.buf = s.explain(r, p, s.buf[:0])
		for _, q := range s.buf {
			v := q.vr()
			if s.seen[v] != 0 {
				continue
			}
			if s.level[v] == 0 {
				if s.trace {
					s.blameRoot(v)
				}
				continue
			}
			s.seen[v] = 1
			s.toClear = append(s.toClear, v)
			s.raise(v)
			if s.level[v] >= s.depth() {
				open++
			} else {
				s.learning = append(s.learning, q)
			}
		}
		for s.seen[s.trail[at].vr()] == 0 {
			at--
		}
		p = s.trail[at]
		at--
		if open--; open <= 0 {
			break
		}
		r = s.why[p.vr()]
	}
	s.learning[0] = p.not()
	s.minimize()
	for _, v := range s.toClear {
		s.seen[v] = 0
	}
	return s.sortLearning()
}

// note counts a constraint as used.
func (s *solver) note(r reason) {
	if s.trace {
		s.blamed.add(s, s.ruleOf(r))
	}
	if r.kind() == byClause && int(r.index()) >= len(s.p.arena) {
		s.raiseClause(r.index())
	}
}

// minimize drops literals that follow from the others of the clause.
func (s *solver) minimize() {
	kept := s.learning[:1]
	for _, q := range s.learning[1:] {
		r := s.why[q.vr()]
		if r == noReason || !s.implied(r, q.not()) {
			kept = append(kept, q)
			continue
		}
		if s.trace {
			s.blamed.add(s, s.ruleOf(r))
			for _, x := range s.buf {
				if s.level[x.vr()] == 0 {
					s.blameRoot(x.vr())
				}
			}
		}
	}
	s.learning = kept
}

func (s *solver) implied(r reason, p lit) bool {
	s.buf = s.explain(r, p, s.buf[:0])
	for _, x := range s.buf {
		if s.level[x.vr()] > 0 && s.seen[x.vr()] == 0 {
			return false
		}
	}
	return true
}

// sortLearning puts the literal of the highest level but its own second.
func (s *solver) sortLearning() int32 {
	if len(s.learning) < 2 {
		return 0
	}
	best := 1
	for i := 2; i < len(s.learning); i++ {
		if s.level[s.learning[i].vr()] > s.level[s.learning[best].vr()] {
			best = i
		}
	}
	s.learning[1], s.learning[best] = s.learning[best], s.learning[1]
	return s.level[s.learning[1].vr()]
}

// finish finds the decisions behind a violated constraint, or behind p not holding,
// when no search can change them. They go to s.failed in their order.
func (s *solver) finish(r reason, p lit) {
	s.failed = s.failed[:0]
	s.toClear = s.toClear[:0]
	if s.trace {
		s.blamed.clear()
	}
	if r != noReason {
		s.note(r)
		s.buf = s.explain(r, noLit, s.buf[:0])
		s.mark(s.buf)
	} else {
		s.mark([]lit{p})
	}
	for i := len(s.trail) - 1; i >= 0; i-- {
		l := s.trail[i]
		v := l.vr()
		if s.seen[v] == 0 {
			continue
		}
		if s.why[v] == noReason {
			s.failed = append(s.failed, l)
			continue
		}
		s.note(s.why[v])
		s.buf = s.explain(s.why[v], l, s.buf[:0])
		s.mark(s.buf)
	}
	for _, v := range s.toClear {
		s.seen[v] = 0
	}
	slices.Reverse(s.failed)
}

func (s *solver) mark(lits []lit) {
	for _, q := range lits {
		v := q.vr()
		if s.level[v] == 0 {
			if s.trace {
				s.blameRoot(v)
			}
			continue
		}
		if s.seen[v] == 0 {
			s.seen[v] = 1
			s.toClear = append(s.toClear, v)
		}
	}
}
