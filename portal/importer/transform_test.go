package importer

import (
	"strings"
	"testing"
)

// evaluate makes one field of a mapping's section from values of columns a, b.
func evaluate(t *testing.T, expression, a, b string) (string, error) {
	t.Helper()
	m, err := ParseMapping("m.yaml", []byte("source: s\ncurrency: EUR\nlookups:\n  colours: {r: red}\n  rest: {r: red, \"*\": grey}\nfiles:\n"+
		"  - entity: organizations\n    file: f\n    when: {any: [{column: a, empty: true}, {column: b, empty: false}, {column: a, empty: false}]}\n"+
		"    fields:\n      external_id: x\n      name: "+expression+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := m.sections[0]
	values := make([]string, len(s.columns))
	for i, c := range s.columns {
		values[i] = map[string]string{"a": a, "b": b}[c]
	}
	return s.fields["name"].eval(values)
}

func TestExpressions(t *testing.T) {
	for _, c := range []struct{ expression, a, b, want string }{
		{`plain`, "", "", "plain"},
		{`007`, "", "", "007"},
		{`"{a}"`, "x", "", "x"},
		{`"{a}-{b}@example.com"`, "x", "y", "x-y@example.com"},
		{`"{{{a}}}"`, "x", "", "{x}"},
		{`{value: "{a}", apply: [trim, upper]}`, " x ", "", "X"},
		{`{value: "{a}", apply: [lower]}`, "ÄX", "", "äx"},
		{`{value: "{a}", apply: [abs]}`, "-12.5", "", "12.5"},
		{`{value: "{a}", apply: [comma]}`, "1.234.567,89", "", "1234567.89"},
		{`{value: "{a}", apply: [comma]}`, "-12,5", "", "-12.5"},
		{`{value: "{a}", apply: [{decimals: 2}]}`, "0.150000006", "", "0.15"},
		{`{value: "{a}", apply: [{decimals: 2}]}`, "0.125", "", "0.13"},
		{`{value: "{a}", apply: [{decimals: 2}]}`, "-0.125", "", "-0.13"},
		{`{value: "{a}", apply: [{decimals: 0}]}`, "2.5", "", "3"},
		{`{value: "{a}", apply: [{strip_prefix: C}, {strip_suffix: "/1"}]}`, "C12/1", "", "12"},
		{`{value: "{a}", apply: [{cut: 4}]}`, "aäöü", "", "aä"}, // 4 bytes are a, ä and half an ö
		{`{value: "{a}", apply: [{default: "no {b}"}]}`, "", "name", "no name"},
		{`{value: "{a}", apply: [{default: "no {b}"}]}`, "x", "name", "x"},
		{`{value: "{a}", apply: [trim, {lookup: colours}]}`, "", "", ""},
		{`{value: "{a}", apply: [{lookup: colours}]}`, "r", "", "red"},
		{`{value: "{a}", apply: [{lookup: rest}]}`, "q", "", "grey"},
		{`{value: "{a}", apply: [{date: YYYY-MM-DD}]}`, "2024-02-29", "", "2024-02-29T00:00:00Z"},
		{`{value: "{a}", apply: [{date: "D.M.YYYY H:mm", zone: Europe/London}]}`, "1.7.2011 8:26", "", "2011-07-01T08:26:00+01:00"},
		{`{value: "{a}", apply: [{date: "MM/DD/YY hh:mm a"}]}`, "12/31/11 08:26 PM", "", "2011-12-31T20:26:00Z"},
		{`[{when: {column: a, equals: x}, value: is}, not]`, "x", "", "is"},
		{`[{when: {column: a, equals: x}, value: is}, not]`, "y", "", "not"},
		{`[{when: {column: a, in: [x, y]}, value: is}]`, "y", "", "is"},
		{`[{when: {column: a, in: [x, y]}, value: is}]`, "z", "", ""},
		{`[{when: {column: a, prefix: C}, value: is}]`, "C1", "", "is"},
		{`[{when: {column: a, suffix: C}, value: is}]`, "1C", "", "is"},
		{`[{when: {column: a, matches: "^[0-9]+$"}, value: is}]`, "12", "", "is"},
		{`[{when: {column: a, below: 0}, value: is}]`, "-0.1", "", "is"},
		{`[{when: {column: a, below: 0}, value: is}]`, "0", "", ""},
		{`[{when: {not: {column: a, empty: true}}, value: is}]`, "x", "", "is"},
		{`[{when: {all: [{column: a, equals: x}, {column: b, equals: y}]}, value: is}]`, "x", "y", "is"},
		{`[{when: {all: [{column: a, equals: x}, {column: b, equals: y}]}, value: is}]`, "x", "z", ""},
		{`[{when: {any: [{column: a, equals: x}, {column: b, equals: y}]}, value: is}]`, "q", "y", "is"},
		{`[{when: {any: [{column: a, equals: x}, {column: b, equals: y}]}, value: is}]`, "q", "z", ""},
	} {
		if got, err := evaluate(t, c.expression, c.a, c.b); err != nil || got != c.want {
			t.Errorf("%s of %q, %q: got %q %v, want %q", c.expression, c.a, c.b, got, err, c.want)
		}
	}
	for _, c := range []struct{ expression, a, want string }{
		{`{value: "{a}", apply: [comma]}`, "1.23,4", "not a number with a decimal comma"},
		{`{value: "{a}", apply: [{decimals: 2}]}`, "1e3", "not a number that can be used"},
		{`{value: "{a}", apply: [{decimals: 2}]}`, strings.Repeat("9", 60), "not a number that can be used"},
		{`{value: "{a}", apply: [{lookup: colours}]}`, "q", `the lookup colours has no entry for "q"`},
		{`{value: "{a}", apply: [{date: YYYY-MM-DD}]}`, "2023-02-29", "there is no such day or time"},
		{`{value: "{a}", apply: [{date: "YYYY-MM-DD HH:mm"}]}`, "2023-02-28 25:00", "there is no such day or time"},
		{`{value: "{a}", apply: [{date: YYYY-MM-DD}]}`, "0000-01-01", "outside the years 1900 to 2199"},
		{`{value: "{a}", apply: [{date: YYYY-MM-DD}]}`, "9999-12-31", "outside the years 1900 to 2199"},
		{`{value: "{a}", apply: [{date: YYYY-MM-DD}]}`, "28.2.2023", "not a date of the form in the mapping"},
		{`[{when: {column: a, below: 0}, value: is}]`, "few", "not a number that can be used"},
	} {
		if got, err := evaluate(t, c.expression, c.a, ""); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s of %q: got %q %v, want %s", c.expression, c.a, got, err, c.want)
		}
	}
}

// TestSpool puts rows of many orders in and takes them out again, whole and in
// order, whatever order they came in.
func TestSpool(t *testing.T) {
	p, err := newSpool()
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	s := &section{columns: []string{"x", "y"}}
	p.sections = []*section{s}
	for line := range 10_000 {
		key := string(rune('a' + line*7%13))
		if err := p.add(0, key, &record{line + 1, []string{key, strings.Repeat("y", line%3)}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.ready(); err != nil {
		t.Fatal(err)
	}
	rows := 0
	for k := range 12 { // one is left
		key := string(rune('a' + k))
		out, err := p.take(key)
		if err != nil {
			t.Fatal(err)
		}
		last := 0
		for _, c := range out {
			if c.rec.values[0] != key || len(c.rec.values[1]) != (c.rec.line-1)%3 || c.rec.line <= last {
				t.Fatalf("a row of %s is wrong: %v", key, c.rec)
			}
			last = c.rec.line
			rows++
		}
	}
	if err := p.left(func(key string, c child) error {
		if key != "m" || c.rec.values[0] != "m" {
			t.Errorf("%s is left", key)
		}
		rows++
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if rows != 10_000 {
		t.Errorf("%d rows came out", rows)
	}
	if out, err := p.take("none"); err != nil || out != nil {
		t.Errorf("%v %v", out, err)
	}
}
