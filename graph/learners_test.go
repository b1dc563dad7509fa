package graph_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// learns counts somebody's enrollments in the course.
func (c *class) learns(user string) int {
	c.t.Helper()
	return c.number(`SELECT count(*) FROM enrollments WHERE course_id = $1 AND user_id = $2`, string(c.course), user)
}

// anew publishes the document with another title.
func (c *class) anew(title string, more in) {
	c.t.Helper()
	doc := world.Presses()
	doc.Title = world.Said(title, title)
	c.settle(in{"document": courseInput(doc)})
	c.publish(more)
}

// TestARequirementLeavesWhoHolds: whoever holds what is required is not enrolled again by
// it, neither by a new version nor shortly before the end; and nobody is enrolled in what
// is not offered any more.
func TestARequirementLeavesWhoHolds(t *testing.T) {
	classes(t, func(c *class) {
		t, hands := c.t, c.hire(2)
		ends, err := time.Parse(time.RFC3339, c.certificate(hands[0], c.finish(hands[0]))["expiresAt"].(string))
		require.NoError(t, err)
		c.anew("Newer presses", nil)
		rule := in{"courseId": c.course, "userIds": []any{hands[0], hands[1]}, "enroll": true}
		for range 2 { // the second time it is the same request again
			a := c.keyed("ORG_MANAGER", "saveTrainingRequirement", "rule", rule, `requirement { id version } enrolled`)
			require.InDelta(t, 1, a.At("r", "enrolled"), 0, a.Body)
			require.NotEmpty(t, a.At("r", "requirement", "id"), a.Body)
		}
		c.tend()
		require.Equal(t, 1, c.learns(hands[0]), "the certificate is valid, whatever the version")
		c.Clock = func() time.Time { return ends.AddDate(0, 0, -20) }
		c.tend()
		require.Equal(t, 1, c.learns(hands[0]), "it still is")
		c.Clock = func() time.Time { return ends.AddDate(0, 0, 1) }
		c.tend()
		require.Equal(t, 2, c.learns(hands[0]), "it is not any more")

		c.run("ORG_MANAGER", "enrollPeople", in{"courseId": c.course, "userIds": []any{hands[1]}}, "")
		r := c.As("ORG_MANAGER").Must(`{ trainingRequirements { id version course { key } } }`, nil)
		list, _ := testkit.At(r, "trainingRequirements").([]any)
		c.saved(c.run("STAFF_TRAINER", "retireCourse", in{"id": c.course, "version": c.at}, courseFields))
		for _, x := range list {
			if testkit.At(x, "course", "key") == "driving" {
				all := in{"id": testkit.At(x, "id"), "version": testkit.At(x, "version"), "enroll": true}
				require.InDelta(t, 0, c.run("ORG_MANAGER", "saveTrainingRequirement", all, "enrolled")["enrolled"], 0)
			}
		}
		late := c.hire(1)[0]
		c.tend()
		require.Zero(t, c.learns(late), "it is not offered any more")
	})
}

// TestRenewalAsEarlyAsTheCourseSays: a course that enrolls long before a certificate ends
// does so, also while the certificate does not yet count as one that ends soon.
func TestRenewalAsEarlyAsTheCourseSays(t *testing.T) {
	classes(t, func(c *class) {
		t, who := c.t, c.hire(1)[0]
		c.settle(in{"rules": in{"renewDays": 180}})
		ends, err := time.Parse(time.RFC3339, c.certificate(who, c.finish(who))["expiresAt"].(string))
		require.NoError(t, err)
		c.Clock = func() time.Time { return ends.AddDate(0, 0, -190) }
		c.tend()
		require.Equal(t, 1, c.learns(who))
		c.Clock = func() time.Time { return ends.AddDate(0, 0, -170) }
		for range 2 {
			c.tend()
			require.Equal(t, 2, c.learns(who))
		}
	})
}

