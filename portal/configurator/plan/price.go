package plan

import (
	"math/big"
	"slices"
	"strings"

	"foyer/portal/configurator/engine"
	"foyer/schema"
	"foyer/schema/money"
)

// Rates are what a buyer pays for variants, and on what terms.
type Rates struct {
	Currency string
	// Base is what one of the variant that is configured costs the buyer, and
	// BaseDetail how that came about.
	Base       int64
	BaseDetail map[string]string
	// Quantity is how many are wanted; below 1 it counts as 1.
	Quantity int
	// Skus are the prices of variants in the currency. Unpriced are variants that
	// there are, but without a price for this buyer: where one decides the price of
	// an option there is no price at all. What is in neither costs nothing.
	Skus     map[string]int64
	Unpriced map[string]bool
	// PriceLists are the keys of those that hold for the buyer.
	PriceLists []string
}

// The kinds of lines of a price.
const (
	KindBase   = "BASE"
	KindOption = "OPTION"
	KindNumber = "NUMBER"
	KindRule   = "RULE"
	KindPart   = "PART" // of days alone
)

// Base is what a percentage names that is of the base price.
const Base = "base"

// Price is what one costs as it is selected, with the lines that add up to it exactly:
// the base, every selected option (0 when it is included), numbers that cost anything,
// and the price rules that apply. It is not ok where there is no price: something has
// prices in other currencies only, or no number holds it.
func (p *Plan) Price(sel Selection, r Rates) (lines []schema.ConfiguredAmount, total int64, ok bool) {
	c := calculation{plan: p, sel: sel, rates: &r, told: true}
	total, ok = c.run()
	if !ok {
		return nil, 0, false
	}
	return c.lines, total, true
}

// calculation is one price on its way.
type calculation struct {
	plan  *Plan
	sel   Selection
	rates *Rates
	told  bool // lines are wanted

	lines  []schema.ConfiguredAmount
	total  int64
	groups []int64 // what each group has added
	failed bool
}

// most is what a single line may be; thousands of them can be added up.
const most = 1_000_000_000_000_000

func (c *calculation) run() (int64, bool) {
	c.groups = make([]int64, len(c.plan.doc.Groups))
	c.add(c.rates.Base, func() schema.ConfiguredAmount {
		return schema.ConfiguredAmount{Kind: KindBase, Title: c.plan.doc.Title, Detail: c.rates.BaseDetail}
	})
	for g := range c.plan.doc.Groups {
		c.group(g)
	}
	for i := range c.plan.doc.Prices {
		if c.plan.applies(i, c.sel, c.rates) {
			c.rule(&c.plan.doc.Prices[i])
		}
	}
	return c.total, !c.failed
}

func (c *calculation) add(minor int64, line func() schema.ConfiguredAmount) {
	if minor > most || minor < -most {
		c.failed = true
		return
	}
	c.total += minor
	if c.told {
		l := line()
		l.Minor = minor
		c.lines = append(c.lines, l)
	}
}

func (c *calculation) group(g int) {
	grp := &c.plan.doc.Groups[g]
	before := c.total
	for _, i := range c.sel[g].Options {
		o := &grp.Options[i]
		minor, ok := c.plan.optionAmount(grp.Key, o, c.sel, c.rates)
		c.failed = c.failed || !ok
		c.add(minor, func() schema.ConfiguredAmount {
			return schema.ConfiguredAmount{Kind: KindOption, Key: grp.Key + "." + o.Key, Title: grp.Title, Detail: o.Title}
		})
	}
	if grp.Number != nil && c.sel[g].Present && len(grp.Number.Amounts) > 0 {
		minor, ok := c.times(grp.Number.Amounts, g)
		c.failed = c.failed || !ok
		if minor != 0 {
			c.add(minor, func() schema.ConfiguredAmount {
				return schema.ConfiguredAmount{Kind: KindNumber, Key: grp.Key, Title: grp.Title, Detail: measured(grp.Number, c.sel[g].Number)}
			})
		}
	}
	c.groups[g] = c.total - before
}

// optionAmount is what an option adds: what it says itself, else what the buyer pays
// for its variant, as many times as there are pieces of it, else nothing.
func (p *Plan) optionAmount(group string, o *schema.Option, sel Selection, r *Rates) (int64, bool) {
	if minor, ok := o.Amounts[r.Currency]; ok {
		return minor, true
	}
	if r.Unpriced[o.Sku] && o.Sku != "" {
		return 0, false
	}
	minor, ok := r.Skus[o.Sku]
	if !ok || o.Sku == "" {
		return 0, len(o.Amounts) == 0
	}
	all := new(big.Int).Mul(big.NewInt(minor), big.NewInt(p.pieces(engine.Ref{Group: group, Option: o.Key}, sel)))
	return all.Int64(), all.IsInt64()
}

// pieces are how many of an option there are: its quantity, begun pieces as whole
// ones, or 1 when it has none or that is not decided.
func (p *Plan) pieces(ref engine.Ref, sel Selection) int64 {
	g, ok := p.quantity[ref]
	if !ok || !sel[g].Present {
		return 1
	}
	return wholeUnits(1, sel[g].Number, p.doc.Groups[g].Number.Scale)
}

