// Package orders is what the portal does with orders: it confirms, cancels and
// promises them, ships them in parts, listens to carriers and tells what
// happened.
//
// Owns: the states of orders and shipments and how they change, order numbers,
// carriers, lateness, the timeline of an order, the meaning of the filters of
// the list of orders. Does not own: who may do what (schema/access.go, enforced
// by portal/access), how events are kept (portal/events), orders of other
// systems (the importer writes them; it takes Derive and Fulfillment from here).
package orders

import (
	"context"
	"time"

	"entgo.io/ent/dialect/sql"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// Service does what the portal does with orders.
type Service struct {
	store    *store.Store
	carriers Carriers
	now      func() time.Time                                                               // UTC, to the microsecond that both databases keep
	shipped  []func(ctx context.Context, p *ent.Shipment) error                             // see WhenShipped
	ended    []func(ctx context.Context, tx *ent.Client, o *ent.Order, reason string) error // see WhenCancelled
	batch    int                                                                            // how many orders FindDelays takes at a time
	stock    Stock                                                                          // nil: nothing is kept of what is held for orders
}

// New makes the service.
func New(st *store.Store, carriers Carriers) *Service {
	return &Service{store: st, carriers: carriers, batch: delaysBatch, now: func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }}
}

// Stock is what orders need of the stock. Both take so many units by line, or all
// when quantities is nil, in the running transaction; an order for which nothing
// is held is left alone.
type Stock interface {
	// Release gives back what is held for an order.
	Release(ctx context.Context, order gid.ID, quantities map[gid.ID]int) error
	// Ship takes what leaves off the stock.
	Ship(ctx context.Context, order gid.ID, quantities map[gid.ID]int) error
}

// UseStock has what is shipped and cancelled told to the stock. It must be called
// before the service is used.
func (s *Service) UseStock(stock Stock) { s.stock = stock }

// release gives back what is held for an order.
func (s *Service) release(ctx context.Context, id gid.ID, quantities map[gid.ID]int) error {
	if s.stock == nil {
		return nil
	}
	return s.stock.Release(ctx, id, quantities)
}

// change carries out an action on an order: it finds the order as the viewer
// sees it, asks the matrix, the version and the transition table, in this order,
// and then lets fn write. Whatever fn refuses leaves nothing behind.
func (s *Service) change(
	ctx context.Context, action string, id gid.ID, version int,
	fn func(ctx context.Context, tx *ent.Client, o *ent.Order) (gid.ID, error),
) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		o, err := find(ctx, tx, id, held)
		if err != nil {
			return "", err
		}
		ctx, err = access.Act(ctx, action, owner(o))
		if err != nil {
			return "", err
		}
		if o.Version != version {
			return "", problem.ErrStale
		}
		if _, ok := target(action, o.Status); !ok {
			return "", wrongState(o.Status)
		}
		return fn(ctx, tx, o)
	})
}

// find loads an order as the viewer sees it; what they do not see is not found,
// whatever they wanted to do with it.
func find(ctx context.Context, tx *ent.Client, id gid.ID, how ...func(*sql.Selector)) (*ent.Order, error) {
	q := tx.Order.Query().Where(order.ID(id))
	for _, h := range how {
		q.Where(h)
	}
	o, err := q.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return o, err
}

// held makes a query lock what it reads until the transaction ends. Whoever
// changes an order, its lines or its shipments holds the order first: the axes
// of an order follow from all its shipments, and two who change different
// shipments at once would otherwise each derive them from half the truth.
func held(s *sql.Selector) { store.Held(s) }

// owner is what decides about an order.
func owner(o *ent.Order) access.Owner {
	return access.Owner{Organization: o.OrganizationID, User: o.UserID, Subject: o.ID}
}

// update begins the update of an order that has been found in a version and a
// state: should it be in others by now, nothing is changed.
func update(tx *ent.Client, o *ent.Order) *ent.OrderUpdateOne {
	return tx.Order.UpdateOneID(o.ID).Where(order.Version(o.Version), order.StatusEQ(o.Status)).AddVersion(1)
}

// fresh turns the "not found" of a guarded update into what it means.
func fresh(err error) error {
	if ent.IsNotFound(err) {
		return problem.ErrStale
	}
	return err
}

// moved is the event of a change of state.
func moved(o *ent.Order, to order.Status, reason string) events.Event {
	return events.Event{
		Kind: events.OrderStatus, Subject: o.ID, Owner: owner(o),
		Data: schema.EventData{From: string(o.Status), To: string(to), Text: reason},
	}
}
