package accounts

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// Authenticate returns the viewer of an access token, or of an integration's key. The token names session
// and membership, or a guest's code and order; whether both stand, and what the
// membership may do, is read from the database by one statement, and believed
// for IdentityTTL.
// problem.ErrUnauthenticated is every reason for not believing a token; other
// errors are the server's own.
func (s *Service) Authenticate(ctx context.Context, token string) (*auth.Viewer, error) {
	if strings.HasPrefix(token, string(auth.SecretKey)) {
		return s.integration(ctx, token)
	}
	c, err := s.verifier.Verify(ctx, token)
	if errors.Is(err, auth.ErrTokenInvalid) || errors.Is(err, auth.ErrTokenExpired) {
		s.o.Logger.DebugContext(ctx, "access token refused", "requestId", auth.RequestFrom(ctx).ID, "reason", err)
		return nil, problem.ErrUnauthenticated
	}
	if err != nil {
		return nil, err
	}
	key := c.SessionID + "/" + c.MembershipID + "/" + c.UserID
	if c.Code != "" {
		key = "guest/" + c.Code + "/" + c.Subject + "/" + c.Address
	}
	now := s.now()
	i, generation := s.identities.get(key, now)
	if i == nil {
		if c.Code != "" {
			i, err = s.guest(ctx, now, c)
		} else {
			i, err = s.read(ctx, bySession, now, c.MembershipID, c.SessionID, c.UserID)
		}
		if err != nil {
			return nil, err
		}
		i.viewer.SessionID = c.SessionID
		s.identities.put(key, i, now, generation)
	}
	v := *i.viewer
	v.ExpiresAt = c.ExpiresAt
	return &v, nil
}

// Anonymous returns the viewer of a request without a token.
func (s *Service) Anonymous(ctx context.Context) *auth.Viewer {
	return auth.Viewer{Kind: auth.KindAnonymous, Language: cmp.Or(auth.RequestFrom(ctx).Language, schema.English.Code())}.WithGrants(schema.Grants["ANONYMOUS"])
}

