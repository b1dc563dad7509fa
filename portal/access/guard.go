package access

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// mutation is what every generated mutation has beyond ent.Mutation.
type mutation interface {
	ent.Mutation
	WhereP(...func(*sql.Selector))
	Client() *ent.Client
}

// guard checks every write of every type: that an action is open which may
// write the type, that the row belongs to the action's owner before and after,
// and that every row which it is linked to is visible and of the same owner.
func guard(next ent.Mutator) ent.Mutator {
	return ent.MutateFunc(func(ctx context.Context, em ent.Mutation) (ent.Value, error) {
		m, ok := em.(mutation)
		if !ok {
			return nil, fmt.Errorf("access: unknown mutation %T", em)
		}
		v := auth.From(ctx)
		if v == nil {
			return nil, problem.ErrUnauthenticated
		}
		if v.System() {
			return next.Mutate(ctx, em)
		}
		a := actingFrom(ctx)
		if a == nil || a.action.Writes[m.Type()]&ops(m.Op()) == 0 {
			return nil, fmt.Errorf("access: %s of %s is not open to %q: %w", m.Op(), m.Type(), ActionOf(ctx), problem.ErrForbidden)
		}
		e, known := schema.Entities[m.Type()]
		if !known {
			return nil, problem.ErrForbidden
		}
		var err error
		if m.Op().Is(ent.OpCreate) {
			err = created(m, e, a)
		} else {
			err = changed(ctx, m, e, a)
		}
		if err == nil {
			err = linked(ctx, m, e, a)
		}
		if err != nil {
			return nil, err
		}
		return next.Mutate(ctx, em)
	})
}

func ops(op ent.Op) schema.Ops {
	switch {
	case op.Is(ent.OpCreate):
		return schema.Create
	case op.Is(ent.OpUpdate | ent.OpUpdateOne):
		return schema.Update
	case op.Is(ent.OpDelete | ent.OpDeleteOne):
		return schema.Delete
	}
	return 0
}

