package graph_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/order"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// moreOrders gives the member orders, each a minute older than the one before.
func moreOrders(t *testing.T, f *testkit.Foyer, n int) {
	t.Helper()
	ctx := auth.WithSystem(t.Context(), "test")
	require.NoError(t, f.Store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		for i := range n {
			o, err := tx.Order.Create().SetOrganizationID(f.World.North.ID).SetUserID(f.World.Users["ORG_MEMBER"].ID).
				SetNumber(fmt.Sprintf("M-%03d", i)).SetCurrency("EUR").SetPlacedAt(f.World.Now.Add(-time.Duration(100+i) * time.Hour)).
				SetStatus(order.StatusCONFIRMED).Save(ctx)
			if err != nil {
				return err
			}
			own := access.Owner{Organization: o.OrganizationID, User: o.UserID, Subject: o.ID}
			if err := tx.OrderLine.Create().SetOrganizationID(own.Organization).SetUserID(own.User).SetOrderID(o.ID).SetPosition(1).
				SetSku("S").SetName("Thing").SetQuantity(2).SetCurrency("EUR").SetUnitPriceMinor(1).SetTotalMinor(2).Exec(ctx); err != nil {
				return err
			}
			if err := events.Append(ctx, tx, events.Event{Kind: events.OrderPlaced, Subject: o.ID, Owner: own}); err != nil {
				return err
			}
		}
		return nil
	}))
}

// statements is how many SQL statements an operation costs.
func statements(t *testing.T, f *testkit.Foyer, role, query string) int64 {
	t.Helper()
	f.As(role).Must(query, nil) // whatever is read once for good
	return f.As(role).Statements(query, nil)
}

func TestOrdersCountOnlyWhenAsked(t *testing.T) {
	f := testkit.SQLite(t)
	moreOrders(t, f, 25)
	list := func(selection string) string { return "{ orders(first: 10) { " + selection + " } }" }
	page := statements(t, f, "ORG_MEMBER", list("edges { node { id } }"))
	require.Equal(t, page, statements(t, f, "ORG_MEMBER", list("pageInfo { hasNextPage } edges { node { id } }")), "pageInfo follows from the page")
	require.Equal(t, page, statements(t, f, "ORG_MEMBER", list("pageInfo { hasNextPage }")))
	require.Equal(t, page+1, statements(t, f, "ORG_MEMBER", list("totalCount edges { node { id } }")))
	require.Equal(t, page, statements(t, f, "ORG_MEMBER", list("totalCount")), "a number alone loads no page")
	require.Equal(t, page-1, statements(t, f, "ORG_MEMBER", list("__typename")))
}

