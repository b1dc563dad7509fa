package engine

import (
	"context"
	"slices"
)

// Explain says why the target cannot be added to the choices, or, without a target,
// why the choices contradict each other: a minimal set of the choices, and a minimal
// set of rules that with these choices leave nothing. Earlier choices are left out
// before later ones, as in Junker's QuickXplain (2004) with the customer's order.
// What is possible has no explanation: ErrPossible. To ask why something is forced,
// negate the target.
func (c *Compiled) Explain(ctx context.Context, r Request, target *Choice) (*Explanation, error) {
	if c.facts.Void {
		return &Explanation{Rules: c.facts.Conflict}, nil
	}
	list, err := c.wishes(r.Choices)
	if err != nil {
		return nil, err
	}
	var aim []wish
	if target != nil {
		if aim, err = c.wishes([]Choice{*target}); err != nil {
			return nil, err
		}
	}
	because, err := c.explainChoices(ctx, r, list, aim)
	if err != nil {
		return nil, err
	}
	kept := make([]Choice, 0, len(because)+1)
	for _, i := range because {
		kept = append(kept, r.Choices[i])
		aim = append(aim, list[i])
	}
	if target != nil {
		kept = append(kept, *target)
	}
	rules, err := c.blame(ctx, r, aim)
	if err != nil {
		return nil, err
	}
	minimal, err := c.minimalRules(ctx, r.Budget.orDefault(), kept, rules)
	if err != nil {
		return nil, err
	}
	return &Explanation{Because: because, Rules: minimal}, nil
}

// explainChoices finds the minimal set of choices.
func (c *Compiled) explainChoices(ctx context.Context, r Request, list, aim []wish) ([]int, error) {
	w, err := c.borrow(ctx, r.Budget)
	if err != nil {
		return nil, err
	}
	defer c.giveBack(w)
	w.want(aim, -1)
	w.want(list, 0)
	ok, err := w.agree(nil)
	if err != nil {
		return nil, err
	}
	if ok {
		return nil, ErrPossible
	}
	core := w.blamed(nil)
	out := make([]bool, len(list))
	for i := range list {
		out[i] = true
		if !slices.Contains(core, i) {
			continue
		}
		ok, err := w.agree(out)
		switch {
		case err != nil:
			return nil, err
		case ok:
			out[i] = false
		default:
			core = w.blamed(out)
		}
	}
	because := []int{}
	for i := range list {
		if !out[i] {
			because = append(because, i)
		}
	}
	return because, nil
}

// blame finds rules among which those are that leave nothing with the wishes. It
// does without what was learnt when compiling, which would blame all the rules that
// it was learnt from.
func (c *Compiled) blame(ctx context.Context, r Request, list []wish) ([]int32, error) {
	w, err := c.borrow(ctx, r.Budget)
	if err != nil {
		return nil, err
	}
	defer c.giveBack(w)
	w.sv.image = c.plain
	w.sv.reset()
	w.sv.spent = spent{budget: r.Budget.orDefault(), ctx: ctx}
	w.sv.trace = true
	w.want(list, -1)
	_, err = w.agree(nil)
	return w.sv.blamed.list(), err
}

// agree reports whether the assumptions but those of the choices that are out can be
// completed.
func (w *worker) agree(out []bool) (bool, error) {
	lits := make([]lit, 0, len(w.hold))
	for i, l := range w.hold {
		if at := w.choice[i]; at < 0 || out == nil || !out[at] {
			lits = append(lits, l)
		}
	}
	return w.sv.solve(lits)
}

// minimalRules shrinks a set of rules that leaves nothing with the choices to a
// minimal one, in small programs of these rules alone. Each refutation that is found
// says which rules it used, which drops most of them at once (Belov and
// Marques-Silva 2011 call it refinement).
func (c *Compiled) minimalRules(ctx context.Context, b Budget, choices []Choice, rules []int32) ([]int, error) {
	if !slices.ContainsFunc(rules, func(r int32) bool {
		t := c.s.m.Rules[r].Table
		return t != nil && len(t.Columns) > 2
	}) {
		return c.switchedRules(ctx, b, choices, rules)
	}
	need := make(map[int32]bool)
	set := slices.Clone(rules)
	sp := spent{budget: b, ctx: ctx}
	for {
		used, ok, err := c.refute(&sp, choices, set)
		if err != nil {
			return nil, err
		}
		if ok {
			break // cannot be: the set is known to leave nothing
		}
		set = used
		var next int32 = -1
		for i := len(set) - 1; i >= 0 && next < 0; i-- {
			if need[set[i]] {
				continue
			}
			without := slices.Delete(slices.Clone(set), i, i+1)
			smaller, ok, err := c.refute(&sp, choices, without)
			if err != nil {
				return nil, err
			}
			if ok {
				need[set[i]] = true
				continue
			}
			set, next = smaller, 0
		}
		if next < 0 {
			break
		}
	}
	out := make([]int, len(set))
	for i, r := range set {
		out[i] = int(r)
	}
	return out, nil
}

