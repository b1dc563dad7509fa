package graph_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/testkit"
	"foyer/testkit/world"
)

const signIn = `mutation($email: String!, $password: String!, $cookie: Boolean) { signIn(input: {email: $email, password: $password, cookie: $cookie}) {
	accessToken expiresAt refreshToken userErrors { field code message } } }`

func credentials(person string) map[string]any {
	return map[string]any{"email": world.Email(person), "password": world.Password}
}

func TestSignInByTheAPI(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		anonymous := f.With("")
		got := testkit.At(anonymous.Must(signIn, credentials("ORG_BUYER")), "signIn")
		require.Empty(t, testkit.At(got, "userErrors"))
		access, _ := testkit.At(got, "accessToken").(string)
		refresh, _ := testkit.At(got, "refreshToken").(string)
		require.NotEmpty(t, access)
		require.NotEmpty(t, refresh)

		const who = `{ viewer { id kind name language permissions user { name } organization { name } membership { id } role { key }
			memberships { id organization { name } role { key } user { name } } sessions { id current client } } }`
		a := f.With(access).Do(who, nil)
		require.Empty(t, a.Errors, a.Body)
		require.Equal(t, string(f.World.Users["ORG_BUYER"].ID), a.At("viewer", "id"))
		require.Equal(t, "MEMBER", a.At("viewer", "kind"))
		require.Equal(t, "EN", a.At("viewer", "language"))
		require.Equal(t, "Person ORG_BUYER", a.At("viewer", "user", "name"))
		require.Equal(t, "North", a.At("viewer", "organization", "name"))
		require.Equal(t, "ORG_BUYER", a.At("viewer", "role", "key"))
		require.Equal(t, string(f.World.Memberships["ORG_BUYER"].ID), a.At("viewer", "membership", "id"))
		require.Equal(t, "North", a.At("viewer", "memberships", 0, "organization", "name"))
		require.Contains(t, a.At("viewer", "permissions"), "order.cancel")
		sessions, _ := a.At("viewer", "sessions").([]any)
		require.Equal(t, true, testkit.At(sessions, 0, "current"), "the latest first")
		current := 0
		for _, s := range sessions {
			if testkit.At(s, "current") == true {
				current++
			}
		}
		require.Equal(t, 1, current)
		require.Equal(t, "ANONYMOUS", anonymous.Do(`{ viewer { id kind name } }`, nil).At("viewer", "kind"))
		require.Nil(t, anonymous.Do(`{ viewer { id } }`, nil).At("viewer", "id"))

		renew := `mutation($t: String) { refreshSession(input: {refreshToken: $t}) { accessToken refreshToken userErrors { code message } } }`
		a = anonymous.Do(renew, map[string]any{"t": refresh})
		next, _ := a.At("refreshSession", "accessToken").(string)
		require.Empty(t, f.With(next).Do(who, nil).Errors)
		// Whoever has lost the answer asks once more; what is older ends the session.
		a = anonymous.Do(renew, map[string]any{"t": refresh})
		second, _ := a.At("refreshSession", "refreshToken").(string)
		require.Empty(t, a.At("refreshSession", "userErrors"), a.Body)
		a = anonymous.Do(renew, map[string]any{"t": second})
		require.NotNil(t, a.At("refreshSession", "accessToken"), a.Body)
		a = anonymous.Do(renew, map[string]any{"t": refresh})
		require.Equal(t, "INVALID_REFRESH_TOKEN", a.At("refreshSession", "userErrors", 0, "code"))
		require.Nil(t, a.At("refreshSession", "accessToken"))
		require.Equal(t, http.StatusUnauthorized, f.With(next).Do(who, nil).Status, "the session has ended")

		wrong := credentials("ORG_BUYER")
		wrong["password"] = "wrong"
		unknown := credentials("NOBODY")
		a, b := anonymous.Do(signIn, wrong), anonymous.Do(signIn, unknown)
		require.Equal(t, "INVALID_CREDENTIALS", a.At("signIn", "userErrors", 0, "code"))
		require.Equal(t, a.Body, b.Body)
		require.Nil(t, a.At("signIn", "userErrors", 0, "field"))
	})
}

