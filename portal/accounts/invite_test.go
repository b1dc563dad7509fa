package accounts

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/onetimetoken"
	"foyer/ent/role"
	"foyer/ent/user"
	"foyer/portal/jobs"
	"foyer/portal/mail"
	"foyer/schema"
	"foyer/schema/gid"
)

// post keeps letters.
type post struct {
	mu      sync.Mutex
	letters []mail.Letter
	fail    error
}

func (p *post) Send(_ context.Context, l mail.Letter) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fail == nil {
		p.letters = append(p.letters, l)
	}
	return p.fail
}

func (p *post) take() []mail.Letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.letters
	p.letters = nil
	return list
}

// posted has the world's letters sent, and returns what does the work and what
// keeps the letters.
func (w *world) posted() (work func(), p *post) {
	w.t.Helper()
	r, err := jobs.New(w.st, jobs.Options{Logger: slog.New(slog.DiscardHandler), Retry: func(int) time.Duration { return time.Hour }})
	require.NoError(w.t, err)
	p = &post{}
	w.Work(r, p, "https://portal.example.com/")
	return func() { w.t.Helper(); require.NoError(w.t, r.Drain(w.ctx)) }, p
}

func tokenIn(l mail.Letter) string { _, token, _ := strings.Cut(l.URL, "#"); return token }

func (w *world) inviting(name string, org gid.ID, role string) InvitePerson {
	return InvitePerson{Organization: org, Name: "Person " + name, Email: email(name), Role: w.role(role).ID}
}

// invited invites somebody and returns the membership and the link's token.
func (w *world) invited(ctx context.Context, name string, org gid.ID, role string, work func(), p *post) (gid.ID, string) {
	w.t.Helper()
	id, err := w.Invite(ctx, w.inviting(name, org, role))
	require.NoError(w.t, err)
	work()
	letters := p.take()
	require.Len(w.t, letters, 1)
	return id, tokenIn(letters[0])
}

func TestAnInvitationExpires(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		work, p := w.posted()
		_, token := w.invited(w.by("admin"), "new", w.acme, "ORG_BUYER", work, p)
		w.clock.move(7*24*time.Hour - time.Second)
		_, err := w.OpenInvitation(w.ctx, token)
		require.NoError(t, err)
		w.clock.move(time.Second)
		w.unchanged(codeLink, func() error { _, err := w.OpenInvitation(w.ctx, token); return err })
		w.unchanged(codeLink, func() error { _, err := w.AcceptInvitation(w.ctx, AcceptInvitation{token, newPassword}); return err })
	})
}

// Of those who accept at the same time one does, and of those who accept while
// another withdraws either happens.
func TestAcceptedAtTheSameTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		work, p := w.posted()
		ctx := w.by("admin")
		replicas := []*Service{w.Service, w.replica()}
		_, token := w.invited(ctx, "new", w.acme, "ORG_BUYER", work, p)
		w.warm()
		codes := together(6, func(i int) error {
			_, err := replicas[i%2].AcceptInvitation(w.ctx, AcceptInvitation{token, newPassword})
			return err
		})
		require.Equal(t, map[string]int{"done": 1, codeLink: 5}, codes)
		for i := range 4 {
			id, token := w.invited(ctx, fmt.Sprint("n", i), w.acme, "ORG_BUYER", work, p)
			accepted := false
			codes := together(2, func(i int) error {
				if i == 0 {
					_, err := replicas[0].AcceptInvitation(w.ctx, AcceptInvitation{token, newPassword})
					accepted = err == nil
					return err
				}
				_, err := replicas[1].SetMembershipStatus(ctx, SetMembershipStatus{id, 1, membership.StatusDISABLED})
				return err
			})
			require.Equal(t, 1, codes["done"], codes)
			m, err := w.st.Client().Membership.Get(w.sys, id)
			require.NoError(t, err)
			require.Equal(t, accepted, m.Status == membership.StatusACTIVE)
			require.Equal(t, accepted, m.InvitedEmail == "")
			n, err := w.st.Client().OneTimeToken.Query().Where(onetimetoken.Subject(string(id)), onetimetoken.UsedAtIsNil()).Count(w.sys)
			require.NoError(t, err)
			require.Zero(t, n, "its links have ended either way")
		}
	})
}

