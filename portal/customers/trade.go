package customers

import (
	"context"

	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// Terms say how a customer buys. What is nil stays; an empty text takes it away.
type Terms struct {
	OrganizationID gid.ID
	Currency       *string
	VatID          *string
}

// Addresses say where a customer has things delivered.
type Addresses struct {
	OrganizationID gid.ID
	Addresses      []schema.Address
}

// SetTerms stub.
func (s *Service) SetTerms(ctx context.Context, in Terms) (gid.ID, error) {
	return "", problem.ErrNotFound
}

// SetAddresses stub.
func (s *Service) SetAddresses(ctx context.Context, in Addresses) (gid.ID, error) {
	return "", problem.ErrNotFound
}
