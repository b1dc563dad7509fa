package uvl

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/internal/models"
	"foyer/portal/configurator/rules"
)

const car = `namespace Car
include
	Boolean.group-cardinality
features
	Car {abstract true, vendor 'Aurelia'}
		mandatory
			Engine	// which one
				alternative
					Diesel {price 12.50, weight 200}
					"Big Petrol" {price -3}
			Boolean Doors
				[2..*]
					Left {price 1}
					Right
					Back {constraint Back => Diesel}
		optional
			Radio {
				price 5,
				nested {a 1, b [1, 2]},
				constraints [!Back, Left | Right]
			}
				or
					FM
					DAB
				[0..1]
					Red
					Blue
constraints
	Diesel & !Radio => FM | DAB & Red
	(Diesel |
		Red) <=> Blue // over two lines
	sum(price) <= 10.5 & Diesel.weight * 2 - 1 < 300
`

func TestATreeBecomesGroups(t *testing.T) {
	m, err := Parse(car)
	require.NoError(t, err)
	require.Equal(t, "Car", m.Namespace)
	require.Equal(t, []engine.Group{
		{Key: "root", Min: 1, Max: 1, Options: []string{"Car"}},
		{Key: "Car.mandatory", Min: 2, Max: 2, Options: []string{"Engine", "Doors"}},
		{Key: "Car.optional", Max: 1, Options: []string{"Radio"}},
		{Key: "Engine", Min: 1, Max: 1, Options: []string{"Diesel", "Big Petrol"}},
		{Key: "Doors", Min: 2, Max: 3, Options: []string{"Left", "Right", "Back"}},
		{Key: "Radio.or", Max: 2, Options: []string{"FM", "DAB"}},
		{Key: "Radio.group", Max: 1, Options: []string{"Red", "Blue"}},
	}, m.Model.Groups)
	v := rules.NewVocabulary(m.Model.Groups)
	var written []string
	for _, r := range m.Model.Rules {
		written = append(written, r.Key+": "+v.Print(r))
	}
	require.Equal(t, []string{
		`tree:FM: "Radio.or".FM -> "Car.optional".Radio`,
		`tree:DAB: "Radio.or".DAB -> "Car.optional".Radio`,
		`group:Radio.or: "Car.optional".Radio -> atleast(1, "Radio.or".*)`,
		`tree:Red: "Radio.group".Red -> "Car.optional".Radio`,
		`tree:Blue: "Radio.group".Blue -> "Car.optional".Radio`,
		`constraint:1: Doors.Back -> Engine.Diesel`,
		`constraint:2: !Doors.Back`,
		`constraint:3: Doors.Left | Doors.Right`,
		`constraint:4: Engine.Diesel & !"Car.optional".Radio -> "Radio.or".FM | "Radio.or".DAB & "Radio.group".Red`,
		`constraint:5: Engine.Diesel | "Radio.group".Red <-> "Radio.group".Blue`,
		`constraint:6: 12.5 * Engine.Diesel + Doors.Left + 5 * "Car.optional".Radio <= 3 * Engine."Big Petrol" + 10.5 & 400 * Engine.Diesel < 301`,
	}, written)
	require.Equal(t, 32, m.Lines["constraint:6"])
	require.Equal(t, 30, m.Lines["constraint:5"])
	require.Equal(t, Feature{Name: "Car", Ref: engine.Ref{Group: "root", Option: "Car"}, Abstract: true, Attributes: []Attribute{
		{Key: "abstract", Value: "true"}, {Key: "vendor", Value: "Aurelia"},
	}}, m.Features[0])
	require.Equal(t, []Attribute{{Key: "price", Value: "-3", Number: true}}, m.Features[3].Attributes)
	require.Equal(t, []Attribute{{Key: "price", Value: "5", Number: true}, {Key: "nested", Value: "{a 1, b [1, 2]}"}}, m.Features[8].Attributes)
}

