package demo

import (
	"context"
	"fmt"
	"time"

	"foyer/ent"
	"foyer/ent/configuration"
	"foyer/ent/membership"
	"foyer/ent/modelversion"
	"foyer/ent/user"
	"foyer/portal/configurator/engine"
	ready "foyer/portal/configurator/plan"
	spectra500 "foyer/portal/demo/spectra"
	"foyer/schema/gid"
)

// savers are whose the saved configurations are, in their order.
var savers = []string{
	"amina.yusuf@halden.example", "tor.eriksen@halden.example", "ines.halden@halden.example", "tor.eriksen@halden.example",
}

// configurations writes how the machine that is made to order is configured, a draft
// of what comes next, and what some customers have put together.
func (w *writer) configurations(ctx context.Context, tx *ent.Client, h *house) {
	if w.err != nil {
		return
	}
	s, doc := h.skus[spectra500.Sku], spectra500.Document()
	at := h.now.AddDate(0, -1, 0)
	p, err := ready.New(doc, h.now)
	if err != nil {
		w.err = err
		return
	}
	model := &ent.ConfigurationModel{
		ID: gid.At(gid.ConfigurationModel, at), CreatedAt: at, UpdatedAt: h.now.AddDate(0, 0, -2), ProductID: s.row.ProductID, VariantID: s.row.ID,
		Draft: spectra500.Next(), Latest: 1, Version: 3,
	}
	rows(ctx, w, ent.TypeConfigurationModel, "id created_at updated_at product_id variant_id draft latest version", []*ent.ConfigurationModel{model},
		func(m *ent.ConfigurationModel) []any {
			return []any{m.ID, m.CreatedAt, m.UpdatedAt, m.ProductID, m.VariantID, document(m.Draft), m.Latest, m.Version}
		})
	version := &ent.ModelVersion{ID: gid.At(gid.ModelVersion, at), PublishedAt: at, Facts: p.Facts(), Checksum: ready.Digest(doc)}
	rows(ctx, w, ent.TypeModelVersion, "id model_id product_id variant_id number status document checksum facts note published_at", []*ent.ModelVersion{version},
		func(v *ent.ModelVersion) []any {
			return []any{v.ID, model.ID, model.ProductID, model.VariantID, 1, string(modelversion.StatusACTIVE), document(doc), v.Checksum, document(v.Facts), "", v.PublishedAt}
		})
	w.saved(ctx, tx, h, p, model, version)
}

// saved writes the configurations of customers, with what they come to.
func (w *writer) saved(ctx context.Context, tx *ent.Client, h *house, p *ready.Plan, model *ent.ConfigurationModel, version *ent.ModelVersion) {
	compiled, err := engine.Compile(ctx, p.Model(), engine.Options{})
	if err != nil {
		w.err = err
		return
	}
	list := make([]*ent.Configuration, 0, len(savers))
	for i, x := range spectra500.Saved() {
		m, err := tx.Membership.Query().Where(membership.HasUserWith(user.Email(savers[i])), membership.OrganizationIDNotNil()).WithUser().First(ctx)
		if err != nil {
			w.err = fmt.Errorf("the configuration of %s: %w", savers[i], err)
			return
		}
		st, err := p.State(ctx, ready.Question{Compiled: compiled, Choices: x.Choices})
		if err != nil {
			w.err = err
			return
		}
		c := &ent.Configuration{
			ID: gid.New(gid.Configuration), OrganizationID: m.OrganizationID, UserID: m.UserID, Name: x.Name[m.Edges.User.Language.Code()],
			Status: configuration.StatusOPEN, Choices: x.Choices, Quantity: x.Quantity, Currency: "EUR",
			ChangedAt: h.now.Add(-time.Duration(i*37+5) * time.Hour),
		}
		if st.Complete {
			c.Status = configuration.StatusCOMPLETE
		}
		rates := ready.Rates{Currency: c.Currency, Base: h.skus[spectra500.Sku].row.PriceMinor, Quantity: x.Quantity, Skus: map[string]int64{}}
		for _, sku := range p.Skus() {
			if v := h.skus[sku]; v != nil && v.row.Currency == c.Currency {
				rates.Skus[sku] = v.row.PriceMinor
			}
		}
		if _, total, ok := p.Price(st.Selection, rates); ok {
			c.UnitMinor = &total
		}
		c.Days, _ = p.Days(st.Selection, nil)
		list = append(list, c)
	}
	rows(ctx, w, ent.TypeConfiguration,
		"id organization_id user_id product_id version_id name status turn choices quantity currency unit_minor days created_at changed_at version", list,
		func(c *ent.Configuration) []any {
			return []any{
				c.ID, c.OrganizationID, c.UserID, model.ProductID, version.ID, c.Name, string(c.Status), string(configuration.TurnCUSTOMER), document(c.Choices), c.Quantity,
				c.Currency, c.UnitMinor, c.Days, c.ChangedAt, c.ChangedAt, 1,
			}
		})
}
