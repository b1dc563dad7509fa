package schema

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"foyer/auth"
)

// Permissions that open single fields of the API. Every readable entity and
// every allowed action is a permission too: "order.read", "order.cancel".
const (
	PermPrices      = "order.prices"         // money on orders, billing address
	PermBuy         = "order.buy"            // orders without asking, within the limits
	PermQuote       = "price.quote"          // what a customer would pay, and why
	PermStock       = "stock.quantity"       // how many are available
	PermLevels      = "stock.levels"         // what lies where, and what moved
	PermAudience    = "catalog.audience"     // for whom a product is
	PermPeople      = "people.names"         // who placed it, where it goes
	PermContact     = "people.contact"       // e-mail and telephone of others
	PermInternal    = "event.internal"       // notes and events meant for staff only
	PermUnpublished = "catalog.unpublished"  // drafts and retired products
	PermStaffRoles  = "role.staff"           // the roles of staff
	PermContacts    = "organization.contact" // who looks after the organization
	PermFigures     = "organization.figures" // what it orders, in numbers
	PermHistory     = "organization.history" // what happened with it, in one timeline
	PermSource      = "record.source"        // where a record was imported from
	PermExplain     = "access.explain"       // why somebody sees something
	PermJobs        = "job.read"             // background work and its failures
	PermMails       = "mail.preview"         // what mails look like; the development mailbox

	PermConfigurationStaff = "configuration.staff" // rules and notes that customers are not shown, parts, drafts
	PermConfigurationCosts = "configuration.costs" // what it costs the company

	PermTraining        = "training.staff"   // drafts, right answers, who a course is for
	PermTrainingFigures = "training.figures" // how questions and lessons fare
	PermTrainingTeam    = "training.team"    // who of an organization holds what
)

