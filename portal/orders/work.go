package orders

import (
	"context"
	"errors"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/predicate"
	"foyer/ent/shipment"
	"foyer/portal/jobs"
	"foyer/schema/gid"
)

// delays is the work of finding orders that are later than promised without
// anything having happened to them: their day passes, or an import has brought
// them so.
type delays struct{}

// Kind implements jobs.Args.
func (delays) Kind() string { return "orders.delays" }

const (
	delaysEvery   = 5 * time.Minute
	delaysTimeout = 90 * time.Second
	delaysReserve = 10 * time.Second // an order that has been begun is finished
	delaysBatch   = 200              // ids are read ahead
)

// Work gives the background work of orders to a runner.
func (s *Service) Work(r *jobs.Runner) {
	jobs.Handle(r, jobs.Kind{Timeout: delaysTimeout, Attempts: 3}, func(ctx context.Context, _ delays) error { return s.FindDelays(ctx) })
	r.Every(delaysEvery, delays{})
}

// FindDelays reviews each order of which what is noted of a delay may no longer
// be so. Each has a transaction of its own, in which it is held and read anew:
// it does not matter how often this runs, or in how many processes at once. An
// order that cannot be reviewed stands in no other's way. What a run does not
// get to, the next one does.
func (s *Service) FindDelays(ctx context.Context) error {
	ctx = auth.WithSystem(ctx, "delays of orders, found by time")
	until, limited := ctx.Deadline()
	var failed []error
	for last := gid.ID(""); ; {
		q := s.store.Client().Order.Query().Where(doubtful(s.now())).Order(order.ByID()).Limit(s.batch)
		if last != "" { // an empty id is NULL to the database
			q.Where(order.IDGT(last))
		}
		ids, err := q.IDs(ctx)
		if err != nil {
			return errors.Join(append(failed, err)...)
		}
		for _, id := range ids {
			if limited && time.Until(until) < delaysReserve {
				return errors.Join(failed...)
			}
			if err := s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
				if _, err := find(ctx, tx, id, held); err != nil {
					return err
				}
				return s.review(ctx, tx, id, nil)
			}); err != nil {
				failed = append(failed, err)
			}
		}
		if len(ids) < s.batch {
			return errors.Join(failed...)
		}
		last = ids[len(ids)-1]
	}
}

// doubtful finds the orders of which what is noted of a delay may not be so:
// late ones that are not noted as such, others that are noted as delayed, and
// those with a shipment that makes them so. The latter it knows exactly, or
// every order on the road would be locked every five minutes; apart from the
// few of which lines have days of their own.
func doubtful(now time.Time) predicate.Order {
	isLate := lateRows(now, true)
	own := func(s *sql.Selector) { hasLine(s, `l.promised_date IS NOT NULL`) }
	troubled := shipment.Or(
		shipment.StatusEQ(shipment.StatusRETURNED_TO_SENDER),
		shipment.And(shipment.StatusEQ(shipment.StatusEXCEPTION), ofOrder(`o.promised_date < `, dayOf(now).AddDate(0, 0, 1))),
		shipment.And(shipment.StatusNEQ(shipment.StatusDELIVERED), tooLate),
	)
	return order.And(openRows(), order.Or(
		order.And(isLate, order.Or(order.DelayCauseIsNil(), order.DelayCauseNEQ(order.DelayCausePROMISE_PASSED))),
		order.And(order.DelayCauseNotNil(), order.Not(isLate)),
		order.And(order.DelayCauseIsNil(), order.PromisedDateNotNil(), order.HasShipmentsWith(troubled)),
		order.And(order.DelayCauseIsNil(), own),
	))
}

// ofOrder is a condition on the order of a shipment.
func ofOrder(condition string, args ...any) predicate.Shipment {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteString(`EXISTS (SELECT 1 FROM orders o WHERE o.id = `).Ident(s.C(shipment.FieldOrderID)).WriteString(` AND ` + condition)
			b.Args(args...).WriteString(`)`)
		}))
	}
}

// tooLate keeps shipments that are expected on a later day than their order is
// promised for. SQLite has times as text that begins with the day, in UTC.
func tooLate(s *sql.Selector) {
	before, after := "(", " AT TIME ZONE 'UTC')::date"
	if s.Dialect() == dialect.SQLite {
		before, after = "substr(", ", 1, 10)"
	}
	s.Where(sql.P(func(b *sql.Builder) {
		b.WriteString(`EXISTS (SELECT 1 FROM orders o WHERE o.id = `).Ident(s.C(shipment.FieldOrderID)).
			WriteString(` AND ` + before).Ident(s.C(shipment.FieldEstimatedDelivery)).WriteString(after).
			WriteString(` > ` + before + `o.promised_date` + after + `)`)
	}))
}
