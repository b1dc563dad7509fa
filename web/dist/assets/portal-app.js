const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./portal-SignIn.js","./rolldown-runtime.js","./react.js","./mantine.js","./kit.js","./start.js","./graphql.js","./icons.js","./signin.js","./PasswordInput.js","./roleNames.js","./Frame.js","./LanguageSwitch.js","./signin.css","./portal-Home.js","./IconBasket.js","./Steps.js","./Steps.css","./Home.css","./orderpage.css","./portal-Orders.js","./NativeSelect.js","./search.js","./ExportButton.js","./table.js","./portal-Order.js","./IconPencil.js","./Cards.js","./Address.js","./History.js","./Shipments.js","./useFresh.js","./fields2.js","./portal-Notifications.js","./Inbox.js","./IconChecks.js","./texts.js","./account.css","./portal-Account.js","./Sections.js","./Tabs.js","./portal-Organization.js","./charts.js","./charts.css","./Organization.css","./portal-Products.js","./IconBulb.js","./ProductCard.js","./parts4.js","./Shop.en.js","./Quantity.js","./Quantity.css","./Picture.js","./Picture.css","./Products.css","./portal-Product.js","./IconFileText.js","./Product.css","./portal-Configure.js","./along.js","./choices.js","./documents.js","./Questions.js","./IconRepeat.js","./words.js","./Summary.js","./PriceLines.js","./PriceLines.css","./Summary.css","./portal-Kept.js","./portal-Shared.js","./answers.js","./keptMoreWords.js","./keptWords.js","./Shared.css","./portal-Guide.js","./GuideWalk.js","./GuideWalk.css","./portal-Cart.js","./IconClipboardList.js","./IconTrash.js","./Totals.js","./cart.css","./portal-Checkout.js","./Textarea.js","./checkout.css","./portal-Approvals.js","./parts2.js","./Approvals.css","./portal-PublicShell.js","./portal-Choose.js","./Choose.css","./portal-Track.js","./Track.css","./portal-Links.js","./Password.js","./Links.css","./portal-german.js","./views.de.js"])))=>i.map(i=>d[i]);
import{r as e}from"./rolldown-runtime.js";import{f as t,i as n,n as r,o as i,r as a,s as ee,u as o}from"./react.js";import{C as s,D as c,E as l,F as u,J as d,K as f,N as p,P as m,S as h,_ as g,_t as _,b as v,dt as y,ft as b,g as x,m as S,mt as C,p as w,v as T,x as E,y as D}from"./kit.js";import{a as te,i as O}from"./graphql.js";import{t as ne}from"./IconBasket.js";import{R as re,V as ie,W as ae,b as oe,c as k,d as A,f as j,l as M,t as N,u as P,x as F}from"./icons.js";import{t as I}from"./roleNames.js";import{t as L}from"./start.js";var R=e(t(),1),z=o();function B(){let e=V.use(),t=f.use(),{viewer:n}=h(),r=async e=>{await S(e).catch(()=>!1)||s(t.failed,`bad`)},i=(n.memberships??[]).filter(e=>e.id!==n.membership?.id&&e.status===`ACTIVE`),a=[{heading:!0,label:`${e.actingFor} ${n.organization?.name??e.console}`},...i.map(t=>({icon:t.organization?(0,z.jsx)(ie,{size:16}):(0,z.jsx)(A,{size:16}),label:(0,z.jsxs)(z.Fragment,{children:[t.organization?.name??e.console,(0,z.jsx)(`small`,{children:I(t.role)})]}),run:()=>void r(t.id)})),...i.length>1?[{href:`/choose`,icon:(0,z.jsx)(k,{size:16}),label:e.switchTo}]:[],...n.kind===`STAFF`?[{href:`/console/`,outside:!0,icon:(0,z.jsx)(A,{size:16}),label:e.console}]:[],{divider:!0,label:``},{href:`/account`,icon:(0,z.jsx)(j,{size:16}),label:e.profile},{icon:(0,z.jsx)(P,{size:16}),label:t.signOut,run:()=>void D()}];return(0,z.jsx)(w,{className:`p-account`,label:`${e.account}: ${n.name}`,items:a,button:(0,z.jsxs)(z.Fragment,{children:[(0,z.jsx)(c,{name:n.name}),(0,z.jsxs)(`span`,{className:`p-account-name`,children:[(0,z.jsx)(`b`,{children:n.name}),(0,z.jsx)(`small`,{children:n.organization?.name??I(n.role)})]}),(0,z.jsx)(re,{size:15,className:`p-account-name`,"aria-hidden":!0})]})})}var V=_(`Shell`,{home:`Home`,orders:`Orders`,products:`Products`,configurations:`Configurations`,approvals:`Approvals`,approvalsWaiting:e=>e===1?`Approvals, 1 waits for you`:`Approvals, ${e} wait for you`,organization:`People`,cart:`Cart`,cartOf:e=>e===1?`Cart, 1 item`:`Cart, ${e} items`,notifications:`Notifications`,unread:e=>e===1?`1 unread notification`:`${e} unread notifications`,account:`Your account`,profile:`Profile and settings`,actingFor:`You act for`,switchTo:`Act for somebody else`,console:`Staff console`,menu:`Menu`,contact:`Contact`,help:`Help`}),H=b(`query Unread { viewer { unreadNotifications @_optional } }`),U=b(`query BesideThePage { viewer { cart @_optional { id lines { id } } attention @_optional { approvalsToDecide @_optional } } }`),W=b(`subscription Received($since: String) {
  notificationReceived(since: $since) { token unread notification { id title readAt } }
}`);function G({children:e}){let t=V.use(),n=f.use(),i=v(),[a]=ee(),[o,s]=E(),[{data:c}]=O({query:H});te({query:W,pause:!i(`notification.read`)});let[{data:u}]=O({query:U,pause:!i(`cart.read`)}),d=u?.viewer.cart?.lines.length??0,h=u?.viewer.attention?.approvalsToDecide??0,g=c?.viewer.unreadNotifications??0,_=(0,R.useRef)(null),y=[{href:`/`,title:t.home,on:a===`/`},...i(`product.read`)?[{href:`/products`,title:t.products,on:a.startsWith(`/products`)||a.startsWith(`/guides`)}]:[],...i(`order.read`)?[{href:`/orders`,title:t.orders,on:a.startsWith(`/orders`)}]:[],...i(`configuration.save`)?[{href:`/configurations`,title:t.configurations,on:a.startsWith(`/configurations`)}]:[],...i(`approval.read`)&&i(`order.place`)?[{href:`/approvals`,title:t.approvals,on:a.startsWith(`/approvals`),n:h,said:h?t.approvalsWaiting(h):void 0}]:[],...i(`membership.role`)||i(`organization.history`)?[{href:`/organization`,title:t.organization,on:a.startsWith(`/organization`)}]:[]],[b,x]=(0,R.useState)(a);(0,R.useEffect)(()=>{_.current?.close(),b!==a&&(x(a),scrollTo({top:0}),document.querySelector(`h1`)?.focus({preventScroll:!0}))},[a,b]);let S=e=>y.map(t=>(0,z.jsxs)(r,{href:t.href,"aria-current":t.on?`page`:void 0,className:`p-nav`,"data-phone":e||void 0,title:t.said,children:[t.title,!!t.n&&(0,z.jsxs)(z.Fragment,{children:[` `,(0,z.jsx)(`span`,{className:`p-count`,children:t.n})]})]},t.href));return(0,z.jsxs)(z.Fragment,{children:[(0,z.jsx)(`a`,{className:`skip`,href:`#main`,children:n.skip}),(0,z.jsx)(`header`,{className:`p-header`,role:`banner`,children:(0,z.jsxs)(`div`,{children:[(0,z.jsx)(`span`,{className:`p-burger`,children:(0,z.jsx)(p,{label:t.menu,onClick:()=>_.current?.showModal(),children:(0,z.jsx)(F,{size:20})})}),(0,z.jsx)(r,{href:`/`,className:`p-brand`,children:(0,z.jsx)(l,{})}),(0,z.jsx)(`nav`,{"aria-label":t.menu,className:`p-links`,children:S()}),(0,z.jsxs)(`div`,{className:`p-end`,children:[(0,z.jsx)(p,{label:o?n.light:n.dark,onClick:s,children:o?(0,z.jsx)(M,{size:19}):(0,z.jsx)(oe,{size:19})}),i(`cart.read`)&&(0,z.jsxs)(r,{href:`/cart`,className:`f-icon p-bell`,"aria-label":t.cartOf(d),title:t.cart,children:[(0,z.jsx)(ne,{size:19}),d>0&&(0,z.jsx)(`span`,{className:`p-dot p-dot-calm`,"aria-hidden":!0,children:d>99?`99+`:d})]}),i(`notification.read`)&&(0,z.jsxs)(r,{href:`/notifications`,className:`f-icon p-bell`,"aria-label":g?t.unread(g).replace(/\d{3,}/,`99+`):t.notifications,title:t.notifications,children:[(0,z.jsx)(ae,{size:19}),g>0&&(0,z.jsx)(`span`,{className:`p-dot`,"aria-hidden":!0,children:g>99?`99+`:g})]}),(0,z.jsx)(B,{})]})]})}),(0,z.jsxs)(`dialog`,{ref:_,className:`p-menu`,"aria-label":t.menu,onClick:e=>{e.target===_.current&&_.current?.close()},children:[(0,z.jsxs)(`div`,{children:[(0,z.jsx)(l,{}),(0,z.jsx)(p,{label:n.close,onClick:()=>_.current?.close(),children:(0,z.jsx)(N,{size:20})})]}),(0,z.jsx)(`nav`,{"aria-label":t.menu,children:S(!0)})]}),(0,z.jsx)(`main`,{id:`main`,children:(0,z.jsx)(R.Suspense,{fallback:(0,z.jsx)(`div`,{className:`f-page`,children:(0,z.jsx)(m,{card:!0})}),children:e})}),(0,z.jsx)(K,{})]})}function K(){let e=V.use();return(0,z.jsx)(`footer`,{className:`p-footer no-print`,children:(0,z.jsxs)(`div`,{children:[(0,z.jsx)(`span`,{children:d.name}),(d.contactEmail||d.contactPhone)&&(0,z.jsxs)(`span`,{children:[e.contact,`: `,d.contactEmail&&(0,z.jsx)(`a`,{href:`mailto:${d.contactEmail}`,children:d.contactEmail}),d.contactEmail&&d.contactPhone&&` · `,d.contactPhone&&(0,z.jsx)(`a`,{href:`tel:${d.contactPhone.replace(/[^+\d]/g,``)}`,children:d.contactPhone})]}),d.links.map(e=>(0,z.jsx)(`a`,{href:e.url,children:e.title[C()]},e.url))]})})}y({types:`approval.read Approval
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
parcelReport.read ParcelReport
priceList.read PriceList
product.read Product
productType.read ProductType
productVariant.read ProductVariant
role.read Role
savedView.read SavedView
searchMiss.read SearchMiss
session.read Session
shipment.read Shipment
shipmentLine.read ShipmentLine
spendingLimit.read SpendingLimit
stockLocation.read StockLocation
trackingEvent.read TrackingEvent
user.read User`,fields:`Order Approval.order Cart.order Configuration.order Notification.order OrderEdge.node OrderFilesPayload.order OrderLine.order OrderPayload.order OrderUpdated.order PlaceOrderPayload.order PlaceOrderPayload.existingOrder Query.order Shipment.order
User Approval.user Approval.approver Approval.decidedBy Approval.delegator Cart.user CartApproval.approver Configuration.user Delegation.delegate ImportRun.user Membership.user Order.user SpendingLimit.approver UserEdge.node UserPayload.user Viewer.user
ApprovalCause Approval.cause
ApprovalEdge ApprovalConnection.edges
Approval ApprovalEdge.node ApprovalPayload.approval Order.approval Query.approval
AuditEntry AuditEntryEdge.node
Organization Cart.organization Configuration.organization Membership.organization Order.organization Organization.parent Organization.subsidiaries OrganizationEdge.node Query.organization SpendingLimit.organization Viewer.organization
CartLine Cart.lines
ShippingOffer Cart.shippingOffers
CartApproval Cart.approval
File Cart.attachments Order.attachments OrderFileAdded.file Product.pictures Product.documents
Cart CartFilesPayload.cart CartLine.cart CartPayload.cart PlaceOrderPayload.cart Query.cart Query.carts QuickOrderPayload.cart ReorderPayload.cart Viewer.cart
ProductVariant CartLine.variant ConfigurationModel.variant ConfigurationOption.variant ListedPrice.variant OrderLine.variant Product.variants QuoteLine.variant SearchHit.variants StockAlternative.variant StockLevel.variant StockShortage.variant
CartLineSupply CartLine.supply
Configuration CartLine.configuration ConfigurationEdge.node ConfigurationPayload.configuration ConfigurationUpdated.configuration Notification.configuration Query.configuration ReorderChanged.configuration ReorderSkipped.configuration ShareConfigurationPayload.configuration
Category Category.parent Category.path Guide.category GuideResult.category Product.category Query.category Query.categories SearchCategoryFacet.category
Product Configuration.product ConfigurationModel.product GuideResult.products Product.replacedBy ProductEdge.node ProductVariant.product Query.product RelatedProduct.product SearchAnswer.products SearchHit.product SearchSuggestion.product
ModelVersion Configuration.modelVersion ConfigurationModel.current ConfigurationState.version ModelVersion.supersededBy SharedConfiguration.version
ConfigurationState Configuration.state Query.configure Query.complete SharedConfiguration.state
ConfigurationChange Configuration.change
ConfigurationEdge ConfigurationConnection.edges
ChoiceExplanation ConfigurationState.conflict Query.explain
ConfigurationPrice ConfigurationState.price
ConfiguredPart ConfigurationState.parts OrderedConfiguration.parts
Membership DelegationPayload.membership MembershipPayload.membership Organization.memberships SpendingLimit.membership User.memberships Viewer.membership Viewer.memberships
Session EndSessionPayload.session Viewer.sessions
GuideStep Guide.step
GuideResult GuideStep.result
ImportRun ImportRunEdge.node
ListedPriceEdge ListedPriceConnection.edges
ListedPrice ListedPriceEdge.node
Role Membership.role Query.roles SpendingLimit.role Viewer.role
Delegation Membership.delegation
ConfigurationModel ModelVersion.model Product.configurationModel Query.configurationModel
OptionGroup ModelVersion.groups
UserPayload Mutation.changeProfile
EndSessionPayload Mutation.endSession
ApprovalPayload Mutation.decideApproval Mutation.withdrawApproval
DelegationPayload Mutation.delegateApprovals
SpendingLimitPayload Mutation.saveSpendingLimit
CartPayload Mutation.createCart Mutation.addToCart Mutation.changeCart Mutation.discardCart
ReorderPayload Mutation.reorder
QuickOrderPayload Mutation.quickOrder
PlaceOrderPayload Mutation.placeOrder
ConfigurationPayload Mutation.saveConfiguration Mutation.copyConfiguration Mutation.handOverConfiguration Mutation.revokeShare
ShareConfigurationPayload Mutation.shareConfiguration
OrderFilesPayload Mutation.attachToOrder
CartFilesPayload Mutation.attachToCart
OrderPayload Mutation.cancelOrder Mutation.changeOrder Mutation.addOrderNote
MembershipPayload Mutation.invitePerson Mutation.resendInvitation Mutation.changeMembershipRole Mutation.setMembershipStatus
SavedViewPayload Mutation.saveView
NotificationEdge NotificationConnection.edges
Notification NotificationEdge.node NotificationReceived.notification
ConfigurationOption OptionGroup.options
OrderLine Order.lines ShipmentLine.orderLine
Shipment Order.shipments
OrderEvent Order.timeline OrderUpdated.event
EventActor OrderApprovalDecided.actor OrderChanged.actor OrderDelayed.actor OrderEvent.actor OrderFileAdded.actor OrderNoteAdded.actor OrderPromiseChanged.actor OrderStatusChanged.actor OrganizationEvent.actor ShipmentCreated.actor TrackingReported.actor
OrderEdge OrderConnection.edges
OrderedConfiguration OrderLine.configuration
OrderPreview OrderPayload.preview
OrderAmounts OrderPreview.before OrderPreview.after
OrganizationFigures Organization.figures
OrganizationEventConnection Organization.timeline
OrganizationEdge OrganizationConnection.edges
OrganizationEventEdge OrganizationEventConnection.edges
OrganizationEvent OrganizationEventEdge.node
MonthFigures OrganizationFigures.months
ParcelReport ParcelReportEdge.node
StockShortage PlaceOrderPayload.shortages
ListedPriceConnection PriceList.prices
PriceList PriceListEdge.node
ProductType Product.type SearchTypeFacet.type
RelatedProduct Product.related
ProductEdge ProductConnection.edges
Availability ProductVariant.availability
Viewer Query.viewer
ApprovalConnection Query.approvals
SpendingLimit Query.spendingLimits SpendingLimitPayload.spendingLimit
ProductConnection Query.products
ConfigurationConnection Query.configurations
SharedConfiguration Query.sharedConfiguration
Guide Query.guide Query.guides
NotificationConnection Query.notifications
OrderConnection Query.orders
OrganizationConnection Query.organizations
SearchResult Query.search
SearchSuggestion Query.searchSuggestions
ReorderSkipped ReorderPayload.skipped
ReorderChanged ReorderPayload.changed
SavedView SavedViewPayload.savedView Viewer.savedViews
SearchCategoryFacet SearchFacets.categories
SearchTypeFacet SearchFacets.types
SearchMiss SearchMissEdge.node
SearchHit SearchResult.hits
SearchFacets SearchResult.facets
SearchAnswer SearchResult.answer
ShipmentLine Shipment.lines
TrackingEvent Shipment.trackingEvents
StockLocation StockLevel.location
StockLevel StockLevelEdge.node
StockAlternative StockShortage.alternatives
OrderUpdated Subscription.orderUpdated Subscription.ordersUpdated
NotificationReceived Subscription.notificationReceived
ConfigurationUpdated Subscription.configurationUpdated
Attention Viewer.attention`,closed:`people.names Approval.user Approval.approver Approval.decidedBy Approval.delegator Delegation.delegate EventActor.name Membership.invitedName Order.shipTo Order.user Organization.addresses
order.prices ApprovalCause.limit ApprovalCause.spent ApprovalCause.amount Cart.amounts Cart.discountPercent Cart.discountReason CartLine.unitPrice CartLine.previousUnitPrice CartLine.discountPercent CartLine.tax CartLine.total Configuration.lastPrice ConfigurationChange.oldPrice ConfigurationChange.newPrice MonthFigures.value Order.billTo Order.total Order.linesTotal Order.discount Order.shipping Order.tax Order.taxes Order.discountReason OrderAmounts.linesTotal OrderAmounts.discount OrderAmounts.shipping OrderAmounts.tax OrderAmounts.total OrderLine.unitPrice OrderLine.discountPercent OrderLine.tax OrderLine.total OrderLine.priceExplanation OrderPreview.before OrderPreview.after OrderPreview.reduction OrderedConfiguration.prices OrganizationFigures.openValue OrganizationFigures.value OrganizationFigures.valueBefore PlaceOrderPayload.priceChanges PlaceOrderPayload.newTotal ShippingOffer.price
approval.decide Attention.approvalsToDecide Mutation.decideApproval
stock.quantity Availability.quantity CartLineSupply.available StockAlternative.available StockShortage.available
file.read Cart.attachments Order.attachments OrderFileAdded.name OrderFileAdded.file OrderFileRemoved.name Product.pictures Product.documents
configuration.read CartLine.configuration Notification.configuration Query.configuration Query.configurations Subscription.configurationUpdated
configuration.staff ChoiceExplanation.rules ConfigurationModel.version ConfigurationModel.updatedAt ConfigurationModel.figures ConfigurationState.parts ModelFacts.rules ModelVersion.note OrderedConfiguration.parts
configuration.share Configuration.shares Mutation.shareConfiguration Mutation.revokeShare
modelVersion.read ConfigurationModel.current Query.configure Query.explain Query.repairs Query.complete
configuration.costs ConfigurationPrice.cost ConfiguredPart.cost
catalog.unpublished Guide.status Product.status Product.version ProductVariant.status Query.guides(status)
people.contact Membership.invitedEmail User.email User.phone
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
order.place Mutation.placeOrder
configuration.create Mutation.saveConfiguration Mutation.copyConfiguration
configuration.delete Mutation.deleteConfiguration
configuration.save Mutation.handOverConfiguration
file.upload Mutation.uploadFile
file.attach Mutation.attachToOrder
file.delete Mutation.deleteFile
notification.read Mutation.readNotifications Query.notifications Subscription.notificationReceived Viewer.unreadNotifications
notification.settings Mutation.changeNotificationSettings Mutation.addPushDevice Mutation.removePushDevice Viewer.notificationSettings
order.cancel Mutation.cancelOrder
order.change Mutation.changeOrder
order.note Mutation.addOrderNote OrderNoteAdded.text
membership.invite Mutation.invitePerson Mutation.resendInvitation
membership.role Mutation.changeMembershipRole
membership.status Mutation.setMembershipStatus
search.follow Mutation.followSearch Mutation.unfollowSearch
savedView.save Mutation.saveView
savedView.delete Mutation.deleteView
order.read Notification.order OrganizationOrderEvent.order Query.order Query.orders Subscription.orderUpdated Subscription.ordersUpdated Viewer.attention
event.read Order.timeline OrderUpdated.event OrganizationOrderEvent.event
organization.contact Organization.contacts
organization.figures Organization.figures
organization.history Organization.timeline
user.read OrganizationPersonEvent.user
configurationModel.read Product.configurationModel Query.configurationModel
organization.read ProductAudience.organizations Query.organization Query.organizations Segment.organizations Subscription.ordersUpdated(organizationId)
spendingLimit.read Query.spendingLimits
cart.read Query.cart Query.carts Viewer.cart
product.read Query.product Query.products Query.search Query.searchSuggestions RelatedProduct.product
category.read Query.category Query.categories
guide.read Query.guide Query.guides
role.read Query.roles
role.create Role.permissions
session.read Viewer.sessions
savedView.read Viewer.savedViews`,keyed:`Approval AuditEntry Cart CartLine Category Configuration ConfigurationModel ConfigurationShare File FileUpload Guide ImportRun Membership ModelVersion Notification Order OrderLine Organization OrganizationAssignment ParcelReport PriceList Product ProductType ProductVariant Role RuleTable SavedView SearchMiss Segment Session Shipment ShipmentLine SpendingLimit StockLocation TrackingEvent User Viewer`});var q=(0,R.lazy)(()=>L(()=>import(`./portal-SignIn.js`),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9,10,11,12,13]),import.meta.url)),se=(0,R.lazy)(()=>L(()=>import(`./portal-Home.js`),__vite__mapDeps([14,1,2,6,4,5,3,7,15,16,17,18,19]),import.meta.url)),ce=(0,R.lazy)(()=>L(()=>import(`./portal-Orders.js`),__vite__mapDeps([20,1,3,2,21,6,4,5,7,22,23,24]),import.meta.url)),le=(0,R.lazy)(()=>L(()=>import(`./portal-Order.js`),__vite__mapDeps([25,1,2,3,6,4,5,7,26,27,28,29,16,17,30,31,32,19]),import.meta.url)),ue=(0,R.lazy)(()=>L(()=>import(`./portal-Notifications.js`),__vite__mapDeps([33,3,1,2,34,21,6,4,5,7,22,35,24,36,37]),import.meta.url)),de=(0,R.lazy)(()=>L(()=>import(`./portal-Account.js`),__vite__mapDeps([38,39,1,2,4,5,3,6,7,40,37,36]),import.meta.url)),fe=(0,R.lazy)(()=>L(()=>import(`./portal-Organization.js`),__vite__mapDeps([41,1,2,3,6,4,5,7,24,42,43,21,10,44]),import.meta.url)),J=(0,R.lazy)(()=>L(()=>import(`./portal-Products.js`),__vite__mapDeps([45,1,2,3,6,4,5,7,22,46,47,48,49,50,51,52,53,54]),import.meta.url)),pe=(0,R.lazy)(()=>L(()=>import(`./portal-Product.js`),__vite__mapDeps([55,1,2,3,6,4,5,7,22,15,50,51,56,47,48,49,52,53,57]),import.meta.url)),me=(0,R.lazy)(()=>L(()=>import(`./portal-Configure.js`),__vite__mapDeps([58,1,2,3,6,4,5,7,22,15,59,60,61,62,63,50,51,64,65,66,67,68,52,53]),import.meta.url)),he=(0,R.lazy)(()=>L(()=>import(`./portal-Kept.js`),__vite__mapDeps([69,1,2,4,5,3,6,7]),import.meta.url)),ge=(0,R.lazy)(()=>L(()=>import(`./portal-Shared.js`),__vite__mapDeps([70,3,1,2,6,4,5,7,71,60,61,72,73,66,64,67,65,68,74]),import.meta.url)),_e=(0,R.lazy)(()=>L(()=>import(`./portal-Guide.js`),__vite__mapDeps([75,3,1,2,6,4,5,7,22,76,26,77,46,47,48,49,50,51,52,53]),import.meta.url)),Y=(0,R.lazy)(()=>L(()=>import(`./portal-Cart.js`),__vite__mapDeps([78,1,2,3,6,4,5,7,22,15,79,50,51,80,81,48,49,52,53,82]),import.meta.url)),ve=(0,R.lazy)(()=>L(()=>import(`./portal-Checkout.js`).then(e=>e.t),__vite__mapDeps([83,1,2,3,84,4,5,6,7,22,15,28,81,48,49,50,51,52,53,85,82]),import.meta.url)),ye=(0,R.lazy)(()=>L(()=>import(`./portal-Approvals.js`),__vite__mapDeps([86,6,1,2,4,5,3,7,22,35,24,32,87,84,88,82]),import.meta.url)),be=(0,R.lazy)(()=>L(()=>import(`./portal-PublicShell.js`),__vite__mapDeps([89,1,2,3,5,4,6,7,12,49]),import.meta.url)),X=(0,R.lazy)(()=>L(()=>import(`./portal-Choose.js`),__vite__mapDeps([90,1,2,3,4,5,6,7,11,12,13,10,91]),import.meta.url)),Z=(0,R.lazy)(()=>L(()=>import(`./portal-Track.js`).then(e=>e.t),__vite__mapDeps([92,1,2,4,5,3,6,7,11,12,13,93]),import.meta.url)),Q=(0,R.lazy)(()=>L(()=>import(`./portal-Links.js`),__vite__mapDeps([94,1,2,11,4,5,3,6,7,12,13,95,9,36,37,96]),import.meta.url)),$=[[`/products`,()=>(0,z.jsx)(J,{})],[`/products/c/:id`,e=>(0,z.jsx)(J,{categoryId:e.id})],[`/products/:id`,e=>(0,z.jsx)(pe,{id:e.id},e.id)],[`/products/:id/configure`,e=>(0,z.jsx)(me,{id:e.id},e.id)],[`/shared/:code`,e=>(0,z.jsx)(ge,{code:decodeURIComponent(e.code)},e.code)],[`/guides/:key`,e=>(0,z.jsx)(_e,{id:decodeURIComponent(e.key)},e.key)]],xe=$.map(([e,t])=>(0,z.jsx)(n,{path:e,children:e=>t(e)},e));function Se(){let e=new URLSearchParams(location.search).get(`then`);return(0,z.jsx)(a,{to:e&&/^\/(?![/\\])/.test(e)?e:`/`,replace:!0})}function Ce(){let{viewer:e}=h();return(0,z.jsxs)(i,{children:[(0,z.jsx)(n,{path:`/password/forgotten`,children:(0,z.jsx)(Q,{kind:`forgotten`})}),(0,z.jsx)(n,{path:`/password`,children:(0,z.jsx)(Q,{kind:`password`})}),(0,z.jsx)(n,{path:`/invitation`,children:(0,z.jsx)(Q,{kind:`invitation`})}),(0,z.jsx)(n,{path:`/setup`,children:(0,z.jsx)(Q,{kind:`setup`})}),(0,z.jsx)(n,{path:`/track`,children:(0,z.jsx)(Z,{})}),x(e).length>0&&(0,z.jsx)(n,{path:`/choose`,children:(0,z.jsx)(X,{})}),e.kind===`ANONYMOUS`?(0,z.jsx)(n,{path:`/*?`,children:(0,z.jsxs)(i,{children:[$.map(([e,t])=>(0,z.jsx)(n,{path:e,children:e=>(0,z.jsx)(be,{children:t(e)})},e)),(0,z.jsx)(n,{path:`/*?`,children:(0,z.jsx)(q,{})})]})}):e.kind===`GUEST`?(0,z.jsx)(n,{path:`/*?`,children:(0,z.jsx)(Z,{})}):g(e)?(0,z.jsx)(n,{path:`/*?`,children:(0,z.jsx)(X,{})}):(0,z.jsx)(n,{path:`/*?`,children:(0,z.jsx)(G,{children:(0,z.jsxs)(i,{children:[(0,z.jsx)(n,{path:`/`,children:(0,z.jsx)(se,{})}),(0,z.jsx)(n,{path:`/orders`,children:(0,z.jsx)(ce,{})}),(0,z.jsx)(n,{path:`/orders/:number`,children:e=>(0,z.jsx)(le,{number:decodeURIComponent(e.number)})}),xe,(0,z.jsx)(n,{path:`/configurations/*?`,children:(0,z.jsx)(he,{})}),(0,z.jsx)(n,{path:`/cart`,children:(0,z.jsx)(Y,{})}),(0,z.jsx)(n,{path:`/cart/checkout`,children:(0,z.jsx)(ve,{})}),(0,z.jsx)(n,{path:`/approvals`,children:(0,z.jsx)(ye,{})}),(0,z.jsx)(n,{path:`/notifications`,children:(0,z.jsx)(ue,{})}),(0,z.jsx)(n,{path:`/account/:section?`,children:e=>(0,z.jsx)(de,{section:e.section})}),(0,z.jsx)(n,{path:`/organization`,children:(0,z.jsx)(fe,{})}),(0,z.jsx)(n,{path:`/sign-in`,children:(0,z.jsx)(Se,{})}),(0,z.jsx)(n,{children:(0,z.jsx)(u,{})})]})})})]})}var we=e=>T(Ce,e,()=>L(()=>import(`./portal-german.js`),__vite__mapDeps([97,1,4,5,2,3,6,7,98]),import.meta.url));export{we as run,K as t};