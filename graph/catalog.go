package graph

import (
	"context"
	"strings"

	"entgo.io/ent/dialect/sql"

	"foyer/ent"
	"foyer/ent/category"
	"foyer/ent/organization"
	"foyer/ent/predicate"
	"foyer/ent/product"
	"foyer/ent/producttype"
	"foyer/ent/productvariant"
	"foyer/ent/segment"
	"foyer/graph/model"
	"foyer/portal/catalog"
	"foyer/portal/customers"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// mostListed is how many product types and segments there can be, and how many
// of them a list has.
const mostListed = 200

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
		where = append(where, catalog.Below(*f.CategoryID))
	}
	if f.TypeID != nil {
		where = append(where, product.TypeID(*f.TypeID))
	}
	if len(f.Status) > 0 {
		where = append(where, product.StatusIn(f.Status...))
	}
	return append(where, forStaff(f)...), nil
}

// forStaff are the conditions that only staff have: for whom something is, and
// what it lacks.
func forStaff(f *model.ProductFilter) (where []predicate.Product) {
	if f.Restricted != nil {
		where = append(where, product.Restricted(*f.Restricted))
	}
	if f.SegmentID != nil {
		where = append(where, catalog.MeantForSegment(*f.SegmentID))
	}
	lacks := func(wanted *bool, has predicate.Product) {
		switch {
		case wanted == nil:
		case *wanted:
			where = append(where, product.Not(has))
		default:
			where = append(where, has)
		}
	}
	lacks(f.WithoutPicture, catalog.HasPicture())
	lacks(f.WithoutPrice, catalog.HasPrice())
	return where
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

// catalogErrors are the refusals of a change of the catalog.
func catalogErrors(ctx context.Context, err error) ([]*model.CatalogUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.CatalogUserError {
		return &model.CatalogUserError{Field: field, Code: model.CatalogErrorCode(code), Message: message}
	})
}

// categoryGone is the outcome of taking a category away.
func categoryGone(ctx context.Context, id gid.ID, err error) (*model.DeleteCategoryPayload, error) {
	refused, err := catalogErrors(ctx, err)
	out := &model.DeleteCategoryPayload{UserErrors: refused}
	if id != "" {
		out.DeletedID = &id
	}
	return out, err
}

// collectable is a query for records that loads just what a field selects.
type collectable[T any, Q any] interface {
	CollectFields(ctx context.Context, satisfies ...string) (Q, error)
}

type all[T any] interface {
	All(ctx context.Context) ([]*T, error)
}

// byID loads records with what the field at hand selects of them.
func byID[T any, Q all[T]](ctx context.Context, q collectable[T, Q], id func(*T) gid.ID) (map[gid.ID]*T, error) {
	collected, err := q.CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	list, err := collected.All(ctx)
	found := make(map[gid.ID]*T, len(list))
	for _, x := range list {
		found[id(x)] = x
	}
	return found, err
}

func (r *Resolver) productsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Product, error) {
	return byID(ctx, r.Store.Client().Product.Query().Where(product.IDIn(ids...)), func(x *ent.Product) gid.ID { return x.ID })
}

func (r *Resolver) variantsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.ProductVariant, error) {
	return byID(ctx, r.Store.Client().ProductVariant.Query().Where(productvariant.IDIn(ids...)), func(x *ent.ProductVariant) gid.ID { return x.ID })
}

func (r *Resolver) categoriesByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Category, error) {
	return byID(ctx, r.Store.Client().Category.Query().Where(category.IDIn(ids...)), func(x *ent.Category) gid.ID { return x.ID })
}

func (r *Resolver) productTypesByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.ProductType, error) {
	return byID(ctx, r.Store.Client().ProductType.Query().Where(producttype.IDIn(ids...)), func(x *ent.ProductType) gid.ID { return x.ID })
}

func (r *Resolver) segmentsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Segment, error) {
	return byID(ctx, r.Store.Client().Segment.Query().Where(segment.IDIn(ids...)), func(x *ent.Segment) gid.ID { return x.ID })
}

func (r *Resolver) organizationsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Organization, error) {
	return byID(ctx, r.Store.Client().Organization.Query().Where(organization.IDIn(ids...)), func(x *ent.Organization) gid.ID { return x.ID })
}

// loaded is a record with what the field at hand selects; nil without an id, as a
// refused mutation has none, and when it is not to be seen.
func loaded[T any](ctx context.Context, id gid.ID, load func(context.Context, []gid.ID) (map[gid.ID]*T, error)) (*T, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // there is none
	}
	all, err := load(ctx, []gid.ID{id})
	return all[id], err
}

