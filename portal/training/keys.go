package training

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"time"

	"foyer/portal/training/badge"
)

// Keys by which badges are signed are others than those of tokens, and are published
// for as long as there are badges. The ring is kept in memory and looked at anew now and
// then, since another process may have made or exchanged a key.

// ringLife is how long a ring is believed.
const ringLife = time.Minute

// sealing names the secret that private halves are sealed with.
const sealing = "badge-keys"

// ring are the keys for badges. The first badge that is asked for makes the first key.
func (s *Service) ring(ctx context.Context) (badge.Ring, error) {
	s.keys.Lock()
	defer s.keys.Unlock()
	if s.keys.ring != nil && s.clock().Sub(s.keys.at) < ringLife {
		return *s.keys.ring, nil
	}
	ring, err := s.readRing(ctx)
	if err != nil {
		return ring, err
	}
	if _, err := ring.Current(); err != nil {
		if err := s.makeKey(ctx); err != nil {
			return ring, err
		}
		if ring, err = s.readRing(ctx); err != nil {
			return ring, err
		}
	}
	s.keys.ring, s.keys.at = &ring, s.clock()
	return ring, nil
}

func (s *Service) readRing(ctx context.Context) (badge.Ring, error) {
	secret, err := s.store.Secret(ctx, sealing)
	if err != nil {
		return badge.Ring{}, err
	}
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, `SELECT id, public, sealed, created_at, retired_at FROM badge_keys ORDER BY created_at, id`)
	if err != nil {
		return badge.Ring{}, err
	}
	defer func() { _ = rows.Close() }()
	var keys []badge.Key
	for rows.Next() {
		var k badge.Stored
		var public, sealed string
		var retired sql.NullTime
		if err := rows.Scan(&k.ID, &public, &sealed, &k.CreatedAt, &retired); err != nil {
			return badge.Ring{}, err
		}
		k.RetiredAt = retired.Time
		var errs [2]error
		k.Public, errs[0] = base64.StdEncoding.DecodeString(public)
		k.Sealed, errs[1] = base64.StdEncoding.DecodeString(sealed)
		if err := errors.Join(errs[:]...); err != nil {
			return badge.Ring{}, err
		}
		key, err := k.Open(secret)
		if err != nil {
			return badge.Ring{}, err
		}
		keys = append(keys, key)
	}
	return badge.NewRing(keys...), rows.Err()
}

// makeKey keeps a new key. Two processes that make the first at once keep both: the
// later one signs, and both are published.
func (s *Service) makeKey(ctx context.Context) error {
	k, err := badge.NewKey(s.now())
	if err != nil {
		return err
	}
	secret, err := s.store.Secret(ctx, sealing)
	if err != nil {
		return err
	}
	kept, err := k.Seal(secret)
	if err != nil {
		return err
	}
	_, err = s.store.Raw(ctx).ExecContext(ctx, `INSERT INTO badge_keys (id, public, sealed, created_at) VALUES ($1, $2, $3, $4)`,
		kept.ID, base64.StdEncoding.EncodeToString(kept.Public), base64.StdEncoding.EncodeToString(kept.Sealed), kept.CreatedAt)
	return err
}

// RotateKeys lets a new key sign badges. The former ones lose their private halves and
// stay published: what they have signed can still be checked.
func (s *Service) RotateKeys(ctx context.Context) error {
	if _, err := s.store.Raw(ctx).ExecContext(ctx, `UPDATE badge_keys SET retired_at = $1, sealed = '' WHERE retired_at IS NULL`, s.now()); err != nil {
		return err
	}
	s.keys.Lock()
	s.keys.ring = nil
	s.keys.Unlock()
	return s.makeKey(ctx)
}
