package engine

import (
	"context"
	"runtime"
	"slices"
)

// Compiled is a model made ready for questions. It does not change, but for caches
// that no answer depends on, and is safe for parallel use.
type Compiled struct {
	names
	image *image
	plain *image // without what was learnt in advance

	values  []value // in the order of the model
	starts  []int32 // of groups, in values
	valueAt []int32 // by variable, or -1
	widest  int32   // most nodes of a table
	facts   Facts
	pool    chan *worker
	wits    witnesses
	cache   answers
	check   checker
	numbers []number // of the program
}

// value is one option: its group, its place there, its literal.
type value struct {
	group, option int32
	l             lit
}

// Options are what compiling may be told.
type Options struct {
	// Budget of finding out what is impossible from the beginning.
	Budget Budget
	// Witnesses bounds how many example configurations are kept; 0 is the default.
	Witnesses int
	// Once says that few questions will be asked, so that nothing is learnt for them
	// in advance. No answer depends on it.
	Once bool
}

// compileBudget is for all of compiling.
var compileBudget = Budget{Conflicts: 2_000_000, Propagations: 2_000_000_000}

// Compile makes a model ready. The model must not be changed afterwards.
func Compile(ctx context.Context, m *Model, o Options) (*Compiled, error) {
	s, err := newSchema(m)
	if err != nil {
		return nil, err
	}
	e := newEncoder(s)
	e.draw = true
	if err := e.all(); err != nil {
		return nil, err
	}
	c := &Compiled{names: names{s: s, prog: e.p, opts: e.opts, nums: e.nums, none: e.none}}
	if err := e.checks(&c.check); err != nil {
		return nil, err
	}
	e.p.seal()
	c.numbers, c.check.lits = e.p.nums, int(2*e.p.vars)
	c.facts.Rules = len(m.Rules)
	c.valueAt = make([]int32, e.p.vars)
	for i := range c.valueAt {
		c.valueAt[i] = -1
	}
	for _, t := range e.p.tables {
		c.widest = max(c.widest, t.nodes)
	}
	for g := range m.Groups {
		c.starts = append(c.starts, int32(len(c.values))) //nolint:gosec // an index
		for o := range m.Groups[g].Options {
			c.valueAt[e.opts[g][o].vr()] = int32(len(c.values))                  //nolint:gosec // an index
			c.values = append(c.values, value{int32(g), int32(o), e.opts[g][o]}) //nolint:gosec // indexes
		}
	}
	c.facts.Options = len(c.values)
	if o.Budget == (Budget{}) {
		o.Budget = compileBudget
	}
	if err := c.settle(ctx, o); err != nil {
		return nil, err
	}
	return c, nil
}

// all declares everything, in the order of the model.
func (e *encoder) all() error {
	for g := range e.c.m.Groups {
		e.group(g)
		if grp := &e.c.m.Groups[g]; grp.Number == nil && grp.Max == 1 && grp.Min <= 0 {
			e.nothing(g)
		}
	}
	for i := range e.c.m.Rules {
		if err := e.rule(i); err != nil {
			return err
		}
	}
	return nil
}

// settle finds out what holds before anybody chooses, and example configurations.
func (c *Compiled) settle(ctx context.Context, o Options) error {
	sv := newSolver(c.prog)
	sv.trace = true
	sv.spent = spent{budget: o.Budget, ctx: ctx}
	if !sv.start() {
		return c.void(ctx, sv.blamed.list())
	}
	sv.settleRoots()
	ok, err := sv.search(0)
	if err != nil {
		return err
	}
	if !ok {
		return c.void(ctx, sv.blamed.list())
	}
	c.wits.init(c, o.Witnesses)
	if err := c.backbone(sv); err != nil {
		return err
	}
	sv.cancel(0)
	sv.settleRoots()
	c.simplify(sv)
	for _, v := range c.values {
		ref := Ref{c.s.m.Groups[v.group].Key, c.s.m.Groups[v.group].Options[v.option]}
		switch c.image.val[v.l] {
		case 1:
			c.facts.Core = append(c.facts.Core, ref)
		case -1:
			c.facts.Dead = append(c.facts.Dead, ref)
		}
	}
	n := runtime.GOMAXPROCS(0)
	c.pool = make(chan *worker, n)
	for range n {
		c.pool <- nil
	}
	if err := c.diversify(ctx, o); err != nil {
		return err
	}
	c.cache.init(c)
	c.plain = c.image
	if o.Once {
		return nil
	}
	return c.rehearse(ctx)
}

