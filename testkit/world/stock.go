package world

import "github.com/stretchr/testify/require"

// StockPlace is the key of the world's one place where goods may lie; nothing
// lies there yet.
const StockPlace = "main"

func init() {
	seeds = append(seeds, func(s seeder) {
		require.NoError(s.t, s.tx.StockLocation.Create().SetKey(StockPlace).SetName("Main").Exec(s.ctx))
	})
}
