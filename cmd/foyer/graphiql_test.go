package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"foyer/graph"
	"foyer/schema"
	"foyer/web/graphiql"
)

// TestExamplesAreValid validates each example of the query page, with its
// variables, against the schema of each role that it is for.
func TestExamplesAreValid(t *testing.T) {
	examples, err := graphiql.Examples()
	require.NoError(t, err)
	require.NotEmpty(t, examples)
	full, seen := graph.FullSchema(), map[string]bool{}
	for _, e := range examples {
		for _, role := range e.Role {
			require.Contains(t, schema.Grants, role, e.Name)
			seen[role] = true
			s, err := graph.Project(full, schema.Grants[role].Has)
			require.NoError(t, err)
			doc, errs := gqlparser.LoadQueryWithRules(s, e.Query, rules.NewDefaultRules())
			require.Empty(t, errs, "%s, as %s", e.Name, role)
			text, err := json.Marshal(e.Variables)
			require.NoError(t, err)
			variables := map[string]any{}
			require.NoError(t, json.Unmarshal(text, &variables))
			_, err = validator.VariableValues(s, doc.Operations[0], variables)
			require.NoError(t, err, "%s, as %s", e.Name, role)
		}
	}
	for _, r := range schema.Roles {
		if r.Kind != schema.RoleOther {
			require.True(t, seen[r.Key], "there is no example for %s", r.Key)
		}
	}
}
