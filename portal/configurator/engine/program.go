package engine

import "slices"

// program is a set of constraints over Boolean variables. It is built once, sealed,
// and then read by any number of solvers at a time.
//
// Clauses lie in one slice: size, provenance, literals. Groups with at most one
// option, cardinalities, numbers, sums and tables have propagators of their own.
type program struct {
	vars  int32
	arena []lit
	units []unit
	// void is the provenance of an empty clause; hasVoid says whether there is one.
	void    int32
	hasVoid bool

	amos   []amo
	cards  []card
	nums   []number
	sums   []sum
	tables []*table

	// numOf is the number of which a variable is a threshold, or -1.
	numOf []int32
	// kinds says, for each literal, which propagators want to hear that it holds.
	kinds   []uint8
	amoOcc  lists // literal -> groups that contain it
	cardOcc lists // literal that holds -> 2*card, or 2*card+1 when it is the condition
	presOcc lists // literal -> numbers whose presence it is, or with +1 denies
	sumOcc  lists // variable -> sums
	tabOcc  lists // literal that holds -> tables with its negation in a column

	// sets are provenances of more than one rule; roots the provenance of what
	// holds from the beginning.
	sets  [][]int32
	roots []int32

	crefs  []int32 // clauses, in order
	occ    lists   // literal -> clauses that contain it
	cardIn lists   // literal -> cards that contain it
	tabIn  lists   // literal -> tables that contain it
}

type unit struct {
	l    lit
	rule int32
}

// amo: at most one of the literals.
type amo struct {
	lits []lit
	rule int32
}

// card: when cond holds, at least k of the literals do.
type card struct {
	lits []lit
	k    int32
	cond lit
	rule int32
}

// number is a quantity in order encoding (Crawford and Baker 1994; Tamura et al.
// 2009): variable first+i-1 holds when the number is at least its i-th value, i from
// 1 to n-1. It is absent when present does not hold.
type number struct {
	first     int32
	n         int32
	present   lit
	min, step int64
}

func (n *number) value(i int32) int64 { return n.min + int64(i)*n.step }

// atLeast is the literal "at least the i-th value"; i from 0, which is presence, to n.
func (n *number) atLeast(i int32) lit {
	switch {
	case i <= 0:
		return n.present
	case i >= n.n:
		return litNot
	}
	return pos(n.first + i - 1)
}

// sum: when cond holds, the terms add up to at most bound.
type sum struct {
	terms []sumTerm
	bound int64
	cond  lit
	rule  int32
}

// sumTerm is factor times a number (num >= 0) or a literal.
type sumTerm struct {
	factor int64
	num    int32
	l      lit
}

// lists is a slice of slices in two pieces of memory.
type lists struct {
	off  []int32
	data []int32
}

func (l *lists) at(i int32) []int32 { return l.data[l.off[i]:l.off[i+1]] }

func makeLists(n int32, each func(add func(i, v int32))) lists {
	l := lists{off: make([]int32, n+1)}
	total := int32(0)
	each(func(i, _ int32) { l.off[i+1]++; total++ })
	for i := range n {
		l.off[i+1] += l.off[i]
	}
	l.data = make([]int32, total)
	next := slices.Clone(l.off)
	each(func(i, v int32) { l.data[next[i]] = v; next[i]++ })
	return l
}

const (
	hearAMO uint8 = 1 << iota
	hearCard
	hearNumber
	hearPresence
	hearSum
	hearTable
)

func newProgram() *program {
	p := &program{}
	p.newVar()
	p.units = append(p.units, unit{litTrue, structural})
	return p
}

func (p *program) newVar() int32 {
	p.vars++
	p.numOf = append(p.numOf, -1)
	return p.vars - 1
}

// clause adds a disjunction.
func (p *program) clause(rule int32, lits ...lit) {
	out := make([]lit, 0, len(lits))
	seen := make(map[lit]bool, len(lits))
	for _, l := range lits {
		if l == litTrue || seen[l.not()] {
			return
		}
		if l == litNot || seen[l] {
			continue
		}
		seen[l] = true
		out = append(out, l)
	}
	p.clean(rule, out)
}

// clean adds a disjunction without duplicates and constants.
func (p *program) clean(rule int32, lits []lit) {
	switch len(lits) {
	case 0:
		if !p.hasVoid {
			p.hasVoid, p.void = true, rule
		}
	case 1:
		p.units = append(p.units, unit{lits[0], rule})
	default:
		p.crefs = append(p.crefs, int32(len(p.arena)))       //nolint:gosec // bounded by the size of models
		p.arena = append(p.arena, lit(len(lits)), lit(rule)) //nolint:gosec // literals are few
		p.arena = append(p.arena, lits...)
	}
}

func (p *program) lits(cref int32) []lit { return p.arena[cref+2 : cref+2+int32(p.arena[cref])] }
func (p *program) rule(cref int32) int32 { return int32(p.arena[cref+1]) }

// atMostOne adds that at most one of the literals holds, which are distinct.
func (p *program) atMostOne(rule int32, lits []lit) {
	switch {
	case len(lits) < 2:
	case len(lits) == 2:
		p.clause(rule, lits[0].not(), lits[1].not())
	default:
		p.amos = append(p.amos, amo{lits, rule})
	}
}

