package engine

// Sums propagate bounds, as linear constraints do in solvers with order encoding:
// what each term adds at least is known from its bounds, and what is left over
// bounds each other term. The facts that were used are stored with what follows.

// least is the least that a term can add now.
func (s *solver) least(t *sumTerm) int64 {
	if t.num < 0 {
		switch {
		case s.val[t.l] > 0, s.val[t.l] == 0 && t.factor < 0:
			return t.factor
		}
		return 0
	}
	n := &s.p.nums[t.num]
	switch s.val[n.present] {
	case -1:
		return 0
	case 1:
		return s.leastPresent(t, n)
	}
	return min(0, s.leastPresent(t, n))
}

func (s *solver) leastPresent(t *sumTerm, n *number) int64 {
	if t.factor > 0 {
		return t.factor * n.value(s.lo[t.num])
	}
	return t.factor * n.value(s.hi[t.num])
}

// facts appends the negations of literals that hold and from which it follows that
// the term adds what it adds at least.
func (s *solver) facts(t *sumTerm, out []lit) []lit {
	if t.num < 0 {
		if v := s.val[t.l]; v > 0 && t.factor > 0 {
			out = append(out, t.l.not())
		} else if v < 0 && t.factor < 0 {
			out = append(out, t.l)
		}
		return out
	}
	n := &s.p.nums[t.num]
	present := s.val[n.present]
	var floor int64 // that of a number of which nothing is known
	if t.factor > 0 {
		floor = t.factor * n.value(0)
	} else {
		floor = t.factor * n.value(n.n-1)
	}
	if n.present != litTrue {
		floor = min(0, floor)
	}
	now := s.least(t)
	if now == floor {
		return out
	}
	if present < 0 {
		return append(out, n.present)
	}
	if present > 0 && n.present != litTrue {
		out = append(out, n.present.not())
	}
	if t.factor > 0 && s.lo[t.num] > 0 {
		out = append(out, n.atLeast(s.lo[t.num]).not())
	} else if t.factor < 0 && s.hi[t.num] < n.n-1 {
		out = append(out, n.atLeast(s.hi[t.num]+1))
	}
	return out
}

func (s *solver) propagateSum(c *sum) reason {
	if s.val[c.cond] < 0 {
		return noReason
	}
	total := int64(0)
	for i := range c.terms {
		total += s.least(&c.terms[i])
	}
	slack := c.bound - total
	if slack < 0 {
		if s.val[c.cond] > 0 {
			return s.derive(c, noLit, -1)
		}
		return s.derive(c, c.cond.not(), -1)
	}
	if s.val[c.cond] == 0 {
		return noReason
	}
	for i := range c.terms {
		t := &c.terms[i]
		if r := s.tighten(c, i, slack+s.least(t)); r != noReason {
			return r
		}
	}
	return noReason
}

// tighten: term i may add at most room.
func (s *solver) tighten(c *sum, i int, room int64) reason {
	t := &c.terms[i]
	if t.num < 0 {
		switch {
		case s.val[t.l] != 0:
		case t.factor > room:
			return s.derive(c, t.l.not(), i)
		case 0 > room:
			return s.derive(c, t.l, i)
		}
		return noReason
	}
	n := &s.p.nums[t.num]
	present := s.val[n.present]
	if present < 0 {
		return noReason
	}
	if present == 0 && 0 > room {
		if r := s.derive(c, n.present, i); r != noReason {
			return r
		}
		present = 1
	}
	if t.factor > 0 {
		k := floorDiv(floorDiv(room, t.factor)-n.min, n.step)
		switch {
		case k < int64(0):
			return s.denyPresence(c, i, n)
		case k < int64(s.hi[t.num]):
			if l := n.atLeast(int32(k) + 1); s.val[l] >= 0 { //nolint:gosec // below the number of values
				return s.derive(c, l.not(), i)
			}
		}
		return noReason
	}
	k := -floorDiv(-(-floorDiv(room, -t.factor) - n.min), n.step)
	switch {
	case k > int64(n.n-1):
		return s.denyPresence(c, i, n)
	case k > int64(s.lo[t.num]) && present > 0:
		if l := n.atLeast(int32(k)); s.val[l] <= 0 { //nolint:gosec // below the number of values
			return s.deriveWith(c, l, i, n.present.not())
		}
	}
	return noReason
}

func (s *solver) denyPresence(c *sum, i int, n *number) reason {
	if s.val[n.present] < 0 {
		return noReason
	}
	return s.derive(c, n.present.not(), i)
}

// derive implies l, or a conflict for noLit, from the condition and all terms but one.
func (s *solver) derive(c *sum, l lit, but int) reason { return s.deriveWith(c, l, but, noLit) }

func (s *solver) deriveWith(c *sum, l lit, but int, more lit) reason {
	at := len(s.stored)
	s.stored = append(s.stored, 0, lit(c.rule))
	if l != noLit {
		s.stored = append(s.stored, l)
	}
	if more != noLit && more != litNot {
		s.stored = append(s.stored, more)
	}
	if c.cond != litTrue && l != c.cond.not() {
		s.stored = append(s.stored, c.cond.not())
	}
	for i := range c.terms {
		if i != but {
			s.stored = s.facts(&c.terms[i], s.stored)
		}
	}
	s.stored[at] = lit(len(s.stored) - at - 2) //nolint:gosec // terms are few
	r := byStored | reason(at)                 //nolint:gosec // bounded by the budget
	if l == noLit {
		return r
	}
	return s.imply(l, r)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}
