package stock

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"foyer/ent/stocklocation"
	"foyer/portal/events"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// The kinds of reservation.
const (
	reserved  = "RESERVED"  // held until a time
	allocated = "ALLOCATED" // held for good
	waiting   = "BACKORDER" // there was none; gets what comes, in the order of the rows
	expired   = "EXPIRED"   // was held for too long: a note of what it was, which holds nothing
)

// The kinds of movement, values of the API's StockMovementKind.
const (
	moveFeed     = "FEED"
	moveCount    = "COUNT"
	moveReceive  = "RECEIVE"
	moveWriteOff = "WRITE_OFF"
	moveMove     = "MOVE"
	moveReserve  = "RESERVE"
	moveAllocate = "ALLOCATE"
	moveRelease  = "RELEASE"
	moveExpire   = "EXPIRE"
	moveShip     = "SHIP"
)

// level is how many of a variant lie in a place.
type level struct {
	variant, location           gid.ID
	priority                    int
	active                      bool // of the place
	onHand, allocated, reserved int
	fedAt, countedAt            *time.Time
	fedVersion                  *int64
	version                     int64 // as it was read; zero when there is no row yet
	changed                     bool
}

func (l *level) free() int { return l.onHand - l.allocated - l.reserved }

// known is when somebody last said what lies there.
func (l *level) known() time.Time {
	var last time.Time
	for _, t := range []*time.Time{l.fedAt, l.countedAt} {
		if t != nil && t.After(last) {
			last = *t
		}
	}
	return last
}

// row is a reservation.
type row struct {
	id                   int64 // zero when there is no row yet
	order, line, variant gid.ID
	location             gid.ID // empty unless it holds something
	quantity, was        int    // zero: it goes
	kind                 string
	expires              *time.Time
}

// over says whether its time has passed.
func (r *row) over(now time.Time) bool { return r.expires != nil && !r.expires.After(now) }

// movement is a change of a level.
type movement struct {
	kind                        string
	level                       *level
	onHand, allocated, reserved int
	order                       gid.ID
	reason                      string
}

// book is the stock of some variants, held by the running transaction. What is
// done to it is written by flush.
type book struct {
	s      *Service
	now    time.Time
	levels map[gid.ID][]*level // by variant, in the order in which they are taken from
	rows   []*row              // in the order of their ids; see open for which
	moves  []movement
}

// errMoved cannot happen while everybody holds what they change.
var errMoved = errors.New("stock: a level was changed by somebody who did not hold it")

// open holds variants until the transaction ends and reads their levels, what
// waits for them, what has expired, and all that an order has of them. Everybody
// holds variants in the order of their ids and all that they need at once, so
// that no two wait for each other.
func (s *Service) open(ctx context.Context, variants []gid.ID, order gid.ID) (*book, error) {
	b := &book{s: s, now: s.now(), levels: map[gid.ID][]*level{}}
	variants = slices.Compact(slices.Sorted(slices.Values(variants)))
	if len(variants) == 0 {
		return b, nil
	}
	if err := s.hold(ctx, variants); err != nil {
		return nil, err
	}
	if err := b.readLevels(ctx, variants); err != nil {
		return nil, err
	}
	return b, b.readRows(ctx, variants, order)
}

// hold takes the rows of stock_items, making those that are missing first. On
// SQLite there is one writer.
func (s *Service) hold(ctx context.Context, variants []gid.ID) error {
	if !s.store.Postgres() {
		return nil
	}
	raw := s.store.Raw(ctx)
	var n int
	if err := raw.QueryRowContext(ctx, `SELECT count(*) FROM stock_items WHERE variant_id = ANY($1)`, store.List(s.store, variants)).Scan(&n); err != nil {
		return fmt.Errorf("stock: hold: %w", err)
	}
	if n < len(variants) {
		if _, err := raw.ExecContext(ctx, `INSERT INTO stock_items (variant_id) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING`, store.List(s.store, variants)); err != nil {
			return fmt.Errorf("stock: hold: %w", err)
		}
	}
	_, err := raw.ExecContext(ctx, `SELECT 1 FROM stock_items WHERE variant_id = ANY($1) ORDER BY variant_id FOR UPDATE`, store.List(s.store, variants))
	if err != nil {
		return fmt.Errorf("stock: hold: %w", err)
	}
	return nil
}

const levelColumns = `l.variant_id, l.location_id, p.priority, p.status, l.on_hand, l.allocated, l.reserved, l.fed_at, l.fed_version, l.counted_at, l.version
	FROM stock_levels l JOIN stock_locations p ON p.id = l.location_id`

// readLevels reads levels by variant, each variant's in the order in which they
// are taken from.
func (s *Service) readLevels(ctx context.Context, variants []gid.ID) (map[gid.ID][]*level, error) {
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, `SELECT `+levelColumns+` WHERE `+s.store.Among("l.variant_id", 1), store.List(s.store, variants))
	if err != nil {
		return nil, fmt.Errorf("stock: levels: %w", err)
	}
	defer func() { _ = rows.Close() }()
	all := make(map[gid.ID][]*level, len(variants))
	for rows.Next() {
		l := &level{}
		if err := l.scan(rows); err != nil {
			return nil, err
		}
		all[l.variant] = append(all[l.variant], l)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("stock: levels: %w", err)
	}
	for _, levels := range all {
		inOrder(levels)
	}
	return all, nil
}

