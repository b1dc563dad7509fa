package store

import (
	"context"
	"database/sql"
	"sync/atomic"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
)

// split is the dialect driver below the ent client. It sends transactions to
// the writing pool and all else to the reading one (on SQLite these differ:
// many readers, one writer), counts statements, and hands the raw transaction
// to whoever began it.
type split struct {
	name         string
	read, write  *sql.DB
	onRead       dialect.Driver
	onWrite      *entsql.Driver
	statementsOf *atomic.Int64
}

func newSplit(name string, read, write *sql.DB) *split {
	return &split{
		name: name, read: read, write: write,
		onRead: entsql.OpenDB(name, read), onWrite: entsql.OpenDB(name, write), statementsOf: new(atomic.Int64),
	}
}

// Dialect implements dialect.Driver.
func (d *split) Dialect() string { return d.name }

// Close implements dialect.Driver.
func (d *split) Close() error {
	err := d.write.Close()
	if d.read != d.write {
		err = d.read.Close()
	}
	return err
}

// Query implements dialect.ExecQuerier.
func (d *split) Query(ctx context.Context, query string, args, v any) error {
	d.statementsOf.Add(1)
	return d.onRead.Query(ctx, query, args, v)
}

// Exec implements dialect.ExecQuerier.
func (d *split) Exec(ctx context.Context, query string, args, v any) error {
	d.statementsOf.Add(1)
	return d.onWrite.Exec(ctx, query, args, v)
}

type rawKey struct{}

// Tx implements dialect.Driver. The raw transaction goes to the holder that
// Store.Tx has put into the context, for the few tables that ent does not know.
func (d *split) Tx(ctx context.Context) (dialect.Tx, error) {
	raw, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	if h, ok := ctx.Value(rawKey{}).(**sql.Tx); ok {
		*h = raw
	}
	return &counted{Tx: &entsql.Tx{Conn: entsql.Conn{ExecQuerier: raw}, Tx: raw}, n: d.statementsOf}, nil
}

// counted counts the statements of a transaction.
type counted struct {
	dialect.Tx
	n *atomic.Int64
}

// Query implements dialect.ExecQuerier.
func (t *counted) Query(ctx context.Context, query string, args, v any) error {
	t.n.Add(1)
	return t.Tx.Query(ctx, query, args, v)
}

// Exec implements dialect.ExecQuerier.
func (t *counted) Exec(ctx context.Context, query string, args, v any) error {
	t.n.Add(1)
	return t.Tx.Exec(ctx, query, args, v)
}
