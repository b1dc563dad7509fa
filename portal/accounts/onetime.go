package accounts

import (
	"context"
	"errors"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/onetimetoken"
	"foyer/ent/session"
	"foyer/ent/user"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

func refuseLink() error {
	return refuse(codeLink, problem.Text{
		EN: "This link has been used or has expired. Ask for a new one.",
		DE: "Dieser Link wurde schon benutzt oder ist abgelaufen. Bitte fordern Sie einen neuen an.",
	}, "token")
}

// newLink makes a one-time token. Only its digest is kept: the text goes to
// whoever may use it, and nowhere else.
func (s *Service) newLink(ctx context.Context, tx *ent.Client, kind onetimetoken.Kind, subject string) (string, error) {
	return s.newLinkFor(ctx, tx, kind, subject, s.o.LinkLife)
}

// newLinkFor is newLink for a link that is good for another time.
func (s *Service) newLinkFor(ctx context.Context, tx *ent.Client, kind onetimetoken.Kind, subject string, life time.Duration) (string, error) {
	plain, hash := auth.NewSecret(auth.SecretOneTime)
	now := s.now()
	return plain, tx.OneTimeToken.Create().SetKind(kind).SetHash(hash).SetSubject(subject).
		SetCreatedAt(now).SetExpiresAt(now.Add(life)).Exec(ctx)
}

// openLink finds a token that has not been used yet. It counts as an attempt.
func (s *Service) openLink(ctx, sys context.Context, kind onetimetoken.Kind, token string) (*ent.OneTimeToken, error) {
	passed, err := s.attempt(ctx, limitLink, "")
	if err != nil {
		return nil, err
	}
	hash, ok := auth.HashSecret(auth.SecretOneTime, token)
	if !ok {
		return nil, refuseLink()
	}
	t, err := s.st.Client().OneTimeToken.Query().Where(onetimetoken.Hash(hash), onetimetoken.KindEQ(kind),
		onetimetoken.UsedAtIsNil(), onetimetoken.ExpiresAtGT(s.now())).Only(sys)
	if ent.IsNotFound(err) {
		return nil, refuseLink()
	}
	if err == nil {
		passed()
	}
	return t, err
}

// spend uses a token up, in the transaction of what it is for; of two at the
// same time one finds it used.
func (s *Service) spend(ctx context.Context, tx *ent.Client, t *ent.OneTimeToken) error {
	now := s.now()
	err := tx.OneTimeToken.UpdateOneID(t.ID).Where(onetimetoken.UsedAtIsNil(), onetimetoken.ExpiresAtGT(now)).
		SetUsedAt(now).Exec(ctx)
	if ent.IsNotFound(err) {
		return refuseLink()
	}
	return err
}

// PasswordLink makes the token of a link by which a user sets a password. It
// ends the links before it. The user must be active; ErrNotFound otherwise.
// For operators: it asks nobody's permission.
func (s *Service) PasswordLink(ctx context.Context, userID gid.ID) (token string, err error) {
	return s.passwordLink(auth.WithSystem(ctx, "link to set a password, made by an operator"), userID, s.o.LinkLife)
}

func (s *Service) passwordLink(sys context.Context, userID gid.ID, life time.Duration) (token string, err error) {
	err = s.st.Tx(sys, func(ctx context.Context, tx *ent.Client) error {
		u, err := tx.User.Query().Where(user.ID(userID), user.StatusEQ(user.StatusACTIVE)).Only(ctx)
		if err != nil {
			return notFound(err)
		}
		if err := s.dropLinks(ctx, tx, u.ID); err != nil {
			return err
		}
		token, err = s.newLinkFor(ctx, tx, onetimetoken.KindSET_PASSWORD, string(u.ID), life)
		return err
	})
	return token, err
}

// dropLinks ends the links by which a user could still set a password.
func (s *Service) dropLinks(ctx context.Context, tx *ent.Client, userID gid.ID) error {
	return s.dropLinksOf(ctx, tx, onetimetoken.KindSET_PASSWORD, userID)
}

// dropLinksOf ends the links of a kind that are about something. Nobody may see
// or write them but the system.
func (s *Service) dropLinksOf(ctx context.Context, tx *ent.Client, kind onetimetoken.Kind, subject gid.ID) error {
	ctx = auth.WithSystem(ctx, "links that end with what they were for")
	ids, err := tx.OneTimeToken.Query().Where(onetimetoken.KindEQ(kind),
		onetimetoken.Subject(string(subject)), onetimetoken.UsedAtIsNil(), onetimetoken.ExpiresAtGT(s.now())).IDs(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := tx.OneTimeToken.UpdateOneID(id).SetUsedAt(s.now()).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// SetPassword is a one-time link and the password to set.
type SetPassword struct{ Token, Password string }

// SetPassword sets a password by a one-time link and signs in. All sessions
// that there were end: whoever had the old password is out. The refusals are
// INVALID_LINK, WEAK_PASSWORD, which leaves the link good, and NO_MEMBERSHIP.
func (s *Service) SetPassword(ctx context.Context, in SetPassword) (*Tokens, error) {
	sys := auth.WithSystem(ctx, "one-time link: there is no viewer yet")
	link, err := s.openLink(ctx, sys, onetimetoken.KindSET_PASSWORD, in.Token)
	if err != nil {
		return nil, err
	}
	u, err := s.st.Client().User.Query().Where(user.ID(gid.ID(link.Subject)), user.StatusEQ(user.StatusACTIVE)).Only(sys)
	if ent.IsNotFound(err) {
		return nil, refuseLink()
	}
	if err != nil {
		return nil, err
	}
	hash, err := s.hash(ctx, in.Password, u.Email, u.Name)
	if err != nil {
		return nil, err
	}
	var opened *Tokens
	err = s.st.Tx(sys, func(ctx context.Context, tx *ent.Client) error {
		// The user first, as elsewhere: two who lock in another order wait for
		// each other.
		err := tx.User.UpdateOneID(u.ID).Where(user.StatusEQ(user.StatusACTIVE)).SetPasswordHash(hash).Exec(ctx)
		if ent.IsNotFound(err) {
			return refuseLink()
		}
		if err != nil {
			return err
		}
		if err := s.spend(ctx, tx, link); err != nil {
			return err
		}
		if err := s.dropLinks(ctx, tx, u.ID); err != nil {
			return err
		}
		if _, err := s.endWhere(ctx, tx, session.EndReasonENDED, session.UserID(u.ID)); err != nil {
			return err
		}
		m, err := s.choose(ctx, tx, u.ID, "")
		if err != nil {
			return err
		}
		if err := s.tellPasswordChanged(ctx, u.ID); err != nil {
			return err
		}
		opened, err = s.open(ctx, tx, u.ID, m.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.succeeded(ctx, limitSignIn, u.Email)
	return s.sign(ctx, opened)
}

// hash judges a new password and hashes it. It must run outside a transaction,
// which would hold its locks for as long.
func (s *Service) hash(ctx context.Context, password, email, name string) (string, error) {
	if err := auth.CheckPassword(password, email, name); err != nil {
		return "", refuse(codeWeakPassword, weakness(err), "password")
	}
	hash, err := s.o.Hasher.Hash(ctx, password)
	return hash, hashing(err)
}

// HashPassword hashes a password without judging it, for people who come from
// another system and for demonstrations. It is slow on purpose.
func (s *Service) HashPassword(ctx context.Context, password string) (string, error) {
	hash, err := s.o.Hasher.Hash(ctx, password)
	return hash, hashing(err)
}

func weakness(err error) problem.Text {
	switch {
	case errors.Is(err, auth.ErrPasswordShort):
		return problem.Text{
			EN: "The password needs at least 10 characters.",
			DE: "Das Passwort braucht mindestens 10 Zeichen.",
		}
	case errors.Is(err, auth.ErrPasswordLong):
		return problem.Text{
			EN: "The password may have at most 128 characters.",
			DE: "Das Passwort darf höchstens 128 Zeichen haben.",
		}
	case errors.Is(err, auth.ErrPasswordControl):
		return problem.Text{
			EN: "The password has characters that cannot be typed.",
			DE: "Das Passwort enthält Zeichen, die sich nicht eintippen lassen.",
		}
	case errors.Is(err, auth.ErrPasswordPersonal):
		return problem.Text{
			EN: "The password must not contain your name or e-mail address.",
			DE: "Das Passwort darf weder Ihren Namen noch Ihre E-Mail-Adresse enthalten.",
		}
	}
	return problem.Text{
		EN: "The password is among those that are guessed first. Choose another.",
		DE: "Das Passwort gehört zu denen, die zuerst erraten werden. Bitte wählen Sie ein anderes.",
	}
}

// plausible checks the name and the e-mail address of a new user.
func plausible(name, email string) error {
	if err := plausibleName(name); err != nil {
		return err
	}
	return plausibleEmail(email)
}

const (
	longestName  = 200 // characters
	longestPhone = 60
)

// plausibleName checks a person's name. It stands in mails to others, so it is
// no place for the address of a page.
func plausibleName(name string) error {
	if name == "" || utf8.RuneCountInString(name) > longestName {
		return refuse(codeInvalid, problem.Text{
			EN: "The name must not be empty or longer than 200 characters.",
			DE: "Der Name darf weder leer noch länger als 200 Zeichen sein.",
		}, "name")
	}
	if !utf8.ValidString(name) || strings.ContainsFunc(name, misleads) || !strings.ContainsFunc(name, spells) || strings.Contains(name, "://") {
		return refuse(codeInvalid, problem.Text{
			EN: "This is not a name.",
			DE: "Das ist kein Name.",
		}, "name")
	}
	return nil
}

// misleads says whether a character does something other than to be seen: ends a
// line, turns the direction of what stands beside it, makes two names look alike.
// The two joiners are none of these, for there are scripts that need them.
func misleads(c rune) bool {
	return c != '\u200c' && c != '\u200d' && unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// spells says whether a character is one of a name, and not the empty letter that
// some scripts have.
func spells(c rune) bool {
	return (unicode.IsLetter(c) || unicode.IsNumber(c)) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, c)
}

func plausibleEmail(email string) error {
	if a, err := mail.ParseAddress(email); err != nil || a.Address != email || len(email) > 254 || strings.ContainsFunc(email, func(c rune) bool { return c == ' ' || !unicode.IsPrint(c) }) {
		return refuse(codeInvalid, problem.Text{
			EN: "This is not an e-mail address.",
			DE: "Das ist keine E-Mail-Adresse.",
		}, "email")
	}
	return nil
}

// LinkLife is how long a one-time link is good.
func (s *Service) LinkLife() time.Duration { return s.o.LinkLife }
