package paper

import (
	"fmt"
	"strings"

	"foyer/portal/brand"
)

// point is one in millimetres.
const point = 25.4 / 72

// face chooses a font for a text, its size in points and its colour.
func (p *page) face(name string, size float64, c brand.Color, text string) {
	p.pdf.SetFont(p.fonts.pick(name, text), "", size)
	p.pdf.SetTextColor(int(c.R), int(c.G), int(c.B))
}

// text draws a line; y is where it stands.
func (p *page) text(x, y float64, name string, size float64, c brand.Color, text string) {
	p.face(name, size, c, text)
	p.pdf.Text(x, y, text)
}

// ended draws a line that ends at x, and returns how long it is.
func (p *page) ended(x, y float64, name string, size float64, c brand.Color, text string) float64 {
	p.face(name, size, c, text)
	w := p.pdf.GetStringWidth(text)
	p.pdf.Text(x-w, y, text)
	return w
}

// tracked draws a line with wider gaps, in points; what is copied from it is still one
// word.
func (p *page) tracked(x, y float64, name string, size, gap float64, c brand.Color, text string) {
	p.pdf.RawWriteStr(fmt.Sprintf("%.2f Tc\n", gap*2))
	p.text(x, y, name, size, c, text)
	p.pdf.RawWriteStr("0 Tc\n")
}

// block draws lines below y and returns how high they are.
func (p *page) block(lines []string, name string, size float64, c brand.Color, x, y, leading float64) float64 {
	step := size * point * leading
	for i, t := range lines {
		p.text(x, y+size*point*0.95+float64(i)*step, name, size, c, t)
	}
	return float64(len(lines)-1)*step + size*point*1.1
}

// fit is the largest size, at most and at least so many points, at which a text has
// room in so many lines, and the lines. What has no room at the smallest is cut.
func (p *page) fit(name, text string, measure, most, least float64, lines int) (float64, []string) {
	for size := most; ; size = max(size-0.5, least) {
		p.face(name, size, ink, text)
		got := p.wrap(text, measure)
		// One line that is a little smaller is better than two.
		if len(got) == 1 || len(got) <= lines && size <= max(least, most*0.72) {
			return size, got
		}
		if size <= least {
			if len(got) > lines {
				got = got[:lines]
				got[lines-1] += " …"
			}
			return size, got
		}
	}
}

// wrap breaks a text into lines by the font that is set, between words, and within
// those that are too long. The fonts have no kerning here, so that the width of a text
// is the sum of its characters'.
func (p *page) wrap(text string, measure float64) []string {
	var lines []string
	now, used, blank := "", 0.0, p.pdf.GetStringWidth(" ")
	for word := range strings.FieldsSeq(text) {
		w := p.pdf.GetStringWidth(word)
		if now != "" && used+blank+w <= measure {
			now, used = now+" "+word, used+blank+w
			continue
		}
		if now != "" {
			lines = append(lines, now)
		}
		for w > measure {
			n := p.most(word, measure)
			lines, word = append(lines, word[:n]), word[n:]
			w = p.pdf.GetStringWidth(word)
		}
		now, used = word, w
	}
	if now != "" || len(lines) == 0 {
		lines = append(lines, now)
	}
	return lines
}

// most is how many bytes of a word have room: one character or more.
func (p *page) most(word string, measure float64) int {
	used := 0.0
	for i, r := range word {
		used += p.pdf.GetStringWidth(string(r))
		if i > 0 && used > measure {
			return i
		}
	}
	return len(word)
}
