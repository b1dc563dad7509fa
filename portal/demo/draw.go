package demo

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/jpeg"
	"math"

	"golang.org/x/image/vector"
)

// The size of a drawing, and the point around which the thing stands.
const (
	sheetWidth, sheetHeight = 960, 720
	middleX, middleY        = 480, 372
)

// tint is a colour in numbers from 0 to 1.
type tint struct{ r, g, b float64 }

// tints are the colours of the families: calm ones, of one brightness.
var tints = map[family]tint{
	every: {.44, .51, .60}, spectra: {.27, .49, .60}, corona: {.72, .49, .30}, aura: {.49, .43, .65}, halo: {.35, .56, .46},
}

var (
	steel = tint{.80, .83, .87}
	dark  = tint{.24, .28, .34}
	glass = tint{.66, .80, .90}
	white = tint{1, 1, 1}
)

func (t tint) mix(o tint, part float64) tint {
	return tint{t.r + (o.r-t.r)*part, t.g + (o.g-t.g)*part, t.b + (o.b-t.b)*part}
}

func (t tint) light(part float64) tint { return t.mix(white, part) }
func (t tint) shade(part float64) tint { return t.mix(tint{.08, .10, .14}, part) }

func (t tint) at(alpha float64) color.NRGBA {
	c := func(v float64) uint8 { return uint8(math.Round(255 * math.Max(0, math.Min(1, v)))) }
	return color.NRGBA{c(t.r), c(t.g), c(t.b), c(alpha)}
}

// point is a place on the sheet.
type point struct{ x, y float64 }

// easel draws.
type easel struct {
	m    *image.RGBA
	r    *vector.Rasterizer
	seed uint32
}

// illustration is the picture of an article: what sort of thing it is, in the colour
// of its family. The same article always gets the same picture.
func illustration(a article) *easel {
	h := fnv.New32a()
	_, _ = h.Write([]byte(a.name))
	e := &easel{image.NewRGBA(image.Rect(0, 0, sheetWidth, sheetHeight)), vector.NewRasterizer(sheetWidth, sheetHeight), h.Sum32()}
	c := tints[a.family]
	e.ground(c)
	switch a.shelf {
	case "Cutting machines", "Engraving machines", "Marking machines", "Welding machines":
		e.machine(a.shelf, c)
	case "Lenses", "Mirrors", "Protective windows":
		e.disc(a.shelf, c)
	case "Nozzles":
		e.nozzle(c)
	case "Filters":
		e.cylinder(point{middleX, middleY}, 120, 270, steel.mix(c, .25), 22, c)
	case "Tubes and sources":
		e.tube(c)
	case "Motion":
		e.rail(c)
	case "Cleaning":
		e.bottle(c)
	case "Filler wire", "Marking media":
		e.spool(c)
	case "Laser safety":
		e.goggles(c)
	case "Fixtures":
		e.fixture(c)
	case "Commissioning", "Maintenance", "Training courses":
		e.paper(c)
	default: // electronics, cooling, extraction
		e.unit(a.shelf, c)
	}
	return e
}

// drawing is the picture of an article, as a JPEG.
func drawing(a article) ([]byte, error) {
	e := illustration(a)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, e.m, &jpeg.Options{Quality: 92}); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	return out.Bytes(), nil
}

// some is a number from 0 to 1 that belongs to the article.
func (e *easel) some() float64 {
	e.seed = e.seed*1664525 + 1013904223
	return float64(e.seed>>8) / (1 << 24)
}

// ground is a wall and a floor that pass into each other, with light from above.
func (e *easel) ground(c tint) {
	top, low := tint{.97, .975, .985}.mix(c, .03), tint{.86, .885, .915}.mix(c, .10)
	for y := range sheetHeight {
		for x := range sheetWidth {
			far := math.Hypot(float64(x-middleX)/620, float64(y-300)/480)
			part := math.Min(1, .25*float64(y)/sheetHeight+.75*far*far*.8)
			c := top.mix(low, part).at(1)
			copy(e.m.Pix[e.m.PixOffset(x, y):], []byte{c.R, c.G, c.B, c.A})
		}
	}
	for i := range 14 { // a soft shadow
		f := 1 - float64(i)/14
		e.ellipse(point{middleX, 560}, 330*f+20, 54*f+6, dark.at(.018))
	}
}

