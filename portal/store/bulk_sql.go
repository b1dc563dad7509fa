package store

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"foyer/schema/gid"
)

// values runs an INSERT over all rows in pieces of a power of two, so that the
// database meets few different statements and can keep them prepared, and
// none has more parameters than it takes (SQLite: 32,766).
func (b *Bulk) values(ctx context.Context, table string, columns []string, rows [][]any, tail string) (int64, error) {
	var affected int64
	args := make([]any, 0, 128*len(columns))
	size := 128
	for len(rows) > 0 {
		for size > len(rows) {
			size /= 2
		}
		stmt, err := b.raw.PrepareContext(ctx, b.insertInto(table, columns, size)+tail)
		if err != nil {
			return affected, err
		}
		for ; len(rows) >= size; rows = rows[size:] {
			args = args[:0]
			for _, row := range rows[:size] {
				args = append(args, row...)
			}
			b.s.driver.statementsOf.Add(1)
			done, err := stmt.ExecContext(ctx, args...)
			if err != nil {
				return affected, errors.Join(err, stmt.Close())
			}
			n, err := done.RowsAffected()
			if err != nil {
				return affected, errors.Join(err, stmt.Close())
			}
			affected += n
		}
		if err := stmt.Close(); err != nil {
			return affected, err
		}
	}
	return affected, nil
}

// insertInto numbers the parameters on PostgreSQL only: SQLite would look up
// each numbered one by its name, among all the others.
func (b *Bulk) insertInto(table string, columns []string, rows int) string {
	var q strings.Builder
	q.WriteString("INSERT INTO " + quote(table) + " (" + quoted(columns) + ") VALUES ")
	for n := 1; n <= rows*len(columns); n++ {
		switch {
		case n == 1:
			q.WriteByte('(')
		case n%len(columns) == 1 || len(columns) == 1:
			q.WriteString("), (")
		default:
			q.WriteString(", ")
		}
		if b.s.Postgres() {
			q.WriteString("$" + strconv.Itoa(n))
		} else {
			q.WriteByte('?')
		}
	}
	return q.String() + ")"
}

func (b *Bulk) copyIn(ctx context.Context, table string, columns []string, rows [][]any) error {
	b.s.driver.statementsOf.Add(1)
	stmt, err := b.raw.PrepareContext(ctx, "COPY "+quote(table)+" ("+quoted(columns)+") FROM STDIN")
	if err != nil {
		return err
	}
	for _, row := range rows {
		if _, err := stmt.ExecContext(ctx, row...); err != nil {
			return errors.Join(err, stmt.Close())
		}
	}
	_, err = stmt.ExecContext(ctx) // without values: the end of the data
	return errors.Join(err, stmt.Close())
}

func quote(name string) string { return `"` + name + `"` }

func quoted(names []string) string { return quote(strings.Join(names, `", "`)) }

func texts(ids []gid.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}
