package graph_test

import (
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	"foyer/graph"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

// attempt is one mutation aimed at one record.
type attempt struct {
	action string // of the matrix
	on     string // type of the record
	input  func(f *testkit.Foyer, id gid.ID, version int) map[string]any
}

// attempts has one input for every mutation that needs an identity. A mutation
// that is not here fails the test.
var attempts = map[string]attempt{
	"confirmOrder": {"order.confirm", "Order", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
		return map[string]any{"orderId": id, "version": v}
	}},
	"cancelOrder": {"order.cancel", "Order", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
		return map[string]any{"orderId": id, "version": v, "reason": "no need"}
	}},
	"setPromisedDate": {"order.promise", "Order", func(f *testkit.Foyer, id gid.ID, v int) map[string]any {
		return map[string]any{"orderId": id, "version": v, "date": f.World.Now.AddDate(0, 0, 9).Format("2006-01-02"), "reason": "the part is late"}
	}},
	"addOrderNote": {"order.note", "Order", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"orderId": id, "text": "hello"}
	}},
	"addOrganizationNote": {"organization.note", "Organization", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"organizationId": id, "text": "prefers the afternoon"}
	}},
	"createShipment": {"shipment.create", "Order", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
		return map[string]any{"orderId": id, "version": v, "carrier": "DHL", "trackingNumber": "1"}
	}},
	"addTrackingEvent": {"shipment.track", "Shipment", func(f *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"shipmentId": id, "status": "OUT_FOR_DELIVERY", "at": f.World.Now.Format("2006-01-02T15:04:05Z")}
	}},
	"reportTracking": {"parcelReport.receive", "", func(f *testkit.Foyer, _ gid.ID, _ int) map[string]any {
		return map[string]any{"carrier": "DHL", "reports": []any{
			map[string]any{"trackingNumber": "TN-SUB", "status": "OUT_FOR_DELIVERY", "at": f.World.Now.Format("2006-01-02T15:04:05Z")},
			map[string]any{"trackingNumber": gid.New("x"), "status": "DELIVERED", "at": f.World.Now.Format("2006-01-02T15:04:05Z")},
		}}
	}},
	"assignParcelReport": {"parcelReport.assign", "ParcelReport", func(f *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"parcelReportId": id, "shipmentId": f.World.Shipments[world.OrderOfSouth].ID}
	}},
	"dismissParcelReport": {"parcelReport.dismiss", "ParcelReport", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"parcelReportId": id, "reason": "not ours"}
	}},
	"changeMembershipRole": {"membership.role", "Membership", func(f *testkit.Foyer, id gid.ID, v int) map[string]any {
		return map[string]any{"membershipId": id, "version": v, "roleId": f.World.Roles["ORG_MEMBER"].ID}
	}},
	"setMembershipStatus": {"membership.status", "Membership", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
		return map[string]any{"membershipId": id, "version": v, "status": "ACTIVE"}
	}},
	"invitePerson": {"membership.invite", "", func(f *testkit.Foyer, _ gid.ID, _ int) map[string]any {
		return map[string]any{
			"organizationId": f.World.North.ID, "name": "New Person", "email": strings.ToLower(rand.Text()) + "@example.com",
			"roleId": f.World.Roles["ORG_MEMBER"].ID,
		}
	}},
	"resendInvitation": {"membership.invite", "Membership", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"membershipId": id}
	}},
	"setUserStatus": {"user.status", "User", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"userId": id, "status": "ACTIVE"}
	}},
	"sendPasswordLink": {"user.password", "User", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"userId": id}
	}},
	"assignOrganization": {"organization.assign", "", func(f *testkit.Foyer, _ gid.ID, _ int) map[string]any {
		return map[string]any{"organizationId": f.World.Sub.ID, "userId": f.World.Users["STAFF_TRAINER"].ID}
	}},
	"endAssignment": {"organization.assign", "OrganizationAssignment", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"assignmentId": id}
	}},
	"changeProfile": {"profile.change", "", func(_ *testkit.Foyer, _ gid.ID, _ int) map[string]any {
		return map[string]any{"name": "Another Name", "phone": "+49 2"}
	}},
	"endSession": {"session.end", "Session", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"sessionId": id}
	}},
	"actAs": {"session.act", "Membership", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"membershipId": id}
	}},
	"createRole": {"role.create", "", func(_ *testkit.Foyer, _ gid.ID, _ int) map[string]any {
		return map[string]any{"key": "X_" + strings.ToUpper(string(gid.New("x")[2:])), "name": "X", "kind": "STAFF"}
	}},
	"retryJob": {"job.retry", "", func(_ *testkit.Foyer, _ gid.ID, _ int) map[string]any {
		return map[string]any{"number": "1"}
	}},
	"cancelJob": {"job.cancel", "", func(_ *testkit.Foyer, _ gid.ID, _ int) map[string]any {
		return map[string]any{"number": "1"}
	}},
	"readNotifications": {"notification.read", "Notification", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"ids": []gid.ID{id}}
	}},
	"changeNotificationSettings": {"notification.settings", "", func(_ *testkit.Foyer, _ gid.ID, _ int) map[string]any {
		return map[string]any{"wholeOrganization": true, "timeZone": "Asia/Tokyo", "webhookUrl": "https://hooks.example.com/x"}
	}},
	"addPushDevice": {"notification.settings", "", func(_ *testkit.Foyer, _ gid.ID, _ int) map[string]any {
		return map[string]any{"endpoint": "https://push.example.com/" + rand.Text(), "auth": "AAAAAAAAAAAAAAAAAAAAAA",
			"p256dh": "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}
	}},
	"removePushDevice": {"notification.settings", "", func(_ *testkit.Foyer, _ gid.ID, _ int) map[string]any {
		return map[string]any{"key": "none"}
	}},
	"saveView": {"savedView.save", "SavedView", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"id": id, "list": "ORDERS", "name": "Mine", "query": "status=PLACED"}
	}},
	"deleteView": {"savedView.delete", "SavedView", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"id": id}
	}},
	"startImport": {"import.start", "", func(_ *testkit.Foyer, _ gid.ID, _ int) map[string]any {
		return map[string]any{"mapping": importMapping, "files": []any{}} // see imports_test.go for files
	}},
	"cancelImport": {"import.cancel", "ImportRun", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
		return map[string]any{"importId": id}
	}},
	"updateRole": {"role.update", "Role", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
		return map[string]any{"roleId": id, "version": v, "name": "X"}
	}},
}