// A document with many sign-ins is as many attempts.
func TestManySignInsInOneDocument(t *testing.T) {
	f := testkit.SQLite(t)
	var q strings.Builder
	q.WriteString("mutation {")
	for i := range 10 {
		q.WriteString(" a" + string(rune('a'+i)) + `: signIn(input: {email: "` + world.Email("ORG_BUYER") + `", password: "wrong"}) { userErrors { code } }`)
	}
	a := f.With("").Do(q.String()+"}", nil)
	require.Equal(t, 10, strings.Count(a.Body, "INVALID_CREDENTIALS"), a.Body)
	require.Equal(t, "RATE_LIMITED", f.With("").Do(signIn, credentials("ORG_BUYER")).Code())
	require.NotContains(t, f.Log.String(), "internal error")
}

// browser sends requests as a browser does, with a cookie.
func browser(t *testing.T, f *testkit.Foyer, query string, variables map[string]any, header http.Header, cookies ...*http.Cookie) (*testkit.Answer, []*http.Cookie) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.URL, bytes.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	for k, v := range header {
		req.Header[k] = v
	}
	for _, c := range cookies {
		req.AddCookie(c)
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	a := &testkit.Answer{Status: res.StatusCode, Body: string(text)}
	require.NoError(t, json.Unmarshal(text, a), string(text))
	return a, res.Cookies()
}

func TestCookies(t *testing.T) {
	f := testkit.SQLite(t)
	in := credentials("ORG_BUYER")
	in["cookie"] = true
	const renew = `mutation { refreshSession(input: {}) { accessToken refreshToken userErrors { code } } }`
	for name, header := range map[string]http.Header{
		"foyer_refresh":        {},
		"__Host-foyer_refresh": {"X-Forwarded-Proto": {"https"}},
	} {
		a, set := browser(t, f, signIn, in, header)
		require.NotNil(t, a.At("signIn", "accessToken"), a.Body)
		require.Nil(t, a.At("signIn", "refreshToken"), "not where a script can read it")
		require.Len(t, set, 1)
		first := set[0]
		require.Equal(t, name, first.Name)
		require.True(t, first.HttpOnly)
		require.Equal(t, strings.HasPrefix(name, "__Host-"), first.Secure)
		require.Equal(t, http.SameSiteStrictMode, first.SameSite)
		require.Equal(t, "/", first.Path)
		require.Empty(t, first.Domain)
		require.Greater(t, first.MaxAge, 29*24*3600)

		a, set = browser(t, f, renew, nil, header, first)
		require.NotNil(t, a.At("refreshSession", "accessToken"), a.Body)
		require.Nil(t, a.At("refreshSession", "refreshToken"))
		require.Len(t, set, 1)
		second := set[0]
		require.NotEqual(t, first.Value, second.Value)
		token, _ := a.At("refreshSession", "accessToken").(string)

		// A cookie of the other name is not this portal's.
		other := *second
		other.Name = map[bool]string{true: "foyer_refresh", false: "__Host-foyer_refresh"}[second.Secure]
		a, _ = browser(t, f, renew, nil, header, &other)
		require.Equal(t, "INVALID_REFRESH_TOKEN", a.At("refreshSession", "userErrors", 0, "code"))
		// An answer without a cookie must not take away one that another tab has got.
		a, set = browser(t, f, renew, nil, header)
		require.Equal(t, "INVALID_REFRESH_TOKEN", a.At("refreshSession", "userErrors", 0, "code"))
		require.Empty(t, set)

		signedIn := header.Clone()
		signedIn.Set("Authorization", "Bearer "+token)
		a, set = browser(t, f, `mutation { signOut { userErrors { code } } }`, nil, signedIn, second)
		require.Empty(t, a.Errors, a.Body)
		require.Len(t, set, 1)
		require.Negative(t, set[0].MaxAge)
		require.Empty(t, set[0].Value)
		a, _ = browser(t, f, renew, nil, header, second)
		require.Equal(t, "INVALID_REFRESH_TOKEN", a.At("refreshSession", "userErrors", 0, "code"))
	}
}

