package accounts

import (
	"context"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/session"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// ActAs goes on as another of the viewer's memberships: the session remembers
// it, and the new access token acts by it. Another person's membership, or one
// that is not active, is not found. The token before it goes on as it was
// until it expires.
func (s *Service) ActAs(ctx context.Context, membershipID gid.ID) (*Tokens, error) {
	v, err := person(ctx)
	if err != nil {
		return nil, err
	}
	t := &Tokens{UserID: gid.ID(v.UserID), SessionID: gid.ID(v.SessionID), MembershipID: membershipID}
	err = s.st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		ctx, err := access.Act(ctx, "session.act", access.Owner{User: t.UserID})
		if err != nil {
			return err
		}
		// The viewer's role may hide the memberships of other organizations;
		// these are the person's own, by the condition on the user.
		sys := auth.WithSystem(ctx, "memberships that a person can act by")
		able, err := usable(tx.Membership.Query(), t.UserID).Where(membership.ID(membershipID)).Exist(sys)
		if err != nil {
			return err
		}
		if !able {
			return problem.ErrNotFound
		}
		err = tx.Session.UpdateOneID(t.SessionID).Where(session.EndedAtIsNil()).
			SetMembershipID(membershipID).SetLastUsedAt(s.now()).Exec(ctx)
		if ent.IsNotFound(err) { // ended since the request began
			return problem.ErrUnauthenticated
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.sign(ctx, t)
}

// Memberships are all that the viewer can act by, with person, organization
// and role, the first one first.
func (s *Service) Memberships(ctx context.Context) ([]*ent.Membership, error) {
	v := auth.From(ctx)
	if v == nil || v.UserID == "" {
		return nil, nil
	}
	sys := auth.WithSystem(ctx, "names of the organizations that one can act for")
	return usable(s.st.Client().Membership.Query(), gid.ID(v.UserID)).WithOrganization().WithRole().WithUser().All(sys)
}

// forget makes this process read anew who acts by a membership, once the
// context's transaction is committed.
func (s *Service) forget(ctx context.Context, membershipID gid.ID) {
	store.AfterCommit(ctx, func() {
		s.identities.drop(func(i *identity) bool { return i.viewer.MembershipID == string(membershipID) })
	})
}

// forgetUser is forget for all memberships of a user.
func (s *Service) forgetUser(ctx context.Context, userID gid.ID) {
	store.AfterCommit(ctx, func() {
		s.identities.drop(func(i *identity) bool { return i.viewer.UserID == string(userID) })
	})
}
