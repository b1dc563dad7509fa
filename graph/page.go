package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/portal/problem"
)

// The size of a page: when nobody says, and at most.
const (
	pageDefault = 20
	pageMax     = 100
)

var errPageSize = problem.Input("Give either first or last, from 0 to 100.", "Geben Sie entweder first oder last an, von 0 bis 100.")

// page reads the size of a page as a list is asked for it. Without a size, the
// first 20 are meant; a list without a bound would be as long as the table.
func page(first, last *int) (*int, *int, error) {
	for _, n := range []*int{first, last} {
		if n != nil && (*n < 0 || *n > pageMax) {
			return nil, nil, errPageSize
		}
	}
	switch {
	case first != nil && last != nil:
		return nil, nil, errPageSize
	case first == nil && last == nil:
		return new(pageDefault), nil, nil
	}
	return first, last, nil
}

// listing is the context in which a connection is loaded by the generated
// Paginate, of which it makes three things right:
//
//   - pageInfo alone makes it count all rows. What pageInfo says follows from
//     the page itself, so it is not shown to Paginate, which then counts only
//     for totalCount.
//   - Without edges it loads none, and its pageInfo is then a guess; so edges
//     are asked for wherever pageInfo is.
//   - It knows fields by their aliases only, so that edges or totalCount under
//     another name would be empty; here they have their own again.
func listing(ctx context.Context) context.Context {
	fc := graphql.GetFieldContext(ctx)
	if fc == nil || fc.Field.Field == nil || !graphql.HasOperationContext(ctx) {
		return ctx
	}
	op := graphql.GetOperationContext(ctx)
	var edges, nodes, set ast.SelectionSet
	paged := false
	for _, f := range graphql.CollectFields(op, fc.Field.Selections, nil) {
		switch f.Name {
		case "totalCount":
			set = append(set, named(f.Field, nil))
		case "pageInfo":
			paged = true
		case "edges":
			paged = true
			for _, e := range graphql.CollectFields(op, f.Selections, nil) {
				if e.Name == "node" {
					nodes = append(nodes, e.Selections...)
					edges = ast.SelectionSet{named(e.Field, nodes)}
				}
			}
		}
	}
	if paged {
		set = append(set, &ast.Field{Name: "edges", Alias: "edges", SelectionSet: edges})
	}
	shown := *fc
	shown.Field.Selections = set
	return graphql.WithFieldContext(ctx, &shown)
}

// named is a field under its own name, with what is selected below it. Its
// directives have been obeyed already.
func named(f *ast.Field, below ast.SelectionSet) *ast.Field {
	c := *f
	c.Alias, c.SelectionSet, c.Directives = f.Name, below, nil
	return &c
}
