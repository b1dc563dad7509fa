package training

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/attempt"
	"foyer/ent/courseversion"
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

// mostLearned is how many events are taken at once, of all enrollments.
const mostLearned = 1000

// The codes of events that do not count, beside those of progress.
const (
	UnknownEnrollment = "UNKNOWN_ENROLLMENT"
	NotActive         = "NOT_ACTIVE"
)

// Learned is an event with the enrollment that it belongs to.
type Learned struct {
	EnrollmentID gid.ID
	progress.Event
}

// RefusedEvent is an event that does not count.
type RefusedEvent struct {
	ID string
	*problem.Refusal
}

// Recorded is what became of a batch.
type Recorded struct {
	EnrollmentIDs      []gid.ID
	Accepted, Repeated int
	Refused            []RefusedEvent
}

// Record takes in what was learned, perhaps offline and long ago. The same event counts
// once; each is judged by itself.
func (s *Service) Record(ctx context.Context, sentAt time.Time, list []Learned) (*Recorded, error) {
	if len(list) == 0 || len(list) > mostLearned {
		return nil, invalid("Send from 1 to 1,000 events.", "Senden Sie 1 bis 1.000 Ereignisse.", "events")
	}
	received := s.now()
	by := map[gid.ID][]progress.Event{}
	for _, l := range list {
		by[l.EnrollmentID] = append(by[l.EnrollmentID], l.Event)
	}
	return answered(ctx, s.store, func(ctx context.Context, tx *ent.Client) (*Recorded, error) {
		out := &Recorded{}
		for _, id := range slices.Sorted(maps.Keys(by)) {
			if err := s.record(ctx, tx, id, progress.Batch{SentAt: sentAt, Events: by[id]}, received, out); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

// answered makes a change whose answer is more than an id, and keeps the answer with the
// key of the request: the same request is answered the same, and has no further effect.
func answered[T any](ctx context.Context, st *store.Store, change func(ctx context.Context, tx *ent.Client) (*T, error)) (*T, error) {
	kept, err := st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		out, err := change(ctx, tx)
		if err != nil {
			return "", err
		}
		text, err := json.Marshal(out)
		return gid.ID(text), err
	})
	if err != nil {
		return nil, err
	}
	// What was kept is the answer, be it of this request or of the same under the same key
	// before: a try that the database has ended may be followed by finding the other's.
	out := new(T)
	return out, json.Unmarshal([]byte(kept), out)
}

// with is an answer that is the id of what was written, with a number.
type with struct {
	ID     gid.ID
	Number int
}

func (s *Service) record(ctx context.Context, tx *ent.Client, id gid.ID, batch progress.Batch, received time.Time, out *Recorded) error {
	e, act, err := s.hold(ctx, tx, doLearn, id)
	if errors.Is(err, problem.ErrNotFound) || errors.Is(err, problem.ErrForbidden) {
		out.refuseAll(batch, UnknownEnrollment, problem.Text{
			EN: "There is no such enrollment of yours.", DE: "Diese Teilnahme von Ihnen gibt es nicht.",
		})
		return nil
	}
	if err != nil {
		return err
	}
	if e.Status != enrollment.StatusACTIVE && e.Status != enrollment.StatusCOMPLETED {
		out.refuseAll(batch, NotActive, problem.Text{
			EN: "The enrollment is withdrawn, or waits for a place.", DE: "Die Teilnahme ist zurückgezogen oder wartet auf einen Platz.",
		})
		return nil
	}
	b, err := s.Book(act, e.VersionID)
	if err != nil {
		return err
	}
	state, err := stateOf(e)
	if err != nil {
		return err
	}
	accepted, refused, err := progress.Check(progress.Learner{Course: b.Doc, EnrolledAt: e.EnrolledAt, State: state}, batch, received, "input")
	if err != nil {
		return err
	}
	for _, r := range refused {
		out.Refused = append(out.Refused, RefusedEvent{r.ID, r.Refusal})
	}
	n := state.Apply(accepted)
	out.Accepted, out.Repeated = out.Accepted+n, out.Repeated+len(accepted)-n
	out.EnrollmentIDs = append(out.EnrollmentIDs, e.ID)
	if n == 0 {
		return nil
	}
	return s.advance(act, tx, e, b, state)
}

func (r *Recorded) refuseAll(batch progress.Batch, code string, text problem.Text) {
	for _, e := range batch.Events {
		r.Refused = append(r.Refused, RefusedEvent{e.ID, problem.Refuse(code, text, "input", "events")})
	}
}

func stateOf(e *ent.Enrollment) (*progress.State, error) {
	if len(e.Learned) == 0 {
		return &progress.State{}, nil
	}
	return progress.Decode(e.Learned)
}

// passed are the lessons that quizzes and trainers have let somebody pass, and when.
func (s *Service) passed(ctx context.Context, tx *ent.Client, e *ent.Enrollment) (quizzes, marks map[string]time.Time, err error) {
	sys := auth.WithSystem(ctx, "what of a course its learner has passed, whoever asks how far they are")
	quizzes, marks = map[string]time.Time{}, map[string]time.Time{}
	attempts, err := tx.Attempt.Query().Where(attempt.EnrollmentID(e.ID), attempt.Passed(true)).
		Select(attempt.FieldID, attempt.FieldLesson, attempt.FieldSubmittedAt).All(sys)
	if err != nil {
		return nil, nil, err
	}
	for _, a := range attempts {
		if a.SubmittedAt != nil {
			earliest(quizzes, a.Lesson, *a.SubmittedAt)
		}
	}
	work, err := tx.Submission.Query().Where(submission.EnrollmentID(e.ID), submission.StatusEQ(submission.StatusPASSED)).
		Select(submission.FieldID, submission.FieldLesson, submission.FieldGradedAt).All(sys)
	if err != nil {
		return nil, nil, err
	}
	for _, w := range work {
		if w.GradedAt != nil {
			earliest(marks, w.Lesson, *w.GradedAt)
		}
	}
	for lesson, at := range e.Marks {
		if t, err := time.Parse(time.RFC3339, at); err == nil {
			earliest(marks, lesson, t)
		}
	}
	return quizzes, marks, nil
}

func earliest(m map[string]time.Time, key string, at time.Time) {
	if old, there := m[key]; !there || at.Before(old) {
		m[key] = at
	}
}

// advance writes how far somebody is. The last step that is needed finishes the course
// and earns the certificate, in this transaction: both are there, or neither.
func (s *Service) advance(act context.Context, tx *ent.Client, e *ent.Enrollment, b *Book, state *progress.State) error {
	quizzes, marks, err := s.passed(act, tx, e)
	if err != nil {
		return err
	}
	st := Reach(b.Doc, state, quizzes, marks)
	u := tx.Enrollment.UpdateOneID(e.ID).SetPercent(max(st.Percent, percentOf(e))).SetDone(st.DoneLessons).SetNext(st.Next).
		SetLessons(st.States).SetSeconds(st.Seconds).SetLearned(st.Learned)
	if e.VersionID != b.VersionID { // a link to a version that the learner may not see any more
		u.SetVersionID(b.VersionID)
	}
	if st.LastAt != nil {
		u.SetLearnedAt(*st.LastAt)
	}
	if e.StartedAt == nil && (st.LastAt != nil || len(quizzes)+len(marks) > 0) { // who is only moved to another version has not begun
		u.SetStartedAt(s.now())
	}
	finished := st.Done && e.Status == enrollment.StatusACTIVE
	if finished {
		at := s.now()
		if st.CompletedAt != nil && st.CompletedAt.Before(at) {
			at = *st.CompletedAt
		}
		u.SetStatus(enrollment.StatusCOMPLETED).SetSlot(string(e.ID)).SetCompletedAt(at)
	}
	before := e
	e, err = u.Save(act)
	if err == nil {
		err = s.stateAdvanced(act, before, e, b)
	}
	if err != nil || !finished {
		return err
	}
	if err := s.tell(act, tx, events.CourseCompleted, e, schema.EventData{Text: b.Doc.Title[first(b.Doc)]}); err != nil {
		return err
	}
	if b.Doc.Certificate != nil {
		if err := s.issue(act, tx, e, b); err != nil {
			return err
		}
	}
	return s.fill(act, tx, e.CourseID)
}

// Reached is how far somebody is, as it is kept with their enrollment.
type Reached struct {
	progress.Standing

	DoneLessons, Seconds int
	States               []schema.LessonState
	Learned              []byte
}

// Reach is what is kept of how far somebody is, by what they learned, the quizzes that
// they passed and what trainers said is done.
func Reach(doc *schema.CourseDocument, state *progress.State, quizzes, marks map[string]time.Time) Reached {
	r := Reached{Standing: progress.Evaluate(doc, state, quizzes, marks), Seconds: int(state.Learned() / time.Second), Learned: state.Encode()}
	for i := range r.Lessons {
		if r.Lessons[i].Status == progress.Done {
			r.DoneLessons++
		}
		r.States = append(r.States, r.Lessons[i].LessonState)
	}
	return r
}

// percentOf is what an enrollment never goes below: who has finished has finished.
func percentOf(e *ent.Enrollment) int {
	if e.Status == enrollment.StatusCOMPLETED {
		return 100
	}
	return 0
}

// lessonOf is a lesson that can be worked on: of the course, and not locked.
func lessonOf(e *ent.Enrollment, b *Book, key, kind string) (*schema.Lesson, error) {
	l, _ := content.Find(b.Doc, key)
	if l == nil || kind != "" && l.Kind != kind {
		return nil, refuse(UnknownLesson, "The course has no such lesson.", "Diese Lektion hat der Kurs nicht.", "lesson")
	}
	if LessonStatusOf(e, l) == progress.Locked {
		return nil, refuse(Locked, "Other lessons have to be done before.", "Zuerst müssen andere Lektionen erledigt werden.", "lesson")
	}
	return l, nil
}

// LessonStatusOf is how far somebody is with a lesson, by what was written when they
// got on last.
func LessonStatusOf(e *ent.Enrollment, l *schema.Lesson) string {
	done := func(key string) bool {
		i := slices.IndexFunc(e.Lessons, func(x schema.LessonState) bool { return x.Key == key })
		return i >= 0 && e.Lessons[i].DoneAt != ""
	}
	if done(l.Key) {
		return progress.Done
	}
	for _, key := range l.Requires {
		if !done(key) {
			return progress.Locked
		}
	}
	return progress.Open
}

// MayRead says whether somebody reads what a course says: not while they wait for a
// place, nor once they were taken out.
func MayRead(e *ent.Enrollment) bool { return learnable(e) == nil }

// OpensLesson says whether the viewer reads what is in a lesson: trainers do, and who
// learns it once it is not locked.
func OpensLesson(ctx context.Context, e *ent.Enrollment, l *schema.Lesson) bool {
	return trains(ctx) || isLearner(ctx, e) && MayRead(e) && LessonStatusOf(e, l) != progress.Locked
}

// HearsFeedback says whether the viewer reads what a learner says to the trainers of a
// course: their managers, who see the enrollment, are not whom it is for.
func HearsFeedback(ctx context.Context, e *ent.Enrollment) bool {
	return trains(ctx) || isLearner(ctx, e)
}

func trains(ctx context.Context) bool { return auth.From(ctx).Grants().Has(schema.PermTraining) }

// isLearner says whether an enrollment is the viewer's, in the organization that they
// act for.
func isLearner(ctx context.Context, e *ent.Enrollment) bool {
	return isOwn(ctx, e.UserID) && auth.From(ctx).OrganizationID == string(e.OrganizationID)
}

// learnable refuses an enrollment by which nothing can be learned at present.
func learnable(e *ent.Enrollment) error {
	switch e.Status {
	case enrollment.StatusACTIVE, enrollment.StatusCOMPLETED:
		return nil
	case enrollment.StatusWAITING:
		return refuse(Waiting, "You wait for a place.", "Sie warten auf einen Platz.", "enrollmentId")
	default:
		return over()
	}
}

// Mark says, as a trainer, that a lesson is done.
func (s *Service) Mark(ctx context.Context, id gid.ID, lesson string) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		e, act, err := s.hold(ctx, tx, doMark, id)
		if err != nil {
			return "", err
		}
		if isOwn(ctx, e.UserID) {
			return "", problem.ErrForbidden
		}
		b, err := s.Book(act, e.VersionID)
		if err != nil {
			return "", err
		}
		if err := learnable(e); err != nil {
			return "", err
		}
		l, _ := content.Find(b.Doc, lesson)
		if l == nil || l.Completion.Rule != schema.DoneByTrainer {
			return "", refuse(UnknownLesson, "The course has no lesson of this key that a trainer marks.", "Der Kurs hat keine Lektion mit diesem Schlüssel, die ein Trainer bestätigt.", "lesson")
		}
		if e.Marks == nil {
			e.Marks = map[string]string{}
		}
		if e.Marks[lesson] != "" {
			return e.ID, nil
		}
		e.Marks[lesson] = s.now().Format(time.RFC3339)
		if err := tx.Enrollment.UpdateOneID(e.ID).SetMarks(e.Marks).AddVersion(1).Exec(act); err != nil {
			return "", err
		}
		state, err := stateOf(e)
		if err != nil {
			return "", err
		}
		return e.ID, s.advance(act, tx, e, b, state)
	})
}

