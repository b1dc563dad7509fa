package accounts

import (
	"context"
	"fmt"
	"time"

	"foyer/auth"
	"foyer/portal/problem"
	"foyer/portal/store"
)

// What is counted. Links are counted apart from sign-ins: whoever forgot the
// password has often tried several before opening the link.
const (
	limitSignIn      = "sign-in"
	limitLink        = "link"
	limitCodeRequest = "code-request"
	limitCode        = "code"
	limitPassword    = "password-link"
)

// The limits of codes for guests, which are short: a code has 26 bits, and what
// asks for one sends a mail to somebody.
var (
	codeRequestsOfPair    = auth.Limit{Attempts: 3, Window: 15 * time.Minute}
	codeRequestsOfAddress = auth.Limit{Attempts: 20, Window: 15 * time.Minute}
	codesOfPair           = auth.Limit{Attempts: 5, Window: 15 * time.Minute}
	codesOfAddress        = auth.Limit{Attempts: 30, Window: 15 * time.Minute}
)

// The limits of letters that somebody has sent to somebody else. A link that is
// asked for without signing in is limited as a guest's code is; the others are
// counted by day, and only when they are sent.
var (
	linksOfAccount = auth.Limit{Attempts: 3, Window: 15 * time.Minute}
	linksOfAddress = auth.Limit{Attempts: 20, Window: 15 * time.Minute}
)

const (
	lettersWindow    = 24 * time.Hour
	lettersOfOne     = 5   // to one person
	lettersOfInviter = 100 // of one organization, or of staff
)

// bounded counts a letter of a day, in the transaction that orders it: what is
// refused is not counted.
func (s *Service) bounded(ctx context.Context, what string, most int) error {
	now := s.now()
	n, err := attempts{s.st}.Record(ctx, "letters/"+what, now, lettersWindow)
	if err != nil {
		return fmt.Errorf("accounts: count letters: %w", err)
	}
	if n > most {
		return problem.Wait(now.Truncate(lettersWindow).Add(lettersWindow).Sub(now),
			"That is enough mails for today. Try again tomorrow.", "Für heute sind genug Mails verschickt. Bitte versuchen Sie es morgen noch einmal.")
	}
	return nil
}

// attempt counts an attempt and refuses it when there were too many. It must
// run outside any transaction: what is refused inside one is rolled back, and
// the count with it. Whoever finds that it was no guess calls passed, once.
func (s *Service) attempt(ctx context.Context, name, account string) (passed func(), err error) {
	l, err := s.limiter(ctx, name)
	if err != nil {
		return nil, err
	}
	address, began := auth.RequestFrom(ctx).Address, s.now()
	wait, err := l.Attempt(ctx, account, address)
	if err != nil {
		return nil, fmt.Errorf("accounts: count attempts: %w", err)
	}
	if wait > 0 {
		return nil, tooMany(wait)
	}
	return func() {
		if err := l.Passed(ctx, address, began); err != nil {
			s.stayCounted(ctx, "attempt of an address stays counted", err)
		}
	}, nil
}

// stayCounted is no reason to turn somebody away.
func (s *Service) stayCounted(ctx context.Context, what string, err error) {
	s.o.Logger.WarnContext(ctx, what, "requestId", auth.RequestFrom(ctx).ID, "error", err)
}

// succeeded forgets the failed attempts of an account.
func (s *Service) succeeded(ctx context.Context, name, account string) {
	l, err := s.limiter(ctx, name)
	if err == nil {
		err = l.Succeeded(ctx, account)
	}
	if err != nil {
		s.stayCounted(ctx, "attempts of an account stay counted", err)
	}
}

