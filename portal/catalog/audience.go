package catalog

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"foyer/ent"
	"foyer/ent/organization"
	"foyer/ent/product"
	"foyer/ent/segment"
	"foyer/portal/access"
	"foyer/portal/audit"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// How many customers and segments a product can be for, and how many segments
// there can be.
const (
	mostCustomers = 500
	mostSegments  = 200
)

// place is the place of a value in a statement.
func place(n int) string { return "$" + strconv.Itoa(n) }

// SetAudience says for whom a product is and returns its id. Customers and
// segments that the viewer does not see are not found. The refusal is TOO_MANY.
func (s *Service) SetAudience(ctx context.Context, in SetAudience) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		p, ctx, err := find(ctx, tx, "product.audience", &in.ProductID, &in.Version)
		if err != nil {
			return "", err
		}
		customers, segments := distinct(in.OrganizationIDs), distinct(in.SegmentIDs)
		if len(customers) > mostCustomers {
			return "", tooMany(mostCustomers, "organizationIds")
		}
		if len(segments) > mostSegments {
			return "", tooMany(mostSegments, "segmentIds")
		}
		if err := seenCustomers(ctx, tx, customers); err != nil {
			return "", err
		}
		if n, err := tx.Segment.Query().Where(segment.IDIn(segments...)).Count(ctx); err != nil || n != len(segments) {
			return "", cmpErr(err, problem.ErrNotFound)
		}
		if err := PutAudience(ctx, s.store, p.ID, append(customers, segments...)); err != nil {
			return "", err
		}
		if err := stale(tx.Product.UpdateOneID(p.ID).Where(product.Version(p.Version)).SetRestricted(in.Restricted).AddVersion(1).Exec(ctx)); err != nil {
			return "", err
		}
		audit.Note(ctx, ent.TypeProduct, string(p.ID),
			schema.Change{Field: "audience", Value: strings.Join(texts(append(customers, segments...)), " ")})
		return p.ID, s.record(ctx, tx, p.ID, string(p.Status), string(p.Status))
	})
}

// PutAudience replaces, within a transaction, the customers and segments that a
// product is for. It asks nobody.
func PutAudience(ctx context.Context, st *store.Store, id gid.ID, audience []gid.ID) error {
	raw := st.Raw(ctx)
	if _, err := raw.ExecContext(ctx, `DELETE FROM product_audiences WHERE product_id = $1`, string(id)); err != nil {
		return err
	}
	for _, one := range audience {
		if _, err := raw.ExecContext(ctx,
			`INSERT INTO product_audiences (audience_id, product_id) VALUES ($1, $2)`, string(one), string(id)); err != nil {
			return err
		}
	}
	return nil
}

