package training

import (
	"context"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/attempt"
	"foyer/ent/courseversion"
	"foyer/ent/enrollment"
	"foyer/portal/access"
	"foyer/portal/store"
	"foyer/portal/training/content"
	"foyer/portal/training/quiz"
	"foyer/schema"
	"foyer/schema/gid"
)

// Correction is the input of Correct and of Preview.
type Correction struct {
	VersionID gid.ID
	schema.QuestionCorrection
	// Expected is how many results were shown to change.
	Expected *int
}

// regrading is what a correction does, before it is done.
type regrading struct {
	version     *ent.CourseVersion
	correction  schema.QuestionCorrection
	corrections []schema.QuestionCorrection // all, with it
	attempts    []*ent.Attempt
	result      quiz.Regraded
}

// Preview is what a mended question would change: attempts looked at, and changes.
func (s *Service) Preview(ctx context.Context, in Correction) (quiz.Regraded, error) {
	act, err := access.Act(ctx, doRegrade, access.Owner{})
	if err != nil {
		return quiz.Regraded{}, err
	}
	r, err := s.regrading(act, s.store.Reader(ctx), in)
	if err != nil {
		return quiz.Regraded{}, err
	}
	return r.result, nil
}

func (s *Service) regrading(act context.Context, tx *ent.Client, in Correction) (*regrading, error) {
	v, err := tx.CourseVersion.Query().Where(courseversion.ID(in.VersionID)).Only(act)
	if ent.IsNotFound(err) {
		return nil, orUnknown(nil, "versionId")
	}
	if err != nil {
		return nil, err
	}
	c, wrong := content.CheckCorrection(&v.Document, in.QuestionCorrection)
	if len(wrong) > 0 {
		return nil, wrong.Refusals("input")
	}
	c.At, c.By = s.now().Format(time.RFC3339), auth.From(act).UserID
	r := &regrading{version: v, correction: c}
	r.corrections = append(slices.DeleteFunc(slices.Clone(v.Corrections), func(x schema.QuestionCorrection) bool {
		return x.Lesson == c.Lesson && x.Question == c.Question
	}), c)
	l, _ := content.Find(&v.Document, c.Lesson)
	if l == nil || l.Quiz == nil {
		return nil, refuse(UnknownLesson, "The course has no such quiz.", "Diesen Test hat der Kurs nicht.", "lesson")
	}
	sys := auth.WithSystem(act, "attempts that a mended question was asked in, of all customers")
	list, err := tx.Attempt.Query().Where(attempt.VersionID(v.ID), attempt.Lesson(c.Lesson), attempt.StatusNEQ(attempt.StatusOPEN)).
		Order(ent.Asc(attempt.FieldID)).All(sys)
	if err != nil {
		return nil, err
	}
	r.attempts = slices.DeleteFunc(list, func(a *ent.Attempt) bool {
		return !slices.ContainsFunc(a.Questions, func(q schema.AttemptQuestion) bool { return q.Key == c.Question })
	})
	r.result = quiz.Regrade(l.Quiz, attemptsOf(r.attempts), quiz.CorrectionsOf(r.corrections, c.Lesson))
	return r, nil
}

// Correct mends a question of a published version and grades anew what it was asked in.
// It wants to know how many results were shown to change, so that nobody changes what
// they have not seen. Nobody who has passed loses it.
func (s *Service) Correct(ctx context.Context, in Correction) (id gid.ID, changed int, err error) {
	out, err := answered(ctx, s.store, func(ctx context.Context, tx *ent.Client) (*with, error) {
		act, err := access.Act(ctx, doRegrade, access.Owner{})
		if err != nil {
			return nil, err
		}
		if in.Expected == nil {
			return nil, invalid("Please send how many results you were shown to change.", "Bitte senden Sie mit, wie viele Ergebnisse sich laut Vorschau ändern.", "expected")
		}
		if _, err := tx.CourseVersion.Query().Where(courseversion.ID(in.VersionID), store.Held).Exist(act); err != nil { // one correction after the other
			return nil, err
		}
		r, err := s.regrading(act, tx, in)
		if err != nil {
			return nil, err
		}
		changed := len(r.result.Changes)
		if changed != *in.Expected {
			return nil, refuse(ChangedSince, "Other results would change than you were shown. Please look again.",
				"Es würden sich andere Ergebnisse ändern, als Sie gesehen haben. Bitte sehen Sie noch einmal nach.", "expected")
		}
		if err := tx.CourseVersion.UpdateOneID(r.version.ID).SetCorrections(r.corrections).Exec(act); err != nil {
			return nil, err
		}
		return &with{r.version.ID, changed}, s.regrade(act, tx, r)
	})
	if err != nil {
		return "", 0, err
	}
	return out.ID, out.Number, nil
}

func (s *Service) regrade(act context.Context, tx *ent.Client, r *regrading) error {
	sys := auth.WithSystem(act, "results that a mended question changes, of all customers")
	by := map[string]*ent.Attempt{}
	for _, a := range r.attempts {
		by[string(a.ID)] = a
	}
	for _, c := range r.result.Changes {
		a := by[c.ID]
		score := c.Settled(false)
		asked := slices.Clone(a.Questions)
		for i := range asked {
			asked[i].Points = &c.Points[i]
		}
		a, err := tx.Attempt.UpdateOneID(a.ID).SetQuestions(asked).SetPoints(score.Sum).SetMaxPoints(score.Max).SetPassed(score.Passed).
			SetRegraded(true).AddVersion(1).Save(sys)
		if err != nil {
			return err
		}
		if err := s.stateRegraded(sys, tx, a); err != nil {
			return err
		}
		if !c.Passes {
			continue
		}
		e, err := tx.Enrollment.Query().Where(enrollment.ID(a.EnrollmentID), store.Held).Only(sys)
		if err != nil {
			return err
		}
		if learnable(e) != nil { // withdrawn meanwhile
			continue
		}
		if err := s.again(sys, tx, e); err != nil {
			return err
		}
	}
	return nil
}
