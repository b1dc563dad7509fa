package graph_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// TestCourseLife: a draft is worked on, looked at, published and retired, and whoever
// learns goes on by the version that they have begun.
func TestCourseLife(t *testing.T) {
	shops(t, func(s *shop) {
		c := &class{shop: s}
		doc := world.Presses()
		c.saved(c.run("STAFF_TRAINER", "saveCourse", in{"key": "driving", "document": courseInput(doc), "seats": 3}, courseFields))
		byKey := `{ course(key: "driving") { title } }`
		for _, role := range []string{"ORG_MEMBER", "ORG_ADMIN", "STAFF_SALES", "ANONYMOUS"} {
			require.Equal(t, "NOT_FOUND", c.As(role).Do(byKey, nil).Code(), "%s: a draft is nobody's", role)
		}
		c.refused("ORG_MEMBER", "enroll", "UNKNOWN_RECORD", in{"courseId": c.course})
		d := c.run("STAFF_TRAINER", "reviewCourse", in{"id": c.course, "version": c.at, "isReady": true}, courseFields)
		require.Equal(t, "REVIEW", testkit.At(d, "course", "status"))
		c.saved(d)
		c.refused("STAFF_TRAINER", "reviewCourse", "INVALID", in{"id": c.course, "version": c.at, "isReady": true})
		c.publish(nil)
		first := c.version
		c.refused("STAFF_TRAINER", "publishCourse", "UNCHANGED", in{"id": c.course, "version": c.at})
		require.Equal(t, "Presses", testkit.At(c.As("ANONYMOUS").Must(byKey, nil), "course", "title"))

		mine := c.enroll("ORG_MEMBER")
		c.learn("ORG_MEMBER", c.happened(mine, "intro", "OPENED", nil))

		// The next version has another title, no film, and a lesson more.
		doc.Title, doc.Modules[0].Lessons = world.Said("Better presses", "Bessere Pressen"), doc.Modules[0].Lessons[:2]
		more := doc.Modules[0].Lessons[0]
		more.Key = "news"
		doc.Modules[0].Lessons = append(doc.Modules[0].Lessons, more)
		c.settle(in{"document": courseInput(doc)})
		require.Equal(t, "Presses", testkit.At(c.As("ANONYMOUS").Must(byKey, nil), "course", "title"), "what is worked on is not shown")
		c.publish(nil)
		require.NotEqual(t, first, c.version)
		c.Work()
		const how = `title versionNumber isSuperseded lessonsDone status modules { lessons { key status } }`
		e := c.enrolled("ORG_MEMBER", mine, how)
		require.Equal(t, "Presses", e["title"], "who learns is not disturbed: %v", e)
		require.Equal(t, true, e["isSuperseded"])
		v := c.As("ORG_MEMBER").Must(`query($id: ID!) { node(id: $id) { ... on CourseVersion { number title supersededBy { id title } } } }`, map[string]any{"id": first})
		require.Equal(t, "Presses", testkit.At(v, "node", "title"), "what a version says does not change")
		require.Equal(t, string(c.version), testkit.At(v, "node", "supersededBy", "id"))

		other := c.enroll("ORG_BUYER")
		require.Equal(t, "Better presses", c.enrolled("ORG_BUYER", other, how)["title"])

		// A third one takes everybody along; what was done stays done.
		doc.Modules[0].Lessons[2].Key = "newest"
		c.settle(in{"document": courseInput(doc)})
		c.publish(in{"moveLearners": true})
		require.InDelta(t, 1, c.enrolled("ORG_MEMBER", mine, how)["versionNumber"], 0, "it is work for later")
		c.Work()
		for role, id := range map[string]string{"ORG_MEMBER": mine, "ORG_BUYER": other} {
			e = c.enrolled(role, id, how)
			require.InDelta(t, 3, e["versionNumber"], 0, role)
			require.Equal(t, false, e["isSuperseded"])
		}
		require.InDelta(t, 1, c.enrolled("ORG_MEMBER", mine, how)["lessonsDone"], 0)

		d = c.run("STAFF_TRAINER", "retireCourse", in{"id": c.course, "version": c.at}, courseFields)
		c.saved(d)
		require.Equal(t, "RETIRED", testkit.At(d, "course", "status"))
		c.refused("ORG_MANAGER", "enroll", "UNKNOWN_RECORD", in{"courseId": c.course})
		c.learn("ORG_MEMBER", c.happened(mine, "manual", "OPENED", nil))
		require.Equal(t, "Better presses", c.enrolled("ORG_MEMBER", mine, how)["title"], "who is learning may finish")
		c.saved(c.run("STAFF_TRAINER", "retireCourse", in{"id": c.course, "version": c.at, "isRetired": false}, courseFields))
		c.enroll("ORG_MANAGER")
	})
}

