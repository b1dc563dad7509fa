package parcels

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"foyer/ent"
	"foyer/ent/parcelreport"
	"foyer/ent/predicate"
	"foyer/ent/shipment"
	"foyer/portal/access"
	"foyer/portal/orders"
	"foyer/portal/parcels/formats"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// The codes of refusals, values of the API's ParcelErrorCode.
const (
	UnknownCarrier  = "UNKNOWN_CARRIER"
	UnknownShipment = "UNKNOWN_SHIPMENT"
	Handled         = "HANDLED"
	Invalid         = "INVALID"
)

const longestReason = 1000

func invalid(en, de string, field ...string) error {
	return problem.Refuse(Invalid, problem.Text{EN: en, DE: de}, append([]string{"input"}, field...)...)
}

// check refuses a report that says nothing, or more than there is room for.
func (s *Service) check(i int, r Report) error {
	at := func(member string) []string { return []string{"reports", strconv.Itoa(i), member} }
	for _, x := range []struct {
		text, member, allowed string
		longest               int
	}{
		{r.Number, "trackingNumber", "", formats.MaxNumber}, {r.Location, "location", "", formats.MaxLocation},
		{r.Message, "message", "\n\r\t", formats.MaxMessage}, {r.ExternalID, "externalId", "", formats.MaxKey},
	} {
		if err := plain(x.text, x.longest, x.allowed, at(x.member)...); err != nil {
			return err
		}
	}
	far := s.now().AddDate(5, 0, 0)
	switch {
	case orders.TrackingKey(r.Number) == "":
		return invalid("A tracking number has letters or digits.", "Eine Sendungsnummer enthält Buchstaben oder Ziffern.", at("trackingNumber")...)
	case r.At.Year() < 1990:
		return invalid("The time cannot be right.", "Die Zeit kann nicht stimmen.", at("at")...)
	case r.EstimatedDelivery != nil && (r.EstimatedDelivery.Year() < 1990 || r.EstimatedDelivery.After(far)):
		return invalid("The time cannot be right.", "Die Zeit kann nicht stimmen.", at("estimatedDelivery")...)
	}
	return nil
}

// plain refuses a text that is too long, or has characters that some reader of
// it would obey.
func plain(text string, longest int, allowed string, field ...string) error {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > longest {
		return invalid(fmt.Sprintf("The text is longer than %d characters.", longest), fmt.Sprintf("Der Text ist länger als %d Zeichen.", longest), field...)
	}
	for _, c := range text {
		if (unicode.IsControl(c) || c == utf8.RuneError) && !strings.ContainsRune(allowed, c) {
			return invalid("The text has characters that are not allowed.", "Der Text enthält unzulässige Zeichen.", field...)
		}
	}
	return nil
}

// Filter says which reports of the inbox. What is given must all hold.
type Filter struct {
	State          []parcelreport.State
	Problem        []parcelreport.Problem
	TrackingNumber *string // however it is spaced and punctuated
}

// Where turns a filter into conditions, to be combined by AND.
func (f Filter) Where() ([]predicate.ParcelReport, error) {
	var all []predicate.ParcelReport
	if len(f.State) > 0 {
		all = append(all, parcelreport.StateIn(f.State...))
	}
	if len(f.Problem) > 0 {
		all = append(all, parcelreport.ProblemIn(f.Problem...))
	}
	if f.TrackingNumber != nil {
		if utf8.RuneCountInString(*f.TrackingNumber) > formats.MaxNumber {
			return nil, problem.Input("A text to search for has at most 120 characters.", "Ein Suchtext hat höchstens 120 Zeichen.")
		}
		if strings.TrimSpace(*f.TrackingNumber) != "" { // an emptied search box asks for everything
			all = append(all, parcelreport.TrackingKey(orders.TrackingKey(*f.TrackingNumber)))
		}
	}
	return all, nil
}

// Assignment is the input of Assign.
type Assignment struct {
	ParcelReportID gid.ID
	ShipmentID     gid.ID
}