func (e *easel) fill(c color.Color, points ...point) { e.lay(image.NewUniform(c), points) }

// lay fills what the points surround. Only what is around it is looked at: most
// shapes are small.
func (e *easel) lay(from image.Image, points []point) {
	lx, ly, hx, hy := points[0].x, points[0].y, points[0].x, points[0].y
	for _, p := range points {
		lx, ly, hx, hy = math.Min(lx, p.x), math.Min(ly, p.y), math.Max(hx, p.x), math.Max(hy, p.y)
	}
	box := image.Rect(int(lx)-1, int(ly)-1, int(hx)+2, int(hy)+2).Intersect(e.m.Bounds())
	if box.Empty() {
		return
	}
	at := func(p point) (float32, float32) {
		return float32(p.x) - float32(box.Min.X), float32(p.y) - float32(box.Min.Y)
	}
	e.r.Reset(box.Dx(), box.Dy())
	e.r.MoveTo(at(points[0]))
	for _, p := range points[1:] {
		e.r.LineTo(at(p))
	}
	e.r.ClosePath()
	e.r.Draw(e.m, box, from, box.Min)
}

// shaded fills with a colour that passes into another from left to right.
func (e *easel) shaded(from, to tint, left, right float64, points ...point) {
	strip := image.NewRGBA(image.Rect(0, 0, sheetWidth, 1))
	for x := range sheetWidth {
		strip.Set(x, 0, from.mix(to, math.Max(0, math.Min(1, (float64(x)-left)/(right-left)))).at(1))
	}
	e.lay(&rows1{strip}, points)
}

// rows1 is a row of pixels, again and again.
type rows1 struct{ *image.RGBA }

// At implements image.Image.
func (r *rows1) At(x, _ int) color.Color { return r.RGBA.At(x, 0) }

// Bounds implements image.Image.
func (r *rows1) Bounds() image.Rectangle { return image.Rect(0, 0, sheetWidth, sheetHeight) }

func around(c point, rx, ry, from, to float64) []point {
	n := 72
	list := make([]point, n+1)
	for i := range list {
		a := from + (to-from)*float64(i)/float64(n)
		list[i] = point{c.x + rx*math.Cos(a), c.y + ry*math.Sin(a)}
	}
	return list
}

func (e *easel) ellipse(c point, rx, ry float64, fill color.Color) {
	e.fill(fill, around(c, rx, ry, 0, 2*math.Pi)...)
}

// rect is a rectangle with round corners.
func (e *easel) rect(x, y, w, h, r float64, c color.Color) {
	var list []point
	for i, k := range []point{{x + w - r, y + r}, {x + w - r, y + h - r}, {x + r, y + h - r}, {x + r, y + r}} {
		a := -math.Pi/2 + float64(i)*math.Pi/2
		list = append(list, around(k, r, r, a, a+math.Pi/2)...)
	}
	e.fill(c, list...)
}

// box is a cuboid seen from above and from the right: its front, its side, its lid.
func (e *easel) box(x, y, w, h, deep float64, c tint) {
	dx, dy := deep*.62, -deep*.36
	e.fill(c.light(.38).at(1), point{x, y}, point{x + dx, y + dy}, point{x + w + dx, y + dy}, point{x + w, y})
	e.shaded(c.shade(.20), c.shade(.36), x+w, x+w+dx, point{x + w, y}, point{x + w + dx, y + dy}, point{x + w + dx, y + h + dy}, point{x + w, y + h})
	e.shaded(c.light(.14), c.shade(.05), x, x+w, point{x, y}, point{x + w, y}, point{x + w, y + h}, point{x, y + h})
	e.fill(white.at(.35), point{x, y}, point{x + w, y}, point{x + w, y + 3}, point{x, y + 3})
}

