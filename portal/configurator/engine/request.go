package engine

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
)

// wish is a choice as literals that must all hold, or as a clause when it is a
// negation of several.
type wish struct {
	lits   []lit
	clause bool
}

// names are where the literals of groups are, in a program.
type names struct {
	s    *schema
	prog *program
	opts [][]lit
	nums []int32
	none []lit // noLit where a group has no literal for "nothing"
}

// wishes reads choices. Nothing may be named that the model does not have, and no
// group twice in a way that cannot hold.
func (c *Compiled) wishes(choices []Choice) ([]wish, error) {
	if len(choices) > MaxChoices {
		return nil, &RequestError{-1, fmt.Sprintf("%d choices at once are too many, the limit is %d", len(choices), MaxChoices)}
	}
	out := make([]wish, len(choices))
	all := make([]lit, 0, 2*len(choices)) // one piece of memory for most wishes
	var used map[string]int
	for i := range choices {
		ch := &choices[i]
		w, rest, err := c.wish(ch, all)
		if err != nil {
			return nil, &RequestError{i, err.Error()}
		}
		out[i], all = w, rest
		if used, err = c.twice(choices, i, used); err != nil {
			return nil, &RequestError{i, err.Error()}
		}
	}
	return out, nil
}

// twice refuses a group that is answered twice.
func (c *Compiled) twice(choices []Choice, i int, used map[string]int) (map[string]int, error) {
	ch := &choices[i]
	if ch.Negate {
		return used, nil
	}
	if used == nil {
		used = make(map[string]int, len(choices))
	}
	key := ch.Group
	g := &c.s.m.Groups[c.s.index[ch.Group]]
	if g.Number == nil && !ch.Absent && (g.Max < 0 || g.Max > 1) {
		key += "\x00" + ch.Option
	}
	if at, ok := used[key]; ok {
		return used, fmt.Errorf("group %q is answered twice, by choice %d as well", ch.Group, at+1)
	}
	used[key] = i
	return used, nil
}

func (c *names) wish(ch *Choice, all []lit) (wish, []lit, error) {
	g, ok := c.s.index[ch.Group]
	if !ok {
		return wish{}, all, fmt.Errorf("there is no group %q", ch.Group)
	}
	from := len(all)
	grp := &c.s.m.Groups[g]
	switch {
	case ch.Absent:
		if ch.Option != "" {
			return wish{}, all, fmt.Errorf("group %q cannot be without an option and have %q", ch.Group, ch.Option)
		}
		switch {
		case grp.Number != nil:
			all = append(all, c.prog.nums[c.nums[g]].present.not())
		case c.none[g] != noLit:
			all = append(all, c.none[g])
		default:
			all = append(all, negate(c.opts[g])...)
		}
	case grp.Number != nil:
		if ch.Option != "" {
			return wish{}, all, fmt.Errorf("group %q is a number and has no option %q", ch.Group, ch.Option)
		}
		n := &c.prog.nums[c.nums[g]]
		at, err := n.index(ch.Group, grp.Number, ch.Number)
		if err != nil {
			return wish{}, all, err
		}
		for _, l := range [...]lit{n.atLeast(at), n.atLeast(at + 1).not()} {
			if l != litTrue {
				all = append(all, l)
			}
		}
	default:
		o, ok := c.s.opts[g][ch.Option]
		if !ok {
			return wish{}, all, fmt.Errorf("group %q has no option %q", ch.Group, ch.Option)
		}
		all = append(all, c.opts[g][o])
	}
	w := wish{lits: all[from:len(all):len(all)]}
	if ch.Negate {
		for i, l := range w.lits {
			w.lits[i] = l.not()
		}
		w.clause = len(w.lits) > 1
		if len(w.lits) == 0 {
			w.lits = []lit{litNot}
		}
	}
	return w, all, nil
}

// index is the index of a value, or an error that names its neighbours.
func (n *number) index(key string, num *Number, v int64) (int32, error) {
	last := n.value(n.n - 1)
	switch {
	case v < n.min:
		return 0, fmt.Errorf("%s is below the least value of %q, %s", num.text(v), key, num.text(n.min))
	case v > last:
		return 0, fmt.Errorf("%s is above the greatest value of %q, %s", num.text(v), key, num.text(last))
	}
	k := (v - n.min) / n.step
	if at := n.min + k*n.step; at != v {
		return 0, fmt.Errorf("%s is no step of %q; the nearest are %s and %s", num.text(v), key, num.text(at), num.text(at+n.step))
	}
	return int32(k), nil //nolint:gosec // at most MaxSteps
}

