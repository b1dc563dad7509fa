package importer

import (
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/portal/problem"
)

// TestBadRows breaks one thing at a time and expects exactly that to be
// reported, with its place, and all else to be in.
func TestBadRows(t *testing.T) {
	long := strings.Repeat("x", 400)
	for name, c := range map[string]struct {
		file, old, changed string
		bad                []string
	}{
		"name too long":    {"customers.csv", "Eva Berg", long, []string{"customers.csv:4: Firma: name has 400 bytes, 200 at most: \"" + long[:57] + "...\""}},
		"no name":          {"customers.csv", "Eva Berg", "", []string{"customers.csv:4: Firma: name is empty"}},
		"no version":       {"customers.csv", "fr;;1", "fr;;", []string{"customers.csv:4: Stand: external_version is empty"}},
		"version":          {"customers.csv", "fr;;1", "fr;;1a", []string{`customers.csv:4: Stand: external_version is not a whole number that can be used: "1a"`}},
		"negative version": {"customers.csv", "fr;;1", "fr;;-1", []string{"customers.csv:4: Stand: external_version is -1, 0 at least"}},
		"again":            {"customers.csv", "P3;", "K1;", []string{`customers.csv:4: Nr: external_id "K1" stands already in line 2`}},
		"e-mail":           {"people.jsonl", "UTE@example.com", "Ute Ott <u@example.com>", []string{`people.jsonl:1: mail: email is not an address: "ute ott <u@example.com>"`, `orders.csv:2: who: there is no user "1"`, "lines.csv:2: its order is rejected (orders.csv:2)", "lines.csv:4: its order is rejected (orders.csv:2)", "lines.csv:6: its order is rejected (orders.csv:2)", "deliveries.csv:2: its order is rejected (orders.csv:2)", "deliveries.csv:3: its order is rejected (orders.csv:2)", "deliveries.csv:4: its order is rejected (orders.csv:2)", `orders.csv:4: who: there is no user "1"`, "lines.csv:5: its order is rejected (orders.csv:4)"}},
		"e-mail again":     {"people.jsonl", "max@example.com", "ute@EXAMPLE.com", []string{`people.jsonl:2: mail: email "ute@example.com" stands already in line 1`}},
		"no organization":  {"people.jsonl", "K2", "K9", []string{`people.jsonl:2: customer: there is no organization "K9"`}},
		"staff by file":    {"map.yaml", "ORG_BUYER", "[{when: {column: id, equals: \"2\"}, value: STAFF_ADMIN}, ORG_BUYER]", []string{`people.jsonl:2: : there is no role "STAFF_ADMIN" in an organization`}},
		"price":            {"articles.csv", "9,99", "9.9.9", []string{`articles.csv:4: price: price: "9.9.9" is not a number with a decimal comma`}},
		"negative price":   {"articles.csv", "9,99", "-0,001", []string{`articles.csv:4: price: price is negative: "-0.001"`}},
		"huge price":       {"articles.csv", "9,99", "99999999999999999", []string{`articles.csv:4: price: price: "99999999999999999" is not a number that can be used`}},
		"no such day":      {"orders.csv", "02.01.2024", "31.02.2024", []string{`orders.csv:3: date: placed_at: there is no such day or time: "31.02.2024 12:00"`, "lines.csv:3: its order is rejected (orders.csv:3)"}},
		"out of range":     {"orders.csv", "02.01.2024", "02.01.1066", []string{`orders.csv:3: date: placed_at: "02.01.1066 12:00" lies outside the years 1900 to 2199`, "lines.csv:3: its order is rejected (orders.csv:3)"}},
		"not a date":       {"orders.csv", "02.01.2024 12:00", "yesterday", []string{`orders.csv:3: date: placed_at: "yesterday" is not a date of the form in the mapping`, "lines.csv:3: its order is rejected (orders.csv:3)"}},
		"another form":     {"deliveries.csv", "2024-07-04", "4.7.2024", []string{`deliveries.csv:4: arrived: delivered_at: "4.7.2024" is not a date or time like 2006-01-31 or 2006-01-31T15:04:05Z; write it with the transform date`}},
		"state":            {"orders.csv", ";cancelled;", ";annulled;", []string{`orders.csv:4: state: status cannot be "ANNULLED": order: invalid enum value for status field: "ANNULLED"`, "lines.csv:5: its order is rejected (orders.csv:4)"}},
		"customer":         {"orders.csv", "102;1;K1", "102;1;K7", []string{`orders.csv:4: customer: there is no organization "K7"`, "lines.csv:5: its order is rejected (orders.csv:4)"}},
		"no lines":         {"lines.csv", "102;9;3;5;;\n", "", []string{"orders.csv:4: no: the order has no lines"}},
		"orphan":           {"lines.csv", "102;9;3;5;;\n", "102;9;3;5;;\n777;1;1;1;;\n", []string{`lines.csv:6: order: there is no order "777", or it was rejected`}},
		"quantity":         {"lines.csv", "100;1;1;", "100;1;-1;", []string{"lines.csv:6: qty: quantity is -1, 1 at least"}},
		"zero":             {"lines.csv", "100;1;1;", "100;1;0;", []string{"lines.csv:6: qty: quantity is 0, 1 at least"}},
		"half":             {"lines.csv", "100;1;1;", "100;1;0.5;", []string{`lines.csv:6: qty: quantity is not a whole number that can be used: "0.5"`}},
		"many":             {"lines.csv", "100;1;1;", "100;1;9999999999;", []string{"lines.csv:6: qty: quantity is 9999999999, 1000000000 at most"}},
		"too much":         {"lines.csv", "100;1;1;0,10", "100;1;1000000000;1000000000", []string{"lines.csv:6: qty: the line comes to too much"}},
		"rebate":           {"lines.csv", "0,125", "12,5", []string{`lines.csv:4: rebate: discount is a share of one, 0 to 1, with 4 decimals at most, not "12.5"`, "deliveries.csv:3: line: the order has no line 2"}},
		"no key":           {"lines.csv", "102;9;3;5;;\n", "102;9;3;5;;\n;1;1;1;;\n", []string{"lines.csv:6: order: order is empty"}},
		"nul":              {"lines.csv", "100;1;1;", "100;1;1\x00;", []string{"lines.csv:6: character 8: there is a NUL byte"}},
		"not utf-8":        {"orders.csv", "Graz", "Gr\xe4z", []string{"orders.csv:4: character 43: invalid UTF-8; if the file is in Windows-1252, the mapping must say so", `lines.csv:5: order: there is no order "102", or it was rejected`}},
		"carrier":          {"map.yaml", `"*": OTHER`, `"*": Bike & Co`, []string{`deliveries.csv:4: by: carrier cannot be "Bike & Co": a carrier's code has capital letters, digits and _`}},
		"too many sent":    {"deliveries.csv", ",1,6", ",1,7", []string{"deliveries.csv:4: qty: more are shipped of line 1 than were ordered"}},
		"sent twice":       {"deliveries.csv", ",2,\n", ",1,1\n", []string{"deliveries.csv:3: line: line 1 stands already in this shipment"}},
		"own reason":       {"map.yaml", "    file: articles.csv\n", "    file: articles.csv\n    reject: [{when: {column: colour, equals: red}, why: red is out}]\n", []string{"articles.csv:3: red is out"}},
		"of another order": {"deliveries.csv", "100,L2", "102,L1", []string{`deliveries.csv:4: no: external_id "L1" stands already in line 2`}},
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name != "quantity" {
				t.Skip("short")
			}
			onEach(t, func(w *world) { w.checkBad(shop.with(c.file, c.old, c.changed), c.bad) })
		})
	}
}

