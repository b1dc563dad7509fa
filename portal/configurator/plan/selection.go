package plan

import (
	"foyer/portal/configurator/engine"
	"foyer/schema"
)

// Selection is what is selected, by group of the document: what has a price, days
// and parts. What is not decided is not in it.
type Selection []Picked

// Picked is what of one group is selected.
type Picked struct {
	Options []int // indexes, ascending
	Number  int64 // in units of 10^-Scale
	Present bool  // of a number
}

// has reports whether an option is selected.
func (p *Picked) has(option int) bool {
	for _, o := range p.Options {
		if o == option {
			return true
		}
	}
	return false
}

// clone copies a selection far enough for with.
func (s Selection) clone() Selection { return append(Selection(nil), s...) }

// Selected are the choices that say what is selected, in the order of the groups.
func (p *Plan) Selected(sel Selection) []schema.ConfigurationChoice {
	out := []schema.ConfigurationChoice{}
	for g := range sel {
		out = append(out, p.selectedOf(g, &sel[g])...)
	}
	return out
}

func (p *Plan) selectedOf(g int, in *Picked) []schema.ConfigurationChoice {
	var out []schema.ConfigurationChoice
	grp := &p.doc.Groups[g]
	for _, o := range in.Options {
		out = append(out, schema.ConfigurationChoice{Group: grp.Key, Option: grp.Options[o].Key})
	}
	if in.Present {
		out = append(out, schema.ConfigurationChoice{Group: grp.Key, Number: p.Decimal(grp.Key, in.Number)})
	}
	return out
}

// take selects an option: in place of what is selected in its group where that allows
// only one. The quantity of an option that is no longer selected goes, that of the
// new one begins with its default.
func (p *Plan) take(sel Selection, g, option int) Selection {
	grp := &p.doc.Groups[g]
	out := sel.clone()
	if out[g].has(option) {
		return out
	}
	if grp.Max <= 1 {
		for _, o := range out[g].Options {
			if n, ok := p.quantity[engine.Ref{Group: grp.Key, Option: grp.Options[o].Key}]; ok {
				out[n] = Picked{}
			}
		}
		out[g] = Picked{Options: []int{option}}
	} else {
		out[g] = Picked{Options: insert(out[g].Options, option)}
	}
	if n, ok := p.quantity[engine.Ref{Group: grp.Key, Option: grp.Options[option].Key}]; ok && !out[n].Present {
		if d := p.doc.Groups[n].Number.Default; d != nil {
			out[n] = Picked{Number: *d, Present: true}
		}
	}
	return out
}

func insert(list []int, v int) []int {
	out := make([]int, 0, len(list)+1)
	at := 0
	for at < len(list) && list[at] < v {
		at++
	}
	out = append(out, list[:at]...)
	out = append(out, v)
	return append(out, list[at:]...)
}

// configuration is a selection as the engine has complete ones.
func (s Selection) configuration() engine.Configuration {
	out := make(engine.Configuration, len(s))
	for g := range s {
		out[g] = engine.Decided{Options: s[g].Options, Number: s[g].Number, Absent: !s[g].Present}
	}
	return out
}

// selection is a complete configuration as what is selected.
func (p *Plan) selection(conf engine.Configuration) Selection {
	out := make(Selection, len(conf))
	for g := range conf {
		if p.doc.Groups[g].Number == nil {
			out[g].Options = conf[g].Options
		} else if !conf[g].Absent {
			out[g] = Picked{Number: conf[g].Number, Present: true}
		}
	}
	return out
}