// Two who invite the same person at the same time make one person.
func TestInvitedAtTheSameTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.posted()
		admin, stranger := w.by("admin"), w.by("stranger")
		replica := w.replica()
		w.warm()
		codes := together(6, func(i int) error {
			var err error
			if i%2 == 0 {
				_, err = w.Invite(admin, w.inviting("new", w.acme, "ORG_BUYER"))
			} else {
				_, err = replica.Invite(stranger, w.inviting("new", w.globex, "ORG_BUYER"))
			}
			return err
		})
		require.Equal(t, map[string]int{"done": 2, codeTaken: 4}, codes)
		n, err := w.st.Client().User.Query().Where(user.Email(email("new"))).Count(w.sys)
		require.NoError(t, err)
		require.Equal(t, 1, n)
	})
}

// Somebody invited by two sets one password, by whichever link comes first.
func TestInvitedByTwo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		work, p := w.posted()
		_, first := w.invited(w.by("admin"), "new", w.acme, "ORG_BUYER", work, p)
		_, second := w.invited(w.by("stranger"), "new", w.globex, "ORG_MEMBER", work, p)
		got, err := w.AcceptInvitation(w.ctx, AcceptInvitation{second, newPassword})
		require.NoError(t, err)
		require.Equal(t, string(w.globex), w.viewer(got).OrganizationID)
		i, err := w.OpenInvitation(w.ctx, first)
		require.NoError(t, err)
		require.False(t, i.NeedsPassword)
		w.unchanged(codeInvalid, func() error { _, err := w.AcceptInvitation(w.ctx, AcceptInvitation{first, password}); return err })
		got, err = w.AcceptInvitation(w.ctx, AcceptInvitation{first, ""})
		require.NoError(t, err)
		require.Nil(t, got, "the link came by mail and is no password")
		in, err := w.SignIn(w.ctx, SignIn{Email: email("new"), Password: newPassword})
		require.NoError(t, err)
		all, err := w.Memberships(w.as(in))
		require.NoError(t, err)
		require.Len(t, all, 2)
	})
}

// Nobody hands out by an invitation what they may not do themselves, nor acts on
// a person who may do more.
func TestEscalationByInvitation(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.posted()
		people := RoleGrants{
			Reads: []Grant{{"Membership", auth.ScopeAll}, {"Role", auth.ScopeAll}, {"User", auth.ScopeAll}, {"Organization", auth.ScopeAll}},
			Actions: []Grant{{"membership.invite", auth.ScopeAll}, {"membership.status", auth.ScopeAll},
				{"user.status", auth.ScopeAll}, {"user.password", auth.ScopeAll}},
			Permissions: []string{schema.PermStaffRoles},
		}
		w.customRole("PEOPLE", role.KindSTAFF, people)
		w.customRole("MEEK", role.KindSTAFF, RoleGrants{Reads: []Grant{{"Role", auth.ScopeAll}}})
		for name, key := range map[string]string{"people": "PEOPLE", "meek": "MEEK"} {
			w.user(name)
			w.members[name] = w.member(name, "", key)
		}
		ctx := w.by("people")
		for _, key := range []string{"STAFF_ADMIN", "STAFF_AGENT"} {
			w.unchanged(codeEscalation, func() error { _, err := w.Invite(ctx, w.inviting("new", "", key)); return err })
		}
		w.unchanged(codeEscalation, func() error { _, err := w.Invite(ctx, w.inviting("new", w.acme, "ORG_ADMIN")); return err })
		_, err := w.Invite(ctx, w.inviting("new", "", "MEEK"))
		require.NoError(t, err)
		mighty, err := w.Invite(w.by("root"), w.inviting("mighty", "", "STAFF_ADMIN"))
		require.NoError(t, err)
		w.unchanged(codeEscalation, func() error { _, err := w.ResendInvitation(ctx, mighty); return err })
		for _, name := range []string{"root", "agent", "admin"} {
			w.unchanged(codeEscalation, func() error { _, err := w.SetUserStatus(ctx, w.users[name], user.StatusDISABLED); return err })
			w.unchanged(codeEscalation, func() error { _, err := w.SendPasswordLink(ctx, w.users[name]); return err })
		}
		w.unchanged(codeOwnMembership, func() error { _, err := w.SetUserStatus(ctx, w.users["people"], user.StatusDISABLED); return err })
		w.unchanged(codeOwnMembership, func() error { _, err := w.SendPasswordLink(ctx, w.users["people"]); return err })
		_, err = w.SetUserStatus(ctx, w.users["meek"], user.StatusDISABLED)
		require.NoError(t, err)
		// Whoever waits to be an administrator is none yet: the last one stays.
		admins, err := administrators(w.st.Client()).Count(w.sys)
		require.NoError(t, err)
		require.Equal(t, 1, admins)
	})
}

