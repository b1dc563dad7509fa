package graph

import (
	"context"
	"html"
	"math/big"
	"strconv"
	"time"

	"foyer/ent"
	"foyer/ent/attempt"
	"foyer/graph/model"
	"foyer/portal/markdown"
	"foyer/portal/training"
	lessons "foyer/portal/training/content"
	"foyer/portal/training/quiz"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// lessonText makes HTML of what lessons and questions say.
var lessonText = markdown.New(markdown.Options{})

// htmlOf is Markdown as safe HTML. No text that was published fails (content.Check): were
// one to, it would be shown as it was typed, rather than closing its lesson.
func htmlOf(source string) string {
	text, err := lessonText.HTML(source)
	if err != nil {
		return "<p>" + html.EscapeString(source) + "</p>"
	}
	return text
}

// hundredths writes points.
func hundredths(n int) money.Decimal {
	text := new(big.Rat).SetFrac64(int64(n), 100).FloatString(2)
	for text[len(text)-1] == '0' {
		text = text[:len(text)-1]
	}
	if text[len(text)-1] == '.' {
		text = text[:len(text)-1]
	}
	return money.Decimal(text)
}

func (r *Resolver) attemptsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Attempt, error) {
	return byID(ctx, r.Store.Client().Attempt.Query().Where(attempt.IDIn(ids...)), func(x *ent.Attempt) gid.ID { return x.ID })
}

func (r *Resolver) attemptPayload(ctx context.Context, id gid.ID, err error) (*model.AttemptPayload, error) {
	list, err := trainingErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	out := &model.AttemptPayload{AttemptID: id, UserErrors: list}
	if id != "" && len(list) == 0 {
		a, err := r.Store.Client().Attempt.Query().Where(attempt.ID(id)).Select(attempt.FieldID, attempt.FieldEnrollmentID).Only(ctx)
		if err != nil {
			return nil, err
		}
		out.EnrollmentID = a.EnrollmentID
	}
	return out, nil
}

func answersOf(in model.SaveAnswersInput, submit bool) training.Answers {
	return training.Answers{AttemptID: in.AttemptID, Version: in.Version, Submit: submit, Given: mapped(in.Answers, func(a *model.AnswerInput) quiz.Given {
		return quiz.Given{Question: a.Question, Answer: schema.Answer{Places: a.Places, Number: said(a.Number), Text: said(a.Text)}}
	})}
}

// askedQuestions are those of an attempt as the viewer may see them.
func (r *Resolver) askedQuestions(ctx context.Context, a *ent.Attempt) ([]*model.AskedQuestion, error) {
	list, err := r.Training.Questions(ctx, a, language(ctx))
	if err != nil {
		return nil, err
	}
	return mapped(list, askedQuestion), nil
}

func askedQuestion(q training.Asked) *model.AskedQuestion {
	out := &model.AskedQuestion{
		Place: q.Place, Kind: model.QuestionKind(q.Kind), HTML: htmlOf(q.Text), Points: hundredths(q.Points * 100),
		Choices: notNull(q.Choices), Left: []string{}, Right: notNull(q.Right), Unit: filled(q.Unit),
	}
	if q.Kind == schema.AskMatch {
		out.Left, out.Choices = out.Choices, []string{}
	}
	if a := q.Answer; a != nil {
		out.Answer = &model.QuestionAnswer{Places: notNull(a.Places), Number: filled(a.Number), Text: filled(a.Text)}
	}
	if q.Reached != nil {
		out.Reached = new(hundredths(*q.Reached))
	}
	if s := q.Solution; s != nil {
		out.Solution = &model.QuestionSolution{Places: notNull(s.Places), Texts: notNull(s.Texts), Tolerance: filled(s.Tolerance), Explanation: filled(htmlOf(s.Explanation))}
		if q.Kind == schema.AskNumber && len(s.Texts) > 0 {
			out.Solution.Number = &s.Texts[0]
		}
	}
	return out
}

func points(n *int) *money.Decimal {
	if n == nil {
		return nil
	}
	return new(hundredths(*n))
}

func percentOf(a *ent.Attempt) *int {
	if a.Points == nil {
		return nil
	}
	return new(training.PercentOf(*a.Points, a.MaxPoints))
}

func secondsLeft(a *ent.Attempt, now time.Time) *int {
	if a.Status != attempt.StatusOPEN || a.EndsAt == nil {
		return nil
	}
	return new(max(0, int(a.EndsAt.Sub(now)/time.Second)))
}

