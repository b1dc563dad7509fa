package training

import (
	"context"
	"slices"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/enrollment"
	"foyer/ent/submission"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/portal/training/content"
	"foyer/portal/training/progress"
	"foyer/schema"
	"foyer/schema/gid"
)

const (
	doSubmit = "submission.create"
	doGrade  = "submission.grade"

	longestWork    = 20_000
	longestComment = 5000
)

// Files is what this package asks of what people upload.
type Files interface {
	// AttachToSubmission hangs uploads on work that is handed in, in its transaction.
	AttachToSubmission(ctx context.Context, tx *ent.Client, id gid.ID, uploads []gid.ID) error
	// AddToCourse keeps an upload for the lessons of a course, in the transaction of tx.
	AddToCourse(ctx context.Context, tx *ent.Client, id, upload gid.ID) (*ent.File, error)
	// OfCourse are the files of a course.
	OfCourse(ctx context.Context, id gid.ID) ([]*ent.File, error)
	// LessonURL is where the viewer loads a file of a lesson that they may read.
	LessonURL(ctx context.Context, f *ent.File) (string, error)
}

// Work is the input of Submit.
type Work struct {
	EnrollmentID gid.ID
	Lesson       string
	Text         *string
	Uploads      []gid.ID
}

// Submit hands work in, and returns its id.
func (s *Service) Submit(ctx context.Context, in Work) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		e, act, err := s.hold(ctx, tx, doSubmit, in.EnrollmentID)
		if err != nil {
			return "", err
		}
		if err := learnable(e); err != nil {
			return "", err
		}
		b, err := s.Book(act, e.VersionID)
		if err != nil {
			return "", err
		}
		l, err := lessonOf(e, b, in.Lesson, schema.LessonAssignment)
		if err != nil {
			return "", err
		}
		text := ""
		if in.Text != nil {
			if text, err = problem.Prose(*in.Text, longestWork, "input", "text"); err != nil {
				return "", err
			}
		}
		switch {
		case text == "" && len(in.Uploads) == 0:
			return "", invalid("Write something, or add a file.", "Schreiben Sie etwas, oder fügen Sie eine Datei an.", "text")
		case len(in.Uploads) > l.Assignment.MaxFiles:
			return "", problem.Refuse(Invalid, problem.Text{EN: "Up to %d files can be added.", DE: "Es können bis zu %d Dateien angefügt werden."}.
				Format(l.Assignment.MaxFiles), "input", "uploadIds")
		}
		before, err := tx.Submission.Query().Where(submission.EnrollmentID(e.ID), submission.Lesson(in.Lesson)).Order(ent.Asc(submission.FieldNumber)).All(act)
		if err != nil {
			return "", err
		}
		if err := maySubmit(l.Assignment, before); err != nil {
			return "", err
		}
		w, err := tx.Submission.Create().SetOrganizationID(e.OrganizationID).SetUserID(e.UserID).SetEnrollmentID(e.ID).SetCourseID(e.CourseID).
			SetVersionID(e.VersionID).SetLesson(in.Lesson).SetNumber(len(before) + 1).SetText(text).SetSubmittedAt(s.now()).Save(act)
		if err != nil {
			return "", err
		}
		if len(in.Uploads) > 0 {
			if err := s.files.AttachToSubmission(act, tx, w.ID, in.Uploads); err != nil {
				return "", err
			}
		}
		return w.ID, s.tell(act, tx, events.WorkHandedIn, e, schema.EventData{Subject: string(w.ID)})
	})
}

// maySubmit refuses work where some waits, was good, or no try is left.
func maySubmit(a *schema.Assignment, before []*ent.Submission) error {
	for _, w := range before {
		switch w.Status {
		case submission.StatusSUBMITTED:
			return refuse(NotGraded, "What you have handed in waits to be graded.", "Was Sie abgegeben haben, wartet auf die Bewertung.", "lesson")
		case submission.StatusPASSED:
			return refuse(Passed, "You have passed it.", "Sie haben es bestanden.", "lesson")
		case submission.StatusRETURNED:
		}
	}
	if a.Attempts > 0 && len(before) >= a.Attempts {
		return refuse(NoAttemptLeft, "There is no attempt left.", "Es ist kein Versuch mehr übrig.", "lesson")
	}
	return nil
}

// Grading is the input of Grade.
type Grading struct {
	ID      gid.ID
	Version int
	Scores  []schema.RubricScore
	Comment *string
}

