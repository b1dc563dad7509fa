package demo

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/ent/enrollment"
	"foyer/portal/demo/courses"
	"foyer/portal/training"
	"foyer/portal/training/content"
	"foyer/portal/training/progress"
	"foyer/portal/training/quiz"
	"foyer/schema/gid"
)

func schooled(t *testing.T, now time.Time) *school {
	t.Helper()
	h, deals := built(t, now)
	return schoolOf(t, h, deals)
}

func schoolOf(t *testing.T, h *house, deals []*deal) *school {
	t.Helper()
	var n int64
	s, err := h.school(deals, func() (int64, error) { n++; return n, nil })
	require.NoError(t, err, h.now)
	return s
}

// TestSchool: at whatever moment somebody tries the demo, nothing of what was learned is
// still to come, and all of it came after enrolling, in an order in which it can be.
func TestSchool(t *testing.T) {
	for _, now := range moments() {
		s := schooled(t, now)
		require.Len(t, s.enrollments, len(courses.Stages()))
		at, names := map[gid.ID]*ent.Enrollment{}, map[gid.ID]*taught{}
		for _, c := range s.list {
			names[c.row.ID] = c
		}
		taken := map[gid.ID]int{}
		for _, e := range s.enrollments {
			at[e.ID] = e
			possible(t, s, e, now)
			if e.Status == enrollment.StatusACTIVE {
				taken[e.CourseID]++
			}
		}
		for _, e := range s.enrollments {
			if c := names[e.CourseID]; e.Status == enrollment.StatusWAITING {
				require.Equal(t, c.Seats, taken[e.CourseID], "who waits does so since no place is free")
			}
		}
		done := map[gid.ID]time.Time{}
		for _, a := range s.attempts {
			e := at[a.EnrollmentID]
			where := fmt.Sprint(now, e.UserID, a.Lesson, a.Number)
			require.True(t, a.StartedAt.After(e.EnrolledAt) && a.SubmittedAt.After(a.StartedAt) && !a.SubmittedAt.After(now), where)
			require.True(t, a.EndsAt == nil || !a.SubmittedAt.After(*a.EndsAt), where)
			require.True(t, a.Number == 1 || a.StartedAt.After(done[e.ID]), where)
			done[e.ID] = *a.SubmittedAt
		}
		for _, w := range s.works {
			exam := done[w.EnrollmentID]
			require.True(t, w.SubmittedAt.After(exam), "%s: handed in before the test was passed", now)
			require.True(t, w.GradedAt == nil || w.GradedAt.After(w.SubmittedAt) && !w.GradedAt.After(now))
		}
	}
}

// possible holds what is kept of an enrollment against what follows from it.
func possible(t *testing.T, s *school, e *ent.Enrollment, now time.Time) {
	t.Helper()
	where := fmt.Sprint(now, " ", e.UserID, " ", e.CourseID)
	require.True(t, e.EnrolledAt.Before(now), where)
	for _, x := range []*time.Time{e.StartedAt, e.LearnedAt, e.CompletedAt} {
		require.True(t, x == nil || x.After(e.EnrolledAt) && !x.After(now), where)
	}
	require.Equal(t, e.Status == enrollment.StatusACTIVE || e.Status == enrollment.StatusWAITING, e.Slot == training.SlotOpen, where)
	state, err := progress.Decode(e.Learned)
	require.NoError(t, err)
	require.Equal(t, int(state.Learned().Seconds()), e.Seconds)
	require.Equal(t, e.StartedAt != nil, e.Seconds > 0, where)
}

// TestWeek: whoever is looked at first has learned on the days of this week, on as many
// as there have been.
func TestWeek(t *testing.T) {
	for i, want := range []int{1, 2, 2, 3, 4, 4, 5} {
		now := time.Date(2026, 11, 23+i, 21, 0, 0, 0, time.UTC)
		s := schooled(t, now)
		days := map[string]bool{}
		for _, e := range s.enrollments {
			if e.UserID != s.people[whoLooksFirst].row.ID {
				continue
			}
			state, err := progress.Decode(e.Learned)
			require.NoError(t, err)
			for _, d := range state.Days(now.AddDate(0, 0, -i), 7, time.UTC) {
				if d.Minutes() > 0 {
					days[d.Date] = true
				}
			}
		}
		require.GreaterOrEqual(t, len(days), want, now.Weekday())
	}
}

// TestDrawn: what is asked is what the quiz asks, and the answers could have been given.
func TestDrawn(t *testing.T) {
	s := schooled(t, moments()[0])
	versions := map[gid.ID]*ent.CourseVersion{}
	for _, c := range s.list {
		for _, v := range c.versions {
			versions[v.ID] = v
		}
	}
	passed := 0
	for _, a := range s.attempts {
		l, _ := content.Find(&versions[a.VersionID].Document, a.Lesson)
		require.Len(t, a.Questions, content.Asked(l.Quiz))
		for i := range a.Questions {
			_, err := quiz.CheckAnswer(l.Quiz, a.Questions, quiz.Given{Question: i + 1, Answer: *a.Questions[i].Answer})
			require.NoError(t, err)
		}
		if *a.Passed {
			passed++
		}
	}
	require.Greater(t, len(s.attempts)-passed, 5)
	require.Greater(t, passed, 20)
	require.True(t, slices.ContainsFunc(s.enrollments, func(e *ent.Enrollment) bool { return e.Bought }))
}
