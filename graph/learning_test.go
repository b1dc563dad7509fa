package graph_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// stands is all that can be seen of how far somebody is, but for ids.
const stands = `status percent lessonsDone lessonCount minutesLearned startedAt learnedAt completedAt isOverdue next { key }
	modules { key lessons { key status openedAt doneAt seconds percent resumeAt } } availableActions`

func (c *class) stands(role, id string) string {
	c.t.Helper()
	e := c.enrolled(role, id, stands)
	week := c.As(role).Must(`{ myTraining { completed minutes week { date minutes } } }`, nil)
	delete(e, "startedAt") // by the server's clock, when the first batch came
	text, err := json.Marshal([]any{e, week})
	require.NoError(c.t, err)
	return string(text)
}

// offline are events of many days, of lessons that are open from the start.
func offline(n int, from time.Time, span time.Duration) []map[string]any {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same ones each time
	var out []map[string]any
	for i := range n {
		at := from.Add(time.Duration(r.Int64N(int64(span)))).Truncate(time.Millisecond)
		e := map[string]any{"id": fmt.Sprintf("offline-%05d", i), "at": at.Format(time.RFC3339Nano)}
		switch r.IntN(3) {
		case 0:
			e["kind"], e["lesson"] = "OPENED", []string{"intro", "manual", "film"}[r.IntN(3)]
		case 1:
			e["kind"], e["lesson"], e["seconds"] = "READ", []string{"intro", "manual", "film"}[r.IntN(3)], r.IntN(90)
		default:
			begin := r.IntN(195)
			e["kind"], e["lesson"], e["from"], e["to"] = "WATCHED", "film", begin, begin+1+r.IntN(5)
		}
		out = append(out, e)
	}
	return out
}

// TestTenThousandOfflineEvents: whatever comes late, twice and in another order adds up
// to the same, on both databases, and nothing ever goes backwards on the way.
func TestTenThousandOfflineEvents(t *testing.T) {
	begin := time.Now().UTC().Truncate(time.Second)
	var kept sync.Map
	t.Cleanup(func() {
		var all []any
		kept.Range(func(_, v any) bool { all = append(all, v); return true })
		for _, x := range all {
			require.Equal(t, all[0], x, "the databases differ")
		}
	})
	classes(t, func(c *class) {
		t := c.t
		c.Clock = func() time.Time { return begin }
		hands := c.hire(3)
		first, second, devices := hands[0], hands[1], hands[2]
		mine := map[string]string{}
		for _, who := range hands {
			mine[who] = c.enroll(who)
		}
		end := begin.Add(60 * 24 * time.Hour)
		c.Clock = func() time.Time { return end }
		events := offline(10_000, begin.Add(time.Second), end.Sub(begin)-time.Second)
		send := func(who string, list []map[string]any) (accepted, repeated int) {
			var some []any
			for _, e := range list {
				x := map[string]any{"enrollmentId": mine[who]}
				for k, v := range e {
					x[k] = v
				}
				some = append(some, x)
			}
			d := c.run(who, "recordLearning", in{"sentAt": end.Format(time.RFC3339Nano), "events": some}, recordedFields)
			require.Empty(t, d["refused"])
			return int(testkit.At(d, "accepted").(float64)), int(testkit.At(d, "repeated").(float64))
		}
		before := [2]float64{}
		all := func(who string, list []map[string]any) (accepted, repeated int) {
			for part := range slices.Chunk(list, 1000) {
				a, r := send(who, part)
				accepted, repeated = accepted+a, repeated+r
				e := c.enrolled(who, mine[who], `percent lessonsDone`)
				now := [2]float64{e["percent"].(float64), e["lessonsDone"].(float64)}
				require.True(t, now[0] >= before[0] && now[1] >= before[1], "%v after %v", now, before)
				before = now
			}
			return accepted, repeated
		}
		a, r := all(first, events)
		require.Equal(t, [2]int{10_000, 0}, [2]int{a, r})
		as := c.stands(first, mine[first])
		require.Contains(t, as, `"lessonsDone":3`)

		// Another order, with each batch twice, half of it in another batch.
		mixed := slices.Clone(events)
		rand.New(rand.NewPCG(3, 4)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] }) //nolint:gosec // the same one each time
		before = [2]float64{}
		for i := 0; i+500 <= len(mixed); i += 500 {
			a, r := send(second, mixed[i:min(i+1000, len(mixed))])
			require.Equal(t, [2]int{min(1000, len(mixed)-i), 0}[0], a+r)
		}
		require.Equal(t, as, c.stands(second, mine[second]))
		a, r = all(second, events)
		require.Equal(t, [2]int{0, 10_000}, [2]int{a, r})
		require.Equal(t, as, c.stands(second, mine[second]), "a second time it changes nothing")
		a, r = all(first, mixed)
		require.Equal(t, [2]int{0, 10_000}, [2]int{a, r})
		require.Equal(t, as, c.stands(first, mine[first]))

		// Devices at once lose nothing and count nothing twice.
		var together sync.WaitGroup
		var counted sync.Map
		for n := range 8 {
			together.Go(func() {
				sum := 0
				for part := range 10 {
					from := (part + n) % 10 * 1000
					a, _ := send(devices, events[from:from+1000])
					sum += a
				}
				counted.Store(n, sum)
			})
		}
		together.Wait()
		total := 0
		counted.Range(func(_, v any) bool { total += v.(int); return true })
		require.Equal(t, 10_000, total)
		require.Equal(t, as, c.stands(devices, mine[devices]))
		kept.Store(t.Name(), as)
		t.Logf("10,000 events in order, mixed and twice, and from 8 devices at once: the same %d bytes", len(as))
	})
}

