package graph

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entgo.io/contrib/entgql"
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"foyer/auth"
	"foyer/schema/gid"
)

// Product and StaffThing have the names of types of testdata/projection.graphql.
type (
	Product    struct{ id string }
	StaffThing struct{ id string }
)

func things(context.Context, any, map[string]any) (any, error) {
	return []any{&Product{"p"}, &StaffThing{"s"}}, nil
}

func id(_ context.Context, parent any, _ map[string]any) (any, error) {
	switch x := parent.(type) {
	case *Product:
		return x.id, nil
	case *StaffThing:
		return x.id, nil
	}
	return nil, nil
}

var projectionResolvers = resolvers{
	"Query.staffOnly": func(context.Context, any, map[string]any) (any, error) { return "secret", nil },
	"Query.things":    things,
	"Query.node": func(_ context.Context, _ any, args map[string]any) (any, error) {
		if args["id"] == "s" {
			return &StaffThing{"s"}, nil
		}
		return &Product{"p"}, nil
	},
	"Product.id": id, "StaffThing.id": id,
}

// The cached document of staff must not answer a customer: with one cache for
// all, it would, in full.
func TestProjectedAnswersEachViewer(t *testing.T) {
	a := newAPI(t, projectionSDL(t), projectionResolvers)
	staff, customer := viewer(auth.KindStaff, "staff"), viewer(auth.KindMember, "orders")
	for range 2 {
		r := a.post(as(staff), `{ staffOnly }`, nil)
		require.Equal(t, map[string]any{"staffOnly": "secret"}, r.Data)
		r = a.post(as(customer), `{ staffOnly }`, nil)
		require.Equal(t, `{"errors":[{"message":"Cannot query field \"staffOnly\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"BAD_USER_INPUT"}}]}`, r.Body)
	}
	require.Equal(t, 2, a.exec.executors.Len())
	s, err := a.exec.Schema(customer)
	require.NoError(t, err)
	require.Nil(t, s.Types["StaffThing"])
}

func TestProjectedWithoutViewer(t *testing.T) {
	a := newAPI(t, projectionSDL(t), projectionResolvers)
	r := a.post(as(nil), `{ __typename }`, nil)
	require.Equal(t, 401, r.Status)
	require.Equal(t, []any{"UNAUTHENTICATED"}, r.codes())
	require.Nil(t, r.Data)
	require.Zero(t, a.exec.executors.Len())
}

// A resolver that hands out what its viewer may not know of.
func TestGuardHidesTypesBehindAbstractOnes(t *testing.T) {
	a := newAPI(t, projectionSDL(t), projectionResolvers)
	const q = `{ things { __typename ... on Node { id } } node(id: "s") { __typename id } }`
	r := a.post(as(viewer(auth.KindStaff, "staff")), q, nil)
	require.Empty(t, r.Errors)
	require.Len(t, r.Data["things"], 2)
	r = a.post(as(viewer(auth.KindMember)), q, nil)
	require.Equal(t, []any{map[string]any{"__typename": "Product", "id": "p"}}, r.Data["things"])
	require.Nil(t, r.Data["node"])
	require.Equal(t, []any{"NOT_FOUND"}, r.codes())
	require.NotContains(t, r.Body, "StaffThing")
}

func TestVisible(t *testing.T) {
	seen := map[string]bool{}
	a := newAPI(t, projectionSDL(t), resolvers{"Query.things": func(ctx context.Context, _ any, _ map[string]any) (any, error) {
		seen["Product"], seen["StaffThing"] = Visible(ctx, "Product"), Visible(ctx, "StaffThing")
		return []any{}, nil
	}})
	a.post(as(viewer(auth.KindMember)), `{ things { __typename } }`, nil)
	require.Equal(t, map[string]bool{"Product": true, "StaffThing": false}, seen)
	require.False(t, Visible(context.Background(), "Product"))
}

