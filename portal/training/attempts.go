package training

import (
	"context"
	"errors"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/attempt"
	"foyer/ent/courseversion"
	"foyer/ent/enrollment"
	"foyer/ent/predicate"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/portal/training/content"
	"foyer/portal/training/quiz"
	"foyer/schema"
	"foyer/schema/gid"
)

const doTake = "attempt.take"

// Start begins an attempt at a quiz, or gives the one that is open, and returns its id.
// Whoever begins on two devices at once is on the same one: the enrollment is held.
func (s *Service) Start(ctx context.Context, enrollmentID gid.ID, lesson string) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		e, act, err := s.hold(ctx, tx, doTake, enrollmentID)
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
		l, err := lessonOf(e, b, lesson, schema.LessonQuiz)
		if err != nil {
			return "", err
		}
		history, before, err := s.tried(act, tx, e, lesson)
		if err != nil {
			return "", err
		}
		if e, err = s.closeLate(act, tx, e, history); err != nil {
			return "", err
		}
		t := quiz.Next(l.Quiz, append(attemptsOf(history), closed(before)...), s.now())
		if !t.May {
			if t.Reason == quiz.Open {
				return gid.ID(t.Attempt), nil
			}
			return "", notNow(t)
		}
		seed, err := quiz.NewSeed()
		if err != nil {
			return "", err
		}
		now := s.now()
		a, err := tx.Attempt.Create().SetOrganizationID(e.OrganizationID).SetUserID(e.UserID).SetEnrollmentID(e.ID).SetVersionID(e.VersionID).
			SetLesson(lesson).SetNumber(len(history) + 1).SetQuestions(quiz.Draw(l.Quiz, seed)).SetStartedAt(now).
			SetNillableEndsAt(quiz.Deadline(l.Quiz, now)).Save(act)
		if err != nil {
			return "", err
		}
		// A role of one's own may have been given the one permission without the other.
		seen, err := tx.Attempt.Query().Where(attempt.ID(a.ID)).Exist(ctx)
		if err == nil && !seen {
			err = problem.ErrForbidden
		}
		if err != nil {
			return "", err
		}
		return a.ID, nil
	})
}

// notNow says why no attempt can begin.
func notNow(t quiz.Turn) error {
	switch t.Reason {
	case quiz.Passed:
		return refuse(Passed, "You have passed it.", "Sie haben es bestanden.", "lesson")
	case quiz.Cooling:
		return problem.Refuse(Cooling, problem.Text{
			EN: "The next attempt is possible from %s on.", DE: "Der nächste Versuch ist ab %s möglich.",
		}.Format(t.At.UTC().Format("2006-01-02 15:04 UTC")), "input", "lesson")
	default:
		return refuse(NoAttemptLeft, "There is no attempt left.", "Es ist kein Versuch mehr übrig.", "lesson")
	}
}

// history are the attempts of an enrollment at a quiz, the first one first. What is
// revealed after an attempt depends on them alone.
func (s *Service) history(ctx context.Context, tx *ent.Client, enrollmentID gid.ID, lesson string) ([]*ent.Attempt, error) {
	return tx.Attempt.Query().Where(attempt.EnrollmentID(enrollmentID), attempt.Lesson(lesson)).Order(ent.Asc(attempt.FieldNumber)).All(ctx)
}

// tried are somebody's attempts at a quiz in an enrollment, the first one first, and
// those before that count all the same: who enrolls by themselves after they withdrew
// has no more attempts than before, and no shorter pause. Whom others enroll again
// begins afresh; what was passed is no attempt that failed.
func (s *Service) tried(ctx context.Context, tx *ent.Client, e *ent.Enrollment, lesson string) (now, before []*ent.Attempt, err error) {
	in := attempt.EnrollmentID(e.ID)
	if e.Origin == enrollment.OriginSELF {
		in = attempt.Or(in, attempt.And(attempt.Or(attempt.PassedIsNil(), attempt.Passed(false)), attempt.HasEnrollmentWith(
			enrollment.CourseID(e.CourseID), enrollment.OrganizationID(e.OrganizationID), enrollment.UserID(e.UserID), enrollment.StatusEQ(enrollment.StatusWITHDRAWN))))
	}
	list, err := tx.Attempt.Query().Where(in, attempt.Lesson(lesson)).Order(ent.Asc(attempt.FieldNumber)).All(ctx)
	for _, a := range list {
		if a.EnrollmentID == e.ID {
			now = append(now, a)
		} else {
			before = append(before, a)
		}
	}
	return now, before, err
}

