package engine

import (
	"context"
	"fmt"
)

// Values are the values of a number that some completion of the choices has,
// ascending. Between the ends that Domains tells there may be holes.
func (c *Compiled) Values(ctx context.Context, r Request, group string) ([]int64, error) {
	g, ok := c.s.index[group]
	if !ok || c.s.m.Groups[g].Number == nil {
		return nil, &RequestError{-1, fmt.Sprintf("there is no number %q", group)}
	}
	if c.facts.Void {
		return nil, ErrContradiction
	}
	list, err := c.wishes(r.Choices)
	if err != nil {
		return nil, err
	}
	w, err := c.borrow(ctx, r.Budget)
	if err != nil {
		return nil, err
	}
	defer c.giveBack(w)
	w.want(list, 0)
	if ok, err := w.solve(); err != nil || !ok {
		if err == nil {
			err = ErrContradiction
		}
		return nil, err
	}
	return w.values(c.nums[g])
}

func (w *worker) values(id int32) ([]int64, error) {
	sv, n := w.sv, &w.c.prog.nums[id]
	out := []int64{}
	if sv.val[n.present] < 0 {
		return out, nil
	}
	base := sv.depth()
	for i, last := sv.lo[id], sv.hi[id]; i <= last; i++ {
		sv.cancel(base)
		if sv.assume([]lit{n.atLeast(i), n.atLeast(i + 1).not()}) {
			ok, err := sv.search(sv.depth())
			if err != nil {
				return nil, err
			}
			if ok {
				out = append(out, n.value(i))
			}
		}
		if err := sv.exhausted(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
