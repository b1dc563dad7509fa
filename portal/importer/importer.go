// Package importer brings the records of another system in: organizations,
// users, products, orders with their lines and shipments, from CSV or JSONL
// files, as a mapping says (see docs/import.md).
//
// A record is known by (source, external id). What it was imported from is
// kept as a digest, so that an unchanged record is not written again; an older
// version never overwrites a newer one; rows of another source are never
// touched. A row that is wrong is reported and the others go in.
//
// Files are read through once before anything is written, so that one that is
// not what the mapping says changes nothing. Then records are written in
// batches, each in a transaction of its own and each whole: when a run is cut
// short, running it again goes on where it stopped.
//
// Owns: mappings, the formats of files, how an imported record is compared
// with the one that is here. Does not own: the statements (store.Bulk), who
// may import (auth), what an order's states mean.
package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/audit"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// Options of a run.
type Options struct {
	// DryRun reads, checks and compares everything and writes nothing.
	DryRun bool
	// Progress is told from time to time how far the run is: the file being
	// read, and how much of all work is done, in no particular unit.
	Progress func(file string, done, total int64)
	// Batch is how many records are written in one transaction; 1,000 when zero.
	Batch int
	// Bad is given every row that is rejected; an error from it ends the run.
	Bad func(BadRow) error
	// Run is the run's id in the report and the audit; a new one when empty.
	Run gid.ID

	// stop is asked before each batch, and while files are read; an error from
	// it ends the run.
	stop func() error
	// told is given the report whenever something has been added to it.
	told func(*Report)
	// quota bounds the files of strangers.
	quota *quota
}

// run is one import.
type run struct {
	st     *store.Store
	m      *Mapping
	from   opener
	o      Options
	report *Report
	refs   *references
	spools map[string]*spool // Lines, Shipments

	parcelKeys  *seen // of shipments
	sizes       map[*section]int64
	done, total atomic.Int64
}

// Run imports the files of a folder. The context acts as the system, or as the
// key of the mapping's source. A report comes back even with an error, and
// then says what was written before it.
func Run(ctx context.Context, st *store.Store, m *Mapping, dir string, o Options) (*Report, error) {
	return runFrom(ctx, st, m, folder(dir), o)
}

func runFrom(ctx context.Context, st *store.Store, m *Mapping, from opener, o Options) (*Report, error) {
	if o.Batch <= 0 {
		o.Batch = 1000
	}
	start := time.Now()
	r := &run{st: st, m: m, from: from, o: o, report: newReport(o.Run, m.Source, o.DryRun), spools: map[string]*spool{}, sizes: map[*section]int64{}}
	defer func() { r.report.Elapsed = time.Since(start) }()
	reader, err := st.Bulk(ctx, m.Source) // also: may this viewer import at all
	if err != nil {
		return r.report, err
	}
	if len(m.of(Users)) > 0 && !auth.From(ctx).System() {
		return r.report, fmt.Errorf("importer: a key cannot import users: %w", problem.ErrForbidden)
	}
	r.refs = newReferences(reader, o.DryRun)
	defer func() {
		for _, p := range r.spools {
			_ = p.close() // temporary files
		}
	}()
	err = r.all(ctx)
	return r.report, errors.Join(err, r.audit(ctx, err))
}

// importing is how much longer writing a record takes than reading it, for
// the progress.
const importing = 12

func (r *run) all(ctx context.Context) error {
	for _, s := range r.m.sections {
		in, err := openInput(ctx, r.from, s, r.o.quota)
		if err != nil {
			return err
		}
		r.sizes[s] = in.size
		r.total.Add(in.size * (1 + importing))
		if err := in.close(); err != nil {
			return err
		}
	}
	for _, s := range r.m.sections {
		if err := r.check(ctx, s); err != nil {
			return err
		}
	}
	for _, p := range r.spools {
		if err := p.ready(); err != nil {
			return err
		}
	}
	for _, stage := range []func(context.Context) error{r.organizations, r.users, r.products, r.orders} {
		if err := stage(ctx); err != nil {
			return err
		}
	}
	return r.orphans()
}

