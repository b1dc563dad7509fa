package prices

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"foyer/schema"
)

// known says whether a text is the ISO 3166 code of a country.
func known(code string) bool {
	r, err := language.ParseRegion(code)
	return err == nil && len(code) == 2 && r.IsCountry() && r.Canonicalize().String() == code
}

// countries has the codes of countries by their names in English and German:
// addresses are typed by people and by other systems.
var countries = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	names := []display.Namer{display.English.Regions(), display.German.Regions()}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			if !known(code) {
				continue
			}
			for _, n := range names {
				if name := n.Name(language.MustParseRegion(code)); name != "" {
					all[strings.ToLower(name)] = code
				}
			}
		}
	}
	return all
})

// country is the ISO 3166 code of an address's country, empty when it is not known
// which that is.
func country(a *schema.Address) string {
	if a == nil {
		return ""
	}
	text := strings.TrimSpace(a.Country)
	if len(text) == 2 {
		if r, err := language.ParseRegion(strings.ToUpper(text)); err == nil && r.IsCountry() {
			return r.Canonicalize().String()
		}
		return ""
	}
	return countries()[strings.ToLower(text)]
}

// region is an address's region as rules compare it.
func region(a *schema.Address) string {
	if a == nil {
		return ""
	}
	return fold(a.Region)
}

func fold(text string) string { return strings.ToLower(strings.TrimSpace(text)) }
