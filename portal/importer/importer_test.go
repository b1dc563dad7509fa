package importer

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestImport(t *testing.T) {
	onEach(t, func(w *world) {
		empty := w.dump()
		dry, err := w.run(shop, Options{DryRun: true})
		require.NoError(t, err)
		require.Equal(w.t, empty, w.dump(), "a dry run has written")

		r := w.imports(shop)
		require.Equal(w.t, dry.Counts, r.Counts, "a dry run must count what a run does")
		require.Equal(w.t, dry.Totals, r.Totals)
		require.Equal(w.t, map[string]*Count{
			Organizations: {Created: 3}, Users: {Created: 2}, Categories: {Created: 2}, Products: {Created: 3},
			Orders: {Created: 3}, Lines: {Created: 5}, Shipments: {Created: 2},
		}, r.Counts)
		// 0.10 x 10, 1000 x 2 less 12.5 %, 0.10; 9.99 less half, half up; 5 x 3.
		require.Equal(w.t, map[string]*Total{"EUR": {Lines: 100 + 175_000 + 10 + 500 + 1500, Cancelled: 1500, Shipping: 490}}, r.Totals)

		require.Equal(w.t, []string{"K1|Müller & Co|DE|COMPANY", "K2|Huber; GmbH|DE|COMPANY", "P3|Eva Berg|EN|PERSON"},
			w.all(`SELECT external_id, name, language, kind FROM organizations WHERE source = 'erp' ORDER BY 1`))
		require.Equal(w.t, []string{"ute@example.com|Ute Ott|ORG_BUYER|Müller & Co|", "max@example.com|Max Moor|ORG_BUYER|Huber; GmbH|"},
			w.all(`SELECT u.email, u.name, r.key, o.name, u.password_hash FROM users u JOIN memberships m ON m.user_id = u.id
				JOIN roles r ON r.id = m.role_id JOIN organizations o ON o.id = m.organization_id ORDER BY u.external_id`))
		require.Equal(w.t, []string{"A-1|Screw|Iron|10|EUR", "A-2|Bolt|Iron|123457|EUR", "A-3|Oil|Fluids|999|EUR"},
			w.all(`SELECT v.sku, p.name, c.name, v.price_minor, v.currency FROM product_variants v JOIN products p ON p.id = v.product_id
				JOIN categories c ON c.id = p.category_id ORDER BY 1`))
		require.Equal(w.t, []string{
			"E-100|CONFIRMED|PARTIALLY_DELIVERED|175110|490|35022|210622",
			"E-101|PLACED|UNFULFILLED|500|0|0|500",
			"E-102|CANCELLED|UNFULFILLED|1500|0|0|1500",
		}, w.all(`SELECT number, status, fulfillment_status, lines_minor, shipping_minor, tax_minor, total_minor FROM orders ORDER BY 1`))
		// Half past midnight in Vienna is the day before in UTC; a day stays the day.
		require.Contains(w.t, w.one(`SELECT placed_at FROM orders WHERE number = 'E-100'`), "2024-06-30")
		require.Contains(w.t, w.one(`SELECT requested_date FROM orders WHERE number = 'E-100'`), "2024-07-03")
		require.Equal(w.t, []string{
			"E-100|1|A-1|Screw|10|10|10|0|100|true", "E-100|2|A-2|Bolt|2|2|100000|1250|175000|true", "E-100|3|A-1|Screw|1|0|10|0|10|true",
			"E-101|1|A-3|Oil|1|0|999|5000|500|true",
			"E-102|1|9|9|3|0|500|0|1500|false", // a product that is not here
		}, w.all(`SELECT o.number, l.position, l.sku, l.name, l.quantity, l.quantity_shipped, l.unit_price_minor, l.discount_basis_points, l.total_minor,
				CASE WHEN l.variant_id IS NULL THEN 'false' ELSE 'true' END
				FROM order_lines l JOIN orders o ON o.id = l.order_id ORDER BY 1, 2`))
		require.Equal(w.t, []string{"L1|POST_AT|T-1|IN_TRANSIT|1|4", "L1|POST_AT|T-1|IN_TRANSIT|2|2", "L2|OTHER||DELIVERED|1|6"},
			w.all(`SELECT s.external_id, s.carrier, s.tracking_number, s.status, l.position, c.quantity FROM shipments s
				JOIN shipment_lines c ON c.shipment_id = s.id JOIN order_lines l ON l.id = c.order_line_id ORDER BY 1, 5`))
		// Owner columns: what hangs on an order has its owners.
		for _, table := range []string{"order_lines", "shipments", "shipment_lines"} {
			require.Equal(w.t, "0", w.one(`SELECT count(*) FROM `+table+` c JOIN orders o ON o.id = c.order_id
				WHERE c.organization_id <> o.organization_id OR coalesce(c.user_id, '') <> coalesce(o.user_id, '')`), table)
		}
		require.Equal(w.t, "2", w.one(`SELECT count(*) FROM orders o JOIN users u ON u.id = o.user_id WHERE u.email = 'ute@example.com'`))
		require.Equal(w.t, []string{"E-100|ORDER_PLACED|CUSTOMER|INTEGRATION|true", "E-101|ORDER_PLACED|CUSTOMER|INTEGRATION|true", "E-102|ORDER_PLACED|CUSTOMER|INTEGRATION|true"},
			w.all(`SELECT o.number, e.kind, e.audience, e.actor_kind, CASE WHEN e.occurred_at = o.placed_at THEN 'true' END
				FROM events e JOIN orders o ON o.id = e.subject_id ORDER BY 1`))
		require.Equal(w.t, []string{"IMPORT|Import|" + string(r.Run) + "|SYSTEM"},
			w.all(`SELECT operation, entity, subject, actor_kind FROM audit_entries WHERE operation = 'IMPORT'`))
		require.Contains(w.t, w.one(`SELECT changes FROM audit_entries WHERE operation = 'IMPORT'`), "orders created")

		before := w.dump()
		again := w.imports(shop)
		require.Zero(w.t, again.Changes())
		require.Equal(w.t, r.Totals, again.Totals)
		require.EqualValues(w.t, 5, again.Count(Lines).Unchanged)
		require.Equal(w.t, before, w.dump(), "a second run has changed something")
	})
}

