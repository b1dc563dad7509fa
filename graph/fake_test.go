package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"

	"entgo.io/contrib/entgql"
	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/auth"
	"foyer/graph/scalar"
	"foyer/schema/gid"
)

// resolvers of the fake by "Type.field". The others are read from a map.
type resolvers map[string]func(ctx context.Context, parent any, args map[string]any) (any, error)

// fake executes operations as generated code does, with the same contexts,
// middlewares and error handling, but interprets the schema.
type fake struct {
	schema    *ast.Schema
	resolvers resolvers
}

func (f *fake) Schema() *ast.Schema { return f.schema }

func (f *fake) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (f *fake) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	root := map[ast.Operation]*ast.Definition{
		ast.Query: f.schema.Query, ast.Mutation: f.schema.Mutation, ast.Subscription: f.schema.Subscription,
	}[op.Operation.Operation]
	if op.Operation.Operation == ast.Subscription {
		if handler := f.stream(ctx, op); handler != nil {
			return handler
		}
	}
	n := 0
	return func(ctx context.Context) *graphql.Response {
		if n++; n > 1 && op.Operation.Operation != ast.Subscription || n > 3 {
			return nil
		}
		ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: root.Name})
		var b bytes.Buffer
		f.object(ctx, root, op.Operation.SelectionSet, nil, true).MarshalGQL(&b)
		return &graphql.Response{Data: b.Bytes()}
	}
}

// stream answers a subscription from the channel (<-chan any) that a resolver
// "Stream.field" returns, by the library's own function that generated code uses.
func (f *fake) stream(ctx context.Context, op *graphql.OperationContext) graphql.ResponseHandler {
	fields := graphql.CollectFields(op, op.Operation.SelectionSet, []string{f.schema.Subscription.Name})
	resolve := f.resolvers["Stream."+fields[0].Name]
	if resolve == nil {
		return nil
	}
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: f.schema.Subscription.Name})
	next := graphql.ResolveFieldStream(ctx, op, fields[0],
		func(_ context.Context, field graphql.CollectedField) (*graphql.FieldContext, error) {
			return &graphql.FieldContext{Object: f.schema.Subscription.Name, Field: field, Args: field.ArgumentMap(op.Variables)}, nil
		},
		func(ctx context.Context) (any, error) { return resolve(ctx, nil, graphql.GetFieldContext(ctx).Args) },
		nil,
		func(ctx context.Context, _ ast.SelectionSet, v any) graphql.Marshaler {
			return f.complete(ctx, fields[0], fields[0].Definition.Type, v)
		}, true, true)
	var b bytes.Buffer // used again, as the generated code does
	return func(ctx context.Context) *graphql.Response {
		b.Reset()
		var data graphql.Marshaler
		if next != nil {
			data = next(ctx)
		}
		if data == nil {
			return nil
		}
		data.MarshalGQL(&b)
		return &graphql.Response{Data: b.Bytes()}
	}
}

func (f *fake) object(ctx context.Context, def *ast.Definition, ss ast.SelectionSet, value any, root bool) graphql.Marshaler {
	op := graphql.GetOperationContext(ctx)
	satisfies := []string{def.Name}
	for _, i := range f.schema.GetImplements(def) {
		satisfies = append(satisfies, i.Name)
	}
	fields := graphql.CollectFields(op, ss, satisfies)
	values := make([]graphql.Marshaler, len(fields))
	null := false
	for i, field := range fields {
		resolve := func(ctx context.Context) graphql.Marshaler { return f.field(ctx, def, field, value) }
		if root {
			rctx := graphql.WithRootFieldContext(ctx, &graphql.RootFieldContext{Object: field.Name, Field: field})
			values[i] = op.RootResolverMiddleware(rctx, resolve)
		} else {
			values[i] = resolve(ctx)
		}
		null = null || values[i] == graphql.Null && field.Definition.Type.NonNull
	}
	if null {
		return graphql.Null
	}
	return graphql.WriterFunc(func(w io.Writer) {
		for i, field := range fields {
			_, _ = io.WriteString(w, map[bool]string{true: "{", false: ","}[i == 0])
			graphql.MarshalString(field.Alias).MarshalGQL(w)
			_, _ = io.WriteString(w, ":")
			values[i].MarshalGQL(w)
		}
		_, _ = io.WriteString(w, "}")
	})
}

