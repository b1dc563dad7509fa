package graph_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// sat lets somebody begin the exam after what comes before it.
func (c *class) sat(role string) (enrollment string, attempt map[string]any) {
	c.t.Helper()
	enrollment = c.enroll(role)
	c.learn(role, c.happened(enrollment, "intro", "OPENED", nil))
	return enrollment, c.start(role, enrollment)
}

func (c *class) hand(role, mutation string, attempt map[string]any, given []any) *testkit.Answer {
	c.t.Helper()
	if given == nil {
		given = []any{}
	}
	return c.send(role, mutation, in{"attemptId": attempt["id"], "version": attempt["version"], "answers": given}, attemptFields)
}

// reread reads an attempt.
func (c *class) reread(role string, attempt map[string]any) map[string]any {
	c.t.Helper()
	d := c.As(role).Must(`query($id: ID!) { node(id: $id) { ... on Attempt { id number status version passed percent points maxPoints endsAt submittedAt regraded
		questions { place kind html choices left right answer { places number text } reached solution { places number texts explanation } } } } }`, map[string]any{"id": attempt["id"]})
	a, _ := d["node"].(map[string]any)
	return a
}

// TestOneAttemptOnTwoDevices: it is graded once, whoever hands it in, and saves do not
// overwrite each other unseen.
func TestOneAttemptOnTwoDevices(t *testing.T) {
	classes(t, func(c *class) {
		t, role := c.t, "ORG_MEMBER"
		enrollment, a := c.sat(role)
		require.Equal(t, a["id"], c.start(role, enrollment)["id"], "whoever begins again is on the same one")
		var together sync.WaitGroup
		begun := make([]any, 8)
		for i := range begun {
			together.Go(func() { begun[i] = c.start(role, enrollment)["id"] })
		}
		together.Wait()
		for _, id := range begun {
			require.Equal(t, a["id"], id)
		}
		require.Equal(t, 1, c.number(`SELECT count(*) FROM attempts WHERE enrollment_id = $1`, enrollment))

		saved := c.hand(role, "saveAnswers", a, answers(a, true)[:3])
		require.Empty(t, codeOf(saved), saved.Body)
		c.refused(role, "saveAnswers", "CONFLICT", in{"attemptId": a["id"], "version": a["version"], "answers": []any{}})
		now, _ := saved.At("r", "attempt").(map[string]any)
		require.Equal(t, "OPEN", now["status"])

		codes := make([]string, 8)
		for i := range codes {
			together.Go(func() { codes[i] = codeOf(c.hand(role, "submitAttempt", now, answers(now, i%2 == 0))) })
		}
		together.Wait()
		counted := map[string]int{}
		for _, code := range codes {
			counted[code]++
		}
		t.Logf("one attempt handed in by 8 devices at once: %v", counted)
		require.Equal(t, map[string]int{"": 1, "OVER": 7}, counted)
		graded := c.reread(role, a)
		require.Equal(t, "SUBMITTED", graded["status"])
		require.InDelta(t, now["version"].(float64)+1, graded["version"], 0, "it was written once")
		c.refused(role, "saveAnswers", "OVER", in{"attemptId": a["id"], "version": graded["version"]})
	})
}

