package accounts

import (
	"context"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/organization"
	"foyer/ent/organizationassignment"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// SetUserStatus lets a person sign in, or not any more: then all their sessions
// and links end at once. It returns the person's id. The refusals are
// OWN_MEMBERSHIP, ESCALATION, for a person who may do what the actor may not,
// and INVALID, for the last administrator.
func (s *Service) SetUserStatus(ctx context.Context, id gid.ID, status user.Status) (gid.ID, error) {
	return s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		u, ctx, err := s.other(ctx, tx, "user.status", id)
		if err != nil {
			return "", err
		}
		if u.Status == status {
			return u.ID, nil
		}
		if status == user.StatusDISABLED {
			return u.ID, s.disable(ctx, tx, u.ID)
		}
		return u.ID, s.setUserStatus(ctx, tx, u.ID, status)
	})
}

// SendPasswordLink has a link sent to a person's own address by which they set a
// new password, and returns their id. Nobody else sees it. The refusals are
// OWN_MEMBERSHIP, ESCALATION and WRONG_STATE, for a person who cannot sign in
// anyway; too many for one person in a day are RATE_LIMITED.
func (s *Service) SendPasswordLink(ctx context.Context, id gid.ID) (gid.ID, error) {
	return s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		u, ctx, err := s.other(ctx, tx, "user.password", id)
		if err != nil {
			return "", err
		}
		sys := auth.WithSystem(ctx, "whether a person has something to sign in for")
		able, err := usable(tx.Membership.Query(), u.ID).Exist(sys)
		if err != nil {
			return "", err
		}
		if !able || u.Status != user.StatusACTIVE {
			return "", refuse(codeWrongState, problem.Text{
				EN: "This person cannot sign in at present: disabled, or without an active membership.",
				DE: "Diese Person kann sich zurzeit nicht anmelden: gesperrt oder ohne aktive Mitgliedschaft.",
			}, "userId")
		}
		if err := s.bounded(ctx, "links to "+string(u.ID), lettersOfOne); err != nil {
			return "", err
		}
		return u.ID, s.order(ctx, linkOrdered{u.ID})
	})
}

// other loads somebody else and begins an action on them: nobody acts so on
// themselves, or on a person whose memberships reach further than theirs.
func (s *Service) other(ctx context.Context, tx *ent.Client, action string, id gid.ID) (*ent.User, context.Context, error) {
	u, err := tx.User.Query().Where(user.ID(id), store.Held).Only(ctx)
	if err != nil {
		return nil, nil, notFound(err)
	}
	if ctx, err = access.Act(ctx, action, access.Owner{User: u.ID}); err != nil {
		return nil, nil, err
	}
	if v := auth.From(ctx); string(u.ID) == v.UserID && !v.System() {
		return nil, nil, refuse(codeOwnMembership, problem.Text{
			EN: "You cannot do that to yourself.",
			DE: "Das können Sie nicht für sich selbst tun.",
		}, "userId")
	}
	// Also of memberships that are disabled or wait: they may be enabled again.
	held, err := tx.Membership.Query().Where(membership.UserID(u.ID)).WithRole().
		All(auth.WithSystem(ctx, "roles of a person, to compare with the actor's"))
	if err != nil {
		return nil, nil, err
	}
	for _, m := range held {
		if err := within(ctx, m.Edges.Role, "userId"); err != nil {
			return nil, nil, err
		}
	}
	return u, ctx, nil
}

// AssignOrganization has a member of staff look after an organization from now
// on, and returns the assignment's id. The refusals are WRONG_KIND, for somebody
// who is no active member of staff, and TAKEN.
func (s *Service) AssignOrganization(ctx context.Context, organizationID, userID gid.ID) (gid.ID, error) {
	return s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		// Held, so that of two at once one finds the other's: no index keeps them apart.
		if _, err := tx.Organization.Query().Where(organization.ID(organizationID), store.Held).Only(ctx); err != nil {
			return "", notFound(err)
		}
		u, err := tx.User.Query().Where(user.ID(userID)).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		owner := access.Owner{Organization: organizationID, User: userID}
		if ctx, err = access.Act(ctx, "organization.assign", owner); err != nil {
			return "", err
		}
		sys := auth.WithSystem(ctx, "whether somebody is an active member of staff, and looks after the organization already")
		staff, err := usable(tx.Membership.Query(), userID).Where(membership.OrganizationIDIsNil()).Exist(sys)
		if err != nil {
			return "", err
		}
		if !staff || u.Status != user.StatusACTIVE {
			return "", refuse(codeWrongKind, problem.Text{
				EN: "This person is no active member of staff.",
				DE: "Diese Person gehört nicht zu den aktiven Mitarbeitern.",
			}, "userId")
		}
		now := s.now()
		there, err := tx.OrganizationAssignment.Query().Where(organizationassignment.OrganizationID(organizationID), organizationassignment.UserID(userID),
			organizationassignment.Or(organizationassignment.ToIsNil(), organizationassignment.ToGT(now))).Exist(sys)
		if err != nil {
			return "", err
		}
		if there {
			return "", refuse(codeTaken, problem.Text{
				EN: "This person looks after the organization already.",
				DE: "Diese Person betreut die Organisation bereits.",
			}, "userId")
		}
		a, err := tx.OrganizationAssignment.Create().SetOrganizationID(organizationID).SetUserID(userID).SetFrom(now).Save(ctx)
		if err != nil {
			return "", err
		}
		return a.ID, s.userChanged(ctx, tx, owner, "")
	})
}

// EndAssignment ends an assignment now, and returns its id. What it was stays to
// be seen. The refusal is WRONG_STATE, for one that has ended.
func (s *Service) EndAssignment(ctx context.Context, id gid.ID) (gid.ID, error) {
	return s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		a, err := tx.OrganizationAssignment.Query().Where(organizationassignment.ID(id), store.Held).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		owner := access.Owner{Organization: a.OrganizationID, User: a.UserID}
		if ctx, err = access.Act(ctx, "organization.assign", owner); err != nil {
			return "", err
		}
		now := s.now()
		if a.To != nil && !a.To.After(now) {
			return "", refuse(codeWrongState, problem.Text{
				EN: "This has ended already.",
				DE: "Das ist bereits beendet.",
			}, "assignmentId")
		}
		if err := tx.OrganizationAssignment.UpdateOneID(a.ID).SetTo(now).Exec(ctx); err != nil {
			return "", notFound(err)
		}
		return a.ID, s.userChanged(ctx, tx, owner, "")
	})
}
