package training

import (
	"context"
	"slices"
	"strings"

	"foyer/ent"
	"foyer/ent/course"
	"foyer/ent/product"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// Retire offers a course no longer, or again.
func (s *Service) Retire(ctx context.Context, id gid.ID, version int, retired bool) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		act, err := access.Act(ctx, doPublish, access.Owner{})
		if err != nil {
			return "", err
		}
		c, err := atVersion(act, tx, id, version)
		if err != nil {
			return "", err
		}
		from, to := course.StatusPUBLISHED, course.StatusRETIRED
		if !retired {
			from, to = to, from
		}
		if c.Status != from {
			return "", invalid("Only a course that is offered can be retired, and only a retired one offered again.",
				"Nur ein angebotener Kurs kann eingestellt werden, und nur ein eingestellter wieder angeboten.", "isRetired")
		}
		if err := s.retirable(act, tx, c, retired); err != nil {
			return "", err
		}
		return c.ID, stale(tx.Course.UpdateOneID(c.ID).Where(course.Version(c.Version)).AddVersion(1).SetStatus(to).Exec(act))
	})
}

// retirable refuses what would lead into a dead end: products and courses that ask for a
// course which nobody can finish any more, or a course that asks for such a one.
func (s *Service) retirable(act context.Context, tx *ent.Client, c *ent.Course, retired bool) error {
	if !retired {
		books, err := s.Current(act, []gid.ID{c.ID})
		if err != nil {
			return err
		}
		wrong, err := s.prerequisites(act, tx, c.Key, books[c.ID].Doc)
		if err == nil && len(wrong) > 0 {
			err = &Refused{Refusal: problem.Refuse(Unsound, wrong[0].Text, "input", "isRetired"), Problems: wrong}
		}
		return err
	}
	products, err := tx.Product.Query().Where(product.IDIn(ids(c.Rules.RequiredFor)...)).Order(product.ByName()).Select(product.FieldName).Strings(act)
	if err != nil {
		return err
	}
	if len(products) > 0 {
		list := strings.Join(products, ", ")
		return invalid("These can only be ordered by customers who hold its certificate: "+list+". Take them out of the course's rules first.",
			"Diese können nur Kunden bestellen, die sein Zertifikat haben: "+list+". Nehmen Sie sie zuerst aus den Regeln des Kurses.", "isRetired")
	}
	courses, err := s.askingFor(act, tx, c.Key)
	if err != nil || len(courses) == 0 {
		return err
	}
	list := strings.Join(courses, ", ")
	return invalid("Other courses ask for it: "+list+". Publish them without it, or retire them first.",
		"Andere Kurse setzen ihn voraus: "+list+". Veröffentlichen Sie diese ohne ihn, oder stellen Sie sie zuerst ein.", "isRetired")
}

// askingFor are the courses on offer that have to be finished after another, by what
// they are called.
func (s *Service) askingFor(act context.Context, tx *ent.Client, key string) ([]string, error) {
	offered, err := tx.Course.Query().Where(course.StatusEQ(course.StatusPUBLISHED)).Order(ent.Asc(course.FieldName, course.FieldID)).
		Select(course.FieldID, course.FieldName).All(act)
	if err != nil {
		return nil, err
	}
	all := make([]gid.ID, len(offered))
	for i, c := range offered {
		all[i] = c.ID
	}
	books, err := s.Current(act, all)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, c := range offered {
		if b := books[c.ID]; b != nil && slices.Contains(b.Doc.Prerequisites, key) {
			names = append(names, c.Name)
		}
	}
	return names, nil
}
