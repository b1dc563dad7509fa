package events

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/event"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// channel is what a commit with events notifies; see the migration event_window.
const channel = "foyer_events"

// How often the log is looked at when nobody says that it has grown: another
// process may write to an SQLite file, and a notification may be lost with its
// connection.
const (
	lookSQLite   = 250 * time.Millisecond
	lookPostgres = time.Second
)

// While a transaction holds the horizon down, it is asked again after these
// times: whoever is rolled back does not say so.
const (
	againSoonest = 5 * time.Millisecond
	againLatest  = 250 * time.Millisecond
)

// batch is how many events are read at a time.
const batch = 500

// News is an event as those who wait for it are woken: what it is about and
// whose it is. It says nothing about who may read it.
type News struct {
	ID                          int64
	Kind                        Kind
	Subject, Organization, User gid.ID
	About                       string // Data.Subject: the user, role or membership concerned
}

// Stream watches the log grow. Each process has one; it knows up to where the
// log is complete, and wakes those who wait.
//
// Nothing is kept for anybody: who is woken reads the log from where they are.
// The log itself is the queue, so that a slow reader costs nothing but its own
// delay, and one that comes back after a restart, or to another replica, goes on
// as if nothing had been.
type Stream struct {
	st      *store.Store
	logger  *slog.Logger
	horizon atomic.Int64
	look    chan struct{}

	mu    sync.Mutex
	bells map[*Bell]struct{}
}

// NewStream makes the stream of a database's log. It must be made before
// anything is written that it is to notice at once.
func NewStream(st *store.Store, logger *slog.Logger) *Stream {
	if logger == nil {
		logger = slog.Default()
	}
	s := &Stream{st: st, logger: logger, look: make(chan struct{}, 1), bells: map[*Bell]struct{}{}}
	st.Client().Event.Use(func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			v, err := next.Mutate(ctx, m)
			if err == nil {
				store.AfterCommit(ctx, s.Look)
			}
			return v, err
		})
	})
	return s
}

// Look has the log looked at now.
func (s *Stream) Look() {
	select {
	case s.look <- struct{}{}:
	default: // it is about to be
	}
}

// Horizon is the id up to which this process knows the log to be complete.
func (s *Stream) Horizon() int64 { return s.horizon.Load() }

// Run watches until the context ends. started is closed, if it is not nil, when
// events are noticed from then on.
func (s *Stream) Run(ctx context.Context, started chan<- struct{}) error {
	at, _, err := s.st.EventHorizon(ctx)
	if err != nil {
		return fmt.Errorf("events: %w", err)
	}
	s.horizon.Store(at)
	every := lookSQLite
	if s.st.Postgres() {
		every = lookPostgres
	}
	listening := make(chan struct{})
	go func() {
		defer close(listening)
		deaf := func(err error) {
			s.logger.WarnContext(ctx, "not listening to the database; looking at it every "+every.String(), "error", err)
		}
		if err := s.st.Listen(ctx, channel, s.Look, deaf); err != nil {
			deaf(err)
		}
	}()
	if started != nil {
		close(started)
	}
	again := time.Duration(0) // how long to wait while the horizon is held down
	timer := time.NewTimer(every)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			<-listening
			return nil
		case <-s.look:
		case <-timer.C:
		}
		held, err := s.advance(ctx)
		wait := every
		switch {
		case err != nil && ctx.Err() == nil:
			s.logger.WarnContext(ctx, "the event log cannot be read", "error", err)
		case held:
			again = min(max(again*2, againSoonest), againLatest)
			wait = again
		default:
			again = 0
		}
		timer.Reset(wait)
	}
}

// advance moves the horizon and wakes who waits for what has come below it. held
// says that a running transaction keeps it from the end of the log.
func (s *Stream) advance(ctx context.Context) (held bool, err error) {
	to, drawn, err := s.st.EventHorizon(ctx)
	if err != nil {
		return false, err
	}
	for from := s.horizon.Load(); from < to; {
		news, err := s.read(ctx, from, to)
		if err != nil {
			return to < drawn, err
		}
		if from = to; len(news) == batch {
			from = news[batch-1].ID
		}
		s.horizon.Store(from) // before anybody is woken, who reads up to it
		s.ring(news)
	}
	return to < drawn, nil
}

func (s *Stream) read(ctx context.Context, after, upTo int64) (list []News, err error) {
	rows, err := s.st.Client().Event.Query().Where(event.IDGT(after), event.IDLTE(upTo)).
		Order(event.ByID()).Limit(batch).
		All(auth.WithSystem(ctx, "events: wake those who wait for news; each then reads as themselves"))
	if err != nil {
		return nil, err
	}
	for _, e := range rows {
		list = append(list, News{e.ID, Kind(e.Kind), e.SubjectID, e.OrganizationID, e.UserID, e.Data.Subject})
	}
	return list, nil
}

func (s *Stream) ring(news []News) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for b := range s.bells {
		for i := range news {
			if b.wants(&news[i]) {
				b.ring()
				break
			}
		}
	}
}

// Bell rings when there is news of a sort.
type Bell struct {
	// C has a value when there is news, one for any amount of it.
	C     chan struct{}
	s     *Stream
	wants func(n *News) bool
}

func (b *Bell) ring() {
	select {
	case b.C <- struct{}{}:
	default:
	}
}

// Bell makes a bell for the news that wants names. Close it.
func (s *Stream) Bell(wants func(n *News) bool) *Bell {
	b := &Bell{C: make(chan struct{}, 1), s: s, wants: wants}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bells[b] = struct{}{}
	return b
}

// Close takes the bell off.
func (b *Bell) Close() {
	b.s.mu.Lock()
	defer b.s.mu.Unlock()
	delete(b.s.bells, b)
}

// Watched is how many bells there are.
func (s *Stream) Watched() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.bells)
}

// Follower is one who follows the log.
type Follower struct {
	// Wants says which news wakes it; it must not miss any that Read would find.
	Wants func(n *News) bool
	// Read loads events after one position and up to another, in the order of
	// their ids, at most limit of them.
	Read func(ctx context.Context, after, upTo int64, limit int) ([]*ent.Event, error)
	// Start is told where it begins, before the first event.
	Start func(ctx context.Context, at int64) error
	// Tell gets each event; at is the position after it.
	Tell func(ctx context.Context, e *ent.Event, at int64) error
}

// Follow tells a follower of each event after a position, or from now on when
// since is nil, in the order of the log, none left out and none twice. With stay
// it goes on until the context ends; otherwise it returns when all is told. The
// follower's errors end it.
func (s *Stream) Follow(ctx context.Context, f Follower, since *int64, stay bool) error {
	bell := s.Bell(f.Wants)
	defer bell.Close()
	at := s.Horizon() // after the bell is there: what comes later rings it
	if since != nil {
		at = *since
	}
	if err := f.Start(ctx, at); err != nil {
		return err
	}
	to := s.Horizon()
	if !stay { // whoever has just written something expects it in what they have missed
		var err error
		if to, _, err = s.st.EventHorizon(ctx); err != nil {
			return err
		}
	}
	const page = 100
	for {
		for at < to {
			rows, err := f.Read(ctx, at, to, page)
			if err != nil {
				return err
			}
			for _, e := range rows {
				if err := f.Tell(ctx, e, e.ID); err != nil {
					return err
				}
			}
			if at = to; len(rows) == page {
				at = rows[page-1].ID
			}
		}
		if !stay {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-bell.C:
			to = s.Horizon()
		}
	}
}
