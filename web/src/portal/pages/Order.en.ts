import { plural } from '../../lib/words.ts';

const order = {
  reorder: 'Order again', reordered: (n: number) => (n === 1 ? '1 item is in your cart.' : `${n} items are in your cart.`), reorderTitle: 'Ordered again, with gaps', reorderNone: 'Nothing of it can be ordered any more', skippedText: 'This could not be put into your cart:', changedText: 'This is in your cart, by the prices and options of today:', toConfiguration: 'To the configuration', toCart: 'To the cart', stay: 'Stay here',
  change: 'Change the order', changeTitle: (number: string) => `Change order ${number}`, changeText: 'What has not been sent can still be changed.', changeItems: 'Cancel items', stillWanted: (n: string) => `${n} not sent yet`, cancelQuantity: (item: string) => `Cancel how many of ${item}`, changeAddress: 'Deliver elsewhere', requestedDate: 'Wished-for day', po: 'Your order number', remark: 'Remark', preview: 'See what would change', previewTitle: 'What would change', noChange: 'Nothing would change.', backToChange: 'Back', changeDo: 'Change the order so', changeCancels: 'No item is left: the order would be cancelled.', changed: (number: string) => `Order ${number} is changed.`, nowText: 'Now', thenText: 'Then', less: (amount: string) => `${amount} less to pay`, lineFrom: (from: string, to: string) => `${from} → ${to}`,
  meanwhile: 'Since you opened this, the order has changed:',
  changedFields: { SHIP_TO: 'Another delivery address', REQUESTED_DATE: 'Another wished-for day', PURCHASE_ORDER_NUMBER: 'Another order number of yours', REMARK: 'Another remark' },
  files: 'Files', noFiles: 'Drawings, certificates, delivery notes: files that belong to this order stand here.', addFile: 'Add a file', fileAdded: (name: string) => `${name} is added.`, download: (name: string) => `Download ${name}`, deleteFile: (name: string) => `Delete ${name}`, deleteFileTitle: 'Delete this file?', deleteFileDo: 'Delete it', deleted: (name: string) => `${name} is deleted.`,
  why: 'How the prices came about', whyNone: 'Another system has worked out these prices.', shippingBy: (name: string) => `Shipping, ${name}`, remarkTitle: 'What you said with the order', each: 'each',
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
