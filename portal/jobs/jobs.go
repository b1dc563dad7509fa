// Package jobs does work in the background: what a change has ordered in its own
// transaction, so that it happens if and only if the change did, and goes on
// after a crash.
//
// Owns: how work is ordered, tried again, given up, done anew by hand, and what
// staff see of it. Does not own: what the work is; each domain package gives a
// handler for its own.
package jobs

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"foyer/portal/store"
)

// Args are what a piece of work is about. They are kept as JSON, and must say
// who or what by id: what is loaded when the work is done is true then.
type Args interface {
	// Kind is the stable name of this sort of work, two letters or more.
	Kind() string
}

// The queues. Work that waits for other people's servers has its own, so that a
// mail server that hangs holds nothing else up.
const (
	QueueDefault  = river.QueueDefault
	QueueDelivery = "delivery" // mails, push messages, calls of others
	QueueImports  = "imports"  // what takes minutes and hours, one at a time in each process
)

// Options are what a Runner is made of.
type Options struct {
	Logger *slog.Logger
	// Poll is how often the database is asked for work; a second when zero.
	Poll time.Duration
	// Workers is how much is done at the same time, by queue; 4 when zero.
	Workers int
	// Rescue is after what time work counts as lost whose process is gone; two
	// minutes when zero, and never less than the longest Timeout of a Kind and a
	// quarter of it.
	Rescue time.Duration
	// Retry says how long to wait after a failed attempt (1 is the first); the
	// fourth power of the attempt in seconds, a little at random, when nil.
	Retry func(attempt int) time.Duration
}

// Kind says how a sort of work is done.
type Kind struct {
	Queue    string        // QueueDefault when empty
	Attempts int           // how often it is tried; 12 when zero, which is about eleven hours
	Timeout  time.Duration // of one attempt; 30 seconds when zero
	// Long says that it takes minutes and hours: its process then says again and
	// again that it lives, and its Timeout does not delay how soon lost work of
	// any kind is found.
	Long bool
	// Shown are the members of the arguments that staff may see.
	Shown []string
}

const (
	attemptsDefault = 12
	timeoutDefault  = 30 * time.Second
	rescueDefault   = 2 * time.Minute
)

func (k Kind) withDefaults() Kind {
	if k.Queue == "" {
		k.Queue = QueueDefault
	}
	if k.Attempts == 0 {
		k.Attempts = attemptsDefault
	}
	if k.Timeout == 0 {
		k.Timeout = timeoutDefault
	}
	return k
}

// Runner orders work and does it.
type Runner struct {
	st       *store.Store
	o        Options
	kinds    map[string]Kind
	workers  *river.Workers
	periodic []*river.PeriodicJob
	order    *river.Client[*sql.Tx] // orders work; exists at once
	read     *river.Client[*sql.Tx] // shows it
	work     *river.Client[*sql.Tx] // does it; from Start to Stop
	cutting  atomic.Bool            // work is being cut short
	unwatch  func()                 // ends what watch began
}

// New makes a runner. It orders work at once, and does none before Start.
func New(st *store.Store, o Options) (*Runner, error) {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Poll == 0 {
		o.Poll = time.Second
	}
	if o.Workers == 0 {
		o.Workers = 4
	}
	if o.Rescue == 0 {
		o.Rescue = rescueDefault
	}
	r := &Runner{st: st, o: o, kinds: map[string]Kind{}, workers: river.NewWorkers()}
	var err error
	if r.order, err = river.NewClient(st.JobDriver(), &river.Config{Logger: quiet(o.Logger)}); err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	if r.read, err = river.NewClient(st.JobReader(), &river.Config{Logger: quiet(o.Logger)}); err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return r, nil
}

// Handle says how a sort of work is done. It must be called before Start, once
// for each sort. An error makes the work be tried again later, and so does a
// panic; after the last attempt it is given up, and waits for a person. Work may
// be done twice, should the process die between the doing and the noting: fn
// must see by itself what is there already.
func Handle[A Args](r *Runner, k Kind, fn func(ctx context.Context, args A) error) {
	var zero A
	k = k.withDefaults()
	r.kinds[zero.Kind()] = k
	river.AddWorker(r.workers, &worker[A]{r: r, timeout: k.Timeout, long: k.Long, fn: fn})
}

