// Package events keeps the log of what happened. It is append-only, written in
// the transaction of the change; timelines, subscriptions and notifications read
// it.
//
// Owns: the kinds of event, who may read one (its audience), the actor, following
// the log as it grows, the tokens from which one goes on. Does not own: what a
// change means, which the domain packages decide.
package events

import (
	"context"
	"time"
	"unicode/utf8"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/event"
	"foyer/portal/access"
	"foyer/schema"
	"foyer/schema/gid"
)

// Kind says what happened. A kind never changes its meaning.
type Kind string

// The kinds of event.
const (
	OrderPlaced       Kind = "ORDER_PLACED"
	OrderStatus       Kind = "ORDER_STATUS"       // From, To, Text: reason
	OrderPromise      Kind = "ORDER_PROMISE"      // OldDate, Date, Text: reason
	OrderNote         Kind = "ORDER_NOTE"         // Text
	ShipmentCreated   Kind = "SHIPMENT_CREATED"   // ShipmentID, Carrier, Tracking
	TrackingReported  Kind = "TRACKING_REPORTED"  // ShipmentID, To: status, Location, Text: message
	OrderImported     Kind = "ORDER_IMPORTED"     // Text: source; staff only
	OrderDelayed      Kind = "ORDER_DELAYED"      // Cause, OldDate: promised, Date: expected, Text: reason
	OrderFile         Kind = "ORDER_FILE"         // Subject: the file, Text: its name
	OrderFileRemoved  Kind = "ORDER_FILE_REMOVED" // Text: its name
	ApprovalRequested Kind = "APPROVAL_REQUESTED" // subject: the order; Subject: the approval, Cause: its kind
	ApprovalDecided   Kind = "APPROVAL_DECIDED"   // subject: the order; Subject: the approval, To: its status, Text: comment
	OrderChanged      Kind = "ORDER_CHANGED"      // Change
	Notified          Kind = "NOTIFIED"           // subject: a notification; for its reader's subscriptions alone
	SessionEnded      Kind = "SESSION_ENDED"      // subject: a session; staff only
	RoleChanged       Kind = "ROLE_CHANGED"       // subject: a role; staff only
	UserChanged       Kind = "USER_CHANGED"       // subject: a user whose status, name, language or assignments changed; staff only
	MembershipRole    Kind = "MEMBERSHIP_ROLE"    // From, To: role keys; staff only
	MembershipChanged Kind = "MEMBERSHIP_CHANGED" // From, To: states; staff only
	SearchAnswered    Kind = "SEARCH_ANSWERED"    // subject: a search without hits; Text: its term; for who follows it
	// Of a configuration:
	ConfigurationChanged     Kind = "CONFIGURATION_CHANGED"     // also made, and deleted
	ConfigurationHandedOver  Kind = "CONFIGURATION_HANDED_OVER" // From, To: with whom it is to go on; Text: message
	ConfigurationRevalidated Kind = "CONFIGURATION_REVALIDATED" // To: what a new version of the model did to it; Text: its name

	// Of an enrollment; Text: the course:
	Enrolled           Kind = "ENROLLED"  // From, To: WAITING or ACTIVE
	Withdrawn          Kind = "WITHDRAWN" // Text: reason
	CourseCompleted    Kind = "COURSE_COMPLETED"
	CourseDue          Kind = "COURSE_DUE"          // Date: by when; To: SOON or LATE
	WorkHandedIn       Kind = "WORK_HANDED_IN"      // Subject: the submission
	WorkGraded         Kind = "WORK_GRADED"         // Subject: the submission, To: its status
	CertificateIssued  Kind = "CERTIFICATE_ISSUED"  // subject: the certificate
	CertificateRevoked Kind = "CERTIFICATE_REVOKED" // subject: the certificate, Text: reason
	CertificateEnding  Kind = "CERTIFICATE_ENDING"  // subject: the certificate, Date: its end

	OrganizationNote Kind = "ORGANIZATION_NOTE" // subject: an organization; Text; staff only
	ProductChanged   Kind = "PRODUCT_CHANGED"   // subject: a product that changed, or whose variants or customers did; From, To: its states when they differ; staff only
)

// Event is an entry to append.
type Event struct {
	Kind    Kind
	Subject gid.ID
	Owner   access.Owner // whose it is; copied into the row
	Staff   bool         // for the eyes of staff only
	Data    schema.EventData
	At      time.Time // when it happened; now when zero
}

// Append writes entries to the log, in the transaction of tx.
func Append(ctx context.Context, tx *ent.Client, entries ...Event) error {
	creates := make([]*ent.EventCreate, len(entries))
	for i, e := range entries {
		creates[i] = create(ctx, tx, e)
	}
	_, err := tx.Event.CreateBulk(creates...).Save(ctx)
	return err
}

func create(ctx context.Context, tx *ent.Client, e Event) *ent.EventCreate {
	kind, actor, name, impersonator := Actor(ctx)
	c := tx.Event.Create().SetKind(string(e.Kind)).SetSubjectID(e.Subject).SetData(e.Data).
		SetActorKind(kind).SetActorID(actor).SetActorName(name).SetImpersonatorID(impersonator)
	if e.Owner.Organization != "" {
		c.SetOrganizationID(e.Owner.Organization)
	}
	if e.Owner.User != "" {
		c.SetUserID(e.Owner.User)
	}
	if e.Staff {
		c.SetAudience(event.AudienceSTAFF)
	}
	if !e.At.IsZero() {
		c.SetAt(e.At)
	}
	return c
}

// Actor is who acts in a context, as events record it. The system acts in its
// own name even when a person's request made it act.
func Actor(ctx context.Context) (kind event.ActorKind, id, name, impersonator string) {
	v := auth.From(ctx)
	if v == nil {
		return event.ActorKindSYSTEM, "", "", ""
	}
	switch v.Kind {
	case auth.KindMember, auth.KindGuest, auth.KindAnonymous:
		kind = event.ActorKindCUSTOMER
	case auth.KindStaff:
		kind = event.ActorKindSTAFF
	case auth.KindKey:
		kind = event.ActorKindINTEGRATION
	case auth.KindSystem:
		return event.ActorKindSYSTEM, "", "", v.Impersonator
	}
	return kind, v.UserID, clip(v.Name, longestActor), v.Impersonator
}

// longestActor is how much of a name is kept with an event, in bytes, the unit in
// which columns are limited. People may have longer ones, and must be able to act
// all the same.
const longestActor = 200

// clip cuts a text to at most n bytes, without splitting a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
