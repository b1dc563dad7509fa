package graph_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/order"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// another is a further course of the class, with a key of its own.
func (c *class) another(key string, change func(d *schema.CourseDocument), settings in) *class {
	c.t.Helper()
	doc, other := world.Presses(), &class{shop: c.shop}
	if change != nil {
		change(&doc)
	}
	input := in{"key": key, "document": courseInput(doc)}
	for k, v := range settings {
		input[k] = v
	}
	other.saved(other.run("STAFF_TRAINER", "saveCourse", input, courseFields))
	other.publish(nil)
	return other
}

// bought lets an order of North have places that are sold as a variant.
func (c *class) bought(variant gid.ID, n int) {
	c.do(func(ctx context.Context, tx *ent.Client) error {
		o := tx.Order.Create().SetOrganizationID(c.World.North.ID).SetUserID(c.World.Users["ORG_MANAGER"].ID).SetNumber(fmt.Sprintf("FO-%s", gid.New("x"))).
			SetStatus(order.StatusCONFIRMED).SetPlacedAt(time.Now()).SetCurrency("EUR").SaveX(ctx)
		tx.OrderLine.Create().SetOrganizationID(c.World.North.ID).SetUserID(o.UserID).SetOrderID(o.ID).SetPosition(1).SetSku("B-1").SetName("B-1").SetVariantID(variant).
			SetQuantity(n).SetCurrency("EUR").SetUnitPriceMinor(1000).SetTotalMinor(int64(1000 * n)).ExecX(ctx)
		return nil
	})
}

// begins is what courses offer somebody to begin them, by the courses' ids, as the list
// of courses says it; the page of each has to say the same.
func (c *class) begins(who string) map[string]string {
	c.t.Helper()
	begin := func(actions any) string {
		list, _ := actions.([]any)
		for _, a := range list {
			if a == "ENROLL" || a == "WAIT" {
				return a.(string)
			}
		}
		return ""
	}
	out := map[string]string{}
	edges, _ := testkit.At(c.As(who).Must(`{ courses(first: 100) { edges { node { id availableActions } } } }`, nil), "courses", "edges").([]any)
	for _, e := range edges {
		id, _ := testkit.At(e, "node", "id").(string)
		out[id] = begin(testkit.At(e, "node", "availableActions"))
		alone := c.As(who).Must(`query($id: ID!) { course(id: $id) { availableActions } }`, map[string]any{"id": id})
		require.Equal(c.t, out[id], begin(testkit.At(alone, "course", "availableActions")), "%s: the list and the page", who)
	}
	return out
}

