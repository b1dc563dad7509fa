package training

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/ent/course"
	"foyer/ent/enrollment"
	"foyer/ent/organization"
	"foyer/ent/trainingrequirement"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// Where somebody stands with a course that is required.
const (
	CellNotRequired = "NOT_REQUIRED"
	CellHeld        = "HELD"
	CellExpiring    = "EXPIRING"
	CellLearning    = "LEARNING"
	CellMissing     = "MISSING"
	CellOverdue     = "OVERDUE"
)

// Cell is where somebody stands with a course that is required.
type Cell struct {
	Status           string
	DueAt, ExpiresAt *time.Time
	Percent          *int
}

// lacking says whether something is to be done.
func (c Cell) lacking() bool {
	return c.Status == CellMissing || c.Status == CellOverdue || c.Status == CellLearning
}

// Row is a person with their cells, in the order of the courses.
type Row struct {
	UserID gid.ID
	Name   string
	Cells  []Cell
}

// Compare is the order of rows: by name, of the same name by id.
func (r Row) Compare(o Row) int {
	return cmp.Or(strings.Compare(r.Name, o.Name), cmp.Compare(r.UserID, o.UserID))
}

// Column is a course that somebody must hold.
type Column struct {
	CourseID       gid.ID
	Key            string
	Book           *Book
	Required, Held int
}

// Matrix is who of an organization must hold what, and where they stand.
type Matrix struct {
	Columns []Column
	Rows    []Row // by name
	Missing int   // how many cells are missing or late
}

// Matrix looks at all people of an organization: as many statements for ten as for
// thousands. Whoever sees it sees the organization's people and certificates.
func (s *Service) Matrix(ctx context.Context, org *gid.ID, language string) (*Matrix, error) {
	v := auth.From(ctx)
	of := gid.ID(v.OrganizationID)
	if org != nil {
		of = *org
	}
	tx := s.store.Reader(ctx)
	rules, err := tx.TrainingRequirement.Query().Where(trainingrequirement.OrganizationID(of),
		along(course.Table, trainingrequirement.FieldCourseID, course.FieldKey, course.FieldLatest)).Limit(mostRequired).All(ctx)
	if err != nil {
		return nil, err
	}
	if len(rules) == 0 { // who sees what is required of an organization's people sees the organization
		if there, err := tx.Organization.Query().Where(organization.ID(of)).Exist(ctx); err != nil || !there {
			if err == nil {
				err = problem.ErrNotFound
			}
			return nil, err
		}
		return &Matrix{}, nil
	}
	list, err := people(ctx, tx, of)
	if err != nil {
		return nil, err
	}
	k, err := s.known(ctx, tx, of, rules)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rules, func(a, b *ent.TrainingRequirement) int {
		return cmp.Or(strings.Compare(k.title(a.CourseID, language), k.title(b.CourseID, language)), cmp.Compare(a.ID, b.ID))
	})
	m := &Matrix{Rows: make([]Row, 0, len(list))}
	for _, r := range rules {
		m.Columns = append(m.Columns, Column{CourseID: r.CourseID, Key: value(r.Value, course.Table, course.FieldKey), Book: k.books[r.CourseID]})
	}
	for _, p := range list {
		m.add(p, rules, k, s.now())
	}
	slices.SortFunc(m.Rows, Row.Compare)
	return m, nil
}

func (m *Matrix) add(p person, rules []*ent.TrainingRequirement, k *known, now time.Time) {
	row := Row{UserID: p.id, Name: p.name, Cells: make([]Cell, len(rules))}
	for i, r := range rules {
		c := k.cell(r, p, now)
		row.Cells[i] = c
		if c.Status == CellNotRequired {
			continue
		}
		m.Columns[i].Required++
		switch c.Status {
		case CellHeld, CellExpiring:
			m.Columns[i].Held++
		case CellMissing, CellOverdue:
			m.Missing++
		}
	}
	m.Rows = append(m.Rows, row)
}

// Lacking are the rows of people who have something to do.
func (m *Matrix) Lacking() []Row {
	return slices.DeleteFunc(slices.Clone(m.Rows), func(r Row) bool { return !slices.ContainsFunc(r.Cells, Cell.lacking) })
}

// along adds columns of another table to the rows of a query, so that they need no
// statement of their own. They are read by value.
func along(table, by string, columns ...string) func(*sql.Selector) {
	return func(s *sql.Selector) {
		t := sql.Table(table)
		s.Join(t).On(s.C(by), t.C("id"))
		for _, c := range columns {
			s.AppendSelectAs(t.C(c), table+"_"+c)
		}
	}
}

