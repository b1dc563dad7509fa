package demo

import (
	"context"
	"fmt"

	"foyer/ent"
	"foyer/ent/guide"
	"foyer/portal/guides"
	"foyer/schema"
	"foyer/schema/gid"
)

// say is a text of a guide in both languages.
func say(en, de string) map[string]string { return map[string]string{"en": en, "de": de} }

// choice is one answer, and where it leads.
func choice(key, next, en, de string) schema.GuideAnswer {
	return schema.GuideAnswer{Key: key, Text: say(en, de), Next: next}
}

// whichMachine leads to a cutting machine. Products are given by name.
func whichMachine(product func(name string) string, category string) schema.GuideDocument {
	machines := func(en, de string, names ...string) *schema.GuideResult {
		r := &schema.GuideResult{Text: say(en, de)}
		for _, n := range names {
			r.Products = append(r.Products, product(n))
		}
		return r
	}
	return schema.GuideDocument{
		Title: say("Which cutting machine?", "Welche Schneidmaschine?"),
		Intro: say("A few questions lead to the machine that fits your work. You can go back at any time.",
			"Wenige Fragen führen zu der Maschine, die zu Ihrer Arbeit passt. Sie können jederzeit zurückgehen."),
		Start: "material",
		Steps: []schema.GuideStep{
			{Key: "material", Question: say("What do you cut most?", "Was schneiden Sie am meisten?"),
				Help: say("Think of what runs for most of the day.", "Denken Sie an das, was den größten Teil des Tages läuft."),
				Answers: []schema.GuideAnswer{
					choice("metal", "format", "Sheet metal", "Blech"),
					choice("other", "thickness", "Acrylic, wood, textiles", "Acryl, Holz, Textilien"),
					choice("both", "format", "Both", "Beides"),
				}},
			{Key: "format", Question: say("How large are your sheets?", "Wie groß sind Ihre Tafeln?"),
				Answers: []schema.GuideAnswer{
					choice("large", "large", "Up to 3 x 1.5 m", "Bis 3 x 1,5 m"),
					choice("small", "shifts", "Smaller", "Kleiner"),
					choice("unsure", "shifts", "It varies", "Das wechselt"),
				}},
			{Key: "thickness", Question: say("How thick is the material?", "Wie dick ist das Material?"),
				Answers: []schema.GuideAnswer{
					choice("thin", "engraving", "Up to 10 mm", "Bis 10 mm"),
					choice("thick", "shifts", "More than 10 mm", "Mehr als 10 mm"),
				}},
			{Key: "engraving", Question: say("Do you engrave as well?", "Gravieren Sie auch?"),
				Answers: []schema.GuideAnswer{
					choice("often", "corona", "Often", "Oft"),
					choice("rarely", "shifts", "Rarely or never", "Selten oder nie"),
				}},
			{Key: "shifts", Question: say("How long does the machine run each day?", "Wie lange läuft die Maschine am Tag?"),
				Answers: []schema.GuideAnswer{
					choice("one", "room", "One shift or less", "Eine Schicht oder weniger"),
					choice("more", "middle", "Two shifts or more", "Zwei Schichten oder mehr"),
				}},
			{Key: "room", Question: say("How much room is there?", "Wie viel Platz haben Sie?"),
				Answers: []schema.GuideAnswer{
					choice("little", "compact", "A workshop corner", "Eine Ecke der Werkstatt"),
					choice("enough", "choice", "Enough", "Genug"),
					choice("unsure", "advice", "I am not sure yet", "Das weiß ich noch nicht"),
				}},
			{Key: "large", Result: machines("The Spectra 3015 takes whole sheets.", "Die Spectra 3015 nimmt ganze Tafeln auf.", "Spectra 3015")},
			{Key: "middle", Result: machines("The Spectra 500 is made for long days.", "Die Spectra 500 ist für lange Tage gemacht.", "Spectra 500")},
			{Key: "compact", Result: machines("The Spectra 350 needs the least room.", "Die Spectra 350 braucht am wenigsten Platz.", "Spectra 350")},
			{Key: "choice", Result: machines("Both fit. The larger one leaves room to grow.", "Beide passen. Die größere lässt Raum zum Wachsen.", "Spectra 350", "Spectra 500")},
			{Key: "corona", Result: machines("A Corona engraves and cuts thin material.", "Eine Corona graviert und schneidet dünnes Material.", "Corona 60", "Corona 90")},
			{Key: "advice", Result: &schema.GuideResult{
				Text:     say("Look at all of them, or write to us: we come and measure.", "Sehen Sie sich alle an oder schreiben Sie uns: Wir kommen und messen aus."),
				Category: category,
			}},
		},
	}
}

// guide writes the guide of the cutting machines.
func (w *writer) guides(ctx context.Context, h *house) {
	products, categories := map[string]string{}, map[string]gid.ID{}
	for _, p := range h.products {
		products[p.Name] = string(p.ID)
	}
	for _, c := range h.categories {
		categories[c.Name] = c.ID
	}
	at := h.now.AddDate(0, -2, 0)
	category := categories["Cutting machines"]
	d, err := guides.Check(whichMachine(func(name string) string {
		if products[name] == "" && w.err == nil {
			w.err = fmt.Errorf("the guide names %s, which is no product", name)
		}
		return products[name]
	}, string(category)))
	if err != nil && w.err == nil {
		w.err = err
	}
	rows(ctx, w, ent.TypeGuide, "id created_at updated_at category_id key status document version", []*ent.Guide{{
		ID: gid.At(gid.Guide, at), CreatedAt: at, UpdatedAt: at, CategoryID: category, Key: "which-cutting-machine",
		Status: guide.StatusPUBLISHED, Document: d, Version: 1,
	}}, func(g *ent.Guide) []any {
		return []any{g.ID, g.CreatedAt, g.UpdatedAt, g.CategoryID, g.Key, string(g.Status), document(g.Document), g.Version}
	})
}
