// Package stock knows how many of what lie where, and what of it can be
// promised. It holds goods for orders, for good or for a while, lets those wait
// for whom there are none yet, and takes what is sent off the shelf.
//
// Owns: levels, reservations and movements (plain tables), what the policies of
// variants mean, what a feed of another system changes, when what is known is
// too old to promise anything. Does not own: orders (portal/orders calls Release
// and Ship in its own transactions, portal/carts calls Reserve), who may see or
// change what (schema/access.go).
//
// What always holds, after every transaction:
//
//   - what is free of a variant is on hand - allocated - reserved, summed over
//     the active locations;
//   - allocated and reserved of a level are the sums of its reservations of that
//     kind, and neither is below zero;
//   - on hand, allocated and reserved are the sums of what the movements say;
//   - nobody is given what is not free. On hand falls below what is allocated
//     only by somebody's word of what really lies there, or by sending more than
//     there was: then the level is oversold, and staff see it.
package stock

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/portal/jobs"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// Options are what a Service is made of.
type Options struct {
	// MaxAge is how old the last feed or count of a variant may be for anything
	// to be promised of it; zero: any age.
	MaxAge time.Duration
	// Low is how few are few; five when zero.
	Low int
	// Clock is time.Now when nil.
	Clock func() time.Time
}

// Service keeps the stock.
type Service struct {
	store *store.Store
	o     Options
}

// New makes the service.
func New(st *store.Store, o Options) *Service {
	if o.Low == 0 {
		o.Low = 5
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return &Service{store: st, o: o}
}

// now is UTC, to the microsecond that both databases keep.
func (s *Service) now() time.Time { return s.o.Clock().UTC().Truncate(time.Microsecond) }

// dayOf is the first moment of a time's day, in UTC.
func dayOf(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// expiry is the work of giving back what was held for too long.
type expiry struct{}

// Kind implements jobs.Args.
func (expiry) Kind() string { return "stock.expiry" }

// expiryEvery is how long goods stay held beyond their time at most. Whoever
// wants them meanwhile gets them at once.
const expiryEvery = time.Minute

// Work gives the background work of the stock to a runner.
func (s *Service) Work(r *jobs.Runner) {
	jobs.Handle(r, jobs.Kind{Timeout: 90 * time.Second, Attempts: 3}, func(ctx context.Context, _ expiry) error { return s.Expire(ctx) })
	r.Every(expiryEvery, expiry{})
}

// Expire gives back what was held for longer than was said, and gives what is
// free to those who wait, should a place have been opened again. Each variant has
// a transaction of its own: it does not matter how often this runs, or in how
// many processes at once.
func (s *Service) Expire(ctx context.Context) error {
	ctx = auth.WithSystem(ctx, "reservations whose time is over")
	const page = 200
	for last := gid.ID(""); ; {
		ids, err := s.ids(ctx, `SELECT DISTINCT r.variant_id FROM stock_reservations r
			WHERE r.variant_id > $1 AND (r.expires_at <= $2 AND r.kind IN ('RESERVED', 'BACKORDER') OR r.kind = 'BACKORDER' AND
			(SELECT coalesce(sum(l.on_hand - l.allocated - l.reserved), 0) FROM stock_levels l JOIN stock_locations p ON p.id = l.location_id
			WHERE l.variant_id = r.variant_id AND p.status = 'ACTIVE') > 0) ORDER BY r.variant_id LIMIT `+strconv.Itoa(page), string(last), s.now())
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := s.store.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
				b, err := s.open(ctx, []gid.ID{id}, "")
				if err != nil {
					return err
				}
				b.expire("")
				b.fill()
				return b.flush(ctx)
			}); err != nil {
				return err
			}
		}
		if len(ids) < page {
			return nil
		}
		last = ids[len(ids)-1]
	}
}

// terms are what is promised of a variant.
type terms struct {
	policy productvariant.StockPolicy
	later  *time.Time // the day on which it can be sent when it is not there; nil: nobody says
	ahead  bool       // it is ordered ahead: later holds for all of it
}

// tracked says whether anything is kept of it.
func (t terms) tracked() bool { return t.policy != productvariant.StockPolicyUNTRACKED }

// terms reads what is promised of variants, as the viewer sees them; of what
// they do not see nothing is promised. A later day is promised only where
// somebody has said which: a BACKORDER without lead days, and a PREORDER whose
// day is not to come, are sold like STOCK. Lead days are days of the calendar.
func (s *Service) terms(ctx context.Context, c *ent.Client, ids []gid.ID) (map[gid.ID]terms, error) {
	list, err := c.ProductVariant.Query().Where(productvariant.IDIn(ids...)).
		Select(productvariant.FieldID, productvariant.FieldStockPolicy, productvariant.FieldLeadDays, productvariant.FieldAvailableFrom).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("stock: variants: %w", err)
	}
	return s.termsOf(list), nil
}

// termsOf are those of variants that have been read.
func (s *Service) termsOf(list []*ent.ProductVariant) map[gid.ID]terms {
	today := dayOf(s.now())
	all := make(map[gid.ID]terms, len(list))
	for _, v := range list {
		t := terms{policy: v.StockPolicy}
		switch {
		case v.StockPolicy == productvariant.StockPolicyBACKORDER && v.LeadDays != nil:
			t.later = new(today.AddDate(0, 0, *v.LeadDays))
		case v.StockPolicy == productvariant.StockPolicyPREORDER && v.AvailableFrom != nil && dayOf(*v.AvailableFrom).After(today):
			t.later, t.ahead = new(dayOf(*v.AvailableFrom)), true
		}
		all[v.ID] = t
	}
	return all
}

// stale says whether the last word about some levels, all of one variant, is
// too old to promise anything.
func (s *Service) stale(levels []*level) bool {
	if s.o.MaxAge <= 0 {
		return false
	}
	since := s.now().Add(-s.o.MaxAge)
	return !slices.ContainsFunc(levels, func(l *level) bool { return l.active && !l.known().Before(since) })
}

// ids reads a column of ids.
func (s *Service) ids(ctx context.Context, query string, args ...any) ([]gid.ID, error) {
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("stock: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var all []gid.ID
	for rows.Next() {
		var id gid.ID
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("stock: %w", err)
		}
		all = append(all, id)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("stock: %w", err)
	}
	return all, nil
}

// pieces is how many rows one statement writes at most; SQLite takes 32,766
// parameters.
const pieces = 500

// insert runs an INSERT of many rows in pieces and returns how many rows it
// touched.
func insert(ctx context.Context, q store.Querier, into string, rows [][]any, tail string) (int64, error) {
	var touched int64
	for piece := range slices.Chunk(rows, pieces) {
		var b strings.Builder
		b.WriteString(into)
		b.WriteString(" VALUES ")
		args := make([]any, 0, len(piece)*len(piece[0]))
		for i, row := range piece {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteByte('(')
			for j := range row {
				if j > 0 {
					b.WriteByte(',')
				}
				b.WriteString("$" + strconv.Itoa(len(args)+j+1))
			}
			b.WriteByte(')')
			args = append(args, row...)
		}
		b.WriteString(tail)
		done, err := q.ExecContext(ctx, b.String(), args...)
		if err != nil {
			return touched, fmt.Errorf("stock: %w", err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return touched, fmt.Errorf("stock: %w", err)
		}
		touched += n
	}
	return touched, nil
}
