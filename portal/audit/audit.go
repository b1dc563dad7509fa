// Package audit records every write: who, by which request and action, what
// changed. A hook collects the entries of a transaction, and they are written
// with it, in one statement.
package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/auditentry"
	"foyer/portal/access"
	"foyer/schema"
	"foyer/schema/gid"
)

// silent are the types whose writes are not audited: the log and the audit
// are records themselves.
var silent = []string{ent.TypeEvent, ent.TypeAuditEntry}

// Register puts the hook on a client.
func Register(c *ent.Client) { c.Use(record) }

type bufferKey struct{}

type buffer struct{ entries []*entry }

type entry struct {
	entity  string
	op      auditentry.Operation
	subject string
	changes []schema.Change
	action  string
	viewer  *auth.Viewer
}

// WithBuffer begins collecting the entries of a transaction.
func WithBuffer(ctx context.Context) context.Context {
	return context.WithValue(ctx, bufferKey{}, &buffer{})
}

// ErrOutside is the error of a write outside a transaction of the store.
var ErrOutside = errors.New("audit: a write outside Store.Tx would not be recorded")

func record(next ent.Mutator) ent.Mutator {
	return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
		b, ok := ctx.Value(bufferKey{}).(*buffer)
		if !ok {
			return nil, ErrOutside
		}
		value, err := next.Mutate(ctx, m)
		if err != nil || slices.Contains(silent, m.Type()) {
			return value, err
		}
		b.entries = append(b.entries, &entry{
			entity: m.Type(), op: operation(m.Op()), subject: subject(m), changes: changes(m),
			action: access.ActionOf(ctx), viewer: auth.From(ctx),
		})
		return value, nil
	})
}

func operation(op ent.Op) auditentry.Operation {
	switch {
	case op.Is(ent.OpCreate):
		return auditentry.OperationCREATE
	case op.Is(ent.OpDelete | ent.OpDeleteOne):
		return auditentry.OperationDELETE
	}
	return auditentry.OperationUPDATE
}

func subject(m ent.Mutation) string {
	if one, ok := m.(interface{ ID() (gid.ID, bool) }); ok {
		id, _ := one.ID()
		return string(id)
	}
	return ""
}

// changes lists what a mutation sets, adds and clears. Values are cut: the
// audit says what changed, it is not a copy of the database.
func changes(m ent.Mutation) []schema.Change {
	secret := ent.Meta[m.Type()].Sensitive
	var out []schema.Change
	add := func(field, value string) {
		if secret[field] {
			value = "redacted"
		}
		out = append(out, schema.Change{Field: field, Value: value})
	}
	for _, f := range m.Fields() {
		v, _ := m.Field(f)
		add(f, text(v))
	}
	for _, f := range m.AddedFields() {
		v, _ := m.AddedField(f)
		add(f, "+"+text(v))
	}
	for _, f := range m.ClearedFields() {
		add(f, "")
	}
	slices.SortFunc(out, func(a, b schema.Change) int {
		if a.Field < b.Field {
			return -1
		}
		return 1
	})
	return out
}

const longest = 200 // characters of a value

func text(v any) string {
	var s string
	switch t := v.(type) {
	case nil:
		return ""
	case time.Time:
		s = t.UTC().Format(time.RFC3339Nano)
	case fmt.Stringer:
		s = t.String()
	case string:
		s = t
	case int:
		s = strconv.Itoa(t)
	default:
		b, err := json.Marshal(v)
		if err != nil {
			return fmt.Sprintf("%T", v)
		}
		s = string(b)
	}
	if r := []rune(s); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return s
}

// Flush writes the entries that a transaction has collected.
func Flush(ctx context.Context, tx *ent.Client) error {
	b, _ := ctx.Value(bufferKey{}).(*buffer)
	if b == nil || len(b.entries) == 0 {
		return nil
	}
	creates := make([]*ent.AuditEntryCreate, len(b.entries))
	for i, e := range b.entries {
		creates[i] = from(ctx, tx, e.viewer).
			SetAction(e.action).SetOperation(e.op).SetEntity(e.entity).SetSubject(e.subject).SetChanges(e.changes)
	}
	b.entries = nil
	_, err := tx.AuditEntry.CreateBulk(creates...).Save(auth.WithSystem(ctx, "audit of a write"))
	return err
}

// Note adds an entry for a change of something that the model does not know, to
// those of the context's transaction.
func Note(ctx context.Context, entity, subject string, changes ...schema.Change) {
	b, ok := ctx.Value(bufferKey{}).(*buffer)
	if !ok {
		return
	}
	b.entries = append(b.entries, &entry{
		entity: entity, op: auditentry.OperationUPDATE, subject: subject, changes: changes,
		action: access.ActionOf(ctx), viewer: auth.From(ctx),
	})
}

// Run writes the one entry of a bulk run, whose rows go past the hook.
func Run(ctx context.Context, tx *ent.Client, entity, subject string, changes []schema.Change) error {
	return from(ctx, tx, auth.From(ctx)).
		SetOperation(auditentry.OperationIMPORT).SetEntity(entity).SetSubject(subject).SetChanges(changes).
		Exec(auth.WithSystem(ctx, "audit of a bulk run"))
}

func from(ctx context.Context, tx *ent.Client, v *auth.Viewer) *ent.AuditEntryCreate {
	c := tx.AuditEntry.Create().SetRequest(auth.RequestFrom(ctx).ID)
	if v == nil {
		return c.SetActorKind(string(auth.KindSystem))
	}
	return c.SetActorKind(string(v.Kind)).SetActor(v.UserID).SetImpersonator(v.Impersonator).SetReason(v.Reason)
}
