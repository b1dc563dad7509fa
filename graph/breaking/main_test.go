package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const before = `
directive @keyed(key: String!, note: String) on FIELD | QUERY
interface Node { id: ID! }
type Query { order(id: ID!, fresh: Boolean = true): Order orders(first: Int): [Order!]! }
type Order implements Node { id: ID! number: String! total: Int lines: [Line] }
type Line { sku: String! }
union Thing = Order | Line
enum Status { OPEN CLOSED }
input Filter { number: String status: Status! = OPEN }
`

func TestCompare(t *testing.T) {
	for name, c := range map[string]struct {
		old, new string // in before
		want     string // "coordinate: what", nothing when it is harmless
	}{
		"nothing":                  {},
		"a new field":              {"number: String!", "number: String! note: String", ""},
		"a new optional argument":  {"first: Int", "first: Int last: Int", ""},
		"a new argument, default":  {"first: Int", "first: Int size: Int! = 3", ""},
		"a new value":              {"OPEN CLOSED", "OPEN CLOSED LOST", ""},
		"output stricter on null":  {"lines: [Line]", "lines: [Line!]!", ""},
		"input looser on null":     {"order(id: ID!,", "order(id: ID,", ""},
		"a new optional input":     {"number: String status", "number: String text: String status", ""},
		"a type gone":              {"type Line { sku: String! }", "", "Line: the type is gone"},
		"another kind":             {"type Line {", "input Line {", "Line: it was OBJECT, now it is INPUT_OBJECT"},
		"a field gone":             {"number: String! ", "", "Order.number: the field is gone"},
		"another output type":      {"total: Int", "total: Float", "Order.total: it was of type Int, now it is Float"},
		"output looser on null":    {"number: String! ", "number: String ", "Order.number: it was of type String!, now it is String"},
		"no list any more":         {"lines: [Line]", "lines: Line", "Order.lines: it was of type [Line], now it is Line"},
		"an argument gone":         {"orders(first: Int)", "orders", "Query.orders(first:): the argument is gone"},
		"a new required argument":  {"first: Int", "first: Int of: ID!", "Query.orders(of:): the new argument must be given"},
		"an input stricter":        {"first: Int", "first: Int!", "Query.orders(first:): it was of type Int, now it is Int!"},
		"another default":          {"= true", "= false", "Query.order(fresh:): the default was true, now it is false"},
		"no default":               {" = OPEN", "", "Filter.status: it has no default any more"},
		"a value gone":             {"OPEN CLOSED", "OPEN", "Status.CLOSED: the value is gone"},
		"a new required input":     {"number: String status", "number: String text: String! status", "Filter.text: the new field must be given"},
		"no member any more":       {"= Order | Line", "= Order", "Thing: Line is not a member any more"},
		"no interface any more":    {"Order implements Node", "Order", "Order: it does not implement Node any more"},
		"a directive gone":         {"directive @keyed(key: String!, note: String) on FIELD | QUERY", "", "@keyed: the directive is gone"},
		"a directive's argument":   {", note: String", "", "@keyed(note:): the argument is gone"},
		"a place of the directive": {"FIELD | QUERY", "FIELD", "@keyed: it is not allowed on QUERY any more"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, before, c.old)
			from, err := parse("from", before)
			require.NoError(t, err)
			to, err := parse("to", strings.Replace(before, c.old, c.new, 1))
			require.NoError(t, err)
			var got []string
			for _, b := range compare(from, to) {
				got = append(got, b.coordinate+": "+b.what)
			}
			require.Equal(t, c.want, strings.Join(got, "\n"))
		})
	}
}

func TestAllows(t *testing.T) {
	known := allows("# Changes\n- `Order.total`: use `Order.sum`\n - `@keyed(note:)` was never read\nSee `Order.lines`.\n")
	require.Equal(t, map[string]bool{"Order.total": true, "@keyed(note:)": true}, known)
	require.Equal(t, "Order", change{coordinate: "Order.total"}.owner())
	require.Equal(t, "Query", change{coordinate: "Query.orders(first:)"}.owner())
	require.Equal(t, "@keyed", change{coordinate: "@keyed(note:)"}.owner())
}
