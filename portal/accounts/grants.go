package accounts

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	lru "github.com/hashicorp/golang-lru/v2"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/role"
	"foyer/portal/problem"
	"foyer/schema"
)

// Grant is one scope of a role, by the name of an entity or an action.
type Grant struct {
	Name  string
	Scope auth.Scope
}

// RoleGrants are what a role made by an administrator shall be able to do.
type RoleGrants struct {
	Reads       []Grant
	Actions     []Grant
	Permissions []string
}

// Everybody who acts by a membership sees that membership, themselves and their
// own sessions, can end these and act by another one, and change their own name
// and password, whatever else their role says: a role that forgot it would lock
// its holders in.
var (
	everybodyReads = map[string]auth.Scope{
		ent.TypeMembership: auth.ScopeOwn, ent.TypeSession: auth.ScopeOwn, ent.TypeUser: auth.ScopeOwn,
	}
	everybodyActions = map[string]auth.Scope{
		"session.act": auth.ScopeOwn, "session.end": auth.ScopeOwn, "profile.change": auth.ScopeOwn,
	}
)

// scopesOf are the scopes that mean something to a kind of role. Staff have no
// organization of their own, members look after none.
var scopesOf = map[role.Kind][]auth.Scope{
	role.KindORGANIZATION: {auth.ScopeOwn, auth.ScopeSelected, auth.ScopeOrganization, auth.ScopeTree, auth.ScopeAll},
	role.KindSTAFF:        {auth.ScopeOwn, auth.ScopeAssigned, auth.ScopeAll},
}

// builtIn are the grants of the built-in roles of a kind. What none of them may
// do is not meant for that kind: a customer gets no staff note, however
// powerful the administrator is who makes the role.
func builtIn(kind role.Kind) []*auth.Grants {
	var all []*auth.Grants
	for _, r := range schema.Roles {
		if r.Kind == string(kind) {
			all = append(all, schema.Grants[r.Key])
		}
	}
	return all
}

// compares says whether a scope compares with anything that an entity has; one
// that does not would look like access and reach nothing.
func compares(e schema.Entity, scope auth.Scope) bool {
	switch scope {
	case auth.ScopeOwn:
		return e.User != ""
	case auth.ScopeSelected:
		return e.User != "" && (e.Org != "" || e.Through != nil)
	case auth.ScopeOrganization, auth.ScopeTree, auth.ScopeAssigned:
		return e.Org != "" || e.Through != nil
	case auth.ScopeAll:
		return true
	case auth.ScopeNone, auth.ScopeGranted:
	}
	return false
}

// fits says whether a role of a kind can have a scope for an entity or action;
// known, whether there is such a name at all.
func fits(kind role.Kind, action bool, g Grant) (known, ok bool) {
	of := (*auth.Grants).Read
	e, known := schema.Entities[g.Name]
	if action {
		var a schema.Action
		a, known = schema.Actions[g.Name]
		e, of = schema.Entities[a.On], (*auth.Grants).Action
	}
	if !known || !slices.Contains(scopesOf[kind], g.Scope) || !compares(e, g.Scope) {
		return known, false
	}
	return true, slices.ContainsFunc(builtIn(kind), func(b *auth.Grants) bool { return of(b, g.Name).Covers(g.Scope) })
}

func fitsPermission(kind role.Kind, name string) (known, ok bool) {
	known = slices.Contains(schema.Permissions, name)
	return known, known && slices.ContainsFunc(builtIn(kind), func(b *auth.Grants) bool { return b.Has(name) })
}

// checked turns what an administrator has typed into what is stored. What is
// unknown or does not fit is refused, and so is a name that stands twice.
func checked(kind role.Kind, in RoleGrants) (*schema.RoleGrants, error) {
	out := &schema.RoleGrants{Read: map[string]string{}, Actions: map[string]string{}}
	for _, list := range []struct {
		field  string
		action bool
		grants []Grant
		into   map[string]string
	}{{"reads", false, in.Reads, out.Read}, {"actions", true, in.Actions, out.Actions}} {
		for i, g := range list.grants {
			at := []string{list.field, strconv.Itoa(i)}
			if _, twice := list.into[g.Name]; twice {
				return nil, refuseName(g.Name, "stands twice", "steht zweimal da", append(at, "name"))
			}
			known, ok := fits(kind, list.action, g)
			if !known {
				return nil, refuseName(g.Name, "does not exist", "gibt es nicht", append(at, "name"))
			}
			if !ok {
				return nil, refuseName(g.Name, "cannot reach that far in a role of this kind",
					"kann in einer Rolle dieser Art nicht so weit reichen", append(at, "scope"))
			}
			list.into[g.Name] = g.Scope.String()
		}
	}
	for i, p := range in.Permissions {
		at := []string{"permissions", strconv.Itoa(i)}
		known, ok := fitsPermission(kind, p)
		switch {
		case slices.Contains(out.Permissions, p):
			return nil, refuseName(p, "stands twice", "steht zweimal da", at)
		case !known:
			return nil, refuseName(p, "does not exist", "gibt es nicht", at)
		case !ok:
			return nil, refuseName(p, "is not meant for a role of this kind", "ist für eine Rolle dieser Art nicht vorgesehen", at)
		}
		out.Permissions = append(out.Permissions, p)
	}
	slices.Sort(out.Permissions)
	return out, nil
}

