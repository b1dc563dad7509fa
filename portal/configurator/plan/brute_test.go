package plan_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/plan"
	"foyer/schema"
	"foyer/schema/money"
)

// definite is what all of some configurations have in a group: as choices.
func (m made) definite(in []engine.Configuration, g int) []schema.ConfigurationChoice {
	grp := m.plan.Document().Groups[g]
	var out []schema.ConfigurationChoice
	if grp.Number != nil {
		first := in[0][g]
		if !first.Absent && !slices.ContainsFunc(in, func(c engine.Configuration) bool { return c[g].Absent || c[g].Number != first.Number }) {
			out = append(out, number(grp.Key, m.plan.Decimal(grp.Key, first.Number)))
		}
		return out
	}
	for o := range grp.Options {
		if !slices.ContainsFunc(in, func(c engine.Configuration) bool { return !slices.Contains(c[g].Options, o) }) {
			out = append(out, pick(grp.Key, grp.Options[o].Key))
		}
	}
	return out
}

// defaults takes defaults as they are defined: group by group, and numbers that were
// not part of it again at the end.
func (m made) defaults(in []engine.Configuration) []engine.Configuration {
	for range 3 {
		for g, grp := range m.plan.Document().Groups {
			c := schema.ConfigurationChoice{Group: grp.Key, Option: grp.Default}
			if grp.Number != nil {
				always := !slices.ContainsFunc(in, func(c engine.Configuration) bool { return c[g].Absent })
				if grp.Number.Default == nil || !always {
					continue
				}
				c.Number = m.plan.Decimal(grp.Key, *grp.Number.Default)
			}
			if c.Option == "" && c.Number == "" || len(m.definite(in, g)) > 0 {
				continue
			}
			if left := m.having(in, c); len(left) > 0 {
				in = left
			}
		}
	}
	return in
}

func TestStatesAreWhatTryingEverythingFinds(t *testing.T) {
	every(t, 400, func(t *testing.T, d *dice, m made) {
		all := m.all()
		for range 6 {
			list := d.choices(m.plan, d.IntN(4))
			left := m.with(all, list)
			s := m.state(list...)
			require.Equal(t, len(left) > 0, s.Consistent, "%v", list)
			if !s.Consistent {
				require.NotNil(t, s.Conflict)
				require.False(t, s.Complete)
				continue
			}
			want := m.defaults(left)
			var selected []schema.ConfigurationChoice
			for g := range d.doc.Groups {
				selected = append(selected, m.definite(want, g)...)
			}
			require.ElementsMatch(t, selected, m.selected(s), "%v", list)
			m.compare(t, all, list, s)
			m.complete(t, all, s)
		}
	})
}

// compare holds the statuses against what is left of all configurations.
func (m made) compare(t *testing.T, all []engine.Configuration, list []schema.ConfigurationChoice, s *plan.State) {
	left := m.with(all, list)
	for g, grp := range m.plan.Document().Groups {
		others := list
		if grp.Number != nil || grp.Max <= 1 || slices.Contains(list, schema.ConfigurationChoice{Group: grp.Key, Absent: true}) {
			answered := false
			for _, c := range list {
				answered = answered || c.Group == grp.Key && !c.Negate
			}
			if answered {
				others = m.withoutGroup(list, g)
			}
		}
		free := m.with(all, others)
		for o := range grp.Options {
			c := pick(grp.Key, grp.Options[o].Key)
			in := s.Groups[g].Options[o]
			want := engine.StatusPossible
			switch {
			case slices.Contains(list, c):
				want = engine.StatusChosen
			case len(m.having(free, c)) == 0:
				want = engine.StatusExcluded
			case len(m.having(left, c)) == len(left):
				want = engine.StatusForced
			}
			require.Equal(t, want, in.Status, "%v: %v", list, c)
			require.Equal(t, in.ByDefault, in.Selected && len(m.having(left, c)) < len(left))
		}
		if grp.Number != nil && s.Groups[g].Number.Presence != engine.StatusExcluded {
			least, greatest := int64(1<<60), int64(-1<<60)
			for _, conf := range free {
				if !conf[g].Absent {
					least, greatest = min(least, conf[g].Number), max(greatest, conf[g].Number)
				}
			}
			require.Equal(t, [2]int64{least, greatest}, [2]int64{s.Groups[g].Number.Min, s.Groups[g].Number.Max}, "%v: %s", list, grp.Key)
		}
	}
}

