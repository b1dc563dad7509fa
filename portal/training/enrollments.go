package training

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/ent/course"
	"foyer/ent/enrollment"
	"foyer/ent/membership"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/portal/training/progress"
	"foyer/schema"
	"foyer/schema/gid"
)

// open is the slot of an enrollment that is not over: a person has one of a course at a
// time.
const open = SlotOpen

// SlotOpen is the slot of an enrollment that is not over.
const SlotOpen = "OPEN"

const (
	mostPeople    = 500
	longestReason = 500
)

// Enroll begins a course for the viewer, and returns the enrollment.
func (s *Service) Enroll(ctx context.Context, courseID gid.ID) (gid.ID, error) {
	id, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		me, err := member(ctx)
		if err != nil {
			return "", err
		}
		c, err := s.offered(ctx, tx, courseID)
		if err != nil {
			return "", err
		}
		e, err := s.enroll(ctx, tx, place{course: c, owner: me, origin: enrollment.OriginSELF})
		if err != nil {
			return "", err
		}
		return e.ID, nil
	})
	if store.Duplicate(err) {
		err = already()
	}
	return id, err
}

func already() error {
	return refuse(Enrolled, "They learn this course already.", "Dieser Kurs wird schon gelernt.", "courseId")
}

// offered is a course that the viewer sees and that can be learned.
func (s *Service) offered(ctx context.Context, tx *ent.Client, id gid.ID) (*ent.Course, error) {
	c, err := tx.Course.Query().Where(course.ID(id)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, orUnknown(nil, "courseId")
	case err != nil:
		return nil, err
	case c.Status != course.StatusPUBLISHED:
		return nil, refuse(NotOffered, "The course is not offered.", "Der Kurs wird nicht angeboten.", "courseId")
	}
	return c, nil
}

// place is a place in a course for somebody.
type place struct {
	course *ent.Course
	owner  access.Owner
	origin enrollment.Origin
	dueAt  *time.Time
}

// enroll gives somebody a place, or puts them into the queue. Places of a course are
// given away one after the other, whoever asks.
func (s *Service) enroll(ctx context.Context, tx *ent.Client, p place) (*ent.Enrollment, error) {
	act, err := access.Act(ctx, doEnroll, p.owner)
	if err != nil {
		return nil, err
	}
	if err := s.turn(act, p.course.ID); err != nil {
		return nil, err
	}
	books, err := s.Current(act, []gid.ID{p.course.ID})
	if err != nil {
		return nil, err
	}
	b := books[p.course.ID]
	if b == nil {
		return nil, refuse(NotOffered, "The course is not offered.", "Der Kurs wird nicht angeboten.", "courseId")
	}
	if err := s.mayBegin(act, tx, p, b); err != nil {
		return nil, err
	}
	bought := p.course.VariantID != ""
	if bought && p.origin != enrollment.OriginORDER {
		left, err := s.bought(act, tx, p.course, p.owner.Organization)
		if err != nil {
			return nil, err
		}
		if left <= 0 {
			return nil, refuse(NotBought, "A place in this course has to be bought first.", "Ein Platz in diesem Kurs muss zuerst gekauft werden.", "courseId")
		}
	}
	now := s.now()
	k := tx.Enrollment.Create().SetOrganizationID(p.owner.Organization).SetUserID(p.owner.User).SetCourseID(p.course.ID).
		SetVersionID(b.VersionID).SetSlot(open).SetOrigin(p.origin).SetBought(bought).SetNillableDueAt(p.dueAt).SetEnrolledAt(now)
	free, err := s.free(act, tx, p.course)
	if err != nil {
		return nil, err
	}
	if free == 0 {
		k.SetStatus(enrollment.StatusWAITING)
	} else {
		k.SetStatus(enrollment.StatusACTIVE).SetActiveAt(now)
	}
	st := Reach(b.Doc, &progress.State{}, nil, nil)
	e, err := k.SetNext(st.Next).SetLessons(st.States).Save(act)
	if err != nil {
		return nil, err
	}
	if err := s.stateEnrolled(act, e, b); err != nil {
		return nil, err
	}
	return e, s.tell(act, tx, events.Enrolled, e, schema.EventData{To: string(e.Status), Text: b.Doc.Title[first(b.Doc)]})
}

func first(doc *schema.CourseDocument) string {
	if len(doc.Languages) == 0 {
		return ""
	}
	return doc.Languages[0]
}

// tell appends what happened to somebody who learns.
func (s *Service) tell(ctx context.Context, tx *ent.Client, kind events.Kind, e *ent.Enrollment, d schema.EventData) error {
	return events.Append(ctx, tx, events.Event{Kind: kind, Subject: e.ID, Owner: access.Owner{Organization: e.OrganizationID, User: e.UserID}, Data: d, At: s.now()})
}

