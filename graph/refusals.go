package graph

import (
	"context"

	"foyer/portal/problem"
)

// userErrors splits the error of a mutation into what its payload tells, in
// the language of the viewer, and what ends the request. The list is never nil,
// as the schema promises.
func userErrors[E any](ctx context.Context, err error, make func(field []string, code, message string) *E) ([]*E, error) {
	refusals, err := problem.Refusals(err)
	list := []*E{}
	for _, r := range refusals {
		list = append(list, make(r.Field, r.Code, r.Text.In(language(ctx))))
	}
	return list, err
}
