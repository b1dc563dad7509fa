package demo

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"

	"foyer/ent"
	"foyer/portal/catalog"
	"foyer/schema"
	"foyer/schema/gid"
)

// sorts are the types of Aurelia's products, by the shelf at the top under which
// they stand.
var sorts = []struct{ key, name, shelf string }{
	{"machine", "Laser machine", "Machines"}, {"spare_part", "Spare part", "Spare parts"}, {"consumable", "Consumable", "Consumables"},
	{"accessory", "Accessory", "Accessories"}, {"service", "Service", "Services"},
}

// measures are the attributes that are more than a text, by the names that the
// short form of an item has for them. A name may get another one for people.
var measures = func() map[string]schema.AttributeDefinition {
	all := map[string]schema.AttributeDefinition{
		"Cooling":  {Kind: catalog.Choice, Options: []string{"air", "liquid"}, Facet: true},
		"Class":    {Kind: catalog.Choice, Options: []string{"M5", "F7", "H13"}, Facet: true, Name: "Filter class"},
		"Language": {Kind: catalog.Choices, Options: []string{"English", "German"}, Facet: true},
		"Focus":    {Kind: catalog.Boolean, Name: "Automatic focus"},
		"Material": {Kind: catalog.Text, Facet: true}, "Wavelength": {Kind: catalog.Text, Facet: true}, "Bore": {Kind: catalog.Text, Facet: true},
	}
	for unit, names := range map[string]string{
		"W": "Laser power,Power", "V": "Supply", "kg": "Weight,Filling", "m": "Reach,Cable", "kW": "Cooling power", "m3/h": "Air",
		"mm": "Steel,Tube,Length,Focal length,Diameter,Thickness,Working distance,Stroke,Pitch,Rail,Pass-through,Beam,Chuck",
		"":   "Stations,Engineers,Lessons,Generation,Layers,Cleanings,Channels,Pieces,Scanner",
		"µm": "Mesh",
	} {
		for _, name := range strings.Split(names, ",") {
			facet := slices.Contains([]string{"Laser power", "Supply", "Diameter", "Focal length", "Steel"}, name)
			all[name] = schema.AttributeDefinition{Kind: catalog.Number, Unit: unit, Facet: facet}
		}
	}
	for name, shown := range map[string]string{"Steel": "Steel up to", "Tube": "Tube up to", "Scanner": "Scanner channels"} {
		d := all[name]
		d.Name = shown
		all[name] = d
	}
	return all
}()

// common are the attributes of products rather than of their variants.
var common = map[string][]schema.AttributeDefinition{
	"machine": {
		{Key: "laser_class", Name: "Laser class", Kind: catalog.Choice, Options: []string{"1", "2", "4"}, Required: true, Facet: true},
		{Key: "family", Name: "Family", Kind: catalog.Text, Facet: true},
		{Key: "margin", Name: "Margin", Kind: catalog.Number, Unit: "%", Internal: true},
	},
	"spare_part": {
		{Key: "fits", Name: "Fits", Kind: catalog.Text, Facet: true},
		{Key: "supplier", Name: "Supplier", Kind: catalog.Text, Internal: true},
	},
}

var notKey = regexp.MustCompile(`[^a-z0-9]+`)

// sortOf is the type of what stands on a shelf.
func sortOf(name string) string {
	for _, top := range shelves {
		if within(top, name) {
			for _, s := range sorts {
				if s.shelf == top.name {
					return s.key
				}
			}
		}
	}
	return ""
}

func within(s shelf, name string) bool {
	return s.name == name || slices.ContainsFunc(s.sub, func(sub shelf) bool { return within(sub, name) })
}

