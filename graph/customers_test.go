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
	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/ent/organizationassignment"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

const timelineQuery = `query($id: ID!, $kind: [OrganizationEventKind!], $first: Int, $after: Cursor) { organization(id: $id) {
	timeline(filter: {kind: $kind}, first: $first, after: $after) { pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor node {
		__typename key at actor { kind } ... on OrganizationOrderEvent { order { number } event { __typename key ... on OrderNoteAdded { text } } } %s } } } } }`

// ofStaff is what only staff can ask of a timeline.
const ofStaff = `... on OrganizationPersonEvent { change user { name } } ... on OrganizationNoteAdded { text }`

// happened lists the events of a timeline in short, the latest first.
func happened(t *testing.T, a *testkit.Answer) (list []string) {
	t.Helper()
	require.Empty(t, a.Errors, a.Body)
	edges, _ := a.At("organization", "timeline", "edges").([]any)
	for _, e := range edges {
		node := testkit.At(e, "node")
		text := fmt.Sprint(testkit.At(node, "__typename"))
		for _, path := range [][]any{{"order", "number"}, {"event", "__typename"}, {"event", "text"}, {"change"}, {"user", "name"}, {"text"}} {
			if x := testkit.At(node, path...); x != nil {
				text += " " + fmt.Sprint(x)
			}
		}
		list = append(list, strings.TrimPrefix(text, "Organization"))
	}
	return list
}

func asStaff(query string) string    { return fmt.Sprintf(query, ofStaff) }
func asCustomer(query string) string { return fmt.Sprintf(query, "") }

// addsNote writes a note about an organization.
func addsNote(f *testkit.Foyer, role string, id gid.ID, text string) *testkit.Answer {
	return f.As(role).Do(`mutation($o: ID!, $t: String!) { addOrganizationNote(input: {organizationId: $o, text: $t}) { organization { name } userErrors { field code message } } }`,
		map[string]any{"o": id, "t": text})
}

// busy makes things happen with North that are not about its orders.
func busy(t *testing.T, f *testkit.Foyer) {
	t.Helper()
	require.Equal(t, "North", addsNote(f, "STAFF_SALES", f.World.North.ID, "  calls on Mondays\r\n ").At("addOrganizationNote", "organization", "name"))
	admin, m := f.As("STAFF_ADMIN"), f.World.Memberships["ORG_BUYER"]
	admin.Must(`mutation($m: ID!, $r: ID!) { changeMembershipRole(input: {membershipId: $m, version: 1, roleId: $r}) { userErrors { code } } }`,
		map[string]any{"m": m.ID, "r": f.World.Roles["ORG_MEMBER"].ID})
	for i, s := range []string{"DISABLED", "ACTIVE"} {
		admin.Must(`mutation($m: ID!, $v: Int!, $s: MembershipStatus!) { setMembershipStatus(input: {membershipId: $m, version: $v, status: $s}) { userErrors { code } } }`,
			map[string]any{"m": m.ID, "v": i + 2, "s": s})
	}
	own := access.Owner{Organization: f.World.North.ID, User: m.UserID}
	ctx := auth.WithSystem(t.Context(), "test")
	require.NoError(t, f.Store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		at := time.Now().UTC().Add(time.Minute)
		return events.Append(ctx, tx,
			events.Event{Kind: events.MembershipChanged, Subject: m.ID, Owner: own, Staff: true, At: at, Data: schema.EventData{To: "INVITED"}},
			events.Event{Kind: events.MembershipChanged, Subject: m.ID, Owner: own, Staff: true, At: at.Add(time.Minute), Data: schema.EventData{From: "INVITED", To: "ACTIVE"}},
			// Whoever writes such an event for customers by mistake: they still have no type for it.
			events.Event{Kind: events.MembershipChanged, Subject: m.ID, Owner: own, At: at.Add(2 * time.Minute), Data: schema.EventData{From: "ACTIVE", To: "DISABLED"}},
			events.Event{Kind: events.RoleChanged, Subject: f.World.Roles["ORG_MEMBER"].ID, Owner: own, At: at}, // in no timeline
		)
	}))
}

