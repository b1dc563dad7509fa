package world

import (
	"github.com/stretchr/testify/require"
)

// ListOfSouth is the key and the name of the one price list of the world: that of
// the stranger, which nobody else may learn of.
const ListOfSouth = "zz-south"

func init() { seeds = append(seeds, seeder.prices) }

func (s seeder) prices() {
	require.NoError(s.t, s.tx.PriceList.Create().SetKey(ListOfSouth).SetName(ListOfSouth).SetCurrency("EUR").Exec(s.ctx))
}
