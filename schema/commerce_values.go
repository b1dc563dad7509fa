package schema

import "time"

// AttributeDefinition is one attribute that the products of a type have.
type AttributeDefinition struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	// Kind is TEXT, NUMBER, BOOLEAN, CHOICE, CHOICES or DATE.
	Kind     string   `json:"kind"`
	Unit     string   `json:"unit,omitempty"`     // of a NUMBER
	Options  []string `json:"options,omitempty"`  // of CHOICE and CHOICES
	Required bool     `json:"required,omitempty"` // a product cannot be ACTIVE without it
	Facet    bool     `json:"facet,omitempty"`    // a search can be narrowed by it
	Variant  bool     `json:"variant,omitempty"`  // a property of the variant rather than of the product
	Internal bool     `json:"internal,omitempty"` // for staff only
}

// AttributeKinds are what an attribute's values can be.
var AttributeKinds = []string{"TEXT", "NUMBER", "BOOLEAN", "CHOICE", "CHOICES", "DATE"}

// Related is another product that goes with one.
type Related struct {
	Kind      string `json:"kind"` // one of RelationKinds
	ProductID string `json:"productId"`
}

// RelationKinds are the ways in which a product goes with another.
var RelationKinds = []string{"ACCESSORY", "SPARE_PART", "REPLACES", "UPSELL"}

// RuleDocument is the content of a RuleTable; which member is set follows from
// its kind.
type RuleDocument struct {
	Tax       *TaxRules      `json:"tax,omitempty"`
	Shipping  []ShippingRule `json:"shipping,omitempty"`
	Discounts []DiscountRule `json:"discounts,omitempty"`
}

// TaxRules say what tax is due. The first rule that fits decides.
type TaxRules struct {
	// Origin is the country that is delivered from, by its ISO 3166 code.
	Origin string    `json:"origin"`
	Rules  []TaxRule `json:"rules"`
}

// TaxRule is one row of the tax table; an empty condition fits everything.
type TaxRule struct {
	Key        string   `json:"key"`
	Name       string   `json:"name"`                 // as customers read it: "VAT 19 %"
	Countries  []string `json:"countries,omitempty"`  // of the destination, ISO 3166
	Regions    []string `json:"regions,omitempty"`    // of the destination
	Categories []string `json:"categories,omitempty"` // tax categories of products; SHIPPING is that of shipping
	// Business: only for a customer with (true) or without (false) a VAT id.
	Business *bool `json:"business,omitempty"`
	// BasisPoints is the rate in hundredths of a percent.
	BasisPoints int `json:"basisPoints"`
	// ReverseCharge: the customer owes the tax; the rate is then zero.
	ReverseCharge bool       `json:"reverseCharge,omitempty"`
	ValidFrom     *time.Time `json:"validFrom,omitempty"`
	ValidTo       *time.Time `json:"validTo,omitempty"`
}

// ShippingRule is one way of shipping and when it is offered.
type ShippingRule struct {
	Key          string   `json:"key"`
	Name         string   `json:"name"`
	Description  string   `json:"description,omitempty"`
	Countries    []string `json:"countries,omitempty"`
	MinGrams     *int64   `json:"minGrams,omitempty"`
	MaxGrams     *int64   `json:"maxGrams,omitempty"` // inclusive
	MinMinor     *int64   `json:"minMinor,omitempty"` // of the goods after discounts, in the rule's currency
	Currency     string   `json:"currency"`
	PriceMinor   int64    `json:"priceMinor"`
	PerKiloMinor int64    `json:"perKiloMinor,omitempty"` // added for each kilogram begun
	FreeFrom     *int64   `json:"freeFrom,omitempty"`     // free when the goods come to this
	Days         int      `json:"days"`                   // from sending to arrival
	Carrier      string   `json:"carrier,omitempty"`
}

// DiscountRule is a discount that is given by itself when its conditions hold.
type DiscountRule struct {
	Key           string     `json:"key"`
	Name          string     `json:"name"` // as customers read it
	On            string     `json:"on"`   // ORDER or LINE
	BasisPoints   int        `json:"basisPoints,omitempty"`
	AmountMinor   int64      `json:"amountMinor,omitempty"` // of an ORDER
	Currency      string     `json:"currency,omitempty"`    // of amounts
	MinMinor      int64      `json:"minMinor,omitempty"`    // the goods come to at least this
	MinQuantity   int        `json:"minQuantity,omitempty"` // of a LINE
	Categories    []string   `json:"categories,omitempty"`  // ids, with what is below them
	Products      []string   `json:"products,omitempty"`    // ids
	Organizations []string   `json:"organizations,omitempty"`
	Segments      []string   `json:"segments,omitempty"`
	ValidFrom     *time.Time `json:"validFrom,omitempty"`
	ValidTo       *time.Time `json:"validTo,omitempty"`
}

