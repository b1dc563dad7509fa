package plan

import (
	"foyer/portal/configurator/engine"
	"foyer/schema"
)

// Parts are what one is made of as it is selected: the variants of the selected
// options, as many as their quantity says, and the bill of material; each sku once, at
// its first place. What is begun of a unit needs a whole part. They are for the staff:
// see WithoutCosts.
func (p *Plan) Parts(sel Selection) []schema.ConfiguredPart {
	b := bill{at: map[string]int{}}
	for g := range sel {
		grp := &p.doc.Groups[g]
		for _, i := range sel[g].Options {
			o := &grp.Options[i]
			b.add(o.Sku, "", p.pieces(engine.Ref{Group: grp.Key, Option: o.Key}, sel), o.Costs)
		}
	}
	for i := range p.doc.Parts {
		if item := &p.doc.Parts[i]; p.parts[i].holds(sel) {
			b.add(item.Sku, item.Name, p.needed(item, sel), item.Costs)
		}
	}
	return b.parts
}

// needed is how many of a bill's item there are.
func (p *Plan) needed(item *schema.BillItem, sel Selection) int64 {
	if item.Per == "" {
		return int64(item.Quantity)
	}
	g := p.groups[item.Per]
	if !sel[g].Present {
		return 0
	}
	return wholeUnits(item.Quantity, sel[g].Number, p.doc.Groups[g].Number.Scale)
}

type bill struct {
	parts []schema.ConfiguredPart
	at    map[string]int
}

func (b *bill) add(sku, name string, quantity int64, costs map[string]int64) {
	if sku == "" || quantity <= 0 {
		return
	}
	i, ok := b.at[sku]
	if !ok {
		i = len(b.parts)
		b.at[sku] = i
		b.parts = append(b.parts, schema.ConfiguredPart{Sku: sku})
	}
	part := &b.parts[i]
	part.Quantity += int(quantity)
	if part.Name == "" {
		part.Name = name
	}
	if len(part.Costs) == 0 {
		part.Costs = costs
	}
}

// WithoutCosts are parts as they may leave the house.
func WithoutCosts(parts []schema.ConfiguredPart) []schema.ConfiguredPart {
	out := make([]schema.ConfiguredPart, len(parts))
	for i, part := range parts {
		part.Costs = nil
		out[i] = part
	}
	return out
}

// Costs is what one costs the company in a currency as it is selected: the options
// and the bill of material. It is not ok where something has costs in other currencies
// only.
func (p *Plan) Costs(sel Selection, currency string) (total int64, ok bool) {
	ok = true
	add := func(costs map[string]int64, quantity int64) {
		if len(costs) == 0 || quantity == 0 {
			return
		}
		minor, found := costs[currency]
		if !found || quantity > most/max(1, minor, -minor) {
			ok = false
			return
		}
		total += minor * quantity
	}
	for g := range sel {
		grp := &p.doc.Groups[g]
		for _, i := range sel[g].Options {
			add(grp.Options[i].Costs, p.pieces(engine.Ref{Group: grp.Key, Option: grp.Options[i].Key}, sel))
		}
	}
	for i := range p.doc.Parts {
		if p.parts[i].holds(sel) {
			add(p.doc.Parts[i].Costs, p.needed(&p.doc.Parts[i], sel))
		}
	}
	return total, ok
}
