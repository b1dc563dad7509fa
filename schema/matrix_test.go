package schema

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/auth"
)

func TestTheMatrixIsReadStrictly(t *testing.T) {
	for name, change := range map[string][2]string{
		"a row is missing":       {"read Order  ", "rd Order  "},
		"an action is missing":   {"do order.cancel ", "dont order.cancel "},
		"a cell is missing":      {"may access.explain       | -", "may access.explain       | "},
		"a word is unknown":      {"read Session             | own", "read Session             | mine"},
		"a row stands twice":     {"read Session ", "read Order "},
		"a permission is scoped": {"may access.explain       | -", "may access.explain       | own"},
	} {
		text := strings.Replace(matrix, change[0], change[1], 1)
		require.NotEqual(t, matrix, text, name)
		_, _, err := parse(text)
		require.Error(t, err, name)
	}
}

func TestTheMatrixSaysWhatItSays(t *testing.T) {
	require.Equal(t, auth.ScopeOwn, Grants["ORG_MEMBER"].Read("Order"))
	require.Equal(t, auth.ScopeTree, Grants["ORG_ADMIN"].Read("Order"))
	require.Equal(t, auth.ScopeGranted, Grants["GUEST"].Read("Order"))
	require.Equal(t, auth.ScopeNone, Grants["ANONYMOUS"].Read("Order"))
	require.Equal(t, auth.ScopeNone, Grants["STAFF_ADMIN"].Read("OneTimeToken"))
	require.False(t, Grants["GUEST"].Has(PermPrices))
	require.False(t, Grants["ORG_ADMIN"].Has(PermInternal))
	require.Len(t, Grants, len(Roles))
	for _, r := range Roles {
		require.Equal(t, r.Key, Grants[r.Key].Role())
	}
}