// What an operator gives needs no acceptance, and ends the invitation.
func TestAnOperatorNeedsNoInvitation(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		work, p := w.posted()
		id, token := w.invited(w.by("admin"), "new", w.acme, "ORG_BUYER", work, p)
		u, err := w.FindUser(w.ctx, email("new"))
		require.NoError(t, err)
		got, err := w.AssignMembership(w.ctx, u.ID, w.acme, "ORG_MEMBER")
		require.NoError(t, err)
		require.Equal(t, id, got)
		m, err := w.st.Client().Membership.Get(w.sys, id)
		require.NoError(t, err)
		require.Equal(t, membership.StatusACTIVE, m.Status)
		require.Empty(t, m.InvitedEmail+m.InvitedName)
		w.unchanged(codeLink, func() error { _, err := w.OpenInvitation(w.ctx, token); return err })
	})
}

// A mail server that fails is tried again, and each attempt makes a link of its
// own; what has expired by then is not sent.
func TestLettersThatFail(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		work, p := w.posted()
		count := func(query string) (n int) {
			require.NoError(t, w.st.RawRead(w.ctx).QueryRowContext(w.ctx, query).Scan(&n))
			return n
		}
		p.fail = errors.New("451")
		require.NoError(t, w.RequestPasswordLink(w.ctx, email("buyer")))
		work()
		require.Equal(t, 1, count(`SELECT count(*) FROM password_requests`))
		w.clock.move(RequestedLinkLife + time.Second)
		require.NoError(t, w.Sweep(w.ctx))
		require.Zero(t, count(`SELECT count(*) FROM password_requests`))
		p.fail = fmt.Errorf("%w: 550", mail.ErrRefused)
		require.NoError(t, w.RequestPasswordLink(w.ctx, email("buyer")))
		work()
		require.Zero(t, count(`SELECT count(*) FROM password_requests`), "nobody waits for what never arrives")

		// Done twice, the second link is the good one.
		p.fail = nil
		require.NoError(t, w.sendLink(w.ctx, linkOrdered{w.users["buyer"]}))
		require.NoError(t, w.sendLink(w.ctx, linkOrdered{w.users["buyer"]}))
		letters := p.take()
		require.Len(t, letters, 2)
		w.unchanged(codeLink, func() error {
			_, err := w.SetPassword(w.ctx, SetPassword{tokenIn(letters[0]), newPassword})
			return err
		})
		_, err := w.SetPassword(w.ctx, SetPassword{tokenIn(letters[1]), newPassword})
		require.NoError(t, err)
		work()
		letters = p.take()
		require.Len(t, letters, 1)
		require.Equal(t, mail.PasswordChanged, letters[0].Template)
		require.Equal(t, "https://portal.example.com/password", letters[0].URL)

		// Work of somebody who has gone, or of what has been decided since.
		require.NoError(t, w.sendLink(w.ctx, linkOrdered{gid.New(gid.User)}))
		require.NoError(t, w.sendPasswordChanged(w.ctx, passwordChanged{User: gid.New(gid.User)}))
		require.NoError(t, w.sendInvitation(w.ctx, invited{Membership: w.members["buyer"]}))
		require.NoError(t, w.DisableUser(w.ctx, w.users["buyer"]))
		require.NoError(t, w.sendLink(w.ctx, linkOrdered{w.users["buyer"]}))
		require.Empty(t, p.take())
	})
}

// The limits of links hold for invitations as well.
func TestInvitationsAreNotGuessed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		work, p := w.posted()
		_, token := w.invited(w.by("admin"), "new", w.acme, "ORG_BUYER", work, p)
		unknown, _ := auth.NewSecret(auth.SecretOneTime)
		for i := range 50 {
			var err error
			if i%2 == 0 {
				_, err = w.OpenInvitation(w.ctx, unknown)
			} else {
				_, err = w.AcceptInvitation(w.ctx, AcceptInvitation{unknown, newPassword})
			}
			w.refused(err, codeLink)
		}
		_, err := w.OpenInvitation(w.ctx, token)
		w.refused(err, "RATE_LIMITED")
		elsewhere := auth.WithRequest(w.ctx, auth.Request{Address: "2001:db8::1"})
		for range 60 { // to look is no guess
			_, err = w.OpenInvitation(elsewhere, token)
			require.NoError(t, err)
		}
	})
}

// Of those who change the password at the same time one does, and each session
// but the winner's ends.
func TestPasswordChangedAtTheSameTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		work, p := w.posted()
		var by []context.Context
		for range 4 {
			by = append(by, w.by("buyer"))
		}
		w.warm()
		codes := together(len(by), func(i int) error {
			_, err := w.ChangePassword(by[i], ChangePassword{password, newPassword + fmt.Sprint(i)})
			return err
		})
		require.Equal(t, map[string]int{"done": 1, codeCredentials: 3}, codes)
		live, err := w.st.Client().Session.Query().Where(w.Live()).All(w.sys)
		require.NoError(t, err)
		require.Len(t, live, 1)
		work()
		require.Len(t, p.take(), 1)
	})
}

