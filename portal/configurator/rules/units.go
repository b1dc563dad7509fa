package rules

import (
	"math/big"
	"sort"
)

// unit is so many of the smallest unit of its dimension. Units that are not in the
// table (pieces, a currency) are dimensions of their own.
type unit struct {
	dimension string
	size      int64
}

var units = map[string]unit{
	"µm": {"length", 1}, "mm": {"length", 1e3}, "cm": {"length", 1e4}, "dm": {"length", 1e5}, "m": {"length", 1e6}, "km": {"length", 1e9},
	"mm²": {"area", 1}, "cm²": {"area", 100}, "m²": {"area", 1e6},
	"ml": {"volume", 1}, "cl": {"volume", 10}, "l": {"volume", 1e3}, "hl": {"volume", 1e5}, "m³": {"volume", 1e6},
	"mg": {"mass", 1}, "g": {"mass", 1e3}, "kg": {"mass", 1e6}, "t": {"mass", 1e9},
	"ms": {"time", 1}, "s": {"time", 1e3}, "min": {"time", 60e3}, "h": {"time", 3600e3}, "d": {"time", 86400e3},
	"mW": {"power", 1}, "W": {"power", 1e3}, "kW": {"power", 1e6}, "MW": {"power", 1e9},
	"Wh": {"energy", 1}, "kWh": {"energy", 1e3}, "MWh": {"energy", 1e6},
	"mV": {"voltage", 1}, "V": {"voltage", 1e3}, "kV": {"voltage", 1e6},
	"mA": {"current", 1}, "A": {"current", 1e3}, "kA": {"current", 1e6},
	"Pa": {"pressure", 1}, "hPa": {"pressure", 100}, "mbar": {"pressure", 100}, "kPa": {"pressure", 1e3}, "bar": {"pressure", 1e5}, "MPa": {"pressure", 1e6},
	"N": {"force", 1}, "kN": {"force", 1e3},
	"Hz": {"frequency", 1}, "kHz": {"frequency", 1e3}, "MHz": {"frequency", 1e6}, "GHz": {"frequency", 1e9},
	"MB": {"data", 1}, "GB": {"data", 1e3}, "TB": {"data", 1e6},
}

func unitOf(name string) unit {
	if u, ok := units[name]; ok {
		return u
	}
	return unit{dimension: name, size: 1}
}

// smaller tells which of two units of a dimension comes first; names decide among
// equals, so that the answer does not depend on the order.
func smaller(a, b string) bool {
	if x, y := unitOf(a).size, unitOf(b).size; x != y {
		return x < y
	}
	return a < b
}

// ratio is how many b an a is.
func ratio(a, b string) *big.Rat { return big.NewRat(unitOf(a).size, unitOf(b).size) }

// unitNames are those that a rule may have meant: the table's and the model's own.
func (v *Vocabulary) unitNames() []string {
	var names []string
	for name := range units {
		names = append(names, name)
	}
	for _, g := range v.inOrder {
		if g.Number != nil && g.Number.Unit != "" {
			names = append(names, g.Number.Unit)
		}
	}
	sort.Strings(names)
	return names
}

// knowsUnit tells whether a unit is in the table or some number's.
func (v *Vocabulary) knowsUnit(name string) bool {
	_, ok := units[name]
	return ok || v.units[name]
}

// The digits that a number may have, and how many of them after the point.
const (
	longestNumber = 18
	mostDecimals  = 9
)

// decimal is n * 10^-scale with the smallest scale, if there is one within limits.
func decimal(r *big.Rat) (n int64, scale uint8, ok bool) {
	ten := big.NewRat(10, 1)
	at := new(big.Rat).Set(r)
	for scale = 0; scale <= mostDecimals; scale++ {
		if at.IsInt() {
			return at.Num().Int64(), scale, at.Num().IsInt64()
		}
		at.Mul(at, ten)
	}
	return 0, 0, false
}

// fraction is n * 10^-scale.
func fraction(n int64, scale uint8) *big.Rat {
	return new(big.Rat).SetFrac(big.NewInt(n), power(int64(scale)))
}

func power(of int64) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(of), nil) }

// written is a number as people write it, and whether that is exact.
func written(r *big.Rat) (string, bool) {
	_, scale, ok := decimal(r)
	return r.FloatString(int(scale)), ok
}