// Assign records a waiting report on a shipment, and with it all others that
// wait about the same parcel and can be right. The shipment takes the parcel's
// number if it has none; if it has another one, what the carrier reports from
// now on about this number is recorded on it all the same. It returns the
// report's id.
func (s *Service) Assign(ctx context.Context, in Assignment) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		row, act, err := s.handle(ctx, tx, in.ParcelReportID, doAssign)
		if err != nil {
			return "", err
		}
		p, err := tx.Shipment.Query().Where(shipment.ID(in.ShipmentID)).Only(ctx)
		if ent.IsNotFound(err) {
			return "", problem.Refuse(UnknownShipment, problem.Text{
				EN: "There is no such shipment.", DE: "Diese Sendung gibt es nicht.",
			}, "input", "shipmentId")
		}
		if err != nil {
			return "", err
		}
		track, err := access.Act(ctx, doTrack, access.Owner{Organization: p.OrganizationID, User: p.UserID, Subject: p.OrderID})
		if err != nil {
			return "", err
		}
		if !strings.EqualFold(strings.TrimSpace(p.Carrier), row.Carrier) {
			return "", invalid("The shipment goes with another carrier.", "Die Sendung geht mit einem anderen Versanddienstleister.", "shipmentId")
		}
		if p.TrackingNumber == "" {
			err := tx.Shipment.UpdateOneID(p.ID).Where(shipment.Version(p.Version)).AddVersion(1).
				SetTrackingNumber(row.TrackingNumber).SetTrackingKey(row.TrackingKey).Exec(track)
			if ent.IsNotFound(err) {
				err = problem.ErrStale
			}
			if err != nil {
				return "", err
			}
		}
		all, err := waitingWith(ctx, tx, row)
		if err != nil {
			return "", err
		}
		for _, x := range all {
			_, err := s.orders.Track(ctx, tracking(p.ID, stored(x)))
			var refused *problem.Refusal // before it has written anything
			switch {
			case errors.As(err, &refused) && x.ID == row.ID:
				return "", problem.Refuse(Invalid, refused.Text, "input", "parcelReportId")
			case errors.As(err, &refused):
				continue // it goes on waiting
			case err != nil:
				return "", err
			}
			if err := s.recorded(act, tx, x, p.ID); err != nil {
				return "", err
			}
		}
		return row.ID, nil
	})
}

// Dismissal is the input of Dismiss.
type Dismissal struct {
	ParcelReportID gid.ID
	Reason         *string
}

// Dismiss takes a waiting report off the list, and all others that wait about
// the same parcel. It returns the report's id.
func (s *Service) Dismiss(ctx context.Context, in Dismissal) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		row, act, err := s.handle(ctx, tx, in.ParcelReportID, doDismiss)
		if err != nil {
			return "", err
		}
		reason := ""
		if in.Reason != nil {
			reason = strings.TrimSpace(strings.ReplaceAll(*in.Reason, "\r\n", "\n"))
		}
		if err := plain(reason, longestReason, "\n\t", "reason"); err != nil {
			return "", err
		}
		all, err := waitingWith(ctx, tx, row)
		if err != nil {
			return "", err
		}
		for _, x := range all {
			if err := tx.ParcelReport.UpdateOneID(x.ID).SetState(parcelreport.StateDISMISSED).SetHandledAt(s.now()).
				SetNillableDismissReason(given(reason)).Exec(act); err != nil {
				return "", err
			}
		}
		return row.ID, nil
	})
}

// handle finds a report of the inbox as the viewer sees it and begins an action
// on it. Nobody else handles the parcel until the transaction ends.
func (s *Service) handle(ctx context.Context, tx *ent.Client, id gid.ID, action string) (*ent.ParcelReport, context.Context, error) {
	find := func() (*ent.ParcelReport, error) {
		row, err := tx.ParcelReport.Query().Where(parcelreport.ID(id)).Only(ctx)
		if ent.IsNotFound(err) {
			return nil, problem.ErrNotFound
		}
		return row, err
	}
	row, err := find()
	if err != nil {
		return nil, nil, err
	}
	act, err := access.Act(ctx, action, access.Owner{})
	if err != nil {
		return nil, nil, err
	}
	if err := s.hold(ctx, parcel{row.Carrier, row.TrackingKey}); err != nil {
		return nil, nil, err
	}
	if row, err = find(); err != nil { // as it is now that we hold it
		return nil, nil, err
	}
	if row.State != parcelreport.StateWAITING {
		return nil, nil, problem.Refuse(Handled, problem.Text{
			EN: "This report has been recorded or dismissed already.", DE: "Diese Meldung ist bereits verbucht oder verworfen.",
		}, "input", "parcelReportId")
	}
	return row, act, nil
}

// waitingWith are all reports that wait about the parcel of one, by the
// carrier's time.
func waitingWith(ctx context.Context, tx *ent.Client, row *ent.ParcelReport) ([]*ent.ParcelReport, error) {
	return tx.ParcelReport.Query().Where(parcelreport.Carrier(row.Carrier), parcelreport.TrackingKey(row.TrackingKey),
		parcelreport.StateEQ(parcelreport.StateWAITING)).Order(parcelreport.ByAt(), parcelreport.ByID()).All(ctx)
}

// recorded notes that a waiting report is a tracking event now.
func (s *Service) recorded(ctx context.Context, tx *ent.Client, row *ent.ParcelReport, shipmentID gid.ID) error {
	return tx.ParcelReport.UpdateOneID(row.ID).SetState(parcelreport.StateRECORDED).SetShipmentID(shipmentID).
		SetHandledAt(s.now()).Exec(ctx)
}

// stored is a report that waits.
func stored(row *ent.ParcelReport) Report {
	r := Report{
		Number: row.TrackingNumber, Status: statusOf(row), At: row.At, Location: row.Location, Message: row.Message,
		ExternalID: row.ExternalID,
	}
	if row.EstimatedDelivery != nil {
		r.EstimatedDelivery = new(row.EstimatedDelivery.In(time.UTC))
	}
	return r
}
