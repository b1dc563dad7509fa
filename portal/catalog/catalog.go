// Package catalog is what the portal does with what is sold: types of products
// and their attributes, categories, products and their variants, what goes with
// what, and for whom a product is.
//
// Owns: the meaning of attributes and how they are written and shown, the tree of
// categories, relations between products, audiences and segments (the plain
// tables product_audiences, segment_members and product_replacements). Does not
// own: who may do what and who sees which product (schema/access.go, enforced by
// portal/access), prices (portal/prices), stock (portal/stock), pictures and
// documents (portal/files), what a search finds (portal/search).
package catalog

import (
	"context"
	"time"

	"foyer/ent"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/portal/gather"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// Service does what the portal does with the catalog.
type Service struct {
	store   *store.Store
	now     func() time.Time // UTC, to the microsecond that both databases keep
	changed []func(ctx context.Context, tx *ent.Client, products []gid.ID) error
}

// New makes the service.
func New(st *store.Store) *Service {
	return &Service{store: st, now: func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }}
}

// WhenChanged has f called, in the transaction of each change, with the products
// that it changes, or whose variants, type or customers it changes. All are to be
// named before the first change.
func (s *Service) WhenChanged(f func(ctx context.Context, tx *ent.Client, products []gid.ID) error) {
	s.changed = append(s.changed, f)
}

// The codes of refusals, as the API's CatalogErrorCode has them.
const (
	codeInvalid  = "INVALID"
	codeTaken    = "TAKEN"
	codeSkuTaken = "SKU_TAKEN"
	codeUnknown  = "UNKNOWN_ATTRIBUTE"
	codeRequired = "ATTRIBUTE_REQUIRED"
	codeCircle   = "CIRCLE"
	codeFixed    = "FIXED"
	codeTooMany  = "TOO_MANY"
	codeInUse    = "IN_USE"
)

// SaveType is a product type to make or to change. What is nil stays.
type SaveType struct {
	ID         *gid.ID
	Version    *int
	Key        *string
	Name       *string
	Attributes []schema.AttributeDefinition // nil: as they are
}

// SaveCategory is a category to make or to change. What is nil stays.
type SaveCategory struct {
	ID          *gid.ID
	Name        *string
	Description *string
	Position    *int
	ParentID    *gid.ID
	Top         bool
}

// Value is the value of an attribute as it is given: Values for CHOICES.
type Value struct {
	Key    string
	Value  *string
	Values []string
}

// SaveProduct is a product to make or to change. What is nil stays.
type SaveProduct struct {
	ID           *gid.ID
	Version      *int
	Name         *string
	Description  *string
	Status       *product.Status
	CategoryID   *gid.ID
	TypeID       *gid.ID
	Attributes   []Value
	TaxCategory  *string
	Keywords     *string
	InternalText *string
	Related      []schema.Related // nil: as they are
}

// SaveVariant is a variant to make or to change. What is nil stays.
type SaveVariant struct {
	ID              *gid.ID
	ProductID       *gid.ID
	Version         int // of the product
	Sku             *string
	Name            *string
	Price           *string
	Currency        *string
	Attributes      []Value
	WeightGrams     *int
	Unit            *string
	MinimumQuantity *int
	QuantityStep    *int
	MaximumQuantity *int
	StockPolicy     *productvariant.StockPolicy
	LeadDays        *int
	AvailableFrom   *time.Time
	Status          *productvariant.Status
}

// SetAudience says for whom a product is.
type SetAudience struct {
	ProductID       gid.ID
	Version         int
	Restricted      bool
	OrganizationIDs []gid.ID
	SegmentIDs      []gid.ID
}

// SaveSegment is a segment to make or to change. What is nil stays.
type SaveSegment struct {
	ID          *gid.ID
	Version     *int
	Key         *string
	Name        *string
	Description *string
}

// SetMembers says who comes into a segment and who leaves it.
type SetMembers struct {
	SegmentID gid.ID
	Version   int
	Add       []gid.ID
	Remove    []gid.ID
}

