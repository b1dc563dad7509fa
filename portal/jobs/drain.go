package jobs

import (
	"context"
	"time"
)

// Drain does all work that is due, and what that work orders in turn, and
// returns when none is left: for tests, and for commands that end. Work that
// failed waits for its next attempt and is not waited for.
func (r *Runner) Drain(ctx context.Context) error {
	poll := r.o.Poll
	r.o.Poll = 10 * time.Millisecond
	defer func() { r.o.Poll = poll }()
	if err := r.Start(ctx); err != nil {
		return err
	}
	left := 1
	for left > 0 {
		// The library notes what it has done in batches, so that work which is
		// done still counts as running for a moment.
		if err := r.st.Raw(ctx).QueryRowContext(ctx,
			`SELECT count(*) FROM river_job WHERE state IN ('available', 'running') OR state = 'scheduled' AND scheduled_at <= $1`,
			time.Now().UTC()).Scan(&left); err != nil || ctx.Err() != nil {
			_ = r.Stop(ctx)
			return err
		}
		if left > 0 {
			time.Sleep(5 * time.Millisecond)
		}
	}
	return r.Stop(ctx)
}
