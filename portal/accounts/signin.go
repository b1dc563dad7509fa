package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/organization"
	"foyer/ent/session"
	"foyer/ent/user"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// SignIn is who wants to sign in.
type SignIn struct {
	Email      string
	Password   string
	Membership gid.ID // to act by; empty: the one used last, or the first
}

// SignIn opens a session for whoever knows the password. An unknown user, a
// wrong password, and a user who is disabled or has no password are one
// refusal, INVALID_CREDENTIALS, at the cost of one hash each; that somebody
// has no membership to act by (NO_MEMBERSHIP) is told only after the right
// password. Too many attempts are RATE_LIMITED, right or wrong.
func (s *Service) SignIn(ctx context.Context, in SignIn) (*Tokens, error) {
	email := normalEmail(in.Email)
	passed, err := s.attempt(ctx, limitSignIn, email)
	if err != nil {
		return nil, err
	}
	sys := auth.WithSystem(ctx, "sign-in: there is no viewer yet")
	u, rehash, err := s.verified(sys, email, in.Password)
	if err != nil {
		return nil, err
	}
	passed()
	hash := ""
	if rehash {
		// Before the transaction, which must not wait for it; a hasher that is
		// too busy for this may make it next time.
		if hash, err = s.o.Hasher.Hash(ctx, in.Password); err != nil && !errors.Is(err, auth.ErrBusy) {
			return nil, err
		}
	}
	var opened *Tokens
	err = s.st.Tx(sys, func(ctx context.Context, tx *ent.Client) error {
		if err := s.unchanged(ctx, u, hash != ""); err != nil {
			return err
		}
		m, err := s.choose(ctx, tx, u.ID, in.Membership)
		if err != nil {
			return err
		}
		if hash != "" {
			if err := tx.User.UpdateOneID(u.ID).SetPasswordHash(hash).Exec(ctx); err != nil {
				return err
			}
		}
		opened, err = s.open(ctx, tx, u.ID, m.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.succeeded(ctx, limitSignIn, email)
	return s.sign(ctx, opened)
}

// verified finds the user who has that password. Every way out costs one hash.
func (s *Service) verified(sys context.Context, email, password string) (u *ent.User, rehash bool, err error) {
	u, err = s.st.Client().User.Query().Where(user.Email(email)).Only(sys)
	if ent.IsNotFound(err) {
		if err := s.o.Hasher.VerifyNobody(sys, password); err != nil {
			return nil, false, hashing(err)
		}
		return nil, false, refuse(codeCredentials, textCredentials)
	}
	if err != nil {
		return nil, false, err
	}
	ok, rehash, err := s.o.Hasher.Verify(sys, u.PasswordHash, password)
	if errors.Is(err, auth.ErrHashFormat) || errors.Is(err, auth.ErrHashParams) {
		// Somebody wrote the hash past us. An error here would say that there is
		// such a user.
		s.o.Logger.ErrorContext(sys, "a stored password hash cannot be used", "user", u.ID, "error", err)
		ok, err = false, s.o.Hasher.VerifyNobody(sys, password)
	}
	if err != nil {
		return nil, false, hashing(err)
	}
	if !ok || u.Status != user.StatusACTIVE {
		return nil, false, refuse(codeCredentials, textCredentials)
	}
	return u, rehash, nil
}

// unchanged holds the user's row as it was when the password was checked: who
// is disabled or changes the password meanwhile ends the sessions that there
// are, and must find this one among them.
func (s *Service) unchanged(ctx context.Context, u *ent.User, update bool) error {
	query := `SELECT 1 FROM users WHERE id = $1 AND status = 'ACTIVE' AND password_hash = $2`
	switch {
	case !s.st.Postgres(): // one writer at a time
	case update:
		query += ` FOR NO KEY UPDATE`
	default:
		query += ` FOR SHARE`
	}
	var one int
	err := s.st.Raw(ctx).QueryRowContext(ctx, query, u.ID, u.PasswordHash).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return refuse(codeCredentials, textCredentials)
	}
	return err
}

// usable are a user's memberships that one can act by at present, the first
// one first.
func usable(q *ent.MembershipQuery, userID gid.ID) *ent.MembershipQuery {
	return q.Where(membership.UserID(userID), membership.StatusEQ(membership.StatusACTIVE),
		membership.Or(membership.OrganizationIDIsNil(),
			membership.HasOrganizationWith(organization.StatusEQ(organization.StatusACTIVE)))).
		Order(ent.Asc(membership.FieldCreatedAt, membership.FieldID))
}

// choose finds the membership to act by: the one asked for, else the one used
// last, else the first.
func (s *Service) choose(ctx context.Context, tx *ent.Client, userID, asked gid.ID) (*ent.Membership, error) {
	all, err := usable(tx.Membership.Query(), userID).All(ctx)
	if err != nil {
		return nil, err
	}
	if asked != "" {
		if i := slices.IndexFunc(all, func(m *ent.Membership) bool { return m.ID == asked }); i >= 0 {
			return all[i], nil
		}
		return nil, refuse(codeNoMembership, problem.Text{
			EN: "You cannot act by this membership at present.",
			DE: "Mit dieser Mitgliedschaft können Sie zurzeit nicht handeln.",
		}, "membershipId")
	}
	switch len(all) {
	case 0:
		return nil, refuse(codeNoMembership, textNoMembership)
	case 1:
		return all[0], nil
	}
	ids := make([]gid.ID, len(all))
	for i, m := range all {
		ids[i] = m.ID
	}
	last, err := tx.Session.Query().Where(session.UserID(userID), session.MembershipIDIn(ids...)).
		Order(ent.Desc(session.FieldLastUsedAt, session.FieldID)).First(ctx)
	if ent.IsNotFound(err) {
		return all[0], nil
	}
	if err != nil {
		return nil, err
	}
	return all[slices.Index(ids, last.MembershipID)], nil
}

// open makes a session; sign, outside the transaction, makes its access token.
func (s *Service) open(ctx context.Context, tx *ent.Client, userID, membershipID gid.ID) (*Tokens, error) {
	now := s.now()
	plain, hash := auth.NewSecret(auth.SecretRefresh)
	t := &Tokens{
		RefreshToken: plain, RefreshExpiresAt: now.Add(min(s.o.SessionIdle, s.o.SessionLife)),
		UserID: userID, MembershipID: membershipID, SessionID: gid.New(gid.Session),
	}
	r := auth.RequestFrom(ctx)
	err := tx.Session.Create().SetID(t.SessionID).SetUserID(userID).SetMembershipID(membershipID).SetRefreshHash(hash).
		SetClient(clip(r.Client, 64)).SetUserAgent(clip(r.UserAgent, 300)).
		SetCreatedAt(now).SetLastUsedAt(now).SetExpiresAt(t.RefreshExpiresAt).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("accounts: new session: %w", err)
	}
	return t, nil
}

// sign adds the access token. It asks for the signing key and may make the
// first one, so it must run outside a transaction.
func (s *Service) sign(ctx context.Context, t *Tokens) (*Tokens, error) {
	token, claims, err := s.signer.Sign(ctx, auth.Claims{
		UserID: string(t.UserID), SessionID: string(t.SessionID), MembershipID: string(t.MembershipID),
	})
	if err != nil {
		return nil, fmt.Errorf("accounts: access token: %w", err)
	}
	t.AccessToken, t.ExpiresAt = token, claims.ExpiresAt
	return t, nil
}
