package engine

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
)

// Complete finds the complete configuration with the choices that costs the least,
// or takes the least time and costs the least among those. Among equals it takes the
// first: for each group in the model's order, of a choice nothing before an option
// and the earlier option before the later, of a group with several as few of the
// earlier as possible, of a number absence before the smallest value.
//
// Costs are minimised by cores (OLL: Andres et al. 2012; Morgado, Dodaro and
// Marques-Silva 2014), the dearest first. A set of wishes of which one must be given
// up raises the lower bound and is replaced by its cardinality, which the solver
// propagates natively; when all remaining wishes agree, the bound is the optimum.
func (c *Compiled) Complete(ctx context.Context, r Request, goal Goal) (*Completion, error) {
	if c.facts.Void {
		return nil, ErrContradiction
	}
	list, err := c.wishes(r.Choices)
	if err != nil {
		return nil, err
	}
	costs, times, err := c.softs(&goal)
	if err != nil {
		return nil, err
	}
	w, err := c.borrow(ctx, r.Budget)
	if err != nil {
		return nil, err
	}
	defer c.giveBack(w)
	w.want(list, 0)
	if ok, err := w.sv.solve(w.hold); err != nil || !ok {
		if err == nil {
			err = ErrContradiction
		}
		return nil, err
	}
	out := &Completion{}
	switch goal.Time {
	case NoTime:
	case MaxTime:
		if err := w.soonest(times); err != nil {
			return nil, err
		}
	case SumTime:
		if err := w.minimize(times); err != nil {
			return nil, err
		}
	}
	if err := w.minimize(costs); err != nil {
		return nil, err
	}
	w.sv.cancel(0)
	w.sv.order, w.sv.orderN = c.preferred(), 0
	if ok, err := w.sv.solve(w.hold); err != nil || !ok {
		if err == nil {
			err = fmt.Errorf("the cheapest configuration was lost: %w", ErrContradiction)
		}
		return nil, err
	}
	out.Configuration = w.configuration()
	c.measure(out, &goal)
	return out, nil
}

// soft is a literal whose falsity costs something.
type soft struct {
	l      lit
	weight int64
}

// softs are the wishes behind a goal.
func (c *Compiled) softs(goal *Goal) (costs, times []soft, err error) {
	for _, x := range []struct {
		of      map[Ref]int64
		out     *[]soft
		isTime  bool
		skipped bool
	}{{goal.Costs, &costs, false, false}, {goal.Times, &times, true, goal.Time == NoTime}} {
		if x.skipped {
			continue
		}
		weights := map[lit]int64{}
		total := new(big.Int)
		for _, ref := range sortedRefs(x.of) {
			v := x.of[ref]
			if x.isTime && v < 0 {
				return nil, nil, &RequestError{-1, fmt.Sprintf("%s.%s has a lead time below 0", ref.Group, ref.Option)}
			}
			if err := c.weigh(weights, total, ref, v, x.isTime); err != nil {
				return nil, nil, err
			}
		}
		if total.BitLen() > 61 {
			return nil, nil, &RequestError{-1, "the costs can add up to more than 2^61; use a larger unit"}
		}
		for l, v := range weights {
			if v > 0 {
				*x.out = append(*x.out, soft{l.not(), v})
			} else if v < 0 {
				*x.out = append(*x.out, soft{l, -v})
			}
		}
		slices.SortFunc(*x.out, compareSofts)
	}
	return costs, times, nil
}

func sortedRefs(of map[Ref]int64) []Ref {
	return slices.SortedFunc(maps.Keys(of), func(a, b Ref) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Option, b.Option))
	})
}

func compareSofts(a, b soft) int {
	switch {
	case a.weight > b.weight:
		return -1
	case a.weight < b.weight:
		return 1
	}
	return int(a.l - b.l)
}

