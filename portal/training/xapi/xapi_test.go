package xapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	source = Source{HomePage: "https://portal.example", Platform: "Aurelia", Secret: []byte("0123456789abcdef")}
	at     = time.Date(2026, 3, 2, 10, 30, 0, 123456789, time.FixedZone("", 3600))
	course = Course{
		ID: "crs_01h", Version: 3, Title: map[string]string{"en": "Laser safety", "de": "Lasersicherheit"},
		Description: map[string]string{"en": "Lasers."}, URL: "https://portal.example/courses/crs_01h",
	}
	enrollment = Enrollment{ID: "enr_01h", Learner: "usr_01heva", Language: "de", Course: course}
	quiz       = Lesson{Key: "final test/1", Title: map[string]string{"en": "Final test", "de": "Abschlusstest"}, Quiz: true}
)

// all is one statement of each sort.
func all(e Enrollment) []Statement {
	return []Statement{
		source.Registered(e, at), source.Launched(e, at), source.Progressed(e, 40, at), source.Progressed(e, 60, at),
		source.LessonCompleted(e, Lesson{Key: "intro", Title: map[string]string{"en": "Intro"}}, at),
		source.Attempted(e, quiz, Attempt{Number: 1, Points: 250, Most: 1000, Duration: 90 * time.Second}, at),
		source.Attempted(e, quiz, Attempt{Number: 2, Points: 950, Most: 1000, Passed: true, Duration: 61500 * time.Millisecond}, at),
		source.Completed(e, 2*time.Hour, at),
		source.Earned(e, Certificate{"https://portal.example/certificates/7H2K", map[string]string{"en": "Laser safety"}}, at),
	}
}

func client(t *testing.T, l *lrs) *Client {
	t.Helper()
	c, err := NewClient(Options{Endpoint: l.URL + "/xapi/", User: user, Password: password})
	require.NoError(t, err)
	return c
}

func ids(list []Statement) (ids []string) {
	for _, s := range list {
		ids = append(ids, s.ID)
	}
	return ids
}

func TestStatements(t *testing.T) {
	list := all(enrollment)
	seen := map[string]bool{}
	for i, s := range list {
		require.False(t, seen[s.ID], "two statements with one id: %d", i)
		seen[s.ID] = true
		require.Equal(t, "2026-03-02T09:30:00.123Z", s.Timestamp)
		text, err := json.Marshal(s)
		require.NoError(t, err)
		require.NotContains(t, string(text), "usr_01heva", "who it is stays here")
		var m map[string]any
		require.NoError(t, json.Unmarshal(text, &m))
		require.Empty(t, wrong(m), "%s", text)
	}
	require.Equal(t, list, all(enrollment), "sent again it is the same")

	passed := list[6]
	require.Equal(t, verbPassed, passed.Verb.ID)
	require.Equal(t, &Score{Scaled: 0.95, Raw: 9.5, Min: 0, Max: 10}, passed.Result.Score)
	require.Equal(t, "PT61.5S", passed.Result.Duration)
	require.Equal(t, "https://portal.example/xapi/courses/crs_01h/3/lessons/final%20test%2F1", passed.Object.ID)
	require.Equal(t, list[0].Object.ID, passed.Context.Activities.Parent[0].ID)
	require.Equal(t, verbFailed, list[5].Verb.ID)
	require.Equal(t, 40, list[2].Result.Extensions[extensionProgress])
	require.Equal(t, "PT7200S", list[7].Result.Duration)
	require.Empty(t, duration(0))
	require.Equal(t, 100, source.Progressed(enrollment, 250, at).Result.Extensions[extensionProgress])
}

