package jobs

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/access"
	"foyer/portal/audit"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// Job is a piece of work as staff see it.
type Job struct {
	Number      int64
	Kind        string
	Queue       string
	State       string // as the API names it: AVAILABLE, RUNNING, ...
	About       []Argument
	Attempt     int
	MaxAttempts int
	CreatedAt   time.Time
	ScheduledAt time.Time
	AttemptedAt *time.Time
	FinishedAt  *time.Time
	Failed      []Failed // the latest first
}

// Argument is one member of what work is about.
type Argument struct{ Name, Value string }

// Failed is one failed attempt.
type Failed struct {
	Attempt int
	At      time.Time
	Text    problem.Text
}

// Filter says which work is meant; nil lets all pass.
type Filter struct{ States, Kinds, Queues []string }

// List returns up to n pieces of work, the latest first, that were ordered
// before another one; 0 begins with the latest.
func (r *Runner) List(ctx context.Context, f Filter, before int64, n int) ([]*Job, error) {
	if !readable(ctx) {
		return nil, problem.ErrForbidden
	}
	for _, among := range [][]string{f.States, f.Kinds, f.Queues} {
		if among != nil && len(among) == 0 {
			return nil, nil // one of none
		}
	}
	p := river.NewJobListParams().OrderBy(river.JobListOrderByID, river.SortOrderDesc).First(n)
	if f.States != nil {
		states := make([]rivertype.JobState, len(f.States))
		for i, s := range f.States {
			states[i] = rivertype.JobState(strings.ToLower(s))
		}
		p = p.States(states...)
	}
	if f.Kinds != nil {
		p = p.Kinds(f.Kinds...)
	}
	if f.Queues != nil {
		p = p.Queues(f.Queues...)
	}
	if before > 0 {
		p = p.Where("id < @before", river.NamedArgs{"before": before})
	}
	found, err := r.read.JobList(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("jobs: list: %w", err)
	}
	list := make([]*Job, len(found.Jobs))
	for i, j := range found.Jobs {
		list[i] = r.shown(j)
	}
	return list, nil
}

// Find returns one piece of work; problem.ErrNotFound when there is none.
func (r *Runner) Find(ctx context.Context, number int64) (*Job, error) {
	if !readable(ctx) {
		return nil, problem.ErrNotFound
	}
	j, err := r.read.JobGet(ctx, number)
	switch {
	case errors.Is(err, rivertype.ErrNotFound):
		return nil, problem.ErrNotFound
	case err != nil:
		return nil, fmt.Errorf("jobs: find: %w", err)
	}
	return r.shown(j), nil
}

// readable says whether the viewer may see background work. The schema of
// those who may not has no field for it; this is the second lock.
func readable(ctx context.Context) bool {
	v := auth.From(ctx)
	return v.System() || v != nil && v.Grants().Has(schema.PermJobs)
}

func (r *Runner) shown(j *rivertype.JobRow) *Job {
	out := &Job{
		Number: j.ID, Kind: j.Kind, Queue: j.Queue, State: strings.ToUpper(string(j.State)), About: r.about(j),
		Attempt: j.Attempt, MaxAttempts: j.MaxAttempts, CreatedAt: *utc(&j.CreatedAt), ScheduledAt: *utc(&j.ScheduledAt),
		AttemptedAt: utc(j.AttemptedAt), FinishedAt: utc(j.FinalizedAt),
	}
	for _, e := range slices.Backward(j.Errors) {
		out.Failed = append(out.Failed, Failed{Attempt: e.Attempt, At: *utc(&e.At), Text: sentence(j.ID, e.Error)})
	}
	return out
}

func utc(t *time.Time) *time.Time {
	if t != nil {
		t = new(t.UTC().Truncate(time.Microsecond))
	}
	return t
}

// about are the members of the arguments that the handler lets staff see; of a
// kind that has no handler any more, none.
func (r *Runner) about(j *rivertype.JobRow) []Argument {
	var members map[string]json.RawMessage
	if json.Unmarshal(j.EncodedArgs, &members) != nil {
		return nil
	}
	var list []Argument
	for _, name := range r.kinds[j.Kind].Shown {
		raw, there := members[name]
		if !there || string(raw) == "null" {
			continue
		}
		var text string
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw) // a number, a list
		}
		list = append(list, Argument{name, text})
	}
	return list
}

// Queue says how much work there is in a queue.
type Queue struct {
	Name                                                string
	Available, Running, Scheduled, Retryable, Discarded int
	OldestAvailable                                     *time.Time // since when it could be done
}

