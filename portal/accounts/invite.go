package accounts

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/onetimetoken"
	"foyer/ent/organization"
	"foyer/ent/role"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// InvitePerson is somebody to invite.
type InvitePerson struct {
	Organization gid.ID // empty: to be a member of staff
	Name, Email  string
	Role         gid.ID
	Language     schema.Language // of the mail; that of the organization, or the actor's, when empty
}

// Invite makes a membership that waits to be accepted, for a new user or for one
// that there is, and has a link sent to the address. It returns the same for
// both: the inviter sees the name and the address that they have typed, and the
// user's own row only when the person has accepted (Unless in schema.Through).
//
// The refusals are INVALID, WRONG_KIND, ESCALATION and TAKEN, for somebody who
// is a member, has been one, or is invited already; too many invitations of a
// day are RATE_LIMITED.
func (s *Service) Invite(ctx context.Context, in InvitePerson) (gid.ID, error) {
	in.Name, in.Email = strings.TrimSpace(in.Name), normalEmail(in.Email)
	return s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		if err := s.hostOf(ctx, tx, &in); err != nil {
			return "", err
		}
		// Of two who invite the same person, one finds the other's.
		if err := s.holdRole(ctx); err != nil {
			return "", err
		}
		sys := auth.WithSystem(ctx, "whether the person invited has an account, which the inviter is not told")
		u, err := tx.User.Query().Where(user.Email(in.Email)).Only(sys)
		isNew := ent.IsNotFound(err)
		if isNew {
			u, err = &ent.User{ID: gid.New(gid.User)}, nil
		}
		if err != nil {
			return "", err
		}
		ctx, err = access.Act(ctx, "membership.invite", access.Owner{Organization: in.Organization, User: u.ID})
		if err != nil {
			return "", err
		}
		if err := plausible(in.Name, in.Email); err != nil {
			return "", err
		}
		r, err := tx.Role.Query().Where(role.ID(in.Role)).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		if err := rightKind(r, in.Organization); err != nil {
			return "", err
		}
		if err := within(ctx, r, "roleId"); err != nil {
			return "", err
		}
		before, err := s.membershipIn(sys, tx, u.ID, in.Organization)
		if err != nil {
			return "", err
		}
		if before != nil && (before.Status != membership.StatusDISABLED || before.InvitedEmail == "") {
			return "", refuseInvited(before)
		}
		if isNew {
			err := tx.User.Create().SetID(u.ID).SetName(in.Name).SetEmail(in.Email).SetLanguage(in.Language).Exec(ctx)
			if ent.IsConstraintError(err) { // an import made one at the same time
				return "", problem.ErrStale
			}
			if err != nil {
				return "", err
			}
		}
		m, from, err := s.invite(ctx, tx, in, u.ID, before)
		if err != nil {
			return "", err
		}
		return m.ID, s.sent(ctx, tx, m, from)
	})
}

// hostOf finds the organization that somebody is invited to, as the viewer sees
// it, and the language in which a new person is addressed.
func (s *Service) hostOf(ctx context.Context, tx *ent.Client, in *InvitePerson) error {
	language := schema.Language(strings.ToUpper(auth.From(ctx).Language))
	if in.Organization != "" {
		o, err := tx.Organization.Query().Where(organization.ID(in.Organization)).Only(ctx)
		if err != nil {
			return notFound(err)
		}
		language = o.Language
		if _, err := access.Act(ctx, "membership.invite", access.Owner{Organization: o.ID}); err != nil {
			return err
		}
		if o.Status != organization.StatusACTIVE {
			return refuse(codeWrongState, problem.Text{
				EN: "Nobody can act for this organization at present.",
				DE: "Für diese Organisation kann zurzeit niemand handeln.",
			}, "organizationId")
		}
	}
	if in.Language == "" {
		in.Language = language
	}
	if !slices.Contains(in.Language.Values(), string(in.Language)) {
		in.Language = schema.English
	}
	return nil
}

// membershipIn is a user's membership in an organization, or of staff; nil when
// there is none.
func (s *Service) membershipIn(sys context.Context, tx *ent.Client, userID, organizationID gid.ID) (*ent.Membership, error) {
	which := membership.OrganizationIDIsNil()
	if organizationID != "" {
		which = membership.OrganizationID(organizationID)
	}
	m, err := tx.Membership.Query().Where(membership.UserID(userID), which).Only(sys)
	if ent.IsNotFound(err) {
		return nil, nil //nolint:nilnil // none
	}
	return m, err
}