func TestIdentity(t *testing.T) {
	// Another enrollment, course version, attempt, grading or portal is another statement.
	other := enrollment
	other.ID = "enr_02h"
	version := enrollment
	version.Course.Version = 4
	elsewhere := source
	elsewhere.HomePage = "https://other.example"
	attempt := Attempt{Number: 1, Most: 100}
	seen := map[string]bool{}
	for _, s := range []Statement{
		source.Registered(enrollment, at), source.Registered(other, at), source.Registered(version, at), elsewhere.Registered(enrollment, at),
		source.Attempted(enrollment, quiz, attempt, at), source.Attempted(enrollment, quiz, Attempt{Number: 2, Most: 100}, at),
		source.Attempted(enrollment, quiz, Attempt{Number: 1, Edition: 1, Most: 100}, at), source.Attempted(enrollment, quiz, Attempt{Number: 1, Most: 100, Passed: true}, at),
	} {
		require.False(t, seen[s.ID])
		seen[s.ID] = true
	}
	require.NotEqual(t, source.uuid("a", "bc"), source.uuid("ab", "c"))
	require.NotEqual(t, source.uuid("a", ""), source.uuid("a"))

	// The same person has one name here, and another in another portal or with another secret.
	a := source.Registered(enrollment, at).Actor
	require.Equal(t, a, source.Registered(other, at).Actor)
	require.NotEqual(t, a.Account.Name, elsewhere.Registered(enrollment, at).Actor.Account.Name)
	rekeyed := source
	rekeyed.Secret = []byte("fedcba9876543210")
	require.NotEqual(t, a, rekeyed.Registered(enrollment, at).Actor)
	require.Equal(t, source.Registered(enrollment, at).ID, rekeyed.Registered(enrollment, at).ID)

	// RFC 9562, appendix A.4: "www.example.com" in the namespace of names.
	dns := namespaceURL
	dns[3] = 0x10
	require.Equal(t, "2ed6657de927568b95e12665a8aea6a2", fmt.Sprintf("%x", v5(dns, "www.example.com")))

	require.NoError(t, source.Check())
	require.Error(t, Source{HomePage: "portal", Secret: source.Secret}.Check())
	require.Error(t, Source{HomePage: "https://portal.example", Secret: []byte("short")}.Check())
}

func TestSend(t *testing.T) {
	for _, conflicts := range []bool{false, true} {
		l := newLRS(t)
		l.conflicts = conflicts
		c := client(t, l)
		list := all(enrollment)
		r := c.Send(t.Context(), list)
		require.Equal(t, Report{Stored: ids(list)}, r, "%v", l.problems)
		require.Len(t, l.stored, len(list))

		// Again, half of it new: no statement is there twice, and none is lost.
		second := enrollment
		second.ID = "enr_02h"
		r = c.Send(t.Context(), append(all(second), list...))
		require.NoError(t, r.Cause)
		require.ElementsMatch(t, append(ids(all(second)), ids(list)...), r.Stored)
		require.Empty(t, r.Refused)
		require.Len(t, l.stored, 2*len(list))
		require.Empty(t, l.problems)

		// Twice in what is sent.
		r = c.Send(t.Context(), append(list, list...))
		require.Equal(t, ids(list), r.Stored)
		require.Empty(t, l.problems)
	}
}

func TestSendNothing(t *testing.T) {
	l := newLRS(t)
	require.Equal(t, Report{}, client(t, l).Send(t.Context(), nil))
	require.Zero(t, l.count())
}

func TestSendMany(t *testing.T) {
	l := newLRS(t)
	var list []Statement
	for i := range 1050 {
		e := enrollment
		e.ID = fmt.Sprintf("enr_%d", i)
		list = append(list, source.Registered(e, at))
	}
	r := client(t, l).Send(t.Context(), list)
	require.Equal(t, ids(list), r.Stored)
	require.Equal(t, 11, l.count())
	require.Len(t, l.stored, 1050)

	// Large ones go in smaller numbers.
	l.do(func() { l.requests = 0 })
	for i := range list[:40] {
		list[i] = source.Registered(Enrollment{ID: fmt.Sprint("large", i), Course: Course{ID: "x", Title: map[string]string{"en": strings.Repeat("x", 60_000)}}}, at)
	}
	r = client(t, l).Send(t.Context(), list[:40])
	require.Len(t, r.Stored, 40)
	require.Equal(t, 5, l.count())
}

// One wrong statement among many does not hold up the others.
func TestSendWrong(t *testing.T) {
	l := newLRS(t)
	list := all(enrollment)
	list[3].Object.ID = "no IRI"
	list[7].Result.Extensions = map[string]any{"x": math.Inf(1)} // cannot be written at all
	r := client(t, l).Send(t.Context(), list)
	require.NoError(t, r.Cause)
	require.ElementsMatch(t, []string{list[3].ID, list[7].ID}, r.Refused)
	require.Len(t, r.Stored, len(list)-2)
	require.Len(t, l.stored, len(list)-2)

	// One that the store knows with other words is there: what was said stays.
	changed := all(enrollment)
	changed[0].Timestamp = "2026-03-03T09:30:00.123Z"
	r = client(t, l).Send(t.Context(), changed)
	require.Len(t, r.Stored, len(changed))
	require.Equal(t, "2026-03-02T09:30:00.123Z", l.stored[changed[0].ID]["timestamp"])
}

