// Package world seeds a small world that has something on each side of every
// border: two organizations that are strangers, a subsidiary, somebody in each
// role, and orders of each of them.
package world

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/membership"
	"foyer/ent/notification"
	"foyer/ent/order"
	"foyer/ent/parcelreport"
	"foyer/ent/product"
	"foyer/ent/productvariant"
	"foyer/ent/role"
	"foyer/ent/savedview"
	"foyer/ent/shipment"
	"foyer/ent/trackingevent"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/orders"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// Password signs in every person of the world.
const Password = "correct horse battery"

// Orders of the world, by who owns them. North is the organization that the
// four organization roles act for; Sub is below it, South is a stranger.
const (
	OrderOfMember    = "ORG_MEMBER"
	OrderOfBuyer     = "ORG_BUYER"
	OrderOfManager   = "ORG_MANAGER"
	OrderOfAdmin     = "ORG_ADMIN"
	OrderOfColleague = "COLLEAGUE" // in North, named on no membership
	OrderOfNobody    = "NOBODY"    // in North, imported, without a person
	OrderOfSub       = "SUB"
	OrderOfSouth     = "SOUTH"
)

// World is what Seed has made.
type World struct {
	North, Sub, South *ent.Organization
	Users             map[string]*ent.User       // by role, and COLLEAGUE, SUB, SOUTH
	Memberships       map[string]*ent.Membership // by role
	Orders            map[string]*ent.Order
	Lines             map[string]*ent.OrderLine
	Shipments         map[string]*ent.Shipment
	Roles             map[string]*ent.Role
	Sessions          map[string]*ent.Session       // by role: the one that its viewer acts by; each has another one
	Notifications     map[string]*ent.Notification  // by person; each has one, unread
	Views             map[string]*ent.SavedView     // by person; each has one
	Configurations    map[string]*ent.Configuration // by owner, of ConfigurationsOf
	Import            *ent.ImportRun                // of the administrator's, waiting
	Courses           map[string]*ent.Course        // by key
	Enrollments       map[string]*ent.Enrollment    // by person: the one of presses
	Attempts          map[string]*ent.Attempt       // by person: the open one
	Certificates      map[string]*ent.Certificate   // by person: of the basics
	Product, Draft    *ent.Product
	Now               time.Time
}

// Email is the address of a person of the world.
func Email(person string) string { return strings.ToLower(person) + "@example.com" }

// Seed fills an empty database; hash is the password hash of every person.
func Seed(t testing.TB, st *store.Store, hash string) *World {
	t.Helper()
	w := &World{
		Users: map[string]*ent.User{}, Memberships: map[string]*ent.Membership{}, Orders: map[string]*ent.Order{},
		Lines: map[string]*ent.OrderLine{}, Shipments: map[string]*ent.Shipment{}, Roles: map[string]*ent.Role{}, Sessions: map[string]*ent.Session{},
		Notifications: map[string]*ent.Notification{}, Views: map[string]*ent.SavedView{}, Configurations: map[string]*ent.Configuration{},
		Courses: map[string]*ent.Course{}, Enrollments: map[string]*ent.Enrollment{}, Attempts: map[string]*ent.Attempt{}, Certificates: map[string]*ent.Certificate{},
		Now: time.Now().UTC().Truncate(time.Second),
	}
	ctx := auth.WithSystem(t.Context(), "seed of the test world")
	err := st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		s := seeder{t, ctx, tx, st, w, hash}
		s.people()
		s.catalog()
		for _, owner := range []string{
			OrderOfMember, OrderOfBuyer, OrderOfManager, OrderOfAdmin, OrderOfColleague, OrderOfNobody, OrderOfSub, OrderOfSouth,
		} {
			s.order(owner)
			s.waiting(owner)
		}
		s.notifications()
		s.console()
		for _, seed := range seeds {
			seed(s)
		}
		return nil
	})
	require.NoError(t, err)
	return w
}

// seeds are what further files of this package add, each in its init.
var seeds []func(seeder)

type seeder struct {
	t    testing.TB
	ctx  context.Context //nolint:containedctx // lives for one call of Seed
	tx   *ent.Client
	st   *store.Store
	w    *World
	hash string
}

