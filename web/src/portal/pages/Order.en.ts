import { plural } from '../../lib/words.ts';

const order = {
  orders: 'Orders',
  more: (first: string, n: number) => `${first} and ${n} more`,
  reference: (po: string) => `your reference ${po}`,
  placed: (day: string, by?: string | null) => (by ? `placed ${day} by ${by}` : `placed ${day}`),
  print: 'Print', help: 'Get help', about: (number: string) => `Order ${number}`,
  actions: 'More actions', cancel: 'Cancel the order',
  cancelTitle: (number: string) => `Cancel order ${number}?`,
  cancelText: (items: string) => `${items} will not be delivered. A cancelled order cannot be opened again.`,
  cancelReason: 'Why?', cancelHint: 'We read it. It stands in the history of the order.', cancelDo: 'Cancel this order', cancelKeep: 'Keep it',
  cancelled: (number: string) => `Order ${number} is cancelled.`,
  pieces: (n: number) => plural(n, 'item', 'items'),
  summary: 'Summary', items: 'Items', discount: 'Discount', shipping: 'Shipping', free: 'Free', tax: 'VAT', total: 'Total',
  shipTo: 'Delivery address', billTo: 'Billing address', sameBill: 'The invoice goes to the same address.',
  contact: 'Your contact',
  note: 'Write a note to us', noteHint: 'Everybody who sees this order can read it.', noteSend: 'Send the note', noteEmpty: 'Write something first.', noteTooLong: 'A note has up to 4,000 characters.',
  heard: (text: string) => `New: ${text}`,
  notFound: 'No such order', notFoundText: (number: string) => `There is no order ${number}, or it is not one that you may see.`, toOrders: 'To your orders',
  sheet: 'Order', sheetDate: 'Placed', sheetReference: 'Your reference', sheetQuantity: 'Ordered', sheetShipped: 'Shipped', sheetItem: 'Item', sheetNumber: 'Article', sheetShipments: 'Shipments', sheetPrinted: (time: string) => `Printed ${time}`, sheetStatus: 'Status',
};
export default order;
