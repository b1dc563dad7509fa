package graph_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/graph"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// The answers of the quiz that is hunted for: keys, what is right, and why. Texts of
// choices are shown, and so do not tell anything by themselves. The marks are longer than
// what a signature or cursor, which are random, may have in it by chance.
const (
	rightNumber = "73.128"
	rightWord   = "zqramword"
	answerMark  = "zqanswermark" // in every key within a quiz and in every explanation
)

// secretly marks everything of the exam that no learner may see before it is time.
func secretly(reveal string) func(d *schema.CourseDocument) {
	return func(d *schema.CourseDocument) {
		q := d.Modules[1].Lessons[0].Quiz
		q.Reveal, q.CoolingMinutes, q.Attempts, q.LimitSeconds = reveal, 0, 2, 0
		for i := range q.Questions {
			x := &q.Questions[i]
			x.Key, x.Explanation = answerMark+"-"+x.Key, world.Said(answerMark+" since", answerMark+" weil")
			for j := range x.Choices {
				x.Choices[j].Key = answerMark + "-" + x.Choices[j].Key
			}
			for j := range x.Pairs {
				x.Pairs[j].Key = answerMark + "-" + x.Pairs[j].Key
			}
			if x.Number != nil {
				x.Number.Value, x.Number.Tolerance = rightNumber, "0.001"
			}
			if x.Accepted != nil {
				x.Accepted = map[string][]string{"en": {rightWord}, "de": {rightWord + "-de"}}
			}
		}
	}
}

// asFarAs selects all that a type has, with the keys of lessons where some are wanted.
func asFarAs(s *ast.Schema, typ string, deep int) string {
	out := everyField(s, typ, deep)
	if typ == "Enrollment" {
		out += ` the: lesson(key: "exam") { ` + everyField(s, "EnrolledLesson", 5) + ` } intro: lesson(key: "intro") { ` + everyField(s, "EnrolledLesson", 3) + ` }`
	}
	return out
}