// matrix says who may do what to which rows. One row an entity, an action or a
// permission; one column a role. Everything that is not written here is closed.
//
// Scopes: - none, granted (the one subject of a code), own (mine in this
// organization), sel (mine and those of named colleagues), org, tree (with
// subsidiaries), asg (the organizations that I look after), all.
const matrix = `
                         | ORG                       | STAFF                                                  |
                         | MEMBER BUYER MANAGER ADMIN| AGENT SALES MARKETING TRAINER FULFILLMENT ANALYST ADMIN| ANONYMOUS GUEST   INTEGRATION
read Organization        | org    org   org     tree | all   all   all       all     all         all     all  | -         -       all
read OrganizationAssignment | -   -     -       -    | own   own   -         -       -           -       all  | -         -       -
read User                | own    sel   org     tree | all   all   own       all     own         own     all  | -         -       -
read Membership          | own    own   org     tree | all   all   own       all     own         own     all  | -         -       -
read Role                | all    all   all     all  | all   all   all       all     all         all     all  | -         -       -
read Session             | own    own   own     own  | own   own   own       own     own         own     own  | -         -       -
read Category            | all    all   all     all  | all   all   all       all     all         all     all  | all       -       all
read Product             | all    all   all     all  | all   all   all       all     all         all     all  | all       -       all
read ProductVariant      | all    all   all     all  | all   all   all       all     all         all     all  | all       -       all
read ProductType         | all    all   all     all  | all   all   all       all     all         all     all  | all       -       all
read Segment             | -      -     -       -    | all   all   all       all     -           all     all  | -         -       -
read PriceList           | -      -     -       -    | -     all   all       -       -           all     all  | -         -       all
read RuleTable           | -      -     -       -    | -     all   -         -       -           all     all  | -         -       -
read Guide               | all    all   all     all  | all   all   all       all     all         all     all  | all       -       -
read File                | own    sel   org     tree | all   asg   own       own     all         all     all  | own       granted all
read Cart                | own    own   own     own  | all   asg   -         -       -           -       all  | -         -       -
read CartLine            | own    own   own     own  | all   asg   -         -       -           -       all  | -         -       -
read Approval            | own    sel   org     tree | all   asg   -         -       all         all     all  | -         -       all
read SpendingLimit       | -      -     org     tree | all   asg   -         -       -           -       all  | -         -       -
read StockLocation       | -      -     -       -    | all   all   -         -       all         all     all  | -         -       all
read SearchMiss          | -      -     -       -    | all   all   all       all     -           all     all  | -         -       -
read ConfigurationModel  | all    all   all     all  | all   all   all       all     all         all     all  | all       -       -
read ModelVersion        | all    all   all     all  | all   all   all       all     all         all     all  | all       all     -
read Configuration       | own    sel   org     tree | all   asg   -         -       all         all     all  | -         granted -
read Course              | all    all   all     all  | all   all   all       all     all         all     all  | all       -       all
read CourseVersion       | all    all   all     all  | all   all   all       all     all         all     all  | all       -       all
read Enrollment          | own    own   org     tree | all   asg   -         all     -           all     all  | -         -       -
read Attempt             | own    own   org     tree | -     -     -         all     -           all     all  | -         -       -
read Submission          | own    own   org     tree | -     -     -         all     -           -       all  | -         -       -
read Certificate         | own    own   org     tree | all   asg   -         all     -           all     all  | -         -       all
read TrainingRequirement | org    org   org     tree | all   asg   -         all     -           all     all  | -         -       -
read Order               | own    sel   org     tree | all   asg   -         -       all         all     all  | -         granted all
read OrderLine           | own    sel   org     tree | all   asg   -         -       all         all     all  | -         granted all
read Shipment            | own    sel   org     tree | all   asg   -         -       all         all     all  | -         granted all
read ShipmentLine        | own    sel   org     tree | all   asg   -         -       all         all     all  | -         granted all
read TrackingEvent       | own    sel   org     tree | all   asg   -         -       all         all     all  | -         granted all
read Event               | own    sel   org     tree | all   asg   -         -       all         all     all  | -         granted all
read Notification        | own    own   own     own  | own   own   own       own     own         own     own  | -         -       -
read SavedView           | own    own   own     own  | own   own   own       own     own         own     own  | -         -       -
read ImportRun           | -      -     -       -    | -     -     -         -       -           -       all  | -         -       -
read ParcelReport        | -      -     -       -    | all   -     -         -       all         -       all  | -         -       all
read AuditEntry          | -      -     -       -    | -     -     -         -       -           -       all  | -         -       -
read OneTimeToken        | -      -     -       -    | -     -     -         -       -           -       -    | -         -       -

do order.confirm         | -      -     -       -    | all   asg   -         -       all         -       all  | -         -       -
do order.cancel          | -      own   org     tree | all   asg   -         -       -           -       all  | -         -       -
do order.promise         | -      -     -       -    | all   asg   -         -       all         -       all  | -         -       -
do order.note            | own    sel   org     tree | all   asg   -         -       all         -       all  | -         -       -
do order.note.internal   | -      -     -       -    | all   asg   -         -       all         -       all  | -         -       -
do shipment.create       | -      -     -       -    | all   -     -         -       all         -       all  | -         -       -
do shipment.track        | -      -     -       -    | all   -     -         -       all         -       all  | -         -       all
do session.act           | own    own   own     own  | own   own   own       own     own         own     own  | -         -       -
do session.end           | own    own   own     own  | own   own   own       own     own         own     own  | -         -       -
do membership.role       | -      -     -       org  | -     -     -         -       -           -       all  | -         -       -
do membership.status     | -      -     -       org  | -     -     -         -       -           -       all  | -         -       -
do membership.invite     | -      -     -       org  | -     -     -         -       -           -       all  | -         -       -
do profile.change        | own    own   own     own  | own   own   own       own     own         own     own  | -         -       -
do user.status           | -      -     -       -    | -     -     -         -       -           -       all  | -         -       -
do user.password         | -      -     -       -    | -     -     -         -       -           -       all  | -         -       -
do organization.assign   | -      -     -       -    | -     -     -         -       -           -       all  | -         -       -
do organization.note     | -      -     -       -    | all   asg   -         -       -           -       all  | -         -       -
do savedView.save        | own    own   own     own  | own   own   own       own     own         own     own  | -         -       -
do savedView.delete      | own    own   own     own  | own   own   own       own     own         own     own  | -         -       -
do import.start          | -      -     -       -    | -     -     -         -       -           -       all  | -         -       -
do import.cancel         | -      -     -       -    | -     -     -         -       -           -       all  | -         -       -
do role.create           | -      -     -       -    | -     -     -         -       -           -       all  | -         -       -
do role.update           | -      -     -       -    | -     -     -         -       -           -       all  | -         -       -
do parcelReport.receive  | -      -     -       -    | -     -     -         -       all         -       all  | -         -       all
do parcelReport.assign   | -      -     -       -    | all   -     -         -       all         -       all  | -         -       -
do parcelReport.dismiss  | -      -     -       -    | all   -     -         -       all         -       all  | -         -       -
do notification.read     | own    own   own     own  | own   own   own       own     own         own     own  | -         -       -
do notification.settings | own    own   own     own  | own   own   own       own     own         own     own  | -         -       -
do productType.save      | -      -     -       -    | -     -     all       -       -           -       all  | -         -       -
do category.save         | -      -     -       -    | -     -     all       -       -           -       all  | -         -       -
do category.delete       | -      -     -       -    | -     -     all       -       -           -       all  | -         -       -
do product.save          | -      -     -       -    | -     -     all       -       -           -       all  | -         -       -
do product.audience      | -      -     -       -    | -     all   all       -       -           -       all  | -         -       -
do variant.save          | -      -     -       -    | -     -     all       -       -           -       all  | -         -       -
do segment.save          | -      -     -       -    | -     all   all       -       -           -       all  | -         -       -
do segment.members       | -      -     -       -    | -     all   all       -       -           -       all  | -         -       -
do priceList.save        | -      -     -       -    | -     all   -         -       -           -       all  | -         -       -
do priceList.assign      | -      -     -       -    | -     all   -         -       -           -       all  | -         -       -
do priceList.prices      | -      -     -       -    | -     all   -         -       -           -       all  | -         -       all
do ruleTable.save        | -      -     -       -    | -     -     -         -       -           -       all  | -         -       -
do guide.save            | -      -     -       -    | all   -     all       all     -           -       all  | -         -       -
do stockLocation.save    | -      -     -       -    | -     -     -         -       all         -       all  | -         -       -
do stock.adjust          | -      -     -       -    | -     -     -         -       all         -       all  | -         -       -
do stock.feed            | -      -     -       -    | -     -     -         -       all         -       all  | -         -       all
do cart.create           | own    own   own     own  | all   asg   -         -       -           -       all  | -         -       -
do cart.change           | own    own   own     own  | all   asg   -         -       -           -       all  | -         -       -
do cart.discount         | -      -     -       -    | -     asg   -         -       -           -       all  | -         -       -
do order.place           | own    own   own     own  | all   asg   -         -       -           -       all  | -         -       -
do order.change          | -      own   org     tree | all   asg   -         -       -           -       all  | -         -       -
do approval.decide       | -      -     org     tree | -     -     -         -       -           -       -    | -         -       -
do approval.withdraw     | own    own   own     own  | -     -     -         -       -           -       -    | -         -       -
do approval.delegate     | -      -     own     own  | -     -     -         -       -           -       -    | -         -       -
do spendingLimit.save    | -      -     org     tree | -     -     -         -       -           -       all  | -         -       -
do spendingLimit.delete  | -      -     org     tree | -     -     -         -       -           -       all  | -         -       -
do organization.trade    | -      -     -       -    | -     asg   -         -       -           -       all  | -         -       -
do organization.addresses | -     -     org     tree | all   asg   -         -       -           -       all  | -         -       -
do file.upload           | own    own   own     own  | own   own   own       own     own         -       own  | -         -       -
do file.attach           | own    sel   org     tree | all   asg   -         -       all         -       all  | -         -       -
do file.catalog          | -      -     -       -    | -     -     all       -       -           -       all  | -         -       -
do file.delete          | own    own   org     tree | all   asg   -         -       -           -       all  | -         -       -
do search.follow         | own    own   own     own  | -     -     -         -       -           -       -    | -         -       -
do searchMiss.decide     | -      -     -       -    | all   all   all       -       -           -       all  | -         -       -
do searchMiss.merge      | -      -     -       -    | all   all   all       -       -           -       all  | -         -       -
do configurationModel.save | -    -     -       -    | -     -     all       -       -           -       all  | -         -       -
do configurationModel.publish | - -     -       -    | -     -     all       -       -           -       all  | -         -       -
do configuration.create  | own    own   own     own  | all   asg   -         -       -           -       all  | -         -       -
do configuration.save    | own    own   org     tree | all   asg   -         -       -           -       all  | -         -       -
do configuration.share   | own    own   org     tree | all   asg   -         -       -           -       all  | -         -       -
do configuration.delete  | own    own   org     tree | all   asg   -         -       -           -       all  | -         -       -
do course.save           | -      -     -       -    | -     -     -         all     -           -       all  | -         -       -
do course.publish        | -      -     -       -    | -     -     -         all     -           -       all  | -         -       -
do course.regrade        | -      -     -       -    | -     -     -         all     -           -       all  | -         -       -
do enrollment.create     | own    own   org     tree | all   asg   -         all     -           -       all  | -         -       -
do enrollment.withdraw   | own    own   org     tree | all   asg   -         all     -           -       all  | -         -       -
do enrollment.due        | -      -     org     tree | all   asg   -         all     -           -       all  | -         -       -
do enrollment.learn      | own    own   own     own  | -     -     -         -       -           -       -    | -         -       -
do enrollment.rate       | own    own   own     own  | -     -     -         -       -           -       -    | -         -       -
do enrollment.mark       | -      -     -       -    | -     -     -         all     -           -       all  | -         -       -
do enrollment.move       | -      -     -       -    | -     -     -         all     -           -       all  | -         -       -
do attempt.take          | own    own   own     own  | -     -     -         -       -           -       -    | -         -       -
do submission.create     | own    own   own     own  | -     -     -         -       -           -       -    | -         -       -
do submission.grade      | -      -     -       -    | -     -     -         all     -           -       all  | -         -       -
do certificate.show      | own    own   own     own  | -     -     -         -       -           -       -    | -         -       -
do certificate.revoke    | -      -     -       -    | -     -     -         all     -           -       all  | -         -       -
do trainingRequirement.save | -   -     org     tree | -     asg   -         all     -           -       all  | -         -       -
do trainingRequirement.delete | - -     org     tree | -     asg   -         all     -           -       all  | -         -       -
do job.retry             | -      -     -       -    | -     -     -         -       -           -       all  | -         -       -
do job.cancel            | -      -     -       -    | -     -     -         -       -           -       all  | -         -       -

may order.prices         | yes    yes   yes     yes  | yes   yes   -         -       -           yes     yes  | -         -       yes
may order.buy            | -      yes   yes     yes  | yes   yes   -         -       -           -       yes  | -         -       -
may price.quote          | -      -     -       -    | yes   yes   -         -       -           yes     yes  | -         -       -
may stock.quantity       | yes    yes   yes     yes  | yes   yes   yes       yes     yes         yes     yes  | -         -       yes
may stock.levels         | -      -     -       -    | yes   yes   -         -       yes         yes     yes  | -         -       yes
may catalog.audience     | -      -     -       -    | -     yes   yes       -       -           yes     yes  | -         -       -
may people.names         | yes    yes   yes     yes  | yes   yes   -         yes     yes         -       yes  | -         -       yes
may people.contact       | yes    yes   yes     yes  | yes   yes   -         yes     -           -       yes  | -         -       -
may event.internal       | -      -     -       -    | yes   yes   -         -       yes         -       yes  | -         -       -
may catalog.unpublished  | -      -     -       -    | yes   yes   yes       yes     yes         yes     yes  | -         -       yes
may role.staff           | -      -     -       -    | yes   yes   yes       yes     yes         yes     yes  | -         -       -
may record.source        | -      -     -       -    | yes   yes   -         -       yes         yes     yes  | -         -       yes
may organization.contact | yes    yes   yes     yes  | yes   yes   yes       yes     yes         yes     yes  | -         -       -
may organization.figures | -      -     yes     yes  | yes   yes   -         -       -           yes     yes  | -         -       -
may organization.history | -      -     yes     yes  | yes   yes   -         -       yes         yes     yes  | -         -       -
may access.explain       | -      -     -       -    | -     -     -         -       -           -       yes  | -         -       -
may configuration.staff  | -      -     -       -    | yes   yes   yes       -       yes         yes     yes  | -         -       -
may configuration.costs  | -      -     -       -    | -     yes   yes       -       -           yes     yes  | -         -       -
may training.staff       | -      -     -       -    | -     -     -         yes     -           -       yes  | -         -       -
may training.figures     | -      -     -       -    | -     -     -         yes     -           yes     yes  | -         -       -
may training.team        | -      -     yes     yes  | yes   yes   -         yes     -           -       yes  | -         -       -
may job.read             | -      -     -       -    | -     -     -         -       -           -       yes  | -         -       -
may mail.preview         | -      -     -       -    | -     -     yes       -       -           -       yes  | -         -       -
`