// What stands at attention counts only what the viewer may see, and only what
// was asked for.
func TestAttention(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		ctx := t.Context()
		for _, s := range []string{
			`UPDATE orders SET promised_date = '2020-01-01' WHERE id = $1`,
			`UPDATE shipments SET status = 'EXCEPTION' WHERE order_id = $1`,
		} {
			for _, owner := range []string{world.OrderOfMember, world.OrderOfSouth} {
				_, err := f.Store.Raw(ctx).ExecContext(ctx, s, f.World.Orders[owner].ID)
				require.NoError(t, err)
			}
		}
		_, err := f.Store.Raw(ctx).ExecContext(ctx, `UPDATE orders SET status = 'PLACED' WHERE id = $1`, f.World.Orders[world.OrderOfSouth].ID)
		require.NoError(t, err)
		const all = `{ viewer { attention { lateOrders ordersUnderway shipmentProblems } } }`
		counts := func(role string) []any {
			a := f.As(role).Do(all, nil)
			require.Empty(t, a.Errors, a.Body)
			return []any{
				a.At("viewer", "attention", "lateOrders"), a.At("viewer", "attention", "ordersUnderway"), a.At("viewer", "attention", "shipmentProblems"),
			}
		}
		require.Equal(t, []any{1.0, 1.0, 1.0}, counts("ORG_MEMBER"))
		require.Equal(t, []any{1.0, 6.0, 1.0}, counts("ORG_MANAGER"))
		require.Equal(t, []any{2.0, 7.0, 2.0}, counts("STAFF_AGENT"))
		require.EqualValues(t, 1, f.As("STAFF_AGENT").Statements(`{ viewer { attention { ordersToConfirm a: ordersToConfirm } } }`, nil))
		require.Equal(t, "BAD_USER_INPUT", f.As("ORG_MEMBER").Do(`{ viewer { attention { ordersToConfirm } } }`, nil).Code())
	})
}

func TestRolesByTheAPI(t *testing.T) {
	f := testkit.SQLite(t)
	root := f.As("STAFF_ADMIN")
	const create = `mutation($input: CreateRoleInput!) { createRole(input: $input) {
		role { id key version builtIn reads { name scope } actions { name scope } permissions { name scope } } userErrors { field code message } } }`
	a := root.Do(create, map[string]any{"input": map[string]any{
		"key": "HELPER", "name": "Helper", "kind": "ORGANIZATION",
		"reads":       []any{map[string]any{"name": "Order", "scope": "TREE"}},
		"actions":     []any{map[string]any{"name": "order.cancel", "scope": "ORGANIZATION"}},
		"permissions": []any{"order.prices"},
	}})
	require.Empty(t, a.Errors, a.Body)
	require.Equal(t, "HELPER", a.At("createRole", "role", "key"))
	require.Equal(t, []any{
		map[string]any{"name": "Membership", "scope": "OWN"}, map[string]any{"name": "Order", "scope": "TREE"}, map[string]any{"name": "Session", "scope": "OWN"},
		map[string]any{"name": "User", "scope": "OWN"},
	}, a.At("createRole", "role", "reads"))
	require.Equal(t, map[string]any{"name": "order.cancel", "scope": "ORGANIZATION"}, a.At("createRole", "role", "actions", 0))
	require.Equal(t, []any{map[string]any{"name": "order.prices", "scope": nil}}, a.At("createRole", "role", "permissions"))
	id := a.At("createRole", "role", "id")

	a = root.Do(create, map[string]any{"input": map[string]any{
		"key": "WIDER", "name": "Wider", "kind": "ORGANIZATION",
		"reads": []any{map[string]any{"name": "Product", "scope": "ALL"}, map[string]any{"name": "Order", "scope": "ALL"}},
	}})
	require.Nil(t, a.At("createRole", "role"))
	require.Equal(t, "INVALID", a.At("createRole", "userErrors", 0, "code"))
	require.Equal(t, []any{"input", "reads", "1", "scope"}, a.At("createRole", "userErrors", 0, "field"))

	a = root.Do(`mutation($input: UpdateRoleInput!) { updateRole(input: $input) { role { version reads { name } } userErrors { code } } }`,
		map[string]any{"input": map[string]any{"roleId": id, "version": 1, "name": "Helper"}})
	require.Equal(t, 2.0, a.At("updateRole", "role", "version"), a.Body)

	// A customer sees the roles that there are for customers, and not what is in them.
	keys := f.As("ORG_ADMIN").Do(`{ roles { key } }`, nil).Body
	require.Contains(t, keys, "HELPER")
	require.NotContains(t, keys, "STAFF_")
	require.Contains(t, f.As("STAFF_ADMIN").Do(`{ roles { key } }`, nil).Body, "STAFF_SALES")
	require.Equal(t, "BAD_USER_INPUT", f.As("ORG_ADMIN").Do(`{ roles { reads { name } } }`, nil).Code())
}

