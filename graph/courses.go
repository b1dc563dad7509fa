package graph

import (
	"context"
	"errors"
	"strings"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/course"
	"foyer/ent/courseversion"
	"foyer/ent/enrollment"
	"foyer/ent/predicate"
	"foyer/graph/model"
	"foyer/portal/problem"
	"foyer/portal/training"
	lessons "foyer/portal/training/content"
	"foyer/schema"
	"foyer/schema/gid"
)

// front is what a course looks like from outside.
func (r *Resolver) front(ctx context.Context, c *ent.Course) (*training.Book, error) {
	if b := r.Training.Kept(c); b != nil {
		return b, nil
	}
	b, err := gatheredOne(ctx, c.ID, r.Training.Fronts)
	if err == nil && b == nil {
		return &training.Book{CourseID: c.ID, Doc: &schema.CourseDocument{}}, nil // it has gone in between
	}
	return b, err
}

// bookOf is a version of a course that the viewer has come to.
func (r *Resolver) bookOf(ctx context.Context, version gid.ID) (*training.Book, error) {
	return found(gatheredOne(ctx, version, r.Training.Books))
}

func trainingErrors(ctx context.Context, err error) ([]*model.TrainingError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.TrainingError {
		return &model.TrainingError{Field: field, Code: trainingCode(code), Message: message}
	})
}

// trainingCode is a refusal's code in the words of the API, which has fewer: what a
// document or an answer lacks is told by its field and its sentence.
func trainingCode(code string) model.TrainingErrorCode {
	if c := model.TrainingErrorCode(code); c.IsValid() {
		return c
	}
	return model.TrainingErrorCodeInvalid
}

func courseProblems(ctx context.Context, list lessons.Problems) []*model.CourseProblem {
	return mapped(list, func(p lessons.Problem) *model.CourseProblem {
		return &model.CourseProblem{Path: strings.Join(p.Path, "."), Code: p.Code, Message: p.Text.In(language(ctx))}
	})
}

// coursePayload is the answer to a change of a course.
func coursePayload(ctx context.Context, id gid.ID, err error) (*model.CoursePayload, error) {
	var refused *training.Refused
	var wrong lessons.Problems
	if errors.As(err, &refused) {
		wrong = refused.Problems
	}
	list, err := trainingErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.CoursePayload{CourseID: id, Problems: courseProblems(ctx, wrong), UserErrors: list}, nil
}

func (r *Resolver) coursesByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Course, error) {
	return byID(ctx, r.Store.Client().Course.Query().Where(course.IDIn(ids...)), func(x *ent.Course) gid.ID { return x.ID })
}

func (r *Resolver) courseVersionsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.CourseVersion, error) {
	return byID(ctx, r.Store.Client().CourseVersion.Query().Where(courseversion.IDIn(ids...)), func(x *ent.CourseVersion) gid.ID { return x.ID })
}

// currentCourses are the latest versions of courses, by the courses' ids.
func (r *Resolver) currentCourses(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.CourseVersion, error) {
	books, err := r.Training.Current(ctx, ids)
	if err != nil {
		return nil, err
	}
	versions := make([]gid.ID, 0, len(books))
	for _, b := range books {
		versions = append(versions, b.VersionID)
	}
	list, err := r.courseVersionsByID(ctx, versions)
	if err != nil {
		return nil, err
	}
	out := make(map[gid.ID]*ent.CourseVersion, len(books))
	for id, b := range books {
		out[id] = list[b.VersionID]
	}
	return out, nil
}

// findCourse finds one by its id or its key.
func (r *Resolver) findCourse(ctx context.Context, id *gid.ID, key *string) (*ent.Course, error) {
	where := course.Key(said(key))
	switch {
	case (id == nil) == (key == nil):
		return nil, problem.Input("Give either the id or the key.", "Bitte geben Sie entweder die Id oder den Schlüssel an.")
	case id != nil:
		where = course.ID(*id)
	}
	q, err := r.Store.Client().Course.Query().Where(where).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	c, err := q.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return c, err
}