func TestOrderOfLinesInTheFileDoesNotMatter(t *testing.T) {
	onEach(t, func(w *world) {
		w.imports(shop)
		// The same lines of each order in the same order, but grouped.
		grouped := shop.with("lines.csv", "101;3;1;9,99;0,5;\n", "").with("lines.csv", "102;9;3;5;;\n", "")
		grouped["lines.csv"] += "102;9;3;5;;\n101;3;1;9,99;0,5;\n"
		require.Zero(w.t, w.imports(grouped).Changes())
	})
}

func TestChanges(t *testing.T) {
	onEach(t, func(w *world) {
		w.imports(shop)
		w.exec(`UPDATE orders SET promised_date = '2025-01-01', promise_reason = 'said here' WHERE number = 'E-101'`)
		w.exec(`UPDATE users SET phone = '123' WHERE email = 'ute@example.com'`)
		before := w.all(`SELECT id FROM order_lines ORDER BY 1`)

		changed := shop.
			with("customers.csv", "K2;\"Huber; GmbH\";de;K\xf6ln;1", "K2;Huber AG;de;Bonn;2").
			with("people.jsonl", `"Moor"},"mail"`, `"Moos"},"mail"`).
			with("articles.csv", "1;Screw;Iron;0,10;", "1;Screw M4;Iron;0,12;blue").
			with("orders.csv", "101;1;K2;;02.01.2024 12:00;;;", "101;2;K2;;02.01.2024 12:00;;confirmed;").
			with("lines.csv", "101;3;1;9,99;0,5;\n", "101;3;2;9,99;0,5;\n101;2;1;1;;\n")
		dry, err := w.run(changed, Options{DryRun: true})
		require.NoError(t, err)
		r := w.imports(changed)
		require.Equal(w.t, dry.Counts, r.Counts)
		require.Equal(w.t, map[string]*Count{
			Organizations: {Updated: 1, Unchanged: 2}, Users: {Updated: 1, Unchanged: 1}, Products: {Updated: 1, Unchanged: 2},
			Orders: {Updated: 1, Unchanged: 2}, Lines: {Created: 1, Updated: 1, Unchanged: 4}, Shipments: {Unchanged: 2},
		}, r.Counts)
		require.Equal(w.t, "CONFIRMED|1099|2|said here|2", w.all(`SELECT status, total_minor, version, promise_reason, external_version FROM orders WHERE number = 'E-101'`)[0])
		require.Contains(w.t, w.one(`SELECT promised_date FROM orders WHERE number = 'E-101'`), "2025-01-01", "what the mapping does not give stays the portal's")
		require.Equal(w.t, "123", w.one(`SELECT phone FROM users WHERE email = 'ute@example.com'`))
		require.Equal(w.t, "Screw", w.one(`SELECT name FROM order_lines WHERE sku = 'A-1' AND position = 1`), "a line keeps the name under which it was sold")
		require.Subset(w.t, w.all(`SELECT id FROM order_lines`), before, "lines keep their ids")
		require.Equal(w.t, []string{"ORDER_PLACED|CUSTOMER", "ORDER_STATUS|CUSTOMER"}, w.all(
			`SELECT kind, audience FROM events e JOIN orders o ON o.id = e.subject_id WHERE number = 'E-101' ORDER BY e.id`))
		require.Zero(w.t, w.imports(changed).Changes())

		// One line fewer, nothing about the status.
		fewer := changed.with("lines.csv", "101;2;1;1;;\n", "").with("orders.csv", "101;2;", "101;3;")
		r = w.imports(fewer)
		require.Equal(w.t, &Count{Deleted: 1, Unchanged: 5}, r.Count(Lines))
		require.Equal(w.t, []string{"ORDER_PLACED|CUSTOMER", "ORDER_STATUS|CUSTOMER", "ORDER_IMPORTED|STAFF"}, w.all(
			`SELECT kind, audience FROM events e JOIN orders o ON o.id = e.subject_id WHERE number = 'E-101' ORDER BY e.id`))
		require.Equal(w.t, "999", w.one(`SELECT total_minor FROM orders WHERE number = 'E-101'`))
		require.Equal(w.t, "3", w.one(`SELECT count(*) FROM audit_entries WHERE operation = 'IMPORT'`), "one entry a run that wrote")
	})
}

