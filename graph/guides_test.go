package graph_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/schema/gid"
	"foyer/testkit"
)

func init() {
	maps.Copy(attempts, map[string]attempt{
		"saveGuide": {"guide.save", "Guide", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v}
		}},
	})
	maps.Copy(edges, map[string][2]string{"Guide.category": {"fk", "category_id"}})
}

const saveGuide = `mutation($i: SaveGuideInput!) { saveGuide(input: $i) { userErrors { code field message } guide { id version status title } } }`

func bothLanguages(text string) map[string]any {
	return map[string]any{"en": text, "de": text + " (de)"}
}

func ending(more map[string]any) map[string]any {
	return map[string]any{"key": "end", "result": more}
}

// guideDocument is a guide with one question and a result.
func guideDocument(steps ...any) map[string]any {
	return map[string]any{"title": bothLanguages("Which one?"), "start": "q", "steps": append([]any{}, steps...)}
}

func asking(key string, next ...string) map[string]any {
	answers := []any{}
	for _, n := range next {
		answers = append(answers, map[string]any{"key": "to-" + n, "text": bothLanguages("To " + n), "next": n})
	}
	return map[string]any{"key": key, "question": bothLanguages("What about " + key + "?"), "answers": answers}
}

func TestGuides(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		const walk = `query($k: String!, $a: [String!]!) { guide(key: $k) { title questions step(answers: $a) {
			key remaining path { key question answerKey answer } question { text help answers { key text } } result { text products { name } category { name } search } } } }`
		at := func(role string, answers ...string) *testkit.Answer {
			return f.As(role).Do(walk, map[string]any{"k": "which-thing", "a": append([]string{}, answers...)})
		}
		a := at("ANONYMOUS")
		require.Equal(t, "How large?", a.At("guide", "step", "question", "text"), a.Body)
		require.InDelta(t, 1, a.At("guide", "step", "remaining"), 0)
		require.Nil(t, a.At("guide", "step", "result"))
		a = at("ORG_MEMBER", "small")
		require.Equal(t, f.World.Product.Name, a.At("guide", "step", "result", "products", 0, "name"), a.Body)
		require.Len(t, a.At("guide", "step", "result", "products"), 1, "the draft is left out")
		require.Equal(t, "Small", a.At("guide", "step", "path", 0, "answer"))
		require.Nil(t, a.At("guide", "step", "question"))
		require.Len(t, at("STAFF_AGENT", "small").At("guide", "step", "result", "products"), 2)
		require.Equal(t, "Ask us.", at("ORG_MEMBER", "large", "beyond").At("guide", "step", "result", "text"))
		require.Equal(t, "size", at("ORG_MEMBER", "medium").At("guide", "step", "key"), "an answer that is not there leads nowhere")
		require.Equal(t, "BAD_USER_INPUT", at("ORG_MEMBER", strings.Split(strings.Repeat("x", 200), "")...).Code())

		// Drafts exist for staff alone, by every way.
		draft := rowsOf(t, f, "Guide")
		for _, x := range draft {
			if x.only == "PUBLISHED" {
				continue
			}
			require.Equal(t, "NOT_FOUND", f.As("ORG_ADMIN").Do(`query($id: ID) { guide(id: $id) { id } }`, map[string]any{"id": x.id}).Code())
			require.Equal(t, "NOT_FOUND", f.As("ORG_ADMIN").Do(`{ guide(key: "draft") { id } }`, nil).Code())
			require.Empty(t, f.As("STAFF_SALES").Do(`{ guide(key: "draft") { id status } }`, nil).Errors)
		}
		require.Equal(t, "BAD_USER_INPUT", f.As("ORG_ADMIN").Do(`{ guide { id } }`, nil).Code())
		require.Contains(t, f.As("ORG_ADMIN").Do(`{ guides { document { start } } }`, nil).Body, "Cannot query field")
		require.Contains(t, f.As("ORG_ADMIN").Do(`{ guides(status: [DRAFT]) { id } }`, nil).Body, "Unknown argument")
	})
}

