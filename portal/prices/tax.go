package prices

import (
	"slices"
	"strings"
	"time"

	"foyer/schema"
)

// shippingCategory is the tax category of shipping.
const shippingCategory = "SHIPPING"

// destination is where a basket goes, as far as tax depends on it.
type destination struct {
	country, region string
	vatID           string
	at              time.Time
}

// taxRule finds the rule by which something is taxed: the first that fits.
// Nothing when none does, and then no tax is due that anybody has told us of.
func taxRule(rules *schema.TaxRules, d destination, category string) *schema.TaxRule {
	if rules == nil {
		return nil
	}
	if d.country == "" { // what is not sent anywhere is taxed where it is
		d.country = rules.Origin
	}
	for i := range rules.Rules {
		if r := &rules.Rules[i]; d.fits(rules.Origin, r, category) {
			return r
		}
	}
	return nil
}

func (d destination) fits(origin string, r *schema.TaxRule, category string) bool {
	if r.Business != nil && *r.Business != (d.vatID != "") {
		return false
	}
	if r.ReverseCharge && !d.crosses(origin) {
		return false
	}
	return holds(r.ValidFrom, r.ValidTo, d.at) && oneOf(r.Countries, d.country) && oneOf(r.Categories, category) &&
		(len(r.Regions) == 0 || slices.ContainsFunc(r.Regions, func(x string) bool { return fold(x) == d.region }))
}

// crosses says whether the customer can owe the tax: the goods go to another
// country, and the customer's number is not of the country that they come from
// (Directive 2006/112/EC, article 138, paragraph 1).
func (d destination) crosses(origin string) bool {
	return d.vatID != "" && d.country != origin && vatCountry(d.vatID) != origin
}

// vatCountry is the country that a VAT identification number begins with. Greece
// has a prefix of its own there (Directive 2006/112/EC, article 215).
func vatCountry(vatID string) string {
	id := strings.ToUpper(strings.TrimSpace(vatID))
	if len(id) < 2 {
		return ""
	}
	if id[:2] == "EL" {
		return "GR"
	}
	return id[:2]
}

// oneOf says whether a value is among those of a condition; an empty one fits all.
func oneOf(list []string, value string) bool { return len(list) == 0 || slices.Contains(list, value) }

// taxable is a line or shipping, after all discounts.
type taxable struct {
	there bool
	rule  *schema.TaxRule // nil: none fits
	net   int64
}

// taxed is what is taxed by one rule.
type taxed struct {
	rule *schema.TaxRule // nil: what no rule fits
	nets []int64         // of the parts, zero for those of other rules
	sum  int64
	tax  int64
}

// taxes groups what is to be taxed by its rule and rounds once for each group:
// EN 16931, BR-CO-17 (the tax of a category is its taxable amount times its rate,
// rounded to two decimals) and BR-CO-14 (the total is the sum of these). The tax
// of a line is then its part of the group's, and the lines add up to it.
func taxes(parts []taxable) []*taxed {
	var groups []*taxed
	for i, p := range parts {
		if !p.there {
			continue
		}
		n := slices.IndexFunc(groups, func(g *taxed) bool { return g.rule == p.rule })
		if n < 0 {
			n, groups = len(groups), append(groups, &taxed{rule: p.rule, nets: make([]int64, len(parts))})
		}
		groups[n].nets[i] = p.net
		groups[n].sum += p.net
	}
	for _, g := range groups {
		if g.rule != nil {
			g.tax = percentOf(g.sum, g.rule.BasisPoints)
		}
	}
	return groups
}

// amount is a group as an order keeps it; without a rule it has neither key nor name.
func (g *taxed) amount() schema.TaxAmount {
	a := schema.TaxAmount{NetMinor: g.sum, TaxMinor: g.tax}
	if g.rule != nil {
		a.Key, a.Name, a.BasisPoints = g.rule.Key, g.rule.Name, g.rule.BasisPoints
	}
	return a
}
