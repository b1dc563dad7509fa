package search

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

var (
	errLong   = problem.Input("A text to search for has at most 200 characters.", "Ein Suchtext hat höchstens 200 Zeichen.")
	errWords  = problem.Input("A text to search for has at most 10 words.", "Ein Suchtext hat höchstens 10 Wörter.")
	errFilter = problem.Input("Filter by at most 10 attributes, and by at most 50 values of each.", "Filtern Sie nach höchstens 10 Eigenschaften und je höchstens 50 Werten.")
	errCursor = problem.Input("This cursor is not one of a search. Start from the first page.", "Dieser Cursor gehört nicht zu einer Suche. Beginnen Sie mit der ersten Seite.")
)

// check refuses what costs too much.
func check(query string) error {
	if utf8.RuneCountInString(query) > LongestQuery {
		return errLong
	}
	n := 0
	for _, c := range chunks(query) {
		n += (len(c.pieces) + 3) / 4 // a sku is one word; what is written without spaces is not
	}
	if n > MostWords {
		return errWords
	}
	return nil
}

func (f Filter) check() error {
	if len(f.Attributes) > MostKeys {
		return errFilter
	}
	for _, a := range f.Attributes {
		if len(a.Values) > MostValues || len(a.Key) > longestTerm {
			return errFilter
		}
	}
	return nil
}

const cursorMark = "hits:"

func cursor(position int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(cursorMark + strconv.Itoa(position)))
}

