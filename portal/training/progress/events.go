// Package progress says how far somebody is with a course: it takes in what clients
// report of their learning, keeps what it adds up to, and says which lessons are open
// and done, how far they are, when they finished and when they learned.
//
// Reports come late, twice, in any order and from several devices, some of them by
// clocks that are wrong. So what is kept is a union: of moments at which somebody read,
// and of stretches of a video that they watched, each with the first time at which they
// did. The result does not depend on the order in which events arrive, the same event
// twice changes nothing, and more events never take anything away.
//
// Owns: learning events, what is kept of them, what follows from it and from passed
// quizzes and trainers' marks. Does not own: whether a quiz is passed
// (portal/training/quiz), enrollments and where this is kept (portal/training), whether
// a course is sound (portal/training/content).
package progress

import (
	"math"
	"slices"
	"strconv"
	"time"

	"foyer/portal/problem"
	"foyer/schema"
)

// The kinds of learning event.
const (
	Opened  = "OPENED"  // a lesson was opened
	Read    = "READ"    // it was read for Seconds, up to At
	Watched = "WATCHED" // of its video, the stretch From to To was watched, up to At
)

// Event is something that somebody did in a course.
type Event struct {
	// ID is the client's, unique in the enrollment: what comes again is known by it.
	ID     string
	Lesson string
	Kind   string
	// At is when it happened, or ended.
	At time.Time
	// Seconds is how long it took. Clients say so of READ; Check works it out of WATCHED.
	Seconds int
	// From and To are places in the video, in seconds.
	From, To int
}

// Batch are events as a client reports them.
type Batch struct {
	// SentAt is when it was sent by the client's clock, which is the one of the events.
	SentAt time.Time
	Events []Event
}

// The codes with which events are refused.
const (
	UnknownLesson    = "UNKNOWN_LESSON"
	InFuture         = "IN_FUTURE"
	BeforeEnrollment = "BEFORE_ENROLLMENT"
	Invalid          = problem.Invalid
	TooMany          = "TOO_MANY"
)

// Limits of what is reported.
const (
	MaxBatch    = 2000          // events of one batch
	MaxEvents   = 50_000        // events of one enrollment: years of learning
	LongestRead = 4 * time.Hour // of one READ
	LongestID   = 100           // characters
	Ahead       = 2 * time.Minute
)

// Refused is an event that does not count.
type Refused struct {
	// Index is its place in the batch, from 0, and ID its id as it was sent.
	Index int
	ID    string
	*problem.Refusal
}

// Learner is the enrollment that events belong to.
type Learner struct {
	Course     *schema.CourseDocument
	EnrolledAt time.Time
	State      *State
}

// Check reads a batch that the server received at a time. The difference between that
// and the client's own time of sending corrects the time of each event. It returns the
// events that count, corrected, and those that do not, each with its reason; what is
// wrong with one does not touch the others. The error is about the batch as a whole.
// Nothing is kept yet: that is Apply. Refusals name the fields sentAt and events, within
// the one handed in.
func Check(who Learner, b Batch, received time.Time, field ...string) ([]Event, []Refused, error) {
	if len(b.Events) > MaxBatch {
		return nil, nil, problem.Refuse(TooMany, problem.Text{
			EN: "A batch has at most %d events. Please send several.", DE: "Eine Sendung hat höchstens %d Ereignisse. Bitte senden Sie mehrere.",
		}.Format(MaxBatch), append(slices.Clone(field), "events")...)
	}
	offset := received.Sub(b.SentAt)
	if b.SentAt.IsZero() || offset == math.MaxInt64 || offset == math.MinInt64 {
		return nil, nil, problem.Refuse(Invalid, problem.Text{
			EN: "Please say when the batch was sent, by the clock of the events.",
			DE: "Bitte geben Sie an, wann die Sendung abging, nach der Uhr der Ereignisse.",
		}, append(slices.Clone(field), "sentAt")...)
	}
	lessons := lessonsOf(who.Course)
	var accepted []Event
	var refused []Refused
	room := MaxEvents - who.State.Events()
	for i, e := range b.Events {
		at := append(slices.Clone(field), "events", strconv.Itoa(i))
		r := shape(lessons, e, at)
		if r == nil {
			r = timed(who, &e, offset, received, at)
		}
		if r == nil && !who.State.Has(e.ID) {
			if room--; room < 0 {
				r = problem.Refuse(TooMany, problem.Text{
					EN: "There are more events of this enrollment than are kept.", DE: "Es gibt mehr Ereignisse dieser Teilnahme, als aufbewahrt werden.",
				}, at...)
			}
		}
		if r != nil {
			refused = append(refused, Refused{Index: i, ID: e.ID, Refusal: r})
			continue
		}
		accepted = append(accepted, e)
	}
	return accepted, refused, nil
}