// Two who assign the same make one assignment.
func TestAssignedAtTheSameTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.by("root")
		w.warm()
		codes := together(6, func(int) error {
			_, err := w.AssignOrganization(ctx, w.acme, w.users["sales"])
			return err
		})
		require.Equal(t, map[string]int{"done": 1, codeTaken: 5}, codes)
		for _, name := range []string{"agent", "admin"} {
			code, by := map[string]string{"agent": "FORBIDDEN", "admin": "NOT_FOUND"}[name], w.by(name)
			w.unchanged(code, func() error {
				_, err := w.AssignOrganization(by, w.acme, w.users["sales"])
				return err
			})
		}
	})
}

// What this process remembers of somebody goes with the change: the clock stands.
func TestWhoSomebodyIsChangesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		root, sales := w.by("root"), w.signIn("sales")
		require.Empty(t, w.viewer(sales).Assigned)
		id, err := w.AssignOrganization(root, w.acme, w.users["sales"])
		require.NoError(t, err)
		require.Equal(t, []string{string(w.acme)}, w.viewer(sales).Assigned)
		_, err = w.EndAssignment(root, id)
		require.NoError(t, err)
		require.Empty(t, w.viewer(sales).Assigned)
		german, name := schema.German, "Sales, Renamed"
		_, err = w.ChangeProfile(w.as(sales), ChangeProfile{Name: &name, Language: &german})
		require.NoError(t, err)
		v := w.viewer(sales)
		require.Equal(t, []string{name, "de"}, []string{v.Name, v.Language})
	})
}

// What is read of an invitation needs no more than its own row.
func TestWithdrawnInvitationsOpenNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.posted()
		ctx := w.by("admin")
		id, err := w.Invite(ctx, w.inviting("stranger", w.acme, "ORG_BUYER"))
		require.NoError(t, err)
		hidden := func() {
			t.Helper()
			_, err := w.st.Client().User.Query().Where(user.ID(w.users["stranger"])).Only(ctx)
			require.True(t, ent.IsNotFound(err), err)
		}
		hidden()
		require.NoError(t, w.setStatus(ctx, id, membership.StatusDISABLED))
		hidden()
		w.unchanged(codeWrongState, func() error { return w.setStatus(ctx, id, membership.StatusACTIVE) })
		root := w.by("root")
		w.unchanged(codeWrongState, func() error { return w.setStatus(root, id, membership.StatusACTIVE) })
		hidden()
		w.unchanged(codeWrongState, func() error { return w.setStatus(ctx, w.members["buyer"], membership.StatusINVITED) })
	})
}

// A link that came before somebody was disabled is not good again afterwards; the
// invitation waits, and is sent again.
func TestTheDisabledLoseTheirInvitations(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		work, p := w.posted()
		id, token := w.invited(w.by("admin"), "stranger", w.acme, "ORG_BUYER", work, p)
		_, err := w.SetUserStatus(w.by("root"), w.users["stranger"], user.StatusDISABLED)
		require.NoError(t, err)
		_, err = w.SetUserStatus(w.by("root"), w.users["stranger"], user.StatusACTIVE)
		require.NoError(t, err)
		w.unchanged(codeLink, func() error { _, err := w.AcceptInvitation(w.ctx, AcceptInvitation{Token: token}); return err })
		_, err = w.ResendInvitation(w.by("admin"), id)
		require.NoError(t, err)
		work()
		letters := p.take()
		require.Len(t, letters, 1)
		_, err = w.OpenInvitation(w.ctx, tokenIn(letters[0]))
		require.NoError(t, err)
	})
}

// An address has nothing in it that nobody sees: two would look the same.
func TestAddressesAreSeen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.posted()
		ctx := w.by("admin")
		for _, bad := range []string{"a@b\u2028c.example", "a\u202eb@x.example", "a\u200b@x.example", "a\u00a0b@x.example", "a b@x.example"} {
			in := w.inviting("stranger", w.acme, "ORG_BUYER")
			in.Email = bad
			w.unchanged(codeInvalid, func() error { _, err := w.Invite(ctx, in); return err })
			w.unchanged(codeInvalid, func() error { return w.RequestPasswordLink(w.ctx, bad) })
		}
		require.NoError(t, w.RequestPasswordLink(w.ctx, "jürgen@müller.example"))
	})
}
