package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/testkit"
)

const (
	saveCourse  = `mutation($i: SaveCourseInput!) { saveCourse(input: $i) { userErrors { code field message } course { id version isFree learners variant { id } draft { modules { lessons { quiz { questions { choices { text { en } } } } } } } } } }`
	renderedAs  = `query($t: String!) { renderMarkdown(text: $t) }`
	lessonTitle = "What is lifted"
)

func shortCourse() map[string]any {
	en := func(text string) map[string]any { return map[string]any{"en": text} }
	return map[string]any{"title": en("Lifting"), "languages": []any{"en"}, "modules": []any{map[string]any{
		"key": "m", "title": en("Basics"), "lessons": []any{map[string]any{
			"key": "l", "kind": "TEXT", "title": en(lessonTitle), "minutes": 5, "body": en("Boxes."), "rule": map[string]any{"kind": "VIEW"},
		}},
	}}}
}

func soldVariant(t *testing.T, f *testkit.Foyer) any {
	t.Helper()
	a := f.As("STAFF_TRAINER").Do(`query($id: ID!) { product(id: $id) { variants { id } } }`, map[string]any{"id": f.World.Product.ID})
	id := a.At("product", "variants", 0, "id")
	require.NotNil(t, id, a.Body)
	return id
}

// TestWhatIsWrittenIsShownAsLearnersSeeIt: for those who write, without what harms.
func TestWhatIsWrittenIsShownAsLearnersSeeIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		a := f.As("STAFF_TRAINER").Do(renderedAs, map[string]any{"t": "# Lifting\n\nWith **care**.<script>alert(1)</script>"})
		html, _ := a.At("renderMarkdown").(string)
		require.Contains(t, html, "Lifting</h2>", a.Body)
		require.Contains(t, html, "<strong>care</strong>")
		require.NotContains(t, html, "<script")
		a = f.As("STAFF_AGENT").Do(renderedAs, map[string]any{"t": "x"})
		require.Nil(t, a.At("renderMarkdown"), a.Body)
	})
}

// TestACourseThatIsSoldCanBecomeFree: an empty id cannot be sent, so that it is said.
func TestACourseThatIsSoldCanBecomeFree(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		trainer := f.As("STAFF_TRAINER")
		a := trainer.Do(saveCourse, map[string]any{"i": map[string]any{"key": "lifting", "document": shortCourse(), "variantId": soldVariant(t, f)}})
		require.Equal(t, false, a.At("saveCourse", "course", "isFree"), a.Body)
		require.InDelta(t, 0, a.At("saveCourse", "course", "learners"), 0)
		change := map[string]any{"id": a.At("saveCourse", "course", "id"), "version": a.At("saveCourse", "course", "version"), "isFree": true}
		a = trainer.Do(saveCourse, map[string]any{"i": change})
		require.Equal(t, true, a.At("saveCourse", "course", "isFree"), a.Body)
		require.Nil(t, a.At("saveCourse", "course", "variant"))
	})
}
