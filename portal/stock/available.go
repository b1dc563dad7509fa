package stock

import (
	"context"
	"fmt"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// Status says in one word whether a variant can be had; a value of the API's
// AvailabilityStatus.
type Status string

// The states of availability.
const (
	InStock    Status = "IN_STOCK"
	Low        Status = "LOW"
	OutOfStock Status = "OUT_OF_STOCK"
	Backorder  Status = "BACKORDER"
	Preorder   Status = "PREORDER"
	Untracked  Status = "UNTRACKED"
	Unknown    Status = "UNKNOWN"
)

// Availability is what can be promised of a variant.
type Availability struct {
	VariantID gid.ID
	Policy    string
	Available int        // to promise now, never negative
	Known     bool       // what is known is fresh enough to promise anything
	Promise   *time.Time // the day on which it can be sent when it is not there, where the policy allows that
	Untracked bool
	Status    Status
	SendOn    *time.Time // the day on which one can be sent when ordered now; nil when nobody can say
}

// Available says what can be promised of variants, as far as the viewer sees
// them: by three statements, however many they are. What is held beyond its time
// counts as free, what others wait for does not.
func (s *Service) Available(ctx context.Context, ids []gid.ID) (map[gid.ID]Availability, error) {
	t, err := s.terms(ctx, s.store.Reader(ctx), ids)
	if err != nil {
		return nil, err
	}
	return s.available(ctx, ids, t)
}

// AvailableOf says what can be promised of variants that have been read already, with
// their policy, lead days and day; by two statements, and by none where nothing of
// them is counted.
func (s *Service) AvailableOf(ctx context.Context, list []*ent.ProductVariant) (map[gid.ID]Availability, error) {
	t := s.termsOf(list)
	var ids []gid.ID
	for id, x := range t {
		if x.tracked() {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids) // one statement is like the other
	return s.available(ctx, ids, t)
}

// available is what can be promised by some terms; ids are all that are counted.
func (s *Service) available(ctx context.Context, ids []gid.ID, t map[gid.ID]terms) (map[gid.ID]Availability, error) {
	levels, other := map[gid.ID][]*level{}, map[gid.ID]int{}
	if len(ids) > 0 {
		var err error
		if levels, err = s.readLevels(ctx, ids); err != nil {
			return nil, err
		}
		if other, err = s.besides(ctx, ids); err != nil {
			return nil, err
		}
	}
	return s.promised(t, levels, other), nil
}

// promised puts together what can be promised.
func (s *Service) promised(t map[gid.ID]terms, levels map[gid.ID][]*level, other map[gid.ID]int) map[gid.ID]Availability {
	today := dayOf(s.now())
	all := make(map[gid.ID]Availability, len(t))
	for id, x := range t {
		a := Availability{VariantID: id, Policy: string(x.policy), Known: true, Promise: x.later, Untracked: !x.tracked()}
		if x.tracked() {
			a.Known = !s.stale(levels[id])
			n := other[id]
			for _, l := range levels[id] {
				if l.active {
					n += l.free()
				}
			}
			a.Available = max(n, 0)
		}
		switch {
		case a.Untracked:
			a.Status = Untracked
		case !a.Known:
			a.Status = Unknown
		case x.ahead:
			a.Status, a.SendOn = Preorder, x.later
		case a.Available > s.o.Low:
			a.Status, a.SendOn = InStock, &today
		case a.Available > 0:
			a.Status, a.SendOn = Low, &today
		case x.later != nil:
			a.Status, a.SendOn = Backorder, x.later
		default:
			a.Status = OutOfStock
		}
		all[id] = a
	}
	return all
}

// besides is what has to be added to what is free by the levels: what is held
// beyond its time in active places, less what others wait for.
func (s *Service) besides(ctx context.Context, ids []gid.ID) (map[gid.ID]int, error) {
	now := s.now()
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, `SELECT r.variant_id, sum(CASE WHEN r.kind = 'BACKORDER' THEN -r.quantity ELSE r.quantity END)
		FROM stock_reservations r LEFT JOIN stock_locations p ON p.id = r.location_id
		WHERE `+s.store.Among("r.variant_id", 1)+` AND (r.kind = 'BACKORDER' AND (r.expires_at IS NULL OR r.expires_at > $2)
		OR r.kind = 'RESERVED' AND r.expires_at <= $3 AND p.status = 'ACTIVE') GROUP BY r.variant_id`, store.List(s.store, ids), now, now)
	if err != nil {
		return nil, fmt.Errorf("stock: available: %w", err)
	}
	defer func() { _ = rows.Close() }()
	all := map[gid.ID]int{}
	for rows.Next() {
		var id gid.ID
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, fmt.Errorf("stock: available: %w", err)
		}
		all[id] = n
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("stock: available: %w", err)
	}
	return all, nil
}

// Limited says whether the number that is available means something: for a
// service there is none, and of what is known too long ago it is worth nothing.
func (a Availability) Limited() bool {
	return !a.Untracked && a.Known && a.Policy != string(productvariant.StockPolicyUNTRACKED)
}

// readable says whether the viewer may see what lies where. The schema of those
// who may not has no field for it; this is the second lock.
func readable(ctx context.Context) error {
	if v := auth.From(ctx); v == nil || !v.System() && !v.Grants().Has(schema.PermLevels) {
		return problem.ErrForbidden
	}
	return nil
}