func (c *Compiled) void(ctx context.Context, rules []int32) error {
	c.facts.Void = true
	minimal, err := c.minimalRules(ctx, compileBudget, nil, rules)
	if err != nil {
		return err
	}
	c.facts.Conflict = minimal
	return nil
}

// settleRoots writes down the provenance of all that holds on level 0.
func (s *solver) settleRoots() {
	if s.depth() > 0 {
		return
	}
	for i := s.settled; i < int32(len(s.trail)); i++ { //nolint:gosec // at most the variables
		l := s.trail[i]
		v := l.vr()
		if s.why[v] == noReason {
			s.settled = i + 1
			continue
		}
		s.blamed.clear()
		s.blamed.add(s, s.ruleOf(s.why[v]))
		s.buf = s.explain(s.why[v], l, s.buf[:0])
		for _, q := range s.buf {
			s.blamed.add(s, s.p.roots[q.vr()])
		}
		s.p.roots[v] = s.programCode()
		s.settled = i + 1
	}
}

// programCode is code with sets that belong to the program, equal ones only once in
// a row.
func (s *solver) programCode() int32 {
	list := s.blamed.list()
	switch len(list) {
	case 0:
		return structural
	case 1:
		return list[0]
	}
	if n := len(s.p.sets); n > 0 && slices.Equal(s.p.sets[n-1], list) {
		return setCode(n - 1)
	}
	s.moveSets()
	s.p.sets = append(s.p.sets, list)
	return setCode(len(s.p.sets) - 1)
}

// moveSets gives the solver's own sets to the program, so that codes stay valid.
func (s *solver) moveSets() {
	s.p.sets = append(s.p.sets, s.sets...)
	s.sets = nil
}

// backbone asks of every value and threshold that no example has shown yet whether
// it is possible, and settles what is not, after Janota, Lynce and Marques-Silva,
// "Algorithms for computing backbones of propositional formulae" (2015).
func (c *Compiled) backbone(sv *solver) error {
	c.wits.take(c, sv)
	for _, v := range c.values {
		for _, l := range []lit{v.l, v.l.not()} {
			if err := c.probe(sv, l); err != nil {
				return err
			}
		}
	}
	for i := range c.prog.nums {
		if err := c.probe(sv, c.prog.nums[i].present); err != nil {
			return err
		}
		if err := c.probe(sv, c.prog.nums[i].present.not()); err != nil {
			return err
		}
	}
	return nil
}

// probe settles l: either an example shows it or it never holds.
func (c *Compiled) probe(sv *solver, l lit) error {
	if c.wits.seen[l] {
		return nil
	}
	sv.cancel(0)
	if sv.val[l] != 0 {
		return nil
	}
	sv.order, sv.orderN = c.wits.unseen(c, sv.order[:0]), 0
	sv.decide(l)
	ok, err := sv.search(1)
	if err != nil {
		return err
	}
	if ok {
		c.wits.take(c, sv)
		return nil
	}
	sv.cancel(0)
	if sv.val[l] == 0 {
		rule := sv.code()
		cref := int32(len(sv.arena)) //nolint:gosec // bounded by the budget
		sv.arena = append(sv.arena, 1, lit(rule), l.not())
		sv.assign(l.not(), byClause|reason(cref)) //nolint:gosec // offsets have 29 bits
	}
	if r := sv.propagate(); r != noReason { // cannot be, there is an example
		sv.finish(r, noLit)
	}
	sv.settleRoots()
	return nil
}

// simplify rebuilds the clauses without what is settled, and freezes the result.
func (c *Compiled) simplify(sv *solver) {
	old := c.prog
	p := *old
	p.arena, p.crefs = nil, nil
	p.units = nil
	for _, l := range sv.trail {
		p.units = append(p.units, unit{l, old.roots[l.vr()]})
	}
	for _, cref := range old.crefs {
		out := make([]lit, 0, old.arena[cref])
		holds := false
		sv.blamed.clear()
		sv.blamed.add(sv, old.rule(cref))
		for _, l := range old.lits(cref) {
			switch sv.val[l] {
			case 1:
				holds = true
			case -1:
				sv.blamed.add(sv, old.roots[l.vr()])
			default:
				out = append(out, l)
			}
		}
		if holds {
			continue
		}
		rule := old.rule(cref)
		if len(out) < int(old.arena[cref]) {
			rule = sv.programCode()
		}
		p.clean(rule, out)
	}
	p.sets, p.roots = old.sets, old.roots
	p.seal()
	c.prog = &p
	fresh := newSolver(&p)
	fresh.trace = true
	fresh.start()
	fresh.settled = int32(len(fresh.trail)) //nolint:gosec // at most the variables
	c.image = fresh.freeze()
}
