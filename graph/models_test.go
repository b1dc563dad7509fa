package graph_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

func said(en string) map[string]string { return world.Said(en, en+" (de)") }

// TestPublishing: a draft says what its words mean, or is refused with all mistakes; a
// version does not contradict itself, or is refused with the rules that do it.
func TestPublishing(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		doc := world.Press()
		doc.Rules[0].Text = "size.huge -> cooling.water"
		doc.Rules[1].Text = "length >"
		doc.Groups[0].Default = "nothing"
		a := b.refused("STAFF_ADMIN", saveModel, "saveConfigurationModel", "UNSOUND", map[string]any{"id": b.model, "version": b.at, "document": documentInput(doc)})
		problems, _ := a.At("saveConfigurationModel", "problems").([]any)
		require.GreaterOrEqual(t, len(problems), 3, "all of them are told: %s", a.Body)
		b.refused("STAFF_ADMIN", saveModel, "saveConfigurationModel", "CONFLICT", map[string]any{"id": b.model, "version": b.at + 7})
		b.refused("STAFF_ADMIN", saveModel, "saveConfigurationModel", "TAKEN", map[string]any{
			"productId": b.product, "variantId": b.ids["PRESS"], "document": documentInput(world.Press())})
		b.refused("STAFF_ADMIN", saveModel, "saveConfigurationModel", "UNKNOWN_RECORD", map[string]any{"id": b.model, "version": b.at, "variantId": b.ids["B-1"]})

		publish := map[string]any{"id": b.model, "version": b.at}
		b.refused("STAFF_ADMIN", publishModel, "publishConfigurationModel", "UNCHANGED", publish)
		b.refused("STAFF_ADMIN", publishModel, "publishConfigurationModel", "CONFLICT", map[string]any{"id": b.model, "version": b.at - 1})

		// A draft may contradict itself, and is not published then.
		b.draft(func(d *schema.ConfigurationDocument) {
			d.Rules = append(d.Rules, schema.ConfigurationRule{Key: "always-large", Text: "size.large", Message: said("Always large.")},
				schema.ConfigurationRule{Key: "never-water", Text: "!cooling.water", Message: said("Never water.")})
		})
		a = b.refused("STAFF_ADMIN", publishModel, "publishConfigurationModel", "CONTRADICTION", map[string]any{"id": b.model, "version": b.at})
		require.ElementsMatch(t, []any{"large-water", "always-large", "never-water"}, a.At("publishConfigurationModel", "findings", 0, "rules"), a.Body)
		require.Equal(t, "VOID", a.At("publishConfigurationModel", "findings", 0, "kind"))
		b.draft(func(d *schema.ConfigurationDocument) {
			d.Golden[0].Impossible = true
		})
		a = b.refused("STAFF_ADMIN", publishModel, "publishConfigurationModel", "GOLDEN", map[string]any{"id": b.model, "version": b.at})
		require.Contains(t, a.Body, `"golden":"plain"`)

		old := b.version
		b.revise(func(d *schema.ConfigurationDocument) { d.Title = said("Better press") })
		d := b.As("ANONYMOUS").Must(`query($id: ID!) { node(id: $id) { ... on ModelVersion { number status title supersededBy { id number title } } } }`, map[string]any{"id": old})
		require.Equal(t, "RETIRED", testkit.At(d, "node", "status"), "%v", d)
		require.Equal(t, "Press", testkit.At(d, "node", "title"), "what a version says does not change")
		require.Equal(t, string(b.version), testkit.At(d, "node", "supersededBy", "id"))
		require.Equal(t, "Better press", testkit.At(d, "node", "supersededBy", "title"))
	})
}

const keptFields = `id name status turn version choices { group option } lastPrice { amount } change { outcome fromNumber toNumber dropped { option text } taken { option }
	oldPrice { amount } newPrice { amount } } modelVersion { number } availableActions organization { id } user { id }`

