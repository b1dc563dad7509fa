package engine

import (
	"context"
	"slices"
)

// solver is a CDCL solver with assumptions over a program, after Een and Sorensson,
// "An Extensible SAT-solver" (2003): two watched literals, first unique implication
// point, activities of variables, saved phases, Luby restarts. Groups,
// cardinalities, numbers, sums and tables propagate natively and explain lazily.
//
// A solver is reset from a frozen image before each request, so that what one
// request taught it never reaches another.
type solver struct {
	p     *program
	image *image

	arena []lit // of the program, then learnt clauses
	watch []watcher
	heads []watchHead

	kinds  []uint8 // the program's, and more for variables of one request
	val    []int8  // by literal: 1 holds, -1 does not, 0 open
	level  []int32
	place  []int32 // on the trail, by variable
	why    []reason
	trail  []lit
	starts []int32 // of levels, on the trail
	head   int32   // of what is not propagated yet

	falses  []int32 // by card: literals known not to hold
	lo, hi  []int32 // by number: bounds, as indexes of values
	undo    []boundUndo
	stored  []lit // explanations: size, provenance, literals
	storedN []int32

	queued   []bool // by sum, then table
	sumQueue []int32
	tabQueue []int32
	lazy     bool // tables are left alone, which costs consequences but nothing else
	marks    *tableMarks

	// Objects of one request: cards and sums beyond the program's.
	moreCards   []card
	moreCardOcc [][]int32 // by literal; nil when there are none
	moreSums    []sum
	moreSumOcc  map[int32][]int32
	moreQueued  []bool

	activity []float64
	bump     float64
	heap     varHeap
	raised   bool   // whether any variable is more active than another
	scan     int32  // where to look for an open variable while none is
	phase    []bool // by literal: preferred
	learnts  []learnt
	seen     []uint8
	learning []lit
	buf      []lit
	toClear  []int32
	maxLearn int

	// failed are the decisions of the levels up to the base that a failed search
	// used; blamed, when tracing, its rules.
	failed []lit
	blamed ruleBag
	trace  bool
	sets   [][]int32

	order  []lit // decide these first, in order, with this polarity
	orderN int

	settled int32 // how much of level 0 has its provenance in the program's roots
	spent   spent
}

type watcher struct {
	cref    int32 // twice the offset, plus one for a clause of two
	blocker lit
}

type watchHead struct{ off, n, room int32 }

type learnt struct {
	cref     int32
	lbd      int32
	activity float64
}

type boundUndo struct {
	num, old int32
	place    int32
	isHi     bool
}

// image is the state to which a solver returns. It is shared and never written.
type image struct {
	arena  []lit
	watch  []watcher
	heads  []watchHead
	trail  []lit
	falses []int32
	lo, hi []int32
	heap   varHeap
	val    []int8
	why    []reason
	stored []lit
}

// newSolver makes a solver for a sealed program, without its units being propagated.
func newSolver(p *program) *solver {
	n := int(p.vars)
	s := &solver{
		p: p, arena: slices.Clone(p.arena), kinds: p.kinds,
		val: make([]int8, 2*n), level: make([]int32, n), place: make([]int32, n), why: make([]reason, n),
		trail: make([]lit, 0, n), activity: make([]float64, n), bump: 1, phase: make([]bool, 2*n), seen: make([]uint8, n),
		falses: make([]int32, len(p.cards)), lo: make([]int32, len(p.nums)), hi: make([]int32, len(p.nums)),
		queued: make([]bool, len(p.sums)+len(p.tables)),
		marks:  newTableMarks(p),
	}
	for i := range p.nums {
		s.hi[i] = p.nums[i].n - 1
	}
	s.heads = make([]watchHead, 2*n)
	s.layWatches()
	s.heap.init(n)
	s.maxLearn = 2000
	return s
}

// layWatches watches the first two literals of each clause.
func (s *solver) layWatches() {
	for _, c := range s.p.crefs {
		s.heads[s.arena[c+2].not()].room++
		s.heads[s.arena[c+3].not()].room++
	}
	off := int32(0)
	for i := range s.heads {
		s.heads[i].off = off
		s.heads[i].room += 2
		off += s.heads[i].room
	}
	s.watch = make([]watcher, off)
	for _, c := range s.p.crefs {
		s.attach(c)
	}
}

func (s *solver) attach(c int32) {
	tag := c << 1
	if s.arena[c] == 2 {
		tag |= 1
	}
	a, b := s.arena[c+2], s.arena[c+3]
	s.watchOn(a.not(), watcher{tag, b})
	s.watchOn(b.not(), watcher{tag, a})
}

