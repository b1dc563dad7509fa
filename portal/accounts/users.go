package accounts

import (
	"context"
	"strings"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/onetimetoken"
	"foyer/ent/organization"
	"foyer/ent/role"
	"foyer/ent/session"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// What stands in this file is for the operator at the command line. It acts as
// the system and asks nobody's permission; no resolver may call it.

// NewUser is a user to make.
type NewUser struct {
	Name     string
	Email    string
	Phone    string
	Language schema.Language // English when empty
	Password string          // empty: none yet; see PasswordLink
}

// CreateUser makes a user, who can do nothing before AssignMembership. The
// refusals are INVALID, also for an e-mail address that is taken, and
// WEAK_PASSWORD.
func (s *Service) CreateUser(ctx context.Context, in NewUser) (gid.ID, error) {
	in.Name, in.Email = strings.TrimSpace(in.Name), normalEmail(in.Email)
	if err := plausible(in.Name, in.Email); err != nil {
		return "", err
	}
	hash := ""
	if in.Password != "" {
		var err error
		if hash, err = s.hash(ctx, in.Password, in.Email, in.Name); err != nil {
			return "", err
		}
	}
	var id gid.ID
	err := s.st.Tx(auth.WithSystem(ctx, "user made by an operator"), func(ctx context.Context, tx *ent.Client) error {
		u, err := s.create(ctx, tx, in, hash)
		if err == nil {
			id = u.ID
		}
		return err
	})
	return id, err
}

// create inserts a user whose values have been checked.
func (s *Service) create(ctx context.Context, tx *ent.Client, in NewUser, hash string) (*ent.User, error) {
	taken, err := tx.User.Query().Where(user.Email(in.Email)).Exist(ctx)
	if err != nil {
		return nil, err
	}
	c := tx.User.Create().SetName(in.Name).SetEmail(in.Email)
	if in.Phone != "" {
		c.SetPhone(clip(in.Phone, 60))
	}
	if in.Language != "" {
		c.SetLanguage(in.Language)
	}
	if hash != "" {
		c.SetPasswordHash(hash)
	}
	var u *ent.User
	if !taken {
		u, err = c.Save(ctx)
	}
	if taken || ent.IsConstraintError(err) {
		return nil, refuse(codeInvalid, problem.Text{
			EN: "There is a user with this e-mail address already.",
			DE: "Es gibt bereits einen Benutzer mit dieser E-Mail-Adresse.",
		}, "email")
	}
	return u, err
}

// FindUser finds a user by e-mail address or id; ErrNotFound when there is none.
func (s *Service) FindUser(ctx context.Context, emailOrID string) (*ent.User, error) {
	which := user.Email(normalEmail(emailOrID))
	if id := gid.ID(strings.TrimSpace(emailOrID)); id.Valid() {
		which = user.ID(id)
	}
	u, err := s.st.Client().User.Query().Where(which).Only(auth.WithSystem(ctx, "user looked up by an operator"))
	return u, notFound(err)
}

// DisableUser keeps a user from signing in and ends their sessions and links.
// The last administrator cannot be disabled (INVALID).
func (s *Service) DisableUser(ctx context.Context, id gid.ID) error {
	return s.st.Tx(auth.WithSystem(ctx, "user disabled by an operator"), func(ctx context.Context, tx *ent.Client) error {
		return s.disable(ctx, tx, id)
	})
}

// disable does what DisableUser says, as whoever the context acts as.
func (s *Service) disable(ctx context.Context, tx *ent.Client, id gid.ID) error {
	is, err := administrators(tx, membership.UserID(id)).Exist(auth.WithSystem(ctx, "whether the user is an administrator"))
	if err != nil {
		return err
	}
	if is {
		if err := s.keepAdministrator(ctx, tx, membership.UserID(id)); err != nil {
			return err
		}
	}
	if err := s.setUserStatus(ctx, tx, id, user.StatusDISABLED); err != nil {
		return err
	}
	if err := s.dropLinks(ctx, tx, id); err != nil {
		return err
	}
	// An invitation waits on, and is sent again should the person be enabled.
	waiting, err := tx.Membership.Query().Where(membership.UserID(id), membership.StatusEQ(membership.StatusINVITED)).
		IDs(auth.WithSystem(ctx, "invitations of a user who is disabled"))
	if err != nil {
		return err
	}
	for _, m := range waiting {
		if err := s.dropLinksOf(ctx, tx, onetimetoken.KindINVITATION, m); err != nil {
			return err
		}
	}
	// As the system: nobody but their owner sees sessions.
	sys := auth.WithSystem(ctx, "sessions that end with the user")
	_, err = s.endWhere(sys, tx, session.EndReasonDISABLED, session.UserID(id))
	return err
}

// EnableUser lets a disabled user sign in again.
func (s *Service) EnableUser(ctx context.Context, id gid.ID) error {
	return s.st.Tx(auth.WithSystem(ctx, "user enabled by an operator"), func(ctx context.Context, tx *ent.Client) error {
		return s.setUserStatus(ctx, tx, id, user.StatusACTIVE)
	})
}

func (s *Service) setUserStatus(ctx context.Context, tx *ent.Client, id gid.ID, status user.Status) error {
	if err := tx.User.UpdateOneID(id).SetStatus(status).Exec(ctx); err != nil {
		return notFound(err)
	}
	return s.userChanged(ctx, tx, access.Owner{User: id}, string(status))
}

// userChanged makes everybody read anew who a user is: this process at once,
// streams and other replicas by the event.
func (s *Service) userChanged(ctx context.Context, tx *ent.Client, owner access.Owner, to string) error {
	s.forgetUser(ctx, owner.User)
	return events.Append(ctx, tx, events.Event{
		Kind: events.UserChanged, Subject: owner.User, Owner: owner, Staff: true, At: s.now(),
		Data: schema.EventData{To: to, Subject: string(owner.User)},
	})
}

// AssignMembership lets a user act for an organization in a role, or as staff
// when the organization is empty. A membership that there is already gets the
// role and becomes active. The refusal is WRONG_KIND; a user, organization or
// role that does not exist is ErrNotFound.
func (s *Service) AssignMembership(ctx context.Context, userID, organizationID gid.ID, roleKey string) (gid.ID, error) {
	var id gid.ID
	err := s.st.Tx(auth.WithSystem(ctx, "membership given by an operator"), func(ctx context.Context, tx *ent.Client) error {
		// No unique index keeps two staff memberships of a user apart, as their
		// organization is NULL; one call at a time does.
		if err := s.holdRole(ctx); err != nil {
			return err
		}
		r, err := tx.Role.Query().Where(role.Key(roleKey)).Only(ctx)
		if err != nil {
			return notFound(err)
		}
		if err := rightKind(r, organizationID); err != nil {
			return err
		}
		if ok, err := tx.User.Query().Where(user.ID(userID)).Exist(ctx); err != nil || !ok {
			return orElse(err, problem.ErrNotFound)
		}
		which := membership.OrganizationIDIsNil()
		if organizationID != "" {
			which = membership.OrganizationID(organizationID)
			if ok, err := tx.Organization.Query().Where(organization.ID(organizationID)).Exist(ctx); err != nil || !ok {
				return orElse(err, problem.ErrNotFound)
			}
		}
		m, err := tx.Membership.Query().Where(membership.UserID(userID), which).WithRole().Only(ctx)
		if ent.IsNotFound(err) {
			c := tx.Membership.Create().SetUserID(userID).SetRoleID(r.ID)
			if organizationID != "" {
				c.SetOrganizationID(organizationID)
			}
			if m, err = c.Save(ctx); err == nil {
				id = m.ID
			}
			return err
		}
		if err != nil {
			return err
		}
		id = m.ID
		if m.Edges.Role.Key == staffAdmin && roleKey != staffAdmin {
			if err := s.keepAdministrator(ctx, tx, membership.ID(m.ID)); err != nil {
				return err
			}
		}
		s.forget(ctx, m.ID)
		if err := s.dropLinksOf(ctx, tx, onetimetoken.KindINVITATION, m.ID); err != nil {
			return err
		}
		return tx.Membership.UpdateOneID(m.ID).SetRoleID(r.ID).SetStatus(membership.StatusACTIVE).
			ClearInvitedName().ClearInvitedEmail().AddVersion(1).Exec(ctx)
	})
	return id, err
}
