package quiz

import (
	"time"

	"foyer/schema"
)

// Attempt is one of somebody's attempts at a quiz, as it is kept.
type Attempt struct {
	ID string
	// EndsAt is when its time is over, by the version of the course in which it was begun;
	// nil where there is no limit.
	EndsAt *time.Time
	// EndedAt is when it was submitted, or taken in at the end of its time; zero while
	// it is open.
	EndedAt   time.Time
	Score     Score // as it was told
	Questions []schema.AttemptQuestion
}

// Why somebody cannot begin an attempt.
const (
	Passed  = "PASSED"  // there is nothing left to show
	Open    = "OPEN"    // one is going on, which can be continued
	Overdue = "OVERDUE" // one ran out of time and has to be graded first
	Limit   = "LIMIT"   // all attempts are used up
	Cooling = "COOLING" // not yet: after a failed attempt there is a pause
)

// Turn says whether somebody may begin another attempt.
type Turn struct {
	May bool
	// Reason is why not, empty if they may.
	Reason string
	// Left is how many attempts they have from now on, not counting an open one;
	// Unlimited where there is no limit.
	Left int
	// At is from when on they may, with COOLING.
	At *time.Time
	// Attempt is the id of the open one.
	Attempt string
}

// Deadline is when an attempt that was begun at a time is over; nil where a quiz has no
// limit. What is answered at that very moment still counts.
func Deadline(quiz *schema.Quiz, started time.Time) *time.Time {
	if quiz.LimitSeconds <= 0 {
		return nil
	}
	t := started.Add(time.Duration(quiz.LimitSeconds) * time.Second)
	return &t
}

// Next says whether somebody with a history of attempts, in any order, may begin
// another. Who has passed has nothing left to do here.
func Next(quiz *schema.Quiz, history []Attempt, now time.Time) Turn {
	t := Turn{Left: Unlimited}
	if quiz.Attempts > 0 {
		t.Left = max(0, quiz.Attempts-len(history))
	}
	var passed bool
	var last time.Time
	for i := range history {
		a := &history[i]
		passed = passed || a.Score.Passed
		if a.EndedAt.After(last) {
			last = a.EndedAt
		}
		if a.EndedAt.IsZero() && (t.Attempt == "" || a.ID < t.Attempt) {
			t.Attempt, t.Reason = a.ID, Open
			if a.EndsAt != nil && now.After(*a.EndsAt) {
				t.Reason = Overdue
			}
		}
	}
	from := last.Add(time.Duration(quiz.CoolingMinutes) * time.Minute)
	switch {
	case passed:
		t.Reason = Passed
	case t.Reason != "":
	case t.Left == 0:
		t.Reason = Limit
	case !last.IsZero() && now.Before(from):
		t.Reason, t.At = Cooling, &from
	default:
		t.May = true
	}
	return t
}