// Move lets somebody go on by the latest version.
func (s *Service) Move(ctx context.Context, id gid.ID) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		e, act, err := s.hold(ctx, tx, doMove, id)
		if err != nil {
			return "", err
		}
		if e.Slot != open {
			return "", over()
		}
		books, err := s.Current(auth.WithSystem(act, "the latest version of a course that somebody learns"), []gid.ID{e.CourseID})
		if err != nil {
			return "", err
		}
		return e.ID, s.move(act, tx, e, books[e.CourseID])
	})
}

func (s *Service) move(act context.Context, tx *ent.Client, e *ent.Enrollment, to *Book) error {
	if to == nil || to.VersionID == e.VersionID {
		return nil
	}
	from, err := s.Book(act, e.VersionID)
	if err != nil {
		return err
	}
	state, err := stateOf(e)
	if err != nil {
		return err
	}
	quizzes, marks, err := s.passed(act, tx, e)
	if err != nil {
		return err
	}
	moved, _ := progress.Move(from.Doc, to.Doc, state, quizzes, marks)
	return s.advance(act, tx, e, to, moved)
}

// moveArgs order that those who learn a course go on by a version.
type moveArgs struct {
	CourseID  gid.ID `json:"courseId"`
	VersionID gid.ID `json:"versionId"`
}