// wholeUnits is a quantity for each unit of a number, what is begun counted as whole;
// never less than 0.
func wholeUnits(each int, value int64, scale uint8) int64 {
	all := new(big.Int).Mul(big.NewInt(int64(each)), big.NewInt(value))
	q, rest := new(big.Int).QuoRem(all, tenTo(int(scale)), new(big.Int))
	if rest.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	if q.Sign() < 0 || !q.IsInt64() || q.Int64() > most {
		return 0
	}
	return q.Int64()
}

// times is an amount for each unit of a number, rounded half up.
func (c *calculation) times(amounts map[string]int64, g int) (int64, bool) {
	each, ok := amounts[c.rates.Currency]
	if !ok {
		return 0, false
	}
	if !c.sel[g].Present {
		return 0, true
	}
	n := c.plan.doc.Groups[g].Number
	all := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(each), big.NewInt(c.sel[g].Number)), tenTo(int(n.Scale)))
	minor, err := money.Round(all)
	return minor, err == nil
}

// applies reports whether a price rule does.
func (p *Plan) applies(i int, sel Selection, r *Rates) bool {
	return p.offered(i, r) && p.prices[i].holds(sel)
}

// offered reports whether a price rule is for this buyer and quantity.
func (p *Plan) offered(i int, r *Rates) bool {
	rule := &p.doc.Prices[i]
	if max(1, r.Quantity) < rule.FromQuantity {
		return false
	}
	return len(rule.PriceLists) == 0 || slices.ContainsFunc(rule.PriceLists, func(key string) bool { return slices.Contains(r.PriceLists, key) })
}

func (c *calculation) rule(r *schema.PriceRule) {
	var detail func() map[string]string
	var minor int64
	var ok bool
	switch {
	case r.BasisPoints != 0:
		minor, ok = percentage(c.named(r.Of), r.BasisPoints)
		detail = func() map[string]string { return percent(r.BasisPoints) }
	case r.Per != "":
		g := c.plan.groups[r.Per]
		minor, ok = c.times(r.Amounts, g)
		detail = func() map[string]string { return measured(c.plan.doc.Groups[g].Number, c.sel[g].Number) }
	default:
		minor, ok = r.Amounts[c.rates.Currency]
		detail = func() map[string]string { return nil }
	}
	c.failed = c.failed || !ok
	c.add(minor, func() schema.ConfiguredAmount {
		return schema.ConfiguredAmount{Kind: KindRule, Key: r.Key, Title: r.Title, Detail: detail()}
	})
}

// named is the amount that a percentage is of.
func (c *calculation) named(of []string) int64 {
	if len(of) == 0 {
		return c.total
	}
	sum := int64(0)
	for _, key := range of {
		if key == Base {
			sum += c.rates.Base
		} else {
			sum += c.groups[c.plan.groups[key]]
		}
	}
	return sum
}

// percentage is so many hundredths of a percent, rounded half up.
func percentage(of int64, basisPoints int) (int64, bool) {
	minor, err := money.Round(new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(of), big.NewInt(int64(basisPoints))), big.NewInt(10_000)))
	return minor, err == nil
}

// percent writes hundredths of a percent.
func percent(basisPoints int) map[string]string {
	s := decimal(int64(basisPoints), 2) + " %"
	if basisPoints > 0 {
		s = "+" + s
	}
	return bothDecimals(s)
}

func measured(n *schema.NumberAsked, value int64) map[string]string {
	return bothDecimals(withUnit(n, value))
}

// bothDecimals is a text with a number in it as each language writes it.
func bothDecimals(s string) map[string]string {
	return map[string]string{schema.English.Code(): s, schema.German.Code(): strings.Replace(s, ".", ",", 1)}
}

// Deltas are what the options that are possible would change, by option.
type Deltas map[engine.Ref]Delta

// Delta is what one option would change of the price of one and of the days.
type Delta struct {
	Minor *int64 // nil where there is no price
	Days  int
}

// Deltas says of each option that is possible or chosen what the price and the days
// of one would change if it were taken, in place of what is selected in its group
// where that allows only one, and all else as it is selected. Numbers that are
// quantities come and go with their options, with their defaults.
func (p *Plan) Deltas(s *State, r Rates, missing map[string]int) Deltas {
	out := Deltas{}
	if !s.Consistent {
		return out
	}
	now := calculation{plan: p, sel: s.Selection, rates: &r}
	price, ok := now.run()
	days, _ := p.Days(s.Selection, missing)
	for g := range s.Groups {
		for o := range s.Groups[g].Options {
			in := &s.Groups[g].Options[o]
			if in.Status != engine.StatusPossible && in.Status != engine.StatusChosen {
				continue
			}
			out[engine.Ref{Group: s.Groups[g].Key, Option: in.Key}] = p.delta(s.Selection, g, o, price, ok, days, &r, missing)
		}
	}
	return out
}

func (p *Plan) delta(sel Selection, g, o int, price int64, priced bool, days int, r *Rates, missing map[string]int) Delta {
	if sel[g].has(o) {
		if !priced {
			return Delta{}
		}
		return Delta{Minor: new(int64)}
	}
	then := calculation{plan: p, sel: p.take(sel, g, o), rates: r}
	newDays, _ := p.Days(then.sel, missing)
	d := Delta{Days: newDays - days}
	if total, ok := then.run(); ok && priced {
		total -= price
		d.Minor = &total
	}
	return d
}
