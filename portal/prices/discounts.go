package prices

import (
	"context"
	"slices"
	"time"

	"foyer/ent/category"
	"foyer/schema"
	"foyer/schema/gid"
)

// What a discount is given on.
const (
	onOrder = "ORDER"
	onLine  = "LINE"
)

// discount is what was given: by a rule, or with an empty key by staff, whose
// reason is then the name.
type discount struct {
	key, name   string
	basisPoints int // of a line
	minor       int64
}

// circumstances are what the conditions of discounts are compared with.
type circumstances struct {
	currency     string
	organization string
	segments     map[string]bool
	above        map[string]string // the category above each
	at           time.Time
}

// article is a line as the conditions of discounts see it.
type article struct {
	product, category string
	quantity          int
	minor             int64 // before any discount
}

// meets says whether the conditions hold that have nothing to do with goods.
func (c *circumstances) meets(r *schema.DiscountRule) bool {
	return (r.Currency == "" || r.Currency == c.currency) && holds(r.ValidFrom, r.ValidTo, c.at) &&
		oneOf(r.Organizations, c.organization) &&
		(len(r.Segments) == 0 || slices.ContainsFunc(r.Segments, func(s string) bool { return c.segments[s] }))
}

// onLine finds the discount on a line: of all rules whose conditions hold the one
// that gives most, the first of equal ones. Discounts are not added up. What staff
// give takes its place when it is more.
func (c *circumstances) onLine(rules []schema.DiscountRule, a article, staff int, reason string) discount {
	var best discount
	for i := range rules {
		r := &rules[i]
		if r.On == onLine && r.BasisPoints > best.basisPoints && c.meets(r) && c.covers(r, a) {
			best = discount{key: r.Key, name: r.Name, basisPoints: r.BasisPoints}
		}
	}
	if staff > best.basisPoints {
		best = discount{name: reason, basisPoints: staff}
	}
	return best
}

// covers says whether a rule is about a line: for that, conditions on the product
// and conditions on its category must both hold.
func (c *circumstances) covers(r *schema.DiscountRule, a article) bool {
	return a.quantity >= r.MinQuantity && a.minor >= r.MinMinor && oneOf(r.Products, a.product) &&
		(len(r.Categories) == 0 || c.below(a.category, r.Categories))
}

// below says whether a category is one of a list or lies below one.
func (c *circumstances) below(id string, list []string) bool {
	for steps := 0; id != "" && steps <= len(c.above); steps++ { // a circle must not hold us
		if slices.Contains(list, id) {
			return true
		}
		id = c.above[id]
	}
	return false
}

// onOrder finds the discount on the order, given what its lines come to after
// their own: the largest amount of all rules whose conditions hold.
func (c *circumstances) onOrder(rules []schema.DiscountRule, lines int64, staff int, reason string) discount {
	var best discount
	for i := range rules {
		r := &rules[i]
		if r.On != onOrder || lines < r.MinMinor || !c.meets(r) {
			continue
		}
		amount := percentOf(lines, r.BasisPoints)
		if r.AmountMinor > 0 {
			amount = min(r.AmountMinor, lines)
		}
		if amount > best.minor {
			best = discount{key: r.Key, name: r.Name, minor: amount}
		}
	}
	if amount := percentOf(lines, staff); amount > best.minor {
		best = discount{name: reason, minor: amount}
	}
	return best
}

// circumstances looks up what the rules ask for, and no more.
func (s *Service) circumstances(ctx context.Context, rules []schema.DiscountRule, b Buyer, currency string, at time.Time) (*circumstances, error) {
	c := &circumstances{currency: currency, organization: string(b.OrganizationID), at: at}
	var err error
	if slices.ContainsFunc(rules, func(r schema.DiscountRule) bool { return len(r.Segments) > 0 }) {
		if c.segments, err = s.segmentsOf(ctx, b.OrganizationID); err != nil {
			return nil, err
		}
	}
	if slices.ContainsFunc(rules, func(r schema.DiscountRule) bool { return len(r.Categories) > 0 }) {
		tree, err := s.store.Reader(ctx).Category.Query().Select(category.FieldID, category.FieldParentID).All(ctx)
		if err != nil {
			return nil, err
		}
		c.above = make(map[string]string, len(tree))
		for _, x := range tree {
			c.above[string(x.ID)] = string(x.ParentID)
		}
	}
	return c, nil
}

// segmentsOf are the segments that an organization is in.
func (s *Service) segmentsOf(ctx context.Context, organization gid.ID) (map[string]bool, error) {
	all := map[string]bool{}
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, `SELECT segment_id FROM segment_members WHERE organization_id = $1`, string(organization))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all[id] = true
	}
	return all, rows.Err()
}