// TestAMoveIsNoBeginning: who is moved to a new version has not begun by that, and gives
// back the place that was bought.
func TestAMoveIsNoBeginning(t *testing.T) {
	classes(t, func(c *class) {
		t, who := c.t, c.hire(1)[0]
		c.settle(in{"variantId": c.ids["B-1"]})
		c.bought(c.ids["B-1"], 1)
		mine := c.enroll(who)
		c.anew("Newer presses", in{"moveLearners": true})
		c.Work()
		require.InDelta(t, 2, c.enrolled(who, mine, `versionNumber`)["versionNumber"], 0)
		c.refused(who, "rateCourse", "INVALID", in{"enrollmentId": mine, "rating": 5})
		c.run(who, "withdrawEnrollment", in{"id": mine}, "")
		d := c.As(who).Must(`query($id: ID!) { course(id: $id) { placesBought } }`, map[string]any{"id": c.course})
		require.InDelta(t, 1, testkit.At(d, "course", "placesBought"), 0)
	})
}

// TestNobodyIsMovedBack: a move that is done late takes nobody from a version that was
// published since.
func TestNobodyIsMovedBack(t *testing.T) {
	classes(t, func(c *class) {
		t, hands := c.t, c.hire(2)
		first := c.enroll(hands[0])
		c.anew("Newer presses", in{"moveLearners": true})
		c.anew("Newest presses", nil)
		last := c.enroll(hands[1])
		c.Work()
		require.InDelta(t, 2, c.enrolled(hands[0], first, `versionNumber`)["versionNumber"], 0)
		require.InDelta(t, 3, c.enrolled(hands[1], last, `versionNumber`)["versionNumber"], 0)
	})
}

// TestWhoIsOutHandsInNothing: an attempt that was open when its learner left takes no
// answers.
func TestWhoIsOutHandsInNothing(t *testing.T) {
	classes(t, func(c *class) {
		who := c.hire(1)[0]
		enrollment, a := c.sat(who)
		c.run(who, "withdrawEnrollment", in{"id": enrollment}, "")
		for _, name := range []string{"saveAnswers", "submitAttempt"} {
			c.refused(who, name, "OVER", in{"attemptId": a["id"], "version": a["version"], "answers": answers(a, true)})
		}
	})
}

// TestACorrectionIsAnsweredTheSame: a correction that is sent twice under one key says
// twice how many results it has changed.
func TestACorrectionIsAnsweredTheSame(t *testing.T) {
	classes(t, func(c *class) {
		t, who := c.t, c.hire(1)[0]
		_, a := c.sat(who)
		c.hand(who, "submitAttempt", a, answers(a, false))
		mend := in{"versionId": c.version, "lesson": "exam", "question": "who", "isVoid": true, "note": "It is bad.", "expected": 1}
		for range 2 {
			got := c.keyed("STAFF_TRAINER", "correctQuestion", "mend", mend, `changed courseVersion { id }`)
			require.InDelta(t, 1, got.At("r", "changed"), 0, got.Body)
			require.Equal(t, string(c.version), got.At("r", "courseVersion", "id"), got.Body)
		}
	})
}

// TestAnAttemptWaitsForACorrection: what is handed in while a question is being corrected
// is graded by what is right then.
func TestAnAttemptWaitsForACorrection(t *testing.T) {
	classes(t, func(c *class) {
		if !c.Store.Postgres() {
			return // it has one writer at a time
		}
		t, who := c.t, c.hire(1)[0]
		_, a := c.sat(who)
		done := make(chan *testkit.Answer, 1)
		c.do(func(ctx context.Context, tx *ent.Client) error {
			fixed := []schema.QuestionCorrection{}
			for _, q := range world.Exam().Questions {
				fixed = append(fixed, schema.QuestionCorrection{Lesson: "exam", Question: q.Key, Void: true})
			}
			if err := tx.CourseVersion.UpdateOneID(c.version).SetCorrections(fixed).Exec(ctx); err != nil {
				return err
			}
			given := answers(a, false)
			go func() { done <- c.hand(who, "submitAttempt", a, given) }()
			return c.waited(ctx, done)
		})
		got := <-done
		require.Equal(t, true, got.At("r", "attempt", "passed"), got.Body)
	})
}

