package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"foyer/portal/store"
)

const (
	mostLikely = 60 // words that share most with a mistyped one
	mostTried  = 6  // corrections that are looked up
	mostParts  = 20 // words that have one in them
)

// known is a word of the vocabulary.
type known struct {
	term, display string
	sku           bool
	docs          int
	far           int // mistakes
}

// scope is the count that says whether a viewer's correction may be a word: for
// customers only words of what is offered to everybody. A word that only products
// for chosen customers have is found as it is written, and corrects nothing.
func scope(staff bool) string {
	if staff {
		return "staff_docs"
	}
	return "open_docs"
}

// forgive looks for what was meant by words that find nothing: words that have them
// in them, which is not said; or ones that differ by a typo, which is.
func (s *Service) forgive(ctx context.Context, query string, f found, l lookup) (found, lookup, string, error) {
	var wrong []int
	options := make([][]known, len(l.groups))
	for i, g := range l.groups {
		exists, err := s.exists(ctx, g, l.staff)
		if err != nil {
			return f, l, "", err
		}
		if exists {
			continue
		}
		wrong = append(wrong, i)
		if options[i], err = s.likely(ctx, g, l.staff); err != nil {
			return f, l, "", err
		}
	}
	if len(wrong) == 0 {
		return f, l, "", nil
	}
	wider := l
	wider.groups = slices.Clone(l.groups)
	changed := false
	for _, i := range wrong {
		more, err := s.containing(ctx, l.groups[i].text, l.staff)
		if err != nil {
			return f, l, "", err
		}
		if len(more) > 0 {
			changed = true
			g := l.groups[i]
			g.ways = nil
			for _, k := range more {
				g.ways = append(g.ways, way{{k.term, false}})
				if k.sku {
					g.ways[len(g.ways)-1][0].prefix = true
				}
			}
			wider.groups[i] = g
		}
	}
	if changed {
		if g, err := s.find(ctx, wider); err != nil || g.total > 0 {
			return g, wider, "", err
		}
	}
	// One typo after another is tried out: what is proposed finds something. Numbers
	// are not in the vocabulary: what has nothing like it stays as it is.
	wrong = slices.DeleteFunc(wrong, func(i int) bool { return len(options[i]) == 0 })
	if len(wrong) == 0 {
		return f, l, "", nil
	}
	for try := range mostTried {
		narrow, ok := l, true
		narrow.groups = slices.Clone(l.groups)
		for n, i := range wrong {
			at := 0
			if n == 0 || len(wrong) == 1 {
				at = try
			} else if try >= 3 {
				at = 1
			}
			if n == 0 && len(wrong) > 1 {
				at = try % 3
			}
			if at >= len(options[i]) {
				ok = false
				break
			}
			g := l.groups[i]
			k := options[i][at]
			g.text, g.ways = k.display, nil
			all := way{}
			for p := range strings.FieldsSeq(k.term) {
				all = append(all, term{p, true})
			}
			g.ways = []way{all}
			narrow.groups[i] = g
		}
		if !ok {
			continue
		}
		g, err := s.find(ctx, narrow)
		if err != nil {
			return f, l, "", err
		}
		if g.total > 0 {
			text := rewritten(query, l.groups, narrow.groups, wrong)
			for _, i := range wrong { // ranked by the words, shown as they are written
				narrow.groups[i].text = strings.Join(tokens(narrow.groups[i].text), "")
			}
			rank(g.hits, narrow.groups)
			return g, narrow, text, nil
		}
	}
	return f, l, "", nil
}

// few hits are not all that could be meant: whoever searches for a filter may look
// for an air filter, which German writes as one word.
const few = 20

// widen looks again for words that are part of longer ones, when there are such. What
// has a word as it was written stays before what only contains it.
func (s *Service) widen(ctx context.Context, f found, l lookup) (found, lookup, error) {
	wider, changed := l, false
	wider.groups = slices.Clone(l.groups)
	for i, g := range l.groups {
		if hasDigit(g.text) {
			continue
		}
		more, err := s.containing(ctx, g.text, l.staff)
		if err != nil {
			return f, l, err
		}
		ways := slices.Clone(g.ways)
		for _, k := range more {
			if !k.sku && !strings.HasPrefix(k.term, g.text) { // what begins with it was found
				ways = append(ways, way{{k.term, false}})
			}
		}
		if len(ways) > len(g.ways) {
			wider.groups[i].ways, changed = ways, true
		}
	}
	if !changed {
		return f, l, nil
	}
	g, err := s.find(ctx, wider)
	return g, wider, err
}

