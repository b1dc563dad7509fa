package courses

import (
	"time"

	"foyer/schema"
)

// State is how far somebody is with a course.
type State string

// The states.
const (
	Waiting   State = "WAITING"   // for a seat
	New       State = "NEW"       // enrolled, nothing opened yet
	Learning  State = "LEARNING"  // some lessons are done
	Stuck     State = "STUCK"     // no attempt at a quiz is left
	HandedIn  State = "HANDED_IN" // a trainer has to judge the assignment
	ToSee     State = "TO_SEE"    // a trainer has to see the practice
	Done      State = "DONE"
	Withdrawn State = "WITHDRAWN"
)

// How somebody came into a course.
const (
	BySelf    = "SELF"
	ByManager = "MANAGER"
	ByRule    = "RULE" // a product was ordered, or a certificate expires
)

// Stage is a person in a course. Days are counted back from today, DueIn forward.
//
// Who is where, in short; nobody at all in Officine Marangon holds a certificate, so
// that its orders of parts for lasers are refused:
//
//	Customer    Laser safety                                 Commissioning       Maintenance
//	halden      Ines valid, Tor 25 days left and renewing,   Ines 62 %           Ines 22 %
//	            Amina learning, Sigrid overdue
//	halden-se   Elin valid, Oskar expired                    Elin handed in      Elin to be seen, Oskar withdrawn
//	boras       Maja valid, Nils failed by the bad question  Maja learning
//	halden-de   Gesa revoked, Timo cooling off
//	nordholm    Katrin, Birte valid, Malte 58 days left      Katrin done, Malte  Katrin done
//	                                                         again, Birte
//	feinblech   Ronja learning, Uwe withdrawn                                    Ronja learning
//	kesselring  Franz valid, Lea has no attempt left         Franz new           Theresa new
//	vanderveen  Joost 6 days left, Piet valid but gone                           Joost learning
//	tobler      Vreni 85 days left                                               Vreni done
//	delorme     Bastien learning                                                 Camille waiting
//	marangon    Davide new                                                       Davide waiting
//	sieverding  Jana valid
//
// Ines is done with thin steel, which Maja learns, and new to the diagnostics log, with
// which Katrin is done.
type Stage struct {
	Person   string // e-mail
	Customer string // the key by which portal/demo knows the organization
	Course   string
	Version  int // of the course, from 1
	State    State
	How      string
	By       string // who enrolled them, when ByManager
	Enrolled int    // days ago
	DueIn    int    // days; overdue when negative, without date when 0
	// Lessons are how many are done, in the order of the document; optional ones too.
	Lessons int
	// Last is how many days ago the last of them was done; more than 0 and less than
	// Enrolled when there are any.
	Last int
	// Tries are attempts at quizzes that went wrong, or not quite right, the oldest
	// first. Quizzes among the lessons that are done and not here were passed at once.
	Tries []Try
	Works []Work
	// Issued is how many days ago the certificate was; none when 0.
	Issued  int
	Revoked string // why, when it was
	Stars   int    // how satisfied, 1 to 5; did not say when 0
}

// Try is an attempt at a quiz: all answers are right but those named. They are ones
// that every attempt asks, so that the result does not depend on what is drawn. In the first
// version “reflections” is answered with the painted wall, which turns out to be right.
type Try struct {
	Lesson string
	Ago    time.Duration
	Wrong  []string
}

// Work is an assignment that was handed in, and how a trainer judged it.
type Work struct {
	Handed int // days ago
	Judged int // days ago; not yet when 0
	Scores []schema.RubricScore
}

const dayOf = 24 * time.Hour

// Learned is a lesson that somebody has done.
type Learned struct {
	Lesson string
	At     time.Time
}

// Learned says when the lessons of a stage were done: spread over the days between
// enrolling and the last one, in the hours in which people work.
func (s Stage) Learned(doc schema.CourseDocument, now time.Time) []Learned {
	var all []Learned
	today := now.UTC().Truncate(dayOf)
	from, to := today.AddDate(0, 0, 1-s.Enrolled), today.AddDate(0, 0, 1-s.Last)
	span := to.Sub(from) - time.Minute // the last one is done on that day
	for _, m := range doc.Modules {
		for _, l := range m.Lessons {
			if len(all) == s.Lessons {
				return all
			}
			at := from.Add(span / time.Duration(s.Lessons) * time.Duration(len(all)+1))
			day := at.Truncate(dayOf)
			// The 24 hours become those from 7 to 16 o'clock, which keeps the order.
			all = append(all, Learned{l.Key, day.Add(7*time.Hour + at.Sub(day)*9/24).Truncate(time.Second)})
		}
	}
	return all
}
