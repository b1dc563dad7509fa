package guests_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/onetimetoken"
	"foyer/ent/organization"
	"foyer/ent/user"
	"foyer/portal/accounts"
	"foyer/portal/guests"
	"foyer/portal/jobs"
	"foyer/portal/mail"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/testkit"
	"foyer/testkit/dbtest"
	"foyer/testkit/world"
)

// house is what the tests of this package stand in.
type house struct {
	*guests.Service
	t        *testing.T
	st       *store.Store
	accounts *accounts.Service
	jobs     *jobs.Runner
	world    *world.World

	mu    sync.Mutex
	ahead time.Duration // of the clock
	mails []mail.Message
	fail  error
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return time.Now().Add(h.ahead)
}

func (h *house) move(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ahead += d
}

// Send implements mail.Sender.
func (h *house) Send(_ context.Context, m mail.Message) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.fail != nil {
		return h.fail
	}
	h.mails = append(h.mails, m)
	return nil
}

func each(t *testing.T, test func(t *testing.T, h *house)) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		hasher, err := auth.NewHasher(auth.HasherConfig{Params: auth.Params{Memory: 8, Time: 1, Threads: 1}})
		require.NoError(t, err)
		h, quiet := &house{t: t, st: st}, slog.New(slog.DiscardHandler)
		h.accounts = accounts.New(st, accounts.Options{Hasher: hasher, IdentityTTL: -1, Clock: h.now, Logger: quiet})
		require.NoError(t, h.accounts.EnsureRoles(t.Context()))
		h.jobs, err = jobs.New(st, jobs.Options{Logger: quiet, Retry: func(int) time.Duration { return time.Millisecond }})
		require.NoError(t, err)
		post := mail.New(mail.Options{Sender: h, From: netmail.Address{Address: "portal@example.com"}, Logger: quiet})
		h.Service = guests.New(guests.Options{Store: st, Accounts: h.accounts, Jobs: h.jobs, Mail: post, Logger: quiet, Clock: h.now})
		hash, err := h.accounts.HashPassword(t.Context(), world.Password)
		require.NoError(t, err)
		h.world = world.Seed(t, st, hash)
		test(t, h)
	})
}

func (h *house) ctx() context.Context {
	return auth.WithViewer(h.t.Context(), h.accounts.Anonymous(h.t.Context()))
}

// ask asks for a code and reads the mail.
func (h *house) ask(number, email string) (code string) {
	h.t.Helper()
	n := len(h.mails)
	require.NoError(h.t, h.Request(h.ctx(), number, email))
	require.NoError(h.t, h.jobs.Drain(h.t.Context()))
	require.Len(h.t, h.mails, n+1)
	for l := range strings.SplitSeq(h.mails[n].Text, "\n") {
		if strings.HasPrefix(l, "    ") {
			return strings.TrimSpace(l)
		}
	}
	h.t.Fatal("no code")
	return ""
}

func (h *house) open(number, email, code string) (*accounts.Guest, error) {
	return h.Open(h.ctx(), accounts.OpenOrder{Number: number, Email: email, Code: code})
}

func (h *house) refused(err error) {
	h.t.Helper()
	r, other := problem.Refusals(err)
	require.NoError(h.t, other)
	require.Len(h.t, r, 1)
	require.Equal(h.t, "INVALID_CODE", r[0].Code)
	require.Empty(h.t, r[0].Field, "nothing says which of the three was wrong")
}

const (
	number = "FO-SOUTH"
	email  = "south@example.com"
)

func TestACodeOpensOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		code := h.ask(number, email)
		require.Regexp(t, `^\d{4} \d{4}$`, code)
		before := testkit.Fingerprint(t, h.st)
		_, err := h.open("FO-NOBODY", email, code)
		h.refused(err)
		_, err = h.open(number, "nobody@example.com", code)
		h.refused(err)
		wrong := fmt.Sprintf("%08d", (int(code[8]-'0')+1)%10)
		_, err = h.open(number, email, code[:8]+wrong[7:])
		h.refused(err)
		require.Equal(t, before, testkit.Fingerprint(t, h.st))

		g, err := h.open(number, email, " "+strings.ReplaceAll(code, " ", "\u00a0")+"\n")
		require.NoError(t, err)
		require.Equal(t, h.world.Orders[world.OrderOfSouth].ID, g.OrderID)
		require.WithinDuration(t, h.now().Add(time.Hour), g.ExpiresAt, 5*time.Second)
		_, err = h.open(number, email, code)
		h.refused(err)
	})
}

func TestOfTwoWithOneCodeOneGetsIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		code := h.ask(number, email)
		var in, out int
		var mu sync.Mutex
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				_, err := h.open(number, email, code)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					in++
				} else if r, _ := problem.Refusals(err); len(r) == 1 {
					out++
				}
			})
		}
		all.Wait()
		require.Equal(t, []int{1, 3}, []int{in, out})
	})
}

func TestACodeExpires(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		code := h.ask(number, email)
		h.move(15*time.Minute + time.Second)
		_, err := h.open(number, email, code)
		h.refused(err)
	})
}

func TestANewCodeEndsTheOneBefore(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		first := h.ask(number, email)
		second := h.ask(number, email)
		_, err := h.open(number, email, first)
		h.refused(err)
		_, err = h.open(number, email, second)
		require.NoError(t, err)
		// Two jobs at the same time may each have made one: the latest counts.
		third := h.ask(number, email)
		sys := auth.WithSystem(t.Context(), "test")
		require.NoError(t, h.st.Tx(sys, func(ctx context.Context, tx *ent.Client) error {
			return tx.OneTimeToken.Create().SetKind(onetimetoken.KindGUEST_CODE).SetHash([]byte("another")).
				SetSubject(string(h.world.Orders[world.OrderOfSouth].ID)).SetCreatedAt(h.now().UTC().Add(time.Second)).SetExpiresAt(h.now().UTC().Add(time.Hour)).Exec(ctx)
		}))
		_, err = h.open(number, email, third)
		h.refused(err)
	})
}

// TestFiveWrongTries: then even the right code is not looked at, until the
// window is over.
func TestFiveWrongTries(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		// At the start of a window, so that it does not end in between.
		h.move(time.Until(time.Now().UTC().Truncate(15 * time.Minute).Add(15*time.Minute + time.Second)))
		code := h.ask(number, email)
		for range 5 {
			_, err := h.open(number, email, "12")
			h.refused(err)
		}
		_, err := h.open(number, email, code)
		var p *problem.Error
		require.ErrorAs(t, err, &p)
		require.Equal(t, problem.RateLimited, p.Code)
		_, err = h.open("FO-NOBODY", email, "12")
		h.refused(err) // another pair
	})
}

// TestNothingOfACodeIsKept: not the code, and not a digest by which it could be
// found among the hundred million.
func TestNothingOfACodeIsKept(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		code := strings.ReplaceAll(h.ask(number, email), " ", "")
		sys := auth.WithSystem(t.Context(), "test")
		x, err := h.st.Client().OneTimeToken.Query().Where(onetimetoken.KindEQ(onetimetoken.KindGUEST_CODE)).Only(sys)
		require.NoError(t, err)
		require.Len(t, x.Hash, 32)
		require.Equal(t, string(h.world.Orders[world.OrderOfSouth].ID), x.Subject)
		var rows []string
		for _, q := range []string{`SELECT cast(args AS text) FROM river_job`, `SELECT cast(changes AS text) FROM audit_entries WHERE entity = 'OneTimeToken'`, `SELECT number || email FROM guest_requests`} {
			r, err := h.st.Raw(t.Context()).QueryContext(t.Context(), q)
			require.NoError(t, err)
			for r.Next() {
				var s string
				require.NoError(t, r.Scan(&s))
				rows = append(rows, s)
			}
			require.NoError(t, r.Err())
			require.NoError(t, r.Close())
		}
		all := strings.Join(rows, "\n")
		require.Contains(t, all, "redacted")
		require.NotContains(t, all, code)
		require.NotContains(t, all, email)
		require.NotContains(t, all, base64.StdEncoding.EncodeToString(x.Hash))
	})
}

