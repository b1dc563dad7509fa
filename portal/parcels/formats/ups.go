package formats

import (
	"strings"
	"time"

	"foyer/ent/trackingevent"
)

// upsTypes are the activity types of UPS Track Alert: the table at
// ActivityStatus.type in UPSTrackAlert.yaml
// (https://github.com/UPS-API/api-documentation). MV, a voided label, and U,
// another delivery time, say nothing of where the parcel is; the format has no
// field for the new time.
var upsTypes = map[string]trackingevent.Status{
	"M": trackingevent.StatusPENDING,
	"I": trackingevent.StatusIN_TRANSIT,
	"D": trackingevent.StatusDELIVERED,
	"X": trackingevent.StatusEXCEPTION,
}

// upsCodes say more than type I: the codes of the examples "UPS has your
// package" and "Out for delivery" of that document. It has no list of all
// codes, and none for a return to the sender, which therefore stays an
// exception until somebody reports it otherwise.
var upsCodes = map[string]trackingevent.Status{
	"OR": trackingevent.StatusPICKED_UP,
	"OT": trackingevent.StatusOUT_FOR_DELIVERY,
}

// UPS reads the message of a UPS Track Alert webhook: schema
// TrackingEventRequest of UPSTrackAlert.yaml, one activity of one package.
//
// The time is gmtActivityDate and gmtActivityTime. Where these are blank it is
// the local one, with gmtOffset if there is one (UPS's Track API has that
// field, the schema of Track Alert has not), and else as if it were UTC.
// scheduledDeliveryDate is, by its description, the original day, and so
// stands only in reports before the delivery.
func UPS(body []byte) ([]Report, []string, error) {
	var in struct {
		TrackingNumber   *string `json:"trackingNumber"`
		LocalDate        string  `json:"localActivityDate"` // YYYYMMDD
		LocalTime        string  `json:"localActivityTime"` // HHMMSS
		GMTDate          string  `json:"gmtActivityDate"`
		GMTTime          string  `json:"gmtActivityTime"`
		GMTOffset        string  `json:"gmtOffset"` // -05:00
		ScheduledDate    string  `json:"scheduledDeliveryDate"`
		ActivityLocation struct {
			City    string `json:"city"`
			State   string `json:"stateProvince"`
			Country string `json:"country"`
		} `json:"activityLocation"`
		ActivityStatus struct {
			Type        string `json:"type"`
			Code        string `json:"code"`
			Description string `json:"description"`
		} `json:"activityStatus"`
	}
	if err := decode(body, &in); err != nil || in.TrackingNumber == nil {
		return nil, nil, ErrUnreadable
	}
	r, is := &reading{}, in.ActivityStatus
	status, known := upsTypes[strings.ToUpper(strings.TrimSpace(is.Type))]
	if !known {
		r.ignore("activityStatus.type", is.Type)
		return nil, r.ignored, nil
	}
	if status == trackingevent.StatusIN_TRANSIT {
		if more, ok := upsCodes[strings.ToUpper(strings.TrimSpace(is.Code))]; ok {
			status = more
		}
	}
	at, ok := compact(in.GMTDate, in.GMTTime, "Z")
	if !ok {
		at, ok = compact(in.LocalDate, in.LocalTime, in.GMTOffset)
	}
	if !ok {
		at, _ = compact(in.LocalDate, in.LocalTime, "Z")
	}
	x := Report{
		Number: *in.TrackingNumber, Status: status, At: at, Message: is.Description,
		Location: place(in.ActivityLocation.City, in.ActivityLocation.State, in.ActivityLocation.Country),
	}
	if day, err := time.Parse("20060102", in.ScheduledDate); err == nil && status != trackingevent.StatusDELIVERED {
		x.EstimatedDelivery = new(noon(day))
	}
	r.add(x)
	return r.reports, r.ignored, nil
}

func compact(day, hour, zone string) (time.Time, bool) {
	t, err := time.Parse("20060102150405Z07:00", strings.TrimSpace(day)+strings.TrimSpace(hour)+strings.TrimSpace(zone))
	return t, err == nil
}
