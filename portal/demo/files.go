package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/file"
	"foyer/ent/product"
	"foyer/portal/files"
	"foyer/portal/jobs"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// pictures is the work of drawing the catalog. It is done in the background, so
// that the demo is there at once.
type pictures struct{}

// Kind implements jobs.Args.
func (pictures) Kind() string { return "demo.pictures" }

// Work tells the runner how the catalog of the demo company is drawn.
func Work(r *jobs.Runner, st *store.Store, kept *files.Service) {
	jobs.Handle(r, jobs.Kind{Timeout: 10 * time.Minute, Long: true, Attempts: 3}, func(ctx context.Context, _ pictures) error {
		return illustrate(ctx, st, kept)
	})
}

// OrderPictures has the catalog drawn.
func OrderPictures(ctx context.Context, r *jobs.Runner) error {
	return r.Insert(ctx, pictures{}, jobs.Once())
}

// illustrate gives each product of the demo company a picture, and a data sheet
// where there is something to say. What is there already stays.
func illustrate(ctx context.Context, st *store.Store, kept *files.Service) error {
	ctx = auth.WithSystem(ctx, "pictures of the demo company")
	names, all := map[string]article{}, []string{}
	for _, a := range articles() {
		names[a.name], all = a, append(all, a.name)
	}
	list, err := st.Client().Product.Query().Where(product.NameIn(all...)).Order(product.ByName()).
		WithVariants(func(q *ent.ProductVariantQuery) { q.Order(ent.Asc("sku")) }).All(ctx)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	ids := make([]gid.ID, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	there, err := st.Client().File.Query().Where(file.ProductIDIn(ids...)).Select(file.FieldProductID, file.FieldKind).All(ctx)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	has := map[gid.ID]map[file.Kind]bool{}
	for _, f := range there {
		if has[f.ProductID] == nil {
			has[f.ProductID] = map[file.Kind]bool{}
		}
		has[f.ProductID][f.Kind] = true
	}
	for _, p := range list {
		a := names[p.Name]
		if !has[p.ID][file.KindPICTURE] {
			data, err := drawing(a)
			if err != nil {
				return err
			}
			if err := kept.Keep(ctx, files.Made{ProductID: p.ID, Kind: file.KindPICTURE, Name: p.Name + ".jpg", Text: p.Name + ", drawn", Data: data}); err != nil {
				return fmt.Errorf("demo: %w", err)
			}
		}
		if !has[p.ID][file.KindDOCUMENT] && a.class != service {
			if err := kept.Keep(ctx, files.Made{ProductID: p.ID, Kind: file.KindDOCUMENT, Name: p.Name + " data sheet.txt", Text: "Data sheet", Data: []byte(sheet(p))}); err != nil {
				return fmt.Errorf("demo: %w", err)
			}
		}
	}
	return nil
}

// sheet is the data sheet of a product, as plain text.
func sheet(p *ent.Product) string {
	var b strings.Builder
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(&b, format+"\r\n", args...) }
	line("%s", company)
	line("DATA SHEET")
	line("")
	line("%s", p.Name)
	line("%s", strings.Repeat("=", len([]rune(p.Name))))
	line("%s", p.Description)
	for _, v := range p.Edges.Variants {
		line("")
		line("%s  %s", v.Sku, v.Name)
		for _, a := range v.Attributes {
			line("  %-22s %s", a.Name, a.Value)
		}
	}
	line("")
	line("Subject to change.")
	return b.String()
}