// withoutGroup is what is chosen elsewhere.
func (m made) withoutGroup(list []schema.ConfigurationChoice, g int) []schema.ConfigurationChoice {
	key := m.plan.Document().Groups[g].Key
	return slices.DeleteFunc(slices.Clone(list), func(c schema.ConfigurationChoice) bool {
		if c.Group == key && !c.Negate {
			return true
		}
		for _, other := range m.plan.Document().Groups {
			if other.Key == c.Group && other.Number != nil && !c.Negate && !c.Absent {
				group, option, _ := strings.Cut(other.Number.Of, ".")
				return slices.Contains(list, pick(group, option)) && group == key
			}
		}
		return false
	})
}

// complete says that what is selected is a configuration by itself, or not.
func (m made) complete(t *testing.T, all []engine.Configuration, s *plan.State) {
	is := slices.ContainsFunc(all, func(c engine.Configuration) bool {
		for g := range c {
			in := s.Selection[g]
			if m.plan.Document().Groups[g].Number != nil {
				if c[g].Absent == in.Present || in.Present && c[g].Number != in.Number {
					return false
				}
			} else if !slices.Equal(c[g].Options, in.Options) {
				return false
			}
		}
		return true
	})
	require.Equal(t, is, s.Complete)
	require.Equal(t, is, len(s.Open) == 0)
}

// simply is a price reckoned as it is described, without haste.
func (m made) simply(sel plan.Selection, r plan.Rates) int64 {
	round := func(v *big.Rat) int64 { n, err := money.Round(v); require.NoError(m.t, err); return n }
	times := func(each int64, g int) int64 {
		grp := m.plan.Document().Groups[g]
		if !sel[g].Present {
			return 0
		}
		units, err := money.Rat(m.plan.Decimal(grp.Key, sel[g].Number))
		require.NoError(m.t, err)
		return round(units.Mul(units, new(big.Rat).SetInt64(each)))
	}
	sum, groups := r.Base, map[string]int64{"base": r.Base}
	for g, grp := range m.plan.Document().Groups {
		for _, o := range sel[g].Options {
			opt := grp.Options[o]
			amount, ok := opt.Amounts["EUR"]
			if !ok {
				pieces := int64(1)
				for n, num := range m.plan.Document().Groups {
					if num.Number != nil && num.Number.Of == grp.Key+"."+opt.Key && sel[n].Present {
						if pieces = sel[n].Number; num.Number.Scale == 1 {
							pieces = (sel[n].Number + 9) / 10
						}
					}
				}
				amount = r.Skus[opt.Sku] * pieces
			}
			groups[grp.Key] += amount
		}
		if grp.Number != nil {
			groups[grp.Key] += times(grp.Number.Amounts["EUR"], g)
		}
		sum += groups[grp.Key]
	}
	for _, rule := range m.plan.Document().Prices {
		if !m.holds(rule.When, sel) {
			continue
		}
		of := sum
		if len(rule.Of) > 0 {
			of = 0
		}
		for _, key := range rule.Of {
			of += groups[key]
		}
		switch {
		case rule.BasisPoints != 0:
			sum += round(new(big.Rat).Mul(new(big.Rat).SetInt64(of), big.NewRat(int64(rule.BasisPoints), 10_000)))
		case rule.Per != "":
			sum += times(rule.Amounts["EUR"], slices.IndexFunc(m.plan.Document().Groups, func(g schema.OptionGroup) bool { return g.Key == rule.Per }))
		default:
			sum += rule.Amounts["EUR"]
		}
	}
	return sum
}