// TestADueDayThatWasMetIsOver: when a certificate has ended, nobody is late by the day by
// which they had to earn it.
func TestADueDayThatWasMetIsOver(t *testing.T) {
	classes(t, func(c *class) {
		t, who := c.t, c.hire(1)[0]
		c.run("ORG_MANAGER", "saveTrainingRequirement", in{"courseId": c.course, "userIds": []any{who}}, "")
		c.run("ORG_MANAGER", "enrollPeople", in{"courseId": c.course, "userIds": []any{who}, "dueAt": c.now().AddDate(0, 1, 0).UTC().Format(time.RFC3339)}, "")
		mine := c.enrollmentOf(who)
		c.readAll(who, mine)
		a := c.start(who, mine)
		c.hand(who, "submitAttempt", a, answers(a, true))
		c.later(3 * 366 * 24 * time.Hour)
		people, _ := testkit.At(c.As("ORG_MANAGER").Must(matrix, nil), "trainingMatrix", "people").([]any)
		var cells []any
		for _, p := range people {
			if testkit.At(p, "user", "id") == who {
				cells, _ = testkit.At(p, "cells").([]any)
			}
		}
		require.Contains(t, fmt.Sprint(cells), "MISSING")
		require.NotContains(t, fmt.Sprint(cells), "OVERDUE")
	})
}

// TestACourseWithoutACertificateCanBeMet: where a product asks for a course that issues
// no certificate, somebody who has finished it is enough.
func TestACourseWithoutACertificateCanBeMet(t *testing.T) {
	classesOf(t, func(d *schema.CourseDocument) { d.Certificate = nil }, func(c *class) {
		t := c.t
		product := c.productOf("B-1")
		c.settle(in{"rules": in{"requiredFor": []any{product}}})
		lacks := func() int {
			list, err := c.Training.Lacking(t.Context(), c.Store.Client(), c.World.North.ID, []gid.ID{product})
			require.NoError(t, err)
			return len(list)
		}
		c.enroll("ORG_BUYER")
		require.Equal(t, 1, lacks())
		c.finish("ORG_MEMBER")
		require.Zero(t, lacks())
	})
}

// TestALateReportIsNoShorterCertificate: whoever had finished before a new version asked
// for recertification, and reports it after, has as long as all others.
func TestALateReportIsNoShorterCertificate(t *testing.T) {
	classes(t, func(c *class) {
		t, who := c.t, c.hire(1)[0]
		enrollment, a := c.sat(who)
		c.hand(who, "submitAttempt", a, answers(a, true))
		c.later(10 * time.Minute)
		events := []any{c.happened(enrollment, "manual", "READ", in{"seconds": 70}), c.happened(enrollment, "film", "WATCHED", in{"from": 0, "to": 190})}
		c.later(20 * 24 * time.Hour)
		c.anew("Newer presses", in{"recertifyDays": 30})
		c.Work()
		c.learn(who, events...)
		ends, err := time.Parse(time.RFC3339, c.certificate(who, enrollment)["expiresAt"].(string))
		require.NoError(t, err)
		require.WithinDuration(t, c.now().AddDate(0, 0, 30), ends, time.Hour)
	})
}

