package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/lib/pq"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// Bulk looks up and writes the rows of one source, many in a statement, past
// ent's builders and therefore past the hooks of access and audit. What these
// would have checked is checked here: only the system and the key of that
// source get one; rows of another source are never written; a row without a
// source of its own (an order line) must hang on one that this transaction has
// found or made for the source. The caller audits the run as a whole.
type Bulk struct {
	s      *Store
	q      Querier
	raw    *sql.Tx // nil for reading only
	source string
	system bool
	mine   map[gid.ID]bool
}

// parents are the types without a source that a Bulk writes, and the columns
// by which they hang on a row that has one.
var parents = map[string][]string{
	ent.TypeOrderLine:              {"order_id"},
	ent.TypeShipmentLine:           {"shipment_id", "order_id"},
	ent.TypeMembership:             {"user_id"},
	ent.TypeEvent:                  {"subject_id"},
	ent.TypeNotification:           {"user_id"},
	ent.TypeCart:                   {"organization_id"},
	ent.TypeCartLine:               {"cart_id"},
	ent.TypeTrackingEvent:          {"shipment_id", "order_id"},
	ent.TypeOrganizationAssignment: {"user_id"},
	ent.TypeApproval:               {"order_id"},
	ent.TypeSpendingLimit:          {"organization_id"},
}

// loose are types without a source that hang on nothing; the system alone
// writes them, and only inserts.
var loose = []string{ent.TypeParcelReport, ent.TypeSegment, ent.TypeRuleTable, ent.TypeGuide,
	ent.TypeConfigurationModel, ent.TypeModelVersion, ent.TypeConfiguration,
	ent.TypeCourse, ent.TypeCourseVersion, ent.TypeEnrollment, ent.TypeAttempt, ent.TypeSubmission, ent.TypeCertificate, ent.TypeTrainingRequirement}

// Bulk begins bulk work for a source. Within a transaction it may write, and
// on PostgreSQL two of the same source then take turns, as SQLite's writers do
// anyway: each sees what the other has committed. Outside it only reads.
func (s *Store) Bulk(ctx context.Context, source string) (*Bulk, error) {
	v := auth.From(ctx)
	system := v.System()
	if source == "" || !system && (v == nil || v.Kind != auth.KindKey || v.Source != source) {
		return nil, fmt.Errorf("store: bulk work for source %q: %w", source, problem.ErrForbidden)
	}
	b := &Bulk{s: s, q: s.RawRead(ctx), source: source, system: system, mine: map[gid.ID]bool{}}
	if u := unitFrom(ctx); u != nil {
		b.raw = u.raw
		// The writer of SQLite has a small cache, from which the pages of a large
		// batch's indexes would be written again and again.
		query, args := `PRAGMA cache_size = -32768`, []any(nil)
		if s.Postgres() {
			h := fnv.New64a()
			_, _ = h.Write([]byte("foyer import " + source))                          // never fails
			query, args = `SELECT pg_advisory_xact_lock($1)`, []any{int64(h.Sum64())} //nolint:gosec // any 64 bits will do
		}
		if _, err := b.q.ExecContext(ctx, query, args...); err != nil {
			return nil, fmt.Errorf("store: bulk: %w", err)
		}
	}
	return b, nil
}

// Known is a row of the source that exists already.
type Known struct {
	ID      gid.ID
	Digest  string
	Version *int64
}

// Find looks up which rows of a type the source has, by external id.
func (b *Bulk) Find(ctx context.Context, typ string, externalIDs []string) (map[string]Known, error) {
	found := make(map[string]Known, len(externalIDs))
	err := b.Each(ctx, typ, []string{"id", "external_id", "external_digest", "external_version"}, "external_id", externalIDs,
		func(scan func(...any) error) error {
			var k Known
			var external string
			var digest sql.NullString
			if err := scan(&k.ID, &external, &digest, &k.Version); err != nil {
				return err
			}
			k.Digest = digest.String
			found[external] = k
			return nil
		})
	return found, err
}

