package scalar

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"entgo.io/contrib/entgql"
	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/portal/problem"
	"foyer/schema/gid"
)

const cursorSDL = `
scalar Cursor
enum Field { AT NAME }
input Order { direction: Direction! = ASC field: Field! }
enum Direction { ASC DESC }
type Query {
  orders(after: Cursor, before: Cursor, first: Int, orderBy: Order): Connection!
  others(after: Cursor, orderBy: Order): Connection!
  many(after: Cursor, orderBy: [Order!]): Connection!
  sorted(after: Cursor, orderBy: Order = {field: NAME}): Connection!
  unsorted(after: Cursor): Connection!
}
type Mutation { place: Edge }
type Connection { edges: [Edge] pageInfo: PageInfo! }
type PageInfo { endCursor: Cursor }
type Edge { cursor: Cursor! node: Node }
type Node { orders(after: Cursor, orderBy: Order): Connection! }
`

// at is the context in which the field at a path of the query is resolved.
func at(t testing.TB, secret, query string, vars map[string]any, path ...string) context.Context {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Input: cursorSDL})
	require.NoError(t, err)
	doc, errs := gqlparser.LoadQueryWithRules(schema, query, nil)
	require.Empty(t, errs)
	op := doc.Operations[0]
	ctx := graphql.WithOperationContext(WithCursorSecret(context.Background(), []byte(secret)),
		&graphql.OperationContext{Doc: doc, Operation: op, Variables: vars})
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: string(op.Operation)})
	set := op.SelectionSet
	for _, name := range path {
		for _, s := range set {
			if f, ok := s.(*ast.Field); ok && f.Alias == name {
				ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{
					Object: f.ObjectDefinition.Name, Field: graphql.CollectedField{Field: f},
				})
				if f.Definition.Type.Elem != nil {
					i := 0
					ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i})
				}
				set = f.SelectionSet
				break
			}
		}
	}
	return ctx
}

func write(t testing.TB, ctx context.Context, c entgql.Cursor[gid.ID]) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, MarshalCursor(c).MarshalGQLContext(ctx, &b))
	return strings.Trim(b.String(), `"`)
}

const listQuery = `query ($o: Order) { orders(orderBy: $o) { edges { cursor } pageInfo { endCursor } } }`

var descending = map[string]any{"o": map[string]any{"direction": "DESC", "field": "AT"}}

// The value comes back with the type that entgql's own cursor gives it: it
// becomes an argument of a statement, where a time as a text would compare
// otherwise.
func TestCursorKeepsTypes(t *testing.T) {
	edge := at(t, "s", listQuery, descending, "orders", "edges", "cursor")
	field := at(t, "s", listQuery, descending, "orders")
	now := time.Date(2026, 3, 1, 9, 30, 0, 123456000, time.UTC)
	for _, v := range []any{nil, "text", int64(5), int(5), 1 << 40, -3, uint8(200), 1.5, true, now, []byte("b"), []any{"a", int64(1), now}} {
		c := entgql.Cursor[gid.ID]{ID: gid.New(gid.Order), Value: v}
		var b bytes.Buffer
		c.MarshalGQL(&b)
		var want entgql.Cursor[gid.ID]
		require.NoError(t, want.UnmarshalGQL(strings.Trim(b.String(), `"`)))
		got, err := UnmarshalCursor(field, write(t, edge, c))
		require.NoError(t, err)
		require.Equal(t, want, got, "%T", v)
	}
	// These the library would leave out, and page by id alone.
	for v, want := range map[any]any{"": "", int64(0): int64(0), false: false, 0.0: 0.0, 0: int8(0)} {
		got, err := UnmarshalCursor(field, write(t, edge, entgql.Cursor[gid.ID]{ID: "ord_1", Value: v}))
		require.NoError(t, err)
		require.Equal(t, want, got.Value)
	}
	got, err := UnmarshalCursor(field, write(t, edge, entgql.Cursor[gid.ID]{ID: "ord_1", Value: now}))
	require.NoError(t, err)
	require.IsType(t, time.Time{}, got.Value)
}

func TestCursorBelongsToItsListAndOrder(t *testing.T) {
	c := entgql.Cursor[gid.ID]{ID: "ord_1", Value: "v"}
	text := write(t, at(t, "s", listQuery, descending, "orders", "edges", "cursor"), c)
	for _, x := range []struct {
		name, query string
		vars        map[string]any
		path        []string
		ok          bool
	}{
		{"same", listQuery, descending, []string{"orders"}, true},
		{"literal for variable", `{ orders(orderBy: {direction: DESC, field: AT}) { edges { cursor } } }`, nil, []string{"orders"}, true},
		{"literal in another sequence", `{ orders(orderBy: {field: AT, direction: DESC}) { edges { cursor } } }`, nil, []string{"orders"}, true},
		{"under another alias, with other arguments", `{ x: orders(first: 3, orderBy: {field: AT, direction: DESC}) { edges { cursor } } }`, nil, []string{"x"}, true},
		{"other direction", `{ orders(orderBy: {field: AT, direction: ASC}) { edges { cursor } } }`, nil, []string{"orders"}, false},
		{"other field", `{ orders(orderBy: {field: NAME, direction: DESC}) { edges { cursor } } }`, nil, []string{"orders"}, false},
		{"no order", listQuery, nil, []string{"orders"}, false},
		{"null order", listQuery, map[string]any{"o": nil}, []string{"orders"}, false},
		{"other connection", `{ others(orderBy: {field: AT, direction: DESC}) { edges { cursor } } }`, nil, []string{"others"}, false},
		{"same name on another type", `{ orders { edges { node { orders(orderBy: {field: AT, direction: DESC}) { edges { cursor } } } } } }`, nil, []string{"orders", "edges", "node", "orders"}, false},
		{"no connection at all", `mutation { place { cursor } }`, nil, []string{"place", "cursor"}, false},
	} {
		t.Run(x.name, func(t *testing.T) {
			got, err := UnmarshalCursor(at(t, "s", x.query, x.vars, x.path...), text)
			if x.ok {
				require.NoError(t, err)
				require.Equal(t, c, got)
				return
			}
			require.ErrorIs(t, err, ErrCursor)
			require.Zero(t, got)
		})
	}
}

