package content_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/training/content"
	"foyer/schema"
)

func TestTheSameCourseHasTheSameChecksum(t *testing.T) {
	doc := course()
	sum := content.Checksum(doc)
	require.Len(t, sum, 64)
	// Through JSON, with members in another order, and with empty ones written out.
	var plain map[string]any
	text, err := json.Marshal(doc)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &plain))
	text, err = json.Marshal(plain)
	require.NoError(t, err)
	var again schema.CourseDocument
	require.NoError(t, json.Unmarshal(text, &again))
	again.Modules[0].Lessons[0].Requires = []string{}
	again.Modules[0].Lessons[0].Body["fr"] = ""
	require.Equal(t, sum, content.Checksum(again))
	require.Equal(t, string(content.Canonical(doc)), string(content.Canonical(again)))
	require.True(t, json.Valid(content.Canonical(doc)))

	seen := map[string]string{sum: "the sound one"}
	for name, c := range spoiled {
		other := course()
		c.spoil(&other)
		sum := content.Checksum(other)
		require.Empty(t, seen[sum], name)
		if name != "lesson twice" {
			seen[sum] = name
		}
	}
	// A course that never changes has the same one in every release.
	fixed := schema.CourseDocument{Title: say("Tür & <Tor>", "Ä"), Languages: []string{"en", "de"}}
	require.Equal(t, `{"languages":["en","de"],"title":{"de":"Ä","en":"Tür & <Tor>"}}`, string(content.Canonical(fixed)))
}