// Each reads columns of the rows whose column by has one of some values. Asked
// by external_id it keeps to the source; asked by anything else it reads all
// rows, so that what is taken by others can be known.
func (b *Bulk) Each(ctx context.Context, typ string, columns []string, by string, values []string, row func(scan func(...any) error) error) error {
	meta, err := described(typ, append(slices.Clone(columns), by)...)
	if err != nil || len(values) == 0 {
		return err
	}
	// One array instead of a parameter for each value: one statement, however
	// many they are, and no limit on their number.
	list, arg := `IN (SELECT value FROM json_each($1))`, any(nil)
	if b.s.Postgres() {
		list, arg = `= ANY($1)`, pq.Array(values)
	} else {
		text, err := json.Marshal(values)
		if err != nil {
			return fmt.Errorf("store: bulk: %w", err)
		}
		arg = string(text)
	}
	query, args := "SELECT "+quoted(columns)+" FROM "+quote(meta.Table)+" WHERE "+quote(by)+" "+list, []any{arg}
	own := slices.Contains(meta.Columns, "source") && by == "external_id"
	if own {
		query, args = query+` AND "source" = $2`, append(args, b.source)
	}
	rows, err := b.q.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("store: look up %s: %w", meta.Table, err)
	}
	defer func() { _ = rows.Close() }()
	id := slices.Index(columns, "id")
	for rows.Next() {
		if err := row(func(into ...any) error {
			if err := rows.Scan(into...); err != nil {
				return err
			}
			if x, ok := at(into, id).(*gid.ID); ok && own {
				b.mine[*x] = true
			}
			return nil
		}); err != nil {
			return fmt.Errorf("store: look up %s: %w", meta.Table, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("store: look up %s: %w", meta.Table, err)
	}
	return nil
}

func at(values []any, i int) any {
	if i < 0 {
		return nil
	}
	return values[i]
}

// Lock keeps rows from being changed by others until the transaction ends. On
// SQLite nobody else writes during it.
func (b *Bulk) Lock(ctx context.Context, typ string, ids []gid.ID) error {
	meta, err := described(typ)
	if err != nil || !b.s.Postgres() || len(ids) == 0 {
		return err
	}
	rows, err := b.q.QueryContext(ctx,
		"SELECT 1 FROM "+quote(meta.Table)+` WHERE "id" = ANY($1) ORDER BY "id" FOR UPDATE`, pq.Array(texts(ids)))
	if err != nil {
		return fmt.Errorf("store: lock %s: %w", meta.Table, err)
	}
	return errors.Join(rows.Err(), rows.Close())
}

// Insert adds rows; columns do not name the source, which is added where the
// type has one. On PostgreSQL by COPY, the fastest way in.
func (b *Bulk) Insert(ctx context.Context, typ string, columns []string, rows [][]any) error {
	meta, columns, rows, err := b.admit(typ, columns, rows)
	if err != nil || len(rows) == 0 {
		return err
	}
	if b.s.Postgres() {
		err = b.copyIn(ctx, meta.Table, columns, rows)
	} else {
		_, err = b.values(ctx, meta.Table, columns, rows, "")
	}
	if err != nil {
		return fmt.Errorf("store: insert into %s: %w", meta.Table, err)
	}
	return nil
}

// Upsert adds rows and overwrites some columns of those that exist already by
// the unique columns in key: (source, external_id), or for a row that hangs on
// another the column by which it does and more. A row with a newer external
// version stays as it is, and then the whole call is an error: the caller has
// looked, in this transaction. Without columns to overwrite, what exists stays.
func (b *Bulk) Upsert(ctx context.Context, typ string, columns, key, overwrite []string, rows [][]any) error {
	meta, columns, rows, err := b.admit(typ, columns, rows)
	if err != nil || len(rows) == 0 {
		return err
	}
	sourced := slices.Contains(meta.Columns, "source")
	if sourced && !slices.Equal(key, []string{"source", "external_id"}) ||
		!sourced && (len(parents[typ]) == 0 || !slices.Contains(key, parents[typ][0])) {
		return fmt.Errorf("store: upsert of %s by %v could reach a row of another source", typ, key)
	}
	if _, err := described(typ, append(slices.Clone(key), overwrite...)...); err != nil {
		return err
	}
	tail := " ON CONFLICT (" + quoted(key) + ") DO "
	if len(overwrite) == 0 {
		tail += "NOTHING"
	} else {
		var set []string
		for _, c := range overwrite {
			set = append(set, quote(c)+" = excluded."+quote(c))
		}
		table := quote(meta.Table)
		if slices.Contains(meta.Columns, "version") {
			set = append(set, `"version" = `+table+`."version" + 1`)
		}
		tail += "UPDATE SET " + strings.Join(set, ", ")
		if sourced {
			tail += " WHERE " + table + `."external_version" IS NULL OR excluded."external_version" IS NULL OR excluded."external_version" >= ` + table + `."external_version"`
		}
	}
	n, err := b.values(ctx, meta.Table, columns, rows, tail)
	if err == nil && len(overwrite) > 0 && n != int64(len(rows)) {
		err = fmt.Errorf("%d of %d rows are newer than what was to overwrite them", int64(len(rows))-n, len(rows))
	}
	if err != nil {
		return fmt.Errorf("store: upsert into %s: %w", meta.Table, err)
	}
	return nil
}

// Delete removes rows without a source of their own that hang on rows of the
// source.
func (b *Bulk) Delete(ctx context.Context, typ string, on, ids []gid.ID) error {
	meta, err := described(typ)
	if err != nil || len(ids) == 0 {
		return err
	}
	up := parents[typ]
	if b.raw == nil || len(up) == 0 || !b.may(typ) || slices.ContainsFunc(on, func(id gid.ID) bool { return !b.mine[id] }) {
		return fmt.Errorf("store: bulk delete of %s: %w", typ, problem.ErrForbidden)
	}
	done, err := b.q.ExecContext(ctx,
		"DELETE FROM "+quote(meta.Table)+" WHERE "+b.s.Among(quote(up[0]), 1)+" AND "+b.s.Among(`"id"`, 2), List(b.s, on), List(b.s, ids))
	if err != nil {
		return fmt.Errorf("store: delete from %s: %w", meta.Table, err)
	}
	if n, err := done.RowsAffected(); err != nil || n != int64(len(ids)) {
		return errors.Join(err, fmt.Errorf("store: delete from %s: %d of %d rows were there", meta.Table, n, len(ids)))
	}
	return nil
}

// may says whether the viewer may write a type in bulk at all. A key writes
// records, not people and what they may do: it would make administrators.
func (b *Bulk) may(typ string) bool {
	return b.system || !slices.Contains([]string{
		ent.TypeUser, ent.TypeMembership, ent.TypeOrganizationAssignment, ent.TypeApproval, ent.TypeSpendingLimit,
	}, typ)
}

// admit checks a write and adds the source to its rows.
func (b *Bulk) admit(typ string, columns []string, rows [][]any) (ent.TypeMeta, []string, [][]any, error) {
	meta, err := described(typ, columns...)
	if err != nil {
		return meta, nil, nil, err
	}
	sourced := slices.Contains(meta.Columns, "source") && slices.Contains(meta.Columns, "external_id")
	if b.raw == nil || !b.may(typ) || !sourced && len(parents[typ]) == 0 && !(b.system && slices.Contains(loose, typ)) || slices.Contains(columns, "source") {
		return meta, nil, nil, fmt.Errorf("store: bulk write of %s: %w", typ, problem.ErrForbidden)
	}
	var up []int
	for _, c := range parents[typ] {
		up = append(up, slices.Index(columns, c))
	}
	id := slices.Index(columns, "id")
	for i, row := range rows {
		if len(row) != len(columns) {
			return meta, nil, nil, fmt.Errorf("store: bulk write of %s: row %d has %d values for %d columns", typ, i, len(row), len(columns))
		}
		for _, j := range up {
			if parent, ok := at(row, j).(gid.ID); !ok || !b.mine[parent] {
				return meta, nil, nil, fmt.Errorf("store: bulk write of %s: row %d hangs on nothing of source %q: %w", typ, i, b.source, problem.ErrForbidden)
			}
		}
		if own, ok := at(row, id).(gid.ID); ok {
			b.mine[own] = true
		}
	}
	if !sourced {
		return meta, columns, rows, nil
	}
	with := make([][]any, len(rows))
	for i, row := range rows {
		with[i] = append(slices.Clip(row), b.source)
	}
	return meta, append(slices.Clone(columns), "source"), with, nil
}

func described(typ string, columns ...string) (ent.TypeMeta, error) {
	meta, ok := ent.Meta[typ]
	if !ok {
		return meta, fmt.Errorf("store: there is no type %q", typ)
	}
	for _, c := range columns {
		if !slices.Contains(meta.Columns, c) {
			return meta, fmt.Errorf("store: %s has no column %q", typ, c)
		}
	}
	return meta, nil
}

// Array is a list as one argument of a statement on PostgreSQL: `= ANY($1)`.
func Array(values any) any { return pq.Array(values) }