// closed are attempts of enrollments that are over: none is open any more.
func closed(list []*ent.Attempt) []quiz.Attempt {
	out := attemptsOf(list)
	for i, a := range list {
		if out[i].EndedAt.IsZero() {
			out[i].EndedAt = a.StartedAt
		}
	}
	return out
}

// attemptsOf are attempts as quizzes judge them.
func attemptsOf(list []*ent.Attempt) []quiz.Attempt {
	out := make([]quiz.Attempt, len(list))
	for i, a := range list {
		out[i] = quiz.Attempt{ID: string(a.ID), EndsAt: a.EndsAt, Questions: a.Questions, Score: scoreOf(a)}
		if a.SubmittedAt != nil {
			out[i].EndedAt = *a.SubmittedAt
		}
	}
	return out
}

func scoreOf(a *ent.Attempt) quiz.Score {
	sc := quiz.Score{Max: a.MaxPoints, Passed: a.Passed != nil && *a.Passed}
	if a.Points != nil {
		sc.Sum = *a.Points
	}
	sc.Percent = PercentOf(sc.Sum, sc.Max)
	return sc
}

// PercentOf is the share of points, a whole number rounded down.
func PercentOf(points, most int) int {
	if most == 0 {
		return 0
	}
	return points * 100 / most
}

// closeLate ends the attempts of a history whose time is over, and returns the
// enrollment as it then is.
func (s *Service) closeLate(act context.Context, tx *ent.Client, e *ent.Enrollment, history []*ent.Attempt) (*ent.Enrollment, error) {
	for i, a := range history {
		if a.Status != attempt.StatusOPEN || a.EndsAt == nil || !s.now().After(*a.EndsAt) {
			continue
		}
		done, err := s.finish(act, tx, e, a, a.Questions, attempt.StatusEXPIRED)
		if err != nil {
			return e, err
		}
		history[i] = done
		if e, err = tx.Enrollment.Query().Where(enrollment.ID(e.ID)).Only(act); err != nil {
			return e, err
		}
	}
	return e, nil
}

// Answers is the input of Save.
type Answers struct {
	AttemptID gid.ID
	Version   int
	Given     []quiz.Given
	Submit    bool
}

// errLate says that an attempt's time is over: it is closed, and the answers do not
// count.
var errLate = errors.New("training: the time of an attempt is over")

// SaveAnswers keeps answers of an open attempt, and with Submit grades it. It returns the
// attempt's id.
func (s *Service) SaveAnswers(ctx context.Context, in Answers) (gid.ID, error) {
	id, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		a, e, act, err := s.holdAttempt(ctx, tx, in.AttemptID)
		switch {
		case err != nil:
			return "", err
		case !MayRead(e):
			return "", learnable(e)
		case a.Status == attempt.StatusEXPIRED:
			return "", timeOver()
		case a.Status != attempt.StatusOPEN:
			return "", refuse(Over, "It was handed in.", "Er wurde abgegeben.", "attemptId")
		case a.EndsAt != nil && s.now().After(*a.EndsAt):
			return "", errLate
		case a.Version != in.Version:
			return "", problem.ErrStale
		}
		l, err := s.quizOf(act, a)
		if err != nil {
			return "", err
		}
		asked, err := quiz.Save(l.Quiz, a.Questions, in.Given, "input", "answers")
		if err != nil {
			return "", err
		}
		if in.Submit {
			_, err = s.finish(act, tx, e, a, asked, attempt.StatusSUBMITTED)
		} else {
			err = tx.Attempt.UpdateOneID(a.ID).SetQuestions(asked).AddVersion(1).Exec(act)
		}
		return a.ID, err
	})
	if errors.Is(err, errLate) {
		if err = s.close(ctx, in.AttemptID); err == nil {
			err = timeOver()
		}
	}
	return id, err
}

