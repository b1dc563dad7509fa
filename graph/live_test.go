package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/schema"
	"foyer/testkit"
	"foyer/testkit/world"
)

const follow = `subscription($id: ID!, $since: String, $follow: Boolean! = true) { orderUpdated(id: $id, since: $since, follow: $follow) {
	token order { id number status fulfillmentStatus timeline { key } } event { __typename key ... on OrderNoteAdded { text } } } }`

func note(f *testkit.Foyer, order, text, visibility string) {
	f.As("STAFF_AGENT").Must(`mutation($i: AddOrderNoteInput!) { addOrderNote(input: $i) { userErrors { code } } }`,
		map[string]any{"i": map[string]any{"orderId": f.World.Orders[order].ID, "text": text, "visibility": visibility}})
}

func TestAnOrderIsFollowed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		id := f.World.Orders[world.OrderOfMember].ID
		member := f.As("ORG_MEMBER").Subscribe(follow, map[string]any{"id": id})
		staff := f.As("STAFF_AGENT").Subscribe(follow, map[string]any{"id": id})
		first := member.Next()
		require.Empty(t, first.Errors, first.Body)
		require.Equal(t, string(id), first.At("orderUpdated", "order", "id"))
		require.Nil(t, first.At("orderUpdated", "event"))
		require.NotEmpty(t, first.At("orderUpdated", "token"))
		before := len(first.At("orderUpdated", "order", "timeline").([]any))
		staff.Next()

		note(f, world.OrderOfSouth, "of another order", "CUSTOMER")
		note(f, world.OrderOfMember, "for our eyes only", "INTERNAL")
		note(f, world.OrderOfMember, "hello", "CUSTOMER")
		told := member.Next()
		require.Equal(t, "hello", told.At("orderUpdated", "event", "text"), told.Body)
		require.NotContains(t, told.Body, "our eyes")
		require.Len(t, told.At("orderUpdated", "order", "timeline"), before+1, "each message has the order as it is by then")
		require.Equal(t, told.At("orderUpdated", "event", "key"), told.At("orderUpdated", "order", "timeline", 0, "key"))
		require.Equal(t, "for our eyes only", staff.Next().At("orderUpdated", "event", "text"))
		require.Equal(t, "hello", staff.Next().At("orderUpdated", "event", "text"))

		// Whoever was away goes on where they were.
		member.Close()
		note(f, world.OrderOfMember, "meanwhile", "CUSTOMER")
		note(f, world.OrderOfMember, "and again", "CUSTOMER")
		since := map[string]any{"id": id, "since": told.At("orderUpdated", "token"), "follow": false}
		back := f.As("ORG_MEMBER").Subscribe(follow, since)
		require.Nil(t, back.Next().At("orderUpdated", "event"))
		var texts []any
		for a := back.Next(); a != nil; a = back.Next() {
			texts = append(texts, a.At("orderUpdated", "event", "text"))
		}
		require.Equal(t, []any{"meanwhile", "and again"}, texts)
	})
}

func TestASubscriptionRefuses(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		south, mine := f.World.Orders[world.OrderOfSouth].ID, f.World.Orders[world.OrderOfMember].ID
		for name, x := range map[string]struct {
			role      string
			variables map[string]any
			code      string
		}{
			"a stranger's order":   {"ORG_MEMBER", map[string]any{"id": south}, "NOT_FOUND"},
			"a colleague's order":  {"ORG_MEMBER", map[string]any{"id": f.World.Orders[world.OrderOfManager].ID}, "NOT_FOUND"},
			"no order":             {"STAFF_ADMIN", map[string]any{"id": "ord_01jd3m8k2vf6q9w0x4y7z5a1bc"}, "NOT_FOUND"},
			"a guest's other one":  {"GUEST", map[string]any{"id": mine}, "NOT_FOUND"},
			"a forged token":       {"ORG_MEMBER", map[string]any{"id": mine, "since": "aaaaaaaaaaaaaaaaaaaaaaaaaa"}, "BAD_USER_INPUT"},
			"a token that is none": {"ORG_MEMBER", map[string]any{"id": mine, "since": ""}, "BAD_USER_INPUT"},
			"nobody":               {"ANONYMOUS", map[string]any{"id": mine}, "BAD_USER_INPUT"},
			"who reads no orders":  {"STAFF_TRAINER", map[string]any{"id": mine}, "BAD_USER_INPUT"},
		} {
			t.Run(name, func(t *testing.T) {
				s := f.As(x.role).Subscribe(`subscription($id: ID!, $since: String) { orderUpdated(id: $id, since: $since) { token order { id } } }`, x.variables)
				a := s.Next()
				require.Equal(t, x.code, a.Code(), a.Body)
				require.Nil(t, a.At("orderUpdated", "order"))
			})
		}
	})
}