// atLeast adds that, when cond holds, at least k of the literals do, which are
// distinct.
func (p *program) atLeast(rule int32, cond lit, k int, lits []lit) {
	if k > 0 && k == len(lits)-1 && cond == litTrue {
		p.atMostOne(rule, negate(lits))
		return
	}
	switch {
	case k <= 0:
	case k > len(lits):
		p.clause(rule, cond.not())
	case k == 1:
		p.clause(rule, append([]lit{cond.not()}, lits...)...)
	case k == len(lits):
		for _, l := range lits {
			p.clause(rule, cond.not(), l)
		}
	default:
		p.cards = append(p.cards, card{slices.Clone(lits), int32(k), cond, rule}) //nolint:gosec // at most the literals
	}
}

func negate(lits []lit) []lit {
	out := make([]lit, len(lits))
	for i, l := range lits {
		out[i] = l.not()
	}
	return out
}

// addNumber adds a number of n values.
func (p *program) addNumber(present lit, n int32, first, step int64) int32 {
	id := int32(len(p.nums)) //nolint:gosec // numbers are few
	num := number{first: p.vars, n: n, present: present, min: first, step: step}
	for range n - 1 {
		p.numOf[p.newVar()] = id
	}
	p.nums = append(p.nums, num)
	return id
}

// seal builds what is derived from the constraints. Nothing may be added later.
func (p *program) seal() {
	lits := 2 * p.vars
	p.amoOcc = makeLists(lits, func(add func(i, v int32)) {
		for i := range p.amos {
			for _, l := range p.amos[i].lits {
				add(int32(l), int32(i)) //nolint:gosec // an index
			}
		}
	})
	p.cardOcc = makeLists(lits, p.eachCard)
	p.presOcc = makeLists(lits, func(add func(i, v int32)) {
		for i := range p.nums {
			l := p.nums[i].present
			add(int32(l), int32(i))       //nolint:gosec // an index
			add(int32(l.not()), int32(i)) //nolint:gosec // an index
		}
	})
	p.sumOcc = makeLists(p.vars, p.eachSumVar)
	p.tabOcc = makeLists(lits, p.eachTableLit(true))
	p.tabIn = makeLists(lits, p.eachTableLit(false))
	p.cardIn = makeLists(lits, func(add func(i, v int32)) {
		for i := range p.cards {
			for _, l := range p.cards[i].lits {
				add(int32(l), int32(i)) //nolint:gosec // an index
			}
			add(int32(p.cards[i].cond.not()), int32(i)) //nolint:gosec // an index
		}
	})
	p.occ = makeLists(lits, func(add func(i, v int32)) {
		for _, c := range p.crefs {
			for _, l := range p.lits(c) {
				add(int32(l), c)
			}
		}
	})
	p.hear()
	if p.roots == nil {
		p.roots = make([]int32, p.vars)
		for i := range p.roots {
			p.roots[i] = structural
		}
	}
}

func (p *program) eachCard(add func(i, v int32)) {
	for i := range p.cards {
		id := int32(i) //nolint:gosec // an index
		for _, l := range p.cards[i].lits {
			add(int32(l.not()), 2*id)
		}
		add(int32(p.cards[i].cond), 2*id+1)
	}
}

func (p *program) eachSumVar(add func(i, v int32)) {
	for i := range p.sums {
		for _, v := range p.sumVars(&p.sums[i]) {
			add(v, int32(i)) //nolint:gosec // an index
		}
	}
}

// sumVars are the variables that a sum depends on, each once.
func (p *program) sumVars(s *sum) []int32 {
	vars := []int32{s.cond.vr()}
	for _, t := range s.terms {
		if t.num < 0 {
			vars = append(vars, t.l.vr())
			continue
		}
		n := &p.nums[t.num]
		vars = append(vars, n.present.vr())
		for i := range n.n - 1 {
			vars = append(vars, n.first+i)
		}
	}
	slices.Sort(vars)
	return slices.Compact(vars)
}

func (p *program) eachTableLit(negated bool) func(add func(i, v int32)) {
	return func(add func(i, v int32)) {
		for i, t := range p.tables {
			for _, col := range t.cols {
				for _, l := range col {
					if negated {
						l = l.not()
					}
					add(int32(l), int32(i)) //nolint:gosec // an index
				}
			}
		}
	}
}

func (p *program) hear() {
	p.kinds = make([]uint8, 2*p.vars)
	for l := range 2 * p.vars {
		var k uint8
		if len(p.amoOcc.at(l)) > 0 {
			k |= hearAMO
		}
		if len(p.cardOcc.at(l)) > 0 {
			k |= hearCard
		}
		if len(p.presOcc.at(l)) > 0 {
			k |= hearPresence
		}
		if len(p.tabOcc.at(l)) > 0 {
			k |= hearTable
		}
		if p.numOf[l>>1] >= 0 {
			k |= hearNumber
		}
		if len(p.sumOcc.at(l>>1)) > 0 {
			k |= hearSum
		}
		p.kinds[l] = k
	}
}
