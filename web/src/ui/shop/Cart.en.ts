import { plural } from '../../lib/words.ts';

const cart = {
  title: 'Cart', named: (name: string) => `Cart “${name}”`, usual: 'Your cart', carts: 'Your carts', newCart: 'New cart', newCartText: 'A further cart under a name of its own, for a project or for later.', name: 'Name', create: 'Create the cart', created: (name: string) => `There is a cart “${name}” now.`,
  discard: 'Discard this cart', discardTitle: 'Discard this cart?', discardText: (n: string) => `${n} will be taken out. That cannot be undone.`, discarded: 'The cart is gone.', actions: 'More actions', rename: 'Change the name',
  empty: 'Your cart is empty', emptyText: 'What you put in stays here, on every device, until you order it.', browse: 'Look for products', quick: 'Quick order',
  items: 'Items', count: (n: number) => plural(n, 'item', 'items'), each: (price: string) => `${price} each`, remove: (what: string) => `Take ${what} out`, removed: (what: string) => `${what} is taken out.`,
  note: 'Note', addNote: 'Add a note', noteOf: (what: string) => `Note for ${what}`, saveNote: 'Save', unknown: 'No longer offered',
  supply: { now: 'Can be sent today', some: (n: string) => `${n} of it can be sent today`, later: (day: string) => `Can be sent on ${day}`, unsure: 'The day is confirmed after the order' },
  was: (price: string) => `was ${price}`, off: (percent: string) => `${percent} off`,
  fix: { take: (n: string) => `Take ${n}`, remove: 'Take it out', accept: 'Accept the new prices', set: (n: string) => `Set to ${n}`, alternatives: 'See alternatives', address: 'Give an address' },
  accepted: 'The new prices are taken over.', blocked: 'Before you can order', look: 'Please look', changed: (n: number) => (n === 1 ? 'A price has changed' : `${n} prices have changed`), priceMoved: (from: string, to: string) => `${from} → ${to}`,
  vat: 'VAT', shortNone: 'It is not in stock at present, and cannot be promised.', shortSome: (n: string) => `Only ${n} of it can be had at present.`,
  summary: 'Summary', discount: 'Discount', shipping: 'Shipping', shippingBy: (name: string) => `Shipping, ${name}`, free: 'Free', tax: (name: string, percent: string) => `${name} ${percent}`, total: 'Total', reverse: 'You owe the tax yourself (reverse charge).', noTotal: 'The total follows as soon as everything has a price.', net: (amount: string) => `of ${amount}`,
  checkout: 'To the checkout', approval: (who: string | null) => (who ? `The order will be sent to ${who} for approval.` : 'The order will be sent for approval.'), approvalLimit: (limit: string) => `It is over your limit of ${limit}.`, approvalRole: 'Orders of your role are always approved by somebody.',
  files: 'Files', filesText: 'Drawings, your own order as a PDF, or whatever belongs to it. They go with the order.', attach: 'Add a file', attached: (name: string) => `${name} is added.`, detach: (name: string) => `Take ${name} away`, detached: (name: string) => `${name} is taken away.`, uploading: 'Being sent',
  quickTitle: 'Quick order', quickText: 'One line each: article number and quantity, separated by a space, tab, comma or semicolon. Paste from a spreadsheet, or choose a CSV file.', quickList: 'List', quickPlaceholder: 'SP-350-A8  1\nNZ-15  10', quickFile: 'Or a file', check: 'Check the list', back: 'Change the list', take: (n: number) => (n === 1 ? 'Put 1 line into the cart' : `Put ${n} lines into the cart`), taken: (n: number) => (n === 1 ? '1 line is in the cart.' : `${n} lines are in the cart.`), line: 'Line', outcome: 'What becomes of it', noneFits: 'No line can be put in', fits: (n: number) => plural(n, 'line fits', 'lines fit'), refusedLines: (n: number) => plural(n, 'line does not', 'lines do not'), good: 'Goes in', bad: 'Stays out', moreLines: (n: string) => `and ${n} more that fit`,
  ordered: 'This cart has become an order', toOrder: 'To the order', gone: 'This cart is not there any more', toCart: 'To your cart', reorderSkipped: 'Not everything could be put in',
};
export default cart;
