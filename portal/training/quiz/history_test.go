package quiz_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/training/quiz"
	"foyer/schema"
)

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

func minutes(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }

func tried(id string, ended int, passed bool) quiz.Attempt {
	a := quiz.Attempt{ID: id, Score: quiz.Score{Passed: passed}}
	if ended >= 0 {
		a.EndedAt = minutes(ended)
	}
	return a
}

func TestWhoMayTryAgainAndWhen(t *testing.T) {
	rules := &schema.Quiz{Attempts: 3, CoolingMinutes: 60, LimitSeconds: 600}
	free := &schema.Quiz{}
	failed, failed2, failed3 := tried("a", 5, false), tried("b", 75, false), tried("c", 145, false)
	open, passed := tried("d", -1, false), tried("e", 85, true)
	timed := open
	timed.EndsAt = quiz.Deadline(rules, minutes(100))
	shorter := &schema.Quiz{Attempts: 3, LimitSeconds: 60} // of a version that was published meanwhile
	cooled := minutes(65)
	for name, c := range map[string]struct {
		quiz    *schema.Quiz
		history []quiz.Attempt
		now     time.Time
		want    quiz.Turn
	}{
		"never tried":        {rules, nil, noon, quiz.Turn{May: true, Left: 3}},
		"cooling":            {rules, []quiz.Attempt{failed}, minutes(6), quiz.Turn{Reason: quiz.Cooling, Left: 2, At: &cooled}},
		"almost cooled":      {rules, []quiz.Attempt{failed}, cooled.Add(-1), quiz.Turn{Reason: quiz.Cooling, Left: 2, At: &cooled}},
		"cooled":             {rules, []quiz.Attempt{failed}, cooled, quiz.Turn{May: true, Left: 2}},
		"open":               {rules, []quiz.Attempt{timed, failed}, minutes(110), quiz.Turn{Reason: quiz.Open, Left: 1, Attempt: "d"}},
		"overdue":            {rules, []quiz.Attempt{failed, timed}, minutes(110).Add(1), quiz.Turn{Reason: quiz.Overdue, Left: 1, Attempt: "d"}},
		"open by its time":   {shorter, []quiz.Attempt{timed}, minutes(110), quiz.Turn{Reason: quiz.Open, Left: 2, Attempt: "d"}},
		"open without limit": {free, []quiz.Attempt{open}, minutes(99999), quiz.Turn{Reason: quiz.Open, Left: quiz.Unlimited, Attempt: "d"}},
		"two open":           {free, []quiz.Attempt{tried("z", -1, false), open}, minutes(110), quiz.Turn{Reason: quiz.Open, Left: quiz.Unlimited, Attempt: "d"}},
		"used up":            {rules, []quiz.Attempt{failed3, failed, failed2}, minutes(9999), quiz.Turn{Reason: quiz.Limit}},
		"more than allowed":  {rules, []quiz.Attempt{failed3, failed, failed2, failed2}, minutes(9999), quiz.Turn{Reason: quiz.Limit}},
		"passed":             {rules, []quiz.Attempt{passed, failed}, minutes(86), quiz.Turn{Reason: quiz.Passed, Left: 1}},
		"passed and open":    {rules, []quiz.Attempt{passed, open}, minutes(101), quiz.Turn{Reason: quiz.Passed, Left: 1, Attempt: "d"}},
		"without rules":      {free, []quiz.Attempt{failed, failed2, failed3}, minutes(145), quiz.Turn{May: true, Left: quiz.Unlimited}},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, quiz.Next(c.quiz, c.history, c.now))
			slices.Reverse(c.history)
			require.Equal(t, c.want, quiz.Next(c.quiz, c.history, c.now), "in any order")
		})
	}
	require.Nil(t, quiz.Deadline(free, noon))
	require.Equal(t, minutes(10), *quiz.Deadline(rules, noon))
}

// graded is an attempt as it was graded without corrections.
func graded(id string, q *schema.Quiz, list []schema.AttemptQuestion) quiz.Attempt {
	r := quiz.Grade(q, list, nil)
	return quiz.Attempt{ID: id, EndedAt: noon, Score: r.Score, Questions: r.Onto(list)}
}

