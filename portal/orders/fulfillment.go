package orders

import (
	"context"
	"time"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/schema/gid"
)

// fulfillment reads an order's lines and shipments and derives its axis from
// them. The caller holds the order.
func fulfillment(ctx context.Context, tx *ent.Client, id gid.ID) (order.FulfillmentStatus, *time.Time, error) {
	all, err := readFacts(ctx, tx, id)
	if err != nil {
		return "", nil, err
	}
	status, last := all[id].fulfillment()
	return status, last, nil
}

// settled is the state of an order whose fulfillment is known: COMPLETED
// exactly while all is delivered, as far as the transition table lets it.
func settled(is order.Status, f order.FulfillmentStatus) order.Status {
	want := order.StatusCONFIRMED
	if f == order.FulfillmentStatusDELIVERED {
		want = order.StatusCOMPLETED
	}
	if to, ok := target(doTrack, is); ok && to == want {
		return to
	}
	return is
}

// same says whether two moments, either of which may be missing, are one.
func same(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}
