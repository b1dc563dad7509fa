// Package customers is what the portal tells of an organization as a whole: what
// happened with it, what it orders in numbers, who looks after it, and the notes
// that staff write about it.
//
// Owns: the timeline of an organization, its figures, its contacts, notes about
// it, how it buys and where it has things delivered, what an address and a VAT
// identification number must be. Does not own: what counts as an open, late or placed order and what the
// timeline of an order shows (portal/orders), people and their memberships
// (portal/accounts), who may read an event (schema/access.go).
package customers

import (
	"context"
	"time"

	"github.com/graph-gophers/dataloader/v7"

	"foyer/portal/orders"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// Service tells of organizations.
type Service struct {
	store  *store.Store
	orders *orders.Service
	now    func() time.Time // UTC, to the microsecond that both databases keep
}

// New makes the service.
func New(st *store.Store, o *orders.Service) *Service {
	return &Service{store: st, orders: o, now: func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }}
}

// loaders answer one question about many organizations with the same statements.
// They are made for one answer and one viewer, and remember nothing.
type loaders struct {
	contacts *dataloader.Loader[gid.ID, []Contact]
	figures  *dataloader.Loader[figuresKey, *Figures]
}

// gathering is how long a loader waits for further organizations.
const gathering = 2 * time.Millisecond

type loadersKey struct{}

// WithLoaders lets the questions of one answer share their statements.
func WithLoaders(ctx context.Context, s *Service) context.Context {
	return context.WithValue(ctx, loadersKey{}, &loaders{contacts: Gather(s.contacts), figures: Gather(s.figures)})
}

// Gather makes a loader of a function that answers for many keys at once.
func Gather[K comparable, V any](load func(context.Context, []K) (map[K]V, error)) *dataloader.Loader[K, V] {
	batch := func(ctx context.Context, keys []K) []*dataloader.Result[V] {
		found, err := load(ctx, keys)
		results := make([]*dataloader.Result[V], len(keys))
		for i, k := range keys {
			results[i] = &dataloader.Result[V]{Data: found[k], Error: err}
		}
		return results
	}
	return dataloader.NewBatchedLoader(batch, dataloader.WithWait[K, V](gathering), dataloader.WithCache[K, V](&dataloader.NoCache[K, V]{}))
}

// ask asks a loader of the context, and without one for the single key.
func ask[K comparable, V any](
	ctx context.Context, key K, of func(*loaders) *dataloader.Loader[K, V], load func(context.Context, []K) (map[K]V, error),
) (V, error) {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		return of(l).Load(ctx, key)()
	}
	all, err := load(ctx, []K{key})
	return all[key], err
}
