package configurations

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"foyer/auth"
	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/plan"
	"foyer/portal/prices"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// Question is what somebody asks about a version of a model, or about a draft.
type Question struct {
	VersionID *gid.ID
	DraftOf   *gid.ID // the model whose draft is asked, in place of a version
	Choices   []schema.ConfigurationChoice
	Change    *schema.ConfigurationChoice
	Groups    []string
	Since     *string
	Quantity  int
	// ConfigurationID is the kept one that is worked on: its customer buys.
	ConfigurationID *gid.ID
}

// Answer is what follows from some choices.
type Answer struct {
	Version  Edition
	Token    string
	Choices  []schema.ConfigurationChoice
	State    *plan.State
	Deltas   plan.Deltas
	Groups   []string     // to show; all when nil
	Changed  plan.Changes // from an earlier state, when Partly
	Partly   bool
	Conflict *plan.Why
	Fixes    []Fix
	// Money is in Currency; without a price, Priced is false.
	Currency string
	Priced   bool
	Lines    []schema.ConfiguredAmount
	Unit     int64
	Quantity int
	Days     int
	Because  []plan.DaysLine
	At       time.Time

	*asked

	svc *Service
}

// asked is a question with all that it takes to answer it.
type asked struct {
	*book
	*terms

	buyer prices.Buyer
	q     plan.Question
}

// Configure says what follows from choices, and from a change of them. A change that
// does not go together with them changes nothing: the answer says why.
func (s *Service) Configure(ctx context.Context, q Question) (*Answer, error) {
	out, err := s.configure(ctx, q)
	if err != nil || q.Since == nil || *q.Since == "" { // that of a state whose token would be too long is empty
		return out, err
	}
	return out, out.since(ctx, *q.Since)
}

func (s *Service) configure(ctx context.Context, q Question) (*Answer, error) {
	a, err := s.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	if q.Change == nil {
		now, err := s.state(ctx, a)
		if err != nil {
			return nil, err
		}
		return s.asItStands(ctx, a, now, q)
	}
	if err := fits(a, []schema.ConfigurationChoice{*q.Change}, "change"); err != nil {
		return nil, err
	}
	changed := *a
	changed.q.Choices = a.With(a.q.Choices, *q.Change)
	after, err := s.state(ctx, &changed)
	if err != nil {
		return nil, err
	}
	if after.Consistent {
		s.count(a, *q.Change, nil)
		return s.answered(ctx, &changed, after, q, nil)
	}
	before, err := s.state(ctx, a)
	if err != nil {
		return nil, err
	}
	return s.conflicting(ctx, a, before, changed.q.Choices, q)
}

// asItStands answers without a change. Choices that do not go together, as a new
// version of the model may have made them, are told how they could.
func (s *Service) asItStands(ctx context.Context, a *asked, st *plan.State, q Question) (*Answer, error) {
	out, err := s.answered(ctx, a, st, q, nil)
	if err != nil || st.Consistent {
		return out, err
	}
	out.Fixes, err = s.fixes(ctx, a, nil, nil, usualRepairs, out)
	return out, err
}

// conflicting says why a change does not go together with the choices, which stay.
func (s *Service) conflicting(ctx context.Context, a *asked, before *plan.State, all []schema.ConfigurationChoice, q Question) (*Answer, error) {
	out, err := s.answered(ctx, a, before, q, nil)
	if err != nil {
		return nil, err
	}
	rest := slices.DeleteFunc(slices.Clone(all), func(c schema.ConfigurationChoice) bool { return c == *q.Change })
	out.Conflict, err = a.Why(ctx, plan.Question{Compiled: a.q.Compiled, Choices: rest, Budget: budget}, q.Change)
	if err != nil {
		return nil, said(err)
	}
	s.count(a, *q.Change, a.rulesOf(out.Conflict))
	out.Fixes, err = s.fixes(ctx, a, []schema.ConfigurationChoice{*q.Change}, nil, usualRepairs, out)
	return out, err
}

// ask reads a question.
func (s *Service) ask(ctx context.Context, q Question) (*asked, error) {
	switch {
	case len(q.Choices) > mostChoices:
		return nil, problem.Input("Up to 500 choices are answered at a time.", "Es werden bis zu 500 Wahlen auf einmal beantwortet.")
	case q.Quantity < 1 || q.Quantity > mostPieces:
		return nil, problem.Input("Give a quantity from 1 to 100,000.", "Geben Sie eine Menge von 1 bis 100.000 an.")
	}
	at := s.now()
	b, err := s.askedOf(ctx, q, at)
	if err != nil {
		return nil, err
	}
	buyer, err := s.buyerOf(ctx, q.ConfigurationID)
	if err != nil {
		return nil, err
	}
	return s.askAs(ctx, b, buyer, q.Choices, q.Quantity, at)
}

