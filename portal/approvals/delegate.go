package approvals

import (
	"context"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// longestDelegation is how far ahead a delegation may end, in years.
const longestDelegation = 1

// Delegate is the input of Service.Delegate.
type Delegate struct {
	MembershipID   *gid.ID    // the viewer's own; the one acted by when nil
	DelegateUserID *gid.ID    // nobody any more when nil
	Until          *time.Time // needed with a person
}

// Delegate has somebody answer in the viewer's place until a time, or nobody any
// more. It is not handed on: a delegate's delegate answers for the delegate alone.
func (s *Service) Delegate(ctx context.Context, in Delegate) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		v := auth.From(ctx)
		if v == nil {
			return "", problem.ErrUnauthenticated
		}
		id := gid.ID(v.MembershipID)
		if in.MembershipID != nil {
			id = *in.MembershipID
		}
		m, err := tx.Membership.Query().Where(membership.ID(id), store.Held).Only(ctx)
		if ent.IsNotFound(err) {
			return "", problem.ErrNotFound
		}
		if err != nil {
			return "", err
		}
		ctx, err = access.Act(ctx, doDelegate, access.Owner{Organization: m.OrganizationID, User: m.UserID})
		if err != nil {
			return "", err
		}
		if m.ID != gid.ID(v.MembershipID) {
			return "", invalid("Act for that organization first.", "Wechseln Sie zuerst zu dieser Organisation.", "membershipId")
		}
		if in.DelegateUserID == nil {
			return m.ID, tx.Membership.UpdateOneID(m.ID).ClearDelegateID().ClearDelegateUntil().Exec(ctx)
		}
		until, err := s.delegable(ctx, tx, m, *in.DelegateUserID, in.Until)
		if err != nil {
			return "", err
		}
		return m.ID, tx.Membership.UpdateOneID(m.ID).SetDelegateID(*in.DelegateUserID).SetDelegateUntil(until).Exec(ctx)
	})
}

// delegable checks who is to answer, and until when.
func (s *Service) delegable(ctx context.Context, tx *ent.Client, m *ent.Membership, to gid.ID, until *time.Time) (time.Time, error) {
	now := s.now()
	switch {
	case to == m.UserID:
		return now, invalid("Name somebody else.", "Bitte benennen Sie jemand anderen.", "delegateUserId")
	case until == nil:
		return now, invalid("Please say until when.", "Bitte sagen Sie, bis wann.", "until")
	case !until.After(now):
		return now, invalid("The time lies in the past.", "Der Zeitpunkt liegt in der Vergangenheit.", "until")
	case until.After(now.AddDate(longestDelegation, 0, 0)):
		return now, invalid("The time lies more than a year ahead.", "Der Zeitpunkt liegt mehr als ein Jahr in der Zukunft.", "until")
	}
	seat, err := tx.Membership.Query().Where(membership.UserID(to), membership.OrganizationID(m.OrganizationID)).Exist(ctx)
	if err != nil {
		return now, err
	}
	if !seat { // whoever is not seen there is nobody
		return now, problem.ErrNotFound
	}
	all, err := deciders(auth.WithSystem(ctx, "whether a delegate may decide"), tx, m.OrganizationID)
	if err != nil {
		return now, err
	}
	if !slices.ContainsFunc(all, func(d decider) bool { return d.user == to && d.organization == m.OrganizationID }) {
		return now, invalid("Only an active manager or administrator of the organization can answer in your place.",
			"Nur wer die Organisation aktiv leitet oder verwaltet, kann Sie vertreten.", "delegateUserId")
	}
	return until.UTC().Truncate(time.Microsecond), nil
}

// DelegationOf is who answers in the place of somebody, by their membership, and
// until when; ok is false when nobody does at present.
func (s *Service) DelegationOf(m *ent.Membership) (userID gid.ID, until time.Time, ok bool) {
	if m.DelegateID == "" || m.DelegateUntil == nil || !m.DelegateUntil.After(s.now()) || m.Status != membership.StatusACTIVE {
		return "", time.Time{}, false
	}
	return m.DelegateID, *m.DelegateUntil, true
}