// TestAGuestIsOutAtOnce when what they came by no longer stands.
func TestAGuestIsOutAtOnce(t *testing.T) {
	set := func(h *house, fn func(ctx context.Context, tx *ent.Client) error) {
		h.t.Helper()
		require.NoError(h.t, h.st.Tx(auth.WithSystem(h.t.Context(), "test"), fn))
	}
	codeRow := func(ctx context.Context, tx *ent.Client) *ent.OneTimeToken {
		return tx.OneTimeToken.Query().Where(onetimetoken.KindEQ(onetimetoken.KindGUEST_CODE)).OnlyX(ctx)
	}
	each(t, func(t *testing.T, h *house) {
		south, nobody := h.world.Orders[world.OrderOfSouth], h.world.Orders[world.OrderOfNobody]
		for name, c := range map[string]struct {
			number, email string
			end           func(ctx context.Context, tx *ent.Client) error
			mend          func(ctx context.Context, tx *ent.Client) error
		}{
			"the code is gone": {number, email,
				func(ctx context.Context, tx *ent.Client) error {
					return tx.OneTimeToken.DeleteOne(codeRow(ctx, tx)).Exec(ctx)
				}, nil},
			"the code is unused": {number, email,
				func(ctx context.Context, tx *ent.Client) error {
					return tx.OneTimeToken.UpdateOne(codeRow(ctx, tx)).ClearUsedAt().Exec(ctx)
				}, nil},
			"the user is disabled": {number, email,
				func(ctx context.Context, tx *ent.Client) error {
					return tx.User.UpdateOneID(south.UserID).SetStatus(user.StatusDISABLED).Exec(ctx)
				},
				func(ctx context.Context, tx *ent.Client) error {
					return tx.User.UpdateOneID(south.UserID).SetStatus(user.StatusACTIVE).Exec(ctx)
				}},
			"the user has another address": {number, email,
				func(ctx context.Context, tx *ent.Client) error {
					return tx.User.UpdateOneID(south.UserID).SetEmail("new@example.com").Exec(ctx)
				},
				func(ctx context.Context, tx *ent.Client) error {
					return tx.User.UpdateOneID(south.UserID).SetEmail(email).Exec(ctx)
				}},
			"the order has another contact": {"FO-NOBODY", "nobody@example.com",
				func(ctx context.Context, tx *ent.Client) error {
					return tx.Order.UpdateOneID(nobody.ID).SetContactEmail("new@example.com").Exec(ctx)
				},
				func(ctx context.Context, tx *ent.Client) error {
					return tx.Order.UpdateOneID(nobody.ID).SetContactEmail("nobody@example.com").Exec(ctx)
				}},
			"the customer is suspended": {number, email,
				func(ctx context.Context, tx *ent.Client) error {
					return tx.Organization.UpdateOneID(h.world.South.ID).SetStatus(organization.StatusSUSPENDED).Exec(ctx)
				},
				func(ctx context.Context, tx *ent.Client) error {
					return tx.Organization.UpdateOneID(h.world.South.ID).SetStatus(organization.StatusACTIVE).Exec(ctx)
				}},
		} {
			h.move(20 * time.Minute) // out of the limits of the case before
			g, err := h.open(c.number, c.email, h.ask(c.number, c.email))
			require.NoError(t, err, name)
			_, err = h.accounts.Authenticate(t.Context(), g.AccessToken)
			require.NoError(t, err, name)
			set(h, c.end)
			_, err = h.accounts.Authenticate(t.Context(), g.AccessToken)
			require.ErrorIs(t, err, problem.ErrUnauthenticated, name)
			if c.mend != nil {
				n := len(h.mails)
				require.NoError(t, h.Request(h.ctx(), c.number, c.email))
				require.NoError(t, h.jobs.Drain(t.Context()))
				if !strings.HasPrefix(name, "the code") {
					require.Len(t, h.mails, n, "%s: no new code either", name)
				}
				set(h, c.mend)
			}
			set(h, func(ctx context.Context, tx *ent.Client) error {
				for _, id := range tx.OneTimeToken.Query().Where(onetimetoken.KindEQ(onetimetoken.KindGUEST_CODE)).IDsX(ctx) {
					if err := tx.OneTimeToken.DeleteOneID(id).Exec(ctx); err != nil {
						return err
					}
				}
				return nil
			})
		}
	})
}

func TestAGuestsTokenEndsAfterAnHour(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		g, err := h.open(number, email, h.ask(number, email))
		require.NoError(t, err)
		h.move(59 * time.Minute)
		v, err := h.accounts.Authenticate(t.Context(), g.AccessToken)
		require.NoError(t, err)
		require.True(t, v.ExpiresAt.Equal(g.ExpiresAt))
		h.move(2 * time.Minute)
		_, err = h.accounts.Authenticate(t.Context(), g.AccessToken)
		require.ErrorIs(t, err, problem.ErrUnauthenticated)
	})
}

