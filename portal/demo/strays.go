package demo

import (
	"context"
	"time"

	"foyer/ent"
	"foyer/ent/parcelreport"
	"foyer/ent/trackingevent"
	"foyer/portal/orders"
	"foyer/schema/gid"
)

// strays are carriers' reports that are about no parcel of Aurelia's, and one
// from a scanner whose clock is set to another week.
var strays = []struct {
	carrier, number string
	status          parcelreport.Status
	hours           int // from now; later ones are in the future
	place           string
	text            string
	problem         parcelreport.Problem
}{
	{"DHL", "00340434 7712 0098 1134", parcelreport.StatusPICKED_UP, -29, home, "Collected from the sender", parcelreport.ProblemUNKNOWN_PARCEL},
	{"DHL", "00340434 7712 0098 1134", parcelreport.StatusIN_TRANSIT, -22, "Nohra, DE", "Arrived at the parcel centre", parcelreport.ProblemUNKNOWN_PARCEL},
	{"UPS", "1Z8A4F60 04 1187 2206", parcelreport.StatusOUT_FOR_DELIVERY, -3, "Kassel, DE", "On the van for delivery", parcelreport.ProblemUNKNOWN_PARCEL},
	{"DSV", "7300-55120984", parcelreport.StatusIN_TRANSIT, 24 * 6, "Hermsdorf, DE", "Left the terminal", parcelreport.ProblemWRONG_CLOCK},
}

// strays writes the reports that wait for somebody to say what they are about.
func (w *writer) strays(ctx context.Context, now time.Time) {
	list := make([]*ent.ParcelReport, len(strays))
	for i, s := range strays {
		at := now.Add(time.Duration(s.hours) * time.Hour).Truncate(time.Minute)
		received := now.Add(-20 * time.Minute)
		if s.hours < 0 {
			received = at.Add(11 * time.Minute)
		}
		list[i] = &ent.ParcelReport{
			ID: gid.At(gid.ParcelReport, received), Carrier: s.carrier, TrackingNumber: s.number, TrackingKey: orders.TrackingKey(s.number),
			DedupKey: orders.ReportKey("", orders.Report{Status: trackingevent.Status(s.status), At: at}, s.place, s.text),
			Status:   s.status, At: at, ReceivedAt: received, Location: s.place, Message: s.text, Problem: s.problem, State: parcelreport.StateWAITING,
		}
	}
	rows(ctx, w, ent.TypeParcelReport, `id carrier tracking_number tracking_key dedup_key status occurred_at received_at location message problem state`, list,
		func(r *ent.ParcelReport) []any {
			return []any{
				r.ID, r.Carrier, r.TrackingNumber, r.TrackingKey, r.DedupKey, string(r.Status), r.At, r.ReceivedAt, r.Location, r.Message,
				string(r.Problem), string(r.State),
			}
		})
}
