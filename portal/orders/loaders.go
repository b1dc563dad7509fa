package orders

import (
	"context"
	"time"

	"github.com/graph-gophers/dataloader/v7"

	"entgo.io/ent/dialect/sql"

	"foyer/ent/orderline"
	"foyer/schema/gid"
)

// wait is how long a loader gathers keys. The fields of a page of orders are
// resolved at the same time, so that it need not be long.
const wait = 2 * time.Millisecond

// loaders answer one question about many orders with one statement. They are
// made for one request and one viewer, and remember nothing: a mutation may
// come between two questions, and a subscription may last for hours.
type loaders struct {
	timeline *dataloader.Loader[gid.ID, []Entry]
	left     *dataloader.Loader[gid.ID, bool]
}

type loadersKey struct{}

// WithLoaders lets the questions of one request share their statements.
func WithLoaders(ctx context.Context, s *Service) context.Context {
	return context.WithValue(ctx, loadersKey{}, &loaders{timeline: loader(s.timelines), left: loader(s.lefts)})
}

func loader[V any](load func(context.Context, []gid.ID) (map[gid.ID]V, error)) *dataloader.Loader[gid.ID, V] {
	batch := func(ctx context.Context, ids []gid.ID) []*dataloader.Result[V] {
		found, err := load(ctx, ids)
		results := make([]*dataloader.Result[V], len(ids))
		for i, id := range ids {
			results[i] = &dataloader.Result[V]{Data: found[id], Error: err}
		}
		return results
	}
	return dataloader.NewBatchedLoader(batch,
		dataloader.WithWait[gid.ID, V](wait), dataloader.WithCache[gid.ID, V](&dataloader.NoCache[gid.ID, V]{}))
}

// Timeline is what happened to an order, as far as the viewer may read it, the
// latest first and at most MaxTimeline entries.
func (s *Service) Timeline(ctx context.Context, id gid.ID) ([]Entry, error) {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		return l.timeline.Load(ctx, id)()
	}
	all, err := s.timelines(ctx, []gid.ID{id})
	return all[id], err
}

// left says whether units of an order have not been sent.
func (s *Service) left(ctx context.Context, id gid.ID) (bool, error) {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		return l.left.Load(ctx, id)()
	}
	all, err := s.lefts(ctx, []gid.ID{id})
	return all[id], err
}

func (s *Service) lefts(ctx context.Context, ids []gid.ID) (map[gid.ID]bool, error) {
	unsent := func(q *sql.Selector) {
		q.Where(sql.ColumnsLT(q.C(orderline.FieldQuantityShipped), q.C(orderline.FieldQuantity)))
	}
	open, err := s.store.Client().OrderLine.Query().
		Where(orderline.OrderIDIn(ids...), unsent).GroupBy(orderline.FieldOrderID).Strings(ctx)
	if err != nil {
		return nil, err
	}
	all := make(map[gid.ID]bool, len(open))
	for _, id := range open {
		all[gid.ID(id)] = true
	}
	return all, nil
}
