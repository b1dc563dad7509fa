package quiz

import (
	"math"
	"math/big"
	"slices"

	"foyer/schema"
)

// QuestionStatistics say how a question does. They are for trainers: they name keys
// and tell what is right.
type QuestionStatistics struct {
	Key string
	// Asked is in how many attempts it was asked, NotAnswered in how many of these it
	// was left open, Right in how many it has all its points.
	Asked, NotAnswered, Right int
	// Difficulty is the share of its points that was reached, from 0 (nobody) to 1
	// (everybody), what wrong answers cost left aside; nil when it was never asked.
	Difficulty *float64
	// Discrimination says whether those who know more answer it better, from -1 to 1:
	// from about 0.3 on it separates well, below 0 something is wrong with the question
	// or its key. Nil where it cannot be said: fewer than two attempts, or all alike.
	Discrimination *float64
	// Choices are how often each was chosen, in the order of the document; for ORDER how
	// often it was put in its right place, for MATCH how often it was paired rightly.
	Choices []ChoiceStatistics
}

// ChoiceStatistics say how often a choice was chosen.
type ChoiceStatistics struct {
	Key    string
	Right  bool
	Chosen int
}

// Statistics look at attempts that are over. Attempts of one person depend on each
// other, so hand in the first of each.
//
// Difficulty is the mean share of the points (the classical p, for questions with
// partial points too). Discrimination is the corrected item-total correlation: the
// product-moment correlation r = (nΣxy - ΣxΣy) / √((nΣx² - (Σx)²)(nΣy² - (Σy)²)) of
// x, the share of the question's points, and y, the share of the points of all other
// questions of the attempt. For questions that are right or wrong this is the
// point-biserial correlation; the question itself is left out of y, or it would
// correlate with itself (S. Henrysson, Correction of item-total correlations in item
// analysis, Psychometrika 28, 1963). Shares instead of sums make attempts comparable
// that were drawn from pools. Sums are exact, and results are rounded to thousandths,
// so that the order of the attempts and the machine do not matter.
//
// Corrections count, except that of a voided question what it would be worth is judged.
func Statistics(quiz *schema.Quiz, attempts []Attempt, corrections Corrections) []QuestionStatistics {
	tallies := make(map[string]*tally, len(quiz.Questions))
	for i := range quiz.Questions {
		tallies[quiz.Questions[i].Key] = newTally(&quiz.Questions[i], corrections)
	}
	for i := range attempts {
		if !attempts[i].EndedAt.IsZero() {
			count(tallies, attempts[i].Questions)
		}
	}
	out := make([]QuestionStatistics, len(quiz.Questions))
	for i := range quiz.Questions {
		out[i] = tallies[quiz.Questions[i].Key].finished()
	}
	return out
}

// whole is a share of 1 in the parts in which shares are counted.
const whole = 10_000

// tally counts what becomes of a question.
type tally struct {
	question *schema.Question
	truth    *right
	out      QuestionStatistics
	chosen   map[string]int
	share    int64 // the sum of the shares
	pairs    []sums
}

// sums are a share of the question and one of the rest of the same attempt.
type sums struct{ x, y int64 }

func newTally(q *schema.Question, corrections Corrections) *tally {
	correction := corrections[q.Key]
	if correction.Void {
		correction = schema.QuestionCorrection{}
	}
	return &tally{question: q, truth: truth(q, correction), out: QuestionStatistics{Key: q.Key}, chosen: map[string]int{}}
}

// count looks at one attempt.
func count(tallies map[string]*tally, asked []schema.AttemptQuestion) {
	shares := make([]int64, len(asked))
	var reached, possible int64 // in points times whole
	for i := range asked {
		t := tallies[asked[i].Key]
		if t == nil {
			continue
		}
		v := t.truth.judge(t.question, &asked[i])
		shares[i] = int64(nearest(v.right*whole, v.of))
		reached += shares[i] * int64(t.question.Points)
		possible += int64(t.question.Points) * whole
		t.look(v, &asked[i], shares[i])
	}
	for i := range asked {
		t := tallies[asked[i].Key]
		if t == nil {
			continue
		}
		own := int64(t.question.Points)
		if rest := possible - own*whole; rest > 0 {
			t.pairs = append(t.pairs, sums{shares[i], (reached - shares[i]*own) * whole / rest})
		}
	}
}

func (t *tally) look(v verdict, asked *schema.AttemptQuestion, share int64) {
	t.out.Asked++
	t.share += share
	if v.right == v.of {
		t.out.Right++
	}
	if Empty(asked.Answer) {
		t.out.NotAnswered++
		return
	}
	for i, p := range asked.Answer.Places {
		switch t.question.Kind {
		case schema.AskMatch:
			if i < len(asked.Shown) && p >= 1 && p <= len(asked.Right) && asked.Right[p-1] == asked.Shown[i] {
				t.chosen[asked.Shown[i]]++
			}
		case schema.AskOrder:
			if p >= 1 && p <= len(asked.Shown) && i < len(t.truth.keys) && t.truth.keys[i] == asked.Shown[p-1] {
				t.chosen[asked.Shown[p-1]]++
			}
		default:
			if p >= 1 && p <= len(asked.Shown) {
				t.chosen[asked.Shown[p-1]]++
			}
		}
	}
}

func (t *tally) finished() QuestionStatistics {
	s, q := t.out, t.question
	if s.Asked > 0 {
		d := thousandth(float64(t.share) / float64(int64(s.Asked)*whole))
		s.Difficulty = &d
	}
	s.Discrimination = correlation(t.pairs)
	for i := range q.Choices {
		key := q.Choices[i].Key
		s.Choices = append(s.Choices, ChoiceStatistics{Key: key, Chosen: t.chosen[key], Right: slices.Contains(t.truth.keys, key)})
	}
	for i := range q.Pairs {
		s.Choices = append(s.Choices, ChoiceStatistics{Key: q.Pairs[i].Key, Chosen: t.chosen[q.Pairs[i].Key], Right: true})
	}
	return s
}

// correlation is the product-moment correlation, nil where one side does not vary.
func correlation(pairs []sums) *float64 {
	var x, y, xx, yy, xy int64 // at most 10^8 each time: enough for 9*10^10 attempts
	for _, p := range pairs {
		x, y = x+p.x, y+p.y
		xx, yy, xy = xx+p.x*p.x, yy+p.y*p.y, xy+p.x*p.y
	}
	n := int64(len(pairs))
	above, left, right := spread(n, xy, x, y), spread(n, xx, x, x), spread(n, yy, y, y)
	if left.Sign() == 0 || right.Sign() == 0 {
		return nil
	}
	a, _ := new(big.Float).SetInt(above).Float64()
	l, _ := new(big.Float).SetInt(left).Float64()
	r, _ := new(big.Float).SetInt(right).Float64()
	c := thousandth(a / (math.Sqrt(l) * math.Sqrt(r)))
	return &c
}

// spread is nΣab - ΣaΣb, exact: of large numbers that are nearly the same, floats would
// leave noise.
func spread(n, ab, a, b int64) *big.Int {
	out := new(big.Int).Mul(big.NewInt(n), big.NewInt(ab))
	return out.Sub(out, new(big.Int).Mul(big.NewInt(a), big.NewInt(b)))
}

func thousandth(f float64) float64 { return math.Round(f*1000) / 1000 }