func refuseInvited(m *ent.Membership) error {
	text := problem.Text{
		EN: "This person is a member already.",
		DE: "Diese Person ist bereits Mitglied.",
	}
	switch m.Status {
	case membership.StatusINVITED:
		text = problem.Text{
			EN: "This person is invited already. Send the invitation again.",
			DE: "Diese Person ist bereits eingeladen. Schicken Sie die Einladung noch einmal.",
		}
	case membership.StatusDISABLED:
		text = problem.Text{
			EN: "This person is a member whose access is disabled. Enable it again.",
			DE: "Diese Person ist ein Mitglied, dessen Zugang gesperrt ist. Geben Sie ihn wieder frei.",
		}
	case membership.StatusACTIVE:
	}
	return refuse(codeTaken, text, "email")
}

// invite makes the membership, or takes up an invitation that was withdrawn.
func (s *Service) invite(ctx context.Context, tx *ent.Client, in InvitePerson, userID gid.ID, before *ent.Membership) (m *ent.Membership, from string, err error) {
	if before != nil {
		m, err = tx.Membership.UpdateOneID(before.ID).SetStatus(membership.StatusINVITED).SetRoleID(in.Role).
			SetInvitedName(in.Name).SetInvitedEmail(in.Email).AddVersion(1).Save(ctx)
		return m, string(before.Status), err
	}
	c := tx.Membership.Create().SetUserID(userID).SetRoleID(in.Role).SetStatus(membership.StatusINVITED).
		SetInvitedName(in.Name).SetInvitedEmail(in.Email)
	if in.Organization != "" {
		c.SetOrganizationID(in.Organization)
	}
	m, err = c.Save(ctx)
	return m, "", err
}

// sent records an invitation and has it sent.
func (s *Service) sent(ctx context.Context, tx *ent.Client, m *ent.Membership, from string) error {
	if err := events.Append(ctx, tx, events.Event{
		Kind: events.MembershipChanged, Subject: m.ID, Staff: true, At: s.now(),
		Owner: access.Owner{Organization: m.OrganizationID, User: m.UserID},
		Data:  schema.EventData{From: from, To: string(membership.StatusINVITED), Subject: string(m.UserID)},
	}); err != nil {
		return err
	}
	return s.orderInvitation(ctx, m)
}

func (s *Service) orderInvitation(ctx context.Context, m *ent.Membership) error {
	host := "staff"
	if m.OrganizationID != "" {
		host = string(m.OrganizationID)
	}
	if err := s.bounded(ctx, "invitations of "+host, lettersOfInviter); err != nil {
		return err
	}
	if err := s.bounded(ctx, "invitations to "+string(m.ID), lettersOfOne); err != nil {
		return err
	}
	return s.order(ctx, invited{Membership: m.ID, By: gid.ID(auth.From(ctx).UserID), Once: rand.Text()})
}

// ResendInvitation sends an invitation again, with a new link; the ones before
// end. The refusals are WRONG_STATE, for what does not wait to be accepted, and
// ESCALATION.
func (s *Service) ResendInvitation(ctx context.Context, id gid.ID) (gid.ID, error) {
	return s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		m, err := tx.Membership.Query().Where(membership.ID(id), store.Held).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		ctx, err = access.Act(ctx, "membership.invite", access.Owner{Organization: m.OrganizationID, User: m.UserID})
		if err != nil {
			return "", err
		}
		if m.Status != membership.StatusINVITED {
			return "", refuse(codeWrongState, problem.Text{
				EN: "This invitation does not wait to be accepted any more.",
				DE: "Diese Einladung wartet nicht mehr auf Annahme.",
			}, "membershipId")
		}
		present, err := tx.Role.Get(auth.WithSystem(ctx, "role of an invitation, to compare with the actor's"), m.RoleID)
		if err != nil {
			return "", err
		}
		if err := within(ctx, present, "membershipId"); err != nil {
			return "", err
		}
		if err := s.dropLinksOf(ctx, tx, onetimetoken.KindINVITATION, m.ID); err != nil {
			return "", err
		}
		return m.ID, s.orderInvitation(ctx, m)
	})
}

// Invitation is what the holder of a link sees before accepting it.
type Invitation struct {
	Name, Email  string
	Organization string // empty: to be a member of staff
	Role         string
	// NeedsPassword says that the person has none yet and sets one to accept.
	NeedsPassword bool
}

