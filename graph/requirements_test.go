package graph_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

const matrix = `query($o: ID) { trainingMatrix(organizationId: $o, first: 100) { peopleCount missingCount courses { key required held } people { user { id } cells { status dueAt expiresAt percent } } } }`

// TestRequirements: who must hold what is said by managers for their own, shows in the
// matrix, and enrolls people where it says so.
func TestRequirements(t *testing.T) {
	classes(t, func(c *class) {
		t, w := c.t, c.World
		const fields = `requirement { id version dueAt enroll roles { key } people { id } course { id } } enrolled`
		due := c.now().AddDate(0, 1, 0).UTC().Truncate(time.Second).Format(time.RFC3339)
		require_ := func(more in) in {
			out := in{"courseId": c.course, "roles": []any{"ORG_MEMBER"}, "userIds": []any{w.Users[world.OrderOfColleague].ID}, "dueAt": due, "enroll": true}
			for k, v := range more {
				out[k] = v
			}
			return out
		}
		for name, x := range map[string]struct {
			role, code string
			input      in
		}{
			"the stranger's":   {"ORG_ADMIN", "UNKNOWN_RECORD", require_(in{"organizationId": w.South.ID})},
			"a subsidiary's":   {"ORG_MANAGER", "", require_(in{"organizationId": w.Sub.ID})},
			"unknown course":   {"ORG_MANAGER", "UNKNOWN_RECORD", require_(in{"courseId": gid.New(gid.Course)})},
			"hidden course":    {"ORG_MANAGER", "UNKNOWN_RECORD", require_(in{"courseId": w.Courses[world.CourseOfSouth].ID})},
			"a draft":          {"ORG_MANAGER", "UNKNOWN_RECORD", require_(in{"courseId": w.Courses[world.CourseOfDrafts].ID})},
			"unknown role":     {"ORG_MANAGER", "UNKNOWN_RECORD", require_(in{"roles": []any{"STAFF_ADMIN"}})},
			"strange people":   {"ORG_MANAGER", "UNKNOWN_RECORD", require_(in{"userIds": []any{w.Users[world.OrderOfSouth].ID}})},
			"days":             {"ORG_MANAGER", "INVALID", require_(in{"dueDays": 0})},
			"no course":        {"ORG_MANAGER", "INVALID", in{"roles": []any{}}},
			"required already": {"ORG_MANAGER", "TAKEN", require_(in{"courseId": w.Courses[world.CourseOfPresses].ID})},
		} {
			before := c.everything()
			a := c.send(x.role, "saveTrainingRequirement", x.input, "")
			require.NotEmpty(t, codeOf(a), "%s: %s", name, a.Body)
			if x.code != "" {
				require.Equal(t, x.code, codeOf(a), "%s: %s", name, a.Body)
			}
			require.Equal(t, before, c.everything(), name)
		}
		require.Contains(t, c.send("ORG_MEMBER", "saveTrainingRequirement", require_(nil), "").Body, "Cannot query field")
		d := c.run("ORG_MANAGER", "saveTrainingRequirement", require_(nil), fields)
		require.InDelta(t, 2, d["enrolled"], 0, "%v", d)
		r, _ := d["requirement"].(map[string]any)
		c.refused("ORG_MANAGER", "saveTrainingRequirement", "CONFLICT", in{"id": r["id"], "version": 7})
		c.refused("ORG_MANAGER", "saveTrainingRequirement", "INVALID", in{"id": r["id"]})
		require.Equal(t, []any{"ORG_MEMBER", string(w.Users[world.OrderOfColleague].ID)}, []any{testkit.At(r, "roles", 0, "key"), testkit.At(r, "people", 0, "id")})

		cells := func(role string, of any) (out map[string]string, missing float64) {
			m := testkit.At(c.As(role).Must(matrix, map[string]any{"o": of}), "trainingMatrix")
			at, out := -1, map[string]string{}
			list, _ := testkit.At(m, "courses").([]any)
			for i, x := range list {
				if testkit.At(x, "key") == "driving" {
					at = i
				}
			}
			require.GreaterOrEqual(t, at, 0, "%v", m)
			people, _ := testkit.At(m, "people").([]any)
			for _, p := range people {
				id, _ := testkit.At(p, "user", "id").(string)
				out[id], _ = testkit.At(p, "cells", at, "status").(string)
			}
			missing, _ = testkit.At(m, "missingCount").(float64)
			return out, missing
		}
		id := func(name string) string { return string(w.Users[name].ID) }
		now, _ := cells("ORG_MANAGER", nil)
		require.Equal(t, map[string]string{id("ORG_MEMBER"): "LEARNING", id(world.OrderOfColleague): "LEARNING", id("ORG_BUYER"): "NOT_REQUIRED",
			id("ORG_MANAGER"): "NOT_REQUIRED", id("ORG_ADMIN"): "NOT_REQUIRED"}, now)
		mine := c.enrollmentOf(id("ORG_MEMBER"))
		c.readAll("ORG_MEMBER", mine)
		a := c.start("ORG_MEMBER", mine)
		c.hand("ORG_MEMBER", "submitAttempt", a, answers(a, true))
		now, _ = cells("ORG_ADMIN", nil)
		require.Equal(t, "HELD", now[id("ORG_MEMBER")])
		c.later(40 * 24 * time.Hour)
		now, _ = cells("ORG_MANAGER", nil)
		require.Equal(t, "OVERDUE", now[id(world.OrderOfColleague)])
		c.later(700 * 24 * time.Hour)
		now, _ = cells("STAFF_TRAINER", w.North.ID)
		require.Equal(t, "OVERDUE", now[id("ORG_MEMBER")], "it has ended")

		for role, of := range map[string]any{"ORG_MANAGER": w.South.ID, "ORG_ADMIN": w.South.ID, "STAFF_SALES": w.South.ID} {
			got := c.As(role).Do(matrix, map[string]any{"o": of})
			none := c.As(role).Do(matrix, map[string]any{"o": gid.New(gid.Organization)})
			require.NotContains(t, got.Body, id(world.OrderOfSouth), role)
			if role != "STAFF_SALES" { // who sees the customer, and nothing of its people
				require.Equal(t, none.Code(), got.Code(), "%s: %s", role, got.Body)
			}
			listed := c.As(role).Do(`query($o: ID) { trainingRequirements(organizationId: $o) { id } }`, map[string]any{"o": of})
			require.NotContains(t, listed.Body, "req_", role)
		}
		require.Contains(t, c.As("ORG_MEMBER").Do(matrix, nil).Body, "Cannot query field")

		// Whoever joins later is enrolled by the next round.
		hand := c.hire(1)[0]
		require.NoError(t, c.Training.Tend(t.Context()))
		require.Equal(t, "MANAGER", c.enrolled(hand, c.enrollmentOf(hand), `origin`)["origin"])
		c.run("ORG_MANAGER", "deleteTrainingRequirement", in{"id": r["id"]}, "")
		c.refused("ORG_MANAGER", "deleteTrainingRequirement", "NOT_FOUND", in{"id": r["id"]})
	})
}

