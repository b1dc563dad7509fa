package schema

import "time"

// ConfigurationDocument is a configuration model as it is written: what is asked,
// what goes together, what it costs, how long it takes, what it is made of. Texts
// are by language code, amounts in minor units by currency; nothing is converted.
type ConfigurationDocument struct {
	Title  map[string]string   `json:"title"`
	Intro  map[string]string   `json:"intro,omitempty"`
	Steps  []ConfigurationStep `json:"steps"`
	Groups []OptionGroup       `json:"groups"`
	Rules  []ConfigurationRule `json:"rules,omitempty"`
	// Prices are added to the base price and those of the options, in their order.
	Prices []PriceRule `json:"prices,omitempty"`
	// BaseDays is how many days it takes in any case.
	BaseDays  int            `json:"baseDays,omitempty"`
	LeadTimes []LeadTimeRule `json:"leadTimes,omitempty"`
	// Parts are the bill of material, but for what an option's sku says by itself.
	Parts []BillItem `json:"parts,omitempty"`
	// Golden are configurations that must stay possible, or impossible.
	Golden []GoldenConfiguration `json:"golden,omitempty"`
}

// ConfigurationStep is a page of questions.
type ConfigurationStep struct {
	Key    string            `json:"key"`
	Title  map[string]string `json:"title"`
	Help   map[string]string `json:"help,omitempty"`
	Groups []string          `json:"groups"` // keys; each group is in one step
	// When, a condition in the language of rules, says when it is shown; always
	// when empty.
	When string `json:"when,omitempty"`
}

// OptionGroup is one question: a choice of options, or a number.
type OptionGroup struct {
	Key   string            `json:"key"`
	Title map[string]string `json:"title"`
	Help  map[string]string `json:"help,omitempty"`
	// Min and Max bound how many options a complete configuration has: 1..1 exactly
	// one, 0..1 at most one, 0..n several.
	Min     int          `json:"min"`
	Max     int          `json:"max"`
	Options []Option     `json:"options,omitempty"`
	Number  *NumberAsked `json:"number,omitempty"` // in place of options
	// Default is the key of the option that is taken where nothing was chosen and
	// nothing speaks against it.
	Default string `json:"default,omitempty"`
	// Repairable lets a new version of the model change what was chosen here
	// without asking the customer.
	Repairable bool `json:"repairable,omitempty"`
}

// NumberAsked is a number that is asked for: from Min to Max in steps, in units of
// 10^-Scale of Unit.
type NumberAsked struct {
	Min   int64  `json:"min"`
	Max   int64  `json:"max"`
	Step  int64  `json:"step"`
	Scale uint8  `json:"scale,omitempty"`
	Unit  string `json:"unit,omitempty"`
	// Of names the option whose quantity this is, as group.option: it is asked for
	// if and only if that is chosen.
	Of string `json:"of,omitempty"`
	// Default is taken where nothing was chosen and nothing speaks against it.
	Default *int64 `json:"default,omitempty"`
	// Amounts are the prices of one whole unit, by currency.
	Amounts map[string]int64 `json:"amounts,omitempty"`
}

// Option is one answer.
type Option struct {
	Key   string            `json:"key"`
	Title map[string]string `json:"title"`
	Help  map[string]string `json:"help,omitempty"`
	// Swatch is a colour to show, as #rrggbb.
	Swatch string `json:"swatch,omitempty"`
	// Sku is the variant that comes with it: it is a part of what is made, and its
	// price is what the buyer pays for it where Amounts has none.
	Sku string `json:"sku,omitempty"`
	// Amounts are added to the price, by currency; they can be negative.
	Amounts map[string]int64 `json:"amounts,omitempty"`
	// Costs are what it costs the company, by currency; never for customers.
	Costs map[string]int64 `json:"costs,omitempty"`
	// Days is how long it takes; the longest of all counts.
	Days      int        `json:"days,omitempty"`
	ValidFrom *time.Time `json:"validFrom,omitempty"`
	ValidTo   *time.Time `json:"validTo,omitempty"`
	// Replaces are the keys, as group.option, of options of former versions in
	// whose place it stands.
	Replaces []string `json:"replaces,omitempty"`
}

// ConfigurationRule is what must hold, in the language of rules.
type ConfigurationRule struct {
	Key  string `json:"key"`
	Text string `json:"text"`
	// Message is the sentence that the customer reads when it stands in the way.
	Message map[string]string `json:"message,omitempty"`
	// Internal keeps it from customers: they learn that something is not possible,
	// and nothing of why.
	Internal bool `json:"internal,omitempty"`
	// Note is for the staff.
	Note      string     `json:"note,omitempty"`
	ValidFrom *time.Time `json:"validFrom,omitempty"`
	ValidTo   *time.Time `json:"validTo,omitempty"`
}

