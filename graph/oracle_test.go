package graph_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/graph"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// guess is a value that is right about a row which the probing role cannot
// see, beside one that is wrong about every row.
type guess struct{ right, wrong any }

// guesses has a pair for every field of every filter. A filter field that is
// not here fails the test.
func guesses(f *testkit.Foyer) map[string][]guess {
	all := ordersGuesses(f)
	for _, more := range moreGuesses {
		maps.Copy(all, more(f))
	}
	return all
}

// moreGuesses are those of domains whose tests lie in files of their own.
var moreGuesses []func(f *testkit.Foyer) map[string][]guess

func ordersGuesses(f *testkit.Foyer) map[string][]guess {
	s := f.World.Orders[world.OrderOfSouth]
	old := "1999-05-05T00:00:00Z"
	return map[string][]guess{
		"OrderFilter.search": {
			{"FO-SOUTH", "FO-NOWHERE"}, {"PO-SOUTH", "PO-NOWHERE"}, {"TN-SOUTH", "TN-NOWHERE"}, {"SKU-SOUTH", "SKU-NOWHERE"},
			{"FO-SO", "FO-XX"}, {"fo-south", "fo-nowhere"}, {"%SOUTH", "%NOWHERE"}, {"FO_SOUTH", "FO_NOWHERE"},
		},
		"OrderFilter.number":                {{s.Number, "FO-NOWHERE"}},
		"OrderFilter.purchaseOrderNumber":   {{"PO-SOUTH", "PO-NOWHERE"}},
		"OrderFilter.trackingNumber":        {{"TN-SOUTH", "TN-NOWHERE"}},
		"OrderFilter.sku":                   {{"SKU-SOUTH", "SKU-NOWHERE"}},
		"OrderFilter.organizationId":        {{s.OrganizationID, gid.New(gid.Organization)}},
		"OrderFilter.status":                {{[]string{"AWAITING_APPROVAL"}, []string{"DRAFT"}}},
		"OrderFilter.fulfillmentStatus":     {{[]string{"DELIVERED"}, []string{"SHIPPED"}}},
		"OrderFilter.returnStatus":          {{[]string{"RETURNED"}, []string{"REQUESTED"}}},
		"OrderFilter.shipmentStatus":        {{[]string{"DELIVERED"}, []string{"PICKED_UP"}}},
		"OrderFilter.paymentStatus":         {{[]string{"REFUNDED"}, []string{"PARTIALLY_PAID"}}},
		"OrderFilter.placedBefore":          {{"2000-01-01T00:00:00Z", old}},
		"OrderFilter.placedFrom":            {{"2149-01-01T00:00:00Z", "2152-01-01T00:00:00Z"}},
		"OrderFilter.promisedFrom":          {{"2150-01-01", "2152-01-01"}},
		"OrderFilter.promisedTo":            {{"2000-01-01", "1990-01-01"}},
		"OrderFilter.isLate":                {{true, true}},
		"OrderFilter.isDelayed":             {{true, true}, {false, false}},
		"OrderFilter.isToShip":              {{true, true}, {false, false}},
		"OrganizationFilter.search":         {{"Sou", "Xyz"}, {"south", "xyzzy"}, {"%outh", "%yzzy"}},
		"OrganizationFilter.mine":           {{true, true}, {false, false}},
		"OrganizationFilter.kind":           {{[]string{"PERSON"}, []string{"PERSON"}}},
		"OrganizationFilter.status":         {{[]string{"SUSPENDED"}, []string{"MERGED"}}},
		"UserFilter.search":                 {{"Person SOUTH", "Person NOWHERE"}, {"south", "nowhere"}, {"South Pers", "Nowhere Pers"}, {world.Email("SOUTH"), world.Email("NOWHERE")}},
		"UserFilter.email":                  {{world.Email("SOUTH"), world.Email("NOWHERE")}},
		"UserFilter.staff":                  {{true, true}},
		"UserFilter.status":                 {{[]string{"DISABLED"}, []string{"DISABLED"}}},
		"ProductFilter.search":              {{"Secret", "Nothing"}, {"XX-1", "XX-2"}},
		"ProductFilter.categoryId":          {{gid.New(gid.Category), gid.New(gid.Category)}},
		"ProductFilter.status":              {{[]string{"DRAFT"}, []string{"DRAFT"}}},
		"ParcelReportFilter.trackingNumber": {{"XX-SOUTH", "XX-NOWHERE"}},
		"ParcelReportFilter.state":          {{[]string{"WAITING"}, []string{"DISMISSED"}}},
		"ParcelReportFilter.problem":        {{[]string{"UNKNOWN_PARCEL"}, []string{"WRONG_CLOCK"}}},
		"AuditFilter.entity":                {{"Order", "Nothing"}},
		"AuditFilter.subject":               {{s.ID, gid.New(gid.Order)}},
		"AuditFilter.actor":                 {{f.World.Users["SOUTH"].ID, gid.New(gid.User)}},
		"AuditFilter.action":                {{"order.cancel", "nothing"}},
		"AuditFilter.from":                  {{old, "2152-01-01T00:00:00Z"}},
		"AuditFilter.before":                {{"2152-01-01T00:00:00Z", old}},
		"ImportFilter.status":               {{[]string{"WAITING"}, []string{"FAILED"}}},
		"NotificationFilter.unread":         {{true, true}, {false, false}},
		"NotificationFilter.kind":           {{[]string{"ORDER_CANCELLED"}, []string{"ORDER_DELAYED"}}},
	}
}

