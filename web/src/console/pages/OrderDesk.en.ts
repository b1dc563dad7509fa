import { plural } from '../../lib/words.ts';

const desk = {
  title: 'Orders',
  find: 'Number, reference, parcel',
  search: 'Number, their reference, tracking number or article',
  all: 'All', toConfirm: 'To confirm', toShip: 'To ship', late: 'Late', problems: 'Problems', underway: 'On their way',
  status: 'Status', anyStatus: 'Any status', open: 'Open', waits: 'To confirm',
  delivery: 'Delivery', anyDelivery: 'Any delivery', deliveryUnderway: 'On their way',
  payment: 'Payment', anyPayment: 'Any payment',
  show: 'Show', showAll: 'Late or not', showLate: 'Late', showDelayed: 'Delayed', showToShip: 'Left to ship', showProblems: 'Delivery problem',
  customer: 'Customer',
  more: 'More filters', fewer: 'Fewer filters',
  placedFrom: 'Placed from', placedTo: 'Placed until', promisedFrom: 'Promised from', promisedTo: 'Promised until',
  clear: 'Clear filters',
  order: 'Order', reference: 'Their reference', theirs: (po: string) => `Ref. ${po}`,
  placed: 'Placed', promised: 'Promised', expected: (day: string) => `expected ${day}`, delivered: (day: string) => `delivered ${day}`, deliveredOn: 'Delivered', expectedOn: 'Expected', noDay: 'Not yet',
  value: 'Value', currency: 'Currency', source: 'Source', externalId: 'Key in source', by: 'Placed by', reason: 'Reason of the delay',
  actions: 'Selected orders',
  chosen: (n: number) => `${plural(n, 'order', 'orders')} selected`,
  clearChosen: 'Clear selection',
  fresh: (n: number) => `${plural(n, 'new order', 'new orders')}`,
  changed: (n: number) => `${plural(n, 'other order has', 'other orders have')} changed`,
  reveal: 'Show',
  none: 'No orders yet', noneText: 'Orders appear here as soon as customers place them or another system sends them.',
  noMatch: 'No order matches', noMatchText: 'Try fewer filters, or the beginning of another number.',
  nothingToDo: 'Nothing waits here', nothingToDoText: 'All of these have been dealt with.',
};
export default desk;
