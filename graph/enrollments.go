package graph

import (
	"context"
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/ent/enrollment"
	"foyer/ent/predicate"
	"foyer/graph/model"
	"foyer/portal/problem"
	"foyer/portal/training"
	lessons "foyer/portal/training/content"
	"foyer/portal/training/progress"
	"foyer/schema"
	"foyer/schema/gid"
)

var latestEnrollments = &ent.EnrollmentOrder{Direction: "DESC", Field: ent.EnrollmentOrderFieldEnrolledAt}

func enrollmentFilter(f *model.EnrollmentFilter) []predicate.Enrollment {
	if f == nil {
		return nil
	}
	var where []predicate.Enrollment
	if len(f.Status) > 0 {
		where = append(where, enrollment.StatusIn(f.Status...))
	}
	if f.CourseID != nil {
		where = append(where, enrollment.CourseID(*f.CourseID))
	}
	if f.OrganizationID != nil {
		where = append(where, enrollment.OrganizationID(*f.OrganizationID))
	}
	if f.UserID != nil {
		where = append(where, enrollment.UserID(*f.UserID))
	}
	if f.DueBefore != nil {
		where = append(where, enrollment.DueAtLT(*f.DueBefore), enrollment.StatusIn(enrollment.StatusACTIVE, enrollment.StatusWAITING))
	}
	return where
}

func (r *Resolver) enrollmentsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Enrollment, error) {
	return byID(ctx, r.Store.Client().Enrollment.Query().Where(enrollment.IDIn(ids...)), func(x *ent.Enrollment) gid.ID { return x.ID })
}

func (r *Resolver) certificatesByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Certificate, error) {
	return byID(ctx, r.Store.Client().Certificate.Query().Where(certificate.IDIn(ids...)), func(x *ent.Certificate) gid.ID { return x.ID })
}

func (r *Resolver) certificatesByEnrollment(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Certificate, error) {
	keys, err := r.Store.Client().Certificate.Query().Where(certificate.EnrollmentIDIn(ids...)).
		Select(certificate.FieldID, certificate.FieldEnrollmentID).All(ctx)
	if err != nil {
		return nil, err
	}
	return under(ctx, keys, func(x *ent.Certificate) (id, key gid.ID) { return x.ID, x.EnrollmentID }, r.certificatesByID)
}

func enrollmentPayload(ctx context.Context, id gid.ID, err error) (*model.EnrollmentPayload, error) {
	list, err := trainingErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.EnrollmentPayload{EnrollmentID: id, UserErrors: list}, nil
}

func enrolledPeople(ctx context.Context, done *training.EnrolledPeople, err error) (*model.EnrollPeoplePayload, error) {
	list, err := trainingErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	out := &model.EnrollPeoplePayload{UserErrors: list, Refused: []*model.RefusedPerson{}}
	if done == nil {
		return out, nil
	}
	out.EnrollmentIDs = done.Enrolled
	out.Refused = mapped(done.Refused, func(x training.RefusedPerson) *model.RefusedPerson {
		return &model.RefusedPerson{UserID: x.UserID, Code: trainingCode(x.Code), Message: x.Text.In(language(ctx))}
	})
	return out, nil
}

func learned(in *model.LearningEventInput) training.Learned {
	e := progress.Event{ID: in.ID, Lesson: in.Lesson, Kind: string(in.Kind), At: in.At}
	for to, from := range map[*int]*int{&e.Seconds: in.Seconds, &e.From: in.From, &e.To: in.To} {
		if from != nil {
			*to = *from
		}
	}
	return training.Learned{EnrollmentID: in.EnrollmentID, Event: e}
}

