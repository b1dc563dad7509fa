package accounts

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/auditentry"
	"foyer/ent/membership"
	"foyer/ent/organization"
	"foyer/ent/session"
	"foyer/ent/user"
	"foyer/schema/gid"
)

func (w *world) session(id gid.ID) *ent.Session {
	w.t.Helper()
	x, err := w.st.Client().Session.Get(w.sys, id)
	require.NoError(w.t, err)
	return x
}

// dead shows that a session is over: neither token is good for anything.
func (w *world) dead(t *Tokens, reason session.EndReason) {
	w.t.Helper()
	x := w.session(t.SessionID)
	require.NotNil(w.t, x.EndedAt)
	require.Equal(w.t, reason, *x.EndReason)
	for _, s := range []*Service{w.Service, w.replica()} {
		_, err := s.Authenticate(w.ctx, t.AccessToken)
		w.refused(err, "UNAUTHENTICATED")
		_, err = s.Refresh(w.ctx, t.RefreshToken)
		w.refused(err, codeRefreshToken)
	}
}

func TestRefresh(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.signIn("buyer")
		w.clock.move(time.Hour)
		_, err := w.Authenticate(w.ctx, first.AccessToken)
		w.refused(err, "UNAUTHENTICATED")
		second, err := w.replica().Refresh(w.ctx, first.RefreshToken)
		require.NoError(t, err)
		require.Equal(t, first.SessionID, second.SessionID)
		require.Equal(t, first.MembershipID, second.MembershipID)
		require.NotEqual(t, first.RefreshToken, second.RefreshToken)
		require.Equal(t, w.clock.now().Add(30*24*time.Hour), second.RefreshExpiresAt)
		w.as(second)
		require.Equal(t, w.clock.now(), w.session(first.SessionID).LastUsedAt.UTC())
		n, err := w.st.Client().AuditEntry.Query().Where(auditentry.Subject(string(first.SessionID))).Count(w.sys)
		require.NoError(t, err)
		require.Equal(t, 1, n, "sign-in is audited, refreshing is not")
		for _, bad := range []string{"", "x", second.AccessToken, first.RefreshToken + "A", strings.Replace(second.RefreshToken, "fr_", "ot_", 1)} {
			_, err := w.Refresh(w.ctx, bad)
			w.refused(err, codeRefreshToken)
		}
		w.as(second)
	})
}

func TestRefreshTokenReuse(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := w.signIn("buyer")
		first := w.signIn("buyer")
		second, err := w.Refresh(w.ctx, first.RefreshToken)
		require.NoError(t, err)
		third, err := w.Refresh(w.ctx, second.RefreshToken)
		require.NoError(t, err)
		w.as(third)
		// Any earlier one will do, and the thief loses what they have.
		_, err = w.replica().Refresh(w.ctx, first.RefreshToken)
		w.refused(err, codeRefreshToken)
		require.NotContains(t, err.Error(), string(first.SessionID))
		w.clock.move(time.Second)
		w.dead(third, session.EndReasonREUSED)
		w.as(other)
		// Once more changes nothing.
		ended := w.session(first.SessionID).EndedAt
		w.clock.move(time.Hour)
		_, err = w.Refresh(w.ctx, first.RefreshToken)
		w.refused(err, codeRefreshToken)
		require.Equal(t, ended, w.session(first.SessionID).EndedAt)
	})
}

