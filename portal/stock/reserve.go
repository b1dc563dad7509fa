package stock

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"foyer/ent"
	"foyer/schema/gid"
)

// Want is what an order line needs.
type Want struct {
	LineID    gid.ID // of the order
	VariantID gid.ID
	Quantity  int
}

// Shortage is a variant of which there are not enough.
type Shortage struct {
	VariantID gid.ID
	Wanted    int
	Available int
}

// ShortageError says of which variants there are not enough: of all of them at
// once.
type ShortageError struct{ Shortages []Shortage }

// Error implements error.
func (e *ShortageError) Error() string {
	parts := make([]string, len(e.Shortages))
	for i, x := range e.Shortages {
		parts[i] = fmt.Sprintf("%s: %d wanted, %d available", x.VariantID, x.Wanted, x.Available)
	}
	return "stock: not enough: " + strings.Join(parts, "; ")
}

// IsShort says whether an error is that there is not enough.
func IsShort(err error) bool {
	var short *ShortageError
	return errors.As(err, &short)
}

// Reserved is what became of a reservation.
type Reserved struct {
	// Unsure: what is known of the stock is too old to promise anything; what
	// there is by that knowledge is held all the same.
	Unsure bool
	// Promises are the days on which lines can be sent that cannot be sent now.
	Promises map[gid.ID]time.Time
}

// keys are the keys of a map.
func keys[V any](m map[gid.ID]V) iter.Seq[gid.ID] { return maps.Keys(m) }

// Reserve holds what an order needs, in the running transaction: until a time,
// or for good when until is nil. A *ShortageError says of what there is not
// enough; then nothing is held, and the transaction is best rolled back. What a
// policy promises for later waits for what comes.
func (s *Service) Reserve(ctx context.Context, order gid.ID, wants []Want, until *time.Time) (out Reserved, err error) {
	if until != nil {
		until = new(until.UTC().Truncate(time.Microsecond))
	}
	err = s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		ids := make([]gid.ID, len(wants))
		for i, w := range wants {
			if w.Quantity < 1 || order == "" || w.LineID == "" || w.VariantID == "" {
				return fmt.Errorf("stock: %+v cannot be reserved for %q", w, order)
			}
			ids[i] = w.VariantID
		}
		t, err := s.terms(ctx, tx, ids)
		if err != nil {
			return err
		}
		ids = slices.DeleteFunc(ids, func(id gid.ID) bool { x, there := t[id]; return there && !x.tracked() })
		b, err := s.open(ctx, ids, order)
		if err != nil {
			return err
		}
		b.expire("")
		b.fill()
		if out, err = b.reserve(order, wants, until, t); err != nil {
			return err
		}
		return b.flush(ctx)
	})
	return out, err
}

// reserve holds what is wanted, or refuses all of it.
func (b *book) reserve(order gid.ID, wants []Want, until *time.Time, t map[gid.ID]terms) (Reserved, error) {
	out := Reserved{Promises: map[gid.ID]time.Time{}}
	wanted := map[gid.ID]int{}
	var variants []gid.ID // in the order of the lines
	for _, w := range wants {
		if wanted[w.VariantID] == 0 {
			variants = append(variants, w.VariantID)
		}
		wanted[w.VariantID] += w.Quantity
	}
	var short []Shortage
	stale := map[gid.ID]bool{}
	for _, id := range variants {
		x, there := t[id]
		switch {
		case there && !x.tracked():
			continue
		case there && b.s.stale(b.levels[id]):
			stale[id], out.Unsure = true, true
			continue
		case there && x.later != nil:
			continue
		}
		free := 0
		if there {
			free = b.free(id)
		}
		if wanted[id] > free {
			short = append(short, Shortage{VariantID: id, Wanted: wanted[id], Available: free})
		}
	}
	if len(short) > 0 {
		return Reserved{}, &ShortageError{Shortages: short}
	}
	for _, w := range wants {
		x := t[w.VariantID]
		if !x.tracked() {
			continue
		}
		missing := b.take(order, w.LineID, w.VariantID, w.Quantity, until)
		if missing > 0 {
			b.rows = append(b.rows, &row{order: order, line: w.LineID, variant: w.VariantID, quantity: missing, kind: waiting, expires: until})
		}
		if (missing > 0 || x.ahead) && x.later != nil && !stale[w.VariantID] {
			out.Promises[w.LineID] = *x.later
		}
	}
	return out, nil
}

// holding is open for the variants of which an order has something.
func (s *Service) holding(ctx context.Context, order gid.ID) (*book, error) {
	ids, err := s.ids(ctx, `SELECT DISTINCT variant_id FROM stock_reservations WHERE order_id = $1`, string(order))
	if err != nil {
		return nil, err
	}
	return s.open(ctx, ids, order)
}

