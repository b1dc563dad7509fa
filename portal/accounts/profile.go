package accounts

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/predicate"
	"foyer/ent/session"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// ChangeProfile is what changes about the viewer; what is nil stays.
type ChangeProfile struct {
	Name     *string
	Phone    *string // empty: none any more
	Language *schema.Language
}

// ChangeProfile changes the viewer's own name, telephone number and language,
// and returns their id. The refusal is INVALID.
func (s *Service) ChangeProfile(ctx context.Context, in ChangeProfile) (gid.ID, error) {
	v, err := person(ctx)
	if err != nil {
		return "", err
	}
	return s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		u, err := tx.User.Query().Where(user.ID(gid.ID(v.UserID)), store.Held).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		owner := access.Owner{User: u.ID}
		if ctx, err = access.Act(ctx, "profile.change", owner); err != nil {
			return "", err
		}
		change := tx.User.UpdateOneID(u.ID)
		known := false // to others: what the viewer is remembered by
		if in.Name != nil {
			name := strings.TrimSpace(*in.Name)
			if err := plausibleName(name); err != nil {
				return "", err
			}
			known = known || name != u.Name
			change.SetName(name)
		}
		if in.Phone != nil {
			if err := phone(change, strings.TrimSpace(*in.Phone)); err != nil {
				return "", err
			}
		}
		if in.Language != nil {
			known = known || *in.Language != u.Language
			change.SetLanguage(*in.Language)
		}
		if len(change.Mutation().Fields())+len(change.Mutation().ClearedFields()) == 0 {
			return u.ID, nil
		}
		if err := change.Exec(ctx); err != nil || !known {
			return u.ID, notFound(err)
		}
		return u.ID, s.userChanged(ctx, tx, owner, "")
	})
}

func phone(change *ent.UserUpdateOne, number string) error {
	if number == "" {
		change.ClearPhone()
		return nil
	}
	if utf8.RuneCountInString(number) > longestPhone || !utf8.ValidString(number) || strings.ContainsFunc(number, unicode.IsControl) {
		return refuse(codeInvalid, problem.Text{
			EN: "The telephone number must not be longer than 60 characters.",
			DE: "Die Telefonnummer darf nicht länger als 60 Zeichen sein.",
		}, "phone")
	}
	change.SetPhone(number)
	return nil
}

// ChangePassword is the present password and the new one.
type ChangePassword struct{ Current, Password string }

// ChangePassword sets another password, ends all other sessions of the viewer
// and the links by which a password could be set, and returns how many sessions
// have ended. This one goes on. The person is told by mail. The refusals are
// INVALID_CREDENTIALS, for a present password that is not right, and
// WEAK_PASSWORD; too many attempts are RATE_LIMITED, counted with those to sign
// in: whoever finds a browser open shall not guess at the password there.
func (s *Service) ChangePassword(ctx context.Context, in ChangePassword) (endedSessions int, err error) {
	v, err := person(ctx)
	if err != nil {
		return 0, err
	}
	if v.SessionID == "" {
		return 0, problem.ErrUnauthenticated
	}
	sys := auth.WithSystem(ctx, "the viewer's own password, to compare")
	u, err := s.st.Client().User.Get(sys, gid.ID(v.UserID))
	if err != nil {
		return 0, notFound(err)
	}
	passed, err := s.attempt(ctx, limitSignIn, u.Email)
	if err != nil {
		return 0, err
	}
	if _, _, err := s.verified(sys, u.Email, in.Current); err != nil {
		if is, _ := problem.Refusals(err); is != nil {
			err = refuse(codeCredentials, problem.Text{
				EN: "This is not your present password.",
				DE: "Das ist nicht Ihr jetziges Passwort.",
			}, "current")
		}
		return 0, err
	}
	passed()
	hash, err := s.hash(ctx, in.Password, u.Email, u.Name)
	if err != nil {
		return 0, err
	}
	err = s.st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		if ctx, err = access.Act(ctx, "profile.change", access.Owner{User: u.ID}); err != nil {
			return err
		}
		if err := s.unchanged(ctx, u, true); err != nil {
			return err
		}
		if err := tx.User.UpdateOneID(u.ID).SetPasswordHash(hash).Exec(ctx); err != nil {
			return notFound(err)
		}
		if err := s.dropLinks(ctx, tx, u.ID); err != nil {
			return err
		}
		others := []predicate.Session{session.UserID(u.ID)}
		if v.SessionID != "" { // no id is NULL, and nothing differs from that
			others = append(others, session.IDNEQ(gid.ID(v.SessionID)))
		}
		endedSessions, err = s.endWhere(ctx, tx, session.EndReasonENDED, others...)
		if err != nil {
			return err
		}
		return s.tellPasswordChanged(ctx, u.ID)
	})
	if err != nil {
		return 0, err
	}
	s.succeeded(ctx, limitSignIn, u.Email)
	return endedSessions, nil
}
