package progress

import (
	"time"

	"foyer/schema"
)

// Moved is what a move to another version of a course does to an enrollment.
type Moved struct {
	Before, After Standing
	// Kept are the lessons that were done and stay so, Lost those that were done and
	// that the other version does not have, Left those that it needs and that are not
	// done.
	Kept, Lost, Left []string
}

// Move takes an enrollment to another version of its course. What is known of a lesson
// goes along by its key, and one that was done stays done, also where its rule is
// stricter now or more is required before it. What is known of lessons that the other
// version lacks is kept, so that a move back finds it again. The state that is handed in
// stays as it was: to see what would happen, throw the new one away.
//
// Reports of the time before that come after the move count by the rules of the other
// version.
func Move(before, after *schema.CourseDocument, s *State, passed, marked map[string]time.Time) (*State, Moved) {
	out := s.Clone()
	m := Moved{Before: Evaluate(before, s, passed, marked)}
	there := lessonsOf(after)
	for i := range m.Before.Lessons {
		l := &m.Before.Lessons[i]
		switch {
		case l.Status != Done:
			continue
		case there[l.Key] == nil:
			m.Lost = append(m.Lost, l.Key)
		default:
			m.Kept = append(m.Kept, l.Key)
		}
		if at, err := time.Parse(time.RFC3339, l.DoneAt); err == nil {
			out.grant(l.Key, at.Unix())
		}
	}
	m.After = Evaluate(after, out, passed, marked)
	for i := range m.After.Lessons {
		if l := &m.After.Lessons[i]; !l.Optional && l.Status != Done {
			m.Left = append(m.Left, l.Key)
		}
	}
	return out, m
}

// grant keeps that a lesson was done, by the earliest moment.
func (s *State) grant(key string, at int64) {
	if l := s.lesson(key); at > 0 && (l.granted == 0 || at < l.granted) {
		l.granted = at
	}
}
