package customers

import (
	"context"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"
	"foyer/auth"
	"foyer/ent/membership"
	"foyer/ent/organization"
	"foyer/ent/organizationassignment"
	"foyer/ent/predicate"
	"foyer/ent/user"
	"foyer/portal/gather"
	"foyer/schema/gid"
)

// Contact is somebody who looks after an organization, as the organization may
// know them.
type Contact struct {
	Name, Email, Phone string
}

// Contacts are the members of staff who look after an organization at present,
// the one who has done so longest first. Those who cannot sign in any more, or
// not as staff, are not among them. The caller has seen the organization.
func (s *Service) Contacts(ctx context.Context, organization gid.ID) ([]Contact, error) {
	return gather.Ask(ctx, together(ctx).contacts, organization, s.contacts)
}

// contacts answers for several organizations in one statement. A customer sees
// no member of staff as a user of the portal, nor who is assigned to whom, and so
// the system reads it for them: of these organizations, and name and address only.
func (s *Service) contacts(ctx context.Context, organizations []gid.ID) (map[gid.ID][]Contact, error) {
	ctx = auth.WithSystem(ctx, "who looks after an organization that the viewer sees: name, e-mail, telephone")
	u := sql.Table(user.Table).As("u")
	column := func(name string) func(*sql.Selector) string {
		return func(*sql.Selector) string { return sql.As(u.C(name), name) }
	}
	var rows []struct {
		Organization gid.ID         `sql:"organization_id"`
		ID           gid.ID         `sql:"id"`
		Name         string         `sql:"name"`
		Email        string         `sql:"email"`
		Phone        sql.NullString `sql:"phone"`
	}
	err := s.store.Client().OrganizationAssignment.Query().
		Where(organizationassignment.OrganizationIDIn(organizations...), atPresent(s.now()), func(q *sql.Selector) {
			q.Join(u).On(q.C(organizationassignment.FieldUserID), u.C(user.FieldID))
			m := sql.Table(membership.Table).As("m")
			q.Where(sql.EQ(u.C(user.FieldStatus), string(user.StatusACTIVE))).
				Where(sql.Exists(sql.Select(m.C(membership.FieldID)).From(m).Where(sql.And(
					sql.ColumnsEQ(m.C(membership.FieldUserID), u.C(user.FieldID)), sql.IsNull(m.C(membership.FieldOrganizationID)),
					sql.EQ(m.C(membership.FieldStatus), string(membership.StatusACTIVE))))))
		}).
		Order(organizationassignment.ByFrom(), organizationassignment.ByID()).
		Aggregate(func(q *sql.Selector) string { return q.C(organizationassignment.FieldOrganizationID) },
			column(user.FieldID), column(user.FieldName), column(user.FieldEmail), column(user.FieldPhone)).
		Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	all, known := map[gid.ID][]Contact{}, map[gid.ID][]gid.ID{}
	for _, r := range rows {
		if !slices.Contains(known[r.Organization], r.ID) { // two assignments may overlap
			known[r.Organization] = append(known[r.Organization], r.ID)
			all[r.Organization] = append(all[r.Organization], Contact{Name: r.Name, Email: r.Email, Phone: r.Phone.String})
		}
	}
	return all, nil
}

// atPresent keeps a query to the assignments that hold at a moment.
func atPresent(now time.Time) predicate.OrganizationAssignment {
	return organizationassignment.And(organizationassignment.FromLTE(now),
		organizationassignment.Or(organizationassignment.ToIsNil(), organizationassignment.ToGT(now)))
}

// Mine finds the organizations that the viewer looks after at present. It reads
// the viewer's own assignments and nobody else's.
func (s *Service) Mine(ctx context.Context) predicate.Organization {
	me := gid.ID(auth.From(ctx).UserID)
	return func(q *sql.Selector) {
		a := sql.Table(organizationassignment.Table)
		mine := sql.Select(a.C(organizationassignment.FieldOrganizationID)).From(a)
		mine.Where(sql.EQ(a.C(organizationassignment.FieldUserID), string(me)))
		atPresent(s.now())(mine)
		q.Where(sql.In(q.C(organization.FieldID), mine))
	}
}