// weigh adds what an option, or each unit of a number, costs.
func (c *Compiled) weigh(weights map[lit]int64, total *big.Int, ref Ref, v int64, isTime bool) error {
	g, ok := c.s.index[ref.Group]
	if !ok {
		return &RequestError{-1, fmt.Sprintf("a cost: there is no group %q", ref.Group)}
	}
	add := func(l lit, by *big.Int, times int64) {
		total.Add(total, new(big.Int).Mul(new(big.Int).Abs(by), big.NewInt(times)))
		if by.IsInt64() {
			weights[l] += by.Int64()
		}
	}
	if c.s.m.Groups[g].Number == nil {
		o, ok := c.s.opts[g][ref.Option]
		if !ok {
			return &RequestError{-1, fmt.Sprintf("a cost: group %q has no option %q", ref.Group, ref.Option)}
		}
		add(c.opts[g][o], big.NewInt(v), 1)
		return nil
	}
	if ref.Option != "" || isTime {
		return &RequestError{-1, fmt.Sprintf("group %q is a number: it has a cost for each unit, no options and no lead time", ref.Group)}
	}
	n := &c.prog.nums[c.nums[g]]
	add(n.present, new(big.Int).Mul(big.NewInt(v), big.NewInt(n.min)), 1)
	by := new(big.Int).Mul(big.NewInt(v), big.NewInt(n.step))
	for i := int32(1); i < n.n; i++ {
		add(n.atLeast(i), by, 1)
	}
	return nil
}

// soonest finds the least greatest lead time and holds it.
func (w *worker) soonest(times []soft) error {
	steps := []int64{0}
	for _, t := range times {
		steps = append(steps, t.weight)
	}
	slices.Sort(steps)
	steps = slices.Compact(steps)
	within := func(limit int64) []lit {
		lits := slices.Clone(w.hold)
		for _, t := range times {
			if t.weight > limit {
				lits = append(lits, t.l)
			}
		}
		return lits
	}
	lo, hi := 0, len(steps)-1
	for lo < hi {
		mid := (lo + hi) / 2
		ok, err := w.sv.solve(within(steps[mid]))
		if err != nil {
			return err
		}
		if ok {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	w.hold = within(steps[lo])
	return nil
}

// preferred is the order in which equals are told apart.
func (c *Compiled) preferred() []lit {
	var out []lit
	for g := range c.s.m.Groups {
		grp := &c.s.m.Groups[g]
		switch {
		case grp.Number != nil:
			n := &c.prog.nums[c.nums[g]]
			if n.present != litTrue {
				out = append(out, n.present.not())
			}
			for i := int32(1); i < n.n; i++ {
				out = append(out, n.atLeast(i).not())
			}
		case grp.Max == 1:
			if c.none[g] != noLit {
				out = append(out, c.none[g])
			}
			out = append(out, c.opts[g]...)
		default:
			out = append(out, negate(c.opts[g])...)
		}
	}
	return out
}

// configuration reads what the solver has found.
func (w *worker) configuration() Configuration {
	c, sv := w.c, w.sv
	out := make(Configuration, len(c.s.m.Groups))
	for g := range out {
		if c.s.m.Groups[g].Number != nil {
			n := &c.prog.nums[c.nums[g]]
			if sv.val[n.present] < 0 {
				out[g].Absent = true
				continue
			}
			out[g].Number = n.value(n.indexIn(func(l lit) bool { return sv.val[l] > 0 }))
			continue
		}
		for o, l := range c.opts[g] {
			if sv.val[l] > 0 {
				out[g].Options = append(out[g].Options, o)
			}
		}
	}
	return out
}

// measure adds up what a completion costs and takes.
func (c *Compiled) measure(out *Completion, goal *Goal) {
	for g := range c.s.m.Groups {
		grp, d := &c.s.m.Groups[g], &out.Configuration[g]
		if grp.Number != nil && !d.Absent {
			out.Cost += goal.Costs[Ref{Group: grp.Key}] * d.Number
		}
		for _, o := range d.Options {
			ref := Ref{grp.Key, grp.Options[o]}
			out.Cost += goal.Costs[ref]
			switch goal.Time {
			case NoTime:
			case MaxTime:
				out.LeadTime = max(out.LeadTime, goal.Times[ref])
			case SumTime:
				out.LeadTime += goal.Times[ref]
			}
		}
	}
}
