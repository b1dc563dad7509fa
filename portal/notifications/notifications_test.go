package notifications_test

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/notification"
	"foyer/ent/role"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/mail"
	"foyer/portal/notifications"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

func system(t testing.TB) context.Context { return auth.WithSystem(t.Context(), "test") }

// told are the keys of the kinds that a person was told since the world was made.
func told(t testing.TB, f *testkit.Foyer, person string) (kinds []string) {
	t.Helper()
	list, err := f.Store.Client().Notification.Query().
		Where(notification.UserID(f.World.Users[person].ID), notification.DedupKeyNEQ("world")).
		Order(ent.Asc(notification.FieldCreatedAt, notification.FieldID)).All(system(t))
	require.NoError(t, err)
	for _, n := range list {
		kinds = append(kinds, string(n.Kind))
	}
	return kinds
}

// states are the states of a person's deliveries by channel, in order of time.
func states(t testing.TB, f *testkit.Foyer, person string) (list []string) {
	t.Helper()
	ctx := t.Context()
	rows, err := f.Store.Raw(ctx).QueryContext(ctx, `SELECT channel, state FROM deliveries WHERE user_id = $1 ORDER BY created_at, channel`,
		string(f.World.Users[person].ID))
	require.NoError(t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var c, s string
		require.NoError(t, rows.Scan(&c, &s))
		list = append(list, c+" "+s)
	}
	require.NoError(t, rows.Err())
	return list
}

// soon lets the work that is planned for later be done now.
func soon(t testing.TB, f *testkit.Foyer) {
	t.Helper()
	require.NoError(t, f.Jobs.Hasten(t.Context()))
	f.Work()
}

func note(f *testkit.Foyer, role, owner, text, visibility string) {
	f.As(role).Must(`mutation($i: AddOrderNoteInput!) { addOrderNote(input: $i) { userErrors { code } } }`,
		map[string]any{"i": map[string]any{"orderId": f.World.Orders[owner].ID, "text": text, "visibility": visibility}})
}

func scan(f *testkit.Foyer, owner, status string, at time.Time) {
	f.As("STAFF_FULFILLMENT").Must(`mutation($i: AddTrackingEventInput!) { addTrackingEvent(input: $i) { userErrors { code message } } }`,
		map[string]any{"i": map[string]any{"shipmentId": f.World.Shipments[owner].ID, "status": status, "at": at.UTC().Format(time.RFC3339), "location": "Kiel"}})
}

func settings(f *testkit.Foyer, role string, input map[string]any) map[string]any {
	d := f.As(role).Must(`mutation($i: ChangeNotificationSettingsInput!) { changeNotificationSettings(input: $i) {
		userErrors { code field message } webhookSecret
		settings { wholeOrganization timeZone digest digestHour webhookUrl pushKey quietHours { from to } kinds { kind channels } devices { key name } } } }`,
		map[string]any{"i": input})
	return d["changeNotificationSettings"].(map[string]any)
}

// append writes an event as another part of the portal would.
func happened(t testing.TB, f *testkit.Foyer, e events.Event, owner string) {
	t.Helper()
	o := f.World.Orders[owner]
	e.Subject, e.Owner = o.ID, access.Owner{Organization: o.OrganizationID, User: o.UserID, Subject: o.ID}
	require.NoError(t, f.Store.Tx(system(t), func(ctx context.Context, tx *ent.Client) error { return events.Append(ctx, tx, e) }))
}