func (s *solver) watchOn(l lit, w watcher) {
	h := &s.heads[l]
	if h.n == h.room {
		off := int32(len(s.watch)) //nolint:gosec // bounded by the budget
		s.watch = append(s.watch, s.watch[h.off:h.off+h.n]...)
		for range h.n + 4 {
			s.watch = append(s.watch, watcher{})
		}
		h.off, h.room = off, 2*h.n+4
	}
	s.watch[h.off+h.n] = w
	h.n++
}

// start propagates the program's units. It reports whether they agree; when they do
// not, blamed has the rules.
func (s *solver) start() bool {
	if s.p.hasVoid {
		s.blamed.add(s, s.p.void)
		return false
	}
	for _, u := range s.p.units {
		switch s.val[u.l] {
		case 0:
			s.p.roots[u.l.vr()] = u.rule
			s.assign(u.l, noReason)
		case -1:
			s.blameRoot(u.l.vr())
			s.blamed.add(s, u.rule)
			return false
		}
	}
	for i := range s.p.sums {
		s.queueSum(int32(i)) //nolint:gosec // an index
	}
	for i := range s.p.tables {
		s.queueTable(int32(i)) //nolint:gosec // an index
	}
	if c := s.propagate(); c != noReason {
		s.finish(c, noLit)
		return false
	}
	return true
}

// freeze takes the present state, at level 0, as that to which solvers return.
func (s *solver) freeze() *image {
	return &image{
		arena: slices.Clone(s.arena), watch: slices.Clone(s.watch), heads: slices.Clone(s.heads),
		trail: slices.Clone(s.trail), falses: slices.Clone(s.falses), lo: slices.Clone(s.lo), hi: slices.Clone(s.hi),
		heap: s.heap.clone(), val: slices.Clone(s.val), why: slices.Clone(s.why), stored: slices.Clone(s.stored),
	}
}

// thaw makes a solver in the state of an image.
func (im *image) thaw(p *program) *solver {
	n := int(p.vars)
	s := &solver{
		p: p, image: im, kinds: p.kinds, val: slices.Clone(im.val), level: make([]int32, n), place: make([]int32, n), why: slices.Clone(im.why),
		trail: make([]lit, 0, n), activity: make([]float64, n), bump: 1, phase: make([]bool, 2*n), seen: make([]uint8, n),
		queued: make([]bool, len(p.sums)+len(p.tables)),
		falses: slices.Clone(im.falses), lo: slices.Clone(im.lo), hi: slices.Clone(im.hi),
		marks: newTableMarks(p), maxLearn: 2000,
		arena: slices.Clone(im.arena), watch: slices.Clone(im.watch), heads: slices.Clone(im.heads), heap: im.heap.clone(),
		stored: slices.Clone(im.stored),
	}
	s.trail = append(s.trail, im.trail...)
	for i, l := range s.trail {
		s.place[l.vr()] = int32(i) //nolint:gosec // an index
	}
	s.head = int32(len(s.trail)) //nolint:gosec // at most the variables
	s.settled = s.head
	return s
}

// reset returns to the image.
func (s *solver) reset() {
	im := s.image
	s.cancel(0)
	for i := len(s.trail) - 1; i >= len(im.trail); i-- {
		s.unassign(s.trail[i])
	}
	s.trail = s.trail[:len(im.trail)]
	s.head = int32(len(s.trail)) //nolint:gosec // at most the variables
	s.arena = append(s.arena[:0], im.arena...)
	s.watch = append(s.watch[:0], im.watch...)
	s.dropVars()
	copy(s.heads, im.heads)
	s.falses = append(s.falses[:0], im.falses...)
	copy(s.lo, im.lo)
	copy(s.hi, im.hi)
	s.undo, s.stored = s.undo[:0], append(s.stored[:0], im.stored...)
	clear(s.queued)
	s.sumQueue, s.tabQueue = s.sumQueue[:0], s.tabQueue[:0]
	s.moreCards, s.moreCardOcc, s.moreSums, s.moreSumOcc, s.moreQueued = nil, nil, nil, nil, nil
	if s.raised {
		s.raised = false
		clear(s.activity)
		s.bump = 1
		s.heap.copyFrom(&im.heap)
	}
	clear(s.phase)
	s.learnts, s.sets, s.failed = s.learnts[:0], s.sets[:0], s.failed[:0]
	s.maxLearn = 2000
	s.trace = false
	s.blamed.clear()
	s.order, s.orderN = nil, 0
	s.spent = spent{}
	s.shrink()
}

