package jobs

import (
	"context"
	"time"
)

// Drain does all work that is due, and what that work orders in turn, and
// returns when none is left: for tests, and for commands that end. Work that
// failed waits for its next attempt and is not waited for, and what is done
// again and again is not begun.
func (r *Runner) Drain(ctx context.Context) error {
	if err := r.start(ctx, 10*time.Millisecond, nil); err != nil || r.work == nil {
		return err
	}
	// Twice nothing, since work may have been ordered for a moment between the
	// clock's being read and the question's being answered.
	for left, nothing := 0, 0; nothing < 2; {
		now := r.moment(time.Now())
		// The library would get round to it, within seconds.
		_, err := r.st.Raw(ctx).ExecContext(ctx,
			`UPDATE river_job SET state = 'available' WHERE state IN ('scheduled', 'retryable') AND scheduled_at <= $1`, now)
		if err == nil {
			// It notes what it has done in batches, so that work which is done still
			// counts as running for a moment. What that has ordered since the statement
			// above is left as well; its time may have been rounded up.
			err = r.st.Raw(ctx).QueryRowContext(ctx,
				`SELECT count(*) FROM river_job WHERE state = 'running'
				OR state IN ('available', 'scheduled', 'retryable') AND scheduled_at <= $1`, r.moment(time.Now().Add(time.Millisecond))).Scan(&left)
		}
		if err != nil {
			_ = r.Stop(ctx)
			return err
		}
		if nothing++; left > 0 {
			nothing = 0
		}
		time.Sleep(5 * time.Millisecond)
	}
	return r.Stop(ctx)
}

// Hasten makes all work due now that is planned for later or waits to be tried
// again: for tests.
func (r *Runner) Hasten(ctx context.Context) error {
	_, err := r.st.Raw(ctx).ExecContext(ctx,
		`UPDATE river_job SET scheduled_at = $1, state = 'available' WHERE state IN ('available', 'scheduled', 'retryable')`, r.moment(time.Now().Add(-time.Minute)))
	return err
}
