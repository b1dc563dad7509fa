package plan

import (
	"slices"

	"foyer/portal/configurator/engine"
	"foyer/schema"
)

// Describe is a choice in words: "Laser source 350 W", "Width 1.5 m", "not liquid
// cooling".
func (p *Plan) Describe(c schema.ConfigurationChoice, language schema.Language) string {
	return p.name(&c, language)
}

// Untimely says whether an option is out of its time, so that nobody can choose it.
func (p *Plan) Untimely(group, option string) bool {
	return option != "" && slices.Contains(p.untimely, engine.Ref{Group: group, Option: option})
}

// Ref names an option of a group.
type Ref = engine.Ref

// Decimal writes a value in units of 10^-scale, without zeros that say nothing.
func Decimal(value int64, scale uint8) string { return decimal(value, scale) }
