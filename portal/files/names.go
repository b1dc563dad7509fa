package files

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestName is how long a file's name is kept, in bytes: what all systems can
// save.
const longestName = 150

// nameless is the name of a file of whose own nothing is left.
const nameless = "file"

// devices are names that a Windows takes for something else than a file.
var devices = []string{
	"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
}

// CleanName makes a name that can be shown to people and offered for saving: one
// name without folders, without anything that is not seen or that turns its
// reading around, and with an ending that says what the file is by its content.
func CleanName(name, contentType string) string {
	name = norm.NFC.String(strings.ToValidUTF8(name, ""))
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp), r == utf8.RuneError, r == 0x115f, r == 0x3164:
			return -1 // not seen, or turns the others around
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.TrimRight(strings.Join(strings.Fields(name), " "), ". ")
	endings := types[contentType].endings
	ending := strings.ToLower(path.Ext(name))
	base := name
	if slices.Contains(endings, ending) {
		base = name[:len(name)-len(ending)]
		ending = name[len(name)-len(ending):]
	} else if ending = ""; len(endings) > 0 {
		ending = endings[0]
	}
	base = strings.Trim(base, ". ")
	if base == "" {
		base = nameless
	}
	if first, _, _ := strings.Cut(strings.ToLower(base), "."); slices.Contains(devices, strings.TrimSpace(first)) {
		base = "_" + base
	}
	for len(base)+len(ending) > longestName {
		_, n := utf8.DecodeLastRuneInString(base)
		base = base[:len(base)-n]
	}
	if base = strings.TrimRight(base, ". "); base == "" {
		base = nameless
	}
	return base + ending
}

// disposition is the header that offers a file for saving under its name, or has
// it shown (RFC 6266): once for those who read ASCII alone, once whole.
func disposition(how, name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e || strings.ContainsRune(`"\%;`, r) {
			return '_'
		}
		return r
	}, name)
	header := how + `; filename="` + plain + `"`
	if plain == name {
		return header
	}
	var b strings.Builder
	for _, c := range []byte(name) {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		const hex = "0123456789ABCDEF"
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return header + "; filename*=UTF-8''" + b.String()
}