// TestChangedOrder: who did not change an order is told what of it has changed.
func TestChangedOrder(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		m := world.OrderOfMember
		_, err := f.Store.Raw(t.Context()).ExecContext(t.Context(), `UPDATE orders SET source = NULL, external_id = NULL WHERE id = $1`, string(f.World.Orders[m].ID))
		require.NoError(t, err) // what another system keeps is changed there
		change := func(role string, input map[string]any) {
			d := f.As(role).Must(`query($id: ID!) { order(id: $id) { version } }`, map[string]any{"id": f.World.Orders[m].ID})
			input["orderId"], input["version"] = f.World.Orders[m].ID, testkit.At(d, "order", "version")
			d = f.As(role).Must(`mutation($i: ChangeOrderInput!) { changeOrder(input: $i) { userErrors { code message } } }`, map[string]any{"i": input})
			require.Empty(t, testkit.At(d, "changeOrder", "userErrors"))
			f.Work()
		}
		change("STAFF_AGENT", map[string]any{"remark": "Ring twice.", "purchaseOrderNumber": "PO 9"})
		require.Equal(t, []string{"ORDER_CHANGED"}, told(t, f, m))
		require.Empty(t, told(t, f, "STAFF_SALES"))
		letters := f.Letters.All()
		require.Len(t, letters, 1)
		require.Equal(t, "It has another purchase order number. The remark has changed.", letters[0].Items[0].Text)
		change("ORG_ADMIN", map[string]any{"remark": "Ring once."})
		require.Equal(t, []string{"ORDER_CHANGED", "ORDER_CHANGED"}, told(t, f, m))
		require.Empty(t, told(t, f, "ORG_ADMIN"), "nobody is told of what they did")
		require.Equal(t, []string{"ORDER_CHANGED"}, told(t, f, "STAFF_SALES"), "who looks after them is")
	})
	title, text := notifications.Words("ORDER_CHANGED", schema.NotificationData{Number: "FO-1", Cancelled: []schema.CancelledLine{{Sku: "A-1", Quantity: 2}, {Sku: "B-1", Quantity: 1}}},
		time.Now(), schema.German)
	require.Equal(t, "Bestellung FO-1 wurde geändert", title)
	require.Equal(t, "Storniert: 2 × A-1, 1 × B-1.", text)
}

// TestWhoIsTold: the right people, once, each what they may know.
func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		m := world.OrderOfMember
		note(f, "STAFF_AGENT", m, "We can deliver on Monday", "CUSTOMER")
		f.Work()
		require.Equal(t, []string{"ORDER_NOTE"}, told(t, f, m))
		for _, other := range []string{"ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN", "COLLEAGUE", "SOUTH", "STAFF_AGENT", "STAFF_SALES"} {
			require.Empty(t, told(t, f, other), other)
		}
		letters := f.Letters.All()
		require.Len(t, letters, 1)
		l := letters[0]
		require.Equal(t, world.Email(m), l.To)
		require.Equal(t, mail.Template("ORDER_NOTE"), l.Template)
		require.Equal(t, "https://portal.example.com/orders/FO-ORG_MEMBER", l.Items[0].URL)
		require.Equal(t, "Person STAFF_AGENT wrote: We can deliver on Monday", l.Items[0].Text)
		require.Equal(t, "https://portal.example.com/account/notifications", l.Settings)
		require.NotEmpty(t, l.Key)

		// What the customer writes goes to the staff who look after them.
		note(f, m, m, "Monday suits us", "CUSTOMER")
		f.Work()
		require.Equal(t, []string{"ORDER_NOTE"}, told(t, f, m), "nobody is told of what they did")
		require.Equal(t, []string{"ORDER_NOTE"}, told(t, f, "STAFF_SALES"))
		require.Equal(t, []string{"ORDER_NOTE"}, told(t, f, "STAFF_AGENT"))
		require.Empty(t, told(t, f, "STAFF_ADMIN"), "does not look after them")
		require.Empty(t, f.Letters.All(), "staff have the inbox until they choose otherwise")

		// What staff write for themselves stays with them.
		note(f, "STAFF_AGENT", m, "they pay late", "INTERNAL")
		f.Work()
		require.Len(t, told(t, f, m), 1)
		require.Len(t, told(t, f, "STAFF_SALES"), 1)
		require.Empty(t, f.Letters.All())

		// Whoever wants to hear of all orders hears of those that they may read.
		for _, role := range []string{"ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN"} {
			require.Empty(t, settings(f, role, map[string]any{"wholeOrganization": true})["userErrors"])
		}
		for _, owner := range []string{m, world.OrderOfColleague, world.OrderOfSub, world.OrderOfSouth} {
			happened(t, f, events.Event{Kind: events.OrderDelayed, Data: schema.EventData{Cause: "PROMISE_PASSED", OldDate: &f.World.Now}}, owner)
		}
		f.Work()
		require.Equal(t, []string{"ORDER_NOTE", "ORDER_DELAYED"}, told(t, f, m))
		require.Equal(t, []string{"ORDER_DELAYED"}, told(t, f, "ORG_BUYER"), "named colleagues alone")
		require.Equal(t, []string{"ORDER_DELAYED", "ORDER_DELAYED"}, told(t, f, "ORG_MANAGER"), "the organization")
		require.Equal(t, []string{"ORDER_DELAYED", "ORDER_DELAYED", "ORDER_DELAYED"}, told(t, f, "ORG_ADMIN"), "subsidiaries, too")
		require.Equal(t, []string{"ORDER_DELAYED"}, told(t, f, "SOUTH"))
		require.Equal(t, []string{"ORDER_NOTE", "ORDER_DELAYED", "ORDER_DELAYED"}, told(t, f, "STAFF_SALES"), "the organization that they look after")
		f.Letters.All()

		// The same again is nothing new, whatever came first.
		happened(t, f, events.Event{Kind: events.OrderDelayed, Data: schema.EventData{Cause: "CARRIER_ESTIMATE", OldDate: &f.World.Now}}, m)
		f.Work()
		require.Len(t, told(t, f, m), 2)
		require.Empty(t, f.Letters.All())

		// Who reports a problem knows of it; the colleague does not.
		agent, sales := len(told(t, f, "STAFF_AGENT")), len(told(t, f, "STAFF_SALES"))
		f.As("STAFF_AGENT").Must(`mutation($i: AddTrackingEventInput!) { addTrackingEvent(input: $i) { userErrors { code } } }`,
			map[string]any{"i": map[string]any{"shipmentId": f.World.Shipments[m].ID, "status": "EXCEPTION", "at": time.Now().UTC().Format(time.RFC3339)}})
		f.Work()
		require.Len(t, told(t, f, "STAFF_AGENT"), agent)
		require.Len(t, told(t, f, "STAFF_SALES"), sales+1)

		heard, err := f.Store.Client().Event.Query().All(system(t))
		require.NoError(t, err)
		n := 0
		for _, e := range heard {
			if e.Kind == string(events.Notified) {
				n++
				require.Equal(t, "STAFF", string(e.Audience))
				require.NotEmpty(t, e.UserID)
				require.Equal(t, gid.Notification, e.SubjectID.Prefix())
			}
		}
		all, err := f.Store.Client().Notification.Query().Where(notification.DedupKeyNEQ("world")).Count(system(t))
		require.NoError(t, err)
		require.Equal(t, all, n, "one for the subscriptions for each")
	})
}