func (s seeder) people() {
	t, ctx, tx, w := s.t, s.ctx, s.tx, s.w
	organization := func(name string, parent gid.ID) *ent.Organization {
		c := tx.Organization.Create().SetName(name)
		if parent != "" {
			c.SetParentID(parent)
		}
		o, err := c.Save(ctx)
		require.NoError(t, err)
		return o
	}
	w.North = organization("North", "")
	w.Sub = organization("North Sub", w.North.ID)
	w.South = organization("South", "")
	roles, err := tx.Role.Query().Where(role.BuiltIn(true)).All(ctx)
	require.NoError(t, err)
	for _, r := range roles {
		w.Roles[r.Key] = r
	}
	for _, r := range schema.Roles {
		if w.Roles[r.Key] == nil && r.Kind != schema.RoleOther {
			w.Roles[r.Key], err = tx.Role.Create().SetKey(r.Key).SetName(r.Name).SetKind(role.Kind(r.Kind)).SetBuiltIn(true).Save(ctx)
			require.NoError(t, err)
		}
	}
	person := func(name, roleKey string, org *ent.Organization) *ent.Membership {
		u, err := tx.User.Create().SetName("Person " + name).SetEmail(Email(name)).SetPhone("+49 1").SetPasswordHash(s.hash).Save(ctx)
		require.NoError(t, err)
		w.Users[name] = u
		c := tx.Membership.Create().SetUserID(u.ID).SetRoleID(w.Roles[roleKey].ID)
		if org != nil {
			c.SetOrganizationID(org.ID)
		}
		m, err := c.Save(ctx)
		require.NoError(t, err)
		for _, device := range []string{"phone", "desk"} {
			w.Sessions[name], err = tx.Session.Create().SetUserID(u.ID).SetRefreshHash([]byte(name + device)).SetExpiresAt(w.Now.Add(time.Hour)).Save(ctx)
			require.NoError(t, err)
		}
		return m
	}
	for _, r := range schema.Roles {
		switch r.Kind {
		case schema.RoleOrganization:
			w.Memberships[r.Key] = person(r.Key, r.Key, w.North)
		case schema.RoleStaff:
			w.Memberships[r.Key] = person(r.Key, r.Key, nil)
		}
	}
	person(OrderOfColleague, "ORG_BUYER", w.North)
	person(OrderOfSub, "ORG_MEMBER", w.Sub)
	person(OrderOfSouth, "ORG_ADMIN", w.South)
	w.Memberships["ORG_BUYER"], err = w.Memberships["ORG_BUYER"].Update().
		SetSelectedUserIds([]string{string(w.Users["ORG_MEMBER"].ID)}).SetStatus(membership.StatusACTIVE).Save(ctx)
	require.NoError(t, err)
	for _, who := range []string{"STAFF_SALES", "STAFF_AGENT"} {
		require.NoError(t, tx.OrganizationAssignment.Create().SetUserID(w.Users[who].ID).SetOrganizationID(w.North.ID).Exec(ctx))
	}
	require.NoError(t, tx.OneTimeToken.Create().SetKind("SET_PASSWORD").SetHash([]byte("x")).SetExpiresAt(w.Now).Exec(ctx))
}

func (s seeder) catalog() {
	t, ctx, tx, w := s.t, s.ctx, s.tx, s.w
	category, err := tx.Category.Create().SetName("Machines").Save(ctx)
	require.NoError(t, err)
	w.Product, err = tx.Product.Create().SetName("Spectra").SetCategoryID(category.ID).Save(ctx)
	require.NoError(t, err)
	w.Draft, err = tx.Product.Create().SetName("Secret").SetStatus(product.StatusDRAFT).Save(ctx)
	require.NoError(t, err)
	variant := func(p *ent.Product, sku string, status productvariant.Status) {
		require.NoError(t, tx.ProductVariant.Create().SetProductID(p.ID).SetSku(sku).SetName(sku).
			SetPriceMinor(1000).SetCurrency("EUR").SetStatus(status).Exec(ctx))
	}
	variant(w.Product, "SP-1", productvariant.StatusACTIVE)
	variant(w.Product, "SP-0", productvariant.StatusRETIRED)
	variant(w.Draft, "XX-1", productvariant.StatusDRAFT)
}

