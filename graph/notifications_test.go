package graph_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/notification"
	"foyer/schema"
	"foyer/testkit"
	"foyer/testkit/world"
)

// tell gives a person some notifications of an order.
func tell(t *testing.T, f *testkit.Foyer, person, owner string, n int) {
	t.Helper()
	o := f.World.Orders[owner]
	require.NoError(t, f.Store.Tx(auth.WithSystem(t.Context(), "test"), func(ctx context.Context, tx *ent.Client) error {
		for i := range n {
			if err := tx.Notification.Create().SetUserID(f.World.Users[person].ID).SetOrganizationID(o.OrganizationID).SetOrderID(o.ID).
				SetKind(notification.KindORDER_CONFIRMED).SetDedupKey(fmt.Sprint(owner, i)).SetData(schema.NotificationData{Number: o.Number}).
				SetCreatedAt(f.World.Now.Add(time.Duration(i) * time.Second)).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	}))
}

const unread = `{ viewer { unreadNotifications } }`

// TestInbox reads, counts and marks; nobody reaches into the inbox of another.
func TestInbox(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		tell(t, f, "ORG_MEMBER", "ORG_MEMBER", 4)
		tell(t, f, "ORG_MEMBER", "SUB", 2) // of another organization; what counts is whose inbox it is
		c := f.As("ORG_MEMBER")
		require.EqualValues(t, 7, testkit.At(c.Must(unread, nil), "viewer", "unreadNotifications"))
		page := c.Must(`{ notifications(first: 3) { totalCount pageInfo { endCursor hasNextPage } edges { node { id kind title text createdAt readAt order { number status } } } } }`, nil)
		require.EqualValues(t, 7, testkit.At(page, "notifications", "totalCount"))
		require.Len(t, testkit.At(page, "notifications", "edges"), 3)
		require.Equal(t, "Order FO-ORG_MEMBER is confirmed", testkit.At(page, "notifications", "edges", 0, "node", "title"))
		next := c.Must(`query($c: Cursor) { notifications(first: 10, after: $c) { edges { node { id order { number } } } } }`,
			map[string]any{"c": testkit.At(page, "notifications", "pageInfo", "endCursor")})
		require.Len(t, testkit.At(next, "notifications", "edges"), 4)

		read := `mutation($i: [ID!]) { readNotifications(input: {ids: $i}) { marked unread userErrors { code } } }`
		mine, theirs := f.World.Notifications["ORG_MEMBER"].ID, f.World.Notifications["ORG_BUYER"].ID
		before := f.Fingerprint()
		for _, role := range []string{"ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN", "STAFF_AGENT", "STAFF_ADMIN"} {
			require.Equal(t, "NOT_FOUND", f.As(role).Do(read, map[string]any{"i": []any{mine}}).Code(), role)
			a := f.As(role).Do(`{ notifications(first: 100) { edges { node { id title text } } } }`, nil)
			require.NotContains(t, a.Body, string(mine), role)
			require.NotContains(t, a.Body, "ORG_MEMBER is confirmed", role)
		}
		require.Equal(t, "NOT_FOUND", c.Do(read, map[string]any{"i": []any{mine, theirs}}).Code())
		require.Equal(t, before, f.Fingerprint(), "all of them or none")
		for _, role := range []string{"ANONYMOUS", "GUEST", "INTEGRATION"} {
			require.Contains(t, f.As(role).Do(read, map[string]any{"i": []any{mine}}).Body, "Cannot query field", role)
			require.Contains(t, f.As(role).Do(`{ notifications { totalCount } }`, nil).Body, "Cannot query field", role)
		}

		d := c.Must(read, map[string]any{"i": []any{mine, mine}})
		require.Equal(t, map[string]any{"marked": 1.0, "unread": 6.0, "userErrors": []any{}}, d["readNotifications"])
		d = c.Must(read, map[string]any{"i": []any{mine}})
		require.EqualValues(t, 0, testkit.At(d, "readNotifications", "marked"))
		require.EqualValues(t, 1, testkit.At(c.Must(`{ notifications(filter: {unread: false}) { totalCount } }`, nil), "notifications", "totalCount"))
		require.EqualValues(t, 0, testkit.At(c.Must(`{ notifications(filter: {unread: false, kind: [ORDER_CONFIRMED]}) { totalCount } }`, nil), "notifications", "totalCount"))
		many := make([]any, 101)
		for i := range many {
			many[i] = mine
		}
		require.Equal(t, "INVALID", testkit.At(c.Must(read, map[string]any{"i": many}), "readNotifications", "userErrors", 0, "code"))

		all := `mutation { readNotifications(input: {}) @idempotent(key: "all") { marked unread } }`
		first := c.Do(all, nil)
		require.EqualValues(t, 6, first.At("readNotifications", "marked"))
		require.EqualValues(t, 0, first.At("readNotifications", "unread"))
		require.Equal(t, first.Body, c.Do(all, nil).Body, "a repeat is told the same")
		require.EqualValues(t, 1, testkit.At(f.As("ORG_BUYER").Must(unread, nil), "viewer", "unreadNotifications"), "only one's own")
		require.EqualValues(t, 0, testkit.At(c.Must(`mutation { readNotifications(input: {ids: []}) { marked } }`, nil), "readNotifications", "marked"))
	})
}