func courseFilter(in *model.CourseFilter) []predicate.Course {
	if in == nil {
		return nil
	}
	var out []predicate.Course
	if len(in.Status) > 0 {
		out = append(out, course.StatusIn(in.Status...))
	}
	if in.Search != nil {
		for w := range strings.FieldsSeq(*in.Search) {
			out = append(out, course.NameContainsFold(w))
		}
	}
	return out
}

func courseModules(b *training.Book, l string) []*model.CourseModule {
	return mapped(b.Doc.Modules, func(m schema.CourseModule) *model.CourseModule {
		return &model.CourseModule{Key: m.Key, Title: b.Text(m.Title, l), Lessons: mapped(m.Lessons, func(x schema.Lesson) *model.CourseLesson {
			return &model.CourseLesson{Key: x.Key, Kind: model.LessonKind(x.Kind), Title: b.Text(x.Title, l), Minutes: x.Minutes, IsOptional: x.Optional}
		})}
	})
}

func languagesOf(doc *schema.CourseDocument) []schema.Language {
	return mapped(doc.Languages, func(code string) schema.Language { return schema.Language(strings.ToUpper(code)) })
}

// coursePrerequisites are the courses that have to be finished before another, and
// whether the viewer has.
func (r *Resolver) coursePrerequisites(ctx context.Context, c *ent.Course) ([]*model.CoursePrerequisite, error) {
	b, err := r.front(ctx, c)
	if err != nil {
		return nil, err
	}
	list, err := gatheredFor(ctx, b, r.Training.Prerequisites)
	return mapped(list, func(p training.Needed) *model.CoursePrerequisite {
		return &model.CoursePrerequisite{Key: p.Key, Title: p.Title.Text(p.Title.Doc.Title, language(ctx)), IsMet: p.Met, CourseID: p.CourseID}
	}), err
}