func TestOrganizationTimeline(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		busy(t, f)
		north := map[string]any{"id": f.World.North.ID, "first": 100}
		people := []string{
			"PersonEvent DISABLED Person ORG_BUYER", "PersonEvent JOINED Person ORG_BUYER", "PersonEvent INVITED Person ORG_BUYER",
			"PersonEvent ENABLED Person ORG_BUYER", "PersonEvent DISABLED Person ORG_BUYER", "PersonEvent ROLE_CHANGED Person ORG_BUYER",
		}
		for _, role := range []string{"STAFF_ADMIN", "STAFF_SALES", "STAFF_AGENT"} {
			all := happened(t, f.As(role).Do(asStaff(timelineQuery), north))
			require.Equal(t, append(people, "NoteAdded calls on Mondays"), all[:7], role)
			require.Len(t, all, 7+6*4, role)
			require.Contains(t, all, "OrderEvent FO-COLLEAGUE OrderNoteAdded internal of COLLEAGUE")
			require.NotContains(t, strings.Join(all, ""), "SOUTH")
			require.NotContains(t, strings.Join(all, ""), "SUB", "what happens with a subsidiary stands with it")
			sorted := func(kinds ...string) []string {
				return happened(t, f.As(role).Do(asStaff(timelineQuery), map[string]any{"id": f.World.North.ID, "first": 100, "kind": kinds}))
			}
			require.Equal(t, people, sorted("PEOPLE"))
			require.Equal(t, []string{"NoteAdded calls on Mondays"}, sorted("NOTES"))
			require.Equal(t, append(people, "NoteAdded calls on Mondays"), sorted("NOTES", "PEOPLE"))
			require.Equal(t, all[7:], sorted("ORDERS"))
			require.Equal(t, all, sorted())
		}
		for _, role := range []string{"ORG_MANAGER", "ORG_ADMIN", "STAFF_ANALYST"} {
			query := asCustomer(timelineQuery)
			if role == "STAFF_ANALYST" {
				query = strings.Replace(query, "... on OrderNoteAdded { text }", "", 1) // not for them
			}
			all := happened(t, f.As(role).Do(query, north))
			require.Len(t, all, 6*3, role)
			for _, e := range all {
				require.True(t, strings.HasPrefix(e, "OrderEvent FO-"), e)
				require.NotContains(t, e, "internal")
			}
			a := f.As(role).Do(asStaff(timelineQuery), north)
			require.Contains(t, a.Body, "Unknown type", role)
			a = f.As(role).Do(`query($id: ID!) { organization(id: $id) { timeline(filter: {kind: [NOTES]}) { edges { cursor } } } }`, north)
			require.Equal(t, "BAD_USER_INPUT", a.Code(), a.Body)
		}
		require.Len(t, happened(t, f.As("STAFF_FULFILLMENT").Do(asStaff(timelineQuery), north)), 7+6*4)
		require.Len(t, happened(t, f.As("ORG_ADMIN").Do(asCustomer(timelineQuery), map[string]any{"id": f.World.Sub.ID})), 3, "of a subsidiary")
		south := map[string]any{"id": f.World.South.ID}
		require.Equal(t, "NOT_FOUND", f.As("ORG_ADMIN").Do(asCustomer(timelineQuery), south).Code())
		require.Empty(t, happened(t, f.As("STAFF_SALES").Do(asStaff(timelineQuery), south)), "who does not look after it reads nothing of it")
		require.Contains(t, f.As("ORG_MEMBER").Do(asCustomer(timelineQuery), north).Body, "Cannot query field")
	})
}

