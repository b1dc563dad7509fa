package markdown

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

var renderer_ = New(Options{
	ImageHosts: []string{"cdn.example.com"}, Files: "/files/",
	File: func(id string) (string, bool) {
		return map[string]string{"file_1": "/files/file_1/plan.png?a=1&b=2", "file_2": "https://bucket.example.net/x?sig=a%2Fb&e=1", "evil": "javascript:alert(1)"}[id], id != "unknown"
	},
})

func render(t *testing.T, source string) string {
	t.Helper()
	out, err := renderer_.HTML(source)
	require.NoError(t, err)
	safe(t, out)
	return out
}

func TestHTML(t *testing.T) {
	for source, want := range map[string]string{
		"":                         "",
		"# A\n\n## B\n\n###### C":  "<h2>A</h2>\n<h3>B</h3>\n<h6>C</h6>",
		"A\n===":                   "<h2>A</h2>",
		"a *b* **c** ~~d~~ `e<f`":  "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e&lt;f</code></p>",
		"- a\n- b\n\n3. c\n4. d":   "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n<li>d</li>\n</ol>",
		"> a\n> b":                 "<blockquote>\n<p>a\nb</p>\n</blockquote>",
		"a  \nb\n\n---":            "<p>a<br>\nb</p>\n<hr>",
		"```go\nx := \"<b>\"\n```": "<pre><code class=\"language-go\">x := &#34;&lt;b&gt;&#34;\n</code></pre>",
		"```\"><script>\nx\n```":   "<pre><code>x\n</code></pre>",
		"|a|b|\n|:-|-:|\n|1|*2*|":  "<table>\n<thead>\n<tr>\n<th align=\"left\">a</th>\n<th align=\"right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align=\"left\">1</td>\n<td align=\"right\"><em>2</em></td>\n</tr>\n</tbody>\n</table>",
		"[a](https://example.com/?x=1&y=2 \"t\")":       `<p><a href="https://example.com/?x=1&amp;y=2" rel="noopener noreferrer nofollow">a</a></p>`,
		"[a](https://example.com/?x=1&amp;y=2)":         `<p><a href="https://example.com/?x=1&amp;y=2" rel="noopener noreferrer nofollow">a</a></p>`,
		"[a](https://example.com/?x&amp;amp;y)":         `<p><a href="https://example.com/?x&amp;amp;y" rel="noopener noreferrer nofollow">a</a></p>`,
		"![a](https://cdn.example.com/a?x&amp;copy;)":   `<p><img src="https://cdn.example.com/a?x&amp;copy;" alt="a" loading="lazy" referrerpolicy="no-referrer"></p>`,
		"![a](/files/x.png#y) [b](/products\\\\evil)":   `<p>a b</p>`,
		"https://example.com/a":                         `<p><a href="https://example.com/a" rel="noopener noreferrer nofollow">https://example.com/a</a></p>`,
		"<https://example.com>":                         `<p><a href="https://example.com" rel="noopener noreferrer nofollow">https://example.com</a></p>`,
		"<eva@example.com>":                             `<p><a href="mailto:eva@example.com">eva@example.com</a></p>`,
		"[m](mailto:eva@example.com)":                   `<p><a href="mailto:eva@example.com">m</a></p>`,
		"[p](/products/12#top)":                         `<p><a href="/products/12#top">p</a></p>`,
		"[a][1]\n\n[1]: https://example.com":            `<p><a href="https://example.com" rel="noopener noreferrer nofollow">a</a></p>`,
		"[f](file:file_2)":                              `<p><a href="https://bucket.example.net/x?sig=a%2Fb&amp;e=1" rel="noopener noreferrer nofollow">f</a></p>`,
		"![Plan](file:file_1)":                          `<p><img src="/files/file_1/plan.png?a=1&amp;b=2" alt="Plan" loading="lazy" referrerpolicy="no-referrer"></p>`,
		"![Plan](/files/x.png \"A title\")":             `<p><img src="/files/x.png" alt="Plan" title="A title" loading="lazy" referrerpolicy="no-referrer"></p>`,
		"![Plan](https://CDN.example.com/a.png)":        `<p><img src="https://CDN.example.com/a.png" alt="Plan" loading="lazy" referrerpolicy="no-referrer"></p>`,
		"[![Plan](/files/x.png)](https://example.com)":  `<p><a href="https://example.com" rel="noopener noreferrer nofollow"><img src="/files/x.png" alt="Plan" loading="lazy" referrerpolicy="no-referrer"></a></p>`,
		"![*Plan* B](https://example.com/a.png)":        `<p><em>Plan</em> B</p>`,
		"[![Plan](/x.png)](javascript:alert(1))":        `<p>Plan</p>`,
		"[go **there**](http://example.com)":            `<p>go <strong>there</strong></p>`,
		"[?](file:unknown) ![?](file:evil) [x](file:)":  `<p>? ? x</p>`,
		"<b>bold</b> & <script>alert(1)</script>":       `<p>&lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt;</p>`,
		"<div onclick=\"x\">\n\n# A\n\n</div>":          "<p>&lt;div onclick=&#34;x&#34;&gt;</p>\n<h2>A</h2>\n<p>&lt;/div&gt;</p>",
		"Grüße, Ελλάδα, Россия, Việt Nam, 日本":           `<p>Grüße, Ελλάδα, Россия, Việt Nam, 日本</p>`,
		"&copy; &lt;script&gt; &#60;img onerror=x&#62;": `<p>© &lt;script&gt; &lt;img onerror=x&gt;</p>`,
		"a\x00b \xff":                         "<p>ab \ufffd</p>",
		"# A {#location .x onclick=alert(1)}": `<h2>A {#location .x onclick=alert(1)}</h2>`,
	} {
		require.Equal(t, want, render(t, source), source)
	}
	out, err := New(Options{Level: 4}).HTML("# A\n\n### B\n\n![x](/files/a.png)![y](file:file_1)")
	require.NoError(t, err)
	require.Equal(t, "<h4>A</h4>\n<h6>B</h6>\n<p>xy</p>", out)
	out, err = New(Options{Level: 1}).HTML("# A")
	require.NoError(t, err)
	require.Equal(t, "<h2>A</h2>", out, "never a second h1")
}

