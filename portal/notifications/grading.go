package notifications

import (
	"context"
	"fmt"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/enrollment"
	"foyer/ent/membership"
	"foyer/ent/notification"
	"foyer/ent/role"
	"foyer/ent/submission"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/schema"
	"foyer/schema/gid"
)

// doGrade is the action of those who hear of work that waits for them.
const doGrade = "submission.grade"

// workAgain says of work that it was handed in before and sent back.
const workAgain = "AGAIN"

// grades says whether somebody is of the staff and grades work.
func grades(v *auth.Viewer) bool {
	return v.Kind == auth.KindStaff && v.Grants().Action(doGrade) != auth.ScopeNone
}

// handedIn tells those of the staff who may grade work that it waits for them. What was
// graded before anybody could be told is no news.
func (s *Service) handedIn(ctx context.Context, tx *ent.Client, e *ent.Event) error {
	w, err := tx.Submission.Query().Where(submission.ID(gid.ID(e.Data.Subject)), submission.StatusEQ(submission.StatusSUBMITTED)).Only(ctx)
	if err != nil {
		return ignore(err)
	}
	x, err := tx.Enrollment.Query().Where(enrollment.ID(w.EnrollmentID)).WithCourse().WithUser().Only(ctx)
	if err != nil {
		return ignore(err)
	}
	l := Learned{Work: w}
	if err := l.of(ctx, tx, x); err != nil {
		return ignore(err)
	}
	n := NewsOfWork(e, l)
	people, err := s.graders(ctx, tx)
	if err != nil {
		return err
	}
	for _, u := range people {
		v, err := s.grader(ctx, tx, u.ID, w.ID)
		if err != nil {
			return err
		}
		if v == nil || u.ID == w.UserID || !v.Grants().Has(auth.ReadPermission(ent.TypeNotification)) {
			continue
		}
		to, d := recipient{u, true, v.Grants().Has(schema.PermPeople)}, n.Data
		d.Zone = s.settingsOf(u).TimeZone
		if to.names && x.Edges.User != nil {
			d.Author = x.Edges.User.Name
		}
		if err := s.informOne(ctx, tx, n.Key, w.OrganizationID, to, n.Kind, d); err != nil {
			return err
		}
	}
	return nil
}

// NewsOfWork is what it means to those who grade that work was handed in. Who did it is
// said to those alone who see people's names.
func NewsOfWork(e *ent.Event, l Learned) News {
	n := News{Kind: notification.KindWORK_HANDED_IN, Key: "work:" + number(e.ID), Data: l.data()}
	n.Data.SubmissionID = string(l.Work.ID)
	if l.Work.Number > 1 {
		n.Data.Cause = workAgain
	}
	return n
}

// graders are the staff whose roles may grade some work; which, is asked of each.
func (s *Service) graders(ctx context.Context, tx *ent.Client) ([]*ent.User, error) {
	roles, err := tx.Role.Query().Where(role.KindEQ(role.KindSTAFF)).All(ctx)
	if err != nil {
		return nil, err
	}
	var may []gid.ID
	for _, r := range roles {
		if mayGrade(r) {
			may = append(may, r.ID)
		}
	}
	return tx.User.Query().Where(user.StatusEQ(user.StatusACTIVE),
		user.HasMembershipsWith(membership.RoleIDIn(may...), membership.StatusEQ(membership.StatusACTIVE))).Order(ent.Asc(user.FieldID)).All(ctx)
}

func mayGrade(r *ent.Role) bool {
	if r.BuiltIn {
		g := schema.Grants[r.Key]
		return g != nil && g.Action(doGrade) != auth.ScopeNone
	}
	return r.Grants != nil && r.Grants.Actions[doGrade] != ""
}

// grader is the identity of the staff by which a person may grade work at this moment;
// nil when there is none.
func (s *Service) grader(ctx context.Context, c *ent.Client, userID, id gid.ID) (*auth.Viewer, error) {
	return s.readerOf(ctx, c, userID, func(ctx context.Context) (bool, error) {
		if !grades(auth.From(ctx)) {
			return false, nil
		}
		w, err := c.Submission.Query().Where(submission.ID(id)).Only(ctx)
		if err != nil {
			return false, ignore(err)
		}
		return access.May(ctx, doGrade, access.Owner{Organization: w.OrganizationID, User: w.UserID, Subject: w.ID}), nil
	})
}

func (w speaker) toGrade() (title, text string) {
	title = w.titled("Work in “%s” waits to be graded", "In „%s“ wartet eine Arbeit auf Bewertung")
	switch again := w.d.Cause == workAgain; {
	case w.d.Author != "" && again:
		return title, fmt.Sprintf(w.say("%s has handed it in again.", "%s hat sie noch einmal abgegeben."), w.d.Author)
	case w.d.Author != "":
		return title, fmt.Sprintf(w.say("%s has handed it in.", "%s hat sie abgegeben."), w.d.Author)
	case again:
		return title, w.say("It was handed in again.", "Sie wurde noch einmal abgegeben.")
	default:
		return title, w.say("It was handed in.", "Sie wurde abgegeben.")
	}
}