func TestARegradeShowsWhatChangesAndChangesNothing(t *testing.T) {
	q, list := answered(t, right())
	best := graded("best", q, list)
	_, list = answered(t, map[int]schema.Answer{1: places(1), 2: places(1, 3), 3: places(2, 3, 1), 5: numbered("9")})
	close1 := graded("close", q, list)
	require.Equal(t, 40, close1.Score.Percent)
	_, list = answered(t, map[int]schema.Answer{1: places(2), 2: places(1, 3), 3: places(2, 3, 1), 5: numbered("0.3")})
	edge := graded("edge", q, list)
	require.True(t, edge.Score.Passed, "60")
	_, list = answered(t, map[int]schema.Answer{6: written("nothing")})
	untouched := graded("untouched", q, list)
	open := graded("open", q, list)
	open.EndedAt = time.Time{}

	fixed := quiz.Corrections{"secret_single": {Correct: []string{"secret_a"}}, "secret_number": {Number: &schema.NumberAnswer{Value: "9"}}}
	out := quiz.Regrade(q, []quiz.Attempt{best, close1, edge, untouched, open}, fixed)
	require.Equal(t, 4, out.Looked)
	require.Len(t, out.Changes, 3)
	require.Equal(t, 1, out.Passes)
	require.Equal(t, 1, out.Loses)
	passes, loses := out.Changes[1], out.Changes[2]
	require.Equal(t, "close", passes.ID)
	require.True(t, passes.Passes)
	require.Equal(t, []quiz.PointsChange{{"secret_single", 0, 100}, {"secret_number", 0, 100}}, passes.Questions)
	require.Equal(t, quiz.Score{Sum: 600, Max: 1000, Percent: 60, Passed: true}, passes.Settled(false))
	require.Equal(t, []int{100, 200, 200, 0, 100, 0}, passes.Points)
	require.True(t, loses.Loses)
	require.True(t, loses.Settled(false).Passed, "nobody loses what they were told")
	require.False(t, loses.Settled(true).Passed)
	require.Equal(t, 40, loses.Settled(false).Percent)
	require.Equal(t, 0, *close1.Questions[0].Points, "it is a look ahead")
	require.Empty(t, quiz.Regrade(q, []quiz.Attempt{best, untouched}, nil).Changes)
}

func yesNo(n int) *schema.Quiz {
	q := &schema.Quiz{}
	for i := range n {
		q.Questions = append(q.Questions, schema.Question{
			Key: fmt.Sprintf("q%d", i), Kind: schema.AskSingle, Points: 1 + i%3, Choices: []schema.QuestionChoice{option("yes", true), option("no", false)},
		})
	}
	return q
}

// cohort are attempts of people of whom some know more: those answer all questions
// better but one, which is answered the other way round, and one, which is guessed.
func cohort(q *schema.Quiz, people int) []quiz.Attempt {
	r := rand.New(rand.NewPCG(1, 2))
	var out []quiz.Attempt
	for i := range people {
		list := quiz.Draw(q, seed(uint64(i)))
		for j := range list {
			chance := float64(i) / float64(people)
			switch list[j].Key {
			case "q1":
				chance = 1 - chance
			case "q2":
				chance = 0.5
			}
			p := 2
			if r.Float64() < chance {
				p = 1
			}
			list[j].Answer = ptr(places(p))
		}
		out = append(out, quiz.Attempt{ID: fmt.Sprint(i), EndedAt: noon, Questions: list})
	}
	return out
}

