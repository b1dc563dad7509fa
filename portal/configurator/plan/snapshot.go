package plan

import "foyer/schema"

// Snapshot is a configuration as it is ordered: it fills in the title, the lines and
// the parts, without their costs, of what is selected. The rest is the caller's.
func (p *Plan) Snapshot(sel Selection, o schema.OrderedConfiguration) schema.OrderedConfiguration {
	o.Title = p.doc.Title
	o.Lines = []schema.OrderedOption{}
	for g := range sel {
		grp := &p.doc.Groups[g]
		for _, i := range sel[g].Options {
			option := &grp.Options[i]
			o.Lines = append(o.Lines, schema.OrderedOption{
				Group: grp.Key, GroupTitle: grp.Title, Option: option.Key, Title: option.Title, Sku: option.Sku,
			})
		}
		if sel[g].Present {
			o.Lines = append(o.Lines, schema.OrderedOption{
				Group: grp.Key, GroupTitle: grp.Title, Number: p.Decimal(grp.Key, sel[g].Number), Unit: grp.Number.Unit,
			})
		}
	}
	o.Parts = WithoutCosts(p.Parts(sel))
	return o
}
