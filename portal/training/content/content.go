// Package content says what a course document means before anybody learns from it:
// whether it is sound, in which language somebody reads it, in which order its lessons
// come and how long they take, and whether two documents are the same.
//
// Owns: the rules of a sound course document and of a correction to it. Does not own:
// what answers are worth (portal/training/quiz), how far somebody is
// (portal/training/progress), where documents are kept and who reads them
// (portal/training), how Markdown becomes HTML (portal/markdown).
package content

import (
	"strings"

	"foyer/schema"
)

// Place is where a lesson stands.
type Place struct {
	Module, Lesson int // in the document, from 0
	// Number counts the lessons of the course, from 1.
	Number int
}

// Lessons are the lessons of a course in its order. They point into the document.
func Lessons(doc *schema.CourseDocument) []*schema.Lesson {
	var out []*schema.Lesson
	for i := range doc.Modules {
		for j := range doc.Modules[i].Lessons {
			out = append(out, &doc.Modules[i].Lessons[j])
		}
	}
	return out
}

// Find is the lesson with a key and its place; nil if there is none.
func Find(doc *schema.CourseDocument, key string) (*schema.Lesson, Place) {
	n := 0
	for i := range doc.Modules {
		for j := range doc.Modules[i].Lessons {
			n++
			if l := &doc.Modules[i].Lessons[j]; l.Key == key {
				return l, Place{Module: i, Lesson: j, Number: n}
			}
		}
	}
	return nil, Place{}
}

// Totals are what a course has. Minutes are those of the lessons that are needed;
// optional ones come on top.
type Totals struct {
	Modules, Lessons, Optional       int
	Minutes, OptionalMinutes         int
	Videos, Quizzes, Assignments     int
	VideoSeconds, Questions, Answers int // Answers: how many questions are asked in all, of pools what they draw
}

// Count adds up what a course has.
func Count(doc *schema.CourseDocument) Totals {
	t := Totals{Modules: len(doc.Modules)}
	for _, l := range Lessons(doc) {
		t.Lessons++
		if l.Optional {
			t.Optional++
			t.OptionalMinutes += l.Minutes
		} else {
			t.Minutes += l.Minutes
		}
		switch {
		case l.Kind == schema.LessonVideo && l.Media != nil:
			t.Videos++
			t.VideoSeconds += l.Media.Seconds
		case l.Kind == schema.LessonQuiz && l.Quiz != nil:
			t.Quizzes++
			t.Questions += len(l.Quiz.Questions)
			t.Answers += Asked(l.Quiz)
		case l.Kind == schema.LessonAssignment:
			t.Assignments++
		}
	}
	return t
}

// Asked is how many questions an attempt at a quiz has.
func Asked(q *schema.Quiz) int {
	n := len(q.Questions)
	for i := range q.Pools {
		n -= max(0, len(q.Pools[i].Questions)-q.Pools[i].Draw)
	}
	return n
}

// Language is the language in which somebody reads a course, by what they would like,
// the best first: one of them as it is, else one that differs in the country alone
// (de-AT reads de, en reads en-GB), else the first of the course.
func Language(doc *schema.CourseDocument, wanted ...string) string {
	for _, w := range wanted {
		for _, same := range []func(a, b string) bool{strings.EqualFold, sameBase} {
			for _, l := range doc.Languages {
				if w != "" && same(l, w) {
					return l
				}
			}
		}
	}
	if len(doc.Languages) == 0 {
		return ""
	}
	return doc.Languages[0]
}

func sameBase(a, b string) bool { return strings.EqualFold(base(a), base(b)) }

func base(language string) string {
	b, _, _ := strings.Cut(strings.ReplaceAll(language, "_", "-"), "-")
	return b
}
