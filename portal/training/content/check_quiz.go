package content

import (
	"slices"
	"strconv"
	"strings"

	"foyer/portal/problem"
	"foyer/portal/training/quiz"
	"foyer/schema"
)

func (c *checker) quizPart(l *schema.Lesson) {
	q := l.Quiz
	switch {
	case l.Kind != schema.LessonQuiz:
		c.unwanted(q != nil, l.Kind, "quiz")
		return
	case q == nil:
		c.say(Missing, problem.Text{EN: "Please write questions.", DE: "Bitte schreiben Sie Fragen."}, "quiz")
		return
	}
	c.in("quiz", func() {
		c.require(len(q.Questions) > 0, Missing, problem.Text{EN: "A quiz needs a question.", DE: "Ein Test braucht eine Frage."}, "questions")
		if !c.most(len(q.Questions), MaxQuestions, "questions") {
			return
		}
		seen := map[string]bool{}
		c.each("questions", len(q.Questions), func(i int) { c.question(&q.Questions[i], seen) })
		c.pools(q, seen)
		c.passing(q.PassingPercent)
		c.within(q.Attempts, 0, MaxTries, "attempts")
		c.within(q.CoolingMinutes, 0, MaxCooling, "coolingMinutes")
		c.require(q.CoolingMinutes <= 0 || q.Attempts != 1, Contradicts, problem.Text{
			EN: "With a single attempt there is nothing to wait for.", DE: "Bei nur einem Versuch gibt es nichts abzuwarten.",
		}, "coolingMinutes")
		if q.LimitSeconds != 0 {
			c.within(q.LimitSeconds, shortestLimit, MaxLimit, "limitSeconds")
		}
		c.within(q.NegativePercent, 0, 100, "negativePercent")
		c.oneOf(q.Reveal, reveals, "reveal")
	})
}

func (c *checker) pools(q *schema.Quiz, known map[string]bool) {
	c.most(len(q.Pools), MaxPools, "pools")
	keys, taken := map[string]bool{}, map[string]bool{}
	c.each("pools", len(q.Pools), func(i int) {
		p := &q.Pools[i]
		c.key(&p.Key, keys, "key")
		c.require(len(p.Questions) > 0, Missing, problem.Text{EN: "A pool needs questions.", DE: "Ein Vorrat braucht Fragen."}, "questions")
		for j, key := range p.Questions {
			at := []string{"questions", strconv.Itoa(j)}
			if c.require(known[key], Unknown, problem.Text{EN: "There is no question %q.", DE: "Es gibt keine Frage %q."}.Format(key), at...) {
				c.require(!taken[key], Twice, problem.Text{
					EN: "The question %q is in a pool already.", DE: "Die Frage %q ist schon in einem Vorrat.",
				}.Format(key), at...)
			}
			taken[key] = true
		}
		switch {
		case p.Draw < 1:
			c.within(p.Draw, 1, max(1, len(p.Questions)), "draw")
		case p.Draw > len(p.Questions):
			c.say(Overdrawn, problem.Text{
				EN: "The pool draws %d questions and has %d.", DE: "Der Vorrat zieht %d Fragen und hat %d.",
			}.Format(p.Draw, len(p.Questions)), "draw")
		}
	})
}

func (c *checker) question(q *schema.Question, seen map[string]bool) {
	c.key(&q.Key, seen, "key")
	c.markdown(&q.Text, longestText, true, "text")
	c.markdown(&q.Explanation, longestText, false, "explanation")
	c.within(q.Points, 1, MaxPoints, "points")
	if !c.oneOf(q.Kind, questionKinds, "kind") {
		return
	}
	chosen := q.Kind == schema.AskSingle || q.Kind == schema.AskMultiple || q.Kind == schema.AskOrder
	if chosen {
		c.choices(q)
	} else {
		c.unwanted(len(q.Choices) > 0, q.Kind, "choices")
	}
	if q.Kind == schema.AskMatch {
		c.pairs(q)
	} else {
		c.unwanted(len(q.Pairs) > 0, q.Kind, "pairs")
	}
	if q.Kind == schema.AskNumber {
		c.number(q.Number, "number")
	} else {
		c.unwanted(q.Number != nil, q.Kind, "number")
	}
	if q.Kind == schema.AskText {
		c.accepted(q.Accepted, q.Exact, "accepted")
	} else {
		c.unwanted(len(q.Accepted) > 0, q.Kind, "accepted")
		c.unwanted(q.Exact, q.Kind, "exact")
	}
}