func TestOlderVersionsStayOut(t *testing.T) {
	onEach(t, func(w *world) {
		w.imports(shop)
		before := w.dump()
		older := shop.with("orders.csv", "100;5;K1", "100;4;K1").with("orders.csv", "4,90", "7").
			with("customers.csv", "M\xfcller & Co ;at;Wien;3", "Old name;at;Wien;2")
		r := w.imports(older)
		require.Equal(w.t, &Count{Unchanged: 2, Stale: 1}, r.Count(Orders))
		require.Equal(w.t, &Count{Unchanged: 2, Stale: 3}, r.Count(Lines))
		require.Equal(w.t, &Count{Stale: 2}, r.Count(Shipments))
		require.Equal(w.t, &Count{Unchanged: 2, Stale: 1}, r.Count(Organizations))
		require.Equal(w.t, before, w.dump())
	})
}

func TestShipmentsHoldTheirLines(t *testing.T) {
	onEach(t, func(w *world) {
		w.imports(shop)
		// Somebody ships from the portal the one piece of line 3.
		w.exec(`INSERT INTO shipments (id, created_at, updated_at, organization_id, order_id, carrier, status)
			SELECT 'shp_x', created_at, created_at, organization_id, id, 'DHL', 'PENDING' FROM orders WHERE number = 'E-100'`)
		w.exec(`INSERT INTO shipment_lines (id, organization_id, order_id, shipment_id, order_line_id, quantity)
			SELECT 'shl_x', organization_id, order_id, 'shp_x', id, 1 FROM order_lines WHERE position = 3`)
		w.exec(`UPDATE order_lines SET quantity_shipped = 1 WHERE position = 3`)
		before := w.dump()

		without := shop.with("lines.csv", "100;1;1;0,10;;0,02\n", "")
		w.imports(without, "orders.csv:2: line 3 is gone, but 1 of it are in shipments",
			"lines.csv:2: its order is rejected (orders.csv:2)", "lines.csv:4: its order is rejected (orders.csv:2)",
			"deliveries.csv:2: its order is rejected (orders.csv:2)", "deliveries.csv:3: its order is rejected (orders.csv:2)", "deliveries.csv:4: its order is rejected (orders.csv:2)")
		require.Equal(w.t, before, w.dump())

		// More of it may be ordered; what was shipped here stays shipped.
		r := w.imports(shop.with("lines.csv", "100;1;1;0,10;;0,02\n", "100;1;5;0,10;;0,02\n"))
		require.Equal(w.t, &Count{Updated: 1, Unchanged: 4}, r.Count(Lines))
		require.Equal(w.t, "5|1", w.all(`SELECT quantity, quantity_shipped FROM order_lines WHERE position = 3`)[0])

		// A delivery gets another content, and a carrier has reported on the other one.
		w.exec(`UPDATE shipments SET status = 'DELIVERED' WHERE external_id = 'L1'`)
		w.exec(`INSERT INTO tracking_events (id, organization_id, order_id, shipment_id, dedup_key, status, occurred_at, received_at)
			SELECT 'trk_x', organization_id, order_id, id, 'k', 'DELIVERED', created_at, created_at FROM shipments WHERE external_id = 'L1'`)
		r = w.imports(shop.with("deliveries.csv", "100,L1,Post,T-1,2024-07-02,,2,\n", "").with("deliveries.csv", "T-1", "T-9"))
		require.Equal(w.t, &Count{Updated: 1, Unchanged: 1}, r.Count(Shipments))
		require.Equal(w.t, []string{"L1|DELIVERED|T-9|1|4", "L2|DELIVERED||1|6"}, w.all(`SELECT s.external_id, s.status, s.tracking_number, l.position, c.quantity FROM shipments s
			JOIN shipment_lines c ON c.shipment_id = s.id JOIN order_lines l ON l.id = c.order_line_id WHERE s.source = 'erp' ORDER BY 1, 4`))
		require.Equal(w.t, []string{"1|10", "2|0", "3|1"}, w.all(`SELECT position, quantity_shipped FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE number = 'E-100' ORDER BY 1`))
		require.Equal(w.t, "PARTIALLY_DELIVERED", w.one(`SELECT fulfillment_status FROM orders WHERE number = 'E-100'`))
	})
}

func TestRecordsOfOthersAreNotTouched(t *testing.T) {
	onEach(t, func(w *world) {
		w.imports(shop)
		before := w.dump()
		other := files{}
		for name, text := range shop {
			other[name] = text
		}
		other["map.yaml"] = strings.Replace(other["map.yaml"], "source: erp", "source: other", 1)
		r, err := w.run(other, Options{})
		require.NoError(t, err)
		// Customers have nothing unique but their external id.
		require.Equal(w.t, &Count{Created: 3}, r.Count(Organizations))
		for _, entity := range []string{Users, Products, Orders} {
			require.Zero(w.t, r.Count(entity).Changes(), entity)
			require.NotZero(w.t, r.Count(entity).Rejected, entity)
		}
		require.Equal(w.t, `people.jsonl:1: email "ute@example.com" belongs to another record`, r.Bad[0].String())
		for _, row := range strings.Split(strings.TrimSpace(before), "\n") {
			require.Contains(w.t, w.dump(), row, "a row of the other source has changed")
		}
	})
}
