package progress

import (
	"time"

	"foyer/schema"
)

// How far somebody is with a lesson.
const (
	Locked = "LOCKED" // a lesson that it requires is not done: its content stays closed
	Open   = "OPEN"
	Done   = "DONE"
)

// Lesson is how far somebody is with a lesson.
type Lesson struct {
	schema.LessonState
	Status   string
	Optional bool
	// Missing are the lessons that it requires and that are not done.
	Missing []string
	// Fulfilled says that its own rule is fulfilled; while it is locked it is done as
	// soon as what is missing is.
	Fulfilled bool
}

// MayRead says whether its content may be shown.
func (l *Lesson) MayRead() bool { return l.Status != Locked }

// Standing is how far somebody is with a course.
type Standing struct {
	Lessons []Lesson // in the order of the course
	// Percent is the share of the minutes of needed lessons that are done, rounded
	// down; 100 is done and nothing else is.
	Percent              int
	DoneMinutes, Minutes int
	Done                 bool
	// CompletedAt is when the last thing that was needed became true; nil until then. It
	// follows from when things happened, not from when they were reported, so that a
	// late report can put it earlier and never later.
	CompletedAt *time.Time
	// Next is the lesson to go on with: the one that was left last, else the first open
	// one after it, else the first open one. Empty when the course is done, or when
	// nothing is open.
	Next string
	// LastAt is when somebody was last in the course; nil if never.
	LastAt *time.Time
}

// Lesson is the standing of a lesson, nil if the course has none of that key.
func (s Standing) Lesson(key string) *Lesson {
	for i := range s.Lessons {
		if s.Lessons[i].Key == key {
			return &s.Lessons[i]
		}
	}
	return nil
}

// Evaluate says how far somebody is: a lesson is done when its rule is fulfilled and
// all lessons that it requires are done. passed are the quizzes that were passed and
// marked the lessons that a trainer said are done, each with its moment. A state of nil
// is that of somebody who has not begun.
func Evaluate(doc *schema.CourseDocument, s *State, passed, marked map[string]time.Time) Standing {
	e := &evaluation{state: s, lessons: lessonsOf(doc), passed: passed, marked: marked, at: map[string]moment{}}
	out := Standing{}
	var last, completed int64
	done := true
	for i := range doc.Modules {
		for j := range doc.Modules[i].Lessons {
			l := &doc.Modules[i].Lessons[j]
			standing, at := e.standing(l)
			out.Lessons = append(out.Lessons, standing)
			last = max(last, s.of(l.Key).last)
			if l.Optional {
				continue
			}
			out.Minutes += max(0, l.Minutes)
			if standing.Status != Done {
				done = false
				continue
			}
			out.DoneMinutes += max(0, l.Minutes)
			completed = max(completed, at)
		}
	}
	out.LastAt = when(last)
	switch {
	case len(out.Lessons) == 0:
	case done:
		out.Done, out.Percent, out.CompletedAt = true, 100, when(completed)
	case out.Minutes > 0:
		out.Percent = min(99, out.DoneMinutes*100/out.Minutes)
	}
	out.Next = next(s, &out)
	return out
}

// moment is since when something is true, if it is.
type moment struct {
	at   int64
	true bool
}

// and is when both are true.
func (m moment) and(o moment) moment { return moment{max(m.at, o.at), m.true && o.true} }

// or is when the first of two is true.
func (m moment) or(o moment) moment {
	switch {
	case !m.true:
		return o
	case !o.true:
		return m
	}
	return moment{min(m.at, o.at), true}
}

type evaluation struct {
	state          *State
	lessons        map[string]*schema.Lesson
	passed, marked map[string]time.Time
	at             map[string]moment // of lessons that were looked at; not true while they are
}

// done is when a lesson was done. One that waits for itself, which no sound course
// has, never is.
func (e *evaluation) done(l *schema.Lesson) moment {
	if m, known := e.at[l.Key]; known {
		return m
	}
	e.at[l.Key] = moment{}
	m := e.fulfilled(l)
	for _, key := range l.Requires {
		m = m.and(e.required(key))
	}
	if granted := e.state.of(l.Key).granted; granted > 0 {
		m = m.or(moment{granted, true})
	}
	e.at[l.Key] = m
	return m
}

func (e *evaluation) required(key string) moment {
	if l := e.lessons[key]; l != nil {
		return e.done(l)
	}
	return moment{}
}

// fulfilled is when the rule of a lesson was.
func (e *evaluation) fulfilled(l *schema.Lesson) moment {
	s := e.state.of(l.Key)
	var m moment
	switch l.Completion.Rule {
	case schema.DoneOnView:
		m = moment{s.opened, s.opened > 0}
	case schema.DoneOnDwell:
		m.at, m.true = s.read.reached(int64(l.Completion.Seconds))
	case schema.DoneOnVideo:
		length := video(l)
		m.at, m.true = s.watched.reached((length*int64(l.Completion.Percent)+99)/100, length)
	case schema.DoneOnQuiz:
		m = reported(e.passed, l.Key)
	case schema.DoneByTrainer:
		m = reported(e.marked, l.Key)
	}
	return m
}

func reported(moments map[string]time.Time, key string) moment {
	t, there := moments[key]
	return moment{t.Unix(), there}
}

func video(l *schema.Lesson) int64 {
	if l.Media == nil {
		return 0
	}
	return int64(l.Media.Seconds)
}

func (e *evaluation) standing(l *schema.Lesson) (Lesson, int64) {
	s := e.state.of(l.Key)
	out := Lesson{Status: Open, Optional: l.Optional, Fulfilled: e.fulfilled(l).true}
	out.LessonState = schema.LessonState{
		Key: l.Key, OpenedAt: stamp(s.opened), Seconds: int(s.read.length()), Resume: int(s.resume),
	}
	if length := video(l); length > 0 {
		out.Percent = int(s.watched.length(length) * 100 / length)
		out.Resume = int(min(s.resume, length))
	}
	for _, key := range l.Requires {
		if !e.required(key).true {
			out.Missing = append(out.Missing, key)
		}
	}
	m := e.done(l)
	switch {
	case m.true:
		out.Status, out.DoneAt, out.Missing = Done, stamp(m.at), nil
	case len(out.Missing) > 0:
		out.Status = Locked
	}
	return out, m.at
}

// next is the lesson to go on with.
func next(s *State, standing *Standing) string {
	if standing.Done {
		return ""
	}
	left, at := -1, int64(0)
	for i := range standing.Lessons {
		if t := s.of(standing.Lessons[i].Key).last; t > at {
			left, at = i, t
		}
	}
	first := ""
	for i := range standing.Lessons {
		l := &standing.Lessons[i]
		if l.Status != Open || l.Optional && i != left {
			continue
		}
		if i >= left {
			return l.Key
		}
		if first == "" {
			first = l.Key
		}
	}
	return first
}

func when(unix int64) *time.Time {
	if unix <= 0 {
		return nil
	}
	t := time.Unix(unix, 0).UTC()
	return &t
}

func stamp(unix int64) string {
	if t := when(unix); t != nil {
		return t.Format(time.RFC3339)
	}
	return ""
}