// found turns nothing into "not found".
func found[T any](x *T, err error) (*T, error) {
	if x == nil && err == nil {
		return nil, problem.ErrNotFound
	}
	return x, err
}

// shownAttributes are attributes as the API has them; null when there are none.
func shownAttributes(list []catalog.Attribute, err error) ([]*model.Attribute, error) {
	var out []*model.Attribute
	for _, a := range list {
		x := &model.Attribute{Key: filled(a.Key), Name: a.Name, Value: a.Value, Kind: model.AttributeKind(a.Kind), Values: a.Values, Given: filled(a.Given)}
		if a.Number != "" {
			x.Number = new(money.Decimal(a.Number))
		}
		out = append(out, x)
	}
	return out, err
}

// relatedProducts are relations of one kind, or of any.
func relatedProducts(kind *model.RelationKind) func([]catalog.Relation, error) ([]*model.RelatedProduct, error) {
	return func(list []catalog.Relation, err error) ([]*model.RelatedProduct, error) {
		out := []*model.RelatedProduct{}
		for _, x := range list {
			if kind == nil || string(*kind) == x.Kind {
				out = append(out, &model.RelatedProduct{Kind: model.RelationKind(x.Kind), ProductID: x.ProductID})
			}
		}
		return out, err
	}
}

// memberPage reads which members of a segment are asked for.
func memberPage(id gid.ID, first int, after *gid.ID) catalog.Page {
	p := catalog.Page{Segment: id, First: first}
	if after != nil {
		p.After = *after
	}
	return p
}

// whole is a number of the database as the API has it.
func whole(n *int64) *int {
	if n == nil {
		return nil
	}
	return new(int(*n))
}

func saveType(in model.SaveProductTypeInput) catalog.SaveType {
	out := catalog.SaveType{ID: in.ID, Version: in.Version, Key: in.Key, Name: in.Name}
	if in.Attributes != nil {
		out.Attributes = []schema.AttributeDefinition{}
	}
	for _, a := range in.Attributes {
		out.Attributes = append(out.Attributes, schema.AttributeDefinition{
			Key: a.Key, Name: a.Name, Kind: string(a.Kind), Unit: said(a.Unit), Options: a.Options,
			Required: a.Required, Facet: a.Facet, Variant: a.Variant, Internal: a.Internal,
		})
	}
	return out
}

func values(in []*model.AttributeInput) (out []catalog.Value) {
	for _, v := range in {
		out = append(out, catalog.Value(*v))
	}
	return out
}

func saveProduct(in model.SaveProductInput) catalog.SaveProduct {
	out := catalog.SaveProduct{
		ID: in.ID, Version: in.Version, Name: in.Name, Description: in.Description, Status: in.Status, CategoryID: in.CategoryID,
		TypeID: in.TypeID, Attributes: values(in.Attributes), TaxCategory: in.TaxCategory, Keywords: in.Keywords, InternalText: in.InternalText,
	}
	if in.Related != nil {
		out.Related = []schema.Related{}
	}
	for _, x := range in.Related {
		out.Related = append(out.Related, schema.Related{Kind: string(x.Kind), ProductID: string(x.ProductID)})
	}
	return out
}

func saveVariant(in model.SaveVariantInput) catalog.SaveVariant {
	return catalog.SaveVariant{
		ID: in.ID, ProductID: in.ProductID, Version: in.Version, Sku: in.Sku, Name: in.Name, Price: (*string)(in.Price), Currency: in.Currency,
		Attributes: values(in.Attributes), WeightGrams: in.WeightGrams, Unit: in.Unit, MinimumQuantity: in.MinimumQuantity,
		QuantityStep: in.QuantityStep, MaximumQuantity: in.MaximumQuantity, StockPolicy: in.StockPolicy, LeadDays: in.LeadDays,
		AvailableFrom: in.AvailableFrom, Status: in.Status,
	}
}

// deliveryAddresses reads where a customer has things delivered.
func deliveryAddresses(in model.SetDeliveryAddressesInput) customers.Addresses {
	out := customers.Addresses{OrganizationID: in.OrganizationID, Addresses: []schema.Address{}}
	for _, a := range in.Addresses {
		out.Addresses = append(out.Addresses, schema.Address{
			Name: a.Name, Line1: a.Line1, Line2: said(a.Line2), PostalCode: said(a.PostalCode), City: a.City, Region: said(a.Region), Country: a.Country,
		})
	}
	return out
}
