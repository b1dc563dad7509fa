package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/jobs"
	"foyer/portal/store"
	"foyer/testkit/dbtest"
)

type greet struct {
	Name string `json:"name"`
	Code string `json:"code,omitempty"`
}

func (greet) Kind() string { return "greet" }

// soon is long enough for whatever a test waits for on a busy machine.
const soon = 30 * time.Second

func options() jobs.Options {
	return jobs.Options{Logger: slog.New(slog.DiscardHandler), Poll: 20 * time.Millisecond,
		Retry: func(int) time.Duration { return 30 * time.Millisecond }}
}

func runner(t *testing.T, st *store.Store, o jobs.Options) *jobs.Runner {
	t.Helper()
	r, err := jobs.New(st, o)
	require.NoError(t, err)
	return r
}

func start(t *testing.T, r *jobs.Runner) {
	t.Helper()
	require.NoError(t, r.Start(t.Context()))
	t.Cleanup(func() { _ = r.Stop(context.WithoutCancel(t.Context())) })
}

// system is a context that may see all work.
func system(t *testing.T) context.Context { t.Helper(); return auth.WithSystem(t.Context(), "test") }

func latest(t *testing.T, r *jobs.Runner) *jobs.Job {
	t.Helper()
	list, err := r.List(system(t), jobs.Filter{}, 0, 1)
	require.NoError(t, err)
	require.Len(t, list, 1)
	return list[0]
}

// becomes waits until the latest work has a state.
func becomes(t *testing.T, r *jobs.Runner, state string) *jobs.Job {
	t.Helper()
	require.Eventually(t, func() bool { return latest(t, r).State == state }, soon, 10*time.Millisecond, state)
	return latest(t, r)
}

func TestMain(m *testing.M) {
	if url := os.Getenv("JOBS_TEST_CHILD"); url != "" {
		child(url)
		return
	}
	os.Exit(m.Run()) //nolint:forbidigo // as the testing package has it
}

// child takes on work, says so, and is killed in the middle of it.
func child(url string) {
	ctx := context.Background()
	st, err := store.Open(ctx, url)
	if err != nil {
		panic(err)
	}
	r, err := jobs.New(st, options())
	if err != nil {
		panic(err)
	}
	jobs.Handle(r, jobs.Kind{Timeout: time.Minute}, func(context.Context, greet) error {
		fmt.Println("begun") //nolint:forbidigo // read by the parent
		select {}
	})
	if err := r.Start(ctx); err != nil {
		panic(err)
	}
	select {}
}

func TestWorkSurvivesTheDeathOfItsProcess(t *testing.T) {
	for kind, url := range dbtest.URLs {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			url := url(t)
			st := dbtest.Open(t, url)
			o := options()
			o.Rescue = 1500 * time.Millisecond
			r := runner(t, st, o)
			var done atomic.Int64
			jobs.Handle(r, jobs.Kind{Timeout: time.Second}, func(context.Context, greet) error { done.Add(1); return nil })
			require.NoError(t, r.Insert(t.Context(), greet{Name: "survivor"}))

			cmd := exec.CommandContext(t.Context(), os.Args[0]) //nolint:gosec // this test
			cmd.Env = append(os.Environ(), "JOBS_TEST_CHILD="+url)
			out, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			begun := make([]byte, 5)
			_, err = out.Read(begun)
			require.NoError(t, err)
			require.Equal(t, "begun", string(begun))
			require.NoError(t, cmd.Process.Kill()) // SIGKILL
			_ = cmd.Wait()
			require.Equal(t, "RUNNING", latest(t, r).State, "nobody has said otherwise")

			start(t, r)
			j := becomes(t, r, "COMPLETED")
			require.EqualValues(t, 1, done.Load())
			require.Equal(t, 2, j.Attempt)
			require.Len(t, j.Failed, 1)
			require.Equal(t, 1, j.Failed[0].Attempt)
			require.Contains(t, j.Failed[0].Text.EN, "process")
		})
	}
}

// TestWhatKillsItsProcessIsGivenUp: the last attempt is the last, even if nobody
// was left to say that it failed.
func TestWhatKillsItsProcessIsGivenUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		o := options()
		o.Rescue = soon // what was begun an hour ago is lost; what the test begins is not, on any machine
		r := runner(t, st, o)
		jobs.Handle(r, jobs.Kind{Attempts: 1}, func(context.Context, greet) error { return nil })
		require.NoError(t, r.Insert(t.Context(), greet{Name: "poison"}))
		_, err := st.Raw(t.Context()).ExecContext(t.Context(), `UPDATE river_job SET state = 'running', attempt = 1, attempted_at = $1`, time.Now().UTC().Add(-time.Hour))
		require.NoError(t, err)
		start(t, r)
		j := becomes(t, r, "DISCARDED")
		require.NotNil(t, j.FinishedAt)
		require.Len(t, j.Failed, 1)
		_, err = r.Retry(system(t), fmt.Sprint(j.Number))
		require.NoError(t, err)
		becomes(t, r, "COMPLETED")
	})
}

