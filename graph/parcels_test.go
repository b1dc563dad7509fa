package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/testkit"
	"foyer/testkit/world"
)

const reportTracking = `mutation($input: ReportTrackingInput!) { reportTracking(input: $input) {
	results { trackingNumber outcome shipment { id status order { number } } } userErrors { field code message } } }`

func reports(list ...map[string]any) map[string]any {
	return map[string]any{"input": map[string]any{"carrier": "DHL", "reports": list}}
}

func carrierReport(number, status string, at time.Time) map[string]any {
	return map[string]any{"trackingNumber": number, "status": status, "at": at.Format(time.RFC3339)}
}

func TestReportTracking(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		now := f.World.Now
		input := reports(
			carrierReport("tn south", "DELIVERED", now), carrierReport("TN-SOUTH", "OUT_FOR_DELIVERY", now.Add(-time.Minute)),
			carrierReport("UNHEARD-1", "DELIVERED", now), carrierReport("TN-SUB", "DELIVERED", now.AddDate(0, 0, 9)))
		once := strings.Replace(reportTracking, "(input: $input)", `(input: $input) @idempotent(key: "batch-1")`, 1)
		first := f.As("INTEGRATION").Do(once, input)
		require.Empty(t, first.Errors, first.Body)
		require.Empty(t, first.At("reportTracking", "userErrors"))
		for i, want := range []string{"RECORDED", "RECORDED", "WAITING", "WAITING"} {
			require.Equal(t, want, first.At("reportTracking", "results", i, "outcome"), first.Body)
		}
		require.Equal(t, "DELIVERED", first.At("reportTracking", "results", 0, "shipment", "status"))
		require.Equal(t, "FO-SOUTH", first.At("reportTracking", "results", 1, "shipment", "order", "number"))
		require.Nil(t, first.At("reportTracking", "results", 2, "shipment"))
		after := f.Fingerprint()
		again := f.As("INTEGRATION").Do(once, input)
		require.Equal(t, first.Body, again.Body, "the same request has the same answer")
		fresh := f.As("INTEGRATION").Do(reportTracking, input)
		for i := range 4 {
			require.Equal(t, "REPEATED", fresh.At("reportTracking", "results", i, "outcome"))
		}
		require.Equal(t, after, f.Fingerprint())
		conflict := f.As("INTEGRATION").Do(once, reports(carrierReport("OTHER", "DELIVERED", now)))
		require.Equal(t, "CONFLICT", conflict.Code())

		for code, in := range map[string]map[string]any{
			"UNKNOWN_CARRIER": {"carrier": "FAX", "reports": []any{carrierReport("TN-SUB", "DELIVERED", now)}},
			"INVALID":         {"carrier": "DHL", "reports": []any{carrierReport("TN-SUB", "DELIVERED", now), carrierReport("?", "DELIVERED", now)}},
		} {
			a := f.As("INTEGRATION").Do(reportTracking, map[string]any{"input": in})
			require.Equal(t, code, a.At("reportTracking", "userErrors", 0, "code"), a.Body)
			require.Empty(t, a.At("reportTracking", "results"))
			require.Equal(t, after, f.Fingerprint())
		}
	})
}

// What a list of results costs does not depend on how long it is.
func TestReportsLoadTheirShipmentsTogether(t *testing.T) {
	f := testkit.SQLite(t)
	ask := func(numbers ...string) int64 {
		var list []map[string]any
		for _, n := range numbers {
			list = append(list, carrierReport(n, "IN_TRANSIT", f.World.Now.Add(-time.Hour)))
		}
		f.As("INTEGRATION").Must(reportTracking, reports(list...)) // from now on they are repeated
		bare := f.As("INTEGRATION").Statements(strings.Replace(reportTracking, "shipment { id status order { number } }", "outcome", 1), reports(list...))
		return f.As("INTEGRATION").Statements(reportTracking, reports(list...)) - bare
	}
	require.Equal(t, ask("TN-SUB", "TN-SOUTH"), ask("TN-SUB", "TN-SOUTH", "TN-ORG_MEMBER", "TN-ORG_ADMIN"))
	list := func(n int) int64 {
		return f.As("STAFF_AGENT").Statements(fmt.Sprintf(`{ parcelReports(first: %d) { edges { node { id shipment { id order { number } } } } } }`, n), nil)
	}
	for _, x := range rowsOf(t, f, "ParcelReport") {
		f.As("STAFF_AGENT").Do(`mutation($i: AssignParcelReportInput!) { assignParcelReport(input: $i) { userErrors { code } } }`,
			map[string]any{"i": map[string]any{"parcelReportId": x.id, "shipmentId": f.World.Shipments[world.OrderOfSouth].ID}})
	}
	require.Equal(t, list(1), list(8))
}

