package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var limiterSecret = []byte("sixteen bytes or more")

func newLimiter(t *testing.T, store Attempts, now *time.Time, change func(*LimiterConfig)) *Limiter {
	t.Helper()
	c := LimiterConfig{Name: "sign-in", Secret: limiterSecret, Now: func() time.Time { return *now }}
	if change != nil {
		change(&c)
	}
	l, err := NewLimiter(store, c)
	require.NoError(t, err)
	return l
}

// tries makes n attempts and says how many were let through.
func tries(t *testing.T, l *Limiter, n int, account, address string) (through int) {
	t.Helper()
	for range n {
		wait, err := l.Attempt(t.Context(), account, address)
		require.NoError(t, err)
		if wait == 0 {
			through++
		}
	}
	return through
}

func TestLimiterByAccount(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 5, 0, 0, time.FixedZone("", 3600))
	l := newLimiter(t, &MemoryAttempts{}, &now, nil)
	for i := range 12 { // each from elsewhere: a botnet
		wait, err := l.Attempt(t.Context(), "anna@example.com", fmt.Sprintf("192.0.2.%d", i))
		require.NoError(t, err)
		if i < 10 {
			require.Zero(t, wait, i)
		} else {
			require.Equal(t, 10*time.Minute, wait, "until the window ends")
		}
	}
	require.Zero(t, tries(t, l, 1, " ANNA@Example.com ", "198.51.100.1"), "another spelling is the same account")
	require.Equal(t, 1, tries(t, l, 1, "bert@example.com", "198.51.100.1"), "others are not held off")

	now = now.Add(10*time.Minute - time.Nanosecond)
	require.Zero(t, tries(t, l, 1, "anna@example.com", "198.51.100.1"))
	now = now.Add(time.Nanosecond)
	require.Equal(t, 10, tries(t, l, 20, "anna@example.com", "198.51.100.1"))
}

func TestLimiterByAddress(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		address func(i int) string
		want    int
	}{
		"IPv4":               {func(int) string { return "192.0.2.1" }, 50},
		"IPv4 as IPv6":       {func(i int) string { return []string{"192.0.2.1", "::ffff:192.0.2.1"}[i%2] }, 50},
		"a /64":              {func(i int) string { return fmt.Sprintf("2001:db8:1:2::%x", i) }, 50},
		"a /64, zones":       {func(i int) string { return fmt.Sprintf("fe80::1%%eth%d", i) }, 50},
		"many /64":           {func(i int) string { return fmt.Sprintf("2001:db8:1:%x::1", i) }, 70},
		"many IPv4":          {func(i int) string { return fmt.Sprintf("192.0.2.%d", i) }, 70},
		"no address":         {func(i int) string { return strings.Repeat("x", i) }, 50},
		"spelled otherwise":  {func(i int) string { return []string{"2001:db8::1", "2001:0DB8:0:0::1"}[i%2] }, 50},
		"spaces around it":   {func(i int) string { return "192.0.2.9" + strings.Repeat(" ", i) }, 50},
		"IPv4 leading zeros": {func(i int) string { return "192.0.2." + strings.Repeat("0", i) + "1" }, 51}, // not addresses but the first
	} {
		l, through := newLimiter(t, &MemoryAttempts{}, &now, nil), 0
		for i := range 70 { // each for somebody else: one password for everybody
			through += tries(t, l, 1, fmt.Sprintf("user%d@example.com", i), c.address(i))
		}
		require.Equal(t, c.want, through, name)
	}
}

// An address that is held off must not go on to lock everybody's account.
func TestLimiterHeldOffAddressCountsNoAccount(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	l := newLimiter(t, &MemoryAttempts{}, &now, nil)
	require.Equal(t, 50, tries(t, l, 60, "", "192.0.2.1"))
	require.Zero(t, tries(t, l, 20, "anna@example.com", "192.0.2.1"))
	require.Equal(t, 10, tries(t, l, 20, "anna@example.com", "192.0.2.2"))
}

