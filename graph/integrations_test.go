package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

func TestAnIntegrationActsByItsKey(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		ctx := t.Context()
		key, id, err := f.Accounts.CreateIntegration(ctx, "Carrier gateway", "gateway")
		require.NoError(t, err)
		c := f.With(key)
		const report = `mutation($i: ReportTrackingInput!) { reportTracking(input: $i) { results { outcome } userErrors { code } } }`
		in := map[string]any{"i": map[string]any{"carrier": "DHL", "reports": []any{map[string]any{
			"trackingNumber": "tn member", "status": "OUT_FOR_DELIVERY", "at": f.World.Now.Format("2006-01-02T15:04:05Z"),
		}}}}
		unknown := c.Must(report, in)
		require.Equal(t, "WAITING", testkit.At(unknown, "reportTracking", "results", 0, "outcome"))
		in["i"].(map[string]any)["reports"].([]any)[0].(map[string]any)["trackingNumber"] = "TN-ORG_MEMBER"
		require.Equal(t, "RECORDED", testkit.At(c.Must(report, in), "reportTracking", "results", 0, "outcome"))
		actor := f.As("STAFF_AGENT").Must(`query($id: ID!) { order(id: $id) { timeline { __typename actor { kind name } } } }`,
			map[string]any{"id": f.World.Orders[world.OrderOfMember].ID})
		require.Contains(t, testkit.At(actor, "order", "timeline"),
			map[string]any{"__typename": "TrackingReported", "actor": map[string]any{"kind": "INTEGRATION", "name": "Carrier gateway"}})

		live := c.Subscribe(`subscription { ordersUpdated { token } }`, nil)
		require.Empty(t, live.Next().Errors)
		before := f.Fingerprint()
		for _, bad := range []string{key[:len(key)-1], key + "a", "fk_", "fr_" + key[3:], key[3:]} {
			require.Equal(t, "UNAUTHENTICATED", f.With(bad).Do(`{ viewer { kind } }`, nil).Code(), bad)
		}
		require.Equal(t, before, f.Fingerprint())

		require.Error(t, f.Accounts.RevokeIntegration(ctx, gid.New(gid.Key)))
		require.NoError(t, f.Accounts.RevokeIntegration(ctx, id))
		require.Equal(t, 4403, live.Closed())
		require.Equal(t, "UNAUTHENTICATED", c.Do(report, in).Code())
		require.Error(t, f.Accounts.RevokeIntegration(ctx, id), "it is no good any more")
		list, err := f.Accounts.Integrations(ctx)
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.NotNil(t, list[0].LastUsed)
		require.NotNil(t, list[0].RevokedAt)

		for _, x := range [][2]string{{"", "erp"}, {"x", ""}, {"x", "ERP"}, {"x", "a b"}} {
			_, _, err := f.Accounts.CreateIntegration(ctx, x[0], x[1])
			require.Error(t, err, "%v", x)
		}
	})
}
