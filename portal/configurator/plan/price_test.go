package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/plan"
	"foyer/schema"
)

// euros are what a buyer pays in euros.
func euros(change ...func(*plan.Rates)) plan.Rates {
	r := plan.Rates{Currency: "EUR", Base: 100_001, BaseDetail: say("List price", "Listenpreis"), Skus: map[string]int64{"LAMP": 1990}}
	for _, c := range change {
		c(&r)
	}
	return r
}

// priced is a price as keys and amounts, after its lines were found to add up.
func (m made) priced(s *plan.State, r plan.Rates) (map[string]int64, int64) {
	m.t.Helper()
	lines, total, ok := m.plan.Price(s.Selection, r)
	require.True(m.t, ok)
	sum, out := int64(0), map[string]int64{}
	for _, l := range lines {
		sum += l.Minor
		out[l.Kind+" "+l.Key] += l.Minor
		require.NotEmpty(m.t, l.Title["de"])
	}
	require.Equal(m.t, sum, total)
	return out, total
}

func TestAPriceIsTheSumOfItsLines(t *testing.T) {
	m := ready(t, cabinet(), winter)
	lines, total := m.priced(m.state(), euros())
	// 1.5 % of 1000.01 + 0 + 10.00 + 99.99 is 16.65
	require.Equal(t, map[string]int64{
		"BASE ": 100_001, "OPTION wood.pine": 0, "OPTION finish.oil": 1000, "NUMBER width": 9999, "RULE surcharge": 1665,
	}, lines)
	require.Equal(t, int64(112_665), total)
}

func TestConditionsAndNumbersInPrices(t *testing.T) {
	m := ready(t, cabinet(), winter)
	lines, _ := m.priced(m.state(pick("wood", "oak"), pick("finish", "raw"), pick("extras", "light"), pick("extras", "shelf"), number("shelves", "3"), number("width", "1.75")), euros())
	require.Equal(t, map[string]int64{
		"BASE ": 100_001, "OPTION wood.oak": 20_000, "OPTION finish.raw": -500,
		"OPTION extras.light": 1990, // what the buyer pays for the lamp
		"OPTION extras.shelf": 100, "NUMBER shelves": 4500,
		"NUMBER width": 17_498, // 174.9825
		"RULE both":    -700,
		"RULE wide":    583, // 3.33 times 1.75 is 5.8275
		// 1.5 % of 1434.72 is 21.5208
		"RULE surcharge": 2152,
	}, lines)
	lines, _ = m.priced(m.state(number("width", "1.5")), euros())
	require.NotContains(t, lines, "RULE wide")
}

func TestPercentagesAreRoundedHalfUpAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		base, points, percent int64
	}{
		{100, 50, 1}, {99, 50, 0}, {300, 50, 2}, {100, -50, -1}, {99, -50, 0}, {101, -50, -1}, {-100, 50, -1}, {-99, 50, 0}, {333, 10_000, 333},
	} {
		doc := cabinet()
		doc.Prices = []schema.PriceRule{{Key: "part", Title: say("x", "x"), BasisPoints: int(c.points), Of: []string{"base"}}}
		m := ready(t, doc, winter)
		lines, _ := m.priced(m.state(), euros(func(r *plan.Rates) { r.Base = c.base }))
		require.Equal(t, c.percent, lines["RULE part"], c)
	}
	doc := cabinet()
	doc.Groups[5].Number.Amounts = eur(-2) // of 0.5 m: -0.01, of 0.75 m: -0.015
	m := ready(t, doc, winter)
	lines, _ := m.priced(m.state(number("width", "0.75")), euros())
	require.Equal(t, int64(-2), lines["NUMBER width"])
	lines, _ = m.priced(m.state(number("width", "0.5")), euros())
	require.Equal(t, int64(-1), lines["NUMBER width"])
}

func TestTiersAndPriceLists(t *testing.T) {
	m := ready(t, cabinet(), winter)
	s := m.state(pick("wood", "oak"), pick("finish", "raw"))
	for quantity, want := range map[int]int64{0: 0, 1: 0, 9: 0, 10: -3000, 1000: -3000} { // -2.5 % of 1200.01, and no more
		lines, _ := m.priced(s, euros(func(r *plan.Rates) { r.Quantity = quantity }))
		require.Equal(t, want, lines["RULE tier"], quantity)
	}
	lines, _ := m.priced(s, euros(func(r *plan.Rates) { r.PriceLists = []string{"others", "dealers"} }))
	require.Equal(t, int64(-1000), lines["RULE dealers"])
	lines, _ = m.priced(s, euros(func(r *plan.Rates) { r.PriceLists = []string{"others"} }))
	require.NotContains(t, lines, "RULE dealers")
}