func TestLimiterSucceeded(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	l := newLimiter(t, &MemoryAttempts{}, &now, nil)
	require.Equal(t, 9, tries(t, l, 9, "anna@example.com", "192.0.2.1"))
	require.NoError(t, l.Succeeded(t.Context(), "Anna@example.com"))
	require.Equal(t, 10, tries(t, l, 20, "anna@example.com", "192.0.2.1"))

	// A guesser with an account of their own gains nothing for the address.
	through := 0
	for i := range 100 {
		through += tries(t, l, 1, fmt.Sprintf("user%d@example.com", i), "192.0.2.7")
		if tries(t, l, 1, "mallory@example.com", "192.0.2.7") == 1 {
			require.NoError(t, l.Passed(t.Context(), "192.0.2.7", now))
			require.NoError(t, l.Succeeded(t.Context(), "mallory@example.com"))
		}
	}
	require.Equal(t, 50, through)

	// An office may sign in as often as it likes.
	for i := range 200 {
		require.Equal(t, 1, tries(t, l, 1, fmt.Sprintf("colleague%d@example.com", i), "192.0.2.8"))
		require.NoError(t, l.Passed(t.Context(), "192.0.2.8", now))
	}
	// What was counted in one window is not given back to the next.
	began := now
	now = now.Add(15 * time.Minute)
	require.Equal(t, 50, tries(t, l, 50, "", "192.0.2.9"))
	for range 10 {
		require.NoError(t, l.Passed(t.Context(), "192.0.2.9", began))
	}
	require.Zero(t, tries(t, l, 1, "", "192.0.2.9"))
	require.NoError(t, l.Succeeded(t.Context(), ""))
}

func TestLimiterNames(t *testing.T) {
	now, store := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), &MemoryAttempts{}
	a := newLimiter(t, store, &now, nil)
	b := newLimiter(t, store, &now, func(c *LimiterConfig) { c.Name = "code" })
	require.Equal(t, 10, tries(t, a, 20, "anna@example.com", "192.0.2.1"))
	require.Equal(t, 10, tries(t, b, 20, "anna@example.com", "192.0.2.1"))

	keys := map[string]bool{}
	for _, k := range []string{a.key("account", "x"), b.key("account", "x"), a.key("address", "x"), a.key("account", "y"),
		newLimiter(t, store, &now, func(c *LimiterConfig) { c.Secret = []byte("another secret, as long") }).key("account", "x"),
		newLimiter(t, store, &now, func(c *LimiterConfig) { c.Name = "sign-in\x00account" }).key("", "x")} {
		require.False(t, keys[k])
		keys[k] = true
	}
}

// recorder keeps what a store is given.
type recorder struct {
	MemoryAttempts
	keys []string
	err  error
}

func (r *recorder) Record(ctx context.Context, key string, at time.Time, window time.Duration) (int, error) {
	r.keys = append(r.keys, key)
	if r.err != nil {
		return 0, r.err
	}
	return r.MemoryAttempts.Record(ctx, key, at, window)
}

func TestLimiterStoresNoPersonalData(t *testing.T) {
	now, store := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), &recorder{}
	l := newLimiter(t, store, &now, nil)
	_, err := l.Attempt(t.Context(), "anna@example.com", "192.0.2.1")
	require.NoError(t, err)
	require.Len(t, store.keys, 2)
	for _, k := range store.keys {
		require.Regexp(t, `^[0-9a-f]{64}$`, k)
	}
	store.err = errors.New("database is gone")
	_, err = l.Attempt(t.Context(), "anna@example.com", "192.0.2.1")
	require.ErrorIs(t, err, store.err, "not let through")
}

func TestNewLimiterRefuses(t *testing.T) {
	store := &MemoryAttempts{}
	for name, c := range map[string]LimiterConfig{
		"no name":      {Secret: limiterSecret},
		"no secret":    {Name: "x"},
		"short secret": {Name: "x", Secret: []byte("short")},
		"no attempts":  {Name: "x", Secret: limiterSecret, Account: Limit{0, time.Minute}},
		"no window":    {Name: "x", Secret: limiterSecret, Address: Limit{5, 0}},
	} {
		_, err := NewLimiter(store, c)
		require.Error(t, err, name)
	}
	_, err := NewLimiter(nil, LimiterConfig{Name: "x", Secret: limiterSecret})
	require.Error(t, err)
}

func TestLimiterConcurrent(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	l := newLimiter(t, &MemoryAttempts{}, &now, nil)
	var through atomic.Int64
	var wg sync.WaitGroup
	for range 40 {
		wg.Go(func() {
			if wait, err := l.Attempt(context.Background(), "anna@example.com", "192.0.2.1"); err == nil && wait == 0 {
				through.Add(1)
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 10, through.Load())
}

func TestMemoryAttemptsForget(t *testing.T) {
	m, at := &MemoryAttempts{}, time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for i := range 1000 {
		_, err := m.Record(t.Context(), fmt.Sprint(i), at, time.Minute)
		require.NoError(t, err)
	}
	_, err := m.Record(t.Context(), "later", at.Add(2*time.Minute), time.Minute)
	require.NoError(t, err)
	require.Len(t, m.counts, 1)
}
