// Package accounts says who somebody is to the portal: signing in and out,
// sessions, the keys behind access tokens, the membership that a request acts
// by, the roles that memberships have, and the codes by which guests come.
//
// Owns: users' passwords and their one-time links, guests' one-time codes,
// sessions and refresh tokens, signing keys, the viewer of a request,
// memberships, invitations and roles, who looks after whom, the counters of
// attempts, and the letters about an account. Does not own: how a password is
// hashed and a token is made (auth), how a letter looks (portal/mail), what a
// scope reaches (portal/access), what the built-in roles may do (schema),
// cookies and headers (graph).
package accounts

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"foyer/auth"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// Hasher makes and checks password hashes; *auth.Hasher is one. Each method
// costs one hash, which is what makes an unknown user cost what a wrong
// password does.
type Hasher interface {
	Hash(ctx context.Context, password string) (string, error)
	Verify(ctx context.Context, encoded, password string) (ok, rehash bool, err error)
	VerifyNobody(ctx context.Context, password string) error
}

var _ Hasher = (*auth.Hasher)(nil)

// Options set up a Service; zero values mean the defaults.
type Options struct {
	Issuer   string           // who issues access tokens: the portal's address; "foyer"
	Audience string           // whom they are for; "foyer"
	Clock    func() time.Time // time.Now
	Hasher   Hasher           // auth.NewHasher with its defaults
	// SessionIdle is how long a session lasts without being refreshed; 30 days.
	SessionIdle time.Duration
	// SessionLife is how long it lasts at most; 90 days.
	SessionLife time.Duration
	// LinkLife is how long a one-time link is good; 24 hours.
	LinkLife time.Duration
	// InvitationLife is how long an invitation is good; 7 days.
	InvitationLife time.Duration
	// IdentityTTL is how long this process believes what it has read about a
	// session, when another process ends it; a second. Negative: not at all.
	IdentityTTL time.Duration
	// KeysTTL is how long this process goes on with the signing keys that it has
	// read, when another process makes a new one; 10 seconds.
	KeysTTL time.Duration
	// Live says what any replica has changed, for Watch; nil for none.
	Live    *events.Stream
	Account auth.Limit // attempts to sign in to one account; those of auth.LimiterConfig
	Address auth.Limit // attempts from one network address; likewise
	Logger  *slog.Logger
}

func (o Options) withDefaults() Options {
	text := func(s *string, d string) {
		if *s == "" {
			*s = d
		}
	}
	span := func(x *time.Duration, d time.Duration) {
		if *x == 0 {
			*x = d
		}
	}
	text(&o.Issuer, "foyer")
	text(&o.Audience, "foyer")
	span(&o.SessionIdle, 30*24*time.Hour)
	span(&o.SessionLife, 90*24*time.Hour)
	span(&o.LinkLife, 24*time.Hour)
	span(&o.InvitationLife, 7*24*time.Hour)
	span(&o.IdentityTTL, time.Second)
	span(&o.KeysTTL, keysTTL)
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Hasher == nil {
		o.Hasher = must(auth.NewHasher(auth.HasherConfig{}))
	}
	return o
}

// must is for what only a mistake in this package can make fail.
func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

// Service is the accounts of one portal. It is safe for concurrent use.
type Service struct {
	st         *store.Store
	o          Options
	keys       *keyring
	signer     *auth.Signer
	verifier   *auth.Verifier
	identities *identities
	roles      *roleCache

	limiting sync.Mutex
	limiters map[string]*auth.Limiter

	work *work // nil: no letters, see Work

}

// New makes a Service over a store. It asks nothing of the database yet.
func New(st *store.Store, o Options) *Service {
	o = o.withDefaults()
	keys := &keyring{st: st, now: o.Clock, ttl: o.KeysTTL}
	return &Service{
		st: st, o: o, keys: keys,
		signer:     must(auth.NewSigner(keys, o.Issuer, o.Audience, o.Clock)),
		verifier:   must(auth.NewVerifier(keys, o.Issuer, o.Audience, o.Clock)),
		identities: newIdentities(o.IdentityTTL),
		roles:      newRoleCache(),
		limiters:   map[string]*auth.Limiter{},
	}
}

// now is the service's clock as both databases keep it.
func (s *Service) now() time.Time { return s.o.Clock().UTC().Truncate(time.Microsecond) }

// Tokens are what a client gets who signs in or goes on. Neither is stored.
type Tokens struct {
	AccessToken      string
	ExpiresAt        time.Time // of the access token
	RefreshToken     string    // empty from ActAs: the session keeps the one it has
	RefreshExpiresAt time.Time // of the session, unless it is refreshed

	UserID       gid.ID
	SessionID    gid.ID
	MembershipID gid.ID
}

// The codes of refusals, as the API's AccountErrorCode has them.
const (
	codeCredentials  = "INVALID_CREDENTIALS"
	codeRefreshToken = "INVALID_REFRESH_TOKEN"
	codeLink         = "INVALID_LINK"
	codeNoMembership = "NO_MEMBERSHIP"
	codeWeakPassword = "WEAK_PASSWORD"
	codeInvalid      = "INVALID"
	codeWrongState   = "WRONG_STATE"
	codeGuestCode    = "INVALID_CODE" // of GuestErrorCode
)

var (
	textCredentials = problem.Text{
		EN: "E-mail address and password do not belong together.",
		DE: "E-Mail-Adresse und Passwort passen nicht zusammen.",
	}
	textNoMembership = problem.Text{
		EN: "There is no organization that you can act for at present.",
		DE: "Zurzeit gibt es keine Organisation, für die Sie handeln können.",
	}
)

// refuse makes a refusal; a field is a member of the mutation's input.
func refuse(code string, text problem.Text, field ...string) error {
	if len(field) > 0 {
		field = append([]string{"input"}, field...)
	}
	return problem.Refuse(code, text, field...)
}

// person is the viewer of a request by a person who has signed in; an
// integration or the system is none.
func person(ctx context.Context) (*auth.Viewer, error) {
	v := auth.From(ctx)
	if v == nil || v.System() || v.UserID == "" {
		return nil, problem.ErrUnauthenticated
	}
	return v, nil
}

// normalEmail is an e-mail address as it is stored and compared.
func normalEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// clip cuts a text to at most n bytes, the unit in which columns are limited,
// without splitting a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// hashing turns an error of the hasher into what a caller may read.
func hashing(err error) error {
	if errors.Is(err, auth.ErrBusy) {
		return problem.Wait(5*time.Second, "Too many people are signing in at this moment. Try again shortly.",
			"Im Moment melden sich zu viele Personen an. Bitte versuchen Sie es gleich noch einmal.")
	}
	return err
}
