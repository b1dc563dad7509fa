package graph_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/access"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

const workFields = `submission { id number status version text points maxPoints comment scores { key points comment } files { id name } user { id } availableActions }`

// TestWorkHandedIn: work is handed in with files, waits in a queue, is graded once by its
// rubric, and done again where it was not good.
func TestWorkHandedIn(t *testing.T) {
	classes(t, func(c *class) {
		t, role := c.t, "ORG_MEMBER"
		enrollment := c.enroll(role)
		work := func(more in) in {
			out := in{"enrollmentId": enrollment, "lesson": "work"}
			for k, v := range more {
				out[k] = v
			}
			return out
		}
		file := func() string { return uploaded(t, c.Foyer, role, "ATTACHMENT", "proof.pdf", samplePDF) }
		many := []any{file(), file(), file()}
		for name, x := range map[string]struct {
			role, code string
			input      in
		}{
			"nothing":            {role, "INVALID", work(nil)},
			"too many files":     {role, "INVALID", work(in{"text": "x", "uploadIds": many})},
			"no such file":       {role, "", work(in{"text": "x", "uploadIds": []any{gid.New(gid.File)}})},
			"another lesson":     {role, "UNKNOWN_LESSON", work(in{"lesson": "intro", "text": "x"})},
			"a colleague's":      {"ORG_BUYER", "NOT_FOUND", work(in{"text": "x"})},
			"their people's":     {"ORG_MANAGER", "FORBIDDEN", work(in{"text": "x"})},
			"others' enrollment": {role, "NOT_FOUND", work(in{"enrollmentId": c.World.Enrollments[world.OrderOfSouth].ID, "text": "x"})},
		} {
			before := c.everything()
			a := c.send(x.role, "submitAssignment", x.input, "")
			if x.code != "" {
				require.Equal(t, x.code, codeOf(a), "%s: %s", name, a.Body)
			}
			require.NotEmpty(t, codeOf(a), "%s: %s", name, a.Body)
			require.Equal(t, before, c.everything(), name)
		}
		d := c.run(role, "submitAssignment", work(in{"text": "See the file.", "uploadIds": many[:2]}), workFields)
		w, _ := d["submission"].(map[string]any)
		require.Len(t, w["files"], 2, "%v", w)
		require.Equal(t, []any{"SUBMITTED", "See the file."}, []any{w["status"], w["text"]})
		c.refused(role, "submitAssignment", "NOT_GRADED", work(in{"text": "again"}))

		// The queue is the trainer's; the files are those of who sees the work.
		queue := c.As("STAFF_TRAINER").Must(`query($c: ID) { submissions(filter: {status: [SUBMITTED], courseId: $c}) { totalCount edges { node { id files { id url } availableActions } } } }`, map[string]any{"c": c.course})
		require.InDelta(t, 1, testkit.At(queue, "submissions", "totalCount"), 0)
		require.Equal(t, []any{"GRADE"}, testkit.At(queue, "submissions", "edges", 0, "node", "availableActions"))
		id := testkit.At(w, "files", 0, "id")
		for who, sees := range map[string]bool{role: true, "ORG_MANAGER": true, "STAFF_TRAINER": true, "ORG_BUYER": false, "STAFF_SALES": false, "GUEST": false, "ANONYMOUS": false} {
			a := c.As(who).Do(`query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id})
			require.Equal(t, sees, a.At("node", "id") != nil, "%s: %s", who, a.Body)
		}
		scores := func(clean, safe int) []any {
			return []any{in{"key": "clean", "points": clean, "comment": "so so"}, in{"key": "safe", "points": safe}}
		}
		grade := func(version any, list []any) in {
			return in{"id": w["id"], "version": version, "scores": list, "comment": "Well."}
		}
		for name, x := range map[string]struct {
			code  string
			input in
		}{
			"beyond":  {"INVALID", grade(1, scores(6, 0))},
			"below":   {"INVALID", grade(1, scores(-1, 0))},
			"half":    {"INVALID", grade(1, scores(1, 1)[:1])},
			"twice":   {"INVALID", grade(1, append(scores(1, 1), scores(1, 1)[0]))},
			"unknown": {"INVALID", grade(1, append(scores(1, 1)[:1], in{"key": "nice", "points": 1}))},
			"stale":   {"CONFLICT", grade(2, scores(1, 1))},
			"nothing": {"NOT_FOUND", in{"id": gid.New(gid.Submission), "version": 1, "scores": scores(1, 1)}},
		} {
			t.Run(name, func(*testing.T) { c.refused("STAFF_TRAINER", "gradeSubmission", x.code, x.input) })
		}
		// A trainer who learns, too.
		own := func(user gid.ID) {
			for table, row := range map[string]any{"submissions": w["id"], "enrollments": enrollment} {
				_, err := c.Store.Raw(t.Context()).ExecContext(t.Context(), `UPDATE `+table+` SET user_id = $1 WHERE id = $2`, string(user), row)
				require.NoError(t, err)
			}
		}
		own(c.World.Users["STAFF_TRAINER"].ID)
		c.refused("STAFF_TRAINER", "gradeSubmission", "FORBIDDEN", grade(1, scores(3, 2)))
		mine := c.As("STAFF_TRAINER").Must(`query($id: ID!) { node(id: $id) { ... on Submission { availableActions } } }`, map[string]any{"id": w["id"]})
		require.Empty(t, testkit.At(mine, "node", "availableActions"))
		own(c.World.Users[role].ID)
		d = c.run("STAFF_TRAINER", "gradeSubmission", grade(1, scores(3, 2)), workFields)
		require.Equal(t, []any{"RETURNED", 5.0, 10.0}, []any{testkit.At(d, "submission", "status"), testkit.At(d, "submission", "points"), testkit.At(d, "submission", "maxPoints")})
		c.refused("STAFF_TRAINER", "gradeSubmission", "GRADED", grade(2, scores(5, 5)))
		require.InDelta(t, 0, c.enrolled(role, enrollment, `lessonsDone`)["lessonsDone"], 0)

		d = c.run(role, "submitAssignment", work(in{"text": "Better."}), workFields)
		w, _ = d["submission"].(map[string]any)
		require.InDelta(t, 2, w["number"], 0)
		c.run("STAFF_TRAINER", "gradeSubmission", grade(1, scores(3, 3)), "")
		require.InDelta(t, 1, c.enrolled(role, enrollment, `lessonsDone`)["lessonsDone"], 0)
		c.refused(role, "submitAssignment", "PASSED", work(in{"text": "once more"}))
		seen := testkit.At(c.enrolled(role, enrollment, `lesson(key: "work") { content { assignment { attemptsLeft canSubmit submissions { number status comment scores { key points comment } } } } }`), "lesson", "content", "assignment")
		require.Equal(t, []any{false, "RETURNED", "PASSED", "so so"}, []any{testkit.At(seen, "canSubmit"), testkit.At(seen, "submissions", 0, "status"),
			testkit.At(seen, "submissions", 1, "status"), testkit.At(seen, "submissions", 0, "scores", 0, "comment")})
	})
}

// TestFilesOfWork: the files of work are those of its reader: the learner, who leads them,
// and the staff who grade. Whoever reads all other files does not read these.
func TestFilesOfWork(t *testing.T) {
	classes(t, func(c *class) {
		t, role := c.t, "ORG_MEMBER"
		d := c.run(role, "submitAssignment", in{"enrollmentId": c.enroll(role), "lesson": "work", "uploadIds": []any{uploaded(t, c.Foyer, role, "ATTACHMENT", "mine.pdf", samplePDF)}}, workFields)
		work, id := testkit.At(d, "submission", "id"), testkit.At(d, "submission", "files", 0, "id")
		require.NotEmpty(t, id)
		readers := []string{role, "ORG_MANAGER", "ORG_ADMIN", "STAFF_TRAINER", "STAFF_ADMIN"}
		all := 0
		for _, r := range schema.Roles {
			who, sees := c.As(r.Key), slices.Contains(readers, r.Key)
			a := who.Do(`query($id: ID!) { node(id: $id) { id ... on File { name url } } }`, map[string]any{"id": id})
			require.Equal(t, sees, a.At("node", "id") != nil, "%s: %s", r.Key, a.Body)
			many := who.Do(`query($w: ID!) { node(id: $w) { ... on Submission { files { id url } } } submissions(first: 100) { edges { node { files { id name url } } } } }`, map[string]any{"w": work})
			require.Equal(t, sees, strings.Contains(many.Body, id.(string)), "%s: %s", r.Key, many.Body)
			if !sees {
				require.Equal(t, "NOT_FOUND", a.Code(), "%s: %s", r.Key, a.Body)
				require.NotContains(t, a.Body+many.Body, "mine.pdf", r.Key)
				before := c.everything()
				gone := who.Do(`mutation($id: ID!) { deleteFile(input: {fileId: $id}) { fileId userErrors { code } } }`, map[string]any{"id": id})
				require.Nil(t, gone.At("deleteFile", "fileId"), "%s: %s", r.Key, gone.Body)
				require.Equal(t, before, c.everything(), r.Key)
				continue
			}
			all++
			link, _ := a.At("node", "url").(string)
			res, body := fetch(t, c.Foyer, http.MethodGet, link, nil)
			require.Equal(t, http.StatusOK, res.StatusCode, r.Key)
			require.Equal(t, samplePDF, body)
			for _, bent := range []string{strings.Replace(link, "v=", "v=x", 1), strings.Replace(link, "e=", "e=9", 1), strings.Split(link, "?")[0]} {
				res, body = fetch(t, c.Foyer, http.MethodGet, bent, nil)
				require.NotEqual(t, http.StatusOK, res.StatusCode, bent)
				require.NotContains(t, body, samplePDF)
			}
		}
		require.Equal(t, len(readers), all)

		// A link to another file, of which they see all, is not one to this.
		var theirs string
		require.NoError(t, c.Store.Raw(c.ctx).QueryRowContext(c.ctx, `SELECT id FROM files WHERE order_id IS NOT NULL LIMIT 1`).Scan(&theirs))
		link, _ := c.As("STAFF_AGENT").Must(`query($id: ID!) { node(id: $id) { ... on File { url } } }`, map[string]any{"id": theirs})["node"].(map[string]any)["url"].(string)
		require.NotEmpty(t, link)
		res, body := fetch(t, c.Foyer, http.MethodGet, strings.Replace(link, theirs, id.(string), 1), nil)
		require.NotEqual(t, http.StatusOK, res.StatusCode)
		require.NotContains(t, body, samplePDF)

		visible, steps, err := access.NewExplainer(c.Store.Client()).Explain(c.ctx, c.Viewer("STAFF_AGENT"), gid.ID(id.(string)))
		require.NoError(t, err)
		require.False(t, visible)
		require.Contains(t, strings.Join(steps, " "), "only with the Submission")
	})
}
