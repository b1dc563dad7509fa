package importer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/maphash"

	"entgo.io/ent/dialect/sql/sqlgraph"

	"foyer/ent"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// item is one record on its way in.
type item[T any] struct {
	place
	key      string // external id
	version  *int64
	digest   string
	id       gid.ID // in the portal
	v        T
	children []place      // rows that go in with it, or are rejected with it
	bad      []BadRow     // rows of it that were rejected already
	known    *store.Known // what is here; nil: nothing
}

// place is where a row stands.
type place struct {
	s    *section
	line int
}

func (p place) bad(column, format string, args ...any) BadRow {
	return BadRow{File: p.s.file, Line: p.line, Column: column, Entity: p.s.entity, Why: fmt.Sprintf(format, args...)}
}

// outcome is what one batch has come to. It goes into the report once the
// batch is in the database; a batch that is tried again begins with a new one.
type outcome struct {
	Counts map[string]*Count
	Totals map[string]*Total
	Bad    []BadRow
	after  []func()
}

func newOutcome() *outcome {
	return &outcome{Counts: map[string]*Count{}, Totals: map[string]*Total{}}
}

func (o *outcome) count(entity string) *Count {
	if o.Counts[entity] == nil {
		o.Counts[entity] = &Count{}
	}
	return o.Counts[entity]
}

func (o *outcome) total(currency string) *Total {
	if o.Totals[currency] == nil {
		o.Totals[currency] = &Total{}
	}
	return o.Totals[currency]
}

func (o *outcome) reject(bad ...BadRow) {
	for _, b := range bad {
		o.count(b.Entity).Rejected++
	}
	o.Bad = append(o.Bad, bad...)
}

// refuse rejects an item, and with it what hangs on it.
func (it *item[T]) refuse(o *outcome, column, format string, args ...any) {
	o.reject(it.place.bad(column, format, args...))
	o.reject(it.abandoned()...)
}

func (it *item[T]) abandoned() []BadRow {
	out := make([]BadRow, len(it.children))
	for i, c := range it.children {
		out[i] = c.bad("", "its order is rejected (%s:%d)", it.s.file, it.line)
	}
	return out
}

// stage imports one sort of record: it reads them, batch by batch, and writes
// those that are new or have changed.
type stage[T any] struct {
	entity string // the section
	typ    string // in the model
	// read makes an item's value from its row; mistakes go to the row. What
	// else than the row decides about the record goes to the digest.
	read func(ctx context.Context, x *row, it *item[T], h hash.Hash) error
	// write puts the new and the changed in, as far as b can write: in a dry
	// run it only looks. It counts what it does.
	write func(ctx context.Context, b *store.Bulk, out *outcome, todo []*item[T]) error
	// same is told of the items that need no writing.
	same func(out *outcome, it *item[T], stale bool)
}

// heaviest is how many rows a batch may have for each record that it may have:
// orders with hundreds of lines make smaller batches.
const heaviest = 25

// batch is what is written in one transaction.
type batch[T any] struct {
	items []*item[T]
	bad   []BadRow
	rows  int
}

// do runs a stage. Reading goes on while the database writes: one batch is
// being read, one waits, one is being written.
func do[T any](ctx context.Context, r *run, g *stage[T]) error {
	sections := r.m.of(g.entity)
	if len(sections) == 0 {
		return nil
	}
	r.report.Count(g.entity)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	batches := make(chan *batch[T], 1)
	var failure error
	go func() {
		defer close(batches)
		failure = readAll(ctx, r, g, sections, batches)
	}()
	var err error
	for d := range batches {
		if err != nil {
			continue // the reader must have ended before its files are closed
		}
		if err = r.called(); err == nil {
			err = writeBatch(ctx, r, g, d)
		}
		if err != nil {
			cancel()
		}
	}
	if err == nil {
		err = failure
	}
	return err
}