func TestWithoutAnAmountInTheCurrencyThereIsNoPrice(t *testing.T) {
	m := ready(t, cabinet(), spring)
	dollars := plan.Rates{Currency: "USD", Base: 5, Skus: map[string]int64{"WOOD-OAK": 7}}
	s := m.state(pick("wood", "teak"))
	lines, total, ok := m.plan.Price(s.Selection, dollars)
	require.False(t, ok, "the finish is priced in euros alone")
	require.Nil(t, lines)
	require.Zero(t, total)
	for _, d := range m.plan.Deltas(s, dollars, nil) {
		require.Nil(t, d.Minor)
	}

	doc := cabinet()
	doc.Prices, doc.Groups[5].Number.Amounts = nil, nil
	for g := range doc.Groups[1].Options {
		doc.Groups[1].Options[g].Amounts = nil
	}
	m = ready(t, doc, spring)
	_, total, ok = m.plan.Price(m.state(pick("wood", "teak")).Selection, dollars)
	require.True(t, ok)
	require.Equal(t, int64(60_005), total)
	_, _, ok = m.plan.Price(m.state(pick("wood", "pine")).Selection, dollars)
	require.False(t, ok, "0 euros are not 0 dollars")
	_, total, ok = m.plan.Price(m.state(pick("wood", "oak"), pick("finish", "raw")).Selection, dollars)
	require.True(t, ok, "what the buyer pays for the variant takes the place")
	require.Equal(t, int64(12), total)
	_, total, ok = m.plan.Price(m.state(pick("wood", "teak"), pick("extras", "light")).Selection, dollars)
	require.True(t, ok, "a variant that is not sold is included")
	require.Equal(t, int64(60_005), total)
	dollars.Unpriced = map[string]bool{"LAMP": true}
	_, _, ok = m.plan.Price(m.state(pick("wood", "teak"), pick("extras", "light")).Selection, dollars)
	require.False(t, ok, "one that is sold, but has no price for the buyer, is not")
	deltas := m.plan.Deltas(m.state(pick("wood", "teak")), dollars, nil)
	require.Nil(t, deltas[engine.Ref{Group: "extras", Option: "light"}].Minor)
	require.NotNil(t, deltas[engine.Ref{Group: "wood", Option: "oak"}].Minor)
}

func TestPiecesOfAnOptionArePaidForEach(t *testing.T) {
	doc := cabinet()
	doc.Groups[2].Options[2] = option("shelf", func(o *schema.Option) { o.Sku, o.Costs = "BOARD", eur(400) })
	doc.Groups[3].Number.Amounts = nil
	m := ready(t, doc, winter)
	r := euros(func(r *plan.Rates) { r.Skus["BOARD"] = 1100 })
	s := m.state(pick("extras", "shelf"), number("shelves", "4"))
	lines, _ := m.priced(s, r)
	require.Equal(t, int64(4400), lines["OPTION extras.shelf"])
	require.Contains(t, m.plan.Parts(s.Selection), schema.ConfiguredPart{Sku: "BOARD", Quantity: 4, Costs: eur(400)})
	cost, ok := m.plan.Costs(s.Selection, "EUR")
	require.True(t, ok)
	require.Equal(t, int64(4*400+8*2), cost)
}

func TestWhatNoNumberHoldsIsNoPrice(t *testing.T) {
	doc := cabinet()
	doc.Groups[5].Number.Max, doc.Groups[5].Number.Step = 1<<53, 1<<50
	doc.Groups[5].Number.Default = nil
	doc.Groups[5].Number.Amounts = eur(plan.MaxAmount)
	doc.Golden = nil
	m := ready(t, doc, winter)
	s := m.state(number("width", "78812993478984.18"))
	require.NotNil(t, m.group(s, "width").Number.Value)
	_, _, ok := m.plan.Price(s.Selection, euros())
	require.False(t, ok)
	m = ready(t, cabinet(), winter)
	for base, want := range map[int64]bool{1 << 62: false, -1 << 62: false, 1_000_000_000_000_001: false, 1_000_000_000_000_000: true} {
		_, _, ok = m.plan.Price(m.state().Selection, euros(func(r *plan.Rates) { r.Base = base }))
		require.Equal(t, want, ok, base)
	}
}

func TestDeltasSayWhatAnotherOptionWouldChange(t *testing.T) {
	m := ready(t, cabinet(), winter)
	s := m.state(pick("wood", "oak"), pick("finish", "raw"), pick("extras", "lock"))
	require.False(t, s.Consistent, "no locks in winter")
	s = m.state(pick("wood", "oak"), pick("finish", "raw"))
	deltas := m.plan.Deltas(s, euros(), nil)
	at := func(group, option string) plan.Delta { return deltas[engine.Ref{Group: group, Option: option}] }
	require.Equal(t, plan.Delta{Minor: ref(int64(0))}, at("wood", "oak"), "it is chosen")
	require.Equal(t, plan.Delta{Minor: ref(int64(-20_300)), Days: -10}, at("wood", "pine"), "with the surcharge on it")
	require.Equal(t, plan.Delta{Minor: ref(int64(1990 - 700 + 19))}, at("extras", "light"), "with the discount of both")
	require.Equal(t, plan.Delta{Minor: ref(int64(100 + 2*1500 + 46))}, at("extras", "shelf"), "with two of them")
	require.Equal(t, 2, at("finish", "lacquer").Days, "drying comes on top, lacquering takes less than oak")
	require.NotContains(t, deltas, engine.Ref{Group: "finish", Option: "oil"})
	require.NotContains(t, deltas, engine.Ref{Group: "extras", Option: "lock"})
}