// limiter makes a limiter when it is first needed: its secret is in the
// database.
func (s *Service) limiter(ctx context.Context, name string) (*auth.Limiter, error) {
	s.limiting.Lock()
	defer s.limiting.Unlock()
	if l := s.limiters[name]; l != nil {
		return l, nil
	}
	secret, err := s.st.Secret(ctx, "attempts")
	if err != nil {
		return nil, err
	}
	account, address := s.o.Account, s.o.Address
	switch name {
	case limitCodeRequest:
		account, address = codeRequestsOfPair, codeRequestsOfAddress
	case limitCode:
		account, address = codesOfPair, codesOfAddress
	case limitPassword:
		account, address = linksOfAccount, linksOfAddress
	}
	l, err := auth.NewLimiter(attempts{s.st}, auth.LimiterConfig{
		Name: name, Secret: secret, Account: account, Address: address, Now: s.o.Clock,
	})
	if err == nil {
		s.limiters[name] = l
	}
	return l, err
}

func tooMany(wait time.Duration) error {
	if minutes := int((wait + time.Minute - 1) / time.Minute); minutes > 1 {
		t := problem.Text{
			EN: "Too many attempts. Try again in %d minutes.",
			DE: "Zu viele Versuche. Bitte versuchen Sie es in %d Minuten noch einmal.",
		}.Format(minutes)
		return problem.Wait(wait, t.EN, t.DE)
	}
	return problem.Wait(wait, "Too many attempts. Try again in a minute.",
		"Zu viele Versuche. Bitte versuchen Sie es in einer Minute noch einmal.")
}

// attempts counts in a table that all replicas share.
type attempts struct{ st *store.Store }

var _ auth.Attempts = attempts{}

// Record implements auth.Attempts: one statement that counts and reads. A
// replica whose clock is behind counts in the window that others have begun,
// or the two would start it anew by turns.
func (a attempts) Record(ctx context.Context, key string, at time.Time, window time.Duration) (count int, err error) {
	err = a.st.Raw(ctx).QueryRowContext(ctx, `
		INSERT INTO sign_in_attempts (name, attempts, window_start) VALUES ($1, 1, $2)
		ON CONFLICT (name) DO UPDATE SET
		  attempts = CASE WHEN sign_in_attempts.window_start < excluded.window_start THEN 1 ELSE sign_in_attempts.attempts + 1 END,
		  window_start = CASE WHEN sign_in_attempts.window_start < excluded.window_start
		    THEN excluded.window_start ELSE sign_in_attempts.window_start END
		RETURNING attempts`, key, at.UTC().Truncate(window)).Scan(&count)
	return count, err
}

// Return implements auth.Attempts.
func (a attempts) Return(ctx context.Context, key string, at time.Time, window time.Duration) error {
	_, err := a.st.Raw(ctx).ExecContext(ctx,
		`UPDATE sign_in_attempts SET attempts = attempts - 1 WHERE name = $1 AND window_start = $2 AND attempts > 0`,
		key, at.UTC().Truncate(window))
	return err
}

// Reset implements auth.Attempts.
func (a attempts) Reset(ctx context.Context, key string) error {
	_, err := a.st.Raw(ctx).ExecContext(ctx, `DELETE FROM sign_in_attempts WHERE name = $1`, key)
	return err
}

// Sweep deletes what has expired in the plain tables of this package. A spent
// refresh token is remembered as long as its session could be stolen by it.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.now()
	day := now.Add(-24 * time.Hour) // no window is longer, and nobody reads a key that expired a day ago
	for _, q := range []struct {
		text string
		arg  time.Time
	}{
		{`DELETE FROM sign_in_attempts WHERE window_start < $1`, day},
		{`DELETE FROM signing_keys WHERE not_after < $1`, day},
		{`DELETE FROM spent_refresh_tokens WHERE session_id NOT IN
		  (SELECT id FROM sessions WHERE ended_at IS NULL AND expires_at > $1)`, now},
	} {
		if _, err := s.st.Raw(ctx).ExecContext(ctx, q.text, q.arg); err != nil {
			return fmt.Errorf("accounts: sweep: %w", err)
		}
	}
	if err := s.sweepRequests(ctx); err != nil {
		return err
	}
	return s.sweepCodes(ctx)
}