func TestStatisticsTellGoodQuestionsFromBadOnes(t *testing.T) {
	q := yesNo(12)
	attempts := cohort(q, 400)
	stats := quiz.Statistics(q, attempts, nil)
	require.InDelta(t, 0.5, *stats[0].Difficulty, 0.06)
	require.Greater(t, *stats[0].Discrimination, 0.3)
	require.Less(t, *stats[1].Discrimination, -0.3)
	require.InDelta(t, 0, *stats[2].Discrimination, 0.1)
	for _, s := range stats {
		require.Equal(t, 400, s.Asked)
		require.Equal(t, 400, s.Choices[0].Chosen+s.Choices[1].Chosen)
		require.Equal(t, s.Right, s.Choices[0].Chosen)
		require.True(t, s.Choices[0].Right)
		require.False(t, s.Choices[1].Right)
	}
	slices.Reverse(attempts)
	require.Equal(t, stats, quiz.Statistics(q, attempts, nil))
	// The wrong key is what a negative discrimination is a sign of.
	turned := quiz.Statistics(q, attempts, quiz.Corrections{"q1": {Correct: []string{"secret_no"}}})
	require.Greater(t, *turned[1].Discrimination, 0.3)
	require.Equal(t, stats[1].Choices[0].Chosen, turned[1].Choices[0].Chosen)
	require.False(t, turned[1].Choices[0].Right)
	require.Equal(t, stats, quiz.Statistics(q, attempts, quiz.Corrections{"q1": {Void: true}}), "of a voided one it is said what it would be")
}

// TestDiscriminationIsThePointBiserialCorrelation computes it by the textbook's other
// formula, (M1 - M0) / s * √(pq), from the mean scores of those who were right and wrong.
func TestDiscriminationIsThePointBiserialCorrelation(t *testing.T) {
	q := yesNo(5)
	attempts := cohort(q, 60)
	for i, s := range quiz.Statistics(q, attempts, nil) {
		var rest [2][]float64
		for _, a := range attempts {
			score, possible, was := 0.0, 0.0, 0
			for _, x := range a.Questions {
				is := x.Shown[x.Answer.Places[0]-1] == "secret_yes"
				points := float64(quiz.Find(q, x.Key).Points)
				switch {
				case x.Key == s.Key && is:
					was = 1
				case x.Key != s.Key && is:
					score += points
				}
				if x.Key != s.Key {
					possible += points
				}
			}
			rest[was] = append(rest[was], score/possible)
		}
		n, p := 60.0, float64(len(rest[1]))/60
		all := slices.Concat(rest[0], rest[1])
		mean, variance := average(all), 0.0
		for _, y := range all {
			variance += (y - mean) * (y - mean) / n
		}
		want := (average(rest[1]) - average(rest[0])) / math.Sqrt(variance) * math.Sqrt(p*(1-p))
		require.InDelta(t, want, *s.Discrimination, 0.001, i)
		require.InDelta(t, p, *s.Difficulty, 0.0005+1e-9)
	}
}

func average(list []float64) float64 {
	sum := 0.0
	for _, x := range list {
		sum += x
	}
	return sum / float64(len(list))
}

func TestStatisticsSayNothingWhereNothingCanBeSaid(t *testing.T) {
	q := exam()
	require.Nil(t, quiz.Statistics(q, nil, nil)[0].Difficulty)
	_, list := answered(t, right())
	one := quiz.Statistics(q, []quiz.Attempt{{EndedAt: noon, Questions: list}, {Questions: list}}, nil)
	for _, s := range one {
		require.Equal(t, 1, s.Asked, "open attempts do not count")
		require.Nil(t, s.Discrimination)
		require.Equal(t, 1.0, *s.Difficulty)
	}
	require.Equal(t, []quiz.ChoiceStatistics{{"secret_a", true, 1}, {"secret_b", true, 1}, {"secret_c", true, 1}}, one[2].Choices)
	require.Equal(t, []quiz.ChoiceStatistics{{"secret_p", true, 1}, {"secret_q", true, 1}, {"secret_r", true, 1}}, one[3].Choices)
	_, list = answered(t, map[int]schema.Answer{3: places(2, 1), 4: places(2, 3)})
	s := quiz.Statistics(q, []quiz.Attempt{{EndedAt: noon, Questions: list}}, nil)
	require.Equal(t, 1, s[0].NotAnswered)
	require.Equal(t, []quiz.ChoiceStatistics{{"secret_a", true, 1}, {"secret_b", true, 0}, {"secret_c", true, 0}}, s[2].Choices)
	require.Equal(t, 0.333, *s[3].Difficulty)
	require.Equal(t, 0, s[3].Right)
	require.Zero(t, *s[2].Difficulty)
}

func BenchmarkStatistics(b *testing.B) {
	q := yesNo(20)
	attempts := cohort(q, 1000)
	for b.Loop() {
		quiz.Statistics(q, attempts, nil)
	}
}
