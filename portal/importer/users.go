package importer

import (
	"context"
	"hash"
	"net/mail"
	"strings"
	"time"

	"foyer/ent"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

type person struct {
	name, email, phone, language, status string
	organization, role                   gid.ID
	membership                           string // its status
}

// users imports people who can sign in, without a password, and the
// membership by which each acts for an organization. A membership is made
// once: who may do what afterwards is for the organization's administrators,
// and no import takes it away or gives it back.
func (r *run) users(ctx context.Context) error {
	type it = item[person]
	now := time.Now().UTC()
	emails := newSeen()
	columns := append(sourced[person](now), []column[person]{
		{"name", "name", func(x *it) any { return x.v.name }},
		{"email", "email", func(x *it) any { return x.v.email }},
		{"phone", "phone", func(x *it) any { return null(x.v.phone) }},
		{"language", "language", func(x *it) any { return x.v.language }},
		{"status", "status", func(x *it) any { return x.v.status }},
	}...)
	return do(ctx, r, &stage[person]{
		entity: Users, typ: ent.TypeUser,
		read: func(ctx context.Context, x *row, it *it, _ hash.Hash) error {
			it.v = person{
				name: x.text("name"), email: strings.ToLower(x.text("email")), phone: x.text("phone"),
				language: x.or("language", "EN"), status: x.or("status", "ACTIVE"), membership: x.or("membership_status", "ACTIVE"),
			}
			if a, err := mail.ParseAddress(it.v.email); err != nil || a.Address != it.v.email {
				x.fail("email", "email is not an address: %s", show(it.v.email))
			}
			if err := r.membership(ctx, x, &it.v); err != nil || x.bad != nil {
				return err
			}
			if first := emails.before(it.v.email, it.line); first != 0 {
				x.fail("email", "email %s stands already in line %d", show(it.v.email), first)
			}
			return nil
		},
		write: func(ctx context.Context, b *store.Bulk, out *outcome, todo []*it) error {
			todo, err := untaken(ctx, b, r.m.Source, out, todo, ent.TypeUser, "email", func(x *it) string { return x.v.email })
			if err != nil {
				return err
			}
			var members [][]any
			for _, x := range todo {
				x.identify(gid.User, now)
				out.after = append(out.after, func() { r.refs.add(ent.TypeUser, x.key, reference{id: x.id}) })
				if x.v.organization != "" {
					members = append(members, []any{gid.New(gid.Membership), now, now, x.id, x.v.organization, x.v.role, x.v.membership, 1})
				}
			}
			wrote(out, Users, todo)
			if r.o.DryRun {
				return nil
			}
			if err := upsert(ctx, b, ent.TypeUser, columns, todo); err != nil {
				return err
			}
			return b.Upsert(ctx, ent.TypeMembership,
				[]string{"id", "created_at", "updated_at", "user_id", "organization_id", "role_id", "status", "version"},
				[]string{"user_id", "organization_id"}, nil, members)
		},
	})
}

// membership finds the organization and the role.
func (r *run) membership(ctx context.Context, x *row, p *person) error {
	name := x.text("organization")
	role := x.or("role", "ORG_MEMBER")
	if name == "" {
		return nil
	}
	org, ok, err := r.refs.one(ctx, ent.TypeOrganization, name)
	if err != nil {
		return err
	}
	if !ok {
		x.fail("organization", "there is no organization %s", show(name))
	}
	held, ok, err := r.refs.one(ctx, ent.TypeRole, role)
	if err != nil {
		return err
	}
	// Nobody becomes staff by a file.
	if !ok || held.name != schema.RoleOrganization {
		x.fail("role", "there is no role %s in an organization", show(role))
	}
	p.organization, p.role = org.id, held.id
	return nil
}

// untaken rejects items whose value in a unique column belongs to a record of
// somebody else, and returns the others.
func untaken[T any](ctx context.Context, b *store.Bulk, source string, out *outcome, todo []*item[T], typ, column string, value func(*item[T]) string) ([]*item[T], error) {
	values := make([]string, len(todo))
	for i, it := range todo {
		values[i] = value(it)
	}
	taken := map[string]owner{}
	columns := []string{column, "source", "external_id"}
	if err := b.Each(ctx, typ, columns, column, values, func(scan func(...any) error) error {
		var v string
		var o owner
		err := scan(&v, &o.source, &o.key)
		taken[v] = o
		return err
	}); err != nil {
		return nil, err
	}
	var free []*item[T]
	for _, it := range todo {
		v := value(it)
		if o, ok := taken[v]; ok && !o.is(source, it.key) {
			it.refuse(out, "", "%s %s belongs to another record", column, show(v))
			continue
		}
		free = append(free, it)
	}
	return free, nil
}

type owner struct{ source, key *string }

func (o owner) is(source, key string) bool {
	return o.source != nil && *o.source == source && o.key != nil && *o.key == key
}