// plant gives the hidden rows values by which a leak would show: the stranger's
// order is the only one that is so early, so late, so far in the future.
func plant(t *testing.T, f *testkit.Foyer) {
	t.Helper()
	ctx := t.Context()
	s := f.World.Orders[world.OrderOfSouth].ID
	for _, statement := range []string{
		`UPDATE orders SET status = 'AWAITING_APPROVAL', fulfillment_status = 'DELIVERED', return_status = 'RETURNED', payment_status = 'REFUNDED' WHERE id = $1`,
		`UPDATE order_lines SET quantity = 77 WHERE order_id = $1`,
		`UPDATE shipments SET status = 'RETURNED_TO_SENDER' WHERE order_id = $1`,
	} {
		_, err := f.Store.Raw(ctx).ExecContext(ctx, statement, s)
		require.NoError(t, err)
	}
	_, err := f.Store.Raw(ctx).ExecContext(ctx, `UPDATE organizations SET status = 'SUSPENDED' WHERE id = $1`, f.World.South.ID)
	require.NoError(t, err)
	// What the stranger learns: nobody else's is due, good, or ended long ago.
	for statement, at := range map[string]any{
		`UPDATE enrollments SET due_at = $1 WHERE slot = 'OPEN' AND organization_id = $2`:           time.Date(2140, 1, 1, 0, 0, 0, 0, time.UTC),
		`UPDATE enrollments SET status = $1 WHERE slot <> 'OPEN' AND organization_id = $2`:          "WITHDRAWN",
		`UPDATE submissions SET status = $1 WHERE organization_id = $2`:                             "PASSED",
		`UPDATE certificates SET expires_at = $1 WHERE organization_id = $2 AND revoked_at IS NULL`: time.Date(1995, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		_, err := f.Store.Raw(ctx).ExecContext(ctx, statement, at, string(f.World.South.ID))
		require.NoError(t, err)
	}
}

// when moves the hidden order in time, for guesses about a value's size.
func when(t *testing.T, f *testkit.Foyer, at time.Time) {
	t.Helper()
	ctx := t.Context()
	_, err := f.Store.Raw(ctx).ExecContext(ctx, `UPDATE orders SET placed_at = $1, promised_date = $1 WHERE id = $2`, at, f.World.Orders[world.OrderOfSouth].ID)
	require.NoError(t, err)
}

// blind are the roles that must not learn of the stranger's rows.
var blind = []string{"ORG_MEMBER", "ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN", "STAFF_SALES", "STAFF_MARKETING", "STAFF_TRAINER", "ANONYMOUS"}

// same sends two operations that differ in a guess only and demands the same
// answer, once the guess itself is taken out.
func same(t *testing.T, c *testkit.Client, query string, right, wrong map[string]any, texts ...[2]string) {
	t.Helper()
	a, b := c.Do(query, right), c.Do(query, wrong)
	x, y := a.Body, b.Body
	for _, p := range texts {
		x, y = strings.ReplaceAll(x, p[0], "?"), strings.ReplaceAll(y, p[1], "?")
	}
	require.Equal(t, a.Status, b.Status, "%s: %s", c.Role, query)
	require.Equal(t, y, x, "%s learns something from %s with %v", c.Role, query, right)
}

// TestOracle replays guesses about rows that a role cannot see through every
// filter, sort, count, look-up, mutation and error. Right and wrong guesses
// must read the same.
func TestOracle(t *testing.T) {
	slow(t)
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		plant(t, f)
		full, probes, known := graph.FullSchema(), 0, guesses(f)
		for _, field := range full.Query.Fields {
			filter := field.Arguments.ForName("filter")
			// What is no list of rows of customers, and whole for those who have the field, is
			// tested by itself: TestSearchTellsNothing, TestJobs, TestPricesFollowFromTheViewer, TestStockStatements.
			if filter == nil || slices.Contains([]string{"search", "jobs", "priceLists", "stockLevels"}, field.Name) {
				continue
			}
			for _, in := range full.Types[filter.Type.Name()].Fields {
				pairs, ok := known[filter.Type.Name()+"."+in.Name]
				require.True(t, ok, "the filter %s.%s has no guesses in this test", filter.Type.Name(), in.Name)
				order := strings.TrimSuffix(field.Type.Name(), "Connection") + "OrderField"
				for _, role := range blind {
					if field.Name != "orders" && role == "STAFF_SALES" || strings.HasPrefix(role, "STAFF_") && field.Name != "orders" {
						continue // they see those
					}
					for _, pair := range pairs {
						if full.Types[order] == nil { // a list that is not sorted and has no pages
							probes++
							same(t, f.As(role), fmt.Sprintf(`query($v: %s) { %s(filter: {%s: $v}) { id } }`, in.Type.String(), field.Name, in.Name),
								map[string]any{"v": pair.right}, map[string]any{"v": pair.wrong})
							continue
						}
						for _, sort := range full.Types[order].EnumValues {
							for i, year := range []int{1999, 2151} {
								if i > 0 && !strings.HasPrefix(in.Name, "p") && in.Name != "isLate" {
									continue // nothing about time is asked
								}
								when(t, f, time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC))
								probes++
								query := fmt.Sprintf(`query($v: %s) { %s(filter: {%s: $v}, orderBy: {field: %s, direction: DESC}) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } } } }`,
									in.Type.String(), field.Name, in.Name, sort.Name)
								var before string
								if year == 1999 && strings.HasPrefix(in.Name, "p") { // the same guess, about a value that has moved
									before = f.As(role).Do(query, map[string]any{"v": pair.right}).Body
									when(t, f, time.Date(2030, 6, 1, 0, 0, 0, 0, time.UTC))
									require.Equal(t, f.As(role).Do(query, map[string]any{"v": pair.right}).Body, before, "%s learns when by %s", role, in.Name)
								}
								same(t, f.As(role), query, map[string]any{"v": pair.right}, map[string]any{"v": pair.wrong})
							}
						}
					}
				}
			}
		}
		probes += lookUps(t, f) + writes(t, f)
		t.Logf("probe guesses: %d", probes)
	})
}

