package paper

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg" // logos
	"image/png"
	"math"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"github.com/boombuler/barcode/qr"
	_ "golang.org/x/image/webp" // logos

	"foyer/portal/brand"
	"foyer/portal/problem"
)

// Measures of the page, in millimetres.
const (
	width, height = 297.0, 210.0
	left, right   = 30.0, 271.0
	band          = 7.0   // the stripe at the edge
	foot          = 163.0 // the line above the facts
	codeSize      = 30.0
)

// Colours of text, dark enough for small letters.
var (
	ink  = brand.Color{R: 0x1b, G: 0x1e, B: 0x26}
	grey = brand.Color{R: 0x56, G: 0x5b, B: 0x68}
)

// page is a certificate that is being drawn.
type page struct {
	pdf   *fpdf.Fpdf
	fonts fonts
	d     Design
	c     Certificate
	tone  brand.Color // the accent, dark enough to be read
}

func newPage(set fonts, d Design, c Certificate) *page {
	pdf := fpdf.New("L", "mm", "A4", "")
	describe(pdf, d, c)
	set.add(pdf)
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddPage()
	return &page{pdf, set, d, c, d.Accent.Palette().TextLight}
}

// draw draws from top to bottom: in that order it is read aloud.
func (p *page) draw() error {
	p.ground()
	if err := p.head(); err != nil {
		return err
	}
	name, names := p.fit(faceTitle, p.c.Holder, right-left-8, 46, 24, 2)
	title, titles := p.fit(faceTitle, p.c.Title, 205, 28, 17, 2)
	y := 58.0
	if len(names)+len(titles) == 2 { // little is said: it stands lower, and wider apart
		y = 64
	}
	p.tracked(left, y, faceBold, 11, 0.9, p.tone, strings.ToUpper(p.say(textKind)))
	y += 6
	y += p.block(names, faceTitle, name, ink, left, y, 1.08) + 11
	p.text(left, y, faceItalic, 17, grey, p.say(textDone))
	y += 4.5
	y += p.block(titles, faceTitle, title, p.tone, left, y, 1.15) + 5
	p.criteria(y)
	return errors.Join(p.facts(), p.pdf.Error())
}

func (p *page) say(t problem.Text) string { return t.In(p.c.Language) }

// ground is what lies below the words: a stripe in the company's colour, and a rosette
// as on bank notes in a tint of it.
func (p *page) ground() {
	p.rosette(246, 70)
	a := p.d.Accent
	p.pdf.SetFillColor(int(a.R), int(a.G), int(a.B))
	p.pdf.Rect(0, 0, band, height, "F")
}

func (p *page) rosette(cx, cy float64) {
	const points = 360
	t := tint(p.tone, 0.2)
	p.pdf.SetDrawColor(int(t.R), int(t.G), int(t.B))
	p.pdf.SetLineWidth(0.12)
	p.pdf.ClipRect(0, 0, width, foot-4, false)
	for _, ring := range []struct {
		radius, swing float64
		petals, turns int
	}{{66, 9, 24, 10}, {46, 11, 16, 8}, {25, 10, 12, 8}, {9, 6, 8, 6}} {
		for turn := range ring.turns {
			phase := 2 * math.Pi * float64(turn) / float64(ring.turns)
			for i := range points + 1 {
				at := 2 * math.Pi * float64(i) / points
				r := ring.radius + ring.swing*math.Sin(float64(ring.petals)*at+phase)
				x, y := cx+r*math.Cos(at), cy+r*math.Sin(at)
				if i == 0 {
					p.pdf.MoveTo(x, y)
				} else {
					p.pdf.LineTo(x, y)
				}
			}
			p.pdf.DrawPath("D")
		}
	}
	p.pdf.ClipEnd()
}

// tint is a colour with so much of it in white.
func tint(c brand.Color, share float64) brand.Color {
	f := func(v uint8) uint8 { return uint8(math.Round(255 - (255-float64(v))*share)) }
	return brand.Color{R: f(c.R), G: f(c.G), B: f(c.B)}
}

// head is the logo, or the company's name where there is none that can be drawn.
func (p *page) head() error {
	const top, most, high = 22.0, 80.0, 17.0
	if p.d.Logo != nil && len(p.d.Logo.Content) > 0 {
		picture, size, err := logo(p.d.Logo.Content)
		if err != nil {
			return err
		}
		if picture != nil {
			o := fpdf.ImageOptions{ImageType: "PNG"}
			p.pdf.RegisterImageOptionsReader("logo", o, bytes.NewReader(picture))
			scale := min(most/float64(size.X), high/float64(size.Y))
			p.pdf.ImageOptions("logo", left, top, float64(size.X)*scale, float64(size.Y)*scale, false, o, 0, "")
			return nil
		}
	}
	size, lines := p.fit(faceBold, p.d.Company, 150, 18, 11, 1)
	p.block(lines, faceBold, size, p.tone, left, top+2, 1.1)
	return nil
}

