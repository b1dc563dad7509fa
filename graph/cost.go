package graph

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"foyer/portal/problem"
)

// budget is the extension that looks at a validated operation together with
// its variables. It estimates how many values an answer can have: each field
// counts one, what is below a page counts as often as the page has records,
// what is below a plain list as often as such a list may have. The generated
// complexity functions of gqlgen are not used: they walk every path through
// the fragments and know of no page sizes.
type budget struct {
	limits        Limits
	introspection func(context.Context) bool
}

var _ graphql.OperationContextMutator = budget{}

// ExtensionName implements graphql.HandlerExtension.
func (budget) ExtensionName() string { return "Budget" }

// Validate implements graphql.HandlerExtension.
func (budget) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext implements graphql.OperationContextMutator.
func (b budget) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	op.DisableIntrospection = b.introspection == nil || !b.introspection(ctx)
	w := &coster{budget: b, closed: op.DisableIntrospection, vars: op.Variables, memo: map[memoKey]int{}}
	total := w.set(op.Operation.SelectionSet, memoKey{})
	if w.err == nil && total > b.limits.Cost {
		w.err = refuse(tooMuch("it may have too many values", "sie kann zu viele Werte haben"), op.Operation.Position)
	}
	return w.err
}

// memoKey names the cost of a fragment: in an answer of introspection lists
// do not multiply, and directly below a page they have done so already.
type memoKey struct {
	fragment     string
	schema, page bool
	hits         int // of the search that it is below
}

type coster struct {
	budget
	closed bool // to introspection
	vars   map[string]any
	memo   map[memoKey]int
	err    *gqlerror.Error
}

func (w *coster) fail(p *problem.Error, at *ast.Position) {
	if w.err == nil {
		w.err = refuse(p, at)
	}
}

func (w *coster) set(ss ast.SelectionSet, in memoKey) (total int) {
	for _, s := range ss {
		if w.err != nil {
			return most
		}
		switch x := s.(type) {
		case *ast.Field:
			w.conditions(x.Directives)
			total = sum(total, w.field(x, in))
		case *ast.InlineFragment:
			w.conditions(x.Directives)
			total = sum(total, w.set(x.SelectionSet, in))
		case *ast.FragmentSpread:
			w.conditions(x.Directives)
			key := in
			key.fragment = x.Name
			cost, seen := w.memo[key]
			if !seen && x.Definition != nil {
				cost = w.set(x.Definition.SelectionSet, in)
				w.memo[key] = cost
			}
			total = sum(total, cost)
		}
	}
	return total
}

// costly are fields whose values are few, but each is counted over all that the
// viewer sees: what they count as in addition.
var costly = map[string]int{"Viewer.attention": 2000, "Query.search": 500, "Query.searchSuggestions": 200}

// seldom are fields that one of so many records has: of the lessons of a course few are
// quizzes, and what is within those is counted once for all of them.
var seldom = map[string]int{"DocumentLesson.quiz": 5, "DocumentLesson.assignment": 5}

func (w *coster) field(x *ast.Field, in memoKey) int {
	if x.Definition == nil {
		return 1
	}
	below, times := memoKey{schema: in.schema, hits: in.hits}, 1
	if x.Name == "__schema" || x.Name == "__type" {
		if below.schema = true; w.closed {
			w.fail(problem.New(problem.Forbidden, "You may not introspect the schema.", "Das Schema ist für Sie nicht abfragbar."), x.Position)
		}
	}
	if !below.schema {
		times, below.page = w.times(x, in.page)
	}
	if x.ObjectDefinition != nil { // a search is asked for a page, but its facets are there once
		switch {
		case x.Definition.Type.Name() == "SearchResult":
			below.hits, times, below.page = times, 1, false
		case x.ObjectDefinition.Name == "SearchResult" && x.Name == "hits":
			times = max(in.hits, 1)
		}
	}
	cost := w.set(x.SelectionSet, below)
	if x.ObjectDefinition != nil {
		cost = sum(cost, costly[x.ObjectDefinition.Name+"."+x.Name])
		cost /= max(1, seldom[x.ObjectDefinition.Name+"."+x.Name])
	}
	if cost > most/times {
		return most
	}
	return sum(1, cost*times)
}