// kept keeps a configuration of somebody's.
func (b *bench) kept(role, name string, choices ...any) map[string]any {
	b.t.Helper()
	in := b.input(map[string]any{"name": name}, choices...)
	d := b.As(role).Must(saveConfiguration, map[string]any{"i": in})
	c, _ := testkit.At(d, "saveConfiguration", "configuration").(map[string]any)
	require.NotNil(b.t, c, "%v", d)
	return c
}

func (b *bench) configuration(role string, id any) map[string]any {
	b.t.Helper()
	d := b.As(role).Must(`query($id: ID!) { configuration(id: $id) { `+keptFields+` } }`, map[string]any{"id": id})
	c, _ := testkit.At(d, "configuration").(map[string]any)
	return c
}

const saveConfiguration = `mutation($i: SaveConfigurationInput!) { saveConfiguration(input: $i) { configuration { ` + keptFields + ` } userErrors { field code message } } }`

const revalidate = `mutation($i: RevalidateConfigurationsInput!) { revalidateConfigurations(input: $i) { revalidation { id isDryRun } userErrors { code } } }`

// runs are the latest runs over what is kept.
func (b *bench) runs() []any {
	b.t.Helper()
	d := b.As("STAFF_ADMIN").Must(`query($id: ID!) { configurationModel(productId: $id) { kept revalidations { number isDryRun isDraft isFinished seen valid repriced repaired needsCustomer } } }`,
		map[string]any{"id": b.product})
	list, _ := testkit.At(d, "configurationModel", "revalidations").([]any)
	return list
}