// rewritten is a query with its wrong words replaced.
func rewritten(query string, old, now []group, wrong []int) string {
	var b strings.Builder
	at := 0
	order := slices.Clone(wrong)
	slices.SortFunc(order, func(x, y int) int { return old[x].from[0] - old[y].from[0] })
	for _, i := range order {
		b.WriteString(query[at:old[i].from[0]])
		b.WriteString(now[i].text)
		at = old[i].from[1]
	}
	b.WriteString(query[at:])
	return strings.Join(strings.Fields(b.String()), " ")
}

// exists says whether the vocabulary has a word, or one that begins with it.
func (s *Service) exists(ctx context.Context, g group, staff bool) (bool, error) {
	for _, w := range g.ways {
		all := true
		for _, t := range w {
			var n int
			if err := s.st.RawRead(ctx).QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM search_terms WHERE term >= $1 AND term < $2 AND `+scope(staff)+` > 0 LIMIT 1) x`,
				t.text, t.text+"\U0010ffff").Scan(&n); err != nil {
				return false, fmt.Errorf("search: %w", err)
			}
			if all = n > 0; !all {
				break
			}
		}
		if all {
			return true, nil
		}
	}
	return false, nil
}

// likely are the words that a mistyped one may mean, the likeliest first.
func (s *Service) likely(ctx context.Context, g group, staff bool) ([]known, error) {
	w := g.text
	limit := mistakes(w)
	if limit == 0 {
		return nil, nil
	}
	parts := grams(w, true)
	n := utf8.RuneCountInString(w)
	list, err := s.vocabulary(ctx, `
SELECT t.term, t.display, t.sku, t.`+scope(staff)+`
FROM (SELECT g.term, count(*) AS shared FROM search_grams g WHERE `+s.st.Among("g.gram", 1)+`
  AND g.length BETWEEN `+fmt.Sprint(n-limit)+` AND `+fmt.Sprint(n+limit)+` GROUP BY g.term HAVING count(*) >= `+fmt.Sprint(max(1, len(parts)-3*limit))+`) m
JOIN search_terms t ON t.term = m.term WHERE t.`+scope(staff)+` > 0
ORDER BY m.shared DESC, t.`+scope(staff)+` DESC, t.term LIMIT `+fmt.Sprint(mostLikely), store.List(s.st, parts))
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(k known) bool {
		return distance(w, k.term, limit) > limit || k.sku && !hasDigit(w)
	})
	for i := range list {
		list[i].far = distance(w, list[i].term, limit)
	}
	// Two words that are written as one.
	split, err := s.split(ctx, w, staff)
	if err != nil {
		return nil, err
	}
	list = append(list, split...)
	slices.SortStableFunc(list, func(a, b known) int {
		if a.far != b.far {
			return a.far - b.far
		}
		if x, y := a.term[0] == w[0], b.term[0] == w[0]; x != y { // people get the first letter right
			return bit(y) - bit(x)
		}
		return b.docs - a.docs
	})
	return list, nil
}

// split finds two words of which one consists.
func (s *Service) split(ctx context.Context, w string, staff bool) ([]known, error) {
	if hasDigit(w) || utf8.RuneCountInString(w) < 7 {
		return nil, nil
	}
	var halves []string
	for i := range w {
		if i >= 3 && len(w)-i >= 3 {
			halves = append(halves, w[:i], w[i:])
		}
	}
	list, err := s.vocabulary(ctx, `SELECT term, display, sku, `+scope(staff)+` FROM search_terms WHERE `+scope(staff)+` > 0 AND `+s.st.Among("term", 1), store.List(s.st, halves))
	if err != nil {
		return nil, err
	}
	there := map[string]known{}
	for _, k := range list {
		there[k.term] = k
	}
	var out []known
	for i := 0; i+1 < len(halves); i += 2 {
		a, b := there[halves[i]], there[halves[i+1]]
		if a.term != "" && b.term != "" && !a.sku && !b.sku {
			out = append(out, known{term: a.term + " " + b.term, display: a.display + " " + b.display, docs: min(a.docs, b.docs), far: 1})
		}
	}
	return out, nil
}

// containing are the words and skus that have a text in them.
func (s *Service) containing(ctx context.Context, w string, staff bool) ([]known, error) {
	n := utf8.RuneCountInString(w)
	if n < 3 || n < 4 && !hasDigit(w) {
		return nil, nil
	}
	parts := grams(w, false)
	list, err := s.vocabulary(ctx, `
SELECT t.term, t.display, t.sku, t.`+scope(staff)+`
FROM (SELECT g.term FROM search_grams g WHERE `+s.st.Among("g.gram", 1)+` AND g.length >= `+fmt.Sprint(n)+` GROUP BY g.term HAVING count(*) = `+fmt.Sprint(len(parts))+`) m
JOIN search_terms t ON t.term = m.term WHERE t.`+scope(staff)+` > 0
ORDER BY t.`+scope(staff)+` DESC, t.term LIMIT `+fmt.Sprint(mostLikely), store.List(s.st, parts))
	list = slices.DeleteFunc(list, func(k known) bool { return !strings.Contains(k.term, w) })
	return list[:min(len(list), mostParts)], err
}

func (s *Service) vocabulary(ctx context.Context, query string, args ...any) ([]known, error) {
	rows, err := s.st.RawRead(ctx).QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []known
	for rows.Next() {
		var k known
		if err := rows.Scan(&k.term, &k.display, &k.sku, &k.docs); err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		out = append(out, k)
	}
	return out, rows.Err()
}

// Suggest says what somebody might mean who types: words of the catalog that
// complete the last one, and products.
func (s *Service) Suggest(ctx context.Context, prefix string, first int) ([]Suggestion, error) {
	if err := check(prefix); err != nil {
		return nil, err
	}
	given := groups(prefix)
	if len(given) == 0 || first == 0 {
		return nil, nil
	}
	l := lookup{groups: given, staff: staff(ctx)}
	f, err := s.find(ctx, l)
	if err != nil || f.total == 0 {
		return nil, err
	}
	var out []Suggestion
	seen := map[string]bool{}
	last := given[len(given)-1]
	if n := utf8.RuneCountInString(last.text); n > 1 && !hasDigit(last.text) {
		words, err := s.vocabulary(ctx, s.with(`SELECT term, display, sku, `+scope(l.staff)+` FROM search_terms, %s
			WHERE term >= v1 AND term < v1 || '`+"\U0010ffff"+`' AND `+scope(l.staff)+` > 0 ORDER BY `+scope(l.staff)+` DESC, term LIMIT `+fmt.Sprint(first), 1), s.args(rowsOf([]string{last.text}))...)
		if err != nil {
			return nil, err
		}
		for _, k := range words {
			text := strings.TrimSpace(prefix[:last.from[0]] + k.display)
			if k.sku || seen[text] || len(given) > 1 && !together(f.hits, given[:len(given)-1], k.term) {
				continue
			}
			seen[text] = true
			out = append(out, Suggestion{Text: text})
		}
		out = out[:min(len(out), (first+1)/2)]
	}
	page, err := s.show(ctx, f.hits[:min(len(f.hits), first-len(out))], l)
	if err != nil {
		return nil, err
	}
	for _, h := range page {
		var name strings.Builder
		for _, p := range h.Highlights[0].Parts {
			name.WriteString(p.Text)
		}
		out = append(out, Suggestion{Text: name.String(), ProductID: h.ProductID})
	}
	return out, nil
}

// together says whether a hit has the words and the one that completes the last in
// its name or keywords: two words of different products are no suggestion.
func together(hits []candidate, _ []group, word string) bool {
	return slices.ContainsFunc(hits[:min(len(hits), 200)], func(c candidate) bool { return inText(strings.ReplaceAll(c.head, "\n", " "), word) > 0 })
}
