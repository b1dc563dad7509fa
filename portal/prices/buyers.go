package prices

import (
	"context"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/organization"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// Buyer is who prices are for: an organization, or with the zero value nobody.
type Buyer struct {
	OrganizationID gid.ID
	Currency       string // in which it buys; empty: that of each variant
	VatID          string
}

// Buyer is the viewer: the organization that they act for. Staff, keys and who is
// not signed in buy as nobody.
func (s *Service) Buyer(ctx context.Context) (Buyer, error) {
	v := auth.From(ctx)
	if v == nil || v.Kind != auth.KindMember || v.OrganizationID == "" {
		return Buyer{}, nil
	}
	return s.BuyerFor(ctx, gid.ID(v.OrganizationID))
}

// BuyerFor is an organization that the viewer sees.
func (s *Service) BuyerFor(ctx context.Context, organizationID gid.ID) (Buyer, error) {
	o, err := s.store.Reader(ctx).Organization.Query().Where(organization.ID(organizationID)).
		Select(organization.FieldID, organization.FieldCurrency, organization.FieldVatID).Only(ctx)
	if ent.IsNotFound(err) {
		return Buyer{}, problem.ErrNotFound
	}
	if err != nil {
		return Buyer{}, err
	}
	return Buyer{OrganizationID: o.ID, Currency: o.Currency, VatID: o.VatID}, nil
}