func timeOver() error {
	return refuse(TimeOver, "The time is over. What was saved in time counts.", "Die Zeit ist um. Es zählt, was rechtzeitig gespeichert wurde.", "attemptId")
}

// holdAttempt finds an attempt that the viewer sees and holds its enrollment, then it:
// whoever works on the same one waits.
func (s *Service) holdAttempt(ctx context.Context, tx *ent.Client, id gid.ID) (*ent.Attempt, *ent.Enrollment, context.Context, error) {
	a, err := tx.Attempt.Query().Where(attempt.ID(id)).Only(ctx)
	if err != nil {
		return nil, nil, nil, notFound(err)
	}
	e, act, err := s.hold(ctx, tx, doTake, a.EnrollmentID)
	if err != nil {
		return nil, nil, nil, err
	}
	a, err = tx.Attempt.Query().Where(attempt.ID(id), store.Held).Only(act)
	return a, e, act, notFound(err)
}

// quizOf is the lesson of an attempt.
func (s *Service) quizOf(ctx context.Context, a *ent.Attempt) (*schema.Lesson, error) {
	b, err := s.Book(ctx, a.VersionID)
	if err != nil {
		return nil, err
	}
	if l, _ := content.Find(b.Doc, a.Lesson); l != nil && l.Quiz != nil {
		return l, nil
	}
	return nil, problem.ErrNotFound
}

// corrections are what was found wrong with a version's questions.
func (s *Service) corrections(ctx context.Context, tx *ent.Client, version gid.ID, how ...predicate.CourseVersion) ([]schema.QuestionCorrection, error) {
	v, err := tx.CourseVersion.Query().Where(courseversion.ID(version)).Where(how...).Select(courseversion.FieldID, courseversion.FieldCorrections).
		Only(auth.WithSystem(ctx, "corrections of questions, by which an attempt is graded"))
	if err != nil {
		return nil, err
	}
	return v.Corrections, nil
}

// settled waits until nobody corrects a version's questions, and lets nobody begin to:
// an attempt that is graded meanwhile would not be among those that are graded anew.
// Attempts do not wait for each other. SQLite has one writer at a time.
func settled(q *sql.Selector) {
	if q.Dialect() == dialect.Postgres {
		q.ForShare()
	}
}

// finish grades an attempt and lets its learner get on.
func (s *Service) finish(act context.Context, tx *ent.Client, e *ent.Enrollment, a *ent.Attempt, asked []schema.AttemptQuestion, status attempt.Status) (*ent.Attempt, error) {
	l, err := s.quizOf(act, a)
	if err != nil {
		return nil, err
	}
	mended, err := s.corrections(act, tx, a.VersionID, settled)
	if err != nil {
		return nil, err
	}
	at := s.now()
	if status == attempt.StatusEXPIRED {
		at = *a.EndsAt
	}
	r := quiz.Grade(l.Quiz, asked, quiz.CorrectionsOf(mended, a.Lesson))
	a, err = tx.Attempt.UpdateOneID(a.ID).SetQuestions(r.Onto(asked)).SetStatus(status).SetSubmittedAt(at).SetPoints(r.Sum).SetMaxPoints(r.Max).
		SetPassed(r.Passed).AddVersion(1).Save(act)
	if err != nil {
		return nil, err
	}
	b, err := s.Book(act, a.VersionID)
	if err != nil {
		return nil, err
	}
	if err := s.stateAttempted(act, e, b, a); err != nil || !r.Passed || !MayRead(e) {
		return a, err
	}
	return a, s.again(act, tx, e)
}

// again looks at how far somebody is, after something was let pass.
func (s *Service) again(act context.Context, tx *ent.Client, e *ent.Enrollment) error {
	b, err := s.Book(act, e.VersionID)
	if err != nil {
		return err
	}
	state, err := stateOf(e)
	if err != nil {
		return err
	}
	return s.advance(act, tx, e, b, state)
}