// position reads a cursor. It is a number that anybody may choose: each page is
// read as its reader sees it.
func position(after string) (int, error) {
	if after == "" {
		return 0, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(after)
	rest, ok := strings.CutPrefix(string(text), cursorMark)
	n, bad := strconv.Atoi(rest)
	if err != nil || !ok || bad != nil || n < 0 || n > Reachable {
		return 0, errCursor
	}
	return n, nil
}

// staff says whether a viewer searches what only the staff read.
func staff(ctx context.Context) bool {
	v := auth.From(ctx)
	return v.System() || v.Grants().Has(schema.PermUnpublished)
}

// lookup is one way of putting a question to the database.
type lookup struct {
	groups []group
	filter Filter
	staff  bool
	// named: only what has the words in its name or sku; values: filtered by
	// attributes as well.
	named, values bool
	only          []gid.ID // of these products
}

// candidate is a product that was found, before it is ranked.
type candidate struct {
	doc     string
	product gid.ID
	head    string
	facets  string
	score   int
}

// Search finds products that the viewer sees.
func (s *Service) Search(ctx context.Context, q Question) (*Result, error) {
	if err := cmp.Or(check(q.Query), q.Filter.check()); err != nil {
		return nil, err
	}
	from, err := position(q.After)
	if err != nil {
		return nil, err
	}
	r := &Result{Term: Term(q.Query)}
	l := lookup{groups: groups(q.Query), filter: q.Filter, staff: staff(ctx)}
	given, err := s.answered(ctx, r.Term)
	if err != nil {
		return nil, err
	}
	if given != nil {
		r.Answer = given
		if given.Synonym != "" {
			l.groups = groups(given.Synonym)
		}
	}
	f, err := s.find(ctx, l)
	if err != nil {
		return nil, err
	}
	if f.total < few && len(l.groups) > 0 {
		if f, l, err = s.widen(ctx, f, l); err != nil {
			return nil, err
		}
	}
	if f.total == 0 && len(l.groups) > 0 {
		if f, l, r.Corrected, err = s.forgive(ctx, q.Query, f, l); err != nil {
			return nil, err
		}
	}
	if given != nil && len(given.Products) > 0 {
		if err := s.prefer(ctx, &f, l, given.Products); err != nil {
			return nil, err
		}
	}
	r.Total, r.Exact = min(f.total, counted), f.total <= counted
	if q.Facets {
		if r.Facets, err = s.facets(ctx, f, q.Filter); err != nil {
			return nil, err
		}
	}
	hits := f.hits
	end := min(from+q.First, len(hits), Reachable)
	if from < end {
		page := hits[from:end]
		if r.Hits, err = s.show(ctx, page, l); err != nil {
			return nil, err
		}
		r.End, r.More = cursor(end), end < min(len(hits), Reachable)
	} else if from == 0 && q.First == 0 {
		r.More = len(hits) > 0
	}
	if f.total == 0 && from == 0 && len(l.groups) > 0 && given == nil {
		s.misses.note(ctx, s, r.Term, q.Filter)
	}
	return r, nil
}

// found is what a lookup has found.
type found struct {
	total  int
	hits   []candidate // ranked
	basis  []candidate // of facets: without the filter by attributes, when there are not too many
	exact  bool
	facets bool // the basis is not filtered by attributes
}

// find asks the database and ranks. Of more than can be ranked, those come first
// that have the words in their names.
func (s *Service) find(ctx context.Context, l lookup) (f found, err error) {
	list, err := s.ask(ctx, l, ranked+1)
	if err != nil {
		return f, err
	}
	if len(list) <= ranked {
		f.basis, f.exact, f.facets = list, true, true
		f.hits = narrowed(list, l.filter.Attributes, "")
		f.total = len(f.hits)
		rank(f.hits, l.groups)
		return f, nil
	}
	if l.values = len(l.filter.Attributes) > 0; l.values {
		if list, err = s.ask(ctx, l, ranked+1); err != nil {
			return f, err
		}
	}
	if f.total = len(list); f.total > ranked {
		if f.total, err = s.count(ctx, l, counted+1); err != nil {
			return f, err
		}
		if list = list[:ranked]; len(l.groups) > 0 {
			l.named = true
			best, err := s.ask(ctx, l, ranked)
			if err != nil {
				return f, err
			}
			there := make(map[string]bool, len(best))
			for _, c := range best {
				there[c.doc] = true
			}
			for _, c := range list {
				if len(best) < ranked && !there[c.doc] {
					best = append(best, c)
				}
			}
			list = best
		}
	}
	f.hits, f.basis = list, list
	f.exact = f.total == len(list) && !l.values
	rank(f.hits, l.groups)
	return f, nil
}

// narrowed are those that have one of the values of each attribute but one.
func narrowed(list []candidate, by []AttributeFilter, except string) []candidate {
	if len(by) == 0 {
		return slices.Clone(list)
	}
	var out []candidate
	for _, c := range list {
		if c.fits(by, except) {
			out = append(out, c)
		}
	}
	return out
}

func (c candidate) fits(by []AttributeFilter, except string) bool {
	all := between + c.facets + between
	for _, a := range by {
		if a.Key != except && !slices.ContainsFunc(a.Values, func(v string) bool {
			return strings.Contains(all, between+"a"+a.Key+within+v+between)
		}) {
			return false
		}
	}
	return true
}

// selector joins the documents with the products that the viewer sees: nothing is
// found or counted past the rule.
func (s *Service) selector(ctx context.Context, l lookup) (q *sql.Selector, products, docs *sql.SelectTable) {
	name := dialect.SQLite
	if s.st.Postgres() {
		name = dialect.Postgres
	}
	products, docs = sql.Table("products").As("p"), sql.Table("search_docs").As("d")
	q = sql.Dialect(name).Select().From(docs).Join(products)
	match := s.expression(l)
	if match == "" || s.st.Postgres() {
		q.On(products.C("id"), docs.C("product_id"))
	} else {
		// The sign keeps SQLite from looking through all products for those of the
		// documents that fit, rather than the other way round.
		q.OnP(sql.P(func(b *sql.Builder) {
			b.Ident(products.C("id")).WriteString(" = +").Ident(docs.C("product_id"))
		}))
	}
	switch {
	case match == "":
		q.Where(sql.EQ(docs.C("staff"), l.staff))
	case s.st.Postgres():
		// Written out, so that the planner sees that the partial index will do.
		q.Where(sql.P(func(b *sql.Builder) {
			if !l.staff {
				b.WriteString("NOT ")
			}
			b.Ident(docs.C("staff")).WriteString(" AND ").Ident(docs.C("vector")).WriteString(" @@ ").Arg(match).WriteString("::tsquery")
		}))
	default:
		q.Where(sql.P(func(b *sql.Builder) {
			b.Ident(docs.C("id")).WriteString(" IN (SELECT rowid FROM " + table(l.staff) + " WHERE " + table(l.staff) + " MATCH ").Arg(match).WriteString(")")
		}))
	}
	seen := sql.Dialect(name).Select().From(products)
	if len(l.only) > 0 {
		ids := make([]any, len(l.only))
		for i, id := range l.only {
			ids[i] = string(id)
		}
		seen.Where(sql.In(products.C("id"), ids...))
	}
	if rule := access.Rule(ctx, "Product"); rule != nil {
		rule(seen)
	}
	if p := seen.P(); p != nil {
		q.Where(p)
	}
	return q, products, docs
}

func (s *Service) ask(ctx context.Context, l lookup, limit int) ([]candidate, error) {
	q, products, docs := s.selector(ctx, l)
	q.Select(docs.C("id"), products.C("id"), docs.C("head"), docs.C("facets")).Limit(limit)
	if len(l.groups) == 0 {
		q.OrderBy(products.C("name"), products.C("id"))
	}
	text, args := q.Query()
	rows, err := s.st.RawRead(ctx).QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []candidate
	for rows.Next() {
		var c candidate
		if err := rows.Scan(&c.doc, &c.product, &c.head, &c.facets); err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

// count is how many there are, or limit when there are more.
func (s *Service) count(ctx context.Context, l lookup, limit int) (n int, err error) {
	q, _, docs := s.selector(ctx, l)
	text, args := q.Select(docs.C("id")).Limit(limit).Query()
	if err = s.st.RawRead(ctx).QueryRowContext(ctx, "SELECT count(*) FROM ("+text+") x", args...).Scan(&n); err != nil {
		err = fmt.Errorf("search: %w", err)
	}
	return n, err
}

// expression is a lookup in the language of the database's full text; empty when it
// asks for everything. What people write comes into it as letters and digits only.
func (s *Service) expression(l lookup) string {
	pg := s.st.Postgres()
	var all []string
	for _, g := range l.groups {
		var ways []string
		for _, w := range g.ways {
			var terms []string
			for _, t := range w {
				text := `"` + t.text + `"`
				if pg {
					text = "'" + t.text + "'"
				}
				switch {
				case t.prefix && pg && l.named:
					text += ":*A"
				case t.prefix && pg:
					text += ":*"
				case t.prefix:
					text += "*"
				case pg && l.named:
					text += ":A"
				}
				terms = append(terms, text)
			}
			ways = append(ways, "("+strings.Join(terms, and(pg))+")")
		}
		all = append(all, "("+strings.Join(ways, or(pg))+")")
	}
	if len(all) > 0 && !pg {
		columns := "{name keys attributes body} : "
		if l.named {
			columns = "{name} : "
		}
		all = []string{columns + "(" + strings.Join(all, and(pg)) + ")"}
	}
	filter := func(facets ...string) {
		var ways []string
		for _, f := range facets {
			if pg {
				ways = append(ways, "'="+mark(f)+"'")
			} else {
				ways = append(ways, `"`+mark(f)+`"`)
			}
		}
		text := "(" + strings.Join(ways, or(pg)) + ")"
		if !pg {
			text = "{filter} : " + text
		}
		if len(ways) > 0 {
			all = append(all, text)
		}
	}
	if l.filter.CategoryID != "" {
		filter("c" + string(l.filter.CategoryID))
	}
	if l.filter.TypeID != "" {
		filter("t" + string(l.filter.TypeID))
	}
	if l.values {
		for _, a := range l.filter.Attributes {
			list := make([]string, len(a.Values))
			for i, v := range a.Values {
				list[i] = "a" + a.Key + within + v
			}
			if len(list) == 0 {
				list = []string{"none"}
			}
			filter(list...)
		}
	}
	return strings.Join(all, and(pg))
}

func and(pg bool) string {
	if pg {
		return " & "
	}
	return " AND "
}

func or(pg bool) string {
	if pg {
		return " | "
	}
	return " OR "
}

// What a word of a query is worth, by where it was found.
const (
	skuWhole   = 1000
	skuBegins  = 500
	skuPart    = 400
	skuWithin  = 250
	nameWhole  = 120
	nameBegins = 90
	keyWhole   = 60
	keyBegins  = 40
	elsewhere  = 10
	allInName  = 100
	asIsNamed  = 300
)

// rank puts the best hits first, in the same order in both databases.
func rank(list []candidate, by []group) {
	if len(by) == 0 {
		return // by name already
	}
	var whole []string
	for _, g := range by {
		whole = append(whole, g.text)
	}
	for i := range list {
		list[i].rate(by, strings.Join(whole, ""))
	}
	slices.SortFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.head, b.head), strings.Compare(string(a.product), string(b.product)))
	})
}

