package demo

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/attempt"
	"foyer/ent/event"
	"foyer/ent/submission"
	"foyer/portal/demo/courses"
	"foyer/portal/events"
	"foyer/portal/training"
	"foyer/portal/training/content"
	"foyer/portal/training/progress"
	"foyer/portal/training/quiz"
	"foyer/schema"
	"foyer/schema/gid"
)

// diary is what somebody did in a course.
type diary struct {
	state          progress.State
	began          time.Time
	quizzes, marks map[string]time.Time
	count          int
}

// read has been reading a lesson for some time, up to a moment.
func (d *diary) read(lesson string, until time.Time, long time.Duration) {
	from := until.Add(-long)
	if d.began.IsZero() || from.Before(d.began) {
		d.began = from
	}
	d.count++
	d.state.Apply([]progress.Event{
		{ID: fmt.Sprintf("opened %d", d.count), Lesson: lesson, Kind: progress.Opened, At: from},
		{ID: fmt.Sprintf("read %d", d.count), Lesson: lesson, Kind: progress.Read, At: until, Seconds: int(long / time.Second)},
	})
}

// learn does the lessons of the stage, with the attempts and the work that were not
// good enough.
func (p *pupil) learn() error {
	done := p.Learned(*p.doc, p.now)
	for i := range done { // not all at the same second
		done[i].At = done[i].At.Add(-time.Duration(p.some(6000, done[i].Lesson)) * time.Second)
	}
	for _, x := range done {
		l, _ := content.Find(p.doc, x.Lesson)
		switch {
		case l.Quiz != nil:
			p.attempt(l, x.At)
		case l.Assignment != nil:
			p.handIn(l, x.At)
		case l.Completion.Rule == schema.DoneByTrainer:
			p.row.Marks = map[string]string{l.Key: x.At.Format(time.RFC3339)}
			p.log.marks[l.Key] = x.At
			p.log.read(l.Key, x.At.Add(-time.Hour), p.long(l))
		default:
			p.log.read(l.Key, x.At, p.long(l))
		}
	}
	for _, l := range content.Lessons(p.doc) { // what was tried and is not done
		if slices.ContainsFunc(done, func(x courses.Learned) bool { return x.Lesson == l.Key }) {
			continue
		}
		switch {
		case l.Quiz != nil:
			p.attempt(l, time.Time{})
		case l.Assignment != nil:
			p.handIn(l, time.Time{})
		}
	}
	if p.Person == whoLooksFirst && p.Course == courses.KeyCommissioning {
		p.thisWeek(done)
	}
	if len(p.log.marks) > 0 && p.State != courses.Done {
		return fmt.Errorf("a trainer has marked what is not done")
	}
	return nil
}

// long is how long somebody reads a lesson: about as long as it says.
func (p *pupil) long(l *schema.Lesson) time.Duration {
	s := l.Minutes * 60 * (75 + p.some(50, l.Key)) / 100
	return time.Duration(max(s, l.Completion.Seconds+20)) * time.Second
}

// attempt makes the attempts at a quiz: those that went wrong, and the one with which it
// was passed, unless one of the former has passed it already.
func (p *pupil) attempt(l *schema.Lesson, passed time.Time) {
	number := 0
	for _, t := range p.Tries {
		if t.Lesson == l.Key {
			number++
			p.grade(l, number, p.now.Add(-t.Ago).Truncate(time.Second), t.Wrong)
		}
	}
	if _, there := p.log.quizzes[l.Key]; !there && !passed.IsZero() {
		p.grade(l, number+1, passed, nil)
	}
}