// TestLearningRefusals: what cannot count is told by its code, changes nothing, and does
// not hold up what can.
func TestLearningRefusals(t *testing.T) {
	classes(t, func(c *class) {
		t, w := c.t, c.World
		mine, theirs := c.enroll("ORG_MEMBER"), c.enroll("ORG_BUYER")
		left := c.enroll("ORG_MANAGER")
		c.run("ORG_MANAGER", "withdrawEnrollment", in{"id": left}, "")
		c.later(time.Hour)
		at := func(d time.Duration) string { return c.now().Add(d).Format(time.RFC3339Nano) }
		event := func(enrollment any, more in) map[string]any {
			e := map[string]any{"id": "x", "enrollmentId": enrollment, "lesson": "intro", "kind": "OPENED", "at": at(0)}
			for k, v := range more {
				e[k] = v
			}
			return e
		}
		for name, x := range map[string]struct {
			role, code string
			event      any
		}{
			"nobody's":         {"ORG_MEMBER", "UNKNOWN_ENROLLMENT", event(gid.New(gid.Enrollment), nil)},
			"a colleague's":    {"ORG_MEMBER", "UNKNOWN_ENROLLMENT", event(theirs, nil)},
			"their people's":   {"ORG_MANAGER", "UNKNOWN_ENROLLMENT", event(theirs, nil)},
			"of all":           {"ORG_ADMIN", "UNKNOWN_ENROLLMENT", event(theirs, nil)},
			"a stranger's":     {"ORG_MEMBER", "UNKNOWN_ENROLLMENT", event(w.Enrollments[world.OrderOfSouth].ID, nil)},
			"withdrawn":        {"ORG_MANAGER", "NOT_ACTIVE", event(left, nil)},
			"no lesson":        {"ORG_MEMBER", "UNKNOWN_LESSON", event(mine, in{"lesson": "nothing"})},
			"another course's": {"ORG_MEMBER", "UNKNOWN_LESSON", event(mine, in{"lesson": "read"})},
			"tomorrow":         {"ORG_MEMBER", "IN_FUTURE", event(mine, in{"at": at(24 * time.Hour)})},
			"in three minutes": {"ORG_MEMBER", "IN_FUTURE", event(mine, in{"at": at(3 * time.Minute)})},
			"yesterday":        {"ORG_MEMBER", "BEFORE_ENROLLMENT", event(mine, in{"at": at(-24 * time.Hour)})},
			"long ago":         {"ORG_MEMBER", "BEFORE_ENROLLMENT", event(mine, in{"at": "1900-01-02T00:00:00Z"})},
			"negative":         {"ORG_MEMBER", "INVALID", event(mine, in{"kind": "READ", "seconds": -1})},
			"five hours":       {"ORG_MEMBER", "INVALID", event(mine, in{"kind": "READ", "seconds": 5 * 3600})},
			"no film":          {"ORG_MEMBER", "INVALID", event(mine, in{"kind": "WATCHED", "from": 0, "to": 9})},
			"backwards":        {"ORG_MEMBER", "INVALID", event(mine, in{"lesson": "film", "kind": "WATCHED", "from": 9, "to": 9})},
			"beyond the film":  {"ORG_MEMBER", "INVALID", event(mine, in{"lesson": "film", "kind": "WATCHED", "from": 9, "to": 201})},
			"no event id":      {"ORG_MEMBER", "INVALID", event(mine, in{"id": ""})},
		} {
			before := c.everything()
			send := func(events ...any) map[string]any {
				return c.run(x.role, "recordLearning", in{"sentAt": at(0), "events": events}, recordedFields)
			}
			d := send(x.event)
			require.Equal(t, x.code, testkit.At(d, "refused", 0, "code"), "%s: %v", name, d)
			require.NotEmpty(t, testkit.At(d, "refused", 0, "message"))
			require.InDelta(t, 0, d["accepted"], 0, name)
			require.Equal(t, before, c.everything(), "%s has changed something", name)
			if x.role == "ORG_MEMBER" {
				d = send(event(mine, in{"id": name + " before"}), x.event, event(mine, in{"id": name + " after"}))
				require.InDelta(t, 2, d["accepted"], 0, "%s holds up what counts: %v", name, d)
				require.Len(t, d["refused"], 1)
			}
		}
		// What is wrong with the batch as a whole.
		for _, x := range []in{
			{"sentAt": at(0), "events": []any{}},
			{"sentAt": at(0), "events": slices.Repeat([]any{event(mine, nil)}, 1001)},
		} {
			c.refused("ORG_MEMBER", "recordLearning", "INVALID", x)
		}
		// A clock that is a day slow is put right by when it says that it sent.
		d := c.run("ORG_MEMBER", "recordLearning", in{"sentAt": at(-24 * time.Hour), "events": []any{event(mine, in{"id": "slow", "at": at(-24*time.Hour - time.Minute)})}}, recordedFields)
		require.InDelta(t, 1, d["accepted"], 0, "%v", d)
		// Nobody reads faster than time: an hour ago they enrolled.
		d = c.run("ORG_BUYER", "recordLearning", in{"sentAt": at(0), "events": []any{event(theirs, in{"lesson": "manual", "kind": "READ", "seconds": 4 * 3600})}}, recordedFields)
		require.InDelta(t, 1, d["accepted"], 0)
		require.LessOrEqual(t, c.enrolled("ORG_BUYER", theirs, `minutesLearned`)["minutesLearned"], 60.0)
	})
}

