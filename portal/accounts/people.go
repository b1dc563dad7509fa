package accounts

import (
	"context"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/onetimetoken"
	"foyer/ent/role"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// The further codes of refusals, as the API's OrganizationErrorCode has them.
const (
	codeEscalation    = "ESCALATION"
	codeOwnMembership = "OWN_MEMBERSHIP"
	codeWrongKind     = "WRONG_KIND"
	codeBuiltIn       = "BUILT_IN"
	codeTaken         = "TAKEN"
)

var textEscalation = problem.Text{
	EN: "That would reach further than your own role does.",
	DE: "Das würde weiter reichen als Ihre eigene Rolle.",
}

// ChangeMembershipRole is a membership and its new role.
type ChangeMembershipRole struct {
	Membership gid.ID
	Version    int // as the caller has read it
	Role       gid.ID
}

// ChangeMembershipRole gives another role to a membership and returns its id.
// The refusals are OWN_MEMBERSHIP, WRONG_KIND, ESCALATION (when the new role
// or the present one may do what the actor may not) and INVALID (the last
// administrator); a version that is not the present one is ErrStale.
func (s *Service) ChangeMembershipRole(ctx context.Context, in ChangeMembershipRole) (gid.ID, error) {
	return s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		m, present, ctx, err := s.others(ctx, tx, "membership.role", in.Membership, in.Version)
		if err != nil {
			return "", err
		}
		next, err := tx.Role.Query().Where(role.ID(in.Role)).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		if err := rightKind(next, m.OrganizationID); err != nil {
			return "", err
		}
		if err := within(ctx, next, "roleId"); err != nil {
			return "", err
		}
		if next.ID == present.ID {
			return m.ID, nil
		}
		if present.Key == staffAdmin {
			if err := s.keepAdministrator(ctx, tx, membership.ID(m.ID)); err != nil {
				return "", err
			}
		}
		err = tx.Membership.UpdateOneID(m.ID).Where(membership.Version(in.Version)).SetRoleID(next.ID).AddVersion(1).Exec(ctx)
		return m.ID, s.changed(ctx, tx, m, err, events.MembershipRole, present.Key, next.Key)
	})
}

// SetMembershipStatus is a membership and its new state.
type SetMembershipStatus struct {
	Membership gid.ID
	Version    int // as the caller has read it
	Status     membership.Status
}

// SetMembershipStatus lets a person act by a membership, or not any more, and
// returns its id. An invitation is withdrawn by it, and its link ends. Refusals
// and errors are those of ChangeMembershipRole, and WRONG_STATE for what only the
// person can do.
func (s *Service) SetMembershipStatus(ctx context.Context, in SetMembershipStatus) (gid.ID, error) {
	return s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		m, present, ctx, err := s.others(ctx, tx, "membership.status", in.Membership, in.Version)
		if err != nil {
			return "", err
		}
		if in.Status == m.Status {
			return m.ID, nil
		}
		// A person becomes a member by their own decision alone, also after an
		// invitation was withdrawn.
		if in.Status == membership.StatusINVITED || in.Status == membership.StatusACTIVE && (m.Status == membership.StatusINVITED || m.InvitedEmail != "") {
			return "", refuse(codeWrongState, problem.Text{
				EN: "Only the person can accept an invitation. Invite the person.",
				DE: "Eine Einladung kann nur die Person selbst annehmen. Laden Sie die Person ein.",
			}, "status")
		}
		if m.Status == membership.StatusINVITED { // withdrawn
			if err := s.dropLinksOf(ctx, tx, onetimetoken.KindINVITATION, m.ID); err != nil {
				return "", err
			}
		}
		if present.Key == staffAdmin && in.Status != membership.StatusACTIVE {
			if err := s.keepAdministrator(ctx, tx, membership.ID(m.ID)); err != nil {
				return "", err
			}
		}
		err = tx.Membership.UpdateOneID(m.ID).Where(membership.Version(in.Version)).SetStatus(in.Status).AddVersion(1).Exec(ctx)
		return m.ID, s.changed(ctx, tx, m, err, events.MembershipChanged, string(m.Status), string(in.Status))
	})
}

// others loads somebody else's membership, and begins an action on it: nobody
// changes a membership of their own, or of a person whose role reaches further
// than theirs. The returned context carries the action.
func (s *Service) others(ctx context.Context, tx *ent.Client, action string, id gid.ID, version int) (
	*ent.Membership, *ent.Role, context.Context, error,
) {
	m, err := tx.Membership.Query().Where(membership.ID(id)).Only(ctx)
	if err != nil {
		return nil, nil, nil, notFound(err)
	}
	ctx, err = access.Act(ctx, action, access.Owner{Organization: m.OrganizationID, User: m.UserID})
	if err != nil {
		return nil, nil, nil, err
	}
	if v := auth.From(ctx); string(m.UserID) == v.UserID && !v.System() {
		return nil, nil, nil, refuse(codeOwnMembership, problem.Text{
			EN: "You cannot change a membership of your own.",
			DE: "Ihre eigenen Mitgliedschaften können Sie nicht ändern.",
		}, "membershipId")
	}
	if m.Version != version {
		return nil, nil, nil, problem.ErrStale
	}
	// The actor may not be able to see this role; that is no way round it.
	present, err := tx.Role.Get(auth.WithSystem(ctx, "present role of a membership, to compare with the actor's"), m.RoleID)
	if err != nil {
		return nil, nil, nil, err
	}
	return m, present, ctx, within(ctx, present, "membershipId")
}

// changed records that a membership has changed; err is that of the update.
func (s *Service) changed(ctx context.Context, tx *ent.Client, m *ent.Membership, err error, kind events.Kind, from, to string) error {
	if ent.IsNotFound(err) { // another version by now
		return problem.ErrStale
	}
	if err != nil {
		return err
	}
	s.forget(ctx, m.ID)
	return events.Append(ctx, tx, events.Event{
		Kind: kind, Subject: m.ID, Staff: true, At: s.now(),
		Owner: access.Owner{Organization: m.OrganizationID, User: m.UserID},
		Data:  schema.EventData{From: from, To: to, Subject: string(m.UserID)},
	})
}

// rightKind refuses a role of staff for a membership in an organization, and
// the other way round.
func rightKind(r *ent.Role, organizationID gid.ID) error {
	if (r.Kind == role.KindSTAFF) == (organizationID == "") {
		return nil
	}
	return refuse(codeWrongKind, problem.Text{
		EN: "This role is not meant for such a membership.",
		DE: "Diese Rolle ist für eine solche Mitgliedschaft nicht vorgesehen.",
	}, "roleId")
}

// within refuses what would let the actor hand out, or take away, more than
// they have. The system, for which an operator acts, has everything.
func within(ctx context.Context, r *ent.Role, field ...string) error {
	v := auth.From(ctx)
	if v.System() || !exceeds(GrantsOf(r), v.Grants()) {
		return nil
	}
	return refuse(codeEscalation, textEscalation, field...)
}