// latestEnrollments are the viewer's own, by the ids of the courses.
func (r *Resolver) latestEnrollments(ctx context.Context, courses []gid.ID) (map[gid.ID]*ent.Enrollment, error) {
	v := auth.From(ctx)
	q, err := r.Store.Client().Enrollment.Query().Where(enrollment.CourseIDIn(courses...), enrollment.UserID(gid.ID(v.UserID)), enrollment.OrganizationID(gid.ID(v.OrganizationID))).
		CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	// By which course an enrollment is found, also where nobody asks for it.
	q.Where(func(s *sql.Selector) { s.AppendSelect(s.C(enrollment.FieldCourseID)) })
	list, err := q.Order(ent.Asc(enrollment.FieldEnrolledAt, enrollment.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	latest := make(map[gid.ID]*ent.Enrollment, len(list))
	for _, e := range list {
		latest[e.CourseID] = e
	}
	return latest, nil
}

func (r *Resolver) productsOfRule(ctx context.Context, ids []string) ([]*ent.Product, error) {
	return gathered(ctx, mapped(ids, func(id string) gid.ID { return gid.ID(id) }), r.productsByID)
}

// soldAs is what is bought for a place: an empty id for nothing, none to leave it as it is.
func soldAs(in model.SaveCourseInput) *gid.ID {
	if in.VariantID == nil && in.IsFree != nil && *in.IsFree {
		return new(gid.ID(""))
	}
	return in.VariantID
}

func courseRules(in *model.CourseRulesInput) *schema.CourseRules {
	if in == nil {
		return nil
	}
	text := func(id gid.ID) string { return string(id) }
	out := &schema.CourseRules{Products: mapped(in.Products, text), RequiredFor: mapped(in.RequiredFor, text)}
	if in.DueDays != nil {
		out.DueDays = *in.DueDays
	}
	if in.RenewDays != nil {
		out.Renew = *in.RenewDays
	}
	return out
}

func courseAudience(in *model.CourseAudienceInput) *training.Audience {
	if in == nil {
		return nil
	}
	return &training.Audience{Restricted: in.IsRestricted, Organizations: in.Organizations, Segments: in.Segments, Owners: in.Owners}
}

func shownRules(x schema.CourseRules) *model.CourseRules {
	out := &model.CourseRules{Rules: x}
	if x.DueDays > 0 {
		out.DueDays = &x.DueDays
	}
	if x.Renew > 0 {
		out.RenewDays = &x.Renew
	}
	return out
}

func certificateTitle(ctx context.Context, b *training.Book) *string {
	if b.Doc.Certificate == nil {
		return nil
	}
	return filled(b.Text(b.Doc.Certificate.Title, language(ctx)))
}

func certificateMonths(b *training.Book) *int {
	if b.Doc.Certificate == nil || b.Doc.Certificate.ValidMonths == 0 {
		return nil
	}
	return &b.Doc.Certificate.ValidMonths
}

// audienceOf is for whom a course is, once for all fields that show it.
func (r *Resolver) audienceOf(ctx context.Context, id gid.ID) (*training.Audience, error) {
	return r.Training.AudienceOf(ctx, id)
}

var coursesByName = &ent.CourseOrder{Direction: "ASC", Field: ent.CourseOrderFieldName}

// courseFigures are how a course fares, by its latest version.
func (r *Resolver) courseFigures(ctx context.Context, c *ent.Course) (*model.CourseFigures, error) {
	b, err := r.front(ctx, c)
	if err != nil {
		return nil, err
	}
	f, err := r.Training.FiguresOf(ctx, c.ID, b)
	if err != nil {
		return nil, err
	}
	l := language(ctx)
	return &model.CourseFigures{
		Enrolled: f.Enrolled, Active: f.Active, Completed: f.Completed, Withdrawn: f.Withdrawn,
		MedianDays: rounded(f.MedianDays), Rating: rounded(f.Rating), Ratings: f.Ratings,
		Feedback: mapped(f.Feedback, func(e *ent.Enrollment) *model.CourseFeedback {
			return &model.CourseFeedback{Rating: *e.Rating, Text: e.Feedback, At: e.LearnedAt}
		}),
		Lessons: mapped(f.Lessons, func(x training.LessonFigures) *model.LessonFigures {
			return &model.LessonFigures{Key: x.Lesson.Key, Title: b.Text(x.Lesson.Title, l), Opened: x.Opened, Done: x.Done, Stopped: x.Stopped}
		}),
		Questions: mapped(f.Questions, func(x training.QuestionFigures) *model.QuestionFigures { return questionFigures(b, x, l) }),
	}, nil
}

func questionFigures(b *training.Book, x training.QuestionFigures, l string) *model.QuestionFigures {
	out := &model.QuestionFigures{
		Lesson: x.Lesson.Key, Key: x.Key, Text: b.Text(x.Question.Text, l), Asked: x.Asked, Unanswered: x.NotAnswered,
		Difficulty: rounded(x.Difficulty), Discrimination: rounded(x.Discrimination), Choices: []*model.ChoiceFigures{},
	}
	for _, c := range x.Choices {
		out.Choices = append(out.Choices, &model.ChoiceFigures{Key: c.Key, Text: b.Text(choiceText(x.Question, c.Key), l), IsCorrect: c.Right, Count: c.Chosen})
	}
	return out
}

// choiceText is what a choice of a question says, or the left side of what is matched.
func choiceText(q *schema.Question, key string) map[string]string {
	for _, c := range q.Choices {
		if c.Key == key {
			return c.Text
		}
	}
	for _, p := range q.Pairs {
		if p.Key == key {
			return p.Left
		}
	}
	return nil
}

func courseFilePayload(ctx context.Context, id gid.ID, err error) (*model.CourseFilePayload, error) {
	list, err := trainingErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	out := &model.CourseFilePayload{UserErrors: list}
	if id != "" {
		out.FileID = &id
	}
	return out, nil
}