// close ends an attempt whose time is over.
func (s *Service) close(ctx context.Context, id gid.ID) error {
	ctx = auth.WithSystem(ctx, "an attempt whose time is over is graded by what was saved")
	return s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		a, e, act, err := s.holdAttempt(ctx, tx, id)
		if err != nil || a.Status != attempt.StatusOPEN || a.EndsAt == nil || !s.now().After(*a.EndsAt) {
			return err
		}
		_, err = s.finish(act, tx, e, a, a.Questions, attempt.StatusEXPIRED)
		return err
	})
}

// lateArgs order that attempts end whose time is over.
type lateArgs struct{}

// Kind names the work.
func (lateArgs) Kind() string { return "training.late" }

const mostLate = 500 // in one run

// CloseLate ends the attempts whose time is over and whose learner has gone.
func (s *Service) CloseLate(ctx context.Context) error {
	sys := auth.WithSystem(ctx, "attempts whose time is over are graded by what was saved")
	ids, err := s.store.Reader(ctx).Attempt.Query().Where(attempt.StatusEQ(attempt.StatusOPEN), attempt.EndsAtLT(s.now().Add(-time.Second))).
		Order(ent.Asc(attempt.FieldEndsAt)).Limit(mostLate).IDs(sys)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.close(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// Asked is a question of an attempt as the viewer may see it.
type Asked struct {
	quiz.Shown
	Reached  *int           // in hundredths; nil before it may be seen
	Solution *quiz.Answered // nil before it may be seen
}

// Questions are those of an attempt, for its learner and for trainers: managers see
// results, and neither questions nor answers. What is right shows once it may.
func (s *Service) Questions(ctx context.Context, a *ent.Attempt, language string) ([]Asked, error) {
	v := auth.From(ctx)
	staff := v.Grants().Has(schema.PermTraining)
	if !staff && (v.UserID != string(a.UserID) || v.OrganizationID != string(a.OrganizationID)) {
		return nil, nil
	}
	l, err := s.quizOf(ctx, a)
	if err != nil {
		return nil, err
	}
	b, err := s.Book(ctx, a.VersionID)
	if err != nil {
		return nil, err
	}
	language = content.Language(b.Doc, language)
	tx := s.store.Reader(ctx)
	reveal := staff
	if !reveal && a.Status != attempt.StatusOPEN {
		history, err := s.history(ctx, tx, a.EnrollmentID, a.Lesson)
		if err != nil {
			return nil, err
		}
		t := quiz.Next(l.Quiz, attemptsOf(history), s.now())
		reveal = t.Attempt == "" && quiz.Reveal(l.Quiz, t.Reason == quiz.Passed, t.Left, true)
	}
	var mended quiz.Corrections
	if reveal {
		list, err := s.corrections(ctx, tx, a.VersionID)
		if err != nil {
			return nil, err
		}
		mended = quiz.CorrectionsOf(list, a.Lesson)
	}
	shown := quiz.ShowAll(l.Quiz, a.Questions, language)
	out := make([]Asked, len(shown))
	for i, x := range shown {
		out[i] = Asked{Shown: x}
		if !reveal {
			continue
		}
		at := &a.Questions[x.Place-1]
		right := quiz.Solution(quiz.Find(l.Quiz, at.Key), at, mended, language)
		out[i].Reached, out[i].Solution = at.Points, &right
	}
	return out, nil
}

// Turn says whether somebody may begin an attempt at a quiz, and how often they have
// tried.
func (s *Service) Turn(ctx context.Context, e *ent.Enrollment, l *schema.Lesson) (quiz.Turn, error) {
	now, before, err := s.tried(ctx, s.store.Reader(ctx), e, l.Key)
	if err != nil {
		return quiz.Turn{}, err
	}
	t := quiz.Next(l.Quiz, append(attemptsOf(now), closed(before)...), s.now())
	t.May = t.May && learnable(e) == nil && access.May(ctx, doTake, ownerOf(e))
	return t, nil
}