// Attribute is an attribute as a viewer reads it.
type Attribute struct {
	Key    string // empty without a definition
	Name   string
	Value  string // with unit and in the viewer's language
	Kind   string
	Number string // of a NUMBER
	Values []string
	Given  string // the value as it is saved; empty without a definition
}

// Relation is a product that goes with another one.
type Relation struct {
	Kind      string
	ProductID gid.ID
}

// Audience is for whom a product is.
type Audience struct {
	Restricted    bool
	Organizations []gid.ID // at most maxShown
	Segments      []gid.ID
}

// Page asks for members of a segment.
type Page struct {
	Segment gid.ID
	First   int
	After   gid.ID
}

// loaders answer one question about many records with the same statements. They
// are made for one answer and one viewer, and remember nothing.
type loaders struct {
	attributes   *gather.Loader[gid.ID, []Attribute]
	ofVariants   *gather.Loader[gid.ID, []Attribute]
	relations    *gather.Loader[gid.ID, []Relation]
	replacements *gather.Loader[gid.ID, []gid.ID]
	audiences    *gather.Loader[gid.ID, Audience]
	paths        *gather.Loader[gid.ID, []gid.ID]
	counts       *gather.Loader[gid.ID, int]
	pages        *gather.Loader[Page, []gid.ID]
}

type loadersKey struct{}

// WithLoaders lets the questions of one answer share their statements.
func WithLoaders(ctx context.Context, s *Service) context.Context {
	return context.WithValue(ctx, loadersKey{}, &loaders{
		attributes: gather.New(s.attributesOf), ofVariants: gather.New(s.variantAttributesOf),
		relations: gather.New(s.relationsOf), replacements: gather.New(s.replacementsOf), audiences: gather.New(s.audiencesOf),
		paths: gather.New(s.pathsOf), counts: gather.New(s.countsOf), pages: gather.New(s.pagesOf),
	})
}

// together are the loaders of the context; without any each question is asked alone.
func together(ctx context.Context) *loaders {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		return l
	}
	return &loaders{}
}

// Attributes are those of a product that the viewer may read, in the order of its
// type; nil when there are none.
func (s *Service) Attributes(ctx context.Context, product gid.ID) ([]Attribute, error) {
	return gather.Ask(ctx, together(ctx).attributes, product, s.attributesOf)
}

// VariantAttributes are those of a variant.
func (s *Service) VariantAttributes(ctx context.Context, variant gid.ID) ([]Attribute, error) {
	return gather.Ask(ctx, together(ctx).ofVariants, variant, s.variantAttributesOf)
}

// Relations are the products that go with one, as far as the viewer sees them.
func (s *Service) Relations(ctx context.Context, product gid.ID) ([]Relation, error) {
	return gather.Ask(ctx, together(ctx).relations, product, s.relationsOf)
}

// Replacements are the products that replace one; the viewer may not see them all.
func (s *Service) Replacements(ctx context.Context, product gid.ID) ([]gid.ID, error) {
	return gather.Ask(ctx, together(ctx).replacements, product, s.replacementsOf)
}

// Audience is for whom a product is. The caller may see that.
func (s *Service) Audience(ctx context.Context, product gid.ID) (Audience, error) {
	return gather.Ask(ctx, together(ctx).audiences, product, s.audiencesOf)
}

// Path are the categories above one, from the top.
func (s *Service) Path(ctx context.Context, category gid.ID) ([]gid.ID, error) {
	return gather.Ask(ctx, together(ctx).paths, category, s.pathsOf)
}

// Count is how many customers are in a segment. The caller sees the segment.
func (s *Service) Count(ctx context.Context, segment gid.ID) (int, error) {
	return gather.Ask(ctx, together(ctx).counts, segment, s.countsOf)
}

// Members are customers in a segment, by id. The caller sees the segment.
func (s *Service) Members(ctx context.Context, p Page) ([]gid.ID, error) {
	if p.First < 0 || p.First > maxShown {
		return nil, problem.Input("At most 100 can be asked for at once.", "Höchstens 100 können auf einmal abgefragt werden.")
	}
	return gather.Ask(ctx, together(ctx).pages, p, s.pagesOf)
}

// maxShown is how many customers are shown at once.
const maxShown = 100
