import { plural } from '../../lib/words.ts';

const work = {
  orders: 'Orders',
  about: (number: string) => `Order ${number}`,
  theirs: (po: string) => `their reference ${po}`,
  placed: (day: string, by?: string | null) => (by ? `placed ${day} by ${by}` : `placed ${day}`),
  more: 'More actions', print: 'Print', why: 'Why can somebody see this?', openPortal: 'As the customer sees it',
  progress: 'Progress', promised: 'Promised', noPromise: 'No day is promised', wanted: (day: string) => `wanted for ${day}`, expected: (day: string) => `the carriers expect ${day}`,
  heard: (text: string) => `New: ${text}`,
  facts: 'About this order', customer: 'Customer', placedBy: 'Placed by', contact: 'Contact address', reference: 'Their reference', payment: 'Payment', returns: 'Returns', source: 'Source', externalId: 'Key in source', recorded: 'Recorded', changed: 'Last change', cancelReason: 'Cancelled because',
  summary: 'Summary', items: 'Items', discount: 'Discount', shipping: 'Shipping', tax: 'VAT', total: 'Total',
  shipTo: 'Delivery address', billTo: 'Billing address', sameBill: 'The invoice goes to the same address.',
  addNote: 'Add note', addShipment: 'Create shipment', addReport: 'Add report', addReportTo: (shipment: string) => `Add report to ${shipment}`,
  notFound: 'No such order', notFoundText: (number: string) => `There is no order ${number}, or it is not one that you may see.`, toOrders: 'To the orders',
  shipTitle: (number: string) => `Create shipment for ${number}`,
  carrier: 'Carrier', chooseCarrier: 'Choose a carrier', needCarrier: 'Choose the carrier.',
  tracking: 'Tracking number', trackingHint: 'It cannot be added later; leave it empty when there is none.',
  estimate: 'Expected delivery', contents: 'What is in it', left: (n: number) => `${n} left to send`, quantity: (name: string) => `Quantity of ${name}`,
  needSome: 'Put something into the shipment.', needWhole: 'Whole numbers from 0 to what is left.',
  doShip: (n: number) => `Send ${plural(n, 'piece', 'pieces')}`, shipped: (number: string) => `Shipment for ${number} is created`,
  reportTitle: (shipment: string) => `Report about ${shipment}`,
  status: 'What is reported', at: 'When', needAt: 'Say when it happened.', place: 'Where', message: 'Message', messageHint: 'The customer reads it.',
  doReport: 'Save report', reported: 'The report is saved',
};
export default work;
