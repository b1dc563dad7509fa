package graph_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// TestTheLastSeat: however many come at once, one place goes to one, the others wait in
// the order in which they came, and a place that becomes free goes to the first of them.
func TestTheLastSeat(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		c.settle(in{"seats": 1})
		hands := c.hire(64)
		states, together := make([]string, len(hands)), sync.WaitGroup{}
		for i, who := range hands {
			together.Go(func() {
				a := c.send(who, "enroll", in{"courseId": c.course}, enrollmentFields)
				if code := codeOf(a); code != "" {
					states[i] = code
					return
				}
				states[i], _ = a.At("r", "enrollment", "status").(string)
			})
		}
		together.Wait()
		counted := map[string]int{}
		for _, s := range states {
			counted[s]++
		}
		t.Logf("64 at once for the last place: %v", counted)
		require.Equal(t, map[string]int{"ACTIVE": 1, "WAITING": 63}, counted)
		places := func(status string) int {
			return c.number(`SELECT count(*) FROM enrollments WHERE course_id = $1 AND status = $2`, string(c.course), status)
		}
		require.Equal(t, [2]int{1, 63}, [2]int{places("ACTIVE"), places("WAITING")})

		// The longest waiting is the next, and hears of it.
		front := func() (id, who string) {
			require.NoError(t, c.Store.Raw(c.ctx).QueryRowContext(c.ctx,
				`SELECT id, user_id FROM enrollments WHERE course_id = $1 AND status = 'WAITING' ORDER BY enrolled_at, id LIMIT 1`, string(c.course)).Scan(&id, &who))
			return id, who
		}
		var active, holder string
		require.NoError(t, c.Store.Raw(c.ctx).QueryRowContext(c.ctx, `SELECT id, user_id FROM enrollments WHERE course_id = $1 AND status = 'ACTIVE'`, string(c.course)).Scan(&active, &holder))
		next, waits := front()
		require.InDelta(t, 1, c.enrolled(waits, next, `queuePosition`)["queuePosition"], 0)
		c.refused(waits, "startAttempt", "WAITING", in{"enrollmentId": next, "lesson": "exam"})
		require.Nil(t, testkit.At(c.enrolled(waits, next, `lesson(key: "intro") { content { html } }`), "lesson", "content"), "who waits reads nothing")
		c.refused(waits, "enroll", "ENROLLED", in{"courseId": c.course})
		c.run(holder, "withdrawEnrollment", in{"id": active}, enrollmentFields)
		require.Equal(t, "ACTIVE", c.enrolled(waits, next, `status`)["status"])
		require.Equal(t, [2]int{1, 62}, [2]int{places("ACTIVE"), places("WAITING")})
		c.refused(holder, "withdrawEnrollment", "OVER", in{"id": active})
		c.refused(holder, "withdrawEnrollment", "NOT_FOUND", in{"id": next})

		// Places given up all at once are given away once each.
		c.settle(in{"seats": 8})
		require.Equal(t, [2]int{8, 55}, [2]int{places("ACTIVE"), places("WAITING")})
		rows, err := c.Store.Raw(c.ctx).QueryContext(c.ctx, `SELECT id, user_id FROM enrollments WHERE course_id = $1 AND status = 'ACTIVE'`, string(c.course))
		require.NoError(t, err)
		for rows.Next() {
			var id, who string
			require.NoError(t, rows.Scan(&id, &who))
			together.Go(func() { c.run(who, "withdrawEnrollment", in{"id": id}, "") })
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close())
		together.Wait()
		require.Equal(t, [2]int{8, 47}, [2]int{places("ACTIVE"), places("WAITING")})
		require.Equal(t, 9, places("WITHDRAWN"))

		// Without a limit nobody waits.
		c.settle(in{"seats": 0})
		require.Equal(t, [2]int{55, 0}, [2]int{places("ACTIVE"), places("WAITING")})
	})
}

