package orders

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Carrier is a company that carries shipments.
type Carrier struct {
	Code        string `json:"code"`        // stable; capital letters, digits and underscores
	Name        string `json:"name"`        // as people know it
	TrackingURL string `json:"trackingUrl"` // page about one shipment, with {number} in the place of its number; empty when there is none
}

// numberMark stands in a tracking URL where the shipment's number goes.
const numberMark = "{number}"

// builtin are carriers with their public tracking pages. They are Germany's and
// the international ones; an installation adds others by configuration.
var builtin = []Carrier{
	{"DHL", "DHL", "https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode={number}"},
	{"DHL_EXPRESS", "DHL Express", "https://www.dhl.com/global-en/home/tracking/tracking-express.html?submit=1&tracking-id={number}"},
	{"UPS", "UPS", "https://www.ups.com/track?tracknum={number}"},
	{"FEDEX", "FedEx", "https://www.fedex.com/fedextrack/?trknbr={number}"},
	{"DPD", "DPD", "https://tracking.dpd.de/status/en_US/parcel/{number}"},
	{"GLS", "GLS", "https://gls-group.com/track/{number}"},
	{"HERMES", "Hermes", "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation#{number}"},
	{"POST_AT", "Österreichische Post", "https://www.post.at/sv/sendungsdetails?snr={number}"},
	{"USPS", "USPS", "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}"},
	{"ROYAL_MAIL", "Royal Mail", "https://www.royalmail.com/track-your-item#/tracking-results/{number}"},
	// Not a company: a shipment that goes with the seller's own van.
	{"OWN", "Own delivery", ""},
}

// Carriers are the carriers of an installation. The zero value knows none.
type Carriers struct{ byCode map[string]Carrier }

var code = regexp.MustCompile(`^[A-Z0-9_]{1,60}$`)

// NewCarriers returns the built-in carriers and further ones; one with the code
// of a built-in carrier takes its place.
func NewCarriers(further ...Carrier) (Carriers, error) {
	all := Carriers{byCode: map[string]Carrier{}}
	for _, c := range append(append([]Carrier{}, builtin...), further...) {
		if err := c.check(); err != nil {
			return Carriers{}, err
		}
		all.byCode[c.Code] = c
	}
	return all, nil
}

// DefaultCarriers are the built-in carriers.
func DefaultCarriers() Carriers {
	all, err := NewCarriers()
	if err != nil {
		panic(err) // the list above is wrong, and every test says so
	}
	return all
}

// check refuses what would make links that lead nowhere, or elsewhere: a
// template must be https and have its host before the number's place.
func (c Carrier) check() error {
	if !code.MatchString(c.Code) {
		return fmt.Errorf("orders: the carrier code %q must be capital letters, digits and underscores", c.Code)
	}
	if strings.TrimSpace(c.Name) == "" {
		return fmt.Errorf("orders: carrier %s has no name", c.Code)
	}
	if c.TrackingURL == "" {
		return nil
	}
	before, _, marked := strings.Cut(c.TrackingURL, numberMark)
	u, err := url.Parse(before)
	if err != nil || !marked || u.Scheme != "https" || u.Host == "" || !strings.HasPrefix(before, "https://"+u.Host+"/") {
		return fmt.Errorf("orders: the tracking URL of carrier %s must begin with https, a host and a slash, and contain %s", c.Code, numberMark)
	}
	return nil
}

// Lookup finds a carrier by its code, in capitals or not.
func (c Carriers) Lookup(code string) (Carrier, bool) {
	found, ok := c.byCode[strings.ToUpper(strings.TrimSpace(code))]
	return found, ok
}

// Of is the carrier of a shipment that exists. A shipment of another system may
// have a carrier that nobody here knows; it is shown by its code.
func (c Carriers) Of(code string) Carrier {
	if found, ok := c.Lookup(code); ok {
		return found
	}
	return Carrier{Code: code, Name: code}
}

// Page is the carrier's page about a shipment, empty when it has none.
func (c Carrier) Page(number string) string {
	if c.TrackingURL == "" || number == "" {
		return ""
	}
	// All but letters and digits is escaped, so that it fits into a path, a
	// query and a fragment alike and cannot leave its place in any of them.
	escaped := strings.ReplaceAll(url.QueryEscape(number), "+", "%20")
	return strings.ReplaceAll(c.TrackingURL, numberMark, escaped)
}

// Carrier is the carrier of a shipment that exists.
func (s *Service) Carrier(code string) Carrier { return s.carriers.Of(code) }

// AllCarriers are the carriers of this installation, by name.
func (s *Service) AllCarriers() []Carrier {
	return slices.SortedFunc(maps.Values(s.carriers.byCode), func(a, b Carrier) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Code, b.Code))
	})
}

// KnownCarrier finds a carrier of this installation by its code, in capitals or
// not.
func (s *Service) KnownCarrier(code string) (Carrier, bool) { return s.carriers.Lookup(code) }
