package graph_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// telling is what no client may ever read.
var telling = regexp.MustCompile(`(?i)panic|goroutine|\.go:\d|runtime error|SQLSTATE|sqlite|\bpq:|constraint|INSERT INTO|SELECT .* FROM`)

// raw sends a body as it is.
func raw(t *testing.T, f *testkit.Foyer, role, contentType string, body []byte) (status int, code, text string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.URL, bytes.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("Authorization", "Bearer test:"+role)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	var answer testkit.Answer
	_ = json.Unmarshal(b, &answer)
	return res.StatusCode, answer.Code(), string(b)
}

// TestBadInput sends what clumsy users and attackers send. Each has a stable
// code, nothing is written, nothing of the inside is told, the server lives.
func TestBadInput(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		order, member := f.World.Orders[world.OrderOfMember], f.World.Memberships["ORG_BUYER"]
		before := f.Fingerprint()
		quote := func(s string) string { b, _ := json.Marshal(s); return string(b) }
		op := func(query string, variables string) string {
			return fmt.Sprintf(`{"query": %s, "variables": %s}`, quote(query), variables)
		}
		note := func(id, text string) string {
			return op(`mutation($id: ID!, $t: String!) { addOrderNote(input: {orderId: $id, text: $t}) { userErrors { code } } }`, `{"id": "`+id+`", "t": `+text+`}`)
		}
		line := string(f.World.Lines[world.OrderOfMember].ID)
		ship := func(quantity string) string {
			return op(`mutation($q: Int!) { createShipment(input: {orderId: "`+string(order.ID)+`", version: 1, carrier: "DHL", lines: [{orderLineId: "`+line+`", quantity: $q}]}) { userErrors { code field } } }`, `{"q": `+quantity+`}`)
		}
		promise := func(date string) string {
			return op(`mutation($d: Date!) { setPromisedDate(input: {orderId: "`+string(order.ID)+`", version: 1, date: $d, reason: "x"}) { userErrors { code } } }`, `{"d": "`+date+`"}`)
		}
		for name, c := range map[string]struct{ body, code string }{
			"malformed JSON":           {`{"query": "{ viewer`, "BAD_USER_INPUT"},
			"not an object":            {`[1]`, "BAD_USER_INPUT"},
			"query of a wrong type":    {`{"query": 7}`, "BAD_USER_INPUT"},
			"malformed query":          {op(`{ viewer { `, `{}`), "BAD_USER_INPUT"},
			"unknown field":            {op(`{ viewer { shoeSize } }`, `{}`), "BAD_USER_INPUT"},
			"unknown argument":         {op(`{ orders(size: 1) { totalCount } }`, `{}`), "BAD_USER_INPUT"},
			"unknown input field":      {op(`query($f: OrderFilter) { orders(filter: $f) { totalCount } }`, `{"f": {"shoeSize": 1}}`), "BAD_USER_INPUT"},
			"wrong type of a variable": {op(`query($n: Int) { orders(first: $n) { totalCount } }`, `{"n": "ten"}`), "BAD_USER_INPUT"},
			"too large an Int":         {op(`query($n: Int) { orders(first: $n) { totalCount } }`, `{"n": 2147483648}`), "BAD_USER_INPUT"},
			"negative page":            {op(`{ orders(first: -1) { totalCount } }`, `{}`), "BAD_USER_INPUT"},
			"too large a page":         {op(`{ orders(first: 101) { totalCount } }`, `{}`), "BAD_USER_INPUT"},
			"both ends of a list":      {op(`{ orders(first: 1, last: 1) { totalCount } }`, `{}`), "BAD_USER_INPUT"},
			"garbage id":               {note("' OR 1=1 --", `"x"`), "BAD_USER_INPUT"},
			"id of another type":       {note(string(member.ID), `"x"`), "NOT_FOUND"},
			"id that never was":        {note(string(gid.New(gid.Order)), `"x"`), "NOT_FOUND"},
			"node of a garbage id":     {op(`{ node(id: "../../etc/passwd") { id } }`, `{}`), "BAD_USER_INPUT"},
			"over-long text":           {note(string(order.ID), quote(strings.Repeat("x", 30_000))), "BAD_USER_INPUT"},
			"NUL byte":                 {note(string(order.ID), `"a\u0000b"`), "BAD_USER_INPUT"},
			"fraction of a unit":       {ship("1.5"), "BAD_USER_INPUT"},
			"date that is none":        {promise("2026-02-30"), "BAD_USER_INPUT"},
			"date out of range":        {promise("9999-12-31"), "BAD_USER_INPUT"},
			"date before the calendar": {promise("0000-01-01"), "BAD_USER_INPUT"},
			"neither id nor number":    {op(`{ order { id } }`, `{}`), "BAD_USER_INPUT"},
			"forged cursor":            {op(`{ orders(after: "AAAA") { totalCount } }`, `{}`), "BAD_USER_INPUT"},
			"over-long search":         {op(`query($s: String) { orders(filter: {search: $s}) { totalCount } }`, `{"s": `+quote(strings.Repeat("x", 5000))+`}`), "BAD_USER_INPUT"},
			"empty idempotency key":    {op(`mutation { addOrderNote(input: {orderId: "`+string(order.ID)+`", text: "x"}) @idempotent(key: "") { userErrors { code } } }`, `{}`), "BAD_USER_INPUT"},
			"idempotent query":         {op(`{ viewer @idempotent(key: "x") { name } }`, `{}`), "BAD_USER_INPUT"},
		} {
			status, code, text := raw(t, f, "STAFF_AGENT", "application/json", []byte(c.body))
			require.Equal(t, c.code, code, "%s: %s", name, text)
			require.Less(t, status, 500, name)
			require.NotRegexp(t, telling, text, name)
			require.Less(t, len(text), 2000, "%s: an error does not repeat what was sent", name)
		}
		for name, c := range map[string]struct{ body, code string }{ // business refusals: user errors
			"lone surrogate":    {note(string(order.ID), `"a\ud800b"`), "INVALID"},
			"empty note":        {note(string(order.ID), `"  \n "`), "INVALID"},
			"long note":         {note(string(order.ID), quote(strings.Repeat("x", 4001))), "INVALID"},
			"nothing of a line": {ship("0"), "INVALID"},
			"negative quantity": {ship("-1"), "INVALID"},
			"too many":          {ship("1000000"), "QUANTITY_EXCEEDED"},
		} {
			_, _, text := raw(t, f, "STAFF_AGENT", "application/json", []byte(c.body))
			require.Contains(t, text, `"code":"`+c.code+`"`, name)
		}
		invalid := append([]byte(`{"query": "{ orders(filter: {search: \"`), 0xff, 0xfe)
		status, code, text := raw(t, f, "STAFF_AGENT", "application/json", append(invalid, []byte(`\"}) { totalCount } }"}`)...))
		require.Equal(t, 400, status, text)
		require.Equal(t, "BAD_USER_INPUT", code)
		for _, contentType := range []string{"text/plain", "application/x-www-form-urlencoded", "application/graphql"} {
			status, _, _ = raw(t, f, "STAFF_AGENT", contentType, []byte(op(`{ viewer { name } }`, `{}`)))
			require.Equal(t, http.StatusUnsupportedMediaType, status, contentType)
		}
		status, code, _ = raw(t, f, "STAFF_AGENT", "multipart/form-data; boundary=x", []byte(op(`{ viewer { name } }`, `{}`)))
		require.Equal(t, http.StatusBadRequest, status, "a form that is none")
		require.Equal(t, "BAD_USER_INPUT", code)
		status, _, text = raw(t, f, "STAFF_AGENT", "application/json", bytes.Repeat([]byte(" "), 3<<20))
		require.Contains(t, []int{400, 413}, status, text)
		require.Equal(t, before, f.Fingerprint(), "something of it was written")
		f.As("STAFF_AGENT").Must(`{ viewer { name } }`, nil)
	})
}