// several requires a list that is chosen from to have something to choose.
func (c *checker) several(n int, at string) {
	c.require(n >= 2, Missing, problem.Text{
		EN: "There have to be two at least, or there is nothing to decide.", DE: "Es müssen mindestens zwei sein, sonst ist nichts zu entscheiden.",
	}, at)
	c.most(n, MaxChoices, at)
}

func (c *checker) choices(q *schema.Question) {
	c.several(len(q.Choices), "choices")
	seen, right := map[string]bool{}, 0
	texts := make([]map[string]string, len(q.Choices))
	c.each("choices", len(q.Choices), func(i int) {
		o := &q.Choices[i]
		c.key(&o.Key, seen, "key")
		c.text(&o.Text, longestChoice, true, true, "text")
		texts[i] = o.Text
		if o.Correct {
			right++
			c.unwanted(q.Kind == schema.AskOrder, q.Kind, "correct")
		}
	})
	c.unlike("choices", "text", texts, strings.TrimSpace)
	switch q.Kind {
	case schema.AskSingle:
		c.require(right == 1, OneRight, problem.Text{
			EN: "Exactly one choice is right; here it is %d.", DE: "Genau eine Antwort ist richtig; hier sind es %d.",
		}.Format(right), "choices")
	case schema.AskMultiple:
		c.require(right > 0, OneRight, problem.Text{
			EN: "One choice at least is right: to choose nothing is no answer.", DE: "Mindestens eine Antwort ist richtig: Nichts zu wählen ist keine Antwort.",
		}, "choices")
	}
}

func (c *checker) pairs(q *schema.Question) {
	c.several(len(q.Pairs), "pairs")
	seen := map[string]bool{}
	left, right := make([]map[string]string, len(q.Pairs)), make([]map[string]string, len(q.Pairs))
	c.each("pairs", len(q.Pairs), func(i int) {
		p := &q.Pairs[i]
		c.key(&p.Key, seen, "key")
		c.text(&p.Left, longestChoice, true, true, "left")
		c.text(&p.Right, longestChoice, true, true, "right")
		left[i], right[i] = p.Left, p.Right
	})
	c.unlike("pairs", "left", left, strings.TrimSpace)
	c.unlike("pairs", "right", right, strings.TrimSpace)
}

func (c *checker) number(n *schema.NumberAnswer, at string) {
	if n == nil {
		c.say(Missing, problem.Text{EN: "Please write the right number.", DE: "Bitte schreiben Sie die richtige Zahl."}, at)
		return
	}
	c.in(at, func() {
		n.Value, n.Tolerance = strings.TrimSpace(n.Value), strings.TrimSpace(n.Tolerance)
		bad := problem.Text{
			EN: "%q is no number. Write one such as 12.5.", DE: "%q ist keine Zahl. Schreiben Sie eine wie 12,5.",
		}
		_, is := quiz.Decimal(n.Value)
		c.require(is, BadNumber, bad.Format(n.Value), "value")
		if n.Tolerance != "" {
			x, is := quiz.Decimal(n.Tolerance)
			if c.require(is, BadNumber, bad.Format(n.Tolerance), "tolerance") {
				c.require(x.Sign() >= 0, Range, problem.Text{
					EN: "A tolerance is not below 0.", DE: "Eine Toleranz liegt nicht unter 0.",
				}, "tolerance")
			}
		}
		n.Unit = c.clean(n.Unit, longestUnit, false, "unit")
	})
}

// accepted checks the right answers to a text question: each language has one, and
// each is one that somebody can write.
func (c *checker) accepted(texts map[string][]string, exact bool, name string) {
	c.in(name, func() {
		for _, l := range keysOf(texts) {
			if !c.offered(l) || !c.most(len(texts[l]), MaxAccepted, l) {
				continue
			}
			for i := range texts[l] {
				at := []string{l, strconv.Itoa(i)}
				s := c.clean(texts[l][i], quiz.LongestText, false, at...)
				texts[l][i] = s
				c.require(s != "" && (exact || quiz.Fold(s) != ""), Missing, missing, at...)
			}
		}
		for _, l := range c.languages {
			c.require(len(texts[l]) > 0, Missing, problem.Text{
				EN: "Please write what is accepted.", DE: "Bitte schreiben Sie, was gilt.",
			}, l)
		}
	})
}