func (e *easel) machine(shelf string, c tint) {
	w, h := 330+70*e.some(), 215+45*e.some()
	x, y := middleX-w/2-60, 545-h
	for _, fx := range []float64{x + 20, x + w - 50} { // feet
		e.rect(fx, y+h-4, 30, 18, 4, dark.at(1))
	}
	e.box(x, y, w, h, 190, steel.mix(c, .12))
	e.shaded(c.light(.05), c.shade(.15), x, x+w, point{x, y + h*.72}, point{x + w, y + h*.72}, point{x + w, y + h}, point{x, y + h})
	wx, wy, ww, wh := x+w*.08, y+h*.12, w*.56, h*.48
	e.rect(wx-6, wy-6, ww+12, wh+12, 12, dark.at(1))
	e.shaded(glass.shade(.55), glass.shade(.15), wx, wx+ww, point{wx, wy}, point{wx + ww, wy}, point{wx + ww, wy + wh}, point{wx, wy + wh})
	e.fill(white.at(.16), point{wx + ww*.15, wy}, point{wx + ww*.42, wy}, point{wx + ww*.2, wy + wh}, point{wx, wy + wh}, point{wx, wy + wh*.6})
	hx := wx + ww*(.35+.3*e.some()) // the head, and its light
	e.rect(hx-16, wy, 32, wh*.42, 4, steel.at(1))
	e.fill(steel.shade(.3).at(1), point{hx - 12, wy + wh*.42}, point{hx + 12, wy + wh*.42}, point{hx + 3, wy + wh*.58}, point{hx - 3, wy + wh*.58})
	e.fill(c.light(.7).at(.95), point{hx - 1.6, wy + wh*.58}, point{hx + 1.6, wy + wh*.58}, point{hx + 1.6, wy + wh*.86}, point{hx - 1.6, wy + wh*.86})
	e.ellipse(point{hx, wy + wh*.86}, 22, 5, c.light(.6).at(.6))
	px := x + w*.72 // the panel
	e.rect(px, y+h*.14, w*.2, h*.24, 6, dark.at(1))
	e.rect(px+6, y+h*.14+6, w*.2-12, h*.24-12, 3, c.light(.25).at(1))
	for i := range 3 {
		e.ellipse(point{px + w*.035 + float64(i)*w*.065, y + h*.5}, 7, 7, []tint{{.35, .62, .45}, {.85, .68, .30}, {.76, .32, .30}}[i].at(1))
	}
	if shelf == "Welding machines" || shelf == "Marking machines" {
		e.rect(x+w+30, y-120, 12, 90, 4, dark.at(1))
		e.rect(x+w+28, y-140, 16, 24, 5, c.at(1))
	}
}

func (e *easel) disc(shelf string, c tint) {
	body := glass
	if shelf == "Mirrors" {
		body = steel.mix(tint{.86, .74, .50}, .5)
	}
	rx, ry := 190.0, 150.0
	mid := point{middleX, middleY + 20}
	e.ellipse(point{mid.x + 14, mid.y + 20}, rx, ry, dark.mix(c, .4).at(1))
	if shelf == "Protective windows" {
		e.ellipse(mid, rx+10, ry+10, steel.at(1))
		e.ellipse(mid, rx-6, ry-6, steel.shade(.25).at(1))
	}
	for i := range 40 {
		f := float64(i) / 40
		e.ellipse(point{mid.x - 26*f, mid.y - 22*f}, rx*(1-f*.94)-8, ry*(1-f*.94)-8, body.mix(c, .30*(1-f)).light(.75*f).at(.5))
	}
	e.fill(white.at(.5), append(around(mid, rx*.82, ry*.82, math.Pi*1.08, math.Pi*1.42), around(mid, rx*.70, ry*.70, math.Pi*1.42, math.Pi*1.08)...)...)
	e.fill(white.at(.28), append(around(mid, rx*.80, ry*.80, math.Pi*.12, math.Pi*.34), around(mid, rx*.72, ry*.72, math.Pi*.34, math.Pi*.12)...)...)
}