// Two processes, one token, one moment: the first and one more get tokens of the
// same generation, and one of the two goes on.
func TestRefreshAtTheSameTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.signIn("buyer")
		replicas := []*Service{w.Service, w.replica()}
		got := make([]*Tokens, 8)
		// What has read the session before anybody has spent its token.
		x := w.session(first.SessionID)
		hash, _ := auth.HashSecret(auth.SecretRefresh, first.RefreshToken)
		w.warm()
		codes := together(len(got), func(i int) (err error) {
			got[i], err = replicas[i%2].renew(w.sys, x, hash)
			return err
		})
		require.Equal(t, map[string]int{"done": 2, codeRefreshToken: 6}, codes)
		require.Nil(t, w.session(first.SessionID).EndedAt, "who came too late has not stolen anything")
		got = slices.DeleteFunc(got, func(t *Tokens) bool { return t == nil })
		require.Len(t, got, 2)
		require.NotEqual(t, got[0].RefreshToken, got[1].RefreshToken)

		// One goes on; that the other does as well, at the same moment, ends both.
		codes = together(2, func(i int) error {
			_, err := replicas[i].Refresh(w.ctx, got[i].RefreshToken)
			return err
		})
		require.Equal(t, map[string]int{"done": 1, codeRefreshToken: 1}, codes)
		require.NotNil(t, w.session(first.SessionID).EndedAt)

		// Through the door, whatever the timing, the same.
		first = w.signIn("buyer")
		codes = together(8, func(i int) error {
			_, err := replicas[i%2].Refresh(w.ctx, first.RefreshToken)
			return err
		})
		require.Equal(t, map[string]int{"done": 2, codeRefreshToken: 6}, codes)
		require.Nil(t, w.session(first.SessionID).EndedAt)
	})
}

// A browser that has lost the answer sends the last token once more.
func TestRefreshWhenTheAnswerWasLost(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		refresh := func(token *Tokens) (*Tokens, error) { return w.replica().Refresh(w.ctx, token.RefreshToken) }
		first := w.signIn("buyer")
		lost, err := refresh(first)
		require.NoError(t, err)
		w.clock.move(29 * time.Second)
		second, err := refresh(first)
		require.NoError(t, err)
		require.Equal(t, first.SessionID, second.SessionID)
		require.NotEqual(t, lost.RefreshToken, second.RefreshToken)
		w.as(second)
		require.True(t, w.isPresent(second))
		// Once more, and not more often; the session does not suffer by it.
		w.unchanged(codeRefreshToken, func() error { _, err := refresh(first); return err })
		w.as(second)
		// The answer that was lost has come after all, by another tab, and is
		// what the browser keeps: it is as good, however late.
		w.clock.move(14 * time.Minute)
		third, err := refresh(lost)
		require.NoError(t, err)
		w.as(third)
		// It is taken once more, as any other that was spent just now.
		w.clock.move(10 * time.Second)
		fourth, err := refresh(lost)
		require.NoError(t, err)
		w.as(fourth)
		// The other of the two is of a thief, by now, or of the person.
		_, err = refresh(second)
		w.refused(err, codeRefreshToken)
		w.clock.move(time.Second)
		w.dead(fourth, session.EndReasonREUSED)
	})
}

// Of two tokens that were given for one, a single one goes on, whichever it is and
// however soon the other follows: a thief who refreshes whenever the person does
// would be noticed never.
func TestOneOfTwoGoesOn(t *testing.T) {
	for name, pick := range map[string]func(a, b *Tokens) (*Tokens, *Tokens){
		"the first":  func(a, b *Tokens) (*Tokens, *Tokens) { return a, b },
		"the second": func(a, b *Tokens) (*Tokens, *Tokens) { return b, a },
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				refresh := func(token *Tokens) *Tokens {
					next, err := w.replica().Refresh(w.ctx, token.RefreshToken)
					require.NoError(t, err)
					return next
				}
				begun := w.signIn("buyer")
				one, other := pick(refresh(begun), refresh(begun))
				next := refresh(one)
				w.as(next)
				_, err := w.replica().Refresh(w.ctx, other.RefreshToken)
				w.refused(err, codeRefreshToken)
				w.clock.move(time.Second)
				w.dead(next, session.EndReasonREUSED)
			})
		})
	}
}

