package configurations

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/configuration"
	"foyer/ent/modelversion"
	"foyer/portal/access"
	"foyer/portal/configurator/plan"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// What a new version does to a configuration, values of the API's RevalidationOutcome.
const (
	OutcomeValid         = "VALID"
	OutcomeRepriced      = "REPRICED"
	OutcomeRepaired      = "REPAIRED"
	OutcomeNeedsCustomer = "NEEDS_CUSTOMER"
)

const (
	longestRun = 2 * time.Hour
	runBatch   = 200
)

// run is the work of looking at what is kept.
type run struct {
	ID      string `json:"revalidation"`
	ModelID gid.ID `json:"-"`
	Number  int    `json:"-"`
	DryRun  bool   `json:"-"`
	Draft   bool   `json:"-"`
}

// Kind implements jobs.Args.
func (run) Kind() string { return "revalidation" }

// Run is what is known of one.
type Run struct {
	ID                   string
	ModelID              gid.ID
	Number               int
	Draft, DryRun, Ended bool
	Counts               map[string]int
	CreatedAt            time.Time
	FinishedAt           *time.Time
}

// Seen is how many configurations were looked at.
func (r *Run) Seen() int {
	n := 0
	for _, c := range r.Counts {
		n += c
	}
	return n
}

// Revalidate begins to look at all configurations of a model that are kept.
func (s *Service) Revalidate(ctx context.Context, model gid.ID, dryRun, draft bool) (*Run, error) {
	if draft && !dryRun {
		return nil, invalid("By a draft there is only a dry run. Publish it first.", "Nach einem Entwurf gibt es nur einen Probelauf. Bitte veröffentlichen Sie ihn zuerst.", "dryRun")
	}
	id, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		act, err := access.Act(ctx, doPublish, access.Owner{})
		if err != nil {
			return "", err
		}
		m, err := heldModel(act, tx, model)
		if err != nil {
			return "", err
		}
		r := run{ModelID: m.ID, Number: m.Latest, DryRun: dryRun, Draft: draft}
		switch {
		case draft:
			r.Number++
		case m.Latest == 0:
			return "", invalid("Nothing has been published yet.", "Es wurde noch nichts veröffentlicht.", "id")
		}
		id, err := s.start(act, r)
		return gid.ID(id), err
	})
	if err != nil {
		return nil, err
	}
	return s.Run(ctx, string(id))
}

// start notes a run and orders the work, in the transaction of the context. Of one
// model one run is under way at a time.
func (s *Service) start(ctx context.Context, r run) (string, error) {
	raw := s.store.Raw(ctx)
	var open int
	if err := raw.QueryRowContext(ctx, `SELECT count(*) FROM revalidations WHERE model_id = $1 AND finished_at IS NULL AND dry_run = $2`,
		string(r.ModelID), r.DryRun).Scan(&open); err != nil {
		return "", fmt.Errorf("configurations: runs: %w", err)
	}
	if open > 0 && r.DryRun {
		return "", refuse(Busy, "Such a run is under way. Wait until it is done.", "Ein solcher Lauf ist im Gange. Bitte warten Sie, bis er fertig ist.", "id")
	}
	r.ID = string(gid.New(gid.Revalidation))
	if _, err := raw.ExecContext(ctx, `INSERT INTO revalidations (id, model_id, from_draft, dry_run, number, state, counts, after, created_at)
		VALUES ($1, $2, $3, $4, $5, '', '{}', '', $6)`, r.ID, string(r.ModelID), r.Draft, r.DryRun, r.Number, s.now()); err != nil {
		return "", fmt.Errorf("configurations: runs: %w", err)
	}
	return r.ID, s.jobs.Insert(ctx, r)
}

const runColumns = `SELECT id, model_id, from_draft, dry_run, number, counts, after, created_at, finished_at FROM revalidations `

func scanRun(scan func(...any) error) (*Run, string, error) {
	var r Run
	var counts []byte
	var after string
	var ended sql.NullTime
	if err := scan(&r.ID, &r.ModelID, &r.Draft, &r.DryRun, &r.Number, &counts, &after, &r.CreatedAt, &ended); err != nil {
		return nil, "", err
	}
	if ended.Valid {
		r.Ended, r.FinishedAt = true, new(ended.Time.UTC())
	}
	r.CreatedAt = r.CreatedAt.UTC()
	return &r, after, json.Unmarshal(counts, &r.Counts)
}

