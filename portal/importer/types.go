package importer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"foyer/ent"
	"foyer/ent/productvariant"
	"foyer/portal/catalog"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// terms say how a variant is sold, and what is promised of it.
type terms struct {
	unit, policy string
	grams, most  *int64
	least, step  int64
	leadDays     *int64
	from         *time.Time
}

// The greatest values of a variant, as portal/catalog has them.
const (
	mostQuantity = 1_000_000_000
	mostKilos    = 2_000_000
	mostLeadDays = 3650
)

// terms reads how a variant is sold. What is not mapped is what a new variant has.
func (r *row) terms() terms {
	t := terms{
		unit: r.or("unit", "piece"), policy: r.or("stock_policy", string(productvariant.StockPolicySTOCK)),
		least: max(1, r.whole("minimum_quantity", 1, mostQuantity)), step: max(1, r.whole("quantity_step", 1, mostQuantity)),
	}
	if n := r.whole("maximum_quantity", 1, mostQuantity); n > 0 {
		if t.most = &n; n < t.least {
			r.fail("maximum_quantity", "maximum_quantity is %d, less than the minimum_quantity %d", n, t.least)
		}
	}
	if s := r.text("weight"); s != "" {
		kilos, err := rational(s)
		if err != nil || kilos.Sign() < 0 || kilos.Cmp(big.NewRat(mostKilos, 1)) > 0 {
			r.fail("weight", "weight is no weight in kilograms: %s", show(s))
		} else {
			grams := kilos.Mul(kilos, big.NewRat(1000, 1))
			t.grams = new(new(big.Int).Quo(grams.Num(), grams.Denom()).Int64())
		}
	}
	days, from := r.whole("lead_days", 1, mostLeadDays), r.day("available_from")
	switch back, pre := t.policy == string(productvariant.StockPolicyBACKORDER), t.policy == string(productvariant.StockPolicyPREORDER); {
	case back && days == 0:
		r.fail("lead_days", "a BACKORDER needs lead_days")
	case pre && from == nil:
		r.fail("available_from", "a PREORDER needs available_from")
	case back:
		t.leadDays = &days
	case pre:
		t.from = from
	}
	return t
}

// productType is a type by its key; nil in the map when there is none.
type productType struct {
	id   gid.ID
	defs []schema.AttributeDefinition
}

// typed reads the attributes of a product. Those of a type are named by their keys
// or names, and checked by it; without a type they are texts of the variant.
func (r *run) typed(ctx context.Context, x *row, a *article, known map[string]*productType) error {
	key := x.text("type")
	if key == "" {
		for _, name := range x.s.attributes {
			if v := x.text(name); v != "" {
				a.attributes = append(a.attributes, schema.Attribute{Name: name[len(attributePrefix):], Value: v})
			}
		}
		return nil
	}
	t, asked := known[key]
	if !asked {
		var err error
		if t, err = r.productType(ctx, key); err != nil {
			return err
		}
		known[key] = t
	}
	if t == nil {
		x.fail("type", "there is no product type %s", show(key))
		return nil
	}
	a.kind = t.id
	found := map[string]schema.Attribute{}
	for _, field := range x.s.attributes {
		name, text := field[len(attributePrefix):], x.text(field)
		i := slices.IndexFunc(t.defs, func(d schema.AttributeDefinition) bool { return d.Key == name || d.Name == name })
		switch {
		case i < 0 && text != "":
			x.fail(field, "the product type %s has no attribute %s", key, show(name))
		case i < 0:
		default:
			v, some, err := parsed(t.defs[i], text)
			if err != nil {
				x.fail(field, "%s is %s: %v", name, show(text), err)
			}
			if some {
				found[t.defs[i].Key] = v
			} else if t.defs[i].Required && a.status == "ACTIVE" && err == nil {
				x.fail(field, "%s is empty, and what is ACTIVE needs it", name)
			}
		}
	}
	for _, d := range t.defs {
		switch v, ok := found[d.Key]; {
		case ok && d.Variant:
			a.attributes = append(a.attributes, v)
		case ok:
			a.common = append(a.common, v)
		}
	}
	return nil
}

// parsed reads a value; several choices stand with a bar between them.
func parsed(d schema.AttributeDefinition, text string) (schema.Attribute, bool, error) {
	var values []string
	if d.Kind == catalog.Choices {
		text, values = "", strings.Split(text, "|")
	}
	v, some, err := catalog.Parse(d, text, values)
	var refused *problem.Refusal
	if errors.As(err, &refused) {
		err = errors.New(refused.Text.EN)
	}
	return v, some, err
}

// productType looks up a type by its key.
func (r *run) productType(ctx context.Context, key string) (t *productType, err error) {
	err = r.refs.b.Each(ctx, ent.TypeProductType, []string{"id", "attributes"}, "key", []string{key}, func(scan func(...any) error) error {
		var text []byte
		t = &productType{}
		if err := scan(&t.id, &text); err != nil {
			return err
		}
		if err := json.Unmarshal(text, &t.defs); err != nil {
			return fmt.Errorf("attributes of the product type %s: %w", key, err)
		}
		return nil
	})
	return t, err
}
