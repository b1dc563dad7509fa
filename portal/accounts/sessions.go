package accounts

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

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
// For a short time, grace, the last one spent is taken once more. A browser that
// loads its page anew while a refresh is under way never hears the answer, and
// sends the old cookie again; two tabs that refresh at the same moment send the
// same one. Both get a token of the same generation: each is good until one of
// the two is used, and from then on the other counts as stolen.
//
// What that costs: a thief who copies a token and uses it within the grace, or
// whose victim does, is not noticed at once, but when the other of the two comes
// back, a token's age later, since only one of a generation can go on. Nothing
// is gained by it that a stolen token that nobody has used yet would not give.
func (s *Service) Refresh(ctx context.Context, token string) (*Tokens, error) {
	hash, ok := auth.HashSecret(auth.SecretRefresh, token)
	if !ok {
		return nil, refuseRefresh()
	}
	sys := auth.WithSystem(ctx, "refresh of a session: there is no viewer yet")
	x, err := s.sessionOf(sys, hash)
	if err != nil {
		return nil, err
	}
	if x == nil {
		return nil, refuseRefresh()
	}
	t, err := s.renew(sys, x, hash)
	if err != nil {
		return nil, err
	}
	return s.sign(ctx, t)
}

// grace is how long the last token spent is taken once more.
const grace = 30 * time.Second

func refuseRefresh() error {
	return refuse(codeRefreshToken, problem.Text{
		EN: "Your session has ended. Sign in again.",
		DE: "Ihre Sitzung ist beendet. Bitte melden Sie sich erneut an.",
	})
}

// sessionOf finds the session of a refresh token, the present one or one from
// before; nil when there is none.
func (s *Service) sessionOf(ctx context.Context, hash []byte) (*ent.Session, error) {
	x, err := s.st.Client().Session.Query().Where(session.RefreshHash(hash)).Only(ctx)
	if !ent.IsNotFound(err) {
		return x, err
	}
	var id gid.ID
	err = s.st.RawRead(ctx).QueryRowContext(ctx, `SELECT session_id FROM spent_refresh_tokens WHERE hash = $1`, hash).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // nobody's
	}
	if err != nil {
		return nil, fmt.Errorf("accounts: refresh: %w", err)
	}
	x, err = s.st.Client().Session.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, nil //nolint:nilnil // nobody's any more
	}
	return x, err
}

// renew makes the next token of a session for one that it has had.
func (s *Service) renew(ctx context.Context, x *ent.Session, hash []byte) (*Tokens, error) {
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
	if idle := now.Add(s.o.SessionIdle); idle.Before(end) {
		end = idle
	}
	t := &Tokens{UserID: x.UserID, SessionID: x.ID, MembershipID: x.MembershipID, RefreshExpiresAt: end}
	var next []byte
	t.RefreshToken, next = auth.NewSecret(auth.SecretRefresh)
	taken := refused
	// The end of the session is committed before the refusal goes out.
	err = s.st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		taken = refused // also when the database has this tried again
		present, generation, err := s.holdTokens(ctx, x.ID)
		if err != nil || present == nil {
			return err
		}
		if taken, err = s.take(ctx, x.ID, present, hash, generation); err != nil {
			return err
		}
		if taken == stolen {
			return s.reused(ctx, tx, x.ID)
		}
		if !able { // what somebody else would tell apart is said to none
			taken = refused
		}
		if taken == refused {
			return nil
		}
		return s.replace(ctx, x.ID, present, hash, next, generation, taken == once, end)
	})
	if err == nil && (taken == refused || taken == stolen) {
		err = refuseRefresh()
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

// taking is what becomes of a refresh token.
type taking int

const (
	refused taking = iota // and nothing happens
	stolen                // it was spent before
	spent                 // it is of the present generation, and makes the next
	once                  // it is of the last one, and gets another of the present one
)

// outdone marks, in the column again, the twin of a token that has made the next
// generation: no grace is left for it, or both could go on side by side.
const outdone = 2

// holdTokens holds a session, so that one request at a time looks at its tokens.
// It returns the digest of the present one, nil when the session has ended, and
// its generation: the first is 1.
func (s *Service) holdTokens(ctx context.Context, id gid.ID) (present []byte, generation int, err error) {
	query := `SELECT refresh_hash FROM sessions WHERE id = $1 AND ended_at IS NULL`
	if s.st.Postgres() {
		query += ` FOR NO KEY UPDATE`
	}
	err = s.st.Raw(ctx).QueryRowContext(ctx, query, id).Scan(&present)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, 0, nil
	}
	if err == nil {
		// A statement of its own: it must see what those before have committed.
		err = s.st.Raw(ctx).QueryRowContext(ctx,
			`SELECT COALESCE(MAX(generation), 0) + 1 FROM spent_refresh_tokens WHERE session_id = $1 AND twin = 0`, id).Scan(&generation)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("accounts: refresh: %w", err)
	}
	return present, generation, nil
}

