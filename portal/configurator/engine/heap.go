package engine

import "slices"

// varHeap is a binary heap of variables by activity, and by number among equals, so
// that its order is the same on every run.
type varHeap struct {
	vars []int32
	at   []int32 // place in vars, or -1
}

func (h *varHeap) init(n int) {
	h.vars, h.at = make([]int32, n), make([]int32, n)
	for i := range h.vars {
		h.vars[i], h.at[i] = int32(i), int32(i) //nolint:gosec // an index
	}
}

func (h *varHeap) clone() varHeap { return varHeap{slices.Clone(h.vars), slices.Clone(h.at)} }

func (h *varHeap) copyFrom(o *varHeap) {
	h.vars = append(h.vars[:0], o.vars...)
	copy(h.at, o.at)
}

func before(a, b int32, act []float64) bool {
	return act[a] > act[b] || (act[a] == act[b] && a < b)
}

func (h *varHeap) up(i int, act []float64) {
	v := h.vars[i]
	for i > 0 {
		parent := (i - 1) / 2
		if !before(v, h.vars[parent], act) {
			break
		}
		h.put(i, h.vars[parent])
		i = parent
	}
	h.put(i, v)
}

func (h *varHeap) down(i int, act []float64) {
	v := h.vars[i]
	for {
		child := 2*i + 1
		if child >= len(h.vars) {
			break
		}
		if child+1 < len(h.vars) && before(h.vars[child+1], h.vars[child], act) {
			child++
		}
		if !before(h.vars[child], v, act) {
			break
		}
		h.put(i, h.vars[child])
		i = child
	}
	h.put(i, v)
}

func (h *varHeap) put(i int, v int32) {
	h.vars[i] = v
	h.at[v] = int32(i) //nolint:gosec // an index
}

func (h *varHeap) insert(v int32, act []float64) {
	h.vars = append(h.vars, v)
	h.at[v] = int32(len(h.vars) - 1) //nolint:gosec // an index
	h.up(len(h.vars)-1, act)
}

// pop takes the most active variable, or -1.
func (h *varHeap) pop(act []float64) int32 {
	if len(h.vars) == 0 {
		return -1
	}
	v := h.vars[0]
	last := h.vars[len(h.vars)-1]
	h.vars = h.vars[:len(h.vars)-1]
	h.at[v] = -1
	if len(h.vars) > 0 {
		h.put(0, last)
		h.down(0, act)
	}
	return v
}

func (h *varHeap) raised(v int32, act []float64) {
	if i := h.at[v]; i >= 0 {
		h.up(int(i), act)
	}
}