func TestSaveGuide(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		save := func(role string, input map[string]any) *testkit.Answer {
			return f.As(role).Do(saveGuide, map[string]any{"i": input})
		}
		good := guideDocument(asking("q", "end"), ending(map[string]any{"productIds": []any{f.World.Product.ID}, "search": " lens "}))
		d := save("STAFF_MARKETING", map[string]any{"key": "a-new-one", "document": good})
		require.Equal(t, "DRAFT", d.At("saveGuide", "guide", "status"), d.Body)
		id := d.At("saveGuide", "guide", "id")
		d = save("STAFF_AGENT", map[string]any{"id": id, "version": 1, "status": "PUBLISHED"})
		require.Equal(t, "PUBLISHED", d.At("saveGuide", "guide", "status"), d.Body)
		require.Equal(t, "lens", f.As("ORG_MEMBER").Do(`{ guide(key: "a-new-one") { step(answers: ["to-end"]) { result { search } } } }`, nil).
			At("guide", "step", "result", "search"))
		d = save("STAFF_AGENT", map[string]any{"id": id, "version": 2, "status": "RETIRED"})
		require.Equal(t, "RETIRED", d.At("saveGuide", "guide", "status"), d.Body)
		require.Equal(t, "NOT_FOUND", f.As("ORG_MEMBER").Do(`{ guide(key: "a-new-one") { id } }`, nil).Code())

		full := f.As("STAFF_ADMIN").Do(`{ guide(key: "a-new-one") { document { title { en de } steps { key answers { next } result { productIds search } } } } }`, nil)
		require.Equal(t, "Which one? (de)", full.At("guide", "document", "title", "de"), full.Body)

		before := f.Fingerprint()
		for name, c := range map[string]struct {
			input map[string]any
			code  string
			field string
		}{
			"a key that is taken":   {map[string]any{"key": "a-new-one", "document": good}, "TAKEN", "key"},
			"a key with capitals":   {map[string]any{"key": "A", "document": good}, "INVALID", "key"},
			"no key":                {map[string]any{"document": good}, "INVALID", "key"},
			"nothing to say":        {map[string]any{"key": "b"}, "INVALID", "document"},
			"another key":           {map[string]any{"id": id, "version": 3, "key": "c"}, "INVALID", "key"},
			"no version":            {map[string]any{"id": id, "document": good}, "INVALID", "version"},
			"no steps":              {map[string]any{"key": "b", "document": guideDocument()}, "INVALID", "document.steps"},
			"no start":              {map[string]any{"key": "b", "document": guideDocument(asking("a", "end"), ending(map[string]any{"search": "x"}))}, "MISSING_STEP", "document.start"},
			"an answer to nowhere":  {map[string]any{"key": "b", "document": guideDocument(asking("q", "x"))}, "MISSING_STEP", "document.steps.0.answers.0.next"},
			"a circle":              {map[string]any{"key": "b", "document": guideDocument(asking("q", "q"))}, "CIRCLE", "document.steps.0.answers.0.next"},
			"a step apart":          {map[string]any{"key": "b", "document": guideDocument(asking("q", "end"), ending(map[string]any{"search": "x"}), asking("r", "end"))}, "UNREACHABLE", "document.steps.2.key"},
			"a key twice":           {map[string]any{"key": "b", "document": guideDocument(asking("q", "end"), ending(map[string]any{"search": "x"}), asking("q", "end"))}, "DUPLICATE_KEY", "document.steps.2.key"},
			"an answer twice":       {map[string]any{"key": "b", "document": guideDocument(asking("q", "end", "end"), ending(map[string]any{"search": "x"}))}, "DUPLICATE_KEY", "document.steps.0.answers.1.key"},
			"a result of nothing":   {map[string]any{"key": "b", "document": guideDocument(asking("q", "end"), ending(map[string]any{}))}, "INVALID", "document.steps.1.result"},
			"a step of nothing":     {map[string]any{"key": "b", "document": guideDocument(map[string]any{"key": "q"})}, "INVALID", "document.steps.0"},
			"a product of nothing":  {map[string]any{"key": "b", "document": guideDocument(asking("q", "end"), ending(map[string]any{"productIds": []any{gid.New(gid.Product)}}))}, "UNKNOWN_RECORD", "document.steps.1.result.productIds.0"},
			"a product twice":       {map[string]any{"key": "b", "document": guideDocument(asking("q", "end"), ending(map[string]any{"productIds": []any{f.World.Product.ID, f.World.Product.ID}}))}, "INVALID", "document.steps.1.result.productIds.1"},
			"a category of nothing": {map[string]any{"key": "b", "document": guideDocument(asking("q", "end"), ending(map[string]any{"categoryId": gid.New(gid.Category)}))}, "UNKNOWN_RECORD", "document.steps.1.result.categoryId"},
			"in no category":        {map[string]any{"key": "b", "categoryId": gid.New(gid.Category), "document": good}, "UNKNOWN_RECORD", "categoryId"},
			"one language": {map[string]any{"key": "b", "document": guideDocument(asking("q", "end"),
				ending(map[string]any{"text": map[string]any{"en": "x", "de": " "}}))}, "INVALID", "document.steps.1.result.text.de"},
			"an endless text": {map[string]any{"key": "b", "document": guideDocument(asking("q", "end"),
				ending(map[string]any{"text": map[string]any{"en": strings.Repeat("x", 2001), "de": "y"}}))}, "INVALID", "document.steps.1.result.text.en"},
		} {
			x := save("STAFF_ADMIN", c.input)
			require.Equal(t, c.code, x.At("saveGuide", "userErrors", 0, "code"), "%s: %s", name, x.Body)
			field, want := x.At("saveGuide", "userErrors", 0, "field"), []any{"input"}
			for _, part := range strings.Split(c.field, ".") {
				want = append(want, part)
			}
			require.Equal(t, want, field, name)
			require.Nil(t, x.At("saveGuide", "guide"))
		}
		require.Equal(t, "CONFLICT", save("STAFF_ADMIN", map[string]any{"id": id, "version": 1, "document": good}).Code())
		require.Equal(t, "NOT_FOUND", save("STAFF_ADMIN", map[string]any{"id": gid.New(gid.Guide), "version": 1}).Code())
		require.Contains(t, save("STAFF_SALES", map[string]any{"key": "b", "document": good}).Body, "Cannot query field")
		require.Equal(t, before, f.Fingerprint())
	})
}
