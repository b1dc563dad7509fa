package store

import (
	"context"
	"database/sql/driver"
	"errors"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// statements is how many prepared statements a connection keeps. IN lists of
// every length are statements of their own, so the cache must be bounded.
const statements = 256

// cached wraps a connector so that its connections keep prepared statements: a
// query with arguments is then one round trip and is planned once. lib/pq has
// no such cache, and prepares every query with arguments anew, in two.
//
// Only for servers that a connection talks to one statement at a time, and not
// behind a pooler that hands out another server connection by transaction.
type cached struct{ driver.Connector }

// Connect implements driver.Connector.
func (c cached) Connect(ctx context.Context) (driver.Conn, error) {
	inner, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	pc, ok := inner.(pgConn)
	if !ok {
		return nil, errors.Join(errors.New("store: the driver lacks a context interface"), inner.Close())
	}
	lru, err := simplelru.NewLRU(statements, func(_ string, s driver.Stmt) { _ = s.Close() })
	if err != nil {
		return nil, err
	}
	return &conn{pgConn: pc, prepared: lru}, nil
}

// pgConn is what database/sql asks of a modern connection.
type pgConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	driver.NamedValueChecker
}

type conn struct {
	pgConn
	prepared *simplelru.LRU[string, driver.Stmt]
}

// statement finds or prepares a statement; nil when the query is better run
// without one.
func (c *conn) statement(ctx context.Context, query string) (driver.Stmt, error) {
	if s, ok := c.prepared.Get(query); ok {
		return s, nil
	}
	s, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	c.prepared.Add(query, s)
	return s, nil
}

// QueryContext implements driver.QueryerContext.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if len(args) == 0 {
		return c.pgConn.QueryContext(ctx, query, args)
	}
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := s.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		c.prepared.Remove(query) // its plan may be what is wrong, after a migration
	}
	return rows, err
}

// ExecContext implements driver.ExecerContext.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 {
		return c.pgConn.ExecContext(ctx, query, args)
	}
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	result, err := s.(driver.StmtExecContext).ExecContext(ctx, args)
	if err != nil {
		c.prepared.Remove(query)
	}
	return result, err
}

// Close implements driver.Conn.
func (c *conn) Close() error {
	// The server forgets the statements with the connection; closing each would
	// be a round trip a statement.
	return c.pgConn.Close()
}
