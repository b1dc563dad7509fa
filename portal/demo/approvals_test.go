package demo

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent/approval"
	"foyer/ent/order"
)

// TestApprovals: what waits and what was answered agrees with the orders, and
// there is one of each sort to look at.
func TestApprovals(t *testing.T) {
	h, deals := built(t, time.Date(2026, 11, 18, 10, 0, 0, 0, time.UTC))
	sorts := map[string]int{}
	for _, d := range deals {
		a := d.question
		require.Equal(t, d.order.Status == order.StatusAWAITING_APPROVAL, a != nil && a.Status == approval.StatusPENDING, d.order.Number)
		if a == nil {
			continue
		}
		require.Equal(t, d.order.ID, a.OrderID)
		require.NotEqual(t, a.UserID, a.DecidedByID)
		require.Equal(t, a.Status == approval.StatusPENDING, a.PendingOrderID != nil)
		require.Positive(t, a.Cause.LimitMinor)
		require.Greater(t, a.Cause.SpentMinor+a.Cause.AmountMinor, a.Cause.LimitMinor, "it was over the limit: %+v of %s", a.Cause, d.buyer.roleAt(d.customer.key))
		require.True(t, a.Status != approval.StatusPENDING || a.ExpiresAt.After(h.now))
		sorts[string(a.Status)]++
		if a.DelegatorID != "" {
			sorts["delegated"]++
		}
		if a.ApproverID != "" && a.Status == approval.StatusPENDING {
			sorts["named"]++
		}
	}
	for _, sort := range []string{"PENDING", "APPROVED", "DECLINED", "delegated", "named"} {
		require.Positive(t, sorts[sort], "%s: %v", sort, sorts)
	}
	t.Log(sorts)
}