// ViewerOf is the viewer as whom a user would act: by a membership, or by the
// first one when it is empty. It is for explaining access, not for granting it:
// there is no session. ErrNotFound when the user cannot act by it.
func (s *Service) ViewerOf(ctx context.Context, userID, membershipID gid.ID) (*auth.Viewer, error) {
	i, err := s.read(ctx, byUser, s.now(), string(membershipID), string(userID))
	if errors.Is(err, problem.ErrUnauthenticated) {
		return nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return i.viewer, nil
}

// identity is what has been read about who acts.
type identity struct {
	viewer *auth.Viewer // without the expiry, which is the token's
	roleID gid.ID
	at     time.Time
}

// The two ways to find who acts. $1 is the time, $2 the membership.
var (
	bySession = identityQuery(`sessions s JOIN users u ON u.id = s.user_id`,
		`m.id = $2 AND s.id = $3 AND u.id = $4 AND s.ended_at IS NULL AND s.expires_at > $1`)
	byUser = identityQuery(`users u`, `($2 = '' OR m.id = $2) AND u.id = $3`)
)

// identityQuery reads everything about who acts in one statement: it runs
// before every request. The ids of subsidiaries and of organizations looked
// after are read only for roles that use them. A membership whose role is of
// the wrong kind is nobody's: were a membership to lose its organization, it
// would otherwise become one of staff. UNION keeps a circle of organizations
// from turning for ever.
func identityQuery(from, where string) string {
	return `
WITH RECURSIVE who AS (
  SELECT u.id AS user_id, u.name AS user_name, u.language AS language, m.id AS membership_id,
    m.organization_id AS organization_id, m.selected_user_ids AS selected, r.id AS role_id, r."key" AS role_key,
    r.kind AS role_kind, r.built_in AS built_in, r.version AS role_version, r.grants AS grants
  FROM ` + from + `
  JOIN memberships m ON m.user_id = u.id
  JOIN roles r ON r.id = m.role_id
  LEFT JOIN organizations o ON o.id = m.organization_id
  WHERE ` + where + ` AND u.status = 'ACTIVE' AND m.status = 'ACTIVE'
    AND (m.organization_id IS NULL AND r.kind = 'STAFF' OR o.status = 'ACTIVE' AND r.kind = 'ORGANIZATION')
  ORDER BY m.created_at, m.id LIMIT 1
), tree (id) AS (
  SELECT organization_id FROM who WHERE organization_id IS NOT NULL AND ` + uses(auth.ScopeTree) + `
  UNION
  SELECT c.id FROM organizations c JOIN tree ON c.parent_id = tree.id
)
SELECT user_id, user_name, language, membership_id, organization_id, selected,
  role_id, role_key, role_kind, built_in, role_version, grants,
  (SELECT string_agg(id, ',') FROM tree),
  (SELECT string_agg(a.organization_id, ',') FROM organization_assignments a
    WHERE a.user_id = who.user_id AND who.role_kind = 'STAFF' AND ` + uses(auth.ScopeAssigned) + `
    AND a.valid_from <= $1 AND (a.valid_to IS NULL OR a.valid_to > $1))
FROM who`
}

// uses is the condition that a role may have a scope: a built-in one by the
// matrix, any other perhaps.
func uses(scope auth.Scope) string {
	keys := []string{"''"}
	for _, r := range schema.Roles {
		if schema.Grants[r.Key].Uses(scope) {
			keys = append(keys, "'"+r.Key+"'")
		}
	}
	return "(NOT built_in OR role_key IN (" + strings.Join(keys, ", ") + "))"
}

func (s *Service) read(ctx context.Context, query string, now time.Time, args ...any) (*identity, error) {
	var (
		v                        auth.Viewer
		r                        ent.Role
		language                 string
		organization             gid.ID
		selected, grants         []byte
		subsidiaries, lookedUpon sql.NullString
	)
	err := s.st.RawRead(ctx).QueryRowContext(ctx, query, append([]any{now}, args...)...).Scan(
		&v.UserID, &v.Name, &language, &v.MembershipID, &organization, &selected,
		&r.ID, &r.Key, &r.Kind, &r.BuiltIn, &r.Version, &grants, &subsidiaries, &lookedUpon)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, problem.ErrUnauthenticated
	}
	if err != nil {
		return nil, fmt.Errorf("accounts: who acts: %w", err)
	}
	g, err := s.roles.of(&r, grants)
	if err != nil {
		return nil, err
	}
	v.Kind, v.Language, v.OrganizationID = auth.KindStaff, schema.Language(language).Code(), string(organization)
	if organization != "" {
		v.Kind = auth.KindMember
	}
	if g.Uses(auth.ScopeTree) {
		v.Tree = list(subsidiaries)
	}
	if g.Uses(auth.ScopeAssigned) {
		v.Assigned = list(lookedUpon)
	}
	if g.Uses(auth.ScopeSelected) && len(selected) > 0 {
		if err := json.Unmarshal(selected, &v.Selected); err != nil {
			return nil, fmt.Errorf("accounts: colleagues named on membership %s: %w", v.MembershipID, err)
		}
	}
	return &identity{viewer: v.WithGrants(g), roleID: r.ID}, nil
}

func list(s sql.NullString) []string {
	if s.String == "" {
		return nil
	}
	return strings.Split(s.String, ",")
}

// remembered is how many identities a process remembers at most.
const remembered = 10_000

// identities remembers who acts, for moments. Without it, a page that asks ten
// things at once would look up the same session ten times.
type identities struct {
	ttl time.Duration

	mu         sync.Mutex
	entries    *lru.Cache[string, *identity]
	generation uint64
}

func newIdentities(ttl time.Duration) *identities {
	return &identities{ttl: ttl, entries: must(lru.New[string, *identity](remembered))}
}

// get returns what is remembered and still believed. The generation is for put.
func (c *identities) get(key string, now time.Time) (*identity, uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i, ok := c.entries.Get(key)
	if age := time.Duration(0); ok {
		if age = now.Sub(i.at); age >= 0 && age < c.ttl {
			return i, c.generation
		}
		c.entries.Remove(key)
	}
	return nil, c.generation
}

// put remembers what was read, unless something was dropped since get: it may
// have been read before the change that dropped it.
func (c *identities) put(key string, i *identity, now time.Time, generation uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ttl > 0 && generation == c.generation {
		i.at = now
		c.entries.Add(key, i)
	}
}

// drop forgets those that a condition names.
func (c *identities) drop(which func(*identity) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.generation++
	for _, key := range c.entries.Keys() {
		if i, ok := c.entries.Peek(key); ok && which(i) {
			c.entries.Remove(key)
		}
	}
}
