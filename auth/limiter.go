package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// Attempts counts attempts per key. The portal's implementation is a table
// that all replicas share; the keys are digests (see Limiter).
type Attempts interface {
	// Record counts one attempt in the window that begins at
	// at.UTC().Truncate(window), and returns how many it has by now, this one
	// included. Counting and reading are one step: of two attempts at the same
	// time, each sees another number. Counts of windows that are over may go.
	Record(ctx context.Context, key string, at time.Time, window time.Duration) (count int, err error)
	// Return takes one attempt back out of the window that begins at
	// at.UTC().Truncate(window); where that is over, it does nothing.
	Return(ctx context.Context, key string, at time.Time, window time.Duration) error
	// Reset forgets the attempts of a key.
	Reset(ctx context.Context, key string) error
}

// Limit is a number of attempts in a window of time.
type Limit struct {
	Attempts int
	Window   time.Duration
}

// LimiterConfig sets up a Limiter; zero limits mean the defaults.
type LimiterConfig struct {
	// Name tells what is counted ("sign-in", "code"): limiters of different
	// names do not share counts. Required.
	Name string
	// Secret keys the digests, at least 16 bytes, the same in all replicas:
	// with a bare hash, whoever reads the table tries the four billion
	// addresses and finds them again.
	Secret  []byte
	Account Limit            // 10 in 15 minutes
	Address Limit            // 50 in 15 minutes
	Now     func() time.Time // time.Now
}

// Limiter holds off the guessing of secrets (OWASP ASVS 6.3.1): by account
// against many guesses for one person, by address against a few guesses for
// everybody. Attempts count when they begin: guesses made at the same time are
// not cheaper than those made one after another. See Passed for those that were
// no guesses.
//
// Windows are fixed, so at their edge an account takes up to twice its limit
// within moments. A window ends whether or not somebody goes on trying, so one
// burst locks nobody out for longer.
type Limiter struct {
	store Attempts
	c     LimiterConfig
}

// NewLimiter makes a Limiter over a store.
func NewLimiter(store Attempts, c LimiterConfig) (*Limiter, error) {
	if store == nil || c.Name == "" || len(c.Secret) < 16 {
		return nil, errors.New("auth: a limiter needs a store, a name and a secret of 16 bytes")
	}
	if c.Account == (Limit{}) {
		c.Account = Limit{10, 15 * time.Minute}
	}
	if c.Address == (Limit{}) {
		c.Address = Limit{50, 15 * time.Minute}
	}
	if c.Account.Attempts < 1 || c.Address.Attempts < 1 || c.Account.Window < time.Second || c.Address.Window < time.Second {
		return nil, errors.New("auth: a limit needs an attempt and a second at least")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Limiter{store, c}, nil
}

// Attempt counts an attempt and says how long to wait before another is
// heard; zero means go ahead. Call it before looking at the secret. Account is
// whatever the caller typed to name it (an e-mail address; it need not exist,
// so that the answer does not tell), empty where there is none, as for a guest
// code. Address is the caller's network address. An error is that of the
// store: deny then.
func (l *Limiter) Attempt(ctx context.Context, account, address string) (retryAfter time.Duration, err error) {
	now := l.c.Now().UTC()
	// The address first, and the account only if it passes: one machine that is
	// held off already must not go on to lock everybody's account.
	if retryAfter, err = l.count(ctx, l.key("address", Network(address)), now, l.c.Address); err != nil || retryAfter > 0 {
		return retryAfter, err
	}
	if account = canonical(account); account == "" {
		return 0, nil
	}
	return l.count(ctx, l.key("account", account), now, l.c.Account)
}

// Passed takes back, for the address, the one attempt that has turned out to be
// no guess; began is when it was about to be counted. So the address counts
// guesses alone, and the people of an office behind one address do not hold each
// other off by signing in. A guesser who signs in to an account of their own
// between the guesses gains nothing: that gives back what it has cost, and no
// guess. Neither is anything gained at the edge of a window, for what was counted
// in one is not given back to the next.
func (l *Limiter) Passed(ctx context.Context, address string, began time.Time) error {
	return l.store.Return(ctx, l.key("address", Network(address)), began, l.c.Address.Window)
}

// Succeeded forgets the attempts of an account whose owner got in. Those of
// the address stay: else a guesser signs in to an account of their own between
// the guesses.
func (l *Limiter) Succeeded(ctx context.Context, account string) error {
	if account = canonical(account); account == "" {
		return nil
	}
	return l.store.Reset(ctx, l.key("account", account))
}

func (l *Limiter) count(ctx context.Context, key string, now time.Time, limit Limit) (time.Duration, error) {
	n, err := l.store.Record(ctx, key, now, limit.Window)
	if err != nil || n <= limit.Attempts {
		return 0, err
	}
	return now.Truncate(limit.Window).Add(limit.Window).Sub(now), nil
}

// key is what is stored instead of an address. Zero bytes part the fields; only
// the last is the caller's, so it cannot be made to look like another's.
func (l *Limiter) key(kind, value string) string {
	mac := hmac.New(sha256.New, l.c.Secret)
	for _, s := range []string{l.c.Name, kind, value} {
		mac.Write([]byte(s))
		mac.Write([]byte{0})
	}
	return hex.EncodeToString(mac.Sum(nil))
}

func canonical(account string) string { return strings.ToLower(strings.TrimSpace(account)) }

// Network is the part of an address that one party holds: all of an IPv4
// address, the /64 of an IPv6 one, of which a single customer has 2^64. IPv4
// written as IPv6 is IPv4, and what is no address at all shares one count.
func Network(address string) string {
	a, err := netip.ParseAddr(strings.TrimSpace(address))
	if err != nil {
		return "unknown"
	}
	if a = a.Unmap(); a.Is4() {
		return a.String()
	}
	p, err := a.Prefix(64)
	if err != nil {
		return "unknown"
	}
	return p.String()
}

// MemoryAttempts are Attempts in the memory of one process: for tests, as the
// counts of another replica are not in it. The zero value is ready for use.
type MemoryAttempts struct {
	mu     sync.Mutex
	counts map[string]memoryCount
	sweep  time.Time
}

type memoryCount struct {
	until time.Time
	n     int
}

// Record implements Attempts; it never fails.
func (m *MemoryAttempts) Record(_ context.Context, key string, at time.Time, window time.Duration) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.counts == nil {
		m.counts = map[string]memoryCount{}
	}
	if !at.Before(m.sweep) {
		for k, c := range m.counts {
			if !at.Before(c.until) {
				delete(m.counts, k)
			}
		}
		m.sweep = at.Add(time.Minute)
	}
	until := at.UTC().Truncate(window).Add(window)
	c := m.counts[key]
	if !c.until.Equal(until) {
		c = memoryCount{until: until}
	}
	c.n++
	m.counts[key] = c
	return c.n, nil
}

// Return implements Attempts; it never fails.
func (m *MemoryAttempts) Return(_ context.Context, key string, at time.Time, window time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c := m.counts[key]; c.n > 0 && c.until.Equal(at.UTC().Truncate(window).Add(window)) {
		c.n--
		m.counts[key] = c
	}
	return nil
}

// Reset implements Attempts; it never fails.
func (m *MemoryAttempts) Reset(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.counts, key)
	return nil
}
