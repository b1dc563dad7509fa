package rules

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
)

// wide has as many options as a rule may have names.
func wide(n int) *Vocabulary {
	g := engine.Group{Key: "f", Max: n}
	for i := range n {
		g.Options = append(g.Options, "option_"+strconv.Itoa(i))
	}
	return NewVocabulary([]engine.Group{g})
}

func TestWhatMachinesWrite(t *testing.T) {
	literals := func(n int, between, format string) string {
		all := make([]string, n)
		for i := range all {
			all[i] = fmt.Sprintf(format, i)
		}
		return strings.Join(all, between)
	}
	v := wide(20_000)
	for name, c := range map[string]struct{ text, err string }{
		"a rule of 10,000 literals":       {literals(10_000, " | ", "!f.option_%d"), ""},
		"counted":                         {"atleast(5000, " + literals(10_000, ", ", "option_%d") + ")", ""},
		"summed":                          {literals(10_000, " + ", "3 * option_%d") + " >= 7", ""},
		"wildcards":                       {"atmost(5, " + strings.Repeat("f.*, ", 10) + "f.*)", "too many options"},
		"10,000 unknown names":            {literals(10_000, " & ", "optoin_%d"), "There is no option or number optoin_0"},
		"10 MB of a line":                 {strings.Repeat("f.option_1 & ", 800_000), "longer than 4194304 bytes"},
		"4 MB of names":                   {"option_1" + strings.Repeat("|option_1", 400_000), "more than 200000 names"},
		"a name of 4 MB":                  {strings.Repeat("x", MaxText), "There is no option or number xxx"},
		"a quoted name of 4 MB":           {`"` + strings.Repeat(`\\`, MaxText/2-1) + `"`, "There is no option or number"},
		"a path of a million":             {"a" + strings.Repeat(".a", 1_000_000), "There is no option or number"},
		"a number of 4 MB":                {strings.Repeat("9", MaxText-4) + " > 1", "too large"},
		"many parentheses":                {strings.Repeat("(", 1_000_000) + "option_1", "More than 200 parentheses"},
		"many negations":                  {strings.Repeat("!", 1_000_000), "More than 200 parentheses"},
		"many minus":                      {strings.Repeat("-", 1_000_000), "More than 200 parentheses"},
		"many calls":                      {strings.Repeat("atleast(1,", 100_000), "More than 200 parentheses"},
		"many implications":               {"option_1" + strings.Repeat(" -> option_1", 100_000), "can be read in two ways"},
		"many factors":                    {strings.Repeat("99999999 * ", 100_000) + "option_1 > 1", "too large"},
		"many divisions":                  {"option_1" + strings.Repeat(" / 7", 60_000) + " > 1", "too large"},
		"many closing":                    {"option_1" + strings.Repeat(")", 1_000_000), "closes nothing"},
		"many points":                     {strings.Repeat(".", 1_000_000), "Something is missing"},
		"many commas":                     {"atleast(1" + strings.Repeat(",", 1_000_000), ""},
		"NUL":                             {strings.Repeat("\x00", 1_000_000), "cannot stand here"},
		"many comments":                   {strings.Repeat("/**/", 1_000_000), "empty"},
		"a comment that does not end":     {"/*" + strings.Repeat("*", 1_000_000), "does not end"},
		"line ends of all sorts":          {"option_1\r&\n\r\noption_2\r\r\n&\n\toption_3", ""},
		"invisible":                       {"option_1 \u202e& option_2", "U202E"},
		"not UTF-8":                       {"option_1 & \xc3\x28", "not UTF-8"},
		"a table that does not end":       {"table(f" + strings.Repeat(",f", 1_000_000), "Several options of f"},
		"many units":                      {"1 " + strings.Repeat("q", 1_000_000) + " > 1", "no unit"},
		"nested comparisons":              {"option_1" + strings.Repeat(" > 1", 60_000), "two sides"},
		"alternating levels":              {"option_1" + strings.Repeat(" & option_1 | option_1", 60_000), ""},
		"alternating sums":                {"option_1" + strings.Repeat(" * 2 + option_1", 20_000) + " > 3", ""},
		"names with points and no letter": {strings.Repeat("option_1.", 400_000), ""},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			rule, err := v.Parse(c.text)
			t.Logf("%d bytes in %v", len(c.text), time.Since(start))
			switch {
			case c.err != "":
				require.ErrorContains(t, err, c.err)
				require.Less(t, len(err.Error()), 10_000)
			case err == nil:
				again(t, v, rule)
			}
		})
	}
}