// Run is one by its id; for staff who publish models.
func (s *Service) Run(ctx context.Context, id string) (*Run, error) {
	r, _, err := scanRun(s.store.RawRead(ctx).QueryRowContext(ctx, runColumns+`WHERE id = $1`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, problem.ErrNotFound
	}
	return r, err
}

// Runs are the latest of a model that the viewer sees.
func (s *Service) Runs(ctx context.Context, m *ent.ConfigurationModel) ([]*Run, error) {
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, runColumns+`WHERE model_id = $1 ORDER BY created_at DESC, id DESC LIMIT 20`, string(m.ID))
	if err != nil {
		return nil, fmt.Errorf("configurations: runs: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []*Run
	for rows.Next() {
		r, _, err := scanRun(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("configurations: runs: %w", err)
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// judge looks at configurations by one version.
type judge struct {
	*Service

	to    *book
	at    time.Time
	from  map[gid.ID]*book
	terms map[gid.ID]*market // by customer
	dry   bool
}

// revalidate carries a run out, a batch at a time; where it was interrupted it goes on.
func (s *Service) revalidate(ctx context.Context, args run) error {
	ctx = auth.WithSystem(ctx, "what a new version of a model does to the configurations that customers keep")
	r, after, err := scanRun(s.store.RawRead(ctx).QueryRowContext(ctx, runColumns+`WHERE id = $1`, args.ID).Scan)
	if errors.Is(err, sql.ErrNoRows) || err == nil && r.Ended {
		return nil
	}
	if err != nil {
		return fmt.Errorf("configurations: run: %w", err)
	}
	j, product, err := s.judgeOf(ctx, r)
	if err != nil {
		return err
	}
	for {
		q := s.store.Client().Configuration.Query().Where(configuration.ProductID(product), configuration.StatusNEQ(configuration.StatusORDERED))
		if after != "" {
			q.Where(configuration.IDGT(gid.ID(after)))
		}
		ids, err := q.Order(configuration.ByID()).Limit(runBatch).IDs(ctx)
		if err != nil {
			return err
		}
		if len(ids) > 0 {
			after = string(ids[len(ids)-1])
		}
		if err := j.batch(ctx, r, ids, after); err != nil {
			return err
		}
		if len(ids) < runBatch {
			return nil
		}
	}
}

func (s *Service) judgeOf(ctx context.Context, r *Run) (*judge, gid.ID, error) {
	j := &judge{Service: s, at: s.now(), from: map[gid.ID]*book{}, terms: map[gid.ID]*market{}, dry: r.DryRun}
	m, err := s.draft(ctx, r.ModelID)
	if err != nil {
		return nil, "", err
	}
	if r.Draft {
		j.to, err = draftBook(m, j.at, r.Number)
		return j, m.ProductID, err
	}
	v, err := s.store.Reader(ctx).ModelVersion.Query().Where(modelversion.ModelID(m.ID), modelversion.StatusEQ(modelversion.StatusACTIVE)).
		Select(withoutDocument...).Only(ctx)
	if err != nil {
		return nil, "", err
	}
	j.to, err = s.read(ctx, editionOf(v), j.at)
	return j, m.ProductID, err
}

// batch looks at some configurations and notes how far the run is, in one transaction.
func (j *judge) batch(ctx context.Context, r *Run, ids []gid.ID, after string) error {
	counts := map[string]int{}
	for k, n := range r.Counts {
		counts[k] = n
	}
	err := j.store.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		list, err := tx.Configuration.Query().Where(configuration.IDIn(ids...), configuration.StatusNEQ(configuration.StatusORDERED), store.Held).
			Order(configuration.ByID()).All(ctx)
		if err != nil {
			return err
		}
		for _, c := range list {
			outcome, err := j.one(ctx, tx, c)
			if err != nil {
				return fmt.Errorf("configuration %s: %w", c.ID, err)
			}
			if outcome != "" {
				counts[outcome]++
			}
		}
		text, err := json.Marshal(counts)
		if err != nil {
			return err
		}
		var ended *time.Time
		if len(ids) < runBatch {
			ended = new(j.Service.now())
		}
		_, err = j.store.Raw(ctx).ExecContext(ctx, `UPDATE revalidations SET counts = $1, after = $2, finished_at = $3 WHERE id = $4`,
			string(text), after, ended, r.ID)
		return err
	})
	if err == nil {
		r.Counts = counts
	}
	return err
}

// verdict is what a version makes of a configuration.
type verdict struct {
	schema.ConfigurationChange

	choices []schema.ConfigurationChoice
	answer  *Answer
}

// one looks at a configuration, and writes what comes of it unless the run is dry.
// One that has the version already is left alone.
func (j *judge) one(ctx context.Context, tx *ent.Client, c *ent.Configuration) (string, error) {
	if c.VersionID == j.to.version.ID {
		return "", nil
	}
	v, err := j.verdict(ctx, c)
	if err != nil || j.dry {
		return v.Outcome, err
	}
	st := status(v.answer)
	if v.Outcome == OutcomeNeedsCustomer {
		st = configuration.StatusNEEDS_CUSTOMER
	}
	u := tx.Configuration.UpdateOneID(c.ID).Where(configuration.Version(c.Version)).AddVersion(1).SetVersionID(j.to.version.ID).SetChoices(v.choices).
		SetStatus(st).SetChange(&v.ConfigurationChange).SetChangedAt(j.at).SetCurrency(v.answer.Currency).SetDays(v.answer.Days)
	if p := unit(v.answer); p != nil {
		u.SetUnitMinor(*p)
	} else {
		u.ClearUnitMinor()
	}
	if err := u.Exec(ctx); err != nil {
		return "", err
	}
	return v.Outcome, events.Append(ctx, tx, events.Event{
		Kind: events.ConfigurationRevalidated, Subject: c.ID, Owner: owner(c), At: j.at, Data: schema.EventData{To: v.Outcome, Text: c.Name},
	})
}

// verdict says what becomes of a configuration: what was chosen goes over to the new
// version, is repaired where the model allows that, or waits for the customer.
func (j *judge) verdict(ctx context.Context, c *ent.Configuration) (*verdict, error) {
	return j.verdictOn(ctx, c, nil)
}

// verdictOn is the verdict on a configuration that was ordered with some lines; none
// for one that is only kept.
func (j *judge) verdictOn(ctx context.Context, c *ent.Configuration, lines []schema.OrderedOption) (*verdict, error) {
	from, err := j.formerly(ctx, c.VersionID)
	if err != nil {
		return nil, err
	}
	t, err := j.termsOf(ctx, c)
	if err != nil {
		return nil, err
	}
	q, err := j.question(ctx, j.to, c.Choices)
	if err != nil {
		return nil, err
	}
	q.Plain = true
	done, err := j.to.Revalidate(ctx, q, from.Plan, c.Status == configuration.StatusCOMPLETE)
	if err != nil {
		return nil, err
	}
	if done.Outcome != plan.NeedsCustomer {
		if err := j.asOrdered(ctx, q, from.Plan, done, lines); err != nil {
			return nil, err
		}
	}
	q.Choices = done.Choices
	a := &asked{book: j.to, terms: t, q: q}
	v := &verdict{choices: done.Choices, ConfigurationChange: schema.ConfigurationChange{
		FromNumber: from.version.Number, ToNumber: j.to.version.Number, Outcome: string(done.Outcome), Dropped: done.Dropped, Taken: done.Taken,
		OldMinor: c.UnitMinor, Currency: c.Currency, At: j.at,
	}}
	if v.answer, err = j.answered(ctx, a, done.State, Question{}, nil); err != nil {
		return nil, err
	}
	v.NewMinor = unit(v.answer)
	switch {
	case c.Status == configuration.StatusNEEDS_CUSTOMER: // nobody has answered yet
		v.Outcome = OutcomeNeedsCustomer
	case done.Outcome == plan.Valid && len(done.Taken) > 0: // an heir stands in the place of what there was
		v.Outcome = OutcomeRepaired
	case done.Outcome == plan.Valid && !same(v.OldMinor, v.NewMinor):
		v.Outcome = OutcomeRepriced
	}
	return v, nil
}

func same(a, b *int64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

func (j *judge) formerly(ctx context.Context, id gid.ID) (*book, error) {
	if b := j.from[id]; b != nil {
		return b, nil
	}
	b, err := j.open(ctx, id, j.at)
	if err == nil {
		j.from[id] = b
	}
	return b, err
}

func (j *judge) termsOf(ctx context.Context, c *ent.Configuration) (*terms, error) {
	m := j.terms[c.OrganizationID]
	if m == nil {
		buyer, err := j.prices.BuyerFor(ctx, c.OrganizationID)
		if err != nil {
			return nil, err
		}
		if m, err = j.market(ctx, j.to, buyer, j.at); err != nil {
			return nil, err
		}
		j.terms[c.OrganizationID] = m
	}
	return m.terms(c.Quantity), nil
}
