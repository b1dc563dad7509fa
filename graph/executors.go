package graph

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/99designs/gqlgen/graphql/executor"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"golang.org/x/sync/singleflight"

	"foyer/auth"
	"foyer/graph/scalar"
	"foyer/portal/problem"
)

// maxExecutors is how many permission sets have their schema at hand. Built-in
// roles need a dozen; administrators can invent more.
const maxExecutors = 64

// minSecret is the shortest secret for cursors, in bytes: that of the digest.
const minSecret = 32

func init() {
	// An operation that is refused before it runs is a request error. Transports
	// of the library ask this table, which knows only the library's own codes.
	for _, c := range []problem.Code{
		problem.Unauthenticated, problem.Forbidden, problem.NotFound, problem.BadUserInput,
		problem.Conflict, problem.RateLimited, problem.LimitExceeded, problem.Internal,
	} {
		errcode.RegisterErrorType(string(c), errcode.KindProtocol)
	}
}

// Options are what a Projected is made of.
type Options struct {
	// Full is the whole schema, with @requires.
	Full *ast.Schema
	// Executable makes the execution code for a projection of Full.
	Executable func(s *ast.Schema) graphql.ExecutableSchema
	// Extensions makes the extensions of one executor, outermost first. They
	// must be new each time, as extensions may keep the schema they are given.
	Extensions func() []graphql.HandlerExtension
	// Transports answer requests, the first that supports one.
	Transports []graphql.Transport
	// Limits bound each operation.
	Limits Limits
	// Introspection says who may introspect their schema; nobody when nil.
	Introspection func(ctx context.Context) bool
	// PerAnswer, if any, prepares the context in which an answer is made: each
	// query and mutation has one, a subscription one for each message, so that
	// what is kept there is never older than the message.
	PerAnswer func(ctx context.Context) context.Context
	// Presenter makes the errors.
	Presenter *Presenter
	// CursorSecret signs cursors. All replicas need the same, 32 bytes or more.
	CursorSecret []byte
}

// Projected executes each operation against the schema that its viewer sees.
// Transports are shared; each permission set has an executor of its own, with
// its own schema and its own cache of documents.
type Projected struct {
	o         Options
	executors *lru.Cache[string, *viewed]
	building  singleflight.Group
}

var _ graphql.GraphExecutor = (*Projected)(nil)

// viewed is the API as one permission set sees it.
type viewed struct {
	*executor.Executor
	schema    *ast.Schema
	documents *documents
}

// viewedKey is where an operation keeps the executor that it was made by.
const viewedKey = "foyer.viewed"

// NewProjected checks the options, and that the schema can be projected at all.
func NewProjected(o Options) (*Projected, error) {
	switch {
	case o.Full == nil || o.Executable == nil || o.Presenter == nil:
		return nil, errors.New("graph: Full, Executable and Presenter are needed")
	case len(o.CursorSecret) < minSecret:
		return nil, fmt.Errorf("graph: the secret for cursors needs %d bytes, not %d", minSecret, len(o.CursorSecret))
	}
	o.Limits = o.Limits.withDefaults()
	if _, err := Project(o.Full, func(string) bool { return true }); err != nil {
		return nil, err
	}
	if o.Extensions != nil {
		for _, x := range o.Extensions() {
			if c, ok := x.(interface{ Check(*ast.Schema) error }); ok {
				if err := c.Check(o.Full); err != nil {
					return nil, err
				}
			}
		}
	}
	cache, err := lru.New[string, *viewed](maxExecutors)
	if err != nil {
		return nil, fmt.Errorf("graph: executors: %w", err)
	}
	return &Projected{o: o, executors: cache}, nil
}

// Schema is the schema that a viewer sees.
func (p *Projected) Schema(v *auth.Viewer) (*ast.Schema, error) {
	e, err := p.of(v.Grants())
	if err != nil {
		return nil, err
	}
	return e.schema, nil
}

// Visible says whether the viewer of the running operation sees a type. A
// resolver of an interface or a union asks it before it answers with one.
func Visible(ctx context.Context, typeName string) bool {
	if !graphql.HasOperationContext(ctx) {
		return false
	}
	e, ok := graphql.GetOperationContext(ctx).Stats.GetExtension(viewedKey).(*viewed)
	return ok && e.schema.Types[typeName] != nil
}

