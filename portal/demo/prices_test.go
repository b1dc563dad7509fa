package demo

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/ent/productvariant"
	"foyer/ent/ruletable"
	spectra500 "foyer/portal/demo/spectra"
	"foyer/portal/prices"
	"foyer/schema"
)

// The rules of the demo company would be taken if somebody saved them.
func TestRulesOfTheDemo(t *testing.T) {
	require.NoError(t, prices.Check(prices.SaveTable{Kind: ruletable.KindTAX, Doc: schema.RuleDocument{Tax: &taxTable}}))
	require.NoError(t, prices.Check(prices.SaveTable{Kind: ruletable.KindSHIPPING, Doc: schema.RuleDocument{Shipping: shippingTable}}))
	require.NoError(t, prices.Check(prices.SaveTable{Kind: ruletable.KindDISCOUNT, Doc: schema.RuleDocument{Discounts: discountTable}}))
	for key := range vatIDs {
		require.True(t, known(key), "there is no customer %s", key)
	}
}

// What is made as customers put it together is sold from the price of its base on; it
// lies nowhere, and nobody has ordered it before that was possible.
func TestWhatIsConfigured(t *testing.T) {
	h, list := built(t, moments()[0])
	s := h.skus[spectra500.Sku]
	require.Equal(t, spectra500.Product, s.article.name)
	require.Equal(t, int64(18_400_00), s.cents)
	require.Equal(t, productvariant.StockPolicyUNTRACKED, s.row.StockPolicy)
	require.NotContains(t, h.onShelf(), s)
	for _, d := range list {
		require.NotContains(t, d.stock, s)
	}
	for _, doc := range []schema.ConfigurationDocument{spectra500.Document(), spectra500.Next()} {
		for _, p := range doc.Prices {
			for _, key := range p.PriceLists {
				require.Equal(t, "nordholm", key, "the price list that package demo writes")
			}
		}
		for _, g := range doc.Groups {
			for _, o := range g.Options {
				if o.Sku != "" {
					require.Contains(t, h.shelf, h.skus[o.Sku], "%s is sold", o.Sku)
				}
			}
		}
		for _, p := range doc.Parts {
			require.True(t, p.Name != "" || slices.Contains(h.shelf, h.skus[p.Sku]), "%s is on the shelf, or has a name of its own", p.Sku)
		}
	}
}

func known(key string) bool {
	for _, c := range customers {
		if c.key == key {
			return true
		}
	}
	return false
}
