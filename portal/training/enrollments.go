package training

import (
	"context"
	"errors"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent"
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
	// included says that it goes with something else that was bought, and takes none of
	// the places that were.
	included bool
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
	// Whoever had the turn before may have changed how many places there are.
	if p.course, err = s.offered(act, tx, p.course.ID); err != nil {
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
	all, err := s.weigh(act, tx, p.owner, p.origin, []wish{{p.course, b}})
	if err != nil {
		return nil, err
	}
	v := all[p.course.ID]
	if err := s.refusal(act, tx, v); err != nil {
		return nil, err
	}
	now := s.now()
	k := tx.Enrollment.Create().SetOrganizationID(p.owner.Organization).SetUserID(p.owner.User).SetCourseID(p.course.ID).
		SetVersionID(b.VersionID).SetSlot(open).SetOrigin(p.origin).SetBought(p.course.VariantID != "" && !p.included).SetNillableDueAt(p.dueAt).SetEnrolledAt(now)
	if v.waits {
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
	places, err := s.freeOf(sys, tx, []*ent.Course{c})
	free, limited := places[c.ID]
	if err != nil || limited && free == 0 {
		return err
	}
	q := tx.Enrollment.Query().Where(enrollment.CourseID(courseID), enrollment.StatusEQ(enrollment.StatusWAITING)).
		Order(ent.Asc(enrollment.FieldEnrolledAt, enrollment.FieldID))
	if limited {
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
