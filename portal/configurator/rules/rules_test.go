package rules

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
)

// car is a model with something of everything.
func car() *Vocabulary {
	return NewVocabulary([]engine.Group{
		{Key: "engine", Min: 1, Max: 1, Options: []string{"diesel", "petrol", "electric"}},
		{Key: "gearbox", Min: 1, Max: 1, Options: []string{"manual", "auto"}},
		{Key: "trim", Min: 1, Max: 1, Options: []string{"base", "sport", "gold"}},
		{Key: "body", Min: 0, Max: 1, Options: []string{"sedan", "estate", "2 doors", "4x4"}},
		{Key: "roof", Min: 0, Max: 3, Options: []string{"rack", "box", "antenna", "base"}},
		{Key: "seats", Min: 0, Max: 1, Options: []string{"bench"}},
		{Key: "seats.qty", Number: &engine.Number{Min: 0, Max: 9, Step: 1, Of: &engine.Ref{Group: "seats", Option: "bench"}}},
		{Key: "frame.slots", Number: &engine.Number{Min: 0, Max: 20, Step: 1}},
		{Key: "width", Number: &engine.Number{Min: 500, Max: 3000, Step: 50, Unit: "mm"}},
		{Key: "depth", Number: &engine.Number{Min: 50, Max: 300, Step: 5, Scale: 1, Unit: "cm"}},
		{Key: "weight", Number: &engine.Number{Min: 0, Max: 5000, Step: 1, Unit: "kg", Optional: true}},
		{Key: "warm-up", Number: &engine.Number{Min: 0, Max: 48, Step: 1, Unit: "h"}},
		{Key: "delay", Number: &engine.Number{Min: 0, Max: 600, Step: 1, Unit: "min"}},
		{Key: "pieces", Number: &engine.Number{Min: 0, Max: 600, Step: 1, Unit: "pcs"}},
	})
}

func o(group, option string) engine.Expr { return engine.Chosen{Group: group, Option: option} }

func nr(factor int64, group string) engine.Term {
	return engine.Term{Factor: factor, Of: engine.Ref{Group: group}}
}