// text is a field's value as text, empty when it is not set.
func text(m ent.Mutation, column string) string {
	v, ok := m.Field(column)
	if !ok || v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// created checks that a new row belongs to the owner of the action's subject.
func created(m mutation, e schema.Entity, a *acting) error {
	if e.Org != "" && e.Org != "id" && text(m, e.Org) != string(a.owner.Organization) ||
		e.User != "" && e.User != "id" && e.Org != "" && text(m, e.User) != string(a.owner.User) {
		return fmt.Errorf("access: a new %s must have the owner of the %s that %s works on: %w",
			m.Type(), a.action.On, a.name, problem.ErrForbidden)
	}
	return nil
}

// changed keeps an update or delete to rows of the action's owner and its
// owner columns as they are.
func changed(ctx context.Context, m mutation, e schema.Entity, a *acting) error {
	for _, column := range []string{e.Org, e.User} {
		if column == "" {
			continue
		}
		if _, set := m.Field(column); set || m.FieldCleared(column) {
			return fmt.Errorf("access: the owner of a %s is written once: %w", m.Type(), problem.ErrForbidden)
		}
	}
	p := ownedBy(e, a.owner)
	if v := auth.From(ctx); a.scope != auth.ScopeAll {
		p = and(p, reach(v, e, a.scope))
	}
	if p == nil {
		return nil
	}
	m.WhereP(p)
	// An update of one row that sets no column runs no UPDATE, so its predicates
	// are never asked; without this a foreign row would come back, or be linked.
	if m.Op().Is(ent.OpUpdateOne) && len(m.Fields())+len(m.AddedFields())+len(m.ClearedFields()) == 0 {
		one, ok := m.(interface{ ID() (gid.ID, bool) })
		if !ok {
			return problem.ErrForbidden
		}
		id, _ := one.ID()
		if n, err := m.Client().CountOf(ctx, m.Type(), []gid.ID{id}, p); err != nil || n != 1 {
			return orNotFound(err)
		}
	}
	return nil
}

// ownedBy are the rows of a type that belong to an owner.
func ownedBy(e schema.Entity, o Owner) predicate {
	var p predicate
	if e.Org != "" {
		p = and(p, exactly(e.Org, o.Organization))
	}
	if e.User != "" {
		p = and(p, exactly(e.User, o.User))
	}
	return p
}

func exactly(column string, value gid.ID) predicate {
	if value == "" {
		return func(s *sql.Selector) { s.Where(sql.IsNull(s.C(column))) }
	}
	return equal(column, string(value))
}

// linked checks the rows that a write points to: each must be visible to the
// viewer and, if it has an owner, have the same one.
func linked(ctx context.Context, m mutation, e schema.Entity, a *acting) error {
	edges := append(m.AddedEdges(), m.RemovedEdges()...)
	edges = append(edges, m.ClearedEdges()...)
	for _, name := range edges {
		edge, ok := ent.Meta[m.Type()].Edges[name]
		if !ok || edge.Kind != "fk" {
			return fmt.Errorf("access: write %s.%s from its other side, whose rules then apply: %w", m.Type(), name, problem.ErrForbidden)
		}
		if edge.Column == e.Org || edge.Column == e.User {
			continue // created and changed have looked at the owner
		}
		ids := idsOf(m.AddedIDs(name))
		if len(ids) == 0 {
			continue
		}
		target := schema.Entities[edge.Target]
		var p predicate
		if target.Org != "" && target.Org != "id" {
			p = exactly(target.Org, a.owner.Organization)
		}
		if err := visible(ctx, m.Client(), edge.Target, ids, p, a.owner); err != nil {
			return err
		}
	}
	return nil
}

func idsOf(values []ent.Value) []gid.ID {
	ids := make([]gid.ID, 0, len(values))
	for _, v := range values {
		if id, ok := v.(gid.ID); ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// visible counts linked rows, once for each set of them in a transaction: a
// bulk create of twenty lines would otherwise ask twenty times for one order.
func visible(ctx context.Context, c *ent.Client, typ string, ids []gid.ID, p predicate, o Owner) error {
	key := memoKey(typ, ids, o)
	seen := memoFrom(ctx)
	if seen[key] {
		return nil
	}
	var also []func(*sql.Selector)
	if p != nil {
		also = append(also, p)
	}
	n, err := c.CountOf(ctx, typ, ids, also...)
	if err != nil || n != len(ids) {
		return orNotFound(err)
	}
	if seen != nil {
		seen[key] = true
	}
	return nil
}

func orNotFound(err error) error {
	if err != nil {
		return err
	}
	return problem.ErrNotFound
}

func memoKey(typ string, ids []gid.ID, o Owner) string {
	parts := []string{typ, string(o.Organization), string(o.User)}
	for _, id := range ids {
		parts = append(parts, string(id))
	}
	sort.Strings(parts[3:])
	return strings.Join(parts, " ")
}

type memoKeyType struct{}

// WithMemo lets the guard remember, for one transaction, which linked rows it
// has already found visible.
func WithMemo(ctx context.Context) context.Context {
	return context.WithValue(ctx, memoKeyType{}, map[string]bool{})
}

func memoFrom(ctx context.Context) map[string]bool {
	m, _ := ctx.Value(memoKeyType{}).(map[string]bool)
	return m
}

// foreseen is how many linked rows are looked at by one statement.
const foreseen = 1000

// Foresee looks at rows that many writes of an action will link one each, all at
// once; without it, each of these writes asks for its own. A row that is not
// visible is not foreseen, and its write is refused as any other.
func Foresee(ctx context.Context, c *ent.Client, typ string, ids []gid.ID) error {
	a, seen := actingFrom(ctx), memoFrom(ctx)
	if a == nil || seen == nil {
		return nil
	}
	target := schema.Entities[typ]
	var also []func(*sql.Selector)
	if target.Org != "" && target.Org != "id" {
		also = append(also, exactly(target.Org, a.owner.Organization))
	}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	for part := range slices.Chunk(slices.Compact(ids), foreseen) {
		n, err := c.CountOf(ctx, typ, part, also...)
		if err != nil {
			return err
		}
		if n != len(part) {
			continue // one of them is not visible; each write finds out by itself
		}
		for _, id := range part {
			seen[memoKey(typ, []gid.ID{id}, a.owner)] = true
		}
	}
	return nil
}