// TestWhatIsOfferedCanBeBegun: a course offers to begin it to whom Enroll would take, and
// to nobody else, for each reason that there is.
func TestWhatIsOfferedCanBeBegun(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		begun, finished, left, old, revoked, renewed, nobody := "begun", "finished", "left", "old", "revoked", "renewed", "nobody"
		people := map[string]string{}
		for i, who := range c.hire(7) {
			people[[]string{begun, finished, left, old, revoked, renewed, nobody}[i]] = who
		}
		after := c.another("after", func(d *schema.CourseDocument) { d.Prerequisites = []string{"driving"} }, nil)
		plain := c.another("plain", func(d *schema.CourseDocument) { d.Certificate = nil }, nil)
		sold := c.another("sold", nil, in{"variantId": c.ids["B-1"]})
		full := c.another("full", nil, in{"seats": 1})
		both := c.another("both", func(d *schema.CourseDocument) { d.Prerequisites = []string{"driving"} }, in{"variantId": c.ids["B-1"], "seats": 1})

		c.enroll(people[begun])
		for _, who := range []string{finished, revoked} {
			c.finish(people[who])
		}
		plain.finish(people[finished])
		full.enroll("ORG_MEMBER")
		gone := c.enroll(people[left])
		c.run(people[left], "withdrawEnrollment", in{"id": gone}, "")
		x := c.certificate(people[revoked], c.enrollmentOf(people[revoked]))
		c.run("STAFF_TRAINER", "revokeCertificate", in{"id": x["id"], "version": x["version"], "reason": "by mistake"}, "")

		type offer struct {
			who    string
			course *class
			action string // what is offered; nothing where Enroll refuses
			code   string
		}
		check := func(when string, table []offer) {
			t.Helper()
			for _, o := range table {
				who := people[o.who]
				require.Equal(t, o.action, c.begins(who)[string(o.course.course)], "%s: %s, %s", when, o.who, o.code)
				if o.action == "" {
					o.course.refused(who, "enroll", o.code, in{"courseId": o.course.course})
				}
			}
			for _, o := range table { // what is offered is tried once everything was looked at
				if o.action == "" {
					continue
				}
				status := map[string]string{"ENROLL": "ACTIVE", "WAIT": "WAITING"}[o.action]
				d := o.course.run(people[o.who], "enroll", in{"courseId": o.course.course}, enrollmentFields)
				require.Equal(t, status, testkit.At(d, "enrollment", "status"), "%s: %s", when, o.who)
				require.Empty(t, c.begins(people[o.who])[string(o.course.course)])
			}
		}
		check("at once", []offer{
			{begun, c, "", "ENROLLED"},
			{begun, after, "", "PREREQUISITE"},
			{begun, plain, "ENROLL", ""},
			{finished, c, "", "OVER"},
			{finished, plain, "", "OVER"},
			{finished, after, "ENROLL", ""},
			{finished, sold, "", "NOT_BOUGHT"},
			{finished, both, "", "NOT_BOUGHT"},
			{finished, full, "WAIT", ""},
			{left, c, "ENROLL", ""},
			{left, after, "", "PREREQUISITE"},
			{left, both, "", "PREREQUISITE"},
			{revoked, after, "", "PREREQUISITE"},
			{revoked, c, "ENROLL", ""},
		})
		c.bought(c.ids["B-1"], 1)
		check("with one place bought", []offer{{nobody, sold, "ENROLL", ""}, {nobody, both, "", "PREREQUISITE"}})
		check("and used", []offer{{left, sold, "", "NOT_BOUGHT"}})

		// A certificate that ends soon is renewed; one that has ended counts no more.
		c.finish(people[old])
		require.Empty(t, c.begins(people[old])[string(c.course)])
		ends, err := time.Parse(time.RFC3339, c.certificate(people[old], c.enrollmentOf(people[old]))["expiresAt"].(string))
		require.NoError(t, err)
		c.Clock = func() time.Time { return ends.Add(-24 * time.Hour) }
		check("the day before", []offer{{old, after, "ENROLL", ""}, {old, c, "ENROLL", ""}})
		c.Clock = func() time.Time { return ends.Add(24 * time.Hour) }
		check("the day after", []offer{{renewed, after, "", "PREREQUISITE"}})
		c.finish(people[renewed])
		check("once it is renewed", []offer{{renewed, c, "", "OVER"}, {renewed, after, "ENROLL", ""}})

		// Another version can be learned by whoever has finished the last one.
		doc := world.Presses()
		doc.Title = world.Said("Newer presses", "Neuere Pressen")
		c.settle(in{"document": courseInput(doc)})
		c.publish(nil)
		check("in a new version", []offer{{renewed, c, "ENROLL", ""}})

		// Nobody begins what is not offered, and staff begin nothing.
		full.saved(full.run("STAFF_TRAINER", "retireCourse", in{"id": full.course, "version": full.at}, courseFields))
		require.NotContains(t, c.begins(people[nobody]), string(full.course))
		full.refused(people[nobody], "enroll", "UNKNOWN_RECORD", in{"courseId": full.course})
		for _, role := range []string{"STAFF_TRAINER", "STAFF_ADMIN", "STAFF_AGENT", "ANONYMOUS"} {
			for id, action := range c.begins(role) {
				require.Empty(t, action, "%s: %s", role, id)
			}
		}
	})
}

