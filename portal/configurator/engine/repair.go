package engine

import (
	"context"
	"fmt"
	"slices"
)

// Repairs are the ways to have what is wanted by giving up choices, never one of
// those to keep (indexes of choices): all smallest ways first, then larger ones of
// which nothing can be left out, at most as many as asked for. Among ways of one
// size, one that drops later choices is before one that drops earlier ones. Nothing
// to drop is one way, an empty one.
//
// By implicit hitting sets (Reiter 1987; Moreno-Centeno and Karp 2013): whatever set
// of choices is dropped must hit every set that is known to be in contradiction; the
// smallest that does is tried, and is a repair or shows another contradiction.
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
	w.want(list, 0)
	for i, at := range w.choice {
		if at >= 0 && hard[at] {
			w.choice[i] = -1
		}
	}
	return w.repairs(len(list), max(1, most))
}

func (w *worker) repairs(choices, most int) ([]Repair, error) {
	h := hitting{spent: &w.sv.spent}
	out := []Repair{}
	dropped := make([]bool, choices)
	for len(out) < most {
		set, err := h.next()
		if err != nil {
			return nil, err
		}
		if set == nil {
			break
		}
		clear(dropped)
		for _, i := range set {
			dropped[i] = true
		}
		ok, err := w.agree(dropped)
		if err != nil {
			return nil, err
		}
		if ok {
			slices.Sort(set)
			out = append(out, Repair{Drop: set})
			h.found = append(h.found, set)
			if len(set) == 0 {
				break
			}
			continue
		}
		core := w.blamed(dropped)
		core = slices.DeleteFunc(core, func(i int) bool { return i < 0 })
		if len(core) == 0 {
			break // nothing that is dropped helps
		}
		h.cores = append(h.cores, core)
	}
	if len(out) == 0 {
		return nil, ErrContradiction
	}
	return out, nil
}

// hitting looks for smallest sets that hit all cores and contain no set found before.
type hitting struct {
	cores [][]int
	found [][]int
	spent *spent
	size  int // nothing smaller is left

	elements []int // of the cores, descending
	chosen   []int
	nodes    int64
}

// next is the first of the smallest such sets, or nil when there is none.
func (h *hitting) next() ([]int, error) {
	h.elements = h.elements[:0]
	for _, c := range h.cores {
		h.elements = append(h.elements, c...)
	}
	slices.Sort(h.elements)
	h.elements = slices.Compact(h.elements)
	slices.Reverse(h.elements)
	for ; h.size <= len(h.elements); h.size++ {
		h.chosen = h.chosen[:0]
		ok, err := h.walk(0, h.size)
		if err != nil {
			return nil, err
		}
		if ok {
			return append([]int{}, h.chosen...), nil
		}
	}
	return nil, nil
}

// walk decides the elements from the given place on, with so many left to choose.
func (h *hitting) walk(at, left int) (bool, error) {
	if h.nodes++; h.nodes&1023 == 0 {
		h.spent.propagations += 1024
		if err := h.spent.exhausted(); err != nil {
			return false, err
		}
	}
	for _, f := range h.found {
		if subset(f, h.chosen) {
			return false, nil
		}
	}
	apart, hit := h.bound(at, left)
	if hit {
		// With some left to choose, it was looked at when smaller ones were.
		return left == 0, nil
	}
	if apart > left || at == len(h.elements) {
		return false, nil
	}
	h.chosen = append(h.chosen, h.elements[at])
	ok, err := h.walk(at+1, left-1)
	if ok || err != nil {
		return ok, err
	}
	h.chosen = h.chosen[:len(h.chosen)-1]
	return h.walk(at+1, left)
}

// bound is a number of sets, none of which is hit and no two of which overlap, so
// that as many elements are needed; hit says that all are hit.
func (h *hitting) bound(at, left int) (apart int, hit bool) {
	hit = true
	var used []int
	for _, c := range h.cores {
		if overlap(c, h.chosen) {
			continue
		}
		hit = false
		reachable := at < len(h.elements) && c[0] <= h.elements[at]
		if !reachable {
			return left + 1, false
		}
		if !overlap(c, used) {
			used = append(used, c...)
			apart++
		}
	}
	return apart, hit
}

func overlap(a, b []int) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}

func subset(a, b []int) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
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