// TestLongWork: what takes hours says that it lives, and does not delay how soon
// other work is found whose process is gone.
func TestLongWork(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		o := options()
		o.Rescue = 4 * time.Second // four beats
		r := runner(t, st, o)
		began, end := make(chan struct{}, 9), make(chan struct{})
		jobs.Handle(r, jobs.Kind{}, func(context.Context, greet) error { return nil })
		jobs.Handle(r, jobs.Kind{Queue: jobs.QueueImports, Timeout: 12 * time.Hour, Long: true}, func(context.Context, voyage) error {
			began <- struct{}{}
			<-end
			return nil
		})
		require.NoError(t, r.Insert(t.Context(), greet{Name: "lost"}))
		_, err := st.Raw(t.Context()).ExecContext(t.Context(), `UPDATE river_job SET state = 'running', attempt = 1, attempted_at = $1`, time.Now().UTC().Add(-time.Hour))
		require.NoError(t, err)
		start(t, r)
		becomes(t, r, "COMPLETED")
		require.NoError(t, r.Insert(t.Context(), voyage{}))
		<-began
		first := latest(t, r).AttemptedAt
		require.Eventually(t, func() bool { return latest(t, r).AttemptedAt.After(*first) }, time.Minute, 20*time.Millisecond)
		close(end)
		becomes(t, r, "COMPLETED")
	})
}

// voyage is work that takes long.
type voyage struct{}

func (voyage) Kind() string { return "voyage" }

func TestWorkIsDoneIfAndOnlyIfTheChangeIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		var done atomic.Int64
		r := runner(t, st, options())
		jobs.Handle(r, jobs.Kind{}, func(_ context.Context, a greet) error {
			if a.Name == "kept" {
				done.Add(1)
			} else {
				done.Add(1000)
			}
			return nil
		})
		ctx := system(t)
		rolledBack := errors.New("no")
		require.ErrorIs(t, st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
			require.NoError(t, r.Insert(ctx, greet{Name: "lost"}))
			return rolledBack
		}), rolledBack)
		require.NoError(t, st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error { return r.Insert(ctx, greet{Name: "kept"}) }))
		require.NoError(t, r.Drain(ctx))
		require.EqualValues(t, 1, done.Load())
		idle := runner(t, st, options())
		require.Error(t, idle.Insert(ctx, greet{}), "nothing handles it")
		require.NoError(t, idle.Start(ctx), "a runner that does nothing is no mistake")
		require.NoError(t, idle.Stop(ctx))
		require.NoError(t, idle.Drain(ctx))
	})
}

