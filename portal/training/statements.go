package training

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"foyer/ent"
	"foyer/ent/enrollment"
	"foyer/portal/jobs"
	"foyer/portal/store"
	"foyer/portal/training/content"
	"foyer/portal/training/progress"
	"foyer/portal/training/xapi"
	"foyer/schema"
)

// SendStatements has a learning record store told what people learn from now on. It must
// be called before the jobs start.
func (s *Service) SendStatements(to *xapi.Client) { s.records = to }

// source is where statements come from; nil when nobody is told.
func (s *Service) source(ctx context.Context) (*xapi.Source, error) {
	if s.records == nil {
		return nil, nil //nolint:nilnil // documented
	}
	if at := s.from.Load(); at != nil {
		return at, nil
	}
	secret, err := s.store.Secret(ctx, "xapi")
	if err != nil {
		return nil, err
	}
	from := &xapi.Source{HomePage: s.publicURL, Platform: s.company, Secret: secret}
	// A transaction that is rolled back takes a new secret with it.
	store.AfterCommit(ctx, func() { s.from.Store(from) })
	return from, from.Check()
}

// stated keeps statements to be sent, in the transaction of what they tell, and orders
// that they are. One that was said before is the same one.
func (s *Service) stated(ctx context.Context, say func(*xapi.Source) []xapi.Statement) error {
	from, err := s.source(ctx)
	if err != nil || from == nil {
		return err
	}
	list := say(from)
	for i := range list {
		text, err := json.Marshal(&list[i])
		if err != nil {
			return err
		}
		_, err = s.store.Raw(ctx).ExecContext(ctx, `INSERT INTO learning_statements (id, statement, created_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING`,
			list[i].ID, string(text), s.now())
		if err != nil {
			return err
		}
	}
	if len(list) == 0 {
		return nil
	}
	return s.jobs.Insert(ctx, statementArgs{}, jobs.Once())
}

// who is an enrollment as statements name it.
func who(e *ent.Enrollment, b *Book) xapi.Enrollment {
	return xapi.Enrollment{
		ID: string(e.ID), Learner: string(e.UserID), Language: first(b.Doc),
		Course: xapi.Course{ID: string(e.CourseID), Version: b.Number, Title: b.Doc.Title, Description: b.Doc.Summary},
	}
}

func lessonSaid(l *schema.Lesson) xapi.Lesson {
	return xapi.Lesson{Key: l.Key, Title: l.Title, Quiz: l.Quiz != nil}
}

// stateEnrolled tells that somebody was enrolled.
func (s *Service) stateEnrolled(ctx context.Context, e *ent.Enrollment, b *Book) error {
	return s.stated(ctx, func(from *xapi.Source) []xapi.Statement {
		return []xapi.Statement{from.Registered(who(e, b), e.EnrolledAt)}
	})
}

// stateAdvanced tells how somebody got on: from what was written before to what is now.
func (s *Service) stateAdvanced(ctx context.Context, before, now *ent.Enrollment, b *Book) error {
	return s.stated(ctx, func(from *xapi.Source) []xapi.Statement {
		x, at := who(now, b), s.now()
		if now.LearnedAt != nil {
			at = *now.LearnedAt
		}
		var list []xapi.Statement
		if before.StartedAt == nil && now.StartedAt != nil {
			list = append(list, from.Launched(x, *now.StartedAt))
		}
		for _, l := range content.Lessons(b.Doc) {
			if LessonStatusOf(now, l) == progress.Done && LessonStatusOf(before, l) != progress.Done {
				list = append(list, from.LessonCompleted(x, lessonSaid(l), doneAt(now, l.Key, at)))
			}
		}
		if now.Percent > before.Percent {
			list = append(list, from.Progressed(x, now.Percent, at))
		}
		if before.CompletedAt == nil && now.CompletedAt != nil {
			list = append(list, from.Completed(x, time.Duration(now.Seconds)*time.Second, *now.CompletedAt))
		}
		return list
	})
}

// doneAt is when a lesson was done, as far as it is known.
func doneAt(e *ent.Enrollment, key string, otherwise time.Time) time.Time {
	for i := range e.Lessons {
		if at, err := time.Parse(time.RFC3339, e.Lessons[i].DoneAt); e.Lessons[i].Key == key && err == nil {
			return at
		}
	}
	return otherwise
}

