package importer

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/product"
	"foyer/schema"
)

// lasers are products of a type, each with something to get wrong.
var lasers = files{
	"map.yaml": `
source: erp
currency: EUR
files:
  - entity: products
    file: lasers.csv
    fields:
      external_id: "{no}"
      name: "{no}"
      type: "{type}"
      price: "{price}"
      attribute.power: "{power}"
      attribute.Extras: "{extras}"
      attribute.cooling: "{cooling}"
      weight: "{kg}"
      unit: box
      minimum_quantity: "{min}"
      quantity_step: "{step}"
      maximum_quantity: "{max}"
      stock_policy: "{policy}"
      lead_days: "{days}"
      available_from: "{from}"
`,
	"lasers.csv": `no;type;price;power;extras;cooling;kg;min;step;max;policy;days;from
A1;laser;10;0350.0 W;belt|Case;AIR;7.25;10;5;100;BACKORDER;14;
A2;laser;10;500;;liquid;;;;;PREORDER;;2027-03-01
A3;;10;any;loose;text;;;;;;;
A4;nothing;10;1;;air;;;;;;;
A5;laser;10;strong;;air;;;;;;;
A6;laser;10;1;;steam;;;;;;;
A7;laser;10;;;air;;;;;;;
A8;laser;10;1;;air;;10;;9;;;
A9;laser;10;1;;air;;;;;BACKORDER;;
B1;laser;10;1;;air;;;;;PREORDER;;
B2;laser;10;1;;air;-1;;;;;;
B3;laser;10;1;;air;;0;;;;;
B4;laser;10;1;;air;;;;;SOMETIMES;;
`,
}

// TestTypedProducts: attributes of a type are checked and stand where it says; what
// is wrong stays out, and what is sold has its rules.
func TestTypedProducts(t *testing.T) {
	onEach(t, func(w *world) {
		require.NoError(w.t, w.st.Tx(w.ctx, func(ctx context.Context, tx *ent.Client) error {
			return tx.ProductType.Create().SetKey("laser").SetName("Laser").SetAttributes([]schema.AttributeDefinition{
				{Key: "power", Name: "Laser power", Kind: "NUMBER", Unit: "W", Required: true},
				{Key: "extras", Name: "Extras", Kind: "CHOICES", Options: []string{"Case", "Belt"}},
				{Key: "cooling", Name: "Cooling", Kind: "CHOICE", Options: []string{"air", "liquid"}, Variant: true},
			}).Exec(ctx)
		}))
		r, err := w.run(lasers, Options{})
		require.NoError(w.t, err)
		require.Equal(w.t, &Count{Created: 3, Rejected: 10}, r.Count(Products))
		var bad []string
		for _, b := range r.Bad {
			bad = append(bad, b.String())
		}
		require.Equal(w.t, []string{
			`lasers.csv:5: type: there is no product type "nothing"`,
			`lasers.csv:6: power: power is "strong": Write a number such as 12.5, with up to 15 digits and 9 decimals.`,
			`lasers.csv:7: cooling: cooling is "steam": Choose one of: air, liquid`,
			`lasers.csv:8: power: power is empty, and what is ACTIVE needs it`,
			`lasers.csv:9: max: maximum_quantity is 9, less than the minimum_quantity 10`,
			`lasers.csv:10: days: a BACKORDER needs lead_days`,
			`lasers.csv:11: from: a PREORDER needs available_from`,
			`lasers.csv:12: kg: weight is no weight in kilograms: "-1"`,
			`lasers.csv:13: min: minimum_quantity is 0, 1 at least`,
			`lasers.csv:14: policy: stock_policy cannot be "SOMETIMES": productvariant: invalid enum value for stock_policy field: "SOMETIMES"`,
		}, bad)
		list, err := w.st.Client().Product.Query().WithVariants().WithType().Order(product.ByName()).All(w.ctx)
		require.NoError(w.t, err)
		require.Equal(w.t, "laser", list[0].Edges.Type.Key)
		require.Equal(w.t, []schema.Attribute{
			{Key: "power", Name: "Laser power", Value: "350"}, {Key: "extras", Name: "Extras", Value: "Case, Belt", Values: []string{"Case", "Belt"}},
		}, list[0].Attributes)
		v := list[0].Edges.Variants[0]
		require.Equal(w.t, []schema.Attribute{{Key: "cooling", Name: "Cooling", Value: "air"}}, v.Attributes)
		require.Equal(w.t, []any{int64(7250), "box", 10, 5, 100, "BACKORDER", 14},
			[]any{*v.WeightGrams, v.Unit, v.MinimumQuantity, v.QuantityStep, *v.MaximumQuantity, string(v.StockPolicy), *v.LeadDays})
		v = list[1].Edges.Variants[0]
		require.Equal(w.t, "2027-03-01", v.AvailableFrom.Format("2006-01-02"))
		require.Equal(w.t, []any{1, 1, "PREORDER"}, []any{v.MinimumQuantity, v.QuantityStep, string(v.StockPolicy)})
		require.Nil(w.t, v.MaximumQuantity)
		require.Nil(w.t, list[2].Edges.Type)
		require.Equal(w.t, []schema.Attribute{{Name: "power", Value: "any"}, {Name: "Extras", Value: "loose"}, {Name: "cooling", Value: "text"}}, list[2].Edges.Variants[0].Attributes)
		again, err := w.run(lasers, Options{})
		require.NoError(w.t, err)
		require.Equal(w.t, int64(3), again.Count(Products).Unchanged)
		changed, err := w.run(lasers.with("lasers.csv", "500;;liquid", "600;Case;liquid"), Options{})
		require.NoError(w.t, err)
		require.Equal(w.t, int64(1), changed.Count(Products).Updated)
		p := w.st.Client().Product.Query().Where(product.Name("A2")).OnlyX(w.ctx)
		require.Equal(w.t, "600", p.Attributes[0].Value)
		require.Equal(w.t, 2, p.Version)
	})
}