func TestProjectedBuildsOnceAndForgets(t *testing.T) {
	var built atomic.Int32
	a := newAPI(t, projectionSDL(t), projectionResolvers, func(o *Options) {
		inner := o.Executable
		o.Executable = func(s *ast.Schema) graphql.ExecutableSchema {
			built.Add(1)
			time.Sleep(20 * time.Millisecond)
			return inner(s)
		}
	})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { a.post(as(viewer(auth.KindMember, "orders")), `{ __typename }`, nil) })
	}
	wg.Wait()
	require.EqualValues(t, 1, built.Load())
	for i := range maxExecutors + 10 {
		_, err := a.exec.of(auth.NewGrants("r", nil, nil, []string{fmt.Sprint("p", i)}))
		require.NoError(t, err)
	}
	require.Equal(t, maxExecutors, a.exec.executors.Len())
}

// An executor may be thrown out between validation and execution.
func TestProjectedRunsWithTheExecutorThatValidated(t *testing.T) {
	a := newAPI(t, projectionSDL(t), projectionResolvers)
	ctx := graphql.StartOperationTrace(as(viewer(auth.KindStaff, "staff")))
	op, errs := a.exec.CreateOperationContext(ctx, &graphql.RawParams{Query: `{ staffOnly }`})
	require.Empty(t, errs)
	a.exec.executors.Purge()
	// Even with another viewer: what was validated is what runs.
	h, ctx := a.exec.DispatchOperation(auth.WithViewer(ctx, viewer(auth.KindMember)), op)
	require.JSONEq(t, `{"staffOnly":"secret"}`, string(h(ctx).Data))
	require.Nil(t, h(ctx))
	require.Zero(t, a.exec.executors.Len())
	h, ctx = a.exec.DispatchOperation(ctx, &graphql.OperationContext{})
	require.Equal(t, "INTERNAL", h(ctx).Errors[0].Extensions["code"])
}

// A role may have no mutations at all.
func TestProjectedWithoutMutations(t *testing.T) {
	a := newAPI(t, `directive @requires(permission: String!) on FIELD_DEFINITION
		type Query { a: String } type Mutation { do: String @requires(permission: "p") } type Subscription { tick: String @requires(permission: "p") }`, nil)
	for _, q := range []string{`mutation { do }`, `subscription { tick }`, `mutation { __typename }`, `{ ...F } fragment F on Mutation { do }`} {
		r := a.post(as(viewer(auth.KindMember)), q, nil)
		require.NotEmpty(t, r.codes(), q)
		for _, c := range r.codes() {
			require.Equal(t, "BAD_USER_INPUT", c, r.Body)
		}
		require.NotContains(t, a.logs.String(), "ERROR")
	}
}

// Cursors are signed with the server's secret on every way through it.
func TestProjectedSignsCursors(t *testing.T) {
	var after any
	a := newAPI(t, `scalar Cursor type Query { list(after: Cursor): Connection! } type Connection { edges: [Edge!]! } type Edge { cursor: Cursor! }`, resolvers{
		"Query.list": func(_ context.Context, _ any, args map[string]any) (any, error) {
			after = args["after"]
			return map[string]any{"edges": []any{map[string]any{"cursor": entgql.Cursor[gid.ID]{ID: "ord_1", Value: "v"}}}}, nil
		},
	})
	ctx := as(viewer(auth.KindMember))
	r := a.post(ctx, `{ list { edges { cursor } } }`, nil)
	require.Empty(t, r.Errors)
	cursor := strings.Split(r.Body, `"`)[9]
	require.Empty(t, a.post(ctx, `query ($c: Cursor) { list(after: $c) { edges { cursor } } }`, map[string]any{"c": cursor}).Errors)
	require.Equal(t, entgql.Cursor[gid.ID]{ID: "ord_1", Value: "v"}, after)
	r = a.post(ctx, `query ($c: Cursor) { list(after: $c) { edges { cursor } } }`, map[string]any{"c": cursor[1:] + "A"})
	require.Equal(t, []any{"BAD_USER_INPUT"}, r.codes())
}

type stubborn struct{ schema graphql.ExecutableSchema }

