package progress_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/problem"
	"foyer/portal/training/progress"
	"foyer/schema"
)

var enrolled = time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC)

func say(s string) map[string]string { return map[string]string{"en": s} }

// course has a lesson of each rule; the last needs the test, which needs the reading.
func course() *schema.CourseDocument {
	return &schema.CourseDocument{Title: say("Course"), Languages: []string{"en"}, Modules: []schema.CourseModule{
		{Key: "one", Title: say("One"), Lessons: []schema.Lesson{
			{Key: "intro", Kind: schema.LessonText, Minutes: 5, Completion: schema.LessonRule{Rule: schema.DoneOnView}},
			{Key: "reading", Kind: schema.LessonText, Minutes: 10, Completion: schema.LessonRule{Rule: schema.DoneOnDwell, Seconds: 120}},
			{Key: "video", Kind: schema.LessonVideo, Minutes: 10, Media: &schema.LessonMedia{URL: "https://x.example", Seconds: 601},
				Completion: schema.LessonRule{Rule: schema.DoneOnVideo, Percent: 90}},
			{Key: "more", Kind: schema.LessonLink, Minutes: 30, Optional: true, Completion: schema.LessonRule{Rule: schema.DoneOnView}},
		}},
		{Key: "two", Title: say("Two"), Lessons: []schema.Lesson{
			{Key: "test", Kind: schema.LessonQuiz, Minutes: 10, Requires: []string{"reading"}, Completion: schema.LessonRule{Rule: schema.DoneOnQuiz}},
			{Key: "work", Kind: schema.LessonAssignment, Minutes: 28, Requires: []string{"test", "intro"}, Completion: schema.LessonRule{Rule: schema.DoneByTrainer}},
		}},
	}}
}

func after(seconds int) time.Time { return enrolled.Add(time.Duration(seconds) * time.Second) }

func opened(id, lesson string, at int) progress.Event {
	return progress.Event{ID: id, Lesson: lesson, Kind: progress.Opened, At: after(at)}
}

func read(id, lesson string, at, seconds int) progress.Event {
	return progress.Event{ID: id, Lesson: lesson, Kind: progress.Read, At: after(at), Seconds: seconds}
}

func watched(id, lesson string, at, from, to int) progress.Event {
	return progress.Event{ID: id, Lesson: lesson, Kind: progress.Watched, At: after(at), From: from, To: to, Seconds: to - from}
}

func kept(events ...progress.Event) *progress.State {
	s := &progress.State{}
	s.Apply(events)
	return s
}

func TestABatchIsCorrectedByTheClockOfTheServer(t *testing.T) {
	who := progress.Learner{Course: course(), EnrolledAt: enrolled}
	received := after(10_000)
	for _, skew := range []time.Duration{0, 7 * time.Hour, -400 * 24 * time.Hour, 90*time.Second + 250*time.Millisecond} {
		b := progress.Batch{SentAt: received.Add(skew), Events: []progress.Event{
			read("a", "intro", 0, 60), watched("b", "video", 0, 10, 40),
		}}
		b.Events[0].At, b.Events[1].At = received.Add(skew-time.Hour), received.Add(skew-time.Minute)
		accepted, refused, err := progress.Check(who, b, received)
		require.NoError(t, err)
		require.Empty(t, refused)
		require.Equal(t, received.Add(-time.Hour), accepted[0].At)
		require.Equal(t, received.Add(-time.Minute), accepted[1].At)
		require.Equal(t, 30, accepted[1].Seconds)
		require.Equal(t, time.UTC, accepted[0].At.Location())
	}
}