func recorded(ctx context.Context, done *training.Recorded, err error) (*model.RecordLearningPayload, error) {
	list, err := trainingErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	out := &model.RecordLearningPayload{UserErrors: list, Refused: []*model.RefusedLearning{}}
	if done == nil || len(list) > 0 {
		return out, nil
	}
	out.EnrollmentIDs, out.Accepted, out.Repeated = done.EnrollmentIDs, done.Accepted, done.Repeated
	out.Refused = mapped(done.Refused, func(x training.RefusedEvent) *model.RefusedLearning {
		code := model.RefusedLearningCode(x.Code)
		if !code.IsValid() {
			code = model.RefusedLearningCodeInvalid
		}
		return &model.RefusedLearning{ID: x.ID, Code: code, Message: x.Text.In(language(ctx))}
	})
	return out, nil
}

// feedbackOf is what a learner says to the trainers of a course.
func feedbackOf(ctx context.Context, e *ent.Enrollment) *string {
	if !training.HearsFeedback(ctx, e) {
		return nil
	}
	return filled(e.Feedback)
}

// enrolledModules are the chapters of a course with how far somebody is.
func enrolledModules(ctx context.Context, e *ent.Enrollment, b *training.Book) []*model.EnrolledModule {
	return mapped(b.Doc.Modules, func(m schema.CourseModule) *model.EnrolledModule {
		return &model.EnrolledModule{Key: m.Key, Title: b.Text(m.Title, language(ctx)), Lessons: mapped(m.Lessons, func(l schema.Lesson) *model.EnrolledLesson {
			return enrolledLesson(ctx, e, b, &l)
		})}
	})
}

func enrolledLessonOf(ctx context.Context, e *ent.Enrollment, b *training.Book, key string) *model.EnrolledLesson {
	l, _ := lessons.Find(b.Doc, key)
	if l == nil {
		return nil
	}
	return enrolledLesson(ctx, e, b, l)
}

func enrolledLesson(ctx context.Context, e *ent.Enrollment, b *training.Book, l *schema.Lesson) *model.EnrolledLesson {
	out := &model.EnrolledLesson{
		Key: l.Key, Kind: model.LessonKind(l.Kind), Title: b.Text(l.Title, language(ctx)), Minutes: l.Minutes, IsOptional: l.Optional,
		Status: model.LessonStatus(training.LessonStatusOf(e, l)), Rule: lessonRule(l), Requires: notNull(l.Requires), Of: e,
	}
	if i := slices.IndexFunc(e.Lessons, func(x schema.LessonState) bool { return x.Key == l.Key }); i >= 0 {
		x := e.Lessons[i]
		out.OpenedAt, out.DoneAt, out.Seconds, out.Percent, out.ResumeAt = moment(x.OpenedAt), moment(x.DoneAt), x.Seconds, x.Percent, x.Resume
	}
	return out
}

func moment(text string) *time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return nil
	}
	return &t
}

// nextEnrollment is what the viewer should go on with: what they learned last of what
// is not done.
func (r *Resolver) nextEnrollment(ctx context.Context) (*ent.Enrollment, error) {
	ids, err := r.Training.Mine(ctx)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	e, err := loaded(ctx, ids[0], r.enrollmentsByID)
	if e == nil || e.Status != enrollment.StatusACTIVE {
		return nil, err
	}
	return e, err
}

// myTraining is the viewer's own training at a glance.
func (r *Resolver) myTraining(ctx context.Context, zone string) (*model.MyTraining, error) {
	where, err := time.LoadLocation(zone)
	if err != nil || zone == "Local" {
		return nil, problem.Input("There is no such time zone. Give one as Europe/Berlin.", "Diese Zeitzone gibt es nicht. Geben Sie eine an wie Europe/Berlin.")
	}
	g, err := r.Training.Glance(ctx, where)
	if err != nil {
		return nil, err
	}
	return &model.MyTraining{Completed: g.Completed, Minutes: int(g.Learned / time.Minute), Week: mapped(g.Week, func(d progress.Day) *model.LearningDay {
		date, _ := time.Parse(time.DateOnly, d.Date) // as it writes them
		return &model.LearningDay{Date: date, Minutes: d.Minutes()}
	})}, nil
}
