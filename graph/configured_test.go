package graph_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
)

const (
	copyConfiguration   = `mutation($i: CopyConfigurationInput!) { copyConfiguration(input: $i) { configuration { ` + keptFields + ` } userErrors { code } } }`
	deleteConfiguration = `mutation($i: DeleteConfigurationInput!) { deleteConfiguration(input: $i) { deletedId userErrors { code } } }`
	handOver            = `mutation($i: HandOverConfigurationInput!) { handOverConfiguration(input: $i) { configuration { ` + keptFields + ` } userErrors { code } } }`
	share               = `mutation($i: ShareConfigurationInput!) { shareConfiguration(input: $i) { code configuration { shares { id isActive } } userErrors { code } } }`
	revokeShare         = `mutation($i: RevokeShareInput!) { revokeShare(input: $i) { configuration { shares { isActive } } userErrors { code } } }`
	shared              = `query($c: String!) { sharedConfiguration(code: $c) { name from quantity choices { option text } version { title groups { title } steps { title } } state { isComplete price { unit { amount } } } } }`
)

func TestConfigurationsAreKept(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		c := b.kept("ORG_MEMBER", "Hall 2", chosen("cooling", "air"))
		require.Equal(t, "COMPLETE", c["status"])
		require.Equal(t, "1009.99", testkit.At(c, "lastPrice", "amount"))
		require.Equal(t, []any{"CHANGE", "SHARE", "ORDER", "DELETE"}, c["availableActions"])
		open := b.kept("ORG_MEMBER", "Hall 3", chosen("size", "large"), chosen("extras", "case"))
		require.Equal(t, "OPEN", open["status"], "what does not go together is kept as well")

		change := map[string]any{"id": c["id"], "version": c["version"], "choices": []any{chosen("cooling", "air"), chosen("extras", "light")}}
		d := b.As("ORG_MEMBER").Must(saveConfiguration, map[string]any{"i": change})
		require.Equal(t, "1019.99", testkit.At(d, "saveConfiguration", "configuration", "lastPrice", "amount"), "%v", d)
		b.refused("ORG_MEMBER", saveConfiguration, "saveConfiguration", "CONFLICT", change)
		now := b.configuration("ORG_MEMBER", c["id"])
		for code, in := range map[string]map[string]any{
			"INVALID":        {"id": c["id"], "version": now["version"], "choices": []any{chosen("cooling", "fire")}},
			"UNKNOWN_RECORD": {"id": c["id"], "version": now["version"], "versionId": gid.New(gid.ModelVersion)},
			"NOT_FOUND":      {"id": gid.New(gid.Configuration), "version": 1, "name": "x"},
		} {
			b.refused("ORG_MEMBER", saveConfiguration, "saveConfiguration", code, in)
		}
		b.refused("ORG_MEMBER", saveConfiguration, "saveConfiguration", "INVALID", b.input(map[string]any{"name": "x", "quantity": 0}))
		b.refused("ORG_MEMBER", saveConfiguration, "saveConfiguration", "INVALID", b.input(map[string]any{"name": " "}))

		// Whoever does not see it does not learn of it; the manager sees the organization's.
		stranger := b.Acting("south", b.of("SOUTH"))
		for _, q := range []struct{ query, name string }{{copyConfiguration, "copyConfiguration"}, {deleteConfiguration, "deleteConfiguration"}} {
			b.refused("south", q.query, q.name, "NOT_FOUND", map[string]any{"id": c["id"]})
		}
		require.Equal(t, "NOT_FOUND", stranger.Do(`query($id: ID!) { configuration(id: $id) { id } }`, map[string]any{"id": c["id"]}).Code())
		b.refused("south", handOver, "handOverConfiguration", "NOT_FOUND", map[string]any{"id": c["id"], "version": 1, "to": "SALES"})
		b.refused("south", share, "shareConfiguration", "NOT_FOUND", map[string]any{"id": c["id"]})
		require.Equal(t, c["id"], b.configuration("ORG_MANAGER", c["id"])["id"])

		d = b.As("ORG_MANAGER").Must(copyConfiguration, map[string]any{"i": map[string]any{"id": c["id"], "name": "Mine"}})
		require.Equal(t, string(b.World.Users["ORG_MANAGER"].ID), testkit.At(d, "copyConfiguration", "configuration", "user", "id"), "%v", d)
		id := testkit.At(d, "copyConfiguration", "configuration", "id")
		b.As("ORG_MANAGER").Must(addToCart, map[string]any{"i": map[string]any{"lines": []any{map[string]any{"configurationId": id, "quantity": 1}}}})
		b.refused("ORG_MANAGER", deleteConfiguration, "deleteConfiguration", "IN_CART", map[string]any{"id": id})
		d = b.As("ORG_MEMBER").Must(deleteConfiguration, map[string]any{"i": map[string]any{"id": c["id"]}})
		require.Equal(t, c["id"], testkit.At(d, "deleteConfiguration", "deletedId"))

		// What is not shown any more is still told of.
		b.restrict()
		hidden := b.configuration("ORG_MEMBER", open["id"])
		require.Len(t, hidden["choices"], 2)
		d = b.As("ORG_MEMBER").Must(`query($id: ID!) { configuration(id: $id) { state { isComplete } product { id } } }`, map[string]any{"id": open["id"]})
		require.Nil(t, testkit.At(d, "configuration", "state"))
		require.Nil(t, testkit.At(d, "configuration", "product"))
	})
}

