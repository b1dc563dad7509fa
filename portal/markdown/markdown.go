// Package markdown makes safe HTML of Markdown that people of the company write, and
// plain text of it for search and previews.
//
// HTML in the source is text and shown as it was typed. Links lead to https, mailto
// and pages of the portal; pictures come from the portal's own files and from hosts
// that are allowed. Whatever is refused stays readable: a link becomes its words, a
// picture its description. The result passes through a second filter that knows
// nothing of the first, so that a mistake in one is no hole.
//
// Owns: what Markdown may do. Does not own: where files are served (portal/files), how
// it looks (web).
package markdown

import (
	"bytes"
	"errors"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

const (
	// MaxSource is the longest source, in bytes: a lesson of some 100 pages.
	MaxSource = 256 << 10
	// mostNested is how many quotes and lists may lie in each other.
	mostNested = 24
	// mostDeep is how many parts of any sort may: browsers stop at some 500.
	mostDeep = 100
	// mostBrackets is how many links may begin in one paragraph or table: the parser's
	// time grows with the square of them.
	mostBrackets = 1000
)

// Errors of sources that no lesson needs.
var (
	ErrTooLong = errors.New("markdown: the text is too long")
	ErrTooDeep = errors.New("markdown: quotes and lists lie too deep in each other")
	ErrTooMany = errors.New("markdown: a paragraph has too many brackets")
)

// Options say what a Renderer allows.
type Options struct {
	// Level is that of the highest headings, 2 to 6: the page has its one h1 already.
	// 2 when 0.
	Level int
	// ImageHosts are hosts that pictures may come from, over https, such as
	// "cdn.example.com".
	ImageHosts []string
	// Files is the path under which the portal serves files that pictures may be,
	// such as "/files/"; none when empty.
	Files string
	// File finds the address of an uploaded file, which a source names file:ID, in
	// links and pictures; nil knows none. It is asked while rendering, so that an
	// address may hold for a while only.
	File func(id string) (address string, ok bool)
}

// Renderer makes HTML. It can be used by many at once.
type Renderer struct {
	o      Options
	render renderer.Renderer
	filter *bluemonday.Policy
}

// New makes a Renderer.
func New(o Options) *Renderer {
	if o.Level < 2 || o.Level > 6 {
		o.Level = 2
	}
	return &Renderer{o: o, filter: policy(), render: renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(), 1000),
		util.Prioritized(extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
	))}
}

// reader is the parser without those for HTML. It has no state of its own.
var reader = func() parser.Parser {
	md := goldmark.New(goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
		),
		parser.WithParagraphTransformers(util.Prioritized(parser.LinkReferenceParagraphTransformer, 100)),
	)), goldmark.WithExtensions(
		extension.Table, extension.Strikethrough,
		extension.NewLinkify(extension.WithLinkifyAllowedProtocols([]string{"https:", "mailto:"})),
	))
	return md.Parser()
}()