// order makes an order that is confirmed and half shipped, with notes for the
// customer and for staff.
func (s seeder) order(owner string) {
	t, ctx, tx, w := s.t, s.ctx, s.tx, s.w
	org := map[string]*ent.Organization{OrderOfSub: w.Sub, OrderOfSouth: w.South}[owner]
	if org == nil {
		org = w.North
	}
	own := access.Owner{Organization: org.ID}
	if u := w.Users[owner]; u != nil {
		own.User = u.ID
	}
	user := func(set func(gid.ID)) {
		if own.User != "" {
			set(own.User)
		}
	}
	variant, err := tx.ProductVariant.Query().Where(productvariant.Sku("SP-1")).Only(ctx)
	require.NoError(t, err)
	c := tx.Order.Create().SetOrganizationID(org.ID).SetNumber("FO-" + owner).SetPurchaseOrderNumber("PO-" + owner).
		SetStatus(order.StatusCONFIRMED).SetFulfillmentStatus(order.FulfillmentStatusPARTIALLY_SHIPPED).
		SetShipTo(&schema.Address{Name: "Ship " + owner, City: "Kiel"}).SetBillTo(&schema.Address{Name: "Bill " + owner}).
		SetPlacedAt(w.Now.Add(-72 * time.Hour)).SetPromisedDate(w.Now.Truncate(24*time.Hour).AddDate(0, 0, 5)).
		SetCurrency("EUR").SetLinesMinor(2000).SetShippingMinor(500).SetTaxMinor(475).SetTotalMinor(2975).
		SetSource("erp").SetExternalID("E-" + owner)
	user(func(id gid.ID) { c.SetUserID(id) })
	if own.User == "" {
		c.SetContactEmail(Email(owner))
	}
	o, err := c.Save(ctx)
	require.NoError(t, err)
	own.Subject = o.ID
	w.Orders[owner] = o
	l := tx.OrderLine.Create().SetOrganizationID(org.ID).SetOrderID(o.ID).SetPosition(1).SetSku("SKU-" + owner).SetName("Spectra").
		SetVariantID(variant.ID).SetQuantity(2).SetQuantityShipped(1).SetCurrency("EUR").SetUnitPriceMinor(1000).SetTotalMinor(2000)
	user(func(id gid.ID) { l.SetUserID(id) })
	w.Lines[owner], err = l.Save(ctx)
	require.NoError(t, err)
	p := tx.Shipment.Create().SetOrganizationID(org.ID).SetOrderID(o.ID).SetCarrier("DHL").SetTrackingNumber("TN-" + owner).
		SetTrackingKey(orders.TrackingKey("TN-" + owner)).SetStatus(shipment.StatusIN_TRANSIT)
	user(func(id gid.ID) { p.SetUserID(id) })
	w.Shipments[owner], err = p.Save(ctx)
	require.NoError(t, err)
	pl := tx.ShipmentLine.Create().SetOrganizationID(org.ID).SetOrderID(o.ID).SetShipmentID(w.Shipments[owner].ID).
		SetOrderLineID(w.Lines[owner].ID).SetQuantity(1)
	user(func(id gid.ID) { pl.SetUserID(id) })
	require.NoError(t, pl.Exec(ctx))
	e := tx.TrackingEvent.Create().SetOrganizationID(org.ID).SetOrderID(o.ID).SetShipmentID(w.Shipments[owner].ID).
		SetDedupKey("1").SetStatus(trackingevent.StatusIN_TRANSIT).SetAt(w.Now.Add(-time.Hour)).SetLocation("Kiel")
	user(func(id gid.ID) { e.SetUserID(id) })
	require.NoError(t, e.Exec(ctx))
	require.NoError(t, events.Append(ctx, tx,
		events.Event{Kind: events.OrderPlaced, Subject: o.ID, Owner: own, At: o.PlacedAt},
		events.Event{Kind: events.OrderNote, Subject: o.ID, Owner: own, Data: schema.EventData{Text: "note of " + owner}},
		events.Event{Kind: events.OrderNote, Subject: o.ID, Owner: own, Staff: true, Data: schema.EventData{Text: "internal of " + owner}},
		events.Event{Kind: events.TrackingReported, Subject: o.ID, Owner: own, At: w.Now.Add(-time.Hour),
			Data: schema.EventData{ShipmentID: string(w.Shipments[owner].ID), To: "IN_TRANSIT", Location: "Kiel"}},
	))
}

