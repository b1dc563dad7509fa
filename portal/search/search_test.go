package search_test

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/portal/search"
	"foyer/portal/store"
	"foyer/testkit/dbtest"
)

// names are the products of the first hits.
func names(t testing.TB, st *store.Store, r *search.Result) (list []string) {
	t.Helper()
	ctx := auth.WithSystem(t.Context(), "names of hits")
	for _, h := range r.Hits {
		p, err := st.Client().Product.Get(ctx, h.ProductID)
		require.NoError(t, err)
		list = append(list, p.Name)
	}
	return list
}

func expect(as context.Context, t *testing.T, st *store.Store, s *search.Service) {
	t.Helper()
	require.GreaterOrEqual(t, len(searches), 50)
	bad := 0
	for _, x := range searches {
		r, err := s.Search(as, search.Question{Query: x.query, First: 5, Facets: true})
		require.NoError(t, err, x.query)
		if found := names(t, st, r); !slices.Contains(found, x.want) {
			bad++
			t.Errorf("%q finds %d, first %v (corrected %q), and not %s", x.query, r.Total, found, r.Corrected, x.want)
		}
	}
	t.Logf("%d searches, %d wrong", len(searches), bad)
}

// TestSearches has the product that is meant among the first five, in the catalog of
// the demo company and among a few thousand variants of other products.
func TestSearches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		s := service(t, st)
		company(t, st)
		fill(t, st, append(generated(1000), german...))
		require.NoError(t, s.CatchUp(t.Context()))
		for _, role := range []string{"ANONYMOUS", "ORG_BUYER", "STAFF_ADMIN"} {
			expect(viewer(t.Context(), role), t, st, s)
		}
	})
}

// TestLargeCatalog does so among 100,000 variants of 30,000 other products; run with
// FOYER_BENCH=1.
func TestLargeCatalog(t *testing.T) {
	if os.Getenv("FOYER_BENCH") == "" {
		t.Skip("fills a catalog of 100,000 variants, which takes minutes; run with FOYER_BENCH=1")
	}
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			st := dbtest.Open(t, dbtest.URLs[kind](t))
			s := large(t, st)
			expect(viewer(t.Context(), "ORG_BUYER"), t, st, s)
		})
	}
}

// large is a search over the large catalog.
func large(t testing.TB, st *store.Store) *search.Service {
	t.Helper()
	s := service(t, st)
	company(t, st)
	began := time.Now()
	n := fill(t, st, append(generated(30000), german...))
	filled := time.Since(began)
	require.GreaterOrEqual(t, n, 100_000)
	began = time.Now()
	require.NoError(t, s.CatchUp(t.Context()))
	t.Logf("%d variants: written in %s, indexed in %s", n, filled.Round(time.Second), time.Since(began).Round(time.Second))
	return s
}

// TestPartsOfWords: a word finds the longer ones that it is part of, too, also when one
// product has it by itself, and behind that one.
func TestPartsOfWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		s := service(t, st)
		fill(t, st, []goods{
			{name: "Luftfilter rund", category: "Filter", skus: []string{"LF-1"}}, {name: "Filter FX", category: "Filterteile", skus: []string{"FX-1"}},
			{name: "Filterpatrone", category: "Filterteile", skus: []string{"FP-1"}}, {name: "Ventil rund", category: "Ventile", skus: []string{"V-1"}},
		})
		require.NoError(t, s.CatchUp(t.Context()))
		find := func(query string) []string {
			r, err := s.Search(viewer(t.Context(), "ORG_BUYER"), search.Question{Query: query, First: 10})
			require.NoError(t, err)
			require.Empty(t, r.Corrected)
			return names(t, st, r)
		}
		found := find("filter")
		require.Equal(t, "Filter FX", found[0])
		require.ElementsMatch(t, []string{"Filter FX", "Filterpatrone", "Luftfilter rund"}, found)
		require.Equal(t, []string{"Luftfilter rund"}, find("filter rund"), "both words are there, and no product has them as they are written")
		require.Equal(t, []string{"Filterpatrone"}, find("patrone"))
		require.Empty(t, find("ter"), "three letters are part of too much")
	})
}