func TestCursorPlaces(t *testing.T) {
	c := entgql.Cursor[gid.ID]{ID: "ord_1"}
	same := func(a, b context.Context) {
		t.Helper()
		_, err := UnmarshalCursor(b, write(t, a, c))
		require.NoError(t, err)
	}
	same(at(t, "s", listQuery, nil, "orders", "pageInfo", "endCursor"), at(t, "s", listQuery, nil, "orders"))
	same(at(t, "s", listQuery, nil, "orders", "edges", "cursor"), at(t, "s", listQuery, map[string]any{"o": nil}, "orders"))
	same(at(t, "s", `{ unsorted { edges { cursor } } }`, nil, "unsorted", "edges", "cursor"), at(t, "s", `{ unsorted(after: "x") { edges { cursor } } }`, nil, "unsorted"))
	// The schema's default and the same given are the same order.
	same(at(t, "s", `{ sorted { edges { cursor } } }`, nil, "sorted", "edges", "cursor"), at(t, "s", `{ sorted(orderBy: {field: NAME}) { edges { cursor } } }`, nil, "sorted"))
	same(at(t, "s", `query ($o: Order) { sorted(orderBy: $o) { edges { cursor } } }`, map[string]any{}, "sorted", "edges", "cursor"), at(t, "s", `{ sorted { edges { cursor } } }`, nil, "sorted"))
	// One element for a list of one.
	same(at(t, "s", `{ many(orderBy: {field: AT}) { edges { cursor } } }`, nil, "many", "edges", "cursor"), at(t, "s", `{ many(orderBy: [{field: AT}]) { edges { cursor } } }`, nil, "many"))
	// The edge in a payload has a cursor too, good for no list.
	text := write(t, at(t, "s", `mutation { place { cursor } }`, nil, "place", "cursor"), c)
	_, err := UnmarshalCursor(at(t, "s", listQuery, nil, "orders"), text)
	require.ErrorIs(t, err, ErrCursor)
}

func TestCursorForged(t *testing.T) {
	edge := at(t, "s", listQuery, nil, "orders", "edges", "cursor")
	field := at(t, "s", listQuery, nil, "orders")
	c := entgql.Cursor[gid.ID]{ID: "ord_1", Value: int64(100)}
	good := write(t, edge, c)
	require.NotContains(t, good, "+")
	raw, err := base64.RawURLEncoding.DecodeString(good)
	require.NoError(t, err)
	var own bytes.Buffer // as the library writes it: readable, writable by anyone
	entgql.Cursor[gid.ID]{ID: "ord_1", Value: int64(200)}.MarshalGQL(&own)
	forged := []any{
		"", "x", "ord_1", strings.Trim(own.String(), `"`), good + "A", good[:len(good)-1], good[1:], good + "=",
		base64.RawURLEncoding.EncodeToString(raw[:cursorMAC]), strings.Repeat("A", cursorMax+1), strings.Repeat("A", 40),
		nil, 5, []any{good}, map[string]any{},
	}
	for i := range raw {
		b := bytes.Clone(raw)
		b[i] ^= 1
		forged = append(forged, base64.RawURLEncoding.EncodeToString(b))
	}
	for _, f := range forged {
		got, err := UnmarshalCursor(field, f)
		require.ErrorIs(t, err, problem.Input("", ""), "%v", f)
		require.Zero(t, got)
	}
	_, err = UnmarshalCursor(at(t, "another", listQuery, nil, "orders"), good)
	require.ErrorIs(t, err, ErrCursor)
	got, err := UnmarshalCursor(field, good)
	require.NoError(t, err)
	require.Equal(t, c, got)
}

func TestCursorWithoutSecret(t *testing.T) {
	field := at(t, "", listQuery, nil, "orders")
	_, err := UnmarshalCursor(field, strings.Repeat("A", 40))
	var p *problem.Error
	require.True(t, errors.As(err, &p))
	require.Equal(t, problem.Internal, p.Code, "a missing secret is our fault, not a bad cursor")
	require.Error(t, MarshalCursor(entgql.Cursor[gid.ID]{}).MarshalGQLContext(field, &bytes.Buffer{}))
}

func FuzzUnmarshalCursor(f *testing.F) {
	field := at(f, "s", listQuery, nil, "orders")
	f.Add("x")
	f.Fuzz(func(t *testing.T, s string) {
		_, err := UnmarshalCursor(field, s)
		require.ErrorIs(t, err, ErrCursor)
	})
}

func BenchmarkMarshalCursor(b *testing.B) {
	edge := at(b, "s", listQuery, descending, "orders", "edges", "cursor")
	c := entgql.Cursor[gid.ID]{ID: gid.New(gid.Order), Value: time.Now()}
	for b.Loop() {
		_ = MarshalCursor(c).MarshalGQLContext(edge, &bytes.Buffer{})
	}
}
