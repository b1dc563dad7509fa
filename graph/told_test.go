package graph_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/training/xapi"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
)

// heard are the titles of what somebody was told, the latest first.
func (c *class) heard(role, kind string) []string {
	c.t.Helper()
	d := c.As(role).Must(`query($k: [NotificationKind!]) { notifications(filter: {kind: $k}) { edges { node { title text enrollment { id course { key } } } } } }`, map[string]any{"k": []string{kind}})
	var out []string
	list, _ := testkit.At(d, "notifications", "edges").([]any)
	for _, e := range list {
		title, _ := testkit.At(e, "node", "title").(string)
		text, _ := testkit.At(e, "node", "text").(string)
		key, _ := testkit.At(e, "node", "enrollment", "course", "key").(string)
		out = append(out, title+" | "+text+" | "+key)
	}
	return out
}

// tend does the hourly round.
func (c *class) tend() {
	c.t.Helper()
	require.NoError(c.t, c.Training.Tend(c.t.Context()))
	c.Work()
}

// TestWhatIsToldOfTraining: whoever is to learn hears of it, once and in their words;
// nobody hears of what they did themselves, nor of others.
func TestWhatIsToldOfTraining(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		member := c.World.Users["ORG_MEMBER"].ID
		due := c.now().AddDate(0, 0, 30)
		d := c.run("ORG_MANAGER", "enrollPeople", in{"courseId": c.course, "userIds": []gid.ID{member}, "dueAt": due.Format(time.RFC3339)}, `enrollments { id version } refused { code message }`)
		id, _ := testkit.At(d, "enrollments", 0, "id").(string)
		require.NotEmpty(t, id, "%v", d)
		c.enroll("ORG_BUYER")
		c.Work()
		told := c.heard("ORG_MEMBER", "COURSE_ASSIGNED")
		require.Len(t, told, 1)
		require.Contains(t, told[0], "You are enrolled in “Presses”")
		require.Contains(t, told[0], "Please be done by")
		require.Contains(t, told[0], "| driving")
		require.Empty(t, c.heard("ORG_BUYER", "COURSE_ASSIGNED"), "nobody is told of what they did")
		require.Empty(t, c.heard("ORG_MANAGER", "COURSE_ASSIGNED"))
		var mails []string
		for _, m := range c.Mails() {
			mails = append(mails, m.Text)
		}
		require.Contains(t, strings.Join(mails, "\n"), "/training/driving")

		// Reminders: seven days before, one day before, and once when it is late.
		for _, step := range []struct {
			days  int
			told  int
			words string
		}{{1, 0, ""}, {23, 1, "is due soon"}, {24, 1, "is due soon"}, {29, 2, "is due soon"}, {31, 3, "should be done by now"}, {40, 3, "should be done by now"}} {
			c.Clock = func() time.Time { return due.AddDate(0, 0, step.days-30).Add(time.Minute) }
			c.tend()
			c.tend()
			list := c.heard("ORG_MEMBER", "COURSE_DUE")
			require.Len(t, list, step.told, "after %d days", step.days)
			if step.told > 0 {
				require.Contains(t, list[0], step.words, "after %d days", step.days)
			}
		}
		// Another day, another reminder.
		v := c.enrolled("ORG_MANAGER", id, `version`)["version"]
		c.run("ORG_MANAGER", "setEnrollmentDue", in{"id": id, "version": v, "dueAt": c.now().AddDate(0, 0, 3).Format(time.RFC3339)}, enrollmentFields)
		c.tend()
		require.Len(t, c.heard("ORG_MEMBER", "COURSE_DUE"), 4)

		// What is done is told of, and then nothing is due any more.
		c.readAll("ORG_MEMBER", id)
		a := c.start("ORG_MEMBER", id)
		c.run("ORG_MEMBER", "submitAttempt", in{"attemptId": a["id"], "version": a["version"], "answers": answers(a, true)}, attemptFields)
		c.later(10 * 24 * time.Hour)
		c.tend()
		require.Len(t, c.heard("ORG_MEMBER", "COURSE_DUE"), 4)
		got := c.heard("ORG_MEMBER", "CERTIFICATE_ISSUED")
		require.Len(t, got, 1)
		require.Contains(t, got[0], "You have finished “Presses” | Your certificate has the number CE-")

		certificate := testkit.At(c.enrolled("STAFF_TRAINER", id, `certificate { id version }`), "certificate")
		c.run("STAFF_TRAINER", "revokeCertificate", in{"id": testkit.At(certificate, "id"), "version": testkit.At(certificate, "version"), "reason": "Copied answers"}, `certificate { id }`)
		c.Work()
		revoked := c.heard("ORG_MEMBER", "CERTIFICATE_REVOKED")
		require.Len(t, revoked, 1)
		require.Contains(t, revoked[0], "Reason: Copied answers.")
		for _, role := range []string{"ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN"} {
			require.NotContains(t, c.As(role).Do(`{ notifications { edges { node { title text } } } }`, nil).Body, "Copied answers", role)
		}
	})
}

