package search

import (
	"encoding/json"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"foyer/ent"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/schema"
	"foyer/schema/gid"
)

// How much of a product is indexed.
const (
	mostTokens   = 4000 // of one part of a document
	mostVariants = 2000 // whose skus are known to rank hits
	longestText  = 4000 // bytes of a text that is kept for excerpts
)

// document is what is indexed of a product: for everybody, or for the staff.
type document struct {
	product                      gid.ID
	staff, open                  bool
	name, keys, attributes, body []string // tokens, by how much they weigh
	filter                       []string // tokens of what can be filtered by
	head, facets, terms          string
	texts                        texts
	words                        map[string]word
}

// word is an entry of the vocabulary.
type word struct {
	display string
	sku     bool
}

// texts are what is shown of a hit, as it is written.
type texts struct {
	Name        string    `json:"n"`
	Category    string    `json:"c,omitempty"`
	Keywords    string    `json:"k,omitempty"`
	Attributes  []string  `json:"a,omitempty"`
	Description string    `json:"d,omitempty"`
	Internal    string    `json:"i,omitempty"`
	Variants    []variant `json:"v,omitempty"`
}

// variant is a sku, folded without signs, and as it is written.
type variant struct {
	ID     gid.ID `json:"i"`
	Sku    string `json:"s"`
	Joined string `json:"j"`
}

// Separators of what is kept in one column.
const (
	between = "\x1f" // entries
	within  = "\x1d" // the key and the value of an attribute
)

// source is what documents are made from.
type source struct {
	categories map[gid.ID]*ent.Category
	types      map[gid.ID]*ent.ProductType
}

// path is a category and those above it.
func (s source) path(id gid.ID) []*ent.Category {
	var list []*ent.Category
	for c := s.categories[id]; c != nil && len(list) < 20; c = s.categories[c.ParentID] {
		list = append(list, c)
	}
	return list
}

// document makes the document of a product; nil when there is none: what is not
// offered is not for everybody.
func (s source) document(p *ent.Product, variants []*ent.ProductVariant, staff bool) *document {
	if !staff && p.Status != product.StatusACTIVE {
		return nil
	}
	d := &document{product: p.ID, staff: staff, open: p.Status == product.StatusACTIVE && !p.Restricted, words: map[string]word{}}
	var facets []string
	d.texts.Name = p.Name
	d.name = tokens(p.Name)
	d.learn(p.Name)
	var path []string
	for _, c := range s.path(p.CategoryID) {
		path = append(path, c.Name)
		d.learn(c.Name)
		facets = append(facets, "c"+string(c.ID))
	}
	slices.Reverse(path)
	d.texts.Category = strings.Join(path, " › ")
	d.texts.Keywords = p.Keywords
	d.learn(p.Keywords)
	d.keys = append(tokens(d.texts.Category), tokens(p.Keywords)...)
	definitions := map[string]schema.AttributeDefinition{}
	if t := s.types[p.TypeID]; t != nil {
		facets = append(facets, "t"+string(t.ID))
		d.keys = append(d.keys, tokens(t.Name)...)
		for _, a := range t.Attributes {
			definitions[a.Key] = a
		}
	}
	attribute := func(a schema.Attribute) {
		def, known := definitions[a.Key]
		if !staff && (def.Internal || !known && a.Key != "") {
			return // for staff only, or no longer defined
		}
		values := a.Values
		if len(values) == 0 {
			values = []string{a.Value}
		}
		name := a.Name
		if known {
			name = def.Name
		}
		text := name + ": " + strings.Join(values, ", ")
		if def.Unit != "" {
			text += " " + def.Unit
		}
		if !slices.Contains(d.texts.Attributes, text) && len(d.texts.Attributes) < 200 {
			d.texts.Attributes = append(d.texts.Attributes, clip(text, 300))
		}
		d.attributes = append(d.attributes, tokens(text)...)
		d.learn(text)
		for _, v := range values {
			if known && def.Facet && !def.Internal && v != "" {
				facets = append(facets, "a"+a.Key+within+v)
			}
		}
	}
	for _, a := range p.Attributes {
		attribute(a)
	}
	var skus []string
	for _, v := range variants {
		if !staff && v.Status != productvariant.StatusACTIVE {
			continue
		}
		joined := joinedSku(v.Sku)
		d.name = append(d.name, tokens(v.Sku)...)
		d.attributes = append(d.attributes, tokens(v.Name)...)
		d.learn(v.Name)
		if joined != "" && len(skus) < mostVariants {
			skus = append(skus, joined)
			d.words[joined] = word{v.Sku, true}
			d.texts.Variants = append(d.texts.Variants, variant{v.ID, v.Sku, joined})
		}
		for _, a := range v.Attributes {
			attribute(a)
		}
	}
	d.texts.Description = clip(p.Description, longestText)
	d.body = tokens(p.Description)
	d.learn(p.Description)
	if staff {
		d.texts.Internal = clip(p.InternalText, longestText)
		d.body = append(d.body, tokens(p.InternalText)...)
		d.learn(p.InternalText)
	}
	facets = unique(facets)
	for _, f := range facets {
		d.filter = append(d.filter, mark(f))
	}
	for _, list := range []*[]string{&d.name, &d.keys, &d.attributes, &d.body} {
		*list = unique(*list)
		*list = (*list)[:min(len(*list), mostTokens)]
	}
	d.facets = strings.Join(facets, between)
	d.head = strings.Join([]string{strings.Join(tokens(p.Name), " "), strings.Join(skus, " "), strings.Join(unique(d.keys), " ")}, "\n")
	known := make([]string, 0, len(d.words))
	for w := range d.words {
		known = append(known, w)
	}
	slices.Sort(known)
	d.terms = strings.Join(known, " ")
	return d
}

func joinedSku(sku string) string {
	var b strings.Builder
	for _, c := range chunks(sku) {
		b.WriteString(c.joined())
	}
	return clip(b.String(), 2*longestPiece)
}

// learn adds the words of a text to those that a typo may have meant.
func (d *document) learn(text string) {
	for _, c := range chunks(text) {
		if len(c.pieces) == 1 {
			w := c.pieces[0]
			if _, known := d.words[w]; !known && len(w) > 2 && !digits(w) && !empty[w] {
				d.words[w] = word{display: strings.ToLower(text[c.from:c.to])}
			}
			continue
		}
		for _, w := range c.pieces {
			if _, known := d.words[w]; !known && len(w) > 2 && !hasDigit(w) && !empty[w] {
				d.words[w] = word{display: w}
			}
		}
	}
}

// mark is the token by which an entry of the facets is filtered.
func mark(facet string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(facet)) // never fails
	return facet[:1] + strconv.FormatUint(h.Sum64(), 36)
}

func (d *document) textsJSON() (string, error) {
	b, err := json.Marshal(d.texts)
	return string(b), err
}

// vector is the document as PostgreSQL indexes it. Tokens are letters and digits,
// so that none needs to be quoted; marks begin with a sign that no word has.
func (d *document) vector() string {
	var b strings.Builder
	seen := map[string]bool{}
	for i, list := range [][]string{d.name, d.keys, d.attributes, d.body} {
		for _, w := range list {
			if !seen[w] {
				seen[w] = true
				b.WriteString("'" + w + "':1" + string("ABCD"[i]) + " ")
			}
		}
	}
	for _, f := range d.filter {
		b.WriteString("'=" + f + "' ")
	}
	return b.String()
}