// askedOf is what a question is about: a version that the viewer sees, or a draft as it
// was saved last, which staff alone do.
func (s *Service) askedOf(ctx context.Context, q Question, at time.Time) (*book, error) {
	switch {
	case (q.VersionID == nil) == (q.DraftOf == nil):
		return nil, problem.Input("Say which version of a model is asked.", "Bitte geben Sie an, welche Version eines Modells gefragt wird.")
	case q.VersionID != nil:
		return s.open(ctx, *q.VersionID, at)
	case !auth.From(ctx).Grants().Has(schema.PermConfigurationStaff):
		return nil, problem.ErrNotFound
	}
	m, err := s.draft(ctx, *q.DraftOf)
	if err != nil {
		return nil, err
	}
	return draftBook(m, at, m.Latest+1)
}

func (s *Service) askAs(ctx context.Context, b *book, buyer prices.Buyer, choices []schema.ConfigurationChoice, quantity int, at time.Time) (*asked, error) {
	t, err := s.terms(ctx, b, buyer, quantity, at)
	if err != nil {
		return nil, err
	}
	pq, err := s.question(ctx, b, choices)
	if err != nil {
		return nil, err
	}
	a := &asked{book: b, terms: t, buyer: buyer, q: pq}
	return a, fits(a, choices, "choices")
}

// buyerOf is whose prices count: the customer's of the configuration that is worked
// on, or else the viewer's.
func (s *Service) buyerOf(ctx context.Context, id *gid.ID) (prices.Buyer, error) {
	if id == nil {
		return s.prices.Buyer(ctx)
	}
	c, err := s.find(ctx, s.store.Client(), *id)
	if err != nil {
		return prices.Buyer{}, err
	}
	return s.prices.BuyerFor(ctx, c.OrganizationID)
}

// fits refuses choices that the model does not know.
func fits(a *asked, choices []schema.ConfigurationChoice, field string) error {
	_, err := a.book.Choices(choices)
	var wrong *plan.ChoiceError
	if errors.As(err, &wrong) {
		at := field
		if field == "choices" {
			at += " " + strconv.Itoa(wrong.Index+1)
		}
		return problem.Input(at+": "+wrong.Text.EN, at+": "+wrong.Text.DE)
	}
	return err
}

// state is what follows from choices. It depends on the document and the time that the
// book is of, and on nothing else, least of all on who asks; so answers are kept, and
// nothing makes them wrong.
func (s *Service) state(ctx context.Context, a *asked) (*plan.State, error) {
	if a.q.Plain || a.size() > largestState {
		st, err := a.State(ctx, a.q)
		return st, said(err)
	}
	key := stateKey(a)
	if st, ok := s.states.Get(key); ok {
		return st, nil
	}
	st, err := a.State(ctx, a.q)
	if err == nil {
		s.states.Add(key, st)
	}
	return st, said(err)
}

// stateKey names a book and choices. A key of a model has no control characters.
func stateKey(a *asked) string {
	var k strings.Builder
	k.WriteString(a.key)
	for _, c := range a.q.Choices {
		k.WriteString("\x1e" + c.Group + "\x1f" + c.Option + "\x1f" + c.Number)
		if c.Absent {
			k.WriteString("\x1fabsent")
		}
		if c.Negate {
			k.WriteString("\x1fnot")
		}
	}
	return k.String()
}

// size is how many options and numbers a book has.
func (b *book) size() int {
	n := len(b.Document().Groups)
	for i := range b.Document().Groups {
		n += len(b.Document().Groups[i].Options)
	}
	return n
}

// said turns what the engine cannot answer into what people can read.
func said(err error) error {
	switch {
	case errors.Is(err, engine.ErrBudget):
		return problem.New(problem.LimitExceeded,
			"This question was too hard to answer. Choose something else first, and ask again.",
			"Diese Frage war zu schwer zu beantworten. Bitte wählen Sie zuerst etwas anderes und fragen Sie erneut.")
	case errors.Is(err, engine.ErrRequest):
		return problem.Input("The choices do not fit the model.", "Die Wahlen passen nicht zum Modell.")
	}
	return err
}