// PriceRule adds to the price of one. Either Amounts or BasisPoints is set.
type PriceRule struct {
	Key   string            `json:"key"`
	Title map[string]string `json:"title"`
	// When, a condition in the language of rules, says when it applies; always when
	// empty.
	When    string           `json:"when,omitempty"`
	Amounts map[string]int64 `json:"amounts,omitempty"`
	// Per names a number by whose whole units Amounts are multiplied.
	Per string `json:"per,omitempty"`
	// BasisPoints is a percentage, in hundredths, of what Of names (keys of groups, or
	// "base"), or of everything before it when Of is empty.
	BasisPoints int      `json:"basisPoints,omitempty"`
	Of          []string `json:"of,omitempty"`
	// FromQuantity is from how many pieces on it applies.
	FromQuantity int `json:"fromQuantity,omitempty"`
	// PriceLists are the keys of the price lists to whose customers it applies;
	// everybody when empty.
	PriceLists []string `json:"priceLists,omitempty"`
}

// LeadTimeRule makes it take longer.
type LeadTimeRule struct {
	Key   string            `json:"key"`
	Title map[string]string `json:"title"`
	When  string            `json:"when,omitempty"`
	Days  int               `json:"days"`
	// Added days come on top of everything; else the longest of all counts.
	Added bool `json:"added,omitempty"`
}

// BillItem is a part of what is made.
type BillItem struct {
	Sku      string           `json:"sku"`
	Name     string           `json:"name,omitempty"` // where there is no such variant
	Quantity int              `json:"quantity"`
	Per      string           `json:"per,omitempty"` // a number by whose whole units Quantity is multiplied
	When     string           `json:"when,omitempty"`
	Costs    map[string]int64 `json:"costs,omitempty"` // of one, by currency
}

// GoldenConfiguration is one that must stay possible, or impossible.
type GoldenConfiguration struct {
	Key        string                `json:"key"`
	Choices    []ConfigurationChoice `json:"choices"`
	Impossible bool                  `json:"impossible,omitempty"`
}

// ConfigurationChoice is what a customer wants: an option, a number, or, with
// Absent, nothing of a group. Negate turns it round.
type ConfigurationChoice struct {
	Group  string `json:"group"`
	Option string `json:"option,omitempty"`
	Number string `json:"number,omitempty"` // a decimal, in the group's unit
	Absent bool   `json:"absent,omitempty"`
	Negate bool   `json:"negate,omitempty"`
}

// ConfigurationFacts are what is known of a version when it is published.
type ConfigurationFacts struct {
	Groups  int    `json:"groups"`
	Options int    `json:"options"`
	Rules   int    `json:"rules"`
	Count   string `json:"count,omitempty"` // of complete configurations; empty when that was too hard
}

// ConfigurationChange is what a new version of the model did to a configuration.
type ConfigurationChange struct {
	FromNumber int    `json:"fromNumber"`
	ToNumber   int    `json:"toNumber"`
	Outcome    string `json:"outcome"` // VALID, REPRICED, REPAIRED, NEEDS_CUSTOMER
	// Dropped are choices that were given up, or have to be; Taken what stands in
	// their place.
	Dropped  []ConfigurationChoice `json:"dropped,omitempty"`
	Taken    []ConfigurationChoice `json:"taken,omitempty"`
	OldMinor *int64                `json:"oldMinor,omitempty"`
	NewMinor *int64                `json:"newMinor,omitempty"`
	Currency string                `json:"currency,omitempty"`
	At       time.Time             `json:"at"`
}

// OrderedConfiguration is a configuration as it was ordered, with all that it takes
// to read it later: nothing in it follows the model.
type OrderedConfiguration struct {
	ConfigurationID string                `json:"configurationId,omitempty"`
	VersionID       string                `json:"versionId"`
	Number          int                   `json:"number"`
	Checksum        string                `json:"checksum"`
	Title           map[string]string     `json:"title"`
	Lines           []OrderedOption       `json:"lines"`
	Prices          []ConfiguredAmount    `json:"prices"`
	Days            int                   `json:"days"`
	Parts           []ConfiguredPart      `json:"parts,omitempty"`
	Choices         []ConfigurationChoice `json:"choices"`
}

// OrderedOption is one answer of an ordered configuration.
type OrderedOption struct {
	Group      string            `json:"group"`
	GroupTitle map[string]string `json:"groupTitle"`
	Option     string            `json:"option,omitempty"`
	Title      map[string]string `json:"title,omitempty"`
	Sku        string            `json:"sku,omitempty"`
	Number     string            `json:"number,omitempty"`
	Unit       string            `json:"unit,omitempty"`
}

// ConfiguredAmount is one line of how a configuration's price came about; the lines
// add up to the price of one.
type ConfiguredAmount struct {
	Kind   string            `json:"kind"` // BASE, OPTION, NUMBER, RULE
	Key    string            `json:"key,omitempty"`
	Title  map[string]string `json:"title,omitempty"`
	Detail map[string]string `json:"detail,omitempty"`
	Minor  int64             `json:"minor"`
}

// ConfiguredPart is one line of the bill of material of one.
type ConfiguredPart struct {
	Sku      string           `json:"sku"`
	Name     string           `json:"name,omitempty"`
	Quantity int              `json:"quantity"`
	Costs    map[string]int64 `json:"costs,omitempty"` // of one of it
}