// text writes a value in its unit.
func (n *Number) text(v int64) string {
	sign, digits := "", fmt.Sprint(v)
	if v < 0 {
		sign, digits = "-", digits[1:]
	}
	for len(digits) <= int(n.Scale) {
		digits = "0" + digits
	}
	if n.Scale > 0 {
		at := len(digits) - int(n.Scale)
		digits = digits[:at] + "." + digits[at:]
	}
	if n.Unit != "" {
		digits += " " + n.Unit
	}
	return sign + digits
}

// worker is a solver and what the layers above it need, reset for each request.
type worker struct {
	c  *Compiled
	sv *solver
	// hold are the assumptions of the request, choice the index of each.
	hold   []lit
	choice []int
	// model is a complete assignment that agrees with the choices, by literal; seen
	// are the literals that one has shown.
	model   []bool
	seen    []bool
	spare   []bool  // another model
	clauses [][]lit // wishes of which one literal must hold
	missed  []uint8 // by example
	digits  [][8]uint64
	flips   []lit
	looked  int64 // literals at which mending has looked
	// touched are sums and tables that flips may have broken.
	touched  []int32
	touching []bool
	mask     []uint64
	flock    flock
	herded   bool
	cost     []int32 // of the nodes of a table
	pick     []int32
	// lows and highs are the least and greatest value of each number seen in a model.
	lows, highs []int32
}

// borrow takes a worker, waiting for one when all are busy: more than there are
// processors would only need memory.
func (c *Compiled) borrow(ctx context.Context, b Budget) (*worker, error) {
	var w *worker
	select {
	case w = <-c.pool:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if w == nil {
		w = c.newWorker()
	} else {
		w.sv.image = c.image
		w.sv.reset()
	}
	w.hold, w.choice, w.clauses = w.hold[:0], w.choice[:0], w.clauses[:0]
	w.sv.spent = spent{budget: b.orDefault(), ctx: ctx}
	return w, nil
}

func (c *Compiled) newWorker() *worker {
	n := len(c.prog.nums)
	return &worker{
		c: c, sv: c.image.thaw(c.prog), model: make([]bool, 2*c.prog.vars), seen: make([]bool, 2*c.prog.vars),
		mask: make([]uint64, c.wits.words), lows: make([]int32, n), highs: make([]int32, n),
		cost: make([]int32, c.widest), pick: make([]int32, c.widest),
		touching: make([]bool, len(c.prog.sums)+len(c.prog.tables)),
	}
}

func (c *Compiled) giveBack(w *worker) {
	w.sv.spent = spent{}
	c.pool <- w
}

// want adds wishes to the assumptions; first is the index of the first choice, or
// below 0 for what is no choice.
func (w *worker) want(list []wish, first int) {
	for i, x := range list {
		at := first + i
		if first < 0 {
			at = -1 // what is not a choice
		}
		if !x.clause {
			for _, l := range x.lits {
				w.hold, w.choice = append(w.hold, l), append(w.choice, at)
			}
			continue
		}
		w.clauses = append(w.clauses, x.lits)
		a := pos(w.sv.newVar())
		w.sv.addClause(append([]lit{a.not()}, x.lits...)...)
		w.hold, w.choice = append(w.hold, a), append(w.choice, at)
	}
}

// may makes a literal that implies a wish.
func (w *worker) may(x *wish) lit {
	keep := pos(w.sv.newVar())
	if x.clause {
		w.sv.addClause(append([]lit{keep.not()}, x.lits...)...)
		return keep
	}
	for _, l := range x.lits {
		w.sv.addClause(keep.not(), l)
	}
	return keep
}

// blamed are the choices whose assumptions failed, ascending, but for those that
// were out: two choices may be one literal.
func (w *worker) blamed(outs []bool) []int {
	var out []int
	for i, l := range w.hold {
		if at := w.choice[i]; at >= 0 && outs != nil && outs[at] {
			continue
		}
		if slices.Contains(w.sv.failed, l) {
			out = append(out, w.choice[i])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// anySurvivor is the first example in the mask, or -1.
func (w *worker) anySurvivor() int {
	for i, m := range w.mask {
		if m != 0 {
			return 64*i + bits.TrailingZeros64(m)
		}
	}
	return -1
}