func TestConfigurationsAreShared(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		c := b.kept("ORG_MEMBER", "Hall 2", chosen("cooling", "air"))
		d := b.As("ORG_MEMBER").Must(share, map[string]any{"i": map[string]any{"id": c["id"], "days": 2}})
		code, _ := testkit.At(d, "shareConfiguration", "code").(string)
		require.NotEmpty(t, code, "%v", d)
		link := testkit.At(d, "shareConfiguration", "configuration", "shares", 0, "id")
		b.restrict() // the link shows it nevertheless
		for _, role := range []string{"ANONYMOUS", "ORG_MEMBER"} {
			d := b.As(role).Must(shared, map[string]any{"c": code})
			require.Equal(t, "Hall 2", testkit.At(d, "sharedConfiguration", "name"), role)
			require.Equal(t, "North", testkit.At(d, "sharedConfiguration", "from"))
			require.Equal(t, "Press", testkit.At(d, "sharedConfiguration", "version", "title"))
			require.Equal(t, "1009.99", testkit.At(d, "sharedConfiguration", "state", "price", "unit", "amount"))
		}
		b.refused("ORG_MEMBER", share, "shareConfiguration", "INVALID", map[string]any{"id": c["id"], "days": 91})
		wrong := b.As("ANONYMOUS").Do(shared, map[string]any{"c": "nothing"})
		require.Equal(t, "NOT_FOUND", wrong.Code(), wrong.Body)
		again := func(why string) {
			t.Helper()
			require.Equal(t, wrong.Body, b.As("ANONYMOUS").Do(shared, map[string]any{"c": code}).Body, why)
		}
		set := func(query string, args ...any) {
			t.Helper()
			_, err := b.Store.Raw(b.ctx).ExecContext(b.ctx, query, args...)
			require.NoError(t, err)
		}
		set(`UPDATE one_time_tokens SET expires_at = $1 WHERE id = $2`, time.Now().UTC().Add(-time.Minute), link)
		again("it has expired")
		set(`UPDATE one_time_tokens SET expires_at = $1 WHERE id = $2`, time.Now().UTC().Add(time.Hour), link)
		set(`UPDATE one_time_tokens SET kind = 'SET_PASSWORD' WHERE id = $1`, link)
		again("it is a token of another kind")
		set(`UPDATE one_time_tokens SET kind = 'SHARE_LINK' WHERE id = $1`, link)
		b.As("ANONYMOUS").Must(shared, map[string]any{"c": code})
		b.refused("ORG_MEMBER", revokeShare, "revokeShare", "INVALID_LINK", map[string]any{"configurationId": c["id"], "shareId": gid.New(gid.OneTimeToken)})
		d = b.As("ORG_MEMBER").Must(revokeShare, map[string]any{"i": map[string]any{"configurationId": c["id"], "shareId": link}})
		require.Equal(t, false, testkit.At(d, "revokeShare", "configuration", "shares", 0, "isActive"), "%v", d)
		again("it was taken back")
		require.NotContains(t, b.Log.String(), code)
	})
}

