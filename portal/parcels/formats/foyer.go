package formats

import "foyer/ent/trackingevent"

// Foyer reads the portal's own format: {"reports": [...]} with the members of
// the API's CarrierReportInput. It is for carriers without a format of their
// own, and for relays that have done the mapping already.
func Foyer(body []byte) ([]Report, []string, error) {
	var in struct {
		Reports *[]struct {
			TrackingNumber    string `json:"trackingNumber"`
			Status            string `json:"status"`
			At                string `json:"at"`
			Location          string `json:"location"`
			Message           string `json:"message"`
			ExternalID        string `json:"externalId"`
			EstimatedDelivery string `json:"estimatedDelivery"`
		} `json:"reports"`
	}
	if err := decode(body, &in); err != nil || in.Reports == nil {
		return nil, nil, ErrUnreadable
	}
	r := &reading{}
	for _, x := range *in.Reports {
		at, _ := moment(x.At)
		r.add(Report{
			Number: x.TrackingNumber, Status: trackingevent.Status(x.Status), At: at, Location: x.Location, Message: x.Message,
			ExternalID: x.ExternalID, EstimatedDelivery: expected(x.EstimatedDelivery),
		})
	}
	return r.reports, r.ignored, nil
}
