import { plural } from '../lib/words.ts';

const orderParts = {
  steps: {
    label: 'How far the order is', placed: 'Placed', approval: 'Awaiting approval', draft: 'Draft', confirmed: 'Confirmed', checking: 'Being confirmed', shipped: 'On its way',
    out: 'Out for delivery', delivered: 'Delivered', cancelled: 'Cancelled', done: 'done', now: 'now', todo: 'still to come', problem: 'problem',
    by: (name: string) => `By ${name}`, promised: (day: string) => `Promised for ${day}`, expected: (day: string) => `Expected ${day}`,
    packing: 'Being packed', partly: (n: string, of: string) => `${n} of ${of} shipments`, pieces: (n: string, of: string) => `${n} of ${of} pieces sent`,
    problemText: 'See the last report', back: 'On its way back to us',
  },
  arrival: {
    arrives: 'Arrives', cancelled: 'Cancelled', delivered: 'Delivered', promised: 'Was promised for', open: 'The day follows with the confirmation', openLabel: 'Arrives', wanted: (day: string) => `You asked for ${day}`,
    today: (day: string) => `Today, ${day}`, tomorrow: (day: string) => `Tomorrow, ${day}`, instead: (day: string) => `Promised was ${day}`, rest: 'The rest arrives', noDay: 'There is no day yet',
    scan: (time: string, place: string) => `last scan ${time}${place && ` in ${place}`}`, updated: (time: string) => `last change ${time}`,
  },
  shipments: {
    title: 'Shipments', none: 'Nothing has been sent yet', noneText: 'Parcels appear here as soon as they are packed, with everything the carrier reports.',
    due: (day: string) => `Due ${day}`, deliveredOn: (day: string) => `Delivered ${day}`, page: (carrier: string) => `Follow it at ${carrier}`, number: 'Tracking number', more: (n: number) => `Show ${plural(n, 'earlier report', 'earlier reports')}`, fewer: 'Show fewer reports',
    reports: (carrier: string) => `What ${carrier} reports`, waiting: 'The carrier has not reported anything yet.', contents: 'In it',
  },
  lines: {
    cancelledLine: (n: string) => `${n} cancelled`,
    title: 'Items', count: (n: number) => plural(n, 'item', 'items'), item: 'Item', shipped: 'Shipped', price: 'Price', total: 'Total', each: (price: string) => `each ${price}`,
    ofAll: (n: string, of: string) => `${n} of ${of}`, discount: (percent: string) => `${percent} off`, promised: (day: string) => `Promised for ${day}`,
  },
  history: {
    title: 'History', more: (n: number) => `Show ${plural(n, 'earlier entry', 'earlier entries')}`, fewer: 'Show fewer entries', internal: 'Only for the team', sending: 'is being sent',
    placed: 'The order was placed', confirmed: 'The order was confirmed', cancelled: 'The order was cancelled', completed: 'The order is complete', reopened: 'The order is open again', approval: 'The order waits for approval', released: 'The order was approved and placed', checking: 'The order is being checked',
    status: (from: string, to: string) => `From “${from}” to “${to}”`, promised: (day: string) => `Delivery promised for ${day}`, promiseChanged: (from: string, to: string) => `Delivery moved from ${from} to ${to}`, promiseGone: 'The promised day was taken back',
    forLine: (item: string) => `for ${item}`, note: 'Note', shipment: (carrier: string) => `Handed over to ${carrier}`, delayed: 'It was found that the order will be late', expected: (day: string) => `now expected ${day}`,
    carrier: 'The carrier', system: 'The portal', staff: 'Our team', customer: 'The customer', integration: 'Another system',
    changed: (what: string) => `Changed: ${what}`, reduced: 'The order was reduced', cancelledOf: (n: string, item: string) => `${n} × ${item} cancelled`, fileAdded: 'File added', fileRemoved: 'File removed', asked: 'Approval was asked for',
    changedFields: { SHIP_TO: 'the delivery address', REQUESTED_DATE: 'the wished-for day', PURCHASE_ORDER_NUMBER: 'your order number', REMARK: 'the remark' },
    answers: { APPROVED: 'Approved', DECLINED: 'Declined', EXPIRED: 'Nobody answered in time', WITHDRAWN: 'Taken back' },
  },
};
export default orderParts;
