package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/membership"
	"foyer/ent/organization"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/ent/user"
	spectra500 "foyer/portal/demo/spectra"
	"foyer/schema/gid"
)

// seed makes every demo company the same but for its ids and for the day on
// which it is made.
const seed = 1960

// firm is a customer with its row and its people.
type firm struct {
	*customer
	row       *ent.Organization
	people    []*individual
	purchases int // the last of its own order numbers
}

// individual is a person with their row.
type individual struct {
	*person
	row *ent.User
}

// stocked is a variant with its row, and what the catalog says of it.
type stocked struct {
	article
	item
	row *ent.ProductVariant
}

// configured reports whether it is made as customers put it together: it lies nowhere,
// and what was ordered before that was possible has none of it.
func (s *stocked) configured() bool { return s.sku == spectra500.Sku }

// label is what an order line says of it.
func (s *stocked) label() string { return s.article.name + ", " + s.item.name }

// house is Aurelia: what it sells, to whom, and who works there.
type house struct {
	now    time.Time
	firms  map[string]*firm       // by key
	list   []*firm                // in the order of customers.go
	people map[string]*individual // by e-mail
	staff  map[string][]*individual
	skus   map[string]*stocked
	shelf  []*stocked // what is on sale, in the order of the catalog

	categories  []*ent.Category
	types       []*ent.ProductType
	segments    map[string]*ent.Segment // by key
	products    []*ent.Product
	variants    []*ent.ProductVariant
	memberships []*ent.Membership
	assignments []*ent.OrganizationAssignment
	invited     []*individual // who have not accepted yet
	limits      []*ent.SpendingLimit
	events      []*ent.Event // what happened with customers, beside their orders
}

// newHouse makes the rows of everything but the orders. Roles are by key.
func newHouse(now time.Time, hash string, roles map[string]gid.ID) (*house, error) {
	h := &house{
		now: now, firms: map[string]*firm{}, people: map[string]*individual{}, staff: map[string][]*individual{},
		skus: map[string]*stocked{},
	}
	h.enroll()
	if err := h.employ(hash, roles); err != nil {
		return nil, err
	}
	h.remark()
	h.invite(roles)
	h.limit(roles)
	return h, h.stock()
}

// since is a moment some months ago, and never the same one twice.
func (h *house) since(months, n int) time.Time {
	return workdays(h.now.AddDate(0, -months, 0), -n).Add(8*time.Hour + time.Duration(n)*7*time.Minute)
}

func (h *house) enroll() {
	for i := range customers {
		c := &customers[i]
		at := h.since(c.since, i)
		f := &firm{customer: c, purchases: 1000 + 677*i, row: &ent.Organization{
			ID: gid.At(gid.Organization, at), CreatedAt: at, UpdatedAt: at, Name: c.name,
			Kind: organization.KindCOMPANY, Status: organization.StatusACTIVE, Language: c.language, Address: &c.address,
			Currency: currencies[c.key], VatID: vatIDs[c.key],
		}}
		if c.person {
			f.row.Kind = organization.KindPERSON
		}
		if c.suspended {
			f.row.Status = organization.StatusSUSPENDED
			f.row.UpdatedAt = h.since(1, 4)
		}
		if c.parent != "" {
			f.row.ParentID = h.firms[c.parent].row.ID // a parent stands before its subsidiaries
		}
		h.firms[c.key] = f
		h.list = append(h.list, f)
	}
}

func (h *house) employ(hash string, roles map[string]gid.ID) error {
	for n := range people {
		p := &people[n]
		months := 48
		if c := p.seats[0].customer; c != "" {
			months = max(1, h.firms[c].customer.since-n%9)
		}
		at := h.since(months, n)
		i := &individual{person: p, row: &ent.User{
			ID: gid.At(gid.User, at), CreatedAt: at, UpdatedAt: at, Name: p.name, Email: p.email, Phone: p.phone,
			Language: p.language, Status: user.StatusACTIVE, PasswordHash: hash,
		}}
		if p.disabled {
			i.row.Status = user.StatusDISABLED
			i.row.UpdatedAt = h.since(2, n%5)
		}
		h.people[p.email] = i
	}
	for n := range people {
		i := h.people[people[n].email]
		for _, s := range i.seats {
			role, ok := roles[s.role]
			if !ok {
				return fmt.Errorf("demo: the built-in role %s is not there yet", s.role)
			}
			m := &ent.Membership{
				ID: gid.At(gid.Membership, i.row.CreatedAt), CreatedAt: i.row.CreatedAt, UpdatedAt: i.row.UpdatedAt,
				UserID: i.row.ID, RoleID: role, Status: membership.StatusACTIVE, Version: 1,
			}
			if s.disabled {
				m.Status, m.Version = membership.StatusDISABLED, 2
			}
			for _, email := range s.selected {
				m.SelectedUserIds = append(m.SelectedUserIds, string(h.people[email].row.ID))
			}
			if s.customer == "" {
				h.staff[s.role] = append(h.staff[s.role], i)
			} else {
				f := h.firms[s.customer]
				m.OrganizationID = f.row.ID
				f.people = append(f.people, i)
			}
			h.memberships = append(h.memberships, m)
		}
		for _, key := range i.assigned {
			f := h.firms[key]
			at := f.row.CreatedAt
			if i.seats[0].role != "STAFF_SALES" { // who is there first
				at = at.AddDate(0, 3, 0)
			}
			h.assignments = append(h.assignments, &ent.OrganizationAssignment{
				ID: gid.At(gid.Assignment, at), CreatedAt: at, UpdatedAt: at, OrganizationID: f.row.ID, UserID: i.row.ID, From: at,
			})
		}
	}
	return nil
}

