package importer

import (
	"context"
	"hash"
	"time"

	"foyer/ent"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

type customer struct {
	name, kind, status, language string
	address                      *schema.Address
}

func (r *run) organizations(ctx context.Context) error {
	type it = item[customer]
	now := time.Now().UTC()
	columns := append(sourced[customer](now), []column[customer]{
		{"name", "name", func(x *it) any { return x.v.name }},
		{"kind", "kind", func(x *it) any { return x.v.kind }},
		{"status", "status", func(x *it) any { return x.v.status }},
		{"language", "language", func(x *it) any { return x.v.language }},
		{"address", "address", func(x *it) any { return asJSON(x.v.address) }},
	}...)
	return do(ctx, r, &stage[customer]{
		entity: Organizations, typ: ent.TypeOrganization,
		read: func(_ context.Context, x *row, it *it, _ hash.Hash) error {
			it.v = customer{
				name: x.text("name"), kind: x.or("kind", "COMPANY"), status: x.or("status", "ACTIVE"),
				language: x.or("language", "EN"), address: x.address("address"),
			}
			return nil
		},
		write: func(ctx context.Context, b *store.Bulk, out *outcome, todo []*it) error {
			for _, x := range todo {
				x.identify(gid.Organization, now)
				out.after = append(out.after, func() { r.refs.add(ent.TypeOrganization, x.key, reference{id: x.id}) })
			}
			wrote(out, Organizations, todo)
			if r.o.DryRun {
				return nil
			}
			return upsert(ctx, b, ent.TypeOrganization, columns, todo)
		},
	})
}
