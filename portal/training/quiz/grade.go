package quiz

import (
	"math/big"
	"slices"

	"foyer/schema"
)

// Score is what an attempt is worth. Points are in hundredths.
type Score struct {
	// Sum is what was reached, never below 0, and Max what could be.
	Sum, Max int
	// Percent is the share of Max, a whole number rounded down, so that whoever has
	// the passing percent has really reached it.
	Percent int
	Passed  bool
}

// Result is a graded attempt.
type Result struct {
	Score
	// Points are those of each question asked, in hundredths; below 0 where a wrong
	// answer costs.
	Points []int
}

// Onto writes the points to the questions of the attempt; asked stays as it was.
func (r Result) Onto(asked []schema.AttemptQuestion) []schema.AttemptQuestion {
	out := slices.Clone(asked)
	for i := range out {
		points := r.Points[i]
		out[i].Points = &points
	}
	return out
}

// Grade judges the answers of an attempt. SINGLE, MULTIPLE, ORDER, NUMBER and TEXT
// are all or nothing, an ORDER that is not finished being wrong. MATCH gives each pair
// its share of the points; a wrong pair costs its share of NegativePercent, one that
// was left open nothing. Shares are rounded to the nearest hundredth. Questions that
// were voided give everybody their points.
func Grade(quiz *schema.Quiz, asked []schema.AttemptQuestion, corrections Corrections) Result {
	r := Result{Points: make([]int, len(asked))}
	known := byKey(quiz)
	for i := range asked {
		q := known[asked[i].Key]
		if q == nil {
			continue // of another quiz: worth nothing, and costs nothing
		}
		correction, corrected := corrections[q.Key]
		r.Max += q.Points * 100
		if corrected && correction.Void {
			r.Points[i] = q.Points * 100
		} else {
			r.Points[i] = points(q, quiz.NegativePercent, truth(q, correction).judge(q, &asked[i]))
		}
		r.Sum += r.Points[i]
	}
	r.Sum = max(0, r.Sum)
	if r.Max > 0 {
		r.Percent = r.Sum * 100 / r.Max
		r.Passed = r.Percent >= quiz.PassingPercent
	}
	return r
}

// verdict says how many parts of an answer are right and wrong, of how many.
type verdict struct{ right, wrong, of int }

var (
	rightAnswer = verdict{right: 1, of: 1}
	wrongAnswer = verdict{wrong: 1, of: 1}
	noAnswer    = verdict{of: 1}
)

func one(right bool) verdict {
	if right {
		return rightAnswer
	}
	return wrongAnswer
}

// points are what a verdict is worth, in hundredths.
func points(q *schema.Question, negativePercent int, v verdict) int {
	return nearest(q.Points*(v.right*100-v.wrong*negativePercent), v.of)
}

// nearest divides, rounding halves away from 0.
func nearest(n, by int) int {
	if n < 0 {
		return -nearest(-n, by)
	}
	return (2*n + by) / (2 * by)
}

// right is what is right about a question, after its correction.
type right struct {
	keys             []string // of choices; for ORDER in order
	value, tolerance *big.Rat
	accepted         map[string]bool // as they are compared
}

// truth is what is right: what a correction says, and the document where it is silent.
func truth(q *schema.Question, correction schema.QuestionCorrection) *right {
	r := &right{keys: correction.Correct}
	if len(r.keys) == 0 {
		for i := range q.Choices {
			if q.Kind == schema.AskOrder || q.Choices[i].Correct {
				r.keys = append(r.keys, q.Choices[i].Key)
			}
		}
	}
	number := q.Number
	if correction.Number != nil {
		number = correction.Number
	}
	if q.Kind == schema.AskNumber && number != nil {
		r.value, _ = Decimal(number.Value)
		r.tolerance, _ = Decimal(number.Tolerance)
	}
	if q.Kind == schema.AskText {
		r.accepted = map[string]bool{}
		for _, texts := range accepted(q, correction) {
			for _, s := range texts {
				r.accepted[compared(s, q.Exact)] = true
			}
		}
	}
	return r
}

func accepted(q *schema.Question, correction schema.QuestionCorrection) map[string][]string {
	if len(correction.Accepted) > 0 {
		return correction.Accepted
	}
	return q.Accepted
}

// judge says what of an answer is right. An answer that could not have been given,
// which CheckAnswer keeps out, is wrong.
func (r *right) judge(q *schema.Question, asked *schema.AttemptQuestion) verdict {
	if Empty(asked.Answer) {
		return noAnswer
	}
	a := asked.Answer
	switch q.Kind {
	case schema.AskSingle:
		chosen, fine := named(asked.Shown, a.Places)
		return one(fine && len(chosen) == 1 && slices.Contains(r.keys, chosen[0]))
	case schema.AskMultiple:
		chosen, fine := named(asked.Shown, a.Places)
		return one(fine && sameSet(chosen, r.keys))
	case schema.AskOrder:
		chosen, fine := named(asked.Shown, a.Places)
		return one(fine && slices.Equal(chosen, r.keys))
	case schema.AskMatch:
		return matched(asked)
	case schema.AskNumber:
		return one(r.near(a.Number))
	case schema.AskText:
		return one(r.accepted[compared(a.Text, q.Exact)])
	}
	return wrongAnswer
}

// named are the keys at places; not fine when a place is none, or named twice.
func named(shown []string, places []int) (keys []string, fine bool) {
	for i, p := range places {
		if p < 1 || p > len(shown) || slices.Contains(places[:i], p) {
			return nil, false
		}
		keys = append(keys, shown[p-1])
	}
	return keys, true
}

func sameSet(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// matched counts the pairs. A right side that is used twice is wrong each time, or
// whoever always names the same would be right once for certain.
func matched(asked *schema.AttemptQuestion) verdict {
	places := asked.Answer.Places
	v := verdict{of: max(1, len(asked.Shown))}
	uses := map[int]int{}
	for _, p := range places {
		uses[p]++
	}
	for i, p := range places[:min(len(places), len(asked.Shown))] {
		switch {
		case p == 0:
		case p >= 1 && p <= len(asked.Right) && uses[p] == 1 && asked.Right[p-1] == asked.Shown[i]:
			v.right++
		default:
			v.wrong++
		}
	}
	return v
}

// near says whether a number is the right one, or as far from it as is allowed.
func (r *right) near(s string) bool {
	x, is := Decimal(s)
	if !is || r.value == nil {
		return false
	}
	x.Sub(x, r.value)
	if r.tolerance == nil {
		return x.Sign() == 0
	}
	return x.Abs(x).Cmp(r.tolerance) <= 0
}
