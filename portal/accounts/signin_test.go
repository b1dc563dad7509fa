package accounts

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/organization"
	"foyer/ent/session"
	"foyer/ent/user"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

func TestSignIn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		got, err := w.SignIn(w.ctx, SignIn{Email: "  Buyer@Example.COM ", Password: password})
		require.NoError(t, err)
		require.Equal(t, w.users["buyer"], got.UserID)
		require.Equal(t, w.members["buyer"], got.MembershipID)
		require.Equal(t, w.clock.now().Add(15*time.Minute), got.ExpiresAt)
		require.Equal(t, w.clock.now().Add(30*24*time.Hour), got.RefreshExpiresAt)

		v, err := w.Authenticate(w.ctx, got.AccessToken)
		require.NoError(t, err)
		require.Equal(t, auth.KindMember, v.Kind)
		require.Equal(t, string(w.acme), v.OrganizationID)
		require.Equal(t, string(w.users["buyer"]), v.UserID)
		require.Equal(t, string(got.SessionID), v.SessionID)
		require.Equal(t, "Person buyer", v.Name)
		require.Equal(t, "en", v.Language)
		require.Equal(t, "ORG_BUYER", v.Grants().Role())
		require.Equal(t, got.ExpiresAt, v.ExpiresAt)
		require.Empty(t, v.Tree, "no scope of a buyer uses the tree")

		x, err := w.st.Client().Session.Get(w.sys, got.SessionID)
		require.NoError(t, err)
		require.Equal(t, "web", x.Client)
		require.Equal(t, "Browser", x.UserAgent)
		require.NotContains(t, string(x.RefreshHash), got.RefreshToken, "only the digest is kept")
	})
}

// Words, code and the number of hashes are the same, whatever is wrong.
func TestSignInTellsNobodyWhoHasAnAccount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		disabled, without := w.user("disabled"), w.user("without")
		require.NoError(t, w.DisableUser(w.ctx, disabled))
		w.tx(func(ctx context.Context, tx *ent.Client) error {
			return tx.User.UpdateOneID(without).SetPasswordHash("").Exec(ctx)
		})
		broken := w.user("broken")
		w.tx(func(ctx context.Context, tx *ent.Client) error {
			return tx.User.UpdateOneID(broken).SetPasswordHash("$2b$12$notours").Exec(ctx)
		})
		w.user("idle") // without any membership
		before := w.state()
		type seen struct {
			text, code string
			hashes     int64
			statements int64
		}
		try := func(name, password string) seen {
			hashes, statements := w.hasher.hashes.Load(), w.st.Statements()
			_, err := w.SignIn(w.ctx, SignIn{Email: name, Password: password})
			require.Error(t, err)
			return seen{err.Error(), codeOf(err), w.hasher.hashes.Load() - hashes, w.st.Statements() - statements}
		}
		try(email("buyer"), "warms the limiter up")
		wrong := try(email("buyer"), "not the password")
		require.Equal(t, codeCredentials, wrong.code)
		require.EqualValues(t, 1, wrong.hashes)
		for what, got := range map[string]seen{
			"unknown":                    try("nobody@example.com", password),
			"a very long address":        try(strings.Repeat("a", 5000)+"@example.com", password),
			"disabled, wrong password":   try(email("disabled"), "not the password"),
			"disabled, right password":   try(email("disabled"), password),
			"no password yet":            try(email("without"), password),
			"no password yet, and empty": try(email("without"), ""),
			"unusable hash":              try(email("broken"), password),
			"no membership, wrong":       try(email("idle"), "not the password"),
		} {
			require.Equal(t, wrong, got, what)
		}
		require.Equal(t, codeNoMembership, try(email("idle"), password).code)
		require.Equal(t, before, w.state(), "no session was opened")
	})
}