func (h *house) stock() error {
	shelves := h.shelve("", shelves, h.since(90, 0), map[string]gid.ID{})
	types, products := h.define(h.since(90, 1)), map[string]*ent.Product{}
	h.segments = map[string]*ent.Segment{}
	for n, g := range groups {
		at := h.since(30, n)
		h.segments[g.key] = &ent.Segment{ID: gid.At(gid.Segment, at), CreatedAt: at, UpdatedAt: at, Key: g.key, Name: g.name, Description: g.text, Version: 1}
	}
	for n, a := range articles() {
		at := h.since(12+(n*11)%60, n)
		if a.status == draft || a.novel {
			at = h.since(1, n%7)
		}
		category, ok := shelves[a.shelf]
		if !ok {
			return fmt.Errorf("demo: %s: there is no category %q", a.name, a.shelf)
		}
		p := &ent.Product{
			ID: gid.At(gid.Product, at), CreatedAt: at, UpdatedAt: at, Name: a.name, Description: a.text,
			Status: product.StatusACTIVE, CategoryID: category, TypeID: types[sortOf(a.shelf)].ID, Attributes: a.about(),
			Restricted: a.forCustomer != "" || a.forSegment != "", Keywords: keywords[a.name], InternalText: internalTexts[a.name],
		}
		if a.status != "" {
			p.Status = product.Status(a.status)
		}
		h.products = append(h.products, p)
		products[a.name] = p
		for _, v := range a.variants {
			s := &stocked{article: a, item: v, row: &ent.ProductVariant{
				ID: gid.At(gid.Variant, at), CreatedAt: at, UpdatedAt: at, ProductID: p.ID, Sku: v.sku, Name: v.name,
				PriceMinor: v.cents, Currency: currency, Status: productvariant.Status(p.Status),
			}}
			var err error
			if s.row.Attributes, err = v.typed(types[sortOf(a.shelf)]); err != nil {
				return err
			}
			s.terms(h.now)
			h.variants = append(h.variants, s.row)
			h.skus[v.sku] = s
			if a.status == "" && !a.novel && !s.configured() {
				h.shelf = append(h.shelf, s)
			}
		}
	}
	return h.relate(products)
}

// shelve makes the rows of the categories and returns their ids by name.
func (h *house) shelve(parent gid.ID, list []shelf, at time.Time, ids map[string]gid.ID) map[string]gid.ID {
	for n, s := range list {
		c := &ent.Category{ID: gid.At(gid.Category, at), CreatedAt: at, UpdatedAt: at, Name: s.name, ParentID: parent, Position: n + 1}
		h.categories = append(h.categories, c)
		ids[s.name] = c.ID
		h.shelve(c.ID, s.sub, at, ids)
	}
	return ids
}

// roleAt is the role of a person in a customer.
func (i *individual) roleAt(customer string) string {
	for _, s := range i.seats {
		if s.customer == customer {
			return s.role
		}
	}
	return ""
}

// boss is who approves the orders of colleagues; nil where nobody does.
func (f *firm) boss() *individual {
	for _, role := range []string{manager, admin} {
		n := slices.IndexFunc(f.people, func(i *individual) bool { return i.roleAt(f.key) == role })
		if n >= 0 {
			return f.people[n]
		}
	}
	return nil
}

// buyers are the people of a customer with how often they order. What needs an
// approval is not ordered by those who give it.
func (f *firm) buyers(how fate) []*individual {
	var list []*individual
	asks := how == awaiting || how == rejectedBy
	for _, i := range f.people {
		role := i.roleAt(f.key)
		if i.active == 0 || i.disabled && how != done || asks && (role == admin || role == manager) {
			continue
		}
		list = append(list, i)
	}
	if asks && f.boss() == nil {
		return nil
	}
	return list
}

func (i *individual) actor(kind event.ActorKind) actor {
	return actor{kind: kind, id: string(i.row.ID), name: i.row.Name}
}

// agent is somebody who confirms orders and answers customers.
func (h *house) agent(r *rand.Rand) actor {
	return pick(r, h.staff["STAFF_AGENT"]).actor(event.ActorKindSTAFF)
}

// dispatcher is somebody who packs and sends.
func (h *house) dispatcher(r *rand.Rand) actor {
	return pick(r, h.staff["STAFF_FULFILLMENT"]).actor(event.ActorKindSTAFF)
}

// everyone lists all people who can sign in, in the order of people.go.
func (h *house) everyone() []*individual {
	list := make([]*individual, len(people))
	for n := range people {
		list[n] = h.people[people[n].email]
	}
	return list
}
