package importer

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/accounts"
	"foyer/portal/store"
	"foyer/testkit/dbtest"
)

// world is a database into which a test imports.
type world struct {
	t   *testing.T
	ctx context.Context
	st  *store.Store
}

// onEach runs a test on both databases.
func onEach(t *testing.T, test func(w *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, st *store.Store) { test(newWorld(t, st)) })
}

func newWorld(t *testing.T, st *store.Store) *world {
	ctx := auth.WithSystem(t.Context(), "test")
	require.NoError(t, accounts.New(st, accounts.Options{}).EnsureRoles(ctx))
	return &world{t, ctx, st}
}

// files are the files of a folder, by name.
type files map[string]string

// with is the same folder with some files changed.
func (f files) with(name, old, changed string) files {
	out := maps.Clone(f)
	if !strings.Contains(out[name], old) {
		panic(fmt.Sprintf("%s has no %q", name, old))
	}
	out[name] = strings.Replace(out[name], old, changed, 1)
	return out
}

func (f files) folder(t testing.TB) string {
	dir := t.TempDir()
	for name, text := range f {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

// run imports a folder, with the mapping that stands in it.
func (w *world) run(f files, o Options) (*Report, error) {
	w.t.Helper()
	m, err := ParseMapping("map.yaml", []byte(f["map.yaml"]))
	require.NoError(w.t, err)
	return Run(w.ctx, w.st, m, f.folder(w.t), o)
}

// imports is run without an error, and without bad rows unless they are named.
func (w *world) imports(f files, bad ...string) *Report {
	w.t.Helper()
	r, err := w.run(f, Options{})
	require.NoError(w.t, err)
	var got []string
	for _, b := range r.Bad {
		got = append(got, b.String())
	}
	require.Equal(w.t, bad, got)
	require.EqualValues(w.t, len(bad), r.Rejected())
	return r
}

func (w *world) one(query string, args ...any) (s string) {
	w.t.Helper()
	var v sql.NullString
	require.NoError(w.t, w.st.RawRead(w.ctx).QueryRowContext(w.ctx, query, args...).Scan(&v), query)
	return v.String
}

func (w *world) all(query string, args ...any) (out []string) {
	w.t.Helper()
	rows, err := w.st.RawRead(w.ctx).QueryContext(w.ctx, query, args...)
	require.NoError(w.t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	require.NoError(w.t, err)
	for rows.Next() {
		values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		require.NoError(w.t, rows.Scan(into...))
		texts := make([]string, len(columns))
		for i, v := range values {
			texts[i] = v.String
		}
		out = append(out, strings.Join(texts, "|"))
	}
	require.NoError(w.t, rows.Err())
	return out
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	_, err := w.st.Raw(w.ctx).ExecContext(w.ctx, query, args...)
	require.NoError(w.t, err)
}

// dump is everything that the database has, so that two states can be compared.
func (w *world) dump() string {
	w.t.Helper()
	var b strings.Builder
	for _, typ := range slices.Sorted(maps.Keys(ent.Meta)) {
		for _, row := range w.all(`SELECT * FROM ` + ent.Meta[typ].Table + ` ORDER BY 1`) {
			b.WriteString(typ + " " + row + "\n")
		}
	}
	return b.String()
}

// shop is a folder with a little of everything, in several formats.
var shop = files{
	"map.yaml": `
source: erp
currency: EUR
lookups:
  carriers: {Post: POST_AT, "*": OTHER}
files:
  - entity: organizations
    file: customers.csv
    encoding: windows-1252
    fields:
      external_id: "{Nr}"
      external_version: "{Stand}"
      name: {value: "{Firma}", apply: [trim]}
      language: {value: "{Land}", apply: [upper, {lookup: x}]}
      address.city: "{Ort}"
      kind: [{when: {column: Nr, prefix: P}, value: PERSON}, COMPANY]
  - entity: users
    file: people.jsonl
    format: jsonl
    fields:
      external_id: "{id}"
      name: "{name.first} {name.last}"
      email: "{mail}"
      organization: "{customer}"
      role: ORG_BUYER
  - entity: products
    file: articles.csv
    fields:
      external_id: "{no}"
      name: "{text}"
      sku: "A-{no}"
      category: "{group}"
      price: {value: "{price}", apply: [comma]}
      attribute.Colour: "{colour}"
  - entity: orders
    file: orders.csv
    fields:
      external_id: "{no}"
      external_version: "{version}"
      number: "E-{no}"
      organization: "{customer}"
      user: "{who}"
      placed_at: {value: "{date}", apply: [{date: "DD.MM.YYYY HH:mm", zone: Europe/Vienna}]}
      requested_date: {value: "{wanted}", apply: [{date: DD.MM.YYYY, zone: Europe/Vienna}]}
      status: {value: "{state}", apply: [upper, {default: PLACED}]}
      shipping: {value: "{freight}", apply: [comma]}
      ship_to.city: "{city}"
  - entity: lines
    file: lines.csv
    fields:
      order: "{order}"
      product: "{article}"
      quantity: "{qty}"
      unit_price: {value: "{price}", apply: [comma]}
      discount: {value: "{rebate}", apply: [comma]}
      tax: {value: "{tax}", apply: [comma]}
  - entity: shipments
    file: deliveries.csv
    fields:
      order: "{order}"
      external_id: "{no}"
      carrier: {value: "{by}", apply: [{lookup: carriers}]}
      tracking_number: "{tracking}"
      shipped_at: "{sent}"
      delivered_at: "{arrived}"
      line: "{line}"
      quantity: "{qty}"
`,
	"customers.csv": "Nr;Firma;Land;Ort;Stand\n" +
		"K1; M\xfcller & Co ;at;Wien;3\nK2;\"Huber; GmbH\";de;K\xf6ln;1\nP3;Eva Berg;fr;;1\n",
	"people.jsonl": `{"id":1,"name":{"first":"Ute","last":"Ott"},"mail":"UTE@example.com","customer":"K1"}
{"id":2,"name":{"first":"Max","last":"Moor"},"mail":"max@example.com","customer":"K2"}
`,
	"articles.csv": "no;text;group;price;colour\n" +
		"1;Screw;Iron;0,10;\n2;Bolt;Iron;1.234,565;red\n3;Oil;Fluids;9,99;\n",
	"orders.csv": "no;version;customer;who;date;wanted;state;freight;city\n" +
		"100;5;K1;1;01.07.2024 00:30;03.07.2024;confirmed;4,90;Wien\n" +
		"101;1;K2;;02.01.2024 12:00;;;0;K\u00f6ln\n" +
		"102;1;K1;1;31.12.2024 23:59;;cancelled;;Graz\n",
	// The lines of 100 are not together.
	"lines.csv": "order;article;qty;price;rebate;tax\n" +
		"100;1;10;0,10;;0,20\n101;3;1;9,99;0,5;\n100;2;2;1.000,00;0,125;350\n102;9;3;5;;\n100;1;1;0,10;;0,02\n",
	"deliveries.csv": "order,no,by,tracking,sent,arrived,line,qty\n" +
		"100,L1,Post,T-1,2024-07-02,,1,4\n100,L1,Post,T-1,2024-07-02,,2,\n100,L2,Bike,,2024-07-03T08:00:00+02:00,2024-07-04,1,6\n",
}

func init() {
	shop["map.yaml"] = strings.Replace(shop["map.yaml"], "lookups:\n", "lookups:\n  x: {DE: DE, AT: DE, \"*\": EN}\n", 1)
}
