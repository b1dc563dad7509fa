package graph

import (
	"context"
	"runtime/debug"
	"sync/atomic"

	"foyer/ent"
	"foyer/ent/notification"
	"foyer/graph/model"
	"foyer/portal/notifications"
	"foyer/portal/orders"
	"foyer/schema/gid"
)

// sourceEnd is how a subscription's source ended. A channel can only be closed;
// this says why, for the last message of the stream.
type sourceEnd struct{ err atomic.Pointer[error] }

type sourceEndKey struct{}

func withSourceEnd(ctx context.Context) (context.Context, *sourceEnd) {
	o := &sourceEnd{}
	return context.WithValue(ctx, sourceEndKey{}, o), o
}

// produced runs the source of a subscription until it ends or the context does.
// There is no room in between: a source waits until its last message is on its
// way, so that a slow client slows down nobody but its own subscription.
func produced[T any](ctx context.Context, source func(ctx context.Context, tell func(context.Context, *T) error) error) <-chan *T {
	out := make(chan *T)
	go func() {
		defer close(out)
		err := guarded(ctx, source, func(ctx context.Context, v *T) error {
			select {
			case out <- v:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
		if o, ok := ctx.Value(sourceEndKey{}).(*sourceEnd); ok && err != nil && ctx.Err() == nil {
			o.err.Store(&err)
		}
	}()
	return out
}

// guarded turns a panic of a source into its error: nothing else would catch it
// there, and it would end the process.
func guarded[T any](
	ctx context.Context, source func(ctx context.Context, tell func(context.Context, *T) error) error, tell func(context.Context, *T) error,
) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicked{value: v, stack: debug.Stack()}
		}
	}()
	return source(ctx, tell)
}

// orderUpdates are the messages of a subscription to orders.
func (r *Resolver) orderUpdates(ctx context.Context, q orders.Following) <-chan *model.OrderUpdated {
	return produced(ctx, func(ctx context.Context, tell func(context.Context, *model.OrderUpdated) error) error {
		return r.Orders.Follow(ctx, r.Live, q, func(ctx context.Context, u orders.Update) error {
			m := &model.OrderUpdated{Token: u.Token, OrderID: u.Order}
			if u.Event != nil {
				m.Event = r.orderEvent(*u.Event)
			}
			return tell(ctx, m)
		})
	})
}

// arrivals are the messages of a subscription to notifications.
func (r *Resolver) arrivals(ctx context.Context, since *string, stay bool) <-chan *model.NotificationReceived {
	return produced(ctx, func(ctx context.Context, tell func(context.Context, *model.NotificationReceived) error) error {
		return r.Notifications.Follow(ctx, r.Live, since, stay, func(ctx context.Context, a notifications.Arrival) error {
			return tell(ctx, &model.NotificationReceived{Token: a.Token, NotificationID: a.Notification})
		})
	})
}

// rereadNotification loads a notification with what is asked of it; nothing
// when there is none.
func (r *Resolver) rereadNotification(ctx context.Context, id gid.ID) (*ent.Notification, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // the first message has none
	}
	q, err := r.Store.Client().Notification.Query().Where(notification.ID(id)).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	return shown(q.Only(ctx))
}
