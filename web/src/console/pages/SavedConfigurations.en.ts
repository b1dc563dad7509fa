import { plural } from '../../lib/words.ts';

const configurations = {
  title: 'Configurations', sub: 'What customers have configured and keep.', name: 'Name', customer: 'Customer', product: 'Product', state: 'State', turn: 'To go on', price: 'Price of one', quantity: 'Quantity', changed: 'Changed', all: 'all', search: 'Name', whose: 'Made by',
  states: { OPEN: 'Still to choose', COMPLETE: 'Complete', NEEDS_CUSTOMER: 'Needs the customer', ORDERED: 'Ordered' }, turns: { CUSTOMER: 'Customer', SALES: 'Sales' },
  none: 'No configuration yet', noneText: 'What customers configure and save appears here.', noMatch: 'No configuration matches', noMatchText: 'Try another state, customer or part of the name.',
  pieces: (n: number) => plural(n, 'piece', 'pieces'), version: (n: number) => `Version ${n} of the model`, change: 'Change', handOver: 'Hand over', toCustomer: 'Hand over to the customer', toSales: 'Hand over to sales', toCustomerText: 'The customer goes on with it and is told.', toSalesText: 'Whoever looks after the customer goes on with it and is told.', message: 'Message', handedOver: 'Handed over',
  chosen: 'What was chosen', nothing: 'Nothing is chosen yet.', byDefault: 'taken by default', follows: 'follows', prices: 'Price of one', noPrice: 'Something has no price in the customer’s currency.', unit: 'Price of one', total: 'Price of all', cost: 'Cost', margin: 'Margin', last: 'When it was last checked',
  time: 'Lead time', days: (n: number) => plural(n, 'day', 'days'), ready: (on: string) => `ready on ${on} if ordered today`, parts: 'Bill of material', partsNone: 'Nothing is needed for it.', part: 'Part', each: 'Cost of one', about: 'About it',
  conflict: 'The choices do not go together', internal: 'Internal: customers do not see this rule', changeOf: (from: number, to: number) => `Version ${to} came in the place of version ${from}`, outcomes: { VALID: 'It is as it was.', REPRICED: 'It is as it was, at another price.', REPAIRED: 'Something was changed for it.', NEEDS_CUSTOMER: 'The customer has to choose anew.' }, dropped: 'Given up:', taken: 'In its place:', priceChange: (a: string, b: string) => `Price of one: ${a}, now ${b}`,
  toCart: 'Put into the cart', inCart: 'It is in the customer’s cart', made: 'Made', live: 'Live', of: (name: string) => `of ${name}`, missing: 'Something is still to be chosen.', configured: 'As configured', moreOf: 'All configurations', orderedAs: (n: number) => `version ${n} of the model`, forMaking: 'For making it', loading: 'Configured positions',
};
export default configurations;