func TestWhatIsWrittenIsWhatIsMeant(t *testing.T) {
	diesel, manual, auto := o("engine", "diesel"), o("gearbox", "manual"), o("gearbox", "auto")
	for text, want := range map[string]engine.Expr{
		`engine.diesel & !trim.base -> gearbox.manual | gearbox.auto`: engine.Implies{
			A: engine.And{diesel, engine.Not{X: o("trim", "base")}}, B: engine.Or{manual, auto},
		},
		`diesel`:                          diesel,
		`diesel <-> auto`:                 engine.Iff{A: diesel, B: auto},
		`diesel xor auto`:                 engine.Xor{A: diesel, B: auto},
		`diesel | auto xor manual`:        engine.Xor{A: engine.Or{diesel, auto}, B: manual},
		`diesel | auto & manual`:          engine.Or{diesel, engine.And{auto, manual}},
		`(diesel | auto) & manual`:        engine.And{engine.Or{diesel, auto}, manual},
		`diesel & (auto & manual)`:        engine.And{diesel, engine.And{auto, manual}},
		`!!diesel`:                        engine.Not{X: engine.Not{X: diesel}},
		`true`:                            engine.And{},
		`false -> diesel`:                 engine.Implies{A: engine.Or{}, B: diesel},
		`body."2 doors" | body.4x4`:       engine.Or{o("body", "2 doors"), o("body", "4x4")},
		`"engine"."diesel" // why not`:    diesel,
		"/* on\r\nlines */ diesel\r|auto": engine.Or{diesel, auto},
		`weight`:                          engine.Chosen{Group: "weight"},
		`seats.qty -> auto`:               engine.Implies{A: engine.Chosen{Group: "seats.qty"}, B: auto},

		`atleast(2, diesel, manual, auto)`:      engine.Count{Min: 2, Max: -1, Of: []engine.Expr{diesel, manual, auto}},
		`atmost(1, diesel, manual & auto,)`:     engine.Count{Max: 1, Of: []engine.Expr{diesel, engine.And{manual, auto}}},
		`exactly(1, diesel, auto)`:              engine.Count{Min: 1, Max: 1, Of: []engine.Expr{diesel, auto}},
		`between(1, 2, engine.*)`:               engine.Count{Min: 1, Max: 2, Of: []engine.Expr{diesel, o("engine", "petrol"), o("engine", "electric")}},
		`diesel -> !atleast(1, diesel, manual)`: engine.Implies{A: diesel, B: engine.Not{X: engine.Count{Min: 1, Max: -1, Of: []engine.Expr{diesel, manual}}}},

		`width >= 800 mm`:                   engine.Linear{Terms: []engine.Term{nr(1, "width")}, Op: engine.AtLeast, Bound: 800},
		`width >= 800`:                      engine.Linear{Terms: []engine.Term{nr(1, "width")}, Op: engine.AtLeast, Bound: 800},
		`0.8 m <= width`:                    engine.Linear{Terms: []engine.Term{nr(1, "width")}, Op: engine.AtLeast, Bound: 800},
		`!width > 80cm`:                     engine.Not{X: engine.Linear{Terms: []engine.Term{nr(1, "width")}, Op: engine.Greater, Bound: 800}},
		`seats.qty * 2 <= frame.slots`:      engine.Linear{Terms: []engine.Term{nr(2, "seats.qty"), nr(-1, "frame.slots")}, Op: engine.AtMost},
		`"seats.qty" = 0`:                   engine.Linear{Terms: []engine.Term{nr(1, "seats.qty")}, Op: engine.Equal},
		`seats.bench.qty != 1`:              engine.Linear{Terms: []engine.Term{nr(1, "seats.qty")}, Op: engine.NotEqual, Bound: 1},
		`width + depth <= 2 m`:              engine.Linear{Terms: []engine.Term{nr(1, "width"), nr(10, "depth")}, Op: engine.AtMost, Bound: 20000, Scale: 1},
		`-(width - 3 * width) < 5 m`:        engine.Linear{Terms: []engine.Term{nr(2, "width")}, Op: engine.Less, Bound: 5000},
		`width / 2 - 0.5 mm >= 1 km`:        engine.Linear{Terms: []engine.Term{{Factor: 5, Scale: 1, Of: engine.Ref{Group: "width"}}}, Op: engine.AtLeast, Bound: 10_000_005, Scale: 1},
		`diesel * 120 kg + weight <= 0.5 t`: engine.Linear{Terms: []engine.Term{{Factor: 120, Of: engine.Ref{Group: "engine", Option: "diesel"}}, nr(1, "weight")}, Op: engine.AtMost, Bound: 500},
		`120 * diesel + 80 * auto <= 150`:   engine.Linear{Terms: []engine.Term{{Factor: 120, Of: engine.Ref{Group: "engine", Option: "diesel"}}, {Factor: 80, Of: engine.Ref{Group: "gearbox", Option: "auto"}}}, Op: engine.AtMost, Bound: 150},
		`diesel + auto = 1`:                 engine.Linear{Terms: []engine.Term{{Factor: 1, Of: engine.Ref{Group: "engine", Option: "diesel"}}, {Factor: 1, Of: engine.Ref{Group: "gearbox", Option: "auto"}}}, Op: engine.Equal, Bound: 1},
		`delay <= "warm-up"`:                engine.Linear{Terms: []engine.Term{nr(1, "delay"), nr(-60, "warm-up")}, Op: engine.AtMost},
		`"warm-up" > 20 s`:                  engine.Linear{Terms: []engine.Term{nr(9, "warm-up")}, Op: engine.Greater, Bound: 5, Scale: 2},
		`frame.slots * 50 mm <= width`:      engine.Linear{Terms: []engine.Term{nr(50, "frame.slots"), nr(-1, "width")}, Op: engine.AtMost},
		`pieces > 5`:                        engine.Linear{Terms: []engine.Term{nr(1, "pieces")}, Op: engine.Greater, Bound: 5},
		`pieces > 5 pcs`:                    engine.Linear{Terms: []engine.Term{nr(1, "pieces")}, Op: engine.Greater, Bound: 5},
	} {
		got, err := car().ParseExpr(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
		again(t, car(), engine.Rule{Expr: got})
	}
}

// again wants that what is printed reads as the same rule and prints the same.
func again(t *testing.T, v *Vocabulary, rule engine.Rule) {
	t.Helper()
	text := v.Print(rule)
	back, err := v.Parse(text)
	require.NoError(t, err, text)
	require.Equal(t, rule, back, text)
	require.Equal(t, text, v.Print(back))
}

func TestTablesAreRead(t *testing.T) {
	text := `forbid table(engine, body, width, weight) { // what nobody builds
		diesel | petrol, none | 4x4, *, 1..2 t;
		electric, "2 doors", 80 cm | ..600 | 2 m.., none;
		*, estate, 1000, 0
	}`
	rule, err := car().Parse(text)
	require.NoError(t, err)
	require.Equal(t, &engine.Table{Forbids: true, Columns: []string{"engine", "body", "width", "weight"}, Rows: [][]engine.Cell{
		{{Options: []string{"diesel", "petrol"}}, {Absent: true, Options: []string{"4x4"}}, {Any: true}, {Ranges: [][2]int64{{1000, 2000}}}},
		{{Options: []string{"electric"}}, {Options: []string{"2 doors"}}, {Ranges: [][2]int64{{800, 800}, {500, 600}, {2000, 3000}}}, {Absent: true}},
		{{Any: true}, {Options: []string{"estate"}}, {Ranges: [][2]int64{{1000, 1000}}}, {Ranges: [][2]int64{{0, 0}}}},
	}}, rule.Table)
	again(t, car(), rule)
}

func TestNamesThatAreInSeveralGroups(t *testing.T) {
	_, err := car().Parse("base -> diesel")
	require.EqualError(t, err, "line 1, column 1: base is in several groups. Write one of: trim.base, roof.base.")
}

func TestHowItIsPrinted(t *testing.T) {
	for text, want := range map[string]string{
		"engine.diesel&!(trim.base)->((manual)|auto)": "engine.diesel & !trim.base -> gearbox.manual | gearbox.auto",
		"(diesel -> auto) -> manual":                  "(engine.diesel -> gearbox.auto) -> gearbox.manual",
		"width+depth<=2m":                             "width + depth <= 2000 mm",
		"1.5 * width < depth - 3 cm":                  "1.5 * width < depth - 30 mm",
		"0 >= width - 5 * frame.slots * 10 mm":        "50 mm * frame.slots >= width",
		"delay + warm-up < 5":                         "",
		`delay + "warm-up" / 7 < 5 h`:                 `7 * delay + "warm-up" < 2100 min`,
		`delay * 3 + "warm-up" / 45 < 5 h`:            `9 * delay + "warm-up" / 15 < 900 min`,
		"atmost(2, roof.*)":                           "atmost(2, roof.*)",
		"between(0, 2, diesel, auto, manual)":         "atmost(2, engine.diesel, gearbox.auto, gearbox.manual)",
		"table(body){2x;}":                            "",
		"table(body){4x4|none;}":                      "table(body) {\n\tnone | 4x4;\n}",
	} {
		rule, err := car().Parse(text)
		if want == "" {
			require.Error(t, err, text)
			continue
		}
		require.NoError(t, err, text)
		require.Equal(t, want, car().Print(rule))
		again(t, car(), rule)
	}
}

func TestPositionsAndWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"gearbox.manuel -> diesel", "1:1 gearbox.manuel: The group gearbox has no option manuel. Did you mean gearbox.manual?"},
		{"engine.diesel ->\n  gearbx.auto", "2:3 gearbx.auto: There is no group gearbx. Did you mean gearbox.auto?"},
		{"engine.diesel ->\r  diesle", "2:3 diesle: There is no option or number diesle. Did you mean engine.diesel?"},
		{"engine.manual", "1:1 engine.manual: The group engine has no option manual. Did you mean gearbox.manual?"},
		{"engine", "1:1 engine: engine is a group. Name one of its options, such as engine.diesel."},
		{"ö & zzzzzzzzzz", "1:1 ö: There is no option or number ö.\n1:5 zzzzzzzzzz: There is no option or number zzzzzzzzzz."},
		{"", "1:1 : The rule is empty."},
		{"  // nothing", "1:13 : The rule is empty."},
		{"diesel &", "1:9 : The rule ends where something must follow."},
		{"diesel & & x9", "1:10 &: Something is missing before &.\n1:12 x9: There is no option or number x9."},
		{"(diesel", "1:1 (: This parenthesis is not closed."},
		{"diesel)", "1:7 ): This ) closes nothing, or something is missing before it."},
		{"diesel auto", "1:8 auto: Before auto an operator is missing, such as & (and), | (or), ->."},
		{"diesel && auto", "1:8 &&: Write & instead of &&."},
		{"diesel and not auto", "1:8 and: Write & instead of and.\n1:12 not: Write ! instead of not."},
		{"diesel => manual", "1:8 =>: Write -> instead of =>."},
		{"width ≥ 800", "1:7 ≥: Write >= instead of ≥."},
		{"width >= 0,5 m", "1:11 ,: A comma cannot stand here. Decimals are written with a point, as in 0.5."},
		{"a -> b -> c", ""},
		{"diesel -> auto -> manual", "1:16 ->: Two of these in a row can be read in two ways. Put one into parentheses."},
		{"diesel xor auto xor manual", "1:17 xor: xor joins two conditions. For one out of more, write exactly(1, a, b, c)."},
		{"500 <= width <= 800", "1:14 <=: A comparison has two sides. Write 1 <= a & a <= 5."},
		{"width", "1:1 width: width is a number that is always given. Compare it, as in width >= 500 mm."},
		{"5", "1:1 5: This is a number and no condition. Compare it, as in width >= 800."},
		{"5 = 5", "1:1 5 = 5: Nothing that can be chosen is compared here."},
		{"width >= 800 kg", "1:10 800 kg: mm and kg cannot be compared or added."},
		{"width >= 800 mmm", "1:14 mmm: There is no unit mmm. Did you mean mm?"},
		{"width + depth > 5", "1:17 5: The unit of this is not clear, because several are used here. Write it, such as mm."},
		{"frame.slots <= width", "1:1 frame.slots: This number has no unit, but others here are in mm. Multiply it by what one of them is, such as 1 mm."},
		{"width * depth > 5", "1:1 width * depth: Only a number can be multiplied with what is chosen: this is not linear. Write it as a table."},
		{"width * 2 mm > 5", "1:1 width * 2 mm: mm times mm is no amount that can be compared."},
		{"width / 0 > 5", "1:9 0: Only numbers other than 0, without units, can be divided by."},
		{"(diesel & auto) > 5", "1:2 diesel & auto: This is a condition. A comparison needs numbers or options here."},
		{"width > 9999999999999999999", "1:9 9999999999999999999: The numbers become too large or too fine to calculate with. Use another unit."},
		{"width * 1000000000000000 > 5", "1:1 width * 1000000000000000 > 5: The numbers become too large or too fine to calculate with. Use another unit."},
		{"atleast 2", "1:9 2: After atleast come parentheses: atleast(2, a, b, c)."},
		{"atleast(diesel, auto)", "1:9 diesel: Here a whole number is needed: how many of the others."},
		{"atleast(3, diesel, auto)", "1:9 3: This can never hold: there are 2 conditions to count."},
		{"atleast(3)", "1:1 atleast(3): atleast needs how many and of what: atleast(2, a, b, c)."},
		{"atleast(1, engin.*)", "1:12 engin.*: There is no group engin. Did you mean engine?"},
		{"engine.*", "1:1 engine.*: All options of a group can only be counted: atleast(1, engine.*)."},
		{"engine. & auto", "1:7 . : After the point the key of an option is missing."},
		{`engine."diesel`, `1:8 "diesel: This name has no closing quotation mark in its line.`},
		{"diesel /* ...", "1:8 /*: This comment does not end. Close it with */."},
		{"diesel & a\x00b", "1:10 a: There is no option or number a.\n1:11 \x00: The character X00 cannot stand here. Names with other characters than letters, digits and _ are written in \"quotation marks\".\n1:12 b: Before b an operator is missing, such as & (and), | (or), ->."},
		{"diesel & table(engine) { diesel }", "1:10 table: A table is a rule of its own and cannot be joined with others."},
		{"none", "1:1 none: none is for the cells of tables. Write ! before the options."},

		{"table(engine, gearbx) { diesel, auto }", "1:15 gearbx: There is no group gearbx. Did you mean gearbox?"},
		{"table(engine, roof) { diesel, rack }", "1:15 roof: Several options of roof can be chosen, so it cannot be a column. Write conditions about its options."},
		{"table(engine, engine) { diesel, diesel }", "1:15 engine: The column engine is there twice."},
		{"table(engine) { diesle; petrol, auto; none;\n*|petrol; }",
			"1:17 diesle: The group engine has no option diesle. Did you mean diesel?\n1:25 petrol, auto: This row has 2 cells, but the table has 1 columns.\n1:39 none: none never fits here: engine always has a value.\n2:1 *: * stands for everything, so it stands alone."},
		{"table(width) { 5; 820; 3..2 m; 1200..800; mm; 820.5..821 }",
			"1:16 5: width goes from 500 mm to 3000 mm.\n1:19 820: The number never has this value: it goes in steps of 50 mm from 500 mm.\n1:24 3..2 m: This range is empty: it goes from the greater to the smaller, or between two steps.\n1:32 1200..800: This range is empty: it goes from the greater to the smaller, or between two steps.\n1:43 mm: Here a number or a range such as 800..1200 is needed; * stands for all."},
		{"table(width) { 5 kg }", "1:16 5 kg: kg and mm cannot be compared or added."},
		{"table(engine) { }", "1:15 {: The table has no rows."},
		{"table(engine) { diesel", "1:15 {: This brace is not closed."},
		{"table engine", "1:7 engine: After table come its columns: table(engine, gearbox) { ... }."},
		{"table(engine) { diesel } & auto", "1:26 &: After the table something follows. A table is a rule of its own."},
		{"forbid auto", "1:8 auto: After forbid comes a table. To forbid a condition, write !(...)."},
	} {
		_, err := car().Parse(c.text)
		var found Errors
		require.True(t, errors.As(err, &found), c.text)
		var got []string
		for _, e := range found {
			require.NotEmpty(t, e.Text.DE, c.text)
			got = append(got, strings.Replace(strings.Replace(e.Error(), "line ", "", 1), ", column ", ":", 1))
			at := strings.Index(got[len(got)-1], ": ")
			got[len(got)-1] = got[len(got)-1][:at] + " " + c.text[e.Start:e.End] + got[len(got)-1][at:]
		}
		if c.want != "" {
			require.Equal(t, c.want, strings.Join(got, "\n"), c.text)
		}
	}
}
