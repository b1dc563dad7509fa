package graph

import (
	"context"
	"slices"

	"entgo.io/contrib/entgql"
	"github.com/99designs/gqlgen/graphql"

	"foyer/ent"
	"foyer/ent/importrun"
	"foyer/ent/predicate"
	"foyer/graph/model"
	"foyer/portal/importer"
	"foyer/portal/problem"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// newestImports is how imports are sorted when nobody says.
var newestImports = &ent.ImportRunOrder{Direction: entgql.OrderDirectionDesc, Field: ent.ImportRunOrderFieldCreatedAt}

// importFilter turns a filter into conditions.
func importFilter(f *model.ImportFilter) []predicate.ImportRun {
	if f == nil || f.Status == nil {
		return nil
	}
	return []predicate.ImportRun{importrun.StatusIn(f.Status...)}
}

// importPayload tells of an import that was started or stopped; its resolver
// loads it again.
func importPayload(ctx context.Context, id gid.ID, err error) (*model.ImportPayload, error) {
	refused, err := userErrors(ctx, err, func(field []string, code, message string) *model.ImportUserError {
		return &model.ImportUserError{Field: field, Code: model.ImportErrorCode(code), Message: message}
	})
	if err != nil {
		return nil, err
	}
	return &model.ImportPayload{ImportID: id, UserErrors: refused}, nil
}

// importOrder is what to import, with the files that came with the request.
func importOrder(in model.StartImportInput) importer.Order {
	o := importer.Order{Mapping: in.Mapping, DryRun: in.DryRun}
	for _, f := range in.Files {
		o.Files = append(o.Files, importer.File{Name: f.Filename, Size: f.Size, Content: f.File})
	}
	return o
}

// importCounts is what became of the rows of a run.
func importCounts(run *ent.ImportRun) []*model.ImportCount {
	out := make([]*model.ImportCount, len(run.Result.Counts))
	for i, c := range run.Result.Counts {
		out[i] = &model.ImportCount{
			Entity: c.Entity, Created: int(c.Created), Updated: int(c.Updated), Deleted: int(c.Deleted),
			Unchanged: int(c.Unchanged), Stale: int(c.Stale), Rejected: int(c.Rejected),
		}
	}
	return out
}

// importTotals is what the orders of a run come to.
func importTotals(run *ent.ImportRun) []*money.Money {
	out := make([]*money.Money, len(run.Result.Totals))
	for i, t := range run.Result.Totals {
		out[i] = &money.Money{Minor: t.Orders, Currency: t.Currency}
	}
	return out
}

// importRejections loads a page of rejected rows, and one more to see whether
// there is a next.
func (r *Resolver) importRejections(ctx context.Context, run *ent.ImportRun, after *entgql.Cursor[gid.ID], first *int) (*model.ImportRejectionConnection, error) {
	first, _, err := page(first, nil)
	if err != nil {
		return nil, err
	}
	from := ""
	if after != nil {
		if from = string(after.ID); from == "" {
			return nil, problem.ErrNotFound
		}
	}
	c := &model.ImportRejectionConnection{
		Edges: []*model.ImportRejectionEdge{}, TotalCount: int(importer.Rejected(run)),
		PageInfo: &entgql.PageInfo[gid.ID]{HasPreviousPage: after != nil},
	}
	if !slices.ContainsFunc(graphql.CollectAllFields(ctx), func(name string) bool { return name == "edges" || name == "pageInfo" }) {
		return c, nil
	}
	list, err := importer.Rejections(ctx, r.Store, run.ID, from, *first+1)
	if err != nil {
		return nil, err
	}
	if len(list) > *first {
		list, c.PageInfo.HasNextPage = list[:*first], true
	}
	for _, x := range list {
		c.Edges = append(c.Edges, &model.ImportRejectionEdge{
			Cursor: entgql.Cursor[gid.ID]{ID: gid.ID(x.Place())},
			Node:   &model.ImportRejection{File: x.File, Line: x.Line, Column: filled(x.Column), Entity: x.Entity, Reason: x.Why},
		})
	}
	if len(c.Edges) > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[len(c.Edges)-1].Cursor
	}
	return c, nil
}