func (c *candidate) rate(by []group, whole string) {
	name, rest, _ := strings.Cut(c.head, "\n")
	skus, keys, _ := strings.Cut(rest, "\n")
	names := strings.Fields(name)
	c.score = 0
	inName := true
	for _, g := range by {
		best := elsewhere
		for i, w := range g.ways {
			worth := 0
			for _, t := range w {
				n := max(inSkus(skus, t.text), inWords(names, t.text, nameWhole, nameBegins), inText(keys, t.text))
				if n == 0 {
					n = elsewhere
				}
				worth += n
			}
			worth /= len(w)
			if i > 0 {
				worth -= worth / 8 // as it is written is better than nearly so
			}
			best = max(best, worth)
		}
		inName = inName && best >= nameBegins-nameBegins/8
		c.score += best
	}
	c.score /= len(by)
	if len(by) > 1 {
		c.score = max(c.score, inSkus(skus, whole)) // a sku written with spaces
	}
	if inName {
		c.score += allInName
	}
	if strings.Join(names, "") == whole {
		c.score += asIsNamed
	}
	c.score -= min(len(names), 20) // of two names with the words, the shorter
}

// inSkus is how well a word fits the skus, which are written without signs.
func inSkus(skus, w string) int {
	at := strings.Index(skus, w)
	if at < 0 || len(w) < 2 {
		return 0
	}
	best := 0
	if len(w) >= 3 && hasDigit(w) {
		best = skuWithin
	}
	for ; at >= 0; at = next(skus, w, at) {
		begins := at == 0 || skus[at-1] == ' '
		ends := at+len(w) == len(skus) || skus[at+len(w)] == ' '
		switch {
		case begins && ends:
			return skuWhole
		case begins && len(w) >= 3 && hasDigit(w):
			best = max(best, skuBegins)
		case ends && len(w) >= 3 && hasDigit(w):
			best = max(best, skuPart)
		}
	}
	return best
}

