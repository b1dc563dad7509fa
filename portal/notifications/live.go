package notifications

import (
	"context"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/event"
	"foyer/portal/events"
	"foyer/schema/gid"
)

// Arrival is one message about notifications: where to go on from after it, and
// what has arrived. The first message has nothing.
type Arrival struct {
	Token        string
	Notification gid.ID
}

// Follow tells the viewer of the context of their notifications as they arrive.
// The first message is where it begins: without a token that is now.
func (s *Service) Follow(ctx context.Context, stream *events.Stream, token *string, stay bool, tell func(context.Context, Arrival) error) error {
	since, err := stream.Position(ctx, token)
	if err != nil {
		return err
	}
	reader := gid.ID(auth.From(ctx).UserID)
	arrived := func(ctx context.Context, at int64, id gid.ID) error {
		token, err := stream.Token(ctx, at)
		if err != nil {
			return err
		}
		return tell(ctx, Arrival{Token: token, Notification: id})
	}
	return stream.Follow(ctx, events.Follower{
		Wants: func(n *events.News) bool { return n.Kind == events.Notified && n.User == reader },
		// These events are nobody's to read, and say no more than that there is
		// something; what it is, the reader is shown as themselves.
		Read: func(ctx context.Context, after, upTo int64, limit int) ([]*ent.Event, error) {
			return s.st.Client().Event.Query().Where(event.IDGT(after), event.IDLTE(upTo), event.UserID(reader), event.Kind(string(events.Notified))).
				Order(event.ByID()).Limit(limit).
				All(auth.WithSystem(ctx, "which notifications of the viewer are new"))
		},
		Start: func(ctx context.Context, at int64) error { return arrived(ctx, at, "") },
		Tell:  func(ctx context.Context, e *ent.Event, at int64) error { return arrived(ctx, at, e.SubjectID) },
	}, since, stay)
}