func TestSendLater(t *testing.T) {
	list := all(enrollment)
	for name, x := range map[string]struct {
		status int
		header string
		after  time.Duration
		cause  error
	}{
		"busy":           {http.StatusTooManyRequests, "120", 2 * time.Minute, ErrLater},
		"busy until":     {http.StatusServiceUnavailable, "Mon, 02 Mar 2026 09:40:00 GMT", 10 * time.Minute, ErrLater},
		"busy for ever":  {http.StatusTooManyRequests, "99999999", time.Hour, ErrLater},
		"busy long past": {http.StatusServiceUnavailable, "Mon, 02 Mar 2020 09:40:00 GMT", 0, ErrLater},
		"nonsense":       {http.StatusTooManyRequests, "-5", 0, ErrLater},
		"broken":         {http.StatusInternalServerError, "", 0, ErrLater},
		"gateway":        {http.StatusBadGateway, "soon", 0, ErrLater},
		"slow":           {http.StatusRequestTimeout, "", 0, ErrLater},
		"no credentials": {http.StatusUnauthorized, "", 0, ErrSettings},
		"forbidden":      {http.StatusForbidden, "", 0, ErrSettings},
		"not there":      {http.StatusNotFound, "", 0, ErrSettings},
		"elsewhere":      {http.StatusTemporaryRedirect, "", 0, ErrSettings},
		"odd":            {http.StatusNoContent, "", 0, ErrSettings},
	} {
		l := newLRS(t)
		l.answer = func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Retry-After", x.header)
			w.Header().Set("Location", "https://evil.example/statements")
			w.WriteHeader(x.status)
			return true
		}
		c, err := NewClient(Options{Endpoint: l.URL + "/xapi", User: user, Password: password, Now: func() time.Time { return time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC) }})
		require.NoError(t, err)
		r := c.Send(t.Context(), append(slices.Clone(list), many(300)...))
		require.ErrorIs(t, r.Cause, x.cause, name)
		require.Len(t, r.Waiting, len(list)+300, name)
		require.Empty(t, r.Stored, name)
		require.Empty(t, r.Refused, name)
		require.Equal(t, x.after, r.After, name)
		require.Equal(t, 1, l.count(), "%s: who asks to be left alone is", name)
		secretless(t, r, c)
	}
}

func many(n int) (list []Statement) {
	for i := range n {
		list = append(list, source.Registered(Enrollment{ID: fmt.Sprint("many", i), Course: course}, at))
	}
	return list
}

// The store ceases to answer in the middle: what it has is known, the rest waits.
func TestSendBreaks(t *testing.T) {
	l := newLRS(t)
	l.answer = func(w http.ResponseWriter, _ *http.Request) bool {
		if l.requests < 3 {
			return false
		}
		panic(http.ErrAbortHandler)
	}
	list := many(450)
	c := client(t, l)
	r := c.Send(t.Context(), list)
	require.ErrorIs(t, r.Cause, ErrLater)
	require.Equal(t, ids(list)[:200], r.Stored)
	require.Equal(t, ids(list)[200:], r.Waiting)
	secretless(t, r, c)
	l.do(func() { l.answer = nil })
	again := c.Send(t.Context(), list)
	require.Len(t, again.Stored, 450)
	require.Len(t, l.stored, 450)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r = c.Send(ctx, list)
	require.ErrorIs(t, r.Cause, context.Canceled)
	require.Len(t, r.Waiting, 450)
}

// Something that is no record store says 200 to everything.
func TestSendToAnother(t *testing.T) {
	for _, body := range []string{"<html>Welcome</html>", "[]", `["00000000-0000-5000-8000-000000000000"]`, `{"ok":true}`, "null", ""} {
		l := newLRS(t)
		l.answer = func(w http.ResponseWriter, _ *http.Request) bool { _, _ = w.Write([]byte(body)); return true }
		r := client(t, l).Send(t.Context(), all(enrollment)[:1])
		require.ErrorIs(t, r.Cause, ErrSettings, body)
		require.Len(t, r.Waiting, 1)
		require.NotContains(t, r.Cause.Error(), "Welcome")
	}
}

