package demo

import (
	"time"

	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/membership"
	"foyer/portal/events"
	"foyer/schema"
	"foyer/schema/gid"
)

// remarks are what Aurelia's staff have written about customers, for themselves.
// They write in English: not all of them speak German.
var remarks = []struct {
	customer string
	author   string // e-mail address
	days     int    // working days ago
	text     string
}{
	{"nordholm", "lukas.thoma@aurelia.example", 64, "Framework agreement runs to the end of the year. Birte Claasen wants to talk about the terms in good time, not in the last week."},
	{"nordholm", "jonas.berg@aurelia.example", 17, "Gate 2 takes deliveries until 14:00 only. Tell the forwarder each time, it is not on their label."},
	{"nordholm", "lukas.thoma@aurelia.example", 5, "Thinking about a second Halo for Rostock. Offer to visit the showroom in spring."},
	{"halden", "mara.lindqvist@aurelia.example", 41, "Ines Halden decides on machines, Tor Eriksen on everything that wears out.\nCopy both when a date moves."},
	{"halden", "jonas.berg@aurelia.example", 9, "Customs at Svinesund asked for the origin of the lenses twice. Put the certificate in the parcel."},
	{"kesselring", "lukas.thoma@aurelia.example", 28, "Closed for the company holiday from the 1st to the 15th of August, nobody takes parcels then."},
	{"vanderveen", "mara.lindqvist@aurelia.example", 12, "Piet Hoekstra has left; Joost Bakker is the one to call."},
	{"hollis", "friederike.amsel@aurelia.example", 33, "Orders stopped at our request until the old invoices are paid. Ask me before you promise anything."},
}

// newcomers are the people who have been invited and have not accepted yet.
var newcomers = []struct {
	person
	by   string // e-mail address of who invited them
	days int    // working days ago
}{
	{person{name: "Henning Clausen", email: "henning.clausen@nordholm.example", language: schema.German, seats: at("nordholm", member)}, "arne.nordholm@nordholm.example", 2},
	{person{name: "Solveig Dahl", email: "solveig.dahl@halden.example", language: schema.English, seats: at("halden", buyer)}, "ines.halden@halden.example", 6},
}

// ago is a moment some working days ago.
func (h *house) ago(days, n int) time.Time {
	return workdays(h.now, -days).Add(9*time.Hour + time.Duration(n)*13*time.Minute)
}

// remark makes what staff have noted about customers.
func (h *house) remark() {
	for n, x := range remarks {
		org, who := h.firms[x.customer].row.ID, h.people[x.author].actor(event.ActorKindSTAFF)
		h.events = append(h.events, &ent.Event{
			Kind: string(events.OrganizationNote), SubjectID: org, OrganizationID: org, Audience: event.AudienceSTAFF,
			ActorKind: who.kind, ActorID: who.id, ActorName: who.name, Data: schema.EventData{Text: x.text}, At: h.ago(x.days, n),
		})
	}
}

// invite makes those who have been invited: they have no password yet.
func (h *house) invite(roles map[string]gid.ID) {
	for n := range newcomers {
		x := &newcomers[n]
		f, at := h.firms[x.seats[0].customer], h.ago(x.days, n)
		u := &ent.User{ID: gid.At(gid.User, at), CreatedAt: at, UpdatedAt: at, Name: x.name, Email: x.email, Language: x.language, Status: "ACTIVE"}
		m := &ent.Membership{
			ID: gid.At(gid.Membership, at), CreatedAt: at, UpdatedAt: at, UserID: u.ID, OrganizationID: f.row.ID,
			RoleID: roles[x.seats[0].role], Status: membership.StatusINVITED, Version: 1,
		}
		who := h.people[x.by].actor(event.ActorKindCUSTOMER)
		h.invited = append(h.invited, &individual{person: &x.person, row: u})
		h.memberships = append(h.memberships, m)
		h.events = append(h.events, &ent.Event{
			Kind: string(events.MembershipChanged), SubjectID: m.ID, OrganizationID: f.row.ID, UserID: u.ID, Audience: event.AudienceSTAFF,
			ActorKind: who.kind, ActorID: who.id, ActorName: who.name, At: at,
			Data: schema.EventData{To: string(membership.StatusINVITED), Subject: string(u.ID)},
		})
	}
}