func lessonsOf(doc *schema.CourseDocument) map[string]*schema.Lesson {
	out := map[string]*schema.Lesson{}
	for i := range doc.Modules {
		for j := range doc.Modules[i].Lessons {
			out[doc.Modules[i].Lessons[j].Key] = &doc.Modules[i].Lessons[j]
		}
	}
	return out
}

// shape refuses an event that says nothing that could be, whenever it was.
func shape(lessons map[string]*schema.Lesson, e Event, at []string) *problem.Refusal {
	in := func(name string) []string { return append(slices.Clone(at), name) }
	l := lessons[e.Lesson]
	switch {
	case e.ID == "" || len(e.ID) > LongestID:
		return problem.Refuse(Invalid, problem.Text{
			EN: "An event has an id of 1 to %d characters.", DE: "Ein Ereignis hat eine Kennung von 1 bis %d Zeichen.",
		}.Format(LongestID), in("id")...)
	case l == nil:
		return problem.Refuse(UnknownLesson, problem.Text{
			EN: "This course has no such lesson.", DE: "Dieser Kurs hat keine solche Lektion.",
		}, in("lesson")...)
	}
	switch e.Kind {
	case Opened:
		return nil
	case Read:
		if e.Seconds < 0 || e.Seconds > int(LongestRead/time.Second) {
			return problem.Refuse(Invalid, problem.Text{
				EN: "Nobody reads for %d seconds at a time.", DE: "Niemand liest %d Sekunden am Stück.",
			}.Format(e.Seconds), in("seconds")...)
		}
		return nil
	case Watched:
		return stretched(l, e, in("to"))
	}
	return problem.Refuse(Invalid, problem.Text{
		EN: "There is no event of kind %q.", DE: "Es gibt kein Ereignis der Art %q.",
	}.Format(e.Kind), in("kind")...)
}

func stretched(l *schema.Lesson, e Event, at []string) *problem.Refusal {
	switch {
	case l.Kind != schema.LessonVideo || l.Media == nil:
		return problem.Refuse(Invalid, problem.Text{EN: "This lesson has no video.", DE: "Diese Lektion hat kein Video."}, at...)
	case e.From < 0 || e.To <= e.From || e.To > l.Media.Seconds:
		return problem.Refuse(Invalid, problem.Text{
			EN: "%d to %d is no stretch of a video of %d seconds.", DE: "%d bis %d ist kein Abschnitt eines Videos von %d Sekunden.",
		}.Format(e.From, e.To, l.Media.Seconds), at...)
	}
	return nil
}

// timed corrects the time of an event to whole seconds and refuses what cannot have
// been then. What began before the enrollment counts from there on.
func timed(who Learner, e *Event, offset time.Duration, received time.Time, at []string) *problem.Refusal {
	corrected := e.At.Add(offset).UTC()
	at = append(slices.Clone(at), "at")
	switch {
	case corrected.After(received.Add(Ahead)):
		return problem.Refuse(InFuture, problem.Text{
			EN: "This has not happened yet.", DE: "Das ist noch nicht geschehen.",
		}, at...)
	case corrected.Before(who.EnrolledAt):
		return problem.Refuse(BeforeEnrollment, problem.Text{
			EN: "This was before the enrollment.", DE: "Das war vor der Anmeldung zum Kurs.",
		}, at...)
	}
	e.At = corrected.Truncate(time.Second)
	if e.Kind == Watched {
		e.Seconds = e.To - e.From
	}
	e.Seconds = min(e.Seconds, max(0, int(e.At.Unix()-who.EnrolledAt.Unix())))
	switch e.Kind {
	case Opened:
		e.Seconds, e.From, e.To = 0, 0, 0
	case Read:
		e.From, e.To = 0, 0
	}
	return nil
}