func (w *world) checkBad(f files, bad []string) {
	dry, err := w.run(f, Options{DryRun: true})
	require.NoError(w.t, err)
	var told []BadRow
	r, err := w.run(f, Options{Bad: func(b BadRow) error { told = append(told, b); return nil }})
	require.NoError(w.t, err)
	var got []string
	for _, b := range r.Bad {
		got = append(got, b.String())
	}
	bad = slices.Clone(bad) // both databases have it
	for i := range bad {
		bad[i] = strings.Replace(bad[i], ": : ", ": ", 1)
	}
	require.ElementsMatch(w.t, bad, got)
	require.Equal(w.t, r.Bad, told)
	require.EqualValues(w.t, len(bad), r.Rejected())
	require.Equal(w.t, dry.Counts, r.Counts)
	require.Equal(w.t, dry.Bad, r.Bad)
	lines := r.Count(Lines)
	require.EqualValues(w.t, strings.Count(f["lines.csv"], "\n")-1, lines.Created+lines.Rejected, "every line is in or reported")
	again, err := w.run(f, Options{})
	require.NoError(w.t, err)
	require.Zero(w.t, again.Changes())
	// Put right, what was rejected goes in, and what is there stays.
	right, err := w.run(shop, Options{})
	require.NoError(w.t, err)
	require.Zero(w.t, right.Rejected())
	require.Equal(w.t, "5", w.one(`SELECT count(*) FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE number <> 'E-777'`))
}