// OpenInvitation says what a link invites to. Whatever cannot be accepted is the
// one refusal INVALID_LINK.
func (s *Service) OpenInvitation(ctx context.Context, token string) (*Invitation, error) {
	sys := auth.WithSystem(ctx, "link of an invitation: there is no viewer yet")
	_, m, err := s.openInvitation(ctx, sys, token)
	if err != nil {
		return nil, err
	}
	i := &Invitation{
		Name: m.Edges.User.Name, Email: m.Edges.User.Email, NeedsPassword: m.Edges.User.PasswordHash == "",
		Role: RoleName(m.Edges.Role, schema.Language(strings.ToUpper(auth.RequestFrom(ctx).Language))),
	}
	if m.Edges.Organization != nil {
		i.Organization = m.Edges.Organization.Name
	}
	return i, nil
}

func (s *Service) openInvitation(ctx, sys context.Context, token string) (*ent.OneTimeToken, *ent.Membership, error) {
	link, err := s.openLink(ctx, sys, onetimetoken.KindINVITATION, token)
	if err != nil {
		return nil, nil, err
	}
	m, err := s.invitation(sys, s.st.Client(), gid.ID(link.Subject))
	if err != nil || m == nil {
		return nil, nil, orElse(err, refuseLink())
	}
	return link, m, nil
}

// AcceptInvitation is a link and, for those who have none yet, a password.
type AcceptInvitation struct{ Token, Password string }

// AcceptInvitation makes the person invited a member. Whoever has no password
// sets one and gets tokens; the others sign in as always and get none, for the
// link came by mail and is no password. The refusals are INVALID_LINK, and
// WEAK_PASSWORD and INVALID, which leave the link good.
func (s *Service) AcceptInvitation(ctx context.Context, in AcceptInvitation) (*Tokens, error) {
	sys := auth.WithSystem(ctx, "acceptance of an invitation: there is no viewer yet")
	link, m, err := s.openInvitation(ctx, sys, in.Token)
	if err != nil {
		return nil, err
	}
	u, hash := m.Edges.User, ""
	switch {
	case u.PasswordHash == "":
		if hash, err = s.hash(ctx, in.Password, u.Email, u.Name); err != nil {
			return nil, err
		}
	case in.Password != "":
		// Whoever was faster with the same link may have set it just now.
		if _, _, err := s.openInvitation(ctx, sys, in.Token); err != nil {
			return nil, err
		}
		return nil, refuse(codeInvalid, problem.Text{
			EN: "You have a password already. Accept without another one, and sign in with yours.",
			DE: "Sie haben bereits ein Passwort. Nehmen Sie ohne ein neues an und melden Sie sich mit Ihrem an.",
		}, "password")
	}
	var opened *Tokens
	err = s.st.Tx(sys, func(ctx context.Context, tx *ent.Client) error {
		// The user first, as elsewhere: two who lock in another order wait for
		// each other. Who was disabled, or has set a password since, begins anew.
		now, err := tx.User.Query().Where(user.ID(u.ID), user.StatusEQ(user.StatusACTIVE), store.Held).Only(ctx)
		if ent.IsNotFound(err) || err == nil && (now.PasswordHash == "") != (hash != "") {
			return refuseLink()
		}
		if err != nil {
			return err
		}
		if err := s.spend(ctx, tx, link); err != nil {
			return err
		}
		if err := s.accept(ctx, tx, m); err != nil || hash == "" {
			return err
		}
		if err := tx.User.UpdateOneID(u.ID).SetPasswordHash(hash).Exec(ctx); err != nil {
			return err
		}
		opened, err = s.open(ctx, tx, u.ID, m.ID)
		return err
	})
	if err != nil || opened == nil {
		return nil, err
	}
	return s.sign(ctx, opened)
}

// accept makes a membership active that waits for it.
func (s *Service) accept(ctx context.Context, tx *ent.Client, m *ent.Membership) error {
	if is, err := s.invitation(ctx, tx, m.ID); err != nil || is == nil { // suspended, or withdrawn, since
		return orElse(err, refuseLink())
	}
	err := tx.Membership.UpdateOneID(m.ID).Where(membership.StatusEQ(membership.StatusINVITED)).SetStatus(membership.StatusACTIVE).
		ClearInvitedName().ClearInvitedEmail().AddVersion(1).Exec(ctx)
	if ent.IsNotFound(err) {
		return refuseLink()
	}
	if err != nil {
		return err
	}
	if err := s.dropLinksOf(ctx, tx, onetimetoken.KindINVITATION, m.ID); err != nil {
		return err
	}
	return events.Append(ctx, tx, events.Event{
		Kind: events.MembershipChanged, Subject: m.ID, Staff: true, At: s.now(),
		Owner: access.Owner{Organization: m.OrganizationID, User: m.UserID},
		Data: schema.EventData{
			From: string(membership.StatusINVITED), To: string(membership.StatusACTIVE), Subject: string(m.UserID),
		},
	})
}
