package plan

import "foyer/schema"

// DaysLine is one reason of how long it takes.
type DaysLine struct {
	Kind string // BASE, OPTION, RULE, PART
	// Key is group.option, the key of a lead time, or a sku, which is for the staff.
	Key   string
	Title map[string]string
	Days  int
	// Added days come on top of the others. Counts says that it makes a difference:
	// the base, the longest of those that are not added, and all added ones.
	Added, Counts bool
}

var waiting = map[string]string{
	schema.English.Code(): "A part has to be procured first.",
	schema.German.Code():  "Ein Teil muss erst beschafft werden.",
}

// Days is how long one takes as it is selected: the base, the longest of what goes on
// side by side, and all that comes on top. missing are the days until a part is there
// that is not in stock, by sku.
func (p *Plan) Days(sel Selection, missing map[string]int) (days int, why []DaysLine) {
	if p.doc.BaseDays > 0 {
		why = append(why, DaysLine{Kind: KindBase, Title: p.doc.Title, Days: p.doc.BaseDays, Counts: true})
	}
	for g := range sel {
		for _, i := range sel[g].Options {
			if o := &p.doc.Groups[g].Options[i]; o.Days > 0 {
				why = append(why, DaysLine{Kind: KindOption, Key: p.doc.Groups[g].Key + "." + o.Key, Title: o.Title, Days: o.Days})
			}
		}
	}
	for i := range p.doc.LeadTimes {
		if r := &p.doc.LeadTimes[i]; r.Days > 0 && p.times[i].holds(sel) {
			why = append(why, DaysLine{Kind: KindRule, Key: r.Key, Title: r.Title, Days: r.Days, Added: r.Added, Counts: r.Added})
		}
	}
	if len(missing) > 0 {
		for _, part := range p.Parts(sel) {
			if d := missing[part.Sku]; d > 0 {
				why = append(why, DaysLine{Kind: KindPart, Key: part.Sku, Title: waiting, Days: d})
			}
		}
	}
	return counted(why), why
}

// counted adds up and marks the longest of what goes on side by side, the first of
// equals.
func counted(why []DaysLine) int {
	sum, longest := 0, -1
	for i := range why {
		switch {
		case why[i].Counts:
			sum += why[i].Days
		case longest < 0 || why[i].Days > why[longest].Days:
			longest = i
		}
	}
	if longest >= 0 {
		why[longest].Counts = true
		sum += why[longest].Days
	}
	return sum
}