// RoleKinds are the sorts of role. Only the first two are rows that an
// administrator sees; the others belong to identities without a membership.
const (
	RoleOrganization = "ORGANIZATION"
	RoleStaff        = "STAFF"
	RoleOther        = "OTHER"
)

// RoleInfo describes a built-in role.
type RoleInfo struct{ Key, Kind, Name string }

// Roles are the built-in roles in the order of the matrix's columns.
var Roles = []RoleInfo{
	{"ORG_MEMBER", RoleOrganization, "Member"},
	{"ORG_BUYER", RoleOrganization, "Buyer"},
	{"ORG_MANAGER", RoleOrganization, "Manager"},
	{"ORG_ADMIN", RoleOrganization, "Administrator"},
	{"STAFF_AGENT", RoleStaff, "Service agent"},
	{"STAFF_SALES", RoleStaff, "Sales"},
	{"STAFF_MARKETING", RoleStaff, "Marketing"},
	{"STAFF_TRAINER", RoleStaff, "Trainer"},
	{"STAFF_FULFILLMENT", RoleStaff, "Fulfillment"},
	{"STAFF_ANALYST", RoleStaff, "Analyst"},
	{"STAFF_ADMIN", RoleStaff, "Staff administrator"},
	{"ANONYMOUS", RoleOther, "Nobody signed in"},
	{"GUEST", RoleOther, "Guest with a code"},
	{"INTEGRATION", RoleOther, "Integration"},
}

