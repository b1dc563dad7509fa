package engine

import (
	"context"
	"fmt"
)

// Repairs are the ways to have what is wanted by giving up choices, never one of
// those to keep (indexes of choices): all smallest ways first, then larger ones of
// which nothing can be left out, at most as many as asked for. Among ways of one
// size, one that drops later choices is before one that drops earlier ones. Nothing
// to drop is one way, an empty one.
//
// A repair is a completion in which keeping each choice is a wish (Reiter 1987 has the
// theory): those that give up the fewest are found by cores, as the cheapest
// configuration is.
func (c *Compiled) Repairs(ctx context.Context, r Request, wanted []Choice, keep []int, most int) ([]Repair, error) {
	if c.facts.Void {
		return nil, ErrContradiction
	}
	list, err := c.wishes(r.Choices)
	if err != nil {
		return nil, err
	}
	aim, err := c.wishes(wanted)
	if err != nil {
		return nil, fmt.Errorf("what is wanted: %w", err)
	}
	hard := make([]bool, len(list))
	for _, k := range keep {
		if k < 0 || k >= len(list) {
			return nil, &RequestError{-1, fmt.Sprintf("there is no choice %d to keep, there are %d", k+1, len(list))}
		}
		hard[k] = true
	}
	w, err := c.borrow(ctx, r.Budget)
	if err != nil {
		return nil, err
	}
	defer c.giveBack(w)
	w.want(aim, -1)
	keeps := make([]lit, len(list))
	for i := range list {
		if keeps[i] = noLit; hard[i] {
			w.want(list[i:i+1], i)
			continue
		}
		keeps[i] = w.may(&list[i])
	}
	return w.repairs(keeps, max(1, most))
}

// repairs drops choices at the least cost, each costing one, and forbids what was
// found and all that contains it before it looks for more.
func (w *worker) repairs(keeps []lit, most int) ([]Repair, error) {
	sv := w.sv
	softs := make([]soft, 0, len(keeps))
	order := make([]lit, 0, len(keeps))
	for i := len(keeps) - 1; i >= 0; i-- {
		if keeps[i] != noLit {
			softs = append(softs, soft{keeps[i], 1})
			order = append(order, keeps[i].not())
		}
	}
	m := w.minimizer(softs)
	out := []Repair{}
	for len(out) < most {
		sv.order, sv.orderN = nil, 0
		if ok, err := m.run(); err != nil {
			return nil, err
		} else if !ok {
			break
		}
		sv.cancel(0)
		sv.order, sv.orderN = order, 0
		if ok, err := sv.solve(m.found); err != nil || !ok {
			return nil, err
		}
		drop := []int{}
		block := []lit{}
		for i, l := range keeps {
			if l != noLit && sv.val[l] < 0 {
				drop = append(drop, i)
				block = append(block, l)
			}
		}
		out = append(out, Repair{Drop: drop})
		if len(drop) == 0 {
			break
		}
		sv.cancel(0)
		if !sv.addClause(block...) {
			break
		}
	}
	if len(out) == 0 {
		return nil, ErrContradiction
	}
	return out, nil
}

// exhausted reports why a request must stop, or nil.
func (b *spent) exhausted() error {
	if b.budget.Conflicts > 0 && b.conflicts > b.budget.Conflicts {
		return &BudgetError{What: "conflicts", Limit: b.budget.Conflicts}
	}
	if b.budget.Propagations > 0 && b.propagations > b.budget.Propagations {
		return &BudgetError{What: "propagations", Limit: b.budget.Propagations}
	}
	if b.polls++; b.polls&63 == 0 && b.ctx != nil {
		return b.ctx.Err()
	}
	return nil
}
