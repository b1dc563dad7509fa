package search_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/search"
	"foyer/testkit/dbtest"
)

// BenchmarkSearch runs each of the searches 25 times among 100,000 variants, with
// facets, and says what half of them and all but one in a hundred take. Run it as
// go test -run - -bench Search -benchtime 1x ./portal/search
func BenchmarkSearch(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			st := dbtest.Open(b, dbtest.URLs[kind](b))
			s := large(b, st)
			as := viewer(b.Context(), "ORG_BUYER")
			type timed struct {
				query string
				took  time.Duration
			}
			one := func(query string) timed {
				began := time.Now()
				_, err := s.Search(as, search.Question{Query: query, First: 20, Facets: true})
				require.NoError(b, err)
				return timed{query, time.Since(began)}
			}
			for b.Loop() {
				var all []timed
				for round := range 26 {
					for _, x := range searches {
						if t := one(x.query); round > 0 { // the first one warms up
							all = append(all, t)
						}
					}
				}
				slices.SortFunc(all, func(x, y timed) int { return cmp.Compare(x.took, y.took) })
				p50, p99 := all[len(all)/2].took, all[len(all)*99/100].took
				b.ReportMetric(float64(p50.Microseconds())/1000, "p50-ms")
				b.ReportMetric(float64(p99.Microseconds())/1000, "p99-ms")
				b.ReportMetric(float64(len(all)), "searches")
				b.Logf("%s: %d searches, p50 %s, p99 %s, worst %s (%q)", kind, len(all), p50, p99, all[len(all)-1].took, all[len(all)-1].query)
				// What is wider than the searches of the list.
				for _, broad := range []string{"steel", "gasket", "bardex", "bardex gasket", "ba", "instructions", "steel bolt 1", "BAGA-10000-10", "0000-1", "barde", "gaskett", "steal", ""} {
					var took []time.Duration
					for range 11 {
						took = append(took, one(broad).took)
					}
					slices.Sort(took)
					r, err := s.Search(as, search.Question{Query: broad, First: 20, Facets: true})
					require.NoError(b, err)
					b.Logf("  %-16q %6d hits, median %s, worst %s, corrected %q", broad, r.Total, took[5], took[10], r.Corrected)
				}
			}
		})
	}
}