// TestFailures walks work through its attempts to the end of them, and looks at
// what is kept of each: nothing that a handler did not mean to be shown.
func TestFailures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		log := &buffer{}
		o := options()
		o.Logger = slog.New(slog.NewTextHandler(log, nil))
		r := runner(t, st, o)
		secret := errors.New(`pq: relation "secrets" in SELECT hunter2`)
		var tries atomic.Int64
		jobs.Handle(r, jobs.Kind{Attempts: 4, Timeout: 300 * time.Millisecond, Shown: []string{"name", "absent"}}, func(ctx context.Context, _ greet) error {
			switch tries.Add(1) {
			case 1:
				return secret
			case 2:
				panic("hunter2 in a panic")
			case 3:
				<-ctx.Done()
				return fmt.Errorf("hunter2: %w", ctx.Err())
			case 4:
				return fmt.Errorf("send: %w", jobs.Explain(secret, "550 mailbox unavailable"))
			}
			return nil
		})
		require.NoError(t, r.Insert(t.Context(), greet{Name: "ord_1", Code: "hunter2-code"}))
		start(t, r)
		j := becomes(t, r, "DISCARDED")
		require.EqualValues(t, 4, tries.Load())
		require.Equal(t, []jobs.Argument{{Name: "name", Value: "ord_1"}}, j.About)
		require.Equal(t, 4, j.Attempt)
		require.NotNil(t, j.FinishedAt)
		var texts []string
		for _, f := range j.Failed {
			texts = append(texts, f.Text.EN)
		}
		hidden := fmt.Sprintf("It failed. The log has the cause under job %d.", j.Number)
		require.Equal(t, []string{"550 mailbox unavailable", "It took too long.", hidden, hidden}, texts)
		require.NotContains(t, fmt.Sprint(j), "hunter2")

		var kept string
		cast := `SELECT CAST(errors AS text) FROM river_job`
		require.NoError(t, st.Raw(t.Context()).QueryRowContext(t.Context(), cast).Scan(&kept))
		require.NotContains(t, kept, "hunter2", "not even in the row")
		require.NotContains(t, kept, "goroutine")
		require.NotContains(t, kept, ".go:")
		require.Contains(t, log.String(), "SELECT hunter2", "the log has the cause")
		require.Contains(t, log.String(), "hunter2 in a panic")
		require.Contains(t, log.String(), "jobs_test.go", "and where it was")
		require.Contains(t, log.String(), fmt.Sprintf("job=%d", j.Number))
		require.Contains(t, log.String(), "given up")
		require.NotContains(t, log.String(), "hunter2-code", "arguments stay out of it")
		require.NotContains(t, log.String(), "Job errored", "nothing is logged twice")

		_, err := r.Retry(system(t), fmt.Sprint(j.Number))
		require.NoError(t, err)
		j = becomes(t, r, "COMPLETED")
		require.Equal(t, 5, j.Attempt)
		require.Len(t, j.Failed, 4, "what went wrong stays")
	})
}

func TestBackOffAndFinalErrors(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		o := options()
		var asked []int
		o.Retry = func(attempt int) time.Duration {
			asked = append(asked, attempt)
			if attempt == 2 {
				return time.Hour
			}
			return 10 * time.Millisecond
		}
		r := runner(t, st, o)
		jobs.Handle(r, jobs.Kind{}, func(_ context.Context, g greet) error {
			if g.Name == "final" {
				return jobs.Final(jobs.Explain(errors.New("x"), "551 gone"))
			}
			return errors.New("no")
		})
		require.NoError(t, r.Insert(t.Context(), greet{Name: "patient"}))
		start(t, r)
		j := becomes(t, r, "RETRYABLE")
		require.Equal(t, 2, j.Attempt)
		require.Greater(t, j.ScheduledAt, time.Now().Add(time.Minute))
		require.Equal(t, []int{1, 2}, asked)
		require.NoError(t, r.Insert(t.Context(), greet{Name: "final"}))
		j = becomes(t, r, "DISCARDED")
		require.Equal(t, 1, j.Attempt)
		require.Equal(t, "551 gone", j.Failed[0].Text.DE)
	})
}

func TestStopLetsWorkEndAndCutsItAfterTheDeadline(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		begun, let := make(chan string, 10), make(chan struct{})
		var cut, ended atomic.Int64
		register := func(r *jobs.Runner) *jobs.Runner {
			jobs.Handle(r, jobs.Kind{Attempts: 1}, func(ctx context.Context, g greet) error {
				begun <- g.Name
				select {
				case <-let:
					ended.Add(1)
					return nil
				case <-ctx.Done():
					cut.Add(1)
					return ctx.Err()
				}
			})
			return r
		}
		r := register(runner(t, st, options()))
		require.NoError(t, r.Insert(t.Context(), greet{Name: "cut"}))
		start(t, r)
		<-begun
		now, cancel := context.WithCancel(t.Context())
		cancel()
		require.NoError(t, r.Stop(now))
		require.EqualValues(t, 1, cut.Load())
		j := latest(t, r)
		require.Equal(t, "AVAILABLE", j.State, "though it had one attempt only: it is not to blame")
		require.Empty(t, j.Failed)

		o := options()
		o.Workers = 1 // busy, so that nothing more is begun before it is stopping
		again := register(runner(t, st, o))
		start(t, again)
		<-begun
		stopped := make(chan error)
		go func() { stopped <- again.Stop(context.WithoutCancel(t.Context())) }()
		require.NoError(t, again.Insert(t.Context(), greet{Name: "later"}))
		select {
		case <-stopped:
			t.Fatal("it did not wait for the work")
		case <-begun:
			t.Fatal("it took on more work")
		case <-time.After(100 * time.Millisecond):
		}
		close(let)
		require.NoError(t, <-stopped)
		require.EqualValues(t, 1, ended.Load())
		require.Equal(t, "AVAILABLE", latest(t, again).State)
	})
}