func TestSignInLimits(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		from := func(address string) context.Context {
			return auth.WithRequest(w.ctx, auth.Request{Address: address})
		}
		for range 10 {
			_, err := w.SignIn(from("192.0.2.7"), SignIn{Email: email("buyer"), Password: "wrong"})
			w.refused(err, codeCredentials)
		}
		// The right password does not help any more, nor another address, nor
		// another spelling, nor another replica; a refusal costs no hash.
		hashes := w.hasher.hashes.Load()
		for _, s := range []*Service{w.Service, w.replica()} {
			_, err := s.SignIn(from("192.0.2.8"), SignIn{Email: " BUYER@example.com", Password: password})
			w.refused(err, "RATE_LIMITED")
			require.Contains(t, err.Error(), "15 minutes")
		}
		require.Equal(t, hashes, w.hasher.hashes.Load())
		// Somebody else still can, and a name that nobody has is held off too.
		w.signIn("manager")
		for range 10 {
			_, err := w.SignIn(from("192.0.2.9"), SignIn{Email: "nobody@example.com", Password: "wrong"})
			w.refused(err, codeCredentials)
		}
		_, err := w.SignIn(from("192.0.2.9"), SignIn{Email: "nobody@example.com", Password: "wrong"})
		w.refused(err, "RATE_LIMITED")
		w.clock.move(15 * time.Minute)
		w.signIn("buyer")

		// By address, over all accounts; an own account in between does not reset it.
		for i := range 50 {
			_, err := w.SignIn(from("192.0.2.66"), SignIn{Email: string(rune('a'+i%26)) + "@example.com", Password: "wrong"})
			require.Error(t, err)
		}
		_, err = w.SignIn(from("192.0.2.66"), SignIn{Email: email("stranger"), Password: password})
		w.refused(err, "RATE_LIMITED")
		var limited *problem.Error
		require.ErrorAs(t, err, &limited)
		require.Equal(t, 15*60, limited.Seconds())
		w.signIn("stranger")

		// An office behind one address signs in as often as it likes, and what it
		// mistypes counts; so do the guesses of a colleague who signs in in between.
		for range 60 {
			_, err := w.SignIn(from("192.0.2.77"), SignIn{Email: email("stranger"), Password: password})
			require.NoError(t, err)
		}
		for i := range 50 {
			_, err := w.SignIn(from("192.0.2.77"), SignIn{Email: string(rune('a'+i%26)) + "@example.org", Password: "wrong"})
			w.refused(err, codeCredentials)
			if i < 49 {
				_, err = w.SignIn(from("192.0.2.77"), SignIn{Email: email("stranger"), Password: password})
				require.NoError(t, err, i)
			}
		}
		_, err = w.SignIn(from("192.0.2.77"), SignIn{Email: email("stranger"), Password: password})
		w.refused(err, "RATE_LIMITED")

		var stored int
		require.NoError(t, w.st.RawRead(w.ctx).QueryRowContext(w.ctx,
			`SELECT count(*) FROM sign_in_attempts WHERE name LIKE '%.%' OR name LIKE '%@%'`).Scan(&stored))
		require.Zero(t, stored, "addresses are not stored")
		w.clock.move(48 * time.Hour)
		require.NoError(t, w.Sweep(w.ctx))
		require.NoError(t, w.st.RawRead(w.ctx).QueryRowContext(w.ctx, `SELECT count(*) FROM sign_in_attempts`).Scan(&stored))
		require.Zero(t, stored)
	})
}

func TestGuessesAtTheSameTimeAllCount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		codes := together(24, func(int) error {
			_, err := w.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: "wrong"})
			return err
		})
		require.Equal(t, map[string]int{codeCredentials: 10, "RATE_LIMITED": 14}, codes)
	})
}

func TestSignInResetsTheAccount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range 3 {
			for range 9 {
				_, err := w.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: "wrong"})
				w.refused(err, codeCredentials)
			}
			w.signIn("buyer")
		}
	})
}

func TestBusyHasher(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.hasher.Hasher = busy{}
		for _, name := range []string{"buyer", "nobody"} {
			_, err := w.SignIn(w.ctx, SignIn{Email: email(name), Password: password})
			w.refused(err, "RATE_LIMITED")
		}
	})
}

type busy struct{}