// take says what becomes of a token of a session, and spends it unless it is the
// present one, which replace does.
func (s *Service) take(ctx context.Context, id gid.ID, present, hash []byte, generation int) (taking, error) {
	if bytes.Equal(present, hash) {
		return spent, nil
	}
	var of, again, twin int
	var at time.Time
	raw := s.st.Raw(ctx)
	err := raw.QueryRowContext(ctx, `SELECT generation, again, twin, spent_at FROM spent_refresh_tokens WHERE hash = $1 AND session_id = $2`,
		hash, id).Scan(&of, &again, &twin, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return refused, nil
	}
	if err != nil {
		return refused, fmt.Errorf("accounts: refresh: %w", err)
	}
	switch age := s.now().Sub(at); {
	case twin != 0 && of == generation:
		return spent, nil
	case of != generation-1 || age >= grace || again == outdone:
		return stolen, nil
	case again != 0:
		// A third tab of the same moment, more likely than a thief who would come
		// as late as that: it is not heard, and the session goes on.
		return refused, nil
	}
	_, err = raw.ExecContext(ctx, `UPDATE spent_refresh_tokens SET again = 1 WHERE hash = $1`, hash)
	if err != nil {
		return refused, fmt.Errorf("accounts: refresh: %w", err)
	}
	return once, nil
}

// replace makes another token the present one, for the token of a digest. The one
// before is spent, with its twin, or stays its twin. Not through ent: a refresh every few minutes is no
// change that the audit should remember.
func (s *Service) replace(ctx context.Context, id gid.ID, present, hash, next []byte, generation int, twin bool, end time.Time) error {
	now, mark, again := s.now(), 0, 0
	if twin {
		mark = 1
	} else if !bytes.Equal(present, hash) {
		again = outdone
	}
	for _, q := range []struct {
		text string
		args []any
		skip bool
	}{
		{`UPDATE spent_refresh_tokens SET twin = 0, spent_at = $1, again = CASE WHEN hash = $2 THEN 0 ELSE 2 END
			WHERE session_id = $3 AND generation = $4 AND twin = 1`, []any{now, hash, id, generation}, twin},
		{`INSERT INTO spent_refresh_tokens (hash, session_id, spent_at, generation, twin, again) VALUES ($1, $2, $3, $4, $5, $6)`,
			[]any{present, id, now, generation, mark, again}, false},
		{`UPDATE sessions SET refresh_hash = $1, last_used_at = $2, expires_at = $3 WHERE id = $4`, []any{next, now, end, id}, false},
	} {
		if q.skip {
			continue
		}
		if _, err := s.st.Raw(ctx).ExecContext(ctx, q.text, q.args...); err != nil {
			return fmt.Errorf("accounts: refresh: %w", err)
		}
	}
	return nil
}

// reused ends the session whose token has been spent before.
func (s *Service) reused(ctx context.Context, tx *ent.Client, id gid.ID) error {
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