// times is how many records the field may answer with; page says that lists
// directly below are the page that has been counted.
func (w *coster) times(x *ast.Field, inPage bool) (times int, page bool) {
	list := x.Definition.Type.Elem != nil
	size, paged := 0, false
	for _, name := range []string{"first", "last"} {
		def := x.Definition.Arguments.ForName(name)
		if def == nil || def.Type.Name() != "Int" {
			continue
		}
		paged = true
		n, given := w.number(x, def)
		switch {
		case !given:
			continue
		case n < 0 || n > w.limits.MaxPage || size > 0:
			w.fail(problem.Input(
				fmt.Sprintf("Give either first or last, from 0 to %d.", w.limits.MaxPage),
				fmt.Sprintf("Geben Sie entweder first oder last an, von 0 bis %d.", w.limits.MaxPage)), x.Position)
			return 1, false
		}
		size = max(n, 1)
	}
	switch {
	case paged && size > 0:
		return size, !list
	case paged:
		return w.limits.Page, !list
	case list && inPage:
		return 1, false
	case list:
		return w.ids(x), false
	}
	return 1, false
}

// number reads an argument without trusting it: the library's own reader
// panics on what it does not expect.
func (w *coster) number(x *ast.Field, def *ast.ArgumentDefinition) (n int, given bool) {
	switch v := w.argument(x, def).(type) {
	case int64:
		return clamp(v), true
	case int:
		return clamp(int64(v)), true
	case int32:
		return int(v), true
	case float64:
		return clamp(int64(min(max(v, -most), most))), true
	case json.Number:
		if i, err := v.Int64(); err == nil {
			return clamp(i), true
		}
		return most, true
	case nil:
		return 0, false
	}
	return most, true // a text, say: not a number of records that anybody allows
}

func clamp(i int64) int { return int(min(max(i, -most), most)) }

func (w *coster) argument(x *ast.Field, def *ast.ArgumentDefinition) any {
	value := def.DefaultValue
	if a := x.Arguments.ForName(def.Name); a != nil && !unset(a.Value, w.vars) {
		value = a.Value
	}
	v, err := value.Value(w.vars)
	if err != nil {
		return err
	}
	return v
}

// unset says whether a value is a variable that was not given, which leaves an
// argument at its default.
func unset(v *ast.Value, vars map[string]any) bool {
	if v == nil || v.Kind != ast.Variable {
		return v == nil
	}
	_, given := vars[v.Raw]
	return !given
}

// ids is the length of a list that is asked for by the ids of its records.
func (w *coster) ids(x *ast.Field) int {
	def := x.Definition.Arguments.ForName("ids")
	if def == nil || def.Type.Elem == nil {
		return w.limits.PlainList
	}
	n := 1
	if list, ok := w.argument(x, def).([]any); ok {
		n = len(list)
	}
	if n > w.limits.MaxPage {
		w.fail(tooMuch(fmt.Sprintf("more than %d ids", w.limits.MaxPage), fmt.Sprintf("mehr als %d Kennungen", w.limits.MaxPage)), x.Position)
	}
	return max(n, 1)
}

// conditions refuses @skip and @include without a truth value. Validation lets
// a variable through that has a default and is null all the same; the library
// panics on it.
func (w *coster) conditions(ds ast.DirectiveList) {
	for _, d := range ds {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		a := d.Arguments.ForName("if")
		if a == nil {
			w.fail(errValue, d.Position)
			continue
		}
		v, err := a.Value.Value(w.vars)
		if _, ok := v.(bool); err != nil || !ok {
			w.fail(problem.Input(fmt.Sprintf("The condition of @%s must be true or false.", d.Name),
				fmt.Sprintf("Die Bedingung von @%s muss wahr oder falsch sein.", d.Name)), d.Position)
		}
	}
}