func TestConfigurationsAreHandedOver(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		c := b.kept("ORG_MEMBER", "Hall 2", chosen("cooling", "air"))
		const updated = `subscription($id: ID!) { configurationUpdated(id: $id) { token by configuration { name turn } } }`
		sales := b.As("STAFF_SALES").Subscribe(updated, map[string]any{"id": c["id"]})
		require.Equal(t, "Hall 2", sales.Next().At("configurationUpdated", "configuration", "name"))
		stranger := b.Acting("south", b.of("SOUTH")).Subscribe(updated, map[string]any{"id": c["id"]})
		require.Equal(t, "NOT_FOUND", stranger.Next().Code())

		b.As("ORG_MEMBER").Must(saveConfiguration, map[string]any{"i": map[string]any{"id": c["id"], "version": c["version"], "name": "Hall 7"}})
		require.Equal(t, "Hall 7", sales.Next().At("configurationUpdated", "configuration", "name"))
		now := b.configuration("ORG_MEMBER", c["id"])
		d := b.As("ORG_MEMBER").Must(handOver, map[string]any{"i": map[string]any{"id": c["id"], "version": now["version"], "to": "SALES", "message": "Which cooling?"}})
		require.Equal(t, "SALES", testkit.At(d, "handOverConfiguration", "configuration", "turn"), "%v", d)
		told := sales.Next()
		require.Equal(t, "SALES", told.At("configurationUpdated", "configuration", "turn"), told.Body)
		b.refused("ORG_MEMBER", handOver, "handOverConfiguration", "CONFLICT", map[string]any{"id": c["id"], "version": now["version"], "to": "SALES"})
		b.Work()
		news := func(role string) *testkit.Answer {
			return b.As(role).Do(`{ notifications(filter: {kind: [CONFIGURATION_HANDED_OVER]}) { edges { node { title text configuration { id } } } } }`, nil)
		}
		require.Equal(t, c["id"], news("STAFF_SALES").At("notifications", "edges", 0, "node", "configuration", "id"))
		require.Contains(t, news("STAFF_SALES").Body, "Which cooling?")
		require.NotContains(t, news("ORG_MEMBER").Body, "Which cooling?", "nobody is told of what they did")

		now = b.configuration("STAFF_SALES", c["id"])
		b.As("STAFF_SALES").Must(handOver, map[string]any{"i": map[string]any{"id": c["id"], "version": now["version"], "to": "CUSTOMER", "message": "Air will do."}})
		b.Work()
		require.Contains(t, news("ORG_MEMBER").Body, "Air will do.")
		require.NotContains(t, news("ORG_BUYER").Body, "Air will do.")
		var links []string
		for _, m := range b.Mails() {
			links = append(links, m.Text)
		}
		id, _ := c["id"].(string)
		require.Contains(t, strings.Join(links, "\n"), "/configurations/"+id)

		// Whoever does not see it any more hears nothing more of it.
		require.Equal(t, "CUSTOMER", sales.Next().At("configurationUpdated", "configuration", "turn"))
		belongs := func(organization gid.ID) {
			_, err := b.Store.Raw(b.ctx).ExecContext(b.ctx, `UPDATE configurations SET organization_id = $1 WHERE id = $2`, organization, c["id"])
			require.NoError(t, err)
		}
		rename := func(name string) {
			now := b.configuration("STAFF_ADMIN", c["id"])
			b.As("STAFF_ADMIN").Must(saveConfiguration, map[string]any{"i": map[string]any{"id": c["id"], "version": now["version"], "name": name}})
		}
		mine := b.As("ORG_MEMBER").Subscribe(updated, map[string]any{"id": c["id"]})
		require.Equal(t, "Hall 7", mine.Next().At("configurationUpdated", "configuration", "name"))
		belongs(b.World.South.ID)
		rename("Of the South")
		for _, s := range []*testkit.Subscription{sales, mine} {
			ended := s.Next()
			require.Equal(t, "NOT_FOUND", ended.Code(), ended.Body)
			require.NotContains(t, ended.Body, "South")
		}
		belongs(b.World.North.ID)
		sales = b.As("STAFF_SALES").Subscribe(updated, map[string]any{"id": c["id"]})
		require.Equal(t, "Of the South", sales.Next().At("configurationUpdated", "configuration", "name"))
		b.As("STAFF_ADMIN").Must(deleteConfiguration, map[string]any{"i": map[string]any{"id": c["id"]}})
		last := sales.Next()
		require.Empty(t, last.Errors, last.Body)
		require.Nil(t, last.At("configurationUpdated", "configuration"), "it is gone")
		require.Equal(t, "NOT_FOUND", sales.Next().Code(), "and there is nothing more to tell")
	})
}