// Grade says what work is worth: good when it reaches enough points, to be done again
// otherwise.
func (s *Service) Grade(ctx context.Context, in Grading) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		found, err := tx.Submission.Query().Where(submission.ID(in.ID)).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		e, err := tx.Enrollment.Query().Where(enrollment.ID(found.EnrollmentID), store.Held).Only(ctx) // in the order of all who work on it
		if err != nil {
			return "", notFound(err)
		}
		w, err := tx.Submission.Query().Where(submission.ID(in.ID), store.Held).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		act, err := access.Act(ctx, doGrade, access.Owner{Organization: w.OrganizationID, User: w.UserID, Subject: w.ID})
		switch {
		case err != nil:
			return "", err
		case isOwn(ctx, w.UserID):
			return "", problem.ErrForbidden
		case w.Status != submission.StatusSUBMITTED:
			return "", refuse(Graded, "It has been graded.", "Es wurde bewertet.", "id")
		case w.Version != in.Version:
			return "", problem.ErrStale
		}
		return w.ID, s.grade(act, tx, e, w, in)
	})
}

func (s *Service) grade(act context.Context, tx *ent.Client, e *ent.Enrollment, w *ent.Submission, in Grading) error {
	a, err := s.assignment(act, w)
	if err != nil {
		return err
	}
	scores, sum, most, err := scored(a, in.Scores)
	if err != nil {
		return err
	}
	comment := ""
	if in.Comment != nil {
		if comment, err = problem.Prose(*in.Comment, longestComment, "input", "comment"); err != nil {
			return err
		}
	}
	status := Outcome(a, sum, most)
	err = tx.Submission.UpdateOneID(w.ID).SetScores(scores).SetComment(comment).SetStatus(status).SetGraderID(gid.ID(actorOf(act))).
		SetGradedAt(s.now()).AddVersion(1).Exec(act)
	if err != nil {
		return err
	}
	if err := s.tell(act, tx, events.WorkGraded, e, schema.EventData{Subject: string(w.ID), To: string(status)}); err != nil {
		return err
	}
	if err := s.stateGraded(act, e, w, status == submission.StatusPASSED, sum, most); err != nil {
		return err
	}
	if status != submission.StatusPASSED || !MayRead(e) {
		return nil
	}
	return s.again(act, tx, e)
}

// Outcome is what becomes of work that has so many points of so many.
func Outcome(a *schema.Assignment, sum, most int) submission.Status {
	if sum*100 >= a.PassingPercent*most {
		return submission.StatusPASSED
	}
	return submission.StatusRETURNED
}

// assignment is what work was handed in for.
func (s *Service) assignment(ctx context.Context, w *ent.Submission) (*schema.Assignment, error) {
	b, err := s.Book(ctx, w.VersionID)
	if err != nil {
		return nil, err
	}
	if l, _ := content.Find(b.Doc, w.Lesson); l != nil && l.Assignment != nil {
		return l.Assignment, nil
	}
	return nil, problem.ErrNotFound
}

// scored reads the points of all criteria.
func scored(a *schema.Assignment, given []schema.RubricScore) (scores []schema.RubricScore, sum, most int, err error) {
	for _, c := range a.Rubric {
		i := slices.IndexFunc(given, func(g schema.RubricScore) bool { return g.Key == c.Key })
		if i < 0 || given[i].Points < 0 || given[i].Points > c.Points {
			return nil, 0, 0, problem.Refuse(Invalid, problem.Text{
				EN: "Give from 0 to %d points for %s.", DE: "Geben Sie 0 bis %d Punkte für %s.",
			}.Format(c.Points, c.Key), "input", "scores")
		}
		g := given[i]
		if g.Comment, err = problem.Prose(g.Comment, 1000, "input", "scores"); err != nil {
			return nil, 0, 0, err
		}
		scores = append(scores, g)
		sum, most = sum+g.Points, most+c.Points
	}
	if len(given) != len(a.Rubric) {
		return nil, 0, 0, invalid("Give points for each criterion once.", "Geben Sie zu jedem Kriterium einmal Punkte.", "scores")
	}
	return scores, sum, most, nil
}

// MaySubmit says whether work can be handed in now, and how often still; -1 without
// limit.
func (s *Service) MaySubmit(ctx context.Context, e *ent.Enrollment, l *schema.Lesson) (may bool, left int, err error) {
	before, err := s.store.Reader(ctx).Submission.Query().Where(submission.EnrollmentID(e.ID), submission.Lesson(l.Key)).All(ctx)
	if err != nil {
		return false, 0, err
	}
	left = -1
	if l.Assignment.Attempts > 0 {
		left = max(0, l.Assignment.Attempts-len(before))
	}
	may = maySubmit(l.Assignment, before) == nil && learnable(e) == nil && LessonStatusOf(e, l) != progress.Locked && access.May(ctx, doSubmit, ownerOf(e))
	return may, left, nil
}

// isOwn says whether somebody is the viewer: trainers learn, too, and nobody judges what
// they did themselves.
func isOwn(ctx context.Context, userID gid.ID) bool { return auth.From(ctx).UserID == string(userID) }

// MayGrade says whether the viewer may grade work.
func (s *Service) MayGrade(ctx context.Context, w *ent.Submission) bool {
	return w.Status == submission.StatusSUBMITTED && !isOwn(ctx, w.UserID) && access.May(ctx, doGrade, access.Owner{Organization: w.OrganizationID, User: w.UserID, Subject: w.ID})
}
