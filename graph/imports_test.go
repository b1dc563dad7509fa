package graph_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/schema"
	"foyer/testkit"
)

const importMapping = `source: old
currency: EUR
files:
  - entity: organizations
    file: customers.csv
    fields:
      external_id: "{no}"
      name: "{name}"
`

const startImport = `mutation($input: StartImportInput!) { startImport(input: $input) {
  importRun { id status dryRun source percent step failure user { id } finishedAt counts { entity created rejected } } userErrors { field code message } } }`

// sent is a file of a request.
type sent struct{ name, text string }

// part is one part of a form.
type part struct{ name, file, text string }

func customers(lines ...string) string { return "no;name\n" + strings.Join(lines, "\n") + "\n" }

// parts is a request by the multipart request specification.
func parts(t *testing.T, query string, input map[string]any, sent ...sent) (list []part) {
	t.Helper()
	nulls, places := make([]any, len(sent)), map[string][]string{}
	for i := range sent {
		places[fmt.Sprint(i)] = []string{fmt.Sprint("variables.input.files.", i)}
	}
	input["files"] = nulls
	operations, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"input": input}})
	require.NoError(t, err)
	m, err := json.Marshal(places)
	require.NoError(t, err)
	list = []part{{name: "operations", text: string(operations)}, {name: "map", text: string(m)}}
	for i, s := range sent {
		list = append(list, part{fmt.Sprint(i), s.name, s.text})
	}
	return list
}