// define makes the types: each has the attributes that its products name, in the
// order in which they first do.
func (h *house) define(at time.Time) map[string]*ent.ProductType {
	types := map[string]*ent.ProductType{}
	for _, s := range sorts {
		t := &ent.ProductType{ID: gid.At(gid.ProductType, at), CreatedAt: at, UpdatedAt: at, Key: s.key, Name: s.name, Attributes: slices.Clone(common[s.key])}
		types[s.key] = t
		h.types = append(h.types, t)
	}
	for _, a := range articles() {
		t := types[sortOf(a.shelf)]
		for _, v := range a.variants {
			for _, x := range v.named() {
				d := measures[x[0]]
				if d.Key = notKey.ReplaceAllString(strings.ToLower(x[0]), "_"); slices.ContainsFunc(t.Attributes, func(o schema.AttributeDefinition) bool { return o.Key == d.Key }) {
					continue
				}
				d.Variant = true
				if d.Kind == "" {
					d.Kind = catalog.Text
				}
				if d.Name == "" {
					d.Name = x[0]
				}
				t.Attributes = append(t.Attributes, d)
			}
		}
	}
	return types
}

// named are the names and values of the short form.
func (i item) named() (list [][2]string) {
	if i.attributes == "" {
		return nil
	}
	for _, p := range strings.Split(i.attributes, "; ") {
		name, value, _ := strings.Cut(p, ": ")
		list = append(list, [2]string{name, value})
	}
	return list
}

var times = regexp.MustCompile(`^(\d+) x (\d+) W$`)

// typed reads the short form into the values of a type.
func (i item) typed(t *ent.ProductType) (list []schema.Attribute, err error) {
	for _, d := range t.Attributes {
		for _, x := range i.named() {
			if d.Key != notKey.ReplaceAllString(strings.ToLower(x[0]), "_") || !d.Variant {
				continue
			}
			text, values := x[1], []string(nil)
			switch d.Kind {
			case catalog.Number:
				text = plain(text, d.Unit)
			case catalog.Boolean:
				text = fmt.Sprint(text == "automatic")
			case catalog.Choices:
				text, values = "", strings.Split(text, " or ")
			}
			a, some, err := catalog.Parse(d, text, values)
			if err != nil || !some {
				return nil, fmt.Errorf("demo: %s: %s: %q: %w", i.sku, d.Name, x[1], err)
			}
			list = append(list, a)
		}
	}
	return list, nil
}

// plain is a number as people write it, in the unit of its attribute.
func plain(text, unit string) string {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "up to "), ",", "")
	if m := times.FindStringSubmatch(text); m != nil { // two beams
		a, _ := new(big.Int).SetString(m[1], 10)
		b, _ := new(big.Int).SetString(m[2], 10)
		return a.Mul(a, b).String()
	}
	text = strings.TrimSuffix(text, " um")
	number, of, _ := strings.Cut(text, " ")
	for _, c := range []struct {
		from, to string
		factor   int64
	}{{"kW", "W", 1000}, {"m", "mm", 1000}} {
		if of == c.from && unit == c.to {
			r, _ := new(big.Rat).SetString(number)
			return strings.TrimSuffix(r.Mul(r, big.NewRat(c.factor, 1)).FloatString(1), ".0")
		}
	}
	return number
}

// weight is what one weighs, in grams: what is said of it, or what such things
// usually do.
func (s *stocked) weight() *int64 {
	for _, x := range s.named() {
		if x[0] == "Weight" || x[0] == "Filling" {
			r, _ := new(big.Rat).SetString(plain(x[1], "kg"))
			return new(r.Mul(r, big.NewRat(1000, 1)).Num().Int64())
		}
	}
	switch s.class {
	case machine:
		return new(int64(250_000))
	case heavy:
		return new(int64(60_000))
	case part:
		return new(int64(150) + s.cents/50) // dear parts are the larger ones
	case service: // weighs nothing
	}
	return nil
}

// about are the attributes of a product as a whole.
func (a article) about() (list []schema.Attribute) {
	switch sortOf(a.shelf) {
	case "machine":
		class := "1"
		if a.family == halo {
			class = "4"
		}
		list = []schema.Attribute{
			{Key: "laser_class", Name: "Laser class", Value: class}, {Key: "family", Name: "Family", Value: string(a.family)},
			{Key: "margin", Name: "Margin", Value: "32"},
		}
	case "spare_part":
		fits := "all machines"
		if a.family != every {
			fits = string(a.family)
		}
		list = []schema.Attribute{{Key: "fits", Name: "Fits", Value: fits}, {Key: "supplier", Name: "Supplier", Value: "Lumen Feinteile GmbH"}}
	}
	return list
}