// TestCourseActionsStatements: what can be done with many courses, what they ask for and
// which places they have takes as many statements as with few.
func TestCourseActionsStatements(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		const list = `{ courses(first: 100) { edges { node { key availableActions placesLeft placesBought prerequisites { key isMet } } } } }`
		add := func(from, to int) {
			for i := from; i < to; i++ {
				settings := in{}
				if i%2 == 0 {
					settings = in{"seats": 3, "variantId": c.ids["B-1"]}
				}
				c.another(fmt.Sprintf("more-%d", i), func(d *schema.CourseDocument) {
					if i%3 == 0 {
						d.Prerequisites = []string{"driving"}
					}
				}, settings)
			}
		}
		c.bought(c.ids["B-1"], 100)
		c.finish("ORG_MEMBER")
		add(0, 2)
		count := func() int64 {
			c.As("ORG_MEMBER").Must(list, nil) // versions are read once
			return c.As("ORG_MEMBER").Statements(list, nil)
		}
		few := count()
		add(2, 14)
		many := count()
		t.Logf("courses with what can be done: %d statements for few, %d for many", few, many)
		require.Equal(t, few, many)
		require.LessOrEqual(t, many, int64(16))

		shown := map[any]any{}
		all, _ := testkit.At(c.As("ORG_MEMBER").Must(list, nil), "courses", "edges").([]any)
		for _, x := range all {
			shown[testkit.At(x, "node", "key")] = testkit.At(x, "node")
		}
		met := []any{map[string]any{"key": "driving", "isMet": true}}
		for key, want := range map[string][]any{"more-0": {3.0, 100.0, met}, "more-2": {3.0, 100.0, []any{}}, "more-3": {nil, nil, met}, "driving": {nil, nil, []any{}}} {
			require.Equal(t, want, []any{testkit.At(shown[key], "placesLeft"), testkit.At(shown[key], "placesBought"), testkit.At(shown[key], "prerequisites")}, key)
		}
	})
}

// TestQueuePositionsStatements: who waits is told their place in each queue, and many
// queues take as many statements as one.
func TestQueuePositionsStatements(t *testing.T) {
	classes(t, func(c *class) {
		t, people := c.t, c.hire(3)
		var courses []gid.ID
		for i := range 3 {
			full := c.another(fmt.Sprintf("full-%d", i), nil, in{"seats": 1})
			for _, who := range people {
				c.run(who, "enroll", in{"courseId": full.course}, "")
			}
			courses = append(courses, full.course)
		}
		const list = `query($f: EnrollmentFilter) { enrollments(first: 50, filter: $f) { edges { node { user { id } course { id } queuePosition } } } }`
		places := func(f in) (map[string][]any, int64) {
			variables := map[string]any{"f": f}
			out := map[string][]any{}
			n := c.As("STAFF_TRAINER").Statements(list, variables)
			all, _ := testkit.At(c.As("STAFF_TRAINER").Must(list, variables), "enrollments", "edges").([]any)
			for _, x := range all {
				who, _ := testkit.At(x, "node", "user", "id").(string)
				out[who] = append(out[who], testkit.At(x, "node", "queuePosition"))
			}
			return out, n
		}
		_, one := places(in{"courseId": courses[0]})
		got, many := places(nil)
		require.Equal(t, one, many)
		for i, who := range people {
			var want any
			if i > 0 {
				want = float64(i)
			}
			require.Equal(t, []any{want, want, want}, got[who], "%d", i)
		}
	})
}

// TestWhoIsNextSeesTheNewPlaces: who enrolls while the number of places is being changed
// gets one of those that there are then, and does not wait beside a free one.
func TestWhoIsNextSeesTheNewPlaces(t *testing.T) {
	classes(t, func(c *class) {
		if !c.Store.Postgres() {
			return // it has one writer at a time
		}
		t, people := c.t, c.hire(2)
		c.settle(in{"seats": 1})
		c.enroll(people[0])
		done := make(chan *testkit.Answer, 1)
		c.do(func(ctx context.Context, tx *ent.Client) error {
			if _, err := c.Store.Raw(ctx).ExecContext(ctx, `UPDATE course_turns SET turn = turn + 1 WHERE course_id = $1`, string(c.course)); err != nil {
				return err
			}
			if err := tx.Course.UpdateOneID(c.course).SetSeats(2).Exec(ctx); err != nil {
				return err
			}
			go func() { done <- c.send(people[1], "enroll", in{"courseId": c.course}, enrollmentFields) }()
			return c.waited(ctx, done)
		})
		got := <-done
		require.Equal(t, "ACTIVE", got.At("r", "enrollment", "status"), got.Body)
	})
}
