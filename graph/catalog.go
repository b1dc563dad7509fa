package graph

import (
	"strings"

	"entgo.io/ent/dialect/sql"

	"foyer/ent"
	"foyer/ent/predicate"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/graph/model"
)

// productsByName is how products are sorted when nobody says.
var productsByName = &ent.ProductOrder{Direction: ent.OrderDirection("ASC"), Field: ent.ProductOrderFieldName}

// productFilter reads which products are asked for.
func productFilter(f *model.ProductFilter) (where []predicate.Product, err error) {
	if f == nil {
		return nil, nil
	}
	text, err := searched(f.Search)
	if err != nil {
		return nil, err
	}
	if text != "" {
		// A sku is looked for among the offered variants only: ent does not ask the
		// rules of a type that a predicate merely mentions, and a retired variant
		// of a visible product must not answer guesses.
		offered := product.HasVariantsWith(productvariant.Sku(text), productvariant.StatusEQ(productvariant.StatusACTIVE))
		where = append(where, product.Or(beginsFold[predicate.Product](product.FieldName, text), offered))
	}
	if f.CategoryID != nil {
		where = append(where, product.CategoryID(*f.CategoryID))
	}
	if len(f.Status) > 0 {
		where = append(where, product.StatusIn(f.Status...))
	}
	return where, nil
}

// beginsFold matches the beginning of a column, whatever the case of its ASCII
// letters: both databases leave others alone, so these match as they are typed.
// What the text has of LIKE's own signs is taken as itself.
func beginsFold[P ~func(*sql.Selector)](column, text string) P {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteString("(lower(").Ident(s.C(column)).WriteString(") LIKE ").Arg(likePrefix(strings.ToLower(text))).WriteString(` ESCAPE '\'`).
				WriteString(" OR ").Ident(s.C(column)).WriteString(" LIKE ").Arg(likePrefix(text)).WriteString(` ESCAPE '\')`)
		}))
	}
}
