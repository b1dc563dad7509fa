package accounts

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/onetimetoken"
	"foyer/ent/session"
	"foyer/schema"
	"foyer/schema/gid"
)

const newPassword = "another walk by the sea"

func TestSetPassword(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		before := w.signIn("buyer")
		foreign := w.signIn("manager")
		for range 9 { // an owner who has forgotten the password
			_, err := w.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: "wrong"})
			w.refused(err, codeCredentials)
		}
		older, err := w.PasswordLink(w.ctx, w.users["buyer"])
		require.NoError(t, err)
		link, err := w.PasswordLink(w.ctx, w.users["buyer"])
		require.NoError(t, err)
		w.unchanged(codeLink, func() error {
			_, err := w.SetPassword(w.ctx, SetPassword{older, newPassword})
			return err
		})
		for _, weak := range []string{"", "short", "1234567890", "person buyer!", strings.Repeat("ab ", 100), "tab\tin the middle"} {
			hashes := w.hasher.hashes.Load()
			w.unchanged(codeWeakPassword, func() error {
				_, err := w.SetPassword(w.ctx, SetPassword{link, weak})
				return err
			})
			require.Equal(t, hashes, w.hasher.hashes.Load())
		}
		got, err := w.SetPassword(w.ctx, SetPassword{link, newPassword})
		require.NoError(t, err)
		w.as(got)
		w.as(foreign)
		w.dead(before, session.EndReasonENDED)
		_, err = w.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: password})
		w.refused(err, codeCredentials)
		_, err = w.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: newPassword})
		require.NoError(t, err)
		w.unchanged(codeLink, func() error {
			_, err := w.SetPassword(w.ctx, SetPassword{link, password})
			return err
		})
	})
}

func TestLinksThatAreNoGood(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.newToken(onetimetoken.KindFIRST_ADMINISTRATOR, "")
		gone := w.newToken(onetimetoken.KindSET_PASSWORD, string(gid.New(gid.User)))
		link, err := w.PasswordLink(w.ctx, w.users["buyer"])
		require.NoError(t, err)
		unknown, _ := auth.NewSecret(auth.SecretOneTime)
		hashes := w.hasher.hashes.Load()
		for what, token := range map[string]string{
			"nothing": "", "unknown": unknown, "of another kind": first, "of nobody": gone,
			"cut": link[:len(link)-1], "refresh token": w.signIn("buyer").RefreshToken,
		} {
			t.Log(what)
			w.unchanged(codeLink, func() error { _, err := w.SetPassword(w.ctx, SetPassword{token, newPassword}); return err })
		}
		require.Equal(t, hashes+1, w.hasher.hashes.Load(), "only the sign-in has cost a hash")
		w.unchanged(codeLink, func() error {
			_, err := w.SetUpAdministrator(w.ctx, SetUpAdministrator{link, "A", "a@example.com", newPassword})
			return err
		})
		require.NoError(t, w.DisableUser(w.ctx, w.users["buyer"]))
		require.NoError(t, w.EnableUser(w.ctx, w.users["buyer"]))
		w.unchanged(codeLink, func() error { _, err := w.SetPassword(w.ctx, SetPassword{link, newPassword}); return err })
		link, err = w.PasswordLink(w.ctx, w.users["buyer"])
		require.NoError(t, err)
		w.clock.move(24 * time.Hour)
		w.unchanged(codeLink, func() error { _, err := w.SetPassword(w.ctx, SetPassword{link, newPassword}); return err })
		_, err = w.PasswordLink(w.ctx, gid.New(gid.User))
		w.refused(err, "NOT_FOUND")
	})
}

func (w *world) newToken(kind onetimetoken.Kind, subject string) (token string) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *ent.Client) (err error) {
		token, err = w.newLink(ctx, tx, kind, subject)
		return err
	})
	return token
}

func TestLinkUsedAtTheSameTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		link, err := w.PasswordLink(w.ctx, w.users["buyer"])
		require.NoError(t, err)
		replicas := []*Service{w.Service, w.replica()}
		w.warm()
		codes := together(8, func(i int) error {
			_, err := replicas[i%2].SetPassword(w.ctx, SetPassword{link, newPassword})
			return err
		})
		require.Equal(t, map[string]int{"done": 1, codeLink: 7}, codes)
		n, err := w.st.Client().Session.Query().Where(session.UserID(w.users["buyer"]), w.Live()).Count(w.sys)
		require.NoError(t, err)
		require.Equal(t, 1, n)
	})
}

func TestLinksAreLimited(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		link, err := w.PasswordLink(w.ctx, w.users["buyer"])
		require.NoError(t, err)
		unknown, _ := auth.NewSecret(auth.SecretOneTime)
		for range 50 {
			_, err := w.SetPassword(w.ctx, SetPassword{unknown, newPassword})
			w.refused(err, codeLink)
		}
		_, err = w.SetPassword(w.ctx, SetPassword{link, newPassword})
		w.refused(err, "RATE_LIMITED")
		_, err = w.SetUpAdministrator(w.ctx, SetUpAdministrator{Token: unknown})
		w.refused(err, "RATE_LIMITED")
		elsewhere := auth.WithRequest(w.ctx, auth.Request{Address: "2001:db8::1"})
		_, err = w.SetPassword(elsewhere, SetPassword{link, newPassword})
		require.NoError(t, err)
	})
}

