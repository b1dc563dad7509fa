package jobs

import (
	"context"
	"fmt"
	"time"

	"foyer/portal/store"
)

// overdue is how long due work may wait before something must be wrong.
const overdue = 5 * time.Minute

// Check looks for work that nobody does and work that was given up.
func (r *Runner) Check(ctx context.Context) []store.Finding {
	count := func(where string, args ...any) (n int, err error) {
		err = r.st.RawRead(ctx).QueryRowContext(ctx, `SELECT count(*) FROM river_job WHERE `+where, args...).Scan(&n)
		return n, err
	}
	late, err := count(`state IN ('available', 'scheduled', 'retryable') AND scheduled_at < $1`, r.moment(time.Now().Add(-overdue)))
	if err == nil && late > 0 {
		err = fmt.Errorf("%d jobs have been due for more than %d minutes", late, int(overdue.Minutes()))
	}
	findings := []store.Finding{{
		What: "background work is being done", Err: err,
		Hint: "Is foyer serve running, and does its log speak of jobs? The query jobQueues shows what waits.",
	}}
	given, err := count(`state = 'discarded'`)
	if err == nil && given > 0 {
		err = fmt.Errorf("%d jobs were given up", given)
	}
	return append(findings, store.Finding{
		What: "no background work was given up", Err: err,
		Hint: "See the query jobs(filter: {state: [DISCARDED]}); then retryJob, or cancelJob what is not wanted any more.",
	})
}