// TestANewVersionIsLookedAt: still valid, at another price, repaired, or the customer
// is needed, and told; ordered ones stay as they are.
func TestANewVersionIsLookedAt(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		air := chosen("cooling", "air")
		valid := b.kept("ORG_MANAGER", "valid", air)
		repriced := b.kept("ORG_MANAGER", "repriced", chosen("cooling", "water"), numbered("hoses", "1"))
		repaired := b.kept("ORG_MANAGER", "repaired", air, chosen("extras", "light"))
		needs := b.kept("ORG_MEMBER", "needs", chosen("size", "large"), chosen("cooling", "water"), numbered("hoses", "1"))
		ordered := b.kept("ORG_MANAGER", "ordered", chosen("cooling", "water"), numbered("hoses", "2"))
		b.do(func(ctx context.Context, tx *ent.Client) error {
			id, _ := ordered["id"].(string)
			return tx.Configuration.UpdateOneID(gid.ID(id)).SetStatus("ORDERED").Exec(ctx)
		})
		ordered = b.configuration("ORG_MANAGER", ordered["id"])
		change := func(d *schema.ConfigurationDocument) {
			d.Groups[2].Options[1].Amounts = world.Priced(9000, 9900)  // water
			d.Groups[4].Options[0].Replaces = []string{"extras.light"} // which is gone
			d.Groups[4].Options[0].Key, d.Groups[4].Options[0].Title = "lamp", said("Lamp")
			d.Rules[1].Text = "length > 2 m -> extras.lamp"
			d.Prices[0].When = "size.large & extras.lamp"
			d.Rules = append(d.Rules, schema.ConfigurationRule{Key: "small-alone", Text: "!size.large", Message: said("The large one is not made any more.")})
		}
		b.draft(change)

		// A dry run changes nothing, and tells nobody.
		before := b.everything()
		d := b.As("STAFF_ADMIN").Must(revalidate, map[string]any{"i": map[string]any{"id": b.model, "dryRun": true, "draft": true}})
		require.Equal(t, true, testkit.At(d, "revalidateConfigurations", "revalidation", "isDryRun"), "%v", d)
		b.refused("STAFF_ADMIN", revalidate, "revalidateConfigurations", "BUSY", map[string]any{"id": b.model, "dryRun": true, "draft": true})
		b.refused("STAFF_ADMIN", revalidate, "revalidateConfigurations", "INVALID", map[string]any{"id": b.model, "dryRun": false, "draft": true})
		b.Work()
		require.Equal(t, before, b.everything())
		outcomes := "valid:1 repriced:1 repaired:1 needsCustomer:1 seen:4"
		told := func(run any) string {
			return fmt.Sprintf("valid:%v repriced:%v repaired:%v needsCustomer:%v seen:%v", testkit.At(run, "valid"), testkit.At(run, "repriced"),
				testkit.At(run, "repaired"), testkit.At(run, "needsCustomer"), testkit.At(run, "seen"))
		}
		require.Equal(t, outcomes, told(b.runs()[0]))

		b.publish()
		b.Work()
		require.Equal(t, outcomes, told(b.runs()[0]), "%v", b.runs())
		require.Equal(t, true, testkit.At(b.runs()[0], "isFinished"))
		for was, outcome := range map[*map[string]any]string{&valid: "VALID", &repriced: "REPRICED", &repaired: "REPAIRED", &needs: "NEEDS_CUSTOMER"} {
			role := "ORG_MANAGER"
			if outcome == "NEEDS_CUSTOMER" {
				role = "ORG_MEMBER"
			}
			now := b.configuration(role, (*was)["id"])
			require.Equal(t, outcome, testkit.At(now, "change", "outcome"), "%v", now)
			require.InDelta(t, 2, testkit.At(now, "modelVersion", "number"), 0)
			status := "COMPLETE"
			if outcome == "NEEDS_CUSTOMER" {
				status = outcome
			}
			require.Equal(t, status, now["status"], "%v", now)
		}
		require.Equal(t, "lamp", testkit.At(b.configuration("ORG_MANAGER", repaired["id"]), "choices", 1, "option"))
		require.Equal(t, ordered, b.configuration("ORG_MANAGER", ordered["id"]), "what was ordered does not follow the model")
		b.Work()
		news := b.As("ORG_MEMBER").Must(`{ notifications(filter: {kind: [CONFIGURATION_NEEDS_CUSTOMER]}) { edges { node { title configuration { id } } } } }`, nil)
		require.Len(t, testkit.At(news, "notifications", "edges"), 1)
		require.Equal(t, needs["id"], testkit.At(news, "notifications", "edges", 0, "node", "configuration", "id"))
		none := b.As("ORG_MANAGER").Must(`{ notifications(filter: {kind: [CONFIGURATION_NEEDS_CUSTOMER]}) { edges { node { title } } } }`, nil)
		require.Empty(t, testkit.At(none, "notifications", "edges"))

		// Once more changes nothing.
		after := b.Fingerprint()
		b.As("STAFF_ADMIN").Must(revalidate, map[string]any{"i": map[string]any{"id": b.model, "dryRun": false}})
		b.Work()
		require.Equal(t, after, b.Fingerprint())
	})
}

// TestAnInterruptedRunGoesOn: what was looked at stays looked at, and the rest follows.
func TestAnInterruptedRunGoesOn(t *testing.T) {
	benches(t, func(b *bench) {
		t := b.t
		first := b.kept("ORG_MANAGER", "first", chosen("cooling", "air"))
		b.kept("ORG_MANAGER", "second", chosen("cooling", "air"))
		b.Work()
		b.draft(func(d *schema.ConfigurationDocument) { d.BaseDays = 9 })
		b.publish()
		// As if it had been ended after the first one.
		_, err := b.Store.Raw(b.ctx).ExecContext(b.ctx, `UPDATE revalidations SET after = $1, counts = '{"VALID":1}' WHERE finished_at IS NULL`, first["id"])
		require.NoError(t, err)
		b.Work()
		require.InDelta(t, 2, testkit.At(b.runs()[0], "valid"), 0, "%v", b.runs())
		require.InDelta(t, 1, testkit.At(b.configuration("ORG_MANAGER", first["id"]), "modelVersion", "number"), 0, "not a second time")
	})
}
