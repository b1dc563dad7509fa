// Package guides leads people who are not sure what they need by questions to
// products, to a category, to a search or to a text.
//
// Owns: what a guide may say, its states, where answers lead. Does not own:
// graphs of questions (portal/guides/engine), which products somebody sees
// (portal/access).
package guides

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"foyer/ent"
	"foyer/ent/category"
	"foyer/ent/guide"
	"foyer/ent/predicate"
	"foyer/ent/product"
	"foyer/portal/access"
	"foyer/portal/guides/engine"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// doSave is the action of the access matrix that this package carries out.
const doSave = "guide.save"

// The codes of refusals, values of the API's GuideErrorCode; and those of
// engine.Fault.
const (
	Taken         = "TAKEN"
	UnknownRecord = "UNKNOWN_RECORD"
	Invalid       = "INVALID"
)

// What a guide can hold.
const (
	mostSteps    = 100
	mostAnswers  = 20 // to one question
	mostProducts = 20 // of one result
	longestKey   = 60
	longestText  = 2000
	longestQuery = 120
	// MostListed is how many guides a list shows.
	MostListed = 100
)

// Service keeps guides.
type Service struct{ store *store.Store }

// New makes the service.
func New(st *store.Store) *Service { return &Service{st} }

// Guide is the input of Save.
type Guide struct {
	ID         *gid.ID // of the one to change; a new one when nil
	Version    *int    // of the one to change
	Key        *string // of a new one
	CategoryID *gid.ID
	Status     *guide.Status
	Document   *schema.GuideDocument // a guide that is there keeps its own when nil
}

// Save writes a guide and returns its id. Whatever it says is sound, also in a
// draft: of two mistakes the second is found with the first put right.
func (s *Service) Save(ctx context.Context, in Guide) (gid.ID, error) {
	id, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		var old *ent.Guide
		if in.ID != nil {
			var err error
			old, err = tx.Guide.Query().Where(guide.ID(*in.ID), store.Held).Only(ctx)
			if ent.IsNotFound(err) {
				return "", problem.ErrNotFound
			}
			if err != nil {
				return "", err
			}
		}
		act, err := access.Act(ctx, doSave, access.Owner{})
		if err != nil {
			return "", err
		}
		if old != nil {
			if err := s.change(ctx, act, tx, in, old); err != nil {
				return "", err
			}
			return old.ID, nil
		}
		return s.create(ctx, act, tx, in)
	})
	if store.Duplicate(err) {
		err = taken()
	}
	return id, err
}

func (s *Service) change(ctx, act context.Context, tx *ent.Client, in Guide, old *ent.Guide) error {
	switch {
	case in.Version == nil:
		return invalid("Please send the version that you have read.", "Bitte senden Sie die gelesene Version mit.", "version")
	case *in.Version != old.Version:
		return problem.ErrStale
	case in.Key != nil && *in.Key != old.Key:
		return invalid("The key of a guide never changes.", "Der Schlüssel eines Ratgebers ändert sich nie.", "key")
	}
	u := tx.Guide.UpdateOneID(old.ID).Where(guide.Version(old.Version)).AddVersion(1)
	if in.Status != nil {
		u.SetStatus(*in.Status)
	}
	if in.CategoryID != nil {
		if err := exists(ctx, tx, nil, map[gid.ID][]string{*in.CategoryID: {"categoryId"}}); err != nil {
			return err
		}
		u.SetCategoryID(*in.CategoryID)
	}
	if in.Document != nil {
		d, err := read(ctx, tx, *in.Document)
		if err != nil {
			return err
		}
		u.SetDocument(d)
	}
	err := u.Exec(act)
	if ent.IsNotFound(err) {
		return problem.ErrStale
	}
	return err
}

