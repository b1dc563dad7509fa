package stock

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"foyer/portal/store"
	"foyer/schema/gid"
)

// Level is how many of a variant lie in a place, as staff see it.
type Level struct {
	VariantID, LocationID       gid.ID
	Sku                         string // in a list
	OnHand, Allocated, Reserved int
	FedAt, CountedAt            *time.Time
	Stale                       bool
}

// Available is what is free.
func (l *Level) Available() int { return l.OnHand - l.Allocated - l.Reserved }

func (s *Service) shown(l *level, sku string) *Level {
	return &Level{
		VariantID: l.variant, LocationID: l.location, Sku: sku, OnHand: l.onHand, Allocated: l.allocated, Reserved: l.reserved,
		FedAt: l.fedAt, CountedAt: l.countedAt, Stale: s.o.MaxAge > 0 && l.known().Before(s.now().Add(-s.o.MaxAge)),
	}
}

// Filter says which levels are meant. What is zero lets all pass.
type Filter struct {
	Sku        string // begins with this, whatever its case
	LocationID gid.ID
	VariantIDs []gid.ID
	Oversold   *bool
	Below      *int
	Search     string     // the sku or the product's name begins with this, whatever its case
	Stale      *bool      // whether the last word about it is too old
	Before     *time.Time // when the last word about it was, at the latest
	Policies   []string
}

// Place is where a page begins: after this level.
type Place struct {
	Sku      string
	Location gid.ID
}

// conditions are those of a filter, for levels l of variants v.
func (s *Service) conditions(f Filter) (where []string, args []any) {
	arg := func(v any) string { args = append(args, v); return "$" + strconv.Itoa(len(args)) }
	if f.Sku != "" {
		where = append(where, `lower(v.sku) LIKE `+arg(like(strings.ToLower(f.Sku)))+` ESCAPE '\'`)
	}
	if f.Search != "" {
		sku, name, exact := arg(like(strings.ToLower(f.Search))), arg(like(strings.ToLower(f.Search))), arg(like(f.Search))
		where = append(where, `(lower(v.sku) LIKE `+sku+` ESCAPE '\' OR EXISTS (SELECT 1 FROM products o WHERE o.id = v.product_id
			AND (lower(o.name) LIKE `+name+` ESCAPE '\' OR o.name LIKE `+exact+` ESCAPE '\')))`)
	}
	if f.LocationID != "" {
		where = append(where, `l.location_id = `+arg(string(f.LocationID)))
	}
	if f.VariantIDs != nil {
		where = append(where, s.store.Among("l.variant_id", len(args)+1))
		arg(store.List(s.store, f.VariantIDs))
	}
	if f.Oversold != nil {
		sign := ">="
		if *f.Oversold {
			sign = "<"
		}
		where = append(where, `l.on_hand - l.allocated - l.reserved `+sign+` 0`)
	}
	if f.Below != nil {
		where = append(where, `l.on_hand - l.allocated - l.reserved < `+arg(*f.Below))
	}
	heard := func(before time.Time) string { // nobody has said anything since
		fed, counted := arg(before), arg(before)
		return `(l.fed_at IS NULL OR l.fed_at < ` + fed + `) AND (l.counted_at IS NULL OR l.counted_at < ` + counted + `)`
	}
	switch {
	case f.Stale == nil || s.o.MaxAge == 0 && !*f.Stale:
	case s.o.MaxAge == 0:
		where = append(where, `1 = 0`) // nothing is ever too old
	case *f.Stale:
		where = append(where, heard(s.now().Add(-s.o.MaxAge)))
	default:
		where = append(where, `NOT (`+heard(s.now().Add(-s.o.MaxAge))+`)`)
	}
	if f.Before != nil {
		where = append(where, heard(f.Before.UTC()))
	}
	if f.Policies != nil {
		among := []string{`''`} // none of none
		for _, p := range f.Policies {
			among = append(among, arg(p))
		}
		where = append(where, `v.stock_policy IN (`+strings.Join(among, ", ")+`)`)
	}
	return where, args
}

// Count is how many levels a filter lets pass.
func (s *Service) Count(ctx context.Context, f Filter) (n int, err error) {
	if err := readable(ctx); err != nil {
		return 0, err
	}
	where, args := s.conditions(f)
	err = s.store.RawRead(ctx).QueryRowContext(ctx, `SELECT count(*) FROM stock_levels l JOIN product_variants v ON v.id = l.variant_id WHERE `+
		strings.Join(append(where, "1 = 1"), " AND "), args...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("stock: levels: %w", err)
	}
	return n, nil
}