func form(t *testing.T, list []part) (body []byte, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range list {
		h := textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name=%q`, p.name)}}
		if p.file != "" {
			h.Set("Content-Disposition", fmt.Sprintf(`form-data; name=%q; filename="%s"`, p.name, p.file))
			h.Set("Content-Type", "text/csv")
		}
		to, err := w.CreatePart(h)
		require.NoError(t, err)
		_, err = io.WriteString(to, p.text)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes(), w.FormDataContentType()
}

// post sends a form as somebody. Headers come in pairs.
func post(t *testing.T, f *testkit.Foyer, role string, list []part, headers ...string) *testkit.Answer {
	t.Helper()
	body, contentType := form(t, list)
	return send(t, f, role, bytes.NewReader(body), contentType, headers...)
}

func send(t *testing.T, f *testkit.Foyer, role string, body io.Reader, contentType string, headers ...string) *testkit.Answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.URL, body)
	require.NoError(t, err)
	r.Header.Set("Content-Type", contentType)
	if role != "ANONYMOUS" {
		r.Header.Set("Authorization", "Bearer "+f.As(role).Token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	a := &testkit.Answer{Status: res.StatusCode, Body: string(text)}
	require.NoError(t, json.Unmarshal(text, a), string(text))
	return a
}

func count(t *testing.T, f *testkit.Foyer, table string) (n int) {
	t.Helper()
	require.NoError(t, f.Store.Raw(t.Context()).QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n))
	return n
}

// untouched fails when a refused request has left anything behind.
func untouched(t *testing.T, f *testkit.Foyer, do func()) {
	t.Helper()
	before, jobs := f.Fingerprint(), count(t, f, "river_job")
	do()
	require.Equal(t, before, f.Fingerprint())
	require.Equal(t, jobs, count(t, f, "river_job"))
	for _, table := range []string{"import_uploads", "import_files", "import_chunks", "import_rejections"} {
		require.Zero(t, count(t, f, table), table)
	}
	left, err := os.ReadDir(os.TempDir())
	require.NoError(t, err)
	for _, x := range left {
		require.NotContains(t, x.Name(), "foyer-upload-")
	}
}

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.WriteString(z, text)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

const runQuery = `query($id: ID!, $a: Cursor, $n: Int) { node(id: $id) { ... on ImportRun { status percent step failure startedAt finishedAt
  counts { entity created updated unchanged rejected } totals { amount currency }
  rejections(after: $a, first: $n) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { file line column entity reason } } } } } }`

func TestStartImport(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		admin := f.As("STAFF_ADMIN")
		start := func(dry bool, text string, headers ...string) string {
			a := post(t, f, "STAFF_ADMIN", parts(t, startImport, map[string]any{"mapping": importMapping, "dryRun": dry},
				sent{"customers.csv", text}, sent{"notes.txt", "nobody asked for it"}), headers...)
			require.Empty(t, a.Errors, a.Body)
			require.Empty(t, a.At("startImport", "userErrors"), a.Body)
			require.Equal(t, "WAITING", a.At("startImport", "importRun", "status"))
			require.Equal(t, string(f.World.Users["STAFF_ADMIN"].ID), a.At("startImport", "importRun", "user", "id"))
			id, _ := a.At("startImport", "importRun", "id").(string)
			return id
		}
		text := customers("1;One", ";Nameless", "2;Two", "3;")
		before := f.Fingerprint("ImportRun", "AuditEntry")
		dry := start(true, text, "Accept", "application/graphql-response+json, application/json, text/event-stream, multipart/mixed") // as urql does
		require.Equal(t, 1, count(t, f, "import_files"), "a file that nobody asked for is not kept")
		f.Work()
		a := admin.Must(runQuery, map[string]any{"id": dry})
		require.Equal(t, "DONE", testkit.At(a, "node", "status"), a)
		require.EqualValues(t, 100, testkit.At(a, "node", "percent"))
		require.Nil(t, testkit.At(a, "node", "step"))
		require.Nil(t, testkit.At(a, "node", "failure"))
		require.NotNil(t, testkit.At(a, "node", "finishedAt"))
		require.EqualValues(t, 2, testkit.At(a, "node", "counts", 0, "created"))
		require.EqualValues(t, 2, testkit.At(a, "node", "counts", 0, "rejected"))
		require.Equal(t, before, f.Fingerprint("ImportRun", "AuditEntry"), "a dry run changes nothing")

		run := start(false, gzipped(t, text))
		f.Work()
		a = admin.Must(runQuery, map[string]any{"id": run, "n": 1})
		require.Equal(t, "DONE", testkit.At(a, "node", "status"), a)
		require.EqualValues(t, 2, testkit.At(a, "node", "rejections", "totalCount"))
		require.Equal(t, map[string]any{"file": "customers.csv", "line": 3.0, "column": "no", "entity": "organizations", "reason": "external_id is empty"},
			testkit.At(a, "node", "rejections", "edges", 0, "node"))
		require.Equal(t, true, testkit.At(a, "node", "rejections", "pageInfo", "hasNextPage"))
		cursor := testkit.At(a, "node", "rejections", "pageInfo", "endCursor")
		a = admin.Must(runQuery, map[string]any{"id": run, "a": cursor})
		require.Len(t, testkit.At(a, "node", "rejections", "edges"), 1)
		require.EqualValues(t, 5, testkit.At(a, "node", "rejections", "edges", 0, "node", "line"))
		require.Equal(t, false, testkit.At(a, "node", "rejections", "pageInfo", "hasNextPage"))
		for _, table := range []string{"import_uploads", "import_files", "import_chunks"} {
			require.Zero(t, count(t, f, table), "what was sent is gone: %s", table)
		}
		again := start(false, text)
		f.Work()
		require.EqualValues(t, 2, testkit.At(admin.Must(runQuery, map[string]any{"id": again}), "node", "counts", 0, "unchanged"))

		// Who asked for it is in the audit, once for what was written.
		entries := admin.Must(`{ auditEntries(filter: {entity: "Import"}) { edges { node { subject actor operation } } } }`, nil)
		require.Len(t, testkit.At(entries, "auditEntries", "edges"), 1, entries)
		require.Equal(t, map[string]any{"subject": run, "actor": string(f.World.Users["STAFF_ADMIN"].ID), "operation": "IMPORT"},
			testkit.At(entries, "auditEntries", "edges", 0, "node"))

		list := admin.Must(`{ imports(filter: {status: [DONE]}, first: 2) { totalCount edges { node { id dryRun } } } }`, nil)
		require.EqualValues(t, 3, testkit.At(list, "imports", "totalCount"))
		require.Equal(t, again, testkit.At(list, "imports", "edges", 0, "node", "id"), "the latest first")
		require.EqualValues(t, 1, testkit.At(admin.Must(`{ imports { totalCount } a: imports(filter: {status: [WAITING]}) { totalCount } }`, nil), "a", "totalCount"))
		require.Empty(t, testkit.At(admin.Must(`{ imports(filter: {status: []}) { edges { cursor } } }`, nil), "imports", "edges"))
	})
}

// TestImportsAreTheAdministrators: no other role learns that there is such a
// thing, by whatever way. Others may send files, but to them this is a field that
// does not exist, and they cannot send as much.
func TestImportsAreTheAdministrators(t *testing.T) {
	// Who has no use for a file sends none.
	without := []string{"STAFF_ANALYST", "ANONYMOUS", "GUEST", "INTEGRATION"}
	large := make([]byte, 28<<20) // one of the files that people attach has 25
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		list := parts(t, startImport, map[string]any{"mapping": importMapping, "dryRun": false}, sent{"customers.csv", customers("1;One")})
		untouched(t, f, func() {
			for _, r := range schema.Roles {
				if r.Key == "STAFF_ADMIN" {
					continue
				}
				a := post(t, f, r.Key, list, "Apollo-Require-Preflight", "1")
				tooLarge := http.StatusRequestEntityTooLarge
				if slices.Contains(without, r.Key) {
					tooLarge = http.StatusUnsupportedMediaType
					require.Equal(t, http.StatusUnsupportedMediaType, a.Status, "%s: %s", r.Key, a.Body)
					require.NotContains(t, a.Body, "multipart")
				} else {
					require.Contains(t, a.Body, `Cannot query field \"startImport\" on type \"Mutation\".`, r.Key)
					require.NotContains(t, a.Body, `"data"`, r.Key)
					require.NotContains(t, a.Body, "Did you mean", r.Key)
				}
				// Said to be large, before any of it is read.
				a = send(t, f, r.Key, bytes.NewReader(large), "multipart/form-data; boundary=x", "Apollo-Require-Preflight", "1", "Expect", "100-continue")
				require.Equal(t, tooLarge, a.Status, "%s: %s", r.Key, a.Body)
				for _, q := range []string{`{ imports { totalCount } }`, `mutation { cancelImport(input: {importId: "` + string(f.World.Import.ID) + `"}) { userErrors { code } } }`} {
					require.Contains(t, f.As(r.Key).Do(q, nil).Body, "Cannot query field", r.Key)
				}
			}
			// Not said to be large: it is read up to the limit of those who import nothing.
			body, contentType := form(t, append(slices.Clone(list[:2]), part{"0", "customers.csv", string(large[:27<<20])}))
			a := send(t, f, "ORG_MEMBER", io.MultiReader(bytes.NewReader(body)), contentType)
			require.Equal(t, http.StatusRequestEntityTooLarge, a.Status, a.Body)
		})
	})
}