// holds asks the engine: of a model with the condition as its one rule and no bounds.
func (m made) holds(when string, sel plan.Selection) bool {
	if when == "" {
		return true
	}
	doc := schema.ConfigurationDocument{Rules: []schema.ConfigurationRule{{Key: "when", Text: when}}}
	conf := engine.Configuration{}
	for g, grp := range m.plan.Document().Groups {
		if grp.Number == nil {
			grp.Min, grp.Max = 0, len(grp.Options)
		} else {
			n := *grp.Number
			n.Of = ""
			grp.Number = &n
		}
		doc.Groups = append(doc.Groups, grp)
		conf = append(conf, engine.Decided{Options: sel[g].Options, Number: sel[g].Number, Absent: !sel[g].Present})
	}
	p, err := plan.New(doc, summer)
	require.NoError(m.t, err)
	for i := range p.Model().Groups {
		if n := p.Model().Groups[i].Number; n != nil {
			n.Optional = true
		}
	}
	c, err := engine.Compile(m.t.Context(), p.Model(), engine.Options{Witnesses: 1})
	require.NoError(m.t, err)
	broken, err := c.Validate(conf)
	require.NoError(m.t, err)
	return len(broken) == 0
}

func TestPricesAddUpAndDeltasAreDifferences(t *testing.T) {
	every(t, 120, func(t *testing.T, d *dice, m made) {
		r := euros(func(r *plan.Rates) {
			r.Base, r.Skus = d.Int64N(5000)-1000, map[string]int64{"S0": 333, "S1": -7, "S2": 0}
		})
		missing := map[string]int{"S1": 6, "S3": 2}
		for range 2 {
			s := m.state(d.choices(m.plan, d.IntN(3))...)
			if !s.Consistent {
				continue
			}
			_, total := m.priced(s, r)
			require.Equal(t, m.simply(s.Selection, r), total)
			days, _ := m.plan.Days(s.Selection, missing)
			deltas := m.plan.Deltas(s, r, missing)
			for g, grp := range d.doc.Groups {
				for o := range grp.Options {
					at := engine.Ref{Group: grp.Key, Option: grp.Options[o].Key}
					status := s.Groups[g].Options[o].Status
					delta, ok := deltas[at]
					require.Equal(t, status == engine.StatusPossible || status == engine.StatusChosen, ok)
					if !ok {
						continue
					}
					then := m.taking(s.Selection, g, o)
					require.Equal(t, m.simply(then, r)-total, *delta.Minor, "%v", at)
					thenDays, _ := m.plan.Days(then, missing)
					require.Equal(t, thenDays-days, delta.Days)
				}
			}
		}
	})
}

// taking is a selection with one more option, in place of another where only one can be.
func (m made) taking(sel plan.Selection, g, o int) plan.Selection {
	groups := m.plan.Document().Groups
	out := slices.Clone(sel)
	if slices.Contains(sel[g].Options, o) {
		return out
	}
	out[g] = plan.Picked{Options: append(slices.Clone(sel[g].Options), o)}
	if groups[g].Max <= 1 {
		out[g].Options = []int{o}
	}
	slices.Sort(out[g].Options)
	for n := range groups {
		if groups[n].Number == nil || groups[n].Number.Of == "" {
			continue
		}
		group, option, _ := strings.Cut(groups[n].Number.Of, ".")
		if group != groups[g].Key {
			continue
		}
		there := slices.ContainsFunc(out[g].Options, func(o int) bool { return groups[g].Options[o].Key == option })
		switch {
		case !there:
			out[n] = plan.Picked{}
		case !out[n].Present && groups[g].Options[o].Key == option && groups[n].Number.Default != nil:
			out[n] = plan.Picked{Number: *groups[n].Number.Default, Present: true}
		}
	}
	return out
}