// What is too old ends the session, in each way of being too old.
func TestRefreshAfterTheGrace(t *testing.T) {
	for name, late := range map[string]func(w *world, first *Tokens) (last *Tokens){
		"half a minute": func(w *world, first *Tokens) *Tokens {
			second, err := w.Refresh(w.ctx, first.RefreshToken)
			require.NoError(w.t, err)
			w.clock.move(30 * time.Second)
			return second
		},
		"two back": func(w *world, first *Tokens) *Tokens {
			second, err := w.Refresh(w.ctx, first.RefreshToken)
			require.NoError(w.t, err)
			third, err := w.Refresh(w.ctx, second.RefreshToken)
			require.NoError(w.t, err)
			return third
		},
		"two back, with a twin between": func(w *world, first *Tokens) *Tokens {
			_, err := w.Refresh(w.ctx, first.RefreshToken)
			require.NoError(w.t, err)
			twin, err := w.Refresh(w.ctx, first.RefreshToken)
			require.NoError(w.t, err)
			third, err := w.Refresh(w.ctx, twin.RefreshToken)
			require.NoError(w.t, err)
			return third
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				other, first := w.signIn("buyer"), w.signIn("buyer")
				last := late(w, first)
				_, err := w.replica().Refresh(w.ctx, first.RefreshToken)
				w.refused(err, codeRefreshToken)
				w.clock.move(time.Second)
				w.dead(last, session.EndReasonREUSED)
				w.as(other)
			})
		})
	}
}

// Within the grace, too, nobody goes on who could not sign in.
func TestTheGraceOpensNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.signIn("buyer")
		_, err := w.Refresh(w.ctx, first.RefreshToken)
		require.NoError(t, err)
		require.NoError(t, w.setStatus(w.by("admin"), w.members["buyer"], membership.StatusDISABLED))
		_, err = w.Refresh(w.ctx, first.RefreshToken)
		w.refused(err, codeRefreshToken)
		ended := w.signIn("manager")
		_, err = w.Refresh(w.ctx, ended.RefreshToken)
		require.NoError(t, err)
		require.NoError(t, w.SignOut(w.as(ended)))
		_, err = w.Refresh(w.ctx, ended.RefreshToken)
		w.refused(err, codeRefreshToken)
		w.dead(ended, session.EndReasonSIGNED_OUT)
	})
}

func (w *world) isPresent(t *Tokens) bool {
	hash, _ := auth.HashSecret(auth.SecretRefresh, t.RefreshToken)
	ok, err := w.st.Client().Session.Query().Where(session.RefreshHash(hash)).Exist(w.sys)
	require.NoError(w.t, err)
	return ok
}

func TestSessionLifetimes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		idle := w.signIn("manager")
		used := w.signIn("buyer")
		start := w.clock.now()
		for range 4 {
			w.clock.move(20 * 24 * time.Hour)
			var err error
			used, err = w.Refresh(w.ctx, used.RefreshToken)
			require.NoError(t, err)
		}
		require.Equal(t, start.Add(90*24*time.Hour), used.RefreshExpiresAt, "no refresh goes beyond the end")
		_, err := w.Refresh(w.ctx, idle.RefreshToken)
		w.refused(err, codeRefreshToken)
		w.clock.move(10 * 24 * time.Hour)
		_, err = w.Refresh(w.ctx, used.RefreshToken)
		w.refused(err, codeRefreshToken)

		// A token that was made just before does not outlive the session.
		last := w.signIn("buyer")
		w.clock.move(30*24*time.Hour - time.Minute)
		w.tx(func(ctx context.Context, tx *ent.Client) error { // as if refreshed to the very end
			return tx.Session.UpdateOneID(last.SessionID).SetLastUsedAt(w.now()).Exec(ctx)
		})
		token, err := w.sign(w.ctx, last)
		require.NoError(t, err)
		w.as(token)
		w.clock.move(time.Minute)
		_, err = w.Authenticate(w.ctx, token.AccessToken)
		w.refused(err, "UNAUTHENTICATED")

		require.NoError(t, w.Sweep(w.ctx))
		var spent int
		require.NoError(t, w.st.RawRead(w.ctx).QueryRowContext(w.ctx, `SELECT count(*) FROM spent_refresh_tokens`).Scan(&spent))
		require.Zero(t, spent)
	})
}

func TestSweepKeepsWhatWouldShowATheft(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.signIn("buyer")
		second, err := w.Refresh(w.ctx, first.RefreshToken)
		require.NoError(t, err)
		w.clock.move(29 * 24 * time.Hour)
		require.NoError(t, w.Sweep(w.ctx))
		_, err = w.Refresh(w.ctx, first.RefreshToken)
		w.refused(err, codeRefreshToken)
		w.dead(second, session.EndReasonREUSED)
	})
}