func (f *fake) field(ctx context.Context, def *ast.Definition, field graphql.CollectedField, parent any) (ret graphql.Marshaler) {
	op := graphql.GetOperationContext(ctx)
	fc := &graphql.FieldContext{Object: def.Name, Field: field}
	ctx = graphql.WithFieldContext(ctx, fc)
	defer func() {
		if r := recover(); r != nil {
			op.Error(ctx, op.Recover(ctx, r))
			ret = graphql.Null
		}
	}()
	if field.Name == "__typename" {
		return graphql.MarshalString(def.Name)
	}
	args := field.ArgumentMap(op.Variables)
	for name, v := range args {
		read := func(ctx context.Context, v any) (any, error) { return v, nil }
		switch field.Definition.Arguments.ForName(name).Type.Name() {
		case "Int":
			read = func(_ context.Context, v any) (any, error) { return graphql.UnmarshalInt32(v) }
		case "Cursor":
			read = func(ctx context.Context, v any) (any, error) { return scalar.UnmarshalCursor(ctx, v) }
		}
		if v == nil {
			continue
		}
		x, err := graphql.ProcessArgField(ctx, map[string]any{name: v}, name, func(ctx context.Context, v any) (any, error) {
			x, err := read(ctx, v)
			return x, graphql.ErrorOnPath(ctx, err)
		})
		if err != nil {
			op.Error(ctx, err)
			return graphql.Null
		}
		args[name] = x
	}
	fc.Args = args
	res, err := op.ResolverMiddleware(ctx, func(ctx context.Context) (any, error) {
		if r := f.resolvers[def.Name+"."+field.Name]; r != nil {
			return r(ctx, parent, args)
		}
		m, _ := parent.(map[string]any)
		return m[field.Name], nil
	})
	if err != nil {
		op.Error(ctx, graphql.AddFieldLocationToError(ctx, err))
		return graphql.Null
	}
	return f.complete(ctx, field, field.Definition.Type, res)
}

func (f *fake) complete(ctx context.Context, field graphql.CollectedField, t *ast.Type, v any) graphql.Marshaler {
	if v == nil || reflect.ValueOf(v).Kind() == reflect.Pointer && reflect.ValueOf(v).IsNil() {
		if t.NonNull {
			graphql.AddErrorf(ctx, "must not be null")
		}
		return graphql.Null
	}
	if t.Elem != nil {
		list := reflect.ValueOf(v)
		var out graphql.Array
		for i := range list.Len() {
			ctx := graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i, Result: list.Index(i)})
			out = append(out, f.complete(ctx, field, t.Elem, list.Index(i).Interface()))
		}
		return out
	}
	def := f.schema.Types[t.Name()]
	if def.IsCompositeType() {
		name := def.Name
		if def.IsAbstractType() {
			name = reflect.Indirect(reflect.ValueOf(v)).Type().Name()
			if m, ok := v.(map[string]any); ok {
				name, _ = m["__typename"].(string)
			}
		}
		concrete := f.schema.Types[name]
		if concrete == nil { // generated code knows all types, also those that the viewer does not
			concrete = &ast.Definition{Name: name, Kind: ast.Object}
		}
		return f.object(ctx, concrete, field.Selections, v, false)
	}
	if c, ok := v.(entgql.Cursor[gid.ID]); ok {
		return graphql.WrapContextMarshaler(ctx, scalar.MarshalCursor(c))
	}
	return graphql.MarshalAny(v)
}

var testSecret = bytes.Repeat([]byte("s"), 32)

// logs collects what a logger writes.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *logs) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// api is a server over the fake.
type api struct {
	t    testing.TB
	exec *Projected
	logs *logs
	h    http.Handler
}

func newAPI(t testing.TB, sdl string, r resolvers, change ...func(*Options)) *api {
	t.Helper()
	l := &logs{}
	o := Options{
		Full:         loadSchema(t, sdl),
		Executable:   func(s *ast.Schema) graphql.ExecutableSchema { return &fake{schema: s, resolvers: r} },
		Extensions:   func() []graphql.HandlerExtension { return []graphql.HandlerExtension{Idempotent{}} },
		Transports:   []graphql.Transport{JSON{}},
		Presenter:    &Presenter{Logger: l.logger()},
		CursorSecret: testSecret,
	}
	for _, c := range change {
		c(&o)
	}
	p, err := NewProjected(o)
	require.NoError(t, err)
	return &api{t: t, exec: p, logs: l, h: Protocol(o.Limits, p)}
}

func viewer(kind auth.Kind, permissions ...string) *auth.Viewer {
	return auth.Viewer{Kind: kind, UserID: "usr_1", MembershipID: "mem_1", Language: "en"}.
		WithGrants(auth.NewGrants("r", nil, nil, permissions))
}

func as(v *auth.Viewer) context.Context {
	ctx := auth.WithRequest(context.Background(), auth.Request{ID: "req-1", Client: "test"})
	if v == nil {
		return ctx
	}
	return auth.WithViewer(ctx, v)
}

// answer of the API, as a client reads it.
type answer struct {
	Status int
	Header http.Header
	Body   string
	Data   map[string]any
	Errors []struct {
		Message    string
		Path       []any
		Locations  []any
		Extensions map[string]any
	}
}

func (a answer) codes() (list []any) {
	for _, e := range a.Errors {
		list = append(list, e.Extensions["code"])
	}
	return list
}

func (a *api) do(ctx context.Context, r *http.Request) answer {
	a.t.Helper()
	w := httptest.NewRecorder()
	a.h.ServeHTTP(w, r.WithContext(ctx))
	out := answer{Status: w.Code, Header: w.Header(), Body: w.Body.String()}
	if strings.Contains(w.Header().Get("Content-Type"), "json") {
		require.NoError(a.t, json.Unmarshal(w.Body.Bytes(), &out), out.Body)
	}
	return out
}

func (a *api) post(ctx context.Context, query string, vars map[string]any, header ...string) answer {
	a.t.Helper()
	b, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	require.NoError(a.t, err)
	return a.do(ctx, postRequest(string(b), header...))
}

func postRequest(body string, header ...string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}