// TestScans: ten reports of one problem are one notification, and old news
// disturbs nobody.
func TestScans(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		m, now := world.OrderOfMember, time.Now()
		for i := range 10 {
			scan(f, m, "EXCEPTION", now.Add(time.Duration(i-20)*time.Second))
		}
		f.Work()
		require.Equal(t, []string{"DELIVERY_PROBLEM"}, told(t, f, m))
		require.Len(t, f.Letters.To(world.Email(m)), 1)
		require.Equal(t, []string{"DELIVERY_PROBLEM"}, told(t, f, "STAFF_SALES"))

		// Out for delivery, and at once another state: nobody hears of the first.
		scan(f, m, "OUT_FOR_DELIVERY", now.Add(-3*time.Second))
		scan(f, m, "DELIVERED", now.Add(-2*time.Second))
		f.Work()
		require.Equal(t, []string{"DELIVERY_PROBLEM", "DELIVERED"}, told(t, f, m))
		require.Len(t, f.Letters.To(world.Email(m)), 1)

		// A delivery that is taken back before it was told.
		b := world.OrderOfBuyer
		scan(f, b, "DELIVERED", now.Add(-5*time.Second))
		scan(f, b, "EXCEPTION", now.Add(-4*time.Second))
		f.Work()
		require.Equal(t, []string{"DELIVERY_PROBLEM"}, told(t, f, b))

		// A week's reports at once: the inbox has what is true, no mail does.
		f.Letters.All()
		c := world.OrderOfColleague
		ctx := t.Context()
		_, err := f.Store.Raw(ctx).ExecContext(ctx, `UPDATE orders SET placed_at = $1 WHERE id = $2`, now.AddDate(0, 0, -20).UTC(), string(f.World.Orders[c].ID))
		require.NoError(t, err)
		_, err = f.Store.Raw(ctx).ExecContext(ctx, `DELETE FROM tracking_events WHERE order_id = $1`, string(f.World.Orders[c].ID))
		require.NoError(t, err)
		scan(f, c, "OUT_FOR_DELIVERY", now.AddDate(0, 0, -5))
		f.Work()
		require.Empty(t, told(t, f, c), "today, last week")
		scan(f, c, "DELIVERED", now.AddDate(0, 0, -4))
		f.Work()
		require.Equal(t, []string{"DELIVERED"}, told(t, f, c))
		require.Empty(t, f.Letters.All())
		require.Empty(t, states(t, f, c))
	})
}