func TestRefreshNeedsWhatSigningInNeeds(t *testing.T) {
	for name, change := range map[string]func(w *world){
		"membership disabled": func(w *world) {
			w.tx(func(ctx context.Context, tx *ent.Client) error {
				return tx.Membership.UpdateOneID(w.members["buyer"]).SetStatus(membership.StatusDISABLED).Exec(ctx)
			})
		},
		"organization suspended": func(w *world) { w.setOrganization(w.acme, organization.StatusSUSPENDED) },
		"organization merged":    func(w *world) { w.setOrganization(w.acme, organization.StatusMERGED) },
		"user disabled":          func(w *world) { require.NoError(w.t, w.DisableUser(w.ctx, w.users["buyer"])) },
		"user disabled by an import": func(w *world) {
			w.tx(func(ctx context.Context, tx *ent.Client) error {
				return tx.User.UpdateOneID(w.users["buyer"]).SetStatus(user.StatusDISABLED).Exec(ctx)
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				got := w.signIn("buyer")
				w.as(got)
				change(w)
				_, err := w.Refresh(w.ctx, got.RefreshToken)
				w.refused(err, codeRefreshToken)
				w.clock.move(time.Second) // what this process still believed
				for _, s := range []*Service{w.Service, w.replica()} {
					_, err = s.Authenticate(w.ctx, got.AccessToken)
					w.refused(err, "UNAUTHENTICATED")
				}
			})
		})
	}
}

func TestSignOutAndEndSession(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		here, there, gone := w.signIn("buyer"), w.signIn("buyer"), w.signIn("buyer")
		foreign := w.signIn("manager")
		root := w.signIn("root")
		require.NoError(t, w.SignOut(w.as(gone)))
		w.dead(gone, session.EndReasonSIGNED_OUT)

		list := func() (ids []gid.ID) {
			ids, err := w.st.Client().Session.Query().Where(w.Live()).IDs(w.as(here))
			require.NoError(t, err)
			return ids
		}
		require.ElementsMatch(t, []gid.ID{here.SessionID, there.SessionID}, list())

		// Nobody ends another person's, an administrator neither.
		w.unchanged("NOT_FOUND", func() error { return w.EndSession(w.as(here), foreign.SessionID) })
		w.unchanged("NOT_FOUND", func() error { return w.EndSession(w.as(root), here.SessionID) })
		w.unchanged("NOT_FOUND", func() error { return w.EndSession(w.as(here), gid.New(gid.Session)) })
		w.unchanged("UNAUTHENTICATED", func() error { return w.EndSession(w.ctx, here.SessionID) })
		w.unchanged("UNAUTHENTICATED", func() error { return w.SignOut(auth.WithViewer(w.ctx, w.Anonymous(w.ctx))) })
		w.unchanged("UNAUTHENTICATED", func() error { return w.SignOut(w.sys) })
		w.as(foreign)

		require.NoError(t, w.EndSession(w.as(here), there.SessionID))
		w.dead(there, session.EndReasonENDED)
		require.Equal(t, []gid.ID{here.SessionID}, list())
		// Once more changes nothing.
		w.unchanged("done", func() error { return w.EndSession(w.as(here), there.SessionID) })
		entry, err := w.st.Client().AuditEntry.Query().
			Where(auditentry.Subject(string(there.SessionID)), auditentry.Action("session.end")).Only(w.sys)
		require.NoError(t, err)
		require.Equal(t, string(w.users["buyer"]), entry.Actor)
	})
}

