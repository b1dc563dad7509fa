package training

import (
	"context"
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/attempt"
	"foyer/ent/enrollment"
	"foyer/portal/training/content"
	"foyer/portal/training/quiz"
	"foyer/schema"
	"foyer/schema/gid"
)

// Figures are how the lessons and questions of a course fare.
type Figures struct {
	Enrolled, Active, Completed, Withdrawn int
	MedianDays                             *float64
	Rating                                 *float64
	Ratings                                int
	Feedback                               []*ent.Enrollment // the latest first
	Lessons                                []LessonFigures
	Questions                              []QuestionFigures
}

// LessonFigures are how many came how far in a lesson.
type LessonFigures struct {
	Lesson                *schema.Lesson
	Opened, Done, Stopped int
}

// QuestionFigures are how a question fares.
type QuestionFigures struct {
	Lesson   *schema.Lesson
	Question *schema.Question
	quiz.QuestionStatistics
}

const (
	idle         = 30 * 24 * time.Hour // after which somebody has stopped
	mostFeedback = 50
	mostLooked   = 20_000 // enrollments and attempts, the latest
)

// FiguresOf looks at who has learned a course: all who ever did for the numbers, those
// by the given version for its lessons and questions.
func (s *Service) FiguresOf(ctx context.Context, courseID gid.ID, b *Book) (*Figures, error) {
	tx := s.store.Reader(ctx)
	list, err := tx.Enrollment.Query().Where(enrollment.CourseID(courseID)).Order(ent.Desc(enrollment.FieldEnrolledAt)).Limit(mostLooked).
		Select(enrollment.FieldID, enrollment.FieldStatus, enrollment.FieldVersionID, enrollment.FieldLessons, enrollment.FieldEnrolledAt, enrollment.FieldActiveAt,
			enrollment.FieldStartedAt, enrollment.FieldLearnedAt, enrollment.FieldCompletedAt, enrollment.FieldRating, enrollment.FieldFeedback).All(ctx)
	if err != nil {
		return nil, err
	}
	f := &Figures{Enrolled: len(list)}
	f.count(list)
	f.lessons(list, b, s.now())
	if b.VersionID == "" {
		return f, nil
	}
	attempts, err := tx.Attempt.Query().Where(attempt.VersionID(b.VersionID), attempt.Number(1), attempt.StatusNEQ(attempt.StatusOPEN)).
		Order(ent.Desc(attempt.FieldStartedAt)).Limit(mostLooked).All(ctx)
	if err != nil {
		return nil, err
	}
	mended, err := s.corrections(ctx, tx, b.VersionID)
	if err != nil {
		return nil, err
	}
	f.questions(attempts, b, mended)
	return f, nil
}

func (f *Figures) count(list []*ent.Enrollment) {
	var days []float64
	sum := 0
	for _, e := range list {
		switch e.Status {
		case enrollment.StatusACTIVE:
			f.Active++
		case enrollment.StatusCOMPLETED:
			f.Completed++
		case enrollment.StatusWITHDRAWN:
			f.Withdrawn++
		case enrollment.StatusWAITING:
		}
		if e.CompletedAt != nil && e.ActiveAt != nil {
			days = append(days, max(0, e.CompletedAt.Sub(*e.ActiveAt).Hours()/24))
		}
		if e.Rating != nil {
			f.Ratings++
			sum += *e.Rating
			if e.Feedback != "" && len(f.Feedback) < mostFeedback {
				f.Feedback = append(f.Feedback, e)
			}
		}
	}
	if len(days) > 0 {
		slices.Sort(days)
		f.MedianDays = &days[(len(days)-1)/2]
	}
	if f.Ratings > 0 {
		f.Rating = new(float64(sum) / float64(f.Ratings))
	}
}

func (f *Figures) lessons(list []*ent.Enrollment, b *Book, now time.Time) {
	at := map[string]int{}
	for _, l := range content.Lessons(b.Doc) {
		at[l.Key] = len(f.Lessons)
		f.Lessons = append(f.Lessons, LessonFigures{Lesson: l})
	}
	for _, e := range list {
		if e.VersionID != b.VersionID {
			continue
		}
		stopped := e.Status == enrollment.StatusWITHDRAWN || e.Status == enrollment.StatusACTIVE && e.LearnedAt != nil && now.Sub(*e.LearnedAt) > idle
		for _, x := range e.Lessons {
			i, there := at[x.Key]
			if !there || x.OpenedAt == "" && x.DoneAt == "" {
				continue
			}
			f.Lessons[i].Opened++
			switch {
			case x.DoneAt != "":
				f.Lessons[i].Done++
			case stopped:
				f.Lessons[i].Stopped++
			}
		}
	}
}

func (f *Figures) questions(list []*ent.Attempt, b *Book, mended []schema.QuestionCorrection) {
	by := map[string][]*ent.Attempt{}
	for _, a := range list {
		by[a.Lesson] = append(by[a.Lesson], a)
	}
	for _, l := range content.Lessons(b.Doc) {
		if l.Quiz == nil {
			continue
		}
		for _, x := range quiz.Statistics(l.Quiz, attemptsOf(by[l.Key]), quiz.CorrectionsOf(mended, l.Key)) {
			f.Questions = append(f.Questions, QuestionFigures{Lesson: l, Question: quiz.Find(l.Quiz, x.Key), QuestionStatistics: x})
		}
	}
}
