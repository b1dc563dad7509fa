package engine

type outcome uint8

const (
	failed outcome = iota
	patched
	refuted // it cannot be, propagation alone says so
)

// patch looks for a completion with l near the model: what propagation flips, the
// constraints that this breaks in the model, one more flip for each of those, and so
// on. With success the model has been changed and what was flipped is seen. The
// trail is left for the caller to take back. Tables are not propagated, but mended
// like the rest: that is cheaper.
func (w *worker) patch(l lit) outcome {
	sv := w.sv
	sv.lazy = true
	defer func() {
		sv.lazy = false
		sv.dropQueues()
	}()
	w.flips = w.flips[:0]
	from := len(sv.trail)
	sv.decide(l)
	if r := sv.propagate(); r != noReason {
		sv.finish(r, noLit)
		return refuted
	}
	w.flip(from)
	if !w.mendAll() {
		for _, f := range w.flips {
			w.model[f], w.model[f^1] = false, true
		}
		return failed
	}
	for _, f := range w.flips {
		w.seen[f] = true
	}
	w.seeFlippedNumbers()
	return patched
}

// mendAll mends what the flips break, and what that breaks, and so on.
func (w *worker) mendAll() bool {
	defer w.forgetTouched()
	for i := 0; ; {
		for ; i < len(w.flips); i++ {
			if !w.mend(w.flips[i].not()) {
				return false
			}
		}
		if !w.mendTouched() {
			return false
		}
		for _, c := range w.clauses {
			if !w.mendClause(c) {
				return false
			}
		}
		if i == len(w.flips) && len(w.touched) == 0 {
			return true
		}
	}
}

// flip changes the model where the trail differs from it.
func (w *worker) flip(from int) {
	for _, t := range w.sv.trail[from:] {
		if int(t) < len(w.model) && !w.model[t] {
			w.model[t], w.model[t^1] = true, false
			w.flips = append(w.flips, t)
		}
	}
}

// also decides one more literal.
func (w *worker) also(l lit) bool {
	from := len(w.sv.trail)
	w.sv.decide(l)
	if w.sv.propagate() != noReason {
		return false
	}
	w.flip(from)
	return true
}

// mend looks at the constraints that l, which has ceased to hold, may break.
func (w *worker) mend(l lit) bool {
	p := w.c.prog
	for _, cref := range p.occ.at(int32(l)) {
		if !w.mendClause(p.lits(cref)) {
			return false
		}
	}
	for _, id := range p.cardIn.at(int32(l)) {
		if !w.mendCard(&p.cards[id]) {
			return false
		}
	}
	for _, id := range p.sumOcc.at(l.vr()) {
		w.touch(id)
	}
	for _, id := range p.tabIn.at(int32(l)) {
		w.touch(int32(len(p.sums)) + id) //nolint:gosec // an index
	}
	return true
}

// touch remembers a sum, or behind the sums a table, to be looked at once after all
// flips: one step of a number is as many flips as it has values.
func (w *worker) touch(id int32) {
	if !w.touching[id] {
		w.touching[id] = true
		w.touched = append(w.touched, id)
	}
}

func (w *worker) forgetTouched() {
	for _, id := range w.touched {
		w.touching[id] = false
	}
	w.touched = w.touched[:0]
}

// mendTouched mends what was touched, as long as that flips nothing.
func (w *worker) mendTouched() bool {
	p, flips := w.c.prog, len(w.flips)
	for n := len(w.touched); n > 0 && len(w.flips) == flips; n-- {
		id := w.touched[n-1]
		w.touching[id], w.touched = false, w.touched[:n-1]
		if sums := int32(len(p.sums)); id < sums && !w.mendSum(&p.sums[id]) || id >= sums && !w.mendTable(p.tables[id-sums]) { //nolint:gosec // an index
			return false
		}
	}
	return true
}

func (w *worker) mendClause(lits []lit) bool {
	free := noLit
	for i, x := range lits {
		if w.model[x] {
			w.looked += int64(i)
			return true
		}
		if w.sv.val[x] == 0 && (free == noLit || (w.seen[free] && !w.seen[x])) {
			free = x
		}
	}
	w.looked += int64(len(lits))
	return free != noLit && w.also(free)
}

