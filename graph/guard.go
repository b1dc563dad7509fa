package graph

import (
	"context"
	"reflect"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/portal/problem"
)

// guard keeps values of hidden types out of interfaces and unions. Validation
// cannot: the client asks for the interface, and the resolver decides what it
// gets. It is the second line; the first is that resolvers and the access
// matrix do not hand such values out. It recognises a value by the name of its
// Go type, which the generated code shares with the schema.
type guard struct {
	full, seen *ast.Schema
}

var _ graphql.FieldInterceptor = guard{}

// ExtensionName implements graphql.HandlerExtension.
func (guard) ExtensionName() string { return "Guard" }

// Validate implements graphql.HandlerExtension.
func (guard) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptField implements graphql.FieldInterceptor.
func (g guard) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	res, err := next(ctx)
	fc := graphql.GetFieldContext(ctx)
	if err != nil || res == nil || fc == nil || fc.Field.Field == nil || fc.Field.Definition == nil {
		return res, err
	}
	t := fc.Field.Definition.Type
	if def := g.seen.Types[t.Name()]; def == nil || !def.IsAbstractType() {
		return res, nil
	}
	if t.Elem == nil {
		if g.hides(reflect.ValueOf(res)) {
			return nil, problem.ErrNotFound
		}
		return res, nil
	}
	return g.filter(reflect.ValueOf(res), t.Elem.NonNull), nil
}

// filter returns the list without hidden values: null in their place, or left
// out where the schema allows no null.
func (g guard) filter(list reflect.Value, drop bool) any {
	if list.Kind() != reflect.Slice {
		return list.Interface()
	}
	hidden := false
	for i := range list.Len() {
		hidden = hidden || g.hides(list.Index(i))
	}
	if !hidden {
		return list.Interface()
	}
	out := reflect.MakeSlice(list.Type(), 0, list.Len()) // the resolver's own list may be shared
	for i := range list.Len() {
		switch x := list.Index(i); {
		case !g.hides(x):
			out = reflect.Append(out, x)
		case !drop:
			out = reflect.Append(out, reflect.Zero(list.Type().Elem()))
		}
	}
	return out.Interface()
}

func (g guard) hides(v reflect.Value) bool {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if !v.IsValid() {
		return false
	}
	name := v.Type().Name()
	return g.full.Types[name] != nil && g.seen.Types[name] == nil
}