// TestLosingSight: what one may not see any more is not sent, and not shown.
func TestLosingSight(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		// A notification that was written while it might be, and a mail that was planned.
		f.Letters.Fail(func(mail.Letter) error { return errors.New("the server is down") })
		require.Empty(t, settings(f, "ORG_MANAGER", map[string]any{"wholeOrganization": true})["userErrors"])
		note(f, "STAFF_AGENT", world.OrderOfMember, "the secret price", "CUSTOMER")
		f.Work()
		f.Letters.Fail(nil)
		f.Letters.All()
		require.Equal(t, []string{"MAIL PENDING"}, states(t, f, "ORG_MANAGER"))
		see := `{ notifications(filter: {kind: ORDER_NOTE, unread: true}) { edges { node { id order { number } } } } }`
		require.Equal(t, "FO-ORG_MEMBER", testkit.At(f.As("ORG_MANAGER").Must(see, nil), "notifications", "edges", 0, "node", "order", "number"))

		f.As("STAFF_ADMIN").Must(`mutation($i: SetMembershipStatusInput!) { setMembershipStatus(input: $i) { userErrors { code } } }`, map[string]any{
			"i": map[string]any{"membershipId": f.World.Memberships["ORG_MANAGER"].ID, "version": 1, "status": "DISABLED"}})
		soon(t, f)
		require.Equal(t, []string{"MAIL SKIPPED"}, states(t, f, "ORG_MANAGER"))
		require.Equal(t, []string{"MAIL SENT"}, states(t, f, "ORG_MEMBER"))
		require.Empty(t, f.Letters.To(world.Email("ORG_MANAGER")))

		note(f, "STAFF_AGENT", world.OrderOfMember, "the next secret", "CUSTOMER")
		f.Work()
		require.Len(t, told(t, f, "ORG_MANAGER"), 1, "nothing after")

		// The row is still the person's; the order behind it is nobody's business.
		require.NoError(t, f.Store.Tx(system(t), func(ctx context.Context, tx *ent.Client) error {
			return tx.Notification.Create().SetUserID(f.World.Users["ORG_ADMIN"].ID).SetOrganizationID(f.World.South.ID).
				SetOrderID(f.World.Orders[world.OrderOfSouth].ID).SetKind(notification.KindORDER_PLACED).SetDedupKey("x").
				SetData(schema.NotificationData{Number: "FO-SOUTH"}).Exec(ctx)
		}))
		d := f.As("ORG_ADMIN").Must(`{ notifications(filter: {kind: ORDER_PLACED}) { edges { node { id order { number } } } } }`, nil)
		require.NotNil(t, testkit.At(d, "notifications", "edges", 0, "node", "id"))
		require.Nil(t, testkit.At(d, "notifications", "edges", 0, "node", "order"))
	})
}

