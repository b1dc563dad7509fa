package brand

import (
	"errors"
	"fmt"
	"math"
	"strconv"
)

// Color is a colour in sRGB.
type Color struct{ R, G, B uint8 }

// ParseColor reads #rrggbb.
func ParseColor(s string) (Color, error) {
	v, err := strconv.ParseUint(s[min(1, len(s)):], 16, 24)
	if err != nil || len(s) != 7 || s[0] != '#' {
		return Color{}, errors.New("write a colour as #rrggbb")
	}
	return Color{uint8(v >> 16), uint8(v >> 8), uint8(v)}, nil //nolint:gosec // cut to eight bits on purpose
}

// String writes #rrggbb.
func (c Color) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// Grounds on which text stands, as the pages' style sheet has them.
var (
	white = Color{0xff, 0xff, 0xff}
	black = Color{}
	light = Color{0xf6, 0xf6, 0xf9}
	dark  = Color{0x1b, 0x1e, 0x26}
)

// readable is the contrast that text needs (WCAG 2.2, criterion 1.4.3, level AA).
const readable = 4.5

// Palette is what the pages are painted with: the accent, and what follows
// from it so that every text can be read, whatever accent somebody chooses.
type Palette struct {
	Accent, OnAccent    Color // a button, and the text on it
	OffAccent           Color // what a pointed-at button moves towards: away from its text
	TextLight, TextDark Color // links and marked text, on light and dark grounds
	SoftLight, SoftDark Color // a tinted ground behind marked text
}

// Palette derives the colours.
func (c Color) Palette() Palette {
	p := Palette{Accent: c, OnAccent: white, OffAccent: black, SoftLight: mix(white, c, 0.11), SoftDark: mix(Color{0x12, 0x14, 0x1a}, c, 0.26)}
	if contrast(c, white) < readable { // then black can be read: the two contrasts multiply to 21
		p.OnAccent, p.OffAccent = black, white
	}
	p.TextLight = toward(c, Color{}, light, p.SoftLight)
	p.TextDark = toward(c, white, dark, p.SoftDark)
	return p
}

// toward moves a colour to another until it can be read on all grounds.
func toward(c, end Color, grounds ...Color) Color {
	const steps = 50
	for i := range steps {
		t := mix(c, end, float64(i)/steps)
		fine := true
		for _, g := range grounds {
			fine = fine && contrast(t, g) >= readable+0.3 // hovered grounds are a little nearer
		}
		if fine {
			return t
		}
	}
	return end
}

// mix has share of b, and the rest of a.
func mix(a, b Color, share float64) Color {
	f := func(x, y uint8) uint8 { return uint8(math.Round(float64(x)*(1-share) + float64(y)*share)) }
	return Color{f(a.R, b.R), f(a.G, b.G), f(a.B, b.B)}
}

// contrast is the contrast ratio of two colours, from 1 to 21 (WCAG 2.2,
// "contrast ratio").
func contrast(a, b Color) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is the relative luminance, from 0 to 1 (WCAG 2.2, "relative luminance").
func (c Color) luminance() float64 {
	f := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
}
