package search

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	mostMatching = 20  // variants of a hit
	excerpt      = 160 // characters of a long text
)

// show makes the hits of a page.
func (s *Service) show(ctx context.Context, page []candidate, l lookup) ([]Hit, error) {
	hits := make([]Hit, len(page))
	if len(page) == 0 {
		return hits, nil
	}
	ids := make([]string, len(page))
	for i, c := range page {
		ids[i] = c.doc
	}
	// Documents of hits, of which the rule has been asked a moment ago.
	rows, err := s.st.RawRead(ctx).QueryContext(ctx, s.with(`SELECT id, texts FROM search_docs WHERE id IN (SELECT CAST(v1 AS bigint) FROM %s)`, 1), s.args(rowsOf(ids))...)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	defer func() { _ = rows.Close() }()
	shown := map[string]texts{}
	for rows.Next() {
		var id, text string
		var t texts
		if err := rows.Scan(&id, &text); err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		if err := json.Unmarshal([]byte(text), &t); err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		shown[id] = t
	}
	for i, c := range page {
		hits[i] = Hit{ProductID: c.product, Score: max(c.score, 0)}
		hits[i].highlight(shown[c.doc], l.groups)
	}
	return hits, rows.Err()
}

// highlight says where the words were found: in the name always, in other texts
// where there are any.
func (h *Hit) highlight(t texts, by []group) {
	add := func(field, text string, always bool) {
		parts, found := marked(text, by)
		if text != "" && (found || always) {
			h.Highlights = append(h.Highlights, Highlight{field, parts})
		}
	}
	add("NAME", t.Name, true)
	for _, v := range t.Variants {
		if len(h.VariantIDs) < mostMatching && v.asked(by) {
			h.VariantIDs = append(h.VariantIDs, v.ID)
			if len(h.VariantIDs) <= 3 {
				add("SKU", v.Sku, true)
			}
		}
	}
	add("CATEGORY", t.Category, false)
	add("KEYWORDS", t.Keywords, false)
	n := len(h.Highlights)
	for _, a := range t.Attributes {
		if add("ATTRIBUTES", a, false); len(h.Highlights) >= n+3 {
			break
		}
	}
	add("DESCRIPTION", t.Description, false)
	add("INTERNAL", t.Internal, false)
}

// asked says whether a sku was searched for.
func (v variant) asked(by []group) bool {
	var whole strings.Builder
	for _, g := range by {
		whole.WriteString(g.text)
		for _, w := range g.ways {
			all := true
			for _, t := range w {
				all = all && inSkus(v.Joined, t.text) > 0
			}
			if all {
				return true
			}
		}
	}
	return len(by) > 1 && inSkus(v.Joined, whole.String()) > 0
}

// marked is a text in parts, cut to what is around the first word that was found.
func marked(text string, by []group) (parts []Part, found bool) {
	type span struct{ from, to int }
	var spans []span
	for _, c := range chunks(text) {
		if fits(c, by) {
			spans = append(spans, span{c.from, c.to})
		}
	}
	begin, end := 0, len(text)
	if utf8.RuneCountInString(text) > excerpt+40 {
		if len(spans) > 0 && spans[0].from > 60 {
			begin = wordAfter(text, spans[0].from-60)
		}
		if end = begin; true {
			for n := 0; n < excerpt && end < len(text); n++ {
				_, size := utf8.DecodeRuneInString(text[end:])
				end += size
			}
		}
		if end < len(text) {
			if i := strings.LastIndexFunc(text[begin:end], unicode.IsSpace); i > 0 {
				end = begin + i
			}
		}
	}
	at := begin
	put := func(to int, match bool) {
		if to > at {
			parts = append(parts, Part{text[at:to], match})
			at = to
		}
	}
	for _, x := range spans {
		if x.from >= begin && x.to <= end {
			put(x.from, false)
			put(x.to, true)
			found = true
		}
	}
	put(end, false)
	if len(parts) > 0 && begin > 0 {
		parts = append([]Part{{Text: "… "}}, parts...)
	}
	if len(parts) > 0 && end < len(text) {
		parts = append(parts, Part{Text: " …"})
	}
	return parts, found
}

// wordAfter is where the next word begins.
func wordAfter(text string, at int) int {
	for at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	if i := strings.IndexFunc(text[at:], unicode.IsSpace); i >= 0 {
		return at + i + 1
	}
	return at
}

// fits says whether a chunk of a text is one of the words.
func fits(c chunk, by []group) bool {
	for _, g := range by {
		for _, w := range g.ways {
			for _, t := range w {
				for i, p := range c.pieces {
					if p == t.text || t.prefix && strings.HasPrefix(p, t.text) ||
						t.prefix && i < len(c.pieces)-1 && strings.HasPrefix(strings.Join(c.pieces[i:], ""), t.text) {
						return true
					}
				}
			}
		}
	}
	return false
}
