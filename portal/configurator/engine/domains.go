package engine

import "context"

// Domains answers what remains possible under the choices, exactly, in layers: what
// propagation decides; what an example configuration shows; what a small change of a
// known completion shows; a search for the rest.
func (c *Compiled) Domains(ctx context.Context, r Request) (*Domains, error) {
	if c.facts.Void {
		return &Domains{Conflict: &Explanation{Rules: c.facts.Conflict}}, nil
	}
	list, err := c.wishes(r.Choices)
	if err != nil {
		return nil, err
	}
	if d := c.cache.get(r.Choices, list); d != nil {
		return d, nil
	}
	w, err := c.borrow(ctx, r.Budget)
	if err != nil {
		return nil, err
	}
	w.want(list, 0)
	ok, err := w.solve()
	var d *Domains
	if err == nil && ok {
		d, err = w.domains(r.Choices)
	}
	c.giveBack(w)
	if err != nil {
		return nil, err
	}
	if !ok {
		e, err := c.Explain(ctx, r, nil)
		if err != nil {
			return nil, err
		}
		return &Domains{Conflict: e}, nil
	}
	c.cache.put(r.Choices, list, d)
	return d, nil
}

// solve finds a completion of the assumptions, into model, and everything that
// examples show, into seen. The assumptions stay on the trail. Without a completion
// it reports false.
func (w *worker) solve() (bool, error) {
	sv := w.sv
	if r := sv.propagate(); r != noReason {
		sv.finish(r, noLit)
		return false, nil
	}
	if !sv.assume(w.hold) {
		return false, nil
	}
	w.survivors()
	clear(w.seen)
	for i := range w.lows {
		w.lows[i], w.highs[i] = w.c.prog.nums[i].n, -1
	}
	w.herded = false
	first := w.anySurvivor()
	if first >= 0 {
		w.load(w.c.wits.models[first])
		w.seeAll()
		w.seeRows()
		return true, nil
	}
	if w.herdPays() && w.herd() {
		w.loadLane(w.flock.alive.first())
		w.seeAll()
		return true, nil
	}
	base := sv.depth()
	if w.adaptNearest() {
		sv.cancel(base)
		w.seeAll()
		return true, nil
	}
	sv.cancel(base)
	w.load(w.c.wits.models[0])
	copy(sv.phase, w.model)
	ok, err := sv.search(base)
	if err != nil || !ok {
		return false, err
	}
	w.adopt()
	w.seeAll()
	sv.cancel(base)
	return true, nil
}

// survivors narrows the mask to the examples that agree with the assumptions.
func (w *worker) survivors() {
	c := w.c
	for i := range w.mask {
		w.mask[i] = ^uint64(0)
	}
	if rest := c.wits.n & 63; rest != 0 {
		w.mask[len(w.mask)-1] = 1<<rest - 1
	}
	for _, l := range w.hold {
		if l.vr() < c.prog.vars {
			c.wits.surviving(w.mask, l, c.valueOf(l))
			continue
		}
		clear(w.mask) // a negation of several; examples are not asked
	}
}

// load takes an example as the model.
func (w *worker) load(m []uint64) {
	for v := range w.c.prog.vars {
		l := pos(v)
		h := m[v>>6]>>(v&63)&1 != 0
		w.model[l], w.model[l^1] = h, !h
	}
}

// adopt takes what the solver found as the model.
func (w *worker) adopt() {
	sv := w.sv
	for _, l := range sv.trail {
		if l.vr() < w.c.prog.vars {
			w.model[l], w.model[l^1] = true, false
		}
	}
}

func (w *worker) seeAll() {
	copy(w.seen, w.model)
	w.seeNumbers()
}

func (w *worker) seeNumbers() {
	for i := range w.c.prog.nums {
		n := &w.c.prog.nums[i]
		if !w.model[n.present] {
			continue
		}
		at := n.indexIn(func(l lit) bool { return w.model[l] })
		w.lows[i], w.highs[i] = min(w.lows[i], at), max(w.highs[i], at)
	}
}

// seeRows marks what the surviving examples show.
func (w *worker) seeRows() {
	wits := &w.c.wits
	for k, v := range w.c.values {
		if w.sv.val[v.l] != 0 {
			continue
		}
		row := wits.rows[k*wits.words : (k+1)*wits.words]
		var with, without uint64
		for i, m := range w.mask {
			with |= row[i] & m
			without |= m &^ row[i]
		}
		if with != 0 {
			w.seen[v.l] = true
		}
		if without != 0 {
			w.seen[v.l.not()] = true
		}
	}
	for i, at := range wits.nums {
		for k, x := range at {
			if w.mask[k>>6]>>(k&63)&1 != 0 && x >= 0 {
				w.lows[i], w.highs[i] = min(w.lows[i], x), max(w.highs[i], x)
			}
		}
	}
}

// domains decides every value, with a model at hand.
func (w *worker) domains(choices []Choice) (*Domains, error) {
	if err := w.decideAll(); err != nil {
		return nil, err
	}
	return w.statuses(choices)
}

