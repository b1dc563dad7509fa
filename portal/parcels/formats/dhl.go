package formats

import (
	"strings"

	"foyer/ent/trackingevent"
)

// dhlStates are the values of statusCode in DHL's Shipment Tracking - Unified
// (https://developer.dhl.com/api-reference/shipment-tracking, track_v1.5.8.yaml).
// "unknown" says nothing. The list knows no return; see returnFlag below.
var dhlStates = map[string]trackingevent.Status{
	"pre-transit": trackingevent.StatusPENDING,
	"transit":     trackingevent.StatusIN_TRANSIT,
	"delivered":   trackingevent.StatusDELIVERED,
	"failure":     trackingevent.StatusEXCEPTION,
}

// dhlParcelCodes say more than "transit" for the service parcel-de, whose
// status holds a short code (DHL's list status_1.csv of October 2024: AE,
// picked up from the sender; PO, in delivery; ZN, attempt not successful). We
// know the list from what others wrote about it, not from a live answer.
var dhlParcelCodes = map[string]trackingevent.Status{
	"AE": trackingevent.StatusPICKED_UP,
	"PO": trackingevent.StatusOUT_FOR_DELIVERY,
	"ZN": trackingevent.StatusEXCEPTION,
}

type dhlEvent struct {
	Timestamp   string `json:"timestamp"`
	StatusCode  string `json:"statusCode"`
	Status      string `json:"status"`
	Description string `json:"description"`
	Location    struct {
		Address struct {
			Locality string `json:"addressLocality"`
			Country  string `json:"countryCode"`
		} `json:"address"`
	} `json:"location"`
}

// DHL reads the document of DHL's Shipment Tracking - Unified: shipments[] with
// their whole history in events[], or at least the present status. The push
// variant of the API (https://developer.dhl.com/api-reference/shipment-tracking-unified-push)
// sends shipments in the same form; whether it wraps them into something more
// we could not verify, so a relay should send the document with shipments[].
//
// timestamp is ISO 8601, with an offset in newer answers and without in older
// ones, which then is taken as UTC. estimatedTimeOfDelivery is the present
// estimate, and so belongs to the last event. With returnFlag, "returned back
// to consignor", a delivery is one to the sender.
func DHL(body []byte) ([]Report, []string, error) {
	var in struct {
		Shipments *[]struct {
			ID         string     `json:"id"`
			Service    string     `json:"service"`
			Estimated  string     `json:"estimatedTimeOfDelivery"`
			ReturnFlag bool       `json:"returnFlag"`
			Status     *dhlEvent  `json:"status"`
			Events     []dhlEvent `json:"events"`
		} `json:"shipments"`
	}
	if err := decode(body, &in); err != nil || in.Shipments == nil {
		return nil, nil, ErrUnreadable
	}
	all := &reading{}
	for _, s := range *in.Shipments {
		events := s.Events
		if len(events) == 0 && s.Status != nil {
			events = []dhlEvent{*s.Status}
		}
		one := &reading{ignored: all.ignored}
		for _, x := range events {
			status, known := dhlStates[strings.ToLower(strings.TrimSpace(x.StatusCode))]
			if !known {
				one.ignore("statusCode", x.StatusCode)
				continue
			}
			if more, ok := dhlParcelCodes[strings.ToUpper(strings.TrimSpace(x.Status))]; ok && s.Service == "parcel-de" && status == trackingevent.StatusIN_TRANSIT {
				status = more
			}
			if s.ReturnFlag && status == trackingevent.StatusDELIVERED {
				status = trackingevent.StatusRETURNED_TO_SENDER
			}
			at, _ := moment(x.Timestamp)
			one.add(Report{
				Number: s.ID, Status: status, At: at, Message: x.Description,
				Location: place(x.Location.Address.Locality, x.Location.Address.Country),
			})
		}
		one.estimate(s.Estimated)
		all.reports, all.ignored = append(all.reports, one.reports...), one.ignored
	}
	return all.reports, all.ignored, nil
}