// mostPixels bounds the logo's size unpacked.
const mostPixels = 16 << 20

// logo reads a picture and writes it as the PDF library takes it; nil when it is of a
// sort that cannot be drawn.
func logo(content []byte) ([]byte, image.Point, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(content))
	if errors.Is(err, image.ErrFormat) {
		return nil, image.Point{}, nil
	}
	if err != nil {
		return nil, image.Point{}, fmt.Errorf("paper: the logo cannot be read: %w", err)
	}
	if config.Width*config.Height > mostPixels || config.Width == 0 || config.Height == 0 {
		return nil, image.Point{}, fmt.Errorf("paper: the logo has %d by %d pixels", config.Width, config.Height)
	}
	m, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, image.Point{}, fmt.Errorf("paper: the logo cannot be read: %w", err)
	}
	flat := image.NewNRGBA(image.Rect(0, 0, m.Bounds().Dx(), m.Bounds().Dy()))
	draw.Draw(flat, flat.Bounds(), m, m.Bounds().Min, draw.Src)
	var b bytes.Buffer
	if err := png.Encode(&b, flat); err != nil {
		return nil, image.Point{}, err
	}
	return b.Bytes(), flat.Bounds().Size(), nil
}

// criteria is what the holder has shown, as far as there is room above the facts.
func (p *page) criteria(y float64) {
	const size, measure = 10.0, 165.0
	if p.c.Criteria == "" {
		return
	}
	p.face(faceText, size, grey, p.c.Criteria)
	lines := p.wrap(p.c.Criteria, measure)
	room := int((foot - 5 - y) / (size * 1.5 * point))
	if room <= 0 {
		return
	}
	if len(lines) > room {
		lines = lines[:room]
		lines[room-1] = strings.TrimRight(lines[room-1], " ,;.:") + " …"
	}
	p.block(lines, faceText, size, grey, left, y, 1.5)
}

// facts are the dates, the number, the issuer and the code.
func (p *page) facts() error {
	t := tint(ink, 0.22)
	p.pdf.SetDrawColor(int(t.R), int(t.G), int(t.B))
	p.pdf.SetLineWidth(0.2)
	p.pdf.Line(left, foot, right-codeSize-8, foot)
	until := p.say(textForGood)
	if !p.c.ValidUntil.IsZero() {
		until = day(p.c.ValidUntil, p.c.Language)
	}
	x, end := left, right-codeSize-8
	for _, f := range []struct {
		label problem.Text
		value string
		share float64
	}{
		{textIssued, day(p.c.IssuedAt, p.c.Language), 0.22},
		{textUntil, until, 0.22},
		{textNumber, p.c.Number, 0.25},
		{textIssuer, p.d.Company, 0.31},
	} {
		w := (end - left) * f.share
		p.text(x, foot+8, faceText, 8, grey, p.say(f.label))
		size, lines := p.fit(faceBold, f.value, w-4, 10.5, 7, 2)
		p.block(lines, faceBold, size, ink, x, foot+9.2, 1.25)
		x += w
	}
	p.text(left, foot+27, faceText, 8, grey, p.say(textUnsigned))
	return p.code()
}

// code is the QR code with the address below, which can be followed on a screen too.
func (p *page) code() error {
	c, err := qr.Encode(p.c.VerifyURL, qr.M, qr.Auto)
	if err != nil {
		return fmt.Errorf("paper: QR code: %w", err)
	}
	n := c.Bounds().Dx()
	x, y, step := right-codeSize, foot-8.0, codeSize/float64(n)
	p.pdf.SetFillColor(255, 255, 255)
	p.pdf.Rect(x-4*step, y-4*step, codeSize+8*step, codeSize+8*step, "F")
	p.pdf.SetFillColor(int(ink.R), int(ink.G), int(ink.B))
	black := func(i, j int) bool { r, _, _, _ := c.At(i, j).RGBA(); return r == 0 }
	for j := range n {
		for i := 0; i < n; i++ {
			from := i
			for i < n && black(i, j) {
				i++
			}
			if i > from { // a run as one piece: between two, printers leave gaps
				p.pdf.Rect(x+float64(from)*step, y+float64(j)*step, float64(i-from)*step, step, "F")
			}
		}
	}
	p.pdf.LinkString(x, y, codeSize, codeSize, p.c.VerifyURL)
	y += codeSize + 5
	p.ended(right, y, faceBold, 8, p.tone, p.say(textCheck))
	address := strings.TrimPrefix(strings.TrimPrefix(p.c.VerifyURL, "https://"), "http://")
	size, lines := p.fit(faceText, address, 120, 7.5, 5, 1)
	w := p.ended(right, y+4.4, faceText, size, grey, lines[0])
	p.pdf.LinkString(right-w, y+1.5, w, 4, p.c.VerifyURL)
	return nil
}
