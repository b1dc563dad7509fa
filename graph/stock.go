package graph

import (
	"context"
	"slices"
	"strconv"

	"entgo.io/contrib/entgql"
	"github.com/99designs/gqlgen/graphql"

	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/ent/stocklocation"
	"foyer/graph/model"
	"foyer/graph/scalar"
	"foyer/portal/gather"
	"foyer/portal/stock"
	"foyer/schema/gid"
)

// stockLoaders let the variants and levels of one answer share their statements.
type stockLoaders struct {
	available *gather.Loader[gid.ID, stock.Availability]
	levels    *gather.Loader[gid.ID, []*stock.Level]
	movements *gather.Loader[stock.At, []stock.Movement]
	locations *gather.Loader[gid.ID, *ent.StockLocation]
}

type stockLoadersKey struct{}

func withStock(ctx context.Context, r *Resolver) context.Context {
	return context.WithValue(ctx, stockLoadersKey{}, r.stockLoaders())
}

func (r *Resolver) stockLoaders() *stockLoaders {
	return &stockLoaders{
		available: gather.New(r.Stock.Available), levels: gather.New(r.Stock.LevelsOf),
		movements: gather.New(r.Stock.MovementsOf), locations: gather.New(r.locationsByID),
	}
}

// stockOf are the loaders of an answer.
func (r *Resolver) stockOf(ctx context.Context) *stockLoaders {
	if l, ok := ctx.Value(stockLoadersKey{}).(*stockLoaders); ok {
		return l
	}
	return r.stockLoaders()
}

func (r *Resolver) locationsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.StockLocation, error) {
	list, err := r.Store.Client().StockLocation.Query().Where(stocklocation.IDIn(ids...)).All(ctx)
	found := make(map[gid.ID]*ent.StockLocation, len(list))
	for _, x := range list {
		found[x.ID] = x
	}
	return found, err
}

// availability is what can be promised of a variant, as the API shows it. What
// is not known of a variant that was just shown has gone meanwhile.
func availability(id gid.ID, a stock.Availability) *model.Availability {
	out := &model.Availability{VariantID: id, Status: model.AvailabilityStatus(a.Status), Promise: a.SendOn}
	if a.Status == "" {
		out.Status = model.AvailabilityStatusOutOfStock
	}
	if a.Limited() {
		out.Quantity = &a.Available
	}
	return out
}

// stockLevels are levels as the API shows them.
func stockLevels(ctx context.Context, list []*stock.Level) []*model.StockLevel {
	out := make([]*model.StockLevel, len(list))
	for i, l := range list {
		out[i] = stockLevel(l)
	}
	sideBySide(ctx, out, func(l *model.StockLevel) gid.ID { return l.VariantID })
	return out
}

func stockLevel(l *stock.Level) *model.StockLevel {
	return &model.StockLevel{
		VariantID: l.VariantID, LocationID: l.LocationID, OnHand: l.OnHand, Allocated: l.Allocated, Reserved: l.Reserved,
		Available: l.Available(), FedAt: l.FedAt, CountedAt: l.CountedAt, IsStale: l.Stale,
	}
}

// stockMovements are movements as the API shows them.
func stockMovements(ctx context.Context, list []stock.Movement) []*model.StockMovement {
	out := make([]*model.StockMovement, len(list))
	for i, m := range list {
		out[i] = &model.StockMovement{
			Key: strconv.FormatInt(m.Number, 10), Kind: model.StockMovementKind(m.Kind), LocationID: m.LocationID,
			OnHand: m.OnHand, Allocated: m.Allocated, Reserved: m.Reserved, Reason: filled(m.Reason), At: m.At,
			Actor: &model.EventActor{Kind: model.EventActorKind(m.ActorKind), Name: filled(m.ActorName)},
		}
		if m.OrderID != "" {
			out[i].OrderID = new(m.OrderID)
		}
	}
	sideBySide(ctx, out, func(m *model.StockMovement) gid.ID {
		if m.OrderID == nil {
			return ""
		}
		return *m.OrderID
	})
	return out
}