// PutMembers puts customers, within a transaction, into a segment. It asks nobody.
func PutMembers(ctx context.Context, st *store.Store, id gid.ID, customers []gid.ID) error {
	raw := st.Raw(ctx)
	for _, one := range customers {
		if _, err := raw.ExecContext(ctx,
			`INSERT INTO segment_members (organization_id, segment_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, string(one), string(id)); err != nil {
			return err
		}
	}
	return nil
}

// seenCustomers refuses customers that the viewer does not see.
func seenCustomers(ctx context.Context, tx *ent.Client, ids []gid.ID) error {
	n, err := tx.Organization.Query().Where(organization.IDIn(ids...)).Count(ctx)
	if err != nil || n != len(ids) {
		return cmpErr(err, problem.ErrNotFound)
	}
	return nil
}

func distinct(ids []gid.ID) []gid.ID {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

func texts(ids []gid.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

// SaveSegment makes a segment, or changes one, and returns its id. The refusals
// are INVALID, TAKEN, FIXED (the key) and TOO_MANY.
func (s *Service) SaveSegment(ctx context.Context, in SaveSegment) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		g, ctx, err := findSegment(ctx, tx, "segment.save", in.ID, in.Version)
		if err != nil {
			return "", err
		}
		create := tx.Segment.Create()
		set, finish := create.Mutation(), create.Save
		if g != nil {
			if in.Key != nil && *in.Key != g.Key {
				return "", fixedKey()
			}
			update := tx.Segment.UpdateOneID(g.ID).Where(segment.Version(g.Version)).AddVersion(1)
			set, finish = update.Mutation(), update.Save
		} else {
			key, err := keyed(in.Key)
			if err != nil {
				return "", err
			}
			if n, err := tx.Segment.Query().Count(ctx); err != nil || n >= mostSegments {
				return "", cmpErr(err, tooMany(mostSegments))
			}
			set.SetKey(key)
			in.Name = new(said(in.Name)) // a new one needs it
		}
		if in.Name != nil {
			name, err := named(*in.Name, 200, "name")
			if err != nil {
				return "", err
			}
			set.SetName(name)
		}
		if in.Description != nil {
			text, err := problem.Prose(*in.Description, 1000, "description")
			if err != nil {
				return "", err
			}
			if text != "" {
				set.SetDescription(text)
			} else if g != nil {
				set.ClearDescription()
			}
		}
		saved, err := finish(ctx)
		if err != nil {
			return "", taken(stale(err), codeTaken, "key")
		}
		return saved.ID, nil
	})
}

func findSegment(ctx context.Context, tx *ent.Client, action string, id *gid.ID, version *int) (*ent.Segment, context.Context, error) {
	var g *ent.Segment
	var err error
	if id != nil {
		if g, err = tx.Segment.Query().Where(segment.ID(*id), store.Held).Only(ctx); err != nil {
			return nil, nil, notFound(err)
		}
	}
	if ctx, err = access.Act(ctx, action, access.Owner{}); err != nil {
		return nil, nil, err
	}
	if g != nil {
		if err := present(version, g.Version); err != nil {
			return nil, nil, err
		}
	}
	return g, ctx, nil
}

// SetMembers puts customers into a segment and takes others out, and returns its
// id. Customers that the viewer does not see are not found. The refusals are
// INVALID (one that comes and leaves) and TOO_MANY.
func (s *Service) SetMembers(ctx context.Context, in SetMembers) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		g, ctx, err := findSegment(ctx, tx, "segment.members", &in.SegmentID, &in.Version)
		if err != nil {
			return "", err
		}
		add, remove := distinct(in.Add), distinct(in.Remove)
		for field, list := range map[string][]gid.ID{"add": add, "remove": remove} {
			if len(list) > mostCustomers {
				return "", tooMany(mostCustomers, field)
			}
		}
		if slices.ContainsFunc(add, func(id gid.ID) bool { return slices.Contains(remove, id) }) {
			return "", refuse("A customer cannot come in and leave.", "Eine Organisation kann nicht zugleich dazukommen und gehen.", "remove")
		}
		if err := seenCustomers(ctx, tx, distinct(append(slices.Clone(add), remove...))); err != nil {
			return "", err
		}
		if err := PutMembers(ctx, s.store, g.ID, add); err != nil {
			return "", err
		}
		if len(remove) > 0 {
			list, args := listed(remove, 2)
			if _, err := s.store.Raw(ctx).ExecContext(ctx, //nolint:gosec // places only
				`DELETE FROM segment_members WHERE segment_id = $1 AND organization_id IN (`+list+`)`, append([]any{string(g.ID)}, args...)...); err != nil {
				return "", err
			}
		}
		audit.Note(ctx, ent.TypeSegment, string(g.ID),
			schema.Change{Field: "added", Value: strings.Join(texts(add), " ")}, schema.Change{Field: "removed", Value: strings.Join(texts(remove), " ")})
		return g.ID, stale(tx.Segment.UpdateOneID(g.ID).Where(segment.Version(g.Version)).AddVersion(1).Exec(ctx))
	})
}

// audiencesOf finds for whom several products are, in two statements.
func (s *Service) audiencesOf(ctx context.Context, ids []gid.ID) (map[gid.ID]Audience, error) {
	q := s.store.Client().Product.Query().Where(product.IDIn(ids...))
	q.Select(product.FieldID, product.FieldRestricted)
	list, err := q.All(ctx)
	if err != nil {
		return nil, err
	}
	all := make(map[gid.ID]Audience, len(list))
	for _, p := range list {
		all[p.ID] = Audience{Restricted: p.Restricted}
	}
	places, args := listed(ids, 1)
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, `SELECT product_id, audience_id FROM (
		SELECT product_id, audience_id, row_number() OVER (PARTITION BY product_id, substr(audience_id, 1, 3) ORDER BY audience_id) AS n
		FROM product_audiences WHERE product_id IN (`+places+`)) AS picked WHERE n <= `+strconv.Itoa(mostSegments)+` ORDER BY product_id, audience_id`, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, who gid.ID
		if err := rows.Scan(&id, &who); err != nil {
			return nil, err
		}
		a, seen := all[id]
		switch {
		case !seen: // the viewer does not see the product
			continue
		case who.Prefix() == gid.Segment:
			a.Segments = append(a.Segments, who)
		case len(a.Organizations) < maxShown:
			a.Organizations = append(a.Organizations, who)
		}
		all[id] = a
	}
	return all, rows.Err()
}

// countsOf counts the customers in several segments.
func (s *Service) countsOf(ctx context.Context, ids []gid.ID) (map[gid.ID]int, error) {
	places, args := listed(ids, 1)
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, //nolint:gosec // places only
		`SELECT segment_id, count(*) FROM segment_members WHERE segment_id IN (`+places+`) GROUP BY segment_id`, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[gid.ID]int{}
	for rows.Next() {
		var id gid.ID
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, err
		}
		all[id] = n
	}
	return all, rows.Err()
}

// pagesOf reads pages of members, those of the same size and place by one
// statement: a field of a document asks all its segments for the same.
func (s *Service) pagesOf(ctx context.Context, pages []Page) (map[Page][]gid.ID, error) {
	alike, order := map[Page][]gid.ID{}, []Page{}
	for _, p := range pages {
		key := Page{First: p.First, After: p.After}
		if alike[key] == nil {
			order = append(order, key)
		}
		alike[key] = append(alike[key], p.Segment)
	}
	all := map[Page][]gid.ID{}
	for _, key := range order {
		if err := s.page(ctx, key, alike[key], all); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (s *Service) page(ctx context.Context, key Page, segments []gid.ID, all map[Page][]gid.ID) error {
	places, args := listed(segments, 3)
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, `SELECT segment_id, organization_id FROM (
		SELECT segment_id, organization_id, row_number() OVER (PARTITION BY segment_id ORDER BY organization_id) AS n
		FROM segment_members WHERE organization_id > $1 AND segment_id IN (`+places+`)) AS picked WHERE n <= $2 ORDER BY segment_id, organization_id`,
		append([]any{string(key.After), key.First}, args...)...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var segment, who gid.ID
		if err := rows.Scan(&segment, &who); err != nil {
			return err
		}
		p := Page{Segment: segment, First: key.First, After: key.After}
		all[p] = append(all[p], who)
	}
	return rows.Err()
}
