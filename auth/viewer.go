// Package auth says who is calling: the viewer of a request, the permissions
// and scopes of that identity, password hashing and tokens. It imports nothing
// of this project, so that every other layer may speak of viewers.
package auth

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
)

// Kind is the sort of identity a request acts as. A request has exactly one.
type Kind string

// The kinds of identity.
const (
	KindAnonymous Kind = "ANONYMOUS" // nobody signed in
	KindMember    Kind = "MEMBER"    // a user acting for an organization, by a membership
	KindStaff     Kind = "STAFF"     // a user acting for the company itself
	KindGuest     Kind = "GUEST"     // the holder of a code for one subject
	KindKey       Kind = "KEY"       // an integration, by its key
	KindSystem    Kind = "SYSTEM"    // the program itself; see WithSystem
)

// Scope says which rows of an entity an identity reaches. The zero value is
// ScopeNone: what nobody thought of is closed.
type Scope uint8

// The scopes. They are ordered by name only: no scope is implied by another,
// Covers compares them.
const (
	ScopeNone         Scope = iota // no rows
	ScopeGranted                   // the one subject named in the guest code or share link
	ScopeOwn                       // mine, in the organization that I act for
	ScopeSelected                  // mine and those of the colleagues named on my membership, in that organization
	ScopeOrganization              // all of the organization that I act for
	ScopeTree                      // that organization and its subsidiaries
	ScopeAssigned                  // staff: the organizations that I look after
	ScopeAll                       // every row
)

var scopeNames = [...]string{"none", "granted", "own", "selected", "organization", "tree", "assigned", "all"}

// String returns the scope's name as written in the access documentation.
func (s Scope) String() string {
	if int(s) < len(scopeNames) {
		return scopeNames[s]
	}
	return "invalid"
}

// ParseScope is the reverse of String; ok is false for an unknown name.
func ParseScope(name string) (s Scope, ok bool) {
	i := slices.Index(scopeNames[:], name)
	return Scope(max(i, 0)), i >= 0 //nolint:gosec // the index is below len(scopeNames)
}

// Covers says whether whoever holds s may hand out other: nobody grants a
// scope wider than their own. Tree and assigned reach over organizations and
// do not compare with each other.
func (s Scope) Covers(other Scope) bool {
	switch {
	case other == ScopeNone, s == ScopeAll, s == other:
		return true
	case s == ScopeTree, s == ScopeAssigned:
		return other != ScopeAll && other != ScopeTree && other != ScopeAssigned
	case s == ScopeOrganization:
		return other == ScopeSelected || other == ScopeOwn || other == ScopeGranted
	case s == ScopeSelected:
		return other == ScopeOwn || other == ScopeGranted
	case s == ScopeOwn:
		return other == ScopeGranted
	}
	return false
}

// Grants is what one role may do: read scopes by entity, action scopes by
// action, and the permissions that open fields of the API. It is immutable
// and shared between requests.
type Grants struct {
	role        string
	read        map[string]Scope
	actions     map[string]Scope
	permissions map[string]bool
	key         string
}

// NewGrants builds the grants of a role. Each readable entity and each allowed
// action is a permission too ("order.read", "order.cancel"), so the API's
// @requires speaks one language; extra adds those that open single fields.
func NewGrants(role string, read, actions map[string]Scope, extra []string) *Grants {
	g := &Grants{role: role, read: map[string]Scope{}, actions: map[string]Scope{}, permissions: map[string]bool{}}
	for entity, s := range read {
		if s != ScopeNone {
			g.read[entity] = s
			g.permissions[ReadPermission(entity)] = true
		}
	}
	for action, s := range actions {
		if s != ScopeNone {
			g.actions[action] = s
			g.permissions[action] = true
		}
	}
	for _, p := range extra {
		g.permissions[p] = true
	}
	g.key = strings.Join(g.Permissions(), " ")
	return g
}

// ReadPermission is the permission that goes with reading an entity:
// "OrderLine" -> "orderLine.read".
func ReadPermission(entity string) string {
	return strings.ToLower(entity[:1]) + entity[1:] + ".read"
}

// Role is the key of the role that the grants come from.
func (g *Grants) Role() string { return g.role }

// Read is the scope for reading an entity.
func (g *Grants) Read(entity string) Scope { return g.read[entity] }

// Action is the scope of an action.
func (g *Grants) Action(action string) Scope { return g.actions[action] }

// Has says whether a permission is held.
func (g *Grants) Has(permission string) bool { return g.permissions[permission] }

