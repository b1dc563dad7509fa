package engine

// propagate draws the consequences of the trail, cheap constraints first. It returns
// what is violated, or noReason.
func (s *solver) propagate() reason {
	for {
		for s.head < int32(len(s.trail)) { //nolint:gosec // at most the variables
			p := s.trail[s.head]
			s.head++
			s.spent.propagations++
			c := noReason
			if k := s.kinds[p]; k != 0 {
				c = s.tell(p, k)
			}
			if s.moreCardOcc != nil || s.moreSumOcc != nil {
				if d := s.tellMore(p); c == noReason {
					c = d
				}
			}
			if c == noReason {
				c = s.propagateClauses(p)
			}
			if c != noReason {
				s.dropQueues()
				return c
			}
		}
		var c reason
		switch {
		case len(s.sumQueue) > 0:
			i := s.sumQueue[len(s.sumQueue)-1]
			s.sumQueue = s.sumQueue[:len(s.sumQueue)-1]
			if i < int32(len(s.p.sums)) { //nolint:gosec // an index
				s.queued[i] = false
				c = s.propagateSum(&s.p.sums[i])
			} else {
				more := i - int32(len(s.p.sums)) //nolint:gosec // an index
				s.moreQueued[more] = false
				c = s.propagateSum(&s.moreSums[more])
			}
		case len(s.tabQueue) > 0 && !s.lazy:
			i := s.tabQueue[len(s.tabQueue)-1]
			s.tabQueue = s.tabQueue[:len(s.tabQueue)-1]
			s.queued[len(s.p.sums)+int(i)] = false
			c = s.propagateTable(i)
		default:
			return noReason
		}
		if c != noReason {
			s.dropQueues()
			return c
		}
	}
}

func (s *solver) dropQueues() {
	for _, i := range s.sumQueue {
		if i < int32(len(s.p.sums)) { //nolint:gosec // an index
			s.queued[i] = false
		} else {
			s.moreQueued[i-int32(len(s.p.sums))] = false //nolint:gosec // an index
		}
	}
	for _, i := range s.tabQueue {
		s.queued[len(s.p.sums)+int(i)] = false
	}
	s.sumQueue, s.tabQueue = s.sumQueue[:0], s.tabQueue[:0]
}

func (s *solver) queueSum(i int32) {
	if !s.queued[i] {
		s.queued[i] = true
		s.sumQueue = append(s.sumQueue, i)
	}
}

func (s *solver) queueTable(i int32) {
	if at := len(s.p.sums) + int(i); !s.queued[at] {
		s.queued[at] = true
		s.tabQueue = append(s.tabQueue, i)
	}
}

func (s *solver) propagateClauses(p lit) reason {
	h := s.heads[p]
	if h.n == 0 {
		return noReason
	}
	val, data := s.val, s.watch
	np := p.not()
	i, j, end := h.off, h.off, h.off+h.n
	found := noReason
outer:
	for i < end {
		w := data[i]
		i++
		bv := val[w.blocker]
		if bv > 0 {
			data[j] = w
			j++
			continue
		}
		c := w.cref >> 1
		if w.cref&1 != 0 {
			data[j] = w
			j++
			if bv < 0 {
				found = byClause | reason(c) //nolint:gosec // offsets have 29 bits
				break
			}
			s.assign(w.blocker, byClause|reason(c)) //nolint:gosec // offsets have 29 bits
			continue
		}
		lits := s.arena[c+2 : c+2+int32(s.arena[c])]
		if lits[0] == np {
			lits[0], lits[1] = lits[1], np
		}
		first := lits[0]
		if first != w.blocker && val[first] > 0 {
			data[j] = watcher{w.cref, first}
			j++
			continue
		}
		for k := 2; k < len(lits); k++ {
			if val[lits[k]] >= 0 {
				lits[1], lits[k] = lits[k], np
				s.watchOn(lits[1].not(), watcher{w.cref, first})
				data = s.watch
				continue outer
			}
		}
		data[j] = watcher{w.cref, first}
		j++
		if val[first] < 0 {
			found = byClause | reason(c) //nolint:gosec // offsets have 29 bits
			break
		}
		s.assign(first, byClause|reason(c)) //nolint:gosec // offsets have 29 bits
	}
	if i != j {
		j += int32(copy(data[j:], data[i:end])) //nolint:gosec // at most the list
		s.heads[p].n = j - h.off
	}
	return found
}

// tell lets the native constraints know that p holds.
func (s *solver) tell(p lit, kinds uint8) reason {
	found := noReason
	if kinds&hearCard != 0 {
		found = s.count(p)
	}
	if kinds&hearNumber != 0 {
		if c := s.bound(p); found == noReason {
			found = c
		}
	}
	if found != noReason {
		return found
	}
	if kinds&hearAMO != 0 {
		if c := s.propagateAMO(p); c != noReason {
			return c
		}
	}
	if kinds&hearPresence != 0 {
		if c := s.presence(p); c != noReason {
			return c
		}
	}
	if kinds&hearSum != 0 {
		for _, i := range s.p.sumOcc.at(p.vr()) {
			s.queueSum(i)
		}
	}
	if kinds&hearTable != 0 {
		for _, i := range s.p.tabOcc.at(int32(p)) {
			s.queueTable(i)
		}
	}
	return noReason
}

