const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./live.js","./rolldown-runtime.js","./signin.js","./react.js","./mantine.js","./PasswordInput.js","./start.js"])))=>i.map(i=>d[i]);
import{r as e}from"./rolldown-runtime.js";import{_ as t,a as n,c as r,d as i,f as a,g as o,h as s,l as c,m as l,n as u,o as d,p as f,r as ee,s as te,t as ne,u as p,v as re}from"./start.js";import{f as ie,n as m,t as ae,u as oe}from"./react.js";import{_ as se,n as h,y as ce}from"./mantine.js";import{S as g,_ as le,b as _,c as ue,d as de,f as fe,g as pe,h as me,l as he,o as ge,r as _e,t as ve,u as ye,v as be,x as xe,y as Se}from"./graphql.js";import{E as Ce,K as v,P as we,t as Te,v as Ee,z as De}from"./icons.js";var y=e(ie(),1),b=`en`,x={},S=new Set,C=()=>b;async function Oe(e,t){e===`de`&&!Object.keys(x).length&&(x=(await t()).default),b=e,document.documentElement.lang=e;for(let e of S)e()}var ke=e=>(S.add(e),()=>{S.delete(e)});function w(e,t){let n=()=>b===`de`?x[e]??t:t;return{get:n,use:()=>((0,y.useSyncExternalStore)(ke,C),n())}}function Ae(e){return Object.fromEntries(Object.entries(e).map(([e,t])=>[e.slice(e.lastIndexOf(`/`)+1,-6),t.default]))}var T=(e,t,n)=>`${new Intl.NumberFormat(b===`de`?`de-DE`:`en-GB`).format(e)} ${e===1?t:n}`,E=oe(),je=ge(),Me=e=>Object.fromEntries(e.split(`
`).flatMap(e=>{let[t,...n]=e.split(` `);return n.map(e=>[e,t])})),Ne=Me(`approval.read Approval
auditEntry.read AuditEntry
cart.read Cart
cartLine.read CartLine
category.read Category
configuration.read Configuration
configurationModel.read ConfigurationModel
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
trackingEvent.read TrackingEvent
user.read User`),Pe=Me(`StockLevel AdjustStockPayload.stockLevel Availability.levels StockLevelEdge.node
Order Approval.order Cart.order Configuration.order Notification.order OrderEdge.node OrderFilesPayload.order OrderLine.order OrderPayload.order OrderUpdated.order OrganizationOrderEvent.order PlaceOrderPayload.order PlaceOrderPayload.existingOrder Query.order Shipment.order ShipmentPayload.order StockMovement.order
User Approval.user Approval.approver Approval.decidedBy Approval.delegator Cart.user CartApproval.approver Configuration.user Delegation.delegate ImportRun.user Membership.user Order.user OrganizationAssignment.user OrganizationPersonEvent.user RuleTable.user SearchMissFollower.user SpendingLimit.approver UserEdge.node UserPayload.user Viewer.user
ApprovalCause Approval.cause
ApprovalEdge ApprovalConnection.edges
Approval ApprovalEdge.node ApprovalPayload.approval Order.approval Query.approval
AuditEntryEdge AuditEntryConnection.edges
AuditEntry AuditEntryEdge.node
Organization Cart.organization Configuration.organization Membership.organization Order.organization Organization.parent Organization.subsidiaries OrganizationAssignment.organization OrganizationEdge.node OrganizationPayload.organization PriceListAssignment.organization ProductAudience.organizations Query.organization Segment.organizations SpendingLimit.organization Viewer.organization
CartLine Cart.lines
ShippingOffer Cart.shippingOffers Quote.shippingOffers
CartApproval Cart.approval
File Cart.attachments FilePayload.file Order.attachments OrderFileAdded.file Product.pictures Product.documents
Cart CartFilesPayload.cart CartLine.cart CartPayload.cart PlaceOrderPayload.cart Query.cart Query.carts QuickOrderPayload.cart ReorderPayload.cart Viewer.cart
ProductVariant CartLine.variant ConfigurationModel.variant ConfigurationOption.variant ListedPrice.variant OrderLine.variant Product.variants ProductVariantPayload.variant QuoteLine.variant SearchHit.variants StockAlternative.variant StockLevel.variant StockShortage.variant
CartLineSupply CartLine.supply
Configuration CartLine.configuration ConfigurationEdge.node ConfigurationPayload.configuration ConfigurationUpdated.configuration Notification.configuration Query.configuration ShareConfigurationPayload.configuration
Category Category.parent Category.path CategoryPayload.category Guide.category GuideResult.category Product.category Query.category Query.categories SearchCategoryFacet.category SearchMissFilterUse.category
Product Configuration.product ConfigurationModel.product GuideResult.products Product.replacedBy ProductEdge.node ProductPayload.product ProductVariant.product Query.product RelatedProduct.product SearchAnswer.products SearchHit.product SearchMiss.answerProducts SearchSuggestion.product
ModelVersion Configuration.modelVersion ConfigurationModel.current ConfigurationModel.versions ConfigurationState.version ModelVersion.supersededBy SharedConfiguration.version
ConfigurationState Configuration.state Query.configure Query.complete SharedConfiguration.state
ConfigurationChange Configuration.change
ConfigurationEdge ConfigurationConnection.edges
DocumentGroup ConfigurationDocument.groups
DocumentPart ConfigurationDocument.parts
ConfigurationDocument ConfigurationModel.draft ModelVersion.document
ConfigurationModel ConfigurationModelPayload.model ModelVersion.model Product.configurationModel Query.configurationModel Query.configurationModels
ChoiceExplanation ConfigurationState.conflict Query.explain
ConfigurationPrice ConfigurationState.price
ConfiguredPart ConfigurationState.parts OrderedConfiguration.parts
Membership DelegationPayload.membership MembershipPayload.membership Organization.memberships SpendingLimit.membership User.memberships Viewer.membership Viewer.memberships
DocumentOption DocumentGroup.options
Session EndSessionPayload.session Viewer.sessions
GuideStep Guide.step
Guide GuidePayload.guide Query.guide Query.guides
GuideResult GuideStep.result
ImportRun ImportPayload.importRun ImportRunEdge.node
ImportRunEdge ImportRunConnection.edges
PriceList ListedPrice.priceList PriceListEdge.node PriceListPayload.priceList Query.priceList QuoteLine.priceList
ListedPriceEdge ListedPriceConnection.edges
ListedPrice ListedPriceEdge.node
Role Membership.role Query.roles RolePayload.role SpendingLimit.role Viewer.role
Delegation Membership.delegation
OptionGroup ModelVersion.groups
ModelFacts ModelVersion.facts
UserPayload Mutation.changeProfile Mutation.setUserStatus Mutation.sendPasswordLink
EndSessionPayload Mutation.endSession
ApprovalPayload Mutation.decideApproval Mutation.withdrawApproval
DelegationPayload Mutation.delegateApprovals
SpendingLimitPayload Mutation.saveSpendingLimit
CartPayload Mutation.createCart Mutation.addToCart Mutation.changeCart Mutation.discardCart Mutation.discountCart
ReorderPayload Mutation.reorder
QuickOrderPayload Mutation.quickOrder
PlaceOrderPayload Mutation.placeOrder
ProductTypePayload Mutation.saveProductType
CategoryPayload Mutation.saveCategory
ProductPayload Mutation.saveProduct Mutation.setProductAudience
ProductVariantPayload Mutation.saveVariant
SegmentPayload Mutation.saveSegment Mutation.setSegmentMembers
ConfigurationPayload Mutation.saveConfiguration Mutation.copyConfiguration Mutation.handOverConfiguration Mutation.revokeShare
ShareConfigurationPayload Mutation.shareConfiguration
ConfigurationModelPayload Mutation.saveConfigurationModel Mutation.publishConfigurationModel
OrderFilesPayload Mutation.attachToOrder
CartFilesPayload Mutation.attachToCart
FilePayload Mutation.addProductFile Mutation.changeProductFile
GuidePayload Mutation.saveGuide
ImportPayload Mutation.startImport Mutation.cancelImport
OrderPayload Mutation.confirmOrder Mutation.cancelOrder Mutation.changeOrder Mutation.setPromisedDate Mutation.addOrderNote
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
NotificationEdge NotificationConnection.edges
Notification NotificationEdge.node NotificationReceived.notification
ConfigurationOption OptionGroup.options
OrderLine Order.lines ShipmentLine.orderLine
Shipment Order.shipments ParcelReport.shipment ShipmentPayload.shipment TrackingEvent.shipment
OrderEvent Order.timeline OrderUpdated.event OrganizationOrderEvent.event
EventActor OrderApprovalDecided.actor OrderChanged.actor OrderDelayed.actor OrderEvent.actor OrderFileAdded.actor OrderNoteAdded.actor OrderPromiseChanged.actor OrderStatusChanged.actor OrganizationEvent.actor OrganizationNoteAdded.actor OrganizationOrderEvent.actor OrganizationPersonEvent.actor ShipmentCreated.actor StockMovement.actor TrackingReported.actor
OrderEdge OrderConnection.edges
OrderedConfiguration OrderLine.configuration
OrderPreview OrderPayload.preview
OrderAmounts OrderPreview.before OrderPreview.after
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
ProductType Product.type ProductTypePayload.productType Query.productType Query.productTypes SearchMissFilterUse.type SearchTypeFacet.type
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
SharedConfiguration Query.sharedConfiguration
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
SearchSuggestion Query.searchSuggestions
SearchMissConnection Query.searchMisses
StockLocation Query.stockLocations StockLevel.location StockLocationPayload.stockLocation
StockLevelConnection Query.stockLevels
StockMovement Query.stockMovements
QuoteLine Quote.lines
SavedView SavedViewPayload.savedView Viewer.savedViews
SearchCategoryFacet SearchFacets.categories
SearchTypeFacet SearchFacets.types
SearchMiss SearchMiss.mergedInto SearchMissEdge.node SearchMissPayload.searchMiss
SearchMissFilterUse SearchMiss.filters
SearchMissFollower SearchMiss.followers
SearchMissEdge SearchMissConnection.edges
SearchHit SearchResult.hits
SearchFacets SearchResult.facets
SearchAnswer SearchResult.answer
ShipmentLine Shipment.lines
TrackingEvent Shipment.trackingEvents
StockLevelEdge StockLevelConnection.edges
StockAlternative StockShortage.alternatives
OrderUpdated Subscription.orderUpdated Subscription.ordersUpdated
NotificationReceived Subscription.notificationReceived
ConfigurationUpdated Subscription.configurationUpdated
UserEdge UserConnection.edges
Attention Viewer.attention`),Fe=Me(`people.names Approval.user Approval.approver Approval.decidedBy Approval.delegator Delegation.delegate EventActor.name Membership.invitedName Order.shipTo Order.user Organization.addresses SearchMiss.followers
order.prices ApprovalCause.limit ApprovalCause.spent ApprovalCause.amount Cart.amounts Cart.discountPercent Cart.discountReason CartLine.unitPrice CartLine.previousUnitPrice CartLine.discountPercent CartLine.tax CartLine.total Configuration.lastPrice ConfigurationChange.oldPrice ConfigurationChange.newPrice ImportRun.totals MonthFigures.value Order.paymentStatus Order.billTo Order.total Order.linesTotal Order.discount Order.shipping Order.tax Order.taxes Order.discountReason OrderAmounts.linesTotal OrderAmounts.discount OrderAmounts.shipping OrderAmounts.tax OrderAmounts.total OrderLine.unitPrice OrderLine.discountPercent OrderLine.tax OrderLine.total OrderLine.priceExplanation OrderPreview.before OrderPreview.after OrderPreview.reduction OrderedConfiguration.prices Organization.vatId OrganizationFigures.openValue OrganizationFigures.value OrganizationFigures.valueBefore PlaceOrderPayload.priceChanges PlaceOrderPayload.newTotal ShippingOffer.price
order.confirm Attention.ordersToConfirm Mutation.confirmOrder
shipment.create Attention.ordersToShip Mutation.createShipment Query.carriers
parcelReport.read Attention.waitingParcelReports Query.parcelReports
approval.decide Attention.approvalsToDecide Mutation.decideApproval
catalog.unpublished AttributeDefinition.internal Guide.status Product.status Product.restricted Product.taxCategory Product.keywords Product.internalText Product.version ProductVariant.stockPolicy ProductVariant.leadDays ProductVariant.status ProductVariant.standardPrice Query.guides(status)
stock.quantity Availability.quantity CartLineSupply.available StockAlternative.available StockShortage.available
stock.levels Availability.levels Query.stockLevels Query.stockMovements
file.read Cart.attachments Order.attachments OrderFileAdded.name OrderFileAdded.file OrderFileRemoved.name Product.pictures Product.documents
configuration.read CartLine.configuration Notification.configuration Query.configuration Query.configurations Subscription.configurationUpdated
record.source Category.source Category.externalId Order.source Order.externalId Organization.source Organization.externalId PriceList.source PriceList.externalId Product.source Product.externalId ProductType.source ProductType.externalId ProductVariant.source ProductVariant.externalId Shipment.source Shipment.externalId StockLocation.source StockLocation.externalId User.source User.externalId
configuration.staff ChoiceExplanation.rules ConfigurationModel.version ConfigurationModel.versions ConfigurationModel.draft ConfigurationModel.isChanged ConfigurationModel.findings ConfigurationModel.kept ConfigurationModel.figures ConfigurationModel.revalidations ConfigurationState.parts ModelFacts.rules ModelVersion.note ModelVersion.document OrderedConfiguration.parts
configuration.share Configuration.shares Mutation.shareConfiguration Mutation.revokeShare
modelVersion.read ConfigurationModel.current Query.configure Query.explain Query.repairs Query.complete
configuration.costs ConfigurationPrice.cost ConfiguredPart.cost DocumentOption.costs DocumentPart.costs
guide.save Guide.document Mutation.saveGuide
people.contact Membership.invitedEmail Order.contactEmail User.email User.phone
approval.read Membership.delegation Order.approval OrderApprovalDecided.comment Query.approval Query.approvals
profile.change Mutation.changeProfile Mutation.changePassword
session.end Mutation.signOut Mutation.endSession
session.act Mutation.actAs Viewer.memberships
approval.withdraw Mutation.withdrawApproval
approval.delegate Mutation.delegateApprovals
spendingLimit.save Mutation.saveSpendingLimit
spendingLimit.delete Mutation.deleteSpendingLimit
cart.create Mutation.createCart
cart.change Mutation.addToCart Mutation.changeCart Mutation.discardCart Mutation.reorder Mutation.quickOrder Mutation.attachToCart
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
configuration.create Mutation.saveConfiguration Mutation.copyConfiguration
configuration.delete Mutation.deleteConfiguration
configuration.save Mutation.handOverConfiguration
configurationModel.save Mutation.saveConfigurationModel Query.checkConfigurationModel
configurationModel.publish Mutation.publishConfigurationModel Mutation.revalidateConfigurations
file.upload Mutation.uploadFile
file.attach Mutation.attachToOrder
file.catalog Mutation.addProductFile Mutation.changeProductFile Mutation.deleteProductFile
file.delete Mutation.deleteFile
import.start Mutation.startImport
import.cancel Mutation.cancelImport
job.retry Mutation.retryJob
job.cancel Mutation.cancelJob
notification.read Mutation.readNotifications Query.notifications Subscription.notificationReceived Viewer.unreadNotifications
notification.settings Mutation.changeNotificationSettings Mutation.addPushDevice Mutation.removePushDevice Viewer.notificationSettings
order.cancel Mutation.cancelOrder
order.change Mutation.changeOrder
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
search.follow Mutation.followSearch Mutation.unfollowSearch
searchMiss.decide Mutation.decideSearchMiss
searchMiss.merge Mutation.mergeSearchMisses
stock.adjust Mutation.adjustStock
stockLocation.save Mutation.saveStockLocation
organization.trade Mutation.setTradeTerms
organization.addresses Mutation.setDeliveryAddresses
savedView.save Mutation.saveView
savedView.delete Mutation.deleteView
order.read Notification.order OrganizationOrderEvent.order Query.order Query.orders Subscription.orderUpdated Subscription.ordersUpdated Viewer.attention
event.read Order.timeline OrderUpdated.event OrganizationOrderEvent.event
order.note.internal OrderNoteAdded.visibility
organization.contact Organization.contacts
organization.figures Organization.figures
organization.history Organization.timeline
user.read OrganizationPersonEvent.user Query.users
catalog.audience Product.audience
configurationModel.read Product.configurationModel Query.configurationModel Query.configurationModels
organization.read ProductAudience.organizations Query.organization Query.organizations Segment.organizations Subscription.ordersUpdated(organizationId)
segment.read ProductAudience.segments Query.segment Query.segments Quote.segments
spendingLimit.read Query.spendingLimits
auditEntry.read Query.auditEntries
cart.read Query.cart Query.carts Viewer.cart
product.read Query.product Query.products Query.search Query.searchSuggestions RelatedProduct.product
category.read Query.category Query.categories
productType.read Query.productType Query.productTypes
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
savedView.read Viewer.savedViews`),Ie=new Set(`Approval AuditEntry Cart CartLine Category Configuration ConfigurationModel ConfigurationShare File FileUpload Guide ImportRun Membership ModelVersion Notification Order OrderLine Organization OrganizationAssignment ParcelReport PriceList Product ProductType ProductVariant Revalidation Role RuleTable SavedView SearchMiss Segment Session Shipment ShipmentLine SpendingLimit StockLocation TrackingEvent User Viewer`.split(` `));function Le(e,t){let n=e=>!Fe[e]||t.has(Fe[e]),r=e=>!Ne[e]||t.has(Ne[e]),i=new Map(e.definitions.flatMap(e=>e.kind===g.FRAGMENT_DEFINITION?[[e.name.value,e]]:[])),a=new Map,o=new Set,s=new Set,c=e=>{if(e&&typeof e==`object`){if(e.kind===g.VARIABLE)o.add(e.name.value);else for(let[t,n]of Object.entries(e))t!==`loc`&&c(n)}},l=(e,t)=>{let i=`${t}.${e.name.value}`,a=Pe[i];if(!n(i)||a&&!r(a))return[];let o=e.arguments?.filter(e=>n(`${i}(${e.name.value})`));o?.forEach(c);let s=e.directives?.filter(e=>!e.name.value.startsWith(`_`));if(s?.forEach(c),!e.selectionSet)return[{...e,arguments:o,directives:s}];let l=u(e.selectionSet.selections,a??``);return l.length?[{...e,arguments:o,directives:s,selectionSet:{...e.selectionSet,selections:l}}]:[]},u=(e,t)=>e.flatMap(e=>{if(e.kind===g.FIELD)return l(e,t);if(e.kind===g.INLINE_FRAGMENT){let n=e.typeCondition?.name.value??t;if(!r(n))return[];let i=u(e.selectionSet.selections,n);return i.length?[{...e,selectionSet:{...e.selectionSet,selections:i}}]:[]}let n=e.name.value,o=i.get(n);return!o||!r(o.typeCondition.name.value)||(a.has(n)||(a.set(n,[]),a.set(n,u(o.selectionSet.selections,o.typeCondition.name.value))),!a.get(n).length)?[]:(s.add(n),[e])}),d={query:`Query`,mutation:`Mutation`,subscription:`Subscription`},f=e.definitions.flatMap(e=>{if(e.kind!==g.OPERATION_DEFINITION)return[];let t=u(e.selectionSet.selections,d[e.operation]);return t.length?[{...e,selectionSet:{...e.selectionSet,selections:t},variableDefinitions:e.variableDefinitions?.filter(e=>o.has(e.variable.name.value))}]:[]});return f.length?{kind:e.kind,definitions:[...f,...[...i].flatMap(([e,t])=>s.has(e)?[{...t,selectionSet:{...t.selectionSet,selections:a.get(e)}}]:[])]}:null}var D=null,Re=`off`,O=new Set,k=e=>{Re=e;for(let e of O)e()},A={get:()=>Re,subscribe:e=>(O.add(e),()=>{O.delete(e)})};function ze(){return D??=ne(async()=>{let{createClient:e}=await import(`./live.js`).then(e=>e.t);return{createClient:e}},__vite__mapDeps([0,1]),import.meta.url).then(({createClient:e})=>e({url:`${location.protocol===`https:`?`wss`:`ws`}://${location.host}/graphql`,lazyCloseTimeout:3e3,keepAlive:2e4,retryAttempts:1/0,shouldRetry:()=>!0,retryWait:e=>new Promise(t=>setTimeout(t,Math.min(3e4,500*2**e)*(.7+Math.random()*.6))),connectionParams:async()=>(f().expiresAt-Date.now()<1e4&&await P(),{Authorization:`Bearer ${f().token}`,"X-Client-Name":n[`X-Client-Name`]}),on:{connected:()=>k(`on`),closed:e=>{k(`lost`),e.code===4403&&P().then(ee).catch(()=>void 0)}}})),D}async function j(){let e=D;D=null,k(`off`),e&&await(await e).dispose()}var Be=e=>({subscribe(t){let n={query:e.query??``,variables:{...e.variables}},r=n.query.includes(`$since`),i=null,a=!1;return ze().then(e=>{a||(i=e.subscribe(n,{next:e=>{let i=r&&Object.values(e.data??{})[0]?.token;i&&(n.variables.since=i),t.next(e)},error:e=>t.error(e),complete:()=>t.complete()}))}),{unsubscribe:()=>{a=!0,i?.()}}}}),M=e=>e?.graphQLErrors[0]?.extensions?.code,Ve=({forward:e})=>t=>{let n=new Set(f().viewer.permissions),r=new WeakMap,i=e=>(r.has(e)||r.set(e,Le(e,n)),r.get(e)),a=_(t,le(e=>e.kind===`teardown`?e:{...e,query:i(e.query)}),xe),o=_(a,me(e=>!e.query),Se(e=>pe({operation:e,data:{},stale:!1,hasNext:!1})));return be([o,e(_(a,me(e=>!!e.query)))])},He=()=>Promise.reject(Error(`nobody asks`));function Ue(e){He=e}var N=null;function P(){return N??=(async()=>{try{let e=f().viewer.kind===`GUEST`?null:await i();e?a(e):await He()}catch(e){if(!(e instanceof u))throw e}finally{N=null}})(),N}var We=je(`fragment ReadAt on Notification { __typename id readAt }`),Ge=je(`fragment Unread on Viewer { __typename unreadNotifications }`),Ke=new Proxy({},{get:(e,t)=>t===`Viewer`?()=>`me`:Ie.has(t)?void 0:()=>null}),F=(e,...t)=>{for(let n of e.inspectFields(`Query`))t.includes(n.fieldName)&&e.invalidate(`Query`,n.fieldName,n.arguments??void 0)},I=(e,...t)=>{for(let n of e.inspectFields(`Viewer:me`))t.includes(n.fieldName)&&e.invalidate(`Viewer:me`,n.fieldName,n.arguments??void 0)},L=(e,t)=>{let{settings:n}=t;n&&I(e,`notificationSettings`)},qe=e=>e.inspectFields(`Query`).filter(e=>e.fieldName===`notifications`).flatMap(t=>(e.resolve(e.resolve(`Query`,t.fieldKey),`edges`)??[]).flatMap(t=>{let n=t&&e.resolve(t,`node`);return n?[e.resolve(n,`id`)]:[]})),Je=(e,t,...n)=>{for(let r of e.inspectFields({__typename:`Organization`,id:t}))n.includes(r.fieldName)&&e.invalidate({__typename:`Organization`,id:t},r.fieldName,r.arguments??void 0)},R=(e,t,n)=>{F(n,`orders`),I(n,`attention`)},z=(e,t,n)=>{I(n,`cart`),F(n,`carts`)},Ye=(e,t,n)=>{F(n,`parcelReports`),I(n,`attention`)},Xe={Mutation:{confirmOrder:R,cancelOrder:R,setPromisedDate:R,createShipment:R,addTrackingEvent:R,assignParcelReport:Ye,dismissParcelReport:Ye,changeOrder:R,addToCart:z,createCart:z,discardCart:z,reorder:z,quickOrder:z,placeOrder:(e,t,n)=>{z(e,t,n),R(e,t,n)},decideApproval:R,withdrawApproval:R,deleteFile:(e,t,n)=>{n.invalidate({__typename:`File`,id:t.input.fileId})},readNotifications:(e,t,n)=>{let{unread:r,userErrors:i}=e.readNotifications;if(i.length)return;let a=t.input.ids??qe(n),o=new Date().toISOString();for(let e of a)n.resolve({__typename:`Notification`,id:e},`readAt`)||n.writeFragment(We,{__typename:`Notification`,id:e,readAt:o});n.writeFragment(Ge,{__typename:`Viewer`,unreadNotifications:r})},changeProfile:(e,t,n)=>I(n,`notificationSettings`),changeNotificationSettings:(e,t,n)=>L(n,e.changeNotificationSettings),addPushDevice:(e,t,n)=>L(n,e.addPushDevice),removePushDevice:(e,t,n)=>L(n,e.removePushDevice),saveView:(e,t,n)=>I(n,`savedViews`),deleteView:(e,t,n)=>I(n,`savedViews`),startImport:(e,t,n)=>F(n,`imports`),retryJob:(e,t,n)=>F(n,`jobs`,`jobQueues`),cancelJob:(e,t,n)=>F(n,`jobs`,`jobQueues`),createRole:(e,t,n)=>F(n,`roles`),invitePerson:(e,t,n)=>{F(n,`users`);let r=t.input.organizationId;r&&n.invalidate({__typename:`Organization`,id:r},`memberships`)},assignOrganization:(e,t,n)=>{let{organizationId:r,userId:i}=t.input;n.invalidate({__typename:`Organization`,id:r}),n.invalidate({__typename:`User`,id:i},`assignments`),F(n,`organizations`)},addOrganizationNote:(e,t,n)=>{let{organizationId:r}=t.input;Je(n,r,`timeline`)},saveConfiguration:(e,t,n)=>F(n,`configurations`),copyConfiguration:(e,t,n)=>F(n,`configurations`),deleteConfiguration:(e,t,n)=>F(n,`configurations`),saveProduct:(e,t,n)=>F(n,`products`),saveVariant:(e,t,n)=>F(n,`products`),setProductAudience:(e,t,n)=>F(n,`products`),saveProductType:(e,t,n)=>F(n,`productTypes`),saveCategory:(e,t,n)=>F(n,`categories`),deleteCategory:(e,t,n)=>F(n,`categories`),saveSegment:(e,t,n)=>F(n,`segments`),endSession:(e,t,n)=>I(n,`sessions`)},Subscription:{orderUpdated:(e,t,n)=>{I(n,`attention`)},ordersUpdated:(e,t,n)=>{I(n,`attention`);let r=t.organizationId;r&&e.ordersUpdated.order&&(F(n,`orders`),Je(n,r,`timeline`,`figures`))},notificationReceived:(e,t,n)=>{let{notification:r,unread:i}=e.notificationReceived;r&&F(n,`notifications`),n.writeFragment(Ge,{__typename:`Viewer`,unreadNotifications:i})}}};function Ze(e={}){return new ye({url:`/graphql`,preferGetMethod:!1,requestPolicy:`cache-and-network`,exchanges:[Ve,ue({keys:Ke,updates:Xe,optimistic:e}),he(async e=>({addAuthToOperation:t=>e.appendHeaders(t,{...n,"Accept-Language":te(),...f().token?{Authorization:`Bearer ${f().token}`}:{}}),willAuthError:()=>f().viewer.kind!==`ANONYMOUS`&&f().expiresAt-Date.now()<1e4,didAuthError:e=>f().viewer.kind!==`ANONYMOUS`&&M(e)===`UNAUTHENTICATED`,refreshAuth:P})),de,fe({forwardSubscription:Be})]})}var B=()=>C()===`de`?`de-DE`:`en-GB`,Qe=new Map;function V(e){let t=B()+JSON.stringify(e),n=Qe.get(t);return n||Qe.set(t,n=new Intl.DateTimeFormat(B(),e)),n}var H=e=>e.getFullYear()===new Date().getFullYear();function U(e,t=!1){let n=e.length===10,r=new Date(n?`${e}T00:00:00Z`:e);return V({day:`numeric`,month:t?`long`:`short`,...H(r)&&!t?{}:{year:`numeric`},...t?{weekday:`long`}:{},...n?{timeZone:`UTC`}:{}}).format(r)}function $e(e){let t=e.length===10,n=new Date(t?`${e}T00:00:00Z`:e);return V({weekday:`long`,day:`numeric`,month:`long`,...H(n)?{}:{year:`numeric`},...t?{timeZone:`UTC`}:{}}).format(n)}var W=e=>V({day:`numeric`,month:`short`,hour:`2-digit`,minute:`2-digit`,...H(new Date(e))?{}:{year:`numeric`}}).format(new Date(e)),et=e=>V({hour:`2-digit`,minute:`2-digit`}).format(new Date(e)),tt=(e,t=!1)=>V(t?{month:`short`,timeZone:`UTC`}:{month:`long`,year:`numeric`,timeZone:`UTC`}).format(new Date(`${e}T00:00:00Z`));function nt(e,t=Date.now()){let n=(Date.parse(e)-t)/1e3,r=new Intl.RelativeTimeFormat(B(),{numeric:`auto`}),i=Math.abs(n);return i<45?r.format(0,`second`):i<2700?r.format(Math.round(n/60),`minute`):i<79200?r.format(Math.round(n/3600),`hour`):i<604800?r.format(Math.round(n/86400),`day`):U(e)}function rt(e,t=!1){return new Intl.NumberFormat(B(),{style:`currency`,currency:e.currency,...t?{maximumFractionDigits:0,minimumFractionDigits:0}:{}}).format(e.amount)}var it=e=>new Intl.NumberFormat(B()).format(e),at=(e,t)=>new Intl.NumberFormat(B(),{notation:`compact`,maximumFractionDigits:1,...t?{style:`currency`,currency:t}:{}}).format(e),ot=(e,t=0)=>new Intl.NumberFormat(B(),{style:`percent`,maximumFractionDigits:t}).format(e);function st(e){let[t,n]=e<1e6?[`kilobyte`,1e3]:[`megabyte`,1e6];return new Intl.NumberFormat(B(),{style:`unit`,unit:t,maximumFractionDigits:1}).format(e/n)}var ct=e=>new Intl.ListFormat(B(),{type:`conjunction`}).format(e),lt=e=>{if(!/^[A-Z]{2}$/.test(e))return e;try{return new Intl.DisplayNames(B(),{type:`region`}).of(e)??e}catch{return e}},G=JSON.parse(document.getElementById(`house`)?.textContent||`{"name":"Foyer","links":[]}`),ut={loading:`Loading`,retry:`Try again`,close:`Close`,cancel:`Cancel`,back:`Back`,save:`Save`,optional:`optional`,skip:`Skip to the content`,menu:`Menu`,crumbs:`Where you are`,notFound:`There is nothing here`,notFoundText:`The address may be mistyped, or you may not see what it names.`,home:`To the start page`,failed:`That did not work`,unreachable:`The portal does not answer. Check your connection and try again.`,requestId:e=>`If you ask for help, name the request ${e}.`,tooMany:`That was too often. Wait a little and try again.`,conflict:`Somebody else has changed this in the meantime. It has been loaded again; look at it and repeat what you wanted.`,gone:`This is not here any more, or you may no longer see it.`,offline:`You are offline. What you see may be out of date.`,liveLost:`Live updates are interrupted. The connection is being sought.`,live:`Live`,newVersion:`There is a new version of this page.`,reload:`Load it`,sessionEnded:`Sign in again to go on`,sessionEndedText:`Your session has ended. What you have typed is still here.`,notYou:`That is another account. Sign in as the person who has opened this page, or leave it.`,leavePage:`Leave this page`,email:`E-mail address`,password:`Password`,signIn:`Sign in`,signOut:`Sign out`,light:`Light colours`,dark:`Dark colours`,language:`Language`,next:`Next page`,previous:`Previous page`,firstPage:`First page`,count:e=>T(e,`entry`,`entries`),sortedUp:`ascending`,sortedDown:`descending`,sortBy:e=>`Sort by ${e}`,selectAll:`Select all on this page`,select:e=>`Select ${e}`,selected:e=>`${e} selected`,clearSelection:`Clear the selection`,clearFilters:`Clear all filters`,all:`All`,details:`Details`,detailsOf:e=>`Details: ${e}`,copied:`Copied`,copy:`Copy`,exportCsv:`Export as CSV`,exporting:e=>`${e} rows so far`,exported:e=>`${T(e,`row`,`rows`)} exported`,exportFailed:`The export was interrupted. No file was written.`,yes:`Yes`,no:`No`,by:e=>`by ${e}`,system:`The portal`,staff:`Our team`,customer:`Your company`,integration:`Another system`},dt={status:{DRAFT:`Draft`,AWAITING_APPROVAL:`Awaiting approval`,PLACED:`Placed`,CONFIRMING:`Being confirmed`,CONFIRMED:`Confirmed`,CANCELLED:`Cancelled`,COMPLETED:`Completed`},fulfillment:{UNFULFILLED:`Not shipped`,PARTIALLY_SHIPPED:`Partly shipped`,SHIPPED:`On its way`,PARTIALLY_DELIVERED:`Partly delivered`,DELIVERED:`Delivered`},payment:{UNPAID:`Not paid`,PARTIALLY_PAID:`Partly paid`,PAID:`Paid`,REFUNDED:`Refunded`},returns:{NONE:`No returns`,REQUESTED:`Return requested`,PARTIALLY_RETURNED:`Partly returned`,RETURNED:`Returned`},shipment:{PENDING:`Being packed`,PICKED_UP:`Picked up`,IN_TRANSIT:`In transit`,OUT_FOR_DELIVERY:`Out for delivery`,DELIVERED:`Delivered`,EXCEPTION:`Problem`,RETURNED_TO_SENDER:`Sent back`},delay:{PROMISE_PASSED:`The promised day has passed`,CARRIER_ESTIMATE:`The carrier expects to deliver later`,DELIVERY_PROBLEM:`There is a problem with the delivery`},late:`Late`,delayed:`Delayed`},K=w(`kit`,ut),q=w(`order`,dt);function ft(e){return J(e.title),(0,E.jsxs)(`div`,{className:`f-page`,"data-wide":e.wide||void 0,children:[e.crumbs&&(0,E.jsx)(`nav`,{className:`f-crumbs`,"aria-label":K.get().crumbs,children:e.crumbs.map((e,t)=>(0,E.jsxs)(`span`,{style:{display:`contents`},children:[t>0&&(0,E.jsx)(`span`,{"aria-hidden":!0,children:`/`}),e.href?(0,E.jsx)(m,{href:e.href,children:e.title}):(0,E.jsx)(`span`,{"aria-current":`page`,children:e.title})]},e.title))}),(0,E.jsxs)(`div`,{className:`f-head`,"data-before":e.before?!0:void 0,children:[e.before,(0,E.jsxs)(`div`,{className:`f-head-title`,children:[(0,E.jsx)(`h1`,{tabIndex:-1,children:e.title}),e.after,e.sub&&(0,E.jsx)(`div`,{className:`f-sub`,children:e.sub})]}),e.actions&&(0,E.jsx)(`div`,{className:`f-actions no-print`,children:e.actions})]}),e.children]})}function J(e){(0,y.useEffect)(()=>{document.title=e?`${e} · ${G.name}`:G.name},[e])}function pt(e){let t=(0,y.useId)();return(0,E.jsxs)(`section`,{className:`f-card ${e.className??``}`,"aria-labelledby":e.title?t:void 0,id:e.id,children:[e.title&&(0,E.jsxs)(`header`,{children:[(0,E.jsx)(`h2`,{id:t,children:e.title}),e.aside&&(0,E.jsx)(`div`,{children:e.aside})]}),(0,E.jsx)(`div`,{className:`f-card-body`,"data-flush":e.flush||void 0,children:e.children})]})}var Y=e=>(0,E.jsx)(`span`,{className:`f-pill`,"data-tone":e.tone??`calm`,children:e.children}),mt={DRAFT:`calm`,AWAITING_APPROVAL:`warn`,PLACED:`info`,CONFIRMING:`info`,CONFIRMED:`accent`,CANCELLED:`calm`,COMPLETED:`good`},ht={PENDING:`warn`,PICKED_UP:`accent`,IN_TRANSIT:`accent`,OUT_FOR_DELIVERY:`accent`,DELIVERED:`good`,EXCEPTION:`bad`,RETURNED_TO_SENDER:`bad`};function gt({order:e}){let t=q.use();return e.status===`CONFIRMED`&&e.fulfillmentStatus!==`UNFULFILLED`?(0,E.jsx)(Y,{tone:e.fulfillmentStatus===`DELIVERED`?`good`:`accent`,children:t.fulfillment[e.fulfillmentStatus]}):(0,E.jsx)(Y,{tone:mt[e.status],children:t.status[e.status]})}function _t({status:e}){let t=q.use();return(0,E.jsx)(Y,{tone:ht[e],children:t.shipment[e]})}var vt=e=>e.split(/\s+/).filter(Boolean).map(e=>[...e][0]).filter((e,t,n)=>t===0||t===n.length-1).join(``).toUpperCase(),yt=({name:e,square:t})=>(0,E.jsx)(`span`,{className:`f-avatar`,"data-square":t||void 0,"aria-hidden":!0,children:vt(e)}),bt=({at:e,children:t})=>(0,E.jsx)(`time`,{dateTime:e,title:e.length===10?U(e,!0):W(e),children:t??(e.length===10?U(e):W(e))}),xt=e=>(0,E.jsx)(`span`,{className:`f-skeleton`,style:{width:e.w??`100%`,height:e.h??14,...e.style}});function X({rows:e=5,card:t}){let n=K.use(),r=(0,E.jsxs)(`div`,{role:`status`,"aria-live":`polite`,className:`f-rows`,children:[(0,E.jsx)(`span`,{className:`vh`,children:n.loading}),Array.from({length:e},(e,t)=>(0,E.jsxs)(`div`,{"aria-hidden":!0,style:{display:`grid`,gap:8},children:[(0,E.jsx)(xt,{w:`${62-t*17%30}%`}),(0,E.jsx)(xt,{w:`${34+t*11%20}%`,h:11})]},t))]});return t?(0,E.jsx)(`section`,{className:`f-card`,children:r}):r}var St=e=>(0,E.jsxs)(`div`,{className:`f-state`,children:[(0,E.jsx)(`span`,{className:`f-state-icon`,children:e.icon??(0,E.jsx)(Ce,{size:22})}),(0,E.jsx)(`h2`,{children:e.title}),e.text&&(0,E.jsx)(`p`,{children:e.text}),e.action]});function Z(){let e=K.use();return t=>{if(t.networkError)return e.unreachable;switch(M(t)){case`CONFLICT`:return e.conflict;case`NOT_FOUND`:return e.gone;case`RATE_LIMITED`:return e.tooMany;default:return t.graphQLErrors[0]?.message??e.failed}}}var Ct=e=>e.graphQLErrors[0]?.extensions?.requestId??e.response?.headers?.get(`X-Request-Id`)??void 0;function wt({error:e,retry:t}){let n=K.use(),r=Z(),i=Ct(e);return(0,E.jsxs)(`div`,{className:`f-state`,"data-tone":`bad`,role:`alert`,children:[(0,E.jsx)(`span`,{className:`f-state-icon`,children:(0,E.jsx)(v,{size:22})}),(0,E.jsx)(`h2`,{children:n.failed}),(0,E.jsx)(`p`,{children:r(e)}),i&&(0,E.jsx)(`p`,{children:(0,E.jsx)(`code`,{children:n.requestId(i)})}),t&&(0,E.jsx)(h,{variant:`default`,onClick:t,children:n.retry})]})}function Tt({home:e=`/`}){let t=K.use();return J(t.notFound),(0,E.jsx)(`div`,{className:`f-page`,children:(0,E.jsxs)(`div`,{className:`f-state`,children:[(0,E.jsx)(`h1`,{children:t.notFound}),(0,E.jsx)(`p`,{children:t.notFoundText}),(0,E.jsx)(h,{component:m,href:e,variant:`default`,children:t.home})]})})}var Et=e=>(0,E.jsxs)(`div`,{className:`f-notice`,"data-tone":e.tone,role:e.tone===`bad`?`alert`:void 0,children:[e.icon??(0,E.jsx)(v,{size:17}),(0,E.jsx)(`div`,{children:e.children})]});function Dt(e){let t=K.use(),n=(0,y.useRef)(null),r=(0,y.useRef)(null),i=(0,y.useId)();return(0,y.useEffect)(()=>{let t=n.current;e.open&&!t.open&&(r.current=document.activeElement,t.showModal(),t.querySelector(`.f-dialog-body :is(input, select, textarea):not([type=hidden], :disabled)`)?.focus()),!e.open&&t.open&&t.close()},[e.open]),(0,y.useEffect)(()=>()=>{setTimeout(()=>{if(!r.current||document.activeElement&&document.activeElement!==document.body)return;let e=r.current.isConnected&&r.current!==document.body?r.current:document.querySelector(`h1`);e instanceof HTMLElement&&e.focus({preventScroll:!0})})},[]),(0,E.jsx)(`dialog`,{ref:n,className:`f-dialog`,"data-wide":e.wide||void 0,"aria-labelledby":i,onCancel:t=>{t.preventDefault(),e.fixed||e.onClose()},onClick:t=>{t.target===n.current&&!e.fixed&&e.onClose()},children:e.open&&(0,E.jsxs)(E.Fragment,{children:[(0,E.jsxs)(`header`,{children:[(0,E.jsx)(`h2`,{id:i,children:e.title}),!e.fixed&&(0,E.jsx)(Ot,{label:t.close,onClick:e.onClose,children:(0,E.jsx)(Te,{size:18})})]}),(0,E.jsx)(`div`,{className:`f-dialog-body`,children:e.children})]})})}var Ot=e=>(0,E.jsx)(`button`,{type:`button`,className:`f-icon`,"aria-label":e.label,title:e.label,"aria-pressed":e.pressed,onClick:e.onClick,disabled:e.disabled,children:e.children});function kt({text:e}){let t=K.use(),[n,r]=(0,y.useState)(!1);return(0,y.useEffect)(()=>{if(!n)return;let e=setTimeout(()=>r(!1),1500);return()=>clearTimeout(e)},[n]),(0,E.jsx)(Ot,{label:n?t.copied:t.copy,onClick:()=>{navigator.clipboard?.writeText(e).then(()=>r(!0))},children:n?(0,E.jsx)(De,{size:15}):(0,E.jsx)(we,{size:15})})}function At(){let{name:e,logoUrl:t,logoDarkUrl:n}=G;return t?(0,E.jsxs)(`span`,{className:`f-logo`,children:[(0,E.jsx)(`img`,{src:t,alt:e,height:28,"data-when":n?`light`:void 0}),n&&(0,E.jsx)(`img`,{src:n,alt:e,height:28,"data-when":`dark`})]}):(0,E.jsxs)(`span`,{className:`f-logo`,children:[(0,E.jsx)(`span`,{className:`f-logo-mark`,"aria-hidden":!0,children:[...e][0]}),(0,E.jsx)(`span`,{children:e})]})}var jt=ae(),Mt={readNotifications:(e,t)=>{let n=e.input.ids??[],r=t.resolve(`Viewer:me`,`unreadNotifications`)??0;return{__typename:`ReadNotificationsPayload`,marked:n.length,unread:Math.max(0,n.length?r-n.length:0),userErrors:[]}}},Nt=`foyer-track`,Pt={get(){try{return JSON.parse(sessionStorage.getItem(Nt)??`null`)}catch{return null}},set(e){e?sessionStorage.setItem(Nt,JSON.stringify(e)):sessionStorage.removeItem(Nt)}};async function Ft(e){let t=Pt.get();Pt.set(e&&t?{...t,ended:!0}:null),await j(),r()}var It=(0,y.lazy)(()=>ne(()=>import(`./signin.js`).then(e=>({default:e.SignInForm})),__vite__mapDeps([2,1,3,4,5,6]),import.meta.url));function Lt(){let e=K.use(),[t,n]=(0,y.useState)(!1),[i,o]=(0,y.useState)(``),c=(0,y.useRef)(null);return(0,y.useEffect)(()=>Ue(()=>f().viewer.kind===`GUEST`?Ft(!0):(n(!0),new Promise(e=>{c.current=e}))),[]),(0,E.jsxs)(Dt,{open:t,fixed:!0,onClose:()=>void 0,title:e.sessionEnded,children:[(0,E.jsx)(`p`,{className:`muted`,style:{marginBottom:14},children:e.sessionEndedText}),(0,E.jsx)(y.Suspense,{fallback:(0,E.jsx)(X,{rows:2}),children:(0,E.jsx)(It,{done:async t=>{let{data:r}=await p(s.full,{},t.accessToken);if(r?.viewer.id!==f().viewer.id){o(e.notYou);return}let i=f().viewer.membership?.id,l=t;if(i&&r?.viewer.membership?.id!==i){let e=await p(`mutation ActAs($input: ActAsInput!) { actAs(input: $input) { accessToken expiresAt } }`,{input:{membershipId:i}},t.accessToken);e.data?.actAs.accessToken&&(l=e.data.actAs)}a(l),n(!1),o(``),c.current?.()},refused:i})}),(0,E.jsx)(h,{variant:`subtle`,fullWidth:!0,mt:`xs`,onClick:()=>{n(!1),r(),c.current?.()},children:e.leavePage})]})}var Rt=se({primaryColor:`accent`,colors:{accent:[`#f1f0fd`,`#e0defa`,`#c4c0f3`,`#a8a2ec`,`#8f88e6`,`#7c74e0`,`#6a61db`,`#5b54d6`,`#4a43bd`,`#3b35a0`]},fontFamily:`"Inter Variable", system-ui, sans-serif`,fontFamilyMonospace:`ui-monospace, "SF Mono", Menlo, Consolas, monospace`,fontSizes:{xs:`12px`,sm:`13px`,md:`14px`,lg:`16px`,xl:`18px`},headings:{fontFamily:`"Inter Variable", system-ui, sans-serif`},defaultRadius:8,cursorType:`pointer`,respectReducedMotion:!0,focusRing:`auto`}),zt={"--mantine-color-accent-filled":`var(--accent)`,"--mantine-color-accent-filled-hover":`var(--accent-hover)`,"--mantine-color-accent-light":`var(--accent-soft)`,"--mantine-color-accent-light-hover":`var(--accent-soft)`,"--mantine-color-accent-light-color":`var(--accent-text)`,"--mantine-color-accent-outline":`var(--accent-text)`,"--mantine-color-accent-text":`var(--accent-text)`,"--mantine-primary-color-contrast":`var(--on-accent)`,"--mantine-color-anchor":`var(--accent-text)`,"--mantine-color-body":`var(--ground)`,"--mantine-color-text":`var(--text)`,"--mantine-color-dimmed":`var(--muted)`,"--mantine-color-placeholder":`var(--faint)`,"--mantine-color-default":`var(--surface)`,"--mantine-color-default-hover":`var(--hover)`,"--mantine-color-default-border":`var(--line-strong)`,"--mantine-color-default-color":`var(--text)`,"--mantine-color-error":`var(--bad-text)`},Bt={"--mantine-color-dark-4":`var(--line-strong)`,"--mantine-color-dark-5":`var(--hover)`,"--mantine-color-dark-6":`var(--raised)`},Vt=()=>({variables:zt,light:zt,dark:{...zt,...Bt}}),Q=[],Ht=1,Ut=new Set,Wt=e=>{Q=e;for(let e of Ut)e()},Gt=e=>(Ut.add(e),()=>{Ut.delete(e)});function Kt(e,t=`good`){let n=Ht++;Wt([...Q.slice(-3),{id:n,text:e,tone:t}]),t===`good`&&setTimeout(()=>Wt(Q.filter(e=>e.id!==n)),5e3)}function qt(){let e=K.use(),t=(0,y.useSyncExternalStore)(Gt,()=>Q);return(0,E.jsx)(`div`,{className:`f-toasts no-print`,role:`status`,"aria-live":`polite`,children:t.map(t=>(0,E.jsxs)(`div`,{className:`f-toast`,"data-tone":t.tone,children:[t.tone===`good`?(0,E.jsx)(De,{size:18}):(0,E.jsx)(v,{size:18}),(0,E.jsx)(`span`,{children:t.text}),(0,E.jsx)(`button`,{type:`button`,"aria-label":e.close,onClick:()=>Wt(Q.filter(e=>e.id!==t.id)),children:(0,E.jsx)(Te,{size:16})})]},t.id))})}function Jt(){let e=(0,y.useSyncExternalStore)(e=>{let t=matchMedia(`(prefers-color-scheme: dark)`),n=()=>{o(),e()};return addEventListener(`foyer-scheme`,e),t.addEventListener(`change`,n),()=>{removeEventListener(`foyer-scheme`,e),t.removeEventListener(`change`,n)}},re);return[e,()=>t(e?`light`:`dark`)]}var Yt=()=>(0,y.useSyncExternalStore)(c,f);function Xt(){let{viewer:e}=Yt();return(0,y.useMemo)(()=>{let t=new Set(e.permissions);return e=>t.has(e)},[e])}async function Zt(){let{token:e,viewer:t}=f();await j(),r(),t.kind!==`GUEST`&&await p(`mutation SignOut { signOut { userErrors { code } } }`,{},e).catch(()=>void 0)}var Qt={subscribe:e=>(addEventListener(`online`,e),addEventListener(`offline`,e),()=>{removeEventListener(`online`,e),removeEventListener(`offline`,e)}),get:()=>navigator.onLine};function $t(){let e=K.use(),t=(0,y.useSyncExternalStore)(Qt.subscribe,Qt.get),n=(0,y.useSyncExternalStore)(A.subscribe,A.get),[r,i]=(0,y.useState)(!1),[a,o]=(0,y.useState)(!0);return(0,y.useEffect)(()=>{let e=e=>{e.preventDefault(),i(!0)};return addEventListener(`vite:preloadError`,e),()=>removeEventListener(`vite:preloadError`,e)},[]),(0,y.useEffect)(()=>{if(n!==`lost`){o(!0);return}let e=setTimeout(()=>o(!1),5e3);return()=>clearTimeout(e)},[n]),(0,E.jsxs)(`div`,{className:`no-print`,role:`status`,children:[!t&&(0,E.jsxs)(`div`,{className:`f-bar`,children:[(0,E.jsx)(Ee,{size:16}),e.offline]}),t&&n===`lost`&&!a&&(0,E.jsxs)(`div`,{className:`f-bar`,children:[(0,E.jsx)(Ee,{size:16}),e.liveLost]}),r&&(0,E.jsxs)(`div`,{className:`f-bar`,children:[e.newVersion,(0,E.jsx)(h,{size:`compact-sm`,variant:`default`,onClick:()=>location.reload(),children:e.reload})]})]})}var en=class extends y.Component{state={broken:!1};static getDerivedStateFromError(){return{broken:!0}}render(){if(!this.state.broken)return this.props.children;let e=K.get();return(0,E.jsxs)(`div`,{className:`f-state`,role:`alert`,style:{minHeight:`60vh`,justifyContent:`center`},children:[(0,E.jsx)(`h1`,{children:e.failed}),(0,E.jsx)(h,{onClick:()=>location.reload(),children:e.retry})]})}};function tn({again:e}){let t=K.use();return(0,E.jsxs)(`div`,{className:`f-state`,role:`alert`,style:{minHeight:`70vh`,justifyContent:`center`},children:[(0,E.jsx)(`h1`,{children:t.failed}),(0,E.jsx)(`p`,{children:t.unreachable}),(0,E.jsx)(h,{onClick:e,children:t.retry})]})}function nn({children:e}){let[t]=Jt();return(0,E.jsx)(ce,{theme:Rt,cssVariablesResolver:Vt,forceColorScheme:t?`dark`:`light`,deduplicateCssVariables:!0,children:e})}function rn(e,t,n){function r(){let[r,i]=(0,y.useState)(`wait`),{viewer:a}=Yt(),o=a.kind===`ANONYMOUS`||a.kind===`GUEST`?te():a.language.toLowerCase(),s=`${a.kind} ${a.id} ${a.membership?.id} ${a.role?.key} ${a.permissions.length}`,c=(0,y.useMemo)(()=>Ze(Mt),[s]),u=e=>e.then(()=>i(`ready`),()=>i(`unreached`));(0,y.useEffect)(()=>{u(t)},[]);let[d,f]=(0,y.useState)(!1);return(0,y.useEffect)(()=>{Oe(o,n).finally(()=>f(!0))},[o]),r===`unreached`?(0,E.jsx)(tn,{again:()=>{i(`wait`),u(l())}}):r===`wait`||!d?(0,E.jsx)(X,{rows:0}):(0,E.jsxs)(ve,{value:c,children:[(0,E.jsx)($t,{}),(0,E.jsx)(y.Suspense,{fallback:(0,E.jsx)(`div`,{className:`f-page`,children:(0,E.jsx)(X,{card:!0})}),children:(0,E.jsx)(e,{})}),(0,E.jsx)(Lt,{}),(0,E.jsx)(qt,{})]},s)}(0,jt.createRoot)(document.getElementById(`root`)).render((0,E.jsx)(y.StrictMode,{children:(0,E.jsx)(nn,{children:(0,E.jsx)(en,{children:(0,E.jsx)(r,{})})})}))}async function an(e){let{data:t}=await p(`mutation ActAs($input: ActAsInput!) { actAs(input: $input) { accessToken expiresAt } }`,{input:{membershipId:e}},f().token),n=t?.actAs;return!n?.accessToken||!n.expiresAt?!1:(await j(),localStorage.setItem(on(f().viewer),e),await d({accessToken:n.accessToken,expiresAt:n.expiresAt}),!0)}var on=e=>`foyer-acting-${e.id}`,$=e=>(e.memberships??[]).filter(e=>e.status===`ACTIVE`);function sn(e){let t=e.id&&localStorage.getItem(on(e));return t&&$(e).some(e=>e.id===t)?t:null}var cn=e=>$(e).length>1&&!sn(e);function ln(e){let[t,n]=(0,y.useState)(!1),r=(0,y.useRef)(null),i=(0,y.useRef)(null),a=(0,y.useId)(),o=()=>[...r.current?.querySelectorAll(`[role="menuitem"]`)??[]];(0,y.useEffect)(()=>{if(!t)return;o()[0]?.focus();let e=e=>{r.current?.contains(e.target)||n(!1)};return addEventListener(`pointerdown`,e),addEventListener(`focusin`,e),()=>{removeEventListener(`pointerdown`,e),removeEventListener(`focusin`,e)}},[t]);let s=()=>{n(!1),i.current?.focus()};return(0,E.jsxs)(`div`,{className:`f-menu`,ref:r,onKeyDown:e=>{if(!t)return;let r=o(),i=r.indexOf(document.activeElement),a={ArrowDown:(i+1)%r.length,ArrowUp:(i-1+r.length)%r.length,Home:0,End:r.length-1}[e.key];a===void 0?e.key===`Escape`?(e.preventDefault(),s()):e.key===`Tab`&&n(!1):(e.preventDefault(),r[a]?.focus())},children:[(0,E.jsxs)(`button`,{type:`button`,ref:i,className:e.className??`f-icon`,"aria-haspopup":`menu`,"aria-expanded":t,"aria-controls":t?a:void 0,onClick:()=>n(!t),children:[(0,E.jsx)(`span`,{className:`vh`,children:e.label}),(0,E.jsx)(`span`,{"aria-hidden":!0,style:{display:`contents`},children:e.button})]}),t&&(0,E.jsx)(`div`,{role:`menu`,id:a,"aria-label":e.label,className:`f-menu-list`,"data-up":e.up||void 0,"data-start":e.start||void 0,children:e.items.map((e,t)=>{if(e.divider)return(0,E.jsx)(`hr`,{},t);if(e.heading)return(0,E.jsx)(`p`,{role:`presentation`,children:e.label},t);let r=(0,E.jsxs)(E.Fragment,{children:[e.icon,(0,E.jsx)(`span`,{children:e.label})]}),{key:i,...a}={key:t,role:`menuitem`,tabIndex:-1,"data-danger":e.danger||void 0,onClick:()=>{n(!1),e.run?.()}};return e.href?e.outside?(0,E.jsx)(`a`,{href:e.href,...a,children:r},i):(0,E.jsx)(m,{href:e.href,...a,children:r},i):(0,E.jsx)(`button`,{type:`button`,...a,children:r},i)})})]})}function un(e){let[t,n]=_e(e);return[async e=>{let t=await n(e,{additionalTypenames:[]});if(t.error)return{ok:!1,refusals:[],error:t.error};let r=Object.values(t.data??{})[0],i=r?.userErrors??[];return i.length?{ok:!1,refusals:[...i],payload:r}:{ok:!0,payload:r}},t.fetching]}var dn=()=>crypto.randomUUID();function fn(){let e=(0,y.useRef)({wish:``,key:``});return t=>{let n=JSON.stringify(t);return e.current.wish!==n&&(e.current={wish:n,key:dn()}),e.current.key}}function pn(){let e=Z(),[t,n]=(0,y.useState)([]),[r,i]=(0,y.useState)(null),a=(0,y.useRef)(null);return{ref:a,error:e=>t.find(t=>t.field?.at(-1)===e||t.field?.includes(e))?.message,take(t){return n(t.ok?[]:t.refusals),i(!t.ok&&t.error?{text:e(t.error),id:Ct(t.error)}:null),t.ok||setTimeout(()=>a.current?.querySelector(`[aria-invalid="true"], [role="alert"]`)?.focus?.(),0),t.ok},clear(){n([]),i(null)},refusals:t,failure:r}}function mn(e){let t=K.use(),n=e.form.refusals.filter(t=>!t.field?.some(t=>e.names?.includes(t)));return(0,E.jsxs)(`form`,{className:`f-form`,ref:e.form.ref,onSubmit:t=>{t.preventDefault(),e.onSubmit()},noValidate:!0,"aria-label":e.label,children:[n.map(e=>(0,E.jsx)(Et,{tone:`bad`,children:e.message},e.code+e.message)),e.form.failure&&(0,E.jsxs)(Et,{tone:`bad`,children:[e.form.failure.text,e.form.failure.id&&(0,E.jsxs)(E.Fragment,{children:[(0,E.jsx)(`br`,{}),(0,E.jsx)(`small`,{children:t.requestId(e.form.failure.id)})]})]}),e.children]})}function hn(e){let[t,n]=(0,y.useState)(e),[r,i]=(0,y.useState)(null);return r!==null&&e!==r&&(i(null),n(e)),[t,()=>i(t)]}function gn(e,t){let n=pn(),r=vn(),i=fn(),[a,o]=hn(e),[s,c]=(0,y.useState)(!1);return{form:n,busy:s,send:async(e,s,l)=>{c(!0);let u=await s(a,i({wish:e,version:a}));if(c(!1),yn(u)&&(o(),t()),n.take(u))return r(u,l),u.payload}}}function _n(e){let t=K.use();return(0,E.jsxs)(`div`,{className:`f-form-end`,children:[e.onCancel&&(0,E.jsx)(h,{variant:`default`,onClick:e.onCancel,children:t.cancel}),(0,E.jsx)(h,{type:`submit`,loading:e.busy,disabled:e.disabled,"data-danger":e.danger||void 0,children:e.label})]})}function vn(){let e=Z();return(t,n)=>(t.ok?n&&Kt(n):Kt(t.refusals[0]?.message??e(t.error),`bad`),t.ok)}var yn=e=>!e.ok&&M(e.error)===`CONFLICT`;function bn(e,t){let n=(0,y.useRef)(t);n.current=t,(0,y.useEffect)(()=>{if(e===null)return;let t=()=>{document.hidden||n.current()},r=setInterval(t,e);return document.addEventListener(`visibilitychange`,t),()=>{clearInterval(r),document.removeEventListener(`visibilitychange`,t)}},[e])}async function xn(e,t,n,r){let i=t.values();await Promise.all(Array.from({length:Math.min(e,t.length)},async()=>{for(let e of i){if(r.aborted)return;await n(e)}}))}export{U as $,Dt as A,_t as B,Kt as C,yt as D,At as E,Tt as F,J as G,bt as H,Et as I,G as J,K,gt as L,wt as M,Ot as N,pt as O,X as P,at as Q,ft as R,Yt as S,Ft as T,Ct as U,xt as V,Z as W,st as X,nt as Y,et as Z,cn as _,dn as a,ot as at,Xt as b,pn as c,M as ct,vn as d,je as dt,ct as et,gn as f,Ae as ft,$ as g,w as gt,sn as h,Oe as ht,_n as i,it,St as j,kt as k,fn as l,j as lt,an as m,T as mt,bn as n,rt as nt,yn as o,lt as ot,ln as p,C as pt,q,mn as r,tt as rt,un as s,$e as st,xn as t,W as tt,hn as u,A as ut,rn as v,Pt as w,Jt as x,Zt as y,Y as z};