func TestOrdersPages(t *testing.T) {
	f := testkit.SQLite(t)
	moreOrders(t, f, 25)
	me := f.As("ORG_MEMBER")
	is := func(want any, data map[string]any, path ...any) {
		t.Helper()
		require.Equal(t, want, testkit.At(data, path...))
	}
	// Without a size it is twenty, and the latest first.
	data := me.Must("{ orders { totalCount pageInfo { hasNextPage hasPreviousPage } edges { node { number } } } }", nil)
	require.Len(t, testkit.At(data, "orders", "edges"), 20)
	is(26.0, data, "orders", "totalCount")
	is(true, data, "orders", "pageInfo", "hasNextPage")
	is("FO-ORG_MEMBER", data, "orders", "edges", 0, "node", "number")
	is("M-000", data, "orders", "edges", 1, "node", "number")

	// What pageInfo says is so, with the edges or without.
	for size, want := range map[int]bool{25: true, 26: false, 27: false} {
		for _, edges := range []string{"", "edges { cursor }"} {
			data := me.Must(fmt.Sprintf("{ orders(first: %d) { pageInfo { hasNextPage } %s } }", size, edges), nil)
			is(want, data, "orders", "pageInfo", "hasNextPage")
		}
	}

	// Fields under other names, in fragments, several times, and left out.
	data = me.Must(`query($no: Boolean = false) { o: orders(first: 2) { n: totalCount i: pageInfo { more: hasNextPage }
		e: edges { c: cursor x: node { nr: number } } ...more ...no @include(if: $no) } }
		fragment more on OrderConnection { e: edges { x: node { ... on Order { total { amount } ...lines } } } other: edges { node { id } } }
		fragment lines on Order { l: lines { sku } }
		fragment no on OrderConnection { totalCount }`, nil)
	is(26.0, data, "o", "n")
	is(true, data, "o", "i", "more")
	is("M-000", data, "o", "e", 1, "x", "nr")
	is("0.00", data, "o", "e", 1, "x", "total", "amount")
	is("S", data, "o", "e", 1, "x", "l", 0, "sku")
	require.NotEmpty(t, testkit.At(data, "o", "other", 1, "node", "id"))
	require.Nil(t, testkit.At(data, "o", "totalCount"))

	// Forth and back again.
	data = me.Must("{ orders(first: 3) { pageInfo { endCursor } } }", nil)
	data = me.Must(`query($c: Cursor) { orders(first: 2, after: $c) { pageInfo { startCursor hasPreviousPage } edges { node { number } } } }`,
		map[string]any{"c": testkit.At(data, "orders", "pageInfo", "endCursor")})
	is("M-002", data, "orders", "edges", 0, "node", "number")
	is(true, data, "orders", "pageInfo", "hasPreviousPage")
	data = me.Must(`query($c: Cursor) { orders(last: 2, before: $c) { edges { node { number } } } }`,
		map[string]any{"c": testkit.At(data, "orders", "pageInfo", "startCursor")})
	is("M-000", data, "orders", "edges", 0, "node", "number")
	is("M-001", data, "orders", "edges", 1, "node", "number")
	data = me.Must("{ orders(first: 1, orderBy: {field: NUMBER, direction: DESC}) { edges { node { number } } } }", nil)
	is("M-024", data, "orders", "edges", 0, "node", "number")
	for _, bad := range []string{"first: 101", "first: -1", "last: 101", "first: 1, last: 1"} {
		require.Equal(t, "BAD_USER_INPUT", me.Do("{ orders("+bad+") { totalCount } }", nil).Code(), bad)
	}
}

// The number of statements depends on the depth of the query, not on the rows.
func TestOrdersCostTheSameForAnyNumberOfRows(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		moreOrders(t, f, 25)
		const everything = `edges { node { number isLate total { amount } availableActions
			lines { sku total { amount } variant { sku } }
			shipments { carrier { name } trackingUrl lines { quantity orderLine { sku } } trackingEvents { status } }
			timeline { __typename key at actor { kind name } ... on OrderNoteAdded { text } } } }`
		for _, role := range []string{"ORG_MEMBER", "STAFF_AGENT"} {
			few := statements(t, f, role, "{ orders(first: 2) { "+everything+" } }")
			many := statements(t, f, role, "{ orders(first: 25) { "+everything+" } }")
			require.Equal(t, few, many, role)
			require.Less(t, many, int64(12), role)
		}
	})
}

func TestOrderByIDOrNumber(t *testing.T) {
	f := testkit.SQLite(t)
	me, mine, foreign := f.As("ORG_MEMBER"), f.World.Orders[world.OrderOfMember], f.World.Orders[world.OrderOfSouth]
	data := me.Must(`query($id: ID) { a: order(id: $id) { number } b: order(number: "fo-org_member") { id } }`, map[string]any{"id": mine.ID})
	require.Equal(t, "FO-ORG_MEMBER", testkit.At(data, "a", "number"))
	require.Equal(t, string(mine.ID), testkit.At(data, "b", "id"))
	var answers []string
	for _, id := range []gid.ID{foreign.ID, gid.New(gid.Order)} {
		a := me.Do(`query($id: ID) { order(id: $id) { number } }`, map[string]any{"id": id})
		require.Equal(t, "NOT_FOUND", a.Code())
		answers = append(answers, a.Body)
	}
	require.Equal(t, answers[0], answers[1])
	for _, bad := range []string{`order`, `order(id: "` + string(mine.ID) + `", number: "FO-ORG_MEMBER")`, `order(id: null)`} {
		require.Equal(t, "BAD_USER_INPUT", me.Do("{ "+bad+" { id } }", nil).Code(), bad)
	}
}

const story = `timeline { __typename key actor { kind }
	... on OrderStatusChanged { from to reason } ... on OrderPromiseChanged { oldDate newDate reason }
	... on ShipmentCreated { shipmentId carrier { name } trackingNumber } ... on TrackingReported { shipmentId status location message } }`

