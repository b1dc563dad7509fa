package spectra_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/demo/spectra"
	"foyer/schema"
)

// beyondPairs are what it takes for the rules that no two choices and an option run
// into: each list goes with all other rules, and not with this one.
var beyondPairs = map[string][]engine.Choice{
	"licences": {
		{Group: "software", Option: "cam"}, {Group: "software", Option: "vision"}, {Group: "software", Option: "monitor"},
		{Group: "software", Option: "mes"}, {Group: "software", Option: "gateway"}, {Group: "software", Option: "fieldbus"},
	},
}

// values are all options, and of numbers the ends.
func values(m *engine.Model) (all []engine.Choice) {
	for _, g := range m.Groups {
		for _, o := range g.Options {
			all = append(all, engine.Choice{Group: g.Key, Option: o})
		}
		if g.Number != nil {
			all = append(all, engine.Choice{Group: g.Key, Number: g.Number.Min}, engine.Choice{Group: g.Key, Number: g.Number.Max})
		}
	}
	return all
}

// TestEveryRuleStandsInTheWayOfSomething: without a rule, one or two choices leave
// more open than with it.
func TestEveryRuleStandsInTheWayOfSomething(t *testing.T) {
	at := time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC) // all rules hold
	doc := spectra.Next()
	m := built(t, doc, at)
	with := compiled(t, m)
	all := values(m)
	for _, r := range doc.Rules {
		less := compiled(t, built(t, doc, at, r.Key))
		if choices, known := beyondPairs[r.Key]; known {
			require.True(t, domains(t, less, choices).Consistent, r.Key)
			require.False(t, domains(t, with, choices).Consistent, r.Key)
			for i := range choices {
				fewer := append(append([]engine.Choice(nil), choices[:i]...), choices[i+1:]...)
				require.True(t, domains(t, with, fewer).Consistent, "%s: without choice %d", r.Key, i)
			}
			continue
		}
		require.True(t, differ(t, with, less, all), "%s: nothing changes without it", r.Key)
	}
}

// differ looks at what remains after one choice, then after two.
func differ(t *testing.T, a, b *engine.Compiled, all []engine.Choice) bool {
	t.Helper()
	for i := range all {
		if changed(t, a, b, all[i:i+1]) {
			return true
		}
	}
	for i := range all {
		for j := range i {
			if all[i].Group == all[j].Group {
				continue // most have one answer
			}
			if changed(t, a, b, []engine.Choice{all[j], all[i]}) {
				return true
			}
		}
	}
	return false
}

func changed(t *testing.T, a, b *engine.Compiled, choices []engine.Choice) bool {
	t.Helper()
	x, y := domains(t, a, choices), domains(t, b, choices)
	if !y.Consistent {
		return false // fewer rules leave more
	}
	if !x.Consistent {
		return true
	}
	for g := range x.Groups {
		for o, status := range x.Groups[g].Options {
			if status != y.Groups[g].Options[o] {
				return true
			}
		}
	}
	return false
}

func domains(t *testing.T, c *engine.Compiled, choices []engine.Choice) *engine.Domains {
	t.Helper()
	d, err := c.Domains(t.Context(), engine.Request{Choices: choices})
	require.NoError(t, err)
	return d
}

// TestWhyAnOptionIsOut: the sentence of the picture is the one that is read.
func TestWhyAnOptionIsOut(t *testing.T) {
	doc := spectra.Document()
	m := built(t, doc, times[0])
	c := compiled(t, m)
	for _, want := range []struct {
		choices []engine.Choice
		target  engine.Choice
		rules   []string
	}{
		{[]engine.Choice{{Group: "cooling", Option: "air"}}, engine.Choice{Group: "source", Option: "fibre500"}, []string{"cooling-500"}},
		{[]engine.Choice{{Group: "source", Option: "fibre350"}}, engine.Choice{Group: "optics", Option: "znse51"}, []string{"optics-fibre"}},
		{[]engine.Choice{{Group: "supply", Option: "uk230"}, {Group: "extraction", Option: "ex400"}}, engine.Choice{Group: "source", Option: "fibre350"}, []string{"power-sum"}},
		{[]engine.Choice{{Group: "width", Number: 600}, {Group: "equipment", Option: "rotary"}}, engine.Choice{Group: "rotaries", Number: 2}, []string{"rotary-width"}},
		{[]engine.Choice{{Group: "source", Option: "fibre350"}}, engine.Choice{Group: "cooling", Option: "chiller9"}, []string{"quota-chiller"}},
		{[]engine.Choice{{Group: "source", Option: "co2_150"}}, engine.Choice{Group: "enclosure", Option: "integration"}, []string{"fire-closed", "fire-co2"}},
	} {
		e, err := c.Explain(t.Context(), engine.Request{Choices: want.choices}, &want.target)
		require.NoError(t, err)
		var keys []string
		for _, i := range e.Rules {
			keys = append(keys, m.Rules[i].Key)
		}
		require.Equal(t, want.rules, keys, want.target)
	}
}

// filled takes the defaults that are possible, in the order of the groups, and tells
// which groups are still open then.
func filled(t *testing.T, doc schema.ConfigurationDocument, c *engine.Compiled, choices []engine.Choice) (all []engine.Choice, open []string) {
	t.Helper()
	all = append(all, choices...)
	for i, g := range doc.Groups {
		d := domains(t, c, all)
		require.True(t, d.Consistent)
		taken := decided(d.Groups[i], g)
		switch {
		case taken >= max(g.Min, 1):
		case g.Number != nil && d.Groups[i].Number.Presence == engine.StatusPossible:
			// the quantity of what is not taken
		case g.Number != nil && g.Number.Default != nil:
			all = try(t, c, all, engine.Choice{Group: g.Key, Number: *g.Number.Default})
		case g.Default != "":
			all = try(t, c, all, engine.Choice{Group: g.Key, Option: g.Default})
		}
	}
	d := domains(t, c, all)
	for i, g := range doc.Groups {
		number := g.Number != nil && d.Groups[i].Number.Presence == engine.StatusForced
		if taken := decided(d.Groups[i], g); taken < g.Min || number && taken == 0 {
			open = append(open, g.Key)
		}
	}
	return all, open
}