// open are the mutations for callers without an identity, or about themselves.
var open = []string{"signIn", "refreshSession", "setPassword", "setUpAdministrator", "signOut", "requestOrderCode", "openOrder",
	"requestPasswordLink", "openInvitation", "acceptInvitation",
	"changePassword", // its transaction needs the password: TestChangePassword
}

func versionOf(t *testing.T, f *testkit.Foyer, typ, id string) (version int) {
	t.Helper()
	if !slices.Contains(ent.Meta[typ].Columns, "version") {
		return 0
	}
	ctx := t.Context()
	require.NoError(t, f.Store.Raw(ctx).QueryRowContext(ctx, fmt.Sprintf("SELECT version FROM %s WHERE id = $1", ent.Meta[typ].Table), id).Scan(&version))
	return version
}

// gone says whether a record is there no more.
func gone(t *testing.T, f *testkit.Foyer, typ, id string) bool {
	t.Helper()
	ctx, n := t.Context(), 0
	require.NoError(t, f.Store.Raw(ctx).QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM %s WHERE id = $1", ent.Meta[typ].Table), id).Scan(&n))
	return n == 0
}

// slow leaves a test to the full run; go test -short is for while one writes.
func slow(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes half a minute; run without -short")
	}
}

// TestMutations aims every mutation at every record of its type, as every
// role. What a role cannot see it cannot find; what it sees but may not touch
// is forbidden; and whatever was not allowed has changed nothing.
func TestMutations(t *testing.T) {
	slow(t)
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		o, full := newOracle(t, f), graph.FullSchema()
		allowed, refused, before := 0, 0, f.Fingerprint()
		for _, field := range full.Mutation.Fields {
			a, known := attempts[field.Name]
			if slices.Contains(open, field.Name) || strings.HasPrefix(field.Name, "__") {
				continue
			}
			require.True(t, known, "the mutation %s has no input in this test", field.Name)
			require.Contains(t, schema.Actions, a.action)
			targets := []row{{}}
			if a.on != "" {
				targets = rowsOf(t, f, a.on)
			}
			query := fmt.Sprintf("mutation($input: %s!) { %s(input: $input) { userErrors { code } } }", field.Arguments[0].Type.Name(), field.Name)
			for _, r := range schema.Roles {
				scope := schema.Grants[r.Key].Action(a.action)
				for _, x := range targets {
					if s := f.World.Sessions[r.Key]; field.Name == "endSession" && s != nil && x.id == string(s.ID) {
						continue // the session that all the other attempts act by
					}
					if a.on != "" && gone(t, f, a.on, x.id) {
						continue // somebody before has deleted it
					}
					ans := f.As(r.Key).Do(query, map[string]any{"input": a.input(f, gid.ID(x.id), versionOf(t, f, a.on, x.id))})
					switch {
					case scope == auth.ScopeNone: // looked at once, after all of them
						require.Contains(t, ans.Body, "Cannot query field", "%s, %s", r.Key, field.Name)
						refused++
						continue
					case a.on != "" && !o.sees(r.Key, a.on, x):
						require.Equal(t, "NOT_FOUND", ans.Code(), "%s, %s(%s): %s", r.Key, field.Name, x.id, ans.Body)
					case a.on != "" && field.Name == "actAs" && x.user != string(f.World.Users[r.Key].ID):
						require.Equal(t, "NOT_FOUND", ans.Code(), "%s, %s(%s): %s", r.Key, field.Name, x.id, ans.Body)
					case a.on != "" && field.Name != "actAs" && !o.reaches(r.Key, a.on, scope, x, f.World):
						require.Equal(t, "FORBIDDEN", ans.Code(), "%s, %s(%s): %s", r.Key, field.Name, x.id, ans.Body)
					default:
						require.Empty(t, ans.Code(), "%s, %s(%s): %s", r.Key, field.Name, x.id, ans.Body)
						allowed++
						before = f.Fingerprint()
						continue
					}
					refused++
					require.Equal(t, before, f.Fingerprint(), "%s was refused %s(%s), and yet something has changed", r.Key, field.Name, x.id)
				}
				if scope == auth.ScopeNone {
					require.Equal(t, before, f.Fingerprint(), "%s does not have %s, and yet something has changed", r.Key, field.Name)
				}
			}
		}
		for name := range attempts {
			require.NotNil(t, full.Mutation.Fields.ForName(name), "this test has an input for %s, which is no mutation", name)
		}
		t.Logf("access cases by mutation: %d allowed, %d refused", allowed, refused)
	})
}

