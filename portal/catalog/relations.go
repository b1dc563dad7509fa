package catalog

import (
	"context"
	"slices"
	"strings"

	"foyer/ent"
	"foyer/ent/product"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// How many products may go with one, and how many that replace one are shown.
const (
	mostRelated      = 100
	mostReplacements = 20
)

// replaces is the kind of relation that is also asked for from its other end.
const replaces = "REPLACES"

// relate refuses relations that cannot be. Each product must be seen by whoever
// names it.
func (s *Service) relate(ctx context.Context, tx *ent.Client, id gid.ID, list []schema.Related) error {
	if len(list) > mostRelated {
		return tooMany(mostRelated, "related")
	}
	var others []gid.ID
	for i, x := range list {
		other := gid.ID(x.ProductID)
		if other == id {
			return problem.Refuse(codeCircle, problem.Text{
				EN: "A product does not go with itself.", DE: "Ein Produkt gehört nicht zu sich selbst.",
			}, "related")
		}
		if slices.Contains(list[:i], x) {
			return refuse("A product is there twice.", "Ein Produkt steht zweimal da.", "related")
		}
		if !slices.Contains(others, other) {
			others = append(others, other)
		}
	}
	if n, err := tx.Product.Query().Where(product.IDIn(others...)).Count(ctx); err != nil || n != len(others) {
		return cmpErr(err, problem.ErrNotFound)
	}
	for _, x := range list {
		if x.Kind != replaces || id == "" {
			continue
		}
		var n int
		err := s.store.Raw(ctx).QueryRowContext(ctx,
			`SELECT count(*) FROM product_replacements WHERE replaced_id = $1 AND product_id = $2`, string(id), x.ProductID).Scan(&n)
		if err != nil || n > 0 {
			return cmpErr(err, problem.Refuse(codeCircle, problem.Text{
				EN: "Two products do not replace each other.", DE: "Zwei Produkte ersetzen sich nicht gegenseitig.",
			}, "related"))
		}
	}
	return nil
}

// Replacements keeps, within a transaction, which products one replaces, so that
// the way back is found by an index. The product's own list is the truth of it.
func Replacements(ctx context.Context, st *store.Store, id gid.ID, list []schema.Related) error {
	raw := st.Raw(ctx)
	if _, err := raw.ExecContext(ctx, `DELETE FROM product_replacements WHERE product_id = $1`, string(id)); err != nil {
		return err
	}
	for _, x := range list {
		if x.Kind != replaces {
			continue
		}
		if _, err := raw.ExecContext(ctx,
			`INSERT INTO product_replacements (replaced_id, product_id) VALUES ($1, $2)`, x.ProductID, string(id)); err != nil {
			return err
		}
	}
	return nil
}

// relationsOf finds what goes with several products, as far as the viewer sees
// it, in two statements.
func (s *Service) relationsOf(ctx context.Context, ids []gid.ID) (map[gid.ID][]Relation, error) {
	q := s.store.Client().Product.Query().Where(product.IDIn(ids...), product.RelatedNotNil())
	q.Select(product.FieldID, product.FieldRelated)
	list, err := q.All(ctx)
	if err != nil {
		return nil, err
	}
	var others []gid.ID
	for _, p := range list {
		for _, x := range p.Related {
			others = append(others, gid.ID(x.ProductID))
		}
	}
	slices.Sort(others)
	if others = slices.Compact(others); len(others) == 0 {
		return nil, nil
	}
	seen, err := s.store.Client().Product.Query().Where(product.IDIn(others...)).IDs(ctx)
	if err != nil {
		return nil, err
	}
	visible := make(map[string]bool, len(seen))
	for _, id := range seen {
		visible[string(id)] = true
	}
	all := make(map[gid.ID][]Relation, len(list))
	for _, p := range list {
		for _, x := range p.Related {
			if visible[x.ProductID] {
				all[p.ID] = append(all[p.ID], Relation{Kind: x.Kind, ProductID: gid.ID(x.ProductID)})
			}
		}
	}
	return all, nil
}

// replacementsOf finds what replaces several products: the latest ones first. Which
// of them the viewer sees is for the reader of the answer to find out.
func (s *Service) replacementsOf(ctx context.Context, ids []gid.ID) (map[gid.ID][]gid.ID, error) {
	list, args := listed(ids, 1)
	rows, err := s.store.RawRead(ctx).QueryContext(ctx,
		`SELECT replaced_id, product_id FROM product_replacements WHERE replaced_id IN (`+list+`) ORDER BY replaced_id, product_id DESC`, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[gid.ID][]gid.ID{}
	for rows.Next() {
		var old, id gid.ID
		if err := rows.Scan(&old, &id); err != nil {
			return nil, err
		}
		if len(all[old]) < mostReplacements {
			all[old] = append(all[old], id)
		}
	}
	return all, rows.Err()
}

// listed are the places of some values in a statement, the first of them with a
// number, and the values.
func listed[T ~string](values []T, from int) (places string, args []any) {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(place(from + i))
		args = append(args, string(v))
	}
	return b.String(), args
}
