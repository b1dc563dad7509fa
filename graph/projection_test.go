package graph

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

var update = flag.Bool("update", false, "write the golden files of this package's tests")

func loadSchema(t testing.TB, sdl string) *ast.Schema {
	t.Helper()
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "test.graphql", Input: sdl})
	require.NoError(t, err)
	return s
}

func projectionSDL(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/projection.graphql")
	require.NoError(t, err)
	return string(b)
}

func holds(permissions ...string) func(string) bool {
	return func(p string) bool { return slices.Contains(permissions, p) }
}

func everything(string) bool { return true }

func printed(s *ast.Schema) string {
	var b bytes.Buffer
	formatter.NewFormatter(&b).FormatSchema(s)
	return b.String()
}

func TestProjectGolden(t *testing.T) {
	full := loadSchema(t, projectionSDL(t))
	before := printed(full)
	for name, has := range map[string]func(string) bool{
		"nobody": holds(), "customer": holds("orders"), "staff": holds("staff"), "all": everything,
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Project(full, has)
			require.NoError(t, err)
			got, file := printed(s), filepath.Join("testdata", "projection."+name+".golden.graphql")
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, string(want), got, "go test ./graph -run TestProjectGolden -update writes what is meant")
			loadSchema(t, got)
			require.NotContains(t, got, "@requires")
			require.NotContains(t, got, "@go")
			require.Contains(t, got, "directive @idempotent")
			require.Nil(t, s.Directives["defer"])
		})
	}
	require.Equal(t, before, printed(full), "the full schema must not change")
}

// With every permission only the things that nothing reaches are missing. In
// the real schema that list should be empty.
func TestProjectEverything(t *testing.T) {
	full := loadSchema(t, projectionSDL(t))
	s, err := Project(full, everything)
	require.NoError(t, err)
	var lost []string
	for name := range full.Types {
		if s.Types[name] == nil {
			lost = append(lost, name)
		}
	}
	require.Equal(t, []string{"Secrets"}, lost)
	require.Len(t, s.Query.Fields, len(full.Query.Fields))
	require.Equal(t, []string{"orders", "staff"}, Permissions(full))
}

