package notifications

import (
	"context"
	"slices"
	"strconv"

	"foyer/ent"
	"foyer/ent/notification"
	"foyer/ent/predicate"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// Filter says which notifications. Conditions that are given must all hold.
type Filter struct {
	Unread *bool
	Kind   []notification.Kind
}

// Where are the conditions of a filter.
func (f Filter) Where() (where []predicate.Notification) {
	switch {
	case f.Unread == nil:
	case *f.Unread:
		where = append(where, notification.ReadAtIsNil())
	default:
		where = append(where, notification.ReadAtNotNil())
	}
	if f.Kind != nil {
		where = append(where, notification.KindIn(f.Kind...))
	}
	return where
}

// Unread counts what the viewer has not read.
func (s *Service) Unread(ctx context.Context) (int, error) {
	return s.st.Client().Notification.Query().Where(notification.ReadAtIsNil()).Count(ctx)
}

// mostRead is how many notifications can be named at once.
const mostRead = 100

// Read marks the viewer's own notifications as read: those named, or all when
// ids is nil. One that the viewer does not have is not found, and then none is
// marked. It returns how many were unread before.
func (s *Service) Read(ctx context.Context, ids []gid.ID) (marked int, err error) {
	v, err := me(ctx)
	if err != nil {
		return 0, err
	}
	if len(ids) > mostRead {
		return 0, invalid("Name up to 100 notifications.", "Nennen Sie höchstens 100 Benachrichtigungen.", "ids")
	}
	// What a repeated request is told is how many the first one marked, and so
	// that number is what is kept of it.
	result, err := s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		q := tx.Notification.Query().Where(notification.UserID(gid.ID(v.UserID)))
		if ids != nil {
			named := slices.Compact(slices.Sorted(slices.Values(ids)))
			n, err := q.Clone().Where(notification.IDIn(named...)).Count(ctx)
			if err != nil {
				return "", err
			}
			if n != len(named) {
				return "", problem.ErrNotFound
			}
			q.Where(notification.IDIn(named...))
		}
		rows, err := q.Where(notification.ReadAtIsNil()).Select(notification.FieldID, notification.FieldOrganizationID).All(ctx)
		if err != nil {
			return "", err
		}
		// A row's owner is the organization and the person; each of the few
		// organizations that a person hears of takes one statement.
		owners := map[gid.ID]bool{}
		for _, r := range rows {
			owners[r.OrganizationID] = true
		}
		marked := 0
		for org := range owners {
			ctx, err := access.Act(ctx, "notification.read", access.Owner{Organization: org, User: gid.ID(v.UserID)})
			if err != nil {
				return "", err
			}
			n, err := store.MarkRead(ctx, tx, gid.ID(v.UserID), ids, s.now())
			if err != nil {
				return "", err
			}
			marked += n
		}
		return gid.ID(strconv.Itoa(marked)), nil
	})
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(result))
}

// WordsOf are the title and the text of a notification in a language.
func WordsOf(n *ent.Notification, language schema.Language) (title, text string) {
	return Words(n.Kind, n.Data, n.CreatedAt, language)
}
