package engine

// Where no example agrees with the choices, those that nearly do are adapted: what
// the choices demand is flipped, then what that breaks is mended. An example that
// has been adapted differs from the model in as many values as chance had it, and
// shows half of what is unseen at once, where a patch shows a few.

// adaptations bounds how many examples are tried, and poor is how little one may show
// before patches are cheaper.
const (
	adaptations = 12
	poor        = 10
	many        = 300 // unseen values, below which patches are cheaper from the start
	fewer       = 20  // the same where examples are adapted all at once
)

// adapt shows what examples near the choices can be made to show.
func (w *worker) adapt() {
	unseen := w.unseen()
	if w.c.flocks() {
		if unseen >= fewer {
			w.herd()
			w.seeFlock()
		}
		return
	}
	if unseen < many {
		return
	}
	wits := &w.c.wits
	misses := w.misses()
	base := w.sv.depth()
	tried, failures := 0, 0
	for miss := uint8(0); tried < adaptations && failures < 3; miss++ {
		more := false
		for i := 0; i < wits.n && tried < adaptations && failures < 3; i++ {
			more = more || misses[i] > miss
			if misses[i] != miss || (miss == 0 && w.agrees(i)) {
				continue
			}
			tried++
			if !w.adaptOne(i) {
				failures++
			} else if w.seeModel() < poor+len(w.c.values)/200 {
				failures++
			}
			w.sv.cancel(base)
		}
		if !more {
			return
		}
	}
}

// adaptNearest makes the example that misses the fewest assumptions the model if it
// can be adapted.
func (w *worker) adaptNearest() bool {
	best, fewest := 0, uint8(255)
	for i, n := range w.misses() {
		if n < fewest {
			best, fewest = i, n
		}
	}
	return w.adaptOne(best)
}

// agrees reports whether an example has been seen already.
func (w *worker) agrees(i int) bool { return w.mask[i>>6]>>(i&63)&1 != 0 }

// misses counts the assumptions that each example does not have, 255 for more: in
// eight words for each 64 examples, one for each binary digit of their counts.
func (w *worker) misses() []uint8 {
	wits := &w.c.wits
	if w.missed == nil {
		w.missed, w.digits = make([]uint8, wits.n), make([][8]uint64, wits.words)
	}
	clear(w.digits)
	for _, l := range w.hold {
		if l.vr() >= w.c.prog.vars {
			continue
		}
		for i := range w.digits {
			d, carry := &w.digits[i], ^wits.having(w.c, l, i)
			for p := 0; p < 8 && carry != 0; p++ {
				d[p], carry = d[p]^carry, d[p]&carry
			}
			if carry != 0 {
				for p := range d {
					d[p] |= carry
				}
			}
		}
	}
	for i := range w.missed {
		n := uint64(0)
		for p, d := range w.digits[i>>6] {
			n |= d >> (i & 63) & 1 << p
		}
		w.missed[i] = uint8(n) //nolint:gosec // eight digits
	}
	return w.missed
}

// adaptOne makes an example the model if it can be adapted.
func (w *worker) adaptOne(i int) bool {
	if w.spare == nil {
		w.spare = make([]bool, len(w.model))
	}
	w.model, w.spare = w.spare, w.model
	w.load(w.c.wits.models[i])
	w.flips = w.flips[:0]
	w.flip(len(w.c.image.trail))
	w.sv.lazy = true
	ok := w.mendAll()
	w.sv.lazy = false
	w.sv.dropQueues()
	if !ok {
		w.model, w.spare = w.spare, w.model
	}
	return ok
}

// unseen counts the open literals that nothing has shown yet.
func (w *worker) unseen() int {
	n := 0
	for _, v := range w.c.values {
		if w.sv.val[v.l] == 0 && (!w.seen[v.l] || !w.seen[v.l.not()]) {
			n++
		}
	}
	return n
}

// seeModel marks what the model shows and counts what had not been seen.
func (w *worker) seeModel() int {
	fresh := 0
	for _, v := range w.c.values {
		l := v.l
		if !w.model[l] {
			l = l.not()
		}
		if !w.seen[l] {
			w.seen[l] = true
			fresh++
		}
	}
	w.seeNumbers()
	return fresh
}
