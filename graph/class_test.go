package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/graph"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// class is a world where something can be bought and learned: a course that a trainer
// has written, beside those of the world.
type class struct {
	*shop
	course, version gid.ID
	at              int // the version of the course's record
	event           int
	answered        int // how many questions of the hunt were not too large
}

func classes(t *testing.T, run func(c *class)) {
	t.Helper()
	classesOf(t, nil, run)
}

// classesOf runs a test with a course that differs from the world's.
func classesOf(t *testing.T, change func(d *schema.CourseDocument), run func(c *class)) {
	t.Helper()
	shops(t, func(s *shop) {
		c := &class{shop: s}
		doc := world.Presses()
		if change != nil {
			change(&doc)
		}
		c.saved(c.run("STAFF_TRAINER", "saveCourse", in{"key": "driving", "document": courseInput(doc)}, courseFields))
		c.publish(nil)
		run(c)
	})
}

const (
	courseFields     = `course { id version status current { id number } isChanged } problems { path code message }`
	enrollmentFields = `enrollment { id status percent queuePosition version versionNumber lessonsDone next { key } availableActions }`
	attemptFields    = `attempt { id number status version passed percent points maxPoints endsAt submittedAt regraded
		questions { place kind html points choices left right unit answer { places number text } reached solution { places number texts explanation } } } enrollment { percent status }`
)

// courseInput is a document as it is sent.
func courseInput(doc schema.CourseDocument) map[string]any {
	text, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	var out map[string]any
	if err := json.Unmarshal(text, &out); err != nil {
		panic(err)
	}
	renamed(out)
	return out
}

// renamed gives the parts of a document their names in the API.
func renamed(x any) {
	switch x := x.(type) {
	case []any:
		for _, y := range x {
			renamed(y)
		}
	case map[string]any:
		for _, y := range x {
			renamed(y)
		}
		for from, to := range map[string]string{"optional": "isOptional", "correct": "isCorrect"} {
			if v, there := x[from]; there {
				delete(x, from)
				x[to] = v
			}
		}
		if rule, there := x["completion"].(map[string]any); there {
			delete(x, "completion")
			rule["kind"] = rule["rule"]
			delete(rule, "rule")
			x["rule"] = rule
		}
	}
}

// send sends a mutation.
func (c *class) send(role, name string, input map[string]any, selection string) *testkit.Answer {
	c.t.Helper()
	return c.mutate(role, name, "", input, selection)
}

// keyed sends a mutation under an idempotency key.
func (c *class) keyed(role, name, key string, input map[string]any, selection string) *testkit.Answer {
	c.t.Helper()
	return c.mutate(role, name, fmt.Sprintf("@idempotent(key: %q)", key), input, selection)
}

func (c *class) mutate(role, name, directive string, input map[string]any, selection string) *testkit.Answer {
	c.t.Helper()
	f := graph.FullSchema().Mutation.Fields.ForName(name)
	require.NotNil(c.t, f, name)
	return c.As(role).Do(fmt.Sprintf("mutation($i: %s) { r: %s(input: $i) %s { %s userErrors { field code message } } }", f.Arguments[0].Type.String(), name, directive, selection),
		map[string]any{"i": input})
}

// productOf is the product of a variant.
func (c *class) productOf(sku string) (id gid.ID) {
	c.do(func(ctx context.Context, tx *ent.Client) error {
		id = tx.ProductVariant.Query().Where(productvariant.ID(c.ids[sku])).OnlyX(ctx).ProductID
		return nil
	})
	return id
}

// run sends a mutation that must not be refused, and returns its payload.
func (c *class) run(role, name string, input map[string]any, selection string) map[string]any {
	c.t.Helper()
	a := c.send(role, name, input, selection)
	require.Empty(c.t, a.Errors, "%s %s: %s", role, name, a.Body)
	require.Empty(c.t, a.At("r", "userErrors"), "%s %s: %s", role, name, a.Body)
	p, _ := a.At("r").(map[string]any)
	return p
}

