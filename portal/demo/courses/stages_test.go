package courses_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/demo/courses"
	"foyer/portal/training/content"
	"foyer/portal/training/quiz"
	"foyer/schema"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// moments are times at which somebody may try the demo: around the clock, at a change
// of year, in a leap year.
func moments() []time.Time {
	list := []time.Time{now, time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2028, 2, 29, 23, 59, 59, 0, time.UTC), time.Date(2028, 3, 1, 6, 30, 0, 0, time.UTC)}
	for h := range 24 {
		list = append(list, time.Date(2026, 11, 24, h, 17, 5, 0, time.UTC))
	}
	return list
}

var all = courses.All()

func course(t *testing.T, key string) courses.Course {
	t.Helper()
	at := slices.IndexFunc(all, func(c courses.Course) bool { return c.Key == key })
	require.GreaterOrEqual(t, at, 0, key)
	return all[at]
}

// version is the document of a stage and how many days ago it was published.
func version(t *testing.T, s courses.Stage) (schema.CourseDocument, int) {
	t.Helper()
	c := course(t, s.Course)
	if s.Version == 2 {
		return *c.Next, c.NextPublished
	}
	require.Equal(t, 1, s.Version)
	return c.Document, c.Published
}

func name(s courses.Stage) string { return s.Person + " in " + s.Course }

// TestStages: what is said of somebody fits together, and the versions were there when
// they enrolled.
func TestStages(t *testing.T) {
	states := map[courses.State]int{}
	for _, s := range courses.Stages() {
		states[s.State]++
		doc, published := version(t, s)
		lessons := content.Lessons(&doc)
		require.Less(t, s.Enrolled, published, name(s))
		require.Positive(t, s.Enrolled, name(s))
		require.Equal(t, s.How == courses.ByManager, s.By != "", name(s))
		require.NotEqual(t, s.Person, s.By)
		if s.Version == 1 && s.Course == courses.KeySafety {
			require.Greater(t, s.Enrolled, course(t, s.Course).NextPublished, "%s began with a version that was not current any more", name(s))
		}
		if s.Lessons > 0 {
			require.True(t, 0 < s.Last && s.Last < s.Enrolled, name(s))
		}
		require.Equal(t, s.State == courses.New || s.State == courses.Waiting, s.Lessons == 0, name(s))
		require.Equal(t, s.State == courses.Done, s.Lessons == len(lessons), name(s))
		require.Equal(t, s.State == courses.Done && doc.Certificate != nil, s.Issued > 0, name(s))
		if s.Issued > 0 {
			require.LessOrEqual(t, s.Issued, s.Last, name(s))
		}
		if s.Revoked != "" {
			require.Positive(t, s.Issued, name(s))
		}
		if s.State == courses.ToSee {
			next := lessons[s.Lessons]
			require.Equal(t, schema.DoneByTrainer, next.Completion.Rule, name(s))
			require.Nil(t, next.Assignment, name(s))
		}
		if s.State == courses.HandedIn {
			require.NotNil(t, lessons[s.Lessons].Assignment, name(s))
			require.Zero(t, s.Works[len(s.Works)-1].Judged, name(s))
		}
	}
	for _, state := range []courses.State{courses.Waiting, courses.New, courses.Learning, courses.Stuck, courses.HandedIn, courses.ToSee, courses.Done, courses.Withdrawn} {
		require.Positive(t, states[state], string(state))
	}
}

// TestPrerequisites: who is in a course with prerequisites had done them before.
func TestPrerequisites(t *testing.T) {
	for _, s := range courses.Stages() {
		doc, _ := version(t, s)
		for _, key := range doc.Prerequisites {
			require.True(t, slices.ContainsFunc(courses.Stages(), func(o courses.Stage) bool {
				return o.Person == s.Person && o.Course == key && o.State == courses.Done && o.Revoked == "" && o.Issued >= s.Enrolled
			}), name(s))
		}
	}
}

// TestSeats: those who wait do so because all seats are taken.
func TestSeats(t *testing.T) {
	taken, waiting := map[string]int{}, map[string]int{}
	for _, s := range courses.Stages() {
		switch s.State {
		case courses.Waiting:
			waiting[s.Course]++
		case courses.Withdrawn, courses.Done:
		default:
			taken[s.Course]++
		}
	}
	for _, c := range courses.All() {
		require.Equal(t, c.Seats > 0, waiting[c.Key] > 0, c.Key)
		if c.Seats > 0 {
			require.Equal(t, c.Seats, taken[c.Key], c.Key)
		}
	}
}