func TestMistakesHavePlaces(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "line 1, column 1: There are no features. They stand below a line that says features."},
		{"featuers\n\tA", "line 1, column 1: A file has the parts namespace, features and constraints, each at the beginning of a line. Did you mean features?"},
		{"imports\n\tb.uvl as b\nfeatures\n\tA", "line 1, column 1: Models of several files are not read. Put the imported features into this file."},
		{"features\n\tA\n\tB", "line 3, column 2: There is a root already, A. A tree has one."},
		{"features\n\tA\n\t\tmandatry\n\t\t\tB", "line 3, column 3: Below a feature its groups are needed: mandatory, optional, or, alternative, [1..3]. Did you mean mandatory?"},
		{"features\n\tA\n\t\t[3..1]\n\t\t\tB", "line 3, column 3: Below a feature its groups are needed: mandatory, optional, or, alternative, [1..3]."},
		{"features\n\tA\n\t\t[3]\n\t\t\tB", "line 3, column 3: The group wants 3 features and has 1."},
		{"features\n\tA\n\t\tor\n", "line 3, column 3: This group has no features."},
		{"features\n\tA\n\t\tor\n\t\t\tA", "line 4, column 4: The feature A is there already."},
		{"features\n\tA\n\t\tor\n\t\t\tB C", "line 4, column 6: After the name come attributes in braces, or nothing. Names with spaces are written in \"quotation marks\"."},
		{"features\n\tA\n\t\t\tor\n\t\t\t\tB\n\t\tor\n\t\t\tC", "line 5, column 3: The indentation fits none of the lines above."},
		{"features\n    A\n        or\n            B\n\t\tor\n\t\t\tC", "line 5, column 3: The indentation mixes tabs and spaces, so that the level is not clear. Use one of them."},
		{"  features", "line 1, column 3: This is indented, but belongs to nothing above it."},
		{"features\n\tInteger A", "line 2, column 2: Features of type Integer are not read: they have no bounds. Make it a number of the model after the import."},
		{"features\n\tA\n\t\tor\n\t\t\tB cardinality [1..3]", "line 4, column 6: Features that are there several times are not read. Use a group [n..m] of features."},
		{"features\n\tA {price", "line 2, column 4: This brace is not closed."},
		{"features\n\tA {price [1}", "line 2, column 4: This brace is not closed."},
		{"features\n\tA {5}", "line 2, column 5: Here the key of an attribute is needed."},
		{"features\n\t\"A\n", "line 2, column 2: The closing quotation mark is missing in this line."},
		{"features\n\tLonger\nconstraints\n\tLonger => Langer\n\tLonger Longer\n\tLonger &\n\t(Longer\n", "line 5, column 9: Here an operator (&, |, =>, <=>) or the end of the line is needed.\nline 6, column 10: Here a feature, ! or ( is needed.\nline 7, column 2: This parenthesis is not closed."},
		{"features\n\tLonger {price 5}\nconstraints\n\tLonger => Langer\n\t5\n\tLonger.price\n\tLonger.prise > 3\n\tavg(price) > 3\n\tsum(x) > 3\n\tLonger.price * Longer.price > 3\n\tLonger > 3 | (Longer | Longer) > 3",
			`line 4, column 12: There is no feature Langer. Did you mean Longer?
line 5, column 2: This is a number and no condition. Compare it.
line 6, column 2: This is an attribute and no condition. Compare it.
line 7, column 2: The feature Longer has no attribute prise that is a number. Did you mean price?
line 8, column 2: Of the functions only sum(attribute) is read: the others are not linear.
line 9, column 2: No feature has an attribute x that is a number.
line 10, column 2: Only a number can be multiplied with what is chosen: this is not linear. Write it as a table.
line 11, column 2: Only numbers and attributes can be compared.
line 11, column 16: Only numbers and attributes can be compared.`},
		{"features\n\tA /* x", "line 2, column 4: This comment does not end. Close it with */."},
		{"features\n\tA\xff", "line 2, column 3: This is not UTF-8 text from here on. Save it as UTF-8."},
	} {
		_, err := Parse(c.text)
		require.EqualError(t, err, c.want, c.text)
		var all rules.Errors
		require.True(t, errors.As(err, &all))
		for _, e := range all {
			require.NotEmpty(t, e.Text.DE)
		}
	}
}

