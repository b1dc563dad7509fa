// Package xapi tells a learning record store what people have learned, as statements of
// the Experience API 1.0.3 (https://github.com/adlnet/xAPI-Spec).
//
// A statement's id follows from what it says, and so does all that is in it: sent again
// it is the same statement, which a store takes once. People are named by a pseudonym.
//
// Owns: the form of statements, sending them and what an answer means. Does not own:
// which of them are sent when, what is remembered of it, and where the store is
// (portal/training).
package xapi

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // RFC 9562 makes UUIDs of version 5 with it; nothing is kept secret by it
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Version is that of the Experience API.
const Version = "1.0.3"

// Verbs.
const (
	verbRegistered = "http://adlnet.gov/expapi/verbs/registered"
	verbLaunched   = "http://adlnet.gov/expapi/verbs/launched"
	verbProgressed = "http://adlnet.gov/expapi/verbs/progressed"
	verbCompleted  = "http://adlnet.gov/expapi/verbs/completed"
	verbPassed     = "http://adlnet.gov/expapi/verbs/passed"
	verbFailed     = "http://adlnet.gov/expapi/verbs/failed"
	verbEarned     = "http://id.tincanapi.com/verb/earned"
)

var words = map[string]map[string]string{
	verbRegistered: {"en": "registered", "de": "angemeldet"},
	verbLaunched:   {"en": "launched", "de": "gestartet"},
	verbProgressed: {"en": "progressed", "de": "vorangekommen"},
	verbCompleted:  {"en": "completed", "de": "abgeschlossen"},
	verbPassed:     {"en": "passed", "de": "bestanden"},
	verbFailed:     {"en": "failed", "de": "nicht bestanden"},
	verbEarned:     {"en": "earned", "de": "erworben"},
}

// Sorts of activity.
const (
	activityCourse     = "http://adlnet.gov/expapi/activities/course"
	activityLesson     = "http://adlnet.gov/expapi/activities/lesson"
	activityAssessment = "http://adlnet.gov/expapi/activities/assessment"
	activityBadge      = "http://activitystrea.ms/schema/1.0/badge"
)

// extensionProgress is progress in percent, as cmi5 has it.
const extensionProgress = "https://w3id.org/xapi/cmi5/result/extensions/progress"

// Statement says who did what.
type Statement struct {
	ID        string   `json:"id"`
	Actor     Actor    `json:"actor"`
	Verb      Verb     `json:"verb"`
	Object    Activity `json:"object"`
	Result    *Result  `json:"result,omitempty"`
	Context   *Context `json:"context,omitempty"`
	Timestamp string   `json:"timestamp"`
}

// Actor is who.
type Actor struct {
	ObjectType string  `json:"objectType"`
	Account    Account `json:"account"`
}

// Account is how the portal names somebody to others.
type Account struct {
	HomePage string `json:"homePage"`
	Name     string `json:"name"`
}

// Verb is did what.
type Verb struct {
	ID      string            `json:"id"`
	Display map[string]string `json:"display"`
}

// Activity is with what.
type Activity struct {
	ObjectType string      `json:"objectType"`
	ID         string      `json:"id"`
	Definition *Definition `json:"definition,omitempty"`
}

// Definition says what an activity is.
type Definition struct {
	Type        string            `json:"type"`
	Name        map[string]string `json:"name,omitempty"`
	Description map[string]string `json:"description,omitempty"`
	MoreInfo    string            `json:"moreInfo,omitempty"`
}

// Result is how it ended.
type Result struct {
	Score      *Score         `json:"score,omitempty"`
	Success    *bool          `json:"success,omitempty"`
	Completion *bool          `json:"completion,omitempty"`
	Duration   string         `json:"duration,omitempty"`
	Extensions map[string]any `json:"extensions,omitempty"`
}

// Score is how many points it gave.
type Score struct {
	Scaled float64 `json:"scaled"`
	Raw    float64 `json:"raw"`
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
}

// Context is within what.
type Context struct {
	Registration string      `json:"registration"`
	Platform     string      `json:"platform,omitempty"`
	Language     string      `json:"language,omitempty"`
	Activities   *Activities `json:"contextActivities,omitempty"`
}

// Activities are those around an activity.
type Activities struct {
	Parent   []Activity `json:"parent,omitempty"`
	Grouping []Activity `json:"grouping,omitempty"`
}

// Source is the portal that statements come from.
type Source struct {
	// HomePage is the portal's address. It must stay: ids and names follow from it.
	HomePage string
	Platform string // the portal's name
	Secret   []byte // pseudonyms follow from it; who has it can tell who somebody is
}

// shortestSecret keeps pseudonyms from being guessed by trying all users.
const shortestSecret = 16

// Check says what is wrong with a source.
func (s Source) Check() error {
	u, err := url.Parse(s.HomePage)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return fmt.Errorf("xapi: the portal's address %q is none", s.HomePage)
	}
	if len(s.Secret) < shortestSecret {
		return fmt.Errorf("xapi: the secret has %d bytes, fewer than %d", len(s.Secret), shortestSecret)
	}
	return nil
}

// Enrollment is somebody in a course.
type Enrollment struct {
	ID       string
	Learner  string // the user's id, which is not sent
	Language string // "en" or "de"
	Course   Course
}

// Course is what is learned. Its version is part of what it is: other lessons, other
// questions.
type Course struct {
	ID          string
	Version     int
	Title       map[string]string
	Description map[string]string
	URL         string // its page
}

// Lesson is a part of a course.
type Lesson struct {
	Key   string
	Title map[string]string
	Quiz  bool
}

// Attempt is a quiz that was handed in, or an assignment that was graded.
type Attempt struct {
	Number   int // from 1
	Points   int // in hundredths
	Most     int // in hundredths
	Passed   bool
	Duration time.Duration
	// Edition tells gradings of one attempt apart: 0, and one more each time that its
	// result was changed.
	Edition int
}