// TestTheLanguageOfTheMail is that of the user, or of the customer for a
// contact, and the guest is spoken to in it.
func TestTheLanguageOfTheMail(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		require.NoError(t, h.st.Tx(auth.WithSystem(t.Context(), "test"), func(ctx context.Context, tx *ent.Client) error {
			if err := tx.Order.UpdateOneID(h.world.Orders[world.OrderOfSouth].ID).SetContactEmail("gast@example.com").Exec(ctx); err != nil {
				return err
			}
			if err := tx.User.UpdateOneID(h.world.Users["SOUTH"].ID).SetLanguage(schema.English).Exec(ctx); err != nil {
				return err
			}
			return tx.Organization.UpdateOneID(h.world.South.ID).SetLanguage(schema.German).Exec(ctx)
		}))
		for address, want := range map[string]string{email: "en", "gast@example.com": "de"} {
			code := h.ask(number, address)
			m := h.mails[len(h.mails)-1]
			require.Equal(t, address, m.To)
			require.Equal(t, map[string]string{"en": "Your code for Foyer", "de": "Ihr Code für Foyer"}[want], m.Subject)
			require.Equal(t, map[string]string{"en": "Person SOUTH", "de": ""}[want], m.Name)
			g, err := h.open(number, address, code)
			require.NoError(t, err)
			v, err := h.accounts.Authenticate(t.Context(), g.AccessToken)
			require.NoError(t, err)
			require.Equal(t, want, v.Language)
		}
	})
}

// TestAServerThatFails is tried again; one that refuses for good is not.
func TestAServerThatFails(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		left := func() (requests, waiting int) {
			require.NoError(t, h.st.Raw(t.Context()).QueryRowContext(t.Context(), `SELECT count(*) FROM guest_requests`).Scan(&requests))
			require.NoError(t, h.st.Raw(t.Context()).QueryRowContext(t.Context(), `SELECT count(*) FROM river_job WHERE state = 'retryable'`).Scan(&waiting))
			return requests, waiting
		}
		h.fail = fmt.Errorf("%w: 550", mail.ErrRefused)
		require.NoError(t, h.Request(h.ctx(), number, email))
		require.NoError(t, h.jobs.Drain(t.Context()))
		requests, waiting := left()
		require.Equal(t, []int{0, 0}, []int{requests, waiting})

		h.fail = errors.New("451")
		require.NoError(t, h.Request(h.ctx(), number, email))
		require.NoError(t, h.jobs.Drain(t.Context()))
		requests, _ = left()
		require.Equal(t, 1, requests)
		require.Empty(t, h.mails)
		// Too late, nobody waits for it any more; and what nobody did is swept.
		h.fail = nil
		h.move(16 * time.Minute)
		require.NoError(t, h.Sweep(t.Context()))
		requests, _ = left()
		require.Zero(t, requests)
		require.NoError(t, h.jobs.Drain(t.Context()))
		require.Empty(t, h.mails)
	})
}

func TestSweepLeavesWhatIsInUse(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		g, err := h.open(number, email, h.ask(number, email))
		require.NoError(t, err)
		h.ask("FO-NOBODY", "nobody@example.com")
		count := func() int {
			n, err := h.st.Client().OneTimeToken.Query().Where(onetimetoken.KindEQ(onetimetoken.KindGUEST_CODE)).Count(auth.WithSystem(t.Context(), "test"))
			require.NoError(t, err)
			return n
		}
		require.NoError(t, h.accounts.Sweep(t.Context()))
		require.Equal(t, 2, count())
		h.move(55 * time.Minute)
		_, err = h.accounts.Authenticate(t.Context(), g.AccessToken)
		require.NoError(t, err)
		h.move(25 * time.Hour)
		require.NoError(t, h.accounts.Sweep(t.Context()))
		require.Zero(t, count())
	})
}

// TestNumbersThatDifferInCase are those of other systems; the address says
// which is meant.
func TestNumbersThatDifferInCase(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		require.NoError(t, h.st.Tx(auth.WithSystem(t.Context(), "test"), func(ctx context.Context, tx *ent.Client) error {
			for number, contact := range map[string]string{"e-1A": "one@example.com", "E-1a": "Two@Example.com"} {
				if err := tx.Order.Create().SetOrganizationID(h.world.North.ID).SetNumber(number).SetCurrency("EUR").SetContactEmail(contact).Exec(ctx); err != nil {
					return err
				}
			}
			return nil
		}))
		for _, address := range []string{"one@example.com", "two@example.com"} {
			code := h.ask("E-1A", address)
			require.Equal(t, strings.ToLower(h.mails[len(h.mails)-1].To), address)
			_, err := h.open("e-1a", address, code)
			require.NoError(t, err)
		}
		require.Equal(t, "Two@Example.com", h.mails[1].To, "as the customer writes it")
	})
}
