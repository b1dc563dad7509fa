// Package access enforces the matrix of schema/access.go: one interceptor for
// all reads and one hook for all writes, for every type, fed by data. Nothing
// else in the program decides who may see or change a row.
//
// Owns: the meaning of scopes, actions, owner columns. Does not own: the
// matrix (schema), who the viewer is (auth, portal/accounts), which fields of
// the API exist for whom (graph/projection.go).
package access

import (
	"context"
	"slices"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/intercept"
	"foyer/schema"
	"foyer/schema/gid"
)

// Register puts the interceptor and the hook on a client. Only store.Open
// makes clients, so there is none without them.
func Register(c *ent.Client) {
	c.Intercept(intercept.TraverseFunc(read))
	c.Use(guard)
}

// read narrows every query to the rows that the viewer may see: queries, eager
// loads, traversals, counts and node(). It never raises; where nothing is
// allowed the filter matches nothing.
func read(ctx context.Context, q intercept.Query) error {
	if p := readable(ctx, auth.From(ctx), q.Type()); p != nil {
		q.WhereP(p)
	}
	return nil
}

type predicate = func(*sql.Selector)

func nothing(s *sql.Selector) { s.Where(sql.False()) }

// Rule is what decides which rows of a type the viewer may see; nil when all. A
// query has it already: it is for a part of one that ent does not see, which must
// count only what the viewer sees.
func Rule(ctx context.Context, typ string) func(*sql.Selector) {
	return readable(ctx, auth.From(ctx), typ)
}

// readable is the filter for reading a type; nil lets every row pass.
func readable(ctx context.Context, v *auth.Viewer, typ string) predicate {
	if v == nil {
		return nothing
	}
	if v.System() {
		return nil
	}
	scope := v.Grants().Read(typ)
	if a := actingFrom(ctx); a != nil && slices.Contains(a.action.Reads, typ) {
		scope = auth.ScopeAll
	}
	return rows(v, typ, scope)
}

// rows is the filter for a type, a scope and a viewer.
func rows(v *auth.Viewer, typ string, scope auth.Scope) predicate {
	e, known := schema.Entities[typ]
	if !known {
		return nothing
	}
	p := reach(v, e, scope)
	if o := e.Only; o != nil && !v.Grants().Has(o.Unless) {
		p = and(p, func(s *sql.Selector) { s.Where(sql.EQ(s.C(o.Column), o.Value)) })
	}
	if a := e.Audience; a != nil && !v.Grants().Has(a.Unless) {
		p = and(p, audience(v, a))
	}
	if w := e.Within; w != nil {
		p = and(p, leading(v, w))
	}
	for i := range e.Also {
		w := &e.Also[i]
		switch {
		case w.Alone:
			p = apart(v, w, p)
		case p != nil: // otherwise everything is seen already
			p = either(p, leading(v, w))
		}
	}
	return p
}

// apart takes the rows out of p that lead to a row of another type, and adds those of
// them whose row the viewer sees.
func apart(v *auth.Viewer, w *schema.Within, p predicate) predicate {
	if p == nil && rows(v, w.Entity, v.Grants().Read(w.Entity)) == nil {
		return nil // all of both
	}
	return either(and(p, func(s *sql.Selector) { s.Where(sql.IsNull(s.C(w.Column))) }), leading(v, w))
}

// audience are the rows that are for everybody, or for the organization that the
// viewer acts for, or for a segment that it is in.
func audience(v *auth.Viewer, a *schema.Audience) predicate {
	return func(s *sql.Selector) {
		open := sql.EQ(s.C(a.Column), false)
		if v.OrganizationID == "" {
			s.Where(open)
			return
		}
		in, of := sql.Table("segment_members"), sql.Table(a.Table)
		mine := sql.Select(in.C("segment_id")).From(in).Where(sql.EQ(in.C("organization_id"), v.OrganizationID))
		// Two lists, and not one with OR: PostgreSQL would read the whole table for it.
		forMe := sql.Select(of.C(a.Key)).From(of).Where(sql.EQ(of.C("audience_id"), v.OrganizationID))
		forUs := sql.Select(of.C(a.Key)).From(of).Where(sql.In(of.C("audience_id"), mine))
		s.Where(sql.Or(open, sql.In(s.C("id"), forMe), sql.In(s.C("id"), forUs)))
	}
}

// leading are the rows that lead to a row of another type which the viewer sees.
// It is looked up for each row by its key: SQLite would make a list of all visible
// rows of the other type, for every query anew, if it were asked for one.
func leading(v *auth.Viewer, w *schema.Within) predicate {
	p := rows(v, w.Entity, v.Grants().Read(w.Entity))
	return func(s *sql.Selector) {
		table := ent.Meta[w.Entity].Table
		t := sql.Table(table).As("leading_to_" + table)
		there := sql.Dialect(s.Dialect()).Select(t.C("id")).From(t)
		there.Where(sql.ColumnsEQ(t.C("id"), s.C(w.Column)))
		if p != nil {
			p(there)
		}
		s.Where(sql.Exists(there))
	}
}

