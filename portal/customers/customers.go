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

	"foyer/portal/gather"
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
	contacts *gather.Loader[gid.ID, []Contact]
	figures  *gather.Loader[figuresKey, *Figures]
}

type loadersKey struct{}

// WithLoaders lets the questions of one answer share their statements.
func WithLoaders(ctx context.Context, s *Service) context.Context {
	return context.WithValue(ctx, loadersKey{}, &loaders{contacts: gather.New(s.contacts), figures: gather.New(s.figures)})
}

// together are the loaders of the context; without any each question is asked alone.
func together(ctx context.Context) *loaders {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		return l
	}
	return &loaders{}
}