// TestBoughtPlaces: a course that is sold is learned by as many as were paid for, and a
// place is used once, whoever hurries.
func TestBoughtPlaces(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		c.settle(in{"variantId": c.ids["B-1"]})
		hands := c.hire(12)
		c.refused(hands[0], "enroll", "NOT_BOUGHT", in{"courseId": c.course})
		offered := func(who string) map[string]any {
			d := c.As(who).Must(`query($id: ID!) { course(id: $id) { isFree placesBought availableActions } }`, map[string]any{"id": c.course})
			x, _ := d["course"].(map[string]any)
			return x
		}
		require.Equal(t, map[string]any{"isFree": false, "placesBought": 0.0, "availableActions": []any{}}, offered(hands[0]))
		buy := func(n int, status order.Status) gid.ID {
			var id gid.ID
			c.do(func(ctx context.Context, tx *ent.Client) error {
				o := tx.Order.Create().SetOrganizationID(c.World.North.ID).SetUserID(c.World.Users["ORG_MANAGER"].ID).SetNumber(fmt.Sprintf("FO-%s", gid.New("x"))).
					SetStatus(status).SetPlacedAt(time.Now()).SetCurrency("EUR").SaveX(ctx)
				id = o.ID
				tx.OrderLine.Create().SetOrganizationID(c.World.North.ID).SetUserID(o.UserID).SetOrderID(o.ID).SetPosition(1).SetSku("B-1").SetName("B-1").SetVariantID(c.ids["B-1"]).
					SetQuantity(n).SetCurrency("EUR").SetUnitPriceMinor(1000).SetTotalMinor(int64(1000 * n)).ExecX(ctx)
				return nil
			})
			return id
		}
		buy(5, order.StatusPLACED)
		c.refused(hands[0], "enroll", "NOT_BOUGHT", in{"courseId": c.course})
		buy(3, order.StatusCONFIRMED)
		require.Equal(t, map[string]any{"isFree": false, "placesBought": 3.0, "availableActions": []any{"ENROLL"}}, offered(hands[0]))
		states, together := make([]string, len(hands)), sync.WaitGroup{}
		for i, who := range hands {
			together.Go(func() { states[i] = codeOf(c.send(who, "enroll", in{"courseId": c.course}, "")) })
		}
		together.Wait()
		counted := map[string]int{}
		for _, s := range states {
			counted[s]++
		}
		t.Logf("12 at once for 3 places that were bought: %v", counted)
		require.Equal(t, map[string]int{"": 3, "NOT_BOUGHT": 9}, counted)
		var one, who string
		require.NoError(t, c.Store.Raw(c.ctx).QueryRowContext(c.ctx, `SELECT id, user_id FROM enrollments WHERE course_id = $1 ORDER BY id LIMIT 1`, string(c.course)).Scan(&one, &who))

		// A place given back before it was used can be used by somebody else; a used one not.
		c.run(who, "withdrawEnrollment", in{"id": one}, "")
		require.InDelta(t, 1, offered(who)["placesBought"], 0)
		again := c.enroll(who)
		c.learn(who, c.happened(again, "intro", "OPENED", nil))
		c.run(who, "withdrawEnrollment", in{"id": again}, "")
		require.InDelta(t, 0, offered(who)["placesBought"], 0)
		c.refused(who, "enroll", "NOT_BOUGHT", in{"courseId": c.course})
	})
}