// TestWhatGoesWithAProductTakesNoPlace: whoever is enrolled since they ordered something
// that a course goes with uses none of the places that were bought of it.
func TestWhatGoesWithAProductTakesNoPlace(t *testing.T) {
	classes(t, func(c *class) {
		t, w := c.t, c.World
		c.settle(in{"variantId": c.ids["A-1"], "rules": in{"products": []any{c.productOf("B-1")}}})
		c.bought(c.ids["A-1"], 1)
		c.bought(c.ids["B-1"], 1)
		c.do(func(ctx context.Context, tx *ent.Client) error {
			o := tx.Order.Query().Where(order.HasLinesWith(orderline.VariantID(c.ids["B-1"]))).Order(ent.Desc(order.FieldID)).FirstX(ctx)
			return events.Append(ctx, tx, events.Event{Kind: events.OrderStatus, Subject: o.ID, Owner: access.Owner{Organization: w.North.ID, User: o.UserID, Subject: o.ID},
				Data: schema.EventData{From: "PLACED", To: "CONFIRMED"}})
		})
		c.Work()
		manager := string(w.Users["ORG_MANAGER"].ID)
		require.Equal(t, 1, c.learns(manager))
		d := c.As("ORG_MEMBER").Must(`query($id: ID!) { course(id: $id) { placesBought } }`, map[string]any{"id": c.course})
		require.InDelta(t, 1, testkit.At(d, "course", "placesBought"), 0)
		c.enroll("ORG_MEMBER")
	})
}

// TestWhoComesBackHasNoMoreAttempts: whoever leaves a course and enrolls again has the
// attempts and the pause that they had; whom others enroll again begins afresh.
func TestWhoComesBackHasNoMoreAttempts(t *testing.T) {
	classesOf(t, func(d *schema.CourseDocument) {
		q := d.Modules[1].Lessons[0].Quiz
		q.Attempts, q.CoolingMinutes, q.LimitSeconds = 3, 60, 0
	}, func(c *class) {
		t, role := c.t, "ORG_MEMBER"
		member := c.World.Users[role].ID
		left := func(enrollment string) any {
			q := testkit.At(c.enrolled(role, enrollment, `lesson(key: "exam") { content { quiz { attemptsLeft canStart nextAttemptAt } } }`), "lesson", "content", "quiz")
			return []any{testkit.At(q, "attemptsLeft"), testkit.At(q, "canStart"), testkit.At(q, "nextAttemptAt") != nil}
		}
		withdraw := func(enrollment string) {
			c.run(role, "withdrawEnrollment", in{"id": enrollment}, "enrollment { id }")
		}
		again := func() string {
			e := c.enroll(role)
			c.learn(role, c.happened(e, "intro", "OPENED", nil))
			return e
		}
		first, a := c.sat(role)
		require.Equal(t, false, c.hand(role, "submitAttempt", a, answers(a, false)).At("r", "attempt", "passed"))
		withdraw(first)

		second := again()
		require.Equal(t, []any{2.0, false, true}, left(second), "the pause goes on")
		c.refused(role, "startAttempt", "COOLING", in{"enrollmentId": second, "lesson": "exam"})
		c.later(2 * time.Hour)
		require.Equal(t, []any{2.0, true, false}, left(second))
		c.start(role, second)
		withdraw(second) // with an attempt that is open

		third := again()
		c.later(2 * time.Hour)
		require.Equal(t, []any{1.0, true, false}, left(third))
		a = c.start(role, third)
		require.Equal(t, false, c.hand(role, "submitAttempt", a, answers(a, false)).At("r", "attempt", "passed"))
		c.later(2 * time.Hour)
		require.Equal(t, []any{0.0, false, false}, left(third))
		c.refused(role, "startAttempt", "NO_ATTEMPT_LEFT", in{"enrollmentId": third, "lesson": "exam"})
		withdraw(third)

		fourth := again()
		require.Equal(t, []any{0.0, false, false}, left(fourth))
		c.refused(role, "startAttempt", "NO_ATTEMPT_LEFT", in{"enrollmentId": fourth, "lesson": "exam"})
		withdraw(fourth)

		d := c.run("ORG_MANAGER", "enrollPeople", in{"courseId": c.course, "userIds": []gid.ID{member}}, `enrollments { id }`)
		fifth, _ := testkit.At(d, "enrollments", 0, "id").(string)
		c.learn(role, c.happened(fifth, "intro", "OPENED", nil))
		require.Equal(t, []any{3.0, true, false}, left(fifth))
		a = c.start(role, fifth)
		require.Equal(t, true, c.hand(role, "submitAttempt", a, answers(a, true)).At("r", "attempt", "passed"))
	})
}
