package quiz_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/problem"
	"foyer/portal/training/quiz"
	"foyer/schema"
)

// inOrder is the exam as asked without shuffling: question 1 is the first.
func inOrder() (*schema.Quiz, []schema.AttemptQuestion) {
	q := exam()
	q.Shuffle = false
	list := quiz.Draw(q, seed(5))
	list[2].Shown = []string{"secret_c", "secret_a", "secret_b"}
	list[3].Shown = []string{"secret_q", "secret_p", "secret_r"}
	list[3].Right = []string{"secret_p", "secret_q", "secret_r"}
	return q, list
}

func places(p ...int) schema.Answer   { return schema.Answer{Places: p} }
func numbered(s string) schema.Answer { return schema.Answer{Number: s} }
func written(s string) schema.Answer  { return schema.Answer{Text: s} }
func ptr[T any](v T) *T               { return &v }

func TestAnswersThatCannotBeAreRefusedWithTheirField(t *testing.T) {
	for name, c := range map[string]struct {
		question int
		answer   schema.Answer
		code     string
		field    string
	}{
		"question 0":         {0, places(1), quiz.UnknownQuestion, "question"},
		"question below":     {-1, places(1), quiz.UnknownQuestion, "question"},
		"question above":     {7, places(1), quiz.UnknownQuestion, "question"},
		"place 0":            {1, places(0), quiz.UnknownPlace, "places/0"},
		"place below":        {1, places(-1), quiz.UnknownPlace, "places/0"},
		"place above":        {1, places(4), quiz.UnknownPlace, "places/0"},
		"two of one":         {1, places(1, 2), quiz.UnknownPlace, "places"},
		"twice":              {2, places(3, 1, 3), quiz.Twice, "places/2"},
		"too many":           {2, places(1, 2, 3, 4, 1), quiz.UnknownPlace, "places"},
		"order twice":        {3, places(1, 1), quiz.Twice, "places/1"},
		"order 0":            {3, places(1, 0), quiz.UnknownPlace, "places/1"},
		"match above":        {4, places(0, 4), quiz.UnknownPlace, "places/1"},
		"match twice":        {4, places(2, 0, 2), quiz.Twice, "places/2"},
		"match too many":     {4, places(1, 2, 3, 0), quiz.UnknownPlace, "places"},
		"no number":          {5, numbered("many"), quiz.NotANumber, "number"},
		"thousands":          {5, numbered("1.000,0"), quiz.NotANumber, "number"},
		"number and place":   {5, schema.Answer{Number: "1", Places: []int{1}}, quiz.WrongKind, "places"},
		"text for a number":  {5, written("1"), quiz.WrongKind, "text"},
		"number for a text":  {6, numbered("1"), quiz.WrongKind, "number"},
		"long text":          {6, written(strings.Repeat("x", 501)), quiz.Invalid, "text"},
		"control characters": {6, written("a\x00b"), quiz.Invalid, "text"},
		"text for a choice":  {1, schema.Answer{Places: []int{1}, Text: "secret_b"}, quiz.WrongKind, "text"},
	} {
		t.Run(name, func(t *testing.T) {
			q, list := inOrder()
			before, err := json.Marshal(list)
			require.NoError(t, err)
			answer, err := quiz.CheckAnswer(q, list, quiz.Given{Question: c.question, Answer: c.answer}, "input", "answers")
			require.Nil(t, answer)
			var several problem.Several
			require.ErrorAs(t, err, &several)
			require.Len(t, several, 1)
			require.Equal(t, c.code, several[0].Code)
			require.Equal(t, "input/answers/"+c.field, strings.Join(several[0].Field, "/"))
			require.NotEmpty(t, several[0].Text.EN)
			require.NotEqual(t, several[0].Text.EN, several[0].Text.DE)
			require.NotContains(t, several[0].Text.EN+several[0].Text.DE, "secret")

			// Of several answers with one that cannot be, none is saved.
			_, err = quiz.Save(q, list, []quiz.Given{{6, written("fuse")}, {c.question, c.answer}})
			require.Error(t, err)
			now, err := json.Marshal(list)
			require.NoError(t, err)
			require.Equal(t, string(before), string(now))
		})
	}
}

func TestRefusalsDoNotDependOnWhatIsRight(t *testing.T) {
	_, list := inOrder()
	for question := range 8 {
		for _, a := range []schema.Answer{places(0), places(1), places(2, 1), places(9), numbered("x"), numbered("3"), written("fuse"), written("\x01")} {
			want, wantErr := quiz.CheckAnswer(exam(), list, quiz.Given{Question: question, Answer: a})
			for _, q := range others() {
				got, err := quiz.CheckAnswer(q, list, quiz.Given{Question: question, Answer: a})
				require.Equal(t, want, got)
				require.Equal(t, wantErr, err)
			}
		}
	}
}