// policy is the second filter: what may come out, however it came about.
func policy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "ul", "ol", "li", "pre", "code",
		"em", "strong", "del", "table", "thead", "tbody", "tr", "th", "td", "a", "img")
	p.AllowURLSchemes("https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("rel").Matching(regexp.MustCompile(`^` + rel + `$`)).OnElements("a")
	p.AllowAttrs("src").OnElements("img")
	p.AllowAttrs("alt", "title").Matching(regexp.MustCompile(`(?s)^.*$`)).OnElements("img")
	p.AllowAttrs("loading").Matching(regexp.MustCompile(`^lazy$`)).OnElements("img")
	p.AllowAttrs("referrerpolicy").Matching(regexp.MustCompile(`^no-referrer$`)).OnElements("img")
	p.AllowAttrs("align").Matching(regexp.MustCompile(`^(left|center|right)$`)).OnElements("th", "td")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^language-[A-Za-z0-9+#-]+$`)).OnElements("code")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,9}$`)).OnElements("ol")
	return p
}

// rel keeps a page elsewhere from reaching back, from learning where its visitors come
// from, and from gaining by what people write here.
const rel = "noopener noreferrer nofollow"

// HTML makes HTML of a source. Errors are ErrTooLong, ErrTooDeep and ErrTooMany.
func (r *Renderer) HTML(source string) (string, error) {
	src, doc, err := parse(source)
	if err != nil {
		return "", err
	}
	r.tame(doc, src)
	var b bytes.Buffer
	if err := r.render.Render(&b, src, doc); err != nil {
		return "", err
	}
	return strings.TrimSpace(r.filter.SanitizeReader(&b).String()), nil
}

// Check says what keeps a source from being HTML; nil for nothing. Its errors are those
// of HTML.
func Check(source string) error {
	_, _, err := parse(source)
	return err
}

func parse(source string) ([]byte, ast.Node, error) {
	if len(source) > MaxSource {
		return nil, nil, ErrTooLong
	}
	source = strings.ToValidUTF8(strings.ReplaceAll(source, "\x00", ""), "\ufffd")
	if deep(source) {
		return nil, nil, ErrTooDeep
	}
	if dense(source) {
		return nil, nil, ErrTooMany
	}
	src := []byte(source)
	doc := reader.Parse(text.NewReader(src))
	if depth(doc) > mostDeep {
		return nil, nil, ErrTooDeep
	}
	return src, doc, nil
}

func depth(doc ast.Node) int {
	deepest, at := 0, 0
	_ = ast.Walk(doc, func(_ ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			at--
			return ast.WalkContinue, nil
		}
		at++
		deepest = max(deepest, at)
		return ast.WalkContinue, nil
	})
	return deepest
}

// deep says whether a line opens more quotes and lists than are allowed. The parser
// takes long over such lines, so this is looked at before.
func deep(source string) bool {
	for line := range strings.Lines(source) {
		n := 0
		for i := 0; i < len(line) && strings.IndexByte(" \t>-+*0123456789.)", line[i]) >= 0; i++ {
			if strings.IndexByte(">-+*.)", line[i]) >= 0 {
				n++
			}
			// A rule or underline is one mark, however long.
			if i > 0 && line[i] != '>' && line[i] == line[i-1] {
				n--
			}
		}
		if n > mostNested && !rule(line) {
			return true
		}
	}
	return false
}

func dense(source string) bool {
	n := 0
	for line := range strings.Lines(source) {
		if strings.TrimSpace(line) == "" {
			n = 0
		}
		if n += strings.Count(line, "["); n > mostBrackets {
			return true
		}
	}
	return false
}

// rule says whether a line has but one sort of mark: a rule such as "- - -".
func rule(line string) bool {
	line = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, line)
	return line != "" && line[0] != '>' && strings.Trim(line, line[:1]) == ""
}

// tame changes a document so that nothing in it leads where it must not.
func (r *Renderer) tame(doc ast.Node, src []byte) {
	var bad []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			n.Level = min(n.Level+r.o.Level-1, 6)
		case *ast.Link:
			if address, ok := r.link(resolved(n.Destination)); ok {
				n.Destination, n.Title = escaped(address), nil
				mark(n, address)
			} else {
				bad = append(bad, n)
			}
		case *ast.AutoLink:
			address := string(n.URL(src))
			if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(address, "mailto:") {
				address = "mailto:" + address
			}
			if address, ok := r.link(address); ok {
				mark(n, address)
			} else {
				bad = append(bad, n)
			}
		case *ast.Image:
			if address, ok := r.image(resolved(n.Destination)); ok {
				n.Destination = escaped(address)
				n.SetAttributeString("loading", []byte("lazy"))
				n.SetAttributeString("referrerpolicy", []byte("no-referrer"))
			} else {
				bad = append(bad, n)
			}
		}
		return ast.WalkContinue, nil
	})
	// The innermost first: what is around it is replaced with it.
	for _, n := range slices.Backward(bad) {
		unwrap(n, src)
	}
}

