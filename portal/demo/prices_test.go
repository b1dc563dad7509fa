package demo

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/ent/ruletable"
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

func known(key string) bool {
	for _, c := range customers {
		if c.key == key {
			return true
		}
	}
	return false
}