// TestTrainersHearOfWork: work that is handed in is news for the staff who may grade it,
// in their inbox and by what they chose beside it, and for nobody else.
func TestTrainersHearOfWork(t *testing.T) {
	classesOf(t, func(d *schema.CourseDocument) {
		for _, m := range d.Modules {
			for i := range m.Lessons {
				if m.Lessons[i].Assignment != nil {
					m.Lessons[i].Assignment.Attempts = 0 // as often as they like
				}
			}
		}
	}, func(c *class) {
		t, role := c.t, "ORG_MEMBER"
		told := func(who string) []any {
			a := c.As(who).Do(`{ notifications(first: 100, filter: {kind: [WORK_HANDED_IN]}) { edges { node { title text } } } }`, nil)
			list, _ := a.At("notifications", "edges").([]any)
			return list
		}
		mine := c.enroll(role)
		c.Work()
		mails := len(c.Mails())
		handIn := func(text string) (id any) {
			d := c.run(role, "submitAssignment", in{"enrollmentId": mine, "lesson": "work", "text": text}, `submission { id }`)
			return testkit.At(d, "submission", "id")
		}
		id := handIn("the secret of my work")
		c.Work()
		graders := []string{"STAFF_TRAINER", "STAFF_ADMIN"}
		for _, r := range schema.Roles {
			if slices.Contains(graders, r.Key) {
				list := told(r.Key)
				require.Len(t, list, 1, r.Key)
				require.Equal(t, "Work in “Presses” waits to be graded", testkit.At(list[0], "node", "title"))
				require.Equal(t, c.World.Users[role].Name+" has handed it in.", testkit.At(list[0], "node", "text"))
				continue
			}
			require.Empty(t, told(r.Key), r.Key)
		}
		require.Len(t, c.Mails(), mails, "nobody has asked for mails")
		node := `{ notifications(filter: {kind: [WORK_HANDED_IN]}) { edges { node { submission { id text } enrollment { id } } } } }`
		require.Equal(t, id, testkit.At(c.As("STAFF_TRAINER").Must(node, nil), "notifications", "edges", 0, "node", "submission", "id"))

		// Who is told can choose it; for others there is nothing to choose.
		kinds := func(who string) bool {
			return strings.Contains(c.As(who).Do(`{ viewer { notificationSettings { kinds { kind } } } }`, nil).Body, "WORK_HANDED_IN")
		}
		for _, r := range schema.Roles {
			require.Equal(t, slices.Contains(graders, r.Key), kinds(r.Key), r.Key)
		}
		c.run("STAFF_TRAINER", "changeNotificationSettings", in{"kinds": []any{in{"kind": "WORK_HANDED_IN", "channels": []any{"MAIL"}}}}, "")
		c.run("ORG_MANAGER", "changeNotificationSettings", in{"kinds": []any{in{"kind": "WORK_HANDED_IN", "channels": []any{"MAIL"}}}, "wholeOrganization": true}, "")

		// Sent back and handed in again, it is news again.
		scores := []any{in{"key": "clean", "points": 0}, in{"key": "safe", "points": 0}}
		c.run("STAFF_TRAINER", "gradeSubmission", in{"id": id, "version": 1, "scores": scores}, "")
		c.Work()
		mails = len(c.Mails())
		id = handIn("better")
		c.Work()
		c.Work()
		require.Len(t, told("STAFF_TRAINER"), 2)
		require.Equal(t, c.World.Users[role].Name+" has handed it in again.", testkit.At(told("STAFF_TRAINER")[0], "node", "text"))
		sent := c.Mails()[mails:]
		require.Len(t, sent, 1, "the trainer alone chose mails, and may")
		require.Contains(t, sent[0].Text, "/console/submissions/"+id.(string))
		for _, m := range c.Mails() {
			require.NotContains(t, m.Text, "the secret of my work")
		}
		for _, r := range []string{role, "ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN", "STAFF_AGENT", "STAFF_SALES", "STAFF_ANALYST"} {
			require.Empty(t, told(r), r)
		}

		// What is graded before anybody is told is no news, and who lost the role hears nothing.
		c.run("STAFF_TRAINER", "gradeSubmission", in{"id": id, "version": 1, "scores": scores}, "")
		c.Work()
		before := len(told("STAFF_ADMIN"))
		id = handIn("once more")
		c.run("STAFF_TRAINER", "gradeSubmission", in{"id": id, "version": 1, "scores": scores}, "")
		c.Work()
		require.Len(t, told("STAFF_ADMIN"), before)
		_, err := c.Store.Raw(c.ctx).ExecContext(c.ctx, `UPDATE memberships SET status = 'DISABLED' WHERE user_id = $1`, string(c.World.Users["STAFF_TRAINER"].ID))
		require.NoError(t, err)
		handIn("and again")
		c.Work()
		require.Len(t, told("STAFF_ADMIN"), before+1)
		require.Equal(t, before+1, c.number(`SELECT count(*) FROM notifications WHERE kind = 'WORK_HANDED_IN' AND user_id = $1`, string(c.World.Users["STAFF_ADMIN"].ID)))
		require.Equal(t, 2, c.number(`SELECT count(*) FROM notifications WHERE kind = 'WORK_HANDED_IN' AND user_id = $1`, string(c.World.Users["STAFF_TRAINER"].ID)))
	})
}