// What people try. Each is also put into a link, a picture, a reference, a table and a
// heading.
var attacks = []string{
	`<script>alert(1)</script>`, `<ScRiPt src=//evil.example>`, `<img src=x onerror=alert(1)>`, `<svg/onload=alert(1)>`,
	`<svg><script href=data:,alert(1) />`, `<iframe src="javascript:alert(1)">`, `<a href="javascript:alert(1)">x</a>`,
	`<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`, `<style>@import'//evil.example'</style>`, `<base href=//evil.example>`,
	`<form action=//evil.example><button>x`, `<meta http-equiv=refresh content="0;url=//evil.example">`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
	`<!--><img src=x onerror=alert(1)>-->`, `<![CDATA[<script>alert(1)</script>]]>`, `<?php echo 1 ?>`, `<x onclick=alert(1)>`, `</p><script>x</script>`,
	`javascript:alert(1)`, `JaVaScRiPt:alert(1)`, "java\tscript:alert(1)", "java&#10;script:alert(1)", `&#106;avascript:alert(1)`, `&#x6A;avascript:alert(1)`,
	`javascript&colon;alert(1)`, `javascript&#58;alert(1)`, `\javascript:alert(1)`, ` javascript:alert(1)`, "\x01javascript:alert(1)", `javascript\:alert(1)`,
	`&amp;#106;avascript:alert(1)`, `%6Aavascript:alert(1)`, `vbscript:msgbox(1)`, `data:text/html,<script>alert(1)</script>`, `data:text/html;base64,PHNjcmlwdD4=`,
	`data:image/svg+xml;base64,PHN2Zz4=`, `data:image/png;base64,AAAA`, `DATA:,x`, `file:///etc/passwd`, `blob:https://x/1`, `ftp://evil.example`, `http://evil.example`,
	`//evil.example/x`, `/\evil.example`, `\\evil.example`, "/\t/evil.example", `///evil.example`, `https:evil.example`, `https:/evil.example`, `https:\\evil.example`,
	`https://cdn.example.com@evil.example/a.png`, `https://cdn.example.com.evil.example/a.png`, `https://evil.example/cdn.example.com`, `https://cdn.example.com:8443/a.png`,
	`https://cdn.example.com\@evil.example/`, `https://evil.example#@cdn.example.com/`, `https://user:pass@cdn.example.com/a`, `https://cdn.example.com&#64;evil.example/`,
	`https://cdn.example.com&amp;#64;evil.example/`, `https://CDN.EXAMPLE.COM%2eevil.example/`, `/files/../logout`, `/files/%2e%2e/logout`, `/files/&#46;&#46;/logout`,
	`/files/&amp;#46;&amp;#46;/logout`, `/files/..%2flogout`, `/files/x?delete=1`, `/logout`, `files/x.png`, `../x`, `?x=1`, `#x`, `""`, `" onmouseover="alert(1)`,
	`https://x" onmouseover="alert(1)`, `https://x' onmouseover='alert(1)`, "https://x` onmouseover=alert(1)", `<https://x onmouseover=alert(1)>`, `mailto:`, `mailto:a@b?subject=x&body=<script>`,
	`tel:+49`, `https://`, `https:///x`, `https://[::1]/`, `https://x/"><script>alert(1)</script>`, `<javascript:alert(1)>`, `<data:text/html,x>`, "`<script>`", `$(alert)`, `{{constructor.constructor('alert(1)')()}}`,
	`" autofocus onfocus=alert(1) x="`, "\u2028<script>", "\ufeffjavascript:alert(1)", "javascript\u200b:alert(1)", `xlink:href=javascript:alert(1)`, `&lt;script&gt;`, `&#0;javascript:alert(1)`,
}

