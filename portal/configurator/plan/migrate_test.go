package plan_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/plan"
	"foyer/schema"
)

func TestChoicesOfAFormerVersionAreCarriedOver(t *testing.T) {
	old := ready(t, cabinet(), winter)
	doc := cabinet()
	doc.Groups[0].Options = []schema.Option{option("pine"), option("larch", func(o *schema.Option) { o.Replaces = []string{"wood.oak", "extras.light"} })}
	doc.Groups[2].Options = doc.Groups[2].Options[2:]
	doc.Groups[2].Max = 1
	doc.Groups[5].Number.Max = 200
	doc.Rules, doc.Prices, doc.Golden = nil, nil, nil
	doc.Steps[2].When = ""
	m := ready(t, doc, winter)
	not := func(c schema.ConfigurationChoice) schema.ConfigurationChoice { c.Negate = true; return c }

	got := m.plan.Migrate(choices(pick("wood", "oak"), pick("extras", "light"), pick("extras", "lock"), pick("extras", "shelf"),
		not(pick("wood", "teak")), number("width", "2.5"), number("shelves", "3")), old.plan)
	require.Equal(t, choices(pick("wood", "larch"), pick("extras", "shelf"), number("shelves", "3")), got.Kept)
	require.Equal(t, choices(pick("wood", "larch")), got.Taken)
	require.Equal(t, choices(pick("extras", "lock"), number("width", "2.5")), got.Dropped)

	doc.Groups[5].Number.Unit = "km"
	m = ready(t, doc, winter)
	require.Equal(t, choices(number("width", "1")), m.plan.Migrate(choices(number("width", "1")), old.plan).Dropped, "another unit is another number")
	require.Equal(t, choices(number("width", "1")), m.plan.Migrate(choices(number("width", "1")), nil).Kept)
	require.Empty(t, m.plan.Migrate(choices(pick("wood", "pine"), pick("wood", "oak")), nil).Taken, "one of two answers is given up")
}

func TestAnotherVersionTakesWhatIsStillValidRepairsWhatItMayAndAsksElse(t *testing.T) {
	old := ready(t, cabinet(), winter)
	change := func(do func(*schema.ConfigurationDocument)) made {
		doc := cabinet()
		do(&doc)
		return ready(t, doc, winter)
	}
	before := choices(pick("wood", "oak"), pick("finish", "lacquer"), number("width", "1"))
	ask := func(m made, list ...schema.ConfigurationChoice) *plan.Revalidated {
		t.Helper()
		kept := slices.Clone(list)
		got, err := m.plan.Revalidate(t.Context(), m.ask(list...), old.plan, true)
		require.NoError(t, err)
		require.Equal(t, kept, list)
		return got
	}

	got := ask(old, before...)
	require.Equal(t, plan.Valid, got.Outcome)
	require.Equal(t, before, got.Choices)
	require.True(t, got.State.Complete)
	require.Empty(t, got.Dropped)

	forbid := func(repairable bool) func(*schema.ConfigurationDocument) {
		return func(d *schema.ConfigurationDocument) {
			d.Rules[0].Text = "wood.oak -> finish.raw"
			d.Groups[1].Repairable = repairable
			d.Groups[1].Default = "raw"
		}
	}
	got = ask(change(forbid(true)), before...)
	require.Equal(t, plan.Repaired, got.Outcome)
	require.Equal(t, choices(pick("finish", "lacquer")), got.Dropped)
	require.Equal(t, choices(pick("finish", "raw")), got.Taken)
	require.Equal(t, choices(pick("wood", "oak"), number("width", "1")), got.Choices)
	require.True(t, got.State.Complete)

	got = ask(change(forbid(false)), before...)
	require.Equal(t, plan.NeedsCustomer, got.Outcome)
	require.Equal(t, before, got.Choices, "nothing is given up without asking")
	require.Equal(t, choices(pick("finish", "lacquer")), got.Dropped, "but that is what it would be")
	require.False(t, got.State.Consistent)

	gone := func(repairable bool) func(*schema.ConfigurationDocument) {
		return func(d *schema.ConfigurationDocument) {
			d.Groups[1].Options = append(d.Groups[1].Options[:1:1], d.Groups[1].Options[2])
			d.Groups[1].Repairable = repairable
			d.Rules[1].Text, d.Rules[0].Text = "!feet.steel", "wood.oak -> finish.raw"
			d.LeadTimes = nil
		}
	}
	got = ask(change(gone(true)), before...)
	require.Equal(t, plan.Repaired, got.Outcome)
	require.Equal(t, choices(pick("finish", "lacquer")), got.Dropped)
	require.Equal(t, choices(pick("finish", "raw")), got.Taken)
	require.Equal(t, plan.NeedsCustomer, ask(change(gone(false)), before...).Outcome)

	got = ask(change(func(d *schema.ConfigurationDocument) { d.Groups[4].Min = 1 }), pick("finish", "raw"))
	require.Equal(t, plan.NeedsCustomer, got.Outcome, "there is a new question")
	require.Empty(t, got.Dropped)
	require.Equal(t, []string{"feet"}, got.State.Open)

	m := change(func(d *schema.ConfigurationDocument) { d.Groups[1].Options[1].Replaces = []string{"finish.varnish"} })
	got = ask(m, pick("wood", "oak"), pick("finish", "varnish"))
	require.Equal(t, plan.Valid, got.Outcome, "it is the same under another name")
	require.Equal(t, choices(pick("finish", "lacquer")), got.Taken)
}