func (p *pupil) grade(l *schema.Lesson, number int, at time.Time, wrong []string) {
	q, e := l.Quiz, p.row
	long := p.long(l) * 2 / 3
	if q.LimitSeconds > 0 {
		long = min(long, time.Duration(q.LimitSeconds-40)*time.Second)
	}
	asked := courses.Answered(q, p.drawn(q, l.Key, number), wrong, content.Language(p.doc, p.who.language.Code()))
	r := quiz.Grade(q, asked, nil)
	from := at.Add(-long)
	p.attempts = append(p.attempts, &ent.Attempt{
		ID: gid.At(gid.Attempt, from), OrganizationID: e.OrganizationID, UserID: e.UserID, EnrollmentID: e.ID, VersionID: e.VersionID, Lesson: l.Key, Number: number,
		Status: attempt.StatusSUBMITTED, Questions: r.Onto(asked), StartedAt: from, EndsAt: quiz.Deadline(q, from), SubmittedAt: &at,
		Points: &r.Sum, MaxPoints: r.Max, Passed: &r.Passed, Version: 2,
	})
	p.log.read(l.Key, at, long)
	if r.Passed {
		p.log.quizzes[l.Key] = at
	}
}

// handIn makes the work that was handed in, and how it was judged; the good one when the
// lesson was done.
func (p *pupil) handIn(l *schema.Lesson, done time.Time) {
	e := p.row
	for n, x := range p.Works {
		at := p.back(x.Handed, 13*time.Hour+time.Duration(p.some(3600, l.Key))*time.Second)
		w := &ent.Submission{
			ID: gid.At(gid.Submission, at), OrganizationID: e.OrganizationID, UserID: e.UserID, EnrollmentID: e.ID, CourseID: e.CourseID, VersionID: e.VersionID,
			Lesson: l.Key, Number: n + 1, Text: protocols[p.who.language.Code()], Status: submission.StatusSUBMITTED, SubmittedAt: at, Version: 1,
		}
		p.works = append(p.works, w)
		p.tell(events.WorkHandedIn, e.ID, at, p.who.actor(event.ActorKindCUSTOMER), schema.EventData{Subject: string(w.ID)})
		p.log.read(l.Key, at, p.long(l))
		if x.Judged == 0 {
			continue
		}
		sum, most := 0, 0
		for i, c := range l.Assignment.Rubric {
			sum, most = sum+x.Scores[i].Points, most+c.Points
		}
		judged := p.back(x.Judged, 10*time.Hour)
		w.Status = training.Outcome(l.Assignment, sum, most)
		if w.Status == submission.StatusPASSED {
			judged = cmp.Or(done, judged)
			p.log.marks[l.Key] = judged
		}
		w.Scores, w.Comment = x.Scores, judgements[w.Status][p.who.language.Code()]
		w.GraderID, w.GradedAt, w.Version = gid.ID(p.trainer.id), &judged, 2
		p.tell(events.WorkGraded, e.ID, judged, p.trainer, schema.EventData{Subject: string(w.ID), To: string(w.Status)})
	}
}

// whoLooksFirst is whose week is looked at first.
const whoLooksFirst = "ines.halden@halden.example"

// week is how many minutes somebody reads again what they know, from Monday on.
var week = [7]int{25, 43, 0, 56, 12, 0, 18}

// thisWeek adds what was read again on the days of this week up to now: whoever looks at
// the demo company finds something there on whatever day it is.
func (p *pupil) thisWeek(done []courses.Learned) {
	today := (int(p.now.Weekday()) + 6) % 7
	for d := range today + 1 {
		long, ago := time.Duration(week[d])*time.Minute, today-d
		until := p.back(ago, 17*time.Hour+40*time.Minute)
		if latest := p.now.Add(-4 * time.Minute); until.After(latest) {
			until = latest.Truncate(time.Minute)
		}
		at := slices.IndexFunc(done, func(x courses.Learned) bool { return !x.At.Before(p.back(ago, 0)) })
		if at < 0 {
			at = len(done)
		}
		known := slices.DeleteFunc(slices.Clone(done[:at]), func(x courses.Learned) bool {
			l, _ := content.Find(p.doc, x.Lesson)
			return l.Quiz != nil
		})
		if long == 0 || len(known) == 0 || until.Add(-long).Before(p.back(ago, 0)) {
			continue
		}
		p.log.read(known[len(known)-1].Lesson, until, long)
	}
}