// decideAll sees every option that is possible, and puts the negation of every other
// on the trail.
func (w *worker) decideAll() error {
	c, sv := w.c, w.sv
	w.adapt()
	for _, v := range c.values {
		for _, l := range [...]lit{v.l, v.l.not()} {
			if !w.seen[l] && sv.val[l] == 0 {
				if err := w.possible(l); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// statuses writes down what was decided.
func (w *worker) statuses(choices []Choice) (*Domains, error) {
	c, sv := w.c, w.sv
	d := &Domains{Consistent: true, Complete: true, Groups: make([]GroupDomain, len(c.s.m.Groups))}
	status := make([]Status, len(c.values))
	for i, v := range c.values {
		switch sv.val[v.l] {
		case 1:
			status[i] = StatusForced
		case -1:
			status[i] = StatusExcluded
		}
	}
	for _, ch := range choices {
		if ch.Option != "" && !ch.Negate {
			g := c.s.index[ch.Group]
			status[c.first(g)+c.s.opts[g][ch.Option]] = StatusChosen
		}
	}
	at := 0
	for g := range c.s.m.Groups {
		grp := &c.s.m.Groups[g]
		out := &d.Groups[g]
		out.Key, out.Decided = grp.Key, true
		if grp.Number != nil {
			if err := w.numberDomain(g, out); err != nil {
				return nil, err
			}
		}
		out.Options = status[at : at+len(grp.Options) : at+len(grp.Options)]
		at += len(grp.Options)
		for _, s := range out.Options {
			out.Decided = out.Decided && s != StatusPossible
		}
		d.Complete = d.Complete && out.Decided
	}
	for _, ch := range choices {
		if g := c.s.index[ch.Group]; c.s.m.Groups[g].Number != nil && !ch.Negate && !ch.Absent {
			d.Groups[g].Number.Presence = StatusChosen
		}
	}
	return d, nil
}

// possible finds out whether some completion has l, which is open: then l has been
// seen. Otherwise its negation is on the trail afterwards, on the present level.
func (w *worker) possible(l lit) error {
	sv := w.sv
	base := sv.depth()
	switch w.patch(l) {
	case failed: // a search will tell
	case patched:
		sv.cancel(base)
		return nil
	case refuted:
		sv.cancel(base)
		w.lemma(l)
		return nil
	}
	sv.cancel(base)
	copy(sv.phase, w.model)
	sv.decide(l)
	ok, err := sv.search(base + 1)
	if err != nil {
		return err
	}
	if ok {
		w.adopt()
		for _, x := range sv.trail[sv.starts[base]:] {
			w.seen[x] = true
		}
		w.seeNumbers()
		sv.cancel(base)
		return nil
	}
	sv.cancel(base)
	w.lemma(l)
	return nil
}

// lemma puts on the trail that l does not hold, because of the decisions that failed.
func (w *worker) lemma(l lit) {
	sv := w.sv
	if sv.val[l] != 0 {
		return
	}
	sv.learning = append(sv.learning[:0], l.not())
	for _, f := range sv.failed {
		if f != l {
			sv.learning = append(sv.learning, f.not())
		}
	}
	sv.sortLearning()
	c := sv.addLearnt(sv.learning)
	sv.assign(l.not(), byClause|reason(c)) //nolint:gosec // offsets have 29 bits
	sv.propagate()
}

// numberDomain finds what remains of a number.
func (w *worker) numberDomain(g int, out *GroupDomain) error {
	c, sv := w.c, w.sv
	id := c.nums[g]
	n := &c.prog.nums[id]
	for _, l := range [...]lit{n.present, n.present.not()} {
		if l < 2*lit(c.prog.vars) && !w.seen[l] && sv.val[l] == 0 {
			if err := w.possible(l); err != nil {
				return err
			}
		}
	}
	r := &Range{}
	out.Number = r
	switch sv.val[n.present] {
	case 1:
		r.Presence = StatusForced
	case -1:
		r.Presence = StatusExcluded
		return nil
	}
	lo, hi, err := w.ends(id)
	if err != nil {
		return err
	}
	r.Min, r.Max = n.value(lo), n.value(hi)
	out.Decided = r.Presence == StatusForced && lo == hi
	return nil
}

// ends are the least and greatest index that a number, if present, can have.
func (w *worker) ends(id int32) (lo, hi int32, err error) {
	sv, n := w.sv, &w.c.prog.nums[id]
	before := sv.depth()
	defer sv.cancel(before)
	if !w.model[n.present] && sv.val[n.present] == 0 {
		w.patch(n.present) // mostly makes the model one that has the number
		sv.cancel(before)
	}
	if sv.val[n.present] == 0 {
		sv.decide(n.present)
		sv.propagate() // it is possible, so this does not fail
	}
	if !w.model[n.present] {
		base := sv.depth()
		copy(sv.phase, w.model)
		if ok, err := sv.search(base); err != nil || !ok {
			return 0, 0, err
		}
		w.adopt()
		w.seeNumbers()
		sv.cancel(base)
	}
	for step := 0; sv.lo[id] < w.lows[id]; step++ {
		t := sv.lo[id]
		if step > 0 {
			t = (sv.lo[id] + w.lows[id] - 1) / 2
		}
		if err := w.possible(n.atLeast(t + 1).not()); err != nil {
			return 0, 0, err
		}
	}
	for step := 0; sv.hi[id] > w.highs[id]; step++ {
		t := sv.hi[id]
		if step > 0 {
			t = (sv.hi[id] + w.highs[id] + 2) / 2
		}
		if err := w.possible(n.atLeast(t)); err != nil {
			return 0, 0, err
		}
	}
	return w.lows[id], w.highs[id], nil
}

// first is the place of a group's first option among all values.
func (c *Compiled) first(g int) int { return int(c.starts[g]) }

// valueOf is the place of a literal's value, or -1.
func (c *Compiled) valueOf(l lit) int { return int(c.valueAt[l.vr()]) }