// keys are the names that a guide can have.
var keys = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (s *Service) create(ctx, act context.Context, tx *ent.Client, in Guide) (gid.ID, error) {
	key := ""
	if in.Key != nil {
		key = strings.TrimSpace(*in.Key)
	}
	switch {
	case len(key) > longestKey || !keys.MatchString(key):
		return "", invalid("A key has small letters, digits and single hyphens, up to 60.",
			"Ein Schlüssel besteht aus bis zu 60 Kleinbuchstaben, Ziffern und einzelnen Bindestrichen.", "key")
	case in.Document == nil:
		return "", invalid("Please write what the guide says.", "Bitte schreiben Sie, was der Ratgeber sagt.", "document")
	}
	there, err := tx.Guide.Query().Where(guide.Key(key)).Exist(ctx)
	if err != nil {
		return "", err
	}
	if there {
		return "", taken()
	}
	d, err := read(ctx, tx, *in.Document)
	if err != nil {
		return "", err
	}
	c := tx.Guide.Create().SetKey(key).SetDocument(d).SetNillableStatus(in.Status)
	if in.CategoryID != nil {
		if err := exists(ctx, tx, nil, map[gid.ID][]string{*in.CategoryID: {"categoryId"}}); err != nil {
			return "", err
		}
		c.SetCategoryID(*in.CategoryID)
	}
	made, err := c.Save(act)
	if err != nil {
		return "", err
	}
	return made.ID, nil
}

func taken() error {
	return problem.Refuse(Taken, problem.Text{EN: "A guide with that key exists.", DE: "Einen Ratgeber mit diesem Schlüssel gibt es schon."}, "input", "key")
}

func invalid(en, de string, field ...string) error {
	return problem.Refuse(Invalid, problem.Text{EN: en, DE: de}, append([]string{"input"}, field...)...)
}

// read checks what a guide says, and returns it as it is kept.
func read(ctx context.Context, tx *ent.Client, d schema.GuideDocument) (schema.GuideDocument, error) {
	d, err := Check(d)
	if err != nil {
		return d, err
	}
	products, categories := map[gid.ID][]string{}, map[gid.ID][]string{}
	for i, s := range d.Steps {
		if s.Result == nil {
			continue
		}
		at := []string{"document", "steps", strconv.Itoa(i), "result"}
		for j, id := range s.Result.Products {
			products[gid.ID(id)] = append(slices.Clone(at), "productIds", strconv.Itoa(j))
		}
		if s.Result.Category != "" {
			categories[gid.ID(s.Result.Category)] = append(slices.Clone(at), "categoryId")
		}
	}
	return d, exists(ctx, tx, products, categories)
}

// exists refuses products and categories that the viewer does not see. Of those
// by which a result is reached, customers see what they may see.
func exists(ctx context.Context, tx *ent.Client, products, categories map[gid.ID][]string) error {
	var there []gid.ID
	if len(products) > 0 {
		list, err := tx.Product.Query().Where(product.IDIn(named(products)...)).IDs(ctx)
		if err != nil {
			return err
		}
		there = append(there, list...)
	}
	if len(categories) > 0 {
		list, err := tx.Category.Query().Where(category.IDIn(named(categories)...)).IDs(ctx)
		if err != nil {
			return err
		}
		there = append(there, list...)
	}
	for _, x := range []struct {
		wanted map[gid.ID][]string
		text   problem.Text
	}{
		{products, problem.Text{EN: "There is no such product.", DE: "Dieses Produkt gibt es nicht."}},
		{categories, problem.Text{EN: "There is no such category.", DE: "Diese Kategorie gibt es nicht."}},
	} {
		for _, id := range named(x.wanted) {
			if !slices.Contains(there, id) {
				return problem.Refuse(UnknownRecord, x.text, append([]string{"input"}, x.wanted[id]...)...)
			}
		}
	}
	return nil
}