// Kind names the work.
func (moveArgs) Kind() string { return "training.move" }

const moveBatch = 100

// moveAll moves all who learn by former versions, a hundred at a time; who was moved is
// not found again, so that it goes on where it was interrupted.
func (s *Service) moveAll(ctx context.Context, a moveArgs) error {
	ctx = auth.WithSystem(ctx, "those who learn go on by a new version, as its trainer has said")
	to, err := s.Book(ctx, a.VersionID)
	if err != nil {
		return err
	}
	// When another version was published before this work is done, nobody is taken back.
	former, err := s.store.Reader(ctx).CourseVersion.Query().Where(courseversion.CourseID(a.CourseID), courseversion.NumberLT(to.Number)).IDs(ctx)
	if err != nil {
		return err
	}
	for {
		n := 0
		err := s.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			list, err := tx.Enrollment.Query().Where(enrollment.CourseID(a.CourseID), enrollment.VersionIDIn(former...), enrollment.Slot(open), store.Held).
				Order(ent.Asc(enrollment.FieldID)).Limit(moveBatch).All(ctx)
			if err != nil {
				return err
			}
			n = len(list)
			for _, e := range list {
				act, err := access.Act(ctx, doMove, ownerOf(e))
				if err != nil {
					return err
				}
				if err := s.move(act, tx, e, to); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n < moveBatch {
			return err
		}
	}
}
