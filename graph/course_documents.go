package graph

import (
	"time"

	"foyer/graph/model"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

func courseText(t map[string]string) *model.CourseText {
	if len(t) == 0 {
		return nil
	}
	return &model.CourseText{En: filled(t[schema.English.Code()]), De: filled(t[schema.German.Code()])}
}

func neededText(t map[string]string) *model.CourseText {
	if out := courseText(t); out != nil {
		return out
	}
	return &model.CourseText{}
}

func readText(t *model.CourseTextInput) map[string]string {
	if t == nil {
		return nil
	}
	out := map[string]string{}
	for code, s := range map[string]*string{schema.English.Code(): t.En, schema.German.Code(): t.De} {
		if s != nil && *s != "" {
			out[code] = *s
		}
	}
	return out
}

func courseWords(w map[string][]string) *model.CourseWords {
	if len(w) == 0 {
		return nil
	}
	return &model.CourseWords{En: notNull(w[schema.English.Code()]), De: notNull(w[schema.German.Code()])}
}

// notNull is a list that is never null.
func notNull[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func readWords(w *model.CourseWordsInput) map[string][]string {
	if w == nil {
		return nil
	}
	out := map[string][]string{}
	for code, list := range map[string][]string{schema.English.Code(): w.En, schema.German.Code(): w.De} {
		if len(list) > 0 {
			out[code] = list
		}
	}
	return out
}

// shownCourse is a course as it is written, for those who write it.
func shownCourse(d *schema.CourseDocument) *model.CourseDocument {
	out := &model.CourseDocument{
		Title: neededText(d.Title), Summary: courseText(d.Summary), Languages: notNull(d.Languages), Cover: filled(d.Cover),
		Prerequisites: notNull(d.Prerequisites),
		Modules: mapped(d.Modules, func(m schema.CourseModule) *model.DocumentModule {
			return &model.DocumentModule{Key: m.Key, Title: neededText(m.Title), Lessons: mapped(m.Lessons, shownLesson)}
		}),
	}
	if c := d.Certificate; c != nil {
		out.Certificate = &model.DocumentCertificate{
			Title: neededText(c.Title), Criteria: neededText(c.Criteria), ValidMonths: c.ValidMonths, RemindDays: notNull(c.RemindDays),
		}
	}
	return out
}

func shownLesson(l schema.Lesson) *model.DocumentLesson {
	out := &model.DocumentLesson{
		Key: l.Key, Kind: model.LessonKind(l.Kind), Title: neededText(l.Title), Minutes: l.Minutes, Body: courseText(l.Body),
		Rule: lessonRule(&l), Requires: notNull(l.Requires), IsOptional: l.Optional,
	}
	if m := l.Media; m != nil {
		out.Media = &model.DocumentMedia{URL: filled(m.URL), Seconds: m.Seconds}
		if m.FileID != "" {
			out.Media.FileID = new(gid.ID(m.FileID))
		}
	}
	if q := l.Quiz; q != nil {
		out.Quiz = &model.DocumentQuiz{
			Questions: mapped(q.Questions, shownQuestion), Shuffle: q.Shuffle, PassingPercent: q.PassingPercent, Attempts: q.Attempts,
			CoolingMinutes: q.CoolingMinutes, LimitSeconds: q.LimitSeconds, NegativePercent: q.NegativePercent, Reveal: model.QuizReveal(q.Reveal),
			Pools: mapped(q.Pools, func(p schema.QuestionPool) *model.DocumentPool {
				return &model.DocumentPool{Key: p.Key, Draw: p.Draw, Questions: notNull(p.Questions)}
			}),
		}
	}
	if a := l.Assignment; a != nil {
		out.Assignment = &model.DocumentAssignment{
			PassingPercent: a.PassingPercent, MaxFiles: a.MaxFiles, Attempts: a.Attempts,
			Rubric: mapped(a.Rubric, func(c schema.RubricCriterion) *model.DocumentCriterion {
				return &model.DocumentCriterion{Key: c.Key, Title: neededText(c.Title), Help: courseText(c.Help), Points: c.Points}
			}),
		}
	}
	return out
}

func shownQuestion(q schema.Question) *model.DocumentQuestion {
	return &model.DocumentQuestion{
		Key: q.Key, Kind: model.QuestionKind(q.Kind), Text: neededText(q.Text), Points: q.Points, Exact: q.Exact,
		Number: answerNumber(q.Number), Accepted: courseWords(q.Accepted), Explanation: courseText(q.Explanation),
		Choices: mapped(q.Choices, func(c schema.QuestionChoice) *model.DocumentChoice {
			return &model.DocumentChoice{Key: c.Key, Text: neededText(c.Text), IsCorrect: c.Correct}
		}),
		Pairs: mapped(q.Pairs, func(p schema.QuestionPair) *model.DocumentPair {
			return &model.DocumentPair{Key: p.Key, Left: neededText(p.Left), Right: neededText(p.Right)}
		}),
	}
}

func answerNumber(n *schema.NumberAnswer) *model.DocumentAnswerNumber {
	if n == nil {
		return nil
	}
	out := &model.DocumentAnswerNumber{Value: money.Decimal(n.Value), Unit: filled(n.Unit)}
	if n.Tolerance != "" {
		out.Tolerance = new(money.Decimal(n.Tolerance))
	}
	return out
}

func lessonRule(l *schema.Lesson) *model.LessonRule {
	out := &model.LessonRule{Kind: model.LessonRuleKind(l.Completion.Rule)}
	if n := l.Completion.Seconds; n > 0 {
		out.Seconds = &n
	}
	if n := l.Completion.Percent; n > 0 {
		out.Percent = &n
	}
	if l.Quiz != nil {
		out.Percent = &l.Quiz.PassingPercent
	}
	return out
}

func shownCorrection(c schema.QuestionCorrection) *model.QuestionCorrection {
	out := &model.QuestionCorrection{
		Lesson: c.Lesson, Question: c.Question, IsVoid: c.Void, Correct: notNull(c.Correct), Number: answerNumber(c.Number),
		Accepted: courseWords(c.Accepted), Note: filled(c.Note),
	}
	if at, err := time.Parse(time.RFC3339, c.At); err == nil {
		out.At = &at
	}
	return out
}

// readCourse reads a course as it is sent; nothing where none is.
func readCourse(in *model.CourseDocumentInput) *schema.CourseDocument {
	if in == nil {
		return nil
	}
	out := &schema.CourseDocument{
		Title: readText(in.Title), Summary: readText(in.Summary), Languages: in.Languages, Cover: said(in.Cover), Prerequisites: in.Prerequisites,
		Modules: mapped(in.Modules, func(m *model.DocumentModuleInput) schema.CourseModule {
			return schema.CourseModule{Key: m.Key, Title: readText(m.Title), Lessons: mapped(m.Lessons, readLesson)}
		}),
	}
	if c := in.Certificate; c != nil {
		out.Certificate = &schema.CertificateRules{
			Title: readText(c.Title), Criteria: readText(c.Criteria), ValidMonths: c.ValidMonths, RemindDays: c.RemindDays,
		}
	}
	return out
}

func readLesson(l *model.DocumentLessonInput) schema.Lesson {
	out := schema.Lesson{
		Key: l.Key, Kind: string(l.Kind), Title: readText(l.Title), Minutes: l.Minutes, Body: readText(l.Body),
		Completion: schema.LessonRule{Rule: string(l.Rule.Kind)}, Requires: l.Requires, Optional: l.IsOptional,
	}
	if n := l.Rule.Seconds; n != nil {
		out.Completion.Seconds = *n
	}
	if n := l.Rule.Percent; n != nil && l.Quiz == nil {
		out.Completion.Percent = *n
	}
	if m := l.Media; m != nil {
		out.Media = &schema.LessonMedia{URL: said(m.URL), Seconds: m.Seconds}
		if m.FileID != nil {
			out.Media.FileID = string(*m.FileID)
		}
	}
	if q := l.Quiz; q != nil {
		out.Quiz = &schema.Quiz{
			Questions: mapped(q.Questions, readQuestion), Shuffle: q.Shuffle, PassingPercent: q.PassingPercent, Attempts: q.Attempts,
			CoolingMinutes: q.CoolingMinutes, LimitSeconds: q.LimitSeconds, NegativePercent: q.NegativePercent, Reveal: string(q.Reveal),
			Pools: mapped(q.Pools, func(p *model.DocumentPoolInput) schema.QuestionPool {
				return schema.QuestionPool{Key: p.Key, Draw: p.Draw, Questions: p.Questions}
			}),
		}
	}
	if a := l.Assignment; a != nil {
		out.Assignment = &schema.Assignment{
			PassingPercent: a.PassingPercent, MaxFiles: a.MaxFiles, Attempts: a.Attempts,
			Rubric: mapped(a.Rubric, func(c *model.DocumentCriterionInput) schema.RubricCriterion {
				return schema.RubricCriterion{Key: c.Key, Title: readText(c.Title), Help: readText(c.Help), Points: c.Points}
			}),
		}
	}
	return out
}

func readQuestion(q *model.DocumentQuestionInput) schema.Question {
	return schema.Question{
		Key: q.Key, Kind: string(q.Kind), Text: readText(q.Text), Points: q.Points, Exact: q.Exact,
		Number: readNumber(q.Number), Accepted: readWords(q.Accepted), Explanation: readText(q.Explanation),
		Choices: mapped(q.Choices, func(c *model.DocumentChoiceInput) schema.QuestionChoice {
			return schema.QuestionChoice{Key: c.Key, Text: readText(c.Text), Correct: c.IsCorrect}
		}),
		Pairs: mapped(q.Pairs, func(p *model.DocumentPairInput) schema.QuestionPair {
			return schema.QuestionPair{Key: p.Key, Left: readText(p.Left), Right: readText(p.Right)}
		}),
	}
}

func readNumber(n *model.DocumentAnswerNumberInput) *schema.NumberAnswer {
	if n == nil {
		return nil
	}
	out := &schema.NumberAnswer{Value: string(n.Value), Unit: said(n.Unit)}
	if n.Tolerance != nil {
		out.Tolerance = string(*n.Tolerance)
	}
	return out
}
