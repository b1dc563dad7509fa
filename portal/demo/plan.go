package demo

import (
	"slices"
	"time"
)

// fate is how far an order has come by now.
type fate int

const (
	drafted      fate = iota // the customer is still collecting
	awaiting                 // waits for a colleague's approval
	today                    // placed today
	fresh                    // placed in the last days, not confirmed yet
	confirming               // taken over by the ERP, which has not answered yet
	building                 // confirmed, nothing sent yet, promised for a day to come
	overdue                  // confirmed, nothing sent yet, promised for a day that has passed
	partSent                 // a part is on its way, the rest still here
	underway                 // all on its way
	pickedUp                 // the carrier has just taken it over
	lateUnderway             // all on its way, and later than promised
	onTheVan                 // out for delivery today
	stuck                    // something has gone wrong on the way
	sentBack                 // returned to the sender
	partArrived              // a part is delivered, the rest on its way or still here
	withdrawnBy              // cancelled by the customer
	declinedBy               // cancelled by Aurelia
	rejectedBy               // not approved by the colleague
	done                     // delivered
	returnAsked              // delivered, and the customer wants to send something back
	partReturned             // some of it came back
	allReturned              // all of it came back
)

// total is how many orders there are.
const total = 300

// quotas is how many orders have each fate; the rest is done.
var quotas = []struct {
	fate  fate
	count int
}{
	{drafted, 5}, {awaiting, 5}, {today, 6}, {fresh, 4}, {confirming, 7}, {building, 14}, {overdue, 4}, {partSent, 6},
	{underway, 9}, {pickedUp, 2}, {lateUnderway, 3}, {onTheVan, 6}, {stuck, 4}, {sentBack, 2}, {partArrived, 6},
	{withdrawnBy, 10}, {declinedBy, 5}, {rejectedBy, 3}, {returnAsked, 5}, {partReturned, 5}, {allReturned, 4},
}

// plan is what is fixed of an order before chance fills in the rest.
type plan struct {
	fate     fate
	customer string   // key
	person   string   // e-mail
	contact  string   // e-mail of whoever follows it without an account; nobody's order then
	items    []wanted // empty: as it comes
	crate    []string // skus that travel in the first shipment; the others follow
}

type wanted struct {
	sku      string
	quantity int
}

// pinned are the orders that a visitor meets first: each of the people whose
// sign-ins are shown finds something going on.
var pinned = []plan{
	{fate: partSent, customer: "halden", person: "ines.halden@halden.example",
		items: []wanted{{"SP-500-L8", 1}, {"CH-40-EU", 1}, {"NZ-12-SET", 4}, {"TR-COMM-1", 2}, {"EX-DUCT-200", 1}},
		crate: []string{"SP-500-L8", "CH-40-EU", "TR-COMM-1"}},
	{fate: onTheVan, customer: "halden", person: "amina.yusuf@halden.example", items: []wanted{{"PW-SP-30", 2}, {"LN-SP-125", 2}}},
	{fate: awaiting, customer: "halden", person: "amina.yusuf@halden.example", items: []wanted{{"SM-SP-750", 1}, {"BL-SP-Z", 1}}},
	{fate: returnAsked, customer: "halden", person: "amina.yusuf@halden.example", items: []wanted{{"LN-SP-100", 3}, {"CL-KIT-S", 1}}},
	{fate: underway, customer: "nordholm", person: "katrin.voss@nordholm.example", items: []wanted{{"HA-1500-HC", 1}, {"FW-316-10", 6}, {"LS-CU-2", 2}}},
	{fate: building, customer: "nordholm", person: "birte.claasen@nordholm.example", items: []wanted{{"SP-3015-4K", 1}, {"EX-400", 1}, {"SV-COM-3", 1}}},
	{fate: onTheVan, customer: "nordholm", person: "malte.jensen@nordholm.example", items: []wanted{{"FI-PRE-M5", 3}, {"FI-HEPA-13", 1}}},
	{fate: today, customer: "halden-de", person: "katrin.voss@nordholm.example", items: []wanted{{"NZ-SP-12", 10}, {"NH-SP-32", 2}}},
	{fate: overdue, customer: "halden-se", person: "oskar.lindahl@halden.example", items: []wanted{{"SP-350-A8", 1}, {"SV-COM-1", 1}}},
	{fate: stuck, customer: "tobler", person: "vreni.zbinden@tobler.example", items: []wanted{{"LN-AU-110", 1}, {"TP-60-30", 4}}},
}

// guests are orders that came by the ERP, for people without an account: who
// knows the number and the address opens them with a code.
var guests = []plan{
	{fate: underway, customer: "nordholm", person: "katrin.voss@nordholm.example", contact: "wareneingang@nordholm.example"},
	{fate: onTheVan, customer: "halden", person: "ines.halden@halden.example", contact: "goods.in@halden.example"},
}

// plans lists all orders: those above, the rest of each quota, and what is done.
func plans() []plan {
	list := append(make([]plan, 0, total), pinned...)
	for _, q := range quotas {
		n := q.count
		for _, p := range pinned {
			if p.fate == q.fate {
				n--
			}
		}
		for range n {
			list = append(list, plan{fate: q.fate})
		}
	}
	for _, g := range guests {
		list[slices.IndexFunc(list, func(p plan) bool { return p.fate == g.fate && p.customer == "" })] = g
	}
	for len(list) < total {
		list = append(list, plan{fate: done})
	}
	return list
}

// history is how far back the oldest orders lie.
const history = 425 * 24 * time.Hour