func TestUnfinishedAnswersAreSavedAndTakenBack(t *testing.T) {
	q, list := inOrder()
	saved, err := quiz.Save(q, list, []quiz.Given{
		{2, places(4, 1)}, {3, places(2)}, {4, places(0, 3)}, {5, numbered(" 1,5 ")}, {6, written("  fuse ")},
	})
	require.NoError(t, err)
	require.Nil(t, list[1].Answer, "what was handed in stays as it was")
	require.Nil(t, saved[0].Answer)
	require.Equal(t, []int{1, 4}, saved[1].Answer.Places, "they have no order")
	require.Equal(t, []int{2}, saved[2].Answer.Places)
	require.Equal(t, []int{0, 3}, saved[3].Answer.Places)
	require.Equal(t, "1,5", saved[4].Answer.Number)
	require.Equal(t, "fuse", saved[5].Answer.Text)

	again, err := quiz.Save(q, saved, []quiz.Given{{2, places()}, {4, places(0, 0, 0)}, {5, numbered(" ")}, {6, written("\t")}})
	require.NoError(t, err)
	for _, i := range []int{1, 3, 4, 5} {
		require.Nil(t, again[i].Answer)
	}
	require.NotNil(t, again[2].Answer, "what is not named stays")

	_, err = quiz.Save(q, saved, []quiz.Given{{1, places(1)}, {2, places(9)}, {1, places(2)}}, "input", "answers")
	var all problem.Several
	require.ErrorAs(t, err, &all)
	require.Len(t, all, 2)
	require.Equal(t, []string{"input", "answers", "1", "places", "0"}, all[0].Field)
	require.Equal(t, []string{"input", "answers", "2", "question"}, all[1].Field)
	require.Equal(t, quiz.Twice, all[1].Code)
}

// answered is the exam with answers by question, from 1.
func answered(t *testing.T, given map[int]schema.Answer) (*schema.Quiz, []schema.AttemptQuestion) {
	t.Helper()
	q, list := inOrder()
	for i, a := range given {
		list[i-1].Answer = &a
	}
	return q, list
}

func right() map[int]schema.Answer {
	return map[int]schema.Answer{
		1: places(2), 2: places(1, 3), 3: places(2, 3, 1), 4: places(2, 1, 3), 5: numbered("0,35"), 6: written("SICHE RUNG"),
	}
}

func TestPointsByQuestion(t *testing.T) {
	for name, c := range map[string]struct {
		question int
		answer   schema.Answer
		negative int
		points   int
	}{
		"single right":            {1, places(2), 50, 100},
		"single wrong":            {1, places(1), 0, 0},
		"single wrong costs":      {1, places(1), 50, -50},
		"single open":             {1, places(), 100, 0},
		"single two":              {1, places(1, 2), 100, -100}, // could not have been given
		"multiple right":          {2, places(3, 1), 0, 200},
		"multiple one missing":    {2, places(1), 25, -50},
		"multiple one too many":   {2, places(1, 2, 3), 0, 0},
		"multiple twice":          {2, places(1, 3, 3), 0, 0},
		"order right":             {3, places(2, 3, 1), 0, 200},
		"order wrong":             {3, places(1, 2, 3), 100, -200},
		"order unfinished":        {3, places(2, 3), 0, 0},
		"match right":             {4, places(2, 1, 3), 100, 300},
		"match one right":         {4, places(2, 3, 1), 0, 100},
		"match one right costs":   {4, places(2, 3, 1), 50, 0},
		"match one right, open":   {4, places(2), 100, 100},
		"match one wrong, open":   {4, places(0, 2), 30, -30},
		"match none":              {4, places(1, 3, 2), 33, -99},
		"match the same for all":  {4, places(3, 3, 3), 0, 0},
		"number in the middle":    {5, numbered("0.3"), 0, 100},
		"number at the edge":      {5, numbered("0,25"), 0, 100},
		"number just beyond":      {5, numbered("0.35000000000000000001"), 0, 0},
		"number that is none":     {5, numbered("x"), 10, -10},
		"text":                    {6, written("cutout"), 0, 0},
		"text with a hyphen":      {6, written("CUT-OUT"), 0, 100},
		"text of any language":    {6, written("sicherung"), 0, 100},
		"text empty when folded":  {6, written("\u0301"), 100, -100},
		"places where a text is":  {6, places(1), 100, -100},
		"places far out of range": {2, places(1<<40, -7), 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			q, list := answered(t, map[int]schema.Answer{c.question: c.answer})
			q.NegativePercent = c.negative
			r := quiz.Grade(q, list, nil)
			require.Equal(t, c.points, r.Points[c.question-1])
			require.Equal(t, max(0, c.points), r.Sum, "no quiz has less than 0 points")
			require.Equal(t, 1000, r.Max)
			require.Equal(t, max(0, c.points)/10, r.Percent)
		})
	}
}