func readAll[T any](ctx context.Context, r *run, g *stage[T], sections []*section, batches chan<- *batch[T]) error {
	d, seen := &batch[T]{}, newSeen()
	send := func() error {
		select {
		case batches <- d:
			d = &batch[T]{}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for _, s := range sections {
		if err := r.records(ctx, s, r.weight(s), nil, func(rec *record, bad *BadRow) error {
			if bad != nil {
				d.bad = append(d.bad, *bad)
			} else if err := readItem(ctx, g, place{s, rec.line}, rec, r.m.Currency, seen, d); err != nil {
				return err
			}
			if len(d.items) >= r.o.Batch || d.rows >= heaviest*r.o.Batch || len(d.bad) >= heaviest*r.o.Batch {
				return send()
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return send()
}

// readItem adds a record to a batch, as an item or as a bad row.
func readItem[T any](ctx context.Context, g *stage[T], at place, rec *record, currency string, seen *seen, d *batch[T]) error {
	x := newRow(at.s, rec)
	it := &item[T]{place: at, key: x.text("external_id"), version: x.version()}
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "1 %s %t;", currency, at.s.freightApart) // a hash never fails
	x.digest(h)
	if it.key != "" {
		first := seen.before(it.key, at.line)
		switch {
		case first != 0 && at.s.first:
			return nil // it is no mistake that the key comes again
		case first != 0:
			x.fail("external_id", "external_id %s stands already in line %d", show(it.key), first)
		default:
			if err := g.read(ctx, x, it, h); err != nil {
				return err
			}
		}
	}
	d.bad = append(d.bad, it.bad...)
	d.rows += len(it.children)
	if x.bad != nil {
		d.bad = append(append(d.bad, *x.bad), it.abandoned()...)
		return nil
	}
	it.digest = hex.EncodeToString(h.Sum(nil))
	d.items = append(d.items, it)
	return nil
}

// tries is how often a batch is planned anew when the database finds that
// something was taken in between, by somebody who does not import.
const tries = 3

// writeBatch plans a batch and writes it, in one transaction.
func writeBatch[T any](ctx context.Context, r *run, g *stage[T], d *batch[T]) error {
	var out *outcome
	attempt := func(ctx context.Context) error {
		out = newOutcome()
		out.reject(d.bad...)
		if len(d.items) == 0 {
			return nil
		}
		b, err := r.st.Bulk(ctx, r.m.Source)
		if err != nil {
			return err
		}
		todo, err := compare(ctx, b, g, out, d.items)
		if err != nil || len(todo) == 0 {
			return err
		}
		return g.write(ctx, b, out, todo)
	}
	var err error
	switch {
	case r.o.DryRun || len(d.items) == 0:
		err = attempt(ctx)
	default:
		for try := 1; try == 1 || try <= tries && sqlgraph.IsUniqueConstraintError(err); try++ {
			err = r.st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error { return attempt(ctx) })
		}
	}
	if err != nil && len(d.items) > 0 {
		from, to := d.items[0], d.items[len(d.items)-1]
		return &stoppedError{file: from.s.file, from: from.line, to: to.line, cause: err}
	}
	if err != nil {
		return err
	}
	for _, f := range out.after {
		f()
	}
	return r.take(out)
}

// stoppedError is a batch that could not be written.
type stoppedError struct {
	file     string
	from, to int
	cause    error
}

// Shown are the words for staff, without the cause.
func (e *stoppedError) Shown() string {
	return fmt.Sprintf("%s: lines %d to %d are not in, what stands before them is; run the import again to go on", e.file, e.from, e.to)
}

// Error implements error.
func (e *stoppedError) Error() string { return "importer: " + e.Shown() + ": " + e.cause.Error() }

func (e *stoppedError) Unwrap() error { return e.cause }

// compare returns the items that are new or have changed.
func compare[T any](ctx context.Context, b *store.Bulk, g *stage[T], out *outcome, items []*item[T]) ([]*item[T], error) {
	keys := make([]string, len(items))
	for i, it := range items {
		keys[i] = it.key
	}
	known, err := b.Find(ctx, g.typ, keys)
	if err != nil {
		return nil, err
	}
	var todo []*item[T]
	for _, it := range items {
		it.known = nil
		if k, ok := known[it.key]; ok {
			it.known = &k
			stale := it.version != nil && k.Version != nil && *it.version < *k.Version
			if stale || k.Digest == it.digest {
				count := out.count(g.entity)
				if stale {
					count.Stale++
				} else {
					count.Unchanged++
				}
				if g.same != nil {
					g.same(out, it, stale)
				}
				continue
			}
		}
		todo = append(todo, it)
	}
	return todo, nil
}

// wrote counts items that are in.
func wrote[T any](out *outcome, entity string, items []*item[T]) {
	for _, it := range items {
		if it.known == nil {
			out.count(entity).Created++
		} else {
			out.count(entity).Updated++
		}
	}
}

// seen knows which keys have come, by hash: 64 bits do not meet by chance, and
// the keys of a large file would fill the memory.
type seen struct {
	seed  maphash.Seed
	lines map[uint64]int32
}

func newSeen() *seen { return &seen{maphash.MakeSeed(), map[uint64]int32{}} }

// before is the line on which a key has come already, 0 when it has not.
func (s *seen) before(key string, line int) int {
	h := maphash.String(s.seed, key)
	if first, ok := s.lines[h]; ok {
		return int(first)
	}
	s.lines[h] = int32(min(line, 1<<31-1)) //nolint:gosec // bounded
	return 0
}