// cylinder stands upright, with folds when it has any.
func (e *easel) cylinder(mid point, r, h float64, c tint, folds int, band tint) {
	top, low, flat := mid.y-h/2, mid.y+h/2+30, r*.30
	side := append(around(point{mid.x, low}, r, flat, 0, math.Pi), point{mid.x - r, top}, point{mid.x + r, top})
	e.shaded(c.light(.30), c.shade(.34), mid.x-r, mid.x+r, side...)
	for i := range folds {
		a := math.Pi * (float64(i) + .5) / float64(folds)
		x, dy := mid.x+r*math.Cos(a), flat*math.Sin(a)
		e.fill(dark.at(.20), point{x - 1.5, top + dy}, point{x + 1.5, top + dy}, point{x + 1.5, low + dy}, point{x - 1.5, low + dy})
	}
	for _, y := range []float64{top + 4, low - 24} {
		ring := append(around(point{mid.x, y}, r+3, flat, 0, math.Pi), around(point{mid.x, y + 26}, r+3, flat, math.Pi, 0)...)
		e.shaded(band.light(.25), band.shade(.3), mid.x-r, mid.x+r, ring...)
	}
	e.ellipse(point{mid.x, top}, r+3, flat, band.light(.35).at(1))
	e.ellipse(point{mid.x, top}, r*.55, flat*.55, dark.at(.85))
}

func (e *easel) nozzle(c tint) {
	wide, tip := 95+30*e.some(), 16+14*e.some()
	copper := tint{.80, .55, .38}.mix(c, .15)
	x, top := float64(middleX), float64(230)
	e.shaded(steel.light(.3), steel.shade(.35), x-wide*.75, x+wide*.75, append(around(point{x, top + 110}, wide*.75, 24, 0, math.Pi), point{x - wide*.75, top}, point{x + wide*.75, top})...)
	e.ellipse(point{x, top}, wide*.75, 24, steel.light(.45).at(1))
	e.ellipse(point{x, top}, wide*.4, 13, dark.at(.9))
	for i := range 5 {
		y := top + 22 + float64(i)*18
		e.fill(dark.at(.14), append(around(point{x, y}, wide*.75, 24, 0, math.Pi), around(point{x, y + 5}, wide*.75, 24, math.Pi, 0)...)...)
	}
	e.shaded(copper.light(.30), copper.shade(.38), x-wide, x+wide, append(around(point{x, top + 150}, wide, 32, 0, math.Pi), point{x - wide, top + 112}, point{x + wide, top + 112})...)
	e.ellipse(point{x, top + 112}, wide, 32, copper.light(.32).at(1))
	e.ellipse(point{x, top + 106}, wide*.76, 25, steel.shade(.1).at(1))
	e.shaded(copper.light(.22), copper.shade(.42), x-wide, x+wide, append(around(point{x, 548}, tip, 7, 0, math.Pi), around(point{x, top + 152}, wide*.94, 30, math.Pi, 0)...)...)
	e.ellipse(point{x, 549}, tip*.5, 4, dark.at(.9))
}

func (e *easel) tube(c tint) {
	x, y, w, r := 170.0, 400.0, 600.0, 58.0
	body := append(around(point{x, y}, r*.34, r, math.Pi/2, math.Pi*1.5), around(point{x + w, y}, r*.34, r, -math.Pi/2, math.Pi/2)...)
	e.fill(glass.light(.25).at(.95), body...)
	e.rect(x, y-r*.22, w, r*.44, r*.2, c.light(.35).at(.85))
	e.rect(x, y-r*.82, w, r*.20, 6, white.at(.55))
	e.rect(x, y+r*.55, w, r*.25, 6, c.shade(.4).at(.22))
	for _, at := range []float64{x - 10, x + w*.3, x + w - 55} {
		ring := append(around(point{at, y}, r*.34, r+5, math.Pi/2, math.Pi*1.5), around(point{at + 62, y}, r*.34, r+5, -math.Pi/2, math.Pi/2)...)
		e.shaded(c.light(.2), c.shade(.35), at, at+62, ring...)
	}
	e.ellipse(point{x + w + 7, y}, r*.30, r*.86, steel.light(.2).at(1))
	e.ellipse(point{x + w + 7, y}, r*.14, r*.4, dark.at(.8))
}

