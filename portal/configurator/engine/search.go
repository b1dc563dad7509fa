package engine

import "slices"

// search looks for an assignment that keeps the decisions of the levels up to base.
// When there is none, failed has those of them that make it impossible. When there
// is one, it stays on the trail.
func (s *solver) search(base int32) (bool, error) {
	run, limit := 0, luby(0)*64
	s.scan = 0
	used := 0
	for {
		if r := s.propagate(); r != noReason {
			s.spent.conflicts++
			used++
			if s.depth() <= base {
				s.finish(r, noLit)
				return false, nil
			}
			s.learn(s.analyze(r), base)
			if err := s.exhausted(); err != nil {
				return false, err
			}
			continue
		}
		if used >= limit {
			run, used = run+1, 0
			limit = luby(run) * 64
			s.cancel(base)
			s.orderN = 0
		}
		if len(s.learnts) > s.maxLearn {
			s.forget()
		}
		l := s.next()
		if l == noLit {
			return true, nil
		}
		if s.spent.decisions&1023 == 0 {
			if err := s.exhausted(); err != nil {
				return false, err
			}
		}
		s.decide(l)
	}
}

// next is the next literal to decide, or noLit.
func (s *solver) next() lit {
	for i, l := range s.order[min(s.orderN, len(s.order)):] {
		if s.val[l] == 0 {
			s.orderN += i
			return l
		}
	}
	s.orderN = len(s.order)
	if !s.raised { // nothing is more active than anything: by number, without the heap
		for v := s.scan; v < int32(len(s.level)); v++ { //nolint:gosec // at most the variables
			if s.val[pos(v)] == 0 {
				s.scan = v + 1
				return s.phased(v)
			}
		}
		return noLit
	}
	for {
		v := s.heap.pop(s.activity)
		if v < 0 {
			return noLit
		}
		if s.val[pos(v)] == 0 {
			return s.phased(v)
		}
	}
}

// phased is a variable with the value that is preferred.
func (s *solver) phased(v int32) lit {
	if s.phase[pos(v)] {
		return pos(v)
	}
	return pos(v).not()
}

// learn goes back and adds the clause that was learnt.
func (s *solver) learn(level, base int32) {
	for _, l := range s.trail[s.starts[max(level, base)]:] {
		s.phase[l], s.phase[l^1] = true, false
	}
	s.cancel(max(level, base))
	s.orderN = 0
	c := s.addLearnt(s.learning)
	s.assign(s.learning[0], byClause|reason(c)) //nolint:gosec // offsets have 29 bits
	s.bump /= 0.95
	if s.bump > 1e100 {
		for i := range s.activity {
			s.activity[i] *= 1e-100
		}
		s.bump *= 1e-100
	}
}

// addLearnt stores a clause and, from two literals on, watches it.
func (s *solver) addLearnt(lits []lit) int32 {
	c := int32(len(s.arena)) //nolint:gosec // bounded by the budget
	rule := structural
	if s.trace {
		rule = s.code()
	}
	s.arena = append(s.arena, lit(len(lits)), lit(rule)) //nolint:gosec // literals are few
	s.arena = append(s.arena, lits...)
	if len(lits) > 1 {
		s.attach(c)
		s.learnts = append(s.learnts, learnt{cref: c, lbd: s.lbd(lits), activity: float64(s.spent.conflicts)})
	}
	return c
}

// lbd is the number of levels among the literals (Audemard and Simon 2009).
func (s *solver) lbd(lits []lit) int32 {
	n := int32(0)
	s.buf = s.buf[:0]
	for _, l := range lits {
		lv := lit(s.level[l.vr()])
		if !slices.Contains(s.buf, lv) {
			s.buf = append(s.buf, lv)
			if n++; n > 30 {
				break
			}
		}
	}
	return n
}

// forget drops the worse half of the learnt clauses that are no reasons now.
func (s *solver) forget() {
	slices.SortStableFunc(s.learnts, func(a, b learnt) int {
		switch {
		case a.lbd != b.lbd:
			return int(a.lbd - b.lbd)
		case a.activity > b.activity:
			return -1
		case a.activity < b.activity:
			return 1
		}
		return int(a.cref - b.cref)
	})
	kept := s.learnts[:len(s.learnts)/2]
	for _, l := range s.learnts[len(s.learnts)/2:] {
		first, other := s.arena[l.cref+2], s.arena[l.cref+3]
		if l.lbd <= 2 || s.isReason(first, l.cref) || s.isReason(other, l.cref) {
			kept = append(kept, l)
			continue
		}
		s.arena[l.cref+1] = dropped
	}
	slices.SortFunc(kept, func(a, b learnt) int { return int(a.cref - b.cref) })
	s.learnts = kept
	s.maxLearn += 500
	for i := range s.heads {
		h := &s.heads[i]
		j := h.off
		for _, w := range s.watch[h.off : h.off+h.n] {
			if s.arena[w.cref>>1+1] != dropped {
				s.watch[j] = w
				j++
			}
		}
		h.n = j - h.off
	}
}

const dropped lit = 1<<31 - 1

func (s *solver) isReason(l lit, c int32) bool {
	return s.val[l] > 0 && s.why[l.vr()] == byClause|reason(c) //nolint:gosec // offsets have 29 bits
}

func (s *solver) raise(v int32) {
	s.raised = true
	s.activity[v] += s.bump
	s.heap.raised(v, s.activity)
}

func (s *solver) raiseClause(cref int32) {
	i, ok := slices.BinarySearchFunc(s.learnts, cref, func(l learnt, c int32) int { return int(l.cref - c) })
	if ok {
		s.learnts[i].activity = float64(s.spent.conflicts)
	}
}

// luby is the i-th element of the sequence 1 1 2 1 1 2 4 ... (Luby et al. 1993).
func luby(i int) int {
	size, exp := 1, 0
	for size < i+1 {
		size, exp = 2*size+1, exp+1
	}
	for size-1 != i {
		size = (size - 1) / 2
		exp--
		i %= size
	}
	return 1 << exp
}

// assume decides literals, each on a level of its own unless it holds already. It
// reports whether they agree, as far as propagation sees; when they do not, failed
// has those in contradiction.
func (s *solver) assume(lits []lit) bool {
	for _, l := range lits {
		switch s.val[l] {
		case 1:
			continue
		case -1:
			s.finish(noReason, l)
			s.failed = append(s.failed, l)
			return false
		}
		s.decide(l)
		if r := s.propagate(); r != noReason {
			s.finish(r, noLit)
			return false
		}
	}
	return true
}

// solve is a search from nothing under assumptions.
func (s *solver) solve(lits []lit) (bool, error) {
	s.cancel(0)
	if r := s.propagate(); r != noReason {
		s.finish(r, noLit)
		return false, nil
	}
	if !s.assume(lits) {
		s.spent.conflicts++
		return false, s.exhausted()
	}
	return s.search(s.depth())
}
