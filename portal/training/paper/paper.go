// Package paper draws certificates as PDF: one page of A4 across, in the company's
// colour and with its logo, in either language, with a QR code that leads to where the
// certificate can be checked.
//
// The same certificate and design give the same bytes. The fonts are in the binary and
// cover Latin with all its accents, Vietnamese among them, Greek and Cyrillic; a design
// can add others.
//
// Owns: how a certificate looks on paper. Does not own: what it says (portal/training),
// its signed form (portal/training/badge), the company's design (portal/brand).
package paper

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/text/unicode/norm"

	"foyer/portal/brand"
	"foyer/portal/problem"
)

// Certificate is what the paper says.
type Certificate struct {
	Language   string // "en" or "de"
	Holder     string
	Title      string // what is certified
	Criteria   string // what the holder has shown; plain text, cut to what has room
	Number     string
	IssuedAt   time.Time
	ValidUntil time.Time // for good when zero
	VerifyURL  string    // where it can be checked
}

// Design is how a company's papers look.
type Design struct {
	Company string
	Accent  brand.Color
	Logo    *brand.Logo // PNG, JPEG and WebP are drawn; for others the name stands
	// Fonts are further TrueType fonts, for texts with characters that ours lack, in
	// the order in which they are tried.
	Fonts [][]byte
}

// Uncovered is the error of a text with characters that no font has: without them it
// would be another text.
type Uncovered struct{ Text, Characters string }

// Error names the characters.
func (u *Uncovered) Error() string {
	return fmt.Sprintf("paper: no font has these characters: %s", u.Characters)
}

var (
	textKind     = problem.Text{EN: "Certificate", DE: "Zertifikat"}
	textDone     = problem.Text{EN: "has successfully completed", DE: "hat erfolgreich abgeschlossen"}
	textIssued   = problem.Text{EN: "Issued on", DE: "Ausgestellt am"}
	textUntil    = problem.Text{EN: "Valid until", DE: "Gültig bis"}
	textForGood  = problem.Text{EN: "no expiry", DE: "unbegrenzt"}
	textNumber   = problem.Text{EN: "Certificate no.", DE: "Zertifikat Nr."}
	textIssuer   = problem.Text{EN: "Issued by", DE: "Ausgestellt von"}
	textCheck    = problem.Text{EN: "Check this certificate", DE: "Zertifikat prüfen"}
	textUnsigned = problem.Text{
		EN: "Issued electronically, valid without a signature.",
		DE: "Elektronisch ausgestellt und ohne Unterschrift gültig.",
	}
)

var monate = [...]string{
	"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
}

func day(t time.Time, language string) string {
	t = t.UTC()
	if language == "de" {
		return fmt.Sprintf("%d. %s %d", t.Day(), monate[t.Month()-1], t.Year())
	}
	return t.Format("2 January 2006")
}

// The longest texts that are drawn, in characters.
const (
	longestName = 120
	longestText = 2000
)

// Render writes the PDF. The errors are *Uncovered for a name or title that cannot be
// drawn, and those of a certificate that lacks something.
func Render(w io.Writer, d Design, c Certificate) error {
	c.Holder, c.Title, c.Criteria, c.Number = line(c.Holder), line(c.Title), line(c.Criteria), line(c.Number)
	d.Company = line(d.Company)
	if err := check(d, c); err != nil {
		return err
	}
	set, err := load(d.Fonts)
	if err != nil {
		return err
	}
	for _, t := range []string{c.Holder, c.Title, d.Company} {
		if missing := set.missing(t); missing != "" {
			return &Uncovered{t, missing}
		}
	}
	c.Criteria, c.Number = set.only(c.Criteria), set.only(c.Number)

	p := newPage(set, d, c)
	if err := p.draw(); err != nil {
		return err
	}
	return p.pdf.Output(w)
}

// Missing are the characters of a text that no font of a design has, empty when it can
// be drawn: for asking a holder for another spelling before it is too late.
func Missing(d Design, text string) (string, error) {
	set, err := load(d.Fonts)
	if err != nil {
		return "", err
	}
	return set.missing(line(text)), nil
}

func check(d Design, c Certificate) error {
	for name, t := range map[string]string{"holder": c.Holder, "title": c.Title, "number": c.Number, "company": d.Company} {
		if n := len([]rune(t)); n == 0 || n > longestName {
			return fmt.Errorf("paper: the %s has %d characters; 1 to %d can be drawn", name, n, longestName)
		}
	}
	if c.IssuedAt.IsZero() {
		return errors.New("paper: the certificate has no date")
	}
	if u, err := url.Parse(c.VerifyURL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || len(c.VerifyURL) > 300 {
		return fmt.Errorf("paper: no address to check the certificate at: %q", c.VerifyURL)
	}
	return nil
}

// line is a text in one line, accents as one character each where there is one, and
// without what shows nothing.
func line(s string) string {
	s = norm.NFC.String(strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " "))
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.C, r) {
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > longestText {
		s = string(r[:longestText])
	}
	return s
}

// describe writes what programs that read aloud, search and archive go by.
func describe(pdf *fpdf.Fpdf, d Design, c Certificate) {
	title := fmt.Sprintf("%s: %s, %s", textKind.In(c.Language), c.Title, c.Holder)
	language := "en"
	if c.Language == "de" {
		language = "de"
	}
	pdf.SetTitle(title, true)
	pdf.SetAuthor(d.Company, true)
	pdf.SetSubject(c.Title, true)
	pdf.SetKeywords(c.Number, true)
	pdf.SetCreator("Foyer", true)
	pdf.SetProducer("Foyer", true)
	pdf.SetLang(language)
	pdf.SetCreationDate(c.IssuedAt.UTC())
	pdf.SetModificationDate(c.IssuedAt.UTC())
	pdf.SetCatalogSort(true)
	pdf.SetXmpMetadata(packet(title, d.Company, language, c.IssuedAt.UTC()))
}

// packet says the same once more in XMP, which newer programs read.
func packet(title, author, language string, at time.Time) []byte {
	esc := func(s string) string {
		var b bytes.Buffer
		_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
		return b.String()
	}
	return fmt.Appendf(nil, `<?xpacket begin="%s" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>%s</xmp:CreateDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`, "\ufeff", esc(title), esc(author), language, at.Format(time.RFC3339))
}