func (w *worker) mendCard(c *card) bool {
	for {
		if !w.model[c.cond] {
			return true
		}
		w.looked += int64(len(c.lits))
		have, free := int32(0), noLit
		for _, x := range c.lits {
			if w.model[x] {
				have++
			} else if free == noLit && w.sv.val[x] == 0 {
				free = x
			}
		}
		if have >= c.k {
			return true
		}
		if w.sv.val[c.cond] == 0 {
			free = c.cond.not()
		}
		if free == noLit || !w.also(free) {
			return false
		}
	}
}

// adds is what a term adds in the model.
func (w *worker) adds(t *sumTerm) int64 {
	if t.num < 0 {
		if w.model[t.l] {
			return t.factor
		}
		return 0
	}
	n := &w.c.prog.nums[t.num]
	if !w.model[n.present] {
		return 0
	}
	return t.factor * n.value(n.indexIn(func(l lit) bool { return w.model[l] }))
}

func (w *worker) mendSum(c *sum) bool {
	sv := w.sv
	for i := -1; i < len(c.terms); i++ {
		if !w.model[c.cond] {
			return true
		}
		total := int64(0)
		for k := range c.terms {
			total += w.adds(&c.terms[k])
		}
		if total <= c.bound {
			return true
		}
		if sv.val[c.cond] == 0 {
			if !w.also(c.cond.not()) {
				return false
			}
			continue
		}
		if i < 0 {
			continue
		}
		if t := &c.terms[i]; w.adds(t) > sv.least(t) && !w.lower(t) {
			return false
		}
	}
	total := int64(0)
	for k := range c.terms {
		total += w.adds(&c.terms[k])
	}
	return total <= c.bound || !w.model[c.cond]
}

// lower makes a term add what it adds at least.
func (w *worker) lower(t *sumTerm) bool {
	sv := w.sv
	if t.num < 0 {
		l := t.l
		if t.factor > 0 {
			l = l.not()
		}
		return sv.val[l] > 0 || w.also(l)
	}
	n := &w.c.prog.nums[t.num]
	if sv.val[n.present] == 0 {
		l := n.present
		if sv.leastPresent(t, n) > 0 {
			l = l.not()
		}
		if !w.also(l) {
			return false
		}
		if l != n.present {
			return true
		}
	}
	l := n.atLeast(sv.lo[t.num] + 1).not()
	if t.factor < 0 {
		l = n.atLeast(sv.hi[t.num])
	}
	return sv.val[l] > 0 || (sv.val[l] == 0 && w.also(l))
}

// mendTable decides the row nearest to the model when the model has none.
func (w *worker) mendTable(t *table) bool {
	if t.fits(w.model) {
		return true
	}
	const far = 1 << 20
	for i := range t.nodes {
		w.cost[i] = far
	}
	w.cost[t.nodes-1] = 0
	for i := len(t.edges) - 1; i >= 0; i-- {
		e := &t.edges[i]
		if w.sv.val[e.l] < 0 || w.cost[e.to] == far {
			continue
		}
		d := w.cost[e.to]
		if !w.model[e.l] {
			d++
		}
		if d < w.cost[e.from] {
			w.cost[e.from], w.pick[e.from] = d, int32(i) //nolint:gosec // an index
		}
	}
	if w.cost[0] == far {
		return false
	}
	for at := int32(0); at != t.nodes-1; {
		e := &t.edges[w.pick[at]]
		at = e.to
		switch w.sv.val[e.l] {
		case -1:
			return false
		case 0:
			if !w.model[e.l] && !w.also(e.l) {
				return false
			}
		}
	}
	return t.fits(w.model)
}

// seeFlippedNumbers notes the values of the numbers that flips have changed.
func (w *worker) seeFlippedNumbers() {
	p := w.c.prog
	if len(p.nums) == 0 {
		return
	}
	last := int32(-1)
	for _, f := range w.flips {
		if id := p.numOf[f.vr()]; id >= 0 && id != last {
			last = id
			w.see(id)
		}
		for _, id := range p.presOcc.at(int32(f)) {
			w.see(id)
		}
	}
}

func (w *worker) see(id int32) {
	n := &w.c.prog.nums[id]
	if w.model[n.present] {
		at := n.indexIn(func(l lit) bool { return w.model[l] })
		w.lows[id], w.highs[id] = min(w.lows[id], at), max(w.highs[id], at)
	}
}
