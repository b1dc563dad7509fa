package world

import (
	"github.com/stretchr/testify/require"
)

func init() {
	seeds = append(seeds, func(s seeder) {
		// Two searches without hits, so that one can be merged into the other.
		for i, term := range []string{"unobtainium", "phlogiston"} {
			require.NoError(s.t, s.tx.SearchMiss.Create().SetTerm(term).SetCount(7+i).SetFirstAt(s.w.Now).SetLastAt(s.w.Now).Exec(s.ctx))
		}
	})
}