// Queues counts the work of each queue.
func (r *Runner) Queues(ctx context.Context) ([]*Queue, error) {
	if !readable(ctx) {
		return nil, problem.ErrForbidden
	}
	list := []*Queue{{Name: QueueDefault}, {Name: QueueDelivery}, {Name: QueueImports}}
	rows, err := r.st.RawRead(ctx).QueryContext(ctx, `
SELECT queue, state, count(*), min(scheduled_at) FROM river_job
WHERE state IN ('available', 'running', 'scheduled', 'pending', 'retryable', 'discarded') GROUP BY queue, state ORDER BY queue, state`)
	if err != nil {
		return nil, fmt.Errorf("jobs: queues: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name, state string
		var n int
		var oldest moment
		if err := rows.Scan(&name, &state, &n, &oldest); err != nil {
			return nil, fmt.Errorf("jobs: queues: %w", err)
		}
		i := slices.IndexFunc(list, func(q *Queue) bool { return q.Name == name })
		if i < 0 { // of a version that had another
			i, list = len(list), append(list, &Queue{Name: name})
		}
		list[i].count(state, n, time.Time(oldest))
	}
	return list, rows.Err()
}

func (q *Queue) count(state string, n int, oldest time.Time) {
	switch rivertype.JobState(state) {
	case rivertype.JobStateAvailable:
		q.Available = n
		if !oldest.After(time.Now()) { // what failed a moment ago waits a little
			q.OldestAvailable = &oldest
		}
	case rivertype.JobStateRunning:
		q.Running = n
	case rivertype.JobStateScheduled, rivertype.JobStatePending:
		q.Scheduled += n
	case rivertype.JobStateRetryable:
		q.Retryable = n
	case rivertype.JobStateDiscarded:
		q.Discarded = n
	case rivertype.JobStateCancelled, rivertype.JobStateCompleted:
	}
}

// moment scans a time, which SQLite gives as a text where it is calculated.
type moment time.Time

// Scan implements sql.Scanner.
func (m *moment) Scan(v any) error {
	switch v := v.(type) {
	case time.Time:
		*m = moment(v.UTC())
		return nil
	case string:
		for _, layout := range []string{"2006-01-02 15:04:05.999999999-07:00", "2006-01-02 15:04:05.999999999", time.RFC3339Nano} {
			if t, err := time.Parse(layout, v); err == nil {
				*m = moment(t.UTC())
				return nil
			}
		}
	}
	return fmt.Errorf("jobs: %v is no time", v)
}

// The refusals.
var (
	textUnknownJob = problem.Text{EN: "There is no such work.", DE: "Diese Aufgabe gibt es nicht."}
	textWrongState = problem.Text{EN: "The state of this work does not allow it: %s.", DE: "Der Zustand dieser Aufgabe lässt das nicht zu: %s."}
	textTwin       = problem.Text{EN: "The same work has been ordered again in the meantime.", DE: "Dieselbe Aufgabe wurde inzwischen erneut angelegt."}
)

// Retry has work done again at once that failed, was given up or called off.
func (r *Runner) Retry(ctx context.Context, number string) (gid.ID, error) {
	return r.change(ctx, "job.retry", number, r.order.JobRetryTx,
		rivertype.JobStateRetryable, rivertype.JobStateDiscarded, rivertype.JobStateCancelled)
}

// Cancel calls work off that nobody has begun, that waits to be tried again, or
// that was given up and is not wanted any more.
func (r *Runner) Cancel(ctx context.Context, number string) (gid.ID, error) {
	return r.change(ctx, "job.cancel", number, r.callOff, rivertype.JobStateAvailable, rivertype.JobStateScheduled,
		rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateDiscarded)
}

// callOff is the library's cancelling, which leaves alone what was given up.
func (r *Runner) callOff(ctx context.Context, tx *sql.Tx, id int64) (*rivertype.JobRow, error) {
	if _, err := r.st.Raw(ctx).ExecContext(ctx, `UPDATE river_job SET state = 'cancelled' WHERE id = $1 AND state = 'discarded'`, id); err != nil {
		return nil, err
	}
	return r.order.JobCancelTx(ctx, tx, id)
}

// change does something to one piece of work, and notes in the audit who did.
func (r *Runner) change(ctx context.Context, action, number string,
	do func(context.Context, *sql.Tx, int64) (*rivertype.JobRow, error), from ...rivertype.JobState,
) (gid.ID, error) {
	id, ok := Number(number)
	if !ok {
		return "", problem.Refuse("UNKNOWN_JOB", textUnknownJob, "input", "number")
	}
	return r.st.Write(ctx, func(ctx context.Context, _ *ent.Client) (gid.ID, error) {
		tx := r.st.Transaction(ctx)
		state, err := r.lock(ctx, id)
		if err != nil {
			return "", err
		}
		if ctx, err = access.Act(ctx, action, access.Owner{}); err != nil {
			return "", err
		}
		if !slices.Contains(from, state) {
			return "", problem.Refuse("WRONG_STATE", textWrongState.Format(strings.ToUpper(string(state))), "input", "number")
		}
		j, err := do(ctx, tx, id)
		switch {
		case store.Duplicate(err):
			return "", problem.Refuse("WRONG_STATE", textTwin, "input", "number")
		case err != nil:
			return "", fmt.Errorf("jobs: %s: %w", action, err)
		}
		audit.Note(ctx, "Job", number, schema.Change{Field: "state", Value: strings.ToUpper(string(j.State))})
		return gid.ID(number), nil
	})
}

// lock returns the state of a piece of work, which nobody then takes on before
// the transaction has ended.
func (r *Runner) lock(ctx context.Context, id int64) (state rivertype.JobState, err error) {
	query := `SELECT state FROM river_job WHERE id = $1`
	if r.st.Postgres() { // SQLite has one writer, and this is it
		query += ` FOR UPDATE`
	}
	err = r.st.Raw(ctx).QueryRowContext(ctx, query, id).Scan(&state)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !readable(ctx) {
		return "", problem.Refuse("UNKNOWN_JOB", textUnknownJob, "input", "number")
	}
	return state, err
}

// Number reads the number of a piece of work, as the API writes it.
func Number(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n > 0 && strconv.FormatInt(n, 10) == text
}