type worker[A Args] struct {
	river.WorkerDefaults[A]
	r       *Runner
	timeout time.Duration
	long    bool
	fn      func(ctx context.Context, args A) error
}

// Timeout implements river.Worker.
func (w *worker[A]) Timeout(*river.Job[A]) time.Duration { return w.timeout }

// Work implements river.Worker.
func (w *worker[A]) Work(ctx context.Context, j *river.Job[A]) error {
	if busy, err := w.r.twin(ctx, j.JobRow); err != nil || busy {
		if busy {
			err = river.JobSnooze(w.r.o.Poll)
		}
		return err
	}
	if w.long {
		defer w.r.beat(ctx, j.ID)()
	}
	err := w.safely(ctx, j.Args)
	switch {
	case err == nil:
		return nil
	case errors.Is(ctx.Err(), context.Canceled) && w.r.cutting.Load():
		// The process ends: that is not a fault of the work, and no attempt of it.
		return river.JobSnooze(0)
	case errors.Is(ctx.Err(), context.DeadlineExceeded) && !isShown(err):
		return &noted{kept: keptTimeout, cause: err}
	}
	var known *noted
	if errors.As(err, &known) { // a panic
		return known
	}
	if final := (*final)(nil); errors.As(err, &final) {
		j.MaxAttempts = j.Attempt // the library then gives it up; the row keeps its number
	}
	return note(err)
}

// safely makes a panic an error, so that the library never sees its value: it
// would keep that, and the stack, in the row of the work.
func (w *worker[A]) safely(ctx context.Context, args A) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &noted{kept: keptHidden, cause: fmt.Errorf("panic: %v", v), stack: debug.Stack()}
		}
	}()
	return w.fn(ctx, args)
}

// Every has work done again and again, at the full multiples of the interval,
// and once at the start unless it was ordered a short while ago: by one replica
// only, however many there are and however often they start. The next time is
// left out while the work of an earlier one has not been done.
func (r *Runner) Every(interval time.Duration, args Args) {
	r.periodic = append(r.periodic, river.NewPeriodicJob(multiples(interval),
		func() (river.JobArgs, *river.InsertOpts) {
			if r.recently(args, interval/2) {
				return nil, nil
			}
			return args, r.options(args, []Option{Once()})
		}, &river.PeriodicJobOpts{RunOnStart: true}))
}

// multiples is a schedule that is the same for every replica, whenever it was
// started.
type multiples time.Duration

// Next implements river.PeriodicSchedule.
func (m multiples) Next(t time.Time) time.Time {
	return t.UTC().Truncate(time.Duration(m)).Add(time.Duration(m))
}

// recently says whether work was ordered in the time just past. Another replica
// may have begun to lead since.
func (r *Runner) recently(args Args, within time.Duration) bool {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second) //nolint:forbidigo // the library gives none, and what is read has no owner
	defer cancel()
	text, err := json.Marshal(args)
	if err != nil {
		return false // the library says so when it is ordered
	}
	same := `args = $2` // the very bytes
	if r.st.Postgres() {
		same = `args = $2::jsonb`
	}
	var n int
	err = r.st.RawRead(ctx).QueryRowContext(ctx, `SELECT count(*) FROM river_job WHERE kind = $1 AND `+same+ //nolint:gosec // one of two constants
		` AND created_at > $3 AND state NOT IN ('cancelled', 'discarded')`,
		args.Kind(), r.document(text), r.moment(time.Now().Add(-within))).Scan(&n)
	if err != nil {
		r.o.Logger.Error("jobs: periodic work", "kind", args.Kind(), "error", err)
	}
	return n > 0
}

// document and moment write arguments as the library writes them into its
// columns, so that they compare.
func (r *Runner) document(text []byte) any {
	if r.st.Postgres() {
		return string(text)
	}
	return text
}

