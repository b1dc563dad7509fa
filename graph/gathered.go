package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/portal/gather"
	"foyer/schema/gid"
)

type gatheredKey struct{}

// withGathered lets fields of an answer load what they show together.
func withGathered(ctx context.Context) context.Context {
	return context.WithValue(ctx, gatheredKey{}, &sync.Map{})
}

// loaderOf is the loader of a field of the document. A field that gathers two things,
// one after the other, has one for each.
func loaderOf[K comparable, V any](ctx context.Context, fields *sync.Map, load func(context.Context, []K) (map[K]V, error)) *gather.Loader[K, V] {
	type place struct {
		field *ast.Field
		of    any // tells loaders of different things apart
	}
	var none *gather.Loader[K, V]
	made, _ := fields.LoadOrStore(place{graphql.GetFieldContext(ctx).Field.Field, none}, gather.New(load))
	return made.(*gather.Loader[K, V])
}

// gathered are records by their ids, with what is selected of them, in the same
// order; those that the viewer does not see are left out. Where the same field of
// the document stands below many records, one statement loads for all that are
// resolved at the same time, and not one for each.
func gathered[T any](ctx context.Context, ids []gid.ID, load func(context.Context, []gid.ID) (map[gid.ID]*T, error)) ([]*T, error) {
	list := make([]*T, 0, len(ids))
	if len(ids) == 0 {
		return list, nil
	}
	fields, ok := ctx.Value(gatheredKey{}).(*sync.Map)
	if !ok {
		found, err := load(ctx, ids)
		return inOrder(list, ids, found), err
	}
	found, err := loaderOf(ctx, fields, load).LoadMany(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, x := range found {
		if x != nil {
			list = append(list, x)
		}
	}
	return list, nil
}

// gatheredOne is gathered for one record; nil when it is not to be seen.
func gatheredOne[T any](ctx context.Context, id gid.ID, load func(context.Context, []gid.ID) (map[gid.ID]*T, error)) (*T, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // it shows none
	}
	list, err := gathered(ctx, []gid.ID{id}, load)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

func inOrder[T any](list []*T, ids []gid.ID, found map[gid.ID]*T) []*T {
	for _, id := range ids {
		if x := found[id]; x != nil {
			list = append(list, x)
		}
	}
	return list
}

// gatheredFor is what a field shows of something that was read, such as the actions of a
// record, worked out for all of them together that are resolved at the same time.
func gatheredFor[K comparable, V any](ctx context.Context, key K, load func(context.Context, []K) (map[K]V, error)) (V, error) {
	fields, ok := ctx.Value(gatheredKey{}).(*sync.Map)
	if !ok {
		return gather.Ask(ctx, nil, key, load)
	}
	return loaderOf(ctx, fields, load).Load(ctx, key)
}
