package access

import (
	"context"
	"fmt"

	"foyer/auth"
	"foyer/portal/problem"
	"foyer/schema"
)

// acting is the action that a context carries out, on behalf of one owner.
type acting struct {
	name   string
	action schema.Action
	scope  auth.Scope
	owner  Owner
}

type actingKey struct{}

func actingFrom(ctx context.Context) *acting {
	a, _ := ctx.Value(actingKey{}).(*acting)
	return a
}

// Act begins a named action on a subject that the viewer has already been
// shown to see. The returned context may write the types that the action's row
// declares, for rows of the subject's owner, and nothing else; without it no
// write is possible. ErrForbidden when the viewer's scope for the action does
// not reach the subject.
func Act(ctx context.Context, name string, owner Owner) (context.Context, error) {
	action, known := schema.Actions[name]
	if !known {
		return nil, fmt.Errorf("access: action %q has no row in the matrix", name)
	}
	v := auth.From(ctx)
	if v == nil {
		return nil, problem.ErrUnauthenticated
	}
	a := &acting{name: name, action: action, scope: auth.ScopeAll, owner: owner}
	if !v.System() {
		a.scope = v.Grants().Action(name)
		if !within(v, schema.Entities[action.On], a.scope, owner) {
			return nil, problem.ErrForbidden
		}
	}
	return context.WithValue(ctx, actingKey{}, a), nil
}

// May says whether the viewer's scope for an action reaches a subject; the
// answer to "which buttons are there".
func May(ctx context.Context, name string, owner Owner) bool {
	_, err := Act(ctx, name, owner)
	return err == nil
}

// ActionOf names the action that the context carries out, empty when none.
func ActionOf(ctx context.Context) string {
	if a := actingFrom(ctx); a != nil {
		return a.name
	}
	return ""
}