// turn holds a course's row for whoever gives its places away, until the transaction
// ends: then nobody counts the same free place twice.
func (s *Service) turn(ctx context.Context, id gid.ID) error {
	_, err := s.store.Raw(ctx).ExecContext(ctx, `INSERT INTO course_turns (course_id, turn) VALUES ($1, 1)
		ON CONFLICT (course_id) DO UPDATE SET turn = course_turns.turn + 1`, string(id))
	return err
}

// free is how many places are free; -1 without limit.
func (s *Service) free(ctx context.Context, tx *ent.Client, c *ent.Course) (int, error) {
	if c.Seats == nil {
		return -1, nil
	}
	n, err := tx.Enrollment.Query().Where(enrollment.CourseID(c.ID), enrollment.StatusEQ(enrollment.StatusACTIVE)).Count(auth.WithSystem(ctx, "places of a course, which people of all customers take"))
	return max(0, *c.Seats-n), err
}

// bought is how many places an organization has bought and not used: those of confirmed
// orders, without those that were taken and not given back before they began.
func (s *Service) bought(ctx context.Context, tx *ent.Client, c *ent.Course, organization gid.ID) (int, error) {
	var n int
	err := s.store.Raw(ctx).QueryRowContext(ctx, `SELECT COALESCE(SUM(l.quantity), 0) FROM order_lines l JOIN orders o ON o.id = l.order_id
		WHERE l.organization_id = $1 AND l.variant_id = $2 AND o.status IN ('CONFIRMED', 'COMPLETED')`, string(organization), string(c.VariantID)).Scan(&n)
	if err != nil {
		return 0, err
	}
	used, err := tx.Enrollment.Query().Where(enrollment.CourseID(c.ID), enrollment.OrganizationID(organization), enrollment.Bought(true),
		enrollment.Or(enrollment.StatusNEQ(enrollment.StatusWITHDRAWN), enrollment.StartedAtNotNil())).Count(auth.WithSystem(ctx, "places that an organization has bought and used, whoever gave them"))
	return n - used, err
}

// mayBegin refuses who learns the course already, holds what it certifies for long
// enough, or lacks what has to be finished before.
func (s *Service) mayBegin(act context.Context, tx *ent.Client, p place, b *Book) error {
	sys := auth.WithSystem(act, "what a person has learned anywhere decides what they may begin")
	last, err := tx.Enrollment.Query().Where(enrollment.CourseID(p.course.ID), enrollment.OrganizationID(p.owner.Organization), enrollment.UserID(p.owner.User),
		enrollment.StatusNEQ(enrollment.StatusWITHDRAWN)).Order(ent.Desc(enrollment.FieldEnrolledAt)).First(sys)
	switch {
	case ent.IsNotFound(err):
	case err != nil:
		return err
	case last.Slot == open:
		return already()
	default:
		again, err := s.worthAgain(sys, tx, last, b)
		if err != nil {
			return err
		}
		if !again {
			return refuse(Over, "They have finished this course, and their certificate is valid.", "Der Kurs ist abgeschlossen, und das Zertifikat ist gültig.", "courseId")
		}
	}
	missing, err := s.missing(sys, tx, b.Doc.Prerequisites, p.owner.User)
	if err != nil || len(missing) == 0 {
		return err
	}
	list := strings.Join(missing, ", ")
	return refuse(Prerequisite, "Another course has to be finished before: "+list+".", "Zuerst muss ein anderer Kurs abgeschlossen werden: "+list+".", "courseId")
}

// worthAgain says whether somebody who has finished a course may learn it again: by a
// newer version, or since their certificate ends soon, has ended or was revoked.
func (s *Service) worthAgain(sys context.Context, tx *ent.Client, last *ent.Enrollment, b *Book) (bool, error) {
	if last.VersionID != b.VersionID {
		return true, nil
	}
	c, err := tx.Certificate.Query().Where(certificate.EnrollmentID(last.ID)).Only(sys)
	if ent.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	at := StatusOf(c, s.now())
	return at != StatusValid, nil
}