// An order's life, by the API alone, told to the customer.
func TestOrderLife(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		agent, me, carrier := f.As("STAFF_AGENT"), f.As("ORG_MEMBER"), f.As("INTEGRATION")
		o := f.World.Orders[world.OrderOfMember]
		data := agent.Must(`mutation($input: SetPromisedDateInput!) { setPromisedDate(input: $input) { userErrors { code } order { version promisedDate promiseReason } } }`,
			map[string]any{"input": map[string]any{"orderId": o.ID, "version": 1, "date": f.World.Now.AddDate(0, 0, 9).Format(time.DateOnly), "reason": "The press is broken."}})
		require.Equal(t, "The press is broken.", testkit.At(data, "setPromisedDate", "order", "promiseReason"))
		require.Equal(t, f.World.Now.AddDate(0, 0, 9).Format(time.DateOnly), testkit.At(data, "setPromisedDate", "order", "promisedDate"))

		data = agent.Must(`mutation($input: CreateShipmentInput!) { createShipment(input: $input) { userErrors { code }
			shipment { id status trackingUrl lines { quantity } } order { version fulfillmentStatus availableActions } } }`,
			map[string]any{"input": map[string]any{"orderId": o.ID, "version": 2, "carrier": "ups", "trackingNumber": "1Z 9"}})
		require.Empty(t, testkit.At(data, "createShipment", "userErrors"))
		require.Equal(t, "https://www.ups.com/track?tracknum=1Z%209", testkit.At(data, "createShipment", "shipment", "trackingUrl"))
		require.Equal(t, "SHIPPED", testkit.At(data, "createShipment", "order", "fulfillmentStatus"))
		second := testkit.At(data, "createShipment", "shipment", "id")

		report := `mutation($input: AddTrackingEventInput!) { addTrackingEvent(input: $input) { userErrors { code } shipment { status deliveredAt } order { id status } } }`
		for _, p := range []any{f.World.Shipments[world.OrderOfMember].ID, second} {
			in := map[string]any{"input": map[string]any{"shipmentId": p, "status": "DELIVERED", "at": f.World.Now, "location": "Kiel", "externalId": "4711"}}
			data = carrier.Must(report, in)
			require.Equal(t, "DELIVERED", testkit.At(data, "addTrackingEvent", "shipment", "status"))
			before := f.Fingerprint()
			require.Equal(t, data, carrier.Must(report, in), "the same report twice has the same answer")
			require.Equal(t, before, f.Fingerprint(), "and no other effect")
		}
		require.Equal(t, "COMPLETED", testkit.At(data, "addTrackingEvent", "order", "status"))
		require.Equal(t, string(o.ID), testkit.At(data, "addTrackingEvent", "order", "id"))

		me.Must(`mutation($input: AddOrderNoteInput!) { addOrderNote(input: $input) { userErrors { code } order { id } } }`,
			map[string]any{"input": map[string]any{"orderId": o.ID, "text": "Thank you!"}})
		data = me.Must(`query($id: ID) { order(id: $id) { status deliveredAt availableActions `+story+` } }`, map[string]any{"id": o.ID})
		require.Equal(t, "COMPLETED", testkit.At(data, "order", "status"))
		require.Equal(t, []any{"ADD_NOTE"}, testkit.At(data, "order", "availableActions"))
		var told []string
		keys := map[any]bool{}
		for _, e := range testkit.At(data, "order", "timeline").([]any) {
			told = append(told, testkit.At(e, "__typename").(string)+" "+testkit.At(e, "actor", "kind").(string))
			keys[testkit.At(e, "key")] = true
		}
		require.Len(t, keys, len(told))
		require.ElementsMatch(t, []string{
			"OrderNoteAdded CUSTOMER", "OrderStatusChanged INTEGRATION", "TrackingReported INTEGRATION", "TrackingReported INTEGRATION",
			"ShipmentCreated STAFF", "OrderPromiseChanged STAFF",
			"TrackingReported SYSTEM", "OrderPlaced SYSTEM", "OrderNoteAdded SYSTEM", // the world's own; its internal note is not for customers
		}, told)
	})
}