// TestCourseRefusals: what cannot be is refused with its place, and changes nothing.
func TestCourseRefusals(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		unsound := world.Presses()
		unsound.Modules[1].Lessons[0].Quiz.Questions[0].Choices[0].Correct = false
		unsound.Modules[0].Lessons[0].Requires = []string{"nothing"}
		c.settle(in{"document": courseInput(unsound)}) // who works on a draft may leave it as it is
		before := c.everything()
		a := c.send("STAFF_TRAINER", "publishCourse", in{"id": c.course, "version": c.at}, "course { id } problems { path code message }")
		require.Equal(t, "UNSOUND", codeOf(a), a.Body)
		problems, _ := a.At("r", "problems").([]any)
		require.GreaterOrEqual(t, len(problems), 2, "all of them are told: %s", a.Body)
		require.Equal(t, before, c.everything())
		told, _ := c.As("STAFF_TRAINER").Must(`query($d: CourseDocumentInput!) { checkCourse(document: $d) { path code message } }`, map[string]any{"d": courseInput(unsound)})["checkCourse"].([]any)
		require.GreaterOrEqual(t, len(told), 2, "also before it is kept")
		c.settle(in{"document": courseInput(world.Presses())})

		driving := in{"id": c.course, "version": c.at}
		with := func(more in) in {
			out := in{}
			for _, m := range []in{driving, more} {
				for k, v := range m {
					out[k] = v
				}
			}
			return out
		}
		for name, x := range map[string]struct {
			mutation, code string
			input          in
		}{
			"stale":             {"saveCourse", "CONFLICT", with(in{"version": c.at - 1, "seats": 3})},
			"without a version": {"saveCourse", "INVALID", in{"id": c.course, "seats": 3}},
			"nothing":           {"saveCourse", "NOT_FOUND", in{"id": gid.New(gid.Course), "version": 1}},
			"taken":             {"saveCourse", "TAKEN", in{"key": "driving", "document": courseInput(world.Presses())}},
			"a page's":          {"saveCourse", "TAKEN", in{"key": "team", "document": courseInput(world.Presses())}},
			"no key":            {"saveCourse", "INVALID", in{"document": courseInput(world.Presses())}},
			"a strange key":     {"saveCourse", "INVALID", in{"key": "Not A Key", "document": courseInput(world.Presses())}},
			"no document":       {"saveCourse", "INVALID", in{"key": "other"}},
			"seats":             {"saveCourse", "INVALID", with(in{"seats": -1})},
			"variant":           {"saveCourse", "UNKNOWN_RECORD", with(in{"variantId": gid.New(gid.Variant)})},
			"product":           {"saveCourse", "UNKNOWN_RECORD", with(in{"rules": in{"products": []any{gid.New(gid.Product)}}})},
			"days":              {"saveCourse", "INVALID", with(in{"rules": in{"dueDays": -1}})},
			"customer":          {"saveCourse", "UNKNOWN_RECORD", with(in{"audience": in{"isRestricted": true, "organizations": []any{gid.New(gid.Organization)}}})},
			"segment":           {"saveCourse", "UNKNOWN_RECORD", with(in{"audience": in{"isRestricted": true, "segments": []any{gid.New(gid.Segment)}}})},
			"stale publishing":  {"publishCourse", "CONFLICT", with(in{"version": c.at + 1})},
			"unchanged":         {"publishCourse", "UNCHANGED", driving},
			"recertify":         {"publishCourse", "INVALID", with(in{"recertifyDays": -1})},
			"stale retirement":  {"retireCourse", "CONFLICT", with(in{"version": c.at + 1})},
			"not retired":       {"retireCourse", "INVALID", with(in{"isRetired": false})},
			"no draft":          {"reviewCourse", "INVALID", with(in{"isReady": true})},
		} {
			t.Run(name, func(*testing.T) { c.refused("STAFF_TRAINER", x.mutation, x.code, x.input) })
		}

		// A course that needs itself, by way of another, is never published.
		circle := world.Presses()
		circle.Prerequisites = []string{"driving"}
		other := &class{shop: c.shop}
		other.saved(other.run("STAFF_TRAINER", "saveCourse", in{"key": "flying", "document": courseInput(circle)}, courseFields))
		other.publish(nil)
		circle.Prerequisites = []string{"flying"}
		c.settle(in{"document": courseInput(circle)})
		c.refused("STAFF_TRAINER", "publishCourse", "UNSOUND", in{"id": c.course, "version": c.at})
		circle.Prerequisites = []string{"nowhere"}
		c.settle(in{"document": courseInput(circle)})
		c.refused("STAFF_TRAINER", "publishCourse", "UNSOUND", in{"id": c.course, "version": c.at})
	})
}