// Permissions lists all permissions, sorted.
func (g *Grants) Permissions() []string {
	all := make([]string, 0, len(g.permissions))
	for p := range g.permissions {
		all = append(all, p)
	}
	slices.Sort(all)
	return all
}

// Key is the canonical text of the permission set: two roles with the same
// permissions see the same schema and share its projection.
func (g *Grants) Key() string { return g.key }

// Equal says whether two roles may do the same, scopes included, which Key
// leaves out.
func (g *Grants) Equal(other *Grants) bool {
	return g == other || maps.Equal(g.read, other.read) && maps.Equal(g.actions, other.actions) && maps.Equal(g.permissions, other.permissions)
}

// Uses says whether any read or action of the grants has this scope, so that
// lists which only that scope needs are looked up only then.
func (g *Grants) Uses(s Scope) bool {
	for _, m := range []map[string]Scope{g.read, g.actions} {
		for _, x := range m {
			if x == s {
				return true
			}
		}
	}
	return false
}

// Viewer is the identity that a request acts as. It is never a union of
// several: a user with three memberships acts as one of them at a time.
type Viewer struct {
	Kind           Kind
	UserID         string // empty for anonymous, guest, key and system
	Name           string // display name, copied into events
	Language       string // "en" or "de"
	SessionID      string
	MembershipID   string
	OrganizationID string // the organization acted for; empty for staff

	Tree     []string // OrganizationID and its subsidiaries, when the grants use ScopeTree
	Assigned []string // the organizations looked after, when the grants use ScopeAssigned
	Selected []string // users whose rows ScopeSelected adds to one's own
	Subject  string   // the one id that ScopeGranted reaches
	Source   string   // the only source that a key may write

	// Code is the row on which a guest's or an integration's access stands, and
	// Contact the digest of a guest's address: by these they are looked up again.
	Code, Contact string

	Impersonator string // user id of the staff member behind an impersonated session
	Reason       string // why the system acts; only for KindSystem
	ExpiresAt    time.Time

	grants *Grants
}

var noGrants = NewGrants("", nil, nil, nil)

// Grants is never nil: a viewer without grants may do nothing.
func (v *Viewer) Grants() *Grants {
	if v == nil || v.grants == nil {
		return noGrants
	}
	return v.grants
}

// WithGrants returns a copy of v that acts with g.
func (v Viewer) WithGrants(g *Grants) *Viewer {
	v.grants = g
	return &v
}

// System says whether the program itself acts, past the matrix.
func (v *Viewer) System() bool { return v != nil && v.Kind == KindSystem }

// Identity names user, acting identity and role for keys that must not be
// shared between two of them (idempotency, caches).
func (v *Viewer) Identity() string {
	if v == nil {
		return ""
	}
	return strings.Join([]string{string(v.Kind), v.UserID, v.MembershipID, v.Subject, v.Source}, "/")
}

type viewerKey struct{}

// WithViewer puts the viewer of a request into its context.
func WithViewer(ctx context.Context, v *Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, v)
}

// From returns the viewer of the context, nil when there is none. No viewer
// is not the anonymous viewer: it is a mistake, and everything is denied.
func From(ctx context.Context) *Viewer {
	v, _ := ctx.Value(viewerKey{}).(*Viewer)
	return v
}

// WithSystem lets the program itself act, past the access matrix: at start-up,
// in jobs, and for what happens before there is a viewer. The reason is
// required and shows in the audit; the call sites are a golden list that a
// test compares. The viewer that was there stays known as the actor.
func WithSystem(ctx context.Context, reason string) context.Context {
	s := Viewer{Kind: KindSystem, Reason: reason, Language: "en"}
	if v := From(ctx); v != nil {
		s.UserID, s.Name, s.SessionID, s.Language = v.UserID, v.Name, v.SessionID, v.Language
		s.MembershipID, s.OrganizationID, s.Impersonator = v.MembershipID, v.OrganizationID, v.Impersonator
	}
	return WithViewer(ctx, &s)
}

// Request describes the request behind a context, for logs, audit and limits.
type Request struct {
	ID            string // request id, also in the response and the log
	Client        string // the client's name, from its header
	ClientVersion string
	Address       string // the caller's network address without port
	UserAgent     string
	Language      string // what the caller's Accept-Language asks for, "en" or "de"; for who has not signed in
}

type requestKey struct{}

// WithRequest puts the description of the request into its context.
func WithRequest(ctx context.Context, r Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// RequestFrom returns the description of the request, zero when there is none.
func RequestFrom(ctx context.Context) Request {
	r, _ := ctx.Value(requestKey{}).(Request)
	return r
}