// Entity says which columns decide about a type's rows.
type Entity struct {
	Org     string // column with the owning organization
	User    string // column with the owning user
	Subject string // column compared with the subject of a guest code
	// Through names a type whose rows lead to this one, for a type that has no
	// owner of its own: a user belongs to the organizations of their memberships.
	Through *Through
	// Personal rows are the user's own wherever they act: who am I, where can I act.
	Personal bool
	// Only limits the rows to one value of a column, unless a permission is held.
	Only *Only
	// Audience limits rows that are not for everybody to those for the viewer's
	// organization or one of its segments, unless a permission is held.
	Audience *Audience
	// Within limits the rows to those that lead to a visible row of another type.
	Within *Within
	// Also adds the rows that lead to a visible row of another type, whatever the
	// scope: the picture of a product, or the work that a trainer grades, beside the
	// attachments of one's own orders. What leads somewhere Alone comes after the rest.
	Also []Within
}

// Audience says which rows are not for everybody, and where it stands for whom
// they are: by the id of an organization or of a segment.
type Audience struct{ Column, Table, Key, Unless string }

// Within is a column with the id of a row of another type. Rows that lead somewhere
// Alone are seen with what they lead to and in no other way: the scope that somebody
// reads files with does not open the work of people.
type Within struct {
	Column, Entity string
	Alone          bool
}

