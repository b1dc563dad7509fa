package courses

import (
	"slices"

	"foyer/schema"
)

// Answered are the questions of an attempt with answers: right ones, but to those that
// are named. It is what a Try wants, and an attempt at which everything was right when
// nothing is named.
func Answered(q *schema.Quiz, asked []schema.AttemptQuestion, wrong []string, language string) []schema.AttemptQuestion {
	out := slices.Clone(asked)
	for i := range out {
		at := slices.IndexFunc(q.Questions, func(x schema.Question) bool { return x.Key == out[i].Key })
		if at < 0 {
			continue
		}
		out[i].Answer = answer(&q.Questions[at], &out[i], slices.Contains(wrong, out[i].Key), language)
	}
	return out
}

func answer(q *schema.Question, asked *schema.AttemptQuestion, wrong bool, language string) *schema.Answer {
	switch q.Kind {
	case schema.AskNumber:
		if wrong {
			return &schema.Answer{Number: "1" + q.Number.Value}
		}
		return &schema.Answer{Number: q.Number.Value}
	case schema.AskText:
		if wrong {
			return &schema.Answer{Text: say("no idea", "keine Ahnung")[language]}
		}
		return &schema.Answer{Text: q.Accepted[language][0]}
	case schema.AskMatch:
		return &schema.Answer{Places: matched(asked, wrong)}
	default:
		return &schema.Answer{Places: places(asked.Shown, chosen(q, wrong))}
	}
}

// matched are the places of the right sides for each left side; when wrong, each has
// that of the next one.
func matched(asked *schema.AttemptQuestion, wrong bool) []int {
	list := places(asked.Right, asked.Shown)
	if wrong {
		list = append(list[1:], list[0])
	}
	return list
}

// chosen are the keys of the choices that somebody takes, for ORDER in their order.
func chosen(q *schema.Question, wrong bool) []string {
	var all, right, others []string
	for _, c := range q.Choices {
		all = append(all, c.Key)
		if c.Correct {
			right = append(right, c.Key)
		} else {
			others = append(others, c.Key)
		}
	}
	switch {
	case q.Kind == schema.AskOrder && wrong:
		all[0], all[1] = all[1], all[0]
		return all
	case q.Kind == schema.AskOrder:
		return all
	case wrong && q.Kind == schema.AskSingle:
		return others[:1]
	case wrong && len(others) > 0:
		return append(right, others[0])
	case wrong:
		return right[1:]
	}
	return right
}

// places are where keys stand among those shown, from 1.
func places(shown, keys []string) []int {
	list := make([]int, 0, len(keys))
	for _, k := range keys {
		list = append(list, slices.Index(shown, k)+1)
	}
	return list
}
