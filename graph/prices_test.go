package graph_test

import (
	"maps"

	"github.com/stretchr/testify/require"

	"foyer/schema/gid"
	"foyer/testkit"
)

func init() {
	maps.Copy(attempts, map[string]attempt{
		"savePriceList": {"priceList.save", "PriceList", func(f *testkit.Foyer, id gid.ID, v int) map[string]any {
			l, err := f.Store.Client().PriceList.Get(f.System(), id)
			if err != nil {
				return map[string]any{"id": id, "version": v, "key": "x", "name": "x", "currency": "EUR"}
			}
			return map[string]any{"id": id, "version": v, "key": l.Key, "name": "Another", "currency": l.Currency}
		}},
		"assignPriceList": {"priceList.assign", "PriceList", func(f *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"priceListId": id, "version": v, "assignments": []any{map[string]any{"organizationId": f.World.South.ID, "priority": 10}}}
		}},
		"setPrices": {"priceList.prices", "PriceList", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"priceListId": id, "prices": []any{map[string]any{"sku": "SP-1", "unitPrice": "9.00"}}}
		}},
		"saveRuleTable": {"ruleTable.save", "", func(f *testkit.Foyer, _ gid.ID, _ int) map[string]any {
			return map[string]any{"kind": "TAX", "basedOn": 0, "originCountry": "DE", "taxRules": []any{}}
		}},
	})
	_ = require.New
}