// Through reaches rows by a key that another table holds beside the owner. Rows
// of that table whose column Unless is filled lead nowhere.
type Through struct{ Table, Key, Org, Unless string }

// Only is a value that a column must have for viewers without a permission.
type Only struct{ Column, Value, Unless string }

// Entities says for each type what the scopes mean. A type that is missing
// here, or in the matrix, is closed; a test names it.
var Entities = map[string]Entity{
	"Organization":           {Org: "id"},
	"OrganizationAssignment": {Org: "organization_id", User: "user_id"},
	"User":                   {User: "id", Through: &Through{Table: "memberships", Key: "user_id", Org: "organization_id", Unless: "invited_email"}},
	"Membership":             {Org: "organization_id", User: "user_id", Personal: true},
	"Role":                   {Only: &Only{Column: "kind", Value: RoleOrganization, Unless: PermStaffRoles}},
	"Session":                {User: "user_id"},
	"OneTimeToken":           {},
	"Category":               {},
	"Product": {Only: &Only{Column: "status", Value: "ACTIVE", Unless: PermUnpublished},
		Audience: &Audience{Column: "restricted", Table: "product_audiences", Key: "product_id", Unless: PermUnpublished}},
	"ProductVariant": {Only: &Only{Column: "status", Value: "ACTIVE", Unless: PermUnpublished},
		Within: &Within{Column: "product_id", Entity: "Product"}},
	"ProductType":        {},
	"Segment":            {},
	"PriceList":          {},
	"RuleTable":          {},
	"Guide":              {Only: &Only{Column: "status", Value: "PUBLISHED", Unless: PermUnpublished}},
	"File":               {Org: "organization_id", User: "user_id", Subject: "order_id", Also: []Within{{Column: "product_id", Entity: "Product"}, {Column: "submission_id", Entity: "Submission", Alone: true}}},
	"Cart":               {Org: "organization_id", User: "user_id"},
	"CartLine":           {Org: "organization_id", User: "user_id"},
	"Approval":           {Org: "organization_id", User: "user_id"},
	"SpendingLimit":      {Org: "organization_id"},
	"StockLocation":      {},
	"SearchMiss":         {},
	"ConfigurationModel": {Within: &Within{Column: "product_id", Entity: "Product"}},
	"ModelVersion":       {Within: &Within{Column: "product_id", Entity: "Product"}},
	"Configuration":      {Org: "organization_id", User: "user_id", Subject: "id"},
	"Course": {Only: &Only{Column: "status", Value: "PUBLISHED", Unless: PermTraining},
		Audience: &Audience{Column: "restricted", Table: "course_audiences", Key: "course_id", Unless: PermTraining}},
	"CourseVersion":       {Within: &Within{Column: "course_id", Entity: "Course"}},
	"Enrollment":          {Org: "organization_id", User: "user_id"},
	"Attempt":             {Org: "organization_id", User: "user_id"},
	"Submission":          {Org: "organization_id", User: "user_id"},
	"Certificate":         {Org: "organization_id", User: "user_id"},
	"TrainingRequirement": {Org: "organization_id"},
	"Order":               {Org: "organization_id", User: "user_id", Subject: "id"},
	"OrderLine":           {Org: "organization_id", User: "user_id", Subject: "order_id"},
	"Shipment":            {Org: "organization_id", User: "user_id", Subject: "order_id"},
	"ShipmentLine":        {Org: "organization_id", User: "user_id", Subject: "order_id"},
	"TrackingEvent":       {Org: "organization_id", User: "user_id", Subject: "order_id"},
	"Event": {Org: "organization_id", User: "user_id", Subject: "subject_id",
		Only: &Only{Column: "audience", Value: "CUSTOMER", Unless: PermInternal}},
	"Notification": {Org: "organization_id", User: "user_id", Personal: true},
	"ParcelReport": {},
	"SavedView":    {User: "user_id", Personal: true},
	"ImportRun":    {},
	"AuditEntry":   {},
}

// Ops are the writes that an action may do to a type.
type Ops uint8