// TestWhatLiesTooDeepIsNotPublished: a text that Markdown gives up on can be worked on,
// and is not published.
func TestWhatLiesTooDeepIsNotPublished(t *testing.T) {
	classes(t, func(c *class) {
		t, deep := c.t, strings.Repeat("> ", 40)+"deep"
		require.Contains(t, c.As("STAFF_TRAINER").Do(renderedAs, map[string]any{"t": deep}).Body, "BAD_USER_INPUT", "who writes it is told")
		doc := world.Presses()
		doc.Modules[0].Lessons[0].Body = world.Said("fine", deep)
		doc.Modules[1].Lessons[0].Quiz.Questions[0].Explanation = world.Said(deep, "fine")
		p := c.run("STAFF_TRAINER", "saveCourse", in{"id": c.course, "version": c.at, "document": courseInput(doc)}, courseFields)
		c.saved(p)
		var wrong []any
		list, _ := testkit.At(c.As("STAFF_TRAINER").Must(`{ course(key: "driving") { problems { path code } } }`, nil), "course", "problems").([]any)
		for _, x := range list {
			wrong = append(wrong, testkit.At(x, "code"), testkit.At(x, "path"))
		}
		require.Equal(t, []any{
			"BAD_MARKDOWN", "modules.0.lessons.0.body.de",
			"BAD_MARKDOWN", "modules.1.lessons.0.quiz.questions.0.explanation.en",
		}, wrong)
		c.refused("STAFF_TRAINER", "publishCourse", "UNSOUND", in{"id": c.course, "version": c.at})
	})
}

// TestRetiringLeadsNobodyIntoADeadEnd: a course whose certificate products ask for, or
// that has to be finished before another, is not retired before they ask for it no more;
// nor is anything let ask for one that is retired.
func TestRetiringLeadsNobodyIntoADeadEnd(t *testing.T) {
	classes(t, func(c *class) {
		t, product := c.t, c.productOf("B-1")
		retire := func(x *class, retired bool) in { return in{"id": x.course, "version": x.at, "isRetired": retired} }
		says := func(a *testkit.Answer) any { return a.At("r", "userErrors", 0, "message") }

		c.settle(in{"rules": in{"requiredFor": []any{product}}})
		a := c.refused("STAFF_TRAINER", "retireCourse", "INVALID", retire(c, true))
		require.Contains(t, says(a), "Take them out of the course's rules first")
		c.settle(in{"rules": in{}})

		after := c.another("after", func(d *schema.CourseDocument) { d.Prerequisites = []string{"driving"} }, nil)
		a = c.refused("STAFF_TRAINER", "retireCourse", "INVALID", retire(c, true))
		require.Contains(t, says(a), "Publish them without it, or retire them first")
		after.saved(after.run("STAFF_TRAINER", "retireCourse", retire(after, true), courseFields))
		c.saved(c.run("STAFF_TRAINER", "retireCourse", retire(c, true), courseFields))

		c.refused("STAFF_TRAINER", "saveCourse", "INVALID", in{"id": c.course, "version": c.at, "rules": in{"requiredFor": []any{product}}})
		a = c.refused("STAFF_TRAINER", "retireCourse", "UNSOUND", retire(after, false))
		require.Contains(t, says(a), "driving")
		doc := world.Presses()
		doc.Prerequisites = []string{"driving"}
		later := &class{shop: c.shop}
		later.saved(later.run("STAFF_TRAINER", "saveCourse", in{"key": "later", "document": courseInput(doc)}, courseFields))
		c.refused("STAFF_TRAINER", "publishCourse", "UNSOUND", in{"id": later.course, "version": later.at})

		c.saved(c.run("STAFF_TRAINER", "retireCourse", retire(c, false), courseFields))
		after.saved(after.run("STAFF_TRAINER", "retireCourse", retire(after, false), courseFields))
		later.publish(nil)
	})
}

// TestMarkdownIsSafe: whatever a trainer writes, learners get nothing that runs.
func TestMarkdownIsSafe(t *testing.T) {
	const bad = "# Hello\n<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) <a href=\"data:text/html,x\">y</a>\n\n" +
		"<iframe src=\"https://evil.example\"></iframe>\n\n![p](javascript:alert(4))\n\n<svg/onload=alert(5)> **bold**"
	classesOf(t, func(d *schema.CourseDocument) {
		d.Modules[0].Lessons[0].Body = world.Said(bad, bad)
		d.Modules[1].Lessons[0].Quiz.Questions[0].Text = world.Said(bad, bad)
	}, func(c *class) {
		t := c.t
		mine := c.enroll("ORG_MEMBER")
		e := c.enrolled("ORG_MEMBER", mine, `lesson(key: "intro") { content { html } }`)
		html, _ := testkit.At(e, "lesson", "content", "html").(string)
		require.Contains(t, html, "<strong>bold</strong>")
		c.learn("ORG_MEMBER", c.happened(mine, "intro", "OPENED", nil))
		list, _ := c.start("ORG_MEMBER", mine)["questions"].([]any)
		for _, q := range list {
			text, _ := testkit.At(q, "html").(string)
			html += text
		}
		for _, never := range []string{"<script", "<img src=x", "<iframe", "<svg", "href=\"javascript", "src=\"javascript", "href=\"data:"} {
			require.NotContains(t, strings.ToLower(html), never)
		}
	})
}