// TestWhoSeesOrdersAlone: who may read an order, but not what happens to it, is
// not told of that by a notification either, not even one that was planned.
func TestWhoSeesOrdersAlone(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		reads := map[string]string{"Order": "organization", "Event": "organization", "Notification": "own"}
		var made *ent.Role
		require.NoError(t, f.Store.Tx(system(t), func(ctx context.Context, tx *ent.Client) (err error) {
			made, err = tx.Role.Create().SetKey("CLERK").SetName("Clerk").SetKind(role.KindORGANIZATION).SetGrants(&schema.RoleGrants{Read: reads}).Save(ctx)
			if err != nil {
				return err
			}
			if err := tx.User.UpdateOneID(f.World.Users["ORG_MANAGER"].ID).SetNotificationSettings(&schema.NotificationSettings{Organization: true}).Exec(ctx); err != nil {
				return err
			}
			return tx.Membership.UpdateOneID(f.World.Memberships["ORG_MANAGER"].ID).SetRoleID(made.ID).Exec(ctx)
		}))
		f.Letters.Fail(func(mail.Letter) error { return errors.New("the server is down") })
		note(f, "STAFF_AGENT", world.OrderOfMember, "the secret price", "CUSTOMER")
		f.Work()
		f.Letters.Fail(nil)
		f.Letters.All()
		require.Equal(t, []string{"MAIL PENDING"}, states(t, f, "ORG_MANAGER"))

		delete(reads, "Event")
		require.NoError(t, f.Store.Tx(system(t), func(ctx context.Context, tx *ent.Client) error {
			return tx.Role.UpdateOneID(made.ID).AddVersion(1).SetGrants(&schema.RoleGrants{Read: reads}).Exec(ctx)
		}))
		note(f, "STAFF_AGENT", world.OrderOfMember, "the next secret", "CUSTOMER")
		soon(t, f)
		require.Equal(t, []string{"MAIL SKIPPED"}, states(t, f, "ORG_MANAGER"))
		require.Len(t, told(t, f, "ORG_MANAGER"), 1, "nothing after")
		require.Empty(t, f.Letters.To(world.Email("ORG_MANAGER")))
	})
}

// TestOnceOnly: a mail that was sent without its being noted is the same mail
// again; one that was noted is not sent again.
func TestOnceOnly(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		f.Letters.Fail(func(mail.Letter) error { panic("the process dies") })
		note(f, "STAFF_AGENT", world.OrderOfMember, "hello", "CUSTOMER")
		f.Work()
		ctx := t.Context()
		_, err := f.Store.Raw(ctx).ExecContext(ctx, `UPDATE deliveries SET claimed_until = NULL`) // its time is over
		require.NoError(t, err)
		f.Letters.Fail(nil)
		soon(t, f)
		list := f.Letters.All()
		require.Len(t, list, 2)
		require.Equal(t, list[0], list[1])
		require.Equal(t, []string{"MAIL SENT"}, states(t, f, "ORG_MEMBER"))

		// Both sorts of work done anew by hand change nothing.
		_, err = f.Store.Raw(ctx).ExecContext(ctx, `UPDATE river_job SET state = 'available', finalized_at = NULL, max_attempts = max_attempts + 5 WHERE kind LIKE 'notifications.%'`)
		require.NoError(t, err)
		f.Work()
		require.Empty(t, f.Letters.All())
		require.Len(t, told(t, f, "ORG_MEMBER"), 1)

		// What became of it is known for a while.
		require.NoError(t, f.Notifications.Sweep(ctx))
		require.Equal(t, []string{"MAIL SENT"}, states(t, f, "ORG_MEMBER"))
		f.Clock = func() time.Time { return time.Now().AddDate(0, 0, 91) }
		require.NoError(t, f.Notifications.Sweep(ctx))
		require.Empty(t, states(t, f, "ORG_MEMBER"))
		f.Clock = nil

		// While one attempt runs, another one does not begin.
		note(f, "STAFF_AGENT", world.OrderOfMember, "again", "CUSTOMER")
		f.Letters.Fail(func(mail.Letter) error { return errors.New("no") })
		f.Work()
		f.Letters.All()
		f.Letters.Fail(nil)
		_, err = f.Store.Raw(ctx).ExecContext(ctx, `UPDATE deliveries SET claimed_until = $1 WHERE state = 'PENDING'`, time.Now().UTC().Add(time.Minute))
		require.NoError(t, err)
		soon(t, f)
		require.Empty(t, f.Letters.All())
	})
}