func TestTimelineOfEachReader(t *testing.T) {
	f := testkit.SQLite(t)
	south := f.World.Orders[world.OrderOfSouth].ID
	read := func(role, selection string) *testkit.Answer {
		return f.As(role).Do(`query($id: ID) { order(id: $id) { timeline { __typename ... on OrderNoteAdded { `+selection+` } } } }`, map[string]any{"id": south})
	}
	a := read("STAFF_AGENT", "text visibility")
	require.Contains(t, a.Body, "internal of SOUTH")
	require.Contains(t, a.Body, "INTERNAL")
	a = read("GUEST", "key")
	require.Equal(t, 1, strings.Count(a.Body, "OrderNoteAdded"), "a guest reads that somebody wrote, %s", a.Body)
	require.NotContains(t, a.Body, "internal")
	require.Contains(t, read("GUEST", "text").Body, `Cannot query field \"text\"`, "and not what")
	a = f.As("ORG_MEMBER").Do(`query($id: ID) { order(id: $id) { timeline { __typename ... on OrderNoteAdded { text visibility } } } }`,
		map[string]any{"id": f.World.Orders[world.OrderOfMember].ID})
	require.Contains(t, a.Body, `Cannot query field \"visibility\"`)
}

func TestOrderRefusalsAreInTheViewersLanguage(t *testing.T) {
	f := testkit.SQLite(t)
	o := f.World.Orders[world.OrderOfMember]
	in := map[string]any{"input": map[string]any{"orderId": o.ID, "version": 1, "carrier": "STORK"}}
	const ship = `mutation($input: CreateShipmentInput!) { createShipment(input: $input) { userErrors { field code message } shipment { id } order { id } } }`
	before := f.Fingerprint()
	for language, message := range map[string]string{"en": "This carrier is not known.", "de": "Dieser Versanddienstleister ist nicht bekannt."} {
		f.Viewer("STAFF_AGENT").Language = language
		data := f.As("STAFF_AGENT").Must(ship, in)
		require.Equal(t, map[string]any{"shipment": nil, "order": nil, "userErrors": []any{map[string]any{
			"field": []any{"input", "carrier"}, "code": "UNKNOWN_CARRIER", "message": message,
		}}}, data["createShipment"])
	}
	require.Equal(t, before, f.Fingerprint())
	in["input"] = map[string]any{"orderId": o.ID, "version": 1, "carrier": "DHL", "lines": []any{}}
	require.Equal(t, "INVALID", testkit.At(f.As("STAFF_AGENT").Must(ship, in), "createShipment", "userErrors", 0, "code"), "an empty list is not everything")
	in["input"] = map[string]any{"orderId": o.ID, "version": 7, "carrier": "DHL"}
	require.Equal(t, "CONFLICT", f.As("STAFF_AGENT").Do(ship, in).Code())
}

// TestSending: the carriers to choose from are this installation's, for those
// who send; orders are found by the state of what was sent of them.
func TestSending(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		a := f.As("STAFF_FULFILLMENT").Do(`{ carriers { code name } }`, nil)
		require.Empty(t, a.Errors, a.Body)
		require.Contains(t, a.Body, `{"code":"DHL","name":"DHL"}`)
		var names []string
		for _, c := range a.At("carriers").([]any) {
			names = append(names, strings.ToLower(testkit.At(c, "name").(string)))
		}
		require.IsIncreasing(t, names)
		for _, role := range []string{"ORG_ADMIN", "STAFF_SALES", "ANONYMOUS"} {
			require.Equal(t, "BAD_USER_INPUT", f.As(role).Do(`{ carriers { code } }`, nil).Code(), role)
		}

		id := f.World.Orders[world.OrderOfMember].ID
		_, err := f.Store.Raw(t.Context()).ExecContext(t.Context(), `UPDATE shipments SET status = 'EXCEPTION' WHERE order_id = $1`, id)
		require.NoError(t, err)
		const find = `query($in: [ShipmentStatus!]) { orders(filter: {shipmentStatus: $in}) { totalCount edges { node { id } } } }`
		for _, role := range []string{"ORG_MEMBER", "STAFF_AGENT"} {
			a = f.As(role).Do(find, map[string]any{"in": []string{"EXCEPTION"}})
			require.Equal(t, 1.0, a.At("orders", "totalCount"), a.Body)
			require.Equal(t, string(id), a.At("orders", "edges", 0, "node", "id"))
			require.Equal(t, 0.0, f.As(role).Do(find, map[string]any{"in": []string{"RETURNED_TO_SENDER"}}).At("orders", "totalCount"))
		}
	})
}