func TestWhatIsNoImport(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		good := sent{"customers.csv", customers("1;One")}
		long := strings.Repeat("x", 5000)
		for name, x := range map[string]struct {
			mapping string
			sent    []sent
			code    string
			says    string
		}{
			"unknown key":     {strings.Replace(importMapping, "entity:", "entiti:", 1), []sent{good}, "INVALID_MAPPING", "entity is missing"},
			"place":           {strings.Replace(importMapping, "currency: EUR", "currency: XXL", 1), []sent{good}, "INVALID_MAPPING", "Line 2, column 11 of the mapping: "},
			"no yaml":         {"\x01\x02: [", []sent{good}, "INVALID_MAPPING", "mapping"},
			"empty":           {"", []sent{good}, "INVALID_MAPPING", "mapping"},
			"nested":          {strings.Repeat("[", 9_000), []sent{good}, "INVALID_MAPPING", "nested too deeply"},
			"nested lists":    {strings.Repeat("- ", 4_900), []sent{good}, "INVALID_MAPPING", "nested too deeply"},
			"a path":          {strings.Replace(importMapping, "customers.csv", "../../etc/passwd", 1), []sent{{"passwd", "x"}}, "INVALID_MAPPING", "is not the path of a file"},
			"absolute":        {strings.Replace(importMapping, "customers.csv", "/etc/passwd", 1), []sent{{"/etc/passwd", "x"}}, "INVALID_MAPPING", "is not the path of a file"},
			"no file":         {importMapping, nil, "MISSING_FILE", "customers.csv"},
			"other file":      {importMapping, []sent{{"../../etc/passwd", "x"}, {"/etc/shadow", "x"}, {long, "x"}, {"a%00b", "x"}, {"..", "x"}, {".", "x"}}, "MISSING_FILE", "customers.csv"},
			"twice":           {importMapping, []sent{good, {"sub/customers.csv", "x"}}, "INVALID", "same name"},
			"not told apart":  {importMapping + strings.SplitN(strings.Replace(importMapping, "file: ", "file: a/", 1), "files:\n", 2)[1], []sent{good}, "INVALID_MAPPING", "told apart"},
			"more than there": {importMapping + strings.SplitN(strings.Replace(importMapping, "customers", long, 1), "files:\n", 2)[1], []sent{good}, "MISSING_FILE", "xxx"},
		} {
			untouched(t, f, func() {
				a := post(t, f, "STAFF_ADMIN", parts(t, startImport, map[string]any{"mapping": x.mapping, "dryRun": false}, x.sent...))
				require.Empty(t, a.Errors, "%s: %s", name, a.Body)
				require.Equal(t, x.code, a.At("startImport", "userErrors", 0, "code"), "%s: %s", name, a.Body)
				require.Contains(t, a.At("startImport", "userErrors", 0, "message"), x.says, name)
				require.Nil(t, a.At("startImport", "importRun"))
				require.Less(t, len(a.Body), 2000, name)
			})
		}
		untouched(t, f, func() { // a value of this type cannot be written down
			for _, files := range []any{[]any{"x"}, []any{map[string]any{}}, []any{nil}, "x", nil, 1, map[string]any{"File": nil, "Filename": "customers.csv"}} {
				a := f.As("STAFF_ADMIN").Do(startImport, map[string]any{"input": map[string]any{"mapping": importMapping, "files": files}})
				require.Equal(t, "BAD_USER_INPUT", a.Code(), "%v: %s", files, a.Body)
			}
			a := f.As("STAFF_ADMIN").Do(`mutation { startImport(input: {mapping: "a", files: ["x"]}) { userErrors { code } } }`, nil)
			require.Equal(t, "BAD_USER_INPUT", a.Code(), a.Body)
		})
	})
}