func TestOrganizationsAndUsers(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		names := func(role, list, filter string) (out []any) {
			a := f.As(role).Do(`{ `+list+`(`+filter+`) { totalCount edges { node { name } } } }`, nil)
			require.Empty(t, a.Errors, a.Body)
			edges, _ := a.At(list, "edges").([]any)
			for _, e := range edges {
				out = append(out, testkit.At(e, "node", "name"))
			}
			require.EqualValues(t, len(out), a.At(list, "totalCount"))
			return out
		}
		require.Equal(t, []any{"North", "North Sub", "South"}, names("STAFF_ADMIN", "organizations", `first: 100`))
		require.Equal(t, []any{"North", "North Sub"}, names("STAFF_ADMIN", "organizations", `filter: {search: " nOrTh"}`))
		require.Empty(t, names("STAFF_ADMIN", "organizations", `filter: {search: "N_rth"}`))
		require.Empty(t, names("STAFF_ADMIN", "organizations", `filter: {status: [MERGED]}`))
		require.Equal(t, []any{"North", "North Sub"}, names("ORG_ADMIN", "organizations", `first: 100`))
		require.Equal(t, []any{"North"}, names("ORG_MEMBER", "organizations", `first: 100`))
		require.Empty(t, names("ORG_MEMBER", "organizations", `filter: {search: "South"}`))
		require.Equal(t, []any{"Person ORG_MEMBER"}, names("ORG_MEMBER", "users", `first: 100`))
		require.Equal(t, []any{"Person SOUTH"}, names("STAFF_AGENT", "users", `filter: {email: "`+strings.ToLower(world.Email("SOUTH"))+`"}`), "addresses are kept in lower case")
	})
}

func TestExplainAccess(t *testing.T) {
	f := testkit.SQLite(t)
	const q = `query($u: ID!, $m: ID, $n: ID!) { explainAccess(userId: $u, membershipId: $m, nodeId: $n) { visible steps } }`
	v := func(who, order string) map[string]any {
		return map[string]any{"u": f.World.Users[who].ID, "n": f.World.Orders[order].ID}
	}
	root := f.As("STAFF_ADMIN")
	require.Equal(t, true, root.Do(q, v("ORG_MANAGER", world.OrderOfMember)).At("explainAccess", "visible"))
	a := root.Do(q, v("ORG_MANAGER", world.OrderOfSouth))
	require.Equal(t, false, a.At("explainAccess", "visible"), a.Body)
	require.NotEmpty(t, a.At("explainAccess", "steps"))
	in := v("ORG_MANAGER", world.OrderOfMember)
	in["m"] = f.World.Memberships["STAFF_ADMIN"].ID
	require.Equal(t, "NOT_FOUND", root.Do(q, in).Code())
	for _, role := range []string{"ORG_ADMIN", "STAFF_AGENT", "ANONYMOUS"} {
		require.Contains(t, f.As(role).Do(q, v("ORG_MANAGER", world.OrderOfMember)).Body, "Cannot query field")
	}
}

// Whatever else the answer needs, who is calling and what may be seen does not
// add statements by the row.
func TestStatementsOfTheViewer(t *testing.T) {
	f := testkit.SQLite(t)
	require.LessOrEqual(t, f.As("ORG_ADMIN").Statements(`{ viewer { memberships { id organization { name } role { key } user { name } } } }`, nil), int64(4))
	require.LessOrEqual(t, f.As("STAFF_ADMIN").Statements(`{ users(first: 50) { edges { node { name memberships { role { key } organization { name } } } } } }`, nil), int64(4))
}
