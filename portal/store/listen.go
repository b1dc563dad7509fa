package store

import (
	"context"
	"fmt"
	"time"

	"github.com/lib/pq"
)

// Listen calls heard whenever a transaction that has notified a channel is
// committed, by any replica, and whenever one may have been missed; it returns
// when the context ends. It holds one connection, which it opens again when it
// breaks; deaf is told why, once, whenever there is none. SQLite has nothing to
// listen to: there it only waits.
func (s *Store) Listen(ctx context.Context, channel string, heard func(), deaf func(error)) error {
	if !s.Postgres() {
		<-ctx.Done()
		return nil
	}
	const (
		soonest, latest = 50 * time.Millisecond, 5 * time.Second
		lifeSign        = 20 * time.Second
	)
	told := false // the library calls back from one goroutine alone
	l := pq.NewListener(s.url, soonest, latest, func(e pq.ListenerEventType, err error) {
		switch e {
		case pq.ListenerEventConnected:
			told = false
		case pq.ListenerEventReconnected:
			told = false
			heard()
		case pq.ListenerEventDisconnected, pq.ListenerEventConnectionAttemptFailed:
			if !told {
				told = true
				deaf(err)
			}
		}
	})
	// Listen waits until there is a connection, and only closing ends that.
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	defer func() { stop(); _ = l.Close() }()
	if err := l.Listen(channel); err != nil && ctx.Err() == nil {
		return fmt.Errorf("store: listen: %w", err)
	}
	alive := time.NewTicker(lifeSign)
	defer alive.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-l.Notify:
			heard()
		case <-alive.C:
			go func() { _ = l.Ping() }() // a broken connection shows, and is opened again
		}
	}
}

// EventHorizon is the id up to which the event log is complete: no transaction
// that is still running can add an event at or below it. drawn is the last id
// that anybody has drawn, or may have.
//
// On PostgreSQL the order of the two questions matters. Whoever draws an id after
// the first question draws one above drawn; whoever had drawn one before held its
// lock by then, and holds it still when the second question is asked, or has
// ended. See the migration event_window.
func (s *Store) EventHorizon(ctx context.Context) (horizon, drawn int64, err error) {
	q := s.RawRead(ctx)
	if !s.Postgres() {
		err = q.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM events`).Scan(&horizon)
		return horizon, horizon, err
	}
	if err = q.QueryRowContext(ctx, `SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM events_id_seq`).Scan(&drawn); err != nil {
		return 0, 0, err
	}
	err = q.QueryRowContext(ctx, `
SELECT least($1, (
  SELECT min((classid::bigint & 65535) << 32 | objid::bigint) FROM pg_locks
  WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND classid::bigint >> 16 = 18031
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())))`, drawn).Scan(&horizon)
	return horizon, drawn, err
}
