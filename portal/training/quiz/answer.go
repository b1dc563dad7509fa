package quiz

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"foyer/portal/problem"
	"foyer/schema"
)

// The codes with which answers are refused. None of them depends on what is right.
const (
	UnknownQuestion = "UNKNOWN_QUESTION" // the attempt does not ask it
	UnknownPlace    = "UNKNOWN_PLACE"    // nothing stands there
	Twice           = "TWICE"            // a place, or a question, is named twice
	WrongKind       = "WRONG_KIND"       // no answer to this kind of question
	NotANumber      = "NOT_A_NUMBER"
	Invalid         = problem.Invalid // a text that is too long, or not one
)

// Given is an answer to the question at a place of the attempt, from 1.
type Given struct {
	Question int
	Answer   schema.Answer
}

// Empty says whether an answer answers nothing: it is as good as none.
func Empty(a *schema.Answer) bool {
	return a == nil || strings.TrimSpace(a.Number) == "" && strings.TrimSpace(a.Text) == "" &&
		!slices.ContainsFunc(a.Places, func(p int) bool { return p != 0 })
}

// CheckAnswer reads an answer to the question at a place of an attempt, from 1, and
// returns it as it is kept; nil when it takes an answer back. What is not finished
// yet is an answer too: ORDER may have fewer places than there are choices, and MATCH
// 0 where nothing was chosen. Refusals (problem.Several) name the fields question,
// places, number and text, within the field that is handed in.
func CheckAnswer(quiz *schema.Quiz, asked []schema.AttemptQuestion, given Given, field ...string) (*schema.Answer, error) {
	return check(byKey(quiz), asked, given, field)
}

func check(known map[string]*schema.Question, asked []schema.AttemptQuestion, given Given, field []string) (*schema.Answer, error) {
	r := &reader{field: field}
	if given.Question < 1 || given.Question > len(asked) || known[asked[given.Question-1].Key] == nil {
		r.refuse(UnknownQuestion, problem.Text{
			EN: "This attempt has %d questions and none at place %d.", DE: "Dieser Versuch hat %d Fragen und keine an Stelle %d.",
		}.Format(len(asked), given.Question), "question")
		return nil, r.refused
	}
	at := &asked[given.Question-1]
	q := known[at.Key]
	r.fits(q.Kind, &given.Answer)
	if len(r.refused) > 0 {
		return nil, r.refused
	}
	answer := &schema.Answer{}
	switch q.Kind {
	case schema.AskNumber:
		answer.Number = r.number(given.Answer.Number)
	case schema.AskText:
		answer.Text = r.text(given.Answer.Text)
	default:
		answer.Places = r.places(q.Kind, at, given.Answer.Places)
	}
	switch {
	case len(r.refused) > 0:
		return nil, r.refused
	case Empty(answer):
		return nil, nil //nolint:nilnil // no answer, and nothing wrong with that
	}
	return answer, nil
}

// Save writes answers into an attempt and returns how it then is. It saves all of
// them or none; asked stays as it was. Questions that are not named keep their answers.
func Save(quiz *schema.Quiz, asked []schema.AttemptQuestion, answers []Given, field ...string) ([]schema.AttemptQuestion, error) {
	out := slices.Clone(asked)
	known, named := byKey(quiz), map[int]bool{}
	var refused problem.Several
	for i, given := range answers {
		at := append(slices.Clone(field), strconv.Itoa(i))
		answer, err := check(known, asked, given, at)
		var several problem.Several
		switch {
		case errors.As(err, &several):
			refused = append(refused, several...)
			continue
		case named[given.Question]:
			refused = append(refused, problem.Refuse(Twice, problem.Text{
				EN: "Question %d is answered twice.", DE: "Frage %d ist zweimal beantwortet.",
			}.Format(given.Question), append(at, "question")...))
			continue
		}
		named[given.Question] = true
		out[given.Question-1].Answer = answer
	}
	if len(refused) > 0 {
		return nil, refused
	}
	return out, nil
}

// reader collects what is wrong with an answer.
type reader struct {
	field   []string
	refused problem.Several
}

func (r *reader) refuse(code string, text problem.Text, at ...string) {
	r.refused = append(r.refused, problem.Refuse(code, text, slices.Concat(r.field, at)...))
}

// fits refuses what is no answer to a kind of question, whatever it says.
func (r *reader) fits(kind string, a *schema.Answer) {
	wrong := problem.Text{
		EN: "This is no answer to a question of kind %s.", DE: "Das ist keine Antwort auf eine Frage der Art %s.",
	}.Format(kind)
	if len(a.Places) > 0 && (kind == schema.AskNumber || kind == schema.AskText) {
		r.refuse(WrongKind, wrong, "places")
	}
	if a.Number != "" && kind != schema.AskNumber {
		r.refuse(WrongKind, wrong, "number")
	}
	if a.Text != "" && kind != schema.AskText {
		r.refuse(WrongKind, wrong, "text")
	}
}

func (r *reader) number(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	if _, is := Decimal(s); !is || len(s) > LongestNumber {
		r.refuse(NotANumber, problem.Text{
			EN: "Please write a number such as 12.5, without a unit and without separators of thousands.",
			DE: "Bitte schreiben Sie eine Zahl wie 12,5, ohne Einheit und ohne Tausendertrennzeichen.",
		}, "number")
	}
	return s
}

func (r *reader) text(s string) string {
	clean, err := problem.Line(s, LongestText)
	var refused *problem.Refusal
	if errors.As(err, &refused) {
		r.refuse(Invalid, refused.Text, "text")
	}
	return clean
}

// places reads places. Those of MULTIPLE have no order, so they are kept in theirs.
func (r *reader) places(kind string, at *schema.AttemptQuestion, given []int) []int {
	low, high, most := 1, len(at.Shown), len(at.Shown)
	switch kind {
	case schema.AskSingle:
		most = 1
	case schema.AskMatch:
		low, high = 0, len(at.Right)
	}
	if len(given) > most {
		r.refuse(UnknownPlace, problem.Text{
			EN: "There are %d places here, and at most %d are possible.", DE: "Das sind %d Angaben, und höchstens %d sind möglich.",
		}.Format(len(given), most), "places")
		return nil
	}
	for i, p := range given {
		switch {
		case p < low || p > high:
			r.refuse(UnknownPlace, problem.Text{
				EN: "Place %d is not from %d to %d.", DE: "Stelle %d liegt nicht zwischen %d und %d.",
			}.Format(p, low, high), "places", strconv.Itoa(i))
		case p != 0 && slices.Contains(given[:i], p):
			r.refuse(Twice, problem.Text{EN: "Place %d is named twice.", DE: "Stelle %d ist zweimal genannt."}.Format(p), "places", strconv.Itoa(i))
		}
	}
	out := slices.Clone(given)
	if kind == schema.AskMultiple {
		slices.Sort(out)
	}
	return out
}