// TestReplicasShareTheWork has two stores over one database, as two processes
// have: each piece of work is done once.
func TestReplicasShareTheWork(t *testing.T) {
	const n = 300
	for kind, url := range dbtest.URLs {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			url := url(t)
			var mu sync.Mutex
			done := map[string]int{}
			var replicas []*jobs.Runner
			var both sync.WaitGroup // each must have a share: its first work waits for the other's
			both.Add(2)
			for range 2 {
				r := runner(t, dbtest.Open(t, url), options())
				var once sync.Once
				jobs.Handle(r, jobs.Kind{}, func(_ context.Context, g greet) error {
					once.Do(func() { both.Done(); both.Wait() })
					mu.Lock()
					defer mu.Unlock()
					done[g.Name]++
					return nil
				})
				replicas = append(replicas, r)
			}
			for i := range n {
				require.NoError(t, replicas[0].Insert(t.Context(), greet{Name: fmt.Sprint(i)}))
			}
			start(t, replicas[0])
			start(t, replicas[1])
			require.Eventually(t, func() bool { mu.Lock(); defer mu.Unlock(); return len(done) == n }, soon, 10*time.Millisecond)
			require.NoError(t, replicas[0].Stop(t.Context())) // so that what is done twice has been
			require.NoError(t, replicas[1].Stop(t.Context()))
			for name, times := range done {
				require.Equal(t, 1, times, name)
			}
		})
	}
}

func TestOnceAndAt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		r := runner(t, st, options())
		begun, let := make(chan struct{}, 10), make(chan struct{}, 10)
		var together, most, done atomic.Int64
		jobs.Handle(r, jobs.Kind{}, func(context.Context, greet) error {
			most.Store(max(most.Load(), together.Add(1)))
			defer together.Add(-1)
			begun <- struct{}{}
			<-let
			done.Add(1)
			return nil
		})
		ctx := t.Context()
		order := func(name string, o ...jobs.Option) { require.NoError(t, r.Insert(ctx, greet{Name: name}, o...)) }
		count := func() int {
			list, err := r.List(system(t), jobs.Filter{}, 0, 100)
			require.NoError(t, err)
			return len(list)
		}
		order("a", jobs.Once())
		order("a", jobs.Once())
		order("b", jobs.Once())
		require.Equal(t, 2, count(), "a is waiting already")
		order("c", jobs.At(time.Now().Add(time.Hour)))
		require.Equal(t, "SCHEDULED", latest(t, r).State)
		_, err := r.Cancel(system(t), fmt.Sprint(latest(t, r).Number))
		require.NoError(t, err)
		_, err = r.Cancel(system(t), fmt.Sprint(latest(t, r).Number-1))
		require.NoError(t, err)

		// A change that comes while the work is being done may have been too late
		// for it: there is one more run, after this one, however many come.
		start(t, r)
		t.Cleanup(func() { close(let) }) // before it is stopped, which waits for what is being done
		<-begun
		// In one change: were the second run looked at in between, and put off, it
		// would count as begun, and there would be one more to be sure.
		require.NoError(t, st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
			for range 3 {
				if err := r.Insert(ctx, greet{Name: "a"}, jobs.Once()); err != nil {
					return err
				}
			}
			return nil
		}))
		require.Equal(t, 4, count())
		select {
		case <-begun:
			t.Fatal("two of the same at the same time")
		case <-time.After(200 * time.Millisecond):
		}
		let <- struct{}{}
		<-begun
		order("a", jobs.Once())
		require.Equal(t, 5, count())
		let <- struct{}{}
		let <- struct{}{}
		require.Eventually(t, func() bool { return done.Load() == 3 }, soon, 10*time.Millisecond)
		require.EqualValues(t, 1, most.Load())
	})
}

func TestEvery(t *testing.T) {
	for kind, url := range dbtest.URLs {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			url := url(t)
			var done atomic.Int64
			replica := func() *jobs.Runner {
				r := runner(t, dbtest.Open(t, url), options())
				jobs.Handle(r, jobs.Kind{}, func(context.Context, greet) error { done.Add(1); return nil })
				// Far from its next multiple, so that the start alone orders it.
				r.Every(1000*time.Hour, greet{Name: "rare"})
				return r
			}
			a, b := replica(), replica()
			start(t, a)
			start(t, b)
			require.Eventually(t, func() bool { return done.Load() == 1 }, soon, 10*time.Millisecond)
			becomes(t, a, "COMPLETED")
			// Both end, and the next one leads and begins: it was done a moment ago.
			require.NoError(t, a.Stop(t.Context()))
			require.NoError(t, b.Stop(t.Context()))
			c := replica()
			jobs.Handle(c, jobs.Kind{}, func(context.Context, other) error { return nil })
			c.Every(1000*time.Hour, other{})
			start(t, c)
			require.Eventually(t, func() bool { j := latest(t, c); return j.Kind == "other" && j.State == "COMPLETED" }, soon, 10*time.Millisecond)
			require.EqualValues(t, 1, done.Load())
		})
	}
}