func (r *Runner) moment(t time.Time) any {
	if r.st.Postgres() {
		return t.UTC()
	}
	return t.UTC().Format("2006-01-02 15:04:05.000")
}

// unfinished are the states of work that will still be done.
var unfinished = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
	rivertype.JobStateRetryable, rivertype.JobStateScheduled,
}

// Option says something more about a piece of work.
type Option func(*river.InsertOpts)

// At has work done at a time to come.
// What is due already is done at once; the library would put it aside first.
func At(t time.Time) Option {
	return func(o *river.InsertOpts) {
		if t.After(time.Now()) {
			o.ScheduledAt = t.UTC()
		}
	}
}

// Once orders no second piece of work with the same arguments while the first
// still waits. When the first is being done already, it may have read what was
// there before this change: then a second is ordered after all, and is not begun
// before the first has ended.
func Once() Option {
	return func(o *river.InsertOpts) {
		o.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: unfinished}
		o.Metadata = []byte(`{"` + onceMark + `":true}`)
	}
}

// onceMark marks work in its metadata that is not done beside its like.
const onceMark = "once"

// twin says whether the same work, ordered earlier by Once, is being done now.
func (r *Runner) twin(ctx context.Context, j *rivertype.JobRow) (bool, error) {
	var m struct {
		Once bool `json:"once"`
	}
	if json.Unmarshal(j.Metadata, &m) != nil || !m.Once {
		return false, nil //nolint:nilerr // what has no mark has no twin
	}
	var n int
	err := r.st.RawRead(ctx).QueryRowContext(ctx, `
SELECT count(*) FROM river_job AS mine, river_job AS other
WHERE mine.id = $1 AND other.state = 'running' AND other.kind = mine.kind AND other.args = mine.args AND other.id < mine.id`,
		j.ID).Scan(&n)
	if err != nil {
		return false, note(err)
	}
	return n > 0, nil
}

func (r *Runner) options(args Args, options []Option) *river.InsertOpts {
	k, known := r.kinds[args.Kind()]
	if !known {
		k = k.withDefaults()
	}
	o := &river.InsertOpts{Queue: k.Queue, MaxAttempts: k.Attempts}
	for _, option := range options {
		option(o)
	}
	return o
}

// Insert orders work, in the transaction that the context is in: if that is
// rolled back, nothing was ordered. Without one it is ordered at once.
func (r *Runner) Insert(ctx context.Context, args Args, options ...Option) error {
	if _, known := r.kinds[args.Kind()]; !known {
		return fmt.Errorf("jobs: nothing handles %q", args.Kind())
	}
	o := r.options(args, options)
	for _, unique := range spares(o.UniqueOpts) {
		o.UniqueOpts = unique
		done, err := r.insert(ctx, args, o)
		if err != nil {
			return fmt.Errorf("jobs: order %s: %w", args.Kind(), err)
		}
		// The library has locked the other row, so that nobody begins with it
		// before this transaction has ended.
		if !done.UniqueSkippedAsDuplicate || done.Job.State != rivertype.JobStateRunning {
			break
		}
	}
	return nil
}

// spares are the keys under which work of Once is ordered: the next when the
// work of the one before is being done just now.
func spares(u river.UniqueOpts) []river.UniqueOpts {
	if !u.ByArgs {
		return []river.UniqueOpts{u}
	}
	second := u
	second.ByQueue = true
	return []river.UniqueOpts{u, second, {}}
}

func (r *Runner) insert(ctx context.Context, args Args, o *river.InsertOpts) (*rivertype.JobInsertResult, error) {
	if tx := r.st.Transaction(ctx); tx != nil {
		return r.order.InsertTx(ctx, tx, args, o)
	}
	return r.order.Insert(ctx, args, o)
}

// cooldown is the least time between two looks for work: with it, and not with
// the poll, the next is taken on while there is more.
const cooldown = 20 * time.Millisecond