// value is a column of another table that came along.
func value(of func(string) (ent.Value, error), table, column string) string {
	v, err := of(table + "_" + column)
	if err != nil {
		return ""
	}
	if b, is := v.([]byte); is {
		return string(b)
	}
	return fmt.Sprint(v)
}

// known is what of an organization's people bears on its requirements.
type known struct {
	books map[gid.ID]*Book
	held  map[[2]gid.ID]*ent.Certificate // by course and user: the one that ends last
	on    map[[2]gid.ID]*ent.Enrollment  // by course and user: the latest
}

func (k *known) title(course gid.ID, language string) string {
	if b := k.books[course]; b != nil {
		return b.Text(b.Doc.Title, language)
	}
	return ""
}

func (s *Service) known(ctx context.Context, tx *ent.Client, org gid.ID, rules []*ent.TrainingRequirement) (*known, error) {
	courses := make([]gid.ID, len(rules))
	k := &known{books: map[gid.ID]*Book{}, held: map[[2]gid.ID]*ent.Certificate{}, on: map[[2]gid.ID]*ent.Enrollment{}}
	var unread []gid.ID
	for i, r := range rules {
		courses[i] = r.CourseID
		number, _ := strconv.Atoi(value(r.Value, course.Table, course.FieldLatest)) // 0 for none is not in memory either
		if b := s.Kept(&ent.Course{ID: r.CourseID, Latest: number}); b != nil {
			k.books[r.CourseID] = b
		} else {
			unread = append(unread, r.CourseID)
		}
	}
	if len(unread) > 0 {
		read, err := s.Latest(ctx, unread)
		if err != nil {
			return nil, err
		}
		maps.Copy(k.books, read)
	}
	certificates, err := tx.Certificate.Query().Where(certificate.OrganizationID(org), certificate.CourseIDIn(courses...), certificate.RevokedAtIsNil()).
		Select(certificate.FieldID, certificate.FieldUserID, certificate.FieldCourseID, certificate.FieldExpiresAt).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range certificates {
		at := [2]gid.ID{c.CourseID, c.UserID}
		if old := k.held[at]; old == nil || c.ExpiresAt == nil || old.ExpiresAt != nil && c.ExpiresAt.After(*old.ExpiresAt) {
			k.held[at] = c
		}
	}
	enrollments, err := tx.Enrollment.Query().Where(enrollment.OrganizationID(org), enrollment.CourseIDIn(courses...), enrollment.StatusNEQ(enrollment.StatusWITHDRAWN)).
		Select(enrollment.FieldID, enrollment.FieldUserID, enrollment.FieldCourseID, enrollment.FieldStatus, enrollment.FieldPercent, enrollment.FieldDueAt, enrollment.FieldEnrolledAt).
		Order(ent.Asc(enrollment.FieldEnrolledAt, enrollment.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range enrollments {
		k.on[[2]gid.ID{e.CourseID, e.UserID}] = e
	}
	return k, nil
}

// cell is where somebody stands with a requirement.
func (k *known) cell(r *ent.TrainingRequirement, p person, now time.Time) Cell {
	must, due := requiredOf(r, p)
	if !must {
		return Cell{Status: CellNotRequired}
	}
	at := [2]gid.ID{r.CourseID, p.id}
	e, c := k.on[at], Cell{DueAt: due}
	if e != nil && e.Status != enrollment.StatusCOMPLETED && e.DueAt != nil && (c.DueAt == nil || e.DueAt.Before(*c.DueAt)) {
		c.DueAt = e.DueAt
	}
	if held := k.held[at]; held != nil && (held.ExpiresAt == nil || held.ExpiresAt.After(now)) {
		c.Status, c.ExpiresAt = CellHeld, held.ExpiresAt
		if StatusOf(held, now) == StatusExpiring {
			c.Status = CellExpiring
		}
		return c
	}
	b := k.books[r.CourseID]
	certifies := b != nil && b.Doc.Certificate != nil
	switch {
	case e != nil && e.Status == enrollment.StatusCOMPLETED && !certifies:
		c.Status = CellHeld
	case c.DueAt != nil && c.DueAt.Before(now):
		c.Status = CellOverdue
	case e != nil && e.Status != enrollment.StatusCOMPLETED:
		c.Status = CellLearning
	default:
		c.Status = CellMissing
	}
	if e != nil && e.Status != enrollment.StatusCOMPLETED {
		c.Percent = &e.Percent
	}
	return c
}