func TestParcelReports(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		agent := f.As("STAFF_AGENT")
		data := agent.Must(`{ viewer { attention { waitingParcelReports } }
			all: parcelReports(first: 3, filter: {state: [WAITING], problem: [UNKNOWN_PARCEL]}) { totalCount pageInfo { hasNextPage endCursor } edges { node { id trackingNumber state problem status at receivedAt carrier { code name } shipment { id } } } }
			done: parcelReports(filter: {state: [RECORDED]}) { edges { node { trackingNumber handledAt shipment { trackingNumber order { number } } } } }
			one: parcelReports(filter: {trackingNumber: " xx south"}) { totalCount edges { node { id trackingNumber } } }
			none: parcelReports(filter: {trackingNumber: "?"}) { totalCount } }`, nil)
		require.InDelta(t, 7, testkit.At(data, "viewer", "attention", "waitingParcelReports"), 0)
		require.InDelta(t, 7, testkit.At(data, "all", "totalCount"), 0)
		require.Equal(t, "DHL", testkit.At(data, "all", "edges", 0, "node", "carrier", "name"))
		require.Equal(t, "FO-SUB", testkit.At(data, "done", "edges", 0, "node", "shipment", "order", "number"))
		require.InDelta(t, 1, testkit.At(data, "one", "totalCount"), 0)
		require.InDelta(t, 0, testkit.At(data, "none", "totalCount"), 0)
		seen, after := map[any]bool{}, any(nil)
		for range 3 {
			page := agent.Must(`query($after: Cursor) { parcelReports(first: 3, after: $after, filter: {state: [WAITING]}) { pageInfo { hasNextPage endCursor } edges { node { id } } } }`,
				map[string]any{"after": after})
			list, _ := testkit.At(page, "parcelReports", "edges").([]any)
			for _, e := range list {
				seen[testkit.At(e, "node", "id")] = true
			}
			after = testkit.At(page, "parcelReports", "pageInfo", "endCursor")
		}
		require.Len(t, seen, 7)

		id := testkit.At(data, "one", "edges", 0, "node", "id")
		const assign = `mutation($i: AssignParcelReportInput!) { assignParcelReport(input: $i) { parcelReport { state shipment { status trackingEvents { status } } } userErrors { field code } } }`
		a := agent.Do(assign, map[string]any{"i": map[string]any{"parcelReportId": id, "shipmentId": f.World.Shipments[world.OrderOfSouth].ID}})
		require.Empty(t, a.Errors, a.Body)
		require.Equal(t, "RECORDED", a.At("assignParcelReport", "parcelReport", "state"), a.Body)
		before := f.Fingerprint()
		a = agent.Do(assign, map[string]any{"i": map[string]any{"parcelReportId": id, "shipmentId": f.World.Shipments[world.OrderOfSouth].ID}})
		require.Equal(t, "HANDLED", a.At("assignParcelReport", "userErrors", 0, "code"))
		require.Nil(t, a.At("assignParcelReport", "parcelReport"))
		require.Equal(t, before, f.Fingerprint())
		d := agent.Must(`mutation($i: DismissParcelReportInput!) { dismissParcelReport(input: $i) { parcelReport { state dismissReason handledAt } userErrors { code } } }`,
			map[string]any{"i": map[string]any{"parcelReportId": testkit.At(data, "all", "edges", 1, "node", "id"), "reason": "not ours"}})
		require.Equal(t, "not ours", testkit.At(d, "dismissParcelReport", "parcelReport", "dismissReason"))
	})
}

// For a customer there is no inbox: not the list, not a record, not a count,
// not a type.
func TestCustomersHaveNoInbox(t *testing.T) {
	f := testkit.SQLite(t)
	id := rowsOf(t, f, "ParcelReport")[0].id
	for _, role := range []string{"ORG_MEMBER", "ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN", "STAFF_SALES", "STAFF_MARKETING", "STAFF_TRAINER", "STAFF_ANALYST", "ANONYMOUS", "GUEST"} {
		c := f.As(role)
		for _, query := range []string{
			`{ parcelReports { totalCount } }`, `{ viewer { attention { waitingParcelReports } } }`,
			`mutation { dismissParcelReport(input: {parcelReportId: "` + id + `"}) { userErrors { code } } }`,
			`mutation { reportTracking(input: {carrier: "DHL", reports: []}) { userErrors { code } } }`,
		} {
			require.Contains(t, c.Do(query, nil).Body, "Cannot query field", "%s: %s", role, query)
		}
		a := c.Do(`query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id})
		b := c.Do(`query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": "rep_" + strings.Repeat("0", 26)})
		require.Equal(t, "NOT_FOUND", a.Code(), role)
		require.Equal(t, a.Body, b.Body, role)
		require.NotContains(t, c.Do(`{ __schema { types { name } } }`, nil).Body, `"ParcelReport"`, role)
	}
}