// TestInboxStatements: a page of notifications with their orders costs as much
// as a page of one.
func TestInboxStatements(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		c := f.As("ORG_ADMIN")
		count := func(query string) int64 {
			return c.Statements(query, nil)
		}
		query := `{ notifications(first: 50) { edges { node { title order { number status lines { sku } } } } } }`
		few := count(query)
		tell(t, f, "ORG_ADMIN", "ORG_MEMBER", 10)
		tell(t, f, "ORG_ADMIN", "SUB", 10)
		require.Equal(t, few, count(query))
		require.LessOrEqual(t, few, int64(3))
		require.EqualValues(t, 1, count(unread))
	})
}

func TestNotificationSettings(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		read := `{ viewer { notificationSettings { wholeOrganization timeZone digest digestHour webhookUrl quietHours { from to } kinds { kind channels } devices { key } } } }`
		c := f.As("ORG_MEMBER")
		s := testkit.At(c.Must(read, nil), "viewer", "notificationSettings").(map[string]any)
		require.Equal(t, "Europe/Berlin", s["timeZone"])
		require.Equal(t, "OFF", s["digest"])
		require.Nil(t, s["quietHours"])
		require.Len(t, s["kinds"], len(schema.NotificationKinds)-1, "all but what is for those who grade")
		require.Equal(t, map[string]any{"kind": "ORDER_DELAYED", "channels": []any{"MAIL", "PUSH"}}, testkit.At(s, "kinds", 5))
		staff := testkit.At(f.As("STAFF_AGENT").Must(read, nil), "viewer", "notificationSettings", "kinds", 5, "channels")
		require.Equal(t, []any{}, staff, "staff have the inbox")

		change := `mutation($i: ChangeNotificationSettingsInput!) { changeNotificationSettings(input: $i) { userErrors { code field } } }`
		before := f.Fingerprint()
		for _, x := range []struct {
			in    map[string]any
			code  string
			field []any
		}{
			{map[string]any{"timeZone": "Mars/Olympus"}, "UNKNOWN_TIME_ZONE", []any{"input", "timeZone"}},
			{map[string]any{"timeZone": "Local"}, "UNKNOWN_TIME_ZONE", []any{"input", "timeZone"}},
			{map[string]any{"timeZone": "../../etc/passwd"}, "UNKNOWN_TIME_ZONE", []any{"input", "timeZone"}},
			{map[string]any{"quietHours": map[string]any{"from": "24:00", "to": "07:00"}}, "INVALID", []any{"input", "quietHours", "from"}},
			{map[string]any{"quietHours": map[string]any{"from": "21:00", "to": "7:00"}}, "INVALID", []any{"input", "quietHours", "to"}},
			{map[string]any{"digestHour": 24}, "INVALID", []any{"input", "digestHour"}},
			{map[string]any{"digestHour": -1, "wholeOrganization": true}, "INVALID", []any{"input", "digestHour"}},
			{map[string]any{"webhookUrl": "http://127.0.0.1/"}, "INVALID_ADDRESS", []any{"input", "webhookUrl"}},
		} {
			d := c.Must(change, map[string]any{"i": x.in})
			require.Equal(t, []any{map[string]any{"code": x.code, "field": x.field}}, testkit.At(d, "changeNotificationSettings", "userErrors"), "%v", x.in)
		}
		require.Equal(t, before, f.Fingerprint())

		// Two who change different things at once lose nothing.
		var wg sync.WaitGroup
		for _, in := range []map[string]any{
			{"timeZone": "America/New_York"}, {"digest": "DAILY"}, {"digestHour": 0}, {"wholeOrganization": true},
			{"quietHours": map[string]any{"from": "21:00", "to": "07:00"}},
			{"kinds": []any{map[string]any{"kind": "ORDER_NOTE", "channels": []any{}}}},
			{"kinds": []any{map[string]any{"kind": "DELIVERED", "channels": []any{"WEBHOOK", "MAIL", "MAIL"}}}},
		} {
			wg.Go(func() { c.Do(change, map[string]any{"i": in}) })
		}
		wg.Wait()
		s = testkit.At(c.Must(read, nil), "viewer", "notificationSettings").(map[string]any)
		require.Equal(t, "America/New_York", s["timeZone"])
		require.Equal(t, "DAILY", s["digest"])
		require.EqualValues(t, 0, s["digestHour"])
		require.Equal(t, true, s["wholeOrganization"])
		require.Equal(t, map[string]any{"from": "21:00", "to": "07:00"}, s["quietHours"])
		require.Equal(t, []any{}, testkit.At(s, "kinds", 6, "channels"))
		require.Equal(t, []any{"WEBHOOK", "MAIL"}, testkit.At(s, "kinds", 9, "channels"))
		c.Must(change, map[string]any{"i": map[string]any{"quietHours": map[string]any{"from": "08:00", "to": "08:00"}}})
		require.Nil(t, testkit.At(c.Must(read, nil), "viewer", "notificationSettings", "quietHours"))
	})
}