func TestSharesOfAPointAreRoundedToTheNearestHundredth(t *testing.T) {
	q, list := answered(t, map[int]schema.Answer{4: places(2, 1)})
	q.Questions[3].Points = 1
	require.Equal(t, 67, quiz.Grade(q, list, nil).Points[3])
	q.NegativePercent, list[3].Answer = 50, ptr(places(1))
	require.Equal(t, -17, quiz.Grade(q, list, nil).Points[3])
}

func TestPassedIsWhoReachedThePercent(t *testing.T) {
	q, list := answered(t, right())
	r := quiz.Grade(q, list, nil)
	require.Equal(t, quiz.Score{Sum: 1000, Max: 1000, Percent: 100, Passed: true}, r.Score)
	list[3].Answer, list[4].Answer = nil, nil
	require.Equal(t, quiz.Score{Sum: 600, Max: 1000, Percent: 60, Passed: true}, quiz.Grade(q, list, nil).Score)
	q.PassingPercent = 61
	require.False(t, quiz.Grade(q, list, nil).Passed)
	require.Equal(t, quiz.Score{}, quiz.Grade(q, nil, nil).Score, "nothing asked is nothing passed")
	foreign := append(slices.Clone(list), schema.AttemptQuestion{Key: "of another quiz", Answer: ptr(places(1))})
	require.Equal(t, quiz.Grade(q, list, nil).Score, quiz.Grade(q, foreign, nil).Score)

	graded := r.Onto(list)
	require.Equal(t, 100, *graded[0].Points)
	require.Equal(t, 300, *graded[3].Points)
	require.Nil(t, list[0].Points)
}

func TestCorrectionsJudgeAnew(t *testing.T) {
	all := []schema.QuestionCorrection{
		{Lesson: "final", Question: "secret_single", Correct: []string{"secret_a", "secret_b"}},
		{Lesson: "other", Question: "secret_single", Void: true},
		{Lesson: "final", Question: "secret_multiple", Correct: []string{"secret_d"}},
		{Lesson: "final", Question: "secret_multiple", Correct: []string{"secret_b"}},
		{Lesson: "final", Question: "secret_order", Correct: []string{"secret_c", "secret_b", "secret_a"}},
		{Lesson: "final", Question: "secret_match", Void: true},
		{Lesson: "final", Question: "secret_number", Number: &schema.NumberAnswer{Value: "7", Tolerance: "0"}},
		{Lesson: "final", Question: "secret_text", Accepted: map[string][]string{"de": {"Schalter"}}},
	}
	corrections := quiz.CorrectionsOf(all, "final")
	q, list := answered(t, map[int]schema.Answer{
		1: places(1), 2: places(2), 3: places(1, 3, 2), 4: places(1, 2), 5: numbered("7.00"), 6: written("schalter"),
	})
	require.Zero(t, quiz.Grade(q, list, nil).Sum)
	r := quiz.Grade(q, list, corrections)
	require.Equal(t, []int{100, 200, 200, 300, 100, 100}, r.Points)
	list[0].Answer, list[3].Answer, list[5].Answer = ptr(places(2)), nil, ptr(written("fuse"))
	require.Equal(t, []int{100, 200, 200, 300, 100, 0}, quiz.Grade(q, list, corrections).Points,
		"any of several right ones is; what is void has its points without an answer; what was accepted no longer is")
}

func TestWhenAnswersAreShown(t *testing.T) {
	for rule, want := range map[string][8]bool{
		//                       submitted: -, passed, none left, both; not submitted: the same
		schema.RevealNever:     {},
		schema.RevealSubmitted: {true, true, true, true},
		schema.RevealPassed:    {false, true, false, true},
		schema.RevealFinal:     {false, true, true, true},
		"":                     {},
		"OTHER":                {},
	} {
		for i, revealed := range want {
			left := quiz.Unlimited
			if i>>1&1 == 1 {
				left = 0
			}
			require.Equal(t, revealed, quiz.Reveal(&schema.Quiz{Reveal: rule}, i&1 == 1, left, i < 4), "%s %d", rule, i)
		}
	}
}

