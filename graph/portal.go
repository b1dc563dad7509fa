package graph

import (
	"context"

	"foyer/graph/model"
	"foyer/portal/brand"
)

// portal is a brand as the API shows it.
func portal(ctx context.Context, b *brand.Brand) *model.Portal {
	p := &model.Portal{
		Name: b.Name, Accent: b.Accent.String(), ContactEmail: filled(b.ContactEmail), ContactPhone: filled(b.ContactPhone),
		Links: []*model.PortalLink{},
	}
	if b.Logo != nil {
		p.LogoURL = &b.Logo.URL
	}
	if b.LogoDark != nil {
		p.LogoDarkURL = &b.LogoDark.URL
	}
	for _, l := range b.Links {
		p.Links = append(p.Links, &model.PortalLink{Title: l.Title(language(ctx)), URL: l.URL})
	}
	return p
}