func TestEventsAreRefusedEachByItself(t *testing.T) {
	who := progress.Learner{Course: course(), EnrolledAt: enrolled}
	received := after(10_000)
	for name, c := range map[string]struct {
		event progress.Event
		code  string
		field string
	}{
		"future":            {opened("x", "intro", 10_121), progress.InFuture, "at"},
		"just not future":   {opened("x", "intro", 10_120), "", ""},
		"before":            {opened("x", "intro", -1), progress.BeforeEnrollment, "at"},
		"at the enrollment": {opened("x", "intro", 0), "", ""},
		"unknown lesson":    {opened("x", "elsewhere", 5), progress.UnknownLesson, "lesson"},
		"no lesson":         {opened("x", "", 5), progress.UnknownLesson, "lesson"},
		"no id":             {opened("", "intro", 5), progress.Invalid, "id"},
		"long id":           {opened(strings.Repeat("x", 101), "intro", 5), progress.Invalid, "id"},
		"kind":              {progress.Event{ID: "x", Lesson: "intro", Kind: "DONE", At: after(5)}, progress.Invalid, "kind"},
		"negative":          {read("x", "reading", 5, -1), progress.Invalid, "seconds"},
		"nothing read":      {read("x", "reading", 5, 0), "", ""},
		"four hours":        {read("x", "reading", 9000, 4*3600), "", ""},
		"longer":            {read("x", "reading", 9000, 4*3600+1), progress.Invalid, "seconds"},
		"backwards":         {watched("x", "video", 500, 40, 40), progress.Invalid, "to"},
		"before it begins":  {watched("x", "video", 500, -1, 40), progress.Invalid, "to"},
		"to the end":        {watched("x", "video", 500, 590, 601), "", ""},
		"beyond the end":    {watched("x", "video", 500, 590, 602), progress.Invalid, "to"},
		"no video":          {watched("x", "reading", 500, 5, 6), progress.Invalid, "to"},
	} {
		t.Run(name, func(t *testing.T) {
			b := progress.Batch{SentAt: received, Events: []progress.Event{opened("fine", "intro", 1), c.event, opened("too", "video", 2)}}
			before := slices.Clone(b.Events)
			accepted, refused, err := progress.Check(who, b, received, "input")
			require.NoError(t, err)
			require.Equal(t, before, b.Events, "what was handed in stays as it was")
			if c.code == "" {
				require.Empty(t, refused)
				require.Len(t, accepted, 3)
				return
			}
			require.Len(t, accepted, 2, "the others count")
			require.Len(t, refused, 1)
			require.Equal(t, 1, refused[0].Index)
			require.Equal(t, c.event.ID, refused[0].ID)
			require.Equal(t, c.code, refused[0].Code)
			require.Equal(t, []string{"input", "events", "1", c.field}, refused[0].Field)
			require.NotEmpty(t, refused[0].Text.EN)
			require.NotEqual(t, refused[0].Text.EN, refused[0].Text.DE)
		})
	}
}

func TestBatchesThatAreNoneAreRefusedAsAWhole(t *testing.T) {
	who := progress.Learner{Course: course(), EnrolledAt: enrolled}
	var r *problem.Refusal
	_, _, err := progress.Check(who, progress.Batch{}, after(1), "input")
	require.ErrorAs(t, err, &r)
	require.Equal(t, []string{"input", "sentAt"}, r.Field)
	_, _, err = progress.Check(who, progress.Batch{SentAt: after(1), Events: make([]progress.Event, progress.MaxBatch+1)}, after(1), "input")
	require.ErrorAs(t, err, &r)
	require.Equal(t, progress.TooMany, r.Code)
	_, _, err = progress.Check(who, progress.Batch{SentAt: time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)}, after(1))
	require.Error(t, err, "a difference that no duration holds")
}