func TestMailPreview(t *testing.T) {
	f := testkit.SQLite(t)
	query := `query($t: MailTemplate!, $l: Language!) { mailPreview(template: $t, language: $l) { subject text html } }`
	for _, template := range append([]string{"DIGEST", "GUEST_CODE", "PASSWORD_LINK", "PASSWORD_CHANGED", "INVITATION"}, schema.NotificationKinds...) {
		for _, l := range []string{"EN", "DE"} {
			d := f.As("STAFF_MARKETING").Must(query, map[string]any{"t": template, "l": l})
			require.NotEmpty(t, testkit.At(d, "mailPreview", "text"))
		}
	}
	for _, role := range []string{"ORG_ADMIN", "STAFF_AGENT", "ANONYMOUS"} {
		require.Contains(t, f.As(role).Do(query, map[string]any{"t": "DIGEST", "l": "EN"}).Body, "Unknown type", role)
	}
}

func TestLanguageIsChosen(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		token, _ := testkit.At(f.With("").Must(signIn, map[string]any{"email": world.Email("ORG_MEMBER"), "password": world.Password}), "signIn", "accessToken").(string)
		c := f.With(token)
		out := c.Must(`mutation { changeNotificationSettings(input: {language: DE}) { settings { language timeZone } userErrors { code } } }`, nil)
		require.Equal(t, "DE", testkit.At(out, "changeNotificationSettings", "settings", "language"))
		require.Equal(t, "Nicht gefunden.", c.Do(`{ node(id: "ord_01jd3m8k2vf6q9w0x4y7z5a1bc") { id } }`, nil).Errors[0].Message)
		note(f, world.OrderOfMember, "Hallo", "CUSTOMER")
		f.Work()
		mails := f.Letters.To(world.Email("ORG_MEMBER"))
		require.Len(t, mails, 1)
		require.Equal(t, "Eine Nachricht zu Bestellung FO-ORG_MEMBER", mails[0].Items[0].Title)
		before := f.Fingerprint()
		require.Equal(t, "BAD_USER_INPUT", c.Do(`mutation { changeNotificationSettings(input: {language: FR}) { userErrors { code } } }`, nil).Code())
		require.Equal(t, before, f.Fingerprint())
	})
}
