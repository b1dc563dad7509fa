package demo

import (
	"slices"

	"foyer/schema"
)

// words is a sentence in the languages of the portal.
type words struct{ en, de string }

func (w words) in(l schema.Language) string {
	if l == schema.German {
		return w.de
	}
	return w.en
}

// topic is what a sentence takes for granted of the order that it is about.
type topic int

const (
	anything topic = iota
	trade          // a company, with departments and a gate
	lenses
	nozzles
	boards
	ducts
	sources
	crates  // a machine
	cells   // a machine that comes on a lorry of its own
	borders // out of the European Union
)

// about says whether a sentence on a topic makes sense for the order.
func (d *deal) about(t topic) bool {
	sold := func(shelf string) bool {
		return slices.ContainsFunc(d.stock, func(s *stocked) bool { return s.shelf == shelf })
	}
	switch t {
	case trade:
		return !d.customer.person
	case lenses:
		return sold("Lenses")
	case nozzles:
		return sold("Nozzles")
	case boards:
		return slices.ContainsFunc(d.stock, func(s *stocked) bool { return s.article.name == "Control board" })
	case ducts:
		return sold("Extraction")
	case sources:
		return sold("Tubes and sources")
	case crates:
		return d.big()
	case cells:
		return slices.ContainsFunc(d.stock, func(s *stocked) bool { return s.class == machine && s.cents > 20_000_00 })
	case borders:
		return d.customer.tax == export
	default:
		return true
	}
}

// dialogue is a note of the customer and what Aurelia answered.
type dialogue struct {
	topic       topic
	ask, answer words
}

// remark is a single sentence.
type remark struct {
	topic topic
	words
}

// fitting are the sentences of a list that make sense for the order; there is
// always one that does.
func fitting[T any](d *deal, list []T, topicOf func(T) topic) []T {
	var some []T
	for _, x := range list {
		if d.about(topicOf(x)) {
			some = append(some, x)
		}
	}
	return some
}

func (d *deal) dialogue(list []dialogue) dialogue {
	return pick(d.rng, fitting(d, list, func(x dialogue) topic { return x.topic }))
}

func (d *deal) remark(list []remark) words {
	return pick(d.rng, fitting(d, list, func(x remark) topic { return x.topic })).words
}

// beforeShipping are notes on orders that are still at Aurelia.
var beforeShipping = []dialogue{
	{trade, words{"Please call the gate half an hour before the lorry arrives, it opens from inside only.", "Bitte eine halbe Stunde vor Ankunft des Lkw an der Pforte anrufen, das Tor lässt sich nur von innen öffnen."},
		words{"Noted and passed on to the forwarder.", "Ist vermerkt und an die Spedition weitergegeben."}},
	{trade, words{"Can you send the delivery note by e-mail in advance? Our goods-in desk books by advice.", "Können Sie uns den Lieferschein vorab per E-Mail schicken? Unser Wareneingang bucht nach Avis."},
		words{"It will come with the shipping notice, on the day the parcel leaves.", "Er kommt mit der Versandanzeige, am Tag der Übergabe."}},
	{trade, words{"We are closed on Friday afternoons. Please do not deliver after 12:00.", "Freitags ist bei uns nachmittags geschlossen. Bitte nicht nach 12 Uhr anliefern."},
		words{"Thank you, the carrier has the time window.", "Danke, der Frachtführer hat das Zeitfenster."}},
	{lenses, words{"Is it possible to send the lenses ahead? The machine is standing still.", "Können Sie die Linsen vorab schicken? Die Maschine steht."},
		words{"Yes. They go out with today's collection, the rest follows.", "Ja. Sie gehen mit der heutigen Abholung raus, der Rest folgt."}},
	{trade, words{"Our reference on the invoice should be the project number, not the name of the buyer.", "Als Referenz auf der Rechnung bitte die Projektnummer, nicht den Namen des Einkäufers."},
		words{"Changed. You will see it on the invoice.", "Geändert. Sie sehen es auf der Rechnung."}},
	{ducts, words{"Does the duct fit an extraction unit of another make with a 200 mm flange?", "Passt der Schlauch an eine fremde Absauganlage mit 200-mm-Flansch?"},
		words{"It does, with the two clamps that come along.", "Ja, mit den beiden beiliegenden Schellen."}},
	{nozzles, words{"Please pack the nozzles separately, they go to our second site.", "Die Düsen bitte getrennt verpacken, sie gehen in unser zweites Werk."},
		words{"We pack them in a box of their own, with a label.", "Wir packen sie in einen eigenen Karton mit Aufkleber."}},
	{anything, words{"We do not need printed manuals, we use those in the portal.", "Gedruckte Anleitungen brauchen wir nicht, wir nutzen die im Portal."},
		words{"Gladly, that saves a box.", "Gern, das spart einen Karton."}},
	{anything, words{"Could it be two days earlier?", "Geht es zwei Tage früher?"},
		words{"We will try. Until you hear from us, the promised day stands.", "Wir versuchen es. Bis Sie von uns hören, gilt der zugesagte Tag."}},
}