// stateAttempted tells that a quiz was graded, or graded anew.
func (s *Service) stateAttempted(ctx context.Context, e *ent.Enrollment, b *Book, a *ent.Attempt) error {
	return s.stated(ctx, func(from *xapi.Source) []xapi.Statement {
		l, _ := content.Find(b.Doc, a.Lesson)
		if l == nil || a.SubmittedAt == nil || a.Points == nil || a.Passed == nil {
			return nil
		}
		at := xapi.Attempt{Number: a.Number, Points: *a.Points, Most: a.MaxPoints, Passed: *a.Passed, Duration: a.SubmittedAt.Sub(a.StartedAt)}
		when := *a.SubmittedAt
		if a.Regraded {
			at.Edition, when = a.Version, s.now()
		}
		return []xapi.Statement{from.Attempted(who(e, b), lessonSaid(l), at, when)}
	})
}

// stateRegraded tells that a quiz was graded anew.
func (s *Service) stateRegraded(ctx context.Context, tx *ent.Client, a *ent.Attempt) error {
	if s.records == nil {
		return nil
	}
	e, err := tx.Enrollment.Query().Where(enrollment.ID(a.EnrollmentID)).Only(ctx)
	if err != nil {
		return err
	}
	b, err := s.Book(ctx, a.VersionID)
	if err != nil {
		return err
	}
	return s.stateAttempted(ctx, e, b, a)
}

// stateGraded tells that work was graded.
func (s *Service) stateGraded(ctx context.Context, e *ent.Enrollment, w *ent.Submission, passed bool, points, most int) error {
	b, err := s.Book(ctx, w.VersionID)
	if err != nil {
		return err
	}
	return s.stated(ctx, func(from *xapi.Source) []xapi.Statement {
		l, _ := content.Find(b.Doc, w.Lesson)
		if l == nil {
			return nil
		}
		return []xapi.Statement{from.Attempted(who(e, b), lessonSaid(l), xapi.Attempt{Number: w.Number, Points: 100 * points, Most: 100 * most, Passed: passed}, s.now())}
	})
}

// stateEarned tells that a certificate was earned.
func (s *Service) stateEarned(ctx context.Context, e *ent.Enrollment, b *Book, c *ent.Certificate) error {
	return s.stated(ctx, func(from *xapi.Source) []xapi.Statement {
		return []xapi.Statement{from.Earned(who(e, b), xapi.Certificate{ID: s.achievement(b).ID, Title: c.Title}, c.IssuedAt)}
	})
}

// statementArgs order that statements which wait are sent.
type statementArgs struct{}

// Kind names the work.
func (statementArgs) Kind() string { return "training.statements" }

const (
	statementBatch = 100
	// statementsKept is how long it is known what was sent.
	statementsKept = 30 * 24 * time.Hour
	// statementsLater is when a store is asked again that did not say when.
	statementsLater = time.Minute
)

// sendStatements sends what waits. A store that cannot take it now is asked again later,
// for as long as it takes; what it refuses is wrong, is said to the operator, and is not
// sent again.
func (s *Service) sendStatements(ctx context.Context, _ statementArgs) error {
	if s.records == nil {
		return nil
	}
	for {
		list, err := s.waitingStatements(ctx)
		if err != nil || len(list) == 0 {
			return err
		}
		r := s.records.Send(ctx, list)
		if err := s.sent(ctx, r); err != nil {
			return err
		}
		if r.Cause != nil {
			s.logger.WarnContext(ctx, "the learning record store does not take statements; they wait", "waiting", len(r.Waiting), "error", r.Cause)
			return s.jobs.Insert(ctx, statementArgs{}, jobs.Once(), jobs.At(time.Now().Add(cmp.Or(r.After, statementsLater))))
		}
		if len(list) < statementBatch {
			_, err := s.store.Raw(ctx).ExecContext(ctx, `DELETE FROM learning_statements WHERE sent_at < $1`, s.now().Add(-statementsKept))
			return err
		}
	}
}

func (s *Service) waitingStatements(ctx context.Context) ([]xapi.Statement, error) {
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, `SELECT statement FROM learning_statements WHERE sent_at IS NULL ORDER BY created_at, id LIMIT $1`, statementBatch)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []xapi.Statement
	for rows.Next() {
		var text string
		var x xapi.Statement
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &x); err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

// sent writes what became of statements.
func (s *Service) sent(ctx context.Context, r xapi.Report) error {
	for _, id := range r.Refused {
		s.logger.ErrorContext(ctx, "the learning record store refuses a statement", "statement", id)
	}
	for refused, ids := range map[bool][]string{false: r.Stored, true: r.Refused} {
		for _, id := range ids {
			_, err := s.store.Raw(ctx).ExecContext(ctx, `UPDATE learning_statements SET sent_at = $1, refused = $2 WHERE id = $3`, s.now(), refused, id)
			if err != nil {
				return err
			}
		}
	}
	return nil
}