// TestAttemptsAfterTheirTime: the server's clock decides, and what was saved counts.
func TestAttemptsAfterTheirTime(t *testing.T) {
	classes(t, func(c *class) {
		t, role := c.t, "ORG_MEMBER"
		enrollment, a := c.sat(role)
		c.later(9 * time.Minute)
		now, _ := c.hand(role, "saveAnswers", a, answers(a, true)).At("r", "attempt").(map[string]any)
		require.NotNil(t, now)
		c.later(61 * time.Second)
		late := c.hand(role, "submitAttempt", now, answers(now, false))
		require.Equal(t, "TIME_OVER", codeOf(late), late.Body)
		done := c.reread(role, a)
		require.Equal(t, "EXPIRED", done["status"])
		require.Equal(t, done["endsAt"], done["submittedAt"])
		require.Equal(t, true, done["passed"], "what was saved in time was right: %v", done)
		require.InDelta(t, 100, done["percent"], 0)
		c.refused(role, "submitAttempt", "TIME_OVER", in{"attemptId": a["id"], "version": done["version"]})
		require.InDelta(t, 2, c.enrolled(role, enrollment, `lessonsDone`)["lessonsDone"], 0)
		c.refused(role, "startAttempt", "PASSED", in{"enrollmentId": enrollment, "lesson": "exam"})

		// Who goes away and saves nothing has failed; a job sees to it, or their next try.
		other, b := c.sat("ORG_BUYER")
		_, x := c.sat("ORG_MANAGER")
		c.later(time.Hour)
		require.NoError(t, c.Training.CloseLate(t.Context()))
		gone := c.reread("ORG_BUYER", b)
		require.Equal(t, []any{"EXPIRED", false, "0"}, []any{gone["status"], gone["passed"], gone["points"]})
		require.Equal(t, "EXPIRED", c.reread("ORG_MANAGER", x)["status"])
		again := c.start("ORG_BUYER", other)
		require.InDelta(t, 2, again["number"], 0, "the pause is counted from the end of its time")
		c.later(11 * time.Minute)
		c.refused("ORG_BUYER", "startAttempt", "COOLING", in{"enrollmentId": other, "lesson": "exam"})
		require.NotNil(t, again["endsAt"])
	})
}

// TestAnswersThatCannotBe: answers to other questions, to places that there are not, of
// another sort, of others' attempts.
func TestAnswersThatCannotBe(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		_, a := c.sat("ORG_MEMBER")
		place := map[string]any{}
		list, _ := a["questions"].([]any)
		require.Len(t, list, 6)
		for _, q := range list {
			place[testkit.At(q, "kind").(string)] = testkit.At(q, "place")
		}
		given := func(kind string, more in) in {
			x := in{"question": place[kind]}
			for k, v := range more {
				x[k] = v
			}
			return in{"attemptId": a["id"], "version": a["version"], "answers": []any{x}}
		}
		for name, x := range map[string]struct {
			code  string
			input in
		}{
			"question 7":         {"UNKNOWN_QUESTION", in{"attemptId": a["id"], "version": a["version"], "answers": []any{in{"question": 7, "places": []int{1}}}}},
			"question 0":         {"UNKNOWN_QUESTION", in{"attemptId": a["id"], "version": a["version"], "answers": []any{in{"question": 0}}}},
			"twice":              {"INVALID", in{"attemptId": a["id"], "version": a["version"], "answers": []any{given("SINGLE", nil)["answers"].([]any)[0], given("SINGLE", nil)["answers"].([]any)[0]}}},
			"place 4 of 3":       {"INVALID", given("SINGLE", in{"places": []int{4}})},
			"two of one":         {"INVALID", given("SINGLE", in{"places": []int{1, 2}})},
			"one twice":          {"INVALID", given("MULTIPLE", in{"places": []int{1, 1}})},
			"negative":           {"INVALID", given("ORDER", in{"places": []int{-1, 1, 2, 3}})},
			"a word for a place": {"INVALID", given("SINGLE", in{"text": "plunger"})},
			"a place for a word": {"INVALID", given("TEXT", in{"places": []int{1}})},
			"no number":          {"INVALID", given("NUMBER", in{"number": "many"})},
			"nobody's attempt":   {"NOT_FOUND", in{"attemptId": gid.New(gid.Attempt), "version": 1}},
			"a stranger's":       {"NOT_FOUND", in{"attemptId": c.World.Attempts[world.OrderOfSouth].ID, "version": 1}},
			"a colleague's":      {"NOT_FOUND", in{"attemptId": c.World.Attempts[world.OrderOfBuyer].ID, "version": 1}},
		} {
			t.Run(name, func(*testing.T) {
				c.refused("ORG_MEMBER", "saveAnswers", x.code, x.input)
				c.refused("ORG_MEMBER", "submitAttempt", x.code, x.input)
			})
		}
		for _, role := range []string{"ORG_MANAGER", "ORG_ADMIN"} {
			c.refused(role, "submitAttempt", "FORBIDDEN", in{"attemptId": a["id"], "version": a["version"]})
			require.Empty(t, c.reread(role, a)["questions"], "they see results, and no questions")
		}
		require.Contains(t, c.send("STAFF_TRAINER", "submitAttempt", in{"attemptId": a["id"], "version": a["version"]}, "").Body, "Cannot query field")
	})
}