// TestQuietAndGathered: nobody is disturbed at night, and mails are gathered for
// who wants it.
func TestQuietAndGathered(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		berlin, err := time.LoadLocation("Europe/Berlin")
		require.NoError(t, err)
		y, mo, d := time.Now().In(berlin).AddDate(0, 0, 1).Date()
		moment := func(day, hour, minute int) { // of tomorrow and later
			f.Clock = func() time.Time { return time.Date(y, mo, d+day, hour, minute, 0, 0, berlin) }
		}
		who := world.OrderOfMember
		moment(0, 22, 0)
		require.Empty(t, settings(f, who, map[string]any{
			"quietHours": map[string]any{"from": "21:00", "to": "07:00"},
			"kinds":      []any{map[string]any{"kind": "OUT_FOR_DELIVERY", "channels": []string{"MAIL"}}},
		})["userErrors"])
		note(f, "STAFF_AGENT", who, "good night", "CUSTOMER")
		f.Work()
		require.Equal(t, []string{"ORDER_NOTE"}, told(t, f, who), "the inbox has it at once")
		require.Empty(t, f.Letters.All())
		require.Equal(t, []string{"MAIL PENDING"}, states(t, f, who))
		soon(t, f) // early by mistake: it is still night
		require.Empty(t, f.Letters.All())
		moment(1, 7, 0)
		soon(t, f)
		require.Len(t, f.Letters.All(), 1)

		// Of no use in the morning.
		moment(0, 22, 5)
		scan(f, who, "OUT_FOR_DELIVERY", time.Now())
		f.Work()
		require.Equal(t, []string{"MAIL SENT", "MAIL SKIPPED"}, states(t, f, who))

		// Gathered: one mail for several, none for what was read, an ordinary one for one.
		who = world.OrderOfBuyer
		moment(1, 9, 30)
		require.Empty(t, settings(f, who, map[string]any{"digest": "DAILY", "digestHour": 17})["userErrors"])
		for _, text := range []string{"one", "two", "three"} {
			note(f, "STAFF_AGENT", who, text, "CUSTOMER")
		}
		f.Work()
		require.Empty(t, f.Letters.All())
		id := testkit.At(f.As(who).Must(`{ notifications(first: 1) { edges { node { id text } } } }`, nil), "notifications", "edges", 0, "node", "id")
		f.As(who).Must(`mutation($i: [ID!]) { readNotifications(input: {ids: $i}) { marked } }`, map[string]any{"i": []any{id}})
		moment(1, 17, 0)
		soon(t, f)
		list := f.Letters.All()
		require.Len(t, list, 1)
		require.Equal(t, mail.Digest, list[0].Template)
		require.Len(t, list[0].Items, 2)
		require.ElementsMatch(t, []string{"MAIL SENT", "MAIL SENT", "MAIL SKIPPED"}, states(t, f, who))
		note(f, "STAFF_AGENT", who, "four", "CUSTOMER")
		f.Work()
		moment(2, 17, 0)
		soon(t, f)
		list = f.Letters.All()
		require.Len(t, list, 1)
		require.Equal(t, mail.Template("ORDER_NOTE"), list[0].Template)
		require.Equal(t, gid.Notification, gid.ID(list[0].Key).Prefix())

		// A digest that was sent without its being noted is the same letter again.
		note(f, "STAFF_AGENT", who, "five", "CUSTOMER")
		note(f, "STAFF_AGENT", who, "six", "CUSTOMER")
		f.Work()
		f.Letters.Fail(func(mail.Letter) error { return errors.New("connection lost") })
		moment(3, 17, 0)
		soon(t, f)
		f.Letters.Fail(nil)
		soon(t, f)
		list = f.Letters.All()
		require.GreaterOrEqual(t, len(list), 2)
		for _, l := range list {
			require.Equal(t, list[0], l)
		}
	})
}

// TestLanguage: each in theirs.
func TestLanguage(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		ctx := t.Context()
		_, err := f.Store.Raw(ctx).ExecContext(ctx, `UPDATE users SET language = 'DE' WHERE id = $1`, string(f.World.Users["ORG_MEMBER"].ID))
		require.NoError(t, err)
		f.Viewer("ORG_MEMBER").Language = "de"
		f.As("STAFF_AGENT").Must(`mutation($i: SetPromisedDateInput!) { setPromisedDate(input: $i) { userErrors { code message } } }`, map[string]any{"i": map[string]any{
			"orderId": f.World.Orders["ORG_MEMBER"].ID, "version": 1, "date": f.World.Now.AddDate(0, 0, 9).Format("2006-01-02"), "reason": "Der Lieferant ist krank"}})
		f.Work()
		l := f.Letters.All()
		require.Len(t, l, 1)
		require.Equal(t, schema.German, l[0].Language)
		require.Contains(t, l[0].Items[0].Title, "Neuer Liefertermin")
		require.Contains(t, l[0].Items[0].Text, "Grund: Der Lieferant ist krank.")
		d := f.As("ORG_MEMBER").Must(`{ notifications(first: 1) { edges { node { title text } } } }`, nil)
		require.Equal(t, l[0].Items[0].Title, testkit.At(d, "notifications", "edges", 0, "node", "title"))
		require.Equal(t, l[0].Items[0].Text, testkit.At(d, "notifications", "edges", 0, "node", "text"))
	})
}

