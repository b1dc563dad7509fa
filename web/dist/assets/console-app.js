const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./console-Palette.js","./rolldown-runtime.js","./react.js","./mantine.js","./graphql.js","./kit.js","./start.js","./icons.js","./roleNames.js","./palette.css","./console-Keyboard.js","./console-Door.js","./LanguageSwitch.js","./signin.js","./PasswordInput.js","./Door.css","./signin.css","./console-Desk.js","./History.js","./Steps.js","./Steps.css","./orderFilter.js","./Desk.css","./console-OrderDesk.js","./search.js","./ExportButton.js","./table.js","./Views.js","./IconBookmark.js","./Views.css","./orders.js","./orders.css","./NativeSelect.js","./IconFilter.js","./console-OrderWork.js","./useFresh.js","./console-Customers.js","./console-Customer.js","./Picker.js","./Picker.css","./charts.js","./charts.css","./IconUserPlus.js","./CustomerTabs.js","./Tabs.js","./account.css","./Customer.css","./console-Products.js","./catalog.js","./catalog.css","./console-Product.js","./IconPencil.js","./console-Categories.js","./IconTrash.js","./console-ProductTypes.js","./console-Segments.js","./console-Segment.js","./OrganizationPicker.js","./console-Parcels.js","./Parcels.css","./console-Imports.js","./importWords.js","./work.css","./console-Import.js","./console-People.js","./admin.css","./console-Person.js","./admin2.js","./console-Roles.js","./console-Access.js","./console-Jobs.js","./console-Audit.js","./console-Stock.js","./IconClipboardList.js","./parts4.js","./parts2.css","./console-StockPlaces.js","./console-StockVariant.js","./console-Searches.js","./Searches.css","./console-Guides.js","./IconBulb.js","./parts.js","./console-GuideEdit.js","./console-Trade.js","./console-Training.js","./console-Machines.js","./console-Settings.js","./Inbox.js","./IconChecks.js","./texts.js","./Sections.js","./console-german.js","./views.de.js"])))=>i.map(i=>d[i]);
import{r as e}from"./rolldown-runtime.js";import{a as t,f as n,i as r,n as i,o as a,s as o,u as s}from"./react.js";import{C as c,D as l,E as u,F as d,J as f,K as p,N as m,P as h,S as g,b as _,ft as v,gt as y,it as ee,m as b,p as x,pt as S,v as C,vt as w,x as te,y as T}from"./kit.js";import{a as ne,i as E}from"./graphql.js";import{C as D,F as O,I as k,L as re,N as ie,P as ae,S as oe,T as A,_ as se,a as ce,c as le,d as j,f as M,g as N,i as ue,l as de,n as P,o as F,p as I,t as L,u as R,v as z,w as B,x as V,y as H}from"./icons.js";import{t as fe}from"./IconClipboardList.js";import{t as U}from"./roleNames.js";import{t as W}from"./start.js";var G=e(n(),1),K={h:`/`,o:`/orders`,c:`/customers`,p:`/parcels`,u:`/people`,i:`/imports`,j:`/jobs`,a:`/audit`,s:`/products`};function pe(e){(0,G.useEffect)(()=>{let t=0,n=n=>{if(n.key===`k`&&(n.ctrlKey||n.metaKey)){n.preventDefault(),e.palette();return}let r=n.target;if(n.ctrlKey||n.metaKey||n.altKey||r.closest(`input:not([type="checkbox"]), textarea, select, [contenteditable], dialog, [role="menu"]`))return;let i=K[n.key];if(n.key===`/`)e.palette();else if(n.key===`?`)e.help();else if(n.key===`g`){t=Date.now();return}else if(i&&Date.now()-t<1500&&e.has(i))t=0,e.go(i),n.stopImmediatePropagation();else{t=0;return}n.preventDefault()};return addEventListener(`keydown`,n,!0),()=>removeEventListener(`keydown`,n,!0)})}var q=s();function J({up:e}){let t=Y.use(),n=p.use(),{viewer:r}=g(),i=async(e,t)=>{await b(e).catch(()=>!1)?t&&location.assign(`/`):c(n.failed,`bad`)},a=(r.memberships??[]).filter(e=>e.id!==r.membership?.id&&e.status===`ACTIVE`),o=[...a.length?[{heading:!0,label:t.actAs}]:[],...a.map(e=>({icon:e.organization?(0,q.jsx)(O,{size:16}):(0,q.jsx)(R,{size:16}),label:(0,q.jsxs)(q.Fragment,{children:[e.organization?.name??t.console,(0,q.jsx)(`small`,{children:U(e.role)})]}),run:()=>void i(e.id,!!e.organization)})),{href:`/settings`,icon:(0,q.jsx)(j,{size:16}),label:t.settings},{href:`/`,outside:!0,icon:(0,q.jsx)(A,{size:16}),label:t.portal},{icon:(0,q.jsx)(de,{size:16}),label:n.signOut,run:()=>void T()}];return(0,q.jsx)(x,{className:e?`p-account c-me`:`f-icon`,up:e,start:e,label:`${r.name}, ${U(r.role)}`,items:o,button:(0,q.jsxs)(q.Fragment,{children:[(0,q.jsx)(l,{name:r.name}),e&&(0,q.jsxs)(`span`,{children:[(0,q.jsx)(`b`,{children:r.name}),(0,q.jsx)(`small`,{children:U(r.role)})]})]})})}var me={console:`Console`,home:`Home`,orders:`Orders`,customers:`Customers`,products:`Products`,configurations:`Configurations`,models:`Configurable`,approvals:`Approvals`,parcels:`Unknown parcels`,pricing:`Prices`,priceLists:`Price lists`,rules:`Rules`,priceCheck:`Who pays what`,people:`People`,roles:`Roles`,access:`Why access`,imports:`Imports`,jobs:`Background work`,audit:`Audit`,mailbox:`Mailbox`,graphiql:`Query page`,sell:`Customers and orders`,goods:`Catalog and stock`,stock:`Stock`,searches:`Search misses`,guides:`Guides`,training:`Training`,courses:`Courses`,learners:`Learners`,submissions:`Handed in`,certificates:`Certificates`,manage:`Administration`,develop:`Development`,search:`Search or go to`,menu:`Menu`,settings:`Your settings`,unread:e=>e?y(e,`unread notification`,`unread notifications`):`Notifications`,portal:`Customer portal`,actAs:`Act as`,shortcuts:`Keyboard`},he=(0,G.lazy)(()=>W(()=>import(`./console-Palette.js`),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url)),ge=(0,G.lazy)(()=>W(()=>import(`./console-Keyboard.js`),__vite__mapDeps([10,5,1,6,2,3,4,7,9]),import.meta.url)),Y=w(`Shell`,me),X=S(`query Queues { viewer {
  unreadNotifications @_optional
  attention @_optional { ordersToConfirm @_optional waitingParcelReports @_optional }
} }`),_e=S(`subscription Received($since: String) {
  notificationReceived(since: $since) { token unread notification { id title readAt } }
}`);function Z(){let e=Y.use(),t=_(),[{data:n}]=E({query:X}),r=n?.viewer.attention,i=(e,...n)=>t(e)?n:[];return[{places:[{href:`/`,title:e.home,icon:(0,q.jsx)(D,{size:18})}]},{title:e.sell,places:[...i(`order.read`,{href:`/orders`,title:e.orders,icon:(0,q.jsx)(ae,{size:18}),count:r?.ordersToConfirm}),...i(`organization.read`,{href:`/customers`,title:e.customers,icon:(0,q.jsx)(O,{size:18})}),...i(`approval.read`,{href:`/approvals`,title:e.approvals,icon:(0,q.jsx)(ie,{size:18})}),...i(`configuration.read`,{href:`/configurations`,title:e.configurations,icon:(0,q.jsx)(fe,{size:18})}),...i(`parcelReport.read`,{href:`/parcels`,title:e.parcels,icon:(0,q.jsx)(ce,{size:18}),count:r?.waitingParcelReports})]},{title:e.goods,places:[...i(`catalog.unpublished`,{href:`/products`,title:e.products,icon:(0,q.jsx)(F,{size:18})}),...i(`configuration.staff`,{href:`/models`,title:e.models,icon:(0,q.jsx)(j,{size:18})}),...i(`stock.levels`,{href:`/stock`,title:e.stock,icon:(0,q.jsx)(k,{size:18})}),...i(`searchMiss.read`,{href:`/searches`,title:e.searches,icon:(0,q.jsx)(M,{size:18})}),...i(`catalog.unpublished`,{href:`/guides`,title:e.guides,icon:(0,q.jsx)(N,{size:18})})]},{title:e.pricing,places:[...i(`priceList.read`,{href:`/price-lists`,title:e.priceLists,icon:(0,q.jsx)(k,{size:18})}),...i(`ruleTable.read`,{href:`/rules`,title:e.rules,icon:(0,q.jsx)(j,{size:18})}),...i(`price.quote`,{href:`/prices`,title:e.priceCheck,icon:(0,q.jsx)(M,{size:18})})]},{title:e.training,places:[...i(`course.read`,{href:`/courses`,title:e.courses,icon:(0,q.jsx)(N,{size:18})}),...i(`enrollment.read`,{href:`/learners`,title:e.learners,icon:(0,q.jsx)(P,{size:18})}),...i(`submission.read`,{href:`/submissions`,title:e.submissions,icon:(0,q.jsx)(oe,{size:18})}),...i(`certificate.read`,{href:`/certificates`,title:e.certificates,icon:(0,q.jsx)(R,{size:18})})]},{title:e.manage,places:[...i(`people.contact`,{href:`/people`,title:e.people,icon:(0,q.jsx)(P,{size:18})}),...i(`role.create`,{href:`/roles`,title:e.roles,icon:(0,q.jsx)(V,{size:18})}),...i(`access.explain`,{href:`/access`,title:e.access,icon:(0,q.jsx)(R,{size:18})}),...i(`importRun.read`,{href:`/imports`,title:e.imports,icon:(0,q.jsx)(ue,{size:18})}),...i(`job.read`,{href:`/jobs`,title:e.jobs,icon:(0,q.jsx)(I,{size:18})}),...i(`auditEntry.read`,{href:`/audit`,title:e.audit,icon:(0,q.jsx)(B,{size:18})})]},{title:e.develop,places:[...f.mailbox?i(`mail.preview`,{href:`/mailbox`,title:e.mailbox,icon:(0,q.jsx)(H,{size:18}),outside:!0}):[],...f.graphiql?i(`job.read`,{href:`/graphiql/`,title:e.graphiql,icon:(0,q.jsx)(A,{size:18}),outside:!0}):[]]}].filter(e=>e.places.length)}function ve({children:e}){let t=Y.use(),n=p.use(),r=_(),[a,s]=o(),[c,l]=te(),d=Z(),[{data:f}]=E({query:X});ne({query:_e,pause:!r(`notification.read`)});let[g,v]=(0,G.useState)(!1),y=(0,G.useRef)(null),[b,x]=(0,G.useState)(!1);pe({palette:()=>v(!0),help:()=>x(!0),go:s,has:e=>d.some(t=>t.places.some(t=>t.href===e))});let[S,C]=(0,G.useState)(a);(0,G.useEffect)(()=>{y.current?.close(),S!==a&&(C(a),scrollTo({top:0}),document.querySelector(`h1`)?.focus({preventScroll:!0}))},[a,S]);let w=e=>e===`/`?a===`/`:a.startsWith(e),T=d.map(e=>(0,q.jsxs)(`div`,{children:[e.title&&(0,q.jsx)(`p`,{className:`c-group`,children:e.title}),e.places.map(e=>e.outside?(0,q.jsxs)(`a`,{href:e.href,className:`c-nav`,children:[e.icon,(0,q.jsx)(`span`,{children:e.title})]},e.href):(0,q.jsxs)(i,{href:e.href,className:`c-nav`,"aria-current":w(e.href)?`page`:void 0,children:[e.icon,(0,q.jsx)(`span`,{children:e.title}),!!e.count&&(0,q.jsx)(`span`,{className:`c-count`,children:ee(e.count)})]},e.href))]},e.title??``)),D=f?.viewer.unreadNotifications??0,O=(0,q.jsxs)(`button`,{type:`button`,className:`c-search`,onClick:()=>v(!0),children:[(0,q.jsx)(M,{size:16}),(0,q.jsx)(`span`,{children:t.search}),(0,q.jsx)(`kbd`,{className:`f-kbd`,children:`Ctrl K`})]});return(0,q.jsxs)(`div`,{className:`c-frame`,children:[(0,q.jsx)(`a`,{className:`skip`,href:`#main`,children:n.skip}),(0,q.jsxs)(`aside`,{className:`c-side no-print`,"aria-label":t.console,children:[(0,q.jsx)(i,{href:`/`,className:`c-brand`,children:(0,q.jsx)(u,{})}),O,(0,q.jsx)(`nav`,{"aria-label":t.menu,children:T}),(0,q.jsx)(J,{up:!0})]}),(0,q.jsxs)(`div`,{className:`c-main`,children:[(0,q.jsxs)(`header`,{className:`c-top no-print`,role:`banner`,children:[(0,q.jsx)(`span`,{className:`c-burger`,children:(0,q.jsx)(m,{label:t.menu,onClick:()=>y.current?.showModal(),children:(0,q.jsx)(z,{size:20})})}),(0,q.jsx)(`span`,{className:`c-top-brand`,children:(0,q.jsx)(u,{})}),(0,q.jsx)(`span`,{className:`c-top-search`,children:(0,q.jsx)(m,{label:t.search,onClick:()=>v(!0),children:(0,q.jsx)(M,{size:19})})}),(0,q.jsx)(m,{label:c?n.light:n.dark,onClick:l,children:c?(0,q.jsx)(le,{size:19}):(0,q.jsx)(se,{size:19})}),(0,q.jsxs)(i,{href:`/settings/inbox`,className:`f-icon p-bell`,"aria-label":t.unread(D).replace(/\d{3,}/,`99+`),children:[(0,q.jsx)(re,{size:19}),D>0&&(0,q.jsx)(`span`,{className:`p-dot`,"aria-hidden":!0,children:D>99?`99+`:D})]}),(0,q.jsx)(`span`,{className:`c-top-me`,children:(0,q.jsx)(J,{})})]}),(0,q.jsx)(`main`,{id:`main`,children:(0,q.jsx)(G.Suspense,{fallback:(0,q.jsx)(`div`,{className:`f-page`,"data-wide":!0,children:(0,q.jsx)(h,{card:!0})}),children:e})})]}),(0,q.jsxs)(`dialog`,{ref:y,className:`p-menu`,"aria-label":t.menu,onClick:e=>{e.target===y.current&&y.current?.close()},children:[(0,q.jsxs)(`div`,{children:[(0,q.jsx)(u,{}),(0,q.jsx)(m,{label:n.close,onClick:()=>y.current?.close(),children:(0,q.jsx)(L,{size:20})})]}),(0,q.jsx)(`nav`,{"aria-label":t.menu,children:T})]}),g&&(0,q.jsx)(G.Suspense,{fallback:null,children:(0,q.jsx)(he,{close:()=>v(!1),help:()=>x(!0)})}),b&&(0,q.jsx)(G.Suspense,{fallback:null,children:(0,q.jsx)(ge,{close:()=>x(!1)})})]})}v({types:`approval.read Approval
auditEntry.read AuditEntry
cart.read Cart
cartLine.read CartLine
category.read Category
configuration.read Configuration
configurationModel.read ConfigurationModel
course.read Course
enrollment.read Enrollment
file.read File
guide.read Guide
importRun.read ImportRun
membership.read Membership
modelVersion.read ModelVersion
notification.read Notification
order.read Order
orderLine.read OrderLine
organization.read Organization
organizationAssignment.read OrganizationAssignment
event.internal OrganizationNoteAdded OrganizationPersonEvent
parcelReport.read ParcelReport
priceList.read PriceList
product.read Product
catalog.audience ProductAudience
productType.read ProductType
productVariant.read ProductVariant
role.read Role
ruleTable.read RuleTable
savedView.read SavedView
searchMiss.read SearchMiss
segment.read Segment
session.read Session
shipment.read Shipment
shipmentLine.read ShipmentLine
spendingLimit.read SpendingLimit
stockLocation.read StockLocation
submission.read Submission
trackingEvent.read TrackingEvent
user.read User`,fields:`StockLevel AdjustStockPayload.stockLevel Availability.levels StockLevelEdge.node
Order Approval.order Cart.order Configuration.order Notification.order OrderEdge.node OrderPayload.order OrderUpdated.order OrganizationOrderEvent.order PlaceOrderPayload.order PlaceOrderPayload.existingOrder Query.order Shipment.order ShipmentPayload.order StockMovement.order
User Approval.user Approval.approver Approval.decidedBy Approval.delegator Cart.user CartApproval.approver Configuration.user Delegation.delegate ImportRun.user Membership.user Order.user OrganizationAssignment.user OrganizationPersonEvent.user RuleTable.user SearchMissFollower.user SpendingLimit.approver UserEdge.node UserPayload.user Viewer.user
ApprovalCause Approval.cause
ApprovalEdge ApprovalConnection.edges
Approval ApprovalEdge.node ApprovalPayload.approval
AuditEntryEdge AuditEntryConnection.edges
AuditEntry AuditEntryEdge.node
Organization Cart.organization Configuration.organization Membership.organization Order.organization Organization.parent Organization.subsidiaries OrganizationAssignment.organization OrganizationEdge.node OrganizationPayload.organization PriceListAssignment.organization ProductAudience.organizations Query.organization Segment.organizations Viewer.organization
CartLine Cart.lines
ShippingOffer Cart.shippingOffers Quote.shippingOffers
CartProblem Cart.problems PlaceOrderPayload.problems
CartApproval Cart.approval
File Cart.attachments FilePayload.file Product.pictures Product.documents
ProductVariant CartLine.variant ConfigurationModel.variant ListedPrice.variant Product.variants ProductVariantPayload.variant QuoteLine.variant SearchHit.variants StockLevel.variant
CartLineSupply CartLine.supply
Configuration CartLine.configuration ConfigurationEdge.node ConfigurationPayload.configuration ConfigurationUpdated.configuration Query.configuration
Cart CartPayload.cart Query.cart Query.carts QuickOrderPayload.cart Viewer.cart
Course CartProblem.course Enrollment.course
Category Category.parent Category.path CategoryPayload.category Guide.category GuideResult.category Product.category Query.categories SearchMissFilterUse.category
Product Configuration.product ConfigurationModel.product GuideResult.products Product.replacedBy ProductEdge.node ProductPayload.product ProductVariant.product Query.product RelatedProduct.product SearchHit.product SearchMiss.answerProducts
ModelVersion Configuration.modelVersion ConfigurationModel.current ConfigurationModel.versions ConfigurationState.version ModelVersion.supersededBy
ConfigurationState Configuration.state Query.configure Query.complete
ConfigurationChange Configuration.change
ConfigurationEdge ConfigurationConnection.edges
DocumentGroup ConfigurationDocument.groups
DocumentPart ConfigurationDocument.parts
ConfigurationDocument ConfigurationModel.draft
ConfigurationModel ConfigurationModelPayload.model Query.configurationModels
ChoiceExplanation ConfigurationState.conflict Query.explain
ConfigurationPrice ConfigurationState.price
ConfiguredPart ConfigurationState.parts OrderedConfiguration.parts
DocumentOption DocumentGroup.options
Session EndSessionPayload.session Viewer.sessions
Enrollment EnrollPeoplePayload.enrollments Notification.enrollment
GuideStep Guide.step
Guide GuidePayload.guide Query.guide Query.guides
GuideResult GuideStep.result
ImportRun ImportPayload.importRun ImportRunEdge.node
ImportRunEdge ImportRunConnection.edges
ListedPriceEdge ListedPriceConnection.edges
ListedPrice ListedPriceEdge.node
Role Membership.role Query.roles RolePayload.role SpendingLimit.role Viewer.role
Delegation Membership.delegation
Membership MembershipPayload.membership Organization.memberships SpendingLimit.membership User.memberships Viewer.membership Viewer.memberships
ModelFacts ModelVersion.facts
UserPayload Mutation.changeProfile Mutation.setUserStatus Mutation.sendPasswordLink
EndSessionPayload Mutation.endSession
ApprovalPayload Mutation.decideApproval Mutation.withdrawApproval
SpendingLimitPayload Mutation.saveSpendingLimit
CartPayload Mutation.createCart Mutation.addToCart Mutation.changeCart Mutation.discardCart Mutation.discountCart
QuickOrderPayload Mutation.quickOrder
PlaceOrderPayload Mutation.placeOrder
ProductTypePayload Mutation.saveProductType
CategoryPayload Mutation.saveCategory
ProductPayload Mutation.saveProduct Mutation.setProductAudience
ProductVariantPayload Mutation.saveVariant
SegmentPayload Mutation.saveSegment Mutation.setSegmentMembers
ConfigurationPayload Mutation.saveConfiguration Mutation.handOverConfiguration
ConfigurationModelPayload Mutation.saveConfigurationModel Mutation.publishConfigurationModel
EnrollPeoplePayload Mutation.enrollPeople
FilePayload Mutation.addProductFile Mutation.changeProductFile
GuidePayload Mutation.saveGuide
ImportPayload Mutation.startImport Mutation.cancelImport
OrderPayload Mutation.confirmOrder Mutation.cancelOrder Mutation.setPromisedDate Mutation.addOrderNote
ShipmentPayload Mutation.createShipment Mutation.addTrackingEvent
MembershipPayload Mutation.invitePerson Mutation.resendInvitation Mutation.changeMembershipRole Mutation.setMembershipStatus
OrganizationAssignmentPayload Mutation.assignOrganization Mutation.endAssignment
OrganizationPayload Mutation.addOrganizationNote Mutation.setTradeTerms Mutation.setDeliveryAddresses
RolePayload Mutation.createRole Mutation.updateRole
ParcelReportPayload Mutation.assignParcelReport Mutation.dismissParcelReport
PriceListPayload Mutation.savePriceList Mutation.assignPriceList Mutation.setPrices
RuleTablePayload Mutation.saveRuleTable
SearchMissPayload Mutation.decideSearchMiss Mutation.mergeSearchMisses
AdjustStockPayload Mutation.adjustStock
StockLocationPayload Mutation.saveStockLocation
SavedViewPayload Mutation.saveView
Submission Notification.submission
NotificationEdge NotificationConnection.edges
Notification NotificationEdge.node NotificationReceived.notification
OrderLine Order.lines ShipmentLine.orderLine
Shipment Order.shipments ParcelReport.shipment ShipmentPayload.shipment
OrderEvent Order.timeline OrderUpdated.event OrganizationOrderEvent.event
OrderEdge OrderConnection.edges
EventActor OrderEvent.actor OrganizationEvent.actor StockMovement.actor
OrderedConfiguration OrderLine.configuration
OrganizationAssignment Organization.assignments OrganizationAssignmentPayload.assignment User.assignments
OrganizationFigures Organization.figures
OrganizationEventConnection Organization.timeline
OrganizationEdge OrganizationConnection.edges
OrganizationEventEdge OrganizationEventConnection.edges
OrganizationEvent OrganizationEventEdge.node
MonthFigures OrganizationFigures.months
ParcelReportEdge ParcelReportConnection.edges
ParcelReport ParcelReportEdge.node ParcelReportPayload.parcelReport
StockShortage PlaceOrderPayload.shortages
PriceListAssignment PriceList.assignments
ListedPriceConnection PriceList.prices
Segment PriceListAssignment.segment ProductAudience.segments Query.segment Query.segments Quote.segments SegmentPayload.segment
PriceListEdge PriceListConnection.edges
PriceList PriceListEdge.node PriceListPayload.priceList Query.priceList QuoteLine.priceList
ProductType Product.type ProductTypePayload.productType Query.productTypes SearchMissFilterUse.type
RelatedProduct Product.related
ProductAudience Product.audience
ProductEdge ProductConnection.edges
AttributeDefinition ProductType.attributes
Availability ProductVariant.availability
Viewer Query.viewer
ApprovalConnection Query.approvals
SpendingLimit Query.spendingLimits SpendingLimitPayload.spendingLimit
AuditEntryConnection Query.auditEntries
ProductConnection Query.products
ConfigurationConnection Query.configurations
ImportRunConnection Query.imports
NotificationConnection Query.notifications
OrderConnection Query.orders
OrganizationConnection Query.organizations
UserConnection Query.users
ParcelReportConnection Query.parcelReports
PriceListConnection Query.priceLists
RuleTable Query.ruleTables Query.ruleTable RuleTablePayload.ruleTable
Quote Query.quote
SearchResult Query.search
SearchMissConnection Query.searchMisses
StockLocation Query.stockLocations StockLevel.location StockLocationPayload.stockLocation
StockLevelConnection Query.stockLevels
StockMovement Query.stockMovements
QuoteLine Quote.lines
SavedView SavedViewPayload.savedView Viewer.savedViews
SearchMiss SearchMiss.mergedInto SearchMissEdge.node SearchMissPayload.searchMiss
SearchMissFilterUse SearchMiss.filters
SearchMissFollower SearchMiss.followers
SearchMissEdge SearchMissConnection.edges
SearchHit SearchResult.hits
ShipmentLine Shipment.lines
TrackingEvent Shipment.trackingEvents
StockLevelEdge StockLevelConnection.edges
OrderUpdated Subscription.orderUpdated Subscription.ordersUpdated
NotificationReceived Subscription.notificationReceived
ConfigurationUpdated Subscription.configurationUpdated
UserEdge UserConnection.edges
Attention Viewer.attention`,closed:`people.names Approval.user Approval.approver Approval.decidedBy Approval.delegator Delegation.delegate EventActor.name Order.shipTo Order.user Organization.addresses SearchMiss.followers
order.prices ApprovalCause.limit ApprovalCause.spent ApprovalCause.amount Cart.amounts Cart.discountPercent Cart.discountReason CartLine.unitPrice CartLine.previousUnitPrice CartLine.discountPercent CartLine.total Configuration.lastPrice ConfigurationChange.oldPrice ConfigurationChange.newPrice ImportRun.totals MonthFigures.value Order.paymentStatus Order.billTo Order.total Order.linesTotal Order.discount Order.shipping Order.tax OrderLine.unitPrice OrderLine.discountPercent OrderLine.total OrderedConfiguration.prices Organization.vatId OrganizationFigures.openValue OrganizationFigures.value OrganizationFigures.valueBefore PlaceOrderPayload.newTotal ShippingOffer.price
order.confirm Attention.ordersToConfirm Mutation.confirmOrder
shipment.create Attention.ordersToShip Mutation.createShipment Query.carriers
parcelReport.read Attention.waitingParcelReports Query.parcelReports
catalog.unpublished AttributeDefinition.internal Guide.status Product.status Product.restricted Product.taxCategory Product.keywords Product.internalText Product.version ProductVariant.stockPolicy ProductVariant.leadDays ProductVariant.status ProductVariant.standardPrice Query.guides(status)
stock.quantity Availability.quantity CartLineSupply.available StockShortage.available
stock.levels Availability.levels Query.stockLevels Query.stockMovements
file.read Cart.attachments Product.pictures Product.documents
configuration.read CartLine.configuration Query.configuration Query.configurations Subscription.configurationUpdated
configuration.staff ChoiceExplanation.rules ConfigurationModel.version ConfigurationModel.updatedAt ConfigurationModel.versions ConfigurationModel.draft ConfigurationModel.isChanged ConfigurationModel.findings ConfigurationModel.kept ConfigurationModel.figures ConfigurationModel.revalidations ConfigurationState.parts ModelFacts.rules ModelVersion.note OrderedConfiguration.parts
modelVersion.read ConfigurationModel.current Query.configure Query.explain Query.complete
configuration.costs ConfigurationPrice.cost ConfiguredPart.cost DocumentOption.costs DocumentPart.costs
guide.save Guide.document Mutation.saveGuide
approval.read Membership.delegation Query.approvals
profile.change Mutation.changeProfile Mutation.changePassword
session.end Mutation.signOut Mutation.endSession
session.act Mutation.actAs Viewer.memberships
approval.decide Mutation.decideApproval
approval.withdraw Mutation.withdrawApproval
spendingLimit.save Mutation.saveSpendingLimit
spendingLimit.delete Mutation.deleteSpendingLimit
cart.create Mutation.createCart
cart.change Mutation.addToCart Mutation.changeCart Mutation.discardCart Mutation.quickOrder
cart.discount Mutation.discountCart
order.place Mutation.placeOrder
productType.save Mutation.saveProductType
category.save Mutation.saveCategory
category.delete Mutation.deleteCategory
product.save Mutation.saveProduct
product.audience Mutation.setProductAudience
variant.save Mutation.saveVariant
segment.save Mutation.saveSegment
segment.members Mutation.setSegmentMembers
configuration.create Mutation.saveConfiguration
configuration.save Mutation.handOverConfiguration
configurationModel.save Mutation.saveConfigurationModel Query.checkConfigurationModel
configurationModel.publish Mutation.publishConfigurationModel Mutation.revalidateConfigurations
enrollment.create Mutation.enrollPeople
file.upload Mutation.uploadFile
file.catalog Mutation.addProductFile Mutation.changeProductFile Mutation.deleteProductFile
import.start Mutation.startImport
import.cancel Mutation.cancelImport
job.retry Mutation.retryJob
job.cancel Mutation.cancelJob
notification.read Mutation.readNotifications Query.notifications Subscription.notificationReceived Viewer.unreadNotifications
notification.settings Mutation.changeNotificationSettings Mutation.addPushDevice Mutation.removePushDevice Viewer.notificationSettings
order.cancel Mutation.cancelOrder
order.promise Mutation.setPromisedDate
order.note Mutation.addOrderNote OrderNoteAdded.text
shipment.track Mutation.addTrackingEvent
membership.invite Mutation.invitePerson Mutation.resendInvitation
user.status Mutation.setUserStatus
user.password Mutation.sendPasswordLink
organization.assign Mutation.assignOrganization Mutation.endAssignment
organization.note Mutation.addOrganizationNote
membership.role Mutation.changeMembershipRole
membership.status Mutation.setMembershipStatus
role.create Mutation.createRole Role.reads Role.actions Role.permissions
role.update Mutation.updateRole
parcelReport.assign Mutation.assignParcelReport
parcelReport.dismiss Mutation.dismissParcelReport
priceList.save Mutation.savePriceList
priceList.assign Mutation.assignPriceList
priceList.prices Mutation.setPrices
ruleTable.save Mutation.saveRuleTable
searchMiss.decide Mutation.decideSearchMiss
searchMiss.merge Mutation.mergeSearchMisses
stock.adjust Mutation.adjustStock
stockLocation.save Mutation.saveStockLocation
organization.trade Mutation.setTradeTerms
organization.addresses Mutation.setDeliveryAddresses
savedView.save Mutation.saveView
savedView.delete Mutation.deleteView
order.read Notification.order OrganizationOrderEvent.order Query.order Query.orders Subscription.orderUpdated Subscription.ordersUpdated Viewer.attention
enrollment.read Notification.enrollment
submission.read Notification.submission
record.source Order.source Order.externalId Organization.source Organization.externalId PriceList.source PriceList.externalId Product.source Product.externalId StockLocation.source User.source User.externalId
people.contact Order.contactEmail User.email User.phone
event.read Order.timeline OrderUpdated.event OrganizationOrderEvent.event
order.note.internal OrderNoteAdded.visibility
organization.contact Organization.contacts
organization.figures Organization.figures
organization.history Organization.timeline
user.read OrganizationPersonEvent.user Query.users
catalog.audience Product.audience
organization.read ProductAudience.organizations Query.organization Query.organizations Segment.organizations Subscription.ordersUpdated(organizationId)
segment.read ProductAudience.segments Query.segment Query.segments Quote.segments
spendingLimit.read Query.spendingLimits
auditEntry.read Query.auditEntries
cart.read Query.cart Query.carts Viewer.cart
product.read Query.product Query.products Query.search RelatedProduct.product
category.read Query.categories
productType.read Query.productTypes
configurationModel.read Query.configurationModels
guide.read Query.guide Query.guides
importRun.read Query.imports
job.read Query.jobs Query.jobQueues
role.read Query.roles
access.explain Query.explainAccess
priceList.read Query.priceLists Query.priceList QuoteLine.priceList
ruleTable.read Query.ruleTables Query.ruleTable
price.quote Query.quote
searchMiss.read Query.searchMisses
stockLocation.read Query.stockLocations
session.read Viewer.sessions
savedView.read Viewer.savedViews`,keyed:`Approval Attempt AuditEntry Cart CartLine Category Certificate Configuration ConfigurationModel Course CourseVersion Enrollment File FileUpload Guide ImportRun Membership ModelVersion Notification Order OrderLine Organization OrganizationAssignment ParcelReport PriceList Product ProductType ProductVariant Revalidation Role RuleTable SavedView SearchMiss Segment Session Shipment ShipmentLine SpendingLimit StockLocation Submission TrackingEvent TrainingRequirement User Viewer`});var ye=(0,G.lazy)(()=>W(()=>import(`./console-Door.js`),__vite__mapDeps([11,1,2,3,5,6,4,7,12,13,14,8,15,16]),import.meta.url)),be=(0,G.lazy)(()=>W(()=>import(`./console-Desk.js`),__vite__mapDeps([17,1,4,2,5,6,3,7,18,19,20,21,22]),import.meta.url)),xe=(0,G.lazy)(()=>W(()=>import(`./console-OrderDesk.js`),__vite__mapDeps([23,1,2,3,4,5,6,7,24,25,26,27,28,29,30,31,21,32,33]),import.meta.url)),Se=(0,G.lazy)(()=>W(()=>import(`./console-OrderWork.js`).then(e=>e.t),__vite__mapDeps([34,1,2,3,4,5,6,7,35,30,31]),import.meta.url)),Ce=(0,G.lazy)(()=>W(()=>import(`./console-Customers.js`),__vite__mapDeps([36,1,2,32,3,4,5,6,7,24,25,26,27,28,29]),import.meta.url)),we=(0,G.lazy)(()=>W(()=>import(`./console-Customer.js`).then(e=>e.t),__vite__mapDeps([37,1,2,4,3,5,6,7,38,39,40,41,32,8,42,43,44,45,46]),import.meta.url)),Te=(0,G.lazy)(()=>W(()=>import(`./console-Products.js`).then(e=>e.t),__vite__mapDeps([47,1,2,3,32,4,5,6,7,24,25,26,27,28,29,48,44,45,49]),import.meta.url)),Ee=(0,G.lazy)(()=>W(()=>import(`./console-Product.js`).then(e=>e.t),__vite__mapDeps([50,1,2,3,4,5,6,7,51,26,48,44,45,49]),import.meta.url)),De=(0,G.lazy)(()=>W(()=>import(`./console-Categories.js`).then(e=>e.t),__vite__mapDeps([52,1,2,3,4,5,6,7,51,53,48,44,45,49]),import.meta.url)),Oe=(0,G.lazy)(()=>W(()=>import(`./console-ProductTypes.js`).then(e=>e.t),__vite__mapDeps([54,1,2,3,4,5,6,7,24,51,26,48,44,45,49]),import.meta.url)),ke=(0,G.lazy)(()=>W(()=>import(`./console-Segments.js`),__vite__mapDeps([55,1,2,3,4,5,6,7,26,48,44,45,49]),import.meta.url)),Ae=(0,G.lazy)(()=>W(()=>import(`./console-Segment.js`),__vite__mapDeps([56,1,2,3,4,5,6,7,51,57,38,39,48,44,45,49,55,26]),import.meta.url)),je=(0,G.lazy)(()=>W(()=>import(`./console-Parcels.js`),__vite__mapDeps([58,1,2,3,32,4,5,6,7,24,25,26,27,28,29,59]),import.meta.url)),Me=(0,G.lazy)(()=>W(()=>import(`./console-Imports.js`),__vite__mapDeps([60,1,2,3,4,5,6,7,24,25,26,27,28,29,61,62]),import.meta.url)),Ne=(0,G.lazy)(()=>W(()=>import(`./console-Import.js`),__vite__mapDeps([63,1,2,3,4,5,6,7,25,26,61,62]),import.meta.url)),Pe=(0,G.lazy)(()=>W(()=>import(`./console-People.js`),__vite__mapDeps([64,1,2,3,32,4,5,6,7,24,8,25,42,26,27,28,29,57,38,39,65]),import.meta.url)),Fe=(0,G.lazy)(()=>W(()=>import(`./console-Person.js`),__vite__mapDeps([66,1,2,3,4,5,6,7,57,38,39,67,32,8,65]),import.meta.url)),Ie=(0,G.lazy)(()=>W(()=>import(`./console-Roles.js`).then(e=>e.t),__vite__mapDeps([68,1,2,3,4,5,6,7,24,8,67,65]),import.meta.url)),Le=(0,G.lazy)(()=>W(()=>import(`./console-Access.js`),__vite__mapDeps([69,1,2,3,32,4,5,6,7,24,38,39,8,65]),import.meta.url)),Re=(0,G.lazy)(()=>W(()=>import(`./console-Jobs.js`),__vite__mapDeps([70,1,3,2,32,4,5,6,7,24,25,26,27,28,29,62]),import.meta.url)),ze=(0,G.lazy)(()=>W(()=>import(`./console-Audit.js`),__vite__mapDeps([71,1,4,2,5,6,3,7,24,25,26,27,28,29,32,38,39,62]),import.meta.url)),Be=(0,G.lazy)(()=>W(()=>import(`./console-Stock.js`),__vite__mapDeps([72,1,2,3,32,4,5,6,7,24,25,73,26,27,28,29,74,75,65]),import.meta.url)),Ve=(0,G.lazy)(()=>W(()=>import(`./console-StockPlaces.js`),__vite__mapDeps([76,1,2,3,4,5,6,7,26,74,75,65]),import.meta.url)),He=(0,G.lazy)(()=>W(()=>import(`./console-StockVariant.js`),__vite__mapDeps([77,1,2,3,32,4,5,6,7,73,26,74,75,65]),import.meta.url)),Ue=(0,G.lazy)(()=>W(()=>import(`./console-Searches.js`).then(e=>e.t),__vite__mapDeps([78,1,2,3,32,4,5,6,7,24,25,26,27,28,29,79]),import.meta.url)),We=(0,G.lazy)(()=>W(()=>import(`./console-Guides.js`),__vite__mapDeps([80,1,2,3,32,4,5,6,7,24,81,26,82]),import.meta.url)),Q=(0,G.lazy)(()=>W(()=>import(`./console-GuideEdit.js`).then(e=>e.t),__vite__mapDeps([83,1,2,4,5,6,3,7,82]),import.meta.url)),Ge=(0,G.lazy)(()=>W(()=>import(`./console-Trade.js`),__vite__mapDeps([84,1,2,5,6,3,4,7]),import.meta.url)),Ke=(0,G.lazy)(()=>W(()=>import(`./console-Training.js`),__vite__mapDeps([85,1,2,5,6,3,4,7]),import.meta.url)),qe=(0,G.lazy)(()=>W(()=>import(`./console-Machines.js`),__vite__mapDeps([86,1,2,5,6,3,4,7]),import.meta.url)),Je=(0,G.lazy)(()=>W(()=>import(`./console-Settings.js`),__vite__mapDeps([87,88,3,1,2,32,4,5,6,7,24,89,26,90,45,91,44]),import.meta.url)),$=e=>_()(e.permission)?e.children:(0,q.jsx)(d,{});function Ye(){let{viewer:e}=g();return e.kind===`STAFF`?(0,q.jsx)(t,{base:`/console`,children:(0,q.jsx)(ve,{children:(0,q.jsxs)(a,{children:[(0,q.jsx)(r,{path:`/`,children:(0,q.jsx)(be,{})}),(0,q.jsx)(r,{path:`/orders`,children:(0,q.jsx)(xe,{})}),(0,q.jsx)(r,{path:`/orders/:number`,children:e=>(0,q.jsx)(Se,{number:decodeURIComponent(e.number)})}),(0,q.jsx)(r,{path:`/customers`,children:(0,q.jsx)(Ce,{})}),(0,q.jsx)(r,{path:`/customers/:id`,children:e=>(0,q.jsx)(we,{id:e.id})}),(0,q.jsx)(r,{path:`/products`,children:(0,q.jsx)($,{permission:`catalog.unpublished`,children:(0,q.jsx)(Te,{})})}),(0,q.jsx)(r,{path:`/products/categories`,children:(0,q.jsx)($,{permission:`catalog.unpublished`,children:(0,q.jsx)(De,{})})}),(0,q.jsx)(r,{path:`/products/types`,children:(0,q.jsx)($,{permission:`catalog.unpublished`,children:(0,q.jsx)(Oe,{})})}),(0,q.jsx)(r,{path:`/products/segments`,children:(0,q.jsx)($,{permission:`segment.read`,children:(0,q.jsx)(ke,{})})}),(0,q.jsx)(r,{path:`/products/segments/:id`,children:e=>(0,q.jsx)($,{permission:`segment.read`,children:(0,q.jsx)(Ae,{id:e.id},e.id)})}),(0,q.jsx)(r,{path:`/products/:id`,children:e=>(0,q.jsx)($,{permission:`catalog.unpublished`,children:(0,q.jsx)(Ee,{id:e.id},e.id)})}),(0,q.jsx)(r,{path:/^\/(price-lists|rules|prices|approvals|carts|customers\/[^/]+\/buying)(\/|$)/,children:(0,q.jsx)(Ge,{})}),(0,q.jsx)(r,{path:/^\/(models|configurations)(\/|$)/,children:(0,q.jsx)(qe,{})}),(0,q.jsx)(r,{path:/^\/(courses|learners|submissions|certificates)(\/|$)/,children:(0,q.jsx)(Ke,{})}),(0,q.jsx)(r,{path:`/parcels`,children:(0,q.jsx)(je,{})}),(0,q.jsx)(r,{path:`/imports`,children:(0,q.jsx)($,{permission:`importRun.read`,children:(0,q.jsx)(Me,{})})}),(0,q.jsx)(r,{path:`/imports/:id`,children:e=>(0,q.jsx)($,{permission:`importRun.read`,children:(0,q.jsx)(Ne,{id:e.id},e.id)})}),(0,q.jsx)(r,{path:`/people`,children:(0,q.jsx)(Pe,{})}),(0,q.jsx)(r,{path:`/people/:id`,children:e=>(0,q.jsx)(Fe,{id:e.id})}),(0,q.jsx)(r,{path:`/roles`,children:(0,q.jsx)(Ie,{})}),(0,q.jsx)(r,{path:`/access`,children:(0,q.jsx)(Le,{})}),(0,q.jsx)(r,{path:`/stock`,children:(0,q.jsx)($,{permission:`stock.levels`,children:(0,q.jsx)(Be,{})})}),(0,q.jsx)(r,{path:`/stock/places`,children:(0,q.jsx)($,{permission:`stockLocation.read`,children:(0,q.jsx)(Ve,{})})}),(0,q.jsx)(r,{path:`/stock/:id`,children:e=>(0,q.jsx)($,{permission:`stock.levels`,children:(0,q.jsx)(He,{id:e.id},e.id)})}),(0,q.jsx)(r,{path:`/searches`,children:(0,q.jsx)($,{permission:`searchMiss.read`,children:(0,q.jsx)(Ue,{})})}),(0,q.jsx)(r,{path:`/guides`,children:(0,q.jsx)($,{permission:`catalog.unpublished`,children:(0,q.jsx)(We,{})})}),(0,q.jsx)(r,{path:`/guides/:id`,children:e=>(0,q.jsx)($,{permission:`catalog.unpublished`,children:(0,q.jsx)(Q,{id:e.id},e.id)})}),(0,q.jsx)(r,{path:`/jobs`,children:(0,q.jsx)($,{permission:`job.read`,children:(0,q.jsx)(Re,{})})}),(0,q.jsx)(r,{path:`/audit`,children:(0,q.jsx)($,{permission:`auditEntry.read`,children:(0,q.jsx)(ze,{})})}),(0,q.jsx)(r,{path:`/settings/:section?`,children:e=>(0,q.jsx)(Je,{section:e.section})}),(0,q.jsx)(r,{children:(0,q.jsx)(d,{})})]})})}):(0,q.jsx)(ye,{})}var Xe=e=>C(Ye,e,()=>W(()=>import(`./console-german.js`),__vite__mapDeps([92,1,5,6,2,3,4,7,93]),import.meta.url));export{K as n,Xe as run,Z as t};