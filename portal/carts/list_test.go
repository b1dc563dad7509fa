package carts

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"foyer/portal/problem"
)

func TestLists(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []listed
	}{
		"white space":             {"SP-1 5\n\n SP-2\t\n", []listed{{1, "SP-1", "5", 5, false}, {3, "SP-2", "", 1, false}}},
		"many blanks":             {"SP-1      12", []listed{{1, "SP-1", "12", 12, false}}},
		"commas":                  {"SP-1,5\r\nSP-2 , 6 ", []listed{{1, "SP-1", "5", 5, false}, {2, "SP-2", "6", 6, false}}},
		"semicolons":              {"SP-1;5;note\rSP-2;;", []listed{{1, "SP-1", "5", 5, false}, {2, "SP-2", "", 1, false}}},
		"tabs":                    {"SP 1\t5", []listed{{1, "SP 1", "5", 5, false}}},
		"quotes":                  {`"SP;1";"5"`, []listed{{1, "SP;1", "5", 5, false}}},
		"doubled quotes":          {`"SP""1",5`, []listed{{1, `SP"1`, "5", 5, false}}},
		"a mark at the start":     {"\ufeffsku;quantity\nSP-1;5", []listed{{2, "SP-1", "5", 5, false}}},
		"German names":            {"Pos;Artikelnummer;Bezeichnung;Menge\n1;SP-1;Presse;5", []listed{{2, "SP-1", "5", 5, false}}},
		"only skus, with name":    {"SKU\nSP-1", []listed{{2, "SP-1", "", 1, false}}},
		"a sku named like one":    {"number-7 5", []listed{{1, "number-7", "5", 5, false}}},
		"half a piece":            {"SP-1;1.5", []listed{{1, "SP-1", "1.5", 0, false}}},
		"half a piece, in German": {"SP-1 1,5", []listed{{1, "SP-1", "1,5", 0, false}}},
		"a thousand, perhaps":     {"SP-1;1.000", []listed{{1, "SP-1", "1.000", 0, false}}},
		"less than nothing":       {"SP-1;-3", []listed{{1, "SP-1", "-3", 0, false}}},
		"more than there can be":  {"SP-1;99999999999999999999", []listed{{1, "SP-1", "99999999999999999999", 0, false}}},
		"no sku":                  {";5", []listed{{1, ";5", "", 0, true}}},
		"a quote too few":         {`"SP-1;5`, []listed{{1, `"SP-1;5`, "", 0, true}}},
		"a bell":                  {"SP\a-1;5", []listed{{1, "SP -1;5", "", 0, true}}},
		"numbers of Arabia":       {"SP-1 ٥", []listed{{1, "SP-1", "٥", 0, false}}},
	} {
		got, err := parse(strings.TrimPrefix(c.text, "\ufeff"))
		require.NoError(t, err, name)
		require.Equal(t, c.want, got, name)
	}
	got, err := read(strings.NewReader("\xff\xfeS\x00P\x00-\x001\x00\t\x005\x00\r\x00\n\x00"))
	require.NoError(t, err)
	require.Equal(t, []listed{{1, "SP-1", "5", 5, false}}, got, "as Excel saves it")
	for _, bad := range []string{"SP-1;5\x00", "SP-\xe4;5", strings.Repeat("x", largestList+1)} {
		_, err := read(strings.NewReader(bad))
		require.Error(t, err)
	}
	all := strings.Builder{}
	for i := range mostListed {
		fmt.Fprintf(&all, "SP-%d %d\n", i, i+1)
	}
	got, err = parse(all.String())
	require.NoError(t, err)
	require.Len(t, got, mostListed)
	_, err = parse(all.String() + "one more")
	refusals, rest := problem.Refusals(err)
	require.NoError(t, rest)
	require.Equal(t, TooMany, refusals[0].Code)
}

func FuzzList(f *testing.F) {
	for _, s := range []string{"SP-1 5", "sku;quantity\n\"a\"\"b\";1.5", "\ufeffa,b\r\n,,,", "\"", "\t\t\t", "\xff\xfea", "Artikel;Menge\n;;\n\"\n\"", "a 1,5"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		list, err := read(strings.NewReader(string(raw)))
		if err != nil {
			return
		}
		last := 0
		for _, l := range list {
			require.Greater(t, l.line, last)
			last = l.line
			require.True(t, utf8.ValidString(l.sku+l.quantity))
			require.False(t, strings.ContainsFunc(l.sku+l.quantity, unicode.IsControl))
			require.GreaterOrEqual(t, l.n, 0)
			require.LessOrEqual(t, utf8.RuneCountInString(l.sku), longestSku+1)
			if !l.broken {
				require.NotEmpty(t, strings.TrimSpace(l.sku))
			}
		}
	})
}
