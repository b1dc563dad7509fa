package graph_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/portal/events"
	"foyer/testkit"
	"foyer/testkit/world"
)

const (
	requestCode = `mutation($input: RequestOrderCodeInput!) { requestOrderCode(input: $input) { minutes userErrors { field code message } } }`
	openOrder   = `mutation($input: OpenOrderInput!) { openOrder(input: $input) { accessToken expiresAt orderId userErrors { field code message } } }`
)

var codeInMail = regexp.MustCompile(`\n {4}(\d{4} \d{4})\n`)

// codeFor asks for a code and reads it from the mail.
func codeFor(t *testing.T, f *testkit.Foyer, number, email string) string {
	t.Helper()
	n := len(f.Mails())
	data := f.As("ANONYMOUS").Must(requestCode, map[string]any{"input": map[string]any{"number": number, "email": email}})
	require.Empty(t, testkit.At(data, "requestOrderCode", "userErrors"))
	f.Work()
	mails := f.Mails()
	require.Len(t, mails, n+1)
	code := codeInMail.FindStringSubmatch(mails[n].Text)
	require.NotNil(t, code, mails[n].Text)
	return code[1]
}

// guest opens an order and returns a client of whoever did.
func guest(t *testing.T, f *testkit.Foyer, number, email, code string) *testkit.Client {
	t.Helper()
	data := f.As("ANONYMOUS").Must(openOrder, map[string]any{"input": map[string]any{"number": number, "email": email, "code": code}})
	require.Empty(t, testkit.At(data, "openOrder", "userErrors"))
	return f.With(testkit.At(data, "openOrder", "accessToken").(string))
}

// TestAGuestSeesOneOrder: from the number and the address to the order, and not
// a step further.
func TestAGuestSeesOneOrder(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		o := f.World.Orders[world.OrderOfSouth]
		code := codeFor(t, f, "  fo-SOUTH ", " South@Example.com ")
		mail := f.Mails()[0]
		require.Equal(t, world.Email(world.OrderOfSouth), mail.To)
		require.Equal(t, "Your code for Foyer", mail.Subject)
		require.Contains(t, mail.Text, "FO-SOUTH")
		require.Contains(t, mail.Text, "15 minutes")
		require.Contains(t, mail.HTML, code)
		require.Empty(t, mail.Unsubscribe)

		c := guest(t, f, "fo-south", "SOUTH@example.com", strings.ReplaceAll(code, " ", ""))
		data := c.Must(`query($id: ID!) {
			viewer { id kind name language permissions }
			order(id: $id) { id number status lines { sku name quantity } shipments { carrier { code } trackingNumber trackingEvents { status location } }
			  timeline { __typename at actor { kind } } }
			orders(first: 10) { totalCount edges { node { number } } } }`, map[string]any{"id": o.ID})
		require.Equal(t, "GUEST", testkit.At(data, "viewer", "kind"))
		require.Nil(t, testkit.At(data, "viewer", "id"))
		require.Equal(t, "FO-SOUTH", testkit.At(data, "order", "number"))
		require.Equal(t, "SKU-SOUTH", testkit.At(data, "order", "lines", 0, "sku"))
		require.Equal(t, "TN-SOUTH", testkit.At(data, "order", "shipments", 0, "trackingNumber"))
		require.Equal(t, "Kiel", testkit.At(data, "order", "shipments", 0, "trackingEvents", 0, "location"))
		require.GreaterOrEqual(t, len(testkit.At(data, "order", "timeline").([]any)), 3)
		require.EqualValues(t, 1, testkit.At(data, "orders", "totalCount"))

		for _, other := range []string{world.OrderOfMember, world.OrderOfNobody, world.OrderOfSub} {
			for _, q := range []string{`{ order(id: "` + string(f.World.Orders[other].ID) + `") { id } }`, `{ order(number: "FO-` + other + `") { id } }`,
				`{ node(id: "` + string(f.World.Shipments[other].ID) + `") { id } }`, `{ node(id: "` + string(f.World.Lines[other].ID) + `") { id } }`} {
				a := c.Do(q, nil)
				if a.At("order") != nil || a.At("node") != nil || a.Code() != "" && a.Code() != "NOT_FOUND" {
					t.Errorf("%s: %s", q, a.Body)
				}
			}
		}
		// What a guest must not see does not exist for them.
		for _, field := range []string{
			"order(id: $id) { total { amount } }", "order(id: $id) { paymentStatus }", "order(id: $id) { lines { unitPrice { amount } } }",
			"order(id: $id) { shipTo { name } }", "order(id: $id) { billTo { name } }", "order(id: $id) { user { name } }",
			"order(id: $id) { contactEmail }", "order(id: $id) { timeline { actor { name } } }", "order(id: $id) { timeline { ... on OrderNoteAdded { text } } }",
			"order(id: $id) { organization { name } }", "viewer { memberships { id } }", "products(first: 1) { totalCount }",
		} {
			a := c.Do("query($id: ID!) { "+field+" }", map[string]any{"id": o.ID})
			require.Contains(t, a.Body, "Cannot query field", field)
			require.NotContains(t, a.Body, "internal of", field)
		}
		before := f.Fingerprint()
		for name := range attempts {
			require.Contains(t, c.Do("mutation { "+name+" { userErrors { code } } }", nil).Body, "Cannot query field", name)
		}
		require.Equal(t, before, f.Fingerprint())

		v, err := f.Accounts.Authenticate(t.Context(), c.Token)
		require.NoError(t, err)
		require.Equal(t, auth.KindGuest, v.Kind)
		require.Equal(t, string(o.ID), v.Subject)
		require.Equal(t, "GUEST", v.Grants().Role())
		require.Equal(t, "en", v.Language)
		kind, id, name, _ := events.Actor(auth.WithViewer(t.Context(), v))
		require.Equal(t, []string{"CUSTOMER", "", ""}, []string{string(kind), id, name})
	})
}