func TestAttacks(t *testing.T) {
	n := 0
	for _, a := range attacks {
		for _, f := range []string{
			"%", "x % y", "# %", "[x](%)", "[x](<%>)", "[%](https://example.com)", "![x](%)", "![x](<%>)", "![%](/files/a.png)", "[x](https://example.com \"%\")",
			"![x](/files/a.png \"%\")", "![x](/files/a.png '%')", "[x][r]\n\n[r]: %", "![x][r]\n\n[r]: <%>", "[x][r]\n\n[r]: https://example.com '%'", "<%>", "<https://%>",
			"|%|\n|-|\n|%|", "- %\n  - %", "> %", "```%\n%\n```", "~~~ %\n%", "    %", "`%`", "[![x](%)](%)", "**%** ~~%~~", "https://%", "https://example.com/%", "%@example.com",
			"<a href=\"%\">", "<img src='%'>", "![[x](%)](%)", "[%]: https://example.com\n\n[%]", "[file](file:%)", "![file](file:%)",
		} {
			render(t, strings.ReplaceAll(f, "%", a))
			n++
		}
	}
	t.Logf("%d sources", n)
	require.Greater(t, n, 3000)
}

var allowed = map[string][]string{
	"h2": {}, "h3": {}, "h4": {}, "h5": {}, "h6": {}, "p": {}, "br": {}, "hr": {}, "blockquote": {}, "ul": {}, "ol": {"start"}, "li": {}, "pre": {}, "code": {"class"},
	"em": {}, "strong": {}, "del": {}, "table": {}, "thead": {}, "tbody": {}, "tr": {}, "th": {"align"}, "td": {"align"}, "a": {"href", "rel"},
	"img": {"src", "alt", "title", "loading", "referrerpolicy"},
}

var number = regexp.MustCompile(`^\d+$`)

// safe reads HTML as a browser does and looks at each element and attribute, without
// knowing how it was made.
func safe(t *testing.T, out string) {
	t.Helper()
	require.NotContains(t, out, "\x00")
	nodes, err := html.ParseFragment(strings.NewReader(out), nil)
	require.NoError(t, err)
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && !slices.Contains([]string{"html", "head", "body"}, n.Data) {
			names, ok := allowed[n.Data]
			require.True(t, ok, "<%s> in %q", n.Data, out)
			for _, a := range n.Attr {
				require.Contains(t, names, a.Key, "%q", out)
				attribute(t, n.Data, a.Key, a.Val, n, out)
			}
		}
		require.NotEqual(t, html.CommentNode, n.Type, "%q", out)
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	for _, n := range nodes {
		walk(n)
	}
}

func attribute(t *testing.T, element, key, value string, n *html.Node, out string) {
	t.Helper()
	switch key {
	case "href":
		u := address(t, value, out)
		switch {
		case u.Scheme == "https":
			require.True(t, slices.Contains(n.Attr, html.Attribute{Key: "rel", Val: rel}), "%q", out)
		case u.Scheme == "":
			require.Regexp(t, `^/($|[^/\\])`, value, "%q", out)
		default:
			require.Equal(t, "mailto", u.Scheme, "%q", out)
		}
	case "src":
		u := address(t, value, out)
		if u.Scheme == "" {
			require.Regexp(t, `^/files/`, u.Path, "%q", out)
			require.NotContains(t, u.Path, "..", "%q", out)
			require.False(t, u.RawQuery != "" && u.Path != "/files/file_1/plan.png", "%q", out)
		} else {
			require.Equal(t, "https", u.Scheme, "%q", out)
			require.Contains(t, []string{"cdn.example.com", "bucket.example.net"}, strings.ToLower(u.Host), "%q", out)
		}
	case "class":
		require.Regexp(t, `^language-[\w+#-]+$`, value)
	case "start":
		require.Regexp(t, number, value)
	case "rel":
		require.Equal(t, rel, value)
	case "align":
		require.Contains(t, []string{"left", "center", "right"}, value)
	}
	_ = element
}

