package search

import (
	"context"

	"foyer/portal/problem"
	"foyer/schema/gid"
)

var errNotYet = problem.New(problem.Internal, "not yet", "noch nicht")

func (s *Service) answered(ctx context.Context, term string) (*Answer, error) { return nil, nil }
func (m *missed) note(ctx context.Context, s *Service, term string, f Filter) {}
func (s *Service) Follow(ctx context.Context, query string) (bool, error)     { return false, errNotYet }
func (s *Service) Unfollow(ctx context.Context, query string) (bool, error)   { return false, errNotYet }
func (s *Service) Follows(ctx context.Context, term string) (bool, error)     { return false, nil }
func (s *Service) Decide(ctx context.Context, d Decision) (gid.ID, error)     { return "", errNotYet }
func (s *Service) Merge(ctx context.Context, id gid.ID, version int, into gid.ID) (gid.ID, error) {
	return "", errNotYet
}
func (s *Service) FiltersOf(ctx context.Context, ids []gid.ID) (map[gid.ID][]FilterUse, error) {
	return nil, errNotYet
}
func (s *Service) FollowersOf(ctx context.Context, ids []gid.ID) (map[gid.ID][]Follower, error) {
	return nil, errNotYet
}
