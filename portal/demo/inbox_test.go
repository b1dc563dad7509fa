package demo

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/schema"
)

// TestInboxes: on whatever day the company is made, whoever signs in as a
// customer or as their salesperson finds something.
func TestInboxes(t *testing.T) {
	for _, now := range moments() {
		h, deals := built(t, now)
		counts := map[string]int{}
		for _, n := range h.inbox(deals, time.UTC) {
			counts[string(n.UserID)]++
			require.False(t, n.ReadAt != nil && n.ReadAt.After(h.now))
			require.LessOrEqual(t, len(n.DedupKey), 160)
		}
		for _, i := range h.everyone() {
			role := i.seats[0].role
			for _, r := range schema.Roles {
				if i.shown && r.Key == role && (r.Kind == schema.RoleOrganization || role == "STAFF_SALES") {
					require.GreaterOrEqual(t, counts[string(i.row.ID)], 2, "%s on %s", i.name, now)
				}
			}
		}
	}
}
