package engine

import (
	"fmt"
	"math"
	"slices"
)

// counter is the cardinality that has replaced a core.
type counter struct {
	lits []lit
	most int // of them that do not hold
}

// minimizer raises the lower bound of what wishes cost, core by core.
type minimizer struct {
	w        *worker
	firm     []lit
	weight   map[lit]int64
	counters map[lit]counter
	active   []soft
	limit    int64
	found    []lit // what exactly the cheapest fulfil
	// For one optimum: what the wishes cost at least, and what they cost in the best
	// that was found. A wish that would cost more than the difference is fulfilled by
	// all that are cheapest, and becomes firm: "hardening" of Ansotegui, Bonet, Gabas
	// and Levy, "Improving SAT-based weighted MaxSAT solvers" (2012).
	once         bool
	softs        []soft
	lower, upper int64
}

func (w *worker) minimizer(softs []soft) *minimizer {
	m := &minimizer{w: w, firm: slices.Clone(w.hold), softs: softs, weight: map[lit]int64{}, counters: map[lit]counter{}}
	for _, s := range softs {
		m.weight[s.l] += s.weight
		m.limit = max(m.limit, s.weight/2+1)
	}
	m.active = append(m.active, softs...)
	for _, l := range m.firm {
		delete(m.weight, l) // it is kept anyway
	}
	return m
}

// minimize holds, on return, wishes that exactly the cheapest configurations fulfil.
func (w *worker) minimize(softs []soft) error {
	m := w.minimizer(softs)
	m.once, m.upper = true, math.MaxInt64
	m.groups()
	w.prefer(m)
	ok, err := w.sv.solve(m.firm)
	if err == nil && ok {
		m.improve()
		ok, err = m.run()
	}
	if err == nil && !ok {
		err = fmt.Errorf("the cheapest configuration was lost: %w", ErrContradiction)
	}
	w.hold = m.found
	return err
}

// run finds the optimum; it reports false when there is no completion at all.
func (m *minimizer) run() (bool, error) {
	for {
		lits, rest := m.layer()
		ok, err := m.w.sv.solve(lits)
		if err != nil {
			return false, err
		}
		if ok {
			m.improve()
			if rest == 0 {
				m.found = lits
				return true, nil
			}
			m.limit = rest/2 + 1 // a layer holds what costs at least half of its dearest
			continue
		}
		core := m.w.trim(m.firm, m.weight)
		if len(core) == 0 {
			return false, nil
		}
		least := m.weight[core[0]]
		for _, l := range core {
			least = min(least, m.weight[l])
		}
		m.lower += least
		m.active = m.w.relax(core, least, m.weight, m.counters, m.active)
	}
}

// layer is what must be fulfilled now, and the dearest of what is left for later.
func (m *minimizer) layer() (lits []lit, rest int64) {
	m.harden()
	m.active = slices.DeleteFunc(m.active, func(s soft) bool { return m.weight[s.l] == 0 })
	for i := range m.active {
		m.active[i].weight = m.weight[m.active[i].l]
	}
	slices.SortFunc(m.active, compareSofts)
	lits = slices.Clone(m.firm)
	for _, s := range m.active {
		if s.weight >= m.limit {
			lits = append(lits, s.l)
		} else {
			rest = max(rest, s.weight)
		}
	}
	return lits, rest
}

// trim is the wishes of the last failure, but for those without which propagation
// alone still finds a contradiction.
func (w *worker) trim(firm []lit, weight map[lit]int64) []lit {
	pick := func() []lit {
		out := []lit{}
		for _, l := range w.sv.failed {
			if weight[l] > 0 {
				out = append(out, l)
			}
		}
		return out
	}
	core := pick()
	if len(core) < 2 || len(core) > 60 {
		return core
	}
	w.sv.cancel(0)
	if !w.sv.assume(firm) {
		return core // cannot be
	}
	base := w.sv.depth()
	for i := len(core) - 1; i >= 0 && len(core) > 1; i-- {
		if i >= len(core) {
			continue
		}
		w.sv.cancel(base)
		if !w.sv.assume(slices.Delete(slices.Clone(core), i, i+1)) {
			core = pick()
		}
	}
	return core
}

// relax charges a core to the lower bound and adds the wishes that are left of it.
func (w *worker) relax(core []lit, least int64, weight map[lit]int64, counters map[lit]counter, active []soft) []soft {
	sv := w.sv
	sv.cancel(0)
	add := func(k counter) {
		if k.most >= len(k.lits) {
			return
		}
		s := pos(sv.newVar())
		sv.addCard(card{lits: k.lits, k: int32(len(k.lits) - k.most), cond: s, rule: structural}) //nolint:gosec // at most the literals
		weight[s] = least
		counters[s] = k
		active = append(active, soft{s, least})
	}
	for _, l := range core {
		weight[l] -= least
		if k, ok := counters[l]; ok {
			add(counter{k.lits, k.most + 1})
		}
	}
	if len(core) > 1 {
		add(counter{slices.Clone(core), 1})
	}
	return active
}

// improve takes note of what the configuration that was found costs.
func (m *minimizer) improve() {
	if !m.once {
		return
	}
	cost := int64(0)
	for _, s := range m.softs {
		if m.w.sv.val[s.l] < 0 {
			cost += s.weight
		}
	}
	m.upper = min(m.upper, cost)
}

// harden makes firm what costs too much to be given up.
func (m *minimizer) harden() {
	if !m.once {
		return
	}
	for _, s := range m.active {
		if m.weight[s.l] > m.upper-m.lower {
			m.firm = append(m.firm, s.l)
			m.weight[s.l] = 0
		}
	}
}

// groups charges what any option of a group costs at least, where one is chosen, so
// that no search need find that out.
func (m *minimizer) groups() {
	c := m.w.c
	for g := range c.s.m.Groups {
		if grp := &c.s.m.Groups[g]; grp.Number == nil && grp.Min == 1 && grp.Max == 1 {
			m.group(c.opts[g])
		}
	}
	m.limit = 1
	for _, v := range m.weight {
		m.limit = max(m.limit, v/2+1)
	}
}

// group counts from the cheapest option on. A wish to have an option is one not to
// have the others, and the wishes that are not fulfilled are all but one.
func (m *minimizer) group(opts []lit) {
	cheapest := int64(math.MaxInt64)
	for _, o := range opts {
		if m.w.sv.image.val[o] >= 0 {
			cheapest = min(cheapest, m.weight[o.not()]-m.weight[o])
		}
	}
	m.lower += cheapest
	for _, o := range opts {
		cost := m.weight[o.not()] - m.weight[o]
		m.lower += m.weight[o]
		if m.weight[o.not()] == 0 {
			m.active = append(m.active, soft{l: o.not()})
		}
		m.weight[o], m.weight[o.not()] = 0, max(0, cost-cheapest)
	}
}

// prefer makes the solver try what costs nothing first.
func (w *worker) prefer(m *minimizer) {
	for _, v := range w.c.values {
		l := v.l
		if m.weight[l.not()] > 0 || (m.weight[l] == 0 && !m.free(v)) {
			l = l.not()
		}
		w.sv.phase[l], w.sv.phase[l^1] = true, false
	}
}

// free reports whether an option is the cheapest of a group that needs one.
func (m *minimizer) free(v value) bool {
	grp := &m.w.c.s.m.Groups[v.group]
	return grp.Min == 1 && grp.Max == 1 && m.weight[v.l.not()] == 0
}