func (e *easel) rail(c tint) {
	e.box(130, 470, 560, 56, 120, steel)
	for i := range 9 {
		e.ellipse(point{170 + float64(i)*62, 498}, 8, 8, dark.at(.55))
	}
	x := 260 + 160*e.some()
	e.box(x, 350, 210, 120, 130, c)
	e.rect(x+24, 376, 162, 40, 8, c.shade(.25).at(1))
	for _, s := range []point{{x + 40, 445}, {x + 170, 445}} {
		e.ellipse(s, 10, 10, steel.at(1))
		e.ellipse(s, 4, 4, dark.at(1))
	}
}

func (e *easel) bottle(c tint) {
	x, w := float64(middleX), 105.0
	e.shaded(white.mix(c, .16), c.light(.25), x-w, x+w, append(append(around(point{x, 540}, w, 26, 0, math.Pi), around(point{x - w + 60, 330}, 60, 60, math.Pi, math.Pi*1.5)...), around(point{x + w - 60, 330}, 60, 60, -math.Pi/2, 0)...)...)
	e.rect(x-34, 226, 68, 52, 6, c.shade(.1).at(1))
	e.rect(x-46, 180, 92, 58, 12, c.at(1))
	e.rect(x-46, 186, 26, 46, 8, white.at(.22))
	e.rect(x-78, 380, 156, 120, 8, white.at(.92))
	e.rect(x-78, 380, 156, 26, 8, c.at(1))
	for i := range 4 {
		e.rect(x-60, 424+float64(i)*17, 60+60*e.some(), 7, 3, dark.at(.28))
	}
	e.rect(x-90, 330, 18, 180, 8, white.at(.5))
}

func (e *easel) spool(c tint) {
	m := point{middleX, middleY + 10}
	e.ellipse(point{m.x + 62, m.y}, 150, 178, c.shade(.25).at(1))
	e.shaded(tint{.86, .80, .70}, tint{.55, .49, .42}, m.x-120, m.x+160, append(around(m, 122, 146, math.Pi/2, math.Pi*1.5), around(point{m.x + 62, m.y}, 122, 146, -math.Pi/2, math.Pi/2)...)...)
	for i := range 9 {
		x := m.x + float64(i)*7
		e.fill(dark.at(.12), append(around(point{x, m.y}, 122, 146, -math.Pi/2, math.Pi/2), around(point{x - 2, m.y}, 122, 146, math.Pi/2, -math.Pi/2)...)...)
	}
	m.x -= 18
	e.ellipse(point{m.x + 10, m.y + 2}, 152, 180, c.shade(.3).at(1))
	for i := range 30 {
		f := float64(i) / 30
		e.ellipse(point{m.x - 12*f, m.y - 14*f}, 150-60*f, 178-70*f, c.light(.05+.35*f).at(.4))
	}
	for i := range 5 {
		a := float64(i)*2*math.Pi/5 + .3
		e.ellipse(point{m.x + 92*math.Cos(a), m.y + 110*math.Sin(a)}, 24, 29, c.shade(.45).at(.9))
	}
	e.ellipse(m, 46, 55, steel.light(.2).at(1))
	e.ellipse(m, 26, 31, dark.at(.9))
}

func (e *easel) goggles(c tint) {
	y := 385.0
	e.fill(dark.at(1), point{180, y - 40}, point{270, y - 64}, point{270, y - 34}, point{184, y - 8})
	e.fill(dark.at(1), point{780, y - 40}, point{690, y - 64}, point{690, y - 34}, point{776, y - 8})
	e.rect(250, y-90, 460, 180, 80, dark.light(.08).at(1))
	for _, x := range []float64{274, 498} {
		e.rect(x, y-66, 188, 132, 58, c.shade(.1).at(1))
		e.rect(x+8, y-60, 172, 120, 54, c.light(.30).at(.9))
		e.fill(white.at(.30), point{x + 40, y - 56}, point{x + 84, y - 58}, point{x + 46, y + 50}, point{x + 22, y + 22})
	}
	e.ellipse(point{480, y + 92}, 44, 44, tint{.90, .92, .95}.at(1))
}

