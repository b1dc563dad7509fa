package importer

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/orders"
)

// promises is the shop with promised days and estimates.
func promises() files {
	f := shop.with("map.yaml", "      tax: {value", "      promised_date: \"{day}\"\n      promise_reason: \"{why}\"\n      tax: {value").
		with("map.yaml", "      shipped_at:", "      estimated_delivery: \"{eta}\"\n      shipped_at:").
		with("map.yaml", "      ship_to.city:", "      promised_date: \"{promised}\"\n      ship_to.city:")
	f["lines.csv"] = "order;article;qty;price;rebate;tax;day;why\n" +
		"100;1;10;0,10;;0,20;;\n101;3;1;9,99;0,5;;2035-05-01;Comes later.\n100;2;2;1.000,00;0,125;350;;\n102;9;3;5;;;;\n100;1;1;0,10;;0,02;;\n"
	f["deliveries.csv"] = "order,no,by,tracking,sent,arrived,line,qty,eta\n" +
		"100,L1,Post,T-1,2034-07-02,,1,4,2035-06-03T10:00:00Z\n100,L1,Post,T-1,2034-07-02,,2,,\n100,L2,Bike,,2034-07-03T08:00:00+02:00,2034-07-04,1,6,2036-01-01T00:00:00Z\n"
	f["orders.csv"] = "no;version;customer;who;date;wanted;state;freight;city;promised\n" +
		"100;5;K1;1;01.07.2024 00:30;03.07.2024;confirmed;4,90;Wien;2035-06-02\n" +
		"101;1;K2;;02.01.2024 12:00;;;0;K\u00f6ln;2024-02-01\n" +
		"102;1;K1;1;31.12.2024 23:59;;cancelled;;Graz;2025-01-02\n"
	return f
}

// An import brings promises and estimates; the portal's job finds the delays.
func TestPromisesAndDelays(t *testing.T) {
	onEach(t, func(w *world) {
		f := promises()
		w.imports(f)
		state := func() []string {
			return w.all(`SELECT number, CASE WHEN estimated_delivery IS NULL THEN '' ELSE 'expected' END, coalesce(delay_cause, ''),
				(SELECT count(*) FROM events e WHERE e.subject_id = o.id AND e.kind = 'ORDER_DELAYED') FROM orders o ORDER BY 1`)
		}
		require.Contains(w.t, w.one(`SELECT estimated_delivery FROM orders WHERE number = 'E-100'`), "2035-06-03", "what has arrived is expected no more")
		require.Equal(w.t, []string{"E-100|expected||0", "E-101|||0", "E-102|||0"}, state())
		require.Contains(w.t, w.one(`SELECT promised_date FROM order_lines WHERE sku = 'A-3'`), "2035-05-01")
		require.Equal(w.t, "Comes later.", w.one(`SELECT promise_reason FROM order_lines WHERE sku = 'A-3'`))
		require.Equal(w.t, "4", w.one(`SELECT count(*) FROM order_lines WHERE promised_date IS NULL AND promise_reason IS NULL`))
		require.Zero(w.t, w.imports(f).Changes())

		find := func() { require.NoError(w.t, orders.New(w.st, orders.DefaultCarriers()).FindDelays(w.ctx)) }
		find()
		// The only line of 101 has a day of its own, which is to come.
		require.Equal(w.t, []string{"E-100|expected|CARRIER_ESTIMATE|1", "E-101|||0", "E-102|||0"}, state())

		// Something else changes: the delay stays noted. A better day: it ends.
		f = f.with("orders.csv", "100;5;K1;1;01.07.2024 00:30;03.07.2024;confirmed;4,90", "100;6;K1;1;01.07.2024 00:30;03.07.2024;confirmed;5,90")
		w.imports(f)
		require.Equal(w.t, "E-100|expected|CARRIER_ESTIMATE|1", state()[0])
		f = f.with("deliveries.csv", "2035-06-03T10:00:00Z", "2035-06-02T23:00:00Z").with("orders.csv", "100;6;", "100;7;")
		w.imports(f)
		find()
		require.Equal(w.t, "E-100|expected||1", state()[0])
		f = f.with("deliveries.csv", "2035-06-02T23:00:00Z", "2035-06-05T23:00:00Z").with("orders.csv", "100;7;", "100;8;")
		w.imports(f)
		find()
		require.Equal(w.t, "E-100|expected|CARRIER_ESTIMATE|1", state()[0], "the customer knows")
		f = f.with("orders.csv", "100;8;K1;1;01.07.2024 00:30;03.07.2024;confirmed", "100;9;K1;1;01.07.2024 00:30;03.07.2024;cancelled")
		w.imports(f)
		require.Equal(w.t, "E-100|expected||1", state()[0], "what is cancelled is late no more")

		// A mapping without them leaves lines' promises to the portal.
		w.exec(`UPDATE order_lines SET promised_date = '2035-07-01 00:00:00+00:00', promise_reason = 'said here' WHERE sku = 'A-3'`)
		f["map.yaml"] = strings.Replace(f["map.yaml"], "      promised_date: \"{day}\"\n      promise_reason: \"{why}\"\n", "", 1)
		w.imports(f.with("lines.csv", "101;3;1;9,99;0,5;;", "101;3;2;9,99;0,5;;").with("orders.csv", "101;1;", "101;2;"))
		require.Equal(w.t, "said here|2", w.all(`SELECT promise_reason, quantity FROM order_lines WHERE sku = 'A-3'`)[0])
		require.Contains(w.t, w.one(`SELECT promised_date FROM order_lines WHERE sku = 'A-3'`), "2035-07-01")
	})
}
