package engine

import (
	"context"
	"errors"
	"math/rand/v2"
)

// What a customer's first choice excludes is learnt when a model is compiled:
// propagation alone does not see all of it, and proving it again in each request is
// what makes some of them slow. So each possible first choice is asked about, in the
// spirit of the failed literals of Freeman (1995) and Le Berre (2001) but with the
// engine's own question, and the short clauses that this teaches are kept. They
// follow from the model, so that no answer depends on them.

// The bounds of a rehearsal. It ends early, with what it has learnt so far, always at
// the same place.
const (
	rehearsed   = 1_500_000 // propagations
	rehearsals  = 5_000     // conflicts
	lemmaLength = 4         // literals of the longest clause that is kept
)

// rehearse asks about first choices, in an order of chance that is always the same,
// and keeps what is learnt.
func (c *Compiled) rehearse(ctx context.Context) error {
	w := c.newWorker()
	sv := w.sv
	sv.maxLearn = 1 << 30
	sv.spent = spent{budget: Budget{Conflicts: rehearsals, Propagations: rehearsed}, ctx: ctx}
	random := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // the same on each run
	for _, i := range random.Perm(2 * len(c.values)) {
		l := c.values[i>>1].l ^ lit(i&1)
		if sv.image.val[l] != 0 {
			continue
		}
		sv.cancel(0)
		w.hold, w.choice = append(w.hold[:0], l), append(w.choice[:0], 0)
		ok, err := w.solve()
		if err == nil && ok {
			err = w.decideAll()
		}
		sv.spent.propagations += int64(len(c.values))/4 + w.looked/8 // what looking at each costs
		w.looked = 0
		if err == nil {
			err = sv.exhausted()
		}
		if errors.Is(err, ErrBudget) {
			break
		}
		if err != nil {
			return err
		}
	}
	sv.cancel(0)
	c.keep(sv)
	return nil
}

// keep puts the short clauses that a solver has learnt into the image.
func (c *Compiled) keep(from *solver) {
	to := c.image.thaw(c.prog)
	for _, x := range from.learnts {
		lits := from.arena[x.cref+2 : x.cref+2+int32(from.arena[x.cref])]
		if len(lits) > lemmaLength {
			continue
		}
		cref := int32(len(to.arena))                                 //nolint:gosec // bounded by the rehearsal
		to.arena = append(to.arena, lit(len(lits)), lit(structural)) //nolint:gosec // literals are few
		to.arena = append(to.arena, lits...)
		to.attach(cref)
	}
	c.image = to.freeze()
}