// aboutMachines are notes on machines that are being built.
var aboutMachines = []dialogue{
	{cells, words{"Which foundation does the cell need? We are pouring the floor next month.", "Welches Fundament braucht die Zelle? Wir gießen nächsten Monat den Boden."},
		words{"Level within 3 mm per metre and 25 kN per foot. The installation plan is in the documents.", "Eben auf 3 mm pro Meter und 25 kN je Fuß. Der Aufstellplan liegt bei den Dokumenten."}},
	{cells, words{"We need the crate's weight and outer size for the crane, in writing.", "Für den Kran brauchen wir Gewicht und Außenmaße der Kiste schriftlich."},
		words{"You have them in your mail. The crate has lifting eyes on top.", "Sie haben die Angaben per E-Mail. Die Kiste hat oben Kranösen."}},
	{crates, words{"Could the acceptance take place in the week after delivery? Our operator is on holiday before.", "Kann die Abnahme in der Woche nach der Lieferung stattfinden? Vorher ist unser Bediener im Urlaub."},
		words{"Henrik Solberg has that week reserved for you.", "Henrik Solberg hat die Woche für Sie reserviert."}},
	{crates, words{"Please set the interface to Ethernet, our cell controller has no serial port left.", "Bitte die Schnittstelle auf Ethernet stellen, unsere Zellensteuerung hat keinen seriellen Anschluss frei."},
		words{"It is built that way, the address plan is in the manual.", "Wird so gebaut, der Adressplan steht im Handbuch."}},
}

// afterDelivery are notes on orders that have arrived.
var afterDelivery = []dialogue{
	{crates, words{"Everything complete, the machine runs. Thank you for the quick help with the levelling.", "Alles vollständig, die Maschine läuft. Danke für die schnelle Hilfe beim Ausrichten."},
		words{"Glad to hear it. The acceptance protocol is filed with the order.", "Das freut uns. Das Abnahmeprotokoll liegt beim Auftrag."}},
	{anything, words{"One box was dented, the contents are in order.", "Ein Karton war eingedrückt, der Inhalt ist in Ordnung."},
		words{"Thank you. We have told the carrier, you need not do anything.", "Danke. Wir haben es dem Frachtführer gemeldet, Sie müssen nichts tun."}},
	{trade, words{"Please send a copy of the invoice to our bookkeeping as well.", "Bitte schicken Sie eine Kopie der Rechnung auch an unsere Buchhaltung."},
		words{"Sent, and noted for future orders.", "Verschickt und für künftige Aufträge vermerkt."}},
	{sources, words{"Where do we return the old source, and is there a label?", "Wohin geht die alte Quelle zurück, und gibt es einen Aufkleber?"},
		words{"The label is in the lid of the box. Thirty days are fine.", "Der Aufkleber liegt im Deckel des Kartons. Dreißig Tage genügen."}},
}