// TestForms: what is not by the multipart request specification is refused, and
// nothing of it is left.
func TestForms(t *testing.T) {
	f := testkit.SQLite(t)
	list := parts(t, startImport, map[string]any{"mapping": importMapping, "dryRun": false}, sent{"customers.csv", customers("1;One")})
	with := func(i int, text string) []part {
		out := append([]part{}, list...)
		out[i].text = text
		return out
	}
	var many []sent
	for i := range 21 {
		many = append(many, sent{fmt.Sprint(i), "x"})
	}
	operations := list[0].text
	untouched(t, f, func() {
		for name, x := range map[string]struct {
			list    []part
			status  int
			headers []string
		}{
			"map first":          {[]part{list[1], list[0], list[2]}, 400, nil},
			"no map":             {[]part{list[0], list[2]}, 400, nil},
			"nothing":            {nil, 400, nil},
			"file missing":       {list[:2], 400, nil},
			"file twice":         {append(append([]part{}, list...), list[2]), 400, nil},
			"file too many":      {append(append([]part{}, list...), part{"x", "x", "x"}), 400, nil},
			"a text for a file":  {append(append([]part{}, list[:2]...), part{"0", "", "x"}), 400, nil},
			"21 files":           {parts(t, startImport, map[string]any{"mapping": importMapping}, many...), 413, nil},
			"one in 21 places":   {with(1, `{"0": [`+strings.Repeat(`"variables.input.files.0",`, 20)+`"variables.input.files.0"]}`), 413, nil},
			"one place twice":    {with(1, `{"0": ["variables.input.files.0", "variables.input.files.0"]}`), 400, nil},
			"map no json":        {with(1, `{`), 400, nil},
			"map a list":         {with(1, `[]`), 400, nil},
			"map of texts":       {with(1, `{"0": "variables.input.files.0"}`), 400, nil},
			"map null":           {with(1, `null`), 400, nil},
			"map huge":           {with(1, `{"0": ["`+strings.Repeat("x", 70_000)+`"]}`), 413, nil},
			"map of nothing":     {with(1, `{}`), 400, nil},
			"no place":           {with(1, `{"0": []}`), 400, nil},
			"place outside":      {with(1, `{"0": ["variables.input.files.1"]}`), 400, nil},
			"place negative":     {with(1, `{"0": ["variables.input.files.-1"]}`), 400, nil},
			"place of no number": {with(1, `{"0": ["variables.input.files.x"]}`), 400, nil},
			"place taken":        {with(1, `{"0": ["variables.input.mapping"]}`), 400, nil},
			"place unknown":      {with(1, `{"0": ["variables.input.other"]}`), 400, nil},
			"place whole":        {with(1, `{"0": ["variables"]}`), 400, nil},
			"place elsewhere":    {with(1, `{"0": ["query"]}`), 400, nil},
			"place too deep":     {with(1, `{"0": ["variables.input.files.0.x"]}`), 400, nil},
			"batch":              {with(0, "["+operations+"]"), 400, nil},
			"operations no json": {with(0, "x"), 400, nil},
			"operations binary":  {with(0, "\xff"), 400, nil},
			"operations huge":    {with(0, operations+strings.Repeat(" ", 1<<20)), 413, nil},
			"streamed":           {list, 415, []string{"Accept", "text/event-stream"}},
			"compressed":         {list, 415, []string{"Content-Encoding", "gzip"}},
			"accepts nothing":    {list, 406, []string{"Accept", "text/html"}},
			"no boundary":        {list, 400, []string{"Content-Type", "multipart/form-data"}},
			"other boundary":     {list, 400, []string{"Content-Type", "multipart/form-data; boundary=other"}},
		} {
			a := post(t, f, "STAFF_ADMIN", x.list, x.headers...)
			require.Equal(t, x.status, a.Status, "%s: %s", name, a.Body)
			require.NotEmpty(t, a.Code(), name)
			require.NotContains(t, a.Body, "goroutine")
		}
		// A file where something else is meant.
		for query, variable := range map[string]string{
			`query($v: ID!) { node(id: $v) { id } }`:                                                "ID",
			`query($v: String) { order(number: $v) { id } }`:                                        "String",
			`query($v: Int) { orders(first: $v) { totalCount } }`:                                   "Int",
			`query($v: Cursor) { orders(after: $v) { totalCount } }`:                                "Cursor",
			`query($v: OrderFilter) { orders(filter: $v) { totalCount } }`:                          "OrderFilter",
			`query($v: Time) { orders(filter: {placedFrom: $v}) { totalCount } }`:                   "Time",
			`query($v: [ID!]!) { nodes(ids: $v) { id } }`:                                           "list",
			`query($v: SavedViewList!) { viewer { savedViews(list: $v) { id } } }`:                  "enum",
			`query($v: Upload!) { orders(filter: {number: $v}) { totalCount } }`:                    "wrong type",
			`mutation($v: Upload!) { cancelImport(input: {importId: $v}) { userErrors { code } } }`: "wrong type",
		} {
			text, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"v": nil}})
			require.NoError(t, err)
			a := post(t, f, "STAFF_ADMIN", []part{{name: "operations", text: string(text)}, {name: "map", text: `{"0": ["variables.v"]}`}, {"0", "x", "hunter2"}})
			require.Equal(t, "BAD_USER_INPUT", a.Code(), "%s: %s", variable, a.Body)
			require.NotContains(t, a.Body, "hunter2")
		}
		// Cut off in the middle.
		body, contentType := form(t, list)
		for _, n := range []int{10, len(body) / 2, len(body) - 5} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.URL, bytes.NewReader(body[:n]))
			require.NoError(t, err)
			r.Header.Set("Content-Type", contentType)
			r.Header.Set("Authorization", "Bearer "+f.As("STAFF_ADMIN").Token)
			res, err := http.DefaultClient.Do(r)
			require.NoError(t, err)
			require.Equal(t, 400, res.StatusCode, n)
			require.NoError(t, res.Body.Close())
		}
	})
	// Without any files it is an operation like others.
	a := post(t, f, "STAFF_ADMIN", []part{{name: "operations", text: `{"query": "{ __typename }"}`}, {name: "map", text: `{}`}})
	require.Equal(t, "Query", a.At("__typename"), a.Body)
}

