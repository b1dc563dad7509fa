package catalog

import (
	"context"
	"regexp"
	"slices"
	"strconv"

	"foyer/ent"
	"foyer/ent/product"
	"foyer/ent/producttype"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// How much there may be.
const (
	mostTypes       = 200
	mostDefinitions = 60
	mostOptions     = 100
)

var (
	stableKey    = regexp.MustCompile(`^[a-z][a-z0-9_]{0,59}$`)
	attributeKey = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]{0,59}$`)
)

// SaveType makes a product type, or changes one, and returns its id. The refusals
// are INVALID, TAKEN (the key), FIXED (the key, or what an attribute is) and
// TOO_MANY; a version that is not the present one is ErrStale.
func (s *Service) SaveType(ctx context.Context, in SaveType) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		if in.ID == nil {
			return s.newType(ctx, tx, in)
		}
		t, err := tx.ProductType.Query().Where(producttype.ID(*in.ID), store.Held).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		if ctx, err = access.Act(ctx, "productType.save", access.Owner{}); err != nil {
			return "", err
		}
		if err := present(in.Version, t.Version); err != nil {
			return "", err
		}
		if in.Key != nil && *in.Key != t.Key {
			return "", fixedKey()
		}
		u := tx.ProductType.UpdateOneID(t.ID).Where(producttype.Version(t.Version)).AddVersion(1)
		if in.Name != nil {
			name, err := named(*in.Name, 200, "name")
			if err != nil {
				return "", err
			}
			u.SetName(name)
		}
		if in.Attributes != nil {
			defs, err := checked(in.Attributes, t.Attributes)
			if err != nil {
				return "", err
			}
			u.SetAttributes(defs)
		}
		if err := u.Exec(ctx); err != nil {
			return "", stale(err)
		}
		return t.ID, s.tell(ctx, tx, product.TypeID(t.ID))
	})
}

func (s *Service) newType(ctx context.Context, tx *ent.Client, in SaveType) (gid.ID, error) {
	ctx, err := access.Act(ctx, "productType.save", access.Owner{})
	if err != nil {
		return "", err
	}
	key, err := keyed(in.Key)
	if err != nil {
		return "", err
	}
	name, err := named(said(in.Name), 200, "name")
	if err != nil {
		return "", err
	}
	defs, err := checked(in.Attributes, nil)
	if err != nil {
		return "", err
	}
	if n, err := tx.ProductType.Query().Count(ctx); err != nil || n >= mostTypes {
		return "", cmpErr(err, tooMany(mostTypes))
	}
	t, err := tx.ProductType.Create().SetKey(key).SetName(name).SetAttributes(defs).Save(ctx)
	if err != nil {
		return "", taken(err, codeTaken, "key")
	}
	return t.ID, nil
}

// checked are the definitions of a type as they shall be. What an attribute is
// never changes, since values of it are there: another kind is another attribute.
func checked(defs, old []schema.AttributeDefinition) ([]schema.AttributeDefinition, error) {
	if len(defs) > mostDefinitions {
		return nil, tooMany(mostDefinitions, "attributes")
	}
	out := make([]schema.AttributeDefinition, 0, len(defs))
	for i, d := range defs {
		path := func(field string) []string { return []string{"attributes", strconv.Itoa(i), field} }
		if !attributeKey.MatchString(d.Key) {
			return nil, refuse("A key begins with a letter and has letters, digits and underscores, up to 60.",
				"Ein Schlüssel beginnt mit einem Buchstaben und hat bis zu 60 Buchstaben, Ziffern und Unterstriche.", path("key")...)
		}
		name, err := named(d.Name, 100, path("name")...)
		if err != nil {
			return nil, err
		}
		d.Name = name
		if slices.ContainsFunc(out, func(o schema.AttributeDefinition) bool { return o.Key == d.Key }) {
			return nil, refuse("This key is there twice.", "Dieser Schlüssel steht zweimal da.", path("key")...)
		}
		if slices.ContainsFunc(out, func(o schema.AttributeDefinition) bool { return o.Name == d.Name && o.Variant == d.Variant }) {
			return nil, refuse("This name is there twice.", "Dieser Name steht zweimal da.", path("name")...)
		}
		if d.Unit, err = problem.Line(d.Unit, 20, path("unit")...); err != nil {
			return nil, err
		}
		if d.Unit != "" && d.Kind != Number {
			return nil, refuse("Only a NUMBER has a unit.", "Nur eine NUMBER hat eine Einheit.", path("unit")...)
		}
		if d.Options, err = options(d, path("options")); err != nil {
			return nil, err
		}
		if d.Internal && d.Facet {
			return nil, refuse("What only staff see narrows no search: everybody could guess it.",
				"Was nur Mitarbeitende sehen, grenzt keine Suche ein: alle könnten es erraten.", path("facet")...)
		}
		if j := slices.IndexFunc(old, func(o schema.AttributeDefinition) bool { return o.Key == d.Key }); j >= 0 && (old[j].Kind != d.Kind || old[j].Variant != d.Variant) {
			return nil, problem.Refuse(codeFixed, problem.Text{
				EN: "What an attribute is never changes. Add one with another key.",
				DE: "Was eine Eigenschaft ist, ändert sich nie. Fügen Sie eine mit anderem Schlüssel hinzu.",
			}, path("kind")...)
		}
		out = append(out, d)
	}
	return out, nil
}

func options(d schema.AttributeDefinition, path []string) (out []string, err error) {
	if d.Kind != Choice && d.Kind != Choices {
		if len(d.Options) > 0 {
			return nil, refuse("Only CHOICE and CHOICES have options.", "Nur CHOICE und CHOICES haben Auswahlmöglichkeiten.", path...)
		}
		return nil, nil
	}
	if len(d.Options) == 0 {
		return nil, refuse("Say what there is to choose from.", "Sagen Sie, was zur Auswahl steht.", path...)
	}
	if len(d.Options) > mostOptions {
		return nil, tooMany(mostOptions, path...)
	}
	for _, o := range d.Options {
		if o, err = named(o, 100, path...); err != nil {
			return nil, err
		}
		if slices.Contains(out, o) {
			return nil, refuse("An option is there twice.", "Eine Auswahlmöglichkeit steht zweimal da.", path...)
		}
		out = append(out, o)
	}
	return out, nil
}