// wishes are notes of customers who want to send something back.
var wishes = []dialogue{
	{lenses, words{"We ordered the wrong focal length and would like to return the lenses unopened.", "Wir haben die falsche Brennweite bestellt und möchten die Linsen ungeöffnet zurückgeben."},
		words{"That is possible. Please use the label in your mail and keep the pouch closed.", "Das geht. Bitte den Aufkleber aus der E-Mail verwenden und den Beutel geschlossen lassen."}},
	{boards, words{"The board does not fit our older frame. Can it go back?", "Die Platine passt nicht in unser älteres Gehäuse. Kann sie zurück?"},
		words{"Yes. We have sent a label, and the right one is the fourth generation.", "Ja. Ein Aufkleber ist unterwegs, richtig wäre die vierte Generation."}},
	{anything, words{"The job has been called off and we do not need the material any more. May we return it?", "Der Auftrag ist weggefallen, wir brauchen das Material nicht mehr. Dürfen wir es zurückgeben?"},
		words{"Within thirty days and unused: gladly. The label is in your mail.", "Innerhalb von dreißig Tagen und unbenutzt: gern. Der Aufkleber ist in der E-Mail."}},
}

// internal are notes that only staff read.
var internal = []remark{
	{trade, words{"Credit limit checked with bookkeeping, free to ship.", "Kreditlimit mit der Buchhaltung geprüft, darf versandt werden."}},
	{trade, words{"They compare us with a cheaper offer. Discount is agreed, do not go lower.", "Vergleichen uns mit einem günstigeren Angebot. Rabatt ist abgesprochen, nicht tiefer gehen."}},
	{trade, words{"Pays late but always pays. No reminder before day 20.", "Zahlt spät, aber immer. Mahnung nicht vor Tag 20."}},
	{lenses, words{"Stock of this lens is down to four, next delivery in two weeks.", "Von dieser Linse sind noch vier da, nächste Lieferung in zwei Wochen."}},
	{crates, words{"Packed by two people, photographs are in the folder.", "Zu zweit verpackt, Fotos liegen im Ordner."}},
	{anything, words{"Customer prefers deliveries before noon.", "Kunde möchte Lieferungen vor zwölf Uhr."}},
	{borders, words{"Export declaration filed, number on the delivery note.", "Ausfuhranmeldung ist abgegeben, Nummer steht auf dem Lieferschein."}},
	{anything, words{"Ask about a service contract at the next call, the machine is three years old.", "Beim nächsten Anruf nach einem Wartungsvertrag fragen, die Maschine ist drei Jahre alt."}},
	{anything, words{"Phoned: wants everything in one delivery if it is not later than Thursday.", "Telefonat: möchte alles in einer Lieferung, wenn es nicht später als Donnerstag wird."}},
	{crates, words{"Forwarder needs a lorry with tail lift, ordered.", "Spedition braucht Lkw mit Hebebühne, ist bestellt."}},
}

// slips are reasons why a promised day moves, for what is on stock.
var slips = []remark{
	{anything, words{"One item was short at the stocktaking. The replacement is on its way to us.", "Bei der Inventur fehlte ein Stück. Der Ersatz ist auf dem Weg zu uns."}},
	{anything, words{"The carrier has not collected because of a strike; we have booked the next day.", "Der Paketdienst hat wegen eines Streiks nicht abgeholt; wir haben den nächsten Tag gebucht."}},
	{lenses, words{"The lenses did not pass our incoming inspection. A new batch arrives this week.", "Die Linsen haben unsere Eingangsprüfung nicht bestanden. Eine neue Charge kommt diese Woche."}},
	{anything, words{"You asked for everything in one delivery; we wait for the last item.", "Sie wollten alles in einer Lieferung; wir warten auf die letzte Position."}},
}

// separately are reasons why some lines are promised for a later day.
var separately = []remark{
	{anything, words{"This item follows in a second delivery; the rest did not have to wait for it.", "Diese Position folgt in einer zweiten Lieferung; der Rest musste nicht darauf warten."}},
	{anything, words{"This item comes from our second warehouse and arrives a little later.", "Diese Position kommt aus unserem zweiten Lager und trifft etwas später ein."}},
}