func (e *easel) fixture(c tint) {
	e.box(210, 480, 440, 54, 150, steel)
	e.box(250, 330, 90, 150, 90, c)
	x := 440 + 70*e.some()
	e.box(x, 390, 80, 90, 90, c.shade(.12))
	e.rect(330, 352, x-300, 26, 10, steel.shade(.22).at(1))
	e.rect(x+40, 336, 60, 60, 12, dark.at(1))
	e.ellipse(point{x + 70, 366}, 18, 18, c.light(.3).at(1))
	for i := range 6 {
		e.ellipse(point{250 + float64(i)*68, 508}, 9, 9, dark.at(.5))
	}
}

func (e *easel) paper(c tint) {
	for i := range 2 {
		d := float64(1-i) * 26
		e.rect(330+d, 170-d*.4, 300, 390, 12, white.mix(c, .06+.10*float64(1-i)).at(1))
	}
	e.rect(330, 170, 300, 74, 12, c.at(1))
	e.rect(330, 220, 300, 24, 0, c.at(1))
	e.rect(356, 196, 130, 18, 9, white.at(.9))
	for i := range 6 {
		y := 286 + float64(i)*38
		e.rect(360, y-9, 20, 20, 5, c.light(.55).at(1))
		e.fill(c.shade(.2).at(1), point{363, y}, point{366, y - 3}, point{370, y + 2}, point{379, y - 9}, point{382, y - 6}, point{370, y + 8})
		e.rect(398, y-5, 110+90*e.some(), 10, 5, dark.at(.25))
	}
	e.ellipse(point{582, 516}, 44, 44, c.at(1))
	e.ellipse(point{582, 516}, 35, 35, c.light(.25).at(1))
}

func (e *easel) unit(shelf string, c tint) {
	w, h := 300+60*e.some(), 200+60*e.some()
	if shelf == "Electronics" {
		h -= 70
	}
	x, y := middleX-w/2-50, 535-h
	e.box(x, y, w, h, 170, steel.mix(c, .30))
	if shelf == "Electronics" {
		e.rect(x+18, y+18, w*.42, h*.42, 6, dark.at(1))
		e.rect(x+24, y+24, w*.42-12, h*.42-12, 3, c.light(.35).at(1))
		for i := range 4 {
			e.rect(x+18+float64(i)*w*.22, y+h-46, w*.16, 28, 4, dark.at(.85))
			e.ellipse(point{x + w*.58 + float64(i)*w*.1, y + 36}, 6, 6, tint{.38, .68, .48}.mix(c, .4*e.some()).at(1))
		}
		return
	}
	m, r := point{x + w*.36, y + h*.5}, h*.36
	e.ellipse(m, r+10, r+10, dark.at(1))
	e.ellipse(m, r, r, c.shade(.55).at(1))
	for i := range 7 {
		a := float64(i) * 2 * math.Pi / 7
		blade := []point{m}
		blade = append(blade, around(m, r*.94, r*.94, a, a+.62)...)
		e.fill(c.light(.15).at(.9), blade...)
	}
	e.ellipse(m, r*.24, r*.24, steel.at(1))
	for i := range 5 {
		e.rect(x+w*.72, y+h*.2+float64(i)*22, w*.2, 9, 4, dark.at(.6))
	}
	if shelf == "Extraction" {
		hose := append(around(point{x + w*.8 + 40, y - 40}, 92, 92, math.Pi, math.Pi*1.9), around(point{x + w*.8 + 40, y - 40}, 52, 52, math.Pi*1.9, math.Pi)...)
		e.fill(dark.light(.18).at(1), hose...)
	}
}