// How long work stays in the list after its end. What was given up
// or called off stays until staff have had the time to see it.
const (
	keepCompleted = 24 * time.Hour
	keepFailed    = 60 * 24 * time.Hour
)

// Start begins to do work, until Stop.
func (r *Runner) Start(ctx context.Context) error { return r.start(ctx, r.o.Poll, r.periodic) }

func (r *Runner) start(ctx context.Context, poll time.Duration, periodic []*river.PeriodicJob) error {
	if r.work != nil {
		return errors.New("jobs: started twice")
	}
	if len(r.kinds) == 0 {
		return nil // nothing here does any work, and the library would not start
	}
	queues := map[string]river.QueueConfig{}
	for _, name := range []string{QueueDefault, QueueDelivery} {
		queues[name] = river.QueueConfig{MaxWorkers: r.o.Workers}
	}
	queues[QueueImports] = river.QueueConfig{MaxWorkers: 1}
	c := &river.Config{
		Logger: quiet(r.o.Logger), PollOnly: true, FetchCooldown: min(poll, cooldown), FetchPollInterval: poll,
		Queues: queues, Workers: r.workers, PeriodicJobs: periodic, ErrorHandler: (*failures)(r), JobTimeout: timeoutDefault,
		CompletedJobRetentionPeriod: keepCompleted, CancelledJobRetentionPeriod: keepFailed, DiscardedJobRetentionPeriod: keepFailed,
		// The library looks for lost work every half minute, by the replica that
		// leads, and a replica that was killed leads on for a quarter of a minute.
		// See rescue, which needs no leader; this is for what it would not find.
		RescueStuckJobsAfter: 24 * time.Hour,
	}
	if r.o.Retry != nil {
		c.RetryPolicy = retry(r.o.Retry)
	}
	work, err := river.NewClient(r.st.JobDriver(), c)
	if err != nil {
		return fmt.Errorf("jobs: %w", err)
	}
	// The library would stop with the context and cut work short; Stop lets it end.
	if err := work.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("jobs: %w", err)
	}
	r.work = work
	r.cutting.Store(false)
	r.watch(ctx)
	return nil
}

// cutFor is how long work that is cut short may take to return.
const cutFor = 5 * time.Second

// Stop takes on no more work and waits for what is being done; when the context
// ends, that is cut short and done again later.
func (r *Runner) Stop(ctx context.Context) error {
	if r.work == nil {
		return nil
	}
	r.unwatch()
	defer func() { r.work = nil }()
	if err := r.work.Stop(ctx); err == nil {
		return nil
	}
	r.cutting.Store(true)
	cut, cancel := context.WithTimeout(context.WithoutCancel(ctx), cutFor)
	defer cancel()
	if err := r.work.StopAndCancel(cut); err != nil {
		return fmt.Errorf("jobs: work did not end; it is done again after %s: %w", r.rescueAfter(), err)
	}
	return nil
}

type retry func(attempt int) time.Duration

// NextRetry implements river.ClientRetryPolicy.
func (r retry) NextRetry(j *rivertype.JobRow) time.Time { return time.Now().UTC().Add(r(j.Attempt)) }

// quiet keeps what the library says of its daily life out of the log, and of
// failures, of which failures writes more.
func quiet(l *slog.Logger) *slog.Logger { return slog.New(atLeast{l.Handler(), slog.LevelWarn}) }

type atLeast struct {
	slog.Handler
	level slog.Level
}

// Enabled implements slog.Handler.
func (h atLeast) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= h.level && h.Handler.Enabled(ctx, l)
}

// Handle implements slog.Handler.
func (h atLeast) Handle(ctx context.Context, r slog.Record) error {
	if strings.HasPrefix(r.Message, "jobexecutor.JobExecutor: Job errored") {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h atLeast) WithAttrs(a []slog.Attr) slog.Handler {
	return atLeast{h.Handler.WithAttrs(a), h.level}
}

// WithGroup implements slog.Handler.
func (h atLeast) WithGroup(name string) slog.Handler {
	return atLeast{h.Handler.WithGroup(name), h.level}
}
