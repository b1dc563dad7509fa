const order = {
  status: {
    DRAFT: 'Draft', AWAITING_APPROVAL: 'Awaiting approval', PLACED: 'Placed', CONFIRMING: 'Being confirmed',
    CONFIRMED: 'Confirmed', CANCELLED: 'Cancelled', COMPLETED: 'Completed',
  },
  fulfillment: {
    UNFULFILLED: 'Not shipped', PARTIALLY_SHIPPED: 'Partly shipped', SHIPPED: 'On its way',
    PARTIALLY_DELIVERED: 'Partly delivered', DELIVERED: 'Delivered',
  },
  payment: { UNPAID: 'Not paid', PARTIALLY_PAID: 'Partly paid', PAID: 'Paid', REFUNDED: 'Refunded' },
  returns: { NONE: 'No returns', REQUESTED: 'Return requested', PARTIALLY_RETURNED: 'Partly returned', RETURNED: 'Returned' },
  shipment: {
    PENDING: 'Being packed', PICKED_UP: 'Picked up', IN_TRANSIT: 'In transit', OUT_FOR_DELIVERY: 'Out for delivery',
    DELIVERED: 'Delivered', EXCEPTION: 'Problem', RETURNED_TO_SENDER: 'Sent back',
  },
  delay: { PROMISE_PASSED: 'The promised day has passed', CARRIER_ESTIMATE: 'The carrier expects to deliver later', DELIVERY_PROBLEM: 'There is a problem with the delivery' },
  late: 'Late',
  delayed: 'Delayed',
};
export default order;
