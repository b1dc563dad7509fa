package configurations

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"foyer/ent"
	"foyer/schema"
	"foyer/schema/gid"
)

// The kinds of figures: what was asked for, how often it was not possible, and which
// rule stood in the way.
const (
	figureWanted  = "WANTED"
	figureRefused = "REFUSED"
	figureRule    = "RULE"
)

// mostCounted is how many different figures wait to be written at most; what comes
// beyond it is not counted.
const mostCounted = 50_000

// figure is one that is counted by day.
type figure struct {
	model          gid.ID
	day, kind, key string
}

// tally counts in memory, so that asking costs no write. What a process that is killed
// had counted in the last seconds is lost; these are statistics.
type tally struct {
	mu     sync.Mutex
	counts map[figure]int64
}

// asked counts a change: what was wanted, and the rules that were in its way; rules
// of nobody's are none.
func (t *tally) asked(model gid.ID, c schema.ConfigurationChoice, rules []string, at time.Time) {
	if c.Option == "" || c.Negate || c.Absent {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil {
		t.counts = map[figure]int64{}
	}
	on := at.UTC().Format(time.DateOnly)
	add := func(kind, key string) {
		f := figure{model, on, kind, key}
		if _, known := t.counts[f]; known || len(t.counts) < mostCounted {
			t.counts[f]++
		}
	}
	add(figureWanted, c.Group+"."+c.Option)
	if rules == nil {
		return
	}
	add(figureRefused, c.Group+"."+c.Option)
	for _, r := range rules {
		add(figureRule, r)
	}
}

// count counts a change that was asked for; what colleagues try on a draft is nobody's wish.
func (s *Service) count(a *asked, c schema.ConfigurationChoice, rules []string) {
	if a.version.ID != "" {
		s.tally.asked(a.version.ModelID, c, rules, a.terms.at)
	}
}

func (t *tally) take() map[figure]int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	all := t.counts
	t.counts = nil
	return all
}

// flushEvery is how often figures are written.
const flushEvery = 5 * time.Second

// Count writes figures until the context ends, and then once more.
func (s *Service) Count(ctx context.Context) {
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushEvery)
			defer cancel()
			s.note(last)
			return
		}
		s.note(ctx)
	}
}

func (s *Service) note(ctx context.Context) {
	if err := s.Flush(ctx); err != nil && ctx.Err() == nil {
		s.logger.WarnContext(ctx, "what was asked for in configurations could not be counted", "error", err)
	}
}

// Flush writes what has been counted.
func (s *Service) Flush(ctx context.Context) error {
	all := s.tally.take()
	if len(all) == 0 {
		return nil
	}
	keys := slices.SortedFunc(maps.Keys(all), func(a, b figure) int { // in one order, so that processes do not wait in a circle
		return strings.Compare(string(a.model)+a.day+a.kind+a.key, string(b.model)+b.day+b.kind+b.key)
	})
	return s.store.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		for _, f := range keys {
			if _, err := s.store.Raw(ctx).ExecContext(ctx, `INSERT INTO configuration_figures (model_id, day, kind, key, count) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT (model_id, day, kind, key) DO UPDATE SET count = configuration_figures.count + excluded.count`,
				string(f.model), f.day, f.kind, f.key, all[f]); err != nil {
				return fmt.Errorf("configurations: figures: %w", err)
			}
		}
		return nil
	})
}

// Figures are what people asked for, and what stood in the way.
type Figures struct {
	Requests, Conflicts int
	Wanted              []Wanted
	Blocking            []Blocking
}

// Wanted is how often an option was asked for, and how often in vain.
type Wanted struct {
	Group, Option  string
	Count, Refused int
}

// Blocking is how often a rule stood in the way.
type Blocking struct {
	Rule  string
	Count int
}

const mostFigures = 100

// Figures sums what was counted of a model, which the viewer sees, in some days.
func (s *Service) Figures(ctx context.Context, m *ent.ConfigurationModel, days int) (*Figures, error) {
	if days < 1 || days > 400 {
		return nil, errDays
	}
	from := s.now().AddDate(0, 0, 1-days).Format(time.DateOnly)
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, `SELECT kind, key, sum(count) FROM configuration_figures
		WHERE model_id = $1 AND day >= $2 GROUP BY kind, key ORDER BY 3 DESC, key`, string(m.ID), from)
	if err != nil {
		return nil, fmt.Errorf("configurations: figures: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out, refused := &Figures{}, map[string]int{}
	for rows.Next() {
		var kind, key string
		var n int
		if err := rows.Scan(&kind, &key, &n); err != nil {
			return nil, fmt.Errorf("configurations: figures: %w", err)
		}
		group, option, _ := strings.Cut(key, ".")
		switch kind {
		case figureWanted:
			out.Requests += n
			out.Wanted = append(out.Wanted, Wanted{Group: group, Option: option, Count: n})
		case figureRefused:
			out.Conflicts += n
			refused[key] = n
		case figureRule:
			out.Blocking = append(out.Blocking, Blocking{Rule: key, Count: n})
		}
	}
	for i, w := range out.Wanted {
		out.Wanted[i].Refused = refused[w.Group+"."+w.Option]
	}
	out.Wanted, out.Blocking = out.Wanted[:min(len(out.Wanted), mostFigures)], out.Blocking[:min(len(out.Blocking), mostFigures)]
	return out, rows.Err()
}
