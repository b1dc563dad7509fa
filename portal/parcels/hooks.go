package parcels

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"foyer/portal/parcels/formats"
	"foyer/portal/store"
)

// Hooks are the webhooks of carriers: who may report by one, in which format,
// and with which secret.
type Hooks struct{ store *store.Store }

// NewHooks gives the webhooks that a database knows.
func NewHooks(st *store.Store) *Hooks { return &Hooks{st} }

// Hook is a carrier's webhook. Its secret is shown once, when it is made.
type Hook struct {
	Code      string
	Format    string
	RotatedAt time.Time // when its secret was made
	CreatedAt time.Time

	secret, previous string
}

// overlap is how long the secret before the last rotation is good, so that both
// sides need not change it at the same moment.
const overlap = 24 * time.Hour

// secrets are those that sign at a time.
func (h Hook) secrets(now time.Time) []string {
	if h.previous != "" && now.Before(h.RotatedAt.Add(overlap)) {
		return []string{h.secret, h.previous}
	}
	return []string{h.secret}
}

var carrierCode = regexp.MustCompile(`^[A-Z0-9_]{1,60}$`)

// secretPrefix says what a secret is for to whoever finds one.
const secretPrefix = "fwh_"

// Make makes a carrier's webhook, or gives it a new secret; an empty format is
// the one that it has. It returns the secret, which nobody can read again.
func (h *Hooks) Make(ctx context.Context, code, format string) (secret string, hook Hook, err error) {
	code = strings.ToUpper(strings.TrimSpace(code))
	if !carrierCode.MatchString(code) {
		return "", hook, fmt.Errorf("parcels: the carrier code %q must be capital letters, digits and underscores", code)
	}
	there, err := h.find(ctx, code)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", hook, err
	}
	if format == "" {
		format = there.Format
	}
	if _, known := formats.Lookup(format); !known {
		return "", hook, fmt.Errorf("parcels: a webhook needs one of the formats %s", strings.Join(formats.Names(), ", "))
	}
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never fails: crypto/rand ends the program instead
	secret = secretPrefix + hex.EncodeToString(random)
	now := time.Now().UTC().Truncate(time.Microsecond)
	if _, err := h.store.Raw(ctx).ExecContext(ctx,
		`INSERT INTO carrier_hooks (code, format, secret, previous_secret, rotated_at, created_at) VALUES ($1, $2, $3, '', $4, $5)
		 ON CONFLICT (code) DO UPDATE SET previous_secret = carrier_hooks.secret, secret = excluded.secret,
		 format = excluded.format, rotated_at = excluded.rotated_at`, code, format, secret, now, now); err != nil {
		return "", hook, fmt.Errorf("parcels: webhook: %w", err)
	}
	hook, err = h.find(ctx, code)
	return secret, hook, err
}

// Remove takes a carrier's webhook away, and says whether there was one.
func (h *Hooks) Remove(ctx context.Context, code string) (bool, error) {
	done, err := h.store.Raw(ctx).ExecContext(ctx, `DELETE FROM carrier_hooks WHERE code = $1`, strings.ToUpper(strings.TrimSpace(code)))
	if err != nil {
		return false, fmt.Errorf("parcels: webhook: %w", err)
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

// List are all webhooks, by code.
func (h *Hooks) List(ctx context.Context) ([]Hook, error) {
	rows, err := h.store.RawRead(ctx).QueryContext(ctx, `SELECT code, format, rotated_at, created_at FROM carrier_hooks ORDER BY code`)
	if err != nil {
		return nil, fmt.Errorf("parcels: webhooks: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Hook
	for rows.Next() {
		var x Hook
		if err := rows.Scan(&x.Code, &x.Format, &x.RotatedAt, &x.CreatedAt); err != nil {
			return nil, fmt.Errorf("parcels: webhooks: %w", err)
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

func (h *Hooks) find(ctx context.Context, code string) (Hook, error) {
	x := Hook{Code: code}
	err := h.store.RawRead(ctx).QueryRowContext(ctx,
		`SELECT format, secret, previous_secret, rotated_at, created_at FROM carrier_hooks WHERE code = $1`, code).
		Scan(&x.Format, &x.secret, &x.previous, &x.RotatedAt, &x.CreatedAt)
	return x, err
}