// hunt asks, as somebody, for all that they can reach, and looks for the answers in all
// that comes back, headers too.
func (c *class) hunt(role, grants string, allowed func(said string) bool, ids ...string) (asked int) {
	c.t.Helper()
	s, err := graph.Project(graph.FullSchema(), schema.Grants[grants].Has)
	require.NoError(c.t, err)
	ask := func(query string, variables map[string]any) (small bool) {
		asked++
		a := c.As(role).Do(query, variables)
		small = a.Code() != "LIMIT_EXCEEDED"
		if small {
			c.answered++
		}
		said := strings.ToLower(a.Body)
		if allowed(said) {
			return small
		}
		for _, never := range []string{answerMark, rightNumber, rightWord, "73,128"} {
			require.NotContains(c.t, said, never, "%s: %s", role, query)
		}
		return small
	}
	values := map[string][]any{"key": {"exam"}, "code": {"x"}, "query": {answerMark, rightWord}}
	for _, id := range ids {
		values["id"] = append(values["id"], id)
	}
	values["ids"] = []any{values["id"]}
	for _, f := range s.Query.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		var declared, used []string
		sets := []map[string]any{{}}
		for _, a := range f.Arguments {
			optional := !a.Type.NonNull || a.DefaultValue != nil
			if optional && a.Name != "id" && a.Name != "key" {
				continue
			}
			list := values[a.Name]
			if optional {
				list = []any{map[string]any{"id": string(c.course), "key": nil}[a.Name]}
			}
			if list == nil {
				list = []any{"x"}
			}
			declared, used = append(declared, "$"+a.Name+": "+a.Type.String()), append(used, a.Name+": $"+a.Name)
			var next []map[string]any
			for _, set := range sets {
				for _, v := range list {
					with := map[string]any{a.Name: v}
					for k, x := range set {
						with[k] = x
					}
					next = append(next, with)
				}
			}
			sets = next
		}
		head, arguments := "query", ""
		if len(declared) > 0 {
			head, arguments = "query("+strings.Join(declared, ", ")+")", "("+strings.Join(used, ", ")+")"
		}
		deepest := 2
		if slices.Contains([]string{"course", "courses", "enrollment", "enrollments", "myTraining", "submissions", "certificates", "trainingMatrix", "verifyCertificate"}, f.Name) {
			deepest = 4
		}
		for deep := range deepest {
			selection := " { __typename " + asFarAs(s, f.Type.Name(), deep+1) + " }"
			if k := s.Types[f.Type.Name()].Kind; k == ast.Scalar || k == ast.Enum {
				selection = ""
			}
			for _, set := range sets {
				ask(head+" { "+f.Name+arguments+selection+" }", set)
			}
		}
	}
	for _, typ := range []string{"Course", "CourseVersion", "Enrollment", "Attempt", "Submission", "Certificate", "TrainingRequirement", "Notification"} {
		if s.Types[typ] == nil {
			continue
		}
		for _, x := range rowsOf(c.t, c.Foyer, typ) {
			ask(fmt.Sprintf("query($id: ID!) { node(id: $id) { ... on %s { %s } } }", typ, asFarAs(s, typ, 2)), map[string]any{"id": x.id})
		}
	}
	if s.Mutation == nil {
		return asked
	}
	for _, f := range s.Mutation.Fields { // all of training, with what cannot be
		a, known := attempts[f.Name]
		if !known || !slices.ContainsFunc([]string{"enroll", "recordLearning", "startAttempt", "saveAnswers", "submitAttempt", "rateCourse", "submitAssignment"}, func(n string) bool { return n == f.Name }) {
			continue
		}
		input := s.Types[f.Arguments.ForName("input").Type.Name()]
		for _, id := range ids {
			if f.Name == "submitAttempt" && strings.HasPrefix(id, gid.Attempt) {
				continue // whoever hunts does not hand in
			}
			// As deep as may be asked at once.
			deep := func(input in, typ string) {
				for d := 4; !ask(fmt.Sprintf("mutation($input: %s!) { %s(input: $input) { %s } }", typ, f.Name, everyField(s, f.Type.Name(), d)), in{"input": input}); d-- {
					require.Positive(c.t, d, "%s is never small enough", f.Name)
				}
			}
			deep(a.input(c.Foyer, gid.ID(id), 1), input.Name)
			if strings.HasPrefix(id, gid.Attempt) && f.Name == "saveAnswers" {
				for _, given := range []in{{"question": 1, "places": []int{99}}, {"question": 1, "number": rightNumber[:2], "text": rightWord[:2]}, {"question": 99}} {
					for version := 1; version < 4; version++ {
						deep(in{"attemptId": id, "version": version, "answers": []any{given}}, input.Name)
					}
				}
			}
		}
	}
	return asked
}

// overhear reads, as somebody, what the live channel told since a token, with all that
// its messages lead to; said is nil for the first message alone.
func (c *class) overhear(role string, since any, said func(body string)) (token any, led int) {
	c.t.Helper()
	s, err := graph.Project(graph.FullSchema(), schema.Grants[role].Has)
	require.NoError(c.t, err)
	fields := "token"
	if said != nil {
		fields = "token notification { " + everyField(s, "Notification", 1) + " enrollment { the: lesson(key: \"exam\") { " + everyField(s, "EnrolledLesson", 2) + " content { quiz { attempts { " + everyField(s, "Attempt", 2) + " } } } } } }"
	}
	live := c.As(role).Subscribe("subscription($since: String) { notificationReceived(since: $since, follow: false) { "+fields+" } }", map[string]any{"since": since})
	defer live.Close()
	for a := live.Next(); a != nil; a = live.Next() {
		require.Empty(c.t, a.Errors, a.Body)
		token = a.At("notificationReceived", "token")
		if said != nil {
			said(a.Body)
		}
		if a.At("notificationReceived", "notification", "enrollment", "the") != nil {
			led++
		}
	}
	return token, led
}

// headers are those of an answer, without what differs each time.
func (c *class) headers(role, query string, variables string) (header http.Header, body string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.URL, strings.NewReader(`{"query": `+fmt.Sprintf("%q", query)+`, "variables": `+variables+`}`))
	require.NoError(c.t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer test:"+role)
	res, err := http.DefaultClient.Do(req)
	require.NoError(c.t, err)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	require.NoError(c.t, err)
	for _, always := range []string{"Date", "X-Request-Id"} {
		res.Header.Del(always)
	}
	return res.Header, string(text)
}

