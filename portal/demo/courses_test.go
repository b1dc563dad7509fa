package demo

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/demo/courses"
)

// TestCoursesNameWhatThereIs: the people of the courses belong to the customers that
// are named, who enrolled them may do so, they were there at that time, and products are
// called as in the catalog.
func TestCoursesNameWhatThereIs(t *testing.T) {
	h, _ := built(t, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	for _, s := range courses.Stages() {
		i, there := h.people[s.Person]
		require.True(t, there, s.Person)
		require.NotEmpty(t, i.roleAt(s.Customer), "%s is not of %s", s.Person, s.Customer)
		enrolled := h.now.AddDate(0, 0, -s.Enrolled)
		require.True(t, i.row.CreatedAt.Before(enrolled.Add(-24*time.Hour)), "%s was enrolled before they were there", s.Person)
		if s.By != "" {
			by, there := h.people[s.By]
			require.True(t, there, s.By)
			require.Contains(t, []string{manager, admin}, by.roleAt(s.Customer), "%s enrolled %s", s.By, s.Person)
		}
	}
	products := map[string]bool{}
	for _, p := range h.products {
		products[p.Name] = true
	}
	for _, c := range courses.All() {
		for _, name := range slices.Concat(c.Teaches, c.RequiredFor, c.Owners) {
			require.True(t, products[name], name)
		}
	}
}
