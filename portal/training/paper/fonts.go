package paper

import (
	_ "embed" // the fonts
	"fmt"
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/sfnt"
)

// The fonts, all under the SIL Open Font License 1.1, whose text lies beside them.
var (
	//go:embed fonts/EBGaramond-Medium.ttf
	garamond []byte
	//go:embed fonts/EBGaramond-Italic.ttf
	garamondItalic []byte
	//go:embed fonts/Inter-Regular.ttf
	inter []byte
	//go:embed fonts/Inter-SemiBold.ttf
	interBold []byte
)

// The faces by name.
const (
	faceTitle  = "title"
	faceItalic = "italic"
	faceText   = "text"
	faceBold   = "bold"
)

// face is a font that can be drawn with.
type face struct {
	name string
	data []byte
	font *sfnt.Font
}

var own = sync.OnceValues(func() ([]face, error) {
	return parse([]string{faceTitle, faceItalic, faceText, faceBold}, garamond, garamondItalic, inter, interBold)
})

func parse(names []string, data ...[]byte) ([]face, error) {
	var all []face
	for i, d := range data {
		f, err := sfnt.Parse(d)
		if err != nil {
			return nil, fmt.Errorf("paper: the font %s cannot be read: %w", names[i], err)
		}
		if len(d) < 4 || string(d[:4]) == "OTTO" {
			return nil, fmt.Errorf("paper: the font %s is OpenType with PostScript outlines; take it as TrueType", names[i])
		}
		all = append(all, face{names[i], d, f})
	}
	return all, nil
}

// fonts are those of a design: ours, and further ones.
type fonts struct{ own, more []face }

func load(more [][]byte) (fonts, error) {
	set := fonts{}
	var err error
	if set.own, err = own(); err != nil {
		return fonts{}, err
	}
	names := make([]string, len(more))
	for i := range more {
		names[i] = fmt.Sprintf("more%d", i+1)
	}
	set.more, err = parse(names, more...)
	return set, err
}

// has says whether a face has a character. Those beyond the basic plane the PDF
// library does not draw.
func (f face) has(r rune) bool {
	if r > 0xffff {
		return false
	}
	if unicode.IsSpace(r) {
		return true
	}
	var b sfnt.Buffer
	g, err := f.font.GlyphIndex(&b, r)
	return err == nil && g != 0
}

func (f face) covers(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !f.has(r) })
}

// missing are the characters of a text, each once, for which it cannot be drawn: those
// that ours lack, when no further font has all of the text.
func (s fonts) missing(text string) string {
	for _, f := range s.more {
		if f.covers(text) {
			return ""
		}
	}
	var b strings.Builder
	for _, r := range text {
		for _, f := range s.own {
			if !f.has(r) && !strings.ContainsRune(b.String(), r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// only is a text without what cannot be drawn.
func (s fonts) only(text string) string {
	if s.missing(text) == "" {
		return text
	}
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		for _, f := range s.own {
			if !f.has(r) {
				return -1
			}
		}
		return r
	}, text)), " ")
}

// pick is the face for a text: the wanted one, or the first that has all of it.
func (s fonts) pick(wanted, text string) string {
	for _, f := range s.own {
		if f.name == wanted && f.covers(text) {
			return wanted
		}
	}
	for _, f := range s.more {
		if f.covers(text) {
			return f.name
		}
	}
	return wanted
}

func (s fonts) add(pdf *fpdf.Fpdf) {
	for _, list := range [][]face{s.own, s.more} {
		for _, f := range list {
			pdf.AddUTF8FontFromBytes(f.name, "", f.data)
		}
	}
}