// answered puts an answer together.
func (s *Service) answered(_ context.Context, a *asked, st *plan.State, q Question, err error) (*Answer, error) {
	if err != nil {
		return nil, err
	}
	out := &Answer{
		Version: a.version, Choices: a.q.Choices, State: st, Groups: q.Groups, Quantity: a.terms.Quantity, At: a.terms.at,
		Token: plan.Token(a.mark(), a.q.Choices, a.terms.Quantity), Conflict: st.Conflict, asked: a, svc: s, Currency: a.terms.Currency,
	}
	out.Lines, out.Unit, out.Priced = a.terms.price(a.book, st.Selection)
	out.Days, out.Because = a.Days(st.Selection, a.terms.missing)
	out.Deltas = a.Deltas(st, a.terms.Rates, a.terms.missing)
	return out, nil
}

// since leaves of the changed options those that differ from an earlier state, which
// is computed anew from its token. The token of another version says that all do.
func (a *Answer) since(ctx context.Context, token string) error {
	was, err := plan.ReadToken(token)
	if err != nil {
		return errToken
	}
	if was.VersionID != a.mark() {
		return nil
	}
	then := *a.asked
	if was.Quantity != a.Quantity {
		if prices.CheckQuantity(was.Quantity) != nil {
			return errToken
		}
		then.terms = a.terms.of.terms(was.Quantity)
	}
	then.q.Choices = was.Choices
	before, err := a.svc.state(ctx, &then)
	if err != nil {
		return errToken
	}
	a.Changed = plan.Changed(before, a.State, a.book.Deltas(before, then.Rates, then.missing), a.Deltas)
	a.Partly = true
	return nil
}

var errToken = problem.Input("This is no token of a state. Ask without it.", "Das ist kein Kennzeichen eines Standes. Fragen Sie ohne es.")

var errDays = problem.Input("Ask for 1 to 400 days.", "Fragen Sie nach 1 bis 400 Tagen.")

// Explain says why something is not possible under some choices; nothing when it is.
func (s *Service) Explain(ctx context.Context, q Question, target schema.ConfigurationChoice) (*Reason, error) {
	a, err := s.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	if err := fits(a, []schema.ConfigurationChoice{target}, "target"); err != nil {
		return nil, err
	}
	pq := a.q
	pq.Choices = slices.DeleteFunc(a.With(a.q.Choices, target), func(c schema.ConfigurationChoice) bool { return c == target })
	w, err := a.Why(ctx, pq, &target)
	if errors.Is(err, engine.ErrPossible) {
		return nil, nil //nolint:nilnil // nothing stands in the way
	}
	if err != nil {
		return nil, said(err)
	}
	return &Reason{Why: w, book: a.book}, nil
}

// Repairs are ways to make something possible; with nothing wanted, to make choices
// consistent that contradict each other, as those of an older version can.
func (s *Service) Repairs(ctx context.Context, q Question, want []schema.ConfigurationChoice, keep []string, first *int) (*Answer, error) {
	most := usualRepairs
	if first != nil {
		most = *first
	}
	if most < 1 || most > mostRepairs || len(want) > mostChoices {
		return nil, problem.Input("Ask for 1 to 10 ways, with up to 500 things wanted.", "Fragen Sie nach 1 bis 10 Wegen mit bis zu 500 Wünschen.")
	}
	a, err := s.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	if err := fits(a, want, "want"); err != nil {
		return nil, err
	}
	st, err := s.state(ctx, a)
	if err != nil {
		return nil, err
	}
	out, err := s.answered(ctx, a, st, q, nil)
	if err != nil || len(want) == 0 && st.Consistent { // nothing is wrong
		return out, err
	}
	out.Fixes, err = s.fixes(ctx, a, want, keep, most, out)
	return out, err
}

// Complete is the cheapest or soonest complete configuration with some choices.
func (s *Service) Complete(ctx context.Context, q Question, goal plan.Goal) (*Answer, error) {
	a, err := s.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	done, err := a.book.Complete(ctx, a.q, goal, a.terms.Rates, a.terms.missing)
	if errors.Is(err, engine.ErrContradiction) {
		st, err := s.state(ctx, a)
		return s.answered(ctx, a, st, q, err)
	}
	if err != nil {
		return nil, said(err)
	}
	a.q.Choices = done.Choices
	return s.answered(ctx, a, done.State, q, nil)
}

// Reason is why something is not possible, for whoever reads it.
type Reason struct {
	*plan.Why

	book *book
}

// Reason of an answer's conflict; nil when there is none.
func (a *Answer) Reason() *Reason {
	if a.Conflict == nil {
		return nil
	}
	return &Reason{Why: a.Conflict, book: a.book}
}

