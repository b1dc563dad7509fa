package graph

import (
	"context"

	"foyer/ent"
	"foyer/ent/predicate"
	"foyer/ent/submission"
	"foyer/graph/model"
	"foyer/portal/training"
	lessons "foyer/portal/training/content"
	"foyer/schema"
	"foyer/schema/gid"
)

var longestWaiting = &ent.SubmissionOrder{Direction: "ASC", Field: ent.SubmissionOrderFieldSubmittedAt}

func submissionFilter(f *model.SubmissionFilter) []predicate.Submission {
	if f == nil {
		return nil
	}
	var where []predicate.Submission
	if len(f.Status) > 0 {
		where = append(where, submission.StatusIn(f.Status...))
	}
	if f.CourseID != nil {
		where = append(where, submission.CourseID(*f.CourseID))
	}
	return where
}

func (r *Resolver) submissionsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Submission, error) {
	return byID(ctx, r.Store.Client().Submission.Query().Where(submission.IDIn(ids...)), func(x *ent.Submission) gid.ID { return x.ID })
}

func submissionPayload(ctx context.Context, id gid.ID, err error) (*model.SubmissionPayload, error) {
	list, err := trainingErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.SubmissionPayload{SubmissionID: id, UserErrors: list}, nil
}

func rubric(ctx context.Context, b *training.Book, a *schema.Assignment) []*model.RubricCriterion {
	return mapped(a.Rubric, func(c schema.RubricCriterion) *model.RubricCriterion {
		return &model.RubricCriterion{Key: c.Key, Title: b.Text(c.Title, language(ctx)), Help: filled(b.Text(c.Help, language(ctx))), Points: c.Points}
	})
}

// taskOf is what work was handed in for.
func (r *Resolver) taskOf(ctx context.Context, w *ent.Submission) (*training.Book, *schema.Lesson, error) {
	b, err := r.bookOf(ctx, w.VersionID)
	if err != nil {
		return nil, nil, err
	}
	l, _ := lessons.Find(b.Doc, w.Lesson)
	return b, l, nil
}

func (r *Resolver) lessonAssignment(ctx context.Context, e *ent.Enrollment, b *training.Book, l *schema.Lesson) (*model.LessonAssignment, error) {
	may, left, err := r.Training.MaySubmit(ctx, e, l)
	if err != nil {
		return nil, err
	}
	out := &model.LessonAssignment{
		Rubric: rubric(ctx, b, l.Assignment), PassingPercent: l.Assignment.PassingPercent, MaxFiles: l.Assignment.MaxFiles, CanSubmit: may,
		EnrollmentID: e.ID, Lesson: l.Key,
	}
	if left >= 0 {
		out.AttemptsLeft = &left
	}
	return out, nil
}

func pointsOf(w *ent.Submission) *int {
	if w.Status == submission.StatusSUBMITTED {
		return nil
	}
	sum := 0
	for _, s := range w.Scores {
		sum += s.Points
	}
	return &sum
}

func mostOf(a *schema.Assignment) int {
	sum := 0
	for _, c := range a.Rubric {
		sum += c.Points
	}
	return sum
}
