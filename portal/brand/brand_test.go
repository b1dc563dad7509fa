package brand

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever accent somebody chooses, all text on it and in it can be read.
func TestEveryAccentCanBeRead(t *testing.T) {
	for r := 0; r < 256; r += 15 {
		for g := 0; g < 256; g += 15 {
			for b := 0; b < 256; b += 15 {
				c := Color{uint8(r), uint8(g), uint8(b)}
				p := c.Palette()
				for _, x := range []struct {
					what       string
					text, back Color
				}{
					{"a button", p.OnAccent, p.Accent},
					{"a link on a page", p.TextLight, light}, {"a mark", p.TextLight, p.SoftLight},
					{"a link on a dark page", p.TextDark, dark}, {"a dark mark", p.TextDark, p.SoftDark},
				} {
					if got := contrast(x.text, x.back); got < readable {
						t.Fatalf("accent %s: %s has contrast %.2f (%s on %s)", c, x.what, got, x.text, x.back)
					}
				}
			}
		}
	}
}

func TestContrast(t *testing.T) {
	if got := contrast(Color{}, white); got < 20.99 || got > 21.01 {
		t.Errorf("black on white: %v, not 21", got)
	}
	if got := contrast(Color{0x77, 0x77, 0x77}, white); got < 4.47 || got > 4.49 { // a known border case
		t.Errorf("#777777 on white: %v, not 4.48", got)
	}
}

func TestSettings(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "logo.svg")
	if err := os.WriteFile(file, []byte("<svg/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := New(Settings{
		Name: "Aurelia", Accent: "#0a7d55", Logo: file, LogoDark: "https://cdn.example/logo.png",
		ContactEmail: "help@aurelia.example", ContactPhone: "+49 30 1234", Links: []string{"Imprint|Impressum|https://aurelia.example/imprint", "Privacy|/privacy"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if b.Name != "Aurelia" || b.Accent.String() != "#0a7d55" || string(b.Logo.Content) != "<svg/>" || b.Logo.URL != LogoPath || b.LogoDark.URL != "https://cdn.example/logo.png" {
		t.Errorf("read %+v", b)
	}
	if b.Links[0].Title("de") != "Impressum" || b.Links[0].Title("en") != "Imprint" || b.Links[1].Title("de") != "Privacy" {
		t.Errorf("links %+v", b.Links)
	}
	large := filepath.Join(dir, "large.png")
	if err := os.WriteFile(large, make([]byte, maxLogo+1), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]Settings{
		"accent":          {Accent: "red"},
		"short accent":    {Accent: "#fff"},
		"signed accent":   {Accent: "#+12345"},
		"script link":     {Links: []string{"X|javascript:alert(1)"}},
		"link without":    {Links: []string{"X"}},
		"empty title":     {Links: []string{"|https://x.example"}},
		"logo type":       {Logo: "logo.exe"},
		"logo gone":       {Logo: filepath.Join(dir, "none.svg")},
		"logo large":      {Logo: large},
		"logo script":     {Logo: "javascript://x"},
		"dark alone":      {LogoDark: file},
		"contact":         {ContactEmail: "Help <help@x.example>"},
		"name over lines": {Name: "a\nb"},
	} {
		if _, err := New(s); err == nil || !strings.HasPrefix(err.Error(), "--") {
			t.Errorf("%s: %v, not an error that names the setting", name, err)
		}
	}
}