func TestPlacesWithMixedLineEnds(t *testing.T) {
	_, err := wide(3).Parse("option_1 &\r\noption_2 &\rx &\n\r\n  ä &\ty")
	require.EqualError(t, err, `line 3, column 1: There is no option or number x.
line 5, column 3: There is no option or number ä.
line 5, column 7: There is no option or number y.`)
}

func TestNearest(t *testing.T) {
	names := []string{"manual", "automatic", "auto", "cvt"}
	for word, want := range map[string]string{
		"manul": "manual", "Manual": "manual", "amnual": "manual", "auot": "auto", "automtic": "automatic",
		"x": "", "cv": "cvt", "diesel": "", "": "", strings.Repeat("a", 100): "",
	} {
		require.Equal(t, want, Nearest(word, names), word)
	}
}

// FuzzRules wants that whatever can be read prints as text that reads as the same,
// and that mistakes point into the text.
func FuzzRules(f *testing.F) {
	for _, seed := range []string{
		"engine.diesel & !trim.base -> gearbox.manual | gearbox.auto", "atleast(2, roof.*) xor diesel <-> auto",
		"width + 2 * depth <= 1.5 m", `delay / 3 - "warm-up" > 0.5 d | !weight`, "diesel * 120 kg + weight != -5 t",
		"between(1, 2, roof.rack, roof.box & true, false) // x", "forbid table(engine, width) { diesel | petrol, ..800 | 1 m..2 m; *, 900 }",
		`table(body, weight, seats.qty) { none | "2 doors", none, 3; 4x4, 1..2 t, * }`, "((((diesel))))", "!!!!a & \x00 \"", "1 <= 2 <= 3",
		"a\r\n&\rb", "/* x", "x.y.z.*", "5 5 5", "≥≤→∧", "seats.bench.qty * 2 <= frame.slots",
	} {
		f.Add(seed)
	}
	v := car()
	f.Fuzz(func(t *testing.T, text string) {
		rule, err := v.Parse(text)
		if err == nil {
			again(t, v, rule)
			return
		}
		pointsInto(t, text, err)
	})
}

func pointsInto(t *testing.T, text string, err error) {
	t.Helper()
	all, ok := err.(Errors) //nolint:errorlint // it is never wrapped
	require.True(t, ok)
	require.LessOrEqual(t, len(all), MaxErrors)
	for _, e := range all {
		require.True(t, 0 <= e.Start && e.Start <= e.End && e.End <= len(text), "%d to %d of %d", e.Start, e.End, len(text))
		require.True(t, e.Line >= 1 && e.Column >= 1)
		require.NotEmpty(t, e.Text.EN)
		require.NotEmpty(t, e.Text.DE)
	}
}

// FuzzCSV wants the same of tables from spreadsheets.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"engine,body,depth\ndiesel|petrol,2 doors,5..7.5|10 cm\n*,none|4x4,20 cm..\n", "engine;width\r\ndiesel;1,2 m\r\n",
		"seats.qty\n3\nnone", "engine\n\"diesel\"\n\"a\"\"b\"", "engine\tgearbox\n\t", "\ufeffengine\n*", "width\n..\n-5..-3\n1e5",
	} {
		f.Add(seed)
	}
	v := car()
	f.Fuzz(func(t *testing.T, text string) {
		table, err := v.CSV(text, false)
		if err == nil {
			again(t, v, engine.Rule{Table: table})
			return
		}
		pointsInto(t, strings.TrimPrefix(text, "\ufeff"), err)
	})
}

func BenchmarkParse(b *testing.B) {
	v := car()
	for b.Loop() {
		if _, err := v.Parse("engine.diesel & !trim.base -> gearbox.manual | width + 2 * depth <= 1.5 m"); err != nil {
			b.Fatal(err)
		}
	}
}