func (*stubborn) ExtensionName() string { return "Stubborn" }
func (s *stubborn) Validate(e graphql.ExecutableSchema) error {
	if s.schema != nil {
		return errors.New("this extension is used twice")
	}
	s.schema = e
	return nil
}
func (*stubborn) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	return next(ctx)
}

func TestProjectedMakesNewExtensions(t *testing.T) {
	a := newAPI(t, projectionSDL(t), projectionResolvers, func(o *Options) {
		o.Extensions = func() []graphql.HandlerExtension { return []graphql.HandlerExtension{&stubborn{}} }
	})
	for _, v := range []*auth.Viewer{viewer(auth.KindStaff, "staff"), viewer(auth.KindMember)} {
		require.Empty(t, a.post(as(v), `{ __typename }`, nil).Errors)
	}
}

func TestProjectedTimeLimit(t *testing.T) {
	wait := func(ctx context.Context, _ any, _ map[string]any) (any, error) {
		<-ctx.Done()
		return nil, errors.New("pq: canceling statement due to user request")
	}
	a := newAPI(t, `type Query { slow: String fast: String } type Subscription { slow: String }`, resolvers{"Query.slow": wait,
		"Subscription.slow": func(ctx context.Context, _ any, _ map[string]any) (any, error) {
			_, limited := ctx.Deadline()
			return fmt.Sprint(limited), nil
		}}, func(o *Options) { o.Limits.Timeout = 30 * time.Millisecond })
	r := a.post(as(viewer(auth.KindMember)), `{ slow fast }`, nil) // without the limit it would wait for ever
	require.Equal(t, []any{"LIMIT_EXCEEDED"}, r.codes())
	require.NotContains(t, r.Body, "pq")
	require.NotContains(t, r.Errors[0].Extensions, "requestId")

	ctx, cancel := context.WithTimeout(graphql.StartOperationTrace(as(viewer(auth.KindMember))), time.Minute)
	op, errs := a.exec.CreateOperationContext(ctx, &graphql.RawParams{Query: `{ fast }`})
	require.Empty(t, errs)
	h, inner := a.exec.DispatchOperation(ctx, op)
	cancel()
	require.Equal(t, "LIMIT_EXCEEDED", h(inner).Errors[0].Extensions["code"], "an ended context is not an empty answer")

	ctx = graphql.StartOperationTrace(as(viewer(auth.KindMember)))
	op, errs = a.exec.CreateOperationContext(ctx, &graphql.RawParams{Query: `subscription { slow }`})
	require.Empty(t, errs)
	h, inner = a.exec.DispatchOperation(ctx, op)
	for range 3 {
		require.JSONEq(t, `{"slow":"false"}`, string(h(inner).Data), "a subscription has no time limit")
	}
	require.Nil(t, h(inner))
}

type explosive struct {
	fake
	at string
}

func (e *explosive) Exec(ctx context.Context) graphql.ResponseHandler {
	if e.at == "start" {
		panic("boom at start")
	}
	return func(context.Context) *graphql.Response { panic("boom in handler") }
}

type explodingMutator struct{}

func (explodingMutator) ExtensionName() string                   { return "Exploding" }
func (explodingMutator) Validate(graphql.ExecutableSchema) error { return nil }
func (explodingMutator) MutateOperationParameters(context.Context, *graphql.RawParams) *gqlerror.Error {
	panic("boom before")
}

