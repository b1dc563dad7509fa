package accounts

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// Integration is a key by which another system acts.
type Integration struct {
	ID        gid.ID
	Name      string // as it shows in timelines and in the audit
	Source    string // the only source whose records it may write
	CreatedAt time.Time
	LastUsed  *time.Time // to the hour
	RevokedAt *time.Time
}

var sourceName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,59}$`)

// CreateIntegration makes a key and returns it, once: only its digest is kept.
// For operators: it asks nobody's permission.
func (s *Service) CreateIntegration(ctx context.Context, name, source string) (key string, id gid.ID, err error) {
	if name = strings.TrimSpace(name); name == "" || len(name) > 200 {
		return "", "", errors.New("the name must not be empty or longer than 200 bytes")
	}
	if !sourceName.MatchString(source) {
		return "", "", errors.New("a source has up to 60 small letters, digits, dots, dashes and underscores, such as erp")
	}
	key, hash := auth.NewSecret(auth.SecretKey)
	id = gid.New(gid.Key)
	_, err = s.st.Raw(ctx).ExecContext(ctx,
		`INSERT INTO integration_keys (id, name, source, hash, created_at) VALUES ($1, $2, $3, $4, $5)`, id, name, source, hash, s.now())
	if err != nil {
		return "", "", fmt.Errorf("accounts: make a key: %w", err)
	}
	return key, id, nil
}

// Integrations lists the keys, the oldest first.
func (s *Service) Integrations(ctx context.Context) ([]Integration, error) {
	rows, err := s.st.RawRead(ctx).QueryContext(ctx,
		`SELECT id, name, source, created_at, last_used_at, revoked_at FROM integration_keys ORDER BY created_at, id`)
	if err != nil {
		return nil, fmt.Errorf("accounts: keys: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Integration
	for rows.Next() {
		var x Integration
		if err := rows.Scan(&x.ID, &x.Name, &x.Source, &x.CreatedAt, &x.LastUsed, &x.RevokedAt); err != nil {
			return nil, fmt.Errorf("accounts: keys: %w", err)
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

// RevokeIntegration ends a key, on all replicas at once. ErrNotFound when there
// is no such key that is good.
func (s *Service) RevokeIntegration(ctx context.Context, id gid.ID) error {
	sys := auth.WithSystem(ctx, "key of an integration, revoked by an operator")
	return s.st.Tx(sys, func(ctx context.Context, tx *ent.Client) error {
		done, err := s.st.Raw(ctx).ExecContext(ctx, `UPDATE integration_keys SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL`, s.now(), id)
		if err != nil {
			return fmt.Errorf("accounts: revoke a key: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, problem.ErrNotFound)
		}
		return events.Append(ctx, tx, events.Event{Kind: events.SessionEnded, Subject: id, Staff: true, At: s.now()})
	})
}

// integration is the viewer of a key.
func (s *Service) integration(ctx context.Context, key string) (*auth.Viewer, error) {
	hash, ok := auth.HashSecret(auth.SecretKey, key)
	if !ok {
		return nil, problem.ErrUnauthenticated
	}
	name, now := "key/"+hex.EncodeToString(hash), s.now()
	i, generation := s.identities.get(name, now)
	if i == nil {
		var err error
		if i, err = s.readKey(ctx, `hash = $1`, hash); err != nil {
			return nil, err
		}
		s.identities.put(name, i, now, generation)
	}
	v := *i.viewer
	return &v, nil
}

// usedEvery is how exactly it is known when a key was used last.
const usedEvery = time.Hour

// readKey finds who acts by a key that is good.
func (s *Service) readKey(ctx context.Context, where string, arg any) (*identity, error) {
	v := auth.Viewer{Kind: auth.KindKey, Language: schema.English.Code()}
	var used *time.Time
	err := s.st.RawRead(ctx).QueryRowContext(ctx,
		`SELECT id, name, source, last_used_at FROM integration_keys WHERE `+where+` AND revoked_at IS NULL`, arg).Scan(&v.Code, &v.Name, &v.Source, &used)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, problem.ErrUnauthenticated
	}
	if err != nil {
		return nil, fmt.Errorf("accounts: key: %w", err)
	}
	if now := s.now(); used == nil || now.Sub(*used) > usedEvery {
		if _, err := s.st.Raw(ctx).ExecContext(ctx, `UPDATE integration_keys SET last_used_at = $1 WHERE id = $2`, now, v.Code); err != nil {
			s.stayCounted(ctx, "use of a key is not noted", err) // no reason to turn it away
		}
	}
	return &identity{viewer: v.WithGrants(schema.Grants["INTEGRATION"])}, nil
}