// delays are reasons why a promised day moves, for machines.
var delays = []remark{
	{crates, words{"The chiller's pump comes a week later than our supplier had confirmed.", "Die Pumpe des Kühlers kommt eine Woche später, als unser Lieferant bestätigt hatte."}},
	{crates, words{"The factory test showed a beam that is not quite round. We exchange the source before it leaves.", "Im Werkstest war der Strahl nicht ganz rund. Wir tauschen die Quelle, bevor die Maschine das Haus verlässt."}},
	{cells, words{"At your request: your hall is ready later than planned.", "Auf Ihren Wunsch: Ihre Halle wird später fertig als geplant."}},
	{borders, words{"The ferry is fully booked in that week; the lorry crosses three days later.", "Die Fähre ist in der Woche ausgebucht; der Lkw setzt drei Tage später über."}},
}

// earlier is the rare good news.
var earlier = words{"Assembly was faster than planned, we can deliver earlier.", "Die Montage ging schneller als geplant, wir können früher liefern."}

// withdrawn are reasons of customers who cancel.
var withdrawn = []words{
	{"Ordered twice by mistake.", "Versehentlich doppelt bestellt."},
	{"The project has been postponed to next year.", "Das Projekt ist auf nächstes Jahr verschoben."},
	{"We found the part in our own store.", "Wir haben das Teil in unserem eigenen Lager gefunden."},
	{"Wrong variant; we order the right one separately.", "Falsche Ausführung; wir bestellen die richtige neu."},
}

// declined are reasons of Aurelia to cancel.
var declined = []words{
	{"The part is no longer made; we have sent an offer for its successor.", "Das Teil wird nicht mehr gefertigt; ein Angebot für den Nachfolger haben Sie per E-Mail."},
	{"Payment in advance did not arrive within thirty days.", "Die Vorauszahlung ist nicht innerhalb von dreißig Tagen eingegangen."},
	{"At the customer's request by telephone.", "Auf telefonischen Wunsch des Kunden."},
}

// rejected is why an approval was refused.
var rejected = words{"Not in this quarter's budget. Please ask again in the next one.", "Nicht im Budget dieses Quartals. Bitte im nächsten noch einmal anfragen."}

// What carriers report.
var (
	announced = words{"The carrier has the shipment's data", "Sendungsdaten elektronisch übermittelt"}
	collected = words{"Collected from the sender", "Beim Absender abgeholt"}
	loaded    = words{"Loaded and secured at the sender's works", "Beim Absender geladen und gesichert"}
	arrived   = words{"Arrived at the sorting centre", "Im Paketzentrum eingetroffen"}
	left      = words{"Left the sorting centre", "Paketzentrum verlassen"}
	docked    = words{"Arrived at the terminal", "Am Umschlagplatz eingetroffen"}
	driving   = words{"Left the terminal", "Umschlagplatz verlassen"}
	cleared   = words{"Cleared by customs", "Vom Zoll freigegeben"}
	depot     = words{"Arrived at the delivery depot", "Im Zustelldepot eingetroffen"}
	onVan     = words{"Out for delivery", "In das Zustellfahrzeug geladen"}
	onLorry   = words{"On the lorry for delivery", "Auf dem Lkw zur Zustellung"}
	handed    = words{"Delivered. Signed by: %s", "Zugestellt. Angenommen von: %s"}
	back      = words{"Not accepted at the address. Returned to the sender", "An der Adresse nicht angenommen. Zurück an den Absender"}
	returning = words{"On the way back to the sender", "Auf dem Rückweg zum Absender"}
)

// mishaps are what goes wrong on the way and comes right again.
var mishaps = []words{
	{"Delayed at the sorting centre; goes out with the next transport", "Verzögerung im Paketzentrum; geht mit dem nächsten Transport weiter"},
	{"Label damaged; the shipment has been given a new one", "Aufkleber beschädigt; die Sendung wurde neu etikettiert"},
	{"Delayed by the weather", "Verzögerung durch das Wetter"},
	{"Sent to the wrong depot; is being forwarded", "Fehlgeleitet; wird weitergeleitet"},
}

// Mishaps with a place of their own.
var (
	nobody = words{"Nobody there to accept it. Next attempt on the following working day", "Niemand angetroffen. Nächster Versuch am folgenden Werktag"}
	held   = words{"Held by customs: a document is missing", "Vom Zoll angehalten: ein Dokument fehlt"}
)
