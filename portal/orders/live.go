package orders

import (
	"context"
	"slices"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/order"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// Following says what somebody follows: one order, or all that they may see, of
// one organization where it is given.
type Following struct {
	Order, Organization gid.ID
	Since               *string // token of the message to go on after
	Stay                bool    // for what happens next
}

// Update is one message about an order: where to go on from after it, and what
// happened. The first message has no event.
type Update struct {
	Token string
	Order gid.ID
	Event *Entry
}

// Follow tells of what happens to orders, each time as far as the viewer of the
// context may read it then. The first message is where it begins: without a
// token that is now.
func (s *Service) Follow(ctx context.Context, stream *events.Stream, q Following, tell func(context.Context, Update) error) error {
	since, err := stream.Position(ctx, q.Since)
	if err != nil {
		return err
	}
	key, err := s.store.Secret(ctx, "event-keys")
	if err != nil {
		return err
	}
	update := func(ctx context.Context, at int64, id gid.ID, e *Entry) error {
		token, err := stream.Token(ctx, at)
		if err != nil {
			return err
		}
		return tell(ctx, Update{Token: token, Order: id, Event: e})
	}
	return stream.Follow(ctx, events.Follower{
		Wants: q.wants(auth.From(ctx)),
		Read: func(ctx context.Context, after, upTo int64, limit int) ([]*ent.Event, error) {
			rows := s.store.Client().Event.Query().Where(event.IDGT(after), event.IDLTE(upTo), event.KindIn(timelineKinds...))
			if q.Order != "" {
				rows.Where(event.SubjectID(q.Order))
			}
			if q.Organization != "" {
				rows.Where(event.OrganizationID(q.Organization))
			}
			return rows.Order(event.ByID()).Limit(limit).All(ctx)
		},
		Start: func(ctx context.Context, at int64) error { return update(ctx, at, q.Order, nil) },
		Tell: func(ctx context.Context, e *ent.Event, at int64) error {
			k, err := events.Encipher(key, e.ID)
			if err != nil {
				return err
			}
			return update(ctx, at, e.SubjectID, &Entry{Event: e, Key: k})
		},
	}, since, q.Stay)
}

// wants says which news can be of interest. It may let pass what the viewer may
// not read, which the reading then leaves out, but must stop nothing else.
func (q Following) wants(v *auth.Viewer) func(n *events.News) bool {
	return func(n *events.News) bool {
		switch {
		case !slices.Contains(timelineKinds, string(n.Kind)):
			return false
		case q.Order != "":
			return n.Subject == q.Order
		case q.Organization != "" && n.Organization != q.Organization:
			return false
		case v.Kind == auth.KindGuest:
			return string(n.Subject) == v.Subject
		case v.Kind != auth.KindMember:
			return true
		}
		return string(n.Organization) == v.OrganizationID || slices.Contains(v.Tree, string(n.Organization))
	}
}

// Exists is nil when the viewer of the context sees an order.
func (s *Service) Exists(ctx context.Context, id gid.ID) error {
	there, err := s.store.Client().Order.Query().Where(order.ID(id)).Exist(ctx)
	if err == nil && !there {
		return problem.ErrNotFound
	}
	return err
}