// TestConfirmation: a confirmation that names a day is told once.
func TestConfirmation(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		ctx := t.Context()
		_, err := f.Store.Raw(ctx).ExecContext(ctx, `UPDATE orders SET status = 'PLACED' WHERE id = $1`, string(f.World.Orders["ORG_MEMBER"].ID))
		require.NoError(t, err)
		f.As("STAFF_AGENT").Must(`mutation($i: ConfirmOrderInput!) { confirmOrder(input: $i) { userErrors { code message } } }`, map[string]any{"i": map[string]any{
			"orderId": f.World.Orders["ORG_MEMBER"].ID, "version": 1, "promisedDate": f.World.Now.AddDate(0, 0, 9).Format("2006-01-02")}})
		f.Work()
		require.Equal(t, []string{"ORDER_CONFIRMED"}, told(t, f, "ORG_MEMBER"))
		require.Contains(t, f.Letters.All()[0].Items[0].Text, "Delivery is promised for ")
	})
}

// TestUnsubscribe: a link asks, its button acts, a forged one does nothing.
func TestUnsubscribe(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		page := httptest.NewServer(http.HandlerFunc(f.Notifications.ServeUnsubscribe))
		defer page.Close()
		note(f, "STAFF_AGENT", "ORG_MEMBER", "one", "CUSTOMER")
		f.Work()
		link := f.Letters.All()[0].Unsubscribe
		require.True(t, strings.HasPrefix(link, "https://portal.example.com/unsubscribe?token="), link)
		token := strings.TrimPrefix(link, "https://portal.example.com/unsubscribe?token=")
		do := func(method, token, body string) (int, string) {
			req, err := http.NewRequest(method, page.URL+"?token="+token, strings.NewReader(body))
			require.NoError(t, err)
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			res, err := http.DefaultClient.Do(req)
			require.NoError(t, err)
			defer func() { _ = res.Body.Close() }()
			b := make([]byte, 4096)
			n, _ := res.Body.Read(b)
			return res.StatusCode, string(b[:n])
		}
		before := f.Fingerprint()
		plain, err := url.QueryUnescape(token)
		require.NoError(t, err)
		said, sum, _ := strings.Cut(plain, ".")
		other := base64.RawURLEncoding.EncodeToString([]byte(string(f.World.Users["ORG_ADMIN"].ID) + " ORDER_NOTE"))
		for _, bad := range []string{"", "x", plain[:len(plain)-2], said + "." + sum[1:], other + "." + sum, said + ".", said + "AA." + sum, strings.Repeat("a", 400)} {
			status, _ := do(http.MethodPost, url.QueryEscape(bad), "List-Unsubscribe=One-Click")
			require.Equal(t, http.StatusBadRequest, status, bad)
		}
		status, text := do(http.MethodGet, token, "")
		require.Equal(t, http.StatusOK, status)
		require.Contains(t, text, "notes on orders")
		require.NotContains(t, text, world.Email("ORG_MEMBER"))
		status, _ = do(http.MethodPut, token, "")
		require.Equal(t, http.StatusMethodNotAllowed, status)
		require.Equal(t, before, f.Fingerprint(), "neither a forged link nor an opened one does anything")

		for range 2 {
			status, _ = do(http.MethodPost, token, "List-Unsubscribe=One-Click")
			require.Equal(t, http.StatusOK, status)
		}
		note(f, "STAFF_AGENT", "ORG_MEMBER", "two", "CUSTOMER")
		happened(t, f, events.Event{Kind: events.OrderDelayed, Data: schema.EventData{Cause: "PROMISE_PASSED", OldDate: &f.World.Now}}, "ORG_MEMBER")
		f.Work()
		l := f.Letters.All()
		require.Len(t, l, 1, "the other kinds go on")
		require.Equal(t, mail.Template("ORDER_DELAYED"), l[0].Template)
		require.Len(t, told(t, f, "ORG_MEMBER"), 3, "and so does the inbox")
	})
}
