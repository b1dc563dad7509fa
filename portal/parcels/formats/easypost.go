package formats

import "foyer/ent/trackingevent"

// easyPostStates are the states of EasyPost's Tracker and TrackingDetail, from
// https://docs.easypost.com/docs/trackers. A parcel that can be fetched from a
// shop is within the customer's reach, as one on the van is. "unknown", "error"
// and "cancelled" are about EasyPost's looking, not about the parcel.
var easyPostStates = map[string]trackingevent.Status{
	"pre_transit":          trackingevent.StatusPENDING,
	"in_transit":           trackingevent.StatusIN_TRANSIT,
	"out_for_delivery":     trackingevent.StatusOUT_FOR_DELIVERY,
	"available_for_pickup": trackingevent.StatusOUT_FOR_DELIVERY,
	"delivered":            trackingevent.StatusDELIVERED,
	"return_to_sender":     trackingevent.StatusRETURNED_TO_SENDER,
	"failure":              trackingevent.StatusEXCEPTION,
}

// EasyPost reads an Event whose result is a Tracker
// (https://docs.easypost.com/docs/events, .../trackers). Each of them has the
// tracker's whole history in tracking_details, so most of it is repeated.
// est_delivery_date is the present estimate, and so belongs to the last of
// them. datetime is UTC where EasyPost does not know the place, and has an
// offset where it does. Events about other objects are ignored.
func EasyPost(body []byte) ([]Report, []string, error) {
	var in struct {
		Object      string `json:"object"`
		Description string `json:"description"`
		Result      *struct {
			Object       string `json:"object"`
			TrackingCode string `json:"tracking_code"`
			Estimated    string `json:"est_delivery_date"`
			Details      []struct {
				Status   string `json:"status"`
				Message  string `json:"message"`
				At       string `json:"datetime"`
				Location struct {
					City    string `json:"city"`
					State   string `json:"state"`
					Country string `json:"country"`
				} `json:"tracking_location"`
			} `json:"tracking_details"`
		} `json:"result"`
	}
	if err := decode(body, &in); err != nil || in.Object != "Event" || in.Result == nil {
		return nil, nil, ErrUnreadable
	}
	r := &reading{}
	if in.Result.Object != "Tracker" {
		r.ignore("object", in.Result.Object)
		return nil, r.ignored, nil
	}
	for _, x := range in.Result.Details {
		status, known := easyPostStates[x.Status]
		if !known {
			r.ignore("status", x.Status)
			continue
		}
		at, _ := moment(x.At)
		r.add(Report{
			Number: in.Result.TrackingCode, Status: status, At: at, Message: x.Message,
			Location: place(x.Location.City, x.Location.State, x.Location.Country),
		})
	}
	r.estimate(in.Result.Estimated)
	return r.reports, r.ignored, nil
}

// estimate gives the last of the reports the present estimate.
func (r *reading) estimate(s string) {
	i, e := latest(r.reports), expected(s)
	if i >= 0 && e != nil && sane(e.UTC()) && r.reports[i].Status != trackingevent.StatusDELIVERED {
		u := e.UTC()
		r.reports[i].EstimatedDelivery = &u
	}
}