func address(t *testing.T, value, out string) *url.URL {
	t.Helper()
	require.NotContains(t, value, "\\", "%q", out)
	require.False(t, strings.ContainsFunc(value, func(r rune) bool { return r <= ' ' }), "%q", out)
	u, err := url.Parse(value)
	require.NoError(t, err, "%q", out)
	require.Nil(t, u.User, "%q", out)
	return u
}

func TestText(t *testing.T) {
	for source, want := range map[string]string{
		"":                     "",
		"# A *b*\n\nc\nd  \ne": "A b\nc d e",
		"- a\n- b\n  - c":      "a\nb\nc",
		"|a|b|\n|-|-|\n|1|2|":  "a b\n1 2",
		"[x **y**](https://e.example) ![Plan](x.png)": "x y Plan",
		"`a  b` & &copy; \\*c\\*":                     "a b & © *c*",
		"```go\nx\n  y\n```":                          "x\ny",
		"<b>x</b>":                                    "<b>x</b>",
		"<https://e.example> eva@e.example":           "https://e.example eva@e.example",
	} {
		got, err := Text(source)
		require.NoError(t, err)
		require.Equal(t, want, got, source)
	}
}

func TestLimits(t *testing.T) {
	for source, want := range map[string]error{
		strings.Repeat("a", MaxSource+1):                     ErrTooLong,
		strings.Repeat(">", 10_000):                          ErrTooDeep,
		strings.Repeat("> ", 10_000) + "x":                   ErrTooDeep,
		strings.Repeat("- ", 10_000) + "x":                   ErrTooDeep,
		strings.Repeat("1. ", 10_000) + "x":                  ErrTooDeep,
		strings.Repeat("+ > ", 10_000):                       ErrTooDeep,
		strings.Repeat("- ", 10_000):                         nil, // a rule
		strings.Repeat("*", 10_000):                          nil,
		strings.Repeat("[](", 1001):                          ErrTooMany,
		strings.Repeat("[a](b)\n\n", 2000):                   nil,
		strings.Repeat("-", 10_000):                          nil,
		"> > > quote\n\n- a\n  - b\n    - c":                 nil,
		"2026.11.23. 10.000.000.000 and **more** than - one": nil,
	} {
		_, err := renderer_.HTML(source)
		require.ErrorIs(t, err, want, "%.20q", source)
		_, err = Text(source)
		require.ErrorIs(t, err, want, "%.20q", source)
	}
	var steps strings.Builder
	for i := range 300 {
		steps.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	_, err := renderer_.HTML(steps.String())
	require.ErrorIs(t, err, ErrTooDeep)
}

// Sources on which parsers take long, as long as they may be: that this test ends is
// what it shows.
func TestEnds(t *testing.T) {
	for _, part := range []string{"[", "]", "![", "*a ", "**a*", "_a__", "`", "a`b``", "<", "&", "[a](", "[a](<", "[a]: x\n", "~~", "|", "|a|\n|-|\n", "# ", "https://", "a@", "\\", "- a\n", "> a\n", "1. a\n\n", "\t", "<a@b.c>", "[](", "(", ")", "[a][", "***", "![a](b)"} {
		n := MaxSource / 4 / len(part)
		if strings.Contains(part, "[") {
			n = min(n, mostBrackets)
		}
		source := strings.Repeat(part, n)
		out, err := renderer_.HTML(source)
		if err == nil {
			safe(t, out)
		}
		_, _ = Text(source)
	}
}

func FuzzHTML(f *testing.F) {
	for _, a := range attacks {
		f.Add("[x](" + a + ") " + a)
		f.Add("![x](<" + a + "> \"" + a + "\")\n\n# " + a)
	}
	f.Fuzz(func(t *testing.T, source string) {
		out, err := renderer_.HTML(source)
		if err != nil {
			require.Empty(t, out)
			return
		}
		safe(t, out)
		_, err = Text(source)
		require.NoError(t, err)
	})
}

// One Renderer is used by all requests at once.
func TestTogether(t *testing.T) {
	const source = "# A\n\n|a|b|\n|-|-|\n|1|[x](https://example.com)|\n\n![x](/files/a.png)\n\n- ~~a~~ `b`"
	want := render(t, source)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				out, err := renderer_.HTML(source)
				assert.NoError(t, err)
				assert.Equal(t, want, out)
				_, err = Text(source)
				assert.NoError(t, err)
			}
		})
	}
	all.Wait()
}
