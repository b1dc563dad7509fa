package demo

import "foyer/schema"

// seat is what a person may do for a customer: the role and whose records the
// scope "selected" adds to their own.
type seat struct {
	customer string   // key of the customer; empty for staff
	role     string   // key of the role
	selected []string // e-mail names of colleagues
	disabled bool
}

// person is somebody who can sign in.
type person struct {
	name     string
	email    string
	phone    string
	language schema.Language
	disabled bool
	seats    []seat
	active   int      // how often they order, compared with colleagues; 0: never
	assigned []string // staff: keys of the customers that they look after
	shown    bool     // is in the list of sign-ins, for the role of the first seat
}

const (
	member  = "ORG_MEMBER"
	buyer   = "ORG_BUYER"
	manager = "ORG_MANAGER"
	admin   = "ORG_ADMIN"
)

func at(customer, role string, selected ...string) []seat {
	return []seat{{customer: customer, role: role, selected: selected}}
}

func staff(role string) []seat { return []seat{{role: role}} }

var people = []person{
	{name: "Ines Halden", email: "ines.halden@halden.example", phone: "+47 69 00 41 10", language: schema.English, seats: at("halden", admin), active: 3, shown: true},
	{name: "Tor Eriksen", email: "tor.eriksen@halden.example", phone: "+47 69 00 41 14", language: schema.English, seats: at("halden", buyer, "amina.yusuf@halden.example"), active: 6},
	{name: "Amina Yusuf", email: "amina.yusuf@halden.example", phone: "+47 69 00 41 22", language: schema.English, seats: at("halden", member), active: 4, shown: true},
	{name: "Sigrid Aas", email: "sigrid.aas@halden.example", phone: "+47 69 00 41 12", language: schema.English, seats: at("halden", manager), active: 1},
	{name: "Elin Sandström", email: "elin.sandstrom@halden.example", phone: "+46 31 700 12 01", language: schema.English, seats: at("halden-se", manager), active: 4},
	{name: "Oskar Lindahl", email: "oskar.lindahl@halden.example", phone: "+46 31 700 12 05", language: schema.English, seats: at("halden-se", buyer), active: 5},
	{name: "Maja Ekström", email: "maja@boras-precision.example", phone: "+46 33 480 21", language: schema.English, seats: at("boras", buyer), active: 5},
	{name: "Nils Åkesson", email: "nils@boras-precision.example", language: schema.English, seats: at("boras", member), active: 2},
	{name: "Gesa Petersen", email: "gesa.petersen@halden-automation.example", phone: "+49 451 200 81 10", language: schema.German, seats: at("halden-de", manager), active: 3},
	{name: "Timo Rausch", email: "timo.rausch@halden-automation.example", phone: "+49 451 200 81 17", language: schema.German, seats: at("halden-de", member), active: 3},

	{name: "Arne Nordholm", email: "arne.nordholm@nordholm.example", phone: "+49 431 550 30 1", language: schema.German, seats: at("nordholm", admin), active: 1},
	// She buys for two companies that know nothing of each other.
	{name: "Katrin Voss", email: "katrin.voss@nordholm.example", phone: "+49 431 550 30 24", language: schema.German, active: 6, shown: true,
		seats: []seat{{customer: "nordholm", role: buyer, selected: []string{"malte.jensen@nordholm.example"}}, {customer: "halden-de", role: buyer}}},
	{name: "Malte Jensen", email: "malte.jensen@nordholm.example", phone: "+49 431 550 30 40", language: schema.German, seats: at("nordholm", member), active: 4},
	{name: "Birte Claasen", email: "birte.claasen@nordholm.example", phone: "+49 431 550 30 12", language: schema.German, seats: at("nordholm", manager), active: 2, shown: true},
	{name: "Uwe Harms", email: "uwe.harms@nordholm.example", phone: "+49 381 440 72 0", language: schema.German, seats: at("feinblech", manager), active: 2},
	{name: "Ronja Beyer", email: "ronja.beyer@nordholm.example", phone: "+49 381 440 72 15", language: schema.German, seats: at("feinblech", buyer), active: 5},
	{name: "Søren Dalgaard", email: "soren.dalgaard@nordholm.example", phone: "+45 86 00 17 30", language: schema.English, seats: at("staal", manager), active: 3},
	{name: "Freja Holm", email: "freja.holm@nordholm.example", phone: "+45 86 00 17 34", language: schema.English, seats: at("staal", buyer), active: 5},
	{name: "Mikkel Bruun", email: "mikkel@odense-laser.example", phone: "+45 66 00 92 11", language: schema.English, seats: at("odense", admin), active: 4},

	{name: "Theresa Kesselring", email: "theresa@kesselring.example", phone: "+43 732 600 18", language: schema.German, seats: at("kesselring", admin), active: 3},
	{name: "Franz Oberhauser", email: "franz@kesselring.example", phone: "+43 732 600 21", language: schema.German, seats: at("kesselring", buyer, "lea@kesselring.example"), active: 5},
	{name: "Lea Hirtl", email: "lea@kesselring.example", language: schema.German, seats: at("kesselring", member), active: 2},
	{name: "Camille Delorme", email: "camille@atelier-delorme.example", phone: "+33 4 72 00 55 10", language: schema.English, seats: at("delorme", admin), active: 4},
	{name: "Bastien Roux", email: "bastien@atelier-delorme.example", language: schema.English, seats: at("delorme", member), active: 2},
	{name: "Chiara Marangon", email: "chiara@marangon.example", phone: "+39 0444 60 12 80", language: schema.English, seats: at("marangon", admin), active: 2},
	{name: "Davide Bressan", email: "davide@marangon.example", phone: "+39 0444 60 12 84", language: schema.English, seats: at("marangon", buyer), active: 6},
	{name: "Marit van der Veen", email: "marit@vanderveen.example", phone: "+31 30 200 44 00", language: schema.English, seats: at("vanderveen", admin), active: 2},
	{name: "Joost Bakker", email: "joost@vanderveen.example", phone: "+31 30 200 44 06", language: schema.English, seats: at("vanderveen", buyer), active: 6},
	// He has left the company; what he ordered stays.
	{name: "Piet Hoekstra", email: "piet@vanderveen.example", phone: "+31 30 200 44 09", language: schema.English, disabled: true, active: 2,
		seats: []seat{{customer: "vanderveen", role: member, disabled: true}}},
	{name: "Beat Tobler", email: "beat.tobler@tobler.example", phone: "+41 32 300 60 01", language: schema.German, seats: at("tobler", admin), active: 2},
	{name: "Vreni Zbinden", email: "vreni.zbinden@tobler.example", phone: "+41 32 300 60 08", language: schema.German, seats: at("tobler", buyer), active: 5},
	{name: "Alistair Wray", email: "alistair@hollis-wray.example", phone: "+44 114 496 02 10", language: schema.English, seats: at("hollis", admin), active: 2},
	{name: "Gemma Okafor", email: "gemma@hollis-wray.example", phone: "+44 114 496 02 14", language: schema.English, seats: at("hollis", buyer), active: 3},
	{name: "Jana Sieverding", email: "jana.sieverding@example.com", phone: "+49 341 900 27 60", language: schema.German, seats: at("sieverding", admin), active: 1},
	{name: "Tomás Arriaga", email: "tomas.arriaga@example.com", phone: "+34 944 00 31 82", language: schema.English, seats: at("arriaga", admin), active: 1},

	{name: "Jonas Berg", email: "jonas.berg@aurelia.example", phone: "+49 3641 300 120", language: schema.German, seats: staff("STAFF_AGENT"), shown: true,
		assigned: []string{"nordholm", "feinblech", "halden", "kesselring"}},
	{name: "Nele Kruse", email: "nele.kruse@aurelia.example", phone: "+49 3641 300 121", language: schema.German, seats: staff("STAFF_AGENT")},
	{name: "Mara Lindqvist", email: "mara.lindqvist@aurelia.example", phone: "+49 3641 300 150", language: schema.English, seats: staff("STAFF_SALES"), shown: true,
		assigned: []string{"halden", "halden-se", "boras", "staal", "odense", "vanderveen", "hollis", "delorme", "arriaga"}},
	{name: "Lukas Thoma", email: "lukas.thoma@aurelia.example", phone: "+49 3641 300 152", language: schema.German, seats: staff("STAFF_SALES"),
		assigned: []string{"nordholm", "feinblech", "halden-de", "kesselring", "tobler", "marangon", "sieverding"}},
	{name: "Clara Wittmann", email: "clara.wittmann@aurelia.example", phone: "+49 3641 300 180", language: schema.German, seats: staff("STAFF_MARKETING"), shown: true},
	{name: "Henrik Solberg", email: "henrik.solberg@aurelia.example", phone: "+49 3641 300 190", language: schema.English, seats: staff("STAFF_TRAINER"), shown: true},
	{name: "Deniz Aydin", email: "deniz.aydin@aurelia.example", phone: "+49 3641 300 210", language: schema.German, seats: staff("STAFF_FULFILLMENT"), shown: true},
	{name: "Bastian Pohl", email: "bastian.pohl@aurelia.example", phone: "+49 3641 300 212", language: schema.German, seats: staff("STAFF_FULFILLMENT")},
	{name: "Priya Raman", email: "priya.raman@aurelia.example", phone: "+49 3641 300 240", language: schema.English, seats: staff("STAFF_ANALYST"), shown: true},
	{name: "Friederike Amsel", email: "friederike.amsel@aurelia.example", phone: "+49 3641 300 100", language: schema.German, seats: staff("STAFF_ADMIN"), shown: true},
}
