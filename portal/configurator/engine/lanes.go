package engine

import "math/bits"

// Where a model is all clauses and groups, the first 256 examples are adapted to the
// choices at once, each in a bit of four words: what the choices demand is written
// into all of them, and a clause that this breaks is mended by a flip in all the
// examples in which it is broken, by the same few operations. No example flips a
// variable twice, so this ends; one in which a clause cannot be mended is given up.
// Those that are left are completions of the choices, and as different from each
// other as before. Local search has been run in the bits of words like this by
// Heule and van Maaren, "Parallel SAT solving using bit-level operations" (2008).

const laneWords = 4

// lanes is a set of examples.
type lanes [laneWords]uint64

func (a *lanes) empty() bool { return a[0]|a[1]|a[2]|a[3] == 0 }

func (a *lanes) meets(b *lanes) bool { return a[0]&b[0]|a[1]&b[1]|a[2]&b[2]|a[3]&b[3] != 0 }

func (a *lanes) without(b *lanes) {
	a[0] &^= b[0]
	a[1] &^= b[1]
	a[2] &^= b[2]
	a[3] &^= b[3]
}

func (a *lanes) and(b *lanes) {
	a[0] &= b[0]
	a[1] &= b[1]
	a[2] &= b[2]
	a[3] &= b[3]
}

func (a *lanes) or(b *lanes) {
	a[0] |= b[0]
	a[1] |= b[1]
	a[2] |= b[2]
	a[3] |= b[3]
}

// first is the first example of a set that is not empty.
func (a *lanes) first() int {
	for i, m := range a {
		if m != 0 {
			return 64*i + bits.TrailingZeros64(m)
		}
	}
	return -1
}

// flock is the state of adapting examples.
type flock struct {
	rows  []lanes // by literal: in which examples it holds
	fixed []lanes // by variable: in which examples it has been flipped
	alive lanes
	queue []flight
}

// flight is a literal that has come to hold in some examples.
type flight struct {
	l  lit
	in lanes
}

// layLanes lays out the first examples by literal.
func (w *witnesses) layLanes(vars int32) {
	w.lanes = make([]lanes, 2*vars)
	for i, m := range w.models[:min(w.n, 64*laneWords)] {
		bit := uint64(1) << (i & 63)
		for v := range vars {
			l := pos(v)
			if !holdsIn(m, l) {
				l = l.not()
			}
			w.lanes[l][i>>6] |= bit
		}
		w.every[i>>6] |= bit
	}
}

// flocks reports whether the model has nothing but clauses and groups.
func (c *Compiled) flocks() bool {
	p := c.prog
	return len(p.cards)+len(p.nums)+len(p.sums)+len(p.tables) == 0
}

// herdPays reports whether adapting the examples is cheaper than a search and some
// patches: when not too little is open, given all that would be flipped.
func (w *worker) herdPays() bool {
	if !w.c.flocks() {
		return false
	}
	open := 0
	for _, v := range w.c.values {
		if w.sv.val[v.l] == 0 {
			open++
		}
	}
	return 4*open >= len(w.sv.trail)-len(w.c.image.trail)
}

// herd adapts the examples to the trail, once for a request. It reports whether any
// could be.
func (w *worker) herd() bool {
	f := &w.flock
	if w.herded {
		return !f.alive.empty()
	}
	w.herded = true
	f.rows = append(f.rows[:0], w.c.wits.lanes...)
	if f.fixed == nil {
		f.fixed = make([]lanes, w.c.prog.vars)
	}
	clear(f.fixed)
	f.alive, f.queue = w.c.wits.every, f.queue[:0]
	for _, l := range w.sv.trail[len(w.c.image.trail):] {
		if l.vr() < w.c.prog.vars {
			f.turn(l, f.alive)
		}
	}
	for done := 0; ; {
		for ; done < len(f.queue); done++ {
			if f.alive.empty() {
				return false
			}
			w.settleFlight(f.queue[done])
		}
		for _, c := range w.clauses {
			w.mendLanes(c, f.alive)
		}
		if done == len(f.queue) {
			return !f.alive.empty()
		}
	}
}

// turn makes a literal hold in some examples.
func (f *flock) turn(l lit, in lanes) {
	in.without(&f.rows[l])
	if in.empty() {
		return
	}
	f.rows[l].or(&in)
	f.rows[l.not()].without(&in)
	f.fixed[l.vr()].or(&in)
	f.queue = append(f.queue, flight{l, in})
}

// settleFlight mends what a flight breaks.
func (w *worker) settleFlight(x flight) {
	p := w.c.prog
	for _, c := range p.occ.at(int32(x.l.not())) {
		w.mendLanes(p.lits(c), x.in)
	}
	for _, id := range p.amoOcc.at(int32(x.l)) {
		for _, l := range p.amos[id].lits {
			if l != x.l && w.flock.rows[l].meets(&x.in) {
				w.turnOff(l, x.in)
			}
		}
	}
}

// turnOff makes a literal not hold in some examples, or gives them up.
func (w *worker) turnOff(l lit, in lanes) {
	f := &w.flock
	in.and(&f.rows[l])
	in.and(&f.alive)
	stuck := in
	if w.sv.val[l] == 0 {
		stuck.and(&f.fixed[l.vr()])
	}
	f.alive.without(&stuck)
	in.without(&stuck)
	f.turn(l.not(), in)
}

// mendLanes makes a clause hold in some examples, or gives them up.
func (w *worker) mendLanes(lits []lit, bad lanes) {
	f := &w.flock
	bad.and(&f.alive)
	for _, l := range lits {
		bad.without(&f.rows[l])
		if bad.empty() {
			return
		}
	}
	for _, l := range lits {
		if w.sv.val[l] != 0 {
			continue
		}
		can := bad
		can.without(&f.fixed[l.vr()])
		f.turn(l, can)
		bad.without(&can)
		if bad.empty() {
			return
		}
	}
	f.alive.without(&bad)
}

// loadLane takes an adapted example as the model.
func (w *worker) loadLane(at int) {
	word, bit := at>>6, uint64(1)<<(at&63)
	for l := range w.model {
		w.model[l] = w.flock.rows[l][word]&bit != 0
	}
}

// seeFlock marks what the adapted examples show.
func (w *worker) seeFlock() {
	f := &w.flock
	for _, v := range w.c.values {
		if w.sv.val[v.l] != 0 {
			continue
		}
		for _, l := range [...]lit{v.l, v.l.not()} {
			if f.rows[l].meets(&f.alive) {
				w.seen[l] = true
			}
		}
	}
}
