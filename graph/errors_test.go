package graph

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"foyer/auth"
	"foyer/portal/problem"
)

var errMissing = errors.New("ent: order not found")

func coded(code, message string) *gqlerror.Error {
	e := gqlerror.Errorf("%s", message)
	errcode.Set(e, code)
	return e
}

// Every kind of error, as resolvers and the libraries make them: bare, and
// wrapped as they arrive at the presenter.
func TestPresent(t *testing.T) {
	const quiet = "Something went wrong on our side."
	for _, c := range []struct {
		name, code, message string
		err                 error
	}{
		{"problem", "CONFLICT", "This has changed since you looked. Load it again.", problem.ErrStale},
		{"problem inside", "NOT_FOUND", "Not found.", fmt.Errorf("order ord_1 of org_2: %w", problem.ErrNotFound)},
		{"problem that is internal", "INTERNAL", quiet, problem.New(problem.Internal, "the secret is x", "")},
		{"problem with an unknown code", "INTERNAL", quiet, problem.New("OOPS", "the secret is x", "")},
		{"refusal", "BAD_USER_INPUT", "Out of stock.", problem.Refuse("OUT_OF_STOCK", problem.Text{EN: "Out of stock."})},
		{"mapped", "NOT_FOUND", "Not found.", fmt.Errorf("x: %w", errMissing)},
		{"deadline", "LIMIT_EXCEEDED", "This took too long. Ask for less at a time.", fmt.Errorf("select secret: %w", context.DeadlineExceeded)},
		{"database", "INTERNAL", quiet, errors.New(`pq: duplicate key value violates unique constraint "orders_number_key"`)},
		{"database gone", "INTERNAL", quiet, fmt.Errorf("orders: %w", sql.ErrConnDone)},
		{"panic", "INTERNAL", quiet, (&Presenter{}).Recover(context.Background(), "secret")},
		{"panic with a problem", "INTERNAL", quiet, (&Presenter{}).Recover(context.Background(), problem.ErrNotFound)},
		{"parse", "BAD_USER_INPUT", `Expected Name, found }`, coded(errcode.ParseFailed, "Expected Name, found }")},
		{"tokens", "LIMIT_EXCEEDED", "The operation is too large: tokens. Ask for less at a time.", coded(errcode.ParseFailed, "exceeded token limit of 2000")},
		{"validation", "BAD_USER_INPUT", `Unknown argument "x".`, coded(errcode.ValidationFailed, `Unknown argument "x". Did you mean "secret" or "y"?`)},
		{"validation with a cause", "BAD_USER_INPUT", "The value of an argument is not valid.", func() error {
			e := gqlerror.Wrap(errors.New(`strconv.ParseInt: parsing "secret"`))
			errcode.Set(e, errcode.ValidationFailed)
			return e
		}()},
		{"a resolver that borrows a code", "INTERNAL", quiet, func() error {
			e := gqlerror.Wrap(errors.New("secret"))
			errcode.Set(e, "NOT_FOUND")
			return e
		}()},
		{"pagination", "BAD_USER_INPUT", "Give either first or last, not below zero.", coded("INVALID_PAGINATION", "`first` on a connection cannot be less than zero.")},
		{"node", "NOT_FOUND", "Not found.", coded("NOT_FOUND", "Could not resolve to a node with the global id of 'secret'")},
		{"null", "INTERNAL", quiet, errors.New("must not be null")},
		{"library without a code", "INTERNAL", quiet, gqlerror.Errorf("secret")},
	} {
		for how, err := range map[string]error{
			"bare":    c.err,
			"on path": gqlerror.WrapPath(ast.Path{ast.PathName("placeOrder")}, c.err),
			"joined":  errors.Join(c.err, errors.New("secret")),
			"twice":   gqlerror.WrapPath(ast.Path{ast.PathName("placeOrder")}, fmt.Errorf("x: %w", gqlerror.Wrap(c.err))),
		} {
			t.Run(c.name+" "+how, func(t *testing.T) {
				l := &logs{}
				p := &Presenter{Logger: l.logger(), Map: func(err error) *problem.Error {
					if errors.Is(err, errMissing) {
						return problem.ErrNotFound
					}
					return nil
				}}
				ctx := as(viewer(auth.KindMember))
				e := p.Present(ctx, err)
				require.Equal(t, c.code, e.Extensions["code"])
				require.Equal(t, c.message, e.Message)
				require.NotContains(t, e.Error(), "secret")
				_, has := e.Extensions["requestId"]
				require.Equal(t, c.code == "INTERNAL", has, "INTERNAL alone has the request id")
				require.Equal(t, c.code == "INTERNAL", strings.Contains(l.String(), "req-1"), "and a line in the log")
				require.Same(t, e, p.Present(ctx, e), "presenting twice changes nothing")
				require.Equal(t, strings.Count(l.String(), "\n"), map[bool]int{true: 1}[has])
			})
		}
	}
	require.Nil(t, (&Presenter{}).Present(context.Background(), nil))
}