// lessonContent is what is to be read and done in a lesson, for whom it is open.
func (r *Resolver) lessonContent(ctx context.Context, obj *model.EnrolledLesson) (*model.LessonContent, error) {
	e := obj.Of
	b, err := r.bookOf(ctx, e.VersionID)
	if err != nil {
		return nil, err
	}
	l, _ := lessons.Find(b.Doc, obj.Key)
	if !training.OpensLesson(ctx, e, l) {
		return nil, nil //nolint:nilnil // not for them, or not yet
	}
	out := &model.LessonContent{HTML: filled(htmlOf(b.Text(l.Body, language(ctx))))}
	if m := l.Media; m != nil {
		out.Link = filled(m.URL)
		if l.Kind == schema.LessonVideo {
			out.VideoSeconds = &m.Seconds
		}
		if l.Kind != schema.LessonLink {
			out.Link, out.URL = nil, filled(m.URL)
		}
		f, err := r.Training.MediaOf(ctx, b.CourseID, m)
		if err != nil {
			return nil, err
		}
		if f != nil {
			out.URL, out.Name = &f.URL, &f.Name
		}
	}
	if l.Quiz != nil {
		if out.Quiz, err = r.lessonQuiz(ctx, e, l); err != nil {
			return nil, err
		}
	}
	if l.Assignment != nil {
		out.Assignment, err = r.lessonAssignment(ctx, e, b, l)
	}
	return out, err
}

func (r *Resolver) lessonQuiz(ctx context.Context, e *ent.Enrollment, l *schema.Lesson) (*model.LessonQuiz, error) {
	t, err := r.Training.Turn(ctx, e, l)
	if err != nil {
		return nil, err
	}
	q := l.Quiz
	out := &model.LessonQuiz{
		QuestionCount: lessons.Asked(q), PassingPercent: q.PassingPercent, NegativePercent: q.NegativePercent, NextAttemptAt: t.At,
		IsPassed: t.Reason == quiz.Passed, CanStart: t.May, EnrollmentID: e.ID, Lesson: l.Key,
	}
	if q.Attempts > 0 {
		out.AttemptLimit, out.AttemptsLeft = &q.Attempts, &t.Left
	}
	if q.LimitSeconds > 0 {
		out.LimitSeconds = &q.LimitSeconds
	}
	return out, nil
}

func correctionOf(in model.CorrectQuestionInput) training.Correction {
	c := schema.QuestionCorrection{Lesson: in.Lesson, Question: in.Question, Void: in.IsVoid, Correct: in.Correct, Accepted: readWords(in.Accepted), Note: said(in.Note)}
	if in.Number != nil {
		c.Number = &schema.NumberAnswer{Value: *in.Number, Tolerance: said(in.Tolerance)}
	}
	return training.Correction{VersionID: in.VersionID, QuestionCorrection: c, Expected: in.Expected}
}

const mostChanges = 200 // shown of a correction

func regradePreview(ctx context.Context, x quiz.Regraded, err error) (*model.RegradePreview, error) {
	list, err := trainingErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.RegradePreview{
		Attempts: x.Looked, Changed: len(x.Changes), UserErrors: list,
		Changes: mapped(x.Changes[:min(len(x.Changes), mostChanges)], func(c quiz.Change) *model.RegradeChange {
			after := c.Settled(false)
			return &model.RegradeChange{
				AttemptID: gid.ID(c.ID), Before: hundredths(c.Before.Sum), After: hundredths(after.Sum), PassedBefore: c.Before.Passed, PassedAfter: after.Passed,
			}
		}),
	}, nil
}

func correctPayload(ctx context.Context, id gid.ID, changed int, err error) (*model.CorrectQuestionPayload, error) {
	list, err := trainingErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	if len(list) > 0 {
		changed = 0
	}
	return &model.CorrectQuestionPayload{VersionID: id, Changed: changed, UserErrors: list}, nil
}

// rounded writes a share to three decimals; nothing where there is none. There is no
// -0.000, which is what floats make of a little less than nothing.
func rounded(x *float64) *money.Decimal {
	if x == nil {
		return nil
	}
	text := strconv.FormatFloat(*x, 'f', 3, 64)
	if text == "-0.000" {
		text = "0.000"
	}
	return new(money.Decimal(text))
}