func (busy) Hash(context.Context, string) (string, error) { return "", auth.ErrBusy }
func (busy) Verify(context.Context, string, string) (bool, bool, error) {
	return false, false, auth.ErrBusy
}
func (busy) VerifyNobody(context.Context, string) error { return auth.ErrBusy }

func TestRehash(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		hash := func() string {
			u, err := w.st.Client().User.Get(w.sys, w.users["buyer"])
			require.NoError(t, err)
			return u.PasswordHash
		}
		before := hash()
		w.signIn("buyer")
		require.Equal(t, before, hash())
		w.hasher.Hasher = cheap(t, auth.Params{Memory: 16, Time: 1, Threads: 1})
		_, err := w.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: "wrong"})
		w.refused(err, codeCredentials)
		require.Equal(t, before, hash())
		w.signIn("buyer")
		require.Contains(t, hash(), "m=16,")
		after := hash()
		w.signIn("buyer")
		require.Equal(t, after, hash())
	})
}

func TestChoiceOfMembership(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		second := w.member("buyer", w.globex, "ORG_MEMBER")
		require.Equal(t, w.members["buyer"], w.signIn("buyer").MembershipID, "the first")
		got, err := w.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: password, Membership: second})
		require.NoError(t, err)
		require.Equal(t, second, got.MembershipID, "the one asked for")
		w.clock.move(time.Second)
		w.signIn("buyer")
		w.clock.move(time.Second)
		_, err = w.ActAs(w.as(got), w.members["buyer"])
		require.NoError(t, err)
		w.clock.move(time.Second)
		require.Equal(t, w.members["buyer"], w.signIn("buyer").MembershipID)
		w.clock.move(time.Second)
		_, err = w.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: password, Membership: second})
		require.NoError(t, err)
		w.clock.move(time.Second)
		require.Equal(t, second, w.signIn("buyer").MembershipID, "the one used last")

		for _, status := range []organization.Status{organization.StatusSUSPENDED, organization.StatusMERGED} {
			w.setOrganization(w.globex, status)
			require.Equal(t, w.members["buyer"], w.signIn("buyer").MembershipID, "an organization that is not served")
			_, err = w.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: password, Membership: second})
			w.refused(err, codeNoMembership)
		}
		for what, id := range map[string]gid.ID{"another's": w.members["stranger"], "none": gid.New(gid.Membership)} {
			before, err := w.st.Client().Session.Query().Count(w.sys)
			require.NoError(t, err)
			_, err = w.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: password, Membership: id})
			w.refused(err, codeNoMembership)
			after, err := w.st.Client().Session.Query().Count(w.sys)
			require.NoError(t, err)
			require.Equal(t, before, after, what)
		}
	})
}

func (w *world) setOrganization(id gid.ID, status organization.Status) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *ent.Client) error {
		return tx.Organization.UpdateOneID(id).SetStatus(status).Exec(ctx)
	})
}

// Who is disabled or changes the password while a sign-in goes on does not
// leave a session behind that the change has not seen.
func TestSignInDuringAChange(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		link, err := w.PasswordLink(w.ctx, w.users["buyer"])
		require.NoError(t, err)
		w.warm()
		together(7, func(i int) error {
			if i == 3 {
				_, err := w.SetPassword(w.ctx, SetPassword{link, "another walk by the sea"})
				return err
			}
			_, err := w.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: password})
			return err
		})
		live, err := w.st.Client().Session.Query().Where(session.UserID(w.users["buyer"]), w.Live()).Count(w.sys)
		require.NoError(t, err)
		require.Equal(t, 1, live)

		together(7, func(i int) error {
			if i == 3 {
				return w.DisableUser(w.ctx, w.users["manager"])
			}
			_, err := w.SignIn(w.ctx, SignIn{Email: email("manager"), Password: password})
			return err
		})
		live, err = w.st.Client().Session.Query().Where(session.UserID(w.users["manager"]), w.Live()).Count(w.sys)
		require.NoError(t, err)
		require.Zero(t, live)
		u, err := w.st.Client().User.Get(w.sys, w.users["manager"])
		require.NoError(t, err)
		require.Equal(t, user.StatusDISABLED, u.Status)
	})
}