// TestWhoGradesByARoleOfTheirOwn has staff whose roles were made by the administrator:
// those hear of work who may grade it, all of it or that of the customers they look
// after; who may only read it does not.
func TestWhoGradesByARoleOfTheirOwn(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		acting := func(person, key, reads, grade string) string {
			actions := []any{}
			if grade != "" {
				actions = append(actions, in{"name": "submission.grade", "scope": grade})
			}
			d := c.run("STAFF_ADMIN", "createRole", in{
				"key": key, "name": key, "kind": "STAFF", "actions": actions,
				"reads": []any{in{"name": "Submission", "scope": reads}, in{"name": "Enrollment", "scope": reads}, in{"name": "Notification", "scope": "OWN"}},
			}, "role { id }")
			m := c.World.Memberships[person]
			_, err := c.Store.Raw(c.ctx).ExecContext(c.ctx, `UPDATE memberships SET role_id = $1 WHERE id = $2`, testkit.At(d, "role", "id"), string(m.ID))
			require.NoError(t, err)
			v, err := c.Accounts.ViewerOf(c.ctx, m.UserID, m.ID)
			require.NoError(t, err)
			c.Acting(key, v)
			return key
		}
		_, err := c.Store.Raw(c.ctx).ExecContext(c.ctx, `DELETE FROM organization_assignments WHERE user_id = $1`, string(c.World.Users["STAFF_SALES"].ID))
		require.NoError(t, err)
		hears := map[string]bool{
			acting("STAFF_FULFILLMENT", "GRADES_ALL", "ALL", "ALL"):        true,
			acting("STAFF_AGENT", "GRADES_THEIRS", "ASSIGNED", "ASSIGNED"): true,
			acting("STAFF_SALES", "GRADES_OTHERS", "ASSIGNED", "ASSIGNED"): false,
			acting("STAFF_MARKETING", "READS_ALL", "ALL", ""):              false,
		}
		c.run("ORG_MEMBER", "submitAssignment", in{"enrollmentId": c.enroll("ORG_MEMBER"), "lesson": "work", "text": "Clean."}, `submission { id }`)
		c.Work()
		for who, is := range hears {
			list, _ := testkit.At(c.As(who).Must(`{ notifications(filter: {kind: [WORK_HANDED_IN]}) { edges { node { title } } } }`, nil), "notifications", "edges").([]any)
			require.Equal(t, is, len(list) == 1, who)
		}
	})
}