// PriceCause says where a price comes from, as it is kept on an order line.
type PriceCause struct {
	ListID       string `json:"listId,omitempty"` // empty: the standard price
	ListName     string `json:"listName,omitempty"`
	TierFrom     int    `json:"tierFrom,omitempty"`
	UnitMinor    int64  `json:"unitMinor"`              // before discounts
	AddedMinor   int64  `json:"addedMinor,omitempty"`   // of it, by how it is configured
	DiscountKey  string `json:"discountKey,omitempty"`  // of the rule that gave it
	DiscountName string `json:"discountName,omitempty"` // or why staff gave it
	Discount     int    `json:"discount,omitempty"`     // basis points
	TaxKey       string `json:"taxKey,omitempty"`
	TaxName      string `json:"taxName,omitempty"`
	TaxReverse   bool   `json:"taxReverse,omitempty"`
}

// OrderCalculation says how the amounts of an order came about.
type OrderCalculation struct {
	TaxTable      int         `json:"taxTable,omitempty"` // numbers of the rule tables
	ShippingTable int         `json:"shippingTable,omitempty"`
	DiscountTable int         `json:"discountTable,omitempty"`
	ShippingName  string      `json:"shippingName,omitempty"`
	DiscountKey   string      `json:"discountKey,omitempty"`
	DiscountName  string      `json:"discountName,omitempty"`
	ReverseCharge bool        `json:"reverseCharge,omitempty"`
	Taxes         []TaxAmount `json:"taxes,omitempty"`
	// Unsure says that stock was not promised, since what is known of it is too old.
	Unsure bool `json:"unsure,omitempty"`
	// Placed is what it came to when it was placed, once units have been
	// cancelled: all later amounts follow from it and from what is left.
	Placed *PlacedAmounts `json:"placed,omitempty"`
}

// PlacedAmounts are those amounts of an order that do not follow from its lines.
type PlacedAmounts struct {
	DiscountMinor int64       `json:"discountMinor"`
	TaxMinor      int64       `json:"taxMinor"`
	Taxes         []TaxAmount `json:"taxes,omitempty"`
}

// TaxAmount is the tax of an order by one rule.
type TaxAmount struct {
	Key         string `json:"key"`
	Name        string `json:"name"`
	BasisPoints int    `json:"basisPoints"`
	NetMinor    int64  `json:"netMinor"`
	TaxMinor    int64  `json:"taxMinor"`
}

// ApprovalCause says why an order has to be approved.
type ApprovalCause struct {
	Kind        string `json:"kind"` // LIMIT: over a limit; ROLE: the role always asks
	LimitID     string `json:"limitId,omitempty"`
	Period      string `json:"period,omitempty"`
	LimitMinor  int64  `json:"limitMinor,omitempty"`
	SpentMinor  int64  `json:"spentMinor,omitempty"` // in the period before this order
	AmountMinor int64  `json:"amountMinor"`
	Currency    string `json:"currency"`
	// LimitCurrency is the limit's, when it is another one; nothing is added up then.
	LimitCurrency string `json:"limitCurrency,omitempty"`
}

// SearchAnswer is what staff have answered to a search that found nothing.
type SearchAnswer struct {
	Products []string          `json:"products,omitempty"` // ids
	Synonym  string            `json:"synonym,omitempty"`  // what is searched for instead
	Text     map[string]string `json:"text,omitempty"`     // by language code
}

// GuideDocument is a guide: questions, the answers to choose from, and where
// each leads. It is a graph without circles that begins at Start.
type GuideDocument struct {
	Title map[string]string `json:"title"` // by language code, as are all texts
	Intro map[string]string `json:"intro,omitempty"`
	Start string            `json:"start"`
	Steps []GuideStep       `json:"steps"`
}

// GuideStep is a question with answers, or a result.
type GuideStep struct {
	Key      string            `json:"key"`
	Question map[string]string `json:"question,omitempty"`
	Help     map[string]string `json:"help,omitempty"`
	Answers  []GuideAnswer     `json:"answers,omitempty"`
	Result   *GuideResult      `json:"result,omitempty"`
}

// GuideAnswer is one answer to a question, and where it leads.
type GuideAnswer struct {
	Key  string            `json:"key"`
	Text map[string]string `json:"text"`
	Next string            `json:"next"`
}

// GuideResult is what a guide leads to.
type GuideResult struct {
	Text     map[string]string `json:"text,omitempty"`
	Products []string          `json:"products,omitempty"` // ids
	Category string            `json:"category,omitempty"` // id
	Search   string            `json:"search,omitempty"`   // what to search for
}