// missing are those of some courses, by their keys, that a person has not finished
// anywhere, or whose certificate has ended.
func (s *Service) missing(sys context.Context, tx *ent.Client, keys []string, user gid.ID) ([]string, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	list, err := tx.Course.Query().Where(course.KeyIn(keys...)).Select(course.FieldID, course.FieldKey, course.FieldName).All(sys)
	if err != nil {
		return nil, err
	}
	ids := make([]gid.ID, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	done, err := tx.Enrollment.Query().Where(enrollment.UserID(user), enrollment.CourseIDIn(ids...), enrollment.StatusEQ(enrollment.StatusCOMPLETED)).
		Select(enrollment.FieldID, enrollment.FieldCourseID).All(sys)
	if err != nil {
		return nil, err
	}
	held, err := tx.Certificate.Query().Where(certificate.UserID(user), certificate.CourseIDIn(ids...)).All(sys)
	if err != nil {
		return nil, err
	}
	has := map[gid.ID]bool{}
	for _, e := range done {
		has[e.CourseID] = has[e.CourseID] || standsFor(e.ID, held, s.now())
	}
	var out []string
	for _, key := range keys {
		i := slices.IndexFunc(list, func(c *ent.Course) bool { return c.Key == key })
		switch {
		case i < 0:
			out = append(out, key)
		case !has[list[i].ID]:
			out = append(out, list[i].Name)
		}
	}
	return out, nil
}

// standsFor says whether a finished enrollment still counts: by a certificate that is
// valid, or since none was issued.
func standsFor(id gid.ID, held []*ent.Certificate, at time.Time) bool {
	for _, c := range held {
		if c.EnrollmentID == id {
			st := StatusOf(c, at)
			return st == StatusValid || st == StatusExpiring
		}
	}
	return true
}

// RefusedPerson is somebody who was not enrolled.
type RefusedPerson struct {
	UserID gid.ID
	*problem.Refusal
}

// People is the input of EnrollPeople.
type People struct {
	CourseID       gid.ID
	OrganizationID *gid.ID
	UserIDs        []gid.ID
	DueAt          *time.Time
}

// EnrolledPeople are who was enrolled and who was not.
type EnrolledPeople struct {
	Enrolled []gid.ID
	Refused  []RefusedPerson
}

// EnrollPeople enrolls people of an organization. What is refused of one does not hold up
// the others; one for whom the viewer may not act holds up all.
func (s *Service) EnrollPeople(ctx context.Context, in People) (*EnrolledPeople, error) {
	v := auth.From(ctx)
	org := gid.ID(v.OrganizationID)
	if in.OrganizationID != nil {
		org = *in.OrganizationID
	}
	slices.Sort(in.UserIDs)
	in.UserIDs = slices.Compact(in.UserIDs)
	switch {
	case org == "":
		return nil, invalid("Say for which customer it is.", "Bitte geben Sie an, für welchen Kunden es ist.", "organizationId")
	case len(in.UserIDs) == 0 || len(in.UserIDs) > mostPeople:
		return nil, invalid("Name from 1 to 500 people.", "Nennen Sie 1 bis 500 Personen.", "userIds")
	case in.DueAt != nil && in.DueAt.Before(s.now()):
		return nil, invalid("Give a day that is still to come.", "Geben Sie einen Tag an, der noch kommt.", "dueAt")
	}
	origin := enrollment.OriginMANAGER
	if v.Kind == auth.KindStaff {
		origin = enrollment.OriginSTAFF
	}
	return answered(ctx, s.store, func(ctx context.Context, tx *ent.Client) (*EnrolledPeople, error) {
		out := &EnrolledPeople{}
		for _, user := range in.UserIDs {
			id, err := s.enrollOne(ctx, tx, in, org, user, origin)
			var r *problem.Refusal
			switch {
			case errors.As(err, &r):
				out.Refused = append(out.Refused, RefusedPerson{user, r})
			case err != nil:
				return nil, err
			default:
				out.Enrolled = append(out.Enrolled, id)
			}
		}
		return out, nil
	})
}

func (s *Service) enrollOne(ctx context.Context, tx *ent.Client, in People, org, user gid.ID, origin enrollment.Origin) (gid.ID, error) {
	if _, err := access.Act(ctx, doEnroll, access.Owner{Organization: org, User: user}); err != nil {
		return "", err
	}
	c, err := s.offered(ctx, tx, in.CourseID)
	if err != nil {
		return "", err
	}
	there, err := tx.Membership.Query().Where(membership.OrganizationID(org), membership.UserID(user), membership.StatusEQ(membership.StatusACTIVE)).Exist(ctx)
	if err != nil || !there {
		return "", orUnknown(err, "userIds")
	}
	e, err := s.enroll(ctx, tx, place{course: c, owner: access.Owner{Organization: org, User: user}, origin: origin, dueAt: in.DueAt})
	if err != nil {
		return "", err
	}
	return e.ID, nil
}

// hold finds an enrollment that the viewer sees, lets nobody else change it, and begins
// an action on it.
func (s *Service) hold(ctx context.Context, tx *ent.Client, action string, id gid.ID) (*ent.Enrollment, context.Context, error) {
	e, err := tx.Enrollment.Query().Where(enrollment.ID(id), store.Held).Only(ctx)
	if err != nil {
		return nil, nil, notFound(err)
	}
	act, err := access.Act(ctx, action, ownerOf(e))
	return e, act, err
}

// Withdraw takes somebody out of a course. What was given by others than oneself only
// they take back: who has to learn cannot leave by themselves.
func (s *Service) Withdraw(ctx context.Context, id gid.ID, reason string) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		found, err := tx.Enrollment.Query().Where(enrollment.ID(id)).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		if err := s.turn(ctx, found.CourseID); err != nil { // before the row: places are given in this order
			return "", err
		}
		e, act, err := s.hold(ctx, tx, doWithdraw, id)
		if err != nil {
			return "", err
		}
		if e.Slot != open {
			return "", over()
		}
		if !s.mayLeave(ctx, e) {
			return "", problem.ErrForbidden
		}
		text, err := problem.Prose(reason, longestReason, "input", "reason")
		if err != nil {
			return "", err
		}
		err = tx.Enrollment.UpdateOneID(e.ID).SetStatus(enrollment.StatusWITHDRAWN).SetSlot(string(e.ID)).SetReason(text).AddVersion(1).Exec(act)
		if err != nil {
			return "", err
		}
		if err := s.tell(act, tx, events.Withdrawn, e, schema.EventData{Text: text}); err != nil {
			return "", err
		}
		return e.ID, s.fill(act, tx, e.CourseID)
	})
}

