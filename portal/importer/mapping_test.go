package importer

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foyer/ent/order"
	"foyer/ent/orderline"
	"foyer/ent/organization"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/ent/shipment"
	"foyer/ent/user"
)

// minimal is a mapping into which tests put what they are about.
func minimal(section string) string {
	return "source: erp\ncurrency: EUR\nlookups:\n  kinds: {C: COMPANY}\nfiles:\n  - entity: organizations\n    file: a.csv\n" + section
}

func TestMappingSaysWhereItIsWrong(t *testing.T) {
	fields := "    fields:\n      external_id: \"{id}\"\n"
	for name, c := range map[string]struct{ text, want string }{
		"not YAML":           {"source: [", "m.yaml:1:9: "},
		"empty":              {"", "m.yaml: a mapping is one YAML document"},
		"binary":             {"source: \x00", "m.yaml: this is not YAML in UTF-8"},
		"unknown key":        {"sauce: erp\n", `m.yaml:1:1: unknown key "sauce"`},
		"twice":              {"source: a\nsource: b\n", "m.yaml:2:1: "},
		"no source":          {"currency: EUR\nfiles: []\n", "source is missing"},
		"currency":           {"source: erp\ncurrency: EURO\n", "m.yaml:2:11: not an ISO 4217 currency code"},
		"no files":           {"source: erp\ncurrency: EUR\nfiles: []\n", "m.yaml:3:8: no file is named"},
		"anchor":             {"source: &a erp\ncurrency: EUR\n", "m.yaml:1:9: expected a text here"},
		"unknown entity":     {strings.Replace(minimal(""), "organizations", "cats", 1), `m.yaml:6:13: "cats" is none of`},
		"path outside":       {strings.Replace(minimal(fields), "a.csv", "../a.csv", 1), "not the path of a file in the folder"},
		"section key":        {minimal("    colour: red\n"), `m.yaml:8:5: unknown key "colour"`},
		"field":              {minimal("    fields:\n      shoe_size: \"{x}\"\n"), `m.yaml:9:7: organizations have no field "shoe_size"`},
		"missing field":      {minimal(fields), "m.yaml:6:5: organizations need the field name"},
		"unquoted brace":     {minimal("    fields:\n      name: {id}\n"), "m.yaml:9:14: "},
		"open brace":         {minimal("    fields:\n      name: \"{id\"\n"), "m.yaml:9:13: a { without a column and its }"},
		"closed brace":       {minimal("    fields:\n      name: \"id}\"\n"), "m.yaml:9:13: a } without its {"},
		"no value":           {minimal("    fields:\n      name: {apply: [trim]}\n"), "value is missing"},
		"unknown transform":  {minimal("    fields:\n      name: {value: \"{n}\", apply: [shout]}\n"), `"shout" is none of`},
		"transform with key": {minimal("    fields:\n      name: {value: \"{n}\", apply: [{shout: 1}]}\n"), `unknown transform "shout"`},
		"two transforms":     {minimal("    fields:\n      name: {value: \"{n}\", apply: [{cut: 3, decimals: 2}]}\n"), "one transform at a time"},
		"number":             {minimal("    fields:\n      name: {value: \"{n}\", apply: [{cut: x}]}\n"), `expected a number from 1 to 20000, not "x"`},
		"lookup":             {minimal("    fields:\n      name: {value: \"{n}\", apply: [{lookup: x}]}\n"), `there is no lookup "x"`},
		"date":               {minimal("    fields:\n      name: {value: \"{n}\", apply: [{date: HH:mm}]}\n"), "a date needs a year"},
		"zone":               {minimal("    fields:\n      name: {value: \"{n}\", apply: [{date: YYYY-MM-DD, zone: Mars/Base}]}\n"), "not a time zone"},
		"local zone":         {minimal("    fields:\n      name: {value: \"{n}\", apply: [{date: YYYY-MM-DD, zone: Local}]}\n"), "not a time zone"},
		"never reached":      {minimal("    fields:\n      name: [a, b]\n"), "this is never reached"},
		"condition":          {minimal("    when: {column: a, resembles: b}\n"), `unknown condition "resembles"`},
		"no comparison":      {minimal("    when: {column: a}\n"), "a condition needs"},
		"no column":          {minimal("    when: {equals: a}\n"), "a condition has a column"},
		"two comparisons":    {minimal("    when: {column: a, equals: b, prefix: c}\n"), "one condition at a time"},
		"pattern":            {minimal("    when: {column: a, matches: \"(\"}\n"), "missing closing )"},
		"bool":               {minimal("    when: {column: a, empty: maybe}\n"), "expected true or false"},
		"nested":             {minimal("    when: " + strings.Repeat("{not: ", 20) + "{column: a, equals: b}" + strings.Repeat("}", 20) + "\n"), "nested too deeply"},
		"reject":             {minimal("    reject: [{why: x}]\n"), "a reason to reject has when and why"},
		"for another sort":   {minimal("    freight: apart\n"), "freight is for orders, not for organizations"},
		"headless":           {minimal("    columns: [a]\n    fields:\n      external_id: \"{id}\"\n      name: \"{a}\"\n"), `there is no column "id" in columns`},
		"lines alone": {"source: e\ncurrency: EUR\nfiles:\n  - entity: lines\n    file: l.csv\n    fields: {order: \"{o}\", quantity: \"{q}\", unit_price: \"{p}\"}\n",
			"lines and shipments need the orders"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseMapping("m.yaml", []byte(c.text))
			var m *MappingError
			if !errors.As(err, &m) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
	if _, err := ParseMapping("m.yaml", make([]byte, largestMapping+1)); err == nil {
		t.Error("a huge mapping was taken")
	}
	if _, err := LoadMapping(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestExamplesParse(t *testing.T) {
	for _, path := range examples(t) {
		if _, err := LoadMapping(path); err != nil {
			t.Error(err)
		}
	}
}

func examples(t testing.TB) []string {
	paths, err := filepath.Glob("../../docs/examples/*.yaml")
	if err != nil || len(paths) < 2 {
		t.Fatalf("examples: %v %v", paths, err)
	}
	return paths
}

// TestFieldsFitTheModel compares the lengths that fields may have with the
// model's own, which the bulk statements go past.
func TestFieldsFitTheModel(t *testing.T) {
	for name, c := range map[string]struct {
		entity, field string
		valid         func(string) error
	}{
		"organization name": {Organizations, "name", organization.NameValidator},
		"organization id":   {Organizations, "external_id", organization.ExternalIDValidator},
		"user name":         {Users, "name", user.NameValidator},
		"user email":        {Users, "email", user.EmailValidator},
		"user phone":        {Users, "phone", user.PhoneValidator},
		"product name":      {Products, "name", product.NameValidator},
		"variant name":      {Products, "name", productvariant.NameValidator},
		"variant sku":       {Products, "sku", productvariant.SkuValidator},
		"order number":      {Orders, "number", order.NumberValidator},
		"order contact":     {Orders, "contact_email", order.ContactEmailValidator},
		"order po":          {Orders, "purchase_order_number", order.PurchaseOrderNumberValidator},
		"order promise":     {Orders, "promise_reason", order.PromiseReasonValidator},
		"order cancel":      {Orders, "cancel_reason", order.CancelReasonValidator},
		"line sku":          {Lines, "sku", orderline.SkuValidator},
		"line name":         {Lines, "name", orderline.NameValidator},
		"shipment carrier":  {Shipments, "carrier", shipment.CarrierValidator},
		"shipment tracking": {Shipments, "tracking_number", shipment.TrackingNumberValidator},
	} {
		n := fieldsOf[c.entity][c.field].longest
		if c.valid(strings.Repeat("x", n)) != nil || c.valid(strings.Repeat("x", n+1)) == nil {
			t.Errorf("%s: %d is not the model's length", name, n)
		}
	}
}

func FuzzParseMapping(f *testing.F) {
	// Short ones: what the fuzzer finds it first makes as short as it can, and
	// with a whole example that takes all its time.
	fields := "    fields: {external_id: \"{a}\", name: [{when: {column: b, empty: true}, value: x, apply: [trim, {default: y}]}, \"{c}\"]}\n"
	f.Add([]byte(minimal(fields)))
	f.Add([]byte(minimal("    when: {all: [{column: a, below: 3}, {not: {column: b, in: [x, y]}}]}\n" + fields)))
	f.Add([]byte("? a\n: b\n---\n- *x\n!!int 3"))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := ParseMapping("m.yaml", text)
		if err != nil {
			var e *MappingError
			if !errors.As(err, &e) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		// What was taken can be evaluated, whatever the row.
		for _, s := range m.sections {
			values := make([]string, len(s.columns))
			for i := range values {
				values[i] = "-1,5"
			}
			x := newRow(s, &record{1, values})
			_, _ = s.wanted(x.rec)
			x.text("name")
		}
	})
}

// TestDocumentation: docs/import.md has every word that a mapping may use.
func TestDocumentation(t *testing.T) {
	text, err := os.ReadFile("../../docs/import.md")
	if err != nil {
		t.Fatal(err)
	}
	_, sample, _ := strings.Cut(string(text), "```yaml\n")
	sample, _, _ = strings.Cut(sample, "```")
	if _, err := ParseMapping("import.md", []byte(sample)); err != nil {
		t.Error(err)
	}
	words := slices.Clone(plainTransforms)
	words = append(words, "decimals", "strip_prefix", "strip_suffix", "cut", "default", "lookup", "date", "zone",
		"equals", "in", "prefix", "suffix", "matches", "empty", "below", "all", "any", "not",
		"entity", "file", "format", "encoding", "delimiter", "columns", "when", "reject", "repeated", "without_lines", "freight", "products", "fields")
	for _, fields := range fieldsOf {
		for name := range fields {
			_, member, nested := strings.Cut(name, ".")
			if !nested {
				member = name
			}
			words = append(words, member)
		}
	}
	for _, w := range words {
		if !strings.Contains(string(text), "`"+w+"`") && !strings.Contains(string(text), "`"+w+":") {
			t.Errorf("docs/import.md does not speak of %s", w)
		}
	}
}