func TestSetPasswordWithoutMembership(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		link, err := w.PasswordLink(w.ctx, w.user("idle"))
		require.NoError(t, err)
		w.unchanged(codeNoMembership, func() error { _, err := w.SetPassword(w.ctx, SetPassword{link, newPassword}); return err })
		w.member("idle", w.acme, "ORG_MEMBER")
		_, err = w.SetPassword(w.ctx, SetPassword{link, newPassword})
		require.NoError(t, err, "the link is good until it has been of use")
	})
}

// noAdministrator takes the administrator away, past all rules.
func (w *world) noAdministrator() {
	w.t.Helper()
	w.tx(func(ctx context.Context, _ *ent.Client) error {
		_, err := w.st.Raw(ctx).ExecContext(ctx, `DELETE FROM memberships WHERE id = $1`, w.members["root"])
		return err
	})
}

func TestFirstAdministrator(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.FirstAdministratorLink(w.ctx)
		w.refused(err, "CONFLICT")
		// A link from before there was one is no good any more.
		early := w.newToken(onetimetoken.KindFIRST_ADMINISTRATOR, "")
		in := SetUpAdministrator{early, " Ada ", " Ada@Example.org ", newPassword}
		w.unchanged(codeLink, func() error { _, err := w.SetUpAdministrator(w.ctx, in); return err })

		w.noAdministrator()
		has, err := w.HasAdministrator(w.ctx)
		require.NoError(t, err)
		require.False(t, has)
		reset, err := w.PasswordLink(w.ctx, w.users["buyer"])
		require.NoError(t, err)
		in.Token = reset
		w.unchanged(codeLink, func() error { _, err := w.SetUpAdministrator(w.ctx, in); return err })
		first, err := w.FirstAdministratorLink(w.ctx)
		require.NoError(t, err)
		second, err := w.replica().FirstAdministratorLink(w.ctx)
		require.NoError(t, err, "each replica that starts makes one")
		in.Token = first
		for code, change := range map[string]func(*SetUpAdministrator){
			codeWeakPassword:  func(in *SetUpAdministrator) { in.Password = "too short" },
			codeInvalid:       func(in *SetUpAdministrator) { in.Name = " " },
			codeInvalid + " ": func(in *SetUpAdministrator) { in.Email = "Ada <ada@example.org>" },
			codeInvalid + "-": func(in *SetUpAdministrator) { in.Email = email("buyer") },
			codeLink:          func(in *SetUpAdministrator) { in.Token = "x" },
		} {
			bad := in
			change(&bad)
			w.unchanged(strings.TrimRight(code, " -"), func() error { _, err := w.SetUpAdministrator(w.ctx, bad); return err })
		}
		got, err := w.SetUpAdministrator(w.ctx, in)
		require.NoError(t, err)
		v := w.viewer(got)
		require.Equal(t, auth.KindStaff, v.Kind)
		require.Equal(t, "Ada", v.Name)
		require.Equal(t, staffAdmin, v.Grants().Role())
		u, err := w.FindUser(w.ctx, "ADA@example.org")
		require.NoError(t, err)
		require.Equal(t, v.UserID, string(u.ID))
		for _, token := range []string{first, second, early} {
			again := SetUpAdministrator{token, "Eve", "eve@example.org", newPassword}
			w.unchanged(codeLink, func() error { _, err := w.SetUpAdministrator(w.ctx, again); return err })
		}
		_, err = w.FirstAdministratorLink(w.ctx)
		w.refused(err, "CONFLICT")
	})
}

func TestFirstAdministratorsAtTheSameTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.noAdministrator()
		links := make([]string, 6)
		for i := range links {
			var err error
			links[i], err = w.FirstAdministratorLink(w.ctx)
			require.NoError(t, err)
		}
		w.warm()
		codes := together(len(links), func(i int) error {
			_, err := w.SetUpAdministrator(w.ctx, SetUpAdministrator{
				links[i], "Ada", string(rune('a'+i)) + "da@example.org", newPassword,
			})
			return err
		})
		require.Equal(t, map[string]int{"done": 1, codeLink: 5}, codes)
		n, err := administrators(w.st.Client()).Count(w.sys)
		require.NoError(t, err)
		require.Equal(t, 1, n)
	})
}

