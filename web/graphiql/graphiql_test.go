package graphiql_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foyer/web/graphiql"
)

func get(t *testing.T, method, target string, header http.Header) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	maps.Copy(r.Header, header)
	w := httptest.NewRecorder()
	graphiql.Handler(nil).ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r io.Reader) string {
	t.Helper()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestEveryFileIsServed(t *testing.T) {
	files, err := filepath.Glob("dist/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in dist (%v)", err)
	}
	types := map[string]string{
		".html": "text/html", ".css": "text/css", ".js": "text/javascript",
		".json": "application/json", ".svg": "image/svg+xml", ".txt": "text/plain",
	}
	for _, file := range files {
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		target := "/graphiql/" + filepath.Base(file)
		res := get(t, "GET", target, nil)
		if res.StatusCode != 200 {
			t.Errorf("%s: %s", target, res.Status)
		}
		if got := res.Header.Get("Content-Type"); !strings.HasPrefix(got, types[filepath.Ext(file)]+";") {
			t.Errorf("%s: Content-Type %q", target, got)
		}
		if res.Header.Get("Content-Encoding") != "" || body(t, res.Body) != string(want) {
			t.Errorf("%s: not the file", target)
		}

		zipped := get(t, "GET", target, http.Header{"Accept-Encoding": {"br, gzip"}})
		if zipped.Header.Get("Content-Encoding") == "" {
			t.Errorf("%s: not compressed", target)
			continue
		}
		if zipped.Header.Get("Vary") != "Accept-Encoding" || zipped.Header.Get("ETag") == res.Header.Get("ETag") {
			t.Errorf("%s: a cache would mix up the two forms: %v", target, zipped.Header)
		}
		plain, err := gzip.NewReader(zipped.Body)
		if err != nil {
			t.Fatal(err)
		}
		if body(t, plain) != string(want) {
			t.Errorf("%s: unzips to something else", target)
		}
	}
}

func TestHeaders(t *testing.T) {
	for _, target := range []string{"/graphiql", "/graphiql/", "/graphiql/graphiql.js", "/graphiql/accounts.json", "/graphiql/nothing"} {
		h := get(t, "GET", target, nil).Header
		if h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: nosniff is missing", target)
		}
		csp := h.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: %q is not in the policy %q", target, want, csp)
			}
		}
		for _, bad := range []string{"http:", "https:", "*", "unsafe-eval"} {
			if strings.Contains(csp, bad) {
				t.Errorf("%s: %q is in the policy", target, bad)
			}
		}
	}
}

func TestRedirect(t *testing.T) {
	for target, want := range map[string]string{"/graphiql": "/graphiql/", "/graphiql?a=b": "/graphiql/?a=b"} {
		res := get(t, "GET", target, nil)
		if res.StatusCode != http.StatusPermanentRedirect || res.Header.Get("Location") != want {
			t.Errorf("%s: %s to %q", target, res.Status, res.Header.Get("Location"))
		}
	}
}

