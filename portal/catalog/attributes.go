package catalog

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// The kinds of attributes.
const (
	Text    = "TEXT"
	Number  = "NUMBER"
	Boolean = "BOOLEAN"
	Choice  = "CHOICE"
	Choices = "CHOICES"
	Date    = "DATE"
)

// longestValue is how many characters an attribute's text may have.
const longestValue = 500

// decimal is a number as people and other systems write it.
var decimal = regexp.MustCompile(`^[+-]?(\d{1,15}|\d{0,15}\.\d{1,9})$`)

// Parse reads a value of an attribute and returns it as it is stored: a number
// without needless digits, a day as 2006-01-02, choices in the order of the
// definition. Empty is the value of nothing, which is false. The error is a
// refusal for the person, at the path.
func Parse(d schema.AttributeDefinition, text string, values []string, path ...string) (a schema.Attribute, some bool, err error) {
	a = schema.Attribute{Key: d.Key, Name: d.Name}
	text = strings.TrimSpace(text)
	if d.Kind == Choices {
		if len(values) == 0 && text != "" {
			values = []string{text}
		}
		return choices(d, a, values, path)
	}
	if len(values) > 0 {
		return a, false, problem.Refuse(codeInvalid, problem.Text{
			EN: "This attribute has one value.", DE: "Diese Eigenschaft hat einen einzigen Wert.",
		}, path...)
	}
	if text == "" {
		return a, false, nil
	}
	switch d.Kind {
	case Number:
		a.Value, err = number(d, text, path)
	case Boolean:
		if a.Value = strings.ToLower(text); a.Value != "true" && a.Value != "false" {
			err = problem.Refuse(codeInvalid, problem.Text{EN: "Write true or false.", DE: "Schreiben Sie true oder false."}, path...)
		}
	case Choice:
		a.Value, err = option(d, text, path)
	case Date:
		day, bad := time.Parse(time.DateOnly, text)
		if a.Value = text; bad != nil || day.Year() < 1000 {
			err = problem.Refuse(codeInvalid, problem.Text{EN: "Write a day as 2026-01-31.", DE: "Schreiben Sie einen Tag als 2026-01-31."}, path...)
		}
	default:
		a.Value, err = problem.Line(text, longestValue, path...)
	}
	return a, err == nil, err
}

// number is the shortest way to write a decimal number. The unit of the
// definition may follow it, as people write it.
func number(d schema.AttributeDefinition, text string, path []string) (string, error) {
	if d.Unit != "" {
		text = strings.TrimSpace(strings.TrimSuffix(text, d.Unit))
	}
	if !decimal.MatchString(text) {
		return "", problem.Refuse(codeInvalid, problem.Text{
			EN: "Write a number such as 12.5, with up to 15 digits and 9 decimals.",
			DE: "Schreiben Sie eine Zahl wie 12.5, mit höchstens 15 Stellen und 9 Nachkommastellen.",
		}, path...)
	}
	sign := ""
	if text[0] == '-' {
		sign = "-"
	}
	whole, part, _ := strings.Cut(strings.TrimLeft(text, "+-"), ".")
	whole, part = strings.TrimLeft(whole, "0"), strings.TrimRight(part, "0")
	if whole == "" {
		whole = "0"
	}
	switch {
	case part != "":
		return sign + whole + "." + part, nil
	case whole == "0":
		return whole, nil
	}
	return sign + whole, nil
}

// option is what a text chooses, whatever its case.
func option(d schema.AttributeDefinition, text string, path []string) (string, error) {
	i := slices.Index(d.Options, text)
	if i < 0 {
		i = slices.IndexFunc(d.Options, func(o string) bool { return strings.EqualFold(o, text) })
	}
	if i < 0 {
		return "", problem.Refuse(codeInvalid, problem.Text{
			EN: "Choose one of: " + strings.Join(d.Options, ", "), DE: "Wählen Sie eines von: " + strings.Join(d.Options, ", "),
		}, path...)
	}
	return d.Options[i], nil
}

func choices(d schema.AttributeDefinition, a schema.Attribute, values, path []string) (schema.Attribute, bool, error) {
	var chosen []string
	for _, v := range values {
		if v = strings.TrimSpace(v); v == "" {
			continue
		}
		o, err := option(d, v, path)
		if err != nil {
			return a, false, err
		}
		chosen = append(chosen, o)
	}
	for _, o := range d.Options { // each once, in the order in which they are offered
		if slices.Contains(chosen, o) {
			a.Values = append(a.Values, o)
		}
	}
	a.Value = strings.Join(a.Values, ", ")
	return a, len(a.Values) > 0, nil
}