func lookUps(t *testing.T, f *testkit.Foyer) (probes int) {
	t.Helper()
	w, hidden := f.World, map[string][]gid.ID{}
	for _, typ := range entityTypes() {
		for _, x := range rowsOf(t, f, typ) {
			hidden[typ] = append(hidden[typ], gid.ID(x.id))
		}
	}
	o := newOracle(t, f)
	for _, role := range blind {
		c := f.As(role)
		for _, typ := range entityTypes() {
			for _, x := range rowsOf(t, f, typ) {
				if o.sees(role, typ, x) {
					continue
				}
				fresh := string(gid.New(gid.ID(x.id).Prefix()))
				probes += 2
				same(t, c, `query($id: ID!) { node(id: $id) { __typename id } }`, map[string]any{"id": x.id}, map[string]any{"id": fresh}, [2]string{x.id, fresh})
				same(t, c, `query($id: ID!) { nodes(ids: [$id, $id]) { __typename } }`, map[string]any{"id": x.id}, map[string]any{"id": fresh}, [2]string{x.id, fresh})
			}
		}
		for _, q := range []struct {
			query        string
			right, wrong any
		}{
			{`query($v: String) { order(number: $v) { id } }`, w.Orders[world.OrderOfSouth].Number, "FO-NOWHERE"},
			{`query($v: ID) { order(id: $v) { id } }`, w.Orders[world.OrderOfSouth].ID, gid.New(gid.Order)},
			{`query($v: ID!) { organization(id: $v) { id } }`, w.South.ID, gid.New(gid.Organization)},
			{`query($v: ID!) { product(id: $v) { id } }`, w.Draft.ID, gid.New(gid.Product)},
		} {
			if strings.HasPrefix(role, "STAFF_") && !strings.Contains(q.query, "order(") {
				continue
			}
			probes++
			same(t, c, q.query, map[string]any{"v": q.right}, map[string]any{"v": q.wrong})
		}
		// A cursor of somebody else's page is worth nothing: not even an error of its own.
		theirs, _ := f.As("STAFF_ADMIN").Do(`{ orders(first: 1) { pageInfo { endCursor } } }`, nil).At("orders", "pageInfo", "endCursor").(string)
		require.NotEmpty(t, theirs)
		for _, forged := range []string{theirs[:len(theirs)-2] + "xx", "AAAA", "' OR 1=1", theirs + theirs} {
			probes++
			if schema.Grants[role].Read("Order") != auth.ScopeNone {
				require.Equal(t, "BAD_USER_INPUT", c.Do(`query($c: Cursor) { orders(after: $c) { edges { node { id } } } }`, map[string]any{"c": forged}).Code(), forged)
			}
		}
	}
	require.NotEmpty(t, hidden)
	return probes
}

// writes aims mutations at hidden records and at ones that do not exist.
func writes(t *testing.T, f *testkit.Foyer) (probes int) {
	t.Helper()
	full, o := graph.FullSchema(), newOracle(t, f)
	for name, a := range attempts {
		if a.on == "" {
			continue
		}
		query := fmt.Sprintf("mutation($input: %s!) { %s(input: $input) { userErrors { code message } } }", full.Mutation.Fields.ForName(name).Arguments[0].Type.Name(), name)
		for _, role := range append(blind, "STAFF_AGENT", "STAFF_FULFILLMENT") {
			before := f.Fingerprint()
			for _, x := range rowsOf(t, f, a.on) {
				if o.sees(role, a.on, x) {
					continue
				}
				fresh := gid.New(gid.ID(x.id).Prefix())
				probes++
				same(t, f.As(role), query,
					map[string]any{"input": a.input(f, gid.ID(x.id), versionOf(t, f, a.on, x.id))},
					map[string]any{"input": a.input(f, fresh, 1)}, [2]string{x.id, string(fresh)})
			}
			require.Equal(t, before, f.Fingerprint(), "%s was refused %s, and yet something has changed", role, name)
		}
	}
	return probes
}