func TestNotFound(t *testing.T) {
	for _, path := range []string{
		"/", "/graphiqlx", "/graphiql/nothing", "/graphiql/graphiql.js/", "/graphiql//graphiql.js", "/graphiql/dist/graphiql.js",
		"/graphiql/../graphiql.go", "/graphiql/..", "/graphiql/../../go.mod", "/graphiql/./index.html", "/graphiql/dist/../../graphiql.go",
		`/graphiql/..\graphiql.go`, "/graphiql/%2e%2e/graphiql.go", "/graphiql/%2e%2e%2fgraphiql.go", "/graphiql/..%5cgraphiql.go", "/graphiql/index.html%00",
	} {
		// Straight to the handler: a ServeMux would clean the path first and hide a hole.
		if res := get(t, "GET", path, nil); res.StatusCode != 404 {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
}

func TestMethods(t *testing.T) {
	res := get(t, "POST", "/graphiql/", nil)
	if res.StatusCode != 405 || res.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %s, Allow %q", res.Status, res.Header.Get("Allow"))
	}
	res = get(t, "HEAD", "/graphiql/", nil)
	if res.StatusCode != 200 || res.Header.Get("Content-Length") == "" || body(t, res.Body) != "" {
		t.Errorf("HEAD: %s, %v", res.Status, res.Header)
	}
}

func TestNotModified(t *testing.T) {
	for _, accept := range []string{"", "gzip"} {
		header := http.Header{"Accept-Encoding": {accept}}
		etag := get(t, "GET", "/graphiql/graphiql.js", header).Header.Get("ETag")
		if etag == "" {
			t.Fatal("no ETag")
		}
		for _, tag := range []string{etag, "W/" + etag, `"x", ` + etag, "*"} {
			header.Set("If-None-Match", tag)
			res := get(t, "GET", "/graphiql/graphiql.js", header)
			if res.StatusCode != 304 || body(t, res.Body) != "" || res.Header.Get("ETag") != etag {
				t.Errorf("%q: %s", tag, res.Status)
			}
		}
		header.Set("If-None-Match", `"x"`)
		if res := get(t, "GET", "/graphiql/graphiql.js", header); res.StatusCode != 200 {
			t.Errorf("another tag: %s", res.Status)
		}
	}
}

func TestAcceptEncoding(t *testing.T) {
	for accept, want := range map[string]bool{
		"": false, "gzip": true, "GZIP;q=0.5": true, "br, gzip;q=0": false, "*": true, "gzip;q=0, *": false,
		"*;q=0": false, "identity": false, "gzip;q=x": false, "deflate, gzip;q=1.0, *;q=0.5": true,
	} {
		res := get(t, "GET", "/graphiql/", http.Header{"Accept-Encoding": {accept}})
		if got := res.Header.Get("Content-Encoding") == "gzip"; got != want {
			t.Errorf("%q: gzip is %v", accept, got)
		}
	}
}

func TestAccounts(t *testing.T) {
	ada := graphiql.Account{Name: "Ada", Role: "ORG_BUYER", Email: "ada@example.com", Password: "secret"}
	for _, c := range []struct {
		accounts func() []graphiql.Account
		want     string
	}{
		{nil, "[]"},
		{func() []graphiql.Account { return nil }, "[]"},
		{
			func() []graphiql.Account { return []graphiql.Account{ada} },
			`[{"name":"Ada","role":"ORG_BUYER","email":"ada@example.com","password":"secret"}]`,
		},
	} {
		w := httptest.NewRecorder()
		graphiql.Handler(c.accounts).ServeHTTP(w, httptest.NewRequest("GET", "/graphiql/accounts.json", nil))
		if w.Body.String() != c.want || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s, %v; want %s", w.Body, w.Header(), c.want)
		}
	}
}

// The page must work on a machine without a network.
func TestNothingFromElsewhere(t *testing.T) {
	page := body(t, get(t, "GET", "/graphiql/", nil).Body)
	if strings.Contains(page, "http://") || strings.Contains(page, "https://") {
		t.Error("index.html names another server")
	}
	links := regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page, -1)
	if len(links) < 3 {
		t.Fatalf("index.html loads nothing: %v", links)
	}
	for _, link := range links {
		name, ok := strings.CutPrefix(link[1], "./")
		if !ok || get(t, "GET", "/graphiql/"+name, nil).StatusCode != 200 {
			t.Errorf("index.html: %q is not a file beside it", link[1])
		}
	}
	if strings.Contains(page, "<script>") || regexp.MustCompile(`\son\w+=`).MatchString(page) {
		t.Error("index.html: the policy forbids inline scripts")
	}
	css := body(t, get(t, "GET", "/graphiql/graphiql.css", nil).Body)
	for _, url := range regexp.MustCompile(`url\(["']?(.{0,12})`).FindAllStringSubmatch(css, -1) {
		if !strings.HasPrefix(url[1], "data:image/") {
			t.Errorf("graphiql.css: url(%s", url[1])
		}
	}
	if strings.Contains(css, "@import") || strings.Contains(css, "@font-face") {
		t.Error("graphiql.css loads something")
	}
	js := body(t, get(t, "GET", "/graphiql/graphiql.js", nil).Body)
	for _, bad := range []string{"unpkg.com", "jsdelivr", "esm.sh", "cdnjs", "googleapis", "sourceMappingURL"} {
		if strings.Contains(js, bad) {
			t.Errorf("graphiql.js: %s", bad)
		}
	}
}

func TestExamples(t *testing.T) {
	examples, err := graphiql.Examples()
	if err != nil {
		t.Fatal(err)
	}
	if len(examples) == 0 {
		t.Fatal("none")
	}
	byName := func(a, b graphiql.Example) int { return strings.Compare(a.Name, b.Name) }
	if !slices.IsSortedFunc(examples, byName) {
		t.Error("not sorted by name")
	}
	for _, e := range examples {
		if e.Name == "" || e.Query == "" || len(e.Role) == 0 || e.Variables == nil {
			t.Errorf("incomplete: %+v", e)
		}
	}
	if served := body(t, get(t, "GET", "/graphiql/examples.json", nil).Body); !json.Valid([]byte(served)) {
		t.Error("examples.json is not JSON")
	}
}