func TestTooLarge(t *testing.T) {
	l := newLRS(t)
	list := many(3)
	list[1].Object.Definition = &Definition{Type: activityCourse, Name: map[string]string{"en": strings.Repeat("x", mostBytes+2000)}}
	r := client(t, l).Send(t.Context(), list)
	require.Equal(t, []string{list[1].ID}, r.Refused)
	require.Len(t, r.Stored, 2)
}

func secretless(t *testing.T, r Report, c *Client) {
	t.Helper()
	var b bytes.Buffer
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "report", r, "client", c)
	text := fmt.Sprintf("%s%v%+v%#v%v%+v%s%s", b.String(), r, r, r, c, c, errors.Unwrap(r.Cause), fmt.Sprintf("%#v", c))
	require.NotContains(t, text, password)
	require.NotContains(t, text, "Zm95ZXI6") // the beginning of the header
}

func TestNewClient(t *testing.T) {
	for name, o := range map[string]Options{
		"nothing":         {},
		"no https":        {Endpoint: "http://lrs.example.com/xapi/", User: "a", Password: "b"},
		"in the address":  {Endpoint: "https://user:hunter2@lrs.example.com/xapi/", User: "a", Password: "b"},
		"a query":         {Endpoint: "https://lrs.example.com/xapi/?key=hunter2", User: "a", Password: "b"},
		"no address":      {Endpoint: "https://\x00hunter2", User: "a", Password: "b"},
		"no user":         {Endpoint: "https://lrs.example.com/", Password: "hunter2"},
		"no password":     {Endpoint: "https://lrs.example.com/", User: "a"},
		"colon in a user": {Endpoint: "https://lrs.example.com/", User: "a:b", Password: "hunter2"},
		"another scheme":  {Endpoint: "file:///etc/passwd", User: "a", Password: "b"},
	} {
		c, err := NewClient(o)
		require.Error(t, err, name)
		require.Nil(t, c, name)
		require.NotContains(t, err.Error(), "hunter2", name)
	}
	for _, endpoint := range []string{"https://lrs.example.com/xapi", "https://lrs.example.com/xapi/", "http://127.0.0.1:8080/xapi/", "http://[::1]/xapi", "http://localhost/xapi"} {
		c, err := NewClient(Options{Endpoint: endpoint, User: "a", Password: "b"})
		require.NoError(t, err)
		require.True(t, strings.HasSuffix(c.address, "/xapi/statements"), c.address)
	}
	// A client that was handed in is not changed.
	h := &http.Client{}
	_, err := NewClient(Options{Endpoint: "https://lrs.example.com/", User: "a", Password: "b", HTTP: h})
	require.NoError(t, err)
	require.Nil(t, h.CheckRedirect)
}

// FuzzStatement: whatever courses and lessons are called, the statement is in order.
func FuzzStatement(f *testing.F) {
	f.Add("enr", "usr", "crs", "lesson/1", "Title", 250, 1000, 1)
	f.Add("", "", "", "", "", -5, 0, -1)
	f.Add("a b", "\x00", "../..", "?x#y", "\xff", 9, 7, 2)
	f.Fuzz(func(t *testing.T, enrollment, learner, id, key, title string, points, most, number int) {
		e := Enrollment{ID: enrollment, Learner: learner, Language: "en", Course: Course{ID: id, Title: map[string]string{"en": title}}}
		l := Lesson{Key: key, Title: map[string]string{"en": title}, Quiz: true}
		for _, s := range []Statement{
			source.Registered(e, at), source.Progressed(e, points, at), source.LessonCompleted(e, l, at),
			source.Attempted(e, l, Attempt{Number: number, Points: points, Most: most}, at), source.Completed(e, time.Duration(points), at),
		} {
			text, err := json.Marshal(s)
			require.NoError(t, err)
			var m map[string]any
			require.NoError(t, json.Unmarshal(text, &m))
			require.Empty(t, wrong(m), "%s", text)
		}
	})
}