// TestTriesAndPauses: a limit of tries and the pause between them are kept.
func TestTriesAndPauses(t *testing.T) {
	classes(t, func(c *class) {
		t, role := c.t, "ORG_MEMBER"
		enrollment, a := c.sat(role)
		const turn = `lesson(key: "exam") { content { quiz { attemptLimit attemptsLeft canStart isPassed nextAttemptAt attempts { number } } } }`
		quiz := func() any { return testkit.At(c.enrolled(role, enrollment, turn), "lesson", "content", "quiz") }
		for try := 1; try <= 3; try++ {
			d := c.hand(role, "submitAttempt", a, answers(a, false))
			require.Equal(t, false, d.At("r", "attempt", "passed"), d.Body)
			require.Equal(t, "0", d.At("r", "attempt", "points"))
			require.InDelta(t, 3-try, testkit.At(quiz(), "attemptsLeft"), 0)
			require.Equal(t, false, testkit.At(quiz(), "canStart"))
			if try == 3 {
				break
			}
			c.refused(role, "startAttempt", "COOLING", in{"enrollmentId": enrollment, "lesson": "exam"})
			require.NotNil(t, testkit.At(quiz(), "nextAttemptAt"))
			c.later(31 * time.Minute)
			require.Equal(t, true, testkit.At(quiz(), "canStart"))
			a = c.start(role, enrollment)
			require.InDelta(t, try+1, a["number"], 0)
		}
		c.later(31 * time.Minute)
		c.refused(role, "startAttempt", "NO_ATTEMPT_LEFT", in{"enrollmentId": enrollment, "lesson": "exam"})
		require.InDelta(t, 1, c.enrolled(role, enrollment, `lessonsDone`)["lessonsDone"], 0)
	})
}

// TestRegrading: what a mended question changes is shown first, done as shown, and takes
// nothing from whoever has passed.
func TestRegrading(t *testing.T) {
	classesOf(t, func(d *schema.CourseDocument) {
		q := d.Modules[1].Lessons[0].Quiz
		q.Questions, q.PassingPercent, q.Shuffle = q.Questions[:2], 50, true
	}, func(c *class) {
		t := c.t
		hands := c.hire(3)
		tried := map[string]map[string]any{}
		for i, who := range hands {
			enrollment, a := c.sat(who)
			given := answers(a, i < 2) // two are right, one is wrong in both
			if i == 1 {                // one only in the single choice
				for j, q := range a["questions"].([]any) {
					if testkit.At(q, "kind") == "MULTIPLE" {
						given[j] = answer(q, false)
					}
				}
			}
			d := c.hand(who, "submitAttempt", a, given)
			require.Equal(t, i < 2, d.At("r", "attempt", "passed"), d.Body)
			tried[who] = a
			c.learn(who, c.happened(enrollment, "manual", "OPENED", nil))
		}
		// It was the chimney, says the trainer: one passes by it, and nobody loses.
		mend := in{"versionId": c.version, "lesson": "exam", "question": "who", "correct": []any{"chimney"}, "note": "It is."}
		const previewed = `query($i: CorrectQuestionInput!) { p: previewCorrection(input: $i) { attempts changed changes { attempt { id } before after passedBefore passedAfter } userErrors { code } } }`
		before := c.everything()
		p := c.As("STAFF_TRAINER").Must(previewed, map[string]any{"i": mend})
		require.Equal(t, before, c.everything(), "it is only looked at")
		require.InDelta(t, 3, testkit.At(p, "p", "attempts"), 0)
		changed, _ := testkit.At(p, "p", "changed").(float64)
		changes, _ := testkit.At(p, "p", "changes").([]any)
		require.NotEmpty(t, changes, "%v", p)
		with := func(expected any) in {
			x := in{"expected": expected}
			for k, v := range mend {
				x[k] = v
			}
			return x
		}
		c.refused("STAFF_TRAINER", "correctQuestion", "CHANGED_SINCE", with(int(changed)+1))
		c.refused("STAFF_TRAINER", "correctQuestion", "CHANGED_SINCE", with(0))
		c.refused("STAFF_TRAINER", "correctQuestion", "INVALID", mend)
		for name, x := range map[string]in{
			"question": {"versionId": c.version, "lesson": "exam", "question": "nothing", "isVoid": true, "expected": 0},
			"lesson":   {"versionId": c.version, "lesson": "intro", "question": "who", "isVoid": true, "expected": 0},
			"choice":   {"versionId": c.version, "lesson": "exam", "question": "who", "correct": []any{"nothing"}, "expected": 0},
			"nothing":  {"versionId": c.version, "lesson": "exam", "question": "who", "expected": 0},
		} {
			t.Run(name, func(*testing.T) {
				before := c.everything()
				a := c.send("STAFF_TRAINER", "correctQuestion", x, "changed")
				require.NotEmpty(t, codeOf(a), a.Body)
				require.Equal(t, before, c.everything())
			})
		}
		d := c.run("STAFF_TRAINER", "correctQuestion", with(int(changed)), `changed courseVersion { corrections { question correct note } }`)
		require.InDelta(t, changed, d["changed"], 0)
		require.Equal(t, []any{"chimney"}, testkit.At(d, "courseVersion", "corrections", 0, "correct"))
		for i, who := range hands {
			a := c.reread(who, tried[who])
			require.Equal(t, true, a["passed"], "%d: %v", i, a)
			for _, x := range changes {
				if testkit.At(x, "attempt", "id") == a["id"] {
					require.Equal(t, testkit.At(x, "after"), a["points"], "as it was shown")
					require.Equal(t, testkit.At(x, "passedAfter"), a["passed"])
				}
			}
		}
		require.Equal(t, true, c.reread(hands[2], tried[hands[2]])["regraded"])
		require.InDelta(t, 2, c.enrolled(hands[2], c.enrollmentOf(hands[2]), `lessonsDone`)["lessonsDone"], 0, "they get on by it")
		c.refused("STAFF_TRAINER", "correctQuestion", "CHANGED_SINCE", with(int(changed)))

		// The next one is graded by what is right now.
		next := c.hire(1)[0]
		_, a := c.sat(next)
		last := c.hand(next, "submitAttempt", a, answers(a, false))
		require.Equal(t, "2", last.At("r", "attempt", "points"), last.Body)
	})
}

