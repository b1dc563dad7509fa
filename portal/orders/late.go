package orders

import (
	"context"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/predicate"
	"foyer/ent/shipment"
	"foyer/schema/gid"
)

// An order is late when a day that was promised is over, in UTC, and what was
// promised for it has not been delivered: all of the order, or, where lines have
// days of their own, each line for its own day and the others for the order's.
// Drafts, cancelled and completed orders are not late, nor is what nobody
// promised a day for. The rule stands here twice: for an order at hand, by its
// dues, and for the database; a test compares them over all states.

// neverLate are the states in which an order is not late.
var neverLate = []order.Status{order.StatusDRAFT, order.StatusCANCELLED, order.StatusCOMPLETED}

// open says whether an order is one that can be late.
func open(o *ent.Order) bool { return CanBeLate(o.Status, o.FulfillmentStatus) }

// CanBeLate says whether an order in some state can be later than promised.
func CanBeLate(is order.Status, axis order.FulfillmentStatus) bool {
	return !slices.Contains(neverLate, is) && axis != order.FulfillmentStatusDELIVERED
}

func late(o *ent.Order, f *facts, now time.Time) bool {
	today := dayOf(now)
	return slices.ContainsFunc(f.dues(o), func(d due) bool { return d.day.Before(today) })
}

// openRows are the orders that can be late.
func openRows() predicate.Order {
	return order.And(order.StatusNotIn(neverLate...), order.FulfillmentStatusNEQ(order.FulfillmentStatusDELIVERED))
}

// lateRows finds late orders; own says whether the lines' own days count. Then
// it looks for lines by an index that has only those with a day of their own,
// which are few; what a line has received is what is inside of its delivered
// shipments.
func lateRows(now time.Time, own bool) predicate.Order {
	const missing = `l.quantity - l.quantity_cancelled > (SELECT coalesce(sum(x.quantity), 0) FROM shipment_lines x JOIN shipments p ON p.id = x.shipment_id
		WHERE x.order_line_id = l.id AND p.status = '` + string(shipment.StatusDELIVERED) + `')`
	today := dayOf(now)
	passed := order.And(order.PromisedDateNotNil(), order.PromisedDateLT(today))
	if !own {
		return order.And(openRows(), passed)
	}
	ownDay := func(s *sql.Selector) { hasLine(s, `l.promised_date IS NOT NULL`) }
	others := func(s *sql.Selector) { hasLine(s, `l.promised_date IS NULL AND `+missing) }
	lines := func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.Ident(s.C(order.FieldID)).WriteString(` IN (SELECT l.order_id FROM order_lines l WHERE l.promised_date < `).Arg(today).
				WriteString(` AND ` + missing + `)`)
		}))
	}
	return order.And(openRows(), order.Or(order.And(passed, order.Or(order.Not(ownDay), others)), lines))
}

// hasLine keeps a query to orders with a line of which a condition holds.
func hasLine(s *sql.Selector, condition string) {
	s.Where(sql.P(func(b *sql.Builder) {
		b.WriteString(`EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = `).Ident(s.C(order.FieldID)).
			WriteString(` AND ` + condition + `)`)
	}))
}

// seesLines says whether the viewer sees what has become of each line of every
// order that they see. To others the lines' own days do not exist.
func seesLines(ctx context.Context) bool {
	return !slices.ContainsFunc([]string{ent.TypeOrderLine, ent.TypeShipment, ent.TypeShipmentLine}, func(typ string) bool {
		return !sees(ctx, typ)
	})
}

// IsLate says whether an order is later than promised.
func (s *Service) IsLate(ctx context.Context, o *ent.Order) (bool, error) {
	if !open(o) {
		return false, nil
	}
	f, err := s.own(ctx, o.ID)
	if err != nil {
		return false, err
	}
	return late(o, f, s.now()), nil
}

// Late finds the orders that are later than promised.
func (s *Service) Late(ctx context.Context) predicate.Order {
	return lateRows(s.now(), seesLines(ctx))
}

// owns reads the facts of those orders of which a line has a day of its own.
func (s *Service) owns(ctx context.Context, ids []gid.ID) (map[gid.ID]*facts, error) {
	if !seesLines(ctx) {
		return nil, nil
	}
	with, err := s.withOwn(ctx, ids)
	if err != nil || len(with) == 0 {
		return nil, err
	}
	return readFacts(ctx, s.store.Client(), with...)
}