func TestTheSolutionIsWhatGradesAsRight(t *testing.T) {
	for n := range uint64(50) {
		q := exam()
		list := quiz.Draw(q, seed(n))
		for i := range list {
			question := quiz.Find(q, list[i].Key)
			s := quiz.Solution(question, &list[i], nil, "de")
			switch question.Kind {
			case schema.AskNumber:
				list[i].Answer = &schema.Answer{Number: s.Texts[0]}
				require.Equal(t, quiz.Answered{Texts: []string{"0.3"}, Tolerance: "0,05", Unit: "mm"}, s)
			case schema.AskText:
				list[i].Answer = &schema.Answer{Text: s.Texts[0]}
				require.Equal(t, []string{"Sicherung"}, s.Texts)
			default:
				list[i].Answer = &schema.Answer{Places: s.Places}
				require.Len(t, s.Texts, len(s.Places))
				shown := quiz.Show(question, &list[i], "de")
				for j, p := range s.Places {
					if question.Kind == schema.AskMatch {
						require.Equal(t, shown.Right[p-1], s.Texts[j])
					} else {
						require.Equal(t, shown.Choices[p-1], s.Texts[j])
					}
				}
			}
		}
		require.Equal(t, 100, quiz.Grade(q, list, nil).Percent)
	}
	q, list := inOrder()
	require.Equal(t, "weil", quiz.Solution(&q.Questions[0], &list[0], nil, "de").Explanation)
	require.Empty(t, quiz.Solution(&q.Questions[1], &list[1], nil, "de").Explanation)
	require.Equal(t, []string{"Sicherung", "fuse", "Cut-out"}, quiz.Solution(&q.Questions[5], &list[5], nil, "fr").Texts)
	fixed := quiz.Corrections{
		"secret_single": {Correct: []string{"secret_c", "secret_a"}}, "secret_number": {Number: &schema.NumberAnswer{Value: "8"}}, "secret_match": {Void: true},
	}
	require.Equal(t, []int{1, 3}, quiz.Solution(&q.Questions[0], &list[0], fixed, "de").Places)
	require.Equal(t, []string{"8"}, quiz.Solution(&q.Questions[4], &list[4], fixed, "de").Texts)
	require.True(t, quiz.Solution(&q.Questions[3], &list[3], fixed, "de").Void)
}

func FuzzAnswers(f *testing.F) {
	f.Add(uint64(1), 1, []byte{1}, "", "", 0)
	f.Add(uint64(2), 4, []byte{2, 0, 3}, "", "", 50)
	f.Add(uint64(3), 5, []byte{}, "0,35", "", 100)
	f.Add(uint64(4), 6, []byte{}, "", "Sicherung", 10)
	f.Add(uint64(5), 0, []byte{255, 1}, "1e9", "\xff", -3)
	f.Fuzz(func(t *testing.T, n uint64, question int, chosen []byte, number, text string, negative int) {
		q := exam()
		q.NegativePercent = min(max(negative, 0), 100)
		list := quiz.Draw(q, seed(n))
		a := schema.Answer{Number: number, Text: text}
		for _, c := range chosen {
			a.Places = append(a.Places, int(int8(c)))
		}
		checked, err := quiz.CheckAnswer(q, list, quiz.Given{Question: question, Answer: a})
		raw := slices.Clone(list)
		i := min(max(question-1, 0), len(raw)-1)
		raw[i].Answer = &a
		graded := quiz.Grade(q, raw, nil) // also what could not have been given
		points := quiz.Find(q, raw[i].Key).Points * 100
		require.LessOrEqual(t, graded.Points[i], points)
		require.GreaterOrEqual(t, graded.Points[i], -points)
		require.GreaterOrEqual(t, graded.Sum, 0)
		require.LessOrEqual(t, graded.Percent, 100)
		quiz.Statistics(q, []quiz.Attempt{{EndedAt: noon, Questions: raw}}, nil)
		if err != nil {
			var all problem.Several
			require.ErrorAs(t, err, &all)
			require.Nil(t, checked)
			return
		}
		// What is kept is an answer again, the same one, and worth the same.
		saved, err := quiz.Save(q, list, []quiz.Given{{question, a}})
		require.NoError(t, err)
		require.Equal(t, checked, saved[i].Answer)
		require.Equal(t, graded.Points, quiz.Grade(q, saved, nil).Points)
		if checked != nil {
			again, err := quiz.CheckAnswer(q, list, quiz.Given{Question: question, Answer: *checked})
			require.NoError(t, err)
			require.Equal(t, checked, again)
		}
	})
}

func BenchmarkGrade(b *testing.B) {
	q := exam()
	list := quiz.Draw(q, seed(1))
	for i := range list {
		s := quiz.Solution(quiz.Find(q, list[i].Key), &list[i], nil, "de")
		list[i].Answer = &schema.Answer{Places: s.Places}
	}
	for b.Loop() {
		quiz.Grade(q, list, nil)
	}
}

func BenchmarkDraw(b *testing.B) {
	q := exam()
	for b.Loop() {
		quiz.Draw(q, seed(1))
	}
}