// Text is a choice in words.
func (b *book) text(c schema.ConfigurationChoice, l schema.Language) string { return b.Describe(c, l) }

// Describe is a choice of the answer's model in words.
func (a *Answer) Describe(c schema.ConfigurationChoice, l schema.Language) string {
	return a.book.text(c, l)
}

// Describe is a choice of the model in words.
func (r *Reason) Describe(c schema.ConfigurationChoice, l schema.Language) string {
	return r.book.text(c, l)
}

// Sentences say it to a reader; staff read what customers do not.
func (r *Reason) Sentences(staff bool, l schema.Language) []string {
	return r.book.Sentences(r.Why, staff, l)
}

// Rules are those that stand in the way; for staff alone.
func (r *Reason) Rules() []schema.ConfigurationRule {
	return pick(r.book.Document().Rules, r.Why.Rules)
}

func pick[T any](list []T, at []int) []T {
	out := make([]T, len(at))
	for i, n := range at {
		out[i] = list[n]
	}
	return out
}

func (b *book) rulesOf(w *plan.Why) []string {
	keys := []string{} // also where only bounds of groups stand in the way
	for _, n := range w.Rules {
		keys = append(keys, b.Document().Rules[n].Key)
	}
	return keys
}

// Missing are the keys of the groups in which something is to be chosen yet, when
// defaults do not count.
func (a *Answer) Missing() []string {
	missing := slices.Clone(a.State.Open)
	for i, g := range a.State.Groups {
		byDefault := g.Number != nil && g.Number.ByDefault ||
			slices.ContainsFunc(g.Options, func(o plan.OptionState) bool { return o.Selected && o.ByDefault })
		if (byDefault || !g.Answered) && !slices.Contains(missing, g.Key) {
			missing = append(missing, a.book.Document().Groups[i].Key)
		}
	}
	slices.SortFunc(missing, func(x, y string) int { return cmp.Compare(a.book.place(x), a.book.place(y)) })
	return missing
}

func (b *book) place(group string) int {
	return slices.IndexFunc(b.Document().Groups, func(g schema.OptionGroup) bool { return g.Key == group })
}

// Remaining is how many complete configurations there are, in digits; empty when that
// is too hard to count.
func (a *Answer) Remaining(ctx context.Context) (string, error) {
	if !a.State.Consistent {
		return "0", nil
	}
	choices, err := a.book.Choices(a.Choices)
	if err != nil {
		return "", err
	}
	c, err := a.svc.ready(ctx, a.book)
	if err != nil {
		return "", err
	}
	n, err := c.Count(ctx, engine.Request{Choices: choices, Budget: budget})
	if errors.Is(err, engine.ErrBudget) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return n.String(), nil
}

// Parts is what one is made of as it is selected.
func (a *Answer) Parts() []schema.ConfiguredPart { return a.book.Parts(a.State.Selection) }

// Cost is what one costs the company; not ok where something has no cost.
func (a *Answer) Cost() (int64, bool) { return a.book.Costs(a.State.Selection, a.Currency) }

// Document is the model, of which some is for staff alone.
func (a *Answer) Document() *schema.ConfigurationDocument { return a.book.Plan.Document() }

// Decimal is a number of a group as it is written.
func (a *Answer) Decimal(group string, value int64) string { return a.book.Decimal(group, value) }

// Money is an amount in the currency of the answer.
func (a *Answer) Money(minor int64) money.Money {
	return money.Money{Minor: minor, Currency: a.Currency}
}

// Visible says of each group whether it is shown.
func (a *Answer) Visible() map[string]bool {
	shown := map[string]bool{}
	for i, s := range a.Document().Steps {
		for _, g := range s.Groups {
			shown[g] = a.State.Visible[i]
		}
	}
	return shown
}

// Proposal is a way to have what is wanted, in words.
func (a *Answer) Proposal(f Fix, l schema.Language) string {
	name := func(list []schema.ConfigurationChoice) string {
		var out []string
		for _, c := range list {
			out = append(out, a.Describe(c, l))
		}
		return strings.Join(out, ", ")
	}
	if len(f.Drop) == 0 && len(f.Taken) == 0 {
		return problem.Text{EN: "Nothing has to be given up", DE: "Nichts muss aufgegeben werden"}.In(l.Code())
	}
	if len(f.Taken) == 0 {
		return problem.Text{EN: "Without %s", DE: "Ohne %s"}.Format(name(f.Drop)).In(l.Code())
	}
	return problem.Text{EN: "%s instead of %s", DE: "%s statt %s"}.Format(name(f.Taken), name(f.Drop)).In(l.Code())
}
