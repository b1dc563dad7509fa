package access

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"foyer/auth"
	"foyer/ent"
	"foyer/schema"
	"foyer/schema/gid"
)

// Explainer says why a viewer sees a record, or does not, by the same matrix
// and the same filters that decide.
type Explainer struct{ client *ent.Client }

// NewExplainer makes an Explainer that reads through a client.
func NewExplainer(c *ent.Client) *Explainer { return &Explainer{client: c} }

var prefixes = map[string]string{
	gid.Organization: ent.TypeOrganization, gid.Assignment: ent.TypeOrganizationAssignment, gid.User: ent.TypeUser,
	gid.Membership: ent.TypeMembership, gid.Role: ent.TypeRole, gid.Session: ent.TypeSession,
	gid.Category: ent.TypeCategory, gid.Product: ent.TypeProduct, gid.Variant: ent.TypeProductVariant,
	gid.Order: ent.TypeOrder, gid.OrderLine: ent.TypeOrderLine, gid.Shipment: ent.TypeShipment,
	gid.ShipmentLine: ent.TypeShipmentLine, gid.Tracking: ent.TypeTrackingEvent, gid.Audit: ent.TypeAuditEntry,
	gid.OneTimeToken: ent.TypeOneTimeToken,
	gid.Notification: ent.TypeNotification, gid.ParcelReport: ent.TypeParcelReport,
	gid.SavedView: ent.TypeSavedView, gid.Import: ent.TypeImportRun,
	gid.ProductType: ent.TypeProductType, gid.Segment: ent.TypeSegment, gid.PriceList: ent.TypePriceList,
	gid.RuleTable: ent.TypeRuleTable, gid.Cart: ent.TypeCart, gid.CartLine: ent.TypeCartLine,
	gid.StockLocation: ent.TypeStockLocation, gid.Approval: ent.TypeApproval, gid.SpendingLimit: ent.TypeSpendingLimit,
	gid.SearchMiss: ent.TypeSearchMiss, gid.Guide: ent.TypeGuide, gid.File: ent.TypeFile,
	gid.ConfigurationModel: ent.TypeConfigurationModel, gid.ModelVersion: ent.TypeModelVersion, gid.Configuration: ent.TypeConfiguration,
	gid.Course: ent.TypeCourse, gid.CourseVersion: ent.TypeCourseVersion, gid.Enrollment: ent.TypeEnrollment, gid.Attempt: ent.TypeAttempt,
	gid.Submission: ent.TypeSubmission, gid.Certificate: ent.TypeCertificate, gid.Requirement: ent.TypeTrainingRequirement,
}

// TypeOf is the type that an id's prefix names, empty when none does.
func TypeOf(id gid.ID) string { return prefixes[id.Prefix()] }

// Table is the table that an id's prefix names, for node(); empty when none does.
func Table(id gid.ID) string { return ent.Meta[TypeOf(id)].Table }

// Explain decides whether a viewer sees a record and says how, step by step.
// It is for administrators: it tells of records that the viewer cannot see.
func (x *Explainer) Explain(ctx context.Context, v *auth.Viewer, node gid.ID) (visible bool, steps []string, err error) {
	say := func(format string, args ...any) { steps = append(steps, fmt.Sprintf(format, args...)) }
	say("%s.", describe(v))
	typ := TypeOf(node)
	e, known := schema.Entities[typ]
	if !known {
		say("%q is not the id of anything that this model knows: nobody sees it.", node)
		return false, steps, nil
	}
	scope := v.Grants().Read(typ)
	say("The role %s reads records of type %s with the scope %q: %s.", v.Grants().Role(), typ, scope, meaning(scope))
	system := auth.WithSystem(ctx, "explanation of access")
	n, err := x.client.CountOf(system, typ, []gid.ID{node})
	if err != nil {
		return false, steps, err
	}
	if n == 0 {
		say("No record has the id %s: it never existed, or is gone.", node)
		return false, steps, nil
	}
	row, err := x.client.TextsOf(system, typ, node)
	if err != nil {
		return false, steps, err
	}
	for _, owner := range []struct{ column, what string }{{e.Org, "organization"}, {e.User, "user"}} {
		if owner.column != "" && owner.column != "id" {
			say("The record's %s is %s.", owner.what, orNone(row[owner.column]))
		}
	}
	if o := e.Only; o != nil && !v.Grants().Has(o.Unless) {
		say("Without the permission %s only records whose %s is %s are seen; this one's is %s.", o.Unless, o.Column, o.Value, row[o.Column])
	}
	if a := e.Audience; a != nil && !v.Grants().Has(a.Unless) {
		say("Without the permission %s a record that is %s is seen only by those for whom it is, by their organization (%s) or a segment that it is in; this one's %s is %s.",
			a.Unless, a.Column, orNone(v.OrganizationID), a.Column, row[a.Column])
	}
	leads := slices.Clone(e.Also)
	if e.Within != nil {
		leads = append(leads, *e.Within)
	}
	for i, w := range leads {
		if row[w.Column] == "" {
			continue
		}
		sees, err := x.client.CountOf(auth.WithViewer(ctx, v), w.Entity, []gid.ID{gid.ID(row[w.Column])})
		if err != nil {
			return false, steps, err
		}
		how := "only with"
		if i < len(e.Also) && !w.Alone {
			how = "also with"
		}
		say("It is seen %s the %s %s, which the viewer %s.", how, w.Entity, row[w.Column], map[bool]string{true: "sees", false: "does not see"}[sees == 1])
	}
	switch scope {
	case auth.ScopeTree:
		say("The viewer's organization and its subsidiaries: %s.", list(v.Tree))
	case auth.ScopeAssigned:
		say("The organizations that the viewer looks after: %s.", list(v.Assigned))
	case auth.ScopeSelected:
		say("The colleagues named on the viewer's membership: %s.", list(v.Selected))
	default: // the other scopes need no list
	}
	n, err = x.client.CountOf(auth.WithViewer(ctx, v), typ, []gid.ID{node})
	if err != nil {
		return false, steps, err
	}
	if n == 1 {
		say("So it is visible.")
	} else {
		say("So it is not visible: to this viewer it reads NOT_FOUND.")
	}
	return n == 1, steps, nil
}

func describe(v *auth.Viewer) string {
	switch v.Kind {
	case auth.KindMember:
		return fmt.Sprintf("%s (%s) acts for the organization %s by the membership %s", v.Name, v.UserID, v.OrganizationID, v.MembershipID)
	case auth.KindStaff:
		return fmt.Sprintf("%s (%s) acts as staff by the membership %s", v.Name, v.UserID, v.MembershipID)
	default:
		return "The viewer acts as " + strings.ToLower(string(v.Kind))
	}
}

func meaning(s auth.Scope) string {
	return map[auth.Scope]string{
		auth.ScopeNone:         "none at all",
		auth.ScopeGranted:      "the one that a code names",
		auth.ScopeOwn:          "their own, in the organization that they act for",
		auth.ScopeSelected:     "their own and those of named colleagues, in the organization that they act for",
		auth.ScopeOrganization: "all of the organization that they act for",
		auth.ScopeTree:         "all of the organization that they act for and of its subsidiaries",
		auth.ScopeAssigned:     "those of the organizations that they look after",
		auth.ScopeAll:          "all",
	}[s]
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func list(ids []string) string {
	if len(ids) == 0 {
		return "none"
	}
	return strings.Join(ids, ", ")
}
