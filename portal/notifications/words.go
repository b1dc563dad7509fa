package notifications

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"foyer/ent/notification"
	"foyer/portal/orders"
	"foyer/portal/problem"
	"foyer/schema"
)

// returned marks, in the cause of a delivery problem, what goes back to the sender.
const returned = "RETURNED_TO_SENDER"

var months = map[schema.Language][]string{
	schema.English: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	schema.German:  {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
}

// Words are the title and the text of a notification, the same in the inbox, in
// mails, push messages and calls. They speak of "the order" and not of "your
// order": colleagues and staff read them too. at is when it was written: days of
// another year are written with theirs.
func Words(kind notification.Kind, d schema.NotificationData, at time.Time, language schema.Language) (title, text string) {
	w := speaker{d: d, at: at, language: language, zone: zoneOf(d.Zone)}
	switch kind {
	case notification.KindORDER_PLACED:
		return w.number("Order %s has been received", "Bestellung %s ist eingegangen"),
			w.say("The order has been received and will be confirmed next.", "Die Bestellung ist eingegangen und wird als Nächstes bestätigt.")
	case notification.KindORDER_CONFIRMED:
		return w.number("Order %s is confirmed", "Bestellung %s ist bestätigt"), w.confirmed()
	case notification.KindORDER_CHANGED:
		return w.number("Order %s has been changed", "Bestellung %s wurde geändert"), w.changed()
	case notification.KindORDER_CANCELLED:
		return w.number("Order %s has been cancelled", "Bestellung %s wurde storniert"),
			w.join(w.say("The order has been cancelled.", "Die Bestellung wurde storniert."), w.reason())
	case notification.KindORDER_PROMISE:
		return w.promised()
	case notification.KindORDER_DELAYED:
		return w.number("Order %s will arrive later", "Bestellung %s kommt später"), w.delayed()
	case notification.KindORDER_NOTE:
		return w.number("A note on order %s", "Eine Nachricht zu Bestellung %s"), w.note()
	case notification.KindAPPROVAL_REQUESTED:
		return w.number("Order %s waits for approval", "Bestellung %s wartet auf Freigabe"), w.asked()
	case notification.KindAPPROVAL_DECIDED:
		return w.decided()
	case notification.KindSHIPMENT_SENT:
		return w.number("A shipment of order %s is on its way", "Eine Sendung zu Bestellung %s ist unterwegs"), w.sent()
	case notification.KindOUT_FOR_DELIVERY:
		return w.number("A shipment of order %s arrives today", "Eine Sendung zu Bestellung %s kommt heute"), w.today()
	case notification.KindDELIVERED:
		return w.number("A shipment of order %s has been delivered", "Eine Sendung zu Bestellung %s wurde zugestellt"), w.delivered()
	case notification.KindDELIVERY_PROBLEM:
		return w.problem()
	case notification.KindSEARCH_ANSWERED:
		return w.searchAnswered()
	case notification.KindCONFIGURATION_NEEDS_CUSTOMER:
		return w.needsCustomer()
	case notification.KindCONFIGURATION_HANDED_OVER:
		return w.handedOver()
	case notification.KindCOURSE_ASSIGNED, notification.KindCOURSE_DUE, notification.KindWORK_GRADED, notification.KindWORK_HANDED_IN,
		notification.KindCERTIFICATE_ISSUED, notification.KindCERTIFICATE_ENDING, notification.KindCERTIFICATE_REVOKED:
		return w.training(kind)
	}
	return w.number("News of order %s", "Neues zu Bestellung %s"), ""
}

// KindName names a kind of notification in a few words.
func KindName(kind notification.Kind) problem.Text {
	return kindNames[kind]
}

var kindNames = map[notification.Kind]problem.Text{
	notification.KindORDER_PLACED:                 {EN: "orders that have been received", DE: "eingegangene Bestellungen"},
	notification.KindORDER_CONFIRMED:              {EN: "orders that are confirmed", DE: "bestätigte Bestellungen"},
	notification.KindORDER_CHANGED:                {EN: "changes of orders", DE: "Änderungen an Bestellungen"},
	notification.KindORDER_CANCELLED:              {EN: "orders that are cancelled", DE: "stornierte Bestellungen"},
	notification.KindORDER_PROMISE:                {EN: "new delivery dates", DE: "neue Liefertermine"},
	notification.KindORDER_DELAYED:                {EN: "delays", DE: "Verspätungen"},
	notification.KindORDER_NOTE:                   {EN: "notes on orders", DE: "Nachrichten zu Bestellungen"},
	notification.KindAPPROVAL_REQUESTED:           {EN: "orders that wait for approval", DE: "Bestellungen, die auf Freigabe warten"},
	notification.KindAPPROVAL_DECIDED:             {EN: "answers to questions for approval", DE: "Entscheidungen über Freigaben"},
	notification.KindSHIPMENT_SENT:                {EN: "shipments that are on their way", DE: "Sendungen, die unterwegs sind"},
	notification.KindOUT_FOR_DELIVERY:             {EN: "shipments that arrive on the day", DE: "Sendungen, die am selben Tag kommen"},
	notification.KindDELIVERED:                    {EN: "deliveries", DE: "Zustellungen"},
	notification.KindDELIVERY_PROBLEM:             {EN: "problems with deliveries", DE: "Probleme bei der Zustellung"},
	notification.KindSEARCH_ANSWERED:              {EN: "answers to searches", DE: "Antworten auf Suchen"},
	notification.KindCONFIGURATION_NEEDS_CUSTOMER: {EN: "configurations that need a decision", DE: "Konfigurationen, die eine Entscheidung brauchen"},
	notification.KindCONFIGURATION_HANDED_OVER:    {EN: "configurations that are handed over", DE: "übergebene Konfigurationen"},
	notification.KindCOURSE_ASSIGNED:              {EN: "courses to learn", DE: "Kurse, die zu lernen sind"},
	notification.KindCOURSE_DUE:                   {EN: "courses that are due", DE: "fällige Kurse"},
	notification.KindWORK_GRADED:                  {EN: "work that was graded", DE: "bewertete Arbeiten"},
	notification.KindWORK_HANDED_IN:               {EN: "work that waits to be graded", DE: "Arbeiten, die auf Bewertung warten"},
	notification.KindCERTIFICATE_ISSUED:           {EN: "certificates that were earned", DE: "erworbene Zertifikate"},
	notification.KindCERTIFICATE_ENDING:           {EN: "certificates that end", DE: "ablaufende Zertifikate"},
	notification.KindCERTIFICATE_REVOKED:          {EN: "certificates that were revoked", DE: "widerrufene Zertifikate"},
}

// speaker puts what happened into the words of one language.
type speaker struct {
	d        schema.NotificationData
	at       time.Time
	language schema.Language
	zone     *time.Location
}

func (w speaker) say(en, de string) string { return problem.Text{EN: en, DE: de}.In(w.language.Code()) }

func (w speaker) number(en, de string) string { return fmt.Sprintf(w.say(en, de), w.d.Number) }

// join puts sentences together and leaves out those that say nothing.
func (speaker) join(sentences ...string) string {
	var said []string
	for _, s := range sentences {
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, " ")
}

// local is a time as its reader's clock shows it. A promised day is the first
// moment of a day in UTC and means that day everywhere.
func (w speaker) local(t time.Time) time.Time {
	if t = t.UTC(); t.Equal(t.Truncate(24 * time.Hour)) {
		return t
	}
	return t.In(w.zone)
}

// day is a day in words: "24 November", "24. November"; with the year when it is
// not that of the notification.
func (w speaker) day(t time.Time) string {
	t = w.local(t)
	month := months[schema.English]
	if m, ok := months[w.language]; ok {
		month = m
	}
	s := strconv.Itoa(t.Day()) + w.say(" ", ". ") + month[t.Month()-1]
	if t.Year() != w.at.In(w.zone).Year() {
		s += " " + strconv.Itoa(t.Year())
	}
	return s
}

// moment is a day and, where one is known, the time of the day.
func (w speaker) moment(t time.Time) string {
	l := w.local(t)
	if l.Location() == time.UTC && l.Equal(l.Truncate(24*time.Hour)) {
		return w.day(t)
	}
	return w.day(t) + fmt.Sprintf(w.say(" at %s", " um %s Uhr"), l.Format("15:04"))
}

// reason is what somebody wrote as the reason, as a sentence.
func (w speaker) reason() string {
	text := strings.TrimSpace(w.d.Text)
	if text == "" {
		return ""
	}
	return w.say("Reason: ", "Grund: ") + ended(text)
}

// mostTold is how many lines are named that were taken off an order.
const mostTold = 5

// changed says what of an order is different now.
func (w speaker) changed() string {
	var said, off []string
	for _, f := range w.d.Fields {
		switch f {
		case orders.FieldShipTo:
			said = append(said, w.say("It will be delivered to another address.", "Sie geht an eine andere Lieferadresse."))
		case orders.FieldRequestedDate:
			said = append(said, w.say("The requested day has changed.", "Der Wunschtermin hat sich geändert."))
		case orders.FieldPurchaseOrder:
			said = append(said, w.say("It has another purchase order number.", "Sie hat eine andere Bestellnummer des Kunden."))
		case orders.FieldRemark:
			said = append(said, w.say("The remark has changed.", "Die Anmerkung hat sich geändert."))
		}
	}
	for _, l := range w.d.Cancelled[:min(len(w.d.Cancelled), mostTold)] {
		off = append(off, strconv.Itoa(l.Quantity)+" × "+l.Sku)
	}
	if more := len(w.d.Cancelled) - mostTold; more > 0 {
		off = append(off, fmt.Sprintf(w.say("%d more", "%d weitere"), more))
	}
	if len(off) > 0 {
		said = append(said, fmt.Sprintf(w.say("Cancelled: %s.", "Storniert: %s."), strings.Join(off, ", ")))
	}
	return w.join(said...)
}

// ended gives a sentence its full stop.
func ended(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}

func (w speaker) carrier() string {
	if w.d.Carrier == "" {
		return w.say("the carrier", "der Versanddienstleister")
	}
	return w.d.Carrier
}

// capital begins a sentence.
func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

func (w speaker) tracking() string {
	if w.d.Tracking == "" {
		return ""
	}
	return fmt.Sprintf(w.say("Tracking number: %s.", "Sendungsnummer: %s."), w.d.Tracking)
}

func (w speaker) confirmed() string {
	said := w.say("The order is confirmed.", "Die Bestellung ist bestätigt.")
	if w.d.Date == nil {
		return said
	}
	return w.join(said, fmt.Sprintf(w.say("Delivery is promised for %s.", "Die Lieferung ist für den %s zugesagt."), w.day(*w.d.Date)))
}

func (w speaker) promised() (title, text string) {
	title = w.number("New delivery date for order %s", "Neuer Liefertermin für Bestellung %s")
	if w.d.Date == nil {
		return title, w.reason()
	}
	now := w.day(*w.d.Date)
	title += ": " + now
	if w.d.OldDate == nil {
		return title, w.join(fmt.Sprintf(w.say("Delivery is promised for %s.", "Die Lieferung ist für den %s zugesagt."), now), w.reason())
	}
	return title, w.join(fmt.Sprintf(w.say("The promised delivery date has moved from %s to %s.",
		"Der zugesagte Liefertermin wurde vom %s auf den %s verschoben."), w.day(*w.d.OldDate), now), w.reason())
}

// causes are the ways in which a delay is found, as the reader is told of them.
var causes = map[string]problem.Text{
	"PROMISE_PASSED":   {EN: "Not everything has arrived on the promised day.", DE: "Am zugesagten Tag ist noch nicht alles angekommen."},
	"CARRIER_ESTIMATE": {EN: "The carrier expects to deliver later than planned.", DE: "Der Versanddienstleister rechnet mit einer späteren Lieferung als geplant."},
	"DELIVERY_PROBLEM": {EN: "There is a problem with the delivery.", DE: "Bei der Zustellung gibt es ein Problem."},
}

func (w speaker) delayed() string {
	var was, expected string
	if w.d.OldDate != nil {
		was = fmt.Sprintf(w.say("Delivery was promised for %s.", "Die Lieferung war für den %s zugesagt."), w.day(*w.d.OldDate))
	}
	if w.d.Date != nil {
		expected = fmt.Sprintf(w.say("It is now expected on %s.", "Nun wird sie für den %s erwartet."), w.day(*w.d.Date))
	} else {
		expected = w.say("A new date is not known yet.", "Ein neuer Termin steht noch nicht fest.")
	}
	return w.join(was, expected, causes[w.d.Cause].In(w.language.Code()), w.reason())
}

func (w speaker) note() string {
	if w.d.Author == "" {
		return w.d.Text
	}
	return fmt.Sprintf(w.say("%s wrote: %s", "%s schreibt: %s"), w.d.Author, w.d.Text)
}

func (w speaker) asked() string {
	if w.d.Author == "" {
		return w.say("The order is placed once it is approved.", "Die Bestellung wird aufgegeben, sobald sie freigegeben ist.")
	}
	return fmt.Sprintf(w.say("%s asks for it to be approved; it is placed then.", "%s bittet um die Freigabe; dann wird sie aufgegeben."), w.d.Author)
}

// decided is how a question for approval ended.
func (w speaker) decided() (title, text string) {
	by := func(en, de, byEN, byDE string) string {
		if w.d.Author == "" {
			return w.say(en, de)
		}
		return fmt.Sprintf(w.say(byEN, byDE), w.d.Author)
	}
	comment := ""
	if c := strings.TrimSpace(w.d.Text); c != "" {
		comment = w.say("Comment: ", "Anmerkung: ") + ended(c)
	}
	switch w.d.Cause {
	case "APPROVED":
		return w.number("Order %s is approved", "Bestellung %s ist freigegeben"),
			w.join(by("It has been placed.", "Sie ist aufgegeben.", "%s has approved it, and it is placed.", "%s hat sie freigegeben; sie ist aufgegeben."), comment)
	case "DECLINED":
		return w.number("Order %s was not approved", "Bestellung %s wurde nicht freigegeben"),
			w.join(by("It has been cancelled.", "Sie wurde storniert.", "%s has declined it, and it is cancelled.", "%s hat sie abgelehnt; sie ist storniert."), comment)
	case "EXPIRED":
		return w.number("Nobody approved order %s in time", "Bestellung %s wurde nicht rechtzeitig freigegeben"),
			w.say("It has been cancelled.", "Sie wurde storniert.")
	}
	return w.number("Order %s was taken back", "Bestellung %s wurde zurückgezogen"),
		w.say("It was cancelled before anybody approved it.", "Sie wurde storniert, bevor jemand sie freigegeben hat.")
}

func (w speaker) sent() string {
	var with, expected string
	if w.d.Carrier != "" {
		with = fmt.Sprintf(w.say("It travels with %s.", "Sie wird von %s befördert."), w.d.Carrier)
	}
	if w.d.Date != nil {
		expected = fmt.Sprintf(w.say("It is expected on %s.", "Sie wird für den %s erwartet."), w.day(*w.d.Date))
	}
	if said := w.join(with, w.tracking(), expected); said != "" {
		return said
	}
	return w.say("Part of the order, or all of it, has been sent.", "Die Bestellung oder ein Teil davon wurde versandt.")
}

func (w speaker) today() string {
	day := ""
	if w.d.Date != nil {
		day = ", " + w.say("", "am ") + w.day(*w.d.Date)
	}
	return w.join(capital(fmt.Sprintf(w.say("%s is out for delivery with it and expects to arrive today%s.",
		"%s ist damit auf der Zustelltour und rechnet mit der Ankunft noch heute%s."), w.carrier(), day)), w.tracking())
}

func (w speaker) delivered() string {
	said := w.say("It was delivered", "Sie wurde")
	if w.d.Date != nil {
		said += w.say(" on ", " am ") + w.moment(*w.d.Date)
	}
	if w.d.Location != "" {
		said += " (" + w.d.Location + ")"
	}
	if w.language == schema.German {
		said += " zugestellt"
	}
	if text := strings.TrimSpace(w.d.Text); text != "" {
		return w.join(said+".", fmt.Sprintf(w.say("The carrier notes: %s", "Der Versanddienstleister vermerkt: %s"), ended(text)))
	}
	return said + "."
}

func (w speaker) problem() (title, text string) {
	title = w.number("A shipment of order %s could not be delivered", "Eine Sendung zu Bestellung %s konnte nicht zugestellt werden")
	said := w.say("%s has reported a problem", "%s hat ein Problem gemeldet")
	if w.d.Cause == returned {
		title = w.number("A shipment of order %s is going back to the sender", "Eine Sendung zu Bestellung %s geht an den Absender zurück")
		said = w.say("%s is returning it to the sender", "%s bringt sie zum Absender zurück")
	}
	said = capital(fmt.Sprintf(said, w.carrier()))
	var details []string
	if w.d.Date != nil {
		details = append(details, w.moment(*w.d.Date))
	}
	if w.d.Location != "" {
		details = append(details, w.d.Location)
	}
	if len(details) > 0 {
		said += " (" + strings.Join(details, ", ") + ")"
	}
	return title, w.join(said+".", w.reason(), w.tracking())
}