// TestTakenOutStaysOut: whom others have taken out of a course that is required is not
// enrolled again by the next round, but shows as missing, until the requirement is
// changed or somebody enrolls them.
func TestTakenOutStaysOut(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		hands := c.hire(3)
		byManager, byTrainer, bySelf := hands[0], hands[1], hands[2]
		own := c.enroll(bySelf)
		c.run(bySelf, "withdrawEnrollment", in{"id": own}, "")
		rule := in{"courseId": c.course, "userIds": []any{byManager, byTrainer, bySelf}, "enroll": true}
		d := c.run("ORG_MANAGER", "saveTrainingRequirement", rule, `requirement { id version } enrolled`)
		require.InDelta(t, 3, d["enrolled"], 0, "who left by themselves is enrolled by the rule")
		r, _ := d["requirement"].(map[string]any)
		standing := func(who string) (all int, open string) {
			all = c.number(`SELECT count(*) FROM enrollments WHERE course_id = $1 AND user_id = $2`, string(c.course), who)
			_ = c.Store.Raw(c.ctx).QueryRowContext(c.ctx, `SELECT id FROM enrollments WHERE course_id = $1 AND user_id = $2 AND slot = 'OPEN'`, string(c.course), who).Scan(&open)
			return all, open
		}
		cell := func(who string) any {
			m := testkit.At(c.As("ORG_MANAGER").Must(matrix, nil), "trainingMatrix")
			courses, _ := testkit.At(m, "courses").([]any)
			people, _ := testkit.At(m, "people").([]any)
			for _, p := range people {
				for i, x := range courses {
					if testkit.At(p, "user", "id") == who && testkit.At(x, "key") == "driving" {
						return testkit.At(p, "cells", i, "status")
					}
				}
			}
			return nil
		}
		out := func(role, who string) {
			t.Helper()
			_, id := standing(who)
			require.NotEmpty(t, id, who)
			c.run(role, "withdrawEnrollment", in{"id": id, "reason": "on leave"}, "")
		}
		rounds := func(who string, want int, as string) {
			t.Helper()
			for range 2 {
				c.tend()
				all, _ := standing(who)
				require.Equal(t, want, all)
				require.Equal(t, as, cell(who))
			}
		}
		out("ORG_MANAGER", byManager)
		out("STAFF_TRAINER", byTrainer)
		rounds(byManager, 1, "MISSING")
		rounds(byTrainer, 1, "MISSING")
		rounds(bySelf, 2, "LEARNING")

		// Whom somebody enrolls again learns again; and is out again when taken out again.
		c.run("ORG_MANAGER", "enrollPeople", in{"courseId": c.course, "userIds": []any{byTrainer}}, `refused { code }`)
		rounds(byTrainer, 2, "LEARNING")
		out("ORG_MANAGER", byTrainer)
		rounds(byTrainer, 2, "MISSING")

		// Whoever comes by themselves may go, and then the rule takes them.
		again := c.enroll(byTrainer)
		c.run(byTrainer, "withdrawEnrollment", in{"id": again}, "")
		c.tend()
		rounds(byTrainer, 4, "LEARNING")
		out("ORG_MANAGER", byTrainer)

		// Another word of the manager counts for all.
		rounds(byManager, 1, "MISSING")
		rule["id"], rule["version"] = r["id"], r["version"]
		delete(rule, "courseId")
		d = c.run("ORG_MANAGER", "saveTrainingRequirement", rule, `enrolled`)
		require.InDelta(t, 2, d["enrolled"], 0, "%v", d)
		rounds(byManager, 2, "LEARNING")
		rounds(byTrainer, 5, "LEARNING")
	})
}

