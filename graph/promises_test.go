package graph_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

const promising = `mutation($input: SetPromisedDateInput!) { setPromisedDate(input: $input) { userErrors { field code message }
	order { version promisedDate promiseReason isLate lines { id promisedDate promiseReason } } } }`

const outlook = `query($id: ID) { order(id: $id) { promisedDate promiseReason estimatedDelivery isLate
	delay { cause since expected reason } lines { promisedDate promiseReason }
	timeline { __typename key ... on OrderPromiseChanged { orderLineId newDate reason }
		... on OrderDelayed { cause promisedDate expected actor { kind } } } } }`

// told are the entries of a timeline of one type, the latest first.
func told(a any, typ string) (list []any) {
	entries, _ := testkit.At(a, "order", "timeline").([]any)
	for _, e := range entries {
		if testkit.At(e, "__typename") == typ {
			list = append(list, e)
		}
	}
	return list
}

// A carrier expects to deliver too late; the customer and a guest with a code
// read of it once, in their language, until there is another promise.
func TestDelayAsReadersSeeIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		agent := f.As("STAFF_AGENT")
		today := f.World.Now.UTC().Truncate(24 * time.Hour)
		promised, expected := today.AddDate(0, 0, 5), today.AddDate(0, 0, 7).Add(14*time.Hour)
		for role, o := range map[string]gid.ID{
			"ORG_MEMBER": f.World.Orders[world.OrderOfMember].ID, "GUEST": f.World.Orders[world.OrderOfSouth].ID,
		} {
			read := func() map[string]any { return f.As(role).Must(outlook, map[string]any{"id": o}) }
			require.Nil(t, testkit.At(read(), "order", "delay"))
			require.Nil(t, testkit.At(read(), "order", "estimatedDelivery"))
			require.Contains(t, testkit.At(read(), "order"), "promiseReason")
			require.Nil(t, testkit.At(read(), "order", "promiseReason"), "a reason that nobody has given is no text")

			data := agent.Must(`mutation($input: CreateShipmentInput!) { createShipment(input: $input) { userErrors { code } order { version delay { cause } } } }`,
				map[string]any{"input": map[string]any{"orderId": o, "version": 1, "carrier": "UPS", "estimatedDelivery": expected.Format(time.RFC3339)}})
			require.Equal(t, "CARRIER_ESTIMATE", testkit.At(data, "createShipment", "order", "delay", "cause"))
			is := read()
			require.Equal(t, "CARRIER_ESTIMATE", testkit.At(is, "order", "delay", "cause"))
			require.Equal(t, expected.Format(time.RFC3339), testkit.At(is, "order", "delay", "expected"))
			require.Equal(t, expected.Format(time.RFC3339), testkit.At(is, "order", "estimatedDelivery"))
			require.Equal(t, false, testkit.At(is, "order", "isLate"))
			for language, part := range map[string]string{"en": "instead of", "de": "statt am"} {
				f.Viewer(role).Language = language
				require.Contains(t, testkit.At(read(), "order", "delay", "reason"), part)
			}
			entries := told(is, "OrderDelayed")
			require.Len(t, entries, 1)
			require.Equal(t, promised.Format(time.DateOnly), testkit.At(entries[0], "promisedDate"))
			require.Equal(t, expected.Format(time.RFC3339), testkit.At(entries[0], "expected"))
			f.Work() // the job finds it noted
			require.Len(t, told(read(), "OrderDelayed"), 1)

			data = agent.Must(promising, map[string]any{"input": map[string]any{
				"orderId": o, "version": testkit.At(data, "createShipment", "order", "version"),
				"date": today.AddDate(0, 0, 8).Format(time.DateOnly), "reason": "Snow.",
			}})
			require.Empty(t, testkit.At(data, "setPromisedDate", "userErrors"))
			is = read()
			require.Nil(t, testkit.At(is, "order", "delay"))
			require.Len(t, told(is, "OrderDelayed"), 1)
			require.Nil(t, testkit.At(told(is, "OrderPromiseChanged")[0], "orderLineId"))
		}
	})
}