func (p *Projected) of(g *auth.Grants) (*viewed, error) {
	key := g.Key()
	if e, ok := p.executors.Get(key); ok {
		return e, nil
	}
	e, err, _ := p.building.Do(key, func() (any, error) {
		if e, ok := p.executors.Get(key); ok {
			return e, nil
		}
		s, err := Project(p.o.Full, g.Has)
		if err != nil {
			return nil, err
		}
		e := p.configure(s)
		p.executors.Add(key, e)
		return e, nil
	})
	if err != nil {
		return nil, err
	}
	v, _ := e.(*viewed)
	return v, nil
}

// configure is the one place where an executor gets its behaviour.
func (p *Projected) configure(s *ast.Schema) *viewed {
	v := &viewed{Executor: executor.New(p.o.Executable(s)), schema: s, documents: newDocuments(p.o.Limits.Documents)}
	v.SetErrorPresenter(p.o.Presenter.Present)
	v.SetRecoverFunc(p.o.Presenter.Recover)
	v.SetParserTokenLimit(p.o.Limits.Tokens)
	v.SetDisableSuggestion(true)
	v.SetQueryCache(v.documents)
	v.Use(budget{limits: p.o.Limits, introspection: p.o.Introspection})
	if p.o.Extensions != nil {
		for _, x := range p.o.Extensions() {
			v.Use(x)
		}
	}
	v.Use(guard{full: p.o.Full, seen: s})
	return v
}

// CreateOperationContext implements graphql.GraphExecutor: it reads, limits
// and validates an operation. Its errors are ready for the client.
func (p *Projected) CreateOperationContext(ctx context.Context, params *graphql.RawParams) (op *graphql.OperationContext, errs gqlerror.List) {
	defer func() {
		if v := recover(); v != nil {
			errs = gqlerror.List{refuse(p.o.Presenter.Recover(ctx, v), nil)}
		}
		if op == nil { // transports put it into a context even when there are errors
			op = &graphql.OperationContext{RecoverFunc: p.o.Presenter.Recover}
		}
		errs = p.present(graphql.WithOperationContext(ctx, op), errs)
	}()
	v := auth.From(ctx)
	if v == nil {
		return nil, gqlerror.List{refuse(problem.ErrUnauthenticated, nil)}
	}
	e, err := p.of(v.Grants())
	if err != nil {
		return nil, gqlerror.List{refuse(err, nil)}
	}
	if err := p.check(ctx, e, params); err != nil {
		return nil, gqlerror.List{err}
	}
	op, errs = e.CreateOperationContext(ctx, params)
	if len(errs) > 0 {
		return op, errs
	}
	op.Stats.SetExtension(viewedKey, e)
	if entry, ok := ctx.Value(logEntryKey{}).(*logEntry); ok {
		entry.set(&entry.operation, strings.TrimSpace(string(op.Operation.Operation)+" "+cut(op.Operation.Name)))
	}
	return op, nil
}

// check is what comes before validation, unless the document has passed it.
func (p *Projected) check(ctx context.Context, e *viewed, params *graphql.RawParams) *gqlerror.Error {
	for _, text := range []string{params.Query, params.OperationName} {
		if err := checkText(text); err != nil {
			return refuse(err, nil)
		}
	}
	if err := p.o.Limits.checkVariables(params.Variables, 0); err != nil {
		return refuse(err, nil)
	}
	if _, ok := e.documents.Get(ctx, params.Query); ok {
		return nil
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: params.Query}, p.o.Limits.Tokens)
	if err != nil {
		return nil //nolint:nilerr // the executor reports it, with its code
	}
	return p.o.Limits.checkShape(doc)
}

// present makes errors ready for the client, once.
func (p *Projected) present(ctx context.Context, errs gqlerror.List) (list gqlerror.List) {
	for _, e := range errs[:min(len(errs), p.o.Limits.Errors)] {
		list = append(list, p.o.Presenter.Present(ctx, e))
	}
	return list
}

