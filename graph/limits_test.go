package graph

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/auth"
)

const limitsSDL = `
directive @idempotent(key: String!) on FIELD
scalar Cursor
scalar Any
input In { n: Int in: In list: [Int!] s: String f: Float any: Any }
interface Node { id: ID! }
type Query {
  a(x: Int, y: In): A
  items(first: Int, last: Int, in: In): ItemConnection!
  defaulted(first: Int = 50): ItemConnection!
  search(first: Int!): [A!]!
  named(first: String, last: String): String
  nodes(ids: [ID!]!): [Node]!
  plain: [A!]!
  tags: [String!]!
}
type Mutation { do(n: Int, in: In): A }
type Subscription { a: A }
type A implements Node { id: ID! a: A b: A name: String items(first: Int, last: Int): ItemConnection! plain: [A!]! }
type ItemConnection { edges: [ItemEdge] nodes: [A] totalCount: Int! }
type ItemEdge { node: A cursor: Cursor! }
`

func rep(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(f(i) + " ")
	}
	return b.String()
}

func same(s string) func(int) string { return func(int) string { return s } }

// Each attack is refused, at once, by a code; what a real client sends is not.
func TestLimits(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("a { ", n) + "id" + strings.Repeat(" }", n) }
	introspection := `{ __schema { types { fields { type { ` + strings.Repeat("ofType { ", 14) + "name" + strings.Repeat(" }", 14) + ` } } } } }`
	for _, c := range []struct {
		name, query string
		vars        map[string]any
		want        string // a code, or nothing
	}{
		{"plain", `{ a { id } }`, nil, ""},
		{"depth 15", "{ " + deep(14) + " }", nil, ""},
		{"depth 16", "{ " + deep(15) + " }", nil, "LIMIT_EXCEEDED"},
		{"depth 16 through fragments", "{ " + strings.Repeat("a { ", 7) + "...F" + strings.Repeat(" }", 7) + " } fragment F on A { " + deep(8) + " }", nil, "LIMIT_EXCEEDED"},
		{"deep introspection", introspection, nil, ""},
		{"deep introspection with data", strings.Replace(introspection, "{", "{ a { id } ", 1), nil, "LIMIT_EXCEEDED"},
		{"depth 5000 of braces", strings.Repeat("{", 5000) + strings.Repeat("}", 5000), nil, "BAD_USER_INPUT"},
		{"30 aliases", "{ " + rep(30, func(i int) string { return fmt.Sprintf("x%d: tags", i) }) + "}", nil, ""},
		{"31 aliases", "{ " + rep(31, func(i int) string { return fmt.Sprintf("x%d: tags", i) }) + "}", nil, "LIMIT_EXCEEDED"},
		{"16 aliases in a fragment used twice", "{ a { ...F } b: a { ...F } } fragment F on A { " + rep(16, func(i int) string { return fmt.Sprintf("x%d: id", i) }) + "}", nil, "LIMIT_EXCEEDED"},
		{"51 directives", "{ " + rep(51, same("tags @skip(if: false)")) + "}", nil, "LIMIT_EXCEEDED"},
		{"51 directives on one field", "{ tags " + rep(51, same("@skip(if: false)")) + "}", nil, "LIMIT_EXCEEDED"},
		{"51 directives on fragments", "{ " + rep(51, same("... @skip(if: false) { tags }")) + "}", nil, "LIMIT_EXCEEDED"},
		{"51 unknown directives", "{ tags " + rep(51, func(i int) string { return fmt.Sprintf("@x%d", i) }) + "}", nil, "LIMIT_EXCEEDED"},
		{"201 repeats", "{ " + rep(202, same("tags")) + "}", nil, "LIMIT_EXCEEDED"},
		{"repeats in inline fragments", "{ " + rep(202, same("... on Query { tags }")) + "}", nil, "LIMIT_EXCEEDED"},
		{"2000 tokens", "{ " + rep(10_000, same("tags")) + "}", nil, "LIMIT_EXCEEDED"},
		{"1001 fields by fragments", "{ a { ...F ...F ...F ...F ...F ...F ...F ...F ...F ...F ...F } } fragment F on A { a { ...G } } fragment G on A { " + rep(100, func(i int) string { return "a { id }" }) + "}", nil, "LIMIT_EXCEEDED"},
		{"2^25 fields", "{ a { ...F0 } } " + rep(25, func(i int) string { return fmt.Sprintf("fragment F%d on A { ...F%d ...F%d }", i, i+1, i+1) }) + "fragment F25 on A { id }", nil, "LIMIT_EXCEEDED"},
		{"circular fragments", "{ a { ...F } } fragment F on A { a { ...G } } fragment G on A { ...F }", nil, "BAD_USER_INPUT"},
		{"unused fragments", "{ tags } " + rep(30, func(i int) string {
			return fmt.Sprintf("fragment F%d on A { %s }", i, rep(40, func(j int) string { return fmt.Sprintf("f%d", j) }))
		}), nil, "LIMIT_EXCEEDED"},
		{"many operations", rep(11, func(i int) string {
			return fmt.Sprintf("query Q%d { %s }", i, rep(100, func(j int) string { return fmt.Sprintf("f%d", j) }))
		}), nil, "LIMIT_EXCEEDED"},
		{"10 mutations", "mutation { " + rep(10, func(i int) string { return fmt.Sprintf("m%d: do { id }", i) }) + "}", nil, ""},
		{"11 mutations", "mutation { " + rep(11, func(i int) string { return fmt.Sprintf("m%d: do { id }", i) }) + "}", nil, "LIMIT_EXCEEDED"},
		{"11 mutations by fragments", "mutation { ...F ... on Mutation { m9: do { id } m10: do { id } } } fragment F on Mutation { " + rep(9, func(i int) string { return fmt.Sprintf("m%d: do { id }", i) }) + "}", nil, "LIMIT_EXCEEDED"},
		{"a mutation beside one that is not asked", "query Q { tags } mutation M { " + rep(11, func(i int) string { return fmt.Sprintf("m%d: do { id }", i) }) + "}", nil, "LIMIT_EXCEEDED"},
		{"deep literal", "{ a(y: " + strings.Repeat("{in: ", 40) + "{n: 1}" + strings.Repeat("}", 40) + ") { id } }", nil, "LIMIT_EXCEEDED"},
		{"deep default", "query ($x: [Int] = " + strings.Repeat("[", 400) + strings.Repeat("]", 400) + ") { tags }", nil, "LIMIT_EXCEEDED"},
		{"deep value of a directive", "{ tags @skip(if: " + strings.Repeat("[", 400) + strings.Repeat("]", 400) + ") }", nil, "LIMIT_EXCEEDED"},
		{"deep variable", "query ($y: In) { a(y: $y) { id } }", map[string]any{"y": nested(40)}, "LIMIT_EXCEEDED"},
		{"deep variable that nobody asked for", "{ tags }", map[string]any{"y": nested(40)}, "LIMIT_EXCEEDED"},
		{"variable as deep as allowed", "query ($y: In) { a(y: $y) { id } }", map[string]any{"y": nested(30)}, ""},
		{"long list", "query ($y: In) { a(y: $y) { id } }", map[string]any{"y": map[string]any{"list": make([]int, 10_001)}}, "LIMIT_EXCEEDED"},
		{"long list in a literal", "{ a(y: {list: [" + strings.Repeat("1,", 1900) + "]}) { id } }", nil, ""},
		{"literal over 64 bits", "{ a(x: 99999999999999999999) { id } }", nil, "BAD_USER_INPUT"},
		{"literal over 64 bits, nested", "{ a(y: {list: [99999999999999999999]}) { id } }", nil, "BAD_USER_INPUT"},
		{"literal over 64 bits, default", "query ($x: Int = 99999999999999999999) { a(x: $x) { id } }", nil, "BAD_USER_INPUT"},
		{"literal over 64 bits for a float", "{ a(y: {f: 99999999999999999999}) { id } }", nil, "BAD_USER_INPUT"},
		{"literal over 64 bits for a scalar of ours", "{ a(y: {any: 99999999999999999999}) { id } }", nil, "BAD_USER_INPUT"},
		{"literal over 64 bits for an id", "{ nodes(ids: [99999999999999999999]) { id } }", nil, "BAD_USER_INPUT"},
		{"60 unknown fields", "{ " + rep(60, func(i int) string { return fmt.Sprintf("f%d", i) }) + "}", nil, "BAD_USER_INPUT"},
		{"float without end", "{ a(y: {f: 1e999}) { id } }", nil, "BAD_USER_INPUT"},
		{"NUL in a literal", `{ a(y: {s: "x\u0000y"}) { id } }`, nil, "BAD_USER_INPUT"},
		{"NUL in a variable", "query ($y: In) { a(y: $y) { id } }", map[string]any{"y": map[string]any{"s": "x\x00"}}, "BAD_USER_INPUT"},
		{"NUL in a name", "{ tags }", map[string]any{"a\x00": 1}, "BAD_USER_INPUT"},

		{"first 100", "{ items(first: 100) { edges { node { id } } } }", nil, ""},
		{"first 101", "{ items(first: 101) { edges { node { id } } } }", nil, "BAD_USER_INPUT"},
		{"first 0", "{ items(first: 0) { totalCount } }", nil, ""},
		{"first below zero", "{ items(first: -1) { totalCount } }", nil, "BAD_USER_INPUT"},
		{"last below zero by variable", "query ($n: Int) { items(last: $n) { totalCount } }", map[string]any{"n": -5}, "BAD_USER_INPUT"},
		{"first and last", "{ items(first: 1, last: 1) { totalCount } }", nil, "BAD_USER_INPUT"},
		{"first by variable", "query ($n: Int) { items(first: $n) { totalCount } }", map[string]any{"n": 1000000}, "BAD_USER_INPUT"},
		{"first over 32 bits", "query ($n: Int) { items(first: $n) { totalCount } }", map[string]any{"n": 2147483648}, "BAD_USER_INPUT"},
		{"first by default of the variable", "query ($n: Int = 101) { items(first: $n) { totalCount } }", nil, "BAD_USER_INPUT"},
		{"first not given", "query ($n: Int) { items(first: $n) { totalCount } }", nil, ""},
		{"first null", "query ($n: Int) { items(first: $n) { totalCount } }", map[string]any{"n": nil}, ""},
		{"first as text", "query ($n: Int) { items(first: $n) { totalCount } }", map[string]any{"n": "5"}, "BAD_USER_INPUT"},
		{"first that is a name", `{ named(first: "Ada", last: "Lovelace") }`, nil, ""},
		{"50 x 50", "{ items(first: 50) { edges { node { items(first: 50) { edges { node { id name } } } } } } }", nil, "LIMIT_EXCEEDED"},
		{"50 x 50 through fragments", "{ items(first: 50) { ...F } } fragment F on ItemConnection { edges { node { ...G } } } fragment G on A { items(first: 50) { edges { node { id name } } } }", nil, "LIMIT_EXCEEDED"},
		{"20 x 20 by default", "{ items { edges { node { items { edges { node { id name } } } } } } }", nil, ""},
		{"20 x 20 x 20 by default", "{ items { edges { node { items { edges { node { items { edges { node { id } } } } } } } } } }", nil, "LIMIT_EXCEEDED"},
		{"100 with 30 fields", "{ items(first: 100) { edges { node { " + rep(30, func(i int) string { return fmt.Sprintf("x%d: name", i) }) + "} } } }", nil, ""},
		{"default of the schema counts", "{ defaulted { edges { node { items(first: 50) { edges { node { id name } } } } } } }", nil, "LIMIT_EXCEEDED"},
		{"list with first", "{ search(first: 100) { items(first: 100) { totalCount } } }", nil, "LIMIT_EXCEEDED"},
		{"plain lists", "{ plain { plain { plain { plain { plain { plain { plain { id } } } } } } } }", nil, "LIMIT_EXCEEDED"},
		{"101 ids", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", map[string]any{"ids": strings.Fields(rep(101, same("x")))}, "LIMIT_EXCEEDED"},
		{"100 ids", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", map[string]any{"ids": strings.Fields(rep(100, same("x")))}, ""},
		{"100 ids with pages", "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on A { items(first: 100) { totalCount } } } }", map[string]any{"ids": strings.Fields(rep(100, same("x")))}, "LIMIT_EXCEEDED"},

		{"condition null", "query ($c: Boolean = true) { tags @include(if: $c) }", map[string]any{"c": nil}, "BAD_USER_INPUT"},
		{"condition null on a spread", "query ($c: Boolean = true) { ...F @skip(if: $c) } fragment F on Query { tags }", map[string]any{"c": nil}, "BAD_USER_INPUT"},
		{"condition null inside a fragment", "query ($c: Boolean = true) { ...F } fragment F on Query { ... @skip(if: $c) { tags } }", map[string]any{"c": nil}, "BAD_USER_INPUT"},
		{"condition by default", "query ($c: Boolean = true) { tags @include(if: $c) }", nil, ""},

		{"key on a query", `{ tags @idempotent(key: "k") }`, nil, "BAD_USER_INPUT"},
		{"key on a subscription", `subscription { a @idempotent(key: "k") { id } }`, nil, "BAD_USER_INPUT"},
		{"key below a mutation", `mutation { do { a @idempotent(key: "k") { id } } }`, nil, "BAD_USER_INPUT"},
		{"key below a mutation in a fragment", `mutation { do { ...F } } fragment F on A { a @idempotent(key: "k") { id } }`, nil, "BAD_USER_INPUT"},
		{"key in a root fragment of a query", `{ ...F } fragment F on Query { tags @idempotent(key: "k") }`, nil, "BAD_USER_INPUT"},
		{"key twice under one name", `mutation { do @idempotent(key: "k") { id } do @idempotent(key: "l") { id } }`, nil, "BAD_USER_INPUT"},
		{"key on the second of two that merge", `mutation { do { id } ...F } fragment F on Mutation { do @idempotent(key: "l") { id } }`, nil, "BAD_USER_INPUT"},
		{"introspection", `{ __schema { types { name } } }`, nil, ""},
		{"defer", `{ a { id ... @defer { name } } }`, nil, "BAD_USER_INPUT"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newAPI(t, limitsSDL, resolvers{
				"Query.tags":  func(context.Context, any, map[string]any) (any, error) { return []string{}, nil },
				"Query.items": func(context.Context, any, map[string]any) (any, error) { return map[string]any{"totalCount": 1}, nil },
				"Query.defaulted": func(context.Context, any, map[string]any) (any, error) {
					return map[string]any{"totalCount": 1}, nil
				},
				"Query.nodes": func(context.Context, any, map[string]any) (any, error) { return []any{}, nil },
				"Query.__schema": func(context.Context, any, map[string]any) (any, error) {
					return map[string]any{"types": []any{}}, nil
				},
			}, func(o *Options) { o.Introspection = func(context.Context) bool { return true } })
			r := a.post(as(viewer(auth.KindMember)), c.query, c.vars)
			if c.want == "" {
				require.Empty(t, r.Errors, r.Body)
				return
			}
			require.Contains(t, r.codes(), c.want, r.Body)
			require.Nil(t, r.Data, "nothing was executed")
			require.LessOrEqual(t, len(r.Errors), 20)
			require.NotContains(t, a.logs.String(), `"ERROR"`)
			// Once more: a refused document is not in the cache.
			require.Contains(t, a.post(as(viewer(auth.KindMember)), c.query, c.vars).codes(), c.want)
		})
	}
}

