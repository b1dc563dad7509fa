package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/schema"
	"foyer/testkit"
)

const (
	saveView   = `mutation($input: SaveViewInput!) { saveView(input: $input) { savedView { id list name query } userErrors { field code message } } }`
	deleteView = `mutation($id: ID!) { deleteView(input: {id: $id}) { deletedId userErrors { code } } }`
	views      = `query($l: SavedViewList!) { viewer { savedViews(list: $l) { id name query } } }`
)

func view(list, name, query string) map[string]any {
	return map[string]any{"input": map[string]any{"list": list, "name": name, "query": query}}
}

func TestSavedViews(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		for _, r := range schema.Roles {
			if r.Kind == schema.RoleOther {
				for _, q := range []string{`mutation { saveView(input: {list: ORDERS, name: "a", query: ""}) { userErrors { code } } }`, `{ viewer { savedViews(list: ORDERS) { id } } }`} {
					require.Contains(t, f.As(r.Key).Do(q, nil).Body, "Cannot query field", r.Key)
				}
				continue
			}
			c := f.As(r.Key)
			a := c.Do(saveView, view("ORDERS", "  All late ", " ?isLate=true&sort=-placedAt"))
			require.Empty(t, a.Errors, a.Body)
			require.Equal(t, "All late", a.At("saveView", "savedView", "name"))
			require.Equal(t, "isLate=true&sort=-placedAt", a.At("saveView", "savedView", "query"))
			list := c.Must(views, map[string]any{"l": "ORDERS"})
			require.Len(t, testkit.At(list, "viewer", "savedViews"), 2, "%s sees their own alone: %v", r.Key, list)
			require.Equal(t, "All late", testkit.At(list, "viewer", "savedViews", 0, "name"), "by name")
			require.Empty(t, testkit.At(c.Must(views, map[string]any{"l": "JOBS"}), "viewer", "savedViews"))
		}
		c := f.As("ORG_BUYER")
		id := testkit.At(c.Must(views, map[string]any{"l": "ORDERS"}), "viewer", "savedViews", 0, "id")
		change := view("ORDERS", "Late", "")
		change["input"].(map[string]any)["id"] = id
		a := c.Do(saveView, change)
		require.Equal(t, map[string]any{"id": id, "list": "ORDERS", "name": "Late", "query": ""}, a.At("saveView", "savedView"), a.Body)
		require.Equal(t, []any{"input", "list"}, func() any {
			change["input"].(map[string]any)["list"] = "JOBS"
			return c.Do(saveView, change).At("saveView", "userErrors", 0, "field")
		}())

		c.Must(saveView, view("ORDERS", "Spät", ""))

		before := f.Fingerprint()
		refused := func(code, field string, in map[string]any) {
			t.Helper()
			a := c.Do(saveView, in)
			require.Equal(t, code, a.At("saveView", "userErrors", 0, "code"), a.Body)
			require.Nil(t, a.At("saveView", "savedView"))
			if field != "" {
				require.Equal(t, []any{"input", field}, a.At("saveView", "userErrors", 0, "field"))
			}
			require.Equal(t, before, f.Fingerprint(), "a refusal changes nothing")
		}
		refused("TAKEN", "name", view("ORDERS", "Spa\u0308t", "")) // the same to the eye
		refused("TAKEN", "name", view("ORDERS", "Late ", "x"))
		refused("INVALID", "name", view("ORDERS", " ", "x"))
		refused("INVALID", "name", view("ORDERS", strings.Repeat("ü", 61), "x"))
		refused("INVALID", "name", view("ORDERS", "a\nb", "x"))
		refused("INVALID", "name", view("ORDERS", "a\u202eb", "x"))
		refused("INVALID", "query", view("ORDERS", "a", "x\ry"))
		refused("INVALID", "query", view("ORDERS", "a", "x\u2028y"))
		refused("INVALID", "query", view("ORDERS", "a", strings.Repeat("x", 2001)))
		taken := view("ORDERS", "Late", "")
		taken["input"].(map[string]any)["id"] = f.World.Views["ORG_BUYER"].ID
		refused("TAKEN", "name", taken)
		require.Equal(t, "NOT_FOUND", f.As("ORG_MEMBER").Do(saveView, change).Code())
		require.Equal(t, "NOT_FOUND", f.As("STAFF_ADMIN").Do(deleteView, map[string]any{"id": id}).Code(), "not even the administrator")
		require.Equal(t, before, f.Fingerprint())

		// The same name serves in another list, and for somebody else.
		require.Empty(t, c.Do(saveView, view("JOBS", "Late", strings.Repeat("x", 2000))).At("saveView", "userErrors"))
		require.Empty(t, f.As("ORG_MEMBER").Do(saveView, view("ORDERS", "Late", "")).At("saveView", "userErrors"))
		require.Empty(t, c.Do(saveView, view("PEOPLE", strings.Repeat("ü", 60), "")).At("saveView", "userErrors"))

		for i := range 47 {
			require.Empty(t, c.Do(saveView, view("ORDERS", fmt.Sprint(i), "")).At("saveView", "userErrors"))
		}
		before = f.Fingerprint()
		refused("TOO_MANY", "", view("ORDERS", "one more", ""))
		require.Len(t, testkit.At(c.Must(views, map[string]any{"l": "ORDERS"}), "viewer", "savedViews"), 50)
		a = c.Do(deleteView, map[string]any{"id": id})
		require.Equal(t, id, a.At("deleteView", "deletedId"), a.Body)
		require.Equal(t, "NOT_FOUND", c.Do(deleteView, map[string]any{"id": id}).Code())
		require.Empty(t, c.Do(saveView, view("ORDERS", "one more", "")).At("saveView", "userErrors"))
	})
}

// TestViewsOfOnePersonAtOnce: two that count at the same time do not both find
// room for one.
func TestViewsOfOnePersonAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		c, done := f.As("ORG_BUYER"), make(chan string)
		for i := range 45 {
			c.Must(saveView, view("ORDERS", fmt.Sprint(i), ""))
		}
		for i := range 12 {
			go func() {
				code, _ := c.Do(saveView, view("ORDERS", fmt.Sprint("x", i), "")).At("saveView", "userErrors", 0, "code").(string)
				done <- code
			}()
		}
		codes := map[string]int{}
		for range 12 {
			codes[<-done]++
		}
		require.Equal(t, map[string]int{"": 4, "TOO_MANY": 8}, codes)
	})
}
