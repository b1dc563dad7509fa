package scalar

import (
	"context"

	"entgo.io/contrib/entgql"
	"github.com/99designs/gqlgen/graphql"

	"foyer/schema/gid"
)

func MarshalCursor(c entgql.Cursor[gid.ID]) graphql.ContextMarshaler { return nil }

func UnmarshalCursor(ctx context.Context, v any) (entgql.Cursor[gid.ID], error) {
	var c entgql.Cursor[gid.ID]
	err := c.UnmarshalGQL(v)
	return c, err
}