// refute reports whether choices and rules can be completed; when not, which of the
// rules the refutation used.
func (c *Compiled) refute(sp *spent, choices []Choice, rules []int32) ([]int32, bool, error) {
	e := newEncoder(c.s)
	for _, r := range rules {
		if err := e.rule(int(r)); err != nil {
			return nil, false, err
		}
	}
	sv, err := c.small(sp, e, choices)
	if err != nil {
		return nil, false, err
	}
	if sv.blamed.void {
		return sv.blamed.list(), false, nil
	}
	ok, err := sv.search(0)
	*sp = sv.spent
	return sv.blamed.list(), ok, err
}

// switchedRules is minimalRules with a solver in which each rule can be switched off.
func (c *Compiled) switchedRules(ctx context.Context, b Budget, choices []Choice, rules []int32) ([]int, error) {
	e := newEncoder(c.s)
	rule := make(map[lit]int, len(rules))
	set := make([]lit, 0, len(rules))
	for _, r := range rules {
		on := pos(e.p.newVar())
		if err := e.guarded(int(r), on); err != nil {
			return nil, err
		}
		rule[on] = int(r)
		set = append(set, on)
	}
	sp := spent{budget: b, ctx: ctx}
	sv, err := c.small(&sp, e, choices)
	if err != nil {
		return nil, err
	}
	if sv.blamed.void { // the choices alone leave nothing
		return []int{}, nil
	}
	sv.trace = false
	narrow := func() {
		set = slices.DeleteFunc(set, func(l lit) bool { return !slices.Contains(sv.failed, l) })
	}
	if ok, err := sv.solve(set); err != nil || ok {
		return nil, err
	}
	narrow()
	rotation := newRotation(sv, set)
	for i := len(set) - 1; i >= 0; i-- {
		if i >= len(set) || (rotation != nil && rotation.needed[set[i].vr()]) {
			continue
		}
		ok, err := sv.solve(slices.Delete(slices.Clone(set), i, i+1))
		if err != nil {
			return nil, err
		}
		if !ok {
			narrow()
		}
		if rotation != nil && ok {
			rotation.from(set[i])
		} else if rotation != nil {
			rotation.keep(set)
		}
	}
	out := make([]int, len(set))
	for i, l := range set {
		out[i] = rule[l]
	}
	slices.Sort(out)
	return out, nil
}

// small makes a solver of what an encoder has, and of choices that hold. When units
// alone leave nothing, the solver's blame is void.
func (c *Compiled) small(sp *spent, e *encoder, choices []Choice) (*solver, error) {
	for i := range choices {
		g := c.s.index[choices[i].Group]
		if o := choices[i].Option; o != "" {
			e.option(g, c.s.opts[g][o])
		} else {
			e.group(g)
			e.allOptions(g)
		}
	}
	n := names{s: c.s, prog: e.p, opts: e.opts, nums: e.nums, none: e.none}
	for i := range choices {
		w, _, err := n.wish(&choices[i], nil)
		if err != nil {
			return nil, err
		}
		if w.clause {
			e.p.clause(structural, w.lits...)
			continue
		}
		for _, l := range w.lits {
			e.p.units = append(e.p.units, unit{l, structural})
		}
	}
	e.p.seal()
	sv := newSolver(e.p)
	sv.trace = true
	sv.spent = *sp
	sv.blamed.void = !sv.start()
	return sv, nil
}

// allOptions declares every option of a group.
func (e *encoder) allOptions(g int) {
	for o := range e.c.m.Groups[g].Options {
		e.option(g, o)
	}
}

// Redundant reports whether a rule follows from the others.
func (c *Compiled) Redundant(ctx context.Context, rule int) (bool, error) {
	e := newEncoder(c.s)
	for i := range c.s.m.Rules {
		if i == rule {
			continue
		}
		if err := e.rule(i); err != nil {
			return false, err
		}
	}
	r := &c.s.m.Rules[rule]
	var err error
	if r.Table != nil {
		t := *r.Table
		t.Forbids = !t.Forbids
		err = e.table(int32(rule), litTrue, &t) //nolint:gosec // an index
	} else {
		err = e.implyExpr(int32(rule), litTrue, r.Expr, true) //nolint:gosec // an index
	}
	if err != nil {
		return false, err
	}
	e.p.seal()
	sv := newSolver(e.p)
	sv.spent = spent{budget: compileBudget, ctx: ctx}
	if !sv.start() {
		return true, nil
	}
	ok, err := sv.search(0)
	return !ok, err
}