// TestTheContactOfAnOrder: an order that nobody with an account placed is opened
// by its contact. A colleague's address, or a good address of another order,
// opens nothing.
func TestTheContactOfAnOrder(t *testing.T) {
	f := testkit.SQLite(t)
	code := codeFor(t, f, "FO-NOBODY", "nobody@example.com")
	require.Equal(t, "nobody@example.com", f.Mails()[0].To)
	c := guest(t, f, "FO-NOBODY", "nobody@example.com", code)
	require.Equal(t, "FO-NOBODY", testkit.At(c.Must(`{ orders { edges { node { number } } } }`, nil), "orders", "edges", 0, "node", "number"))
	for _, pair := range [][2]string{{"FO-SOUTH", "nobody@example.com"}, {"FO-NOBODY", "south@example.com"}, {"FO-SOUTH", "org_admin@example.com"}, {"FO-NONE", "x@example.com"}} {
		f.As("ANONYMOUS").Must(requestCode, map[string]any{"input": map[string]any{"number": pair[0], "email": pair[1]}})
	}
	f.Work()
	require.Len(t, f.Mails(), 1)
}

// answerOf is all of an answer that a client can see, but for its moment and
// the request's id.
func answerOf(t *testing.T, f *testkit.Foyer, query string, input map[string]any) (text string, statements int64) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"input": input}})
	require.NoError(t, err)
	before := f.Store.Statements()
	res, err := http.Post(f.URL, "application/json", bytes.NewReader(body))
	require.NoError(t, err)
	got, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	statements = f.Store.Statements() - before
	require.NotEmpty(t, res.Header.Get("X-Request-Id"))
	res.Header.Del("X-Request-Id")
	res.Header.Del("Date")
	var b strings.Builder
	require.NoError(t, res.Header.Write(&b))
	return res.Status + "\n" + b.String() + "\n" + string(got), statements
}

