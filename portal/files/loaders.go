package files

import (
	"context"
	"slices"

	"foyer/ent"
	"foyer/ent/file"
	"foyer/portal/gather"
	"foyer/schema/gid"
)

// loaders answer one question about many files, or about what they hang on, with
// one statement. They are made for one request and one viewer, and remember
// nothing: a mutation may come between two questions.
type loaders struct {
	of     *gather.Loader[gid.ID, []*ent.File]
	find   *gather.Loader[gid.ID, *ent.File]
	public *gather.Loader[gid.ID, bool]
}

type loadersKey struct{}

// WithLoaders lets the questions of one request share their statements.
func WithLoaders(ctx context.Context, s *Service) context.Context {
	if s == nil {
		return ctx
	}
	return context.WithValue(ctx, loadersKey{}, &loaders{of: gather.New(s.ofAll), find: gather.New(s.findAll), public: gather.New(s.publicAll)})
}

// together are the loaders of the context; without any each question is asked alone.
func together(ctx context.Context) *loaders {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		return l
	}
	return &loaders{}
}

// Of are the files of one kind that hang on something, in their order, as far as
// the viewer sees them.
func (s *Service) Of(ctx context.Context, parent gid.ID, kind file.Kind) ([]*ent.File, error) {
	all, err := gather.Ask(ctx, together(ctx).of, parent, s.ofAll)
	list := []*ent.File{}
	for _, f := range all {
		if f.Kind == kind {
			list = append(list, f)
		}
	}
	return list, err
}

// ofAll loads the files of products, orders, carts and work that was handed in, with
// one statement for each of the four.
func (s *Service) ofAll(ctx context.Context, parents []gid.ID) (map[gid.ID][]*ent.File, error) {
	sorts := map[string][]gid.ID{}
	for _, id := range parents {
		if !slices.Contains(sorts[id.Prefix()], id) {
			sorts[id.Prefix()] = append(sorts[id.Prefix()], id)
		}
	}
	all := map[gid.ID][]*ent.File{}
	for prefix, ids := range sorts {
		q, parent := s.store.Client().File.Query(), func(f *ent.File) gid.ID { return f.ProductID }
		switch prefix {
		case gid.Product:
			q.Where(file.ProductIDIn(ids...))
		case gid.Order:
			q.Where(file.OrderIDIn(ids...))
			parent = func(f *ent.File) gid.ID { return f.OrderID }
		case gid.Cart:
			q.Where(file.CartIDIn(ids...))
			parent = func(f *ent.File) gid.ID { return f.CartID }
		case gid.Submission:
			q.Where(file.SubmissionIDIn(ids...))
			parent = func(f *ent.File) gid.ID { return f.SubmissionID }
		default:
			continue
		}
		// An order has at most as many as Limits.Attached, so that this is bounded
		// by the page.
		list, err := q.Order(file.ByPosition(), file.ByCreatedAt(), file.ByID()).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, f := range list {
			all[parent(f)] = append(all[parent(f)], f)
		}
	}
	return all, nil
}

// Find is a file that the viewer sees; nil when there is none.
func (s *Service) Find(ctx context.Context, id gid.ID) (*ent.File, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // documented
	}
	return gather.Ask(ctx, together(ctx).find, id, s.findAll)
}

func (s *Service) findAll(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.File, error) {
	list, err := s.store.Client().File.Query().Where(file.IDIn(ids...)).All(ctx)
	all := make(map[gid.ID]*ent.File, len(list))
	for _, f := range list {
		all[f.ID] = f
	}
	return all, err
}

// public says whether everybody sees a file.
func (s *Service) public(ctx context.Context, f *ent.File) (bool, error) {
	if f.ProductID == "" {
		return false, nil
	}
	return gather.Ask(ctx, together(ctx).public, f.ID, s.publicAll)
}

func (s *Service) publicAll(ctx context.Context, ids []gid.ID) (map[gid.ID]bool, error) {
	list, err := s.store.Client().File.Query().Where(file.IDIn(ids...)).IDs(everybody(ctx))
	all := make(map[gid.ID]bool, len(list))
	for _, id := range list {
		all[id] = true
	}
	return all, err
}
