package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"foyer/portal/brand"
)

func handler(t *testing.T, o Options) *Handler {
	t.Helper()
	if o.Brand == nil {
		o.Brand = brand.Default()
	}
	h, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(t *testing.T, h http.Handler, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Result(), string(body)
}

func TestPages(t *testing.T) {
	h := handler(t, Options{})
	for path, want := range map[string]int{
		"/": 200, "/orders": 200, "/orders/FO-1": 200, "/account/notifications": 200, "/setup": 200, "/console/": 200, "/console/orders/FO-1": 200,
		"/nothing": 404, "/ordersx": 404, "/console": 308, "/icon.svg": 200, "/favicon.ico": 200, "/brand/logo": 404,
		"/_/0000000000000000/assets/portal.js": 404, h.prefix + "assets/portal.js": 200, h.prefix + "../web.go": 404, h.prefix: 404,
	} {
		if r, _ := get(t, h, path); r.StatusCode != want {
			t.Errorf("%s: %d, not %d", path, r.StatusCode, want)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/orders", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
}

// Whatever a page names is there, at an address that can be kept for ever.
func TestWhatPagesName(t *testing.T) {
	h := handler(t, Options{})
	for _, page := range []string{"/", "/console/", "/orders/FO-1"} {
		r, body := get(t, h, page)
		if r.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s is kept: %s", page, r.Header.Get("Cache-Control"))
		}
		named := regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(body, -1)
		if len(named) < 5 {
			t.Fatalf("%s names %d files", page, len(named))
		}
		for _, m := range named {
			if !strings.HasPrefix(m[1], h.prefix) {
				t.Errorf("%s names %s, which is not of this build", page, m[1])
			}
			r, body := get(t, h, m[1])
			if r.StatusCode != 200 || body == "" || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
				t.Errorf("%s: %d, %d bytes, %s", m[1], r.StatusCode, len(body), r.Header.Get("Cache-Control"))
			}
		}
	}
}

func TestHeaders(t *testing.T) {
	h := handler(t, Options{})
	r, _ := get(t, h, "/")
	policy := r.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %q lacks %q", policy, want)
		}
	}
	plain, _ := get(t, h, h.prefix+"assets/react.js")
	zipped, _ := get(t, h, h.prefix+"assets/react.js", "Accept-Encoding", "gzip")
	if zipped.Header.Get("Content-Encoding") != "gzip" || plain.Header.Get("ETag") == zipped.Header.Get("ETag") {
		t.Error("compressed and plain are not told apart")
	}
	again, body := get(t, h, "/", "If-None-Match", r.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("asked again: %d", again.StatusCode)
	}
}

// What an operator configures is text in a page, whatever it says.
func TestHouseCannotBreakOut(t *testing.T) {
	b, err := brand.New(brand.Settings{Name: `</script><script>alert(1)</script>`, ContactPhone: `"><img src=x>`, Links: []string{`<b>|https://x.example/?a=1&b="2"`}})
	if err != nil {
		t.Fatal(err)
	}
	h := handler(t, Options{Brand: b, Demo: []Account{{Name: "</script>"}}})
	_, body := get(t, h, "/")
	if strings.Contains(body, "alert(1)</script>") || strings.Count(body, "</script>") != 2 || strings.Contains(body, "<img") || strings.Contains(body, "<b>") {
		t.Errorf("it broke out:\n%s", body)
	}
}

func TestLogos(t *testing.T) {
	b := brand.Default()
	b.Logo = &brand.Logo{URL: brand.LogoPath, ContentType: "image/svg+xml", Content: []byte(`<svg onload="alert(1)"/>`)}
	b.LogoDark = &brand.Logo{URL: "https://cdn.example/dark.svg"}
	h := handler(t, Options{Brand: b})
	r, body := get(t, h, "/brand/logo")
	if body != string(b.Logo.Content) || r.Header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("the logo is %q, %s", body, r.Header.Get("Content-Type"))
	}
	if !strings.Contains(r.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Error("an opened logo may run scripts")
	}
	page, _ := get(t, h, "/")
	if !strings.Contains(page.Header.Get("Content-Security-Policy"), "img-src 'self' data: https://cdn.example;") {
		t.Errorf("the policy does not let the logo in: %s", page.Header.Get("Content-Security-Policy"))
	}
}
