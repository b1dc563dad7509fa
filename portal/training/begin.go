package training

import (
	"context"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/ent/course"
	"foyer/ent/enrollment"
	"foyer/portal/access"
	"foyer/schema/gid"
)

// wish is a course that somebody wants to begin, with its latest version.
type wish struct {
	course *ent.Course
	book   *Book
}

// verdict is what comes of a wish: why not, or whether a place is free.
type verdict struct {
	code    string   // why not; empty when nothing is in the way
	missing []string // the keys of the courses that have to be finished before
	waits   bool     // whether no place is free
}

// weigh says what comes of somebody's wishes to begin courses, by their ids. It is the
// one rule: the actions that courses offer follow from it, and so does what Enroll
// refuses. Whoever is enrolled by an order has paid, and a renewal comes when its rule
// says. It takes as many statements for a hundred courses as for one, and only those
// that something depends on.
func (s *Service) weigh(ctx context.Context, tx *ent.Client, who access.Owner, by enrollment.Origin, wishes []wish) (map[gid.ID]verdict, error) {
	p, err := s.pastOf(ctx, tx, who, wishes)
	if err != nil {
		return nil, err
	}
	out := make(map[gid.ID]verdict, len(wishes))
	var sold, limited []*ent.Course
	for _, w := range wishes {
		v := p.verdict(w, by, s.now())
		out[w.course.ID] = v
		if v.code == "" && w.course.VariantID != "" && by != enrollment.OriginORDER {
			sold = append(sold, w.course)
		}
	}
	left, err := s.boughtOf(ctx, tx, sold, who.Organization)
	if err != nil {
		return nil, err
	}
	for id, n := range left {
		if n <= 0 {
			out[id] = verdict{code: NotBought}
		}
	}
	for _, w := range wishes {
		if out[w.course.ID].code == "" {
			limited = append(limited, w.course)
		}
	}
	free, err := s.freeOf(ctx, tx, limited)
	if err != nil {
		return nil, err
	}
	for id, n := range free {
		out[id] = verdict{waits: n == 0}
	}
	return out, nil
}

// past is what somebody has learned that bears on what they may begin.
type past struct {
	last     map[gid.ID]*ent.Enrollment  // by course: the latest for the organization that was not withdrawn
	held     map[gid.ID]*ent.Certificate // by enrollment
	finished map[string]bool             // the keys of courses that were finished anywhere, and still count
}

func (s *Service) pastOf(ctx context.Context, tx *ent.Client, who access.Owner, wishes []wish) (*past, error) {
	p := &past{last: map[gid.ID]*ent.Enrollment{}, held: map[gid.ID]*ent.Certificate{}, finished: map[string]bool{}}
	if len(wishes) == 0 {
		return p, nil
	}
	sys := auth.WithSystem(ctx, "what a person has learned anywhere decides what they may begin")
	var courses, before []any
	for _, w := range wishes {
		courses = append(courses, string(w.course.ID))
		for _, key := range w.book.Doc.Prerequisites {
			before = append(before, key)
		}
	}
	list, err := tx.Enrollment.Query().Where(enrollment.UserID(who.User), enrollment.StatusNEQ(enrollment.StatusWITHDRAWN), ofCourses(courses, before)).
		Order(ent.Asc(enrollment.FieldEnrolledAt, enrollment.FieldID)).
		Select(enrollment.FieldID, enrollment.FieldOrganizationID, enrollment.FieldCourseID, enrollment.FieldVersionID, enrollment.FieldSlot, enrollment.FieldStatus).All(sys)
	if err != nil {
		return nil, err
	}
	var done []gid.ID
	for _, e := range list {
		if e.OrganizationID == who.Organization {
			p.last[e.CourseID] = e
		}
		if e.Status == enrollment.StatusCOMPLETED {
			done = append(done, e.ID)
		}
	}
	if len(done) == 0 {
		return p, nil
	}
	held, err := tx.Certificate.Query().Where(certificate.EnrollmentIDIn(done...)).
		Select(certificate.FieldID, certificate.FieldEnrollmentID, certificate.FieldExpiresAt, certificate.FieldRevokedAt).All(sys)
	if err != nil {
		return nil, err
	}
	for _, c := range held {
		p.held[c.EnrollmentID] = c
	}
	for _, e := range list {
		key := value(e.Value, course.Table, course.FieldKey)
		p.finished[key] = p.finished[key] || e.Status == enrollment.StatusCOMPLETED && p.counts(e.ID, s.now())
	}
	return p, nil
}

// ofCourses are the enrollments in courses by their ids or keys, with the keys along.
func ofCourses(courses, keys []any) func(*sql.Selector) {
	return func(q *sql.Selector) {
		t := sql.Table(course.Table)
		q.Join(t).On(q.C(enrollment.FieldCourseID), t.C(course.FieldID))
		q.AppendSelectAs(t.C(course.FieldKey), course.Table+"_"+course.FieldKey)
		q.Where(sql.Or(sql.In(t.C(course.FieldID), courses...), sql.In(t.C(course.FieldKey), keys...)))
	}
}

// counts says whether a finished enrollment still counts: by a certificate that is
// valid, or since none was issued.
func (p *past) counts(id gid.ID, at time.Time) bool {
	c := p.held[id]
	if c == nil {
		return true
	}
	st := StatusOf(c, at)
	return st == StatusValid || st == StatusExpiring
}