func TestAnEnrollmentHasALimitOfEvents(t *testing.T) {
	s := &progress.State{}
	list := make([]progress.Event, 0, progress.MaxEvents)
	for i := range progress.MaxEvents - 1 {
		list = append(list, opened(fmt.Sprint(i), "intro", 1+i%1000))
	}
	require.Equal(t, len(list), s.Apply(list))
	who := progress.Learner{Course: course(), EnrolledAt: enrolled, State: s}
	accepted, refused, err := progress.Check(who, progress.Batch{SentAt: after(5000), Events: []progress.Event{
		opened("new", "intro", 5), opened("7", "intro", 5), opened("newer", "intro", 5),
	}}, after(5000))
	require.NoError(t, err)
	require.Len(t, accepted, 2, "one more fits, and one is known already")
	require.Equal(t, progress.TooMany, refused[0].Code)
	require.Less(t, len(s.Encode()), 300_000)
}

func TestReadingCountsOnceAndNotBeforeTheEnrollment(t *testing.T) {
	who := progress.Learner{Course: course(), EnrolledAt: enrolled}
	accepted, _, err := progress.Check(who, progress.Batch{SentAt: after(500), Events: []progress.Event{
		read("a", "reading", 100, 3600), read("b", "reading", 90, 60), read("c", "reading", 110, 20), read("d", "reading", 300, 10),
	}}, after(500))
	require.NoError(t, err)
	s := kept(accepted...)
	l := progress.Evaluate(course(), s, nil, nil)
	require.Equal(t, 120, l.Lesson("reading").Seconds, "0 to 110 and 290 to 300")
	require.Equal(t, progress.Done, l.Lesson("reading").Status)
	require.Equal(t, after(300).Format(time.RFC3339), l.Lesson("reading").DoneAt)
	require.Equal(t, after(0).Format(time.RFC3339), l.Lesson("reading").OpenedAt)
	require.Equal(t, 120*time.Second, s.Learned())
}

func TestTheSameEventAgainChangesNothing(t *testing.T) {
	s := kept(read("a", "reading", 100, 60))
	before := s.Encode()
	// The answer to the first was lost; sent again, the correction of the clock is
	// another one.
	require.Zero(t, s.Apply([]progress.Event{read("a", "reading", 103, 60), read("a", "reading", 9000, 600)}))
	require.Equal(t, before, s.Encode())
	require.True(t, s.Has("a"))
	require.False(t, s.Has("b"))
	require.Equal(t, 1, s.Events())
}

func TestAVideoIsDoneWhenEnoughOfItWasSeenFirst(t *testing.T) {
	// 90 % of 601 seconds are 540.9, so that 541 are needed.
	s := kept(watched("a", "video", 1000, 0, 300), watched("b", "video", 2000, 250, 540))
	l := progress.Evaluate(course(), s, nil, nil).Lesson("video")
	require.Equal(t, progress.Open, l.Status)
	require.Equal(t, 89, l.Percent)
	require.Equal(t, 540, l.Resume)
	s.Apply([]progress.Event{watched("c", "video", 5000, 400, 601)})
	l = progress.Evaluate(course(), s, nil, nil).Lesson("video")
	require.Equal(t, after(5000).Format(time.RFC3339), l.DoneAt)
	require.Equal(t, 100, l.Percent)
	require.Equal(t, 601, l.Resume)
	// It becomes known late that the end was seen in between.
	s.Apply([]progress.Event{watched("d", "video", 1500, 540, 541)})
	l = progress.Evaluate(course(), s, nil, nil).Lesson("video")
	require.Equal(t, after(2000).Format(time.RFC3339), l.DoneAt)
	require.Equal(t, 601, l.Resume, "where it was left last, not what was heard of last")
}