func nested(n int) map[string]any {
	if n == 0 {
		return map[string]any{"n": 1}
	}
	return map[string]any{"in": nested(n - 1)}
}

// A document in the cache skips the shape, never the variables.
func TestLimitsOfCachedDocuments(t *testing.T) {
	a := newAPI(t, limitsSDL, resolvers{"Query.items": func(context.Context, any, map[string]any) (any, error) {
		return map[string]any{"totalCount": 1}, nil
	}})
	const q = "query ($n: Int, $in: In) { items(first: $n, in: $in) { totalCount } }"
	ctx := as(viewer(auth.KindMember))
	require.Empty(t, a.post(ctx, q, map[string]any{"n": 1}).Errors)
	require.Equal(t, []any{"BAD_USER_INPUT"}, a.post(ctx, q, map[string]any{"n": 101}).codes())
	require.Equal(t, []any{"LIMIT_EXCEEDED"}, a.post(ctx, q, map[string]any{"in": nested(40)}).codes())
	require.Empty(t, a.post(ctx, q, map[string]any{"n": 2}).Errors)
}

func TestIntrospectionIsClosedUnlessAllowed(t *testing.T) {
	for _, q := range []string{
		"{\n#x\n__schema\n{queryType{name}}}", "{ a: __schema { queryType { name } } }", `{ __type(name: "A") { name } }`,
		"{ ...F } fragment F on Query { __schema { queryType { name } } }", "{ ... { __schema { queryType { name } } } }",
	} {
		a := newAPI(t, limitsSDL, nil)
		r := a.post(as(viewer(auth.KindMember)), q, nil)
		require.Equal(t, []any{"FORBIDDEN"}, r.codes(), q)
		require.Nil(t, r.Data)
	}
	a := newAPI(t, limitsSDL, nil)
	require.Equal(t, map[string]any{"__typename": "Query"}, a.post(as(viewer(auth.KindMember)), "{ __typename }", nil).Data)
}