// TestEnrollPeople: each is answered for, and nobody enrolls whom they do not look after.
func TestEnrollPeople(t *testing.T) {
	classes(t, func(c *class) {
		t, w := c.t, c.World
		mine, colleague, sub, south := w.Users["ORG_MANAGER"].ID, w.Users[world.OrderOfColleague].ID, w.Users[world.OrderOfSub].ID, w.Users[world.OrderOfSouth].ID
		const fields = `enrollments { id origin dueAt user { id } availableActions } refused { userId code message }`
		due := c.now().AddDate(0, 1, 0).UTC().Truncate(time.Second).Format(time.RFC3339)
		people := func(more in, list ...gid.ID) in {
			out := in{"courseId": c.course, "userIds": list}
			for k, v := range more {
				out[k] = v
			}
			return out
		}
		d := c.run("ORG_MANAGER", "enrollPeople", people(in{"dueAt": due}, mine, colleague, south, sub, gid.New(gid.User)), fields)
		enrolled, _ := d["enrollments"].([]any)
		require.Len(t, enrolled, 2, "%v", d)
		require.Equal(t, due, testkit.At(enrolled[0], "dueAt"))
		refused, _ := d["refused"].([]any)
		require.Len(t, refused, 3)
		for _, r := range refused {
			require.Equal(t, "UNKNOWN_RECORD", testkit.At(r, "code"), "whether they are somewhere else is not told")
		}
		d = c.run("ORG_ADMIN", "enrollPeople", people(in{"organizationId": w.Sub.ID}, sub), fields)
		require.Len(t, d["enrollments"], 1, "%v", d)
		d = c.run("STAFF_TRAINER", "enrollPeople", people(in{"organizationId": w.South.ID}, south, colleague), fields)
		require.Equal(t, "STAFF", testkit.At(d, "enrollments", 0, "origin"))
		require.Len(t, d["refused"], 1)
		for role, x := range map[string]struct {
			code  string
			input in
		}{
			"ORG_MEMBER":    {"FORBIDDEN", people(nil, colleague)},
			"ORG_BUYER":     {"FORBIDDEN", people(nil, w.Users["ORG_BUYER"].ID, colleague)},
			"ORG_MANAGER":   {"FORBIDDEN", people(in{"organizationId": w.South.ID}, south)},
			"STAFF_SALES":   {"FORBIDDEN", people(in{"organizationId": w.South.ID}, south)},
			"STAFF_TRAINER": {"INVALID", people(nil, south)},
			"ORG_ADMIN":     {"INVALID", people(in{"dueAt": "2020-01-01T00:00:00Z"}, colleague)},
		} {
			c.refused(role, "enrollPeople", x.code, x.input)
		}
		for role, x := range map[string]in{"ORG_MANAGER": people(nil, colleague), "STAFF_AGENT": people(in{"organizationId": w.North.ID}, colleague)} {
			before := c.everything()
			d = c.run(role, "enrollPeople", x, fields)
			require.Equal(t, "ENROLLED", testkit.At(d, "refused", 0, "code"), "%s: %v", role, d)
			require.Equal(t, before, c.everything())
		}

		// Who was sent cannot leave; who came can. Who sent them takes them out.
		var sent string
		require.NoError(t, c.Store.Raw(c.ctx).QueryRowContext(c.ctx, `SELECT id FROM enrollments WHERE course_id = $1 AND user_id = $2`, string(c.course), string(sub)).Scan(&sent))
		southern := c.With(tokenOf(c.Foyer, "SUB"))
		before := c.everything()
		a := southern.Do(`mutation($i: WithdrawEnrollmentInput!) { r: withdrawEnrollment(input: $i) { userErrors { code } } }`, map[string]any{"i": in{"id": sent}})
		require.Equal(t, "FORBIDDEN", codeOf(a), a.Body)
		require.Equal(t, before, c.everything())
		c.refused("ORG_MANAGER", "withdrawEnrollment", "NOT_FOUND", in{"id": sent})
		c.run("ORG_ADMIN", "withdrawEnrollment", in{"id": sent, "reason": "not needed"}, enrollmentFields)
		c.refused("ORG_ADMIN", "setEnrollmentDue", "OVER", in{"id": sent, "version": 2, "dueAt": due})
		own := c.enroll("ORG_BUYER")
		c.refused("ORG_BUYER", "rateCourse", "INVALID", in{"enrollmentId": own, "rating": 5})
		c.refused("ORG_MANAGER", "setEnrollmentDue", "CONFLICT", in{"id": own, "version": 7, "dueAt": due})
		c.refused("ORG_MANAGER", "setEnrollmentDue", "INVALID", in{"id": own, "version": 1, "dueAt": "2020-01-01T00:00:00Z"})
		c.run("ORG_MANAGER", "setEnrollmentDue", in{"id": own, "version": 1, "dueAt": due}, "")
		c.run("ORG_BUYER", "withdrawEnrollment", in{"id": own}, "")
		c.refused("ORG_BUYER", "recordLearning", "INVALID", in{"sentAt": due, "events": []any{}})
	})
}

// TestPrerequisites: what has to be finished before has to be finished before.
func TestPrerequisites(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		doc := world.Presses()
		doc.Prerequisites = []string{"driving"}
		next := &class{shop: c.shop}
		next.saved(next.run("STAFF_TRAINER", "saveCourse", in{"key": "flying", "document": courseInput(doc)}, courseFields))
		next.publish(nil)
		asked := func() []any {
			d := c.As("ORG_MEMBER").Must(`{ course(key: "flying") { prerequisites { key title isMet course { id } } availableActions } }`, nil)
			list, _ := testkit.At(d, "course", "prerequisites").([]any)
			return list
		}
		require.Equal(t, []any{map[string]any{"key": "driving", "title": "Presses", "isMet": false, "course": map[string]any{"id": string(c.course)}}}, asked())
		c.refused("ORG_MEMBER", "enroll", "PREREQUISITE", in{"courseId": next.course})
		c.finish("ORG_MEMBER")
		require.Equal(t, true, testkit.At(asked()[0], "isMet"))
		next.enroll("ORG_MEMBER")
		c.refused("ORG_MEMBER", "enroll", "OVER", in{"courseId": c.course})
		c.later(366 * 3 * 24 * time.Hour)
		require.Equal(t, false, testkit.At(asked()[0], "isMet"), "its certificate has ended")
		require.NotEmpty(t, c.enroll("ORG_MEMBER"), "then it is learned again")
	})
}
