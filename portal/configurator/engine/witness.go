package engine

import (
	"context"
	"math/rand/v2"
	"slices"
)

// witnesses are example configurations of a model: for each option the examples that
// have it, as bits. The examples that agree with some choices are the conjunction of
// the choices' rows, and whatever one of them shows is possible without any search.
type witnesses struct {
	most   int
	n      int
	words  int
	rows   []uint64  // by value
	nums   [][]int32 // by number: the index of the value, or -1
	models [][]uint64
	// lanes are the first examples by literal, and every all of these.
	lanes []lanes
	every lanes
	seen  []bool // by literal
}

const witnessBytes = 8 << 20

func (w *witnesses) init(c *Compiled, most int) {
	if most <= 0 {
		most = 256
	}
	each := int(c.prog.vars)/8 + len(c.values)/8 + 4*len(c.prog.nums) + 32
	w.most = max(16, min(most, witnessBytes/each))
	w.seen = make([]bool, 2*c.prog.vars)
	w.nums = make([][]int32, len(c.prog.nums))
}

// unseen are the values that no example has shown yet, in a fixed order.
func (w *witnesses) unseen(c *Compiled, out []lit) []lit {
	for _, v := range c.values {
		if !w.seen[v.l] {
			out = append(out, v.l)
		} else if !w.seen[v.l.not()] {
			out = append(out, v.l.not())
		}
	}
	return out
}

// take adds the assignment of a solver in which all is assigned.
func (w *witnesses) take(c *Compiled, sv *solver) {
	model := make([]uint64, (c.prog.vars+63)/64)
	for v := range c.prog.vars {
		l := pos(v)
		if sv.val[l] > 0 {
			model[v>>6] |= 1 << (v & 63)
			w.seen[l] = true
		} else {
			w.seen[l.not()] = true
		}
	}
	w.models = append(w.models, model)
	for i := range c.prog.nums {
		n := &c.prog.nums[i]
		at := int32(-1)
		if sv.val[n.present] > 0 {
			at = n.indexIn(func(l lit) bool { return sv.val[l] > 0 })
		}
		w.nums[i] = append(w.nums[i], at)
	}
	w.n++
}

// indexIn is the index of the value that a number has, when it is present.
func (n *number) indexIn(holds func(lit) bool) int32 {
	lo, hi := int32(0), n.n-1
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if holds(n.atLeast(mid)) {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

func holdsIn(model []uint64, l lit) bool {
	return (model[l>>7]>>((l>>1)&63)&1 != 0) != l.negated()
}

// diversify adds examples that differ in as many values as chance has it, always the
// same chance, and lays out the rows.
func (c *Compiled) diversify(ctx context.Context, o Options) error {
	w := &c.wits
	sv := c.image.thaw(c.prog)
	sv.spent = spent{budget: o.Budget, ctx: ctx}
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same on each run
	order := make([]lit, 0, len(c.values))
	for w.n < w.most {
		sv.cancel(0)
		order = order[:0]
		for _, v := range c.values {
			l := v.l
			if c.s.m.Groups[v.group].Max != 1 && random.IntN(2) == 0 {
				l = l.not()
			}
			order = append(order, l)
		}
		for i := range c.prog.nums {
			n := &c.prog.nums[i]
			l := n.atLeast(random.Int32N(n.n))
			if random.IntN(2) == 0 {
				l = l.not()
			}
			order = append(order, l)
		}
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		sv.order, sv.orderN = order, 0
		ok, err := sv.search(0)
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		w.take(c, sv)
	}
	w.layOut(c)
	return nil
}

func (w *witnesses) layOut(c *Compiled) {
	w.words = (w.n + 63) / 64
	w.rows = make([]uint64, len(c.values)*w.words)
	for i, m := range w.models {
		for k, v := range c.values {
			if holdsIn(m, v.l) {
				w.rows[k*w.words+i>>6] |= 1 << (i & 63)
			}
		}
	}
	w.seen = nil
	if c.flocks() {
		w.layLanes(c.prog.vars)
	}
	w.models = slices.Clip(w.models)
}

// surviving fills mask with the examples that agree with a literal, given those that
// agreed so far. base is the literal's value, or -1 when it is none.
func (w *witnesses) surviving(mask []uint64, l lit, base int) {
	if base >= 0 {
		row := w.rows[base*w.words : (base+1)*w.words]
		for i := range mask {
			if l.negated() {
				mask[i] &^= row[i]
			} else {
				mask[i] &= row[i]
			}
		}
		return
	}
	for i, m := range w.models {
		if mask[i>>6]>>(i&63)&1 != 0 && !holdsIn(m, l) {
			mask[i>>6] &^= 1 << (i & 63)
		}
	}
}

// having are those of a word's examples that have a literal.
func (w *witnesses) having(c *Compiled, l lit, word int) uint64 {
	if at := c.valueOf(l); at >= 0 {
		row := w.rows[at*w.words+word]
		if l.negated() {
			row = ^row
		}
		return row
	}
	out := uint64(0)
	for i, m := range w.models[64*word : min(64*word+64, w.n)] {
		if holdsIn(m, l) {
			out |= 1 << i
		}
	}
	return out
}
