package gid_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/schema/gid"
)

func TestIdsGrow(t *testing.T) {
	ids := make([]gid.ID, 100_000)
	for i := range ids {
		ids[i] = gid.New(gid.Order)
	}
	require.True(t, slices.IsSorted(ids), "ids of one process sort in the order in which they were made")
	require.Len(t, slices.Compact(ids), len(ids))
}

func TestIdsOfManyGoroutinesDiffer(t *testing.T) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	seen := map[gid.ID]bool{}
	for range 8 {
		wg.Go(func() {
			for range 2000 {
				x := gid.New(gid.User)
				mu.Lock()
				seen[x] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	require.Len(t, seen, 16_000)
}

func TestAtSortsByTime(t *testing.T) {
	old, now := gid.At(gid.Order, time.Date(1996, 7, 4, 0, 0, 0, 0, time.UTC)), gid.New(gid.Order)
	require.Less(t, old, now)
	require.True(t, old.Valid())
	require.True(t, gid.At(gid.Order, time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)).Valid(), "before 1970")
}

func TestParse(t *testing.T) {
	good := gid.New(gid.Order)
	x, err := gid.Parse(string(good))
	require.NoError(t, err)
	require.Equal(t, good, x)
	require.Equal(t, gid.Order, x.Prefix())
	for _, bad := range []string{
		"", "ord", "ord_", string(good) + "0", string(good[:29]), strings.ToUpper(string(good)), "ord_8" + string(good[5:]),
		"o_" + string(good[4:]), "123_" + string(good[4:]), "ord-" + string(good[4:]), "ord_" + strings.Repeat("u", 26),
		"' OR 1=1--", "ord_\x00" + string(good[5:]), "ördnung_" + string(good[4:]), strings.Repeat("x", 1<<20),
	} {
		_, err := gid.Parse(bad)
		require.ErrorIs(t, err, gid.ErrMalformed)
		require.Less(t, len(err.Error()), 300, "an error does not repeat a megabyte")
		require.Empty(t, gid.ID(bad).Prefix())
	}
}

func FuzzParse(f *testing.F) {
	f.Add(string(gid.New(gid.Order)))
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		if x, err := gid.Parse(s); err == nil && (string(x) != s || x.Prefix() == "") {
			t.Fatalf("%q was taken as %q", s, x)
		}
	})
}