// newVar adds a variable for this request.
func (s *solver) newVar() int32 {
	v := int32(len(s.level)) //nolint:gosec // bounded by the budget
	if len(s.kinds) == len(s.p.kinds) {
		s.kinds = slices.Clone(s.kinds)
	}
	s.kinds = append(s.kinds, 0, 0)
	s.val = append(s.val, 0, 0)
	s.level, s.place, s.why = append(s.level, 0), append(s.place, 0), append(s.why, noReason)
	s.activity, s.seen = append(s.activity, 0), append(s.seen, 0)
	s.phase = append(s.phase, false, false)
	s.heads = append(s.heads, watchHead{}, watchHead{})
	s.heap.at = append(s.heap.at, -1)
	s.heap.insert(v, s.activity)
	return v
}

// dropVars drops the variables of the last request, which are not assigned.
func (s *solver) dropVars() {
	n := int(s.p.vars)
	if len(s.level) == n {
		return
	}
	s.kinds = s.p.kinds
	s.val, s.level, s.place, s.why = s.val[:2*n], s.level[:n], s.place[:n], s.why[:n]
	s.activity, s.seen, s.phase, s.heads = s.activity[:n], s.seen[:n], s.phase[:2*n], s.heads[:2*n]
	s.heap.at = s.heap.at[:n]
	s.heap.copyFrom(&s.image.heap)
}

// addClause adds a clause for this request, on level 0. It reports false when none of
// its literals can hold.
func (s *solver) addClause(lits ...lit) bool {
	c := int32(len(s.arena))                                   //nolint:gosec // bounded by the budget
	s.arena = append(s.arena, lit(len(lits)), lit(structural)) //nolint:gosec // literals are few
	s.arena = append(s.arena, lits...)
	sub := s.arena[c+2:]
	// What does not hold yet is watched.
	j := 0
	for i, l := range sub {
		if s.val[l] >= 0 {
			sub[i], sub[j] = sub[j], l
			j++
		}
	}
	if len(lits) > 1 {
		s.attach(c)
	}
	if j == 1 && s.val[sub[0]] == 0 {
		s.assign(sub[0], byClause|reason(c)) //nolint:gosec // offsets have 29 bits
	}
	return j > 0
}

// shrink gives back what an unusually long request has taken.
func (s *solver) shrink() {
	if cap(s.arena) > 4*len(s.image.arena)+1<<20 {
		s.arena = slices.Clone(s.image.arena)
	}
	if cap(s.watch) > 4*len(s.image.watch)+1<<20 {
		s.watch = slices.Clone(s.image.watch)
	}
	if cap(s.stored) > 1<<20 {
		s.stored = slices.Clone(s.image.stored)
	}
}

func (s *solver) depth() int32 { return int32(len(s.starts)) } //nolint:gosec // at most the variables

func (s *solver) newLevel() {
	s.starts = append(s.starts, int32(len(s.trail)))    //nolint:gosec // at most the variables
	s.storedN = append(s.storedN, int32(len(s.stored))) //nolint:gosec // bounded by the budget
}

func (s *solver) assign(l lit, r reason) {
	s.val[l], s.val[l^1] = 1, -1
	v := l.vr()
	s.level[v], s.why[v], s.place[v] = s.depth(), r, int32(len(s.trail)) //nolint:gosec // at most the variables
	s.trail = append(s.trail, l)
}

// decide assigns a literal that is open on a new level.
func (s *solver) decide(l lit) {
	s.spent.decisions++
	s.newLevel()
	s.assign(l, noReason)
}

// cancel takes back all levels above the given one.
func (s *solver) cancel(level int32) {
	if s.depth() <= level {
		return
	}
	to := s.starts[level]
	for i := int32(len(s.trail)) - 1; i >= to; i-- { //nolint:gosec // at most the variables
		l := s.trail[i]
		if i < s.head && s.kinds[l]&hearCard != 0 {
			s.uncount(l)
		} else if i < s.head && s.moreCardOcc != nil {
			s.uncountMore(l)
		}
		s.unassign(l)
	}
	for n := len(s.undo); n > 0 && s.undo[n-1].place >= to; n-- {
		u := s.undo[n-1]
		if u.isHi {
			s.hi[u.num] = u.old
		} else {
			s.lo[u.num] = u.old
		}
		s.undo = s.undo[:n-1]
	}
	s.trail = s.trail[:to]
	s.head = min(s.head, to)
	s.stored = s.stored[:s.storedN[level]]
	s.starts, s.storedN = s.starts[:level], s.storedN[:level]
}

func (s *solver) unassign(l lit) {
	s.val[l], s.val[l^1] = 0, 0
	v := l.vr()
	s.why[v] = noReason
	if s.heap.at[v] < 0 {
		s.heap.insert(v, s.activity)
	}
}

// spent is what a request has used of its budget.
type spent struct {
	conflicts, propagations, decisions int64
	budget                             Budget
	ctx                                context.Context //nolint:containedctx // of one request, cleared with it
	polls                              uint32
}

// exhausted reports why a request must stop, or nil.
func (s *solver) exhausted() error { return s.spent.exhausted() }