// Internal says whether the viewer reads what only staff do.
func internal(ctx context.Context) bool {
	v := auth.From(ctx)
	return v.System() || v != nil && v.Grants().Has(schema.PermUnpublished)
}

// Definitions are those of a type that the viewer may know of.
func Definitions(ctx context.Context, list []schema.AttributeDefinition) []*schema.AttributeDefinition {
	out, all := []*schema.AttributeDefinition{}, internal(ctx)
	for i := range list {
		if all || !list[i].Internal {
			out = append(out, &list[i])
		}
	}
	return out
}

// Shown are the attributes of a product, or of a variant, as somebody reads them:
// names, units and the order are those of the type as it is today. What the type
// does not know, or only staff may, is left out; so is a value that its definition
// would not take any more. Attributes that never had a definition, such as
// imported ones, follow as they are.
func Shown(defs []schema.AttributeDefinition, list []schema.Attribute, variant, staff bool, language string) (out []Attribute) {
	for _, d := range defs {
		i := slices.IndexFunc(list, func(a schema.Attribute) bool { return a.Key == d.Key })
		if i < 0 || d.Variant != variant || d.Internal && !staff {
			continue
		}
		if a, ok := shown(d, list[i], language); ok {
			out = append(out, a)
		}
	}
	for _, a := range list {
		if a.Key == "" {
			out = append(out, Attribute{Name: a.Name, Value: a.Value, Kind: Text})
		}
	}
	return out
}

func shown(d schema.AttributeDefinition, stored schema.Attribute, language string) (a Attribute, ok bool) {
	a = Attribute{Key: d.Key, Name: d.Name, Value: stored.Value, Kind: d.Kind, Given: stored.Value}
	german := language == "de"
	switch d.Kind {
	case Number:
		n, err := number(d, stored.Value, nil)
		if err != nil {
			return a, false
		}
		a.Number, a.Given, a.Value = n, n, grouped(n, german)
		if d.Unit != "" {
			a.Value += " " + d.Unit
		}
	case Boolean:
		word := problem.Text{EN: "no", DE: "nein"}
		if stored.Value == "true" {
			word = problem.Text{EN: "yes", DE: "ja"}
		}
		a.Value = word.In(language)
	case Date:
		day, err := time.Parse(time.DateOnly, stored.Value)
		if err != nil {
			return a, false
		}
		if a.Value = day.Format("2 January 2006"); german {
			a.Value = day.Format("02.01.2006")
		}
	case Choices:
		a.Values = stored.Values
	}
	return a, true
}

// grouped writes a decimal number with its thousands apart, from five digits on,
// as both languages do.
func grouped(n string, german bool) string {
	point, comma := ".", ","
	if german {
		point, comma = ",", "."
	}
	digits := strings.TrimPrefix(n, "-")
	sign := n[:len(n)-len(digits)]
	whole, part, broken := strings.Cut(digits, ".")
	if len(whole) > 4 {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + comma + whole[i:]
		}
	}
	if broken {
		whole += point + part
	}
	return sign + whole
}

// language is that of the viewer.
func language(ctx context.Context) string {
	if v := auth.From(ctx); v != nil {
		return v.Language
	}
	return ""
}

// attributesOf answers for several products in two statements.
func (s *Service) attributesOf(ctx context.Context, ids []gid.ID) (map[gid.ID][]Attribute, error) {
	q := s.store.Client().Product.Query().Where(product.IDIn(ids...)).WithType()
	q.Select(product.FieldID, product.FieldTypeID, product.FieldAttributes)
	list, err := q.All(ctx)
	if err != nil {
		return nil, err
	}
	all := make(map[gid.ID][]Attribute, len(list))
	for _, p := range list {
		all[p.ID] = Shown(definitions(p), p.Attributes, false, internal(ctx), language(ctx))
	}
	return all, nil
}

