package quiz

import (
	"slices"

	"foyer/schema"
)

// Unlimited is how many attempts are left where their number has no limit.
const Unlimited = -1

// Reveal says whether right answers, explanations and points by question of an
// attempt may be shown: never before it is submitted, and then by the rule of the
// quiz. attemptsLeft may be Unlimited.
func Reveal(quiz *schema.Quiz, passed bool, attemptsLeft int, submitted bool) bool {
	if !submitted {
		return false
	}
	switch quiz.Reveal {
	case schema.RevealSubmitted:
		return true
	case schema.RevealPassed:
		return passed
	case schema.RevealFinal:
		return passed || attemptsLeft == 0
	default:
		return false
	}
}

// Answered is what is right about a question as it was asked, for those who may see it.
type Answered struct {
	// Void says that the question was taken out and everybody has its points.
	Void bool
	// Places are those of the right choices, in the order shown; for ORDER in the right
	// order; for MATCH the place of the right side for each left side. Where a question
	// of kind SINGLE was corrected there may be several, each of which is right.
	Places []int
	// Texts are the choices at Places; for TEXT what is accepted in the language; for
	// NUMBER the number.
	Texts []string
	// Tolerance is how far a number may be off, to either side, and Unit its unit.
	Tolerance, Unit string
	Explanation     string // Markdown
}

// Solution is the right answer to a question as it was asked, in a language. The
// caller asks Reveal before.
func Solution(q *schema.Question, asked *schema.AttemptQuestion, corrections Corrections, language string) Answered {
	correction := corrections[q.Key]
	s := Answered{Void: correction.Void, Explanation: written(q.Explanation, language)}
	switch q.Kind {
	case schema.AskMatch:
		for _, key := range asked.Shown {
			s.Places = append(s.Places, slices.Index(asked.Right, key)+1)
			s.Texts = append(s.Texts, written(pair(q, key).Right, language))
		}
	case schema.AskNumber:
		number := q.Number
		if correction.Number != nil {
			number = correction.Number
		}
		if number != nil {
			s.Texts, s.Tolerance, s.Unit = []string{number.Value}, number.Tolerance, number.Unit
		}
	case schema.AskText:
		texts := accepted(q, correction)
		s.Texts = slices.Clone(texts[language])
		if len(s.Texts) == 0 {
			for _, l := range keysOf(texts) {
				s.Texts = append(s.Texts, texts[l]...)
			}
		}
	default:
		s.choices(q, asked, truth(q, correction).keys, language)
	}
	return s
}

// choices are the right ones: in the order shown, and for ORDER in their own.
func (s *Answered) choices(q *schema.Question, asked *schema.AttemptQuestion, keys []string, language string) {
	for _, key := range keys {
		if i := slices.Index(asked.Shown, key); i >= 0 {
			s.Places = append(s.Places, i+1)
		}
	}
	if q.Kind != schema.AskOrder {
		slices.Sort(s.Places)
	}
	for _, p := range s.Places {
		s.Texts = append(s.Texts, written(choice(q, asked.Shown[p-1]).Text, language))
	}
}

func keysOf[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