// TestWhatIsConfiguredIsOrdered: it has its price in the cart, is looked at once more,
// and stays in the order as it was.
func TestWhatIsConfiguredIsOrdered(t *testing.T) {
	benches(t, func(b *bench) {
		t, role := b.t, "ORG_MANAGER"
		one := b.kept(role, "One", chosen("cooling", "air"))
		two := b.kept(role, "Two", chosen("size", "large"), numbered("hoses", "1"))
		half := b.kept(role, "Half", chosen("size", "large"))
		lines := func(list ...any) map[string]any { return map[string]any{"lines": list} }
		line := func(c map[string]any, n int) map[string]any {
			return map[string]any{"configurationId": c["id"], "quantity": n}
		}
		a := b.refused(role, addToCart, "addToCart", "NOT_CONFIGURED", lines(map[string]any{"sku": "PRESS", "quantity": 1}))
		require.Contains(t, a.Body, "Configure it")
		b.refused(role, addToCart, "addToCart", "NOT_CONFIGURED", lines(line(half, 1)))
		b.refused(role, addToCart, "addToCart", "NOT_OFFERED", lines(map[string]any{"configurationId": gid.New(gid.Configuration), "quantity": 1}))
		quick := b.As(role).Must(`mutation($i: QuickOrderInput!) { quickOrder(input: $i) { lines { outcome } userErrors { code } } }`, map[string]any{"i": map[string]any{"text": "PRESS 1"}})
		require.Equal(t, "NOT_CONFIGURED", testkit.At(quick, "quickOrder", "lines", 0, "outcome"), "%v", quick)

		d := b.As(role).Must(addToCart, map[string]any{"i": lines(line(one, 2), line(two, 1))})
		cart, _ := testkit.At(d, "addToCart", "cart").(map[string]any)
		require.Len(t, cart["lines"], 2, "two configurations of one variant are two lines: %v", d)
		require.Equal(t, "1009.99", testkit.At(cart, "lines", 0, "unitPrice", "amount"))
		require.Equal(t, "1604.99", testkit.At(cart, "lines", 1, "unitPrice", "amount"), "1000 + 500 + 80 + 15 + 9.99")
		require.Empty(t, cart["problems"])

		// Prices of options that change in between.
		b.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.ProductVariant.UpdateOneID(b.ids["PRESS"]).SetPriceMinor(110_000).Exec(ctx)
		})
		a = b.refused(role, placeOrder, "placeOrder", "PRICE_CHANGED", with(cart, nil))
		require.Equal(t, "1109.99", a.At("placeOrder", "priceChanges", 0, "newUnitPrice", "amount"), a.Body)
		b.do(func(ctx context.Context, tx *ent.Client) error {
			return tx.ProductVariant.UpdateOneID(b.ids["PRESS"]).SetPriceMinor(100_000).Exec(ctx)
		})
		// A new version that nobody has looked at yet.
		b.draft(func(d *schema.ConfigurationDocument) { d.BaseDays = 30 })
		b.publish()
		a = b.refused(role, placeOrder, "placeOrder", "NOT_PLACEABLE", with(cart, nil))
		require.Equal(t, "CONFIGURATION", a.At("placeOrder", "problems", 0, "code"), a.Body)
		b.Work()
		d = b.As(role).Must(placeOrder, map[string]any{"i": with(cart, nil)})
		order := testkit.At(d, "placeOrder", "order", "id")
		require.NotNil(t, order, "%v", d)

		const read = `query($id: ID!) { order(id: $id) { lines { unitPrice { amount } configuration { title number days lines { groupTitle text } prices { title amount { amount } } } } } }`
		before := b.As(role).Do(read, map[string]any{"id": order})
		require.Empty(t, before.Errors, before.Body)
		require.InDelta(t, 30, before.At("order", "lines", 0, "configuration", "days"), 0, before.Body)
		require.Contains(t, before.Body, "1604.99")
		b.revise(func(d *schema.ConfigurationDocument) {
			d.Title = said("Another press")
			d.Groups[2].Options[0].Title = said("Breeze")
		})
		require.Equal(t, before.Body, b.As(role).Do(read, map[string]any{"id": order}).Body)
		require.Equal(t, "ORDERED", b.configuration(role, one["id"])["status"])
		b.refused(role, saveConfiguration, "saveConfiguration", "ORDERED", map[string]any{"id": one["id"], "version": b.configuration(role, one["id"])["version"], "name": "x"})
		b.refused(role, deleteConfiguration, "deleteConfiguration", "ORDERED", map[string]any{"id": one["id"]})

		b.sound()
	})
}