// Levels returns up to n levels by sku and place, after a place in the list.
func (s *Service) Levels(ctx context.Context, f Filter, after *Place, n int) ([]*Level, error) {
	if err := readable(ctx); err != nil {
		return nil, err
	}
	where, args := s.conditions(f)
	arg := func(v any) string { args = append(args, v); return "$" + strconv.Itoa(len(args)) }
	if after != nil {
		a, b, c := arg(after.Sku), arg(after.Sku), arg(string(after.Location))
		where = append(where, `(v.sku > `+a+` OR v.sku = `+b+` AND l.location_id > `+c+`)`)
	}
	query := `SELECT v.sku, ` + levelColumns + ` JOIN product_variants v ON v.id = l.variant_id`
	if len(where) > 0 {
		query += ` WHERE ` + strings.Join(where, " AND ")
	}
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, query+` ORDER BY v.sku, l.location_id LIMIT `+arg(n), args...)
	if err != nil {
		return nil, fmt.Errorf("stock: levels: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var all []*Level
	for rows.Next() {
		l, sku := &level{}, ""
		if err := l.scan(rows, &sku); err != nil {
			return nil, err
		}
		all = append(all, s.shown(l, sku))
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("stock: levels: %w", err)
	}
	return all, nil
}

// like is a pattern for what begins with a text.
func like(prefix string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(prefix) + "%"
}

// LevelsOf are the levels of variants, each variant's in the order in which
// they are taken from.
func (s *Service) LevelsOf(ctx context.Context, ids []gid.ID) (map[gid.ID][]*Level, error) {
	if err := readable(ctx); err != nil {
		return nil, err
	}
	found, err := s.readLevels(ctx, ids)
	all := make(map[gid.ID][]*Level, len(found))
	for id, levels := range found {
		for _, l := range levels {
			all[id] = append(all[id], s.shown(l, ""))
		}
	}
	return all, err
}

// Movement is a change of a level.
type Movement struct {
	Number                      int64
	VariantID, LocationID       gid.ID
	Kind                        string
	OnHand, Allocated, Reserved int
	OrderID                     gid.ID
	Reason                      string
	At                          time.Time
	ActorKind, ActorName        string
}

// At names a level.
type At struct{ VariantID, LocationID gid.ID }

// MaxMovements is how many movements a level shows.
const MaxMovements = 50

// MovementsOf are the latest movements of levels, the latest first.
func (s *Service) MovementsOf(ctx context.Context, levels []At) (map[At][]Movement, error) {
	ids := make([]gid.ID, len(levels))
	for i, l := range levels {
		ids[i] = l.VariantID
	}
	all := map[At][]Movement{}
	found, err := s.movements(ctx, `SELECT `+movementColumns+` FROM (SELECT m.*, row_number() OVER (PARTITION BY variant_id, location_id ORDER BY id DESC) AS n
		FROM stock_movements m WHERE `+s.store.Among("variant_id", 1)+`) AS m WHERE n <= `+strconv.Itoa(MaxMovements)+` ORDER BY id DESC`, store.List(s.store, ids))
	for _, m := range found {
		at := At{m.VariantID, m.LocationID}
		all[at] = append(all[at], m)
	}
	return all, err
}

// Movements are the latest n movements of a variant, in one place or in all.
func (s *Service) Movements(ctx context.Context, variant gid.ID, location *gid.ID, n int) ([]Movement, error) {
	query, args := `SELECT `+movementColumns+` FROM stock_movements WHERE variant_id = $1`, []any{string(variant)}
	if location != nil {
		query += ` AND location_id = $2`
		args = append(args, string(*location))
	}
	return s.movements(ctx, query+` ORDER BY id DESC LIMIT `+strconv.Itoa(n), args...)
}

const movementColumns = `id, variant_id, location_id, kind, on_hand, allocated, reserved, coalesce(order_id, ''), reason, occurred_at, actor_kind, actor_name`

func (s *Service) movements(ctx context.Context, query string, args ...any) ([]Movement, error) {
	if err := readable(ctx); err != nil {
		return nil, err
	}
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("stock: movements: %w", err)
	}
	defer func() { _ = rows.Close() }()
	all := []Movement{}
	for rows.Next() {
		var m Movement
		if err := rows.Scan(&m.Number, &m.VariantID, &m.LocationID, &m.Kind, &m.OnHand, &m.Allocated, &m.Reserved,
			&m.OrderID, &m.Reason, &m.At, &m.ActorKind, &m.ActorName); err != nil {
			return nil, fmt.Errorf("stock: movements: %w", err)
		}
		m.At = m.At.UTC()
		all = append(all, m)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("stock: movements: %w", err)
	}
	return all, nil
}