// TestTimelineOfOwn: whoever reads their own events only finds no others in the
// timeline, alone or beside another organization's.
func TestTimelineOfOwn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		admin := f.As("STAFF_ADMIN")
		role := admin.Must(`mutation { createRole(input: {key: "OWN", name: "Own", kind: ORGANIZATION, permissions: ["organization.history", "organization.figures", "order.prices"],
			reads: [{name: "Organization", scope: TREE}, {name: "Order", scope: OWN}, {name: "Event", scope: OWN}],
			actions: [{name: "order.note", scope: OWN}]}) { role { id } userErrors { message } } }`, nil)
		id := testkit.At(role, "createRole", "role", "id")
		require.NotNil(t, id, "%v", role)
		admin.Must(`mutation($m: ID!, $r: ID!) { changeMembershipRole(input: {membershipId: $m, version: 1, roleId: $r}) { userErrors { code } } }`,
			map[string]any{"m": f.World.Memberships["ORG_MEMBER"].ID, "r": id})
		in := f.With("").Must(`mutation($e: String!, $p: String!) { signIn(input: {email: $e, password: $p}) { accessToken } }`,
			map[string]any{"e": world.Email("ORG_MEMBER"), "p": world.Password})
		token, _ := testkit.At(in, "signIn", "accessToken").(string)
		mine := f.With(token)
		all := happened(t, mine.Do(asCustomer(timelineQuery), map[string]any{"id": f.World.North.ID}))
		require.Len(t, all, 3)
		for _, e := range all {
			require.Contains(t, e, "FO-ORG_MEMBER")
		}
		// Ten others are later than all of these; they must not take their places.
		a := mine.Do(`{ organizations { edges { node { name timeline(first: 2) { edges { node { ... on OrganizationOrderEvent { order { number } } } } }
			figures { orders openOrders value { amount } } } } } }`, nil)
		require.Empty(t, a.Errors, a.Body)
		require.Len(t, a.At("organizations", "edges"), 2)
		north := []any{"organizations", "edges", 0, "node"}
		require.Len(t, a.At(append(north, "timeline", "edges")...), 2, a.Body)
		require.Equal(t, "FO-ORG_MEMBER", a.At(append(north, "timeline", "edges", 1, "node", "order", "number")...))
		require.Equal(t, 1.0, a.At(append(north, "figures", "orders")...), "sums are of one's own")
		require.Equal(t, "29.75", a.At(append(north, "figures", "value", 0, "amount")...))
		require.Equal(t, 0.0, a.At("organizations", "edges", 1, "node", "figures", "openOrders"))
	})
}

func TestOrganizationTimelinePages(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		busy(t, f)
		// Many of one moment: the place is by time and event.
		_, err := f.Store.Raw(t.Context()).ExecContext(t.Context(), `UPDATE events SET occurred_at = $1 WHERE kind = 'ORDER_NOTE'`, f.World.Now.Add(-time.Minute))
		require.NoError(t, err)
		for role, query := range map[string]string{"STAFF_ADMIN": asStaff(timelineQuery), "ORG_ADMIN": asCustomer(timelineQuery)} {
			c := f.As(role)
			all := c.Do(query, map[string]any{"id": f.World.North.ID, "first": 100})
			for _, size := range []int{1, 4, 7} {
				var paged []any
				vars := map[string]any{"id": f.World.North.ID, "first": size}
				for more := true; more; {
					a := c.Do(query, vars)
					require.Empty(t, a.Errors, a.Body)
					edges, _ := a.At("organization", "timeline", "edges").([]any)
					require.LessOrEqual(t, len(edges), size)
					require.LessOrEqual(t, len(paged), 100, "it goes round")
					require.Equal(t, vars["after"] != nil, a.At("organization", "timeline", "pageInfo", "hasPreviousPage"))
					paged = append(paged, edges...)
					more, _ = a.At("organization", "timeline", "pageInfo", "hasNextPage").(bool)
					vars["after"] = a.At("organization", "timeline", "pageInfo", "endCursor")
				}
				require.Equal(t, all.At("organization", "timeline", "edges"), paged, "%s by %d", role, size)
			}
			seen := map[any]bool{}
			edges, _ := all.At("organization", "timeline", "edges").([]any)
			for _, e := range edges {
				seen[testkit.At(e, "node", "key")] = true
			}
			require.Len(t, seen, len(edges), "each has a key of its own")
			cursor, _ := all.At("organization", "timeline", "edges", 2, "cursor").(string)
			elsewhere, _ := c.Do(`{ orders(first: 1) { pageInfo { endCursor } } }`, nil).At("orders", "pageInfo", "endCursor").(string)
			for what, vars := range map[string]map[string]any{
				"another organization": {"id": f.World.Sub.ID, "after": cursor}, "another filter": {"id": f.World.North.ID, "after": cursor, "kind": []string{"ORDERS"}},
				"another list": {"id": f.World.North.ID, "after": elsewhere}, "forged": {"id": f.World.North.ID, "after": cursor[:len(cursor)-2] + "xx"},
				"nonsense": {"id": f.World.North.ID, "after": "x"}, "too many": {"id": f.World.North.ID, "first": 101}, "below nothing": {"id": f.World.North.ID, "first": -1},
			} {
				require.Equal(t, "BAD_USER_INPUT", c.Do(query, vars).Code(), "%s, %s", role, what)
			}
			none := c.Do(query, map[string]any{"id": f.World.North.ID, "first": 0})
			require.Empty(t, none.At("organization", "timeline", "edges"), none.Body)
			require.Equal(t, true, none.At("organization", "timeline", "pageInfo", "hasNextPage"))
		}
	})
}

