package spectra_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/plan"
	"foyer/portal/demo/spectra"
	"foyer/schema"
)

// euros are what somebody without a price list of their own pays.
func euros(quantity int) plan.Rates {
	return plan.Rates{Currency: "EUR", Base: 18_400_00, Quantity: quantity, Skus: map[string]int64{
		"EX-400": 2_890_00, "HS-SP-2": 274_00, "LN-CO-40": 82_00, "SV-MNT-L": 1_640_00,
	}}
}

func state(t *testing.T, p *plan.Plan, choices []schema.ConfigurationChoice) *plan.State {
	t.Helper()
	s, err := p.State(t.Context(), plan.Question{Compiled: compiled(t, p.Model()), Choices: choices})
	require.NoError(t, err)
	return s
}

// total is the price of one, after a look at whether its lines add up to it.
func total(t *testing.T, p *plan.Plan, s *plan.State, r plan.Rates) int64 {
	t.Helper()
	lines, sum, ok := p.Price(s.Selection, r)
	require.True(t, ok)
	for _, l := range lines {
		sum -= l.Minor
	}
	require.Zero(t, sum, "the lines are not the price")
	_, sum, _ = p.Price(s.Selection, r)
	return sum
}

// TestDefaultsAreComplete: who chooses nothing has a machine, with all defaults, for
// what the catalog's machine of 350 W with 8 channels costs, in five weeks.
func TestDefaultsAreComplete(t *testing.T) {
	for name, doc := range documents() {
		p := planned(t, doc, times[0])
		s := state(t, p, nil)
		require.True(t, s.Complete, "%s: %v", name, s.Open)
		for i, g := range doc.Groups {
			switch {
			case g.Number != nil && g.Number.Of == "":
				require.Equal(t, *g.Number.Default, s.Selection[i].Number, g.Key)
			case g.Min == 1:
				require.Equal(t, []int{defaultOf(&g)}, s.Selection[i].Options, g.Key)
			default:
				require.Equal(t, plan.Picked{}, s.Selection[i], g.Key)
			}
		}
		require.Equal(t, int64(23_750_00), total(t, p, s, euros(1)), name)
		days, _ := p.Days(s.Selection, nil)
		require.Equal(t, 35, days, name)
		costs, ok := p.Costs(s.Selection, "EUR")
		require.True(t, ok)
		require.Less(t, costs, int64(23_750_00), "it is not sold at a loss")
	}
}

func defaultOf(g *schema.OptionGroup) int {
	for i := range g.Options {
		if g.Options[i].Key == g.Default {
			return i
		}
	}
	return -1
}

// TestWhatBecomesOfTheSaved follows what is saved from the first document to the next.
func TestWhatBecomesOfTheSaved(t *testing.T) {
	first, next := planned(t, spectra.Document(), times[0]), planned(t, spectra.Next(), times[0])
	saved := spectra.Saved()
	for i, want := range []struct {
		open          []string // what is not answered
		before, after int64    // the prices; 0 where there is none any more
		days          int
		taken         []schema.ConfigurationChoice
	}{
		{open: []string{"cooling", "optics", "supply"}, before: 32_870_00, after: 32_870_00, days: 50},
		{before: 21_960_00, after: 21_960_00, days: 30, taken: []schema.ConfigurationChoice{{Group: "scanner", Option: "s6"}}},
		{before: 30_224_00, days: 45},
		{before: 34_667_99, after: 34_805_19, days: 35},
	} {
		name := saved[i].Name["en"]
		s := state(t, first, saved[i].Choices)
		require.True(t, s.Consistent, name)
		require.Equal(t, append([]string{}, want.open...), s.Open, name)
		require.Equal(t, want.open == nil, s.Complete, name)
		require.Equal(t, want.before, total(t, first, s, euros(saved[i].Quantity)), name)
		days, _ := first.Days(s.Selection, nil)
		require.Equal(t, want.days, days, name)

		m := next.Migrate(saved[i].Choices, first)
		require.Empty(t, m.Dropped, name)
		require.Equal(t, want.taken, m.Taken, name)
		s = state(t, next, m.Kept)
		require.Equal(t, want.after != 0, s.Consistent, name)
		if s.Consistent {
			require.Equal(t, append([]string{}, want.open...), s.Open, name)
			require.Equal(t, want.after, total(t, next, s, euros(saved[i].Quantity)), name)
			continue
		}
		needsTheCustomer(t, next, s, m.Kept)
	}
}

// needsTheCustomer: of what is in conflict nothing may be given up without asking.
func needsTheCustomer(t *testing.T, p *plan.Plan, s *plan.State, choices []schema.ConfigurationChoice) {
	t.Helper()
	require.Len(t, s.Conflict.Because, 2)
	for _, at := range s.Conflict.Because {
		require.False(t, group(t, *p.Document(), choices[at].Group).Repairable, choices[at].Group)
	}
	said := p.Sentences(s.Conflict, false, schema.English)
	require.Len(t, said, 1)
	require.Contains(t, said[0], "Cutting with oxygen gives fine iron oxide")
}

// TestPricesByBuyer: the list of one customer is taken for that one alone, the tiers
// by how many are wanted, and francs are francs.
func TestPricesByBuyer(t *testing.T) {
	p := planned(t, spectra.Document(), times[0])
	s := state(t, p, nil)
	rates := euros(1)
	rates.PriceLists = []string{"nordholm"}
	require.Equal(t, int64(23_750_00-892_00), total(t, p, s, rates), "4 % of 22,300")
	require.Equal(t, int64(23_750_00-475_00), total(t, p, s, euros(3)), "2 %")
	require.Equal(t, int64(23_750_00-475_00-349_13), total(t, p, s, euros(6)), "2 %, and 1.5 % of what is left")
	francs := plan.Rates{Currency: "CHF", Base: 17_848_00, Quantity: 1}
	require.Equal(t, int64(23_037_50), total(t, p, s, francs), "97 in the hundred")

	wide := state(t, p, []schema.ConfigurationChoice{{Group: "width", Number: "1050"}, {Group: "depth", Number: "750"}})
	require.Equal(t, int64(23_750_00+150_00+100_00), total(t, p, wide, euros(1)))
	require.Equal(t, int64(23_037_50+145_50+97_00), total(t, p, wide, francs))
	_, _, ok := p.Price(s.Selection, plan.Rates{Currency: "SEK", Base: 200_000_00, Quantity: 1})
	require.False(t, ok, "nothing is converted")
}