// codeOf is with what a mutation was refused; empty when it was not.
func codeOf(a *testkit.Answer) string {
	if code := a.Code(); code != "" {
		return code
	}
	code, _ := a.At("r", "userErrors", 0, "code").(string)
	return code
}

// refused sends a mutation that has to be refused with a code, and changes nothing.
func (c *class) refused(role, name, code string, input map[string]any) *testkit.Answer {
	c.t.Helper()
	before := c.everything()
	a := c.send(role, name, input, "")
	require.Equal(c.t, code, codeOf(a), "%s %s: %s", role, name, a.Body)
	require.Equal(c.t, before, c.everything(), "%s was refused %s, and yet something has changed", role, name)
	return a
}

func (c *class) saved(d map[string]any) {
	c.t.Helper()
	id, _ := testkit.At(d, "course", "id").(string)
	v, _ := testkit.At(d, "course", "version").(float64)
	require.NotEmpty(c.t, id, "%v", d)
	c.course, c.at = gid.ID(id), int(v)
	if version, _ := testkit.At(d, "course", "current", "id").(string); version != "" {
		c.version = gid.ID(version)
	}
}

// settle changes the settings of the course.
func (c *class) settle(more map[string]any) {
	c.t.Helper()
	input := in{"id": c.course, "version": c.at}
	for k, v := range more {
		input[k] = v
	}
	c.saved(c.run("STAFF_TRAINER", "saveCourse", input, courseFields))
}

// publish publishes the draft.
func (c *class) publish(more map[string]any) {
	c.t.Helper()
	input := in{"id": c.course, "version": c.at, "note": "for the course"}
	for k, v := range more {
		input[k] = v
	}
	c.saved(c.run("STAFF_TRAINER", "publishCourse", input, courseFields))
}

// enroll lets somebody begin the course, and returns the enrollment.
func (c *class) enroll(role string) string {
	c.t.Helper()
	id, _ := testkit.At(c.run(role, "enroll", in{"courseId": c.course}, enrollmentFields), "enrollment", "id").(string)
	require.NotEmpty(c.t, id)
	return id
}

// now is the time by the server's clock.
func (c *class) now() time.Time {
	if c.Clock != nil {
		return c.Clock()
	}
	return time.Now()
}

// later puts the clock forward, by which everything is judged.
func (c *class) later(d time.Duration) {
	at := c.now().Add(d)
	from := time.Now()
	c.Clock = func() time.Time { return at.Add(time.Since(from)) }
}

// happened is an event of learning, which has just ended.
func (c *class) happened(enrollment, lesson, kind string, more map[string]any) map[string]any {
	c.event++
	e := map[string]any{"id": fmt.Sprintf("event-%d", c.event), "enrollmentId": enrollment, "lesson": lesson, "kind": kind, "at": c.now().Format(time.RFC3339Nano)}
	for k, v := range more {
		e[k] = v
	}
	return e
}

const recordedFields = `accepted repeated refused { id code message } enrollments { id status percent lessonsDone next { key } }`

// learn records events, none of which is refused.
func (c *class) learn(role string, events ...any) map[string]any {
	c.t.Helper()
	d := c.run(role, "recordLearning", in{"sentAt": c.now().Format(time.RFC3339Nano), "events": events}, recordedFields)
	require.Empty(c.t, d["refused"], "%v", d)
	return d
}

// readAll does all that is required but the exam.
func (c *class) readAll(role, enrollment string) {
	c.t.Helper()
	c.later(10 * time.Minute)
	c.learn(role, c.happened(enrollment, "intro", "OPENED", nil), c.happened(enrollment, "manual", "READ", in{"seconds": 70}),
		c.happened(enrollment, "film", "WATCHED", in{"from": 0, "to": 190}))
}

// start begins an attempt at the exam.
func (c *class) start(role, enrollment string) map[string]any {
	c.t.Helper()
	a, _ := c.run(role, "startAttempt", in{"enrollmentId": enrollment, "lesson": "exam"}, attemptFields)["attempt"].(map[string]any)
	require.NotNil(c.t, a)
	return a
}

