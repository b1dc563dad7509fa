package quiz

import (
	"math/big"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// decimal is a number as people write it: one comma or point, no thousands.
var decimal = regexp.MustCompile(`^[+-]?([0-9]{1,30}([.,][0-9]{0,30})?|[.,][0-9]{1,30})$`)

// Decimal reads a number exactly. Comma and point both separate the decimals, so
// nothing separates thousands: 1.000 is one.
func Decimal(s string) (*big.Rat, bool) {
	s = strings.Replace(strings.TrimSpace(s), "\u2212", "-", 1) // the minus of typography
	if !decimal.MatchString(s) {
		return nil, false
	}
	return new(big.Rat).SetString(strings.Replace(s, ",", ".", 1))
}

// Fold makes two texts equal that differ in case, blanks and accents only: Unicode's
// compatibility decomposition, without accents, in full case folding (ß is ss), without
// blanks and what cannot be seen.
func Fold(s string) string {
	s = cases.Fold().String(norm.NFKD.String(s))
	s = strings.Map(func(r rune) rune {
		if accent(r) || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
	return norm.NFC.String(s)
}

// accent says whether a mark is one that texts are compared without: those that many
// scripts share. The vowels of Thai or the voiced sounds of Japanese are marks too,
// and words differ by them.
func accent(r rune) bool {
	return unicode.Is(unicode.Mn, r) && unicode.Is(unicode.Inherited, r) && r != '\u3099' && r != '\u309a'
}

// exactly is a text as it is compared when everything matters but how it is encoded.
func exactly(s string) string { return norm.NFC.String(strings.TrimSpace(s)) }

func compared(s string, exact bool) string {
	if exact {
		return exactly(s)
	}
	return Fold(s)
}