type other struct{}

func (other) Kind() string { return "other" }

func TestEveryGoesOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		var done atomic.Int64
		r := runner(t, st, options())
		jobs.Handle(r, jobs.Kind{}, func(context.Context, greet) error { done.Add(1); return nil })
		r.Every(300*time.Millisecond, greet{Name: "often"})
		start(t, r)
		require.Eventually(t, func() bool { return done.Load() >= 3 }, soon, 10*time.Millisecond)
	})
}

// TestUnknownKind: work of a version that is no more is shown, fails, and holds
// nothing up.
func TestUnknownKind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		ctx := system(t)
		old := runner(t, st, options())
		jobs.Handle(old, jobs.Kind{Attempts: 2, Shown: []string{"name"}}, func(context.Context, greet) error { return nil })
		require.NoError(t, old.Insert(ctx, greet{Name: "relic"}))
		_, err := st.Raw(ctx).ExecContext(ctx, `UPDATE river_job SET queue = 'default'`)
		require.NoError(t, err)
		r := runner(t, st, options())
		var done atomic.Int64
		jobs.Handle(r, jobs.Kind{}, func(context.Context, other) error { done.Add(1); return nil })
		start(t, r)
		j := becomes(t, r, "DISCARDED")
		require.Empty(t, j.About)
		require.Contains(t, j.Failed[0].Text.EN, "does not know")
		require.NoError(t, r.Insert(ctx, other{}))
		becomes(t, r, "COMPLETED")
	})
}

// TestWorkAmidManyWrites: on SQLite all writes share one connection, those of
// the library too. Neither side may wait for ever.
func TestWorkAmidManyWrites(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		const writers, each = 4, 50
		r := runner(t, st, options())
		var done atomic.Int64
		jobs.Handle(r, jobs.Kind{}, func(ctx context.Context, g greet) error {
			defer done.Add(1)
			return st.Tx(auth.WithSystem(ctx, "test"), func(ctx context.Context, _ *ent.Client) error {
				if strings.HasPrefix(g.Name, "again") {
					return nil
				}
				return r.Insert(ctx, greet{Name: "again" + g.Name}) // work orders work
			})
		})
		start(t, r)
		ctx := system(t)
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					err := st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
						if _, err := st.Raw(ctx).ExecContext(ctx, `DELETE FROM idempotency_keys WHERE identity = 'nobody'`); err != nil {
							return err
						}
						return r.Insert(ctx, greet{Name: fmt.Sprint(w, "-", i)})
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		require.Eventually(t, func() bool { return done.Load() == 2*writers*each }, soon, 10*time.Millisecond)
	})
}

// TestRetention: what was done goes after a day; what was given up stays for
// weeks.
func TestRetention(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, st *store.Store) {
		ctx := system(t)
		r := runner(t, st, options())
		jobs.Handle(r, jobs.Kind{}, func(context.Context, greet) error { return nil })
		for _, row := range []struct {
			name, state string
			days        int
		}{{"old", "completed", 2}, {"new", "completed", 0}, {"failed", "discarded", 31}, {"off", "cancelled", 31}, {"ancient", "discarded", 400}} {
			require.NoError(t, r.Insert(ctx, greet{Name: row.name}))
			_, err := st.Raw(ctx).ExecContext(ctx, `UPDATE river_job SET state = $1, finalized_at = $2 WHERE state = 'available'`,
				row.state, time.Now().UTC().AddDate(0, 0, -row.days).Add(-time.Minute))
			require.NoError(t, err)
		}
		start(t, r)
		require.Eventually(t, func() bool {
			list, err := r.List(ctx, jobs.Filter{}, 0, 10)
			require.NoError(t, err)
			return len(list) == 3
		}, soon, 10*time.Millisecond)
		list, err := r.List(ctx, jobs.Filter{States: []string{"COMPLETED"}}, 0, 10)
		require.NoError(t, err)
		require.Len(t, list, 1)
	})
}

// buffer is a bytes.Buffer that a runner may write while a test reads.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