const noteOn = `mutation($id: ID!) { addOrderNote(input: {orderId: $id, text: "hello"}) { userErrors { code } } }`

// TestAFullDisk fills SQLite's file to its limit: the request fails whole, says
// nothing of the database, and works again once there is room.
func TestAFullDisk(t *testing.T) {
	f := testkit.SQLite(t)
	ctx := t.Context()
	id := map[string]any{"id": f.World.Orders[world.OrderOfMember].ID}
	var pages int
	require.NoError(t, f.Store.Raw(ctx).QueryRowContext(ctx, `PRAGMA page_count`).Scan(&pages))
	limit := func(n int) {
		_, err := f.Store.Raw(ctx).ExecContext(ctx, fmt.Sprintf(`PRAGMA max_page_count = %d`, n))
		require.NoError(t, err)
	}
	limit(pages)
	failed := false
	for range 2000 { // until the last page is full
		before := f.Fingerprint()
		a := f.As("STAFF_AGENT").Do(noteOn, id)
		if a.Code() == "" {
			continue
		}
		failed = true
		require.Equal(t, "INTERNAL", a.Code(), a.Body)
		require.NotRegexp(t, telling, a.Body)
		require.NotEmpty(t, a.Errors[0].Extensions["requestId"])
		require.Contains(t, f.Log.String(), "full", "the log says why")
		require.Equal(t, before, f.Fingerprint(), "half of it was written")
		break
	}
	require.True(t, failed, "the disk never got full")
	limit(1 << 30)
	f.As("STAFF_AGENT").Must(noteOn, id)
}

// TestADatabaseThatComesBack cuts all connections to PostgreSQL, again and
// again: the server recovers by itself, and no answer tells of the database.
func TestADatabaseThatComesBack(t *testing.T) {
	f := testkit.Postgres(t)
	ctx := t.Context()
	other, err := sql.Open("postgres", f.DatabaseURL)
	require.NoError(t, err)
	defer func() { _ = other.Close() }()
	id := map[string]any{"id": f.World.Orders[world.OrderOfMember].ID}
	for range 5 {
		f.As("STAFF_AGENT").Must(noteOn, id)
		_, err := other.ExecContext(ctx, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
		require.NoError(t, err)
		recovered := false
		for range 25 { // every pooled connection may have to find out for itself
			a := f.As("STAFF_AGENT").Do(noteOn, id)
			require.NotRegexp(t, telling, a.Body)
			if a.Code() == "" {
				recovered = true
				break
			}
			require.Equal(t, "INTERNAL", a.Code(), a.Body)
		}
		require.True(t, recovered)
	}
}
