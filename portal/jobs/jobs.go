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
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
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
)

// Options are what a Runner is made of.
type Options struct {
	Logger *slog.Logger
	// Poll is how often the database is asked for work; a second when zero.
	Poll time.Duration
	// Workers is how much is done at the same time, by queue; 4 when zero.
	Workers int
	// Rescue is after what time work counts as lost whose process is gone; two
	// minutes when zero. It must be longer than the longest Timeout of a Kind.
	Rescue time.Duration
	// Retry says how long to wait after a failed attempt (1 is the first); the
	// fourth power of the attempt in seconds, a little at random, when nil.
	Retry func(attempt int) time.Duration
}

// Kind says how a sort of work is done.
type Kind struct {
	Queue    string        // QueueDefault when empty
	Attempts int           // how often it is tried; 12 when zero, which is about a day
	Timeout  time.Duration // of one attempt; 30 seconds when zero
	// Shown are the members of the arguments that staff may see.
	Shown []string
}

const (
	attemptsDefault = 12
	timeoutDefault  = 30 * time.Second
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
	work     *river.Client[*sql.Tx] // does it; from Start to Stop
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
		o.Rescue = 2 * time.Minute
	}
	r := &Runner{st: st, o: o, kinds: map[string]Kind{}, workers: river.NewWorkers()}
	var err error
	r.order, err = river.NewClient(st.JobDriver(), &river.Config{Logger: quiet(o.Logger)})
	if err != nil {
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
	river.AddWorker(r.workers, &worker[A]{timeout: k.Timeout, fn: fn})
}

type worker[A Args] struct {
	river.WorkerDefaults[A]
	timeout time.Duration
	fn      func(ctx context.Context, args A) error
}

// Timeout implements river.Worker.
func (w *worker[A]) Timeout(*river.Job[A]) time.Duration { return w.timeout }

// Work implements river.Worker.
func (w *worker[A]) Work(ctx context.Context, j *river.Job[A]) error { return w.fn(ctx, j.Args) }

// Every has work done again and again, by one replica at a time.
func (r *Runner) Every(interval time.Duration, args Args) {
	r.periodic = append(r.periodic, river.NewPeriodicJob(river.PeriodicInterval(interval),
		func() (river.JobArgs, *river.InsertOpts) {
			o := r.options(args, nil)
			o.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: unfinished}
			return args, o
		}, &river.PeriodicJobOpts{RunOnStart: true}))
}

// unfinished are the states of work that will still be done.
var unfinished = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
	rivertype.JobStateRetryable, rivertype.JobStateScheduled,
}

// Option says something more about a piece of work.
type Option func(*river.InsertOpts)

// At has work done at a time to come.
func At(t time.Time) Option { return func(o *river.InsertOpts) { o.ScheduledAt = t.UTC() } }

// Once orders no second piece of work with the same arguments while the first
// has not been done.
func Once() Option {
	return func(o *river.InsertOpts) { o.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: unfinished} }
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
	var err error
	if tx := r.st.Transaction(ctx); tx != nil {
		_, err = r.order.InsertTx(ctx, tx, args, r.options(args, options))
	} else {
		_, err = r.order.Insert(ctx, args, r.options(args, options))
	}
	if err != nil {
		return fmt.Errorf("jobs: order %s: %w", args.Kind(), err)
	}
	return nil
}

// Start begins to do work, until Stop.
func (r *Runner) Start(ctx context.Context) error {
	if r.work != nil {
		return errors.New("jobs: started twice")
	}
	queues := map[string]river.QueueConfig{}
	for _, name := range []string{QueueDefault, QueueDelivery} {
		queues[name] = river.QueueConfig{MaxWorkers: r.o.Workers}
	}
	c := &river.Config{
		Logger: quiet(r.o.Logger), PollOnly: true, FetchCooldown: min(r.o.Poll, 100*time.Millisecond), FetchPollInterval: r.o.Poll,
		Queues: queues, Workers: r.workers, PeriodicJobs: r.periodic, ErrorHandler: (*failures)(r),
		JobTimeout: timeoutDefault, RescueStuckJobsAfter: r.o.Rescue,
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
	return nil
}

// Stop takes on no more work and waits for what is being done; when the context
// ends, that is cut short and done again later.
func (r *Runner) Stop(ctx context.Context) error {
	if r.work == nil {
		return nil
	}
	defer func() { r.work = nil }()
	if err := r.work.Stop(ctx); err == nil {
		return nil
	}
	cut, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return r.work.StopAndCancel(cut)
}

type retry func(attempt int) time.Duration

// NextRetry implements river.ClientRetryPolicy.
func (r retry) NextRetry(j *rivertype.JobRow) time.Time { return time.Now().UTC().Add(r(j.Attempt)) }

// failures writes failed attempts to the log. The arguments stay out of it.
type failures Runner

// HandleError implements river.ErrorHandler.
func (f *failures) HandleError(ctx context.Context, j *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	f.o.Logger.ErrorContext(ctx, "job failed", "job", j.ID, "kind", j.Kind, "attempt", j.Attempt, "of", j.MaxAttempts, "error", err)
	return nil
}

// HandlePanic implements river.ErrorHandler.
func (f *failures) HandlePanic(ctx context.Context, j *rivertype.JobRow, v any, _ string) *river.ErrorHandlerResult {
	f.o.Logger.ErrorContext(ctx, "job panicked", "job", j.ID, "kind", j.Kind, "attempt", j.Attempt, "error", v, "stack", string(debug.Stack()))
	return nil
}

// quiet keeps what the library says of its daily life out of the log.
func quiet(l *slog.Logger) *slog.Logger { return slog.New(atLeast{l.Handler(), slog.LevelWarn}) }

type atLeast struct {
	slog.Handler
	level slog.Level
}

// Enabled implements slog.Handler.
func (h atLeast) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= h.level && h.Handler.Enabled(ctx, l)
}

// WithAttrs implements slog.Handler.
func (h atLeast) WithAttrs(a []slog.Attr) slog.Handler {
	return atLeast{h.Handler.WithAttrs(a), h.level}
}

// WithGroup implements slog.Handler.
func (h atLeast) WithGroup(name string) slog.Handler {
	return atLeast{h.Handler.WithGroup(name), h.level}
}