// Certificate is what was earned.
type Certificate struct {
	ID    string // of the badge, an address
	Title map[string]string
}

// Registered says that somebody was enrolled.
func (s Source) Registered(e Enrollment, at time.Time) Statement {
	return s.statement(e, verbRegistered, s.course(e), "", at, nil, false)
}

// Launched says that somebody opened the course for the first time.
func (s Source) Launched(e Enrollment, at time.Time) Statement {
	return s.statement(e, verbLaunched, s.course(e), "", at, nil, false)
}

// Progressed says how far somebody is, in percent. Each percentage is said once.
func (s Source) Progressed(e Enrollment, percent int, at time.Time) Statement {
	percent = min(max(percent, 0), 100)
	r := &Result{Extensions: map[string]any{extensionProgress: percent}}
	return s.statement(e, verbProgressed, s.course(e), strconv.Itoa(percent), at, r, false)
}

// LessonCompleted says that somebody has done a lesson.
func (s Source) LessonCompleted(e Enrollment, l Lesson, at time.Time) Statement {
	return s.statement(e, verbCompleted, s.lesson(e, l), "", at, &Result{Completion: truth(true)}, true)
}

// Completed says that somebody has done the course, which took so long in all.
func (s Source) Completed(e Enrollment, took time.Duration, at time.Time) Statement {
	return s.statement(e, verbCompleted, s.course(e), "", at, &Result{Completion: truth(true), Duration: duration(took)}, false)
}

// Attempted says that somebody has passed or failed.
func (s Source) Attempted(e Enrollment, l Lesson, a Attempt, at time.Time) Statement {
	verb := verbFailed
	if a.Passed {
		verb = verbPassed
	}
	r := &Result{Success: truth(a.Passed), Completion: truth(true), Duration: duration(a.Duration)}
	if a.Most > 0 {
		points := min(max(a.Points, 0), a.Most)
		r.Score = &Score{
			Scaled: math.Round(float64(points)/float64(a.Most)*10000) / 10000,
			Raw:    float64(points) / 100, Min: 0, Max: float64(a.Most) / 100,
		}
	}
	return s.statement(e, verb, s.lesson(e, l), fmt.Sprintf("%d.%d", a.Number, a.Edition), at, r, true)
}

// Earned says that somebody got the course's certificate.
func (s Source) Earned(e Enrollment, c Certificate, at time.Time) Statement {
	o := Activity{"Activity", c.ID, &Definition{Type: activityBadge, Name: c.Title}}
	return s.statement(e, verbEarned, o, "", at, nil, true)
}

func (s Source) statement(e Enrollment, verb string, o Activity, which string, at time.Time, r *Result, inside bool) Statement {
	c := &Context{Registration: s.Registration(e.ID), Platform: s.Platform, Language: e.Language}
	if inside {
		parent := s.course(e)
		parent.Definition = &Definition{Type: activityCourse}
		c.Activities = &Activities{Parent: []Activity{parent}}
	}
	return Statement{
		ID:    s.uuid("statement", e.ID, verb, o.ID, which),
		Actor: s.actor(e.Learner), Verb: Verb{verb, words[verb]}, Object: o, Result: r, Context: c,
		Timestamp: at.UTC().Truncate(time.Millisecond).Format("2006-01-02T15:04:05.000Z"),
	}
}

// actor is a person by a name that only this portal can trace back. The same person
// has the same one in all statements, and another for another portal.
func (s Source) actor(user string) Actor {
	h := hmac.New(sha256.New, s.Secret)
	_, _ = h.Write([]byte("xapi actor\n" + s.HomePage + "\n" + user)) // never fails
	return Actor{"Agent", Account{s.HomePage, hex.EncodeToString(h.Sum(nil)[:16])}}
}

// Registration is the UUID of an enrollment.
func (s Source) Registration(enrollment string) string { return s.uuid("registration", enrollment) }

func (s Source) course(e Enrollment) Activity {
	return Activity{"Activity", s.activity("courses", e.Course.ID, strconv.Itoa(e.Course.Version)), &Definition{
		Type: activityCourse, Name: e.Course.Title, Description: e.Course.Description, MoreInfo: e.Course.URL,
	}}
}

func (s Source) lesson(e Enrollment, l Lesson) Activity {
	kind := activityLesson
	if l.Quiz {
		kind = activityAssessment
	}
	return Activity{"Activity", s.activity("courses", e.Course.ID, strconv.Itoa(e.Course.Version), "lessons", l.Key),
		&Definition{Type: kind, Name: l.Title}}
}

// activity is an activity's id: an IRI, which need not be an address of anything.
func (s Source) activity(parts ...string) string {
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(s.HomePage, "/") + "/xapi")
	for _, p := range parts {
		b.WriteString("/" + url.PathEscape(p))
	}
	return b.String()
}

// namespaceURL is the UUID under which names are addresses (RFC 9562, section 6.6).
var namespaceURL = [16]byte{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}

// uuid is the UUID, version 5, of some words; each is written with its length, so that
// no two lists of words read the same.
func (s Source) uuid(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&b, "%d:%s,", len(p), p)
	}
	u := v5(v5(namespaceURL, s.HomePage), b.String())
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

func v5(namespace [16]byte, name string) (u [16]byte) {
	sum := sha1.Sum(append(namespace[:], name...)) //nolint:gosec // see above
	copy(u[:], sum[:])
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	return u
}

func truth(b bool) *bool { return &b }

// duration is ISO 8601, in seconds; empty for none.
func duration(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return "PT" + strconv.FormatFloat(d.Round(10*time.Millisecond).Seconds(), 'f', -1, 64) + "S"
}
