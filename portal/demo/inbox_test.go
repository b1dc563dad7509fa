package demo

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent/notification"
	"foyer/schema"
)

// TestInboxes: on whatever day the company is made, whoever signs in as a
// customer or as their salesperson finds something.
func TestInboxes(t *testing.T) {
	for _, now := range moments() {
		h, deals := built(t, now)
		counts, kinds, keys := map[string]int{}, map[notification.Kind]int{}, map[string]bool{}
		for _, n := range h.inbox(deals, schoolOf(t, h, deals), time.UTC) {
			counts[string(n.UserID)]++
			kinds[n.Kind]++
			key := string(n.UserID) + n.DedupKey
			require.False(t, keys[key], "%s is told twice: %s", n.UserID, n.DedupKey)
			keys[key] = true
			require.Equal(t, n.Kind == notification.KindWORK_HANDED_IN, n.Data.SubmissionID != "")
			require.False(t, n.ReadAt != nil && n.ReadAt.After(h.now))
			require.LessOrEqual(t, len(n.DedupKey), 160)
		}
		for _, kind := range []notification.Kind{
			notification.KindCOURSE_ASSIGNED, notification.KindCOURSE_DUE, notification.KindCERTIFICATE_ISSUED, notification.KindCERTIFICATE_ENDING,
			notification.KindWORK_HANDED_IN,
		} {
			require.Positive(t, kinds[kind], "%s on %s", kind, now)
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
