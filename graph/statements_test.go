package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/testkit"
	"foyer/testkit/world"
)

// TestStatements counts the SQL of what customers and staff look at all day,
// the look-up of who is asking included: it depends on the depth of the query,
// never on the rows.
func TestStatements(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		for _, role := range []string{"ORG_MEMBER", "ORG_ADMIN", "STAFF_AGENT", "STAFF_SALES"} {
			in := f.With("").Must(`mutation($e: String!, $p: String!) { signIn(input: {email: $e, password: $p}) { accessToken } }`,
				map[string]any{"e": world.Email(role), "p": world.Password})
			token, _ := testkit.At(in, "signIn", "accessToken").(string)
			require.NotEmpty(t, token)
			c := f.With(token)
			c.Must(`{ orders { edges { node { timeline { key } } } } }`, nil) // a process reads its secrets once
			count := func(query string) int64 {
				return c.Statements(query, nil)
			}
			order := count(`{ order(number: "FO-ORG_MEMBER") { number status total { amount }
				lines { sku quantity variant { sku price { amount } } } shipments { status carrier { name } trackingUrl trackingEvents { status at location } } } }`)
			require.LessOrEqual(t, order, int64(9), "%s: an order with lines, variants, their prices (buyer, lists, prices), shipments and events", role)
			list := count(`{ orders(first: 20) { totalCount pageInfo { hasNextPage } edges { node { number lines { sku quantity } } } } }`)
			require.LessOrEqual(t, list, int64(4), "%s: 20 orders with lines", role)
			timelines := count(`{ orders(first: 20) { edges { node { number timeline { at } } } } }`)
			require.LessOrEqual(t, timelines, int64(3), "%s: the timelines of a page are read together", role)
			t.Logf("%s: order %d, list %d, timelines %d statements", role, order, list, timelines)
		}
	})
}
