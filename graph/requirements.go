package graph

import (
	"context"
	"slices"

	"entgo.io/contrib/entgql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/course"
	"foyer/ent/role"
	"foyer/ent/trainingrequirement"
	"foyer/graph/model"
	"foyer/graph/scalar"
	"foyer/portal/problem"
	"foyer/portal/training"
	"foyer/schema"
	"foyer/schema/gid"
)

func (r *Resolver) requirementsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.TrainingRequirement, error) {
	return byID(ctx, r.Store.Client().TrainingRequirement.Query().Where(trainingrequirement.IDIn(ids...)), func(x *ent.TrainingRequirement) gid.ID { return x.ID })
}

// orOwn is an organization that was named, or the viewer's.
func orOwn(ctx context.Context, org *gid.ID) gid.ID {
	if org != nil {
		return *org
	}
	return gid.ID(auth.From(ctx).OrganizationID)
}

// requirementsOf are those of an organization, by the names of the courses.
func (r *Resolver) requirementsOf(ctx context.Context, org *gid.ID) ([]*ent.TrainingRequirement, error) {
	q, err := r.Store.Client().TrainingRequirement.Query().Where(trainingrequirement.OrganizationID(orOwn(ctx, org))).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	return q.Order(trainingrequirement.ByCourseField(course.FieldName), trainingrequirement.ByID()).Limit(pageMax).All(ctx)
}

func requirementPayload(ctx context.Context, id gid.ID, enrolled int, err error) (*model.TrainingRequirementPayload, error) {
	list, err := trainingErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.TrainingRequirementPayload{RequirementID: id, Enrolled: enrolled, UserErrors: list}, nil
}

func (r *Resolver) rolesByKey(ctx context.Context, keys []string) ([]*ent.Role, error) {
	if len(keys) == 0 {
		return []*ent.Role{}, nil
	}
	q, err := r.Store.Client().Role.Query().Where(role.KeyIn(keys...)).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	return q.Order(ent.Asc(role.FieldKey)).All(ctx)
}

const (
	mostMatrix  = 100 // people on a page
	usualMatrix = 50
)

// trainingMatrix is a page of the matrix.
func (r *Resolver) trainingMatrix(ctx context.Context, org *gid.ID, missingOnly bool, after *entgql.Cursor[gid.ID], first *int) (*model.TrainingMatrix, error) {
	n := usualMatrix
	if first != nil {
		n = *first
	}
	if n < 1 || n > mostMatrix {
		return nil, problem.Input("Ask for 1 to 100 people.", "Fragen Sie nach 1 bis 100 Personen.")
	}
	m, err := r.Training.Matrix(ctx, org, language(ctx))
	if err != nil {
		return nil, err
	}
	rows := m.Rows
	if missingOnly {
		rows = m.Lacking()
	}
	out := &model.TrainingMatrix{OrganizationID: orOwn(ctx, org), PeopleCount: len(rows), MissingCount: m.Missing, Courses: mapped(m.Columns, func(c training.Column) *model.MatrixCourse {
		return matrixCourse(ctx, c)
	})}
	if after != nil {
		if rows, err = following(rows, after); err != nil {
			return nil, err
		}
	}
	out.HasNextPage = len(rows) > n
	rows = rows[:min(n, len(rows))]
	if len(rows) > 0 {
		last := rows[len(rows)-1]
		out.EndCursor = &entgql.Cursor[gid.ID]{ID: last.UserID}
		if auth.From(ctx).Grants().Has(schema.PermPeople) { // it is signed, and can be read
			out.EndCursor.Value = last.Name
		}
	}
	out.People = mapped(rows, func(x training.Row) *model.MatrixPerson {
		return &model.MatrixPerson{UserID: x.UserID, Cells: mapped(x.Cells, func(c training.Cell) *model.MatrixCell {
			return &model.MatrixCell{Status: model.MatrixStatus(c.Status), DueAt: c.DueAt, ExpiresAt: c.ExpiresAt, Percent: c.Percent}
		})}
	})
	return out, nil
}

// following are the rows after a cursor. Whoever has gone in between leaves their place to
// the next one; who sees no names has none in their cursors, and starts again then.
func following(rows []training.Row, after *entgql.Cursor[gid.ID]) ([]training.Row, error) {
	name, named := after.Value.(string)
	if !named {
		i := slices.IndexFunc(rows, func(x training.Row) bool { return x.UserID == after.ID })
		if i < 0 {
			return nil, scalar.ErrCursor
		}
		return rows[i+1:], nil
	}
	i, is := slices.BinarySearchFunc(rows, training.Row{UserID: after.ID, Name: name}, training.Row.Compare)
	if is {
		i++
	}
	return rows[i:], nil
}

func matrixCourse(ctx context.Context, c training.Column) *model.MatrixCourse {
	out := &model.MatrixCourse{CourseID: c.CourseID, Key: c.Key, Required: c.Required, Held: c.Held}
	if c.Book != nil {
		out.Title = c.Book.Text(c.Book.Doc.Title, language(ctx))
	}
	return out
}