// TestEveryMutationKnowsItsRepeat sends each mutation twice under one key: the
// second has no further effect, and the key of another request is a conflict.
func TestEveryMutationKnowsItsRepeat(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		full := graph.FullSchema()
		for _, name := range slices.Sorted(maps.Keys(attempts)) {
			if name == "actAs" || name == "shareConfiguration" {
				continue // its answer is a secret, so it takes no key
			}
			a, role := attempts[name], "STAFF_ADMIN"
			if schema.Grants[role].Action(a.action) == auth.ScopeNone {
				role = "ORG_ADMIN" // what only customers do
			}
			target := gid.ID("")
			switch a.on {
			case "Order":
				target = f.World.Orders[world.OrderOfSub].ID
			case "Shipment":
				target = f.World.Shipments[world.OrderOfSub].ID
			case "Cart":
				target = gid.ID(rowsOf(t, f, a.on)[0].id)
			case "Membership":
				target = f.World.Memberships["ORG_BUYER"].ID
				if name == "delegateApprovals" { // each for themselves
					target = f.World.Memberships[role].ID
				}
			case "Session":
				for _, x := range rowsOf(t, f, "Session") {
					if x.user == string(f.World.Users[role].ID) && x.id != string(f.World.Sessions[role].ID) {
						target = gid.ID(x.id)
					}
				}
			case "Organization":
				target = f.World.North.ID
			case "Notification":
				target = f.World.Notifications[role].ID
			case "SavedView":
				target = f.World.Views[role].ID
				if name == "saveView" { // the other one has been deleted
					a := f.As(role).Must(saveView, view("ORDERS", "Another", ""))
					id, _ := testkit.At(a, "saveView", "savedView", "id").(string)
					target = gid.ID(id)
				}
			case "ImportRun":
				target = f.World.Import.ID
			case "StockLocation":
				target = placeOf(f)
			case "Role":
				target = f.World.Roles["ORG_MEMBER"].ID
			case "User":
				target = f.World.Users["ORG_BUYER"].ID
			case "OrganizationAssignment":
				target = gid.ID(rowsOf(t, f, a.on)[0].id)
			case "ProductType", "Category", "Segment", "Product", "ProductVariant", "PriceList", "SearchMiss":
				target = gid.ID(rowsOf(t, f, a.on)[0].id)
			case "ParcelReport": // another one for each
				target = gid.ID(rowsOf(t, f, "ParcelReport")[len(name)%2].id)
			case "":
			default: // one with which the role may do it
				o := newOracle(t, f)
				for _, x := range rowsOf(t, f, a.on) {
					if o.sees(role, a.on, x) && o.reaches(role, a.on, schema.Grants[role].Action(a.action), x, f.World) {
						target = gid.ID(x.id)
						break
					}
				}
			}
			query := fmt.Sprintf(`mutation($input: %s!) { %s(input: $input) @idempotent(key: "%s") { userErrors { code } } }`,
				full.Mutation.Fields.ForName(name).Arguments[0].Type.Name(), name, name)
			input := a.input(f, target, versionOf(t, f, a.on, string(target)))
			first := f.As(role).Do(query, map[string]any{"input": input})
			require.Empty(t, first.Errors, "%s: %s", name, first.Body)
			after := f.Fingerprint()
			second := f.As(role).Do(query, map[string]any{"input": input})
			require.Equal(t, first.Body, second.Body, name)
			require.Equal(t, after, f.Fingerprint(), "%s had its effect twice", name)
			if list, _ := first.At(name, "userErrors").([]any); len(list) > 0 {
				continue // a refusal keeps no key
			}
			for _, field := range []string{"text", "reason", "carrier", "location", "name"} {
				if _, ok := input[field]; ok {
					input[field] = "another"
					third := f.As(role).Do(query, map[string]any{"input": input})
					require.Equal(t, "CONFLICT", third.Code(), "%s: %s", name, third.Body)
					break
				}
			}
			require.Equal(t, after, f.Fingerprint(), "%s was changed by a conflict", name)
		}
		anonymous := f.As("ANONYMOUS").Do(`mutation { signIn(input: {email: "a", password: "b"}) @idempotent(key: "k") { accessToken } }`, nil)
		require.NotEmpty(t, anonymous.Code())
	})
}
