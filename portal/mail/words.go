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
	textLook        = problem.Text{EN: "Have a look", DE: "Ansehen"}
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
	textLinkSubject = problem.Text{EN: "Set a new password for %s", DE: "Neues Passwort für %s"}
	textLinkTitle   = problem.Text{EN: "Set a new password", DE: "Neues Passwort setzen"}
	textLinkIntro   = problem.Text{
		EN: "With this link you set a new password. All your sessions end by it, on all devices.",
		DE: "Mit diesem Link setzen Sie ein neues Passwort. Alle Ihre Sitzungen enden dadurch, auf allen Geräten.",
	}
	textLinkButton = problem.Text{EN: "Set a new password", DE: "Neues Passwort setzen"}
	textLinkNever  = problem.Text{
		EN: "Do not pass this mail on: whoever has the link can set your password. If you did not ask for it, ignore this mail; your password stays as it is.",
		DE: "Geben Sie diese Mail nicht weiter: Wer den Link hat, kann Ihr Passwort setzen. Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese Mail; Ihr Passwort bleibt, wie es ist.",
	}
	textWhyLink = problem.Text{
		EN: "You get this mail because a link to set a new password for your account at %s was asked for.",
		DE: "Sie erhalten diese Mail, weil ein Link für ein neues Passwort Ihres Kontos bei %s angefordert wurde.",
	}
	textChangedSubject = problem.Text{EN: "Your password for %s was changed", DE: "Ihr Passwort für %s wurde geändert"}
	textChangedTitle   = problem.Text{EN: "Your password was changed", DE: "Ihr Passwort wurde geändert"}
	textChangedIntro   = problem.Text{
		EN: "Your password was changed on %s. Sessions on other devices have ended.",
		DE: "Ihr Passwort wurde am %s geändert. Sitzungen auf anderen Geräten sind beendet.",
	}
	textChangedButton = problem.Text{EN: "It was not me", DE: "Das war ich nicht"}
	textChangedNever  = problem.Text{
		EN: "If it was you, there is nothing to do. If it was not, set another password at once and tell us.",
		DE: "Wenn Sie das waren, ist nichts weiter zu tun. Wenn nicht, setzen Sie sofort ein anderes Passwort und sagen Sie uns Bescheid.",
	}
	textWhyAccount = problem.Text{
		EN: "You get this mail because you have an account at %s. Mails about its safety cannot be turned off.",
		DE: "Sie erhalten diese Mail, weil Sie ein Konto bei %s haben. Mails zu dessen Sicherheit lassen sich nicht abschalten.",
	}
	textInvitationSubject = problem.Text{EN: "You are invited to %s", DE: "Sie sind zu %s eingeladen"}
	textInvitationTitle   = problem.Text{EN: "Your invitation to %s", DE: "Ihre Einladung zu %s"}
	textInvited           = problem.Text{
		EN: "%s invites you to act for %s at %s, in the role “%s”.",
		DE: "%s lädt Sie ein, für %s bei %s zu handeln, in der Rolle „%s“.",
	}
	textInvitedNobody = problem.Text{
		EN: "You are invited to act for %s at %s, in the role “%s”.",
		DE: "Sie sind eingeladen, für %s bei %s zu handeln, in der Rolle „%s“.",
	}
	textInvitedStaff = problem.Text{
		EN: "%s invites you to the staff of %s, in the role “%s”.",
		DE: "%s lädt Sie in das Team von %s ein, in der Rolle „%s“.",
	}
	textInvitedPlain = problem.Text{
		EN: "You are invited to the staff of %s, in the role “%s”.",
		DE: "Sie sind in das Team von %s eingeladen, in der Rolle „%s“.",
	}
	textInvitationButton = problem.Text{EN: "See the invitation", DE: "Einladung ansehen"}
	textInvitationNever  = problem.Text{
		EN: "Do not pass this mail on: the link is meant for you. If you do not know who invites you, ignore it; nothing happens then.",
		DE: "Geben Sie diese Mail nicht weiter: Der Link ist für Sie bestimmt. Wenn Sie nicht wissen, wer Sie einlädt, ignorieren Sie sie; dann geschieht nichts.",
	}
	textWhyInvitation = problem.Text{
		EN: "You get this mail because somebody who uses %s has invited this address.",
		DE: "Sie erhalten diese Mail, weil jemand, der %s nutzt, diese Adresse eingeladen hat.",
	}
	textGoodMinutes = problem.Text{EN: "The link is good for %d minutes, and works once.", DE: "Der Link gilt %d Minuten und funktioniert einmal."}
	textGoodHour    = problem.Text{EN: "The link is good for an hour, and works once.", DE: "Der Link gilt eine Stunde und funktioniert einmal."}
	textGoodHours   = problem.Text{EN: "The link is good for %d hours, and works once.", DE: "Der Link gilt %d Stunden und funktioniert einmal."}
	textGoodDays    = problem.Text{EN: "The link is good for %d days, and works once.", DE: "Der Link gilt %d Tage und funktioniert einmal."}

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