// The writes.
const (
	Create Ops = 1 << iota
	Update
	Delete
)

// Action says what a named action works on and what it may write; the hook
// opens just that, for rows of the subject's owner, for as long as it runs.
type Action struct {
	On     string         // the type of its subject; empty for what is no record of the model
	Writes map[string]Ops // the types that it writes
	Reads  []string       // the types of which it reads every row, beyond the viewer's scope
}

// promising are what an order's estimate and delay follow from, and what the
// customer has been told of it.
var promising = []string{"OrderLine", "Shipment", "ShipmentLine", "TrackingEvent", "Event"}

// learning are the writes by which somebody gets on with a course: the last step
// finishes it and earns the certificate.
var learning = map[string]Ops{"Enrollment": Update, "Certificate": Create, "Event": Create}

// with are some writes and one more.
func with(writes map[string]Ops, typ string, ops Ops) map[string]Ops {
	all := maps.Clone(writes)
	all[typ] = ops
	return all
}

// Actions are the named actions, one a mutation.
var Actions = map[string]Action{
	"order.confirm":       {On: "Order", Writes: map[string]Ops{"Order": Update, "OrderLine": Update, "Event": Create}, Reads: promising},
	"order.cancel":        {On: "Order", Writes: map[string]Ops{"Order": Update, "Approval": Update, "Event": Create}, Reads: []string{"OrderLine", "Shipment", "Approval"}},
	"order.promise":       {On: "Order", Writes: map[string]Ops{"Order": Update, "OrderLine": Update, "Event": Create}, Reads: promising},
	"order.note":          {On: "Order", Writes: map[string]Ops{"Event": Create}},
	"order.note.internal": {On: "Order", Writes: map[string]Ops{"Event": Create}},
	"shipment.create": {On: "Order", Writes: map[string]Ops{
		"Order": Update, "OrderLine": Update, "Shipment": Create, "ShipmentLine": Create, "Event": Create,
	}, Reads: promising},
	"shipment.track": {On: "Shipment", Writes: map[string]Ops{
		"Shipment": Update, "TrackingEvent": Create, "Order": Update, "Event": Create,
	}, Reads: append([]string{"Order"}, promising...)},
	"session.act":                {On: "Session", Writes: map[string]Ops{"Session": Update}},
	"session.end":                {On: "Session", Writes: map[string]Ops{"Session": Update, "Event": Create}},
	"membership.role":            {On: "Membership", Writes: map[string]Ops{"Membership": Update, "Event": Create}},
	"membership.status":          {On: "Membership", Writes: map[string]Ops{"Membership": Update, "Event": Create}},
	"membership.invite":          {On: "Membership", Writes: map[string]Ops{"User": Create, "Membership": Create | Update, "OneTimeToken": Create | Update, "Event": Create}},
	"profile.change":             {On: "User", Writes: map[string]Ops{"User": Update, "Session": Update, "Event": Create}},
	"user.status":                {On: "User", Writes: map[string]Ops{"User": Update, "Session": Update, "Event": Create}},
	"user.password":              {On: "User", Writes: map[string]Ops{"OneTimeToken": Create | Update}},
	"organization.assign":        {On: "OrganizationAssignment", Writes: map[string]Ops{"OrganizationAssignment": Create | Update, "Event": Create}},
	"organization.note":          {On: "Organization", Writes: map[string]Ops{"Event": Create}},
	"savedView.save":             {On: "SavedView", Writes: map[string]Ops{"SavedView": Create | Update}},
	"savedView.delete":           {On: "SavedView", Writes: map[string]Ops{"SavedView": Delete}},
	"import.start":               {On: "ImportRun", Writes: map[string]Ops{"ImportRun": Create}},
	"import.cancel":              {On: "ImportRun", Writes: map[string]Ops{"ImportRun": Update}},
	"role.create":                {On: "Role", Writes: map[string]Ops{"Role": Create}},
	"parcelReport.receive":       {On: "ParcelReport", Writes: map[string]Ops{"ParcelReport": Create}, Reads: []string{"ParcelReport", "Shipment", "Order", "TrackingEvent"}},
	"parcelReport.assign":        {On: "ParcelReport", Writes: map[string]Ops{"ParcelReport": Update}},
	"parcelReport.dismiss":       {On: "ParcelReport", Writes: map[string]Ops{"ParcelReport": Update}},
	"notification.read":          {On: "Notification", Writes: map[string]Ops{"Notification": Update}},
	"notification.settings":      {On: "User", Writes: map[string]Ops{"User": Update, "Event": Create}},
	"productType.save":           {On: "ProductType", Writes: map[string]Ops{"ProductType": Create | Update, "Event": Create}},
	"category.save":              {On: "Category", Writes: map[string]Ops{"Category": Create | Update}},
	"category.delete":            {On: "Category", Writes: map[string]Ops{"Category": Delete}},
	"product.save":               {On: "Product", Writes: map[string]Ops{"Product": Create | Update, "Event": Create}},
	"product.audience":           {On: "Product", Writes: map[string]Ops{"Product": Update, "Event": Create}},
	"variant.save":               {On: "ProductVariant", Writes: map[string]Ops{"ProductVariant": Create | Update, "Product": Update, "Event": Create}},
	"segment.save":               {On: "Segment", Writes: map[string]Ops{"Segment": Create | Update}},
	"segment.members":            {On: "Segment", Writes: map[string]Ops{"Segment": Update}},
	"priceList.save":             {On: "PriceList", Writes: map[string]Ops{"PriceList": Create | Update}},
	"priceList.assign":           {On: "PriceList", Writes: map[string]Ops{"PriceList": Update}},
	"priceList.prices":           {On: "PriceList", Writes: map[string]Ops{"PriceList": Update}},
	"ruleTable.save":             {On: "RuleTable", Writes: map[string]Ops{"RuleTable": Create}},
	"guide.save":                 {On: "Guide", Writes: map[string]Ops{"Guide": Create | Update}},
	"stockLocation.save":         {On: "StockLocation", Writes: map[string]Ops{"StockLocation": Create | Update}},
	"stock.adjust":               {},
	"stock.feed":                 {},
	"cart.create":                {On: "Cart", Writes: map[string]Ops{"Cart": Create, "CartLine": Create}},
	"cart.change":                {On: "Cart", Writes: map[string]Ops{"Cart": Update, "CartLine": Create | Update | Delete, "File": Create | Delete}},
	"cart.discount":              {On: "Cart", Writes: map[string]Ops{"Cart": Update, "CartLine": Update}},
	"configurationModel.save":    {On: "ConfigurationModel", Writes: map[string]Ops{"ConfigurationModel": Create | Update}},
	"configurationModel.publish": {On: "ConfigurationModel", Writes: map[string]Ops{"ConfigurationModel": Update, "ModelVersion": Create | Update}},
	"configuration.create":       {On: "Configuration", Writes: map[string]Ops{"Configuration": Create, "Event": Create}},
	"configuration.save":         {On: "Configuration", Writes: map[string]Ops{"Configuration": Update, "Event": Create}},
	"configuration.share":        {On: "Configuration", Writes: map[string]Ops{"OneTimeToken": Create | Update, "Event": Create}},
	"configuration.delete":       {On: "Configuration", Writes: map[string]Ops{"Configuration": Delete, "OneTimeToken": Update, "Event": Create}},
	"order.place":                {On: "Cart", Writes: map[string]Ops{"Configuration": Update, "Cart": Update, "CartLine": Update, "Order": Create | Update, "OrderLine": Create, "Approval": Create, "File": Update, "Event": Create}, Reads: []string{"User"}}, // whoever is to approve it
	"order.change":               {On: "Order", Writes: map[string]Ops{"Order": Update, "OrderLine": Update, "Event": Create}, Reads: promising},
	"approval.decide":            {On: "Approval", Writes: map[string]Ops{"Approval": Update, "Order": Update, "Event": Create}},
	"approval.withdraw":          {On: "Approval", Writes: map[string]Ops{"Approval": Update, "Order": Update, "Event": Create}},
	"approval.delegate":          {On: "Membership", Writes: map[string]Ops{"Membership": Update}},
	"spendingLimit.save":         {On: "SpendingLimit", Writes: map[string]Ops{"SpendingLimit": Create | Update}},
	"spendingLimit.delete":       {On: "SpendingLimit", Writes: map[string]Ops{"SpendingLimit": Delete}},
	"organization.trade":         {On: "Organization", Writes: map[string]Ops{"Organization": Update}},
	"organization.addresses":     {On: "Organization", Writes: map[string]Ops{"Organization": Update}},
	"file.upload":                {On: "User", Writes: map[string]Ops{}},
	"file.attach":                {On: "Order", Writes: map[string]Ops{"File": Create, "Event": Create}},
	"file.catalog":               {On: "Product", Writes: map[string]Ops{"File": Create | Update | Delete}},
	"file.delete":                {On: "File", Writes: map[string]Ops{"File": Delete, "Event": Create}},
	"search.follow":              {On: "User", Writes: map[string]Ops{}},
	"searchMiss.decide":          {On: "SearchMiss", Writes: map[string]Ops{"SearchMiss": Update}},
	"searchMiss.merge":           {On: "SearchMiss", Writes: map[string]Ops{"SearchMiss": Update}},
	"course.save":                {On: "Course", Writes: map[string]Ops{"Course": Create | Update, "File": Create}},
	"course.publish":             {On: "Course", Writes: map[string]Ops{"Course": Update, "CourseVersion": Create}},
	"course.regrade":             {On: "Course", Writes: map[string]Ops{"CourseVersion": Update}},
	"enrollment.create":          {On: "Enrollment", Writes: map[string]Ops{"Enrollment": Create, "Event": Create}, Reads: []string{"Enrollment"}},
	"enrollment.withdraw":        {On: "Enrollment", Writes: map[string]Ops{"Enrollment": Update, "Event": Create}},
	"enrollment.due":             {On: "Enrollment", Writes: map[string]Ops{"Enrollment": Update, "Event": Create}},
	"enrollment.learn":           {On: "Enrollment", Writes: learning},
	"enrollment.rate":            {On: "Enrollment", Writes: map[string]Ops{"Enrollment": Update}},
	"enrollment.mark":            {On: "Enrollment", Writes: learning},
	"enrollment.move":            {On: "Enrollment", Writes: learning},
	"attempt.take":               {On: "Enrollment", Writes: with(learning, "Attempt", Create|Update)},
	"submission.create":          {On: "Enrollment", Writes: with(with(learning, "Submission", Create), "File", Create)},
	"submission.grade":           {On: "Submission", Writes: with(learning, "Submission", Update)},
	"certificate.show":           {On: "Certificate", Writes: map[string]Ops{"Certificate": Update}},
	"certificate.revoke":         {On: "Certificate", Writes: map[string]Ops{"Certificate": Update, "Event": Create}},
	"trainingRequirement.save":   {On: "TrainingRequirement", Writes: map[string]Ops{"TrainingRequirement": Create | Update, "Event": Create}},
	"trainingRequirement.delete": {On: "TrainingRequirement", Writes: map[string]Ops{"TrainingRequirement": Delete}},
	"job.retry":                  {},
	"job.cancel":                 {},
	"role.update":                {On: "Role", Writes: map[string]Ops{"Role": Update, "Event": Create}},
}

