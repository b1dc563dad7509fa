package auth

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGrantsEqual(t *testing.T) {
	own := map[string]Scope{"Order": ScopeOwn}
	a := NewGrants("a", own, map[string]Scope{"order.cancel": ScopeOwn}, []string{"p"})
	require.True(t, a.Equal(NewGrants("b", own, map[string]Scope{"order.cancel": ScopeOwn, "order.place": ScopeNone}, []string{"p"})))
	for name, other := range map[string]*Grants{
		"scope of a read":    NewGrants("a", map[string]Scope{"Order": ScopeAll}, map[string]Scope{"order.cancel": ScopeOwn}, []string{"p"}),
		"scope of an action": NewGrants("a", own, map[string]Scope{"order.cancel": ScopeAll}, []string{"p"}),
		"permission":         NewGrants("a", own, map[string]Scope{"order.cancel": ScopeOwn}, nil),
	} {
		require.False(t, a.Equal(other), name)
		require.False(t, other.Equal(a), name)
	}
}