func TestLockedUntilWhatIsRequiredIsDone(t *testing.T) {
	passed := map[string]time.Time{"test": after(50)}
	marked := map[string]time.Time{"work": after(40)}
	st := progress.Evaluate(course(), nil, passed, marked)
	require.Equal(t, progress.Locked, st.Lesson("test").Status)
	require.False(t, st.Lesson("test").MayRead())
	require.True(t, st.Lesson("test").Fulfilled)
	require.Equal(t, []string{"reading"}, st.Lesson("test").Missing)
	require.Equal(t, []string{"test", "intro"}, st.Lesson("work").Missing)
	require.Equal(t, "intro", st.Next)
	require.Zero(t, st.Percent)
	require.Nil(t, st.LastAt)
	require.Nil(t, st.Lesson("nothing"))

	// The reading opens the test and, through it, the work: all at the moment at which
	// the last of them became true, the reading.
	s := kept(read("r", "reading", 900, 120))
	st = progress.Evaluate(course(), s, passed, marked)
	require.Equal(t, after(900).Format(time.RFC3339), st.Lesson("test").DoneAt)
	require.Equal(t, []string{"intro"}, st.Lesson("work").Missing)
	s.Apply([]progress.Event{opened("o", "intro", 20), watched("v", "video", 700, 0, 601)})
	st = progress.Evaluate(course(), s, passed, marked)
	require.True(t, st.Done)
	require.Equal(t, 100, st.Percent)
	require.Equal(t, after(900), *st.CompletedAt)
	require.Equal(t, after(900), *st.LastAt)
	require.Empty(t, st.Next)
	require.Equal(t, progress.Open, st.Lesson("more").Status, "optional, and not needed")
}

func TestPercentIsThatOfMinutesRoundedDown(t *testing.T) {
	doc := course()
	s := kept(opened("o", "intro", 20), opened("m", "more", 21))
	st := progress.Evaluate(doc, s, nil, nil)
	require.Equal(t, 63, st.Minutes)
	require.Equal(t, 5, st.DoneMinutes)
	require.Equal(t, 7, st.Percent, "7.9")
	// Of many minutes one is missing.
	doc.Modules[0].Lessons[0].Minutes = 100_000
	doc.Modules[0].Lessons = doc.Modules[0].Lessons[:2]
	doc.Modules = doc.Modules[:1]
	st = progress.Evaluate(doc, s, nil, nil)
	require.Equal(t, 99, st.Percent)
	require.False(t, st.Done)
	// What is missing takes no time.
	doc.Modules[0].Lessons[1].Minutes = 0
	require.Equal(t, 99, progress.Evaluate(doc, s, nil, nil).Percent)
	// A course without a lesson is not done, nor one of optional ones alone.
	require.False(t, progress.Evaluate(&schema.CourseDocument{}, s, nil, nil).Done)
	// Where no lesson takes time, done is 100 all the same.
	doc.Modules[0].Lessons[0].Minutes, doc.Modules[0].Lessons[1].Minutes = 0, 0
	require.Zero(t, progress.Evaluate(doc, s, nil, nil).Percent)
	s.Apply([]progress.Event{read("r", "reading", 900, 120)})
	require.Equal(t, 100, progress.Evaluate(doc, s, nil, nil).Percent)
}

func TestLessonsThatWaitForEachOtherAreNeverDone(t *testing.T) {
	doc := course()
	doc.Modules[0].Lessons[0].Requires = []string{"reading"}
	doc.Modules[0].Lessons[1].Requires = []string{"intro"}
	doc.Modules[0].Lessons[2].Requires = []string{"nothing"}
	st := progress.Evaluate(doc, kept(opened("o", "intro", 20), read("r", "reading", 900, 120), watched("v", "video", 700, 0, 601)), nil, nil)
	for _, key := range []string{"intro", "reading", "video"} {
		require.Equal(t, progress.Locked, st.Lesson(key).Status)
	}
	require.Zero(t, st.Percent)
	require.Equal(t, "", st.Next)
}

func TestWhereToGoOn(t *testing.T) {
	s := kept()
	go1 := func() string { return progress.Evaluate(course(), s, nil, nil).Next }
	require.Equal(t, "intro", go1())
	s.Apply([]progress.Event{watched("v", "video", 50, 0, 10)})
	require.Equal(t, "video", go1(), "the one that was left")
	s.Apply([]progress.Event{watched("w", "video", 700, 10, 601)})
	require.Equal(t, "intro", go1(), "after the video only optional and locked ones")
	s.Apply([]progress.Event{opened("i", "intro", 800)})
	require.Equal(t, "reading", go1())
	s.Apply([]progress.Event{read("r", "reading", 1000, 120)})
	require.Equal(t, "test", go1())
}