// A day that has passed is found by the job alone, once.
func TestDelayFoundByTheJob(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		o, other := f.World.Orders[world.OrderOfMember].ID, f.World.Orders[world.OrderOfSouth].ID
		_, err := f.Store.Raw(t.Context()).ExecContext(t.Context(), `UPDATE orders SET promised_date = $1 WHERE id = $2`,
			f.World.Now.UTC().Truncate(24*time.Hour).AddDate(0, 0, -1), o)
		require.NoError(t, err)
		require.NoError(t, f.Orders.FindDelays(t.Context()))
		before := f.Fingerprint()
		require.NoError(t, f.Orders.FindDelays(t.Context()))
		require.Equal(t, before, f.Fingerprint(), "a second run changes nothing")
		is := f.As("ORG_MEMBER").Must(outlook, map[string]any{"id": o})
		require.Equal(t, "PROMISE_PASSED", testkit.At(is, "order", "delay", "cause"))
		require.Equal(t, true, testkit.At(is, "order", "isLate"))
		require.Nil(t, testkit.At(is, "order", "delay", "expected"))
		require.Equal(t, "SYSTEM", testkit.At(told(is, "OrderDelayed")[0], "actor", "kind"))
		require.NotContains(t, f.As("GUEST").Do(outlook, map[string]any{"id": other}).Body, "PROMISE_PASSED")
		require.Equal(t, "NOT_FOUND", f.As("GUEST").Do(outlook, map[string]any{"id": o}).Code())
	})
}

// Lines are promised by who may promise, for the order that they are of.
func TestPromiseOfLinesByTheAPI(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		o, line, foreign := f.World.Orders[world.OrderOfMember].ID, f.World.Lines[world.OrderOfMember].ID, f.World.Lines[world.OrderOfSouth].ID
		day := f.World.Now.UTC().AddDate(0, 0, 9).Format(time.DateOnly)
		in := func(lines ...any) map[string]any {
			return map[string]any{"input": map[string]any{"orderId": o, "version": 1, "date": day, "reason": "One part is late.", "orderLineIds": lines}}
		}
		before := f.Fingerprint()
		var answers []string
		for _, id := range []gid.ID{foreign, gid.New(gid.OrderLine)} {
			a := f.As("STAFF_AGENT").Do(promising, in(line, id))
			require.Equal(t, "INVALID", a.At("setPromisedDate", "userErrors", 0, "code"), a.Body)
			require.Equal(t, []any{"input", "orderLineIds", "1"}, a.At("setPromisedDate", "userErrors", 0, "field"))
			answers = append(answers, a.Body)
		}
		require.Equal(t, answers[0], answers[1], "whose line it is, it does not say")
		a := f.As("STAFF_AGENT").Do(promising, map[string]any{"input": map[string]any{
			"orderId": o, "version": 1, "date": day, "reason": "x", "orderLineIds": []any{}}})
		require.Equal(t, []any{"input", "orderLineIds"}, a.At("setPromisedDate", "userErrors", 0, "field"), a.Body)
		for _, role := range []string{"ORG_MEMBER", "ORG_ADMIN", "STAFF_ANALYST", "GUEST", "INTEGRATION"} {
			require.Contains(t, f.As(role).Do(promising, in(line)).Body, "Cannot query field", role)
		}
		require.Equal(t, before, f.Fingerprint())

		data := f.As("STAFF_SALES").Must(promising, in(line))
		require.Empty(t, testkit.At(data, "setPromisedDate", "userErrors"))
		require.Equal(t, map[string]any{"id": string(line), "promisedDate": day, "promiseReason": "One part is late."},
			testkit.At(data, "setPromisedDate", "order", "lines", 0))
		require.Nil(t, testkit.At(data, "setPromisedDate", "order", "promiseReason"))
		require.Equal(t, 2.0, testkit.At(data, "setPromisedDate", "order", "version"))
		is := f.As("ORG_MEMBER").Must(outlook, map[string]any{"id": o})
		entries := told(is, "OrderPromiseChanged")
		require.Len(t, entries, 1)
		require.Equal(t, string(line), testkit.At(entries[0], "orderLineId"))
		require.Equal(t, day, testkit.At(entries[0], "newDate"))
	})
}

// Delays and lines' own days cost a page as many statements as one order.
func TestDelaysCostTheSameForAnyNumberOfOrders(t *testing.T) {
	f := testkit.SQLite(t)
	moreOrders(t, f, 25)
	for _, statement := range []string{
		`UPDATE orders SET promised_date = '2026-01-05 00:00:00+00:00', delay_cause = 'PROMISE_PASSED', delayed_at = placed_at`,
		`UPDATE order_lines SET promised_date = '2026-01-05 00:00:00+00:00'`,
	} {
		_, err := f.Store.Raw(t.Context()).ExecContext(t.Context(), statement)
		require.NoError(t, err)
	}
	page := func(n string) string {
		return "{ orders(first: " + n + ") { edges { node { isLate delay { reason } } } } }"
	}
	require.Contains(t, f.As("ORG_MEMBER").Do(page("25"), nil).Body, "that day has passed")
	few, many := statements(t, f, "ORG_MEMBER", page("2")), statements(t, f, "ORG_MEMBER", page("25"))
	require.Equal(t, few, many)
	require.Equal(t, 25, strings.Count(f.As("ORG_MEMBER").Do(page("25"), nil).Body, `"isLate":true`))
}
