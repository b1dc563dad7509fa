package mail

import (
	"fmt"
	"time"

	"foyer/portal/problem"
	"foyer/schema"
)

// The portal's own words in mails; what a notification says comes with it.
var (
	textGreeting    = problem.Text{EN: "Hello %s,", DE: "Guten Tag %s,"}
	textOrder       = problem.Text{EN: "Order %s", DE: "Bestellung %s"}
	textOthers      = problem.Text{EN: "Other news", DE: "Weitere Neuigkeiten"}
	textView        = problem.Text{EN: "View the order", DE: "Zur Bestellung"}
	textSettings    = problem.Text{EN: "Choose what you are told", DE: "Benachrichtigungen einstellen"}
	textUnsubscribe = problem.Text{EN: "No more of these mails", DE: "Diese Mails abbestellen"}
	textWhy         = problem.Text{
		EN: "You get this mail because you have an account at %s and have not turned off mails about this.",
		DE: "Sie erhalten diese Mail, weil Sie ein Konto bei %s haben und Mails dazu nicht abgeschaltet sind.",
	}
	textWhyCode = problem.Text{
		EN: "You get this mail because somebody at %s asked for a code for an order that this address belongs to.",
		DE: "Sie erhalten diese Mail, weil bei %s ein Code für eine Bestellung angefordert wurde, zu der diese Adresse gehört.",
	}
	textCodeSubject = problem.Text{EN: "Your code for %s", DE: "Ihr Code für %s"}
	textCodeTitle   = problem.Text{EN: "Your code", DE: "Ihr Code"}
	textCodeIntro   = problem.Text{
		EN: "This code opens the order %s, once:",
		DE: "Dieser Code öffnet die Bestellung %s, einmal:",
	}
	textCodeIntroPlain = problem.Text{EN: "This code opens the order, once:", DE: "Dieser Code öffnet die Bestellung, einmal:"}
	textCodeGood       = problem.Text{EN: "It is good for %d minutes.", DE: "Er gilt %d Minuten."}
	textCodeNever      = problem.Text{
		EN: "Nobody of %s will ever ask you for it. If you did not ask for a code, ignore this mail: without the code nothing is shown.",
		DE: "Niemand von %s wird Sie je danach fragen. Wenn Sie keinen Code angefordert haben, ignorieren Sie diese Mail: Ohne den Code wird nichts gezeigt.",
	}
	textUpdate         = problem.Text{EN: "1 update", DE: "1 Neuigkeit"}
	textUpdates        = problem.Text{EN: "%d updates", DE: "%d Neuigkeiten"}
	textUpdatesOnOne   = problem.Text{EN: "%d updates on order %s", DE: "%d Neuigkeiten zur Bestellung %s"}
	textUpdateOnOne    = problem.Text{EN: "1 update on order %s", DE: "1 Neuigkeit zur Bestellung %s"}
	textUpdatesOnMany  = problem.Text{EN: "%d updates on %d orders", DE: "%d Neuigkeiten zu %d Bestellungen"}
	textSomethingIsNew = problem.Text{EN: "News of your order", DE: "Neues zu Ihrer Bestellung"}
)

// monthsDE are the months in German, which Go does not know.
var monthsDE = [...]string{
	"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
}

// moment is a time in words, in the zone that it is in.
func moment(t time.Time, l schema.Language) string {
	switch {
	case t.IsZero():
		return ""
	case l == schema.German:
		return fmt.Sprintf("%d. %s %d, %s Uhr (%s)", t.Day(), monthsDE[t.Month()-1], t.Year(), t.Format("15:04"), t.Format("MST"))
	}
	return t.Format("2 January 2006, 15:04 (MST)")
}