func TestMinutesOfADayAreThoseOfItsTimeZone(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	at := func(s string) time.Time {
		x, err := time.Parse(time.RFC3339, s)
		require.NoError(t, err)
		return x
	}
	s := kept(
		progress.Event{ID: "a", Lesson: "intro", Kind: progress.Read, At: at("2026-10-24T22:30:00Z"), Seconds: 3600}, // 23:30 to 00:30 in Berlin
		progress.Event{ID: "b", Lesson: "reading", Kind: progress.Read, At: at("2026-10-25T22:59:00Z"), Seconds: 60}, // the last hour of a day of 25
		progress.Event{ID: "c", Lesson: "video", Kind: progress.Watched, At: at("2026-10-25T22:59:30Z"), From: 0, To: 60, Seconds: 60},
	)
	days := s.Days(at("2026-10-24T12:00:00Z"), 3, berlin)
	require.Equal(t, []progress.Day{{"2026-10-24", 1800}, {"2026-10-25", 1800 + 90}, {"2026-10-26", 0}}, days)
	require.Equal(t, 31, days[1].Minutes())
	require.Equal(t, []progress.Day{{"2026-10-24", 3600}, {"2026-10-25", 90}}, s.Days(at("2026-10-24T12:00:00Z"), 2, nil))
	require.Equal(t, 3690*time.Second, s.Learned())
	require.Empty(t, s.Days(enrolled, -4, nil))
	require.Len(t, s.Days(enrolled, 1<<40, nil), 400)
	require.Empty(t, (*progress.State)(nil).Days(enrolled, 0, nil))
}

// dice makes events of a learner with several devices, some of which overlap.
func dice(seed uint64, n int) []progress.Event {
	r := rand.New(rand.NewPCG(seed, 11))
	out := make([]progress.Event, n)
	for i := range out {
		id, at := fmt.Sprintf("device-%d-%d", r.IntN(3), i), r.IntN(40*n)+1
		switch r.IntN(5) {
		case 0:
			out[i] = opened(id, []string{"intro", "reading", "video", "more"}[r.IntN(4)], at)
		case 1, 2:
			out[i] = read(id, []string{"reading", "more", "test"}[r.IntN(3)], at, r.IntN(60))
		default:
			from := r.IntN(600)
			out[i] = watched(id, "video", at, from, from+1+r.IntN(min(30, 601-from)))
		}
	}
	return out
}

// told applies events in batches of any size, in any order, some of them again.
func told(r *rand.Rand, events []progress.Event) *progress.State {
	s := &progress.State{}
	events = slices.Clone(events)
	r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	for from := 0; from < len(events); {
		to := min(len(events), from+1+r.IntN(500))
		s.Apply(events[from:to])
		again := r.IntN(to)
		s.Apply(events[again:min(to, again+r.IntN(50))])
		from = to
	}
	return s
}

// slowly is what events add up to, second by second: the definition, to compare with.
func slowly(events []progress.Event) (seconds map[string]int, covered int, learned int) {
	readAt, seen, all := map[string]map[int64]bool{}, map[int]bool{}, map[int64]bool{}
	for _, e := range events {
		for s := e.At.Unix() - int64(e.Seconds); s < e.At.Unix(); s++ {
			all[s] = true
			if e.Kind == progress.Read {
				if readAt[e.Lesson] == nil {
					readAt[e.Lesson] = map[int64]bool{}
				}
				readAt[e.Lesson][s] = true
			}
		}
		for s := e.From; s < e.To; s++ {
			seen[s] = true
		}
	}
	seconds = map[string]int{}
	for key, set := range readAt {
		seconds[key] = len(set)
	}
	return seconds, len(seen), len(all)
}

