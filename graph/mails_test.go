package graph_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/mail"
	"foyer/schema"
	"foyer/testkit"
	"foyer/testkit/world"
)

// Every mail that the customer gets in the life of an order, in both languages:
// go test ./graph -run TestMailsOfAnOrdersLife -v shows them as text.
func TestMailsOfAnOrdersLife(t *testing.T) {
	for _, language := range []schema.Language{schema.English, schema.German} {
		t.Run(string(language), func(t *testing.T) {
			f := testkit.SQLite(t)
			system := auth.WithSystem(t.Context(), "test")
			to, buyer := world.Email("ORG_BUYER"), f.World.Users["ORG_BUYER"]
			var o *ent.Order
			require.NoError(t, f.Store.Tx(system, func(ctx context.Context, tx *ent.Client) (err error) {
				if err := tx.User.UpdateOneID(buyer.ID).SetLanguage(language).SetName("Katrin Voss").Exec(ctx); err != nil {
					return err
				}
				if o, err = tx.Order.Create().SetOrganizationID(f.World.North.ID).SetUserID(buyer.ID).SetNumber("FO-10482").
					SetCurrency("EUR").SetPlacedAt(f.World.Now.Add(-48 * time.Hour)).Save(ctx); err != nil {
					return err
				}
				if err := tx.OrderLine.Create().SetOrganizationID(o.OrganizationID).SetUserID(buyer.ID).SetOrderID(o.ID).SetPosition(1).
					SetSku("SP-1").SetName("Spectra lens").SetQuantity(2).SetCurrency("EUR").SetUnitPriceMinor(100).SetTotalMinor(200).Exec(ctx); err != nil {
					return err
				}
				return events.Append(ctx, tx, events.Event{
					Kind: events.OrderPlaced, Subject: o.ID, Owner: access.Owner{Organization: o.OrganizationID, User: o.UserID, Subject: o.ID},
				})
			}))
			var subjects []string
			all := map[string]bool{}
			step := func(what string, n int) {
				t.Helper()
				f.Work()
				var got []mail.Message
				for _, m := range f.Mails() {
					if m.To == to && !all[m.Key+m.Subject] {
						all[m.Key+m.Subject] = true
						got = append(got, m)
					}
				}
				for _, m := range got {
					t.Logf("=== %s\nTo: %s\nSubject: %s\n\n%s", what, m.To, m.Subject, m.Text)
					require.Contains(t, m.Subject+m.Text, o.Number)
					require.NotContains(t, m.Text, "  \n")
					require.NotContains(t, strings.ToLower(m.HTML), "<script")
					subjects = append(subjects, m.Subject)
				}
				require.Len(t, got, n, what)
			}
			version := func() int { return versionOf(t, f, "Order", string(o.ID)) }
			ask := func(role, mutation, input string, values map[string]any) {
				t.Helper()
				d := f.As(role).Must(`mutation($i: `+input+`!) { `+mutation+`(input: $i) { userErrors { code message } } }`, map[string]any{"i": values})
				require.Empty(t, testkit.At(d, mutation, "userErrors"))
			}
			write := func(text, visibility string) {
				t.Helper()
				ask("STAFF_AGENT", "addOrderNote", "AddOrderNoteInput", map[string]any{"orderId": o.ID, "text": text, "visibility": visibility})
			}
			day := func(n int) string { return f.World.Now.AddDate(0, 0, n).Format(time.DateOnly) }
			step("it is placed", 1)

			ask("STAFF_AGENT", "confirmOrder", "ConfirmOrderInput",
				map[string]any{"orderId": o.ID, "version": version(), "promisedDate": day(2)})
			step("it is confirmed", 1)
			write("The crate is 2.10 m high. Is there a fork lift at your gate?", "CUSTOMER")
			write("Margin is thin, do not discount further.", "INTERNAL")
			step("staff write a note", 1)
			ask("STAFF_AGENT", "setPromisedDate", "SetPromisedDateInput",
				map[string]any{"orderId": o.ID, "version": version(), "date": day(4), "reason": "The lens is being coated a second time."})
			step("another day is promised", 1)
			ask("STAFF_FULFILLMENT", "createShipment", "CreateShipmentInput",
				map[string]any{"orderId": o.ID, "version": version(), "carrier": "DHL", "trackingNumber": "00340434 1612 3456"})
			step("it is sent", 1)
			at := f.World.Now.Add(-time.Hour)
			report := func(status, message string, estimate any) {
				t.Helper()
				at = at.Add(time.Minute)
				ask("INTEGRATION", "reportTracking", "ReportTrackingInput", map[string]any{
					"carrier": "DHL", "reports": []any{map[string]any{
						"trackingNumber": "00340434-1612-3456", "status": status, "at": at.Format(time.RFC3339), "message": message,
						"location": "Leipzig", "estimatedDelivery": estimate,
					}},
				})
			}
			report("PICKED_UP", "Collected", nil)
			report("IN_TRANSIT", "Sorted", f.World.Now.AddDate(0, 0, 6).Format(time.RFC3339))
			for range 9 { // ten estimates later than promised are one mail
				report("IN_TRANSIT", "Sorted again", f.World.Now.AddDate(0, 0, 7).Format(time.RFC3339))
			}
			step("the carrier will be late", 1)
			for range 3 {
				report("EXCEPTION", "The recipient was not at home", nil)
			}
			step("it could not be delivered", 1)
			report("OUT_FOR_DELIVERY", "On the van", nil)
			step("it is on the van", 0) // a push message, where there is a device
			report("DELIVERED", "Handed over at the gate", nil)
			step("it is delivered", 1)
			require.Len(t, subjects, 8)

			f.As("ANONYMOUS").Must(`mutation($i: RequestOrderCodeInput!) { requestOrderCode(input: $i) { minutes } }`,
				map[string]any{"i": map[string]any{"number": o.Number, "email": to}})
			step("a guest asks for a code", 1)
		})
	}
}
