// Package quiz asks questions and judges answers: which questions of a quiz are
// asked and in which order, what learners are shown of them, whether an answer can be
// one, what it is worth, when somebody may try again, and what the answers of many
// say about the questions.
//
// What learners are shown is made without looking at what is right: they see texts in
// an order that a secret seed decides, and name them by place. Keys stay here.
//
// Owns: drawing, showing, reading and grading answers, corrections, statistics. Does
// not own: whether a quiz is sound (portal/training/content), where attempts are kept
// and who makes them (portal/training).
package quiz

import (
	"foyer/schema"
)

// Limits of what somebody answers.
const (
	LongestNumber = 60  // characters
	LongestText   = 500 // characters
)

// Corrections are those of one quiz, by the key of the question.
type Corrections map[string]schema.QuestionCorrection

// CorrectionsOf are the corrections of a lesson's quiz. Of several of one question
// the last counts, as a whole: one that only voids takes back right answers that were
// set before.
func CorrectionsOf(all []schema.QuestionCorrection, lesson string) Corrections {
	out := Corrections{}
	for _, c := range all {
		if c.Lesson == lesson {
			out[c.Question] = c
		}
	}
	return out
}

// Find is the question of a quiz with a key, nil if there is none.
func Find(q *schema.Quiz, key string) *schema.Question {
	for i := range q.Questions {
		if q.Questions[i].Key == key {
			return &q.Questions[i]
		}
	}
	return nil
}

// byKey finds the questions of a quiz.
func byKey(q *schema.Quiz) map[string]*schema.Question {
	out := make(map[string]*schema.Question, len(q.Questions))
	for i := range q.Questions {
		if _, twice := out[q.Questions[i].Key]; !twice {
			out[q.Questions[i].Key] = &q.Questions[i]
		}
	}
	return out
}

// written is a text in a language. Where it is missing, which no sound document
// allows, the first there is beats none.
func written(texts map[string]string, language string) string {
	if s, there := texts[language]; there {
		return s
	}
	first := ""
	for l := range texts {
		if first == "" || l < first {
			first = l
		}
	}
	return texts[first]
}