func TestActAs(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		second := w.member("manager", w.globex, "ORG_MEMBER")
		staff := w.member("manager", "", "STAFF_AGENT")
		off := w.member("manager", w.daughter, "ORG_MEMBER")
		w.tx(func(ctx context.Context, tx *ent.Client) error {
			return tx.Membership.UpdateOneID(off).SetStatus(membership.StatusDISABLED).Exec(ctx)
		})
		first := w.signIn("manager")
		ctx := w.as(first)
		// A manager's role shows the memberships of the organization alone; the
		// person's own must be there all the same.
		all, err := w.Memberships(ctx)
		require.NoError(t, err)
		require.Len(t, all, 3)
		require.Equal(t, []gid.ID{w.members["manager"], second, staff}, []gid.ID{all[0].ID, all[1].ID, all[2].ID})
		require.Equal(t, "Globex", all[1].Edges.Organization.Name)
		require.Equal(t, "STAFF_AGENT", all[2].Edges.Role.Key)

		got, err := w.ActAs(ctx, second)
		require.NoError(t, err)
		require.Empty(t, got.RefreshToken)
		require.Equal(t, first.SessionID, got.SessionID)
		v := auth.From(w.as(got))
		require.Equal(t, string(w.globex), v.OrganizationID)
		require.Equal(t, "ORG_MEMBER", v.Grants().Role())
		require.False(t, v.Grants().Has("membership.role"))
		require.Equal(t, "ORG_MANAGER", auth.From(w.as(first)).Grants().Role(), "the token before goes on as it was")

		renewed, err := w.Refresh(w.ctx, first.RefreshToken)
		require.NoError(t, err)
		require.Equal(t, second, renewed.MembershipID, "the session remembers")

		got, err = w.ActAs(w.as(renewed), staff)
		require.NoError(t, err)
		require.Equal(t, auth.KindStaff, auth.From(w.as(got)).Kind)
		require.Empty(t, auth.From(w.as(got)).OrganizationID)

		for what, id := range map[string]gid.ID{
			"another's": w.members["buyer"], "a stranger's": w.members["stranger"], "disabled": off,
			"none": gid.New(gid.Membership), "no id": "",
		} {
			t.Log(what)
			w.unchanged("NOT_FOUND", func() error { _, err := w.ActAs(ctx, id); return err })
		}
		w.unchanged("UNAUTHENTICATED", func() error { _, err := w.ActAs(w.ctx, second); return err })
		// A session that ended while the request ran.
		w.tx(func(ctx context.Context, tx *ent.Client) error {
			return tx.Session.UpdateOneID(first.SessionID).SetEndedAt(w.now()).Exec(ctx)
		})
		w.unchanged("UNAUTHENTICATED", func() error { _, err := w.ActAs(ctx, second); return err })
	})
}

func TestKeys(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		kids := func(s *Service) (all []string) {
			b, err := s.JWKS(w.ctx)
			require.NoError(t, err)
			var set struct{ Keys []map[string]string }
			require.NoError(t, json.Unmarshal(b, &set))
			for _, k := range set.Keys {
				require.Equal(t, "Ed25519", k["crv"])
				require.Equal(t, "EdDSA", k["alg"])
				require.NotContains(t, k, "d")
				all = append(all, k["kid"])
			}
			return all
		}
		other := w.replica()
		require.Len(t, kids(w.Service), 1)
		before := w.signIn("buyer")
		require.Equal(t, kids(w.Service), kids(other))
		kid, err := w.RotateKeys(w.ctx)
		require.NoError(t, err)
		require.Len(t, kids(w.Service), 2)
		require.Contains(t, kids(w.Service), kid)
		after := w.signIn("buyer")
		require.Equal(t, kid, header(t, after.AccessToken)["kid"], "the new key signs at once")
		require.NotEqual(t, kid, header(t, before.AccessToken)["kid"])
		// Another replica has not heard of it, and finds it when it meets it.
		for _, token := range []string{before.AccessToken, after.AccessToken} {
			_, err = other.Authenticate(w.ctx, token)
			require.NoError(t, err)
		}
		w.clock.move(14 * time.Minute)
		w.as(before)
		w.clock.move(48 * time.Minute) // guests' tokens live an hour
		require.Equal(t, []string{kid}, kids(w.Service), "no token of the old key is left")
		w.clock.move(48 * time.Hour)
		require.NoError(t, w.Sweep(w.ctx))
		var n int
		require.NoError(t, w.st.RawRead(w.ctx).QueryRowContext(w.ctx, `SELECT count(*) FROM signing_keys`).Scan(&n))
		require.Equal(t, 1, n)
		w.signIn("buyer")

		rec := httptest.NewRecorder()
		w.ServeJWKS(rec, httptest.NewRequest(http.MethodGet, "/.well-known/jwks.json", nil))
		require.Equal(t, http.StatusOK, rec.Code)
		require.Equal(t, "public, max-age=60", rec.Header().Get("Cache-Control"))
		require.Contains(t, rec.Body.String(), kid)
		rec = httptest.NewRecorder()
		w.ServeJWKS(rec, httptest.NewRequest(http.MethodPost, "/.well-known/jwks.json", nil))
		require.Equal(t, http.StatusMethodNotAllowed, rec.Code)
	})
}