// TestNobodyLearnsWhatIsAPair: right and wrong pairs get the same answer by the
// same statements, and so do their codes. Only the mailbox tells.
func TestNobodyLearnsWhatIsAPair(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		pairs := [][2]string{
			{"FO-ORG_BUYER", "org_buyer@example.com"}, // warms up what is read once for good
			{"FO-SOUTH", "south@example.com"},         // a user's
			{"FO-NOBODY", "nobody@example.com"},       // a contact's
			{"FO-SOUTH", "nobody@example.com"},        // order and address of two
			{"FO-SOUTH", "stranger@example.com"},
			{"FO-99999", "south@example.com"},
			{"FO-99999", "stranger@example.com"},
		}
		var answer string
		var cost, rows int64
		for i, p := range pairs {
			a, n := answerOf(t, f, requestCode, map[string]any{"number": p[0], "email": p[1]})
			var have int64
			require.NoError(t, f.Store.Raw(t.Context()).QueryRowContext(t.Context(), `SELECT count(*) FROM guest_requests`).Scan(&have))
			require.Equal(t, rows+1, have, "each is written down")
			rows = have
			switch i {
			case 0:
			case 1:
				answer, cost = a, n
			default:
				require.Equal(t, answer, a, p)
				require.Equal(t, cost, n, p)
			}
		}
		require.Contains(t, answer, `"minutes":15`)
		require.Empty(t, f.Mails(), "the request itself sends nothing")
		f.Work()
		require.Len(t, f.Mails(), 3)
		var left, emails int
		require.NoError(t, f.Store.Raw(t.Context()).QueryRowContext(t.Context(), `SELECT count(*) FROM guest_requests`).Scan(&left))
		require.Zero(t, left, "no address stays when the work is done")
		require.NoError(t, f.Store.Raw(t.Context()).QueryRowContext(t.Context(),
			`SELECT count(*) FROM river_job WHERE cast(args AS text) LIKE '%example.com%'`).Scan(&emails))
		require.Zero(t, emails)

		before := f.Fingerprint()
		for i, p := range pairs {
			a, n := answerOf(t, f, openOrder, map[string]any{"number": p[0], "email": p[1], "code": "0000 0000"})
			switch i {
			case 0:
			case 1:
				answer, cost = a, n
			default:
				require.Equal(t, answer, a, p)
				require.Equal(t, cost, n, p)
			}
		}
		require.Contains(t, answer, "INVALID_CODE")
		require.Contains(t, answer, `"accessToken":null`)
		require.Equal(t, before, f.Fingerprint())

		// Too many: for pairs that are and are none alike.
		for _, p := range [][2]string{pairs[1], pairs[4]} {
			for range 4 {
				a, _ := answerOf(t, f, openOrder, map[string]any{"number": p[0], "email": p[1], "code": "0000 0000"})
				require.Equal(t, answer, a)
			}
			a, _ := answerOf(t, f, openOrder, map[string]any{"number": p[0], "email": p[1], "code": "0000 0000"})
			require.Contains(t, a, "RATE_LIMITED")
			for range 2 {
				a, _ = answerOf(t, f, requestCode, map[string]any{"number": p[0], "email": p[1]})
				require.NotContains(t, a, "RATE_LIMITED")
			}
			a, _ = answerOf(t, f, requestCode, map[string]any{"number": strings.ToLower(p[0]) + " ", "email": strings.ToUpper(p[1])})
			require.Contains(t, a, "RATE_LIMITED", "another spelling is the same pair")
		}
		require.Equal(t, before, f.Fingerprint())
		require.NotContains(t, f.Log.String(), "example.com")
	})
}

// TestRequestsThatCanBeNobodys are refused for what they are, and count as
// little as they cost.
func TestRequestsThatCanBeNobodys(t *testing.T) {
	f := testkit.SQLite(t)
	for _, c := range []struct{ number, email, field string }{
		{"", "a@example.com", "number"}, {"  ", "a@example.com", "number"}, {strings.Repeat("1", 61), "a@example.com", "number"},
		{"FO\x1b1", "a@example.com", "number"}, {"FO\n1", "a@example.com", "number"},
		{"FO-1", "", "email"}, {"FO-1", "nobody", "email"}, {"FO-1", "A <a@example.com>", "email"}, {"FO-1", "a@example.com\r\nBcc: b@example.com", "email"},
		{"FO-1", strings.Repeat("a", 250) + "@example.com", "email"}, {"FO-1", "a@example.com, b@example.com", "email"},
	} {
		in := map[string]any{"number": c.number, "email": c.email}
		a := f.As("ANONYMOUS").Do(requestCode, map[string]any{"input": in})
		require.Equal(t, "INVALID", a.At("requestOrderCode", "userErrors", 0, "code"), a.Body)
		require.Equal(t, []any{"input", c.field}, a.At("requestOrderCode", "userErrors", 0, "field"))
		in["code"] = "1 2"
		a = f.As("ANONYMOUS").Do(openOrder, map[string]any{"input": in})
		require.Equal(t, "INVALID_CODE", a.At("openOrder", "userErrors", 0, "code"), a.Body)
	}
	f.Work()
	require.Empty(t, f.Mails())
	german := f.As("ANONYMOUS").Do(`mutation { openOrder(input: {number: "x", email: "y", code: "z"}) @idempotent(key: "k") { accessToken } }`, nil)
	require.NotEmpty(t, german.Code(), "its answer is a secret")
}