// finish does all that is required, and returns the certificate's id.
func (c *class) finish(role string) (enrollment string) {
	c.t.Helper()
	enrollment = c.enroll(role)
	c.readAll(role, enrollment)
	a := c.start(role, enrollment)
	d := c.run(role, "submitAttempt", in{"attemptId": a["id"], "version": a["version"], "answers": answers(a, true)}, attemptFields)
	require.Equal(c.t, "COMPLETED", testkit.At(d, "enrollment", "status"), "%v", d)
	return enrollment
}

// answers answers all questions of an attempt at the world's exam, by what is shown.
func answers(attempt map[string]any, right bool) []any {
	var out []any
	list, _ := attempt["questions"].([]any)
	for _, q := range list {
		out = append(out, answer(q, right))
	}
	return out
}

func answer(q any, right bool) map[string]any {
	place := func(list, text string) int {
		all, _ := testkit.At(q, list).([]any)
		return slices.Index(all, any(text)) + 1
	}
	out := map[string]any{"question": testkit.At(q, "place")}
	switch testkit.At(q, "kind") {
	case "SINGLE":
		out["places"] = []int{place("choices", "It is plunger")}
		if !right {
			out["places"] = []int{place("choices", "It is chimney")}
		}
	case "MULTIPLE":
		out["places"] = []int{place("choices", "It is frame"), place("choices", "It is pump")}
		if !right {
			out["places"] = []int{place("choices", "It is moon"), place("choices", "It is river")}
		}
	case "ORDER":
		list := []int{place("choices", "It is open"), place("choices", "It is fill"), place("choices", "It is close"), place("choices", "It is start")}
		if !right {
			slices.Reverse(list)
		}
		out["places"] = list
	case "MATCH":
		belongs := map[any]string{"Oil": "smears", "Water": "cools", "Air": "blows"}
		if !right {
			belongs = map[any]string{"Oil": "cools", "Water": "blows", "Air": "smears"}
		}
		var list []int
		left, _ := testkit.At(q, "left").([]any)
		for _, l := range left {
			list = append(list, place("right", belongs[l]))
		}
		out["places"] = list
	case "NUMBER":
		out["number"] = map[bool]string{true: "82,5", false: "28,5"}[right]
	case "TEXT":
		out["text"] = map[bool]string{true: "Hydraulic  RAM", false: "Hydraulic COW"}[right]
	}
	return out
}

// waited waits, in a transaction on PostgreSQL, until what was begun beside it waits for
// its end, or has ended without.
func (c *class) waited(ctx context.Context, done <-chan *testkit.Answer) error {
	for {
		var waiting bool
		err := c.Store.Raw(ctx).QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)`).Scan(&waiting)
		if err != nil || waiting || len(done) > 0 {
			return err
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// hire makes people of North who act as members, and returns the names they act by.
func (c *class) hire(n int) []string {
	c.t.Helper()
	var names []string
	var made []*ent.Membership
	c.do(func(ctx context.Context, tx *ent.Client) error {
		made = nil
		for i := range n {
			u := tx.User.Create().SetName(fmt.Sprintf("Hand %03d", i)).SetEmail(fmt.Sprintf("hand%d-%s@example.com", i, strings.ToLower(string(gid.New("x"))))).SaveX(ctx)
			made = append(made, tx.Membership.Create().SetUserID(u.ID).SetOrganizationID(c.World.North.ID).SetRoleID(c.World.Roles["ORG_MEMBER"].ID).SaveX(ctx))
		}
		return nil
	})
	for _, m := range made {
		v, err := c.Accounts.ViewerOf(c.t.Context(), m.UserID, m.ID)
		require.NoError(c.t, err)
		c.Acting(string(m.UserID), v)
		names = append(names, string(m.UserID))
	}
	return names
}

// enrolled reads an enrollment as somebody.
func (c *class) enrolled(role, id, selection string) map[string]any {
	c.t.Helper()
	d := c.As(role).Must(`query($id: ID!) { enrollment(id: $id) { `+selection+` } }`, map[string]any{"id": id})
	e, _ := d["enrollment"].(map[string]any)
	return e
}