// Each role is told of exactly the orders that it can read.
func TestEachRoleIsToldOfItsOwn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		open := map[string]*testkit.Subscription{}
		for _, r := range schema.Roles {
			if schema.Grants[r.Key].Has("order.read") {
				open[r.Key] = f.As(r.Key).Subscribe(`subscription { ordersUpdated { token order { id } event { __typename ... on OrderNoteAdded { key } } } }`, nil)
				a := open[r.Key].Next()
				require.Empty(t, a.Errors, "%s: %s", r.Key, a.Body)
				require.Nil(t, a.At("ordersUpdated", "order"))
			}
		}
		require.Contains(t, open, "GUEST")
		orders := []string{
			world.OrderOfMember, world.OrderOfBuyer, world.OrderOfManager, world.OrderOfAdmin, world.OrderOfColleague, world.OrderOfNobody,
			world.OrderOfSub, world.OrderOfSouth,
		}
		// In the second round comes first what should not have come in the first.
		for range 2 {
			for _, o := range orders {
				note(f, o, "to all who may read it", "CUSTOMER")
			}
			for role, s := range open {
				told := 0
				for _, o := range orders {
					id := f.World.Orders[o].ID
					if f.As(role).Do(`query($id: ID!) { order(id: $id) { id } }`, map[string]any{"id": id}).At("order") == nil {
						continue
					}
					told++
					a := s.Next()
					require.Equal(t, string(id), a.At("ordersUpdated", "order", "id"), "%s: %s", role, a.Body)
				}
				require.NotZero(t, told, role)
			}
		}
	})
}

func TestWhatEndsASessionEndsItsSubscriptions(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		in := func(role string) *testkit.Client {
			token, _ := testkit.At(f.With("").Must(signIn, map[string]any{"email": world.Email(role), "password": world.Password}), "signIn", "accessToken").(string)
			return f.With(token)
		}
		const all = `subscription { ordersUpdated { token order { id } } }`
		signedOut, changed, other, byRole := in("ORG_MEMBER"), in("ORG_MANAGER"), in("ORG_MEMBER"), in("ORG_BUYER")
		a, b, c, d := signedOut.Subscribe(all, nil), changed.Subscribe(all, nil), other.Subscribe(all, nil), byRole.Subscribe(all, nil)
		for _, s := range []*testkit.Subscription{a, b, c, d} {
			require.Empty(t, s.Next().Errors)
		}
		signedOut.Must(`mutation { signOut { __typename } }`, nil)
		require.Equal(t, 4403, a.Closed())
		m := f.World.Memberships["ORG_MANAGER"]
		f.As("STAFF_ADMIN").Must(`mutation($i: ChangeMembershipRoleInput!) { changeMembershipRole(input: $i) { userErrors { code } } }`,
			map[string]any{"i": map[string]any{"membershipId": m.ID, "version": m.Version, "roleId": f.World.Roles["ORG_MEMBER"].ID}})
		require.Equal(t, 4403, b.Closed())
		m = f.World.Memberships["ORG_BUYER"]
		f.As("ORG_ADMIN").Must(`mutation($i: SetMembershipStatusInput!) { setMembershipStatus(input: $i) { userErrors { code } } }`,
			map[string]any{"i": map[string]any{"membershipId": m.ID, "version": m.Version, "status": "DISABLED"}})
		require.Equal(t, 4403, d.Closed())
		note(f, world.OrderOfMember, "still here", "CUSTOMER")
		require.NotNil(t, c.Next().At("ordersUpdated", "order"), "another session of the same person goes on")
	})
}

func TestNotificationsArrive(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		const arrivals = `subscription($since: String, $follow: Boolean! = true) { notificationReceived(since: $since, follow: $follow) {
			token unread notification { id kind title text order { number } } } }`
		member, manager := f.As("ORG_MEMBER").Subscribe(arrivals, nil), f.As("ORG_MANAGER").Subscribe(arrivals, nil)
		first := member.Next()
		require.Empty(t, first.Errors, first.Body)
		require.Nil(t, first.At("notificationReceived", "notification"))
		before, _ := first.At("notificationReceived", "unread").(float64)
		manager.Next()
		note(f, world.OrderOfMember, "Your parcel waits for you.", "CUSTOMER")
		note(f, world.OrderOfMember, "not for you", "INTERNAL")
		f.Work()
		a := member.Next()
		require.Equal(t, "ORDER_NOTE", a.At("notificationReceived", "notification", "kind"), a.Body)
		require.Equal(t, f.World.Orders[world.OrderOfMember].Number, a.At("notificationReceived", "notification", "order", "number"))
		require.InDelta(t, before+1, a.At("notificationReceived", "unread"), 0)
		note(f, world.OrderOfManager, "And yours too.", "CUSTOMER")
		f.Work()
		a = manager.Next()
		require.Contains(t, a.Body, "And yours too.", "the first that comes is the manager's own")
		require.Equal(t, f.World.Orders[world.OrderOfManager].Number, a.At("notificationReceived", "notification", "order", "number"))
		for _, role := range []string{"GUEST", "ANONYMOUS", "INTEGRATION"} {
			require.Equal(t, "BAD_USER_INPUT", f.As(role).Subscribe(`subscription { notificationReceived { token } }`, nil).Next().Code(), role)
		}
	})
}
