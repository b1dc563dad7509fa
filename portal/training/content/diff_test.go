package content_test

import (
	"encoding/json"
	"slices"
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

func TestWhatIsDifferentInANewerVersion(t *testing.T) {
	before, after := course(), course()
	d := content.Diff(&before, &after)
	require.Equal(t, content.Versions{MinutesBefore: 90, MinutesAfter: 90}, d)
	require.True(t, d.Lessons.Empty())

	after.Title["en"] = "Safety 2"
	after.Modules[1].Title["de"] = "Schluss"
	after.Languages = []string{"en", "de", "fr"}
	lesson(&after, "text").Minutes = 15
	lesson(&after, "text").Body["en"] = "Read more"
	lesson(&after, "link").Optional = false
	q := lesson(&after, "quiz").Quiz
	question(&after, "single").Choices[0].Correct = false
	q.Questions = append(slices.Delete(slices.Clone(q.Questions), 1, 2), schema.Question{Key: "new"})
	lesson(&after, "quiz").Completion.Seconds = 1
	fresh := schema.Lesson{Key: "fresh", Kind: schema.LessonText, Minutes: 1}
	video := *lesson(&after, "video")
	after.Modules[0].Lessons = slices.Delete(after.Modules[0].Lessons, 1, 2)
	after.Modules[1].Lessons = append([]schema.Lesson{video, fresh}, after.Modules[1].Lessons[:1]...) // the work is gone

	d = content.Diff(&before, &after)
	require.Equal(t, []string{"languages", "modules", "title"}, d.Course)
	require.Equal(t, []string{"fresh"}, d.Lessons.Added)
	require.Equal(t, []string{"work"}, d.Lessons.Removed)
	require.Equal(t, []string{"link", "fresh"}, d.Stricter)
	require.Equal(t, 90, d.MinutesBefore)
	require.Equal(t, 46, d.MinutesAfter)
	require.Equal(t, []content.Change{
		{Key: "text", Aspects: []string{"body", "minutes", content.ReadAnew}},
		{Key: "link", Aspects: []string{"optional"}},
		{Key: "video", Aspects: []string{content.Moved}},
		{Key: "quiz", Aspects: []string{"completion", "quiz", content.ReadAnew}, Questions: &content.Difference{
			Added: []string{"new"}, Removed: []string{"multiple"}, Changed: []content.Change{{Key: "single", Aspects: []string{"choices"}}},
		}},
	}, d.Lessons.Changed)
	require.False(t, d.Lessons.Empty())
}

func TestTheFewestLessonsAreSaidToHaveMoved(t *testing.T) {
	before, after := course(), course()
	l := after.Modules[0].Lessons
	after.Modules[0].Lessons = []schema.Lesson{l[3], l[0], l[1], l[2]}
	require.Equal(t, []content.Change{{Key: "link", Aspects: []string{content.Moved}}}, content.Diff(&before, &after).Lessons.Changed)
	require.Empty(t, content.Diff(&before, &after).Course)
	// What comes before it in the newer version does not move because of it.
	after.Modules[0].Lessons = append([]schema.Lesson{{Key: "fresh", Kind: schema.LessonText}}, l[0], l[1], l[2], l[3])
	d := content.Diff(&before, &after)
	require.Empty(t, d.Lessons.Changed)
	require.Equal(t, []string{"fresh"}, d.Lessons.Added)
}

func FuzzCheck(f *testing.F) {
	doc := course()
	text, err := json.Marshal(doc)
	require.NoError(f, err)
	f.Add(string(text))
	f.Add(`{}`)
	f.Add(`{"languages":["en"],"modules":[{"key":"a","lessons":[{"key":"b","kind":"QUIZ","quiz":{"questions":[{"kind":"MATCH"}]}}]}]}`)
	f.Add(`{"modules":[{"lessons":[{"key":"a","requires":["b"]},{"key":"b","requires":["a"]}]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var doc schema.CourseDocument
		if json.Unmarshal([]byte(text), &doc) != nil {
			return
		}
		clean, problems := content.Check(doc)
		content.Count(&doc)
		d := content.Diff(&clean, &clean)
		require.True(t, d.Lessons.Empty() || len(problems) > 0)
		if len(problems) > 0 {
			return
		}
		again, problems := content.Check(clean)
		require.Empty(t, problems)
		require.Equal(t, content.Checksum(clean), content.Checksum(again))
	})
}

func BenchmarkCheck(b *testing.B) {
	doc := course()
	for b.Loop() {
		content.Check(doc)
	}
}

func BenchmarkChecksum(b *testing.B) {
	doc := course()
	for b.Loop() {
		content.Checksum(doc)
	}
}
