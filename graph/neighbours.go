package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/schema/gid"
)

// neighbours are the rows of one list, each of which shows a record of another
// type. What they show is loaded by one statement for each selection that asks
// for it, and not by one a row.
type neighbours struct {
	ids []gid.ID

	mu     sync.Mutex
	loaded map[*ast.Field]func() (any, error) // a map[gid.ID]*T
}

type neighboursKey struct{}

// withNeighbours lets the rows of an answer find their neighbours.
func withNeighbours(ctx context.Context) context.Context {
	return context.WithValue(ctx, neighboursKey{}, &sync.Map{}) // a row -> *neighbours
}

// sideBySide says that rows are resolved together, and which records each shows.
func sideBySide[R any](ctx context.Context, rows []*R, shows ...func(*R) gid.ID) {
	known, ok := ctx.Value(neighboursKey{}).(*sync.Map)
	if !ok {
		return
	}
	n := &neighbours{loaded: map[*ast.Field]func() (any, error){}}
	for _, row := range rows {
		for _, show := range shows {
			if id := show(row); id != "" {
				n.ids = append(n.ids, id)
			}
		}
		known.Store(row, n)
	}
}

// beside is the record that a row shows, with what is selected of it; nothing
// when there is none, or none that the viewer may see now. load loads records by
// their ids, as the field at hand asks for them.
func beside[T any](ctx context.Context, row any, id gid.ID, load func(context.Context, []gid.ID) (map[gid.ID]*T, error)) (*T, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // it shows none
	}
	if known, ok := ctx.Value(neighboursKey{}).(*sync.Map); ok {
		if n, ok := known.Load(row); ok {
			all, err := n.(*neighbours).all(ctx, func(ids []gid.ID) (any, error) { return load(ctx, ids) })
			found, _ := all.(map[gid.ID]*T)
			return found[id], err
		}
	}
	found, err := load(ctx, []gid.ID{id})
	return found[id], err
}

// all are the records of all neighbours for the field at hand: under another
// name, something else may be asked of them.
func (n *neighbours) all(ctx context.Context, load func([]gid.ID) (any, error)) (any, error) {
	field := graphql.GetFieldContext(ctx).Field.Field
	n.mu.Lock()
	once, ok := n.loaded[field]
	if !ok {
		once = sync.OnceValues(func() (any, error) { return load(n.ids) })
		n.loaded[field] = once
	}
	n.mu.Unlock()
	return once()
}
