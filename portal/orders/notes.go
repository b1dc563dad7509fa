package orders

import (
	"context"

	"foyer/ent"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
)

// Note is the input of AddNote.
type Note struct {
	OrderID  gid.ID
	Text     string
	Internal bool // for staff only
}

// AddNote writes a note on an order, in any of its states. The customer and the
// staff both write; a note for staff only is another action of the matrix. It
// does not change the order, and so asks for no version.
func (s *Service) AddNote(ctx context.Context, in Note) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		o, err := find(ctx, tx, in.OrderID)
		if err != nil {
			return "", err
		}
		action := doNote
		if in.Internal {
			action = doInternal
		}
		ctx, err = access.Act(ctx, action, owner(o))
		if err != nil {
			return "", err
		}
		if _, ok := target(action, o.Status); !ok {
			return "", wrongState(o.Status)
		}
		text, err := NoteText(in.Text, "text")
		if err != nil {
			return "", err
		}
		return o.ID, events.Append(ctx, tx, events.Event{
			Kind: events.OrderNote, Subject: o.ID, Owner: owner(o), Staff: in.Internal, Data: schema.EventData{Text: text},
		})
	})
}