// inOrder sorts the levels of a variant as they are taken from.
func inOrder(levels []*level) {
	slices.SortFunc(levels, func(a, b *level) int {
		return cmp.Or(cmp.Compare(a.priority, b.priority), cmp.Compare(a.location, b.location))
	})
}

// scan reads levelColumns, after other columns.
func (l *level) scan(rows *sql.Rows, before ...any) error {
	var status string
	if err := rows.Scan(append(before, &l.variant, &l.location, &l.priority, &status, &l.onHand, &l.allocated, &l.reserved,
		&l.fedAt, &l.fedVersion, &l.countedAt, &l.version)...); err != nil {
		return fmt.Errorf("stock: levels: %w", err)
	}
	l.active = status == string(stocklocation.StatusACTIVE)
	return nil
}

func (b *book) readLevels(ctx context.Context, variants []gid.ID) (err error) {
	b.levels, err = b.s.readLevels(ctx, variants)
	return err
}

func (b *book) readRows(ctx context.Context, variants []gid.ID, order gid.ID) error {
	rows, err := b.s.store.Raw(ctx).QueryContext(ctx, `SELECT id, order_id, line_id, variant_id, coalesce(location_id, ''), quantity, kind, expires_at
		FROM stock_reservations WHERE `+b.s.store.Among("variant_id", 1)+` AND (kind = 'BACKORDER' OR kind = 'RESERVED' AND expires_at <= $2 OR order_id = $3)
		ORDER BY id`, store.List(b.s.store, variants), b.now, string(order))
	if err != nil {
		return fmt.Errorf("stock: reservations: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		r := &row{}
		if err := rows.Scan(&r.id, &r.order, &r.line, &r.variant, &r.location, &r.quantity, &r.kind, &r.expires); err != nil {
			return fmt.Errorf("stock: reservations: %w", err)
		}
		r.was = r.quantity
		b.rows = append(b.rows, r)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("stock: reservations: %w", err)
	}
	return nil
}

// at is the level of a variant in a place; a new one when there is none.
func (b *book) at(variant gid.ID, p place) *level {
	for _, l := range b.levels[variant] {
		if l.location == p.id {
			return l
		}
	}
	l := &level{variant: variant, location: p.id, priority: p.priority, active: p.active}
	b.levels[variant] = append(b.levels[variant], l)
	inOrder(b.levels[variant])
	return l
}

// free is how many of a variant can be given away. Where more was sold than
// there is in one place, what lies in another is owed to those who bought it.
func (b *book) free(variant gid.ID) int {
	n := 0
	for _, l := range b.levels[variant] {
		if l.active {
			n += l.free()
		}
	}
	return max(n, 0)
}

// move changes a level and notes the movement.
func (b *book) move(m movement) {
	m.level.onHand += m.onHand
	m.level.allocated += m.allocated
	m.level.reserved += m.reserved
	m.level.changed = true
	b.moves = append(b.moves, m)
}

// holds is a movement by which n units are held, or no longer when n is negative.
func holds(kind string, l *level, as string, n int, order gid.ID) movement {
	m := movement{kind: kind, level: l, order: order}
	if as == allocated {
		m.allocated = n
	} else {
		m.reserved = n
	}
	return m
}

// take holds up to n units for an order line, and says how many it could not:
// in one place if one has them all, otherwise in as few as their order allows.
func (b *book) take(order, line, variant gid.ID, n int, until *time.Time) (missing int) {
	can := min(n, b.free(variant))
	missing = n - can
	from := slices.DeleteFunc(slices.Clone(b.levels[variant]), func(l *level) bool { return !l.active || l.free() <= 0 })
	if i := slices.IndexFunc(from, func(l *level) bool { return l.free() >= can }); i > 0 {
		from = from[i:]
	}
	as, kind := allocated, moveAllocate
	if until != nil {
		as, kind = reserved, moveReserve
	}
	for _, l := range from {
		if can == 0 {
			break
		}
		k := min(can, l.free())
		can -= k
		b.move(holds(kind, l, as, k, order))
		b.rows = append(b.rows, &row{order: order, line: line, variant: variant, location: l.location, quantity: k, kind: as, expires: until})
	}
	return missing
}

// level of a reservation that holds something.
func (b *book) level(r *row) *level {
	i := slices.IndexFunc(b.levels[r.variant], func(l *level) bool { return l.location == r.location })
	return b.levels[r.variant][i]
}

// drop takes n units off a reservation; what they held is free again.
func (b *book) drop(r *row, n int, kind string) {
	if r.location != "" {
		b.move(holds(kind, b.level(r), r.kind, -n, r.order))
	}
	r.quantity -= n
}

// expire gives back what was held for too long, apart from what one order has.
// A note of it remains, by which Allocate knows what there was.
func (b *book) expire(except gid.ID) {
	for _, r := range slices.Clone(b.rows) {
		if (r.kind != reserved && r.kind != waiting) || !r.over(b.now) || r.quantity == 0 || except != "" && r.order == except {
			continue
		}
		b.rows = append(b.rows, &row{order: r.order, line: r.line, variant: r.variant, quantity: r.quantity, kind: expired, expires: r.expires})
		b.drop(r, r.quantity, moveExpire)
	}
}

// fill gives what is free to those who wait, the first one first.
func (b *book) fill() {
	for _, r := range slices.Clone(b.rows) {
		if r.kind == waiting && r.quantity > 0 && !r.over(b.now) {
			r.quantity = b.take(r.order, r.line, r.variant, r.quantity, r.expires)
		}
	}
}

// of are the reservations of an order line, in an order of kinds.
func (b *book) of(order, line gid.ID, kinds ...string) []*row {
	var all []*row
	for _, kind := range kinds {
		var some []*row
		for _, r := range b.rows {
			if r.order == order && r.line == line && r.kind == kind && r.quantity > 0 {
				some = append(some, r)
			}
		}
		slices.SortStableFunc(some, func(x, y *row) int { return cmp.Compare(b.place(x), b.place(y)) })
		all = append(all, some...)
	}
	return all
}

// place is where the level of a reservation stands in the order of taking.
func (b *book) place(r *row) int {
	return slices.IndexFunc(b.levels[r.variant], func(l *level) bool { return l.location == r.location })
}

// flush writes what has been done. A level is written only as it was read.
func (b *book) flush(ctx context.Context) error {
	raw := b.s.store.Raw(ctx)
	var levels [][]any
	for _, variant := range slices.SortedFunc(keys(b.levels), cmp.Compare) {
		for _, l := range b.levels[variant] {
			if l.changed {
				levels = append(levels, []any{
					string(l.variant), string(l.location), l.onHand, l.allocated, l.reserved, l.fedAt, l.fedVersion, l.countedAt, l.version + 1,
				})
			}
		}
	}
	n, err := insert(ctx, raw, `INSERT INTO stock_levels (variant_id, location_id, on_hand, allocated, reserved, fed_at, fed_version, counted_at, version)`, levels,
		` ON CONFLICT (variant_id, location_id) DO UPDATE SET on_hand = excluded.on_hand, allocated = excluded.allocated, reserved = excluded.reserved,
		fed_at = excluded.fed_at, fed_version = excluded.fed_version, counted_at = excluded.counted_at, version = excluded.version
		WHERE stock_levels.version = excluded.version - 1`)
	if err != nil {
		return err
	}
	if n != int64(len(levels)) {
		return errMoved
	}
	if err := b.flushRows(ctx); err != nil {
		return err
	}
	return b.flushMoves(ctx)
}

func (b *book) flushRows(ctx context.Context) error {
	raw := b.s.store.Raw(ctx)
	var gone []int64
	var added [][]any
	for _, r := range b.rows {
		switch {
		case r.id == 0 && r.quantity > 0:
			var location any
			if r.location != "" {
				location = string(r.location)
			}
			added = append(added, []any{string(r.order), string(r.line), string(r.variant), location, r.quantity, r.kind, r.expires, b.now})
		case r.id != 0 && r.quantity == 0:
			gone = append(gone, r.id)
		case r.id != 0 && r.quantity != r.was: // few: one row of a line at most
			if _, err := raw.ExecContext(ctx, `UPDATE stock_reservations SET quantity = $1 WHERE id = $2`, r.quantity, r.id); err != nil {
				return fmt.Errorf("stock: reservations: %w", err)
			}
		}
	}
	if len(gone) > 0 {
		if _, err := raw.ExecContext(ctx, `DELETE FROM stock_reservations WHERE `+b.s.store.Among("id", 1), store.List(b.s.store, gone)); err != nil {
			return fmt.Errorf("stock: reservations: %w", err)
		}
	}
	_, err := insert(ctx, raw, `INSERT INTO stock_reservations (order_id, line_id, variant_id, location_id, quantity, kind, expires_at, created_at)`, added, "")
	return err
}

func (b *book) flushMoves(ctx context.Context) error {
	kind, actor, name, _ := events.Actor(ctx)
	rows := make([][]any, len(b.moves))
	for i, m := range b.moves {
		var order any
		if m.order != "" {
			order = string(m.order)
		}
		rows[i] = []any{string(m.level.variant), string(m.level.location), m.kind, m.onHand, m.allocated, m.reserved, order, string(kind), actor, name, m.reason, b.now}
	}
	_, err := insert(ctx, b.s.store.Raw(ctx), `INSERT INTO stock_movements
		(variant_id, location_id, kind, on_hand, allocated, reserved, order_id, actor_kind, actor_id, actor_name, reason, occurred_at)`, rows, "")
	return err
}
