package store

import (
	"context"
	"time"

	"foyer/ent"
	"foyer/ent/notification"
	"foyer/schema/gid"
)

// MarkRead marks a person's unread notifications as read, by one statement: all
// of them when ids is nil. It is a bulk write and so lives here; the open action
// of the context keeps it to the rows of that action's owner, like any write.
func MarkRead(ctx context.Context, tx *ent.Client, userID gid.ID, ids []gid.ID, at time.Time) (int, error) {
	u := tx.Notification.Update().Where(notification.UserID(userID), notification.ReadAtIsNil()).SetReadAt(at)
	if ids != nil {
		u.Where(notification.IDIn(ids...))
	}
	return u.Save(ctx)
}