// records is a learning record store that can be out of order.
type records struct {
	mu     sync.Mutex
	stored []map[string]any
	status int
}

func (r *records) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if user, password, _ := q.BasicAuth(); user != "foyer" || password != "s3cret-password" || q.Header.Get("X-Experience-API-Version") != "1.0.3" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if r.status != 0 {
		w.WriteHeader(r.status)
		return
	}
	text, _ := io.ReadAll(q.Body)
	var list []map[string]any
	if json.Unmarshal(text, &list) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	ids := []any{}
	for _, s := range list {
		ids = append(ids, s["id"])
	}
	r.stored = append(r.stored, list...)
	_ = json.NewEncoder(w).Encode(ids)
}

func (r *records) verbs() map[string]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[string]int{}
	for _, s := range r.stored {
		verb, _ := testkit.At(s, "verb", "id").(string)
		out[verb[strings.LastIndex(verb, "/")+1:]]++
	}
	return out
}

// TestLearningStatements: a record store hears of each step once, as soon as it can, and of
// nobody's name.
func TestLearningStatements(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		store := &records{status: http.StatusServiceUnavailable}
		server := httptest.NewServer(store)
		t.Cleanup(server.Close)
		client, err := xapi.NewClient(xapi.Options{Endpoint: server.URL + "/xapi/", User: "foyer", Password: "s3cret-password"})
		require.NoError(t, err)
		c.Training.SendStatements(client)

		c.finish("ORG_MEMBER")
		c.Work() // the store is down: all waits, and nothing of it holds anybody up
		require.Empty(t, store.verbs())
		waiting := func() int { return c.number(`SELECT count(*) FROM learning_statements WHERE sent_at IS NULL`) }
		require.Positive(t, waiting())
		store.mu.Lock()
		store.status = 0
		store.mu.Unlock()
		require.NoError(t, c.Jobs.Hasten(c.ctx))
		c.Work()
		verbs := store.verbs()
		t.Log(verbs)
		require.Equal(t, 0, waiting())
		require.Equal(t, 1, verbs["registered"])
		require.Equal(t, 1, verbs["launched"])
		require.Equal(t, 1, verbs["passed"])
		require.Equal(t, 1, verbs["earned"])
		require.Equal(t, 5, verbs["completed"], "four lessons and the course")
		text, err := json.Marshal(store.stored)
		require.NoError(t, err)
		for _, secret := range []string{string(c.World.Users["ORG_MEMBER"].ID), c.World.Users["ORG_MEMBER"].Email, c.World.Users["ORG_MEMBER"].Name, "plunger"} {
			require.NotContains(t, string(text), secret)
		}
		seen := map[any]bool{}
		for _, s := range store.stored {
			require.False(t, seen[s["id"]], "%v", s)
			seen[s["id"]] = true
		}

		// Who has heard all hears nothing twice; what the store refuses holds nothing up.
		c.Work()
		require.Len(t, store.stored, len(seen))
		store.mu.Lock()
		store.status = http.StatusBadRequest
		store.mu.Unlock()
		c.enroll("ORG_BUYER")
		c.Work()
		require.Equal(t, 0, waiting())
		require.Equal(t, 1, c.number(`SELECT count(*) FROM learning_statements WHERE refused`))
		require.NotContains(t, c.Log.String(), "s3cret-password")
	})
}