func TestDaysAreTheLongestAndAllThatIsAdded(t *testing.T) {
	m := ready(t, cabinet(), winter)
	days := func(missing map[string]int, list ...schema.ConfigurationChoice) int {
		d, why := m.plan.Days(m.state(list...).Selection, missing)
		sum := 0
		for _, l := range why {
			if l.Counts {
				sum += l.Days
			}
		}
		require.Equal(t, sum, d)
		return d
	}
	require.Equal(t, 5+2, days(nil))
	require.Equal(t, 5+7+2, days(nil, pick("finish", "lacquer")))
	require.Equal(t, 5+10+2, days(nil, pick("wood", "oak"), pick("finish", "lacquer")))
	require.Equal(t, 5+10, days(nil, pick("wood", "oak"), pick("finish", "raw")))
	require.Equal(t, 5+4+2, days(nil, pick("extras", "shelf")))
	missing := map[string]int{"LAMP": 21, "NEVER": 99}
	require.Equal(t, 5+2, days(missing))
	require.Equal(t, 5+21+2, days(missing, pick("extras", "light"), pick("finish", "lacquer")))
	require.Equal(t, 5+21+2, days(missing, number("width", "2")), "by the bill of material")
	_, why := m.plan.Days(m.state(pick("extras", "light"), pick("wood", "oak")).Selection, missing)
	require.Equal(t, []string{"BASE", "OPTION", "RULE", "PART"}, []string{why[0].Kind, why[1].Kind, why[2].Kind, why[3].Kind})
	require.Equal(t, []bool{true, false, true, true}, []bool{why[0].Counts, why[1].Counts, why[2].Counts, why[3].Counts})
	require.NotContains(t, why[3].Title["en"], "LAMP")
}

func TestPartsAreMergedBySku(t *testing.T) {
	m := ready(t, cabinet(), winter)
	s := m.state(pick("wood", "oak"), pick("extras", "light"), number("width", "2.25"))
	require.Equal(t, []schema.ConfiguredPart{
		{Sku: "WOOD-OAK", Quantity: 1}, {Sku: "LAMP", Quantity: 2, Costs: eur(900)},
		{Sku: "SCREW", Name: "Screws", Quantity: 18, Costs: eur(2)}, {Sku: "HINGE", Quantity: 4},
	}, m.plan.Parts(s.Selection))
	s = m.state(number("width", "0.75"), pick("extras", "light"))
	require.Equal(t, []schema.ConfiguredPart{{Sku: "LAMP", Quantity: 1}, {Sku: "SCREW", Name: "Screws", Quantity: 6}, {Sku: "HINGE", Quantity: 4}},
		plan.WithoutCosts(m.plan.Parts(s.Selection)))
	require.Equal(t, []string{"HINGE", "LAMP", "SCREW", "WOOD-OAK"}, m.plan.Skus())
	require.Equal(t, []string{"EUR", "USD"}, m.plan.Currencies())
	require.Equal(t, schema.ConfigurationFacts{Groups: 6, Options: 11, Rules: 4}, m.plan.Facts())
}

func TestWhatIsBegunNeedsAWholePart(t *testing.T) {
	doc := cabinet()
	doc.Parts[0].Quantity = 1
	m := ready(t, doc, winter)
	for width, want := range map[string]int{"0.5": 1, "1": 1, "1.25": 2, "2": 2} {
		for _, part := range m.plan.Parts(m.state(number("width", width)).Selection) {
			if part.Sku == "SCREW" {
				require.Equal(t, want, part.Quantity, width)
			}
		}
	}
}

func TestASnapshotHasAllThatIsSelectedAndNoCosts(t *testing.T) {
	m := ready(t, cabinet(), winter)
	s := m.state(pick("extras", "light"), number("width", "1.5"))
	o := m.plan.Snapshot(s.Selection, schema.OrderedConfiguration{VersionID: "v", Number: 3, Checksum: "c", Choices: choices(pick("extras", "light"))})
	require.Equal(t, "v", o.VersionID)
	require.Equal(t, 3, o.Number)
	require.Equal(t, "Schrank", o.Title["de"])
	require.Equal(t, []schema.OrderedOption{
		{Group: "wood", GroupTitle: say("Group wood", "Gruppe wood"), Option: "pine", Title: say("The pine", "Das pine")},
		{Group: "finish", GroupTitle: say("Group finish", "Gruppe finish"), Option: "oil", Title: say("The oil", "Das oil")},
		{Group: "extras", GroupTitle: say("Group extras", "Gruppe extras"), Option: "light", Title: say("The light", "Das light"), Sku: "LAMP"},
		{Group: "width", GroupTitle: say("Width", "Breite"), Number: "1.5", Unit: "m"},
	}, o.Lines)
	for _, part := range o.Parts {
		require.Nil(t, part.Costs)
	}
}
