package orders

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCarriers(t *testing.T) {
	all := DefaultCarriers()
	for _, c := range builtin {
		got, ok := all.Lookup(c.Code)
		require.True(t, ok, c.Code)
		require.Equal(t, c, got)
	}
	dhl, ok := all.Lookup(" dhl ")
	require.True(t, ok)
	require.Equal(t, "https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=00340434", dhl.Page("00340434"))
	require.Empty(t, dhl.Page(""), "no number, no page")

	_, ok = all.Lookup("SPEEDY")
	require.False(t, ok)
	require.Equal(t, Carrier{Code: "Speedy Express", Name: "Speedy Express"}, all.Of("Speedy Express"), "an imported shipment still says who carries it")
	require.Empty(t, all.Of("Speedy Express").Page("123"))
	require.Equal(t, Carrier{Code: "DHL", Name: "DHL"}, Carriers{}.Of("DHL"))
}

// A tracking number is what somebody typed: it must stay in its place of the
// link, whatever is in it.
func TestTrackingPagesEscapeTheNumber(t *testing.T) {
	for _, c := range builtin {
		plain := c.Page("X")
		for _, nasty := range []string{"a b", "a&b=c", "a#b", "../../x", "a/b", "a?b", "%2e", "<script>", `"onclick="`, "a+b", "ä€", "a\nb", "{number}"} {
			page := c.Page(nasty)
			if c.TrackingURL == "" {
				require.Empty(t, page)
				continue
			}
			u, err := url.Parse(page)
			require.NoError(t, err)
			want, err := url.Parse(plain)
			require.NoError(t, err)
			require.Equal(t, want.Host, u.Host)
			require.Equal(t, len(want.Query()), len(u.Query()), "%s: %q adds to the query", c.Code, nasty)
			require.Equal(t, strings.Count(plain, "/"), strings.Count(page, "/"), "%s: %q leaves its segment", c.Code, nasty)
			require.Equal(t, strings.Count(plain, "#"), strings.Count(page, "#"), "%s: %q begins a fragment", c.Code, nasty)
			require.NotContains(t, page, " ")
			require.NotContains(t, page, `"`)
			require.NotContains(t, page, "<")
			before, after, _ := strings.Cut(c.TrackingURL, numberMark)
			back, err := url.PathUnescape(strings.TrimSuffix(strings.TrimPrefix(page, before), after))
			require.NoError(t, err)
			require.Equal(t, nasty, back)
		}
	}
}

func TestNewCarriersRefusesBrokenOnes(t *testing.T) {
	own := Carrier{"MUELLER", "Spedition Müller", "https://mueller.example/t/{number}?lang=de"}
	all, err := NewCarriers(own, Carrier{"DHL", "DHL Freight", ""})
	require.NoError(t, err)
	require.Equal(t, "https://mueller.example/t/4%2F7?lang=de", all.Of("MUELLER").Page("4/7"))
	require.Equal(t, "DHL Freight", all.Of("DHL").Name, "an installation may replace a built-in carrier")
	require.Equal(t, "DHL", DefaultCarriers().Of("DHL").Name, "and does so for itself alone")
	for _, c := range []Carrier{
		{"", "No code", ""}, {"lower", "Lower case", ""}, {"A B", "A blank", ""}, {strings.Repeat("A", 61), "Long", ""},
		{"X", " ", ""},
		{"X", "No mark", "https://x.example/"},
		{"X", "Not https", "http://x.example/{number}"},
		{"X", "Script", "javascript:alert({number})"},
		{"X", "No host", "https:///{number}"},
		{"X", "The number is the host", "https://{number}/"},
		{"X", "The number ends the host", "https://x.example{number}/"},
		{"X", "The number is a password", "https://a:{number}@x.example/"},
	} {
		_, err := NewCarriers(c)
		require.Error(t, err, c.Name)
	}
}
