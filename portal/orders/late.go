package orders

import (
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/predicate"
)

// An order is late when the day that was promised is over, in UTC, and not all
// of it has been delivered. Drafts, cancelled and completed orders are not, nor
// is one that nobody promised a day for. The rule stands here twice, side by
// side: for an order at hand, and for the database; a test compares them over
// all states.

// neverLate are the states in which an order is not late.
var neverLate = []order.Status{order.StatusDRAFT, order.StatusCANCELLED, order.StatusCOMPLETED}

func late(o *ent.Order, now time.Time) bool {
	return o.PromisedDate != nil && o.PromisedDate.Before(dayOf(now)) &&
		!slices.Contains(neverLate, o.Status) && o.FulfillmentStatus != order.FulfillmentStatusDELIVERED
}

func lateRows(now time.Time) predicate.Order {
	return order.And(
		order.PromisedDateLT(dayOf(now)),
		order.StatusNotIn(neverLate...), order.FulfillmentStatusNEQ(order.FulfillmentStatusDELIVERED),
	)
}

// punctualRows are all others. NOT would not do: for an order without a
// promised day SQL knows neither that it is late nor that it is not.
func punctualRows(now time.Time) predicate.Order {
	return order.Or(
		order.PromisedDateIsNil(), order.PromisedDateGTE(dayOf(now)),
		order.StatusIn(neverLate...), order.FulfillmentStatusEQ(order.FulfillmentStatusDELIVERED),
	)
}

// IsLate says whether an order is later than promised.
func (s *Service) IsLate(o *ent.Order) bool { return late(o, s.now()) }

// Late finds the orders that are later than promised.
func (s *Service) Late() predicate.Order { return lateRows(s.now()) }

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