// TestOrganizationStatements: statements depend on the depth of the query alone.
func TestOrganizationStatements(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		busy(t, f)
		one := func(n int) string {
			return fmt.Sprintf(`{ organization(id: %q) { timeline(first: %d) { edges { node { key ... on OrganizationOrderEvent { order { number lines { sku } } event { key } }
				... on OrganizationPersonEvent { user { name } } } } } } }`, f.World.North.ID, n)
		}
		require.Equal(t, int64(5), statements(t, f, "STAFF_ADMIN", one(100)), "organization, events, orders, lines, people")
		require.Equal(t, int64(5), statements(t, f, "STAFF_ADMIN", one(10)))
		a := f.As("STAFF_ADMIN").Do(`{ organizations(first: 100) { edges { node { timeline(first: 100) { edges { node { key at actor { kind } } } } } } } }`, nil)
		require.Equal(t, "LIMIT_EXCEEDED", a.Code(), "a page of pages counts as what it may have")
		many := func(n int) string {
			return fmt.Sprintf(`{ organizations(first: %d) { edges { node { contacts { name } figures { openOrders }
				timeline(first: 9) { edges { node { ... on OrganizationOrderEvent { order { number } } } } } } } } }`, n)
		}
		require.Equal(t, statements(t, f, "STAFF_ADMIN", many(2)), statements(t, f, "STAFF_ADMIN", many(100)))
		require.LessOrEqual(t, statements(t, f, "STAFF_ADMIN", many(100)), int64(9), "one list, one for contacts, five for figures, two for events and orders")
	})
}

