package orders

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/ent/order"
	"foyer/schema"
)

// documented is the table as people read it: for each action the states in
// which it is possible, each with the one that follows. It is written out, so
// that a change of the table is seen here as a change of behaviour.
var documented = map[string]map[order.Status]order.Status{
	"order.confirm": {
		"PLACED": "CONFIRMED", "CONFIRMING": "CONFIRMED",
	},
	"order.cancel": {
		"DRAFT": "CANCELLED", "AWAITING_APPROVAL": "CANCELLED", "PLACED": "CANCELLED", "CONFIRMING": "CANCELLED", "CONFIRMED": "CANCELLED",
	},
	"approval.decide":   {"AWAITING_APPROVAL": "PLACED"},
	"approval.withdraw": {"AWAITING_APPROVAL": "CANCELLED"},
	"order.promise": {
		"PLACED": "PLACED", "CONFIRMING": "CONFIRMING", "CONFIRMED": "CONFIRMED",
	},
	"order.change": {
		"PLACED": "PLACED", "CONFIRMING": "CONFIRMING", "CONFIRMED": "CONFIRMED",
	},
	"shipment.create": {
		"CONFIRMED": "CONFIRMED",
	},
	"shipment.track": {
		"CONFIRMED": "COMPLETED", "COMPLETED": "CONFIRMED",
	},
	"order.note": {
		"DRAFT": "DRAFT", "AWAITING_APPROVAL": "AWAITING_APPROVAL", "PLACED": "PLACED", "CONFIRMING": "CONFIRMING",
		"CONFIRMED": "CONFIRMED", "CANCELLED": "CANCELLED", "COMPLETED": "COMPLETED",
	},
	"order.note.internal": {
		"DRAFT": "DRAFT", "AWAITING_APPROVAL": "AWAITING_APPROVAL", "PLACED": "PLACED", "CONFIRMING": "CONFIRMING",
		"CONFIRMED": "CONFIRMED", "CANCELLED": "CANCELLED", "COMPLETED": "COMPLETED",
	},
}

func TestTransitions(t *testing.T) {
	require.Len(t, every, 7)
	for _, s := range every {
		require.NoError(t, order.StatusValidator(s))
		require.NotEmpty(t, states[s].EN)
		require.NotEmpty(t, states[s].DE)
	}
	for action, want := range documented {
		got := map[order.Status]order.Status{}
		for _, from := range every {
			if to, ok := target(action, from); ok {
				got[from] = to
			}
		}
		require.Equal(t, want, got, action)
	}
	for _, x := range transitions {
		require.Contains(t, documented, x.action)
		require.Contains(t, schema.Actions, x.action, "an action without a row in the matrix is open to nobody")
	}
}

func TestSettled(t *testing.T) {
	for _, s := range every {
		for _, f := range []order.FulfillmentStatus{"UNFULFILLED", "PARTIALLY_SHIPPED", "SHIPPED", "PARTIALLY_DELIVERED", "DELIVERED"} {
			want := s
			switch {
			case s == order.StatusCONFIRMED && f == order.FulfillmentStatusDELIVERED:
				want = order.StatusCOMPLETED
			case s == order.StatusCOMPLETED && f != order.FulfillmentStatusDELIVERED:
				want = order.StatusCONFIRMED
			}
			require.Equal(t, want, settled(s, f), "%s, %s", s, f)
		}
	}
}
