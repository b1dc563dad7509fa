import { plural } from '../../lib/words.ts';

const stock = {
  title: 'Stock', sub: 'What lies where, what of it belongs to orders, and what can be promised.',
  search: 'Product name or sku', sku: 'Sku', product: 'Product', variant: 'Variant', unseen: 'A variant that you do not see',
  place: 'Place', places: 'Places', closed: 'closed: not promised', all: 'all',
  onHand: 'On hand', allocated: 'Allocated', reserved: 'Reserved', free: 'Free', policy: 'When there is none', heard: 'Last word', stale: 'Too old', counted: 'counted', neverHeard: 'never',
  freeFilter: { oversold: 'more sold than there is', none: 'nothing', few: 'fewer than 5' },
  heardFilter: { stale: 'too old to promise', day: 'older than a day', week: 'older than a week' },
  policies: { STOCK: 'Is not sold', BACKORDER: 'Sold and sent later', PREORDER: 'Ordered ahead', UNTRACKED: 'Not counted' },
  backorderIn: (n: number) => `Sent ${plural(n, 'day', 'days')} later`, preorderFrom: (day: string) => `Ordered ahead, from ${day}`,
  views: { all: 'Everything', oversold: 'More sold than there is', none: 'Nothing free', old: 'No word for a day' },
  none: 'Nothing lies anywhere', noneText: 'Levels come with the first feed, count or delivery.', noMatch: 'No level matches', noMatchText: 'Try another place or fewer conditions.',

  acts: { COUNT: 'Count', RECEIVE: 'Receive goods', WRITE_OFF: 'Write off', MOVE: 'Move' },
  actText: {
    COUNT: 'Say how many really lie there. The count stands until a later feed says otherwise.',
    RECEIVE: 'Goods have come in. Those who wait for them get them first.',
    WRITE_OFF: 'Goods are lost, broken or used.',
    MOVE: 'Goods are brought from one place to another. What can be promised stays the same.',
  },
  chooseVariant: 'Choose a variant.', choosePlace: 'Choose a place', writeQuantity: 'Write how many, as a whole number.', writeReason: 'Write why, for colleagues.',
  from: 'From', to: 'To', quantity: 'How many', countedNow: 'How many lie there', reason: 'Why',
  reasonHint: { COUNT: 'Such as: yearly count.', RECEIVE: 'Such as: delivery note 4711.', WRITE_OFF: 'Such as: broken in transport.', MOVE: 'Such as: for the spring fair.' },
  becomes: (was: string, is: string) => `There: ${was}, then ${is}.`, willBeFree: (n: string) => `${n} free after that.`, willLack: (n: string) => `${n} fewer than orders need.`,
  adjusted: {
    COUNT: (n: string, what: string) => `Counted: ${n} of ${what}`, RECEIVE: (n: string, what: string) => `Received: ${n} of ${what}`,
    WRITE_OFF: (n: string, what: string) => `Written off: ${n} of ${what}`, MOVE: (n: string, what: string) => `Moved: ${n} of ${what}`,
  },

  levels: 'Where it lies', acting: (place: string) => `Change what lies in ${place}`, noLevels: 'It lies nowhere yet', noLevelsText: 'Receive goods, or wait for the first feed.',
  status: { IN_STOCK: 'In stock', LOW: 'Few left', OUT_OF_STOCK: 'Not available', BACKORDER: 'Sent later', PREORDER: 'Ordered ahead', UNTRACKED: 'Not counted', UNKNOWN: 'Nobody knows' },
  promise: 'What customers are told', canPromise: 'Can be promised', sendOn: 'Can be sent on', nobodyPromises: 'nobody can say', unlimited: 'without limit',
  changePolicy: 'Change', policyTitle: 'When there is none', policyText: {
    STOCK: 'Only what is there is sold. An order for more is refused, with what is available and other products.',
    BACKORDER: 'What is not there is sold too, and promised for later. Those who wait are served in the order in which they came.',
    PREORDER: 'It can be ordered ahead and is promised for the day on which it first comes.',
    UNTRACKED: 'Nothing is counted, and anything is sold: services, and what is made to order.',
  },
  leadDays: 'Days until it can be sent', leadHint: 'Calendar days from the order.', availableFrom: 'First day', writeLead: 'Write how many days, from 1.', writeDay: 'Choose a day.',
  policySaved: 'Changed. Customers see it at once.', toProduct: 'The product',
  movements: 'What moved', lastMoves: (n: number) => `the latest ${n}`, noMoves: 'Nothing has moved yet', anyPlace: 'All places',
  kinds: { FEED: 'By a feed', COUNT: 'Counted', RECEIVE: 'Received', WRITE_OFF: 'Written off', MOVE: 'Moved', RESERVE: 'Held for an order', ALLOCATE: 'Taken for an order', RELEASE: 'Given back by an order', EXPIRE: 'Held too long and given back', SHIP: 'Sent' },
  change: { onHand: 'on hand', allocated: 'allocated', reserved: 'reserved' },
  order: (n: string) => `order ${n}`, actors: { SYSTEM: 'the system', INTEGRATION: 'another system', CUSTOMER: 'a customer', STAFF: 'our team', GUEST: 'a guest' } as Record<string, string>,

  placesTitle: 'Places', placesSub: 'Where goods lie, in the order in which they are taken from.', makePlace: 'Make a place', changePlace: (name: string) => `Change ${name}`,
  name: 'Name', key: 'Key', keyHint: 'Small letters, digits and hyphens. Feeds name the place by it; it stays.', priority: 'Taken from', priorityHint: 'The smallest number first.',
  address: 'Address', addressName: 'Company', line1: 'Street', line2: 'More', postalCode: 'Postal code', city: 'Town', country: 'Country', state: 'State',
  placeStates: { ACTIVE: 'Open', CLOSED: 'Closed' }, save: 'Save', make: 'Make it', writeName: 'Write a name.', writeKey: 'Write a key.', writePriority: 'Write a whole number.',
  saved: (name: string) => `${name} is saved`, made: (name: string) => `${name} is made`,
  close: 'Close the place', reopen: 'Open it again', closeTitle: (name: string) => `Close ${name}?`,
  closeText: 'What lies there can no longer be promised to customers. What belongs to orders already still does. It can be opened again.', closedNow: (name: string) => `${name} is closed`, opened: (name: string) => `${name} is open again`,
  noPlaces: 'No place yet', noPlacesText: 'Goods lie somewhere: make the first place.', edit: 'Change', of: (what: string, name: string) => `${what}: ${name}`, actions: 'Actions',
};
export default stock;
