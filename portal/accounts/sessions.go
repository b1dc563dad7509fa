package accounts

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/predicate"
	"foyer/ent/session"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// Refresh gives new tokens for a refresh token, which is spent by it. A spent
// one that comes again has been stolen, from its holder or by its holder: the
// session ends, for both (RFC 9700 section 4.14.2). Every reason for not
// taking a token is the refusal INVALID_REFRESH_TOKEN.
//
// Of two requests with the same token at the same time one wins; the other is
// refused, and the session goes on, since the token was good when it came.
func (s *Service) Refresh(ctx context.Context, token string) (*Tokens, error) {
	hash, ok := auth.HashSecret(auth.SecretRefresh, token)
	if !ok {
		return nil, refuseRefresh()
	}
	sys := auth.WithSystem(ctx, "refresh of a session: there is no viewer yet")
	x, err := s.st.Client().Session.Query().Where(session.RefreshHash(hash)).Only(sys)
	if ent.IsNotFound(err) {
		// The end of the session is committed before the refusal goes out.
		if err := s.st.Tx(sys, func(ctx context.Context, tx *ent.Client) error { return s.reused(ctx, tx, hash) }); err != nil {
			return nil, err
		}
		return nil, refuseRefresh()
	}
	if err != nil {
		return nil, err
	}
	t, err := s.renew(sys, x)
	if err != nil {
		return nil, err
	}
	return s.sign(ctx, t)
}

func refuseRefresh() error {
	return refuse(codeRefreshToken, problem.Text{
		EN: "Your session has ended. Sign in again.",
		DE: "Ihre Sitzung ist beendet. Bitte melden Sie sich erneut an.",
	})
}

// renew spends the present token of a session and makes the next one.
func (s *Service) renew(ctx context.Context, x *ent.Session) (*Tokens, error) {
	// In UTC, whatever zone it was read in: SQLite compares times as texts.
	now, end := s.now(), x.CreatedAt.UTC().Add(s.o.SessionLife)
	if x.EndedAt != nil || !now.Before(x.ExpiresAt) || !now.Before(end) {
		return nil, refuseRefresh()
	}
	able, err := usable(s.st.Client().Membership.Query(), x.UserID).
		Where(membership.ID(x.MembershipID), membership.HasUserWith(user.StatusEQ(user.StatusACTIVE))).Exist(ctx)
	if err != nil {
		return nil, err
	}
	if !able {
		return nil, refuseRefresh()
	}
	if idle := now.Add(s.o.SessionIdle); idle.Before(end) {
		end = idle
	}
	t := &Tokens{UserID: x.UserID, SessionID: x.ID, MembershipID: x.MembershipID, RefreshExpiresAt: end}
	var next []byte
	t.RefreshToken, next = auth.NewSecret(auth.SecretRefresh)
	err = s.st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		// Not through ent: a refresh every few minutes is no change that the audit
		// should remember. The old hash in the condition lets one of two win.
		done, err := s.st.Raw(ctx).ExecContext(ctx, `
			UPDATE sessions SET refresh_hash = $1, last_used_at = $2, expires_at = $3
			WHERE id = $4 AND refresh_hash = $5 AND ended_at IS NULL`, next, now, end, x.ID, x.RefreshHash)
		if err != nil {
			return fmt.Errorf("accounts: refresh: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return cmp.Or(err, refuseRefresh())
		}
		_, err = s.st.Raw(ctx).ExecContext(ctx,
			`INSERT INTO spent_refresh_tokens (hash, session_id, spent_at) VALUES ($1, $2, $3)`, x.RefreshHash, x.ID, now)
		return err
	})
	return t, err
}

// reused ends the session whose token has been spent before.
func (s *Service) reused(ctx context.Context, tx *ent.Client, hash []byte) error {
	var id gid.ID
	err := s.st.Raw(ctx).QueryRowContext(ctx, `SELECT session_id FROM spent_refresh_tokens WHERE hash = $1`, hash).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("accounts: refresh: %w", err)
	}
	n, err := s.endWhere(ctx, tx, session.EndReasonREUSED, session.ID(id))
	if n > 0 {
		r := auth.RequestFrom(ctx)
		s.o.Logger.WarnContext(ctx, "a spent refresh token came again; its session is ended",
			"session", id, "requestId", r.ID, "address", r.Address)
	}
	return err
}

// Live selects the sessions that have not ended.
func (s *Service) Live() predicate.Session {
	return session.And(session.EndedAtIsNil(), session.ExpiresAtGT(s.now()))
}

// SignOut ends the session of this request.
func (s *Service) SignOut(ctx context.Context) error {
	v, err := person(ctx)
	if err != nil {
		return err
	}
	if v.SessionID == "" {
		return problem.ErrUnauthenticated
	}
	return s.endOwn(ctx, gid.ID(v.SessionID), session.EndReasonSIGNED_OUT)
}

// EndSession ends one of the viewer's own sessions; one that has ended stays
// as it is. Another person's is not found.
func (s *Service) EndSession(ctx context.Context, id gid.ID) error {
	if _, err := person(ctx); err != nil {
		return err
	}
	return s.endOwn(ctx, id, session.EndReasonENDED)
}

func (s *Service) endOwn(ctx context.Context, id gid.ID, reason session.EndReason) error {
	_, err := s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		x, err := tx.Session.Query().Where(session.ID(id), session.UserID(gid.ID(auth.From(ctx).UserID))).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		if ctx, err = access.Act(ctx, "session.end", access.Owner{User: x.UserID}); err != nil {
			return "", err
		}
		_, err = s.endWhere(ctx, tx, reason, session.ID(id))
		return id, err
	})
	return err
}

// endWhere ends the sessions that are not ended yet, each by itself so that
// the audit has it, and returns how many. This process forgets whom they stood
// for as soon as that is committed.
func (s *Service) endWhere(ctx context.Context, tx *ent.Client, reason session.EndReason, which ...predicate.Session) (int, error) {
	open, err := tx.Session.Query().Where(append(which, session.EndedAtIsNil())...).Order(ent.Asc(session.FieldID)).All(ctx)
	if err != nil {
		return 0, err
	}
	ended := map[string]bool{}
	var happened []events.Event
	for _, x := range open {
		err := tx.Session.UpdateOneID(x.ID).Where(session.EndedAtIsNil()).SetEndedAt(s.now()).SetEndReason(reason).Exec(ctx)
		switch {
		case ent.IsNotFound(err): // somebody else was faster
		case err != nil:
			return 0, fmt.Errorf("accounts: end session: %w", err)
		default:
			ended[string(x.ID)] = true
			happened = append(happened, events.Event{
				Kind: events.SessionEnded, Subject: x.ID, Owner: access.Owner{User: x.UserID}, Staff: true, At: s.now(),
				Data: schema.EventData{To: string(reason)},
			})
		}
	}
	if len(happened) > 0 { // what is open on the session, on whichever replica, ends with it
		if err := events.Append(ctx, tx, happened...); err != nil {
			return 0, err
		}
	}
	store.AfterCommit(ctx, func() { s.identities.drop(func(i *identity) bool { return ended[i.viewer.SessionID] }) })
	return len(ended), nil
}

// notFound replaces ent's own error, whose text names the type.
func notFound(err error) error {
	if ent.IsNotFound(err) {
		return problem.ErrNotFound
	}
	return err
}
