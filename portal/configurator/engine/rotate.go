package engine

// rotation finds rules that an explanation needs without a search for each: where an
// assignment breaks one rule alone, a flip that mends it and breaks another one alone
// shows that this one is needed as well (Belov and Marques-Silva, "Accelerating MUS
// extraction with recursive model rotation", 2011). Most rules of a long explanation
// are found like this. It knows clauses and groups.
type rotation struct {
	sv       *solver
	holds    []bool // by literal: the assignment
	isSwitch []bool // by variable: it switches a rule
	out      []bool // by variable: the rule that it switches has been left out
	needed   []bool // by variable: the rule that it switches cannot be left out
}

// newRotation makes one for rules that literals switch, or nil where there are other
// constraints.
func newRotation(sv *solver, set []lit) *rotation {
	p := sv.p
	if len(p.cards)+len(p.nums)+len(p.sums)+len(p.tables) > 0 {
		return nil
	}
	n := p.vars
	r := &rotation{sv: sv, holds: make([]bool, 2*n), isSwitch: make([]bool, n), out: make([]bool, n), needed: make([]bool, n)}
	for _, on := range set {
		r.isSwitch[on.vr()], r.out[on.vr()] = true, true
	}
	r.keep(set)
	return r
}

// keep says which rules are left.
func (r *rotation) keep(set []lit) {
	copy(r.out, r.isSwitch)
	for _, on := range set {
		r.out[on.vr()] = false
	}
}

// from starts with what the solver has found, which breaks the rule of a switch.
func (r *rotation) from(on lit) {
	for l := range r.holds {
		r.holds[l] = r.sv.val[l] > 0
	}
	r.needed[on.vr()] = true
	r.rotate(on.vr())
}

// rotate flips what mends the rule of a switch, one variable at a time.
func (r *rotation) rotate(at int32) {
	p := r.sv.p
	for _, c := range p.occ.at(int32(pos(at).not())) {
		if _, broken := r.look(p.lits(c)); !broken {
			continue
		}
		for _, x := range p.lits(c) {
			if v := x.vr(); r.isSwitch[v] || r.sv.level[v] == 0 {
				continue
			}
			r.holds[x], r.holds[x^1] = true, false
			if next := r.breaks(x); next >= 0 && !r.needed[next] && r.mended(at) {
				r.needed[next] = true
				r.rotate(next)
			}
			r.holds[x], r.holds[x^1] = false, true
		}
	}
}

// look reports whether a clause is broken, and the switch that it is in, or -1.
func (r *rotation) look(lits []lit) (at int32, broken bool) {
	at = -1
	for _, l := range lits {
		if r.isSwitch[l.vr()] {
			if at = l.vr(); r.out[at] {
				return at, false
			}
		} else if r.holds[l] {
			return at, false
		}
	}
	return at, true
}

// breaks is the one switch whose rule breaks when x has come to hold, or -1 when
// none does, several do, or something that is no rule.
func (r *rotation) breaks(x lit) int32 {
	p, one := r.sv.p, int32(-1)
	for _, id := range p.amoOcc.at(int32(x)) {
		for _, l := range p.amos[id].lits {
			if l != x && r.holds[l] {
				return -1
			}
		}
	}
	for _, c := range p.occ.at(int32(x.not())) {
		at, broken := r.look(p.lits(c))
		switch {
		case !broken:
		case at < 0 || (one >= 0 && one != at):
			return -1
		default:
			one = at
		}
	}
	return one
}

// mended reports whether the rule of a switch holds.
func (r *rotation) mended(at int32) bool {
	p := r.sv.p
	for _, c := range p.occ.at(int32(pos(at).not())) {
		if _, broken := r.look(p.lits(c)); broken {
			return false
		}
	}
	return true
}