// waiting makes a carrier's report about a parcel that nobody knows; that of
// the subsidiary's has been recorded in the meantime.
func (s seeder) waiting(owner string) {
	number := "XX-" + owner
	c := s.tx.ParcelReport.Create().SetCarrier("DHL").SetTrackingNumber(number).SetTrackingKey(orders.TrackingKey(number)).
		SetDedupKey("1").SetStatus(parcelreport.StatusIN_TRANSIT).SetAt(s.w.Now.Add(-time.Hour)).
		SetProblem(parcelreport.ProblemUNKNOWN_PARCEL)
	if owner == OrderOfSub {
		c.SetState(parcelreport.StateRECORDED).SetShipmentID(s.w.Shipments[owner].ID).SetHandledAt(s.w.Now)
	}
	require.NoError(s.t, c.Exec(s.ctx))
}

// notifications gives each person one: customers of their own order, staff of
// one that some of them cannot see. The stranger's is of a kind of its own.
func (s seeder) notifications() {
	for name, u := range s.w.Users {
		o, kind := s.w.Orders[name], notification.KindORDER_NOTE
		if o == nil {
			o = s.w.Orders[OrderOfMember]
		}
		if name == OrderOfSouth {
			kind = notification.KindORDER_CANCELLED
		}
		n, err := s.tx.Notification.Create().SetUserID(u.ID).SetOrganizationID(o.OrganizationID).SetOrderID(o.ID).SetKind(kind).
			SetDedupKey("world").SetData(schema.NotificationData{Number: o.Number, Text: "told to " + name}).SetCreatedAt(s.w.Now.Add(-time.Minute)).Save(s.ctx)
		require.NoError(s.t, err)
		s.w.Notifications[name] = n
	}
}

// console makes what people keep for themselves, and an import that waits.
func (s seeder) console() {
	var err error
	for name, u := range s.w.Users {
		s.w.Views[name], err = s.tx.SavedView.Create().SetUserID(u.ID).SetList(savedview.ListORDERS).
			SetName("View of " + name).SetQuery("q=" + name).Save(s.ctx)
		require.NoError(s.t, err)
	}
	s.w.Import, err = s.tx.ImportRun.Create().SetUserID(s.w.Users["STAFF_ADMIN"].ID).SetSource("old").SetDryRun(false).
		SetCreatedAt(s.w.Now.Add(-time.Minute)).Save(s.ctx)
	require.NoError(s.t, err)
}

// Viewer is the viewer of somebody who acts in a role of the world, made by
// hand, so that it does not depend on how accounts makes one.
func (w *World) Viewer(role string) *auth.Viewer {
	v := auth.Viewer{Language: "en", Name: "Person " + role}
	if u := w.Users[role]; u != nil {
		v.UserID, v.MembershipID, v.SessionID = string(u.ID), string(w.Memberships[role].ID), string(w.Sessions[role].ID)
	}
	for _, r := range schema.Roles {
		switch {
		case r.Key != role:
		case r.Kind == schema.RoleOrganization:
			v.Kind, v.OrganizationID = auth.KindMember, string(w.North.ID)
			v.Tree = []string{string(w.North.ID), string(w.Sub.ID)}
			v.Selected = w.Memberships[role].SelectedUserIds
		case r.Kind == schema.RoleStaff:
			v.Kind, v.Assigned = auth.KindStaff, w.assigned(role)
		}
	}
	switch role {
	case "ANONYMOUS":
		v.Kind = auth.KindAnonymous
	case "GUEST":
		v.Kind, v.Subject = auth.KindGuest, string(w.Orders[OrderOfSouth].ID)
	case "INTEGRATION":
		v.Kind, v.Source = auth.KindKey, "erp"
	}
	return v.WithGrants(schema.Grants[role])
}

func (w *World) assigned(role string) []string {
	if role == "STAFF_SALES" || role == "STAFF_AGENT" {
		return []string{string(w.North.ID)}
	}
	return nil
}