// CheckCorrection reads a correction to a question of a published course and returns it
// as it is kept, and what is wrong with it. A question can be voided, or its right
// answers be set anew; those of MATCH cannot, since what belongs together is in the
// texts. In a question of kind SINGLE several may be right then: choosing any of them
// is, because that is what was asked.
func CheckCorrection(doc *schema.CourseDocument, x schema.QuestionCorrection) (schema.QuestionCorrection, Problems) {
	c := &checker{languages: doc.Languages}
	x.Correct = slices.Clone(x.Correct)
	x.Note = c.clean(x.Note, longestText, true, "note")
	l, _ := Find(doc, x.Lesson)
	if l == nil || l.Quiz == nil {
		c.say(Unknown, problem.Text{EN: "There is no quiz %q.", DE: "Es gibt keinen Test %q."}.Format(x.Lesson), "lesson")
		return x, c.found
	}
	q := quiz.Find(l.Quiz, x.Question)
	if q == nil {
		c.say(Unknown, problem.Text{EN: "There is no question %q.", DE: "Es gibt keine Frage %q."}.Format(x.Question), "question")
		return x, c.found
	}
	if x.Void {
		c.require(len(x.Correct) == 0 && x.Number == nil && len(x.Accepted) == 0, Contradicts, problem.Text{
			EN: "A voided question has no right answers.", DE: "Eine gestrichene Frage hat keine richtigen Antworten.",
		}, "void")
		return x, c.found
	}
	c.corrected(q, &x)
	return x, c.found
}

func (c *checker) corrected(q *schema.Question, x *schema.QuestionCorrection) {
	keyed := q.Kind == schema.AskSingle || q.Kind == schema.AskMultiple || q.Kind == schema.AskOrder
	switch {
	case q.Kind == schema.AskMatch:
		c.say(Unwanted, problem.Text{
			EN: "A question of kind MATCH can only be voided.", DE: "Eine Frage der Art MATCH kann nur gestrichen werden.",
		}, "void")
		return
	case keyed:
		c.correct(q, x.Correct)
	case q.Kind == schema.AskNumber:
		if x.Number != nil {
			n := *x.Number
			x.Number = &n
		}
		c.number(x.Number, "number")
	case q.Kind == schema.AskText:
		texts := make(map[string][]string, len(x.Accepted))
		for l, list := range x.Accepted {
			texts[l] = slices.Clone(list)
		}
		x.Accepted = texts
		c.accepted(x.Accepted, q.Exact, "accepted")
	}
	if !keyed {
		c.unwanted(len(x.Correct) > 0, q.Kind, "correct")
	}
	c.unwanted(x.Number != nil && q.Kind != schema.AskNumber, q.Kind, "number")
	c.unwanted(len(x.Accepted) > 0 && q.Kind != schema.AskText, q.Kind, "accepted")
}

func (c *checker) correct(q *schema.Question, keys []string) {
	c.require(len(keys) > 0, Missing, problem.Text{EN: "Please say what is right.", DE: "Bitte geben Sie an, was richtig ist."}, "correct")
	if !c.most(len(keys), MaxChoices, "correct") {
		return
	}
	for i, key := range keys {
		at := []string{"correct", strconv.Itoa(i)}
		known := slices.ContainsFunc(q.Choices, func(o schema.QuestionChoice) bool { return o.Key == key })
		c.require(known, Unknown, problem.Text{EN: "There is no choice %q.", DE: "Es gibt keine Antwort %q."}.Format(key), at...)
		c.require(!slices.Contains(keys[:i], key), Twice, problem.Text{EN: "%q is there twice.", DE: "%q ist doppelt."}.Format(key), at...)
	}
	if q.Kind == schema.AskOrder && len(keys) > 0 {
		c.require(len(keys) == len(q.Choices), Missing, problem.Text{
			EN: "An order names all choices.", DE: "Eine Reihenfolge nennt alle Antworten.",
		}, "correct")
	}
}