func over() error {
	return refuse(Over, "It is over: finished or withdrawn.", "Es ist vorbei: abgeschlossen oder zurückgezogen.", "id")
}

// mayLeave says whether the viewer may take somebody out: oneself only where one has
// come by oneself.
func (s *Service) mayLeave(ctx context.Context, e *ent.Enrollment) bool {
	v := auth.From(ctx)
	if v.UserID != string(e.UserID) || e.Origin == enrollment.OriginSELF {
		return true
	}
	return access.May(ctx, doDue, ownerOf(e)) // a manager, who gave it
}

// SetDue says by when somebody should be done.
func (s *Service) SetDue(ctx context.Context, id gid.ID, version int, due *time.Time) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		e, act, err := s.hold(ctx, tx, doDue, id)
		switch {
		case err != nil:
			return "", err
		case e.Version != version:
			return "", problem.ErrStale
		case e.Slot != open:
			return "", over()
		case due != nil && due.Before(s.now()):
			return "", invalid("Give a day that is still to come.", "Geben Sie einen Tag an, der noch kommt.", "dueAt")
		}
		u := tx.Enrollment.UpdateOneID(e.ID).AddVersion(1).ClearReminded()
		if due == nil {
			u.ClearDueAt()
		} else {
			u.SetDueAt(due.UTC().Truncate(time.Microsecond))
		}
		return e.ID, u.Exec(act)
	})
}

// fill gives free places to those who wait, the longest first. It works in the
// transaction that has made a place free and holds the course's turn.
func (s *Service) fill(ctx context.Context, tx *ent.Client, courseID gid.ID) error {
	sys := auth.WithSystem(ctx, "a free place goes to whoever waits longest, of whatever customer")
	if err := s.turn(sys, courseID); err != nil {
		return err
	}
	c, err := tx.Course.Query().Where(course.ID(courseID)).Only(sys)
	if err != nil {
		return err
	}
	free, err := s.free(sys, tx, c)
	if err != nil || free == 0 {
		return err
	}
	q := tx.Enrollment.Query().Where(enrollment.CourseID(courseID), enrollment.StatusEQ(enrollment.StatusWAITING)).
		Order(ent.Asc(enrollment.FieldEnrolledAt, enrollment.FieldID))
	if free > 0 {
		q.Limit(free)
	}
	waiting, err := q.All(sys)
	if err != nil {
		return err
	}
	for _, e := range waiting {
		if err := tx.Enrollment.UpdateOneID(e.ID).SetStatus(enrollment.StatusACTIVE).SetActiveAt(s.now()).Exec(sys); err != nil {
			return err
		}
		if err := s.tell(sys, tx, events.Enrolled, e, schema.EventData{From: string(enrollment.StatusWAITING), To: string(enrollment.StatusACTIVE)}); err != nil {
			return err
		}
	}
	return nil
}

// Rate says how a course was.
func (s *Service) Rate(ctx context.Context, id gid.ID, rating int, feedback *string) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		e, act, err := s.hold(ctx, tx, doRate, id)
		switch {
		case err != nil:
			return "", err
		case e.StartedAt == nil:
			return "", invalid("Say so once you have begun.", "Bitte sagen Sie das, sobald Sie begonnen haben.", "enrollmentId")
		case rating < 1 || rating > 5:
			return "", invalid("Give from 1 to 5.", "Geben Sie 1 bis 5 an.", "rating")
		}
		u := tx.Enrollment.UpdateOneID(e.ID).SetRating(rating)
		if feedback != nil {
			text, err := problem.Prose(*feedback, 2000, "input", "feedback")
			if err != nil {
				return "", err
			}
			u.SetFeedback(text)
		}
		return e.ID, u.Exec(act)
	})
}