// What every development tool asks: its lists do not multiply.
const standardIntrospection = `query IntrospectionQuery { __schema { queryType { name } mutationType { name } subscriptionType { name }
	types { ...FullType } directives { name description locations args(includeDeprecated: true) { ...InputValue } } } }
	fragment FullType on __Type { kind name description specifiedByURL
		fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
		inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
		enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
	fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
	fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
		ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`

func TestIntrospectionOfTools(t *testing.T) {
	a := newAPI(t, limitsSDL, resolvers{"Query.__schema": func(context.Context, any, map[string]any) (any, error) {
		return map[string]any{"types": []any{}, "directives": []any{}, "queryType": map[string]any{"name": "Query"}}, nil
	}}, func(o *Options) {
		o.Introspection = func(context.Context) bool { return true }
		o.Limits.Cost = 300
	})
	require.Empty(t, a.post(as(viewer(auth.KindMember)), standardIntrospection, nil).Errors)
}

// BenchmarkValidation measures the worst documents that pass the shape: the
// limits are where they are because these must stay quick to validate.
func BenchmarkValidation(b *testing.B) {
	a := newAPI(b, limitsSDL, nil)
	nested := "id"
	for range 4 {
		nested = rep(3, same("a { "+nested+" }"))
	}
	for name, q := range map[string]string{
		"repeats":   "{ a { " + rep(200, same("name")) + "} }",
		"objects":   "{ a { " + rep(190, same("a { id }")) + "} }",
		"inline":    "{ a { " + rep(190, same("... on A { name }")) + "} }",
		"nested":    "{ " + nested + " }",
		"fragments": "{ a { " + rep(90, func(i int) string { return fmt.Sprintf("...F%d", i) }) + "} } " + rep(90, func(i int) string { return fmt.Sprintf("fragment F%d on A { id name }", i) }),
	} {
		b.Run(name, func(b *testing.B) {
			for i := range b.N { // a comment makes each one new to the cache of documents
				r := a.post(as(viewer(auth.KindMember)), fmt.Sprintf("%s #%d", q, i), nil)
				require.Empty(b, r.Errors, name)
			}
		})
	}
}

// No document makes the server fail, whatever it says.
func FuzzDocument(f *testing.F) {
	for _, q := range []string{
		`{ a { ...F } } fragment F on A { ...F x: b }`,
		`mutation($x: In = {n: 1}) { do(in: $x) @idempotent(key: "k") { id } }`,
		`query ($n: Int = 3) { items(first: $n) @skip(if: false) { edges { cursor } } }`,
	} {
		f.Add(q)
	}
	a := newAPI(f, limitsSDL, resolvers{
		"Query.items": func(context.Context, any, map[string]any) (any, error) { return map[string]any{"totalCount": 1}, nil },
	}, func(o *Options) { o.Extensions = nil }) // nothing here claims a key
	f.Fuzz(func(t *testing.T, q string) {
		a := &api{t: t, exec: a.exec, logs: a.logs, h: a.h}
		for _, code := range a.post(as(viewer(auth.KindMember)), q, nil).codes() {
			require.NotEqual(t, "INTERNAL", code, "%q\n%s", q, a.logs.String())
		}
	})
}