// stockPage loads a page of levels, and one more to see whether there is a next.
func (r *Resolver) stockPage(
	ctx context.Context, filter *model.StockLevelFilter, after *entgql.Cursor[gid.ID], n int,
) (*model.StockLevelConnection, error) {
	f, err := stockFilter(filter)
	if err != nil {
		return nil, err
	}
	var from *stock.Place
	if after != nil {
		sku, ok := after.Value.(string)
		if !ok {
			return nil, scalar.ErrCursor
		}
		from = &stock.Place{Sku: sku, Location: after.ID}
	}
	list, err := r.Stock.Levels(ctx, f, from, n+1)
	if err != nil {
		return nil, err
	}
	c := &model.StockLevelConnection{Edges: []*model.StockLevelEdge{}, PageInfo: &entgql.PageInfo[gid.ID]{HasPreviousPage: after != nil}}
	if len(list) > n {
		list, c.PageInfo.HasNextPage = list[:n], true
	}
	if asksFor(ctx, "totalCount") {
		if c.TotalCount, err = r.Stock.Count(ctx, f); err != nil {
			return nil, err
		}
	}
	for i, l := range stockLevels(ctx, list) {
		c.Edges = append(c.Edges, &model.StockLevelEdge{Node: l, Cursor: entgql.Cursor[gid.ID]{ID: l.LocationID, Value: list[i].Sku}})
	}
	if len(c.Edges) > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[len(c.Edges)-1].Cursor
	}
	return c, nil
}

// asksFor says whether a field of the answer is asked for.
func asksFor(ctx context.Context, name string) bool {
	return slices.ContainsFunc(graphql.CollectFieldsCtx(ctx, nil), func(f graphql.CollectedField) bool { return f.Name == name })
}

// stockFilter reads which levels are asked for.
func stockFilter(in *model.StockLevelFilter) (f stock.Filter, err error) {
	if in == nil {
		return f, nil
	}
	if f.Sku, err = searched(in.Sku); err != nil {
		return f, err
	}
	if f.Search, err = searched(in.Search); err != nil {
		return f, err
	}
	if in.LocationID != nil {
		f.LocationID = *in.LocationID
	}
	if in.StockPolicy != nil {
		f.Policies = mapped(in.StockPolicy, func(p productvariant.StockPolicy) string { return string(p) })
	}
	f.VariantIDs, f.Oversold, f.Below, f.Stale, f.Before = in.VariantIds, in.Oversold, in.Below, in.IsStale, in.HeardBefore
	return f, nil
}

func stockErrors(ctx context.Context, err error) ([]*model.StockUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.StockUserError {
		return &model.StockUserError{Field: field, Code: model.StockErrorCode(code), Message: message}
	})
}

// stockFeed reads the input of feedStock.
func stockFeed(in model.FeedStockInput) stock.Feed {
	f := stock.Feed{Location: in.Location, ObservedAt: in.ObservedAt, Items: make([]stock.FeedItem, len(in.Items))}
	for i, x := range in.Items {
		f.Items[i] = stock.FeedItem{Sku: x.Sku, OnHand: x.OnHand, Version: x.Version}
	}
	return f
}

// feedPayload tells what became of a feed.
func feedPayload(ctx context.Context, fed stock.Fed, err error) (*model.FeedStockPayload, error) {
	refused, err := stockErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	out := &model.FeedStockPayload{Taken: fed.Taken, Outdated: fed.Outdated, Errors: make([]*model.StockFeedError, len(fed.Errors)), UserErrors: refused}
	for i, e := range fed.Errors {
		out.Errors[i] = &model.StockFeedError{Index: e.Index, Sku: e.Sku, Code: model.StockFeedErrorCode(e.Code), Message: e.Text.In(language(ctx))}
	}
	return out, nil
}
