package quiz

import (
	"slices"

	"foyer/schema"
)

// Shown is what learners see of a question while they answer it: texts in the order
// of their places, and what they have answered so far. It has no key and nothing that
// depends on what is right.
type Shown struct {
	// Place is that of the question in the attempt, from 1.
	Place  int
	Kind   string
	Text   string // Markdown
	Points int    // what it is worth
	// Choices are what is chosen from or put in order; for MATCH the left sides.
	Choices []string
	// Right are the right sides of MATCH.
	Right []string
	Unit  string // of a number
	// Exact says that case, blanks and accents matter in a text.
	Exact  bool
	Answer *schema.Answer
}

// Show is a question as it is shown in a language. The place is left to the caller,
// who knows it (ShowAll).
func Show(q *schema.Question, asked *schema.AttemptQuestion, language string) Shown {
	s := Shown{Kind: q.Kind, Text: written(q.Text, language), Points: q.Points, Exact: q.Kind == schema.AskText && q.Exact}
	switch q.Kind {
	case schema.AskSingle, schema.AskMultiple, schema.AskOrder:
		for _, key := range asked.Shown {
			s.Choices = append(s.Choices, written(choice(q, key).Text, language))
		}
	case schema.AskMatch:
		for _, key := range asked.Shown {
			s.Choices = append(s.Choices, written(pair(q, key).Left, language))
		}
		for _, key := range asked.Right {
			s.Right = append(s.Right, written(pair(q, key).Right, language))
		}
	case schema.AskNumber:
		if q.Number != nil {
			s.Unit = q.Number.Unit
		}
	}
	if asked.Answer != nil {
		answer := *asked.Answer
		answer.Places = slices.Clone(answer.Places)
		s.Answer = &answer
	}
	return s
}

// ShowAll are the questions of an attempt as they are shown in a language.
func ShowAll(quiz *schema.Quiz, asked []schema.AttemptQuestion, language string) []Shown {
	known := byKey(quiz)
	out := make([]Shown, 0, len(asked))
	for i := range asked {
		if q := known[asked[i].Key]; q != nil {
			s := Show(q, &asked[i], language)
			s.Place = i + 1
			out = append(out, s)
		}
	}
	return out
}

// choice is the one with a key, an empty one if there is none.
func choice(q *schema.Question, key string) schema.QuestionChoice {
	for i := range q.Choices {
		if q.Choices[i].Key == key {
			return q.Choices[i]
		}
	}
	return schema.QuestionChoice{}
}

// pair is the one with a key, an empty one if there is none.
func pair(q *schema.Question, key string) schema.QuestionPair {
	for i := range q.Pairs {
		if q.Pairs[i].Key == key {
			return q.Pairs[i]
		}
	}
	return schema.QuestionPair{}
}