// verdict is what the past alone says of a wish.
func (p *past) verdict(w wish, by enrollment.Origin, at time.Time) verdict {
	if last := p.last[w.course.ID]; last != nil {
		switch {
		case last.Slot == open:
			return verdict{code: Enrolled}
		case !p.worthAgain(last, w.book, by, at):
			return verdict{code: Over}
		}
	}
	var missing []string
	for _, key := range w.book.Doc.Prerequisites {
		if !p.finished[key] {
			missing = append(missing, key)
		}
	}
	if len(missing) > 0 {
		return verdict{code: Prerequisite, missing: missing}
	}
	return verdict{}
}

// worthAgain says whether somebody who has finished a course may learn it again: by a
// newer version, or since their certificate ends soon, has ended or was revoked. How
// soon is for the course to say where its rule enrolls them.
func (p *past) worthAgain(last *ent.Enrollment, b *Book, by enrollment.Origin, at time.Time) bool {
	if last.VersionID != b.VersionID {
		return true
	}
	c := p.held[last.ID]
	return c != nil && (by == enrollment.OriginRENEWAL || StatusOf(c, at) != StatusValid)
}

// refusal is a verdict in words; nil when nothing is in the way.
func (s *Service) refusal(ctx context.Context, tx *ent.Client, v verdict) error {
	switch v.code {
	case "":
		return nil
	case Enrolled:
		return already()
	case Over:
		return refuse(Over, "They have finished this course, and their certificate is valid.", "Der Kurs ist abgeschlossen, und das Zertifikat ist gültig.", "courseId")
	case NotBought:
		return refuse(NotBought, "A place in this course has to be bought first.", "Ein Platz in diesem Kurs muss zuerst gekauft werden.", "courseId")
	case Prerequisite:
		list, err := s.named(ctx, tx, v.missing)
		if err != nil {
			return err
		}
		return refuse(Prerequisite, "Another course has to be finished before: "+list+".", "Zuerst muss ein anderer Kurs abgeschlossen werden: "+list+".", "courseId")
	default:
		return fmt.Errorf("training: no words for %s", v.code)
	}
}

// named are courses by what they are called, in the order of their keys; by the key
// where there is none any more.
func (s *Service) named(ctx context.Context, tx *ent.Client, keys []string) (string, error) {
	list, err := tx.Course.Query().Where(course.KeyIn(keys...)).Select(course.FieldID, course.FieldKey, course.FieldName).
		All(auth.WithSystem(ctx, "what courses are called that have to be finished before, be they offered to a person or not"))
	if err != nil {
		return "", err
	}
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = key
		for _, c := range list {
			if c.Key == key {
				names[i] = c.Name
			}
		}
	}
	return strings.Join(names, ", "), nil
}

// freeOf is how many places of courses are free, by their ids; those without limit are
// left out.
func (s *Service) freeOf(ctx context.Context, tx *ent.Client, list []*ent.Course) (map[gid.ID]int, error) {
	out := map[gid.ID]int{}
	var ids []gid.ID
	for _, c := range list {
		if c.Seats != nil {
			out[c.ID] = *c.Seats
			ids = append(ids, c.ID)
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	sys := auth.WithSystem(ctx, "places of a course, which people of all customers take")
	taken, err := counted(sys, tx.Enrollment.Query().Where(enrollment.CourseIDIn(ids...), enrollment.StatusEQ(enrollment.StatusACTIVE)))
	for id, n := range taken {
		out[id] = max(0, out[id]-n)
	}
	return out, err
}

// boughtOf is how many places in courses an organization has bought and not used, by
// the courses' ids: those of confirmed orders, without those that were taken and not
// given back before they began.
func (s *Service) boughtOf(ctx context.Context, tx *ent.Client, list []*ent.Course, organization gid.ID) (map[gid.ID]int, error) {
	out := map[gid.ID]int{}
	if len(list) == 0 {
		return out, nil
	}
	ids := make([]gid.ID, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	rows, err := s.store.Raw(ctx).QueryContext(ctx, `SELECT l.variant_id, SUM(l.quantity) FROM order_lines l JOIN orders o ON o.id = l.order_id
		WHERE l.organization_id = $1 AND o.status IN ('CONFIRMED', 'COMPLETED')
		AND l.variant_id IN (SELECT variant_id FROM courses WHERE variant_id IS NOT NULL) GROUP BY l.variant_id`, string(organization))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	ordered := map[gid.ID]int{}
	for rows.Next() {
		var variant gid.ID
		var n int
		if err := rows.Scan(&variant, &n); err != nil {
			return nil, err
		}
		ordered[variant] = n
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	_ = rows.Close() // a transaction answers one statement at a time
	sys := auth.WithSystem(ctx, "places that an organization has bought and used, whoever gave them")
	used, err := counted(sys, tx.Enrollment.Query().Where(enrollment.CourseIDIn(ids...), enrollment.OrganizationID(organization), enrollment.Bought(true),
		enrollment.Or(enrollment.StatusNEQ(enrollment.StatusWITHDRAWN), enrollment.StartedAtNotNil())))
	for _, c := range list {
		out[c.ID] = ordered[c.VariantID] - used[c.ID]
	}
	return out, err
}

// counted is how many of some enrollments there are of each course.
func counted(ctx context.Context, q *ent.EnrollmentQuery) (map[gid.ID]int, error) {
	var rows []struct {
		CourseID gid.ID `json:"course_id"`
		Count    int    `json:"count"`
	}
	if err := q.GroupBy(enrollment.FieldCourseID).Aggregate(ent.Count()).Scan(ctx, &rows); err != nil {
		return nil, err
	}
	out := make(map[gid.ID]int, len(rows))
	for _, r := range rows {
		out[r.CourseID] = r.Count
	}
	return out, nil
}
