package configurations

import (
	"context"
	"slices"

	"foyer/ent"
	"foyer/ent/configuration"
	"foyer/ent/event"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// followed are the kinds of event that those hear of who follow a configuration.
var followed = []string{
	string(events.ConfigurationChanged), string(events.ConfigurationHandedOver), string(events.ConfigurationRevalidated),
}

// Update is one message about a configuration: where to go on from after it, and who
// did something; nobody in the first message.
type Update struct {
	Token string
	By    string
}

// Follow tells of what happens to a configuration, as long as the viewer of the
// context sees it: it ends with ErrNotFound when something has happened and they do
// not, or it is gone.
func (s *Service) Follow(ctx context.Context, stream *events.Stream, id gid.ID, since *string, stay bool, tell func(context.Context, Update) error) error {
	at, err := stream.Position(ctx, since)
	if err != nil {
		return err
	}
	say := func(ctx context.Context, at int64, by string) error {
		token, err := stream.Token(ctx, at)
		if err != nil {
			return err
		}
		return tell(ctx, Update{Token: token, By: by})
	}
	return stream.Follow(ctx, events.Follower{
		Wants: func(n *events.News) bool { return n.Subject == id && slices.Contains(followed, string(n.Kind)) },
		Read: func(ctx context.Context, after, upTo int64, limit int) ([]*ent.Event, error) {
			rows, err := s.store.Client().Event.Query().Where(event.IDGT(after), event.IDLTE(upTo), event.SubjectID(id), event.KindIn(followed...)).
				Order(event.ByID()).Limit(limit).All(ctx)
			if err == nil && len(rows) == 0 { // what woke it is not for them
				err = s.Exists(ctx, id)
			}
			return rows, err
		},
		Start: func(ctx context.Context, at int64) error { return say(ctx, at, "") },
		Tell: func(ctx context.Context, e *ent.Event, at int64) error {
			if err := say(ctx, at, e.ActorName); err != nil {
				return err
			}
			return s.Exists(ctx, id)
		},
	}, at, stay)
}

// Exists is nil when the viewer of the context sees a configuration.
func (s *Service) Exists(ctx context.Context, id gid.ID) error {
	there, err := s.store.Client().Configuration.Query().Where(configuration.ID(id)).Exist(ctx)
	if err == nil && !there {
		return problem.ErrNotFound
	}
	return err
}
