package orders

import (
	"context"
	"sync"

	"foyer/ent/orderline"
	"foyer/portal/gather"
	"foyer/schema/gid"
)

// loaders answer one question about many orders with one statement. They are
// made for one request and one viewer.
//
// Orders of one page are known to belong together, see Together: the first of
// them that asks asks for all. Orders that come to be resolved at the same time
// in other ways are gathered by a short wait; that remembers nothing, since a
// mutation may come between two questions, and a subscription may last for hours.
type loaders struct {
	timeline *gather.Loader[gid.ID, []Entry]
	left     *gather.Loader[gid.ID, bool]
	own      *gather.Loader[gid.ID, *facts]
	delays   *gather.Loader[gid.ID, circumstances]

	mu    sync.Mutex
	pages map[gid.ID]*shared
}

// shared are the answers that the orders of one page share.
type shared struct {
	timelines func(context.Context) (map[gid.ID][]Entry, error)
	lefts     func(context.Context) (map[gid.ID]bool, error)
	owns      func(context.Context) (map[gid.ID]*facts, error)
	delays    func(context.Context) (map[gid.ID]circumstances, error)
}

type loadersKey struct{}

// WithLoaders lets the questions of one request share their statements.
func WithLoaders(ctx context.Context, s *Service) context.Context {
	return context.WithValue(ctx, loadersKey{}, &loaders{
		timeline: gather.New(s.timelines), left: gather.New(s.lefts), own: gather.New(s.owns), delays: gather.New(s.circumstances),
		pages: map[gid.ID]*shared{},
	})
}

// Together says that some orders, those of a page, are being resolved together.
func (s *Service) Together(ctx context.Context, ids []gid.ID) {
	l, ok := ctx.Value(loadersKey{}).(*loaders)
	if !ok || len(ids) < 2 {
		return
	}
	p := &shared{timelines: once(ids, s.timelines), lefts: once(ids, s.lefts), owns: once(ids, s.owns), delays: once(ids, s.circumstances)}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range ids {
		l.pages[id] = p
	}
}

// once loads at the first question, and keeps the answer for the others.
func once[V any](ids []gid.ID, load func(context.Context, []gid.ID) (map[gid.ID]V, error)) func(context.Context) (map[gid.ID]V, error) {
	var (
		first sync.Once
		found map[gid.ID]V
		err   error
	)
	return func(ctx context.Context) (map[gid.ID]V, error) {
		first.Do(func() { found, err = load(ctx, ids) })
		return found, err
	}
}

func (l *loaders) page(id gid.ID) *shared {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pages[id]
}

// Timeline is what happened to an order, as far as the viewer may read it, the
// latest first and at most MaxTimeline entries.
func (s *Service) Timeline(ctx context.Context, id gid.ID) ([]Entry, error) {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		if p := l.page(id); p != nil {
			all, err := p.timelines(ctx)
			return all[id], err
		}
		return l.timeline.Load(ctx, id)
	}
	all, err := s.timelines(ctx, []gid.ID{id})
	return all[id], err
}

// left says whether units of an order have not been sent.
func (s *Service) left(ctx context.Context, id gid.ID) (bool, error) {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		if p := l.page(id); p != nil {
			all, err := p.lefts(ctx)
			return all[id], err
		}
		return l.left.Load(ctx, id)
	}
	all, err := s.lefts(ctx, []gid.ID{id})
	return all[id], err
}

func (s *Service) lefts(ctx context.Context, ids []gid.ID) (map[gid.ID]bool, error) {
	open, err := s.store.Client().OrderLine.Query().
		Where(orderline.OrderIDIn(ids...), enough(1)).GroupBy(orderline.FieldOrderID).Strings(ctx)
	if err != nil {
		return nil, err
	}
	all := make(map[gid.ID]bool, len(open))
	for _, id := range open {
		all[gid.ID(id)] = true
	}
	return all, nil
}

// own are the facts of an order of which a line has a day of its own; of any
// other order there are none to know.
func (s *Service) own(ctx context.Context, id gid.ID) (f *facts, err error) {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		if p := l.page(id); p != nil {
			f, err = among(ctx, id, p.owns)
		} else {
			f, err = l.own.Load(ctx, id)
		}
	} else {
		f, err = among(ctx, id, once([]gid.ID{id}, s.owns))
	}
	if f == nil {
		f = &facts{}
	}
	return f, err
}

// why are the circumstances of an order's delay.
func (s *Service) why(ctx context.Context, id gid.ID) (circumstances, error) {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		if p := l.page(id); p != nil {
			return among(ctx, id, p.delays)
		}
		return l.delays.Load(ctx, id)
	}
	return among(ctx, id, once([]gid.ID{id}, s.circumstances))
}

func among[V any](ctx context.Context, id gid.ID, load func(context.Context) (map[gid.ID]V, error)) (V, error) {
	all, err := load(ctx)
	return all[id], err
}

// withOwn are those of some orders of which a line has a day of its own.
func (s *Service) withOwn(ctx context.Context, ids []gid.ID) ([]gid.ID, error) {
	names, err := s.store.Client().OrderLine.Query().
		Where(orderline.OrderIDIn(ids...), orderline.PromisedDateNotNil()).GroupBy(orderline.FieldOrderID).Strings(ctx)
	with := make([]gid.ID, len(names))
	for i, name := range names {
		with[i] = gid.ID(name)
	}
	return with, err
}