// imply assigns p for a reason, or returns the reason as violated.
func (s *solver) imply(p lit, r reason) reason {
	switch s.val[p] {
	case 1:
		return noReason
	case -1:
		return r
	}
	s.assign(p, r)
	return noReason
}

func (s *solver) propagateAMO(p lit) reason {
	for _, id := range s.p.amoOcc.at(int32(p)) {
		r := byAMO | reason(id) //nolint:gosec // an index
		for _, l := range s.p.amos[id].lits {
			if l == p || s.val[l] < 0 {
				continue
			}
			if c := s.imply(l.not(), r); c != noReason {
				return c
			}
		}
	}
	return noReason
}

func (s *solver) card(id int32) *card {
	if n := int32(len(s.p.cards)); id >= n { //nolint:gosec // an index
		return &s.moreCards[id-n]
	}
	return &s.p.cards[id]
}

func (s *solver) count(p lit) reason {
	occ := s.p.cardOcc.at(int32(p))
	for _, e := range occ {
		if e&1 == 0 {
			s.falses[e>>1]++
		}
	}
	for _, e := range occ {
		if c := s.checkCard(e >> 1); c != noReason {
			return c
		}
	}
	return noReason
}

func (s *solver) uncount(p lit) {
	for _, e := range s.p.cardOcc.at(int32(p)) {
		if e&1 == 0 {
			s.falses[e>>1]--
		}
	}
	if s.moreCardOcc != nil {
		s.uncountMore(p)
	}
}

func (s *solver) uncountMore(p lit) {
	for _, e := range s.countedIn(p) {
		if e&1 == 0 {
			s.falses[e>>1]--
		}
	}
}

func (s *solver) checkCard(id int32) reason {
	c := s.card(id)
	spare := int32(len(c.lits)) - c.k - s.falses[id] //nolint:gosec // at most the literals
	if spare > 0 || s.val[c.cond] < 0 {
		return noReason
	}
	r := byCard | reason(id) //nolint:gosec // an index
	if spare < 0 {
		return s.imply(c.cond.not(), r)
	}
	if s.val[c.cond] == 0 {
		return noReason
	}
	for _, l := range c.lits {
		if s.val[l] == 0 {
			s.assign(l, r)
		}
	}
	return noReason
}

// countedIn are the cardinalities of one request that hear of p.
func (s *solver) countedIn(p lit) []int32 {
	if int(p) < len(s.moreCardOcc) {
		return s.moreCardOcc[p]
	}
	return nil
}

// tellMore is tell for the constraints of one request.
func (s *solver) tellMore(p lit) reason {
	occ := s.countedIn(p)
	for _, e := range occ {
		if e&1 == 0 {
			s.falses[e>>1]++
		}
	}
	if s.moreSumOcc != nil {
		for _, i := range s.moreSumOcc[p.vr()] {
			s.queueMore(i)
		}
	}
	for _, e := range occ {
		if c := s.checkCard(e >> 1); c != noReason {
			return c
		}
	}
	return noReason
}

// bound keeps the order of a number's thresholds, and its bounds.
func (s *solver) bound(p lit) reason {
	id := s.p.numOf[p.vr()]
	n := &s.p.nums[id]
	i := p.vr() - n.first + 1
	r := byNumber | reason(id) //nolint:gosec // an index
	place := s.head - 1
	if !p.negated() {
		if i > s.lo[id] {
			s.undo = append(s.undo, boundUndo{id, s.lo[id], place, false})
			s.lo[id] = i
		}
		return s.imply(n.atLeast(i-1), r)
	}
	if i-1 < s.hi[id] {
		s.undo = append(s.undo, boundUndo{id, s.hi[id], place, true})
		s.hi[id] = i - 1
	}
	if i+1 < n.n {
		return s.imply(n.atLeast(i+1).not(), r)
	}
	return noReason
}

// presence: what is absent is not at least anything.
func (s *solver) presence(p lit) reason {
	for _, id := range s.p.presOcc.at(int32(p)) {
		n := &s.p.nums[id]
		if p == n.present || n.n < 2 {
			continue
		}
		if c := s.imply(n.atLeast(1).not(), byNumber|reason(id)); c != noReason { //nolint:gosec // an index
			return c
		}
	}
	return noReason
}

// addCard adds a cardinality for this request. Its literals may be assigned.
func (s *solver) addCard(c card) {
	for len(s.moreCardOcc) < len(s.val) {
		s.moreCardOcc = append(s.moreCardOcc, nil)
	}
	id := int32(len(s.p.cards) + len(s.moreCards)) //nolint:gosec // an index
	s.moreCards = append(s.moreCards, c)
	false0 := int32(0)
	for _, l := range c.lits {
		s.moreCardOcc[l.not()] = append(s.moreCardOcc[l.not()], 2*id)
		if s.val[l] < 0 && s.place[l.vr()] < s.head {
			false0++
		}
	}
	s.moreCardOcc[c.cond] = append(s.moreCardOcc[c.cond], 2*id+1)
	s.falses = append(s.falses, false0)
}

func (s *solver) queueMore(id int32) {
	if at := int(id) - len(s.p.sums); !s.moreQueued[at] {
		s.moreQueued[at] = true
		s.sumQueue = append(s.sumQueue, id)
	}
}