// TestLearning: what is open can be read, what is locked by nobody but trainers, and
// each sees of others what they should.
func TestLearning(t *testing.T) {
	classes(t, func(c *class) {
		t := c.t
		mine := c.enroll("ORG_MEMBER")
		read := func(role, lesson string) any {
			return testkit.At(c.enrolled(role, mine, `lesson(key: "`+lesson+`") { status content { html url videoSeconds quiz { questionCount canStart } assignment { canSubmit } } }`), "lesson", "content")
		}
		require.NotNil(t, read("ORG_MEMBER", "intro"))
		require.Equal(t, "https://video.example.com/film.mp4", testkit.At(read("ORG_MEMBER", "film"), "url"))
		for _, lesson := range []string{"exam", "extra"} {
			require.Nil(t, read("ORG_MEMBER", lesson), lesson)
			require.NotNil(t, read("STAFF_TRAINER", lesson))
		}
		for _, role := range []string{"ORG_MANAGER", "ORG_ADMIN", "STAFF_AGENT"} {
			require.Nil(t, read(role, "intro"), role)
			require.InDelta(t, 0, c.enrolled(role, mine, `percent`)["percent"], 0)
		}
		require.Equal(t, "NOT_FOUND", c.As("ORG_BUYER").Do(`query($id: ID!) { enrollment(id: $id) { id } }`, map[string]any{"id": mine}).Code())
		c.refused("ORG_MEMBER", "startAttempt", "LOCKED", in{"enrollmentId": mine, "lesson": "exam"})
		c.refused("ORG_MEMBER", "startAttempt", "UNKNOWN_LESSON", in{"enrollmentId": mine, "lesson": "intro"})
		c.refused("ORG_MANAGER", "startAttempt", "FORBIDDEN", in{"enrollmentId": mine, "lesson": "exam"})
		c.refused("ORG_BUYER", "startAttempt", "NOT_FOUND", in{"enrollmentId": mine, "lesson": "exam"})
		c.refused("STAFF_TRAINER", "markLesson", "UNKNOWN_LESSON", in{"enrollmentId": mine, "lesson": "intro"})
		e := c.As("ORG_MEMBER").Must(`{ course(key: "driving") { enrollment { id status } availableActions } myTraining { next { id } enrollments { id } } }`, nil)
		require.Equal(t, mine, testkit.At(e, "course", "enrollment", "id"))
		require.Empty(t, testkit.At(e, "course", "availableActions"))
		require.Nil(t, testkit.At(c.As("ORG_ADMIN").Must(`{ course(key: "driving") { enrollment { id } } }`, nil), "course", "enrollment"), "it is their own that is shown")

		d := c.learn("ORG_MEMBER", c.happened(mine, "intro", "OPENED", nil))
		require.Equal(t, "manual", testkit.At(d, "enrollments", 0, "next", "key"), "%v", d)
		require.NotNil(t, read("ORG_MEMBER", "exam"))
		require.Nil(t, read("ORG_MEMBER", "extra"))
		c.readAll("ORG_MEMBER", mine)
		e = c.enrolled("ORG_MEMBER", mine, `percent status lessonsDone`)
		require.Equal(t, map[string]any{"percent": 75.0, "status": "ACTIVE", "lessonsDone": 3.0}, e)
		own := func(user gid.ID) {
			_, err := c.Store.Raw(t.Context()).ExecContext(t.Context(), `UPDATE enrollments SET user_id = $1 WHERE id = $2`, string(user), mine)
			require.NoError(t, err)
		}
		own(c.World.Users["STAFF_TRAINER"].ID) // who learns, too
		c.refused("STAFF_TRAINER", "markLesson", "FORBIDDEN", in{"enrollmentId": mine, "lesson": "work"})
		require.NotContains(t, c.enrolled("STAFF_TRAINER", mine, "availableActions")["availableActions"], "MARK")
		own(c.World.Users["ORG_MEMBER"].ID)
		c.run("STAFF_TRAINER", "markLesson", in{"enrollmentId": mine, "lesson": "work"}, "")
		e = c.enrolled("ORG_MEMBER", mine, `percent status lessonsDone availableActions`)
		require.Equal(t, map[string]any{"percent": 75.0, "status": "ACTIVE", "lessonsDone": 4.0, "availableActions": []any{"LEARN", "WITHDRAW", "RATE"}}, e, "it is optional")
		c.run("ORG_MEMBER", "rateCourse", in{"enrollmentId": mine, "rating": 5, "feedback": "Good"}, "")
		c.refused("ORG_MEMBER", "rateCourse", "INVALID", in{"enrollmentId": mine, "rating": 6})
		for who, reads := range map[string]any{"ORG_MEMBER": "Good", "STAFF_TRAINER": "Good", "ORG_MANAGER": nil, "ORG_ADMIN": nil, "STAFF_AGENT": nil} {
			require.Equal(t, map[string]any{"rating": 5.0, "feedback": reads}, c.enrolled(who, mine, `rating feedback`), "it is said to trainers: %s", who)
			listed := c.As(who).Must(`query($c: ID!) { enrollments(filter: {courseId: $c}) { edges { node { feedback } } } }`, map[string]any{"c": c.course})
			require.Equal(t, reads, testkit.At(listed, "enrollments", "edges", 0, "node", "feedback"), who)
		}
		f := c.As("STAFF_TRAINER").Must(`{ course(key: "driving") { figures { enrolled active completed rating ratings feedback { rating text } lessons { key opened done } questions { key asked } } } }`, nil)
		require.Equal(t, "5.000", testkit.At(f, "course", "figures", "rating"), "%v", f)
	})
}