// TestRenewalIsTakenBack: whom others take out of a course that a certificate's end has
// enrolled them in is not enrolled by it again.
func TestRenewalIsTakenBack(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		c.settle(in{"rules": in{"renewDays": 60}})
		who := c.hire(1)[0]
		first := c.finish(who)
		ends, err := time.Parse(time.RFC3339, c.certificate(who, first)["expiresAt"].(string))
		require.NoError(t, err)
		c.Clock = func() time.Time { return ends.AddDate(0, 0, -30) }
		renewals := func() int {
			c.tend()
			return c.number(`SELECT count(*) FROM enrollments WHERE course_id = $1 AND user_id = $2 AND origin = 'RENEWAL'`, string(c.course), who)
		}
		require.Equal(t, 1, renewals())
		var id string
		require.NoError(t, c.Store.Raw(c.ctx).QueryRowContext(c.ctx, `SELECT id FROM enrollments WHERE user_id = $1 AND slot = 'OPEN'`, who).Scan(&id))
		c.run("ORG_MANAGER", "withdrawEnrollment", in{"id": id, "reason": "leaves us"}, "")
		for range 2 {
			require.Equal(t, 1, renewals())
		}
	})
}

// TestNoOrderWithoutACertificate: what asks for a certificate is sold to who holds one,
// and the others are told what to do.
func TestNoOrderWithoutACertificate(t *testing.T) {
	classes(t, func(c *class) {
		t, role := c.t, "ORG_MANAGER"
		product := c.productOf("B-1")
		c.settle(in{"rules": in{"requiredFor": []any{product}}})
		cart := c.add(role, "B-1", 1)
		place := func() *testkit.Answer { return c.As(role).Do(placeOrder, map[string]any{"i": with(cart, nil)}) }
		before := c.everything()
		a := place()
		require.Nil(t, a.At("placeOrder", "order"), a.Body)
		require.Contains(t, a.Body, "NO_CERTIFICATE")
		require.Equal(t, before, c.everything(), "nothing was ordered, and nothing reserved")
		d := c.As(role).Must(`{ viewer { cart { id version lines { problems { code message } } } } }`, nil)
		require.Equal(t, "NO_CERTIFICATE", testkit.At(d, "viewer", "cart", "lines", 0, "problems", 0, "code"), "%v", d)
		require.Contains(t, testkit.At(d, "viewer", "cart", "lines", 0, "problems", 0, "message"), "Presses", "it says which")

		held := c.finish("ORG_MEMBER") // somebody of the organization is enough
		c.later(3 * 366 * 24 * time.Hour)
		a = place()
		require.Nil(t, a.At("placeOrder", "order"), "it has ended: %s", a.Body)
		c.Clock = nil
		x := c.certificate("ORG_MEMBER", held)
		require.NotNil(t, x)
		is := func(status string) {
			_, err := c.Store.Raw(c.ctx).ExecContext(c.ctx, `UPDATE memberships SET status = $1 WHERE user_id = $2 AND organization_id = $3`,
				status, string(c.World.Users["ORG_MEMBER"].ID), string(c.World.North.ID))
			require.NoError(t, err)
		}
		is("DISABLED")
		a = place()
		require.Nil(t, a.At("placeOrder", "order"), "whoever holds it has left: %s", a.Body)
		is("ACTIVE")
		cart, _ = testkit.At(c.As(role).Must(`{ viewer { cart { id version } } }`, nil), "viewer", "cart").(map[string]any)
		a = place()
		require.NotNil(t, a.At("placeOrder", "order", "id"), a.Body)

		c.run("STAFF_TRAINER", "revokeCertificate", in{"id": x["id"], "version": x["version"], "reason": "by mistake"}, "")
		cart = c.add(role, "B-2", 1)
		a = place()
		require.Nil(t, a.At("placeOrder", "order"), "it was revoked: %s", a.Body)
		require.Contains(t, a.Body, "NO_CERTIFICATE")
	})
}