func TestContacts(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		ask := func(role string, id gid.ID) []any {
			t.Helper()
			a := f.As(role).Do(`query($id: ID!) { organization(id: $id) { contacts { name email phone } } }`, map[string]any{"id": id})
			require.Empty(t, a.Errors, a.Body)
			list, ok := a.At("organization", "contacts").([]any)
			require.True(t, ok, a.Body)
			return list
		}
		contact := func(who string) any {
			return map[string]any{"name": "Person " + who, "email": world.Email(who), "phone": "+49 1"}
		}
		ctx := auth.WithSystem(t.Context(), "test")
		set := func(change func(context.Context, *ent.Client) error) { require.NoError(t, f.Store.Tx(ctx, change)) }
		assign := func(who string, org gid.ID, from, to time.Duration) {
			set(func(ctx context.Context, tx *ent.Client) error {
				return tx.OrganizationAssignment.Create().SetUserID(f.World.Users[who].ID).SetOrganizationID(org).
					SetFrom(time.Now().UTC().Add(from)).SetTo(time.Now().UTC().Add(to)).Exec(ctx)
			})
		}
		assign("STAFF_MARKETING", f.World.South.ID, -time.Hour, time.Hour)
		assign("STAFF_TRAINER", f.World.North.ID, -time.Hour, -time.Minute)  // over
		assign("STAFF_ANALYST", f.World.North.ID, time.Hour, 2*time.Hour)    // not yet
		assign("STAFF_AGENT", f.World.North.ID, -time.Minute, 2*time.Minute) // twice
		assign("SOUTH", f.World.North.ID, -time.Hour, time.Hour)             // no member of staff
		for _, role := range []string{"ORG_MEMBER", "ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN", "STAFF_ANALYST"} {
			require.ElementsMatch(t, []any{contact("STAFF_SALES"), contact("STAFF_AGENT")}, ask(role, f.World.North.ID), role)
		}
		require.Empty(t, ask("ORG_ADMIN", f.World.Sub.ID), "nobody looks after it")
		require.Equal(t, "NOT_FOUND", f.As("ORG_ADMIN").Do(`query($id: ID!) { organization(id: $id) { contacts { name } } }`, map[string]any{"id": f.World.South.ID}).Code())
		// Both at once, and each its own.
		a := f.As("STAFF_ADMIN").Do(`{ organizations { edges { node { name contacts { name } } } } }`, nil)
		require.Equal(t, []any{map[string]any{"name": "Person STAFF_MARKETING"}}, a.At("organizations", "edges", 2, "node", "contacts"), a.Body)
		require.Len(t, a.At("organizations", "edges", 0, "node", "contacts"), 2)
		// The person behind it is no nearer than before.
		for _, field := range []string{"id", "user { id }", "memberships { id }", "language", "status"} {
			require.Contains(t, f.As("ORG_ADMIN").Do(`{ viewer { organization { contacts { `+field+` } } } }`, nil).Body, "Cannot query field")
		}
		require.Nil(t, f.As("ORG_ADMIN").Do(`query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": f.World.Users["STAFF_SALES"].ID}).At("node"))
		// Who can no longer act as staff is nobody to ask.
		set(func(ctx context.Context, tx *ent.Client) error {
			return tx.Membership.UpdateOneID(f.World.Memberships["STAFF_AGENT"].ID).SetStatus("DISABLED").Exec(ctx)
		})
		require.Equal(t, []any{contact("STAFF_SALES")}, ask("ORG_MEMBER", f.World.North.ID))
		set(func(ctx context.Context, tx *ent.Client) error {
			return tx.User.UpdateOneID(f.World.Users["STAFF_SALES"].ID).SetStatus(user.StatusDISABLED).Exec(ctx)
		})
		require.Empty(t, ask("ORG_MEMBER", f.World.North.ID))
		n, err := f.Store.Client().OrganizationAssignment.Query().Where(organizationassignment.OrganizationID(f.World.North.ID)).Count(ctx)
		require.NoError(t, err)
		require.Equal(t, 6, n, "they are all still there")
	})
}

func TestOrganizationNotes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		before := f.Fingerprint()
		for text, why := range map[string]string{"": "write something", " \n\t ": "write something", strings.Repeat("ä", 4001): "4000 characters", "a\x07b": "not allowed"} {
			a := addsNote(f, "STAFF_AGENT", f.World.North.ID, text)
			require.Equal(t, "INVALID", a.At("addOrganizationNote", "userErrors", 0, "code"), a.Body)
			require.Equal(t, []any{"input", "text"}, a.At("addOrganizationNote", "userErrors", 0, "field"))
			require.Contains(t, a.At("addOrganizationNote", "userErrors", 0, "message"), why)
			require.Nil(t, a.At("addOrganizationNote", "organization"))
		}
		require.Equal(t, "FORBIDDEN", addsNote(f, "STAFF_SALES", f.World.South.ID, "x").Code(), "seen, and not looked after")
		require.Equal(t, "NOT_FOUND", addsNote(f, "STAFF_ADMIN", gid.New(gid.Organization), "x").Code())
		for _, role := range []string{"ORG_ADMIN", "STAFF_MARKETING", "STAFF_ANALYST", "ANONYMOUS"} {
			require.Contains(t, addsNote(f, role, f.World.North.ID, "x").Body, "Cannot query field", role)
		}
		require.Equal(t, before, f.Fingerprint())

		long := strings.Repeat("ä", 4000)
		require.Empty(t, addsNote(f, "STAFF_AGENT", f.World.North.ID, long).At("addOrganizationNote", "userErrors"))
		require.Empty(t, addsNote(f, "STAFF_SALES", f.World.North.ID, "<b>plain</b>").At("addOrganizationNote", "userErrors"))
		notes := happened(t, f.As("STAFF_ADMIN").Do(asStaff(timelineQuery), map[string]any{"id": f.World.North.ID, "kind": []string{"NOTES"}}))
		require.Equal(t, []string{"NoteAdded <b>plain</b>", "NoteAdded " + long}, notes)
		for _, role := range []string{"ORG_MEMBER", "ORG_ADMIN", "STAFF_ANALYST"} { // in no way that they have
			a := f.As(role).Do(`query($id: ID!) { organization(id: $id) { name `+map[bool]string{true: "timeline(first: 100) { edges { node { key ... on OrganizationOrderEvent { event { ... on OrderNoteAdded { key } } } } } }"}[role != "ORG_MEMBER"]+
				` } orders(first: 50) { edges { node { timeline { key ... on OrderNoteAdded { key } } } } } }`, map[string]any{"id": f.World.North.ID})
			require.Empty(t, a.Errors, a.Body)
			require.NotContains(t, a.Body, "plain")
		}
		open, err := f.Store.Client().Event.Query().Where(event.Kind(string(events.OrganizationNote)), event.AudienceNEQ(event.AudienceSTAFF)).
			Exist(auth.WithSystem(t.Context(), "test"))
		require.NoError(t, err)
		require.False(t, open, "the log itself keeps it from them")
		f.Work()
		require.Empty(t, f.Mails(), "nobody is written to")
	})
}

// TestAttentionIsTheList: each number is as large as the list that a page links
// it to. docs/customers.md names the filters.
func TestAttentionIsTheList(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		variety(t, f)
		filters := map[string]string{
			"lateOrders":      `isLate: true`,
			"ordersUnderway":  `status: [CONFIRMED], fulfillmentStatus: [PARTIALLY_SHIPPED, SHIPPED, PARTIALLY_DELIVERED]`,
			"ordersToConfirm": `status: [PLACED, CONFIRMING]`,
			"ordersToShip":    `isToShip: true`,
		}
		for _, role := range []string{"ORG_MEMBER", "ORG_BUYER", "ORG_ADMIN", "STAFF_AGENT", "STAFF_SALES", "STAFF_FULFILLMENT", "STAFF_ANALYST", "STAFF_ADMIN"} {
			for name, filter := range filters {
				a := f.As(role).Do("{ viewer { attention { "+name+" } } }", nil)
				if a.Code() != "" {
					require.Contains(t, a.Body, "Cannot query field", role)
					continue
				}
				list := f.As(role).Do("{ orders(filter: {"+filter+"}) { totalCount } }", nil)
				require.Equal(t, list.At("orders", "totalCount"), a.At("viewer", "attention", name), "%s, %s", role, name)
				require.NotNil(t, list.At("orders", "totalCount"))
				if role == "STAFF_ADMIN" {
					require.Greater(t, a.At("viewer", "attention", name), 2.0, name)
				}
			}
		}
		// isToShip is what createShipment is offered for, isDelayed what delay tells of, isLate isLate.
		for after := any(nil); ; {
			a := f.As("STAFF_ADMIN").Do(`query($c: Cursor) { orders(first: 100, after: $c) { pageInfo { hasNextPage endCursor } edges { node { number availableActions isLate delay { cause } } } } }`, map[string]any{"c": after})
			edges, _ := a.At("orders", "edges").([]any)
			require.NotEmpty(t, edges, a.Body)
			for _, e := range edges {
				o := testkit.At(e, "node")
				actions := fmt.Sprint(testkit.At(o, "availableActions"))
				for filter, is := range map[string]bool{
					"isToShip": strings.Contains(actions, "CREATE_SHIPMENT"), "isDelayed": testkit.At(o, "delay") != nil, "isLate": testkit.At(o, "isLate") == true,
				} {
					for _, wanted := range []bool{true, false} {
						found := f.As("STAFF_ADMIN").Do(fmt.Sprintf(`{ orders(filter: {number: %q, %s: %t}) { totalCount } }`, testkit.At(o, "number"), filter, wanted), nil)
						require.Equal(t, is == wanted, found.At("orders", "totalCount") == 1.0, "%v, %s: %t", o, filter, wanted)
					}
				}
			}
			if after = a.At("orders", "pageInfo", "endCursor"); a.At("orders", "pageInfo", "hasNextPage") != true {
				break
			}
		}
	})
}

// variety gives North orders in all states and axes, with a delay noted and a
// promise that has passed, or neither; some lines are sent, some not.
func variety(t *testing.T, f *testkit.Foyer) {
	t.Helper()
	ctx, n := auth.WithSystem(t.Context(), "test"), 0
	require.NoError(t, f.Store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		for _, status := range []order.Status{"DRAFT", "AWAITING_APPROVAL", "PLACED", "CONFIRMING", "CONFIRMED", "CANCELLED", "COMPLETED"} {
			for _, axis := range []order.FulfillmentStatus{"UNFULFILLED", "PARTIALLY_SHIPPED", "SHIPPED", "PARTIALLY_DELIVERED", "DELIVERED"} {
				for _, delayed := range []bool{true, false} {
					n++
					who := []string{"ORG_MEMBER", "COLLEAGUE"}[n/2%2]
					c := tx.Order.Create().SetOrganizationID(f.World.North.ID).SetUserID(f.World.Users[who].ID).SetNumber(fmt.Sprintf("V-%03d", n)).
						SetCurrency("EUR").SetStatus(status).SetFulfillmentStatus(axis)
					if delayed {
						c.SetDelayCause(order.DelayCausePROMISE_PASSED).SetDelayedAt(f.World.Now).SetPromisedDate(f.World.Now.AddDate(0, 0, -3))
					}
					o, err := c.Save(ctx)
					if err != nil {
						return err
					}
					for i, sent := range []int{2, 2 * (n / 2 % 2)} {
						if err := tx.OrderLine.Create().SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetOrderID(o.ID).SetPosition(i + 1).SetSku("S").SetName("Thing").
							SetQuantity(2).SetQuantityShipped(sent).SetCurrency("EUR").SetUnitPriceMinor(1).SetTotalMinor(2).Exec(ctx); err != nil {
							return err
						}
					}
				}
			}
		}
		return nil
	}))
}

func TestMyOrganizations(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		ctx := auth.WithSystem(t.Context(), "test")
		require.NoError(t, f.Store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			return tx.OrganizationAssignment.Create().SetUserID(f.World.Users["STAFF_SALES"].ID).SetOrganizationID(f.World.South.ID).
				SetFrom(f.World.Now.AddDate(0, 0, -9)).SetTo(f.World.Now.Add(-time.Minute)).Exec(ctx)
		}))
		for role, want := range map[string]float64{"STAFF_SALES": 1, "STAFF_AGENT": 1, "STAFF_ADMIN": 0} {
			a := f.As(role).Do(`{ mine: organizations(filter: {mine: true}) { totalCount } all: organizations(filter: {mine: false}) { totalCount } }`, nil)
			require.Equal(t, want, a.At("mine", "totalCount"), role+a.Body)
			require.Equal(t, 3.0, a.At("all", "totalCount"), role)
		}
		require.Equal(t, "BAD_USER_INPUT", f.As("ORG_ADMIN").Do(`{ organizations(filter: {mine: true}) { totalCount } }`, nil).Code())
	})
}

func TestSearchByWords(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		ctx := auth.WithSystem(t.Context(), "test")
		require.NoError(t, f.Store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			for _, name := range []string{"Österreichische Müller-Meier GmbH (Linz)", "D'Angelo & Söhne", "100% Laser_Tech", "Borås O’Hara"} {
				if err := tx.Organization.Create().SetName(name).Exec(ctx); err != nil {
					return err
				}
			}
			return tx.User.Create().SetName("Anna-Lena Özdemir").SetEmail("lena.o@else.example").Exec(ctx)
		}))
		for text, want := range map[string]string{
			"": "7", " ": "7", "nor": "North,North Sub", "sub": "North Sub", "sub nor": "North Sub", "orth": "", "b": "Borås O’Hara",
			"müll": "Österreichische Müller-Meier GmbH (Linz)", "MÜL": "Österreichische Müller-Meier GmbH (Linz)", "mei": "Österreichische Müller-Meier GmbH (Linz)", "linz": "Österreichische Müller-Meier GmbH (Linz)",
			"öst": "Österreichische Müller-Meier GmbH (Linz)", "Öst": "Österreichische Müller-Meier GmbH (Linz)", "ÖST": "Österreichische Müller-Meier GmbH (Linz)", "Müller-Mei": "Österreichische Müller-Meier GmbH (Linz)", "meier österr": "Österreichische Müller-Meier GmbH (Linz)",
			"ang": "D'Angelo & Söhne", "d'ang": "D'Angelo & Söhne", "hara": "Borås O’Hara", "100%": "100% Laser_Tech", "%": "", "_": "", "laser_": "100% Laser_Tech", `las\`: "", "-": "", "'": "",
		} {
			a := f.As("STAFF_ADMIN").Do(`query($s: String) { organizations(filter: {search: $s}) { totalCount edges { node { name } } } }`, map[string]any{"s": text})
			require.Empty(t, a.Errors, a.Body)
			names := []string{}
			edges, _ := a.At("organizations", "edges").([]any)
			for _, e := range edges {
				names = append(names, fmt.Sprint(testkit.At(e, "node", "name")))
			}
			if want == "7" {
				require.Equal(t, 7.0, a.At("organizations", "totalCount"))
				continue
			}
			require.Equal(t, want, strings.Join(names, ","), "%q", text)
		}
		for text, message := range map[string]string{
			strings.Repeat("a ", 30) + "angelo": "", "a b c d e f g h i j": "", "a b c d e f g h i j k": "A text to search for has at most 10 words.",
			strings.Repeat("ä", 121): "A text to search for has at most 120 characters.",
		} {
			a := f.As("STAFF_ADMIN").Do(`query($s: String) { users(filter: {search: $s}) { totalCount } organizations(filter: {search: $s}) { totalCount } }`, map[string]any{"s": text})
			if message == "" {
				require.Empty(t, a.Errors, a.Body)
				continue
			}
			require.Equal(t, "BAD_USER_INPUT", a.Code(), text)
			require.Contains(t, a.Body, message)
		}
		count := func(role, text string) any {
			a := f.As(role).Do(`query($s: String) { users(filter: {search: $s}) { totalCount } }`, map[string]any{"s": text})
			require.Empty(t, a.Errors, a.Body)
			return a.At("users", "totalCount")
		}
		for text, want := range map[string]float64{"lena": 1, "özd": 1, "lena.o@": 1, "LENA.O@ELSE": 1, "else.example": 0, "@else": 0, "lena.x": 0, "an": 1} {
			require.Equal(t, want, count("STAFF_ADMIN", text), text)
		}
		// Who may not read the address learns nothing of it: its beginning finds no more than its words.
		require.Equal(t, 0.0, count("STAFF_ADMIN", "lena.oz"))
		for _, role := range []string{"STAFF_MARKETING", "STAFF_FULFILLMENT", "STAFF_ANALYST"} {
			if !schema.Grants[role].Has(schema.PermContact) {
				require.Equal(t, 0.0, count(role, world.Email(role)), role)
			}
		}
		require.Equal(t, 1.0, count("ORG_MEMBER", world.Email("ORG_MEMBER")))
		require.Equal(t, 0.0, count("ORG_MEMBER", world.Email("SOUTH")))
	})
}

// TestWhatCountsIsBounded: what is counted over many orders cannot be asked for any
// number of times at once under other names.
func TestWhatCountsIsBounded(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		aliases := func(n int, field func(int) string) (all string) {
			for i := range n {
				all += fmt.Sprintf("a%d: %s ", i, field(i))
			}
			return all
		}
		attention := func(int) string { return "attention { lateOrders ordersUnderway }" }
		over := func(i int) string { return fmt.Sprintf("figures(months: %d) { orders }", i+1) }
		for query, want := range map[string]string{
			`{ viewer { ` + aliases(4, attention) + ` } }`: "",
			`{ viewer { ` + aliases(5, attention) + ` } }`: "LIMIT_EXCEEDED",
			`{ viewer { ...A ...B } } fragment A on Viewer { ` + aliases(3, attention) + ` } fragment B on Viewer { b: attention { lateOrders } c: attention { lateOrders } }`: "LIMIT_EXCEEDED",
			`{ organizations(first: 100) { edges { node { ` + aliases(3, over) + ` x: figures(months: 1) { orders } } } } }`:                                                   "",
			`{ organizations(first: 100) { edges { node { ` + aliases(4, over) + ` } } } }`:                                                                                    "BAD_USER_INPUT",
		} {
			require.Equal(t, want, f.As("STAFF_ADMIN").Do(query, nil).Code(), query)
		}
	})
}
