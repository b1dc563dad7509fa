package catalog

import (
	"context"
	"slices"

	"entgo.io/ent/dialect/sql"

	"foyer/ent"
	"foyer/ent/category"
	"foyer/ent/predicate"
	"foyer/ent/product"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// deepest is how many categories stand above each other at most.
const deepest = 10

// Below are the products in a category or in one below it.
func Below(id gid.ID) predicate.Product {
	return func(s *sql.Selector) {
		// UNION, and not UNION ALL: a circle, should an import have made one, ends.
		s.Where(sql.P(func(b *sql.Builder) {
			b.Ident(s.C(product.FieldCategoryID)).
				WriteString(" IN (WITH RECURSIVE below (id) AS (SELECT id FROM categories WHERE id = ").Arg(string(id)).
				WriteString(" UNION SELECT c.id FROM categories c JOIN below ON c.parent_id = below.id) SELECT id FROM below)")
		}))
	}
}

// SaveCategory makes a category, or changes one, and returns its id. The refusals
// are INVALID, CIRCLE and TOO_MANY (levels).
func (s *Service) SaveCategory(ctx context.Context, in SaveCategory) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		if in.ID == nil {
			return newCategory(ctx, tx, in)
		}
		c, err := tx.Category.Query().Where(category.ID(*in.ID), store.Held).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		if ctx, err = access.Act(ctx, "category.save", access.Owner{}); err != nil {
			return "", err
		}
		u := tx.Category.UpdateOneID(c.ID)
		if in.Name != nil {
			name, err := named(*in.Name, 200, "name")
			if err != nil {
				return "", err
			}
			u.SetName(name)
		}
		if in.Description != nil {
			text, err := problem.Prose(*in.Description, 1000, "description")
			if err != nil {
				return "", err
			}
			if u.SetDescription(text); text == "" {
				u.ClearDescription()
			}
		}
		if in.Position != nil {
			u.SetPosition(*in.Position)
		}
		switch {
		case in.Top && in.ParentID != nil:
			return "", refuse("It stands at the top or below another one.", "Sie steht ganz oben oder unter einer anderen.", "top")
		case in.Top:
			u.ClearParent()
		case in.ParentID != nil:
			under, err := height(ctx, tx, c.ID)
			if err != nil {
				return "", err
			}
			if err := fits(ctx, tx, c.ID, *in.ParentID, under); err != nil {
				return "", err
			}
			u.SetParentID(*in.ParentID)
		}
		if err := u.Exec(ctx); err != nil {
			return "", notFound(err)
		}
		return c.ID, s.tell(ctx, tx, Below(c.ID))
	})
}

func newCategory(ctx context.Context, tx *ent.Client, in SaveCategory) (gid.ID, error) {
	ctx, err := access.Act(ctx, "category.save", access.Owner{})
	if err != nil {
		return "", err
	}
	name, err := named(said(in.Name), 200, "name")
	if err != nil {
		return "", err
	}
	text, err := problem.Prose(said(in.Description), 1000, "description")
	if err != nil {
		return "", err
	}
	c := tx.Category.Create().SetName(name).SetNillablePosition(in.Position)
	if text != "" {
		c.SetDescription(text)
	}
	if in.ParentID != nil {
		if err := fits(ctx, tx, "", *in.ParentID, 1); err != nil {
			return "", err
		}
		c.SetParentID(*in.ParentID)
	}
	made, err := c.Save(ctx)
	if err != nil {
		return "", err
	}
	return made.ID, nil
}

// DeleteCategory takes a category away, and returns its id. What has anything in
// it is refused, as IN_USE.
func (s *Service) DeleteCategory(ctx context.Context, id gid.ID) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		c, err := tx.Category.Query().Where(category.ID(id), store.Held).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		if ctx, err = access.Act(ctx, "category.delete", access.Owner{}); err != nil {
			return "", err
		}
		var used bool
		if err := s.store.Raw(ctx).QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM categories WHERE parent_id = $1)
			OR EXISTS (SELECT 1 FROM products WHERE category_id = $1) OR EXISTS (SELECT 1 FROM guides WHERE category_id = $1)`, string(id)).Scan(&used); err != nil {
			return "", err
		}
		if used {
			return "", problem.Refuse(codeInUse, problem.Text{
				EN: "Products, categories or guides are in it. Put them elsewhere first.",
				DE: "Es sind noch Produkte, Kategorien oder Ratgeber darin. Ordnen Sie diese zuerst anders ein.",
			}, "id")
		}
		return c.ID, tx.Category.DeleteOneID(c.ID).Exec(ctx)
	})
}

// fits refuses a place for a category, with as many levels as it has itself, that
// is below itself or too deep. Each category on the way to the top is held: of two
// people who put two categories below each other, the second sees what the first
// has done.
func fits(ctx context.Context, tx *ent.Client, id, parent gid.ID, levels int) error {
	for at := parent; at != ""; levels++ {
		if at == id {
			return problem.Refuse(codeCircle, problem.Text{
				EN: "A category cannot stand below itself.", DE: "Eine Kategorie kann nicht unter sich selbst stehen.",
			}, "parentId")
		}
		if levels >= deepest {
			return problem.Refuse(codeTooMany, problem.Text{
				EN: "There may be 10 levels at most.", DE: "Es dürfen höchstens 10 Ebenen sein.",
			}, "parentId")
		}
		c, err := tx.Category.Query().Where(category.ID(at), store.Held).Only(ctx)
		if err != nil {
			return notFound(err)
		}
		at = c.ParentID
	}
	return nil
}

// height is how many levels a category has, itself counted.
func height(ctx context.Context, tx *ent.Client, id gid.ID) (levels int, err error) {
	for list := []gid.ID{id}; len(list) > 0 && levels <= deepest; levels++ {
		if list, err = tx.Category.Query().Where(category.ParentIDIn(list...)).IDs(ctx); err != nil {
			return 0, err
		}
	}
	return levels, nil
}

// pathsOf finds the categories above several, level by level.
func (s *Service) pathsOf(ctx context.Context, ids []gid.ID) (map[gid.ID][]gid.ID, error) {
	above, ask := map[gid.ID]gid.ID{}, ids
	for n := 0; len(ask) > 0 && n <= deepest; n++ {
		q := s.store.Client().Category.Query().Where(category.IDIn(ask...))
		q.Select(category.FieldID, category.FieldParentID)
		list, err := q.All(ctx)
		if err != nil {
			return nil, err
		}
		ask = nil
		for _, c := range list {
			above[c.ID] = c.ParentID
		}
		for _, c := range list {
			if _, known := above[c.ParentID]; !known && c.ParentID != "" && !slices.Contains(ask, c.ParentID) {
				ask = append(ask, c.ParentID)
			}
		}
	}
	all := make(map[gid.ID][]gid.ID, len(ids))
	for _, id := range ids {
		path := []gid.ID{}
		for at := above[id]; at != "" && len(path) <= deepest; at = above[at] {
			path = append(path, at)
		}
		slices.Reverse(path)
		all[id] = path
	}
	return all, nil
}