func refuseName(name, en, de string, field []string) error {
	name = strconv.Quote(clip(name, 60))
	return refuse(codeInvalid, problem.Text{EN: name + " " + en + ".", DE: name + " " + de + "."}, field...)
}

// granted are the grants of a role made by an administrator. It was checked
// when it was made, but by the matrix of that day: what has gone or become
// narrower since is dropped.
func granted(key string, kind role.Kind, g *schema.RoleGrants) *auth.Grants {
	reads, actions := maps.Clone(everybodyReads), maps.Clone(everybodyActions)
	var extra []string
	if g != nil {
		take := func(into map[string]auth.Scope, action bool, names map[string]string) {
			for name, text := range names {
				scope, ok := auth.ParseScope(text)
				if _, fit := fits(kind, action, Grant{name, scope}); ok && fit && scope.Covers(into[name]) {
					into[name] = scope
				}
			}
		}
		take(reads, false, g.Read)
		take(actions, true, g.Actions)
		for _, p := range g.Permissions {
			if _, ok := fitsPermission(kind, p); ok {
				extra = append(extra, p)
			}
		}
	}
	return auth.NewGrants(key, reads, actions, extra)
}

// GrantsOf is what a role may do at present.
func GrantsOf(r *ent.Role) *auth.Grants {
	if r.BuiltIn {
		if g := schema.Grants[r.Key]; g != nil {
			return g
		}
		// A newer program's role: this one does not know what it may do.
		return auth.NewGrants(r.Key, nil, nil, nil)
	}
	return granted(r.Key, r.Kind, r.Grants)
}

// customersOwn says whether an action is one that only people of customers do,
// such as to approve an order: no staff have it.
func customersOwn(action string) bool {
	return !slices.ContainsFunc(builtIn(role.KindSTAFF), func(g *auth.Grants) bool { return g.Action(action) != auth.ScopeNone })
}

// exceeds says whether one role may do anything that another may not, or on
// more rows. Whoever gives roles to everybody gives customers what is theirs
// alone: otherwise no member of staff could invite a manager.
func exceeds(g, than *auth.Grants) bool {
	given := func(action string) bool {
		_, is := schema.Actions[action]
		return is && than.Action("membership.role") == auth.ScopeAll && customersOwn(action)
	}
	for e := range schema.Entities {
		if !than.Read(e).Covers(g.Read(e)) {
			return true
		}
	}
	for a := range schema.Actions {
		if !than.Action(a).Covers(g.Action(a)) && !given(a) {
			return true
		}
	}
	return slices.ContainsFunc(g.Permissions(), func(p string) bool { return !than.Has(p) && !given(p) })
}

// roleCache keeps the grants of roles that administrators have made, by id and
// version: another version is another entry, so nothing has to be dropped.
type roleCache struct {
	byVersion *lru.Cache[string, *auth.Grants]
}

func newRoleCache() *roleCache { return &roleCache{must(lru.New[string, *auth.Grants](256))} }

func (c *roleCache) of(r *ent.Role, grants []byte) (*auth.Grants, error) {
	if r.BuiltIn {
		return GrantsOf(r), nil
	}
	at := string(r.ID) + "@" + strconv.Itoa(r.Version)
	if g, ok := c.byVersion.Get(at); ok {
		return g, nil
	}
	if len(grants) > 0 {
		if err := json.Unmarshal(grants, &r.Grants); err != nil {
			return nil, fmt.Errorf("accounts: grants of role %s: %w", r.Key, err)
		}
	}
	g := GrantsOf(r)
	c.byVersion.Add(at, g)
	return g, nil
}
