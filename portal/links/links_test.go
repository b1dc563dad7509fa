package links_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/links"
	"foyer/portal/store"
	"foyer/testkit/dbtest"
)

func TestLinks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		start := time.Date(2026, 3, 1, 12, 0, 7, 0, time.UTC)
		now := start
		seal := links.Seal{Store: st, Name: "test", Now: func() time.Time { return now }}
		open := func(seal links.Seal, link string) (time.Time, bool) {
			u, err := url.Parse(link)
			require.NoError(t, err)
			until, ok, err := seal.Open(t.Context(), u)
			require.NoError(t, err)
			return until, ok
		}
		q := url.Values{"l": {"DE"}, "u": {"a&b=c"}}
		made, err := seal.Link(t.Context(), "/x/1", q, time.Minute)
		require.NoError(t, err)
		require.Equal(t, url.Values{"l": {"DE"}, "u": {"a&b=c"}}, q, "what is asked with is not changed")

		until, ok := open(seal, made)
		require.True(t, ok)
		require.Equal(t, start.Truncate(time.Minute).Add(time.Minute), until.UTC())
		now = start.Add(20 * time.Second)
		again, err := seal.Link(t.Context(), "/x/1", q, time.Minute)
		require.NoError(t, err)
		require.Equal(t, made, again)
		now = until.Add(-time.Second)
		_, ok = open(seal, made)
		require.True(t, ok)
		now = until
		_, ok = open(seal, made)
		require.False(t, ok, "its last second is over")

		now = start
		for name, bad := range map[string]string{
			"another path":      strings.Replace(made, "/x/1", "/x/2", 1),
			"another parameter": strings.Replace(made, "l=DE", "l=EN", 1),
			"one more":          made + "&m=1",
			"one twice":         made + "&l=EN",
			"one less":          strings.Replace(made, "l=DE&", "", 1),
			"a later end":       strings.Replace(made, "e=", "e=9", 1),
			"no end":            strings.Replace(made, "e=", "f=", 1),
			"no proof":          strings.Replace(made, "s=", "r=", 1),
			"an empty proof":    made[:strings.Index(made, "s=")+2],
			"nothing":           "/x/1",
		} {
			require.NotEqual(t, made, bad, name)
			_, ok := open(seal, bad)
			require.False(t, ok, name)
		}
		other := seal
		other.Name = "other"
		_, ok = open(other, made)
		require.False(t, ok, "a link of another kind")

		fixed, err := seal.Until(t.Context(), "/up", nil, start.Add(time.Hour))
		require.NoError(t, err)
		until, ok = open(seal, fixed)
		require.True(t, ok)
		require.Equal(t, start.Add(time.Hour), until.UTC())

		eva, err := seal.Mark(t.Context(), "eva")
		require.NoError(t, err)
		omar, err := seal.Mark(t.Context(), "omar")
		require.NoError(t, err)
		require.NotEqual(t, eva, omar)
		require.NotContains(t, eva, "eva")
	})
}