func TestTenThousandEventsInAnyOrderComeToTheSame(t *testing.T) {
	events := dice(1, 10_000)
	want := kept(events...)
	require.Equal(t, 10_000, want.Events())
	first := want.Encode()
	t.Logf("%d events are %d bytes", len(events), len(first))
	for round := range uint64(8) {
		s := told(rand.New(rand.NewPCG(round, 5)), events)
		require.Equal(t, first, s.Encode())
		again := told(rand.New(rand.NewPCG(round, 6)), events)
		again.Apply(events)
		require.Equal(t, first, again.Encode())
		require.Equal(t, progress.Evaluate(course(), want, nil, nil), progress.Evaluate(course(), again, nil, nil))
	}
	seconds, covered, learned := slowly(events)
	st := progress.Evaluate(course(), want, nil, nil)
	for _, key := range []string{"reading", "more", "test"} {
		require.Equal(t, seconds[key], st.Lesson(key).Seconds, key)
	}
	require.Equal(t, covered*100/601, st.Lesson("video").Percent)
	require.Equal(t, time.Duration(learned)*time.Second, want.Learned())
}

// TestDevicesWithWrongClocksComeToTheSame: what three devices report, whose clocks are
// wrong by hours and which are offline in between, is what happened.
func TestDevicesWithWrongClocksComeToTheSame(t *testing.T) {
	events := dice(7, 3000)
	who := progress.Learner{Course: course(), EnrolledAt: enrolled.Add(-24 * time.Hour)}
	skews := []time.Duration{0, 26 * time.Hour, -5 * 365 * 24 * time.Hour}
	want := kept(events...).Encode()
	for round := range uint64(5) {
		r := rand.New(rand.NewPCG(round, 8))
		s, left := &progress.State{}, slices.Clone(events)
		r.Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
		for len(left) > 0 {
			n := min(len(left), 1+r.IntN(400))
			skew, received := skews[r.IntN(3)], after(40*3000+r.IntN(1_000_000))
			b := progress.Batch{SentAt: received.Add(skew), Events: slices.Clone(left[:n])}
			for i := range b.Events {
				b.Events[i].At = b.Events[i].At.Add(skew)
				if b.Events[i].Kind == progress.Watched {
					b.Events[i].Seconds = r.IntN(5000) // what clients say of it does not matter
				}
			}
			who.State = s
			accepted, refused, err := progress.Check(who, b, received)
			require.NoError(t, err)
			require.Empty(t, refused)
			require.Equal(t, n, s.Apply(accepted))
			require.Zero(t, s.Apply(accepted))
			left = left[n:]
		}
		require.Equal(t, want, s.Encode())
	}
}

func TestAnOrdinaryLearnerIsFewBytes(t *testing.T) {
	// Five hours, reported every half a minute: reading joins, a video is seen through.
	s := &progress.State{}
	for i := range 580 {
		s.Apply([]progress.Event{read(fmt.Sprintf("r-%d", i), "reading", 30*(i+1), 30)})
	}
	for i := range 20 {
		s.Apply([]progress.Event{watched(fmt.Sprintf("w-%d", i), "video", 40_000+30*i, 30*i, 30*i+30)})
	}
	require.Less(t, len(s.Encode()), 4000)
	t.Logf("600 events are %d bytes", len(s.Encode()))
}

func TestMoreEventsNeverTakeAway(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 3))
		events := dice(seed, 120)
		s, passed, marked := &progress.State{}, map[string]time.Time{}, map[string]time.Time{}
		before := progress.Evaluate(course(), s, passed, marked)
		for i := range events {
			s.Apply(events[i : i+1])
			switch r.IntN(40) {
			case 0:
				passed["test"] = after(r.IntN(5000))
			case 1:
				marked["work"] = after(r.IntN(5000))
			}
			now := progress.Evaluate(course(), s, passed, marked)
			require.GreaterOrEqual(t, now.Percent, before.Percent)
			require.Equal(t, now.Done, now.Percent == 100)
			require.Equal(t, now.Done, now.CompletedAt != nil)
			require.True(t, now.Done || !before.Done)
			for j := range now.Lessons {
				a, b := before.Lessons[j], now.Lessons[j]
				require.GreaterOrEqual(t, b.Seconds, a.Seconds)
				require.GreaterOrEqual(t, b.Percent, a.Percent)
				require.True(t, a.Status != progress.Done || b.Status == progress.Done)
				require.True(t, a.Status == progress.Locked || b.Status != progress.Locked)
			}
			before = now
		}
	}
}