// decided is how many options, or numbers, are settled.
func decided(d engine.GroupDomain, g schema.OptionGroup) (n int) {
	if g.Number != nil && d.Number.Presence != engine.StatusExcluded && d.Number.Min == d.Number.Max {
		return 1
	}
	for _, s := range d.Options {
		if s == engine.StatusChosen || s == engine.StatusForced {
			n++
		}
	}
	return n
}

func try(t *testing.T, c *engine.Compiled, choices []engine.Choice, one engine.Choice) []engine.Choice {
	t.Helper()
	more := append(append([]engine.Choice(nil), choices...), one)
	if domains(t, c, more).Consistent {
		return more
	}
	return choices
}

// TestDefaultsAreComplete: who chooses nothing has a machine, with all defaults, at
// the price of the first variant of the catalog that is made the same way.
func TestDefaultsAreComplete(t *testing.T) {
	for name, doc := range documents() {
		all, open := filled(t, doc, compiled(t, built(t, doc, times[0])), nil)
		require.Empty(t, open, name)
		euros := int64(18_400_00)
		taken := map[string]bool{}
		for _, c := range all {
			taken[c.Group] = true
			g := group(t, doc, c.Group)
			for _, o := range g.Options {
				if o.Key == c.Option {
					euros += o.Amounts["EUR"]
				}
			}
			if n := g.Number; n != nil {
				require.Equal(t, *n.Default, c.Number, c.Group)
				euros += n.Amounts["EUR"] * c.Number
			} else {
				require.Equal(t, g.Default, c.Option, c.Group)
			}
		}
		require.Len(t, taken, 13, "all but software, equipment and the service plan, and the quantity of what is not taken: %v", all)
		require.Equal(t, int64(23_750_00), euros, name)
	}
}

// TestWhatBecomesOfTheSaved follows what is saved from the first document to the
// next: options that replace others stand in their place, then the rules are asked.
func TestWhatBecomesOfTheSaved(t *testing.T) {
	first, next := spectra.Document(), spectra.Next()
	before, after := compiled(t, built(t, first, times[0])), compiled(t, built(t, next, times[0]))
	for i, want := range []struct {
		open     []string // what is not decided
		replaced int
		possible bool // under the next one, once replaced
		dearer   bool
	}{
		{open: []string{"cooling", "optics", "supply"}, possible: true},
		{replaced: 1, possible: true},
		{possible: false},
		{possible: true, dearer: true},
	} {
		saved := spectra.Saved()[i]
		_, open := filled(t, first, before, chosen(t, first, saved.Choices))
		require.Equal(t, want.open, open, saved.Name["en"])
		require.Positive(t, saved.Quantity)

		replaced, dearer := 0, false
		for j, c := range saved.Choices {
			was := option(group(t, first, c.Group), c.Option)
			now := option(group(t, next, c.Group), c.Option)
			if was == nil {
				continue // a number
			}
			if now == nil {
				now = replacement(t, next, c)
				replaced++
				require.True(t, group(t, next, c.Group).Repairable)
				saved.Choices[j].Option = now.Key
			}
			dearer = dearer || was.Amounts["EUR"] != now.Amounts["EUR"]
		}
		require.Equal(t, want.replaced, replaced, saved.Name["en"])
		require.Equal(t, want.dearer || i == 2, dearer, saved.Name["en"]) // the third has liquid cooling too
		choices := chosen(t, next, saved.Choices)
		require.Equal(t, want.possible, domains(t, after, choices).Consistent, saved.Name["en"])
		if want.possible {
			_, open = filled(t, next, after, choices)
			require.Equal(t, want.open, open, saved.Name["en"])
			continue
		}
		d := domains(t, after, choices)
		for _, at := range d.Conflict.Because {
			require.False(t, group(t, next, saved.Choices[at].Group).Repairable, "nobody but the customer may give up %v", saved.Choices[at])
		}
		require.Len(t, d.Conflict.Because, 2)
		require.Len(t, d.Conflict.Rules, 1)
	}
}

func option(g *schema.OptionGroup, key string) *schema.Option {
	for i := range g.Options {
		if g.Options[i].Key == key {
			return &g.Options[i]
		}
	}
	return nil
}

func replacement(t *testing.T, doc schema.ConfigurationDocument, c schema.ConfigurationChoice) *schema.Option {
	t.Helper()
	for _, g := range doc.Groups {
		for i, o := range g.Options {
			for _, former := range o.Replaces {
				if former == c.Group+"."+c.Option {
					return &g.Options[i]
				}
			}
		}
	}
	require.FailNow(t, "nothing replaces it", "%v", c)
	return nil
}

// TestHowManyThereAre says it, where the engine can count them.
func TestHowManyThereAre(t *testing.T) {
	for name, doc := range documents() {
		c := compiled(t, built(t, doc, times[0]))
		start := time.Now()
		n, err := c.Count(t.Context(), engine.Request{})
		if err != nil {
			require.ErrorIs(t, err, engine.ErrBudget)
			t.Log(name, err)
			continue
		}
		require.Greater(t, len(n.String()), 9, "a model for a demonstration has more than somebody could list")
		t.Log(name, n, "in", time.Since(start).Round(time.Millisecond))
	}
}
