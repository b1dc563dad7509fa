package customers

import (
	"context"

	"foyer/ent"
	"foyer/ent/organization"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/orders"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// Note is the input of AddNote.
type Note struct {
	OrganizationID gid.ID
	Text           string
}

// AddNote writes a note about an organization, which staff read in its timeline
// and nobody else ever does. The refusal is INVALID.
func (s *Service) AddNote(ctx context.Context, in Note) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		o, err := tx.Organization.Query().Where(organization.ID(in.OrganizationID)).Only(ctx)
		if ent.IsNotFound(err) {
			return "", problem.ErrNotFound
		}
		if err != nil {
			return "", err
		}
		owner := access.Owner{Organization: o.ID, Subject: o.ID}
		ctx, err = access.Act(ctx, "organization.note", owner)
		if err != nil {
			return "", err
		}
		text, err := orders.NoteText(in.Text, "text")
		if err != nil {
			return "", err
		}
		return o.ID, events.Append(ctx, tx, events.Event{
			Kind: events.OrganizationNote, Subject: o.ID, Owner: owner, Staff: true, At: s.now(), Data: schema.EventData{Text: text},
		})
	})
}