// DispatchError implements graphql.GraphExecutor.
func (p *Projected) DispatchError(ctx context.Context, errs gqlerror.List) *graphql.Response {
	return &graphql.Response{Errors: p.present(ctx, errs)}
}

// DispatchOperation implements graphql.GraphExecutor: it runs an operation by
// the executor that validated it, queries and mutations within the time limit.
func (p *Projected) DispatchOperation(ctx context.Context, op *graphql.OperationContext) (graphql.ResponseHandler, context.Context) {
	ctx = scalar.WithCursorSecret(ctx, p.o.CursorSecret)
	e, ok := op.Stats.GetExtension(viewedKey).(*viewed)
	if !ok { // not made by CreateOperationContext: nothing has checked it
		err := gqlerror.List{refuse(errors.New("the operation was not created here"), nil)}
		return graphql.OneShot(p.DispatchError(ctx, err)), ctx
	}
	stream := op.Operation.Operation == ast.Subscription
	perAnswer := p.o.PerAnswer
	if perAnswer == nil {
		perAnswer = func(ctx context.Context) context.Context { return ctx }
	}
	cancel := context.CancelFunc(func() {})
	var end *sourceEnd
	if stream {
		ctx, end = withSourceEnd(ctx)
	} else {
		timeout := p.o.Limits.Timeout
		if uploaded(ctx) { // to keep the files takes longer than anything else
			timeout = max(timeout, p.o.Limits.UploadTimeout)
		}
		ctx, cancel = context.WithTimeout(ctx, timeout)
	}
	handler, inner := p.start(perAnswer(ctx), e, op)
	done := false
	return func(ctx context.Context) (answer *graphql.Response) {
		if done {
			return nil
		}
		defer func() {
			if v := recover(); v != nil {
				done = true
				answer = p.DispatchError(ctx, gqlerror.List{refuse(p.o.Presenter.Recover(ctx, v), nil)})
			}
			if !stream {
				done = true
				cancel()
			}
		}()
		if stream {
			ctx = inStream(perAnswer(ctx), e.schema, op)
		}
		answer = handler(ctx)
		switch {
		case answer != nil:
		case !stream: // the library sends nothing once the context has ended
			answer = p.DispatchError(ctx, gqlerror.List{refuse(errTimeout, nil)})
		case end.err.Load() != nil: // its source has failed, and the stream ends with the reason
			done = true
			answer = p.DispatchError(ctx, gqlerror.List{refuse(*end.err.Load(), nil)})
		}
		return answer
	}, inner
}

// inStream names the subscribed field in the context of a message. The
// generated code resolves what is below it without, and the paths of errors
// would miss their first element.
func inStream(ctx context.Context, s *ast.Schema, op *graphql.OperationContext) context.Context {
	fields := graphql.CollectFields(op, op.Operation.SelectionSet, []string{s.Subscription.Name})
	if len(fields) != 1 {
		return ctx // the library has refused it
	}
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: s.Subscription.Name})
	// Arguments that are not nil say that they have been read.
	return graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: s.Subscription.Name, Field: fields[0], Args: map[string]any{}})
}

// start begins an operation; a panic there is its one answer.
func (p *Projected) start(ctx context.Context, e *viewed, op *graphql.OperationContext) (handler graphql.ResponseHandler, inner context.Context) {
	defer func() {
		if v := recover(); v != nil {
			inner = graphql.WithOperationContext(ctx, op)
			handler = graphql.OneShot(p.DispatchError(inner, gqlerror.List{refuse(p.o.Presenter.Recover(ctx, v), nil)}))
		}
	}()
	return e.DispatchOperation(ctx, op)
}

// ServeHTTP hands the request to the first transport that supports it.
func (p *Projected) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r = r.WithContext(graphql.StartOperationTrace(r.Context()))
	for _, t := range p.o.Transports {
		if t.Supports(r) {
			t.Do(w, r, p)
			return
		}
	}
	writeProblem(w, r, http.StatusNotAcceptable, problem.Input("There is no such way to ask here.", "So kann hier nicht gefragt werden."))
}
