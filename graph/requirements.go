package graph

import (
	"context"
	"slices"

	"entgo.io/contrib/entgql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/role"
	"foyer/ent/trainingrequirement"
	"foyer/graph/model"
	"foyer/portal/problem"
	"foyer/portal/training"
	"foyer/schema/gid"
)

func (r *Resolver) requirementsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.TrainingRequirement, error) {
	return byID(ctx, r.Store.Client().TrainingRequirement.Query().Where(trainingrequirement.IDIn(ids...)), func(x *ent.TrainingRequirement) gid.ID { return x.ID })
}

// requirementsOf are those of an organization, by the titles of the courses.
func (r *Resolver) requirementsOf(ctx context.Context, org *gid.ID) ([]*ent.TrainingRequirement, error) {
	of := gid.ID(auth.From(ctx).OrganizationID)
	if org != nil {
		of = *org
	}
	q, err := r.Store.Client().TrainingRequirement.Query().Where(trainingrequirement.OrganizationID(of)).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	return q.Order(ent.Asc(trainingrequirement.FieldCreatedAt, trainingrequirement.FieldID)).Limit(pageMax).All(ctx)
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
	of := gid.ID(auth.From(ctx).OrganizationID)
	if org != nil {
		of = *org
	}
	out := &model.TrainingMatrix{OrganizationID: of, PeopleCount: len(rows), MissingCount: m.Missing, Courses: mapped(m.Columns, func(c training.Column) *model.MatrixCourse {
		return matrixCourse(ctx, c)
	})}
	if after != nil { // whoever has gone in between leaves their place to the next one
		at := training.Row{UserID: after.ID}
		at.Name, _ = after.Value.(string)
		i, is := slices.BinarySearchFunc(rows, at, training.Row.Compare)
		if is {
			i++
		}
		rows = rows[i:]
	}
	out.HasNextPage = len(rows) > n
	rows = rows[:min(n, len(rows))]
	if len(rows) > 0 {
		out.EndCursor = &entgql.Cursor[gid.ID]{ID: rows[len(rows)-1].UserID, Value: rows[len(rows)-1].Name}
	}
	out.People = mapped(rows, func(x training.Row) *model.MatrixPerson {
		return &model.MatrixPerson{UserID: x.UserID, Cells: mapped(x.Cells, func(c training.Cell) *model.MatrixCell {
			return &model.MatrixCell{Status: model.MatrixStatus(c.Status), DueAt: c.DueAt, ExpiresAt: c.ExpiresAt, Percent: c.Percent}
		})}
	})
	return out, nil
}

func matrixCourse(ctx context.Context, c training.Column) *model.MatrixCourse {
	out := &model.MatrixCourse{CourseID: c.CourseID, Key: c.Key, Required: c.Required, Held: c.Held}
	if c.Book != nil {
		out.Title = c.Book.Text(c.Book.Doc.Title, language(ctx))
	}
	return out
}