func TestPresentInGerman(t *testing.T) {
	v := viewer(auth.KindMember)
	v.Language = "de"
	p := &Presenter{Logger: (&logs{}).logger()}
	require.Equal(t, "Nicht gefunden.", p.Present(as(v), problem.ErrNotFound).Message)
	require.Equal(t, "Bei uns ist ein Fehler aufgetreten.", p.Present(as(v), errors.New("x")).Message)
	require.Equal(t, "Something went wrong on our side.", p.Present(context.Background(), errors.New("x")).Message)
}

// A driver says in its own words that its statement was cancelled.
func TestPresentAfterTheDeadline(t *testing.T) {
	l := &logs{}
	p := &Presenter{Logger: l.logger()}
	ctx, cancel := context.WithTimeout(as(viewer(auth.KindMember)), -time.Second)
	defer cancel()
	require.Equal(t, "LIMIT_EXCEEDED", p.Present(ctx, errors.New("pq: canceling statement")).Extensions["code"])
	require.Empty(t, l.String())
	require.Equal(t, "INTERNAL", p.Present(ctx, p.Recover(ctx, "boom")).Extensions["code"], "a panic is one at any time")
	require.Contains(t, l.String(), "boom")
	gone, cancel := context.WithCancel(as(viewer(auth.KindMember)))
	cancel()
	require.Equal(t, "INTERNAL", p.Present(gone, fmt.Errorf("x: %w", context.Canceled)).Extensions["code"])
	require.Contains(t, l.String(), `"DEBUG"`, "that a client has gone is no alarm")
}

func TestPresentCutsLongMessages(t *testing.T) {
	e := (&Presenter{}).Present(context.Background(), coded(errcode.ValidationFailed, strings.Repeat("ü", 5000)))
	require.Equal(t, strings.Repeat("ü", longest)+"…", e.Message)
}

// What resolvers return, as the client gets it: path and location stay, the
// cause does not.
func TestErrorsThroughTheAPI(t *testing.T) {
	a := newAPI(t, `scalar Cursor type Query { a(n: Int): String b: String! list: [T] c(after: Cursor): String } type T { x: String }`, resolvers{
		"Query.a": func(context.Context, any, map[string]any) (any, error) {
			return nil, errors.New(`UNIQUE constraint failed: orders.number`)
		},
		"Query.list": func(context.Context, any, map[string]any) (any, error) {
			return []any{map[string]any{"x": "1"}, map[string]any{}}, nil
		},
		"T.x": func(_ context.Context, parent any, _ map[string]any) (any, error) {
			if m, _ := parent.(map[string]any); m["x"] == nil {
				return nil, fmt.Errorf("x: %w", problem.ErrForbidden)
			}
			return "1", nil
		},
	})
	ctx := as(viewer(auth.KindMember))
	r := a.post(ctx, "{\n  one: a(n: 1)\n}", nil)
	require.Equal(t, `{"errors":[{"message":"Something went wrong on our side.","path":["one"],"locations":[{"line":2,"column":3}],"extensions":{"code":"INTERNAL","requestId":"req-1"}}],"data":{"one":null}}`, r.Body)
	require.Contains(t, a.logs.String(), "UNIQUE constraint failed")

	r = a.post(ctx, `{ list { x } }`, nil)
	require.Equal(t, []any{"FORBIDDEN"}, r.codes())
	require.Equal(t, []any{"list", 1.0, "x"}, r.Errors[0].Path)

	r = a.post(ctx, `query ($n: Int) { a(n: $n) }`, map[string]any{"n": 2147483648})
	require.Equal(t, []any{"BAD_USER_INPUT"}, r.codes(), "Int has 32 bits")
	require.Equal(t, []any{"a", "n"}, r.Errors[0].Path)
	require.Equal(t, "The value of an argument is not valid.", r.Errors[0].Message)

	r = a.post(ctx, `{ c(after: "forged") }`, nil)
	require.Equal(t, []any{"BAD_USER_INPUT"}, r.codes())
	require.Contains(t, r.Errors[0].Message, "cursor")

	r = a.post(ctx, `{ b }`, nil)
	require.Equal(t, []any{"INTERNAL"}, r.codes())
	require.Equal(t, 200, r.Status)
	require.True(t, strings.HasSuffix(r.Body, `"data":null}`), "it was executed, so data is there")
}

func TestBadArgumentNeedsArguments(t *testing.T) {
	field := &ast.Field{Name: "a", Alias: "a"}
	fc := &graphql.FieldContext{Object: "Query", Field: graphql.CollectedField{Field: field}}
	ctx := graphql.WithFieldContext(context.Background(), fc)
	require.False(t, badArgument(ctx))
	field.Arguments = ast.ArgumentList{{Name: "n", Value: &ast.Value{Kind: ast.IntValue, Raw: "1"}}}
	require.True(t, badArgument(ctx))
	p := &Presenter{Logger: (&logs{}).logger()}
	require.Equal(t, "BAD_USER_INPUT", p.Present(ctx, errors.New("not a number")).Extensions["code"])
	require.Equal(t, "INTERNAL", p.Present(ctx, p.Recover(ctx, "boom")).Extensions["code"], "a panic is ours, not the argument's")
	fc.Args = map[string]any{}
	require.False(t, badArgument(ctx), "they were read; the error is the resolver's")
}