// TestExpiring: of certificates there is one that has expired, and one that does within
// each of the days on which holders are reminded.
func TestExpiring(t *testing.T) {
	var left []int
	for _, s := range courses.Stages() {
		doc, _ := version(t, s)
		if s.Issued > 0 && s.Revoked == "" && doc.Certificate.ValidMonths > 0 {
			left = append(left, int(now.AddDate(0, doc.Certificate.ValidMonths, -s.Issued).Sub(now).Hours()/24))
		}
	}
	slices.Sort(left)
	require.Negative(t, left[0])
	for i, border := range []int{0, 7, 30, 60} {
		until := []int{7, 30, 60, 90}[i]
		require.True(t, slices.ContainsFunc(left, func(n int) bool { return border < n && n <= until }), "none with %d to %d days left: %v", border, until, left)
	}
	require.Greater(t, left[len(left)-1], 600)
}

// TestProgressOfInes: the person who is shown first is as far as the design shows her.
func TestProgressOfInes(t *testing.T) {
	want := map[string]int{courses.KeySafety: 100, courses.KeyCommissioning: 62, courses.KeyMaintenance: 22, courses.KeyThinSteel: 100, courses.KeyDiagnostics: 0}
	for _, s := range courses.Stages() {
		if s.Person != "ines.halden@halden.example" {
			continue
		}
		doc, _ := version(t, s)
		done := 0
		for i, l := range content.Lessons(&doc) {
			if i < s.Lessons && !l.Optional {
				done += l.Minutes
			}
		}
		require.Equal(t, want[s.Course], done*100/content.Count(&doc).Minutes, s.Course)
		delete(want, s.Course)
	}
	require.Empty(t, want)
}

// TestLearned: lessons are done one after the other, after enrolling, before now, and no
// lesson before those that it requires.
func TestLearned(t *testing.T) {
	for _, now := range moments() {
		for _, s := range courses.Stages() {
			learned(t, s, now)
		}
	}
}

func learned(t *testing.T, s courses.Stage, now time.Time) {
	t.Helper()
	doc, _ := version(t, s)
	list := s.Learned(doc, now)
	require.Len(t, list, s.Lessons, name(s))
	before := now.AddDate(0, 0, -s.Enrolled)
	done := map[string]bool{}
	for _, l := range list {
		require.True(t, l.At.After(before), "%s: %s at %s", name(s), l.Lesson, l.At)
		require.True(t, l.At.Before(now), name(s))
		lesson, _ := content.Find(&doc, l.Lesson)
		for _, r := range lesson.Requires {
			require.True(t, done[r], "%s: %s before %s", name(s), l.Lesson, r)
		}
		before, done[l.Lesson] = l.At, true
	}
	if s.Lessons > 0 {
		require.Equal(t, now.AddDate(0, 0, -s.Last).Format(time.DateOnly), before.Format(time.DateOnly), name(s))
	}
}

// graded is an attempt with these answers wrong, for a seed.
func graded(t *testing.T, q *schema.Quiz, wrong []string, seed byte) (quiz.Attempt, quiz.Score) {
	t.Helper()
	asked := quiz.Draw(q, quiz.Seed{seed})
	for _, key := range wrong {
		require.True(t, slices.ContainsFunc(asked, func(x schema.AttemptQuestion) bool { return x.Key == key }), "%s is not always asked", key)
	}
	answered := courses.Answered(q, asked, wrong, courses.Languages()[seed%2])
	for i := range answered {
		var err error
		answered[i].Answer, err = quiz.CheckAnswer(q, asked, quiz.Given{Question: i + 1, Answer: *answered[i].Answer})
		require.NoError(t, err)
	}
	r := quiz.Grade(q, answered, nil)
	return quiz.Attempt{ID: "1", Questions: r.Onto(answered), Score: r.Score, EndedAt: now}, r.Score
}

// seeds are as many draws as are looked at.
const seeds = 40

// passes says whether an attempt is passed, whatever is drawn.
func passes(t *testing.T, q *schema.Quiz, wrong []string) bool {
	t.Helper()
	_, first := graded(t, q, wrong, 0)
	for seed := byte(1); seed < seeds; seed++ {
		_, s := graded(t, q, wrong, seed)
		require.Equal(t, first.Passed, s.Passed, "%v: %d %% and %d %%", wrong, first.Percent, s.Percent)
	}
	return first.Passed
}

// TestQuizzes: with the right answers everybody has all points, with all of them wrong
// nobody passes, and with no answers there are none.
func TestQuizzes(t *testing.T) {
	every(t, func(t *testing.T, doc schema.CourseDocument) {
		for _, l := range content.Lessons(&doc) {
			if l.Quiz == nil {
				continue
			}
			for seed := byte(0); seed < seeds; seed++ {
				_, s := graded(t, l.Quiz, nil, seed)
				require.Equal(t, 100, s.Percent, l.Key)
				asked := quiz.Draw(l.Quiz, quiz.Seed{seed})
				var keys []string
				for _, x := range asked {
					keys = append(keys, x.Key)
				}
				_, s = graded(t, l.Quiz, keys, seed)
				require.Zero(t, s.Sum, l.Key)
				require.Zero(t, quiz.Grade(l.Quiz, asked, nil).Sum, l.Key)
			}
		}
	})
}