// variantAttributesOf answers for several variants in three statements.
func (s *Service) variantAttributesOf(ctx context.Context, ids []gid.ID) (map[gid.ID][]Attribute, error) {
	q := s.store.Client().ProductVariant.Query().Where(productvariant.IDIn(ids...)).WithProduct(func(q *ent.ProductQuery) {
		q.WithType().Select(product.FieldID, product.FieldTypeID)
	})
	q.Select(productvariant.FieldID, productvariant.FieldProductID, productvariant.FieldAttributes)
	list, err := q.All(ctx)
	if err != nil {
		return nil, err
	}
	all := make(map[gid.ID][]Attribute, len(list))
	for _, v := range list {
		all[v.ID] = Shown(definitions(v.Edges.Product), v.Attributes, true, internal(ctx), language(ctx))
	}
	return all, nil
}

// definitions are those of a product's type, which has been loaded with it.
func definitions(p *ent.Product) []schema.AttributeDefinition {
	if p == nil || p.Edges.Type == nil {
		return nil
	}
	return p.Edges.Type.Attributes
}

// merge applies changes to the attributes of a product, or of a variant, and puts
// them into the order of the type. Values of attributes that the type does not
// have, or has elsewhere, are dropped; those without a key stay.
func merge(defs []schema.AttributeDefinition, variant bool, old []schema.Attribute, changes []Value) ([]schema.Attribute, error) {
	byKey, loose := map[string]schema.Attribute{}, []schema.Attribute{}
	for _, a := range old {
		if a.Key == "" {
			loose = append(loose, a)
		} else {
			byKey[a.Key] = a
		}
	}
	seen := map[string]bool{}
	for _, c := range changes {
		path := []string{"attributes", c.Key}
		if seen[c.Key] {
			return nil, problem.Refuse(codeInvalid, problem.Text{EN: "This attribute is given twice.", DE: "Diese Eigenschaft steht zweimal da."}, path...)
		}
		seen[c.Key] = true
		given := ""
		if c.Value != nil {
			given = *c.Value
		}
		i := slices.IndexFunc(defs, func(d schema.AttributeDefinition) bool { return d.Key == c.Key && d.Variant == variant })
		if i < 0 {
			n := slices.IndexFunc(loose, func(a schema.Attribute) bool { return a.Name == c.Key })
			if n < 0 || given != "" || len(c.Values) > 0 {
				return nil, unknown(c.Key, defs, path)
			}
			loose = slices.Delete(loose, n, n+1)
			continue
		}
		a, some, err := Parse(defs[i], given, c.Values, path...)
		if err != nil {
			return nil, err
		}
		if delete(byKey, c.Key); some {
			byKey[c.Key] = a
		}
	}
	var out []schema.Attribute
	for _, d := range defs {
		if a, ok := byKey[d.Key]; ok && d.Variant == variant {
			a.Name = d.Name
			out = append(out, a)
		}
	}
	return append(out, loose...), nil
}

func unknown(key string, defs []schema.AttributeDefinition, path []string) error {
	text := problem.Text{EN: "The type has no attribute with this key.", DE: "Der Produkttyp hat keine Eigenschaft mit diesem Schlüssel."}
	for _, d := range defs {
		if d.Key != key {
			continue
		}
		if text = (problem.Text{EN: "This is an attribute of the product, not of a variant.", DE: "Das ist eine Eigenschaft des Produkts, nicht einer Variante."}); d.Variant {
			text = problem.Text{EN: "This is an attribute of the variants, not of the product.", DE: "Das ist eine Eigenschaft der Varianten, nicht des Produkts."}
		}
	}
	return problem.Refuse(codeUnknown, text, path...)
}

// missing is the first attribute that something must have before it is offered,
// and has not.
func missing(defs []schema.AttributeDefinition, variant bool, list []schema.Attribute) *schema.AttributeDefinition {
	for i, d := range defs {
		if d.Required && d.Variant == variant && !slices.ContainsFunc(list, func(a schema.Attribute) bool { return a.Key == d.Key }) {
			return &defs[i]
		}
	}
	return nil
}

func wanting(d *schema.AttributeDefinition, sku string, path ...string) error {
	of, von := "", ""
	if sku != "" {
		of, von = " of "+strconv.Quote(sku), " von "+strconv.Quote(sku)
	}
	return problem.Refuse(codeRequired, problem.Text{
		EN: "Before it is offered, " + d.Name + of + " must be filled in.",
		DE: "Bevor es angeboten wird, muss " + d.Name + von + " ausgefüllt sein.",
	}, path...)
}
