package catalog

import (
	"entgo.io/ent/dialect/sql"

	"foyer/ent/file"
	"foyer/ent/predicate"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/schema/gid"
)

// The conditions of staff's lists. They look past what their reader sees of other
// types, so that only who reads the catalog as a whole may be given them.

// MeantForSegment are the products for some customers alone, among them a segment's.
func MeantForSegment(id gid.ID) predicate.Product {
	return product.And(product.Restricted(true), exists("product_audiences WHERE audience_id = ", string(id)))
}

// HasPicture are the products with a picture.
func HasPicture() predicate.Product { return exists("files WHERE kind = ", string(file.KindPICTURE)) }

// HasPrice are the products of which something that is not retired has a price.
func HasPrice() predicate.Product {
	return product.HasVariantsWith(productvariant.PriceMinorGT(0), productvariant.StatusNEQ(productvariant.StatusRETIRED))
}

// exists asks for rows of a table that belong to a product.
func exists(rows, value string) predicate.Product {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteString("EXISTS (SELECT 1 FROM " + rows).Arg(value).WriteString(" AND product_id = ").Ident(s.C(product.FieldID)).WriteString(")")
		}))
	}
}
