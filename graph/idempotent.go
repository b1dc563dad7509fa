package graph

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"foyer/auth"
	"foyer/portal/problem"
	"foyer/portal/store"
)

// maxKey is the longest idempotency key, in characters.
const maxKey = 128

// Idempotent is the extension behind @idempotent(key:) on a mutation. It puts
// the key into the context, where the first transaction claims it; nothing is
// remembered here. Queries and nested fields with the directive were refused
// by the limits.
type Idempotent struct {
	// Secret names the mutations whose payload holds a secret. Their answer
	// cannot be given twice, since secrets are not kept, so they take no key.
	Secret []string

	// with hands the request to the transaction; store.WithRequest but in tests.
	with func(context.Context, *store.Request) context.Context
}

var (
	_ graphql.RootFieldInterceptor = Idempotent{}
	_ graphql.FieldInterceptor     = Idempotent{}
)

// ExtensionName implements graphql.HandlerExtension.
func (Idempotent) ExtensionName() string { return "Idempotent" }

// Validate implements graphql.HandlerExtension.
func (Idempotent) Validate(graphql.ExecutableSchema) error { return nil }

// Check refuses a name in Secret that is no mutation of the full schema: it is
// misspelt, and the secret could be asked for with a key.
func (i Idempotent) Check(full *ast.Schema) error {
	for _, name := range i.Secret {
		if full.Mutation == nil || full.Mutation.Fields.ForName(name) == nil {
			return fmt.Errorf("graph: there is no mutation %s that could return a secret", name)
		}
	}
	return nil
}

// outcome is what the resolver of a mutation with a key did.
type outcome struct {
	answered bool // without an error
	refused  bool // with user errors
}

type outcomeKey struct{}

// InterceptRootField implements graphql.RootFieldInterceptor.
func (i Idempotent) InterceptRootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	rf := graphql.GetRootFieldContext(ctx)
	if rf == nil || rf.Field.Field == nil {
		return next(ctx)
	}
	d := rf.Field.Directives.ForName(directiveIdempotent)
	if d == nil {
		return next(ctx)
	}
	fail := func(err error) graphql.Marshaler {
		graphql.AddError(ctx, gqlerror.WrapPath(ast.Path{ast.PathName(rf.Field.Alias)}, err))
		return graphql.Null
	}
	request, err := i.request(ctx, rf.Field.Field, d)
	if err != nil {
		return fail(err)
	}
	with := i.with
	if with == nil {
		with = store.WithRequest
	}
	o := &outcome{}
	answer := next(context.WithValue(with(ctx, request), outcomeKey{}, o))
	// A mutation that answers without having claimed the key would run again
	// when it is repeated. A refusal may come before the first transaction, and
	// one inside has rolled the claim back: both changed nothing.
	if o.answered && !o.refused && !request.Claimed() {
		return fail(fmt.Errorf("mutation %s has answered without claiming its idempotency key: it does not write through the store", rf.Field.Name))
	}
	return answer
}

// InterceptField implements graphql.FieldInterceptor: it looks at what the
// mutation's resolver returns. The marshalled answer would not do, for it has
// only what the client selected.
func (Idempotent) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	fc := graphql.GetFieldContext(ctx)
	if fc == nil || fc.Parent == nil || fc.Parent.Parent != nil { // not a root field
		return next(ctx)
	}
	o, _ := ctx.Value(outcomeKey{}).(*outcome)
	res, err := next(ctx)
	if o != nil && err == nil {
		o.answered, o.refused = true, refused(res)
	}
	return res, err
}

// refused says whether a payload has user errors.
func refused(payload any) bool {
	v := reflect.ValueOf(payload)
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return false
	}
	errs := v.FieldByName("UserErrors")
	return errs.IsValid() && errs.Kind() == reflect.Slice && errs.Len() > 0
}

func (i Idempotent) request(ctx context.Context, f *ast.Field, d *ast.Directive) (*store.Request, error) {
	v := auth.From(ctx)
	if v == nil || v.Kind == auth.KindAnonymous {
		return nil, problem.ErrUnauthenticated // there is nobody whose key it would be
	}
	op := graphql.GetOperationContext(ctx)
	if slices.Contains(i.Secret, f.Name) {
		return nil, problem.Input("This mutation returns a secret that is not kept, so its answer cannot be repeated. Leave @idempotent out.",
			"Diese Mutation liefert ein Geheimnis, das nicht aufbewahrt wird; ihre Antwort lässt sich nicht wiederholen. Lassen Sie @idempotent weg.")
	}
	key, _ := d.ArgumentMap(op.Variables)["key"].(string)
	unprintable := func(c rune) bool { return c < ' ' || c > '~' }
	if strings.TrimSpace(key) == "" || len(key) > maxKey || strings.ContainsFunc(key, unprintable) {
		return nil, problem.Input("The key of @idempotent needs 1 to 128 printable ASCII characters.",
			"Der Schlüssel von @idempotent muss aus 1 bis 128 druckbaren ASCII-Zeichen bestehen.")
	}
	// Maps are marshalled with sorted keys, so a literal and a variable with the
	// same content are the same request. The selection may differ.
	body, err := json.Marshal([]any{f.Name, f.ArgumentMap(op.Variables)})
	if err != nil {
		return nil, fmt.Errorf("idempotency: %w", err)
	}
	digest := sha256.Sum256(body)
	return &store.Request{
		// A client's name is printable, so the line break keeps the two apart.
		Identity:    v.Identity() + "\n" + auth.RequestFrom(ctx).Client,
		Key:         key,
		Fingerprint: digest[:],
	}, nil
}