func next(text, w string, at int) int {
	i := strings.Index(text[at+1:], w)
	if i < 0 {
		return -1
	}
	return at + 1 + i
}

func inWords(list []string, w string, whole, begins int) int {
	best := 0
	for _, x := range list {
		if x == w {
			return whole
		}
		if strings.HasPrefix(x, w) {
			best = begins
		}
	}
	return best
}

func inText(text, w string) int {
	best := 0
	for at := strings.Index(text, w); at >= 0; at = next(text, w, at) {
		if at > 0 && text[at-1] != ' ' {
			continue
		}
		if at+len(w) == len(text) || text[at+len(w)] == ' ' {
			return keyWhole
		}
		best = keyBegins
	}
	return best
}

// prefer puts products first that are the answer of the staff, as far as the viewer
// sees them and the filter lets them through.
func (s *Service) prefer(ctx context.Context, f *found, l lookup, ids []gid.ID) error {
	l.groups, l.only, l.values = nil, ids, true
	list, err := s.ask(ctx, l, len(ids))
	if err != nil {
		return err
	}
	place := func(c candidate) int { return slices.Index(ids, c.product) }
	slices.SortFunc(list, func(a, b candidate) int { return place(a) - place(b) })
	rest := slices.DeleteFunc(f.hits, func(c candidate) bool { return place(c) >= 0 })
	if f.total <= ranked {
		f.total = len(rest) + len(list)
	}
	best := asIsNamed + allInName + skuWhole
	for i := range list {
		list[i].score = best
	}
	f.hits = append(list, rest...)
	for _, c := range list {
		if !slices.ContainsFunc(f.basis, func(b candidate) bool { return b.doc == c.doc }) {
			f.basis = append(f.basis, c)
		}
	}
	return nil
}
