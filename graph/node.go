package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"foyer/ent"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// maxNodes is how many ids one field may ask for.
const maxNodes = 100

var errManyNodes = problem.New(problem.LimitExceeded,
	"At most 100 ids can be asked for at once.", "Höchstens 100 Kennungen können auf einmal abgefragt werden.")

// nodes loads several things by their ids; what cannot be had is null, with an
// error each.
func (r *Resolver) nodes(ctx context.Context, ids []gid.ID) ([]ent.Noder, error) {
	if len(ids) > maxNodes {
		return nil, errManyNodes
	}
	if len(ids) == 1 { // the generated loader answers a single miss with no list at all
		n, err := r.Store.Client().Noder(ctx, ids[0], ent.WithNodeType(nodeTable))
		if err != nil {
			graphql.AddError(ctx, err)
		}
		return []ent.Noder{n}, nil
	}
	return r.Store.Client().Noders(ctx, ids, ent.WithNodeType(nodeTable))
}

// nodeTable finds the table of an id by its prefix. A type outside the viewer's
// schema is not found, whatever the database says: answering with one would at
// least tell its name.
func nodeTable(ctx context.Context, id gid.ID) (string, error) {
	if typ := access.TypeOf(id); typ != "" && Visible(ctx, typ) {
		return access.Table(id), nil
	}
	return "", problem.ErrNotFound
}

// shown turns "not found" into nothing: the other end of an edge may be hidden
// from a viewer who sees this one.
func shown[T any](x *T, err error) (*T, error) {
	return x, ent.MaskNotFound(err)
}