func TestWhatMachinesWrite(t *testing.T) {
	deep := "features\n"
	for i := range 1000 {
		deep += strings.Repeat("\t", 2*i+1) + "F" + strings.Repeat("x", i) + "\n" + strings.Repeat("\t", 2*i+2) + "optional\n"
	}
	deep += strings.Repeat("\t", 2001) + "Last"
	one := "features\n\tA {p 1}\nconstraints\n\t"
	for name, text := range map[string]string{
		"deep tree": deep, "line": "features\n\tA" + strings.Repeat("x", 10<<20), "long": strings.Repeat("x", MaxText+1),
		"parentheses": one + strings.Repeat("(", 1<<20), "negations": one + strings.Repeat("!", 1<<20) + "A",
		"implications": one + "A" + strings.Repeat(" => A", 1<<18), "conjunction": one + "A" + strings.Repeat(" & A", 1<<18),
		"sums": one + "A.p" + strings.Repeat(" + A.p", 20_000) + " > 1", "totals": one + strings.Repeat("sum(p) > 1\n\t", 20_000),
		"unknown": one + strings.Repeat("B\n\t", 1<<18), "NUL": strings.Repeat("\x00", 1<<20), "NUL below": one + strings.Repeat("\x00", 1<<20),
		"siblings": "features\n\tA" + strings.Repeat("\n\t\tor", 1<<18), "brackets": one + strings.Repeat("(\n", 1<<18),
		"attributes": "features\n\tA {" + strings.Repeat("a 1, ", 1<<18) + "}", "nested": "features\n\tA {" + strings.Repeat("a [", 1<<18),
		"comments": strings.Repeat("/*", 1<<20), "mixed line ends": "features\r\tA\r\n\t\tor\n\t\t\tB\rconstraints\n\r\n\tA&\\\r",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			m, err := Parse(text)
			t.Log(len(text), "bytes in", time.Since(start), "mistake:", err != nil, m != nil)
			if err != nil {
				require.Less(t, len(err.Error()), 20_000)
			}
		})
	}
}

func TestTheModelsOfTheLiterature(t *testing.T) {
	for _, f := range models.Facts {
		if !f.UVL {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			m, err := Parse(models.UVL(t, f.Name))
			require.NoError(t, err)
			require.Len(t, m.Features, f.UVLFeatures)
			v := rules.NewVocabulary(m.Model.Groups)
			for _, r := range m.Model.Rules {
				back, err := v.ParseExpr(v.Print(r))
				require.NoError(t, err)
				require.Equal(t, r.Expr, back)
			}
		})
	}
}

// FuzzUVL wants an answer to everything, and places that are in the text.
func FuzzUVL(f *testing.F) {
	f.Add(car)
	f.Add("features\n\t\"A b\" {constraint !\"A b\" <=> 'x'}\n\t\t[1..2]\n\t\t\tB\nconstraints\n\tsum(p) * 3 >= B.p - 2 / 5\n")
	f.Add("imports\n\tx\nfeatures\r\n  A\r\n    or\r\n      B\n     C")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := Parse(text)
		if err == nil {
			require.NotEmpty(t, m.Model.Groups)
			file, err := Write(&m.Model, m.Namespace)
			var refused Refusals
			if !errors.As(err, &refused) {
				require.NoError(t, err)
				require.Len(t, file.Names, len(m.Features))
			}
			return
		}
		var all rules.Errors
		require.True(t, errors.As(err, &all))
		for _, e := range all {
			require.True(t, 0 <= e.Start && e.Start <= e.End && e.End <= len(text))
		}
	})
}
