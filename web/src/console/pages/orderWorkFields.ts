import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import en from './OrderWork.en.ts';

export const workWords = words('OrderWork', en);

/** What staff see of an order; what a role lacks is cut out for it. */
export const WorkFields = graphql(`fragment WorkFields on Order @_unmask {
  id number version status fulfillmentStatus returnStatus paymentStatus @_optional purchaseOrderNumber createdAt updatedAt placedAt requestedDate promisedDate promiseReason
  estimatedDelivery confirmedAt cancelledAt cancelReason deliveredAt isLate availableActions source @_optional externalId @_optional contactEmail @_optional
  delay { cause since expected reason }
  user @_optional { id name }
  organization @_optional { id name }
  shipTo @_optional { name line1 line2 postalCode city region country }
  billTo @_optional { name line1 line2 postalCode city region country }
  linesTotal @_optional { amount currency } discount @_optional { amount currency } shipping @_optional { amount currency }
  tax @_optional { amount currency } total @_optional { amount currency }
  lines {
    id position sku name quantity quantityShipped promisedDate promiseReason discountPercent @_optional configuration { number }
    unitPrice @_optional { amount currency } total @_optional { amount currency }
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
    ... on OrderNoteAdded { text @_optional visibility @_optional }
    ... on ShipmentCreated { shipmentId carrier { code name } trackingNumber }
    ... on TrackingReported { shipmentId status location message }
    ... on OrderDelayed { cause promisedDate expected }
  }
}`);

/** An order as staff work on it. */
export type WorkOrder = ResultOf<typeof WorkFields>;

/** The order by the number in the address. */
export const WorkOn = graphql(`query WorkOn($number: String!) { order(number: $number) { ...WorkFields } }`, [WorkFields]);
/** Everything that happens to it, as it happens; each message has the whole order. */
export const WorkHappens = graphql(`subscription WorkHappens($id: ID!, $since: String) {
  orderUpdated(id: $id, since: $since) { token order { ...WorkFields } }
}`, [WorkFields]);