// TestBadFiles: a file that is not what the mapping says changes nothing, even
// where the mistake is at its end.
func TestBadFiles(t *testing.T) {
	for name, c := range map[string]struct{ file, old, changed, want string }{
		"binary":       {"lines.csv", "order;article", "\x89PNG\x00", "lines.csv: line 1: the header: "},
		"other file":   {"orders.csv", "no;version;customer", "nr;version;customer", `orders.csv: line 1: the header lacks the columns ["no"]`},
		"open quote":   {"lines.csv", "100;1;1;0,10", "100;\"1;1;0,10", "lines.csv: line 6: a quote is opened in this record and never closed"},
		"jsonl member": {"map.yaml", "{mail}", "{email}", `people.jsonl: no record has the members ["email"]`},
		"missing":      {"map.yaml", "deliveries.csv", "delivered.csv", "delivered.csv: no such file or directory"},
	} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(w *world) {
				before := w.dump()
				r, err := w.run(shop.with(c.file, c.old, c.changed), Options{})
				var f *FileError
				require.ErrorAs(w.t, err, &f)
				require.Contains(w.t, err.Error(), c.want)
				require.Zero(w.t, r.Changes())
				require.Equal(w.t, before, w.dump())
			})
		})
	}
}

func TestChangesThatAnOrderDoesNotMake(t *testing.T) {
	onEach(t, func(w *world) {
		w.imports(shop)
		before := w.dump()
		for name, c := range map[string]struct {
			f   files
			why string
		}{
			"customer": {shop.with("orders.csv", "102;1;K1", "102;1;K2"), "orders.csv:4: the order belongs to another organization here; an order keeps its customer"},
			"number":   {shop.with("map.yaml", `"E-{no}"`, `[{when: {column: no, equals: "102"}, value: X}, "E-{no}"]`), "orders.csv:4: the order has the number E-102 here; an order keeps its number"},
			"taken":    {shop.with("orders.csv", "102;1;", "103;1;").with("map.yaml", `"E-{no}"`, `[{when: {column: no, equals: "103"}, value: E-102}, "E-{no}"]`).with("lines.csv", "102;9", "103;9"), `orders.csv:4: number "E-102" belongs to another record`},
		} {
			r, err := w.run(c.f, Options{})
			require.NoError(w.t, err, name)
			require.Equal(w.t, c.why, r.Bad[0].String())
			require.EqualValues(w.t, 2, r.Rejected(), name) // and its line
			require.Zero(w.t, r.Changes(), name)
			require.Equal(w.t, before, w.dump(), name)
		}
	})
}

func TestWhoMayImport(t *testing.T) {
	onEach(t, func(w *world) {
		system, before := w.ctx, w.dump()
		plain := shop.with("map.yaml", shop["map.yaml"][strings.Index(shop["map.yaml"], "  - entity: users"):strings.Index(shop["map.yaml"], "  - entity: products")], "").
			with("map.yaml", "      user: \"{who}\"\n", "")
		refused := func(ctx auth.Viewer, f files) {
			w.ctx = auth.WithViewer(w.t.Context(), &ctx)
			_, err := w.run(f, Options{})
			require.ErrorIs(w.t, err, problem.ErrForbidden)
			w.ctx = system
			require.Equal(w.t, before, w.dump())
		}
		refused(auth.Viewer{Kind: auth.KindStaff, UserID: "usr_x"}, plain)
		refused(auth.Viewer{Kind: auth.KindAnonymous}, plain)
		refused(auth.Viewer{Kind: auth.KindKey, Source: "another"}, plain)
		refused(auth.Viewer{Kind: auth.KindKey, Source: "erp"}, shop) // people, and what they may do
		w.ctx = w.t.Context()
		_, err := w.run(plain, Options{})
		require.ErrorIs(w.t, err, problem.ErrForbidden)

		w.ctx = auth.WithViewer(w.t.Context(), &auth.Viewer{Kind: auth.KindKey, Source: "erp"})
		r, err := w.run(plain, Options{})
		require.NoError(w.t, err)
		require.EqualValues(w.t, 3, r.Count(Orders).Created)
		w.ctx = system
		require.Equal(w.t, "KEY", w.one(`SELECT actor_kind FROM audit_entries WHERE operation = 'IMPORT'`))
	})
}

// full is a file on a full disk.
type full struct{ io.Writer }

func (full) Write([]byte) (int, error) { return 0, &fs.PathError{Op: "write", Path: "x", Err: errFull} }

var errFull = errors.New("no space left on device")