// TestWhenItWasFinishedDependsOnWhatHappenedAlone compares CompletedAt with the first
// moment at which somebody who had heard of everything at once would have said done.
func TestWhenItWasFinishedDependsOnWhatHappenedAlone(t *testing.T) {
	done := 0
	for seed := range uint64(60) {
		events := dice(seed, 400)
		passed, marked := map[string]time.Time{"test": after(900)}, map[string]time.Time{"work": after(40)}
		st := progress.Evaluate(course(), kept(events...), passed, marked)
		if !st.Done {
			continue
		}
		done++
		until := func(at time.Time) bool {
			var heard []progress.Event
			for _, e := range events {
				// Of a reading that goes on, what has been read so far.
				if began := e.At.Add(-time.Duration(e.Seconds) * time.Second); e.Kind == progress.Read && began.Before(at) && e.At.After(at) {
					e.Seconds, e.At = int(at.Sub(began)/time.Second), at
				}
				if !e.At.After(at) {
					heard = append(heard, e)
				}
			}
			return progress.Evaluate(course(), kept(heard...), passed, marked).Done
		}
		require.True(t, until(*st.CompletedAt), seed)
		if earlier := st.CompletedAt.Add(-time.Second); !earlier.Before(after(900)) {
			require.False(t, until(earlier), seed)
		}
	}
	require.Greater(t, done, 20)
}

func TestAMoveToAnotherVersionKeepsWhatWasDone(t *testing.T) {
	s := kept(opened("o", "intro", 20), read("r", "reading", 900, 120), watched("v", "video", 700, 0, 601))
	passed := map[string]time.Time{"test": after(950)}
	next := course()
	one := &next.Modules[0]
	one.Lessons[0].Requires = []string{"new"}                                                                                               // the introduction asks for something now
	one.Lessons[1].Completion.Seconds = 10_000                                                                                              // the reading is longer
	one.Lessons[2] = schema.Lesson{Key: "new", Kind: schema.LessonText, Minutes: 5, Completion: schema.LessonRule{Rule: schema.DoneOnView}} // no video
	before := s.Encode()
	moved, m := progress.Move(course(), next, s, passed, nil)
	require.Equal(t, before, s.Encode(), "what is handed in stays")
	require.Equal(t, []string{"intro", "reading", "test"}, m.Kept)
	require.Equal(t, []string{"video"}, m.Lost)
	require.Equal(t, []string{"new", "work"}, m.Left)
	require.Equal(t, 55, m.Before.Percent)
	require.Equal(t, 43, m.After.Percent)
	require.Equal(t, after(900).Format(time.RFC3339), m.After.Lesson("reading").DoneAt)
	require.Equal(t, progress.Done, m.After.Lesson("intro").Status, "nothing goes backwards")

	read, err := progress.Decode(moved.Encode())
	require.NoError(t, err)
	require.Equal(t, m.After, progress.Evaluate(next, read, passed, nil))
	back, again := progress.Move(next, course(), read, passed, nil)
	require.Equal(t, m.Before.Percent, again.After.Percent, "a move back finds the video again")
	twice, _ := progress.Move(course(), course(), back, passed, nil)
	require.Equal(t, back.Encode(), twice.Encode())
}