// TestNoAnswerIsToldEarly asks for everything, as everybody, before, during and after
// attempts that have failed: nothing names the key of a choice, the number, the words,
// or why. It is told when it may be, to those who may know it.
func TestNoAnswerIsToldEarly(t *testing.T) {
	slow(t)
	for _, reveal := range []string{schema.RevealFinal, schema.RevealPassed, schema.RevealNever} {
		t.Run(reveal, func(t *testing.T) {
			if reveal != schema.RevealFinal {
				t.Setenv("FOYER_TEST_DATABASE", "sqlite") // what is told is not the database's business
			}
			classesOf(t, secretly(reveal), func(c *class) {
				t, never, asked := c.t, func(string) bool { return false }, 0
				everybody := func(ids ...string) {
					for _, role := range []string{"ORG_MEMBER", "ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN", "GUEST", "ANONYMOUS", "STAFF_AGENT", "STAFF_SALES", "STAFF_FULFILLMENT", "STAFF_MARKETING", "INTEGRATION"} {
						if reveal != schema.RevealFinal && role != "ORG_MEMBER" && role != "ORG_MANAGER" {
							continue // the same rows for them
						}
						asked += c.hunt(role, role, never, ids...)
					}
				}
				// They are there, for trainers.
				d := c.As("STAFF_TRAINER").Must(`{ course(key: "driving") { draft { modules { lessons { quiz { questions { key number { value } accepted { en } explanation { en } } } } } } } }`, nil)
				said := strings.ToLower(fmt.Sprint(d))
				for _, x := range []string{answerMark, rightNumber, rightWord} {
					require.Contains(t, said, x)
				}
				everybody(string(c.course), string(c.version))
				people := []string{"ORG_MEMBER", "ORG_MANAGER"}
				since := map[string]any{}
				for _, role := range people {
					since[role], _ = c.overhear(role, nil, nil)
				}
				enrollment, a := c.sat("ORG_MEMBER")
				ids := []string{string(c.course), string(c.version), enrollment, a["id"].(string)}
				everybody(ids...)
				failed := c.hand("ORG_MEMBER", "submitAttempt", c.reread("ORG_MEMBER", a), answers(a, false))
				require.Equal(t, false, failed.At("r", "attempt", "passed"), failed.Body)
				require.NotContains(t, strings.ToLower(failed.Body), answerMark)
				everybody(ids...)
				// The live channel leads to the enrollment that it tells of.
				c.run("ORG_MANAGER", "setEnrollmentDue", in{"id": enrollment, "version": c.enrolled("ORG_MANAGER", enrollment, "version")["version"], "dueAt": c.now().AddDate(0, 0, 3).Format(time.RFC3339)}, "enrollment { id }")
				c.tend()
				for _, role := range people {
					_, led := c.overhear(role, since[role], func(body string) {
						asked++
						for _, not := range []string{answerMark, rightNumber, rightWord, "73,128"} {
							require.NotContains(t, strings.ToLower(body), not, "a subscription of %s", role)
						}
					})
					require.Equal(t, role == "ORG_MEMBER", led > 0, "%s: %d messages lead to the exam", role, led)
				}
				second := c.start("ORG_MEMBER", enrollment)
				ids = append(ids, second["id"].(string))
				everybody(ids...)
				t.Logf("%s: asked %d times, %d were not too large to be answered", reveal, asked, c.answered)

				// The last try fails as well: now it is told, or never.
				given := answers(second, false)
				last := c.hand("ORG_MEMBER", "submitAttempt", c.reread("ORG_MEMBER", second), given)
				require.Equal(t, false, last.At("r", "attempt", "passed"), last.Body)
				told := fmt.Sprint(c.reread("ORG_MEMBER", second))
				for _, x := range []string{rightNumber, rightWord, answerMark + " since"} {
					require.Equal(t, reveal == schema.RevealFinal, strings.Contains(told, x), "%s: %s", reveal, told)
				}
				require.NotContains(t, told, answerMark+"-", "keys are never told")
				for _, role := range []string{"ORG_BUYER", "ORG_MANAGER", "ORG_ADMIN", "STAFF_AGENT"} {
					c.hunt(role, role, never, ids...)
				}
				require.NotContains(t, c.Log.String(), rightWord)
			})
		})
	}
}

