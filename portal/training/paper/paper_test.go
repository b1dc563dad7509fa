package paper

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"foyer/portal/brand"
)

func design() Design {
	return Design{Company: "Aurelia Instruments GmbH", Accent: brand.Color{R: 0x0b, G: 0x6e, B: 0x6e}}
}

func certificate() Certificate {
	at := time.Date(2026, 3, 2, 23, 30, 0, 0, time.UTC)
	return Certificate{
		Language: "en", Holder: "Eva Lund", Title: "Laser safety for operators of the AX-400 series",
		Criteria: "Works safely with lasers of class 4: has passed the final test with 92 %, started and stopped the instrument under the eyes of a trainer, and knows what to do when the interlock opens.",
		Number:   "AUR-2026-000042", IssuedAt: at, ValidUntil: at.AddDate(2, 0, 0), VerifyURL: "https://portal.aurelia.example/verify/7H2K-9QXD-4M3P",
	}
}

func rendered(t *testing.T, d Design, c Certificate) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, Render(&b, d, c))
	require.True(t, bytes.HasPrefix(b.Bytes(), []byte("%PDF-1.")))
	require.True(t, bytes.HasSuffix(bytes.TrimSpace(b.Bytes()), []byte("%%EOF")))
	require.Equal(t, 1, bytes.Count(b.Bytes(), []byte("/Type /Page\n")), "one page")
	// For looking at: FOYER_PAPER=/some/folder go test ./portal/training/paper
	if dir := os.Getenv("FOYER_PAPER"); dir != "" {
		require.NoError(t, os.WriteFile(filepath.Join(dir, strings.ReplaceAll(t.Name(), "/", "-")+".pdf"), b.Bytes(), 0o600))
	}
	return b.Bytes()
}

func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			if dx, dy := x%h-h/2, y-h/2; dx*dx+dy*dy < h*h/5 {
				m.SetNRGBA(x, y, color.NRGBA{0x0b, 0x6e, uint8(0x40 + x*100/w), 0xff})
			}
		}
	}
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, m))
	return b.Bytes()
}

func TestRender(t *testing.T) {
	long := certificate()
	long.Holder = "Dr.-Ing. Maximiliane-Henriette Freifrau von und zu Hohenstein-Waldenburg"
	long.Title = "Wartung, Justierung und sichere Inbetriebnahme von Röntgenfluoreszenz-Spektrometern der Baureihe AX-400 nach DIN"
	long.Criteria = strings.Repeat("Kann das Gerät allein warten und justieren. ", 40)
	long.Language, long.ValidUntil = "de", time.Time{}
	logo := design()
	logo.Logo = &brand.Logo{ContentType: "image/png", Content: picture(t, 400, 100)}
	svg := design()
	svg.Logo = &brand.Logo{ContentType: "image/svg+xml", Content: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)}
	elsewhere := design()
	elsewhere.Logo = &brand.Logo{URL: "https://example.com/logo.png"}
	pale := design()
	pale.Accent = brand.Color{R: 0xff, G: 0xe0, B: 0x66}
	german := certificate()
	german.Language, german.Title = "de", "Sicherer Umgang mit Lasern"
	bare := certificate()
	bare.Criteria = ""
	for name, x := range map[string]struct {
		d Design
		c Certificate
	}{
		"plain": {design(), certificate()}, "logo": {logo, certificate()}, "svg": {svg, certificate()}, "elsewhere": {elsewhere, certificate()},
		"german": {design(), german}, "long": {logo, long}, "pale": {pale, certificate()}, "bare": {logo, bare},
	} {
		t.Run(name, func(t *testing.T) {
			out := rendered(t, x.d, x.c)
			require.Less(t, len(out), 400<<10, "fonts are cut to what is used")
			require.Equal(t, out, rendered(t, x.d, x.c), "the same bytes for the same certificate")
		})
	}
}

// Names as people have them.
func TestNames(t *testing.T) {
	for name, holder := range map[string]string{
		"polish": "Małgorzata Wójcik-Świątek", "czech": "Jiří Dvořák", "turkish": "Şebnem İnönü", "hungarian": "Győző Kőszegi", "romanian": "Ștefan Țepeș",
		"vietnamese": "Nguyễn Thị Hồng Hạnh", "greek": "Αλέξανδρος Παπαδόπουλος", "russian": "Екатерина Щербакова", "ukrainian": "Їжакевич Ґалина",
		"bulgarian": "Цветелина Йорданова", "icelandic": "Guðrún Þórðardóttir", "apart": "Zoe\u0308 Nguye\u0302\u0303n", "hawaiian": "Keliʻi Kaʻanāʻanā",
	} {
		t.Run(name, func(t *testing.T) {
			missing, err := Missing(design(), holder)
			require.NoError(t, err)
			require.Empty(t, missing)
			c := certificate()
			c.Holder = holder
			rendered(t, design(), c)
		})
	}
}

