package world

import (
	"github.com/stretchr/testify/require"

	"foyer/portal/catalog"
	"foyer/schema"
)

func init() { seeds = append(seeds, seeder.types) }

// types makes a type of products, which none of them has, and an empty segment.
func (s seeder) types() {
	require.NoError(s.t, s.tx.ProductType.Create().SetKey("laser").SetName("Laser").SetAttributes([]schema.AttributeDefinition{
		{Key: "power", Name: "Laser power", Kind: catalog.Number, Unit: "W", Required: true, Facet: true},
		{Key: "margin", Name: "Margin", Kind: catalog.Number, Unit: "%", Internal: true},
		{Key: "cooling", Name: "Cooling", Kind: catalog.Choice, Options: []string{"air", "liquid"}, Required: true, Variant: true},
		{Key: "supplier", Name: "Supplier", Kind: catalog.Text, Variant: true, Internal: true},
	}).Exec(s.ctx))
	require.NoError(s.t, s.tx.Segment.Create().SetKey("schools").SetName("Schools").Exec(s.ctx))
}
