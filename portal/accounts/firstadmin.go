package accounts

import (
	"context"
	"fmt"
	"strings"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/onetimetoken"
	"foyer/ent/predicate"
	"foyer/ent/role"
	"foyer/ent/user"
	"foyer/portal/problem"
)

// staffAdmin is the role that can make all others.
const staffAdmin = "STAFF_ADMIN"

// ErrAdministrator means that there is an administrator already.
var ErrAdministrator = problem.New(problem.Conflict, "There is an administrator already.", "Es gibt bereits einen Administrator.")

// administrators are the memberships of administrators who can sign in.
func administrators(tx *ent.Client, which ...predicate.Membership) *ent.MembershipQuery {
	return tx.Membership.Query().Where(membership.StatusEQ(membership.StatusACTIVE),
		membership.HasRoleWith(role.Key(staffAdmin)), membership.HasUserWith(user.StatusEQ(user.StatusACTIVE))).Where(which...)
}

// holdRole lets one transaction at a time decide who is an administrator:
// without it, two administrators could remove each other, or two links make two
// first administrators. Others take turns by it where no index keeps them apart.
func (s *Service) holdRole(ctx context.Context) error {
	const key = staffAdmin
	query := `SELECT id FROM roles WHERE "key" = $1`
	if s.st.Postgres() {
		query += ` FOR NO KEY UPDATE`
	}
	var id string
	if err := s.st.Raw(ctx).QueryRowContext(ctx, query, key).Scan(&id); err != nil {
		return fmt.Errorf("accounts: role %s: %w", key, err)
	}
	return nil
}

// FirstAdministratorLink makes the token of a link by which an empty portal
// gets its first administrator; ErrAdministrator when there is one. Links made
// before stay good, since every replica that starts makes one.
func (s *Service) FirstAdministratorLink(ctx context.Context) (token string, err error) {
	sys := auth.WithSystem(ctx, "link for the first administrator")
	err = s.st.Tx(sys, func(ctx context.Context, tx *ent.Client) error {
		if exists, err := administrators(tx).Exist(ctx); err != nil || exists {
			return orElse(err, ErrAdministrator)
		}
		token, err = s.newLink(ctx, tx, onetimetoken.KindFIRST_ADMINISTRATOR, "")
		return err
	})
	return token, err
}

func orElse(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// SetUpAdministrator is the first administrator, by a one-time link.
type SetUpAdministrator struct{ Token, Name, Email, Password string }

// SetUpAdministrator makes the first administrator and signs in. Once there is
// one, every link is INVALID_LINK. The other refusals, INVALID and
// WEAK_PASSWORD, leave the link good.
func (s *Service) SetUpAdministrator(ctx context.Context, in SetUpAdministrator) (*Tokens, error) {
	sys := auth.WithSystem(ctx, "first administrator: there is no viewer yet")
	link, err := s.openLink(ctx, sys, onetimetoken.KindFIRST_ADMINISTRATOR, in.Token)
	if err != nil {
		return nil, err
	}
	name, email := strings.TrimSpace(in.Name), normalEmail(in.Email)
	if err := plausible(name, email); err != nil {
		return nil, err
	}
	hash, err := s.hash(ctx, in.Password, email, name)
	if err != nil {
		return nil, err
	}
	var opened *Tokens
	err = s.st.Tx(sys, func(ctx context.Context, tx *ent.Client) error {
		if err := s.holdRole(ctx); err != nil {
			return err
		}
		if exists, err := administrators(tx).Exist(ctx); err != nil || exists {
			return orElse(err, refuseLink())
		}
		if err := s.spend(ctx, tx, link); err != nil {
			return err
		}
		u, err := s.create(ctx, tx, NewUser{Name: name, Email: email}, hash)
		if err != nil {
			return err
		}
		r, err := tx.Role.Query().Where(role.Key(staffAdmin)).Only(ctx)
		if err != nil {
			return err
		}
		m, err := tx.Membership.Create().SetUserID(u.ID).SetRoleID(r.ID).Save(ctx)
		if err != nil {
			return err
		}
		opened, err = s.open(ctx, tx, u.ID, m.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.sign(ctx, opened)
}

// HasAdministrator says whether somebody can sign in as an administrator.
func (s *Service) HasAdministrator(ctx context.Context) (bool, error) {
	return administrators(s.st.Client()).Exist(auth.WithSystem(ctx, "whether there is an administrator"))
}

// keepAdministrator refuses to take the last administrator away, whom nobody
// could make again by the API; the ones that go are named by the condition.
func (s *Service) keepAdministrator(ctx context.Context, tx *ent.Client, but predicate.Membership) error {
	if err := s.holdRole(ctx); err != nil {
		return err
	}
	sys := auth.WithSystem(ctx, "whether another administrator remains")
	exists, err := administrators(tx, membership.Not(but)).Exist(sys)
	if err != nil || exists {
		return err
	}
	return refuse(codeInvalid, problem.Text{
		EN: "This is the last administrator. Make another one first.",
		DE: "Das ist der letzte Administrator. Bitte benennen Sie zuerst einen anderen.",
	})
}
