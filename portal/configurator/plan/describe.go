package plan

import "foyer/schema"

// Describe is a choice in words: "Laser source 350 W", "Width 1.5 m", "not liquid
// cooling".
func (p *Plan) Describe(c schema.ConfigurationChoice, language schema.Language) string {
	return p.name(&c, language)
}
