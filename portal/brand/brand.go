// Package brand holds how a portal presents itself: its name, its colours, its
// logo, whom to contact, what every page links to. It is set by configuration
// at run time, so that one binary serves any company.
//
// Owns: reading and checking that configuration, colours that can be read.
// Does not own: pages (web), mails (portal/mail).
package brand

import (
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// Brand is how a portal presents itself.
type Brand struct {
	Name         string
	Accent       Color
	Logo         *Logo // nil: the first letter of the name stands for it
	LogoDark     *Logo // on a dark ground; nil: Logo does for both
	ContactEmail string
	ContactPhone string
	Links        []Link
}

// Logo is a picture: either elsewhere, or read from a file and served by us.
type Logo struct {
	URL         string // where it is, from the pages' point of view
	ContentType string
	Content     []byte // nil when it is elsewhere
}

// Link is a page that every page links to, such as an imprint.
type Link struct {
	EN, DE string // what it is called
	URL    string
}

// Title is what the link is called in a language, "en" or "de".
func (l Link) Title(language string) string {
	if language == "de" {
		return l.DE
	}
	return l.EN
}

// Settings are a brand as an operator writes it down.
type Settings struct {
	Name         string
	Accent       string // #rrggbb
	Logo         string // a file, or an https address
	LogoDark     string
	ContactEmail string
	ContactPhone string
	Links        []string // TITLE|URL or ENGLISH|GERMAN|URL
}

// Default is how a portal presents itself when nobody says.
func Default() *Brand {
	return &Brand{Name: "Foyer", Accent: Color{0x5b, 0x54, 0xd6}}
}

// Paths at which logos from files are served.
const (
	LogoPath     = "/brand/logo"
	LogoDarkPath = "/brand/logo-dark"
)

// maxLogo is how large a logo may be, in bytes: every visitor loads it.
const maxLogo = 512 << 10

// New checks settings and reads the files that they name. Its errors are for
// the operator.
func New(s Settings) (*Brand, error) {
	b := Default()
	if s.Name != "" {
		if utf8.RuneCountInString(s.Name) > 60 || strings.ContainsFunc(s.Name, func(r rune) bool { return r < ' ' }) {
			return nil, errors.New("--brand-name: up to 60 characters in one line")
		}
		b.Name = s.Name
	}
	var err error
	if s.Accent != "" {
		if b.Accent, err = ParseColor(s.Accent); err != nil {
			return nil, fmt.Errorf("--brand-accent %q: %w", s.Accent, err)
		}
	}
	if b.Logo, err = logo(s.Logo, LogoPath); err != nil {
		return nil, fmt.Errorf("--brand-logo: %w", err)
	}
	if b.LogoDark, err = logo(s.LogoDark, LogoDarkPath); err != nil {
		return nil, fmt.Errorf("--brand-logo-dark: %w", err)
	}
	if b.LogoDark != nil && b.Logo == nil {
		return nil, errors.New("--brand-logo-dark needs --brand-logo")
	}
	if s.ContactEmail != "" {
		if a, err := mail.ParseAddress(s.ContactEmail); err != nil || a.Address != s.ContactEmail {
			return nil, fmt.Errorf("--contact-email %q is not an e-mail address", s.ContactEmail)
		}
		b.ContactEmail = s.ContactEmail
	}
	if len(s.ContactPhone) > 60 {
		return nil, errors.New("--contact-phone is too long")
	}
	b.ContactPhone = s.ContactPhone
	for _, text := range s.Links {
		l, err := link(text)
		if err != nil {
			return nil, fmt.Errorf("--link %q: %w", text, err)
		}
		b.Links = append(b.Links, l)
	}
	return b, nil
}

// contentTypes are the pictures that a logo may be, by the file's ending.
var contentTypes = map[string]string{".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}

func logo(text, path string) (*Logo, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // there is none
	}
	if strings.Contains(text, "://") {
		if err := web(text); err != nil {
			return nil, err
		}
		return &Logo{URL: text}, nil
	}
	kind := contentTypes[strings.ToLower(filepath.Ext(text))]
	if kind == "" {
		return nil, fmt.Errorf("%s is not a .svg, .png, .webp or .jpg file", text)
	}
	content, err := os.ReadFile(text) //nolint:gosec // the operator names it
	if err != nil {
		return nil, err
	}
	if len(content) > maxLogo {
		return nil, fmt.Errorf("%s has %d kB, more than the %d kB that a logo may have", text, len(content)>>10, maxLogo>>10)
	}
	return &Logo{URL: path, ContentType: kind, Content: content}, nil
}

func link(text string) (Link, error) {
	parts := strings.Split(text, "|")
	if len(parts) < 2 || len(parts) > 3 {
		return Link{}, errors.New("write TITLE|URL or ENGLISH|GERMAN|URL")
	}
	for i := range parts {
		if parts[i] = strings.TrimSpace(parts[i]); parts[i] == "" {
			return Link{}, errors.New("a part is empty")
		}
	}
	address := parts[len(parts)-1]
	if err := web(address); err != nil && !strings.HasPrefix(address, "/") {
		return Link{}, err
	}
	return Link{EN: parts[0], DE: parts[len(parts)-2], URL: address}, nil
}

// web refuses addresses that are no pages: a link runs nothing.
func web(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return fmt.Errorf("%q is not an https address", address)
	}
	return nil
}