// TestTries: the result of an attempt does not depend on what is drawn, it is what the
// stage says, and nobody tries before the lessons that are required or after passing.
func TestTries(t *testing.T) {
	for _, now := range moments() {
		for _, s := range courses.Stages() {
			tries(t, s, now)
		}
	}
}

func tries(t *testing.T, s courses.Stage, now time.Time) {
	t.Helper()
	doc, _ := version(t, s)
	at := map[string]time.Time{}
	for _, l := range s.Learned(doc, now) {
		at[l.Lesson] = l.At
	}
	failed, last := map[string]int{}, time.Time{}
	for _, try := range s.Tries {
		l, _ := content.Find(&doc, try.Lesson)
		require.NotNil(t, l, name(s))
		tried, passed := now.Add(-try.Ago), passes(t, l.Quiz, try.Wrong)
		if !passed {
			failed[try.Lesson]++
		}
		require.True(t, tried.Sub(last) >= time.Duration(l.Quiz.CoolingMinutes)*time.Minute, name(s))
		for _, r := range l.Requires {
			require.True(t, at[r].Before(tried), "%s: %s on %s, %s done on %s", name(s), try.Lesson, tried, r, at[r])
		}
		if done, there := at[try.Lesson]; there {
			require.True(t, passed || tried.Before(done), "%s: %s tried on %s, passed on %s", name(s), try.Lesson, tried, done)
		} else {
			require.False(t, passed, name(s))
		}
		last = tried
	}
	for lesson, n := range failed {
		l, _ := content.Find(&doc, lesson)
		_, passed := at[lesson]
		if limit := l.Quiz.Attempts; limit > 0 {
			require.LessOrEqual(t, n, limit, name(s))
			require.Equal(t, s.State == courses.Stuck, n == limit && !passed, name(s))
		}
	}
	require.True(t, s.State != courses.Stuck || len(failed) > 0, name(s))
}

// TestMendedHelps: somebody who failed by the question that was not good passes with it
// mended, and who had passed keeps that.
func TestMendedHelps(t *testing.T) {
	helped := 0
	corrections := quiz.CorrectionsOf([]schema.QuestionCorrection{courses.Mended()}, "exam")
	for _, s := range courses.Stages() {
		if s.Version != 1 || s.Course != courses.KeySafety {
			continue
		}
		doc, _ := version(t, s)
		l, _ := content.Find(&doc, "exam")
		for _, try := range s.Tries {
			if try.Lesson != "exam" {
				continue
			}
			for seed := byte(0); seed < seeds; seed++ {
				a, _ := graded(t, l.Quiz, try.Wrong, seed)
				r := quiz.Regrade(l.Quiz, []quiz.Attempt{a}, corrections)
				for _, c := range r.Changes {
					require.True(t, c.Settled(false).Passed || !c.Before.Passed, name(s))
				}
				if slices.Equal(try.Wrong, []string{"reflections", "trip-order"}) {
					require.Equal(t, 1, r.Passes, name(s))
				}
				helped += r.Passes
			}
		}
	}
	require.Positive(t, helped)
}

// TestWorks: what was handed in has been judged by all criteria and within their points,
// and passed exactly where the stage says so.
func TestWorks(t *testing.T) {
	for _, s := range courses.Stages() {
		doc, _ := version(t, s)
		lessons := content.Lessons(&doc)
		for i, w := range s.Works {
			a := lessons[len(lessons)-1].Assignment
			require.NotNil(t, a, name(s))
			require.Less(t, w.Handed, s.Enrolled, name(s))
			if w.Judged == 0 {
				require.Empty(t, w.Scores, name(s))
				continue
			}
			require.Less(t, w.Judged, w.Handed, name(s))
			require.Len(t, w.Scores, len(a.Rubric), name(s))
			got, all := 0, 0
			for j, c := range a.Rubric {
				require.Equal(t, c.Key, w.Scores[j].Key, name(s))
				require.LessOrEqual(t, w.Scores[j].Points, c.Points, name(s))
				got, all = got+w.Scores[j].Points, all+c.Points
			}
			passed := got*100 >= a.PassingPercent*all
			require.Equal(t, s.State == courses.Done && i == len(s.Works)-1, passed, name(s))
			if passed {
				require.Equal(t, s.Last, w.Judged, name(s))
			}
		}
	}
}