// TestImportUnderAKey: the same files again are the same request, others under
// the same name are not.
func TestImportUnderAKey(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		query := strings.Replace(startImport, "(input: $input)", `(input: $input) @idempotent(key: "k")`, 1)
		do := func(text string) *testkit.Answer {
			return post(t, f, "STAFF_ADMIN", parts(t, query, map[string]any{"mapping": importMapping, "dryRun": false}, sent{"customers.csv", text}))
		}
		first := do(customers("1;One"))
		require.Equal(t, "WAITING", first.At("startImport", "importRun", "status"), first.Body)
		require.Equal(t, first.Body, do(customers("1;One")).Body)
		require.Equal(t, 1, count(t, f, "import_chunks"), "what the repeat brought is not kept")
		require.Equal(t, "CONFLICT", do(customers("1;Two")).Code())
		require.Equal(t, 1, count(t, f, "import_chunks"))
		require.Equal(t, 2, count(t, f, "import_runs"), "with that of the world")
		f.Work()
		require.Equal(t, "DONE", do(customers("1;One")).At("startImport", "importRun", "status"))
		require.Zero(t, count(t, f, "import_chunks"))
	})
}

func TestCancelImport(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		a := post(t, f, "STAFF_ADMIN", parts(t, startImport, map[string]any{"mapping": importMapping, "dryRun": false}, sent{"customers.csv", customers("1;One")}))
		id := a.At("startImport", "importRun", "id")
		cancel := func() *testkit.Answer {
			return f.As("STAFF_ADMIN").Do(`mutation($id: ID!) { cancelImport(input: {importId: $id}) { importRun { status finishedAt } userErrors { field code } } }`, map[string]any{"id": id})
		}
		a = cancel()
		require.Equal(t, "CANCELLED", a.At("cancelImport", "importRun", "status"), a.Body)
		require.NotNil(t, a.At("cancelImport", "importRun", "finishedAt"))
		require.Zero(t, count(t, f, "import_chunks"))
		before := f.Fingerprint()
		a = cancel()
		require.Equal(t, "FINISHED", a.At("cancelImport", "userErrors", 0, "code"), a.Body)
		require.Equal(t, []any{"input", "importId"}, a.At("cancelImport", "userErrors", 0, "field"))
		f.Work()
		require.Equal(t, before, f.Fingerprint(), "nothing comes in")
	})
}