func TestAStateIsKeptAsBytesAndAsText(t *testing.T) {
	s := kept(dice(4, 500)...)
	read, err := progress.Decode(s.Encode())
	require.NoError(t, err)
	require.Equal(t, s.Encode(), read.Encode())
	require.Equal(t, s.Encode(), s.Clone().Encode())
	text, err := json.Marshal(map[string]*progress.State{"state": s})
	require.NoError(t, err)
	var back map[string]*progress.State
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, s.Encode(), back["state"].Encode())
	value, err := json.Marshal(map[string]progress.State{"state": *s})
	require.NoError(t, err)
	require.Equal(t, string(text), string(value))
	require.Empty(t, (&progress.State{}).Encode())
	empty, err := progress.Decode(nil)
	require.NoError(t, err)
	require.Zero(t, empty.Events())
	require.ErrorIs(t, json.Unmarshal([]byte(`{"state":"%"}`), &back), progress.ErrState)
	require.Equal(t, s.Encode(), back["state"].Encode(), "what cannot be read changes nothing")
	plain := s.Encode()
	for i := range plain {
		_, err := progress.Decode(plain[:i])
		if i > 0 {
			require.ErrorIs(t, err, progress.ErrState)
		}
	}
	_, err = progress.Decode(append(plain, 0))
	require.ErrorIs(t, err, progress.ErrState)
}

func TestWhatIsTakenInWithoutACheckDoesNoHarm(t *testing.T) {
	s := kept(
		progress.Event{ID: "a", Lesson: "x", Kind: progress.Read, Seconds: -5, At: after(1)},
		progress.Event{ID: "b", Lesson: "x", Kind: progress.Read, Seconds: 1 << 60, At: after(1)},
		progress.Event{ID: "c", Lesson: "x", Kind: progress.Watched, From: -7, To: 1 << 60, At: after(1)},
		progress.Event{ID: "d", Lesson: "x", Kind: progress.Watched, From: 9, To: 3, At: after(1)},
		progress.Event{ID: "e", Lesson: "x", Kind: "NONSENSE", At: after(1)},
		progress.Event{ID: "f", Lesson: "x", Kind: progress.Opened},
		progress.Event{ID: "g", Lesson: "x", Kind: progress.Opened, At: time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)},
	)
	require.Equal(t, 5, s.Events(), "those without a time that can be are not known")
	read, err := progress.Decode(s.Encode())
	require.NoError(t, err)
	require.Equal(t, s.Encode(), read.Encode())
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte{})
	f.Add(kept(dice(1, 40)...).Encode())
	f.Add(kept(opened("a", "intro", 1)).Encode())
	f.Add([]byte{1, 0, 0, 0})
	f.Add([]byte{1, 255, 255, 255, 255, 255, 255, 255, 255, 127})
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := progress.Decode(text)
		if err != nil {
			require.ErrorIs(t, err, progress.ErrState)
			require.Nil(t, s)
			return
		}
		require.Equal(t, string(text), string(s.Encode()), "there is one way to write a state")
		more := s.Clone()
		more.Apply(dice(9, 20))
		read, err := progress.Decode(more.Encode())
		require.NoError(t, err)
		a, b := progress.Evaluate(course(), s, nil, nil), progress.Evaluate(course(), read, nil, nil)
		require.LessOrEqual(t, a.Percent, b.Percent)
		read.Days(enrolled, 5, nil)
	})
}

func BenchmarkApplyAHundredToTenThousand(b *testing.B) {
	text := kept(dice(1, 10_000)...).Encode()
	fresh := dice(2, 100)
	for i := range fresh {
		fresh[i].ID = "fresh-" + fresh[i].ID
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s, err := progress.Decode(text)
		require.NoError(b, err)
		s.Apply(fresh)
		s.Encode()
	}
}

func BenchmarkEvaluate(b *testing.B) {
	s, doc := kept(dice(1, 10_000)...), course()
	for b.Loop() {
		progress.Evaluate(doc, s, nil, nil)
	}
}