func TestUncovered(t *testing.T) {
	c := certificate()
	c.Holder = "田中 太郎 田"
	var b bytes.Buffer
	err := Render(&b, design(), c)
	var u *Uncovered
	require.True(t, errors.As(err, &u), "%v", err)
	require.Equal(t, "田中太郎", u.Characters)
	require.Zero(t, b.Len(), "nothing is written that is not the certificate")
	missing, err := Missing(design(), "Eva 😀 Lund\u200b")
	require.NoError(t, err)
	require.Equal(t, "😀", missing)

	// What explains is shown as far as it can be; a name is not.
	c = certificate()
	c.Criteria = "Well done 😀 indeed"
	plain := certificate()
	plain.Criteria = "Well done indeed"
	require.Equal(t, rendered(t, design(), plain), rendered(t, design(), c))

	// A further font is asked for all of a text.
	d := design()
	d.Fonts = [][]byte{inter}
	missing, err = Missing(d, "Eva Lund")
	require.NoError(t, err)
	require.Empty(t, missing)
	d.Fonts = [][]byte{[]byte("no font")}
	_, err = Missing(d, "Eva")
	require.Error(t, err)
	require.Error(t, Render(&b, d, certificate()))
}

func TestRefuses(t *testing.T) {
	for name, change := range map[string]func(*Design, *Certificate){
		"no holder":   func(_ *Design, c *Certificate) { c.Holder = " \n" },
		"long holder": func(_ *Design, c *Certificate) { c.Holder = strings.Repeat("a", longestName+1) },
		"no title":    func(_ *Design, c *Certificate) { c.Title = "\x01" },
		"no number":   func(_ *Design, c *Certificate) { c.Number = "" },
		"no company":  func(d *Design, _ *Certificate) { d.Company = "" },
		"no date":     func(_ *Design, c *Certificate) { c.IssuedAt = time.Time{} },
		"no address":  func(_ *Design, c *Certificate) { c.VerifyURL = "" },
		"script":      func(_ *Design, c *Certificate) { c.VerifyURL = "javascript:alert(1)" },
		"logo cut":    func(d *Design, _ *Certificate) { d.Logo = &brand.Logo{Content: picture(t, 50, 50)[:60]} },
	} {
		d, c := design(), certificate()
		change(&d, &c)
		var b bytes.Buffer
		require.Error(t, Render(&b, d, c), name)
		require.Zero(t, b.Len(), name)
	}
}

// A logo that unpacks to more than memory has is looked at before.
func TestLogoBomb(t *testing.T) {
	small := picture(t, 8, 8)
	bomb := bytes.Clone(small)
	copy(bomb[16:24], []byte{0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff}) // width and height; the checksum is wrong too
	d := design()
	d.Logo = &brand.Logo{Content: bomb}
	var b bytes.Buffer
	require.Error(t, Render(&b, d, certificate()))
}

func TestDescribed(t *testing.T) {
	out := string(rendered(t, design(), certificate()))
	require.Contains(t, out, "/Lang (en)")
	require.Contains(t, out, `<dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>`)
	require.Contains(t, out, `Certificate: Laser safety for operators of the AX-400 series, Eva Lund`)
	require.Contains(t, out, "D:20260302233000")
	require.Contains(t, out, "https://portal.aurelia.example/verify/7H2K-9QXD-4M3P")
	c := certificate()
	c.Language, c.Holder = "de", "A <b>&"
	out = string(rendered(t, design(), c))
	require.Contains(t, out, "/Lang (de)")
	require.Contains(t, out, "A &lt;b&gt;&amp;")
	require.Equal(t, "2 March 2026", day(c.IssuedAt, "en"))
	require.Equal(t, "2. März 2026", day(c.IssuedAt, "de"))
}

// Whatever somebody is called, there is a page or words about why not.
func FuzzRender(f *testing.F) {
	f.Add("Eva Lund", "Laser safety", "Knows.\nEverything.")
	f.Add("\u202eEva", "\U0001f600", "(\\)")
	f.Add(strings.Repeat("W", 120), strings.Repeat("i ", 60), strings.Repeat("x", 3000))
	f.Fuzz(func(t *testing.T, holder, title, criteria string) {
		c := certificate()
		c.Holder, c.Title, c.Criteria = holder, title, criteria
		var b bytes.Buffer
		if err := Render(&b, design(), c); err != nil {
			require.Zero(t, b.Len())
			return
		}
		require.True(t, bytes.HasPrefix(b.Bytes(), []byte("%PDF-")))
	})
}

func TestTogether(t *testing.T) {
	var want bytes.Buffer
	require.NoError(t, Render(&want, design(), certificate()))
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			var b bytes.Buffer
			assert.NoError(t, Render(&b, design(), certificate()))
			assert.True(t, bytes.Equal(want.Bytes(), b.Bytes()))
		})
	}
	all.Wait()
}