func TestCustomersNeverReadOfInternalRules(t *testing.T) {
	leaks := 0
	every(t, 300, func(t *testing.T, d *dice, m made) {
		list := d.choices(m.plan, 2+d.IntN(3))
		var reasons []*plan.Why
		if s := m.state(list...); !s.Consistent {
			reasons = append(reasons, s.Conflict)
		}
		for _, g := range d.doc.Groups {
			for _, o := range g.Options {
				c := pick(g.Key, o.Key)
				if w, err := m.plan.Why(t.Context(), m.ask(list...), &c); err == nil {
					reasons = append(reasons, w)
				}
			}
		}
		for _, w := range reasons {
			for _, language := range []schema.Language{schema.English, schema.German} {
				said := strings.Join(m.plan.Sentences(w, false, language), "\n")
				require.NotEmpty(t, said)
				require.NotContains(t, said, "secret")
				for _, r := range d.doc.Rules {
					require.NotContains(t, said, r.Text)
					require.NotContains(t, said, r.Key)
				}
				if strings.Contains(strings.Join(m.plan.Sentences(w, true, language), "\n"), "secret") {
					leaks++
				}
			}
		}
	})
	require.Greater(t, leaks, 50, "there was something to keep back")
}

func TestRepairsWorkAndKeepWhatIsToBeKept(t *testing.T) {
	found := 0
	every(t, 300, func(t *testing.T, d *dice, m made) {
		list, wanted := d.choices(m.plan, 3), choices(d.choice())
		keep := []string{d.doc.Groups[d.IntN(len(d.doc.Groups))].Key}
		repairs := m.repairs(wanted, keep, list...)
		before := slices.Clone(list)
		size := 0
		for _, r := range repairs {
			found += len(r.Drop)
			require.True(t, r.State.Consistent)
			require.GreaterOrEqual(t, len(r.Drop), size)
			size = len(r.Drop)
			for _, c := range r.Drop {
				require.NotContains(t, keep, c.Group)
				require.Contains(t, list, c)
				require.NotContains(t, r.Choices, c)
			}
			require.Contains(t, r.Choices, wanted[0])
		}
		require.Equal(t, before, list)
		if len(repairs) == 0 { // then what is wanted and what is to be kept do not go together
			must := slices.DeleteFunc(slices.Clone(list), func(c schema.ConfigurationChoice) bool { return c.Group != keep[0] })
			require.Empty(t, m.with(m.all(), m.plan.With(must, wanted[0])))
		}
	})
	require.Greater(t, found, 20)
}

func TestTheCheapestIsWhatTryingEverythingFinds(t *testing.T) {
	exact := 0
	every(t, 200, func(t *testing.T, d *dice, m made) {
		r := euros(func(r *plan.Rates) { r.Base, r.Skus = 1000, map[string]int64{"S0": 333, "S1": -7, "S2": 0} })
		list := d.choices(m.plan, d.IntN(2))
		c, err := m.plan.Complete(t.Context(), m.ask(list...), plan.Cheapest, r, nil)
		left := m.with(m.all(), list)
		if len(left) == 0 {
			require.ErrorIs(t, err, engine.ErrContradiction)
			return
		}
		require.NoError(t, err)
		require.True(t, c.State.Complete)
		f, err := m.plan.Complete(t.Context(), m.ask(list...), plan.Fastest, r, nil)
		require.NoError(t, err)
		_, got, _ := m.plan.Price(c.State.Selection, r)
		soon, _ := m.plan.Days(f.State.Selection, nil)
		least, days := int64(1<<60), 1<<30
		for _, conf := range left {
			sel := make(plan.Selection, len(conf))
			for g := range conf {
				sel[g] = plan.Picked{Options: conf[g].Options, Number: conf[g].Number, Present: d.doc.Groups[g].Number != nil && !conf[g].Absent}
			}
			_, total, _ := m.plan.Price(sel, r)
			least = min(least, total)
			took, _ := m.plan.Days(sel, nil)
			days = min(days, took)
		}
		if c.Exact {
			exact++
			require.Equal(t, least, got)
		}
		if f.Exact {
			require.Equal(t, days, soon)
		}
	})
	require.Greater(t, exact, 20)
}
