package accounts

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/store"
)

const (
	// keysTTL is how long a replica goes on with the keys that it has read.
	keysTTL = 10 * time.Second
	// missEvery is how often an unknown kid may make it read them again: a kid
	// is the caller's to choose, and each must not be a query.
	missEvery = time.Second
	// keyOverlap is how long a replaced key goes on beyond KeysTTL: another replica
	// signs by it until its keys are stale, and what it signs then lives as long as
	// any token. The rest is for clocks that differ.
	keyOverlap = auth.GuestTokenLifetime + time.Minute
)

// noEnd stands for the end of a key that has not been replaced.
var noEnd = time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)

// keyring is the portal's signing keys, in a table that all replicas share.
type keyring struct {
	st  *store.Store
	now func() time.Time
	ttl time.Duration

	mu     sync.Mutex
	keys   []auth.Key // the oldest first
	loaded time.Time
	missed time.Time
}

var _ auth.Keys = (*keyring)(nil)

// ByID implements auth.Keys. A key that another replica has just made is found
// by reading again, at most once in missEvery.
func (k *keyring) ByID(ctx context.Context, kid string) (auth.Key, bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.fresh(ctx); err != nil {
		return auth.Key{}, false, err
	}
	key, ok, err := auth.KeySet(k.keys).ByID(ctx, kid)
	if now := k.now(); !ok && err == nil && (now.Before(k.missed) || now.Sub(k.missed) >= missEvery) {
		k.missed = now
		if err := k.load(ctx); err != nil {
			return auth.Key{}, false, err
		}
		return auth.KeySet(k.keys).ByID(ctx, kid)
	}
	return key, ok, err
}

// Current implements auth.Keys: the latest key that has not been replaced. The
// first one is made here. It must be asked outside a transaction: a key that
// is rolled back would have signed tokens that no other replica believes.
func (k *keyring) Current(ctx context.Context) (auth.Key, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.fresh(ctx); err != nil {
		return auth.Key{}, err
	}
	if key, ok := k.latest(); ok {
		return key, nil
	}
	// Perhaps there is one by now. Two replicas may still both make one, which
	// does no harm: both are good, and the later signs.
	if err := k.load(ctx); err != nil {
		return auth.Key{}, err
	}
	if key, ok := k.latest(); ok {
		return key, nil
	}
	if err := insertKey(ctx, k.st, auth.NewKey(k.instant(), noEnd)); err != nil {
		return auth.Key{}, err
	}
	if err := k.load(ctx); err != nil {
		return auth.Key{}, err
	}
	key, ok := k.latest()
	if !ok {
		return auth.Key{}, auth.ErrNoKey
	}
	return key, nil
}

func (k *keyring) instant() time.Time { return k.now().UTC().Truncate(time.Microsecond) }

func (k *keyring) latest() (auth.Key, bool) {
	for _, key := range slices.Backward(k.keys) {
		if key.NotAfter.Equal(noEnd) && key.Private != nil {
			return key, true
		}
	}
	return auth.Key{}, false
}

// fresh reads the keys unless they have been read lately.
func (k *keyring) fresh(ctx context.Context) error {
	if age := k.now().Sub(k.loaded); !k.loaded.IsZero() && age >= 0 && age < k.ttl {
		return nil
	}
	return k.load(ctx)
}

func (k *keyring) load(ctx context.Context) error {
	now := k.instant()
	rows, err := k.st.RawRead(ctx).QueryContext(ctx,
		`SELECT id, public_key, private_key, not_before, not_after FROM signing_keys WHERE not_after IS NULL OR not_after > $1`, now)
	if err != nil {
		return fmt.Errorf("accounts: signing keys: %w", err)
	}
	var keys []auth.Key
	for rows.Next() {
		var (
			key             auth.Key
			public, private []byte
			until           sql.NullTime
		)
		if err := rows.Scan(&key.ID, &public, &private, &key.NotBefore, &until); err != nil {
			return errors.Join(fmt.Errorf("accounts: signing keys: %w", err), rows.Close())
		}
		key.Public, key.Private, key.NotAfter = ed25519.PublicKey(public), ed25519.PrivateKey(private), noEnd
		if until.Valid {
			key.NotAfter = until.Time
		}
		keys = append(keys, key)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("accounts: signing keys: %w", err)
	}
	slices.SortFunc(keys, func(a, b auth.Key) int { return cmp.Or(a.NotBefore.Compare(b.NotBefore), cmp.Compare(a.ID, b.ID)) })
	k.keys, k.loaded = keys, now
	return nil
}

func insertKey(ctx context.Context, st *store.Store, key auth.Key) error {
	_, err := st.Raw(ctx).ExecContext(ctx,
		`INSERT INTO signing_keys (id, public_key, private_key, not_before, not_after) VALUES ($1, $2, $3, $4, NULL)`,
		key.ID, []byte(key.Public), []byte(key.Private), key.NotBefore)
	if err != nil {
		return fmt.Errorf("accounts: new signing key: %w", err)
	}
	return nil
}

// RotateKeys makes a new key, which signs from now on, and lets those before
// it verify until the last token that they signed has expired. Nobody is
// signed out. It returns the new key's id.
func (s *Service) RotateKeys(ctx context.Context) (kid string, err error) {
	now := s.now()
	key := auth.NewKey(now, noEnd)
	err = s.st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		if _, err := s.st.Raw(ctx).ExecContext(ctx,
			`UPDATE signing_keys SET not_after = $1 WHERE not_after IS NULL`, now.Add(s.o.KeysTTL+keyOverlap)); err != nil {
			return fmt.Errorf("accounts: retire signing keys: %w", err)
		}
		return insertKey(ctx, s.st, key)
	})
	if err != nil {
		return "", err
	}
	s.keys.mu.Lock()
	defer s.keys.mu.Unlock()
	s.o.Logger.InfoContext(ctx, "signing key rotated", "kid", key.ID)
	return key.ID, s.keys.load(ctx)
}

// JWKS is the public half of every key that may verify now (RFC 7517).
func (s *Service) JWKS(ctx context.Context) ([]byte, error) {
	if _, err := s.keys.Current(ctx); err != nil { // makes the first one
		return nil, err
	}
	s.keys.mu.Lock()
	defer s.keys.mu.Unlock()
	return auth.JWKS(s.keys.keys), nil
}

// ServeJWKS answers /.well-known/jwks.json. It may be cached for a minute;
// whoever meets a kid that is not in their copy asks again.
func (s *Service) ServeJWKS(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	set, err := s.JWKS(r.Context())
	if err != nil {
		s.o.Logger.ErrorContext(r.Context(), "jwks", "requestId", auth.RequestFrom(r.Context()).ID, "error", err)
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/jwk-set+json")
	w.Header().Set("Cache-Control", "public, max-age=60")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(set) // the client has gone; nothing is left to do
}
