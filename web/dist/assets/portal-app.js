const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./portal-SignIn.js","./rolldown-runtime.js","./react.js","./mantine.js","./kit.js","./start.js","./graphql.js","./icons.js","./signin.js","./PasswordInput.js","./roleNames.js","./Frame.js","./LanguageSwitch.js","./signin.css","./portal-Home.js","./IconBasket.js","./Steps.js","./Steps.css","./Home.css","./orderpage.css","./portal-Orders.js","./NativeSelect.js","./search.js","./ExportButton.js","./table.js","./portal-Order.js","./IconPencil.js","./useFresh.js","./Cards.js","./Address.js","./History.js","./Shipments.js","./fields2.js","./portal-Notifications.js","./Inbox.js","./IconChecks.js","./texts.js","./account.css","./portal-Account.js","./Sections.js","./Tabs.js","./portal-Organization.js","./IconUserPlus.js","./charts.js","./charts.css","./Organization.css","./portal-Products.js","./IconBulb.js","./IconFilter.js","./ProductCard.js","./parts5.js","./Shop.en.js","./Quantity.js","./Quantity.css","./Picture.js","./Picture.css","./Products.css","./portal-Product.js","./IconFileText.js","./Product.css","./portal-Configure.js","./IconBookmark.js","./along.js","./choices.js","./documents.js","./Questions.js","./IconRepeat.js","./IconLock.js","./words.js","./Summary.js","./PriceLines.js","./PriceLines.css","./Summary.css","./portal-Kept.js","./portal-Shared.js","./answers.js","./keptMoreWords.js","./keptWords.js","./Shared.css","./portal-Guide.js","./GuideWalk.js","./IconArrowLeft.js","./GuideWalk.css","./portal-Cart.js","./IconClipboardList.js","./IconTrash.js","./ownWrites.js","./Totals.js","./cart.css","./portal-Checkout.js","./Textarea.js","./checkout.css","./portal-Approvals.js","./parts3.js","./Approvals.css","./portal-Learn.js","./documents2.js","./failures.js","./portal-Verify.js","./Verify.css","./portal-PublicShell.js","./portal-Choose.js","./Choose.css","./portal-Track.js","./Track.css","./portal-Links.js","./Password.js","./Links.css","./portal-german.js","./views.de.js"])))=>i.map(i=>d[i]);
import{r as e}from"./rolldown-runtime.js";import{f as t,i as n,n as r,o as i,r as a,s as ee,u as o}from"./react.js";import{C as s,D as c,E as l,F as u,J as d,K as f,N as p,P as m,S as h,_ as g,b as _,ft as v,g as y,ht as b,m as x,p as S,pt as C,v as w,vt as T,x as E,y as D}from"./kit.js";import{a as O,i as k}from"./graphql.js";import{t as te}from"./IconBasket.js";import{F as ne,L as re,M as ie,_ as ae,c as oe,d as se,l as ce,s as A,t as j,u as M,v as N}from"./icons.js";import{t as P}from"./roleNames.js";import{t as F}from"./start.js";var I=e(t(),1),L=o();function R(){let e=z.use(),t=f.use(),{viewer:n}=h(),r=async e=>{await x(e).catch(()=>!1)||s(t.failed,`bad`)},i=(n.memberships??[]).filter(e=>e.id!==n.membership?.id&&e.status===`ACTIVE`),a=[{heading:!0,label:`${e.actingFor} ${n.organization?.name??e.console}`},...i.map(t=>({icon:t.organization?(0,L.jsx)(ne,{size:16}):(0,L.jsx)(M,{size:16}),label:(0,L.jsxs)(L.Fragment,{children:[t.organization?.name??e.console,(0,L.jsx)(`small`,{children:P(t.role)})]}),run:()=>void r(t.id)})),...i.length>1?[{href:`/choose`,icon:(0,L.jsx)(A,{size:16}),label:e.switchTo}]:[],...n.kind===`STAFF`?[{href:`/console/`,outside:!0,icon:(0,L.jsx)(M,{size:16}),label:e.console}]:[],{divider:!0,label:``},{href:`/account`,icon:(0,L.jsx)(se,{size:16}),label:e.profile},{icon:(0,L.jsx)(ce,{size:16}),label:t.signOut,run:()=>void D()}];return(0,L.jsx)(S,{className:`p-account`,label:`${e.account}: ${n.name}`,items:a,button:(0,L.jsxs)(L.Fragment,{children:[(0,L.jsx)(c,{name:n.name}),(0,L.jsxs)(`span`,{className:`p-account-name`,children:[(0,L.jsx)(`b`,{children:n.name}),(0,L.jsx)(`small`,{children:n.organization?.name??P(n.role)})]}),(0,L.jsx)(ie,{size:15,className:`p-account-name`,"aria-hidden":!0})]})})}var z=T(`Shell`,{home:`Home`,orders:`Orders`,products:`Products`,training:`Training`,configurations:`Configurations`,approvals:`Approvals`,approvalsWaiting:e=>e===1?`Approvals, 1 waits for you`:`Approvals, ${e} wait for you`,organization:`People`,cart:`Cart`,cartOf:e=>e===1?`Cart, 1 item`:`Cart, ${e} items`,notifications:`Notifications`,unread:e=>e===1?`1 unread notification`:`${e} unread notifications`,account:`Your account`,profile:`Profile and settings`,actingFor:`You act for`,switchTo:`Act for somebody else`,console:`Staff console`,menu:`Menu`,contact:`Contact`,help:`Help`}),B=C(`query Unread { viewer { unreadNotifications @_optional } }`),V=C(`query BesideThePage { viewer { cart @_optional { id lines { id } } attention @_optional { approvalsToDecide @_optional } } }`),H=C(`subscription Received($since: String) {
  notificationReceived(since: $since) { token unread notification { id title readAt } }
}`);function U({children:e}){let t=z.use(),n=f.use(),i=_(),[a]=ee(),[o,s]=E(),[{data:c}]=k({query:B});O({query:H,pause:!i(`notification.read`)});let[{data:u}]=k({query:V,pause:!i(`cart.read`)}),d=u?.viewer.cart?.lines.length??0,h=u?.viewer.attention?.approvalsToDecide??0,g=c?.viewer.unreadNotifications??0,v=(0,I.useRef)(null),y=[{href:`/`,title:t.home,on:a===`/`},...i(`product.read`)?[{href:`/products`,title:t.products,on:a.startsWith(`/products`)||a.startsWith(`/guides`)}]:[],...i(`order.read`)?[{href:`/orders`,title:t.orders,on:a.startsWith(`/orders`)}]:[],...i(`enrollment.learn`)?[{href:`/training`,title:t.training,on:a.startsWith(`/training`)}]:[],...i(`configuration.save`)?[{href:`/configurations`,title:t.configurations,on:a.startsWith(`/configurations`)}]:[],...i(`approval.read`)&&i(`order.place`)?[{href:`/approvals`,title:t.approvals,on:a.startsWith(`/approvals`),n:h,said:h?t.approvalsWaiting(h):void 0}]:[],...i(`membership.role`)||i(`organization.history`)?[{href:`/organization`,title:t.organization,on:a.startsWith(`/organization`)}]:[]],[b,x]=(0,I.useState)(a);(0,I.useEffect)(()=>{v.current?.close(),b!==a&&(x(a),scrollTo({top:0}),document.querySelector(`h1`)?.focus({preventScroll:!0}))},[a,b]);let S=e=>y.map(t=>(0,L.jsxs)(r,{href:t.href,"aria-current":t.on?`page`:void 0,className:`p-nav`,"data-phone":e||void 0,title:t.said,children:[t.title,!!t.n&&(0,L.jsxs)(L.Fragment,{children:[` `,(0,L.jsx)(`span`,{className:`p-count`,children:t.n})]})]},t.href));return(0,L.jsxs)(L.Fragment,{children:[(0,L.jsx)(`a`,{className:`skip`,href:`#main`,children:n.skip}),(0,L.jsx)(`header`,{className:`p-header`,role:`banner`,children:(0,L.jsxs)(`div`,{children:[(0,L.jsx)(`span`,{className:`p-burger`,children:(0,L.jsx)(p,{label:t.menu,onClick:()=>v.current?.showModal(),children:(0,L.jsx)(N,{size:20})})}),(0,L.jsx)(r,{href:`/`,className:`p-brand`,children:(0,L.jsx)(l,{})}),(0,L.jsx)(`nav`,{"aria-label":t.menu,className:`p-links`,children:S()}),(0,L.jsxs)(`div`,{className:`p-end`,children:[(0,L.jsx)(p,{label:o?n.light:n.dark,onClick:s,children:o?(0,L.jsx)(oe,{size:19}):(0,L.jsx)(ae,{size:19})}),i(`cart.read`)&&(0,L.jsxs)(r,{href:`/cart`,className:`f-icon p-bell`,"aria-label":t.cartOf(d),title:t.cart,children:[(0,L.jsx)(te,{size:19}),d>0&&(0,L.jsx)(`span`,{className:`p-dot p-dot-calm`,"aria-hidden":!0,children:d>99?`99+`:d})]}),i(`notification.read`)&&(0,L.jsxs)(r,{href:`/notifications`,className:`f-icon p-bell`,"aria-label":g?t.unread(g).replace(/\d{3,}/,`99+`):t.notifications,title:t.notifications,children:[(0,L.jsx)(re,{size:19}),g>0&&(0,L.jsx)(`span`,{className:`p-dot`,"aria-hidden":!0,children:g>99?`99+`:g})]}),(0,L.jsx)(R,{})]})]})}),(0,L.jsxs)(`dialog`,{ref:v,className:`p-menu`,"aria-label":t.menu,onClick:e=>{e.target===v.current&&v.current?.close()},children:[(0,L.jsxs)(`div`,{children:[(0,L.jsx)(l,{}),(0,L.jsx)(p,{label:n.close,onClick:()=>v.current?.close(),children:(0,L.jsx)(j,{size:20})})]}),(0,L.jsx)(`nav`,{"aria-label":t.menu,children:S(!0)})]}),(0,L.jsx)(`main`,{id:`main`,children:(0,L.jsx)(I.Suspense,{fallback:(0,L.jsx)(`div`,{className:`f-page`,children:(0,L.jsx)(m,{card:!0})}),children:e})}),(0,L.jsx)(W,{})]})}function W(){let e=z.use();return(0,L.jsx)(`footer`,{className:`p-footer no-print`,children:(0,L.jsxs)(`div`,{children:[(0,L.jsx)(`span`,{children:d.name}),(d.contactEmail||d.contactPhone)&&(0,L.jsxs)(`span`,{children:[e.contact,`: `,d.contactEmail&&(0,L.jsx)(`a`,{href:`mailto:${d.contactEmail}`,children:d.contactEmail}),d.contactEmail&&d.contactPhone&&` · `,d.contactPhone&&(0,L.jsx)(`a`,{href:`tel:${d.contactPhone.replace(/[^+\d]/g,``)}`,children:d.contactPhone})]}),d.links.map(e=>(0,L.jsx)(`a`,{href:e.url,children:e.title[b()]},e.url))]})})}v({types:`approval.read Approval
attempt.read Attempt
cart.read Cart
cartLine.read CartLine
category.read Category
certificate.read Certificate
configuration.read Configuration
configurationModel.read ConfigurationModel
course.read Course
courseVersion.read CourseVersion
enrollment.read Enrollment
file.read File
guide.read Guide
membership.read Membership
modelVersion.read ModelVersion
notification.read Notification
order.read Order
orderLine.read OrderLine
organization.read Organization
product.read Product
productType.read ProductType
productVariant.read ProductVariant
role.read Role
savedView.read SavedView
session.read Session
shipment.read Shipment
shipmentLine.read ShipmentLine
spendingLimit.read SpendingLimit
submission.read Submission
trackingEvent.read TrackingEvent
trainingRequirement.read TrainingRequirement
user.read User`,fields:`Order Approval.order Cart.order Configuration.order Notification.order OrderEdge.node OrderFilesPayload.order OrderPayload.order OrderUpdated.order PlaceOrderPayload.order PlaceOrderPayload.existingOrder Query.order
User Approval.user Approval.approver Approval.decidedBy Approval.delegator CartApproval.approver Configuration.user Delegation.delegate MatrixPerson.user Membership.user Order.user SpendingLimit.approver TrainingRequirement.people UserPayload.user Viewer.user
ApprovalCause Approval.cause
ApprovalEdge ApprovalConnection.edges
Approval ApprovalEdge.node ApprovalPayload.approval Order.approval
Attempt AttemptPayload.attempt LessonQuiz.attempts
Enrollment AttemptPayload.enrollment Course.enrollment EnrollPeoplePayload.enrollments EnrollmentPayload.enrollment MyTraining.enrollments MyTraining.next Notification.enrollment Query.enrollment RecordLearningPayload.enrollments
Organization Cart.organization Certificate.organization Configuration.organization Membership.organization Order.organization Organization.parent Organization.subsidiaries OrganizationEdge.node Query.organization Viewer.organization
CartLine Cart.lines
ShippingOffer Cart.shippingOffers
CartProblem Cart.problems PlaceOrderPayload.problems
CartApproval Cart.approval
File Cart.attachments Order.attachments OrderFileAdded.file Product.pictures Product.documents Submission.files
Cart CartFilesPayload.cart CartPayload.cart PlaceOrderPayload.cart Query.cart Query.carts QuickOrderPayload.cart ReorderPayload.cart Viewer.cart
ProductVariant CartLine.variant ConfigurationModel.variant Course.variant Product.variants SearchHit.variants StockAlternative.variant StockShortage.variant
CartLineSupply CartLine.supply
Configuration CartLine.configuration ConfigurationEdge.node ConfigurationPayload.configuration ConfigurationUpdated.configuration Query.configuration ReorderChanged.configuration ReorderSkipped.configuration ShareConfigurationPayload.configuration
Course CartProblem.course Certificate.course CourseEdge.node CoursePrerequisite.course Enrollment.course MatrixCourse.course Query.course TrainingRequirement.course
Category Category.parent Category.path Guide.category GuideResult.category Product.category Query.categories SearchCategoryFacet.category
CertificateEdge CertificateConnection.edges
Certificate CertificateEdge.node CertificatePayload.certificate Enrollment.certificate MyTraining.certificates
Product Configuration.product ConfigurationModel.product GuideResult.products Product.replacedBy ProductVariant.product Query.product RelatedProduct.product SearchHit.product SearchSuggestion.product
ModelVersion Configuration.modelVersion ConfigurationModel.current ModelVersion.supersededBy SharedConfiguration.version
ConfigurationState Configuration.state Query.configure Query.complete SharedConfiguration.state
ConfigurationChange Configuration.change
ConfigurationEdge ConfigurationConnection.edges
ChoiceExplanation ConfigurationState.conflict Query.explain
ConfigurationPrice ConfigurationState.price
ConfiguredPart ConfigurationState.parts
CourseVersion Course.current
CoursePrerequisite Course.prerequisites
CourseEdge CourseConnection.edges
Membership DelegationPayload.membership MembershipPayload.membership Organization.memberships SpendingLimit.membership Viewer.membership Viewer.memberships
Session EndSessionPayload.session Viewer.sessions
LessonContent EnrolledLesson.content
EnrolledLesson EnrolledModule.lessons Enrollment.lesson Enrollment.next
EnrolledModule Enrollment.modules
GuideStep Guide.step
GuideResult GuideStep.result
Submission LessonAssignment.submissions Notification.submission SubmissionPayload.submission
LessonQuiz LessonContent.quiz
LessonAssignment LessonContent.assignment
Role Membership.role Query.roles SpendingLimit.role TrainingRequirement.roles Viewer.role
Delegation Membership.delegation
ConfigurationModel ModelVersion.model Product.configurationModel
UserPayload Mutation.changeProfile
EndSessionPayload Mutation.endSession
ApprovalPayload Mutation.decideApproval Mutation.withdrawApproval
DelegationPayload Mutation.delegateApprovals
SpendingLimitPayload Mutation.saveSpendingLimit
CartPayload Mutation.createCart Mutation.addToCart Mutation.changeCart Mutation.discardCart
ReorderPayload Mutation.reorder
QuickOrderPayload Mutation.quickOrder
PlaceOrderPayload Mutation.placeOrder
CertificatePayload Mutation.showCertificate
ConfigurationPayload Mutation.saveConfiguration Mutation.copyConfiguration Mutation.handOverConfiguration Mutation.revokeShare
ShareConfigurationPayload Mutation.shareConfiguration
EnrollmentPayload Mutation.enroll Mutation.withdrawEnrollment Mutation.rateCourse
EnrollPeoplePayload Mutation.enrollPeople
RecordLearningPayload Mutation.recordLearning
OrderFilesPayload Mutation.attachToOrder
CartFilesPayload Mutation.attachToCart
OrderPayload Mutation.cancelOrder Mutation.changeOrder Mutation.addOrderNote
MembershipPayload Mutation.invitePerson Mutation.resendInvitation Mutation.changeMembershipRole Mutation.setMembershipStatus
AttemptPayload Mutation.startAttempt Mutation.saveAnswers Mutation.submitAttempt
TrainingRequirementPayload Mutation.saveTrainingRequirement
SubmissionPayload Mutation.submitAssignment
SavedViewPayload Mutation.saveView
NotificationEdge NotificationConnection.edges
Notification NotificationEdge.node NotificationReceived.notification
OrderLine Order.lines ShipmentLine.orderLine
Shipment Order.shipments
OrderEvent Order.timeline OrderUpdated.event
OrderEdge OrderConnection.edges
EventActor OrderEvent.actor
OrderedConfiguration OrderLine.configuration
OrderPreview OrderPayload.preview
OrderAmounts OrderPreview.before OrderPreview.after
OrganizationFigures Organization.figures
OrganizationEdge OrganizationConnection.edges
StockShortage PlaceOrderPayload.shortages
RelatedProduct Product.related
Availability ProductVariant.availability
Viewer Query.viewer
ApprovalConnection Query.approvals
SpendingLimit Query.spendingLimits SpendingLimitPayload.spendingLimit
CertificateConnection Query.certificates
ConfigurationConnection Query.configurations
SharedConfiguration Query.sharedConfiguration
CourseConnection Query.courses
MyTraining Query.myTraining
Guide Query.guide Query.guides
NotificationConnection Query.notifications
OrderConnection Query.orders
OrganizationConnection Query.organizations
TrainingRequirement Query.trainingRequirements TrainingRequirementPayload.requirement
TrainingMatrix Query.trainingMatrix
SearchResult Query.search
SearchSuggestion Query.searchSuggestions
ReorderSkipped ReorderPayload.skipped
ReorderChanged ReorderPayload.changed
SavedView SavedViewPayload.savedView Viewer.savedViews
SearchCategoryFacet SearchFacets.categories
SearchTypeFacet SearchFacets.types
SearchHit SearchResult.hits
SearchFacets SearchResult.facets
ProductType SearchTypeFacet.type
ShipmentLine Shipment.lines
TrackingEvent Shipment.trackingEvents
StockAlternative StockShortage.alternatives
OrderUpdated Subscription.orderUpdated Subscription.ordersUpdated
NotificationReceived Subscription.notificationReceived
ConfigurationUpdated Subscription.configurationUpdated
MatrixCourse TrainingMatrix.courses
MatrixPerson TrainingMatrix.people
Attention Viewer.attention`,closed:`people.names Approval.user Approval.approver Approval.decidedBy Approval.delegator Certificate.holder Delegation.delegate EventActor.name MatrixPerson.user Membership.invitedName Order.shipTo Order.user Organization.addresses TrainingMatrix.csvUrl TrainingRequirement.people
order.prices ApprovalCause.limit ApprovalCause.spent ApprovalCause.amount Cart.amounts Cart.discountPercent Cart.discountReason CartLine.unitPrice CartLine.previousUnitPrice CartLine.discountPercent CartLine.total Configuration.lastPrice ConfigurationChange.oldPrice ConfigurationChange.newPrice Order.billTo Order.total Order.linesTotal Order.discount Order.shipping Order.tax Order.taxes Order.discountReason OrderAmounts.total OrderLine.unitPrice OrderLine.discountPercent OrderLine.total OrderLine.priceExplanation OrderPreview.before OrderPreview.after OrderPreview.reduction OrderedConfiguration.prices OrganizationFigures.openValue OrganizationFigures.value OrganizationFigures.valueBefore PlaceOrderPayload.priceChanges PlaceOrderPayload.newTotal ShippingOffer.price
attempt.read AttemptPayload.attempt LessonQuiz.attempts
approval.decide Attention.approvalsToDecide Mutation.decideApproval
stock.quantity Availability.quantity CartLineSupply.available StockAlternative.available StockShortage.available
file.read Cart.attachments Order.attachments OrderFileAdded.file Product.pictures Product.documents Submission.files
configuration.read CartLine.configuration Query.configuration Query.configurations Subscription.configurationUpdated
certificate.read CertificatePayload.certificate Enrollment.certificate MyTraining.certificates Query.certificates
configuration.staff ChoiceExplanation.rules ConfigurationState.parts
configuration.share Configuration.shares Mutation.shareConfiguration Mutation.revokeShare
modelVersion.read ConfigurationModel.current Query.configure Query.explain Query.complete
configuration.costs ConfigurationPrice.cost ConfiguredPart.cost
courseVersion.read Course.current
enrollment.create Course.placesBought Mutation.enrollPeople
enrollment.learn Course.enrollment Mutation.enroll Mutation.recordLearning Query.myTraining
submission.read LessonAssignment.submissions Notification.submission SubmissionPayload.submission
people.contact Membership.invitedEmail User.email User.phone
approval.read Membership.delegation Order.approval OrderApprovalDecided.comment Query.approvals
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
certificate.show Mutation.showCertificate
configuration.create Mutation.saveConfiguration Mutation.copyConfiguration
configuration.delete Mutation.deleteConfiguration
configuration.save Mutation.handOverConfiguration
enrollment.withdraw Mutation.withdrawEnrollment
enrollment.rate Mutation.rateCourse
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
attempt.take Mutation.startAttempt Mutation.saveAnswers Mutation.submitAttempt
trainingRequirement.save Mutation.saveTrainingRequirement
trainingRequirement.delete Mutation.deleteTrainingRequirement
search.follow Mutation.followSearch Mutation.unfollowSearch
submission.create Mutation.submitAssignment
savedView.save Mutation.saveView
savedView.delete Mutation.deleteView
order.read Notification.order Query.order Query.orders Subscription.orderUpdated Subscription.ordersUpdated Viewer.attention
enrollment.read Notification.enrollment Query.enrollment
event.read Order.timeline OrderUpdated.event
organization.contact Organization.contacts
organization.figures Organization.figures
configurationModel.read Product.configurationModel
spendingLimit.read Query.spendingLimits
cart.read Query.cart Query.carts Viewer.cart
product.read Query.product Query.search Query.searchSuggestions RelatedProduct.product
category.read Query.categories
course.read Query.course Query.courses
guide.read Query.guide Query.guides
catalog.unpublished Query.guides(status)
organization.read Query.organization Query.organizations Subscription.ordersUpdated(organizationId)
role.read Query.roles
trainingRequirement.read Query.trainingRequirements
training.team Query.trainingMatrix
session.read Viewer.sessions
savedView.read Viewer.savedViews`,keyed:`Approval Attempt AuditEntry Cart CartLine Category Certificate Configuration ConfigurationModel ConfigurationShare Course CourseVersion DeleteTrainingRequirementPayload Enrollment File FileUpload Guide ImportRun Membership ModelVersion Notification Order OrderLine Organization OrganizationAssignment ParcelReport PriceList Product ProductType ProductVariant RefusedLearning Role RuleTable SavedView SearchMiss Segment Session Shipment ShipmentLine SpendingLimit StockLocation Submission TrackingEvent TrainingRequirement User Viewer`});var G=(0,I.lazy)(()=>F(()=>import(`./portal-SignIn.js`),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9,10,11,12,13]),import.meta.url)),le=(0,I.lazy)(()=>F(()=>import(`./portal-Home.js`),__vite__mapDeps([14,1,2,6,4,5,3,7,15,16,17,18,19]),import.meta.url)),ue=(0,I.lazy)(()=>F(()=>import(`./portal-Orders.js`),__vite__mapDeps([20,1,3,2,21,6,4,5,7,22,23,24]),import.meta.url)),de=(0,I.lazy)(()=>F(()=>import(`./portal-Order.js`),__vite__mapDeps([25,1,2,3,6,4,5,7,26,27,28,29,30,16,17,31,32,19]),import.meta.url)),fe=(0,I.lazy)(()=>F(()=>import(`./portal-Notifications.js`),__vite__mapDeps([33,3,1,2,34,21,6,4,5,7,22,35,24,36,37]),import.meta.url)),pe=(0,I.lazy)(()=>F(()=>import(`./portal-Account.js`),__vite__mapDeps([38,39,1,2,4,5,3,6,7,40,37,36]),import.meta.url)),me=(0,I.lazy)(()=>F(()=>import(`./portal-Organization.js`),__vite__mapDeps([41,1,2,3,6,4,5,7,42,24,43,44,21,10,45]),import.meta.url)),K=(0,I.lazy)(()=>F(()=>import(`./portal-Products.js`),__vite__mapDeps([46,1,2,3,6,4,5,7,22,47,48,49,50,51,52,53,54,55,56]),import.meta.url)),he=(0,I.lazy)(()=>F(()=>import(`./portal-Product.js`),__vite__mapDeps([57,1,2,3,6,4,5,7,22,15,52,53,58,49,50,51,54,55,59]),import.meta.url)),ge=(0,I.lazy)(()=>F(()=>import(`./portal-Configure.js`),__vite__mapDeps([60,1,2,3,6,4,5,7,22,15,61,62,63,64,65,66,67,52,53,68,69,70,71,72,54,55]),import.meta.url)),_e=(0,I.lazy)(()=>F(()=>import(`./portal-Kept.js`),__vite__mapDeps([73,1,2,4,5,3,6,7]),import.meta.url)),ve=(0,I.lazy)(()=>F(()=>import(`./portal-Shared.js`),__vite__mapDeps([74,3,1,2,6,4,5,7,61,75,63,64,76,77,70,68,71,69,72,78]),import.meta.url)),ye=(0,I.lazy)(()=>F(()=>import(`./portal-Guide.js`),__vite__mapDeps([79,3,1,2,6,4,5,7,22,80,81,26,82,47,49,50,51,52,53,54,55]),import.meta.url)),be=(0,I.lazy)(()=>F(()=>import(`./portal-Cart.js`),__vite__mapDeps([83,1,2,3,6,4,5,7,22,15,84,52,53,85,86,87,50,51,54,55,88]),import.meta.url)),xe=(0,I.lazy)(()=>F(()=>import(`./portal-Checkout.js`).then(e=>e.t),__vite__mapDeps([89,1,2,3,90,4,5,6,7,22,15,29,87,86,50,51,52,53,54,55,91,88]),import.meta.url)),Se=(0,I.lazy)(()=>F(()=>import(`./portal-Approvals.js`),__vite__mapDeps([92,6,1,2,4,5,3,7,22,35,24,32,93,90,94,88]),import.meta.url)),Ce=(0,I.lazy)(()=>F(()=>import(`./portal-Learn.js`).then(e=>e.t),__vite__mapDeps([95,1,2,4,5,3,6,7,96,97]),import.meta.url)),q=(0,I.lazy)(()=>F(()=>import(`./portal-Verify.js`),__vite__mapDeps([98,1,2,3,6,4,5,7,99]),import.meta.url)),J=(0,I.lazy)(()=>F(()=>import(`./portal-PublicShell.js`),__vite__mapDeps([100,1,2,3,5,4,6,7,12,51]),import.meta.url)),Y=(0,I.lazy)(()=>F(()=>import(`./portal-Choose.js`),__vite__mapDeps([101,1,2,3,4,5,6,7,11,12,13,10,102]),import.meta.url)),X=(0,I.lazy)(()=>F(()=>import(`./portal-Track.js`).then(e=>e.t),__vite__mapDeps([103,1,2,4,5,3,6,7,11,12,13,104]),import.meta.url)),Z=(0,I.lazy)(()=>F(()=>import(`./portal-Links.js`),__vite__mapDeps([105,1,2,11,4,5,3,6,7,12,13,106,9,36,37,107]),import.meta.url)),Q=[[`/products`,()=>(0,L.jsx)(K,{})],[`/products/c/:id`,e=>(0,L.jsx)(K,{categoryId:e.id})],[`/products/:id`,e=>(0,L.jsx)(he,{id:e.id},e.id)],[`/products/:id/configure`,e=>(0,L.jsx)(ge,{id:e.id},e.id)],[`/shared/:code`,e=>(0,L.jsx)(ve,{code:decodeURIComponent(e.code)},e.code)],[`/certificates/:code?`,e=>(0,L.jsx)(q,{code:e.code&&decodeURIComponent(e.code)})],[`/guides/:key`,e=>(0,L.jsx)(ye,{id:decodeURIComponent(e.key)},e.key)]],$=Q.map(([e,t])=>(0,L.jsx)(n,{path:e,children:e=>t(e)},e));function we(){let e=new URLSearchParams(location.search).get(`then`);return(0,L.jsx)(a,{to:e&&/^\/(?![/\\])/.test(e)?e:`/`,replace:!0})}function Te(){let{viewer:e}=h();return(0,L.jsxs)(i,{children:[(0,L.jsx)(n,{path:`/password/forgotten`,children:(0,L.jsx)(Z,{kind:`forgotten`})}),(0,L.jsx)(n,{path:`/password`,children:(0,L.jsx)(Z,{kind:`password`})}),(0,L.jsx)(n,{path:`/invitation`,children:(0,L.jsx)(Z,{kind:`invitation`})}),(0,L.jsx)(n,{path:`/setup`,children:(0,L.jsx)(Z,{kind:`setup`})}),(0,L.jsx)(n,{path:`/track`,children:(0,L.jsx)(X,{})}),y(e).length>0&&(0,L.jsx)(n,{path:`/choose`,children:(0,L.jsx)(Y,{})}),e.kind===`ANONYMOUS`?(0,L.jsx)(n,{path:`/*?`,children:(0,L.jsxs)(i,{children:[Q.map(([e,t])=>(0,L.jsx)(n,{path:e,children:e=>(0,L.jsx)(J,{children:t(e)})},e)),(0,L.jsx)(n,{path:`/*?`,children:(0,L.jsx)(G,{})})]})}):e.kind===`GUEST`||g(e)?(0,L.jsx)(n,{path:`/*?`,children:(0,L.jsxs)(i,{children:[(0,L.jsx)(n,{path:`/certificates/:code?`,children:e=>(0,L.jsx)(J,{children:(0,L.jsx)(q,{code:e.code&&decodeURIComponent(e.code)})})}),(0,L.jsx)(n,{path:`/*?`,children:e.kind===`GUEST`?(0,L.jsx)(X,{}):(0,L.jsx)(Y,{})})]})}):(0,L.jsx)(n,{path:`/*?`,children:(0,L.jsx)(U,{children:(0,L.jsxs)(i,{children:[(0,L.jsx)(n,{path:`/`,children:(0,L.jsx)(le,{})}),(0,L.jsx)(n,{path:`/orders`,children:(0,L.jsx)(ue,{})}),(0,L.jsx)(n,{path:`/orders/:number`,children:e=>(0,L.jsx)(de,{number:decodeURIComponent(e.number)})}),$,(0,L.jsx)(n,{path:`/configurations/*?`,children:(0,L.jsx)(_e,{})}),(0,L.jsx)(n,{path:`/cart`,children:(0,L.jsx)(be,{})}),(0,L.jsx)(n,{path:`/cart/checkout`,children:(0,L.jsx)(xe,{})}),(0,L.jsx)(n,{path:`/approvals`,children:(0,L.jsx)(Se,{})}),(0,L.jsx)(n,{path:`/training/*?`,children:(0,L.jsx)(Ce,{})}),(0,L.jsx)(n,{path:`/notifications`,children:(0,L.jsx)(fe,{})}),(0,L.jsx)(n,{path:`/account/:section?`,children:e=>(0,L.jsx)(pe,{section:e.section})}),(0,L.jsx)(n,{path:`/organization`,children:(0,L.jsx)(me,{})}),(0,L.jsx)(n,{path:`/sign-in`,children:(0,L.jsx)(we,{})}),(0,L.jsx)(n,{children:(0,L.jsx)(u,{})})]})})})]})}var Ee=e=>w(Te,e,()=>F(()=>import(`./portal-german.js`),__vite__mapDeps([108,1,4,5,2,3,6,7,109]),import.meta.url));export{Ee as run,W as t};