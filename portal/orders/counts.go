package orders

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/ent/predicate"
	"foyer/portal/events"
)

// What is counted of orders is said here and in late.go once; lists that are
// filtered for the same, the numbers of what waits, and the figures of a
// customer take it from here, so that they agree.

// Placed finds what counts as an order in figures: drafts are none yet, and
// cancelled ones none any more.
func Placed() predicate.Order {
	return order.StatusNotIn(order.StatusDRAFT, order.StatusCANCELLED)
}

// Open finds the orders that are neither completed nor cancelled; drafts are not
// among them. Each late order is open.
func Open() predicate.Order { return order.StatusNotIn(neverLate...) }

// ToConfirm finds the orders that wait to be confirmed.
func ToConfirm() predicate.Order {
	var from []order.Status
	for _, t := range transitions {
		if t.action == doConfirm {
			from = append(from, t.from...)
		}
	}
	return order.StatusIn(from...)
}

// Underway finds the orders of which something has been sent and not all has
// arrived.
func Underway() predicate.Order {
	return order.And(order.StatusEQ(order.StatusCONFIRMED), order.FulfillmentStatusIn(
		order.FulfillmentStatusPARTIALLY_SHIPPED, order.FulfillmentStatusSHIPPED, order.FulfillmentStatusPARTIALLY_DELIVERED))
}

// ToShip finds the orders of which units are left to send: those with which
// CreateShipment is possible, see shippable. To those who do not see the lines,
// an order of which some has been delivered does not say what is left of it.
func ToShip(ctx context.Context) predicate.Order {
	rest := seen(ctx, ent.TypeOrderLine, func(s *sql.Selector) { hasLine(s, `l.quantity_shipped < l.quantity - l.quantity_cancelled`) })
	return order.And(order.StatusEQ(order.StatusCONFIRMED), order.Or(
		order.FulfillmentStatusIn(order.FulfillmentStatusUNFULFILLED, order.FulfillmentStatusPARTIALLY_SHIPPED),
		order.And(order.FulfillmentStatusEQ(order.FulfillmentStatusPARTIALLY_DELIVERED), rest)))
}

// Delayed finds the orders of which Delay says something. What was noted of a
// delay may stay with an order that is no longer open, and says nothing then.
func Delayed() predicate.Order {
	return order.And(order.DelayCauseNotNil(), order.DelayedAtNotNil(), openRows())
}

// DeliveredIn finds the orders of which the last was delivered in a time, from
// its beginning to before its end, and for which a day had been promised.
func DeliveredIn(from, before time.Time) predicate.Order {
	return order.And(Placed(), order.FulfillmentStatusEQ(order.FulfillmentStatusDELIVERED),
		order.DeliveredAtGTE(from), order.DeliveredAtLT(before), order.PromisedDateNotNil())
}

// OnTime is the SQL of how many orders of a group, all of them delivered and
// promised, were delivered by the end of the day first promised, in UTC.
//
// That is the first day that was ever promised for the order as a whole, before
// anybody promised another one: each change is in the log with the day before
// it. Days that lines have of their own do not count, and of a day that another
// system has changed the log does not know. Who does not read the log of every
// order that they see gets the present day, as they see it.
func OnTime(ctx context.Context) func(*sql.Selector) string {
	return func(s *sql.Selector) string {
		first := dayText(s.Dialect(), s.C(order.FieldPromisedDate))
		if sees(ctx, ent.TypeEvent) {
			first = fmt.Sprintf("coalesce((%s), %s)", firstPromise(s), first)
		}
		return fmt.Sprintf("sum(CASE WHEN %s <= %s THEN 1 ELSE 0 END)", dayText(s.Dialect(), s.C(order.FieldDeliveredAt)), first)
	}
}

// firstPromise is the SQL of the day that was promised for an order at first,
// by the earliest event about that.
func firstPromise(s *sql.Selector) string {
	member := func(name string) string { return "e.data ->> '" + name + "'" }
	moment := func(value string) string { return "substr(" + value + ", 1, 10)" } // written in UTC
	if s.Dialect() == dialect.SQLite {
		member = func(name string) string { return "json_extract(CAST(e.data AS TEXT), '$." + name + "')" }
	} else {
		moment = func(value string) string { return dayText(s.Dialect(), "CAST("+value+" AS timestamptz)") }
	}
	return fmt.Sprintf(`SELECT %s FROM %s e WHERE e.subject_id = %s AND e.kind = '%s' AND %s IS NULL ORDER BY e.occurred_at, e.id LIMIT 1`,
		moment("coalesce("+member("oldDate")+", "+member("date")+")"), event.Table, s.C(order.FieldID), events.OrderPromise, member("subject"))
}

// dayText is the SQL of a time's day in UTC, as 2026-03-01.
func dayText(name, column string) string {
	if name == dialect.SQLite { // which keeps times as texts in UTC
		return "substr(" + column + ", 1, 10)"
	}
	return "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
}

// MonthPlaced is the SQL of the month in which an order was placed, in UTC, as
// 2026-03.
func MonthPlaced(s *sql.Selector) string {
	return "substr(" + dayText(s.Dialect(), s.C(order.FieldPlacedAt)) + ", 1, 7)"
}