// TestAnswersReadTheSame: what is answered to right and wrong answers has the same
// length, the same headers and costs the same statements, until it is handed in.
func TestAnswersReadTheSame(t *testing.T) {
	classesOf(t, secretly(schema.RevealFinal), func(c *class) {
		t := c.t
		type seen struct {
			headers string
			length  int
		}
		measured := map[bool]seen{}
		costs := map[bool][]int64{}
		hands := c.hire(6)
		for i, who := range hands {
			right := i%2 == 0
			_, a := c.sat(who)
			given := answers(a, right)
			for j, q := range a["questions"].([]any) { // of equal length, as those who answer would write it
				switch testkit.At(q, "kind") {
				case "NUMBER":
					given[j] = in{"question": testkit.At(q, "place"), "number": map[bool]string{true: rightNumber, false: "99.999"}[right]}
				case "TEXT":
					given[j] = in{"question": testkit.At(q, "place"), "text": map[bool]string{true: rightWord, false: "zqcowword"}[right]}
				}
			}
			saved := a
			costs[right] = append(costs[right], c.Statements(func() {
				x := c.hand(who, "saveAnswers", a, given)
				require.Empty(t, codeOf(x), x.Body)
				saved, _ = x.At("r", "attempt").(map[string]any)
			}))
			h, body := c.headers(who, `query($id: ID!) { node(id: $id) { ... on Attempt { number status version passed percent points maxPoints questions { place answer { number text } reached solution { number } } } } }`,
				`{"id": "`+a["id"].(string)+`"}`)
			h.Del("Content-Length")
			now := seen{fmt.Sprint(h), len(body)}
			if old, there := measured[right]; there {
				require.Equal(t, old, now)
			}
			measured[right] = now
			require.Nil(t, saved["points"])
		}
		require.Equal(t, measured[true], measured[false])
		require.Equal(t, costs[true][1:], costs[false][1:], "statements of right and of wrong answers")
		t.Logf("saving costs %v statements with right answers, %v with wrong ones; %d bytes", costs[true], costs[false], measured[true].length)
	})
}

// TestOrderTellsNothing: choices come in the document's order as often as by chance, and
// right ones in each place; ids tell neither a seed nor an order.
func TestOrderTellsNothing(t *testing.T) {
	classesOf(t, func(d *schema.CourseDocument) {
		q := d.Modules[1].Lessons[0].Quiz
		q.Shuffle, q.Attempts, q.CoolingMinutes = false, 0, 0 // ORDER and MATCH are shuffled always
	}, func(c *class) {
		t, role := c.t, "ORG_MEMBER"
		enrollment, a := c.sat(role)
		const tries = 200
		inOrder, matched, begun := 0, 0, time.Now()
		first := map[any]int{}
		seen := map[any]bool{}
		for n := range tries {
			require.False(t, seen[a["id"]])
			seen[a["id"]] = true
			for _, q := range a["questions"].([]any) {
				switch testkit.At(q, "kind") {
				case "ORDER":
					list, _ := testkit.At(q, "choices").([]any)
					first[list[0]]++
					if fmt.Sprint(list) == "[It is open It is fill It is close It is start]" {
						inOrder++
					}
				case "MATCH":
					left, _ := testkit.At(q, "left").([]any)
					right, _ := testkit.At(q, "right").([]any)
					belongs := map[any]any{"Oil": "smears", "Water": "cools", "Air": "blows"}
					for i := range left {
						if belongs[left[i]] == right[i] {
							matched++
						}
					}
				}
			}
			if n+1 < tries {
				c.hand(role, "submitAttempt", a, nil)
				a = c.start(role, enrollment)
			}
		}
		t.Logf("of %d: in the right order %d (chance %d), first %v (chance %d), beside what it belongs to %d (chance %d) in %s",
			tries, inOrder, tries/24, first, tries/4, matched, tries, time.Since(begun).Round(time.Second))
		require.Less(t, inOrder, 30, "8.3 by chance")
		require.Len(t, first, 4)
		for _, n := range first {
			require.InDelta(t, tries/4, n, 35, "50 by chance")
		}
		require.InDelta(t, tries, matched, 100, "200 of 600 by chance")
	})
}