// Permissions are those that the matrix knows beside entities and actions.
var Permissions []string

// Grants has what each built-in role may do.
var Grants = func() map[string]*auth.Grants {
	grants, permissions, err := parse(matrix)
	if err != nil {
		panic("schema/access.go: " + err.Error()) // the program must not start with half a matrix
	}
	Permissions = permissions
	return grants
}()

// scopes are the words of the matrix.
var scopes = map[string]auth.Scope{
	"-": auth.ScopeNone, "granted": auth.ScopeGranted, "own": auth.ScopeOwn, "sel": auth.ScopeSelected,
	"org": auth.ScopeOrganization, "tree": auth.ScopeTree, "asg": auth.ScopeAssigned, "all": auth.ScopeAll,
}

// parse reads the matrix strictly: a word, a row or a column that it does not
// know is an error, and so are an entity or an action without a row.
func parse(text string) (map[string]*auth.Grants, []string, error) {
	n := len(Roles)
	read, do, may := make([]map[string]auth.Scope, n), make([]map[string]auth.Scope, n), make([][]string, n)
	for i := range Roles {
		read[i], do[i] = map[string]auth.Scope{}, map[string]auth.Scope{}
	}
	var permissions []string
	seen := map[string]bool{}
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(strings.ReplaceAll(line, "|", " "))
		if len(words) < 2 || !slices.Contains([]string{"read", "do", "may"}, words[0]) {
			continue // the heading
		}
		verb, name, cells := words[0], words[1], words[2:]
		if len(cells) != n {
			return nil, nil, fmt.Errorf("row %q has %d cells, not %d", name, len(cells), n)
		}
		if seen[verb+name] {
			return nil, nil, fmt.Errorf("row %q stands twice", name)
		}
		seen[verb+name] = true
		if verb == "may" {
			permissions = append(permissions, name)
		}
		for i, cell := range cells {
			scope, known := scopes[cell]
			switch {
			case verb == "may" && cell == "yes":
				may[i] = append(may[i], name)
			case verb == "may" && cell == "-":
			case verb != "may" && known && verb == "read":
				read[i][name] = scope
			case verb != "may" && known:
				do[i][name] = scope
			default:
				return nil, nil, fmt.Errorf("row %q, role %s: unknown word %q", name, Roles[i].Key, cell)
			}
		}
	}
	for name := range Entities {
		if !seen["read"+name] {
			return nil, nil, fmt.Errorf("entity %s has no row", name)
		}
	}
	for name := range Actions {
		if !seen["do"+name] {
			return nil, nil, fmt.Errorf("action %s has no row", name)
		}
	}
	grants := map[string]*auth.Grants{}
	for i, r := range Roles {
		grants[r.Key] = auth.NewGrants(r.Key, read[i], do[i], may[i])
	}
	return grants, permissions, nil
}

// AllPermissions is every permission there is, sorted; a schema for all of
// them is the whole schema.
func AllPermissions() []string {
	all := slices.Clone(Permissions)
	for e := range Entities {
		all = append(all, auth.ReadPermission(e))
	}
	for a := range Actions {
		all = append(all, a)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