// check reads a file through. Rows that belong to orders are put aside on the way.
func (r *run) check(ctx context.Context, s *section) error {
	var into *spool
	section := 0
	if s.entity == Lines || s.entity == Shipments {
		into = r.spools[s.entity]
		if into == nil {
			var err error
			if into, err = newSpool(); err != nil {
				return err
			}
			r.spools[s.entity] = into
		}
		section = len(into.sections)
		into.sections = append(into.sections, s)
	}
	return r.records(ctx, s, 1, r.o.quota, func(rec *record, bad *BadRow) error {
		if err := r.o.quota.record(); err != nil {
			return &FileError{File: s.file, Why: err.Error()}
		}
		switch {
		case into == nil: // its stage will report it
			return nil
		case bad != nil:
			return r.reject(*bad)
		}
		key, bad := orderOf(s, rec)
		if bad != nil {
			return r.reject(*bad)
		}
		return into.add(section, key, rec)
	})
}

// reject reports a row that belongs to no batch.
func (r *run) reject(bad BadRow) error {
	out := newOutcome()
	out.reject(bad)
	return r.take(out)
}

// orderOf is the key of the order that a row belongs to.
func orderOf(s *section, rec *record) (string, *BadRow) {
	x := &row{s: s, rec: rec}
	key, err := s.fields["order"].eval(rec.values)
	switch {
	case err != nil:
		x.fail("order", "order: %v", err)
	case key == "":
		x.fail("order", "order is empty")
	}
	return key, x.bad
}

// records reads the records of a file that the mapping wants.
func (r *run) records(ctx context.Context, s *section, weight int64, q *quota, each func(rec *record, bad *BadRow) error) error {
	in, err := openInput(ctx, r.from, s, q)
	if err != nil {
		return err
	}
	defer func() { _ = in.close() }() // only read
	before := r.done.Load()
	for n := 0; ; n++ {
		if n%512 == 0 {
			if err := r.stopped(ctx); err != nil {
				return err
			}
			r.progress(s, before+in.counter.n*weight)
		}
		rec, bad, err := in.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if bad == nil {
			wanted, err := s.wanted(rec)
			if err != nil {
				x := &row{s: s, rec: rec}
				x.fail("", "%v", err)
				bad = x.bad
			} else if !wanted {
				continue
			}
		}
		if err := each(rec, bad); err != nil {
			return err
		}
	}
	if missing := in.unseen(); len(missing) > 0 && in.line > 0 {
		return in.fatal(0, "no record has the members %q", missing)
	}
	r.progress(s, before+in.size*weight)
	return nil
}

// stopped says whether the run is to end before its work is done.
func (r *run) stopped(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return r.called()
}

// called says whether somebody has called the run off.
func (r *run) called() error {
	if r.o.stop == nil {
		return nil
	}
	return r.o.stop()
}

// weight is how much of all work importing a byte of a file is. With an order
// go its lines and shipments.
func (r *run) weight(s *section) int64 {
	if s.entity != Orders || r.sizes[s] == 0 {
		return importing
	}
	all := r.sizes[s]
	for _, c := range append(r.m.of(Lines), r.m.of(Shipments)...) {
		all += r.sizes[c]
	}
	return importing * all / r.sizes[s]
}

func (r *run) progress(s *section, done int64) {
	r.done.Store(done)
	if r.o.Progress != nil {
		r.o.Progress(s.file, min(done, r.total.Load()), r.total.Load())
	}
}

// orphans are the rows whose order nobody has asked for.
func (r *run) orphans() error {
	for _, entity := range []string{Lines, Shipments} {
		p := r.spools[entity]
		if p == nil {
			continue
		}
		if err := p.left(func(key string, c child) error {
			x := &row{s: c.s, rec: c.rec}
			x.fail("order", "there is no order %s, or it was rejected", show(key))
			return r.reject(*x.bad)
		}); err != nil {
			return err
		}
	}
	return nil
}

// take adds an outcome to the report.
func (r *run) take(o *outcome) error {
	r.report.add(o)
	if r.o.told != nil {
		r.o.told(r.report)
	}
	var err error
	if r.o.Bad != nil {
		for _, bad := range o.Bad {
			err = errors.Join(err, r.o.Bad(bad))
		}
	}
	return err
}

// audit writes the one entry of the run, if it wrote anything at all. A run
// that was cut short has written whole batches, which must not go unrecorded.
func (r *run) audit(ctx context.Context, failure error) error {
	if r.o.DryRun || r.report.Changes() == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	err := r.st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		return audit.Run(ctx, tx, "Import", string(r.report.Run), r.report.changes(failure))
	})
	if err != nil {
		return fmt.Errorf("importer: the audit entry of the run: %w", err)
	}
	return nil
}