// named are the ids of a map, in an order that is always the same.
func named(m map[gid.ID][]string) []gid.ID {
	list := make([]gid.ID, 0, len(m))
	for id := range m {
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}

// By finds one guide, by its id or by its key; exactly one must be given.
func By(id *gid.ID, key *string) (predicate.Guide, error) {
	switch {
	case (id == nil) == (key == nil):
		return nil, problem.Input("Give either the id or the key.", "Geben Sie entweder die Id oder den Schlüssel an.")
	case id != nil:
		return guide.ID(*id), nil
	}
	return guide.Key(*key), nil
}

// Where finds the guides of a category and in some states; all when not given.
func Where(categoryID *gid.ID, status []guide.Status) []predicate.Guide {
	var where []predicate.Guide
	if categoryID != nil {
		where = append(where, guide.CategoryID(*categoryID))
	}
	if len(status) > 0 {
		where = append(where, guide.StatusIn(status...))
	}
	return where
}

// graph is a guide as the engine walks it.
func graph(d schema.GuideDocument) engine.Graph[*schema.GuideResult] {
	g := engine.Graph[*schema.GuideResult]{Start: d.Start, Steps: make([]engine.Step[*schema.GuideResult], len(d.Steps))}
	for i, s := range d.Steps {
		g.Steps[i] = engine.Step[*schema.GuideResult]{Key: s.Key, Result: s.Result}
		for _, a := range s.Answers {
			g.Steps[i].Answers = append(g.Steps[i].Answers, engine.Answer{Key: a.Key, Next: a.Next})
		}
	}
	return g
}

// Place is where answers have led.
type Place struct {
	Path      []Answered
	Step      schema.GuideStep
	Remaining int // how many questions are left at most, with the one here
}

// Answered is a question that has been answered.
type Answered struct {
	Step   schema.GuideStep
	Answer schema.GuideAnswer
}

// Walk follows answers through a guide, as far as it has them.
func Walk(d schema.GuideDocument, answers []string) (Place, error) {
	if len(answers) > mostSteps {
		return Place{}, problem.Input("No guide asks that many questions.", "So viele Fragen stellt kein Ratgeber.")
	}
	if len(d.Steps) == 0 { // no guide that Save has written
		return Place{}, problem.Input("The guide is empty.", "Der Ratgeber ist leer.")
	}
	at := graph(d).Walk(answers)
	p := Place{Step: d.Steps[at.Step], Remaining: at.Remaining}
	for _, t := range at.Path {
		p.Path = append(p.Path, Answered{d.Steps[t.Step], d.Steps[t.Step].Answers[t.Answer]})
	}
	return p, nil
}

// Questions is how many questions a guide asks at most.
func Questions(d schema.GuideDocument) int {
	if len(d.Steps) == 0 {
		return 0
	}
	return graph(d).Walk(nil).Remaining
}

// Check says whether a guide is sound, without looking at the records that it
// leads to, and returns it as it is kept: texts without white space around them.
func Check(d schema.GuideDocument) (schema.GuideDocument, error) {
	var err error
	fix := func(t map[string]string, required bool, field ...string) map[string]string {
		if err != nil {
			return nil
		}
		t, err = text(t, required, append([]string{"document"}, field...))
		return t
	}
	if n := len(d.Steps); n == 0 || n > mostSteps {
		return d, invalid("A guide has 1 to 100 steps.", "Ein Ratgeber hat 1 bis 100 Schritte.", "document", "steps")
	}
	d.Title, d.Intro = fix(d.Title, true, "title"), fix(d.Intro, false, "intro")
	d.Steps = slices.Clone(d.Steps)
	for i := range d.Steps {
		s, at := &d.Steps[i], []string{"steps", strconv.Itoa(i)}
		path := func(more ...string) []string { return append(slices.Clone(at), more...) }
		if err == nil {
			err = shape(*s, append([]string{"document"}, at...))
		}
		s.Question, s.Help = fix(s.Question, s.Result == nil, path("question")...), fix(s.Help, false, path("help")...)
		s.Answers = slices.Clone(s.Answers)
		for j := range s.Answers {
			s.Answers[j].Text = fix(s.Answers[j].Text, true, path("answers", strconv.Itoa(j), "text")...)
		}
		if s.Result != nil {
			r := *s.Result
			r.Text = fix(r.Text, false, path("result", "text")...)
			if r.Search = strings.TrimSpace(r.Search); err == nil && !plain(r.Search, longestQuery, "") {
				err = invalid("What to search for has up to 120 characters.", "Der Suchtext hat höchstens 120 Zeichen.", append([]string{"document"}, path("result", "search")...)...)
			}
			if err == nil && len(r.Products) == 0 && r.Text == nil && r.Category == "" && r.Search == "" {
				err = invalid("A result leads to something.", "Ein Ergebnis führt zu etwas.", append([]string{"document"}, path("result")...)...)
			}
			s.Result = &r
		}
	}
	if err != nil {
		return d, err
	}
	return d, sound(d)
}

// shape checks that a step is a question or a result, and its keys.
func shape(s schema.GuideStep, at []string) error {
	if !key(s.Key) {
		return invalid("A key has 1 to 60 characters.", "Ein Schlüssel hat 1 bis 60 Zeichen.", append(at, "key")...)
	}
	switch {
	case s.Result == nil && len(s.Answers) == 0:
		return invalid("A step asks a question with answers, or is a result.", "Ein Schritt stellt eine Frage mit Antworten oder ist ein Ergebnis.", at...)
	case s.Result != nil && (len(s.Answers) > 0 || len(s.Question) > 0 || len(s.Help) > 0):
		return invalid("A result asks nothing.", "Ein Ergebnis fragt nichts.", at...)
	case len(s.Answers) > mostAnswers:
		return invalid("A question has up to 20 answers.", "Eine Frage hat höchstens 20 Antworten.", append(at, "answers")...)
	case s.Result != nil && len(s.Result.Products) > mostProducts:
		return invalid("A result has up to 20 products.", "Ein Ergebnis hat höchstens 20 Produkte.", append(at, "result", "productIds")...)
	}
	for i, a := range s.Answers {
		if !key(a.Key) {
			return invalid("A key has 1 to 60 characters.", "Ein Schlüssel hat 1 bis 60 Zeichen.", append(at, "answers", strconv.Itoa(i), "key")...)
		}
	}
	if s.Result != nil {
		for i, id := range s.Result.Products {
			if slices.Contains(s.Result.Products[:i], id) {
				return invalid("The product is named twice.", "Das Produkt ist doppelt genannt.", append(at, "result", "productIds", strconv.Itoa(i))...)
			}
		}
	}
	return nil
}

func key(s string) bool { return s != "" && strings.TrimSpace(s) == s && plain(s, longestKey, "") }

// plain says whether a text is short enough, and has characters only that are
// seen.
func plain(s string, longest int, allowed string) bool {
	return utf8.RuneCountInString(s) <= longest && !strings.ContainsFunc(s, func(c rune) bool {
		return (unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || c == utf8.RuneError) && !strings.ContainsRune(allowed, c)
	})
}

// text checks a text: in every language of the portal, or in none where it need
// not be there.
func text(t map[string]string, required bool, field []string) (map[string]string, error) {
	if len(t) == 0 && !required {
		return nil, nil
	}
	out := map[string]string{}
	for _, name := range schema.English.Values() {
		code := schema.Language(name).Code()
		s := strings.TrimSpace(strings.ReplaceAll(t[code], "\r\n", "\n"))
		switch {
		case s == "":
			return nil, invalid("Please write this in all languages.", "Bitte schreiben Sie dies in allen Sprachen.", append(field, code)...)
		case !plain(s, longestText, "\n\t"):
			return nil, invalid("The text is longer than 2,000 characters, or has some that are not allowed.",
				"Der Text ist länger als 2.000 Zeichen oder enthält unzulässige.", append(field, code)...)
		}
		out[code] = s
	}
	return out, nil
}

// faults are what is wrong with a graph, in words.
var faults = map[engine.Fault]problem.Text{
	engine.Missing:     {EN: "This leads to a step that is not there.", DE: "Das führt zu einem Schritt, den es nicht gibt."},
	engine.Duplicate:   {EN: "This key stands twice.", DE: "Diesen Schlüssel gibt es doppelt."},
	engine.Circle:      {EN: "This leads back to a question that was asked before.", DE: "Das führt zu einer Frage zurück, die schon gestellt wurde."},
	engine.Unreachable: {EN: "No answers lead to this step.", DE: "Keine Antworten führen zu diesem Schritt."},
}

// sound checks where the answers of a guide lead.
func sound(d schema.GuideDocument) error {
	var e *engine.Error
	if !errors.As(graph(d).Check(), &e) {
		return nil
	}
	field := []string{"input", "document"}
	switch {
	case e.Step < 0:
		field = append(field, "start")
	case e.Answer < 0:
		field = append(field, "steps", strconv.Itoa(e.Step), "key")
	default:
		field = append(field, "steps", strconv.Itoa(e.Step), "answers", strconv.Itoa(e.Answer))
		field = append(field, map[engine.Fault]string{engine.Duplicate: "key"}[e.Fault])
		field[len(field)-1] = cmp.Or(field[len(field)-1], "next")
	}
	return problem.Refuse(string(e.Fault), faults[e.Fault], field...)
}
