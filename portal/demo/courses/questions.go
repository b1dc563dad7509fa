package courses

import "foyer/schema"

// asked is a question and why its answer is right.
type asked struct {
	key, en, de  string
	points       int
	whyEN, whyDE string
}

func (a asked) question(kind string) schema.Question {
	return schema.Question{Key: a.key, Kind: kind, Text: say(a.en, a.de), Points: a.points, Explanation: say(a.whyEN, a.whyDE)}
}

func (a asked) single(choices ...schema.QuestionChoice) schema.Question {
	q := a.question(schema.AskSingle)
	q.Choices = choices
	return q
}

func (a asked) multiple(choices ...schema.QuestionChoice) schema.Question {
	q := a.question(schema.AskMultiple)
	q.Choices = choices
	return q
}

// order wants the steps as they stand here.
func (a asked) order(steps ...schema.QuestionChoice) schema.Question {
	q := a.question(schema.AskOrder)
	q.Choices = steps
	return q
}

func (a asked) match(pairs ...schema.QuestionPair) schema.Question {
	q := a.question(schema.AskMatch)
	q.Pairs = pairs
	return q
}

func (a asked) number(value, tolerance, unit string) schema.Question {
	q := a.question(schema.AskNumber)
	q.Number = &schema.NumberAnswer{Value: value, Tolerance: tolerance, Unit: unit}
	return q
}

func (a asked) words(en, de []string) schema.Question {
	q := a.question(schema.AskText)
	q.Accepted = map[string][]string{"en": en, "de": de}
	return q
}

// yes is a right choice.
func yes(key, en, de string) schema.QuestionChoice {
	return schema.QuestionChoice{Key: key, Text: say(en, de), Correct: true}
}

// no is a wrong choice, or a step of an order.
func no(key, en, de string) schema.QuestionChoice {
	return schema.QuestionChoice{Key: key, Text: say(en, de)}
}

func step(key, en, de string) schema.QuestionChoice { return no(key, en, de) }

func pair(key string, left, right map[string]string) schema.QuestionPair {
	return schema.QuestionPair{Key: key, Left: left, Right: right}
}

// drawn is a pool with its questions.
type drawn struct {
	key       string
	draw      int
	questions []schema.Question
}

// pooled adds pools to a quiz.
func pooled(q schema.Quiz, pools ...drawn) schema.Quiz {
	for _, d := range pools {
		p := schema.QuestionPool{Key: d.key, Draw: d.draw}
		for _, x := range d.questions {
			p.Questions = append(p.Questions, x.Key)
		}
		q.Pools = append(q.Pools, p)
		q.Questions = append(q.Questions, d.questions...)
	}
	return q
}