func TestUsers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		create := func(in NewUser) func() error {
			return func() error { _, err := w.CreateUser(w.ctx, in); return err }
		}
		w.unchanged(codeInvalid, create(NewUser{Name: "Twice", Email: " BUYER@example.com"}))
		w.unchanged(codeInvalid, create(NewUser{Name: "", Email: "x@example.com"}))
		for _, bad := range []string{"", "x", "@example.com", "a b@example.com", "<a@example.com>", "a@example.com, b@example.com", strings.Repeat("a", 250) + "@example.com"} {
			w.unchanged(codeInvalid, create(NewUser{Name: "X", Email: bad}))
		}
		w.unchanged(codeWeakPassword, create(NewUser{Name: "X", Email: "x@example.com", Password: "password123"}))
		codes := together(4, func(int) error { return create(NewUser{Name: "Same", Email: "same@example.com"})() })
		require.Equal(t, map[string]int{"done": 1, codeInvalid: 3}, codes)

		id, err := w.CreateUser(w.ctx, NewUser{Name: "Greta", Email: "greta@example.com", Language: schema.German, Phone: "+49 30 1"})
		require.NoError(t, err)
		u, err := w.FindUser(w.ctx, string(id))
		require.NoError(t, err)
		require.Equal(t, "greta@example.com", u.Email)
		require.Empty(t, u.PasswordHash)
		_, err = w.FindUser(w.ctx, "nobody@example.com")
		w.refused(err, "NOT_FOUND")
		_, err = w.FindUser(w.ctx, "")
		w.refused(err, "NOT_FOUND")

		w.users["greta"] = id
		first := w.member("greta", w.acme, "ORG_MEMBER")
		require.Equal(t, first, w.member("greta", w.acme, "ORG_BUYER"), "one membership an organization")
		staff := w.member("greta", "", "STAFF_AGENT")
		require.Equal(t, staff, w.member("greta", "", "STAFF_SALES"), "and one of staff")
		v, err := w.ViewerOf(w.ctx, id, first)
		require.NoError(t, err)
		require.Equal(t, "de", v.Language)
		assign := func(user, org gid.ID, role string) func() error {
			return func() error { _, err := w.AssignMembership(w.ctx, user, org, role); return err }
		}
		w.unchanged(codeWrongKind, assign(id, w.acme, "STAFF_AGENT"))
		w.unchanged(codeWrongKind, assign(id, "", "ORG_ADMIN"))
		w.unchanged("NOT_FOUND", assign(id, w.acme, "NO_SUCH_ROLE"))
		w.unchanged("NOT_FOUND", assign(id, w.acme, "ANONYMOUS"))
		w.unchanged("NOT_FOUND", assign(gid.New(gid.User), w.acme, "ORG_ADMIN"))
		w.unchanged("NOT_FOUND", assign(id, gid.New(gid.Organization), "ORG_ADMIN"))
		w.unchanged("NOT_FOUND", func() error { return w.DisableUser(w.ctx, gid.New(gid.User)) })
		w.user("twin")
		codes = together(4, func(int) error { return assign(w.users["twin"], "", "STAFF_AGENT")() })
		require.Equal(t, map[string]int{"done": 4}, codes)
		all, err := usable(w.st.Client().Membership.Query(), w.users["twin"]).All(w.sys)
		require.NoError(t, err)
		require.Len(t, all, 1)

		got := w.signIn("manager")
		w.as(got)
		require.NoError(t, w.DisableUser(w.ctx, w.users["manager"]))
		w.dead(got, session.EndReasonDISABLED)
		require.NoError(t, w.EnableUser(w.ctx, w.users["manager"]))
		w.signIn("manager")
	})
}

// Nothing secret is ever logged or audited.
func TestSecretsStayOutOfLogAndAudit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var log bytes.Buffer
		w.options.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		s := w.replica()
		first, err := s.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: password})
		require.NoError(t, err)
		_, err = s.SignIn(w.ctx, SignIn{Email: email("buyer"), Password: "a wrong one that is long"})
		require.Error(t, err)
		second, err := s.Refresh(w.ctx, first.RefreshToken)
		require.NoError(t, err)
		w.clock.move(time.Minute)
		_, err = s.Refresh(w.ctx, first.RefreshToken)
		require.Error(t, err)
		_, err = s.Authenticate(w.ctx, first.AccessToken+"x")
		require.Error(t, err)
		link, err := s.PasswordLink(w.ctx, w.users["buyer"])
		require.NoError(t, err)
		_, err = s.SetPassword(w.ctx, SetPassword{link, newPassword})
		require.NoError(t, err)
		_, err = s.RotateKeys(w.ctx)
		require.NoError(t, err)
		entries, err := w.st.Client().AuditEntry.Query().All(w.sys)
		require.NoError(t, err)
		text := log.String()
		require.Contains(t, text, "spent refresh token")
		for _, e := range entries {
			for _, c := range e.Changes {
				text += c.Field + "=" + c.Value + "\n"
			}
		}
		require.Contains(t, text, "refresh_hash=redacted")
		require.Contains(t, text, "password_hash=redacted")
		for _, secret := range []string{
			first.AccessToken, first.RefreshToken, second.AccessToken, second.RefreshToken, link, password, newPassword,
			"a wrong one", "argon2", strings.Split(first.AccessToken, ".")[1],
		} {
			require.NotContains(t, text, secret)
		}
	})
}