func header(t *testing.T, token string) map[string]any {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(token[:strings.Index(token, ".")])
	require.NoError(t, err)
	var h map[string]any
	require.NoError(t, json.Unmarshal(b, &h))
	return h
}

// A kid is the caller's to choose: unknown ones must not each be a query.
func TestUnknownKeysAreNotAQueryEach(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.signIn("buyer")
		before := w.st.Statements()
		for range 100 {
			_, found, err := w.keys.ByID(w.ctx, "unknown"+gid.New("kid").String())
			require.NoError(t, err)
			require.False(t, found)
		}
		require.LessOrEqual(t, w.st.Statements()-before, int64(1))
	})
}

func TestForgedTokens(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		good := w.signIn("buyer")
		v := auth.From(w.as(good))
		mine := auth.NewKey(w.now(), noEnd)
		ours, err := w.keys.Current(w.ctx)
		require.NoError(t, err)
		forged := mine
		forged.ID = ours.ID // the portal's kid over a key of the forger
		claims := auth.Claims{UserID: v.UserID, SessionID: v.SessionID, MembershipID: v.MembershipID}
		token := func(key auth.Key, issuer, audience string, at time.Time, c auth.Claims) string {
			s, err := auth.NewSigner(auth.KeySet{key}, issuer, audience, func() time.Time { return at })
			require.NoError(t, err)
			text, _, err := s.Sign(w.ctx, c)
			require.NoError(t, err)
			return text
		}
		with := func(change func(*auth.Claims)) auth.Claims { c := claims; change(&c); return c }
		ours.NotBefore = ours.NotBefore.Add(-time.Hour)
		require.NotEmpty(t, token(ours, "foyer", "foyer", w.now(), claims))
		for what, text := range map[string]string{
			"key of another":          token(mine, "foyer", "foyer", w.now(), claims),
			"key of another, our kid": token(forged, "foyer", "foyer", w.now(), claims),
			"issuer":                  token(ours, "evil", "foyer", w.now(), claims),
			"audience":                token(ours, "foyer", "evil", w.now(), claims),
			"expired":                 token(ours, "foyer", "foyer", w.now().Add(-16*time.Minute), claims),
			"refresh token":           good.RefreshToken,
			"nothing":                 "",
			// Signed by us, but no such thing stands in the database.
			"another user":           token(ours, "foyer", "foyer", w.now(), with(func(c *auth.Claims) { c.UserID = string(w.users["root"]) })),
			"another membership":     token(ours, "foyer", "foyer", w.now(), with(func(c *auth.Claims) { c.MembershipID = string(w.members["root"]) })),
			"no membership":          token(ours, "foyer", "foyer", w.now(), with(func(c *auth.Claims) { c.MembershipID = "" })),
			"another's session":      token(ours, "foyer", "foyer", w.now(), with(func(c *auth.Claims) { c.SessionID = string(w.signIn("root").SessionID) })),
			"session that was never": token(ours, "foyer", "foyer", w.now(), with(func(c *auth.Claims) { c.SessionID = string(gid.New(gid.Session)) })),
		} {
			for _, s := range []*Service{w.Service, w.replica()} {
				_, err := s.Authenticate(w.ctx, text)
				require.Equal(t, "UNAUTHENTICATED", codeOf(err), what)
				require.Equal(t, "Sign in first.", err.Error(), what)
			}
		}
		w.as(good)
	})
}