// TestWhoOrdersLearns: a confirmed order enrolls who has placed it, once, and opens
// courses that are for owners.
func TestWhoOrdersLearns(t *testing.T) {
	classes(t, func(c *class) {
		t, w := c.t, c.World
		product := c.productOf("B-1")
		c.settle(in{"rules": in{"products": []any{product}, "dueDays": 30}, "audience": in{"isRestricted": true, "owners": []any{product}}})
		c.refused("ORG_MEMBER", "enroll", "UNKNOWN_RECORD", in{"courseId": c.course})
		var o *ent.Order
		confirmed := func(ctx context.Context, tx *ent.Client) error {
			return events.Append(ctx, tx, events.Event{Kind: events.OrderStatus, Subject: o.ID, Owner: access.Owner{Organization: w.North.ID, User: o.UserID, Subject: o.ID},
				Data: schema.EventData{From: "PLACED", To: "CONFIRMED"}})
		}
		c.do(func(ctx context.Context, tx *ent.Client) error {
			o = tx.Order.Create().SetOrganizationID(w.North.ID).SetUserID(w.Users["ORG_BUYER"].ID).SetNumber(fmt.Sprintf("FO-%s", gid.New("x"))).
				SetStatus(order.StatusCONFIRMED).SetPlacedAt(time.Now()).SetCurrency("EUR").SaveX(ctx)
			tx.OrderLine.Create().SetOrganizationID(w.North.ID).SetUserID(o.UserID).SetOrderID(o.ID).SetPosition(1).SetSku("B-1").SetName("B-1").SetVariantID(c.ids["B-1"]).
				SetQuantity(1).SetCurrency("EUR").SetUnitPriceMinor(1000).SetTotalMinor(1000).ExecX(ctx)
			return confirmed(ctx, tx)
		})
		for range 2 {
			c.Work()
			require.Equal(t, 1, c.number(`SELECT count(*) FROM enrollments WHERE course_id = $1`, string(c.course)))
			c.do(confirmed)
		}
		c.Work()
		e := c.enrolled("ORG_BUYER", c.enrollmentOf(string(w.Users["ORG_BUYER"].ID)), `origin status dueAt`)
		require.Equal(t, []any{"ORDER", "ACTIVE"}, []any{e["origin"], e["status"]})
		require.NotNil(t, e["dueAt"])
		require.Equal(t, 1, c.number(`SELECT count(*) FROM enrollments WHERE course_id = $1`, string(c.course)))
		c.enroll("ORG_MEMBER")

		// Whom others have taken out stays out, although the work is done once more.
		c.run("ORG_MANAGER", "withdrawEnrollment", in{"id": c.enrollmentOf(string(w.Users["ORG_BUYER"].ID)), "reason": "not hers"}, "enrollment { id }")
		c.do(confirmed)
		c.Work()
		require.Equal(t, 1, c.number(`SELECT count(*) FROM enrollments WHERE course_id = $1 AND user_id = $2`, string(c.course), string(w.Users["ORG_BUYER"].ID)))
		require.Equal(t, "NOT_FOUND", c.With(tokenOf(c.Foyer, "SOUTH")).Do(`{ course(key: "driving") { id } }`, nil).Code(), "who owns none does not see it")
	})
}
