package notifications

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent/notification"
	"foyer/schema"
)

// TestACourseIsCalledByItsTitle: whatever the languages of a course, nobody is told its
// key in the place of its title.
func TestACourseIsCalledByItsTitle(t *testing.T) {
	for want, titles := range map[string]map[string]string{
		"Presses":       {"en": "Presses", "de": "Pressen", "fr": "Presses à métaux"},
		"Pressen":       {"de": "Pressen", "fr": "Les presses"},
		"Presse":        {"fr": "Les presses", "da": "Presse"},
		"Presses (en)":  {"fr": "Les presses", "en": "Presses (en)"},
		"driving":       nil,
		"Presses Swiss": {"de-CH": "Presses Swiss"},
	} {
		title, _ := Words(notification.KindCOURSE_ASSIGNED, schema.NotificationData{CourseKey: "driving", Titles: titles}, time.Now(), schema.English)
		require.Contains(t, title, "“"+want+"”")
	}
}