// unwrap puts in a node's place what is in it.
func unwrap(n ast.Node, src []byte) {
	parent := n.Parent()
	if a, ok := n.(*ast.AutoLink); ok {
		parent.ReplaceChild(parent, n, ast.NewString(a.Label(src)))
		return
	}
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		parent.InsertBefore(parent, n, c)
		c = next
	}
	parent.RemoveChild(parent, n)
}

func mark(n ast.Node, address string) {
	if strings.HasPrefix(address, "https:") {
		n.SetAttributeString("rel", []byte(rel))
	}
}

// resolved is an address as the renderer will read it: with escapes and character
// references resolved, behind which a scheme could hide.
func resolved(destination []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(destination))))
}

// escaped is the reverse, so that resolving an address again changes nothing in it.
func escaped(address string) []byte { return []byte(strings.ReplaceAll(address, "&", "&amp;")) }

// link is where a link may lead: to https, mailto, a file, or a page of the portal.
func (r *Renderer) link(address string) (string, bool) {
	if file, ok := strings.CutPrefix(address, "file:"); ok {
		return r.file(file)
	}
	u, ok := clean(address)
	switch {
	case !ok:
		return "", false
	case u.Scheme == "https" && u.Host != "", u.Scheme == "mailto" && strings.Contains(u.Opaque, "@"), own(u):
		return u.String(), true
	}
	return "", false
}

// image is where a picture may come from.
func (r *Renderer) image(address string) (string, bool) {
	if file, ok := strings.CutPrefix(address, "file:"); ok {
		return r.file(file)
	}
	u, ok := clean(address)
	switch {
	case !ok:
		return "", false
	case u.Scheme == "https" && slices.Contains(r.o.ImageHosts, strings.ToLower(u.Host)):
		return u.String(), true
	case own(u) && r.o.Files != "" && strings.HasPrefix(u.Path, r.o.Files) && path.Clean(u.Path) == u.Path && u.RawQuery == "" && u.Fragment == "":
		return u.String(), true
	}
	return "", false
}

func (r *Renderer) file(id string) (string, bool) {
	if r.o.File == nil {
		return "", false
	}
	address, ok := r.o.File(id)
	if !ok {
		return "", false
	}
	u, ok := clean(address)
	if !ok || u.Scheme != "https" && !own(u) {
		return "", false
	}
	return u.String(), true
}

// clean reads an address. Those with characters that browsers skip or read as others,
// or with a name and password before the host, are none.
func clean(address string) (*url.URL, bool) {
	if strings.ContainsFunc(address, func(c rune) bool {
		return c <= ' ' || c == '\\' || c == 0x7f || c == '<' || c == '>' || c == '"' || c == '\ufffd'
	}) {
		return nil, false
	}
	u, err := url.Parse(address)
	if err != nil || u.User != nil {
		return nil, false
	}
	return u, true
}

// own says whether an address is a path of the portal.
func own(u *url.URL) bool {
	return u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/") && !strings.HasPrefix(u.Path, "//")
}

// Text makes plain text of a source: a line for each block, without marks and
// addresses; pictures are their descriptions.
func Text(source string) (string, error) {
	src, doc, err := parse(source)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			switch n.(type) {
			case *extast.TableCell:
				b.WriteByte(' ')
			default:
				if n.Type() == ast.TypeBlock {
					b.WriteByte('\n')
				}
			}
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(plain(n.Value(src)))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					b.Write(t.Value(src))
				}
			}
			return ast.WalkSkipChildren, nil
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			lines := n.Lines()
			for i := range lines.Len() {
				at := lines.At(i)
				b.Write(at.Value(src))
			}
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return tidy(b.String()), nil
}

// plain is text without escapes and character references.
func plain(t []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(t)))
}

// tidy takes out blanks at the ends of lines and lines of nothing else.
func tidy(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
