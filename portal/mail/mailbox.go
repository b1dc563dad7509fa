package mail

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"foyer/ent"
	"foyer/portal/problem"
	"foyer/portal/store"
)

// kept is how many mails the mailbox has at most.
const kept = 200

// Mailbox keeps mails in the database: where there is no mail server, one looks
// there for what would have been sent.
type Mailbox struct{ st *store.Store }

var _ Sender = (*Mailbox)(nil)

// NewMailbox makes a Mailbox.
func NewMailbox(st *store.Store) *Mailbox { return &Mailbox{st} }

// Kept is a mail in the mailbox.
type Kept struct {
	ID                  int64
	At                  time.Time
	To, Subject         string
	Headers, Text, HTML string // empty in a list
}

// Send implements Sender. The oldest mails give way.
func (b *Mailbox) Send(ctx context.Context, m Message) error {
	now := time.Now().UTC().Truncate(time.Microsecond)
	msg, err := compose(m, now)
	if err != nil {
		return err
	}
	var whole bytes.Buffer
	if _, err := msg.WriteTo(&whole); err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	headers, _, _ := bytes.Cut(whole.Bytes(), []byte("\r\n\r\n"))
	err = b.st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		if _, err := b.st.Raw(ctx).ExecContext(ctx,
			`INSERT INTO mailbox (sent_at, recipient, subject, headers, body_text, body_html) VALUES ($1, $2, $3, $4, $5, $6)`,
			now, m.To, m.Subject, string(bytes.ReplaceAll(headers, []byte("\r\n"), []byte("\n"))), m.Text, m.HTML); err != nil {
			return err
		}
		_, err := b.st.Raw(ctx).ExecContext(ctx,
			`DELETE FROM mailbox WHERE id NOT IN (SELECT id FROM mailbox ORDER BY id DESC LIMIT $1)`, kept)
		return err
	})
	if err != nil {
		return fmt.Errorf("mail: mailbox: %w", err)
	}
	return nil
}

// List returns the mails, the latest first, without what they say.
func (b *Mailbox) List(ctx context.Context) ([]Kept, error) {
	rows, err := b.st.RawRead(ctx).QueryContext(ctx, `SELECT id, sent_at, recipient, subject FROM mailbox ORDER BY id DESC LIMIT $1`, kept)
	if err != nil {
		return nil, fmt.Errorf("mail: mailbox: %w", err)
	}
	var list []Kept
	for rows.Next() {
		var k Kept
		if err := rows.Scan(&k.ID, &k.At, &k.To, &k.Subject); err != nil {
			return nil, errors.Join(fmt.Errorf("mail: mailbox: %w", err), rows.Close())
		}
		k.At = k.At.UTC()
		list = append(list, k)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, fmt.Errorf("mail: mailbox: %w", err)
	}
	return list, nil
}

// Get returns one mail; problem.ErrNotFound.
func (b *Mailbox) Get(ctx context.Context, id int64) (*Kept, error) {
	k := Kept{ID: id}
	err := b.st.RawRead(ctx).QueryRowContext(ctx,
		`SELECT sent_at, recipient, subject, headers, body_text, body_html FROM mailbox WHERE id = $1`, id).
		Scan(&k.At, &k.To, &k.Subject, &k.Headers, &k.Text, &k.HTML)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("mail: mailbox: %w", err)
	}
	k.At = k.At.UTC()
	return &k, nil
}