// either are the rows that one of two predicates lets pass.
func either(a, b predicate) predicate {
	return func(s *sql.Selector) {
		x, y := s.Clone(), s.Clone()
		x.SetP(nil)
		y.SetP(nil)
		a(x)
		b(y)
		s.Where(sql.Or(x.P(), y.P()))
	}
}

func and(a, b predicate) predicate {
	if a == nil {
		return b
	}
	return func(s *sql.Selector) { a(s); b(s) }
}

// reach says which rows a scope reaches. A scope that compares with something
// that the viewer does not have reaches nothing, never the rows that lack it.
func reach(v *auth.Viewer, e schema.Entity, scope auth.Scope) predicate {
	switch scope {
	case auth.ScopeAll:
		return nil
	case auth.ScopeGranted:
		return equal(e.Subject, v.Subject)
	case auth.ScopeOwn:
		return mine(v, e, []string{v.UserID})
	case auth.ScopeSelected:
		return mine(v, e, append(slices.Clone(v.Selected), v.UserID))
	case auth.ScopeOrganization:
		return organizations(e, one(v.OrganizationID))
	case auth.ScopeTree:
		return organizations(e, v.Tree)
	case auth.ScopeAssigned:
		return organizations(e, v.Assigned)
	case auth.ScopeNone:
	}
	return nothing
}

// mine are rows of some users; for members only in the organization that they
// act for, unless the rows are the user's own wherever they act.
func mine(v *auth.Viewer, e schema.Entity, users []string) predicate {
	if e.User == "" || v.UserID == "" {
		return nothing
	}
	p := in(e.User, users)
	switch {
	case v.Kind == auth.KindStaff, e.Org == "", e.Personal:
		if !slices.Equal(users, []string{v.UserID}) && e.Through == nil {
			return in(e.User, []string{v.UserID}) // colleagues are colleagues in an organization
		}
		return p
	case v.OrganizationID == "":
		return nothing
	}
	return and(p, equal(e.Org, v.OrganizationID))
}

// organizations are rows owned by some organizations, or led to by rows that are.
func organizations(e schema.Entity, ids []string) predicate {
	switch {
	case len(ids) == 0:
		return nothing
	case e.Org != "":
		return in(e.Org, ids)
	case e.Through != nil:
		return func(s *sql.Selector) {
			t := sql.Table(e.Through.Table)
			rows := sql.Select(t.C(e.Through.Key)).From(t).Where(sql.In(t.C(e.Through.Org), anys(ids)...))
			if e.Through.Unless != "" {
				rows.Where(sql.IsNull(t.C(e.Through.Unless)))
			}
			s.Where(sql.In(s.C(e.User), rows))
		}
	}
	return nothing
}

func equal(column, value string) predicate {
	if column == "" || value == "" {
		return nothing
	}
	return func(s *sql.Selector) { s.Where(sql.EQ(s.C(column), value)) }
}

func in(column string, values []string) predicate {
	if len(values) == 1 {
		return equal(column, values[0])
	}
	return func(s *sql.Selector) { s.Where(sql.In(s.C(column), anys(values)...)) }
}

func one(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

func anys[T ~string](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// Owner is what decides about one row: whose it is and, for guest codes, what
// it is about.
type Owner struct {
	Organization gid.ID
	User         gid.ID
	Subject      gid.ID
}

// within says whether a row with this owner lies within a scope of the viewer;
// it must agree with reach, and a test compares the two over all scopes.
func within(v *auth.Viewer, e schema.Entity, scope auth.Scope, o Owner) bool {
	org, user := string(o.Organization), string(o.User)
	is := func(a, b string) bool { return a != "" && a == b }
	sameOrg := e.Org == "" || e.Personal || v.Kind == auth.KindStaff || is(v.OrganizationID, org)
	switch scope {
	case auth.ScopeAll:
		return true
	case auth.ScopeGranted:
		return is(string(o.Subject), v.Subject)
	case auth.ScopeOwn:
		return is(user, v.UserID) && sameOrg
	case auth.ScopeSelected:
		colleague := v.Kind != auth.KindStaff && e.Org != "" && !e.Personal && slices.Contains(v.Selected, user)
		return (is(user, v.UserID) || user != "" && colleague) && sameOrg
	case auth.ScopeOrganization:
		return is(org, v.OrganizationID)
	case auth.ScopeTree:
		return org != "" && slices.Contains(v.Tree, org)
	case auth.ScopeAssigned:
		return org != "" && slices.Contains(v.Assigned, org)
	case auth.ScopeNone:
	}
	return false
}