// enrollmentOf is somebody's enrollment in the course.
func (c *class) enrollmentOf(user string) (id string) {
	c.t.Helper()
	require.NoError(c.t, c.Store.Raw(c.ctx).QueryRowContext(c.ctx, `SELECT id FROM enrollments WHERE course_id = $1 AND user_id = $2`, string(c.course), user).Scan(&id))
	return id
}

// TestWhoCannotReadAttemptsBeginsNone: a role of one's own that may take quizzes and read
// no attempts gets no attempt that nobody could answer.
func TestWhoCannotReadAttemptsBeginsNone(t *testing.T) {
	classes(t, func(c *class) {
		t, m := c.t, c.World.Memberships["ORG_MEMBER"]
		d := c.As("STAFF_ADMIN").Must(`mutation { createRole(input: {key: "HALF", name: "Half", kind: ORGANIZATION, permissions: [],
			reads: [{name: "Course", scope: ALL}, {name: "CourseVersion", scope: ALL}, {name: "Enrollment", scope: OWN}],
			actions: [{name: "enrollment.create", scope: OWN}, {name: "enrollment.learn", scope: OWN}, {name: "attempt.take", scope: OWN}]}) { role { id } userErrors { message } } }`, nil)
		role := testkit.At(d, "createRole", "role", "id")
		require.NotNil(t, role, "%v", d)
		c.As("STAFF_ADMIN").Must(`mutation($m: ID!, $r: ID!) { changeMembershipRole(input: {membershipId: $m, version: 1, roleId: $r}) { userErrors { code } } }`,
			map[string]any{"m": m.ID, "r": role})
		v, err := c.Accounts.ViewerOf(t.Context(), m.UserID, m.ID)
		require.NoError(t, err)
		c.Acting("half", v)
		mine := c.enroll("half")
		c.readAll("half", mine)
		before := c.everything()
		a := c.As("half").Do(`mutation($e: ID!) { startAttempt(input: {enrollmentId: $e, lesson: "exam"}) { enrollment { id } userErrors { code } } }`, map[string]any{"e": mine})
		require.Equal(t, "FORBIDDEN", a.Code(), a.Body)
		require.Equal(t, before, c.everything())
		require.Zero(t, c.number(`SELECT count(*) FROM attempts WHERE enrollment_id = $1`, mine))
	})
}