// TestFailedImport: a file that is not what the mapping says ends the run, in
// words that staff can do something with.
func TestFailedImport(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		for text, says := range map[string]string{
			"\x00\x01\x02":           "customers.csv: line 1: the header: ",
			"a;b\n1;2\n":             `customers.csv: line 1: the header lacks the columns`,
			"":                       "customers.csv: the file is empty",
			gzipped(t, "no;")[:12]:   "customers.csv: ",
			customers(`1;"One`, "x"): "a quote is opened",
		} {
			before := f.Fingerprint("ImportRun", "AuditEntry")
			a := post(t, f, "STAFF_ADMIN", parts(t, startImport, map[string]any{"mapping": importMapping, "dryRun": false}, sent{"customers.csv", text}))
			require.Empty(t, a.Errors, a.Body)
			f.Work()
			run := f.As("STAFF_ADMIN").Must(runQuery, map[string]any{"id": a.At("startImport", "importRun", "id")})
			require.Equal(t, "FAILED", testkit.At(run, "node", "status"), "%q: %v", text, run)
			require.Contains(t, testkit.At(run, "node", "failure"), says)
			require.Equal(t, before, f.Fingerprint("ImportRun", "AuditEntry"))
			require.Zero(t, count(t, f, "import_chunks"))
		}
	})
}
