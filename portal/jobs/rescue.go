package jobs

import (
	"context"
	"encoding/json"
	"time"
)

// rescueAfter is how long an attempt may last before its process counts as gone.
func (r *Runner) rescueAfter() time.Duration {
	longest := time.Duration(0)
	for _, k := range r.kinds {
		if !k.Long { // see beat
			longest = max(longest, k.Timeout)
		}
	}
	return max(r.o.Rescue, longest+longest/4)
}

// beat says of a piece of long work that its process lives, until the returned
// function is called: it moves the time at which the attempt counts as begun.
func (r *Runner) beat(ctx context.Context, number int64) (end func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		ticker := time.NewTicker(r.rescueAfter() / 4)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			_, err := r.st.Raw(ctx).ExecContext(ctx, `UPDATE river_job SET attempted_at = $1 WHERE id = $2 AND state = 'running'`,
				r.moment(time.Now()), number)
			if err != nil && ctx.Err() == nil {
				r.o.Logger.WarnContext(ctx, "jobs: long work could not say that it goes on", "job", number, "error", err)
			}
		}
	}()
	return func() { cancel(); <-ended }
}

// watch looks for work whose process is gone, at once and then again and again,
// until unwatch.
func (r *Runner) watch(ctx context.Context) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	after, ended := r.rescueAfter(), make(chan struct{})
	r.unwatch = func() { cancel(); <-ended }
	go func() {
		defer close(ended)
		ticker := time.NewTicker(min(after/4, 15*time.Second))
		defer ticker.Stop()
		for {
			if err := r.rescue(ctx, after); err != nil && ctx.Err() == nil {
				r.o.Logger.ErrorContext(ctx, "jobs: look for lost work", "error", err)
			}
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
		}
	}()
}

// rescue has work done again whose process is gone, or gives it up after its
// last attempt: what kills the process must not do so for ever. Each replica
// looks, and one statement does it, so that no two take one piece of work.
func (r *Runner) rescue(ctx context.Context, after time.Duration) error {
	now := time.Now().UTC()
	text, err := json.Marshal(map[string]any{"at": now, "attempt": 0, "error": keptLost, "trace": ""})
	if err != nil {
		return err
	}
	rows, err := r.st.Raw(ctx).QueryContext(ctx, r.rescueStatement(), r.moment(now.Add(-after)), r.moment(now), r.document(text))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var number int64
		var kind, state string
		var attempt, attempts int
		if err := rows.Scan(&number, &kind, &state, &attempt, &attempts); err != nil {
			return err
		}
		r.o.Logger.WarnContext(ctx, "job lost with its process", "job", number, "kind", kind, "attempt", attempt, "of", attempts, "now", state)
	}
	return rows.Err()
}

func (r *Runner) rescueStatement() string {
	if r.st.Postgres() {
		return `
UPDATE river_job SET
  state = CASE WHEN attempt < max_attempts THEN 'available' ELSE 'discarded' END::river_job_state,
  finalized_at = CASE WHEN attempt < max_attempts THEN NULL ELSE $2::timestamptz END,
  scheduled_at = $2::timestamptz,
  errors = array_append(errors, jsonb_set($3::jsonb, '{attempt}', to_jsonb(attempt)))
WHERE state = 'running' AND attempted_at < $1
RETURNING id, kind, state, attempt, max_attempts`
	}
	return `
UPDATE river_job SET
  state = CASE WHEN attempt < max_attempts THEN 'available' ELSE 'discarded' END,
  finalized_at = CASE WHEN attempt < max_attempts THEN NULL ELSE $2 END,
  scheduled_at = $2,
  errors = json_insert(coalesce(errors, json('[]')), '$[#]', json_set(json(CAST($3 AS text)), '$.attempt', attempt))
WHERE state = 'running' AND attempted_at < $1
RETURNING id, kind, state, attempt, max_attempts`
}
