import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { ApprovalFields } from '../../ui/approval/fields.ts';

/** What the page of an order shows. Guests lack prices, people and notes; those are cut out for them. */
export const OrderFields = graphql(`fragment OrderFields on Order @_unmask {
  id number version status fulfillmentStatus returnStatus purchaseOrderNumber placedAt updatedAt requestedDate promisedDate promiseReason
  estimatedDelivery confirmedAt cancelledAt cancelReason deliveredAt isLate availableActions
  remark shippingMethod discountReason @_optional
  approval @_optional { ...ApprovalFields }
  attachments @_optional { id name size createdAt }
  taxes @_optional { name percent tax { amount currency } }
  delay { cause since expected reason }
  user @_optional { id name }
  organization @_optional { id name contacts @_optional { name email phone } }
  shipTo @_optional { name line1 line2 postalCode city region country }
  billTo @_optional { name line1 line2 postalCode city region country }
  linesTotal @_optional { amount currency } discount @_optional { amount currency } shipping @_optional { amount currency }
  tax @_optional { amount currency } total @_optional { amount currency }
  lines {
    id position sku name quantity quantityShipped quantityCancelled note promisedDate promiseReason discountPercent @_optional
    unitPrice @_optional { amount currency } total @_optional { amount currency }
    configuration { configurationId title number days lines { group groupTitle text } prices @_optional { kind title detail amount { amount currency } } }
  }
  shipments {
    id status trackingNumber trackingUrl estimatedDelivery shippedAt deliveredAt carrier { code name }
    lines { id quantity orderLine { id name } }
    trackingEvents { id status at location message }
  }
  timeline @_optional {
    __typename key at actor { kind name @_optional }
    ... on OrderStatusChanged { from to reason }
    ... on OrderPromiseChanged { oldDate newDate reason orderLineId }
    ... on OrderNoteAdded { text @_optional }
    ... on ShipmentCreated { shipmentId carrier { code name } trackingNumber }
    ... on TrackingReported { shipmentId status location message }
    ... on OrderDelayed { cause promisedDate expected }
    ... on OrderChanged { cancelled { orderLineId quantity } changed }
    ... on OrderFileAdded { file @_optional { id name } }
    ... on OrderApprovalDecided { outcome comment @_optional }
  }
}`, [ApprovalFields]);

/** An order as its page shows it. */
export type OrderData = ResultOf<typeof OrderFields>;

/** Everything that happens to one order, as it happens; each message has the whole order. */
export const OrderHappens = graphql(`subscription OrderHappens($id: ID!, $since: String) {
  orderUpdated(id: $id, since: $since) { token order { ...OrderFields } event @_optional { __typename key } }
}`, [OrderFields]);
