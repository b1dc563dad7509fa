package catalog

import (
	"context"

	"foyer/ent/predicate"
	"foyer/ent/product"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

var errYet = problem.New(problem.Internal, "Not yet.", "Noch nicht.")

func (s *Service) SaveType(context.Context, SaveType) (gid.ID, error)         { return "", errYet }
func (s *Service) SaveCategory(context.Context, SaveCategory) (gid.ID, error) { return "", errYet }
func (s *Service) SaveProduct(context.Context, SaveProduct) (gid.ID, error)   { return "", errYet }
func (s *Service) SaveVariant(context.Context, SaveVariant) (gid.ID, error)   { return "", errYet }
func (s *Service) SetAudience(context.Context, SetAudience) (gid.ID, error)   { return "", errYet }
func (s *Service) SaveSegment(context.Context, SaveSegment) (gid.ID, error)   { return "", errYet }
func (s *Service) SetMembers(context.Context, SetMembers) (gid.ID, error)     { return "", errYet }

func (s *Service) attributesOf(context.Context, []gid.ID) (map[gid.ID][]Attribute, error) {
	return nil, nil
}
func (s *Service) variantAttributesOf(context.Context, []gid.ID) (map[gid.ID][]Attribute, error) {
	return nil, nil
}
func (s *Service) relationsOf(context.Context, []gid.ID) (map[gid.ID][]Relation, error) {
	return nil, nil
}
func (s *Service) replacementsOf(context.Context, []gid.ID) (map[gid.ID][]gid.ID, error) {
	return nil, nil
}
func (s *Service) audiencesOf(context.Context, []gid.ID) (map[gid.ID]Audience, error) {
	return nil, nil
}
func (s *Service) pathsOf(context.Context, []gid.ID) (map[gid.ID][]gid.ID, error) { return nil, nil }
func (s *Service) countsOf(context.Context, []gid.ID) (map[gid.ID]int, error)     { return nil, nil }
func (s *Service) pagesOf(context.Context, []Page) (map[Page][]gid.ID, error)     { return nil, nil }

// Below is in a category or below it.
func Below(id gid.ID) predicate.Product { return product.CategoryID(id) }

// Definitions stub.
func Definitions(_ context.Context, list []schema.AttributeDefinition) []*schema.AttributeDefinition {
	return nil
}