// What a customer asks for and must be told does not exist, in the words that
// a schema without it would use.
func TestProjectAnswers(t *testing.T) {
	full := loadSchema(t, projectionSDL(t))
	customer, err := Project(full, holds("orders"))
	require.NoError(t, err)
	staff, err := Project(full, holds("staff"))
	require.NoError(t, err)
	for _, c := range []struct{ name, query, want string }{
		{"field", `{ product(id: 1) { costCents } }`, `Cannot query field "costCents" on type "Product".`},
		{"field of hidden type", `{ product(id: 1) { supplier { id } } }`, `Cannot query field "supplier" on type "Product".`},
		{"root field", `{ staffOnly }`, `Cannot query field "staffOnly" on type "Query".`},
		{"root field of hidden type", `{ staffThing { id } }`, `Cannot query field "staffThing" on type "Query".`},
		{"list of hidden type", `{ staffThings { totalCount } }`, `Cannot query field "staffThings" on type "Query".`},
		{"emptied type", `{ emptied { one } }`, `Cannot query field "emptied" on type "Query".`},
		{"mutation", `mutation { setCost(id: 1, cost: 2) { id } }`, `Cannot query field "setCost" on type "Mutation".`},
		{"subscription", `subscription { costChanged { id } }`, `Cannot query field "costChanged" on type "Subscription".`},
		{"argument", `{ products(hidden: "x") { totalCount } }`, `Unknown argument "hidden" on field "Query.products".`},
		{"argument of hidden type", `{ products(margin: {min: 1}) { totalCount } }`, `Unknown argument "margin" on field "Query.products".`},
		{"required argument of hidden type", `{ byMargin(filter: {min: 1}) { id } }`, `Cannot query field "byMargin" on type "Query".`},
		{"default argument of hidden type", `{ byMarginDefault { id } }`, `Cannot query field "byMarginDefault" on type "Query".`},
		{"argument of emptied input", `{ byOnlyStaff(filter: {}) { id } }`, `Cannot query field "byOnlyStaff" on type "Query".`},
		{"input that needs a hidden one", `{ byNeedy(filter: {other: 1}) { id } }`, `Unknown argument "filter" on field "Query.byNeedy".`},
		{"input field", `{ products(filter: {margin: 1}) { totalCount } }`, `Field "margin" is not defined by type "SearchFilter".`},
		{"input field nested", `{ products(filter: {and: [{and: [{margin: 1}]}]}) { totalCount } }`, `Field "margin" is not defined by type "SearchFilter".`},
		{"enum value", `{ products(sort: MARGIN) { totalCount } }`, `Value "MARGIN" does not exist in "SortKey" enum.`},
		{"enum value as default", `query ($s: SortKey = MARGIN) { products(sort: $s) { totalCount } }`, `Value "MARGIN" does not exist in "SortKey" enum.`},
		{"enum value nested", `{ products(filter: {sort: MARGIN}) { totalCount } }`, `Value "MARGIN" does not exist in "SortKey" enum.`},
		{"inline fragment", `{ things { ... on StaffThing { id } } }`, `Unknown type "StaffThing".`},
		{"fragment", `{ things { ...F } } fragment F on StaffThing { id }`, `Unknown type "StaffThing".`},
		{"fragment of interface", `{ node(id: 1) { ... on StaffThing { id } } }`, `Unknown type "StaffThing".`},
		{"variable", `query ($m: MarginFilter) { products(margin: $m) { totalCount } }`, `Unknown type "MarginFilter".`},
		{"unreachable type", `{ node(id: 1) { ... on Audit { text } } }`, `Unknown type "Audit".`},
		{"entity that only node(id) could reach", `{ node(id: 1) { ... on Draft { text } } }`, `Unknown type "Draft".`},
		{"interface implementer", `{ labels { ... on StaffBadge { secret } } }`, `Unknown type "StaffBadge".`},
		{"interface no longer satisfied", `{ product(id: 1) { ... on Costed { costCents } } }`, `Unknown type "Costed".`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, errs := gqlparser.LoadQueryWithRules(customer, c.query, nil)
			require.NotEmpty(t, errs, "the customer's schema must refuse it")
			var texts []string
			for _, e := range errs {
				texts = append(texts, strings.Split(e.Message, " Did you mean")[0])
			}
			require.Contains(t, texts, c.want)
			for _, e := range errs {
				require.NotContains(t, strings.SplitN(e.Message, "Did you mean", 2)[1:], "staff")
			}
			if !strings.Contains(c.name, "input that needs") && c.name != "unreachable type" {
				_, errs = gqlparser.LoadQueryWithRules(staff, c.query, nil)
				require.Empty(t, errs, "staff may ask it")
			}
		})
	}
	for _, c := range []struct {
		name, query, want string
		vars              map[string]any
	}{
		{"input field by variable", `query ($f: SearchFilter) { products(filter: $f) { totalCount } }`, "unknown field",
			map[string]any{"f": map[string]any{"margin": 1}}},
		{"nested in lists", `query ($f: SearchFilter) { products(filter: $f) { totalCount } }`, "unknown field",
			map[string]any{"f": map[string]any{"and": []any{map[string]any{"and": []any{map[string]any{"margin": 1}}}}}}},
		{"enum by variable", `query ($s: SortKey) { products(sort: $s) { totalCount } }`, "MARGIN is not a valid SortKey",
			map[string]any{"s": "MARGIN"}},
		{"enum in other case", `query ($s: SortKey) { products(sort: $s) { totalCount } }`, "margin is not a valid SortKey",
			map[string]any{"s": "margin"}},
		{"enum in input by variable", `query ($f: SearchFilter) { products(filter: $f) { totalCount } }`, "MARGIN is not a valid SortKey",
			map[string]any{"f": map[string]any{"and": []any{map[string]any{"sort": "MARGIN"}}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, errs := gqlparser.LoadQueryWithRules(customer, c.query, nil)
			require.Empty(t, errs)
			_, err := validator.VariableValues(customer, doc.Operations[0], c.vars)
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestProjectKeepsWhatIsAllowed(t *testing.T) {
	customer, err := Project(loadSchema(t, projectionSDL(t)), holds("orders"))
	require.NoError(t, err)
	for _, q := range []string{
		`{ products(first: 1, sort: NAME, filter: {text: "a", and: [{text: "b"}]}) { edges { node { id name(upper: true) state } } } }`,
		`{ things { ... on Product { id } } node(id: 1) { id ... on Product { name } } }`,
		`{ labels { label ... on Badge { colour } } orders { number lines { sku } } }`,
		`mutation { rename(id: 1, name: "x") @idempotent(key: "k") { id } }`,
		`subscription { renamed { name } }`,
		`{ __schema { types { name } } __type(name: "Product") { name } __typename }`,
	} {
		_, errs := gqlparser.LoadQueryWithRules(customer, q, nil)
		require.Empty(t, errs, q)
	}
	require.Equal(t, []string{"Node"}, customer.Types["Product"].Interfaces)
	require.Equal(t, []*ast.Definition{customer.Types["Product"]}, customer.GetPossibleTypes(customer.Types["Thing"]))
}

func TestProjectRefusesMistakes(t *testing.T) {
	const head = `directive @requires(permission: String!) repeatable on OBJECT | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | FIELD_DEFINITION | ARGUMENT_DEFINITION
		type Query { a: Int } `
	for _, c := range []struct{ name, sdl, want string }{
		{"required argument", `extend type Query { b(x: Int! @requires(permission: "p")): Int }`, "Query.b(x:): @requires cannot hide"},
		{"argument with default", `extend type Query { b(x: Int = 1 @requires(permission: "p")): Int }`, "Query.b(x:): @requires cannot hide"},
		{"required input field", `input I { x: Int! @requires(permission: "p") y: Int } extend type Query { b(i: I): Int }`, "I.x: @requires cannot hide"},
		{"required input field with default", `input I { x: Int! = 1 @requires(permission: "p") y: Int } extend type Query { b(i: I): Int }`, "I.x: @requires cannot hide"},
		{"output enum value", `enum E { A B @requires(permission: "p") } extend type Query { b: [E!] }`, `E.B: @requires cannot hide a value that Query.b may answer with`},
		{"output enum value behind another permission", `enum E { A B @requires(permission: "p") } extend type Query { b: E @requires(permission: "q") }`, `unless that asks "p" too`},
		{"empty permission", `extend type Query { b: Int @requires(permission: "") }`, "Query.b: @requires needs"},
		{"null permission", `extend type Query { b: Int @requires(permission: null) }`, ""},
		{"two", `extend type Query { b: Int @requires(permission: "p") @requires(permission: "q") }`, "Query.b: @requires may be used once"},
		{"two by extension", `type T @requires(permission: "p") { x: Int } extend type T @requires(permission: "q") extend type Query { b: T }`, "T: @requires may be used once"},
		{"argument of a directive", `directive @d(x: Int @requires(permission: "p")) on FIELD`, "@d(x:): @requires does nothing"},
		{"default names a hidden enum value", `enum E { A B @requires(permission: "p") } extend type Query { b(e: [E!] = [A, B]): Int }`, "default of Query.b(e:): value B"},
		{"default names a hidden input field", `input I { x: Int @requires(permission: "p") y: Int } extend type Query { b(i: I = {y: 1, x: 2}): Int }`, "default of Query.b(i:): field x"},
		{"default in an input", `enum E { A B @requires(permission: "p") } input I { e: E = B } extend type Query { b(i: I): Int }`, "default of I.e: value B"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sd, err := parser.ParseSchemas(validator.Prelude, &ast.Source{Input: head + c.sdl})
			require.NoError(t, err)
			full, err := validator.ValidateSchemaDocument(sd)
			if err != nil {
				require.Empty(t, c.want, err)
				return
			}
			s, err := Project(full, holds())
			require.ErrorContains(t, err, c.want)
			require.Nil(t, s)
		})
	}
	_, err := Project(loadSchema(t, `directive @requires(permission: String!) on FIELD_DEFINITION
		type Query { a: Int @requires(permission: "p") }`), holds())
	require.ErrorContains(t, err, "no query field is left")
	_, err = Project(nil, holds())
	require.Error(t, err)
	s, err := Project(loadSchema(t, `directive @requires(permission: String!) on FIELD_DEFINITION | ENUM_VALUE
		enum V { CUSTOMER INTERNAL @requires(permission: "p") }
		type Query { a(v: V! = CUSTOMER): Int b: V @requires(permission: "p") }`), holds())
	require.NoError(t, err, "a value may be hidden where the field that answers with it is hidden as well")
	require.Nil(t, s.Types["V"].EnumValues.ForName("INTERNAL"))
}

// Projections of one schema are built side by side by requests of different
// roles; the race detector watches.
func TestProjectConcurrently(t *testing.T) {
	full := loadSchema(t, projectionSDL(t))
	var wg sync.WaitGroup
	for range 8 {
		for _, has := range []func(string) bool{holds(), holds("staff"), everything} {
			wg.Go(func() {
				s, err := Project(full, has)
				if err == nil {
					_, errs := gqlparser.LoadQueryWithRules(s, `{ things { __typename } }`, nil)
					if len(errs) > 0 {
						err = errs
					}
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
}