// Allocate makes for good what is held for an order until a time. What was given
// back meanwhile is taken anew, and where there is not enough of it any more a
// *ShortageError says so: then nothing has changed, and the transaction is best
// rolled back. An order that nothing is held for is left alone.
func (s *Service) Allocate(ctx context.Context, order gid.ID) error {
	return s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		b, err := s.holding(ctx, order)
		if err != nil || len(b.rows) == 0 {
			return err
		}
		b.expire(order) // nobody has taken it meanwhile, and this is who it was held for
		b.fill()
		var again []Want
		for _, r := range slices.Clone(b.rows) {
			switch {
			case r.order != order || r.quantity == 0:
			case r.kind == expired:
				again = append(again, Want{LineID: r.line, VariantID: r.variant, Quantity: r.quantity})
				r.quantity = 0
			case r.kind == reserved:
				b.move(movement{kind: moveAllocate, level: b.level(r), reserved: -r.quantity, allocated: r.quantity, order: order})
				b.rows = append(b.rows, &row{order: order, line: r.line, variant: r.variant, location: r.location, quantity: r.quantity, kind: allocated})
				r.quantity = 0
			}
		}
		if len(again) > 0 {
			ids := make([]gid.ID, len(again))
			for i, w := range again {
				ids[i] = w.VariantID
			}
			t, err := s.terms(ctx, tx, ids)
			if err != nil {
				return err
			}
			if _, err := b.reserve(order, again, nil, t); err != nil {
				return err
			}
		}
		// What waits keeps its place.
		if _, err := s.store.Raw(ctx).ExecContext(ctx,
			`UPDATE stock_reservations SET expires_at = NULL WHERE order_id = $1 AND kind = 'BACKORDER'`, string(order)); err != nil {
			return fmt.Errorf("stock: allocate: %w", err)
		}
		for _, r := range b.rows {
			if r.order == order && r.kind == waiting {
				r.expires = nil
			}
		}
		b.fill()
		return b.flush(ctx)
	})
}

// Release gives back what is held for an order: so many of each line, or all of
// it when quantities is nil. What has not come yet is given back first. Whoever
// waits for it gets it.
func (s *Service) Release(ctx context.Context, order gid.ID, quantities map[gid.ID]int) error {
	return s.store.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		b, err := s.holding(ctx, order)
		if err != nil || len(b.rows) == 0 {
			return err
		}
		b.expire("")
		b.each(order, quantities, func(r *row, n int) { b.drop(r, n, moveRelease) }, expired, waiting, reserved, allocated)
		b.fill()
		return b.flush(ctx)
	})
}

// Ship takes goods of an order off the stock that leave: so many of each line,
// or all that is held for it when quantities is nil. An order that nothing is
// held for is left alone: it came from elsewhere, and so does the word of what
// is left.
func (s *Service) Ship(ctx context.Context, order gid.ID, quantities map[gid.ID]int) error {
	return s.store.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		b, err := s.holding(ctx, order)
		if err != nil || len(b.rows) == 0 {
			return err
		}
		b.expire(order)
		b.each(order, quantities, b.leave, allocated, reserved, waiting, expired)
		b.fill()
		return b.flush(ctx)
	})
}

// leave takes n units of a reservation off the stock. What was waited for and
// leaves all the same was there without anybody having said so: it is missing
// from where the next would have been taken.
func (b *book) leave(r *row, n int) {
	if r.location != "" {
		m := holds(moveShip, b.level(r), r.kind, -n, r.order)
		m.onHand = -n
		b.move(m)
		r.quantity -= n
		return
	}
	r.quantity -= n
	at := slices.DeleteFunc(slices.Clone(b.levels[r.variant]), func(l *level) bool { return !l.active })
	if len(at) == 0 {
		return // nothing has ever been said of it
	}
	i := max(0, slices.IndexFunc(at, func(l *level) bool { return l.free() >= n }))
	b.move(movement{kind: moveShip, level: at[i], onHand: -n, order: r.order})
}

// each does something to so many units of each line of an order, or to all that
// it has, in an order of kinds. More than there are is no mistake: not all that
// was ordered need be held.
func (b *book) each(order gid.ID, quantities map[gid.ID]int, do func(r *row, n int), kinds ...string) {
	lines := slices.Sorted(keys(quantities))
	if quantities == nil {
		for _, r := range b.rows {
			if r.order == order {
				lines = append(lines, r.line)
			}
		}
		slices.Sort(lines)
		lines = slices.Compact(lines)
	}
	for _, line := range lines {
		left, limited := quantities[line]
		for _, r := range b.of(order, line, kinds...) {
			n := r.quantity
			if limited || quantities != nil {
				n = min(n, left)
			}
			if n > 0 {
				do(r, n)
				left -= n
			}
		}
	}
}