// A panic on a websocket runs in a goroutine of its own and would end the process.
func TestProjectedSurvivesPanics(t *testing.T) {
	for _, at := range []string{"start", "handler", "before", "resolver"} {
		t.Run(at, func(t *testing.T) {
			a := newAPI(t, `type Query { a: String b: String } type Subscription { a: String }`, resolvers{
				"Query.a": func(context.Context, any, map[string]any) (any, error) { panic("boom in resolver") },
			}, func(o *Options) {
				if at == "start" || at == "handler" {
					o.Executable = func(s *ast.Schema) graphql.ExecutableSchema {
						return &explosive{fake: fake{schema: s}, at: at}
					}
				}
				if at == "before" {
					o.Extensions = func() []graphql.HandlerExtension { return []graphql.HandlerExtension{explodingMutator{}} }
				}
			})
			r := a.post(as(viewer(auth.KindMember)), `{ a }`, nil)
			require.Equal(t, []any{"INTERNAL"}, r.codes())
			require.Equal(t, "req-1", r.Errors[0].Extensions["requestId"])
			require.NotContains(t, r.Body, "boom")
			require.Contains(t, a.logs.String(), "boom")
			require.Contains(t, a.logs.String(), "goroutine", "the log has the stack")
			if at == "before" {
				require.Equal(t, 500, r.Status)
				return
			}
			ctx := graphql.StartOperationTrace(as(viewer(auth.KindMember)))
			op, errs := a.exec.CreateOperationContext(ctx, &graphql.RawParams{Query: `subscription { a }`})
			require.Empty(t, errs)
			h, ctx := a.exec.DispatchOperation(ctx, op)
			h(ctx)
			if at != "resolver" {
				require.Nil(t, h(ctx), "a stream ends with the panic")
			}
		})
	}
}

func TestNewProjectedRefusesMistakes(t *testing.T) {
	full := loadSchema(t, `directive @requires(permission: String!) on ARGUMENT_DEFINITION type Query { a(x: Int! @requires(permission: "p")): Int }`)
	exec := func(s *ast.Schema) graphql.ExecutableSchema { return &fake{schema: s} }
	for name, o := range map[string]Options{
		"Executable": {Full: full, Presenter: &Presenter{}, CursorSecret: testSecret},
		"secret":     {Full: full, Executable: exec, Presenter: &Presenter{}, CursorSecret: []byte("short")},
		"cannot hide": {
			Full: full, Executable: exec, Presenter: &Presenter{}, CursorSecret: testSecret,
		},
		"no mutation createTokn": {
			Full: loadSchema(t, `type Query { a: Int } type Mutation { createToken: Int }`), Executable: exec, Presenter: &Presenter{}, CursorSecret: testSecret,
			Extensions: func() []graphql.HandlerExtension {
				return []graphql.HandlerExtension{Idempotent{Secret: []string{"createTokn"}}}
			},
		},
	} {
		_, err := NewProjected(o)
		require.ErrorContains(t, err, name)
	}
}

func TestErrorsOfARequestAreProtocolErrors(t *testing.T) {
	a := newAPI(t, projectionSDL(t), projectionResolvers)
	_, errs := a.exec.CreateOperationContext(graphql.StartOperationTrace(as(viewer(auth.KindMember))), &graphql.RawParams{Query: `{ staffOnly }`})
	require.Equal(t, errcode.KindProtocol, errcode.GetErrorKind(errs), "a websocket sends it as error, not as data")
	require.Equal(t, errs, a.exec.DispatchError(context.Background(), errs).Errors)
}

func TestDocumentsAreBounded(t *testing.T) {
	ctx := context.Background()
	d := newDocuments(10 * footprint("0123456789"))
	for i := range 100 {
		d.Add(ctx, fmt.Sprintf("%010d", i), &ast.QueryDocument{})
		require.LessOrEqual(t, d.used, d.limit)
	}
	require.Equal(t, 10, d.lru.Len())
	_, ok := d.Get(ctx, "0000000099")
	require.True(t, ok)
	_, ok = d.Get(ctx, "0000000000")
	require.False(t, ok)
	d.Add(ctx, "0000000099", &ast.QueryDocument{})
	require.Equal(t, 10*footprint("0123456789"), d.used, "the same again counts once")
	d.Add(ctx, strings.Repeat("x", 10*len("0123456789")+20), &ast.QueryDocument{})
	require.Equal(t, 10, d.lru.Len(), "what does not fit leaves the others alone")
	big := newDocuments(1 << 30)
	big.Add(ctx, strings.Repeat("x", longestDocument+1), &ast.QueryDocument{})
	require.Zero(t, big.lru.Len())
}
